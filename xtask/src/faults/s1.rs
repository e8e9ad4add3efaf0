//! S1: fifty thousand identifiers in declared fields, looked for in twelve encodings wherever weir, or
//! Kafka for it, puts bytes down: topics, segments, headers, logs, pages, answers to wrong requests,
//! temporary files, core files, names of groups and clients.

use super::Bench;
use super::feed::Maker;
use super::gate::ask;
use super::process::{Proc, mortal};
use super::report::Line;
use super::stage::Stage;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use weir_synth::Generator;

const FAULT: &str = "identifiers x 12 encodings in every sink, 2 processes";
const PROGRESS: Duration = Duration::from_secs(60);
const SIGABRT: i32 = 6;

/// Identifiers that stood in a record as they are.
type Planted = Arc<Mutex<BTreeSet<String>>>;

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let patients = bench.options.size(300, 5_000) as usize;
    let patients = Generator::unmistakable(bench.seed, patients);
    let wanted = bench.options.size(2_000, 50_000) as usize;
    let records = bench.options.size(80_000, 200_000);
    let lineage = |text: String| {
        text.replace("lineage:     {topic:", "lineage:     {file: lineage.ndjson, topic:")
    };
    let mut stage = Stage::of(bench, "s1", FAULT, patients, lineage)?;
    let (temporary, here) = (stage.dir.join("tmp"), stage.dir.join("here"));
    for dir in [&temporary, &here] {
        fs::create_dir_all(dir).map_err(|e| e.to_string())?;
    }
    stage.environment.push(("TMPDIR".into(), temporary.display().to_string()));
    stage.arguments = ["--listen", "127.0.0.1:0"].map(String::from).to_vec();
    stage.here = Some(here.clone());
    // What the shell allows would hide that weir forbids it.
    stage.wrapper = ["prlimit", "--core=unlimited", "--"].map(String::from).to_vec();
    let cores = makes_cores(&stage, &here)?;
    stage.start("a")?;
    stage.start("b")?;
    let planted = Planted::default();
    let feed = stage.feed_with(records, bench.options.rate, watched(&stage, &planted));
    stage.wait_for(1, PROGRESS)?;
    let names = names(&stage)?;
    // Records are in hand when a process dies.
    stage.kill("b")?;
    stage.start("b")?;
    stage.begun("b")?;
    if let Some(failing) = bench.failpoints.clone() {
        stage.stop("b")?;
        stage.start_with("b", &failing, &[("WEIR_FAILPOINT", "mid_produce:5")])?;
        let status = stage.take("b").ok_or("b is not up")?.wait(PROGRESS)?;
        if status.signal() != Some(SIGABRT) {
            stage.problem(format!("b did not abort: {status}"));
        }
        stage.start("b")?;
    }
    let asked = ask_everything(&mut stage)?;
    let fed = feed.join()?;
    stage.was_fed(fed);
    let asked = asked + ask_everything(&mut stage)?;
    stage.note_fault(&format!("{asked} answers over HTTP were kept"));
    let left = count(&here, "core")?;
    if left > 0 {
        stage.problem(format!("{left} core files, which the kernel writes from memory"));
    }
    stage.line.notes.push(match cores {
        true => "core files: none of weir's, where the shell's had one".into(),
        false => "core files: not shown, this machine writes none".into(),
    });
    stage.line.notes.push(format!("temporary files: {}", count(&temporary, "")?));
    stage.line.notes.push("not built: spans (no exporter yet); logs are of one level, info".into());
    let segments = bench.cluster.nodes.iter().flat_map(|node| segments(&node.data()));
    stage.files = segments.collect();
    stage.files.extend([temporary, here, names]);
    let number = planted.lock().map_err(|_| "the feed panicked")?.len();
    stage.line.times = number as u64;
    if number < wanted {
        stage.problem(format!("{number} identifiers were fed, and {wanted} are to be"));
    }
    let mut line = stage.finish()?;
    let figures = ["canaries", "encodings", "exposed", "files_read", "segments_read"];
    let seen = figures.map(|name| format!("{name} {}", line.figure(name).unwrap_or(0)));
    line.notes.push(seen.join(", "));
    if line.figure("segments_read").unwrap_or(0) == 0 {
        line.problems.push("the checker looked through no segment".into());
    }
    Ok(vec![line])
}

/// The stage's notes; which identifiers are in them is written down.
fn watched(stage: &Stage, planted: &Planted) -> Maker {
    let (generator, make, planted) = (stage.generator(), stage.notes(), Arc::clone(planted));
    Arc::new(move |n| {
        let line = make(n);
        let text = line.value.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let all = generator.patient_of(n).identifiers().into_iter();
        if let Ok(mut planted) = planted.lock() {
            planted.extend(all.filter(|identifier| text.contains(identifier)));
        }
        line
    })
}

/// Whether a program that aborts leaves a core file here at all: else its absence shows nothing.
fn makes_cores(stage: &Stage, here: &Path) -> Result<bool, String> {
    let mut command = mortal("prlimit");
    command.args(["--core=unlimited", "--", "sh", "-c", "kill -ABRT $$"]).current_dir(here);
    command.stdin(Stdio::null());
    let mut shell = Proc::start(command, &stage.dir.join("core.out"))?;
    shell.wait(Duration::from_secs(30))?;
    let made = count(here, "core")? > 0;
    for path in files(here)? {
        fs::remove_file(path).map_err(|e| e.to_string())?;
    }
    Ok(made)
}

/// What the brokers were told: groups, members, clients, transactional ids.
fn names(stage: &Stage) -> Result<PathBuf, String> {
    let path = stage.dir.join("names.txt");
    let names = stage.control.ask_again(&format!("names {}", stage.group()), PROGRESS)?;
    if !names.contains(&stage.group()) {
        return Err(format!("no names of the group: {names}"));
    }
    fs::write(&path, names).map_err(|e| e.to_string())?;
    Ok(path)
}

/// Every page of every process, and wrong requests with identifiers in them; what they answer goes to a
/// file among those that are looked through.
fn ask_everything(stage: &mut Stage) -> Result<u64, String> {
    let generator = stage.generator();
    let patient = &generator.patients()[0];
    let (mrn, name) = (&patient.mrn, patient.full_name());
    let long = "x".repeat(20_000);
    // What is asked, how it is answered, and what stands in the answer.
    let requests = [
        ("GET /live HTTP/1.1\r\n\r\n".into(), &["200"][..], ""),
        ("GET /ready HTTP/1.1\r\n\r\n".into(), &["200", "503"], "worker"),
        ("GET /status HTTP/1.1\r\n\r\n".into(), &["200"], "\"workers\":["),
        ("GET /metrics HTTP/1.1\r\n\r\n".into(), &["200"], "weir_records_total{"),
        (format!("GET /status?mrn={mrn} HTTP/1.1\r\n\r\n"), &["200"], "\"workers\":["),
        (format!("GET /{mrn} HTTP/1.1\r\n\r\n"), &["404"], ""),
        (
            format!("POST /status HTTP/1.1\r\nContent-Length: {}\r\n\r\n{name}", name.len()),
            &["405"],
            "",
        ),
        (format!("{name} {mrn}\r\n\r\n"), &["400"], ""),
        (format!("GET /live HTTP/1.1\r\n{name}: {mrn}\r\n\r\n"), &["400"], ""),
        (format!("GET /live HTTP/1.1\r\nX-Long: {mrn}{long}\r\n\r\n"), &["200"], ""),
    ];
    let mut kept = 0;
    for instance in ["a", "b"] {
        let address = address(stage, instance)?;
        for (n, (request, codes, part)) in requests.iter().enumerate() {
            // Each asks to close, so that the answer's end is seen.
            let request = request.replacen("\r\n", "\r\nHost: weir\r\nConnection: close\r\n", 1);
            let answer = ask(&address, &request)?;
            let text = String::from_utf8_lossy(&answer);
            let code = text.split(' ').nth(1).unwrap_or_default();
            if !codes.contains(&code) || !text.contains(part) {
                stage.problem(format!("{instance}: request {n} was answered with {code:?}"));
            }
            kept += 1;
            let path = stage.dir.join("here").join("http.txt");
            let mut file = fs::OpenOptions::new().create(true).append(true).open(path);
            let file = file.as_mut().map_err(|e| e.to_string())?;
            file.write_all(&answer).map_err(|e| e.to_string())?;
        }
    }
    Ok(kept)
}

/// Where this process serves its pages: its log says.
fn address(stage: &mut Stage, instance: &str) -> Result<String, String> {
    let deadline = Instant::now() + PROGRESS;
    loop {
        stage.tend()?;
        let log = stage.process(instance)?.log();
        if let Some(at) = log.split("\"address\":\"").nth(1).and_then(|at| at.split('"').next()) {
            return Ok(at.to_string());
        }
        if Instant::now() > deadline {
            return Err(format!("{instance} says no address"));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The folders of segments of a node, but for those of sources: of this shard's and of those before.
fn segments(data: &Path) -> Vec<PathBuf> {
    let is_source = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.rsplit_once('-').is_some_and(|(topic, _)| topic.ends_with(".source"))
    };
    let entries = fs::read_dir(data).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir() && !is_source(path)).collect()
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(dir).map_err(|e| e.to_string())?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

fn count(dir: &Path, prefix: &str) -> Result<usize, String> {
    let named =
        |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().starts_with(prefix);
    Ok(files(dir)?.into_iter().filter(named).count())
}
