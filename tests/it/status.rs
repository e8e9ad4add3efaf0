//! Health, metrics and `weir status` of a running process.

use crate::broker::{Feeder, PARTITIONS, Stage, create, terminate, wait_for, weir};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use weir_synth::Generator;

/// Reads the child's log: gives its address once it is named, and all of the log at its end.
pub(crate) fn served(child: &mut Child) -> (String, JoinHandle<String>) {
    let log = child.stderr.take().expect("a log");
    let (send, receive) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut all = String::new();
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            let event: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if let Some(address) = event["fields"]["address"].as_str() {
                let _ = send.send(address.to_string());
            }
            all.push_str(&line);
            all.push('\n');
        }
        all
    });
    let named = receive.recv_timeout(Duration::from_secs(30));
    (named.expect("the log names the address"), reader)
}

fn address(child: &mut Child) -> String {
    served(child).0
}

pub(crate) fn get(address: &str, path: &str) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into();
    let mut answer = agent.get(format!("http://{address}{path}")).call().expect("answers");
    (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
}

#[test]
fn a_running_process_says_how_it_is_and_nothing_of_anybody() {
    const N: u64 = 2_000;
    let stage = Stage::new("status");
    stage.make_topics();
    let generator = Generator::new(31, 50);
    let feeder = Feeder::new();
    for n in 0..N {
        let mut record = generator.note(n);
        if n % 1_000 == 500 {
            record.value.truncate(200);
        }
        feeder.record(&stage.topic("source"), n, &record);
    }
    feeder.done();
    let mut command = stage.run();
    let mut child =
        command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn().expect("starts");
    let address = address(&mut child);
    assert_eq!(get(&address, "/live").0, 200);
    wait_for(&stage, N as i64, Duration::from_secs(60));
    let deadline = Instant::now() + Duration::from_secs(30);
    // The ends of the partitions come with the client's statistics, some seconds later.
    let metrics = loop {
        let (code, metrics) = get(&address, "/metrics");
        assert_eq!(code, 200);
        if metrics.matches("weir_lag_records{").count() == 4 && metrics.contains("} 1998") {
            break metrics;
        }
        assert!(Instant::now() < deadline, "{metrics}");
        std::thread::sleep(Duration::from_millis(200));
    };
    assert_eq!(get(&address, "/ready"), (200, get(&address, "/ready").1));
    for line in [
        "outcome=\"clean\"} 1998",
        "outcome=\"refused\"} 2",
        "code=\"W0202\"} 2",
        "partition=\"3\"} 0",
        "# TYPE weir_transactions counter",
        "# TYPE weir_rebuilds counter",
        "# TYPE weir_aborts counter",
        "# TYPE weir_last_commit_seconds gauge",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    let page = weir().args(["status", &address]).output().expect("runs");
    let text = String::from_utf8_lossy(&page.stdout).into_owned();
    assert!(page.status.success(), "{text}");
    assert!(text.contains("worker 0  working for") && text.contains("1998 clean"), "{text}");
    let json = weir().args(["status", "--json", &address]).output().expect("runs");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((&json["clean"], &json["refusals"]["W0202"]), (&1998.into(), &2.into()));
    for identifier in generator.patients().iter().flat_map(weir_synth::Patient::identifiers) {
        // Shorter ones are found in counts by chance.
        if identifier.len() > 6 {
            assert!(!metrics.contains(&identifier) && !text.contains(&identifier));
        }
    }
    assert!(terminate(child).status.success());
    let gone = weir().args(["status", &address]).output().expect("runs");
    assert_eq!(gone.status.code(), Some(5), "{}", String::from_utf8_lossy(&gone.stderr));
    assert!(String::from_utf8_lossy(&gone.stderr).contains("W0431"));
}

#[test]
fn an_address_that_is_taken_stops_the_start() {
    let stage = Stage::new("taken");
    stage.make_topics();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("binds");
    let at = taken.local_addr().expect("an address").to_string();
    let out = stage.run().args(["--listen", &at]).output().expect("runs");
    assert_eq!(out.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&out.stderr).contains("W0430"));
}

/// On topics, over two workers: canaries are nobody's, whoever was shredded is refused in both, and a policy that draws
/// what it has drawn before is the same as itself.
#[test]
fn a_second_policy_is_held_beside_the_first_by_every_worker() {
    const N: u64 = 400;
    let stage = Stage::with("shadow", |text| text + "\ncanary: true\n");
    stage.make_topics();
    let (clean, refused) = (stage.topic("clean"), stage.topic("quarantine"));
    for topic in [clean, refused] {
        create(&format!("canary.{topic}"), PARTITIONS, &[]);
    }
    let folder = &stage.folder.0;
    let policy = |name: &str, edits: &[(&str, &str)]| {
        let mut text = std::fs::read_to_string(folder.join("policies/pseudonymize.yaml"))
            .expect("reads")
            .replace("policy: pseudonymize", &format!("policy: {name}"));
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        std::fs::write(folder.join(format!("policies/{name}.yaml")), text).expect("writes");
    };
    policy("later", &[("date:          {shift_days: 365", "date:          {shift_days: 30")]);
    policy("dropping", &[("mrn:           fpe", "mrn:           remove")]);
    let generator = Generator::new(77, 40);
    stage.feed(&generator, 0..N, 100);
    let mut plant = weir();
    plant.args(["canary", "plant"]).arg(stage.pipeline());
    plant.args(["--dev", "--records", "3", "--kafka", &crate::broker::address(), "--keyring"]);
    plant.arg(folder.join("weir.keyring")).arg("--ledger").arg(folder.join("ledger.jsonl"));
    let plant = plant.output().expect("runs");
    assert!(plant.status.success(), "{}", String::from_utf8_lossy(&plant.stderr));
    let mut command = stage.run();
    command.args(["--listen", "127.0.0.1:0", "--workers", "2", "--shadow", "later"]);
    let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
    let (address, log) = served(&mut child);
    wait_for(&stage, N as i64 + 3, Duration::from_secs(60));
    let deadline = Instant::now() + Duration::from_secs(30);
    let shadow = loop {
        let page: serde_json::Value =
            serde_json::from_str(&get(&address, "/status").1).expect("JSON");
        if page["shadow"]["records"] == N {
            break page["shadow"].clone();
        }
        assert!(Instant::now() < deadline, "{page}");
        std::thread::sleep(Duration::from_millis(200));
    };
    // Of each hundred one is refused and one has no body.
    assert!(shadow["changed"].as_u64().expect("one") > 300, "{shadow}");
    assert_eq!(shadow["newly_refused"], serde_json::json!({}), "{shadow}");
    let day = &shadow["values"]["$.visit.start|date"];
    assert_eq!(day["now"]["shift_days(365)"], day["then"]["shift_days(30)"], "{shadow}");
    assert!(terminate(child).status.success());
    let said = log.join().expect("a log");
    assert!(said.contains("under later: ") && said.contains("shift_days(30)"), "{said}");
    for identifier in generator.patients().iter().flat_map(weir_synth::Patient::identifiers) {
        if identifier.len() > 6 {
            assert!(!said.contains(&identifier) && !shadow.to_string().contains(&identifier));
        }
    }
}

/// What a store of subjects has is the same for both plans; and it gets nothing from the second.
#[test]
fn a_shadow_knows_whom_the_store_knows() {
    let folder = crate::broker::Folder::new("shadow-store");
    let run = |args: &[&str], input: &str| crate::keys::run(&folder, args, input);
    for dir in ["pipelines", "schemas", "policies", "data"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    let write = |name: &str, text: &str| std::fs::write(folder.0.join(name), text).expect("writes");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(root.join("destinations.yaml"), folder.0.join("destinations.yaml"))
        .expect("copies");
    write(
        "schemas/s.yaml",
        "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: {class: mrn, width: 10}\n  \
         $.account: {class: account, width: 10}\n  $.claim: claim\n",
    );
    for (name, account, claim) in
        [("plain", "fpe", "remove"), ("own", "{kernel: fpe, scope: subject}", "assign")]
    {
        let text = format!(
            "policy: {name}\nbasis: pseudonymized\nclasses:\n  mrn: fpe\n  account: {account}\n  \
             claim: {claim}\ndefault: remove\n"
        );
        write(&format!("policies/{name}.yaml"), &text);
        let text = format!(
            "pipeline: {name}\nsource: {{files: [data/in.ndjson], schema: s}}\npolicy: {name}\n\
             destination: rag-local\nsink: {{files: clean}}\nquarantine: {{files: refused}}\n"
        );
        write(&format!("pipelines/{name}.yaml"), &text);
    }
    let line = |n: u64| {
        format!(
            "{{\"mrn\":\"{}\",\"account\":\"{}\",\"claim\":\"CLM-{n:06}\"}}\n",
            4_000_000_000 + n % 50,
            7_700_000_000 + n * 13
        )
    };
    write("data/in.ndjson", &(0..300).map(line).collect::<String>());
    let said = |args: &[&str], input: &str| {
        let out = run(args, input);
        let words = crate::kafka::words(&out);
        assert!(out.status.success(), "{words}");
        words
    };
    said(&["keys", "init", "--dev", "--tenant", "t"], "");
    let under = |pipeline: &str, shadow: &str| {
        for name in ["clean", "refused"] {
            let _ = std::fs::remove_dir_all(folder.0.join(name));
        }
        let file = format!("pipelines/{pipeline}.yaml");
        said(&["run", "--dev", &file, "--shadow", shadow], "")
    };
    // Nobody is known: what is drawn for a shadow is forgotten, and no store is made.
    let words = under("plain", "own");
    assert!(words.contains("under own: 0 records the same, 300 not"), "{words}");
    assert!(words.contains("fpe 300 -> fpe@subject 300"), "{words}");
    assert!(!folder.0.join("weir.subjects").exists());
    let words = under("own", "own");
    assert!(words.contains("under own: 300 records the same, 0 not"), "{words}");
    let ids: String = (0..5).map(|n| format!("{}\n", 4_000_000_000u64 + n)).collect();
    said(&["subject", "shred", "--dev", "--width", "10", "--reason", "a test"], &ids);
    // Each of five has six records.
    let words = under("own", "own");
    assert!(
        words
            .contains("under own: 300 records the same, 0 not, 0 newly refused, 0 refused no more"),
        "{words}"
    );
    let words = under("plain", "own");
    assert!(
        words.contains("30 newly refused, 0 refused no more") && words.contains("W0221  30"),
        "{words}"
    );
}
