//! Records that are made to cost: each is cleaned or refused, none costs more a byte when it is a
//! hundred times as long, and the bounds of `limits.rs` refuse with their codes.

use std::time::{Duration, Instant};
use weir::clean::{Batch, Disposition, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Code, Day, Ymd};
use weir::policy::{BUILTIN, Plan, plan_from_text};

const SHORT: usize = 10_000;
const LONG: usize = 1_000_000;
/// How much more a byte of the long record may cost; what is quadratic costs a hundred times as much.
const GROWTH_MAX: f64 = 8.0;

fn plan(unlisted: &str) -> Plan {
    let schema = include_str!("../schemas/clinical-note.yaml");
    let schema = schema.replace("unlisted: quarantine", unlisted);
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    plan_from_text(&schema, BUILTIN[2].1, today).unwrap_or_else(|problems| panic!("{problems}"))
}

fn outcome(plan: &Plan, record: &[u8]) -> (Result<(), Code>, Duration) {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let keys = Keyring::for_tests("bombs").snapshot(&key_needs(plan)).expect("keys");
    let mut batch = Batch::new(today);
    batch.push(None, Some(record), None);
    let start = Instant::now();
    let cleaned = finish(plan, &keys, &Subjects::default(), locate(plan, batch));
    let took = start.elapsed();
    let outcome = match cleaned.disposition(0) {
        Disposition::Refused(code) => Err(code),
        _ => Ok(()),
    };
    (outcome, took)
}

/// A note whose prose is `unit`, again and again.
fn note(unit: &str, bytes: usize) -> String {
    let text = unit.repeat(bytes / unit.len());
    format!(
        r#"{{"patient":{{"mrn":"4471023958","name":"Smith, John","birthDate":"1961-04-03"}},"note":{{"text":"{text}"}}}}"#
    )
}

/// Prose of one kind of thing over and over.
const UNITS: &[&str] = &[
    "a",
    "1",
    " ",
    "-",
    ".",
    "@",
    "a@",
    "a@a.",
    "1-",
    "555-",
    "(555) ",
    "1961-04-0",
    "03/04/",
    "April ",
    "Smith, Joh",
    "SMITH ",
    "J. Smit",
    "Mr. ",
    "447102395",
    "4471 0239",
    "http://a",
    "[NAME~v1:",
    "\\u0041",
    "\\n",
    "\\\"",
    "\\u200b",
    "\u{200b}",
    "\u{ff11}",
    "e\u{301}",
    "\u{fdfa}",
    "123 Main St",
    "02139-",
    "192.168.",
    "0:0:",
    "AB12",
    "٣",
    "Smith's ",
    "Dr. ",
    "of the ",
    "MRN: ",
    "DOB ",
    "born ",
    "%41",
    "&#65;",
    "c21pdGg",
    "|^~&",
    "\\\\X0D\\\\",
    "999-99-",
    "4111 1111 ",
    "Smi<b>th</b> ",
    "<b>",
    "617-555-<b></b>",
    "<div ",
    "<!-- ",
    "<!doctype ",
    "<?x ",
    "<b a=\"' ",
    "<x>y",
    "<![CDATA[",
    "]]>",
    "http://a/%20",
];

#[test]
fn a_record_that_is_a_hundred_times_as_long_costs_no_more_a_byte() {
    let plan = plan("unlisted: quarantine");
    let mut worst = (0.0, "");
    for unit in UNITS {
        let cost = |bytes: usize| {
            let record = note(unit, bytes);
            let times = (0..2).map(|_| outcome(&plan, record.as_bytes()).1);
            times.min().unwrap_or_default().as_secs_f64() / record.len() as f64
        };
        let growth = cost(LONG) / cost(SHORT);
        if growth > worst.0 {
            worst = (growth, unit);
        }
        assert!(growth < GROWTH_MAX, "{unit:?} costs {growth:.1} times as much a byte");
    }
    println!("the most: {:.2} times as much a byte, for {:?}", worst.0, worst.1);
}

/// What no path lists, again and again, where it is scanned: values, names, and one long text.
#[test]
fn scanned_members_cost_no_more_when_there_are_a_hundred_times_as_many() {
    let plan = plan("unlisted: scan");
    let patient = r#""patient":{"mrn":"4471023958","name":"Smith, John","birthDate":"1961-04-03"}"#;
    let list = |n: usize, of: &str| format!(r#"{{{patient},"list":[{}]}}"#, vec![of; n].join(","));
    let shapes: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("numbers", &|n| list(n, "7")),
        ("known numbers", &|n| list(n, "4471023958")),
        ("words", &|n| list(n, "\"active\"")),
        ("names", &|n| list(n, "{\"status\":null}")),
        ("a word", &|n| format!(r#"{{{patient},"status":"{}"}}"#, "active ".repeat(n))),
        ("a number", &|n| format!(r#"{{{patient},"status":"{}"}}"#, "7.2 ".repeat(n))),
    ];
    for (what, shape) in shapes {
        let cost = |n: usize| {
            let record = shape(n);
            let times = (0..2).map(|_| outcome(&plan, record.as_bytes()).1);
            times.min().unwrap_or_default().as_secs_f64() / n as f64
        };
        let (few, many) = (cost(500), cost(50_000));
        println!("{what}: {:.1} us each", many * 1e6);
        assert!(many / few < GROWTH_MAX, "{what} cost {:.1} times as much each", many / few);
    }
}

/// A conversation in which tools are called with these arguments, again and again.
fn calls(arguments: &str, n: usize) -> String {
    let call = serde_json::json!({"id": "call_1", "type": "function", "function": {"name": "f", "arguments": arguments}});
    let calls = vec![call.to_string(); n].join(",");
    format!(r#"{{"messages":[{{"role":"assistant","tool_calls":[{calls}]}}]}}"#)
}

fn conversations() -> Plan {
    let schema = include_str!("../schemas/chat-jsonl.yaml");
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    plan_from_text(schema, BUILTIN[2].1, today).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Documents inside of values, each with somebody's number in it, which all of them are looked through for.
#[test]
fn documents_in_values_cost_no_more_when_there_are_a_hundred_times_as_many() {
    let plan = conversations();
    for arguments in
        [r#"{"mrn":"4471023958","query":"Who is 4471023958?"}"#, "{}", r#"{"ids":["a","b"]}"#]
    {
        let cost = |n: usize| {
            let record = calls(arguments, n);
            let run = || {
                let (outcome, took) = outcome(&plan, record.as_bytes());
                assert_eq!(outcome, Ok(()), "{arguments}");
                took
            };
            run().min(run()).as_secs_f64() / n as f64
        };
        let (few, many) = (cost(90), cost(9_000));
        println!("{arguments}: {:.1} us each", many * 1e6);
        assert!(many / few < GROWTH_MAX, "{arguments} cost {:.1} times as much each", many / few);
    }
    assert_eq!(outcome(&plan, calls("{}", 10_000).as_bytes()).0, Err(Code::TooWide));
    // What is deep inside is as deep as by itself.
    let deep = format!(r#"{{"a":{}"#, "[".repeat(100_000));
    assert_eq!(outcome(&plan, calls(&deep, 1).as_bytes()).0, Err(Code::TooDeep));
    // Many documents of many values are too many together.
    let wide = format!(r#"{{"text":"","a":[{}]}}"#, vec!["1"; 1_000].join(","));
    assert_eq!(outcome(&plan, calls(&wide, 1_000).as_bytes()).0, Err(Code::TooWide));
}

#[test]
fn what_is_too_deep_wide_or_long_is_refused_with_its_code() {
    let (strict, dropping) = (plan("unlisted: quarantine"), plan("unlisted: drop"));
    let many = |n: usize, of: fn(usize) -> String| (0..n).map(of).collect::<Vec<_>>().join(",");
    let cases = [
        (&strict, "[".repeat(100_000), Code::WrongStructure),
        (&dropping, format!(r#"{{"x":{}"#, "[".repeat(100_000)), Code::TooDeep),
        (&dropping, r#"{"a":"#.repeat(100_000), Code::TooDeep),
        (&dropping, format!("{{{}}}", many(1_000_000, |n| format!(r#""k{n}":1"#))), Code::TooWide),
        (
            &strict,
            format!(r#"{{"visit":{{"icd10":[{}]}}}}"#, many(1_000_000, |_| r#""A01""#.into())),
            Code::TooWide,
        ),
        (&strict, note("a", 17 * 1024 * 1024), Code::TooLong),
        (&strict, format!(r#"{{"note":{{"text":"{}"#, "a".repeat(8_000_000)), Code::NotJson),
    ];
    for (n, (plan, record, wanted)) in cases.iter().enumerate() {
        let (outcome, took) = outcome(plan, record.as_bytes());
        println!("case {n}: {} bytes, {outcome:?}, {took:?}", record.len());
        assert_eq!(outcome, Err(*wanted), "case {n}");
    }
}
