//! The vocabulary: classes, paths, spans, codes, canonical forms, and [`Phi`], a value that
//! cannot be printed. Imports nothing of ours.

mod canon;
mod check;
mod class;
mod code;
mod date;
mod name;
mod shape;
mod span;
mod spell;
mod token;

pub use canon::{Extent, canonical, render, render_epoch};
pub use check::{
    MBI_LETTERS, VIN_LETTERS, card_network, country_digits, dea_digit, iban_digits, is_card,
    is_dea, is_iban, is_imei, is_itin, is_mbi, is_nanp, is_nanp_service, is_nhs, is_npi, is_ssn,
    is_state, is_vin, luhn_digit, nhs_digit, npi_digit, vin_digit,
};
pub use class::{CLASSES, Class, ClassEntry, Form};
pub use code::{CODES, Code, CodeEntry, Kind};
pub use date::{
    DateShape, Day, Epoch, Ymd, digit_of, parse_date, partial_date, render_date, render_partial,
    written_date,
};
pub use name::{
    Dress, NamePart, dress_case, dress_name, fold_letter, fold_name, in_word, name_part,
    name_parts, plain,
};
pub use shape::{ALPHANUMERIC, Alphabet, DIGITS, HEX, LETTERS, Place, Shape};
pub use span::{FieldPath, Span};
pub use spell::grouped;
pub use token::{plain_token, pointed_token};

use zeroize::Zeroize;

/// A value that may be PHI: no `Display`, no `Serialize`, a blind `Debug`, wiped when dropped.
///
/// ```compile_fail
/// let name = weir::phi::Phi::new(String::from("x"));
/// println!("{name}"); // Phi has no Display
/// ```
/// ```compile_fail
/// let name = weir::phi::Phi::new(String::from("x"));
/// serde_json::to_string(&name).unwrap(); // nor Serialize
/// ```
pub struct Phi<T: Wipe>(T);

/// What can be overwritten all at once.
pub trait Wipe {
    /// Overwrites it, and the memory that it keeps.
    fn wipe(&mut self);
}

impl Wipe for Vec<u8> {
    fn wipe(&mut self) {
        // What never held anything is the most usual.
        if self.capacity() > 0 {
            // `zeroize` takes what is in use byte by byte, and what is not in one go: so nothing is.
            self.clear();
            self.zeroize();
        }
    }
}

impl Wipe for String {
    fn wipe(&mut self) {
        if self.capacity() > 0 {
            self.clear();
            self.zeroize();
        }
    }
}

impl Wipe for Option<String> {
    fn wipe(&mut self) {
        self.iter_mut().for_each(Wipe::wipe);
    }
}

impl<T: Wipe> Phi<T> {
    /// Takes a value into custody.
    pub fn new(value: T) -> Self {
        Phi(value)
    }

    /// The value itself. `tests/tidy.rs` counts the files that call this.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, to be written to. Counted like [`Phi::expose`].
    pub fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Wipe + Default> Default for Phi<T> {
    fn default() -> Self {
        Phi(T::default())
    }
}

impl<T: Wipe> Drop for Phi<T> {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

impl<T: Wipe> std::fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phi(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_blind() {
        let shown = format!("{:?}", Phi::new(String::from("Jane Canary")));
        assert_eq!(shown, "Phi(..)");
    }
}
