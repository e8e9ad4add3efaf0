//! One worker: a thread that owns its consumer, its transactional producer and their callbacks. It
//! takes the steps of the [`Machine`] and says what it saw.

use super::clock::{now, today};
use super::kafka::{Context, Seen, consumer, is_fenced, producer};
use super::machine::{Cut, Exit, Failure, Machine, Step, Why};
use super::records::{
    Origin, RefusalWindow, Topics, clean_headers, quarantine_entry, quarantine_parts, timestamp,
};
use super::state::{
    self, PartitionTally, RunRecord, STOP_KEY, StopRecord, Tallies, run_key, tally_key,
};
use super::{Fault, Progress, Settings, bring};
use crate::clean::{Batch, Cleaned, Counts, Disposition, Subjects, finish, locate};
use crate::keys::{KeySnapshot, Sealer, SubjectStore};
use crate::limits;
use crate::lineage::{self, Run};
use crate::phi::Code;
use crate::policy::{Pipeline, Sink};
use rdkafka::consumer::{BaseConsumer, Consumer, RebalanceProtocol};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{Message, Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a worker is given.
pub(super) struct Job<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) topics: &'a Topics,
    pub(super) settings: &'a Settings,
    pub(super) keys: KeySnapshot,
    pub(super) sealer: &'a Sealer,
    pub(super) subjects: &'a SubjectStore,
    /// Older key versions in use, where the record key is a token of one.
    pub(super) older: Vec<KeySnapshot>,
    pub(super) stop: &'a Arc<AtomicBool>,
    pub(super) progress: &'a Arc<Progress>,
    pub(super) transactional_id: String,
    pub(super) resume: bool,
}

impl Job<'_> {
    fn producer(
        &self,
        watchdog: &Watchdog,
        context: Context,
    ) -> Result<BaseProducer<Context>, Fault> {
        init_producer(self.settings, &self.transactional_id, self.topics, watchdog, context)
    }
}

pub(super) const CALL: Duration = Duration::from_millis(limits::TXN_CALL_MILLIS_MAX);

/// Works until the end of the run.
pub(super) fn work(job: &Job<'_>) -> Result<(), Fault> {
    let watchdog = Watchdog::start();
    let mut worker = Worker::open(job, &watchdog)?;
    loop {
        if job.stop.load(Ordering::SeqCst) {
            worker.machine.stop(Why::Asked);
        }
        match worker.machine.next(worker.now()) {
            Step::Poll(millis) => worker.poll(millis)?,
            Step::Clean => worker.clean()?,
            Step::Commit => worker.commit(),
            // This worker commits in its own thread: nothing is under way here.
            Step::AwaitCommit => worker.machine.committed(),
            Step::Abort => worker.abort(),
            Step::Rebuild(millis) => worker.rebuild(millis)?,
            Step::Rewind => worker.rewind(),
            Step::Close(why) => return worker.close(why),
            Step::Leave(Exit::Fenced) => {
                return Err(Fault::about(Code::Fenced, &job.transactional_id));
            }
            Step::Leave(Exit::Failed) => {
                return Err(Fault::about(Code::KafkaFailed, &worker.last_error));
            }
        }
    }
}

/// What one transaction will carry.
struct Ready {
    cleaned: Cleaned,
    origins: Vec<Origin>,
    echoes: Vec<Echo>,
}

/// A tombstone under an older key version.
struct Echo {
    record: usize,
    version: u32,
    key: Vec<u8>,
}

struct Worker<'a> {
    job: &'a Job<'a>,
    machine: Machine,
    started: Instant,
    watchdog: &'a Watchdog,
    seen: Arc<Seen>,
    consumer: BaseConsumer<Context>,
    /// `None` between a doubt and the rebuild.
    producer: Option<BaseProducer<Context>>,
    /// The batch that fills.
    batch: Option<(Batch, Vec<Origin>)>,
    /// The slot: cleaned, waiting for its transaction.
    ready: Option<Ready>,
    run: RunRecord,
    /// Committed tallies of this run.
    tallies: Tallies,
    window: RefusalWindow,
    last_window: u64,
    policy: String,
    last_error: String,
}

/// What goes into a transaction beside the data.
#[derive(Default)]
struct Extra {
    state: Vec<(String, Option<String>)>,
    events: Vec<String>,
}

impl<'a> Worker<'a> {
    /// Fences the predecessor, reads the state, closes a dead run, opens a new one, subscribes.
    fn open(job: &'a Job<'a>, watchdog: &'a Watchdog) -> Result<Self, Fault> {
        let context = Context::default();
        let seen = Arc::clone(&context.0);
        let producer = job.producer(watchdog, context.clone())?;
        let before = state::read(job.settings, &job.topics.state, &job.transactional_id)?;
        if before.stopped.is_some() && !job.resume && !job.settings.resume {
            return Err(Fault::about(Code::StoppedDurably, &job.pipeline.name));
        }
        let consumer =
            consumer(job.settings, &job.pipeline.name, Some(&job.transactional_id), context)?;
        let run =
            RunRecord { run: uuid::Uuid::new_v4().to_string(), started: now(), closed: false };
        let cut = Cut {
            records: limits::BATCH_RECORDS_MAX,
            bytes: limits::BATCH_BYTES_MAX,
            millis: limits::BATCH_MILLIS_MAX,
        };
        let mut worker = Worker {
            job,
            machine: Machine::new(cut),
            started: Instant::now(),
            watchdog,
            seen,
            consumer,
            producer: Some(producer),
            batch: None,
            ready: None,
            run,
            tallies: Tallies::new(),
            window: RefusalWindow::new(job.pipeline.quarantine.stop_above.clone()),
            last_window: 0,
            policy: job.pipeline.plan.policy_header(),
            last_error: String::new(),
        };
        let mut extra = Extra::default();
        if let Some(last) = before.run {
            if !last.closed {
                extra.events.push(worker.event(&last.run, lineage::State::Abort, &before.tallies));
            }
            // Nobody asks for the tallies of an ended run again: its last event has them.
            let keys =
                before.tallies.keys().map(|(topic, n)| (tally_key(&last.run, topic, *n), None));
            extra.state.extend(keys);
        }
        extra.events.push(worker.event(&worker.run.run, lineage::State::Start, &Tallies::new()));
        extra.state.push(worker.run_state()?);
        if job.resume {
            extra.state.push((STOP_KEY.into(), None));
        }
        worker.transact(None, &extra).map_err(|failure| worker.fault(failure))?;
        worker.write_lineage_file(&extra.events)?;
        let sources: Vec<_> = job.topics.sources.iter().map(String::as_str).collect();
        worker.consumer.subscribe(&sources).map_err(|error| Fault::kafka(&error))?;
        Ok(worker)
    }

    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    fn poll(&mut self, millis: u64) -> Result<(), Fault> {
        let polled = self.consumer.poll(Duration::from_millis(millis));
        // The callback ran inside poll, in this thread, where no transaction is open.
        if self.seen.revoked.swap(false, Ordering::SeqCst) {
            self.machine.revoked();
            (self.batch, self.ready) = (None, None);
        }
        let message = match polled {
            None => return Ok(()),
            Some(Err(error)) => {
                self.note(&error);
                if is_fenced(&error) || self.seen.fatal.load(Ordering::SeqCst) == 1 {
                    self.machine.failed(Failure::Fenced);
                } else if let KafkaError::MessageConsumptionFatal(_) = error {
                    self.machine.failed(Failure::Fatal);
                } else if let Some(
                    code @ (RDKafkaErrorCode::TopicAuthorizationFailed
                    | RDKafkaErrorCode::GroupAuthorizationFailed),
                ) = error.rdkafka_error_code()
                {
                    return Err(Fault::about(Code::NotAuthorised, &format!("{code:?}")));
                } else if !error.rdkafka_error_code().is_some_and(super::is_passing) {
                    return Err(Fault::kafka(&error));
                }
                return Ok(());
            }
            Some(Ok(message)) => message,
        };
        let (key, value) = (message.key(), message.payload());
        let topic = self.job.topics.sources.iter().position(|topic| topic == message.topic());
        let origin = Origin {
            topic: topic.ok_or_else(|| Fault::new(Code::Internal))? as u16,
            partition: message.partition(),
            offset: message.offset(),
            timestamp: message.timestamp().to_millis(),
            headers: rdkafka::message::Message::headers(&message).map(|headers| headers.detach()),
        };
        let most = self.job.topics.clean_max();
        let (batch, origins) =
            self.batch.get_or_insert_with(|| (Batch::new(today()).bounded(most), Vec::new()));
        batch.push(key, value, None);
        origins.push(origin);
        let bytes = key.map_or(0, <[u8]>::len) + value.map_or(0, <[u8]>::len);
        self.machine.polled(bytes, self.started.elapsed().as_millis() as u64);
        Ok(())
    }

    /// The tombstones of a batch under the older key versions: a record that was written under one
    /// of them has that version's token for a key.
    fn echoes(&self, batch: &Batch) -> Vec<Echo> {
        if self.job.older.is_empty() {
            return Vec::new();
        }
        let plan = &self.job.pipeline.plan;
        let mut echoes = Vec::new();
        for keys in &self.job.older {
            let (tombstones, which) = batch.tombstones();
            let cleaned = finish(plan, keys, &Subjects::default(), locate(plan, tombstones));
            for (at, &record) in which.iter().enumerate() {
                if let (Disposition::Tombstone, Some(key)) =
                    (cleaned.disposition(at), cleaned.key(at))
                {
                    echoes.push(Echo { record, version: keys.version(), key: key.to_vec() });
                }
            }
        }
        echoes
    }

    fn clean(&mut self) -> Result<(), Fault> {
        let Some((batch, origins)) = self.batch.take() else {
            self.machine.cleaned();
            return Ok(());
        };
        let plan = &self.job.pipeline.plan;
        let echoes = self.echoes(&batch);
        let located = locate(plan, batch);
        let subjects = bring(plan, self.job.subjects, &located)?;
        let cleaned = finish(plan, &self.job.keys, &subjects, located);
        self.ready = Some(Ready { cleaned, origins, echoes });
        self.machine.cleaned();
        Ok(())
    }

    /// One transaction: clean records, quarantine, tallies, lineage, offsets.
    fn commit(&mut self) {
        self.machine.commit_began();
        let Some(ready) = self.ready.take() else { return self.machine.committed() };
        let Ready { cleaned, origins, .. } = &ready;
        let refused = (0..cleaned.len())
            .filter(|&n| matches!(cleaned.disposition(n), Disposition::Refused(_)))
            .count() as u64;
        let trips = self.window.trips(self.now(), cleaned.len() as u64, refused);
        let tallies = self.tallies_with(cleaned, origins);
        let mut extra = Extra::default();
        let touched: std::collections::BTreeSet<_> =
            origins.iter().map(|origin| (origin.topic, origin.partition)).collect();
        for (topic, partition) in touched {
            let topic = &self.job.topics.sources[usize::from(topic)];
            let tally = &tallies[&(topic.clone(), partition)];
            let json = serde_json::to_string(tally).ok();
            extra.state.push((tally_key(&self.run.run, topic, partition), json));
        }
        let window_over =
            self.now() - self.last_window >= self.job.pipeline.lineage.window_seconds * 1000;
        if window_over {
            extra.events.push(self.event(&self.run.run, lineage::State::Running, &tallies));
        }
        if trips {
            let stop = StopRecord { code: Code::StopAbove.id().into(), at: now() };
            extra.state.push((STOP_KEY.into(), serde_json::to_string(&stop).ok()));
        }
        match self.transact(Some(&ready), &extra) {
            Ok(()) => {
                self.machine.committed();
                self.tallies = tallies;
                let progress = self.job.progress;
                progress.records.fetch_add(cleaned.len() as u64, Ordering::Relaxed);
                progress.refused.fetch_add(refused, Ordering::Relaxed);
                progress.clean.fetch_add(cleaned.len() as u64 - refused, Ordering::Relaxed);
                progress.transactions.fetch_add(1, Ordering::Relaxed);
                if window_over {
                    self.last_window = self.now();
                    // The topic has the event, and the data is committed; a file that cannot be
                    // written stops the next start.
                    if let Err(fault) = self.write_lineage_file(&extra.events) {
                        tracing::warn!(code = fault.code.id(), "the lineage file lacks an event");
                    }
                }
                if trips {
                    self.machine.stop(Why::StopAbove);
                }
            }
            Err(failure) => self.machine.failed(failure),
        }
    }

    fn tallies_with(&self, cleaned: &Cleaned, origins: &[Origin]) -> Tallies {
        let mut deltas: BTreeMap<(u16, i32), (Counts, i64, i64)> = BTreeMap::new();
        for (record, origin) in origins.iter().enumerate() {
            let delta = deltas
                .entry((origin.topic, origin.partition))
                .or_insert_with(|| (Counts::default(), origin.offset, 0));
            delta.0.add(cleaned, record);
            delta.2 = origin.offset + 1;
        }
        let mut tallies = self.tallies.clone();
        for ((topic, partition), (counts, from, to)) in deltas {
            let topic = self.job.topics.sources[usize::from(topic)].clone();
            let tally = tallies.entry((topic, partition)).or_insert_with(|| PartitionTally {
                from_offset: from,
                ..PartitionTally::default()
            });
            tally.to_offset = to;
            tally.tally.merge(&counts.named(&self.job.pipeline.plan));
        }
        tallies
    }

    /// Begins, produces, sends offsets, commits. Every call has a deadline; whoever calls this
    /// hands a failure to the machine.
    fn transact(&mut self, data: Option<&Ready>, extra: &Extra) -> Result<(), Failure> {
        let _guard = self.watchdog.watch();
        self.seen.undelivered.store(0, Ordering::SeqCst);
        let deadline = Instant::now() + CALL;
        let outcome = self.produce(data, extra, deadline);
        let failure = match outcome {
            Ok(()) => return Ok(()),
            Err(Trouble::Failure(failure)) => failure,
            Err(Trouble::Kafka(error)) => {
                self.note(&error);
                classify(&error)
            }
        };
        // A fenced producer's records come back undelivered: ask it why before calling it a doubt,
        // since a rebuild would fence the newer process.
        if self.is_fenced() { Err(Failure::Fenced) } else { Err(failure) }
    }

    fn is_fenced(&self) -> bool {
        let fatal = self.producer.as_ref().and_then(|producer| producer.client().fatal_error());
        self.seen.fatal.load(Ordering::SeqCst) == 1
            || fatal.is_some_and(|(code, _)| is_fenced(&KafkaError::Global(code)))
    }

    fn produce(
        &self,
        data: Option<&Ready>,
        extra: &Extra,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        let producer = self.producer.as_ref().ok_or(Trouble::Failure(Failure::Unknown))?;
        producer.begin_transaction()?;
        if let Some(ready) = data {
            self.produce_records(producer, ready, deadline)?;
        }
        for (key, value) in &extra.state {
            let mut record =
                BaseRecord::<[u8], [u8]>::to(&self.job.topics.state).key(key.as_bytes());
            if let Some(value) = value {
                record = record.payload(value.as_bytes());
            }
            send(producer, record, deadline)?;
        }
        if let Some(topic) = &self.job.topics.lineage {
            let key = format!("run:weir/{}", self.job.pipeline.name);
            for event in &extra.events {
                let record = BaseRecord::<[u8], [u8]>::to(topic)
                    .key(key.as_bytes())
                    .payload(event.as_bytes());
                send(producer, record, deadline)?;
            }
        }
        delivered(producer, &self.seen, deadline)?;
        if let Some(ready) = data {
            let offsets = self.offsets(&ready.origins).map_err(Trouble::Kafka)?;
            let group =
                self.consumer.group_metadata().ok_or(Trouble::Failure(Failure::Abortable))?;
            retried(deadline, || producer.send_offsets_to_transaction(&offsets, &group, CALL))?;
        }
        retried(deadline, || producer.commit_transaction(CALL))
    }

    fn produce_records(
        &self,
        producer: &BaseProducer<Context>,
        ready: &Ready,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        let job = self.job;
        let Ready { cleaned, origins, echoes } = ready;
        let Sink::Topic { headers: allowed, timestamp: rule, .. } = &job.pipeline.sink else {
            return Err(Trouble::Failure(Failure::Fatal));
        };
        let keys = format!("v{}", job.keys.version());
        for (record, origin) in origins.iter().enumerate() {
            let pointer = origin.pointer(job.topics);
            if let Disposition::Refused(code) = cleaned.disposition(record) {
                let entry = quarantine_entry(
                    job.sealer,
                    cleaned,
                    record,
                    code,
                    &pointer,
                    &self.policy,
                    Some(origin),
                )
                .map_err(|_| Trouble::Failure(Failure::Fatal))?;
                for part in quarantine_parts(entry, job.topics.quarantine_bytes) {
                    let quarantine = BaseRecord::<[u8], [u8]>::to(&job.topics.quarantine)
                        .partition(origin.partition)
                        .payload(&part.payload)
                        .headers(part.headers);
                    send(producer, quarantine, deadline)?;
                }
                continue;
            }
            let headers =
                clean_headers(&job.pipeline.plan, &self.policy, &keys, &pointer, allowed, origin);
            let mut clean = BaseRecord::<[u8], [u8]>::to(&job.topics.clean)
                .partition(origin.partition)
                .headers(headers);
            clean.key = cleaned.key(record);
            clean.payload = cleaned.value(record);
            clean.timestamp = timestamp(*rule, origin);
            send(producer, clean, deadline)?;
        }
        for echo in echoes {
            let origin = &origins[echo.record];
            let (pointer, version) = (origin.pointer(job.topics), format!("v{}", echo.version));
            let plan = &job.pipeline.plan;
            let headers = clean_headers(plan, &self.policy, &version, &pointer, allowed, origin);
            let mut tombstone = BaseRecord::<[u8], [u8]>::to(&job.topics.clean)
                .partition(origin.partition)
                .headers(headers)
                .key(&echo.key[..]);
            tombstone.timestamp = timestamp(*rule, origin);
            send(producer, tombstone, deadline)?;
        }
        Ok(())
    }

    /// The next offset of each partition: last + 1.
    fn offsets(&self, origins: &[Origin]) -> Result<TopicPartitionList, KafkaError> {
        let mut next = BTreeMap::new();
        for origin in origins {
            next.insert((origin.topic, origin.partition), origin.offset + 1);
        }
        let mut offsets = TopicPartitionList::new();
        for ((topic, partition), offset) in next {
            let topic = &self.job.topics.sources[usize::from(topic)];
            offsets.add_partition_offset(topic, partition, Offset::Offset(offset))?;
        }
        Ok(offsets)
    }

    fn abort(&mut self) {
        let _guard = self.watchdog.watch();
        let outcome = self.producer.as_ref().map(|producer| {
            // Abort serves no delivery reports: drain first, or it uses up its time-out.
            let deadline = Instant::now() + CALL;
            while producer.in_flight_count() > 0 && Instant::now() < deadline {
                producer.poll(Duration::from_millis(1));
            }
            producer.abort_transaction(CALL)
        });
        match outcome {
            Some(Ok(())) => self.machine.recovered(),
            Some(Err(error)) => {
                self.note(&error);
                self.machine.failed(if is_fenced(&error) {
                    Failure::Fenced
                } else {
                    Failure::Unknown
                });
            }
            None => self.machine.failed(Failure::Unknown),
        }
    }

    /// After a doubt: the old instance goes, a new one fences whatever it left behind.
    fn rebuild(&mut self, millis: u64) -> Result<(), Fault> {
        self.producer = None;
        self.job.progress.rebuilds.fetch_add(1, Ordering::Relaxed);
        self.pause(millis);
        let context = Context(Arc::clone(&self.seen));
        match self.job.producer(self.watchdog, context) {
            Ok(producer) => {
                self.producer = Some(producer);
                self.machine.recovered();
            }
            Err(fault) if fault.code == Code::Fenced => return Err(fault),
            Err(fault) => {
                self.last_error = fault.about;
                self.machine.failed(Failure::Unknown);
            }
        }
        Ok(())
    }

    /// Waits, and goes on answering the group.
    fn pause(&mut self, millis: u64) {
        let until = Instant::now() + Duration::from_millis(millis);
        while Instant::now() < until && !self.job.stop.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Reads the committed offsets and tallies again: after a doubt, only the broker knows.
    fn rewind(&mut self) {
        (self.batch, self.ready) = (None, None);
        match self.try_rewind() {
            Ok(()) => self.machine.rewound(),
            Err(error) => {
                self.last_error = error.about;
                self.machine.failed(Failure::Unknown);
            }
        }
    }

    fn try_rewind(&mut self) -> Result<(), Fault> {
        let job = self.job;
        let state = state::read(job.settings, &job.topics.state, &job.transactional_id)?;
        // The START of this run may itself have been the doubt; then its tallies are empty.
        self.tallies = match state.run {
            Some(run) if run.run == self.run.run => state.tallies,
            _ => Tallies::new(),
        };
        let _guard = self.watchdog.watch();
        let assignment = self.consumer.assignment().map_err(|error| Fault::kafka(&error))?;
        if assignment.count() == 0 {
            return Ok(());
        }
        let mut committed = self
            .consumer
            .committed_offsets(assignment, CALL)
            .map_err(|error| Fault::kafka(&error))?;
        let unknown: Vec<_> = committed
            .elements()
            .iter()
            .filter(|element| !matches!(element.offset(), Offset::Offset(_)))
            .map(|element| (element.topic().to_string(), element.partition()))
            .collect();
        for (topic, partition) in unknown {
            committed
                .set_partition_offset(&topic, partition, Offset::Beginning)
                .map_err(|error| Fault::kafka(&error))?;
        }
        let sought = match self.consumer.rebalance_protocol() {
            RebalanceProtocol::Cooperative => {
                self.consumer.seek_partitions(committed, CALL).map(|_| ())
            }
            _ => self.consumer.assign(&committed),
        };
        sought.map_err(|error| Fault::kafka(&error))
    }

    /// The last transaction of the run: COMPLETE or FAIL, and the run is closed.
    fn close(&mut self, why: Why) -> Result<(), Fault> {
        self.run.closed = true;
        let state = match why {
            Why::Asked => lineage::State::Complete,
            Why::StopAbove => lineage::State::Fail(Code::StopAbove),
        };
        let extra = Extra {
            state: vec![self.run_state()?],
            events: vec![self.event(&self.run.run, state, &self.tallies)],
        };
        // Should this fail, the next owner closes the run with ABORT: nothing else is lost.
        let closed = self.transact(None, &extra);
        self.write_lineage_file(&extra.events)?;
        match (why, closed) {
            (Why::StopAbove, _) => Err(Fault::about(Code::StopAbove, &self.job.pipeline.name)),
            (Why::Asked, Err(failure)) => Err(self.fault(failure)),
            (Why::Asked, Ok(())) => Ok(()),
        }
    }

    fn run_state(&self) -> Result<(String, Option<String>), Fault> {
        let json = serde_json::to_string(&self.run).map_err(|_| Fault::new(Code::Internal))?;
        Ok((run_key(&self.job.transactional_id), Some(json)))
    }

    fn event(&self, run: &str, state: lineage::State, tallies: &Tallies) -> String {
        let pipeline = self.job.pipeline;
        let first = self.job.settings.brokers.split(',').next().unwrap_or_default();
        let run = Run {
            id: run,
            pipeline: &pipeline.name,
            namespace: &format!("kafka://{first}"),
            inputs: &self.job.topics.sources,
            output: &self.job.topics.clean,
            window_seconds: pipeline.lineage.window_seconds,
        };
        lineage::event(&run, &pipeline.plan, state, &now(), &state::sum(tallies)).to_string()
    }

    fn write_lineage_file(&self, events: &[String]) -> Result<(), Fault> {
        let Some(path) = &self.job.pipeline.lineage.file else { return Ok(()) };
        let fault = || Fault::about(Code::FileOutput, &path.display().to_string());
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let mut file = file.map_err(|_| fault())?;
        events.iter().try_for_each(|event| writeln!(file, "{event}")).map_err(|_| fault())
    }

    fn note(&mut self, error: &KafkaError) {
        self.last_error = Fault::kafka(error).about;
        tracing::warn!(code = Code::KafkaFailed.id(), error = %self.last_error, "a Kafka call failed");
    }

    fn fault(&self, failure: Failure) -> Fault {
        match failure {
            Failure::Fenced => Fault::about(Code::Fenced, &self.job.transactional_id),
            _ => Fault::about(Code::KafkaFailed, &self.last_error),
        }
    }
}

/// A failed step of a transaction: Kafka's error, or a failure that is known already.
pub(super) enum Trouble {
    Kafka(KafkaError),
    Failure(Failure),
}

impl From<KafkaError> for Trouble {
    fn from(error: KafkaError) -> Trouble {
        Trouble::Kafka(error)
    }
}

/// What Kafka's error means for the transaction. Whatever is not known to be harmless is a doubt.
fn classify(error: &KafkaError) -> Failure {
    if is_fenced(error) {
        return Failure::Fenced;
    }
    match error {
        KafkaError::Transaction(inner) if inner.txn_requires_abort() => Failure::Abortable,
        _ => Failure::Unknown,
    }
}

/// Calls again while the error is one that may be tried again, until the deadline.
pub(super) fn retried(
    deadline: Instant,
    call: impl Fn() -> Result<(), KafkaError>,
) -> Result<(), Trouble> {
    loop {
        match call() {
            Ok(()) => return Ok(()),
            Err(KafkaError::Transaction(error))
                if error.is_retriable() && Instant::now() < deadline =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(Trouble::Kafka(error)),
        }
    }
}

/// Hands a record to librdkafka; a full queue is waited for.
pub(super) fn send(
    producer: &BaseProducer<Context>,
    mut record: BaseRecord<'_, [u8], [u8]>,
    deadline: Instant,
) -> Result<(), Trouble> {
    loop {
        match producer.send(record) {
            Ok(()) => return Ok(()),
            Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), back))
                if Instant::now() < deadline =>
            {
                producer.poll(Duration::from_millis(1));
                record = back;
            }
            Err((error, _)) => return Err(Trouble::Kafka(error)),
        }
    }
}

/// Waits until every record was delivered; one that was not is a doubt.
pub(super) fn delivered(
    producer: &BaseProducer<Context>,
    seen: &Seen,
    deadline: Instant,
) -> Result<(), Trouble> {
    // `flush` sleeps in steps of 100 ms; this does not.
    while producer.in_flight_count() > 0 {
        if Instant::now() > deadline {
            return Err(Trouble::Failure(Failure::Unknown));
        }
        producer.poll(Duration::from_millis(1));
    }
    match seen.undelivered.load(Ordering::SeqCst) {
        0 => Ok(()),
        _ => Err(Trouble::Failure(Failure::Unknown)),
    }
}

/// A producer whose init has fenced whoever had its transactional id before.
pub(super) fn init_producer(
    settings: &Settings,
    transactional_id: &str,
    topics: &Topics,
    watchdog: &Watchdog,
    context: Context,
) -> Result<BaseProducer<Context>, Fault> {
    let producer = producer(settings, transactional_id, topics.batch_bytes(), context)?;
    let _guard = watchdog.watch_for(limits::START_MILLIS_MAX + limits::WATCHDOG_MILLIS);
    producer.init_transactions(Duration::from_millis(limits::START_MILLIS_MAX)).map_err(
        |error| {
            use RDKafkaErrorCode as E;
            match error.rdkafka_error_code() {
                Some(E::TransactionalIdAuthorizationFailed | E::ClusterAuthorizationFailed) => {
                    Fault::about(Code::NotAuthorised, transactional_id)
                }
                _ if is_fenced(&error) => Fault::about(Code::Fenced, transactional_id),
                _ => Fault::kafka(&error),
            }
        },
    )?;
    Ok(producer)
}

/// Ends the process when a librdkafka call hangs past its own deadline: nothing was committed, and
/// the successor's init fences what is left.
pub(super) struct Watchdog {
    start: Instant,
    /// Milliseconds since `start` at which the call under way counts as hung; 0 when there is none.
    due: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
}

impl Watchdog {
    pub(super) fn start() -> Watchdog {
        let watchdog =
            Watchdog { start: Instant::now(), due: Arc::default(), over: Arc::default() };
        let (start, due, over) =
            (watchdog.start, Arc::clone(&watchdog.due), Arc::clone(&watchdog.over));
        std::thread::spawn(move || {
            while !over.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(250));
                let due = due.load(Ordering::SeqCst);
                if due != 0 && start.elapsed().as_millis() as u64 > due {
                    tracing::error!(code = Code::Watchdog.id(), "{}", Code::Watchdog.entry().title);
                    // The hung call holds the worker's thread for good: nothing else ends it.
                    std::process::exit(5);
                }
            }
        });
        watchdog
    }

    pub(super) fn watch(&self) -> WatchGuard<'_> {
        self.watch_for(limits::WATCHDOG_MILLIS)
    }

    fn watch_for(&self, millis: u64) -> WatchGuard<'_> {
        self.due.store(self.start.elapsed().as_millis() as u64 + millis, Ordering::SeqCst);
        WatchGuard(&self.due)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

pub(super) struct WatchGuard<'a>(&'a AtomicU64);

impl Drop for WatchGuard<'_> {
    fn drop(&mut self) {
        self.0.store(0, Ordering::SeqCst);
    }
}
