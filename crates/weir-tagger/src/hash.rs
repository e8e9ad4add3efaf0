//! The hash of words, in the lists and in features. Part of the weights: whoever changes it trains again.

/// The hash of a text: FNV-1a, 64 bits, stirred once.
pub(crate) fn text(text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| {
        (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
    });
    stir(fnv)
}

/// Spreads a hash over all its bits.
#[inline]
pub(crate) const fn stir(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ hash >> 32
}
