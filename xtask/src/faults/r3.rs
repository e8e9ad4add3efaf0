//! R3: brokers that are killed, stopped in order, or frozen for a while. Two of three stay in sync, so
//! nothing may be lost, and the pipeline has to go on soon after each is healed.

use super::r1::INSTANCES;
use super::report::Line;
use super::stage::Stage;
use super::{Bench, seconds};
use crate::cluster::NODES;
use std::time::{Duration, Instant};

/// A promise of weir's: docs/faults.md.
const HEALED: Duration = Duration::from_secs(30);
/// How long a broker that was killed or stopped stays away.
const AWAY: Duration = Duration::from_secs(8);
const FROZEN: Duration = Duration::from_secs(20);
/// Every replica in sync again, before the next fault.
const WHOLE: Duration = Duration::from_secs(120);

#[derive(Clone, Copy, Debug)]
enum Harm {
    Kill,
    Stop,
    Freeze,
}

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let each = bench.options.size(1, 10);
    let fault = "a broker killed, stopped, frozen 20 s, 3 processes";
    let mut stage = Stage::new(bench, "r3", fault, |text| text)?;
    INSTANCES.iter().try_for_each(|instance| stage.start(instance))?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    let mut random = bench.random(3);
    for n in 0..each * 3 {
        let harm = [Harm::Kill, Harm::Stop, Harm::Freeze][n as usize % 3];
        std::thread::sleep(random.millis(500, 2_500));
        let node = random.below(NODES as u64) as usize;
        hurt(bench, &mut stage, node, harm)?;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    Ok(vec![stage.finish()?])
}

fn hurt(bench: &mut Bench, stage: &mut Stage, node: usize, harm: Harm) -> Result<(), String> {
    let name = format!("broker {}", node + 1);
    let away = Instant::now();
    stage.broker_away = true;
    match harm {
        Harm::Kill => bench.cluster.nodes[node].kill(),
        Harm::Stop => bench.cluster.nodes[node].stop()?,
        Harm::Freeze => bench.cluster.nodes[node].freeze(true)?,
    }
    stage.note_fault(&format!("{name}: {harm:?}"));
    stage.line.times += 1;
    let long = if matches!(harm, Harm::Freeze) { FROZEN } else { AWAY };
    while away.elapsed() < long {
        stage.tend()?;
        std::thread::sleep(Duration::from_millis(50));
    }
    match harm {
        Harm::Freeze => bench.cluster.nodes[node].freeze(false)?,
        _ => bench.cluster.nodes[node].start_again()?,
    }
    healed(stage, &format!("{name} is back after {}", seconds(away.elapsed())))
}

/// From now on the pipeline has thirty seconds to go on; then the replicas have to catch up.
pub(crate) fn healed(stage: &mut Stage, what: &str) -> Result<(), String> {
    let since = Instant::now();
    stage.note_fault(what);
    let base = stage.control.fresh(Duration::from_secs(5));
    if !stage.progress(&base, since, HEALED)? {
        // What comes later than promised is a problem already; the rest of the run needs it to come.
        stage.progress(&base, since, Duration::from_secs(120))?;
    }
    let deadline = Instant::now() + WHOLE;
    loop {
        let lacking = stage.control.ask_again("whole", Duration::from_secs(30))?;
        if lacking == "0" {
            // A broker that came back leads nothing: the next fault could hit one without work.
            stage.control.ask_again("elect", Duration::from_secs(30))?;
            stage.tend()?;
            stage.broker_away = false;
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("{lacking} partitions lack a replica in sync"));
        }
        stage.tend()?;
        std::thread::sleep(Duration::from_millis(250));
    }
}
