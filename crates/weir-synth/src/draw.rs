//! Single values, drawn from a seed: what a list would repeat is made up here, so that it is met
//! nowhere else by chance.

use fastrand::Rng;

/// Draws values; the same seed gives the same ones.
#[derive(Debug)]
pub struct Draw(Rng);

impl Draw {
    /// A new sequence.
    pub fn new(seed: u64) -> Draw {
        Draw(Rng::with_seed(seed))
    }

    /// A number from `from` to `to`, both of them included.
    pub fn number(&mut self, from: u32, to: u32) -> u32 {
        self.0.u32(from..=to)
    }

    /// Characters of an ASCII alphabet.
    pub fn letters(&mut self, alphabet: &[u8], n: usize) -> String {
        (0..n).map(|_| char::from(alphabet[self.0.usize(..alphabet.len())])).collect()
    }

    /// Digits, the first one not 0.
    pub fn digits(&mut self, n: usize) -> String {
        let mut digits = self.letters(b"123456789", n.min(1));
        digits.push_str(&self.letters(b"0123456789", n.saturating_sub(1)));
        digits
    }

    /// A name of nine letters that nobody has: two thousand million of them can be drawn.
    pub fn name(&mut self) -> String {
        let mut name = String::new();
        for _ in 0..4 {
            name.push_str(&self.letters(b"bcdfghjklmnpqrstvwxz", 1));
            name.push_str(&self.letters(b"aeiou", 1));
        }
        name.push_str(&self.letters(b"bcdfghjklmnpqrstvwxz", 1));
        name[..1].to_ascii_uppercase() + &name[1..]
    }

    /// A random UUID (version 4).
    pub fn uuid(&mut self) -> String {
        super::uuid_v4(&mut self.0)
    }
}
