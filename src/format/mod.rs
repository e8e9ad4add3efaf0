//! Formats: bytes <-> spans. A format knows paths and bytes, no policy. [`FORMATS`] is the table;
//! [`Layout`] is the door.

mod json;
mod path;
mod tour;

pub use json::{decode, encode};
pub use path::Layout;
pub use tour::{Stop, tour};

use crate::phi::Span;

/// One line of the table of formats.
#[derive(Debug)]
pub struct FormatEntry {
    /// Its name in schemas.
    pub name: &'static str,
    /// Its notation for paths, in words.
    pub paths: &'static str,
}

/// The table of formats.
pub const FORMATS: &[FormatEntry] = &[FormatEntry {
    name: "json",
    paths: "JSONPath (RFC 9535): names, indices, [*], .* and a final ~ for member names",
}];

/// What a value is in its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string; the span is what stands between the quotes.
    Text {
        /// It holds escapes: decode before reading.
        escaped: bool,
    },
    /// A number, as written.
    Number,
    /// true or false.
    Bool,
    /// null.
    Null,
    /// The name of a member; the span is what stands between the quotes.
    Name {
        /// It holds escapes: decode before reading.
        escaped: bool,
    },
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
    /// The enclosing object, by the offset of its brace: leaves with one number are siblings.
    pub object: u32,
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

/// What a walk over one record found. Reused from record to record.
#[derive(Debug, Default)]
pub struct Found {
    /// Listed values, in the order of the record.
    pub leaves: Vec<Leaf>,
    /// Members to delete, commas included, in the order of the record.
    pub deletions: Vec<Span>,
    /// With [`OnUnlisted::Note`]: every member, in the order of the record.
    pub members: Vec<Member>,
    /// Values that no path names, in the order of the record.
    pub strays: Vec<Stray>,
    /// The outermost members and elements that no path names, names included.
    pub unlisted: Vec<Span>,
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
