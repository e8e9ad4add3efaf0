//! `weir verify`: a clean topic held against its manifests, by public keys alone.

use super::connect::Kafka;
use super::fault::Failure;
use super::run::Meter;
use super::{data, say};
use crate::keys::Verifier;
use crate::phi::Code;
use crate::proof::{Fault, Finding, Tally};
use crate::stream::{Progress, verify as verify_topic};
use std::path::PathBuf;
use std::sync::Arc;

/// Findings of a kind that are listed; how many there are is said in any case.
const LISTED_MAX: usize = 1_000;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The clean topic.
    topic: String,
    /// The topic of its manifests, as the pipeline names it.
    #[arg(long, value_name = "TOPIC")]
    proof: String,
    /// The public key of whoever signed them; several, where the key was changed.
    #[arg(long, required = true, value_name = "FILE")]
    public_key: Vec<PathBuf>,
    /// All findings as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    kafka: Kafka,
}

pub(super) fn verify(arguments: &Arguments) -> Result<(), Failure> {
    let load =
        |path: &PathBuf| Verifier::load(path).map_err(|code| Failure::about(code, path.display()));
    let keys = arguments.public_key.iter().map(load).collect::<Result<Vec<_>, _>>()?;
    let settings = arguments.kafka.settings()?;
    let progress = Arc::new(Progress::default());
    let meter = Meter::start(&progress, |_| String::new());
    let judged = verify_topic(&settings, &arguments.topic, &arguments.proof, keys, &progress);
    meter.finish();
    let (tally, findings) = judged?;
    let count = |fault: Fault| findings.iter().filter(|finding| finding.fault == fault).count();
    if arguments.json {
        let counts: serde_json::Map<_, _> = Fault::ALL
            .iter()
            .map(|fault| (fault.name().replace(' ', "_"), count(*fault).into()))
            .collect();
        let all = serde_json::json!({
            "topic": arguments.topic, "proof": arguments.proof, "tally": tally,
            "counts": counts, "findings": findings,
        });
        data(&all.to_string());
    } else {
        page(arguments, &tally, &findings, count);
    }
    if !findings.is_empty() {
        return Err(Failure::about(Code::ProofBroken, &arguments.topic));
    }
    // Nothing was wrong, and nothing was proven: that is no proof.
    if tally.proven == 0 {
        return Err(Failure::about(Code::NoProof, &arguments.topic));
    }
    Ok(())
}

fn page(
    arguments: &Arguments,
    tally: &Tally,
    findings: &[Finding],
    count: impl Fn(Fault) -> usize,
) {
    for fault in Fault::ALL {
        let of = findings.iter().filter(|finding| finding.fault == fault);
        for finding in of.take(LISTED_MAX) {
            data(&line(&arguments.topic, &arguments.proof, finding));
        }
        if count(fault) > LISTED_MAX {
            say(&format!("{} more {}; --json has all", count(fault) - LISTED_MAX, fault.name()));
        }
    }
    say(&format!(
        "{}: {} records, {} proven by {} manifests of {} workers",
        arguments.topic, tally.records, tally.proven, tally.manifests, tally.chains,
    ));
    for fault in Fault::ALL.into_iter().filter(|fault| count(*fault) > 0) {
        say(&format!("  {:>8}  {}", count(fault), fault.name()));
    }
    for (n, what) in [
        (tally.retention, "gone from the beginning, by retention"),
        (tally.compaction, "not there, by compaction or by somebody: the topic is compacted"),
    ] {
        if n > 0 {
            say(&format!("  {n:>8}  {what}"));
        }
    }
    for (n, what) in [
        (
            tally.open_chains,
            "workers go on: what was taken from behind their last manifest is not seen",
        ),
        (tally.cut_chains, "workers' first manifests are gone, by retention"),
    ] {
        if n > 0 {
            say(&format!("  {n:>8}  {what}"));
        }
    }
}

fn line(topic: &str, proof: &str, finding: &Finding) -> String {
    let Finding { fault, place, batch, leaf } = finding;
    let name = fault.name();
    match fault {
        Fault::MissingManifest => format!("{name}  before {leaf} of chain {batch}"),
        Fault::ForgedManifest | Fault::RepeatedManifest => {
            format!("{name}  {proof}/{}/{}", place.partition, place.offset)
        }
        Fault::Missing => format!("{name}  {topic}/{}: leaf {leaf} of {batch}", place.partition),
        Fault::Foreign if batch.is_empty() => {
            format!("{name}  {topic}/{}/{}: names no batch", place.partition, place.offset)
        }
        _ => {
            format!("{name}  {topic}/{}/{}: leaf {leaf} of {batch}", place.partition, place.offset)
        }
    }
}
