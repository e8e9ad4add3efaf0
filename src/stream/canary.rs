//! Canaries in the stream: who is one, where it goes, how it is planted, and everything that a
//! pipeline has written since.

use super::kafka::{Context, base, preflight};
use super::outlet::CALL;
use super::records::{Lane, Origin, Topics};
use super::taken::{Reading, scan_from};
use super::{Fault, Settings};
use crate::clean::{Cleaned, Disposition};
use crate::keys::CanaryMarks;
use crate::limits;
use crate::phi::{Code, Phi};
use crate::policy::Pipeline;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{DeliveryResult, Header, Headers, OwnedHeaders, OwnedMessage};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer, ProducerContext};
use rdkafka::{ClientContext, Message};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// The header of a planted record, with its mark; and of a canary that has come out, with its id.
pub(super) const HEADER: &str = "weir-canary";

/// The id of a record that is a canary. A mark that does not verify marks nothing, two marks neither,
/// and a tombstone is never one.
pub(super) fn id_of<M: Message>(marks: &CanaryMarks, message: &M) -> Option<String> {
    let value = message.payload()?;
    let mut found = message.headers()?.iter().filter(|header| header.key == HEADER);
    let (Some(mark), None) = (found.next()?.value, found.next()) else { return None };
    marks.id(mark, message.key(), value)
}

/// What becomes of a record: a canary is refused where it has no topic to go to, and where its topic
/// would not take it.
pub(super) fn disposition(
    topics: &Topics,
    cleaned: &Cleaned,
    record: usize,
    origin: &Origin,
) -> Disposition {
    match (cleaned.disposition(record), &origin.canary, &topics.canary) {
        (_, Some(_), None) => Disposition::Refused(Code::CanaryUnwanted),
        (Disposition::Clean, Some(_), Some(lane)) => {
            let bytes = |part: Option<&[u8]>| part.map_or(0, <[u8]>::len);
            let long = bytes(cleaned.key(record)) + bytes(cleaned.value(record));
            match long + limits::RECORD_OVERHEAD_BYTES > lane.clean_bytes {
                true => Disposition::Refused(Code::TooLongForSink),
                false => Disposition::Clean,
            }
        }
        (disposition, ..) => disposition,
    }
}

impl Topics {
    /// Where a record goes. A canary without topics of its own has the ordinary lane, of which it
    /// takes the quarantine alone: [`disposition`] refuses it.
    pub(super) fn lane(&self, origin: &Origin) -> Lane<'_> {
        match (&origin.canary, &self.canary) {
            (Some(_), Some(lane)) => Lane {
                clean: &lane.clean,
                quarantine: &lane.quarantine,
                quarantine_bytes: lane.quarantine_bytes,
            },
            _ => Lane {
                clean: &self.clean,
                quarantine: &self.quarantine,
                quarantine_bytes: self.quarantine_bytes,
            },
        }
    }
}

/// The id in clear, on what goes to a canary topic: `weir canary check` finds its records by it.
pub(super) fn named(headers: OwnedHeaders, origin: &Origin, topics: &Topics) -> OwnedHeaders {
    match (&origin.canary, &topics.canary) {
        (Some(id), Some(_)) => headers.insert(Header { key: HEADER, value: Some(id) }),
        _ => headers,
    }
}

/// What a topic is to its pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Clean records.
    Clean,
    /// Refused ones.
    Quarantine,
    /// Run events.
    Lineage,
    /// Tallies.
    State,
    /// Clean canaries.
    CanaryClean,
    /// Refused canaries.
    CanaryQuarantine,
}

/// A record about to be planted.
#[derive(Debug)]
pub struct Seedling {
    /// 32 letters of hexadecimal, drawn at random.
    pub id: String,
    /// The source topic.
    pub topic: String,
    /// Its partition.
    pub partition: i32,
    /// The record key.
    pub key: Option<Phi<String>>,
    /// The record.
    pub value: Phi<String>,
    /// Its timestamp.
    pub millis: i64,
}

/// The places of a pipeline's source, and where each topic that it writes ends now, by partition,
/// open transactions included: what is planted from now on shows behind that. Checks that the topics
/// are there.
#[derive(Debug)]
pub struct Ground {
    /// Source topics and partitions.
    pub places: Vec<(String, i32)>,
    /// The ends, by topic.
    pub ends: BTreeMap<String, Vec<i64>>,
}

/// Looks at the ground. A pipeline without canary topics would refuse what is planted.
pub fn ground(pipeline: &Pipeline, settings: &Settings) -> Result<Ground, Fault> {
    let topics = Topics::of(pipeline)?;
    if topics.canary.is_none() {
        let what = format!("`canary: true` in pipeline {}", pipeline.name);
        return Err(Fault::about(Code::MissingKey, &what));
    }
    let found = preflight(settings, &topics.sources, &topics.sinks(), &topics.others())?;
    let places = topics.sources.iter().flat_map(|topic| {
        (0..found.get(topic).copied().unwrap_or(0)).map(move |partition| (topic.clone(), partition))
    });
    let places = places.collect();
    let consumer = looker(settings, "read_uncommitted")?;
    let mut ends = BTreeMap::new();
    for (_, topic) in parts(&topics) {
        let partitions = 0..found.get(topic).copied().unwrap_or(0);
        let end = |partition| {
            let marks = consumer.fetch_watermarks(topic, partition, CALL);
            marks.map(|(_, end)| end).map_err(|error| Fault::kafka(&error))
        };
        ends.insert(topic.to_string(), partitions.map(end).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(Ground { places, ends })
}

fn looker(settings: &Settings, isolation: &str) -> Result<BaseConsumer<Context>, Fault> {
    let mut config = base(settings)?;
    config.set("isolation.level", isolation);
    config.create_with_context(Context::default()).map_err(|error| Fault::kafka(&error))
}

fn parts(topics: &Topics) -> Vec<(Part, &str)> {
    let mut parts = vec![
        (Part::Clean, topics.clean.as_str()),
        (Part::Quarantine, topics.quarantine.as_str()),
        (Part::State, topics.state.as_str()),
    ];
    parts.extend(topics.lineage.iter().map(|topic| (Part::Lineage, topic.as_str())));
    if let Some(canary) = &topics.canary {
        parts.push((Part::CanaryClean, &canary.clean));
        parts.push((Part::CanaryQuarantine, &canary.quarantine));
    }
    parts
}

/// Produces the records, each marked; gives their offsets, in the same order.
pub fn plant(
    settings: &Settings,
    marks: &CanaryMarks,
    seedlings: &[Seedling],
) -> Result<Vec<i64>, Fault> {
    let planted = Planted::default();
    let mut config = base(settings)?;
    config
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .set("message.timeout.ms", limits::START_MILLIS_MAX.to_string())
        .set("message.max.bytes", (limits::RECORD_BYTES_MAX * 2).to_string());
    let producer: BaseProducer<Planted> =
        config.create_with_context(planted.clone()).map_err(|error| Fault::kafka(&error))?;
    for (n, seedling) in seedlings.iter().enumerate() {
        let key = seedling.key.as_ref().map(|key| key.expose().as_bytes());
        let value = seedling.value.expose().as_bytes();
        let mark = marks.mark(&seedling.id, key, value)?;
        let headers = OwnedHeaders::new().insert(Header { key: HEADER, value: Some(&mark) });
        let mut record = BaseRecord::<[u8], [u8], usize>::with_opaque_to(&seedling.topic, n)
            .partition(seedling.partition)
            .payload(value)
            .timestamp(seedling.millis)
            .headers(headers);
        record.key = key;
        producer.send(record).map_err(|(error, _)| Fault::kafka(&error))?;
    }
    let deadline = Instant::now() + std::time::Duration::from_millis(limits::START_MILLIS_MAX);
    while producer.in_flight_count() > 0 && Instant::now() < deadline {
        producer.poll(std::time::Duration::from_millis(20));
    }
    let offsets = planted.0.lock().map_err(|_| Fault::new(Code::Internal))?;
    let offset = |n| match offsets.get(&n) {
        Some(Ok(offset)) => Ok(*offset),
        Some(Err(fault)) => Err(fault.clone()),
        None => Err(Fault::about(Code::BrokerUnreachable, &settings.brokers)),
    };
    (0..seedlings.len()).map(offset).collect()
}

/// Where records have come to lie, by their number.
#[derive(Clone, Debug, Default)]
struct Planted(Arc<Mutex<BTreeMap<usize, Result<i64, Fault>>>>);

impl ClientContext for Planted {
    /// Nothing of a log line is kept or passed on.
    fn log(&self, _: rdkafka::config::RDKafkaLogLevel, _: &str, _: &str) {}

    fn error(&self, _: rdkafka::error::KafkaError, _: &str) {}
}

impl ProducerContext for Planted {
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, number: usize) {
        let outcome = match result {
            Ok(message) => Ok(message.offset()),
            Err((error, _)) => Err(Fault::kafka(error)),
        };
        if let Ok(mut offsets) = self.0.lock() {
            offsets.insert(number, outcome);
        }
    }
}

/// A record that the pipeline has written. Its bytes may be anything: they are looked through, and
/// not shown.
pub struct Written<'a> {
    /// What the topic is to the pipeline.
    pub part: Part,
    message: &'a OwnedMessage,
}

impl std::fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Written({:?})", self.part)
    }
}

impl Written<'_> {
    /// Topic, partition and offset.
    pub fn place(&self) -> (&str, i32, i64) {
        (self.message.topic(), self.message.partition(), self.message.offset())
    }

    /// Its timestamp.
    pub fn millis(&self) -> Option<i64> {
        self.message.timestamp().to_millis()
    }

    /// Key, value, and headers with their names: everything that a consumer gets.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let headers = self.message.headers().into_iter().flat_map(|headers| headers.iter());
        let headers = headers.flat_map(|h| [Some(h.key.as_bytes()), h.value].into_iter().flatten());
        self.message.key().into_iter().chain(self.message.payload()).chain(headers)
    }

    /// The id of the canary that it says it is.
    pub fn canary(&self) -> Option<&str> {
        self.header(HEADER)
    }

    /// The place in the source that it says it came from.
    pub fn source(&self) -> Option<&str> {
        self.header("weir-source")
    }

    /// The code of its refusal.
    pub fn code(&self) -> Option<Code> {
        Code::from_id(self.header("weir-code")?)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.message.headers()?.iter();
        headers.find(|h| h.key == name)?.value.and_then(|value| std::str::from_utf8(value).ok())
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The canary topics, what is committed there.
    Committed,
    /// Every topic that the pipeline writes, aborted and open transactions included.
    Everything,
}

/// Shows what the pipeline has written since its topics ended at `ends`, up to now. Gives the records
/// of each topic.
pub fn written(
    pipeline: &Pipeline,
    settings: &Settings,
    ends: &BTreeMap<String, Vec<i64>>,
    look: Look,
    mut each: impl FnMut(&Written<'_>),
) -> Result<BTreeMap<String, u64>, Fault> {
    let topics = Topics::of(pipeline)?;
    let mut records = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (part, topic) in parts(&topics) {
        let canaries = matches!(part, Part::CanaryClean | Part::CanaryQuarantine);
        if look == Look::Committed && !canaries || !seen.insert(topic) {
            continue;
        }
        let reading = match look {
            Look::Committed => Reading::Committed,
            Look::Everything => Reading::Everything,
        };
        let from = ends.get(topic).map(Vec::as_slice).unwrap_or_default();
        let count: &mut u64 = records.entry(topic.to_string()).or_default();
        scan_from(settings, topic, from, reading, |message| {
            *count += 1;
            each(&Written { part, message: &message });
            true
        })?;
    }
    Ok(records)
}
