//! `weir acl plan`: the least that the brokers have to allow a pipeline.

use super::connect::{Kafka, Model, pipeline};
use super::data;
use super::fault::Failure;
use crate::stream::{Grant, grants};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print the commands that grant what `weir run` needs, and nothing else. Other commands that read its topics need
    /// `Read` on what they read.
    Plan {
        /// Pipeline files.
        #[arg(required = true, value_name = "PIPELINE")]
        pipelines: Vec<PathBuf>,
        /// Who weir is to the brokers: User:NAME under SASL, User:CN=... under mTLS.
        #[arg(long, value_name = "PRINCIPAL")]
        principal: String,
        /// A JSON object a right, for programs.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        kafka: Kafka,
        #[command(flatten)]
        model: Model,
    },
}

pub(super) fn acl(arguments: &Arguments) -> Result<(), Failure> {
    let Command::Plan { pipelines, principal, json, kafka, model } = &arguments.command;
    for path in pipelines {
        let pipeline = pipeline(path, kafka, model)?;
        for grant in grants(&pipeline)? {
            data(&match json {
                true => object(&grant, &pipeline.name, principal).to_string(),
                false => command(&grant, &kafka.kafka, principal),
            });
        }
    }
    Ok(())
}

/// Text as a shell takes it for one word.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@+".contains(c);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_string(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

fn command(grant: &Grant, brokers: &str, principal: &str) -> String {
    let operations: Vec<_> =
        grant.operations.iter().map(|one| format!("--operation {one}")).collect();
    let prefix = if grant.is_prefix { " --resource-pattern-type prefixed" } else { "" };
    format!(
        "kafka-acls.sh --bootstrap-server {} --add --allow-principal {} {} {} {}{prefix}  # {}",
        word(brokers),
        word(principal),
        operations.join(" "),
        grant.resource.option(),
        word(&grant.name),
        grant.why
    )
}

fn object(grant: &Grant, pipeline: &str, principal: &str) -> serde_json::Value {
    serde_json::json!({
        "pipeline": pipeline, "principal": principal,
        "resource": grant.resource.option().trim_start_matches('-'), "name": grant.name,
        "pattern": if grant.is_prefix { "prefixed" } else { "literal" },
        "operations": grant.operations, "why": grant.why,
    })
}
