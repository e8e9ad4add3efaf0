//! The way back: which clean records are whose, and taking them out again. On the real broker, judged by Kafka's
//! own console consumer and by an index that this file makes and works the removal list off on.

use crate::broker::{
    Feeder, PARTITIONS, Stage, address, alter, console_count, console_values, create, ends, java,
    remove, terminate, wait_for, weir,
};
use crate::events::Judge;
use crate::kafka::{read_partition_at, words};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const RECORDS: u64 = 1_000_000;
const PATIENTS: u64 = 10_000;
/// The last records are newer ones under the keys of the first: what an update is.
const UPDATES: u64 = 10_000;

const SCHEMA: &str = "
schema: visit
format: json
subject: $.mrn
fields:
  $.mrn: {class: mrn, width: 10}
  $.id:  opaque_id
  $.seq: not_phi
";

pub(crate) fn mrn(patient: u64) -> String {
    format!("{}", 4_200_000_000 + patient * 7)
}

/// The 100 of 10,000.
fn is_asked_for(patient: u64) -> bool {
    patient % 100 == 7
}

fn note(n: u64) -> String {
    let first = if n >= RECORDS - UPDATES { n - (RECORDS - UPDATES) } else { n };
    format!("n{:08x}", (first as u32).wrapping_mul(2_654_435_761))
}

/// A record as a consumer of the clean topic gets it.
pub(crate) struct Clean {
    pub(crate) place: (i32, i64),
    pub(crate) key: String,
    /// The number of the source's record; nothing of a tombstone.
    pub(crate) seq: Option<u64>,
    id: String,
}

/// The clean topic, by Kafka's own console consumer.
pub(crate) fn consumed(topic: &str) -> Vec<Clean> {
    read_at("read_committed", topic)
}

/// The same, of what this isolation lets it see.
fn read_at(isolation: &str, topic: &str) -> Vec<Clean> {
    let mut command = java();
    command
        .arg("org.apache.kafka.tools.consumer.ConsoleConsumer")
        .args(["--bootstrap-server", &address(), "--topic", topic, "--from-beginning"])
        .args(["--isolation-level", isolation, "--timeout-ms", "8000"]);
    for property in ["print.key", "print.partition", "print.offset"] {
        command.args(["--formatter-property", &format!("{property}=true")]);
    }
    let out = command.output().expect("java runs");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let row = |line: &str| {
        let parts: Vec<_> = line.splitn(4, '\t').collect();
        let [partition, offset, key, value] = parts[..] else { panic!("four parts: {line}") };
        let number = |text: &str| text.split_once(':').expect("a name").1.parse::<i64>();
        let place = (number(partition).expect("one") as i32, number(offset).expect("one"));
        let value: Option<Value> =
            (value != "null").then(|| serde_json::from_str(value).expect("JSON"));
        let seq = value.as_ref().map(|value| value["seq"].as_u64().expect("a number"));
        let id = value.map_or(String::new(), |value| value["id"].as_str().expect("one").into());
        Clean { place, key: key.into(), seq, id }
    };
    text.lines().map(row).collect()
}

/// A pipeline of visits with a trail. `more` is added to it.
pub(crate) fn staged(name: &str, more: &str) -> Stage {
    let stage = Stage::with(name, |text| {
        let own = text.lines().find_map(|line| line.strip_prefix("pipeline: ")).expect("a name");
        let lines = text.lines().map(|line| match line.split_once(':') {
            Some(("source", _)) => {
                format!("source: {{topics: [{own}.source], schema: visit, key: opaque_id}}")
            }
            _ => line.to_string(),
        });
        let lines: Vec<_> = lines.collect();
        let trail = format!("\ntrail: {{topic: {own}.trail, chunk: $.id}}\n");
        lines.join("\n") + &trail + &more.replace("OWN", own)
    });
    std::fs::write(stage.folder.0.join("schemas/visit.yaml"), SCHEMA).expect("writes");
    stage.make(&["source", "quarantine", "lineage"], PARTITIONS);
    create(&stage.topic("clean"), PARTITIONS, &[("cleanup.policy", "compact")]);
    create(&stage.topic("trail"), 1, &[("retention.ms", "-1")]);
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    stage
}

/// Records of so many patients, in turn.
pub(crate) fn feed(
    stage: &Stage,
    numbers: std::ops::Range<u64>,
    patients: u64,
    key: impl Fn(u64) -> String,
    more: &str,
) {
    let feeder = Feeder::new();
    for n in numbers {
        let (mrn, key) = (mrn(n % patients), key(n));
        let value = format!(r#"{{"mrn":"{mrn}","id":"{key}","seq":{n}{more}}}"#);
        // An update is behind what it updates.
        feeder.send(&stage.topic("source"), (n % PARTITIONS as u64) as i32, &key, Some(&value));
    }
    feeder.done();
}

/// `weir impact` or `weir forget` with this stage's keys.
pub(crate) fn command(stage: &Stage, verb: &str, more: &[&str]) -> Command {
    let mut command = weir();
    let folder = &stage.folder.0;
    command.arg(verb).arg(stage.pipeline()).args(["--dev", "--kafka", &address(), "--keyring"]);
    command.arg(folder.join("weir.keyring"));
    command.env("WEIR_AUDIT", folder.join("audit.jsonl"));
    if verb == "forget" {
        command.arg("--quarantine-key").arg(folder.join("weir-quarantine.pub"));
        command.args(["--reason", "asked to"]);
        if !more.contains(&"--removal-list") {
            command.arg("--removal-list").arg(list_of(stage));
        }
    }
    command.args(more).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn list_of(stage: &Stage) -> PathBuf {
    stage.folder.0.join("removal.jsonl")
}

pub(crate) fn with_ids(mut command: Command, ids: &str) -> Output {
    let mut child = command.spawn().expect("runs");
    child.stdin.take().expect("piped").write_all(ids.as_bytes()).expect("writes");
    child.wait_with_output().expect("output")
}

pub(crate) fn json_lines(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("JSON")).collect()
}

/// Where a record is, and what is made of it, as a line of the list or of `weir impact` has it.
pub(crate) fn place_of(line: &Value, names: &str) -> ((i32, i64), Vec<String>) {
    let number = |name: &str| line[name].as_i64().expect("a number");
    let names = line[names].as_array().expect("a list").iter();
    let names = names.map(|name| name.as_str().expect("a text").to_string()).collect();
    ((number("partition") as i32, number("offset")), names)
}

/// An index as people keep one: two chunks of each note, found by the note's name.
fn index(clean: &[Clean]) -> BTreeMap<String, BTreeSet<u64>> {
    let mut index: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for record in clean {
        let Some(seq) = record.seq else { continue };
        for chunk in ["a", "b"] {
            index.entry(format!("{}#{chunk}", record.id)).or_default().insert(seq % PATIENTS);
        }
    }
    index
}

/// Each person's account is under a secret of their own.
pub(crate) fn with_own_secrets(stage: &Stage) {
    let policy = stage.folder.0.join("policies/pseudonymize.yaml");
    let text = std::fs::read_to_string(&policy).expect("reads");
    let own = text.replace("unique_id:     siv", "unique_id:     {kernel: siv, scope: subject}");
    assert_ne!(own, text);
    std::fs::write(&policy, own).expect("writes");
}

#[test]
fn a_hundred_people_are_found_among_a_million_records_and_taken_out() {
    let stage = staged("trail", "");
    feed(&stage, 0..RECORDS, PATIENTS, note, "");
    let child = stage.run().args(["--workers", "2"]).stderr(Stdio::piped()).spawn().expect("runs");
    wait_for(&stage, RECORDS as i64, Duration::from_secs(900));
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));

    // What is whose, by the number that each record kept.
    let clean = consumed(&stage.topic("clean"));
    assert_eq!(clean.len() as u64, RECORDS);
    let is_theirs = |record: &&Clean| record.seq.is_some_and(|seq| is_asked_for(seq % PATIENTS));
    let theirs: BTreeMap<_, _> = clean
        .iter()
        .filter(is_theirs)
        .map(|record| (record.place, vec![record.id.clone()]))
        .collect();
    assert_eq!(theirs.len() as u64, RECORDS / 100);

    // As people write them: with blanks, or without the width's zeros.
    let patients: Vec<_> = (0..PATIENTS).filter(|patient| is_asked_for(*patient)).collect();
    assert_eq!(patients.len(), 100);
    let written = |patient: &u64| match patient % 200 {
        7 => format!("{}\n", mrn(*patient)),
        _ => format!("{}-{}\n", &mrn(*patient)[..4], &mrn(*patient)[4..]),
    };
    let ids: String = patients.iter().map(written).collect();

    let began = Instant::now();
    let out = with_ids(command(&stage, "impact", &["--subject", "--json"]), &ids);
    println!(
        "weir impact of 100 people in {RECORDS} records: {:?}; {}",
        began.elapsed(),
        words(&out)
    );
    assert!(out.status.success(), "{}", words(&out));
    let lines = json_lines(&out.stdout);
    let found: BTreeMap<_, _> = lines.iter().map(|line| place_of(line, "chunks")).collect();
    assert_eq!(found.len(), lines.len(), "each once");
    assert!(found == theirs, "{} found of {}", found.len(), theirs.len());
    let seqs: BTreeMap<_, _> =
        clean.iter().filter_map(|record| Some((record.place, record.seq?))).collect();
    for line in &lines {
        let patient = patients[line["subjects"][0].as_u64().expect("one") as usize - 1];
        let seq = seqs[&place_of(line, "chunks").0];
        assert_eq!(seq % PATIENTS, patient, "the line of the input");
    }

    // Killed among its tombstones, and done again.
    let untouched = ends(&stage.topic("clean"));
    let mut killed = command(&stage, "forget", &[]).spawn().expect("runs");
    killed.stdin.take().expect("piped").write_all(ids.as_bytes()).expect("writes");
    let deadline = Instant::now() + Duration::from_secs(300);
    while ends(&stage.topic("clean")) == untouched {
        assert!(Instant::now() < deadline, "no tombstone");
        assert!(killed.try_wait().expect("asks").is_none(), "it has ended");
        std::thread::sleep(Duration::from_millis(5));
    }
    killed.kill().expect("kills");
    killed.wait().expect("ends");
    assert!(list_of(&stage).exists());
    let out = with_ids(command(&stage, "forget", &["--json"]), &ids);
    assert!(out.status.success(), "{}", words(&out));
    let page = &json_lines(&out.stdout)[0];
    assert_eq!(page["subjects"], 100);
    assert_eq!(page["records"], theirs.len());

    // The list names what is theirs, and nothing else.
    let list = json_lines(&std::fs::read(list_of(&stage)).expect("a list"));
    let listed: BTreeMap<_, _> = list.iter().map(|line| place_of(line, "ids")).collect();
    assert!(listed == theirs && list.len() == theirs.len());
    let mut index = index(&clean);
    let before = index.len();
    let gone: BTreeSet<_> = listed.values().flatten().cloned().collect();
    index.retain(|chunk, _| !gone.contains(chunk.split_once('#').expect("a chunk").0));
    assert!(!index.values().flatten().any(|patient| is_asked_for(*patient)));
    assert_eq!(before - index.len(), 2 * gone.len());
    assert_eq!(gone.len() as u64, (RECORDS - UPDATES) / 100);

    // Each key of theirs ends with a tombstone, and no other does.
    let after = consumed(&stage.topic("clean"));
    let keys: BTreeSet<_> = clean.iter().filter(is_theirs).map(|record| &record.key).collect();
    let mut last: BTreeMap<&String, bool> = BTreeMap::new();
    let mut tombstones = 0u64;
    for record in &after {
        last.insert(&record.key, record.seq.is_none());
        tombstones += u64::from(record.seq.is_none());
    }
    let ended: BTreeSet<_> =
        last.iter().filter(|(_, ended)| **ended).map(|(key, _)| *key).collect();
    assert!(ended == keys, "{} of {} keys have ended", ended.len(), keys.len());
    assert_eq!(tombstones as usize, keys.len(), "each once, although it was done twice");
    let topic = &page["topics"][0];
    assert_eq!(topic["tombstones"], keys.len());
    let before = topic["tombstones_before"].as_u64().expect("one");
    println!("killed behind {before} of {} tombstones", keys.len());
    assert!((before as usize) < keys.len(), "it was killed too late to tell");
}

/// The trail's own copy of a person's number would be one too many.
fn holds_no_number(what: &str, bytes: &[u8], patients: &[u64]) {
    let text = String::from_utf8_lossy(bytes);
    for patient in patients {
        assert!(!text.contains(&mrn(*patient)), "{what} has the number of {patient}");
    }
}

#[test]
fn what_is_taken_out_is_proven_told_and_done_once() {
    const OF: u64 = 40;
    /// A class whose tokens are under a secret of the person.
    const UNIT: &str = r#","unit":"unit-12-b""#;
    let stage = staged("forget", "proof: {topic: OWN.proof}\n");
    create(&stage.topic("proof"), 1, &[("retention.ms", "-1")]);
    let folder = &stage.folder.0;
    with_own_secrets(&stage);
    std::fs::write(folder.join("schemas/visit.yaml"), SCHEMA.to_string() + "  $.unit: unique_id\n")
        .expect("writes");
    let run = |at: i64| {
        let mut command = stage.run();
        command.arg("--proof-key").arg(folder.join("weir-proof.key"));
        command.arg("--subjects").arg(folder.join("weir.subjects"));
        let child = command.stderr(Stdio::piped()).spawn().expect("runs");
        wait_for(&stage, at, Duration::from_secs(60));
        let out = terminate(child);
        assert!(out.status.success(), "{}", words(&out));
    };
    let key = |n: u64| format!("k{n:05}");
    feed(&stage, 0..2_000, OF, key, UNIT);
    run(2_000);
    let keys = |more: &[&str]| {
        let mut command = weir();
        command.arg("keys").args(more).arg("--dev").arg("--keyring");
        command.arg(folder.join("weir.keyring")).arg("--audit").arg(folder.join("audit.jsonl"));
        let out = command.output().expect("runs");
        assert!(out.status.success(), "{}", words(&out));
    };
    keys(&["rotate"]);
    feed(&stage, 2_000..3_999, OF, key, UNIT);
    // Somebody else's record under a key of theirs, in the same partition.
    let taken = format!(r#"{{"mrn":"{}","id":"{}","seq":3999{UNIT}}}"#, mrn(8), key(7));
    let feeder = Feeder::new();
    feeder.send(&stage.topic("source"), 3, &key(7), Some(&taken));
    feeder.done();
    run(4_000);

    let theirs = [7, 17];
    let ids = format!("{}\n{}\n", mrn(7), mrn(17));
    let impact = |more: &[&str], ids: &str| with_ids(command(&stage, "impact", more), ids);
    let counted = |more: &[&str]| {
        let out = impact(&[more, &["--json"]].concat(), "");
        assert!(out.status.success(), "{}", words(&out));
        json_lines(&out.stdout).len()
    };
    assert_eq!(counted(&["--key-version", "1"]), 2_000);
    assert_eq!(counted(&["--key-version", "2"]), 2_000);
    assert_eq!(counted(&["--policy", "pseudonymize"]), 4_000);
    assert_eq!(counted(&["--policy", "pseudonymize@0000000000000000"]), 0);
    assert_eq!(counted(&["--policy", "pseudonymize", "--until", "2020-01-01T00:00:00Z"]), 0);
    assert_eq!(counted(&["--since", "2020-01-01T00:00:00Z"]), 4_000);
    // One of them twice, and the second time with a dash.
    let twice = format!("{ids}{}-{}\n", &mrn(7)[..4], &mrn(7)[4..]);
    let out = impact(&["--subject"], &twice);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("200 records of 2 people in 4000"), "{}", words(&out));
    let out = impact(&["--subject", "--json"], &twice);
    let of_line = |line: u64| {
        let has = |one: &&Value| one["subjects"].as_array().expect("a list").contains(&line.into());
        json_lines(&out.stdout).iter().filter(has).count()
    };
    assert_eq!([1, 2, 3].map(of_line), [100; 3]);

    let forget = |ids: &str| {
        let mut command = command(&stage, "forget", &["--json"]);
        command.arg("--proof-key").arg(folder.join("weir-proof.key"));
        command.arg("--subjects").arg(folder.join("weir.subjects"));
        with_ids(command, ids)
    };
    let out = forget(&twice);
    assert!(out.status.success(), "{}", words(&out));
    let page = &json_lines(&out.stdout)[0];
    assert_eq!(page["subjects"], 2);
    assert_eq!((&page["shredded"], &page["records"]), (&2.into(), &200.into()));
    let topic = &page["topics"][0];
    let counts = ["tombstones", "tombstones_before", "replaced", "keyless", "gone"];
    assert_eq!(counts.map(|name| topic[name].as_u64().expect("one")), [199, 0, 1, 0, 0]);
    holds_no_number("its report", &[&out.stdout[..], &out.stderr].concat(), &theirs);

    // What cannot be written down does not happen.
    let other = folder.join("unwritten.jsonl");
    let mut unwritten = command(&stage, "forget", &["--removal-list"]);
    unwritten.arg(&other).arg("--proof-key").arg(folder.join("weir-proof.key"));
    unwritten.arg("--subjects").arg(folder.join("weir.subjects"));
    unwritten.args(["--audit", "/nonexistent/audit.jsonl", "--audit-key"]);
    unwritten.arg(folder.join("audit.key"));
    let out = with_ids(unwritten, &format!("{}\n", mrn(9)));
    assert!(!out.status.success() && !other.exists(), "{}", words(&out));

    // Again: nothing is done twice.
    let out = forget(&ids);
    assert!(out.status.success(), "{}", words(&out));
    let topic = &json_lines(&out.stdout)[0]["topics"][0];
    assert_eq!(counts.map(|name| topic[name].as_u64().expect("one")), [199, 199, 1, 0, 0]);
    let tombstones =
        |stage: &Stage| consumed(&stage.topic("clean")).iter().filter(|c| c.seq.is_none()).count();
    assert_eq!(tombstones(&stage), 199);
    // A list that somebody has to work off is not overwritten, and nothing is done.
    let out = forget(&format!("{}\n", mrn(9)));
    assert!(!out.status.success() && words(&out).contains("W0445"), "{}", words(&out));
    assert_eq!(tombstones(&stage), 199);

    // What was written by hand is proven like the rest.
    let verified = || {
        weir()
            .args(["verify", &stage.topic("clean"), "--proof", &stage.topic("proof")])
            .args(["--kafka", &address(), "--public-key"])
            .arg(folder.join("weir-proof.pub"))
            .output()
            .expect("runs")
    };
    let out = verified();
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("4199 records, 4199 proven"), "{}", words(&out));

    // It is told of, and says who to nobody.
    let lineage = console_values(&stage.topic("lineage"));
    holds_no_number("lineage", lineage.as_bytes(), &theirs);
    let events: Vec<Value> =
        lineage.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let job = format!("{}.forget", stage.name);
    let told: Vec<_> = events.iter().filter(|event| event["job"]["name"] == job.as_str()).collect();
    let kinds: Vec<_> = told.iter().map(|event| event["eventType"].as_str()).collect();
    assert_eq!(kinds, [Some("START"), Some("COMPLETE"), Some("START"), Some("COMPLETE")]);
    let judge = Judge::new();
    told.iter().for_each(|event| judge.holds(event));
    let removal = &told[1]["outputs"][0]["facets"]["weir_removal"];
    assert_eq!((&removal["subjects"], &removal["records"]), (&2.into(), &200.into()));
    assert_eq!((&removal["tombstones"], &removal["compacted"]), (&199.into(), &true.into()));
    let list = std::fs::read(list_of(&stage)).expect("a list");
    holds_no_number("the list", &list, &theirs);
    let mode = std::fs::metadata(list_of(&stage)).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // Whoever takes out by name would take somebody else's record with it.
    let reused: Vec<_> =
        json_lines(&list).into_iter().filter(|line| !line["reused"].is_null()).collect();
    assert_eq!(reused.len(), 1);
    assert_eq!(reused[0]["reused"], serde_json::json!([key(7)]));
    holds_no_number("the trail", console_values(&stage.topic("trail")).as_bytes(), &theirs);

    // Who did it, and how much it was.
    let audit = std::fs::read_to_string(folder.join("audit.jsonl")).expect("an audit");
    holds_no_number("the audit", audit.as_bytes(), &theirs);
    let acts: Vec<String> = audit
        .lines()
        .filter_map(|line| {
            let line: Value = serde_json::from_str(line).expect("JSON");
            let entry = if line["entry"].is_object() { &line["entry"] } else { &line };
            let act = entry["act"].as_str()?.strip_prefix("trail.")?.to_string();
            assert_eq!(entry["count"], 2, "{act}: people, and not lines");
            Some(act)
        })
        .collect();
    assert_eq!(acts, ["impact", "impact", "forget", "forgotten", "forget", "forgotten"]);

    // Their secrets are gone: what the source still brings of them is refused.
    feed(&stage, 4_007..4_008, OF, key, UNIT);
    run(4_001);
    let quarantine = console_count(&stage.topic("quarantine"));
    assert_eq!(quarantine, 1);

    // Under a version that was put aside nobody can say whose records are whose, and nobody claims to.
    keys(&["disable", "1"]);
    let out = impact(&["--subject"], &ids);
    assert!(!out.status.success() && words(&out).contains("W0444"), "{}", words(&out));
    let out = forget(&ids);
    assert!(!out.status.success() && words(&out).contains("W0444"), "{}", words(&out));
    assert_eq!(tombstones(&stage), 199, "and nothing is done");
    // What can be done is, where somebody says so, and it is told that there was more.
    let only = stage.folder.0.join("in-part.jsonl");
    let mut part = command(&stage, "forget", &["--json", "--in-part", "--removal-list"]);
    part.arg(&only).arg("--proof-key").arg(folder.join("weir-proof.key"));
    part.arg("--subjects").arg(folder.join("weir.subjects"));
    let out = with_ids(part, &ids);
    assert!(!out.status.success() && words(&out).contains("W0444"), "{}", words(&out));
    let page = &json_lines(&out.stdout)[0];
    assert_eq!((&page["whole"], &page["records"]), (&false.into(), &100.into()));
    keys(&["enable", "1"]);

    // Another keyring has a version 1, too, and knows nobody: that is not nobody's record.
    let other = crate::broker::Folder::new("forget-other");
    let init = weir()
        .current_dir(&other.0)
        .args(["keys", "init", "--dev", "--tenant", "test"])
        .output()
        .expect("runs");
    assert!(init.status.success(), "{}", words(&init));
    let mut foreign = weir();
    foreign.arg("impact").arg(stage.pipeline()).args(["--subject", "--dev", "--kafka", &address()]);
    foreign.arg("--keyring").arg(other.0.join("weir.keyring"));
    foreign.arg("--audit").arg(other.0.join("weir-audit.jsonl"));
    foreign.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let out = with_ids(foreign, &ids);
    assert!(!out.status.success() && words(&out).contains("W0444"), "{}", words(&out));

    // The clean topic is another one by now: what stands where theirs stood is somebody else's.
    let anew = |topic: &str| {
        remove(topic);
        create(topic, PARTITIONS, &[("cleanup.policy", "compact")]);
    };
    anew(&stage.topic("clean"));
    let feeder = Feeder::new();
    for n in 0..4_000u64 {
        let (partition, key) = ((n % PARTITIONS as u64) as i32, format!("other-{n}"));
        feeder.send(&stage.topic("clean"), partition, &key, Some(r#"{"id":"x","seq":1}"#));
    }
    feeder.done();
    std::fs::remove_file(list_of(&stage)).expect("removes");
    let out = forget(&ids);
    assert!(!out.status.success() && words(&out).contains("W0443"), "{}", words(&out));
    let topic = &json_lines(&out.stdout)[0]["topics"][0];
    assert_eq!((&topic["moved"], &topic["tombstones"]), (&200.into(), &0.into()));
    assert_eq!(tombstones(&stage), 0);

    // An entry that nobody can read is somebody else's.
    let feeder = Feeder::new();
    feeder.send(&stage.topic("trail"), 0, "x", Some("no entry"));
    feeder.done();
    let out = impact(&["--key-version", "2"], "");
    assert!(!out.status.success() && words(&out).contains("W0443"), "{}", words(&out));
}

/// Two processes, killed with -9 in turn while their transactions are open: partitions move, what was begun is
/// aborted, and the trail has what a consumer at read_committed sees, of each person.
#[test]
fn a_trail_holds_over_kills_and_partitions_that_move() {
    const LIVES: u64 = 24;
    const A_LIFE: u64 = 2_000;
    const OF: u64 = 50;
    let stage = staged("trail-killed", "");
    let key = |n: u64| format!("k{n:05}");
    let start = |name: &str| {
        let mut command = stage.run();
        command.args(["--instance", name]).stderr(Stdio::null());
        command.spawn().expect("starts")
    };
    let mut processes = [start("a"), start("b")];
    let clean = stage.topic("clean");
    let trail = stage.topic("trail");
    // Entries that nobody has committed, of one that was killed.
    let is_torn = || {
        let count = |isolation| read_partition_at(isolation, &trail, 0).len();
        count("read_committed") < count("read_uncommitted")
    };
    let (mut life, mut fed) = (0, 0);
    while life < 4 || !is_torn() {
        assert!(life < LIVES, "each was killed too early or too late");
        feed(&stage, fed..fed + A_LIFE, OF, key, "");
        fed += A_LIFE;
        // Somebody's entry is there, and not committed yet. A look may come too late for what was fed: then there is more.
        let deadline = Instant::now() + Duration::from_secs(60);
        while !has_open(&trail) {
            assert!(Instant::now() < deadline, "no open transaction in life {life}");
            feed(&stage, fed..fed + A_LIFE / 10, OF, key, "");
            fed += A_LIFE / 10;
        }
        let (victim, name) = [(0, "a"), (1, "b")][life as usize % 2];
        processes[victim].kill().expect("kill -9");
        processes[victim].wait().expect("waits");
        processes[victim] = start(name);
        // What it has left open is ended by its successor, or by the broker.
        wait_for(&stage, fed as i64, Duration::from_secs(120));
        life += 1;
    }
    feed(&stage, fed..fed + A_LIFE, OF, key, "");
    fed += A_LIFE;
    wait_for(&stage, fed as i64, Duration::from_secs(240));
    for process in processes {
        assert!(terminate(process).status.success());
    }

    let seen = consumed(&clean);
    let aborted = read_at("read_uncommitted", &clean).len() - seen.len();
    println!("{life} kills, {aborted} records were aborted");
    assert!(seen.len() as u64 == fed && aborted > 0, "{} records, {aborted} aborted", seen.len());
    let mut theirs: BTreeMap<u64, BTreeMap<_, _>> = BTreeMap::new();
    for record in &seen {
        let patient = record.seq.expect("a number") % OF;
        theirs.entry(patient).or_default().insert(record.place, vec![record.id.clone()]);
    }
    let ids: String = (0..OF).map(|patient| format!("{}\n", mrn(patient))).collect();
    let out = with_ids(command(&stage, "impact", &["--subject", "--json"]), &ids);
    assert!(out.status.success(), "{}", words(&out));
    let lines = json_lines(&out.stdout);
    assert_eq!(lines.len() as u64, fed, "each once");
    let mut found: BTreeMap<u64, BTreeMap<_, _>> = BTreeMap::new();
    for line in &lines {
        let (place, names) = place_of(line, "chunks");
        let patient = line["subjects"][0].as_u64().expect("one") - 1;
        found.entry(patient).or_default().insert(place, names);
    }
    assert!(found == theirs, "another record of somebody than a consumer sees");
}

/// Whether a transaction is open on a topic of one partition, or becomes so within a second.
fn has_open(topic: &str) -> bool {
    use rdkafka::consumer::{BaseConsumer, Consumer};
    let looking = |isolation: &str| -> BaseConsumer {
        let mut config = crate::broker::config_of();
        config.set("isolation.level", isolation).create().expect("a consumer")
    };
    let (all, committed) = (looking("read_uncommitted"), looking("read_committed"));
    let end = |of: &BaseConsumer| {
        let marks = of.fetch_watermarks(topic, 0, Duration::from_secs(10));
        marks.expect("watermarks").1
    };
    let deadline = Instant::now() + Duration::from_secs(1);
    while Instant::now() < deadline {
        // What is committed only grows: asked last, it is behind still.
        let end_of_all = end(&all);
        if end(&committed) < end_of_all {
            return true;
        }
    }
    false
}

#[test]
fn a_trail_that_would_be_lost_is_refused() {
    let stage = staged("trail-kept", "");
    alter(&stage.topic("trail"), "retention.ms", "604800000");
    let out = stage.run().stderr(Stdio::piped()).output().expect("runs");
    assert!(!out.status.success() && words(&out).contains("W0442"), "{}", words(&out));
}

/// Nothing is ended in a topic that is not compacted: it would take nothing away.
#[test]
fn a_topic_that_keeps_everything_gets_no_tombstone() {
    let stage = staged("forget-kept", "");
    alter(&stage.topic("clean"), "cleanup.policy", "delete");
    let key = |n: u64| format!("k{n:05}");
    feed(&stage, 0..40, 4, key, "");
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("runs");
    wait_for(&stage, 40, Duration::from_secs(60));
    assert!(terminate(child).status.success());
    let out = with_ids(command(&stage, "forget", &["--json"]), &format!("{}\n", mrn(3)));
    assert!(out.status.success(), "{}", words(&out));
    let page = &json_lines(&out.stdout)[0];
    assert_eq!((&page["records"], &page["shredded"]), (&10.into(), &Value::Null));
    let topic = &page["topics"][0];
    assert_eq!((&topic["compacted"], &topic["tombstones"]), (&false.into(), &0.into()));
    assert_eq!(consumed(&stage.topic("clean")).len(), 40);
    let list = json_lines(&std::fs::read(list_of(&stage)).expect("a list"));
    let ids: BTreeSet<_> = list.iter().map(|line| line["ids"][0].to_string()).collect();
    let theirs = (0..40).filter(|n| n % 4 == 3).map(|n| format!("\"{}\"", key(n)));
    assert_eq!(ids, theirs.collect());
}
