//! Golden cases: folders of documents, records and what must become of them. See the README beside
//! them; a new case needs no Rust.

mod wire;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use weir::clean::{Batch, Counts, Disposition, SchemaRef, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Day, Epoch, Ymd};
use weir::policy::{BUILTIN, bind, no_transformer, plan_with};

fn root(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format)
}

/// How the files of a format end, and the schema of a case that has none of its own.
const FORMATS: &[(&str, &str, Option<&str>)] = &[
    ("json", "ndjson", None),
    ("hl7v2", "hl7", Some("schemas/hl7v2.yaml")),
    ("x12", "x12", Some("schemas/x12.yaml")),
    ("fhir", "ndjson", Some("schemas/fhir-r4.yaml")),
    ("cda", "xml", Some("schemas/ccda.yaml")),
    ("csv", "csv", None),
    ("text", "txt", None),
    ("avro", "ndjson", None),
    ("protobuf", "ndjson", None),
];

/// Formats whose cases are JSON here, and what the file with their writer schema is called.
const WRITERS: &[(&str, &str)] = &[("avro", "writer.avsc"), ("protobuf", "writer.proto")];

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The schemas of what stands inside of values that are a case's own: by name, `NAME.document.yaml`.
fn documents(case: &Path) -> Vec<(String, String)> {
    let files = std::fs::read_dir(case).expect("a folder").flatten();
    let own = files.filter_map(|file| {
        let name = file.file_name().to_string_lossy().strip_suffix(".document.yaml")?.to_string();
        Some((name, read(&file.path())))
    });
    own.collect()
}

/// What becomes of the records of one stem, each with a line feed behind it, and the tally. JSON is a record a line;
/// of another format a file is one.
fn clean(case: &Path, stem: &str) -> (String, String) {
    let format = case.parent().and_then(Path::file_name).expect("a folder");
    let known = FORMATS.iter().find(|(name, ..)| format == *name);
    let (_, ending, shipped) = known.expect("a format");
    let policy = std::fs::read_to_string(case.join("policy.yaml"));
    let policy = policy.unwrap_or_else(|_| BUILTIN[2].1.to_string());
    let own = case.join(format!("{stem}.schema.yaml"));
    let named = std::fs::read_to_string(case.join(format!("{stem}.schema.name")));
    let named = named.map(|name| format!("schemas/{}.yaml", name.trim())).ok();
    let shipped = named.or(shipped.map(str::to_string));
    let shipped = shipped.map(|path| Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let schema = read(&shipped.filter(|_| !own.exists()).unwrap_or(own));
    let others = documents(case);
    let others: Vec<_> = others.iter().map(|(name, text)| (&**name, &**text)).collect();
    let plan = plan_with(&schema, &others, &policy, today(), &no_transformer);
    let plan = plan.unwrap_or_else(|problems| panic!("{problems}"));
    let keys = Keyring::for_tests("golden").snapshot(&key_needs(&plan)).expect("keys");
    let mut batch = Batch::new(today());
    let input = read(&case.join(format!("{stem}.input.{ending}")));
    let input = input.strip_suffix('\n').unwrap_or(&input);
    let records: Vec<&str> = match *ending {
        "ndjson" => input.lines().collect(),
        _ => vec![input],
    };
    let language = WRITERS.iter().find(|(name, _)| format == *name);
    let writer = language
        .map(|(name, ending)| wire::writer(name, &read(&case.join(format!("{stem}.{ending}")))));
    let mut bound = None;
    if let Some(writer) = &writer {
        match bind(&plan, writer) {
            Ok(one) => bound = Some(Arc::new(one)),
            Err(gaps) => {
                let gaps = gaps.iter().map(|gap| format!("!{} {}\n", gap.code.id(), gap.path));
                return (gaps.collect(), String::new());
            }
        }
    }
    for record in records {
        match (&bound, &writer) {
            (Some(bound), Some(writer)) => {
                let schema = SchemaRef { writer: Arc::clone(bound), from: 0, ahead: 0 };
                batch.push(None, Some(&wire::encode(writer, record)), Some(schema));
            }
            _ => batch.push(None, Some(record.as_bytes()), None),
        }
    }
    let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
    // What consumers are told.
    let told = bound.zip(writer).map(|(bound, writer)| wire::told(&bound, &writer));
    let mut out = String::new();
    let mut counts = Counts::default();
    for record in 0..cleaned.len() {
        counts.add(&cleaned, record);
        match cleaned.disposition(record) {
            Disposition::Refused(code) => out.push_str(&format!("!{}\n", code.id())),
            _ => {
                let value = cleaned.value(record).expect("a value");
                match &told {
                    Some(schema) => out.push_str(&wire::decode(schema, value)),
                    None => out.push_str(std::str::from_utf8(value).expect("UTF-8")),
                }
                out.push('\n');
            }
        }
    }
    let mut report = serde_json::to_string_pretty(&counts.named(&plan)).expect("serialises");
    report += &told.as_ref().map_or(String::new(), wire::shown);
    (out, report + "\n")
}

#[test]
fn every_case_comes_out_as_expected() {
    #[expect(clippy::disallowed_methods, reason = "the door for writing what is expected")]
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    for (format, ending, _) in FORMATS {
        let mut stems = 0;
        let cases = std::fs::read_dir(root(format)).expect("a folder").flatten();
        for case in cases.map(|entry| entry.path()) {
            let files = std::fs::read_dir(&case).into_iter().flatten().flatten();
            for file in files.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
                let Some(stem) = file.strip_suffix(&format!(".input.{ending}")) else { continue };
                stems += 1;
                let (out, report) = clean(&case, stem);
                for (kind, got) in
                    [(format!("expected.{ending}"), out), ("report.json".into(), report)]
                {
                    let path = case.join(format!("{stem}.{kind}"));
                    if update {
                        std::fs::write(&path, &got).expect("writes");
                    }
                    assert_eq!(read(&path), got, "{}", path.display());
                }
            }
        }
        assert!(stems >= 10, "{format}: {stems} stems found");
    }
}

/// What a document about a mother says of her child is what the child's own document says, days included.
#[test]
fn a_section_about_a_child_is_about_the_child() {
    let case = root("cda").join("mother-child");
    let (mother, child) = (clean(&case, "mother").0, clean(&case, "child").0);
    let days = |document: &str| -> Vec<String> {
        let text = document.rsplit_once("<text>Born").expect("a section").1;
        let text = text.split_once("</section>").expect("an end").0;
        text.split("<effectiveTime").skip(1).map(|rest| rest.chars().take(17).collect()).collect()
    };
    assert_eq!(days(&mother).len(), 2);
    assert_eq!(days(&mother), days(&child));
    let own = |document: &str| {
        let rest = document.split("root=\"2.16.840.1.113883.19.5\" extension=").skip(1);
        rest.map(|rest| rest.chars().take(12).collect::<String>()).collect::<Vec<_>>()
    };
    assert_eq!(own(&mother)[1], own(&child)[0]);
    assert_ne!(own(&mother)[0], own(&child)[0]);
}

/// One patient as flat JSON, as nested JSON, inside a note, in HL7, X12, FHIR, CDA, CSV, Avro and Protobuf: one token a
/// class in all of them.
#[test]
fn one_patient_has_one_token_a_class_in_every_shape() {
    let case = root("json").join("one-patient");
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
    let message = clean(&root("hl7v2").join("one-patient"), "adt").0;
    // Out of the escapes of HL7.
    let message = message.replace("\\R\\", "~");
    let fields = |segment: &str| -> Vec<String> {
        let line = message.lines().find(|line| line.starts_with(segment)).expect("a segment");
        line.split('|').map(str::to_string).collect()
    };
    let (patient, visit, result) = (fields("PID"), fields("PV1"), fields("OBX"));
    assert_eq!(patient[3], format!("{mrn}^^^^MR"));
    assert_eq!(patient[5], format!("{name}^{name}^{name}"));
    assert_eq!((patient[7].as_str(), text(&flat["dob"])), ("1961", "1961".to_string()));
    assert_eq!((digits(&patient[13]), digits(&patient[19])), (phone.clone(), ssn.clone()));
    assert_eq!(visit[44], text(&flat["seen"]).replace('-', ""));
    assert!(result[5].contains(&mrn) && result[5].contains(&name), "{}", result[5]);
    assert_eq!(digits(result[5].rsplit(' ').next().expect("the SSN")), ssn);
    let claim = clean(&root("x12").join("one-patient"), "claim").0;
    let element = |head: &str, at: usize| -> String {
        let segment = claim.lines().rfind(|line| line.starts_with(head)).expect("a segment");
        segment.trim_end_matches('~').split('*').nth(at).expect("an element").to_string()
    };
    // X12 has no escape for the marks that stand in a token.
    let pointed = name.replace(['~', ':'], ".");
    for part in 3..6 {
        assert_eq!(element("NM1*IL", part), pointed);
    }
    assert_eq!((element("REF*EA", 2), element("REF*SY", 2)), (mrn.clone(), ssn.clone()));
    assert_eq!(
        (element("DMG", 2).as_str(), digits(&element("PER*IC*[", 4))),
        ("1961", digits(&patient[13]))
    );
    assert_eq!(element("DTP", 3), visit[44]);
    let note = element("NTE", 2);
    assert!(note.contains(&mrn) && note.contains(&pointed), "{note}");
    assert_eq!(digits(note.rsplit(' ').next().expect("the SSN")), ssn);
    let bundle = clean(&root("fhir").join("one-patient"), "patient").0;
    let bundle: serde_json::Value = serde_json::from_str(&bundle).expect("JSON");
    let patient = &bundle["entry"][0]["resource"];
    assert_eq!(text(&patient["identifier"][0]["value"]), mrn);
    assert_eq!(text(&patient["identifier"][1]["value"]), text(&flat["ssn"]));
    for part in [
        &patient["name"][0]["family"],
        &patient["name"][0]["given"][0],
        &patient["name"][0]["given"][1],
    ] {
        assert_eq!(text(part), name);
    }
    assert_eq!(digits(&text(&patient["telecom"][0]["value"])), phone);
    assert_eq!(text(&patient["birthDate"]), "1961");
    let narrative = text(&patient["text"]["div"]);
    assert!(
        [&mrn, &name, &text(&flat["ssn"])].iter().all(|token| narrative.contains(token.as_str())),
        "{narrative}"
    );
    assert_eq!(text(&bundle["entry"][1]["resource"]["period"]["start"]), text(&flat["seen"]));
    let document = clean(&root("cda").join("one-patient"), "summary").0;
    let has = |text: &str| assert!(document.contains(text), "{text} in {document}");
    has(&format!("root=\"2.16.840.1.113883.19.5\" extension=\"{mrn}\""));
    has(&format!("root=\"2.16.840.1.113883.4.1\" extension=\"{}\"", text(&flat["ssn"])));
    has(&format!("<given>{name}</given><given>{name}</given><family>{name}</family>"));
    has("<birthTime value=\"1961\"/>");
    has(&format!("{name}, MRN {mrn}, SSN {}", text(&flat["ssn"])));
    assert!(digits(&document).contains(&phone), "{document}");
    has(&format!("<time value=\"{}1530-0600\"/>", text(&flat["seen"]).replace('-', "")));
    let table = clean(&root("csv").join("one-patient"), "visits").0;
    let row = table.lines().nth(1).expect("a line");
    let want = format!(
        "{mrn},\"{name}\",1961,{},{},{},E11.9,\"{name}, MRN {mrn}, SSN {}\"",
        text(&flat["phone"]),
        text(&flat["ssn"]),
        text(&flat["seen"]),
        text(&flat["ssn"])
    );
    assert_eq!(row, want);
    let record = clean(&root("avro").join("one-patient"), "patient").0;
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    for field in ["mrn", "name", "phone", "ssn"] {
        assert_eq!(record[field], flat[field], "{field}");
    }
    // Days since 1970.
    assert_eq!(record["born"], -3_287);
    let seen = record["seen"].as_i64().expect("a number");
    assert_eq!(Epoch::Days.day(seen).map(|day| day.to_string()), Some(text(&flat["seen"])));
    let note = text(&record["note"]);
    assert!(
        [&mrn, &name, &text(&flat["ssn"])].iter().all(|one| note.contains(one.as_str())),
        "{note}"
    );
    let record = clean(&root("protobuf").join("one-patient"), "patient").0;
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    for field in ["mrn", "name", "phone"] {
        assert_eq!(record[field], flat[field], "{field}");
    }
    assert_eq!((&record["born"], record["ssn"].to_string()), (&flat["dob"], ssn));
    assert_eq!(record["known"][&name], flat["phone"]);
    assert_eq!(record["seen"], format!("{}T08:00:00Z", text(&flat["seen"])));
    assert_eq!(record["note"], note);
}
