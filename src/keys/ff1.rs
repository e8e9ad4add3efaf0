//! FF1 (NIST SP 800-38G) with AES-256, ten rounds, in lanes of 64 and of 8. Halves are integers of at most
//! 96 bits; longer values go through the `fpe` crate, which is also the oracle of the tests.
//!
//! What makes it quick: everything in front of the last block of a round's CBC-MAC is constant for
//! one (key, tweak, radix, length), so a round is one AES block; many values go through AES
//! together; and `mod radix^m` is a multiplication by a stored reciprocal.

use crate::phi::Code;
use aes::Aes256;
use aes::cipher::{Array, Block, BlockCipherEncrypt, BlockSizeUser};
use zeroize::Zeroize;

/// Values that go through AES together: 64 blocks are what the `aes` crate keeps in flight where the
/// processor has VAES-512; 8 where it has AES-NI alone.
const LANES_WIDE: usize = 64;
const LANES: usize = 8;
/// Widest half, in bits: then one block of output is a round's whole number.
const HALF_BITS_MAX: u32 = 96;
const ROUNDS: u32 = 10;

/// The two halves of a numeral string, as integers: the first `len / 2` numerals, and the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Halves {
    /// The first `len / 2` numerals.
    pub a: u128,
    /// The others.
    pub b: u128,
}

impl Zeroize for Halves {
    fn zeroize(&mut self) {
        (self.a, self.b) = (0, 0);
    }
}

/// Which way through the rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From value to token.
    Encrypt,
    /// From token to value.
    Decrypt,
}

/// FF1 made ready for strings of one radix and one length, under one key and tweak.
#[derive(Clone)]
pub struct Tuned {
    /// State of the CBC-MAC before its last block, with that block's constant part folded in.
    start: u128,
    /// Where the round number stands in the last block, in bits from its end.
    round_bit: u32,
    /// Bits that the output is cut down by: 128 - 8 d.
    cut: u32,
    /// radix^u and radix^v.
    moduli: [Modulus; 2],
    /// u + v.
    len: u32,
}

/// What `mod m` needs without a division.
#[derive(Clone, Copy)]
struct Modulus {
    m: u128,
    /// floor(2^(64 + S) / m), S being 0, 32 or 64 for outputs of 64, 96 and 128 bits; 0 where it
    /// does not fit.
    inverse: u64,
}

impl Modulus {
    fn new(m: u128, cut: u32) -> Modulus {
        let inverse = match cut {
            0 => u128::MAX / m,
            32 => (1 << 96) / m,
            _ => (1 << 64) / m,
        };
        Modulus { m, inverse: u64::try_from(inverse).unwrap_or(0) }
    }

    /// `y mod m`, plus 0, m or 2 m.
    #[inline(always)]
    fn almost<const S: u32>(&self, y: u128) -> u128 {
        if self.inverse == 0 {
            return y % self.m;
        }
        let quotient = ((u128::from((y >> S) as u64) * u128::from(self.inverse)) >> 64) as u64;
        if S == 0 {
            // Both fit 64 bits, and so does what is left.
            u128::from((y as u64).wrapping_sub(quotient.wrapping_mul(self.m as u64)))
        } else {
            y.wrapping_sub(u128::from(quotient).wrapping_mul(self.m))
        }
    }

    /// Takes `x` below 4 m to below m.
    #[inline(always)]
    fn settle(&self, x: u128) -> u128 {
        let x = if x >= 2 * self.m { x - 2 * self.m } else { x };
        if x >= self.m { x - self.m } else { x }
    }
}

/// `radix^len`, or `None` above 2^96.
pub(super) fn power(radix: u32, len: u32) -> Option<u128> {
    u128::from(radix).checked_pow(len).filter(|&power| power <= 1 << HALF_BITS_MAX)
}

impl Tuned {
    /// `None` where a half would be wider than 96 bits.
    pub(super) fn new(aes: &Aes256, radix: u32, len: u32, tweak: &[u8]) -> Option<Tuned> {
        let (u, v) = (len / 2, len - len / 2);
        let moduli = [power(radix, u)?, power(radix, v)?];
        // b: bytes of a half; d: bytes of a round's output.
        let bits = 128 - (moduli[1] - 1).leading_zeros();
        let b = bits.div_ceil(8);
        let d = 4 * b.div_ceil(4) + 4;
        let mut text = vec![1, 2, 1];
        text.extend_from_slice(&radix.to_be_bytes()[1..]);
        text.extend_from_slice(&[10, u as u8]);
        text.extend_from_slice(&len.to_be_bytes());
        text.extend_from_slice(&(tweak.len() as u32).to_be_bytes());
        text.extend_from_slice(tweak);
        // Zeros, then the round number and the half, up to the end of a block.
        text.resize((text.len() + b as usize + 1).next_multiple_of(16), 0);
        let (before, last) = text.as_chunks::<16>().0.split_at(text.len() / 16 - 1);
        let mut state = Block::<Aes256>::default();
        for block in before {
            state.iter_mut().zip(block).for_each(|(s, b)| *s ^= b);
            aes.encrypt_block(&mut state);
        }
        let start = u128::from_be_bytes(state.0) ^ u128::from_be_bytes(last[0]);
        let cut = 128 - 8 * d;
        let moduli = moduli.map(|m| Modulus::new(m, cut));
        Some(Tuned { start, round_bit: 8 * b, cut, moduli, len })
    }

    /// radix^v, what one of the first half is worth; `None` where a half is too wide for the lanes.
    pub fn half(radix: u32, len: u32) -> Option<u128> {
        power(radix, len - len / 2)
    }

    /// Numerals of the first and of the second half.
    pub fn widths(&self) -> (usize, usize) {
        ((self.len / 2) as usize, (self.len - self.len / 2) as usize)
    }

    /// Sends every pair of halves through the rounds, in place. A half that is not below its
    /// `radix^m` gives another domain's nonsense; callers make halves from numerals.
    pub(super) fn run(&self, aes: &Aes256, way: Way, values: &mut [Halves]) {
        match (self.cut, way) {
            (64, Way::Encrypt) => self.each::<64, 0, false>(aes, values),
            (64, Way::Decrypt) => self.each::<64, 0, true>(aes, values),
            (32, Way::Encrypt) => self.each::<32, 32, false>(aes, values),
            (32, Way::Decrypt) => self.each::<32, 32, true>(aes, values),
            (_, Way::Encrypt) => self.each::<0, 64, false>(aes, values),
            (_, Way::Decrypt) => self.each::<0, 64, true>(aes, values),
        }
    }

    fn each<const CUT: u32, const S: u32, const BACK: bool>(
        &self,
        aes: &Aes256,
        values: &mut [Halves],
    ) {
        let (wide, rest) = values.as_chunks_mut::<LANES_WIDE>();
        for lanes in wide {
            self.lanes::<LANES_WIDE, CUT, S, BACK>(aes, lanes);
        }
        let (full, rest) = rest.as_chunks_mut::<LANES>();
        for lanes in full {
            self.lanes::<LANES, CUT, S, BACK>(aes, lanes);
        }
        match rest {
            [] => {}
            [one] => self.lanes::<1, CUT, S, BACK>(aes, std::array::from_mut(one)),
            // Empty lanes cost less than going one by one.
            some => {
                let mut lanes = [Halves::default(); LANES];
                lanes[..some.len()].copy_from_slice(some);
                self.lanes::<LANES, CUT, S, BACK>(aes, &mut lanes);
                some.copy_from_slice(&lanes[..some.len()]);
                lanes.zeroize();
            }
        }
    }

    #[inline(always)]
    fn lanes<const N: usize, const CUT: u32, const S: u32, const BACK: bool>(
        &self,
        aes: &Aes256,
        lanes: &mut [Halves; N],
    ) {
        if S == 0 {
            // Halves of at most 32 bits: ten digits, seven letters.
            return self.short_lanes::<N, BACK>(aes, lanes);
        }
        let mut blocks = [Array::<u8, <Aes256 as BlockSizeUser>::BlockSize>::default(); N];
        for n in 0..ROUNDS {
            let round = if BACK { ROUNDS - 1 - n } else { n };
            let start = self.start ^ (u128::from(round) << self.round_bit);
            let modulus = &self.moduli[(round % 2) as usize];
            for (block, halves) in blocks.iter_mut().zip(lanes.iter()) {
                let half = if BACK { halves.a } else { halves.b };
                *block = Array((start ^ half).to_be_bytes());
            }
            if N == 1 {
                aes.encrypt_block(&mut blocks[0]);
            } else {
                aes.encrypt_blocks(&mut blocks);
            }
            for (block, halves) in blocks.iter().zip(lanes.iter_mut()) {
                let y = modulus.almost::<S>(u128::from_be_bytes(block.0) >> CUT);
                *halves = if BACK {
                    let y = modulus.settle(y);
                    let back = if halves.b >= y { 0 } else { modulus.m };
                    Halves { a: halves.b + back - y, b: halves.a }
                } else {
                    Halves { a: halves.b, b: modulus.settle(halves.a + y) }
                };
            }
        }
    }
}

impl Tuned {
    /// The same rounds in machine words, each half in an array of its own.
    #[inline(always)]
    fn short_lanes<const N: usize, const BACK: bool>(&self, aes: &Aes256, lanes: &mut [Halves; N]) {
        let (mut a, mut b) = (lanes.map(|half| half.a as u64), lanes.map(|half| half.b as u64));
        let mut blocks = [Array::<u8, <Aes256 as BlockSizeUser>::BlockSize>::default(); N];
        let high = ((self.start >> 64) as u64).to_be_bytes();
        let low = self.start as u64;
        for n in 0..ROUNDS {
            let round = if BACK { ROUNDS - 1 - n } else { n };
            let low = low ^ (u64::from(round) << self.round_bit);
            let Modulus { m, inverse } = self.moduli[(round % 2) as usize];
            let m = m as u64;
            let (from, to) = if BACK { (&mut a, &mut b) } else { (&mut b, &mut a) };
            for at in 0..N {
                blocks[at].0[..8].copy_from_slice(&high);
                blocks[at].0[8..].copy_from_slice(&(low ^ from[at]).to_be_bytes());
            }
            if N == 1 {
                aes.encrypt_block(&mut blocks[0]);
            } else {
                aes.encrypt_blocks(&mut blocks);
            }
            for at in 0..N {
                let mut eight = [0; 8];
                eight.copy_from_slice(&blocks[at].0[..8]);
                let y = u64::from_be_bytes(eight);
                let quotient = ((u128::from(y) * u128::from(inverse)) >> 64) as u64;
                // Below 2 m: see `Modulus::almost`.
                let y = y.wrapping_sub(quotient.wrapping_mul(m));
                let y = y.min(y.wrapping_sub(m));
                to[at] = if BACK {
                    let rest = to[at].wrapping_sub(y);
                    rest.min(rest.wrapping_add(m))
                } else {
                    let sum = to[at] + y;
                    sum.min(sum.wrapping_sub(m))
                };
            }
            // What was the second half is the first one now, and the other way round.
            std::mem::swap(&mut a, &mut b);
        }
        for at in 0..N {
            lanes[at] = Halves { a: u128::from(a[at]), b: u128::from(b[at]) };
        }
    }
}

/// Values whose halves are wider than 96 bits, by the `fpe` crate: 0 to `radix` - 1 each.
pub(super) fn run_long(
    key: &[u8],
    radix: u32,
    tweak: &[u8],
    way: Way,
    numerals: &mut Vec<u16>,
) -> Result<(), Code> {
    use fpe::ff1::{FF1, FlexibleNumeralString};
    let cipher = FF1::<Aes256>::new(key, radix).map_err(|_| Code::Internal)?;
    let given = FlexibleNumeralString::from(std::mem::take(numerals));
    let done = match way {
        Way::Encrypt => cipher.encrypt(tweak, &given),
        Way::Decrypt => cipher.decrypt(tweak, &given),
    };
    // The crate does not wipe what it was given.
    Vec::<u16>::from(given).zeroize();
    *numerals = done.map_err(|_| Code::OutsideAlphabet)?.into();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aes::cipher::KeyInit;
    use fpe::ff1::{FF1, FlexibleNumeralString};

    const KEY: &str = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";

    fn aes(key: &[u8]) -> Aes256 {
        Aes256::new_from_slice(key).expect("32 bytes")
    }

    fn key() -> Vec<u8> {
        data_encoding::HEXUPPER.decode(KEY.as_bytes()).expect("hex")
    }

    fn halves(numerals: &[u16], radix: u32) -> Halves {
        let number =
            |part: &[u16]| part.iter().fold(0u128, |n, &d| n * u128::from(radix) + u128::from(d));
        let (a, b) = numerals.split_at(numerals.len() / 2);
        Halves { a: number(a), b: number(b) }
    }

    fn numerals(halves: Halves, radix: u32, len: usize) -> Vec<u16> {
        let text = |mut n: u128, width: usize| {
            let mut part = vec![0; width];
            for digit in part.iter_mut().rev() {
                *digit = (n % u128::from(radix)) as u16;
                n /= u128::from(radix);
            }
            part
        };
        [text(halves.a, len / 2), text(halves.b, len - len / 2)].concat()
    }

    /// The AES-256 samples 7, 8 and 9 of NIST's "FF1 samples".
    #[test]
    fn ff1_is_nists() {
        let samples: [(&str, u32, &str, &str); 3] = [
            ("", 10, "0123456789", "6657667009"),
            ("39383736353433323130", 10, "0123456789", "1001623463"),
            ("3737373770717273373737", 36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
        ];
        for (tweak, radix, plain, want) in samples {
            let tweak = data_encoding::HEXUPPER.decode(tweak.as_bytes()).expect("hex");
            let read = |text: &str| -> Vec<u16> {
                text.chars().map(|c| c.to_digit(36).expect("a numeral") as u16).collect()
            };
            let tuned = Tuned::new(&aes(&key()), radix, plain.len() as u32, &tweak).expect("fits");
            let mut value = [halves(&read(plain), radix)];
            tuned.run(&aes(&key()), Way::Encrypt, &mut value);
            assert_eq!(numerals(value[0], radix, plain.len()), read(want));
            tuned.run(&aes(&key()), Way::Decrypt, &mut value);
            assert_eq!(numerals(value[0], radix, plain.len()), read(plain));
        }
    }

    /// A random source for tests that needs no crate: splitmix64.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }

        /// Now and then the largest or the smallest numerals, where carries go wrong.
        fn numerals(&mut self, radix: u32, len: usize) -> Vec<u16> {
            let all = self.next() % 64;
            let one = |random: &mut Random| match all {
                0 => 0,
                1 => (radix - 1) as u16,
                _ => (random.next() % u64::from(radix)) as u16,
            };
            (0..len).map(|_| one(self)).collect()
        }
    }

    fn equal_to_the_oracle(radix: u32, len: usize, tweak: &[u8], count: usize) {
        let mut random = Random(u64::from(radix) * 1_000 + len as u64);
        let aes = aes(&key());
        let oracle = FF1::<Aes256>::new(&key(), radix).expect("radix");
        let tuned = Tuned::new(&aes, radix, len as u32, tweak).expect("fits");
        // Every number of lanes, and what is left of them.
        let mut left = count;
        while left > 0 {
            let n = (1 + random.next() as usize % 83).min(left);
            left -= n;
            let plain: Vec<_> = (0..n).map(|_| random.numerals(radix, len)).collect();
            let mut values: Vec<_> = plain.iter().map(|p| halves(p, radix)).collect();
            tuned.run(&aes, Way::Encrypt, &mut values);
            for (value, plain) in values.iter().zip(&plain) {
                let text = FlexibleNumeralString::from(plain.clone());
                let want = Vec::<u16>::from(oracle.encrypt(tweak, &text).expect("encrypts"));
                assert_eq!(numerals(*value, radix, len), want, "radix {radix}, length {len}");
            }
            tuned.run(&aes, Way::Decrypt, &mut values);
            for (value, plain) in values.iter().zip(&plain) {
                assert_eq!(numerals(*value, radix, len), *plain, "radix {radix}, length {len}");
            }
        }
    }

    /// Every radix and every length that has a half of its own width; a few values of each.
    /// The next test does a million.
    #[test]
    fn every_radix_and_length_equals_the_fpe_crate() {
        for radix in [10, 16, 26, 27, 33, 36, 43, 52, 62, 64, 81, 94, 1_000, 23_500, 65_535, 65_536]
        {
            for len in 2..=64 {
                let v = (len - len / 2) as u32;
                // The crate refuses fewer than a million values, as weir does at its door.
                let floor = f64::from(radix).powi(len as i32) >= 1e6;
                if power(radix, v).is_none() || !floor {
                    continue;
                }
                equal_to_the_oracle(radix, len, &[7; 16], 160);
            }
        }
    }

    /// A million values of each usual alphabet and length: SSN and record numbers, hexadecimal,
    /// letters, letters and digits, and both cases.
    #[test]
    fn a_million_values_an_alphabet_and_length_equal_the_fpe_crate() {
        let cases = [(10, 9), (16, 12), (26, 8), (36, 16), (52, 10), (62, 30)];
        std::thread::scope(|scope| {
            for (radix, len) in cases {
                scope.spawn(move || equal_to_the_oracle(radix, len, &[7; 16], 1_000_000));
            }
        });
    }

    #[test]
    fn every_length_of_the_tweak_equals_the_fpe_crate() {
        for len in 0..=33 {
            let tweak: Vec<u8> = (0..len).collect();
            equal_to_the_oracle(10, 9, &tweak, 20);
            equal_to_the_oracle(36, 16, &tweak, 20);
            equal_to_the_oracle(62, 30, &tweak, 20);
        }
    }

    #[test]
    fn halves_above_96_bits_are_not_taken() {
        let aes = aes(&key());
        assert!(Tuned::new(&aes, 10, 56, &[]).is_some());
        assert!(Tuned::new(&aes, 10, 57, &[]).is_none());
        assert!(Tuned::new(&aes, 65_536, 12, &[]).is_some(), "exactly 96 bits");
        assert!(Tuned::new(&aes, 65_536, 13, &[]).is_none());
        let mut long: Vec<u16> = (0..60).map(|n| n % 10).collect();
        run_long(&key(), 10, &[], Way::Encrypt, &mut long).expect("encrypts");
        assert!(long.iter().any(|&n| n != 0));
        run_long(&key(), 10, &[], Way::Decrypt, &mut long).expect("decrypts");
        assert_eq!(long, (0..60).map(|n| n % 10).collect::<Vec<_>>());
    }
}
