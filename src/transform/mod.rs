//! Kernels: Arrow array -> Arrow array. They know nothing of records, fields or Kafka; each runs
//! once per (class, rule) and batch. [`KERNELS`] is the table; [`apply`] is the door.

mod column;
mod dates;
mod fpe;
mod generalize;
mod opaque;

pub use column::{Outcome, PhiColumn};

use crate::keys::{Purpose, Snapshot};
use crate::phi::{Class, Code, Day, Form};

/// What is done to values of a class: a kernel with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The value stays as it is.
    Keep,
    /// Identifiers inside the value are found, and each gets its class's rule.
    Detect,
    /// FF1 with AES-256; format kept, reversible.
    Fpe,
    /// AES-SIV; `[CLASS~v1:...]`, reversible.
    Siv,
    /// HMAC-SHA-256; opaque, one-way.
    Hash,
    /// Letters and digits become `*`.
    Mask,
    /// The value goes.
    Remove,
    /// A date becomes its year; births of people of `cap_age` and above become one group.
    Year {
        /// Ages of this and above are one group, in years.
        cap_age: Option<u8>,
    },
    /// A ZIP code becomes its first three digits, or 000.
    Zip3,
    /// Ages above become one group: 90 and older is `90`.
    CapAge {
        /// Ages of this and above are one group, in years.
        cap_age: u8,
    },
    /// A date moves by a number of days that is constant for each subject.
    ShiftDays {
        /// The largest shift to either side, in days.
        max: u16,
    },
}

/// What a kernel gives back, where the format has types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// The type and layout of the input.
    Same,
    /// A string.
    Text,
    /// Null.
    Null,
}

/// One line of the table of kernels.
#[derive(Debug)]
pub struct KernelEntry {
    /// Its name in policies and reports.
    pub name: &'static str,
    /// Who holds the key can get the value back.
    pub reversible: bool,
    /// The output is derived from the value by a key (45 CFR 164.514(c) forbids it to Safe Harbor).
    pub keyed: bool,
    /// What it gives back.
    pub output: Output,
    /// It hides the value: OpenLineage's `masking`.
    pub masking: bool,
    /// What it does, in words.
    pub what: &'static str,
}

/// The table of kernels. [`Rule::kernel`] points into it.
pub const KERNELS: &[KernelEntry] = &[
    KernelEntry { name: "keep", reversible: false, keyed: false, output: Output::Same, masking: false, what: "leaves the value as it is" },
    KernelEntry { name: "detect", reversible: false, keyed: false, output: Output::Same, masking: true, what: "finds identifiers in prose and applies their classes' rules" },
    KernelEntry { name: "fpe", reversible: true, keyed: true, output: Output::Same, masking: true, what: "FF1 with AES-256: another value of the same format" },
    KernelEntry { name: "siv", reversible: true, keyed: true, output: Output::Text, masking: true, what: "AES-SIV: a token that names its class and key version" },
    KernelEntry { name: "hash", reversible: false, keyed: true, output: Output::Text, masking: true, what: "HMAC-SHA-256: an opaque token, one-way" },
    KernelEntry { name: "mask", reversible: false, keyed: false, output: Output::Text, masking: true, what: "writes * for every letter and digit" },
    KernelEntry { name: "remove", reversible: false, keyed: false, output: Output::Null, masking: true, what: "removes the value; in prose its class's name stays" },
    KernelEntry { name: "generalize", reversible: false, keyed: false, output: Output::Same, masking: true, what: "keeps the coarse part: year, ZIP3, ages from 90 as one group" },
    KernelEntry { name: "shift_days", reversible: false, keyed: true, output: Output::Same, masking: true, what: "moves a date by a number of days that is constant for each subject" },
];

impl Rule {
    /// Its kernel's line of the table.
    pub fn kernel(self) -> &'static KernelEntry {
        &KERNELS[self.kernel_index() as usize]
    }

    /// Its kernel's place in the table, as counts carry it.
    pub fn kernel_index(self) -> u8 {
        match self {
            Rule::Keep => 0,
            Rule::Detect => 1,
            Rule::Fpe => 2,
            Rule::Siv => 3,
            Rule::Hash => 4,
            Rule::Mask => 5,
            Rule::Remove => 6,
            Rule::Year { .. } | Rule::Zip3 | Rule::CapAge { .. } => 7,
            Rule::ShiftDays { .. } => 8,
        }
    }

    /// Whether values of this class can go through this kernel at all.
    pub fn takes(self, class: Class) -> bool {
        let form = class.form();
        match self {
            Rule::Keep | Rule::Siv | Rule::Hash | Rule::Mask | Rule::Remove => true,
            Rule::Detect => class == Class::FreeText,
            Rule::Fpe => {
                // Check digits (NPI, VIN) would not survive yet.
                matches!(form, Form::Record | Form::Phone) && class != Class::Vehicle
                    || class == Class::Ssn
            }
            Rule::Year { .. } | Rule::ShiftDays { .. } => form == Form::Date,
            Rule::Zip3 => class == Class::Zip,
            Rule::CapAge { .. } => class == Class::Age,
        }
    }

    /// The key that the kernel needs, if any.
    pub fn purpose(self) -> Option<Purpose> {
        match self {
            Rule::Fpe => Some(Purpose::Fpe),
            Rule::Siv => Some(Purpose::Siv),
            Rule::Hash => Some(Purpose::Hash),
            Rule::ShiftDays { .. } => Some(Purpose::Shift),
            _ => None,
        }
    }
}
