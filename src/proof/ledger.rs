//! Holds a file against the manifests beside it.
//!
//! Manifests come first, then the file's lines, in order. A line names no leaf, and a leaf no place: so lines
//! and leaves are laid side by side, and what stands in both in one order is proven. Of the rest a line that
//! is a leaf elsewhere has moved, or is there again; one that is none is foreign; a leaf that no line has is
//! missing; and where a foreign line stands between the neighbours of a missing one, it was altered.

use super::order::{out_of_order, side_by_side};
use super::{
    Batch, Fault, Finding, LEAF_BYTES, Layout, Leaf, Manifest, Place, Tally, leaf_of_file, open,
};
use crate::keys::Verifier;
use serde::Serialize;
use std::collections::BTreeMap;

/// The place of what is not there, and of the leaf of a line that has none.
const NOWHERE: usize = usize::MAX;

/// A manifest that a given key has signed.
struct Opened {
    line: i64,
    hash: String,
    leaves: Vec<u8>,
    /// Without its leaves and its sources.
    manifest: Manifest,
}

/// By whom and when a file was written, as its manifests say: names of files are soon the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Writing {
    /// The pipeline.
    pub pipeline: String,
    /// Policy and schema: SHA-256 as in lineage.
    pub digest: String,
    /// The run, as in lineage.
    pub run: String,
    /// When its first batch was signed, RFC 3339.
    pub at: String,
}

/// Judges one file.
pub struct Ledger {
    name: String,
    keys: Vec<Verifier>,
    /// Manifests so far, those that do not open included.
    read: i64,
    opened: Vec<Opened>,
    another: Option<String>,
    writing: Option<Writing>,
    chain: Option<Batch>,
    /// Batches, and the first leaf of each.
    batches: Vec<(usize, String)>,
    leaves: Vec<Leaf>,
    /// Each leaf, and where it stands first.
    known: Vec<(Leaf, usize)>,
    /// Where the leaf of each line stands first.
    lines: Vec<usize>,
    findings: Vec<Finding>,
    tally: Tally,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ledger")
    }
}

impl Ledger {
    /// Of a file of this name; any of the keys may have signed.
    pub fn new(name: &str, keys: Vec<Verifier>) -> Ledger {
        Ledger {
            name: name.to_string(),
            keys,
            read: 0,
            opened: Vec::new(),
            another: None,
            writing: None,
            chain: None,
            batches: Vec::new(),
            leaves: Vec::new(),
            known: Vec::new(),
            lines: Vec::new(),
            findings: Vec::new(),
            tally: Tally::default(),
        }
    }

    fn finds(&mut self, fault: Fault, line: i64, batch: &str, leaf: u64) {
        let place = Place { partition: 0, offset: line };
        self.findings.push(Finding { fault, place, batch: batch.to_string(), leaf });
    }

    /// The next line of the file of manifests.
    pub fn manifest(&mut self, envelope: &[u8]) {
        self.read += 1;
        let line = self.read;
        let Some((mut manifest, hash)) = open(envelope, &self.keys) else {
            return self.finds(Fault::ForgedManifest, line, "", 0);
        };
        let is_of_file = manifest.layout != Layout::Topic
            && batch_of(&manifest.chain).is_some()
            && manifest.partitions.len() <= 1
            && manifest.partitions.iter().all(|(partition, _)| *partition == 0);
        let Some(leaves) = manifest.leaves().filter(|_| is_of_file) else {
            return self.finds(Fault::ForgedManifest, line, &manifest.batch, manifest.seq);
        };
        (manifest.leaves, manifest.sources) = (String::new(), None);
        self.opened.push(Opened { line, hash, leaves, manifest });
    }

    /// From here on records come. Gives what they are in.
    pub fn records_begin(&mut self) -> Layout {
        let opened = std::mem::take(&mut self.opened);
        // A file has one chain. Where somebody put manifests of another one beside it, the longer one is held.
        let mut chains: BTreeMap<&str, usize> = BTreeMap::new();
        for Opened { manifest, .. } in opened.iter().filter(|one| one.manifest.topic == self.name) {
            *chains.entry(&manifest.chain).or_default() += 1;
        }
        let chain = chains.into_iter().max_by_key(|(_, n)| *n).map(|(chain, _)| chain.to_string());
        let Some(chain) = chain else {
            self.another = opened.into_iter().next().map(|one| one.manifest.topic);
            return Layout::Lines;
        };
        let is_ours = |one: &Opened| one.manifest.topic == self.name && one.manifest.chain == chain;
        let (ours, others): (Vec<_>, Vec<_>) = opened.into_iter().partition(is_ours);
        for Opened { line, manifest, .. } in others {
            self.finds(Fault::ForgedManifest, line, &manifest.batch, manifest.seq);
        }
        let seqs: Vec<_> = ours.iter().map(|one| one.manifest.seq).collect();
        for n in out_of_order(&seqs) {
            let Opened { line, manifest, .. } = &ours[n];
            self.finds(Fault::RepeatedManifest, *line, &manifest.batch, manifest.seq);
        }
        let layout = ours.first().map_or(Layout::Lines, |one| one.manifest.layout);
        self.writing = ours.first().map(|Opened { manifest, .. }| Writing {
            pipeline: manifest.pipeline.clone(),
            digest: manifest.digest.clone(),
            run: manifest.run.clone(),
            at: manifest.at.clone(),
        });
        let mut links = BTreeMap::new();
        for one in ours {
            links.entry(one.manifest.seq).or_insert(one);
        }
        self.chain = batch_of(&chain);
        self.links(&chain, links);
        self.known = self.leaves.iter().copied().zip(0..).collect();
        self.known.sort_unstable();
        self.known.dedup_by_key(|(leaf, _)| *leaf);
        layout
    }

    /// Takes the leaves of a chain, and says where it is broken.
    fn links(&mut self, chain: &str, links: BTreeMap<u64, Opened>) {
        let mut next = (0, None, false);
        for (seq, Opened { hash, leaves, manifest, .. }) in links {
            let (wanted, previous, is_behind_the_end) = next;
            if seq != wanted || manifest.previous != previous || is_behind_the_end {
                self.finds(Fault::MissingManifest, -1, chain, seq);
            }
            next = (seq.saturating_add(1), Some(hash), manifest.end);
            self.tally.manifests += 1;
            self.batches.push((self.leaves.len(), manifest.batch));
            self.leaves.extend(leaves.as_chunks::<LEAF_BYTES>().0);
        }
        let (wanted, _, is_whole) = next;
        if !is_whole {
            self.finds(Fault::MissingManifest, -1, chain, wanted);
        }
        self.tally.chains = 1;
    }

    /// The name of another file, where all manifests are of that: then nothing of this one can be judged.
    pub fn of_another(&self) -> Option<&str> {
        self.another.as_deref()
    }

    /// By whom and when it was written, where its manifests say so.
    pub fn writing(&self) -> Option<&Writing> {
        self.writing.as_ref()
    }

    /// The next line, with its end; or all of a file that is one record.
    pub fn record(&mut self, bytes: &[u8]) {
        self.tally.records += 1;
        if self.another.is_some() {
            return;
        }
        let leaf = self.chain.map(|chain| leaf_of_file(&chain, &self.name, bytes));
        let found = leaf.map(|leaf| self.known.binary_search_by_key(&leaf, |(leaf, _)| *leaf));
        let first = found.and_then(Result::ok).map_or(NOWHERE, |at| self.known[at].1);
        self.lines.push(first);
    }

    /// The judgement.
    pub fn end(mut self) -> (Tally, Vec<Finding>) {
        let (lines, known) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.known));
        // What a leaf is known by is where it stands first: those of equal lines are one.
        let first = |leaf: &Leaf| {
            known.binary_search_by_key(leaf, |(leaf, _)| *leaf).map_or(NOWHERE, |at| known[at].1)
        };
        let leaves: Vec<_> = self.leaves.iter().map(first).collect();
        let pairs = side_by_side(&lines, &leaves);
        self.tally.proven = pairs.len() as u64;
        let gaps = Gaps::between(pairs, lines.len(), leaves.len());
        self.elsewhere(&gaps, &lines, &leaves);
        self.findings.sort();
        (self.tally, self.findings)
    }

    /// What stands in no pair.
    fn elsewhere(&mut self, gaps: &Gaps, lines: &[usize], leaves: &[usize]) {
        // Lines without a partner, and leaves, by what they are.
        let mut apart: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for gap in &gaps.0 {
            for line in gap.lines.clone().filter(|line| lines[*line] != NOWHERE) {
                apart.entry(lines[line]).or_default().0.push(line);
            }
            for leaf in gap.leaves.clone() {
                apart.entry(leaves[leaf]).or_default().1.push(leaf);
            }
        }
        let mut lost = std::collections::BTreeSet::new();
        for (first, (lines, mut leaves)) in apart {
            // The last leaves have lost their lines, as the last lines are those that are there again.
            lost.extend(leaves.split_off(lines.len().min(leaves.len())));
            for (n, line) in lines.into_iter().enumerate() {
                match leaves.get(n) {
                    Some(leaf) => self.finds_leaf(Fault::Moved, Some(line), *leaf),
                    None => self.finds_leaf(Fault::Repeated, Some(line), first),
                }
            }
        }
        for gap in &gaps.0 {
            let mut foreign = gap.lines.clone().filter(|line| lines[*line] == NOWHERE);
            for leaf in gap.leaves.clone().filter(|leaf| lost.contains(leaf)) {
                match foreign.next() {
                    Some(line) => self.finds_leaf(Fault::Altered, Some(line), leaf),
                    None => self.finds_leaf(Fault::Missing, None, leaf),
                }
            }
            for line in foreign {
                self.finds(Fault::Foreign, line as i64 + 1, "", 0);
            }
        }
    }

    /// A finding of a line, counted from 0 here, and a leaf.
    fn finds_leaf(&mut self, fault: Fault, line: Option<usize>, leaf: usize) {
        let at = self.batches.partition_point(|(first, _)| *first <= leaf).saturating_sub(1);
        let (first, batch) = self.batches.get(at).cloned().unwrap_or_default();
        let line = line.map_or(-1, |line| line as i64 + 1);
        self.finds(fault, line, &batch, (leaf - first) as u64);
    }
}

/// What stands between the pairs: places of lines and of leaves.
struct Gaps(Vec<Gap>);

struct Gap {
    lines: std::ops::Range<usize>,
    leaves: std::ops::Range<usize>,
}

impl Gaps {
    fn between(pairs: Vec<(usize, usize)>, lines: usize, leaves: usize) -> Gaps {
        let (mut gaps, mut from) = (Vec::new(), (0, 0));
        for (line, leaf) in pairs.into_iter().chain([(lines, leaves)]) {
            if from != (line, leaf) {
                gaps.push(Gap { lines: from.0..line, leaves: from.1..leaf });
            }
            from = (line + 1, leaf + 1);
        }
        Gaps(gaps)
    }
}

fn batch_of(name: &str) -> Option<Batch> {
    Batch::try_from(data_encoding::HEXLOWER.decode(name.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Signer;
    use crate::proof::Stamp;
    use data_encoding::{BASE64, HEXLOWER};
    use proptest::prelude::*;

    const CHAIN: Batch = [9; 16];

    /// Manifests of a file, a batch each, as weir writes them.
    fn written(signer: &Signer, name: &str, chain: Batch, batches: &[&[&str]]) -> Vec<String> {
        let (mut manifests, mut previous) = (Vec::new(), None);
        for (seq, lines) in batches.iter().enumerate() {
            let leaves: Vec<_> =
                lines.iter().flat_map(|line| leaf_of_file(&chain, name, line.as_bytes())).collect();
            let count = lines.len() as u32;
            let manifest = Manifest {
                manifest: 1,
                batch: HEXLOWER.encode(&[seq as u8; 16]),
                chain: HEXLOWER.encode(&chain),
                seq: seq as u64,
                previous: previous.take(),
                previous_at: None,
                worker: "weir.p".into(),
                run: "r".into(),
                at: "2026-03-02T10:00:00Z".into(),
                pipeline: "p".into(),
                digest: "d".into(),
                keys: 1,
                layout: Layout::Lines,
                topic: name.into(),
                stamp: Stamp::Append,
                partitions: if count == 0 { Vec::new() } else { vec![(0, count)] },
                leaves: BASE64.encode(&leaves),
                sources: None,
                end: seq + 1 == batches.len(),
            };
            let (envelope, hash) = manifest.sign(signer).expect("signs");
            previous = Some(hash);
            manifests.push(envelope);
        }
        manifests
    }

    const BATCHES: [&[&str]; 4] = [
        &["a\n", "b\n", "same\n", "c\n"],
        &["same\n", "d\n", "e\n"],
        &["f\n", "same\n", "g\n", "h\n"],
        &[],
    ];

    fn lines() -> Vec<String> {
        BATCHES.concat().into_iter().map(String::from).collect()
    }

    type Found = Vec<(Fault, i64, u64)>;

    fn judged(keys: &[Verifier], manifests: &[String], lines: &[String]) -> (Tally, Found) {
        let mut ledger = Ledger::new("n", keys.to_vec());
        manifests.iter().for_each(|envelope| ledger.manifest(envelope.as_bytes()));
        ledger.records_begin();
        lines.iter().for_each(|line| ledger.record(line.as_bytes()));
        let (tally, findings) = ledger.end();
        (tally, findings.into_iter().map(|f| (f.fault, f.place.offset, f.leaf)).collect())
    }

    #[test]
    fn what_was_written_is_proven_and_each_way_to_tamper_is_one_finding() {
        let signer = Signer::generate().expect("draws");
        let keys = [signer.verifier()];
        let manifests = written(&signer, "n", CHAIN, &BATCHES);
        let (tally, findings) = judged(&keys, &manifests, &lines());
        assert_eq!(findings, []);
        let is = Tally { records: 11, proven: 11, manifests: 4, chains: 1, ..Tally::default() };
        assert_eq!(tally, is);

        type Tamper = fn(&mut Vec<String>);
        // Line 6, `d`, is leaf 1 of the second batch.
        let ways: [(&str, (Fault, i64, u64), Tamper); 13] = [
            ("value", (Fault::Altered, 6, 1), |lines| lines[5] = "D\n".into()),
            ("its end", (Fault::Altered, 6, 1), |lines| lines[5] = "d\r\n".into()),
            ("the last end", (Fault::Altered, 11, 3), |lines| lines[10] = "h".into()),
            ("dropped", (Fault::Missing, -1, 1), |lines| drop(lines.remove(5))),
            ("cut", (Fault::Missing, -1, 3), |lines| drop(lines.pop())),
            ("again", (Fault::Repeated, 10, 1), |lines| lines.insert(9, "d\n".into())),
            ("again beside it", (Fault::Repeated, 7, 1), |lines| lines.insert(6, "d\n".into())),
            ("to the end", (Fault::Moved, 11, 1), |lines| {
                let line = lines.remove(5);
                lines.push(line);
            }),
            ("to the front", (Fault::Moved, 1, 1), |lines| {
                let line = lines.remove(5);
                lines.insert(0, line);
            }),
            ("put in", (Fault::Foreign, 6, 0), |lines| lines.insert(5, "x\n".into())),
            ("put behind", (Fault::Foreign, 12, 0), |lines| lines.push("x\n".into())),
            ("stray bytes", (Fault::Foreign, 12, 0), |lines| lines.push("d".into())),
            ("an empty line", (Fault::Foreign, 1, 0), |lines| lines.insert(0, "\n".into())),
        ];
        for (way, finding, tamper) in ways {
            let mut lines = lines();
            tamper(&mut lines);
            let (tally, findings) = judged(&keys, &manifests, &lines);
            assert_eq!(findings, [finding], "{way}");
            let kept = matches!(finding.0, Fault::Repeated | Fault::Foreign);
            assert_eq!(tally.proven, 10 + u64::from(kept), "{way}");
        }
    }

    /// Lines that are the same are told apart by their neighbours, and counted where nothing tells.
    #[test]
    fn of_lines_that_are_the_same_as_many_are_told_as_are_wrong() {
        let signer = Signer::generate().expect("draws");
        let keys = [signer.verifier()];
        let manifests = written(&signer, "n", CHAIN, &BATCHES);
        let mut fewer = lines();
        fewer.remove(4);
        assert_eq!(judged(&keys, &manifests, &fewer).1, [(Fault::Missing, -1, 0)]);
        let mut more = lines();
        more.insert(7, "same\n".into());
        assert_eq!(judged(&keys, &manifests, &more).1, [(Fault::Repeated, 8, 2)]);
        let mut moved = lines();
        let one = moved.remove(2);
        moved.push(one);
        assert_eq!(judged(&keys, &manifests, &moved).1, [(Fault::Moved, 11, 2)]);
        let same: Vec<_> = (0..50).map(|_| "x\n".to_string()).collect();
        let all: Vec<_> = same.iter().map(String::as_str).collect();
        let manifests = written(&signer, "n", CHAIN, &[&all]);
        assert_eq!(judged(&keys, &manifests, &same[..47]).1.len(), 3);
    }

    #[test]
    fn manifests_are_held_by_their_key_their_chain_and_their_file() {
        use Fault::{Foreign, ForgedManifest, MissingManifest, RepeatedManifest};
        let signer = Signer::generate().expect("draws");
        let keys = [signer.verifier()];
        // No two are the same: such a line would be one too many, and not foreign.
        let own: [&[&str]; 4] =
            [&["a\n", "b\n", "c\n", "d\n"], &["e\n", "f\n", "g\n"], &["h\n", "i\n"], &[]];
        let lines: Vec<_> = own.concat().into_iter().map(String::from).collect();
        let is = written(&signer, "n", CHAIN, &own);
        let judged = |edit: &dyn Fn(&mut Vec<String>)| {
            let mut manifests = is.clone();
            edit(&mut manifests);
            judged(&keys, &manifests, &lines).1
        };
        let foreign = |lines: std::ops::Range<i64>| lines.map(|line| (Foreign, line, 0)).collect();
        let told = |lines, more: &[(Fault, i64, u64)]| [foreign(lines), more.to_vec()].concat();
        let another = Signer::generate().expect("draws");
        let forged = written(&another, "n", CHAIN, &own);
        assert_eq!(
            judged(&|is| is[1] = forged[1].clone()),
            told(5..8, &[(ForgedManifest, 2, 0), (MissingManifest, -1, 2)])
        );
        assert_eq!(judged(&|is| drop(is.remove(1))), told(5..8, &[(MissingManifest, -1, 2)]));
        assert_eq!(judged(&|is| drop(is.remove(0))), told(1..5, &[(MissingManifest, -1, 1)]));
        assert_eq!(judged(&|is| drop(is.pop())), [(MissingManifest, -1, 3)], "its end alone");
        assert_eq!(judged(&|is| is.push(is[1].clone())), [(RepeatedManifest, 5, 1)]);
        assert_eq!(judged(&|is| is.swap(1, 2)).len(), 1, "lines are held all the same");
        assert_eq!(judged(&|is| is.push("{}".into())), [(ForgedManifest, 5, 0)]);
        assert_eq!(judged(&|is| is.clear()), told(1..10, &[]));
        // What is signed, of another file or of another run, is not this file's.
        for (name, chain) in [("m", CHAIN), ("n", [8; 16])] {
            let other = written(&signer, name, chain, &own[..2]);
            assert_eq!(
                judged(&|is| is.insert(0, other[1].clone())),
                [(ForgedManifest, 1, 1)],
                "{name}"
            );
        }
    }

    #[test]
    fn a_file_of_another_name_is_not_judged() {
        let signer = Signer::generate().expect("draws");
        let mut ledger = Ledger::new("m", vec![signer.verifier()]);
        for envelope in written(&signer, "n", CHAIN, &BATCHES) {
            ledger.manifest(envelope.as_bytes());
        }
        ledger.records_begin();
        assert_eq!(ledger.of_another(), Some("n"));
        ledger.record(b"a\n");
        let (tally, findings) = ledger.end();
        assert_eq!((tally.records, tally.proven, tally.manifests, findings), (1, 0, 0, vec![]));
    }

    proptest! {
        /// Whatever is done to a file: each line and each leaf is accounted for once, by how often it was
        /// written and how often it is there.
        #[test]
        fn every_line_and_every_leaf_is_accounted_for(
            was in prop::collection::vec(0usize..9, 0..40),
            is in prop::collection::vec(0usize..12, 0..40),
        ) {
            let signer = Signer::generate().expect("draws");
            let text = |rows: &[usize]| rows.iter().map(|n| format!("{n}\n")).collect::<Vec<_>>();
            let (before, after) = (text(&was), text(&is));
            let all: Vec<_> = before.iter().map(String::as_str).collect();
            let (first, second) = all.split_at(all.len() / 2);
            let manifests = written(&signer, "n", CHAIN, &[first, second]);
            let (tally, found) = judged(&[signer.verifier()], &manifests, &after);
            let count = |fault| found.iter().filter(|finding| finding.0 == fault).count();
            let of = |rows: &[usize], n| rows.iter().filter(|one| **one == n).count();
            let sum = |each: &dyn Fn(usize, usize) -> usize| {
                (0..12).map(|n| each(of(&was, n), of(&is, n))).sum::<usize>()
            };
            let unknown = sum(&|was, is| if was == 0 { is } else { 0 });
            let again = sum(&|was, is| if was == 0 { 0 } else { is.saturating_sub(was) });
            let lost = sum(&|was, is| was.saturating_sub(is));
            let proven = tally.proven as usize;
            prop_assert_eq!(proven + count(Fault::Moved), sum(&|was, is| was.min(is)));
            prop_assert_eq!(count(Fault::Repeated), again);
            prop_assert_eq!(count(Fault::Altered) + count(Fault::Foreign), unknown);
            prop_assert_eq!(count(Fault::Altered) + count(Fault::Missing), lost);
            prop_assert_eq!(found.is_empty(), was == is);
            let told: Vec<_> = found.iter().map(|finding| finding.1).filter(|at| *at > 0).collect();
            let places: std::collections::BTreeSet<_> = told.iter().collect();
            prop_assert_eq!(places.len(), told.len(), "no line is told of twice");
        }
    }
}
