//! `weir verify`: a clean topic or file held against its manifests, by public keys alone.

use super::connect::Kafka;
use super::fault::Failure;
use super::run::Meter;
use super::{data, say};
use crate::keys::Verifier;
use crate::phi::Code;
use crate::proof::{Fault, Finding, Tally, Writing};
use crate::stream::{Held, Progress, sidecar_of, verify as verify_topic, verify_file};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Findings of a kind that are listed; how many there are is said in any case.
const LISTED_MAX: usize = 1_000;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The clean topic, or the clean file: a file where there is one of this name, or where the name has a `/`
    /// in it; a topic in any case with --kafka on the command line.
    #[arg(value_name = "TOPIC|FILE")]
    what: String,
    /// The topic of its manifests, as the pipeline names it; of a file the file of them, by default
    /// FILE.proof.
    #[arg(long, value_name = "TOPIC|FILE")]
    proof: Option<String>,
    /// The public key of whoever signed them; several, where the key was changed.
    #[arg(long, required = true, value_name = "FILE")]
    public_key: Vec<PathBuf>,
    /// All findings as JSON.
    #[arg(long)]
    json: bool,
    // Before what it looks for, which is gone once it was taken.
    #[command(flatten)]
    asks: AsksForKafka,
    #[command(flatten)]
    kafka: Kafka,
}

/// Whether --kafka stands on the command line. The environment may name brokers for all of a person's commands.
#[derive(Debug)]
struct AsksForKafka(bool);

impl clap::FromArgMatches for AsksForKafka {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<AsksForKafka, clap::Error> {
        Ok(AsksForKafka(matches.value_source("kafka") == Some(ValueSource::CommandLine)))
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = AsksForKafka::from_arg_matches(matches)?;
        Ok(())
    }
}

impl clap::Args for AsksForKafka {
    fn augment_args(command: clap::Command) -> clap::Command {
        command
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command
    }
}

/// What is held, against which manifests; and whether it is a file.
struct Names {
    what: String,
    proof: String,
    is_file: bool,
}

impl Arguments {
    fn names(&self) -> Names {
        let path = Path::new(&self.what);
        let is_file = !self.asks.0 && (self.what.contains('/') || path.exists() && !path.is_dir());
        let proof = match &self.proof {
            Some(proof) => proof.clone(),
            None if is_file => sidecar_of(path).display().to_string(),
            // What was asked for has no meaning without it, and so it ends as any other such command line.
            None => {
                let why = "is taken for a topic: --proof has to name the topic of its manifests";
                let why = format!("{} {why}\n", self.what);
                clap::Error::raw(ErrorKind::MissingRequiredArgument, why).exit()
            }
        };
        Names { what: self.what.clone(), proof, is_file }
    }
}

pub(super) fn verify(arguments: &Arguments) -> Result<(), Failure> {
    let names = arguments.names();
    let load =
        |path: &PathBuf| Verifier::load(path).map_err(|code| Failure::about(code, path.display()));
    let keys = arguments.public_key.iter().map(load).collect::<Result<Vec<_>, _>>()?;
    let progress = Arc::new(Progress::default());
    let meter = Meter::start(&progress, |_| String::new());
    let held = if names.is_file {
        verify_file(Path::new(&names.what), Path::new(&names.proof), keys, &progress)
            .map_err(Failure::from)
    } else {
        arguments.kafka.settings().and_then(|settings| {
            let held = verify_topic(&settings, &names.what, &names.proof, keys, &progress);
            let (tally, findings) = held?;
            Ok(Held { tally, findings, writing: None, of_another: None })
        })
    };
    meter.finish();
    let Held { tally, findings, writing, of_another } = held?;
    let count = |fault: Fault| findings.iter().filter(|finding| finding.fault == fault).count();
    if arguments.json {
        let counts: serde_json::Map<_, _> = Fault::ALL
            .iter()
            .map(|fault| (fault.name().replace(' ', "_"), count(*fault).into()))
            .collect();
        let kind = if names.is_file { "file" } else { "topic" };
        let all = serde_json::json!({
            kind: names.what, "proof": names.proof, "tally": tally,
            "counts": counts, "findings": findings, "written": writing,
        });
        data(&all.to_string());
    } else {
        page(&names, &tally, &findings, count);
        if let Some(Writing { pipeline, digest, at, .. }) = &writing {
            say(&format!("  written by {pipeline}, plan {digest}, at {at}"));
        }
    }
    if !findings.is_empty() {
        return Err(Failure::about(Code::ProofBroken, &names.what));
    }
    if let Some(another) = of_another {
        let why = format!("{}: these are the manifests of {another}", names.what);
        return Err(Failure::about(Code::NoProof, why));
    }
    // Nothing was wrong, and nothing was proven: that is no proof. A file whose manifests are whole and tell of
    // no line is proven to have none.
    let is_proven = if names.is_file { tally.manifests > 0 } else { tally.proven > 0 };
    if is_proven { Ok(()) } else { Err(Failure::about(Code::NoProof, &names.what)) }
}

fn page(names: &Names, tally: &Tally, findings: &[Finding], count: impl Fn(Fault) -> usize) {
    for fault in Fault::ALL {
        let of = findings.iter().filter(|finding| finding.fault == fault);
        for finding in of.take(LISTED_MAX) {
            data(&match names.is_file {
                true => line_of_file(names, finding),
                false => line(names, finding),
            });
        }
        if count(fault) > LISTED_MAX {
            say(&format!("{} more {}; --json has all", count(fault) - LISTED_MAX, fault.name()));
        }
    }
    let workers = match names.is_file {
        true => String::new(),
        false => format!(" of {} workers", tally.chains),
    };
    say(&format!(
        "{}: {} records, {} proven by {} manifests{workers}",
        names.what, tally.records, tally.proven, tally.manifests,
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

fn line(Names { what: topic, proof, .. }: &Names, finding: &Finding) -> String {
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

/// Lines count from 1.
fn line_of_file(Names { what: file, proof, .. }: &Names, finding: &Finding) -> String {
    let Finding { fault, place, batch, leaf } = finding;
    let name = fault.name();
    match fault {
        Fault::MissingManifest => format!("{name}  {proof}: chain {batch} is broken at {leaf}"),
        Fault::ForgedManifest | Fault::RepeatedManifest => {
            format!("{name}  {proof}:{}", place.offset)
        }
        Fault::Missing => format!("{name}  {file}: leaf {leaf} of {batch}"),
        Fault::Foreign => format!("{name}  {file}:{}", place.offset),
        _ => format!("{name}  {file}:{}: leaf {leaf} of {batch}", place.offset),
    }
}
