//! Kafka records in and out: topics, headers, timestamps, quarantine entries.

use super::clock::first_of_year;
use super::kafka::{is_compacted, record_bytes_max, retention_millis, topic_time_is_append};
use super::registry::{HEADER, Written};
use super::telemetry::is_of_context;
use super::{Fault, Settings};
use crate::clean::Cleaned;
use crate::keys::Sealer;
use crate::limits;
use crate::phi::Code;
use crate::policy::{Basis, Pipeline, Plan, Proof, Sink, Source, StopAbove, Timestamp};
use data_encoding::BASE64;
use rdkafka::message::{Header, Headers, OwnedHeaders};
use std::collections::VecDeque;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The topics of a pipeline.
#[derive(Debug)]
pub(super) struct Topics {
    pub(super) sources: Vec<String>,
    pub(super) clean: String,
    pub(super) quarantine: String,
    pub(super) lineage: Option<String>,
    pub(super) proof: Option<String>,
    pub(super) trail: Option<String>,
    pub(super) state: String,
    /// Longest record that the clean topic takes, in bytes.
    pub(super) clean_bytes: usize,
    /// Longest record that the quarantine topic takes, in bytes.
    pub(super) quarantine_bytes: usize,
    /// Longest record that the topic of manifests takes, in bytes.
    pub(super) proof_bytes: usize,
    /// Longest record that the topic of the trail takes, in bytes.
    pub(super) trail_bytes: usize,
    /// Where canaries go.
    pub(super) canary: Option<CanaryTopics>,
}

/// The topics of canaries, and the longest record that each takes, in bytes.
#[derive(Debug)]
pub(super) struct CanaryTopics {
    pub(super) clean: String,
    pub(super) quarantine: String,
    pub(super) clean_bytes: usize,
    pub(super) quarantine_bytes: usize,
}

/// The two ways out that a record has.
pub(super) struct Lane<'a> {
    pub(super) clean: &'a str,
    pub(super) quarantine: &'a str,
    pub(super) quarantine_bytes: usize,
}

impl Topics {
    pub(super) fn of(pipeline: &Pipeline) -> Result<Topics, Fault> {
        let (Source::Topics { topics, .. }, Sink::Topic { topic, .. }) =
            (&pipeline.source, &pipeline.sink)
        else {
            return Err(Fault::about(Code::Internal, "a pipeline of files"));
        };
        let quarantine = pipeline.quarantine.topic.clone();
        Ok(Topics {
            sources: topics.clone(),
            clean: topic.clone(),
            quarantine: quarantine
                .ok_or_else(|| Fault::about(Code::MissingKey, "quarantine.topic"))?,
            lineage: pipeline.lineage.topic.clone(),
            proof: pipeline.proof.as_ref().and_then(Proof::topic).cloned(),
            trail: pipeline.trail.clone(),
            state: pipeline.state_topic.clone(),
            clean_bytes: limits::TOPIC_RECORD_BYTES,
            quarantine_bytes: limits::TOPIC_RECORD_BYTES,
            proof_bytes: limits::TOPIC_RECORD_BYTES,
            trail_bytes: limits::TOPIC_RECORD_BYTES,
            canary: pipeline.canary.as_ref().map(|canary| CanaryTopics {
                clean: canary.clean.clone(),
                quarantine: canary.quarantine.clone(),
                clean_bytes: limits::TOPIC_RECORD_BYTES,
                quarantine_bytes: limits::TOPIC_RECORD_BYTES,
            }),
        })
    }

    /// Two sources, and nothing that a pipeline may leave out.
    #[cfg(test)]
    pub(super) fn for_tests() -> Topics {
        Topics {
            sources: vec!["notes".into(), "letters".into()],
            clean: "clean".into(),
            quarantine: "quarantine".into(),
            lineage: None,
            proof: None,
            trail: None,
            state: "state".into(),
            clean_bytes: limits::TOPIC_RECORD_BYTES,
            quarantine_bytes: limits::TOPIC_RECORD_BYTES,
            proof_bytes: limits::TOPIC_RECORD_BYTES,
            trail_bytes: limits::TOPIC_RECORD_BYTES,
            canary: None,
        }
    }

    /// Asks the broker how long a record may be.
    pub(super) fn measured(mut self, settings: &Settings) -> Topics {
        self.clean_bytes = record_bytes_max(settings, &self.clean);
        self.quarantine_bytes = record_bytes_max(settings, &self.quarantine);
        if let Some(proof) = &self.proof {
            self.proof_bytes = record_bytes_max(settings, proof);
        }
        if let Some(trail) = &self.trail {
            self.trail_bytes = record_bytes_max(settings, trail);
        }
        if let Some(canary) = &mut self.canary {
            canary.clean_bytes = record_bytes_max(settings, &canary.clean);
            canary.quarantine_bytes = record_bytes_max(settings, &canary.quarantine);
        }
        self
    }

    /// The bytes of key and value that a clean record may have.
    pub(super) fn clean_max(&self) -> usize {
        self.clean_bytes.saturating_sub(limits::RECORD_OVERHEAD_BYTES)
    }

    /// The bytes of a batch that every topic takes.
    pub(super) fn batch_bytes(&self) -> usize {
        let canary = self.canary.as_ref().map(|c| c.clean_bytes.min(c.quarantine_bytes));
        let least = self.clean_bytes.min(self.quarantine_bytes).min(canary.unwrap_or(usize::MAX));
        least.min(limits::TOPIC_RECORD_BYTES)
    }

    /// The topics that records go to: each needs as many partitions as the source.
    pub(super) fn sinks(&self) -> Vec<&str> {
        let canary = self.canary.iter().flat_map(|canary| [&canary.clean, &canary.quarantine]);
        [&self.clean, &self.quarantine].into_iter().chain(canary).map(String::as_str).collect()
    }

    pub(super) fn others(&self) -> Vec<&str> {
        let others = self.lineage.iter().chain(&self.proof).chain(&self.trail).chain([&self.state]);
        others.map(String::as_str).collect()
    }

    /// Every topic, sources first.
    pub(super) fn all(&self) -> Vec<&str> {
        let sources = self.sources.iter().map(String::as_str);
        sources.chain(self.sinks()).chain(self.others()).collect()
    }
}

/// Where a record came from.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) topic: u16,
    pub(super) partition: i32,
    pub(super) offset: i64,
    pub(super) timestamp: Option<i64>,
    pub(super) headers: Option<OwnedHeaders>,
    /// Its id, if it is a canary.
    pub(super) canary: Option<String>,
    /// Which schema it was written with, and where it begins behind that; where its topic has a registry.
    pub(super) written: Option<Result<(Written, usize), Code>>,
    /// What its clean record begins with.
    pub(super) prefix: Option<Arc<[u8]>>,
}

impl Origin {
    /// The bytes of its headers, names included: all of them, or those that go along.
    pub(super) fn header_bytes(&self, goes_along: impl Fn(&str) -> bool) -> usize {
        let headers = self.headers.iter().flat_map(|headers| headers.iter());
        headers
            .filter(|header| goes_along(header.key))
            .map(|header| header.key.len() + header.value.map_or(0, <[u8]>::len))
            .sum()
    }

    pub(super) fn pointer(&self, topics: &Topics) -> String {
        format!("{}/{}/{}", topics.sources[usize::from(self.topic)], self.partition, self.offset)
    }
}

/// Headers: a name and a value each, in order.
pub(super) type Pairs<'a> = Vec<(&'a str, Option<&'a [u8]>)>;

/// Headers as librdkafka has them, with room for one more: a list of its that grows is copied.
pub(super) fn owned(pairs: &[(&str, Option<&[u8]>)]) -> OwnedHeaders {
    let empty = OwnedHeaders::new_with_capacity(pairs.len() + 1);
    pairs.iter().fold(empty, |headers, &(key, value)| headers.insert(Header { key, value }))
}

/// The headers of a clean record: the allow-listed ones of the source, and weir's own. Under
/// safe_harbor neither the source nor the key version may leave.
pub(super) fn clean_headers<'a>(
    plan: &Plan,
    policy: &'a str,
    keys: &'a str,
    pointer: &'a str,
    allowed: &[String],
    origin: &'a Origin,
) -> Pairs<'a> {
    // Weir's own, and trace context.
    let mut headers = Vec::with_capacity(allowed.len() + 4);
    if let Some(source) = &origin.headers {
        let along = source.iter().filter(|header| goes_along(allowed, header.key));
        headers.extend(along.map(|header| (header.key, header.value)));
    }
    headers.push(("weir-policy", Some(policy.as_bytes())));
    if plan.basis != Basis::SafeHarbor {
        headers.push(("weir-source", Some(pointer.as_bytes())));
        headers.push(("weir-keys", Some(keys.as_bytes())));
    }
    headers
}

/// Whether a header of the source is allowed to leave as it is. A source cannot claim to be weir; trace
/// context goes by rules of its own.
pub(super) fn goes_along(allowed: &[String], name: &str) -> bool {
    // What names the schema of the source's record is not that of the clean one.
    let may = !name.starts_with("weir-") && name != HEADER && !is_of_context(name);
    may && allowed.iter().any(|allowed| allowed == name)
}

/// The timestamp of a clean record; `None` leaves it to the producer. So does a time that has not
/// come yet at `now`: brokers refuse it, and with it the whole batch, each time it is tried.
pub(super) fn timestamp(rule: Timestamp, origin: &Origin, now: i64) -> Option<i64> {
    let time = match rule {
        Timestamp::Append => None,
        Timestamp::Keep => origin.timestamp,
        Timestamp::Year => origin.timestamp.and_then(first_of_year),
    };
    time.filter(|time| *time <= now + limits::AHEAD_MILLIS_MAX)
}

/// Refuses `year` and `keep` on a sink whose retention would delete the records as they arrive.
pub(super) fn check_retention(
    pipeline: &Pipeline,
    settings: &Settings,
    topic: &str,
) -> Result<(), Fault> {
    let Sink::Topic { timestamp, .. } = &pipeline.sink else { return Ok(()) };
    if *timestamp == Timestamp::Append {
        return Ok(());
    }
    // A broker that writes its own time writes the day.
    if topic_time_is_append(settings, topic)? {
        return Err(Fault::about(Code::TimestampKept, topic));
    }
    let year = 366 * 24 * 3_600_000;
    match retention_millis(settings, topic)? {
        Some(millis) if *timestamp == Timestamp::Keep || millis < year => {
            Err(Fault::about(Code::Retention, topic))
        }
        _ => Ok(()),
    }
}

/// Refuses a compacted sink under safe_harbor. Whoever cannot tell must not start.
pub(super) fn check_compaction(plan: &Plan, settings: &Settings, topic: &str) -> Result<(), Fault> {
    if plan.basis != Basis::SafeHarbor {
        return Ok(());
    }
    match is_compacted(settings, topic)? {
        Some(false) => Ok(()),
        Some(true) => Err(Fault::about(Code::CompactedSafeHarbor, topic)),
        None => Err(Fault::about(Code::NotAuthorised, topic)),
    }
}

/// A refused record as it goes to quarantine: headers in clear text (code, pointer, policy), and
/// everything of the record sealed.
pub(super) struct Entry {
    pub(super) headers: OwnedHeaders,
    pub(super) payload: Vec<u8>,
}

/// What is authenticated with a sealed payload.
pub(super) fn about(pointer: &str, code: Code) -> String {
    format!("{pointer}|{}", code.id())
}

/// A sealed record that is longer than the quarantine topic takes is cut into parts, which follow
/// each other in one partition; the header `weir-part` numbers them, `1/3`. Their payloads one
/// behind the other are the sealed record.
pub(super) fn quarantine_parts(entry: Entry, most: usize) -> Vec<Entry> {
    let most =
        most.saturating_sub(limits::RECORD_OVERHEAD_BYTES).max(limits::RECORD_OVERHEAD_BYTES);
    if entry.payload.len() <= most {
        return vec![entry];
    }
    let parts = entry.payload.len().div_ceil(most);
    let part = |(n, payload): (usize, &[u8])| {
        let number = format!("{}/{parts}", n + 1);
        let header = Header { key: "weir-part", value: Some(&number) };
        Entry { headers: entry.headers.clone().insert(header), payload: payload.to_vec() }
    };
    entry.payload.chunks(most).enumerate().map(part).collect()
}

pub(super) fn quarantine_entry(
    sealer: &Sealer,
    cleaned: &Cleaned,
    record: usize,
    code: Code,
    pointer: &str,
    policy: &str,
    origin: Option<&Origin>,
) -> Result<Entry, Code> {
    let (key, value) = cleaned.expose_raw(record);
    let payload = sealed_payload(sealer, key, value, code, pointer, origin)?;
    let headers = OwnedHeaders::new_with_capacity(3)
        .insert(Header { key: "weir-code", value: Some(code.id()) })
        .insert(Header { key: "weir-source", value: Some(pointer) })
        .insert(Header { key: "weir-policy", value: Some(policy) });
    Ok(Entry { headers, payload })
}

/// JSON of key, value, headers and timestamp (bytes in base64), sealed.
pub(super) fn sealed_payload(
    sealer: &Sealer,
    key: Option<&[u8]>,
    value: Option<&[u8]>,
    code: Code,
    pointer: &str,
    origin: Option<&Origin>,
) -> Result<Vec<u8>, Code> {
    let text = |bytes: Option<&[u8]>| bytes.map(|bytes| BASE64.encode(bytes));
    let headers: Vec<_> = origin
        .and_then(|origin| origin.headers.as_ref())
        .map(|headers| headers.iter().map(|h| (h.key.to_string(), text(h.value))).collect())
        .unwrap_or_default();
    let timestamp = origin.and_then(|origin| origin.timestamp);
    let body = serde_json::json!({
        "key": text(key), "value": text(value), "headers": headers, "timestamp": timestamp,
    });
    let body = Zeroizing::new(serde_json::to_vec(&body).map_err(|_| Code::Internal)?);
    sealer.seal(&body, about(pointer, code).as_bytes())
}

/// The share of refused records in a sliding window, kept in slices of it: what a window holds does
/// not depend on how many batches it has. The slice that is half outside counts whole.
#[derive(Clone, Debug)]
pub(super) struct RefusalWindow {
    limit: Option<StopAbove>,
    slices: VecDeque<(u64, u64, u64)>,
}

/// Slices of a window.
const SLICES: u64 = 60;

impl RefusalWindow {
    pub(super) fn new(limit: Option<StopAbove>) -> RefusalWindow {
        RefusalWindow { limit, slices: VecDeque::new() }
    }

    /// Adds a batch; true when the share of the window is above the limit.
    pub(super) fn trips(&mut self, now: u64, records: u64, refused: u64) -> bool {
        let Some(limit) = &self.limit else { return false };
        let slice = limit.window_millis.div_ceil(SLICES).max(1);
        let number = now / slice;
        match self.slices.back_mut() {
            Some(last) if last.0 == number => {
                (last.1, last.2) = (last.1 + records, last.2 + refused)
            }
            _ => self.slices.push_back((number, records, refused)),
        }
        let oldest = now.saturating_sub(limit.window_millis) / slice;
        while self.slices.front().is_some_and(|(number, ..)| *number < oldest) {
            self.slices.pop_front();
        }
        let sum = |part: fn(&(u64, u64, u64)) -> u64| self.slices.iter().map(part).sum::<u64>();
        let (records, refused) = (sum(|b| b.1), sum(|b| b.2));
        records >= limit.min_records && refused as f64 > limit.share * records as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_window_slides_and_needs_a_minimum() {
        let limit = StopAbove { share: 0.05, window_millis: 1_000, min_records: 100 };
        let mut window = RefusalWindow::new(Some(limit));
        assert!(!window.trips(0, 50, 50), "fewer than the minimum");
        assert!(window.trips(10, 50, 0));
        assert!(!window.trips(2_000, 200, 10), "exactly the share is not above it");
        assert!(window.trips(2_001, 100, 10));
        assert!(!RefusalWindow::new(None).trips(0, 100, 100));
        (0..100_000).for_each(|n| _ = window.trips(3_000 + n / 10, 1, 0));
        assert!(window.slices.len() as u64 <= SLICES + 1, "{}", window.slices.len());
    }

    #[test]
    fn a_time_that_has_not_come_yet_is_not_kept() {
        let origin = |timestamp| Origin {
            topic: 0,
            partition: 0,
            offset: 0,
            timestamp: Some(timestamp),
            headers: None,
            canary: None,
            written: None,
            prefix: None,
        };
        let now = 1_800_000_000_000;
        let day = 86_400_000;
        for rule in [Timestamp::Keep, Timestamp::Year] {
            assert!(timestamp(rule, &origin(now - day), now).is_some());
            assert_eq!(timestamp(rule, &origin(now + 400 * day), now), None);
        }
        assert_eq!(timestamp(Timestamp::Keep, &origin(now + 1_000), now), Some(now + 1_000));
    }
}
