//! Names, places and numbers in prose, word by word: word lists, and a linear-chain model. Knows no
//! class, no policy and no record of weir's; `src/detect/tagger.rs` says what its kinds mean.

mod bits;
mod features;
mod hash;
mod lexicon;
mod model;
mod rows;
mod token;
#[cfg(feature = "train")]
pub mod train;

pub use lexicon::Listed;
pub use model::{Kind, Labels, Model, Work};
pub use token::fold;

/// A run of tokens of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it is: an index into [`Labels::names`].
    pub kind: Kind,
    /// How likely that is: the mean over its tokens.
    pub score: f32,
}

/// A token that is nothing by its threshold, and might be something after all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// How likely it is that it is anything.
    pub chance: f32,
}

/// Where the postal code in front of a place ends, and where the place begins. A model whose territories have no
/// label for their first token gives `28046 Madrid` as one; MEDDOCAN has two.
pub fn code_and_place(territory: &str) -> Option<(usize, Option<usize>)> {
    let digits = territory.bytes().take_while(u8::is_ascii_digit).count();
    let behind = territory[digits..].find(char::is_alphanumeric).map(|at| digits + at);
    (digits > 0).then_some((digits, behind))
}

/// Tokens that are looked at together; a longer text is cut at the end of a line, or anywhere.
const CHUNK_TOKENS: usize = 2048;

/// Finds runs of tokens that are something with a chance above that of their kind in `thresholds` (by the order
/// of [`Labels::names`]), in order.
pub fn tag(model: &Model, text: &str, thresholds: &[f32], work: &mut Work, out: &mut Vec<Tagged>) {
    out.clear();
    work.doubts.clear();
    let mut tokens = std::mem::take(&mut work.tokens);
    token::cut(text, &mut work.folded, &mut tokens);
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunk_end(rest));
        model.marginals(chunk, work);
        read(model, chunk, thresholds, &work.chances, out);
        doubt(model, chunk, thresholds, work);
        rest = after;
    }
    work.tokens = tokens;
}

/// Keeps the tokens with a chance from the one that was asked for up to their threshold.
fn doubt(model: &Model, tokens: &[token::Token], thresholds: &[f32], work: &mut Work) {
    let Some(least) = work.doubt_from else { return };
    use token::Shape;
    let Work { chances, doubts, .. } = work;
    let lowest = self::least(thresholds);
    for (token, chance) in tokens.iter().zip(chances) {
        let something = 1.0 - chance[0];
        if something >= least
            && !matches!(token.shape, Shape::Blank | Shape::Line | Shape::Mark)
            && best(model.labels(), chance, thresholds, lowest).is_none()
        {
            doubts.push(Doubt { start: token.start, end: token.end, chance: something });
        }
    }
}

/// The likeliest label of a token, where it is something by its threshold; `least` is the least of them.
fn best(
    labels: &Labels,
    chance: &model::Row,
    thresholds: &[f32],
    least: f32,
) -> Option<(usize, Kind)> {
    // Most tokens are nothing.
    if 1.0 - chance[0] <= least {
        return None;
    }
    let best = (1..labels.len()).max_by(|&a, &b| chance[a].total_cmp(&chance[b])).unwrap_or(0);
    let threshold = |kind: Kind| thresholds.get(usize::from(kind)).copied().unwrap_or(1.0);
    let kind = labels.kind(best).filter(|&kind| 1.0 - chance[0] > threshold(kind))?;
    Some((best, kind))
}

/// The least threshold; a kind without one has 1.
fn least(thresholds: &[f32]) -> f32 {
    thresholds.iter().copied().fold(1.0, f32::min)
}

fn chunk_end(tokens: &[token::Token]) -> usize {
    if tokens.len() <= CHUNK_TOKENS {
        return tokens.len();
    }
    let line = |t: &token::Token| matches!(t.shape, token::Shape::Line | token::Shape::Blank);
    tokens[..CHUNK_TOKENS].iter().rposition(line).map_or(CHUNK_TOKENS, |at| at + 1)
}

fn read(
    model: &Model,
    tokens: &[token::Token],
    thresholds: &[f32],
    chances: &[model::Row],
    out: &mut Vec<Tagged>,
) {
    let labels = model.labels();
    let least = least(thresholds);
    let mut open: Option<(Tagged, u32)> = None;
    for (token, chance) in tokens.iter().zip(chances) {
        let something = 1.0 - chance[0];
        let breaks = matches!(token.shape, token::Shape::Blank);
        let (best, kind) = match best(labels, chance, thresholds, least) {
            Some((best, kind)) if !breaks => (best, Some(kind)),
            _ => (0, None),
        };
        match (&mut open, kind) {
            (Some((run, count)), Some(kind)) if run.kind == kind && !labels.starts(best) => {
                // The end of a line is part of a run only when the run goes on behind it.
                run.end = token.end;
                run.score += something;
                *count += 1;
            }
            (open, kind) => {
                if let Some((mut run, count)) = open.take() {
                    run.score /= count as f32;
                    out.push(run);
                }
                *open = kind.map(|kind| {
                    (Tagged { start: token.start, end: token.end, kind, score: something }, 1)
                });
            }
        }
    }
    if let Some((mut run, count)) = open {
        run.score /= count as f32;
        out.push(run);
    }
}
