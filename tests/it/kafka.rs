//! What needs the real broker, beside the kill test.

use crate::broker::{
    Feeder, PARTITIONS, Stage, address, alter, console, console_values, create, terminate, wait,
    wait_for,
};
use crate::keys::run;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Output, Stdio};
use std::time::Duration;
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(60);

pub(crate) fn words(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Letters and digits without what parts them.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// One line of the console consumer: partition, headers, key, value.
pub(crate) fn row(line: &str) -> (String, String, String, String) {
    let mut parts = line.splitn(4, '\t').map(str::to_string);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next(), next())
}

/// The record with the values of transformed fields blanked: what is left must be equal.
fn blanked(json: &str) -> String {
    let mut out = json.to_string();
    for name in [
        "mrn",
        "name",
        "birthDate",
        "ssn",
        "phone",
        "line",
        "city",
        "zip",
        "start",
        "author",
        "text",
    ] {
        let head = format!("\"{name}\":");
        let at = out.find(&head).expect("the field") + head.len();
        let end = match out[at..].strip_prefix('"') {
            Some(rest) => at + 2 + rest.find('"').expect("a quote"),
            None => at + "null".len(),
        };
        out.replace_range(at..end, "_");
    }
    // The visit's id follows `"visit":{"id":`; the other ids stay.
    let at = out.find("\"visit\":{\"id\":\"").expect("the visit") + "\"visit\":{\"id\":\"".len();
    let end = at + out[at..].find('"').expect("a quote");
    out.replace_range(at..end, "_");
    out
}

#[test]
fn kafkas_own_console_sees_tokens_only_and_everything_else_byte_equal() {
    let stage = Stage::new("console");
    stage.make_topics();
    let generator = Generator::new(21, 40);
    let feeder = Feeder::new();
    let n = 100_000;
    for at in 0..n {
        // No quote may stand in a note here: `blanked` looks for the next one.
        feeder.record(&stage.topic("source"), at, &generator.note(at));
    }
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, n as i64, Duration::from_secs(300));
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));

    let seen = console(&stage.topic("clean"), n);
    let seen = String::from_utf8_lossy(&seen.stdout).into_owned();
    assert_eq!(seen.lines().count() as u64, n);
    let identifiers: Vec<String> =
        generator.patients().iter().flat_map(weir_synth::Patient::identifiers).collect();
    let finder = aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&identifiers)
        .expect("builds");
    assert!(finder.find(&words(&out)).is_none(), "an identifier in the log");
    let mut tokens = BTreeMap::<String, BTreeSet<(String, String, String)>>::new();
    let mut in_prose = 0;
    for line in seen.lines() {
        let (partition, headers, key, value) = row(line);
        let hit = finder.find_overlapping_iter(line).find(|m| {
            let border = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            border(line[m.end()..].chars().next()) && border(line[..m.start()].chars().next_back())
        });
        assert!(hit.is_none(), "{line}");
        let source =
            headers.split(',').find_map(|h| h.strip_prefix("weir-source:")).expect("weir-source");
        let (_, offset) = source.rsplit_once('/').expect("an offset");
        let partition: u64 =
            partition.trim_start_matches("Partition:").parse().expect("a partition");
        let number = offset.parse::<u64>().expect("a number") * PARTITIONS as u64 + partition;
        assert_eq!(blanked(&value), blanked(&generator.note(number).value));
        assert!(
            headers.contains("weir-policy:pseudonymize@") && headers.contains("weir-keys:v1"),
            "{headers}"
        );
        let json: serde_json::Value = serde_json::from_str(&value).expect("JSON");
        let text = |path: &str| {
            json.pointer(path).and_then(|v| v.as_str()).unwrap_or_default().to_string()
        };
        let patient = generator.patient_of(number).mrn.clone();
        assert_eq!(text("/patient/mrn"), key);
        in_prose += u64::from(digits(&text("/note/text")).contains(&key));
        assert!(text("/note/text").contains(&text("/patient/name")), "{value}");
        tokens.entry(patient).or_default().insert((
            key,
            text("/patient/name"),
            text("/patient/ssn"),
        ));
    }
    assert_eq!(in_prose, n, "the record number's token is in every note");
    assert!(tokens.values().all(|of_one| of_one.len() == 1), "one patient, one token a class");
    assert!(tokens.len() > 30);
}

/// What a partition holds at read_committed.
pub(crate) fn read_partition(topic: &str, partition: i32) -> Vec<rdkafka::message::OwnedMessage> {
    read_partition_at("read_committed", topic, partition)
}

/// What this isolation lets a reader see of it.
pub(crate) fn read_partition_at(
    isolation: &str,
    topic: &str,
    partition: i32,
) -> Vec<rdkafka::message::OwnedMessage> {
    use rdkafka::consumer::{BaseConsumer, Consumer};
    let consumer: BaseConsumer = rdkafka::ClientConfig::new()
        .set("bootstrap.servers", address())
        .set("group.id", "reader")
        .set("isolation.level", isolation)
        .set("enable.partition.eof", "true")
        .create()
        .expect("a consumer");
    let mut list = rdkafka::TopicPartitionList::new();
    list.add_partition_offset(topic, partition, rdkafka::Offset::Beginning).expect("adds");
    consumer.assign(&list).expect("assigns");
    let mut records = Vec::new();
    loop {
        match consumer.poll(Duration::from_secs(10)).expect("an answer") {
            Ok(message) => records.push(message.detach()),
            Err(rdkafka::error::KafkaError::PartitionEOF(_)) => return records,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn headers_tombstones_and_sealed_quarantine() {
    use rdkafka::message::{Header, Headers, Message, OwnedHeaders};
    use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
    let stage = Stage::new("shapes");
    stage.make_topics();
    let generator = Generator::new(22, 5);
    let mut config = rdkafka::ClientConfig::new();
    config.set("bootstrap.servers", address());
    let producer: BaseProducer = config.create().expect("a producer");
    let source = stage.topic("source");
    let note = generator.note(0);
    let broken = note.value.replacen('{', r#"{"Canaryman":1,"#, 1);
    for value in [Some(&note.value), None, Some(&broken)] {
        let headers = OwnedHeaders::new()
            .insert(Header { key: "content-type", value: Some("application/json") })
            .insert(Header { key: "x-patient", value: Some("Canaryman") })
            .insert(Header { key: "weir-keys", value: Some("forged") });
        let mut record =
            BaseRecord::<str, str>::to(&source).key(&note.key).partition(2).headers(headers);
        record.payload = value.map(String::as_str);
        producer.send(record).map_err(|(error, _)| error).expect("sends");
    }
    producer.flush(SOON).expect("flushes");
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 3, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));

    let read = |topic: &str| read_partition(topic, 2);
    let clean = read(&stage.topic("clean"));
    assert_eq!(clean.len(), 2);
    let names: Vec<_> =
        clean[0].headers().expect("headers").iter().map(|h| h.key.to_string()).collect();
    assert_eq!(names, ["content-type", "weir-policy", "weir-source", "weir-keys"]);
    assert_eq!(clean[1].payload(), None, "a tombstone stays one");
    assert_eq!(clean[1].key(), clean[0].key());
    assert_ne!(clean[0].key(), Some(note.key.as_bytes()));

    let refused = read(&stage.topic("quarantine"));
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].key(), None);
    let header = |name: &str| -> String {
        let headers = refused[0].headers().expect("headers");
        let value =
            headers.iter().find(|h| h.key == name).and_then(|h| h.value).unwrap_or_default();
        String::from_utf8_lossy(value).into_owned()
    };
    assert_eq!(header("weir-code"), "W0207");
    let sealed = refused[0].payload().expect("a payload");
    assert!(!sealed.windows(9).any(|w| w == b"Canaryman"));
    let opener = weir::keys::Opener::load(&stage.folder.0.join("weir-quarantine.key"))
        .expect("the secret key");
    let about = format!("{}|W0207", header("weir-source"));
    let opened = opener.open(sealed, about.as_bytes()).expect("opens");
    let opened: serde_json::Value = serde_json::from_slice(&opened).expect("JSON");
    let value = data_encoding::BASE64
        .decode(opened["value"].as_str().expect("a value").as_bytes())
        .expect("base64");
    assert_eq!(value, broken.as_bytes(), "nothing of the record is lost");
    assert_eq!(opened["headers"].as_array().map(Vec::len), Some(3));
}

/// Topics that take less than the source: what has become too long is refused, what is refused is
/// sealed in parts, and the pipeline goes on behind it.
#[test]
fn records_longer_than_a_topic_takes_do_not_stop_the_pipeline() {
    use rdkafka::message::{Headers, Message};
    let stage = Stage::new("long");
    stage.make(&["source", "lineage"], PARTITIONS);
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    for kind in ["clean", "quarantine"] {
        create(&stage.topic(kind), PARTITIONS, &[("max.message.bytes", "60000")]);
    }
    let generator = Generator::new(27, 20);
    let feeder = Feeder::new();
    let source = stage.topic("source");
    let mut long = Vec::new();
    for n in 0..40 {
        let mut record = generator.note(n);
        if n % 10 == 3 {
            // Words that compress to nothing would get by: these do not.
            let noise: String = (n * 4_000..n * 4_000 + 20_000)
                .map(|n: u64| format!(" q{:x}q", n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32))
                .collect();
            record.value = record.value.replacen("\"text\":\"", &format!("\"text\":\"{noise} "), 1);
            long.push(record.value.clone());
        }
        feeder.record(&source, n, &record);
    }
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 40, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("40 records: 36 clean, 4 to quarantine"), "{}", words(&out));

    let opener = weir::keys::Opener::load(&stage.folder.0.join("weir-quarantine.key"))
        .expect("the secret key");
    let mut opened = Vec::new();
    for partition in 0..PARTITIONS {
        let (mut sealed, mut parts) = (Vec::new(), 0);
        for record in read_partition(&stage.topic("quarantine"), partition) {
            let header = |name: &str| -> String {
                let mut headers = record.headers().expect("headers").iter();
                let value = headers.find(|h| h.key == name).and_then(|h| h.value);
                String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
            };
            assert_eq!(header("weir-code"), "W0220");
            let (n, of) = header("weir-part").split_once('/').map_or((0, 0), |(n, of)| {
                (n.parse::<usize>().expect("a number"), of.parse::<usize>().expect("a number"))
            });
            parts += 1;
            assert_eq!(n, parts, "parts follow each other");
            sealed.extend_from_slice(record.payload().expect("a payload"));
            if n == of {
                assert!(of > 1, "it was too long for one");
                let about = format!("{}|W0220", header("weir-source"));
                let body = opener.open(&sealed, about.as_bytes()).expect("opens");
                let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
                let value = body["value"].as_str().expect("a value");
                let value = data_encoding::BASE64.decode(value.as_bytes()).expect("base64");
                opened.push(String::from_utf8(value).expect("UTF-8"));
                (sealed, parts) = (Vec::new(), 0);
            }
        }
        assert_eq!(parts, 0, "no part is left over");
    }
    opened.sort();
    long.sort();
    assert!(opened == long, "nothing of the long records is lost");
}

/// Nothing that leads back to the source: no key, no pointer, no key version, no time of day.
#[test]
fn safe_harbor_leaves_no_way_back() {
    let stage = Stage::harbor("harbor");
    let generator = Generator::new(26, 20);
    let feeder = Feeder::new();
    for n in 0..200 {
        feeder.record(&stage.topic("source"), n, &generator.note(n));
    }
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 200, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let seen = console(&stage.topic("clean"), 200);
    let seen = String::from_utf8_lossy(&seen.stdout).into_owned();
    assert_eq!(seen.lines().count(), 200);
    let canaries: Vec<String> =
        generator.patients().iter().flat_map(weir_synth::Patient::identifiers).collect();
    let finder = aho_corasick::AhoCorasick::new(&canaries).expect("builds");
    for line in seen.lines() {
        let (_, headers, key, value) = row(line);
        assert_eq!(key, "null");
        let names: Vec<_> = headers.split(',').filter_map(|h| h.split(':').next()).collect();
        assert_eq!(names, ["weir-policy"], "{headers}");
        assert!(finder.find(&value).is_none(), "{value}");
        // A date keeps its year alone, and nothing reversible is left.
        assert!(!value.contains("~v1:"), "{value}");
        let json: serde_json::Value = serde_json::from_str(&value).expect("JSON");
        let start = json.pointer("/visit/start").and_then(|v| v.as_str()).unwrap_or_default();
        assert!(["2024", "2025", "2026"].contains(&start), "{value}");
    }
}

/// It goes on over a rotation, by its own version; not once that is put aside: nobody could take its
/// tokens back.
#[test]
fn a_run_ends_when_its_key_version_is_put_aside() {
    let stage = Stage::new("aside");
    stage.make_topics();
    let generator = Generator::new(29, 20);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    let keys = |arguments: &[&str]| {
        let out = run(&stage.folder, &[&["keys"], arguments, &["--dev"]].concat(), "");
        assert!(out.status.success(), "{}", words(&out));
    };
    feed(0..50);
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 50, SOON);
    keys(&["rotate"]);
    std::thread::sleep(Duration::from_secs(3));
    feed(50..100);
    wait_for(&stage, 100, SOON);
    keys(&["disable", "1"]);
    let out = wait(child, SOON);
    assert_eq!(out.status.code(), Some(4), "{}", words(&out));
    assert!(
        words(&out).contains("W0314") && words(&out).contains("v1 was put aside"),
        "{}",
        words(&out)
    );
}

#[test]
fn the_newer_process_wins_and_the_older_one_never_comes_back() {
    let stage = Stage::new("fence");
    stage.make_topics();
    let generator = Generator::new(23, 20);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    feed(0..500);
    let older = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 500, SOON);
    let newer = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    std::thread::sleep(Duration::from_secs(2));
    feed(500..1_000);
    let out = wait(older, SOON);
    assert_eq!(out.status.code(), Some(6), "{}", words(&out));
    assert!(words(&out).contains("W0405"), "{}", words(&out));
    wait_for(&stage, 1_000, SOON);
    let out = terminate(newer);
    assert!(out.status.success(), "{}", words(&out));
    let (found, good) = stage.check(&stage.canaries(["nothing".into()]));
    assert!(good, "{found}");
    assert_eq!(found["clean"], 1_000);
}

#[test]
fn two_workers_share_the_partitions() {
    let stage = Stage::new("workers");
    stage.make_topics();
    let generator = Generator::new(24, 50);
    let feeder = Feeder::new();
    (0..5_000).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    let child =
        stage.run().args(["--workers", "2"]).stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 5_000, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let canaries = generator.patients().iter().flat_map(weir_synth::Patient::identifiers);
    let (found, good) = stage.check(&stage.canaries(canaries));
    assert!(good, "{found}");
    assert_eq!(found["clean"], 5_000);
}

#[test]
fn a_broken_topic_stops_the_pipeline_until_someone_resumes_it() {
    let stage = Stage::with("stop", |text| text.replace("min_records: 100", "min_records: 50"));
    stage.make_topics();
    let feeder = Feeder::new();
    let generator = Generator::new(25, 5);
    for n in 0..200 {
        let mut record = generator.note(n);
        if n % 2 == 0 {
            record.value = record.value.replacen('{', r#"{"Canaryman":1,"#, 1);
        }
        feeder.record(&stage.topic("source"), n, &record);
    }
    feeder.done();
    let out = wait(stage.run().stderr(Stdio::piped()).spawn().expect("starts"), SOON);
    assert_eq!(out.status.code(), Some(7), "{}", words(&out));
    assert!(words(&out).contains("W0407"), "{}", words(&out));
    let out = wait(stage.run().stderr(Stdio::piped()).spawn().expect("starts"), SOON);
    assert_eq!(out.status.code(), Some(7), "a restart does not go on: {}", words(&out));
    assert!(words(&out).contains("W0408") && words(&out).contains("--resume"), "{}", words(&out));
    let resumed = stage.run().arg("--resume").stderr(Stdio::piped()).spawn().expect("starts");
    (200..400).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    wait_for(&stage, 400, SOON);
    let out = terminate(resumed);
    assert!(out.status.success(), "{}", words(&out));
    let (found, good) = stage.check(&stage.canaries(["Canaryman".into()]));
    assert!(good, "{found}");
    assert_eq!((&found["clean"], &found["quarantine"]), (&300.into(), &100.into()));
    let events = console_values(&stage.topic("lineage"));
    let failed = events.lines().filter(|event| event.contains("\"eventType\":\"FAIL\""));
    let failed: Vec<_> = failed.collect();
    assert!(failed.len() == 2 && failed.iter().all(|event| event.contains("W0407")), "{failed:?}");
}

#[test]
fn what_is_wrong_is_said_before_a_record_is_read() {
    let stage = Stage::new("wrong");
    let fails = |code: &str, exit: i32, command: &mut std::process::Command| {
        let out = wait(command.stderr(Stdio::piped()).spawn().expect("starts"), SOON);
        assert_eq!(out.status.code(), Some(exit), "{}", words(&out));
        assert!(words(&out).contains(code) && words(&out).contains("help:"), "{}", words(&out));
    };
    fails("W0402", 5, &mut stage.run());
    stage.make(&["source"], PARTITIONS);
    stage.make(&["clean", "quarantine", "lineage"], 2);
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    fails("W0404", 5, &mut stage.run());
    fails("W0406", 5, &mut stage.run_at("kafka.example.invalid:9092"));
    fails("W0401", 5, &mut stage.run_at("127.0.0.1:1"));
    let properties = stage.folder.0.join("kafka.properties");
    std::fs::write(&properties, "acks=0\n").expect("writes");
    fails("W0411", 5, stage.run().arg("--kafka-config").arg(&properties));
    let ring = stage.folder.0.join("weir.keyring");
    let text = std::fs::read_to_string(&ring).expect("reads");
    std::fs::write(&ring, text.replace("\"test\"", "\"best\"")).expect("writes");
    // The roots were wrapped for another tenant.
    fails("W0308", 4, &mut stage.run());
    std::fs::remove_file(&ring).expect("removes");
    fails("W0301", 4, &mut stage.run());
    std::fs::remove_file(stage.folder.0.join("weir-quarantine.pub")).expect("removes");
    std::fs::write(&ring, &text).expect("writes");
    std::fs::set_permissions(&ring, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .expect("chmod");
    fails("W0305", 4, &mut stage.run());
}

#[test]
fn missing_topics_are_printed_as_the_commands_that_create_them() {
    let stage = Stage::new("missing");
    stage.make(&["source"], 3);
    let out = crate::broker::weir()
        .args(["check", "--topics", "--kafka", &address()])
        .arg(stage.pipeline())
        .output()
        .expect("runs");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains(&format!("--topic {} --partitions 3", stage.topic("clean"))), "{text}");
    assert!(text.contains("cleanup.policy=compact"), "{text}");
}

#[test]
fn a_sink_whose_retention_would_delete_old_records_is_refused() {
    let stage =
        Stage::with("retention", |text| text.replace("timestamp: append", "timestamp: year"));
    stage.make(&["source", "quarantine", "lineage"], PARTITIONS);
    create(&stage.topic("clean"), PARTITIONS, &[("retention.ms", "86400000")]);
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    let out = wait(stage.run().stderr(Stdio::piped()).spawn().expect("starts"), SOON);
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("W0410"), "{}", words(&out));
    // Nor one whose broker writes the time of arrival over the year.
    alter(&stage.topic("clean"), "message.timestamp.type", "LogAppendTime");
    let out = wait(stage.run().stderr(Stdio::piped()).spawn().expect("starts"), SOON);
    assert!(words(&out).contains("W0505"), "{}", words(&out));
}

/// Without a group: nothing is committed, and a pipeline on the topic begins where it would have.
#[test]
fn a_topic_is_scanned_and_nothing_of_it_is_shown() {
    let stage = Stage::new("scan");
    stage.make(&["source"], PARTITIONS);
    let generator = Generator::unmistakable(17, 30);
    let feeder = Feeder::new();
    for n in 0..120 {
        feeder.record(&stage.topic("source"), n, &generator.note(n));
    }
    feeder.done();
    let scan = |arguments: &[&str]| {
        let topic = stage.topic("source");
        let mut command = crate::broker::weir();
        command.args(["scan", "--kafka", &address(), "--topic", &topic]).args(arguments);
        command.output().expect("runs")
    };
    let out = scan(&["-n", "100", "--json"]);
    assert_eq!(out.status.code(), Some(0), "{}", words(&out));
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(report["records"], 100);
    let against = scan(&["--against", "schemas/clinical-note.yaml"]);
    assert_eq!(against.status.code(), Some(0), "{}", words(&against));
    for out in [out, against, scan(&["--schema", "drafted"])] {
        let written = format!("{}{}", String::from_utf8_lossy(&out.stdout), words(&out));
        for id in generator.patients().iter().flat_map(|patient| patient.identifiers()) {
            assert!(id.len() < 4 || !written.contains(&id), "a value is in {written}");
        }
    }
    assert_eq!(scan(&["--topic", "x"]).status.code(), Some(2));
}
