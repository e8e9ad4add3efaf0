//! How well predictions agree with a gold standard: what leaked, what was right, what was taken away
//! for nothing. Documents in, figures and a page out.
//!
//! JSON Lines or brat ([`read_line`], [`read_brat`]) become [`Document`]s; [`compare`] judges them;
//! [`page`] shows the [`Report`] as one HTML file.

mod brat;
mod label;
mod lines;
mod page;
mod report;
mod spell;
mod sums;

pub use brat::read_brat;
pub use label::Labels;
pub use lines::read_line;
pub use page::{About, page};
pub use report::{Failure, Kind, LabelCount, Mismatch, Report, Row, Side, compare};
pub use sums::Share;

use crate::phi::Class;

/// A text with its marks: of the gold standard, or predicted. It holds raw text, so it has no `Debug`.
pub struct Document {
    /// What gold standard and predictions are brought together by.
    pub id: String,
    /// The text; predictions may come without it.
    pub text: Option<String>,
    /// Identifiers.
    pub marks: Vec<Mark>,
    /// Spans that must not be touched.
    pub codes: Vec<Mark>,
}

/// A marked piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, in code points: one part, or several that rise.
    pub parts: Vec<(usize, usize)>,
    /// What its label is read as, if it is known.
    pub class: Option<Class>,
    /// The label as it was written.
    pub label: String,
}

impl Mark {
    fn places(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().flat_map(|(start, end)| *start..*end)
    }

    /// Where its last part ends.
    fn end(&self) -> usize {
        self.parts.last().map_or(0, |(_, end)| *end)
    }
}

/// What is wrong with an input: a line, counted from one, and words without any of its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}
