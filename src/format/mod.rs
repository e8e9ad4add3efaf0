//! Formats: bytes <-> spans. A format knows paths and bytes, no policy. [`FORMATS`] is the table;
//! [`Layout`] is the door.

mod avro;
mod binary;
mod codec;
mod csv;
mod fhir;
mod graph;
mod hl7;
mod json;
mod jsonschema;
mod path;
mod protobuf;
mod segments;
mod standard;
mod tour;
mod writer;
mod x12;
mod xml;

pub use binary::{Edit, Frame, Integer, reframe};
pub use codec::Codec;
pub use path::Trie;
pub use segments::Segments;
pub use standard::{STANDARDS, Standard, standard};
pub use tour::{Stop, tour};
pub use writer::{Bound, Document, Fate, Gap, Language, Program, Remains, Tagged, bind, tagged};

use crate::limits::RECORD_BYTES_MAX;
use crate::phi::{Code, Extent, Span};

/// A format, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON document a record.
    Json,
    /// HL7 version 2: a message, or a file of them.
    Hl7v2,
    /// X12: an interchange, or several.
    X12,
    /// FHIR as JSON: a resource, or a Bundle of them.
    Fhir,
    /// C-CDA: a clinical document, as XML.
    Cda,
    /// A table with a line of names, as CSV.
    Csv,
    /// Plain text.
    Text,
    /// Avro, with a writer schema of a registry.
    Avro,
    /// Protocol Buffers, with a writer schema of a registry.
    Protobuf,
}

/// One line of the table of formats.
#[derive(Debug)]
pub struct FormatEntry {
    /// The format.
    pub format: Format,
    /// Its name in schemas.
    pub name: &'static str,
    /// Its notation for paths, in words.
    pub paths: &'static str,
    /// A path, for hints.
    pub example: &'static str,
    /// Its values have types: numbers, null.
    pub typed: bool,
}

/// The table of formats.
pub const FORMATS: &[FormatEntry] = &[
    FormatEntry {
        format: Format::Json,
        name: "json",
        paths: "JSONPath (RFC 9535): names, indices, [*], .* and a final ~ for member names",
        example: "$.patient.name",
        typed: true,
    },
    FormatEntry {
        format: Format::Hl7v2,
        name: "hl7v2",
        paths: "SEGMENT-FIELD.COMPONENT.SUBCOMPONENT, of which the last two may be left out; * for any \
                field; (2=TX|FT) behind the segment or the field for what its field or component 2 is",
        example: "PID-5.1",
        typed: false,
    },
    FormatEntry {
        format: Format::X12,
        name: "x12",
        paths: "SEGMENT-ELEMENT.COMPONENT, of which the last may be left out; * for any element; (1=IL|QC) behind \
                the segment for what another element of it is, as often as wanted",
        example: "NM1(1=IL)-3",
        typed: false,
    },
    FormatEntry {
        format: Format::Fhir,
        name: "fhir",
        paths: "TYPE.ELEMENT.ELEMENT, in lists too; (system=phone) behind the type for what a member beside it is, \
                (contentType=text/plain*) for how it begins; \
                an element of another type names that in place of a class",
        example: "Patient.birthDate",
        typed: true,
    },
    FormatEntry {
        format: Format::Cda,
        name: "cda",
        paths: "XPath (a subset): TYPE/element/@attribute, text() of an element, node() for all in it; \
                [@root='...'], [@extension] or [starts-with(@value,'tel:')] behind the type; an element of another \
                type names that in place of a class",
        example: "II/@extension",
        typed: false,
    },
    FormatEntry {
        format: Format::Csv,
        name: "csv",
        paths: "a column as $.name or $['any name']",
        example: "$.name",
        typed: false,
    },
    FormatEntry {
        format: Format::Text,
        name: "text",
        paths: "$.text, which is all of it",
        example: "$.text",
        typed: false,
    },
    FormatEntry {
        format: Format::Avro,
        name: "avro",
        paths: "as JSON's: names of fields, [*] for the items of an array, .* and .*~ for the values and the names of \
                a map; unions have no part in it",
        example: "$.patient.name",
        typed: true,
    },
    FormatEntry {
        format: Format::Protobuf,
        name: "protobuf",
        paths: "as JSON's: names of fields as the .proto has them, [*] for what is repeated, .* and .*~ for the values \
                and the keys of a map",
        example: "$.patient.name",
        typed: true,
    },
];

impl Format {
    /// The format of that name, as written in a schema.
    pub fn from_name(name: &str) -> Option<Format> {
        FORMATS.iter().find(|entry| entry.name == name).map(|entry| entry.format)
    }

    /// Its line of the table.
    pub fn entry(self) -> &'static FormatEntry {
        // The table is in the enum's order; a test holds that.
        &FORMATS[self as usize]
    }

    /// Its schemas list the elements of types.
    pub fn lists_types(self) -> bool {
        matches!(self, Format::Fhir | Format::Cda)
    }

    /// A document of it fits a line: a record of a file is one, and a record may be several (NDJSON). Else a file is one
    /// record.
    pub fn fits_a_line(self) -> bool {
        matches!(self, Format::Json | Format::Fhir)
    }

    /// Its records were written with a schema of a registry, without which nothing can be read.
    pub fn needs_registry(self) -> bool {
        matches!(self, Format::Avro | Format::Protobuf)
    }

    /// A schema of it has several messages, and a record says of which it is.
    pub fn has_messages(self) -> bool {
        self == Format::Protobuf
    }

    /// The language of its writer schemas, where its records may have such.
    pub fn language(self) -> Option<Language> {
        match self {
            Format::Avro => Some(Language::Avro),
            Format::Json => Some(Language::Json),
            Format::Protobuf => Some(Language::Protobuf),
            _ => None,
        }
    }

    /// The path of what a path's value is a part of.
    pub fn parent(self, path: &str) -> &str {
        match self {
            Format::Json | Format::Csv | Format::Text | Format::Avro | Format::Protobuf => {
                path::parent(path)
            }
            Format::Hl7v2 | Format::X12 => segments::parent(path),
            Format::Fhir => fhir::parent(path),
            Format::Cda => xml::parent(path),
        }
    }
}

/// The compiled paths of a schema.
#[derive(Debug)]
pub enum Layout {
    /// Of JSON.
    Json(Trie),
    /// Of HL7 v2.
    Hl7v2(Segments),
    /// Of X12.
    X12(Segments),
    /// Of FHIR.
    Fhir(Trie),
    /// Of C-CDA.
    Cda(Trie),
    /// Of CSV.
    Csv(Trie),
    /// Of plain text.
    Text(Trie),
    /// Of Avro.
    Avro(Trie),
    /// Of Protobuf.
    Protobuf(Trie),
}

impl Layout {
    /// Compiles the paths of a schema; leaves carry the index of their path. `links` are paths whose values are of
    /// another type, and its name: of FHIR alone.
    ///
    /// Errors name the path by index, links behind the others: [`Code::BadPath`] for one that the format has not or
    /// that would let names through, [`Code::PathConflict`] for two that claim one place.
    pub fn compile(
        format: Format,
        paths: &[&str],
        links: &[(&str, &str)],
    ) -> Result<Layout, Vec<(usize, Code)>> {
        match format {
            Format::Fhir => graph::compile(&fhir::NOTATION, paths, links).map(Layout::Fhir),
            Format::Cda => graph::compile(&xml::NOTATION, paths, links).map(Layout::Cda),
            Format::Json => Trie::compile(paths).map(Layout::Json),
            Format::Avro => Trie::compile(paths).map(Layout::Avro),
            Format::Protobuf => Trie::compile(paths).map(Layout::Protobuf),
            Format::Csv => csv::compile(paths).map(Layout::Csv),
            Format::Text => csv::compile(paths).map(Layout::Text),
            Format::Hl7v2 => Segments::compile(paths).map(Layout::Hl7v2),
            Format::X12 => Segments::compile(paths).map(Layout::X12),
        }
    }

    /// The same for records of several documents, each on a line of its own: of JSON and FHIR.
    pub fn in_lines(mut self) -> Layout {
        if let Layout::Json(trie) | Layout::Fhir(trie) = &mut self {
            trie.is_lines = true;
        }
        self
    }

    /// What stands at a path, an object or each of a list of these, is about somebody of its own: of JSON, Avro and
    /// Protobuf. False where no path leads to something in it.
    pub fn part(&mut self, path: &str) -> bool {
        match self {
            Layout::Json(trie) | Layout::Avro(trie) | Layout::Protobuf(trie) => trie.part(path),
            _ => false,
        }
    }

    /// The paths of what is about somebody of its own, in order.
    pub fn parts(&self) -> &[Box<str>] {
        match self {
            Layout::Json(trie) | Layout::Avro(trie) | Layout::Protobuf(trie) => &trie.parts,
            _ => &[],
        }
    }

    /// Whether records are lines, each a document.
    pub fn is_lines(&self) -> bool {
        matches!(self, Layout::Json(trie) | Layout::Fhir(trie) if trie.is_lines)
    }

    /// Its format.
    pub fn format(&self) -> Format {
        match self {
            Layout::Json(_) => Format::Json,
            Layout::Hl7v2(_) => Format::Hl7v2,
            Layout::X12(_) => Format::X12,
            Layout::Fhir(_) => Format::Fhir,
            Layout::Cda(_) => Format::Cda,
            Layout::Csv(_) => Format::Csv,
            Layout::Text(_) => Format::Text,
            Layout::Avro(_) => Format::Avro,
            Layout::Protobuf(_) => Format::Protobuf,
        }
    }

    /// The paths of JSON; `None` for another format.
    pub fn json(&self) -> Option<&Trie> {
        match self {
            Layout::Json(trie) => Some(trie),
            _ => None,
        }
    }

    /// The path that a value at `path`, which a standard names, has its rule from.
    pub fn leaf_at(&self, path: &str) -> Option<u16> {
        match self {
            Layout::Hl7v2(paths) | Layout::X12(paths) => paths.leaf_at(path),
            Layout::Fhir(types) => types.leaf_at(&fhir::NOTATION, path),
            Layout::Cda(types) => types.leaf_at(&xml::NOTATION, path),
            Layout::Json(_)
            | Layout::Csv(_)
            | Layout::Text(_)
            | Layout::Avro(_)
            | Layout::Protobuf(_) => None,
        }
    }

    /// Finds the listed values of one record, which was written with the schema that `program` is bound to, where its
    /// format has such. The record is not changed.
    pub fn walk(
        &self,
        bytes: &[u8],
        program: Option<&Program>,
        unlisted: OnUnlisted,
        found: &mut Found,
    ) -> Result<(), Code> {
        found.clear();
        match self {
            Layout::Json(trie) => trie.walk(bytes, unlisted, found),
            Layout::Hl7v2(paths) => hl7::walk(paths, bytes, unlisted, found),
            Layout::X12(paths) => x12::walk(paths, bytes, unlisted, found),
            Layout::Fhir(types) => {
                found.codec = Codec::Fhir;
                types.walk(bytes, unlisted, found)
            }
            Layout::Cda(types) => xml::walk(types, bytes, unlisted, found),
            Layout::Csv(columns) => csv::walk(columns, bytes, unlisted, found),
            Layout::Text(paths) => csv::text(paths, bytes, found),
            Layout::Avro(_) => {
                found.codec = Codec::Binary;
                match program {
                    Some(Program::Avro(program)) => avro::walk(program, bytes, found),
                    _ => Err(Code::NoSchemaId),
                }
            }
            Layout::Protobuf(_) => {
                found.codec = Codec::Binary;
                match program {
                    Some(Program::Protobuf(program)) => protobuf::walk(program, bytes, found),
                    _ => Err(Code::NoSchemaId),
                }
            }
        }?;
        if found.parts.is_empty() {
            found.begin(0, Part { above: None, unnamed: Unnamed::Below });
        }
        Ok(())
    }
}

/// The length of the byte order mark that a text begins with.
fn mark_length(bytes: &[u8]) -> usize {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    if bytes.starts_with(MARK) { MARK.len() } else { 0 }
}

/// Whether bytes may be a record of text.
fn readable(bytes: &[u8]) -> Result<(), Code> {
    if bytes.len() > RECORD_BYTES_MAX {
        return Err(Code::TooLong);
    }
    std::str::from_utf8(bytes).map(|_| ()).map_err(|_| Code::NotUtf8)
}

/// What a value is in its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string; the span is what stands between the quotes.
    Text {
        /// It holds escapes: decode before reading.
        escaped: bool,
    },
    /// A text of a fixed width: blanks behind what is written fill it.
    Fixed,
    /// A number, as written.
    Number,
    /// true or false.
    Bool,
    /// null.
    Null,
    /// A whole number of a binary format.
    Integer(Integer),
    /// A value of a binary format that is kept or goes: bytes, a number with a fraction.
    Opaque,
    /// The name of a member; the span is what stands between the quotes.
    Name {
        /// It holds escapes: decode before reading.
        escaped: bool,
    },
}

impl Kind {
    /// What the writer schema says of the extent of a number: that it counts since 1970.
    pub fn extent(&self) -> Option<&'static Extent> {
        match self {
            Kind::Integer(integer) => integer.epoch,
            _ => None,
        }
    }
}

/// A value that the schema lists.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    /// Index of the path that it stands at.
    pub field: u16,
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What it is a part of (object, repetition of a field), by the offset of that: leaves with one number are
    /// siblings.
    pub object: u32,
    /// How it goes.
    pub exit: Exit,
}

/// How a value goes that is removed; with the offset of its member's name, where that goes or changes with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exit {
    /// The format's null, or nothing, stands in its place.
    #[default]
    InPlace,
    /// The member goes with it.
    Member(u32),
    /// FHIR: why it is absent stands in its place, with `_` in front of the name.
    Absent(u32),
    /// FHIR: why it is absent stands there in an extension of what it is in.
    Extension(u32),
    /// XML: the attribute of that name goes; `nullFlavor` stands in its place where the second says so, and the element
    /// has none yet.
    Attribute(u32, bool),
    /// XML: `nullFlavor` stands in the element, whose start tag ends there, where it has none yet.
    Element(u32),
    /// Binary formats: from there on, something else stands, a [`Program::put`] of that number.
    Put(u32, u16),
    /// Binary formats: nothing could stand there.
    Stuck,
}

/// The name of a member.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Where it is, between the quotes.
    pub span: Span,
    /// It holds escapes: decode before reading.
    pub escaped: bool,
    /// A path of the schema names it; else the name is data.
    pub listed: bool,
    /// The member that it stands below.
    pub above: Option<u32>,
}

/// A value that no path names.
#[derive(Clone, Copy, Debug)]
pub struct Stray {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The innermost member that it stands in: an index into [`Found::members`].
    pub member: Option<u32>,
}

/// What goes without a value in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it is.
    pub span: Span,
    /// Blanks stand in its place, as many as it has bytes.
    pub blanks: bool,
}

impl Cut {
    fn of(span: Span) -> Cut {
        Cut { span, blanks: false }
    }
}

/// A part of a record: what is about one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part that it is below, whose subject it has where it names none of its own.
    pub above: Option<u32>,
    /// Whose it is otherwise.
    pub unnamed: Unnamed,
}

/// Whose a part is that names nobody, and that is below none that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// Nobody's.
    Nobody,
    /// It is the head of what comes behind it: it goes with the next that names somebody.
    Next,
    /// It is around what is below it, and goes with that, where all of that names one and the same.
    Below,
}

/// Where a part begins, or goes on; it ends where the next group begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The offset.
    pub from: u32,
    /// An index into [`Found::parts`].
    pub part: u32,
}

/// Where a format has room to say what was done to a part of a record: FHIR, in the metadata of a resource.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// Where it goes.
    pub at: u32,
    /// What it is about, and stands in.
    pub about: Span,
    /// What is there already.
    room: Labelled,
}

/// What of the metadata a resource has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labelled {
    Nothing,
    Metadata,
    Labels,
}

impl Label {
    /// What is written there, with a comma behind: `code` is of HL7's ObservationValue (PSEUDED, REDACTED).
    pub fn text(self, code: &str) -> String {
        fhir::label(self.room, code)
    }
}

/// What a walk over one record found. Reused from record to record.
#[derive(Debug, Default)]
pub struct Found {
    /// How its values are written.
    pub codec: Codec,
    /// Its parts by subject, one at least, those above in front.
    pub parts: Vec<Part>,
    /// Where they are, in order.
    pub groups: Vec<Group>,
    /// Listed values, in the order of the record.
    pub leaves: Vec<Leaf>,
    /// Members to delete, commas included, in the order of the record.
    pub deletions: Vec<Cut>,
    /// With [`OnUnlisted::Note`]: every member, in the order of the record.
    pub members: Vec<Member>,
    /// Values that no path names, in the order of the record.
    pub strays: Vec<Stray>,
    /// The outermost members and elements that no path names, names included.
    pub unlisted: Vec<Span>,
    /// Lengths of what may change, in the order of the record.
    pub frames: Vec<Frame>,
    /// Where it may be said what was done.
    pub labels: Vec<Label>,
}

impl Found {
    /// A part that begins at `from`.
    fn begin(&mut self, from: usize, part: Part) {
        self.groups.push(Group { from: from as u32, part: self.parts.len() as u32 });
        self.parts.push(part);
    }

    /// A part begins at `from` in the one that is there. Gives that, to go back to.
    fn enter(&mut self, from: usize) -> u32 {
        if self.groups.is_empty() {
            self.begin(0, Part { above: None, unnamed: Unnamed::Below });
        }
        let around = self.groups.last().map_or(0, |group| group.part);
        self.begin(from, Part { above: Some(around), unnamed: Unnamed::Nobody });
        around
    }

    /// Goes back at `from` to the part that was left.
    fn leave(&mut self, from: usize, around: u32) {
        self.groups.push(Group { from: from as u32, part: around });
    }

    /// Forgets all of it.
    pub fn clear(&mut self) {
        let Found {
            codec,
            parts,
            groups,
            leaves,
            deletions,
            members,
            strays,
            unlisted,
            frames,
            labels,
        } = self;
        *codec = Codec::Json;
        parts.clear();
        groups.clear();
        leaves.clear();
        deletions.clear();
        members.clear();
        strays.clear();
        unlisted.clear();
        frames.clear();
        labels.clear();
    }
}

impl Found {
    /// How many values, members and cuts there are.
    pub fn size(&self) -> usize {
        self.leaves.len() + self.deletions.len() + self.members.len() + self.strays.len()
    }

    /// Appends what was found in a document inside of a value, and empties that. Its bytes lie `by` further on, its
    /// fields are `fields` further on, and its parts are below the part `above`.
    pub fn append(&mut self, inner: &mut Found, by: u32, fields: u16, above: Option<u32>) {
        if inner.groups.first().is_none_or(|group| group.from > 0) {
            self.begin(by as usize, Part { above, unnamed: Unnamed::Below });
        }
        let (part, member) = (self.parts.len() as u32, self.members.len() as u32);
        let moved = |span: Span| Span { start: span.start + by, end: span.end + by };
        self.parts.extend(
            inner
                .parts
                .drain(..)
                .map(|one| Part { above: one.above.map(|above| above + part).or(above), ..one }),
        );
        let groups = inner.groups.drain(..);
        self.groups.extend(groups.map(|one| Group { from: one.from + by, part: one.part + part }));
        self.leaves.extend(inner.leaves.drain(..).map(|leaf| Leaf {
            field: leaf.field + fields,
            span: moved(leaf.span),
            object: leaf.object + by,
            exit: leaf.exit.moved(by),
            ..leaf
        }));
        let deletions = inner.deletions.drain(..);
        self.deletions.extend(deletions.map(|cut| Cut { span: moved(cut.span), ..cut }));
        self.members.extend(inner.members.drain(..).map(|one| Member {
            span: moved(one.span),
            above: one.above.map(|above| above + member),
            ..one
        }));
        self.strays.extend(inner.strays.drain(..).map(|one| Stray {
            span: moved(one.span),
            member: one.member.map(|at| at + member),
            ..one
        }));
        self.unlisted.extend(inner.unlisted.drain(..).map(moved));
        let labels = inner.labels.drain(..);
        self.labels.extend(labels.map(|one| Label {
            at: one.at + by,
            about: moved(one.about),
            ..one
        }));
        inner.clear();
    }
}

impl Exit {
    /// The same where everything lies `by` further on.
    fn moved(self, by: u32) -> Exit {
        match self {
            Exit::InPlace | Exit::Stuck => self,
            Exit::Member(at) => Exit::Member(at + by),
            Exit::Absent(at) => Exit::Absent(at + by),
            Exit::Extension(at) => Exit::Extension(at + by),
            Exit::Attribute(at, flavored) => Exit::Attribute(at + by, flavored),
            Exit::Element(at) => Exit::Element(at + by),
            Exit::Put(at, put) => Exit::Put(at + by, put),
        }
    }
}

/// What to do with members that no path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnUnlisted {
    /// Refuse the record.
    Refuse,
    /// Delete the member.
    Delete,
    /// Leave it, and note its names and values.
    Note,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_enum() {
        for (at, entry) in FORMATS.iter().enumerate() {
            assert_eq!(entry.format as usize, at, "{}", entry.name);
            assert_eq!(Format::from_name(entry.name), Some(entry.format));
            assert!(Layout::compile(entry.format, &[entry.example], &[]).is_ok(), "{}", entry.name);
        }
    }
}
