//! Names, addresses and numbers in prose by a small transformer that the user brings, run by `rten`. Text
//! in, words with a kind and its chance out. Knows no class, no policy and no record of weir's;
//! `src/detect/transformer.rs` says what its kinds mean.

mod pieces;

use pieces::{Pieces, Word};
use rten::{Model, NodeId, ValueOrView};
use rten_tensor::{AsView, NdTensorView};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A model that weir knows: its files, by what they hold.
#[derive(Debug)]
pub struct Known {
    /// Its name and version.
    pub name: &'static str,
    /// SHA-256 of the network's file, in hexadecimal digits.
    pub network: &'static str,
    /// SHA-256 of the vocabulary's file.
    pub vocabulary: &'static str,
    /// What it tells apart: label 0 is "nothing", kind K has the labels 2K + 1 (its first piece) and
    /// 2K + 2 (the rest).
    pub kinds: &'static [&'static str],
    /// Pieces that it reads at once, without the two around them.
    pub pieces_max: usize,
}

/// Every model that can be read. Another one could find nothing, and nobody would know.
pub const KNOWN: &[Known] = &[Known {
    name: "rampart 1.4.0, q4",
    network: "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
    vocabulary: "0fbe6b50061feabb9be68af471e9aa6df07a4bc428bdca4b0eff1fcd3612dee5",
    kinds: &[
        "given",
        "surname",
        "email",
        "phone",
        "url",
        "tax",
        "bank",
        "routing",
        "government",
        "passport",
        "driver",
        "building",
        "street",
        "unit",
        "city",
        "state",
        "zip",
    ],
    pieces_max: 510,
}];

/// Why files are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// No model of [`KNOWN`] has files of these digests.
    Unknown,
    /// The files are the right ones, and still they do not load.
    Broken,
}

/// Why a text was not read. It says nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// More pieces than the model reads at once.
    TooLong,
    /// The network did not run, or gave something else than a chance for each label.
    Network,
}

/// A word or a mark that may be something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelled {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it is: an index into [`Known::kinds`].
    pub kind: u8,
    /// Whether something begins with it, by its first piece.
    pub begins: bool,
    /// How likely it is that it is anything, whatever it is: by the piece that says so most.
    pub score: f32,
}

/// A word is given from this chance on: below the lowest that anybody asks for.
pub const SCORE_MIN: f32 = 0.02;

/// A model that is ready to read.
pub struct Transformer {
    known: &'static Known,
    pieces: Pieces,
    model: Model,
    inputs: Vec<NodeId>,
    output: NodeId,
}

impl std::fmt::Debug for Transformer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Transformer({})", self.known.name)
    }
}

impl Transformer {
    /// Reads a model of [`KNOWN`] from the bytes of its two files.
    pub fn read(network: Vec<u8>, vocabulary: &[u8]) -> Result<Transformer, Misfit> {
        let digests = (digest(&network), digest(vocabulary));
        let known = KNOWN
            .iter()
            .find(|known| (known.network, known.vocabulary) == (&*digests.0, &*digests.1))
            .ok_or(Misfit::Unknown)?;
        let vocabulary = std::str::from_utf8(vocabulary).map_err(|_| Misfit::Broken)?;
        let pieces = Pieces::read(vocabulary).ok_or(Misfit::Broken)?;
        let mut options = rten::ModelOptions::with_all_ops();
        let model = options.prepack_weights(true).load(network).map_err(|_| Misfit::Broken)?;
        let node = |name: &str| model.node_id(name).map_err(|_| Misfit::Broken);
        let inputs = ["input_ids", "attention_mask", "token_type_ids"].map(node);
        let inputs = inputs.into_iter().collect::<Result<Vec<_>, _>>()?;
        let output = *model.output_ids().first().ok_or(Misfit::Broken)?;
        Ok(Transformer { known, pieces, model, inputs, output })
    }

    /// Which model it is.
    pub fn known(&self) -> &'static Known {
        self.known
    }

    /// Says of the words of a text what they may be, in order; `out` is cleared first. Words that are
    /// nothing, most likely, are left out.
    pub fn label(&self, text: &str, out: &mut Vec<Labelled>) -> Result<(), Failed> {
        out.clear();
        // Room for all: a vector that grows leaves a copy behind, and a text can be read off its pieces.
        let mut pieces = Zeroizing::new(Vec::with_capacity(text.len() + 2));
        let mut words = Vec::new();
        self.pieces.cut(text, &mut words, &mut pieces);
        if words.is_empty() {
            return Ok(());
        }
        let rows = self.rows(&pieces)?;
        self.words(&words, &rows, out)
    }

    /// The network's outputs, in nats: a row of labels for each piece and for the two around them.
    fn rows(&self, pieces: &[i32]) -> Result<Vec<f32>, Failed> {
        if pieces.len() > self.known.pieces_max {
            return Err(Failed::TooLong);
        }
        let count = pieces.len() + 2;
        let (front, behind) = self.pieces.ends;
        let mut numbers = Zeroizing::new(Vec::with_capacity(count));
        numbers.push(front);
        numbers.extend_from_slice(pieces);
        numbers.push(behind);
        let (ones, zeros) = (vec![1; count], vec![0; count]);
        let view = |data| ValueOrView::from(NdTensorView::from_data([1, count], data));
        let views = [view(numbers.as_slice()), view(&ones), view(&zeros)];
        let inputs = self.inputs.iter().copied().zip(views).collect();
        let outcome = self.model.run_n(inputs, [self.output], None);
        let [rows] = outcome.map_err(|_| Failed::Network)?;
        let rows = rows.into_tensor::<f32>().ok_or(Failed::Network)?.to_vec();
        if rows.len() == count * self.labels() { Ok(rows) } else { Err(Failed::Network) }
    }

    fn labels(&self) -> usize {
        2 * self.known.kinds.len() + 1
    }

    fn words(&self, words: &[Word], rows: &[f32], out: &mut Vec<Labelled>) -> Result<(), Failed> {
        let labels = self.labels();
        let mut rows = rows.chunks_exact(labels).skip(1);
        for word in words {
            let (mut best, mut sums, mut begins) = (0f32, [0f32; 32], false);
            for n in 0..word.pieces {
                let row = rows.next().ok_or(Failed::Network)?;
                let top = row.iter().copied().fold(f32::MIN, f32::max);
                let total: f32 = row.iter().map(|score| (score - top).exp()).sum();
                if !total.is_finite() {
                    return Err(Failed::Network);
                }
                let chance = |label: usize| (row[label] - top).exp() / total;
                best = best.max(1.0 - chance(0));
                for (kind, sum) in sums.iter_mut().enumerate().take(self.known.kinds.len()) {
                    *sum += chance(2 * kind + 1) + chance(2 * kind + 2);
                }
                if n == 0 {
                    let firsts: f32 = (1..labels).step_by(2).map(chance).sum();
                    begins = firsts > (1.0 - chance(0)) / 2.0;
                }
            }
            if best >= SCORE_MIN {
                let kind = (0..self.known.kinds.len())
                    .max_by(|&a, &b| sums[a].total_cmp(&sums[b]))
                    .unwrap_or(0) as u8;
                out.push(Labelled { start: word.start, end: word.end, kind, begins, score: best });
            }
        }
        Ok(())
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
