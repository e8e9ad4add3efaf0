//! The rights that a pipeline's own identity needs on the brokers, and no others.

use super::Fault;
use super::kafka::group;
use super::records::Topics;
use crate::policy::{Delivery, Pipeline};

/// What a right is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A topic.
    Topic,
    /// A group of consumers.
    Group,
    /// The names that transactions are made under.
    TransactionalId,
}

impl Resource {
    /// Its name among the options of `kafka-acls.sh`.
    pub fn option(self) -> &'static str {
        match self {
            Resource::Topic => "--topic",
            Resource::Group => "--group",
            Resource::TransactionalId => "--transactional-id",
        }
    }
}

/// Rights on one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What it is.
    pub resource: Resource,
    /// Its name.
    pub name: String,
    /// The name is how the names of all that are meant begin.
    pub is_prefix: bool,
    /// Operations as Kafka names them; `Read` and `Write` bring `Describe` along.
    pub operations: &'static [&'static str],
    /// What it is to the pipeline.
    pub why: &'static str,
}

/// What `weir run` needs. `DescribeConfigs` is for what is checked at the start: how long records may be, whether a topic
/// keeps them, whether it is compacted.
pub fn grants(pipeline: &Pipeline) -> Result<Vec<Grant>, Fault> {
    let topics = Topics::of(pipeline)?;
    let topic = |name: &str, operations, why| Grant {
        resource: Resource::Topic,
        name: name.to_string(),
        is_prefix: false,
        operations,
        why,
    };
    let (read, write) = (&["Read"][..], &["Write"][..]);
    let asked = &["Write", "DescribeConfigs"][..];
    let mut all: Vec<_> = topics.sources.iter().map(|name| topic(name, read, "source")).collect();
    let name = group(&pipeline.name);
    let group = Grant { resource: Resource::Group, name, ..topic("", read, "the source's group") };
    all.push(group);
    all.push(topic(&topics.clean, asked, "clean records"));
    all.push(topic(&topics.quarantine, asked, "refused records, sealed"));
    if let Some(canary) = &topics.canary {
        all.push(topic(&canary.clean, asked, "canaries"));
        all.push(topic(&canary.quarantine, asked, "refused canaries"));
    }
    let state = &["Read", "Write", "DescribeConfigs"][..];
    all.push(topic(&topics.state, state, "the pipeline's state"));
    all.extend(topics.lineage.iter().map(|name| topic(name, write, "lineage events")));
    all.extend(topics.proof.iter().map(|name| topic(name, asked, "signed manifests")));
    all.extend(topics.trail.iter().map(|name| topic(name, asked, "the trail")));
    if pipeline.delivery == Delivery::ExactlyOnce {
        all.push(Grant {
            resource: Resource::TransactionalId,
            name: format!("weir.{}/", pipeline.name),
            is_prefix: true,
            operations: write,
            why: "transactions of every instance and worker",
        });
    }
    Ok(all)
}
