//! The real broker.
