//! Doubt: whether a text that nobody has declared holds more than what was found in it. Detection
//! finds what it knows; here the question is the reverse, whether what is left is surely nobody's.

use super::alias::{is_vocabulary, name_words};
use super::exempt;
use super::tagger::is_common;
use super::{Aim, Finding, Prose, lists};
use zeroize::Zeroizing;

/// Fewest digits in a row, and in groups beside each other, that may be somebody's number.
const DIGITS_MIN: usize = 5;
const JOINED_DIGITS_MIN: usize = 6;
/// A word of letters and digits is of nobody with at most so many digits (`T12`, `H1N1`), when it has
/// at most so many characters or is a known word with a number (`hba1c`, `covid19`).
const MIXED_DIGITS_MAX: usize = 2;
const MIXED_CHARS_MAX: usize = 4;
/// Fewest words that are a context for the tagger.
const PROSE_WORDS_MIN: usize = 5;
/// Longest word in capitals that is an abbreviation where it has a context.
const ABBREVIATION_CHARS_MAX: usize = 3;

/// Words that values of lists have in every record, though they are somebody's name or a place too.
const VALUES: &[&str] = &[
    "asian", "black", "blood", "cmh2o", "daily", "en", "english", "heart", "json", "male", "meq",
    "mosm", "n/a", "nmol", "no", "normal", "ok", "oral", "plain", "pmol", "severe", "signs",
    "spanish", "true", "ul", "umol", "us", "utc", "weekly",
];
/// Words that join others; one alone may be a name.
const JOINTS: &[&str] = &[
    "an", "as", "at", "be", "but", "by", "do", "for", "from", "he", "her", "his", "if", "in", "my",
    "not", "of", "on", "or", "she", "so", "than", "the", "this", "to", "up", "was", "we", "with",
];
/// Ages from which on a number with a letter (`92M`) may be one.
const OLD_AGES: std::ops::RangeInclusive<u32> = 90..=129;

/// Stands for what was found, and for codes and values.
const FOUND: char = '\u{1a}';

/// Whether something stands in `text` that none of `findings` covers and that detection cannot vouch
/// for. `prose` is what [`super::detect`] used on the same text; `findings` rise.
///
/// Doubtful are, outside of findings and of the codes, doses and values that `exempt` tells:
/// - digits: five in a row, or six in groups that stand beside each other;
/// - words of letters and digits with three digits, or longer than four characters;
/// - letters of other scripts than Latin, and characters that prose does not have;
/// - in a text of fewer than five words, or in one of which most are unknown, or where the policy
///   leaves the context out: every word that is not ordinary, or that is somebody's name too;
/// - in a longer text, where the tagger has looked: words with a capital that no list of words has.
pub fn is_doubtful(text: &str, aim: Aim, prose: &mut Prose, findings: &[Finding]) -> bool {
    let left = Zeroizing::new(left(text, prose, findings));
    if VALUES.binary_search(&lower(left.trim()).as_str()).is_ok() {
        return false;
    }
    if left.chars().any(is_odd) || has_number(&left) {
        return true;
    }
    let words: Vec<&str> = runs(&left).collect();
    if words.iter().any(|word| is_mixed(word)) {
        return true;
    }
    let letters = |word: &&&str| !word.chars().any(char::is_numeric);
    let words: Vec<&str> = words.iter().filter(letters).map(|word| without_s(word)).collect();
    let (single, words): (Vec<&str>, Vec<&str>) =
        words.into_iter().partition(|word| word.chars().nth(1).is_none());
    let known = words.iter().filter(|word| lists(&lower(word)).words).count();
    let is_prose = aim != Aim::Rules && words.len() >= PROSE_WORDS_MIN && 2 * known >= words.len();
    if is_prose {
        return words.iter().any(|word| is_strange(word));
    }
    // One letter is a group of blood or a sex; two are somebody's initials.
    let capitals = single.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let joints = words.iter().filter(|word| is_joint(word)).count();
    capitals > 1
        || joints > 0 && joints == words.len()
        || words.iter().filter(|word| !is_joint(word)).any(|word| !is_plain(word))
}

/// The normal form of a text, with what was found in it, and codes and values, made one character.
fn left(text: &str, prose: &mut Prose, findings: &[Finding]) -> String {
    let Prose { normal, work } = prose;
    let read = normal.text(text);
    work.exempt.clear();
    if read.bytes().any(|b| b.is_ascii_digit()) {
        exempt::spans(read, &mut work.codes, &mut work.exempt);
        // A number that only its neighbours or its check digit speak for is nobody's in prose alone.
        work.exempt.retain(|one| one.vouches(read));
    }
    let mut out = String::with_capacity(read.len());
    let (mut found, mut told) = (findings.iter().peekable(), work.exempt.iter().peekable());
    let mut told_until = 0;
    for (at, c) in read.char_indices() {
        let source = normal.source(crate::phi::Span::new(at, at + c.len_utf8()));
        while found.peek().is_some_and(|one| one.span.end <= source.start) {
            found.next();
        }
        while let Some(one) = told.next_if(|one| one.span.start as usize <= at) {
            told_until = told_until.max(one.span.end as usize);
        }
        let is_found = found.peek().is_some_and(|one| one.span.start < source.end);
        out.push(if is_found || at < told_until { FOUND } else { c });
    }
    out
}

/// A character that prose does not have: what it hides is not known.
fn is_odd(c: char) -> bool {
    let symbol = "\u{b0}\u{b1}\u{b2}\u{b3}\u{b5}\u{b7}\u{d7}\u{bc}\u{bd}\u{be}\u{ae}\u{a7}\u{20ac}\
                  \u{2264}\u{2265}\u{2260}\u{2248}\u{2192}\u{2191}\u{2193}\u{2190}\u{2022}\u{2026}\
                  \u{2013}\u{2014}\u{2018}\u{2019}\u{201c}\u{201d}\u{2122}\u{221e}\u{2212}";
    !(c.is_ascii() && (!c.is_ascii_control() || "\t\n\r".contains(c) || c == FOUND)
        || c.is_alphabetic()
        || unicode_normalization::char::is_combining_mark(c)
        || symbol.contains(c))
}

/// Digits in a row, or in groups with no more than separators between them.
fn has_number(text: &str) -> bool {
    let (mut row, mut joined) = (0, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let listed = matches!(c, ',' | ':') && chars.peek().is_some_and(|next| *next == ' ');
        match c {
            _ if c.is_numeric() => (row, joined) = (row + 1, joined + 1),
            _ if !listed && " -./_,:()+#\u{2013}\u{2014}\u{2212}".contains(c) => row = 0,
            _ => (row, joined) = (0, 0),
        }
        if row >= DIGITS_MIN || joined >= JOINED_DIGITS_MIN {
            return true;
        }
    }
    false
}

/// Runs of letters, digits, marks on letters, and apostrophes inside.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| {
        c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\'' | '\u{2019}')
    };
    let runs = text.split(move |c: char| !inside(c));
    runs.map(|run| run.trim_matches(['\'', '\u{2019}'])).filter(|run| !run.is_empty())
}

fn without_s(word: &str) -> &str {
    let ends = ["'s", "'S", "\u{2019}s", "\u{2019}S"];
    ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

fn lower(word: &str) -> Zeroizing<String> {
    Zeroizing::new(word.to_lowercase())
}

/// It is an ordinary word, or every part of it is, and nobody's name, but for a rare one.
fn is_plain(word: &str) -> bool {
    let parts = Zeroizing::new(name_words(word));
    is_everybodys(&lower(word))
        || !parts.is_empty()
            && parts.iter().all(|part| is_joint(part) || is_everybodys(part))
            && !parts.iter().all(|part| is_joint(part))
}

/// An ordinary word, in lower case, that is nobody's name, but for a rare one.
pub(super) fn is_everybodys(word: &str) -> bool {
    VALUES.binary_search(&word).is_ok()
        || is_common(word)
        || is_vocabulary(&Zeroizing::new(vec![word.to_string()]))
}

/// A word that joins others.
pub(super) fn is_joint(word: &str) -> bool {
    JOINTS.binary_search(&word).is_ok()
}

/// Letters and digits that are too many for a measure, a vertebra or a vitamin.
fn is_mixed(word: &str) -> bool {
    let digits = word.chars().filter(|c| c.is_numeric()).count();
    let (chars, letters) = (word.chars().count(), word.chars().any(char::is_alphabetic));
    let number = word.chars().filter_map(|c| c.to_digit(10));
    let number = number.fold(0u32, |number, digit| number.saturating_mul(10).saturating_add(digit));
    letters
        && digits > 0
        && (digits > MIXED_DIGITS_MAX
            || OLD_AGES.contains(&number)
            || chars > MIXED_CHARS_MAX && !is_plain(word))
}

/// What the tagger should have known and did not: a word with a capital that no list of words has, or
/// one that it cannot read.
fn is_strange(word: &str) -> bool {
    let capital = word.contains(char::is_uppercase);
    let short = word.chars().count() <= ABBREVIATION_CHARS_MAX;
    let abbreviation = short && word.chars().all(char::is_uppercase);
    !word.chars().all(is_latin)
        || capital && !abbreviation && !lists(&lower(word)).words && !is_plain(word)
}

fn is_latin(c: char) -> bool {
    !c.is_alphabetic()
        || matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Known, detect};

    fn doubtful(text: &str, aim: Aim) -> bool {
        let (mut prose, mut out) = (Prose::default(), Vec::new());
        detect(text, &Known::default(), aim, &mut prose, &mut out).expect("cheap");
        is_doubtful(text, aim, &mut prose, &out)
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(VALUES.is_sorted() && JOINTS.is_sorted());
    }

    #[test]
    fn what_is_surely_nobodys_stands() {
        for text in [
            "",
            " ",
            "active",
            "FINAL",
            "in progress",
            "in_progress",
            "entered-in-error",
            "inProgress",
            "hba1c",
            "HbA1c",
            "T12",
            "seen by",
            "left arm",
            "v1.2",
            "10*3/uL",
            "M",
            "120/80",
            "7.2",
            "500 mg",
            "ICD-10: E11.9",
            "LOINC 4548-4",
            "08:30",
            "The patient reports chest pain and mild fever since the morning.",
            "BP 120/80, HR 98, blood glucose stable, metformin 500 mg twice a day.",
        ] {
            assert!(!doubtful(text, Aim::Balanced), "{text}");
        }
    }

    #[test]
    fn what_may_be_somebodys_is_doubtful() {
        for text in [
            "Okafor",
            "okafor",
            "Grace",
            "grace",
            "Zblewski",
            "zblewski",
            "J S",
            "do",
            "92M",
            "12345",
            "12-34-56",
            "12 34 56",
            "room 412B",
            "kx9-22z7",
            "aB3xY9",
            "\u{738b}\u{4f1f}",
            "\u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}",
            "active \u{1f600}",
            "&#49;&#50;&#51;&#52;&#53;&#54;",
            "12345, 67890",
            "12345-678-90",
            "44054006",
            "(219099987-1)",
            "dx 44710 23958 21909 99871",
            "c.2125550142",
            "rs2125550142",
            "219/09/99/87",
            "V8845",
            "Mason Allen room 2",
            "Weber c/o pain 3 days",
            "HALL general room 2",
            "West Haven 2",
            "the patient reports pain and fever since aGVsbG9Xb3JsZA",
            "the patient reports pain and fever since \u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}",
        ] {
            let mut prose = Prose::default();
            detect(text, &Known::default(), Aim::Rules, &mut prose, &mut Vec::new())
                .expect("cheap");
            assert!(is_doubtful(text, Aim::Balanced, &mut prose, &[]), "{text}");
        }
    }

    #[test]
    fn what_was_found_is_no_doubt_and_what_stands_beside_it_is() {
        for (text, want) in [
            ("seen on 2026-01-05", false),
            ("jane@example.com", false),
            ("(212) 555-0142", false),
            ("(212) 555-0142 Okafor", true),
            ("219-09-9987 or 77-51-93", true),
        ] {
            assert_eq!(doubtful(text, Aim::Rules), want, "{text}");
        }
    }

    #[test]
    fn without_the_context_every_word_has_to_be_known() {
        let text = "The patient reports chest pain and mild fever with Zblewski today.";
        assert!(doubtful(text, Aim::Rules));
        let text = "chest pain and mild fever and zblewski";
        assert!(doubtful(text, Aim::Rules));
        assert!(!doubtful("chest pain and mild fever and zblewskitis", Aim::Balanced));
    }
}
