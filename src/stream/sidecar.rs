//! Proof of files: manifests in a file beside each clean one, and a file held against them.

use super::clock::now;
use super::files::{beside, output, unreadable};
use super::prove::{Link, Prover};
use super::{Fault, Progress};
use crate::keys::Verifier;
use crate::limits;
use crate::phi::Code;
use crate::proof::{Batch, Finding, Layout, Ledger, Tally, Writing, leaf_of_file};
use data_encoding::HEXLOWER;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// What stands behind a clean file's name in the name of its manifests.
const SUFFIX: &str = "proof";

/// The manifests of a clean file that is being written: a line a batch.
pub(super) struct Sidecar<'a> {
    prover: Prover<'a>,
    chain: Batch,
    link: Link,
    out: BufWriter<File>,
    /// Its name once it is whole, and until then.
    pub(super) path: PathBuf,
    pub(super) part: PathBuf,
    leaves: Vec<u8>,
    /// Lines of a file have no headers that could say where they are from.
    sources: Vec<String>,
}

impl<'a> Sidecar<'a> {
    /// In a folder; the prover has the clean file's name.
    pub(super) fn create(
        prover: Prover<'a>,
        folder: &Path,
        run: &str,
    ) -> Result<Sidecar<'a>, Fault> {
        let chain = *uuid::Uuid::new_v4().as_bytes();
        let (run, name) = (run.to_string(), HEXLOWER.encode(&chain));
        let link = Link { chain: name, run, ..Link::default() };
        let path = beside(&folder.join(prover.topic), SUFFIX);
        let part = beside(&path, "part");
        let out = File::create(&part).map(BufWriter::new).map_err(|_| output(&part))?;
        let (leaves, sources) = (Vec::new(), Vec::new());
        Ok(Sidecar { prover, chain, link, out, path, part, leaves, sources })
    }

    /// A clean record as it was written, and where it is from.
    pub(super) fn add(&mut self, written: &[u8], pointer: String) -> Result<(), Fault> {
        if written.is_empty() {
            return Ok(());
        }
        if written.len() > limits::PROOF_LINE_BYTES_MAX {
            return Err(Fault::about(Code::TooLong, &pointer));
        }
        self.leaves.extend(leaf_of_file(&self.chain, self.prover.topic, written));
        self.sources.push(pointer);
        Ok(())
    }

    /// The manifest of what was added since the last one; of the last of the file with `end`.
    pub(super) fn batch(&mut self, end: bool) -> Result<(), Fault> {
        let (leaves, sources) =
            (std::mem::take(&mut self.leaves), std::mem::take(&mut self.sources));
        let count = u32::try_from(sources.len()).map_err(|_| Code::Internal)?;
        let partitions = if count == 0 { Vec::new() } else { vec![(0, count)] };
        let done = (*uuid::Uuid::new_v4().as_bytes(), partitions, leaves);
        let sources = (count > 0).then_some(sources);
        let (envelope, link) = self.prover.signed(&self.link, (done, sources), &now(), end)?;
        self.link = link;
        writeln!(self.out, "{envelope}").map_err(|_| output(&self.path))
    }

    /// What is left to be written, and its two names.
    pub(super) fn done(self) -> (BufWriter<File>, PathBuf, PathBuf) {
        (self.out, self.part, self.path)
    }
}

/// What was found of a file.
#[derive(Debug)]
pub struct Held {
    /// What was looked at.
    pub tally: Tally,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Who wrote a file, and when.
    pub writing: Option<Writing>,
    /// The manifests are of another file, of this name: nothing of this one was judged.
    pub of_another: Option<String>,
}

/// The manifests of a clean file, where nobody says otherwise.
pub fn sidecar_of(file: &Path) -> PathBuf {
    beside(file, SUFFIX)
}

/// Holds a file against its manifests. Needs no secret and no Kafka, and writes nothing.
pub fn verify_file(
    file: &Path,
    manifests: &Path,
    keys: Vec<Verifier>,
    progress: &Progress,
) -> Result<Held, Fault> {
    let name = file.file_name().ok_or_else(|| unreadable(file))?.to_string_lossy();
    let mut ledger = Ledger::new(&name, keys);
    // Whoever has no manifests has no proof; what cannot be read is something else.
    if matches!(manifests.try_exists(), Ok(false)) {
        return Err(Fault::about(Code::NoProof, &format!("no {}", manifests.display())));
    }
    each_piece(manifests, true, |envelope| ledger.manifest(envelope))?;
    let by_line = ledger.records_begin() != Layout::File;
    each_piece(file, by_line, |record| {
        ledger.record(record);
        progress.records.fetch_add(1, Ordering::Relaxed);
    })?;
    let of_another = ledger.of_another().map(str::to_string);
    let writing = ledger.writing().cloned();
    let (tally, findings) = ledger.end();
    Ok(Held { tally, findings, writing, of_another })
}

/// The lines of a file with their ends, or all of it. Of one that is longer than any that has a leaf, no more
/// comes than is needed for it to have none.
fn each_piece(path: &Path, by_line: bool, mut each: impl FnMut(&[u8])) -> Result<(), Fault> {
    let file = File::open(path).map_err(|_| unreadable(path))?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut piece = Vec::new();
    loop {
        let read = file.fill_buf().map_err(|_| unreadable(path))?;
        if read.is_empty() {
            break;
        }
        let end = by_line.then(|| memchr::memchr(b'\n', read)).flatten();
        let taken = end.map_or(read.len(), |at| at + 1);
        let room = (limits::PROOF_LINE_BYTES_MAX + 1).saturating_sub(piece.len());
        piece.extend_from_slice(&read[..taken.min(room)]);
        file.consume(taken);
        if end.is_some() {
            each(&piece);
            piece.clear();
        }
    }
    if !piece.is_empty() {
        each(&piece);
    }
    Ok(())
}
