//! Short clinical sentences whose identifiers are written through an encoding.

use fastrand::Rng;

use super::ids;
use super::pen::{Kind, Pen};
use super::restyle::rewrite;
use crate::draft::Draft;

/// The encodings; a seed's remainder picks one, its quotient the sentence.
pub(super) const ENCODINGS: &[&str] = &[
    "plain",
    "nbsp",
    "full_width",
    "zero_width",
    "homoglyph_digits",
    "html_entities",
    "percent",
    "base64",
    "hl7_escape",
    "unicode_escape",
    "hl7_repetition",
    "split_lines",
    "dashes",
];

/// The sentences.
pub(super) const BASES: &[&str] = &[
    "Patient reports cough since last week, SSN {ssn} on file.",
    "SSN: {ssn}, seen for {cc}.",
    "Chart copied for {p.mr}, social security number {ssn}.",
    "Provider NPI {npi} ordered {study}.",
    "NPI: {npi}; {med} refilled.",
    "Rendering provider {a.dr}, NPI {npi}.",
    "{^drug} {mg}, prescriber DEA {dea}.",
    "DEA number {dea} is printed on the {drug} script.",
    "Signed by {a.dr}, DEA# {dea}.",
    "Medicare ID {mbi}; {dx} follow-up.",
    "MBI: {mbi}, copay waived for {proc}.",
    "{p.mr} has Medicare number {mbi}.",
    "Copay of $20 paid with card {card}.",
    "Card number {card} was given over the phone for the {model}.",
    "Please bill {card} for the {study}.",
    "Deposit returned to IBAN {iban} after {proc} was cancelled.",
    "IBAN: {iban}; self-pay, {dx}.",
    "MVC, vehicle VIN {vin}, {score}.",
    "Driver of car with VIN {vin}, complains of {cc}.",
    "MRN: {mrn}, admitted with {dx}.",
    "MRN {mrn} - {cc}, {vitals}.",
    "Medical record number {mrn}, {med} given.",
    "Merge MRN {mrn2} into MRN {mrn}.",
    "Pt MRN# {mrn} DOB {dob}, {lab}.",
    "Call back at {phone} if {cc} returns.",
    "Phone: {phone}. Wants a refill of {drug}.",
    "{^p.his} {r.rel} can be reached at {phone} or {phone}.",
    "Results of {study} go to phone {phone}.",
    "E-mail {p.email} about the {lab} result.",
    "Sent instructions for {drug} to {p.email}.",
    "Contact {a.dr} at {a.email} re: {dx}.",
    "DOB: {dob}. {^dx}, on {med}.",
    "Date of birth {dob}; {cc} x {n:2-9} days.",
    "Admitted {admit} with {dx}.",
    "{^proc} was done on {date}; {lab}.",
    "Follow-up on {soon} for {dx}.",
    "Labs of {date}: {lab}, {lab}.",
    "Mr. {p.plain} was given {med}.",
    "{p.mr} denies {cc} and {cc}.",
    "Spoke with {r.mr} about {dx}.",
    "Mrs. {x.plain} was seen for {cc}.",
    "{a.dr} increased {drug} to {mg}.",
    "Discussed with Dr. {b.plain}; {sign}.",
    "Dr. {a.last} and Dr. {b.last} agree on {proc}.",
    "Seen by {a.dr} on {date} for {cc}.",
    "Mr. {p.plain}, DOB {dob}, {score}.",
    "MRN: {mrn}, SSN: {ssn}, {dx}.",
];

/// A sentence through an encoding, and the encoding's name.
pub(super) fn adversarial(seed: u64) -> (Draft, &'static str) {
    let count = ENCODINGS.len() as u64;
    let base = seed / count;
    let at = usize::try_from(seed % count).unwrap_or(0);
    let name = ENCODINGS[at];
    let mut pen = Pen::new(base.wrapping_mul(0x8ebc_6af0_9c88_c6e3) ^ 0xad, Kind::Adult);
    let template = pen.pick(BASES);
    pen.write(template);
    (encode(pen.out, name, &mut Rng::with_seed(seed)), name)
}

/// A text through each of the encodings.
pub(super) fn all(draft: &Draft, seed: u64) -> impl Iterator<Item = (&'static str, Draft)> {
    let mut dice = Rng::with_seed(seed);
    ENCODINGS.iter().map(move |name| (*name, encode(draft.clone(), name, &mut dice)))
}

fn encode(draft: Draft, name: &str, dice: &mut Rng) -> Draft {
    let say = |words: &str| words.to_string();
    match name {
        "nbsp" => {
            let blank = ["\u{a0}", "\u{a0}", "\u{202f}", "\u{2007}"][dice.usize(..4)];
            let inner = dice.bool();
            rewrite(
                &draft,
                |words| words.replace(' ', blank),
                |mark, value| {
                    let grouped = matches!(mark.class, "ssn" | "card" | "phone" | "mbi" | "mrn");
                    let from: &[char] = if grouped && inner { &[' ', '-'] } else { &[' '] };
                    value.replace(from, blank)
                },
            )
        }
        "full_width" => rewrite(&draft, say, |_, value| {
            value
                .chars()
                .map(|c| match c {
                    ' ' => '\u{3000}',
                    '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
                    c => c,
                })
                .collect()
        }),
        "zero_width" => {
            let joiner =
                ["\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}"][dice.usize(..5)];
            rewrite(&draft, say, |_, value| {
                let must = dice.usize(1..value.chars().count().max(2));
                let mut out = String::new();
                for (at, c) in value.chars().enumerate() {
                    if at == must || at > 0 && dice.u8(..4) == 0 {
                        out.push_str(joiner);
                    }
                    out.push(c);
                }
                out
            })
        }
        "homoglyph_digits" => {
            let zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7f6];
            let zero = zeros[dice.usize(..zeros.len())];
            let all = dice.bool();
            rewrite(&draft, say, |_, value| {
                let digit = |c: char, dice: &mut Rng| {
                    let digit = c.to_digit(10).filter(|_| all || dice.u8(..3) > 0)?;
                    char::from_u32(zero + digit)
                };
                value.chars().map(|c| digit(c, dice).unwrap_or(c)).collect()
            })
        }
        "html_entities" => by_char(&draft, dice, |c, hit, dice| {
            let named = match c {
                ' ' => "&nbsp;",
                '-' => "&dash;",
                '@' => "&commat;",
                '.' => "&period;",
                ',' => "&comma;",
                '/' => "&sol;",
                '(' => "&lpar;",
                ')' => "&rpar;",
                '+' => "&plus;",
                '\'' => "&apos;",
                '\u{e9}' => "&eacute;",
                '\u{ed}' => "&iacute;",
                '\u{f3}' => "&oacute;",
                '\u{f6}' => "&ouml;",
                '\u{fc}' => "&uuml;",
                '\u{f1}' => "&ntilde;",
                _ => "",
            };
            match (named, hit, dice.bool()) {
                ("", false, _) => None,
                ("", _, true) => Some(format!("&#{};", u32::from(c))),
                ("", _, false) => Some(format!("&#x{:X};", u32::from(c))),
                (named, ..) => Some(named.to_string()),
            }
        }),
        "percent" => by_char(&draft, dice, |c, hit, _| {
            let free = c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
            (hit || !free).then(|| {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().map(|b| format!("%{b:02X}")).collect()
            })
        }),
        "base64" => {
            let front =
                ["Attachment (base64): ", "note=", "Encoded body:\n", "OBX|1|ED|||^^^Base64^"];
            let class = draft.marks.first().map_or("unique_id", |mark| mark.class);
            let mut out = Draft::default();
            out.say(front[dice.usize(..front.len())]);
            out.mark(class, &ids::base64(draft.text.as_bytes()));
            out
        }
        "hl7_escape" => {
            let framed = dice.u8(..5);
            let mut out = Draft::default();
            let mut inner = by_char(&draft, dice, |c, hit, dice| {
                let hit = match c {
                    '-' | '/' | '@' | ' ' => hit || dice.bool(),
                    c => hit && c.is_ascii(),
                };
                hit.then(|| format!("\\X{:02X}\\", u32::from(c)))
            });
            // Delimiters that were escaped, or highlighting, around the whole; or in each value, or around each.
            let (front, back) = match framed {
                1 => ("\\H\\", "\\N\\"),
                2 => ("TX\\T\\", "\\S\\F"),
                _ => ("", ""),
            };
            if framed == 4 {
                let around = |words: &str| format!("\\N\\{words}\\H\\");
                inner = rewrite(&inner, around, |_, value| value.to_string());
            }
            if framed == 3 {
                inner =
                    rewrite(&inner, |words| words.to_string(), |_, value| highlighted(value, dice));
            }
            out.say(front);
            let shift = front.len();
            out.text.push_str(&inner.text);
            out.marks.extend(inner.marks.into_iter().map(|mut mark| {
                mark.start += shift;
                mark.end += shift;
                mark
            }));
            out.say(back);
            out
        }
        "unicode_escape" => by_char(&draft, dice, |c, hit, _| {
            (hit || !c.is_ascii()).then(|| format!("\\u{:04x}", u32::from(c)))
        }),
        "hl7_repetition" => rewrite(&draft, say, |mark, value| match mark.class {
            // A name is repeated by its words, never inside one.
            "person_name" | "provider_name" => value.replacen(' ', "~", 1),
            _ => insert(value, "~", dice),
        }),
        "split_lines" => {
            let cut = ["\n", "\r\n", "\u{ad}", "\n  "][dice.usize(..4)];
            rewrite(&draft, say, |mark, value| match mark.class {
                _ if value.contains(' ') && cut != "\u{ad}" => value.replacen(' ', cut, 1),
                "person_name" | "provider_name" if cut != "\u{ad}" => insert(value, "-\n", dice),
                _ => insert(value, cut, dice),
            })
        }
        "dashes" => {
            let dash =
                ["\u{2013}", "\u{2012}", "\u{2212}", "\u{2011}", "\u{2010}"][dice.usize(..5)];
            rewrite(&draft, say, |mark, value| {
                let grouped = matches!(mark.class, "ssn" | "card" | "phone" | "mbi" | "mrn");
                match mark.class {
                    "email" => value.to_string(),
                    "date" | "birth_date" => value.replace(['-', '/'], dash),
                    _ if value.contains('-') => value.replace('-', dash),
                    _ if grouped => value.replace([' ', '.'], dash),
                    _ => value.to_string(),
                }
            })
        }
        _ => draft,
    }
}

/// A value of which a part is highlighted: anywhere, and half of the time at a mark between its own parts.
fn highlighted(value: &str, dice: &mut Rng) -> String {
    // Places between two characters of the value, none of them in an escape.
    let (mut places, mut borders) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < value.len() {
        let step = match value[at..].starts_with('\\') {
            true => "\\X00\\".len(),
            false => value[at..].chars().next().map_or(1, char::len_utf8),
        };
        if at > 0 {
            places.push(at);
            let border = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
            if border(value[..at].chars().next_back()) || border(value[at..].chars().next()) {
                borders.push(at);
            }
        }
        at = (at + step).min(value.len());
    }
    let from = if dice.bool() && !borders.is_empty() { &borders } else { &places };
    let Some(start) = from.get(dice.usize(..from.len().max(1))).copied() else {
        return value.to_string();
    };
    // It ends in the value, too, or does not end: a mark behind the last character would be none of the value.
    let behind: Vec<_> = places.iter().copied().filter(|at| *at > start).collect();
    match behind.get(dice.usize(..behind.len().max(1))) {
        Some(end) => {
            format!("{}\\H\\{}\\N\\{}", &value[..start], &value[start..*end], &value[*end..])
        }
        None => format!("{}\\H\\{}", &value[..start], &value[start..]),
    }
}

/// Every value's characters through a function that is told which must be changed: about a third
/// of them, and at least one.
fn by_char(
    draft: &Draft,
    dice: &mut Rng,
    mut code: impl FnMut(char, bool, &mut Rng) -> Option<String>,
) -> Draft {
    rewrite(
        draft,
        |words| words.to_string(),
        |_, value| {
            let all = dice.u8(..3) == 0;
            let must = dice.usize(..value.chars().count());
            let mut out = String::new();
            for (at, c) in value.chars().enumerate() {
                let hit = all || at == must || dice.u8(..3) == 0;
                match code(c, hit, dice) {
                    Some(text) => out.push_str(&text),
                    None => out.push(c),
                }
            }
            out
        },
    )
}

/// The value with something at a random place inside, not next to its ends.
fn insert(value: &str, what: &str, dice: &mut Rng) -> String {
    let mut cuts: Vec<usize> = value.char_indices().map(|(at, _)| at).skip(2).collect();
    cuts.pop();
    if cuts.is_empty() {
        return value.to_string();
    }
    let (head, tail) = value.split_at(cuts[dice.usize(..cuts.len())]);
    format!("{head}{what}{tail}")
}
