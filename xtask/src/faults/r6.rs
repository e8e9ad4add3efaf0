//! R6: processes join and leave, and some come back from the dead: frozen past their session, their
//! partitions given to others, then let go on in the middle of a transaction.

use super::report::Line;
use super::stage::Stage;
use super::{Bench, Random};
use std::time::{Duration, Instant};

/// A member's session, from `src/limits.rs`, and some.
const PAST_SESSION: Duration = Duration::from_secs(13);
const PROGRESS: Duration = Duration::from_secs(60);
/// A fenced process has to see it and leave within this.
const LEAVES: Duration = Duration::from_secs(40);
const FENCED: i32 = 6;

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let moves = bench.options.size(6, 50);
    let zombies = bench.options.size(1, 5);
    let fault = "processes join, leave, freeze past their session";
    let mut stage = Stage::new(bench, "r6", fault, |text| text)?;
    for instance in ["a", "b"] {
        stage.start(instance)?;
    }
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    let mut random = bench.random(6);
    let began = Instant::now();
    let mut slept = 0;
    for n in 0..moves {
        if began.elapsed() > Duration::from_secs(17 * 60) {
            stage.problem(format!("only {n} of {moves} in 17 minutes"));
            break;
        }
        std::thread::sleep(random.millis(200, 1_500));
        if n % (moves / zombies) == moves / zombies - 1 {
            zombie(&mut stage, slept % 2 == 0)?;
            slept += 1;
        } else {
            join_or_leave(&mut stage, &mut random)?;
        }
        stage.line.times += 1;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    stage.line.notes.push("range assignment (eager) only: weir offers no cooperative one".into());
    Ok(vec![stage.finish()?])
}

/// `c` and `d` come and go, in order or killed; sometimes both move at once.
fn join_or_leave(stage: &mut Stage, random: &mut Random) -> Result<(), String> {
    let instance = *random.pick(&["c", "d"]);
    let mut since = Instant::now();
    if stage.process(instance).is_err() {
        stage.start(instance)?;
        stage.note_fault(&format!("{instance} joins"));
        stage.joined(instance)?;
        since = Instant::now();
    } else if random.below(2) == 0 {
        stage.stop(instance)?;
        stage.note_fault(&format!("{instance} leaves"));
    } else {
        stage.kill(instance)?;
    }
    let base = stage.control.fresh(Duration::from_secs(2));
    stage.progress(&base, since, PROGRESS)?;
    Ok(())
}

/// Freezes `b` past its session. With a successor of the same name it is fenced for good; without one
/// it comes back as a member that others have replaced, and must not commit what it had begun.
fn zombie(stage: &mut Stage, succeeded: bool) -> Result<(), String> {
    stage.process("b")?.signal("STOP")?;
    let kind = if succeeded { "succeeded while it sleeps" } else { "then goes on" };
    stage.note_fault(&format!("b is frozen past its session, {kind}"));
    let since = Instant::now();
    let base = stage.control.fresh(Duration::from_secs(2));
    let mut old = stage.take("b").ok_or("b is not up")?;
    if succeeded {
        stage.start("b")?;
    }
    std::thread::sleep(PAST_SESSION);
    stage.progress(&base, since, PROGRESS)?;
    old.signal("CONT")?;
    let since = Instant::now();
    let base = stage.control.fresh(Duration::from_secs(2));
    if succeeded {
        match old.wait(LEAVES) {
            Ok(status) if status.code() == Some(FENCED) => {}
            Ok(status) => stage.problem(format!("a fenced b ended with {status}: {}", old.tail())),
            Err(why) => stage.problem(format!("a fenced b stayed: {why}")),
        }
    } else {
        stage.give_back("b", old);
    }
    stage.progress(&base, since, PROGRESS)?;
    Ok(())
}
