//! Canaries on the real broker: planted among ordinary records, they come out in topics of their own
//! and nowhere else; and what must raise an alarm does.

use crate::broker::{
    Feeder, PARTITIONS, Stage, address, committed, console_values, create, terminate, wait_for,
    weir,
};
use rdkafka::message::{Header, Headers, Message, OwnedHeaders, OwnedMessage};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(90);

fn words(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr)
}

/// A stage whose pipeline has canary topics.
fn stage(name: &str) -> Stage {
    let stage = Stage::with(name, |text| text + "canary: true\n");
    stage.make_topics();
    for kind in ["clean", "quarantine"] {
        create(&canary_topic(&stage, kind), PARTITIONS, &[]);
    }
    stage
}

fn canary_topic(stage: &Stage, kind: &str) -> String {
    format!("canary.{}", stage.topic(kind))
}

fn ledger(stage: &Stage) -> PathBuf {
    stage.folder.0.join("canaries.jsonl")
}

fn canary(stage: &Stage, verb: &str) -> Command {
    let mut command = weir();
    command.args(["canary", verb]).arg(stage.pipeline()).args(["--kafka", &address(), "--ledger"]);
    command.arg(ledger(stage));
    command
}

fn plant(stage: &Stage, n: u32) -> Output {
    let mut command = canary(stage, "plant");
    command.args(["--dev", "--records", &n.to_string(), "--keyring"]);
    command.arg(stage.folder.0.join("weir.keyring")).output().expect("runs")
}

fn check(stage: &Stage, wait: &str) -> Output {
    canary(stage, "check").args(["--wait", wait]).output().expect("runs")
}

/// The identifiers that the ledger keeps.
fn identifiers(stage: &Stage) -> Vec<String> {
    let text = std::fs::read_to_string(ledger(stage)).expect("a ledger");
    let mut found = Vec::new();
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for record in line["records"].as_array().into_iter().flatten() {
            let values = record["values"].as_array().expect("values").iter();
            found.extend(values.map(|pair| pair[1].as_str().expect("a text").to_string()));
        }
    }
    assert!(!found.is_empty());
    found
}

fn shows_none(stage: &Stage, out: &Output) {
    let words = words(out).to_lowercase();
    let found = identifiers(stage).into_iter().filter(|text| words.contains(&text.to_lowercase()));
    assert_eq!(found.count(), 0, "an identifier is printed: {words}");
}

/// What a topic holds at read_uncommitted.
fn read(topic: &str) -> Vec<OwnedMessage> {
    use rdkafka::consumer::{BaseConsumer, Consumer};
    let consumer: BaseConsumer = rdkafka::ClientConfig::new()
        .set("bootstrap.servers", address())
        .set("group.id", "canary-reader")
        .set("isolation.level", "read_uncommitted")
        .set("enable.partition.eof", "true")
        .create()
        .expect("a consumer");
    let mut list = rdkafka::TopicPartitionList::new();
    for partition in 0..PARTITIONS {
        list.add_partition_offset(topic, partition, rdkafka::Offset::Beginning).expect("adds");
    }
    consumer.assign(&list).expect("assigns");
    let (mut records, mut ended) = (Vec::new(), 0);
    while ended < PARTITIONS {
        match consumer.poll(Duration::from_secs(20)).expect("an answer") {
            Ok(message) => records.push(message.detach()),
            Err(rdkafka::error::KafkaError::PartitionEOF(_)) => ended += 1,
            Err(error) => panic!("{error}"),
        }
    }
    records
}

fn header(record: &OwnedMessage, name: &str) -> Option<String> {
    let found = record.headers()?.iter().find(|header| header.key == name)?;
    Some(String::from_utf8_lossy(found.value.unwrap_or_default()).into_owned())
}

fn produce(topic: &str, partition: i32, key: &[u8], value: &[u8], headers: OwnedHeaders) {
    let producer: BaseProducer = rdkafka::ClientConfig::new()
        .set("bootstrap.servers", address())
        .create()
        .expect("a producer");
    let record = BaseRecord::to(topic).key(key).payload(value).partition(partition);
    producer.send(record.headers(headers)).map_err(|(error, _)| error).expect("sends");
    producer.flush(SOON).expect("flushes");
}

fn feed(stage: &Stage, generator: &Generator, records: std::ops::Range<u64>) {
    let feeder = Feeder::new();
    records.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
}

/// Among a thousand records of others, one with a mark that was made up and one with a mark that was
/// copied: these two go the ordinary way.
#[test]
fn canaries_come_out_in_their_own_topics_and_nobody_else_does() {
    let stage = stage("canary");
    let generator = Generator::new(41, 50);
    feed(&stage, &generator, 0..500);
    let out = plant(&stage, 5);
    assert!(out.status.success(), "{}", words(&out));
    shows_none(&stage, &out);
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(ledger(&stage)).expect("a ledger").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let source = stage.topic("source");
    let marks = read(&source).into_iter().filter_map(|record| header(&record, "weir-canary"));
    let marks: Vec<_> = marks.collect();
    assert_eq!(marks.len(), 5);
    let made_up = format!("v1.{}.{}", "0".repeat(32), "0".repeat(64));
    let note = generator.note(500);
    for mark in [&marks[0], &made_up] {
        let headers = OwnedHeaders::new().insert(Header { key: "weir-canary", value: Some(mark) });
        produce(&source, 1, note.key.as_bytes(), note.value.as_bytes(), headers);
    }
    feed(&stage, &generator, 500..1000);

    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    let good = check(&stage, "60s");
    assert!(good.status.success(), "{}", words(&good));
    assert!(words(&good).contains("5 of 5 canaries"), "{}", words(&good));
    shows_none(&stage, &good);
    wait_for(&stage, 1007, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("1007 records: 1007 clean, 0 to quarantine"), "{}", words(&out));
    shows_none(&stage, &out);

    let clean = read(&stage.topic("clean"));
    assert_eq!(clean.len(), 1002, "the two with false marks among them");
    assert!(clean.iter().all(|record| header(record, "weir-canary").is_none()));
    let raw = [&note.key, &generator.patient_of(500).ssn_dashed()].map(|text| text.to_string());
    for topic in ["clean", "quarantine"].map(|kind| [stage.topic(kind), canary_topic(&stage, kind)])
    {
        for record in topic.iter().flat_map(|topic| read(topic)) {
            let value = String::from_utf8_lossy(record.payload().unwrap_or_default()).into_owned();
            assert!(raw.iter().all(|text| !value.contains(text)), "{value}");
        }
    }
    let came = read(&canary_topic(&stage, "clean"));
    assert_eq!(came.len(), 5);
    for record in &came {
        let pointer = header(record, "weir-source").expect("a pointer");
        let partition = pointer.split('/').nth(1).and_then(|n| n.parse().ok());
        assert_eq!(Some(record.partition()), partition, "the source's partition");
        assert!(header(record, "weir-canary").is_some_and(|id| id.len() == 32));
    }
    let identifiers = generator.patients().iter().flat_map(weir_synth::Patient::identifiers);
    let lines = identifiers.chain(self::identifiers(&stage));
    let (found, good) = checked(&stage, &stage.canaries(lines));
    assert!(good, "{found}");
    assert_eq!((&found["source"], &found["clean"]), (&1007.into(), &1007.into()), "{found}");
    let events = console_values(&stage.topic("lineage"));
    let events = events.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let of_the_worker =
        |event: &serde_json::Value| event["run"]["facets"]["weir_counts"].is_object();
    let events: Vec<serde_json::Value> = events.filter(of_the_worker).collect();
    let last = events.last().expect("an event");
    assert_eq!(last["run"]["facets"]["weir_counts"]["canaries"], 5, "{last}");
    let rows = events.iter().map(|event| {
        event["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"].as_u64().expect("rows")
    });
    assert_eq!(rows.sum::<u64>(), 1002, "{last}");
}

/// The independent check, with the canary topics among the clean and quarantine ones.
fn checked(stage: &Stage, canaries: &std::path::Path) -> (serde_json::Value, bool) {
    let both = |kind: &str| format!("{},{}", stage.topic(kind), canary_topic(stage, kind));
    stage.check_topics(&both("clean"), &both("quarantine"), canaries, &[])
}

/// kill -9 while canaries are on their way: each comes out once, like everything else.
#[test]
fn a_kill_leaves_each_canary_once() {
    const N: u64 = 20_000;
    let stage = stage("canarykill");
    let generator = Generator::new(42, 200);
    feed(&stage, &generator, 0..N / 4);
    for part in 1..4 {
        assert!(plant(&stage, 8).status.success());
        feed(&stage, &generator, N / 4 * part..N / 4 * (part + 1));
    }
    let mut hits = 0;
    let mut child = stage.run().stderr(Stdio::null()).spawn().expect("starts");
    for part in 1..=3 {
        wait_for(&stage, (N / 5 * part) as i64, SOON);
        child.kill().expect("kill -9");
        child.wait().expect("waits");
        hits += usize::from(committed(&stage) < N as i64);
        child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    }
    assert!(hits > 0, "no kill hit a run that was not done");
    wait_for(&stage, N as i64 + 24, Duration::from_secs(180));
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let good = check(&stage, "10s");
    assert!(good.status.success(), "{}", words(&good));
    let (found, good) = checked(&stage, &stage.canaries(identifiers(&stage)));
    println!("the Java checker: {found}");
    assert!(good, "{found}");
    assert_eq!(found["clean"], N + 24, "{found}");
    assert_eq!(
        read(&stage.topic("clean")).iter().filter(|r| header(r, "weir-canary").is_some()).count(),
        0
    );
    let mut ids = Vec::new();
    for record in committed_of(&canary_topic(&stage, "clean")) {
        ids.push(header(&record, "weir-canary").expect("an id"));
    }
    let came = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((came, ids.len()), (24, 24));
}

fn committed_of(topic: &str) -> Vec<OwnedMessage> {
    use crate::kafka::read_partition;
    (0..PARTITIONS).flat_map(|partition| read_partition(topic, partition)).collect()
}

/// An identifier in the clean topic, put there by hand; and before that, nothing that runs.
#[test]
fn what_must_raise_an_alarm_does() {
    let stage = stage("canaryalarm");
    let out = plant(&stage, 3);
    assert!(out.status.success(), "{}", words(&out));
    let late = check(&stage, "1s");
    assert_eq!(late.status.code(), Some(10), "{}", words(&late));
    assert!(words(&late).contains("W0419") && words(&late).contains("0 of 3 canaries"));
    shows_none(&stage, &late);

    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    let good = check(&stage, "60s");
    assert!(good.status.success(), "{}", words(&good));
    assert!(terminate(child).status.success());

    let clean = stage.topic("clean");
    let name = identifiers(&stage).into_iter().find(|text| text.contains(' ')).expect("a name");
    let value = format!(r#"{{"note":"seen: {}"}}"#, name.to_uppercase());
    produce(&clean, 2, b"k", value.as_bytes(), OwnedHeaders::new());
    let seen = check(&stage, "5s");
    assert_eq!(seen.status.code(), Some(9), "{}", words(&seen));
    assert!(words(&seen).contains(&format!("{clean}/2/0")), "{}", words(&seen));
    assert!(words(&seen).contains("W0418"), "{}", words(&seen));
    shows_none(&stage, &seen);
    let json = canary(&stage, "check").args(["--json", "--wait", "5s"]).output().expect("runs");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["seen"][0]["place"], format!("{clean}/2/0"), "{json}");

    // The record of a canary in the clean topic, whatever is in it.
    let pointer = read(&stage.topic("source"))
        .iter()
        .map(|record| format!("{}/{}/{}", record.topic(), record.partition(), record.offset()))
        .next()
        .expect("a canary");
    let headers = OwnedHeaders::new().insert(Header { key: "weir-source", value: Some(&pointer) });
    produce(&clean, 3, b"k", b"{}", headers);
    let seen = words(&check(&stage, "5s"));
    assert!(seen.contains(&format!("{clean}/3/0 record")), "{seen}");
}

/// A pipeline that has no topics for canaries and reads what was planted for another: refused, never
/// in its clean topic.
#[test]
fn a_pipeline_without_canary_topics_refuses_canaries() {
    let stage = stage("canaryless");
    let out = plant(&stage, 2);
    assert!(out.status.success(), "{}", words(&out));
    let text = std::fs::read_to_string(stage.pipeline()).expect("reads");
    std::fs::write(stage.pipeline(), text.replace("canary: true", "canary: false"))
        .expect("writes");
    let none = plant(&stage, 2);
    assert_eq!(none.status.code(), Some(3), "{}", words(&none));
    assert!(words(&none).contains("W0103"), "{}", words(&none));
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 2, SOON);
    let out = terminate(child);
    assert!(words(&out).contains("2 records: 0 clean, 2 to quarantine"), "{}", words(&out));
    assert!(read(&stage.topic("clean")).is_empty());
    assert!(read(&canary_topic(&stage, "clean")).is_empty());
    let refused = read(&stage.topic("quarantine"));
    let codes: Vec<_> = refused.iter().filter_map(|record| header(record, "weir-code")).collect();
    assert_eq!(codes, ["W0223", "W0223"]);
    let seen = check(&stage, "1s");
    assert_eq!(seen.status.code(), Some(10), "{}", words(&seen));
    assert!(words(&seen).contains("W0420") && words(&seen).contains("W0223"), "{}", words(&seen));
}
