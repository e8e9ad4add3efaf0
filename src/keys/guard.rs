//! What keeps key bytes inside the process: no core file, no look from beside, no swap.

use rustix::mm::MlockAllFlags;
use rustix::process::{DumpableBehavior, Resource, Rlimit};

/// Turns core files and foreign looks off, for this process and from now on. Call it before a key
/// is read.
pub fn forbid_dumps() {
    // Where the system refuses, the keys are as safe as the system is.
    let _ =
        rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Keeps what is in memory now out of swap; false where the limit on locked memory is too low.
/// Call it when the keys are ready.
pub fn lock_memory() -> bool {
    rustix::mm::mlockall(MlockAllFlags::CURRENT).is_ok()
}
