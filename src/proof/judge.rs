//! Holds the records of a topic against their manifests.
//!
//! Manifests come first, then records, then the manifests that were written meanwhile: what those tell
//! of may not have been read, and is not missed. A record is held by the leaf that its header names; so
//! each record that was tampered with is one finding, and no other record is.

use super::{Batch, HEADER, LEAF_BYTES, Leaf, Manifest, Record, leaf, open, read_header};
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
    /// A manifest that no given key has signed, or that is none.
    ForgedManifest,
    /// A manifest is there again.
    RepeatedManifest,
    /// The chain of a run's manifests is broken: one is not there.
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

/// Where something stands: partition and offset.
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
    /// Where: of manifests, in their topic.
    pub place: Place,
    /// The batch that is meant, or what a header says; of a chain, the run.
    pub batch: String,
    /// The leaf; of a chain, the place in the run.
    pub leaf: u64,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Records.
    pub records: u64,
    /// Those of them that are what was written, where it was written.
    pub proven: u64,
    /// Manifests of this topic.
    pub manifests: u64,
    /// Runs whose last manifest says that it is the last.
    pub ended_runs: u64,
    /// Runs that go on: what was taken from behind their last manifest is not seen.
    pub open_runs: u64,
    /// Leaves that are not there and lie before what the topic still has: retention took them.
    pub retention: u64,
    /// Leaves that are not there in a topic that is compacted: compaction, or somebody, took them.
    pub compaction: u64,
}

struct Known {
    batch: Batch,
    run: usize,
    seq: u64,
    at: String,
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
    /// By place in the run: the hash of the one before, its own, and whether it is the last.
    links: BTreeMap<u64, (Option<String>, String, bool)>,
}

/// Judges one topic.
pub struct Judge {
    topic: String,
    keys: Vec<Verifier>,
    known: Vec<Known>,
    by_batch: BTreeMap<Batch, usize>,
    runs: Vec<Chain>,
    by_run: BTreeMap<String, usize>,
    waiting: Vec<Waiting>,
    /// The first record of each partition that is what was written: batch and leaf.
    first: BTreeMap<i32, (usize, u32)>,
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
            runs: Vec::new(),
            by_run: BTreeMap::new(),
            waiting: Vec::new(),
            first: BTreeMap::new(),
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
        let Manifest { run, seq, previous, at, partitions, topic, end, .. } = manifest;
        let of = *self.by_run.entry(run.clone()).or_insert_with(|| {
            self.runs.push(Chain { id: run.clone(), ..Chain::default() });
            self.runs.len() - 1
        });
        let again = self.runs[of].links.insert(seq, (previous, hash, end)).is_some();
        if again || self.by_batch.contains_key(&batch) {
            return self.finds(Fault::RepeatedManifest, place, &manifest.batch, seq);
        }
        // Pipelines may share the topic.
        if topic != self.topic {
            return;
        }
        self.tally.manifests += 1;
        let seen = vec![-1; leaves.len() / LEAF_BYTES];
        let is_late = self.records_began;
        self.by_batch.insert(batch, self.known.len());
        self.known.push(Known { batch, run: of, seq, at, partitions, leaves, seen, is_late });
    }

    /// A record of the topic.
    pub fn record(&mut self, record: &Record<'_>, offset: i64) {
        self.records_began = true;
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
                self.first.entry(place.partition).or_insert((at, number));
            }
            Some(fault) => self.finds(fault, place, &name, number.into()),
        }
    }

    /// The judgement. `lows` is where each partition begins by now; `manifests_low`, whether the topic of
    /// manifests has lost its beginning to retention.
    pub fn end(
        mut self,
        lows: &BTreeMap<i32, i64>,
        is_compacted: bool,
        manifests_low: bool,
    ) -> (Tally, Vec<Finding>) {
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
        self.missing(lows, is_compacted);
        self.order();
        self.chains(manifests_low);
        self.findings.sort();
        (self.tally, self.findings)
    }

    fn missing(&mut self, lows: &BTreeMap<i32, i64>, is_compacted: bool) {
        // A record that was altered in place is told of as that.
        let claimed: BTreeSet<(&str, u64)> = self
            .findings
            .iter()
            .filter(|finding| matches!(finding.fault, Fault::Altered | Fault::Moved))
            .map(|finding| (finding.batch.as_str(), finding.leaf))
            .collect();
        let mut missing = Vec::new();
        for (at, known) in self.known.iter().enumerate().filter(|(_, known)| !known.is_late) {
            let name = data_encoding::HEXLOWER.encode(&known.batch);
            let mut number = 0u32;
            for &(partition, count) in &known.partitions {
                for number in number..number + count {
                    if known.seen[number as usize] >= 0
                        || claimed.contains(&(name.as_str(), number.into()))
                    {
                        continue;
                    }
                    let has_lost = lows.get(&partition).is_some_and(|low| *low > 0);
                    let before = |(first, leaf): &(usize, u32)| match *first == at {
                        true => number < *leaf,
                        false => known.at <= self.known[*first].at,
                    };
                    if has_lost && self.first.get(&partition).is_none_or(before) {
                        self.tally.retention += 1;
                    } else if is_compacted {
                        self.tally.compaction += 1;
                    } else {
                        missing.push((partition, name.clone(), number));
                    }
                }
                number += count;
            }
        }
        for (partition, name, number) in missing {
            let place = Place { partition, offset: -1 };
            self.finds(Fault::Missing, place, &name, number.into());
        }
    }

    /// In each partition the records of a run stand in the order of its manifests and their leaves.
    fn order(&mut self) {
        let mut by_run: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..self.known.len()).for_each(|at| by_run.entry(self.known[at].run).or_default().push(at));
        let mut moved = Vec::new();
        for mut batches in by_run.into_values() {
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
                let out_of_place = out_of_order(&row);
                moved.extend(out_of_place.into_iter().map(|n| (partition, row[n])));
            }
        }
        for (partition, (offset, at, number)) in moved {
            let name = data_encoding::HEXLOWER.encode(&self.known[at].batch);
            self.tally.proven -= 1;
            self.finds(Fault::Moved, Place { partition, offset }, &name, number.into());
        }
    }

    fn chains(&mut self, manifests_low: bool) {
        let mut broken = Vec::new();
        for chain in &self.runs {
            let mut before: Option<(u64, &String, bool)> = None;
            for (&seq, (previous, hash, end)) in &chain.links {
                let is_linked = match before {
                    None => manifests_low || seq == 0 && previous.is_none(),
                    Some((last, hash, end)) => {
                        !end && seq == last + 1 && previous.as_ref() == Some(hash)
                    }
                };
                if !is_linked {
                    broken.push((chain.id.clone(), seq));
                }
                before = Some((seq, hash, *end));
            }
            match before {
                Some((.., true)) => self.tally.ended_runs += 1,
                _ => self.tally.open_runs += 1,
            }
        }
        for (run, seq) in broken {
            self.finds(Fault::MissingManifest, Place { partition: -1, offset: -1 }, &run, seq);
        }
    }
}

/// The fewest places without which the offsets would rise: all that are not in a longest rising row.
fn out_of_order(row: &[(i64, usize, u32)]) -> Vec<usize> {
    if row.windows(2).all(|two| two[0].0 < two[1].0) {
        return Vec::new();
    }
    // The last of the best row of each length, and what stands before each in its best row.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (n, (offset, ..)) in row.iter().enumerate() {
        let length = ends.partition_point(|end| row[*end].0 < *offset);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(n) } else { ends[length] = n }
    }
    let (mut keeps, mut at) = (BTreeSet::new(), ends.last().copied());
    while let Some(n) = at {
        keeps.insert(n);
        at = before[n];
    }
    (0..row.len()).filter(|n| !keeps.contains(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Signer;
    use crate::proof::{Layout, Leaves};
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
        let (mut manifests, mut rows, mut previous) = (Vec::new(), Vec::new(), None);
        for seq in 0..=batches {
            let is_end = seq == batches;
            let of = if is_end { 0 } else { 10 };
            let mut leaves = Leaves::of([seq + 1; 16], (0..of).map(|n| n % 2));
            for n in 0..of {
                let source = ("weir-source".to_string(), format!("s/{}/{seq}{n}", n % 2));
                let mut row = Row {
                    partition: n % 2,
                    key: format!("k{n}"),
                    value: (n != 4).then(|| format!("value {seq} {n}")),
                    headers: vec![source],
                };
                let header = leaves.add(&row.record()).expect("counted");
                row.headers.push((HEADER.to_string(), header));
                rows.push(row);
            }
            let (batch, partitions, leaves) = leaves.done();
            let manifest = Manifest {
                manifest: 1,
                batch: HEXLOWER.encode(&batch),
                run: "r".into(),
                seq: seq.into(),
                previous: previous.take(),
                at: format!("2026-03-02T10:00:0{seq}Z"),
                pipeline: "p".into(),
                digest: "d".into(),
                keys: 1,
                layout: Layout::Topic,
                topic: "t".into(),
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
    }

    fn case() -> Case {
        let signer = Signer::generate().expect("draws");
        let (manifests, rows) = written(&signer, 3);
        Case { signer, manifests, rows, low: 0, is_compacted: false }
    }

    impl Case {
        fn judged(&self) -> (Tally, Vec<(Fault, i32, u64)>) {
            let mut judge = Judge::new("t", vec![self.signer.verifier()]);
            for (n, manifest) in self.manifests.iter().enumerate() {
                judge.manifest(manifest.as_bytes(), Place { partition: 0, offset: n as i64 });
            }
            let mut next = [self.low; 2];
            for row in &self.rows {
                let offset = &mut next[row.partition as usize];
                judge.record(&row.record(), *offset);
                *offset += 1;
            }
            let lows = BTreeMap::from([(0, self.low), (1, self.low)]);
            let (tally, findings) = judge.end(&lows, self.is_compacted, false);
            let short = |f: Finding| (f.fault, f.place.partition, f.leaf);
            (tally, findings.into_iter().map(short).collect())
        }
    }

    #[test]
    fn what_was_written_is_proven() {
        let (tally, findings) = case().judged();
        assert_eq!(findings, []);
        let is = Tally { records: 30, proven: 30, manifests: 4, ended_runs: 1, ..Tally::default() };
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
        assert_eq!((findings, tally.open_runs, tally.ended_runs), (vec![], 1, 0));
    }

    #[test]
    fn what_retention_or_compaction_took_is_told_apart() {
        let mut case = case();
        // The first batch and two of the second in each partition.
        case.rows.drain(..14);
        case.low = 7;
        let (tally, findings) = case.judged();
        assert_eq!((findings, tally.retention, tally.proven), (vec![], 14, 16));
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
        let (tally, findings) = judge.end(&BTreeMap::new(), false, false);
        assert_eq!((tally.manifests, findings), (0, vec![]));
    }
}
