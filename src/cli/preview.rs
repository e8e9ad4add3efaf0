//! `weir preview`: some records before, with identifiers masked by class, and after.

use super::connect::{self, Kafka, Keys, Model};
use super::fault::Failure;
use super::{data, paint, say};
use crate::keys::Keyring;
use crate::phi::Phi;
use crate::policy::{Plan, Source};
use crate::stream::{FileRecords, sample_of};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The pipeline file.
    pipeline: PathBuf,
    /// Read these records instead of the pipeline's source: a record a line, or a file where a record has lines.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Records.
    #[arg(short, default_value_t = 3)]
    n: usize,
    /// Records as JSON Lines on standard output: before, after, notes.
    #[arg(long)]
    json: bool,
    /// Show the tokens of the keyring; without it, throw-away keys make other tokens. Those of scope
    /// subject are others in any case: a view makes no secrets that last.
    #[arg(long)]
    with_keyring: bool,
    #[command(flatten)]
    kafka: Kafka,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    model: Model,
}

pub(super) fn preview(arguments: &Arguments) -> Result<(), Failure> {
    let pipeline = connect::pipeline(&arguments.pipeline, &arguments.kafka, &arguments.model)?;
    let keyring = if arguments.with_keyring {
        arguments.keys.keyring()?
    } else {
        Keyring::generate("preview", &connect::today().0.to_string())?
    };
    let from_file = |path| -> Result<Vec<_>, Failure> {
        Ok(records(&pipeline.plan, path, arguments.n)?
            .into_iter()
            .map(|value| (value, None))
            .collect())
    };
    let values = match (&arguments.file, &pipeline.source) {
        (Some(file), _) => from_file(file)?,
        (None, Source::Files(files)) => from_file(&files[0])?,
        (None, Source::Topics { .. }) => {
            sample_of(&pipeline, &arguments.kafka.settings()?, arguments.n)?
        }
    };
    let keys = keyring.snapshot(&crate::clean::key_needs(&pipeline.plan))?;
    let raw = values.iter().map(|(value, schema)| (value.expose().as_slice(), schema.clone()));
    let raw: Vec<_> = raw.collect();
    let shown = paint::show(&pipeline.plan, &keys, connect::today(), &raw);
    for (n, record) in shown.iter().enumerate() {
        if arguments.json {
            data(&serde_json::json!({ "before": record.before, "after": record.after, "notes": record.notes }).to_string());
            continue;
        }
        data(&format!("{} {}", paint::bold("before"), record.before));
        data(&format!("{}  {}", paint::bold("after"), record.after));
        record.notes.iter().for_each(|note| data(&format!("       {note}")));
        if n + 1 < shown.len() {
            data("");
        }
    }
    if shown.is_empty() {
        say("no records there");
    }
    if !arguments.with_keyring {
        say("keys were made for this preview and thrown away: a run gives other tokens");
    }
    Ok(())
}

fn records(plan: &Plan, path: &Path, n: usize) -> Result<Vec<Phi<Vec<u8>>>, Failure> {
    let mut file = FileRecords::open(plan, path)?;
    let mut records = Vec::new();
    while records.len() < n
        && let Some(record) = file.next()?
    {
        records.push(Phi::new(record.to_vec()));
    }
    Ok(records)
}
