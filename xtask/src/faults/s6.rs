//! S6: the key server is down, slow, silent, another one, or refuses. A running process has its keys in
//! memory and goes on; one that starts then may not begin, and nothing passes unmasked.

use super::Bench;
use super::gate::{Gate, Way, ask};
use super::process::Proc;
use super::report::Line;
use super::stage::Stage;
use crate::keyserver::Moto;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FAULT: &str = "the key server down, slow, silent, another one, revoked, 2 processes";
const PROGRESS: Duration = Duration::from_secs(60);
/// A start asks for half a minute; where nobody answers, each of its calls takes its time-out too.
const REFUSED: Duration = Duration::from_secs(150);
/// A key server that answers late, and within a call's time.
const SLOWLY: Duration = Duration::from_secs(2);

/// What a process that is started meanwhile has to do.
enum Start {
    /// Wait, and begin once the server is back after so long.
    Waits(Duration),
    /// Begin.
    Begins,
    /// End, and say this code.
    Ends(&'static str),
}

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let (right, wrong) = (Moto::start()?, Moto::start()?);
    let well = Way::Through(right.port);
    let gate = Gate::open(well)?;
    let mut stage = Stage::new(bench, "s6", FAULT, |text| text)?;
    for (name, value) in [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")] {
        stage.environment.push((name.into(), value.into()));
    }
    let key = make_key(right.port)?;
    rewrap(
        &stage,
        &format!("aws-kms:{key}?region=eu-central-1&endpoint=http://127.0.0.1:{}", gate.port),
    )?;
    stage.start("a")?;
    stage.start("b")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, PROGRESS)?;
    let faults = [
        ("down for a while", Way::Down, Start::Waits(Duration::from_secs(8))),
        ("down", Way::Down, Start::Ends("W0307")),
        ("slow", Way::Slow(right.port, SLOWLY), Start::Begins),
        ("silent", Way::Silent, Start::Ends("W0307")),
        ("another one, with other keys", Way::Through(wrong.port), Start::Ends("W0308")),
        ("refusing: the key was revoked", Way::Revoked, Start::Ends("W0308")),
    ];
    for _ in 0..bench.options.size(1, 5) {
        for (what, way, start) in &faults {
            gate.set(*way);
            stage.note_fault(&format!("the key server is {what}"));
            stage.line.times += 1;
            stage.kill("b")?;
            let since = Instant::now();
            stage.start("b")?;
            match start {
                Start::Begins => {}
                Start::Waits(time) => std::thread::sleep(*time),
                Start::Ends(code) => ends(&mut stage, code)?,
            }
            // Whoever ran before goes on, with the partitions of the one that is not there.
            if matches!(start, Start::Ends(_)) {
                let base = stage.control.fresh(Duration::from_secs(2));
                stage.progress(&base, Instant::now(), PROGRESS)?;
            }
            if !matches!(start, Start::Begins) {
                gate.set(well);
            }
            let since = match start {
                Start::Ends(_) => {
                    stage.start("b")?;
                    Instant::now()
                }
                Start::Waits(time) => since + *time,
                Start::Begins => since,
            };
            stage.begun("b")?;
            let base = stage.control.fresh(Duration::from_secs(2));
            stage.progress(&base, since, PROGRESS)?;
            gate.set(well);
        }
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    Ok(vec![stage.finish()?])
}

/// The one that was started must end by itself, and say why.
fn ends(stage: &mut Stage, code: &str) -> Result<(), String> {
    let mut process = stage.take("b").ok_or("b was not started")?;
    match process.wait(REFUSED) {
        Ok(status) if status.success() => stage.problem("it ended well without its keys".into()),
        Ok(_) if process.log().contains(code) => {}
        Ok(status) => stage.problem(format!("ended with {status}, no {code}: {}", process.tail())),
        Err(why) => stage.problem(format!("was not refused: {why}")),
    }
    if process.log().contains("run starts") {
        stage.problem("a run was started without its keys".into());
    }
    Ok(())
}

/// `weir keys rewrap`: the stage's keyring comes under the key server.
fn rewrap(stage: &Stage, kek: &str) -> Result<(), String> {
    let mut command = Command::new(&stage.binary);
    command.args(["keys", "rewrap", "--dev", "--to", kek, "--keyring"]);
    command.arg(stage.dir.join("weir.keyring")).arg("--audit").arg(stage.dir.join("audit.jsonl"));
    command.envs(stage.environment.iter().map(|(name, value)| (name, value))).stdin(Stdio::null());
    let mut process = Proc::start(command, &stage.dir.join("rewrap.out"))?;
    let status = process.wait(Duration::from_secs(60))?;
    if status.success() { Ok(()) } else { Err(format!("weir keys rewrap: {}", process.tail())) }
}

/// A key of moto's, made as an administrator's tool would.
fn make_key(port: u16) -> Result<String, String> {
    let call = "POST / HTTP/1.1\r\nHost: kms\r\nX-Amz-Target: TrentService.CreateKey\r\n\
                Content-Type: application/x-amz-json-1.1\r\n\
                Authorization: AWS4-HMAC-SHA256 Credential=test/20261124/eu-central-1/kms/aws4_request, \
                SignedHeaders=host, Signature=0\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    let answer = ask(&format!("127.0.0.1:{port}"), call)?;
    let answer = String::from_utf8_lossy(&answer);
    let id = answer.split("\"KeyId\":").nth(1).and_then(|rest| rest.split('"').nth(1));
    id.map(str::to_string).ok_or_else(|| "moto made no key".to_string())
}
