//! `weir scan` as a program: the table, the draft, a schema held against records.

use crate::broker::{Folder, weir};
use crate::cli::words;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use weir::phi::{Day, Ymd};
use weir::policy::{BUILTIN, plan_from_text};
use weir_synth::{Generator, Patient};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn write(folder: &Folder, name: &str, lines: &[String]) -> PathBuf {
    let path = folder.0.join(name);
    std::fs::write(&path, lines.join("\n")).expect("writes");
    path
}

fn scan(path: &Path, arguments: &[&str]) -> Output {
    weir().arg("scan").arg(path).args(arguments).output().expect("runs")
}

fn report(path: &Path) -> Value {
    let out = scan(path, &["--json"]);
    assert_eq!(out.status.code(), Some(0), "{}", words(&out));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn class_of(report: &Value, path: &str) -> String {
    let rows = report["paths"].as_array().expect("paths");
    let row = rows.iter().find(|row| row["path"] == path);
    let row = row.unwrap_or_else(|| panic!("no {path} in {rows:#?}"));
    row["class"].as_str().expect("a class").to_string()
}

/// A patient as a FHIR resource, and an observation about them.
fn fhir(n: usize, patient: &Patient) -> [String; 2] {
    let id = format!("p-{}", 40_000 + n);
    let person = json!({
        "resourceType": "Patient", "id": id, "active": true,
        "meta": { "versionId": "1", "lastUpdated": "2024-03-01T10:00:00Z" },
        "identifier": [{ "system": "urn:oid:1.2.36.146", "value": patient.mrn }],
        "name": [{ "use": "official", "family": patient.family, "given": patient.given }],
        "telecom": [{ "system": "phone", "value": patient.phone_bracketed(), "use": "home" }],
        "gender": if patient.sex == "F" { "female" } else { "male" },
        "birthDate": patient.birth_iso(), "extension": [], "text": {},
        "address": [{ "line": [patient.street], "city": patient.city, "state": patient.state, "postalCode": patient.zip }],
    });
    let observation = json!({
        "resourceType": "Observation", "id": format!("o-{n}"), "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "4548-4" }] },
        "subject": { "reference": format!("Patient/{id}"), "display": patient.full_name() },
        "effectiveDateTime": "2024-03-02", "valueQuantity": { "value": 7.2, "unit": "%" },
    });
    [person.to_string(), observation.to_string()]
}

/// A flat record as an export has it, with a map by record number.
fn flat(n: usize, patient: &Patient) -> String {
    json!({
        "patient_first_name": patient.given[0], "patient_last_name": patient.family,
        "DOB": patient.birth_iso(), "SSN": patient.ssn, "home-phone": patient.phone,
        "memberId": format!("XQH88451{:04}", 1_000 + n), "acct": 440_012_390 + n,
        "zip": patient.zip.parse::<u32>().unwrap_or(0), "created_at": 1_700_000_000_000_u64 + n as u64 * 86_400_000,
        "status": "open", "amount": 12.5, "flag": n.is_multiple_of(2), "ip": format!("192.0.2.{}", n % 200),
        "comment": format!("{} called on 3/4/2024 from {}, wants a copy", patient.full_name(), patient.phone_bracketed()),
        "by_mrn": { &patient.mrn: "120/80" },
        "by_name": { patient.full_name(): 1 },
    })
    .to_string()
}

struct Sample {
    files: Vec<(&'static str, PathBuf)>,
    identifiers: Vec<String>,
    _folder: Folder,
}

fn sample(name: &str) -> Sample {
    let folder = Folder::new(name);
    let generator = Generator::unmistakable(11, 60);
    let patients = generator.patients();
    let each = |line: &dyn Fn(usize, &Patient) -> Vec<String>| -> Vec<String> {
        patients.iter().enumerate().flat_map(|(n, patient)| line(n, patient)).collect()
    };
    let notes: Vec<_> = (0..200).map(|n| generator.note(n).value).collect();
    let visits: Vec<_> = (0..200).map(|n| generator.visit(n).value).collect();
    let files = vec![
        ("notes", write(&folder, "notes.ndjson", &notes)),
        ("visits", write(&folder, "visits.ndjson", &visits)),
        ("fhir", write(&folder, "fhir.ndjson", &each(&|n, patient| fhir(n, patient).to_vec()))),
        ("flat", write(&folder, "flat.ndjson", &each(&|n, patient| vec![flat(n, patient)]))),
    ];
    let mut identifiers: Vec<String> =
        patients.iter().flat_map(Patient::identifiers).filter(|id| id.len() >= 4).collect();
    identifiers.extend((0..60).map(|n| format!("XQH88451{:04}", 1_000 + n)));
    Sample { files, identifiers, _folder: folder }
}

/// No identifier of any patient is in what a program wrote, on whatever stream.
fn assert_clean(out: &Output, identifiers: &[String]) {
    let written = format!("{}{}", text(out), words(out));
    for identifier in identifiers {
        assert!(!written.contains(identifier.as_str()), "a value is in the output:\n{written}");
    }
}

#[test]
fn classes_are_found_by_name_and_values() {
    let sample = sample("scan-classes");
    let expected: [(&str, &[(&str, &str)]); 4] = [
        (
            "notes",
            &[
                ("$.type", "not_phi"),
                ("$.id", "uuid"),
                ("$.patient.mrn", "mrn"),
                ("$.patient.name", "person_name"),
                ("$.patient.birthDate", "birth_date"),
                ("$.patient.ssn", "ssn"),
                ("$.patient.phone", "phone"),
                ("$.patient.address.line", "street"),
                ("$.patient.address.city", "city"),
                ("$.patient.address.state", "state"),
                ("$.patient.address.zip", "zip"),
                ("$.visit.id", "unique_id"),
                ("$.visit.start", "date"),
                ("$.visit.icd10[*]", "clinical_code"),
                ("$.note.author", "provider_name"),
                ("$.note.text", "free_text"),
            ],
        ),
        (
            "visits",
            &[
                ("$.family", "person_name"),
                ("$.given[*]", "person_name"),
                ("$.dob", "birth_date"),
                ("$.admitted", "date"),
                ("$.age", "age"),
                ("$.sex", "sex"),
                ("$.codes[*].code", "clinical_code"),
                ("$.vitals.bp", "clinical_value"),
                ("$.vitals.hr", "clinical_value"),
            ],
        ),
        (
            "fhir",
            &[
                ("$.resourceType", "not_phi"),
                ("$.active", "not_phi"),
                ("$.meta.lastUpdated", "date"),
                ("$.identifier[*].value", "unique_id"),
                ("$.name[*].family", "person_name"),
                ("$.telecom[*].value", "phone"),
                ("$.gender", "sex"),
                ("$.birthDate", "birth_date"),
                ("$.address[*].line[*]", "street"),
                ("$.address[*].postalCode", "zip"),
                ("$.code.coding[*].code", "clinical_code"),
                ("$.subject.reference", "unique_id"),
                ("$.subject.display", "person_name"),
                ("$.valueQuantity.value", "clinical_value"),
            ],
        ),
        (
            "flat",
            &[
                ("$.patient_first_name", "person_name"),
                ("$.DOB", "birth_date"),
                ("$.SSN", "ssn"),
                ("$['home-phone']", "phone"),
                ("$.memberId", "member_id"),
                ("$.acct", "account"),
                ("$.created_at", "date"),
                ("$.amount", "clinical_value"),
                ("$.flag", "not_phi"),
                ("$.ip", "ip"),
                ("$.comment", "free_text"),
                ("$.by_mrn.*~", "mrn"),
                ("$.by_name.*~", "person_name"),
            ],
        ),
    ];
    for ((name, path), (expected_name, fields)) in sample.files.iter().zip(expected) {
        assert_eq!(*name, expected_name);
        let report = report(path);
        for (field, class) in fields {
            assert_eq!(class_of(&report, field), *class, "{name} {field}");
        }
    }
}

#[test]
fn no_form_of_output_holds_a_value() {
    let sample = sample("scan-values");
    let schema = root().join("schemas/visit.yaml");
    let schema = schema.to_str().expect("a path");
    for (name, path) in &sample.files {
        for arguments in [
            &[][..],
            &["--json"],
            &["--schema", name],
            &["--schema", name, "--json"],
            &["--against", schema],
            &["--against", schema, "--json"],
        ] {
            let out = scan(path, arguments);
            assert!(!out.stdout.is_empty() || *name == "visits", "{name} {arguments:?}");
            assert_clean(&out, &sample.identifiers);
        }
    }
    // The visits are what their schema says.
    let out = scan(&sample.files[1].1, &["--against", schema]);
    assert_eq!(out.status.code(), Some(0), "{}{}", text(&out), words(&out));
}

#[test]
fn a_draft_is_a_schema_that_loads_and_covers_its_records() {
    let sample = sample("scan-draft");
    let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
    for (name, path) in &sample.files {
        let draft = path.with_file_name(format!("{name}.yaml"));
        let out = scan(path, &["--schema", name, "--out", draft.to_str().expect("a path")]);
        assert_eq!(out.status.code(), Some(0), "{}", words(&out));
        assert!(text(&out).is_empty());
        let written = std::fs::read_to_string(&draft).expect("reads");
        assert!(
            written.contains("\nunlisted: quarantine\n") && written.contains("\nsubject: $"),
            "{written}"
        );
        let rules = BUILTIN.iter().find(|(known, _)| *known == "pseudonymize").expect("a policy").1;
        if let Err(problems) = plan_from_text(&written, rules, today) {
            panic!("{name}: {problems}");
        }
        let out = scan(path, &["--against", draft.to_str().expect("a path")]);
        assert_eq!(out.status.code(), Some(0), "{name}: {}{}", text(&out), words(&out));
        // What a person decided is never overwritten.
        let out = scan(path, &["--schema", name, "--out", draft.to_str().expect("a path")]);
        assert_eq!(out.status.code(), Some(3));
        assert!(words(&out).contains("W0121"));
        assert_eq!(std::fs::read_to_string(&draft).expect("reads"), written);
    }
}

/// The whole way: the draft beside a pipeline, `weir check`, then `weir run` on the same file, and no
/// record is refused.
#[test]
fn a_pipeline_with_a_draft_checks_and_runs() {
    let sample = sample("scan-check");
    let (_, path) = &sample.files[1];
    let folder = Folder::new("scan-pipeline");
    for dir in ["pipelines", "schemas", "policies", "data"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    for file in ["destinations.yaml", "policies/pseudonymize.yaml"] {
        std::fs::copy(root().join(file), folder.0.join(file)).expect("copies");
    }
    let pipeline = std::fs::read_to_string(root().join("pipelines/notes-from-files.yaml"))
        .expect("reads")
        .replace("clinical-note", "drafted");
    std::fs::write(folder.0.join("pipelines/p.yaml"), pipeline).expect("writes");
    let draft = folder.0.join("schemas/drafted.yaml");
    let out = scan(path, &["--schema", "drafted", "--out", draft.to_str().expect("a path")]);
    assert!(out.status.success(), "{}", words(&out));
    let out =
        weir().current_dir(&folder.0).args(["check", "pipelines/p.yaml"]).output().expect("runs");
    assert!(out.status.success(), "{}", words(&out));
    let out = weir()
        .current_dir(&folder.0)
        .args(["preview", "pipelines/p.yaml", "-n", "200", "--json", "--file"])
        .arg(path)
        .output()
        .expect("runs");
    assert!(out.status.success(), "{}", words(&out));
    for line in text(&out).lines() {
        let shown: Value = serde_json::from_str(line).expect("JSON");
        assert!(shown["after"].as_str().is_some_and(|after| after.starts_with('{')), "{line}");
    }
}

#[test]
fn a_new_field_and_a_wrong_class_are_found() {
    let folder = Folder::new("scan-against");
    let generator = Generator::unmistakable(5, 40);
    let notes: Vec<String> = (0..100)
        .map(|n| {
            let mut note: Value = serde_json::from_str(&generator.note(n).value).expect("JSON");
            if n == 70 {
                note["patient"]["employer_phone"] =
                    json!(generator.patient_of(n).phone_bracketed());
            }
            if n % 25 == 3 {
                // Listed as not_phi.
                note["type"] = json!(generator.patient_of(n).phone_bracketed());
            }
            if n == 80 {
                note["patient"]["ssn"] = json!("none given");
            }
            if n == 90 {
                note["visit"]["start"] = json!({ "day": "2024-01-05" });
            }
            note["patient"].as_object_mut().expect("an object").remove("phone");
            note.to_string()
        })
        .collect();
    let path = write(&folder, "notes.ndjson", &notes);
    let schema = root().join("schemas/clinical-note.yaml");
    let schema = schema.to_str().expect("a path");
    let out = scan(&path, &["--against", schema]);
    assert_eq!(out.status.code(), Some(11), "{}", words(&out));
    assert!(words(&out).contains("W0120"), "{}", words(&out));
    let gaps = text(&out);
    for line in [
        "$.patient.employer_phone: not listed; in 1 of 100 records; perhaps phone",
        "$.type: listed as not_phi; phone in ",
        "$.patient.ssn: listed as ssn; 1 values do not have its form",
        "$.visit.start: another structure than the schema's, 1 times",
        "$.patient.phone: listed as phone; in no record",
    ] {
        assert!(gaps.contains(line), "{line} is not in\n{gaps}");
    }
    assert_eq!(gaps.lines().count(), 5, "{gaps}");
    let identifiers: Vec<String> = generator
        .patients()
        .iter()
        .flat_map(Patient::identifiers)
        .filter(|id| id.len() > 3)
        .collect();
    assert_clean(&out, &identifiers);
    let out = scan(&path, &["--against", schema, "--json"]);
    assert_eq!(out.status.code(), Some(11));
    let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let gaps = found["gaps"].as_array().expect("gaps");
    let kinds: Vec<_> = gaps.iter().map(|gap| gap["gap"].as_str().unwrap_or("")).collect();
    for kind in ["unlisted", "holds", "misfit", "structure", "missing"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    // A field that never comes is not uncovered.
    assert!(gaps.iter().all(|gap| (gap["gap"] == "missing") != (gap["open"] == true)));
    assert_clean(&out, &identifiers);
}

#[test]
fn numbers_that_no_token_can_be_made_of_are_not_covered() {
    let folder = Folder::new("scan-numbers");
    let schema = "schema: numbers\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: { class: mrn, type: number, width: 8 }\n  $.id: unique_id\n  $.lat: { class: geo_point, type: number }\n  $.lon: geo_point\n  $.seen: clinical_value\n";
    let schema = write(&folder, "numbers.yaml", &[schema.to_string()]);
    let gaps = |name: &str, record: Value| {
        let path = write(&folder, name, &[record.to_string()]);
        text(&scan(&path, &["--against", schema.to_str().expect("a path")]))
    };
    let good =
        json!({ "mrn": 40_012_345, "id": "A-12345", "seen": 7.2, "lat": 42.35, "lon": -71.05 });
    let covered = gaps("good.ndjson", good);
    assert!(!covered.contains("form"), "{covered}");
    // A fraction, and a number that is none in the schema.
    let open = gaps("bad.ndjson", json!({ "mrn": 40_012.5, "id": 1_234_567, "seen": 7.2 }));
    assert!(open.contains("$.mrn: listed as mrn; 1 values"), "{open}");
    assert!(open.contains("$.id: listed as unique_id; 1 values"), "{open}");
}

#[test]
fn lines_that_are_no_records_are_counted_by_code() {
    let folder = Folder::new("scan-malformed");
    let lines = [
        r#"{"mrn":"00123456","status":"open"}"#,
        r#"{"mrn":"00123457","status":"#,
        "",
        r#"{"mrn":"00123458","mrn":"00123459"}"#,
        "Jane Canary 00123450",
        r#"{"mrn":"00123451","status":"open"}"#,
    ]
    .map(String::from);
    let path = write(&folder, "lines.ndjson", &lines);
    let report = report(&path);
    assert_eq!(report["records"], 2);
    assert_eq!(report["refused"], json!({ "W0202": 2, "W0203": 1 }));
    let out = scan(&path, &[]);
    assert_clean(&out, &["Canary".into(), "001234".into()]);
    assert!(words(&out).contains("W0202"));
    // Nothing to look at is not nothing found.
    for arguments in [&[][..], &["--schema", "x"], &["--against", "schemas/visit.yaml"]] {
        let path = write(&folder, "none.ndjson", &["Jane Canary".to_string()]);
        let out = weir().current_dir(root()).arg("scan").arg(&path).args(arguments).output();
        let out = out.expect("runs");
        assert_eq!(out.status.code(), Some(3), "{}", words(&out));
        assert!(words(&out).contains("W0122"), "{}", words(&out));
        assert_clean(&out, &["Canary".into()]);
    }
}

/// One value among many of a list, numbers under a kept class, and lines that nobody read.
#[test]
fn what_is_rare_or_unread_is_not_covered() {
    let folder = Folder::new("scan-rare");
    let line = |status: &str| json!({ "mrn": "00123456", "status": status }).to_string();
    let mut lines: Vec<String> = (0..400).map(|_| line("final")).collect();
    lines[7] = line("Wilson Harrow, 12 Elm Street");
    let rare = write(&folder, "rare.ndjson", &lines);
    let draft = scan(&rare, &["--schema", "rare"]);
    let text = String::from_utf8_lossy(&draft.stdout).into_owned();
    let status = text.lines().find(|line| line.contains("$.status")).expect("listed");
    assert!(!status.contains("not_phi"), "{status}");

    let schema = folder.0.join("kept.yaml");
    let fields = "fields: {$.mrn: mrn, $.status: not_phi}\nunlisted: quarantine\n";
    std::fs::write(&schema, format!("schema: kept\nformat: json\n{fields}")).expect("writes");
    let against = |path: &Path| {
        let out = weir().arg("scan").arg(path).arg("--against").arg(&schema).output();
        out.expect("runs").status.code()
    };
    let clean = write(&folder, "clean.ndjson", &vec![line("final"); 20]);
    assert_eq!(against(&clean), Some(0));
    let numbers: Vec<String> = (0..100)
        .map(|n| json!({ "mrn": "00123456", "status": format!("{}", 123456789 + n) }).to_string())
        .collect();
    assert_eq!(against(&write(&folder, "numbers.ndjson", &numbers)), Some(11));
    let mut unread = vec![line("final"); 20];
    unread.push("garbage".to_string());
    assert_eq!(against(&write(&folder, "unread.ndjson", &unread)), Some(11));
}

#[test]
fn names_of_members_that_are_data_are_never_shown() {
    let folder = Folder::new("scan-names");
    let generator = Generator::unmistakable(9, 40);
    let lines: Vec<String> = generator
        .patients()
        .iter()
        .map(|patient| {
            json!({
                "by_mrn": { &patient.mrn: { "bp": "120/80", "ward": "C" } },
                "people": { patient.full_name(): { "seen": true } },
                "by_family": { &patient.family: 1 },
                "by_day": { patient.birth_iso(): 2 },
                "by_phone": { patient.phone_bracketed(): 3 },
                "mixed": { &patient.ssn: 4, "total": 5 },
                "by_user": { "jane.canary@example.com": 6 },
            })
            .to_string()
        })
        .collect();
    let path = write(&folder, "maps.ndjson", &lines);
    let mut identifiers: Vec<String> = generator
        .patients()
        .iter()
        .flat_map(Patient::identifiers)
        .filter(|id| id.len() > 3)
        .collect();
    identifiers.extend(generator.patients().iter().map(|patient| patient.family.clone()));
    identifiers.push("jane.canary".into());
    for arguments in
        [&[][..], &["--json"], &["--schema", "maps"], &["--against", "schemas/visit.yaml"]]
    {
        let out = weir().current_dir(root()).arg("scan").arg(&path).args(arguments).output();
        let out = out.expect("runs");
        assert_clean(&out, &identifiers);
        for path in [
            "$.by_mrn.*.bp",
            "$.by_mrn.*~",
            "$.people.*~",
            "$.by_family.*~",
            "$.mixed.total",
            "$.mixed.*~",
            "$.by_user.*~",
        ] {
            assert!(text(&out).contains(path), "{path} is not in\n{}", text(&out));
        }
    }
}

#[test]
fn a_hundred_thousand_paths_end_within_the_bounds() {
    let folder = Folder::new("scan-wide");
    // Words of letters alone, so that nothing but their number gives them away; and nested ones.
    let word = |mut n: usize| -> String {
        let mut word = String::from("q");
        while n > 0 {
            word.push(char::from(b'a' + (n % 26) as u8));
            n /= 26;
        }
        word
    };
    let wide: Vec<_> = (0..100_000).map(|n| format!("\"{}x\":{n}", word(n))).collect();
    let nested: Vec<String> = (0..2_000)
        .map(|n| {
            let inner: Vec<_> = (0..50).map(|m| format!("\"{}z\":1", word(n * 50 + m))).collect();
            format!("{{\"deep\":{{{}}}}}", inner.join(","))
        })
        .collect();
    let mut lines = vec![format!("{{{}}}", wide.join(","))];
    lines.extend(nested);
    let path = write(&folder, "wide.ndjson", &lines);
    let out = scan(&path, &["--json", "-n", "5000"]);
    assert_eq!(out.status.code(), Some(0), "{}", words(&out));
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert!(report["paths"].as_array().expect("paths").len() < 2_000, "{}", report["paths"]);
    assert_eq!(class_of(&report, "$.*"), "unique_id");
}

#[test]
fn records_are_not_held_to_a_schema_of_another_format() {
    let folder = Folder::new("scan-another-format");
    let path = write(&folder, "notes.ndjson", &["{\"a\":1}".to_string()]);
    let schema = root().join("schemas/hl7v2.yaml");
    let out = scan(&path, &["--against", schema.to_str().expect("a path")]);
    assert_eq!(out.status.code(), Some(3), "{}", words(&out));
    assert!(words(&out).contains("W0115") && words(&out).contains("hl7v2"), "{}", words(&out));
}

#[test]
fn standard_input_is_read_and_the_first_records_are_enough() {
    let mut child = weir()
        .args(["scan", "-", "--json", "-n", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let lines = "{\"mrn\":\"00123456\"}\n{\"mrn\":\"00123457\"}\n{\"other\":1}\n";
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("writes");
    let out = child.wait_with_output().expect("ends");
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(
        (report["records"].as_u64(), report["paths"].as_array().map(Vec::len)),
        (Some(2), Some(1))
    );
}
