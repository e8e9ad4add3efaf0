//! Codes of clinical vocabularies, doses and values. What only the tagger speaks for gives way to them;
//! what a pattern found does not.

use super::shapes::{self, Shapes};
use super::tagger::is_vocabulary;
use super::words::{is_cue, is_relative};
use super::{Finding, terms};
use crate::phi::{Class, Span, is_nanp, luhn_digit};
use std::sync::LazyLock;

/// What a shape exempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    /// Numbers and dates, by their layout or check digit alone, or by what stands beside them.
    Company,
    /// Numbers and dates.
    Figures,
    /// Names, places and organisations that a term of medicine holds.
    Term,
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
        r"(?i)\b(?:snomed(?:[\s-]?ct)?|sct|rx\s?norm|rxcui|rxn|ndc(?:11)?|gtin|pmid|isbn|pmcid)\b[\s:#=(]{0,3}(?P<v>[0-9][0-9A-Za-z\-]{0,17}(?:\s?[,/|]\s?[0-9]{3,7}\b){0,12})",
    ),
    (
        Of::Anything,
        r"\b(?:MVX[\s:]{1,2}[A-Z]{2,3}|POA[\s:]{1,2}[YNUW1]|UNII[\s:]{1,2}[A-Z0-9]{10}|(?i:atc)[\s:]{1,2}[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}|(?i:taxonomy)[\s:]{1,2}[0-9]{3}[A-Z0-9]{6}X|(?i:modifier)[\s:]{1,2}[A-Z0-9]{2})\b",
    ),
    // The vocabularies' own names with figures in them; vaccines behind their codes.
    (
        Of::Anything,
        r"\b(?i:ndc-?(?:10|11)|icd-?(?:9|10|11|o)(?:-?(?:cm|pcs))?|dsm-?(?:iv|5)(?:-tr)?|cpt-?4)\b",
    ),
    (
        Of::Term,
        r"\((?P<v>(?:BCG|COVID-19|DTaP|DTP|HPV|Hib|HepA|HepB|IIV|IPV|LAIV|MMR|MMRV|MenACWY|MenB|OPV|PCV|PPSV|RSV|RZV|TIV|Td|Tdap|VAR|ZVL)[0-9]{0,2})\)",
    ),
    // A germ's answer to a drug: `TMP-SMX R`. Measures of quality. Toxins of a serotype.
    (
        Of::Term,
        r"\b(?:AMC|AMK|AMP|AZT|CAZ|CIP|CLI|CRO|CTX|CXM|DAP|DOX|ERY|ETP|FEP|IPM|LVX|LZD|MEM|MXF|NIT|OXA|PIP-TAZO|RIF|SXT|TET|TMP-SMX|TMP/SMX|TOB|TZP)[\s:=]{1,2}[SIR]\b",
    ),
    (Of::Term, r"\bHEDIS\s[A-Z]{2,5}\b"),
    (Of::Term, r"(?i)\b[a-z]{3,5}botulinumtoxin[ab](?:-[a-z]{4})?\b"),
    // Two and more in a row, whatever they are.
    (
        Of::Company,
        r"\b(?:[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?|[0-9]{5}(?:-[0-9A-Z]{2})?|[A-Z][0-9]{4}|[0-9]{1,5}-[0-9])(?:\s?x[0-9]{1,2})?(?:[ ,/|;\t]{1,3}(?:[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?|[0-9]{5}(?:-[0-9A-Z]{2})?|[A-Z][0-9]{4}|[0-9]{1,5}-[0-9])(?:\s?x[0-9]{1,2})?){1,30}\b",
    ),
    // ICD-10-CM with a point; NDC in three layouts.
    (Of::Figures, r"\b[A-TV-Z][0-9][0-9A-B]\.[0-9A-Z]{1,4}\b"),
    (Of::Anything, r"\b[A-TV-Z][0-9][0-9A-B]\.(?:[0-9X]{1,3}[ADSX]|X{1,3}[ADS])\b"),
    (
        Of::Company,
        r"\b(?:[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{5}-[0-9]{3}-[0-9]{2}|[0-9]{5}-[0-9]{4}-[0-9]{1,2})\b",
    ),
    // ICD-10-CM of three characters, LOINC, HCPCS in brackets.
    (Of::Company, r"\((?P<v>[A-TV-Z][0-9][0-9A-B]|[0-9]{1,5}-[0-9]|[A-V][0-9]{4})\)"),
    // HCPCS: a letter and four digits.
    (Of::Company, r"\b[ABCEGHJKLMPQRSTV][0-9]{4}(?:-[A-Z0-9]{2})?\b"),
    // Doses, values and ranges with their unit.
    (
        Of::Figures,
        r"(?i)(?:^|[^0-9A-Za-z.,/\-])(?P<v>[0-9]{1,5}(?:,[0-9]{3}){0,2}(?:\.[0-9]{1,4})?(?:\s?(?:-|to|/)\s?[0-9]{1,5}(?:,[0-9]{3}){0,2}(?:\.[0-9]{1,4})?)?(?:\s?-?(?:mg|mcg|ug|(?:\xc2\xb5|\xce\xbc)g|g|kg|ml|l|dl|meq|mmol|mol|units?|iu|mm|cm|mmhg|bpm|%|cc|gy|cgy|hz|khz|kcal|cal|oz|lbs?|inches|ft|wbc|hpf|cfu|k/ul|ng|pg|fl|msec|ms|sec|min|hrs?|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|ohms?|mv|fr|ga?)|[dhwvjyxu])\b(?:/[a-z]{1,4}\b)?)",
    ),
    // A row of doses: `40-30-20-10 mg`.
    (
        Of::Figures,
        r"(?:^|[^0-9A-Za-z.,/\-])(?P<v>[0-9]{1,4}(?:\.[0-9]{1,2})?(?:-[0-9]{1,4}(?:\.[0-9]{1,2})?){2,6}\s?-?(?:mg|mcg|mEq|mL|ml|mmol))\b",
    ),
    // A row of values behind its name: `HR 72-88-104`, `levodopa 25-100-200`.
    (
        Of::Company,
        r"(?i)\b(?:hr|pulse|rr|bp|sbp|dbp|map|i/o|uop|na|k|cl|bun|cr|creat|glu|glucose|fsbg|fsbs|bg|wts?|weights?|sats?|spo2|temps?|taper|levodopa|plts?|platelets|wbc|hgb|hct|inr|lactate|trops?|troponins?|ck)[\s:=]{1,3}(?:from\s)?(?P<v>[0-9]{1,4}(?:\.[0-9])?(?:-[0-9]{1,4}(?:\.[0-9])?){1,6})\b",
    ),
    // Panels of values: 140/4.1/102/24/14/0.9; ranges; times of day; weeks and days of a pregnancy.
    (Of::Company, r"\b[0-9]{1,3}(?:\.[0-9]{1,2})?(?:/[0-9]{1,3}(?:\.[0-9]{1,2})?){3,}\b"),
    // A blood count: 14.8>9.9/31<304.
    (
        Of::Figures,
        r"[0-9]{1,3}(?:\.[0-9]{1,2})?\s?>\s?[0-9]{1,2}(?:\.[0-9])?\s?/\s?[0-9]{1,2}(?:\.[0-9])?\s?<\s?[0-9]{1,4}",
    ),
    // A procedure behind a word of billing.
    (
        Of::Figures,
        r"(?i)\b(?:admin(?:istration)?|e/m|em level|procedure|proc|px|billing|add-on|bill)\b(?:\s(?:code|codes))?[\s:#=(]{1,3}(?P<v>[0-9]{5}(?:-[0-9a-z]{2})?)\b",
    ),
    // So much a day; half-normal saline; a gene in front of its variant.
    (Of::Term, r"(?i)[0-9]\s?/(?P<v>day|hr|min|kg|wk|week)\b"),
    (Of::Figures, r"\b1/[24]\s?(?i:ns|nss|normal saline|tab|tablet|pack)\b"),
    (
        Of::Term,
        r"\b(?P<v>[A-Z]{2,5}[0-9]{1,2}[A-Z]?|KRAS|NRAS|BRAF|EGFR|PTEN|CFTR|MTHFR|CALR)\s(?:rs[0-9]|[cp]\.[0-9(A-Z]|(?:exon|mutation|variant|gene)\b)",
    ),
    // Stages of tumours.
    (
        Of::Anything,
        r"(?i)\b[acpry]{0,3}t(?:[0-4x]|is)[a-d]?\s?,?n[0-3x][a-c]?(?:\s?,?m[01x][a-c]?)?\b",
    ),
    // Mutations by one letter each behind a gene.
    (
        Of::Company,
        r"(?i)\b(?:prothrombin|factor\s(?:ii|v)(?:\sleiden)?|mthfr|jak2|braf|kras|nras|egfr|kit|idh[12]|hfe|apol1|mutation|variant|polymorphism)(?:\sgene)?[\s:(]{1,2}(?P<v>[a-z][0-9]{2,6}[a-z])\b",
    ),
    // Models of devices behind their makers.
    (
        Of::Anything,
        r"\b(?:Abbott|Alaris|ALARIS|Biotronik|BIOTRONIK|Boston Scientific|BOSTON SCIENTIFIC|Canon|Dexcom|DEXCOM|Fresenius|GE|Hologic|LivaNova|Medtronic|MEDTRONIC|Philips|PHILIPS|Siemens|SIEMENS|St\. Jude Medical|Toshiba|Zimmer)\s(?:[A-Za-z][A-Za-z\-]{1,14}\s){0,3}(?P<v>[A-Z]{0,3}[0-9]{1,4}[A-Z]{0,2}(?:\s(?:DR|SR|VR|HF|CRT)(?:-[TPD])?)?)\b",
    ),
    (Of::Figures, r"\([0-9]{1,4}(?:\.[0-9]{1,3})?\s?-\s?[0-9]{1,4}(?:\.[0-9]{1,3})?\)"),
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
    (Of::Company, r"\brs[0-9]{3,12}\b"),
    (
        Of::Term,
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
    terms::find(text, |span| {
        if !stands_behind_title(text, span.start as usize) {
            out.push(Exempt { span, of: Of::Term });
        }
    });
    out.sort_unstable_by_key(|one| (one.span.start, one.span.end, one.of));
    out.dedup();
}

/// Most figures of a code or value that vouches for itself outside of prose.
const VOUCHED_DIGITS_MAX: usize = 8;

impl Exempt {
    /// What it stands for is nobody's, whatever is around it: not so a row of numbers, what only a check digit or a
    /// layout says, and a term that holds a name.
    pub(super) fn vouches(&self, text: &str) -> bool {
        let digits = text[self.span.range()].bytes().filter(u8::is_ascii_digit).count();
        matches!(self.of, Of::Figures | Of::Anything) && digits <= VOUCHED_DIGITS_MAX
    }
}

/// A title, a relative or a role stands in front: what follows is a person, whatever it is elsewhere.
fn stands_behind_title(text: &str, start: usize) -> bool {
    let front = text[..start].trim_end_matches(|c: char| !c.is_alphanumeric());
    let gap = start - front.len();
    let from = front
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + front[at..].chars().next().map_or(1, char::len_utf8));
    let word = front[from..].to_lowercase();
    gap <= TITLE_GAP_BYTES && (is_cue(&word) || is_relative(&word))
}

/// Most bytes between a title and a name: `Patient:  `.
const TITLE_GAP_BYTES: usize = 4;

/// Numbers that are codes by their check digit. Most texts have a number every few words: they are looked
/// for by hand.
fn checked(text: &str, out: &mut Vec<Exempt>) {
    let bytes = text.as_bytes();
    let is_word =
        |at: usize| bytes.get(at).is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'_');
    let mut at = 0;
    // Ten digits of the form of a telephone number, of which one in three hundred has the check digit: codes beside
    // others, and where SNOMED is said.
    let (mut last_code, mut doubtful) = (None, Vec::<Span>::new());
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
            let span = Span::new(start, end);
            let beside = |other: u32| {
                let between = &text[other as usize..start];
                between.len() <= CODES_NEAR_BYTES && between.chars().all(|c| " ,;/+".contains(c))
            };
            if doubtful.last().is_some_and(|before| !beside(before.end)) {
                doubtful.clear();
            }
            let is_code =
                !is_nanp(&text[start..end]) || is_said(text, span) || last_code.is_some_and(beside);
            if !is_code {
                doubtful.push(span);
            } else {
                if !digit_behind {
                    last_code = Some(end as u32);
                    let before = doubtful.drain(..);
                    out.extend(before.map(|span| Exempt { span, of: Of::Company }));
                }
                out.push(Exempt { span, of: Of::Company });
            }
        }
        at = end;
    }
}

/// Digits that are a code by their check digit: SNOMED CT's, or LOINC's behind a dash.
pub(super) fn has_check(digits: &str) -> bool {
    match digits.split_once('-') {
        Some((number, check)) => is_loinc(number, check),
        None => is_snomed(digits),
    }
}

/// Most bytes between codes that stand beside each other.
const CODES_NEAR_BYTES: usize = 8;
/// Words in front of a number that say that it is one of SNOMED CT's; those that do so with one of `NUMBER` behind
/// them; and what else may stand between, as a code may.
const SAID: &[&str] =
    &["conceptid", "descriptionid", "refset", "refsetid", "sctid", "snomed", "snomedct"];
const SAID_OF_A_NUMBER: &[&str] = &["concept", "description", "sct"];
const NUMBER: &[&str] = &["code", "codes", "id", "identifier"];
const BETWEEN: &[&str] = &["clinical", "concept", "ct", "is", "member", "term", "terms"];
/// Most of these, and most bytes between two words.
const BETWEEN_MAX: usize = 3;
const BETWEEN_BYTES_MAX: usize = 3;
/// Most bytes of a term behind its code.
const TERM_BYTES_MAX: usize = 80;

/// `SCTID 2534664018`, `concept id: 2534664018`, `2534664018 |Myocardial infarction|`; other bars are those of HL7 or
/// of a table.
fn is_said(text: &str, span: Span) -> bool {
    is_named(&text[..span.start as usize]) || has_term(text, span)
}

fn is_named(mut front: &str) -> bool {
    let mut of_a_number = false;
    for _ in 0..=BETWEEN_MAX {
        // `"system":"http://snomed.info/sct","code":"..."`.
        let bare = front.strip_suffix("\",\"").unwrap_or_else(|| {
            front.trim_end_matches([' ', '\t', ':', '#', '=', '-', '_', '"', '\''])
        });
        if front.len() - bare.len() > BETWEEN_BYTES_MAX {
            return false;
        }
        let word = last_word(bare);
        let lower = word.to_ascii_lowercase();
        let is = |list: &[&str]| list.contains(&lower.as_str());
        if is(SAID) || of_a_number && is(SAID_OF_A_NUMBER) {
            return true;
        }
        of_a_number = is(NUMBER);
        if !of_a_number && !is(BETWEEN) && !has_check(word) {
            return false;
        }
        front = &bare[..bare.len() - word.len()];
    }
    false
}

/// A term in bars behind, of which a word is clinical; alone in its line or part of an expression.
fn has_term(text: &str, span: Span) -> bool {
    let front = text[..span.start as usize].trim_end_matches(' ');
    let begins = front.is_empty()
        || front.ends_with(['\n', '\t', ':', '=', '+', '(', '{', '[', '<', '"', '-', '*']);
    let bar = text[span.end as usize..].trim_start_matches(' ').strip_prefix('|');
    let Some(behind) = bar.filter(|_| begins) else { return false };
    let Some(end) = behind.bytes().take(TERM_BYTES_MAX).position(|b| matches!(b, b'|' | b'\n'))
    else {
        return false;
    };
    let (term, rest) = behind.split_at(end);
    let rest = rest.strip_prefix('|');
    let ends = |rest: &str| {
        rest.is_empty()
            || rest.starts_with([
                ' ', '\t', '\r', '\n', ',', ':', '+', '=', ')', '}', ']', '"', ';', '.',
            ])
    };
    let mut words = term.split(|c: char| !c.is_alphanumeric());
    rest.is_some_and(ends)
        && words.any(|word| weir_tagger::Listed::of(&word.to_lowercase()).is_clinical())
}

/// The letters and digits at the end of a text.
fn last_word(text: &str) -> &str {
    let from = text.rfind(|c: char| !c.is_alphanumeric());
    &text[from.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))..]
}

/// Fewest digits of a SNOMED CT identifier with a name space.
const LONG_DIGITS_MIN: usize = 11;
/// Most digits of a code with a check digit: a SNOMED CT identifier's.
const CODE_DIGITS_MAX: usize = 18;

/// A SNOMED CT identifier: the partition of a concept, description or relationship, and Verhoeff's check
/// digit (SNOMED CT Technical Implementation Guide, 5.5 to 5.7).
fn is_snomed(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    if !bytes.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let Some(partition) = bytes.len().checked_sub(3).map(|at| &bytes[at..at + 2]) else {
        return false;
    };
    // The long format has a name space of seven digits: `7075550112` is a telephone number.
    let least = if partition[0] == b'1' { LONG_DIGITS_MIN } else { 6 };
    (least..=CODE_DIGITS_MAX).contains(&bytes.len())
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
    (1..=6).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && check.starts_with(luhn_digit(number))
}

/// Whether a value is, as a whole, a code of a vocabulary that one of `words` names: those of a member's
/// name, in lower case. Where the vocabulary has a check digit or a layout, the code has it.
pub fn is_code(words: &[String], value: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let bytes = value.as_bytes();
    words.iter().any(|word| match word.as_str() {
        "snomed" | "snomedct" | "sct" => digits(value) && is_snomed(value),
        "loinc" => value.split_once('-').is_some_and(|(number, check)| {
            digits(number) && check.len() == 1 && is_loinc(number, check)
        }),
        "rxnorm" | "rxcui" => digits(value) && value.len() <= RXNORM_DIGITS_MAX,
        "icd" => is_icd(bytes),
        "cpt" | "hcpcs" => {
            bytes.len() == 5
                && bytes[1..4].iter().all(u8::is_ascii_digit)
                && (bytes[0].is_ascii_digit() && bytes[4].is_ascii_alphanumeric()
                    || bytes[0].is_ascii_uppercase() && bytes[4].is_ascii_digit())
        }
        "ndc" => {
            let parts: Vec<&str> = value.split('-').collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            parts.iter().all(|part| digits(part))
                && matches!(lengths[..], [4, 4, 2] | [5, 3, 2] | [5, 4, 1 | 2])
        }
        _ => false,
    })
}

/// Most digits of a concept of RxNorm.
const RXNORM_DIGITS_MAX: usize = 7;

/// A code of ICD-10-CM with its point: no record number looks like that.
pub(super) fn is_pointed_icd(value: &str) -> bool {
    value.len() > 3
        && value.as_bytes()[3] == b'.'
        && value.starts_with(|c: char| c.is_ascii_uppercase())
        && is_icd(value.as_bytes())
}

/// ICD-9-CM and ICD-10-CM, with their point or without a further place.
fn is_icd(bytes: &[u8]) -> bool {
    let (head, tail) = match bytes.iter().position(|b| *b == b'.') {
        Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
        None => (bytes, None),
    };
    let ten = matches!(head, [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9' | b'A' | b'B']);
    let nine = head.len() == 3 && head.iter().all(u8::is_ascii_digit);
    (ten || nine)
        && tail.is_none_or(|tail| {
            (1..=4).contains(&tail.len())
                && tail.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        })
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
            .filter(|one| figures || one.of >= Of::Term)
            .map(|one| (one.span, one.of))
    };
    let is_said = |start: u32, end: u32| {
        text[start as usize..end as usize].chars().any(char::is_alphanumeric)
    };
    let (mut company, mut term) = (false, false);
    // From the front, then from the back: what is theirs goes, with the marks beside it.
    let mut changed = true;
    while changed && span.start < span.end {
        changed = false;
        for (one, of) in near(span) {
            if one.start < span.end && one.end > span.start {
                if one.start <= span.start || !is_said(span.start, one.start) {
                    span.start = one.end.min(span.end);
                    (changed, company, term) = (true, true, term || of == Of::Term);
                } else if one.end >= span.end || !is_said(one.end, span.end) {
                    span.end = one.start.max(span.start);
                    (changed, company, term) = (true, true, term || of == Of::Term);
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
        || !figures
            && term
            && is_left_over(left)
            && !(left.len() > 1 && stands_behind_title(text, span.start as usize))
        || figures && digits == 0
        || figures && digits == left.len() && digits <= COMPANY_DIGITS_MAX;
    (!gone).then_some(span)
}

/// Ordinary and clinical words, and Roman figures: what is left of `Harris-Galante cup`.
fn is_left_over(left: &str) -> bool {
    left.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let figure = |b: u8| matches!(b.to_ascii_uppercase(), b'I' | b'V' | b'X' | b'A'..=b'C');
        is_vocabulary(&word.to_lowercase()) || word.len() <= 4 && word.bytes().all(figure)
    })
}

#[cfg(test)]
pub(super) fn shapes() -> &'static Shapes {
    &CODES
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|(_, shape)| *shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_with_a_check_digit_of_snomed_are_codes_beside_codes() {
        for (text, want) in [
            ("Her number 6175550010 is on file; 7075550112", &[][..]),
            ("refset 723264001 member 6175550010", &["723264001", "6175550010"]),
            ("6175550010, 84114007", &["6175550010", "84114007"]),
            ("84114007 was coded; her number is 6175550010", &["84114007"]),
            ("pt 22298006 called from 6175550010", &["22298006"]),
            ("SNOMED CT code 2534664018. SCTID 2534664018", &["2534664018", "2534664018"]),
            ("2534664018 |Myocardial infarction|", &["2534664018"]),
            ("2534664018|Myocardial infarction|\n2534664018 | Asthma |", &["2534664018"; 2]),
            ("concept_id: 2534664018, description id 2534664018", &["2534664018"; 2]),
            ("Contact description: 6175550010. SCT. 6175550010; SCT 2019, 6175550010", &[]),
            ("New concept. 2 member 6175550010 called. In SNOMED. 6175550010", &[]),
            ("Phone|Reason\n6175550010|Chest pain|open; call 6175550010|pain|", &[]),
            ("22298006\n6175550010", &["22298006"]),
            ("SNOMED CT concept 2534664018. SNOMED clinical terms 2534664018", &["2534664018"; 2]),
            ("- 2534664018 |Asthma|\r\n2534664018 |Asthma|\r\n", &["2534664018"; 2]),
            (r#"{"system":"http://snomed.info/sct","code":"2534664018"}"#, &["2534664018"]),
            ("Callback,6175550010|Chest pain|,; Contact 6175550010 |pain clinic|", &[]),
            ("84114007, 2534664018, 2534664018", &["84114007", "2534664018", "2534664018"]),
            ("2534664018, 2534664018, 84114007", &["2534664018", "2534664018", "84114007"]),
            ("|F||6175550010||EN; Ann | 6175550010 | daughter |; 6175550010|mother", &[]),
            ("NK1|1|DOE^ANN|MTH||6175550010 |home|; 6175550010 |Smith|", &[]),
            ("6175550010 |mother|6175550010 |son|, Ann 6175550010 |daughter| came", &[]),
            ("Coded in SNOMED; call daughter 6175550010, per the SNOMED refset", &[]),
            ("SNOMED coding desk 6175550010. 22298006^Angina^SCT|6175550010", &["22298006"]),
            ("2345-7 6175550010. 84114007 (6175550010)", &["2345-7", "84114007"]),
            ("called from 6175550010 with misconceptions; SCT clinic", &[]),
        ] {
            let mut out = Vec::new();
            checked(text, &mut out);
            out.sort_unstable_by_key(|one| one.span.start);
            let found: Vec<_> = out.iter().map(|one| &text[one.span.range()]).collect();
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn a_code_is_one_of_the_vocabulary_that_is_named() {
        let is = |word: &str, value| is_code(&["code".into(), word.into()], value);
        for (word, value) in [
            ("snomed", "44054006"),
            ("loinc", "4548-4"),
            ("icd", "E11.9"),
            ("icd", "I10"),
            ("icd", "250.00"),
            ("rxcui", "860975"),
            ("cpt", "99213"),
            ("hcpcs", "J1885"),
            ("ndc", "0002-8215-01"),
        ] {
            assert!(is(word, value), "{word} {value}");
            assert!(!is("visit", value), "{value}");
        }
        for (word, value) in [
            ("snomed", "44054007"),
            ("snomed", "4405400a"),
            ("loinc", "4548-5"),
            ("icd", "E11.9 Smith"),
            ("icd", "12345"),
            ("rxcui", "86097512"),
            ("cpt", "992134"),
            ("cpt", "\u{e9}\u{e9}1"),
            ("ndc", "00028215011"),
            ("icd", ""),
        ] {
            assert!(!is(word, value), "{word} {value}");
        }
    }

    /// A name stays found behind a title, whatever term of medicine it begins.
    #[test]
    fn no_term_lets_a_titled_name_out() {
        use crate::detect::{Aim, Known, Prose, detect};
        let (mut prose, mut out) = (Prose::default(), Vec::new());
        for term in terms::all() {
            let name: Vec<String> =
                (term.split(' ')).map(|word| word[..1].to_uppercase() + &word[1..]).collect();
            let text = format!("Seen by Dr. {} on the ward.", name.join(" "));
            detect(&text, &Known::default(), Aim::Balanced, &mut prose, &mut out).expect("cheap");
            assert!(out.iter().any(|finding| finding.span.start <= 12), "{text}: {out:?}");
        }
    }

    #[test]
    fn persons_beside_what_is_exempt_stay_found() {
        use crate::detect::{Aim, Known, Prose, detect};
        let (mut prose, mut out) = (Prose::default(), Vec::new());
        for (text, names) in [
            ("Patient: Mason Allen, 45 year old male with chest pain.", &["Mason", "Allen"][..]),
            ("Pt Weber c/o chest pain since morning.", &["Weber"]),
            ("Mr. Harris hip pain for 3 days.", &["Harris"]),
            ("Nurse Jackson Pratt called.", &["Jackson", "Pratt"]),
            ("She lives in West Haven, CT with her husband.", &["West Haven"]),
            ("Signed by Dr. HALL general surgery", &["HALL"]),
            ("Per Dr. PARK p.o. intake is fine", &["PARK"]),
            ("Seen by Philips Zblewski today in clinic.", &["Zblewski"]),
            ("Attending: Wilson/Day", &["Wilson"]),
            ("Seen with Linda Stage today.", &["Linda Stage"]),
            ("Member XQH884512105 was seen", &["XQH884512105"]),
        ] {
            detect(text, &Known::default(), Aim::Balanced, &mut prose, &mut out).expect("cheap");
            for name in names {
                let at = text.find(name).expect("it is there") as u32;
                let found = out.iter().any(|f| f.span.start <= at && at < f.span.end);
                assert!(found, "{text}: {name}: {out:?}");
            }
        }
    }

    #[test]
    fn codes_and_values_are_exempt() {
        for (text, want) in [
            ("ICD-10: E11.9, I10", vec!["ICD-10", "E11.9", "E11.9, I10"]),
            ("NDC11 05112731206; 08 (PCV), (Smith)", vec!["NDC11", "05112731206", "PCV"]),
            (
                "TMP-SMX R, LEE R; HEDIS CBP; OnabotulinumtoxinA",
                vec!["TMP-SMX R", "HEDIS CBP", "OnabotulinumtoxinA"],
            ),
            ("Siemens MAGNETOM Skyra; Siemens Martha", vec!["Siemens MAGNETOM"]),
            (
                "HR 72-88-104, levodopa 25-100-200; I/O 2100-1850-1600",
                vec!["72-88-104", "25-100-200", "2100-1850-1600"],
            ),
            ("148-84-76 w/ pain; SAM R, FOX R, (RV)", vec![]),
            ("prednisone 40-30-20-10 mg taper", vec!["40-30-20-10 mg"]),
            ("Biotronik Edora 8 DR-T", vec!["Biotronik Edora", "8 DR-T"]),
            ("LOINC 4548-4", vec!["4548-4"]),
            ("NDC 0002-8215-01", vec!["0002-8215-01"]),
            ("CKD (N18)", vec!["N18"]),
            ("500 mg and 10-25 WBC", vec!["500 mg", "10-25", "10-25 WBC"]),
            ("BRCA1 c.68_69delAG", vec!["BRCA1", "c.68_69delAG"]),
            ("refset 44054006 and 44054007, 2345-7 and 2345-8", vec!["44054006", "2345-7"]),
            ("99203-25 74177 J1885", vec!["99203-25 74177 J1885", "J1885"]),
            ("CBC 14.8>9.9/31<304, admin 99213", vec!["14.8>9.9/31<304", "99213"]),
            ("pT2N0, t3 n2a m0, RXN 860975", vec!["pT2N0", "t3 n2a m0", "860975"]),
            ("prothrombin G20210A; GE Optima CT660", vec!["G20210A", "GE Optima", "CT660"]),
            ("San Francisco syncope rule 0", vec!["San Francisco syncope"]),
            ("Medtronic Hernandez, Biotronik Edora", vec!["Biotronik Edora"]),
            ("call 7075550112", vec![]),
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
