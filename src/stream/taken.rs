//! Everything that a pipeline has written, read back: the demo looks through it.

use super::kafka::{Context, base, preflight};
use super::outlet::CALL;
use super::records::Topics;
use super::{Fault, Settings};
use crate::lineage;
use crate::phi::Code;
use crate::policy::Pipeline;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Headers, OwnedMessage};
use rdkafka::{Message, Offset, TopicPartitionList};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::{Duration, Instant};

/// What a pipeline has written, and the keys of what it read.
#[derive(Debug, Default)]
pub struct Taken {
    clean: Vec<OwnedMessage>,
    /// The raw key of the record behind each clean one.
    pub sources: Vec<Option<Vec<u8>>>,
    /// Refused records.
    pub quarantine: Vec<Quarantined>,
    /// OpenLineage events, in order.
    pub lineage: Vec<serde_json::Value>,
    rest: Vec<OwnedMessage>,
}

/// A quarantine entry.
#[derive(Debug)]
pub struct Quarantined {
    /// Why it was refused.
    pub code: String,
    /// `topic/partition/offset`.
    pub pointer: String,
    /// The sealed payload.
    pub payload: Vec<u8>,
}

impl Taken {
    /// Key and value of a clean record.
    pub fn clean_of(&self, n: usize) -> Option<(Option<&[u8]>, &[u8])> {
        let message = self.clean.get(n)?;
        Some((message.key(), message.payload()?))
    }

    /// Every key, value and header that was written.
    pub fn exposed(&self) -> impl Iterator<Item = &[u8]> {
        self.clean.iter().chain(&self.rest).flat_map(|message| {
            let headers = message
                .headers()
                .into_iter()
                .flat_map(|headers| headers.iter().filter_map(|h| h.value));
            message.key().into_iter().chain(message.payload()).chain(headers)
        })
    }
}

/// The topics that a pipeline uses: sources first, then clean, quarantine, lineage, state.
pub fn topic_names(pipeline: &Pipeline) -> Result<Vec<String>, Fault> {
    Ok(Topics::of(pipeline)?.all().into_iter().map(str::to_string).collect())
}

/// Reads all of it, from the beginning to the end as it is now.
pub fn take_all(pipeline: &Pipeline, settings: &Settings) -> Result<Taken, Fault> {
    let topics = Topics::of(pipeline)?;
    let mut keys = BTreeMap::new();
    for source in &topics.sources {
        for message in read(settings, source)? {
            let pointer = format!("{source}/{}/{}", message.partition(), message.offset());
            keys.insert(pointer, message.key().map(<[u8]>::to_vec));
        }
    }
    let mut taken = Taken { clean: read(settings, &topics.clean)?, ..Taken::default() };
    for message in &taken.clean {
        let pointer = header(message, "weir-source").unwrap_or_default();
        taken.sources.push(keys.get(&pointer).cloned().flatten());
    }
    taken.rest = read(settings, &topics.quarantine)?;
    taken.quarantine = taken
        .rest
        .iter()
        .map(|message| Quarantined {
            code: header(message, "weir-code").unwrap_or_default(),
            pointer: header(message, "weir-source").unwrap_or_default(),
            payload: message.payload().unwrap_or_default().to_vec(),
        })
        .collect();
    for topic in topics.others() {
        for message in read(settings, topic)? {
            // Pipelines may share the topic.
            let is_own = message.key() == Some(lineage::key(pipeline).as_bytes());
            if Some(topic) == topics.lineage.as_deref() && is_own {
                let event = serde_json::from_slice::<serde_json::Value>(
                    message.payload().unwrap_or_default(),
                );
                taken.lineage.extend(event.ok());
            }
            taken.rest.push(message);
        }
    }
    taken.lineage.sort_by_key(|event| event["eventTime"].as_str().unwrap_or_default().to_string());
    Ok(taken)
}

fn header(message: &OwnedMessage, name: &str) -> Option<String> {
    let headers = message.headers()?;
    let value = headers.iter().find(|header| header.key == name)?.value?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Every record of a topic at read_committed, from the beginning to the end as it is now.
pub(super) fn read(settings: &Settings, topic: &str) -> Result<Vec<OwnedMessage>, Fault> {
    let mut messages = Vec::new();
    scan(settings, topic, |message| {
        messages.push(message);
        true
    })?;
    Ok(messages)
}

/// Hands out the records of a topic until its end, or until `each` says false.
pub(super) fn scan(
    settings: &Settings,
    topic: &str,
    each: impl FnMut(OwnedMessage) -> bool,
) -> Result<(), Fault> {
    scan_some(settings, topic, 0..partitions(settings, topic)?, each)
}

/// How many partitions a topic has.
pub(super) fn partitions(settings: &Settings, topic: &str) -> Result<i32, Fault> {
    Ok(preflight(settings, &[topic.to_string()], &[], &[])?[topic])
}

/// Waits until every transaction that was open on the topic has ended: before that, what is committed
/// behind one of them is not seen. `between` is called between two looks.
pub(super) fn settled(
    settings: &Settings,
    topic: &str,
    partitions: Range<i32>,
    patience: Duration,
    mut between: impl FnMut() -> Result<(), Fault>,
) -> Result<bool, Fault> {
    let looking = |isolation: &str| -> Result<BaseConsumer<Context>, Fault> {
        let mut config = base(settings)?;
        config.set("isolation.level", isolation);
        config.create_with_context(Context::default()).map_err(|error| Fault::kafka(&error))
    };
    let (all, committed) = (looking("read_uncommitted")?, looking("read_committed")?);
    let end = |consumer: &BaseConsumer<Context>, partition| {
        let marks = consumer.fetch_watermarks(topic, partition, CALL);
        marks.map(|(_, end)| end).map_err(|error| Fault::kafka(&error))
    };
    let deadline = Instant::now() + patience;
    for partition in partitions {
        let goal = end(&all, partition)?;
        while end(&committed, partition)? < goal {
            between()?;
            if Instant::now() > deadline {
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    Ok(true)
}

/// The same, of some partitions.
pub(super) fn scan_some(
    settings: &Settings,
    topic: &str,
    partitions: Range<i32>,
    each: impl FnMut(OwnedMessage) -> bool,
) -> Result<(), Fault> {
    let starts: Vec<_> = partitions.map(|partition| (partition, Offset::Beginning)).collect();
    scan_at(settings, topic, &starts, &BTreeMap::new(), Reading::Committed, each)
}

/// What a reader gets to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// What was committed, up to the first transaction that is open.
    Committed,
    /// Everything that was written, aborted or not.
    Everything,
}

impl Reading {
    fn isolation(self) -> &'static str {
        match self {
            Reading::Committed => "read_committed",
            Reading::Everything => "read_uncommitted",
        }
    }
}

/// From here on a reader wants nothing of a partition.
pub(super) const NOTHING: i64 = i64::MAX;

/// Reads a topic from these offsets, by partition, up to where it ends as this begins; it may well
/// grow meanwhile. An offset that the topic no longer has, or not yet, means its beginning.
pub(super) fn scan_from(
    settings: &Settings,
    topic: &str,
    from: &[i64],
    reading: Reading,
    each: impl FnMut(OwnedMessage) -> bool,
) -> Result<(), Fault> {
    let partitions = preflight(settings, &[topic.to_string()], &[], &[])?[topic];
    let mut config = base(settings)?;
    config.set("isolation.level", reading.isolation());
    let consumer: BaseConsumer<Context> =
        config.create_with_context(Context::default()).map_err(|error| Fault::kafka(&error))?;
    let (mut starts, mut ends) = (Vec::new(), BTreeMap::new());
    for partition in 0..partitions {
        let marks = consumer.fetch_watermarks(topic, partition, CALL);
        let (low, end) = marks.map_err(|error| Fault::kafka(&error))?;
        let asked = from.get(partition as usize).copied().unwrap_or(low);
        if asked == NOTHING {
            continue;
        }
        let start = if (low..=end).contains(&asked) { asked } else { low };
        if start < end {
            starts.push((partition, Offset::Offset(start)));
            ends.insert(partition, end);
        }
    }
    scan_at(settings, topic, &starts, &ends, reading, each)
}

/// Reads from `starts` to `ends`, or where a partition has none of those, to where it ends.
fn scan_at(
    settings: &Settings,
    topic: &str,
    starts: &[(i32, Offset)],
    ends: &BTreeMap<i32, i64>,
    reading: Reading,
    mut each: impl FnMut(OwnedMessage) -> bool,
) -> Result<(), Fault> {
    let mut config = base(settings)?;
    config
        // Never subscribed and never committed to: librdkafka wants a name for any consumer.
        .set("group.id", "weir.reader")
        .set("enable.auto.commit", "false")
        .set("enable.partition.eof", "true")
        // Where retention takes what is about to be read, what is left of it is read, and not passed over.
        .set("auto.offset.reset", "earliest")
        // The reader waits for the end of the topic: short answers end it sooner.
        .set("fetch.wait.max.ms", "10")
        .set("isolation.level", reading.isolation());
    let consumer: BaseConsumer<Context> =
        config.create_with_context(Context::default()).map_err(|error| Fault::kafka(&error))?;
    let mut assignment = TopicPartitionList::new();
    for (partition, start) in starts {
        assignment
            .add_partition_offset(topic, *partition, *start)
            .map_err(|error| Fault::kafka(&error))?;
    }
    consumer.assign(&assignment).map_err(|error| Fault::kafka(&error))?;
    // The deadline is for silence, not for the whole: a long topic may take its time.
    let patience = Duration::from_millis(settings.start_millis);
    // A partition that grows ends more than once.
    let (mut ended, mut heard) = (BTreeSet::new(), Instant::now());
    while ended.len() < starts.len() {
        match consumer.poll(Duration::from_millis(100)) {
            None if heard.elapsed() > patience => {
                return Err(Fault::about(Code::BrokerUnreachable, topic));
            }
            None => continue,
            Some(Ok(message)) => {
                let (partition, offset) = (message.partition(), message.offset());
                let end = ends.get(&partition).copied().unwrap_or(i64::MAX);
                if offset < end && !each(message.detach()) {
                    return Ok(());
                }
                if offset + 1 >= end {
                    ended.insert(partition);
                }
            }
            Some(Err(KafkaError::PartitionEOF(partition))) => {
                ended.insert(partition);
            }
            Some(Err(error)) => match error.rdkafka_error_code() {
                // A group that nothing is asked of needs no right.
                Some(RDKafkaErrorCode::GroupAuthorizationFailed) => continue,
                Some(RDKafkaErrorCode::TopicAuthorizationFailed) => {
                    return Err(Fault::about(Code::NotAuthorised, topic));
                }
                Some(code) if super::is_passing(code) => continue,
                _ => return Err(Fault::kafka(&error)),
            },
        }
        heard = Instant::now();
    }
    Ok(())
}
