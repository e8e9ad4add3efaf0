//! Layer `tagger`: names, places, organisations and numbers that their context gives away, by the
//! linear-chain model of `crates/weir-tagger`. What it is sure of in one place is then looked for in
//! the rest of the text.

use super::fold::Folded;
use super::transformer::Doubt;
use super::words::{is_abbreviation, is_cue, is_eponym_head, is_ordinary, is_score};
use super::{Finding, Layer, Written, beside, trimmed, widen};
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
const ENGLISH_WORDS: &[&str] = &[
    "and", "are", "at", "by", "call", "called", "dob", "for", "from", "had", "her", "his", "in",
    "is", "mrn", "not", "of", "on", "or", "patient", "per", "phone", "pt", "seen", "she", "the",
    "this", "to", "was", "were", "will", "with",
];
/// Those of Spanish that are in names and terms of other languages, and how many others say that a text is Spanish.
const IN_NAMES: &[&str] = &["de", "del", "el", "en", "la", "las", "los", "y"];
const BEYOND_NAMES_MIN: usize = 3;
/// Words of a text that tell its language.
const LANGUAGE_WORDS: usize = 400;

/// Chance of a name from which its parts are looked for in the rest of the text.
const SURE: f32 = 0.9;
/// The score of a name by the word beside it.
const BESIDE: f32 = 0.6;
/// Fewest letters of such a part.
const PART_LETTERS_MIN: usize = 3;
/// Fewest letters and digits of a number, and fewest digits among them.
const NUMBER_CHARS_MIN: usize = 4;
const NUMBER_DIGITS_MIN: usize = 3;
/// Most figures in a row of a measured value.
const VALUE_DIGITS_MAX: usize = 3;

/// Memory that is used again from text to text.
#[derive(Debug, Default)]
pub(super) struct Work {
    tagger: weir_tagger::Work,
    tagged: Vec<Tagged>,
    thresholds: Vec<f32>,
}

impl Work {
    /// From now on what is nothing, and something with at least this chance, is kept.
    pub(super) fn doubt_from(&mut self, chance: f32) {
        self.tagger.doubt_from(chance);
    }

    /// What might be something in the text that was looked at last.
    pub(super) fn doubts(&self) -> impl Iterator<Item = Doubt> {
        self.tagger.doubts().iter().map(|doubt| Doubt {
            span: Span { start: doubt.start, end: doubt.end },
            chance: doubt.chance,
        })
    }
}

/// What a class's threshold is multiplied with: figures that may be a date are one more often than a
/// capital is a name.
fn weight(class: Class) -> f32 {
    match class {
        Class::Date => 0.5,
        Class::UniqueId | Class::Zip | Class::Street => 0.7,
        _ => 1.0,
    }
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

/// Finds what has a chance above `threshold` to be something: by the model of its language, or by both where a text
/// does not say enough of itself.
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
    let language = language(folded);
    if language != Language::English {
        find_by(text, folded, threshold, true, work, out);
    }
    // Last: what is in doubt is the English model's to say, where it is asked.
    if language != Language::Spanish {
        find_by(text, folded, threshold, false, work, out);
    }
}

fn find_by(
    text: &str,
    folded: &Folded,
    threshold: f32,
    spanish: bool,
    work: &mut Work,
    out: &mut Vec<Finding>,
) {
    let model = if spanish { &*SPANISH } else { &*ENGLISH };
    let names = model.labels().names();
    work.thresholds.clear();
    work.thresholds.extend(names.iter().map(|kind| threshold * class(kind).map_or(1.0, weight)));
    weir_tagger::tag(model, text, &work.thresholds, &mut work.tagger, &mut work.tagged);
    let first = out.len();
    let mut sure: HashMap<&str, Class> = HashMap::new();
    for tagged in &work.tagged {
        let Some(class) = class(&names[usize::from(tagged.kind)]) else { continue };
        let Some(mut span) = trimmed(text, Span { start: tagged.start, end: tagged.end }) else {
            continue;
        };
        if spanish && class == Class::City {
            if let Some((digits, behind)) = weir_tagger::code_and_place(&text[span.range()]) {
                let start = span.start as usize;
                let code = Span::new(start, start + digits);
                out.push(finding(code, Class::Zip, tagged.score, "model"));
                let Some(behind) = behind else { continue };
                span.start += behind as u32;
            }
        } else if !spanish && !is_plausible(text, class, span, folded, out[first..].last()) {
            continue;
        }
        if !spanish {
            span = match class {
                Class::PersonName | Class::ProviderName => widen::name(text, folded, span),
                Class::Street => widen::street(text, span),
                _ => span,
            };
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
    let mut found = out[first..].iter().map(|finding| finding.span).collect::<Vec<_>>();
    found.sort_unstable_by_key(|span| span.start);
    if !spanish {
        beside::find(text, folded, |span, class, rule| {
            let at = found.partition_point(|one| one.end <= span.start);
            if found.get(at).is_none_or(|one| one.start >= span.end) {
                let named = is_name(class);
                let span = if named { widen::name(text, folded, span) } else { span };
                out.push(finding(span, class, BESIDE, rule));
            }
        });
    }
    if sure.is_empty() {
        return;
    }
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    English,
    Spanish,
    /// A few words of Spanish and hardly one of English: `Rosa de la Vega, CP` and `Roux-en-Y, en bloc` have them, too.
    Either,
}

/// What the words that tell say.
fn language(folded: &Folded) -> Language {
    let (mut spanish, mut english, mut beyond_names) = (0, 0, 0);
    for at in 0..folded.words().len().min(LANGUAGE_WORDS) {
        let word = folded.word(at);
        let is_spanish = SPANISH_WORDS.binary_search(&word).is_ok();
        spanish += usize::from(is_spanish);
        beyond_names += usize::from(is_spanish && !IN_NAMES.contains(&word));
        english += usize::from(ENGLISH_WORDS.binary_search(&word).is_ok());
    }
    match spanish > 2 * english + 1 {
        true if beyond_names >= BEYOND_NAMES_MIN => Language::Spanish,
        true => Language::Either,
        false => Language::English,
    }
}

fn is_name(class: Class) -> bool {
    matches!(class, Class::PersonName | Class::ProviderName)
}

/// Which lists a word is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lists {
    /// Given or family names, or names of places.
    pub names: bool,
    /// Ordinary or clinical words.
    pub words: bool,
}

/// The lists that a folded word, in lower case, is in.
pub fn lists(word: &str) -> Lists {
    let listed = Listed::of(word);
    let names = listed.given() > 0 || listed.family() > 0 || listed.is_place();
    Lists { names, words: is_vocabulary(word) || is_ordinary(word) }
}

/// A common word that is a rare name at most.
pub(super) fn is_common(word: &str) -> bool {
    let listed = Listed::of(word);
    listed.word() == 2 && listed.family() <= 1 && listed.given() <= 1
}

/// No word, no name and no abbreviation; `word` is folded.
pub(super) fn is_unlisted(word: &str) -> bool {
    Listed::of(word) == Listed::default() && !is_abbreviation(word)
}

/// An ordinary or clinical word, which elsewhere in the text may be just that.
pub(super) fn is_vocabulary(word: &str) -> bool {
    let listed = Listed::of(word);
    listed.word() > 0 || listed.is_clinical()
}

pub(super) fn words_in(folded: &Folded, span: Span) -> impl Iterator<Item = usize> {
    let from = folded.words().partition_point(|word| word.start < span.start);
    (from..folded.words().len()).take_while(move |&at| folded.words()[at].end <= span.end)
}

/// A place stands directly in front: one that was found, or a state's or a street's word.
fn behind_place(text: &str, span: Span, before: Option<&Finding>) -> bool {
    let is_place = |class| {
        matches!(class, Class::City | Class::State | Class::Country | Class::Street | Class::County)
    };
    if let Some(before) = before
        && is_place(before.class)
        && before.span.end <= span.start
        && text[before.span.end as usize..span.start as usize]
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | '^' | '|' | '-'))
    {
        return true;
    }
    let front = text[..span.start as usize].trim_end_matches([' ', ',', '.', '\n', '^', '\t']);
    let word = &front[front
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + front[at..].chars().next().map_or(1, char::len_utf8))..];
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
        || Listed::of(&word.to_lowercase()).is_place()
}

/// Five digits come next, and no more.
fn zip_follows(behind: &str) -> bool {
    let digits = behind.trim_start_matches([' ', ',', '.', '\n', '^', '\t']);
    digits.bytes().take_while(u8::is_ascii_digit).count() == 5
}

pub(super) fn is_plausible(
    text: &str,
    class: Class,
    span: Span,
    folded: &Folded,
    before: Option<&Finding>,
) -> bool {
    let value = &text[span.range()];
    match class {
        Class::UniqueId => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            // `GCT 134`, `140 (COVID-19`: a value behind its name.
            let parted = value.contains(char::is_whitespace) || value.contains('(');
            value.chars().filter(|c| c.is_alphanumeric()).count() >= NUMBER_CHARS_MIN
                && digits >= NUMBER_DIGITS_MIN
                && !(parted && is_value(value))
        }
        Class::Date => is_date(text, span),
        Class::Zip => {
            let figures = value.bytes().all(|b| b.is_ascii_digit());
            value.chars().any(|c| c.is_ascii_digit())
                // Four figures are a year: `MI 2017`.
                && !(figures && value.len() == 4)
                && behind_place(text, span, before)
        }
        // OK, HI and MS are words and findings as often.
        Class::State if value.len() == 2 => {
            behind_place(text, span, before) || zip_follows(&text[span.end as usize..])
        }
        Class::PersonName | Class::ProviderName => {
            let letters = value.chars().any(char::is_alphabetic);
            let last = words_in(folded, span).last();
            // A sign has one name, or two with a dash; who has a given name too is a person.
            let one = !value.contains(char::is_whitespace);
            letters
                // `Reynolds pentad`, `Graves orbitopathy`: the head is in it.
                && (one || has_cue(folded, span) || !last.is_some_and(|at| is_eponym_head(folded.word(at)) && !has_given(folded, span)))
                && !last.is_some_and(|last| {
                    one && has_head(text, folded, last) && !has_cue(folded, span)
                })
                && (!is_graded(value) || has_cue(folded, span))
        }
        _ => true,
    }
}

/// A frequent given name is in it: a person's name, whatever its last word is.
fn has_given(folded: &Folded, span: Span) -> bool {
    words_in(folded, span).any(|at| Listed::of(folded.word(at)).given() > 1)
}

/// Letters, and no more figures in a row than a measured value has.
fn is_value(text: &str) -> bool {
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    longest <= VALUE_DIGITS_MAX && text.chars().any(char::is_alphabetic)
}

/// One word and a Roman figure: `Ellis II` is a class of fractures; a person has a given name too.
fn is_graded(value: &str) -> bool {
    let mut words = value.split_whitespace();
    let (first, figure) = (words.next(), words.next());
    let roman = |word: &str| matches!(word, "I" | "II" | "III" | "IV" | "V" | "VI" | "Is");
    first.is_some_and(|first| !first.ends_with(','))
        && figure.is_some_and(roman)
        && words.next().is_none()
}

/// Beginnings of the words that make a date of what has letters.
const DATE_WORDS: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "spring",
    "summer",
    "autumn",
    "winter",
    "fall",
    "christ",
    "thanks",
    "new",
    "easter",
    "labor",
    "memorial",
    "indep",
    "veteran",
    "columb",
    "presid",
    "hallow",
    "valent",
    "mother",
    "father",
    "good",
    "yom",
    "rosh",
    "hanuk",
    "ramadan",
    "eid",
    "diwali",
    "july",
    "juneteenth",
    "mlk",
    "martin",
    "super",
    "passover",
    "ash",
    "palm",
    "boxing",
    "holiday",
    "day",
    "week",
    "month",
    "year",
    "quarter",
    "q1",
    "q2",
    "q3",
    "q4",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "lunar",
];

/// A date has a name in letters, or figures that can be one; a year alone is none.
pub(super) fn is_date(text: &str, span: Span) -> bool {
    let value = &text[span.range()];
    if value.chars().any(char::is_alphabetic) {
        let lower = value.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric()).map(|word| {
            // 4th, 14MAR, 2019s
            word.trim_start_matches(|c: char| c.is_ascii_digit())
        });
        let named = words.any(|word| DATE_WORDS.iter().any(|start| word.starts_with(start)))
            || lower.split(|c: char| !c.is_alphanumeric()).any(|word| DATE_WORDS.contains(&word));
        let figures = lower.split(|c: char| !c.is_ascii_digit());
        let year =
            |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let stamp = |word: &str| word.len() == 8 && year(&word[..4]);
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| lower.ends_with(end))
            && lower.starts_with("the ")
            && !text[span.end as usize..].trim_start().starts_with("percentile");
        let slashed = figures.clone().filter(|figure| !figure.is_empty()).count() >= 2;
        return named || ordinal || figures.clone().any(|f| year(f) || stamp(f)) && slashed;
    }
    if value.contains(['\t', '>', '<', '|']) {
        return false;
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
            let is_score = is_score(&word.to_lowercase());
            let of_a_year = |part: &str| part.len() == 4;
            !is_score
                && (in_range(month, 12) && (in_range(day, 31) || of_a_year(day))
                    || in_range(month, 31) && in_range(day, 12)
                    || of_a_year(month) && in_range(day, 12))
        }
        // Years have four figures at most, months and days two; one is a month, another a day.
        _ => {
            let at_most = |most: u32| {
                parts.iter().filter(move |part| part.parse().is_ok_and(|n: u32| n <= most)).count()
            };
            parts.iter().all(|part| part.len() <= 4)
                && (parts.len() != 3 || at_most(12) >= 1 && at_most(31) >= 2)
        }
    }
}

/// A title stands in front.
pub(super) fn has_cue(folded: &Folded, span: Span) -> bool {
    let at = folded.words().partition_point(|word| word.start < span.start);
    at > 0 && is_cue(folded.word(at - 1))
}

/// `Kellgren-Lawrence grade`, `Murphy's sign`: the word behind makes an eponym of it.
pub(super) fn has_head(text: &str, folded: &Folded, at: usize) -> bool {
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
    fn a_text_that_does_not_say_its_language_is_looked_at_by_both_models() {
        let mut folded = Folded::default();
        for (text, want) in [
            ("Seen by Dr. de la Cruz on rounds and sent to the ward", Language::English),
            ("Rosa de la Vega, CP, SOB", Language::Either),
            ("Roux-en-Y, colectomy, en bloc", Language::Either),
            ("Acude con dolor sin fiebre, por lo que se pide una TC", Language::Spanish),
        ] {
            folded.read(text);
            assert_eq!(language(&folded), want, "{text}");
        }
        for (text, name) in [
            ("Rosa de la Vega, CP, SOB", "Rosa de la Vega"),
            ("Linda Sanchez de novo AML, en bloc", "Linda Sanchez"),
            ("Maria Lopez con dolor, sin fiebre", "Maria Lopez"),
        ] {
            folded.read(text);
            let mut out = Vec::new();
            find(text, &folded, 0.4, &mut Work::default(), &mut out);
            assert!(out.iter().any(|one| &text[one.span.range()] == name), "{text}");
        }
    }

    #[test]
    fn a_year_beside_a_word_is_no_date() {
        let whole = |text: &str| is_date(text, Span::new(0, text.len()));
        for text in
            ["June 2012", "14MAR", "Christmas 2019", "the 4th", "11/2012 am", "20120304", "3/31/20"]
        {
            assert!(whole(text), "{text}");
        }
        for text in ["onset 2012", "FY2019", "about 98", "2012", "the 4th percentile", "40/40/20"] {
            assert!(!whole(text), "{text}");
        }
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
