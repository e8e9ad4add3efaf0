//! Ends the process when a librdkafka call hangs past its own deadline. Whether a commit that hangs
//! has happened, the broker knows: the successor's init fences what is left, and it reads the committed
//! offsets.
//!
//! Time is counted in ticks of the watchdog's own thread. A clock goes on while a process is frozen
//! (SIGSTOP, a cgroup's freezer, a machine that is paused), and a process that wakes to find its name
//! taken is to end as fenced, for good, not as one that hung and is started again.

use super::Fault;
use super::telemetry::{Event, tell};
use crate::limits;
use crate::phi::Code;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A call hangs when it has seen more.
const TICKS: u32 = 80;

/// The call under way, and how many ticks it has seen.
type UnderWay = Option<(&'static str, u32)>;

/// Counts a tick; gives the call that hangs.
fn tick(way: &mut UnderWay) -> Option<&'static str> {
    let (name, ticks) = way.as_mut()?;
    *ticks += 1;
    (*ticks > TICKS).then_some(*name)
}

/// Why the process ends: the first of its workers' faults. A worker says so before its clients go: should
/// one of them hang then, in whatever worker, the process ends with that code all the same. One that
/// was fenced must not be started again.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict(Arc<Mutex<Option<Fault>>>);

impl Verdict {
    pub(super) fn settle(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }

    pub(super) fn code(&self) -> Option<Code> {
        self.fault().map(|fault| fault.code)
    }

    pub(super) fn fault(&self) -> Option<Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Watches one thread's calls.
pub(super) struct Watchdog {
    way: Arc<Mutex<UnderWay>>,
    over: Arc<AtomicBool>,
}

impl Watchdog {
    /// `verdict` is why the process ends, if it does so already.
    pub(super) fn start(verdict: Verdict) -> Watchdog {
        let most = Duration::from_millis(limits::WATCHDOG_MILLIS);
        Watchdog::with(most, move |call| {
            tell(Event::CallHangs(call));
            let end = verdict.code().unwrap_or(Code::Watchdog);
            if end != Code::Watchdog {
                tell(Event::EndsBy(end));
            }
            // The hung call holds the worker's thread for good: nothing else ends it.
            std::process::exit(i32::from(end.entry().kind.exit_code()));
        })
    }

    /// Calls may take so long; `hung` is told of one that takes longer.
    fn with(most: Duration, hung: impl Fn(&'static str) + Send + 'static) -> Watchdog {
        let watchdog = Watchdog { way: Arc::default(), over: Arc::default() };
        let (way, over) = (Arc::clone(&watchdog.way), Arc::clone(&watchdog.over));
        std::thread::spawn(move || {
            while !over.load(Ordering::SeqCst) {
                std::thread::sleep(most / TICKS);
                let Ok(mut way) = way.lock() else { return };
                if let Some(call) = tick(&mut way) {
                    hung(call);
                }
            }
        });
        watchdog
    }

    /// Watches the calls of this name that are made while the guard lives.
    pub(super) fn watch(&self, name: &'static str) -> WatchGuard<'_> {
        if let Ok(mut way) = self.way.lock() {
            *way = Some((name, 0));
        }
        WatchGuard(&self.way)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

pub(super) struct WatchGuard<'a>(&'a Mutex<UnderWay>);

impl Drop for WatchGuard<'_> {
    fn drop(&mut self) {
        if let Ok(mut way) = self.0.lock() {
            *way = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_call_that_hangs_is_seen_and_one_that_ends_is_not() {
        let seen = Arc::<AtomicBool>::default();
        let told = Arc::clone(&seen);
        let watchdog = Watchdog::with(Duration::from_millis(400), move |call| {
            assert_eq!(call, "another");
            told.store(true, Ordering::SeqCst);
        });
        for _ in 0..6 {
            let guard = watchdog.watch("one");
            std::thread::sleep(Duration::from_millis(100));
            drop(guard);
        }
        assert!(!seen.load(Ordering::SeqCst), "six calls of 100 ms");
        let _guard = watchdog.watch("another");
        let deadline = Instant::now() + Duration::from_secs(20);
        while !seen.load(Ordering::SeqCst) {
            assert!(Instant::now() < deadline, "nobody saw the call that hangs");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn the_first_fault_is_the_verdict() {
        let verdict = Verdict::default();
        assert_eq!(verdict.code(), None);
        verdict.settle(Fault::new(Code::Fenced));
        verdict.clone().settle(Fault::new(Code::KafkaFailed));
        assert_eq!(verdict.code(), Some(Code::Fenced));
    }

    #[test]
    fn what_counts_is_ticks_and_not_the_clock() {
        let mut way = Some(("commit", 0));
        let hangs = (1..=TICKS + 1).filter_map(|_| tick(&mut way)).collect::<Vec<_>>();
        assert_eq!(hangs, ["commit"], "after one tick more than it may see");
        assert_eq!(tick(&mut Some(("poll", 0))), None, "the next call begins anew");
        assert_eq!(tick(&mut None), None);
    }
}
