//! Carrying a compacted clean topic over after a rotation of keys: the last record of each key goes
//! on under the primary version's key, and a tombstone ends the old one. The pipeline is at rest
//! meanwhile: this process alone holds its group. Each transaction leaves the topic right, so that
//! whatever ends a carry, the next one goes on from there.

use super::clock::now;
use super::kafka::{Context, Seen, consumer, group, is_compacted, preflight};
use super::moves::{Desk, Move, Source, Unit, units};
use super::outlet::{CALL, Outgoing, Outlet, TRANSACTION, Trouble, to};
use super::permit::Permit;
use super::records::Topics;
use super::state::{CARRY_KEY, CarryRecord};
use super::taken::{scan_some, settled};
use super::telemetry::{Event, tell};
use super::watchdog::{Verdict, Watchdog};
use super::{Fault, Progress, Settings};
use crate::audit::{Log, Request, Whose, retokenize};
use crate::keys::{Keyring, Scope};
use crate::limits;
use crate::phi::{Code, Extent, render};
use crate::policy::{Delivery, KeyRule, Pipeline, Plan, Slot};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{Header, Headers, OwnedHeaders, OwnedMessage};
use rdkafka::{Message, Offset, TopicPartitionList};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Who carries a topic over, and why: the audit has it before a token is taken back.
#[derive(Clone, Copy, Debug)]
pub struct Errand<'a> {
    /// Where it is written down.
    pub log: &'a Log,
    /// Who: `uid:1000`.
    pub actor: &'a str,
    /// Why, in the actor's words.
    pub reason: &'a str,
}

/// What carrying a topic over came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The pipeline writes no keys that change with the key version.
    NoToken,
    /// The topic is not compacted: it keeps its old records anyway.
    NotCompacted,
    /// Every key in the topic is of this version now.
    Done {
        /// The version.
        version: u32,
        /// Records that went on under their new key.
        records: u64,
        /// Old keys whose value had a newer record already: ended, nothing written in their place.
        ended: u64,
    },
}

/// How long whoever else works for the pipeline may take to go: longer than a silent member's place
/// in the group, and than a transaction that nobody ends.
const LEAVE: Duration = Duration::from_secs(20);

/// The key's slot and extent, where it is a token that goes back.
fn key_slot(plan: &Plan) -> Result<Option<(&Slot, &Extent)>, Fault> {
    let KeyRule::Slot(slot, extent) = &plan.key else { return Ok(None) };
    let slot = &plan.slots[usize::from(*slot)];
    match slot.rule.purpose() {
        None => Ok(None),
        Some(_) if slot.rule.kernel().reversible => Ok(Some((slot, extent))),
        Some(_) => Err(Fault::about(Code::KeyOneWay, slot.rule.kernel().name)),
    }
}

/// Says of a start without a carry what it would do to a topic that may have keys of older versions.
/// Bare tokens of two versions share one set of values: in a compacted topic, a new record would take
/// the place of somebody else's old one, so that is refused. Keys in brackets only leave old records
/// behind.
pub(super) fn check_needed(plan: &Plan, settings: &Settings, topic: &str) -> Result<(), Fault> {
    let Ok(Some((slot, _))) = key_slot(plan) else { return Ok(()) };
    let bare = slot.rule.kernel().name != "siv";
    match is_compacted(settings, topic)? {
        Some(false) => {}
        Some(true) if bare => return Err(Fault::about(Code::CarryNeeded, topic)),
        Some(true) => tell(Event::KeysToCarry(topic)),
        None if bare => return Err(Fault::about(Code::NotAuthorised, topic)),
        None => {}
    }
    Ok(())
}

pub(super) fn carry(
    pipeline: &Pipeline,
    settings: &Settings,
    keyring: &Keyring,
    errand: Errand<'_>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Carried, Fault> {
    let permit = Permit::of(pipeline);
    permit.check()?;
    let topics = Topics::of(pipeline)?;
    let Some((slot, extent)) = key_slot(&pipeline.plan)? else { return Ok(Carried::NoToken) };
    if errand.reason.trim().is_empty() {
        return Err(Fault::new(Code::NoReason));
    }
    let partitions = preflight(settings, &topics.sources, &[&topics.clean], &topics.others())?;
    match is_compacted(settings, &topics.clean)? {
        Some(true) => {}
        Some(false) => return Ok(Carried::NotCompacted),
        // Whoever cannot tell must not write tombstones.
        None => return Err(Fault::about(Code::NotAuthorised, &topics.clean)),
    }
    super::state::carried(settings, &topics, keyring.version())?;
    let topics = topics.measured(settings);
    let sources = topics.sources.iter().map(|topic| partitions[topic] as usize).sum();
    let hold = Hold::take(pipeline, settings, &topics, sources, stop)?;
    let count = partitions[&topics.clean];
    let watchdog = Watchdog::start(Verdict::default());
    let id = format!("weir.{}/{}/carry", pipeline.name, settings.instance);
    let outlet = Outlet::build(settings, Delivery::ExactlyOnce, &id, &topics, &watchdog)?;
    // A transaction that a dead process has left could still put a record before ours.
    let between = || asked(stop).and_then(|()| hold.keep());
    if !settled(settings, &topics.clean, 0..count, LEAVE, between)? {
        return Err(Fault::about(Code::PipelineRuns, &hold.group));
    }
    let mut carrier = Carrier {
        plan: &pipeline.plan,
        slot,
        extent,
        settings,
        keyring,
        errand,
        permit,
        topics: &topics,
        hold,
        watchdog,
        outlet,
        id,
        stop,
        progress,
        records: 0,
        ended: 0,
    };
    (0..count).try_for_each(|partition| carrier.partition(partition))?;
    let record = CarryRecord { topic: topics.clean.clone(), version: keyring.version(), at: now() };
    let marker = serde_json::to_string(&record).map_err(|_| Fault::new(Code::Internal))?;
    carrier.transact(&[], Some(&marker))?;
    let Carrier { records, ended, .. } = carrier;
    Ok(Carried::Done { version: keyring.version(), records, ended })
}

/// The pipeline's group, all of it. While this process has every partition, no worker has one; who
/// joins waits until this process answers, which it does between two transactions, and then stops.
struct Hold {
    consumer: BaseConsumer<Context>,
    seen: Arc<Seen>,
    group: String,
    /// The group's own committed offsets: committed again in each transaction, they are refused
    /// when this process has lost its place.
    offsets: TopicPartitionList,
}

impl Hold {
    /// Waits until nobody else works for the pipeline, then takes all of its partitions.
    fn take(
        pipeline: &Pipeline,
        settings: &Settings,
        topics: &Topics,
        partitions: usize,
        stop: &AtomicBool,
    ) -> Result<Hold, Fault> {
        let context = Context::default();
        let seen = Arc::clone(&context.0);
        let consumer = consumer(settings, &pipeline.name, None, context)?;
        let group = group(&pipeline.name);
        let runs = || Fault::about(Code::PipelineRuns, &group);
        let deadline = Instant::now() + LEAVE;
        // Looked at first, so that workers who are there are not disturbed.
        while members(&consumer, &group)? != Some(0) {
            asked(stop)?;
            if Instant::now() > deadline {
                return Err(runs());
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        let sources: Vec<_> = topics.sources.iter().map(String::as_str).collect();
        consumer.subscribe(&sources).map_err(|error| Fault::kafka(&error))?;
        let deadline = Instant::now() + LEAVE;
        loop {
            drop(consumer.poll(Duration::from_millis(50)));
            asked(stop)?;
            // It reads none of them: it is told no place.
            let given = seen.partitions(&consumer).map_err(|error| Fault::kafka(&error))?;
            if given.count() == partitions
                && let Some(offsets) = committed(&consumer, given)?
            {
                seen.revoked.store(false, Ordering::SeqCst);
                return Ok(Hold { consumer, seen, group, offsets });
            }
            if Instant::now() > deadline {
                return Err(runs());
            }
        }
    }

    /// Answers the group; refuses when somebody else has joined.
    fn keep(&self) -> Result<(), Fault> {
        drop(self.consumer.poll(Duration::ZERO));
        match self.seen.revoked.load(Ordering::SeqCst) {
            true => Err(Fault::about(Code::PipelineRuns, &self.group)),
            false => Ok(()),
        }
    }
}

fn asked(stop: &AtomicBool) -> Result<(), Fault> {
    if stop.load(Ordering::SeqCst) { Err(Fault::new(Code::Stopped)) } else { Ok(()) }
}

/// `None` for an error that passes.
fn passing<T>(outcome: Result<T, KafkaError>) -> Result<Option<T>, Fault> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.rdkafka_error_code().is_some_and(super::is_passing) => Ok(None),
        Err(error) => Err(Fault::kafka(&error)),
    }
}

/// How many members a group has.
fn members(consumer: &BaseConsumer<Context>, group: &str) -> Result<Option<usize>, Fault> {
    let list = passing(consumer.fetch_group_list(Some(group), CALL))?;
    Ok(list.map(|list| list.groups().iter().map(|found| found.members().len()).sum()))
}

/// The offsets that a group has committed, of the partitions that have one.
fn committed(
    consumer: &BaseConsumer<Context>,
    assignment: TopicPartitionList,
) -> Result<Option<TopicPartitionList>, Fault> {
    let Some(committed) = passing(consumer.committed_offsets(assignment, CALL))? else {
        return Ok(None);
    };
    let mut offsets = TopicPartitionList::new();
    for one in committed.elements() {
        if let Offset::Offset(_) = one.offset() {
            offsets
                .add_partition_offset(one.topic(), one.partition(), one.offset())
                .map_err(|error| Fault::kafka(&error))?;
        }
    }
    Ok(Some(offsets))
}

/// What is kept of the last record of a key.
#[derive(Clone, Copy)]
struct Last {
    offset: i64,
    live: bool,
    /// Of the key; `None` where the record does not say.
    version: Option<u32>,
}

struct Carrier<'a> {
    plan: &'a Plan,
    slot: &'a Slot,
    extent: &'a Extent,
    settings: &'a Settings,
    keyring: &'a Keyring,
    errand: Errand<'a>,
    permit: Permit<'a>,
    topics: &'a Topics,
    hold: Hold,
    watchdog: Watchdog,
    outlet: Outlet,
    id: String,
    stop: &'a AtomicBool,
    progress: &'a Progress,
    records: u64,
    ended: u64,
}

/// A move with the record that it moves.
type Carry = (Move, OwnedMessage);

impl Carrier<'_> {
    /// One partition, read twice: for its keys, then for the records that go on.
    fn partition(&mut self, partition: i32) -> Result<(), Fault> {
        let mut last: HashMap<Vec<u8>, Last> = HashMap::new();
        self.each_record(partition, |_, message| {
            if let Some(key) = message.key() {
                let (live, version) = (message.payload().is_some(), key_version(&message));
                last.insert(key.to_vec(), Last { offset: message.offset(), live, version });
            }
            Ok(true)
        })?;
        let sources = self.sources(partition, &last)?;
        let primary = self.keyring.version();
        // A tombstone that does not say whose it is may be anybody's.
        let there = |key: &[u8]| {
            let found = last.get(key)?;
            let ours = match found.version {
                Some(version) => version == primary,
                None => !found.live,
            };
            ours.then_some(found.offset)
        };
        let mut rest = units(&sources, there);
        drop((sources, last));
        while !rest.is_empty() {
            rest = self.go_through(partition, rest)?;
        }
        Ok(())
    }

    /// The keys of older versions with what they become; tombstones too where they could be newer
    /// than a live record of the same value.
    fn sources(&self, partition: i32, last: &HashMap<Vec<u8>, Last>) -> Result<Vec<Source>, Fault> {
        let primary = self.keyring.version();
        let oldest = last
            .values()
            .filter(|one| one.live && one.version != Some(primary))
            .map(|one| one.version.unwrap_or(0))
            .min();
        let Some(oldest) = oldest else { return Ok(Vec::new()) };
        let mut by_version: std::collections::BTreeMap<u32, Vec<(&str, Last)>> = Default::default();
        let mut entries: Vec<_> =
            last.iter().filter(|(_, one)| one.version != Some(primary)).collect();
        entries.sort_unstable_by_key(|(_, one)| one.offset);
        for (key, one) in entries {
            let pointer = || self.pointer(partition, one.offset);
            // A token in brackets says its version itself, and only `siv` makes them.
            let siv = self.slot.rule.kernel().name == "siv";
            match (one.version, std::str::from_utf8(key)) {
                (Some(version), _) if !one.live && version <= oldest => {}
                (Some(version), Ok(key)) if key.starts_with('[') == siv => {
                    by_version.entry(version).or_default().push((key, *one));
                }
                _ if !one.live => {}
                _ => return Err(Fault::about(Code::TokenUnknown, &pointer())),
            }
        }
        let mut sources = Vec::new();
        for (version, rows) in by_version {
            for rows in rows.chunks(limits::BATCH_RECORDS_MAX) {
                self.hold.keep()?;
                asked(self.stop)?;
                self.retokenized(partition, version, rows, &mut sources)?;
            }
        }
        Ok(sources)
    }

    /// The new keys of old ones; the audit has it first.
    fn retokenized(
        &self,
        partition: i32,
        version: u32,
        rows: &[(&str, Last)],
        sources: &mut Vec<Source>,
    ) -> Result<(), Fault> {
        let request = Request {
            time: &now(),
            actor: self.errand.actor,
            reason: self.errand.reason,
            class: self.slot.class,
            extent: self.extent,
            whose: match self.slot.scope {
                Scope::Destination => Whose::Destination(&self.plan.destination),
                _ => Whose::Join,
            },
            bare: self.slot.rule,
            // Of no use here: these keys are of no subject, and no assigned codes.
            store: None,
        };
        let tokens: Vec<_> = rows.iter().map(|(key, _)| *key).collect();
        let versions = (version, self.keyring.version());
        let made = retokenize(self.errand.log, self.keyring, &request, versions, &tokens)?;
        for ((key, one), made) in rows.iter().zip(made) {
            let token = match made {
                Ok(token) => token,
                Err(_) if !one.live => continue,
                Err(code) => return Err(Fault::about(code, &self.pointer(partition, one.offset))),
            };
            // As the pipeline writes it: in the layout that the key came in.
            let mut target = String::new();
            match key.starts_with('[') {
                true => target.push_str(token.expose()),
                false => {
                    let shape = self.slot.shape.as_deref();
                    render(self.slot.class, shape, key, token.expose(), &mut target);
                }
            }
            sources.push(Source {
                key: key.as_bytes().to_vec(),
                offset: one.offset,
                version,
                live: one.live,
                target: target.into_bytes(),
            });
        }
        Ok(())
    }

    /// Reads the partition once and carries what it can; gives what did not fit.
    fn go_through(&mut self, partition: i32, rest: Vec<Unit>) -> Result<Vec<Unit>, Fault> {
        let mut desk = Desk::new(rest, limits::CARRY_WAITING_BYTES_MAX);
        let mut batch: Vec<Carry> = Vec::new();
        let mut bytes = 0;
        self.each_record(partition, |carrier, message| {
            let size = bytes_of(&message);
            let Some(unit) = desk.take(message.offset(), size, || message) else {
                return Ok(!desk.is_done());
            };
            let size: usize = unit.iter().map(|(_, message)| bytes_of(message)).sum();
            let fits = |records: usize, bytes: usize| {
                records <= limits::CARRY_RECORDS_MAX && bytes <= limits::BATCH_BYTES_MAX
            };
            if unit.len() > 1 && !fits(unit.len(), size) {
                return Err(Fault::about(Code::KeysMeet, &carrier.topics.clean));
            }
            if !batch.is_empty() && !fits(batch.len() + unit.len(), bytes + size) {
                carrier.commit(&mut batch)?;
                bytes = 0;
            }
            batch.extend(unit);
            bytes += size;
            Ok(!desk.is_done())
        })?;
        if let Some(offset) = desk.some_wanted() {
            // It was there a moment ago.
            return Err(Fault::about(Code::KafkaFailed, &self.pointer(partition, offset)));
        }
        self.commit(&mut batch)?;
        Ok(desk.left())
    }

    /// Hands out the records of a partition; answers the group and looks for a stop meanwhile.
    fn each_record(
        &mut self,
        partition: i32,
        mut each: impl FnMut(&mut Self, OwnedMessage) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let mut outcome = Ok(());
        let (settings, topic) = (self.settings, &self.topics.clean);
        let mut answered = Instant::now();
        scan_some(settings, topic, partition..partition + 1, |message| {
            self.progress.records.fetch_add(1, Ordering::Relaxed);
            if answered.elapsed() > Duration::from_millis(250) {
                answered = Instant::now();
                outcome = asked(self.stop).and_then(|()| self.hold.keep());
                if outcome.is_err() {
                    return false;
                }
            }
            each(self, message).unwrap_or_else(|fault| {
                outcome = Err(fault);
                false
            })
        })?;
        outcome
    }

    fn commit(&mut self, batch: &mut Vec<Carry>) -> Result<(), Fault> {
        if batch.is_empty() {
            return Ok(());
        }
        asked(self.stop)?;
        self.transact(batch, None)?;
        let put = batch.iter().filter(|(one, _)| one.put.is_some()).count() as u64;
        self.records += put;
        self.ended += batch.len() as u64 - put;
        self.progress.clean.fetch_add(put, Ordering::Relaxed);
        self.progress.transactions.fetch_add(1, Ordering::Relaxed);
        batch.clear();
        Ok(())
    }

    /// One transaction. Whatever goes wrong ends the carry: what it did is whole, and what it did
    /// not, the next one does.
    fn transact(&mut self, batch: &[Carry], marker: Option<&str>) -> Result<(), Fault> {
        self.hold.keep()?;
        self.permit.check()?;
        let guard = self.watchdog.watch("transaction");
        let outcome = self.produce(batch, marker, Instant::now());
        drop(guard);
        outcome.map_err(|trouble| self.outlet.fault(trouble, &self.id))?;
        if self.outlet.is_doubtful() {
            let (exactly, topics) = (Delivery::ExactlyOnce, self.topics);
            self.outlet = Outlet::build(self.settings, exactly, &self.id, topics, &self.watchdog)?;
        }
        Ok(())
    }

    fn produce(
        &self,
        batch: &[Carry],
        marker: Option<&str>,
        began: Instant,
    ) -> Result<(), Trouble> {
        let (outlet, clean) = (&self.outlet, &self.topics.clean);
        let (deadline, end) = (began + CALL, began + TRANSACTION);
        outlet.begin()?;
        // All tombstones first: what is put under a key has to be its last.
        for (one, message) in batch {
            let Some(key) = &one.bury else { continue };
            let keys = format!("v{}", one.version);
            let tombstone = to(clean)
                .partition(message.partition())
                .key(&key[..])
                .headers(with_keys(message, &keys));
            outlet.send(stamped(tombstone, message), deadline)?;
        }
        for (one, message) in batch {
            let (Some(key), Some(value)) = (&one.put, message.payload()) else { continue };
            let (of_value, _) = versions(message).unwrap_or((one.version, one.version));
            // The value keeps the tokens that it has.
            let keys = format!("v{of_value};key=v{}", self.keyring.version());
            let record = to(clean)
                .partition(message.partition())
                .key(&key[..])
                .payload(value)
                .headers(with_keys(message, &keys));
            outlet.send(stamped(record, message), deadline)?;
        }
        if let Some(marker) = marker {
            let record =
                to(&self.topics.state).key(CARRY_KEY.as_bytes()).payload(marker.as_bytes());
            outlet.send(record, deadline)?;
        }
        outlet.delivered(deadline)?;
        if self.hold.offsets.count() > 0 {
            let group = self.hold.consumer.group_metadata();
            outlet.offsets(&self.hold.consumer, &self.hold.offsets, group.as_ref(), end)?;
        }
        outlet.commit(end)
    }

    fn pointer(&self, partition: i32, offset: i64) -> String {
        format!("{}/{partition}/{offset}", self.topics.clean)
    }
}

fn bytes_of(message: &OwnedMessage) -> usize {
    message.key().map_or(0, <[u8]>::len) + message.payload().map_or(0, <[u8]>::len)
}

/// The key version of a record's value, and that of its key, as the header `weir-keys` has them:
/// `v1`, or `v1;key=v2` where the record was carried over.
fn versions(message: &OwnedMessage) -> Option<(u32, u32)> {
    let headers = message.headers()?;
    let value = headers.iter().find(|header| header.key == "weir-keys")?.value?;
    read_versions(std::str::from_utf8(value).ok()?)
}

fn read_versions(text: &str) -> Option<(u32, u32)> {
    let (of_value, of_key) = text.split_once(";key=").unwrap_or((text, text));
    let number = |text: &str| text.strip_prefix('v')?.parse().ok();
    Some((number(of_value)?, number(of_key)?))
}

fn key_version(message: &OwnedMessage) -> Option<u32> {
    versions(message).map(|(_, of_key)| of_key)
}

/// The record's headers, with another word on its keys.
fn with_keys(message: &OwnedMessage, keys: &str) -> OwnedHeaders {
    let mut headers = OwnedHeaders::new();
    for header in message.headers().into_iter().flat_map(Headers::iter) {
        headers = headers.insert(match header.key {
            "weir-keys" => Header { key: header.key, value: Some(keys.as_bytes()) },
            _ => header,
        });
    }
    headers
}

/// The same time as the record that is carried.
fn stamped<'a>(mut record: Outgoing<'a>, message: &OwnedMessage) -> Outgoing<'a> {
    record.timestamp = message.timestamp().to_millis();
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_the_versions_of_value_and_key() {
        assert_eq!(read_versions("v1"), Some((1, 1)));
        assert_eq!(read_versions("v1;key=v12"), Some((1, 12)));
        for text in ["", "1", "v", "v1;key=", "v1;key=2", "v-1", "forged", "v1;v2"] {
            assert_eq!(read_versions(text), None, "{text}");
        }
    }
}
