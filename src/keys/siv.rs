//! AES-SIV (RFC 5297) with AES-256, a column at a time: what the `aes-siv` crate, which is the oracle of the tests,
//! does for one value after the other.
//!
//! What makes it quick: of S2V, all that comes before the value is constant for one (key, header); and values are
//! chains of their own, so that one block of each of them goes through AES together.

use crate::phi::Code;
use aes::Aes256;
use aes::cipher::{Block, BlockCipherEncrypt, KeyInit};
use aes_siv::siv::Aes256Siv;
use zeroize::{Zeroize, Zeroizing};

const BLOCK: usize = 16;

/// AES-SIV, ready for values behind one header.
pub(super) struct Ready {
    /// For what is opened, one by one.
    key: Zeroizing<[u8; 64]>,
    header: Vec<u8>,
    mac: Aes256,
    stream: Aes256,
    /// S2V's state behind the header, and doubled, for what is shorter than a block.
    start: u128,
    short: u128,
    /// CMAC's subkey for a last block that is whole.
    whole: u128,
    /// And for one that is not.
    part: u128,
}

/// What is on its way: values as they are to be sealed, in a row.
struct Lanes {
    /// What CMAC reads of each, and later its tag and its text.
    bytes: Vec<u8>,
    /// Where each begins; one more for the end.
    starts: Vec<usize>,
    states: Vec<u128>,
}

impl Drop for Lanes {
    fn drop(&mut self) {
        wipe(&mut self.bytes);
        wipe(&mut self.states);
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        for own in [&mut self.start, &mut self.short, &mut self.whole, &mut self.part] {
            own.zeroize();
        }
    }
}

impl Ready {
    pub(super) fn new(key: Zeroizing<[u8; 64]>, header: Vec<u8>) -> Ready {
        let (mac, stream) = key.split_at(32);
        let half = |half: &[u8]| {
            let mut own = Zeroizing::new([0; 32]);
            own.copy_from_slice(half);
            Aes256::new((&*own).into())
        };
        let (mac, stream) = (half(mac), half(stream));
        let whole = doubled(through(&mac, 0));
        let mut ready =
            Ready { key, header, mac, stream, start: 0, short: 0, whole, part: doubled(whole) };
        ready.start = doubled(ready.cmac(&[0; BLOCK])) ^ ready.cmac(&ready.header);
        ready.short = doubled(ready.start);
        ready
    }

    /// CMAC (RFC 4493) of one text.
    fn cmac(&self, text: &[u8]) -> u128 {
        let last = text.len().saturating_sub(1) / BLOCK * BLOCK;
        let (before, last) = text.split_at(last);
        let before =
            before.chunks(BLOCK).fold(0, |state, block| through(&self.mac, state ^ number(block)));
        through(&self.mac, before ^ self.last(last))
    }

    /// A text's last block as CMAC reads it.
    fn last(&self, block: &[u8]) -> u128 {
        match block.len() {
            BLOCK => number(block) ^ self.whole,
            length => number(block) ^ padding(length) ^ self.part,
        }
    }

    /// Seals each value: `each` gets the tag with the sealed text behind it, in the order of the values.
    pub(super) fn seal_each<'a>(
        &self,
        values: impl Iterator<Item = &'a str> + Clone,
        mut each: impl FnMut(&[u8]),
    ) {
        // Memory that grows is copied, and what it was copied from is not wiped.
        let room = values.clone().map(|value| BLOCK + value.len()).sum();
        let bytes = Vec::with_capacity(room);
        let mut lanes = Lanes { bytes, starts: vec![0], states: Vec::new() };
        for value in values {
            // In front of each text is the room for its tag.
            lanes.bytes.extend_from_slice(&[0; BLOCK]);
            lanes.bytes.extend_from_slice(value.as_bytes());
            lanes.starts.push(lanes.bytes.len());
        }
        self.tag(&mut lanes);
        self.stream(&mut lanes);
        lanes.starts.windows(2).for_each(|at| each(&lanes.bytes[at[0]..at[1]]));
    }

    /// S2V of each text: its tag goes in front of it.
    fn tag(&self, lanes: &mut Lanes) {
        let Lanes { bytes, starts, states } = lanes;
        let count = starts.len() - 1;
        states.resize(count, 0);
        // Which texts have a block at this step, and which step is their last.
        let mut at = 0;
        let mut alive: Vec<usize> = (0..count).collect();
        let mut blocks = Vec::with_capacity(count);
        while !alive.is_empty() {
            blocks.clear();
            for lane in &alive {
                let text = &bytes[starts[*lane] + BLOCK..starts[*lane + 1]];
                blocks.push((states[*lane] ^ self.block(text, at)).to_be_bytes());
            }
            self.mac.encrypt_blocks(Block::<Aes256>::cast_slice_from_core_mut(&mut blocks));
            let made = blocks.iter().map(|block| u128::from_be_bytes(*block));
            alive.iter().zip(made).for_each(|(lane, state)| states[*lane] = state);
            at += 1;
            alive.retain(|lane| at * BLOCK < (starts[*lane + 1] - starts[*lane] - BLOCK));
        }
        wipe(&mut blocks);
        for (lane, state) in states.iter().enumerate() {
            bytes[starts[lane]..starts[lane] + BLOCK].copy_from_slice(&state.to_be_bytes());
        }
    }

    /// The `at`th block of what S2V gives to CMAC for a text: the text with the state behind the header in its last 16
    /// bytes, or, where it is shorter than that, padded, in the state doubled.
    fn block(&self, text: &[u8], at: usize) -> u128 {
        let Some(xored) = text.len().checked_sub(BLOCK) else {
            return number(text) ^ padding(text.len()) ^ self.short ^ self.whole;
        };
        let (from, to) = (at * BLOCK, text.len().min((at + 1) * BLOCK));
        // The state lies over the last 16 bytes, which two blocks may share.
        let over = match (from.checked_sub(xored), xored.saturating_sub(from)) {
            (Some(behind), _) => self.start << (8 * behind),
            (None, before) if before < BLOCK => self.start >> (8 * before),
            _ => 0,
        };
        let block = number(&text[from..to]);
        match (to == text.len(), to - from) {
            (false, _) => block ^ over,
            (true, BLOCK) => block ^ over ^ self.whole,
            (true, length) => block ^ over ^ padding(length) ^ self.part,
        }
    }

    /// Each text under the stream that its tag begins (RFC 5297, 2.6).
    fn stream(&self, lanes: &mut Lanes) {
        let Lanes { bytes, starts, states } = lanes;
        // No more than there are: all of it is wiped, and so is in memory.
        let length = |at: &[usize]| (at[1] - at[0] - BLOCK).div_ceil(BLOCK);
        let mut blocks = Vec::with_capacity(starts.windows(2).map(length).sum());
        for (lane, state) in states.iter().enumerate() {
            let first = state & !(1 << 31 | 1 << 63);
            let length = starts[lane + 1] - starts[lane] - BLOCK;
            let counters = (0..length.div_ceil(BLOCK)).map(|n| first.wrapping_add(n as u128));
            blocks.extend(counters.map(u128::to_be_bytes));
        }
        self.stream.encrypt_blocks(Block::<Aes256>::cast_slice_from_core_mut(&mut blocks));
        let mut rest = blocks.iter();
        for at in starts.windows(2) {
            for part in bytes[at[0] + BLOCK..at[1]].chunks_mut(BLOCK) {
                let Some(block) = rest.next() else { return };
                part.iter_mut().zip(block).for_each(|(byte, key)| *byte ^= key);
            }
        }
        wipe(&mut blocks);
    }

    /// What was sealed, or nothing where it does not open.
    pub(super) fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, Code> {
        let mut cipher = Aes256Siv::new((&*self.key).into());
        cipher.decrypt([&self.header], sealed).map_err(|_| Code::TokenUnknown)
    }
}

/// Overwrites all memory of a vector in one go: `zeroize` takes what is in use element by element.
fn wipe<T: Zeroize>(all: &mut Vec<T>) {
    all.clear();
    all.zeroize();
}

/// One block through AES.
fn through(aes: &Aes256, block: u128) -> u128 {
    let mut block = Block::<Aes256>::from(block.to_be_bytes());
    aes.encrypt_block(&mut block);
    u128::from_be_bytes(block.0)
}

/// Up to 16 bytes as a number, from its big end on.
fn number(bytes: &[u8]) -> u128 {
    let mut block = [0; BLOCK];
    block[..bytes.len()].copy_from_slice(bytes);
    u128::from_be_bytes(block)
}

/// The bit behind `length` bytes.
fn padding(length: usize) -> u128 {
    1 << (127 - 8 * length)
}

/// Doubling in the field of 2^128 (RFC 5297, 2.3).
fn doubled(block: u128) -> u128 {
    (block << 1) ^ ((block >> 127) * 0x87)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each length up to five blocks, alone and among others, behind headers of several lengths.
    #[test]
    fn each_length_is_sealed_as_the_crate_seals_it() {
        let key = Zeroizing::new(std::array::from_fn(|n| (n * 37 + 11) as u8));
        let texts: Vec<String> = (0..80)
            .map(|n| (0..n).map(|i| char::from(b'!' + ((i * 7 + n) % 90) as u8)).collect())
            .collect();
        for header in ["", "t|mrn", "sixteen letters!", "tenant|person_name"] {
            let ready = Ready::new(key.clone(), header.as_bytes().to_vec());
            let mut oracle = Aes256Siv::new((&*key).into());
            let expected: Vec<_> = texts
                .iter()
                .map(|text| oracle.encrypt([header.as_bytes()], text.as_bytes()).expect("seals"))
                .collect();
            let mut sealed = Vec::new();
            ready.seal_each(texts.iter().map(String::as_str), |one| sealed.push(one.to_vec()));
            assert_eq!(sealed, expected, "{header}");
            for (text, expected) in texts.iter().zip(&expected) {
                let mut alone = Vec::new();
                ready.seal_each([text.as_str()].into_iter(), |one| alone.push(one.to_vec()));
                assert_eq!(&alone, std::slice::from_ref(expected));
                assert_eq!(ready.open(expected).expect("opens"), text.as_bytes());
            }
        }
        Ready::new(key, Vec::new()).seal_each([].into_iter(), |_| panic!("nothing was there"));
    }
}
