//! R1: kill -9 of one of three processes, over and over, at random times.

use super::report::{Line, spread};
use super::stage::Stage;
use super::vitals::worked;
use super::{Bench, Random};
use std::time::{Duration, Instant};

pub(crate) const INSTANCES: [&str; 3] = ["a", "b", "c"];
const PROGRESS_SECONDS_MAX: u64 = 60;

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let kills = bench.options.size(10, 100);
    let records = bench.options.size(100_000, 1_000_000);
    let mut random = bench.random(1);
    let mut stage = Stage::witnessed(bench, "r1", "kill -9 at random times, 3 processes")?;
    stage.compared = true;
    INSTANCES.iter().try_for_each(|instance| stage.start(instance))?;
    // Longer than `records` where the kills take longer: none may hit a pipeline that is done.
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    let mut work = Vec::new();
    for kill in 0..kills {
        // One in each stretch of the feed; at once, or nearly, when that is over already.
        let due = (records * kill + random.below(records)) / (kills + 1);
        wait_until_fed(&mut stage, || feed.sent() >= due || feed.is_over())?;
        std::thread::sleep(random.millis(0, 500));
        let victim = *random.pick(&INSTANCES);
        stage.kill(victim)?;
        stage.line.times += 1;
        work.extend(restart(&mut stage, victim, &mut random)?);
    }
    wait_until_fed(&mut stage, || feed.sent() >= records || feed.is_over())?;
    let fed = feed.stop()?;
    stage.was_fed(fed);
    let (most, middle) = spread(&work);
    let what = "own work of a restart (processor seconds until every partition moved)";
    stage.line.notes.push(format!("{what}: most {most}, median {middle}"));
    Ok(vec![stage.finish()?])
}

/// Starts the victim again and times it; one time in four the next kill does not wait for that. Gives
/// the processor time that it took meanwhile.
fn restart(stage: &mut Stage, victim: &str, random: &mut Random) -> Result<Option<f64>, String> {
    let since = Instant::now();
    stage.start(victim)?;
    if random.below(4) == 0 {
        std::thread::sleep(random.millis(0, 1_500));
        return Ok(None);
    }
    let base = stage.control.fresh(Duration::from_secs(2));
    let moved = stage.progress(&base, since, Duration::from_secs(PROGRESS_SECONDS_MAX))?;
    let id = stage.process(victim)?.id();
    Ok(if moved { worked(id) } else { None })
}

/// Waits for the feed, and looks after the processes meanwhile. The feed ends by itself.
pub(crate) fn wait_until_fed(stage: &mut Stage, due: impl Fn() -> bool) -> Result<(), String> {
    while !due() {
        stage.tend()?;
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// With offsets one too low, the checker must see it.
pub(crate) fn self_test(bench: &mut Bench) -> Result<bool, String> {
    let binary = bench.failpoints.clone().ok_or("no failpoints")?;
    let mut stage = Stage::new(bench, "selftest1", "offsets of last, not last + 1", |text| text)?;
    stage.binary = binary;
    stage.environment.push(("WEIR_FAILPOINT".into(), "offset_is_last:1".into()));
    stage.start("a")?;
    let fed = stage.feed(20_000).join()?;
    stage.was_fed(fed);
    stage.wait_for(19_000, Duration::from_secs(60))?;
    stage.kill("a")?;
    stage.start("a")?;
    std::thread::sleep(Duration::from_secs(10));
    let line = stage.judge()?;
    // An offset that is too low may be of a process that has not come so far yet.
    let seen = line.figure("duplicated").unwrap_or(0);
    crate::say(&format!(
        "self-test: offsets of last: duplicated {:?}, wrong_offset {:?}: {}",
        line.figure("duplicated"),
        line.figure("wrong_offset"),
        if seen > 0 { "seen" } else { "NOT SEEN" }
    ));
    Ok(seen > 0)
}
