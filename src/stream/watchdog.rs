//! Ends the process when a librdkafka call hangs past its own deadline. Whether a commit that hangs
//! has happened, the broker knows: the successor's init fences what is left, and it reads the committed
//! offsets.
//!
//! Time is counted in ticks of the watchdog's own thread. A clock goes on while a process is frozen
//! (SIGSTOP, a cgroup's freezer, a machine that is paused), and a process that wakes to find its name
//! taken is to end as fenced, for good, not as one that hung and is started again.

use crate::limits;
use crate::phi::Code;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A call hangs when it has seen more.
const TICKS: u32 = 80;

/// What the watched thread is at.
#[derive(Default)]
struct UnderWay {
    /// The call, and how many ticks it has seen.
    call: Option<(&'static str, u32)>,
    /// Why the thread ends, once it does.
    end: Option<Code>,
}

impl UnderWay {
    /// Counts a tick; gives the call that hangs.
    fn tick(&mut self) -> Option<&'static str> {
        let (name, ticks) = self.call.as_mut()?;
        *ticks += 1;
        (*ticks > TICKS).then_some(*name)
    }
}

/// Watches one thread's calls.
pub(super) struct Watchdog {
    way: Arc<Mutex<UnderWay>>,
    over: Arc<AtomicBool>,
}

impl Watchdog {
    pub(super) fn start() -> Watchdog {
        let most = Duration::from_millis(limits::WATCHDOG_MILLIS);
        Watchdog::with(most, |call, end| {
            tracing::error!(code = Code::Watchdog.id(), call, "{}", Code::Watchdog.entry().title);
            let end = end.unwrap_or(Code::Watchdog);
            if end != Code::Watchdog {
                tracing::error!(code = end.id(), "{}", end.entry().title);
            }
            // The hung call holds the worker's thread for good: nothing else ends it.
            std::process::exit(i32::from(end.entry().kind.exit_code()));
        })
    }

    /// Calls may take so long; `hung` is told of one that takes longer, and why the thread ends if it
    /// does.
    fn with(
        most: Duration,
        hung: impl Fn(&'static str, Option<Code>) + Send + 'static,
    ) -> Watchdog {
        let watchdog = Watchdog { way: Arc::default(), over: Arc::default() };
        let (way, over) = (Arc::clone(&watchdog.way), Arc::clone(&watchdog.over));
        std::thread::spawn(move || {
            while !over.load(Ordering::SeqCst) {
                std::thread::sleep(most / TICKS);
                let Ok(mut way) = way.lock() else { return };
                if let Some(call) = way.tick() {
                    hung(call, way.end);
                }
            }
        });
        watchdog
    }

    /// Watches the calls of this name that are made while the guard lives.
    pub(super) fn watch(&self, name: &'static str) -> WatchGuard<'_> {
        if let Ok(mut way) = self.way.lock() {
            way.call = Some((name, 0));
        }
        WatchGuard(&self.way)
    }

    /// The thread ends for this reason. Should one of its last calls hang, the process ends with the
    /// same code all the same: one that was fenced must not be started again.
    pub(super) fn ends_with(&self, code: Code) {
        if let Ok(mut way) = self.way.lock() {
            way.end = Some(code);
        }
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
            way.call = None;
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
        let watchdog = Watchdog::with(Duration::from_millis(400), move |call, end| {
            let right = call == "another" && end == Some(Code::Fenced);
            told.store(right, Ordering::SeqCst);
        });
        for _ in 0..6 {
            let guard = watchdog.watch("one");
            std::thread::sleep(Duration::from_millis(100));
            drop(guard);
        }
        assert!(!seen.load(Ordering::SeqCst), "six calls of 100 ms");
        watchdog.ends_with(Code::Fenced);
        let _guard = watchdog.watch("another");
        let deadline = Instant::now() + Duration::from_secs(20);
        while !seen.load(Ordering::SeqCst) {
            assert!(Instant::now() < deadline, "nobody saw the call that hangs");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn what_counts_is_ticks_and_not_the_clock() {
        let mut way = UnderWay { call: Some(("commit", 0)), end: None };
        let hangs = (1..=TICKS + 1).filter_map(|_| way.tick()).collect::<Vec<_>>();
        assert_eq!(hangs, ["commit"], "after one tick more than it may see");
        way.call = Some(("poll", 0));
        assert_eq!(way.tick(), None, "the next call begins anew");
        way.call = None;
        assert_eq!(way.tick(), None);
    }
}
