//! Word lists: what is known of a word, whatever its context. The table is made by `build.rs`
//! from `lists/`, 1.5 MiB.

use crate::{bits, hash};

const SLOTS: usize = 1 << 18;
/// First the upper halves of the hashes, four bytes each, then the bits, two bytes each.
static TABLE: &[u8; SLOTS * 6] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// What the lists say of a word or place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed(pub(crate) u16);

impl Listed {
    /// Looks up a folded word (see [`crate::fold`]), or a place in several words.
    pub fn of(word: &str) -> Listed {
        Listed(look(hash::text(word)))
    }

    /// A given name: 0 not one, 1 a rare one, 3 a frequent one.
    pub fn given(self) -> u8 {
        (self.0 >> bits::GIVEN_SHIFT & 3) as u8
    }

    /// A family name, likewise.
    pub fn family(self) -> u8 {
        (self.0 >> bits::FAMILY_SHIFT & 3) as u8
    }

    /// An ordinary English word: 0 not one, 1 a rare one, 2 a common one.
    pub fn word(self) -> u8 {
        (self.0 >> bits::WORD_SHIFT & 3) as u8
    }

    /// A city or county.
    pub fn is_place(self) -> bool {
        self.0 & (bits::CITY | bits::COUNTY) != 0
    }

    /// A place in several words starts with it.
    pub fn starts_place(self) -> bool {
        self.0 & bits::PLACE_START != 0
    }

    /// A word of clinical vocabulary.
    pub fn is_clinical(self) -> bool {
        self.0 & bits::CLINICAL != 0
    }

    /// A name that conditions, signs or devices bear.
    pub fn is_eponym(self) -> bool {
        self.0 & bits::EPONYM != 0
    }
}

/// The bits of the word with this hash; none for a word in no list. One unknown word in some
/// thousand million is taken for another.
#[inline]
pub(crate) fn look(hash: u64) -> u16 {
    let mut at = hash as usize & (SLOTS - 1);
    let want = ((hash >> 32) as u32).to_le_bytes();
    loop {
        let bits = SLOTS * 4 + at * 2;
        let bits = u16::from_le_bytes([TABLE[bits], TABLE[bits + 1]]);
        if bits == 0 || TABLE[at * 4..at * 4 + 4] == want {
            return bits;
        }
        at = (at + 1) & (SLOTS - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_their_lists_say() {
        assert_eq!(Listed::of("smith").family(), 3);
        assert_eq!(Listed::of("jennifer").given(), 3);
        assert_eq!(Listed::of("patient").word(), 2);
        assert!(Listed::of("los angeles").is_place() && Listed::of("los").starts_place());
        assert!(Listed::of("metformin").is_clinical() && Listed::of("parkinson").is_eponym());
        assert_eq!(Listed::of("qzxwvqq"), Listed::default());
    }
}
