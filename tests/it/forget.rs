//! `weir forget` in trouble: records that go on coming, several pipelines, topics of another time, records without a
//! key, and an end with -9 behind the secret and behind the list (`trail.rs` has one among the tombstones).

use crate::broker::{
    Feeder, Stage, address, alter, config_of, console_count, create, remove, terminate, wait,
    wait_for,
};
use crate::kafka::words;
use crate::trail::{
    Clean, command, consumed, feed, json_lines, list_of, mrn, place_of, staged, with_ids,
    with_own_secrets,
};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(60);
/// How many patients a topic has records of.
const OF: u64 = 8;

fn key(n: u64) -> String {
    format!("k{n:05}")
}

fn started(stage: &Stage) -> Child {
    stage.run().stderr(Stdio::piped()).spawn().expect("runs")
}

/// Runs a pipeline until its group is there.
fn run(stage: &Stage, at: i64) {
    let child = started(stage);
    wait_for(stage, at, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
}

/// Ids of one patient, as they are typed.
fn ids(patient: u64) -> String {
    format!("{}\n", mrn(patient))
}

fn page(out: &Output) -> Value {
    json_lines(&out.stdout).remove(0)
}

/// Places that the removal list has.
fn listed(stage: &Stage) -> BTreeSet<(String, (i32, i64))> {
    let list = json_lines(&std::fs::read(list_of(stage)).expect("a list"));
    let place =
        |line: &Value| (line["topic"].as_str().expect("one").into(), place_of(line, "ids").0);
    list.iter().map(place).collect()
}

/// Places of a patient's records in a topic, as a consumer sees them.
fn places(topic: &str, clean: &[Clean], patient: u64) -> BTreeSet<(String, (i32, i64))> {
    let theirs = clean.iter().filter(|record| record.seq.is_some_and(|seq| seq % OF == patient));
    theirs.map(|record| (topic.to_string(), record.place)).collect()
}

/// The keys of a topic whose last record is a tombstone.
fn ended(clean: &[Clean]) -> BTreeSet<String> {
    let mut ended = BTreeSet::new();
    for record in clean {
        match record.seq {
            None => ended.insert(record.key.clone()),
            Some(_) => ended.remove(&record.key),
        };
    }
    ended
}

/// The keys of a patient's records.
fn keys(clean: &[Clean], patient: u64) -> BTreeSet<String> {
    let theirs = clean.iter().filter(|record| record.seq.is_some_and(|seq| seq % OF == patient));
    theirs.map(|record| record.key.clone()).collect()
}

/// There are more each time: it does what it can, says so, and goes on from there once they have stopped.
#[test]
fn records_that_go_on_coming_are_told_and_taken_out_later() {
    let stage = staged("still-coming", "");
    feed(&stage, 0..80, OF, key, "");
    let child = started(&stage);
    wait_for(&stage, 80, SOON);
    let stop = Arc::new(AtomicBool::new(false));
    let (flag, source) = (Arc::clone(&stop), stage.topic("source"));
    let feeding = std::thread::spawn(move || {
        let feeder = Feeder::new();
        let mut n = 80 + 3;
        while !flag.load(Ordering::SeqCst) {
            let (mrn, key) = (mrn(3), key(n));
            let value = format!(r#"{{"mrn":"{mrn}","id":"{key}","seq":{n}}}"#);
            feeder.send(&source, 0, &key, Some(&value));
            feeder.done();
            n += OF;
            std::thread::sleep(Duration::from_millis(50));
        }
        (n - 83) / OF
    });
    let out = with_ids(command(&stage, "forget", &["--json"]), &ids(3));
    stop.store(true, Ordering::SeqCst);
    let more = feeding.join().expect("no panic");
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("W0449"), "{}", words(&out));
    let said = page(&out);
    assert_eq!(said["whole"], false);
    let listed_then = listed(&stage);
    // What it says that it has done it has done.
    assert_eq!(said["records"], listed_then.len());
    assert!(listed_then.len() > 10, "{said}");
    let clean = consumed(&stage.topic("clean"));
    assert!(listed_then.is_subset(&places(&stage.topic("clean"), &clean, 3)));
    assert_eq!(said["topics"][0]["tombstones"], ended(&clean).len());
    let audit = std::fs::read_to_string(stage.folder.0.join("audit.jsonl")).expect("an audit");
    assert!(audit.contains("trail.forgotten") && audit.contains(", in part"), "{audit}");
    assert!(!audit.contains(&mrn(3)) && !words(&out).contains(&mrn(3)));

    wait_for(&stage, (80 + more) as i64, SOON);
    assert!(terminate(child).status.success());
    let out = with_ids(command(&stage, "forget", &["--json"]), &ids(3));
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!((&page(&out)["records"], &page(&out)["whole"]), (&(10 + more).into(), &true.into()));
    let clean = consumed(&stage.topic("clean"));
    assert_eq!(ended(&clean), keys(&clean, 3));
    assert_eq!(listed(&stage), places(&stage.topic("clean"), &clean, 3));
    let tombstones = clean.iter().filter(|record| record.seq.is_none()).count();
    assert_eq!(tombstones, keys(&clean, 3).len(), "each key once");
}

/// Two that write one topic, and one with a topic of its own that is not compacted.
#[test]
fn several_pipelines_are_taken_out_of_at_once() {
    let one = staged("several-one", "");
    let other = staged("several-other", "");
    let kept = staged("several-kept", "");
    alter(&kept.topic("clean"), "cleanup.policy", "delete");
    for stage in [&other, &kept] {
        // One tenant's.
        for file in ["weir.keyring", "weir.passphrase"] {
            std::fs::copy(one.folder.0.join(file), stage.folder.0.join(file)).expect("copies");
        }
    }
    let text = std::fs::read_to_string(other.pipeline()).expect("reads");
    let shared = text.replace(&other.topic("clean"), &one.topic("clean"));
    assert_ne!(shared, text);
    std::fs::write(other.pipeline(), shared).expect("writes");
    let numbered = |from: u64| move |n: u64| key(from + n);
    for (at, stage) in [&one, &other, &kept].into_iter().enumerate() {
        feed(stage, 0..80, OF, numbered(at as u64 * 1_000), "");
        run(stage, 80);
    }
    let mut forget = command(&one, "forget", &["--json"]);
    forget.arg(other.pipeline()).arg(kept.pipeline());
    let out = with_ids(forget, &ids(5));
    assert!(out.status.success(), "{}", words(&out));
    let said = page(&out);
    assert_eq!((&said["records"], &said["whole"]), (&30.into(), &true.into()));
    let topics = said["topics"].as_array().expect("a list");
    let of = |topic: &Value| {
        let counts = ["records", "tombstones"].map(|name| topic[name].as_u64().expect("one"));
        (topic["topic"].as_str().expect("one").to_string(), counts, topic["compacted"] == true)
    };
    let wanted = [(one.topic("clean"), [20, 20], true), (kept.topic("clean"), [10, 0], false)];
    assert_eq!(topics.iter().map(of).collect::<Vec<_>>(), wanted, "the shared one once");
    let (clean, stays) = (consumed(&one.topic("clean")), consumed(&kept.topic("clean")));
    assert_eq!(ended(&clean), keys(&clean, 5));
    assert_eq!((clean.len(), stays.len()), (180, 80));
    let all = &places(&one.topic("clean"), &clean, 5) | &places(&kept.topic("clean"), &stays, 5);
    assert_eq!(listed(&one), all);
    // One of two is not the whole of a shared topic: what the other wrote is not in its trail.
    let mut forget = command(&one, "forget", &["--json", "--removal-list"]);
    forget.arg(one.folder.0.join("one.jsonl"));
    let out = with_ids(forget, &ids(6));
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(page(&out)["records"], 10);
}

/// The pipeline has had another clean topic before: what lies there is on the list, and it is said that it is there
/// still, until it is not, or until a pipeline that writes there is named.
#[test]
fn records_in_a_topic_of_another_time_are_told() {
    let stage = staged("elsewhere", "");
    feed(&stage, 0..40, OF, key, "");
    run(&stage, 40);
    let (old, new) = (stage.topic("clean"), stage.topic("clean2"));
    create(&new, 4, &[("cleanup.policy", "compact")]);
    let text = std::fs::read_to_string(stage.pipeline()).expect("reads");
    std::fs::write(stage.pipeline(), text.replace(&old, &new)).expect("writes");
    feed(&stage, 40..80, OF, key, "");
    run(&stage, 80);
    let forget = || with_ids(command(&stage, "forget", &["--json"]), &ids(2));
    let out = forget();
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("W0450") && words(&out).contains(&old), "{}", words(&out));
    let said = page(&out);
    assert_eq!((&said["records"], &said["whole"]), (&10.into(), &false.into()));
    assert_eq!(said["elsewhere"], serde_json::json!([old]));
    assert_eq!(said["topics"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&said["topics"][0]["topic"], &said["topics"][0]["tombstones"]),
        (&new.as_str().into(), &5.into())
    );
    let (before, after) = (consumed(&old), consumed(&new));
    assert_eq!((before.len(), ended(&after)), (40, keys(&after, 2)));
    assert_eq!(listed(&stage), &places(&old, &before, 2) | &places(&new, &after, 2));

    // By a pipeline that writes there, under a name of its own.
    let then = stage.folder.0.join("pipelines/then.yaml");
    let name = format!("pipeline: {}", stage.name);
    std::fs::write(&then, text.replacen(&name, &format!("{name}-then"), 1)).expect("writes");
    let mut both = command(&stage, "forget", &["--json"]);
    both.arg(&then);
    let out = with_ids(both, &ids(2));
    assert!(out.status.success(), "{}", words(&out));
    let before = consumed(&old);
    assert_eq!(ended(&before), keys(&before, 2));
    let out = forget();
    assert!(words(&out).contains("W0450"), "it cannot know what another did: {}", words(&out));

    remove(&old);
    let out = forget();
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(
        (&page(&out)["elsewhere"], &page(&out)["whole"]),
        (&serde_json::json!([]), &true.into())
    );
}

/// A topic that is compacted takes no record without a key; one that became it later has some, and no tombstone ends them.
#[test]
fn records_without_a_key_stay_and_are_counted() {
    use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
    let stage = staged("keyless", "");
    alter(&stage.topic("clean"), "cleanup.policy", "delete");
    feed(&stage, 0..40, OF, key, "");
    let producer: BaseProducer = config_of().create().expect("a producer");
    let source = stage.topic("source");
    for n in 40..48 {
        let value = format!(r#"{{"mrn":"{}","id":"{}","seq":{n}}}"#, mrn(n % OF), key(n));
        let record = BaseRecord::<str, str>::to(&source).partition(1).payload(&value);
        producer.send(record).map_err(|(error, _)| error).expect("sends");
    }
    producer.flush(SOON).expect("flushes");
    run(&stage, 48);
    alter(&stage.topic("clean"), "cleanup.policy", "compact");
    let out = with_ids(command(&stage, "forget", &["--json"]), &ids(4));
    assert!(out.status.success(), "{}", words(&out));
    let said = page(&out);
    let topic = &said["topics"][0];
    let counts = ["records", "tombstones", "keyless", "gone", "moved"];
    assert_eq!(counts.map(|name| topic[name].as_u64().expect("one")), [6, 5, 1, 0, 0], "{said}");
    let clean = consumed(&stage.topic("clean"));
    // The console consumer's word for no key.
    let mut theirs = keys(&clean, 4);
    assert!(theirs.remove("null"));
    assert_eq!(ended(&clean), theirs);
    assert_eq!(listed(&stage).len(), 6);
    let out = with_ids(command(&stage, "forget", &[]), &ids(4));
    assert!(words(&out).contains("1 records have no key, and stay"), "{}", words(&out));
}

/// Starts a removal, and ends it with -9 once `when` says so.
fn killed(stage: &Stage, store: &Path, patient: u64, when: impl Fn() -> bool) {
    let mut forget = command(stage, "forget", &["--subjects"]);
    let mut child = forget.arg(store).spawn().expect("runs");
    child.stdin.take().expect("piped").write_all(ids(patient).as_bytes()).expect("writes");
    let deadline = Instant::now() + SOON;
    while !when() {
        assert!(Instant::now() < deadline, "it does not come so far");
        assert!(child.try_wait().expect("asks").is_none(), "it has ended");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("kill -9");
    wait(child, SOON);
}

/// Ended before its list and with the secret gone, and ended with its list and before a tombstone: the same command does
/// the rest, and nothing is told twice.
#[test]
fn a_removal_that_was_killed_goes_on_from_where_it_was() {
    let stage = staged("forget-killed", "");
    let folder = &stage.folder.0;
    with_own_secrets(&stage);
    let schema = folder.join("schemas/visit.yaml");
    let text = std::fs::read_to_string(&schema).expect("reads");
    std::fs::write(&schema, text + "  $.unit: unique_id\n").expect("writes");
    let store = folder.join("weir.subjects");
    let more = r#","unit":"unit-12-b""#;
    feed(&stage, 0..400, OF, key, more);
    let mut pipeline = stage.run();
    let child = pipeline.arg("--subjects").arg(&store).stderr(Stdio::piped()).spawn();
    wait_for(&stage, 400, SOON);
    assert!(terminate(child.expect("runs")).status.success());
    let tombstones = || ended(&consumed(&stage.topic("clean"))).len();
    let acts = || {
        let audit = std::fs::read_to_string(folder.join("audit.jsonl")).expect("an audit");
        ["\"trail.forget\"", "\"trail.forgotten\""].map(|act| audit.matches(act).count())
    };

    // Behind the secret, before the list.
    let whole = std::fs::read(&store).expect("a store");
    killed(&stage, &store, 1, || std::fs::read(&store).is_ok_and(|now| now != whole));
    assert!(!list_of(&stage).exists() && tombstones() == 0 && acts() == [1, 0]);
    // Behind the list, before a tombstone.
    killed(&stage, &store, 1, || list_of(&stage).exists());
    assert_eq!((tombstones(), acts()), (0, [2, 0]));
    assert_eq!(console_count(&stage.topic("quarantine")), 0);

    let mut forget = command(&stage, "forget", &["--json", "--subjects"]);
    forget.arg(&store);
    let out = with_ids(forget, &ids(1));
    assert!(out.status.success(), "{}", words(&out));
    let said = page(&out);
    assert_eq!((&said["records"], &said["shredded"]), (&50.into(), &0.into()), "shredded before");
    assert_eq!(said["topics"][0]["tombstones_before"], 0);
    let clean = consumed(&stage.topic("clean"));
    assert_eq!(ended(&clean), keys(&clean, 1));
    assert_eq!(clean.len(), 450, "each key once");
    assert_eq!(listed(&stage), places(&stage.topic("clean"), &clean, 1));
    assert_eq!(acts(), [3, 1]);
    // And the secret is gone indeed: what comes of them is refused.
    feed(&stage, 401..402, OF, key, more);
    let mut pipeline = stage.run_at(&address());
    let child = pipeline.arg("--subjects").arg(&store).stderr(Stdio::piped()).spawn();
    wait_for(&stage, 401, SOON);
    assert!(terminate(child.expect("runs")).status.success());
    assert_eq!(console_count(&stage.topic("quarantine")), 1);
}
