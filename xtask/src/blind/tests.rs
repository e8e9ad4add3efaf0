//! Tests of the fourth set.

use std::collections::{BTreeMap, BTreeSet};

use super::pen::{Kind, Pen};
use super::{NOTES, codes, ids, names, negatives, note, rules};
use crate::draft::Draft;

fn check(draft: &Draft, what: &str) {
    let mut last = 0;
    for mark in &draft.marks {
        assert!(last <= mark.start && mark.start < mark.end, "{what}: order");
        let value = draft.text.get(mark.start..mark.end).expect("on char boundaries");
        assert_eq!(value, value.trim(), "{what}: blanks");
        last = mark.end;
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        let right = match mark.class {
            "person_name" | "provider_name" | "city" | "county" | "state" | "country" => {
                digits.is_empty()
            }
            "age" => value.parse::<u8>().is_ok_and(|age| age > 89),
            "npi" => ids::luhn(&format!("80840{}", &digits[..9])).to_string() == digits[9..],
            "card" => ids::luhn(&digits[..15]).to_string() == digits[15..],
            "dea" => {
                let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
                digits.len() == 7 && ids::dea_check(&digits) == digits[6]
            }
            "ssn" => digits.len() == 9 || digits.len() == 4,
            "zip" => digits.len() == 5 || digits.len() == 9,
            "mbi" => value.replace('-', "").len() == 11,
            "email" => value.contains('@') && !value.contains(' '),
            "organization" | "unique_id" => value.len() > 2,
            "url" => value.contains('.') && !value.contains(' '),
            _ => !digits.is_empty(),
        };
        assert!(right, "{what}: {} {value:?}", mark.class);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, behind) = (&draft.text[..mark.start], &draft.text[mark.end..]);
        let glued = letter(before.chars().next_back()) || letter(behind.chars().next());
        assert!(!glued || matches!(mark.class, "age" | "phone"), "{what}: {value:?} in a word");
    }
}

#[test]
fn notes_are_well_marked() {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut texts = BTreeSet::new();
    for seed in 0..400 {
        let draft = note(seed);
        check(&draft, &format!("note {seed}\n{}", draft.text));
        assert_eq!(draft, note(seed));
        assert!(!draft.marks.is_empty() && !draft.text.contains(['{', '«', '¦', '»']), "{seed}");
        draft.marks.iter().for_each(|mark| *classes.entry(mark.class).or_default() += 1);
        assert!(texts.insert(draft.text), "note {seed} twice");
    }
    assert!(classes.len() >= 25, "{classes:?}");
}

#[test]
fn every_part_expands() {
    let notes = NOTES.iter().copied().flatten().map(|(.., template)| *template);
    let rules = rules::RULES.iter().flat_map(|(_, list)| list.iter().copied());
    for template in notes.chain(rules) {
        for seed in 0..60 {
            let mut pen = Pen::new(seed, Kind::Elder);
            pen.write(template);
            check(&pen.out, template);
        }
    }
}

#[test]
fn there_are_enough_of_each() {
    let unique = |list: &[&'static str]| list.iter().collect::<BTreeSet<_>>().len();
    let skeletons: BTreeSet<_> = NOTES.iter().copied().flatten().map(|note| note.0).collect();
    assert_eq!(skeletons.len(), NOTES.iter().copied().flatten().count());
    assert!(skeletons.len() >= 45, "{}", skeletons.len());
    assert!(unique(negatives::SENTENCES) >= 80, "{}", unique(negatives::SENTENCES));
    let given = unique(names::WOMEN) + unique(names::MEN);
    assert!(given >= 150 && unique(names::FAMILY) >= 200, "{given} {}", unique(names::FAMILY));
}

/// Whether the last digit of a LOINC number is right.
fn loinc(code: &str) -> bool {
    let (body, check) = code.split_once('-').expect("a dash");
    ids::luhn(body).to_string() == check
}

#[test]
fn negatives_and_codes_hold_no_identifier() {
    for seed in 0..1_000 {
        let draft = super::negative(seed);
        assert!(draft.marks.is_empty() && !draft.text.is_empty(), "{}", draft.text);
        assert_eq!(draft, super::negative(seed));
    }
    for seed in 0..300 {
        let (draft, spans) = super::codes(seed);
        assert!(draft.marks.is_empty() && !spans.is_empty(), "{}", draft.text);
        assert_eq!((draft.clone(), spans.clone()), super::codes(seed));
        let mut last = 0;
        for (start, end) in spans {
            assert!(last <= start && start < end, "{}", draft.text);
            last = end;
            let value = draft.text.get(start..end).expect("on char boundaries");
            if ["SNOMED", "Concept", "Problem"].iter().any(|head| draft.text.starts_with(head)) {
                assert_eq!(ids::verhoeff(value), 0, "{value}");
            }
            if draft.text.starts_with("LOINC") && value.contains('-') {
                assert!(loinc(value), "{value}");
            }
        }
    }
    assert!(codes::LINES.len() > 30);
}

#[test]
fn check_digits_are_those_that_are_printed() {
    assert_eq!(ids::luhn("80840123456789"), 3);
    assert_eq!(ids::verhoeff("38341003"), 0);
    assert_ne!(ids::verhoeff("38341004"), 0);
    assert_eq!(ids::dea_check(&[1, 2, 3, 4, 5, 6]), 3);
    let mut rng = fastrand::Rng::with_seed(7);
    for _ in 0..200 {
        assert_eq!(ids::verhoeff(&ids::concept(&mut rng)), 0);
        let number = ids::npi(&mut rng);
        assert_eq!(ids::luhn(&format!("80840{}", &number[..9])).to_string(), number[9..]);
    }
}
