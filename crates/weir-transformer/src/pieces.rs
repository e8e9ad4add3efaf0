//! Words and their pieces, as BERT's tokeniser without case cuts them (Devlin et al., 2018, section 3; WordPiece).
//! Written here so that every copy of the text is wiped; `tests/rampart.rs` holds it to the `tokenizers` library.

use regex_syntax::hir::{Class, ClassUnicode, HirKind};
use std::collections::HashMap;
use unicode_normalization::char::decompose_canonical;
use zeroize::Zeroizing;

/// A longer word is unknown as a whole, in characters.
const WORD_CHARS_MAX: usize = 100;

/// A word or a mark of a text, and its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// How many of the pieces are its own.
    pub(crate) pieces: u32,
}

/// A vocabulary, by the piece: what a word begins with, and what goes on in it.
#[derive(Debug)]
pub(crate) struct Pieces {
    first: HashMap<Box<str>, i32>,
    rest: HashMap<Box<str>, i32>,
    pub(crate) unknown: i32,
    /// In front of a window, and behind it.
    pub(crate) ends: (i32, i32),
    marks: Ranges,
    accents: Ranges,
    others: Ranges,
}

impl Pieces {
    /// Reads a vocabulary: a piece a line, its number that of the line. `None` when one of the pieces that
    /// every such vocabulary has is missing.
    pub(crate) fn read(vocabulary: &str) -> Option<Pieces> {
        let (mut first, mut rest) = (HashMap::new(), HashMap::new());
        for (number, line) in vocabulary.lines().enumerate() {
            let number = i32::try_from(number).ok()?;
            match line.strip_prefix("##") {
                Some(piece) if !piece.is_empty() => rest.insert(piece.into(), number),
                _ => first.insert(line.into(), number),
            };
        }
        let unknown = *first.get("[UNK]")?;
        let ends = (*first.get("[CLS]")?, *first.get("[SEP]")?);
        let (marks, accents, others) = (ranges(r"\p{P}")?, ranges(r"\p{Mn}")?, ranges(r"\p{C}")?);
        Some(Pieces { first, rest, unknown, ends, marks, accents, others })
    }

    /// The words of a text, and the pieces of all of them in order.
    pub(crate) fn cut(&self, text: &str, words: &mut Vec<Word>, pieces: &mut Vec<i32>) {
        words.clear();
        pieces.clear();
        // Room for every word: a buffer that grows leaves a copy behind.
        let mut folded = Zeroizing::new(String::with_capacity(4 * text.len()));
        let (mut start, mut end) = (0, 0);
        for (at, c) in text.char_indices() {
            if c == '\0' || c == '\u{fffd}' || !is_space(c) && self.others.has(c) {
                continue;
            }
            let behind = at + c.len_utf8();
            if is_space(c) || self.is_mark(c) || is_ideograph(c) {
                self.close(&mut folded, (start, end), words, pieces);
                if !is_space(c) {
                    folded.extend(c.to_lowercase());
                    self.close(&mut folded, (at, behind), words, pieces);
                }
                continue;
            }
            if folded.is_empty() {
                start = at;
            }
            decompose_canonical(c, |part| {
                if !self.accents.has(part) {
                    folded.extend(part.to_lowercase());
                }
            });
            end = behind;
        }
        self.close(&mut folded, (start, end), words, pieces);
    }

    fn is_mark(&self, c: char) -> bool {
        c.is_ascii_punctuation() || !c.is_ascii() && self.marks.has(c)
    }

    /// The pieces of one word: the longest that the vocabulary has, again and again.
    fn close(
        &self,
        folded: &mut String,
        (start, end): (usize, usize),
        words: &mut Vec<Word>,
        pieces: &mut Vec<i32>,
    ) {
        if folded.is_empty() {
            return;
        }
        let before = pieces.len();
        let mut rest = folded.as_str();
        let mut known = &self.first;
        let long = rest.chars().count() > WORD_CHARS_MAX;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let longest =
                ends.map(|end| (end, known.get(&rest[..end]))).find(|(_, piece)| piece.is_some());
            match longest {
                Some((end, Some(&piece))) if !long => {
                    pieces.push(piece);
                    rest = &rest[end..];
                    known = &self.rest;
                }
                _ => {
                    pieces.truncate(before);
                    pieces.push(self.unknown);
                    break;
                }
            }
        }
        let count = (pieces.len() - before) as u32;
        words.push(Word { start: start as u32, end: end as u32, pieces: count });
        folded.clear();
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Each of them is a word.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2b73f
        | 0x2b740..=0x2b81f | 0x2b920..=0x2ceaf | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

/// Characters of a kind, as ranges that rise.
#[derive(Debug)]
struct Ranges(ClassUnicode);

impl Ranges {
    fn has(&self, c: char) -> bool {
        let ranges = self.0.ranges();
        let at = ranges.partition_point(|range| range.end() < c);
        ranges.get(at).is_some_and(|range| range.start() <= c)
    }
}

fn ranges(kind: &str) -> Option<Ranges> {
    match regex_syntax::parse(kind).ok()?.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(Ranges(class)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nseen\nby\ndr\n.\nok\n##afo\n##r\nzoe\n,\n花\n'\no\n";

    fn cut(text: &str) -> Vec<(String, Vec<i32>)> {
        let pieces = Pieces::read(VOCABULARY).expect("a vocabulary");
        let (mut words, mut numbers) = (Vec::new(), Vec::new());
        pieces.cut(text, &mut words, &mut numbers);
        let mut at = 0;
        let one = |word: &Word| {
            let own = numbers[at..at + word.pieces as usize].to_vec();
            at += own.len();
            (text[word.start as usize..word.end as usize].to_string(), own)
        };
        words.iter().map(one).collect()
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces_with_their_bytes() {
        let want =
            [("Seen", vec![5]), ("Dr", vec![7]), (".", vec![8]), ("Okafor", vec![9, 10, 11])];
        assert_eq!(cut("Seen  Dr. Okafor"), want.map(|(word, own)| (word.to_string(), own)));
    }

    #[test]
    fn accents_case_marks_and_ideographs_are_as_bert_has_them() {
        for (text, want) in [
            ("Zo\u{e9}", vec![("Zo\u{e9}", vec![12])]),
            ("ZOE\u{301},", vec![("ZOE\u{301}", vec![12]), (",", vec![13])]),
            ("by\u{82b1}by", vec![("by", vec![6]), ("\u{82b1}", vec![14]), ("by", vec![6])]),
            ("o\u{200b}k\0", vec![("o\u{200b}k", vec![9])]),
            ("bz", vec![("bz", vec![1])]),
            ("[CLS]", vec![("[", vec![1]), ("CLS", vec![1]), ("]", vec![1])]),
        ] {
            let want: Vec<_> =
                want.into_iter().map(|(word, own)| (word.to_string(), own)).collect();
            assert_eq!(cut(text), want, "{text}");
        }
        assert_eq!(cut(&"ok".repeat(60)).len(), 1);
        assert_eq!(cut(&"ok".repeat(60))[0].1, [1], "too long to be known");
    }
}
