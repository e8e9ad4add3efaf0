//! `./dev bench --kafka`: goal P3. weir from topic to topic on a real broker, exactly once, beside its own
//! pass-through: the same binary and the same records, whose schema says that nothing in them is to be changed.
//! weir has one core and the broker the other. The arms take turns, so that what else the machine does
//! hits all of them; what is printed is the median of the rounds, and what each arm is of another.

use crate::broker::Broker;
use crate::faults::control::{Control, root};
use crate::faults::feed::{Feed, Line, Maker, Plan};
use crate::faults::process::{Proc, mortal};
use crate::faults::vitals::worked;
use crate::say;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use weir_synth::Generator;

pub(crate) const PARTITIONS: u64 = 4;
const RECORD_BYTES: usize = 1024;
const RECORDS: u64 = 400_000;
const ROUNDS: u32 = 5;
const PATIENTS: u64 = 500;
const RUN_SECONDS_MAX: u64 = 300;

/// What is measured: a name, whether anything is changed, and what else the pipeline does.
pub(crate) struct Arm {
    pub(crate) name: &'static str,
    pub(crate) schema: &'static str,
    pub(crate) extra: &'static [&'static str],
}

const ARMS: [Arm; 6] = [
    Arm { name: "pass-through", schema: "pass", extra: &[] },
    Arm { name: "five fields", schema: "five", extra: &[] },
    Arm { name: "five fields, lineage", schema: "five", extra: &["lineage"] },
    Arm { name: "five fields, lineage, proof", schema: "five", extra: &["lineage", "proof"] },
    Arm {
        name: "five fields, lineage, proof, trail",
        schema: "five",
        extra: &["lineage", "proof", "trail"],
    },
    Arm {
        name: "five fields, lineage, proof, trail, telemetry",
        schema: "five",
        extra: &["lineage", "proof", "trail", "telemetry"],
    },
];

const FIELDS: [(&str, &str); 7] = [
    ("$.mrn", "{class: mrn, width: 10}"),
    ("$.name", "person_name"),
    ("$.ssn", "ssn"),
    ("$.phone", "phone"),
    ("$.start", "date"),
    ("$.codes[*]", "clinical_code"),
    ("$.filler", "not_phi"),
];

/// Records a second, and seconds of processor time a million.
#[derive(Clone, Copy)]
struct Pace {
    rate: f64,
    cost: f64,
}

/// Runs all arms; `--records N`, `--rounds N`, and of how many people the records are, `--patients N`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    let (mut records, mut rounds, mut patients) = (RECORDS, u64::from(ROUNDS), PATIENTS);
    let mut words = args.iter();
    while let Some(word) = words.next() {
        let number = words.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
        match (word.as_str(), number) {
            ("--records", Some(n)) => records = n,
            ("--rounds", Some(n)) => rounds = n,
            ("--patients", Some(n)) => patients = n,
            _ => {
                let usage = "usage: bench --kafka [--records N] [--rounds N] [--patients N]";
                return Err(usage.into());
            }
        }
    }
    let weir = release()?;
    let broker = Broker::start()?;
    pin(broker.id(), 1)?;
    let dir = std::env::temp_dir().join(format!("weir-pace-{}", std::process::id()));
    fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let outcome = bench(&weir, &broker, &dir, (records, patients), rounds);
    let _ = fs::remove_dir_all(&dir);
    outcome.map(|()| ExitCode::SUCCESS)
}

fn bench(
    weir: &Path,
    broker: &Broker,
    dir: &Path,
    (records, patients): (u64, u64),
    rounds: u64,
) -> Result<(), String> {
    documents(weir, dir)?;
    let control = Control::start(&broker.lib, &broker.address, &dir.join("control.log"))?;
    control.ask(&format!("topics source,{PARTITIONS},1"))?;
    say(&format!("loading {records} records of {RECORD_BYTES} bytes, of {patients} people"));
    let generator = Generator::new(1, patients as usize);
    load(broker, dir, records, Arc::new(move |n| line(&generator, n)))?;
    let collector = collector()?;
    let mut paces = vec![Vec::new(); ARMS.len()];
    for round in 0..rounds {
        for (arm, paces) in ARMS.iter().zip(&mut paces) {
            let name = format!("{}{round}x{}", arm.schema, arm.extra.len());
            let pace = measure(weir, broker, &control, dir, arm, (&name, &collector))?;
            say(&format!(
                "round {}: {}: {:.0} records/s, {:.2} CPU s/M",
                round + 1,
                arm.name,
                pace.rate,
                pace.cost
            ));
            paces.push(pace);
        }
    }
    print(&paces, records, rounds);
    Ok(())
}

/// Feeds records into the topic `source`, as fast as they go.
pub(crate) fn load(broker: &Broker, dir: &Path, count: u64, make: Maker) -> Result<(), String> {
    let plan = Plan {
        lib: broker.lib.clone(),
        bootstrap: broker.address.clone(),
        topic: "source".into(),
        partitions: PARTITIONS,
        log: dir.join("load.err"),
        first: 0,
        count,
        rate: 0,
    };
    Feed::start(plan, make).join().map(|_| ())
}

/// A table: medians, beside the pass-through and beside the five fields alone.
fn print(paces: &[Vec<Pace>], records: u64, rounds: u64) {
    let medians: Vec<Pace> = paces
        .iter()
        .map(|paces| Pace {
            rate: median(paces.iter().map(|pace| pace.rate)),
            cost: median(paces.iter().map(|pace| pace.cost)),
        })
        .collect();
    say(&format!("medians of {rounds} rounds of {records} records; ratios: rate, processor time"));
    say("| | records/s | CPU s/M | beside pass-through | beside five fields |");
    say("|---|---|---|---|---|");
    for (arm, pace) in ARMS.iter().zip(&medians) {
        let beside =
            |other: &Pace| format!("{:.2}, {:.2}", pace.rate / other.rate, pace.cost / other.cost);
        say(&format!(
            "| {} | {:.0} | {:.2} | {} | {} |",
            arm.name,
            pace.rate,
            pace.cost,
            beside(&medians[0]),
            beside(&medians[1])
        ));
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// One run over the whole topic: from a tenth of it, when everything is warm, to its end.
fn measure(
    weir: &Path,
    broker: &Broker,
    control: &Control,
    dir: &Path,
    arm: &Arm,
    (name, collector): (&str, &str),
) -> Result<Pace, String> {
    let kept = "retention.ms=-1,retention.bytes=-1";
    control.ask(&format!(
        "topics {name}.clean,{PARTITIONS},1;{name}.quarantine,{PARTITIONS},1;\
         {name}.lineage,1,1;{name}.proof,1,1,{kept};{name}.trail,1,1,{kept};weir.state.{name},1,1,cleanup.policy=compact"
    ))?;
    let document = dir.join(format!("pipelines/{name}.yaml"));
    fs::write(&document, pipeline(name, arm)).map_err(|e| e.to_string())?;
    control.watch(&format!("weir.{name}"), "source")?;
    let mut command = mortal("taskset");
    command.args(["-c", "0"]).arg(weir).arg("run").arg(&document);
    command.args(["--dev", "--kafka", &broker.address, "--audit", "a.jsonl"]);
    if arm.extra.contains(&"telemetry") {
        command.args(["--otlp", collector, "--listen", "127.0.0.1:0"]);
    }
    command.current_dir(dir).stdin(Stdio::null());
    let mut process = Proc::start(command, &dir.join(format!("{name}.log")))?;
    let most = Duration::from_secs(RUN_SECONDS_MAX);
    let failed = |_| format!("{}: it does not come to its end: {}", arm.name, process.tail());
    let first = control.until(most, |s| s.end() > 0 && s.committed() * 10 >= s.end());
    let first = first.map_err(failed)?;
    let (began, cpu) = (Instant::now(), worked(process.id()).ok_or("no processor time")?);
    let last = control.until(most, |s| s.end() > 0 && s.is_at_end()).map_err(failed)?;
    let (took, spent) = (began.elapsed(), worked(process.id()).ok_or("no processor time")? - cpu);
    process.signal("TERM")?;
    process.wait(Duration::from_secs(60))?;
    let records = (last.committed() - first.committed()) as f64;
    Ok(Pace { rate: records / took.as_secs_f64(), cost: spent / records * 1e6 })
}

pub(crate) fn pipeline(name: &str, arm: &Arm) -> String {
    let (schema, key) = match arm.schema {
        "pass" => ("pass", "not_phi"),
        five => (five, "mrn"),
    };
    let mut text = format!(
        "pipeline: {name}\n\
         source: {{topics: [source], schema: {schema}, key: {key}}}\n\
         policy: pseudonymize\n\
         destination: rag-local\n\
         sink: {{topic: {name}.clean, timestamp: append}}\n\
         quarantine: {{topic: {name}.quarantine}}\n\
         delivery: exactly_once\n"
    );
    if arm.extra.contains(&"lineage") {
        text += &format!("lineage: {{topic: {name}.lineage, window: 1s}}\n");
    }
    if arm.extra.contains(&"trail") {
        text += &format!("trail: {{topic: {name}.trail}}\n");
    }
    if arm.extra.contains(&"proof") {
        text += &format!("proof: {{topic: {name}.proof}}\n");
    }
    text
}

/// A project with keys, and a schema for each kind of arm.
pub(crate) fn documents(weir: &Path, dir: &Path) -> Result<(), String> {
    let make = || -> std::io::Result<()> {
        for folder in ["pipelines", "schemas", "policies"] {
            fs::create_dir_all(dir.join(folder))?;
        }
        for file in ["destinations.yaml", "policies/pseudonymize.yaml"] {
            fs::copy(root().join(file), dir.join(file))?;
        }
        for schema in ["pass", "five"] {
            let class = |class| if schema == "pass" { "not_phi" } else { class };
            let fields = FIELDS.iter().map(|(path, of)| format!("  {path}: {}\n", class(of)));
            let subject = if schema == "pass" { "" } else { "subject: $.mrn\n" };
            let fields: String = fields.collect();
            let text = format!("schema: {schema}\nformat: json\n{subject}fields:\n{fields}");
            fs::write(dir.join(format!("schemas/{schema}.yaml")), text)?;
        }
        Ok(())
    };
    make().map_err(|e| format!("cannot write the documents: {e}"))?;
    let mut command = Command::new(weir);
    command
        .args(["keys", "init", "--dev", "--tenant", "bench", "--dir", ".", "--audit", "a.jsonl"]);
    command.current_dir(dir).stdin(Stdio::null());
    let mut process = Proc::start(command, &dir.join("once.log"))?;
    match process.wait(Duration::from_secs(60))?.success() {
        true => Ok(()),
        false => Err(process.tail()),
    }
}

/// The record that `benches/clean.rs` has, too.
fn line(patients: &Generator, n: u64) -> Line {
    let p = patients.patient_of(n);
    let head = format!(
        r#"{{"mrn":"{}","name":"{}","ssn":"{}","phone":"{}","start":"2026-03-04","codes":["E11.9","I10"],"filler":""#,
        p.mrn,
        p.full_name(),
        p.ssn_dashed(),
        p.phone_bracketed()
    );
    let filler = "x".repeat(RECORD_BYTES.saturating_sub(head.len() + 2));
    let value = format!("{head}{filler}\"}}").into_bytes();
    Line { key: p.mrn.clone().into_bytes(), value: Some(value), refused: false }
}

/// The release binary of this checkout.
pub(crate) fn release() -> Result<PathBuf, String> {
    let cargo = Command::new("cargo")
        .args(["build", "--release", "--quiet", "-p", "weir"])
        .current_dir(root())
        .status();
    if !cargo.is_ok_and(|status| status.success()) {
        return Err("the release build failed".into());
    }
    let target = crate::faults::environment("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(target.unwrap_or_else(|| root().join("target")).join("release/weir"))
}

/// A collector of telemetry that takes everything and keeps nothing, for as long as this process lives.
fn collector() -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || swallow(stream));
        }
    });
    Ok(format!("http://{address}"))
}

/// Answers each request of a connection with 200.
fn swallow(stream: TcpStream) -> Option<()> {
    let mut answers = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        std::io::copy(&mut (&mut reader).take(length), &mut std::io::sink()).ok()?;
        answers.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").ok()?;
    }
}

/// Keeps all threads of a process on one core.
fn pin(pid: u32, core: u32) -> Result<(), String> {
    let mut command = Command::new("taskset");
    command.args(["-a", "-c", "-p", &core.to_string(), &pid.to_string()]);
    let output = command.output().map_err(|e| format!("taskset does not start: {e}"))?;
    if output.status.success() { Ok(()) } else { Err("taskset: no second core?".into()) }
}
