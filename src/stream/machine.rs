//! The loop as a pure state machine: no Kafka types, no clock (the time is an argument), no IO.
//! The worker asks for the next step, takes it, and says what it saw.
//!
//! The slot: one batch may be ready (cleaned, waiting) while another one commits. The worker of
//! this version commits in the same thread, so the two never meet; the transitions allow it.

/// Why a worker ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was asked to.
    Asked,
    /// The share of refused records was above `stop_above`.
    StopAbove,
}

/// How a worker leaves when it cannot end in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A newer process has taken over: never rebuild, or the two would fence each other for ever.
    Fenced,
    /// Kafka failed for good.
    Failed,
}

/// What a failed call means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The transaction is known not to have been committed, and the instance is still good.
    Abortable,
    /// Nobody knows whether it was committed: the instance is not to be used again.
    Unknown,
    /// A newer process has taken over.
    Fenced,
    /// Kafka failed for good.
    Fatal,
}

/// The next step of the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Poll for at most this long, in milliseconds; then say `polled` or nothing.
    Poll(u64),
    /// Clean what was polled.
    Clean,
    /// Commit the batch that is ready, and clear its place: `commit_began`.
    Commit,
    /// The slot is full: wait for the commit under way.
    AwaitCommit,
    /// Abort the transaction on this instance.
    Abort,
    /// Drop the producer, wait this long in milliseconds, build a new one (its init fences the old).
    Rebuild(u64),
    /// Read the committed offsets and the state again, and seek to them.
    Rewind,
    /// Everything is committed: close the run.
    Close(Why),
    /// Leave at once.
    Leave(Exit),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recovery {
    Abort,
    Rebuild,
    Rewind,
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

/// Rebuilds in a row, without a commit between them, before the worker gives up. With the growing
/// waits between them this is about two minutes.
const REBUILDS_MAX: u32 = 12;
/// The longest wait before a rebuild, in milliseconds.
const REBUILD_WAIT_MILLIS_MAX: u64 = 10_000;

/// The machine.
#[derive(Clone, Debug)]
pub struct Machine {
    cut: Cut,
    records: usize,
    bytes: usize,
    since: Option<u64>,
    ready: bool,
    committing: bool,
    recovery: Option<Recovery>,
    draining: Option<Why>,
    left: Option<Exit>,
    rebuilds: u32,
}

impl Machine {
    /// A worker that has built its producer and subscribed.
    pub fn new(cut: Cut) -> Machine {
        Machine {
            cut,
            records: 0,
            bytes: 0,
            since: None,
            ready: false,
            committing: false,
            recovery: None,
            draining: None,
            left: None,
            rebuilds: 0,
        }
    }

    /// What to do now.
    pub fn next(&self, now: u64) -> Step {
        if let Some(exit) = self.left {
            return Step::Leave(exit);
        }
        match self.recovery {
            Some(Recovery::Abort) => return Step::Abort,
            Some(Recovery::Rebuild) => return Step::Rebuild(self.rebuild_wait()),
            Some(Recovery::Rewind) => return Step::Rewind,
            None => {}
        }
        let waited = self.since.map(|since| now.saturating_sub(since));
        let due = self.records >= self.cut.records
            || self.bytes >= self.cut.bytes
            || waited.is_some_and(|waited| waited >= self.cut.millis)
            || self.draining.is_some() && self.records > 0;
        match (self.ready, self.committing) {
            (true, false) => Step::Commit,
            (true, true) => Step::AwaitCommit,
            (false, _) if due => Step::Clean,
            (false, false) if let Some(why) = self.draining => Step::Close(why),
            (false, true) if self.draining.is_some() => Step::AwaitCommit,
            _ => Step::Poll(waited.map_or(self.cut.millis, |waited| self.cut.millis - waited)),
        }
    }

    fn rebuild_wait(&self) -> u64 {
        // The first rebuild is at once: a restart must not cost a second of waiting.
        if self.rebuilds <= 1 {
            0
        } else {
            (100 << self.rebuilds.min(10)).min(REBUILD_WAIT_MILLIS_MAX)
        }
    }

    /// A record was polled and joined the batch that fills.
    pub fn polled(&mut self, bytes: usize, now: u64) {
        self.records += 1;
        self.bytes += bytes;
        self.since.get_or_insert(now);
    }

    /// The batch was cleaned; it waits in the slot.
    pub fn cleaned(&mut self) {
        debug_assert!(!self.ready);
        self.empty();
        self.ready = true;
    }

    /// The batch in the slot went into a transaction.
    pub fn commit_began(&mut self) {
        debug_assert!(self.ready && !self.committing);
        self.ready = false;
        self.committing = true;
    }

    /// The transaction was committed.
    pub fn committed(&mut self) {
        self.committing = false;
        self.rebuilds = 0;
    }

    /// A call failed. Whatever was polled or cleaned is read again.
    pub fn failed(&mut self, failure: Failure) {
        self.discard();
        self.committing = false;
        match failure {
            Failure::Fenced => self.left = Some(Exit::Fenced),
            Failure::Fatal => self.left = Some(Exit::Failed),
            // An abort that fails, or a second doubt while recovering, is a doubt.
            Failure::Abortable if self.recovery.is_none() => self.recovery = Some(Recovery::Abort),
            Failure::Abortable | Failure::Unknown => {
                self.rebuilds += 1;
                self.recovery = Some(Recovery::Rebuild);
                if self.rebuilds > REBUILDS_MAX {
                    self.left = Some(Exit::Failed);
                }
            }
        }
    }

    /// The abort succeeded, or the producer was rebuilt: read the committed offsets again.
    pub fn recovered(&mut self) {
        self.recovery = Some(Recovery::Rewind);
    }

    /// The committed offsets were read again.
    pub fn rewound(&mut self) {
        self.recovery = None;
    }

    /// Partitions are being taken away. True: a commit is under way and must be finished or
    /// aborted before the callback returns. What is not in a transaction is dropped: the next
    /// owner reads it again.
    pub fn revoked(&mut self) -> bool {
        self.discard();
        self.committing
    }

    /// End in order: commit what was read, then close.
    pub fn stop(&mut self, why: Why) {
        if why == Why::StopAbove {
            self.discard();
        }
        self.draining.get_or_insert(why);
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

    fn machine() -> Machine {
        Machine::new(Cut { records: 3, bytes: 1000, millis: 200 })
    }

    fn ready(machine: &mut Machine) {
        machine.polled(10, 0);
        machine.cleaned();
    }

    #[test]
    fn a_batch_is_cut_by_count_bytes_or_age() {
        let mut m = machine();
        assert_eq!(m.next(0), Step::Poll(200));
        m.polled(10, 5);
        assert_eq!(m.next(105), Step::Poll(100));
        assert_eq!(m.next(205), Step::Clean);
        m.polled(10, 6);
        m.polled(10, 7);
        assert_eq!(m.next(8), Step::Clean);
        let mut m = machine();
        m.polled(1000, 0);
        assert_eq!(m.next(0), Step::Clean);
    }

    #[test]
    fn the_next_batch_is_cleaned_while_the_last_commits() {
        let mut m = machine();
        ready(&mut m);
        assert_eq!(m.next(0), Step::Commit);
        m.commit_began();
        assert_eq!(m.next(0), Step::Poll(200));
        m.polled(1000, 1);
        assert_eq!(m.next(1), Step::Clean);
        m.cleaned();
        assert_eq!(m.next(1), Step::AwaitCommit, "the slot holds one batch, not two");
        m.committed();
        assert_eq!(m.next(1), Step::Commit);
    }

    #[test]
    fn a_fenced_worker_leaves_and_never_rebuilds() {
        let mut m = machine();
        ready(&mut m);
        m.commit_began();
        m.failed(Failure::Fenced);
        assert_eq!(m.next(0), Step::Leave(Exit::Fenced));
        m.failed(Failure::Unknown);
        assert_eq!(m.next(0), Step::Leave(Exit::Fenced));
    }

    #[test]
    fn an_unknown_outcome_never_begins_again_on_the_same_instance() {
        let mut m = machine();
        ready(&mut m);
        m.commit_began();
        m.failed(Failure::Unknown);
        assert_eq!(m.next(0), Step::Rebuild(0));
        m.recovered();
        assert_eq!(m.next(0), Step::Rewind);
        m.rewound();
        assert_eq!(m.next(0), Step::Poll(200), "the batch is read again");
    }

    #[test]
    fn an_abort_that_fails_is_a_doubt() {
        let mut m = machine();
        ready(&mut m);
        m.failed(Failure::Abortable);
        assert_eq!(m.next(0), Step::Abort);
        m.failed(Failure::Abortable);
        assert_eq!(m.next(0), Step::Rebuild(0));
    }

    #[test]
    fn doubts_without_end_are_given_up() {
        let mut m = machine();
        let mut waits = Vec::new();
        while let Step::Rebuild(wait) = {
            m.failed(Failure::Unknown);
            m.next(0)
        } {
            waits.push(wait);
        }
        assert_eq!(m.next(0), Step::Leave(Exit::Failed));
        assert_eq!((waits.len(), waits[0]), (REBUILDS_MAX as usize, 0));
        assert!(waits.is_sorted() && *waits.last().expect("waits") == REBUILD_WAIT_MILLIS_MAX);
    }

    #[test]
    fn stop_commits_what_was_read_and_survives_a_recovery() {
        let mut m = machine();
        m.polled(10, 0);
        m.stop(Why::Asked);
        assert_eq!(m.next(0), Step::Clean);
        m.cleaned();
        m.commit_began();
        m.failed(Failure::Unknown);
        m.recovered();
        m.rewound();
        assert_eq!(m.next(0), Step::Close(Why::Asked));
    }

    #[test]
    fn revocation_drops_what_is_not_in_a_transaction() {
        let mut m = machine();
        ready(&mut m);
        assert!(!m.revoked());
        assert_eq!(m.next(0), Step::Poll(200));
        ready(&mut m);
        m.commit_began();
        assert!(m.revoked(), "the commit under way must be finished first");
    }

    #[test]
    fn stop_above_reads_no_further() {
        let mut m = machine();
        m.polled(10, 0);
        m.stop(Why::StopAbove);
        assert_eq!(m.next(0), Step::Close(Why::StopAbove));
    }
}
