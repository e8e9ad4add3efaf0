//! Places where a process can be made to end at once, for the fault bench. In a build without the
//! feature `failpoints` there is nothing here.

/// Ends the process, as kill -9 would, when the place is the one that the bench has named.
#[cfg(not(feature = "failpoints"))]
pub(crate) fn pass(_: &str) {}

/// True when the bench has taken the rule of this name out, to see that it finds what comes of it.
#[cfg(not(feature = "failpoints"))]
pub(crate) fn broken(_: &str) -> bool {
    false
}

#[cfg(feature = "failpoints")]
pub(crate) use armed::{broken, pass};

#[cfg(feature = "failpoints")]
mod armed {
    use std::io::Write;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicI64, Ordering};

    /// `WEIR_FAILPOINT=name:n`: the place, and at which passing.
    fn armed() -> Option<&'static (String, AtomicI64)> {
        static ARMED: OnceLock<Option<(String, AtomicI64)>> = OnceLock::new();
        let armed = ARMED.get_or_init(|| {
            #[expect(clippy::disallowed_methods, reason = "the bench's own door")]
            let text = std::env::var("WEIR_FAILPOINT").ok()?;
            let (name, n) = text.split_once(':')?;
            Some((name.to_string(), AtomicI64::new(n.parse().ok()?)))
        });
        armed.as_ref()
    }

    pub(crate) fn pass(name: &str) {
        let Some((wanted, left)) = armed() else { return };
        if wanted == name && left.fetch_sub(1, Ordering::SeqCst) == 1 {
            let _ = writeln!(std::io::stderr(), "failpoint {name}");
            // No destructor runs, no socket is shut in order.
            std::process::abort();
        }
    }

    pub(crate) fn broken(name: &str) -> bool {
        armed().is_some_and(|(wanted, _)| wanted == name)
    }
}
