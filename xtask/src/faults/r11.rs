//! R11: a long run, compressed: rebalances all the time, and nothing may grow. Memory, open files and
//! threads of a process that stays are looked at from outside.

use super::Bench;
use super::report::Line;
use super::stage::Stage;
use super::vitals::{Vitals, of, slope_a_minute};
use std::time::{Duration, Instant};

/// Caches and pools fill up first; this is not growth.
const WARM: Duration = Duration::from_secs(90);
const SLOPE_MIB_MAX: f64 = 1.0;
/// Connections and their threads come and go with rebalances.
const SPREAD_MAX: u64 = 6;
const PROGRESS: Duration = Duration::from_secs(60);
/// A member that left is missed after its session of ten seconds.
const BETWEEN: Duration = Duration::from_secs(12);

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let minutes = bench.options.size(4, 17);
    let fault = format!("{minutes} min, a join or leave every 12 s, 2 to 3 processes");
    let mut stage = Stage::new(bench, "r11", &fault, |text| text)?;
    stage.start("a")?;
    stage.start("b")?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    let (began, mut looks) = (Instant::now(), Vec::<(f64, Vitals)>::new());
    let mut moved = Instant::now();
    while began.elapsed() < Duration::from_secs(minutes * 60) {
        std::thread::sleep(Duration::from_secs(1));
        stage.tend()?;
        if let Some(vitals) = stage.process("a").ok().and_then(|process| of(process.id())) {
            looks.push((began.elapsed().as_secs_f64(), vitals));
        }
        if moved.elapsed() < BETWEEN {
            continue;
        }
        if stage.process("c").is_ok() {
            stage.stop("c")?;
        } else {
            stage.start("c")?;
            stage.joined("c")?;
        }
        moved = Instant::now();
        let base = stage.control.fresh(Duration::from_secs(2));
        stage.line.times += 1;
        stage.progress(&base, moved, PROGRESS)?;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    judge(&mut stage, &looks);
    let missing = "rotations, reloads of policies and certificates: weir has none while it runs";
    stage.line.notes.push(format!("not built: {missing}"));
    Ok(vec![stage.finish()?])
}

fn judge(stage: &mut Stage, looks: &[(f64, Vitals)]) {
    let warm: Vec<_> = looks.iter().filter(|look| look.0 > WARM.as_secs_f64()).collect();
    let (Some(first), Some(last)) = (warm.first(), warm.last()) else {
        return stage.problem("too short to say anything".into());
    };
    let rss: Vec<_> = warm.iter().map(|look| (look.0, look.1.rss_kib as f64 / 1024.0)).collect();
    let slope = slope_a_minute(&rss);
    stage.line.notes.push(format!(
        "RSS {} to {} MiB, slope {slope:.2} MiB/min; files {} to {}; threads {} to {}",
        first.1.rss_kib / 1024,
        last.1.rss_kib / 1024,
        first.1.files,
        last.1.files,
        first.1.threads,
        last.1.threads
    ));
    if slope >= SLOPE_MIB_MAX {
        stage.problem(format!("memory grows by {slope:.2} MiB a minute"));
    }
    for (what, then, now) in
        [("files", first.1.files, last.1.files), ("threads", first.1.threads, last.1.threads)]
    {
        if now > then + SPREAD_MAX {
            stage.problem(format!("{what} grew from {then} to {now}"));
        }
    }
}
