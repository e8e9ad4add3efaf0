//! Prose, cut into tokens: runs of letters and digits, single marks, ends of lines.

use crate::{hash, lexicon};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    Lower,
    Title,
    Upper,
    /// One capital.
    Single,
    /// McDonald, iPhone.
    Mixed,
    Digits,
    /// Letters first: A1, H1N1.
    LetterDigit,
    /// Digits first: 62M, 4th.
    DigitLetter,
    Mark,
    /// The end of a line.
    Line,
    /// A blank line.
    Blank,
}

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The hash of the folded word; numbers count by their length.
    pub(crate) word: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix2: u64,
    pub(crate) suffix3: u64,
    pub(crate) shape: Shape,
    /// What the lists say; see [`crate::bits`].
    pub(crate) bits: u16,
    /// No white space in front of it.
    pub(crate) tight: bool,
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        (self.shape as u8) < Shape::Mark as u8
    }
}

/// A word as lists and weights have it: lower case, no accents.
pub fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else {
        for c in word.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
            match c {
                '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' => out.push('\''),
                '\u{142}' => out.push('l'),
                '\u{f8}' => out.push('o'),
                '\u{df}' => out.push_str("ss"),
                c => out.push(c),
            }
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`')
}

/// Cuts `text`; `folded` is memory that is used again.
pub(crate) fn cut(text: &str, folded: &mut String, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut tight = false;
    while at < bytes.len() {
        let c = text[at..].chars().next().unwrap_or(' ');
        let start = at;
        at += c.len_utf8();
        if c == '\n' {
            line(start, out);
            tight = false;
        } else if c.is_whitespace() {
            tight = false;
        } else if c.is_alphanumeric() {
            at = word_end(text, at);
            out.push(word(text, start, at, tight, folded));
            tight = true;
        } else {
            let hash = hash::stir(u64::from(c) ^ 0x5a5a);
            out.push(Token {
                start: start as u32,
                end: at as u32,
                word: hash,
                prefix: hash,
                suffix2: hash,
                suffix3: hash,
                shape: Shape::Mark,
                bits: 0,
                tight,
            });
            tight = true;
        }
    }
}

fn line(start: usize, out: &mut Vec<Token>) {
    let shape = match out.last_mut() {
        Some(last) if matches!(last.shape, Shape::Line | Shape::Blank) => {
            last.shape = Shape::Blank;
            last.end = start as u32 + 1;
            return;
        }
        _ => Shape::Line,
    };
    out.push(Token {
        start: start as u32,
        end: start as u32 + 1,
        word: 1,
        prefix: 1,
        suffix2: 1,
        suffix3: 1,
        shape,
        bits: 0,
        tight: false,
    });
}

/// The end of the word: O'Brien is one, Smith's is Smith and the rest.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let mut rest = text[at..].chars();
        match rest.next() {
            Some(c) if c.is_ascii() && !is_apostrophe(c) => return at,
            Some(c) if c.is_alphanumeric() || is_combining_mark(c) => at += c.len_utf8(),
            Some(c) if is_apostrophe(c) => {
                let letter = rest.next().is_some_and(char::is_alphabetic);
                let goes_on = rest.next().is_some_and(char::is_alphabetic);
                if !(letter && goes_on) {
                    return at;
                }
                at += c.len_utf8();
            }
            _ => return at,
        }
    }
}

fn word(text: &str, start: usize, end: usize, tight: bool, folded: &mut String) -> Token {
    let raw = &text[start..end];
    fold(raw, folded);
    let shape = shape(raw);
    let (word, bits) = match shape {
        Shape::Digits => {
            let year = folded.len() == 4 && (folded.starts_with("19") || folded.starts_with("20"));
            (hash::stir(folded.len() as u64 * 2 + u64::from(year)), 0)
        }
        _ => {
            let hash = hash::text(folded);
            (hash, lexicon::look(hash))
        }
    };
    let (prefix, suffix2, suffix3) = match shape {
        Shape::Digits => (word, word, word),
        _ => (
            hash::text(head(folded, 3)) ^ 0x11,
            hash::text(tail(folded, 2)) ^ 0x22,
            hash::text(tail(folded, 3)) ^ 0x33,
        ),
    };
    Token {
        start: start as u32,
        end: end as u32,
        word,
        prefix,
        suffix2,
        suffix3,
        shape,
        bits,
        tight,
    }
}

fn head(word: &str, n: usize) -> &str {
    let end = word.char_indices().nth(n).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

fn tail(word: &str, n: usize) -> &str {
    let start = word.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
    &word[start..]
}

fn shape(raw: &str) -> Shape {
    let (mut upper, mut lower, mut digits, mut chars) = (0, 0, 0, 0);
    let mut first = None;
    for c in raw.chars() {
        chars += 1;
        first = first.or(Some(c));
        if c.is_numeric() {
            digits += 1;
        } else if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    let capital = first.is_some_and(char::is_uppercase);
    match (digits, upper, lower) {
        (d, ..) if d == chars => Shape::Digits,
        (1.., ..) if first.is_some_and(char::is_numeric) => Shape::DigitLetter,
        (1.., ..) => Shape::LetterDigit,
        (_, 0, _) => Shape::Lower,
        (_, 1, 0) => Shape::Single,
        (_, _, 0) => Shape::Upper,
        (_, 1, _) if capital => Shape::Title,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(String, Shape)> {
        let mut out = Vec::new();
        cut(text, &mut String::new(), &mut out);
        out.iter().map(|t| (text[t.start as usize..t.end as usize].to_string(), t.shape)).collect()
    }

    #[test]
    fn texts_are_cut() {
        let found = tokens("Mr. O'Brien's 62M\n\n\nGARC\u{cd}A, A12 iPhone 4");
        let words: Vec<_> = found.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(
            words,
            [
                "Mr",
                ".",
                "O'Brien",
                "'",
                "s",
                "62M",
                "\n\n\n",
                "GARC\u{cd}A",
                ",",
                "A12",
                "iPhone",
                "4"
            ]
        );
        let shapes: Vec<_> = found.iter().map(|(_, shape)| *shape).collect();
        use Shape::*;
        assert_eq!(
            shapes,
            [
                Title,
                Mark,
                Mixed,
                Mark,
                Lower,
                DigitLetter,
                Blank,
                Upper,
                Mark,
                LetterDigit,
                Mixed,
                Digits
            ]
        );
    }

    #[test]
    fn words_are_folded() {
        let mut out = String::new();
        fold("Mu\u{f1}oz\u{2019}Stra\u{df}e", &mut out);
        assert_eq!(out, "munoz'strasse");
    }
}
