//! Who may receive what: each way in which a destination's terms refuse a pipeline, and what a view leaves of a record.

use std::path::{Path, PathBuf};
use weir::clean::{Batch, Disposition, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Code, Day, Ymd};
use weir::policy::{Doors, Pipeline, Problems, load_destinations, load_pipeline};

const SCHEMA: &str = "\
schema: visit
format: json
subject: $.mrn
fields:
  $.mrn: mrn
  $.name: person_name
  $.born: birth_date
  $.ssn: ssn
  $.icd10: clinical_code
  $.note: free_text
  $.n: {class: opaque_id}
";

const POLICY: &str = "\
policy: tokens
basis: pseudonymized
classes:
  mrn: fpe
  person_name: siv
  birth_date: {generalize: year}
  clinical_code: keep
  free_text: detect
  opaque_id: keep
default: remove
";

const PIPELINE: &str = "\
pipeline: visits
source: {topics: [raw], schema: visit, key: mrn}
policy: tokens
destination: d
sink: {topic: clean}
quarantine: {topic: refused}
";

const DESTINATION: &str = "\
destinations:
  d:
    use: rag_index
    recipient: vendor
    vendor: Example GmbH
    region: eu-central-1
    baa: {reference: BAA-1, expires: 2027-06-30}
    trains_on_data: false
    accepts: [pseudonymized, limited_dataset]
";

fn day(year: i16, month: u8, day: u8) -> Day {
    Day(Ymd::new(year, month, day).expect("a day"))
}

/// The four documents in a folder of their own.
struct Documents {
    root: PathBuf,
    texts: [(&'static str, String); 4],
}

impl Documents {
    fn new(name: &str) -> Documents {
        let name = format!("weir-destinations-{name}-{}", std::process::id());
        let texts = [
            ("schemas/visit.yaml", SCHEMA.to_string()),
            ("policies/tokens.yaml", POLICY.to_string()),
            ("pipelines/p.yaml", PIPELINE.to_string()),
            ("destinations.yaml", DESTINATION.to_string()),
        ];
        Documents { root: std::env::temp_dir().join(name), texts }
    }

    /// Puts one text in place of another, which stands in one of the documents once.
    fn with(mut self, (old, new): (&str, &str)) -> Documents {
        let all: usize = self.texts.iter().map(|(_, text)| text.matches(old).count()).sum();
        assert_eq!(all, 1, "{old}");
        self.texts.iter_mut().for_each(|(_, text)| *text = text.replace(old, new));
        self
    }

    fn load(&self, today: Day) -> Result<Pipeline, Problems> {
        for (path, text) in &self.texts {
            let path = self.root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("writes");
        }
        load_pipeline(&self.root.join("pipelines/p.yaml"), today, Doors::SHUT)
    }
}

impl Drop for Documents {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

const TODAY: (i16, u8, u8) = (2026, 11, 30);

/// What stands in a document, and what is put there.
type Change = (&'static str, &'static str);

/// What is changed in documents that are right, and what comes of it; one code each.
const REFUSED: &[(&str, &[Change], Code)] = &[
    ("no agreement", &[("    baa: {reference: BAA-1, expires: 2027-06-30}\n", "")], Code::NoBaa),
    ("none, as null", &[("{reference: BAA-1, expires: 2027-06-30}", "null")], Code::NoBaa),
    ("one that has lapsed", &[("2027-06-30", "2026-11-29")], Code::TermsLapsed),
    (
        "one of another use",
        &[("expires: 2027-06-30", "expires: 2027-06-30, purpose: prompt")],
        Code::UseNotCovered,
    ),
    (
        "one of other uses",
        &[("expires: 2027-06-30", "expires: 2027-06-30, purpose: [prompt, fine_tuning]")],
        Code::UseNotCovered,
    ),
    ("one without a reference", &[("reference: BAA-1, ", "")], Code::MissingKey),
    ("a basis that it does not accept", &[("[pseudonymized, ", "[")], Code::BasisNotAccepted),
    (
        "a limited data set without an agreement",
        &[("basis: pseudonymized", "basis: limited_dataset")],
        Code::DataUseAgreement,
    ),
    (
        "a data use agreement of a wrong purpose",
        &[(
            "    trains",
            "    dua: {reference: D1, expires: 2027-01-01, purpose: marketing}\n    trains",
        )],
        Code::WrongValue,
    ),
    (
        "a data use agreement that has lapsed",
        &[(
            "    trains",
            "    dua: {reference: D1, expires: 2026-01-01, purpose: research}\n    trains",
        )],
        Code::TermsLapsed,
    ),
    (
        "a report on SOC 2 that is not to be relied on by now",
        &[("    trains", "    soc2: {report: 2025-03-31, expires: 2026-06-30}\n    trains")],
        Code::TermsLapsed,
    ),
    (
        "a report of a day to come",
        &[("    trains", "    soc2: {report: 2026-12-01}\n    trains")],
        Code::WrongValue,
    ),
    ("training without leave", &[("on_data: false", "on_data: true")], Code::TrainsWithoutLeave),
    (
        "training without leave, as the use",
        &[("use: rag_index", "use: fine_tuning"), ("on_data: false", "on_data: true")],
        Code::TrainsWithoutLeave,
    ),
    ("an open question", &[("    trains_on_data: false\n", "")], Code::MissingKey),
    (
        "another region",
        &[("destination: d", "destination: d\nresidency: [us-east-1, us-*]")],
        Code::OutsideResidency,
    ),
    (
        "a region that begins alike",
        &[("destination: d", "destination: d\nresidency: [eu-central]")],
        Code::OutsideResidency,
    ),
    (
        "a class that it may not have, as a token",
        &[("    trains", "    classes: {forbid: [person_name, ssn]}\n    trains")],
        Code::ClassForbidden,
    ),
    (
        "a class that it may not have, as a year",
        &[("    trains", "    classes: {forbid: [birth_date]}\n    trains")],
        Code::ClassForbidden,
    ),
    (
        "prose that it may not have",
        &[("    trains", "    classes: {forbid: [free_text]}\n    trains")],
        Code::ClassForbidden,
    ),
    (
        "a class that is not among those it may have",
        &[("    trains", "    classes: {allow: [mrn, birth_date, free_text]}\n    trains")],
        Code::ClassForbidden,
    ),
    (
        "a class that goes as a mask",
        &[
            ("  mrn: fpe", "  ssn: mask\n  mrn: fpe"),
            ("    trains", "    classes: {forbid: [ssn]}\n    trains"),
        ],
        Code::ClassForbidden,
    ),
    (
        "a record key that it may not have",
        &[
            ("  $.mrn: mrn\n", "  $.mrn: mrn\n  $.acc: account\n"),
            ("key: mrn", "key: account"),
            ("  mrn: fpe", "  account: fpe\n  mrn: fpe"),
            (
                "    trains",
                "    fields: {visit: [$.mrn]}\n    classes: {forbid: [account]}\n    trains",
            ),
        ],
        Code::ClassForbidden,
    ),
    (
        "a field that no schema has",
        &[("    trains", "    fields: {visit: [$.mrn, $.nmae]}\n    trains")],
        Code::WrongValue,
    ),
    (
        "a view of another schema alone",
        &[("    trains", "    fields: {visits: [$.mrn]}\n    trains")],
        Code::WrongValue,
    ),
    (
        "a header that nobody looks into",
        &[
            ("{topic: clean}", "{topic: clean, headers: [x-patient]}"),
            ("    trains", "    classes: {forbid: [ssn]}\n    trains"),
        ],
        Code::ClassForbidden,
    ),
    (
        "the same beside a view",
        &[
            ("{topic: clean}", "{topic: clean, headers: [content-type, x-patient]}"),
            ("    trains", "    fields: {visit: [$.mrn]}\n    trains"),
        ],
        Code::ClassForbidden,
    ),
    (
        "a vendor that fine-tunes and says that it does not train",
        &[("use: rag_index", "use: fine_tuning")],
        Code::TrainsWithoutLeave,
    ),
    (
        "a view of documents inside of values",
        &[
            (
                "  $.n: {class: opaque_id}",
                "  $.n: {class: opaque_id}\n  $.doc: {document: chat-jsonl}",
            ),
            ("    trains", "    fields: {visit: [$.mrn, $.doc]}\n    trains"),
        ],
        Code::NotBuiltYet,
    ),
    (
        "a place that files are not held to",
        &[
            ("topics: [raw]", "files: [raw.ndjson]"),
            (", key: mrn", ""),
            ("{topic: clean}", "{files: out}"),
            ("{topic: refused}", "{files: refused}"),
            ("    trains", "    private_endpoint: {cluster_id: abc}\n    trains"),
        ],
        Code::OutsideEndpoint,
    ),
    (
        "a network that is none",
        &[("    trains", "    private_endpoint: {cidrs: [10.20.0.1/16]}\n    trains")],
        Code::WrongValue,
    ),
    (
        "a star for a whole network",
        &[("    trains", "    private_endpoint: {tls_names: [\"*.internal\"]}\n    trains")],
        Code::WrongValue,
    ),
];

#[test]
fn each_term_refuses_by_its_own_code() {
    let today = day(TODAY.0, TODAY.1, TODAY.2);
    let right = Documents::new("right").load(today);
    right.unwrap_or_else(|problems| panic!("{problems}"));
    assert!(REFUSED.len() >= 20);
    for (n, (what, changes, code)) in REFUSED.iter().enumerate() {
        let documents = changes
            .iter()
            .fold(Documents::new(&n.to_string()), |documents, change| documents.with(*change));
        let Err(problems) = documents.load(today) else { panic!("{what}: it was taken") };
        let codes: Vec<_> = problems.0.iter().map(|problem| problem.code).collect();
        assert!(codes.iter().all(|one| one == code), "{what}: {problems}");
    }
}

/// What is near each of these, and right.
#[test]
fn what_the_terms_allow_is_taken() {
    let today = day(TODAY.0, TODAY.1, TODAY.2);
    let near: &[(&str, &[(&str, &str)])] = &[
        ("the last day of an agreement", &[("2027-06-30", "2026-11-30")]),
        ("one of several uses", &[("2027-06-30}", "2027-06-30, purpose: [prompt, rag_index]}")]),
        (
            "training with leave",
            &[("trains_on_data: false", "trains_on_data: true\n    training_leave: BAA-1 4.2")],
        ),
        (
            "own models",
            &[
                ("use: rag_index", "use: fine_tuning"),
                ("    recipient: vendor\n    vendor: Example GmbH", "    recipient: self"),
                ("on_data: false", "on_data: true"),
            ],
        ),
        ("a region of many", &[("destination: d", "destination: d\nresidency: [local, eu-*]")]),
        (
            "a forbidden class that is removed",
            &[("    trains", "    classes: {forbid: [ssn]}\n    trains")],
        ),
        (
            "a forbidden class that no field of the view has",
            &[(
                "    trains",
                "    classes: {forbid: [person_name]}\n    fields: {visit: [$.mrn]}\n    trains",
            )],
        ),
        (
            "codes and ids need no leave",
            &[(
                "    trains",
                "    classes: {allow: [mrn, person_name, birth_date, free_text]}\n    trains",
            )],
        ),
    ];
    for (n, (what, changes)) in near.iter().enumerate() {
        let documents = changes
            .iter()
            .fold(Documents::new(&format!("near-{n}")), |documents, one| documents.with(*one));
        documents.load(today).unwrap_or_else(|problems| panic!("{what}: {problems}"));
    }
}

#[test]
fn the_day_after_its_last_a_term_is_over() {
    let expert = "basis: {expert_determination: {report: R1, expires: 2026-12-24, max_risk: 0.05}}";
    let documents = Documents::new("terms")
        .with(("basis: pseudonymized", expert))
        .with(("accepts: [", "accepts: [expert_determination, "))
        .with(("    trains", "    soc2: {report: 2026-03-31, expires: 2027-01-31}\n    trains"));
    let pipeline =
        documents.load(day(2026, 11, 30)).unwrap_or_else(|problems| panic!("{problems}"));
    let terms: Vec<_> = pipeline.terms.iter().map(|one| (one.what, one.until)).collect();
    let ends = [
        ("expert_determination", day(2026, 12, 24)),
        ("soc2", day(2027, 1, 31)),
        ("baa", day(2027, 6, 30)),
    ];
    assert_eq!(terms, ends);
    assert_eq!(pipeline.terms[0].days_left(day(2026, 11, 30)), 24);
    assert!(pipeline.lapsed(day(2026, 12, 24)).is_none());
    assert_eq!(
        pipeline.lapsed(day(2026, 12, 25)).map(|one| one.what),
        Some("expert_determination")
    );
    // The table shows what no pipeline may rest on any more.
    let over = documents.with(("2027-06-30", "2020-01-01"));
    assert!(over.load(day(2026, 11, 30)).is_err());
    let all = load_destinations(&over.root.join("destinations.yaml")).expect("a table");
    assert!(all[0].terms()[0].days_left(day(2026, 11, 30)) < 0);
}

fn cleaned(pipeline: &Pipeline, record: &str) -> Result<serde_json::Value, Code> {
    let plan = &pipeline.plan;
    let keys = Keyring::for_tests("destinations").snapshot(&key_needs(plan)).expect("keys");
    let mut batch = Batch::new(day(2026, 11, 30));
    batch.push(None, Some(record.as_bytes()), None);
    let cleaned = finish(plan, &keys, &Subjects::default(), locate(plan, batch));
    match cleaned.disposition(0) {
        Disposition::Refused(code) => Err(code),
        _ => Ok(serde_json::from_slice(cleaned.value(0).expect("a value")).expect("JSON")),
    }
}

const RECORD: &str = r#"{"mrn":"0012345678","name":"Jane Canary","born":"1961-03-04","ssn":"219-09-9987","icd10":"E11.9","note":"Jane Canary, MRN 0012345678, was seen.","n":"0b7c1f4e-9d0a-4c58-8f3e-6d1f0c2b9a77"}"#;

#[test]
fn a_view_leaves_the_fields_that_it_names_and_changes_no_token() {
    let today = day(TODAY.0, TODAY.1, TODAY.2);
    let load = |documents: Documents| {
        documents.load(today).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let whole = load(Documents::new("whole"));
    let view = "    fields: {visit: [$.mrn, $.icd10, $.note], other: [$.x]}\n    trains";
    let narrow = load(Documents::new("view").with(("    trains", view)));
    assert_ne!(whole.plan.digest, narrow.plan.digest);
    let (whole, narrow) = (cleaned(&whole, RECORD), cleaned(&narrow, RECORD));
    let (whole, narrow) = (whole.expect("clean"), narrow.expect("clean"));
    let left: Vec<_> = ["mrn", "name", "born", "ssn", "icd10", "note", "n"]
        .into_iter()
        .filter(|name| narrow.get(name).is_some_and(|value| !value.is_null()))
        .collect();
    assert_eq!(left, ["mrn", "icd10", "note"]);
    // The name that the record no longer has is found in its prose all the same.
    assert_eq!((&whole["mrn"], &whole["note"]), (&narrow["mrn"], &narrow["note"]));
    let note = narrow["note"].as_str().expect("a note");
    assert!(!note.contains("Canary") && note.contains("[NAME~v"), "{note}");
}

#[test]
fn what_no_schema_lists_is_in_no_view() {
    let today = day(TODAY.0, TODAY.1, TODAY.2);
    let documents = Documents::new("scan")
        .with(("fields:\n  $.mrn", "unlisted: scan\nfields:\n  $.mrn"))
        .with(("    trains", "    fields: {visit: [$.mrn]}\n    trains"));
    let pipeline = documents.load(today).unwrap_or_else(|problems| panic!("{problems}"));
    let record = RECORD.replace("{\"mrn\"", "{\"ward\":\"north\",\"mrn\"");
    let left = cleaned(&pipeline, &record).expect("clean");
    let left = left.as_object().expect("an object").iter();
    let left: Vec<_> = left.filter(|(_, v)| !v.is_null()).map(|(name, _)| name.as_str()).collect();
    assert_eq!(left, ["mrn"]);
}

#[test]
fn the_examples_say_what_each_vendor_was_asked() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("destinations.yaml");
    let all = load_destinations(&file).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(all.iter().any(|one| one.vendor.is_some() && one.endpoint.is_some()));
}
