//! How a format writes a value: its escapes, there and back. What a value of a record is written with is a
//! [`Codec`], which the walk over the record gives.

use super::{Kind, csv, json, xml};
use crate::phi::{Code, pointed_token};
use zeroize::Zeroize;

/// The marks of a record of segments; 0 where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between fields.
    pub(super) field: u8,
    /// Between components of a field.
    pub(super) component: u8,
    /// Between repetitions of a field.
    pub(super) repetition: u8,
    /// Around an escape.
    pub(super) escape: u8,
    /// Between subcomponents of a component.
    pub(super) sub: u8,
}

/// How the values of one record are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codec {
    /// Strings of JSON.
    #[default]
    Json,
    /// Strings of FHIR, which are JSON's.
    Fhir,
    /// HL7 v2, with the marks of this record.
    Hl7(Marks),
    /// Texts and attributes of XML.
    Xml,
    /// Cells of CSV.
    Csv {
        /// Between columns.
        mark: u8,
        /// In quotes.
        quoted: bool,
    },
    /// Nothing but text.
    Text,
    /// Texts behind their lengths, and numbers.
    Binary,
    /// X12, with the marks of this record and what ends its segments.
    X12(Marks, u8),
}

/// Longest escape of HL7, in bytes: hexadecimal data.
const ESCAPE_BYTES_MAX: usize = 256;

impl Codec {
    /// Whether a text may hold escapes.
    pub fn may_escape(self, text: &str) -> bool {
        match self {
            Codec::Json | Codec::Fhir => text.contains('\\'),
            Codec::Hl7(marks) => marks.escape != 0 && text.as_bytes().contains(&marks.escape),
            Codec::Xml => text.contains('&'),
            Codec::Csv { .. } => text.contains('"'),
            Codec::X12(..) | Codec::Text | Codec::Binary => false,
        }
    }

    /// Appends what `raw` says to `out`. `map`, where given, gets for each decoded byte the offset of its source in
    /// `raw`, and one entry more for the end.
    pub fn decode(
        self,
        raw: &str,
        out: &mut String,
        map: Option<&mut Vec<u32>>,
    ) -> Result<(), Code> {
        match self {
            Codec::Json | Codec::Fhir => json::decode(raw, out, map),
            Codec::Hl7(marks) => {
                decode_hl7(marks, raw, out, map);
                Ok(())
            }
            // XML 1.0, 4.6: the entities that are XML's own, and characters by number.
            Codec::Xml => {
                let plain = xml::unescaped(raw);
                let read = |text: &str| {
                    let at = raw.len() - text.len();
                    let next = plain.partition_point(|part| part.end <= at);
                    match plain.get(next).is_some_and(|part| part.contains(&at)) {
                        true => Ok(('&', 1)),
                        false => xml::entity(text).ok_or(Code::NotXml),
                    }
                };
                unescape(raw, b'&', read, out, map)
            }
            Codec::Csv { .. } => {
                csv::decode(raw, out, map);
                Ok(())
            }
            Codec::X12(..) | Codec::Text | Codec::Binary => {
                out.push_str(raw);
                if let Some(map) = map {
                    map.extend(0..=raw.len() as u32);
                }
                Ok(())
            }
        }
    }

    /// Whether values are told by their position alone: one mark too many or too few moves all behind it into fields
    /// of other classes.
    pub fn is_positional(self) -> bool {
        matches!(self, Codec::Hl7(_) | Codec::X12(..) | Codec::Csv { .. })
    }

    /// The codec of one value: in CSV it stands in quotes, or not.
    pub fn of(self, kind: Kind) -> Codec {
        match self {
            Codec::Csv { mark, .. } => {
                Codec::Csv { mark, quoted: kind == Kind::Text { escaped: true } }
            }
            codec => codec,
        }
    }

    /// What stands in place of a value that is removed, its quotes included; where the format has no word for it,
    /// nothing does.
    pub fn null(self) -> Option<&'static str> {
        match self {
            Codec::Json | Codec::Fhir => Some("null"),
            _ => None,
        }
    }

    /// Appends `value` to `out` as a value of the record.
    pub fn encode(self, value: &str, out: &mut Vec<u8>) -> Result<(), Code> {
        match self {
            Codec::Json | Codec::Fhir => {
                json::encode(value, out);
                Ok(())
            }
            Codec::Hl7(marks) => encode_hl7(marks, value, out),
            Codec::Xml => encode_xml(value, out),
            Codec::Csv { mark, quoted } => csv::encode(mark, quoted, value, out),
            Codec::Text | Codec::Binary => {
                out.extend_from_slice(value.as_bytes());
                Ok(())
            }
            Codec::X12(marks, end) => encode_x12(marks, end, value, out),
        }
    }
}

/// HL7 v2.7, 2.7: marks and hexadecimal data become what they stand for, `.br` a new line; highlighting, other
/// character sets and commands to a printer stay as they are, as what is no escape does.
fn decode_hl7(marks: Marks, raw: &str, out: &mut String, mut map: Option<&mut Vec<u32>>) {
    let bytes = raw.as_bytes();
    let mut said = String::new();
    // `step`: the source is the text, byte by byte; else all of it comes from one place.
    let mut push = |text: &str, at: usize, step: bool| {
        out.push_str(text);
        if let Some(map) = map.as_deref_mut() {
            map.extend((0..text.len()).map(|n| (at + if step { n } else { 0 }) as u32));
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let plain = match marks.escape {
            0 => bytes.len() - at,
            escape => memchr::memchr(escape, &bytes[at..]).unwrap_or(bytes.len() - at),
        };
        push(&raw[at..at + plain], at, true);
        at += plain;
        if at == bytes.len() {
            break;
        }
        said.clear();
        let length = match escape_hl7(marks, &raw[at..], &mut said) {
            Some((length, true)) => {
                push(&said, at, false);
                length
            }
            stays => {
                let length = stays.map_or(1, |(length, _)| length);
                push(&raw[at..at + length], at, true);
                length
            }
        };
        at += length;
    }
    said.zeroize();
    if let Some(map) = map {
        map.push(bytes.len() as u32);
    }
}

/// The escape at the start of `text`: its length, and whether it says what `said` has now, or stays.
fn escape_hl7(marks: Marks, text: &str, said: &mut String) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().take(ESCAPE_BYTES_MAX).skip(1).position(|b| *b == marks.escape)? + 1;
    let body = text.get(1..end)?;
    let mark = match body {
        "F" => marks.field,
        "S" => marks.component,
        "T" => marks.sub,
        "R" => marks.repetition,
        "E" => marks.escape,
        ".br" | ".sp" => b'\n',
        "H" | "N" | ".fi" | ".nf" | ".ce" => return Some((end + 1, false)),
        _ => 0,
    };
    if mark != 0 {
        said.push(char::from(mark));
        return Some((end + 1, true));
    }
    let (kind, data) = body.split_at_checked(1)?;
    match kind {
        "X" => {
            let data = data_encoding::HEXUPPER_PERMISSIVE.decode(data.as_bytes()).ok()?;
            let data = zeroize::Zeroizing::new(data);
            match std::str::from_utf8(&data) {
                _ if data.is_empty() => return None,
                Ok(text) => said.push_str(text),
                Err(_) => said.extend(data.iter().map(|b| char::from(*b))),
            }
            Some((end + 1, true))
        }
        "C" | "M" if !data.is_empty() && data.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Some((end + 1, false))
        }
        _ => None,
    }
}

fn encode_hl7(marks: Marks, value: &str, out: &mut Vec<u8>) -> Result<(), Code> {
    for &byte in value.as_bytes() {
        let letter = match byte {
            b if b == marks.field => b'F',
            0 => 0,
            b if b == marks.component => b'S',
            b if b == marks.sub => b'T',
            b if b == marks.repetition => b'R',
            b if b == marks.escape => b'E',
            b if b < 0x20 => 0,
            b => {
                out.push(b);
                continue;
            }
        };
        if marks.escape == 0 {
            return Err(Code::Unwritable);
        }
        out.push(marks.escape);
        match letter {
            0 => out.extend(format!("X{byte:02X}").bytes()),
            letter => out.push(letter),
        }
        out.push(marks.escape);
    }
    Ok(())
}

/// Appends what `raw` says to `out`, where `mark` begins an escape of one character, which `read` gives with its length.
/// `map` as for [`Codec::decode`].
pub(super) fn unescape(
    raw: &str,
    mark: u8,
    read: impl Fn(&str) -> Result<(char, usize), Code>,
    out: &mut String,
    mut map: Option<&mut Vec<u32>>,
) -> Result<(), Code> {
    let mut at = 0;
    while at < raw.len() {
        let plain = memchr::memchr(mark, &raw.as_bytes()[at..]).unwrap_or(raw.len() - at);
        out.push_str(&raw[at..at + plain]);
        if let Some(map) = map.as_deref_mut() {
            map.extend(at as u32..(at + plain) as u32);
        }
        at += plain;
        if at < raw.len() {
            let (said, length) = read(&raw[at..])?;
            out.push(said);
            if let Some(map) = map.as_deref_mut() {
                map.extend(std::iter::repeat_n(at as u32, said.len_utf8()));
            }
            at += length;
        }
    }
    if let Some(map) = map {
        map.push(raw.len() as u32);
    }
    Ok(())
}

/// For a text and for an attribute in either quotes.
fn encode_xml(value: &str, out: &mut Vec<u8>) -> Result<(), Code> {
    for &byte in value.as_bytes() {
        match byte {
            b'&' => out.extend(b"&amp;"),
            b'<' => out.extend(b"&lt;"),
            b'>' => out.extend(b"&gt;"),
            b'"' => out.extend(b"&quot;"),
            b'\'' => out.extend(b"&apos;"),
            // In an attribute a reader makes blanks of them, and of a carriage return in a text a line feed.
            b'\n' => out.extend(b"&#10;"),
            b'\t' => out.extend(b"&#9;"),
            b'\r' => out.extend(b"&#13;"),
            0..0x20 => return Err(Code::Unwritable),
            _ => out.push(byte),
        }
    }
    Ok(())
}

/// X12 has no escapes, and `~` and `:` are its usual marks: in brackets, points stand in their place, which
/// [`crate::phi::plain_token`] takes back. Any other value with a mark inside cannot be written.
fn encode_x12(marks: Marks, end: u8, value: &str, out: &mut Vec<u8>) -> Result<(), Code> {
    let Marks { field, component, repetition, .. } = marks;
    let clashes = |b: u8| b < 0x20 || b == end || [field, component, repetition].contains(&b);
    if !value.bytes().any(clashes) {
        out.extend_from_slice(value.as_bytes());
        return Ok(());
    }
    let pointed = pointed_token(value).ok_or(Code::Unwritable)?;
    if pointed.bytes().any(clashes) {
        return Err(Code::Unwritable);
    }
    out.extend_from_slice(pointed.as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: Marks =
        Marks { field: b'|', component: b'^', repetition: b'~', escape: b'\\', sub: b'&' };

    fn decoded(raw: &str) -> (String, Vec<u32>) {
        let (mut out, mut map) = (String::new(), Vec::new());
        Codec::Hl7(MARKS).decode(raw, &mut out, Some(&mut map)).expect("decodes");
        assert_eq!(map.len(), out.len() + 1);
        (out, map)
    }

    #[test]
    fn escapes_of_hl7_say_what_they_stand_for() {
        for (raw, said) in [
            (r"Smith \T\ Jones", "Smith & Jones"),
            (r"a\F\b\S\c\R\d\E\e", r"a|b^c~d\e"),
            (r"one\.br\two", "one\ntwo"),
            (r"\X4A616E65\", "Jane"),
            (r"\XE9\t\XC3A9\", "\u{e9}t\u{e9}"),
            (
                r"\H\bold\N\, \C2842\, C:\dir\file, \X4\, \",
                r"\H\bold\N\, \C2842\, C:\dir\file, \X4\, \",
            ),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(decoded(raw).0, said, "{raw}");
        }
        assert_eq!(decoded(r"a\T\b").1, [0, 1, 4, 5]);
        assert_eq!(decoded(r"\X4A4B\!").1, [0, 0, 7, 8]);
    }

    #[test]
    fn values_come_back_out_of_what_is_written() {
        for value in ["[NAME~v1:abc]", "a|b^c&d\\e\r\nf\u{e9}", "Smith"] {
            let mut raw = Vec::new();
            Codec::Hl7(MARKS).encode(value, &mut raw).expect("writes");
            let raw = String::from_utf8(raw).expect("UTF-8");
            assert!(!raw.contains(['|', '^', '~', '&', '\r', '\n']), "{raw}");
            assert_eq!(decoded(&raw).0, value);
        }
    }

    #[test]
    fn tokens_are_written_with_points_where_there_is_no_escape() {
        let marks = Marks { escape: 0, sub: 0, component: b':', field: b'*', repetition: b'^' };
        let written = |end: u8, value: &str| {
            let mut raw = Vec::new();
            Codec::X12(marks, end).encode(value, &mut raw).map(|()| raw)
        };
        let token = "[NAME~v1:abc234]";
        assert_eq!(written(b'~', token), Ok(b"[NAME.v1.abc234]".to_vec()));
        assert_eq!(written(b'~', "Smith-Ng"), Ok(b"Smith-Ng".to_vec()));
        for value in ["a*b", "a~b", "a:b", "a^b", "a\nb", "[a:b]"] {
            assert_eq!(written(b'~', value), Err(Code::Unwritable), "{value}");
        }
        assert_eq!(written(b'.', token), Err(Code::Unwritable));
    }

    #[test]
    fn line_ends_of_xml_are_what_an_attribute_keeps() {
        let (mut raw, mut back) = (Vec::new(), String::new());
        Codec::Xml.encode("a\r\n\tb<&>\"'", &mut raw).expect("writes");
        assert_eq!(raw, b"a&#13;&#10;&#9;b&lt;&amp;&gt;&quot;&apos;");
        Codec::Xml
            .decode(std::str::from_utf8(&raw).expect("UTF-8"), &mut back, None)
            .expect("reads");
        assert_eq!(back, "a\r\n\tb<&>\"'");
    }

    #[test]
    fn a_mark_that_cannot_be_written_is_refused() {
        let marks = Marks { escape: 0, sub: 0, ..MARKS };
        assert_eq!(Codec::Hl7(marks).encode("a^b", &mut Vec::new()), Err(Code::Unwritable));
        assert_eq!(Codec::Hl7(marks).encode("a&b", &mut Vec::new()), Ok(()));
    }
}
