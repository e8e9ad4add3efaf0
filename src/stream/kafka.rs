//! Client settings, spelled out, and what is checked before any record is read.

use super::{Fault, Settings};
use crate::failpoint;
use crate::limits;
use crate::phi::Code;
use rdkafka::admin::{AdminClient, AdminOptions, ResourceSpecifier};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::{ClientConfig, RDKafkaLogLevel};
use rdkafka::consumer::{
    BaseConsumer, Consumer, ConsumerContext, ConsumerGroupMetadata, RebalanceProtocol,
};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::DeliveryResult;
use rdkafka::metadata::Metadata;
use rdkafka::producer::{BaseProducer, ProducerContext};
use rdkafka::types::RDKafkaRespErr;
use rdkafka::{ClientContext, Message as _, Statistics, TopicPartitionList};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The longest that one try to hear of topics takes: between two, it is heard why there was no answer.
const METADATA_TRY: Duration = Duration::from_secs(2);

/// Properties that a person may set: how to reach the brokers, who we are, and how much the network
/// carries. Everything else is weir's: delivery, memory and what is heard of broken connections
/// depend on it, under every name that librdkafka has for it.
const OPEN: &[&str] = &[
    "security.protocol",
    "enable.ssl.certificate.verification",
    "compression.type",
    "compression.level",
    "client.rack",
    "client.dns.lookup",
    "broker.address.family",
    "broker.address.ttl",
    "connections.max.idle.ms",
    "metadata.max.age.ms",
    "topic.metadata.refresh.interval.ms",
    "reconnect.backoff.ms",
    "reconnect.backoff.max.ms",
    "socket.keepalive.enable",
    "socket.nagle.disable",
    "socket.send.buffer.bytes",
    "socket.receive.buffer.bytes",
];

/// Whether a person may set it. Engines and providers of TLS are code that would run in this process.
fn is_open(property: &str) -> bool {
    let code = matches!(property, "ssl.engine.location" | "ssl.engine.id" | "ssl.providers");
    let whole = ["ssl.", "sasl.", "https.ca."].iter().any(|prefix| property.starts_with(prefix));
    whole && !code || OPEN.contains(&property)
}

/// The client settings that consumer and producer share; refuses what would weaken delivery and
/// plain text that leaves the machine.
pub(super) fn base(settings: &Settings) -> Result<ClientConfig, Fault> {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", &settings.brokers);
    for (key, value) in &settings.properties {
        if !is_open(key) {
            return Err(Fault::about(Code::KafkaProperty, key));
        }
        config.set(key, value);
    }
    let protocol = config.get("security.protocol").unwrap_or("plaintext").to_ascii_lowercase();
    let plain = protocol == "plaintext" || protocol == "sasl_plaintext";
    let insecure = settings.insecure.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    if plain && !insecure && !settings.brokers.split(',').all(is_loopback) {
        return Err(Fault::about(Code::PlainText, &settings.brokers));
    }
    config.set("socket.timeout.ms", limits::SOCKET_TIMEOUT_MILLIS.to_string());
    config.set("client.id", "weir");
    // librdkafka's own log lines may quote brokers and configuration; errors reach us as codes.
    config.set_log_level(RDKafkaLogLevel::Emerg);
    Ok(config)
}

pub(super) fn is_loopback(broker: &str) -> bool {
    let host =
        broker.trim().rsplit_once(':').map_or(broker, |(host, _)| host).trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// What the callbacks of one client saw.
#[derive(Default)]
pub(super) struct Seen {
    /// Partitions were taken away since the worker last looked.
    pub(super) revoked: AtomicBool,
    /// Partitions were assigned since the worker last looked.
    pub(super) assigned: AtomicBool,
    /// The group as it was when partitions were last assigned. Taken later, it could be that of a
    /// generation whose partitions this worker does not have.
    pub(super) group: Mutex<Option<ConsumerGroupMetadata>>,
    /// The partitions that the group has given. The client reads none of them before it is told from
    /// where: asked to find that out itself, it calls each partition of a new group an error.
    given: Mutex<TopicPartitionList>,
    /// Why the first record was not delivered, since the transaction began.
    pub(super) undelivered: Mutex<Option<KafkaError>>,
    /// Where records that were to be told of have arrived: the number that each was sent with, and its offset.
    pub(super) placed: Mutex<Vec<(usize, i64)>>,
    /// A callback said that a newer process has taken over.
    pub(super) fenced: AtomicBool,
    /// A connection broke, or a request ran out of time.
    pub(super) broken: AtomicBool,
    /// The ends of partitions, as the client's statistics last had them.
    pub(super) ends: Mutex<BTreeMap<(String, i32), i64>>,
}

impl Seen {
    /// The partitions that this consumer has; where the group adds some to others, the client knows.
    pub(super) fn partitions(
        &self,
        consumer: &BaseConsumer<Context>,
    ) -> KafkaResult<TopicPartitionList> {
        match (consumer.rebalance_protocol(), self.given.lock()) {
            (RebalanceProtocol::Cooperative, _) => consumer.assignment(),
            (_, given) => Ok(given.unwrap_or_else(PoisonError::into_inner).clone()),
        }
    }
}

impl std::fmt::Debug for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seen")
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Context(pub(super) std::sync::Arc<Seen>);

impl ClientContext for Context {
    /// Nothing of a log line is kept or passed on. That a connection failed is told in no other way:
    /// librdkafka gives a lost connection to the error callback only if it calls it an error, which
    /// it does not when the broker, or something before it, closes it.
    fn log(&self, _: RDKafkaLogLevel, facility: &str, message: &str) {
        // Nothing was on its way where no connection was made.
        let refused = message.contains(": Connect to ") || message.contains("Failed to resolve");
        if facility == "FAIL" && !refused || facility == "REQTMOUT" {
            self.0.broken.store(true, Ordering::SeqCst);
        }
    }

    fn stats(&self, statistics: Statistics) {
        let Ok(mut ends) = self.0.ends.lock() else { return };
        ends.extend(statistics.topics.into_iter().flat_map(|(topic, page)| {
            page.partitions.into_iter().filter_map(move |(partition, page)| {
                let end = if page.ls_offset >= 0 { page.ls_offset } else { page.hi_offset };
                (partition >= 0 && end >= 0).then(|| ((topic.clone(), partition), end))
            })
        }));
    }

    fn error(&self, error: KafkaError, _: &str) {
        if is_fenced(&error) {
            self.0.fenced.store(true, Ordering::SeqCst);
        }
    }
}

impl ConsumerContext for Context {
    fn rebalance(
        &self,
        consumer: &BaseConsumer<Self>,
        kind: RDKafkaRespErr,
        partitions: &mut TopicPartitionList,
    ) {
        let given = kind == RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
        if !given {
            failpoint::pass("revoke");
            self.0.revoked.store(true, Ordering::SeqCst);
            // librdkafka keeps a partition's pause while others have it. Whoever gets it back here would
            // never read it again: by then nobody knows that it is paused.
            let _ = consumer.resume(partitions);
        }
        let eager = !matches!(consumer.rebalance_protocol(), RebalanceProtocol::Cooperative);
        if let Ok(mut now) = self.0.given.lock() {
            *now = if given { partitions.clone() } else { TopicPartitionList::new() };
        }
        // librdkafka refuses only where the client has failed for good, and the next poll tells of that.
        let _ = match (given, eager) {
            (true, true) => consumer.assign(&TopicPartitionList::new()),
            (true, false) => consumer.incremental_assign(partitions),
            (false, true) => consumer.unassign(),
            (false, false) => consumer.incremental_unassign(partitions),
        };
        if given {
            if let Ok(mut group) = self.0.group.lock() {
                *group = consumer.group_metadata();
            }
            self.0.assigned.store(true, Ordering::SeqCst);
        }
    }
}

impl ProducerContext for Context {
    /// One more than the number of a record whose place is to be told; else 0.
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, number: usize) {
        match (result, number.checked_sub(1)) {
            (Err((error, _)), _) => {
                if is_fenced(error) {
                    self.0.fenced.store(true, Ordering::SeqCst);
                }
                if let Ok(mut undelivered) = self.0.undelivered.lock() {
                    undelivered.get_or_insert_with(|| error.clone());
                }
            }
            (Ok(message), Some(number)) => {
                if let Ok(mut placed) = self.0.placed.lock() {
                    placed.push((number, message.offset()));
                }
            }
            (Ok(_), None) => {}
        }
    }
}

/// True for the errors that say: a newer process has taken over.
pub(super) fn is_fenced(error: &KafkaError) -> bool {
    use RDKafkaErrorCode as E;
    matches!(
        error.rdkafka_error_code(),
        Some(E::Fenced | E::FencedInstanceId | E::ProducerFenced | E::InvalidProducerEpoch)
    )
}

/// The group of a pipeline's consumers.
pub(super) fn group(pipeline: &str) -> String {
    format!("weir.{pipeline}")
}

/// The consumer of one worker. `member` is its name in the group, which keeps its place over a
/// restart; without one it leaves the group as it ends.
pub(super) fn consumer(
    settings: &Settings,
    pipeline: &str,
    member: Option<&str>,
    context: Context,
) -> Result<BaseConsumer<Context>, Fault> {
    let mut config = base(settings)?;
    config
        .set("group.id", group(pipeline))
        .set("enable.auto.commit", "false")
        .set("enable.auto.offset.store", "false")
        .set("isolation.level", "read_committed")
        .set("max.poll.interval.ms", limits::POLL_MILLIS_MAX.to_string())
        .set("fetch.wait.max.ms", "100")
        // Tells how far away the ends of the partitions are.
        .set("statistics.interval.ms", limits::STATISTICS_MILLIS.to_string())
        // Memory stays bounded however far behind the group is.
        .set("queued.max.messages.kbytes", (limits::FETCH_QUEUE_BYTES_MAX / 1024).to_string())
        .set("fetch.max.bytes", limits::FETCH_BYTES_MAX.to_string())
        // A record that is longer comes all the same, alone.
        .set("fetch.message.max.bytes", limits::FETCH_PARTITION_BYTES_MAX.to_string());
    if let Some(member) = member {
        config.set("group.instance.id", member);
    }
    if settings.next_generation_group {
        // The demo's mock deletes nothing; in this protocol the client begins before weir has told it
        // where.
        config.set("auto.offset.reset", "earliest");
        config.set("group.protocol", "consumer").remove("group.instance.id");
    } else {
        // What was deleted before it was read is told of, never passed over.
        config.set("auto.offset.reset", "error");
        // Eager: everything is revoked, everything starts again from the committed offsets.
        config
            .set("partition.assignment.strategy", "range")
            .set("session.timeout.ms", limits::SESSION_TIMEOUT_MILLIS.to_string());
    }
    config.create_with_context(context).map_err(|error| Fault::kafka(&error))
}

/// The producer of one worker, not yet initialised; without a transactional id it is one for at least
/// once.
pub(super) fn producer(
    settings: &Settings,
    transactional_id: Option<&str>,
    batch_bytes: usize,
    context: Context,
) -> Result<BaseProducer<Context>, Fault> {
    let mut config = base(settings)?;
    config
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .set("message.timeout.ms", limits::TXN_CALL_MILLIS_MAX.to_string())
        .set("linger.ms", if transactional_id.is_some() { "5" } else { "1" })
        .set("batch.size", batch_bytes.to_string())
        .set("message.max.bytes", (limits::RECORD_BYTES_MAX * 2).to_string())
        .set("queue.buffering.max.messages", "1000000")
        .set("queue.buffering.max.kbytes", (limits::SEND_QUEUE_BYTES_MAX / 1024).to_string());
    if let Some(id) = transactional_id {
        config
            .set("transactional.id", id)
            .set("transaction.timeout.ms", limits::TXN_TIMEOUT_MILLIS.to_string());
        // Lost connections are told in log lines of this level alone; see `Context::log`.
        config.set("log.connection.close", "true").set_log_level(RDKafkaLogLevel::Info);
    }
    if config.get("compression.type").is_none() {
        config.set("compression.type", "lz4");
    }
    config.create_with_context(context).map_err(|error| Fault::kafka(&error))
}

/// What the brokers say of topics, of one or of all. A broker that cannot be trusted, or that does not trust weir, is told
/// from one that does not answer: librdkafka says so to who polls, and tries again by itself.
pub(super) fn metadata(
    consumer: &BaseConsumer<Context>,
    topic: Option<&str>,
    most: Duration,
    brokers: &str,
) -> Result<Metadata, Fault> {
    use RDKafkaErrorCode as E;
    let (until, mut distrusted) = (Instant::now() + most, 0);
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if let Ok(metadata) = consumer.fetch_metadata(topic, left.min(METADATA_TRY)) {
            return Ok(metadata);
        }
        while let Some(Err(error)) = consumer.poll(Duration::ZERO) {
            let trust = [E::SSL, E::Authentication, E::SaslAuthenticationFailed];
            distrusted += u32::from(error.rdkafka_error_code().is_some_and(|e| trust.contains(&e)));
        }
        let is_over = left.is_zero();
        // Once may be a broker that was just going.
        if distrusted > 1 || is_over && distrusted > 0 {
            return Err(Fault::about(Code::BrokerTrust, brokers));
        }
        if is_over {
            return Err(Fault::about(Code::BrokerUnreachable, brokers));
        }
    }
}

/// Checks that the topics exist, may be used, and that sinks have enough partitions. Gives the
/// partition count of each.
pub(super) fn preflight(
    settings: &Settings,
    sources: &[String],
    sinks: &[&str],
    others: &[&str],
) -> Result<BTreeMap<String, i32>, Fault> {
    let consumer: BaseConsumer<Context> = base(settings)?
        .create_with_context(Context::default())
        .map_err(|error| Fault::kafka(&error))?;
    let mut partitions = BTreeMap::new();
    let all = sources
        .iter()
        .map(String::as_str)
        .chain(sinks.iter().copied())
        .chain(others.iter().copied());
    let deadline = Duration::from_millis(limits::START_MILLIS_MAX.min(settings.start_millis));
    for topic in all {
        let metadata = metadata(&consumer, Some(topic), deadline, &settings.brokers)?;
        let found = metadata.topics().iter().find(|found| found.name() == topic);
        let count = match found
            .map(|found| (found.error().map(RDKafkaErrorCode::from), found.partitions().len()))
        {
            Some((None, count)) if count > 0 => count as i32,
            Some((Some(RDKafkaErrorCode::TopicAuthorizationFailed), _)) => {
                return Err(Fault::about(Code::NotAuthorised, topic));
            }
            _ => return Err(Fault::about(Code::UnknownTopic, topic)),
        };
        partitions.insert(topic.to_string(), count);
    }
    let widest =
        sources.iter().filter_map(|topic| partitions.get(topic)).max().copied().unwrap_or(0);
    for sink in sinks {
        if partitions.get(*sink).is_some_and(|&count| count < widest) {
            return Err(Fault::about(Code::FewerPartitions, sink));
        }
    }
    Ok(partitions)
}

/// Whether the broker says that there is no such topic.
pub(super) fn has_not(settings: &Settings, topic: &str) -> bool {
    let deadline = Duration::from_millis(limits::START_MILLIS_MAX.min(settings.start_millis));
    let consumer = base(settings).and_then(|config| {
        let consumer: Result<BaseConsumer<Context>, _> =
            config.create_with_context(Context::default());
        consumer.map_err(|error| Fault::kafka(&error))
    });
    let Ok(consumer) = consumer else { return false };
    let Ok(metadata) = consumer.fetch_metadata(Some(topic), deadline) else { return false };
    let found = metadata.topics().iter().find(|found| found.name() == topic);
    let error = found.and_then(|found| found.error()).map(RDKafkaErrorCode::from);
    use RDKafkaErrorCode::{UnknownTopic, UnknownTopicOrPartition};
    matches!(error, Some(UnknownTopic | UnknownTopicOrPartition))
}

/// A topic's `retention.ms`; `None` when it is infinite or the broker does not tell.
pub(super) fn retention_millis(settings: &Settings, topic: &str) -> Result<Option<i64>, Fault> {
    let value = topic_setting(settings, topic, "retention.ms")?;
    Ok(value.and_then(|value| value.parse().ok()).filter(|millis| *millis >= 0))
}

/// A topic's `retention.bytes`; `None` when it is infinite or the broker does not tell.
pub(super) fn retention_bytes(settings: &Settings, topic: &str) -> Result<Option<i64>, Fault> {
    let value = topic_setting(settings, topic, "retention.bytes")?;
    Ok(value.and_then(|value| value.parse().ok()).filter(|bytes| *bytes >= 0))
}

/// Whether the broker writes the time of arrival in place of the producer's.
pub(super) fn topic_time_is_append(settings: &Settings, topic: &str) -> Result<bool, Fault> {
    let kind = topic_setting(settings, topic, "message.timestamp.type")?;
    Ok(kind.is_some_and(|kind| kind == "LogAppendTime"))
}

/// Whether a topic keeps one record a key for ever; `None` where the broker does not tell.
pub(super) fn is_compacted(settings: &Settings, topic: &str) -> Result<Option<bool>, Fault> {
    let policy = topic_setting(settings, topic, "cleanup.policy")?;
    Ok(policy.map(|policy| policy.split(',').any(|part| part.trim() == "compact")))
}

/// The longest record that a topic takes, in bytes: its `max.message.bytes`. Where the broker does
/// not tell, or the right to ask is missing, a little under Kafka's default.
pub(super) fn record_bytes_max(settings: &Settings, topic: &str) -> usize {
    let value = topic_setting(settings, topic, "max.message.bytes").ok().flatten();
    value.and_then(|value| value.parse().ok()).unwrap_or(limits::TOPIC_RECORD_BYTES)
}

fn topic_setting(settings: &Settings, topic: &str, name: &str) -> Result<Option<String>, Fault> {
    let admin: AdminClient<DefaultClientContext> =
        base(settings)?.create().map_err(|error| Fault::kafka(&error))?;
    let options = AdminOptions::new()
        .request_timeout(Some(Duration::from_millis(limits::TXN_CALL_MILLIS_MAX)));
    let specifier = [ResourceSpecifier::Topic(topic)];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Fault::new(Code::Internal))?;
    let configs = runtime
        .block_on(admin.describe_configs(&specifier, &options))
        .map_err(|error| Fault::kafka(&error))?;
    Ok(configs
        .into_iter()
        .filter_map(Result::ok)
        .find_map(|resource| resource.get(name).and_then(|entry| entry.value.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_on_this_machine() {
        let refused = |brokers: &str, insecure: Option<&str>, properties: &[(&str, &str)]| {
            let settings = Settings {
                brokers: brokers.into(),
                insecure: insecure.map(str::to_string),
                properties: properties
                    .iter()
                    .map(|(k, v)| (k.to_string(), v.to_string()))
                    .collect(),
                ..Settings::default()
            };
            base(&settings).err().map(|fault| fault.code)
        };
        assert_eq!(refused("127.0.0.1:9092,localhost:1,[::1]:2", None, &[]), None);
        assert_eq!(refused("kafka:9092", None, &[]), Some(Code::PlainText));
        assert_eq!(refused("127.0.0.1:1,kafka:9092", None, &[]), Some(Code::PlainText));
        assert_eq!(refused("kafka:9092", Some(" "), &[]), Some(Code::PlainText));
        assert_eq!(refused("kafka:9092", Some("compose network"), &[]), None);
        assert_eq!(refused("kafka:9092", None, &[("security.protocol", "SSL")]), None);
        assert_eq!(
            refused("kafka:9092", None, &[("security.protocol", "sasl_plaintext")]),
            Some(Code::PlainText)
        );
        assert_eq!(refused("localhost:1", None, &[("acks", "0")]), Some(Code::KafkaProperty));
    }
}
