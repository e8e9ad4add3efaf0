//! weir reads records full of protected health information (PHI) and writes records that are
//! safe to index: `source -> locate -> gather -> transform -> splice -> verify -> sink`.
//!
//! The rooms, in reading order. ARCHITECTURE.md says what each may import, and `tests/tidy.rs`
//! holds it to that.

#[doc(hidden)]
pub mod limits;

mod failpoint;

pub mod phi;

pub mod format;

pub mod detect;

pub mod keys;

pub mod transform;

pub mod policy;

pub mod clean;

pub mod scan;

pub mod eval;

pub mod lineage;

pub mod audit;

pub mod proof;

#[cfg(feature = "stream")]
pub mod canary;

#[cfg(feature = "stream")]
pub mod stream;

#[cfg(feature = "stream")]
pub mod cli;
