//! Kernel `permute`: numbers too few for FF1, through a keyed table.

use super::column::{Outcome, PhiColumn, map_rows};
use crate::keys::{Permutation, Way};
use crate::limits::{FPE_DOMAIN_MIN, PERMUTE_DOMAIN_MIN};
use crate::phi::{Alphabet, Code, DIGITS, LETTERS, Place, Shape};

/// Takes every row one way through the table of its size. Digits stay digits and letters letters, or
/// the site's shape says what stands where.
pub(super) fn run(
    way: Way,
    table: &Permutation,
    shape: Option<&Shape>,
    column: &PhiColumn,
) -> Outcome {
    map_rows(column, |_, value, out| {
        if shape.is_some_and(|shape| shape.places().len() != value.len()) {
            return Err(Code::OutsideAlphabet);
        }
        let (mut size, mut n) = (1u64, 0u64);
        for (at, b) in value.bytes().enumerate() {
            let Some(alphabet) = alphabet(shape, at, b) else { continue };
            let numeral = alphabet.numeral(b).ok_or(Code::OutsideAlphabet)?;
            size = size.saturating_mul(u64::from(alphabet.radix()));
            n = n.saturating_mul(u64::from(alphabet.radix())).saturating_add(u64::from(numeral));
        }
        if size < PERMUTE_DOMAIN_MIN {
            return Err(Code::BelowFloor);
        }
        // Above, FF1 is to be used.
        let small = u32::try_from(size).ok().filter(|_| size <= FPE_DOMAIN_MIN);
        let mapped = small.and_then(|size| table.map(size, way, n as u32));
        let mut n = mapped.ok_or(Code::OutsideAlphabet)?;
        let mut token: Vec<u8> = value.bytes().collect();
        for (at, b) in value.bytes().enumerate().rev() {
            let Some(alphabet) = alphabet(shape, at, b) else { continue };
            token[at] = alphabet.char((n % alphabet.radix()) as u8);
            n /= alphabet.radix();
        }
        out.push_str(std::str::from_utf8(&token).map_err(|_| Code::OutsideAlphabet)?);
        Ok(true)
    })
}

/// The alphabet of a place; `None` where the shape fixes it.
fn alphabet(shape: Option<&Shape>, at: usize, b: u8) -> Option<&Alphabet> {
    match shape {
        None if b.is_ascii_digit() => Some(&DIGITS),
        None => Some(&LETTERS),
        Some(shape) => match shape.places()[at] {
            Place::Fixed(_) => None,
            Place::Of(of) => Some(&shape.alphabets()[usize::from(of)]),
        },
    }
}
