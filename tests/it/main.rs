//! One binary for what needs the whole program. Where a test belongs:
//! `kafka.rs` what needs the real broker; `kill.rs` the same under kill -9; `doubt.rs` a commit that nobody hears of; `carry.rs` a topic after a
//! rotation; `canary.rs` planted records; `places.rs` where a pipeline goes on; `registry.rs` topics with a schema registry; `status.rs` health
//! and metrics; `lineage.rs` events, and where they go; `proof.rs` topics that were tampered with, `sidecar.rs` files;
//! `telemetry.rs` what a collector hears; `trail.rs` whose records are where, and taking them out; `forget.rs` the same in
//! trouble; `cli.rs` what a person sees; `scan.rs` what is in records; `eval.rs` corpora judged; `keys.rs` keys in custody;
//! `subjects.rs` the store of
//! subjects, in PostgreSQL too; `tokens.rs` tokens beside another implementation; `docs.rs` the docs
//! that are written from the program.

mod audit;
mod broker;
mod canary;
mod carry;
mod cli;
mod detect;
mod docs;
mod doubt;
mod eval;
#[path = "../events/mod.rs"]
mod events;
mod forget;
mod kafka;
mod keys;
mod kill;
mod lineage;
mod parsers;
mod places;
mod proof;
mod registry;
mod scan;
mod secure;
mod sidecar;
mod status;
mod subjects;
mod telemetry;
mod terms;
mod tokens;
mod trail;
