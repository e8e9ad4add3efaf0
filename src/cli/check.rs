//! `weir check`: everything about a pipeline that can be known before a record is read.

use super::connect::{self, Kafka, Model};
use super::fault::Failure;
use super::{data, say};
use crate::limits::TERMS_NOTICE_DAYS;
use crate::phi::Kind;
use crate::policy::{Pipeline, Problems, Source};
use crate::stream::{self, missing_topics};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Pipeline files.
    #[arg(required = true, value_name = "PIPELINE")]
    pipelines: Vec<PathBuf>,
    /// Ask the broker too: missing topics are printed as the commands that create them.
    #[arg(long)]
    topics: bool,
    /// Ask the registry too: every version of the source topics' schemas, and what of each the plan does not cover.
    #[arg(long)]
    drift: bool,
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
        match connect::pipeline(path, &arguments.kafka, &arguments.model) {
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
            plan.listed(),
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
        let (today, destination) = (connect::today(), &pipeline.destination.name);
        for term in pipeline.terms.iter().map(|term| (term, term.days_left(today))) {
            if term.1 <= TERMS_NOTICE_DAYS {
                say(&format!("warning: {} of {destination} ends in {} d", term.0.what, term.1));
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
    if arguments.drift {
        drift(arguments, &good)?;
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems).into()) }
}

/// What the registry's schemas have and the plan does not cover, on standard output.
fn drift(arguments: &Arguments, pipelines: &[(&PathBuf, Pipeline)]) -> Result<(), Failure> {
    let settings = arguments.kafka.settings()?;
    let mut is_covered = true;
    for (path, pipeline) in pipelines.iter().filter(|(_, one)| one.registry.is_some()) {
        for (subject, versions) in stream::drift(pipeline, &settings)? {
            for version in &versions {
                let number = version.number;
                is_covered &= version.gaps.is_empty();
                for gap in &version.gaps {
                    data(&match arguments.json {
                        true => serde_json::json!({
                            "pipeline": pipeline.name, "subject": subject, "version": number,
                            "path": gap.path, "code": gap.code.id(), "title": gap.code.entry().title,
                        })
                        .to_string(),
                        false => format!("{subject} {number}: {}: {}", gap.path, gap.code),
                    });
                }
            }
            let covered = versions.iter().filter(|version| version.gaps.is_empty()).count();
            say(&format!(
                "{}: {subject}: {covered} of {} versions are covered",
                path.display(),
                versions.len()
            ));
        }
    }
    if is_covered { Ok(()) } else { Err(Failure::Said(Kind::Uncovered)) }
}
