//! Tests of the third set's generator.

use std::collections::{BTreeMap, BTreeSet};

use super::pen::{Kind, Pen};
use super::*;

/// The classes that the held-out set is marked with.
const CLASSES: &[&str] = &[
    "person_name",
    "provider_name",
    "organization",
    "street",
    "city",
    "county",
    "state",
    "zip",
    "country",
    "birth_date",
    "death_date",
    "date",
    "age",
    "phone",
    "fax",
    "email",
    "url",
    "ip",
    "ssn",
    "itin",
    "mrn",
    "nhs_number",
    "member_id",
    "mbi",
    "account",
    "card",
    "iban",
    "license",
    "driver_license",
    "passport",
    "dea",
    "vehicle",
    "vin",
    "device",
    "imei",
    "npi",
    "claim",
    "unique_id",
    "uuid",
    "geo_point",
];

fn all_notes() -> impl Iterator<Item = &'static (&'static str, Kind, &'static str)> {
    NOTES.iter().copied().flatten()
}

/// What a mark of a class has to hold.
fn holds(class: &str, value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    match class {
        "person_name" | "provider_name" => value.chars().any(char::is_alphabetic) && digits == 0,
        "city" | "county" | "state" | "country" => digits == 0,
        "organization" => value.len() > 1,
        "street" => digits > 0 && value.contains([' ', '\n']),
        "zip" => digits == 5 || digits == 9,
        "age" => value.parse::<u8>().is_ok_and(|age| age > 89),
        "phone" | "fax" => digits >= 3,
        "email" => value.contains('@') && value.contains('.') && !value.contains(' '),
        "url" => value.contains('.') && !value.contains(' '),
        "ssn" => digits == 9 || digits == 4,
        "itin" | "dea" => value.starts_with('9') && digits == 9 || value.len() == 9 && digits == 7,
        "npi" | "nhs_number" => digits == 10,
        "vin" => value.len() == 17,
        "imei" => digits == 15,
        "uuid" => value.len() == 36,
        "mbi" => value.replace('-', "").len() == 11,
        "ip" => value.contains(['.', ':']),
        "birth_date" | "death_date" => digits > 0,
        "date" => value.chars().any(char::is_alphanumeric),
        _ => digits > 0 || class == "unique_id",
    }
}

fn check(draft: &Draft, what: &str) {
    let mut last = 0;
    for mark in &draft.marks {
        assert!(CLASSES.contains(&mark.class), "{what}: class {}", mark.class);
        assert!(last <= mark.start && mark.start < mark.end, "{what}: order");
        let value = draft.text.get(mark.start..mark.end).expect("on char boundaries");
        assert_eq!(value, value.trim(), "{what}: blanks");
        assert!(holds(mark.class, value), "{what}: {} {value:?}", mark.class);
        last = mark.end;
        // A mark is no part of a longer word.
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, behind) = (&draft.text[..mark.start], &draft.text[mark.end..]);
        let joined = |a: Option<char>, b: Option<char>| letter(a) && letter(b);
        let alone = [
            (before.chars().next_back(), value.chars().next()),
            (value.chars().next_back(), behind.chars().next()),
        ]
        .into_iter()
        .all(|(a, b)| !joined(a, b));
        let glued = matches!(mark.class, "age" | "date");
        assert!(alone || glued, "{what}: {value:?} is part of a word");
    }
}

#[test]
fn every_template_expands() {
    let rules = RULES.iter().copied().flatten().flat_map(|(_, list)| list.iter());
    let lists = [general::SENTENCES, negative::SENTENCES, codes::LINES].into_iter().flatten();
    let notes = all_notes().map(|(_, _, template)| template);
    for template in rules.chain(lists).chain(notes) {
        for seed in 0..40 {
            let mut pen = Pen::new(seed, Kind::Elder);
            pen.write(template);
            check(&pen.out, template);
            assert!(!pen.out.text.contains(['{', '«', '⟦', '¦']), "{}", pen.out.text);
        }
    }
}

#[test]
fn there_are_enough_of_each() {
    let names: BTreeSet<_> = all_notes().map(|note| note.0).collect();
    assert_eq!(names.len(), all_notes().count());
    assert!(names.len() >= 60, "{} skeletons", names.len());
    let unique = |list: &[&'static str]| list.iter().collect::<BTreeSet<_>>().len();
    assert!(unique(negative::SENTENCES) >= 150, "{}", unique(negative::SENTENCES));
    assert_eq!(unique(negative::SENTENCES), negative::SENTENCES.len());
    assert_eq!(unique(general::SENTENCES), general::SENTENCES.len());
    let mut seen = BTreeSet::new();
    for (name, list) in RULES.iter().copied().flatten() {
        assert!(seen.insert(name) && !list.is_empty(), "{name}");
    }
}

#[test]
fn texts_are_well_marked() {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut texts = BTreeSet::new();
    for seed in 0..1_000 {
        let text = note(seed);
        check(&text, &format!("note {seed}"));
        let words = text.text.split([' ', '\n', '|', '^']).filter(|word| !word.is_empty()).count();
        assert!((50..=700).contains(&words), "note {seed}: {words} words\n{}", text.text);
        assert!(!text.marks.is_empty(), "note {seed}");
        text.marks.iter().for_each(|mark| *classes.entry(mark.class).or_default() += 1);
        assert_eq!(text, note(seed));
        assert!(texts.insert(text.text), "note {seed} twice");
    }
    for seed in 0..800 {
        let text = sentence(seed);
        check(&text, &format!("sentence {seed}"));
        assert!(!text.marks.is_empty(), "{}", text.text);
        text.marks.iter().for_each(|mark| *classes.entry(mark.class).or_default() += 1);
        assert_eq!(text, sentence(seed));
    }
    for class in CLASSES {
        assert!(classes.get(class).is_some_and(|n| *n >= 3), "{class}: {classes:?}");
    }
}

#[test]
fn negatives_and_codes_hold_no_identifier() {
    for seed in 0..3_000 {
        let text = negative(seed);
        assert!(text.marks.is_empty() && !text.text.is_empty(), "{}", text.text);
        assert_eq!(text, negative(seed));
    }
    for seed in 0..500 {
        let (text, spans) = codes(seed);
        assert!(text.marks.is_empty() && !spans.is_empty(), "{}", text.text);
        let mut last = 0;
        for (from, to) in &spans {
            assert!(last <= *from && from < to && text.text.get(*from..*to).is_some());
            last = *to;
        }
        assert_eq!((text, spans), codes(seed));
    }
}

#[test]
fn listed_loinc_codes_have_right_digits() {
    let rule = codes::RULES.iter().find(|(name, _)| *name == "loinc").expect("a rule");
    for code in rule.1 {
        let code = code.trim_matches(['«', '»']);
        let (body, check) = code.split_once('-').expect("a dash");
        assert_eq!(ids::luhn(body).to_string(), check, "{code}");
    }
}
