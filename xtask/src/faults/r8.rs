//! R8: no room and no handles: the lineage file's disk full, a broker's disk full, no file descriptor
//! left. weir may stop or wait; it may not skip.

use super::process::Proc;
use super::r1::INSTANCES;
use super::report::Line;
use super::stage::Stage;
use super::vitals::Small;
use super::{Bench, r3};
use crate::proxy::frame::END_TXN;
use crate::proxy::{Action, Rule};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRESS: Duration = Duration::from_secs(60);
const LINEAGE: &str = "the lineage file's disk full, 1 process";
const BROKER: &str = "a broker's disk full, 3 processes";
/// A file that cannot be written.
const DOCUMENT: i32 = 3;
const MIB: u64 = 1024 * 1024;

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let times = bench.options.size(1, 5);
    // First: what the others write would have to fit on the small disk too.
    let broker = broker(bench, times)?;
    Ok(vec![lineage(bench, times)?, handles(bench, times)?, broker])
}

/// While it runs the data goes on without the file; a start on a full disk is refused.
fn lineage(bench: &mut Bench, times: u64) -> Result<Line, String> {
    let Some(small) = Small::mount(bench.dir.join("r8-small"), MIB) else {
        return Ok(Line::not_built(LINEAGE, "tmpfs cannot be mounted here"));
    };
    let path = small.0.join("lineage.ndjson").display().to_string();
    let file = format!("lineage:     {{file: {path}, topic:");
    let mut stage =
        Stage::new(bench, "r8a", LINEAGE, |text| text.replace("lineage:     {topic:", &file))?;
    stage.start("a")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    for _ in 0..times {
        small.fill();
        stage.note_fault("the disk is full");
        stage.line.times += 1;
        let since = Instant::now();
        let base = stage.control.fresh(Duration::from_secs(2));
        std::thread::sleep(Duration::from_secs(3));
        stage.progress(&base, since, PROGRESS)?;
        stage.tend()?;
        // Its end on a full disk may say so by its code; what counts is the start.
        if let Some(mut process) = stage.take("a") {
            process.signal("TERM")?;
            let status = process.wait(Duration::from_secs(60))?;
            if !status.success() && status.code() != Some(DOCUMENT) {
                stage.problem(format!("a ended with {status} on SIGTERM: {}", process.tail()));
            }
        }
        stage.start("a")?;
        let mut refused = stage.take("a").ok_or("a is not up")?;
        match refused.wait(Duration::from_secs(60)) {
            Ok(status) => {
                let log = refused.log();
                if status.code() != Some(DOCUMENT) || !log.contains("W0414") {
                    let tail = refused.tail();
                    stage.problem(format!("a start on a full disk ended with {status}: {tail}"));
                }
                if !log.contains("r8a: 0 records: ") {
                    stage.problem("records went through on a full disk".into());
                }
            }
            Err(why) => stage.problem(format!("a start on a full disk was not refused: {why}")),
        }
        small.free();
        let since = Instant::now();
        stage.start("a")?;
        let base = stage.control.fresh(Duration::from_secs(2));
        stage.progress(&base, since, PROGRESS)?;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    stage.finish()
}

/// No handle may be opened, and then connections are cut: they cannot be opened again until the limit
/// is lifted. (The limit is on numbers: one that has just become free would be taken again.)
fn handles(bench: &mut Bench, times: u64) -> Result<Line, String> {
    let mut stage = Stage::new(bench, "r8b", "no file handle left, 1 process", |text| text)?;
    bench.proxy.forget();
    stage.start("a")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    let mut idle = 0;
    while stage.line.times < times {
        let pid = stage.process("a")?.id();
        limit(&stage.dir, pid, "3:")?;
        let before = bench.proxy.deeds().len();
        bench.proxy.arm(Rule { api: END_TXN, action: Action::CutBefore, skip: 0 });
        let until = Instant::now() + Duration::from_secs(8);
        while Instant::now() < until {
            stage.tend()?;
            std::thread::sleep(Duration::from_millis(100));
        }
        if bench.proxy.deeds().len() == before {
            // It lacked a handle before it came to an end of a transaction.
            stage.note_fault("no handle may be opened");
            idle += 1;
            if idle > 2 * times {
                return Err("no connection is ever cut".into());
            }
        } else {
            stage.note_fault("no handle may be opened, and a connection is cut");
            stage.line.times += 1;
        }
        let since = Instant::now();
        if stage.process("a")?.id() == pid {
            limit(&stage.dir, pid, "1024:")?;
        }
        let base = stage.control.fresh(Duration::from_secs(2));
        stage.progress(&base, since, PROGRESS)?;
    }
    bench.proxy.forget();
    let fed = feed.stop()?;
    stage.was_fed(fed);
    stage.finish()
}

/// Sets the soft limit of open files.
fn limit(dir: &Path, pid: u32, limit: &str) -> Result<(), String> {
    let mut command = Command::new("prlimit");
    command.args(["--pid", &pid.to_string(), &format!("--nofile={limit}")]).stdin(Stdio::null());
    let mut process = Proc::start(command, &dir.join("prlimit.out"))?;
    let status = process.wait(Duration::from_secs(10))?;
    if status.success() { Ok(()) } else { Err(format!("prlimit: {}", process.tail())) }
}

/// A broker whose disk is full takes its log folder away and ends; the other two go on.
fn broker(bench: &mut Bench, times: u64) -> Result<Line, String> {
    let node = 2;
    let data = bench.cluster.nodes[node].data();
    let aside = data.with_extension("aside");
    bench.cluster.nodes[node].stop()?;
    std::fs::rename(&data, &aside).map_err(|e| e.to_string())?;
    // Room for all that is fed in so many rounds.
    let Some(small) = Small::mount(data.clone(), (1 + times) * 700 * MIB) else {
        let _ = std::fs::remove_dir(&data);
        std::fs::rename(&aside, &data).map_err(|e| e.to_string())?;
        bench.cluster.nodes[node].start_again()?;
        return Ok(Line::not_built(BROKER, "tmpfs cannot be mounted here"));
    };
    copy(&aside, &data)?;
    bench.cluster.nodes[node].start_again()?;
    let line = with_small_disk(bench, node, &small, times);
    // The next shard needs a broker with room.
    bench.cluster.nodes[node].kill();
    small.free();
    let _ = std::fs::remove_dir_all(&aside);
    copy(&data, &aside)?;
    drop(small);
    std::fs::remove_dir(&data).map_err(|e| e.to_string())?;
    std::fs::rename(&aside, &data).map_err(|e| e.to_string())?;
    bench.cluster.nodes[node].start_again()?;
    line
}

fn with_small_disk(
    bench: &mut Bench,
    node: usize,
    small: &Small,
    times: u64,
) -> Result<Line, String> {
    let mut stage = Stage::new(bench, "r8c", BROKER, |text| text)?;
    INSTANCES.iter().try_for_each(|instance| stage.start(instance))?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    for _ in 0..times {
        stage.broker_away = true;
        small.fill();
        stage.note_fault(&format!("the disk of broker {} is full", node + 1));
        let until = Instant::now() + Duration::from_secs(40);
        while Instant::now() < until && !bench.cluster.nodes[node].has_ended()? {
            stage.tend()?;
            std::thread::sleep(Duration::from_millis(200));
        }
        if bench.cluster.nodes[node].has_ended()? {
            stage.line.times += 1;
        } else {
            stage.problem("the broker stayed: its disk was not full".into());
        }
        bench.cluster.nodes[node].kill();
        small.free();
        bench.cluster.nodes[node].start_again()?;
        r3::healed(&mut stage, "the disk has room and the broker is back")?;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    stage.finish()
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let mut command = Command::new("cp");
    command.args(["-a", "--sparse=always"]).arg(format!("{}/.", from.display())).arg(to);
    std::fs::create_dir_all(to).map_err(|e| e.to_string())?;
    crate::fetch::run(&mut command)
}
