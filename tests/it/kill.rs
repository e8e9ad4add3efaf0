//! kill -9 at random times on a real broker, judged by a reader that shares nothing with weir.

use crate::broker::{Feeder, Stage, committed, java, terminate, wait_for};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use weir_synth::Generator;

const RECORDS: u64 = 100_000;
const KILLS: u64 = 10;

#[test]
fn the_checker_finds_each_planted_defect() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kafka/Check.java");
    let out = java().arg(source).arg("--self-test").output().expect("java runs");
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && text.contains("found 12 of 12"), "{text}");
}

#[test]
fn ten_kills_lose_duplicate_and_leak_nothing() {
    let stage = Stage::new("kill");
    stage.make_topics();
    let generator = Generator::new(11, 500);
    let feeder = Feeder::new();
    let source = stage.topic("source");
    for n in 0..RECORDS {
        let mut record = generator.note(n);
        match n % 1000 {
            // Poison of two kinds, and tombstones, among them.
            500 => record.value = record.value.replacen('{', r#"{"maiden_name":"Canaryman","#, 1),
            700 => record.value.truncate(200),
            900 => {
                feeder.send(&source, (n % 4) as i32, &record.key, None);
                continue;
            }
            _ => {}
        }
        feeder.record(&source, n, &record);
    }
    feeder.done();
    let seed = std::time::UNIX_EPOCH.elapsed().map_or(1, |time| time.subsec_nanos());
    println!("seed of the kill times: {seed}");
    let mut random = u64::from(seed) | 1;
    let mut kills = 0;
    let mut at_kill = Vec::new();
    let mut child = stage.run().stderr(Stdio::null()).spawn().expect("starts");
    while kills < KILLS {
        // Far enough apart that each life commits something; never after the end.
        let goal = (RECORDS / (KILLS + 1) * (kills + 1)) as i64;
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        wait_for(&stage, goal - (RECORDS / (KILLS + 1)) as i64 + 1, Duration::from_secs(90));
        std::thread::sleep(Duration::from_millis(random >> 33 & 0x1ff));
        let at = committed(&stage);
        child.kill().expect("kill -9");
        child.wait().expect("waits");
        at_kill.push(at);
        kills += 1;
        child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    }
    println!("committed at each kill: {at_kill:?}");
    wait_for(&stage, RECORDS as i64, Duration::from_secs(180));
    let out = terminate(child);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let during = at_kill.iter().filter(|&&at| at < RECORDS as i64).count();
    assert_eq!(during as u64, KILLS, "every kill hit a run that was not done: {at_kill:?}");

    let canaries = generator.patients().iter().flat_map(weir_synth::Patient::identifiers);
    let canaries = stage.canaries(canaries.chain(["Canaryman".to_string()]));
    let (found, good) = stage.check_all(&canaries);
    println!("the Java checker: {found}");
    assert!(good, "{found}");
    for (figure, wanted) in [("torn", 0), ("lineage_open", 0), ("lineage_counts", 0)] {
        assert_eq!(found[figure], wanted, "{figure}: {found}");
    }
    assert!(found["torn_unknown"].is_null() || found["torn_unknown"] == 0, "{found}");
    assert_eq!(found["source"], RECORDS);
    assert_eq!(found["quarantine"], RECORDS / 1000 * 2);
    assert_eq!(found["code W0207"], RECORDS / 1000);
    assert_eq!(found["code W0202"], RECORDS / 1000);
    lineage_counts_are_right(&stage);
}

/// The sums over all runs: each run's last event has its committed tallies, kills included.
#[expect(clippy::print_stdout, reason = "the figures of a run are worth reading")]
fn lineage_counts_are_right(stage: &Stage) {
    let out = crate::broker::console_values(&stage.topic("lineage"));
    let mut last = std::collections::BTreeMap::new();
    let mut kinds = std::collections::BTreeMap::<String, u64>::new();
    let mut whole = kinds.clone();
    for line in out.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("an event");
        let kind = event["eventType"].as_str().expect("a type").to_string();
        let run = event["run"]["runId"].as_str().expect("a run").to_string();
        if event["run"]["facets"]["parent"].is_null() {
            // Of the pipeline's run, which is a process's life.
            *whole.entry(kind).or_default() += 1;
            continue;
        }
        let records = event["run"]["facets"]["weir_counts"]["records"].as_u64().expect("a count");
        *kinds.entry(kind).or_default() += 1;
        let most = last.entry(run).or_insert(0);
        *most = records.max(*most);
    }
    println!("lineage events: {kinds:?}");
    assert_eq!(last.values().sum::<u64>(), RECORDS, "runs: {last:?}");
    // A life that was killed before its first transaction left no START; every other one that was
    // killed was closed by its successor.
    let starts = kinds["START"];
    assert!((KILLS / 2..=KILLS + 1).contains(&starts), "{kinds:?}");
    assert_eq!((kinds["ABORT"], kinds["COMPLETE"]), (starts - 1, 1), "{kinds:?}");
    kinds.remove("RUNNING");
    assert_eq!(whole, kinds, "the pipeline's runs");
}

/// At least once: nothing lost, nothing leaked, order kept but for what is read again, and what comes
/// twice comes twice whole.
#[test]
fn at_least_once_loses_and_leaks_nothing() {
    const N: u64 = 30_000;
    let stage = Stage::with("twice", |text| text.replace("exactly_once", "at_least_once"));
    stage.make_topics();
    let generator = Generator::new(12, 200);
    let feeder = Feeder::new();
    (0..N).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    let mut child = stage.run().stderr(Stdio::null()).spawn().expect("starts");
    for part in 1..=3 {
        wait_for(&stage, (N / 5 * part) as i64, Duration::from_secs(90));
        child.kill().expect("kill -9");
        child.wait().expect("waits");
        child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    }
    wait_for(&stage, N as i64, Duration::from_secs(180));
    let out = terminate(child);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let identifiers = generator.patients().iter().flat_map(weir_synth::Patient::identifiers);
    let (found, _) = stage.check(&stage.canaries(identifiers));
    println!("the Java checker: {found}");
    for zero in ["lost", "leaked", "phantom", "moved", "mismatched", "hanging", "wrong_offset"] {
        assert_eq!(found[zero], 0, "{zero}: {found}");
    }
    assert_eq!(found["source"], N);
}
