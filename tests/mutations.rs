//! 100,000 records of each format that something broke: cleaned or refused by code, never a panic, and what comes out is
//! a record of its format. Prose goes as a whole here, so that formats alone are at work; prose has tests of its own.

mod wire;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use weir::clean::{Batch, Disposition, SchemaRef, Subjects, finish, key_needs, locate};
use weir::keys::{KeySnapshot, Keyring};
use weir::phi::{Code, Day, Ymd};
use weir::policy::{BUILTIN, Plan, Writer, bind, plan_from_text};
use weir_synth::Generator;

const MUTATIONS: usize = 100_000;
/// Records of one batch.
const BATCH: usize = 500;

/// Format, its schema, how its golden files end, and marks that mean something in it.
const FORMATS: &[(&str, &str, &str, &[u8])] = &[
    ("json", "clinical-note", "ndjson", b"{}[]\",:\\ute0\n"),
    ("hl7v2", "hl7v2", "hl7", b"|^~\\&\rMSHPID\x0b\x1c\""),
    ("x12", "x12", "x12", b"*:~^\nISAGE0 -"),
    ("fhir", "fhir-r4", "ndjson", b"{}[]\",:\\_u0/#"),
    ("cda", "ccda", "xml", b"<>/\"'=&;!?-[] "),
    ("csv", "visits-csv", "csv", b",;\t\"\r\n|"),
    ("text", "note-text", "txt", b"\"\\<\r\n\x00"),
];

/// Formats whose records have a writer schema: how its golden files end, and bytes that mean something.
const BINARY: &[(&str, &str, &[u8])] = &[
    ("avro", "writer.avsc", b"\x00\x01\x02\x03\x04\x0f\x7f\x80\xff"),
    ("protobuf", "writer.proto", b"\x00\x01\x08\x0a\x12\x13\x1a\x2a\x7f\x80\xff"),
];

/// A generator of its own (xorshift64*): the same records in each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound.max(1)
    }
}

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

fn plan(schema: &Path, policy: &str) -> Plan {
    let schema = std::fs::read_to_string(schema).expect("a schema");
    let policy = ["free_text:     detect", "free_text: detect"]
        .iter()
        .fold(policy.to_string(), |policy, rule| policy.replace(rule, "free_text: remove"));
    plan_from_text(&schema, &policy, today()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The files of the golden cases of a format that end so.
fn golden(format: &str, ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format);
    let mut files = Vec::new();
    for case in std::fs::read_dir(root).expect("a folder").flatten() {
        let inside = std::fs::read_dir(case.path()).into_iter().flatten().flatten();
        files.extend(inside.map(|file| file.path()));
    }
    files.retain(|path| path.to_string_lossy().ends_with(&format!(".{ending}")));
    files.sort();
    files
}

/// Records of the golden cases, whatever their schemas; of JSON those of the generator, which are of its schema.
fn seeds(format: &str, ending: &str) -> Vec<Vec<u8>> {
    if format == "json" {
        let generator = Generator::new(1, 20);
        return (0..40).map(|n| generator.note(n).value.into_bytes()).collect();
    }
    let files = golden(format, &format!("input.{ending}"));
    let texts = files.iter().map(|path| std::fs::read_to_string(path).expect("reads"));
    let records = texts.flat_map(|text| match ending {
        "ndjson" => text.lines().map(|line| line.as_bytes().to_vec()).collect(),
        _ => vec![text.into_bytes()],
    });
    // Long ones are as hostile as short ones, and cost more.
    records.filter(|record| record.len() < 6_000).collect()
}

fn mutate(record: &mut Vec<u8>, other: &[u8], marks: &[u8], random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(record.len());
        match random.below(9) {
            0 => record.truncate(at),
            1 if !record.is_empty() => record[at] = marks[random.below(marks.len())],
            2 if !record.is_empty() => record[at] ^= 1 << random.below(8),
            3 => record.insert(at, marks[random.below(marks.len())]),
            4 if !record.is_empty() => {
                record.remove(at);
            }
            5 => {
                // A part of it again, somewhere else.
                let end = (at + random.below(60)).min(record.len());
                let part = record[at.min(end)..end].to_vec();
                let to = random.below(record.len());
                record.splice(to..to, part);
            }
            6 => {
                let end = (at + random.below(60)).min(record.len());
                record.drain(at.min(end)..end);
            }
            7 => {
                // A part of another record.
                let from = random.below(other.len());
                let end = (from + random.below(200)).min(other.len());
                record.splice(at..at, other[from..end].iter().copied());
            }
            _ => {
                let byte = random.next() as u8;
                let times = random.below(40);
                record.splice(at..at, std::iter::repeat_n(byte, times));
            }
        }
    }
}

/// Codes that say that a record is none of its format.
fn is_broken(code: Code) -> bool {
    use Code::{
        DuplicateMember, NotAvro, NotCsv, NotHl7, NotJson, NotProtobuf, NotUtf8, NotX12, NotXml,
        Panic, TrailingBytes,
    };
    matches!(
        code,
        DuplicateMember
            | NotAvro
            | NotCsv
            | NotHl7
            | NotJson
            | NotProtobuf
            | NotUtf8
            | NotX12
            | NotXml
            | Panic
            | TrailingBytes
    )
}

/// What records are cleaned by.
struct Target {
    plan: Plan,
    keys: KeySnapshot,
    /// The schema that they are written with, and that of what is clean.
    writers: Option<(Arc<Writer>, Arc<Writer>)>,
    seeds: Vec<Vec<u8>>,
}

impl Target {
    fn of(plan: Plan, seeds: Vec<Vec<u8>>) -> Target {
        let keys = Keyring::for_tests("mutations").snapshot(&key_needs(&plan)).expect("keys");
        Target { plan, keys, writers: None, seeds }
    }

    fn clean(
        &self,
        writer: Option<&Arc<Writer>>,
        records: &[Vec<u8>],
    ) -> Vec<Result<Vec<u8>, Code>> {
        let mut batch = Batch::new(today());
        for record in records {
            let schema =
                writer.map(|writer| SchemaRef { writer: Arc::clone(writer), from: 0, ahead: 0 });
            batch.push(None, Some(record), schema);
        }
        let located = locate(&self.plan, batch);
        let cleaned = finish(&self.plan, &self.keys, &Subjects::default(), located);
        let outcomes = (0..records.len()).map(|record| match cleaned.disposition(record) {
            Disposition::Refused(code) => Err(code),
            _ => Ok(cleaned.value(record).expect("a value").to_vec()),
        });
        outcomes.collect()
    }
}

fn mutations(number: usize) {
    let (format, schema, ending, marks) = FORMATS[number];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{schema}.yaml"));
    let (neighbour, _, other_ending, _) = FORMATS[(number + 1) % FORMATS.len()];
    let target = Target::of(plan(&path, BUILTIN[2].1), seeds(format, ending));
    assert!(target.seeds.len() >= 5, "{format}: {} seeds", target.seeds.len());
    breaks_nothing(format, &[target], &seeds(neighbour, other_ending), marks, number);
}

/// The golden cases of a format with writer schemas, each with its own.
fn binary(number: usize) {
    let (format, ending, marks) = BINARY[number];
    let mut targets = Vec::new();
    for file in golden(format, ending) {
        let beside = |other: &str| PathBuf::from(file.to_string_lossy().replace(ending, other));
        let text = std::fs::read_to_string(&file).expect("reads");
        let policy = std::fs::read_to_string(file.with_file_name("policy.yaml"));
        let policy = policy.unwrap_or_else(|_| BUILTIN[2].1.to_string());
        let (writer, plan) = (wire::writer(format, &text), plan(&beside("schema.yaml"), &policy));
        let Ok(bound) = bind(&plan, &writer) else { continue };
        let clean = bind(&plan, &wire::told(&bound, &writer));
        let clean = clean.unwrap_or_else(|gaps| panic!("{}: {gaps:?}", file.display()));
        let input = std::fs::read_to_string(beside("input.ndjson")).expect("reads");
        let seeds: Vec<_> = input.lines().map(|line| wire::encode(&writer, line)).collect();
        if !seeds.is_empty() {
            let writers = Some((Arc::new(bound), Arc::new(clean)));
            targets.push(Target { writers, ..Target::of(plan, seeds) });
        }
    }
    assert!(targets.len() >= 4, "{format}: {} targets", targets.len());
    let others: Vec<_> = targets.iter().flat_map(|target| target.seeds.clone()).collect();
    breaks_nothing(format, &targets, &others, marks, FORMATS.len() + number);
}

fn breaks_nothing(
    format: &str,
    targets: &[Target],
    others: &[Vec<u8>],
    marks: &[u8],
    number: usize,
) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ number as u64);
    let (mut clean_ones, mut refused) = (0, std::collections::BTreeMap::new());
    for batch in 0..MUTATIONS / BATCH {
        let target = &targets[batch % targets.len()];
        let own = &target.seeds;
        let records: Vec<_> = (0..BATCH)
            .map(|_| {
                let mut record = own[random.below(own.len())].clone();
                // Mixed formats in one topic, once in a while.
                let other = match random.below(10) {
                    0 => &others[random.below(others.len())],
                    _ => &own[random.below(own.len())],
                };
                mutate(&mut record, &other.clone(), marks, &mut random);
                record
            })
            .collect();
        let (raw, clean) = target.writers.as_ref().map(|(raw, clean)| (raw, clean)).unzip();
        let outcomes = target.clean(raw, &records);
        for (outcome, record) in outcomes.iter().zip(&records) {
            match outcome {
                Ok(_) => clean_ones += 1,
                Err(code) => *refused.entry(code.id()).or_insert(0) += 1,
            }
            assert_ne!(
                outcome.as_ref().err(),
                Some(&Code::Panic),
                "{format}: {}",
                record.escape_ascii()
            );
        }
        // What came out is a record of the format: read once more.
        let again: Vec<_> = outcomes.into_iter().flatten().collect();
        for (outcome, record) in target.clean(clean, &again).iter().zip(&again) {
            let broken = outcome.as_ref().err().is_some_and(|code| is_broken(*code));
            assert!(!broken, "{format}: {:?} of {}", outcome.as_ref().err(), record.escape_ascii());
        }
    }
    // Both happen, or the mutations are too weak or too strong to say anything; text is never refused for its form.
    assert!(clean_ones > MUTATIONS / 100, "{format}: {clean_ones} clean, refused {refused:?}");
    assert!(!refused.is_empty(), "{format}: nothing refused");
}

#[test]
fn json_breaks_nothing() {
    mutations(0);
}

#[test]
fn hl7v2_breaks_nothing() {
    mutations(1);
}

#[test]
fn x12_breaks_nothing() {
    mutations(2);
}

#[test]
fn fhir_breaks_nothing() {
    mutations(3);
}

#[test]
fn cda_breaks_nothing() {
    mutations(4);
}

#[test]
fn csv_breaks_nothing() {
    mutations(5);
}

#[test]
fn text_breaks_nothing() {
    mutations(6);
}

#[test]
fn avro_breaks_nothing() {
    binary(0);
}

#[test]
fn protobuf_breaks_nothing() {
    binary(1);
}

/// Messages in envelopes of JSON, and text in base64 in messages.
#[test]
fn documents_break_nothing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/adt-envelope.yaml");
    let messages =
        seeds("hl7v2", "hl7").into_iter().filter_map(|seed| String::from_utf8(seed).ok());
    let envelope = |message: String| {
        let note = data_encoding::BASE64.encode(b"Seen today, doing well, no fever.");
        let note = format!("\rOBX|9|ED|1^Note^LN||^TEXT^^Base64^{note}||||||F\r");
        let message = message.trim_end().replace('\n', "\r") + &note;
        serde_json::json!({"received": "2026-01-05", "message": message}).to_string().into_bytes()
    };
    let target = Target::of(plan(&path, BUILTIN[2].1), messages.map(envelope).collect());
    let others = seeds("json", "ndjson");
    breaks_nothing(
        "documents",
        &[target],
        &others,
        b"|^~&\"\\rn{}=A",
        FORMATS.len() + BINARY.len(),
    );
}
