//! Topics with a schema registry: a real one, and records that Confluent's own client wrote and reads back.

use crate::broker::{PARTITIONS, Stage, address, ends, setting, terminate, wait_for};
use crate::kafka::{read_partition, words};
use rdkafka::Message;
use rdkafka::message::Headers;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(90);

fn peer(stage: &Stage, verb: &str, topic: &str, more: &[&str], lines: &[String]) -> Vec<Value> {
    peer_at(&setting("WEIR_TEST_REGISTRY"), verb, &stage.topic(topic), more, lines)
}

/// What Confluent's client says, as JSON Lines.
fn peer_at(registry: &str, verb: &str, topic: &str, more: &[&str], lines: &[String]) -> Vec<Value> {
    let brokers = address();
    let all = [&[verb, &*brokers, registry, topic], more].concat();
    let out = crate::broker::peer("WEIR_TEST_REGISTRY_PEER", "registry.py", &all, lines);
    assert!(out.status.success(), "{}", words(&out));
    let out = String::from_utf8(out.stdout).expect("UTF-8");
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/registry");
    root.join(name).display().to_string()
}

/// Stages the pipeline that ships with weir.
fn stage(name: &str, pipeline: &str, terms: &str) -> Stage {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = root.join(format!("pipelines/{pipeline}.yaml"));
    let shipped = std::fs::read_to_string(shipped).expect("reads");
    let line = |head: &str| shipped.lines().find(|line| line.starts_with(head)).expect("a line");
    let schema = line("source:").split("schema: ").nth(1).expect("a schema");
    let schema = schema.split(',').next().expect("a name").to_string();
    assert!(line("registry:").contains("drift: quarantine"));
    let terms = terms.to_string();
    let stage = Stage::with(name, |text| {
        text.replace("clinical-note", &schema) + &format!("registry: {terms}\n")
    });
    let own = format!("schemas/{schema}.yaml");
    std::fs::copy(root.join(&own), stage.folder.0.join(&own)).expect("copies");
    stage.make_topics();
    stage
}

fn run(stage: &Stage, registry: &str) -> std::process::Child {
    let mut command = stage.run();
    command.args(["--registry", registry]).stderr(Stdio::piped());
    command.spawn().expect("starts")
}

fn note(generator: &Generator, n: u64) -> Value {
    serde_json::from_str(&generator.note(n).value).expect("JSON")
}

fn lines(records: &[(String, Value)]) -> Vec<String> {
    let line = |(key, value): &(String, Value)| serde_json::json!({"key": key, "value": value});
    records.iter().map(|record| line(record).to_string()).collect()
}

/// Notes, and a tombstone behind them.
fn notes(generator: &Generator, count: u64) -> Vec<(String, Value)> {
    let one = |n| (generator.note(n).key, note(generator, n));
    let mut notes: Vec<_> = (0..count).map(one).collect();
    notes.push((generator.note(0).key, Value::Null));
    notes
}

/// What another client reads of the clean topic says of each note what it said, but for what the policy changes.
fn judge(generator: &Generator, sent: &[(String, Value)], rows: &[Value]) {
    assert_eq!(rows.len(), sent.len());
    let text = |value: &Value, path: &str| {
        let found = value.pointer(path).unwrap_or_else(|| panic!("{path} in {value}"));
        found.as_str().map_or_else(|| found.to_string(), str::to_string)
    };
    let by_id: BTreeMap<String, &(String, Value)> = sent
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|record| (text(&record.1, "/note/id"), record))
        .collect();
    let identifiers: Vec<String> =
        generator.patients().iter().flat_map(weir_synth::Patient::identifiers).collect();
    let finder = aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&identifiers)
        .expect("builds");
    let mut tokens: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let (key, value) = (text(row, "/key"), &row["value"]);
        assert!(row["headers"]["__value_schema_id"].is_null(), "{row}");
        if value.is_null() {
            assert!(tokens.values().any(|token| *token == key) || rows[0]["value"].is_null());
            continue;
        }
        assert!(seen.insert(text(value, "/note/id")), "twice: {value}");
        let (mrn, before) = by_id[&text(value, "/note/id")];
        for path in ["/type", "/id", "/visit/icd10", "/patient/address/state"] {
            assert_eq!(value.pointer(path), before.pointer(path), "{path}");
        }
        for path in
            ["/patient/mrn", "/patient/name", "/patient/birthDate", "/visit/start", "/note/text"]
        {
            assert_ne!(value.pointer(path), before.pointer(path), "{path}");
        }
        assert_eq!(text(value, "/patient/mrn"), key);
        assert_eq!(*tokens.entry(mrn.clone()).or_insert_with(|| key.clone()), key);
        let (born, year) = (text(before, "/patient/birthDate"), text(value, "/patient/birthDate"));
        let (born, year) = (&born[..4], &year.trim_start_matches("<=")[..4]);
        // Who is 90 or older is of one group.
        assert!(year == born || born <= "1936" && year == "1936", "{born} {year}");
        assert!(text(value, "/note/text").contains(&text(value, "/patient/name")), "{value}");
        let line = value.to_string();
        let hit = finder.find_overlapping_iter(&line).find(|m| {
            let border = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            border(line[m.end()..].chars().next()) && border(line[..m.start()].chars().next_back())
        });
        assert!(hit.is_none(), "{line}");
    }
    assert_eq!(seen.len(), by_id.len());
    assert!(tokens.len() > 10);
}

/// All that was committed to the clean topic, as another client reads it.
fn all(stage: &Stage, format: &str) -> Vec<Value> {
    let topic = stage.topic("clean");
    let count: usize = (0..PARTITIONS).map(|n| read_partition(&topic, n).len()).sum();
    peer(stage, "read", "clean", &[format, &count.to_string()], &[])
}

/// Writes, cleans and reads back one format; gives the schema that clean records have.
fn there_and_back(name: &str, pipeline: &str, schema: &str, message: &[&str]) -> String {
    let format = name.split('-').next().expect("a format");
    let stage = stage(&format!("registry-{name}"), pipeline, "{}");
    let generator = Generator::new(31, 40);
    let sent = notes(&generator, 600);
    let more = [&[format, schema], message].concat();
    let written = peer(&stage, "write", "source", &more, &lines(&sent));
    assert_eq!(written[0]["written"], sent.len());
    look(&stage);
    let child = run(&stage, &setting("WEIR_TEST_REGISTRY"));
    wait_for(&stage, sent.len() as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(ends(&stage.topic("quarantine")), 0, "{}", words(&out));
    let rows = all(&stage, format);
    judge(&generator, &sent, &rows);
    let row = rows.iter().find(|row| !row["value"].is_null()).expect("a record");
    assert_ne!(row["schema_id"], written[0]["ids"][0]);
    row["subject_schema"].as_str().expect("a schema").to_string()
}

#[test]
fn avro_runs_from_one_client_of_a_registry_to_another() {
    let schema = there_and_back("avro", "notes-avro-to-rag", &file("note.avsc"), &[]);
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let patient = &schema["fields"][2]["type"]["fields"];
    assert_eq!(patient[0]["confluent:tags"], serde_json::json!(["WEIR_FPE"]));
    assert_eq!(patient[1]["confluent:tags"], serde_json::json!(["WEIR_SIV"]));
    assert_eq!(patient[2]["type"]["logicalType"], "date");
}

#[test]
fn a_schema_that_refers_to_others_is_bound_with_them() {
    let of =
        format!("org.example.ehr.Patient=patient-{}={}", std::process::id(), file("patient.avsc"));
    let more = ["--ref", &of];
    let schema =
        there_and_back("avro-refs", "notes-avro-to-rag", &file("note-referring.avsc"), &more);
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    // What changed in the other schema stands in this one.
    let patient = &schema["fields"][2]["type"]["fields"];
    assert_eq!(patient[0]["confluent:tags"], serde_json::json!(["WEIR_FPE"]));
}

#[test]
fn a_schema_that_has_to_be_there_and_is_not_puts_its_records_into_quarantine() {
    let stage = stage("registry-unregistered", "notes-avro-to-rag", "{register: false}");
    let generator = Generator::new(36, 40);
    let sent = notes(&generator, 20);
    peer(&stage, "write", "source", &["avro", &file("note.avsc")], &lines(&sent));
    let child = run(&stage, &setting("WEIR_TEST_REGISTRY"));
    wait_for(&stage, sent.len() as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("W0239"), "{}", words(&out));
    assert_eq!(codes(&stage), [("W0239".to_string(), 20)].into());
}

#[test]
fn json_schema_runs_from_one_client_of_a_registry_to_another() {
    let schema = there_and_back("json", "notes-registry-to-rag", &file("note.json"), &[]);
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let patient = &schema["properties"]["patient"]["properties"];
    assert_eq!(patient["mrn"]["confluent:tags"], serde_json::json!(["WEIR_FPE"]));
    assert!(patient["mrn"]["pattern"].is_null() && patient["birthDate"]["format"].is_null());
}

#[test]
fn protobuf_runs_from_one_client_of_a_registry_to_another() {
    let message = ["--message", "org.example.ehr.Note"];
    let schema = there_and_back("protobuf", "notes-protobuf-to-rag", &file("note.proto"), &message);
    // A field of a tag that says what became of it, and one that never had any.
    assert!(
        schema.contains("string mrn = 1 [(confluent.field_meta).tags = \"WEIR_FPE\"]"),
        "{schema}"
    );
    assert!(schema.contains("string author = 2;"), "{schema}");
}

/// The classes come from the tags of the registry's schema, at the start.
#[test]
fn tags_of_a_schema_name_classes() {
    let stage = stage("registry-tags", "notes-avro-to-rag", "{}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = root.join("schemas/note-tags.yaml");
    std::fs::copy(shipped, stage.folder.0.join("schemas/note-avro.yaml")).expect("copies");
    let registry = setting("WEIR_TEST_REGISTRY");
    let out = check(&stage, &registry);
    assert_eq!(out.status.code(), Some(3));
    assert!(words(&out).contains("W0435") && words(&out).contains("no subject"), "{}", words(&out));
    let generator = Generator::new(35, 40);
    let sent = notes(&generator, 60);
    let more = ["avro", &file("note-tagged.avsc")];
    peer(&stage, "write", "source", &more, &lines(&sent));
    let out = check(&stage, &registry);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("ok: 17 fields of schema note-tags"), "{}", words(&out));
    let child = run(&stage, &registry);
    wait_for(&stage, sent.len() as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let rows = peer(&stage, "read", "clean", &["avro", &sent.len().to_string()], &[]);
    judge(&generator, &sent, &rows);
}

#[test]
fn tags_beside_a_schema_are_patterns_of_names() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/notes-avro-to-rag.yaml");
    let folder = crate::broker::Folder::new("tags-beside");
    let root = path.parent().and_then(Path::parent).expect("a folder");
    for dir in ["pipelines", "schemas", "policies"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    std::fs::copy(root.join("destinations.yaml"), folder.0.join("destinations.yaml"))
        .expect("copies");
    let pipeline = folder.0.join("pipelines/p.yaml");
    std::fs::copy(&path, &pipeline).expect("copies");
    let schema = "schema: note-avro\nformat: avro\nsubject: $.patient.mrn\ntags: {PII: mrn, N: person_name, \
                  D: birth_date, H: unique_id}\nfields: {$.type: not_phi}\nunlisted: drop\n";
    std::fs::write(folder.0.join("schemas/note-avro.yaml"), schema).expect("writes");
    let text = std::fs::read_to_string(file("note.avsc")).expect("reads");
    let text = text.replace("confluent:tags", "other:tags");
    let tags = |of: &[(&str, &str)]| {
        of.iter().map(|(pattern, tag)| (pattern.to_string(), vec![tag.to_string()])).collect()
    };
    let load = |of: &[(&str, &str)]| {
        let writer = weir::policy::SchemaText {
            language: weir::policy::Language::Avro,
            text: text.clone(),
            references: Vec::new(),
            tags: tags(of),
            message: Vec::new(),
        };
        let day = weir::phi::Day(weir::phi::Ymd::new(2026, 11, 24).expect("a day"));
        let writer = |topic: &str, _| {
            assert_eq!(topic, "ehr.notes.avro");
            Ok(writer.clone())
        };
        let doors = weir::policy::Doors { writer: &writer, ..weir::policy::Doors::SHUT };
        weir::policy::load_pipeline(&pipeline, day, doors)
    };
    let beside = [("**.mrn", "PII"), ("org.example.ehr.Patient.name", "N"), ("patient.b*", "D")];
    let loaded = load(&beside).expect("a pipeline");
    let fields: Vec<_> =
        loaded.plan.fields.iter().map(|f| format!("{} {}", f.path, f.class)).collect();
    let want = [
        "$.type not_phi",
        "$.patient.mrn mrn",
        "$.patient.name person_name",
        "$.patient.birthDate birth_date",
    ];
    assert_eq!(fields, want);
    // A tag that nobody mapped is no absence of tags.
    let strange = load(&[("**.mrn", "PII"), ("**.phone", "Phone")]).expect_err("a strange tag");
    let says = |problem: &weir::policy::Problem| problem.message.contains("$.patient.phone");
    assert!(strange.0.iter().any(says), "{strange:?}");
    // A field of two classes has none.
    let two = load(&[("**.mrn", "PII"), ("**.mrn", "N")]).expect_err("two tags");
    assert!(two.0.iter().any(|problem| problem.code.id() == "W0109"), "{two:?}");
    let none = load(&[]).expect_err("the subject has no class");
    assert!(none.0.iter().any(|problem| problem.code.id() == "W0113"), "{none:?}");
}

/// A door to the registry that can be shut, and that knows GUIDs, which this registry does not.
struct Door {
    port: u16,
    open: Arc<AtomicBool>,
    guids: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Door {
    fn new() -> Door {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let door = Door { port, open: Arc::new(AtomicBool::new(true)), guids: Arc::default() };
        let (open, guids) = (Arc::clone(&door.open), Arc::clone(&door.guids));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if open.load(Ordering::SeqCst) {
                    let guids = guids.lock().expect("no panic").clone();
                    std::thread::spawn(move || through(client, &guids));
                }
            }
        });
        door
    }

    fn url(&self) -> String {
        let real = setting("WEIR_TEST_REGISTRY");
        let path = real.splitn(4, '/').nth(3).expect("a path");
        format!("http://127.0.0.1:{}/{path}", self.port)
    }
}

/// One request and its answer.
fn through(mut client: TcpStream, guids: &BTreeMap<String, String>) -> Option<()> {
    client.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    let head = loop {
        let read = client.read(&mut part).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&part[..read]);
        if let Some(at) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let mut text = String::from_utf8(request[..head].to_vec()).ok()?;
    let length = text.to_ascii_lowercase();
    let length = length.split("content-length:").nth(1).and_then(|rest| rest.lines().next());
    let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
    while request.len() < head + length {
        let read = client.read(&mut part).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&part[..read]);
    }
    for (guid, id) in guids {
        text = text.replace(&format!("/schemas/guids/{guid}"), &format!("/schemas/ids/{id}"));
    }
    let real = setting("WEIR_TEST_REGISTRY");
    let host = real.split('/').nth(2).expect("a host");
    let mut server = TcpStream::connect(host).ok()?;
    let text = text.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    server.write_all(text.as_bytes()).ok()?;
    server.write_all(&request[head..]).ok()?;
    std::io::copy(&mut server, &mut client).ok().map(|_| ())
}

#[test]
fn a_header_with_a_guid_names_a_schema_too() {
    let (door, stage) = (Door::new(), stage("registry-guid", "notes-avro-to-rag", "{}"));
    let generator = Generator::new(32, 40);
    let sent = notes(&generator, 50);
    let more = ["avro", &file("note.avsc"), "--wire", "v1"];
    let written = peer(&stage, "write", "source", &more, &lines(&sent));
    let text = |name: &str| written[0][name][0].as_str().map(str::to_string);
    let id = written[0]["ids"][0].to_string();
    door.guids.lock().expect("no panic").insert(text("guids").expect("a GUID"), id);
    let child = run(&stage, &door.url());
    wait_for(&stage, sent.len() as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let rows = peer(&stage, "read", "clean", &["avro", &sent.len().to_string()], &[]);
    judge(&generator, &sent, &rows);
}

/// The codes of what is in quarantine.
fn codes(stage: &Stage) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    let topic = stage.topic("quarantine");
    for message in (0..PARTITIONS).flat_map(|partition| read_partition(&topic, partition)) {
        let headers = message.headers().expect("headers");
        let code =
            headers.iter().find(|header| header.key == "weir-code").and_then(|one| one.value);
        let code = String::from_utf8(code.expect("a code").to_vec()).expect("UTF-8");
        *codes.entry(code).or_insert(0) += 1;
    }
    codes
}

#[test]
fn drift_is_quarantined_and_named_or_stops_the_run() {
    let generator = Generator::new(33, 40);
    let registry = setting("WEIR_TEST_REGISTRY");
    for stops in [false, true] {
        let terms = if stops { "{drift: stop}" } else { "{}" };
        let stage = stage(&format!("registry-drift-{stops}"), "notes-avro-to-rag", terms);
        let sent = notes(&generator, 30);
        peer(&stage, "write", "source", &["avro", &file("note.avsc")], &lines(&sent));
        let drifted: Vec<_> = (100..104)
            .map(|n| {
                let mut value = note(&generator, n);
                value["mother"] = Value::from(generator.patient_of(n).full_name());
                (generator.note(n).key, value)
            })
            .collect();
        let child = run(&stage, &registry);
        wait_for(&stage, sent.len() as i64, SOON);
        peer(&stage, "write", "source", &["avro", &file("note-drifted.avsc")], &lines(&drifted));
        // Of no registry, of a schema that it does not have, and cut off.
        let feeder = crate::broker::Feeder::new();
        if !stops {
            for value in ["{\"no\":1}", "\0\x7f\x7f\x7f\x7fx", "\0\0"] {
                feeder.send(&stage.topic("source"), 0, "12345678", Some(value));
            }
            feeder.done();
        }
        let out = if stops {
            crate::broker::wait(child, SOON)
        } else {
            wait_for(&stage, sent.len() as i64 + 7, SOON);
            terminate(child)
        };
        let said = words(&out);
        let check = check(&stage, &registry);
        let found = String::from_utf8_lossy(&check.stdout).into_owned();
        let line = format!("{} 2: $.mother: W0207", stage.topic("source-value"));
        assert!(found.starts_with(&line), "{found}{}", words(&check));
        assert_eq!(check.status.code(), Some(11));
        if stops {
            assert_eq!(out.status.code(), Some(11), "{said}");
            assert!(said.contains("W0128") && said.contains("$.mother"), "{said}");
            assert_eq!(ends(&stage.topic("quarantine")), 0);
        } else {
            assert!(out.status.success(), "{said}");
            assert!(said.contains("W0237"), "{said}");
            let want = [("W0235", 2), ("W0236", 1), ("W0237", 4)];
            assert_eq!(codes(&stage), want.map(|(code, n)| (code.to_string(), n)).into());
        }
        let rows = peer(&stage, "read", "clean", &["avro", &sent.len().to_string()], &[]);
        judge(&generator, &sent, &rows);
    }
}

/// A preview shows records of any format, and registers nothing.
fn look(stage: &Stage) {
    let registry = setting("WEIR_TEST_REGISTRY");
    let mut command = crate::broker::weir();
    command.arg("preview").arg(stage.pipeline()).args(["-n", "2", "--kafka", &address()]);
    let out = command.args(["--registry", &registry]).output().expect("runs");
    let shown = String::from_utf8(out.stdout.clone()).expect("UTF-8");
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(shown.lines().filter(|line| line.starts_with("before ")).count(), 2, "{shown}");
    assert!(shown.contains("\u{2039}mrn\u{203a}") && shown.contains("[NAME~v1:"), "{shown}");
    assert!(!shown.contains("quarantine"), "{shown}");
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown}");
    let subjects = ureq::get(format!("{registry}/subjects")).call().expect("answers");
    let subjects = subjects.into_body().read_to_string().expect("reads");
    let name = |kind: &str| format!("\"{}-value\"", stage.topic(kind));
    assert!(subjects.contains(&name("source")) && !subjects.contains(&name("clean")), "{subjects}");
}

fn check(stage: &Stage, registry: &str) -> Output {
    let mut command = crate::broker::weir();
    command.arg("check").arg(stage.pipeline()).args(["--drift", "--registry", registry]);
    command.output().expect("runs")
}

#[test]
fn a_registry_that_goes_away_is_waited_for_and_then_the_run_ends_and_nothing_is_lost() {
    let (door, stage) = (Door::new(), stage("registry-down", "notes-avro-to-rag", "{}"));
    let generator = Generator::new(34, 40);
    let sent = notes(&generator, 200);
    let child = run(&stage, &door.url());
    // It was asked before a record is read.
    let asked = Instant::now() + SOON;
    while ends(&stage.topic("lineage")) == 0 && Instant::now() < asked {
        std::thread::sleep(Duration::from_millis(50));
    }
    door.open.store(false, Ordering::SeqCst);
    let more = ["avro", &file("note.avsc")];
    peer(&stage, "write", "source", &more, &lines(&sent[..100]));
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(crate::broker::committed(&stage), 0);
    door.open.store(true, Ordering::SeqCst);
    wait_for(&stage, 100, SOON);
    // What is known is not asked for again; a new version is.
    door.open.store(false, Ordering::SeqCst);
    peer(&stage, "write", "source", &more, &lines(&sent[100..200]));
    wait_for(&stage, 200, SOON);
    peer(&stage, "write", "source", &["avro", &file("note-documented.avsc")], &lines(&sent[200..]));
    let again: Vec<_> = sent[..1].to_vec();
    peer(&stage, "write", "source", &["avro", &file("note-documented.avsc")], &lines(&again));
    let out = crate::broker::wait(child, SOON);
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("W0434"), "{}", words(&out));
    door.open.store(true, Ordering::SeqCst);
    let child = run(&stage, &door.url());
    wait_for(&stage, sent.len() as i64 + 1, SOON);
    assert!(terminate(child).status.success());
    // A note and the tombstone of its patient came twice: each record is there as often as it was written.
    let mut rows = all(&stage, "avro");
    let twice = rows.iter().rposition(|row| row["value"]["note"]["id"] == sent[0].1["note"]["id"]);
    rows.remove(twice.expect("the note that came twice"));
    judge(&generator, &sent, &rows);
}
