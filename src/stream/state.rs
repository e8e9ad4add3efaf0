//! The state topic: one compacted topic a pipeline, written in the same transactions as the data.
//! It holds the tally of each (run, source partition), the run of each transactional id, how far the
//! pipeline has come in each partition, the durable stop marker, and to which key version the clean
//! topic was carried over.

use super::records::Topics;
use super::{Fault, Settings, taken};
use crate::clean::Tally;
use crate::phi::Code;
use rdkafka::Message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

/// A worker's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunRecord {
    pub(super) run: String,
    pub(super) started: String,
    pub(super) closed: bool,
}

/// The cumulative tally of a run for one source partition, and where its records lie: the first one's
/// offset, and the next of the last. What another run took between them it does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartitionTally {
    pub(super) from_offset: i64,
    pub(super) to_offset: i64,
    pub(super) tally: Tally,
}

/// Why and when the pipeline stopped itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StopRecord {
    pub(super) code: String,
    pub(super) at: String,
}

/// Every key in this clean topic is of this key version or of a later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CarryRecord {
    pub(super) topic: String,
    pub(super) version: u32,
    pub(super) at: String,
}

/// Tallies of one run by (source topic, partition).
pub(super) type Tallies = BTreeMap<(String, i32), PartitionTally>;

/// What a worker needs of the state topic.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The last run of this transactional id.
    pub(super) run: Option<RunRecord>,
    /// The tallies of that run.
    pub(super) tallies: Tallies,
    /// The stop marker.
    pub(super) stopped: Option<StopRecord>,
    /// The next offset of each source partition that the pipeline has read, by topic and partition.
    pub(super) places: BTreeMap<(String, i32), i64>,
}

pub(super) const STOP_KEY: &str = "stop";
pub(super) const CARRY_KEY: &str = "carry";

pub(super) fn run_key(transactional_id: &str) -> String {
    format!("run|{transactional_id}")
}

pub(super) fn tally_key(run: &str, topic: &str, partition: i32) -> String {
    format!("tally|{run}|{topic}|{partition}")
}

/// How far the pipeline has come in a partition, once the tallies that said so are gone.
pub(super) fn place_key(topic: &str, partition: i32) -> String {
    format!("place|{topic}|{partition}")
}

pub(super) fn sum(tallies: &Tallies) -> Tally {
    let mut sum = Tally::default();
    tallies.values().for_each(|part| sum.merge(&part.tally));
    sum
}

/// Reads the whole state topic at read_committed. It is compacted: as long as its keys are few. All
/// workers of a pipeline share it: what one of them has committed lies behind the open transactions of
/// the others, and those are waited for.
pub(super) fn read(
    settings: &Settings,
    topic: &str,
    transactional_id: &str,
) -> Result<State, Fault> {
    let patience = Duration::from_millis(settings.start_millis);
    let partitions = 0..taken::partitions(settings, topic)?;
    if !taken::settled(settings, topic, partitions.clone(), patience, || Ok(()))? {
        return Err(Fault::about(Code::KafkaFailed, topic));
    }
    let latest = read_latest(settings, topic, partitions)?;
    let broken = || Fault::about(Code::StateUnreadable, topic);
    let mut state = State::default();
    if let Some(bytes) = latest.get(&run_key(transactional_id)) {
        state.run = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
    }
    if let Some(bytes) = latest.get(STOP_KEY) {
        state.stopped = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
    }
    for (key, bytes) in &latest {
        let mut parts = key.split('|');
        let (topic, partition, next) =
            match (parts.next(), parts.next(), parts.next(), parts.next()) {
                (Some("place"), Some(topic), Some(partition), None) => {
                    let next = std::str::from_utf8(bytes).ok().and_then(|next| next.parse().ok());
                    (topic, partition, next.ok_or_else(broken)?)
                }
                (Some("tally"), Some(_), Some(topic), Some(partition)) => {
                    let tally = serde_json::from_slice(bytes).map_err(|_| broken());
                    (topic, partition, tally.map(|tally: PartitionTally| tally.to_offset)?)
                }
                _ => continue,
            };
        let partition = partition.parse().map_err(|_| broken())?;
        let place = state.places.entry((topic.to_string(), partition)).or_insert(next);
        *place = next.max(*place);
    }
    if let Some(run) = &state.run {
        let prefix = format!("tally|{}|", run.run);
        for (key, bytes) in
            latest.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix))
        {
            let (source, partition) = key[prefix.len()..].rsplit_once('|').ok_or_else(broken)?;
            let partition = partition.parse().map_err(|_| broken())?;
            let tally = serde_json::from_slice(bytes).map_err(|_| broken())?;
            state.tallies.insert((source.to_string(), partition), tally);
        }
    }
    Ok(state)
}

/// The key version that a clean topic was carried over to. Refuses a keyring whose primary `version`
/// is older: it would write old keys into the topic again.
pub(super) fn carried(
    settings: &Settings,
    topics: &Topics,
    version: u32,
) -> Result<Option<u32>, Fault> {
    let partitions = 0..taken::partitions(settings, &topics.state)?;
    let latest = read_latest(settings, &topics.state, partitions)?;
    let Some(bytes) = latest.get(CARRY_KEY) else { return Ok(None) };
    let record: CarryRecord = serde_json::from_slice(bytes)
        .map_err(|_| Fault::about(Code::StateUnreadable, &topics.state))?;
    // The pipeline may have got another clean topic since.
    match (record.topic == topics.clean).then_some(record.version) {
        Some(carried) if carried > version => {
            Err(Fault::about(Code::KeyringRolledBack, &topics.clean))
        }
        carried => Ok(carried),
    }
}

/// The last value of each key.
fn read_latest(
    settings: &Settings,
    topic: &str,
    partitions: Range<i32>,
) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let mut latest = BTreeMap::new();
    taken::scan_some(settings, topic, partitions, |message| {
        if let Some(key) = message.key().and_then(|key| std::str::from_utf8(key).ok()) {
            match message.payload() {
                Some(value) => latest.insert(key.to_string(), value.to_vec()),
                None => latest.remove(key),
            };
        }
        true
    })?;
    Ok(latest)
}
