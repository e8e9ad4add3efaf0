//! Codes of clinical vocabularies, doses and values. What only the tagger speaks for gives way to them;
//! what a pattern found does not.

use super::Finding;
use super::shapes::{self, Shapes};
use crate::phi::{Class, Span, luhn_digit};
use std::sync::LazyLock;

/// What a shape exempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// Numbers and dates.
    Figures,
    /// Whatever it is taken for.
    Anything,
}

/// A code or value in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exempt {
    pub(super) span: Span,
    of: Of,
}

/// Each shape's group `v`, or its whole match, is exempt.
const SHAPES: &[(Of, &str)] = &[
    // Behind the vocabulary's name; lists with commas and strokes too.
    (
        Of::Figures,
        r"(?i)\b(?:icd[-\s]?(?:9|10)?(?:[-\s]?(?:cm|pcs))?|cpt|hcpcs|loinc|cvx|drg|ms-drg|apr-drg|rev(?:enue)? code|ucum|dsm(?:-5)?|pos|modifiers?|charges?|billed|dx|panel)\b(?:\s(?:code|codes|id|no\.?))?[\s:#=(]{0,3}(?P<v>[A-Za-z]?[0-9][A-Za-z0-9]{1,4}(?:[.\-][A-Za-z0-9]{1,4})?(?:(?:,\s?|\s?/\s?|\s\|\s|\s)[A-Za-z]?[0-9][A-Za-z0-9]{1,4}(?:[.\-][A-Za-z0-9]{1,4})?){0,12})\b",
    ),
    (
        Of::Figures,
        r"(?i)\b(?:snomed(?:[\s-]?ct)?|sct|rx\s?norm|rxcui|ndc(?:11)?|gtin|pmid|isbn|pmcid)\b[\s:#=(]{0,3}(?P<v>[0-9][0-9A-Za-z\-]{0,17}(?:\s?[,/|]\s?[0-9]{3,7}\b){0,12})",
    ),
    (
        Of::Anything,
        r"\b(?:MVX[\s:]{1,2}[A-Z]{2,3}|POA[\s:]{1,2}[YNUW1]|UNII[\s:]{1,2}[A-Z0-9]{10}|(?i:atc)[\s:]{1,2}[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}|(?i:taxonomy)[\s:]{1,2}[0-9]{3}[A-Z0-9]{6}X|(?i:modifier)[\s:]{1,2}[A-Z0-9]{2})\b",
    ),
    // Two and more in a row, whatever they are.
    (
        Of::Figures,
        r"\b(?:[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?|[0-9]{5}(?:-[0-9A-Z]{2})?|[A-Z][0-9]{4}|[0-9]{1,5}-[0-9])(?:\s?x[0-9]{1,2})?(?:[ ,/|;\t]{1,3}(?:[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?|[0-9]{5}(?:-[0-9A-Z]{2})?|[A-Z][0-9]{4}|[0-9]{1,5}-[0-9])(?:\s?x[0-9]{1,2})?){1,30}\b",
    ),
    // ICD-10-CM with a point; NDC in three layouts.
    (Of::Figures, r"\b[A-TV-Z][0-9][0-9A-B]\.[0-9A-Z]{1,4}\b"),
    (Of::Anything, r"\b[A-TV-Z][0-9][0-9A-B]\.(?:[0-9X]{1,3}[ADSX]|X{1,3}[ADS])\b"),
    (
        Of::Figures,
        r"\b(?:[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{5}-[0-9]{3}-[0-9]{2}|[0-9]{5}-[0-9]{4}-[0-9]{1,2})\b",
    ),
    // ICD-10-CM of three characters, LOINC, HCPCS in brackets.
    (Of::Figures, r"\((?P<v>[A-TV-Z][0-9][0-9A-B]|[0-9]{1,5}-[0-9]|[A-V][0-9]{4})\)"),
    // HCPCS: a letter and four digits.
    (Of::Figures, r"\b[ABCEGHJKLMPQRSTV][0-9]{4}(?:-[A-Z0-9]{2})?\b"),
    // Doses, values and ranges with their unit.
    (
        Of::Figures,
        r"(?i)(?:^|[^0-9A-Za-z.,/\-])(?P<v>[0-9]{1,5}(?:,[0-9]{3}){0,2}(?:\.[0-9]{1,4})?(?:\s?(?:-|to|/)\s?[0-9]{1,5}(?:,[0-9]{3}){0,2}(?:\.[0-9]{1,4})?)?(?:\s?-?(?:mg|mcg|ug|(?:\xc2\xb5|\xce\xbc)g|g|kg|ml|l|dl|meq|mmol|mol|units?|iu|mm|cm|mmhg|bpm|%|cc|gy|cgy|hz|khz|kcal|cal|oz|lbs?|inches|ft|wbc|hpf|cfu|k/ul|ng|pg|fl|msec|ms|sec|min|hrs?|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|ohms?|mv|fr|ga?)|[dhwvjyxu])\b(?:/[a-z]{1,4}\b)?)",
    ),
    // Panels of values: 140/4.1/102/24/14/0.9; ranges; times of day; weeks and days of a pregnancy.
    (Of::Figures, r"\b[0-9]{1,3}(?:\.[0-9]{1,2})?(?:/[0-9]{1,3}(?:\.[0-9]{1,2})?){3,}\b"),
    (Of::Figures, r"\([0-9]+(?:\.[0-9]+)?\s?-\s?[0-9]+(?:\.[0-9]+)?\)"),
    (
        Of::Figures,
        r"(?:^|[^0-9A-Za-z.,/\-])(?P<v>[0-9]{1,3}(?:\.[0-9]{1,3})?-[0-9]{1,3}(?:\.[0-9]{1,3})?)(?:$|[^0-9A-Za-z/\-])",
    ),
    (Of::Anything, r"(?i)\b[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]\.?m\b)?"),
    (Of::Anything, r"(?i)\b[0-9]{1,2}\s?(?P<v>[ap]\.\s?m)\b"),
    (Of::Figures, r"(?i)\b[0-9]{1,2}\s?w(?:ks?|eeks?)?\s?(?:[0-9]|[+/&]\s?[0-9])\s?d?(?:ays?)?\b"),
    // Dialysate, UCUM's brackets, gene variants, models of devices.
    (Of::Figures, r"\b[0-9](?:\.[0-9])?\s?K\s?/\s?[0-9](?:\.[0-9]{1,2})?\s?(?:Ca)?\b"),
    (
        Of::Anything,
        r"\[(?:deg[FR]|m?Hg|H2O|iU|IU|arb'?_?U|in_i|in_us|ft_i|ft_us|yd_i|lb_av|oz_av|lb_tr|pH|drp|CFU|PFU|gal_us|pt_us|foz_us|cup_us|tbs_us|tsp_us|Cal|ppm|ppb|car_Au|HP_X|HP_C)'?\]",
    ),
    (Of::Figures, r"\brs[0-9]{3,12}\b"),
    (
        Of::Anything,
        r"\b(?:[cg]\.[*\-]?[0-9][A-Za-z0-9_*>+()=\-]{2,24}|p\.\(?[A-Z][a-z]{0,2}[0-9][A-Za-z0-9_*>+()=]{0,20}|N[MPCG]_[0-9]{6,9}(?:\.[0-9]+)?)",
    ),
    // Grades behind the name of their scale: ASA III.
    (
        Of::Anything,
        r"\b(?:ASA|NYHA|CCS|WHO|FIGO|AJCC|TIMI|KDIGO|AAST|BI-RADS|LI-RADS|PI-RADS|Lugano)\s(?:PS\s)?(?:class\s)?(?:I{1,3}|IV|VI?|[0-6])[A-Ea-e]?\b",
    ),
];

static CODES: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::new(SHAPES.iter().map(|(_, shape)| *shape)));

/// Where a text holds codes and values, in order.
pub(super) fn spans(text: &str, work: &mut shapes::Work, out: &mut Vec<Exempt>) {
    out.clear();
    CODES.find(text, work, |at, span| out.push(Exempt { span, of: SHAPES[at].0 }));
    checked(text, out);
    out.sort_unstable_by_key(|one| (one.span.start, one.span.end, one.of));
    out.dedup();
}

/// Numbers that are codes by their check digit. Most texts have a number every few words: they are looked
/// for by hand.
fn checked(text: &str, out: &mut Vec<Exempt>) {
    let bytes = text.as_bytes();
    let is_word =
        |at: usize| bytes.get(at).is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'_');
    let mut at = 0;
    while let Some(ahead) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + ahead;
        at = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        if is_word(at) || start > 0 && is_word(start - 1) || at - start > CODE_DIGITS_MAX {
            continue;
        }
        let digit_behind = bytes.get(at) == Some(&b'-')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && !is_word(at + 2);
        let end = if digit_behind { at + 2 } else { at };
        if has_check(&text[start..end]) {
            out.push(Exempt { span: Span::new(start, end), of: Of::Figures });
        }
        at = end;
    }
}

/// Digits that are a code by their check digit: SNOMED CT's, or LOINC's behind a dash.
fn has_check(digits: &str) -> bool {
    match digits.split_once('-') {
        Some((number, check)) => is_loinc(number, check),
        None => is_snomed(digits),
    }
}

/// Most digits of a code with a check digit: a SNOMED CT identifier's.
const CODE_DIGITS_MAX: usize = 18;

/// A SNOMED CT identifier: the partition of a concept, description or relationship, and Verhoeff's check
/// digit (SNOMED CT Technical Implementation Guide, 5.5 to 5.7).
fn is_snomed(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let Some(partition) = bytes.len().checked_sub(3).map(|at| &bytes[at..at + 2]) else {
        return false;
    };
    (6..=CODE_DIGITS_MAX).contains(&bytes.len())
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

/// A LOINC code: up to six digits, and Luhn's check digit behind a dash.
fn is_loinc(number: &str, check: &str) -> bool {
    (1..=6).contains(&number.len()) && check.starts_with(luhn_digit(number))
}

/// Longest code or row of codes, in bytes, that is looked for in front of a finding.
const LOOK_BACK_BYTES: u32 = 640;
/// Most digits of a number that has codes for company and may be one.
const COMPANY_DIGITS_MAX: usize = 7;

/// What is left of a finding of the tagger when codes and values at its ends are taken from it: nothing
/// where it is all theirs, or a number among codes.
pub(super) fn rest(text: &str, exempt: &[Exempt], finding: &Finding) -> Option<Span> {
    let figures = matches!(finding.class, Class::UniqueId | Class::Date);
    let mut span = finding.span;
    let from =
        exempt.partition_point(|one| one.span.start < span.start.saturating_sub(LOOK_BACK_BYTES));
    let near = |span: Span| {
        exempt[from..]
            .iter()
            .take_while(move |one| one.span.start <= span.end + 2)
            .filter(move |one| one.span.end + 2 >= span.start)
            .filter(|one| figures || one.of == Of::Anything)
            .map(|one| one.span)
    };
    let is_said = |start: u32, end: u32| {
        text[start as usize..end as usize].chars().any(char::is_alphanumeric)
    };
    let mut company = false;
    // From the front, then from the back: what is theirs goes, with the marks beside it.
    let mut changed = true;
    while changed && span.start < span.end {
        changed = false;
        for one in near(span) {
            if one.start < span.end && one.end > span.start {
                if one.start <= span.start || !is_said(span.start, one.start) {
                    span.start = one.end.min(span.end);
                    (changed, company) = (true, true);
                } else if one.end >= span.end || !is_said(one.end, span.end) {
                    span.end = one.start.max(span.start);
                    (changed, company) = (true, true);
                }
            } else if one.end <= span.start && !is_said(one.end, span.start)
                || one.start >= span.end && !is_said(span.end, one.start)
            {
                company = true;
            }
        }
    }
    if span == finding.span && !company {
        return Some(span);
    }
    let left = text[span.range()].trim_matches(|c: char| !c.is_alphanumeric());
    let digits = left.bytes().filter(u8::is_ascii_digit).count();
    let gone = left.is_empty()
        || figures && digits == 0
        || figures && digits == left.len() && digits <= COMPANY_DIGITS_MAX;
    (!gone).then_some(span)
}

#[cfg(test)]
pub(super) fn shapes() -> &'static Shapes {
    &CODES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_values_are_exempt() {
        for (text, want) in [
            ("ICD-10: E11.9, I10", vec!["E11.9", "E11.9, I10"]),
            ("LOINC 4548-4", vec!["4548-4"]),
            ("NDC 0002-8215-01", vec!["0002-8215-01"]),
            ("CKD (N18)", vec!["N18"]),
            ("500 mg and 10-25 WBC", vec!["500 mg", "10-25", "10-25 WBC"]),
            ("BRCA1 c.68_69delAG", vec!["c.68_69delAG"]),
            ("refset 44054006 and 44054007, 2345-7 and 2345-8", vec!["44054006", "2345-7"]),
            ("99203-25 74177 J1885", vec!["99203-25 74177 J1885", "J1885"]),
            ("seen on 2024-03-14, MRN 00123456; 88412907G", vec![]),
        ] {
            let mut out = Vec::new();
            spans(text, &mut shapes::Work::default(), &mut out);
            let mut found: Vec<_> = out.iter().map(|one| &text[one.span.range()]).collect();
            found.dedup();
            assert_eq!(found, want, "{text}");
        }
    }
}
