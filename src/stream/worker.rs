//! One worker: a thread that owns its consumer, its outlet and their callbacks. It takes the steps of
//! the [`Machine`] and says what came of them.

use super::canary;
use super::clock::{now, today};
use super::kafka::{Context, Seen, consumer, is_fenced};
use super::machine::{Cut, Exit, Failure, Found, Load, Machine, Step, Why};
use super::outlet::{CALL, Outlet, TRANSACTION, Trouble};
use super::permit::Permit;
use super::prove::{self, Link};
use super::records::{Origin, RefusalWindow, Topics, goes_along};
use super::registry::{self, Registry};
use super::state::{self, RunRecord, RunTopics, STOP_KEY, State, StopRecord, Tallies, tally_key};
use super::telemetry::{Event, Traces, tell};
use super::watchdog::{Verdict, Watchdog};
use super::{Fault, Progress, Second, Settings, Transports, bring};
use crate::clean::{
    Batch, Cleaned, Counts, Disposition, Located, Shadow, Subjects, Tally, finish, locate,
};
use crate::failpoint;
use crate::keys::{CanaryMarks, KeySnapshot, Sealer, Signer, SubjectStore};
use crate::limits;
use crate::lineage::{self, Told, Watch};
use crate::phi::Code;
use crate::policy::{Delivery, Pipeline, Sink};
use rdkafka::consumer::{BaseConsumer, Consumer, RebalanceProtocol};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::BorrowedMessage;
use rdkafka::{Message, Offset, TopicPartitionList};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

mod produce;
mod tell;

use tell::Judged;
pub(super) use tell::{Parent, namespace};

/// What a worker is given.
pub(super) struct Job<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) topics: &'a Topics,
    pub(super) settings: &'a Settings,
    pub(super) keys: KeySnapshot,
    pub(super) sealer: &'a Sealer,
    /// Who signs manifests, where the pipeline has proof.
    pub(super) signer: Option<&'a Signer>,
    pub(super) subjects: &'a SubjectStore,
    /// A plan that sees the same records.
    pub(super) second: Option<Second<'a>>,
    /// Older key versions in use, where the record key is a token of one.
    pub(super) older: Vec<KeySnapshot>,
    pub(super) marks: &'a CanaryMarks,
    pub(super) stop: &'a Arc<AtomicBool>,
    pub(super) progress: &'a Arc<Progress>,
    /// Its number in this process.
    pub(super) number: u16,
    pub(super) transactional_id: String,
    /// The run of the pipeline that this worker's is a part of.
    pub(super) parent: &'a Parent,
    pub(super) transports: &'a Transports,
    /// This worker takes the durable stop marker away.
    pub(super) resume: bool,
    /// Whether records may still go.
    pub(super) permit: &'a Permit<'a>,
    pub(super) verdict: Verdict,
}

/// How long one poll may take while nothing is wanted.
const IDLE: Duration = Duration::from_millis(20);

/// Works until the end of the run. One worker's end is the process's end; its fault, the verdict.
pub(super) fn work(job: &Job<'_>) {
    let mut worker = match Worker::new(job) {
        Ok(worker) => worker,
        Err(fault) => {
            job.parent.fails(fault.code);
            return job.verdict.settle(fault);
        }
    };
    if let Err(fault) = worker.live() {
        // Whatever hangs from here on, this is why the process ends.
        job.verdict.settle(fault.clone());
        worker.tell_failure(&fault);
    }
    // Taking a client down waits for its threads.
    let guard = worker.watchdog.watch("drop producer");
    drop(worker.outlet);
    drop(guard);
    let _guard = worker.watchdog.watch("drop consumer");
    drop(worker.consumer);
}

/// What one transaction will carry.
struct Ready {
    cleaned: Cleaned,
    origins: Vec<Origin>,
    echoes: Vec<Echo>,
    /// What a second plan would have done otherwise.
    shadow: Option<Shadow>,
}

/// A batch for a second plan, where there is one.
type Then = Option<Batch>;

/// A tombstone under an older key version.
struct Echo {
    record: usize,
    version: u32,
    key: Vec<u8>,
}

/// The transaction that is open.
struct Open {
    began: Instant,
    ready: Option<Ready>,
    extra: Extra,
    /// What the events of the run have told, once it is committed.
    told: Told,
    /// The chain of manifests, once it is committed.
    link: Link,
    /// The window that was judged, what is usual with it, and the sums up to it; once it is committed.
    judged: Option<Judged>,
    /// The commit was asked for.
    is_committing: bool,
    /// The tallies of the run, once it is committed.
    tallies: Tallies,
    /// The refusals of the last while, once it is committed: a batch counts once, however often it
    /// is tried.
    window: Option<RefusalWindow>,
    trips: bool,
}

/// What goes into a transaction beside the data.
#[derive(Default)]
struct Extra {
    state: Vec<(String, Option<String>)>,
    events: Vec<String>,
}

/// When a process that has fenced this one has opened its run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Before it joined the group, that is, before it took this member's name.
    There,
    /// Soon after the init of its producer.
    Soon,
}

struct Worker<'a> {
    job: &'a Job<'a>,
    machine: Machine,
    started: Instant,
    watchdog: Watchdog,
    /// As given, with short deadlines: a worker that waits does not answer its group.
    brief: Settings,
    group: Arc<Seen>,
    consumer: BaseConsumer<Context>,
    /// `None` before the first init, and between a doubt and the next.
    outlet: Option<Outlet>,
    registry: Option<Registry>,
    /// The batch that fills.
    batch: Option<(Batch, Vec<Origin>)>,
    /// Bytes and records of the batch before: the next one is as large, for the most part.
    room: (usize, usize),
    /// Located, waiting for what only the store of subjects knows.
    located: Option<(Located, Vec<Origin>, Vec<Echo>, Then)>,
    /// The slot: cleaned, waiting for its transaction.
    ready: Option<Ready>,
    open: Option<Open>,
    run: RunRecord,
    /// What this worker knows of its run is what was committed.
    certain: bool,
    /// The run has its last event.
    closed: bool,
    /// Until when the first worker waits for the others, once it does.
    waits_until: Option<Instant>,
    /// A transaction whose outcome is not known.
    doubted: Option<Open>,
    /// The chain of the run's manifests.
    link: Link,
    /// What windows usually have, and the sums up to the last that was judged.
    watch: Watch,
    judged_to: Tally,
    /// From where each partition is read: its committed offset, then the end of its last batch.
    places: BTreeMap<(String, i32), i64>,
    /// What the state topic had before this run.
    before: Option<State>,
    /// Committed tallies of this run.
    tallies: Tallies,
    window: RefusalWindow,
    last_window: u64,
    policy: String,
    paused: bool,
    joined: bool,
    /// The group has thrown this consumer out.
    expelled: bool,
    /// A partition could not be read from its place.
    displaced: bool,
    told: Option<(std::mem::Discriminant<Step>, u64)>,
    /// When the last record was polled, until that is used.
    polled: Option<u64>,
    /// What failed last; the reason, should the worker give up.
    last: Option<Fault>,
    traces: Traces<'a>,
}

impl<'a> Worker<'a> {
    fn new(job: &'a Job<'a>) -> Result<Self, Fault> {
        let context = Context::default();
        let group = Arc::clone(&context.0);
        let consumer =
            consumer(job.settings, &job.pipeline.name, Some(&job.transactional_id), context)?;
        let id = uuid::Uuid::new_v4();
        let (started, parent) = (now(), job.parent.run.clone());
        let (run, told, policy) = (id.to_string(), Told::default(), job.parent.policy.clone());
        let link = Link::first(job.topics.proof.as_ref(), &run);
        let topics = RunTopics::of(job.topics);
        let run = RunRecord { run, started, closed: false, parent, told, policy, topics };
        let cut = Cut {
            records: prove::batch_records(job.topics, job.pipeline.plan.basis, 1 + job.older.len()),
            bytes: super::batch_bytes_max(&job.pipeline.plan, job.second.as_ref()),
            millis: match job.pipeline.delivery {
                Delivery::ExactlyOnce => limits::BATCH_MILLIS_MAX,
                Delivery::AtLeastOnce => limits::BATCH_MILLIS_AT_LEAST_ONCE,
            },
        };
        let registry = job.pipeline.registry.as_ref().map(|_| Registry::open(job.settings));
        let registry = registry.transpose()?;
        let (client, number) = (&*job.transactional_id, job.number);
        let (of, topics, progress) = (&job.settings.telemetry, job.topics, &**job.progress);
        let traces = Traces::of(of, job.pipeline, topics, progress, (number, client));
        let brief = Settings { start_millis: limits::TXN_CALL_MILLIS_MAX, ..job.settings.clone() };
        Ok(Worker {
            job,
            machine: Machine::new(cut, id.as_u64_pair().0),
            started: Instant::now(),
            watchdog: Watchdog::start(job.verdict.clone()),
            brief,
            group,
            consumer,
            outlet: None,
            registry,
            batch: None,
            room: (0, 0),
            located: None,
            ready: None,
            open: None,
            run,
            certain: false,
            closed: false,
            waits_until: None,
            doubted: None,
            link,
            watch: Watch::default(),
            judged_to: Tally::default(),
            places: BTreeMap::new(),
            before: None,
            tallies: Tallies::new(),
            window: RefusalWindow::new(job.pipeline.quarantine.stop_above.clone()),
            last_window: 0,
            policy: job.pipeline.plan.policy_header(),
            paused: false,
            joined: false,
            expelled: false,
            displaced: false,
            told: None,
            polled: None,
            last: None,
            traces,
        })
    }

    /// Until the machine, or an error, ends it.
    fn live(&mut self) -> Result<(), Fault> {
        loop {
            if self.job.stop.load(Ordering::SeqCst) {
                self.machine.stop(Why::Asked);
            }
            // Records come one by one, and nothing happened since the last was polled.
            let now = self.polled.take().unwrap_or_else(|| self.now());
            let step = self.machine.next(now);
            self.tell(step, now);
            if let Step::Leave(exit) = step {
                return self.leave(exit);
            }
            self.traces.at(step);
            match self.take(step) {
                Ok(()) => {
                    self.traces.done(step);
                    self.machine.done(step);
                }
                Err(trouble) => self.fails(&trouble)?,
            }
            if self.outlet.as_ref().is_some_and(Outlet::is_doubtful) {
                self.machine.doubted();
            }
        }
    }

    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    /// Says what the worker is at, now and then: records come one by one.
    fn tell(&mut self, step: Step, now: u64) {
        let kind = std::mem::discriminant(&step);
        let is_over = |at: u64| now.saturating_sub(at) > IDLE.as_millis() as u64;
        let new = self.told.is_none_or(|(last, at)| last != kind || is_over(at));
        if new {
            let draining = self.job.stop.load(Ordering::SeqCst);
            self.told = Some((kind, now));
            self.job.progress.goes(self.job.number, step, draining);
            if let Ok(mut ends) = self.group.ends.lock()
                && !ends.is_empty()
            {
                self.job.progress.ends(self.job.number, &ends);
                ends.clear();
            }
        }
    }

    fn take(&mut self, step: Step) -> Result<(), Trouble> {
        match step {
            Step::Wait(millis) => self.wait(millis),
            Step::Init => self.init(),
            Step::Rewind => self.rewind(),
            Step::Join => self.join(),
            Step::Poll(millis) => self.poll(Duration::from_millis(millis)),
            Step::Clean => self.clean(),
            Step::Begin(load) => self.begin(load),
            Step::Produce(load) => self.produce(load),
            Step::Offsets => self.offsets(),
            Step::Commit(load) => self.commit(load),
            Step::Abort => {
                let _guard = self.watchdog.watch("abort");
                self.job.progress.aborts.fetch_add(1, Ordering::Relaxed);
                self.outlet.as_ref().ok_or(UNKNOWN)?.abort()
            }
            Step::Leave(_) => Ok(()),
        }
    }

    /// Says to the machine what a failure means. An error ends the worker at once.
    fn fails(&mut self, trouble: &Trouble) -> Result<(), Fault> {
        let last = self.last.as_ref().map(|fault| fault.code);
        self.traces.failed(trouble, last);
        // Whether it was committed the state will say.
        let open = self.open.take().filter(|open| open.is_committing);
        self.doubted = open.or(self.doubted.take());
        if let Trouble::Kafka(error) = trouble {
            self.note(Fault::kafka(error));
            // The group's word, whoever brings it.
            self.expelled |= error.rdkafka_error_code() == Some(RDKafkaErrorCode::FencedInstanceId);
        }
        let sign = if self.expelled { Sign::There } else { Sign::Soon };
        let (failure, fenced) = match (&self.outlet, trouble) {
            (_, Trouble::Ends(fault)) => return Err(fault.clone()),
            (Some(outlet), trouble) => outlet.meaning(trouble),
            (None, Trouble::Failure(failure)) => (*failure, false),
            (None, Trouble::Kafka(error)) => (Failure::Unknown, is_fenced(error)),
        };
        let failure = match failure {
            Failure::Fenced => Failure::Fenced,
            _ if fenced && self.has_successor(sign) => Failure::Fenced,
            // The broker has ended the transaction by its own time-out, or a request that came late
            // has raised the epoch: this instance is of no more use, and no other one has taken over.
            _ if fenced => Failure::Unknown,
            failure => failure,
        };
        if failure != Failure::Passing {
            self.certain = false;
            self.discard();
        }
        let now = self.now();
        self.machine.failed(failure, now);
        Ok(())
    }

    /// Whether a newer process has opened a run under this transactional id.
    fn has_successor(&self, sign: Sign) -> bool {
        let deadline = Instant::now() + Duration::from_millis(limits::SUCCESSOR_MILLIS_MAX);
        while Instant::now() < deadline {
            let id = &self.job.transactional_id;
            match state::read(&self.brief, &self.job.topics.state, (id, &self.job.parent.process)) {
                Ok(state) if self.is_foreign(&state) => return true,
                Ok(_) if sign == Sign::There => return false,
                _ => std::thread::sleep(Duration::from_millis(100)),
            }
        }
        false
    }

    /// The last run of this transactional id is neither this one nor the one that was there before.
    fn is_foreign(&self, state: &State) -> bool {
        let run = |state: &State| state.run.as_ref().map(|run| run.run.clone());
        let (Some(last), Some(before)) = (run(state), &self.before) else { return false };
        last != self.run.run && Some(last) != run(before)
    }

    /// Lets time pass, and answers the group meanwhile: partitions are paused, so that nothing is read.
    fn wait(&mut self, millis: u64) -> Result<(), Trouble> {
        let until = Instant::now() + Duration::from_millis(millis);
        let draining = self.job.stop.load(Ordering::SeqCst);
        while Instant::now() < until && self.job.stop.load(Ordering::SeqCst) == draining {
            if self.expelled {
                // The group hears no more of this consumer, and the consumer nothing of the group.
                std::thread::sleep(IDLE);
                continue;
            }
            self.pause(true);
            self.answer(IDLE)?;
        }
        Ok(())
    }

    /// Pauses what is assigned, or lets it go on.
    fn pause(&mut self, paused: bool) {
        // Asked before each poll, that is, for each record.
        if !paused && !self.paused {
            return;
        }
        let _guard = self.watchdog.watch(if paused { "pause" } else { "resume" });
        let Ok(assignment) = self.consumer.assignment() else { return };
        if assignment.count() > 0 {
            let done = if paused {
                self.consumer.pause(&assignment)
            } else {
                self.consumer.resume(&assignment)
            };
            self.paused = paused && done.is_ok();
        }
    }

    /// One poll for the group's sake.
    fn answer(&mut self, most: Duration) -> Result<(), Trouble> {
        let polled = poll(&self.watchdog, &self.consumer, most).map(|polled| polled.map(|_| ()));
        let changed = self.group.has_changed(&mut self.machine, self.job.progress);
        if let Some(Ok(())) = polled {
            // A record all the same: it is thrown away, so everything is read again.
            self.machine.assigned();
        }
        if changed || matches!(polled, Some(Ok(()))) {
            self.discard();
        }
        match polled {
            Some(Err(error)) => self.heard(&error),
            _ => Ok(()),
        }
    }

    /// What an error of the consumer means.
    fn heard(&mut self, error: &KafkaError) -> Result<(), Trouble> {
        self.note(Fault::kafka(error));
        let fenced = is_fenced(error) || self.group.fenced.load(Ordering::SeqCst);
        if fenced || matches!(error, KafkaError::MessageConsumptionFatal(_)) {
            // The group says that another process has this member's name. After a fail-over of its
            // coordinator it may say so of the member itself: whoever it is has opened a run, or nobody
            // has. The client is of no more use either way.
            self.expelled = true;
            let lost = fenced && self.has_successor(Sign::There);
            return Err(Trouble::Failure(if lost { Failure::Fenced } else { Failure::Unknown }));
        }
        use RDKafkaErrorCode as E;
        match error.rdkafka_error_code() {
            Some(code @ (E::TopicAuthorizationFailed | E::GroupAuthorizationFailed)) => {
                Err(Trouble::Ends(Fault::about(Code::NotAuthorised, &format!("{code:?}"))))
            }
            // The place is not to be read, or there is none: the look at the offsets tells which.
            Some(E::AutoOffsetReset) => {
                self.displaced = true;
                self.machine.assigned();
                self.discard();
                Ok(())
            }
            Some(code) if super::is_passing(code) => Ok(()),
            _ => Err(Trouble::Ends(Fault::kafka(error))),
        }
    }

    fn poll(&mut self, most: Duration) -> Result<(), Trouble> {
        self.pause(false);
        let polled = poll(&self.watchdog, &self.consumer, most);
        // One poll can take partitions away, give others, and bring a record of those.
        let changed = self.group.has_changed(&mut self.machine, self.job.progress);
        if changed {
            (self.batch, self.located, self.ready) = (None, None, None);
            self.traces.forget();
        }
        let message = match polled {
            // Who has nothing to write ends in time, too.
            None => return self.job.permit.check().map_err(Trouble::Ends),
            Some(Err(error)) => return self.heard(&error),
            Some(Ok(_)) if changed => return Ok(()),
            Some(Ok(message)) => message,
        };
        let topic = self.job.topics.sources.iter().position(|topic| topic == message.topic());
        let topic = topic.ok_or_else(|| Trouble::Ends(Fault::new(Code::Internal)))? as u16;
        let mut origin = Origin {
            topic,
            partition: message.partition(),
            offset: message.offset(),
            timestamp: message.timestamp().to_millis(),
            headers: rdkafka::message::Message::headers(&message).map(|headers| headers.detach()),
            canary: canary::id_of(self.job.marks, &message),
            written: None,
            prefix: None,
        };
        let (key, value) = (message.key(), message.payload());
        let language =
            self.registry.as_ref().and(self.job.pipeline.plan.record().layout.format().language());
        origin.written = language
            .zip(value)
            .map(|(language, value)| registry::written(language, origin.headers.as_ref(), value));
        let most = self.job.topics.clean_max();
        let (batch, origins) = self.batch.get_or_insert_with(|| {
            let batch = Batch::new(today()).bounded(most).with_room(self.room.0);
            (batch, Vec::with_capacity(self.room.1))
        });
        batch.push(key, value, None);
        if let Sink::Topic { headers: allowed, .. } = &self.job.pipeline.sink {
            batch.header_bytes(origin.header_bytes(|name| goes_along(allowed, name)));
        }
        let bytes = key.map_or(0, <[u8]>::len) + value.map_or(0, <[u8]>::len);
        let bytes = bytes + origin.header_bytes(|_| true);
        self.traces.polled(&origin);
        origins.push(origin);
        let now = self.now();
        self.machine.polled(bytes, now);
        self.polled = Some(now);
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

    /// Asks the registry which schemas the records of the batch were written with; the batch stays until it answers.
    fn settle(&mut self) -> Result<(), Trouble> {
        let pipeline = self.job.pipeline;
        let (Some(registry), Some(terms), Some((batch, origins))) =
            (&mut self.registry, &pipeline.registry, &mut self.batch)
        else {
            return Ok(());
        };
        let (guard, began) = (self.watchdog.watch("registry"), Instant::now());
        let mut is_late = false;
        let mut settle = |record: usize, origin: &mut Origin| -> Result<(), Fault> {
            let schema = match &origin.written {
                None => return Ok(()),
                // It waited for one behind it.
                Some(Ok(_)) if origin.prefix.is_some() => return Ok(()),
                Some(Err(code)) => Err(*code),
                Some(Ok((written, from))) => {
                    let most = Duration::from_millis(limits::REGISTRY_BATCH_MILLIS_MAX);
                    if began.elapsed() > most && !registry.knows(written) {
                        // The group has to hear of this member in between.
                        is_late = true;
                        return Err(Fault::new(Code::RegistryUnreachable));
                    }
                    let known = registry.resolve(written, &pipeline.plan, terms)?;
                    origin.prefix = known.as_ref().ok().map(|known| Arc::clone(&known.prefix));
                    known.map(|known| known.of(*from))
                }
            };
            batch.settle(record, schema);
            Ok(())
        };
        let mut origins = origins.iter_mut().enumerate();
        let settled = origins.try_for_each(|(record, origin)| settle(record, origin));
        drop(guard);
        let Err(fault) = settled else { return Ok(()) };
        if is_late {
            return Err(Trouble::Failure(Failure::Passing));
        }
        let waits = fault.code == Code::RegistryUnreachable && !registry.is_lost();
        self.note(fault.clone());
        Err(if waits { Trouble::Failure(Failure::Passing) } else { Trouble::Ends(fault) })
    }

    fn clean(&mut self) -> Result<(), Trouble> {
        let plan = &self.job.pipeline.plan;
        self.settle()?;
        if let Some((batch, origins)) = self.batch.take() {
            self.room = (batch.bytes(), batch.len());
            let echoes = self.echoes(&batch);
            let again = self.job.second.as_ref().map(|_| batch.again());
            self.located = Some((locate(plan, batch), origins, echoes, again));
        }
        let Some((located, ..)) = &self.located else { return Ok(()) };
        let subjects = match bring(plan, self.job.subjects, located) {
            Ok(subjects) => subjects,
            Err(Code::SubjectsUnreachable) => {
                self.note(Fault::new(Code::SubjectsUnreachable));
                return Err(Trouble::Failure(Failure::Passing));
            }
            Err(code) => return Err(Trouble::Ends(Fault::new(code))),
        };
        let Some((located, origins, echoes, then)) = self.located.take() else { return Ok(()) };
        let cleaned = finish(plan, &self.job.keys, &subjects, located);
        let shadow = self.job.second.as_ref().zip(then).and_then(|(second, again)| {
            let then = second.clean(again)?;
            let is_canary = |record: usize| origins[record].canary.is_some();
            Some(Shadow::of((plan, &cleaned), (second.plan, &then), is_canary))
        });
        self.ready = Some(Ready { cleaned, origins, echoes, shadow });
        Ok(())
    }

    /// What is in no transaction is read again.
    fn discard(&mut self) {
        (self.batch, self.located, self.ready) = (None, None, None);
        self.traces.forget();
    }

    fn begin(&mut self, load: Load) -> Result<(), Trouble> {
        if matches!(load, Load::Closing(_)) {
            self.wait_for_others()?;
        }
        let open = match load {
            Load::Opening => self.opening(),
            Load::Batch => self.carrying(),
            Load::Window => self.telling(),
            Load::Closing(why) => self.closing(why),
        };
        self.open = Some(open.map_err(Trouble::Ends)?);
        let _guard = self.watchdog.watch("begin");
        self.outlet.as_ref().ok_or(UNKNOWN)?.begin()?;
        failpoint::pass("begin");
        Ok(())
    }

    /// A batch: clean records, quarantine, tallies, and lineage when its window is over.
    fn carrying(&mut self) -> Result<Open, Fault> {
        self.job.permit.check()?;
        let ready = self.ready.take().ok_or_else(|| Fault::new(Code::Internal))?;
        let Ready { cleaned, origins, .. } = &ready;
        // Canaries say nothing of the share of refused records: there are as many as somebody plants.
        let real = origins.iter().zip(self.fates(&ready)).filter(|(o, _)| o.canary.is_none());
        let (mut records, mut refused) = (0, 0);
        real.for_each(|(_, fate)| {
            records += 1;
            refused += u64::from(matches!(fate, Disposition::Refused(_)));
        });
        let mut window = self.window.clone();
        let trips = window.trips(self.now(), records, refused);
        let tallies = self.tallies_with(cleaned, origins, &ready.echoes);
        let mut extra = Extra::default();
        let touched: BTreeSet<_> =
            origins.iter().map(|origin| (origin.topic, origin.partition)).collect();
        for (topic, partition) in touched {
            let topic = &self.job.topics.sources[usize::from(topic)];
            let tally = &tallies[&(topic.clone(), partition)];
            let json = serde_json::to_string(tally).ok();
            extra.state.push((tally_key(&self.run.run, topic, partition), json));
        }
        let (mut told, mut judged) = (self.run.told.clone(), None);
        if self.now() - self.last_window >= self.job.pipeline.lineage.window_seconds * 1000 {
            let running = lineage::State::Running;
            (told, judged) = self.tell_window(running, &tallies, &now(), &mut extra)?;
        }
        if trips {
            let stop = StopRecord { code: Code::StopAbove.id().into(), at: now() };
            extra.state.push((STOP_KEY.into(), serde_json::to_string(&stop).ok()));
        }
        let open = Open::of(extra, Some(ready), tallies, told);
        Ok(Open { window: Some(window), judged, trips, ..open })
    }

    /// What becomes of each record of a batch.
    fn fates<'r>(&'r self, ready: &'r Ready) -> impl Iterator<Item = Disposition> + 'r {
        let origins = ready.origins.iter().enumerate();
        origins.map(|(n, origin)| self.fate(&ready.cleaned, n, origin))
    }

    fn fate(&self, cleaned: &Cleaned, record: usize, origin: &Origin) -> Disposition {
        canary::disposition(self.job.topics, cleaned, record, origin)
    }

    fn tallies_with(&self, cleaned: &Cleaned, origins: &[Origin], echoes: &[Echo]) -> Tallies {
        let mut deltas: BTreeMap<(u16, i32), (Counts, i64, i64)> = BTreeMap::new();
        for (record, origin) in origins.iter().enumerate() {
            let delta = deltas
                .entry((origin.topic, origin.partition))
                .or_insert_with(|| (Counts::default(), origin.offset, 0));
            match origin.canary {
                None => delta.0.add(cleaned, record),
                Some(_) => delta.0.add_canary(self.fate(cleaned, record, origin)),
            }
            delta.2 = origin.offset + 1;
        }
        for echo in echoes {
            let origin = &origins[echo.record];
            if let Some((counts, ..)) = deltas.get_mut(&(origin.topic, origin.partition)) {
                counts.add_echo();
            }
        }
        let mut tallies = self.tallies.clone();
        for ((topic, partition), (counts, first, to)) in deltas {
            let at = (self.job.topics.sources[usize::from(topic)].clone(), partition);
            // What lies between the place and the first record are marks, and what was compacted away.
            let from = self.places.get(&at).copied().unwrap_or(first);
            let counts = counts.named(&self.job.pipeline.plan);
            let tally = tallies.entry(at).or_default();
            tally.cover(from, to, counts.records);
            tally.tally.merge(&counts);
        }
        tallies
    }

    fn offsets(&self) -> Result<(), Trouble> {
        let _guard = self.watchdog.watch("offsets");
        let open = self.open.as_ref().ok_or(UNKNOWN)?;
        let origins = open.ready.as_ref().map_or(&[][..], |ready| &ready.origins);
        let mut next = TopicPartitionList::new();
        for ((topic, partition), offset) in next_offsets(origins) {
            let last = i64::from(failpoint::broken("offset_is_last"));
            let topic = &self.job.topics.sources[usize::from(topic)];
            next.add_partition_offset(topic, partition, Offset::Offset(offset - last))?;
        }
        let group = self.group.group.lock().map_err(|_| UNKNOWN)?;
        let outlet = self.outlet.as_ref().ok_or(UNKNOWN)?;
        outlet.offsets(&self.consumer, &next, group.as_ref(), open.began + TRANSACTION)?;
        failpoint::pass("offsets");
        Ok(())
    }

    fn commit(&mut self, load: Load) -> Result<(), Trouble> {
        let guard = self.watchdog.watch("commit");
        let open = self.open.as_mut().ok_or(UNKNOWN)?;
        open.is_committing = true;
        let began = open.began;
        match load {
            Load::Opening | Load::Window => {}
            Load::Batch => failpoint::pass("end"),
            Load::Closing(_) => failpoint::pass("shutdown"),
        }
        self.outlet.as_ref().ok_or(UNKNOWN)?.commit(began + TRANSACTION)?;
        drop(guard);
        failpoint::pass("ended");
        let Some(mut open) = self.open.take() else { return Err(UNKNOWN) };
        if !open.extra.events.is_empty() {
            self.last_window = self.now();
        }
        self.counts(&mut open);
        (self.run.told, self.link) = (open.told, open.link);
        self.tallies = open.tallies;
        if let Some(ready) = &open.ready {
            let sources = &self.job.topics.sources;
            let next = next_offsets(&ready.origins);
            let next =
                next.map(|((topic, n), next)| (sources[usize::from(topic)].clone(), n, next));
            self.job.progress.places(self.job.number, false, next);
            for ((topic, n), next) in next_offsets(&ready.origins) {
                self.places.insert((sources[usize::from(topic)].clone(), n), next);
            }
        }
        self.closed = matches!(load, Load::Closing(_));
        // What failed before is no reason of what fails from here on.
        self.last = None;
        self.remember_untold();
        if open.trips {
            self.machine.stop(Why::StopAbove);
        }
        if !open.extra.events.is_empty() {
            // Behind all that is known by now: what fails here is no failure of the commit.
            // The topic has the event, and the data is committed; a file that cannot be written stops
            // the next start.
            if let Err(fault) = self.job.transports.tell(&open.extra.events) {
                if matches!(load, Load::Opening | Load::Closing(_)) {
                    return Err(Trouble::Ends(fault));
                }
                tell(Event::FileLacks(fault.code));
            }
        }
        Ok(())
    }

    /// A transaction is committed: what it carried counts from here on.
    fn counts(&mut self, open: &mut Open) {
        if let Some(judged) = open.judged.take() {
            self.learn(judged);
        }
        if let Some(window) = open.window.take() {
            self.window = window;
        }
        let Some(ready) = &open.ready else { return };
        let progress = self.job.progress;
        let canaries = ready.origins.iter().filter(|origin| origin.canary.is_some());
        progress.canaries.fetch_add(canaries.count() as u64, Ordering::Relaxed);
        progress.committed(self.fates(ready));
        if let Some(shadow) = &ready.shadow {
            progress.shadowed(shadow);
        }
    }

    /// Whether a transaction in doubt was committed, by the state that was read again: all that it wrote is
    /// there, or nothing of it. Its event has a time of its own, and each batch moves the run on.
    fn has_held(&self, open: &Open) -> bool {
        let come_to = |tallies: &Tallies| -> Vec<_> {
            tallies.iter().map(|(at, part)| (at.clone(), part.to_offset)).collect()
        };
        open.told.at == self.run.told.at && come_to(&open.tallies) == come_to(&self.tallies)
    }

    /// After a doubt the old instance goes, and a new one fences whatever it left behind.
    fn init(&mut self) -> Result<(), Trouble> {
        // Taking an instance down waits for its threads.
        let guard = self.watchdog.watch("drop producer");
        let replaced = self.outlet.take().is_some();
        drop(guard);
        if replaced {
            self.job.progress.rebuilds.fetch_add(1, Ordering::Relaxed);
        }
        let (job, delivery) = (self.job, self.job.pipeline.delivery);
        let id = &job.transactional_id;
        match Outlet::build(job.settings, delivery, id, job.topics, &self.watchdog) {
            Ok(outlet) => self.outlet = Some(outlet),
            Err(fault) if fault.code == Code::NotAuthorised => return Err(Trouble::Ends(fault)),
            Err(fault) => {
                self.note(fault);
                return Err(UNKNOWN);
            }
        }
        Ok(())
    }

    /// A new consumer in place of one that its group has thrown out.
    fn regroup(&mut self) -> Result<(), Trouble> {
        let (job, context) = (self.job, Context::default());
        self.group = Arc::clone(&context.0);
        let name = &job.pipeline.name;
        let made = consumer(job.settings, name, Some(&job.transactional_id), context);
        let guard = self.watchdog.watch("drop consumer");
        self.consumer = made.map_err(Trouble::Ends)?;
        drop(guard);
        (self.expelled, self.paused) = (false, false);
        if self.joined { self.join() } else { Ok(()) }
    }

    fn join(&mut self) -> Result<(), Trouble> {
        self.joined = true;
        let sources: Vec<_> = self.job.topics.sources.iter().map(String::as_str).collect();
        let _guard = self.watchdog.watch("subscribe");
        Ok(self.consumer.subscribe(&sources)?)
    }

    /// Reads the committed offsets and the state again: after a doubt, only the broker knows.
    fn rewind(&mut self) -> Result<(), Trouble> {
        failpoint::pass("rewind");
        self.discard();
        self.certain = false;
        let job = self.job;
        let ids = (&*job.transactional_id, &*job.parent.process);
        let state = match state::read(&self.brief, &job.topics.state, ids) {
            Ok(state) => state,
            Err(fault) if fault.code == Code::StateUnreadable => return Err(Trouble::Ends(fault)),
            Err(fault) => {
                self.note(fault);
                return Err(UNKNOWN);
            }
        };
        if self.is_foreign(&state) {
            return Err(Trouble::Failure(Failure::Fenced));
        }
        // Not before: to join under this name takes it from whoever has it.
        if self.expelled {
            self.regroup()?;
        }
        let mine = state.run.as_ref().filter(|run| run.run == self.run.run);
        let stopped = state.stopped.as_ref().filter(|stop| match &self.before {
            // The one that was there at the start was forgiven by --resume.
            Some(before) => Some(*stop) != before.stopped.as_ref(),
            None => !job.resume && !job.settings.resume,
        });
        if stopped.is_some() && self.before.is_none() {
            return Err(Trouble::Ends(Fault::about(Code::StoppedDurably, &job.pipeline.name)));
        }
        let found = Found {
            opened: mine.is_some(),
            closed: mine.is_some_and(|run| run.closed),
            stopped: stopped.is_some(),
        };
        // The START of this run may itself have been the doubt; then its tallies are empty.
        self.tallies = if found.opened { state.tallies.clone() } else { Tallies::new() };
        self.run.told = mine.map(|run| run.told.clone()).unwrap_or_default();
        if let (None, Some(watch)) = (&self.before, &state.watch) {
            self.watch = watch.clone();
        }
        let proof = job.topics.proof.as_ref();
        self.link = match state.proof.as_ref().filter(|link| Some(&link.topic) == proof) {
            Some(link) => Link { run: self.run.run.clone(), ..link.clone() },
            // Nothing of the chain was committed.
            None => Link { seq: 0, previous: None, ..self.link.clone() },
        };
        // All that is told of the run is by now what was committed.
        (self.certain, self.closed) = (true, found.closed);
        let places = if job.pipeline.delivery == Delivery::ExactlyOnce {
            state.places.clone()
        } else {
            BTreeMap::new()
        };
        self.before.get_or_insert(state);
        self.resolve();
        self.seek(&places)?;
        self.displaced = false;
        let now = self.now();
        self.machine.rewound(found, now);
        self.remember_untold();
        Ok(())
    }

    /// A commit in doubt has held, or not: by the state that was read again.
    fn resolve(&mut self) {
        let Some(mut open) = self.doubted.take().filter(|open| self.has_held(open)) else { return };
        if self.job.pipeline.delivery == Delivery::ExactlyOnce {
            self.counts(&mut open);
            if open.ready.is_some() {
                self.job.progress.places(self.job.number, false, std::iter::empty());
            }
            self.last = None;
        } else if let Some(judged) = open.judged.take() {
            // Its records stand, and are read once more: they count when their offsets are committed.
            self.learn(judged);
        }
        if !open.extra.events.is_empty() {
            self.last_window = self.now();
        }
        if let Err(fault) = self.job.transports.tell(&open.extra.events) {
            tell(Event::FileLacks(fault.code));
        }
    }

    /// To the committed offsets of what is assigned. `places` is how far the state says that the
    /// pipeline has come: offsets are committed in one transaction with it, so where they are gone
    /// nobody may take the beginning for the place.
    fn seek(&mut self, places: &BTreeMap<(String, i32), i64>) -> Result<(), Trouble> {
        let guard = self.watchdog.watch("partitions");
        let assignment = self.group.partitions(&self.consumer)?;
        drop(guard);
        self.places.clear();
        if assignment.count() == 0 {
            self.job.progress.places(self.job.number, true, std::iter::empty());
            return Ok(());
        }
        let guard = self.watchdog.watch("committed offsets");
        let mut committed = self.consumer.committed_offsets(assignment, CALL)?;
        drop(guard);
        let unknown: Vec<_> = committed
            .elements()
            .iter()
            .filter(|element| !matches!(element.offset(), Offset::Offset(_)))
            .map(|element| (element.topic().to_string(), element.partition()))
            .collect();
        for (topic, partition) in unknown {
            if let Some(next) = places.get(&(topic.clone(), partition)) {
                let lost = format!("{topic}/{partition}: {next} was the next");
                return Err(Trouble::Ends(Fault::about(Code::PlaceLost, &lost)));
            }
            committed.set_partition_offset(&topic, partition, Offset::Beginning)?;
        }
        if self.displaced {
            self.check_places(&committed)?;
        }
        let known = committed.elements().into_iter().filter_map(|element| {
            let Offset::Offset(offset) = element.offset() else { return None };
            Some(((element.topic().to_string(), element.partition()), offset))
        });
        self.places = known.collect();
        let next = committed.elements().into_iter().map(|element| {
            let offset = if let Offset::Offset(offset) = element.offset() { offset } else { 0 };
            (element.topic().to_string(), element.partition(), offset)
        });
        self.job.progress.places(self.job.number, true, next.collect::<Vec<_>>().into_iter());
        let _guard = self.watchdog.watch("assign");
        match self.consumer.rebalance_protocol() {
            RebalanceProtocol::Cooperative => {
                self.consumer.seek_partitions(committed, CALL)?;
            }
            _ => self.consumer.assign(&committed)?,
        }
        Ok(())
    }

    /// Whether each place can still be read.
    fn check_places(&self, committed: &TopicPartitionList) -> Result<(), Trouble> {
        for element in committed.elements() {
            let Offset::Offset(next) = element.offset() else { continue };
            let (topic, partition) = (element.topic(), element.partition());
            let _guard = self.watchdog.watch("watermarks");
            let (low, high) = self.consumer.fetch_watermarks(topic, partition, CALL)?;
            let about = format!("{topic}/{partition}: next {next}, there are {low} to {high}");
            let ends = |code| Err(Trouble::Ends(Fault::about(code, &about)));
            if next < low {
                return ends(Code::SourceDeleted);
            } else if next > high {
                return ends(Code::PlaceLost);
            }
        }
        Ok(())
    }

    fn leave(&mut self, exit: Exit) -> Result<(), Fault> {
        let failed = || Fault::about(Code::KafkaFailed, &self.job.transactional_id);
        match exit {
            Exit::Done(Why::Asked) => Ok(()),
            Exit::Done(Why::StopAbove) => {
                Err(Fault::about(Code::StopAbove, &self.job.pipeline.name))
            }
            Exit::Fenced => Err(Fault::about(Code::Fenced, &self.job.transactional_id)),
            Exit::Failed => Err(self.last.take().unwrap_or_else(failed)),
        }
    }

    /// What failed, for the log and for the end.
    fn note(&mut self, fault: Fault) {
        tell(Event::Failed(&fault));
        self.job.progress.failed(self.job.number, fault.code);
        self.last = Some(fault);
    }
}

fn poll<'c>(
    watchdog: &Watchdog,
    consumer: &'c BaseConsumer<Context>,
    most: Duration,
) -> Option<KafkaResult<BorrowedMessage<'c>>> {
    let _guard = watchdog.watch("poll");
    consumer.poll(most)
}

/// The next offset of each partition: last + 1.
fn next_offsets(origins: &[Origin]) -> impl Iterator<Item = ((u16, i32), i64)> {
    let mut next = BTreeMap::new();
    for origin in origins {
        next.insert((origin.topic, origin.partition), origin.offset + 1);
    }
    next.into_iter()
}

impl Open {
    fn of(extra: Extra, ready: Option<Ready>, tallies: Tallies, told: Told) -> Open {
        let (began, window) = (Instant::now(), None);
        let (link, judged) = (Link::default(), None);
        let (trips, is_committing) = (false, false);
        Open { began, ready, extra, told, link, judged, is_committing, tallies, window, trips }
    }
}

impl Seen {
    /// What the callbacks of the group have seen: they run inside poll, in the worker's thread, where no
    /// transaction is open. True: what is in no transaction is to be dropped.
    fn has_changed(&self, machine: &mut Machine, progress: &Progress) -> bool {
        let revoked = self.revoked.swap(false, Ordering::SeqCst);
        if revoked {
            machine.revoked();
        }
        let assigned = self.assigned.swap(false, Ordering::SeqCst);
        if assigned {
            machine.assigned();
            progress.rebalances.fetch_add(1, Ordering::Relaxed);
        }
        revoked || assigned
    }
}

const FATAL: Trouble = Trouble::Failure(Failure::Fatal);
const UNKNOWN: Trouble = Trouble::Failure(Failure::Unknown);
