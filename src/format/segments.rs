//! Formats whose records are segments of fields (HL7 v2, X12): the paths of a schema, compiled, and the walk over one
//! segment. A path is `SEGMENT-FIELD.COMPONENT.SUBCOMPONENT`; what it leaves out, it covers all of.

use super::codec::Marks;
use super::{Cut, Exit, Found, Kind, Leaf, OnUnlisted, Stray};
use crate::limits::values_max;
use crate::phi::{Code, Span};
use std::ops::Range;

/// The compiled paths of a schema, by segment.
#[derive(Debug)]
pub struct Segments {
    segments: Vec<(Box<str>, Segment)>,
}

#[derive(Debug, Default)]
struct Segment {
    /// What rules ask of a segment as a whole; a rule has its place in this list.
    asked: Vec<Condition>,
    /// Rules by the field's number, the most exact first.
    fields: Vec<Vec<Rule>>,
    /// Rules for any field.
    any: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    /// The conditions that the segment has to meet, as bits: places in [`Segment::asked`].
    when: u64,
    /// What one of the components beside it has to be.
    beside: Option<Condition>,
    /// 0: each.
    component: u16,
    sub: u16,
    leaf: u16,
}

/// `2=TX|FT`: the field or component of that number is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    at: u16,
    values: Vec<Box<str>>,
}

/// A path as written.
struct Path {
    segment: Box<str>,
    when: Vec<Condition>,
    /// 0: each.
    field: u16,
    beside: Option<Condition>,
    component: u16,
    sub: u16,
}

/// Most conditions of one segment.
const ASKED_MAX: usize = 64;

impl Segments {
    /// Compiles paths; leaves carry the index of their path. Errors name the path by index:
    /// [`Code::BadPath`] for one that cannot be read, [`Code::PathConflict`] for two that claim one place.
    pub(super) fn compile(paths: &[&str]) -> Result<Segments, Vec<(usize, Code)>> {
        let mut out = Segments { segments: Vec::new() };
        let mut problems = Vec::new();
        for (leaf, path) in paths.iter().enumerate() {
            let added = match Path::parse(path) {
                Some(parsed) => out.add(parsed, leaf as u16),
                None => Err(Code::BadPath),
            };
            if let Err(code) = added {
                problems.push((leaf, code));
            }
        }
        for (_, segment) in &mut out.segments {
            for rules in segment.fields.iter_mut().chain([&mut segment.any]) {
                // Stable: of two that are equally exact, the first in the schema counts.
                rules.sort_by_key(|rule| {
                    let depth = u8::from(rule.component != 0) + u8::from(rule.sub != 0);
                    let asked = rule.when.count_ones() + u32::from(rule.beside.is_some());
                    std::cmp::Reverse((depth, asked))
                });
            }
        }
        out.segments.sort_by(|a, b| a.0.cmp(&b.0));
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }

    fn add(&mut self, path: Path, leaf: u16) -> Result<(), Code> {
        let Path { segment: name, when, field, beside, component, sub } = path;
        let at = self.segments.iter().position(|(known, _)| *known == name);
        let at = at.unwrap_or_else(|| {
            self.segments.push((name, Segment::default()));
            self.segments.len() - 1
        });
        let segment = &mut self.segments[at].1;
        let mut bits = 0;
        for condition in when {
            let known = segment.asked.iter().position(|one| *one == condition);
            let at = known.unwrap_or_else(|| {
                segment.asked.push(condition);
                segment.asked.len() - 1
            });
            if at >= ASKED_MAX {
                return Err(Code::BadPath);
            }
            bits |= 1 << at;
        }
        let rules = match field {
            0 => &mut segment.any,
            _ => {
                let wanted = usize::from(field) + 1;
                if segment.fields.len() < wanted {
                    segment.fields.resize_with(wanted, Vec::new);
                }
                &mut segment.fields[usize::from(field)]
            }
        };
        let same = |rule: &Rule| {
            (rule.when, &rule.beside, rule.component, rule.sub) == (bits, &beside, component, sub)
        };
        if rules.iter().any(same) {
            return Err(Code::PathConflict);
        }
        rules.push(Rule { when: bits, beside, component, sub, leaf });
        Ok(())
    }

    /// The path that a value at `path` has its rule from, where the conditions of `path` hold, and no other.
    pub(super) fn leaf_at(&self, path: &str) -> Option<u16> {
        let path = Path::parse(path)?;
        let segment = self.get(path.segment.as_bytes())?;
        let holds = |asked: &Condition| {
            let same = |given: &&Condition| given.at == asked.at;
            let given = path.when.iter().chain(&path.beside).find(same);
            given.is_some_and(|given| given.values.iter().all(|value| asked.values.contains(value)))
        };
        let met = segment.asked.iter().enumerate();
        let met = met.fold(0u64, |met, (bit, asked)| met | u64::from(holds(asked)) << bit);
        let own = segment.fields.get(usize::from(path.field)).map_or(&[][..], |rules| rules);
        let applies = |rule: &&Rule| {
            (rule.component == 0 || rule.component == path.component.max(1))
                && (rule.sub == 0 || rule.sub == path.sub.max(1))
                && rule.when & !met == 0
                && rule.beside.as_ref().is_none_or(holds)
        };
        own.iter().chain(&segment.any).find(applies).map(|rule| rule.leaf)
    }

    fn get(&self, name: &[u8]) -> Option<&Segment> {
        let at = self.segments.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()?;
        Some(&self.segments[at].1)
    }
}

/// The path of what a path's value is a part of: of components and what is below them the field, of a field the
/// segment.
pub(super) fn parent(path: &str) -> &str {
    let asked = path.rfind(')').map_or(0, |at| at + 1);
    let rest = &path[asked..];
    match rest.find('.').or(rest.rfind('-')) {
        Some(at) => &path[..asked + at],
        None => path,
    }
}

impl Path {
    fn parse(path: &str) -> Option<Path> {
        let (segment, rest) = path.split_at_checked(path.find(['-', '('])?)?;
        let name = segment.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !(2..=3).contains(&segment.len()) || !name {
            return None;
        }
        let (mut when, mut rest) = (Vec::new(), rest);
        while let (Some(one), more) = condition(rest)? {
            when.push(one);
            rest = more;
        }
        let rest = rest.strip_prefix('-')?;
        let (field, rest) = number(rest)?;
        let (beside, rest) = condition(rest)?;
        let (component, rest) = behind_point(rest)?;
        let (sub, rest) = behind_point(rest)?;
        if !rest.is_empty() {
            return None;
        }
        Some(Path { segment: segment.into(), when, field, beside, component, sub })
    }
}

/// `(2=TX|FT)`, where one comes.
fn condition(text: &str) -> Option<(Option<Condition>, &str)> {
    let Some(rest) = text.strip_prefix('(') else { return Some((None, text)) };
    let (inner, rest) = rest.split_once(')')?;
    let (at, values) = inner.split_once('=')?;
    let at = at.parse().ok().filter(|at| *at > 0)?;
    let values: Vec<Box<str>> = values.split('|').map(Box::from).collect();
    if values.iter().any(|value| value.is_empty()) {
        return None;
    }
    Some((Some(Condition { at, values }), rest))
}

/// A number from 1 on, or `*`, which is 0.
fn number(text: &str) -> Option<(u16, &str)> {
    if let Some(rest) = text.strip_prefix('*') {
        return Some((0, rest));
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].parse().ok().filter(|number| *number > 0)?;
    Some((number, &text[end..]))
}

/// `.2`, where one comes.
fn behind_point(text: &str) -> Option<(u16, &str)> {
    match text.strip_prefix('.') {
        Some(rest) => number(rest).filter(|(number, _)| *number > 0),
        None => Some((0, text)),
    }
}

/// A walk over the segments of a record.
pub(super) struct Walk<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) paths: &'a Segments,
    pub(super) marks: Marks,
    /// `20260105-20260109` is two dates.
    pub(super) periods: bool,
    pub(super) unlisted: OnUnlisted,
    pub(super) found: &'a mut Found,
}

impl<'a> Walk<'a> {
    /// Goes through the fields of a segment from `fields` on, behind its name and the mark there, to `end`. The
    /// first of them has the number `first`.
    pub(super) fn segment(
        &mut self,
        name: Range<usize>,
        fields: usize,
        end: usize,
        first: u16,
    ) -> Result<(), Code> {
        let (bytes, mark) = (self.bytes, self.marks.field);
        let known = self.paths.get(&bytes[name.clone()]);
        let mut met = 0u64;
        for (bit, condition) in known.iter().flat_map(|segment| &segment.asked).enumerate() {
            let field = condition.at.checked_sub(first).map(usize::from);
            let field = field.and_then(|at| split(bytes, fields..end, mark).nth(at));
            met |= u64::from(field.is_some_and(|field| condition.is_met(self.atom(field)))) << bit;
        }
        for (at, field) in split(bytes, fields..end, mark).enumerate() {
            let number = numbered(usize::from(first) + at)?;
            let own = known.and_then(|segment| segment.fields.get(usize::from(number)));
            let own = own.map_or(&[][..], |rules| rules);
            let any = known.map_or(&[][..], |segment| &segment.any);
            if own.is_empty() && any.is_empty() {
                self.stray(field)?;
            } else {
                self.field([own, any], met, field, name.start)?;
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        rules: [&'a [Rule]; 2],
        met: u64,
        field: Range<usize>,
        segment: usize,
    ) -> Result<(), Code> {
        let bytes = self.bytes;
        let Marks { repetition, component, sub, .. } = self.marks;
        for repeated in split(bytes, field, repetition) {
            for (at, part) in split(bytes, repeated.clone(), component).enumerate() {
                let number = numbered(at + 1)?;
                for (at, atom) in split(bytes, part, sub).enumerate() {
                    let below = numbered(at + 1)?;
                    if self.is_nothing(&atom) {
                        continue;
                    }
                    let applies = |rule: &&Rule| {
                        (rule.component == 0 || rule.component == number)
                            && (rule.sub == 0 || rule.sub == below)
                            && rule.when & !met == 0
                            && rule.beside.as_ref().is_none_or(|condition| {
                                let at = usize::from(condition.at - 1);
                                let beside = split(bytes, repeated.clone(), component).nth(at);
                                beside.is_some_and(|part| condition.is_met(self.atom(part)))
                            })
                    };
                    let Some(rule) = rules.into_iter().flatten().find(applies) else {
                        self.stray(atom)?;
                        continue;
                    };
                    // Components of one repetition belong together; whole fields, those of one segment.
                    let object = if rule.component == 0 { segment } else { repeated.start };
                    let (leaf, object) = (rule.leaf, object as u32);
                    for atom in self.values(atom) {
                        let (span, kind) = (Span::new(atom.start, atom.end), self.kind(&atom));
                        self.found.leaves.push(Leaf {
                            field: leaf,
                            span,
                            kind,
                            object,
                            exit: Exit::InPlace,
                        });
                    }
                    self.narrow()?;
                }
            }
        }
        Ok(())
    }

    /// A value, or the two dates of a period.
    fn values(&self, atom: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
        let mark = if self.periods && is_period(&self.bytes[atom.clone()]) { b'-' } else { 0 };
        let middle = atom.start + DAY_DIGITS;
        let (first, second) = match mark {
            0 => (atom, None),
            _ => (atom.start..middle, Some(middle + 1..atom.end)),
        };
        std::iter::once(first).chain(second)
    }

    /// An element of a fixed width, which keeps it: rules ask nothing beside it.
    pub(super) fn fixed(
        &mut self,
        name: &[u8],
        number: u16,
        element: Range<usize>,
    ) -> Result<(), Code> {
        if self.is_nothing(&element) {
            return Ok(());
        }
        let known = self.paths.get(name);
        let own = known.and_then(|segment| segment.fields.get(usize::from(number)));
        let any = known.map_or(&[][..], |segment| &segment.any);
        let rule = own.into_iter().flatten().chain(any).find(|rule| rule.when == 0);
        let (span, kind) = (Span::new(element.start, element.end), Kind::Fixed);
        match (rule, self.unlisted) {
            (Some(rule), _) => {
                let object = element.start as u32;
                self.found.leaves.push(Leaf {
                    field: rule.leaf,
                    span,
                    kind,
                    object,
                    exit: Exit::InPlace,
                });
            }
            (None, OnUnlisted::Refuse) => return Err(Code::Unlisted),
            // What is found in it could not keep its width: it goes.
            (None, _) => self.found.deletions.push(Cut { span, blanks: true }),
        }
        Ok(())
    }

    /// The first value of a field or component, as it stands.
    fn atom(&self, whole: Range<usize>) -> &'a [u8] {
        let Marks { repetition, component, sub, .. } = self.marks;
        let ends = |b: &u8| *b != 0 && [repetition, component, sub].contains(b);
        let text = &self.bytes[whole];
        &text[..text.iter().position(ends).unwrap_or(text.len())]
    }

    /// Blanks, and `""`, by which HL7 says that there is no value any more.
    fn is_nothing(&self, atom: &Range<usize>) -> bool {
        let text = &self.bytes[atom.clone()];
        text == b"\"\"" || text.iter().all(|b| *b == b' ')
    }

    fn kind(&self, atom: &Range<usize>) -> Kind {
        let escape = self.marks.escape;
        let escaped = escape != 0 && self.bytes[atom.clone()].contains(&escape);
        Kind::Text { escaped }
    }

    /// What no path names.
    fn stray(&mut self, whole: Range<usize>) -> Result<(), Code> {
        if self.is_nothing(&whole) {
            return Ok(());
        }
        let span = Span::new(whole.start, whole.end);
        match self.unlisted {
            OnUnlisted::Refuse => return Err(Code::Unlisted),
            OnUnlisted::Delete => self.found.deletions.push(Cut::of(span)),
            OnUnlisted::Note => {
                self.found.unlisted.push(span);
                let Marks { repetition, component, sub, .. } = self.marks;
                let bytes = self.bytes;
                for repeated in split(bytes, whole, repetition) {
                    for part in split(bytes, repeated, component) {
                        for atom in split(bytes, part, sub) {
                            if !self.is_nothing(&atom) {
                                let (span, kind) =
                                    (Span::new(atom.start, atom.end), self.kind(&atom));
                                self.found.strays.push(Stray { span, kind, member: None });
                            }
                        }
                    }
                }
            }
        }
        self.narrow()
    }

    fn narrow(&self) -> Result<(), Code> {
        let Found { leaves, deletions, strays, .. } = &*self.found;
        let values = leaves.len() + deletions.len() + strays.len();
        if values > values_max(self.bytes.len()) { Err(Code::TooWide) } else { Ok(()) }
    }
}

impl Condition {
    fn is_met(&self, value: &[u8]) -> bool {
        self.values.iter().any(|wanted| wanted.as_bytes() == value)
    }
}

/// The number of a field or component; no rule has a larger one than fits.
fn numbered(number: usize) -> Result<u16, Code> {
    u16::try_from(number).map_err(|_| Code::TooWide)
}

/// Digits of a day, as `YYYYMMDD`.
const DAY_DIGITS: usize = 8;

/// Two days: X12's RD8.
fn is_period(text: &[u8]) -> bool {
    let day = |text: &[u8]| {
        text.iter().all(u8::is_ascii_digit)
            && (b"01"..=b"12").contains(&&[text[4], text[5]])
            && (b"01"..=b"31").contains(&&[text[6], text[7]])
    };
    text.len() == 2 * DAY_DIGITS + 1
        && text[DAY_DIGITS] == b'-'
        && day(&text[..DAY_DIGITS])
        && day(&text[DAY_DIGITS + 1..])
}

/// The parts of a range between marks; where the record has no such mark (0), the whole.
fn split(bytes: &[u8], range: Range<usize>, mark: u8) -> impl Iterator<Item = Range<usize>> {
    let mut rest = Some(range);
    std::iter::from_fn(move || {
        let Range { start, end } = rest.take()?;
        let found = match mark {
            0 => None,
            mark => memchr::memchr(mark, &bytes[start..end]),
        };
        match found {
            Some(length) => {
                rest = Some(start + length + 1..end);
                Some(start..start + length)
            }
            None => Some(start..end),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        for path in [
            "PID-5",
            "PID-5.1",
            "PID-5.1.2",
            "OBX(2=TX|FT)-5",
            "PID-3(5=MR|MRN).1",
            "ZPD-*",
            "N3-1",
            "OBX(2=TS)-5(1=x).2.1",
        ] {
            assert!(Path::parse(path).is_some(), "{path}");
        }
        for path in [
            "",
            "PID",
            "PID-",
            "PID-0",
            "PID-5.",
            "PID-5.0",
            "PID-5.1.2.3",
            "pid-5",
            "PIDX-5",
            "PID-5.*",
            "PID-5 ",
            "OBX(2=)-5",
            "OBX(TX)-5",
            "OBX(2=TX-5",
            "PID-3(0=x).1",
            "$.a",
        ] {
            assert!(Path::parse(path).is_none(), "{path}");
        }
        for (path, want) in [
            ("PID-5.1", "PID-5"),
            ("PID-5.1.2", "PID-5"),
            ("PID-5", "PID"),
            ("NM1(1=IL)-3", "NM1(1=IL)"),
            ("PID-3(5=MR).1", "PID-3(5=MR)"),
        ] {
            assert_eq!(parent(path), want);
        }
    }

    #[test]
    fn conflicts_are_found_by_index() {
        let problems =
            |paths: &[&str]| Segments::compile(paths).map(|_| ()).expect_err("a problem");
        assert_eq!(problems(&["PID-5", "PID-5"]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["PID-5", "pid-5"]), [(1, Code::BadPath)]);
        assert!(Segments::compile(&["PID-5", "PID-5.1", "PID(2=x)-5", "PID-*"]).is_ok());
    }
}
