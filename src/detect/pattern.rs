//! Layer `pattern`: shapes that say what they are, each with a validator or a label. Linear time:
//! the regex crate has no backtracking.

use super::known::Known;
use super::{Finding, Layer};
use crate::phi::{Class, Span, parse_date};
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

struct Pattern {
    class: Class,
    /// The value is group `v`, or the whole match.
    shape: &'static str,
    valid: fn(&str) -> bool,
}

/// Dates stand first: what reads as a date is not a telephone number.
const PATTERNS: &[Pattern] = &[
    Pattern {
        class: Class::Date,
        shape: r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|(?:19|20)\d{6})(?:\b|T)",
        valid: is_whole_date,
    },
    Pattern {
        class: Class::Date,
        shape: r"(?i)\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}|\d{1,2}[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ -]\d{4})\b",
        valid: is_whole_date,
    },
    Pattern { class: Class::Ssn, shape: r"\b\d{3}[- ]\d{2}[- ]\d{4}\b", valid: is_ssn },
    Pattern {
        class: Class::Ssn,
        shape: r"(?i)\b(?:ssn|social security (?:number|no\.?|#))[\s:#]{0,4}(?P<v>\d{9})\b",
        valid: is_ssn,
    },
    Pattern {
        class: Class::Phone,
        shape: r"(?:\+?1[-. ]?)?(?:\([2-9]\d{2}\) ?|\b[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}\b",
        valid: |_| true,
    },
    Pattern {
        class: Class::Email,
        shape: r"(?i)\b[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b",
        valid: |_| true,
    },
    Pattern {
        class: Class::Mrn,
        shape: r"(?i)\b(?:mrn|med(?:ical)?\.? rec(?:ord)?(?: (?:number|num|no\.?|#))?|record (?:number|no\.?|#)|chart (?:number|no\.?|#))[\s:#.]{0,4}(?P<v>[a-z]{0,3}[- ]?\d[\d-]{2,14}\d)\b",
        valid: |_| true,
    },
];

static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new(PATTERNS.iter().map(|p| p.shape)).expect("the patterns are constants, and tested")
});
static EACH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let compile =
        |p: &Pattern| Regex::new(p.shape).expect("the patterns are constants, and tested");
    PATTERNS.iter().map(compile).collect()
});

pub(super) fn find(text: &str, known: &Known, out: &mut Vec<Finding>) {
    for at in &SET.matches(text) {
        let pattern = &PATTERNS[at];
        for captures in EACH[at].captures_iter(text) {
            let Some(value) = captures.name("v").or_else(|| captures.get(0)) else { continue };
            let mut span = Span::new(value.start(), value.end());
            if pattern.class == Class::Date {
                if value.as_str().ends_with('T') {
                    span.end -= 1;
                }
                if in_longer_number(text, span) {
                    continue;
                }
            }
            if (pattern.valid)(&text[span.range()]) {
                out.push(finding(text, pattern.class, span, known));
            }
        }
    }
}

/// A date that the record knows is that date, whichever way round day and month were written.
fn finding(text: &str, class: Class, span: Span, known: &Known) -> Finding {
    let plain = Finding { span, class, layer: Layer::Pattern, known: None };
    if class != Class::Date {
        return plain;
    }
    let Some((date, shape)) = parse_date(&text[span.range()]) else { return plain };
    let other = || shape.swapped(date).and_then(|date| known.date(date));
    match known.date(date).or_else(other) {
        Some((class, number)) => {
            Finding { class, layer: Layer::Record, known: Some(number), ..plain }
        }
        None => plain,
    }
}

fn is_whole_date(text: &str) -> bool {
    parse_date(text).is_some_and(|(_, shape)| shape.length == text.len())
}

/// `1.2.34` inside `1.2.34.5` is a version or an OID, not a date.
fn in_longer_number(text: &str, span: Span) -> bool {
    let bytes = text.as_bytes();
    let joint = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/' | b'.'));
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (start, end) = (span.start as usize, span.end as usize);
    joint(end) && digit(end + 1) || start >= 2 && joint(start - 1) && digit(start - 2)
}

fn is_ssn(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    let number = |range: std::ops::Range<usize>| {
        digits[range].iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'))
    };
    digits.len() == 9
        && !matches!(number(0..3), 0 | 666 | 900..)
        && number(3..5) != 0
        && number(5..9) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert_eq!(SET.len(), EACH.len());
    }

    #[test]
    fn ssns_that_were_never_issued_are_none() {
        assert!(is_ssn("123-45-6789"));
        for text in ["000-12-3456", "666-12-3456", "912-12-3456", "123-00-4567", "123-45-0000"] {
            assert!(!is_ssn(text), "{text}");
        }
    }
}
