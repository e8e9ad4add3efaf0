//! Layer `tagger`: names, places, organisations and numbers that their context gives away, by the
//! linear-chain model of `crates/weir-tagger`. What it is sure of in one place is then looked for in
//! the rest of the text.

use super::fold::Folded;
use super::words::{is_cue, is_eponym_head, is_ordinary};
use super::{Finding, Layer, Written};
use crate::phi::{Class, Span};
use std::collections::HashMap;
use std::sync::LazyLock;
use weir_tagger::{Listed, Model, Tagged};

static ENGLISH: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_bytes!("../../crates/weir-tagger/models/english.bin"))
        .expect("the model is a constant, and tested")
});

static SPANISH: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_bytes!("../../crates/weir-tagger/models/spanish.bin"))
        .expect("the model is a constant, and tested")
});

/// Words of Spanish and of English that are in no other of the two, and frequent.
const SPANISH_WORDS: &[&str] =
    &["con", "de", "del", "el", "en", "la", "las", "los", "por", "que", "se", "sin", "una", "y"];
const ENGLISH_WORDS: &[&str] =
    &["and", "at", "for", "from", "in", "is", "of", "on", "the", "to", "was", "with"];
/// Words of a text that tell its language.
const LANGUAGE_WORDS: usize = 400;

/// Chance of a name from which its parts are looked for in the rest of the text.
const SURE: f32 = 0.9;
/// Fewest letters of such a part.
const PART_LETTERS_MIN: usize = 3;
/// Fewest letters and digits of a number, and fewest digits among them.
const NUMBER_CHARS_MIN: usize = 4;
const NUMBER_DIGITS_MIN: usize = 3;

/// Memory that is used again from text to text.
#[derive(Debug, Default)]
pub(super) struct Work {
    tagger: weir_tagger::Work,
    tagged: Vec<Tagged>,
}

/// The class of a kind of the model.
fn class(kind: &str) -> Option<Class> {
    Some(match kind {
        "name" => Class::PersonName,
        "provider" => Class::ProviderName,
        "org" => Class::Organization,
        "street" => Class::Street,
        "city" => Class::City,
        "region" => Class::State,
        "zip" => Class::Zip,
        "date" => Class::Date,
        "number" => Class::UniqueId,
        "place" => Class::City,
        "country" => Class::Country,
        "age" => Class::Age,
        "sex" => Class::Sex,
        "email" => Class::Email,
        "phone" => Class::Phone,
        "fax" => Class::Fax,
        "license" => Class::License,
        _ => return None,
    })
}

/// Finds what has a chance above `threshold` to be something.
pub(super) fn find(
    text: &str,
    folded: &Folded,
    threshold: f32,
    work: &mut Work,
    out: &mut Vec<Finding>,
) {
    if is_foreign(text) {
        return;
    }
    let spanish = is_spanish(folded);
    let model = if spanish { &*SPANISH } else { &*ENGLISH };
    weir_tagger::tag(model, text, threshold, &mut work.tagger, &mut work.tagged);
    let first = out.len();
    let mut sure: HashMap<&str, Class> = HashMap::new();
    for tagged in &work.tagged {
        let names = model.labels().names();
        let Some(class) = class(&names[usize::from(tagged.kind)]) else { continue };
        let Some(mut span) = trimmed(text, tagged.start as usize, tagged.end as usize) else {
            continue;
        };
        if spanish && class == Class::City {
            // MEDDOCAN's territories are postal codes too: `28046 Madrid` is two.
            let value = &text[span.range()];
            let digits = value.bytes().take_while(u8::is_ascii_digit).count();
            let code = Span::new(span.start as usize, span.start as usize + digits);
            if digits > 0 {
                out.push(finding(code, Class::Zip, tagged.score, "model"));
                let behind = value[digits..].find(char::is_alphanumeric);
                let Some(behind) = behind else { continue };
                span.start = code.end + behind as u32;
            }
        } else if !spanish && !is_plausible(text, class, span, folded) {
            continue;
        }
        out.push(finding(span, class, tagged.score, "model"));
        if is_name(class) && tagged.score >= SURE {
            for at in words_in(folded, span) {
                let word = folded.word(at);
                let plain = is_ordinary(word) || is_vocabulary(word);
                if folded.words()[at].upper && word.chars().count() >= PART_LETTERS_MIN && !plain {
                    sure.entry(word).or_insert(class);
                }
            }
        }
    }
    if sure.is_empty() {
        return;
    }
    let found = out[first..].iter().map(|finding| finding.span).collect::<Vec<_>>();
    let mut next = found.iter().peekable();
    for (at, word) in folded.words().iter().enumerate() {
        while next.peek().is_some_and(|span| span.end <= word.start) {
            next.next();
        }
        let covered = next.peek().is_some_and(|span| span.start < word.end);
        if covered || !word.upper {
            continue;
        }
        if let Some(&class) = sure.get(folded.word(at))
            && !has_head(text, folded, at)
        {
            let span = Span { start: word.start, end: word.end };
            out.push(finding(span, class, SURE, "name seen elsewhere in the text"));
        }
    }
}

fn finding(span: Span, class: Class, score: f32, rule: &'static str) -> Finding {
    let written = Written::Whole;
    Finding { span, class, layer: Layer::Tagger, known: None, score, rule, written }
}

/// Most letters are of no alphabet that a model has seen: what it would say is chance.
fn is_foreign(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let latin = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let (mut letters, mut foreign) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        foreign += usize::from(!latin(c));
    }
    foreign * 2 > letters
}

/// Whether the words that tell say Spanish.
fn is_spanish(folded: &Folded) -> bool {
    let (mut spanish, mut english) = (0, 0);
    for at in 0..folded.words().len().min(LANGUAGE_WORDS) {
        let word = folded.word(at);
        spanish += usize::from(SPANISH_WORDS.binary_search(&word).is_ok());
        english += usize::from(ENGLISH_WORDS.binary_search(&word).is_ok());
    }
    spanish > 2 * english + 1
}

fn is_name(class: Class) -> bool {
    matches!(class, Class::PersonName | Class::ProviderName)
}

/// An ordinary or clinical word, which elsewhere in the text may be just that.
fn is_vocabulary(word: &str) -> bool {
    let listed = Listed::of(word);
    listed.word() > 0 || listed.is_clinical()
}

/// The span without marks and white space at its ends.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let inside = &text[start..end];
    let front = inside.find(char::is_alphanumeric)?;
    let back = inside.rfind(char::is_alphanumeric)?;
    let last = inside[back..].chars().next().map_or(1, char::len_utf8);
    Some(Span::new(start + front, start + back + last))
}

fn words_in(folded: &Folded, span: Span) -> impl Iterator<Item = usize> {
    let from = folded.words().partition_point(|word| word.start < span.start);
    (from..folded.words().len()).take_while(move |&at| folded.words()[at].end <= span.end)
}

fn is_plausible(text: &str, class: Class, span: Span, folded: &Folded) -> bool {
    let value = &text[span.range()];
    match class {
        Class::UniqueId => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            value.chars().filter(|c| c.is_alphanumeric()).count() >= NUMBER_CHARS_MIN
                && digits >= NUMBER_DIGITS_MIN
        }
        Class::Date => is_date(text, span),
        Class::Zip => {
            let before = text[..span.start as usize].trim_end().chars().next_back();
            let behind_place = before.is_some_and(|c| c.is_alphabetic() || matches!(c, ',' | '.'));
            behind_place && value.chars().any(|c| c.is_ascii_digit())
        }
        Class::PersonName | Class::ProviderName => {
            let letters = value.chars().any(char::is_alphabetic);
            let last = words_in(folded, span).last();
            // A sign has one name, or two with a dash; who has a given name too is a person.
            let one = !value.contains(char::is_whitespace);
            letters
                && !last.is_some_and(|last| {
                    one && has_head(text, folded, last) && !has_cue(folded, span)
                })
        }
        _ => true,
    }
}

/// Words before a fraction that is a score: `apgars 8/9`, `naming 24/30`.
const SCORES: &[&str] = &[
    "apgar",
    "apgars",
    "assessment",
    "grade",
    "moca",
    "mmse",
    "naming",
    "orientation",
    "pain",
    "recall",
    "scale",
    "score",
    "scores",
    "strength",
    "vas",
];

/// A date has a name in letters, or figures that can be one; a year alone is none.
fn is_date(text: &str, span: Span) -> bool {
    let value = &text[span.range()];
    if value.chars().any(char::is_alphabetic) {
        return value.chars().any(|c| c.is_ascii_digit()) || value.chars().count() > 3;
    }
    let parts: Vec<&str> =
        value.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    match parts[..] {
        [whole] => whole.len() == 8 && (whole.starts_with("19") || whole.starts_with("20")),
        [month, day] => {
            let in_range =
                |part: &str, most: u32| part.parse().is_ok_and(|n: u32| (1..=most).contains(&n));
            let before = text[..span.start as usize].trim_end();
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let is_score = SCORES.contains(&word.to_lowercase().as_str());
            let of_a_year = |part: &str| part.len() == 4;
            !is_score
                && (in_range(month, 12) && (in_range(day, 31) || of_a_year(day))
                    || in_range(month, 31) && in_range(day, 12)
                    || of_a_year(month) && in_range(day, 12))
        }
        _ => true,
    }
}

/// A title stands in front.
fn has_cue(folded: &Folded, span: Span) -> bool {
    let at = folded.words().partition_point(|word| word.start < span.start);
    at > 0 && is_cue(folded.word(at - 1))
}

/// `Kellgren-Lawrence grade`, `Murphy's sign`: the word behind makes an eponym of it.
fn has_head(text: &str, folded: &Folded, at: usize) -> bool {
    folded.behind(text, at).is_some_and(|(gap, head)| {
        // Not over the end of a line: a heading follows there.
        matches!(gap, " " | "-" | "\u{a0}") && is_eponym_head(head)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Class)> {
        let mut folded = Folded::default();
        folded.read(text);
        let mut out = Vec::new();
        find(text, &folded, 0.3, &mut Work::default(), &mut out);
        out.sort_by_key(|finding| finding.span.start);
        out.iter().map(|finding| (&text[finding.span.range()], finding.class)).collect()
    }

    #[test]
    fn the_model_has_a_class_for_each_kind() {
        for kind in ENGLISH.labels().names().iter().chain(SPANISH.labels().names()) {
            assert!(class(kind).is_some(), "{kind}");
        }
        assert!(SPANISH_WORDS.is_sorted() && ENGLISH_WORDS.is_sorted());
    }

    #[test]
    fn what_follows_a_whole_name_makes_no_eponym_of_it() {
        for text in [
            "Attending: Robert Adler\nProcedure: colonoscopy",
            "Spoke with Karen Hall test results pending",
        ] {
            let name = if text.contains("Adler") { "Robert Adler" } else { "Karen Hall" };
            assert!(found(text).iter().any(|(value, _)| *value == name), "{:?}", found(text));
        }
    }

    #[test]
    fn spanish_has_a_model_of_its_own() {
        let text = "Datos del paciente.\nNombre: Iker.\nApellidos: Zubizarreta Landa.\nNHC: 4458120.\n                    Domicilio: Calle de la Ribera 14, 3\u{ba} izq.\nLocalidad/ Provincia: Bilbao.\nCP: 48005.\n                    Paciente de 61 a\u{f1}os que acude a la consulta por dolor en el costado.";
        let found = found(text);
        for want in [
            ("Iker", Class::PersonName),
            ("Zubizarreta Landa", Class::PersonName),
            ("Bilbao", Class::City),
            ("48005", Class::Zip),
            ("61 a\u{f1}os", Class::Age),
        ] {
            assert!(found.contains(&want), "{want:?} in {found:?}");
        }
    }

    #[test]
    fn names_in_prose_are_found_and_looked_for_again() {
        let text = "Mr. Okonkwo-Reyes was seen by Dr. Ilse Varga. Okonkwo-Reyes has Crohn's disease \
                    and a positive Murphy's sign; metformin 500 mg was stopped.";
        let found = found(text);
        assert_eq!(
            found.iter().filter(|(name, _)| name.contains("Okonkwo")).count(),
            2,
            "{found:?}"
        );
        assert!(found.contains(&("Ilse Varga", Class::ProviderName)), "{found:?}");
        assert!(!found.iter().any(|(name, _)| ["Crohn", "Murphy"].contains(name)), "{found:?}");
    }
}
