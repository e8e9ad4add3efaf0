//! Whether the name of a member is a name that somebody gave to a member, or data.

use super::alias::is_vocabulary;
use super::doubt::{is_everybodys, is_joint};
use super::{Finding, Layer, lists};
use zeroize::Zeroizing;

/// What detection sees in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// An identifier by its context alone, and a name has none.
    Context,
    /// An identifier.
    Identifier,
}

impl Seen {
    /// What a name's findings say.
    pub fn of(findings: &[Finding]) -> Seen {
        let each = findings.iter().filter(|finding| finding.class.is_identifier());
        let each = each.map(|finding| match finding.layer {
            Layer::Tagger | Layer::Transformer | Layer::Vocabulary => Seen::Context,
            Layer::Declared | Layer::Record | Layer::Pattern => Seen::Identifier,
        });
        each.max().unwrap_or(Seen::Nothing)
    }
}

/// What a member's name looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Words that everybody uses, and abbreviations beside them: it says nothing of anybody.
    Plain,
    /// A name that somebody gave to a member, though not every word of it is known.
    Name,
    /// Perhaps data: it is not shown, and says nothing of its neighbours.
    Doubt,
    /// Data: an identifier, a number, a person's name, or a text that nobody would give to a member.
    /// Its neighbours are names of the same map.
    Data,
}

/// Longest name that is one, in bytes; most figures in it.
const NAME_BYTES_MAX: usize = 64;
const NAME_FIGURES_MAX: usize = 2;
/// Longest word that is taken for an abbreviation beside ordinary words: `src_system`.
const ABBREVIATION_CHARS_MAX: usize = 3;

/// Judges a name by its `words` and by what `look` sees in a text; `None`: it cannot be looked through.
pub fn judge(name: &str, words: &[String], look: &mut dyn FnMut(&str) -> Option<Seen>) -> Judged {
    let figures = name.bytes().filter(u8::is_ascii_digit).count();
    // Figures of other scripts are somebody's number.
    let odd = |c: char| !(c.is_alphabetic() || c.is_ascii_digit() || " _-.$@:#()%".contains(c));
    if name.len() > NAME_BYTES_MAX
        || name.contains(odd)
        || figures > NAME_FIGURES_MAX
        || !name.contains(char::is_alphabetic)
    {
        return Judged::Data;
    }
    if is_vocabulary(words) {
        // Two letters and figures may be a short code of somebody's: `ab12`.
        let is_code = figures > 0 && words.iter().all(|word| word.chars().count() <= 2);
        return if is_code { Judged::Name } else { Judged::Plain };
    }
    // As it stands, and as a person would say it.
    let mut is_found = false;
    for text in [name, &Zeroizing::new(words.join(" "))] {
        match look(text) {
            // What cannot be looked through is not shown.
            None | Some(Seen::Identifier) => return Judged::Data,
            Some(Seen::Context) => is_found = true,
            Some(Seen::Nothing) => {}
        }
    }
    // Written as people write: a person's name is, a member's is not.
    let is_spoken = name.trim().contains(' ');
    let ordinary = |word: &String| is_vocabulary(std::slice::from_ref(word));
    let some_ordinary = words.iter().any(ordinary);
    let person = |word: &String| {
        let lists = lists(word);
        lists.names && !lists.words && !ordinary(word)
    };
    if words.iter().any(person) {
        return if is_spoken || !some_ordinary { Judged::Data } else { Judged::Doubt };
    }
    let short = |word: &String| word.chars().count() <= ABBREVIATION_CHARS_MAX;
    let is_plain = words.iter().any(|word| is_everybodys(word))
        && words.iter().all(|word| is_everybodys(word) || is_joint(word) || short(word));
    // Nor has a name a context: what every word says is more than what the tagger sees.
    if is_plain {
        return Judged::Plain;
    }
    let unknown = |word: &String| !ordinary(word) && word.chars().count() > ABBREVIATION_CHARS_MAX;
    let is_abbreviated = some_ordinary && !words.iter().any(unknown);
    if is_found && !is_abbreviated {
        // One word without a context may be anything.
        return if is_spoken { Judged::Data } else { Judged::Doubt };
    }
    Judged::Name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Aim, Known, Prose, detect, name_words};

    fn judged(name: &str) -> Judged {
        let (known, mut prose, mut out) = (Known::default(), Prose::default(), Vec::new());
        judge(name, &name_words(name), &mut |text| {
            detect(text, &known, Aim::Balanced, &mut prose, &mut out).ok()?;
            Some(Seen::of(&out))
        })
    }

    #[test]
    fn names_that_people_give_to_members_stay() {
        for name in [
            "patient_last_name",
            "REASONCODE",
            "TOTALCOST",
            "encounterClass",
            "src_system",
            "icd10",
            "adm_dt",
            "fin_nbr",
            "isSmoker",
            "valueCodeableConcept",
            "line1",
            "hba1cResult",
            "@type",
            "kafka_offset",
            "medication request",
            "DRIVERS",
            "meta",
            "partOf",
            "etl_load_dt",
            "resourceType",
        ] {
            assert!(matches!(judged(name), Judged::Plain | Judged::Name), "{name}");
        }
    }

    #[test]
    fn a_name_of_which_every_word_is_known_is_plain() {
        for name in ["status", "heartRate", "bodyWeight", "blood_pressure", "src_system", "icd10"] {
            assert_eq!(judged(name), Judged::Plain, "{name}");
        }
        for name in ["zorblax", "zorblax_id", "ab12", "grace", "Okafor", "q1", "x"] {
            assert_ne!(judged(name), Judged::Plain, "{name}");
        }
    }

    #[test]
    fn names_that_are_data_are_told() {
        for name in [
            "00123456",
            "MRN-12345",
            "1961-03-04",
            "Jane Smith",
            "Smith, Jane",
            "jane.canary@example.com",
            "555-0142",
            "Okafor",
            "(212) 555-0142",
            "V88451",
            "",
            " ",
            "a\u{1b}[31m",
            "it's",
            "$.a['x']",
            "x\"y",
            "room \u{ff12}\u{ff11}\u{ff19}\u{ff10}",
            "visit \u{662}\u{661}\u{669}\u{660}",
            "bed\u{b2}\u{b9}\u{b2}",
            "status\u{2461}\u{2460}\u{2468}",
        ] {
            assert_eq!(judged(name), Judged::Data, "{name}");
        }
        for name in ["okaforVisit", "gonzalez_id"] {
            assert_ne!(judged(name), Judged::Name, "{name}");
        }
    }
}
