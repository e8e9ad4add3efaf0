//! R2: a process is told to abort at a named point of its life; the one that follows must put right
//! whatever was half done.

use super::process::Proc;
use super::report::Line;
use super::stage::Stage;
use super::{Bench, Random, build};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

const SIGABRT: i32 = 6;
const REACHED: Duration = Duration::from_secs(60);
const PROGRESS: Duration = Duration::from_secs(60);
/// Points that a run passes, with how often at most it is let pass.
const POINTS: [(&str, u64); 8] = [
    ("init", 1),
    ("begin", 5),
    ("mid_produce", 5),
    ("delivered", 5),
    ("offsets", 5),
    ("end", 5),
    ("ended", 5),
    ("rewind", 1),
];

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let fault = "abort at 10 named points of a run, 2 processes";
    let audit = "abort at audit_append";
    let reload = Line::not_built("abort at key_reload", "weir reloads no keys");
    if bench.failpoints.is_none() {
        let why = "weir has no failpoints at this commit";
        return Ok(vec![Line::not_built(fault, why), Line::not_built(audit, why), reload]);
    }
    let rounds = bench.options.size(1, 5);
    let mut random = bench.random(2);
    let mut stage = Stage::witnessed(bench, "r2", fault)?;
    let failing = bench.failpoints.clone().ok_or("no failpoints")?;
    stage.start("a")?;
    stage.start("b")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    for _ in 0..rounds {
        for (point, most) in POINTS {
            let at = format!("{point}:{}", 1 + random.below(most));
            // A START of a run is a transaction too, but it has no records and no offsets.
            stage.stop("b")?;
            stage.start_with("b", &failing, &[("WEIR_FAILPOINT", &at)])?;
            fell(&mut stage, "b", &at)?;
        }
        at_shutdown(&mut stage, &failing)?;
        at_revoke(&mut stage, &failing, &mut random)?;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    if !build::has_point("audit_append") {
        let audit = Line::not_built(audit, "weir has no such point");
        return Ok(vec![stage.finish()?, audit, reload]);
    }
    let audit = match at_audit(&mut stage, &failing, rounds) {
        Ok(line) => line,
        Err(why) => {
            let mut line = Line::new(audit);
            line.problems.push(why);
            line
        }
    };
    Ok(vec![stage.finish()?, audit, reload])
}

/// Waits for the abort, starts the process again without the point, and times it.
fn fell(stage: &mut Stage, instance: &str, at: &str) -> Result<(), String> {
    // Off the list: whoever looks after the processes must not start it again meanwhile.
    let mut process = stage.take(instance).ok_or("it was not started")?;
    match process.wait(REACHED) {
        // What aborts otherwise (a library, an allocator) does not say so.
        Ok(status) if is_at(&process, status, at) => {
            stage.note_fault(&format!("{instance} aborted at {at}"));
            stage.line.times += 1;
        }
        Ok(status) => stage.problem(format!("{at}: ended otherwise: {}", told(status, &process))),
        Err(why) => stage.problem(format!("{at} was not reached: {why}")),
    }
    drop(process);
    let since = Instant::now();
    stage.start(instance)?;
    let base = stage.control.fresh(Duration::from_secs(2));
    stage.progress(&base, since, PROGRESS)?;
    Ok(())
}

fn is_at(process: &Proc, status: ExitStatus, at: &str) -> bool {
    let point = at.split(':').next().unwrap_or_default();
    status.signal() == Some(SIGABRT) && process.log().contains(&format!("failpoint {point}"))
}

fn told(status: ExitStatus, process: &Proc) -> String {
    format!("{status}: {}", process.tail())
}

/// On SIGTERM, before the run is closed.
fn at_shutdown(stage: &mut Stage, failing: &Path) -> Result<(), String> {
    stage.stop("b")?;
    let since = Instant::now();
    stage.start_with("b", failing, &[("WEIR_FAILPOINT", "shutdown:1")])?;
    let base = stage.control.fresh(Duration::from_secs(2));
    // It has to be at work first.
    stage.progress(&base, since, PROGRESS)?;
    stage.process("b")?.signal("TERM")?;
    fell(stage, "b", "shutdown:1")
}

/// While its partitions are taken away: another process joins, or leaves and is missed.
fn at_revoke(stage: &mut Stage, failing: &Path, random: &mut Random) -> Result<(), String> {
    stage.stop("b")?;
    let since = Instant::now();
    stage.start_with("b", failing, &[("WEIR_FAILPOINT", "revoke:1")])?;
    let base = stage.control.fresh(Duration::from_secs(2));
    stage.progress(&base, since, PROGRESS)?;
    std::thread::sleep(random.millis(0, 500));
    if stage.process("c").is_ok() {
        // A static member is missed only after its session.
        stage.stop("c")?;
    } else {
        stage.start("c")?;
    }
    fell(stage, "b", "revoke:1")
}

/// `weir token decrypt` aborts as it writes the audit: nothing is revealed, and the file stays good.
fn at_audit(stage: &mut Stage, failing: &Path, rounds: u64) -> Result<Line, String> {
    let mut line = Line::new("abort at audit_append, weir token decrypt");
    let mrn = stage.generator().patients()[0].mrn.clone();
    let (made, out) = token(stage, &stage.binary.clone(), "encrypt", &mrn, None)?;
    if !made.success() {
        return Err(format!("weir token encrypt: {out}"));
    }
    let token_word = out.lines().last().unwrap_or_default().to_string();
    for _ in 0..rounds {
        let point = Some("audit_append:1");
        let (status, out) = token(stage, failing, "decrypt", &token_word, point)?;
        if status.signal() != Some(SIGABRT) {
            line.problems.push(format!("ended otherwise: {status}: {out}"));
        }
        if out.contains(&mrn) {
            line.problems.push("the value was printed, and the audit may not have it".into());
        }
        line.times += 1;
        let mut command = Command::new(&stage.binary);
        command.args(["audit", "verify", "--audit"]).arg(stage.dir.join("audit.jsonl"));
        let mut verify = Proc::start(command, &stage.dir.join("verify.out"))?;
        let status = verify.wait(Duration::from_secs(60))?;
        if !status.success() {
            line.problems.push(format!("audit verify: {}", told(status, &verify)));
        }
    }
    // Without the point the same call must reveal: else nothing above has shown anything.
    let (status, out) = token(stage, failing, "decrypt", &token_word, None)?;
    if !status.success() || !out.contains(&mrn) {
        line.problems.push(format!("the token does not go back: {status}"));
    }
    Ok(line)
}

/// `weir token VERB` of one value; how it ended and what it printed.
fn token(
    stage: &Stage,
    binary: &Path,
    verb: &str,
    value: &str,
    point: Option<&str>,
) -> Result<(ExitStatus, String), String> {
    let input = stage.dir.join("value.txt");
    fs::write(&input, format!("{value}\n")).map_err(|e| e.to_string())?;
    let mut command = Command::new(binary);
    command
        .args(["token", verb, "--class", "mrn", "--width", "10", "--dev"])
        .args(["--reason", "fault bench", "--keyring"])
        .arg(stage.dir.join("weir.keyring"))
        .arg("--audit")
        .arg(stage.dir.join("audit.jsonl"))
        .arg("--subjects")
        .arg(stage.dir.join("weir.subjects"))
        .envs(point.map(|point| ("WEIR_FAILPOINT", point)))
        .stdin(fs::File::open(&input).map_err(|e| e.to_string())?);
    if verb == "decrypt" {
        command.args(["--key-version", "1"]);
    }
    let mut process = Proc::start(command, &stage.dir.join("token.out"))?;
    let status = process.wait(Duration::from_secs(60))?;
    let out = process.log();
    // Values on standard output are this command's purpose; they are no leak of the pipeline.
    let _ = fs::remove_file(stage.dir.join("token.out"));
    Ok((status, out))
}
