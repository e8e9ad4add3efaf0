//! Holds the records of a topic against their manifests.
//!
//! Manifests come first, then records, then the manifests that were written meanwhile: what those tell
//! of may not have been read, and is not missed. A record is held by the leaf that its header names; so
//! each record that was tampered with is one finding, and no other record is.

use super::order::out_of_order;
use super::{Batch, HEADER, LEAF_BYTES, Layout, Leaf, Manifest, Record, leaf, open, read_header};
use crate::keys::Verifier;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A record is not what was written under its leaf.
    Altered,
    /// A record stands in another partition, or in another order.
    Moved,
    /// A record that was written is not there.
    Missing,
    /// A record is there again.
    Repeated,
    /// A record that no manifest tells of.
    Foreign,
    /// A manifest that no given key has signed, that is none, or, beside a file, that is of another one.
    ForgedManifest,
    /// A manifest is there again, or not in its chain's order.
    RepeatedManifest,
    /// A chain of manifests is broken: one is not there; of a file, its last one may be that.
    MissingManifest,
}

impl Fault {
    /// All of them, in the order of a report.
    pub const ALL: [Fault; 8] = [
        Fault::Altered,
        Fault::Moved,
        Fault::Missing,
        Fault::Repeated,
        Fault::Foreign,
        Fault::ForgedManifest,
        Fault::RepeatedManifest,
        Fault::MissingManifest,
    ];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Altered => "altered",
            Fault::Moved => "moved",
            Fault::Missing => "missing",
            Fault::Repeated => "repeated",
            Fault::Foreign => "foreign",
            Fault::ForgedManifest => "forged manifest",
            Fault::RepeatedManifest => "repeated manifest",
            Fault::MissingManifest => "missing manifest",
        }
    }
}

/// Where something stands: partition and offset; of a file 0 and the line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The partition.
    pub partition: i32,
    /// The offset; of what is not there, -1.
    pub offset: i64,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// Where: of manifests, in their topic or file.
    pub place: Place,
    /// The batch that is meant, or what a header says; of a chain, its name.
    pub batch: String,
    /// The leaf; of a chain, the place in it.
    pub leaf: u64,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Records.
    pub records: u64,
    /// Those of them that are what was written, where it was written.
    pub proven: u64,
    /// Manifests of this topic or file.
    pub manifests: u64,
    /// Chains that have manifests of it: of a topic a worker's each, of a file one.
    pub chains: u64,
    /// Those whose last run goes on: what was taken from behind their last manifest is not seen.
    pub open_chains: u64,
    /// Those whose beginning retention took from the topic of manifests.
    pub cut_chains: u64,
    /// Leaves that are not there and lie before what the topic still has: retention took them.
    pub retention: u64,
    /// Leaves that are not there in a topic that is compacted: compaction, or somebody, took them.
    pub compaction: u64,
}

struct Known {
    batch: Batch,
    chain: usize,
    seq: u64,
    at: Millis,
    /// No record of it is stamped before that.
    stamped: Millis,
    partitions: Vec<(i32, u32)>,
    leaves: Vec<u8>,
    /// Where each was seen; -1: nowhere. A tampered record takes its leaf's place.
    seen: Vec<i64>,
    /// It was written while records were being read.
    is_late: bool,
}

impl Known {
    fn leaf(&self, number: u32) -> Option<&[u8]> {
        let at = number as usize * LEAF_BYTES;
        self.leaves.get(at..at + LEAF_BYTES)
    }

    fn partition_of(&self, number: u32) -> i32 {
        let mut sum = 0;
        let holds = |(_, count): &&(i32, u32)| {
            sum += count;
            number < sum
        };
        self.partitions.iter().find(holds).map_or(-1, |(partition, _)| *partition)
    }
}

/// A record whose manifest is not known yet.
struct Waiting {
    place: Place,
    batch: Batch,
    number: u32,
    leaf: Leaf,
}

#[derive(Default)]
struct Chain {
    id: String,
    links: BTreeMap<u64, Link>,
    /// Where the last one stands, by partition of the topic of manifests.
    last: BTreeMap<i32, u64>,
    /// One of them is of this topic.
    is_here: bool,
}

/// A manifest in its chain.
struct Link {
    previous: Option<String>,
    hash: String,
    at: Millis,
    end: bool,
    previous_at: Millis,
}

/// A moment, in milliseconds since 1970.
type Millis = i64;

/// Writers sign when their batch is written, each by a clock of its own, and commit some time later: two
/// of one partition may be as far apart as a transaction may last.
const SLACK: Millis = 60_000;

/// A time of RFC 3339; one that is none is long ago.
fn millis(at: &str) -> Millis {
    at.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_millisecond)
}

/// What retention and compaction may have done to a topic.
#[derive(Clone, Debug, Default)]
pub struct Retention {
    /// Where each partition begins by now.
    pub lows: BTreeMap<i32, i64>,
    /// What was signed before this moment, in milliseconds since 1970, may be gone; `None`: nothing.
    pub may_take: Option<i64>,
    /// Of the records of one key the last alone may be there.
    pub compacted: bool,
    /// The topic of manifests does not begin at its beginning.
    pub manifests_low: bool,
}

/// Judges one topic.
pub struct Judge {
    topic: String,
    keys: Vec<Verifier>,
    known: Vec<Known>,
    by_batch: BTreeMap<Batch, usize>,
    chains: Vec<Chain>,
    by_chain: BTreeMap<String, usize>,
    waiting: Vec<Waiting>,
    findings: Vec<Finding>,
    tally: Tally,
    records_began: bool,
}

impl std::fmt::Debug for Judge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Judge")
    }
}

impl Judge {
    /// Of a topic; any of the keys may have signed.
    pub fn new(topic: &str, keys: Vec<Verifier>) -> Judge {
        Judge {
            topic: topic.to_string(),
            keys,
            known: Vec::new(),
            by_batch: BTreeMap::new(),
            chains: Vec::new(),
            by_chain: BTreeMap::new(),
            waiting: Vec::new(),
            findings: Vec::new(),
            tally: Tally::default(),
            records_began: false,
        }
    }

    fn finds(&mut self, fault: Fault, place: Place, batch: &str, leaf: u64) {
        self.findings.push(Finding { fault, place, batch: batch.to_string(), leaf });
    }

    /// A record of the topic of manifests.
    pub fn manifest(&mut self, envelope: &[u8], place: Place) {
        let opened = open(envelope, &self.keys);
        let Some((manifest, hash)) = opened else {
            return self.finds(Fault::ForgedManifest, place, "", 0);
        };
        let (Some(leaves), Some(batch)) = (manifest.leaves(), manifest.batch()) else {
            return self.finds(Fault::ForgedManifest, place, &manifest.batch, 0);
        };
        let Manifest {
            chain,
            seq,
            previous,
            previous_at,
            at,
            stamp,
            partitions,
            topic,
            layout,
            end,
            ..
        } = manifest;
        let at = millis(&at);
        let previous_at = previous_at.as_deref().map_or(0, millis);
        let of = *self.by_chain.entry(chain.clone()).or_insert_with(|| {
            self.chains.push(Chain { id: chain.clone(), ..Chain::default() });
            self.chains.len() - 1
        });
        let chain = &mut self.chains[of];
        // One partition has all of a chain, in order: what stands behind a later one was put there.
        let last = chain.last.get(&place.partition).copied();
        let again = chain.links.contains_key(&seq) || last.is_some_and(|last| seq <= last);
        if again || self.by_batch.contains_key(&batch) {
            return self.finds(Fault::RepeatedManifest, place, &manifest.batch, seq);
        }
        chain.last.insert(place.partition, seq);
        chain.links.insert(seq, Link { previous, hash, at, end, previous_at });
        // Pipelines may share the topic; and a file may have a topic's name.
        if topic != self.topic || layout != Layout::Topic {
            return;
        }
        chain.is_here = true;
        self.tally.manifests += 1;
        let seen = vec![-1; leaves.len() / LEAF_BYTES];
        let is_late = self.records_began;
        self.by_batch.insert(batch, self.known.len());
        let stamped = at.saturating_sub(stamp.before_millis());
        let chain = of;
        self.known.push(Known {
            batch,
            chain,
            seq,
            at,
            stamped,
            partitions,
            leaves,
            seen,
            is_late,
        });
    }

    /// From here on records come: a manifest that is read later may tell of some that were not.
    pub fn records_begin(&mut self) {
        self.records_began = true;
    }

    /// A record of the topic.
    pub fn record(&mut self, record: &Record<'_>, offset: i64) {
        self.tally.records += 1;
        let place = Place { partition: record.partition, offset };
        let mut named = record.headers.iter().filter(|(name, _)| *name == HEADER);
        let (value, more) = (named.next().and_then(|(_, value)| *value), named.next().is_some());
        let Some((batch, number)) = value.filter(|_| !more).and_then(read_header) else {
            return self.finds(Fault::Foreign, place, "", 0);
        };
        let hash = leaf(&batch, number, record);
        match self.by_batch.get(&batch).copied() {
            None => self.waiting.push(Waiting { place, batch, number, leaf: hash }),
            Some(at) => {
                let mut moved = record.clone();
                self.hold(at, number, place, hash, |partition| {
                    moved.partition = partition;
                    leaf(&batch, number, &moved)
                });
            }
        }
    }

    /// `elsewhere` is the leaf of the same record in another partition.
    fn hold(
        &mut self,
        at: usize,
        number: u32,
        place: Place,
        hash: Leaf,
        elsewhere: impl FnOnce(i32) -> Leaf,
    ) {
        let known = &mut self.known[at];
        let name = data_encoding::HEXLOWER.encode(&known.batch);
        let Some(wanted) = known.leaf(number) else {
            return self.finds(Fault::Foreign, place, &name, number.into());
        };
        let is_right = wanted == hash;
        let fault = if is_right {
            None
        } else if wanted == elsewhere(known.partition_of(number)) {
            Some(Fault::Moved)
        } else {
            Some(Fault::Altered)
        };
        let slot = &mut known.seen[number as usize];
        // Of two, the one that is right has the leaf, whichever came first.
        let fault = match (fault, *slot >= 0) {
            (None, true) => Some(Fault::Repeated),
            (None, false) => None,
            (fault, _) => fault,
        };
        match fault {
            None => {
                *slot = place.offset;
                self.tally.proven += 1;
            }
            Some(fault) => self.finds(fault, place, &name, number.into()),
        }
    }

    /// The judgement.
    pub fn end(mut self, retention: &Retention) -> (Tally, Vec<Finding>) {
        for Waiting { place, batch, number, leaf } in std::mem::take(&mut self.waiting) {
            match self.by_batch.get(&batch).copied() {
                // Of these no more than the leaf is known: one in another partition is altered.
                Some(at) => self.hold(at, number, place, leaf, |_| Leaf::default()),
                None => {
                    let name = data_encoding::HEXLOWER.encode(&batch);
                    self.finds(Fault::Foreign, place, &name, number.into());
                }
            }
        }
        self.missing(retention);
        self.order();
        self.chains(retention.manifests_low);
        self.findings.sort();
        (self.tally, self.findings)
    }

    /// What retention takes from a partition is its beginning: of each chain the first leaves there, and
    /// none that was signed long behind the oldest that is left.
    fn missing(&mut self, terms: &Retention) {
        // A record that was altered in place is told of as that.
        let claimed: BTreeSet<(&str, u64)> = self
            .findings
            .iter()
            .filter(|finding| matches!(finding.fault, Fault::Altered | Fault::Moved))
            .map(|finding| (finding.batch.as_str(), finding.leaf))
            .collect();
        // Of each partition the oldest that is there, and of each chain there its first leaf.
        let mut oldest: BTreeMap<i32, Millis> = BTreeMap::new();
        let mut first: BTreeMap<(usize, i32), (u64, u32)> = BTreeMap::new();
        self.each_leaf(|known, partition, number| {
            if known.seen[number as usize] >= 0 {
                let at = oldest.entry(partition).or_insert(known.at);
                *at = known.at.min(*at);
                let place = first.entry((known.chain, partition)).or_insert((known.seq, number));
                *place = (known.seq, number).min(*place);
            }
        });
        let (mut missing, mut retention, mut compaction) = (Vec::new(), 0, 0);
        self.each_leaf(|known, partition, number| {
            let name = data_encoding::HEXLOWER.encode(&known.batch);
            let is_there = known.is_late || known.seen[number as usize] >= 0;
            if is_there || claimed.contains(&(name.as_str(), number.into())) {
                return;
            }
            let has_lost = terms.lows.get(&partition).is_some_and(|low| *low > 0)
                && terms
                    .may_take
                    .is_some_and(|before| known.stamped < before.saturating_add(SLACK));
            let place = (known.seq, number);
            let is_first = first.get(&(known.chain, partition)).is_none_or(|first| place < *first);
            let is_old = oldest.get(&partition).is_none_or(|at| known.at <= at + SLACK);
            if has_lost && is_first && is_old {
                retention += 1;
            } else if terms.compacted {
                compaction += 1;
            } else {
                missing.push((partition, name, number));
            }
        });
        (self.tally.retention, self.tally.compaction) = (retention, compaction);
        for (partition, name, number) in missing {
            let place = Place { partition, offset: -1 };
            self.finds(Fault::Missing, place, &name, number.into());
        }
    }

    fn each_leaf(&self, mut each: impl FnMut(&Known, i32, u32)) {
        for known in &self.known {
            let mut number = 0;
            for &(partition, count) in &known.partitions {
                (number..number + count).for_each(|number| each(known, partition, number));
                number += count;
            }
        }
    }

    /// In each partition the records of a chain stand in the order of its manifests and their leaves; and
    /// none stands behind one that was signed long after it, whoever wrote that.
    fn order(&mut self) {
        let mut by_chain: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, known) in self.known.iter().enumerate() {
            by_chain.entry(known.chain).or_default().push(at);
        }
        let mut moved: BTreeSet<(i32, i64, usize, u32)> = BTreeSet::new();
        let mut by_offset: BTreeMap<i32, Vec<(i64, usize, u32)>> = BTreeMap::new();
        for mut batches in by_chain.into_values() {
            batches.sort_by_key(|at| self.known[*at].seq);
            let mut rows: BTreeMap<i32, Vec<(i64, usize, u32)>> = BTreeMap::new();
            for at in batches {
                let known = &self.known[at];
                let mut number = 0u32;
                for &(partition, count) in &known.partitions {
                    let row = rows.entry(partition).or_default();
                    let leaves = number..number + count;
                    let seen = leaves.map(|number| (known.seen[number as usize], at, number));
                    row.extend(seen.filter(|(offset, ..)| *offset >= 0));
                    number += count;
                }
            }
            for (partition, row) in rows {
                let offsets: Vec<_> = row.iter().map(|(offset, ..)| *offset).collect();
                let out_of_place: BTreeSet<usize> = out_of_order(&offsets).into_iter().collect();
                for (n, (offset, at, number)) in row.into_iter().enumerate() {
                    match out_of_place.contains(&n) {
                        true => drop(moved.insert((partition, offset, at, number))),
                        false => by_offset.entry(partition).or_default().push((offset, at, number)),
                    }
                }
            }
        }
        for (partition, mut row) in by_offset {
            row.sort_unstable();
            // The newest so far, and the newest of another chain: within one its own places tell.
            let (mut newest, mut beside) = ((Millis::MIN, usize::MAX), Millis::MIN);
            for (offset, at, number) in row {
                let Known { at: signed, chain, .. } = self.known[at];
                let of_others = if newest.1 == chain { beside } else { newest.0 };
                if signed < of_others.saturating_sub(SLACK) {
                    moved.insert((partition, offset, at, number));
                }
                if newest.1 == chain {
                    newest.0 = newest.0.max(signed);
                } else if signed > newest.0 {
                    (beside, newest) = (newest.0, (signed, chain));
                } else {
                    beside = beside.max(signed);
                }
            }
        }
        for (partition, offset, at, number) in moved {
            let name = data_encoding::HEXLOWER.encode(&self.known[at].batch);
            self.tally.proven -= 1;
            self.finds(Fault::Moved, Place { partition, offset }, &name, number.into());
        }
    }

    fn chains(&mut self, manifests_low: bool) {
        let all = self.chains.iter().flat_map(|chain| chain.links.values());
        let oldest = all.map(|link| link.at).min().unwrap_or(0);
        let mut broken = Vec::new();
        for chain in self.chains.iter().filter(|chain| chain.is_here) {
            let mut before: Option<(u64, &Link)> = None;
            for (&seq, link) in &chain.links {
                let is_linked = match before {
                    None if seq == 0 => link.previous.is_none(),
                    // Retention takes the oldest manifests, and those of all chains alike.
                    None => {
                        self.tally.cut_chains += u64::from(manifests_low);
                        manifests_low && link.previous_at <= oldest + SLACK
                    }
                    Some((last, before)) => {
                        seq == last + 1 && link.previous.as_ref() == Some(&before.hash)
                    }
                };
                if !is_linked {
                    broken.push((chain.id.clone(), seq));
                }
                before = Some((seq, link));
            }
            self.tally.chains += 1;
            self.tally.open_chains += u64::from(before.is_some_and(|(_, link)| !link.end));
        }
        for (chain, seq) in broken {
            self.finds(Fault::MissingManifest, Place { partition: -1, offset: -1 }, &chain, seq);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Signer;
    use crate::proof::{Leaves, Stamp};
    use data_encoding::{BASE64, HEXLOWER};

    #[derive(Clone, Debug)]
    struct Row {
        partition: i32,
        key: String,
        value: Option<String>,
        headers: Vec<(String, String)>,
    }

    impl Row {
        fn record(&self) -> Record<'_> {
            Record {
                topic: "t",
                partition: self.partition,
                key: Some(self.key.as_bytes()),
                value: self.value.as_deref().map(str::as_bytes),
                headers: self
                    .headers
                    .iter()
                    .map(|(name, value)| (name.as_str(), Some(value.as_bytes())))
                    .collect(),
            }
        }
    }

    /// Batches of a run, with two partitions, and their manifests.
    fn written(signer: &Signer, batches: u8) -> (Vec<String>, Vec<Row>) {
        written_by(signer, "c", 0, batches, 0)
    }

    fn written_by(
        signer: &Signer,
        chain: &str,
        batch: u8,
        batches: u8,
        minutes: u8,
    ) -> (Vec<String>, Vec<Row>) {
        written_from(signer, chain, batch, batches, (minutes, Stamp::Append), (0, None))
    }

    fn written_stamped(signer: &Signer, stamp: Stamp) -> (Vec<String>, Vec<Row>) {
        written_from(signer, "c", 0, 3, (0, stamp), (0, None))
    }

    fn written_from(
        signer: &Signer,
        chain: &str,
        batch: u8,
        batches: u8,
        (minutes, stamp): (u8, Stamp),
        (from, mut previous): (u64, Option<String>),
    ) -> (Vec<String>, Vec<Row>) {
        let (mut manifests, mut rows) = (Vec::new(), Vec::new());
        let time = |more: u64| {
            let minutes = u64::from(minutes) + more;
            format!("2026-03-02T{:02}:{:02}:00Z", 10 + minutes / 60, minutes % 60)
        };
        for seq in 0..=batches {
            let is_end = seq == batches;
            let of = if is_end { 0 } else { 10 };
            let mut leaves = Leaves::of([batch + seq + 1; 16], (0..of).map(|n| n % 2));
            for n in 0..of {
                let source = ("weir-source".to_string(), format!("s/{}/{seq}{n}", n % 2));
                let mut row = Row {
                    partition: n % 2,
                    key: format!("k{n}"),
                    value: (n != 4).then(|| format!("value {chain} {batch} {seq} {n}")),
                    headers: vec![source],
                };
                let header = leaves.add(&row.record()).expect("counted").to_string();
                row.headers.push((HEADER.to_string(), header));
                rows.push(row);
            }
            let (batch, partitions, leaves) = leaves.done();
            let manifest = Manifest {
                manifest: 1,
                batch: HEXLOWER.encode(&batch),
                chain: chain.into(),
                seq: from + u64::from(seq),
                previous_at: previous
                    .as_ref()
                    .map(|_| time((u64::from(seq) * 5).saturating_sub(5))),
                previous: previous.take(),
                worker: "w".into(),
                run: "r".into(),
                at: time(u64::from(seq) * 5),
                pipeline: "p".into(),
                digest: "d".into(),
                keys: 1,
                layout: Layout::Topic,
                topic: "t".into(),
                stamp,
                partitions,
                leaves: BASE64.encode(&leaves),
                sources: None,
                end: is_end,
            };
            let (envelope, hash) = manifest.sign(signer).expect("signs");
            previous = Some(hash);
            manifests.push(envelope);
        }
        (manifests, rows)
    }

    struct Case {
        signer: Signer,
        manifests: Vec<String>,
        rows: Vec<Row>,
        low: i64,
        is_compacted: bool,
        may_take: Option<i64>,
    }

    fn case() -> Case {
        let signer = Signer::generate().expect("draws");
        let (manifests, rows) = written(&signer, 3);
        Case { signer, manifests, rows, low: 0, is_compacted: false, may_take: Some(i64::MAX) }
    }

    impl Case {
        fn judged(&self) -> (Tally, Vec<(Fault, i32, u64)>) {
            let mut judge = Judge::new("t", vec![self.signer.verifier()]);
            for (n, manifest) in self.manifests.iter().enumerate() {
                judge.manifest(manifest.as_bytes(), Place { partition: 0, offset: n as i64 });
            }
            judge.records_begin();
            let mut next = [self.low; 2];
            for row in &self.rows {
                let offset = &mut next[row.partition as usize];
                judge.record(&row.record(), *offset);
                *offset += 1;
            }
            let lows = BTreeMap::from([(0, self.low), (1, self.low)]);
            let (may_take, compacted) = (self.may_take, self.is_compacted);
            let (tally, findings) =
                judge.end(&Retention { lows, may_take, compacted, manifests_low: false });
            let short = |f: Finding| (f.fault, f.place.partition, f.leaf);
            (tally, findings.into_iter().map(short).collect())
        }
    }

    #[test]
    fn what_was_written_is_proven() {
        let (tally, findings) = case().judged();
        assert_eq!(findings, []);
        let is = Tally { records: 30, proven: 30, manifests: 4, chains: 1, ..Tally::default() };
        assert_eq!(tally, is);
    }

    #[test]
    fn each_way_to_tamper_is_one_finding() {
        type Tamper = fn(&mut Vec<Row>);
        // Row 12 is the second batch's third: partition 0, leaf 1.
        let ways: [(&str, Fault, i32, u64, Tamper); 12] = [
            ("payload", Fault::Altered, 0, 1, |rows| rows[12].value = Some("other".into())),
            ("payload gone", Fault::Altered, 0, 1, |rows| rows[12].value = None),
            ("key", Fault::Altered, 0, 1, |rows| rows[12].key = "other".into()),
            ("header", Fault::Altered, 0, 1, |rows| rows[12].headers[0].1.push('0')),
            ("header gone", Fault::Altered, 0, 1, |rows| drop(rows[12].headers.remove(0))),
            ("header more", Fault::Altered, 0, 1, |rows| {
                rows[12].headers.push(("x".into(), String::new()));
            }),
            ("another partition", Fault::Moved, 1, 1, |rows| rows[12].partition = 1),
            ("dropped", Fault::Missing, 0, 1, |rows| drop(rows.remove(12))),
            ("repeated", Fault::Repeated, 0, 1, |rows| rows.push(rows[12].clone())),
            ("to the end", Fault::Moved, 0, 1, |rows| {
                let row = rows.remove(12);
                rows.push(row);
            }),
            ("to the front", Fault::Moved, 0, 1, |rows| {
                let row = rows.remove(12);
                rows.insert(0, row);
            }),
            ("foreign", Fault::Foreign, 0, 0, |rows| {
                let mut row = rows[12].clone();
                row.headers.truncate(1);
                rows.push(row);
            }),
        ];
        for (way, fault, partition, leaf, tamper) in ways {
            let mut case = case();
            tamper(&mut case.rows);
            let (tally, findings) = case.judged();
            assert_eq!(findings, [(fault, partition, leaf)], "{way}");
            let less = u64::from(!matches!(fault, Fault::Repeated | Fault::Foreign));
            assert_eq!(tally.proven, 30 - less, "{way}");
        }
    }

    #[test]
    fn sources_that_were_swapped_are_both_found() {
        let mut case = case();
        let source = case.rows[12].headers[0].clone();
        case.rows[12].headers[0] = case.rows[14].headers[0].clone();
        case.rows[14].headers[0] = source;
        assert_eq!(case.judged().1, [(Fault::Altered, 0, 1), (Fault::Altered, 0, 2)]);
    }

    #[test]
    fn manifests_are_held_by_their_key_and_their_chain() {
        let mut forged = case();
        let another = Signer::generate().expect("draws");
        forged.manifests[1] = written(&another, 3).0.swap_remove(1);
        let (_, findings) = forged.judged();
        assert_eq!(findings.iter().filter(|f| f.0 == Fault::Foreign).count(), 10);
        assert!(findings.contains(&(Fault::ForgedManifest, 0, 0)));
        assert!(findings.contains(&(Fault::MissingManifest, -1, 2)));
        let mut gone = case();
        gone.manifests.remove(0);
        gone.rows.drain(..10);
        assert_eq!(gone.judged().1, [(Fault::MissingManifest, -1, 1)], "with all of its records");
        let mut again = case();
        again.manifests.push(again.manifests[1].clone());
        assert_eq!(again.judged().1, [(Fault::RepeatedManifest, 0, 1)]);
        let mut open = case();
        open.manifests.truncate(3);
        let (tally, findings) = open.judged();
        assert_eq!((findings, tally.open_chains), (vec![], 1));
    }

    /// Two writers into one partition, signed out of order; retention takes from both.
    #[test]
    fn retention_takes_from_writers_side_by_side() {
        let mut case = case();
        let (manifests, rows) = written_by(&case.signer, "d", 40, 3, 1);
        case.manifests.extend(manifests);
        let mixed = case.rows.chunks(5).zip(rows.chunks(5));
        case.rows = mixed.flat_map(|(a, b)| [a, b].concat()).collect();
        let (tally, findings) = case.judged();
        assert_eq!((findings, tally.proven, tally.chains), (vec![], 60, 2));
        case.rows.drain(..24);
        case.low = 12;
        let (tally, findings) = case.judged();
        assert_eq!((findings, tally.retention, tally.proven), (vec![], 24, 36));
    }

    /// Retention goes by the records' timestamps: those of a year's beginning go before their time.
    #[test]
    fn what_is_stamped_before_it_is_signed_goes_before() {
        for (stamp, missing) in [(Stamp::Append, 10), (Stamp::Year, 0), (Stamp::Keep, 0)] {
            let signer = Signer::generate().expect("draws");
            let (manifests, mut rows) = written_stamped(&signer, stamp);
            rows.drain(..10);
            // By when they were signed, all of it would still be there.
            let may_take = Some(0);
            let case = Case { signer, manifests, rows, low: 5, is_compacted: false, may_take };
            let (tally, findings) = case.judged();
            assert_eq!(findings.len(), missing, "{stamp:?}: {findings:?}");
            assert_eq!(tally.retention, 10 - missing as u64, "{stamp:?}");
        }
    }

    /// Who owns the broker can claim that retention took the beginning, and no more than that.
    #[test]
    fn a_beginning_that_was_cut_hides_no_middle() {
        let mut case = case();
        case.low = 1;
        // The last record first, and then all of the middle gone.
        let last = case.rows.pop().expect("a record");
        case.rows.drain(5..25);
        case.rows.insert(0, last);
        let (_, findings) = case.judged();
        let missing = findings.iter().filter(|f| f.0 == Fault::Missing).count();
        assert_eq!(missing, 20);
        assert!(findings.iter().any(|f| f.0 == Fault::Moved), "{findings:?}");
    }

    /// A worker's later run is a later part of its chain; another worker's is told by when it was signed.
    #[test]
    fn runs_that_changed_places_are_found() {
        for chain in ["c", "another"] {
            let mut case = case();
            let from = if chain == "c" { 4 } else { 0 };
            let previous = (from > 0).then(|| {
                let keys = [case.signer.verifier()];
                open(case.manifests[3].as_bytes(), &keys).expect("opens").1
            });
            let (manifests, rows) =
                written_from(&case.signer, chain, 40, 2, (60, Stamp::Append), (from, previous));
            case.manifests.extend(manifests);
            let before = case.rows.clone();
            case.rows.extend(rows.clone());
            assert_eq!(case.judged().1, [], "{chain}");
            case.rows = [rows, before].concat();
            let (_, findings) = case.judged();
            assert!(findings.iter().filter(|f| f.0 == Fault::Moved).count() >= 20, "{chain}");
        }
    }

    /// A beginning of the topic of manifests that retention took excuses the beginnings of chains alone.
    #[test]
    fn a_cut_chain_is_excused_at_the_beginning_alone() {
        let case = case();
        let (later, rows) = written_by(&case.signer, "d", 40, 2, 60);
        let judged = |first: &[String]| {
            let mut judge = Judge::new("t", vec![case.signer.verifier()]);
            for (n, manifest) in first.iter().chain(&later[1..]).enumerate() {
                judge.manifest(manifest.as_bytes(), Place { partition: 0, offset: n as i64 });
            }
            judge.records_begin();
            let all = case.rows[10..].iter().chain(&rows[10..]);
            for (n, row) in all.enumerate() {
                judge.record(&row.record(), n as i64);
            }
            let (tally, findings) =
                judge.end(&Retention { manifests_low: true, ..Retention::default() });
            (tally.cut_chains, findings.into_iter().map(|f| f.fault).collect::<Vec<_>>())
        };
        let (cut, findings) = judged(&case.manifests[1..]);
        assert_eq!((cut, findings), (2, vec![Fault::MissingManifest]), "an hour behind the oldest");
    }

    #[test]
    fn what_retention_or_compaction_took_is_told_apart() {
        let mut case = case();
        // The first batch and two of the second in each partition.
        case.rows.drain(..14);
        case.low = 7;
        let (tally, findings) = case.judged();
        assert_eq!((findings, tally.retention, tally.proven), (vec![], 14, 16));
        // In a topic that keeps them nobody but somebody takes them.
        case.may_take = None;
        assert_eq!(case.judged().1.len(), 14);
        case.may_take = Some(millis("2026-03-02T10:03:30Z"));
        assert_eq!(case.judged().1.len(), 4, "those of the second batch are not old enough");
        case.may_take = Some(i64::MAX);
        case.rows.remove(3);
        assert_eq!(case.judged().1, [(Fault::Missing, 1, 8)], "not from the beginning");
        case.is_compacted = true;
        let (tally, findings) = case.judged();
        assert_eq!((findings, tally.compaction, tally.retention), (vec![], 1, 14));
    }

    #[test]
    fn manifests_of_other_topics_are_nobodys_here() {
        let case = case();
        let mut judge = Judge::new("u", vec![case.signer.verifier()]);
        for manifest in &case.manifests {
            judge.manifest(manifest.as_bytes(), Place { partition: 0, offset: 0 });
        }
        let (tally, findings) = judge.end(&Retention::default());
        assert_eq!((tally.manifests, findings), (0, vec![]));
        // Nor is one of a file that has the topic's name.
        let opened = open(case.manifests[0].as_bytes(), &[case.signer.verifier()]);
        let of_file = Manifest { layout: Layout::Lines, ..opened.expect("opens").0 };
        let mut judge = Judge::new("t", vec![case.signer.verifier()]);
        let envelope = of_file.sign(&case.signer).expect("signs").0;
        judge.manifest(envelope.as_bytes(), Place { partition: 0, offset: 0 });
        let (tally, findings) = judge.end(&Retention::default());
        assert_eq!((tally.manifests, findings), (0, vec![]));
    }
}
