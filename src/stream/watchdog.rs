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

/// The call under way, and how many ticks it has seen.
type UnderWay = Mutex<Option<(&'static str, u32)>>;

/// A call hangs when it has seen more.
const TICKS: u32 = 80;

/// Watches one thread's calls.
pub(super) struct Watchdog {
    call: Arc<UnderWay>,
    over: Arc<AtomicBool>,
}

impl Watchdog {
    pub(super) fn start() -> Watchdog {
        let most = Duration::from_millis(limits::WATCHDOG_MILLIS);
        Watchdog::with(most, |call| {
            tracing::error!(code = Code::Watchdog.id(), call, "{}", Code::Watchdog.entry().title);
            // The hung call holds the worker's thread for good: nothing else ends it.
            std::process::exit(5);
        })
    }

    /// Calls may take so long; `hung` is told of one that takes longer.
    fn with(most: Duration, hung: impl Fn(&'static str) + Send + 'static) -> Watchdog {
        let watchdog = Watchdog { call: Arc::default(), over: Arc::default() };
        let (call, over) = (Arc::clone(&watchdog.call), Arc::clone(&watchdog.over));
        std::thread::spawn(move || {
            while !over.load(Ordering::SeqCst) {
                std::thread::sleep(most / TICKS);
                let Ok(mut call) = call.lock() else { return };
                let Some((name, ticks)) = call.as_mut() else { continue };
                *ticks += 1;
                if *ticks > TICKS {
                    hung(name);
                }
            }
        });
        watchdog
    }

    /// Watches the calls of this name that are made while the guard lives.
    pub(super) fn watch(&self, name: &'static str) -> WatchGuard<'_> {
        if let Ok(mut call) = self.call.lock() {
            *call = Some((name, 0));
        }
        WatchGuard(&self.call)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

pub(super) struct WatchGuard<'a>(&'a UnderWay);

impl Drop for WatchGuard<'_> {
    fn drop(&mut self) {
        if let Ok(mut call) = self.0.lock() {
            *call = None;
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
}
