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
use regex_automata::{Input, MatchKind, PatternID, PatternSet};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind, Repetition};

const CONSTANTS: &str = "the shapes are constants, and tested";

/// Shapes, ready to be looked for.
pub(super) struct Shapes {
    /// Which of [`SET_SHAPES`] shapes there are.
    sets: Vec<Regex>,
    /// Each alone, with the number of its group `v`, or 0.
    each: Vec<(Regex, usize)>,
}

/// Memory that is used again from text to text.
#[derive(Default)]
pub(super) struct Work(Option<Memory>);

struct Memory {
    sets: Vec<(Cache, PatternSet)>,
    each: Vec<(Cache, Captures)>,
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
/// Shapes that one automaton looks for: more of them make more states than the caches of a processor hold,
/// fewer of them more passes.
const SET_SHAPES: usize = 40;

impl Shapes {
    /// Panics on a shape that is none: they are constants, and tested.
    pub(super) fn new<'a>(shapes: impl Iterator<Item = &'a str>) -> Shapes {
        let parse = |shape| {
            // A parser keeps the flags that a shape sets: each has its own.
            let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
            parser.parse(shape).expect(CONSTANTS)
        };
        let shapes: Vec<Hir> = shapes.map(parse).collect();
        let build = |kind, bytes, many: &[Hir]| {
            Regex::builder()
                .configure(
                    Regex::config().match_kind(kind).utf8_empty(false).hybrid_cache_capacity(bytes),
                )
                .build_many_from_hir(many)
                .expect(CONSTANTS)
        };
        let loose: Vec<_> = shapes.iter().map(|shape| head(loose(shape))).collect();
        Shapes {
            sets: (loose.chunks(SET_SHAPES))
                .map(|many| build(MatchKind::All, set_bytes(many.len()), many))
                .collect(),
            each: shapes
                .into_iter()
                .map(|shape| {
                    let bytes = limits::SHAPE_AUTOMATON_BYTES_MAX;
                    let each = build(MatchKind::LeftmostFirst, bytes, &[shape]);
                    let value = each.group_info().to_index(PatternID::ZERO, "v").unwrap_or(0);
                    (each, value)
                })
                .collect(),
        }
    }

    /// Bytes that its automata may come to, for each [`Work`].
    #[cfg(test)]
    pub(super) fn bytes_max(&self) -> usize {
        let sets: usize = self.sets.iter().map(|set| set_bytes(set.pattern_len())).sum();
        // One shape is looked for forwards and backwards, a set forwards alone.
        sets + 2 * self.each.len() * limits::SHAPE_AUTOMATON_BYTES_MAX
    }

    /// Calls `found` with each match: the shape's number, and the span of its group `v`, or of the whole
    /// match. In no order.
    pub(super) fn find(&self, text: &str, work: &mut Work, mut found: impl FnMut(usize, Span)) {
        let memory = work.0.get_or_insert_with(|| Memory {
            sets: (self.sets.iter())
                .map(|set| (set.create_cache(), PatternSet::new(set.pattern_len())))
                .collect(),
            each: (self.each.iter())
                .map(|(each, _)| (each.create_cache(), each.create_captures()))
                .collect(),
            done: vec![0; self.each.len()],
        });
        memory.done.fill(0);
        let mut start = 0;
        while start < text.len() {
            let end = piece_end(text.as_bytes(), start);
            let reach = (end + REACH_BYTES).min(text.len());
            let input = Input::new(text).range(start..reach);
            let sets = self.sets.iter().zip(&mut memory.sets);
            for (number, (set, (cache, named))) in sets.enumerate() {
                named.clear();
                set.which_overlapping_matches_with(cache, &input, named);
                for shape in named.iter() {
                    let shape = number * SET_SHAPES + shape.as_usize();
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
            }
            start = end;
        }
    }
}

/// Memory of an automaton that looks for so many shapes.
fn set_bytes(shapes: usize) -> usize {
    shapes * limits::SHAPES_AUTOMATON_BYTES_A_SHAPE
}

/// A shape that is found wherever `shape` is and has far fewer states: it counts no further than it
/// must. A hundred shapes that count at once would be more states than an automaton can hold.
fn loose(shape: &Hir) -> Hir {
    match shape.kind() {
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {
            shape.clone()
        }
        HirKind::Capture(group) => loose(&group.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(loose).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loose).collect()),
        HirKind::Repetition(many) => Hir::repetition(Repetition {
            max: many.max.filter(|&max| max == 1 || max == many.min),
            sub: Box::new(loose(&many.sub)),
            ..many.clone()
        }),
    }
}

/// A shape without what may follow at its end: it is found when its beginning is.
fn head(shape: Hir) -> Hir {
    match shape.into_kind() {
        HirKind::Concat(mut parts) => {
            let last = parts.pop().map(head);
            Hir::concat(parts.into_iter().chain(last).collect())
        }
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(head).collect()),
        HirKind::Repetition(many) => Hir::repetition(Repetition { max: Some(many.min), ..many }),
        HirKind::Capture(group) => head(*group.sub),
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
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
