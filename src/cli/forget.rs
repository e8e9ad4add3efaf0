//! `weir forget`: takes people's records out again: their secrets are shredded, what is made of their clean
//! records goes on a list for whoever has an index of it, and compacted topics get tombstones. Ids come on
//! standard input, one a line. Whatever ends it, the same command goes on from there.

use super::connect::{self, Audit, Kafka, Keys, Model, Subjects};
use super::fault::Failure;
use super::impact::{clean_topic, complete, load, search, who};
use super::run::{Meter, standard_output};
use super::token::input;
use super::{data, say};
use crate::audit::Entry;
use crate::keys::{SubjectState, SubjectStore};
use crate::lineage::Removal;
use crate::phi::{Code, Phi};
use crate::policy::{Http, Lineage, Pipeline};
use crate::stream::{Custody, Forgotten, Progress, Query, Transports, forget as take_out};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The pipelines out of whose clean topics these people (standard input, one id a line) are taken; each
    /// has a `trail`.
    #[arg(required = true, value_name = "PIPELINE")]
    pipelines: Vec<PathBuf>,
    /// Where the list for indexes goes: JSON Lines, a clean record a line, with the names of what was made of
    /// it. It is made with mode 0600; a file with another list in it is not overwritten.
    #[arg(long, value_name = "FILE")]
    removal_list: PathBuf,
    /// Why; the audit keeps it.
    #[arg(long, value_name = "WHY")]
    reason: String,
    /// What was done, as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    audit: Audit,
    #[command(flatten)]
    kafka: Kafka,
    #[command(flatten)]
    model: Model,
}

/// Clean records by topic, partition and offset, and what is made of each.
type Records = BTreeMap<(String, i32, i64), Removed>;

#[derive(Default)]
struct Removed {
    chunks: BTreeSet<String>,
    shared: bool,
    at: String,
}

pub(super) fn forget(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.reason.trim().is_empty() {
        return Err(Failure::from(Code::NoReason));
    }
    let pipelines = load(&arguments.pipelines, &arguments.kafka, &arguments.model)?;
    let keyring = arguments.keys.keyring()?;
    let sealer = arguments.keys.sealer()?;
    let ids = input()?;
    let topics = pipelines.iter().filter_map(clean_topic).map(str::to_string).collect();
    let mut query = Query { topics: Some(topics), ..Query::default() };
    let people = who(&mut query, &pipelines, &keyring, ids.lines())?;
    if people.is_empty() {
        return Err(Failure::about(Code::MissingKey, "ids of people on standard input"));
    }
    // Found before anything is done: where the trail cannot be read as a whole, nothing is.
    let mut records = Records::new();
    let seen = search(&arguments.kafka, &pipelines, &query, |found| {
        let key = (found.head.topic.clone(), found.partition, found.offset);
        let removed = records.entry(key).or_default();
        removed.chunks.extend(found.chunks.iter().map(ToString::to_string));
        removed.shared |= found.shared;
        removed.at.clone_from(&found.head.at);
    })?;
    complete(&seen)?;
    let list = list(&records);
    let path = &arguments.removal_list;
    check_list(path, &list)?;
    let count = people.len() as u64;
    let audit = |act: &str, what: Option<String>| {
        let entry = Entry {
            time: connect::now(),
            actor: connect::actor(),
            act: act.into(),
            tenant: keyring.tenant().into(),
            count: Some(count),
            reason: Some(what.unwrap_or_else(|| arguments.reason.trim().to_string())),
            ..Entry::default()
        };
        arguments.audit.log().append(entry).map_err(|code| arguments.audit.failure(code))
    };
    let subjects = &arguments.keys.subjects;
    let asks = pipelines.iter().any(|pipeline| connect::asks_for_subjects(&pipeline.plan));
    let store = asks.then(|| subjects.open(&keyring)).transpose()?;
    audit("trail.forget", None)?;
    let shredded = store.as_ref().map(|store| shred(subjects, store, &people)).transpose()?;
    write_list(path, &list).map_err(|_| Failure::about(Code::FileOutput, path.display()))?;
    let progress = Arc::new(Progress::default());
    let meter = Meter::start(&progress, |progress| {
        format!(", {} tombstones", progress.clean.load(Ordering::Relaxed))
    });
    let (mut done, nobody) = (Vec::new(), SubjectStore::forgetful()?);
    for pipeline in &pipelines {
        let signer = arguments.keys.signer(pipeline)?;
        let custody = Custody {
            keyring: &keyring,
            sealer: &sealer,
            // No token is made.
            subjects: &nobody,
            signer: signer.as_ref(),
        };
        let own =
            |(key, _): &(&(String, i32, i64), &Removed)| Some(&*key.0) == clean_topic(pipeline);
        let places = records.iter().filter(own).map(|(key, _)| (key.1, key.2)).collect();
        let chunks = records.iter().filter(own).map(|(_, removed)| removed.chunks.len() as u64);
        let removal = Removal {
            subjects: count,
            records: records.iter().filter(own).count() as u64,
            chunks: chunks.sum(),
            ..Removal::default()
        };
        let transports = transports(&pipeline.lineage, &arguments.kafka)?;
        let settings = arguments.kafka.settings()?;
        let forgotten =
            take_out(pipeline, &settings, custody, &places, removal, &transports, &progress)?;
        let unsent = transports.finish();
        if unsent > 0 {
            say(&format!("{}: {unsent} events were not taken by a server", pipeline.name));
        }
        done.push((pipeline, removal, forgotten));
    }
    meter.finish();
    let digest = HEXLOWER.encode(&Sha256::digest(list.as_bytes()));
    let tombstones: u64 = done.iter().map(|(.., forgotten)| forgotten.buried).sum();
    let what = format!("{} records, {tombstones} tombstones, list sha256:{digest}", records.len());
    audit("trail.forgotten", Some(what))?;
    if arguments.json {
        let topics: Vec<_> = done.iter().map(page).collect();
        data(
            &serde_json::json!({
                "subjects": count, "shredded": shredded, "records": records.len(),
                "removal_list": { "file": path, "sha256": digest }, "topics": topics,
            })
            .to_string(),
        );
    } else {
        tell(arguments, count, shredded, &records, &done);
    }
    Ok(())
}

/// Shreds these people's secrets. Gives how many were shredded now.
fn shred(
    subjects: &Subjects,
    store: &SubjectStore,
    people: &[Vec<Phi<String>>],
) -> Result<u64, Failure> {
    let (today, mut shredded) = (connect::today().0.to_string(), 0);
    for id in people.iter().flatten() {
        let (before, _) =
            store.shred(id.expose(), &today).map_err(|code| subjects.failure(code))?;
        shredded += u64::from(before == SubjectState::Alive);
    }
    Ok(shredded)
}

/// A line for each record, in the order of topic, partition and offset: the same records make the same list.
fn list(records: &Records) -> String {
    let mut list = String::new();
    for ((topic, partition, offset), removed) in records {
        let line = serde_json::json!({
            "topic": topic, "partition": partition, "offset": offset, "ids": removed.chunks,
            "shared": removed.shared, "at": removed.at,
        });
        list.push_str(&line.to_string());
        list.push('\n');
    }
    list
}

/// Refuses to take the place of another list: somebody may not have worked it off yet.
fn check_list(path: &Path, list: &str) -> Result<(), Failure> {
    match fs::read(path) {
        Ok(there) if there != list.as_bytes() => {
            Err(Failure::about(Code::RemovalList, path.display()))
        }
        _ => Ok(()),
    }
}

/// It has its name once it is whole and on the disk.
fn write_list(path: &Path, list: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let _ = fs::remove_file(&part);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    file.write_all(list.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path)
}

/// Where events go that this process tells. What waits for a server waits in memory: the spool is the run's.
fn transports(lineage: &Lineage, kafka: &Kafka) -> Result<Transports, Failure> {
    let without = |http: &Http| Http { spool: None, ..http.clone() };
    // Standard output has the figures.
    let http = lineage.http.iter().map(without).collect();
    let lineage = Lineage { http, stdout: false, ..lineage.clone() };
    Ok(Transports::open(&lineage, kafka.insecure.as_deref(), standard_output)?)
}

type Done<'a> = (&'a Pipeline, Removal, Forgotten);

fn page((pipeline, removal, forgotten): &Done<'_>) -> serde_json::Value {
    let Forgotten { compacted, buried, before, replaced, keyless, gone } = forgotten;
    serde_json::json!({
        "pipeline": pipeline.name, "topic": clean_topic(pipeline), "records": removal.records,
        "chunks": removal.chunks, "compacted": compacted, "tombstones": buried,
        "tombstones_before": before, "replaced": replaced, "keyless": keyless, "gone": gone,
    })
}

fn tell(
    arguments: &Arguments,
    people: u64,
    shredded: Option<u64>,
    records: &Records,
    done: &[Done<'_>],
) {
    match shredded {
        Some(n) => say(&format!("{people} people, the secrets of {n} shredded now")),
        None => {
            say(&format!("{people} people; no pipeline keeps secrets of theirs: nothing to shred"))
        }
    }
    for (pipeline, removal, forgotten) in done {
        let topic = clean_topic(pipeline).unwrap_or_default();
        let Removal { records, chunks, .. } = removal;
        let Forgotten { buried, before, replaced, keyless, gone, .. } = forgotten;
        say(&format!("{topic}: {records} records, {chunks} names of what was made of them"));
        if forgotten.compacted {
            say(&format!("  {buried} keys end with a tombstone ({before} did before)"));
            if *keyless > 0 {
                say(&format!(
                    "  {keyless} records have no key, and stay until retention takes them"
                ));
            }
        } else {
            say("  the topic is not compacted: they stay until its retention takes them");
        }
        if *replaced > 0 {
            say(&format!("  {replaced} keys have a newer record of somebody else, which stays"));
        }
        if *gone > 0 {
            say(&format!("  {gone} records were gone already"));
        }
    }
    let shared = records.values().filter(|removed| removed.shared).count();
    if shared > 0 {
        say(&format!("{shared} of these records are of others, too: they go as a whole"));
    }
    let path = arguments.removal_list.display();
    say(&format!(
        "{path}: {} lines; indexes still have all of it until somebody works it off",
        records.len()
    ));
    say(
        "refused records of theirs may lie in quarantine, sealed; and what the source brings from now on comes again",
    );
}
