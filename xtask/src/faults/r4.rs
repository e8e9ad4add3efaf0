//! R4: the broker that coordinates a process's transactions, or the group, is killed: another one
//! takes the coordinator's partition over.

use super::r1::INSTANCES;
use super::report::Line;
use super::stage::Stage;
use super::{Bench, r3};
use std::time::Duration;

const AWAY: Duration = Duration::from_secs(8);

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let each = bench.options.size(1, 10);
    let fault = "transaction and group coordinators killed, 3 processes";
    let mut stage = Stage::new(bench, "r4", fault, |text| text)?;
    INSTANCES.iter().try_for_each(|instance| stage.start(instance))?;
    let feed = stage.feed(u64::MAX);
    stage.wait_for(1, Duration::from_secs(60))?;
    let mut random = bench.random(4);
    for n in 0..each * 2 {
        std::thread::sleep(random.millis(500, 2_500));
        let question = if n % 2 == 0 {
            let instance = random.pick(&INSTANCES);
            format!("leader txn weir.{}/{instance}/0", stage.name)
        } else {
            format!("leader group {}", stage.group())
        };
        let answer = stage.control.ask_again(&question, Duration::from_secs(30))?;
        let node: usize = answer.parse().map_err(|_| format!("no node: {answer}"))?;
        let index = node.checked_sub(1).ok_or("a partition has no leader")?;
        stage.broker_away = true;
        bench.cluster.nodes[index].kill();
        stage.note_fault(&format!("broker {node} killed, {question}"));
        stage.line.times += 1;
        std::thread::sleep(AWAY);
        stage.tend()?;
        bench.cluster.nodes[index].start_again()?;
        r3::healed(&mut stage, &format!("broker {node} is back"))?;
    }
    let fed = feed.stop()?;
    stage.was_fed(fed);
    Ok(vec![stage.finish()?])
}
