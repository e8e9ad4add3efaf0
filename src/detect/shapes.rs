//! Many shapes looked for at once. A text is cut into pieces; one automaton says which shapes occur in
//! a piece, and only these are then looked for in it, one by one. What is found is what each shape
//! alone would find in the whole text, as long as a match has no more than [`REACH_BYTES`] or runs up
//! to the end of what was looked at.
//!
//! Shapes are read as bytes: `\d`, `\s`, `\w` and `\b` are those of ASCII, `[^...]` is any other byte.

use crate::limits;
use crate::phi::Span;
use regex_automata::meta::{Cache, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use regex_automata::{Input, MatchKind, PatternID, PatternSet};

/// Shapes, ready to be looked for.
pub(super) struct Shapes {
    set: Regex,
    /// Each alone, with the number of its group `v`, or 0.
    each: Vec<(Regex, usize)>,
}

/// Memory that is used again from text to text.
#[derive(Default)]
pub(super) struct Work(Option<Memory>);

struct Memory {
    set: Cache,
    each: Vec<(Cache, Captures)>,
    named: PatternSet,
    /// For each shape, where its last match ended.
    done: Vec<usize>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work(..)")
    }
}

/// Bytes of a piece, about: it ends with a line, or else with a word.
const PIECE_BYTES: usize = 192;
/// Bytes behind a piece into which a match may go on.
const REACH_BYTES: usize = 96;

impl Shapes {
    /// Panics on a shape that is none: they are constants, and tested.
    pub(super) fn new<'a>(shapes: impl Iterator<Item = &'a str> + Clone) -> Shapes {
        let build = |kind, many: &[&str]| {
            Regex::builder()
                .syntax(syntax::Config::new().unicode(false).utf8(false))
                .configure(
                    Regex::config()
                        .match_kind(kind)
                        .utf8_empty(false)
                        .hybrid_cache_capacity(limits::PATTERN_AUTOMATON_BYTES_MAX),
                )
                .build_many(many)
                .expect("the shapes are constants, and tested")
        };
        let all: Vec<_> = shapes.clone().collect();
        Shapes {
            set: build(MatchKind::All, &all),
            each: shapes
                .map(|shape| {
                    let each = build(MatchKind::LeftmostFirst, &[shape]);
                    let value = each.group_info().to_index(PatternID::ZERO, "v").unwrap_or(0);
                    (each, value)
                })
                .collect(),
        }
    }

    /// Calls `found` with each match: the shape's number, and the span of its group `v`, or of the whole
    /// match. In no order.
    pub(super) fn find(&self, text: &str, work: &mut Work, mut found: impl FnMut(usize, Span)) {
        let memory = work.0.get_or_insert_with(|| Memory {
            set: self.set.create_cache(),
            each: (self.each.iter())
                .map(|(each, _)| (each.create_cache(), each.create_captures()))
                .collect(),
            named: PatternSet::new(self.each.len()),
            done: vec![0; self.each.len()],
        });
        memory.done.fill(0);
        let mut start = 0;
        while start < text.len() {
            let end = piece_end(text.as_bytes(), start);
            let reach = (end + REACH_BYTES).min(text.len());
            memory.named.clear();
            let input = Input::new(text).range(start..reach);
            self.set.which_overlapping_matches_with(&mut memory.set, &input, &mut memory.named);
            for shape in memory.named.iter() {
                let shape = shape.as_usize();
                let from = memory.done[shape].max(start);
                if from < end {
                    let (cache, captures) = &mut memory.each[shape];
                    let each = &self.each[shape];
                    memory.done[shape] =
                        one(each, cache, captures, text, from..end, reach, |span| {
                            found(shape, span);
                        });
                }
            }
            start = end;
        }
    }
}

/// Finds the matches of one shape that start in a range; gives the end of the last.
fn one(
    (each, value): &(Regex, usize),
    cache: &mut Cache,
    captures: &mut Captures,
    text: &str,
    mut range: std::ops::Range<usize>,
    mut reach: usize,
    mut found: impl FnMut(Span),
) -> usize {
    while range.start < range.end {
        let input = Input::new(text).range(range.start..reach);
        each.search_captures_with(cache, &input, captures);
        let Some(whole) = captures.get_match().filter(|whole| whole.start() < range.end) else {
            break;
        };
        if whole.end() == reach && reach < text.len() {
            // It may go on behind what was looked at.
            reach = (reach + (reach - whole.start()).max(REACH_BYTES)).min(text.len());
            continue;
        }
        let value = captures.get_group(*value).unwrap_or_else(|| whole.span());
        found(Span::new(text.floor_char_boundary(value.start), text.ceil_char_boundary(value.end)));
        // What follows the value may be what stands before the next one.
        range.start = value.end.max(range.start + 1);
    }
    range.start
}

/// The end of the piece that starts there: behind a line or a word.
fn piece_end(text: &[u8], start: usize) -> usize {
    let most = start + PIECE_BYTES;
    if most >= text.len() {
        return text.len();
    }
    let piece = &text[start + PIECE_BYTES / 2..most];
    let cut =
        piece.iter().rposition(|&b| b == b'\n').or_else(|| piece.iter().rposition(|&b| b == b' '));
    cut.map_or(most, |at| start + PIECE_BYTES / 2 + at + 1)
}
