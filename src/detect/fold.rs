//! Prose as it is compared: one pass gives its words, folded, and what stands between them. A
//! word is a run of letters or a run of digits; in the folded stream the words follow each other
//! without a gap, so that a value is found whatever separators it was written with.

use crate::phi::{digit_of, fold_letter};
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroize;

/// What stands in front of a word, from near to far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: letters turn into digits, or the script has no spaces.
    None,
    /// Up to four separators: white space (one line end at most), dashes, `. / _ ( ) , ~`.
    Joint,
    /// Up to eight characters that are neither letters nor digits.
    Loose,
    /// More than that, or the start of the text.
    Break,
}

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its start in the folded stream, in bytes.
    pub(super) at: u32,
    /// Its start in the text, in bytes.
    pub(super) start: u32,
    /// One past its last byte in the text.
    pub(super) end: u32,
    /// What stands in front of it.
    pub(super) gap: Gap,
    /// It is one letter of the text long.
    pub(super) single: bool,
    /// It starts with a capital.
    pub(super) upper: bool,
    /// What stands in front of it may be inside a word: the end of a line, or an HL7 repetition.
    pub(super) broken: bool,
}

/// A text, folded. Reused from text to text.
#[derive(Default)]
pub struct Folded {
    stream: String,
    words: Vec<Word>,
}

impl std::fmt::Debug for Folded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Folded({} words)", self.words.len())
    }
}

impl Drop for Folded {
    fn drop(&mut self) {
        self.stream.zeroize();
    }
}

/// Longest run of separators inside a value, in characters.
const JOINT_CHARS_MAX: usize = 4;
/// Longest gap between two words of one value, in characters.
const LOOSE_CHARS_MAX: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Digit,
    /// Ideographs and syllables: each is a word of its own.
    Alone,
    /// Marks and characters without width: they are passed over and part nothing.
    Nothing,
    Apostrophe,
    Other,
}

fn sort(c: char) -> Sort {
    match c {
        'a'..='z' | 'A'..='Z' => Sort::Letter,
        '0'..='9' => Sort::Digit,
        '\'' | '`' => Sort::Apostrophe,
        '\0'..='\x7f' => Sort::Other,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => Sort::Nothing,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '\u{ff07}' => {
            Sort::Apostrophe
        }
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Sort::Alone,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' => Sort::Alone,
        c if is_combining_mark(c) => Sort::Nothing,
        c if digit_of(c).is_some() => Sort::Digit,
        c if c.is_alphanumeric() => Sort::Letter,
        _ => Sort::Other,
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '/' | '_' | '(' | ')' | ',' | '~')
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
        || matches!(c, '\u{2024}' | '\u{2044}' | '\u{b7}' | '\u{ff0e}' | '\u{ff0f}')
}

fn gap(between: &str) -> Gap {
    let (mut chars, mut ends, mut joint) = (0, 0, true);
    for c in between.chars().filter(|&c| sort(c) != Sort::Nothing) {
        chars += 1;
        ends += usize::from(c == '\n');
        // A comma inside a number stands alone; with a space it parts two.
        joint &= is_separator(c) && (c != ',' || between.len() == 1);
        if chars > LOOSE_CHARS_MAX {
            return Gap::Break;
        }
    }
    match chars {
        0 => Gap::None,
        1..=JOINT_CHARS_MAX if joint && ends <= 1 => Gap::Joint,
        _ => Gap::Loose,
    }
}

fn is_break(between: &str) -> bool {
    let said = || between.chars().filter(|&c| sort(c) != Sort::Nothing);
    said().any(|c| matches!(c, '\n' | '~')) && said().all(|c| c.is_whitespace() || c == '~')
}

/// A name's first letter as it is compared.
pub(super) fn base(letter: char) -> char {
    let mut out = String::new();
    fold_letter(letter, &mut out);
    out.chars().next().unwrap_or(letter)
}

impl Folded {
    /// Folds `text`, in place of what was there.
    pub fn read(&mut self, text: &str) {
        self.stream.clear();
        self.words.clear();
        let mut chars = text.char_indices().peekable();
        let mut last = 0;
        while let Some((start, first)) = chars.next() {
            let kind = sort(first);
            if !matches!(kind, Sort::Letter | Sort::Digit | Sort::Alone) {
                continue;
            }
            let at = self.stream.len();
            self.push(kind, first);
            let mut end = start + first.len_utf8();
            let mut letters = 1;
            while kind != Sort::Alone
                && let Some(&(here, c)) = chars.peek()
            {
                match sort(c) {
                    Sort::Nothing => {}
                    same if same == kind => {
                        self.push(kind, c);
                        letters += 1;
                    }
                    // O'Brien is one word; Smith's is Smith and an s of nobody's.
                    Sort::Apostrophe if kind == Sort::Letter && goes_on(&text[here..]) => {}
                    _ => break,
                }
                end = here + c.len_utf8();
                chars.next();
            }
            if self.stream.len() == at {
                // A letter that folds to a mark alone (a half-width sound mark) leaves no word.
                continue;
            }
            let between = &text[last..start];
            let before = if self.words.is_empty() { Gap::Break } else { gap(between) };
            self.words.push(Word {
                at: at as u32,
                start: start as u32,
                end: end as u32,
                gap: before,
                single: letters == 1,
                upper: first.is_uppercase(),
                broken: before == Gap::Joint && is_break(between),
            });
            last = end;
        }
    }

    fn push(&mut self, kind: Sort, c: char) {
        match digit_of(c) {
            Some(digit) if kind == Sort::Digit => self.stream.push(char::from(b'0' + digit)),
            _ => fold_letter(c, &mut self.stream),
        }
    }

    pub(super) fn stream(&self) -> &[u8] {
        self.stream.as_bytes()
    }

    pub(super) fn text(&self) -> &str {
        &self.stream
    }

    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The end of a word in the stream.
    pub(super) fn end(&self, word: usize) -> usize {
        self.words.get(word + 1).map_or(self.stream.len(), |next| next.at as usize)
    }

    /// The word behind another one, past a possessive s, and what stands between the two.
    pub(super) fn behind<'a>(&'a self, text: &'a str, word: usize) -> Option<(&'a str, &'a str)> {
        let gap = |next: usize| {
            let (before, word) = (self.words.get(next - 1)?, self.words.get(next)?);
            Some(&text[before.end as usize..word.start as usize])
        };
        let mut next = word + 1;
        if gap(next).is_some_and(|gap| !gap.contains(' ') && (1..=3).contains(&gap.len()))
            && self.word(next) == "s"
        {
            next += 1;
        }
        Some((gap(next)?, self.word(next)))
    }

    /// A word, folded.
    pub(super) fn word(&self, word: usize) -> &str {
        &self.stream[self.words[word].at as usize..self.end(word)]
    }
}

/// True when the word goes on behind the apostrophe at the start of `rest`.
fn goes_on(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1).filter(|&c| sort(c) != Sort::Nothing);
    let next = chars.next();
    let possessive = matches!(next, Some('s' | 'S'))
        && !chars.next().is_some_and(|c| matches!(sort(c), Sort::Letter | Sort::Apostrophe));
    next.is_some_and(|c| sort(c) == Sort::Letter) && !possessive
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, String, Gap)> {
        let mut folded = Folded::default();
        folded.read(text);
        let one = |n: usize| {
            let word = folded.words[n];
            let raw = text[word.start as usize..word.end as usize].to_string();
            (folded.word(n).to_string(), raw, word.gap)
        };
        (0..folded.words.len()).map(one).collect()
    }

    fn only(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.0).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            only("Jos\u{e9} GARCI\u{301}A \u{141}uk\u{e1}\u{161}"),
            ["jose", "garcia", "lukas"]
        );
        assert_eq!(
            only("O'Brien O\u{2018}Brien's O\u{2019}NEIL 'smith'"),
            ["obrien", "obrien", "s", "oneil", "smith"]
        );
        assert_eq!(only("Sm\u{ad}ith\u{200b}son Stra\u{df}e"), ["smithson", "strasse"]);
        assert_eq!(only("\u{738b}\u{4f1f}x"), ["\u{738b}", "\u{4f1f}", "x"]);
    }

    #[test]
    fn digits_of_other_scripts_are_digits() {
        assert_eq!(only("\u{ff11}\u{ff12}3 \u{661}\u{662} ID42"), ["123", "12", "id", "42"]);
    }

    #[test]
    fn gaps_are_told_apart() {
        let gaps = |text: &str| words(text).iter().map(|word| word.2).collect::<Vec<_>>();
        for joint in [" ", "-", " - ", "\u{2011}", "\u{2013}", "\u{a0}", "_", "-\n", ") ", "(0)\t"]
        {
            assert_eq!(gaps(&format!("1{joint}2")).last(), Some(&Gap::Joint), "{joint:?}");
        }
        assert_eq!(gaps("1: 2")[1], Gap::Loose);
        assert_eq!(gaps("1\n\n2")[1], Gap::Loose);
        assert_eq!(gaps("1.........2")[1], Gap::Break);
        assert_eq!(gaps("a1\u{200b}2"), [Gap::Break, Gap::None]);
    }
}
