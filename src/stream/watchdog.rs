//! Ends the process when a librdkafka call hangs past its own deadline. Whether a commit that hangs
//! has happened, the broker knows: the successor's init fences what is left, and it reads the committed
//! offsets.

use crate::limits;
use crate::phi::Code;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Watches one thread's calls.
pub(super) struct Watchdog {
    start: Instant,
    most: u64,
    /// Milliseconds since `start` at which the call under way counts as hung; 0 when there is none.
    due: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
}

impl Watchdog {
    pub(super) fn start() -> Watchdog {
        Watchdog::with(limits::WATCHDOG_MILLIS, || {
            tracing::error!(code = Code::Watchdog.id(), "{}", Code::Watchdog.entry().title);
            // The hung call holds the worker's thread for good: nothing else ends it.
            std::process::exit(5);
        })
    }

    /// Calls may take so many milliseconds; `hung` is called where one takes longer.
    fn with(most: u64, hung: impl Fn() + Send + 'static) -> Watchdog {
        let (due, over) = (Arc::default(), Arc::default());
        let watchdog = Watchdog { start: Instant::now(), most, due, over };
        let (start, due, over) =
            (watchdog.start, Arc::clone(&watchdog.due), Arc::clone(&watchdog.over));
        std::thread::spawn(move || {
            while !over.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(most / 80 + 1));
                let due = due.load(Ordering::SeqCst);
                if due != 0 && start.elapsed().as_millis() as u64 > due {
                    hung();
                }
            }
        });
        watchdog
    }

    /// Watches the calls that are made while the guard lives.
    pub(super) fn watch(&self) -> WatchGuard<'_> {
        let due = self.start.elapsed().as_millis() as u64 + self.most;
        self.due.store(due, Ordering::SeqCst);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_hangs_is_seen_and_one_that_ends_is_not() {
        let seen = Arc::<AtomicBool>::default();
        let told = Arc::clone(&seen);
        let watchdog = Watchdog::with(400, move || told.store(true, Ordering::SeqCst));
        for _ in 0..6 {
            let guard = watchdog.watch();
            std::thread::sleep(Duration::from_millis(100));
            drop(guard);
        }
        assert!(!seen.load(Ordering::SeqCst), "six calls of 100 ms");
        let _guard = watchdog.watch();
        let deadline = Instant::now() + Duration::from_secs(20);
        while !seen.load(Ordering::SeqCst) {
            assert!(Instant::now() < deadline, "nobody saw the call that hangs");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
