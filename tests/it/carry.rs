//! Carrying a compacted clean topic over after a rotation, on a real broker, read by Kafka's own
//! console consumer.

use crate::broker::{
    Feeder, PARTITIONS, Row, Stage, alter, console_rows, create, ends, terminate, wait, wait_for,
};
use crate::cli::words;
use crate::keys::{run, text};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use weir_synth::Generator;

/// A carry waits for the places in the group that dead processes leave behind.
const SOON: Duration = Duration::from_secs(90);

/// A stage whose clean topic is compacted.
fn compacted(name: &str, edit: impl Fn(String) -> String) -> Stage {
    let stage = Stage::with(name, edit);
    stage.make(&["source", "quarantine", "lineage"], PARTITIONS);
    create(&stage.topic("clean"), PARTITIONS, &[("cleanup.policy", "compact")]);
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    stage
}

fn start(command: &mut Command) -> Child {
    command.stderr(Stdio::piped()).spawn().expect("starts")
}

const REASON: &str = "rotation of the quarter";

fn carrying(stage: &Stage) -> Command {
    let mut command = stage.run();
    command.args(["--retokenize-topic", "--reason", REASON, "--audit"]);
    command.arg(stage.folder.0.join("carry.jsonl"));
    command.arg("--audit-key").arg(stage.folder.0.join("weir-audit.key"));
    command
}

fn audit(stage: &Stage) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(stage.folder.0.join("carry.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Runs a pipeline until the group has come as far as `n`.
fn run_to(stage: &Stage, mut command: Command, n: i64) -> Output {
    let child = start(&mut command);
    wait_for(stage, n, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    out
}

fn refused(out: &Output, exit: i32, code: &str) {
    assert_eq!(out.status.code(), Some(exit), "{}", words(out));
    assert!(words(out).contains(code) && words(out).contains("help:"), "{}", words(out));
}

/// The last record of each key of each partition.
fn last(rows: &[Row]) -> BTreeMap<(&str, &str), &Row> {
    rows.iter().map(|row| ((row.partition.as_str(), row.key.as_str()), row)).collect()
}

/// Each value's tokens under versions 1 and 2.
fn tokens(stage: &Stage, about: &[&str], values: &[&str]) -> Vec<(String, String)> {
    let arguments = ["token", "encrypt", "--dev", "--class", "mrn", "--all-versions"];
    let out = run(&stage.folder, &[&arguments, about].concat(), &values.join("\n"));
    let pair = |line: &str| {
        let (first, second) = line.split_once('\t').expect("two versions");
        (first.to_string(), second.to_string())
    };
    text(&out).lines().map(pair).collect()
}

fn decrypt(stage: &Stage, version: &str, token: &str) -> String {
    let arguments = [
        "token",
        "decrypt",
        "--dev",
        "--class",
        "mrn",
        "--width",
        "10",
        "--key-version",
        version,
        "--reason",
        "a test",
    ];
    text(&run(&stage.folder, &arguments, token))
}

/// A record number as some system writes it.
fn dashed(number: &str) -> String {
    format!("{}-{}-{}", &number[..3], &number[3..6], &number[6..])
}

#[test]
fn a_compacted_topic_is_carried_over_to_the_new_keys() {
    let stage = compacted("carry", |text| text);
    let generator = Generator::new(41, 40);
    let mrns: Vec<_> = generator.patients().iter().map(|p| p.mrn.as_str()).collect();
    // A person is always in one partition.
    let place = |mrn: &str| mrns.iter().position(|m| *m == mrn).expect("a patient") as i32 % 4;
    let feeder = Feeder::new();
    let mut fed = 0;
    let mut note = |mrn: &str| {
        let n = (fed as u64..).find(|&n| generator.patient_of(n).mrn == mrn).expect("a note");
        let record = generator.note(n);
        feeder.send(&stage.topic("source"), place(mrn), &dashed(mrn), Some(&record.value));
        fed += 1;
        fed
    };
    let at = mrns.iter().map(|mrn| note(mrn)).max().expect("notes");
    feeder.done();
    run_to(&stage, stage.run(), at);
    let ring = stage.folder.0.join("weir.keyring");
    let old_ring = std::fs::read(&ring).expect("reads");
    text(&run(&stage.folder, &["keys", "rotate", "--dev"], ""));
    // One goes on under the new key before the topic is carried over, and one is deleted.
    let [newer, deleted, replaced, gone] = [0, 1, 2, 3].map(|at| mrns[at]);
    let tombstone = |mrn: &str| feeder.send(&stage.topic("source"), place(mrn), &dashed(mrn), None);
    note(newer);
    tombstone(deleted);
    feeder.done();
    let out = wait(start(&mut stage.run()), SOON);
    refused(&out, 5, "W0417");
    // A topic that nobody compacts keeps both, whatever meets.
    let clean = stage.topic("clean");
    alter(&clean, "cleanup.policy", "delete");
    run_to(&stage, stage.run(), at + 2);
    alter(&clean, "cleanup.policy", "compact");

    let before = console_rows(&stage.topic("clean"));
    let child = start(&mut carrying(&stage));
    // Its workers go on once the topic is carried over: one record replaced, one deleted.
    note(replaced);
    tombstone(gone);
    feeder.done();
    wait_for(&stage, at + 4, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let said = "keys carried over to v2: 38 records under their new key, 1 old keys ended";
    assert!(words(&out).contains(said), "{}", words(&out));
    assert!(!words(&out).contains("start it with --retokenize-topic"), "{}", words(&out));

    let rows = console_rows(&stage.topic("clean"));
    assert_eq!(rows[..].len(), before.len() + 38 + 39 + 2, "38 records, 39 tombstones, 2 updates");
    let (was, is) = (last(&before), last(&rows));
    let tokens: Vec<_> = tokens(&stage, &["--width", "10"], &mrns)
        .iter()
        .map(|(old, new)| (dashed(old), dashed(new)))
        .collect();
    let count = |key: &str| rows.iter().filter(|row| row.key == key).count();
    for (mrn, (old, new)) in mrns.iter().zip(&tokens) {
        let partition = format!("Partition:{}", place(mrn));
        let of = |key: &'_ str| is.get(&(partition.as_str(), key)).copied();
        let ended = of(old).expect("the old key");
        assert_eq!(ended.value, None, "the old key has ended");
        assert!(ended.headers.contains("weir-keys:v1"), "{}", ended.headers);
        let row = of(new).expect("the new key");
        if [deleted, gone].contains(mrn) {
            assert_eq!(row.value, None);
            continue;
        }
        let value = row.value.as_ref().expect("live");
        let (version, of_value) = match [newer, replaced].contains(mrn) {
            true => ("weir-keys:v2", "2"),
            false => ("weir-keys:v1;key=v2", "1"),
        };
        assert!(row.headers.split(',').any(|header| header == version), "{}", row.headers);
        if of_value == "1" {
            let old = was[&(partition.as_str(), old.as_str())];
            assert_eq!((&row.value, &row.time), (&old.value, &old.time), "byte for byte");
            let others = |row: &Row| row.headers.replace("v1;key=v2", "v1");
            assert_eq!(others(row), others(old));
        }
        if ["7", "8"].iter().any(|digit| mrn.ends_with(digit)) {
            // Both reveal: the key under its version, the value's tokens under theirs.
            assert_eq!(decrypt(&stage, "2", new), *mrn);
            let value: serde_json::Value = serde_json::from_str(value).expect("JSON");
            let token = value["patient"]["mrn"].as_str().expect("a token");
            assert_eq!(decrypt(&stage, of_value, token), *mrn);
        }
    }
    let live = is.values().filter(|row| row.value.is_some()).count();
    assert_eq!(live, mrns.len() - 2, "every person has one record");
    // What was newer was not written over; a tombstone goes out under the new version alone now.
    assert_eq!(count(&tokens[0].1), 1);
    assert_eq!((count(&tokens[3].0), count(&tokens[3].1)), (2, 2), "the record, and its end");
    let lines = audit(&stage);
    assert!(!lines.is_empty());
    assert!(lines.iter().all(|line| line["act"] == "token.retokenize" && line["reason"] == REASON));
    assert!(lines.iter().all(|line| line["class"] == "mrn" && line["version"] == 1));
    let sum: u64 = lines.iter().filter_map(|line| line["count"].as_u64()).sum();
    assert_eq!(sum, 39);
    let all = serde_json::to_string(&lines).expect("JSON");
    for (mrn, (old, new)) in mrns.iter().zip(&tokens) {
        assert!(
            ![*mrn, old, new].iter().any(|value| all.contains(value)),
            "a value is in the audit"
        );
    }
    // Again: nothing is left to do, and nothing is done.
    note(newer);
    feeder.done();
    let out = run_to(&stage, carrying(&stage), at + 5);
    assert!(words(&out).contains("0 records under their new key, 0 old keys"), "{}", words(&out));
    let again = console_rows(&stage.topic("clean"));
    assert_eq!(again.len(), rows.len() + 1, "the update alone");
    assert!(rows.iter().all(|row| again.contains(row)));
    assert_eq!(audit(&stage).len(), lines.len(), "no token was taken back");
    // Whoever still has the old keyring would write old keys into the new topic.
    std::fs::write(&ring, old_ring).expect("writes");
    std::fs::remove_file(stage.folder.0.join("weir.keyring.epoch")).expect("removes");
    for mut command in [stage.run(), carrying(&stage)] {
        refused(&wait(start(&mut command), SOON), 4, "W0312");
    }
}

/// A letter for a digit: a name for a number that is not the number.
fn tag(partition: i32, number: &str) -> String {
    let letters = number.bytes().map(|b| char::from(b - b'0' + b'a'));
    format!("{}{}", char::from(b'k' + partition as u8), letters.collect::<String>())
}

/// A pipeline whose keys are of 10,000 values, most of them in use: nearly every new key is another
/// record's old key.
fn dense(name: &str) -> Stage {
    let stage = compacted(name, |text| {
        text.replace("clinical-note", "dense").replace("pseudonymize", "dense").replace("10}", "4}")
    });
    let write = |name: &str, text: &str| {
        std::fs::write(stage.folder.0.join(name), text).expect("writes");
    };
    write(
        "schemas/dense.yaml",
        "schema: dense\nformat: json\nfields:\n  $.mrn: {class: mrn, width: 4}\n  $.tag: not_phi\n",
    );
    write(
        "policies/dense.yaml",
        "policy: dense\nbasis: pseudonymized\nclasses:\n  \
         mrn: {kernel: permute, scope: destination}\n  not_phi: keep\n\
         default: remove\n",
    );
    stage
}

const PEOPLE: usize = 6_000;

/// Killed in the middle, and carried on by the next: everybody's record stands under their own new
/// key, also where that is somebody else's old key.
#[test]
fn a_carry_that_is_killed_is_finished_by_the_next_one() {
    let stage = dense("carry-kill");
    let numbers: Vec<_> = (0..PEOPLE).map(|n| format!("{n:04}")).collect();
    let feeder = Feeder::new();
    for partition in 0..PARTITIONS {
        for number in &numbers {
            let value = format!(r#"{{"mrn":"{number}","tag":"{}"}}"#, tag(partition, number));
            feeder.send(&stage.topic("source"), partition, number, Some(&value));
        }
    }
    feeder.done();
    let all = PEOPLE as i64 * i64::from(PARTITIONS);
    run_to(&stage, stage.run(), all);
    text(&run(&stage.folder, &["keys", "rotate", "--dev"], ""));
    let before = ends(&stage.topic("clean"));
    let mut child = start(&mut carrying(&stage));
    let deadline = Instant::now() + SOON;
    // More than one transaction takes, and far less than all of them.
    while ends(&stage.topic("clean")) < before + 8_000 {
        assert!(Instant::now() < deadline, "it writes nothing");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("kill -9");
    child.wait().expect("waits");
    let moved = |rows: &[Row]| {
        last(rows).values().filter(|row| row.headers.contains("v1;key=v2")).count() as i64
    };
    let half = moved(&console_rows(&stage.topic("clean")));
    assert!(half > 0 && half < all, "it was killed in the middle: {half} of {all}");
    println!("carried over when it was killed: {half} of {all}");
    let late = format!(r#"{{"mrn":"9999","tag":"{}"}}"#, tag(0, "9999"));
    feeder.send(&stage.topic("source"), 0, "9999", Some(&late));
    feeder.done();
    let out = run_to(&stage, carrying(&stage), all + 1);
    let said = format!("{} records under their new key, 0 old keys", all - half);
    assert!(words(&out).contains(&said), "{}", words(&out));
    let rows = console_rows(&stage.topic("clean"));
    let people: Vec<_> = numbers.iter().map(String::as_str).chain(["9999"]).collect();
    let scope = ["--scope", "destination", "--destination", "rag-local"];
    let about = [&["--kernel", "permute", "--width", "4"][..], &scope].concat();
    let tokens = tokens(&stage, &about, &people);
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = tokens.iter().cloned().unzip();
    let meet = old.intersection(&new).count();
    assert!(meet > PEOPLE / 4, "the two versions' keys meet: {meet}");
    let mut right = BTreeMap::new();
    for partition in 0..PARTITIONS {
        for (number, (_, new)) in people.iter().zip(&tokens) {
            if *number != "9999" || partition == 0 {
                right.insert((format!("Partition:{partition}"), new), tag(partition, number));
            }
        }
    }
    let last = last(&rows);
    let anew = last.values().filter(|row| row.headers.contains("weir-keys:v1;key=v2")).count();
    assert_eq!(anew as i64, all, "whose key is the same under both versions among them");
    let live = last.into_iter().filter_map(|((partition, key), row)| {
        let value: serde_json::Value = serde_json::from_str(row.value.as_ref()?).expect("JSON");
        let tag = value["tag"].as_str().expect("a tag").to_string();
        Some((partition.to_string(), key.to_string(), tag))
    });
    let right = right.into_iter().map(|((partition, key), tag)| (partition, key.clone(), tag));
    assert!(live.eq(right), "everybody's record is under their new key, and no other is left");
}

#[test]
fn a_topic_is_not_carried_over_while_the_pipeline_runs() {
    let stage = compacted("carry-runs", |text| text);
    let generator = Generator::new(43, 10);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    feed(0..20);
    let other = start(stage.run().args(["--instance", "other"]));
    wait_for(&stage, 20, SOON);
    text(&run(&stage.folder, &["keys", "rotate", "--dev"], ""));
    let out = wait(start(&mut carrying(&stage)), SOON);
    refused(&out, 5, "W0416");
    assert!(audit(&stage).is_empty(), "no token was taken back");
    // The other one was not disturbed; and its topic is as it was.
    feed(20..40);
    wait_for(&stage, 40, SOON);
    let out = terminate(other);
    assert!(out.status.success(), "{}", words(&out));
    // Nor while somebody's transaction on the topic is open: it could still put a record before ours.
    let open = Feeder::transaction("carry-runs-open");
    open.send(&stage.topic("clean"), 0, "1234567890", Some("{}"));
    open.done();
    refused(&wait(start(&mut carrying(&stage)), SOON), 5, "W0416");
    open.abort();
    // What cannot be written down does not happen.
    let mut command = stage.run();
    command.args(["--retokenize-topic", "--reason", REASON, "--audit", "/nonexistent/a.jsonl"]);
    command.arg("--audit-key").arg(stage.folder.0.join("weir-audit.key"));
    refused(&wait(start(&mut command), SOON), 4, "W0315");
    let rows = console_rows(&stage.topic("clean"));
    assert!(rows.len() == 40 && rows.iter().all(|row| row.headers.contains("weir-keys:v1")));
    // Nor does what a version that is not in use has to do.
    text(&run(&stage.folder, &["keys", "disable", "1", "--dev"], ""));
    let out = wait(start(&mut carrying(&stage)), SOON);
    refused(&out, 4, "W0314");
    assert!(words(&out).contains(&format!("{}/", stage.topic("clean"))), "it says where");
}

/// Tokens of `siv` stand in brackets and name their own version.
#[test]
fn keys_in_brackets_are_carried_over_too() {
    let stage = compacted("carry-siv", |text| text);
    let policy = stage.folder.0.join("policies/pseudonymize.yaml");
    let fpe = std::fs::read_to_string(&policy).expect("reads");
    std::fs::write(&policy, fpe.replace("mrn:           fpe", "mrn:           siv"))
        .expect("writes");
    let generator = Generator::new(46, 10);
    let feeder = Feeder::new();
    let feed = |notes: std::ops::Range<u64>| {
        for n in notes {
            let record = generator.note(n);
            feeder.send(&stage.topic("source"), 0, &record.key, Some(&record.value));
        }
        feeder.done();
    };
    feed(0..20);
    run_to(&stage, stage.run(), 20);
    text(&run(&stage.folder, &["keys", "rotate", "--dev"], ""));
    // These name their version: old and new ones never meet, and a start only warns.
    feed(0..5);
    let out = run_to(&stage, stage.run(), 25);
    assert!(words(&out).contains("start it with --retokenize-topic"), "{}", words(&out));
    let child = start(&mut carrying(&stage));
    feed(0..20);
    wait_for(&stage, 45, SOON);
    assert!(terminate(child).status.success());
    let mrns: BTreeSet<_> = (0..20).map(|n| generator.note(n).key).collect();
    let mrns: Vec<_> = mrns.iter().map(String::as_str).collect();
    let tokens = tokens(&stage, &["--kernel", "siv", "--width", "10"], &mrns);
    let rows = console_rows(&stage.topic("clean"));
    let carried = rows.iter().filter(|row| row.headers.contains("v1;key=v2")).count();
    let newer: BTreeSet<_> = (0..5).map(|n| generator.note(n).key).collect();
    assert_eq!(carried, mrns.len() - newer.len(), "never over a newer record");
    let last = last(&rows);
    let live = last.values().filter(|row| row.value.is_some());
    let live: BTreeSet<_> = live.map(|row| row.key.as_str()).collect();
    assert!(live.iter().all(|key| key.starts_with("[MRN~v2:")), "{live:?}");
    assert_eq!(live, tokens.iter().map(|(_, new)| new.as_str()).collect());
}

/// A transaction that stays open keeps the carry waiting, with the group in its hands.
#[test]
fn who_starts_during_a_carry_waits_and_the_carry_stops() {
    let stage = compacted("carry-meanwhile", |text| text);
    let generator = Generator::new(44, 10);
    let feeder = Feeder::new();
    (0..20).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    let open = Feeder::transaction("carry-meanwhile-open");
    open.send(&stage.topic("clean"), 0, "1234567890", Some("{}"));
    open.done();
    let carry = start(&mut carrying(&stage));
    std::thread::sleep(Duration::from_secs(3));
    let began = Instant::now();
    let other = start(stage.run().args(["--instance", "other"]));
    let out = wait(carry, SOON);
    refused(&out, 5, "W0416");
    assert!(began.elapsed() < Duration::from_secs(12), "it did not wait for its deadline");
    assert!(audit(&stage).is_empty());
    open.abort();
    wait_for(&stage, 20, SOON);
    let out = terminate(other);
    assert!(out.status.success(), "{}", words(&out));
}

/// A carry that hangs longer than the group waits loses its place, and must not write what it
/// has read: records that are newer stand there by now.
#[test]
fn a_carry_that_lost_its_place_writes_nothing() {
    let stage = compacted("carry-lost", |text| text);
    let generator = Generator::new(45, 10);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    feed(0..20);
    run_to(&stage, stage.run(), 20);
    text(&run(&stage.folder, &["keys", "rotate", "--dev"], ""));
    let open = Feeder::transaction("carry-lost-open");
    open.send(&stage.topic("clean"), 0, "1234567890", Some("{}"));
    open.done();
    let carry = start(&mut carrying(&stage));
    // Until the last run's place has run out, and some more.
    std::thread::sleep(Duration::from_secs(14));
    let signal = |name: &str| {
        let status = Command::new("kill").args([name, &carry.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    };
    signal("-STOP");
    feed(20..40);
    // A topic that is not compacted is open to others.
    alter(&stage.topic("clean"), "cleanup.policy", "delete");
    let other = start(stage.run().args(["--instance", "other"]));
    wait_for(&stage, 40, SOON);
    open.abort();
    signal("-CONT");
    let out = wait(carry, SOON);
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    let rows = console_rows(&stage.topic("clean"));
    assert_eq!(rows.len(), 40);
    assert!(rows.iter().all(|row| !row.headers.contains("key=")));
    let out = terminate(other);
    assert!(out.status.success(), "{}", words(&out));
}

#[test]
fn what_cannot_be_carried_over_is_said() {
    let stage = compacted("carry-not", |text| text);
    let policy = stage.folder.0.join("policies/pseudonymize.yaml");
    let fpe = std::fs::read_to_string(&policy).expect("reads");
    let ends = |mut command: Command| wait(start(&mut command), SOON);
    // Without a reason.
    let mut bare = stage.run();
    bare.arg("--retokenize-topic");
    let out = ends(bare);
    assert_eq!(out.status.code(), Some(2), "{}", words(&out));
    let mut blank = stage.run();
    blank.args(["--retokenize-topic", "--reason", " ", "--audit"]);
    blank.arg(stage.folder.0.join("weir-audit.jsonl"));
    refused(&ends(blank), 4, "W0318");
    // A key that does not go back.
    let hash = fpe.replace("mrn:           fpe", "mrn:           hash");
    assert_ne!(hash, fpe);
    std::fs::write(&policy, hash).expect("writes");
    refused(&ends(carrying(&stage)), 4, "W0324");
    std::fs::write(&policy, &fpe).expect("writes");
    // A record that does not say the version of its key.
    let feeder = Feeder::new();
    feeder.send(&stage.topic("clean"), 3, "1234567890", Some("{}"));
    feeder.done();
    let out = ends(carrying(&stage));
    refused(&out, 4, "W0317");
    let pointer = format!("{}/3/0", stage.topic("clean"));
    assert!(words(&out).contains(&pointer) && !words(&out).contains("1234567890"));
    // No key, or a topic that keeps everything: nothing to do, and the run goes on.
    for (name, edit, compact, said) in [
        ("carry-drop", "key: drop", "compact", "the record key is no token"),
        ("carry-plain", "key: {class: mrn, width: 10}", "delete", "is not compacted"),
    ] {
        let stage = Stage::with(name, |text| text.replace("key: {class: mrn, width: 10}", edit));
        stage.make(&["source", "quarantine", "lineage"], PARTITIONS);
        create(&stage.topic("clean"), PARTITIONS, &[("cleanup.policy", compact)]);
        create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
        let mut child = start(&mut carrying(&stage));
        std::thread::sleep(Duration::from_secs(4));
        assert!(child.try_wait().expect("waits").is_none(), "it runs");
        let out = terminate(child);
        assert!(out.status.success() && words(&out).contains(said), "{}", words(&out));
    }
}

#[test]
fn a_compacted_sink_is_refused_under_safe_harbor() {
    let stage = compacted("carry-harbor", |text| {
        text.replace("pseudonymize", "safe_harbor")
            .replace("key: {class: mrn, width: 10}", "key: drop")
            .replace("timestamp: append", "timestamp: year")
    });
    // The retention of a topic that is not compacted: the other rule has nothing to say.
    let clean = format!("{}.both", stage.name);
    create(&clean, PARTITIONS, &[("cleanup.policy", "compact,delete"), ("retention.ms", "-1")]);
    let out = std::fs::read_to_string(stage.pipeline()).expect("reads");
    std::fs::write(stage.pipeline(), out.replace(&stage.topic("clean"), &clean)).expect("writes");
    refused(&wait(start(&mut stage.run()), SOON), 3, "W0510");
}
