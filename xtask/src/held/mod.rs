//! Held-out English texts with known identifiers, for evaluation only: nothing here is shared
//! with the generator of the training texts.

mod clinical;
mod codes;
mod disguise;
mod general;
mod ids;
mod names;
mod negative;
mod notes;
mod parts;
mod pen;
mod places;
mod restyle;

use crate::draft::Draft;
pub(crate) use pen::MONTHS;

/// Rules of the little language: a name and its templates.
type Rules = &'static [(&'static str, &'static [&'static str])];

/// All rules.
const RULES: &[Rules] =
    &[clinical::RULES, parts::RULES, codes::RULES, &[("neg", negative::SENTENCES)]];

/// An English clinical note of 600 to 4,000 bytes with identifiers.
pub(crate) fn note(seed: u64) -> Draft {
    notes::note(seed)
}

/// A patient as the fields of a record name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chart {
    /// The record number, as its hospital writes it.
    pub(crate) mrn: String,
    /// Given and family name.
    pub(crate) given: String,
    pub(crate) family: String,
    /// `1961-03-04`.
    pub(crate) born: String,
    pub(crate) street: String,
    pub(crate) city: String,
    /// Two letters.
    pub(crate) state: &'static str,
    pub(crate) zip: String,
}

/// Note `n` of a patient: the same name, record number and address from note to note. Also which kind of
/// note it is, below `KINDS`, and the patient.
pub(crate) fn of_patient(patient: u64, n: u64) -> (Draft, usize, Chart) {
    notes::of_patient(patient, n)
}

/// How many kinds of notes there are.
pub(crate) const KINDS: usize = notes::NOTES.len();

/// A text of one or two general sentences with up to some four identifiers.
pub(crate) fn sentence(seed: u64) -> Draft {
    general::sentence(seed)
}

/// One or two clinical sentences without any identifier.
pub(crate) fn negative(seed: u64) -> Draft {
    negative::negative(seed)
}

/// A line of clinical codes or values without any identifier, and the spans of those.
pub(crate) fn codes(seed: u64) -> (Draft, Vec<(usize, usize)>) {
    codes::codes(seed)
}

/// A short clinical sentence whose identifiers are written through an encoding, and its name.
///
/// Seeds with the same quotient by the number of encodings (13) give the same sentence, through
/// one encoding after the other, first the plain one.
pub(crate) fn adversarial(seed: u64) -> (Draft, &'static str) {
    disguise::adversarial(seed)
}

/// A text through each of the encodings, with their names.
pub(crate) fn encodings(draft: &Draft, seed: u64) -> impl Iterator<Item = (&'static str, Draft)> {
    disguise::all(draft, seed)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::pen::{Kind, Pen};
    use super::*;

    /// The classes of the scheme.
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
    const ABOUT: [Kind; 5] = [Kind::Adult, Kind::Elder, Kind::Child, Kind::Newborn, Kind::Mother];

    fn templates() -> Vec<&'static str> {
        let rules = RULES.iter().copied().flatten().flat_map(|(_, list)| list.iter());
        let lists = [
            general::SENTENCES,
            negative::SENTENCES,
            negative::PERSONAL,
            codes::LINES,
            disguise::BASES,
        ];
        let lists = lists.into_iter().flatten();
        let notes = notes::NOTES.iter().map(|(_, template)| template);
        rules.chain(lists).chain(notes).copied().collect()
    }

    /// Every slot of a template, those in choices too.
    fn slots(template: &str) -> impl Iterator<Item = &str> {
        template.split('{').skip(1).map(|part| part.split_once('}').expect("closed slot").0)
    }

    fn check(draft: &Draft, what: &str) {
        let mut last = 0;
        for mark in &draft.marks {
            assert!(CLASSES.contains(&mark.class), "{what}: class {}", mark.class);
            assert!(last <= mark.start && mark.start < mark.end, "{what}: order");
            let value = draft.text.get(mark.start..mark.end).expect("on char boundaries");
            assert_eq!(value, value.trim(), "{what}: blanks");
            assert!(value.chars().any(char::is_alphanumeric), "{what}: {value:?}");
            last = mark.end;
        }
        assert!(
            !draft.text.contains(['{', '}']) || what.contains("sentence"),
            "{what}: {}",
            draft.text
        );
    }

    #[test]
    fn every_slot_is_known() {
        let all: BTreeSet<_> = templates().into_iter().flat_map(slots).collect();
        for slot in all {
            for seed in 0..20 {
                let mut pen = Pen::new(seed, ABOUT[seed as usize % ABOUT.len()]);
                pen.write(&format!("{{{slot}}}"));
                assert!(!pen.out.text.is_empty(), "{slot}");
            }
        }
    }

    #[test]
    fn every_template_expands() {
        for template in templates() {
            for seed in 0..12 {
                let mut pen = Pen::new(seed, ABOUT[seed as usize % ABOUT.len()]);
                pen.write(template);
                check(&pen.out, &format!("sentence {template}"));
            }
        }
    }

    #[test]
    #[should_panic(expected = "no slot")]
    fn a_misspelt_slot_panics() {
        Pen::new(1, Kind::Adult).write("{<a|b>} {nope}");
    }

    #[test]
    fn rules_have_one_meaning_each() {
        let mut seen = BTreeSet::new();
        for (name, list) in RULES.iter().copied().flatten() {
            assert!(seen.insert(name), "{name} twice");
            assert!(!list.is_empty());
        }
        let general: BTreeSet<_> = general::SENTENCES.iter().collect();
        assert!(general.len() >= 150 && general.len() == general::SENTENCES.len());
        let negative: BTreeSet<_> = negative::SENTENCES.iter().collect();
        assert_eq!(negative.len(), negative::SENTENCES.len());
    }

    #[test]
    fn texts_are_well_marked() {
        let (mut sum, mut classes) = (0, BTreeSet::new());
        for seed in 0..1_000 {
            let text = note(seed);
            check(&text, &format!("note {seed}"));
            assert!((600..=4_000).contains(&text.text.len()), "note {seed}: {}", text.text.len());
            assert!(text.marks.len() >= 3, "note {seed}");
            sum += text.marks.len();
            classes.extend(text.marks.iter().map(|mark| mark.class));
            assert_eq!(text, note(seed));
            let text = sentence(seed);
            check(&text, &format!("sentence {seed}"));
            classes.extend(text.marks.iter().map(|mark| mark.class));
            assert_eq!(text, sentence(seed));
            let text = negative(seed);
            assert!(text.marks.is_empty() && !text.text.is_empty(), "{}", text.text);
            assert_eq!(text, negative(seed));
            let (text, spans) = codes(seed);
            assert!(text.marks.is_empty() && !spans.is_empty(), "{}", text.text);
            let mut last = 0;
            for (from, to) in &spans {
                assert!(last <= *from && from < to && text.text.get(*from..*to).is_some());
                last = *to;
            }
            assert_eq!((text, spans), codes(seed));
            let (text, name) = adversarial(seed);
            check(&text, &format!("{name} {seed}"));
            assert!((1..=3).contains(&text.marks.len()), "{name}: {}", text.text);
            assert_eq!((text, name), adversarial(seed));
        }
        assert!((10_000..24_000).contains(&sum), "{sum} marks in 1,000 notes");
        let missing: Vec<_> = CLASSES.iter().filter(|class| !classes.contains(*class)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn a_patient_stays_the_same_from_note_to_note() {
        let mut held = 0;
        for patient in 0..100 {
            let (first, _, chart) = of_patient(patient, 0);
            let (second, kind, again) = of_patient(patient, 1);
            assert_eq!(chart, again);
            assert_ne!(first, second);
            assert!(kind < super::KINDS);
            check(&second, &format!("patient {patient}"));
            let here = |m: &&crate::draft::Mark| {
                m.class == "mrn" && first.text[m.start..m.end].eq_ignore_ascii_case(&chart.mrn)
            };
            held += usize::from(first.marks.iter().any(|m| here(&m)));
        }
        assert!(held > 30, "{held} of 100 notes hold their patient's record number");
    }

    #[test]
    fn encodings_share_their_sentences() {
        for base in 0..100 {
            let (plain, name) = adversarial(base * 13);
            assert_eq!(name, "plain");
            let mut names = BTreeSet::new();
            for at in 0..13 {
                let (text, name) = adversarial(base * 13 + at);
                names.insert(name);
                if name != "base64" {
                    let classes = |draft: &Draft| -> Vec<_> {
                        draft.marks.iter().map(|mark| mark.class).collect()
                    };
                    assert_eq!(classes(&text), classes(&plain), "{name}");
                }
                let always = ["full_width", "zero_width", "html_entities", "percent", "base64"];
                if always.contains(&name) {
                    assert_ne!(text, plain, "{name}");
                }
            }
            assert_eq!(names.len(), 13);
        }
    }

    #[test]
    fn listed_codes_have_right_digits() {
        for (code, _) in codes::LOINC {
            let (body, check) = code.split_once('-').expect("a dash");
            assert_eq!(ids::luhn(body).to_string(), check, "{code}");
        }
        for (code, _) in codes::SNOMED {
            let (body, check) = code.split_at(code.len() - 1);
            assert_eq!(ids::verhoeff(body).to_string(), check, "{code}");
        }
        for code in ["723264001", "24484000"] {
            let (body, check) = code.split_at(code.len() - 1);
            assert_eq!(ids::verhoeff(body).to_string(), check, "{code}");
        }
    }
}
