//! Two SHA-256 at a time. Each round of it waits for the one before, and the processor with it; rounds of another
//! message do not wait for these, so that two take a quarter less time than one after the other. The rounds are those
//! of the `sha2` crate, the padding is here (FIPS 180-4, 5.1.1).

use sha2::block_api::compress256;

const BLOCK: usize = 64;

/// FIPS 180-4, 5.3.3.
const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The hashes of two messages, which are padded in place.
pub(super) fn sha256(messages: &mut [Vec<u8>; 2]) -> [[u8; 32]; 2] {
    messages.iter_mut().for_each(pad);
    let [a, b] = [&messages[0], &messages[1]].map(|message| message.as_chunks::<BLOCK>().0);
    let (mut one, mut other) = (START, START);
    let both = a.len().min(b.len());
    for at in 0..both {
        compress256(&mut one, &a[at..=at]);
        compress256(&mut other, &b[at..=at]);
    }
    compress256(&mut one, &a[both..]);
    compress256(&mut other, &b[both..]);
    [one, other].map(|state| {
        let mut hash = [0; 32];
        let words = hash.as_chunks_mut::<4>().0.iter_mut().zip(state);
        words.for_each(|(bytes, word)| *bytes = word.to_be_bytes());
        hash
    })
}

fn pad(message: &mut Vec<u8>) {
    let bits = 8 * message.len() as u64;
    message.push(0x80);
    message.resize((message.len() + 8).next_multiple_of(BLOCK) - 8, 0);
    message.extend_from_slice(&bits.to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn each_length_hashes_as_it_does_alone_whatever_it_is_paired_with() {
        let message = |length: usize| -> Vec<u8> { (0..length).map(|n| (n * 7) as u8).collect() };
        for (one, other) in (0..300).flat_map(|n| [(n, 300 - n), (n, n), (n, 0), (0, n)]) {
            let alone: [[u8; 32]; 2] =
                [one, other].map(|length| Sha256::digest(message(length)).into());
            assert_eq!(sha256(&mut [message(one), message(other)]), alone, "{one}, {other}");
        }
    }
}
