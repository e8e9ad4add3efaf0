//! CSV (RFC 4180) with a line of names: columns are the members of each line behind it. Also plain text, which is one
//! value.

use super::path::Trie;
use super::{Codec, Cut, Exit, Found, Kind, Leaf, OnUnlisted, Part, Stray, Unnamed};
use crate::limits::values_max;
use crate::phi::{Code, Span};
use std::collections::HashSet;
use std::ops::Range;

/// What may stand between columns; the line of names says which one does.
const MARKS: &[u8] = b",;\t|";
/// The name of the one value of a text.
const TEXT: &str = "text";

/// Compiles the names of columns; errors name the path by index.
pub(super) fn compile(paths: &[&str]) -> Result<Trie, Vec<(usize, Code)>> {
    let trie = Trie::compile(paths)?;
    // A column has no parts, and no name stands for any.
    let plain = |path: &&str| Trie::compile(&[*path]).is_ok_and(|one| one.is_flat());
    let deep: Vec<_> = paths.iter().enumerate().filter(|(_, path)| !plain(path)).collect();
    if deep.is_empty() {
        Ok(trie)
    } else {
        Err(deep.iter().map(|(at, _)| (*at, Code::BadPath)).collect())
    }
}

/// Finds the one value of a text.
pub(super) fn text(paths: &Trie, bytes: &[u8], found: &mut Found) -> Result<(), Code> {
    super::readable(bytes)?;
    if !is_plain(bytes) {
        return Err(Code::NotPlainText);
    }
    found.codec = Codec::Text;
    let field = paths.member(0, TEXT).and_then(|(node, _)| paths.leaf(node));
    let span = Span::new(0, bytes.len());
    let kind = Kind::Text { escaped: false };
    let field = field.ok_or(Code::Unlisted)?;
    found.leaves.push(Leaf { field, span, kind, object: 0, exit: Exit::InPlace });
    Ok(())
}

/// How texts begin that say what they say between marks, or in parts: RTF, PDF, PostScript, MIME.
const MARKED: &[&[u8]] = &[b"{\\rtf", b"%PDF-", b"%!PS", b"MIME-Version:"];

/// Whether a text has nothing but letters, blanks and lines: no control characters, no markup around it.
fn is_plain(bytes: &[u8]) -> bool {
    let start = bytes[super::mark_length(bytes)..].trim_ascii_start();
    let is_markup = start.first() == Some(&b'<')
        && start.get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?' | b'/'));
    let is_control = |b: &u8| b.is_ascii_control() && !matches!(b, b'\t'..=b'\r');
    !is_markup
        && !MARKED.iter().any(|mark| start.starts_with(mark))
        && !bytes.iter().any(is_control)
}

/// Finds the listed values of one record.
pub(super) fn walk(
    paths: &Trie,
    bytes: &[u8],
    unlisted: OnUnlisted,
    found: &mut Found,
) -> Result<(), Code> {
    super::readable(bytes)?;
    let mut at = super::mark_length(bytes);
    let mark = mark(&bytes[at..])?;
    found.codec = Codec::Csv { mark, quoted: false };
    // Of each column, the path that names it.
    let mut columns: Vec<Option<u16>> = Vec::new();
    let mut names = HashSet::new();
    let mut name = String::new();
    loop {
        let cell = cell(bytes, &mut at, mark)?;
        let raw = std::str::from_utf8(&bytes[cell.inner.clone()]).map_err(|_| Code::NotUtf8)?;
        name.clear();
        decode(raw, &mut name, None);
        // Columns that lost their names have none in common.
        if !names.insert(name.clone()) && !name.is_empty() {
            return Err(Code::DuplicateMember);
        }
        let column = paths.member(0, &name);
        let field = column.and_then(|(node, _)| paths.leaf(node));
        if column.is_some() && field.is_none() {
            return Err(Code::WrongStructure);
        }
        // The name is data, as the values are.
        if field.is_none() && !cell.inner.is_empty() {
            match unlisted {
                OnUnlisted::Refuse => return Err(Code::Unlisted),
                OnUnlisted::Delete => found.deletions.push(Cut::of(span(&cell.inner))),
                OnUnlisted::Note => found.members.push(super::Member {
                    span: span(&cell.inner),
                    escaped: cell.quoted,
                    listed: false,
                    above: None,
                }),
            }
        }
        columns.push(field);
        if cell.ends {
            break;
        }
    }
    if unlisted != OnUnlisted::Note && columns.iter().all(Option::is_none) {
        return Err(Code::WrongStructure);
    }
    while at < bytes.len() {
        let line = at;
        // A line with nothing in it is none.
        if matches!(bytes[at], b'\n' | b'\r') {
            at += 1;
            continue;
        }
        found.begin(line, Part { above: None, unnamed: Unnamed::Below });
        let mut unnamed = 0;
        for number in 0.. {
            let cell = cell(bytes, &mut at, mark)?;
            // More values than names are nobody's column.
            let field = *columns.get(number).ok_or(Code::WrongStructure)?;
            let (inner, kind) = (span(&cell.inner), Kind::Text { escaped: cell.quoted });
            match field {
                _ if cell.inner.is_empty() => {}
                Some(field) => {
                    let object = line as u32;
                    found.leaves.push(Leaf {
                        field,
                        span: inner,
                        kind,
                        object,
                        exit: Exit::InPlace,
                    });
                }
                None => match unlisted {
                    OnUnlisted::Refuse => return Err(Code::Unlisted),
                    OnUnlisted::Delete => found.deletions.push(Cut::of(inner)),
                    OnUnlisted::Note => {
                        found.unlisted.push(inner);
                        found.strays.push(Stray { span: inner, kind, member: Some(unnamed) });
                    }
                },
            }
            unnamed += u32::from(field.is_none() && unlisted == OnUnlisted::Note);
            let values = found.leaves.len() + found.deletions.len() + found.strays.len();
            if values > values_max(bytes.len()) {
                return Err(Code::TooWide);
            }
            if cell.ends {
                if number + 1 != columns.len() {
                    return Err(Code::WrongStructure);
                }
                break;
            }
        }
    }
    Ok(())
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The mark of the line of names: the first one outside of quotes.
fn mark(bytes: &[u8]) -> Result<u8, Code> {
    let mut quoted = false;
    for &byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            byte if !quoted && MARKS.contains(&byte) => return Ok(byte),
            _ => {}
        }
    }
    // One column needs none.
    if bytes.is_empty() || quoted { Err(Code::NotCsv) } else { Ok(b',') }
}

struct Cell {
    /// Between the quotes, where there are some.
    inner: Range<usize>,
    quoted: bool,
    /// It is the last of its line.
    ends: bool,
}

/// The value at `at`, which moves behind it and the mark or the end of the line.
fn cell(bytes: &[u8], at: &mut usize, mark: u8) -> Result<Cell, Code> {
    let start = *at;
    let quoted = bytes.get(start) == Some(&b'"');
    let (inner, mut next) = if quoted {
        let mut end = start + 1;
        loop {
            end +=
                memchr::memchr(b'"', bytes.get(end..).ok_or(Code::NotCsv)?).ok_or(Code::NotCsv)?;
            if bytes.get(end + 1) != Some(&b'"') {
                break;
            }
            end += 2;
        }
        (start + 1..end, end + 1)
    } else {
        let stops = |b: &u8| *b == mark || matches!(b, b'\r' | b'\n' | b'"');
        let length = bytes[start..].iter().position(stops).unwrap_or(bytes.len() - start);
        (start..start + length, start + length)
    };
    let ends = match bytes.get(next) {
        None => true,
        Some(b'\n') => {
            next += 1;
            true
        }
        Some(b'\r') if bytes.get(next + 1) == Some(&b'\n') => {
            next += 2;
            true
        }
        Some(byte) if *byte == mark => {
            next += 1;
            false
        }
        // A quote inside of a value, or something behind one.
        Some(_) => return Err(Code::NotCsv),
    };
    *at = next;
    Ok(Cell { inner, quoted, ends })
}

/// Quotes stand twice in quotes.
pub(super) fn decode(raw: &str, out: &mut String, mut map: Option<&mut Vec<u32>>) {
    let mut at = 0;
    while at < raw.len() {
        let quote = memchr::memchr(b'"', &raw.as_bytes()[at..]);
        let end = quote.map_or(raw.len(), |ahead| at + ahead + 1);
        out.push_str(&raw[at..end]);
        if let Some(map) = map.as_deref_mut() {
            map.extend(at as u32..end as u32);
        }
        // The second of the two.
        at = end + usize::from(quote.is_some() && raw.as_bytes().get(end) == Some(&b'"'));
    }
    if let Some(map) = map {
        map.push(raw.len() as u32);
    }
}

/// As a value in quotes or outside of them.
pub(super) fn encode(mark: u8, quoted: bool, value: &str, out: &mut Vec<u8>) -> Result<(), Code> {
    let breaks = |b: &u8| *b == mark || matches!(b, b'"' | b'\r' | b'\n');
    if !quoted && value.as_bytes().iter().any(breaks) {
        return Err(Code::Unwritable);
    }
    for &byte in value.as_bytes() {
        if byte == b'"' {
            out.push(byte);
        }
        out.push(byte);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(csv: &str, unlisted: OnUnlisted) -> Result<(Found, Vec<(u16, String)>), Code> {
        let paths = Trie::compile(&["$.mrn", "$['full name']", "$.note"]).expect("paths");
        let mut found = Found::default();
        walk(&paths, csv.as_bytes(), unlisted, &mut found)?;
        let text = |leaf: &Leaf| (leaf.field, csv[leaf.span.range()].to_string());
        let leaves = found.leaves.iter().map(text).collect();
        Ok((found, leaves))
    }

    fn own(leaves: &[(u16, &str)]) -> Vec<(u16, String)> {
        leaves.iter().map(|(field, text)| (*field, text.to_string())).collect()
    }

    #[test]
    fn columns_are_found_by_name_line_by_line() {
        let csv = "mrn,\"full name\",note\n12,\"Smith, \"\"Jo\"\" Jane\",\"two\nlines\"\n\n13,,x\n";
        let (found, leaves) = walked(csv, OnUnlisted::Refuse).expect("walks");
        let want =
            [(0, "12"), (1, "Smith, \"\"Jo\"\" Jane"), (2, "two\nlines"), (0, "13"), (2, "x")];
        assert_eq!(leaves, own(&want));
        assert_eq!(found.parts.len(), 2);
        for other in [
            csv.replace(',', ";").replace("Smith;", "Smith,"),
            csv.replace(",n", "\tn").replace(',', "\t").replace("Smith\t", "Smith,"),
            csv.replace('\n', "\r\n").replace("two\r\n", "two\n"),
            format!("\u{feff}{}", csv.trim_end()),
        ] {
            assert_eq!(walked(&other, OnUnlisted::Refuse).expect("walks").1, own(&want), "{other}");
        }
        assert_eq!(walked("note\nx y\n", OnUnlisted::Refuse).expect("walks").1, own(&[(2, "x y")]));
    }

    #[test]
    fn columns_that_nobody_listed_lose_their_names_too() {
        let csv = "mrn,Jane Smith,note\n12,\"a\",x\n";
        let found = walked(csv, OnUnlisted::Delete).expect("walks").0;
        let cut: Vec<_> = found.deletions.iter().map(|cut| &csv[cut.span.range()]).collect();
        assert_eq!(cut, ["Jane Smith", "a"]);
        assert_eq!(walked(csv, OnUnlisted::Refuse).err(), Some(Code::Unlisted));
        let found = walked(csv, OnUnlisted::Note).expect("walks").0;
        assert_eq!((found.members.len(), found.strays[0].member), (1, Some(0)));
    }

    #[test]
    fn what_is_no_table_is_refused_by_code() {
        for (csv, code) in [
            ("", Code::NotCsv),
            ("\"mrn", Code::NotCsv),
            ("mrn,note\n1,\"x", Code::NotCsv),
            ("mrn,note\n1,x\"y\"", Code::NotCsv),
            ("mrn,note\n1,\"x\"y", Code::NotCsv),
            ("mrn,note\n1,x\r2,y", Code::NotCsv),
            ("mrn,note\n1\n", Code::WrongStructure),
            ("mrn,note\n1,2,3\n", Code::WrongStructure),
            ("mrn,mrn\n1,2\n", Code::DuplicateMember),
            ("other\n1\n", Code::WrongStructure),
        ] {
            assert_eq!(walked(csv, OnUnlisted::Delete).err(), Some(code), "{csv}");
        }
        assert!(walked("mrn,note", OnUnlisted::Refuse).is_ok());
        assert!(walked("mrn,,note,\n1,,2,\n", OnUnlisted::Refuse).is_ok());
    }

    #[test]
    fn quotes_come_and_go() {
        let (mut text, mut map) = (String::new(), Vec::new());
        decode("a\"\"b\u{e9}\"\"", &mut text, Some(&mut map));
        assert_eq!((text.as_str(), map.as_slice()), ("a\"b\u{e9}\"", &[0, 1, 3, 4, 5, 6, 8][..]));
        let written = |quoted, value| {
            let mut out = Vec::new();
            encode(b',', quoted, value, &mut out).map(|()| String::from_utf8(out).expect("UTF-8"))
        };
        assert_eq!(written(true, "a\"b,c\n"), Ok("a\"\"b,c\n".to_string()));
        assert_eq!(written(false, "[NAME~v1:a]"), Ok("[NAME~v1:a]".to_string()));
        for value in ["a,b", "a\"", "a\nb", "a\rb"] {
            assert_eq!(written(false, value), Err(Code::Unwritable));
        }
    }
}
