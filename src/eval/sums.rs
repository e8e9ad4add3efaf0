//! What documents come to: sums that can be added up, shares of them, and the bootstrap of those.

use super::{Document, Mark};
use crate::phi::Class;
use std::collections::BTreeSet;

/// Rows of the table: what people ask about, and the classes in it.
pub(super) const ROWS: &[(&str, &[Class])] = &[
    (
        "validated ids, e-mail, URL, IP, phone",
        &[
            Class::Ssn,
            Class::Itin,
            Class::Npi,
            Class::Dea,
            Class::Mbi,
            Class::Card,
            Class::Iban,
            Class::Vin,
            Class::Imei,
            Class::NhsNumber,
            Class::Email,
            Class::Url,
            Class::Ip,
            Class::Phone,
            Class::Fax,
        ],
    ),
    ("record numbers (MRN, account, member)", &[Class::Mrn, Class::Account, Class::MemberId]),
    (
        "other numbers",
        &[
            Class::UniqueId,
            Class::Claim,
            Class::License,
            Class::DriverLicense,
            Class::Passport,
            Class::Vehicle,
            Class::Device,
            Class::Uuid,
            Class::FhirId,
        ],
    ),
    ("person names", &[Class::PersonName, Class::ProviderName]),
    ("dates, ages over 89", &[Class::Date, Class::BirthDate, Class::DeathDate, Class::Age]),
    ("street addresses, ZIPs", &[Class::Street, Class::Zip]),
    ("cities, counties, coordinates", &[Class::City, Class::County, Class::GeoPoint]),
    // What is of no other row; labels that nobody has read as a class, too.
    ("anything else", &[Class::Biometric, Class::Photo]),
];

const ELSE: usize = ROWS.len() - 1;
/// The row of all identifiers.
pub(super) const ALL: usize = ROWS.len();

/// The row of a class; `None` for what is left out of all rows: no identifiers, and organisations. A
/// label that nobody knows counts as an identifier: what is not certain is not left out.
pub(super) fn row(class: Option<Class>) -> Option<usize> {
    let Some(class) = class else { return Some(ELSE) };
    let counts = class.is_identifier() && class != Class::Organization;
    let of = |(_, classes): &(&str, &[Class])| classes.contains(&class);
    counts.then(|| ROWS.iter().position(of).unwrap_or(ELSE))
}

/// What a class is taken for: the first class of its row, or itself.
fn kin(class: Option<Class>) -> Option<Class> {
    class.map(|class| row(Some(class)).map_or(class, |row| ROWS[row].1[0]))
}

/// What one text came to.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// For each row and, last, for all identifiers: entities, entities without a letter or digit left,
    /// letters and digits, those covered, exact spans of a class of the row, entities that a prediction touches.
    pub(super) gold: [[u32; 6]; ALL + 1],
    /// For each row and for all: predictions, those that touch an identifier of any class, those that
    /// are exact and of the row.
    pub(super) predicted: [[u32; 3]; ALL + 1],
    /// Characters outside every mark, and how many of them were covered.
    pub(super) outside: [u32; 2],
    /// Codes, and codes that were touched.
    pub(super) codes: [u32; 2],
    /// Texts with an identifier, and those in which nothing of one was left.
    pub(super) texts: [u32; 2],
}

impl Default for Sums {
    fn default() -> Sums {
        Sums {
            gold: [[0; 6]; ALL + 1],
            predicted: [[0; 3]; ALL + 1],
            outside: [0; 2],
            codes: [0; 2],
            texts: [0; 2],
        }
    }
}

impl Sums {
    pub(super) fn add(&mut self, other: &Sums) {
        fn plus(a: &mut [u32], b: &[u32]) {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        }
        plus(self.gold.as_flattened_mut(), other.gold.as_flattened());
        plus(self.predicted.as_flattened_mut(), other.predicted.as_flattened());
        plus(&mut self.outside, &other.outside);
        plus(&mut self.codes, &other.codes);
        plus(&mut self.texts, &other.texts);
    }

    /// Every figure as parts of a whole: for each row entity recall, character recall, precision, strict
    /// and relaxed F1; then texts without a leak, characters taken away for nothing, codes touched.
    pub(super) fn shares(&self) -> [[u32; 2]; FIGURES] {
        let mut out = [[0; 2]; FIGURES];
        for at in 0..=ALL {
            let (g, p) = (self.gold[at], self.predicted[at]);
            // Of the two sums F1 is 0 where nothing is right; there is none where there is nothing.
            let f1 = [g[4] + p[2], g[0] + p[0]];
            let relaxed = [g[5] + p[1], g[0] + p[0]];
            out[COLUMNS * at..COLUMNS * (at + 1)].copy_from_slice(&[
                [g[1], g[0]],
                [g[3], g[2]],
                [p[1], p[0]],
                f1,
                relaxed,
            ]);
        }
        let turn = |[whole, part]: [u32; 2]| [part, whole];
        out[LEAK_FREE] = turn(self.texts);
        out[OUTSIDE] = turn(self.outside);
        out[CODES] = turn(self.codes);
        out
    }
}

/// Figures of a row.
pub(super) const COLUMNS: usize = 5;
/// Places of the last figures of [`Sums::shares`], and how many there are.
pub(super) const LEAK_FREE: usize = COLUMNS * (ALL + 1);
pub(super) const OUTSIDE: usize = LEAK_FREE + 1;
pub(super) const CODES: usize = LEAK_FREE + 2;
const FIGURES: usize = LEAK_FREE + 3;

/// What one text came to, and where it failed: indices of marks.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) sums: Sums,
    /// Identifiers of which something was left: which, its letters and digits, those left.
    pub(super) missed: Vec<(usize, u32, u32)>,
    /// Predictions that touch nothing marked.
    pub(super) idle: Vec<usize>,
    /// Codes that were touched.
    pub(super) touched: Vec<usize>,
}

/// Judges predictions, all of whose marks lie inside the text.
pub(super) fn judge(text: &str, gold: &Document, found: &[Mark]) -> Judged {
    let chars: Vec<char> = text.chars().collect();
    let cover = |marks: &[Mark]| {
        let mut cover = vec![false; chars.len()];
        marks.iter().flat_map(Mark::places).for_each(|at| cover[at] = true);
        cover
    };
    let (covered, marked) = (cover(found), cover(&gold.marks));
    let key = |mark: &Mark| (mark.parts.clone(), kin(mark.class));
    let keys = |marks: &[Mark]| marks.iter().map(key).collect::<BTreeSet<_>>();
    let (exact, truth) = (keys(found), keys(&gold.marks));
    let mut judged = Judged::default();
    let sums = &mut judged.sums;
    for (n, mark) in gold.marks.iter().enumerate() {
        let Some(own) = row(mark.class) else { continue };
        let letters = mark.places().filter(|at| chars[*at].is_alphanumeric());
        let (all, hidden) =
            letters.fold((0, 0), |(all, hidden), at| (all + 1, hidden + u32::from(covered[at])));
        let right = exact.contains(&key(mark));
        let touched = mark.places().any(|at| covered[at]);
        let one = [1, u32::from(hidden == all), all, hidden, u32::from(right), u32::from(touched)];
        for at in [own, ALL] {
            sums.gold[at].iter_mut().zip(one).for_each(|(a, b)| *a += b);
        }
        if hidden < all {
            judged.missed.push((n, all, all - hidden));
        }
    }
    for (n, mark) in found.iter().enumerate() {
        let touches = mark.places().any(|at| marked[at]);
        if !touches {
            judged.idle.push(n);
        }
        let Some(own) = row(mark.class) else { continue };
        let right = truth.contains(&key(mark));
        let one = [1, u32::from(touches), u32::from(right)];
        for at in [own, ALL] {
            sums.predicted[at].iter_mut().zip(one).for_each(|(a, b)| *a += b);
        }
    }
    for at in (0..chars.len()).filter(|&at| !marked[at] && !chars[at].is_whitespace()) {
        sums.outside[0] += 1;
        sums.outside[1] += u32::from(covered[at]);
    }
    for (n, code) in gold.codes.iter().enumerate() {
        let touched = code.places().any(|at| covered[at]);
        sums.codes[0] += 1;
        sums.codes[1] += u32::from(touched);
        if touched {
            judged.touched.push(n);
        }
    }
    if sums.gold[ALL][0] > 0 {
        sums.texts = [1, u32::from(judged.missed.is_empty())];
    }
    judged
}

/// A part of a whole, with the 95 % interval of its share.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// The part.
    pub part: u32,
    /// The whole.
    pub whole: u32,
    /// The lower end; NaN where there is nothing to count.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    /// NaN where there is nothing to count.
    pub fn value(&self) -> f64 {
        share([self.part, self.whole])
    }
}

fn share([part, whole]: [u32; 2]) -> f64 {
    f64::from(part) / f64::from(whole)
}

/// The figures of all texts, with the 2.5th and 97.5th percentile of each where texts are drawn with
/// replacement. The draws are the same from run to run.
pub(super) fn figures(texts: &[Judged], rounds: u32) -> Vec<Share> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |below: usize| {
        // xorshift64: a bootstrap asks for no more.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let sum = |chosen: &mut dyn Iterator<Item = usize>| {
        let mut total = Sums::default();
        chosen.for_each(|at| total.add(&texts[at].sums));
        total.shares()
    };
    let whole = sum(&mut (0..texts.len()));
    let rounds: Vec<_> =
        (0..rounds).map(|_| sum(&mut (0..texts.len()).map(|_| draw(texts.len())))).collect();
    let one = |(at, [part, all]): (usize, &[u32; 2])| {
        let mut values: Vec<f64> = rounds.iter().map(|round| share(round[at])).collect();
        values.retain(|value| !value.is_nan());
        values.sort_by(f64::total_cmp);
        let pick = |share: f64| {
            let place = (values.len() as f64 * share) as usize;
            values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
        };
        Share { part: *part, whole: *all, low: pick(0.025), high: pick(0.975) }
    };
    whole.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(parts: &[(usize, usize)], class: Class) -> Mark {
        Mark { parts: parts.to_vec(), class: Some(class), label: class.name().to_string() }
    }

    #[test]
    fn a_text_is_judged() {
        //          0         1         2
        //          0123456789012345678901234567
        let text = "Jane Doe, MRN 123456, E11.9.";
        let marks = vec![mark(&[(0, 8)], Class::PersonName), mark(&[(14, 20)], Class::Mrn)];
        let codes = vec![mark(&[(22, 27)], Class::ClinicalCode)];
        let gold = Document { id: String::new(), text: None, marks, codes };
        let whole = judge(text, &gold, &gold.marks);
        assert_eq!(whole.sums.gold[ALL], [2, 2, 13, 13, 2, 2]);
        assert_eq!(
            (whole.sums.texts, whole.sums.codes, whole.sums.outside[1]),
            ([1, 1], [1, 0], 0)
        );
        assert!(whole.missed.is_empty() && whole.idle.is_empty() && whole.touched.is_empty());
        // Four digits leaked; another row; a code touched.
        let found = [
            mark(&[(0, 8)], Class::City),
            mark(&[(14, 16)], Class::Mrn),
            mark(&[(22, 25)], Class::Zip),
        ];
        let poor = judge(text, &gold, &found);
        assert_eq!(poor.sums.gold[ALL], [2, 1, 13, 9, 0, 2]);
        assert_eq!(poor.sums.predicted[ALL], [3, 2, 0]);
        assert_eq!((poor.sums.texts, poor.sums.codes, poor.sums.outside[1]), ([1, 0], [1, 1], 3));
        assert_eq!(
            (&poor.missed[..], &poor.idle[..], &poor.touched[..]),
            (&[(1, 6, 4)][..], &[2][..], &[0][..])
        );
        let f1 = share(poor.sums.shares()[COLUMNS * ALL + 3]);
        assert_eq!(f1, 0.0, "nothing right is a figure, too");
        // Both identifiers are touched, and two of three predictions touch one.
        assert_eq!(share(poor.sums.shares()[COLUMNS * ALL + 4]), 4.0 / 5.0);
        let figures = figures(&[whole, poor], 100);
        assert_eq!(figures[COLUMNS * ALL].value(), 0.75);
        assert_eq!(figures[LEAK_FREE].value(), 0.5);
        let Share { low, high, .. } = figures[COLUMNS * ALL];
        assert!(low <= 0.75 && high >= 0.75 && low < high);
        assert_eq!(kin(Some(Class::ProviderName)), kin(Some(Class::PersonName)));
        assert_ne!(kin(Some(Class::State)), kin(Some(Class::Organization)));
    }

    #[test]
    fn an_entity_of_several_parts_is_one() {
        let text = "Jane, as she is called, Doe";
        let marks = vec![mark(&[(0, 4), (24, 27)], Class::PersonName)];
        let gold = Document { id: String::new(), text: None, marks, codes: Vec::new() };
        let half = judge(text, &gold, &[mark(&[(0, 4)], Class::PersonName)]);
        assert_eq!(half.sums.gold[ALL], [1, 0, 7, 4, 0, 1]);
        assert_eq!(half.missed, [(0, 7, 3)]);
        let two = [mark(&[(0, 4)], Class::PersonName), mark(&[(24, 27)], Class::PersonName)];
        let both = judge(text, &gold, &two);
        assert_eq!(both.sums.gold[ALL], [1, 1, 7, 7, 0, 1], "hidden, though no span is exact");
        assert_eq!(judge(text, &gold, &gold.marks).sums.gold[ALL][4], 1);
    }

    #[test]
    fn a_label_that_nobody_knows_is_an_identifier_and_a_state_is_none() {
        assert_eq!(row(None), Some(ELSE));
        assert_eq!(row(Some(Class::Photo)), Some(ELSE));
        for class in [Class::State, Class::Country, Class::Organization, Class::Sex, Class::NotPhi]
        {
            assert_eq!(row(Some(class)), None);
        }
    }
}
