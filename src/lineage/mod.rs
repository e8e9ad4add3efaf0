//! Plan + tally -> OpenLineage 2-0-2 run events. Sends nothing, reads no clock, holds no value:
//! an event is built from names that people wrote and from counts.
//!
//! There are two jobs: the pipeline, whose run is a process's life, and its worker (or its file),
//! whose run is a worker's life and has the pipeline's for a parent. What flowed is said by the
//! worker's events alone. weir's own facets have their schemas in `docs/lineage`.

mod fields;
mod quality;
mod trail;

pub use quality::{Series, Signal, Watch, Window};
pub use trail::{TrailHead, TrailRows, TrailStep, key_hash, read_trail};

use crate::clean::Tally;
use crate::phi::Code;
use crate::policy::{Pipeline, Plan, PolicyCode, Source};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const PRODUCER: &str = concat!("https://example.invalid/weir/", env!("CARGO_PKG_VERSION"));
const SPEC: &str = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
const FACETS: &str = "https://openlineage.io/spec/facets";
/// Where the schemas of weir's own facets are published, by their version.
const OWN_FACETS: &str = "https://example.invalid/weir/lineage/1-0-0";

/// What was taken out of a clean output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// People.
    pub subjects: u64,
    /// Records of theirs that the trail knew.
    pub records: u64,
    /// Names of what was made of these, as the removal list has them.
    pub chunks: u64,
    /// Keys that end with a tombstone.
    pub tombstones: u64,
    /// The output is compacted, so that tombstones take records away.
    pub compacted: bool,
}

/// What an event says of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The run begins.
    Start,
    /// A window of it is over.
    Running,
    /// It ended as it was asked to.
    Complete,
    /// It was found dead by its successor.
    Abort,
    /// It ended for this reason.
    Fail(Code),
}

/// What the runs of one job have in common.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The pipeline.
    pub pipeline: &'a Pipeline,
    /// Namespace of the data sets: `kafka://host:port`, or `file`.
    pub namespace: &'a str,
    /// What is read.
    pub inputs: &'a [String],
    /// Where clean records go.
    pub output: &'a str,
    /// Where refused records go.
    pub quarantine: &'a str,
    /// The key version that tokens are made with.
    pub keys: u32,
}

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// A random UUID.
    pub id: &'a str,
    /// The pipeline's run that it is a part of; of a pipeline's run, itself.
    pub parent: &'a str,
    /// Its [`policy`]. Who tells of a run that it found dead may have another one.
    pub policy: &'a Value,
}

/// Sums of a run so far.
#[derive(Clone, Debug)]
pub struct Sums<'a> {
    /// All that was committed since START.
    pub tally: &'a Tally,
    /// What the events before this one have told.
    pub told: &'a Told,
    /// The offsets that were committed, of topics; in order.
    pub ranges: Vec<Range<'a>>,
    /// What is usual and what is not, where enough came to tell.
    pub quality: Option<&'a Window>,
}

/// Source offsets that a run has committed, half-open. What has no record, as the mark of a
/// transaction, is in the range and not in the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition.
    pub partition: i32,
    /// The first offset.
    pub from: i64,
    /// The offset behind the last.
    pub to: i64,
    /// Records in it.
    pub records: u64,
}

/// What a run's events have told of, by now: statistics of an event are of what came since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// When the last of them was, RFC 3339.
    pub at: String,
    /// Records read.
    pub records: u64,
    /// Their bytes.
    pub bytes_in: u64,
    /// Records that the clean output got.
    pub rows: u64,
    /// Their bytes.
    pub bytes_out: u64,
    /// Records that quarantine got.
    pub refused: u64,
}

impl Told {
    /// All of a tally. Canaries have outputs of their own.
    pub fn of(tally: &Tally, at: &str) -> Told {
        Told {
            at: at.to_string(),
            records: tally.records,
            bytes_in: tally.bytes_in,
            rows: tally.clean - tally.canaries + tally.echoes,
            bytes_out: tally.bytes_out,
            refused: tally.refused_total() - tally.canaries_refused,
        }
    }
}

/// The name of the job whose runs are parts of a pipeline's.
fn part_of(pipeline: &Pipeline) -> String {
    let part = if is_streaming(pipeline) { "worker" } else { "file" };
    format!("{}.{part}", pipeline.name)
}

fn is_streaming(pipeline: &Pipeline) -> bool {
    matches!(pipeline.source, Source::Topics { .. })
}

/// The key of a pipeline's events in a topic: one partition has them all, in order.
pub fn key(pipeline: &Pipeline) -> String {
    format!("run:{}/{}", pipeline.lineage.namespace, pipeline.name)
}

/// An event of a worker's or a file's run. `time` is RFC 3339.
pub fn event(job: &Job<'_>, run: Run<'_>, state: State, time: &str, sums: &Sums<'_>) -> Value {
    let Job { pipeline, .. } = job;
    let mut facets = run_facets(run, state);
    let parent = json!({ "runId": run.parent });
    let parent_job = json!({ "namespace": pipeline.lineage.namespace, "name": pipeline.name });
    facets.insert(
        "parent".into(),
        standard(
            "1-2-0/ParentRunFacet",
            json!({
                "run": parent, "job": parent_job, "root": { "run": parent, "job": parent_job },
            }),
        ),
    );
    facets.insert("weir_counts".into(), own("WeirCountsRunFacet", counts(sums, time)));
    if let Some(window) = sums.quality {
        facets.insert("weir_quality".into(), own("WeirQualityRunFacet", window.facet()));
    }
    if is_streaming(pipeline) {
        let ranges: Vec<_> = sums.ranges.iter().map(range).collect();
        facets
            .insert("weir_offsets".into(), own("WeirOffsetsRunFacet", json!({ "ranges": ranges })));
    }
    let mut event = envelope(pipeline, state, time, run.id, facets);
    event["job"] = json!({
        "namespace": pipeline.lineage.namespace,
        "name": part_of(pipeline),
        "facets": { "jobType": job_type(pipeline, "TASK") },
    });
    let now = Told::of(sums.tally, time);
    // A run that was found dead may have had another plan: its events have told which.
    let is_own = state != State::Abort;
    event["inputs"] = inputs(job, is_own, &now, sums.told).into();
    event["outputs"] = outputs(job, is_own, &now, sums).into();
    event
}

/// An event of a pipeline's run: it is there and not there, and what it is. What flowed is told of
/// by the runs that are parts of it.
pub fn pipeline_event(pipeline: &Pipeline, run: Run<'_>, state: State, time: &str) -> Value {
    let mut event = envelope(pipeline, state, time, run.id, run_facets(run, state));
    let about = &pipeline.about;
    let mut facets = Map::new();
    facets.insert("jobType".into(), job_type(pipeline, "JOB"));
    let usual = format!(
        "Cleans {} under policy {} for {}.",
        pipeline.plan.schema, pipeline.plan.policy, pipeline.plan.destination
    );
    let description = about.description.as_deref().unwrap_or(&usual);
    let documentation = json!({ "description": description, "contentType": "text/plain" });
    facets.insert("documentation".into(), standard("1-1-0/DocumentationJobFacet", documentation));
    if !about.owners.is_empty() {
        let owners = standard("1-0-1/OwnershipJobFacet", owners(&about.owners));
        facets.insert("ownership".into(), owners);
    }
    if !about.tags.is_empty() {
        let tags = standard("1-0-0/TagsJobFacet", json!({ "tags": tags(&about.tags, "USER") }));
        facets.insert("tags".into(), tags);
    }
    if state != State::Abort {
        facets.insert("sourceCodeLocation".into(), policy_code(pipeline));
    }
    event["job"] = json!({
        "namespace": pipeline.lineage.namespace, "name": pipeline.name, "facets": facets,
    });
    event
}

/// An event of a run that takes records out again.
pub fn removal_event(
    job: &Job<'_>,
    run: Run<'_>,
    state: State,
    time: &str,
    removal: &Removal,
) -> Value {
    let pipeline = job.pipeline;
    let mut event = envelope(pipeline, state, time, run.id, run_facets(run, state));
    let kind = json!({
        "processingType": "BATCH", "integration": "WEIR", "jobType": "TASK",
        "emissionPattern": { "eventTrigger": "EVENT_BASED", "eventContentMode": "COMPLETE_SNAPSHOT" },
    });
    event["job"] = json!({
        "namespace": pipeline.lineage.namespace,
        "name": format!("{}.forget", pipeline.name),
        "facets": { "jobType": standard("2-0-4/JobTypeJobFacet", kind) },
    });
    let mut facets = dataset_facets(job);
    if state == State::Complete {
        let Removal { subjects, records, chunks, tombstones, compacted } = removal;
        let said = json!({
            "subjects": subjects, "records": records, "chunks": chunks,
            "tombstones": tombstones, "compacted": compacted,
        });
        facets.insert("weir_removal".into(), own("WeirRemovalDatasetFacet", said));
    }
    event["outputs"] =
        json!([{ "namespace": job.namespace, "name": job.output, "facets": facets }]);
    event
}

fn envelope(
    pipeline: &Pipeline,
    state: State,
    time: &str,
    run: &str,
    facets: Map<String, Value>,
) -> Value {
    let name = match state {
        State::Start => "START",
        State::Running => "RUNNING",
        State::Complete => "COMPLETE",
        State::Abort => "ABORT",
        State::Fail(_) => "FAIL",
    };
    json!({
        "eventType": name,
        "eventTime": time,
        "producer": PRODUCER,
        "schemaURL": SPEC,
        "run": { "runId": run, "facets": facets },
        "job": { "namespace": pipeline.lineage.namespace, "name": pipeline.name },
        "inputs": [],
        "outputs": [],
    })
}

fn run_facets(run: Run<'_>, state: State) -> Map<String, Value> {
    let mut facets = Map::new();
    let version = env!("CARGO_PKG_VERSION");
    let engine =
        json!({ "name": "weir", "version": version, "openlineageAdapterVersion": version });
    facets.insert("processing_engine".into(), standard("1-1-1/ProcessingEngineRunFacet", engine));
    // An older weir has not written down the policy of a run that it left open.
    if run.policy.is_object() {
        facets.insert("weir_policy".into(), own("WeirPolicyRunFacet", run.policy.clone()));
    }
    if let State::Fail(code) = state {
        // The code only: messages of other people's errors may quote a record.
        let message = json!({ "message": code.to_string(), "programmingLanguage": "rust" });
        facets.insert("errorMessage".into(), standard("1-0-1/ErrorMessageRunFacet", message));
    }
    facets
}

/// Under which rules, and with which key versions, a run works: what stays with it as long as it is
/// not closed.
pub fn policy(plan: &Plan, keys: u32, older: &[u32]) -> Value {
    // A class has one rule, whatever its numbers look like.
    let rules: BTreeMap<_, _> = plan
        .slots
        .iter()
        .map(|slot| ((slot.class.name(), slot.rule.kernel().name), slot.scope.name()))
        .collect();
    let rules: Vec<_> = rules
        .into_iter()
        .map(|((class, kernel), scope)| json!({ "class": class, "kernel": kernel, "scope": scope }))
        .collect();
    json!({
        "policy": plan.policy, "schema": plan.schema, "basis": plan.basis.name(),
        "destination": plan.destination,
        "digest": data_encoding::HEXLOWER.encode(&plan.digest),
        "keys": { "primary": keys, "older": older },
        "rules": rules,
    })
}

fn counts(sums: &Sums<'_>, time: &str) -> Value {
    let tally = sums.tally;
    let values: Vec<_> = tally
        .by_class()
        .into_iter()
        .map(|((class, kernel, layer), n)| {
            json!({ "class": class, "kernel": kernel, "layer": layer, "count": n })
        })
        .collect();
    // Of the first event there is none before.
    let from = if sums.told.at.is_empty() { time } else { &sums.told.at };
    json!({
        "records": tally.records, "clean": tally.clean, "echoes": tally.echoes,
        "canaries": tally.canaries, "canariesRefused": tally.canaries_refused,
        "refused": tally.refused, "values": values,
        "window": { "from": from, "to": time },
    })
}

fn range(range: &Range<'_>) -> Value {
    let Range { topic, partition, from, to, records } = range;
    json!({ "topic": topic, "partition": partition, "from": from, "to": to, "records": records })
}

fn job_type(pipeline: &Pipeline, kind: &str) -> Value {
    let is_streaming = is_streaming(pipeline);
    let mut emission =
        json!({ "eventTrigger": "EVENT_BASED", "eventContentMode": "COMPLETE_SNAPSHOT" });
    if is_streaming && kind == "TASK" {
        emission["eventTrigger"] = "PERIODIC".into();
        emission["windowDuration"] = pipeline.lineage.window_seconds.into();
    }
    let processing = if is_streaming { "STREAMING" } else { "BATCH" };
    standard(
        "2-0-4/JobTypeJobFacet",
        json!({
            "processingType": processing, "integration": "WEIR", "jobType": kind,
            "emissionPattern": emission,
        }),
    )
}

fn policy_code(pipeline: &Pipeline) -> Value {
    let path = format!("policies/{}.yaml", pipeline.plan.policy);
    let digest = data_encoding::HEXLOWER.encode(&pipeline.plan.digest);
    let version = format!("sha256:{digest}");
    let code = match (&pipeline.code, &pipeline.about.repository) {
        (PolicyCode::BuiltIn, _) => json!({
            "type": "weir", "url": format!("{PRODUCER}/{path}"), "path": path, "version": version,
        }),
        (PolicyCode::File(_), Some(repository)) => json!({
            "type": "git", "url": repository, "repoUrl": repository, "path": path,
            "version": version,
        }),
        (PolicyCode::File(file), None) => json!({
            "type": "file", "url": file_url(file), "path": path, "version": version,
        }),
    };
    standard("1-1-0/SourceCodeLocationJobFacet", code)
}

/// A file's address. Bytes that an address has no place for are written as `%XX`.
fn file_url(path: &std::path::Path) -> String {
    let mut url = String::from("file://");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => url.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => url.push(char::from(*byte)),
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

fn tags(tags: &[(String, String)], source: &str) -> Vec<Value> {
    let tag =
        |(key, value): &(String, String)| json!({ "key": key, "value": value, "source": source });
    tags.iter().map(tag).collect()
}

fn inputs(job: &Job<'_>, is_own: bool, now: &Told, told: &Told) -> Vec<Value> {
    let dataset = |(n, name): (usize, &String)| {
        let mut facets = dataset_facets(job);
        if is_own {
            facets.insert("schema".into(), fields::schema(&job.pipeline.plan, false));
        }
        let mut input = json!({ "namespace": job.namespace, "name": name, "facets": facets });
        // With several inputs the counts are of all of them together: said once, on the first.
        if n == 0 {
            let statistics = json!({
                "rowCount": now.records.saturating_sub(told.records),
                "size": now.bytes_in.saturating_sub(told.bytes_in),
            });
            let statistics = standard("1-0-0/InputStatisticsInputDatasetFacet", statistics);
            input["inputFacets"] = json!({ "inputStatistics": statistics });
        }
        input
    };
    job.inputs.iter().enumerate().map(dataset).collect()
}

fn outputs(job: &Job<'_>, is_own: bool, now: &Told, sums: &Sums<'_>) -> [Value; 2] {
    let told = sums.told;
    let mut facets = dataset_facets(job);
    if is_own {
        clean_facets(job, &mut facets);
    }
    let statistics = |rows: u64, bytes: Option<u64>| {
        let mut statistics = json!({ "rowCount": rows });
        if let Some(bytes) = bytes {
            statistics["size"] = bytes.into();
        }
        let statistics = standard("1-0-2/OutputStatisticsOutputDatasetFacet", statistics);
        json!({ "outputStatistics": statistics })
    };
    let mut quarantine = dataset_facets(job);
    let sealed = json!({ "codes": sums.tally.refused, "sealed": true });
    quarantine.insert("weir_quarantine".into(), own("WeirQuarantineDatasetFacet", sealed));
    [
        json!({
            "namespace": job.namespace, "name": job.output, "facets": facets,
            "outputFacets": statistics(
                now.rows.saturating_sub(told.rows),
                Some(now.bytes_out.saturating_sub(told.bytes_out)),
            ),
        }),
        json!({
            "namespace": job.namespace, "name": job.quarantine, "facets": quarantine,
            "outputFacets": statistics(now.refused.saturating_sub(told.refused), None),
        }),
    ]
}

/// What the clean output says of itself.
fn clean_facets(job: &Job<'_>, facets: &mut Map<String, Value>) {
    let (plan, about) = (&job.pipeline.plan, &job.pipeline.about);
    facets.insert("schema".into(), fields::schema(plan, true));
    facets.insert("columnLineage".into(), fields::column_lineage(job));
    let version = format!("{}/v{}", plan.policy_header(), job.keys);
    let version =
        standard("1-0-1/DatasetVersionDatasetFacet", json!({ "datasetVersion": version }));
    facets.insert("version".into(), version);
    let text = format!("Transformed under policy {}, basis {}.", plan.policy, plan.basis.name());
    let text = json!({ "description": text, "contentType": "text/plain" });
    facets.insert("documentation".into(), standard("1-1-0/DocumentationDatasetFacet", text));
    let mut tags = tags(&about.tags, "USER");
    tags.push(json!({ "key": "weir.basis", "value": plan.basis.name(), "source": "WEIR" }));
    facets.insert("tags".into(), standard("1-0-0/TagsDatasetFacet", json!({ "tags": tags })));
    if !about.owners.is_empty() {
        let owners = standard("1-0-1/OwnershipDatasetFacet", owners(&about.owners));
        facets.insert("ownership".into(), owners);
    }
}

fn owners(owners: &[String]) -> Value {
    let owner = |name: &String| json!({ "name": name, "type": "MAINTAINER" });
    json!({ "owners": owners.iter().map(owner).collect::<Vec<_>>() })
}

/// What every data set says of itself.
fn dataset_facets(job: &Job<'_>) -> Map<String, Value> {
    let is_streaming = is_streaming(job.pipeline);
    let (kind, uri) = match is_streaming {
        true => ("TOPIC", job.namespace.to_string()),
        false => ("FILE", "file:///".to_string()),
    };
    let source = json!({ "name": job.namespace, "uri": uri });
    let kind = json!({ "datasetType": kind });
    [
        ("dataSource", standard("1-0-1/DatasourceDatasetFacet", source)),
        ("datasetType", standard("1-0-1/DatasetTypeDatasetFacet", kind)),
    ]
    .map(|(name, facet)| (name.to_string(), facet))
    .into_iter()
    .collect()
}

/// A facet of OpenLineage: its version and name, and what it says.
fn standard(path: &str, mut body: Value) -> Value {
    let (version, name) = path.split_once('/').unwrap_or(("", path));
    body["_producer"] = PRODUCER.into();
    body["_schemaURL"] = format!("{FACETS}/{version}/{name}.json#/$defs/{name}").into();
    body
}

/// A facet of weir's own.
fn own(name: &str, mut body: Value) -> Value {
    body["_producer"] = PRODUCER.into();
    body["_schemaURL"] = format!("{OWN_FACETS}/{name}.json#/$defs/{name}").into();
    body
}
