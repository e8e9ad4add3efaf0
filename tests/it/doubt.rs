//! A commit whose outcome nobody hears of, and that has held: what it carried counts, once. On the real broker,
//! behind a relay that keeps its answers back.

use crate::broker::{PARTITIONS, Stage, address, console_count, ends, terminate, wait_for};
use crate::status::{get, served};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(60);

/// Kafka's numbers of requests.
const INIT_PRODUCER_ID: u16 = 22;
const END_TXN: u16 = 26;

/// A relay of Kafka's frames. Clients find the broker behind it: the broker's port is its own in every answer.
struct Relay {
    address: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Answers to the end of a transaction are kept back, until the client takes a new producer.
    keeps: AtomicBool,
    /// And so are the requests.
    loses: AtomicBool,
    kept: AtomicUsize,
}

impl Relay {
    fn start() -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let own = listener.local_addr().expect("an address");
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let broker = TcpStream::connect(address()).expect("the broker");
                let lane = Arc::new(Mutex::new(BTreeSet::new()));
                let (from, to) = (twin(&client), twin(&broker));
                let (state, waiting) = (Arc::clone(&shared), Arc::clone(&lane));
                std::thread::spawn(move || requests(from, to, &state, &waiting));
                let state = Arc::clone(&shared);
                std::thread::spawn(move || answers(broker, client, own.port(), (&state, &lane)));
            }
        });
        Relay { address: own.to_string(), state }
    }
}

fn twin(stream: &TcpStream) -> TcpStream {
    stream.try_clone().expect("a handle")
}

fn frame(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut size = [0; 4];
    stream.read_exact(&mut size).ok()?;
    let mut body = vec![0; u32::from_be_bytes(size) as usize];
    stream.read_exact(&mut body).ok()?;
    Some(body)
}

fn put(stream: &mut TcpStream, body: &[u8]) -> Option<()> {
    let size = (body.len() as u32).to_be_bytes();
    stream.write_all(&[&size[..], body].concat()).ok()
}

fn number(body: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(body[at..at + 4].try_into().expect("four bytes"))
}

/// By their correlation ids, the requests whose answers are kept back.
type Lane = Mutex<BTreeSet<u32>>;

fn requests(mut client: TcpStream, mut broker: TcpStream, state: &State, lane: &Lane) {
    while let Some(body) = frame(&mut client) {
        match u16::from_be_bytes([body[0], body[1]]) {
            INIT_PRODUCER_ID => state.keeps.store(false, Ordering::SeqCst),
            END_TXN if state.keeps.load(Ordering::SeqCst) => {
                if state.loses.load(Ordering::SeqCst) {
                    state.kept.fetch_add(1, Ordering::SeqCst);
                    continue;
                }
                lane.lock().expect("no panic").insert(number(&body, 4));
            }
            _ => {}
        }
        if put(&mut broker, &body).is_none() {
            break;
        }
    }
    let _ = broker.shutdown(std::net::Shutdown::Both);
}

fn answers(mut broker: TcpStream, mut client: TcpStream, own: u16, (state, lane): (&State, &Lane)) {
    let (host, port) =
        address().rsplit_once(':').map(|(h, p)| (h.to_string(), p.to_string())).expect("a port");
    let place = |port: u16| [host.as_bytes(), &u32::from(port).to_be_bytes()].concat();
    let (theirs, ours) = (place(port.parse().expect("a number")), place(own));
    while let Some(mut body) = frame(&mut broker) {
        if lane.lock().expect("no panic").remove(&number(&body, 0)) {
            state.kept.fetch_add(1, Ordering::SeqCst);
            continue;
        }
        let mut at = 0;
        while let Some(found) = body[at..].windows(theirs.len()).position(|part| part == theirs) {
            body[at + found..][..ours.len()].copy_from_slice(&ours);
            at += found + ours.len();
        }
        if put(&mut client, &body).is_none() {
            break;
        }
    }
    let _ = client.shutdown(std::net::Shutdown::Both);
}

/// The sum of a metric's lines that have this label.
fn sum(metrics: &str, name: &str, label: &str) -> u64 {
    let lines = metrics.lines().filter(|line| {
        line.strip_prefix(name).is_some_and(|rest| rest.starts_with('{')) && line.contains(label)
    });
    lines
        .map(|line| line.rsplit(' ').next().expect("a value").parse::<u64>().expect("a count"))
        .sum()
}

/// With and without an event of lineage in the transaction; and where the broker never heard of it, it counts when it
/// is done again. What a consumer counts is what the metrics have.
#[test]
fn a_commit_in_doubt_counts_once_and_only_if_it_has_held() {
    const N: u64 = 200;
    for (name, window, held) in [
        ("doubt", "window: 600s", true),
        ("doubt-told", "window: 1s", true),
        ("doubt-lost", "window: 600s", false),
        ("doubt-lost-told", "window: 1s", false),
    ] {
        let stage = Stage::with(name, |text| text.replace("window: 1s", window));
        stage.make_topics();
        let relay = Relay::start();
        let generator = Generator::new(101, 20);
        let mut command = stage.run_at(&relay.address);
        command.args(["--listen", "127.0.0.1:0", "--log", "debug"]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
        let (at, log) = served(&mut child);
        stage.feed(&generator, 0..N, 50);
        wait_for(&stage, N as i64, SOON);
        // What is told of without a batch is told of by then.
        std::thread::sleep(Duration::from_secs(3));
        relay.state.loses.store(!held, Ordering::SeqCst);
        relay.state.keeps.store(true, Ordering::SeqCst);
        let before = ends(&stage.topic("clean"));
        stage.feed(&generator, N..2 * N, 50);
        wait_for(&stage, 2 * N as i64, SOON);
        let deadline = Instant::now() + SOON;
        while relay.state.keeps.load(Ordering::SeqCst) {
            assert!(Instant::now() < deadline, "no new producer");
            std::thread::sleep(Duration::from_millis(50));
        }
        // And it goes on behind it.
        stage.feed(&generator, 2 * N..3 * N, 50);
        wait_for(&stage, 3 * N as i64, SOON);
        let deadline = Instant::now() + SOON;
        let count = |kind: &str| console_count(&stage.topic(kind));
        let there = (count("clean"), count("quarantine"));
        assert_eq!(there.0 + there.1, 3 * N);
        let metrics = loop {
            let metrics = get(&at, "/metrics").1;
            let records = sum(&metrics, "weir_records_total", "");
            if records >= 3 * N || Instant::now() > deadline {
                break metrics;
            }
            std::thread::sleep(Duration::from_millis(200));
        };
        assert!(terminate(child).status.success());
        let log = log.join().expect("no panic");
        assert!(relay.state.kept.load(Ordering::SeqCst) > 0, "{name}: nothing was kept back");
        assert!(sum(&metrics, "weir_rebuilds_total", "") > 0, "{name}: {metrics}");
        assert!(ends(&stage.topic("clean")) > before + i64::from(PARTITIONS));
        let records = |of: &str| sum(&metrics, "weir_records_total", of);
        assert_eq!((records("\"clean\""), records("\"refused\"")), there, "{name}: {metrics}");
        assert_eq!(sum(&metrics, "weir_refusals_total", "W0207"), there.1, "{name}: {metrics}");
        // The one that nobody heard of, and each that the log has.
        let heard = log.matches("a batch is committed").count() as u64;
        assert_eq!(
            sum(&metrics, "weir_transactions_total", ""),
            heard + u64::from(held),
            "{name}: {log}"
        );
    }
}
