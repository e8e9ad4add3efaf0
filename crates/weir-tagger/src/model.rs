//! The model: a linear-chain conditional random field over hashed features. A row of weights a
//! feature, one byte a label, found by the feature's hash. A check of seven bits keeps most of what
//! training never saw from another's row: about one unseen feature in sixty-four meets one.

use crate::Doubt;
use crate::features::{self, FEATURES};
use crate::rows::{Pair, ROW, Rows};
use crate::token::Token;
use std::hint::select_unpredictable;

/// A kind of span, as a model names it.
pub type Kind = u8;

/// A model's labels: 0 is "nothing"; each kind that is told apart from a neighbour of its own kind
/// has a label for its first token and one for the rest, the others have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Kind and whether it is a first token, for each label from 1 on.
    labels: Vec<(Kind, bool)>,
    names: Vec<String>,
}

impl Labels {
    /// Labels for kinds by name; `true` where the first token has a label of its own.
    pub fn new<'a>(kinds: impl IntoIterator<Item = (&'a str, bool)>) -> Labels {
        let (mut labels, mut names) = (Vec::new(), Vec::new());
        for (kind, (name, first)) in kinds.into_iter().enumerate() {
            if first {
                labels.push((kind as Kind, true));
            }
            labels.push((kind as Kind, false));
            names.push(name.to_string());
        }
        Labels { labels, names }
    }

    /// The kinds' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn len(&self) -> usize {
        self.labels.len() + 1
    }

    /// The kind of a label; `None` for label 0.
    pub(crate) fn kind(&self, label: usize) -> Option<Kind> {
        label.checked_sub(1).map(|at| self.labels[at].0)
    }

    /// Whether a label is that of a first token.
    pub(crate) fn starts(&self, label: usize) -> bool {
        label.checked_sub(1).is_some_and(|at| self.labels[at].1)
    }

    fn has_first(&self, kind: Kind) -> bool {
        self.labels.contains(&(kind, true))
    }

    /// Whether one label may follow another: the rest of a kind follows that kind alone.
    #[cfg(feature = "train")]
    pub(crate) fn may_follow(&self, before: usize, label: usize) -> bool {
        match self.kind(label) {
            Some(kind) if !self.starts(label) && self.has_first(kind) => {
                self.kind(before) == Some(kind)
            }
            _ => true,
        }
    }

    /// The label of a token of a kind.
    #[cfg(feature = "train")]
    pub(crate) fn label(&self, kind: Kind, first: bool) -> usize {
        let exact = self.labels.iter().position(|&label| label == (kind, first));
        let any = || self.labels.iter().position(|&(of, _)| of == kind);
        exact.or_else(any).map_or(0, |at| at + 1)
    }
}

/// Labels that a row has room for, "nothing" included.
pub(crate) const LABELS_MAX: usize = ROW - 1;
/// Scores or chances by label; what lies behind the last label is 0 or not looked at. Sixteen, since
/// that is what the processor takes at once.
pub(crate) type Row = [f32; ROW];

/// Weights and what they are of.
#[derive(Debug)]
pub struct Model {
    labels: Labels,
    /// What a weight of 1 is worth.
    unit: f32,
    /// Weights from label to label, in nats.
    moves: Vec<f32>,
    rows: Rows,
    /// The number of rows, less one.
    mask: usize,
}

const MAGIC: &[u8] = b"weir tagger 1\n";

impl Model {
    pub(crate) fn new(labels: Labels, unit: f32, moves: Vec<f32>, rows: &[u8]) -> Option<Model> {
        let count = rows.len() / ROW;
        let whole = count.is_power_of_two() && count >= 2 && rows.len().is_multiple_of(ROW);
        let fits = labels.len() <= LABELS_MAX && moves.len() == labels.len() * labels.len();
        let mask = count.wrapping_sub(1);
        if !(whole && fits) {
            return None;
        }
        Some(Model { labels, unit, moves, rows: Rows::new(rows)?, mask })
    }

    /// Reads a model as [`Model::write`] wrote it; `None` when it is something else.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let end = rest.iter().position(|&b| b == b'\n')?;
        let names = std::str::from_utf8(&rest[..end]).ok()?;
        let kinds =
            names.split(' ').map(|name| (name.trim_start_matches('+'), name.starts_with('+')));
        let labels = Labels::new(kinds);
        let mut floats = rest[end + 1..]
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let unit = floats.next()?;
        let count = labels.len() * labels.len();
        let moves: Vec<f32> = floats.take(count).collect();
        let rows = rest.get(end + 1 + 4 * (1 + count)..)?;
        Model::new(labels, unit, moves, rows)
    }

    /// The bytes of a model: a magic line, the kinds, the unit, the moves, the rows.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let kinds: Vec<_> = (self.labels.names.iter().enumerate())
            .map(|(kind, name)| match self.labels.has_first(kind as Kind) {
                true => format!("+{name}"),
                false => name.clone(),
            })
            .collect();
        out.extend(kinds.join(" ").bytes());
        out.push(b'\n');
        out.extend(self.unit.to_le_bytes());
        out.extend(self.moves.iter().flat_map(|weight| weight.to_le_bytes()));
        out.extend(self.rows.bytes());
        out
    }

    /// Its kinds.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The two rows in which a feature may stand, and its check.
    pub(crate) fn slot(feature: u64, mask: usize) -> (usize, u8) {
        // 0 marks an empty row.
        (feature as usize & mask & !1, (feature >> 56) as u8 | 1)
    }

    fn emissions(&self, tokens: &[Token], out: &mut Vec<Row>) {
        out.clear();
        let pairs = self.rows.pairs();
        features::each(tokens, |_, list: &[u64; FEATURES]| {
            // At most 127 times the number of features: that fits into sixteen bits.
            let mut sums = [0i16; ROW];
            let slots = list.map(|feature| {
                let (row, check) = Model::slot(feature, self.mask);
                (row / 2, check)
            });
            // First all that is far away is fetched at once.
            let near = slots.iter().fold(0, |near, slot| near | pair(pairs, slot.0)[0][0]);
            std::hint::black_box(near);
            for (at, check) in slots {
                // Which of the two it is, or none, no processor can guess: no branch is to hang on it.
                let [first, second] = pair(pairs, at);
                let row = select_unpredictable(second[0] == check, second, &NO_ROW);
                let row = select_unpredictable(first[0] == check, first, row);
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum += i16::from(weight as i8);
                }
            }
            // All sixteen, so that they are added at once; that of the checks means nothing.
            let sums = std::hint::black_box(sums);
            let mut row = [0.0; ROW];
            for (slot, &sum) in row.iter_mut().zip(&sums[1..]) {
                *slot = f32::from(sum) * self.unit;
            }
            out.push(row);
        });
    }

    /// The probability of each label at each token.
    pub(crate) fn marginals(&self, tokens: &[Token], work: &mut Work) {
        self.emissions(tokens, &mut work.scores);
        let Work { scores, alpha, chances, .. } = work;
        forward_backward(scores, &self.moves, self.labels.len(), MASS_MIN, alpha, chances);
    }
}

/// What is added for a feature that has no row.
const NO_ROW: [u8; ROW] = [0; ROW];

fn pair(pairs: &[Pair], at: usize) -> &Pair {
    pairs.get(at).unwrap_or(&[[0; ROW]; 2])
}

/// Memory that is used again from text to text.
#[derive(Default)]
pub struct Work {
    pub(crate) tokens: Vec<Token>,
    pub(crate) folded: String,
    scores: Vec<Row>,
    alpha: Vec<Row>,
    pub(crate) chances: Vec<Row>,
    /// The chance from which what is nothing is kept as a doubt.
    pub(crate) doubt_from: Option<f32>,
    pub(crate) doubts: Vec<Doubt>,
}

impl Work {
    /// From now on tokens that are nothing by their thresholds, and something with at least this chance, are
    /// kept.
    pub fn doubt_from(&mut self, chance: f32) {
        self.doubt_from = Some(chance);
    }

    /// Those of the text that was looked at last, in order.
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work(..)")
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // The last word that was looked at.
        zeroize::Zeroize::zeroize(&mut self.folded);
    }
}

/// The chance of each label at each token, from scores and moves, both in nats; chances below `least` go no
/// further, and factors far below it are 0. Gives the logarithm of the sum over all paths.
pub(crate) fn forward_backward(
    scores: &[Row],
    moves: &[f32],
    labels: usize,
    least: f32,
    alpha: &mut Vec<Row>,
    chances: &mut Vec<Row>,
) -> f32 {
    alpha.clear();
    chances.clear();
    // By the label before, and by the label behind.
    let (mut ahead, mut back) = ([[0f32; ROW]; ROW], [[0f32; ROW]; ROW]);
    for (at, weight) in moves.iter().enumerate().take(labels * labels) {
        let (from, to) = (at / labels, at % labels);
        let step = weight.exp();
        (ahead[from][to], back[to][from]) = (step, step);
    }
    let floor = least * FLOOR;
    ahead.iter_mut().chain(&mut back).for_each(|row| flush(row, floor));
    let mut total = 0.0;
    // Before the first token stands "nothing".
    let mut before = [0f32; ROW];
    before[0] = 1.0;
    for row in scores {
        let mut grow = [0f32; ROW];
        if is_nothing(row, labels) {
            // Most tokens: no other label is worth a step.
            let mass: f32 = before.iter().zip(&back[0]).map(|(mass, step)| mass * step).sum();
            total += mass.max(f32::MIN_POSITIVE).ln() + row[0];
            (before, grow) = (NOTHING, NOTHING);
            alpha.push(before);
            chances.push(grow);
            continue;
        }
        let top = greatest(&row[..labels]);
        for (slot, &score) in grow.iter_mut().zip(&row[..labels]) {
            *slot = (score - top).exp();
        }
        flush(&mut grow, floor);
        let mut next = times(&grow, &through(&before, &ahead, least));
        total += normalise(&mut next).ln() + top;
        flush(&mut next, floor);
        before = next;
        alpha.push(next);
        // Its place is taken by the chances on the way back.
        chances.push(grow);
    }
    let mut behind = [1f32; ROW];
    for (row, alpha) in chances.iter_mut().zip(alpha.iter()).rev() {
        if *row == NOTHING {
            behind = back[0];
            normalise(&mut behind);
            flush(&mut behind, floor);
            continue;
        }
        let mut grow = times(row, &behind);
        if least > 0.0 {
            // Or all of it could be below `least`.
            normalise(&mut grow);
        }
        *row = times(alpha, &behind);
        normalise(row);
        behind = through(&grow, &back, least);
        normalise(&mut behind);
        flush(&mut behind, floor);
    }
    total
}

/// All on label 0.
const NOTHING: Row = {
    let mut row = [0.0; ROW];
    row[0] = 1.0;
    row
};
/// How much more likely than any other label, in nats, "nothing" has to be by its scores alone for the
/// others to be left out: far more than moves weigh.
const NOTHING_NATS: f32 = 12.0;

/// A chance that tagging leaves out: no step makes anything of it that a threshold could see. Training leaves
/// none out: the recipe gives the same bytes whatever this is.
const MASS_MIN: f32 = 1e-8;
/// What a factor has to be of that, or it is 0: the product of two stays above the least normal number, below which
/// some processors need a hundred times as long for a step.
const FLOOR: f32 = 1e-10;

#[inline]
fn is_nothing(row: &Row, labels: usize) -> bool {
    greatest(&row[1..labels]) + NOTHING_NATS < row[0]
}

/// The greatest of a row's values.
#[inline]
fn greatest(row: &[f32]) -> f32 {
    // Four at once: one in order would wait for each comparison.
    let (fours, rest) = row.as_chunks::<4>();
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    let mut tops = [f32::MIN; 4];
    for four in fours {
        tops.iter_mut().zip(four).for_each(|(top, &value)| *top = greater(*top, value));
    }
    tops.iter().chain(rest).fold(f32::MIN, |a, &b| greater(a, b))
}

/// Makes 0 of what is below `floor`.
#[inline]
fn flush(row: &mut Row, floor: f32) {
    row.iter_mut().for_each(|slot| *slot = if *slot < floor { 0.0 } else { *slot });
}

/// One row times another; where the two exclude each other, the first alone.
#[inline]
fn times(row: &Row, by: &Row) -> Row {
    let mut out = *row;
    out.iter_mut().zip(by).for_each(|(slot, &factor)| *slot *= factor);
    if out == [0.0; ROW] { *row } else { out }
}

/// What a row becomes by the steps of a matrix; of what is below `least`, nothing.
#[inline]
fn through(row: &Row, matrix: &[Row; ROW], least: f32) -> Row {
    let mut out = [0f32; ROW];
    for (&mass, steps) in row.iter().zip(matrix) {
        // Most of the mass lies on one label or two.
        if mass < least {
            continue;
        }
        for (slot, &step) in out.iter_mut().zip(steps) {
            *slot += mass * step;
        }
    }
    out
}

/// Makes a row's sum 1; gives what it was.
#[inline]
fn normalise(row: &mut Row) -> f32 {
    // Four sums at once: a sum in order would wait for each addition.
    let (fours, _) = row.as_chunks::<4>();
    let mut sums = [0f32; 4];
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, value)| *sum += value);
    }
    let sum = f32::max((sums[0] + sums[1]) + (sums[2] + sums[3]), f32::MIN_POSITIVE);
    let factor = 1.0 / sum;
    row.iter_mut().for_each(|slot| *slot *= factor);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: usize = 5;

    /// Scores and moves from a fixed seed, in nats; one move is forbidden as in a model.
    fn chain(spread: f32) -> (Vec<Row>, Vec<f32>) {
        let mut state = 7u32;
        let mut draw = |spread: f32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 8) as f32 / 8_388_608.0 - 1.0) * spread
        };
        let scores = (0..200).map(|_| {
            let mut row = [0.0; ROW];
            row[..LABELS].iter_mut().for_each(|slot| *slot = draw(spread));
            row
        });
        let scores = scores.collect();
        let mut moves: Vec<f32> = (0..LABELS * LABELS).map(|_| draw(4.0)).collect();
        moves[2] = -80.0;
        (scores, moves)
    }

    fn chances(scores: &[Row], moves: &[f32], least: f32) -> Vec<Row> {
        let (mut alpha, mut out) = (Vec::new(), Vec::new());
        forward_backward(scores, moves, LABELS, least, &mut alpha, &mut out);
        out
    }

    #[test]
    fn what_is_left_out_is_too_little_to_be_seen() {
        for spread in [1.0, 5.0, 20.0, 40.0] {
            let (scores, moves) = chain(spread);
            let exact = chances(&scores, &moves, 0.0);
            for (exact, short) in exact.iter().zip(chances(&scores, &moves, MASS_MIN)) {
                for (exact, short) in exact.iter().zip(short).take(LABELS) {
                    assert!((exact - short).abs() < 1e-4, "{spread}: {exact} {short}");
                    assert!(short == 0.0 || short.is_normal(), "{spread}: {short:e}");
                }
            }
        }
    }

    #[test]
    fn tokens_that_exclude_each_other_still_have_chances() {
        // Label 1 and then label 2, by far, and no way from one to the other.
        let mut scores = vec![[0.0; ROW]; 4];
        (scores[1][1], scores[2][2], scores[3][1]) = (120.0, 120.0, 120.0);
        let mut moves = vec![0.0; LABELS * LABELS];
        for at in [LABELS + 2, 2 * LABELS + 1] {
            moves[at] = -80.0;
        }
        for row in chances(&scores, &moves, MASS_MIN) {
            let sum: f32 = row.iter().sum();
            assert!((sum - 1.0).abs() < 1e-3, "{row:?}");
        }
        let found = chances(&scores, &moves, MASS_MIN);
        assert!(found[1][1] > 0.5 && found[2][2] > 0.5 && found[3][1] > 0.5, "{found:?}");
    }
}
