//! A clean topic held against its manifests: what weir wrote, over two workers, kill -9 and a rotation; and what somebody
//! who owns the broker made of it.

use crate::broker::{
    Feeder, PARTITIONS, Stage, address, config_of, create, peer_of, remove, terminate, wait_for,
    weir,
};
use crate::kafka::words;
use data_encoding::BASE64;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{Header, Headers, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{Message, Offset, TopicPartitionList};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(60);
/// Tampered records.
const TAMPERED: usize = 1_000;

/// A record as a consumer gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    partition: i32,
    key: Option<Vec<u8>>,
    value: Option<Vec<u8>>,
    headers: Vec<(String, Option<Vec<u8>>)>,
}

impl Row {
    fn header(&mut self, name: &str) -> &mut Option<Vec<u8>> {
        let found = self.headers.iter_mut().find(|(known, _)| known == name);
        &mut found.unwrap_or_else(|| panic!("no {name}")).1
    }

    /// `BATCH/LEAF`.
    fn leaf(&self) -> String {
        let found = self.headers.iter().find(|(name, _)| name == "weir-batch");
        let value = found.and_then(|(_, value)| value.clone()).unwrap_or_default();
        String::from_utf8(value).expect("UTF-8")
    }
}

/// A topic at read_committed, in the order of each partition.
fn read(topic: &str) -> Vec<Row> {
    let mut config = config_of();
    config.set("group.id", "none").set("enable.partition.eof", "true");
    let consumer: BaseConsumer =
        config.set("isolation.level", "read_committed").create().expect("a consumer");
    let metadata = consumer.fetch_metadata(Some(topic), SOON).expect("metadata");
    let partitions = metadata.topics()[0].partitions().len();
    let mut places = TopicPartitionList::new();
    for partition in 0..partitions as i32 {
        places.add_partition_offset(topic, partition, Offset::Beginning).expect("a place");
    }
    consumer.assign(&places).expect("assigns");
    let (mut rows, mut ended, deadline) = (Vec::new(), 0, Instant::now() + SOON);
    while ended < partitions {
        assert!(Instant::now() < deadline, "{ended} of {partitions} ended");
        match consumer.poll(Duration::from_millis(100)) {
            Some(Ok(message)) => {
                let headers = message.headers().into_iter().flat_map(|headers| headers.iter());
                let header =
                    |one: Header<'_, &[u8]>| (one.key.to_string(), one.value.map(<[u8]>::to_vec));
                rows.push(Row {
                    partition: message.partition(),
                    key: message.key().map(<[u8]>::to_vec),
                    value: message.payload().map(<[u8]>::to_vec),
                    headers: headers.map(header).collect(),
                });
            }
            Some(Err(_)) => ended += 1,
            None => {}
        }
    }
    rows.sort_by_key(|row| row.partition);
    rows
}

/// The topic, made anew with these records.
fn write_anew(topic: &str, rows: &[Row]) {
    remove(topic);
    create(topic, PARTITIONS, &[]);
    let producer: BaseProducer = config_of().create().expect("a producer");
    for row in rows {
        let mut headers = OwnedHeaders::new();
        for (key, value) in &row.headers {
            headers = headers.insert(Header { key, value: value.as_deref() });
        }
        let mut record =
            BaseRecord::<[u8], [u8]>::to(topic).partition(row.partition).headers(headers);
        (record.key, record.payload) = (row.key.as_deref(), row.value.as_deref());
        while let Err((_, back)) = producer.send(record) {
            producer.poll(Duration::from_millis(5));
            record = back;
        }
    }
    producer.flush(SOON).expect("flushes");
}

pub(crate) fn verify(stage: &Stage, more: &[&str]) -> Output {
    weir()
        .args(["verify", &stage.topic("clean"), "--proof", &stage.topic("proof")])
        .args(["--kafka", &address(), "--public-key"])
        .arg(stage.folder.0.join("weir-proof.pub"))
        .args(more)
        .output()
        .expect("runs")
}

pub(crate) fn report(out: &Output) -> Value {
    serde_json::from_slice(&out.stdout).unwrap_or_else(|why| panic!("{why}: {}", words(out)))
}

pub(crate) fn staged(name: &str, edit: impl Fn(String) -> String) -> Stage {
    let stage = Stage::with(name, |text| {
        let topic = text.lines().find_map(|line| line.strip_prefix("pipeline: "));
        let topic = format!("proof: {{topic: {}.proof}}\n", topic.expect("a name"));
        edit(text + "\n" + &topic)
    });
    stage.make_topics();
    create(&stage.topic("proof"), 1, &[("retention.ms", "-1")]);
    stage
}

pub(crate) fn run(stage: &Stage) -> std::process::Command {
    let mut command = stage.run();
    command.arg("--proof-key").arg(stage.folder.0.join("weir-proof.key"));
    command
}

#[test]
fn a_thousand_of_a_thousand_tampered_records_are_found() {
    let stage = staged("proof", |text| text);
    let generator = Generator::new(91, 60);
    stage.feed(&generator, 0..1_500, 50);
    let mut killed =
        run(&stage).args(["--workers", "2"]).stderr(Stdio::null()).spawn().expect("starts");
    wait_for(&stage, 1_500, SOON);
    killed.kill().expect("kill -9");
    killed.wait().expect("waits");
    let rotated = weir()
        .current_dir(&stage.folder.0)
        .args(["keys", "rotate", "--dev", "--audit", "audit.jsonl"])
        .output();
    assert!(rotated.expect("runs").status.success());
    stage.feed(&generator, 1_500..3_000, 50);
    let child =
        run(&stage).args(["--workers", "2"]).stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 3_000, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));

    // What weir wrote is proven, to it and to who has nothing of it.
    let out = verify(&stage, &["--json"]);
    assert!(out.status.success(), "{}", words(&out));
    let found = report(&out);
    let rows = read(&stage.topic("clean"));
    assert!(rows.len() > 2_940, "some were refused, some tombstones doubled: {}", rows.len());
    assert_eq!(found["findings"], json!([]));
    assert_eq!(
        (&found["tally"]["records"], &found["tally"]["proven"]),
        (&rows.len().into(), &rows.len().into())
    );
    assert_eq!((&found["tally"]["chains"], &found["tally"]["open_chains"]), (&2.into(), &0.into()));
    let manifests = read(&stage.topic("proof"));
    let text = |bytes: &Option<Vec<u8>>| {
        String::from_utf8(bytes.clone().unwrap_or_default()).expect("UTF-8")
    };
    let base64 = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| BASE64.encode(bytes));
    let record = |row: &Row| {
        let headers: Vec<_> =
            row.headers.iter().map(|(name, value)| json!([name, base64(value)])).collect();
        json!({
            "topic": stage.topic("clean"), "partition": row.partition, "key": base64(&row.key),
            "value": base64(&row.value), "headers": headers,
        })
    };
    let asked = json!({
        "key": stage.folder.0.join("weir-proof.pub"),
        "manifests": manifests.iter().map(|row| text(&row.value)).collect::<Vec<_>>(),
        "records": rows.iter().map(record).collect::<Vec<_>>(),
    });
    let peer = peer_of("python3", "proof.py", &[], &[asked.to_string()]);
    assert!(peer.status.success(), "{}", words(&peer));
    let said = String::from_utf8_lossy(&peer.stdout).trim().to_string();
    assert_eq!(said, format!("proven: {0} of {0}, leaves: {0}", rows.len()));
    // No identifier and no pointer to one stands in a manifest.
    for id in generator.patients().iter().flat_map(weir_synth::Patient::identifiers) {
        assert!(id.len() < 6 || !asked["manifests"].to_string().contains(&id));
    }

    // Every third is tampered with, each in one of nine ways.
    let mut wanted = BTreeSet::new();
    let (mut tampered, mut behind) = (Vec::new(), Vec::new());
    let mut left = TAMPERED;
    let foreign = rows[0].clone();
    for (n, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        if n % 3 != 2 || left == 0 || (n / 3) % 10 == 4 && left < 2 {
            tampered.push(row);
            continue;
        }
        let leaf = row.leaf();
        let mut fault = "altered";
        match (n / 3) % 10 {
            0 => match &mut row.value {
                Some(value) => value[10] ^= 1,
                None => row.value = Some(b"{}".to_vec()),
            },
            1 => row.key.get_or_insert_with(Vec::new).push(b'0'),
            2 => row.header("weir-keys").get_or_insert_with(Vec::new).push(b'9'),
            3 => row.headers.push(("more".into(), None)),
            // Its source and that of its neighbour change places.
            4 if n + 1 < rows.len() && rows[n - 1].partition == row.partition => {
                let before = tampered.last_mut().expect("a neighbour");
                let neighbour: &mut Row = before;
                wanted.insert(("altered".to_string(), neighbour.leaf()));
                std::mem::swap(neighbour.header("weir-source"), row.header("weir-source"));
                left -= 1;
            }
            5 => {
                wanted.insert(("missing".to_string(), leaf));
                left -= 1;
                continue;
            }
            6 => {
                fault = "repeated";
                behind.push(row.clone());
            }
            7 => {
                fault = "moved";
                row.partition = (row.partition + 1) % PARTITIONS;
            }
            8 => {
                // A record of another time and place, under no batch of this topic.
                let mut other = foreign.clone();
                *other.header("weir-batch") = Some(format!("{:032x}/{n}", n).into_bytes());
                wanted.insert(("foreign".to_string(), other.leaf()));
                behind.push(other);
                tampered.push(row);
                left -= 1;
                continue;
            }
            _ => {
                row.value = match row.value {
                    Some(_) => None,
                    None => Some(Vec::new()),
                }
            }
        }
        wanted.insert((fault.to_string(), leaf));
        tampered.push(row);
        left -= 1;
    }
    assert_eq!((left, wanted.len()), (0, TAMPERED));
    tampered.extend(behind);
    write_anew(&stage.topic("clean"), &tampered);
    let out = verify(&stage, &["--json"]);
    assert_eq!(out.status.code(), Some(9), "{}", words(&out));
    assert!(words(&out).contains("W0439"), "{}", words(&out));
    let found = report(&out);
    let findings = found["findings"].as_array().expect("findings");
    let found: BTreeSet<_> = findings
        .iter()
        .map(|one| {
            let leaf = format!("{}/{}", one["batch"].as_str().expect("a batch"), one["leaf"]);
            (one["fault"].as_str().expect("a fault").to_string(), leaf)
        })
        .collect();
    let (missed, false_ones) =
        (wanted.difference(&found).count(), found.difference(&wanted).count());
    assert_eq!(
        (missed, false_ones, findings.len()),
        (0, 0, TAMPERED),
        "{:?}",
        found.difference(&wanted).next()
    );
}

/// Another's key, no manifests, and a topic that goes on while it is looked at.
#[test]
fn what_cannot_be_proven_is_not_called_proven() {
    let stage = staged("unproven", |text| text);
    let out = verify(&stage, &[]);
    assert_eq!(out.status.code(), Some(5), "nothing is no proof: {}", words(&out));
    assert!(words(&out).contains("W0440"), "{}", words(&out));
    let generator = Generator::new(92, 30);
    stage.feed(&generator, 0..200, 50);
    let child = run(&stage).stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 200, SOON);
    // The run goes on, and says so.
    let out = verify(&stage, &[]);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("1  workers go on"), "{}", words(&out));
    assert!(terminate(child).status.success());
    let folder = stage.folder.0.join("other");
    std::fs::create_dir(&folder).expect("a folder");
    let made = weir().args(["keys", "proof", "--dir"]).arg(&folder).output().expect("runs");
    assert!(made.status.success(), "{}", words(&made));
    let mut other = weir();
    other.args(["verify", &stage.topic("clean"), "--proof", &stage.topic("proof"), "--json"]);
    other.args(["--kafka", &address(), "--public-key"]).arg(folder.join("weir-proof.pub"));
    let out = other.output().expect("runs");
    assert_eq!(out.status.code(), Some(9), "{}", words(&out));
    let found = report(&out);
    assert_eq!(found["tally"]["proven"], 0);
    assert_eq!(found["counts"]["foreign"], read(&stage.topic("clean")).len());
    assert_eq!(found["counts"]["forged_manifest"], read(&stage.topic("proof")).len());
}

/// A run that stopped itself has one end, and a topic that would lose manifests is refused.
#[test]
fn a_pipeline_that_stops_itself_is_proven_to_its_end() {
    let stage = staged("proof-stops", |text| text.replace("window: 1m", "window: 1h"));
    let generator = Generator::new(94, 30);
    let (feeder, source) = (Feeder::new(), stage.topic("source"));
    for n in 0..400 {
        let mut record = generator.note(n);
        if n >= 200 {
            record.value = record.value.replacen('{', r#"{"maiden_name":"Canaryman","#, 1);
        }
        feeder.record(&source, n, &record);
    }
    feeder.done();
    let child = run(&stage).args(["--workers", "2"]).stderr(Stdio::piped()).spawn();
    let out = crate::broker::wait(child.expect("starts"), SOON);
    assert_eq!(out.status.code(), Some(7), "{}", words(&out));
    let events = crate::broker::console_values(&stage.topic("lineage"));
    let ends = events
        .lines()
        .filter(|event| !event.contains("\"START\"") && !event.contains("\"RUNNING\""));
    assert_eq!(
        ends.count(),
        3,
        "one end of each worker's run, and one of the pipeline's: {events}"
    );
    let out = verify(&stage, &["--json"]);
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(report(&out)["tally"]["open_chains"], 0);
    crate::broker::alter(&stage.topic("proof"), "retention.ms", "3600000");
    let out = crate::broker::wait(
        run(&stage).arg("--resume").stderr(Stdio::piped()).spawn().expect("starts"),
        SOON,
    );
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("W0441"), "{}", words(&out));
}

/// Without a key there is no start, and under safe_harbor no pointer leaves but sealed.
#[test]
fn safe_harbor_keeps_its_pointers_sealed() {
    let stage = staged("proof-harbor", |text| {
        let text = text.replace("policy:      pseudonymize", "policy:      safe_harbor");
        text.replace("key: {class: mrn, width: 10}", "key: drop, historical: true")
    });
    let generator = Generator::new(93, 30);
    stage.feed(&generator, 0..120, 50);
    let out = stage.run().arg("--proof-key").arg("nowhere").output().expect("runs");
    assert_eq!(out.status.code(), Some(4), "{}", words(&out));
    let child = run(&stage).stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 120, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let out = verify(&stage, &["--json"]);
    assert!(out.status.success(), "{}", words(&out));
    for mut row in read(&stage.topic("clean")) {
        assert!(row.header("weir-batch").is_some() && row.header("weir-policy").is_some());
        assert!(row.headers.iter().all(|(name, _)| name != "weir-source" && name != "weir-keys"));
    }
    let source = stage.topic("source");
    let manifests = read(&stage.topic("proof"));
    let payload = |row: &Row| -> Value {
        let envelope: Value =
            serde_json::from_slice(row.value.as_ref().expect("a value")).expect("JSON");
        let payload = BASE64.decode(envelope["payload"].as_str().expect("a payload").as_bytes());
        serde_json::from_slice(&payload.expect("base64")).expect("JSON")
    };
    let with_leaves: Vec<_> =
        manifests.iter().map(payload).filter(|manifest| manifest["leaves"] != "").collect();
    assert!(!with_leaves.is_empty());
    for manifest in with_leaves {
        assert!(!manifest.to_string().contains(&source), "{manifest}");
        let sealed = BASE64.decode(manifest["sources"].as_str().expect("sealed").as_bytes());
        let opener = weir::keys::Opener::load(&stage.folder.0.join("weir-quarantine.key"));
        let batch = manifest["batch"].as_str().expect("a batch");
        let opened = opener.expect("loads").open(&sealed.expect("base64"), batch.as_bytes());
        let opened = String::from_utf8(opened.expect("opens").to_vec()).expect("UTF-8");
        let leaves = manifest["leaves"].as_str().expect("leaves").len() / 4 * 3 / 16;
        assert_eq!(opened.lines().count(), leaves);
        assert!(opened.lines().all(|line| line.starts_with(&format!("{source}/"))), "{opened}");
    }
}
