//! Proof that records are those that weir wrote, for who does not trust weir: each batch has a signed
//! manifest with a hash of each of its records, its leaves; each record of a topic says which leaf it is. A
//! leaf hashes what a consumer gets, never what was read. [`Judge`], of topics, and [`Ledger`], of files,
//! need public keys alone.
//!
//! A leaf is the first 16 bytes of SHA-256 over: `weir/proof/1` and a zero byte, the batch's 16 bytes,
//! the leaf's number, the partition, the topic, the key, the value, how many headers there are, and name
//! and value of each but `weir-batch`, in order. Numbers are 4 bytes, big end first. Texts and bytes
//! stand behind their length in 8 bytes; what may be null, behind a byte, 0 or 1. That the batch's bytes
//! are random is why 16 bytes are enough: nobody can look for two records with one leaf before they
//! are known.
//!
//! A leaf of a file is of no place in it, so that a line that is put in or taken out leaves those behind
//! it as they are: in place of the batch stand the 16 random bytes of the file's chain, the number and the
//! partition are 0, the topic is the file's name, the key is null, the value is the line with its end (of a
//! file that is one record, all of it), and there are no headers. Where the line belongs its manifest says:
//! leaves stand in the order of lines.

mod judge;
mod ledger;
mod manifest;
mod order;
mod pair;

pub use judge::{Fault, Finding, Judge, Place, Retention, Tally};
pub use ledger::{Ledger, Writing};
pub use manifest::{Envelope, Layout, Manifest, Stamp, open};

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::ops::Range;

/// The header that says which leaf a record is: `BATCH/NUMBER`.
pub const HEADER: &str = "weir-batch";

/// Bytes of a leaf.
pub const LEAF_BYTES: usize = 16;

/// The hash of one record.
pub type Leaf = [u8; LEAF_BYTES];

/// A batch's random name; of a file's leaves, its chain's.
pub type Batch = [u8; 16];

/// What a leaf has beside its value, for the most part.
const PIECE_BYTES: usize = 512;

/// Bytes of the longest value whose leaf is made together with another one.
const PAIRED_BYTES_MAX: usize = 1 << 16;

/// A record as who consumes it gets it.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// Its topic; of a file, its name.
    pub topic: &'a str,
    /// Its partition; of a file 0.
    pub partition: i32,
    /// Its key.
    pub key: Option<&'a [u8]>,
    /// Its value; `None` is a tombstone.
    pub value: Option<&'a [u8]>,
    /// Its headers, in order.
    pub headers: Vec<(&'a str, Option<&'a [u8]>)>,
}

/// The leaf of a record.
pub fn leaf(batch: &Batch, number: u32, record: &Record<'_>) -> Leaf {
    // Short pieces are gathered: each alone costs the hash more than its bytes do.
    let (mut hash, mut piece) = (Sha256::new(), Vec::with_capacity(PIECE_BYTES));
    head(&mut piece, batch, number, record);
    hash.update(&piece);
    hash.update(record.value.unwrap_or_default());
    piece.clear();
    tail(&mut piece, record);
    hash.update(&piece);
    cut(&hash.finalize().into())
}

/// What a leaf begins with.
fn cut(hash: &[u8; 32]) -> Leaf {
    let mut leaf = Leaf::default();
    leaf.copy_from_slice(&hash[..LEAF_BYTES]);
    leaf
}

/// What is hashed in front of a record's value.
fn head(piece: &mut Vec<u8>, batch: &Batch, number: u32, record: &Record<'_>) {
    piece.extend_from_slice(b"weir/proof/1\0");
    piece.extend_from_slice(batch);
    piece.extend_from_slice(&number.to_be_bytes());
    piece.extend_from_slice(&record.partition.to_be_bytes());
    whole(piece, record.topic.as_bytes());
    maybe(piece, record.key);
    piece.push(u8::from(record.value.is_some()));
    if let Some(value) = record.value {
        piece.extend_from_slice(&(value.len() as u64).to_be_bytes());
    }
}

/// What is hashed behind it.
fn tail(piece: &mut Vec<u8>, record: &Record<'_>) {
    let others = || record.headers.iter().filter(|(name, _)| *name != HEADER);
    piece.extend_from_slice(&(others().count() as u32).to_be_bytes());
    for (name, value) in others() {
        whole(piece, name.as_bytes());
        maybe(piece, *value);
    }
}

/// The leaf of a file's line with its end, or of a file that is one record.
pub fn leaf_of_file(chain: &Batch, name: &str, bytes: &[u8]) -> Leaf {
    let value = Some(bytes);
    let record = Record { topic: name, partition: 0, key: None, value, headers: Vec::new() };
    leaf(chain, 0, &record)
}

fn whole(piece: &mut Vec<u8>, bytes: &[u8]) {
    piece.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    piece.extend_from_slice(bytes);
}

fn maybe(piece: &mut Vec<u8>, bytes: Option<&[u8]>) {
    match bytes {
        None => piece.push(0),
        Some(bytes) => {
            piece.push(1);
            whole(piece, bytes);
        }
    }
}

/// The value of the header of a record.
pub fn header(batch: &Batch, number: u32) -> String {
    format!("{}/{number}", data_encoding::HEXLOWER.encode(batch))
}

/// What a header's value says; `None` where it is none that weir writes.
pub fn read_header(value: &[u8]) -> Option<(Batch, u32)> {
    let (batch, number) = std::str::from_utf8(value).ok()?.split_once('/')?;
    let batch = Batch::try_from(data_encoding::HEXLOWER.decode(batch.as_bytes()).ok()?).ok()?;
    let number: u32 = number.parse().ok()?;
    // One spelling: another one would be another header to whoever compares them.
    (header(&batch, number).as_bytes() == value).then_some((batch, number))
}

/// The leaves of a batch that is being written. They are numbered partition by partition, in the order
/// of each: so a few numbers say which partition a leaf is of.
pub struct Leaves {
    batch: Batch,
    /// Partitions and how many leaves each has.
    partitions: Vec<(i32, u32)>,
    /// The numbers that each has left.
    left: Vec<Range<u32>>,
    bytes: Vec<u8>,
    /// What two leaves hash, and the place of the first where it waits for the other.
    messages: [Vec<u8>; 2],
    waits: Option<usize>,
    /// The last one's header, which begins as all of the batch do.
    header: String,
    shared: usize,
}

impl std::fmt::Debug for Leaves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Leaves({})", self.bytes.len() / LEAF_BYTES)
    }
}

impl Leaves {
    /// For records of these partitions, one for each record. `batch` is random.
    pub fn of(batch: Batch, records: impl Iterator<Item = i32>) -> Leaves {
        let mut counts = std::collections::BTreeMap::<i32, u32>::new();
        records.for_each(|partition| *counts.entry(partition).or_default() += 1);
        let partitions: Vec<_> = counts.into_iter().collect();
        let left = partitions.iter().scan(0, |sum, (_, count)| {
            let first = *sum;
            *sum += count;
            Some(first..*sum)
        });
        let left = left.collect();
        let all: u32 = partitions.iter().map(|(_, count)| count).sum();
        let mut header = header(&batch, 0);
        header.pop();
        let (shared, bytes) = (header.len(), vec![0; all as usize * LEAF_BYTES]);
        let (messages, waits) = (Default::default(), None);
        Leaves { batch, left, partitions, bytes, messages, waits, header, shared }
    }

    /// The next record of a partition: gives the value of its header. One more than were counted is a
    /// mistake of the caller's, and has no leaf.
    pub fn add(&mut self, record: &Record<'_>) -> Option<&str> {
        let at = self.partitions.binary_search_by_key(&record.partition, |(n, _)| *n).ok()?;
        let number = self.left[at].next()?;
        self.leaf(number as usize * LEAF_BYTES, number, record);
        self.header.truncate(self.shared);
        // Writing to a String cannot fail.
        let _ = write!(self.header, "{number}");
        Some(&self.header)
    }

    /// Makes the leaf of this place: two at a time, but for records so long that a copy of them is one too many.
    fn leaf(&mut self, place: usize, number: u32, record: &Record<'_>) {
        if record.value.is_some_and(|value| value.len() > PAIRED_BYTES_MAX) {
            return self.put(place, leaf(&self.batch, number, record));
        }
        let message = &mut self.messages[usize::from(self.waits.is_some())];
        message.clear();
        head(message, &self.batch, number, record);
        message.extend_from_slice(record.value.unwrap_or_default());
        tail(message, record);
        let Some(first) = self.waits.take() else {
            self.waits = Some(place);
            return;
        };
        let [a, b] = pair::sha256(&mut self.messages);
        self.put(first, cut(&a));
        self.put(place, cut(&b));
    }

    fn put(&mut self, place: usize, leaf: Leaf) {
        self.bytes[place..place + LEAF_BYTES].copy_from_slice(&leaf);
    }

    /// What stands in the manifest: the batch, the partitions with their counts, the leaves.
    pub fn done(mut self) -> (Batch, Vec<(i32, u32)>, Vec<u8>) {
        if let Some(place) = self.waits.take() {
            self.put(place, cut(&Sha256::digest(&self.messages[0]).into()));
        }
        (self.batch, self.partitions, self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record<'a>(value: Option<&'a [u8]>, headers: &[(&'a str, Option<&'a [u8]>)]) -> Record<'a> {
        let headers = headers.to_vec();
        Record { topic: "t", partition: 3, key: Some(b"k"), value, headers }
    }

    /// Whatever a consumer could be shown otherwise makes another leaf.
    #[test]
    fn a_leaf_is_of_everything_that_a_consumer_gets() {
        let policy: (&str, Option<&[u8]>) = ("weir-policy", Some(b"p@1"));
        let source: (&str, Option<&[u8]>) = ("weir-source", Some(b"s/0/1"));
        let one = record(Some(b"v"), &[policy, source]);
        let is = leaf(&[7; 16], 5, &one);
        let batch: (&str, Option<&[u8]>) = (HEADER, Some(b"x/5"));
        assert_eq!(is, leaf(&[7; 16], 5, &record(Some(b"v"), &[policy, source, batch])));
        let others = [
            record(Some(b"w"), &[policy, source]),
            record(None, &[policy, source]),
            record(Some(b""), &[policy, source]),
            record(Some(b"v"), &[policy]),
            record(Some(b"v"), &[source, policy]),
            record(Some(b"v"), &[policy, source, source]),
            record(Some(b"v"), &[policy, ("weir-source", None)]),
            record(Some(b"v"), &[policy, ("weir-source", Some(b"s/0/2"))]),
            record(Some(b"v"), &[policy, ("weir-sourc", Some(b"es/0/1"))]),
            Record { topic: "u", ..one.clone() },
            Record { partition: 4, ..one.clone() },
            Record { key: None, ..one.clone() },
            Record { key: Some(b"kv"), value: Some(b""), ..one.clone() },
        ];
        let mut seen = std::collections::BTreeSet::from([is]);
        for other in &others {
            assert!(seen.insert(leaf(&[7; 16], 5, other)), "{other:?}");
        }
        assert!(seen.insert(leaf(&[7; 16], 6, &one)) && seen.insert(leaf(&[8; 16], 5, &one)));
    }

    /// However many there are, long ones among them: each is what it is alone.
    #[test]
    fn leaves_that_are_made_two_at_a_time_are_those_of_their_records() {
        let values: Vec<Vec<u8>> =
            [3, 1024, PAIRED_BYTES_MAX + 1, 0, PAIRED_BYTES_MAX, 77].map(|n| vec![b'v'; n]).into();
        let policy: (&str, Option<&[u8]>) = ("weir-policy", Some(b"p@1"));
        for count in 0..=values.len() {
            let records: Vec<_> =
                values[..count].iter().map(|value| record(Some(value), &[policy])).collect();
            let mut leaves = Leaves::of([5; 16], records.iter().map(|record| record.partition));
            records.iter().for_each(|record| assert!(leaves.add(record).is_some()));
            let (_, _, bytes) = leaves.done();
            let alone = (0..).zip(&records).map(|(n, record)| leaf(&[5; 16], n, record));
            assert_eq!(bytes, alone.flatten().collect::<Vec<_>>(), "{count}");
        }
    }

    #[test]
    fn leaves_are_numbered_by_partition_and_headers_have_one_spelling() {
        let mut leaves = Leaves::of([1; 16], [2, 0, 2, 2].into_iter());
        let of = |partition| Record { partition, ..record(Some(b"v"), &[]) };
        let added = [2, 0, 2, 2].map(|n| leaves.add(&of(n)).expect("counted").to_string());
        let numbers: Vec<_> =
            added.iter().map(|header| read_header(header.as_bytes()).expect("reads").1).collect();
        assert_eq!(numbers, [1, 0, 2, 3]);
        assert_eq!(leaves.add(&of(2)), None, "one too many");
        assert_eq!(leaves.add(&of(0)), None, "one too many, where another partition's are next");
        assert_eq!(leaves.add(&of(9)), None);
        let (_, partitions, bytes) = leaves.done();
        assert_eq!(partitions, [(0, 1), (2, 3)]);
        assert_eq!(bytes[..LEAF_BYTES], leaf(&[1; 16], 0, &of(0)));
        assert_eq!(bytes.len(), 4 * LEAF_BYTES);
        for odd in [
            "",
            "/1",
            "00/1",
            "01010101010101010101010101010101/01",
            "0101010101010101010101010101010A/1",
            "01010101010101010101010101010101/+1",
        ] {
            assert_eq!(read_header(odd.as_bytes()), None, "{odd}");
        }
    }
}
