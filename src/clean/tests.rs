//! Unit tests that need the room's inside: panics.

use super::*;
use crate::keys::Keyring;
use crate::phi::{Code, Day, Ymd};
use crate::policy::{BUILTIN, plan_from_text};

/// A record with this text makes `locate` panic with the record in the message.
const PANIC: &[u8] = b"PANIC-CANARY";

pub(super) fn panic_on_demand(value: Option<&[u8]>) {
    let value = value.unwrap_or_default();
    assert!(
        !value.windows(PANIC.len()).any(|window| window == PANIC),
        "{}",
        String::from_utf8_lossy(value)
    );
}

#[test]
fn a_panic_refuses_its_record_and_no_other() {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = "schema: s\nformat: json\nfields:\n  $.a: mrn\n";
    let plan = plan_from_text(schema, BUILTIN[2].1, today).expect("a plan");
    let keys = Keyring::for_tests("t").snapshot(&key_needs(&plan)).expect("keys");
    let mut batch = Batch::new(today);
    batch.push(None, Some(br#"{"a":"12345678"}"#), None);
    batch.push(None, Some(br#"{"a":"PANIC-CANARY"}"#), None);
    batch.push(None, Some(br#"{"a":"12345678"}"#), None);
    let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
    assert_eq!(cleaned.disposition(1), Disposition::Refused(Code::Panic));
    assert_eq!(cleaned.disposition(0), Disposition::Clean);
    assert_eq!(cleaned.value(0), cleaned.value(2));
}
