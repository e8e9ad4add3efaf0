//! The state topic: one compacted topic a pipeline, written in the same transactions as the data.
//! It holds the tally of each (run, source partition), the run of each transactional id, the durable
//! stop marker, and to which key version the clean topic was carried over.

use super::records::Topics;
use super::{Fault, Settings, taken};
use crate::clean::Tally;
use crate::phi::Code;
use rdkafka::Message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// A worker's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunRecord {
    pub(super) run: String,
    pub(super) started: String,
    pub(super) closed: bool,
}

/// The cumulative tally of a run for one source partition, and the half-open range it covers.
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
}

pub(super) const STOP_KEY: &str = "stop";
pub(super) const CARRY_KEY: &str = "carry";

pub(super) fn run_key(transactional_id: &str) -> String {
    format!("run|{transactional_id}")
}

pub(super) fn tally_key(run: &str, topic: &str, partition: i32) -> String {
    format!("tally|{run}|{topic}|{partition}")
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
    if !taken::settled(settings, topic, 0..1, patience, || Ok(()))? {
        return Err(Fault::about(Code::KafkaFailed, topic));
    }
    let latest = read_latest(settings, topic)?;
    let broken = || Fault::about(Code::StateUnreadable, topic);
    let mut state = State::default();
    if let Some(bytes) = latest.get(&run_key(transactional_id)) {
        state.run = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
    }
    if let Some(bytes) = latest.get(STOP_KEY) {
        state.stopped = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
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
    let latest = read_latest(settings, &topics.state)?;
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
fn read_latest(settings: &Settings, topic: &str) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let mut latest = BTreeMap::new();
    taken::scan(settings, topic, |message| {
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
