//! Plan + tally -> OpenLineage 2-0-2 run events. Sends nothing, reads no clock, holds no value:
//! an event is built from the plan's names and from counts.

use crate::clean::Tally;
use crate::phi::Code;
use crate::policy::Plan;
use crate::transform::{Output, Rule};
use serde_json::{Map, Value, json};

const PRODUCER: &str = concat!("https://example.invalid/weir/", env!("CARGO_PKG_VERSION"));
const SPEC: &str = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
const FACETS: &str = "https://openlineage.io/spec/facets";

/// What an event says of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The run begins.
    Start,
    /// A window of it is over; counts are sums since START.
    Running,
    /// It ended as it was asked to.
    Complete,
    /// It was found dead by its successor.
    Abort,
    /// It ended for this reason.
    Fail(Code),
}

/// One run: a worker's life.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// A random UUID.
    pub id: &'a str,
    /// Name of the pipeline.
    pub pipeline: &'a str,
    /// Namespace of the data sets: `kafka://host:port`, or `file`.
    pub namespace: &'a str,
    /// What is read.
    pub inputs: &'a [String],
    /// Where clean records go.
    pub output: &'a str,
    /// Seconds between RUNNING events.
    pub window_seconds: u64,
}

/// The event, ready to be written. `time` is RFC 3339.
pub fn event(run: &Run<'_>, plan: &Plan, state: State, time: &str, tally: &Tally) -> Value {
    let name = match state {
        State::Start => "START",
        State::Running => "RUNNING",
        State::Complete => "COMPLETE",
        State::Abort => "ABORT",
        State::Fail(_) => "FAIL",
    };
    let mut run_facets = Map::new();
    run_facets.insert(
        "weir_policy".into(),
        facet(
            "weir_policy.json",
            json!({
                "policy": plan.policy, "schema": plan.schema, "basis": plan.basis.name(),
                "digest": data_encoding::HEXLOWER.encode(&plan.digest),
            }),
        ),
    );
    run_facets.insert(
        "weir_counts".into(),
        facet(
            "weir_counts.json",
            json!({
                "records": tally.records, "clean": tally.clean, "canaries": tally.canaries,
                "refused": tally.refused,
                "values": tally.by_class().into_iter().map(|((class, kernel, layer), n)| json!({
                    "class": class, "kernel": kernel, "layer": layer, "count": n,
                })).collect::<Vec<_>>(),
            }),
        ),
    );
    if let State::Fail(code) = state {
        // The code only: messages of other people's errors may quote a record.
        run_facets.insert(
            "errorMessage".into(),
            standard(
                "1-0-1/ErrorMessageRunFacet",
                json!({
                    "message": code.to_string(), "programmingLanguage": "rust",
                }),
            ),
        );
    }
    let inputs: Vec<_> = run.inputs.iter().map(|input| json!({
        "namespace": run.namespace, "name": input,
        "facets": { "schema": schema(plan, false) },
        "inputFacets": { "inputStatistics": standard("1-0-0/InputStatisticsInputDatasetFacet",
            json!({ "rowCount": tally.records, "size": tally.bytes_in })) },
    })).collect();
    // With several inputs the counts are of all of them together: said once, on the first.
    let inputs = first_only(inputs);
    json!({
        "eventType": name,
        "eventTime": time,
        "producer": PRODUCER,
        "schemaURL": SPEC,
        "run": { "runId": run.id, "facets": run_facets },
        "job": {
            "namespace": "weir", "name": run.pipeline,
            "facets": { "jobType": standard("2-0-4/JobTypeJobFacet", json!({
                "processingType": "STREAMING", "integration": "WEIR", "jobType": "JOB",
                "emissionPattern": { "eventTrigger": "PERIODIC",
                    "eventContentMode": "COMPLETE_SNAPSHOT", "windowDuration": run.window_seconds },
            })) },
        },
        "inputs": inputs,
        "outputs": [{
            "namespace": run.namespace, "name": run.output,
            "facets": { "schema": schema(plan, true), "columnLineage": column_lineage(run, plan) },
            "outputFacets": { "outputStatistics": standard("1-0-2/OutputStatisticsOutputDatasetFacet",
                json!({ "rowCount": tally.clean - tally.canaries, "size": tally.bytes_out })) },
        }],
    })
}

fn first_only(mut inputs: Vec<Value>) -> Vec<Value> {
    for input in inputs.iter_mut().skip(1) {
        if let Some(input) = input.as_object_mut() {
            input.remove("inputFacets");
        }
    }
    inputs
}

fn standard(path: &str, mut body: Value) -> Value {
    let name = path.split('/').nth(1).unwrap_or(path);
    let (version, _) = path.split_once('/').unwrap_or((path, ""));
    body["_producer"] = PRODUCER.into();
    body["_schemaURL"] = format!("{FACETS}/{version}/{name}.json#/$defs/{name}").into();
    body
}

fn facet(name: &str, mut body: Value) -> Value {
    body["_producer"] = PRODUCER.into();
    body["_schemaURL"] = format!("{PRODUCER}/facets/{name}").into();
    body
}

/// The fields by path; `after`: the types that the rules give.
fn schema(plan: &Plan, after: bool) -> Value {
    let fields: Vec<_> = plan
        .fields
        .iter()
        .map(|field| {
            let rule = plan.slots[usize::from(field.slot)].rule;
            let text = !field.number || after && rule.kernel().output == Output::Text;
            json!({
                "name": field.path.as_str(),
                "type": if text { "string" } else { "number" },
                "description": field.class.name(),
            })
        })
        .collect();
    standard("1-2-0/SchemaDatasetFacet", json!({ "fields": fields }))
}

/// Each output field from its input field; prose also from the fields whose values are looked for
/// in it.
fn column_lineage(run: &Run<'_>, plan: &Plan) -> Value {
    let fields: Map<_, _> = plan
        .fields
        .iter()
        .map(|field| {
            let rule = plan.slots[usize::from(field.slot)].rule;
            let kernel = rule.kernel();
            let subtype = if rule == Rule::Keep { "IDENTITY" } else { "TRANSFORMATION" };
            let inputs: Vec<_> = run
                .inputs
                .iter()
                .map(|input| {
                    json!({
                        "namespace": run.namespace, "name": input, "field": field.path.as_str(),
                        "transformations": [{
                            "type": "DIRECT", "subtype": subtype, "masking": kernel.masking,
                            "description": format!("{}: {}", kernel.name, kernel.what),
                        }],
                    })
                })
                .collect();
            (field.path.as_str().to_string(), json!({ "inputFields": inputs }))
        })
        .collect();
    standard("1-2-0/ColumnLineageDatasetFacet", json!({ "fields": fields }))
}
