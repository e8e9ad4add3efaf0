//! Counts over many records, with names in place of indices: what lineage, state and evidence say.

use super::batch::{Cleaned, Count, Disposition};
use crate::detect::DETECTORS;
use crate::policy::Plan;
use crate::transform::KERNELS;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A sum over records. Adding is associative, so windows, runs and partitions add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Records read: clean, tombstones and refused ones.
    pub records: u64,
    /// Records that left, tombstones included.
    pub clean: u64,
    /// Canaries among the clean records: these left for a topic of their own.
    #[serde(default, skip_serializing_if = "is_none")]
    pub canaries: u64,
    /// Canaries among the refused records, likewise.
    #[serde(default, skip_serializing_if = "is_none")]
    pub canaries_refused: u64,
    /// Tombstones among the clean records, canaries left out.
    #[serde(default, skip_serializing_if = "is_none")]
    pub tombstones: u64,
    /// Tombstones that left under older key versions, beside the records that left.
    #[serde(default, skip_serializing_if = "is_none")]
    pub echoes: u64,
    /// Refused records by code.
    pub refused: BTreeMap<String, u64>,
    /// Values by `field|class|kernel|layer`; fields as the schema writes them.
    pub values: BTreeMap<String, u64>,
    /// Bytes of values read, canaries left out.
    pub bytes_in: u64,
    /// Bytes of values that left, canaries left out.
    pub bytes_out: u64,
}

fn is_none(n: &u64) -> bool {
    *n == 0
}

/// Sums by index, for the hot path; [`Counts::named`] gives the [`Tally`].
#[derive(Debug, Default)]
pub struct Counts {
    tally: Tally,
    values: BTreeMap<Count, u64>,
}

impl Counts {
    /// Adds one record of a batch.
    pub fn add(&mut self, cleaned: &Cleaned, record: usize) {
        self.tally.records += 1;
        self.tally.bytes_in += cleaned.batch.value(record).map_or(0, <[u8]>::len) as u64;
        match cleaned.disposition(record) {
            fate @ (Disposition::Clean | Disposition::Tombstone) => {
                self.tally.tombstones += u64::from(fate == Disposition::Tombstone);
                self.tally.clean += 1;
                self.tally.bytes_out += cleaned.value(record).map_or(0, <[u8]>::len) as u64;
            }
            Disposition::Refused(code) => {
                *self.tally.refused.entry(code.id().to_string()).or_default() += 1;
            }
        }
        for &count in cleaned.counts(record) {
            *self.values.entry(Count { n: 0, ..count }).or_default() += u64::from(count.n);
        }
    }

    /// Adds a canary: it is a record that was read and left or was refused, so that ranges and sums
    /// add up; its values and bytes are nobody's, and are not evidence of anything.
    pub fn add_canary(&mut self, disposition: Disposition) {
        self.tally.records += 1;
        match disposition {
            Disposition::Clean | Disposition::Tombstone => {
                self.tally.clean += 1;
                self.tally.canaries += 1;
            }
            Disposition::Refused(code) => {
                self.tally.canaries_refused += 1;
                *self.tally.refused.entry(code.id().to_string()).or_default() += 1;
            }
        }
    }

    /// Adds a tombstone under an older key version.
    pub fn add_echo(&mut self) {
        self.tally.echoes += 1;
    }

    /// The sums with names, and an empty counter.
    pub fn named(self, plan: &Plan) -> Tally {
        let mut tally = self.tally;
        for (Count { field, class, kernel, layer, .. }, n) in self.values {
            let field =
                plan.fields.get(usize::from(field)).map_or("key", |field| field.path.as_str());
            let kernel = KERNELS[usize::from(kernel)].name;
            let layer = DETECTORS[layer as usize].name;
            *tally.values.entry(format!("{field}|{class}|{kernel}|{layer}")).or_default() += n;
        }
        tally
    }
}

impl Tally {
    /// Adds another sum.
    pub fn merge(&mut self, other: &Tally) {
        self.records += other.records;
        self.clean += other.clean;
        self.canaries += other.canaries;
        self.canaries_refused += other.canaries_refused;
        self.tombstones += other.tombstones;
        self.echoes += other.echoes;
        self.bytes_in += other.bytes_in;
        self.bytes_out += other.bytes_out;
        for (key, n) in &other.refused {
            *self.refused.entry(key.clone()).or_default() += n;
        }
        for (key, n) in &other.values {
            *self.values.entry(key.clone()).or_default() += n;
        }
    }

    /// What was added since it was `before`; nothing, where a state topic that lost some has less by now.
    pub fn since(&self, before: &Tally) -> Tally {
        let less = |all: &BTreeMap<String, u64>, before: &BTreeMap<String, u64>| {
            let left = |(key, n): (&String, &u64)| {
                let more = n - before.get(key).copied().unwrap_or(0).min(*n);
                (more > 0).then(|| (key.clone(), more))
            };
            all.iter().filter_map(left).collect()
        };
        Tally {
            records: self.records.saturating_sub(before.records),
            clean: self.clean.saturating_sub(before.clean),
            canaries: self.canaries.saturating_sub(before.canaries),
            canaries_refused: self.canaries_refused.saturating_sub(before.canaries_refused),
            tombstones: self.tombstones.saturating_sub(before.tombstones),
            echoes: self.echoes.saturating_sub(before.echoes),
            refused: less(&self.refused, &before.refused),
            values: less(&self.values, &before.values),
            bytes_in: self.bytes_in.saturating_sub(before.bytes_in),
            bytes_out: self.bytes_out.saturating_sub(before.bytes_out),
        }
    }

    /// Refused records, all codes together.
    pub fn refused_total(&self) -> u64 {
        self.refused.values().sum()
    }

    /// Values by class, kernel and layer, all fields together.
    pub fn by_class(&self) -> BTreeMap<(String, String, String), u64> {
        let mut sums = BTreeMap::new();
        for (key, n) in &self.values {
            let mut parts = key.rsplit('|').map(str::to_string);
            if let (Some(layer), Some(kernel), Some(class)) =
                (parts.next(), parts.next(), parts.next())
            {
                *sums.entry((class, kernel, layer)).or_default() += n;
            }
        }
        sums
    }
}
