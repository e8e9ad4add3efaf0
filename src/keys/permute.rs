//! A keyed permutation of a small domain: a table, drawn by Fisher and Yates from a stream of
//! AES-CTR. An ideal permutation, and a codebook: each known pair gives away one entry, and nothing
//! more. For what is too small for FF1.

use super::ff1::Way;
use aes::Aes256;
use aes::cipher::{Block, BlockCipherEncrypt, KeyInit};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroize;

/// Both directions of one domain.
struct Table {
    forth: Vec<u32>,
    back: Vec<u32>,
}

impl Drop for Table {
    fn drop(&mut self) {
        self.forth.zeroize();
        self.back.zeroize();
    }
}

/// Permutations of one (tenant, class), made when they are first asked for: eight bytes a value.
pub struct Permutation {
    aes: Aes256,
    tables: Mutex<BTreeMap<u32, Arc<Table>>>,
}

impl Permutation {
    pub(super) fn new(key: &[u8; 32]) -> Permutation {
        Permutation { aes: Aes256::new(key.into()), tables: Mutex::default() }
    }

    /// Where the permutation of `size` values takes `value`; `None` outside it.
    pub fn map(&self, size: u32, way: Way, value: u32) -> Option<u32> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let table = Arc::clone(tables.entry(size).or_insert_with(|| Arc::new(self.draw(size))));
        drop(tables);
        let list = if way == Way::Encrypt { &table.forth } else { &table.back };
        list.get(value as usize).copied()
    }

    fn draw(&self, size: u32) -> Table {
        let mut forth: Vec<u32> = (0..size).collect();
        // The size is part of the stream: two domains share no numbers.
        let mut counter = u128::from(size) << 64;
        let mut block = Block::<Aes256>::default();
        let mut left = 0;
        for at in (1..size).rev() {
            if left == 0 {
                block = counter.to_be_bytes().into();
                self.aes.encrypt_block(&mut block);
                counter += 1;
                left = 2;
            }
            left -= 1;
            let mut eight = [0; 8];
            eight.copy_from_slice(&block[8 * left..8 * left + 8]);
            // 64 bits over at most 2^20 values: the bias is below 2^-44.
            let n = (u128::from(u64::from_be_bytes(eight)) * u128::from(at + 1)) >> 64;
            forth.swap(at as usize, n as usize);
        }
        let mut back = vec![0; size as usize];
        for (value, &token) in forth.iter().enumerate() {
            back[token as usize] = value as u32;
        }
        Table { forth, back }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_one_token_and_goes_back() {
        let one = Permutation::new(&[7; 32]);
        for size in [10_000, 12_345, 1_000_000] {
            let mut seen = vec![false; size as usize];
            for value in 0..size {
                let token = one.map(size, Way::Encrypt, value).expect("in the domain");
                assert!(!std::mem::replace(&mut seen[token as usize], true));
                assert_eq!(one.map(size, Way::Decrypt, token), Some(value));
            }
        }
        assert_eq!(one.map(10_000, Way::Encrypt, 10_000), None);
        let other = Permutation::new(&[8; 32]);
        let same = (0..10_000)
            .filter(|&v| one.map(10_000, Way::Encrypt, v) == other.map(10_000, Way::Encrypt, v));
        assert!(same.count() < 20, "another key, another permutation");
    }
}
