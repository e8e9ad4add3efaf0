//! Training texts for the tagger, by seed: invented notes, letters, forms and chats with their
//! identifiers marked.

mod cast;
mod clauses;
pub(crate) mod expand;
pub(crate) mod fillers;
mod forms;
mod general;
mod hard;
mod letters;
mod mixed;
mod names;
pub(crate) mod noise;
mod notes;
mod numbers;
pub(crate) mod people;
mod places;
mod records;

use crate::draft::Draft;
use expand::Writer;

/// The longest text, in bytes, before noise.
const LONGEST: usize = 6000;

/// One training text; the same seed gives the same one.
pub(crate) fn text(seed: u64) -> Draft {
    let mut dice = fastrand::Rng::with_seed(seed ^ 0x7765_6972);
    let bare = dice.u8(..100) < 25;
    let kind = match (bare, dice.u8(..100)) {
        (false, 0..50) => "{note}",
        (false, 50..68) => "{letter}",
        (false, 68..80) => "{form}",
        (false, _) => "{general}",
        (true, 0..64) => "{bare}",
        (true, 64..70) => "{letter.bare}",
        (true, 70..82) => "{form.bare}",
        (true, _) => "{general.bare}",
    };
    let mut writer = Writer::new(dice.u64(..), bare);
    writer.expand(kind);
    let more = match kind {
        "{note}" | "{bare}" if dice.u8(..100) < 30 => dice.u8(1..5),
        "{letter}" | "{form}" | "{general}" if dice.u8(..100) < 12 => 1,
        _ => 0,
    };
    for _ in 0..more {
        writer.expand(if bare { "\\n\\n{more.bare}" } else { "\\n\\n{more}" });
    }
    noise::disturb(shorten(writer.draft), &mut dice)
}

/// Cuts a text at the line where it gets too long.
pub(crate) fn shorten(mut draft: Draft) -> Draft {
    if draft.text.len() > LONGEST {
        let mut cut = LONGEST;
        while !draft.text.is_char_boundary(cut) {
            cut -= 1;
        }
        let cut = draft.text[..cut].rfind(['\n', ' ']).unwrap_or(cut);
        let cut = match draft.marks.iter().find(|mark| mark.start < cut && cut < mark.end) {
            Some(mark) => mark.start,
            None => cut,
        };
        draft.text.truncate(cut);
        draft.marks.retain(|mark| mark.end <= cut);
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Class names of `src/phi/class.rs`.
    const CLASSES: &str = "person_name provider_name organization street city county zip geo_point \
        birth_date death_date date age phone fax email ssn itin mrn nhs_number member_id mbi account \
        card iban license driver_license passport dea vehicle vin device imei url ip unique_id claim \
        uuid npi state country";

    fn digits(value: &str) -> String {
        value.chars().filter(char::is_ascii_digit).collect()
    }

    #[test]
    fn every_template_and_every_slot_expands() {
        for (name, pool) in expand::pools() {
            assert!(!pool.is_empty(), "{name} is empty");
            for template in pool {
                let mut slots = Vec::new();
                expand::slots(template, &mut slots);
                for slot in slots {
                    let mut writer = Writer::new(slot.len() as u64, false);
                    writer.expand(&format!("{{{slot}}}"));
                }
                Writer::new(template.len() as u64, false).expand(template);
            }
        }
    }

    #[test]
    fn marks_are_in_order_and_clean() {
        let classes: BTreeSet<&str> = CLASSES.split_whitespace().collect();
        let mut met = BTreeSet::new();
        let mut without = 0;
        for seed in 0..2000 {
            let draft = text(seed);
            assert!(!draft.text.trim().is_empty(), "seed {seed}");
            without += usize::from(draft.marks.is_empty());
            let mut last = 0;
            for mark in &draft.marks {
                assert!(mark.start >= last && mark.start < mark.end, "seed {seed}: {mark:?}");
                let value = draft.text.get(mark.start..mark.end).expect("on boundaries");
                assert_eq!(value, value.trim(), "seed {seed}");
                assert!(!value.contains(['{', '}', '[', ']']), "seed {seed}: {value:?}");
                assert!(classes.contains(mark.class), "{}", mark.class);
                met.insert(mark.class);
                last = mark.end;
            }
        }
        assert!(without >= 400, "{without} texts without a mark");
        assert_eq!(met, classes);
    }

    #[test]
    fn same_seed_same_text() {
        for seed in [0, 1, 77, u64::MAX] {
            assert_eq!(text(seed), text(seed));
        }
        assert_ne!(text(1), text(2));
    }

    #[test]
    fn check_digits_are_right() {
        let mut rng = fastrand::Rng::with_seed(5);
        for _ in 0..500 {
            let mut value =
                |slot| digits(&numbers::value(&mut rng, slot, 19_000, 'M').expect("a known slot"));
            for (slot, prefix) in [("npi", "80840"), ("card", ""), ("imei", "")] {
                let number = format!("{prefix}{}", value(slot));
                let (body, check) = number.split_at(number.len() - 1);
                assert_eq!(numbers::luhn(body).to_string(), check, "{slot} {number}");
            }
            let of = |s: &str, i: usize| u32::from(s.as_bytes()[i] - b'0');
            let nhs = value("nhs");
            let sum: u32 = (0..9).map(|i| of(&nhs, i) * (10 - i as u32)).sum();
            assert_eq!((sum + of(&nhs, 9)) % 11, 0, "{nhs}");
            let aba = value("aba");
            let sum: u32 = (0..9).map(|i| of(&aba, i) * [3, 7, 1][i % 3]).sum();
            assert_eq!(sum % 10, 0, "{aba}");
            let dea = value("dea");
            let sum: u32 = (0..6).map(|i| of(&dea, i) * [1, 2][i % 2]).sum();
            assert_eq!(sum % 10, of(&dea, 6), "{dea}");
        }
    }

    #[test]
    fn an_iban_leaves_one() {
        let mut rng = fastrand::Rng::with_seed(6);
        for _ in 0..200 {
            let iban = numbers::value(&mut rng, "iban", 0, 'M').expect("a known slot");
            let iban = iban.replace(' ', "");
            let rest =
                format!("{}{}", &iban[4..], &iban[..4]).bytes().fold(
                    0u64,
                    |rest, byte| match byte {
                        b'0'..=b'9' => (rest * 10 + u64::from(byte - b'0')) % 97,
                        _ => (rest * 100 + u64::from(byte - b'A' + 10)) % 97,
                    },
                );
            assert_eq!(rest, 1, "{iban}");
        }
    }
}
