//! What a scan keeps of the values of one place: counts, and no value.

use super::shape::{self, Classes};
use crate::detect::{Aim, Finding, Known, Layer, Prose, Seen, detect, is_vocabulary, name_words};
use crate::format::Kind;
use crate::limits::{
    SCAN_DISTINCT_MAX, SCAN_LOOK_BYTES_MAX, SCAN_MAP_NAMES_MAX, SCAN_TEXTS_MAX,
    SCAN_VALUE_BYTES_MAX,
};
use crate::phi::{CLASSES, Class, Epoch, Ymd};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// Counts by class, indexed by `Class as usize`.
#[derive(Clone, Debug)]
pub(super) struct Tally([u32; CLASSES.len()]);

impl Default for Tally {
    fn default() -> Self {
        Tally([0; CLASSES.len()])
    }
}

impl Tally {
    fn add(&mut self, classes: Classes) {
        classes.indices().for_each(|at| self.0[at] += 1);
    }

    pub(super) fn of(&self, class: Class) -> u32 {
        self.0[class as usize]
    }

    /// The classes that were counted.
    pub(super) fn classes(&self) -> impl Iterator<Item = (Class, u32)> + '_ {
        CLASSES.iter().map(|entry| (entry.class, self.of(entry.class))).filter(|(_, n)| *n > 0)
    }

    fn merge(&mut self, other: &Tally) {
        self.0.iter_mut().zip(other.0).for_each(|(own, more)| *own += more);
    }
}

/// About how many different values there are: the smallest hashes of all ("k minimum values"). Below
/// the bound the count is exact; above it the standard error is 1/sqrt(bound), 6 %.
#[derive(Clone, Debug, Default)]
pub(super) struct Distinct(BTreeSet<u64>);

impl Distinct {
    /// True when the value was not counted yet, as far as is known.
    fn add(&mut self, hash: u64) -> bool {
        let full = self.0.len() >= SCAN_DISTINCT_MAX;
        if full && self.0.last().is_some_and(|last| hash > *last) {
            return true;
        }
        let new = self.0.insert(hash);
        if self.0.len() > SCAN_DISTINCT_MAX {
            self.0.pop_last();
        }
        new
    }

    /// The number of different values, and whether it is exact.
    pub(super) fn count(&self) -> (u64, bool) {
        match self.0.last() {
            Some(&last) if self.0.len() >= SCAN_DISTINCT_MAX => {
                let share = last as f64 / u64::MAX as f64;
                (((SCAN_DISTINCT_MAX - 1) as f64 / share.max(f64::EPSILON)) as u64, false)
            }
            _ => (self.0.len() as u64, true),
        }
    }

    fn merge(&mut self, other: &Distinct) {
        for hash in &other.0 {
            self.add(*hash);
        }
    }
}

/// Units of counts since 1970 that a number may be of, in the order of `Evidence::epochs`.
pub(super) const EPOCHS: [Epoch; 3] = [Epoch::Seconds, Epoch::Millis, Epoch::Micros];

/// What is known of the values of one place. No value is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// Strings that are not blank.
    pub(super) texts: u64,
    pub(super) blank: u64,
    pub(super) numbers: u64,
    pub(super) bools: u64,
    pub(super) nulls: u64,
    pub(super) distinct: Distinct,
    /// Values (not blank, not null) whose form says or allows a class.
    pub(super) strong: Tally,
    pub(super) weak: Tally,
    /// Texts that the detector looked through; and those of them that are, as a whole, a finding.
    pub(super) looked: u64,
    pub(super) whole: Tally,
    /// Texts in which patterns found a class; and those in which the context did.
    pub(super) pattern: Tally,
    pub(super) context: Tally,
    /// Texts of five words or more; those with a space; those with a figure; those in which words
    /// begin in capitals, as names do.
    pub(super) long: u64,
    pub(super) spaced: u64,
    pub(super) figured: u64,
    pub(super) titled: u64,
    /// Texts that were new; and those of them that are ordinary words, such as lists have
    /// (`in_progress`, `FINAL`).
    pub(super) fresh: u64,
    pub(super) listlike: u64,
    /// Texts that the class `unique_id` takes: letters, digits and separators.
    pub(super) record: u64,
    /// Values of digits alone, and the fewest and most digits of one; numbers count too.
    pub(super) digits: u64,
    pub(super) width: (usize, usize),
    /// Numbers with a fraction or an exponent, those below zero, and the most digits before the point.
    pub(super) fractions: u64,
    pub(super) negative: u64,
    pub(super) whole_digits: usize,
    /// Numbers that are a moment between 1970 and 2100 in a unit of [`EPOCHS`].
    pub(super) epochs: [u64; 3],
    /// Values that do not have the form of the class that a schema lists.
    pub(super) misfits: u64,
}

/// What the scan uses again from value to value.
#[derive(Default)]
pub(super) struct Look {
    known: Known,
    prose: Prose,
    findings: Vec<Finding>,
    /// Bytes looked through so far.
    bytes: usize,
    /// Texts that were not, because the bound was reached.
    pub(super) passed_over: u64,
}

impl std::fmt::Debug for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The detector's memory holds the text that was looked through last.
        f.write_str("Look(..)")
    }
}

impl Look {
    /// Finds identifiers in a text; `None` when the bound is reached or the text costs too much.
    pub(super) fn findings(&mut self, text: &str) -> Option<&[Finding]> {
        if self.bytes + text.len() > SCAN_LOOK_BYTES_MAX {
            self.passed_over += 1;
            return None;
        }
        self.bytes += text.len();
        let looked = detect(text, &self.known, Aim::Balanced, &mut self.prose, &mut self.findings);
        if looked.is_err() {
            self.passed_over += 1;
            return None;
        }
        Some(&self.findings)
    }

    /// What is seen in the name of a member; `None` when it could not be looked through.
    pub(super) fn seen(&mut self, name: &str) -> Option<Seen> {
        self.findings(name).map(Seen::of)
    }
}

impl Evidence {
    /// Values that say something: not blank, not null.
    pub(super) fn values(&self) -> u64 {
        self.texts + self.numbers + self.bools
    }

    /// Takes note of a value; `hash` is that of its text.
    pub(super) fn see(&mut self, kind: Kind, text: &str, hash: u64, look: &mut Look) {
        match kind {
            Kind::Null => self.nulls += 1,
            Kind::Bool => {
                self.bools += 1;
                self.distinct.add(hash);
            }
            Kind::Number => {
                self.numbers += 1;
                self.distinct.add(hash);
                self.number(text);
            }
            Kind::Text { .. } | Kind::Fixed | Kind::Name { .. } if text.trim().is_empty() => {
                self.blank += 1
            }
            // A tour is of JSON, which has none of these.
            Kind::Integer(_) | Kind::Opaque => {}
            Kind::Text { .. } | Kind::Fixed | Kind::Name { .. } => {
                self.texts += 1;
                let new = self.distinct.add(hash);
                self.text(text.trim());
                // What was looked through once says the same again.
                if new {
                    self.fresh += 1;
                    self.listlike += u64::from(is_listlike(text.trim()));
                    let is_name = matches!(kind, Kind::Name { .. });
                    let most = if is_name { SCAN_MAP_NAMES_MAX } else { SCAN_TEXTS_MAX };
                    if self.fresh <= most {
                        self.look(text, look);
                    } else if !is_name {
                        look.passed_over += 1;
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let shape = shape::of_text(text);
        self.strong.add(shape.strong);
        self.weak.add(shape.weak);
        let words = text.split_whitespace().take(5).count();
        self.long += u64::from(words >= 5);
        self.spaced += u64::from(words > 1);
        self.figured += u64::from(text.bytes().any(|b| b.is_ascii_digit()));
        let title = |word: &str| word.starts_with(char::is_uppercase);
        self.titled += u64::from(words < 5 && text.split_whitespace().all(title));
        self.record += u64::from(
            text.len() <= 64 && shape::fits(Class::UniqueId, &crate::phi::Extent::Any, text),
        );
        if text.bytes().all(|b| b.is_ascii_digit()) {
            self.all_digits(text);
        }
    }

    fn number(&mut self, text: &str) {
        let shape = shape::of_text(text);
        self.strong.add(shape.strong);
        self.weak.add(shape.weak);
        let digits = text.trim_start_matches('-');
        self.negative += u64::from(digits.len() < text.len());
        let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
        self.whole_digits = self.whole_digits.max(whole);
        if whole == digits.len() {
            self.all_digits(digits);
        } else {
            self.fractions += 1;
        }
        let Ok(count) = text.parse::<i64>() else { return };
        for (seen, unit) in self.epochs.iter_mut().zip(EPOCHS) {
            // A count of days or of anything else is below the first year of any unit.
            let plausible = |day: Ymd| (1971..2100).contains(&day.year);
            *seen += u64::from(unit.day(count).is_some_and(plausible));
        }
    }

    fn all_digits(&mut self, digits: &str) {
        let length = digits.len();
        let (fewest, most) = self.width;
        self.width = if self.digits == 0 {
            (length, length)
        } else {
            (fewest.min(length), most.max(length))
        };
        self.digits += 1;
    }

    fn look(&mut self, text: &str, look: &mut Look) {
        let end = text.floor_char_boundary(SCAN_VALUE_BYTES_MAX.min(text.len()));
        let text = text[..end].trim();
        let Some(findings) = look.findings(text) else { return };
        let (mut whole, mut pattern, mut context) =
            (Classes::default(), Classes::default(), Classes::default());
        for finding in findings {
            if finding.span.range() == (0..text.len()) {
                whole.add(finding.class);
            }
            match finding.layer {
                Layer::Tagger | Layer::Transformer => context.add(finding.class),
                _ => pattern.add(finding.class),
            }
        }
        self.looked += 1;
        self.whole.add(whole);
        self.pattern.add(pattern);
        self.context.add(context);
    }

    /// Puts two places together.
    pub(super) fn merge(&mut self, other: &Evidence) {
        for (own, more) in [
            (&mut self.texts, other.texts),
            (&mut self.blank, other.blank),
            (&mut self.numbers, other.numbers),
            (&mut self.bools, other.bools),
            (&mut self.nulls, other.nulls),
            (&mut self.looked, other.looked),
            (&mut self.long, other.long),
            (&mut self.spaced, other.spaced),
            (&mut self.figured, other.figured),
            (&mut self.titled, other.titled),
            (&mut self.fresh, other.fresh),
            (&mut self.listlike, other.listlike),
            (&mut self.record, other.record),
            (&mut self.fractions, other.fractions),
            (&mut self.negative, other.negative),
            (&mut self.misfits, other.misfits),
        ] {
            *own += more;
        }
        self.epochs.iter_mut().zip(other.epochs).for_each(|(own, more)| *own += more);
        for (own, more) in [
            (&mut self.strong, &other.strong),
            (&mut self.weak, &other.weak),
            (&mut self.whole, &other.whole),
            (&mut self.pattern, &other.pattern),
            (&mut self.context, &other.context),
        ] {
            own.merge(more);
        }
        self.distinct.merge(&other.distinct);
        self.width = match (self.digits, other.digits) {
            (0, _) => other.width,
            (_, 0) => self.width,
            _ => (self.width.0.min(other.width.0), self.width.1.max(other.width.1)),
        };
        self.digits += other.digits;
        self.whole_digits = self.whole_digits.max(other.whole_digits);
    }
}

/// Ordinary words that are nobody's name, without a space between them.
fn is_listlike(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-' | '/');
    text.len() <= 40 && text.chars().all(plain) && is_vocabulary(&Zeroizing::new(name_words(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_values_are_counted_and_then_estimated() {
        use std::hash::{BuildHasher, RandomState};
        let (mut distinct, hasher) = (Distinct::default(), RandomState::new());
        for n in 0..200 {
            distinct.add(hasher.hash_one(n));
            distinct.add(hasher.hash_one(n));
        }
        assert_eq!(distinct.count(), (200, true));
        for n in 0..100_000 {
            distinct.add(hasher.hash_one(n));
        }
        let (count, exact) = distinct.count();
        // Five standard errors.
        assert!(!exact && (69_000..131_000).contains(&count), "{count}");
        assert!(distinct.0.len() <= SCAN_DISTINCT_MAX);
    }

    #[test]
    fn no_value_is_kept() {
        let (mut evidence, mut look) = (Evidence::default(), Look::default());
        evidence.see(Kind::Text { escaped: false }, "Jane Canary, MRN 00123456", 7, &mut look);
        evidence.see(Kind::Number, "99887766", 8, &mut look);
        let shown = format!("{evidence:?} {look:?}");
        for value in ["Jane", "Canary", "00123456", "99887766"] {
            assert!(!shown.contains(value), "{value}");
        }
        assert_eq!((evidence.values(), evidence.pattern.of(Class::Mrn)), (2, 1));
    }
}
