//! Records that nobody here wrote, from the folder that WEIR_SAMPLES names: cleaned by the schemas that ship, under two
//! policies, and read again by a reader that shares no code with weir's. Without the folder nothing is run, and the
//! test says so.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use weir::clean::{Batch, Disposition, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Code, Day, Ymd};
use weir::policy::{BUILTIN, plan_from_text};

fn samples(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let Some(root) = std::env::var_os("WEIR_SAMPLES") else {
        // Not by a macro, whose words a test that passes keeps for itself.
        let _ = writeln!(std::io::stderr(), "NOT RUN: WEIR_SAMPLES names no folder of samples");
        return Vec::new();
    };
    let folder = Path::new(&root).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|why| panic!("{folder:?}: {why}"));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder:?} is empty");
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("reads"))).collect()
}

/// The values of a message by segment, field and component: a split, and no more.
fn values(message: &str) -> Vec<(String, usize, usize, String)> {
    let mut out = Vec::new();
    for line in message.split(['\r', '\n']) {
        let line = line.trim_start_matches('\u{feff}');
        let mut fields = line.split('|');
        let name = fields.next().unwrap_or("").to_string();
        for (field, text) in fields.enumerate() {
            for repeated in text.split('~') {
                for (component, text) in repeated.split('^').enumerate() {
                    for text in text.split('&') {
                        let text = text.replace("\\T\\", "&");
                        out.push((name.clone(), field + 1, component + 1, text));
                    }
                }
            }
        }
    }
    out
}

/// Names, ids, addresses and telephone numbers of persons: segment, field, component.
const IDENTIFYING: &[(&str, usize, &[usize])] = &[
    ("PID", 2, &[1]),
    ("PID", 3, &[1]),
    ("PID", 4, &[1]),
    ("PID", 5, &[1, 2, 3]),
    ("PID", 6, &[1, 2, 3]),
    ("PID", 9, &[1, 2, 3]),
    ("PID", 11, &[1, 2, 3, 5]),
    ("PID", 12, &[1]),
    ("PID", 13, &[1, 4, 7, 12]),
    ("PID", 14, &[1, 4, 7, 12]),
    ("PID", 18, &[1]),
    ("PID", 19, &[1]),
    ("PID", 20, &[1]),
    ("PID", 21, &[1]),
    ("PID", 23, &[1]),
    ("PID", 40, &[1]),
    ("MRG", 1, &[1]),
    ("MRG", 3, &[1]),
    ("MRG", 7, &[1, 2, 3]),
    ("NK1", 2, &[1, 2, 3]),
    ("NK1", 4, &[1, 2, 3]),
    ("NK1", 5, &[1, 7]),
    ("NK1", 6, &[1, 7]),
    ("NK1", 30, &[1, 2]),
    ("NK1", 31, &[1]),
    ("NK1", 32, &[1, 3]),
    ("NK1", 33, &[1]),
    ("NK1", 37, &[1]),
    ("GT1", 2, &[1]),
    ("GT1", 3, &[1, 2, 3]),
    ("GT1", 4, &[1, 2]),
    ("GT1", 5, &[1, 3]),
    ("GT1", 6, &[1]),
    ("GT1", 7, &[1]),
    ("GT1", 12, &[1]),
    ("GT1", 16, &[1, 2]),
    ("GT1", 17, &[1, 3]),
    ("GT1", 18, &[1]),
    ("IN1", 5, &[1, 3]),
    ("IN1", 6, &[1, 2]),
    ("IN1", 7, &[1]),
    ("IN1", 16, &[1, 2, 3]),
    ("IN1", 19, &[1, 3]),
    ("IN1", 36, &[1]),
    ("IN1", 44, &[1, 3]),
    ("IN1", 49, &[1]),
    ("IN2", 1, &[1]),
    ("IN2", 2, &[1]),
    ("IN2", 6, &[1]),
    ("IN2", 8, &[1]),
    ("IN2", 61, &[1]),
    ("IN2", 63, &[1]),
    ("PV1", 7, &[1, 2, 3]),
    ("PV1", 8, &[1, 2, 3]),
    ("PV1", 9, &[1, 2, 3]),
    ("PV1", 17, &[1, 2, 3]),
    ("PV1", 19, &[1]),
    ("PV1", 50, &[1]),
    ("EVN", 5, &[1, 2, 3]),
    ("OBR", 10, &[1, 2, 3]),
    ("OBR", 16, &[1, 2, 3]),
    ("OBR", 28, &[1, 2, 3]),
    ("ORC", 10, &[1, 2, 3]),
    ("ORC", 12, &[1, 2, 3]),
    ("TXA", 9, &[1, 2, 3]),
    ("ROL", 4, &[1, 2, 3]),
    ("PRT", 5, &[1, 2, 3]),
    ("AIP", 3, &[1, 2, 3]),
    ("SCH", 12, &[1, 2, 3]),
    ("SCH", 16, &[1, 2, 3]),
    ("RXA", 10, &[1, 2, 3]),
    ("PRD", 2, &[1, 2]),
    ("CTD", 2, &[1, 2]),
    ("ACC", 9, &[1, 2]),
];

/// Codes that must stay as they are.
const CODES: &[(&str, usize, &[usize])] = &[
    ("DG1", 3, &[1, 4]),
    ("PR1", 3, &[1, 4]),
    ("AL1", 3, &[1]),
    ("OBR", 4, &[1, 4]),
    ("OBX", 3, &[1, 4]),
    ("RXA", 5, &[1, 4]),
    ("RXE", 2, &[1, 4]),
    ("RXO", 1, &[1, 4]),
    ("FT1", 7, &[1]),
    ("FT1", 19, &[1]),
    ("FT1", 25, &[1]),
    ("AIS", 3, &[1]),
    ("SPM", 4, &[1]),
];

fn listed(table: &[(&str, usize, &[usize])], one: &(String, usize, usize, String)) -> bool {
    table.iter().any(|(name, field, components)| {
        *name == one.0 && *field == one.1 && components.contains(&one.2)
    })
}

/// Whether a text has the value as words of its own.
fn holds(text: &str, value: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(value).any(|(at, found)| {
        edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
    })
}

/// What became of a record under the schema of that name and a policy.
fn cleaned(schema: &str, policy: &str, bytes: &[u8]) -> Result<String, Code> {
    let day = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{schema}.yaml"));
    let schema = std::fs::read_to_string(schema).expect("a schema");
    let plan = plan_from_text(&schema, policy, day).unwrap_or_else(|why| panic!("{why}"));
    let keys = Keyring::for_tests("samples").snapshot(&key_needs(&plan)).expect("keys");
    let mut batch = Batch::new(day);
    batch.push(None, Some(bytes), None);
    let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
    match cleaned.disposition(0) {
        Disposition::Refused(code) => Err(code),
        _ => Ok(String::from_utf8(cleaned.value(0).expect("a value").to_vec()).expect("UTF-8")),
    }
}

/// Texts of a resource by the names of what they stand in, below the last resource.
fn texts(value: &serde_json::Value, path: &str, see: &mut dyn FnMut(&str, &str)) {
    use serde_json::Value;
    match value {
        Value::Object(members) => {
            let of = members.get("resourceType").and_then(Value::as_str);
            for (name, value) in members {
                texts(value, &format!("{}.{name}", of.unwrap_or(path)), see);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, path, see)),
        Value::String(text) => see(path, text),
        Value::Number(number) => see(path, &number.to_string()),
        Value::Bool(_) | Value::Null => {}
    }
}

/// Elements of persons in FHIR: how their paths end.
const PERSONAL: &[&str] = &[
    ".id",
    ".fullUrl",
    ".reference",
    ".name.family",
    ".name.given",
    ".name.text",
    ".identifier.value",
    ".telecom.value",
    ".address.line",
    ".address.city",
    ".address.postalCode",
    ".valueAddress.city",
    "Organization.name",
    ".provider.display",
    ".performer.display",
    ".requester.display",
    ".series.uid",
    ".instance.uid",
];

#[test]
fn bundles_of_fhir_leave_without_their_identifiers_and_with_their_codes() {
    for (path, bytes) in samples("fhir-r4") {
        let path = path.display();
        let before: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        for policy in [BUILTIN[0], BUILTIN[2]] {
            let after = cleaned("fhir-r4", policy.1, &bytes);
            let text = after.unwrap_or_else(|code| panic!("{path}: {}", code.id()));
            let after: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let codes = |value: &serde_json::Value| -> Vec<(String, String)> {
                let mut out = Vec::new();
                texts(value, "", &mut |path, text| {
                    // What was done is said in the metadata, and in no sample before.
                    if path.contains(".meta.security.") {
                        return;
                    }
                    let kept = [".code", ".system", ".status", ".resourceType", ".value.unit"];
                    if kept.iter().any(|end| path.ends_with(end)) {
                        out.push((path.to_string(), text.to_string()));
                    }
                });
                out
            };
            assert_eq!(codes(&before), codes(&after), "{path}");
            let (mut labels, mut resources) = (0, 0);
            texts(&after, "", &mut |path, _| {
                labels += usize::from(path.ends_with(".meta.security.code"));
                resources += usize::from(path.ends_with(".resourceType"));
            });
            assert!(
                labels > resources / 2 && labels <= resources,
                "{path}: {labels} of {resources}"
            );
            let mut sought = BTreeSet::new();
            texts(&before, "", &mut |path, text| {
                let id = text.rsplit(['/', ':']).next().unwrap_or(text);
                let birth = path.ends_with("Patient.birthDate");
                if birth || PERSONAL.iter().any(|end| path.ends_with(end)) && id.len() >= 4 {
                    sought.insert(id.to_string());
                }
            });
            assert!(sought.len() > 100, "{path}");
            // Words and numbers of the output, and the values of one that are looked for.
            let mut left = BTreeSet::new();
            texts(&after, "", &mut |path, text| {
                // The words of codes and cities are ordinary ones.
                if ![".display", ".text", ".code", ".system", ".url"]
                    .iter()
                    .any(|end| path.ends_with(end))
                {
                    left.extend(
                        text.split(|c: char| !(c.is_alphanumeric() || "-. ".contains(c)))
                            .map(str::to_string),
                    );
                }
            });
            for value in &sought {
                assert!(!left.contains(value), "{path}, {}: {value}", policy.0);
            }
            // Where the name is unmistakable, nowhere at all.
            for value in sought
                .iter()
                .filter(|value| value.chars().any(|c| c.is_ascii_digit()) && value.len() > 7)
            {
                assert!(!holds(&text, value), "{path}, {}: {value}", policy.0);
            }
        }
    }
}

/// What is between two texts, each time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

/// Elements of persons and places in CDA whose text says who or where.
const SAYING: &[&str] = &["family", "given", "streetAddressLine", "city", "postalCode"];

#[test]
fn documents_of_cda_leave_without_their_identifiers_and_with_their_codes() {
    for (path, bytes) in samples("ccda") {
        let path = path.display();
        let before = std::str::from_utf8(&bytes).expect("UTF-8").trim_start_matches('\u{feff}');
        for policy in [BUILTIN[0], BUILTIN[2]] {
            let after = cleaned("ccda", policy.1, &bytes);
            let after = after.unwrap_or_else(|code| panic!("{path}: {}", code.id()));
            let codes = |text: &str| -> Vec<String> {
                between(text, " code=\"", "\"").into_iter().map(str::to_string).collect()
            };
            let mut bare = before.to_string();
            while let Some(start) = bare.find("<!--") {
                let end = bare[start..].find("-->").expect("an end");
                bare.replace_range(start..start + end + 3, "");
            }
            assert_eq!(codes(&bare), codes(&after), "{path}");
            let mut sought = BTreeSet::new();
            for name in SAYING {
                for inner in between(&bare, &format!("<{name}"), &format!("</{name}>")) {
                    sought.insert(inner.split_once('>').map_or("", |(_, text)| text).trim());
                }
            }
            sought.extend(between(&bare, " value=\"tel:", "\""));
            sought.extend(between(&bare, "birthTime value=\"", "\""));
            let patient = between(&bare, "<patientRole", "<patient>");
            sought.extend(patient.iter().flat_map(|role| between(role, "extension=\"", "\"")));
            sought.retain(|value| value.chars().filter(|c| c.is_alphanumeric()).count() >= 4);
            assert!(sought.len() > 5, "{path}");
            for value in sought {
                assert!(!holds(&after, value), "{path}, {}: {value}", policy.0);
            }
            assert!(!after.contains("<!--"), "{path}");
        }
    }
}

/// Elements of persons and organisations in X12: segment, element.
const ELEMENTS: &[(&str, usize)] = &[
    ("ISA", 2),
    ("ISA", 4),
    ("ISA", 6),
    ("ISA", 8),
    ("GS", 2),
    ("GS", 3),
    ("NM1", 3),
    ("NM1", 4),
    ("NM1", 5),
    ("NM1", 9),
    ("N1", 2),
    ("N1", 4),
    ("N3", 1),
    ("N3", 2),
    ("N4", 1),
    ("N4", 3),
    ("PER", 2),
    ("PER", 4),
    ("PER", 6),
    ("PER", 8),
    ("REF", 2),
    ("DMG", 2),
    ("CLM", 1),
    ("CLP", 1),
    ("CLP", 7),
    ("SBR", 3),
    ("SBR", 4),
];

/// The segments of an interchange, each as its elements: a split at the marks that ISA gives, and no more.
fn elements(text: &str) -> Vec<Vec<String>> {
    let (mark, end) = (text.as_bytes()[3] as char, text.as_bytes()[105] as char);
    let segments = text.split(end).map(str::trim_start).filter(|segment| !segment.is_empty());
    segments.map(|segment| segment.split(mark).map(str::to_string).collect()).collect()
}

#[test]
fn interchanges_of_x12_leave_without_their_identifiers_and_with_their_codes() {
    let (mut clean, mut refused) = (0, 0);
    for (path, bytes) in samples("x12") {
        let path = path.display();
        for policy in [BUILTIN[0], BUILTIN[2]] {
            let after = match cleaned("x12", policy.1, &bytes) {
                Ok(after) => after,
                Err(code) => {
                    assert_eq!(code, Code::NotX12, "{path}");
                    assert!(!bytes.starts_with(b"ISA"), "{path}");
                    refused += 1;
                    continue;
                }
            };
            clean += 1;
            let (old, new) =
                (elements(std::str::from_utf8(&bytes).expect("UTF-8")), elements(&after));
            let shape = |segments: &[Vec<String>]| -> Vec<(String, usize)> {
                segments.iter().map(|segment| (segment[0].clone(), segment.len())).collect()
            };
            assert_eq!(shape(&old), shape(&new), "{path}");
            for (old, new) in old.iter().zip(&new) {
                let codes =
                    ["HI", "SV1", "SV2", "SV3", "SVC", "HL", "SE", "GE", "IEA", "ST", "CAS"];
                if codes.contains(&old[0].as_str()) {
                    assert_eq!(old, new, "{path}");
                }
            }
            let mut sought = BTreeSet::new();
            for segment in &old {
                for (_, element) in ELEMENTS.iter().filter(|(name, _)| *name == segment[0]) {
                    let value = segment.get(*element).map_or("", |value| value.trim());
                    if value.chars().filter(|c| c.is_alphanumeric()).count() >= 4 {
                        sought.insert(value);
                    }
                }
            }
            assert!(!sought.is_empty(), "{path}");
            for value in sought {
                let left = new.iter().flatten().find(|text| holds(text, value));
                assert!(left.is_none(), "{path}, {}: {value} in {left:?}", policy.0);
            }
        }
    }
    assert!(clean + refused == 0 || clean >= 8 && refused == 2, "{clean} clean, {refused} refused");
}

#[test]
fn messages_of_hl7_leave_without_their_identifiers_and_with_their_codes() {
    let messages = samples("hl7v2");
    for policy in [BUILTIN[0], BUILTIN[2]] {
        for (path, bytes) in &messages {
            let path = path.display();
            let after = cleaned("hl7v2", policy.1, bytes);
            let after = after.unwrap_or_else(|code| panic!("{path}: {}", code.id()));
            let before = std::str::from_utf8(bytes).expect("UTF-8");
            let (old, new) = (values(before), values(&after));
            let codes = |values: &[(String, usize, usize, String)]| -> Vec<String> {
                values.iter().filter(|one| listed(CODES, one)).map(|one| one.3.clone()).collect()
            };
            assert_eq!(codes(&old), codes(&new), "{path}");
            let sought: BTreeSet<_> = old
                .iter()
                .filter(|one| listed(IDENTIFYING, one))
                .map(|one| one.3.trim())
                .filter(|value| value.chars().filter(|c| c.is_alphanumeric()).count() >= 4)
                .collect();
            assert!(!sought.is_empty(), "{path}");
            for value in sought {
                let left: Vec<_> = new.iter().filter(|one| holds(&one.3, value)).collect();
                assert!(left.is_empty(), "{path}, {}: {value} in {left:?}", policy.0);
            }
        }
    }
}
