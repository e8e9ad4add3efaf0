//! Unit tests that need the room's inside: panics.

use super::*;
use crate::keys::Keyring;
use crate::phi::{Code, Day, Ymd};
use crate::policy::{BUILTIN, TrailRule, plan_from_text};

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

/// A batch under two policies beside each other.
fn shadowed(one: &str, other: &str, records: &[&str]) -> Shadow {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: mrn\n  $.ssn: ssn\n  \
                  $.at: date\n  $.born: birth_date\n  $.note: free_text\n";
    let clean = |policy: &str| {
        let plan = plan_from_text(schema, policy, today).expect("a plan");
        let keys = Keyring::for_tests("t").snapshot(&key_needs(&plan)).expect("keys");
        let mut batch = Batch::new(today);
        records.iter().for_each(|record| batch.push(None, Some(record.as_bytes()), None));
        let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
        (plan, cleaned)
    };
    let ((plan, now), (second, then)) = (clean(one), clean(other));
    Shadow::of((&plan, &now), (&second, &then), |record| record == 0)
}

#[test]
fn a_shadow_tells_what_would_be_done_otherwise_and_how_far() {
    let policy = |rules: &str| {
        format!(
            "policy: p\nbasis: pseudonymized\nclasses:\n  mrn: fpe\n  ssn: fpe\n  \
             date: {{shift_days: 365, per: subject}}\n  \
             birth_date: {{generalize: year, cap_age: 90}}\n  free_text: detect\n{rules}default: remove\n"
        )
    };
    let record = r#"{"mrn":"12345678","ssn":"123-45-6789","at":"2026-03-04","born":"1961-04-03","note":"ssn 123-45-6789"}"#;
    let unlisted = r#"{"mrn":"12345678","other":"x"}"#;
    let records = [record, record, record, unlisted];
    let same = shadowed(&policy(""), &policy(""), &records);
    assert_eq!((same.records, same.same, same.changed), (3, 3, 0), "the first is left out");
    assert_eq!(same.differences().count(), 0);
    let told = |from: &str, to: &str| {
        let other = policy("").replace(from, to);
        assert_ne!(other, policy(""));
        let shadow = shadowed(&policy(""), &other, &records);
        let line = |(field, class, values): (&str, &str, &super::shadow::Values)| {
            let how = |all: &std::collections::BTreeMap<String, u64>| {
                all.iter().map(|(how, n)| format!("{how} {n}")).collect::<Vec<_>>().join(",")
            };
            format!("{field} {class}: {} -> {}", how(&values.now), how(&values.then))
        };
        shadow.differences().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        told("shift_days: 365", "shift_days: 30"),
        ["$.at date: shift_days(365) 2 -> shift_days(30) 2"]
    );
    assert_eq!(
        told("cap_age: 90", "cap_age: 40"),
        ["$.born birth_date: generalize(90) 2 -> generalize(40) 2"]
    );
    assert_eq!(
        told("ssn: fpe", "ssn: mask"),
        ["$.note ssn: fpe 2 -> mask 2", "$.ssn ssn: fpe 2 -> mask 2"]
    );
    assert_eq!(
        told("mrn: fpe", "mrn: {kernel: fpe, scope: destination}"),
        ["$.mrn mrn: fpe 2 -> fpe@destination 2"]
    );
}

/// More people than the tables of what came before have places for, some of whom come again soon and some late, and
/// values among them that are refused or removed: each record is what it is alone.
#[test]
fn a_record_among_others_is_what_it_is_alone() {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: {class: mrn, width: 10}\n  \
                  $.name: person_name\n  $.ssn: ssn\n  $.at: date\n  $.born: birth_date\n  $.city: city\n  \
                  $.room: {class: account, width: 5}\n  $.mail: email\n";
    let policy = "policy: p\nbasis: pseudonymized\nclasses:\n  mrn: fpe\n  person_name: siv\n  ssn: fpe\n  \
                  date: {shift_days: 365, per: subject}\n  birth_date: {generalize: year, cap_age: 90}\n  \
                  city: surrogate\n  account: permute\n  email: hash\ndefault: remove\n";
    let mut plan = plan_from_text(schema, policy, today).expect("a plan");
    plan.trail = Some(TrailRule { chunk: None });
    let keys = Keyring::for_tests("t").snapshot(&key_needs(&plan)).expect("keys");
    let record = |n: usize| {
        // Every third is one of a few; the others are many, and all come twice.
        let who = if n.is_multiple_of(3) { n % 20 } else { n % 5_000 };
        let ssn = if who % 50 == 7 { 666_010_001 } else { 100_010_001 + who };
        format!(
            r#"{{"mrn":"{who}","name":"Ann{} Quist","ssn":"{ssn:09}","at":"2026-03-{:02}","born":"19{:02}-04-03","city":"Cedar Rapids","room":"{}","mail":"p{who}@clinic.example"}}"#,
            who % 900,
            1 + n % 28,
            who % 90,
            who % 700
        )
    };
    let clean = |records: &[String]| {
        let mut batch = Batch::new(today);
        records.iter().for_each(|record| batch.push(None, Some(record.as_bytes()), None));
        finish(&plan, &keys, &Subjects::default(), locate(&plan, batch))
    };
    let records: Vec<_> = (0..10_000).map(record).collect();
    let (together, mut refused) = (clean(&records), 0);
    for (n, record) in records.iter().enumerate() {
        let alone = clean(std::slice::from_ref(record));
        assert_eq!(together.disposition(n), alone.disposition(0), "{record}");
        assert_eq!(together.value(n), alone.value(0), "{record}");
        assert_eq!(together.pseudonyms(n), alone.pseudonyms(0), "{record}");
        assert_eq!(together.counts(n), alone.counts(0), "{record}");
        refused += usize::from(together.value(n).is_none());
    }
    assert!((100..1_000).contains(&refused), "{refused}");
}

/// Where a kernel panics on a batch, each record goes through by itself: its sites have what they have among all.
#[test]
fn a_site_has_one_token_in_a_batch_and_in_its_record() {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: {class: mrn, width: 10}\n  \
                  $.ssn: ssn\n  $.at: date\n  $.note: free_text\n  $.kind: not_phi\n";
    let plan = plan_from_text(schema, BUILTIN[2].1, today).expect("a plan");
    let keys = Keyring::for_tests("t").snapshot(&key_needs(&plan)).expect("keys");
    let mut batch = Batch::new(today);
    for n in 0..300 {
        let (who, ssn) = (n % 7, if n % 11 == 5 { 666_010_001 } else { 100_010_001 + n % 50 });
        let more = if n % 13 == 4 { r#","other":1"# } else { "" };
        let record = format!(
            r#"{{"mrn":"{who}","ssn":"{ssn:09}","at":"2026-03-{:02}","note":"MRN: {who:08}, seen 3/{}/2026","kind":"x"{more}}}"#,
            1 + n % 28,
            1 + n % 28
        );
        batch.push(None, Some(record.as_bytes()), None);
    }
    let located = locate(&plan, batch);
    let subjects = Subjects::default();
    let sources = gather::Sources::of(&plan, &keys, &subjects, &located);
    let whole = gather::transform(&sources, &located, 0..300);
    let (mut refused, mut tokens) = (0, 0);
    for record in 0..300 {
        let own = gather::transform(&sources, &located, record..record + 1);
        for at in located.records[record].sites.clone() {
            let slot = located.sites[at].slot;
            let token = whole.token(at, slot);
            assert_eq!(own.token(at, slot), token, "record {record}");
            refused += usize::from(token == Err(Code::OutsideAlphabet));
            tokens += usize::from(matches!(token, Ok(Some(_))));
        }
    }
    assert!(refused > 10 && tokens > 900, "{refused}, {tokens}");
}

#[test]
fn a_trail_names_whose_a_record_is_and_what_is_made_of_it() {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  \
                  $.mrn: {class: mrn, width: 10}\n  $.id: opaque_id\n  $.parts[*]: member_id\n";
    let records = [
        r#"{"mrn":"12345678","id":"n\u00fc-1","parts":["A1234567","B1234567"]}"#,
        r#"{"mrn":"0012345678","id":"n-2","parts":[]}"#,
        r#"{"id":"n-3","parts":["A1234567"]}"#,
        r#"{"mrn":"12345678","other":1}"#,
    ];
    let clean = |field: &str| {
        let mut plan = plan_from_text(schema, BUILTIN[2].1, today).expect("a plan");
        let chunk = plan.fields.iter().position(|f| f.path.as_str() == field).map(|at| at as u16);
        plan.trail = Some(TrailRule { chunk });
        let keys = Keyring::for_tests("t").snapshot(&key_needs(&plan)).expect("keys");
        let mut batch = Batch::new(today);
        records.iter().for_each(|record| batch.push(None, Some(record.as_bytes()), None));
        let whose = keys.pseudonym("0012345678").expect("a key");
        (finish(&plan, &keys, &Subjects::default(), locate(&plan, batch)), whose)
    };
    let (cleaned, whose) = clean("$.id");
    assert_eq!(cleaned.pseudonyms(0), [whose]);
    assert_eq!(cleaned.pseudonyms(1), [whose], "the same person, in another spelling");
    assert_eq!(cleaned.pseudonyms(2), [[0; 16]; 0], "nobody");
    assert_eq!(cleaned.pseudonyms(3), [[0; 16]; 0], "refused");
    assert_eq!((cleaned.chunks(0), cleaned.chunks(1)), (&["nü-1".into()][..], &["n-2".into()][..]));
    assert!(cleaned.chunks(3).is_empty());
    // Tokens, as they left: in each record the same.
    let (cleaned, _) = clean("$.parts[*]");
    let value: &[u8] = cleaned.value(0).expect("it may leave");
    let said = String::from_utf8_lossy(value).into_owned();
    assert_eq!(cleaned.chunks(0).len(), 2);
    assert!(cleaned.chunks(0).iter().all(|chunk| said.contains(chunk) && chunk != "A1234567"));
    assert_eq!(cleaned.chunks(2), &cleaned.chunks(0)[..1]);
}
