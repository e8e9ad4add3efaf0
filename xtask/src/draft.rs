//! A text that is being written, with the identifiers that are put in it.

/// An identifier in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its first byte.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Its class, as weir's table of classes names it.
    pub(crate) class: &'static str,
}

/// A text and its identifiers, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// The text.
    pub(crate) text: String,
    /// What is marked in it.
    pub(crate) marks: Vec<Mark>,
}

impl Draft {
    /// Writes words that are no identifier.
    pub(crate) fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Writes an identifier.
    pub(crate) fn mark(&mut self, class: &'static str, value: &str) {
        let start = self.text.len();
        self.text.push_str(value);
        self.marks.push(Mark { start, end: self.text.len(), class });
    }
}
