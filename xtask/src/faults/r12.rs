//! R12: memory. A process far behind its source, with records of ten megabytes among the others, must
//! stay below 512 MiB: back-pressure, not buffers.

use super::Bench;
use super::feed::{Line as Fed, Maker};
use super::report::Line;
use super::stage::Stage;
use super::vitals::{Cap, of};
use std::sync::Arc;
use std::time::{Duration, Instant};
use weir_synth::Generator;

const CAP_BYTES: u64 = 600 * 1024 * 1024;
const MOST_KIB: u64 = 512 * 1024;
const LONG_BYTES: usize = 10 * 1024 * 1024;

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let records = bench.options.size(20_000, 200_000);
    let cap = Cap::new(CAP_BYTES);
    let below = if cap.is_some() { "cgroup cap 600 MiB" } else { "no cgroup: VmHWM only" };
    let fault = format!("a backlog with records of 10 MB, 1 process, {below}");
    let mut stage = Stage::new(bench, "r12", &fault, |text| text)?;
    stage.wrapper = cap.as_ref().map(Cap::wrapper).unwrap_or_default();
    // All of it is there before the process is: overload without end.
    let fed = stage.feed_with(records, 0, with_long_ones(stage.generator())).join()?;
    stage.was_fed(fed);
    stage.line.times = fed.records / LONG_EVERY;
    stage.start("a")?;
    let (began, mut most) = (Instant::now(), 0);
    loop {
        if let Some(vitals) = stage.process("a").ok().and_then(|process| of(process.id())) {
            most = most.max(vitals.most_kib);
        }
        let all = fed.records as i64;
        if stage.control.until(Duration::from_millis(300), |s| s.committed() >= all).is_ok() {
            break;
        }
        stage.tend()?;
        if began.elapsed() > Duration::from_secs(15 * 60) {
            stage.problem("the backlog was not done in 15 minutes".into());
            break;
        }
    }
    let rate = fed.records as f64 / began.elapsed().as_secs_f64();
    stage.line.notes.push(format!("VmHWM {} MiB, {rate:.0} records/s", most / 1024));
    if most == 0 {
        stage.problem("the process could not be looked at".into());
    }
    if most > MOST_KIB {
        stage.problem(format!("VmHWM is {} MiB, and 512 are allowed", most / 1024));
    }
    Ok(vec![stage.finish()?])
}

/// One record in so many is long.
const LONG_EVERY: u64 = 2_000;

/// Notes, some with ten megabytes of prose, some with a long member that no schema lists.
fn with_long_ones(generator: Arc<Generator>) -> Maker {
    Arc::new(move |n| {
        let mut note = generator.note(n);
        let refused = n % (2 * LONG_EVERY) == LONG_EVERY;
        if refused {
            let blob = "x".repeat(LONG_BYTES);
            note.value.insert_str(1, &format!("\"blob\":\"{blob}\","));
        } else if n % LONG_EVERY == 0 {
            let prose = "The wound is clean and dry. ".repeat(LONG_BYTES / 28);
            note.value = note.value.replacen("\"text\":\"", &format!("\"text\":\"{prose}"), 1);
        }
        Fed { key: note.key.into_bytes(), value: Some(note.value.into_bytes()), refused }
    })
}
