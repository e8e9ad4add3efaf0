//! Stub.

/// Stub.
pub(super) const POOLS: &str = "
= note
{top}
= bare
{neg}
= g
{s}
= gbare
{neg}
";
