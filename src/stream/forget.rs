//! Taking records out of a clean topic again: a tombstone for each key whose newest record is one of them,
//! where the topic is compacted, and the event that says so, all of it committed. Whatever ends it, it can be
//! done again from the start: what is buried already gets no second tombstone.

use super::clock::now;
use super::kafka::{has_not, is_compacted};
use super::outlet::{CALL, Outlet, TRANSACTION, Trouble, to};
use super::prove::{Link, Prover, Written, batch_records};
use super::records::Topics;
use super::taken::{self, Reading};
use super::watchdog::{Verdict, Watchdog};
use super::worker::namespace;
use super::{Custody, Fault, Progress, Settings, Transports};
use crate::limits;
use crate::lineage::{self, Removal, key_hash};
use crate::phi::Code;
use crate::policy::{Delivery, Pipeline};
use crate::proof::Layout;
use rdkafka::Message;
use rdkafka::message::OwnedHeaders;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// What was taken out of a clean topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The topic is compacted: what has a tombstone goes. Else its records stay until retention takes them.
    pub compacted: bool,
    /// Keys that have a tombstone by now.
    pub buried: u64,
    /// Of these, keys that had one before.
    pub before: u64,
    /// Keys whose newest record is none of these: it stays, and has taken the place of theirs.
    pub replaced: u64,
    /// Records that the topic still has, and that have no key to bury them by.
    pub keyless: u64,
    /// Records that the topic has no more.
    pub gone: u64,
    /// Places where another record stands than the trail says: of a topic that was made anew since, or of an entry
    /// that weir has not written.
    pub moved: u64,
    /// The pipeline's lineage file lacks the events; the lineage topic has them.
    pub untold: bool,
}

/// The newest record of a key that one of the records to be taken out had.
struct Newest {
    ours: bool,
    ended: bool,
}

type Key = (i32, Vec<u8>);

/// Takes these records, by partition and offset and with what their keys hash to, out of a pipeline's clean topic, and tells of it.
pub fn forget(
    pipeline: &Pipeline,
    settings: &Settings,
    custody: Custody<'_>,
    places: &BTreeMap<(i32, i64), [u8; 8]>,
    removal: Removal,
    transports: &Transports,
    progress: &Progress,
) -> Result<Forgotten, Fault> {
    let started = now();
    let topics = Topics::of(pipeline)?.measured(settings);
    if topics.proof.is_some() && custody.signer.is_none() {
        return Err(Fault::about(Code::ProofKey, "none is given"));
    }
    let compacted = compacts(settings, &topics.clean)?;
    let id = format!("weir.{}/forget", pipeline.name);
    let watchdog = Watchdog::start(Verdict::default());
    // Fences one that was killed before this one: what it left open is aborted now.
    let outlet = Outlet::build(settings, Delivery::ExactlyOnce, &id, &topics, &watchdog)?;
    let (mut forgotten, newest) = newest(settings, &topics.clean, places, progress)?;
    forgotten.compacted = compacted;
    let mut tombs = Vec::new();
    for (key, newest) in newest {
        match newest {
            Newest { ours: false, .. } => forgotten.replaced += 1,
            Newest { ended: true, .. } => forgotten.before += 1,
            _ => tombs.push(key),
        }
    }
    if !compacted {
        // It would take nothing away, and tell consumers of an end that is not theirs to read.
        tombs.clear();
    }
    forgotten.buried = forgotten.before + tombs.len() as u64;
    let run = uuid::Uuid::new_v4().to_string();
    let mut writer = Writer {
        pipeline,
        topics: &topics,
        custody,
        outlet: &outlet,
        watchdog: &watchdog,
        worker: &id,
        link: Link::first(topics.proof.as_ref(), &run),
    };
    let plan = &pipeline.plan;
    let mut rest = &tombs[..];
    let most = batch_records(&topics, plan.basis, 1).min(limits::FORGET_RECORDS_MAX);
    while rest.len() > most {
        let (now, later) = rest.split_at(most);
        writer.transact(now, &[])?;
        progress.clean.fetch_add(now.len() as u64, Ordering::Relaxed);
        rest = later;
    }
    let removal = Removal { tombstones: forgotten.buried, compacted, ..removal };
    let policy = lineage::policy(plan, custody.keyring.version(), &[]);
    let job = lineage::Job {
        pipeline,
        namespace: &namespace(settings),
        inputs: &[],
        output: &topics.clean,
        quarantine: &topics.quarantine,
        keys: custody.keyring.version(),
    };
    let lineage_run = lineage::Run { id: &run, parent: &run, policy: &policy };
    let event = |state, at: &str| {
        lineage::removal_event(&job, lineage_run, state, at, &removal).to_string()
    };
    let events = [event(lineage::State::Start, &started), event(lineage::State::Complete, &now())];
    writer.transact(rest, &events)?;
    progress.clean.fetch_add(rest.len() as u64, Ordering::Relaxed);
    // No failure of what was committed; and a command has no log.
    forgotten.untold = transports.tell(&events).is_err();
    Ok(forgotten)
}

/// Finds what would fail: before anything is done that cannot be undone.
pub fn can_forget(pipeline: &Pipeline, settings: &Settings) -> Result<(), Fault> {
    compacts(settings, &Topics::of(pipeline)?.clean).map(|_| ())
}

/// How often a broker is asked for a topic that it does not seem to have, and how long it is let alone meanwhile.
const LOOKS: u32 = 2;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Whether the broker has no such topic: then nobody's records are in it. Where it does not say, there may be one.
pub fn is_gone(settings: &Settings, topic: &str) -> bool {
    // A broker that has just started may not know of it yet.
    (0..LOOKS).all(|look| {
        std::thread::sleep(BETWEEN_LOOKS * look);
        has_not(settings, topic)
    })
}

/// Whether a topic is compacted. Whoever cannot tell must not say that something was taken out.
fn compacts(settings: &Settings, topic: &str) -> Result<bool, Fault> {
    is_compacted(settings, topic)?.ok_or_else(|| Fault::about(Code::NotAuthorised, topic))
}

/// The newest record of each key that these records have, by now.
fn newest(
    settings: &Settings,
    topic: &str,
    places: &BTreeMap<(i32, i64), [u8; 8]>,
    progress: &Progress,
) -> Result<(Forgotten, BTreeMap<Key, Newest>), Fault> {
    let mut from: BTreeMap<i32, i64> = BTreeMap::new();
    for (partition, offset) in places.keys() {
        from.entry(*partition).or_insert(*offset);
    }
    let (mut forgotten, mut newest) = (Forgotten::default(), BTreeMap::new());
    let partitions = taken::partitions(settings, topic)?;
    // A record that stands behind an open transaction may be newer than all that is seen.
    let patience = Duration::from_millis(limits::LINEAGE_DRAIN_MILLIS_MAX * 3);
    if !taken::settled(settings, topic, 0..partitions, patience, || Ok(()))? {
        return Err(Fault::about(Code::KafkaFailed, topic));
    }
    let from: Vec<_> =
        (0..partitions).map(|n| from.get(&n).copied().unwrap_or(taken::NOTHING)).collect();
    let mut found = 0;
    taken::scan_from(settings, topic, &from, Reading::Committed, |message| {
        progress.records.fetch_add(1, Ordering::Relaxed);
        let known = places.get(&(message.partition(), message.offset()));
        found += u64::from(known.is_some());
        let is_ours = known.is_some_and(|known| *known == key_hash(message.key()));
        forgotten.moved += u64::from(known.is_some() && !is_ours);
        let Some(key) = message.key() else {
            forgotten.keyless += u64::from(is_ours);
            return true;
        };
        let (key, ended) = ((message.partition(), key.to_vec()), message.payload().is_none());
        if is_ours {
            newest.insert(key, Newest { ours: true, ended });
        } else if let Some(newest) = newest.get_mut(&key) {
            // A tombstone ends whatever was before it, whoever has written it.
            *newest = Newest { ours: ended, ended };
        }
        true
    })?;
    forgotten.gone = places.len() as u64 - found;
    Ok((forgotten, newest))
}

struct Writer<'a> {
    pipeline: &'a Pipeline,
    topics: &'a Topics,
    custody: Custody<'a>,
    outlet: &'a Outlet,
    watchdog: &'a Watchdog,
    worker: &'a str,
    link: Link,
}

impl Writer<'_> {
    /// One transaction: tombstones with their manifest; with the events, the last of the chain.
    fn transact(&mut self, tombs: &[Key], events: &[String]) -> Result<(), Fault> {
        let guard = self.watchdog.watch("transaction");
        let outcome = self.produce(tombs, events, Instant::now());
        drop(guard);
        outcome.map_err(|trouble| self.outlet.fault(trouble, self.worker))?;
        if self.outlet.is_doubtful() {
            // It came to a good end, and may not be used again: what is left is for the next one.
            return Err(Fault::about(Code::KafkaFailed, self.worker));
        }
        Ok(())
    }

    fn produce(&mut self, tombs: &[Key], events: &[String], began: Instant) -> Result<(), Trouble> {
        let (outlet, topics) = (self.outlet, self.topics);
        let (deadline, end) = (began + CALL, began + TRANSACTION);
        outlet.begin()?;
        let basis = self.pipeline.plan.basis;
        let mut written = Written::of(basis, tombs.iter().map(|(partition, _)| *partition));
        for (partition, key) in tombs {
            let mut headers = OwnedHeaders::new();
            if topics.proof.is_some() {
                let place = (&*topics.clean, *partition);
                headers = written
                    .add(place, (Some(key), None), Vec::new(), "")
                    .ok_or(Trouble::Failure(super::machine::Failure::Fatal))?;
            }
            let tombstone = to(&topics.clean).partition(*partition).key(&key[..]);
            outlet.send(tombstone.headers(headers), deadline)?;
        }
        if !tombs.is_empty() {
            self.prove(Some(written), deadline)?;
        }
        // The last of a chain, where there is one.
        if !events.is_empty() && self.link.seq > 0 {
            self.prove(None, deadline)?;
        }
        if let Some(topic) = &topics.lineage {
            let key = lineage::key(self.pipeline);
            for event in events {
                let record = to(topic).key(key.as_bytes()).payload(event.as_bytes());
                outlet.send(record, deadline)?;
            }
        }
        outlet.delivered(deadline)?;
        outlet.commit(end)
    }

    /// A manifest; without records, the last one.
    fn prove(&mut self, written: Option<Written>, deadline: Instant) -> Result<(), Trouble> {
        let (Some(topic), Some(signer)) = (&self.topics.proof, self.custody.signer) else {
            return Ok(());
        };
        let prover = Prover {
            signer,
            sealer: self.custody.sealer,
            pipeline: self.pipeline,
            layout: Layout::Topic,
            topic: &self.topics.clean,
            worker: self.worker,
            keys: self.custody.keyring.version(),
        };
        let manifest = prover.manifest(&self.link, written, &now());
        let (envelope, link) = manifest.map_err(|code| Trouble::Ends(Fault::new(code)))?;
        let record = to(topic).key(self.link.chain.as_bytes()).payload(envelope.as_bytes());
        self.outlet.send(record, deadline)?;
        self.link = link;
        Ok(())
    }
}
