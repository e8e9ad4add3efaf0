//! Writer schemas: what a registry says of the records that were written with one, bound to the paths of a plan. What
//! comes of it is a [`Program`], which the walk over those records follows, and the text of the schema that clean
//! records have.

use super::{Layout, OnUnlisted, avro, jsonschema, protobuf};
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
    /// Protobuf: which of its messages, by the place of each in the one that it stands in, the outermost first.
    pub message: Vec<u32>,
}

/// What the plan does to a field, as far as its type is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    /// What stands in its place.
    pub leaves: Leaves,
    /// Its values are dates.
    pub is_date: bool,
    /// The digits that its numbers have; 0 where the plan does not say.
    pub width: u8,
    /// Its type may change.
    pub retype: bool,
    /// The kernel, where the value does not stay.
    pub kernel: Option<&'static str>,
}

/// What the schema of clean records says of a field, by its kernel: consumers see that it is no longer what it was.
pub(super) fn tag(kernel: &str) -> String {
    format!("WEIR_{}", kernel.to_uppercase())
}

/// What a rule leaves in the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
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
        _ => Err(vec![Gap { path: "$".into(), code: Code::WrongLanguage }]),
    }
}
