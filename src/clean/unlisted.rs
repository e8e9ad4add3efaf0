//! Members that no path lists, where the schema says `unlisted: scan`: what their names say, and
//! whether a value stands, gets the rule of a class, or refuses the record.

use crate::detect::{
    Finding, Layer, Meaning, PATTERN_SCORE, Prose, Written, is_code, is_doubtful, is_word_of,
    meaning,
};
use crate::phi::{Class, Code, Form, Span, canonical, is_card, is_imei, is_nhs, is_npi};
use crate::policy::Plan;
use crate::transform::Rule;
use zeroize::Zeroizing;

/// Most digits of a measure before the point; and behind it, where the name says that it is one, and
/// where it does not: three are a place on the map.
const WHOLE_DIGITS_MAX: usize = 4;
const FRACTION_DIGITS_MAX: usize = 3;
const DOUBTFUL_FRACTION_DIGITS_MAX: usize = 2;
/// Ages from which on a number may be one that is told by no more than itself.
const OLD_AGES: std::ops::RangeInclusive<u32> = 90..=129;
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2099;

/// What the name of a member says of the values below it.
#[derive(Default)]
pub(super) struct Hint {
    words: Zeroizing<Vec<String>>,
    meaning: Option<Meaning>,
}

impl Hint {
    /// From the words of the member's own name and of the one above.
    pub(super) fn of(above: &[String], own: Zeroizing<Vec<String>>) -> Hint {
        Hint { meaning: meaning(above, &own), words: own }
    }

    fn identifier(&self, sure: bool) -> Option<Class> {
        let meaning = self.meaning.filter(|meaning| meaning.is_sure() == sure)?;
        Some(meaning.class).filter(|class| class.is_identifier())
    }

    /// The name says that its values are of a class that is kept: a year or an age has no such name.
    fn is_kept(&self) -> bool {
        self.meaning.is_some_and(|meaning| {
            matches!(meaning.class, Class::ClinicalValue | Class::ClinicalCode | Class::NotPhi)
        })
    }
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stands, but for what was found in it.
    Stands,
    /// It stands, whatever was found in it.
    Plain,
    /// The whole of it is a value of this class.
    Is(Class),
}

/// What becomes of a string, of which `findings` were found by detection with `prose`.
pub(super) fn text(
    plan: &Plan,
    text: &str,
    hint: &Hint,
    prose: &mut Prose,
    findings: &[Finding],
) -> Result<Verdict, Code> {
    let value = text.trim();
    if value.is_empty() || is_known_whole(text, findings) {
        return Ok(Verdict::Stands);
    }
    let takes = |class: &Class| rule(plan, *class) != Rule::Keep && fits(plan, *class, value);
    if let Some(class) = hint.identifier(true).filter(takes) {
        return Ok(Verdict::Is(class));
    }
    if findings.is_empty() && number_parts(value).is_some() {
        return figure(plan, value, hint, takes);
    }
    // What stays because its class is kept has to be one: the tagger alone does not say so.
    let firm = |finding: &&Finding| {
        !finding.layer.is_model()
            || finding.written == Written::Encoded
            || rule(plan, finding.class) != Rule::Keep
    };
    let firm: Vec<Finding> = findings.iter().filter(firm).copied().collect();
    let kept = hint.meaning.filter(|meaning| meaning.is_sure()).map(|meaning| meaning.class);
    if firm.is_empty()
        && (is_code(&hint.words, value) || kept.is_some_and(|class| is_word_of(class, value)))
    {
        return Ok(Verdict::Plain);
    }
    if !is_doubtful(text, plan.aim, prose, &firm) {
        return Ok(Verdict::Stands);
    }
    hint.identifier(false).filter(takes).map(Verdict::Is).ok_or(Code::Doubtful)
}

/// What becomes of a JSON number.
pub(super) fn number(
    plan: &Plan,
    text: &str,
    hint: &Hint,
    findings: &[Finding],
) -> Result<Verdict, Code> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let stays_number = |class: &Class| match rule(plan, *class) {
        Rule::Remove => true,
        Rule::Fpe | Rule::Permute => {
            digits
                && matches!(class.form(), Form::Digits | Form::Record)
                && fits(plan, *class, text)
        }
        Rule::CapAge { .. } => digits && fits(plan, *class, text),
        // The others write strings, or ask for a form that a number has not.
        _ => false,
    };
    let mut known = findings.iter().filter(|finding| finding.known.is_some());
    match known.next() {
        // A part of a number cannot become something else.
        Some(one) if is_known_whole(text, findings) && stays_number(&one.class) => {
            Ok(Verdict::Stands)
        }
        Some(_) => Err(Code::Doubtful),
        None => figure(plan, text, hint, stays_number),
    }
}

/// Digits of a number or of a string: somebody's, a measure, or doubtful. `takes`: the rule of a class
/// can take them.
fn figure(
    plan: &Plan,
    text: &str,
    hint: &Hint,
    takes: impl Fn(&Class) -> bool,
) -> Result<Verdict, Code> {
    let is = |class: Class| Some(class).filter(&takes).map(Verdict::Is).ok_or(Code::Doubtful);
    if let Some(class) = hint.identifier(true) {
        return if stays(plan, class, text) { Ok(Verdict::Plain) } else { is(class) };
    }
    if is_code(&hint.words, text) {
        return Ok(Verdict::Plain);
    }
    let loose = hint.identifier(false);
    // A day, a month: parts of a date are one.
    if let Some(class) = loose.filter(|class| class.form() == Form::Date) {
        return is(class);
    }
    if let Some(class) = by_law(text)? {
        return is(class);
    }
    if is_measure(text, hint) {
        return Ok(Verdict::Plain);
    }
    loose.map_or(Err(Code::Doubtful), is)
}

/// An age or a ZIP code that its name tells and the policy keeps.
fn stays(plan: &Plan, class: Class, text: &str) -> bool {
    let digits = match class {
        Class::Age => 1..=3,
        Class::Zip => 5..=5,
        _ => return false,
    };
    rule(plan, class) == Rule::Keep
        && digits.contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a number is of its class.
type Law = fn(&str) -> bool;

/// The one class whose check digit a number has; two are a doubt.
fn by_law(text: &str) -> Result<Option<Class>, Code> {
    let laws: [(Class, Law); 4] = [
        (Class::Npi, is_npi),
        (Class::Card, is_card),
        (Class::Imei, is_imei),
        (Class::NhsNumber, is_nhs),
    ];
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let mut found = laws.iter().filter(|(_, law)| law(text)).map(|(class, _)| *class);
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Err(Code::Doubtful),
        (one, _) => Ok(one),
    }
}

/// A number too small for one of a person: a year or an old age only where the name says otherwise.
fn is_measure(text: &str, hint: &Hint) -> bool {
    let Some((whole, fraction)) = number_parts(text) else { return false };
    let fraction_max =
        if hint.is_kept() { FRACTION_DIGITS_MAX } else { DOUBTFUL_FRACTION_DIGITS_MAX };
    if whole.len() > WHOLE_DIGITS_MAX || fraction.len() > fraction_max {
        return false;
    }
    let says = whole.parse().is_ok_and(|n| YEARS.contains(&n) || OLD_AGES.contains(&n));
    !says || hint.is_kept()
}

/// The digits of a number before and behind its point; `None` for anything else, exponents too.
fn number_parts(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(whole) && digits(fraction)).then_some((whole, fraction))
}

fn rule(plan: &Plan, class: Class) -> Rule {
    plan.slots[usize::from(plan.text_slots[class as usize])].rule
}

/// Whether a value has the form of a class, or goes whatever its form is.
fn fits(plan: &Plan, class: Class, text: &str) -> bool {
    let mut form = Zeroizing::new(String::with_capacity(text.len() + 64));
    rule(plan, class) == Rule::Remove
        || canonical(class, plan.text_extent(class), text, &mut form).is_ok()
}

/// The record's own fields give all of the value.
fn is_known_whole(text: &str, findings: &[Finding]) -> bool {
    matches!(findings, [one] if one.known.is_some() && one.span == trimmed(text))
}

fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}

/// The whole of a value, as a finding.
pub(super) fn whole(text: &str, class: Class) -> Finding {
    Finding {
        span: trimmed(text),
        class,
        layer: Layer::Pattern,
        known: None,
        score: PATTERN_SCORE,
        rule: "name of the member",
        written: Written::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Known, detect, name_words};
    use crate::phi::{Day, Ymd};
    use crate::policy::{BUILTIN, plan_from_text};

    fn plan(policy: usize) -> Plan {
        let schema = "schema: u\nformat: json\nsubject: $.mrn\nfields: {$.mrn: {class: mrn, width: 8}}\nunlisted: scan\n";
        let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
        plan_from_text(schema, BUILTIN[policy].1, today).expect("a plan")
    }

    fn hint(path: &str) -> Hint {
        let (above, own) = path.rsplit_once('.').unwrap_or(("", path));
        Hint::of(&name_words(above), Zeroizing::new(name_words(own)))
    }

    /// Of a number; `safe_harbor`, `limited_dataset`, `pseudonymize`.
    fn of_number(policy: usize, path: &str, value: &str) -> Result<Verdict, Code> {
        number(&plan(policy), value, &hint(path), &[])
    }

    fn of_text(policy: usize, path: &str, value: &str) -> Result<Verdict, Code> {
        let (plan, mut prose, mut found) = (plan(policy), Prose::default(), Vec::new());
        detect(value, &Known::default(), plan.aim, &mut prose, &mut found).expect("cheap");
        text(&plan, value, &hint(path), &mut prose, &found)
    }

    #[test]
    fn small_numbers_stand() {
        for (path, value) in [
            ("quantity", "7"),
            ("zorblax", "7.25"),
            ("zorblax", "-12"),
            ("zorblax", "1899"),
            ("reading", "7.251"),
            ("heartRate", "98"),
            ("spo2", "98"),
            ("count", "1961"),
            ("snomed_code", "44054006"),
            ("coding.rxcui", "860975"),
        ] {
            assert_eq!(of_number(2, path, value), Ok(Verdict::Plain), "{path}: {value}");
            // In a string 7.25 may be a day.
            assert!(of_text(2, path, value).is_ok(), "{path}: {value}");
        }
    }

    #[test]
    fn numbers_that_may_be_somebodys_are_doubtful() {
        for (path, value) in [
            ("zorblax", "12345"),
            ("zorblax", "98"),
            ("zorblax", "1961"),
            ("zorblax", "39.781"),
            ("reading", "39.7817"),
            ("reading", "12345.6"),
            ("reading", "1e9"),
            ("snomed_code", "44054007"),
            ("day", "4"),
            ("createdAt", "1767600000"),
            // These become text, and a number cannot.
            ("visitId", "88451234"),
            ("phone", "2125550142"),
            ("passport", "12345678"),
            // The check digits of two: NPI and NHS number.
            ("zorblax", "2000000002"),
        ] {
            assert_eq!(of_number(2, path, value), Err(Code::Doubtful), "{path}: {value}");
        }
    }

    #[test]
    fn numbers_of_a_class_get_its_rule() {
        for (policy, path, value, class) in [
            (2, "zorblax", "1234567893", Class::Npi),
            (2, "providerNPI", "1234567893", Class::Npi),
            (2, "mrn", "12345", Class::Mrn),
            (2, "ssn", "219099987", Class::Ssn),
            (2, "age", "93", Class::Age),
            (2, "latitude", "39.7817", Class::GeoPoint),
            (0, "visitId", "88451234", Class::UniqueId),
            (0, "zorblax", "4111111111111111", Class::Card),
        ] {
            assert_eq!(of_number(policy, path, value), Ok(Verdict::Is(class)), "{path}: {value}");
        }
        // A limited data set keeps ages and ZIP codes, and what only says to be one is looked at.
        for (path, value) in [("age", "93"), ("zip", "62704")] {
            assert_eq!(of_number(1, path, value), Ok(Verdict::Plain), "{path}: {value}");
        }
        for (path, value) in [("age", "9345"), ("zip", "627041234"), ("createdAt", "20260105")] {
            assert_eq!(of_number(1, path, value), Err(Code::Doubtful), "{path}: {value}");
        }
    }

    #[test]
    fn strings_get_the_class_that_their_name_says() {
        for (path, value, class) in [
            ("lastName", "Zblewski", Class::PersonName),
            ("provider.lastName", "Zblewski", Class::ProviderName),
            ("dateOfBirth", "1961-03-04", Class::BirthDate),
            ("visitId", "V-88451", Class::UniqueId),
            ("home_phone", "2125550142", Class::Phone),
            ("address.line1", "12 Elm Street", Class::Street),
            // A word of many meanings speaks where nothing else does.
            ("key", "kx9-22z7", Class::UniqueId),
        ] {
            assert_eq!(of_text(2, path, value), Ok(Verdict::Is(class)), "{path}: {value}");
        }
        for (path, value) in
            [("state", "IL"), ("gender", "F"), ("icd10", "E11.9"), ("cpt", "99213")]
        {
            assert_eq!(of_text(2, path, value), Ok(Verdict::Plain), "{path}: {value}");
        }
        for (path, value) in [("state", "active"), ("name", "active"), ("status", "seen 1/5/2026")]
        {
            assert_eq!(of_text(2, path, value), Ok(Verdict::Stands), "{path}: {value}");
        }
    }

    #[test]
    fn strings_that_say_nothing_of_themselves_are_doubtful() {
        for (policy, path, value) in [
            (2, "zorblax", "kx9-22z7"),
            (2, "zorblax", "12345"),
            (2, "state", "Kx-77"),
            // A kept class needs more than the tagger's word.
            (1, "zorblax", "Springfield"),
        ] {
            assert_eq!(of_text(policy, path, value), Err(Code::Doubtful), "{path}: {value}");
        }
    }
}
