//! R13: an upgrade and the way back while records flow: each process in turn is ended and the other
//! build takes its name.

use super::r1::INSTANCES;
use super::report::Line;
use super::stage::Stage;
use super::{Bench, build};
use std::time::{Duration, Instant};

const FAULT: &str = "upgrades and roll-backs mid-stream, 3 processes";
const PROGRESS: Duration = Duration::from_secs(60);

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let old = match (&bench.options.old, &bench.options.old_revision) {
        (Some(path), _) => path.clone(),
        (None, Some(revision)) => build::of_revision(revision)?,
        (None, None) => {
            let why = "no other build was given (--old or --old-rev)";
            return Ok(vec![Line::not_built(FAULT, why)]);
        }
    };
    let new = bench.weir.clone();
    let bytes = |path| std::fs::read(path).map_err(|e| format!("cannot read a build: {e}"));
    if bytes(&old)? == bytes(&new)? {
        return Err("both builds are the same".into());
    }
    let each = bench.options.size(1, 5);
    let mut random = bench.random(13);
    let mut stage = Stage::new(bench, "r13", FAULT, |text| text)?;
    for instance in INSTANCES {
        stage.start_with(instance, &old, &[])?;
    }
    // Whoever ends by itself is started again with the build that is being rolled out.
    stage.binary.clone_from(&old);
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    for n in 0..each * 2 {
        let (to, word) = if n % 2 == 0 { (&new, "upgrade") } else { (&old, "roll-back") };
        stage.binary.clone_from(to);
        stage.note_fault(word);
        for instance in INSTANCES {
            if random.below(3) == 0 {
                stage.kill(instance)?;
            } else {
                stage.stop(instance)?;
            }
            let since = Instant::now();
            stage.start(instance)?;
            let base = stage.control.fresh(Duration::from_secs(2));
            stage.progress(&base, since, PROGRESS)?;
        }
        stage.line.times += 1;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    let from = bench.options.old_revision.as_deref().unwrap_or("a given build");
    stage.line.notes.push(format!("the other build: {from}"));
    Ok(vec![stage.finish()?])
}
