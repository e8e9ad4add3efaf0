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
use regex_syntax::hir::{Capture, Class, ClassBytes, Hir, HirKind, Look, Repetition};
use std::ops::Range;

const CONSTANTS: &str = "the shapes are constants, and tested";
const NO_END: &str = "an automaton that may begin anew does not give up";

/// Shapes, ready to be looked for.
pub(super) struct Shapes {
    /// Where [`SET_SHAPES`] shapes may begin, read backwards.
    sets: Vec<DFA>,
    /// Each alone.
    each: Vec<Shape>,
}

/// A shape, looked for where it may begin.
struct Shape {
    regex: Regex,
    /// The number of its group `v`, or 0 where the value is the whole match.
    value: usize,
    /// The byte in front of what `regex` matches, or the start of the text.
    front: Option<ClassBytes>,
}

/// Memory that is used again from text to text.
#[derive(Default)]
pub(super) struct Work(Option<Memory>);

struct Memory {
    sets: Vec<dfa::Cache>,
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
/// Automata that take a byte in turn.
const WALK_SETS: usize = 3;
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
            each: shapes.into_iter().map(Shape::new).collect(),
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
            sets: self.sets.iter().map(DFA::create_cache).collect(),
            each: (self.each.iter())
                .map(|Shape { regex, .. }| (regex.create_cache(), regex.create_captures()))
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
                let Some(value) = self.each[shape].at(text, start, &mut memory.each[shape]) else {
                    continue;
                };
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
        let Memory { sets: caches, starts, .. } = memory;
        let (sets, rest) = self.sets.as_chunks::<WALK_SETS>();
        let (some, more) = caches.as_chunks_mut::<WALK_SETS>();
        for (n, (sets, caches)) in sets.iter().zip(some).enumerate() {
            walk(sets, caches, n * WALK_SETS, text, &block, starts)?;
        }
        for (n, (set, cache)) in rest.iter().zip(more).enumerate() {
            let (one, cache) = (std::array::from_ref(set), std::array::from_mut(cache));
            walk(one, cache, sets.len() * WALK_SETS + n, text, &block, starts)?;
        }
        Ok(())
    }
}

/// Reads a block backwards, each automaton a byte in turn: what one waits for, from memory, the others need
/// not. How many there are is known when this is compiled, so that their states stay in registers.
fn walk<const N: usize>(
    sets: &[DFA; N],
    caches: &mut [dfa::Cache; N],
    first: usize,
    text: &[u8],
    block: &Range<usize>,
    out: &mut Vec<(u32, u16)>,
) -> Result<(), CacheError> {
    let end = (block.end + REACH_BYTES).min(text.len());
    let input = Input::new(text).range(block.start..end);
    let mut states: [LazyStateID; N] =
        std::array::from_fn(|n| sets[n].start_state_reverse(&mut caches[n], &input).expect(NO_END));
    let mut add = |n: usize, cache: &dfa::Cache, state: LazyStateID, at: usize| {
        let set = &sets[n];
        if state.is_match() && at < block.end {
            let shapes = (0..set.match_len(cache, state)).map(|one| {
                (first + n) * SET_SHAPES + set.match_pattern(cache, state, one).as_usize()
            });
            out.extend(shapes.map(|shape| (at as u32, shape as u16)));
        }
    };
    for at in (block.start..end).rev() {
        let byte = text[at];
        for n in 0..N {
            let next = sets[n].next_state(&mut caches[n], states[n], byte)?;
            states[n] = next;
            // A match is known one byte later.
            if next.is_tagged() {
                add(n, &caches[n], next, at + 1);
            }
        }
    }
    for n in 0..N {
        let next = match block.start.checked_sub(1) {
            Some(before) => sets[n].next_state(&mut caches[n], states[n], text[before])?,
            None => sets[n].next_eoi_state(&mut caches[n], states[n])?,
        };
        add(n, &caches[n], next, block.start);
    }
    Ok(())
}

impl Shape {
    fn new(shape: Hir) -> Shape {
        let (front, shape) = without_front(shape);
        let config = Regex::config()
            .match_kind(MatchKind::LeftmostFirst)
            .utf8_empty(false)
            .hybrid_cache_capacity(limits::SHAPE_AUTOMATON_BYTES_MAX);
        let regex = Regex::builder().configure(config).build_from_hir(&shape).expect(CONSTANTS);
        let value = regex.group_info().to_index(PatternID::ZERO, "v").unwrap_or(0);
        Shape { regex, value, front }
    }

    /// The value, where the shape begins at `start`.
    fn at(
        &self,
        text: &str,
        start: usize,
        (cache, captures): &mut (Cache, Captures),
    ) -> Option<regex_automata::Span> {
        let mut from = |at: usize| {
            let input = Input::new(text).range(at..).anchored(Anchored::Yes);
            if self.value == 0 {
                return self.regex.search_with(cache, &input).map(|whole| whole.span());
            }
            self.regex.search_captures_with(cache, &input, captures);
            captures.get_match()?;
            captures.get_group(self.value)
        };
        let Some(front) = &self.front else { return from(start) };
        let at_start = if start == 0 { from(0) } else { None };
        at_start.or_else(|| {
            let is = |b: u8| front.iter().any(|range| (range.start()..=range.end()).contains(&b));
            text.as_bytes().get(start).is_some_and(|b| is(*b)).then(|| from(start + 1)).flatten()
        })
    }
}

/// A shape whose value is all of it but a byte, or the start of the text, in front, without that and without
/// the group: then nobody need look for where the group is.
fn without_front(shape: Hir) -> (Option<ClassBytes>, Hir) {
    let HirKind::Concat(parts) = shape.kind() else { return (None, shape) };
    let front = parts.first().and_then(front);
    let rest = if front.is_some() { &parts[1..] } else { &parts[..] };
    let is_look = |part: &&Hir| matches!(part.kind(), HirKind::Look(_));
    let looks = rest.iter().take_while(is_look).count();
    match rest[looks..].split_first() {
        Some((value, behind)) if behind.iter().all(|part| is_look(&part)) => {
            let HirKind::Capture(group) = value.kind() else { return (None, shape) };
            let value = std::iter::once(&*group.sub);
            let rest = rest[..looks].iter().chain(value).chain(behind).cloned().collect();
            (front, Hir::concat(rest))
        }
        _ => (None, shape),
    }
}

/// `(?:^|[...])`
fn front(part: &Hir) -> Option<ClassBytes> {
    let HirKind::Alternation(either) = part.kind() else { return None };
    match [either.first()?.kind(), either.get(1)?.kind()] {
        [HirKind::Look(Look::Start), HirKind::Class(Class::Bytes(class))] if either.len() == 2 => {
            Some(class.clone())
        }
        _ => None,
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
