//! Golden cases: folders of documents, records and what must become of them. See the README beside
//! them; a new case needs no Rust.

use std::path::{Path, PathBuf};
use weir::clean::{Batch, Counts, Disposition, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Day, Ymd};
use weir::policy::{BUILTIN, plan_from_text};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/json")
}

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What becomes of the records of one stem: a line each, and the tally.
fn clean(case: &Path, stem: &str) -> (String, String) {
    let policy = std::fs::read_to_string(case.join("policy.yaml"));
    let policy = policy.unwrap_or_else(|_| BUILTIN[2].1.to_string());
    let schema = read(&case.join(format!("{stem}.schema.yaml")));
    let plan =
        plan_from_text(&schema, &policy, today()).unwrap_or_else(|problems| panic!("{problems}"));
    let keys = Keyring::for_tests("golden").snapshot(&key_needs(&plan)).expect("keys");
    let mut batch = Batch::new(today());
    for line in read(&case.join(format!("{stem}.input.ndjson"))).lines() {
        batch.push(None, Some(line.as_bytes()), None);
    }
    let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
    let mut out = String::new();
    let mut counts = Counts::default();
    for record in 0..cleaned.len() {
        counts.add(&cleaned, record);
        match cleaned.disposition(record) {
            Disposition::Refused(code) => out.push_str(&format!("!{}\n", code.id())),
            _ => {
                let value = cleaned.value(record).expect("a value");
                out.push_str(std::str::from_utf8(value).expect("UTF-8"));
                out.push('\n');
            }
        }
    }
    let report = serde_json::to_string_pretty(&counts.named(&plan)).expect("serialises");
    (out, report + "\n")
}

#[test]
fn every_case_comes_out_as_expected() {
    #[expect(clippy::disallowed_methods, reason = "the door for writing what is expected")]
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    let mut stems = 0;
    for case in std::fs::read_dir(root()).expect("a folder").flatten().map(|entry| entry.path()) {
        let files = std::fs::read_dir(&case).into_iter().flatten().flatten();
        for file in files.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
            let Some(stem) = file.strip_suffix(".schema.yaml") else { continue };
            stems += 1;
            let (out, report) = clean(&case, stem);
            for (kind, got) in [("expected.ndjson", out), ("report.json", report)] {
                let path = case.join(format!("{stem}.{kind}"));
                if update {
                    std::fs::write(&path, &got).expect("writes");
                }
                assert_eq!(read(&path), got, "{}", path.display());
            }
        }
    }
    assert!(stems >= 10, "{stems} stems found");
}

/// One patient as flat JSON, as nested JSON and inside a note: one token a class in all three.
#[test]
fn one_patient_has_one_token_a_class_in_every_shape() {
    let case = root().join("one-patient");
    let json = |stem: &str| -> Vec<serde_json::Value> {
        let out = clean(&case, stem).0;
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let (flat, nested, notes) = (&json("flat")[0], &json("nested")[0], json("note"));
    let text = |value: &serde_json::Value| value.as_str().expect("a string").to_string();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let patient = &nested["patient"];
    let (mrn, name) = (text(&flat["mrn"]), text(&flat["name"]));
    let (phone, ssn) = (digits(&text(&flat["phone"])), digits(&text(&flat["ssn"])));
    assert_ne!(mrn, "0012345678");
    assert_eq!(text(&patient["id"]["value"]), mrn);
    assert_eq!(text(&patient["name"][0]["family"]), name);
    assert_eq!(text(&patient["name"][0]["given"][0]), name);
    assert_eq!(digits(&text(&patient["telecom"][0])), format!("1{phone}"));
    assert_eq!(digits(&text(&patient["ssn"])), ssn);
    assert_eq!(flat["dob"], patient["birth"]);
    assert_eq!(text(&flat["seen"]), text(&nested["encounter"]["start"])[..10]);
    let first = text(&notes[0]["note"]);
    for token in [&mrn, &name, &text(&flat["ssn"])] {
        assert!(first.contains(token.as_str()), "{token} in {first}");
    }
    assert!(digits(&first).contains(&phone), "{first}");
    let second = text(&notes[1]["note"]);
    assert_eq!(second.matches(&name).count(), 3, "{second}");
    assert!(second.contains(&mrn) && second.contains("born 1961."), "{second}");
}
