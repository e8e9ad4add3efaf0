//! Lineage events: what they say on the real broker, beside an independent reader, and where they go over HTTP.

use crate::broker::{
    Feeder, Folder, Stage, console_count, console_values, setting, terminate, wait_for, weir,
};
use crate::events::Judge;
use crate::kafka::words;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(60);

/// The events of a topic, in order.
fn told(stage: &Stage) -> Vec<Value> {
    let text = console_values(&stage.topic("lineage"));
    text.lines().map(|line| serde_json::from_str(line).expect("an event")).collect()
}

/// The same as OpenLineage's own client reads them.
fn read_by_another(events: &[Value]) -> Vec<Value> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openlineage/Events.java");
    let mut child = Command::new("java")
        .args(["-cp", &format!("{}/*", setting("WEIR_TEST_OPENLINEAGE_LIB"))])
        .arg(source)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("java runs");
    let mut input = child.stdin.take().expect("its input");
    let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let out = child.wait_with_output().expect("ends");
    assert!(out.status.success(), "{}", words(&out));
    writer.join().expect("no panic").expect("it reads all");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn run_until(stage: &Stage, workers: &str, at: i64) -> Output {
    let child = stage.run().args(["--workers", workers]).stderr(Stdio::piped()).spawn();
    wait_for(stage, at, SOON);
    let out = terminate(child.expect("starts"));
    assert!(out.status.success(), "{}", words(&out));
    out
}

/// Two pipelines; one of them with several workers, killed, under another policy, and under another key.
#[test]
fn what_flowed_is_told_exactly_and_read_by_another_client() {
    let about = "description: Notes for the index.\nowners: [\"team:data\"]\ntags: {domain: clinical}\n\
        repository: https://git.example.invalid/pipelines\n";
    let stages = [Stage::with("told", |text| text + about), Stage::new("told-too")];
    let generator = Generator::new(81, 40);
    let [one, other] = &stages;
    stages.iter().for_each(Stage::make_topics);
    one.feed(&generator, 0..600, 25);
    other.feed(&generator, 0..300, 25);
    let mut killed =
        one.run().args(["--workers", "2"]).stderr(Stdio::null()).spawn().expect("starts");
    wait_for(one, 600, SOON);
    // What is committed is told of after a window, though nothing more comes.
    let deadline = Instant::now() + SOON;
    let committed = |events: &[Value]| {
        let runs = last_of(events);
        runs.values().map(|event| records_of(event)).sum::<u64>()
    };
    while committed(&told(one)) < 600 {
        assert!(Instant::now() < deadline, "{} records are told of", committed(&told(one)));
    }
    killed.kill().expect("kill -9");
    killed.wait().expect("waits");
    let policy = one.folder.0.join("policies/pseudonymize.yaml");
    let text = std::fs::read_to_string(&policy).expect("reads");
    let changed = text.replace("zip:           {generalize: zip3}", "zip:           remove");
    assert_ne!(changed, text);
    std::fs::write(&policy, changed).expect("writes");
    one.feed(&generator, 600..1_000, 25);
    run_until(one, "2", 1_000);
    let rotated = weir()
        .current_dir(&one.folder.0)
        .args(["keys", "rotate", "--dev", "--audit", "audit.jsonl"])
        .output()
        .expect("runs");
    assert!(rotated.status.success(), "{}", words(&rotated));
    one.feed(&generator, 1_000..1_200, 25);
    run_until(one, "1", 1_200);
    run_until(other, "1", 300);

    let judge = Judge::new();
    for stage in &stages {
        let events = told(stage);
        events.iter().for_each(|event| judge.holds(event));
        let there = ["source", "clean", "quarantine"]
            .map(|kind| (stage.topic(kind), console_count(&stage.topic(kind))));
        // By weir's events, and by what another client reads in them.
        let read = read_by_another(&events);
        assert_eq!(read.len(), events.len());
        let mut rows: BTreeMap<String, u64> = BTreeMap::new();
        for event in &read {
            for dataset in
                ["inputs", "outputs"].iter().flat_map(|part| event[part].as_array()).flatten()
            {
                let name = dataset["name"].as_str().expect("a name").to_string();
                *rows.entry(name).or_default() += dataset["rows"].as_u64().expect("rows");
            }
        }
        assert_eq!(rows, BTreeMap::from(there.clone()), "statistics add up to what is there");
        let last = last_of(&events);
        assert_eq!(last.values().map(|event| records_of(event)).sum::<u64>(), there[0].1);
        // Ranges tile, counts are those of the topics: the checker has them from the broker's logs.
        let (found, good) = stage.check_all(&stage.canaries(["Canaryman".into()]));
        assert!(good, "{found}");
        for figure in ["lineage_gaps", "lineage_overlaps", "lineage_counts", "lineage_policies"] {
            assert_eq!(found[figure], 0, "{figure}: {found}");
        }
        let untold = found["lineage_untold"].as_u64().unwrap_or(0);
        assert_eq!(untold, 0, "{found}");
        typed(stage, &read);
        one_life_each(&read);
    }
    let events = told(one);
    let kinds = |pointer: &str| {
        let values = events.iter().filter_map(|event| event.pointer(pointer));
        values.map(Value::to_string).collect::<BTreeSet<_>>()
    };
    assert_eq!(kinds("/run/facets/weir_policy/digest").len(), 2, "two policies");
    assert_eq!(kinds("/run/facets/weir_policy/keys/primary"), ["1", "2"].map(String::from).into());
    assert!(kinds("/run/facets/weir_policy/keys/older").contains("[1]"));
    assert_eq!(kinds("/job/facets/documentation/description").len(), 1);
    assert!(kinds("/job/facets/ownership/owners/0/name").contains("\"team:data\""));
    assert!(kinds("/job/facets/tags/tags/0/value").contains("\"clinical\""));
    assert!(
        kinds("/job/facets/sourceCodeLocation/url")
            .first()
            .expect("a place")
            .contains("git.example")
    );
    let echoes = last_of(&events);
    let echoes =
        echoes.values().map(|event| event["run"]["facets"]["weir_counts"]["echoes"].as_u64());
    assert!(echoes.flatten().sum::<u64>() > 0, "tombstones under the older key are counted");
    // No value of any record stands in an event.
    let text = events.iter().map(Value::to_string).collect::<String>();
    for id in generator.patients().iter().flat_map(weir_synth::Patient::identifiers) {
        assert!(id.len() < 6 || !text.contains(&id), "an identifier is in an event");
    }
}

fn records_of(event: &Value) -> u64 {
    event["run"]["facets"]["weir_counts"]["records"].as_u64().expect("a count")
}

/// The last event of each worker's run.
fn last_of(events: &[Value]) -> BTreeMap<String, &Value> {
    let parts = events.iter().filter(|event| event["run"]["facets"]["weir_counts"].is_object());
    parts.map(|event| (event["run"]["runId"].as_str().expect("a run").to_string(), event)).collect()
}

/// What the other client's typed classes have of an event.
fn typed(stage: &Stage, read: &[Value]) {
    for event in read {
        assert_eq!((&event["engine"], &event["processing"]), (&"weir".into(), &"STREAMING".into()));
    }
    let of_a_worker = |event: &&Value| !event["parent"].is_null() && event["type"] != "ABORT";
    let event = read.iter().find(of_a_worker).expect("a worker's");
    let (clean, sealed) = (&event["outputs"][0], &event["outputs"][1]);
    assert_eq!((&clean["type"], &clean["name"]), (&"TOPIC".into(), &stage.topic("clean").into()));
    assert_eq!(sealed["name"], stage.topic("quarantine"));
    let columns = clean["columns"].as_object().expect("columns");
    assert_eq!(columns.len() as u64, clean["leaves"].as_u64().expect("a count"));
    assert_eq!(columns["note.text"], "DIRECT TRANSFORMATION masked from note.text");
    assert_eq!(columns["visit.icd10"], "DIRECT IDENTITY from visit.icd10");
    assert!(clean["indirect"].as_u64() > Some(3));
    let parent = event["parent"].as_str().expect("a parent");
    assert!(parent.ends_with(&format!(" of weir/{}", stage.name)), "{parent}");
    assert_eq!(event["job"], format!("weir/{}.worker", stage.name));
}

/// Each run: START, what may come between, and one end behind which nothing comes. Each run but the pipeline's is a
/// part of one that was started.
fn one_life_each(read: &[Value]) {
    let mut runs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for event in read {
        let kind = event["type"].as_str().expect("a type");
        runs.entry(event["run"].as_str().expect("a run")).or_default().push(kind);
    }
    for (run, kinds) in &runs {
        let (first, rest) = kinds.split_first().expect("an event");
        let (last, between) = rest.split_last().expect("an end");
        assert_eq!(*first, "START", "{run}: {kinds:?}");
        assert!(["COMPLETE", "ABORT"].contains(last), "{run}: {kinds:?}");
        assert!(between.iter().all(|kind| *kind == "RUNNING"), "{run}: {kinds:?}");
    }
    // A whole ends behind its parts.
    for (n, event) in read.iter().enumerate() {
        let is_part = |later: &&Value| {
            let parent = later["parent"].as_str().and_then(|parent| parent.split(' ').next());
            parent == event["run"].as_str()
        };
        if event["parent"].is_null() && event["type"] == "COMPLETE" {
            assert_eq!(read[n..].iter().filter(is_part).count(), 0, "{event}");
        }
    }
    let parents = read.iter().filter_map(|event| event["parent"].as_str());
    for parent in parents {
        assert!(runs.contains_key(parent.split(' ').next().expect("an id")), "{parent}");
    }
}

/// What a server was sent: the heads, and the bodies out of their compression.
type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// A server that answers with these statuses, one a request, and then with 201; a status of 0 is silence.
fn server(statuses: &'static [u16]) -> (String, Heard) {
    server_at(TcpListener::bind("127.0.0.1:0").expect("a port"), statuses)
}

fn server_at(listener: TcpListener, statuses: &'static [u16]) -> (String, Heard) {
    let address = listener.local_addr().expect("an address").to_string();
    let heard = Heard::default();
    let seen = Arc::clone(&heard);
    std::thread::spawn(move || {
        let mut statuses = statuses.iter().copied();
        for stream in listener.incoming().flatten() {
            answer(stream, &mut statuses, &seen);
        }
    });
    (address, heard)
}

fn answer(stream: TcpStream, statuses: &mut impl Iterator<Item = u16>, heard: &Heard) {
    let mut reader = BufReader::new(&stream);
    loop {
        let mut head = String::new();
        let mut line = String::new();
        while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
            head.push_str(&line.to_lowercase());
            line.clear();
        }
        if head.is_empty() {
            return;
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = match length.and_then(|length| length.trim().parse().ok()) {
            Some(length) => vec![0; length],
            None => panic!("no length: {head}"),
        };
        reader.read_exact(&mut body).expect("a body");
        let mut text = String::new();
        match head.contains("content-encoding: gzip") {
            true => drop(GzDecoder::new(&body[..]).read_to_string(&mut text).expect("gzip")),
            false => text = String::from_utf8(body).expect("UTF-8"),
        }
        let status = statuses.next().unwrap_or(201);
        if status == 0 {
            std::thread::sleep(Duration::from_millis(1_500));
            return;
        }
        if (200..300).contains(&status) {
            heard.lock().expect("no panic").push((head, text));
        }
        let said = format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n");
        if (&stream).write_all(said.as_bytes()).is_err() {
            return;
        }
    }
}

/// A pipeline of one file whose events go where these lines say.
pub(crate) fn files(name: &str, lineage: &str) -> Folder {
    let folder = Folder::new(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for dir in ["pipelines", "schemas"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    for file in ["destinations.yaml", "schemas/clinical-note.yaml"] {
        std::fs::copy(root.join(file), folder.0.join(file)).expect("copies");
    }
    let text =
        std::fs::read_to_string(root.join("pipelines/notes-from-files.yaml")).expect("reads");
    let edited = text.replace("{file: data/lineage.ndjson}", lineage);
    assert_ne!(edited, text);
    std::fs::write(folder.0.join("pipelines/p.yaml"), edited).expect("writes");
    let run = |arguments: &[&str]| in_folder(&folder, arguments);
    assert!(run(&["demo", "--write", "data", "--records", "50"]).status.success());
    assert!(run(&["keys", "init", "--dev", "--tenant", "t"]).status.success());
    folder
}

pub(crate) fn in_folder(folder: &Folder, arguments: &[&str]) -> Output {
    weir().current_dir(&folder.0).args(arguments).output().expect("runs")
}

fn kinds(heard: &Heard) -> Vec<String> {
    let heard = heard.lock().expect("no panic");
    let of = |(_, body): &(String, String)| {
        let event: Value = serde_json::from_str(body).expect("JSON");
        let job = event["job"]["name"].as_str().expect("a job").to_string();
        format!("{} {job}", event["eventType"].as_str().expect("a type"))
    };
    heard.iter().map(of).collect()
}

const ALL: [&str; 4] = [
    "START notes-from-files",
    "START notes-from-files.file",
    "COMPLETE notes-from-files.file",
    "COMPLETE notes-from-files",
];

/// A server that is busy, silent and then there gets each event, in order, with what it asks for.
#[test]
fn a_server_gets_every_event_in_order() {
    let (address, heard) = server(&[503, 429, 0, 201, 500]);
    let lineage = format!(
        "{{stdout: true, http: {{url: \"http://{address}/api/v1/lineage?x=1\", token_file: token, gzip: true, timeout: 1s}}}}"
    );
    let folder = files("http", &lineage);
    std::fs::write(folder.0.join("token"), "a-token\n").expect("writes");
    let out = in_folder(&folder, &["run", "--dev", "pipelines/p.yaml"]);
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(kinds(&heard), ALL, "{}", words(&out));
    let heard = heard.lock().expect("no panic");
    for (head, _) in heard.iter() {
        assert!(head.starts_with("post /api/v1/lineage?x=1 http/1.1"), "{head}");
        assert!(head.contains("authorization: bearer a-token"), "{head}");
        assert!(head.contains("content-encoding: gzip"), "{head}");
        assert!(head.contains("content-type: application/json"), "{head}");
    }
    let printed = String::from_utf8(out.stdout.clone()).expect("UTF-8");
    let bodies: Vec<_> = heard.iter().map(|(_, body)| body.as_str()).collect();
    assert_eq!(printed.lines().collect::<Vec<_>>(), bodies, "standard output has the same");
    // The token is in no word that weir says.
    assert!(!words(&out).contains("a-token") && words(&out).contains("W0437"), "{}", words(&out));
}

/// Nobody listens: the records go on, the events wait in their file, and the next run sends them first.
#[test]
fn events_wait_for_a_server_that_is_away() {
    let away = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let lineage = |address: &str| {
        format!("{{http: {{url: \"http://{address}/l\", timeout: 1s, spool: spool}}}}")
    };
    let folder = files("away", &lineage(&away.to_string()));
    let out = in_folder(&folder, &["run", "--dev", "pipelines/p.yaml"]);
    assert!(out.status.success(), "records are not held up: {}", words(&out));
    assert!(words(&out).contains("4 lineage events were not taken"), "{}", words(&out));
    let spool = folder.0.join("spool");
    assert_eq!(std::fs::read_to_string(&spool).expect("reads").lines().count(), 4);
    // A process that was killed while it wrote has left half a line.
    let mut file = std::fs::OpenOptions::new().append(true).open(&spool).expect("opens");
    file.write_all(b"{\"eventType\":\"RUN").expect("writes");
    let (address, heard) = server(&[]);
    let pipeline = folder.0.join("pipelines/p.yaml");
    let text = std::fs::read_to_string(&pipeline).expect("reads");
    std::fs::write(&pipeline, text.replace(&away.to_string(), &address)).expect("writes");
    let out = in_folder(&folder, &["run", "--dev", "pipelines/p.yaml"]);
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(kinds(&heard), [ALL, ALL].concat());
    assert_eq!(std::fs::read_to_string(&spool).expect("reads"), "", "nothing waits");
}

/// Of two servers one is away for a while: each gets every event once, in the order of the topic, neither holds up the
/// other, and the records wait for none of them.
#[test]
fn each_of_two_servers_gets_every_event_though_one_is_away() {
    let (there, heard) = server(&[]);
    let away = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let stage = Stage::with("two-servers", |text| {
        let http = format!(
            "window: 1s, http: [{{url: \"http://{there}/l\"}}, {{url: \"http://{away}/l\", timeout: 1s}}]"
        );
        text.replace("window: 1s", &http)
    });
    stage.make_topics();
    let generator = Generator::new(83, 20);
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    let deadline = |most| Instant::now() + Duration::from_secs(most);
    for part in 0..4 {
        stage.feed(&generator, part * 100..(part + 1) * 100, 100);
        let began = Instant::now();
        wait_for(&stage, (part as i64 + 1) * 100, SOON);
        // The first one has the start of the run in it.
        assert!(part == 0 || began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
        // Windows of their own.
        std::thread::sleep(Duration::from_millis(1_100));
    }
    let until = deadline(20);
    let so_far = || heard.lock().expect("no panic").len();
    while so_far() < 5 {
        assert!(Instant::now() < until, "{} events, though one of the two is there", so_far());
        std::thread::sleep(Duration::from_millis(50));
    }
    let (_, late) = server_at(TcpListener::bind(away).expect("the port"), &[503, 201, 500]);
    stage.feed(&generator, 400..500, 100);
    wait_for(&stage, 500, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert!(!words(&out).contains("were not taken"), "{}", words(&out));
    assert!(words(&out).contains("W0437"), "{}", words(&out));
    let told: Vec<_> =
        console_values(&stage.topic("lineage")).lines().map(str::to_string).collect();
    assert!(told.len() >= 8, "START and COMPLETE of two runs, and windows: {}", told.len());
    for heard in [heard, late] {
        let heard = heard.lock().expect("no panic");
        let bodies: Vec<_> = heard.iter().map(|(_, body)| body.clone()).collect();
        assert_eq!(bodies, told);
    }
}

/// What a server refuses for good does not hold up what comes behind it.
#[test]
fn a_refused_event_is_passed_over_and_said() {
    let (address, heard) = server(&[201, 422]);
    let folder = files("refuses", &format!("{{http: {{url: \"http://{address}/\"}}}}"));
    let out = in_folder(&folder, &["run", "--dev", "pipelines/p.yaml"]);
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(kinds(&heard), [ALL[0], ALL[2], ALL[3]]);
    assert!(words(&out).contains("W0437") && words(&out).contains("422"), "{}", words(&out));
}

/// What cannot work is said before a record is read.
#[test]
fn servers_that_weir_must_not_talk_to_are_refused() {
    let folder =
        files("refused", "{http: {url: \"http://lineage.example.invalid/\", token_file: token}}");
    std::fs::write(folder.0.join("token"), "a-token\n").expect("writes");
    let said = |arguments: &[&str]| {
        let out = in_folder(&folder, arguments);
        assert!(!out.status.success());
        words(&out)
    };
    let plain = said(&["run", "--dev", "pipelines/p.yaml"]);
    assert!(plain.contains("W0406"), "a token in plain text: {plain}");
    let reason = said(&["run", "--dev", "--insecure", "inside", "pipelines/p.yaml"]);
    assert!(reason.contains("W0406"), "no reason is good for a secret: {reason}");
    std::fs::remove_file(folder.0.join("token")).expect("removes");
    let missing = said(&["run", "--dev", "pipelines/p.yaml"]);
    assert!(missing.contains("W0101") || missing.contains("token"), "{missing}");
    assert!(!folder.0.join("data/clean").exists(), "nothing was read");
}

/// Notes in which nobody is named any more are told of: in the window's event, in a metric, in the log.
#[test]
fn a_sudden_drop_of_names_in_notes_is_told() {
    let stage = Stage::new("quality");
    stage.make_topics();
    let generator = Generator::new(82, 40);
    let (feeder, source) = (Feeder::new(), stage.topic("source"));
    let child = stage.run().args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("starts");
    let (at, log) = crate::status::served(&mut child);
    let judged = || {
        let events = told(&stage);
        let facet = |event: &Value| event["run"]["facets"]["weir_quality"].clone();
        events.iter().map(facet).filter(Value::is_object).collect::<Vec<_>>()
    };
    let mut fed = 0;
    let mut window = |is_empty: bool| {
        for n in fed..fed + 300 {
            let record = generator.note(n);
            let mut note: Value = serde_json::from_str(&record.value).expect("JSON");
            if is_empty {
                note["note"]["text"] = "No complaints.".into();
            }
            feeder.send(&source, (n % 4) as i32, &record.key, Some(&note.to_string()));
        }
        feeder.done();
        fed += 300;
        wait_for(&stage, fed as i64, SOON);
        // So that the next ones are another window's.
        let deadline = Instant::now() + SOON;
        let sum = || judged().iter().filter_map(|facet| facet["records"].as_u64()).sum::<u64>();
        // Fewer than 200 are judged with the next.
        while sum() + 199 < fed {
            assert!(Instant::now() < deadline, "{:?}", judged().last());
        }
    };
    (0..6).for_each(|_| window(false));
    let usual = judged();
    let signals = |facet: &Value| {
        let rows = facet["values"].as_array().expect("rows").clone();
        rows.into_iter().filter(|row| row["signal"].is_string()).collect::<Vec<_>>()
    };
    assert!(usual.iter().all(|facet| signals(facet).is_empty()), "{usual:#?}");
    window(true);
    let of_names = |row: &Value| row["field"] == "$.note.text" && row["class"] == "person_name";
    let dropped: Vec<_> = judged().iter().flat_map(signals).filter(of_names).collect();
    assert_eq!(dropped.len(), 1, "{:#?}", judged().last());
    assert_eq!(dropped[0]["signal"], "drop");
    let rate = |name: &str| dropped[0][name].as_f64().expect("a rate");
    assert!(rate("usual") > 0.5 && rate("density") < rate("usual") / 2.0, "{dropped:?}");
    let metrics = crate::status::get(&at, "/metrics").1;
    let metric = metrics.lines().find(|line| {
        line.starts_with("weir_unusual_total{") && line.contains("class=\"person_name\"")
    });
    assert!(metric.is_some_and(|line| line.contains("drop") && line.ends_with(" 1")), "{metrics}");
    assert!(
        metrics.lines().any(|line| {
            line.starts_with("weir_density{")
                && line.contains("field=\"$.patient.mrn\"")
                && line.ends_with(" 1.0")
        }),
        "{metrics}"
    );
    let out = terminate(child);
    assert!(out.status.success());
    let log = log.join().expect("no panic");
    assert!(log.contains("values are unusual") && log.contains("$.note.text"), "{log}");
}
