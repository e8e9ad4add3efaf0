//! Proof on Kafka: a worker's chain of manifests, and a topic held against them.

use super::clock::millis;
use super::kafka::{base, is_compacted, retention_bytes, retention_millis};
use super::outlet::CALL;
use super::records::{Pairs, Topics, owned};
use super::taken::{self, Reading};
use super::{Fault, Progress, Settings};
use crate::clean::Cleaned;
use crate::keys::{Sealer, Signer, Verifier};
use crate::limits;
use crate::phi::Code;
use crate::policy::{Basis, Pipeline, Sink, Timestamp};
use crate::proof::{
    Batch, Finding, HEADER, Judge, LEAF_BYTES, Layout, Leaves, Manifest, Place, Record, Retention,
    Stamp, Tally,
};
use data_encoding::{BASE64, HEXLOWER};
use rdkafka::Message;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{BorrowedHeaders, Header, Headers, OwnedHeaders, OwnedMessage};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How far the chain of a worker's manifests has come; in the state topic, in the transaction of the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// Its name, a random UUID.
    pub(super) chain: String,
    /// The topic of manifests: in another one another chain begins.
    pub(super) topic: String,
    /// The run that the next one is of.
    pub(super) run: String,
    /// The place of the next one.
    pub(super) seq: u64,
    /// The hash of the last one, and when it was signed.
    pub(super) previous: Option<String>,
    pub(super) previous_at: Option<String>,
}

impl Link {
    /// The beginning of a chain.
    pub(super) fn first(topic: Option<&String>, run: &str) -> Link {
        Link {
            chain: uuid::Uuid::new_v4().to_string(),
            topic: topic.cloned().unwrap_or_default(),
            run: run.to_string(),
            ..Link::default()
        }
    }
}

/// A batch, its partitions with their counts, and its leaves.
pub(super) type Done = (Batch, Vec<(i32, u32)>, Vec<u8>);

/// What was written in a batch, until its manifest is.
pub(super) struct Written {
    leaves: Leaves,
    /// Under `safe_harbor`: the pointers, by leaf.
    sources: Option<Vec<String>>,
}

impl Written {
    /// For clean records of these partitions.
    pub(super) fn of(basis: Basis, partitions: impl Iterator<Item = i32> + Clone) -> Written {
        let count = partitions.clone().count();
        let sources = (basis == Basis::SafeHarbor).then(|| vec![String::new(); count]);
        Written { leaves: Leaves::of(*uuid::Uuid::new_v4().as_bytes(), partitions), sources }
    }

    /// What a record's headers are, with the one that names its leaf.
    pub(super) fn add(
        &mut self,
        (topic, partition): (&str, i32),
        (key, value): (Option<&[u8]>, Option<&[u8]>),
        headers: Pairs<'_>,
        pointer: &str,
    ) -> Option<OwnedHeaders> {
        let record = Record { topic, partition, key, value, headers };
        let named = self.leaves.add(&record)?;
        if let Some(sources) = &mut self.sources
            && let Some((_, number)) = crate::proof::read_header(named.as_bytes())
            && let Some(source) = sources.get_mut(number as usize)
        {
            source.push_str(pointer);
        }
        Some(owned(&record.headers).insert(Header { key: HEADER, value: Some(named) }))
    }
}

/// Records of a batch, so that its manifest is short enough for its topic. `versions` of keys may each have a
/// tombstone of a record.
pub(super) fn batch_records(topics: &Topics, basis: Basis, versions: usize) -> usize {
    if topics.proof.is_none() {
        return limits::BATCH_RECORDS_MAX;
    }
    let longest = topics.sources.iter().map(String::len).max().unwrap_or(0);
    // `/`, a partition, `/`, an offset, a line's end.
    let pointer = if basis == Basis::SafeHarbor { longest + 24 } else { 0 };
    // In base64, twice.
    let each = 2 * (pointer + LEAF_BYTES) * versions.max(1);
    (topics.proof_bytes / each).clamp(1, limits::BATCH_RECORDS_MAX)
}

/// Signs the manifests of a pipeline.
pub(super) struct Prover<'a> {
    pub(super) signer: &'a Signer,
    pub(super) sealer: &'a Sealer,
    pub(super) pipeline: &'a Pipeline,
    pub(super) layout: Layout,
    /// The clean topic; of a file, its name.
    pub(super) topic: &'a str,
    pub(super) worker: &'a str,
    pub(super) keys: u32,
}

impl Prover<'_> {
    /// The manifest of a batch, or without one the last of the run; and how far the chain is with it.
    pub(super) fn manifest(
        &self,
        link: &Link,
        written: Option<Written>,
        at: &str,
    ) -> Result<(String, Link), Code> {
        let end = written.is_none();
        let written = written.unwrap_or_else(|| Written::of(Basis::Pseudonymized, [].into_iter()));
        self.signed(link, (written.leaves.done(), written.sources), at, end)
    }

    /// A manifest of a batch, its partitions and their leaves; and where its records have no pointers to their
    /// sources, of those.
    pub(super) fn signed(
        &self,
        link: &Link,
        ((batch, partitions, leaves), sources): (Done, Option<Vec<String>>),
        at: &str,
        end: bool,
    ) -> Result<(String, Link), Code> {
        let batch = HEXLOWER.encode(&batch);
        let sources = sources.map(|sources| {
            let sealed = self.sealer.seal(sources.join("\n").as_bytes(), batch.as_bytes());
            sealed.map(|sealed| BASE64.encode(&sealed))
        });
        let manifest = Manifest {
            manifest: 1,
            batch,
            chain: link.chain.clone(),
            worker: self.worker.to_string(),
            run: link.run.clone(),
            seq: link.seq,
            previous: link.previous.clone(),
            previous_at: link.previous_at.clone(),
            at: at.to_string(),
            pipeline: self.pipeline.name.clone(),
            digest: HEXLOWER.encode(&self.pipeline.plan.digest),
            keys: self.keys,
            layout: self.layout,
            topic: self.topic.to_string(),
            stamp: match self.pipeline.sink {
                Sink::Topic { timestamp: Timestamp::Year, .. } => Stamp::Year,
                Sink::Topic { timestamp: Timestamp::Keep, .. } => Stamp::Keep,
                _ => Stamp::Append,
            },
            partitions,
            leaves: BASE64.encode(&leaves),
            sources: sources.transpose()?,
            end,
        };
        let (envelope, hash) = manifest.sign(self.signer).map_err(|_| Code::Internal)?;
        let (previous, previous_at) = (Some(hash), Some(at.to_string()));
        Ok((envelope, Link { seq: link.seq + 1, previous, previous_at, ..link.clone() }))
    }
}

fn pairs(headers: &BorrowedHeaders) -> Pairs<'_> {
    headers.iter().map(|header| (header.key, header.value)).collect()
}

/// The bytes that a clean record has in its topic.
pub(super) fn value_of<'v>(
    cleaned: &'v Cleaned,
    record: usize,
    prefix: Option<&[u8]>,
) -> Option<std::borrow::Cow<'v, [u8]>> {
    match (prefix, cleaned.value(record)) {
        (Some(prefix), Some(value)) => Some([prefix, value].concat().into()),
        (_, value) => value.map(Into::into),
    }
}

/// Holds a topic against its manifests in another one. Needs no secret, and writes nothing.
pub fn verify(
    settings: &Settings,
    topic: &str,
    manifests: &str,
    keys: Vec<Verifier>,
    progress: &Progress,
) -> Result<(Tally, Vec<Finding>), Fault> {
    let mut judge = Judge::new(topic, keys);
    let manifests_low = lows(settings, manifests)?.values().any(|low| *low > 0);
    let mut ends = vec![0; taken::partitions(settings, manifests)? as usize];
    // What is written while this reads: its manifest comes after its records were read, or they after it.
    let place =
        |message: &OwnedMessage| Place { partition: message.partition(), offset: message.offset() };
    taken::scan(settings, manifests, |message| {
        judge.manifest(message.payload().unwrap_or_default(), place(&message));
        if let Some(end) = ends.get_mut(message.partition() as usize) {
            *end = message.offset() + 1;
        }
        true
    })?;
    let patience = Duration::from_millis(limits::LINEAGE_DRAIN_MILLIS_MAX * 3);
    // What is committed behind an open transaction is not seen: it is waited for.
    let settle = |topic: &str| {
        let partitions = 0..taken::partitions(settings, topic)?;
        match taken::settled(settings, topic, partitions, patience, || Ok(()))? {
            true => Ok(()),
            false => Err(Fault::about(Code::KafkaFailed, topic)),
        }
    };
    judge.records_begin();
    settle(topic)?;
    // `None`: who asks has no right to know what the topic loses of itself.
    let is_known = is_compacted(settings, topic)?;
    let compacted = is_known.unwrap_or(false);
    taken::scan(settings, topic, |message| {
        let headers = Message::headers(&message).map(|headers| pairs(headers.as_borrowed()));
        let record = Record {
            topic,
            partition: message.partition(),
            key: message.key(),
            value: message.payload(),
            headers: headers.unwrap_or_default(),
        };
        judge.record(&record, message.offset());
        progress.records.fetch_add(1, Ordering::Relaxed);
        true
    })?;
    // By now: it may have taken more while this read.
    let lows = lows(settings, topic)?;
    // What retention may have taken: what was signed before that. By size it may be anything; and where nobody
    // says what the topic keeps, whatever is gone from its beginning.
    let by_size = retention_bytes(settings, topic)?.is_some();
    let may_take = match retention_millis(settings, topic)? {
        _ if by_size || is_known.is_none() => Some(i64::MAX),
        Some(kept) => Some(millis() - kept),
        None => None,
    };
    settle(manifests)?;
    taken::scan_from(settings, manifests, &ends, Reading::Committed, |message| {
        judge.manifest(message.payload().unwrap_or_default(), place(&message));
        true
    })?;
    Ok(judge.end(&Retention { lows, may_take, compacted, manifests_low }))
}

/// Refuses a topic of manifests, or of a trail, that would lose some, with this code: records of theirs may
/// still be there, since when a topic loses what depends on how its segments are cut.
pub(super) fn check_topic(
    settings: &Settings,
    topic: Option<&String>,
    code: Code,
) -> Result<(), Fault> {
    let Some(topic) = topic else { return Ok(()) };
    let keeps =
        retention_millis(settings, topic)?.is_none() && retention_bytes(settings, topic)?.is_none();
    match is_compacted(settings, topic)? {
        Some(false) if keeps => Ok(()),
        Some(_) => Err(Fault::about(code, topic)),
        // Whoever cannot tell must not start.
        None => Err(Fault::about(Code::NotAuthorised, topic)),
    }
}

/// Where each partition of a topic begins by now.
fn lows(settings: &Settings, topic: &str) -> Result<BTreeMap<i32, i64>, Fault> {
    let consumer: BaseConsumer = base(settings)?.create().map_err(|error| Fault::kafka(&error))?;
    let low = |partition| {
        let marks = consumer.fetch_watermarks(topic, partition, CALL);
        Ok((partition, marks.map_err(|error| Fault::kafka(&error))?.0))
    };
    (0..taken::partitions(settings, topic)?).map(low).collect()
}
