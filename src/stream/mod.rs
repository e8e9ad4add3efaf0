//! The only room that knows Kafka. [`run`] reads a pipeline's topics, cleans, and commits clean
//! records, quarantine, state, lineage and source offsets in one transaction. [`run_files`] takes
//! files through the same plan.

mod canary;
mod carry;
mod clock;
mod files;
mod forget;
mod kafka;
mod machine;
mod moves;
mod outlet;
mod permit;
mod progress;
mod prove;
mod records;
mod registry;
mod rights;
mod sidecar;
mod state;
mod taken;
mod telemetry;
mod trail;
mod transport;
mod watchdog;
mod web;
mod witness;
mod worker;

pub use canary::{Ground, Look, Part, Seedling, Written, ground, plant, written};
pub use carry::{Carried, Errand};
pub use clock::{millis, millis_of, now, today};
pub use files::{FileRecords, run_files};
pub use forget::{Forgotten, can_forget, forget, is_gone};
pub use machine::{
    Cut, DRAIN_TRIES_MAX, Exit, Failure, Found, Load, Machine, Step, TRIES_MAX, Why,
};
pub use progress::{
    DensityStatus, Doing, PartitionStatus, Progress, SignalStatus, Status, TermStatus, WorkerStatus,
};
pub use prove::verify;
pub use registry::{RegistrySettings, Version};
pub use rights::{Grant, Resource, grants};
pub use sidecar::{Held, sidecar_of, verify_file};
pub use taken::{Quarantined, Taken, take_all, topic_names};
pub use telemetry::{
    BATCH_SECONDS, BatchSeconds, Kind, Labels, METRICS, Metric, Notice, OtlpSettings, Telemetry,
    Value, notice,
};
pub use trail::{Query, Seen, Touched, check, impact};
pub use transport::{Out, Transports};
pub use witness::witness;

use permit::Permit;

use crate::clean::{Batch, Cleaned, Located, SchemaRef, Subjects, finish, locate};
use crate::keys::{Answers, CanaryMarks, KeySnapshot, Keyring, Need, Sealer, Signer, SubjectStore};
use crate::limits;
use crate::lineage;
use crate::phi::{Code, Phi};
use crate::policy::{KeyRule, Pipeline, Plan, SchemaText};
use rdkafka::Message;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

/// How to reach Kafka, and who this process is.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `host:port`, comma separated.
    pub brokers: String,
    /// librdkafka properties: TLS, SASL, tuning.
    pub properties: Vec<(String, String)>,
    /// Why plain text may leave this machine.
    pub insecure: Option<String>,
    /// A stable name of this process among those of the pipeline.
    pub instance: String,
    /// Workers in this process, each with its own consumer and producer.
    pub workers: u16,
    /// Forget the durable stop marker.
    pub resume: bool,
    /// Use the group protocol of KIP-848; the demo does, since its mock is slow with the classic one.
    pub next_generation_group: bool,
    /// How long a broker may take to answer at the start, in milliseconds.
    pub start_millis: u64,
    /// The schema registry of the pipeline's topics.
    pub registry: Option<RegistrySettings>,
    /// Where spans go.
    pub telemetry: Telemetry,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            brokers: "127.0.0.1:9092".into(),
            properties: Vec::new(),
            insecure: None,
            instance: "0".into(),
            workers: 1,
            resume: false,
            next_generation_group: false,
            start_millis: limits::START_MILLIS_MAX,
            registry: None,
            telemetry: Telemetry::default(),
        }
    }
}

impl Settings {
    /// Properties of librdkafka out of a file's text, one `key=value` a line. A line may hold a password: it is not shown.
    pub fn properties_of(text: &str, path: &str) -> Result<Vec<(String, String)>, Fault> {
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        let property = |line: &str| {
            let (key, value) = line.split_once('=')?;
            Some((key.trim().to_string(), value.trim().to_string()))
        };
        let all: Option<Vec<_>> = lines.map(property).collect();
        all.ok_or_else(|| Fault::about(Code::WrongValue, path))
    }
}

/// Why a process cannot go on: a code, and a name that a person wrote or the broker's error name.
/// Never a key, a value or a foreign message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What happened.
    pub code: Code,
    /// The topic, file, property or error name.
    pub about: String,
}

impl Fault {
    /// A fault that is about nothing in particular.
    pub fn new(code: Code) -> Fault {
        Fault { code, about: String::new() }
    }

    /// A fault about a topic, file or property.
    pub fn about(code: Code, about: &str) -> Fault {
        Fault { code, about: about.to_string() }
    }

    fn kafka(error: &KafkaError) -> Fault {
        // The name of the code only: librdkafka's texts may quote what it was given.
        let name =
            error.rdkafka_error_code().map_or_else(|| "client".into(), |code| format!("{code:?}"));
        Fault { code: Code::KafkaFailed, about: name }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code)?;
        if self.about.is_empty() { Ok(()) } else { write!(f, " ({})", self.about) }
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Fault {
        Fault::new(code)
    }
}

/// What a run holds of keys: all of it opaque.
#[derive(Clone, Copy)]
pub struct Custody<'a> {
    /// The tenant's keys.
    pub keyring: &'a Keyring,
    /// What refused records are sealed with.
    pub sealer: &'a Sealer,
    /// Where subjects' secrets and assigned codes live.
    pub subjects: &'a SubjectStore,
    /// Who signs manifests, where the pipeline has proof.
    pub signer: Option<&'a Signer>,
}

/// The older key versions of which the clean topic may still have keys, where the record key is a
/// token of one: tombstones go out under each. A topic that was carried over has none older than
/// `carried`.
fn older_versions(plan: &Plan, keyring: &Keyring, carried: Option<u32>) -> Vec<u32> {
    let KeyRule::Slot(slot, _) = &plan.key else { return Vec::new() };
    if plan.slots[usize::from(*slot)].rule.purpose().is_none() {
        return Vec::new();
    }
    let older = keyring.versions().filter(|&version| version != keyring.version());
    older.filter(|&version| carried.is_none_or(|carried| version >= carried)).collect()
}

/// Ciphers of some versions.
fn snapshots(
    keyring: &Keyring,
    versions: &[u32],
    needs: &[Need],
) -> Result<Vec<KeySnapshot>, Code> {
    versions.iter().map(|&version| keyring.snapshot_of(version, needs)).collect()
}

/// The secrets and codes that the plan needs for a batch, durable before they are used. A store that
/// fails ends the run: nothing of the batch has left, and nothing is lost.
pub fn bring(plan: &Plan, store: &SubjectStore, located: &Located) -> Result<Subjects, Code> {
    fn ask<Q, T>(of: Vec<Q>, ask: impl Fn(&[Q]) -> Answers<T>) -> Answers<T> {
        if of.is_empty() { Ok(Vec::new()) } else { ask(&of) }
    }
    let secrets = ask(located.subjects(plan), |subjects| store.get_or_create(subjects))?;
    let codes = ask(located.coded(plan), |values| store.assign(values))?;
    Ok(Subjects::of(secrets, codes))
}

/// Errors that librdkafka mends itself.
fn is_passing(code: RDKafkaErrorCode) -> bool {
    use RDKafkaErrorCode as E;
    matches!(
        code,
        E::AllBrokersDown
            | E::BrokerTransportFailure
            | E::Resolve
            | E::OperationTimedOut
            | E::RequestTimedOut
            | E::LeaderNotAvailable
            | E::NotLeaderForPartition
            | E::CoordinatorNotAvailable
            | E::CoordinatorLoadInProgress
            | E::NotCoordinator
            | E::NetworkException
            | E::RebalanceInProgress
            | E::UnstableOffsetCommit
            | E::PollExceeded
            | E::UnknownMemberId
            | E::IllegalGeneration
    )
}

/// A second plan that sees the same records. It publishes nothing: what it would have done otherwise is
/// counted. It reads the store of subjects and writes nothing there: secrets and codes that are not there yet
/// are forgotten with the batch.
pub(crate) struct Second<'a> {
    plan: &'a Plan,
    keys: KeySnapshot,
    store: &'a SubjectStore,
}

/// Bytes of a batch that both plans can take in time.
fn batch_bytes_max(plan: &Plan, second: Option<&Second<'_>>) -> usize {
    let least = second.map_or(usize::MAX, |second| second.plan.batch_bytes_max());
    plan.batch_bytes_max().min(least)
}

impl Second<'_> {
    /// For a plan; nothing where there is none.
    fn of<'a>(
        plan: Option<&'a Plan>,
        keyring: &Keyring,
        store: &'a SubjectStore,
    ) -> Result<Option<Second<'a>>, Code> {
        let second = |plan| {
            let keys = keyring.snapshot(&crate::clean::key_needs(plan))?;
            Ok(Second { plan, keys, store })
        };
        plan.map(second).transpose()
    }

    /// The batch under this plan, once the first one has had it: what the store has is the same for both. `None`
    /// where the store does not answer: that is no reason to hold up the first one.
    fn clean(&self, batch: Batch) -> Option<Cleaned> {
        let located = locate(self.plan, batch);
        let subjects = self.look(&located).ok()?;
        Some(finish(self.plan, &self.keys, &subjects, located))
    }

    /// What the store has of a batch, and for the rest what nobody keeps.
    fn look(&self, located: &Located) -> Result<Subjects, Code> {
        let (subjects, values) = (located.subjects(self.plan), located.coded(self.plan));
        if subjects.is_empty() && values.is_empty() {
            return Ok(Subjects::default());
        }
        let forgets = SubjectStore::forgetful()?;
        let mut secrets = self.store.get(&subjects)?;
        for (secret, made) in secrets.iter_mut().zip(forgets.get_or_create(&subjects)?) {
            if matches!(secret, Err(Code::TokenUnknown)) {
                *secret = made;
            }
        }
        let owners: Vec<_> = values.iter().map(|value| value.subject).collect();
        let owners = self.store.get(&owners)?;
        let mut codes = self.store.assigned(&values)?;
        for ((code, made), owner) in codes.iter_mut().zip(forgets.assign(&values)?).zip(owners) {
            match (&code, owner) {
                (_, Err(Code::SubjectShredded)) => *code = Err(Code::SubjectShredded),
                (Err(Code::TokenUnknown), _) => *code = made,
                _ => {}
            }
        }
        Ok(Subjects::of(secrets, codes))
    }
}

/// Runs a pipeline until `stop` is set, it stops itself, or it fails. Everything that can be
/// checked is checked before a record is read. `second` is a plan that sees the same records.
pub fn run(
    pipeline: Arc<Pipeline>,
    settings: &Settings,
    custody: Custody<'_>,
    second: Option<&Plan>,
    transports: &Transports,
    stop: &Arc<AtomicBool>,
    progress: &Arc<Progress>,
) -> Result<(), Fault> {
    let Custody { keyring, sealer, subjects, signer } = custody;
    let topics = records::Topics::of(&pipeline)?;
    if pipeline.proof.is_some() && signer.is_none() {
        return Err(Fault::about(Code::ProofKey, "none is given"));
    }
    let permit = Permit::of(&pipeline);
    permit.check()?;
    kafka::preflight(settings, &topics.sources, &topics.sinks(), &topics.others())?;
    permit::within(settings, &pipeline.destination)?;
    permit.show(progress);
    records::check_retention(&pipeline, settings, &topics.clean)?;
    for topic in [Some(&topics.clean), topics.canary.as_ref().map(|canary| &canary.clean)] {
        let Some(topic) = topic else { continue };
        records::check_compaction(&pipeline.plan, settings, topic)?;
    }
    prove::check_topic(settings, topics.proof.as_ref(), Code::ProofTopic)?;
    prove::check_topic(settings, topics.trail.as_ref(), Code::TrailTopic)?;
    // Who is not told, for want of a right or of a broker that tells, goes on as ever.
    if matches!(kafka::is_compacted(settings, &topics.state), Ok(Some(false))) {
        return Err(Fault::about(Code::StateTopic, &topics.state));
    }
    if pipeline.registry.is_some() {
        let patience = std::time::Duration::from_millis(settings.start_millis);
        registry::Registry::open(settings)?.check(patience)?;
    }
    let carried = state::carried(settings, &topics, keyring.version())?;
    let topics = topics.measured(settings);
    let needs = crate::clean::key_needs(&pipeline.plan);
    let older = older_versions(&pipeline.plan, keyring, carried);
    if !older.is_empty() {
        carry::check_needed(&pipeline.plan, settings, &topics.clean)?;
    }
    let marks = CanaryMarks::of(keyring)?;
    let verdict = watchdog::Verdict::default();
    let workers = settings.workers.max(1);
    let parent = worker::Parent {
        run: uuid::Uuid::new_v4().to_string(),
        process: format!("weir.{}/{}", pipeline.name, settings.instance),
        started: now(),
        policy: lineage::policy(&pipeline.plan, keyring.version(), &older),
        left: AtomicU16::new(workers - 1),
        fault: Mutex::default(),
    };
    std::thread::scope(|scope| {
        // A worker that could not be started, or that panics, is the process's end too.
        let starting = EndsAll(stop);
        for number in 0..workers {
            let job = worker::Job {
                pipeline: &pipeline,
                topics: &topics,
                settings,
                keys: keyring.snapshot(&needs)?,
                sealer,
                signer,
                subjects,
                second: Second::of(second, keyring, subjects)?,
                older: snapshots(keyring, &older, &needs)?,
                marks: &marks,
                stop,
                progress,
                number,
                transactional_id: format!("{}/{number}", parent.process),
                parent: &parent,
                transports,
                resume: settings.resume && number == 0,
                permit: &permit,
                verdict: verdict.clone(),
            };
            std::thread::Builder::new()
                .name(format!("weir-worker-{number}"))
                .spawn_scoped(scope, move || {
                    let _ends = EndsAll(job.stop);
                    let _over = Over(job.parent, job.number);
                    worker::work(&job);
                })
                .map_err(|_| Fault::new(Code::Internal))?;
        }
        let permit = &permit;
        std::thread::Builder::new()
            .name("weir-permit".into())
            .spawn_scoped(scope, move || permit.watch(settings, stop))
            .map_err(|_| Fault::new(Code::Internal))?;
        // All of them are up: from here on each ends the others itself.
        std::mem::forget(starting);
        Ok::<(), Fault>(())
    })?;
    verdict.fault().map_or(Ok(()), Err)
}

/// Says that a worker is at its end, whatever that was, when this value goes.
struct Over<'a>(&'a worker::Parent, u16);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.fails(Code::Internal);
        }
        self.0.ended(self.1);
    }
}

/// Asks every worker to end when this value goes.
struct EndsAll<'a>(&'a AtomicBool);

impl Drop for EndsAll<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Carries the keys of a pipeline's compacted clean topic over to the primary version, and writes
/// that down in the state topic. Nothing else of the pipeline may run meanwhile.
pub fn carry(
    pipeline: &Pipeline,
    settings: &Settings,
    keyring: &Keyring,
    errand: Errand<'_>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Carried, Fault> {
    permit::within(settings, &pipeline.destination)?;
    carry::carry(pipeline, settings, keyring, errand, stop, progress)
}

/// The commands that create the topics which the pipeline needs and the broker lacks.
pub fn missing_topics(pipeline: &Pipeline, settings: &Settings) -> Result<Vec<String>, Fault> {
    let topics = records::Topics::of(pipeline)?;
    let sources: i32 = match kafka::preflight(settings, &topics.sources, &[], &[]) {
        Ok(partitions) => partitions.values().max().copied().unwrap_or(1),
        Err(fault) if fault.code == Code::UnknownTopic => 1,
        Err(fault) => return Err(fault),
    };
    let mut commands = Vec::new();
    for topic in topics.all() {
        // The state is read as a whole, and its records are few.
        let with = if topic == topics.state {
            "--partitions 1 --config cleanup.policy=compact".into()
        } else if [&topics.proof, &topics.trail].iter().any(|t| t.as_deref() == Some(topic)) {
            // Manifests and the trail outlive what they are about.
            "--partitions 1 --config retention.ms=-1 --config retention.bytes=-1".into()
        } else {
            format!("--partitions {sources}")
        };
        match kafka::preflight(settings, &[topic.to_string()], &[], &[]) {
            Ok(_) => {}
            Err(fault) if fault.code == Code::UnknownTopic => commands.push(format!(
                "kafka-topics.sh --bootstrap-server {} --create --topic {topic} {with}",
                settings.brokers
            )),
            Err(fault) => return Err(fault),
        }
    }
    Ok(commands)
}

/// The schema that the registry has now for records of a topic: what `tags` of a schema are read from.
pub fn writer_of(
    settings: &Settings,
    topic: &str,
    has_messages: bool,
) -> Result<SchemaText, Fault> {
    let mut registry = registry::Registry::open(settings)?;
    registry.check(std::time::Duration::ZERO)?;
    let message = if has_messages { &[0][..] } else { &[] };
    registry.latest(&format!("{topic}-value"), message)
}

/// Each version of the schemas of a pipeline's source topics, by subject, and what of it the plan does not cover.
pub fn drift(
    pipeline: &Pipeline,
    settings: &Settings,
) -> Result<Vec<(String, Vec<Version>)>, Fault> {
    let mut registry = registry::Registry::open(settings)?;
    registry.check(std::time::Duration::ZERO)?;
    let subject = |topic: &String| {
        let subject = format!("{topic}-value");
        Ok((subject.clone(), registry.drift(&subject, &pipeline.plan)?))
    };
    records::Topics::of(pipeline)?.sources.iter().map(subject).collect()
}

/// A record to look at, and the schema that it was written with, where its topic has a registry.
pub type Sampled = (Phi<Vec<u8>>, Option<Result<SchemaRef, Code>>);

/// Reads up to `n` records from the beginning of a pipeline's first topic.
pub fn sample_of(
    pipeline: &Pipeline,
    settings: &Settings,
    n: usize,
) -> Result<Vec<Sampled>, Fault> {
    let topics = records::Topics::of(pipeline)?.sources;
    let registry = pipeline.registry.as_ref().map(|_| registry::Registry::open(settings));
    let mut registry = registry.transpose()?;
    let (mut sampled, mut failed, mut bytes) = (Vec::new(), None, 0);
    taken::scan(settings, &topics[0], |message| {
        let Some(value) = message.payload() else { return true };
        bytes += value.len();
        let look = registry
            .as_mut()
            .map(|registry| registry.look(&pipeline.plan, Message::headers(&message), value));
        match look.transpose() {
            Ok(schema) => sampled.push((Phi::new(value.to_vec()), schema)),
            Err(fault) => failed = Some(fault),
        }
        sampled.len() < n && bytes < limits::SCAN_HELD_BYTES_MAX && failed.is_none()
    })?;
    failed.map_or(Ok(sampled), Err)
}

/// Reads up to `n` records from the beginning of a topic, without a group and without committing;
/// fewer, where they are more than memory is for.
pub fn sample(settings: &Settings, topic: &str, n: usize) -> Result<Vec<Phi<Vec<u8>>>, Fault> {
    let (mut values, mut bytes) = (Vec::new(), 0);
    taken::scan(settings, topic, |message| {
        bytes += message.payload().map_or(0, <[u8]>::len);
        values.extend(message.payload().map(|value| Phi::new(value.to_vec())));
        values.len() < n && bytes < limits::SCAN_HELD_BYTES_MAX
    })?;
    Ok(values)
}
