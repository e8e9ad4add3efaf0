//! Files through the same plan: a record a line, or a file where the format has lines of its own; a quarantine file
//! with sealed payloads, manifests where there is to be proof, and lineage beside them. Each output appears whole or not
//! at all.

use super::clock::{now, today};
use super::permit::Permit;
use super::prove::Prover;
use super::records::sealed_payload;
use super::sidecar::Sidecar;
use super::{Custody, Fault, Progress, Second, Transports, bring};
use crate::clean::{Batch, Counts, Disposition, Shadow, Tally, finish, locate};
use crate::keys::{Sealer, Signer, SubjectStore};
use crate::limits;
use crate::lineage::{self, Run, Sums, Told};
use crate::phi::{Code, Phi};
use crate::policy::{Pipeline, Plan, Proof, Sink, Source};
use crate::proof::Layout;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Cleans the pipeline's files. A file is one run; its outputs get their names when it is done.
pub fn run_files(
    pipeline: &Pipeline,
    custody: Custody<'_>,
    second: Option<&Plan>,
    transports: &Transports,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Tally, Fault> {
    let (Source::Files(inputs), Sink::Files(folder)) = (&pipeline.source, &pipeline.sink) else {
        return Err(Fault::about(Code::Internal, "a pipeline of topics"));
    };
    let quarantine = pipeline.quarantine.files.clone();
    let quarantine =
        quarantine.ok_or_else(|| Fault::about(Code::MissingKey, "quarantine.files"))?;
    let Custody { keyring, sealer, subjects, signer } = custody;
    let permit = Permit::of(pipeline);
    permit.check()?;
    permit.count_down(today());
    permit.show(progress);
    let proof = pipeline.proof.as_ref().and_then(Proof::files);
    let proof = match (proof, signer) {
        (Some(folder), Some(signer)) => Some((folder.as_path(), signer)),
        (Some(_), None) => return Err(Fault::about(Code::ProofKey, "none is given")),
        (None, _) => None,
    };
    for folder in [folder, &quarantine].into_iter().map(PathBuf::as_path).chain(proof.map(|p| p.0))
    {
        std::fs::create_dir_all(folder).map_err(|_| output(folder))?;
    }
    overwrites_nothing(inputs, folder, &quarantine, proof.map(|proof| proof.0))?;
    let keys = keyring.snapshot(&crate::clean::key_needs(&pipeline.plan))?;
    let policy = lineage::policy(&pipeline.plan, keys.version(), &[]);
    let id = uuid::Uuid::new_v4().to_string();
    let run = Run { id: &id, parent: &id, policy: &policy };
    let whole = |state| {
        let event = lineage::pipeline_event(pipeline, run, state, &now());
        transports.tell(&[event.to_string()])
    };
    let second = Second::of(second, keyring, subjects)?;
    let second = second.as_ref();
    let permit = &permit;
    let job =
        Job { pipeline, permit, keys: &keys, sealer, subjects, proof, second, stop, progress };
    let each = || {
        whole(lineage::State::Start)?;
        let mut sum = Tally::default();
        for input in inputs {
            sum.merge(&job.file(input, (folder, &quarantine), run, transports)?);
        }
        Ok(sum)
    };
    let done: Result<Tally, Fault> = each();
    match &done {
        // One end: a COMPLETE that the file did not take is no FAIL to the servers.
        Ok(_) => whole(lineage::State::Complete)?,
        // Where even that cannot be told, the fault is what counts.
        Err(fault) => _ = whole(lineage::State::Fail(fault.code)),
    }
    done
}

/// What `check` cannot see in the paths as written: links, and folders by two names.
fn overwrites_nothing(
    inputs: &[PathBuf],
    sink: &Path,
    quarantine: &Path,
    proof: Option<&Path>,
) -> Result<(), Fault> {
    let real = |path: &Path| path.canonicalize().map_err(|_| unreadable(path));
    let (real_sink, real_quarantine) = (real(sink)?, real(quarantine)?);
    if real_sink == real_quarantine {
        return Err(output(quarantine));
    }
    // Manifests may lie beside the clean files, and nowhere else where something lies.
    let real_proof = proof.map(real).transpose()?;
    if let Some(proof) = proof.filter(|_| real_proof.as_ref() == Some(&real_quarantine)) {
        return Err(output(proof));
    }
    let taken = [Some(&real_sink), Some(&real_quarantine), real_proof.as_ref()];
    for input in inputs {
        let folder = real(input)?.parent().map(PathBuf::from).unwrap_or_default();
        let asked = real(input.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new(".")))?;
        if [&folder, &asked].iter().any(|at| taken.contains(&Some(*at))) {
            return Err(output(input));
        }
    }
    Ok(())
}

struct Job<'a> {
    pipeline: &'a Pipeline,
    permit: &'a Permit<'a>,
    keys: &'a crate::keys::KeySnapshot,
    sealer: &'a Sealer,
    subjects: &'a SubjectStore,
    /// The folder of manifests, and who signs them.
    proof: Option<(&'a Path, &'a Signer)>,
    second: Option<&'a Second<'a>>,
    stop: &'a AtomicBool,
    progress: &'a Progress,
}

impl Job<'_> {
    /// A file and its run, which is a part of the pipeline's.
    fn file(
        &self,
        input: &Path,
        (folder, quarantine): (&Path, &Path),
        parent: Run<'_>,
        transports: &Transports,
    ) -> Result<Tally, Fault> {
        let name = input.file_name().map(PathBuf::from).ok_or_else(|| unreadable(input))?;
        let (clean, refused) = (folder.join(&name), quarantine.join(&name));
        // A file is known by its whole path.
        let whole = |path: &Path| std::path::absolute(path).map_err(|_| unreadable(path));
        let named = |path: &Path| whole(path).map(|path| path.display().to_string());
        let job = lineage::Job {
            pipeline: self.pipeline,
            namespace: "file",
            inputs: &[named(input)?],
            output: &named(&clean)?,
            quarantine: &named(&refused)?,
            keys: self.keys.version(),
        };
        let id = uuid::Uuid::new_v4().to_string();
        let run = Run { id: &id, ..parent };
        let began = Told { at: now(), ..Told::default() };
        let tell = |state, at: &str, tally: &Tally| {
            let sums = Sums { tally, told: &began, ranges: Vec::new(), quality: None };
            transports.tell(&[lineage::event(&job, run, state, at, &sums).to_string()])
        };
        let none = Tally::default();
        let done = tell(lineage::State::Start, &began.at, &none)
            .and_then(|()| self.one(input, &clean, &refused, &id));
        match &done {
            Ok(tally) => tell(lineage::State::Complete, &now(), tally)?,
            // Half a file has no name: nothing has left. Where it cannot be told, the fault is what counts.
            Err(fault) => _ = tell(lineage::State::Fail(fault.code), &now(), &none),
        }
        done
    }

    fn one(
        &self,
        input: &Path,
        clean: &Path,
        quarantine: &Path,
        run: &str,
    ) -> Result<Tally, Fault> {
        let mut records = FileRecords::open(&self.pipeline.plan, input)?;
        let name = clean.file_name().unwrap_or_default().to_string_lossy();
        let worker = format!("weir.{}", self.pipeline.name);
        let (clean_part, quarantine_part) = (beside(clean, "part"), beside(quarantine, "part"));
        let open = |path: &Path| File::create(path).map(BufWriter::new).map_err(|_| output(path));
        let (mut clean_out, mut quarantine_out) = (open(&clean_part)?, open(&quarantine_part)?);
        let mut sidecar = self.sidecar(&name, &worker, run)?;
        let mut sum = Tally::default();
        let mut line_number = 0;
        let mut end = false;
        while !end {
            let may_go = self.permit.check();
            if may_go.is_err() || self.stop.load(Ordering::SeqCst) {
                // Half a file has no name: the next run begins it again.
                let proof_part = sidecar.as_ref().map(|sidecar| &sidecar.part);
                for part in [&clean_part, &quarantine_part].into_iter().chain(proof_part) {
                    let _ = std::fs::remove_file(part);
                }
                may_go?;
                return Err(Fault::about(Code::Stopped, &input.display().to_string()));
            }
            let mut batch = Batch::new(today());
            let first = line_number + 1;
            let bytes_max = super::batch_bytes_max(&self.pipeline.plan, self.second);
            while batch.len() < limits::BATCH_RECORDS_MAX && batch.bytes() < bytes_max {
                let Some(record) = records.next()? else {
                    end = true;
                    break;
                };
                line_number += 1;
                batch.push(None, Some(record), None);
            }
            let outs = (&mut clean_out, &mut quarantine_out, sidecar.as_mut());
            sum.merge(&self.batch(batch, input, first, outs)?);
            if let Some(sidecar) = &mut sidecar {
                sidecar.batch(end)?;
            }
        }
        // Quarantine first: once the clean file has its name, nothing may fail any more. And none has its name
        // before its manifests have.
        let quarantine = (quarantine_out, quarantine_part, quarantine.to_owned());
        let clean = (clean_out, clean_part, clean.to_owned());
        let outs = [Some(quarantine), sidecar.map(Sidecar::done), Some(clean)];
        let mut whole = Vec::new();
        // A disk that is full takes none of them.
        for (out, part, name) in outs.into_iter().flatten() {
            let file = out.into_inner().map_err(|_| output(&name))?;
            file.sync_all().map_err(|_| output(&name))?;
            whole.push((part, name));
        }
        for (part, name) in whole {
            std::fs::rename(&part, &name).map_err(|_| output(&name))?;
        }
        Ok(sum)
    }

    /// The manifests of a clean file, where there is to be proof.
    fn sidecar<'s>(
        &'s self,
        name: &'s str,
        worker: &'s str,
        run: &str,
    ) -> Result<Option<Sidecar<'s>>, Fault> {
        let Some((folder, signer)) = self.proof else { return Ok(None) };
        let is_by_line = is_by_line(&self.pipeline.plan);
        let prover = Prover {
            signer,
            sealer: self.sealer,
            pipeline: self.pipeline,
            layout: if is_by_line { Layout::Lines } else { Layout::File },
            topic: name,
            worker,
            keys: self.keys.version(),
        };
        Sidecar::create(prover, folder, run).map(Some)
    }

    fn batch(
        &self,
        batch: Batch,
        input: &Path,
        first: usize,
        (clean_out, quarantine_out, mut sidecar): (
            &mut impl Write,
            &mut impl Write,
            Option<&mut Sidecar<'_>>,
        ),
    ) -> Result<Tally, Fault> {
        let plan = &self.pipeline.plan;
        let again = self.second.map(|_| batch.again());
        let located = locate(plan, batch);
        let subjects = bring(plan, self.subjects, &located)?;
        let cleaned = finish(plan, self.keys, &subjects, located);
        if let Some((second, again)) = self.second.zip(again)
            && let Some(then) = second.clean(again)
        {
            let shadow = Shadow::of((plan, &cleaned), (second.plan, &then), |_| false);
            self.progress.shadowed(&shadow);
        }
        let mut counts = Counts::default();
        let end: &[u8] = if is_by_line(plan) { b"\n" } else { b"" };
        for record in 0..cleaned.len() {
            counts.add(&cleaned, record);
            let pointer = || format!("{}/{}", input.display(), first + record);
            let written = match (cleaned.disposition(record), cleaned.value(record)) {
                (Disposition::Refused(code), _) => {
                    let pointer = pointer();
                    let (_, value) = cleaned.expose_raw(record);
                    let sealed = sealed_payload(self.sealer, None, value, code, &pointer, None)?;
                    let entry = serde_json::json!({
                        "code": code.id(), "source": pointer, "policy": plan.policy_header(),
                        "sealed": data_encoding::BASE64.encode(&sealed),
                    });
                    writeln!(quarantine_out, "{entry}")
                }
                (_, value) => {
                    let line = [value.unwrap_or_default(), end].concat();
                    if let Some(sidecar) = &mut sidecar {
                        sidecar.add(&line, pointer())?;
                    }
                    clean_out.write_all(&line)
                }
            };
            written.map_err(|_| output(input))?;
        }
        let tally = counts.named(plan);
        self.progress.tallied(&tally);
        Ok(tally)
    }
}

fn is_by_line(plan: &Plan) -> bool {
    plan.record().layout.format().fits_a_line()
}

/// The records of a file: its lines; or all of it, where the format has lines of its own.
pub struct FileRecords {
    path: PathBuf,
    file: BufReader<File>,
    by_line: bool,
    record: Phi<Vec<u8>>,
}

impl FileRecords {
    /// Opens a file of the plan's records.
    pub fn open(plan: &Plan, path: &Path) -> Result<FileRecords, Fault> {
        let file = BufReader::new(File::open(path).map_err(|_| unreadable(path))?);
        let (path, record) = (path.to_owned(), Phi::default());
        Ok(FileRecords { path, file, by_line: is_by_line(plan), record })
    }

    /// The next one, without the line's end; `None` behind the last. A file that is one record and longer than one may
    /// be is an error: nothing of it could be kept.
    #[expect(clippy::should_implement_trait, reason = "it lends what it reads")]
    pub fn next(&mut self) -> Result<Option<&[u8]>, Fault> {
        let record = self.record.expose_mut();
        record.clear();
        let read = match self.by_line {
            true => self.file.read_until(b'\n', record),
            false => {
                let most = limits::RECORD_BYTES_MAX as u64 + 1;
                (&mut self.file).take(most).read_to_end(record)
            }
        };
        match read {
            Err(_) => Err(unreadable(&self.path)),
            Ok(0) => Ok(None),
            Ok(bytes) if !self.by_line && bytes > limits::RECORD_BYTES_MAX => {
                Err(Fault::about(Code::TooLong, &self.path.display().to_string()))
            }
            Ok(_) if self.by_line => Ok(Some(record.strip_suffix(b"\n").unwrap_or(record))),
            Ok(_) => Ok(Some(record)),
        }
    }
}

/// `path` with `.suffix` behind its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(suffix);
    path.with_file_name(name)
}

pub(super) fn unreadable(path: &Path) -> Fault {
    Fault::about(Code::FileUnreadable, &path.display().to_string())
}

pub(super) fn output(path: &Path) -> Fault {
    Fault::about(Code::FileOutput, &path.display().to_string())
}
