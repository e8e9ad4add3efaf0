//! BM25 over words, as search engines rank by default.
//!
//! Forty plain lines and no crate: of those that are kept, `bm25` ranks 32-bit hashes of words and stands on
//! `fxhash`, which nobody keeps any more, and `tantivy` brings more than the rest of this program.

use std::collections::BTreeMap;

/// How soon a word that comes again counts for less, and how much long texts are held back: Lucene's.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// The words of a text: runs of letters and digits, in lower case. No list of stop words, no stems.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Texts to search, by their places in the list.
pub(super) struct Index {
    /// For each word, the texts that hold it, and how often.
    postings: BTreeMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    mean: f64,
}

impl Index {
    pub(super) fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Index {
        let (mut postings, mut lengths) = (BTreeMap::<_, Vec<(usize, f64)>>::new(), Vec::new());
        for (at, text) in texts.into_iter().enumerate() {
            let mut counts = BTreeMap::new();
            words(text).for_each(|word| *counts.entry(word).or_insert(0.0) += 1.0);
            lengths.push(counts.values().sum());
            for (word, n) in counts {
                postings.entry(word).or_default().push((at, n));
            }
        }
        let mean = lengths.iter().sum::<f64>() / (lengths.len().max(1) as f64);
        Index { postings, lengths, mean }
    }

    /// The best `most` texts for a query, best first; equals in their order. Texts without any of its words are
    /// not found.
    pub(super) fn search(&self, query: &str, most: usize) -> Vec<usize> {
        let all = self.lengths.len() as f64;
        let mut scores = BTreeMap::new();
        for word in words(query) {
            let Some(texts) = self.postings.get(&word) else { continue };
            let with = texts.len() as f64;
            let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for &(at, n) in texts {
                let length = 1.0 - B + B * self.lengths[at] / self.mean;
                *scores.entry(at).or_insert(0.0) += rarity * n * (K1 + 1.0) / (n + K1 * length);
            }
        }
        let mut found: Vec<(usize, f64)> = scores.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().take(most).map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_count_more_and_long_texts_less() {
        let index = Index::new([
            "pain pain pain in the knee",
            "fever and chills, with a long story about everything that was done for it",
            "no complaints today",
            "pain and fever",
            "Ménière's disease",
        ]);
        assert_eq!(index.search("FEVER", 10), [3, 1]);
        assert_eq!(index.search("knee fever", 10), [0, 3, 1]);
        assert_eq!(index.search("pain", 1), [0]);
        assert_eq!(index.search("ménière", 10), [4]);
        assert!(index.search("gout", 10).is_empty() && index.search("", 10).is_empty());
    }

    /// Worked out by hand: two texts of two words; the word is in one of them, once.
    #[test]
    fn a_score_is_what_the_formula_says() {
        let index = Index::new(["a b", "b b"]);
        // "a": ln(1 + 1.5 / 1.5) * 2.2 / 2.2 = 0.693; "b": ln(1 + 0.5 / 2.5) = 0.182, in the second text
        // * 2 * 2.2 / 3.2 = 0.251.
        assert_eq!(index.search("a", 2), [0]);
        assert_eq!(index.search("b", 2), [1, 0]);
        assert_eq!(index.search("a b", 2), [0, 1]);
        // The rare word is worth ten times the other one's lead: 0.693 / (0.251 - 0.182) = 10.1.
        let query = |n: usize| format!("a{}", " b".repeat(n));
        assert_eq!(index.search(&query(10), 2), [0, 1]);
        assert_eq!(index.search(&query(11), 2), [1, 0]);
    }
}
