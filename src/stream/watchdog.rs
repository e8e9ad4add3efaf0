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

    /// Watches the calls that are made while the guard lives.
    pub(super) fn watch(&self) -> WatchGuard<'_> {
        let due = self.start.elapsed().as_millis() as u64 + limits::WATCHDOG_MILLIS;
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
