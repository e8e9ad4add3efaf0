//! X12, any version and transaction set: one interchange, or several, with any marks.

use super::codec::{Codec, Marks};
use super::segments::{Segments, Walk};
use super::{Found, Group, OnUnlisted, Part, Unnamed};
use crate::phi::Code;
use std::collections::HashMap;
use std::ops::Range;

/// Where each element of ISA begins: it has fixed widths, so that the marks can be read from it.
const ISA: [usize; 17] = [4, 7, 18, 21, 32, 35, 51, 54, 70, 77, 82, 84, 90, 100, 102, 104, 105];
/// Elements of ISA that are asked.
const ISA_ASKED: &[u16] = &[2, 4, 6, 8, 9, 10];
/// Elements of GS that do so.
const GS_FIRST: u16 = 2;
const GS_LAST: u16 = 5;
/// Segments that hold bytes which are no text, and may look like an end.
const BINARY: &[&[u8]] = &[b"BIN", b"BDS"];
/// Segments between ISA and the first GS.
const BETWEEN: &[&[u8]] = &[b"TA1", b"TA3", b"ISB", b"ISE"];
/// Segments that begin what is of another subject, by transaction set: a claim paid, an adjustment of nobody's, a member,
/// a remittance.
const PARTS: &[(&[u8], &[u8])] =
    &[(b"835", b"CLP"), (b"835", b"PLB"), (b"834", b"INS"), (b"820", b"ENT")];
/// Levels of HL above persons (element 735): a provider, who sends, who gets.
const HEADS: &[&[u8]] = &[b"19", b"20", b"21"];
/// The number of an element, and how long it is at most.
type Place = (usize, usize);
/// What stands in a segment of an envelope, by number, and how long it is at most: codes and control numbers, which are
/// not asked. Anything more is no envelope.
const STRUCTURE: &[(&[u8], &[Place])] = &[
    (
        b"ISA",
        &[(1, 2), (3, 2), (5, 2), (7, 2), (11, 1), (12, 5), (13, 9), (14, 1), (15, 1), (16, 1)],
    ),
    (b"IEA", &[(1, 5), (2, 9)]),
    (b"GS", &[(1, 2), (6, 9), (7, 2), (8, 12)]),
    (b"GE", &[(1, 6), (2, 9)]),
    (b"ST", &[(1, 3), (2, 9), (3, 35)]),
    (b"SE", &[(1, 10), (2, 9)]),
];

/// Finds the listed values of one record.
pub(super) fn walk(
    paths: &Segments,
    bytes: &[u8],
    unlisted: OnUnlisted,
    found: &mut Found,
) -> Result<(), Code> {
    super::readable(bytes)?;
    let mut at = super::mark_length(bytes);
    at += blanks(&bytes[at..]);
    let (marks, end) = marks(&bytes[at..])?;
    found.codec = Codec::X12(marks, end);
    let mut walk = Walk { bytes, paths, marks, periods: true, unlisted, found };
    let mut open: Vec<Envelope<'_>> = Vec::with_capacity(ENVELOPES.len());
    // The transaction set at hand, and its parts by the number of their HL.
    let mut set: &[u8] = b"";
    // Its level at hand, and how far the claim is that is below it.
    let (mut level, mut claim) = (0, Claim::None);
    let mut levels: HashMap<&[u8], u32> = HashMap::new();
    while at < bytes.len() {
        let stop = at + memchr::memchr(end, &bytes[at..]).ok_or(Code::NotX12)?;
        let start = at;
        at = stop + 1;
        at += blanks(&bytes[at..]);
        let segment = &bytes[start..stop];
        let length = memchr::memchr(marks.field, segment).unwrap_or(segment.len());
        let name = &segment[..length];
        if !is_name(name) || BINARY.contains(&name) {
            return Err(Code::NotX12);
        }
        let element = |number: usize| element(segment, marks.field, number);
        if !is_envelope(name, segment, marks) || name == b"ISA" && segment.len() != ISA[16] {
            return Err(Code::NotX12);
        }
        let head = Part { above: None, unnamed: Unnamed::Next };
        if let Some(envelope) = ENVELOPES.iter().find(|envelope| envelope.end == name) {
            // The number of what it closes.
            let closed = open.pop().ok_or(Code::NotX12)?;
            if closed.end != envelope.end || closed.number != element(2) {
                return Err(Code::NotX12);
            }
            continue;
        }
        match (name, open.len()) {
            (b"ISA", 0) => {
                if self::marks(&bytes[start..])? != (marks, end) {
                    return Err(Code::WrongStructure);
                }
                open.push(ENVELOPES[0].of(element(13)));
                walk.found.begin(start, head);
                for (number, places) in (1u16..).zip(ISA.windows(2)) {
                    if ISA_ASKED.contains(&number) {
                        let place = start + places[0]..start + places[1] - 1;
                        walk.fixed(name, number, place)?;
                    }
                }
            }
            (b"GS", 1) => {
                open.push(ENVELOPES[1].of(element(6)));
                let begin = |number| field(&bytes[..stop], start, marks.field, number);
                let (first, last) = (begin(GS_FIRST), begin(GS_LAST + 1) - 1);
                if first <= last {
                    walk.segment(start..start + length, first, last, GS_FIRST)?;
                }
            }
            (b"ST", 2) => {
                open.push(ENVELOPES[2].of(element(2)));
                set = element(1);
                claim = Claim::None;
                levels.clear();
                walk.found.begin(start, head);
            }
            (name, depth) if depth == 3 || depth == 1 && BETWEEN.contains(&name) => {
                if name == b"HL" {
                    let above = levels.get(element(2)).copied();
                    levels.insert(element(1), walk.found.parts.len() as u32);
                    let unnamed = match HEADS.contains(&element(3)) {
                        true => Unnamed::Next,
                        false => Unnamed::Nobody,
                    };
                    walk.found.begin(start, Part { above, unnamed });
                    level = walk.found.parts.len() as u32 - 1;
                    claim = Claim::None;
                } else if set == b"837" && matches!(name, b"CLM" | b"LX" | b"SBR") {
                    // The subscriber of another cover stands between a claim and its lines, and is somebody else.
                    match (name, claim) {
                        (b"SBR", Claim::Open | Claim::Other) => {
                            walk.found.begin(
                                start,
                                Part { above: Some(level), unnamed: Unnamed::Nobody },
                            );
                            claim = Claim::Other;
                        }
                        (b"SBR", Claim::None) => {}
                        (_, Claim::Other) => {
                            walk.found.groups.push(Group { from: start as u32, part: level });
                            claim = Claim::Open;
                        }
                        _ => claim = Claim::Open,
                    }
                } else if PARTS.contains(&(set, name)) {
                    walk.found.begin(start, Part { unnamed: Unnamed::Nobody, ..head });
                }
                if length < segment.len() {
                    walk.segment(start..start + length, start + length + 1, stop, 1)?;
                }
            }
            _ => return Err(Code::NotX12),
        }
    }
    // What is cut short has envelopes that nothing closes.
    if open.is_empty() { Ok(()) } else { Err(Code::NotX12) }
}

/// How far a claim is.
#[derive(Clone, Copy)]
enum Claim {
    None,
    /// Its own segments, or its lines.
    Open,
    /// Another cover of the patient.
    Other,
}

/// Whether a segment of an envelope has nothing but codes and control numbers beside what is asked; true for any other.
fn is_envelope(name: &[u8], segment: &[u8], marks: Marks) -> bool {
    let Some((_, places)) = STRUCTURE.iter().find(|(known, _)| *known == name) else { return true };
    let asked = |number: usize| match name {
        b"ISA" => number <= 16,
        b"GS" => (usize::from(GS_FIRST)..=usize::from(GS_LAST)).contains(&number),
        _ => false,
    };
    let mut elements = segment.split(|b| *b == marks.field).enumerate().skip(1);
    elements.all(|(number, text)| match places.iter().find(|(at, _)| *at == number) {
        // The marks themselves are read where they stand.
        Some(_) if name == b"ISA" && matches!(number, 11 | 16) => text.len() == 1,
        Some((_, most)) => text.len() <= *most && text.iter().all(u8::is_ascii_alphanumeric),
        None => asked(number),
    })
}

/// A pair of segments around others.
#[derive(Clone, Copy)]
struct Envelope<'a> {
    end: &'static [u8],
    /// The control number that both have.
    number: &'a [u8],
}

const ENVELOPES: [Envelope<'static>; 3] = [
    Envelope { end: b"IEA", number: b"" },
    Envelope { end: b"GE", number: b"" },
    Envelope { end: b"SE", number: b"" },
];

impl Envelope<'static> {
    fn of(self, number: &[u8]) -> Envelope<'_> {
        Envelope { end: self.end, number }
    }
}

/// Line feeds and blanks between segments.
fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n' | b' ')).count()
}

fn is_name(name: &[u8]) -> bool {
    (2..=3).contains(&name.len())
        && name[0].is_ascii_uppercase()
        && name[1..].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn element(segment: &[u8], mark: u8, number: usize) -> &[u8] {
    segment.split(|b| *b == mark).nth(number).unwrap_or(b"")
}

/// Where an element of the segment at `start` begins; behind its end where it has not so many.
fn field(bytes: &[u8], start: usize, mark: u8, number: u16) -> usize {
    let mut marks = memchr::memchr_iter(mark, &bytes[start..]);
    marks.nth(usize::from(number) - 1).map_or(bytes.len() + 1, |ahead| start + ahead + 1)
}

/// The marks that an ISA names, and what ends a segment.
fn marks(bytes: &[u8]) -> Result<(Marks, u8), Code> {
    let isa: Range<usize> = 0..ISA[16] + 1;
    let isa = bytes.get(isa).filter(|isa| isa.starts_with(b"ISA")).ok_or(Code::NotX12)?;
    let (field, component, end) = (isa[3], isa[104], isa[105]);
    // Before 00402 there were no repetitions, and a standard's letter stood there.
    let repetition = Some(isa[82]).filter(|mark| !mark.is_ascii_alphanumeric() && *mark != b' ');
    let all = [Some(field), Some(component), Some(end), repetition];
    let is_mark = |b: &u8| *b != b' ' && b.is_ascii() && !b.is_ascii_alphanumeric();
    let distinct = all
        .iter()
        .flatten()
        .all(|one| is_mark(one) && all.iter().flatten().filter(|other| *other == one).count() == 1);
    let placed = ISA[1..16].iter().all(|at| isa[at - 1] == field);
    let inside = isa[..ISA[15]].iter().all(|b| *b != end && !b.is_ascii_control());
    if !(distinct && placed && inside) {
        return Err(Code::NotX12);
    }
    let marks = Marks { field, component, repetition: repetition.unwrap_or(0), escape: 0, sub: 0 };
    Ok((marks, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Format, Layout};
    use crate::phi::Span;

    const PATHS: &[&str] = &[
        "NM1(1=IL|QC)(2=1)-3",
        "NM1-3",
        "NM1(8=MI)-9",
        "HI-*.2",
        "DTP(2=TM)-3",
        "DTP-3",
        "GS-2",
        "ISA-6",
    ];
    const HEAD: &str = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260211*0915*^*00501*000000101*0*T*:~";

    fn record(body: &str) -> String {
        format!(
            "{HEAD}GS*HC*CLINIC*PLAN*20260211*0915*7*X*005010X222A1~ST*837*1~{body}SE*9*1~GE*1*7~IEA*1*000000101~"
        )
    }

    fn walked(record: &str, unlisted: OnUnlisted) -> Result<(Found, Vec<(u16, String)>), Code> {
        let layout = Layout::compile(Format::X12, PATHS, &[]).expect("paths");
        let mut found = Found::default();
        layout.walk(record.as_bytes(), None, unlisted, &mut found)?;
        let text = |span: Span| record[span.range()].to_string();
        let leaves = found.leaves.iter().map(|leaf| (leaf.field, text(leaf.span))).collect();
        Ok((found, leaves))
    }

    fn leaves(body: &str) -> Vec<(u16, String)> {
        let (_, leaves) = walked(&record(body), OnUnlisted::Delete).expect("walks");
        leaves.into_iter().filter(|(field, _)| *field < 6).collect()
    }

    #[test]
    fn leaves_are_where_the_paths_say() {
        let body = "NM1*IL*1*QUIST*BERND****MI*X1~NM1*IL*2*QUIST LTD~NM1*85*1*NG*****XX*123~\
                    HI*ABK:E119*BH:A1:D8:20260101~DTP*096*TM*1430~DTP*472*D8*20260210~";
        let want = [
            (0, "QUIST"),
            (2, "X1"),
            (1, "QUIST LTD"),
            (1, "NG"),
            (3, "E119"),
            (3, "A1"),
            (4, "1430"),
            (5, "20260210"),
        ];
        assert_eq!(leaves(body), want.map(|(field, text)| (field, text.to_string())));
    }

    #[test]
    fn a_period_is_two_dates_and_nothing_else_is() {
        let dates = |text: &str| -> Vec<String> {
            let leaves = leaves(&format!("DTP*434*RD8*{text}~"));
            leaves.into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(dates("20260101-20260131"), ["20260101", "20260131"]);
        for one in
            ["20260101", "20261301-20260131", "2026010-120260131", "202601010830-202601020900"]
        {
            assert_eq!(dates(one), [one]);
        }
    }

    #[test]
    fn marks_and_line_ends_are_taken_as_they_come() {
        let plain = record("NM1*IL*1*QUIST*BERND****MI*X1~HI*ABK:E119^ABF:I10~");
        let want = walked(&plain, OnUnlisted::Delete).expect("walks").1;
        assert_eq!(want.len(), 6);
        for other in [
            plain.replace('~', "~\r\n"),
            plain.replace('~', "\n"),
            plain.replace('*', "|").replace(':', ">").replace('^', "!"),
            format!("\u{feff}\n{plain}\n\n"),
        ] {
            assert_eq!(walked(&other, OnUnlisted::Delete).expect("walks").1, want, "{other}");
        }
        // No repetitions before 00402: the mark of later ones is a character.
        let older = plain.replace("*^*00501", "*U*00401");
        let found = walked(&older, OnUnlisted::Delete).expect("walks").1;
        assert_eq!(found.iter().filter(|(field, _)| *field == 3).count(), 1);
    }

    #[test]
    fn elements_of_isa_keep_their_width_and_control_numbers_stay() {
        let plain = record("NM1*IL*1*QUIST~");
        let (found, leaves) = walked(&plain, OnUnlisted::Delete).expect("walks");
        assert_eq!(leaves[0], (7, "CLINIC         ".to_string()));
        let blanks: Vec<_> = found.deletions.iter().filter(|cut| cut.blanks).collect();
        let texts: Vec<_> = blanks.iter().map(|cut| &plain[cut.span.range()]).collect();
        assert_eq!(texts, ["PLAN           ", "260211", "0915"]);
        for number in ["000000101", "*7*", "837*1~", "SE*9*1", "GE*1*7"] {
            let touched = |span: Span| plain[span.range()].contains(number);
            assert!(!found.deletions.iter().any(|cut| touched(cut.span)), "{number}");
        }
    }

    #[test]
    fn levels_claims_and_members_begin_parts() {
        let parts = |set: &str, body: &str| -> Vec<_> {
            let record = record(body).replace("ST*837", &format!("ST*{set}"));
            let (found, _) = walked(&record, OnUnlisted::Delete).expect("walks");
            found.parts.iter().map(|part| (part.above, part.unnamed == Unnamed::Next)).collect()
        };
        // A member in an answer about eligibility is the subscriber that the level is about.
        assert_eq!(parts("271", "HL*1**22*0~INS*Y~CLP*1~").len(), 3);
        assert_eq!(parts("835", "CLP*1~CLP*2~PLB*1~INS*Y~").len(), 5);
        assert_eq!(parts("834", "INS*Y~INS*N~CLP*1~").len(), 4);
        assert_eq!(parts("820", "ENT*1~ENT*2~").len(), 4);
        assert_eq!(
            parts("837", "BHT*0~HL*1**20*1~HL*2*1*22*1~HL*3*2*23*0~HL*4*1*22*0~"),
            [
                (None, true),
                (None, true),
                (None, true),
                (Some(2), false),
                (Some(3), false),
                (Some(2), false),
            ]
        );
    }

    #[test]
    fn the_subscriber_of_another_cover_is_somebody_else() {
        let body = "HL*1**22*1~SBR*P~NM1*IL~CLM*1~SBR*S~NM1*IL~SBR*T~LX*1~DTP*472~CLM*2~SBR*S~HL*2*1*23~SBR*P~";
        let record = record(body);
        let (found, _) = walked(&record, OnUnlisted::Delete).expect("walks");
        let text =
            |from: u32| record[from as usize..].split('~').next().expect("a segment").to_string();
        let groups: Vec<_> =
            found.groups.iter().map(|group| (text(group.from), group.part)).skip(2).collect();
        let want = [
            ("HL*1**22*1", 2),
            ("SBR*S", 3),
            ("SBR*T", 4),
            ("LX*1", 2),
            ("SBR*S", 5),
            ("HL*2*1*23", 6),
        ];
        assert_eq!(groups, want.map(|(text, part)| (text.to_string(), part)));
        assert!(found.parts[3].above == Some(2) && found.parts[5].above == Some(2));
    }

    #[test]
    fn what_is_no_interchange_is_refused_by_code() {
        let good = record("NM1*IL*1*QUIST~");
        assert!(walked(&good, OnUnlisted::Delete).is_ok());
        for bad in [
            String::new(),
            "ISA".to_string(),
            HEAD.to_string(),
            good[HEAD.len()..].to_string(),
            good[..good.len() - 1].to_string(),
            good.replace("IEA*1*000000101~", ""),
            good.replace("IEA*1*000000101", "IEA*1*000000102"),
            good.replace("GE*1*7", "GE*1*8"),
            good.replace("SE*9*1~", ""),
            good.replace("ST*837*1~", ""),
            good.replace("GS*HC", "GS~HC"),
            good.replace("GS*HC*CLINIC*PLAN*20260211*0915*7*X*005010X222A1", "GS"),
            good.replace("NM1*IL*1*QUIST~", "nm1*IL~"),
            good.replace("NM1*IL*1*QUIST~", "Smith, Jane~"),
            good.replace("NM1*IL*1*QUIST~", "BIN*5*ab~cd~"),
            good.replace("CLINIC         ", "CLINIC"),
            good.replace("*T*:~", "*T*A~"),
            good.replace("*T*:~", "*T**~"),
            good.replace("SE*9*1~", "SE*9*1*QUIST~"),
            good.replace("ST*837*1~", "ST*837*1*X*QUIST~"),
            good.replace("X*005010X222A1~", "X*005010X222A1*QUIST~"),
            good.replace("X*005010X222A1~", "X*BERND QUIST~"),
            good.replace("IEA*1*000000101~", "IEA*1*000000101*QUIST~"),
            good.replace("*000000101*", "*0000-0101*"),
            format!("{good}NM1*IL*1*QUIST~"),
        ] {
            assert_eq!(walked(&bad, OnUnlisted::Delete).err(), Some(Code::NotX12), "{bad}");
        }
        let other = format!("{good}{}", good.replace(':', ">"));
        assert_eq!(walked(&other, OnUnlisted::Delete).err(), Some(Code::WrongStructure));
        // What no number reaches would have no rule.
        let wide = good.replace("NM1*IL*1*QUIST", &format!("NM1{}QUIST", "*".repeat(65_536)));
        assert_eq!(walked(&wide, OnUnlisted::Delete).err(), Some(Code::TooWide));
        let wide = good.replace("NM1*IL*1*QUIST", &format!("HI*{}QUIST", ":".repeat(65_536)));
        assert_eq!(walked(&wide, OnUnlisted::Delete).err(), Some(Code::TooWide));
        assert_eq!(walked(&good, OnUnlisted::Refuse).err(), Some(Code::Unlisted));
    }
}
