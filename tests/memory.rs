//! Goal S4: no record costs more than eight times its bytes and 32 MiB of memory, one of many small values as little as one
//! of long prose, in any format. Each is cleaned in a process of its own, whose most memory the kernel knows.

mod wire;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use weir::clean::{Batch, SchemaRef, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Day, Ymd};
use weir::policy::{BUILTIN, bind, plan_from_text};

/// What a record may cost beside eight times its bytes.
const BESIDE_KIB: usize = 32 * 1024;
const TIMES: usize = 8;

fn golden(format: &str, case: &str, file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    std::fs::read_to_string(root.join(format).join(case).join(file)).expect("reads")
}

/// A record of a golden case, in which something stands many times.
fn record(number: usize) -> (&'static str, Vec<u8>) {
    let many = |text: &str, what: &str, times: usize| {
        assert!(text.contains(what), "{what}");
        text.replacen(what, &what.repeat(times), 1).into_bytes()
    };
    let prose = "Seen with chest pain on exertion, no fever, ambulating well. ".repeat(60_000);
    let note = |text: &str, codes: &str| {
        format!(
            r#"{{"patient":{{"mrn":"4471023958","name":"Smith, John","birthDate":"1961-04-03"}},"visit":{{"icd10":[{codes}]}},"note":{{"text":"{text}"}}}}"#
        )
        .into_bytes()
    };
    let one = |format: &str, file: &str| golden(format, "one-patient", file);
    match number {
        0 => ("clinical-note", note(&prose, "\"I10\"")),
        1 => ("clinical-note", note("", &vec!["\"A\""; 265_000].join(","))),
        2 => ("hl7v2", {
            let adt = one("hl7v2", "adt.input.hl7").replace('\n', "\r");
            let last = adt.trim_end().rsplit('\r').next().expect("a segment").to_string() + "\r";
            many(&(adt.trim_end().to_string() + "\r"), &last, 40_000)
        }),
        3 => ("x12", {
            let claim = one("x12", "claim.input.x12");
            let note = "NTE*ADD*INGRID M WHITAKER, MRN 12345678, SSN 123-45-6789~\n";
            many(&claim, note, 50_000)
        }),
        4 => ("fhir-r4", {
            let bundle = one("fhir", "patient.input.ndjson");
            let entry = r#"{"resource":{"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/0012345678"},"period":{"start":"2026-02-10"}}}"#;
            let entries = vec![entry; 25_000].join(",");
            bundle.trim_end().replace(entry, &entries).into_bytes()
        }),
        5 => ("ccda", {
            let document = one("cda", "summary.input.xml");
            let at = document.find("</text>").expect("narrative");
            let (before, behind) = document.split_at(at);
            format!("{before}{prose}{behind}").into_bytes()
        }),
        6 => ("visits-csv", {
            let table = one("csv", "visits.input.csv");
            let row = table.lines().nth(1).expect("a line").to_string() + "\n";
            let table = table.trim_end().to_string() + "\n";
            many(&table, &row, 8_000)
        }),
        7 => ("note-text", prose.into_bytes()),
        8 => ("chat-jsonl", {
            let call = r#"{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"mrn\":\"4471023958\",\"note\":\"Seen by John Smith\"}"}}"#;
            let calls = vec![call; 9_000].join(",");
            format!(r#"{{"messages":[{{"role":"assistant","tool_calls":[{calls}]}}]}}"#)
                .into_bytes()
        }),
        9 => ("fhir-r4", {
            let data = data_encoding::BASE64.encode(prose.as_bytes());
            format!(r#"{{"resourceType":"DocumentReference","status":"current","content":[{{"attachment":{{"contentType":"text/plain","data":"{data}"}}}}]}}"#).into_bytes()
        }),
        _ => ("", Vec::new()),
    }
}

/// A line of what the kernel says of this process, in KiB.
fn status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with(name)).expect("a line");
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("a number")
}

/// What a record of many values of a writer schema costs: an array of codes.
fn of_writer(number: usize) -> Option<(&'static str, Vec<u8>, Option<SchemaRef>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("reads");
    let (format, schema, file) = match number {
        10 => ("avro", "note-avro", "tests/registry/note.avsc"),
        11 => ("protobuf", "note-protobuf", "tests/registry/note.proto"),
        _ => return None,
    };
    let mut writer = wire::writer(format, &read(file));
    if format == "protobuf" {
        writer.message = vec![1];
    }
    let plan = plan_from_text(&read(&format!("schemas/{schema}.yaml")), BUILTIN[2].1, today());
    let bound = bind(&plan.expect("a plan"), &writer).expect("covered");
    let born = if format == "avro" { "-3226" } else { "\"1961-03-04\"" };
    let start = if format == "avro" { "1770000000000" } else { "\"2026-02-10T00:00:00Z\"" };
    let codes = if format == "avro" { vec!["\"A1\""; 245_000].join(",") } else { "\"A1\"".into() };
    let json = format!(
        r#"{{"type":"note","id":"7d9f7c3e-5a4b-4f0e-9a53-0c1f6f1f6a11","patient":{{"mrn":"4471023958","name":"Smith, John","birthDate":{born},"ssn":"123-45-6789","phone":"212-555-0142","address":{{"line":"1 Elm St","city":"Salem","state":"MA","zip":"02139"}}}},"visit":{{"id":"V-1","start":{start},"icd10":[{codes}]}},"note":{{"id":"n","author":"Dr. A. Berg","text":"Seen."}}}}"#
    );
    let mut record = wire::encode(&writer, &json);
    if format == "protobuf" {
        // Visit once more, with nothing but codes: readers take both together.
        let codes = b"\x1a\x02A1".repeat(255_000);
        record.extend([0x22, 0x80 | (codes.len() & 0x7f) as u8]);
        record.extend([7, 14].map(|shift| 0x80 | (codes.len() >> shift & 0x7f) as u8));
        record.push((codes.len() >> 21) as u8);
        record.extend(codes);
    }
    Some((schema, record, Some(SchemaRef { writer: Arc::new(bound), from: 0, ahead: 0 })))
}

const CASES: usize = 12;

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

/// In a process of its own: cleans one record and says, in the file that is named, what it cost.
#[test]
fn a_record_of_this_process() {
    #[expect(clippy::disallowed_methods, reason = "the door to the process that asks")]
    let Ok(task) = std::env::var("WEIR_MEMORY_TASK") else { return };
    let (number, path) = task.split_once(':').expect("a number and a path");
    let number = number.parse().expect("a number");
    let (schema, record, writer) = match of_writer(number) {
        Some(case) => case,
        None => {
            let (schema, record) = record(number);
            (schema, record, None)
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join(format!("schemas/{schema}.yaml"))).expect("reads");
    let plan = plan_from_text(&text, BUILTIN[2].1, today()).unwrap_or_else(|all| panic!("{all}"));
    let keys = Keyring::for_tests("memory").snapshot(&key_needs(&plan)).expect("keys");
    let clean = |record: &[u8], writer: Option<SchemaRef>| {
        let mut batch = Batch::new(today());
        batch.push(None, Some(record), writer);
        let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
        (cleaned.disposition(0), cleaned.value(0).map_or(0, <[u8]>::len))
    };
    // What is made once is there.
    let note = plan_from_text(include_str!("../schemas/clinical-note.yaml"), BUILTIN[2].1, today());
    let mut batch = Batch::new(today());
    batch.push(
        None,
        Some(br#"{"patient":{"name":"Smith, John"},"note":{"text":"John Smith left."}}"#),
        None,
    );
    drop(locate(&note.expect("a plan"), batch));
    std::fs::write("/proc/self/clear_refs", "5").expect("the kernel forgets the most so far");
    let before = status("VmHWM:");
    let (became, out) = clean(&record, writer);
    let cost = status("VmHWM:") - before;
    let said = format!("{schema}: {} bytes, {became:?}, {out} out, {cost} KiB", record.len());
    std::fs::write(path, format!("{}\n{cost}\n{said}", record.len())).expect("writes");
}

#[test]
fn no_record_costs_more_than_eight_times_its_bytes() {
    let folder = std::env::temp_dir().join(format!("weir-memory-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut said = Vec::new();
    for number in 0..CASES {
        let path = folder.join(number.to_string());
        let status = Command::new(std::env::current_exe().expect("this"))
            .args(["--exact", "a_record_of_this_process"])
            .env("WEIR_MEMORY_TASK", format!("{number}:{}", path.display()))
            .output()
            .expect("runs");
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
        let text = std::fs::read_to_string(&path).expect("what it said");
        let mut lines = text.lines();
        let mut next = || lines.next().and_then(|n| n.parse::<usize>().ok()).expect("a number");
        let (bytes, cost) = (next(), next());
        let line = text.lines().last().expect("a line").to_string();
        assert!(bytes > 700_000 && line.contains("Clean"), "{line}");
        if cost > TIMES * bytes / 1024 + BESIDE_KIB {
            said.push(format!("{line}, {:.1} times", cost as f64 * 1024.0 / bytes as f64));
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    assert!(said.is_empty(), "{said:#?}");
}
