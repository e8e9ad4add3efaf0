//! A classifier of texts (multinomial naive Bayes over words) and what it is judged by (macro F1).
//!
//! Plain lines and no crate: `linfa` and `smartcore` bring matrices and some dozen crates for what is a table of
//! logarithms here.

use super::bm25::words;
use std::collections::BTreeMap;

/// What each word has been seen for each label before the first text. Of 1, 0.3, 0.1, 0.03 and 0.01 the one with
/// the best F1 on raw notes.
const BEFORE: f64 = 0.1;

/// What was learnt: for each label how often it comes, its words, and their number.
pub(super) struct Bayes {
    texts: Vec<f64>,
    words: BTreeMap<String, Vec<f64>>,
    sums: Vec<f64>,
}

impl Bayes {
    pub(super) fn train<'a>(
        labels: usize,
        texts: impl IntoIterator<Item = (&'a str, usize)>,
    ) -> Bayes {
        let zero = || vec![0.0; labels];
        let mut bayes = Bayes { texts: zero(), words: BTreeMap::new(), sums: zero() };
        for (text, label) in texts {
            bayes.texts[label] += 1.0;
            for word in words(text) {
                bayes.words.entry(word).or_insert_with(zero)[label] += 1.0;
                bayes.sums[label] += 1.0;
            }
        }
        bayes
    }

    /// The likeliest label; the first one of equals. Words that were never seen say nothing.
    pub(super) fn label(&self, text: &str) -> usize {
        let (all, vocabulary) = (self.texts.iter().sum::<f64>(), self.words.len() as f64);
        let labels = self.texts.len();
        // A label without a text may come too: one is added to each.
        let mut scores: Vec<f64> =
            self.texts.iter().map(|n| ((n + 1.0) / (all + labels as f64)).ln()).collect();
        for counts in words(text).filter_map(|word| self.words.get(&word)) {
            for (at, score) in scores.iter_mut().enumerate() {
                *score += ((counts[at] + BEFORE) / (self.sums[at] + BEFORE * vocabulary)).ln();
            }
        }
        (1..labels).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
    }
}

/// F1 of each label, averaged over the labels that texts have.
pub(super) fn macro_f1(labels: usize, judged: impl IntoIterator<Item = (usize, usize)>) -> f64 {
    let mut counts = vec![[0.0; 3]; labels];
    for (truth, said) in judged {
        counts[truth][0] += 1.0;
        counts[said][1] += 1.0;
        if truth == said {
            counts[truth][2] += 1.0;
        }
    }
    let there: Vec<_> = counts.iter().filter(|[truth, ..]| *truth > 0.0).collect();
    let f1 = |[truth, said, both]: &&[f64; 3]| 2.0 * both / (truth + said);
    there.iter().map(f1).sum::<f64>() / (there.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_decide_and_else_the_frequency() {
        let texts =
            [("knee pain", 0), ("hip pain", 0), ("fever, cough", 1), ("rash", 2), ("gout pain", 0)];
        let bayes = Bayes::train(3, texts);
        assert_eq!(bayes.label("pain in the hip"), 0);
        assert_eq!(bayes.label("Cough"), 1);
        assert_eq!(bayes.label("a RASH"), 2);
        assert_eq!(bayes.label("unheard-of words"), 0);
        assert_eq!(Bayes::train(2, [("a", 1)]).label("b"), 1);
    }

    /// 3.1 of 13.1 against 1.1 of 3.1, with eleven different words.
    #[test]
    fn a_word_counts_against_all_words_of_its_label() {
        let bayes = Bayes::train(2, [("a a a b c d e f g h i j", 0), ("a z", 1)]);
        assert_eq!(bayes.label("a"), 1);
        assert_eq!(bayes.label("b"), 0);
    }

    /// Label 0: three texts, two right, four times said: 2 * 2 / (3 + 4). Label 1: two texts, taken for 0.
    /// Label 2 has no text and is said once: it is not averaged, and what it took away counts.
    #[test]
    fn macro_f1_is_the_mean_over_labels() {
        let f1 = macro_f1(4, [(0, 0), (0, 0), (0, 2), (1, 0), (1, 0)]);
        assert!((f1 - 2.0 / 7.0).abs() < 1e-12, "{f1}");
        assert!((macro_f1(2, [(0, 0), (1, 1)]) - 1.0).abs() < 1e-12);
        assert!(macro_f1(2, []).abs() < 1e-12);
    }
}
