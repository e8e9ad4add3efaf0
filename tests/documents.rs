//! Documents inside of values: what is cleaned by itself comes out the same where it stands in a value.

use std::path::{Path, PathBuf};
use weir::clean::{Batch, Disposition, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Code, Day, Ymd};
use weir::policy::{BUILTIN, Plan, no_transformer, plan_with};

fn plan(schema: &str, inner: &str, policy: &str) -> Plan {
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let made = plan_with(schema, &[("inner", inner)], policy, today, &no_transformer);
    made.unwrap_or_else(|problems| panic!("{problems}"))
}

/// What becomes of records.
fn cleaned(plan: &Plan, records: &[Vec<u8>]) -> Vec<Result<Vec<u8>, Code>> {
    let keys = Keyring::for_tests("documents").snapshot(&key_needs(plan)).expect("keys");
    let mut batch = Batch::new(Day(Ymd::new(2026, 11, 24).expect("a day")));
    records.iter().for_each(|record| batch.push(None, Some(record), None));
    let cleaned = finish(plan, &keys, &Subjects::default(), locate(plan, batch));
    let one = |record| match cleaned.disposition(record) {
        Disposition::Refused(code) => Err(code),
        _ => Ok(cleaned.value(record).expect("a value").to_vec()),
    };
    (0..cleaned.len()).map(one).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A golden case.
struct Case {
    schema: String,
    policy: String,
    records: Vec<Vec<u8>>,
}

/// The golden cases of a format.
fn cases(format: &str, ending: &str, shipped: &str) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/golden").join(format);
    let mut found = Vec::new();
    for case in std::fs::read_dir(folder).expect("a folder").flatten() {
        let files: Vec<PathBuf> = std::fs::read_dir(case.path())
            .into_iter()
            .flatten()
            .flatten()
            .map(|f| f.path())
            .collect();
        for path in files {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(&format!(".input.{ending}")) else { continue };
            let own = case.path().join(format!("{stem}.schema.yaml"));
            let named = case.path().join(format!("{stem}.schema.name"));
            let schema = match (own.exists(), named.exists()) {
                (true, _) => read(&own),
                (_, true) => read(&root.join(format!("schemas/{}.yaml", read(&named).trim()))),
                _ => read(&root.join(shipped)),
            };
            // What is a case of a case's own documents is tried there.
            if schema.contains("document:") && own.exists() {
                continue;
            }
            let input = read(&path);
            let input = input.strip_suffix('\n').unwrap_or(&input);
            let records = match ending {
                "ndjson" => input.lines().map(|line| line.as_bytes().to_vec()).collect(),
                _ => vec![input.as_bytes().to_vec()],
            };
            let policy = std::fs::read_to_string(case.path().join("policy.yaml"));
            let policy = policy.unwrap_or_else(|_| BUILTIN[2].1.to_string());
            found.push(Case { schema, policy, records });
        }
    }
    assert!(found.len() > 10, "{format}: {}", found.len());
    found
}

const FORMATS: &[(&str, &str, &str)] = &[
    ("json", "ndjson", "schemas/clinical-note.yaml"),
    ("hl7v2", "hl7", "schemas/hl7v2.yaml"),
    ("x12", "x12", "schemas/x12.yaml"),
    ("fhir", "ndjson", "schemas/fhir-r4.yaml"),
    ("cda", "xml", "schemas/ccda.yaml"),
    ("csv", "csv", "schemas/visits-csv.yaml"),
    ("text", "txt", "schemas/note-text.yaml"),
];

/// How a document gets into a record of one value, and out of it.
type Wrap = (&'static str, fn(&[u8]) -> Vec<u8>, fn(&[u8]) -> Vec<u8>);

const WRAPS: &[Wrap] = &[
    (
        "schema: outer\nformat: json\nfields: {$.held: {document: inner}}\n",
        |inner| {
            let text = std::str::from_utf8(inner).expect("text");
            serde_json::json!({"held": text}).to_string().into_bytes()
        },
        |outer| {
            let value: serde_json::Value = serde_json::from_slice(outer).expect("JSON");
            value["held"].as_str().expect("a text").as_bytes().to_vec()
        },
    ),
    (
        "schema: outer\nformat: csv\nfields: {$.held: {document: inner, encoding: base64}}\n",
        |inner| format!("held\n{}\n", data_encoding::BASE64.encode(inner)).into_bytes(),
        |outer| {
            let text = std::str::from_utf8(outer).expect("text");
            let held = text.strip_prefix("held\n").and_then(|rest| rest.strip_suffix("\n"));
            data_encoding::BASE64.decode(held.expect("a line").as_bytes()).expect("base64")
        },
    ),
];

#[test]
fn what_stands_in_a_value_comes_out_as_it_does_by_itself() {
    let (mut same, mut refused) = (0, 0);
    for (format, ending, shipped) in FORMATS {
        for Case { schema, policy, records } in cases(format, ending, shipped) {
            let alone = cleaned(&plan(&schema, "", &policy), &records);
            for (outer, wrap, unwrap) in WRAPS {
                let plan = plan(outer, &schema, &policy);
                let wrapped: Vec<_> = records.iter().map(|record| wrap(record)).collect();
                let got = cleaned(&plan, &wrapped);
                for (at, (alone, got)) in alone.iter().zip(&got).enumerate() {
                    // Nothing, and too little for base64, is no document.
                    if records[at].trim_ascii().len() < 12 {
                        continue;
                    }
                    let got = got.as_ref().map(|bytes| unwrap(bytes)).map_err(|code| *code);
                    assert_eq!(
                        got.as_ref().map(|bytes| String::from_utf8_lossy(bytes)),
                        alone.as_ref().map(|bytes| String::from_utf8_lossy(bytes)),
                        "{format}: {}",
                        String::from_utf8_lossy(&records[at])
                    );
                    same += 1;
                    refused += usize::from(alone.is_err());
                }
            }
        }
    }
    assert!(same > 400 && refused > 50, "{same} of which {refused} are refused");
}
