//! What a process has done and how it is, for progress lines, health and metrics. Counts are of
//! committed work; nothing here can hold a value: topic names, codes, numbers.

use super::clock::today;
use super::machine::Step;
use super::telemetry::{BatchSeconds, Dropped};
use crate::clean::{Disposition, Shadow, Tally};
use crate::limits;
use crate::lineage::{Series, Window};
use crate::phi::Code;
use crate::policy::Term;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Live counts of a process.
#[derive(Debug, Default)]
pub struct Progress {
    /// Records read.
    pub records: AtomicU64,
    /// Records that left.
    pub clean: AtomicU64,
    /// Refused records.
    pub refused: AtomicU64,
    /// Canaries among the records read, whatever became of them.
    pub canaries: AtomicU64,
    /// Committed transactions; at least once, batches whose offsets were committed.
    pub transactions: AtomicU64,
    /// Transactions that were aborted.
    pub aborts: AtomicU64,
    /// Producers that were replaced after a doubt.
    pub rebuilds: AtomicU64,
    /// Times that partitions were assigned.
    pub rebalances: AtomicU64,
    refusals: Mutex<BTreeMap<Code, u64>>,
    quality: Mutex<Quality>,
    shadow: Mutex<Option<Shadow>>,
    workers: Mutex<BTreeMap<u16, Page>>,
    batch_seconds: BatchSeconds,
    telemetry: OnceLock<Arc<Dropped>>,
    terms: Mutex<Vec<(String, Term)>>,
}

/// What the last windows were like.
#[derive(Debug, Default)]
struct Quality {
    /// Values for each clean record, by field and class.
    density: BTreeMap<(String, String), f64>,
    /// How often something became unusual.
    signals: BTreeMap<SignalStatus, u64>,
}

/// Something that became unusual: of a code the refusals, else of a field and class the values.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SignalStatus {
    /// `drop` or `rise`.
    pub signal: String,
    /// The code, or nothing.
    pub code: String,
    /// The field, or nothing.
    pub field: String,
    /// The class, or nothing.
    pub class: String,
}

/// How many values of a class a field has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DensityStatus {
    /// The field, as the schema writes it.
    pub field: String,
    /// The class.
    pub class: String,
    /// For each clean record of the last window.
    pub values: f64,
}

/// What a worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    /// It has not joined its group yet.
    Starting,
    /// It reads, cleans and commits.
    Working,
    /// It replaces its producer, or reads offsets and state again.
    Recovering,
    /// It waits before another try.
    Waiting,
    /// It was asked to end.
    Draining,
    /// It has ended.
    Ended,
}

#[derive(Debug)]
struct Page {
    doing: Doing,
    since: Instant,
    heard: Instant,
    joined: bool,
    /// Since when something is wrong.
    trouble: Option<Instant>,
    last_commit: Option<Instant>,
    last_fault: Option<Code>,
    places: BTreeMap<(String, i32), Place>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    next: Option<i64>,
    end: Option<i64>,
}

/// A worker that does something else than work for so long is not ready.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a process is, as `/status` gives it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    /// The pipeline.
    pub pipeline: String,
    /// The process's name among those of the pipeline.
    pub instance: String,
    /// weir's version.
    pub version: String,
    /// No worker hangs.
    pub live: bool,
    /// Every worker works.
    pub ready: bool,
    /// One line a worker.
    pub workers: Vec<WorkerStatus>,
    /// Records read.
    pub records: u64,
    /// Records that left.
    pub clean: u64,
    /// Refused records, by code.
    pub refusals: BTreeMap<String, u64>,
    /// Canaries that were committed.
    pub canaries: u64,
    /// Committed transactions.
    pub transactions: u64,
    /// Aborted transactions.
    pub aborts: u64,
    /// Producers that were replaced.
    pub rebuilds: u64,
    /// Times that partitions were assigned.
    pub rebalances: u64,
    /// Values by field and class, in the last window.
    #[serde(default)]
    pub density: Vec<DensityStatus>,
    /// What became unusual, and how often.
    #[serde(default)]
    pub signals: Vec<(SignalStatus, u64)>,
    /// Spans, log lines and pages of metrics that the server of telemetry did not take, where there is one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub telemetry_dropped: BTreeMap<String, u64>,
    /// What the pipeline rests on, and until when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermStatus>,
    /// What a second plan would have done otherwise, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<Shadow>,
    /// The partitions that this process has.
    pub partitions: Vec<PartitionStatus>,
}

/// Something that the pipeline rests on, and that ends on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermStatus {
    /// The destination.
    pub destination: String,
    /// `baa`, `dua`, `soc2` or `expert_determination`.
    pub term: String,
    /// The last day that it holds.
    pub until: String,
    /// Days that are left, today not among them.
    pub days: i64,
}

/// How a worker is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkerStatus {
    /// Its number.
    pub worker: u16,
    /// What it does.
    pub doing: Doing,
    /// For so many seconds.
    pub seconds: u64,
    /// Seconds since it last committed a batch.
    pub last_commit_seconds: Option<u64>,
    /// The code of its last failure, until it commits again.
    pub fault: Option<String>,
}

/// How far a source partition has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartitionStatus {
    /// The source topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The next offset to be read.
    pub next: Option<i64>,
    /// The end of what can be read: the last stable offset.
    pub end: Option<i64>,
    /// What lies between; control records count.
    pub lag: Option<i64>,
}

impl Progress {
    /// A batch was committed.
    pub(super) fn committed(&self, fates: impl Iterator<Item = Disposition>) {
        let (mut clean, mut codes) = (0, BTreeMap::<Code, u64>::new());
        for fate in fates {
            match fate {
                Disposition::Refused(code) => *codes.entry(code).or_default() += 1,
                Disposition::Clean | Disposition::Tombstone => clean += 1,
            }
        }
        let refused: u64 = codes.values().sum();
        self.records.fetch_add(clean + refused, Ordering::Relaxed);
        self.refused.fetch_add(refused, Ordering::Relaxed);
        self.clean.fetch_add(clean, Ordering::Relaxed);
        self.transactions.fetch_add(1, Ordering::Relaxed);
        if let (Ok(mut refusals), true) = (self.refusals.lock(), refused > 0) {
            codes.into_iter().for_each(|(code, n)| *refusals.entry(code).or_default() += n);
        }
    }

    /// Records of a file were written.
    pub(super) fn tallied(&self, tally: &Tally) {
        self.records.fetch_add(tally.records, Ordering::Relaxed);
        self.clean.fetch_add(tally.clean, Ordering::Relaxed);
        self.refused.fetch_add(tally.refused_total(), Ordering::Relaxed);
        let Ok(mut refusals) = self.refusals.lock() else { return };
        for (id, n) in &tally.refused {
            *refusals.entry(Code::from_id(id).unwrap_or(Code::Internal)).or_default() += n;
        }
    }

    /// A second plan has seen records that were committed.
    pub(super) fn shadowed(&self, shadow: &Shadow) {
        if let Ok(mut sum) = self.shadow.lock() {
            sum.get_or_insert_default().merge(shadow);
        }
    }

    /// What a second plan would have done otherwise, where there is one.
    pub fn shadow(&self) -> Option<Shadow> {
        self.shadow.lock().ok().and_then(|sum| sum.clone())
    }

    /// A window was judged.
    pub(super) fn judged(&self, window: &Window) {
        let Ok(mut quality) = self.quality.lock() else { return };
        for row in &window.rows {
            if let Series::Values(field, class) = &row.series {
                quality.density.insert((field.clone(), class.clone()), row.rate);
            }
        }
        for (series, signal, _) in window.signals() {
            let signal = signal.name().to_string();
            let of = match series.clone() {
                Series::Refused(code) => SignalStatus { signal, code, ..SignalStatus::default() },
                Series::Values(field, class) => {
                    SignalStatus { signal, code: String::new(), field, class }
                }
            };
            *quality.signals.entry(of).or_default() += 1;
        }
    }

    /// How long batches take.
    pub fn batch_seconds(&self) -> &BatchSeconds {
        &self.batch_seconds
    }

    /// What the pipeline rests on.
    pub(super) fn rests_on(&self, destination: &str, terms: &[Term]) {
        if let Ok(mut all) = self.terms.lock() {
            *all = terms.iter().map(|term| (destination.to_string(), term.clone())).collect();
        }
    }

    fn terms(&self) -> Vec<TermStatus> {
        let (today, terms) = (today(), self.terms.lock());
        let one = |(destination, term): &(String, Term)| TermStatus {
            destination: destination.clone(),
            term: term.what.to_string(),
            until: term.until.0.to_string(),
            days: term.days_left(today),
        };
        terms.map(|terms| terms.iter().map(one).collect()).unwrap_or_default()
    }

    /// Telemetry has a server; what it does not take is counted here.
    pub(super) fn telemetry_is(&self, dropped: &Arc<Dropped>) {
        let _ = self.telemetry.set(Arc::clone(dropped));
    }

    fn page(&self, worker: u16, write: impl FnOnce(&mut Page)) {
        let Ok(mut workers) = self.workers.lock() else { return };
        let now = Instant::now();
        write(workers.entry(worker).or_insert_with(|| Page {
            doing: Doing::Starting,
            since: now,
            heard: now,
            joined: false,
            trouble: None,
            last_commit: None,
            last_fault: None,
            places: BTreeMap::new(),
        }));
    }

    /// A worker goes to its next step.
    pub(super) fn goes(&self, worker: u16, step: Step, draining: bool) {
        self.page(worker, |page| {
            page.joined |= matches!(step, Step::Poll(_));
            let doing = match step {
                Step::Leave(_) => Doing::Ended,
                _ if draining => Doing::Draining,
                Step::Wait(_) => Doing::Waiting,
                _ if !page.joined => Doing::Starting,
                Step::Init | Step::Rewind | Step::Abort => Doing::Recovering,
                _ => Doing::Working,
            };
            let now = Instant::now();
            page.heard = now;
            if doing != page.doing {
                page.since = now;
            }
            page.doing = doing;
            // Reading again is no recovery yet: a commit is, or a while without new trouble.
            match doing {
                Doing::Waiting | Doing::Recovering => _ = page.trouble.get_or_insert(now),
                _ if page.since.elapsed() >= PATIENCE => page.trouble = None,
                _ => {}
            }
        });
    }

    /// A call of a worker failed.
    pub(super) fn failed(&self, worker: u16, code: Code) {
        self.page(worker, |page| page.last_fault = Some(code));
    }

    /// A worker's partitions, with their next offsets, as they were assigned or committed.
    pub(super) fn places(
        &self,
        worker: u16,
        all: bool,
        next: impl Iterator<Item = (String, i32, i64)>,
    ) {
        self.page(worker, |page| {
            if all {
                page.places.clear();
            } else {
                (page.last_commit, page.last_fault) = (Some(Instant::now()), None);
                page.trouble = None;
            }
            for (topic, partition, offset) in next {
                page.places.entry((topic, partition)).or_default().next = Some(offset);
            }
        });
    }

    /// The ends of source partitions, as the broker tells them.
    pub(super) fn ends(&self, worker: u16, ends: &BTreeMap<(String, i32), i64>) {
        self.page(worker, |page| {
            for (place, reading) in &mut page.places {
                reading.end = ends.get(place).copied().or(reading.end);
            }
        });
    }

    /// How the process is.
    pub fn status(&self, pipeline: &str, instance: &str) -> Status {
        let count = |n: &AtomicU64| n.load(Ordering::Relaxed);
        let refusals = self.refusals.lock().map(|refusals| refusals.clone()).unwrap_or_default();
        let dropped = self.telemetry.get().into_iter().flat_map(|dropped| dropped.counts());
        let mut status = Status {
            pipeline: pipeline.into(),
            instance: instance.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            live: true,
            ready: true,
            workers: Vec::new(),
            records: count(&self.records),
            clean: count(&self.clean),
            refusals: refusals.iter().map(|(code, n)| (code.id().to_string(), *n)).collect(),
            canaries: count(&self.canaries),
            transactions: count(&self.transactions),
            aborts: count(&self.aborts),
            rebuilds: count(&self.rebuilds),
            rebalances: count(&self.rebalances),
            density: Vec::new(),
            signals: Vec::new(),
            telemetry_dropped: dropped.map(|(of, n)| (of.to_string(), n)).collect(),
            terms: self.terms(),
            shadow: self.shadow(),
            partitions: Vec::new(),
        };
        if let Ok(quality) = self.quality.lock() {
            let density = quality.density.iter().map(|((field, class), values)| DensityStatus {
                field: field.clone(),
                class: class.clone(),
                values: *values,
            });
            status.density = density.collect();
            status.signals = quality.signals.iter().map(|(of, n)| (of.clone(), *n)).collect();
        }
        let Ok(workers) = self.workers.lock() else {
            return Status { live: false, ready: false, ..status };
        };
        status.ready = !workers.is_empty();
        // A Kafka call that hangs is ended by the watchdog before; this is weir itself.
        let hangs = Duration::from_millis(limits::LIVE_MILLIS);
        for (worker, page) in workers.iter() {
            status.live &= page.doing == Doing::Ended || page.heard.elapsed() < hangs;
            status.ready &= match page.doing {
                Doing::Working | Doing::Recovering | Doing::Waiting => {
                    page.joined && page.trouble.is_none_or(|since| since.elapsed() < PATIENCE)
                }
                Doing::Starting | Doing::Draining | Doing::Ended => false,
            };
            status.workers.push(WorkerStatus {
                worker: *worker,
                doing: page.doing,
                seconds: page.since.elapsed().as_secs(),
                last_commit_seconds: page.last_commit.map(|at| at.elapsed().as_secs()),
                fault: page.last_fault.map(|code| code.id().to_string()),
            });
            status.partitions.extend(page.places.iter().map(|((topic, partition), place)| {
                let lag = place.end.zip(place.next).map(|(end, next)| (end - next).max(0));
                let (topic, partition) = (topic.clone(), *partition);
                PartitionStatus { topic, partition, next: place.next, end: place.end, lag }
            }));
        }
        status
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_ready_once_it_reads_and_not_while_it_ends() {
        let progress = Progress::default();
        let ready = || progress.status("p", "0").ready;
        assert!(!ready(), "no worker yet");
        progress.goes(0, Step::Init, false);
        assert!(!ready(), "starting");
        progress.goes(0, Step::Poll(1), false);
        assert!(ready());
        progress.goes(0, Step::Wait(1), false);
        assert!(ready(), "a short trouble");
        progress.goes(1, Step::Init, false);
        assert!(!ready(), "the second worker is not there yet");
        progress.goes(1, Step::Poll(1), false);
        progress.goes(0, Step::Poll(1), true);
        assert!(!ready(), "draining");
    }

    #[test]
    fn trouble_is_counted_from_its_beginning() {
        let progress = Progress::default();
        progress.goes(0, Step::Poll(1), false);
        progress.goes(0, Step::Init, false);
        if let Some(page) = progress.workers.lock().expect("a lock").get_mut(&0) {
            page.trouble = Instant::now().checked_sub(PATIENCE);
        }
        progress.goes(0, Step::Wait(1), false);
        assert!(!progress.status("p", "0").ready, "waiting goes on from recovering");
        progress.goes(0, Step::Poll(1), false);
        assert!(!progress.status("p", "0").ready, "what is read may fail again");
        progress.places(0, false, std::iter::empty());
        assert!(progress.status("p", "0").ready, "a commit ends it");
    }

    #[test]
    fn a_worker_that_is_not_heard_of_is_not_live() {
        let progress = Progress::default();
        progress.goes(0, Step::Poll(1), false);
        assert!(progress.status("p", "0").live);
        if let Some(page) = progress.workers.lock().expect("a lock").get_mut(&0) {
            let long = Duration::from_millis(limits::LIVE_MILLIS);
            page.heard = Instant::now().checked_sub(long).expect("a time");
        }
        assert!(!progress.status("p", "0").live);
    }

    #[test]
    fn lag_is_what_lies_between_the_next_offset_and_the_end() {
        let progress = Progress::default();
        let place = |offset| std::iter::once(("t".to_string(), 3, offset));
        progress.places(0, true, place(10));
        progress.ends(0, &BTreeMap::from([(("t".to_string(), 3), 25), (("u".to_string(), 0), 9)]));
        progress.places(0, false, place(12));
        let status = progress.status("p", "0");
        let one = &status.partitions[..];
        assert_eq!((one.len(), one[0].next, one[0].lag), (1, Some(12), Some(13)));
        progress.places(0, true, std::iter::empty());
        assert!(progress.status("p", "0").partitions.is_empty(), "taken away");
    }
}
