//! R9: the wall clock of a process jumps: an hour, a day, to a leap day, to the end of 32-bit time. What
//! is delivered, and in which order, must not depend on it.

use super::Bench;
use super::control::root;
use super::report::Line;
use super::stage::Stage;
use crate::fetch::run as run_to_end;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant, UNIX_EPOCH};

const FAULT: &str = "clock jumps of 1 h, 1 d, to 29 February and 2038, 2 processes";

/// Where a clock goes.
#[derive(Clone, Copy)]
enum Jump {
    /// So many seconds off.
    By(i64),
    /// To this second of the epoch.
    To(i64),
}

const JUMPS: [(&str, Jump); 9] = [
    ("an hour ahead", Jump::By(3_600)),
    ("right again", Jump::By(0)),
    ("an hour behind", Jump::By(-3_600)),
    ("a day ahead", Jump::By(86_400)),
    ("a day behind", Jump::By(-86_400)),
    ("five seconds before 29 February 2028", Jump::To(1_835_395_195)),
    ("five seconds before 1 March 2028", Jump::To(1_835_481_595)),
    ("six seconds before 2^31", Jump::To(2_147_483_642)),
    ("right again", Jump::By(0)),
];
const PROGRESS: Duration = Duration::from_secs(60);

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let rounds = bench.options.size(1, 3);
    let mut random = bench.random(9);
    let mut stage = Stage::new(bench, "r9", FAULT, |text| text)?;
    let (library, clock) = (stage.dir.join("clock.so"), stage.dir.join("clock"));
    run_to_end(
        Command::new("cc")
            .args(["-O1", "-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(root().join("xtask/src/faults/clock.c")),
    )?;
    fs::write(&clock, "0\n").map_err(|e| e.to_string())?;
    for (name, value) in [("LD_PRELOAD", &library), ("WEIR_FAULTS_CLOCK", &clock)] {
        stage.environment.push((name.into(), value.display().to_string()));
    }
    stage.start("a")?;
    stage.start("b")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    for _ in 0..rounds {
        for (what, jump) in JUMPS {
            std::thread::sleep(random.millis(500, 2_500));
            fs::write(&clock, format!("{}\n", jump.seconds())).map_err(|e| e.to_string())?;
            stage.note_fault(&format!("the clock is {what}"));
            stage.line.times += 1;
            let to = matches!(jump, Jump::To(_));
            if to {
                // It is set before the moment, which has to pass while records flow.
                std::thread::sleep(Duration::from_secs(8));
            }
            let since = Instant::now();
            let base = stage.control.fresh(Duration::from_secs(2));
            stage.progress(&base, since, PROGRESS)?;
            // A start in that time too: files, keys and runs are dated.
            if to || random.below(2) == 0 {
                stage.kill("b")?;
                let since = Instant::now();
                stage.start("b")?;
                let base = stage.control.fresh(Duration::from_secs(2));
                stage.progress(&base, since, PROGRESS)?;
            }
        }
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    // What weir says of the day shows that its clock was moved at all.
    let log = fs::read_to_string(stage.dir.join("weir-b.log")).unwrap_or_default();
    for day in ["2028-02-29", "2028-03-01", "2038-01-19"] {
        if !log.contains(day) {
            stage.problem(format!("no line of b's log is of {day}: was its clock moved?"));
        }
    }
    Ok(vec![stage.finish()?])
}

impl Jump {
    /// How far the clock is off then.
    fn seconds(self) -> i64 {
        match self {
            Jump::By(seconds) => seconds,
            Jump::To(then) => {
                then - UNIX_EPOCH.elapsed().map_or(0, |now| now.as_secs().cast_signed())
            }
        }
    }
}
