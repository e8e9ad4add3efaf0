//! Goal P2: `locate` + `finish` on 1 KiB JSON records with five PHI fields and no free text,
//! beside a bare parse of the same bytes and a copy of them; and on notes, with what a letter beyond ASCII
//! costs. The ratio counts, not the time.

#[path = "../tests/wire/mod.rs"]
mod wire;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::Arc;
use weir::clean::{Batch, SchemaRef, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Day, Ymd};
use weir::policy::{BUILTIN, bind, plan_from_text};
use weir_synth::Generator;

const RECORDS: usize = 1_000;

const SCHEMA: &str = "
schema: bench
format: json
subject: $.mrn
fields:
  $.mrn: {class: mrn, width: 10}
  $.name: person_name
  $.ssn: ssn
  $.phone: phone
  $.start: date
  $.codes[*]: clinical_code
  $.filler: not_phi
";

/// 1,024 bytes each.
fn records() -> Vec<String> {
    let patients = Generator::new(1, 500);
    (0..RECORDS)
        .map(|n| {
            let p = patients.patient_of(n as u64);
            let head = format!(
                r#"{{"mrn":"{}","name":"{}","ssn":"{}","phone":"{}","start":"2026-03-04","codes":["E11.9","I10"],"filler":""#,
                p.mrn, p.full_name(), p.ssn_dashed(), p.phone_bracketed()
            );
            let filler = "x".repeat(1024 - head.len() - 2);
            format!("{head}{filler}\"}}")
        })
        .collect()
}

fn clean(c: &mut Criterion) {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let plan = plan_from_text(SCHEMA, BUILTIN[2].1, today).expect("a plan");
    let keys = Keyring::for_tests("bench").snapshot(&key_needs(&plan)).expect("keys");
    let records = records();
    let batch = || {
        let mut batch = Batch::new(today);
        records.iter().for_each(|record| batch.push(None, Some(record.as_bytes()), None));
        batch
    };
    let mut group = c.benchmark_group("clean 1 KiB JSON, 5 PHI fields, 1000 records");
    group.throughput(Throughput::Elements(RECORDS as u64));
    group.bench_function("locate + finish", |b| {
        b.iter_batched(
            batch,
            |batch| finish(&plan, &keys, &Subjects::default(), locate(&plan, batch)),
            criterion::BatchSize::LargeInput,
        );
    });
    group.bench_function("locate", |b| {
        b.iter_batched(batch, |batch| locate(&plan, batch), criterion::BatchSize::LargeInput);
    });
    group.bench_function("reference: serde_json::Value of the same bytes", |b| {
        b.iter(|| {
            records
                .iter()
                .for_each(|r| drop(black_box(serde_json::from_str::<serde_json::Value>(r))))
        });
    });
    group.bench_function("reference: serde_json IgnoredAny of the same bytes", |b| {
        b.iter(|| {
            records
                .iter()
                .for_each(|r| drop(black_box(serde_json::from_str::<serde::de::IgnoredAny>(r))))
        });
    });
    group.bench_function("reference: copy of the same bytes", |b| b.iter(|| black_box(batch())));
    group.finish();
}

/// Notes, whose prose is looked through, beside the same notes without a letter beyond ASCII: such a letter
/// must not cost the engine that finds patterns its automaton.
fn prose(c: &mut Criterion) {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = include_str!("../schemas/clinical-note.yaml");
    let plan = plan_from_text(schema, BUILTIN[2].1, today).expect("a plan");
    let keys = Keyring::for_tests("bench").snapshot(&key_needs(&plan)).expect("keys");
    let patients = Generator::new(1, 500);
    let notes: Vec<String> = (0..RECORDS).map(|n| patients.note(n as u64).value).collect();
    let ascii: Vec<String> =
        notes.iter().map(|note| note.replace(|c: char| !c.is_ascii(), "e")).collect();
    let bytes = notes.iter().map(|note| note.len() as u64).sum();
    let mut group = c.benchmark_group("clean 1000 notes");
    group.throughput(Throughput::Bytes(bytes));
    for (name, notes) in [("as they are", &notes), ("reference: in ASCII", &ascii)] {
        let batch = || {
            let mut batch = Batch::new(today);
            notes.iter().for_each(|note| batch.push(None, Some(note.as_bytes()), None));
            batch
        };
        group.bench_function(name, |b| {
            b.iter_batched(
                batch,
                |batch| finish(&plan, &keys, &Subjects::default(), locate(&plan, batch)),
                criterion::BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// A parse of a record that does nothing with it.
type Parse = fn(&str);

/// Each format by the schema that ships, its prose removed unread, since that has a bench of its own; beside a bare parse
/// of the same bytes.
fn formats(c: &mut Criterion) {
    let json: Parse = |record| drop(black_box(serde_json::from_str::<serde_json::Value>(record)));
    let split: Parse = |record| {
        let parts = record.split(['\n', '\r', '|', '~', '^', '*', ':', ',', ';', '&']);
        black_box(parts.map(str::len).sum::<usize>());
    };
    let xml: Parse = |record| {
        let mut reader = quick_xml::reader::Reader::from_str(record);
        while !matches!(reader.read_event(), Ok(quick_xml::events::Event::Eof) | Err(_)) {}
    };
    let cases: [(&str, &str, &str, &str, Parse); 5] = [
        (
            "hl7v2",
            include_str!("../schemas/hl7v2.yaml"),
            include_str!("../tests/golden/hl7v2/admission/a01.input.hl7"),
            "a split at its marks",
            split,
        ),
        (
            "x12",
            include_str!("../schemas/x12.yaml"),
            include_str!("../tests/golden/x12/professional/dependent.input.x12"),
            "a split at its marks",
            split,
        ),
        (
            "fhir",
            include_str!("../schemas/fhir-r4.yaml"),
            include_str!("../tests/golden/fhir/bundle/several-patients.input.ndjson"),
            "serde_json::Value",
            json,
        ),
        (
            "cda",
            include_str!("../schemas/ccda.yaml"),
            include_str!("../tests/golden/cda/summary/problems.input.xml"),
            "quick-xml's events",
            xml,
        ),
        (
            "csv",
            include_str!("../schemas/visits-csv.yaml"),
            include_str!("../tests/golden/csv/table/two-patients.input.csv"),
            "a split at its marks",
            split,
        ),
    ];
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let policy = BUILTIN[2].1.replace("free_text:     detect", "free_text:     remove");
    assert_ne!(policy, BUILTIN[2].1);
    for (format, schema, record, reference, parse) in cases {
        let record = record.trim_end_matches('\n');
        let plan = plan_from_text(schema, &policy, today).expect("a plan");
        let keys = Keyring::for_tests("bench").snapshot(&key_needs(&plan)).expect("keys");
        let batch = || {
            let mut batch = Batch::new(today);
            (0..RECORDS / 4).for_each(|_| batch.push(None, Some(record.as_bytes()), None));
            batch
        };
        let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch()));
        assert_eq!(cleaned.disposition(0), weir::clean::Disposition::Clean, "{format}");
        let mut group = c.benchmark_group(format!("clean {format}, its prose removed unread"));
        group.throughput(Throughput::Bytes((record.len() * (RECORDS / 4)) as u64));
        group.bench_function("locate + finish", |b| {
            b.iter_batched(
                batch,
                |batch| finish(&plan, &keys, &Subjects::default(), locate(&plan, batch)),
                criterion::BatchSize::LargeInput,
            );
        });
        group.bench_function(format!("reference: {reference}"), |b| {
            b.iter(|| (0..RECORDS / 4).for_each(|_| parse(black_box(record))));
        });
        group.finish();
    }
}

/// A note of each format with writer schemas, its prose removed unread; beside the libraries that decode it.
fn binary(c: &mut Criterion) {
    let note = Generator::new(1, 20).note(3).value;
    let mut note: serde_json::Value = serde_json::from_str(&note).expect("JSON");
    let cases: [(&str, &str, &str, &str); 2] = [
        (
            "avro",
            include_str!("../schemas/note-avro.yaml"),
            include_str!("../tests/registry/note.avsc"),
            "apache-avro's Value",
        ),
        (
            "protobuf",
            include_str!("../schemas/note-protobuf.yaml"),
            include_str!("../tests/registry/note.proto"),
            "prost-reflect's DynamicMessage",
        ),
    ];
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let policy = BUILTIN[2].1.replace("free_text:     detect", "free_text:     remove");
    for (format, schema, text, reference) in cases {
        let mut writer = wire::writer(format, text);
        if format == "avro" {
            note["patient"]["birthDate"] = (-3_226).into();
            note["visit"]["start"] = 1_770_000_000_000_i64.into();
        } else {
            writer.message = vec![1];
            note["patient"]["birthDate"] = "1961-03-04".into();
            note["visit"]["start"] = "2026-02-10T00:00:00Z".into();
        }
        let record = wire::encode(&writer, &note.to_string());
        let plan = plan_from_text(schema, &policy, today).expect("a plan");
        let keys = Keyring::for_tests("bench").snapshot(&key_needs(&plan)).expect("keys");
        let bound = Arc::new(bind(&plan, &writer).expect("covered"));
        let batch = || {
            let mut batch = Batch::new(today);
            (0..RECORDS).for_each(|_| {
                let writer = Arc::clone(&bound);
                batch.push(None, Some(&record), Some(SchemaRef { writer, from: 0, ahead: 0 }));
            });
            batch
        };
        let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch()));
        assert_eq!(cleaned.disposition(0), weir::clean::Disposition::Clean, "{format}");
        let mut group = c.benchmark_group(format!("clean {format}, its prose removed unread"));
        group.throughput(Throughput::Bytes((record.len() * RECORDS) as u64));
        group.bench_function("locate + finish", |b| {
            b.iter_batched(
                batch,
                |batch| finish(&plan, &keys, &Subjects::default(), locate(&plan, batch)),
                criterion::BatchSize::LargeInput,
            );
        });
        let decode = wire::decoder(&writer);
        group.bench_function(format!("reference: {reference}"), |b| {
            b.iter(|| (0..RECORDS).for_each(|_| decode(black_box(&record))));
        });
        group.finish();
    }
}

criterion_group!(benches, clean, prose, formats, binary);
criterion_main!(benches);
