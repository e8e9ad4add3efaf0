//! What belongs to something that the tagger found and stands directly beside it: the given name in front of a
//! family name, initials, `III`, the number in front of a street. Half a name or address left is one left.

use super::fold::Folded;
use super::words::{is_cue, is_loud};
use crate::phi::Span;
use weir_tagger::Listed;

/// Words that a name is made longer by, at most, on either side.
const WORDS_MAX: usize = 3;
/// Shortest word in no list that is taken for a name, in characters.
const UNKNOWN_CHARS_MIN: usize = 3;
/// Likewise, in lower case, where abbreviations abound.
const UNKNOWN_LOWER_CHARS_MIN: usize = 5;

/// Longest abbreviation in capitals.
const ABBREVIATION_CHARS_MAX: usize = 4;

/// Words that a single letter behind them belongs to: `hepatitis B`.
const LETTERED: &[&str] = &[
    "bed",
    "case",
    "category",
    "class",
    "factor",
    "grade",
    "group",
    "hepatitis",
    "level",
    "part",
    "phase",
    "room",
    "section",
    "stage",
    "tier",
    "type",
    "unit",
    "vitamin",
    "ward",
];

/// A word beside a name.
struct Beside<'a> {
    raw: &'a str,
    listed: Listed,
    cue: bool,
    upper: bool,
    /// What stands between it and the name.
    gap: &'a str,
}

impl Beside<'_> {
    fn is_initial(&self) -> bool {
        self.raw.len() == 1 && self.raw.bytes().all(|b| b.is_ascii_uppercase())
    }

    /// A given name, and nothing else where everything is in capitals or nothing is.
    fn is_given(&self) -> bool {
        let loud = self.raw.len() > 1 && !self.raw.chars().any(char::is_lowercase);
        let word = self.listed.word() > 0 || self.listed.is_clinical();
        self.listed.given() > 0 && !self.cue && (!word || self.upper && !loud)
    }

    /// In no list, and no abbreviation.
    fn is_unknown(&self) -> bool {
        let least = if self.upper { UNKNOWN_CHARS_MIN } else { UNKNOWN_LOWER_CHARS_MIN };
        self.listed == Listed::default() && !self.cue && self.raw.chars().count() >= least
    }

    /// A family name, or in no list at all, and no other word.
    fn is_family(&self, eponyms: bool) -> bool {
        let word = self.listed.word() > 0 || self.listed.is_clinical() && !eponyms;
        self.upper && !self.cue && (self.is_unknown() || self.listed.family() > 0 && !word)
    }

    /// A family name in capitals, and no abbreviation: `Josef NIGHTINGALE`.
    fn is_loud_family(&self) -> bool {
        !self.cue
            && !self.listed.is_clinical()
            && self.raw.len() > ABBREVIATION_CHARS_MAX
            && (self.listed.family() > 0 || self.listed == Listed::default())
    }

    fn is_alphabetic(&self) -> bool {
        self.raw.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '\u{2019}'))
    }
}

/// A name with the parts of it that stand beside it.
pub(super) fn name(text: &str, folded: &Folded, mut span: Span) -> Span {
    // Keli'i: what is behind the apostrophe is no possessive.
    if let Some(rest) = text[span.end as usize..].strip_prefix('\'') {
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if letters > 0 && !rest[..letters].eq_ignore_ascii_case("s") {
            span.end += 1 + letters as u32;
        }
    }
    let words = folded.words();
    let mut first = words.partition_point(|word| word.start < span.start);
    let mut last = words.partition_point(|word| word.end <= span.end);
    if first >= last {
        return span;
    }
    let beside = |at: usize, gap: std::ops::Range<u32>| {
        let word = &words[at];
        Some(Beside {
            raw: &text[word.start as usize..word.end as usize],
            listed: Listed::of(folded.word(at)),
            cue: is_cue(folded.word(at)),
            upper: word.upper,
            // None where a name ends inside a word.
            gap: text.get(gap.start as usize..gap.end as usize)?,
        })
    };
    let is_one = |first: usize, last: usize| {
        // Two with a dash are one: `Vasquez-Thorne`.
        let goes_on = |at: usize| {
            at > first && text[words[at - 1].end as usize..words[at].start as usize] == *"-"
        };
        let parts = (first..last).filter(|&at| {
            words[at].end - words[at].start > 1 && !is_generation(folded.word(at)) && !goes_on(at)
        });
        parts.count() == 1
    };
    for _ in 0..WORDS_MAX {
        let one = is_one(first, last);
        let Some(at) = first.checked_sub(1) else { break };
        let Some(before) = beside(at, words[at].end..span.start) else { break };
        let lettered = at > 0 && LETTERED.binary_search(&folded.word(at - 1)).is_ok();
        let found_given = Listed::of(folded.word(first)).given() > 0;
        let loud = words[first].upper && !is_loud(&text[span.range()]) && is_loud(before.raw);
        let belongs = match before.gap {
            " " | ". " | "." if before.is_initial() => !lettered,
            " " if one => before.is_given() || before.is_unknown(),
            // Eponyms are family names here: `Ashworth, Bernadette`; so is what is in capitals beside a name that is
            // not: `BRIDGES, Felix`.
            ", " | "," if one => {
                found_given && (before.is_family(true) || loud && before.listed.family() > 0)
            }
            _ => false,
        };
        if !(belongs && before.is_alphabetic()) {
            break;
        }
        (first, span.start) = (at, words[at].start);
    }
    for _ in 0..WORDS_MAX {
        let one = is_one(first, last);
        if last >= words.len() {
            break;
        }
        let Some(after) = beside(last, span.end..words[last].start) else { break };
        let behind = text[words[last].end as usize..].chars().next();
        let generation = is_generation(folded.word(last)) && (after.upper || after.raw.len() > 2);
        let ends = behind.is_none_or(|c| matches!(c, '.' | ',' | '"' | '\n' | '\r' | '\t'));
        let letter = after.raw.len() == 1 && after.raw.bytes().all(|b| b.is_ascii_alphabetic());
        let found_given = Listed::of(folded.word(last - 1)).given() > 0;
        let loud = !is_loud(&text[span.range()]) && is_loud(after.raw);
        let titled = first > 0 && is_cue(folded.word(first - 1));
        let belongs = match after.gap {
            // `Ellis II` is a fracture.
            " " if generation => {
                let rest = &text[words[last].end as usize..];
                !one || rest.starts_with(',') || rest.starts_with(".,")
            }
            ", " | "," if generation => true,
            // HL7's components: `OKAFOR^INNOCENT^F^III`.
            "^" => after.is_initial() || generation || after.is_given(),
            // `Smith, I.`, but not `Smith I saw`.
            " " | ". " => {
                after.is_initial() && ends
                    || one
                        && found_given
                        && (after.is_family(false) || loud && after.is_loud_family())
            }
            // Over the end of a line, where a heading may follow.
            // `Dr. J.~Steinmetz`: an HL7 repetition.
            "~" | ".~" => titled && after.is_family(false),
            gap if one && is_line_end(gap) => {
                // Not what a line begins with: `Murphy sign`, `Foley removed`, `Boswell: ...`.
                let ends = behind.is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '\n' | '\r'));
                let unknown = found_given && after.upper && after.is_unknown();
                !loud && (unknown || titled && ends && after.is_family(false))
            }
            // No space: a form, not prose.
            "," | ".," if one && after.is_unknown() => true,
            ", " | "," | "., " | ".," if one => {
                letter && behind == Some('.') || after.is_given() && after.upper
            }
            _ => false,
        };
        if !(belongs && after.is_alphabetic()) {
            break;
        }
        span.end = words[last].end;
        last += 1;
    }
    span
}

fn is_line_end(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace) && gap.matches('\n').count() == 1
}

fn is_generation(word: &str) -> bool {
    matches!(word, "ii" | "iii" | "iv" | "jr" | "sr")
}

/// Most digits of a house number.
const HOUSE_DIGITS_MAX: usize = 6;

/// A street with the number that stands in front of it: `468-I`, `956 1/2`.
pub(super) fn street(text: &str, mut span: Span) -> Span {
    let front = &text[..span.start as usize];
    // `744-R MULBERRY HWY` from its letter on.
    let Some(rest) = front.strip_suffix([' ', '-']) else { return span };
    let rest = rest.strip_suffix(" 1/2").unwrap_or(rest);
    let from = rest.rfind(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '(' | '|'));
    let number = &rest[from.map_or(0, |at| at + 1)..];
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let letter = number[digits..].strip_prefix('-').unwrap_or(&number[digits..]);
    let house = (1..=HOUSE_DIGITS_MAX).contains(&digits)
        && letter.len() <= 1
        && letter.bytes().all(|b| b.is_ascii_alphabetic());
    if house {
        span.start = (rest.len() - number.len()) as u32;
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widened<'a>(text: &'a str, found: &str) -> &'a str {
        let mut folded = Folded::default();
        folded.read(text);
        let at = text.find(found).expect("it is there");
        &text[name(text, &folded, Span::new(at, at + found.len())).range()]
    }

    #[test]
    fn names_are_made_whole() {
        assert!(LETTERED.is_sorted());
        for (text, found, want) in [
            ("seen by D. Henrietta Farouq today", "Henrietta Farouq", "D. Henrietta Farouq"),
            ("report from B Okafor. GCS 11T", "Okafor", "B Okafor"),
            ("negative ananya aranda informed", "aranda", "ananya aranda"),
            ("Follow up with Zelketon Lozano in", "Lozano", "Zelketon Lozano"),
            ("NOK Ashworth, Bernadette - wife", "Bernadette", "Ashworth, Bernadette"),
            ("S: Bird, Chase M, room 648", "Bird", "Bird, Chase M"),
            ("labelled \"Castellanos, R.\" and", "Castellanos", "Castellanos, R"),
            ("chart (Vasquez-Thorne, R., 2 beds", "Vasquez-Thorne", "Vasquez-Thorne, R"),
            ("labelled \"tanaka, h.\" and", "tanaka", "tanaka, h"),
            ("Name: Terrell Pettway, II (\"Mimi\")", "Terrell Pettway", "Terrell Pettway, II"),
            ("referred by BRIDGES, Felix, MSW", "Felix", "BRIDGES, Felix"),
            ("by ZELLOSBY,ZELEDEN, CNM", "ZELLOSBY", "ZELLOSBY,ZELEDEN"),
            ("Josef NIGHTINGALE 27 M", "Josef", "Josef NIGHTINGALE"),
            ("Volunteer Alfonso\nIstshimann Tuesdays", "Alfonso", "Alfonso\nIstshimann"),
            ("seen by Alfonso\nPlan: rest", "Alfonso", "Alfonso"),
            ("Dr. Stanislav\n  Boswell; well", "Stanislav", "Stanislav\n  Boswell"),
            ("Dr. J.~Steinmetz on", "J", "J.~Steinmetz"),
            ("Dr. Stanislav\nBoswell sign", "Stanislav", "Stanislav"),
            ("Dr. Stanislav\nParkinson, stable", "Stanislav", "Stanislav"),
            ("Dr. Stanislav\nBoswell: a sign", "Stanislav", "Stanislav"),
            ("Dr. Stanislav\n\nBoswell, a", "Stanislav", "Stanislav"),
            ("Dr. Stanislav\nLungs clear", "Stanislav", "Stanislav"),
            ("Josef COPD", "Josef", "Josef"),
            ("NAME: MUKHOPADHYAY III,VIKRAM\nROOM", "MUKHOPADHYAY", "MUKHOPADHYAY III,VIKRAM"),
            ("Pt: CHOWDHURY SR.,ARJUN  81", "CHOWDHURY", "CHOWDHURY SR.,ARJUN"),
            ("||BECK^ALOIS^O||1938", "BECK^ALOIS", "BECK^ALOIS^O"),
            ("Ms. Keli'i, who; Keli's dog", "Keli", "Keli'i"),
            ("signed by Roscoe Xanavia today", "Roscoe", "Roscoe Xanavia"),
            // What is no part of it.
            ("positive for hepatitis B Okafor noted", "Okafor", "Okafor"),
            ("Dr. Lozano, with thanks", "Lozano", "Lozano"),
            ("Patient Rivera went home", "Rivera", "Rivera"),
            ("discussed with Rivera I think", "Rivera", "Rivera"),
            ("Ellis II fracture", "Ellis", "Ellis"),
            ("SEEN BY SMITH, WILL RETURN", "SMITH", "SMITH"),
            ("start Lantus Rivera agreed", "Rivera", "Rivera"),
            ("XRivera and RiveraX", "Rivera", "Rivera"),
            ("J. RiveraX.Lozano", "Rivera", "Rivera"),
        ] {
            assert_eq!(widened(text, found), want, "{text}");
        }
    }

    #[test]
    fn streets_have_their_number() {
        for (text, found, want) in [
            ("at 468-I E LAFAYETTE CT", "E LAFAYETTE CT", "468-I E LAFAYETTE CT"),
            ("lives: 956 1/2 old acorn road", "old acorn road", "956 1/2 old acorn road"),
            ("at 744-R MULBERRY HWY,", "R MULBERRY HWY", "744-R MULBERRY HWY"),
            ("in 2019 we moved", "we", "2019 we"),
            ("dose 250mg Maple Street", "Maple Street", "Maple Street"),
        ] {
            let at = text.find(found).expect("it is there");
            let span = street(text, Span::new(at, at + found.len()));
            assert_eq!(&text[span.range()], want, "{text}");
        }
    }
}
