//! `./dev bench --impact`: how long `weir impact` looks for one person, and for a hundred, in the trail of many
//! records on a real broker. What it finds is counted, too.

use crate::broker::Broker;
use crate::faults::control::Control;
use crate::faults::feed::Line;
use crate::faults::process::{Proc, mortal};
use crate::pace::{Arm, PARTITIONS, documents, load, pipeline, release};
use crate::say;
use std::fs::{self, File};
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const RECORDS: u64 = 10_000_000;
const PATIENTS: u64 = 100_000;
const ROUNDS: usize = 3;
const RUN_SECONDS_MAX: u64 = 1_800;

const ARM: Arm = Arm { name: "impact", schema: "five", extra: &["trail"] };

/// `--records N`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    let records = match args {
        [] => Ok(RECORDS),
        [word, number] if word == "--records" => number.parse().map_err(|_| ()),
        _ => Err(()),
    };
    let records = records.ok().filter(|n| *n >= PATIENTS).ok_or_else(|| {
        format!("usage: bench --impact [--records N], N at least {PATIENTS}: a record a person")
    })?;
    let weir = release()?;
    let broker = Broker::start()?;
    let dir = std::env::temp_dir().join(format!("weir-impact-{}", std::process::id()));
    fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let outcome = bench(&weir, &broker, &dir, records);
    let _ = fs::remove_dir_all(&dir);
    outcome.map(|()| ExitCode::SUCCESS)
}

fn bench(weir: &Path, broker: &Broker, dir: &Path, records: u64) -> Result<(), String> {
    documents(weir, dir)?;
    let (name, document) = (ARM.name, dir.join("pipelines/impact.yaml"));
    fs::write(&document, pipeline(name, &ARM)).map_err(|e| e.to_string())?;
    let control = Control::start(&broker.lib, &broker.address, &dir.join("control.log"))?;
    control.ask(&format!(
        "topics source,{PARTITIONS},1;{name}.clean,{PARTITIONS},1;{name}.quarantine,{PARTITIONS},1;\
         {name}.trail,1,1,retention.ms=-1,retention.bytes=-1;weir.state.{name},1,1,cleanup.policy=compact"
    ))?;
    say(&format!("loading {records} records of {PATIENTS} people"));
    load(broker, dir, records, Arc::new(line))?;
    let start = |verb: &str, more: &[&str], stdin: Stdio, log: &str| {
        let mut command = mortal(weir);
        command.arg(verb).arg(&document).args(["--dev", "--kafka", &broker.address]);
        command.args(["--audit", "a.jsonl"]).args(more).current_dir(dir).stdin(stdin);
        Proc::start(command, &dir.join(log))
    };
    say("cleaning them");
    control.watch(&format!("weir.{name}"), "source")?;
    let began = Instant::now();
    let mut process = start("run", &["--workers", "2"], Stdio::null(), "run.log")?;
    let is_over = control.until(Duration::from_secs(RUN_SECONDS_MAX), |s| s.is_at_end());
    is_over.map_err(|_| format!("it does not come to its end: {}", process.tail()))?;
    say(&format!("cleaned in {:.0} s", began.elapsed().as_secs_f64()));
    process.signal("TERM")?;
    process.wait(Duration::from_secs(60))?;
    for people in [1, 100] {
        let ids = dir.join("ids.txt");
        let all: String = (0..people).map(|n| format!("{}\n", mrn(n * 7))).collect();
        fs::write(&ids, all).map_err(|e| e.to_string())?;
        let expected = (0..records).filter(|n| is_asked_for(people, person(*n))).count() as u64;
        for _ in 0..ROUNDS {
            let stdin = File::open(&ids).map_err(|e| e.to_string())?.into();
            let began = Instant::now();
            let mut process = start("impact", &["--subject", "--json"], stdin, "impact.log")?;
            let status = process.wait(Duration::from_secs(600))?;
            let took = began.elapsed();
            let found = process.log().lines().filter(|line| line.starts_with('{')).count() as u64;
            if !status.success() || found != expected {
                return Err(format!("{found} of {expected} found: {}", process.tail()));
            }
            say(&format!("{people} of {PATIENTS} people: {found} records in {took:.2?}"));
        }
    }
    Ok(())
}

/// Whose a record is: of some people there are more than of others.
fn person(n: u64) -> u64 {
    if n.is_multiple_of(11) { n / 11 % (PATIENTS / 9) } else { n % PATIENTS }
}

/// Every seventh, as many as are asked for.
fn is_asked_for(people: u64, person: u64) -> bool {
    person.is_multiple_of(7) && person / 7 < people
}

fn mrn(patient: u64) -> String {
    format!("{:010}", 1_000_000 + patient)
}

/// Short ones: the trail of a long record is no longer.
fn line(n: u64) -> Line {
    let mrn = mrn(person(n));
    let value = format!(r#"{{"mrn":"{mrn}","codes":["E11.9"],"filler":"{n}"}}"#);
    Line { key: mrn.into_bytes(), value: Some(value.into_bytes()), refused: false }
}
