//! Health, metrics and `weir status` of a running process.

use crate::broker::{Feeder, Stage, terminate, wait_for, weir};
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
