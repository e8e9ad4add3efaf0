//! HL7 v2, any version: one message, or a file of them (FHS, BHS), with any marks, in an MLLP frame or without one.

use super::codec::{Codec, Marks};
use super::segments::{Segments, Walk};
use super::{Cut, Found, OnUnlisted, Part, Unnamed};
use crate::phi::{Code, Span};

/// Segments that begin with the marks: file, batch, message.
const HEADERS: &[&[u8]] = &[b"FHS", b"BHS", b"MSH"];
const MESSAGE: &[u8] = b"MSH";
/// The segment that says who the patient is; in some messages there are several.
const PATIENT: &[u8] = b"PID";
/// Bytes around a message on a wire (HL7 minimal lower layer protocol).
const FRAME_START: u8 = 0x0b;
const FRAME_END: &[u8] = b"\x1c\r";

/// Finds the listed values of one record.
pub(super) fn walk(
    paths: &Segments,
    bytes: &[u8],
    unlisted: OnUnlisted,
    found: &mut Found,
) -> Result<(), Code> {
    super::readable(bytes)?;
    let (mut at, mut end) = (0, bytes.len());
    if bytes.first() == Some(&FRAME_START) {
        found.deletions.push(Cut::of(Span::new(0, 1)));
        at = 1;
    }
    at += super::mark_length(&bytes[at..]);
    let tail = bytes.strip_suffix(FRAME_END).or(bytes.strip_suffix(&FRAME_END[..1]));
    let frame = tail.map_or(end, <[u8]>::len).max(at);
    end = frame;
    let marks = marks(&bytes[at..end])?;
    found.codec = Codec::Hl7(marks);
    let mut walk = Walk { bytes, paths, marks, periods: false, unlisted, found };
    let part = Part { above: None, unnamed: Unnamed::Below };
    let (mut bodies, mut patients) = (false, 0);
    while at < end {
        let next = memchr::memchr2(b'\r', b'\n', &bytes[at..end]).map_or(end, |ahead| at + ahead);
        let (mut start, mut stop) = (at, next);
        at = next + 1;
        // One frame ends, and the next begins: nowhere in a segment.
        if bytes[start..stop].first() == Some(&FRAME_START) {
            walk.found.deletions.push(Cut::of(Span::new(start, start + 1)));
            start += 1;
        }
        if bytes[start..stop].last() == Some(&FRAME_END[0]) {
            stop -= 1;
            // A line of its own goes with its end.
            let behind = if start == stop { at.min(end) } else { next };
            walk.found.deletions.push(Cut::of(Span::new(stop, behind)));
        }
        let segment = &bytes[start..stop];
        if segment.iter().any(|b| *b == FRAME_START || *b == FRAME_END[0]) {
            return Err(Code::NotHl7);
        }
        if segment.iter().all(|b| *b == b' ') {
            continue;
        }
        let name = segment.get(..3).filter(|name| is_name(name)).ok_or(Code::NotHl7)?;
        if segment.get(3).is_some_and(|mark| *mark != marks.field) {
            return Err(Code::NotHl7);
        }
        if !HEADERS.contains(&name) {
            bodies = true;
            if name == PATIENT {
                patients += 1;
                // The first one's part begins with the message.
                if patients > 1 || walk.found.groups.is_empty() {
                    walk.found.begin(start, part);
                }
            }
            if segment.len() > 3 {
                walk.segment(start..start + 3, start + 4, stop, 1)?;
            }
            continue;
        }
        // One record is read with one set of marks.
        if self::marks(segment)? != marks {
            return Err(Code::WrongStructure);
        }
        if name == MESSAGE {
            patients = 0;
            walk.found.begin(start, part);
        }
        // Field 1 is the mark between fields, field 2 the other marks.
        let behind = memchr::memchr(marks.field, &segment[4..]);
        if let Some(behind) = behind {
            walk.segment(start..start + 3, start + 4 + behind + 1, stop, 3)?;
        }
    }
    if !bodies {
        return Err(Code::NotHl7);
    }
    if frame < bytes.len() {
        walk.found.deletions.push(Cut::of(Span::new(frame, bytes.len())));
    }
    Ok(())
}

fn is_name(name: &[u8]) -> bool {
    name[0].is_ascii_uppercase()
        && name[1..].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// The marks that a record's first segment, or another header, names.
fn marks(header: &[u8]) -> Result<Marks, Code> {
    let name = header.get(..3).ok_or(Code::NotHl7)?;
    let field = *header.get(3).ok_or(Code::NotHl7)?;
    let rest = &header[4..];
    let end = rest.iter().position(|b| *b == field || matches!(b, b'\r' | b'\n'));
    let others = &rest[..end.unwrap_or(rest.len())];
    let all = || others.iter().chain([&field]);
    let is_mark = |b: &u8| b.is_ascii_graphic() && !b.is_ascii_alphanumeric() && *b != b'"';
    let distinct = all().all(|one| all().filter(|other| *other == one).count() == 1);
    // Component, repetition, escape, subcomponent, and since 2.7 the mark of what was cut short.
    if !HEADERS.contains(&name)
        || !(1..=5).contains(&others.len())
        || !all().all(is_mark)
        || !distinct
    {
        return Err(Code::NotHl7);
    }
    let other = |at: usize| others.get(at).copied().unwrap_or(0);
    Ok(Marks { field, component: other(0), repetition: other(1), escape: other(2), sub: other(3) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Format, Layout};

    const PATHS: &[&str] = &[
        "PID-3.1",
        "PID-3(5=SS).1",
        "PID-5.1",
        "PID-5.2",
        "OBX(2=TX|FT)-5",
        "OBX-5",
        "OBX-2",
        "PID-7",
    ];

    fn walked(record: &str, unlisted: OnUnlisted) -> Result<Vec<(u16, String)>, Code> {
        let layout = Layout::compile(Format::Hl7v2, PATHS, &[]).expect("paths");
        let mut found = Found::default();
        layout.walk(record.as_bytes(), None, unlisted, &mut found)?;
        let text = |span: Span| record[span.range()].to_string();
        Ok(found.leaves.iter().map(|leaf| (leaf.field, text(leaf.span))).collect())
    }

    fn leaves(record: &str) -> Vec<(u16, String)> {
        walked(record, OnUnlisted::Delete).expect("walks")
    }

    fn own(leaves: &[(u16, &str)]) -> Vec<(u16, String)> {
        leaves.iter().map(|(field, text)| (*field, text.to_string())).collect()
    }

    const MESSAGE: &str = "MSH|^~\\&|A|B\rPID|1||123^^^X^MR~219-09-9987^^^^SS||Smith&van^Jane~Jones^\"\"\r\
                           OBX|1|TX|8^x^LN||seen^by|\rOBX|2|NM|||7.2\r";

    #[test]
    fn leaves_are_where_the_paths_say() {
        let want = [
            (0, "123"),
            (1, "219-09-9987"),
            (2, "Smith"),
            (2, "van"),
            (3, "Jane"),
            (2, "Jones"),
            (6, "TX"),
            (4, "seen"),
            (4, "by"),
            (6, "NM"),
            (5, "7.2"),
        ];
        assert_eq!(leaves(MESSAGE), own(&want));
    }

    #[test]
    fn marks_line_ends_frames_and_batches_are_taken_as_they_come() {
        let plain = leaves(MESSAGE);
        assert_eq!(leaves(&MESSAGE.replace('\r', "\n")), plain);
        assert_eq!(leaves(&MESSAGE.replace('\r', "\r\n")), plain);
        assert_eq!(leaves(&format!("\u{feff}{MESSAGE}")), plain);
        assert_eq!(leaves(&format!("\u{b}{MESSAGE}\u{1c}\r")), plain);
        assert_eq!(leaves(&format!("\u{b}{MESSAGE}\u{1c}")), plain);
        let layout = Layout::compile(Format::Hl7v2, PATHS, &[]).expect("paths");
        let (framed, mut found) = (format!("\u{b}{MESSAGE}\u{1c}\r"), Found::default());
        layout.walk(framed.as_bytes(), None, OnUnlisted::Delete, &mut found).expect("walks");
        let ends: Vec<_> = found.deletions.iter().map(|cut| &framed[cut.span.range()]).collect();
        assert_eq!((ends.first(), ends.last()), (Some(&"\u{b}"), Some(&"\u{1c}\r")));
        let other = MESSAGE.replace('|', "#").replace('^', "*").replace('~', "@").replace('&', "$");
        assert_eq!(leaves(&other), plain);
        let twice: Vec<_> = plain.iter().chain(&plain).cloned().collect();
        let file = format!("FHS|^~\\&|A\rBHS|^~\\&|A\r{MESSAGE}{MESSAGE}BTS|2\rFTS|1\r");
        assert_eq!(leaves(&file), twice);
        // Version 2.1: no subcomponents, no escapes.
        assert_eq!(leaves("MSH|^~|A\rPID|||1^2\rPID|||a&b")[1], (0, "a&b".to_string()));
        assert_eq!(leaves("MSH|^~\\&#|A\rPID|||1")[0].1, "1");
    }

    #[test]
    fn a_message_and_each_further_patient_begin_a_part() {
        let layout = Layout::compile(Format::Hl7v2, PATHS, &[]).expect("paths");
        let record = "BHS|^~\\&\rMSH|^~\\&|A\rEVN|1\rPID|1\rPV1|1\rPID|2\rMSH|^~\\&|B\rPID|3\r";
        let mut found = Found::default();
        layout.walk(record.as_bytes(), None, OnUnlisted::Delete, &mut found).expect("walks");
        let parts: Vec<_> =
            found.groups.iter().map(|part| &record[part.from as usize..][..5]).collect();
        assert_eq!(parts, ["MSH|^", "PID|2", "MSH|^"]);
    }

    #[test]
    fn what_is_no_message_is_refused_by_code() {
        for (record, code) in [
            ("", Code::NotHl7),
            ("MSH", Code::NotHl7),
            ("MSH|", Code::NotHl7),
            ("MSH|^~\\&|A", Code::NotHl7),
            ("PID|1||123", Code::NotHl7),
            ("{\"a\":1}", Code::NotHl7),
            ("MSH|^^\\&|A\rPID|1", Code::NotHl7),
            ("MSHA^~\\&AA\rPIDA1", Code::NotHl7),
            ("MSH|^~\\&|A\rPIDX|1", Code::NotHl7),
            ("MSH|^~\\&|A\rpid|1", Code::NotHl7),
            ("MSH|^~\\&|A\rSmith, Jane", Code::NotHl7),
            ("MSH|^~\\&|A\rPID|1\rMSH|*~\\&|A\rPID|1", Code::WrongStructure),
        ] {
            assert_eq!(walked(record, OnUnlisted::Delete), Err(code), "{record}");
        }
        assert_eq!(walked("MSH|^~\\&|A\rPID|1", OnUnlisted::Refuse), Err(Code::Unlisted));
        assert_eq!(walked("MSH|^~\\&\rPID|||7| |\"\"", OnUnlisted::Refuse), Ok(own(&[(0, "7")])));
    }

    #[test]
    fn unlisted_values_are_deleted_or_noted_where_they_stand() {
        let layout = Layout::compile(Format::Hl7v2, PATHS, &[]).expect("paths");
        let mut found = Found::default();
        let record = "MSH|^~\\&|A^B\rPID|1||7^8\rZPD|x^y~z";
        layout.walk(record.as_bytes(), None, OnUnlisted::Delete, &mut found).expect("walks");
        let texts = |spans: &[Span]| -> Vec<_> {
            spans.iter().map(|span| record[span.range()].to_string()).collect()
        };
        let deleted: Vec<_> = found.deletions.iter().map(|cut| cut.span).collect();
        assert_eq!(texts(&deleted), ["A^B", "1", "8", "x^y~z"]);
        layout.walk(record.as_bytes(), None, OnUnlisted::Note, &mut found).expect("walks");
        let strays: Vec<_> = found.strays.iter().map(|stray| stray.span).collect();
        assert_eq!(texts(&strays), ["A", "B", "1", "8", "x", "y", "z"]);
        assert!(found.deletions.is_empty());
    }
}
