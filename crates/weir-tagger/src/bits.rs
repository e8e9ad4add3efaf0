//! What the word lists say of a word: sixteen bits.

/// Shift of the two bits for given names: 3 is among the most frequent, 1 is rare.
pub(crate) const GIVEN_SHIFT: u16 = 0;
/// Shift of the two bits for family names.
pub(crate) const FAMILY_SHIFT: u16 = 2;
/// Shift of the two bits for ordinary English words: 2 is a common one.
pub(crate) const WORD_SHIFT: u16 = 4;
/// A city, in one word or more.
pub(crate) const CITY: u16 = 1 << 6;
/// A county of the US.
pub(crate) const COUNTY: u16 = 1 << 7;
/// The first word of a place in two words or more.
pub(crate) const PLACE_START: u16 = 1 << 8;
/// A word of clinical vocabulary.
pub(crate) const CLINICAL: u16 = 1 << 9;
/// A name that conditions, signs or devices bear.
pub(crate) const EPONYM: u16 = 1 << 10;
