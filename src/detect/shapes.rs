//! Many shapes looked for at once. One automaton reads a text backwards and says where which shapes may
//! begin; each is then looked for at these places alone. What is found is what each shape alone would
//! find in the whole text, as long as the part of a match that must be there has no more than
//! [`REACH_BYTES`].
//!
//! Shapes are read as bytes: `\d`, `\s`, `\w` and `\b` are those of ASCII, `[^...]` is any other byte.

use crate::limits;
use crate::phi::Span;
use regex_automata::hybrid::dfa::{self, DFA};
use regex_automata::hybrid::{CacheError, LazyStateID};
use regex_automata::meta::{Cache, Regex};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, MatchKind, PatternID};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Capture, Hir, HirKind, Repetition};
use std::ops::Range;

const CONSTANTS: &str = "the shapes are constants, and tested";
const NO_END: &str = "an automaton that may begin anew does not give up";

/// Shapes, ready to be looked for.
pub(super) struct Shapes {
    /// Where [`SET_SHAPES`] shapes may begin, read backwards.
    sets: Vec<DFA>,
    /// Each alone, with the number of its group `v`, or 0.
    each: Vec<(Regex, usize)>,
}

/// Memory that is used again from text to text.
#[derive(Default)]
pub(super) struct Work(Option<Memory>);

struct Memory {
    sets: Vec<(dfa::Cache, LazyStateID)>,
    each: Vec<(Cache, Captures)>,
    /// For each shape, where its last match ended.
    done: Vec<usize>,
    /// Where a shape may begin in a block, from the back.
    starts: Vec<(u32, u16)>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work(..)")
    }
}

/// Bytes of a block: a long text has no more places in memory than one block has.
const BLOCK_BYTES: usize = 16 * 1024;
/// Bytes behind a block from which it is read.
const REACH_BYTES: usize = 1024;
/// Shapes that one automaton looks for: more of them make more states than the caches of a processor hold,
/// fewer of them more passes.
const SET_SHAPES: usize = 16;

impl Shapes {
    /// Panics on a shape that is none: they are constants, and tested.
    pub(super) fn new<'a>(shapes: impl Iterator<Item = &'a str>) -> Shapes {
        let shapes: Vec<Hir> = shapes.map(parsed).collect();
        let loose: Vec<_> = shapes.iter().map(|shape| head(loose(shape))).collect();
        Shapes {
            sets: loose.chunks(SET_SHAPES).map(backwards).collect(),
            each: shapes
                .into_iter()
                .map(|shape| {
                    let config = Regex::config()
                        .match_kind(MatchKind::LeftmostFirst)
                        .utf8_empty(false)
                        .hybrid_cache_capacity(limits::SHAPE_AUTOMATON_BYTES_MAX);
                    let each = Regex::builder().configure(config).build_from_hir(&shape);
                    let each = each.expect(CONSTANTS);
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
        // The engine of one shape knows where it begins: it never reads backwards.
        sets + self.each.len() * limits::SHAPE_AUTOMATON_BYTES_MAX
    }

    /// Calls `found` with each match: the shape's number, and the span of its group `v`, or of the whole
    /// match. In no order.
    pub(super) fn find(&self, text: &str, work: &mut Work, mut found: impl FnMut(usize, Span)) {
        let memory = work.0.get_or_insert_with(|| Memory {
            sets: (self.sets.iter())
                .map(|set| (set.create_cache(), LazyStateID::default()))
                .collect(),
            each: (self.each.iter())
                .map(|(each, _)| (each.create_cache(), each.create_captures()))
                .collect(),
            done: vec![0; self.each.len()],
            starts: Vec::new(),
        });
        memory.done.fill(0);
        let mut block = 0..0;
        while block.end < text.len() {
            block = block.end..(block.end + BLOCK_BYTES).min(text.len());
            memory.starts.clear();
            self.starts(text.as_bytes(), block.clone(), memory).expect(NO_END);
            for &(start, shape) in memory.starts.iter().rev() {
                let (start, shape) = (start as usize, usize::from(shape));
                if start < memory.done[shape] {
                    continue;
                }
                let (cache, captures) = &mut memory.each[shape];
                let (each, value) = &self.each[shape];
                let input = Input::new(text).range(start..).anchored(Anchored::Yes);
                each.search_captures_with(cache, &input, captures);
                let Some(whole) = captures.get_match() else { continue };
                let value = captures.get_group(*value).unwrap_or_else(|| whole.span());
                // What follows the value may be what stands before the next one.
                memory.done[shape] = value.end.max(start + 1);
                let start = text.floor_char_boundary(value.start);
                found(shape, Span::new(start, text.ceil_char_boundary(value.end)));
            }
        }
    }

    /// Finds where shapes may begin in a block, from the back.
    fn starts(
        &self,
        text: &[u8],
        block: Range<usize>,
        memory: &mut Memory,
    ) -> Result<(), CacheError> {
        let Memory { sets, starts, .. } = memory;
        let end = (block.end + REACH_BYTES).min(text.len());
        let input = Input::new(text).range(block.start..end);
        for (set, (cache, state)) in self.sets.iter().zip(sets.iter_mut()) {
            *state = set.start_state_reverse(cache, &input).expect(NO_END);
        }
        let mut add = |number: usize, cache: &dfa::Cache, state: LazyStateID, at: usize| {
            let set = &self.sets[number];
            if state.is_match() && at < block.end {
                let shapes = (0..set.match_len(cache, state))
                    .map(|n| number * SET_SHAPES + set.match_pattern(cache, state, n).as_usize());
                starts.extend(shapes.map(|shape| (at as u32, shape as u16)));
            }
        };
        for at in (block.start..end).rev() {
            let byte = text[at];
            // All sets at a byte: what one waits for, from memory, the others need not.
            for (number, (set, (cache, state))) in self.sets.iter().zip(sets.iter_mut()).enumerate()
            {
                *state = set.next_state(cache, *state, byte)?;
                // A match is known one byte later.
                if state.is_tagged() {
                    add(number, cache, *state, at + 1);
                }
            }
        }
        for (number, (set, (cache, state))) in self.sets.iter().zip(sets.iter_mut()).enumerate() {
            *state = match block.start.checked_sub(1) {
                Some(before) => set.next_state(cache, *state, text[before])?,
                None => set.next_eoi_state(cache, *state)?,
            };
            add(number, cache, *state, block.start);
        }
        Ok(())
    }
}

/// A shape, parsed. A space between its words is the end of a line too: prose is wrapped anywhere.
pub(super) fn parsed(shape: &str) -> Hir {
    // A parser keeps the flags that a shape sets: each has its own.
    let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
    wrapped(parser.parse(shape).expect(CONSTANTS))
}

fn wrapped(shape: Hir) -> Hir {
    match shape.into_kind() {
        HirKind::Literal(literal) => {
            let parts = literal.0.split_inclusive(|b| *b == b' ').flat_map(|part| {
                let (words, space) = match part {
                    [words @ .., b' '] => (words, Some(space_or_end())),
                    words => (words, None),
                };
                [Some(Hir::literal(words)), space].into_iter().flatten()
            });
            Hir::concat(parts.collect())
        }
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(wrapped).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(wrapped).collect()),
        HirKind::Repetition(many) => {
            Hir::repetition(Repetition { sub: Box::new(wrapped(*many.sub)), ..many })
        }
        HirKind::Capture(group) => {
            Hir::capture(Capture { sub: Box::new(wrapped(*group.sub)), ..group })
        }
        HirKind::Empty => Hir::empty(),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
    }
}

/// A space, or the end of a line.
fn space_or_end() -> Hir {
    Hir::alternation(vec![Hir::literal(*b" "), Hir::literal(*b"\n"), Hir::literal(*b"\r\n")])
}

/// An automaton that reads backwards, and matches where one of the shapes begins.
fn backwards(shapes: &[Hir]) -> DFA {
    let nfa = thompson::Compiler::new()
        .configure(
            thompson::Config::new().reverse(true).utf8(false).which_captures(WhichCaptures::None),
        )
        .build_many_from_hir(shapes)
        .expect(CONSTANTS);
    DFA::builder()
        .configure(DFA::config().match_kind(MatchKind::All).cache_capacity(set_bytes(shapes.len())))
        .build_from_nfa(nfa)
        .expect(CONSTANTS)
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
