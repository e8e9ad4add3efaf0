//! What a worker tells: its run's events and the pipeline's, what was told by when, and how its windows
//! are beside those before. All of it goes into the transactions of what it tells of.

use super::{Extra, IDLE, Open, Outlet, Trouble, Worker};
use crate::clean::Tally;
use crate::limits;
use crate::lineage::{self, Run, Sums, Told, Watch, Window};
use crate::phi::Code;
use crate::stream::clock::now;
use crate::stream::machine::{Load, Why};
use crate::stream::state::{
    self, RunRecord, RunTopics, STOP_KEY, State, Tallies, place_key, run_key, tally_key, watch_key,
};
use crate::stream::telemetry::{Event, tell};
use crate::stream::{Fault, Settings};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A pipeline's run: a process's life. Its first worker opens it, and closes it behind the others.
pub(in crate::stream) struct Parent {
    /// A random UUID.
    pub(in crate::stream) run: String,
    /// What the transactional ids of the process's workers begin with.
    pub(in crate::stream) process: String,
    pub(in crate::stream) started: String,
    /// Under which policy and keys, as events have it.
    pub(in crate::stream) policy: serde_json::Value,
    /// Workers beside the first that have not ended.
    pub(in crate::stream) left: AtomicU16,
    /// Why one of them failed, the first.
    pub(in crate::stream) fault: Mutex<Option<Code>>,
}

impl Parent {
    /// A worker is at its end, whatever that was.
    pub(in crate::stream) fn ended(&self, worker: u16) {
        if worker > 0 {
            self.left.fetch_sub(1, Ordering::SeqCst);
        }
    }

    pub(super) fn record(&self, closed: bool) -> RunRecord {
        RunRecord {
            run: self.run.clone(),
            started: self.started.clone(),
            closed,
            parent: String::new(),
            told: Told::default(),
            policy: self.policy.clone(),
            topics: RunTopics::default(),
        }
    }

    pub(in crate::stream) fn fails(&self, code: Code) {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(code);
    }

    fn end(&self) -> lineage::State {
        let fault = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.map_or(lineage::State::Complete, lineage::State::Fail)
    }
}

/// A window that was judged, what is usual with it, and the sums up to it.
pub(super) type Judged = (Window, Watch, Tally);

impl Worker<'_> {
    /// START, and the ABORT of the run before, if that one did not end in order; of the first worker,
    /// those of the pipeline's run, too.
    pub(super) fn opening(&self) -> Result<Open, Fault> {
        let mut extra = Extra::default();
        let (job, at) = (self.job, now());
        if let Some(State { run: Some(last), tallies, .. }) = &self.before {
            if !last.closed {
                extra.events.push(self.event(last, lineage::State::Abort, tallies, &at));
            }
            // Nobody asks for the tallies of an ended run again: its last event has them. How far
            // the pipeline has come is asked for as long as it lives.
            let places = tallies.iter().map(|((topic, n), tally)| {
                (place_key(topic, *n), Some(tally.to_offset.to_string()))
            });
            extra.state.extend(places);
            let keys = tallies.keys().map(|(topic, n)| (tally_key(&last.run, topic, *n), None));
            extra.state.extend(keys);
        }
        if job.number == 0 {
            let last = self.before.as_ref().and_then(|state| state.parent.as_ref());
            if let Some(last) = last.filter(|last| !last.closed) {
                extra.events.push(self.parent_event(last, lineage::State::Abort, &at));
            }
            let run = job.parent.record(false);
            extra.events.push(self.parent_event(&run, lineage::State::Start, &at));
            extra.state.push(state_of(&job.parent.process, &run)?);
        }
        let told = Told { at: at.clone(), ..Told::default() };
        extra.events.push(self.event(&self.run, lineage::State::Start, &Tallies::new(), &at));
        extra.state.push(self.run_state(false, &told)?);
        if job.resume {
            extra.state.push((STOP_KEY.into(), None));
        }
        Ok(Open::of(extra, None, Tallies::new(), told))
    }

    /// COMPLETE or FAIL, and the run is closed.
    pub(super) fn closing(&self, why: Why) -> Result<Open, Fault> {
        match why {
            Why::Asked => self.ending(lineage::State::Complete),
            Why::StopAbove => {
                self.job.parent.fails(Code::StopAbove);
                self.ending(lineage::State::Fail(Code::StopAbove))
            }
        }
    }

    /// The run's last event; of the first worker, the pipeline's, too.
    fn ending(&self, state: lineage::State) -> Result<Open, Fault> {
        let (parent, at) = (self.job.parent, now());
        let mut extra = Extra::default();
        let (told, judged) = self.tell_window(state, &self.tallies, &at, &mut extra)?;
        // Where another worker is still at work, nobody knows how the whole ends: the successor says ABORT.
        if self.job.number == 0 && parent.left.load(Ordering::SeqCst) == 0 {
            let run = parent.record(true);
            extra.events.push(self.parent_event(&run, parent.end(), &at));
            extra.state.push(state_of(&parent.process, &run)?);
        }
        Ok(Open { judged, ..Open::of(extra, None, self.tallies.clone(), told) })
    }

    /// A window was judged, and that was committed.
    pub(super) fn learn(&mut self, (window, watch, sums): Judged) {
        (self.watch, self.judged_to) = (watch, sums);
        self.job.progress.judged(&window);
        for (series, signal, row) in window.signals() {
            tell(Event::Unusual(series, signal, row.rate, row.usual));
        }
    }

    /// The first worker ends behind the others of its process, so that it can say how the whole ended. It
    /// answers its group meanwhile, and takes no records; what the group says is a failure as at any other time.
    pub(super) fn wait_for_others(&mut self) -> Result<(), Trouble> {
        if self.job.number > 0 {
            return Ok(());
        }
        self.job.stop.store(true, Ordering::SeqCst);
        let most = Duration::from_millis(limits::SIBLINGS_MILLIS_MAX);
        let until = *self.waits_until.get_or_insert_with(|| Instant::now() + most);
        while self.job.parent.left.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            if self.expelled {
                std::thread::sleep(IDLE);
                continue;
            }
            self.pause(true);
            self.answer(IDLE)?;
        }
        Ok(())
    }

    /// RUNNING without a batch.
    pub(super) fn telling(&self) -> Result<Open, Fault> {
        let mut extra = Extra::default();
        let running = lineage::State::Running;
        let (told, judged) = self.tell_window(running, &self.tallies, &now(), &mut extra)?;
        Ok(Open { judged, ..Open::of(extra, None, self.tallies.clone(), told) })
    }

    /// An event of this run, what is told with it, and how the window is beside those before.
    pub(super) fn tell_window(
        &self,
        state: lineage::State,
        tallies: &Tallies,
        at: &str,
        extra: &mut Extra,
    ) -> Result<(Told, Option<Judged>), Fault> {
        let sum = state::sum(tallies);
        let mut watch = self.watch.clone();
        let judged = watch.look(&sum.since(&self.judged_to));
        extra.events.push(self.event_with(&self.run, state, tallies, at, judged.as_ref()));
        let told = Told::of(&sum, at);
        extra.state.push(self.run_state(state != lineage::State::Running, &told)?);
        let judged = judged.map(|window| (window, watch, sum));
        if let Some((_, watch, _)) = &judged {
            let json = serde_json::to_string(watch).map_err(|_| Fault::new(Code::Internal))?;
            extra.state.push((watch_key(&self.job.transactional_id), Some(json)));
        }
        Ok((told, judged))
    }

    /// FAIL, where the run ends by a fault and its instance is still good; else its successor says
    /// ABORT. Nothing of it may make the fault another one.
    pub(super) fn tell_failure(&mut self, fault: &Fault) {
        self.job.parent.fails(fault.code);
        let is_open = self.before.is_some() && self.joined && self.certain && !self.closed;
        let is_good = |outlet: &Outlet| !outlet.is_doubtful();
        let fenced = fault.code == Code::Fenced;
        if fenced || !is_open || !self.outlet.as_ref().is_some_and(is_good) {
            return;
        }
        if let Some(outlet) = &self.outlet {
            let _guard = self.watchdog.watch("abort");
            // Without a transaction this is an error, and changes nothing.
            let _ = outlet.abort();
        }
        if self.wait_for_others().is_err() {
            return;
        }
        let Ok(open) = self.ending(lineage::State::Fail(fault.code)) else { return };
        let begun = self.outlet.as_ref().map(Outlet::begin);
        if !matches!(begun, Some(Ok(()))) {
            return;
        }
        self.open = Some(open);
        if self.produce(Load::Closing(Why::Asked)).is_ok() {
            let _ = self.commit(Load::Closing(Why::Asked));
        }
    }

    fn run_state(&self, closed: bool, told: &Told) -> Result<(String, Option<String>), Fault> {
        let run = RunRecord { closed, told: told.clone(), ..self.run.clone() };
        state_of(&self.job.transactional_id, &run)
    }

    /// What is committed and not told of is told of when its window is over, with or without a batch.
    pub(super) fn remember_untold(&mut self) {
        let committed: u64 = self.tallies.values().map(|tally| tally.tally.records).sum();
        let window = self.job.pipeline.lineage.window_seconds * 1_000;
        let is_told = committed == self.run.told.records;
        self.machine.untold((!is_told).then_some(self.last_window + window));
    }

    fn event(&self, run: &RunRecord, state: lineage::State, tallies: &Tallies, at: &str) -> String {
        self.event_with(run, state, tallies, at, None)
    }

    fn event_with(
        &self,
        run: &RunRecord,
        state: lineage::State,
        tallies: &Tallies,
        at: &str,
        quality: Option<&Window>,
    ) -> String {
        // A run that an older weir has left open has none written down.
        let is_known = !run.topics.clean.is_empty();
        let topics = if is_known { run.topics.clone() } else { RunTopics::of(self.job.topics) };
        let pipeline = self.job.pipeline;
        let job = lineage::Job {
            pipeline,
            namespace: &namespace(self.job.settings),
            inputs: &topics.sources,
            output: &topics.clean,
            quarantine: &topics.quarantine,
            keys: self.job.keys.version(),
        };
        let tally = state::sum(tallies);
        let ranges = state::ranges(tallies);
        let sums = Sums { tally: &tally, told: &run.told, ranges, quality };
        // A run that an older weir has left open has no parent.
        let parent = if run.parent.is_empty() { &run.run } else { &run.parent };
        let run = Run { id: &run.run, parent, policy: &run.policy };
        lineage::event(&job, run, state, at, &sums).to_string()
    }

    fn parent_event(&self, run: &RunRecord, state: lineage::State, at: &str) -> String {
        let run = Run { id: &run.run, parent: &run.run, policy: &run.policy };
        lineage::pipeline_event(self.job.pipeline, run, state, at).to_string()
    }
}

/// The name space of topics: one broker of the list stands for all, the same whatever their order.
pub(in crate::stream) fn namespace(settings: &Settings) -> String {
    let first = settings.brokers.split(',').map(str::trim).min().unwrap_or_default();
    format!("kafka://{first}")
}

fn state_of(id: &str, run: &RunRecord) -> Result<(String, Option<String>), Fault> {
    let json = serde_json::to_string(run).map_err(|_| Fault::new(Code::Internal))?;
    Ok((run_key(id), Some(json)))
}
