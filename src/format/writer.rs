//! Writer schemas: what a registry says of the records that were written with one, bound to the paths of a plan. What
//! comes of it is a [`Program`], which the walk over those records follows, and the text of the schema that clean
//! records have.

use super::binary::Integer;
use super::{Layout, OnUnlisted, avro, jsonschema, protobuf};
use crate::limits::JSON_DEPTH_MAX;
use crate::phi::Code;

/// The language of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Apache Avro.
    Avro,
    /// JSON Schema.
    Json,
    /// Protocol Buffers.
    Protobuf,
}

impl Language {
    /// Its name in a registry, which says nothing of Avro.
    pub fn from_name(name: Option<&str>) -> Option<Language> {
        match name {
            None | Some("AVRO") => Some(Language::Avro),
            Some("JSON") => Some(Language::Json),
            Some("PROTOBUF") => Some(Language::Protobuf),
            Some(_) => None,
        }
    }

    /// Its name in a registry.
    pub fn name(self) -> &'static str {
        match self {
            Language::Avro => "AVRO",
            Language::Json => "JSON",
            Language::Protobuf => "PROTOBUF",
        }
    }
}

/// A schema as a registry has it.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its language.
    pub language: Language,
    /// Its text.
    pub text: String,
    /// The schemas that it refers to, by the name that it calls them, those that others refer to in front.
    pub references: Vec<(String, String)>,
    /// Tags that stand beside it: a pattern of full names, and its tags.
    pub tags: Vec<(String, Vec<String>)>,
    /// Protobuf: which of its messages, by the place of each in the one that it stands in, the outermost first.
    pub message: Vec<u32>,
}

/// A value that a writer schema has: its path, and the tags of it and of what it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Its path, as a schema of weir's would write it.
    pub path: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// Most values that tags are read of.
pub(super) const TAGGED_MAX: usize = 10_000;

/// A schema as a whole, where its values begin.
pub(super) fn outermost() -> Tagged {
    Tagged { path: "$".into(), tags: Vec::new() }
}

/// Every value that a writer schema has.
pub fn tagged(document: &Document) -> Result<Vec<Tagged>, Code> {
    match document.language {
        Language::Avro => avro::tagged(document),
        Language::Json => jsonschema::tagged(document),
        Language::Protobuf => protobuf::tagged(document),
    }
}

/// The tags that stand beside a schema for a field, which is called so: by its full name, or by its path.
pub(super) fn tags_beside(document: &Document, full: &str, path: &str) -> Vec<String> {
    let path = path.trim_start_matches("$.");
    let of = |(pattern, _): &&(String, Vec<String>)| {
        matches(pattern.as_bytes(), full.as_bytes()) || matches(pattern.as_bytes(), path.as_bytes())
    };
    document.tags.iter().filter(of).flat_map(|(_, tags)| tags.clone()).collect()
}

/// `**` stands for anything, `*` for anything without a point, `?` for one character.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    // Which beginnings of the name each part of the pattern leads to: no pattern takes longer than that.
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    let mut rest = pattern;
    while let Some(&first) = rest.first() {
        let (many, length) = match rest {
            [b'*', b'*', ..] => (Some(true), 2),
            [b'*', ..] => (Some(false), 1),
            _ => (None, 1),
        };
        rest = &rest[length..];
        match many {
            Some(points) => {
                for at in 1..=name.len() {
                    reached[at] |= reached[at - 1] && (points || name[at - 1] != b'.');
                }
            }
            None => {
                for at in (0..=name.len()).rev() {
                    let before = at > 0 && reached[at - 1];
                    reached[at] =
                        before && (name[at - 1] == first || first == b'?' && name[at - 1] != b'.');
                }
            }
        }
    }
    reached[name.len()]
}

impl Gap {
    /// Nothing of the schema is covered.
    pub(super) fn of_all(code: Code) -> Vec<Gap> {
        vec![Gap { path: "$".into(), code }]
    }
}

/// What the plan does to a field, as far as its type is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    /// What stands in its place.
    pub remains: Remains,
    /// Its values are dates.
    pub is_date: bool,
    /// They count since 1970 where the plan says so, and the schema does not.
    pub is_counted: bool,
    /// The digits that its numbers have; 0 where the plan does not say.
    pub width: u8,
    /// Its type may change.
    pub retype: bool,
    /// It stays and is looked at: it says nothing of anybody, or follows a text.
    pub is_looked_at: bool,
    /// The kernel, where the value does not stay.
    pub kernel: Option<&'static str>,
}

/// What the schema of clean records says of a field, by its kernel: consumers see that it is no longer what it was.
pub(super) fn tag(kernel: &str) -> String {
    format!("WEIR_{}", kernel.to_uppercase())
}

/// What a rule leaves in the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remains {
    /// The value.
    Value,
    /// Nothing.
    Nothing,
    /// A value of the same type.
    Same,
    /// Text.
    Text,
}

/// A place of a writer schema that the plan does not cover, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its path, as a schema of weir's would write it.
    pub path: String,
    /// Why.
    pub code: Code,
}

/// What a type has room for.
pub(super) enum Room<'a> {
    Text,
    /// A whole number, which may say more of itself: that it is a time of day.
    Whole(&'a Integer, bool),
    /// What is kept or goes.
    Opaque,
}

impl Fate {
    /// Why a type has no room for what is put in the place of a value; `retypes` where it may become text.
    pub(super) fn misfit(&self, room: &Room<'_>, retypes: bool) -> Option<Code> {
        match (room, self.remains) {
            (Room::Text, _) | (Room::Whole(..), Remains::Value) => None,
            // What is kept is looked at, and that is no text.
            (_, Remains::Value) if self.is_looked_at => Some(Code::WrongType),
            (_, Remains::Value | Remains::Nothing) => None,
            (Room::Whole(integer, is_logical), Remains::Same) => {
                self.misfit_of_number(integer, *is_logical)
            }
            (Room::Whole(..), Remains::Text) if retypes => {
                (!self.retype).then_some(Code::RetypeNeeded)
            }
            _ => Some(Code::WrongType),
        }
    }

    fn misfit_of_number(&self, integer: &Integer, is_logical: bool) -> Option<Code> {
        let is_counted = match integer.epoch {
            Some(_) => true,
            // A time of day, and what nobody knows: a token is none.
            None if is_logical => return Some(Code::WrongType),
            None => self.is_counted,
        };
        if self.is_date || integer.epoch.is_some() {
            return (!(self.is_date && is_counted)).then_some(Code::WrongType);
        }
        let fits = (1..=integer.digits()).contains(&self.width);
        (!fits).then_some(Code::WidthNeeded)
    }
}

/// Where a binding is, and the places that the plan does not cover so far.
pub(super) struct Trail {
    path: String,
    gaps: Vec<Gap>,
}

impl Trail {
    pub(super) fn new() -> Trail {
        Trail { path: "$".into(), gaps: Vec::new() }
    }

    /// Goes into a part; [`Trail::leave`] takes what it gives.
    pub(super) fn enter(&mut self, part: &str) -> usize {
        let length = self.path.len();
        self.path.push_str(part);
        length
    }

    pub(super) fn leave(&mut self, length: usize) {
        self.path.truncate(length);
    }

    /// Notes that the plan does not cover the place; of a hostile schema, so many times and no more.
    pub(super) fn gap(&mut self, code: Code) {
        let gap = Gap { path: self.path.clone(), code };
        if self.gaps.len() < TAGGED_MAX && !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }

    /// All of them, if there are any.
    pub(super) fn end(self) -> Result<(), Vec<Gap>> {
        if self.gaps.is_empty() { Ok(()) } else { Err(self.gaps) }
    }
}

/// The values of a schema and their tags, so far.
#[derive(Default)]
pub(super) struct Inventory {
    pub(super) values: Vec<Tagged>,
    steps: usize,
}

impl Inventory {
    /// One step more; what is in itself has values without end.
    pub(super) fn step(&mut self, depth: usize) -> Result<(), Code> {
        self.steps += 1;
        match depth > JSON_DEPTH_MAX || self.steps > TAGGED_MAX {
            true => Err(Code::SchemaUnreadable),
            false => Ok(()),
        }
    }

    /// A value; another branch of one that is there adds its tags.
    pub(super) fn add(&mut self, value: Tagged) {
        match self.values.iter_mut().find(|known| known.path == value.path) {
            Some(known) => known.tags.extend(value.tags),
            None => self.values.push(value),
        }
    }
}

/// What the walk over records of one writer schema follows.
#[derive(Debug)]
pub enum Program {
    /// Of Avro.
    Avro(avro::Program),
    /// Of Protobuf.
    Protobuf(protobuf::Program),
}

impl Program {
    /// The bytes that stand in the place of a value that is removed.
    pub fn put(&self, number: u16) -> &[u8] {
        match self {
            Program::Avro(program) => program.put(number),
            Program::Protobuf(program) => program.put(number),
        }
    }
}

/// A writer schema, bound to the paths of a plan.
#[derive(Debug)]
pub struct Bound {
    /// What the walk follows; `None` for JSON, whose records say themselves what they are.
    pub program: Option<Program>,
    /// The text of the schema that clean records have.
    pub text: String,
    /// That text refers to the same other schemas as the writer's; else to none.
    pub refers: bool,
}

/// Binds a writer schema to the paths of a plan. `decide` says what is done to a field, by the number of its path.
///
/// Errors are all places that the plan does not cover, or whose type has no room for what the plan puts there.
pub fn bind(
    layout: &Layout,
    document: &Document,
    unlisted: OnUnlisted,
    decide: &dyn Fn(u16) -> Fate,
) -> Result<Bound, Vec<Gap>> {
    match (layout, document.language) {
        (Layout::Avro(paths), Language::Avro) => avro::bind(paths, document, unlisted, decide),
        (Layout::Json(paths), Language::Json) => {
            jsonschema::bind(paths, document, unlisted, decide)
        }
        (Layout::Protobuf(paths), Language::Protobuf) => {
            protobuf::bind(paths, document, unlisted, decide)
        }
        _ => Err(Gap::of_all(Code::WrongLanguage)),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_of_names_stop_at_points_or_do_not() {
        let all = |pattern: &str, names: &[&str], is: bool| {
            for name in names {
                assert_eq!(matches(pattern.as_bytes(), name.as_bytes()), is, "{pattern} {name}");
            }
        };
        all("**.ssn", &["a.ssn", "a.b.ssn", "org.x.Patient.ssn"], true);
        all("**.ssn", &["ssn", "a.ssn2", "a.b.ssn.c"], false);
        all("a.*.c", &["a.b.c", "a..c"], true);
        all("a.*.c", &["a.b.b.c", "a.c"], false);
        all("a.?", &["a.b"], true);
        all("a.?", &["a.", "a.bc", "a.."], false);
        all("**", &["", "a", "a.b"], true);
        all("*a*a*a*a*a*a*a*a*b", &[&"a".repeat(5_000)], false);
    }
}
