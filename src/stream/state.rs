//! The state topic: one compacted topic a pipeline, written in the same transactions as the data.
//! It holds the tally of each (run, source partition), the run of each transactional id and its chain of manifests, how far the
//! pipeline has come in each partition, the durable stop marker, and to which key version the clean
//! topic was carried over.

use super::prove::Link;
use super::records::Topics;
use super::{Fault, Settings, taken};
use crate::clean::Tally;
use crate::limits;
use crate::lineage::{Range, Told, Watch};
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
    /// The pipeline's run that a worker's is a part of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) parent: String,
    /// What its events have told.
    #[serde(default)]
    pub(super) told: Told,
    /// Under which policy and keys it works, as its events have it.
    #[serde(default)]
    pub(super) policy: serde_json::Value,
    /// What it reads and writes: its successor may have other topics.
    #[serde(default)]
    pub(super) topics: RunTopics,
}

/// The topics of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunTopics {
    pub(super) sources: Vec<String>,
    pub(super) clean: String,
    pub(super) quarantine: String,
}

impl RunTopics {
    pub(super) fn of(topics: &Topics) -> RunTopics {
        let (clean, quarantine) = (topics.clean.clone(), topics.quarantine.clone());
        RunTopics { sources: topics.sources.clone(), clean, quarantine }
    }
}

/// The cumulative tally of a run for one source partition, and where its records lie: the first one's
/// offset, and the next of the last. What another run took between them it does not count, and
/// `ranges` leaves it out: each is `[from, to, records]`, half-open, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartitionTally {
    pub(super) from_offset: i64,
    pub(super) to_offset: i64,
    #[serde(default)]
    pub(super) ranges: Vec<(i64, i64, u64)>,
    pub(super) tally: Tally,
}

impl PartitionTally {
    /// Adds what was read from `from` on, up to `to`. Where it goes on from the place that this run
    /// had come to, nobody else has had the partition in between.
    pub(super) fn cover(&mut self, from: i64, to: i64, records: u64) {
        match self.ranges.last_mut() {
            Some((_, last, sum)) if *last == from => (*last, *sum) = (to, *sum + records),
            Some(_) => self.ranges.push((from, to, records)),
            None => {
                self.from_offset = from;
                self.ranges.push((from, to, records));
            }
        }
        self.to_offset = to;
        if self.ranges.len() > limits::LINEAGE_RANGES_MAX {
            // The oldest two become one, which has what lies between them in it and not in its count.
            let (_, to, records) = self.ranges.remove(1);
            self.ranges[0].1 = to;
            self.ranges[0].2 += records;
        }
    }
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
    /// The last run of the pipeline in processes of this name.
    pub(super) parent: Option<RunRecord>,
    /// How far that run's chain of manifests has come.
    pub(super) proof: Option<Link>,
    /// What the windows of this transactional id's runs usually have.
    pub(super) watch: Option<Watch>,
    /// The tallies of that run.
    pub(super) tallies: Tallies,
    /// The stop marker.
    pub(super) stopped: Option<StopRecord>,
    /// The next offset of each source partition that the pipeline has read, by topic and partition.
    pub(super) places: BTreeMap<(String, i32), i64>,
}

pub(super) const STOP_KEY: &str = "stop";
pub(super) const CARRY_KEY: &str = "carry";

/// `id`: a transactional id, or the part of it that a process's workers share.
pub(super) fn run_key(id: &str) -> String {
    format!("run|{id}")
}

pub(super) fn proof_key(transactional_id: &str) -> String {
    format!("proof|{transactional_id}")
}

pub(super) fn watch_key(transactional_id: &str) -> String {
    format!("watch|{transactional_id}")
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

/// The ranges of all partitions, as events tell them.
pub(super) fn ranges(tallies: &Tallies) -> Vec<Range<'_>> {
    let all = tallies.iter().flat_map(|((topic, partition), tally)| {
        let range =
            |&(from, to, records)| Range { topic, partition: *partition, from, to, records };
        tally.ranges.iter().map(range)
    });
    all.collect()
}

/// Reads the whole state topic at read_committed. It is compacted: as long as its keys are few. All
/// workers of a pipeline share it: what one of them has committed lies behind the open transactions of
/// the others, and those are waited for.
pub(super) fn read(
    settings: &Settings,
    topic: &str,
    (transactional_id, process): (&str, &str),
) -> Result<State, Fault> {
    let patience = Duration::from_millis(settings.start_millis);
    let partitions = 0..taken::partitions(settings, topic)?;
    if !taken::settled(settings, topic, partitions.clone(), patience, || Ok(()))? {
        return Err(Fault::about(Code::KafkaFailed, topic));
    }
    let latest = read_latest(settings, topic, partitions)?;
    let broken = || Fault::about(Code::StateUnreadable, topic);
    let mut state = State::default();
    for (id, run) in [(transactional_id, &mut state.run), (process, &mut state.parent)] {
        if let Some(bytes) = latest.get(&run_key(id)) {
            *run = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
        }
    }
    if let Some(bytes) = latest.get(&proof_key(transactional_id)) {
        state.proof = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
    }
    if let Some(bytes) = latest.get(&watch_key(transactional_id)) {
        state.watch = Some(serde_json::from_slice(bytes).map_err(|_| broken())?);
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
    partitions: std::ops::Range<i32>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_go_on_where_the_run_left_off_and_begin_anew_where_another_was() {
        let mut tally = PartitionTally::default();
        tally.cover(10, 20, 9);
        tally.cover(20, 25, 4);
        assert_eq!((tally.from_offset, tally.to_offset), (10, 25));
        assert_eq!(tally.ranges, [(10, 25, 13)]);
        // Another run has had the partition from 25 to 40.
        tally.cover(40, 50, 10);
        assert_eq!(tally.ranges, [(10, 25, 13), (40, 50, 10)]);
        assert_eq!((tally.from_offset, tally.to_offset), (10, 50));
    }

    #[test]
    fn ranges_are_bounded_and_lose_no_record() {
        let mut tally = PartitionTally::default();
        let times = limits::LINEAGE_RANGES_MAX as i64 + 100;
        (0..times).for_each(|n| tally.cover(n * 10, n * 10 + 3, 2));
        assert_eq!(tally.ranges.len(), limits::LINEAGE_RANGES_MAX);
        assert_eq!(tally.ranges[0], (0, 1_003, 202));
        assert_eq!(tally.ranges.iter().map(|range| range.2).sum::<u64>(), times as u64 * 2);
    }
}
