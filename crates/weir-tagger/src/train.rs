//! Makes a model from marked texts: stochastic gradient of the log-likelihood, with a rate for each
//! weight (AdaGrad), then a byte for each weight. The same texts and seed give the same bytes.

use crate::features::{self, FEATURES};
use crate::model::{self, LABELS_MAX, Labels, Model, Row};
use crate::token::{self, Shape, Token};
use std::collections::HashMap;

/// A text with its spans: first byte, one past the last, kind.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The spans, in order; they do not overlap.
    pub spans: Vec<(usize, usize, model::Kind)>,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Times that all texts are gone through.
    pub rounds: usize,
    /// Features in fewer places than this are left out.
    pub seen_min: u32,
    /// Rows of the table, a power of two.
    pub rows: usize,
    /// Pull of each weight towards zero, a step.
    pub decay: f32,
    /// The share of features that is left out, anew for each token and round: no clue is to be relied on alone.
    pub dropped: f32,
    /// The order of the texts, and what is left out.
    pub seed: u64,
}

struct Sequence {
    /// Indices of features, [`FEATURES`] a token; `NONE` where it was seen too rarely.
    features: Vec<u32>,
    labels: Vec<u8>,
}

const NONE: u32 = u32::MAX;
/// The first step of a weight.
const RATE: f32 = 0.15;

/// Trains. `told` is called after each round with its number and the mean loss a token, in nats.
pub fn train(
    labels: Labels,
    examples: &[Example],
    settings: Settings,
    mut told: impl FnMut(usize, f32),
) -> Option<Model> {
    let (hashes, sequences) = sequences(&labels, examples, settings.seen_min);
    let count = labels.len();
    let mut weights = vec![Row::default(); hashes.len()];
    let mut squares = vec![Row::default(); hashes.len()];
    let mut moves = forbidden(&labels);
    let mut move_squares = vec![0f32; count * count];
    let mut rng = fastrand::Rng::with_seed(settings.seed);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let (mut scores, mut alpha, mut chances) = (Vec::new(), Vec::new(), Vec::new());
    let mut features: Vec<u32> = Vec::new();
    for round in 0..settings.rounds {
        rng.shuffle(&mut order);
        let (mut loss, mut tokens) = (0f64, 0usize);
        for &at in &order {
            let one = &sequences[at];
            let worth = 1.0 / (1.0 - settings.dropped);
            features.clear();
            features.extend(
                one.features.iter().map(
                    |&feature| {
                        if rng.f32() < settings.dropped { NONE } else { feature }
                    },
                ),
            );
            scores.clear();
            for list in features.chunks_exact(FEATURES) {
                let mut row = Row::default();
                for &feature in list.iter().filter(|&&f| f != NONE) {
                    for (sum, weight) in row.iter_mut().zip(&weights[feature as usize]) {
                        *sum += weight * worth;
                    }
                }
                scores.push(row);
            }
            let total =
                model::forward_backward(&scores, &moves, count, 0.0, &mut alpha, &mut chances);
            let mut truth = 0.0;
            let mut before = 0;
            for (row, &label) in scores.iter().zip(&one.labels) {
                truth += row[usize::from(label)] + moves[before * count + usize::from(label)];
                before = usize::from(label);
            }
            loss += f64::from(total - truth);
            tokens += one.labels.len();
            for ((list, chance), &label) in
                features.chunks_exact(FEATURES).zip(&chances).zip(&one.labels)
            {
                let mut slope = *chance;
                slope[usize::from(label)] -= 1.0;
                // A token that is right beyond doubt teaches nothing.
                if slope[usize::from(label)] > -1e-3 {
                    continue;
                }
                for &feature in list.iter().filter(|&&f| f != NONE) {
                    let weight = &mut weights[feature as usize];
                    let square = &mut squares[feature as usize];
                    for ((w, s), &slope) in weight.iter_mut().zip(square).zip(&slope).take(count) {
                        let slope = slope * worth + settings.decay * *w;
                        *s += slope * slope;
                        *w -= RATE * slope / (s.sqrt() + 1e-3);
                    }
                }
            }
            step_moves(&mut moves, &mut move_squares, one, &chances, &labels);
        }
        told(round, (loss / tokens.max(1) as f64) as f32);
    }
    quantise(labels, &hashes, &weights, moves, settings.rows)
}

/// Moves that are forbidden weigh so little that no path takes them.
fn forbidden(labels: &Labels) -> Vec<f32> {
    let count = labels.len();
    let weigh = |at: usize| if labels.may_follow(at / count, at % count) { 0.0 } else { -80.0 };
    (0..count * count).map(weigh).collect()
}

/// Moves are learnt from the neighbours' chances, as if those were independent: they are few, and
/// the features carry the rest.
fn step_moves(
    moves: &mut [f32],
    squares: &mut [f32],
    one: &Sequence,
    chances: &[Row],
    labels: &Labels,
) {
    let count = labels.len();
    let mut slope = vec![0f32; count * count];
    for ((two, truth), _) in chances.windows(2).zip(one.labels.windows(2)).zip(0..) {
        for from in 0..count {
            // Most of the mass lies on one label.
            if two[0][from] < 1e-4 {
                continue;
            }
            let reach: f32 = (0..count)
                .filter(|&to| labels.may_follow(from, to))
                .map(|to| two[1][to])
                .sum::<f32>()
                .max(1e-6);
            for to in (0..count).filter(|&to| labels.may_follow(from, to)) {
                slope[from * count + to] += two[0][from] * two[1][to] / reach;
            }
        }
        slope[usize::from(truth[0]) * count + usize::from(truth[1])] -= 1.0;
    }
    for (at, &slope) in slope.iter().enumerate() {
        if slope != 0.0 && labels.may_follow(at / count, at % count) {
            squares[at] += slope * slope;
            moves[at] -= RATE * slope / (squares[at].sqrt() + 1e-3);
        }
    }
}

fn sequences(labels: &Labels, examples: &[Example], seen_min: u32) -> (Vec<u64>, Vec<Sequence>) {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut folded = String::new();
    let mut tokens = Vec::new();
    for example in examples {
        token::cut(&example.text, &mut folded, &mut tokens);
        features::each(&tokens, |_, list| {
            list.iter().for_each(|&feature| *seen.entry(feature).or_default() += 1);
        });
    }
    let mut hashes: Vec<u64> =
        seen.iter().filter(|(_, n)| **n >= seen_min).map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let index: HashMap<u64, u32> = hashes.iter().enumerate().map(|(n, &h)| (h, n as u32)).collect();
    drop(seen);
    let mut all = Vec::with_capacity(examples.len());
    for example in examples {
        token::cut(&example.text, &mut folded, &mut tokens);
        let mut features = Vec::with_capacity(tokens.len() * FEATURES);
        features::each(&tokens, |_, list| {
            features.extend(list.iter().map(|hash| index.get(hash).copied().unwrap_or(NONE)));
        });
        all.push(Sequence { features, labels: truth(labels, example, &tokens) });
    }
    (hashes, all)
}

/// The label of each token: that of the span in which its first byte lies. The end of a line inside a
/// span is part of it.
fn truth(labels: &Labels, example: &Example, tokens: &[Token]) -> Vec<u8> {
    let mut spans = example.spans.iter().peekable();
    let mut last = None;
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let start = token.start as usize;
        while spans.peek().is_some_and(|span| span.1 <= start) {
            spans.next();
        }
        let inside = spans.peek().filter(|span| span.0 < token.end as usize);
        let label = match inside {
            Some(&&(from, _, kind)) if token.shape != Shape::Blank => {
                let first = last != Some(from);
                last = Some(from);
                labels.label(kind, first)
            }
            _ => 0,
        };
        out.push(label as u8);
    }
    out
}

/// Puts the features that weigh most into the rows. Two rows share a place; what finds both taken by
/// heavier ones is left out.
fn quantise(
    labels: Labels,
    hashes: &[u64],
    weights: &[Row],
    moves: Vec<f32>,
    rows: usize,
) -> Option<Model> {
    let count = labels.len();
    let heavy = |at: usize| weights[at][..count].iter().fold(0f32, |a, w| a.max(w.abs()));
    let mut order: Vec<(f32, usize)> = (0..hashes.len()).map(|at| (heavy(at), at)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // The heaviest one in ten thousand is cut off at 127.
    let top = order.get(order.len() / 10_000).map_or(1.0, |(weight, _)| *weight).max(1e-6);
    let unit = top / 127.0;
    let mut out = vec![0u8; rows * (LABELS_MAX + 1)];
    for (weight, at) in order {
        if weight < unit {
            break;
        }
        let (row, check) = Model::slot(hashes[at], rows - 1);
        for row in [row, row + 1] {
            let slot = &mut out[row * (LABELS_MAX + 1)..(row + 1) * (LABELS_MAX + 1)];
            if slot[0] == check {
                break;
            }
            if slot[0] == 0 {
                slot[0] = check;
                for (byte, &weight) in slot[1..].iter_mut().zip(&weights[at][..count]) {
                    *byte = (weight / unit).round().clamp(-127.0, 127.0) as i8 as u8;
                }
                break;
            }
        }
    }
    Model::new(labels, unit, moves, &out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_learns_reads_back_and_forgets_what_it_never_saw() {
        let example = |name: &str| {
            let text = format!("Seen by Dr. {name} today, aspirin given.");
            let start = text.find(name).expect("it is there");
            Example { spans: vec![(start, start + name.len(), 0)], text }
        };
        let names = ["Ada Lark", "Bo Finch", "Cy Wren", "Di Crane", "Ed Heron", "Flo Stork"];
        let examples: Vec<_> = names.iter().map(|name| example(name)).collect();
        let labels = Labels::new([("name", true), ("place", false)]);
        let settings =
            Settings { rounds: 20, seen_min: 1, rows: 4096, decay: 0.0, dropped: 0.0, seed: 1 };
        let mut losses = Vec::new();
        let made = train(labels, &examples, settings, |_, loss| losses.push(loss)).expect("whole");
        assert!(losses[19] < losses[0] / 4.0, "{losses:?}");
        let model = Model::read(&made.write()).expect("its own bytes");
        let (mut work, mut out) = (crate::Work::default(), Vec::new());
        let text = "Seen by Dr. Gil Plover today, aspirin given.";
        crate::tag(&model, text, &[0.5; 2], &mut work, &mut out);
        let found: Vec<_> =
            out.iter().map(|t| (&text[t.start as usize..t.end as usize], t.kind)).collect();
        assert_eq!(found, [("Gil Plover", 0)]);
        assert!(Model::read(b"weir tagger 2\n").is_none());
    }
}
