//! `weir status`: how a running process is.

use super::fault::Failure;
use super::{data, say};
use crate::phi::{Code, Kind};
use crate::stream::Status;
use std::time::Duration;

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where `weir run --listen` serves: host:port.
    #[arg(default_value = "127.0.0.1:9464", value_name = "ADDRESS")]
    address: String,
    /// Print what the process says, as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn status(arguments: &Arguments) -> Result<(), Failure> {
    let fault = || Failure::about(Code::StatusUnreachable, &arguments.address);
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).proxy(None).build().into();
    let mut answer =
        agent.get(format!("http://{}/status", arguments.address)).call().map_err(|_| fault())?;
    let text = answer.body_mut().read_to_string().map_err(|_| fault())?;
    let status: Status = serde_json::from_str(&text).map_err(|_| fault())?;
    if arguments.json {
        data(&text);
    } else {
        page(&status);
    }
    if status.ready {
        return Ok(());
    }
    if !arguments.json {
        say("not ready");
    }
    Err(Failure::Said(Kind::Stopped))
}

fn page(status: &Status) {
    let Status { pipeline, instance, version, .. } = status;
    data(&format!("{pipeline}, instance {instance}, weir {version}"));
    for worker in &status.workers {
        let doing = format!("{:?}", worker.doing).to_lowercase();
        let committed = match worker.last_commit_seconds {
            Some(seconds) => format!("last commit {seconds} s ago"),
            None => "no commit yet".into(),
        };
        let fault = match &worker.fault {
            Some(code) => format!(", last failure {code} (`weir explain {code}`)"),
            None => String::new(),
        };
        let (number, seconds) = (worker.worker, worker.seconds);
        data(&format!("  worker {number}  {doing} for {seconds} s, {committed}{fault}"));
    }
    let refused: u64 = status.refusals.values().sum();
    data(&format!(
        "  {} records: {} clean, {refused} to quarantine; {} transactions, {} aborts, {} rebuilds, \
         {} assignments",
        status.records,
        status.clean,
        status.transactions,
        status.aborts,
        status.rebuilds,
        status.rebalances,
    ));
    for (code, n) in &status.refusals {
        data(&format!("  refused {code}  {n}"));
    }
    for (of, n) in &status.signals {
        let what = match of.code.is_empty() {
            true => format!("{} in {}", of.class, of.field),
            false => format!("refusals by {}", of.code),
        };
        data(&format!("  unusual {}: {what}, {n} times", of.signal));
    }
    let unknown = || "?".to_string();
    for one in &status.partitions {
        let lag = one.lag.map_or_else(unknown, |lag| lag.to_string());
        let next = one.next.map_or_else(unknown, |next| next.to_string());
        data(&format!("  {}/{}  next {next}, lag {lag}", one.topic, one.partition));
    }
}
