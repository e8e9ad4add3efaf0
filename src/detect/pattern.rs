//! Layer `pattern`: shapes that say what they are, each with a validator or a label. Linear time:
//! the regex crate has no backtracking.

use super::known::Known;
use super::{Finding, Layer};
use crate::limits;
use crate::phi::{Class, Span, digit_of, partial_date, written_date};
use regex::{Regex, RegexSet, RegexSetBuilder};
use std::sync::LazyLock;

struct Pattern {
    class: Class,
    /// The value is group `v`, or the whole match.
    shape: &'static str,
    valid: fn(&str) -> Reading,
}

/// What a validator makes of a match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It is what the pattern says.
    Sure,
    /// It counts only where the record knows the date.
    IfKnown,
    /// It is something else.
    No,
}

/// The months' names, whole or abbreviated.
macro_rules! month {
    () => {
        r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
    };
}
/// What may part two groups of digits.
macro_rules! joint {
    () => {
        r"[\s\u{200b}\u{ad}]?[\p{Pd}\s._/][\s\u{200b}\u{ad}]?"
    };
}
/// What stands in front of digits that are not the end of longer ones.
macro_rules! front {
    () => {
        r"(?:^|[^\d])"
    };
}

const PATTERNS: &[Pattern] = &[
    Pattern {
        class: Class::Date,
        shape: concat!(
            front!(),
            r"(?P<v>\d{4}\s?/\s?\d{1,2}\s?/\s?\d{1,2}|\d{1,2}\s?/\s?\d{1,2}\s?/\s?(?:\d{4}|\d{2})|\d{4}\s?\.\s?\d{1,2}\s?\.\s?\d{1,2}|\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?(?:\d{4}|\d{2})|\d{4}\s?\p{Pd}\s?\d{1,2}\s?\p{Pd}\s?\d{1,2}|\d{1,2}\s?\p{Pd}\s?\d{1,2}\s?\p{Pd}\s?(?:\d{4}|\d{2})|(?:19|20)\d{6}(?:\d{4}(?:\d{2})?)?)"
        ),
        valid: whole_date,
    },
    Pattern {
        class: Class::Date,
        shape: concat!(front!(), r"(?P<v>\d{1,2}\s\d{1,2}\s\d{4}|\d{4}\s\d{1,2}\s\d{1,2})"),
        valid: |text| if whole_date(text) == Reading::No { Reading::No } else { Reading::IfKnown },
    },
    Pattern {
        class: Class::Date,
        shape: concat!(
            r"(?:^|[^\p{L}])(?P<v>",
            month!(),
            r"[\s\p{Pd}]{1,3}\d{1,2}(?i:st|nd|rd|th)?(?:,?[\s\p{Pd}]{1,3}|,)(?:['\u{2019}]\d{2}|\d{4}))"
        ),
        valid: whole_date,
    },
    Pattern {
        class: Class::Date,
        shape: concat!(
            front!(),
            r"(?P<v>\d{1,2}(?i:st|nd|rd|th)?(?:\s{1,3}(?:of\s{1,3})?|[/\p{Pd}]|)",
            month!(),
            r"(?:,?\s{1,3}|[/\p{Pd}]|,|)(?:\d{4}|['\u{2019}]?\d{2}))"
        ),
        valid: day_month_year,
    },
    // Parts of dates: they say when, and no shift can be put on them.
    Pattern {
        class: Class::Date,
        shape: concat!(r"(?:^|[^\p{L}])(?P<v>", month!(), r"(?:,?\s{1,3}|[/\p{Pd}])\d{4})"),
        valid: |text| when(is_month(text) && partial_date(text).is_some()),
    },
    Pattern {
        class: Class::Date,
        shape: concat!(
            r"(?:^|[^\p{L}])(?P<v>",
            month!(),
            r"\s{1,3}(?:[12]\d|3[01]|0?[1-9])(?i:st|nd|rd|th)?)(?:$|[^\w.]|\.(?:$|\D))"
        ),
        valid: |text| when(is_month(text)),
    },
    Pattern {
        class: Class::Date,
        shape: concat!(
            front!(),
            r"(?P<v>(?:[12]\d|3[01]|0?[1-9])(?i:st|nd|rd|th)?\s{1,3}(?:of\s{1,3})?",
            month!(),
            r")(?:$|[^\p{L}])"
        ),
        valid: |text| when(is_month(text.rsplit(char::is_whitespace).next().unwrap_or(text))),
    },
    Pattern {
        class: Class::Date,
        shape: r"(?i)\b(?:since|until|dated|seen|admitted|discharged|born|dob)[\s:]{1,3}(?:on\s)?(?P<v>(?:1[0-2]|0?[1-9])/(?:[12]\d|3[01]|0?[1-9]))(?:$|[^\d/])",
        valid: sure,
    },
    Pattern {
        class: Class::Date,
        shape: r"(?:^|[^\d/.\p{Pd}])(?P<v>(?:1[0-2]|0?[1-9])/(?:19|20)\d{2}|(?:19|20)\d{2}-(?:1[0-2]|0[1-9]))(?:$|[^\d/\p{Pd}])",
        valid: sure,
    },
    Pattern {
        class: Class::BirthDate,
        shape: r"(?i)\b(?:born|b\.|d\.?o\.?b\.?|yob|birth year|year of birth)[\s:(]{0,3}(?:in\s{1,3})?(?P<v>(?:18|19|20)\d{2})\b",
        valid: sure,
    },
    Pattern {
        class: Class::Age,
        shape: r"(?i)(?:^|[^\d.])(?P<v>\d{1,3})[\s\p{Pd}]{0,2}(?:y\.?\s?/?\s?o\b|y(?:ea)?rs?\.?[\s\p{Pd}]{1,3}(?:old|of age)\b)",
        valid: sure,
    },
    Pattern {
        class: Class::Age,
        shape: r"(?i)\bage[ds]?(?:\s{1,2}|:\s?|\s(?:is|of)\s)(?P<v>\d{1,3})(?:$|[^\d.%])",
        valid: sure,
    },
    Pattern {
        class: Class::Ssn,
        shape: concat!(r"(?:^|[^\d\p{Pd}])(?P<v>\d{3}", joint!(), r"\d{2}", joint!(), r"\d{4})"),
        valid: sure,
    },
    Pattern {
        class: Class::Ssn,
        shape: r"(?i)\b(?:ssn|ss\s?#|social security(?: number| no\.?| #)?)[\s:#]{0,4}(?P<v>\d{9})",
        valid: sure,
    },
    Pattern {
        class: Class::Phone,
        shape: concat!(
            r"(?:^|[^\d])(?P<v>(?:\+?1",
            joint!(),
            r"|\+?1)?(?:\([2-9]\d{2}\)(?:",
            joint!(),
            r"|\s{0,2})|[2-9]\d{2}",
            joint!(),
            r")[2-9]\d{2}",
            joint!(),
            r"\d{4}(?:\s{0,2}(?i:x|ext\.?|extension)\s{0,2}\d{1,6})?)"
        ),
        valid: sure,
    },
    Pattern {
        class: Class::Phone,
        shape: r"(?P<v>\+\d{1,3}(?:[\s.\p{Pd}]?\(?\d{1,5}\)?){2,6})",
        valid: |text| when((8..=15).contains(&text.chars().filter_map(digit_of).count())),
    },
    Pattern {
        class: Class::Phone,
        shape: r"(?i)\b(?:phone|tel|telephone|cell|mobile|call|ph|fax)[\s.:#]{0,3}(?P<v>\d{10})",
        valid: sure,
    },
    Pattern {
        class: Class::Email,
        shape: r"(?i)\b[\p{L}\d][\p{L}\d._%+'-]*@(?:[\p{L}\d-]+\.)+\p{L}{2,}",
        valid: sure,
    },
    Pattern {
        class: Class::Url,
        shape: r#"(?i)\b(?:(?:https?|ftp)://|www\.)[^\s<>"'\])}]+"#,
        valid: sure,
    },
    Pattern {
        class: Class::Ip,
        shape: r"(?:^|[^\d.])(?P<v>(?:\d{1,3}\.){3}\d{1,3})(?:$|[^\d.]|\.(?:$|\D))",
        valid: |text| when(text.split('.').all(|octet| octet.parse::<u8>().is_ok())),
    },
    Pattern {
        class: Class::Zip,
        shape: r"(?i)\bzip(?:\s?code)?[\s:#]{0,3}(?P<v>\d{5}(?:-\d{4})?)\b",
        valid: sure,
    },
    Pattern {
        class: Class::Zip,
        shape: r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])[,\s]{1,2}(?P<v>\d{5}(?:-\d{4})?)\b",
        valid: sure,
    },
    Pattern {
        class: Class::Mrn,
        shape: r"(?i)\b(?:mrn|med(?:ical)?\.? rec(?:ord)?(?: (?:number|num|no\.?|#))?)[\s:#.]{0,4}(?P<v>[a-z]{0,3}[\p{Pd} ]?\d(?:[\d\p{Pd}_\u{200b}\u{ad}]{0,20}\d)?)\b",
        valid: sure,
    },
    Pattern {
        class: Class::Mrn,
        shape: r"(?i)\b(?:record (?:number|no\.?|#)|chart (?:number|no\.?|#))[\s:#.]{0,4}(?P<v>[a-z]{0,3}[\p{Pd} ]?\d[\d\p{Pd}_\u{200b}\u{ad}]{2,20}\d)\b",
        valid: sure,
    },
];

/// Which patterns to look for one by one: wherever one matches, its shape without borders of words
/// does. With them the set could not run as an automaton over text that is not ASCII throughout, and is
/// many times slower.
static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSetBuilder::new(PATTERNS.iter().map(|p| p.shape.replace(r"\b", "")))
        .dfa_size_limit(limits::PATTERN_AUTOMATON_BYTES_MAX)
        .build()
        .expect("the patterns are constants, and tested")
});
static EACH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let compile =
        |p: &Pattern| Regex::new(p.shape).expect("the patterns are constants, and tested");
    PATTERNS.iter().map(compile).collect()
});
/// The end of what stands in front of a birth date.
static BIRTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:d\.?o\.?b\.?|born(?: on)?|birth ?da(?:te|y)|date of birth)[\s:(]{0,3}(?:is )?$",
    )
    .expect("the pattern is a constant, and tested")
});
/// Bytes in front of a date in which [`BIRTH`] is looked for.
const BIRTH_BYTES: usize = 24;

pub(super) fn find(text: &str, known: &Known, out: &mut Vec<Finding>) {
    for at in &SET.matches(text) {
        let pattern = &PATTERNS[at];
        for captures in EACH[at].captures_iter(text) {
            let Some(value) = captures.name("v").or_else(|| captures.get(0)) else { continue };
            let mut span = Span::new(value.start(), value.end());
            if pattern.class == Class::Url {
                let plain = value.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?']);
                span.end = span.start + plain.len() as u32;
            }
            let reading = (pattern.valid)(&text[span.range()]);
            if reading == Reading::No || goes_on(text, pattern.class, span) {
                continue;
            }
            let finding = finding(text, pattern.class, span, known);
            if reading == Reading::Sure || finding.known.is_some() {
                out.push(finding);
            }
        }
    }
}

/// A date that the record knows is that date, whichever way round day and month were written and
/// whatever the century of a year of two digits.
fn finding(text: &str, class: Class, span: Span, known: &Known) -> Finding {
    let plain = Finding { span, class, layer: Layer::Pattern, known: None };
    if class != Class::Date {
        return plain;
    }
    if let Some((date, shape, _)) = written_date(&text[span.range()]) {
        let readings = [
            Some(date),
            shape.swapped(date),
            shape.earlier(date),
            shape.earlier(date).and_then(|date| shape.swapped(date)),
        ];
        if let Some((class, number)) = readings.into_iter().flatten().find_map(|d| known.date(d)) {
            return Finding { class, layer: Layer::Record, known: Some(number), ..plain };
        }
    }
    let mut from = (span.start as usize).saturating_sub(BIRTH_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    match BIRTH.is_match(&text[from..span.start as usize]) {
        true => Finding { class: Class::BirthDate, ..plain },
        false => plain,
    }
}

fn sure(_: &str) -> Reading {
    Reading::Sure
}

fn when(sure: bool) -> Reading {
    if sure { Reading::Sure } else { Reading::No }
}

fn whole_date(text: &str) -> Reading {
    when(written_date(text).is_some())
}

/// Behind white space, two digits are a dose as often as a year: `4 May 12 units`.
fn day_month_year(text: &str) -> Reading {
    let year = text.chars().rev().take_while(char::is_ascii_digit).count();
    let before = text.chars().rev().nth(year);
    when(
        whole_date(text) == Reading::Sure
            && (year == 4 || !before.is_some_and(char::is_whitespace)),
    )
}

/// May and March in lower case are verbs.
fn is_month(text: &str) -> bool {
    !["may", "march", "mar"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

/// More digits follow directly, or, for a year of two digits, by the same separator: `1.2.34` in
/// `1.2.34.5` is a version.
fn goes_on(text: &str, class: Class, span: Span) -> bool {
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let ends_in_digit = digit(end.wrapping_sub(1));
    if ends_in_digit && text[end..].chars().next().and_then(digit_of).is_some() {
        return true;
    }
    if class != Class::Date {
        return false;
    }
    let value = &bytes[start..end];
    let Some(&joint) = value.iter().find(|b| matches!(b, b'-' | b'/' | b'.')) else { return false };
    let short = !value.windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let spaced = value.contains(&b' ') && !value.iter().any(u8::is_ascii_alphabetic);
    short
        && (spaced
            || bytes.get(end) == Some(&joint) && digit(end + 1)
            || start >= 2 && bytes[start - 1] == joint && digit(start - 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert_eq!(SET.len(), EACH.len());
        assert!(BIRTH.is_match("mother, born on ") && !BIRTH.is_match("reborn "));
    }

    #[test]
    fn the_set_names_every_pattern_that_matches() {
        let examples = [
            "dob 3/4/1961, José is 71 y/o, aged 71; call 5551234567, zip 02139, mrn 00123456",
            "Zürich: admitted 3/14, born 1950, since 12/2020, SSN 123456789, tel +41 44 668 18 00",
            "a@b.example and https://x.example/é, 10.0.0.1, MA 02139, chart no 445566, 2 1 2020",
            "May 4, 2021; 4 May 2021; March 2020; seen March 3; 3rd of April, (617) 555-0142",
            "ssn 123-45-6789",
        ];
        let generator = weir_synth::Generator::new(3, 50);
        let notes = (0..500).map(|n| generator.note(n).value);
        let mut matched = vec![false; PATTERNS.len()];
        for text in examples.iter().map(|text| (*text).to_string()).chain(notes) {
            let named = SET.matches(&text);
            for (at, pattern) in EACH.iter().enumerate().filter(|(_, each)| each.is_match(&text)) {
                assert!(named.matched(at), "{pattern} in {text}");
                matched[at] = true;
            }
        }
        let never: Vec<_> = PATTERNS.iter().zip(&matched).filter(|(_, hit)| !**hit).collect();
        assert!(never.is_empty(), "{:?}", never.iter().map(|(p, _)| p.shape).collect::<Vec<_>>());
    }
}
