//! Makes the table of words from `lists/`: a hash of each word, and what lists it is in. Read by
//! `src/lexicon.rs`, which says what the bits mean.

use std::collections::BTreeMap;
use std::path::PathBuf;

#[path = "src/bits.rs"]
mod bits;
#[path = "src/hash.rs"]
mod hash;

/// Ranks of given names below which they are frequent, and known well.
const GIVEN_RANKS: [usize; 2] = [400, 1600];
/// Ranks of family names likewise.
const FAMILY_RANKS: [usize; 2] = [2500, 20_000];
/// Slots; the lists fill about two thirds of them.
const SLOTS: usize = 1 << 18;

fn main() {
    println!("cargo::rerun-if-changed=lists");
    println!("cargo::rerun-if-changed=src/hash.rs");
    println!("cargo::rerun-if-changed=src/bits.rs");
    let mut words: BTreeMap<String, u16> = BTreeMap::new();
    let mut add = |word: &str, bits: u16| *words.entry(word.to_string()).or_default() |= bits;
    for (rank, name) in list("given").lines().enumerate() {
        add(name, ranked(rank, GIVEN_RANKS) << bits::GIVEN_SHIFT);
    }
    for (rank, name) in list("surnames").lines().enumerate() {
        add(name, ranked(rank, FAMILY_RANKS) << bits::FAMILY_SHIFT);
    }
    let mut bit = 2 << bits::WORD_SHIFT;
    for word in list("words").lines() {
        match word {
            // A blank line: the rarer words follow.
            "" => bit = 1 << bits::WORD_SHIFT,
            word => add(word, bit),
        }
    }
    for (file, whole) in [("cities", bits::CITY), ("counties", bits::COUNTY)] {
        for place in list(file).lines() {
            add(place, whole);
            if let Some((first, _)) = place.split_once([' ', '-', '.', '\'']) {
                add(first, bits::PLACE_START);
            }
        }
    }
    let mut section = bits::CLINICAL;
    for line in list("clinical").lines() {
        match line.strip_prefix("# ") {
            Some("eponyms") => section = bits::CLINICAL | bits::EPONYM,
            Some(_) => section = bits::CLINICAL,
            None => add(line, section),
        }
    }
    let mut slots = vec![(0u32, 0u16); SLOTS];
    assert!(words.len() < SLOTS * 3 / 4, "{} words for {SLOTS} slots", words.len());
    for (word, bits) in &words {
        let hash = hash::text(word);
        let mut at = hash as usize & (SLOTS - 1);
        while slots[at].1 != 0 {
            at = (at + 1) & (SLOTS - 1);
        }
        slots[at] = ((hash >> 32) as u32, *bits);
    }
    let mut out = Vec::with_capacity(SLOTS * 6);
    out.extend(slots.iter().flat_map(|slot| slot.0.to_le_bytes()));
    out.extend(slots.iter().flat_map(|slot| slot.1.to_le_bytes()));
    let path =
        PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("lexicon.bin");
    std::fs::write(path, out).expect("the build folder can be written");
}

/// Two bits for a rank.
fn ranked(rank: usize, ranks: [usize; 2]) -> u16 {
    match rank {
        rank if rank < ranks[0] => 3,
        rank if rank < ranks[1] => 2,
        _ => 1,
    }
}

fn list(name: &str) -> String {
    let path = format!("lists/{name}.txt");
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}
