//! `weir forget`: takes people's records out again: their secrets are shredded, what is made of their clean
//! records goes on a list for whoever has an index of it, and compacted topics get tombstones. Ids come on
//! standard input, one a line. Whatever ends it, the same command goes on from there.

use super::connect::{self, Audit, Kafka, Keys, Model, Subjects};
use super::fault::Failure;
use super::impact::{clean_topic, complete, distinct, load, of, search, who};
use super::removal::List;
use super::run::{Meter, standard_output};
use super::token::input;
use super::{data, say};
use crate::audit::Entry;
use crate::keys::{SubjectState, SubjectStore};
use crate::lineage::Removal;
use crate::phi::{Code, Phi};
use crate::policy::{Http, Lineage, Pipeline};
use crate::stream::{
    Custody, Forgotten, Progress, Query, Seen, Settings, Transports, can_forget,
    forget as take_out, is_gone,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
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
    /// Do what can be done where a part of the trail cannot be read, or is under a key that is gone. It ends
    /// with that code all the same, and the audit says that it was in part.
    #[arg(long)]
    in_part: bool,
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
    key: [u8; 8],
    chunks: BTreeSet<String>,
    shared: bool,
    at: String,
}

/// Times that a trail which grows meanwhile is read again.
const ROUNDS_MAX: usize = 3;

pub(super) fn forget(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.reason.trim().is_empty() {
        return Err(Failure::from(Code::NoReason));
    }
    let pipelines = load(&arguments.pipelines, &arguments.kafka, &arguments.model)?;
    let keyring = arguments.keys.keyring()?;
    let sealer = arguments.keys.sealer()?;
    let signers = pipelines.iter().map(|pipeline| arguments.keys.signer(pipeline));
    let signers = signers.collect::<Result<Vec<_>, _>>()?;
    let ids = input()?;
    let mut query = of(&pipelines);
    let people = who(&mut query, &pipelines, &keyring, ids.lines())?;
    if people.is_empty() {
        return Err(Failure::about(Code::MissingKey, "ids of people on standard input"));
    }
    // Found before anything is done: where the trail cannot be read as a whole, nothing is.
    let (records, seen) = find(arguments, &pipelines, &query)?;
    if !arguments.in_part {
        complete(&seen)?;
    }
    let mut list = List::at(&arguments.removal_list, &written_down(&records, &Reused::new()))?;
    let settings = arguments.kafka.settings()?;
    for pipeline in &pipelines {
        can_forget(pipeline, &settings)?;
    }
    let transports = pipelines.iter().map(|one| transports(&one.lineage, &arguments.kafka));
    let transports = transports.collect::<Result<Vec<_>, _>>()?;
    let subjects = &arguments.keys.subjects;
    // Whatever the policies say today: what they said before may have left secrets there.
    let store = arguments.keys.subjects_there(&keyring)?;
    let count = distinct(&people);
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
        arguments.audit.append(entry)
    };
    audit("trail.forget", None)?;
    let shredded = store.as_ref().map(|store| shred(subjects, store, &people)).transpose()?;
    // No token is made.
    let nobody = SubjectStore::forgetful()?;
    let custody = Custody { keyring: &keyring, sealer: &sealer, subjects: &nobody, signer: None };
    let progress = Arc::new(Progress::default());
    let meter = Meter::start(&progress, |progress| {
        format!(", {} tombstones", progress.clean.load(Ordering::Relaxed))
    });
    let (mut records, _) = find(arguments, &pipelines, &query)?;
    let mut done: Vec<Done<'_>> = Vec::new();
    let mut rounds = 0;
    let (reused, is_all, seen) = loop {
        rounds += 1;
        let reused = used_again(arguments, &pipelines, &records)?;
        list.write(written_down(&records, &reused))?;
        let before = std::mem::take(&mut done);
        for (at, pipeline) in pipelines.iter().enumerate() {
            let topic = clean_topic(pipeline);
            // Two may write to one topic: it is taken out of once.
            if done.iter().any(|(known, ..)| clean_topic(known) == topic) {
                continue;
            }
            let theirs = || records.iter().filter(|(key, _)| Some(&*key.0) == topic);
            let places = theirs().map(|(key, one)| ((key.1, key.2), one.key)).collect();
            let removal = Removal {
                subjects: count,
                records: theirs().count() as u64,
                chunks: theirs().map(|(_, removed)| removed.chunks.len() as u64).sum(),
                ..Removal::default()
            };
            let custody = Custody { signer: signers[at].as_ref(), ..custody };
            let (told, progress) = (&transports[at], &progress);
            let mut forgotten =
                take_out(pipeline, &settings, custody, &places, removal, told, progress)?;
            // Those of the rounds before are this call's own.
            let first = before.iter().find(|(known, ..)| clean_topic(known) == topic);
            forgotten.before = first.map_or(forgotten.before, |(.., first)| first.before);
            done.push((pipeline, removal, forgotten));
        }
        // What came while this was at work.
        let (now, seen) = find(arguments, &pipelines, &query)?;
        let is_all = now.len() == records.len();
        if is_all || rounds == ROUNDS_MAX {
            break (reused, is_all, seen);
        }
        records = now;
    };
    meter.finish();
    for (pipeline, transports) in pipelines.iter().zip(&transports) {
        let unsent = transports.finish();
        if unsent > 0 {
            say(&format!("{}: {unsent} events were not taken by a server", pipeline.name));
        }
    }
    for (pipeline, ..) in done.iter().filter(|(.., forgotten)| forgotten.untold) {
        say(&format!(
            "{}: its lineage file cannot be written, and lacks the events",
            pipeline.name
        ));
    }
    let moved: Vec<_> = done
        .iter()
        .filter(|(.., forgotten)| forgotten.moved > 0)
        .filter_map(|(pipeline, ..)| clean_topic(pipeline))
        .collect();
    let elsewhere = elsewhere(&records, &pipelines, &settings);
    let is_whole = is_all
        && moved.is_empty()
        && elsewhere.is_empty()
        && seen.gone.is_empty()
        && seen.broken.is_empty();
    let tombstones: u64 = done.iter().map(|(.., forgotten)| forgotten.buried).sum();
    let (part, n) = (if is_whole { "" } else { ", in part" }, records.len());
    let digest = list.digest();
    let what = format!("{n} records, {tombstones} tombstones, list sha256:{digest}{part}");
    audit("trail.forgotten", Some(what))?;
    let (records, elsewhere) = (&records, &elsewhere[..]);
    Report { people: count, shredded, is_whole, digest, records, reused, done: &done, elsewhere }
        .tell(arguments);
    if !is_all {
        return Err(Failure::from(Code::StillComing));
    }
    if !moved.is_empty() {
        return Err(Failure::about(Code::TrailBroken, moved.join(", ")));
    }
    complete(&seen)?;
    if !elsewhere.is_empty() {
        return Err(Failure::about(Code::WrittenElsewhere, elsewhere.join(", ")));
    }
    Ok(())
}

/// These people's records, as the trail has them.
fn find(
    arguments: &Arguments,
    pipelines: &[Pipeline],
    query: &Query,
) -> Result<(Records, Seen), Failure> {
    let mut records = Records::new();
    let seen = search(&arguments.kafka, pipelines, query, |found| {
        let key = (found.head.topic.clone(), found.partition, found.offset);
        let removed = records.entry(key).or_default();
        removed.key = found.key;
        removed.chunks.extend(found.chunks.iter().map(ToString::to_string));
        removed.shared |= found.shared;
        removed.at.clone_from(&found.head.at);
    })?;
    Ok((records, seen))
}

/// Topics with records of theirs that none of these pipelines writes by now. What the broker has no more is nobody's.
fn elsewhere<'r>(
    records: &'r Records,
    pipelines: &'r [Pipeline],
    settings: &Settings,
) -> Vec<&'r str> {
    let written: BTreeSet<_> = pipelines.iter().filter_map(clean_topic).collect();
    let all: BTreeSet<_> = records.keys().map(|key| &*key.0).collect();
    all.difference(&written).copied().filter(|topic| !is_gone(settings, topic)).collect()
}

/// Names by topic.
type Reused = BTreeSet<(String, String)>;

/// Where a name was last theirs.
#[derive(Default)]
struct Last<'a> {
    offsets: BTreeMap<i32, i64>,
    at: &'a str,
}

/// Names of these records that a newer record of somebody else has, too: whoever takes out by name would take that. In
/// one partition the offset tells which is newer; over partitions the time does, and where it is the same, it may be.
fn used_again(
    arguments: &Arguments,
    pipelines: &[Pipeline],
    records: &Records,
) -> Result<Reused, Failure> {
    let mut theirs: BTreeMap<(&str, &str), Last<'_>> = BTreeMap::new();
    for ((topic, partition, offset), removed) in records {
        for chunk in &removed.chunks {
            let last = theirs.entry((topic, chunk)).or_default();
            let newest = last.offsets.entry(*partition).or_insert(*offset);
            *newest = (*newest).max(*offset);
            last.at = last.at.max(&removed.at);
        }
    }
    let mut reused = Reused::new();
    if theirs.is_empty() {
        return Ok(reused);
    }
    search(&arguments.kafka, pipelines, &of(pipelines), |found| {
        let topic = &*found.head.topic;
        for chunk in found.chunks {
            let Some(last) = theirs.get(&(topic, *chunk)) else { continue };
            let is_newer = match last.offsets.get(&found.partition) {
                Some(offset) => found.offset > *offset,
                None => *found.head.at >= *last.at,
            };
            let place = || (topic.to_string(), found.partition, found.offset);
            if is_newer && !records.contains_key(&place()) {
                reused.insert((topic.to_string(), chunk.to_string()));
            }
        }
    })?;
    Ok(reused)
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
fn written_down(records: &Records, reused: &Reused) -> String {
    let mut list = String::new();
    for ((topic, partition, offset), removed) in records {
        let mut line = serde_json::json!({
            "topic": topic, "partition": partition, "offset": offset, "ids": removed.chunks,
            "shared": removed.shared, "at": removed.at,
        });
        let is_again = |chunk: &&String| reused.contains(&(topic.clone(), chunk.to_string()));
        let again: Vec<_> = removed.chunks.iter().filter(is_again).collect();
        if !again.is_empty() {
            line["reused"] = serde_json::json!(again);
        }
        list.push_str(&line.to_string());
        list.push('\n');
    }
    list
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
    let Forgotten { compacted, buried, before, replaced, keyless, gone, moved, untold } = forgotten;
    serde_json::json!({
        "pipeline": pipeline.name, "topic": clean_topic(pipeline), "records": removal.records,
        "chunks": removal.chunks, "compacted": compacted, "tombstones": buried,
        "tombstones_before": before, "replaced": replaced, "keyless": keyless, "gone": gone, "moved": moved,
        "untold": untold,
    })
}

/// What was done, for a person or a program.
struct Report<'a> {
    people: u64,
    /// Of whom there were secrets, if there is a store of them.
    shredded: Option<u64>,
    is_whole: bool,
    /// Of the list.
    digest: String,
    records: &'a Records,
    reused: Reused,
    done: &'a [Done<'a>],
    /// Topics with records of theirs that none of the pipelines writes.
    elsewhere: &'a [&'a str],
}

impl Report<'_> {
    fn tell(&self, arguments: &Arguments) {
        if arguments.json {
            let topics: Vec<_> = self.done.iter().map(page).collect();
            let page = serde_json::json!({
                "subjects": self.people, "shredded": self.shredded,
                "records": self.records.len(), "whole": self.is_whole,
                "removal_list": { "file": arguments.removal_list, "sha256": self.digest },
                "topics": topics, "elsewhere": self.elsewhere,
            });
            data(&page.to_string());
        } else {
            self.words(arguments);
        }
        for topic in self.elsewhere {
            say(&format!(
                "{topic}: none of these pipelines writes it by now: its records are on the list alone"
            ));
        }
        if !self.reused.is_empty() {
            let n = self.reused.len();
            say(&format!(
                "{n} names are of other people's newer records by now: `reused` on the list"
            ));
        }
    }

    fn words(&self, arguments: &Arguments) {
        let (people, records) = (self.people, self.records);
        match self.shredded {
            Some(n) => say(&format!("{people} people, the secrets of {n} shredded now")),
            None => {
                let place = &arguments.keys.subjects.subjects;
                say(&format!("{people} people; no store of subjects at {place}: nothing to shred"));
            }
        }
        for (pipeline, removal, forgotten) in self.done {
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
                say(&format!(
                    "  {replaced} keys have a newer record that the trail does not give to them, which stays"
                ));
            }
            if *gone > 0 {
                say(&format!("  {gone} records were gone already"));
            }
            if forgotten.moved > 0 {
                let moved = forgotten.moved;
                say(&format!(
                    "  {moved} places have another record than the trail says, which stays"
                ));
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
}
