//! From evidence to a class, with a confidence and the reasons.
//!
//! Name and values speak for a class with a weight each, from 0 to 1; two weights a and b together are
//! 1 - (1 - a)(1 - b). A name weighs 0.85 where an alias is all of it, 0.7 where it is its end, 0.45
//! where the word has many meanings. Values weigh the share of them that have the class's form, times
//! 0.95 where the form says it, 0.45 where the form allows it, 0.7 where the detector takes the value
//! as a whole for it. A name whose class has a form that values do not have
//! counts for the share that has it, at least a quarter.
//! Below [`SURE_MIN`] nothing is decided, and the proposal is what does no harm. A class that policies
//! keep needs [`KEEP_MIN`], and values that look like those of a list.

use super::evidence::Evidence;
use crate::detect::Meaning;
use crate::phi::{Class, Epoch, Form};
use crate::policy::NamePart;

/// Confidence from which a class is proposed for what it is.
pub const SURE_MIN: f64 = 0.5;
/// Confidence from which a class is proposed that policies keep as it stands.
pub const KEEP_MIN: f64 = 0.7;
/// Below it, a draft asks a person to look.
pub const CHECK_BELOW: f64 = 0.8;

const FORM_SAYS: f64 = 0.95;
const FORM_ALLOWS: f64 = 0.45;
const DETECTOR_SAYS: f64 = 0.7;
const MISFIT: f64 = 0.25;

/// Values of a list: at most so many different ones, each this many times on average.
const LIST_VALUES_MAX: u64 = 24;
const LIST_TIMES_MIN: u64 = 4;
/// Fewest digits of a whole number that may be somebody's; and of one that FF1 takes.
const NUMBER_DIGITS_MIN: usize = 5;
/// Digits from which on figures alone may be a number of a person.
const LONG_DIGITS_MIN: usize = 6;
/// Values that the context takes for an identifier, from which on a kept class is doubted.
const CONTEXT_MIN: u32 = 3;
const FPE_DIGITS_MIN: usize = 6;

/// Why a class is proposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// The member's name.
    Name,
    /// The form of this share of the values says or allows it.
    Form(f64),
    /// The detector takes this share of the values for it.
    Detector(f64),
    /// This share of the values is prose.
    Prose(f64),
    /// Identifiers were found inside values.
    Inside,
    /// Few different values, or true and false.
    List,
    /// Figures that are no identifier's.
    Figures,
    /// Nothing decides it: the class is the one that does no harm.
    Undecided,
}

/// What a field is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The class.
    pub class: Class,
    /// From 0 to 1.
    pub confidence: f64,
    /// The reasons.
    pub why: Vec<Why>,
    /// The part of a name.
    pub part: NamePart,
    /// The field is a JSON number.
    pub number: bool,
    /// The policy may write a string in place of the number.
    pub retype: bool,
    /// Its numbers are padded to this many characters.
    pub width: Option<usize>,
    /// It is a date, counted since 1970 in this unit.
    pub epoch: Option<Epoch>,
    /// What it was taken for, where that class cannot be a number.
    pub taken_for: Option<Class>,
}

/// Whether policies keep values of a class as they stand.
pub(super) fn is_kept(class: Class) -> bool {
    !class.is_identifier() && class != Class::FreeText
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn both(a: f64, b: f64) -> f64 {
    1.0 - (1.0 - a) * (1.0 - b)
}

/// The class whose form the values of `class` have.
fn form_of(class: Class) -> Class {
    match class {
        Class::BirthDate | Class::DeathDate => Class::Date,
        Class::Fax => Class::Phone,
        Class::Mrn
        | Class::MemberId
        | Class::Account
        | Class::License
        | Class::DriverLicense
        | Class::Passport
        | Class::Vehicle
        | Class::Device
        | Class::Claim => Class::UniqueId,
        class => class,
    }
}

/// Whether values of a class can be told by their form, so that a name alone is not believed.
fn is_checked(class: Class) -> bool {
    matches!(
        form_of(class),
        Class::Date
            | Class::Phone
            | Class::Email
            | Class::Ssn
            | Class::NhsNumber
            | Class::Mbi
            | Class::Card
            | Class::Iban
            | Class::Dea
            | Class::Vin
            | Class::Imei
            | Class::Url
            | Class::Ip
            | Class::Uuid
            | Class::Npi
            | Class::Zip
            | Class::UniqueId
    )
}

/// What a place is, by its values and by what its name means.
pub(super) fn propose(evidence: &Evidence, meaning: Option<Meaning>) -> Proposal {
    let plain = Proposal {
        class: Class::FreeText,
        confidence: 0.0,
        why: vec![Why::Undecided],
        part: NamePart::Whole,
        number: evidence.numbers > 0,
        retype: false,
        width: None,
        epoch: None,
        taken_for: None,
    };
    let values = evidence.values();
    if values == 0 {
        // Nothing was seen: what will come is looked through, or has what its name says.
        return match meaning.filter(|meaning| !is_kept(meaning.class) && meaning.weight > 0.5) {
            Some(meaning) => Proposal {
                class: meaning.class,
                part: meaning.part,
                confidence: meaning.weight,
                why: vec![Why::Name],
                ..plain
            },
            None => plain,
        };
    }
    if evidence.bools == values {
        return Proposal { class: Class::NotPhi, confidence: 0.95, why: vec![Why::List], ..plain };
    }
    if evidence.texts == 0 {
        return number(evidence, meaning, plain);
    }
    fitted(text(evidence, meaning, plain), evidence)
}

/// How much form and detector say for a class, and which of the two.
fn spoken(evidence: &Evidence, class: Class) -> (f64, Why) {
    let values = evidence.values();
    let form = form_of(class);
    let strong = share(u64::from(evidence.strong.of(form)), values);
    let weak = share(u64::from(evidence.weak.of(form)), values);
    let by_form = (FORM_SAYS * strong).max(FORM_ALLOWS * (strong + weak).min(1.0));
    let whole = share(u64::from(evidence.whole.of(class)), evidence.looked);
    let by_detector = DETECTOR_SAYS * whole;
    if by_form >= by_detector {
        (by_form, Why::Form((strong + weak).min(1.0)))
    } else {
        (by_detector, Why::Detector(whole))
    }
}

fn text(evidence: &Evidence, meaning: Option<Meaning>, plain: Proposal) -> Proposal {
    let values = evidence.values();
    let mut best = plain.clone();
    let mut weigh = |class: Class, confidence: f64, why: Vec<Why>, part: NamePart| {
        if confidence > best.confidence {
            best = Proposal { class, confidence, why, part, ..plain.clone() };
        }
    };
    if let Some(meaning) = meaning {
        let (mut weight, mut why) = (meaning.weight, vec![Why::Name]);
        let (spoken, reason) = spoken(evidence, meaning.class);
        let fits = match reason {
            Why::Form(share) | Why::Detector(share) => share,
            _ => 0.0,
        };
        let figures = share(evidence.figured, evidence.texts);
        let name = meaning.class.form() == Form::Name;
        if is_checked(meaning.class) && fits < 0.9 {
            weight *= fits.max(MISFIT);
        } else if name && figures > 0.5 {
            weight *= MISFIT;
        }
        if spoken > 0.0 {
            why.push(reason);
        }
        let mut confidence = both(weight, spoken);
        if name {
            // Words in capitals speak for a name, where the member's name says that it is one.
            confidence = both(confidence, 0.5 * share(evidence.titled, evidence.texts));
        }
        if meaning.class == Class::FreeText {
            confidence = both(confidence, 0.9 * share(evidence.long, evidence.texts));
        }
        weigh(meaning.class, confidence, why, meaning.part);
    }
    // What values say by themselves. A day is somebody's, and whose is for the name to say.
    let likely =
        evidence.strong.classes().chain(evidence.weak.classes()).chain(evidence.whole.classes());
    for class in likely.map(|(class, _)| class) {
        let (spoken, why) = spoken(evidence, class);
        weigh(class, spoken, vec![why], NamePart::Whole);
    }
    let long = share(evidence.long, evidence.texts);
    weigh(Class::FreeText, 0.9 * long, vec![Why::Prose(long)], NamePart::Whole);
    if is_kept(best.class) && !is_clearly_kept(evidence, &mut best) {
        return harmless(evidence, plain, best.confidence);
    }
    if best.confidence < SURE_MIN {
        let (distinct, _) = evidence.distinct.count();
        let list =
            is_list(evidence) && is_words(evidence) && distinct * 4 * LIST_TIMES_MIN <= values;
        if list && found_inside(evidence, Class::NotPhi).is_none() {
            return Proposal {
                class: Class::NotPhi,
                confidence: KEEP_MIN,
                why: vec![Why::List],
                ..plain
            };
        }
        return harmless(evidence, plain, best.confidence);
    }
    best
}

/// Ordinary words in every value.
fn is_words(evidence: &Evidence) -> bool {
    evidence.fresh > 0 && evidence.listlike == evidence.fresh
}

/// Nothing in any value looks like an identifier, by form or by context.
fn is_bare(evidence: &Evidence) -> bool {
    let all = [&evidence.strong, &evidence.weak, &evidence.pattern, &evidence.whole];
    !all.iter().any(|tally| tally.classes().any(|(class, _)| class.is_identifier()))
}

/// Few different values, each of them often.
fn is_list(evidence: &Evidence) -> bool {
    let (distinct, exact) = evidence.distinct.count();
    exact && distinct <= LIST_VALUES_MAX && distinct * LIST_TIMES_MIN <= evidence.values()
}

/// An identifier that was found in values of a class that policies keep, and in how many.
pub(super) fn found_inside(evidence: &Evidence, class: Class) -> Option<(Class, u32)> {
    let foreign = |found: &(Class, u32)| {
        let is_own = class == Class::OpaqueId
            && matches!(found.0, Class::Uuid | Class::UniqueId | Class::FhirId);
        found.0.is_identifier() && !is_own
    };
    // The context sees names in words of lists too: a tenth of the values has to agree.
    // A list that everybody has, as the states, is what it is whatever the context sees.
    let own = u64::from(evidence.strong.of(class) + evidence.weak.of(class));
    let is_own = share(own, evidence.values()) >= 0.9;
    let least = if is_own { u64::MAX } else { evidence.looked.max(20) };
    // Where not every value is an ordinary word, a few are enough.
    let few = if is_own || is_words(evidence) { u32::MAX } else { CONTEXT_MIN };
    let by_context = evidence
        .whole
        .classes()
        .filter(|(_, n)| u64::from(*n).saturating_mul(10) >= least || *n >= few);
    // A form that many things have counts where most values are long figures.
    let long = evidence.digits.saturating_mul(2) > evidence.values()
        && evidence.width.0 >= LONG_DIGITS_MIN;
    let by_weak = evidence.weak.classes().filter(|_| long && !is_own);
    let by_form = evidence.strong.classes().chain(by_weak);
    let found = evidence.pattern.classes().chain(by_form).chain(by_context).filter(foreign);
    found.max_by_key(|(_, n)| *n)
}

/// A class that policies keep takes clear values: those of a list, of a vocabulary, or figures.
fn is_clearly_kept(evidence: &Evidence, best: &mut Proposal) -> bool {
    if found_inside(evidence, best.class).is_some() || evidence.long > 0 {
        return false;
    }
    let (spoken, _) = spoken(evidence, best.class);
    let (distinct, _) = evidence.distinct.count();
    let vocabulary = spoken >= FORM_ALLOWS * 0.9;
    let clear = match best.class {
        Class::OpaqueId => false,
        Class::Sex | Class::State | Class::Country => vocabulary,
        // Systems of codes are URIs: a list of them says nothing of a person.
        Class::ClinicalValue => vocabulary || is_list(evidence) && is_words(evidence),
        Class::ClinicalCode => vocabulary || is_list(evidence) && evidence.spaced == 0,
        // Among the values of a list one may be a person's, unless all are ordinary words.
        _ => {
            (is_list(evidence) || distinct <= 3) && is_words(evidence)
                || is_list(evidence) && is_bare(evidence)
        }
    };
    if clear && !vocabulary {
        best.why.push(Why::List);
        best.confidence = both(best.confidence, 0.5);
    }
    clear && best.confidence >= KEEP_MIN
}

/// The class that does no harm: prose is looked through, identifiers become tokens, and what is
/// neither goes.
fn harmless(evidence: &Evidence, plain: Proposal, confidence: f64) -> Proposal {
    let inside = evidence.pattern.classes().next().is_some() && evidence.spaced > 0;
    let class = if evidence.spaced > 0 || evidence.long > 0 {
        Class::FreeText
    } else if evidence.record == evidence.texts {
        Class::UniqueId
    } else {
        Class::Url
    };
    let mut why = vec![Why::Undecided];
    if inside {
        why.push(Why::Inside);
    }
    // What was thought of was not believed, so the number is that of the doubt.
    Proposal { class, confidence: confidence.min(SURE_MIN - 0.01), why, ..plain }
}

/// What is taken for a class that policies keep, removed until somebody says what it is.
pub(super) fn not_kept(proposal: Proposal) -> Proposal {
    if !is_kept(proposal.class) {
        return proposal;
    }
    let confidence = proposal.confidence.min(SURE_MIN - 0.01);
    Proposal { class: Class::Url, confidence, why: vec![Why::Undecided], ..proposal }
}

fn number(evidence: &Evidence, meaning: Option<Meaning>, plain: Proposal) -> Proposal {
    let numbers = evidence.numbers;
    let whole = evidence.fractions == 0;
    let said = meaning.map(|meaning| meaning.class);
    let weight = meaning.map_or(0.0, |meaning| meaning.weight);
    let named = |class, confidence| {
        let why = vec![Why::Name, Why::Figures];
        fitted(Proposal { class, confidence, why, ..plain.clone() }, evidence)
    };
    let date = said.filter(|class| class.form() == Form::Date);
    // A count since 1970 has nine digits or more: the shortest of seconds.
    let unit = evidence
        .epochs
        .iter()
        .position(|seen| *seen == numbers)
        .filter(|_| evidence.whole_digits >= 9);
    if let (true, Some(unit)) = (whole, unit)
        && (date.is_some() || said.is_none() && evidence.whole_digits >= 13)
    {
        let confidence = if date.is_some() { both(weight, FORM_ALLOWS) } else { SURE_MIN };
        let epoch = Some(super::evidence::EPOCHS[unit]);
        let why = if date.is_some() { vec![Why::Name, Why::Figures] } else { vec![Why::Figures] };
        let class = date.unwrap_or(Class::Date);
        return Proposal { class, confidence, why, epoch, ..plain };
    }
    match said {
        Some(Class::GeoPoint) => return named(Class::GeoPoint, weight),
        Some(Class::Age) if whole && evidence.whole_digits <= 3 && evidence.negative == 0 => {
            return named(Class::Age, both(weight, FORM_ALLOWS));
        }
        // A number that is an identifier by its name, whatever its length.
        Some(class) if class.is_identifier() && whole && class != Class::Age => {
            return named(class, weight);
        }
        _ => {}
    }
    if evidence.whole_digits >= NUMBER_DIGITS_MIN {
        let class = if whole { Class::UniqueId } else { Class::Url };
        let best = Proposal { class, confidence: 0.4, ..plain };
        return fitted(best, evidence);
    }
    let class =
        if said == Some(Class::NotPhi) && whole { Class::NotPhi } else { Class::ClinicalValue };
    let mut why = vec![Why::Figures];
    why.extend((said == Some(class)).then_some(Why::Name));
    let weight = if said == Some(class) { weight } else { 0.0 };
    Proposal { class, confidence: both(KEEP_MIN, weight * 0.8), why, ..plain }
}

/// Gives a proposal the options that its values need. Numbers keep their type only under kernels that
/// can: what the built-in policies encrypt by FF1 needs a width, what they make a string, `retype`.
fn fitted(mut proposal: Proposal, evidence: &Evidence) -> Proposal {
    let encrypted = matches!(
        proposal.class,
        Class::Mrn
            | Class::MemberId
            | Class::Account
            | Class::Ssn
            | Class::Itin
            | Class::Npi
            | Class::NhsNumber
            | Class::Card
            | Class::Imei
    );
    let (fewest, most) = evidence.width;
    if !proposal.number {
        let all = evidence.digits == evidence.texts && fewest == most;
        let padded = matches!(proposal.class, Class::Mrn | Class::MemberId | Class::Account);
        proposal.width = (padded && all && (FPE_DIGITS_MIN..=64).contains(&most)).then_some(most);
        return proposal;
    }
    if proposal.epoch.is_some() || is_kept(proposal.class) {
        return proposal;
    }
    if encrypted && (FPE_DIGITS_MIN..=64).contains(&most) {
        proposal.width = Some(most);
        return proposal;
    }
    // Dates, telephone numbers and ZIP codes lose their form as numbers; a token does not need it.
    let removed = matches!(
        proposal.class,
        Class::GeoPoint
            | Class::Url
            | Class::Street
            | Class::City
            | Class::County
            | Class::Photo
            | Class::Biometric
    );
    if !removed && proposal.class != Class::Age {
        let prose = proposal.class == Class::FreeText;
        proposal.taken_for =
            (!prose && proposal.class != Class::UniqueId).then_some(proposal.class);
        proposal.class = Class::UniqueId;
        proposal.part = NamePart::Whole;
        proposal.retype = true;
        if prose {
            proposal.class = Class::Url;
            proposal.retype = false;
        }
    }
    proposal
}

/// What the names of the members of a map are. A name cannot become null, nor may two become one, so
/// it has a class whose values become tokens, or one that is kept.
pub(super) fn of_names(evidence: &Evidence, meaning: Option<Meaning>) -> Proposal {
    let best = propose(evidence, meaning);
    let tokens = matches!(
        best.class,
        Class::Mrn
            | Class::MemberId
            | Class::Account
            | Class::Ssn
            | Class::Npi
            | Class::Phone
            | Class::Email
            | Class::Uuid
            | Class::UniqueId
            | Class::Claim
            | Class::PersonName
            | Class::ProviderName
            | Class::Organization
    );
    if tokens || best.class == Class::ClinicalCode {
        return Proposal { part: NamePart::Whole, ..best };
    }
    let record = evidence.record == evidence.texts;
    let class = if record { Class::UniqueId } else { Class::Organization };
    let (confidence, why) = (best.confidence.min(SURE_MIN - 0.01), vec![Why::Undecided]);
    Proposal { class, confidence, why, part: NamePart::Whole, width: None, ..best }
}
