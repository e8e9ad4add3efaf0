//! The panic hook: a code and a place, nothing else. A panic's message may quote a record.

use super::say;
use crate::phi::Code;

/// What the hook prints for a panic at a place.
pub fn panic_line(place: Option<&std::panic::Location<'_>>) -> String {
    let place =
        place.map_or_else(|| "?".into(), |place| format!("{}:{}", place.file(), place.line()));
    format!("weir: {} at {place}", Code::Panic.id())
}

/// Replaces the standard hook, whose line shows the message.
pub(super) fn install() {
    #[expect(clippy::disallowed_methods, reason = "this is the one hook")]
    std::panic::set_hook(Box::new(|info| say(&panic_line(info.location()))));
}
