//! Layer `vocabulary`, where a policy asks for it: every word that no list of ordinary or clinical words has, and every
//! number that is neither a value, a labelled code nor a year, goes too, and so does what is spelt out.

use super::fold::{Folded, Gap};
use super::words::{is_cue, is_month};
use super::{Finding, Layer, Written};
use crate::phi::{Class, Span};
use weir_tagger::Listed;

/// Most figures of a number that says nothing by itself.
const FIGURES_MAX: usize = 3;
/// Most figures and letters of a row that is no number or name spelt out (`120/80/37.5`), and the words looked at.
const SPELT_FIGURES_MAX: usize = 8;
const SPELT_LETTERS_MAX: usize = 3;
const SPELT_WORDS_MAX: usize = 8;
/// How common a word must be that is a name, too.
const COMMON: u8 = 2;

/// Labels of numbers that are gone, and the names of vocabularies.
const LABELS: &[&str] = &[
    "acct", "cpt", "csn", "cvx", "dob", "drg", "hcpcs", "icd", "loinc", "mrn", "ndc", "npi",
    "rxcui", "rxnorm", "snomed", "ssn", "ucum",
];

/// Adds what lies outside of `found` and of `safe` (both rise) and is in no list.
pub(super) fn find(
    folded: &Folded,
    safe: impl Iterator<Item = Span>,
    found: &[Finding],
    out: &mut Vec<Finding>,
) {
    let words = folded.words();
    let mut found = found.iter().map(|finding| finding.span).peekable();
    let mut safe = safe.peekable();
    let mut safe_to = 0;
    let mut first = 0;
    while first < words.len() {
        // Letters and digits without a gap are one word.
        let more = words[first + 1..].iter().take_while(|word| word.gap == Gap::None).count();
        let run = first..first + 1 + more;
        let span = Span { start: words[first].start, end: words[run.end - 1].end };
        first = run.end;
        while found.next_if(|found| found.end <= span.start).is_some() {}
        while let Some(safe) = safe.next_if(|safe| safe.start <= span.start) {
            safe_to = safe_to.max(safe.end);
        }
        let covered = found.peek().is_some_and(|found| found.start < span.end);
        let said = |at: usize| is_safe(folded.word(at), words[at].upper, words[at].single);
        let spelt = spelt_out(folded, run.start);
        if !covered && span.end > safe_to && (spelt || !run.clone().all(said)) {
            out.push(Finding {
                span,
                class: Class::UniqueId,
                layer: Layer::Vocabulary,
                known: None,
                score: 0.0,
                rule: "in no list of safe words",
                written: Written::Whole,
            });
        }
    }
}

/// Figures or letters in a row that are one number or name, spelt out: `21 90 99 98 7`, `Z b l e w`.
fn spelt_out(folded: &Folded, at: usize) -> bool {
    let words = folded.words();
    let figures = |at: usize| folded.word(at).bytes().all(|b| b.is_ascii_digit());
    let kind = |other: usize| match figures(at) {
        true => figures(other),
        false => words[at].single && words[other].single && !figures(other),
    };
    if !figures(at) && !words[at].single {
        return false;
    }
    let before = (0..at)
        .rev()
        .take(SPELT_WORDS_MAX)
        .take_while(|&other| kind(other) && words[other + 1].gap <= Gap::Loose);
    let behind = (at..words.len())
        .take(SPELT_WORDS_MAX)
        .take_while(|&other| other == at || kind(other) && words[other].gap <= Gap::Loose);
    let chars: usize = before.chain(behind).map(|at| folded.word(at).len()).sum();
    chars > if figures(at) { SPELT_FIGURES_MAX } else { SPELT_LETTERS_MAX }
}

fn is_safe(word: &str, upper: bool, single: bool) -> bool {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        return word.len() <= FIGURES_MAX || year;
    }
    if single {
        return word.is_ascii();
    }
    let listed = Listed::of(word);
    let known = listed.word() > 0 || listed.is_clinical() || is_cue(word) || LABELS.contains(&word);
    let common = listed.word() >= COMMON || listed.is_clinical() || is_month(word);
    // A common word may be a rare name.
    let least = if common { 2 } else { 1 };
    let named = listed.given() >= least || listed.family() >= least || listed.is_place();
    known && (!named || !upper && common)
}

#[cfg(test)]
mod tests {
    use crate::detect::{Aim, Known, Prose, detect};

    #[test]
    fn nothing_is_left_that_no_list_has() {
        let left = |text: &str| {
            let mut out = Vec::new();
            detect(text, &Known::default(), Aim::Vocabulary, &mut Prose::default(), &mut out)
                .expect("cheap");
            let (mut left, mut from) = (String::new(), 0);
            for finding in &out {
                left.push_str(&text[from..finding.span.start as usize]);
                left.push('_');
                from = finding.span.end as usize;
            }
            left + &text[from..]
        };
        for (text, want) in [
            (
                "The patient takes metformin 500 mg twice a day for diabetes.",
                "The patient takes metformin 500 mg twice a day for diabetes.",
            ),
            ("quoth the zzyxvor, who hid", "quoth the _, who hid"),
            ("pain for 20 years, E11.9, 120/80", "pain for 20 years, E11.9, 120/80"),
            (
                "LOINC 4548-4 and SNOMED CT, CPT 99213, ICD-10 E11.9",
                "LOINC 4548-4 and SNOMED CT, CPT 99213, ICD-10 E11.9",
            ),
            ("code word qwv77120x and 4471", "code word _ and _"),
            ("number is 21 90 99 98 7 on", "number is _ _ _ _ on"),
            ("her number is 44054006 on", "her number is _ on"),
            ("name is Z b l e w s k i", "name is _ _ _ _ _ _ _ _"),
        ] {
            assert_eq!(left(text), want);
        }
    }
}
