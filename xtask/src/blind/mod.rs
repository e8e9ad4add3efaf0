//! A fourth set of texts with known identifiers, for evaluation only: written apart from all others,
//! and nobody has read what was missed in it.

mod codes;
mod ids;
mod names;
mod negatives;
mod notes_a;
mod notes_b;
mod notes_c;
mod notes_d;
mod pen;
mod places;
mod rules;
#[cfg(test)]
mod tests;

use crate::draft::Draft;
use pen::{Kind, Pen};

/// Skeletons: what it is, who it is about, and the template.
type Notes = &'static [(&'static str, Kind, &'static str)];

/// All skeletons.
const NOTES: &[Notes] = &[notes_a::NOTES, notes_b::NOTES, notes_c::NOTES, notes_d::NOTES];

/// A clinical document.
pub(crate) fn note(seed: u64) -> Draft {
    let all: Vec<_> = NOTES.iter().copied().flatten().collect();
    let at = usize::try_from(seed).unwrap_or(0) % all.len();
    let (_, kind, template) = all[at];
    let mut pen = Pen::new(seed, *kind);
    pen.write(template);
    pen.typeset();
    pen.out
}

/// One or two clinical sentences without any identifier.
pub(crate) fn negative(seed: u64) -> Draft {
    let mut pen = Pen::new(seed ^ 0x0b11_0000, Kind::Adult);
    let at = usize::try_from(seed).unwrap_or(0) % negatives::SENTENCES.len();
    pen.write(negatives::SENTENCES[at]);
    if pen.rng.bool() {
        pen.out.say(" ");
        let other = pen.pick(negatives::SENTENCES);
        pen.write(other);
    }
    pen.out
}

/// A line of codes, doses or values without any identifier, and the spans of those.
pub(crate) fn codes(seed: u64) -> (Draft, Vec<(usize, usize)>) {
    let mut pen = Pen::new(seed ^ 0x0c0d_0000, Kind::Adult);
    let at = usize::try_from(seed).unwrap_or(0) % codes::LINES.len();
    pen.write(codes::LINES[at]);
    (pen.out, pen.codes)
}
