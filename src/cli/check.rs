//! `weir check`: everything about a pipeline that can be known before a record is read.

use super::connect::{self, Kafka, Model};
use super::fault::Failure;
use super::{data, say};
use crate::phi::Kind;
use crate::policy::{Problems, Source, load_pipeline};
use crate::stream::missing_topics;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Pipeline files.
    #[arg(required = true, value_name = "PIPELINE")]
    pipelines: Vec<PathBuf>,
    /// Ask the broker too: missing topics are printed as the commands that create them.
    #[arg(long)]
    topics: bool,
    /// Problems as JSON on standard output.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    kafka: Kafka,
    #[command(flatten)]
    model: Model,
}

pub(super) fn check(arguments: &Arguments) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut good = Vec::new();
    for path in &arguments.pipelines {
        match load_pipeline(path, connect::today(), &|| arguments.model.load()) {
            Ok(pipeline) => good.push((path, pipeline)),
            Err(found) => problems.extend(found.0),
        }
    }
    if arguments.json {
        let found = Problems(std::mem::take(&mut problems));
        data(&found.to_json().to_string());
        if !found.0.is_empty() {
            return Err(Failure::Said(Kind::Document));
        }
    }
    for (path, pipeline) in &good {
        let plan = &pipeline.plan;
        say(&format!(
            "{}: ok: {} fields of schema {}, policy {}, basis {}",
            path.display(),
            plan.fields.len() - usize::from(plan.scanned().is_some()),
            plan.schema,
            plan.policy_header(),
            plan.basis.name(),
        ));
        if let Some(coverage) = plan.coverage() {
            let (named, all) = (coverage.named(), coverage.standard.fields.len());
            say(&format!(
                "coverage: {named} of {all} identifying fields of {}, {} %",
                coverage.standard.name,
                named * 100 / all
            ));
            if !coverage.missing.is_empty() {
                say(&format!("not among the schema's: {}", coverage.missing.join(", ")));
            }
        }
        if arguments.topics && matches!(pipeline.source, Source::Topics { .. }) {
            let settings = arguments.kafka.settings()?;
            let missing = missing_topics(pipeline, &settings)?;
            if !missing.is_empty() {
                say("missing topics; create them with:");
                missing.iter().for_each(|command| data(command));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems).into()) }
}
