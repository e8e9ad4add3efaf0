//! Canaries: synthetic patients whose values are met nowhere else. [`make`] draws a record that fits
//! a plan, [`Search`] looks for its identifiers, [`Ledger`] remembers them. Plants nothing, reads
//! nothing, draws nothing at random: the seed is an argument. Pure, and behind the feature `stream` all
//! the same: what it draws is of `weir-synth`.

mod ledger;
mod record;
mod search;
mod value;

pub use ledger::{Ledger, Planted, Round};
pub use record::{Canary, make};
pub use search::Search;

use crate::phi::{Class, Phi};

/// An identifier of a canary that must not leave.
#[derive(Debug)]
pub struct Identifier {
    /// What it is.
    pub class: Class,
    /// As the record has it.
    pub text: Phi<String>,
}

/// Fewest letters and digits of an identifier that is looked for: shorter ones are met by chance, as
/// other people's tokens among others.
pub const LETTERS_MIN: usize = 9;
