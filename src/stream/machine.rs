//! The loop as a pure state machine: no Kafka types, no clock (the time is an argument), no IO. The
//! worker asks for the next step, takes it, and says what came of it. `tests/model` drives the same
//! machine against a model of Kafka, under crashes and late messages.
//!
//! The slot: one batch may be filled and cleaned while the transaction of another one is open. The
//! worker of this version works in one thread and takes [`Machine::next`], which finishes the
//! transaction first; the model takes [`Machine::beside`] too.

/// Why a worker ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was asked to.
    Asked,
    /// The share of refused records was above `stop_above`.
    StopAbove,
}

/// How a worker leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// In order: everything is committed and the run is closed.
    Done(Why),
    /// A newer process has taken over: never rebuild, or the two would fence each other for ever.
    Fenced,
    /// What it needs failed for good.
    Failed,
}

/// What a failed step means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The transaction is known not to have been committed, and the instance is still good.
    Abortable,
    /// Nobody knows whether it was committed: the instance is not to be used again.
    Unknown,
    /// Something beside Kafka that a batch needs did not answer; the batch stays.
    Passing,
    /// A newer process has taken over.
    Fenced,
    /// It failed for good.
    Fatal,
}

/// What a transaction carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// The start of the run.
    Opening,
    /// A batch, with its offsets.
    Batch,
    /// What was committed and not told of, after a while without a batch.
    Window,
    /// The end of the run.
    Closing(Why),
}

/// The next step of the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Let so many milliseconds pass: answer the group, and take no records.
    Wait(u64),
    /// Drop the producer, if there is one, and build a new one: its init fences the old.
    Init,
    /// Read the committed offsets and the state again, and seek to them: `rewound`.
    Rewind,
    /// Subscribe to the sources.
    Join,
    /// Poll for at most so many milliseconds; then say `polled` or nothing.
    Poll(u64),
    /// Clean what was polled.
    Clean,
    /// Begin a transaction on this instance.
    Begin(Load),
    /// Hand over what the transaction carries, and wait until all of it has arrived.
    Produce(Load),
    /// Add the source offsets.
    Offsets,
    /// Commit.
    Commit(Load),
    /// Abort the transaction on this instance.
    Abort,
    /// End.
    Leave(Exit),
}

/// What a worker found when it read the state again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its run was opened.
    pub opened: bool,
    /// Its run was closed.
    pub closed: bool,
    /// The pipeline was stopped durably since the run began.
    pub stopped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    Opening,
    Joining,
    Working,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recovery {
    Abort,
    Init,
    Rewind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Begun,
    Produced,
    Offered,
}

/// When a batch is cut.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Records.
    pub records: usize,
    /// Bytes.
    pub bytes: usize,
    /// Age of the first record in the batch, in milliseconds.
    pub millis: u64,
}

/// Failures in a row, without a commit between them, before the worker gives up: after 36 to 72 s of
/// waits, and what the failing calls take.
pub const TRIES_MAX: u32 = 12;
/// The same once the worker has been asked to end.
pub const DRAIN_TRIES_MAX: u32 = 3;
/// Failures that lie further apart are not in a row.
const CALM_MILLIS: u64 = 300_000;
/// The most that a batch is halved.
const SMALLER_MAX: u32 = 13;
/// The longest wait before another try, in milliseconds.
const WAIT_MILLIS_MAX: u64 = 10_000;

/// The machine.
#[derive(Clone, Debug)]
pub struct Machine {
    cut: Cut,
    life: Life,
    records: usize,
    bytes: usize,
    since: Option<u64>,
    ready: bool,
    open: Option<(Load, Phase)>,
    /// A call may have left a copy of itself on its way: this instance begins nothing more.
    doubtful: bool,
    recovery: Option<Recovery>,
    wait_until: u64,
    draining: Option<Why>,
    left: Option<Exit>,
    tries: u32,
    failed_at: u64,
    /// When what was committed is to be told of, if no batch comes that tells it.
    untold: Option<u64>,
    /// Passing failures of the batch that waits.
    passes: u32,
    /// By how many halvings batches are cut smaller, after some that did not arrive in time.
    smaller: u32,
    random: u64,
}

impl Machine {
    /// A worker that has nothing yet. `seed` spreads the waits of workers that failed together.
    pub fn new(cut: Cut, seed: u64) -> Machine {
        Machine {
            cut,
            life: Life::Opening,
            records: 0,
            bytes: 0,
            since: None,
            ready: false,
            open: None,
            doubtful: false,
            recovery: Some(Recovery::Init),
            wait_until: 0,
            draining: None,
            left: None,
            tries: 0,
            failed_at: 0,
            untold: None,
            passes: 0,
            smaller: 0,
            random: seed | 1,
        }
    }

    /// What to do now.
    pub fn next(&self, now: u64) -> Step {
        if let Some(exit) = self.left {
            return Step::Leave(exit);
        }
        // What is to be aborted may not wait: the broker's own time-out would end it first.
        if self.wait_until > now && self.recovery != Some(Recovery::Abort) {
            return Step::Wait(self.wait_until - now);
        }
        match self.open {
            Some((load, Phase::Begun)) => return Step::Produce(load),
            Some((Load::Batch, Phase::Produced)) => return Step::Offsets,
            Some((load, _)) => return Step::Commit(load),
            None => {}
        }
        match self.recovery {
            Some(Recovery::Abort) => return Step::Abort,
            Some(Recovery::Init) => return Step::Init,
            Some(Recovery::Rewind) => return Step::Rewind,
            None => {}
        }
        match self.life {
            Life::Opening => Step::Begin(Load::Opening),
            _ if self.ready => Step::Begin(Load::Batch),
            Life::Joining if self.draining.is_none() => Step::Join,
            _ => match (self.fill(now), self.draining) {
                (Step::Poll(_), Some(why)) => Step::Begin(Load::Closing(why)),
                (Step::Poll(_), None) if self.records == 0 && self.is_due(now) => {
                    Step::Begin(Load::Window)
                }
                (step, _) => step,
            },
        }
    }

    /// What may be done while a transaction is open: the batch after it is filled and cleaned. `None`
    /// when the slot is full.
    pub fn beside(&self, now: u64) -> Option<Step> {
        let free = self.open.is_some() && self.recovery.is_none() && self.left.is_none();
        if !free || self.ready || self.draining.is_some() || self.wait_until > now {
            return None;
        }
        (self.life == Life::Working).then(|| self.fill(now))
    }

    fn fill(&self, now: u64) -> Step {
        let waited = self.since.map(|since| now.saturating_sub(since));
        let due = self.records >= (self.cut.records >> self.smaller).max(1)
            || self.bytes >= self.cut.bytes >> self.smaller
            || waited.is_some_and(|waited| waited >= self.cut.millis)
            || self.draining.is_some() && self.records > 0;
        if due {
            return Step::Clean;
        }
        Step::Poll(waited.map_or(self.cut.millis, |waited| self.cut.millis - waited))
    }

    fn is_due(&self, now: u64) -> bool {
        self.untold.is_some_and(|due| due <= now)
    }

    /// Something was committed that no event has told of yet: at `due` it is told of without a batch.
    /// `None`: all was told.
    pub fn untold(&mut self, due: Option<u64>) {
        self.untold = due;
    }

    /// A record was polled and joined the batch that fills.
    pub fn polled(&mut self, bytes: usize, now: u64) {
        self.records += 1;
        self.bytes += bytes;
        self.since.get_or_insert(now);
    }

    /// The step was taken. (A poll and a rewind have words of their own.)
    pub fn done(&mut self, step: Step) {
        match step {
            Step::Init => {
                self.doubtful = false;
                self.recovery = Some(Recovery::Rewind);
            }
            Step::Join => self.life = Life::Working,
            Step::Clean => {
                debug_assert!(!self.ready, "the slot holds one batch, not two");
                self.empty();
                self.ready = true;
                self.passes = 0;
            }
            Step::Begin(load) => {
                debug_assert!(self.open.is_none() && !self.doubtful);
                if load == Load::Batch {
                    self.ready = false;
                }
                self.open = Some((load, Phase::Begun));
            }
            Step::Produce(load) => self.open = Some((load, Phase::Produced)),
            Step::Offsets => self.open = Some((Load::Batch, Phase::Offered)),
            Step::Commit(load) => self.committed(load),
            // What was polled since the transaction began is read again too: order is kept.
            Step::Abort => self.recovery = Some(self.after_abort()),
            Step::Wait(_) | Step::Rewind | Step::Poll(_) | Step::Leave(_) => {}
        }
    }

    fn committed(&mut self, load: Load) {
        self.open = None;
        self.tries = 0;
        match load {
            Load::Opening => self.life = Life::Joining,
            Load::Batch => self.smaller = self.smaller.saturating_sub(1),
            Load::Window => self.untold = None,
            Load::Closing(why) => self.left = Some(Exit::Done(why)),
        }
        if self.doubtful && self.left.is_none() {
            self.replace();
        }
    }

    fn after_abort(&self) -> Recovery {
        if self.doubtful { Recovery::Init } else { Recovery::Rewind }
    }

    /// Calls of this instance met trouble on the way, even if they came to a good end: a copy of one
    /// may still arrive, and would be taken for a part of a later transaction. The transaction that is
    /// open may end; then the instance goes.
    pub fn doubted(&mut self) {
        self.doubtful = true;
        if self.open.is_none() && self.recovery.is_none() {
            self.replace();
        }
    }

    /// A new instance. What was read meanwhile is read again: between two instances nobody knows
    /// which offsets another worker has committed.
    fn replace(&mut self) {
        self.discard();
        self.recovery = Some(Recovery::Init);
    }

    /// A step failed. Whatever was polled or cleaned is read again, unless the failure is a passing
    /// one.
    pub fn failed(&mut self, failure: Failure, now: u64) {
        if failure == Failure::Passing {
            self.passes += 1;
            // The store may be away for long: it is no failure of this worker. One that is to end
            // does not wait for it.
            if self.draining.is_some() && self.passes > DRAIN_TRIES_MAX {
                self.left.get_or_insert(Exit::Failed);
            }
            return self.wait_after(self.passes, now);
        }
        self.discard();
        if self.open == Some((Load::Batch, Phase::Begun)) {
            // It may be more than the brokers take in before the deadline.
            self.smaller = (self.smaller + 1).min(SMALLER_MAX);
        }
        let doubted = self.open.take().is_none() || self.recovery.is_some();
        match failure {
            Failure::Passing => {}
            Failure::Fenced => self.left = Some(Exit::Fenced),
            Failure::Fatal => self.left = Some(Exit::Failed),
            // An abort that fails, or a second doubt while recovering, is a doubt.
            Failure::Abortable if !doubted => {
                self.recovery = Some(Recovery::Abort);
                self.again(now);
            }
            Failure::Abortable | Failure::Unknown => {
                self.recovery = Some(Recovery::Init);
                self.again(now);
            }
        }
    }

    /// Another try, after a wait that grows; the first is at once, since a restart of a broker's
    /// connection must not cost a second.
    fn again(&mut self, now: u64) {
        // With nothing to read there is nothing to commit: what lies far back is not in a row.
        if now.saturating_sub(self.failed_at) > CALM_MILLIS {
            self.tries = 0;
        }
        self.failed_at = now;
        self.tries += 1;
        let most = if self.draining.is_some() { DRAIN_TRIES_MAX } else { TRIES_MAX };
        if self.tries > most {
            self.left.get_or_insert(Exit::Failed);
        }
        self.wait_after(self.tries, now);
    }

    fn wait_after(&mut self, tries: u32, now: u64) {
        let wait = if tries == 1 { 0 } else { 100 << tries.min(10) };
        let wait = wait.min(WAIT_MILLIS_MAX);
        // Between half of it and all of it, so that workers that fell together do not come together.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.wait_until = now + wait / 2 + self.random % (wait / 2 + 1);
    }

    /// The committed offsets and the state were read again, at `now`.
    pub fn rewound(&mut self, found: Found, now: u64) {
        self.recovery = None;
        self.discard();
        if found.opened && self.life == Life::Opening {
            self.life = Life::Joining;
        }
        if found.stopped {
            self.draining = Some(Why::StopAbove);
        }
        if found.closed {
            self.left.get_or_insert(Exit::Done(self.draining.unwrap_or(Why::Asked)));
        }
        if self.doubtful {
            // Doubted before it began anything: should that never end, it counts as failing.
            self.replace();
            self.again(now);
        }
    }

    /// Partitions were assigned: they are read from their committed offsets, and another worker may
    /// have stopped the pipeline.
    pub fn assigned(&mut self) {
        self.discard();
        self.recovery.get_or_insert(Recovery::Rewind);
    }

    /// Partitions are being taken away. True: a transaction is open and must be finished or aborted
    /// before the callback returns. What is not in a transaction is dropped: the next owner reads it
    /// again.
    pub fn revoked(&mut self) -> bool {
        self.discard();
        self.open.is_some()
    }

    /// End in order: commit what was read, then close.
    pub fn stop(&mut self, why: Why) {
        // That the pipeline stopped itself is what a person has to know, even if it was to end anyway.
        if self.draining == Some(why) || self.draining == Some(Why::StopAbove) {
            return;
        }
        if why == Why::StopAbove {
            self.discard();
        }
        self.draining = Some(why);
        self.wait_until = 0;
        self.tries = self.tries.min(DRAIN_TRIES_MAX - 1);
    }

    fn discard(&mut self) {
        self.ready = false;
        self.empty();
    }

    fn empty(&mut self) {
        (self.records, self.bytes, self.since) = (0, 0, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine that has opened its run and joined the group.
    fn working() -> Machine {
        let mut m = Machine::new(Cut { records: 3, bytes: 1000, millis: 200 }, 1);
        for step in [Step::Init, Step::Rewind] {
            take(&mut m, step);
        }
        transaction(&mut m, Load::Opening);
        take(&mut m, Step::Join);
        m
    }

    fn take(m: &mut Machine, step: Step) {
        assert_eq!(m.next(0), step);
        if step == Step::Rewind { m.rewound(Found::default(), 0) } else { m.done(step) }
    }

    fn transaction(m: &mut Machine, load: Load) {
        take(m, Step::Begin(load));
        take(m, Step::Produce(load));
        if load == Load::Batch {
            take(m, Step::Offsets);
        }
        take(m, Step::Commit(load));
    }

    /// A batch is cleaned, and its transaction is about to commit.
    fn committing(m: &mut Machine) {
        m.polled(1000, 0);
        take(m, Step::Clean);
        take(m, Step::Begin(Load::Batch));
        take(m, Step::Produce(Load::Batch));
        take(m, Step::Offsets);
    }

    #[test]
    fn a_batch_is_cut_by_count_bytes_or_age() {
        let mut m = working();
        assert_eq!(m.next(0), Step::Poll(200));
        m.polled(10, 5);
        assert_eq!(m.next(105), Step::Poll(100));
        assert_eq!(m.next(205), Step::Clean);
        m.polled(10, 6);
        m.polled(10, 7);
        assert_eq!(m.next(8), Step::Clean);
        let mut m = working();
        m.polled(1000, 0);
        assert_eq!(m.next(0), Step::Clean);
    }

    #[test]
    fn what_no_batch_tells_is_told_after_a_while() {
        let mut m = working();
        m.untold(Some(1_000));
        assert_eq!(m.next(999), Step::Poll(200));
        m.polled(10, 999);
        assert_eq!(m.next(1_000), Step::Poll(199), "the batch that fills will tell it");
        let mut m = working();
        m.untold(Some(0));
        transaction(&mut m, Load::Window);
        assert_eq!(m.next(0), Step::Poll(200), "once");
        m.untold(Some(0));
        m.stop(Why::Asked);
        assert_eq!(m.next(0), Step::Begin(Load::Closing(Why::Asked)), "the end tells it");
    }

    #[test]
    fn the_next_batch_is_cleaned_while_the_last_commits() {
        let mut m = working();
        assert_eq!(m.beside(0), None, "no transaction is open");
        committing(&mut m);
        assert_eq!(m.beside(0), Some(Step::Poll(200)));
        m.polled(1000, 1);
        assert_eq!(m.beside(1), Some(Step::Clean));
        m.done(Step::Clean);
        assert_eq!(m.beside(1), None, "the slot holds one batch, not two");
        take(&mut m, Step::Commit(Load::Batch));
        take(&mut m, Step::Begin(Load::Batch));
    }

    #[test]
    fn a_fenced_worker_leaves_and_never_rebuilds() {
        let mut m = working();
        committing(&mut m);
        m.failed(Failure::Fenced, 0);
        assert_eq!(m.next(0), Step::Leave(Exit::Fenced));
        m.failed(Failure::Unknown, 0);
        assert_eq!(m.next(1_000_000), Step::Leave(Exit::Fenced));
    }

    #[test]
    fn an_unknown_outcome_never_begins_again_on_the_same_instance() {
        let mut m = working();
        committing(&mut m);
        m.failed(Failure::Unknown, 0);
        take(&mut m, Step::Init);
        take(&mut m, Step::Rewind);
        assert_eq!(m.next(0), Step::Poll(200), "the batch is read again");
    }

    #[test]
    fn an_instance_whose_calls_met_trouble_goes_after_its_commit() {
        let mut m = working();
        committing(&mut m);
        m.doubted();
        take(&mut m, Step::Commit(Load::Batch));
        take(&mut m, Step::Init);
        take(&mut m, Step::Rewind);
        assert_eq!(m.next(0), Step::Poll(200));
        m.polled(10, 0);
        m.doubted();
        assert_eq!(m.next(0), Step::Init, "and before the next one begins");
    }

    #[test]
    fn an_instance_that_was_doubted_while_it_was_built_begins_nothing() {
        let mut m = Machine::new(Cut { records: 3, bytes: 1000, millis: 200 }, 1);
        take(&mut m, Step::Init);
        m.doubted();
        take(&mut m, Step::Rewind);
        take(&mut m, Step::Init);
        take(&mut m, Step::Rewind);
        assert_eq!(m.next(0), Step::Begin(Load::Opening));
        for _ in 0..TRIES_MAX {
            m.recovery = Some(Recovery::Init);
            m.done(Step::Init);
            m.doubted();
            m.rewound(Found::default(), 0);
        }
        assert_eq!(m.next(0), Step::Leave(Exit::Failed), "not for ever");
    }

    #[test]
    fn an_abort_that_fails_is_a_doubt() {
        let mut m = working();
        committing(&mut m);
        m.failed(Failure::Abortable, 0);
        assert_eq!(m.next(0), Step::Abort);
        m.failed(Failure::Abortable, 0);
        assert_eq!(m.next(1_000), Step::Init);
    }

    #[test]
    fn an_abort_leads_back_to_the_committed_offsets() {
        let mut m = working();
        committing(&mut m);
        m.failed(Failure::Abortable, 0);
        take(&mut m, Step::Abort);
        take(&mut m, Step::Rewind);
        assert_eq!(m.next(0), Step::Poll(200));
        committing(&mut m);
        m.doubted();
        m.failed(Failure::Abortable, 0);
        take(&mut m, Step::Abort);
        assert_eq!(m.next(1_000), Step::Init, "a doubtful instance aborts, and goes");
    }

    #[test]
    fn failures_without_end_are_given_up_and_wait_longer_each_time() {
        let mut waits = Vec::new();
        let mut m = working();
        loop {
            m.failed(Failure::Unknown, 0);
            match m.next(0) {
                Step::Init => waits.push(0),
                Step::Wait(millis) => waits.push(millis),
                step => {
                    assert_eq!(step, Step::Leave(Exit::Failed));
                    break;
                }
            }
        }
        assert_eq!((waits.len(), waits[0]), (TRIES_MAX as usize, 0), "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= WAIT_MILLIS_MAX), "{waits:?}");
        assert!(waits[11] >= WAIT_MILLIS_MAX / 2, "{waits:?}");
        let other = |seed| {
            let mut m = Machine::new(Cut { records: 3, bytes: 1000, millis: 200 }, seed);
            (0..5).for_each(|_| m.failed(Failure::Unknown, 0));
            m.next(0)
        };
        assert_ne!(other(3), other(5), "two workers do not come back together");
    }

    #[test]
    fn a_commit_ends_the_count_of_failures() {
        let mut m = working();
        for _ in 0..3 {
            (1..TRIES_MAX).for_each(|_| m.failed(Failure::Unknown, 0));
            let now = 2 * WAIT_MILLIS_MAX;
            for step in [Step::Init, Step::Rewind] {
                assert_eq!(m.next(now), step);
                if step == Step::Rewind { m.rewound(Found::default(), 0) } else { m.done(step) }
            }
            m.wait_until = 0;
            committing(&mut m);
            take(&mut m, Step::Commit(Load::Batch));
        }
    }

    #[test]
    fn what_passes_keeps_the_batch_and_is_waited_for() {
        let mut m = working();
        m.polled(1000, 0);
        assert_eq!(m.next(0), Step::Clean);
        m.failed(Failure::Passing, 0);
        m.failed(Failure::Passing, 0);
        assert!(matches!(m.next(0), Step::Wait(1..=400)), "{:?}", m.next(0));
        assert_eq!(m.next(1_000), Step::Clean);
        m.revoked();
        assert_eq!(m.next(1_000), Step::Poll(200), "a batch that was taken away is not waited for");
    }

    #[test]
    fn what_passes_is_waited_for_without_end_but_not_by_one_that_is_to_end() {
        let mut m = working();
        m.polled(1000, 0);
        (0..10 * TRIES_MAX).for_each(|_| m.failed(Failure::Passing, 0));
        assert!(matches!(m.next(0), Step::Wait(5_000..=WAIT_MILLIS_MAX)), "{:?}", m.next(0));
        m.stop(Why::Asked);
        m.failed(Failure::Passing, 0);
        assert_eq!(m.next(0), Step::Leave(Exit::Failed));
    }

    #[test]
    fn aborts_without_end_are_given_up_too() {
        let mut m = working();
        let mut aborts = 0;
        let mut now = 0;
        loop {
            now += 2 * WAIT_MILLIS_MAX;
            if let Step::Leave(exit) = m.next(now) {
                assert_eq!(exit, Exit::Failed);
                break;
            }
            m.polled(1000, now);
            for step in [Step::Clean, Step::Begin(Load::Batch)] {
                assert_eq!(m.next(now), step);
                m.done(step);
            }
            m.failed(Failure::Abortable, now);
            if let Step::Leave(_) = m.next(now) {
                continue;
            }
            assert_eq!(m.next(now), Step::Abort, "at once");
            m.done(Step::Abort);
            aborts += 1;
            if aborts > 1 {
                assert!(matches!(m.next(now), Step::Wait(_)), "and the next try waits");
            }
            m.rewound(Found::default(), now);
        }
        assert_eq!(aborts, TRIES_MAX);
    }

    #[test]
    fn failures_that_lie_far_apart_are_not_in_a_row() {
        let mut m = working();
        for n in 1..=u64::from(5 * TRIES_MAX) {
            m.failed(Failure::Unknown, n * 2 * CALM_MILLIS);
            assert_eq!(m.next(n * 2 * CALM_MILLIS), Step::Init);
        }
    }

    #[test]
    fn a_batch_that_does_not_arrive_is_cut_smaller() {
        let mut m = Machine::new(Cut { records: 1_000, bytes: 1 << 20, millis: 200 }, 1);
        for step in [Step::Init, Step::Rewind] {
            take(&mut m, step);
        }
        transaction(&mut m, Load::Opening);
        take(&mut m, Step::Join);
        let records = |m: &mut Machine| {
            let mut n = 0;
            while matches!(m.next(0), Step::Poll(_)) {
                m.polled(1, 0);
                n += 1;
            }
            n
        };
        let mut sizes = Vec::new();
        for _ in 0..3 {
            sizes.push(records(&mut m));
            take(&mut m, Step::Clean);
            take(&mut m, Step::Begin(Load::Batch));
            m.failed(Failure::Unknown, 0);
            m.wait_until = 0;
            take(&mut m, Step::Init);
            take(&mut m, Step::Rewind);
        }
        for _ in 0..4 {
            sizes.push(records(&mut m));
            take(&mut m, Step::Clean);
            transaction(&mut m, Load::Batch);
        }
        assert_eq!(sizes, [1_000, 500, 250, 125, 250, 500, 1_000]);
    }

    #[test]
    fn that_the_pipeline_stopped_itself_is_told_by_one_that_was_to_end_too() {
        let mut m = working();
        m.stop(Why::Asked);
        m.stop(Why::StopAbove);
        m.stop(Why::Asked);
        assert_eq!(m.next(0), Step::Begin(Load::Closing(Why::StopAbove)));
    }

    #[test]
    fn stop_commits_what_was_read_and_survives_a_recovery() {
        let mut m = working();
        m.polled(10, 0);
        m.stop(Why::Asked);
        take(&mut m, Step::Clean);
        take(&mut m, Step::Begin(Load::Batch));
        m.failed(Failure::Unknown, 0);
        take(&mut m, Step::Init);
        take(&mut m, Step::Rewind);
        transaction(&mut m, Load::Closing(Why::Asked));
        assert_eq!(m.next(0), Step::Leave(Exit::Done(Why::Asked)));
    }

    #[test]
    fn a_stop_before_the_group_is_joined_closes_the_run() {
        let mut m = Machine::new(Cut { records: 3, bytes: 1000, millis: 200 }, 1);
        m.stop(Why::Asked);
        take(&mut m, Step::Init);
        take(&mut m, Step::Rewind);
        transaction(&mut m, Load::Opening);
        transaction(&mut m, Load::Closing(Why::Asked));
        assert_eq!(m.next(0), Step::Leave(Exit::Done(Why::Asked)));
    }

    #[test]
    fn a_run_that_was_opened_or_closed_by_a_doubtful_commit_is_not_opened_or_closed_twice() {
        let mut m = Machine::new(Cut { records: 3, bytes: 1000, millis: 200 }, 1);
        take(&mut m, Step::Init);
        take(&mut m, Step::Rewind);
        take(&mut m, Step::Begin(Load::Opening));
        m.failed(Failure::Unknown, 0);
        take(&mut m, Step::Init);
        m.rewound(Found { opened: true, ..Found::default() }, 0);
        take(&mut m, Step::Join);
        m.stop(Why::Asked);
        take(&mut m, Step::Begin(Load::Closing(Why::Asked)));
        m.failed(Failure::Unknown, 0);
        assert_eq!(m.next(1_000), Step::Init);
        m.done(Step::Init);
        m.wait_until = 0;
        m.rewound(Found { opened: true, closed: true, stopped: false }, 0);
        assert_eq!(m.next(0), Step::Leave(Exit::Done(Why::Asked)));
    }

    #[test]
    fn a_worker_that_is_asked_to_end_does_not_try_for_minutes() {
        let mut m = working();
        (0..5).for_each(|_| m.failed(Failure::Unknown, 0));
        assert!(matches!(m.next(0), Step::Wait(_)));
        m.stop(Why::Asked);
        assert_eq!(m.next(0), Step::Init, "it does not sit out the wait");
        m.failed(Failure::Unknown, 0);
        m.failed(Failure::Unknown, 0);
        assert_eq!(m.next(0), Step::Leave(Exit::Failed));
    }

    #[test]
    fn revocation_drops_what_is_not_in_a_transaction() {
        let mut m = working();
        m.polled(1000, 0);
        take(&mut m, Step::Clean);
        assert!(!m.revoked());
        assert_eq!(m.next(0), Step::Poll(200));
        committing(&mut m);
        assert!(m.revoked(), "the transaction must be finished first");
    }

    #[test]
    fn what_is_assigned_is_read_from_its_committed_offsets() {
        let mut m = working();
        m.assigned();
        take(&mut m, Step::Rewind);
        m.assigned();
        m.rewound(Found { stopped: true, ..Found::default() }, 0);
        transaction(&mut m, Load::Closing(Why::StopAbove));
        assert_eq!(m.next(0), Step::Leave(Exit::Done(Why::StopAbove)), "another one stopped it");
    }

    #[test]
    fn stop_above_reads_no_further() {
        let mut m = working();
        m.polled(10, 0);
        m.stop(Why::StopAbove);
        assert_eq!(m.next(0), Step::Begin(Load::Closing(Why::StopAbove)));
    }
}
