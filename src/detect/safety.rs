//! What codes and values have around them takes no identifier with it: what the shapes of `exempt` match, branch by
//! branch, and the words of its terms, units and scores, in front of and behind identifiers of many kinds. As they are
//! written there, with a capital first, and all in capitals; without a record's own values. Numbers that are codes by
//! their check digit alone, and an identifier that has one by chance, are in no shape: `exempt` has tests of its own.

use super::{Aim, Known, Prose, detect, exempt, pattern, shapes, terms, words};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeSet;

/// Most samples of a part of a shape.
const SAMPLES_MAX: usize = 600;

/// Texts that a shape matches: each branch of it once, the others as they are at first.
fn samples(shape: &Hir) -> Vec<String> {
    let mut out = match shape.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(class) => {
            let ranges: Vec<(u32, u32)> = match class {
                Class::Bytes(class) => {
                    class.ranges().iter().map(|r| (r.start().into(), r.end().into())).collect()
                }
                Class::Unicode(class) => {
                    class.ranges().iter().map(|r| (r.start().into(), r.end().into())).collect()
                }
            };
            // Those of ASCII.
            let mut all: Vec<char> = (ranges.iter())
                .flat_map(|(start, end)| (*start..=(*end).min(127)).filter_map(char::from_u32))
                .collect();
            // What parts words comes first.
            all.sort_by_key(|c| *c != ' ');
            // Of a letter in both cases, one.
            let twice = |c: &char| c.is_ascii_uppercase() && all.contains(&c.to_ascii_lowercase());
            if all.is_empty() {
                return vec![String::new()];
            }
            match " aA4:".chars().find(|c| all.contains(c)) {
                Some(c) if all.len() > CLASS_MAX => vec![c.into()],
                _ => {
                    all.iter().filter(|c| !twice(c)).take(CLASS_MAX).map(char::to_string).collect()
                }
            }
        }
        HirKind::Repetition(repetition) => {
            let once = samples(&repetition.sub);
            let least = repetition.min as usize;
            // What may stand between a label and its value does: `icd 10`, for a border is asked for there.
            let first = match least == 0 && once[0] == " " {
                true => once[0].clone(),
                false => once[0].repeat(least),
            };
            let more = if least == 0 { 1 } else { least };
            let rest = once.iter().map(|one| one.clone() + &once[0].repeat(more - 1));
            let none = (least == 0).then(String::new);
            std::iter::once(first).chain(rest).chain(none).collect()
        }
        HirKind::Capture(capture) => samples(&capture.sub),
        HirKind::Alternation(branches) => branches.iter().flat_map(samples).collect(),
        HirKind::Concat(parts) => {
            let parts: Vec<_> = parts.iter().map(samples).collect();
            let with = |at: usize, other: &str| -> String {
                let part = |n: usize| if n == at { other } else { parts[n][0].as_str() };
                (0..parts.len()).map(part).collect()
            };
            (0..parts.len())
                .flat_map(|at| parts[at].iter().map(move |other| (at, other)))
                .map(|(at, other)| with(at, other))
                .collect()
        }
    };
    let mut seen = BTreeSet::new();
    out.retain(|one| seen.insert(one.clone()));
    out.truncate(SAMPLES_MAX);
    out
}

/// Most characters of a class that are tried one by one.
const CLASS_MAX: usize = 12;

/// What the shapes match, each branch of them.
fn codes() -> BTreeSet<String> {
    let of_shape = |shape: &str| {
        let regex = regex::bytes::Regex::new(&format!("(?-u){shape}")).expect("a shape");
        let mut samples = samples(&shapes::parsed(shape));
        let all = samples.len();
        samples.retain(|sample| regex.is_match(sample.as_bytes()));
        assert!(samples.len() * 4 >= all * 3, "{} of {all} match {shape}", samples.len());
        samples
    };
    exempt::all().flat_map(of_shape).collect()
}

/// What stands in front of the first figure of it, and behind the last, and the lists' words.
fn beside() -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for sample in codes() {
        let digit = |c: char| c.is_ascii_digit();
        let ends = [sample.split(digit).next(), sample.rsplit(digit).next()];
        out.extend(ends.into_iter().flatten().map(|end| end.trim().to_string()));
    }
    out.extend(pattern::units().map(String::from));
    out.extend(words::scores().map(String::from));
    out.extend(terms::all().map(String::from));
    let capitals: Vec<_> = out
        .iter()
        .map(|word| word[..1.min(word.len())].to_uppercase() + word.get(1..).unwrap_or(""))
        .collect();
    out.extend(capitals);
    out.retain(|word| word.chars().any(char::is_alphanumeric) && word.len() > 1);
    out
}

/// Identifiers, and how many bytes in front of them are their label.
const IDENTIFIERS: &[(&str, usize)] = &[
    ("03/14/2024", 0),
    ("2024-03-14", 0),
    ("March 14, 2024", 0),
    ("14 March 2024", 0),
    ("(617) 555-0142", 0),
    ("617-555-0142", 0),
    ("412-55-6789", 0),
    ("1234567893", 0),
    ("AP5836727", 0),
    ("1EG4-TE5-MK73", 0),
    ("4111 1111 1111 1111", 0),
    ("jane@mail.example", 0),
    ("10.20.30.40", 0),
    ("MRN 00123456", 4),
    ("MRN: 77-34-192", 5),
    ("Account #: 4400123987", 11),
    ("Member ID: XQH884512097", 11),
    ("claim no. 2026CLM0044821", 10),
    ("SSN 412556789", 4),
    ("1M8GDM9AXKP042788", 0),
    ("GB82 WEST 1234 5698 7654 32", 0),
    ("NHS 943 476 5919", 4),
    ("00:1b:44:11:3a:b7", 0),
    ("https://portal.example/p", 0),
    ("passport X4591208", 9),
    ("serial number SN8845120", 14),
    ("accession #ACC2026-0044", 11),
    ("fax 212-555-0143", 4),
    ("pager 4417", 6),
    ("PO Box 112", 0),
    ("6fa459ea-ee8a-4ca4-894e-db77e160355e", 0),
    ("he is 94", 6),
    ("1420 N. Maple Ave", 0),
    ("MA 02139", 3),
    ("92-year-old", 0),
    ("Dr. Allen Whitcomb", 4),
    ("Mr. HARRIS", 4),
    ("Mrs. Okafor", 5),
    ("patient Linda Sanchez", 8),
];

#[test]
fn no_word_of_a_code_takes_an_identifier_with_it() {
    let (mut prose, mut out) = (Prose::default(), Vec::new());
    let (mut left, mut tried) = (Vec::new(), 0);
    let mut check = |text: String, identifier: &str, label: usize| {
        tried += 1;
        detect(&text, &Known::default(), Aim::Balanced, &mut prose, &mut out).expect("cheap");
        let from = text.find(identifier).expect("it is there") + label;
        let value = identifier[label..].trim_end_matches("-year-old").trim_end_matches("-YEAR-OLD");
        let covered = |at: usize| out.iter().any(|one| one.span.range().contains(&at));
        let said = |(at, c): (usize, char)| c.is_alphanumeric() && !covered(from + at);
        if value.char_indices().any(said) {
            left.push(text);
        }
    };
    for (identifier, label) in IDENTIFIERS {
        let loud = identifier.to_uppercase();
        for word in beside() {
            check(format!("Seen today, {word} {identifier} and then left."), identifier, *label);
            check(format!("Seen today, {identifier} {word} and then left."), identifier, *label);
            check(format!("Seen today. {word}: {identifier}; then left."), identifier, *label);
            check(format!("{identifier}, {word}"), identifier, *label);
            let word = word.to_uppercase();
            check(format!("SEEN TODAY, {word} {loud} AND LEFT."), &loud, *label);
        }
        for code in codes() {
            check(format!("Seen today, {code} {identifier} and then left."), identifier, *label);
            check(format!("Seen today, {identifier} {code} and then left."), identifier, *label);
        }
    }
    assert!(tried > 100_000, "{tried}");
    assert!(left.is_empty(), "{} of {tried}: {left:#?}", left.len());
}

#[test]
fn codes_stay_as_they_are() {
    let (mut prose, mut out, mut touched) = (Prose::default(), Vec::new(), Vec::new());
    for code in codes() {
        for text in [format!("Seen today, {code} and then left."), format!("{code}, stable")] {
            detect(&text, &Known::default(), Aim::Rules, &mut prose, &mut out).expect("cheap");
            let found: Vec<_> = out.iter().map(|one| (one.rule, &text[one.span.range()])).collect();
            if !found.is_empty() {
                touched.push(format!("{text}: {found:?}"));
            }
        }
    }
    assert!(touched.is_empty(), "{}: {touched:#?}", touched.len());
}
