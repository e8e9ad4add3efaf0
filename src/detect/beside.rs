//! Words that one word beside them makes a name: `sister Xanbeth`, `Zelvira denies`, `lives nearby in Ravenmere`. The
//! model goes by what it has seen of a word; of one in no list it has seen nothing.

use super::fold::Folded;
use super::tagger::{has_head, is_vocabulary};
use super::words::{is_cue, is_loud, is_relative};
use crate::phi::{Class, Span};
use weir_tagger::Listed;

/// Words in front of a word of residence that it may stand from the place.
const RESIDENCE_WORDS: usize = 8;
/// Shortest word in no list that is taken for a name, with a capital and without.
const UPPER_CHARS_MIN: usize = 3;
const LOWER_CHARS_MIN: usize = 6;

/// Shortest name that a family is called by.
const FAMILY_CHARS_MIN: usize = 4;

/// What only a person does, behind the name.
fn is_said(word: &str) -> bool {
    matches!(word, "denies" | "endorses" | "reports" | "verbalized" | "verbalizes")
}

/// A word that says where someone is at home, or goes.
fn is_residence(word: &str) -> bool {
    matches!(
        word,
        "born"
            | "flying"
            | "grew"
            | "home"
            | "left"
            | "live"
            | "lived"
            | "lives"
            | "living"
            | "moved"
            | "moving"
            | "nearby"
            | "relocated"
            | "resides"
            | "residing"
            | "traveled"
            | "visiting"
    )
}

/// The second word of many a place.
fn is_place_end(word: &str) -> bool {
    matches!(
        word,
        "beach"
            | "city"
            | "creek"
            | "falls"
            | "grove"
            | "harbor"
            | "heights"
            | "hills"
            | "hollow"
            | "lake"
            | "point"
            | "springs"
            | "valley"
            | "village"
    )
}

/// Calls `found` with each such name and the rule that it goes by.
pub(super) fn find(text: &str, folded: &Folded, mut found: impl FnMut(Span, Class, &'static str)) {
    let words = folded.words();
    let between = |at: usize| &text[words[at - 1].end as usize..words[at].start as usize];
    let span = |first: usize, last: usize| Span { start: words[first].start, end: words[last].end };
    for at in 0..words.len() {
        let word = folded.word(at);
        if is_relative(word) && at + 1 < words.len() && matches!(between(at + 1), " " | ", " | " (")
        {
            let next = at + 1;
            // A comma or bracket parts more than a name from its relative.
            let near = between(next) == " ";
            let named = near
                && !is_loud(&text[words[next].start as usize..words[next].end as usize])
                && names_one(folded, next);
            if named || is_unknown(folded, next) && (near || words[next].upper) {
                found(span(next, next), Class::PersonName, "name behind a relative or role");
            }
        }
        if let Some(class) = title(word)
            && at + 1 < words.len()
            && is_titled(text, folded, at)
        {
            found(span(at + 1, at + 1), class, "name behind a title");
        }
        if at > 0 && is_said(word) && between(at) == " " && names_one(folded, at - 1) {
            found(span(at - 1, at - 1), Class::PersonName, "name of one who says something");
        }
        if word == "the"
            && at + 1 < words.len()
            && between(at + 1) == " "
            && is_family(text, folded, at + 1)
        {
            found(span(at + 1, at + 1), Class::PersonName, "name of a family");
        }
        if word == "is"
            && at > 0
            && is_age(text, words[at].end)
            && between(at) == " "
            && names_one(folded, at - 1)
        {
            found(span(at - 1, at - 1), Class::PersonName, "name in front of an age");
        }
        let next = at + 1;
        if matches!(word, "in" | "to" | "from" | "near" | "left")
            && next < words.len()
            && matches!(between(next), " " | "\n" | "\r\n")
            && is_place(folded, next)
            && (at.saturating_sub(RESIDENCE_WORDS)..=at).any(|n| is_residence(folded.word(n)))
        {
            let more = next + 1 < words.len() && between(next + 1) == " ";
            let last = if more && is_place_end(folded.word(next + 1)) { next + 1 } else { next };
            found(span(next, last), Class::City, "place of residence");
        }
    }
}

/// Titles, and who bears them.
fn title(word: &str) -> Option<Class> {
    Some(match word {
        "dr" | "doctor" | "prof" | "professor" => Class::ProviderName,
        "mr" | "mrs" | "ms" | "miss" | "mx" => Class::PersonName,
        _ => return None,
    })
}

/// A name stands behind the title at `at`, whatever word it is elsewhere: `Dr. Rash`, `Ms Page`. In capitals without a
/// point, `MS` and `DR` are something else as often.
fn is_titled(text: &str, folded: &Folded, at: usize) -> bool {
    let words = folded.words();
    let next = &words[at + 1];
    let gap = &text[words[at].end as usize..next.start as usize];
    let heading = gap.contains('\n') && text[next.end as usize..].starts_with(':');
    let point = gap.starts_with('.');
    let apart = matches!(gap.strip_prefix('.').unwrap_or(gap), " " | "\n" | "\r\n");
    let word = is_vocabulary(folded.word(at + 1));
    let raw = |at: usize| &text[words[at].start as usize..words[at].end as usize];
    apart
        && next.upper
        && !next.single
        && !heading
        && folded.word(at + 1).bytes().all(|b| !b.is_ascii_digit())
        && (point || !(is_loud(raw(at)) || word && is_loud(raw(at + 1))))
}

/// In no list, and no abbreviation.
fn is_unknown(folded: &Folded, at: usize) -> bool {
    let word = folded.word(at);
    let least = if folded.words()[at].upper { UPPER_CHARS_MIN } else { LOWER_CHARS_MIN };
    word.len() >= least
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && Listed::of(word) == Listed::default()
        && !is_cue(word)
}

/// Stands where a name stands, and may be one; beside what only persons do, an ordinary word with a capital
/// is one too (`Hope denies`).
fn names_one(folded: &Folded, at: usize) -> bool {
    let listed = Listed::of(folded.word(at));
    let named = listed.given() > 0 || listed.family() > 0;
    let common = listed.word() > 1 || listed.is_clinical();
    is_unknown(folded, at)
        || folded.words()[at].upper
            && named
            && !is_cue(folded.word(at))
            && (!common || listed.given() > 1)
}

/// The name of more than one: `the Hendersons`.
fn is_family(text: &str, folded: &Folded, at: usize) -> bool {
    let word = folded.word(at);
    let is_word = |word: &str| Listed::of(word).word() > 0 || Listed::of(word).is_clinical();
    folded.words()[at].upper
        && !is_word(word)
        && !Listed::of(word).is_place()
        && !has_head(text, folded, at)
        && word.strip_suffix('s').is_some_and(|one| {
            one.len() >= FAMILY_CHARS_MIN && Listed::of(one).family() > 0 && !is_word(one)
        })
}

/// A place of the lists, or in no list.
fn is_place(folded: &Folded, at: usize) -> bool {
    let listed = Listed::of(folded.word(at));
    let word = listed.word() > 0 || listed.is_clinical() || is_cue(folded.word(at));
    is_unknown(folded, at) || folded.words()[at].upper && listed.is_place() && !word
}

/// ` a 43-year-old`, ` an 87 y.o.`, ` 96;` comes next.
fn is_age(text: &str, end: u32) -> bool {
    let behind = &text[end as usize..];
    let figures = |behind: &str| behind.bytes().take_while(u8::is_ascii_digit).count();
    let article = [" a ", " an "].iter().find_map(|article| {
        behind.get(..article.len()).filter(|front| front.eq_ignore_ascii_case(article))
    });
    match article {
        Some(article) => {
            let behind = &behind[article.len()..];
            let digits = figures(behind);
            let unit = behind[digits..].trim_start_matches([' ', '-']);
            let is = |unit_of: &str| {
                unit.get(..unit_of.len()).is_some_and(|front| front.eq_ignore_ascii_case(unit_of))
            };
            (1..=3).contains(&digits)
                && ["y", "month", "mo", "week", "wk", "day"].iter().any(|unit_of| is(unit_of))
        }
        None => {
            let digits = figures(behind.strip_prefix(' ').unwrap_or(""));
            (2..=3).contains(&digits)
                && matches!(behind.as_bytes().get(1 + digits), Some(b';' | b','))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_beside_it_makes_a_name() {
        for (text, want) in [
            ("with rn Caltunique wound", &["Caltunique"][..]),
            ("sister xanbeth healthy, wife Crukebeth rides", &["xanbeth", "Crukebeth"]),
            ("her niece (Nduminvin) called", &["Nduminvin"]),
            ("Zelvira denies pain; Hope denies it", &["Zelvira", "Hope"]),
            ("Xankeric is an 87-year-old F here. COLE IS 96; seen", &["Xankeric", "COLE"]),
            ("her son lives nearby in Ravenmere.", &["Ravenmere"]),
            ("Murray left Larkmoor Hollow at 2", &["Larkmoor Hollow"]),
            ("Dear Ms. Down: seen by Dr.\nRash and Dr Whipple", &["Down", "Rash", "Whipple"]),
            ("wife Hope can drive", &["Hope"]),
            ("the Hendersons brought her", &["Hendersons"]),
            ("the Whites of her eyes, the hendersons, the Wilsons disease protocol", &[]),
            ("MS CONTIN 15 mg, Dr. 2 will; ms contin; Dr.\nPlan: rest", &[]),
            ("Patient denies pain. She is a 40-year-old.", &[]),
            ("mother had cancer, sister is well; husband reports it", &[]),
            ("CT is a 64-slice; troponin is 92, high", &[]),
            ("left knee pain in extension, lives in a house", &[]),
        ] {
            let mut folded = Folded::default();
            folded.read(text);
            let mut out = Vec::new();
            find(text, &folded, |span, _, _| out.push(&text[span.range()]));
            assert_eq!(out, want, "{text}");
        }
    }
}
