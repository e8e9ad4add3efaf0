//! The sentence: `locate`, then `finish` (gather, transform, splice, verify). READ THIS FIRST.
//!
//! Pure: no IO, no clock, no random source, no key bytes. A record that cannot be cleaned is
//! refused by code; it never passes, and it never stops the batch.

mod batch;
mod finish;
mod gather;
mod inside;
mod locate;
mod markup;
mod offsets;
mod shadow;
mod tally;
mod unlisted;
mod verify;

pub use batch::{Batch, Cleaned, Count, Disposition, Located, SchemaRef, Subjects};
pub use shadow::{Shadow, Values};
pub use tally::{Counts, Tally};

use crate::keys::{KeySnapshot, Need, Scope};
use crate::policy::{Plan, Slot};

/// Finds, in each record of the batch, the values that the plan names and the identifiers in its
/// free text. Changes nothing.
pub fn locate(plan: &Plan, batch: Batch) -> Located {
    locate::locate(plan, batch)
}

/// Turns what was found into what the plan says, and writes the clean records. `subjects` is what
/// the caller brought for the subjects that `located` names.
pub fn finish(plan: &Plan, keys: &KeySnapshot, subjects: &Subjects, located: Located) -> Cleaned {
    finish::finish(plan, keys, subjects, located)
}

/// Where identifiers stand in a located record, with their classes, for masked views: `None` when
/// the record was refused, and then nothing of it may be shown.
pub fn marks(
    plan: &Plan,
    located: &Located,
    record: usize,
) -> Option<Vec<(std::ops::Range<usize>, &'static str)>> {
    located.marks(plan, record)
}

/// The keys that a plan needs: ask the keyring for a snapshot of these.
pub fn key_needs(plan: &Plan) -> Vec<Need> {
    let need = |slot: &Slot| {
        let destination = (slot.scope == Scope::Destination).then(|| plan.destination.clone());
        let purpose = slot.rule.purpose()?;
        Some(Need { purpose, class: slot.class, scope: slot.scope, destination })
    };
    let trail = plan.trail.as_ref().map(|_| Need::trail());
    let mut needs: Vec<_> = plan.slots.iter().filter_map(need).chain(trail).collect();
    needs.sort_unstable();
    needs.dedup();
    needs
}

#[cfg(test)]
mod tests;
