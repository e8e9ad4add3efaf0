//! Codes of clinical vocabularies, doses and values. A number, date or ZIP that only the tagger speaks for
//! gives way to them; what a pattern found does not.

use super::Finding;
use super::shapes::{self, Shapes};
use crate::phi::{Class, Span, luhn_digit};

use std::sync::LazyLock;

/// Each shape's group `v`, or its whole match, is exempt.
const SHAPES: &[&str] = &[
    // Behind the vocabulary's name; lists with commas too.
    r"(?i)\b(?:icd[-\s]?(?:9|10)?(?:[-\s]?(?:cm|pcs))?|cpt|hcpcs|loinc|snomed(?:[\s-]?ct)?|sct|rx\s?norm|rxcui|ndc|cvx|mvx|drg|ms-drg|apr-drg|rev(?:enue)? code|taxonomy|atc|ucum|dsm(?:-5)?|pos|modifier)\b(?:\s(?:code|codes|id|no\.?))?[\s:#=(]{0,3}(?P<v>[A-Za-z]?[0-9][A-Za-z0-9_.\-]{0,17}(?:,\s?[A-Za-z]?[0-9][A-Za-z0-9_.\-]{0,17}){0,12})",
    // ICD-10-CM with a point; NDC in three layouts.
    r"\b[A-TV-Z][0-9][0-9A-B]\.[0-9A-Z]{1,4}\b",
    r"\b(?:[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{5}-[0-9]{3}-[0-9]{2}|[0-9]{5}-[0-9]{4}-[0-9]{1,2})\b",
    // ICD-10-CM of three characters, LOINC, HCPCS in brackets.
    r"\((?P<v>[A-TV-Z][0-9][0-9A-B]|[0-9]{1,5}-[0-9]|[A-V][0-9]{4}|[0-9]{5})\)",
    // Doses, values and ranges with their unit.
    r"(?i)[0-9](?:[0-9.,]*[0-9])?(?:\s?(?:-|to|/)\s?[0-9][0-9.,]*)?\s?(?:mg|mcg|ug|(?:\xc2\xb5|\xce\xbc)g|g|kg|ml|l|dl|meq|mmol|mol|units?|iu|mm|cm|mmhg|bpm|%|cc|gy|cgy|hz|khz|kcal|cal|oz|lbs?|inches|ft|wbc|hpf|cfu|k/ul|ng|pg|fl|msec|ms|sec|min|hrs?|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?)\b(?:/[a-z]{1,4}\b)?",
    // Lists of codes of five characters, and ranges in brackets.
    r"\b[A-Z0-9][0-9]{4}(?:-[0-9A-Z]{2})?(?:[ ,/\t]{1,3}[A-Z0-9][0-9]{4}(?:-[0-9A-Z]{2})?)+\b",
    r"\([0-9]+(?:\.[0-9]+)?\s?-\s?[0-9]+(?:\.[0-9]+)?\)",
    // Gene variants.
    r"\b(?:rs[0-9]{3,12}|[cgp]\.[A-Za-z0-9_*>+()=]{3,24}|N[MPCG]_[0-9]{6,9}(?:\.[0-9]+)?)\b",
    // Last: what may be a code with a check digit.
    r"\b[0-9]{1,18}(?:-[0-9])?\b",
];

static CODES: LazyLock<Shapes> = LazyLock::new(|| Shapes::new(SHAPES.iter().copied()));

/// Where a text holds codes and values, in order.
pub(super) fn spans(text: &str, work: &mut shapes::Work, out: &mut Vec<Span>) {
    out.clear();
    CODES.find(text, work, |at, span| {
        if at < SHAPES.len() - 1 || has_check(&text[span.range()]) {
            out.push(span);
        }
    });
    out.sort_unstable_by_key(|span| span.start);
    out.dedup();
}

/// Digits that are a code by their check digit: SNOMED CT's, or LOINC's behind a dash.
fn has_check(digits: &str) -> bool {
    match digits.split_once('-') {
        Some((number, check)) => is_loinc(number, check),
        None => is_snomed(digits),
    }
}

/// A SNOMED CT identifier: the partition of a concept, description or relationship, and Verhoeff's check
/// digit (SNOMED CT Technical Implementation Guide, 5.5 to 5.7).
fn is_snomed(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let Some(partition) = bytes.len().checked_sub(3).map(|at| &bytes[at..at + 2]) else {
        return false;
    };
    (6..=18).contains(&bytes.len())
        && matches!(partition, [b'0' | b'1', b'0'..=b'2'])
        && verhoeff(bytes) == 0
}

/// Verhoeff's check over digits, the check digit last: 0 when it is right. Products and powers in the
/// dihedral group of ten elements.
fn verhoeff(digits: &[u8]) -> u8 {
    const POWERS: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let times = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |sum, (place, digit)| times(sum, POWERS[place % 8][usize::from(digit - b'0')]))
}

/// A LOINC code: up to seven digits, and Luhn's check digit behind a dash.
fn is_loinc(number: &str, check: &str) -> bool {
    (1..=7).contains(&number.len()) && check.starts_with(luhn_digit(number))
}

/// Whether a finding of the tagger gives way: a number, date or ZIP that touches a code or value.
pub(super) fn covers(exempt: &[Span], finding: &Finding) -> bool {
    let figures = matches!(finding.class, Class::UniqueId | Class::Date | Class::Zip);
    let span = finding.span;
    let from = exempt.partition_point(|one| one.start < span.start.saturating_sub(256));
    figures
        && exempt[from..]
            .iter()
            .take_while(|one| one.start < span.end)
            .any(|one| one.end > span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_values_are_exempt() {
        for (text, want) in [
            ("ICD-10: E11.9, I10", vec!["E11.9, I10", "E11.9"]),
            ("LOINC 4548-4", vec!["4548-4"]),
            ("NDC 0002-8215-01", vec!["0002-8215-01"]),
            ("CKD (N18)", vec!["N18"]),
            ("500 mg and 10-25 WBC", vec!["500 mg", "10-25 WBC"]),
            ("BRCA1 c.68_69delAG", vec!["c.68_69delAG"]),
            ("refset 44054006 and 44054007, 2345-7 and 2345-8", vec!["44054006", "2345-7"]),
            ("99203-25 74177 J1885", vec!["99203-25 74177 J1885"]),
            ("seen on 2024-03-14, MRN 00123456", vec![]),
        ] {
            let mut out = Vec::new();
            spans(text, &mut shapes::Work::default(), &mut out);
            let found: Vec<_> = out.iter().map(|span| &text[span.range()]).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
