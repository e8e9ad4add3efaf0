//! R9: the wall clock of a process jumps, by libfaketime: an hour, a day, a leap day, the end of 32-bit
//! time. What is delivered, and in which order, must not depend on it.

use super::Bench;
use super::report::Line;
use super::stage::Stage;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const FAULT: &str = "clock jumps of 1 h, 1 d, to 29 February and 2038, 2 processes";
/// Where Debian's package puts it.
const LIBRARIES: [&str; 2] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
];
const JUMPS: [&str; 9] = [
    "+3600",
    "+0",
    "-3600",
    "+86400",
    "-86400",
    "@2028-02-28 23:59:55",
    "@2028-02-29 23:59:55",
    "@2038-01-19 03:14:02",
    "+0",
];
const PROGRESS: Duration = Duration::from_secs(60);

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let Some(library) = LIBRARIES.iter().find(|path| Path::new(path).exists()) else {
        return Ok(vec![Line::not_built(FAULT, "libfaketime is not installed (package faketime)")]);
    };
    let rounds = bench.options.size(1, 3);
    let mut random = bench.random(9);
    let mut stage = Stage::new(bench, "r9", FAULT, |text| text)?;
    let clock = stage.dir.join("clock");
    fs::write(&clock, "+0\n").map_err(|e| e.to_string())?;
    let clock_path = clock.display().to_string();
    for (name, value) in [
        ("LD_PRELOAD", *library),
        ("FAKETIME_TIMESTAMP_FILE", clock_path.as_str()),
        ("FAKETIME_NO_CACHE", "1"),
        // Only the wall clock jumps; a monotonic clock never does.
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ] {
        stage.environment.push((name.into(), value.into()));
    }
    stage.start("a")?;
    stage.start("b")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    for _ in 0..rounds {
        for jump in JUMPS {
            std::thread::sleep(random.millis(500, 2_500));
            fs::write(&clock, format!("{jump}\n")).map_err(|e| e.to_string())?;
            stage.note_fault(&format!("the clock goes to {jump}"));
            stage.line.times += 1;
            let since = Instant::now();
            let base = stage.control.fresh(Duration::from_secs(2));
            stage.progress(&base, since, PROGRESS)?;
            // A start in that time too: files, keys and runs are dated.
            if random.below(2) == 0 {
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
    Ok(vec![stage.finish()?])
}
