//! A destination's terms on a real broker: one that lapses while a pipeline runs, by a clock that is moved; one that ends
//! soon; and the private endpoint that records must not leave.

use crate::broker::{
    Feeder, PARTITIONS, Stage, address, committed, config_of, terminate, wait, wait_for, weir,
};
use crate::status::{get, served};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use weir_synth::Generator;

/// Has a program run by a clock of its own: as many seconds from now as the file says at the moment.
pub(crate) fn by_clock<'c>(command: &'c mut Command, clock: &Path) -> &'c mut Command {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| {
        let name = format!("weir-it-clock-{}.so", std::process::id());
        let library = std::env::temp_dir().join(name);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clock/clock.c");
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl");
        assert!(compile.status().expect("cc runs").success());
        library
    });
    command.env("LD_PRELOAD", library).env("WEIR_TEST_CLOCK", clock)
}

pub(crate) const DAY: i64 = 24 * 3_600;

/// A vendor with these terms, in place of the stage's own destination.
pub(crate) fn vendor(stage: &Stage, terms: &str) {
    let text = format!(
        "destinations:\n  rag-local:\n    use: rag_index\n    recipient: vendor\n    \
         vendor: Example GmbH\n    region: eu-central-1\n    trains_on_data: false\n    \
         accepts: [pseudonymized]\n    {terms}\n"
    );
    stage.folder.write("destinations.yaml", text);
}

fn in_days(days: i64) -> String {
    let day = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    day.to_string()[..10].to_string()
}

/// Ends the feeding, however the test ends.
struct Stops<'a>(&'a AtomicBool);

impl Drop for Stops<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn an_agreement_that_lapses_stops_a_running_pipeline_within_a_batch() {
    let stage = Stage::new("lapse");
    stage.make_topics();
    vendor(&stage, &format!("baa: {{reference: BAA-1, expires: {}}}", in_days(100)));
    let generator = Generator::new(61, 100);
    let (stop, fed) = (AtomicBool::new(false), AtomicU64::new(0));
    let clock = stage.folder.0.join("clock");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (feeder, source) = (Feeder::new(), stage.topic("source"));
            while !stop.load(Ordering::SeqCst) {
                let n = fed.fetch_add(1, Ordering::SeqCst);
                feeder.record(&source, n, &generator.note(n));
                feeder.done();
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let _stops = Stops(&stop);
        std::fs::write(&clock, "0").expect("writes");
        let mut command = stage.run();
        let child = by_clock(&mut command, &clock).stderr(Stdio::piped()).spawn().expect("starts");
        wait_for(&stage, 500, Duration::from_secs(60));
        let before = committed(&stage);
        std::fs::write(&clock, (101 * DAY).to_string()).expect("writes");
        let moved = Instant::now();
        let out = wait(child, Duration::from_secs(60));
        let took = moved.elapsed();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(3), "{said}");
        assert!(said.contains("W0507") && said.contains("baa of rag-local"), "{said}");
        // A batch is what comes in a tenth of a second, some twenty records; one may be under way, and looking takes a while.
        let more = committed(&stage) - before;
        assert!(more <= 60, "{more} records left after the agreement, in {took:?}");
    });
    let all = fed.load(Ordering::SeqCst) as i64;
    assert!(committed(&stage) < all, "some were left");
    // As long as it is over, nothing runs.
    let out = by_clock(&mut stage.run(), &clock).output().expect("runs");
    assert_eq!(out.status.code(), Some(3), "{}", String::from_utf8_lossy(&out.stderr));
    // Renewed: all of it comes, once.
    vendor(&stage, &format!("baa: {{reference: BAA-2, expires: {}}}", in_days(400)));
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, all, Duration::from_secs(60));
    assert!(terminate(child).status.success());
    let canaries = generator.patients().iter().flat_map(|one| one.identifiers());
    let (found, good) = stage.check_all(&stage.canaries(canaries));
    assert!(good, "{found}");
}

#[test]
fn a_term_that_ends_soon_is_counted_down() {
    let stage = Stage::new("countdown");
    stage.make_topics();
    let soc2 = "soc2: {report: 2026-03-31, expires: 2099-01-01}";
    let terms = format!("baa: {{reference: BAA-1, expires: {}}}\n    {soc2}", in_days(12));
    vendor(&stage, &terms);
    let mut command = stage.run();
    command.args(["--listen", "127.0.0.1:0", "--insecure", "one machine", "--audit"]);
    command.arg(stage.folder.0.join("weir-audit.jsonl"));
    let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
    let (at, log) = served(&mut child);
    let deadline = Instant::now() + Duration::from_secs(30);
    let metrics = loop {
        let metrics = get(&at, "/metrics").1;
        if metrics.contains("weir_term_days{") {
            break metrics;
        }
        assert!(Instant::now() < deadline, "{metrics}");
        std::thread::sleep(Duration::from_millis(100));
    };
    while get(&at, "/ready").0 != 200 {
        assert!(Instant::now() < deadline, "{}", get(&at, "/ready").1);
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(metrics.contains("destination=\"rag-local\",term=\"baa\"} 12"), "{metrics}");
    assert!(metrics.contains("term=\"soc2\"} 2"), "{metrics}");
    let status: serde_json::Value = serde_json::from_str(&get(&at, "/status").1).expect("JSON");
    assert_eq!(
        (&status["terms"][0]["term"], &status["terms"][0]["days"]),
        (&"baa".into(), &12.into())
    );
    assert!(terminate(child).status.success());
    let audit = stage.folder.0.join("weir-audit.jsonl");
    let audit = std::fs::read_to_string(audit).expect("an audit");
    let reason = format!("\"reason\":\"{}: one machine\"", stage.name);
    assert!(audit.contains("\"act\":\"run.insecure\"") && audit.contains(&reason), "{audit}");
    let mut unseen = stage.run();
    unseen.args(["--insecure", "one machine", "--audit", "/nonexistent/audit.jsonl"]);
    unseen.arg("--audit-key").arg(stage.folder.0.join("weir-audit.key"));
    let out = unseen.output().expect("runs");
    assert!(String::from_utf8_lossy(&out.stderr).contains("W0315"), "not without the audit");
    let log = log.join().expect("a log");
    let told: Vec<serde_json::Value> =
        log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let told: Vec<_> = told
        .iter()
        .filter(|one| one["fields"]["message"] == "a term of the destination ends")
        .collect();
    assert_eq!(told.len(), 1, "the agreement, and not the report: {log}");
    assert_eq!(
        (&told[0]["fields"]["term"], &told[0]["fields"]["days"]),
        (&"baa".into(), &12.into())
    );
    let said = |command: &mut Command| {
        let out = command.current_dir(&stage.folder.0).output().expect("runs");
        let (data, words) = (&out.stdout, &out.stderr);
        (
            out.status.code(),
            format!("{}{}", String::from_utf8_lossy(data), String::from_utf8_lossy(words)),
        )
    };
    let (code, words) = said(weir().arg("check").arg(stage.pipeline()));
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("warning: baa of rag-local ends in 12 d"), "{words}");
    let (code, words) = said(weir().arg("destinations"));
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("Example GmbH") && words.contains("baa ends in 12 d"), "{words}");
    vendor(&stage, "baa: {reference: BAA-1, expires: 2026-01-01}");
    let (code, words) = said(weir().args(["destinations", "--json"]));
    assert_eq!(code, Some(3), "{words}");
    assert!(words.contains("\"state\":\"lapsed\""), "{words}");
}

#[test]
fn records_do_not_leave_the_private_endpoint() {
    use rdkafka::consumer::{BaseConsumer, Consumer};
    let stage = Stage::new("endpoint");
    stage.make_topics();
    let consumer: BaseConsumer = config_of().create().expect("a consumer");
    let cluster = consumer.client().fetch_cluster_id(Duration::from_secs(20)).expect("an id");
    let with = |endpoint: &str| {
        let baa = format!("baa: {{reference: BAA-1, expires: {}}}", in_days(100));
        vendor(&stage, &format!("{baa}\n    private_endpoint: {{{endpoint}}}"));
    };
    let refused = |out: Output, words: &str| {
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(3), "{said}");
        assert!(said.contains("W0515") && said.contains(words), "{said}");
    };
    for (endpoint, words) in [
        ("cluster_id: another".to_string(), "the cluster"),
        ("cidrs: [10.20.0.0/16]".to_string(), "the broker"),
        (format!("cluster_id: \"{cluster}\", cidrs: [10.20.0.0/16, \"fd00::/8\"]"), "the broker"),
        ("tls_names: [\"*.vector.internal\"]".to_string(), "no TLS"),
    ] {
        with(&endpoint);
        refused(stage.run().output().expect("runs"), words);
    }
    assert_eq!(committed(&stage), 0);
    with(&format!("cluster_id: \"{cluster}\", cidrs: [127.0.0.0/8, \"::1/128\"]"));
    let (generator, feeder) = (Generator::new(62, 10), Feeder::new());
    (0..8).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 8, Duration::from_secs(60));
    assert!(terminate(child).status.success(), "{PARTITIONS} partitions at {}", address());
}
