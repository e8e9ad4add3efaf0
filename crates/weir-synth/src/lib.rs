//! Synthetic patients.
