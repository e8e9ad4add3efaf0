//! What a supervisor and a metrics collector ask a running process: `/live`, `/ready`, `/status`,
//! `/metrics`. No path takes anything in, and nothing that is answered can hold a value.

use super::fault::Failure;
use crate::phi::Code;
use crate::stream::{Progress, Status};
use axum::Router;
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use std::net::SocketAddr;
use std::sync::Arc;

/// Serves until the process ends. Gives the address: port 0 asks for a free one.
pub(super) fn listen(
    at: SocketAddr,
    pipeline: &str,
    instance: &str,
    progress: &Arc<Progress>,
) -> Result<SocketAddr, Failure> {
    let fault = |_| Failure::about(Code::Listen, at);
    let (pipeline, instance) = (pipeline.to_string(), instance.to_string());
    let progress = Arc::clone(progress);
    let status = Arc::new(move || progress.status(&pipeline, &instance));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| Failure::from(Code::Internal))?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(at)).map_err(fault)?;
    let bound = listener.local_addr().map_err(fault)?;
    let router = router(status);
    std::thread::Builder::new()
        .name("weir-listen".into())
        .spawn(move || runtime.block_on(async { axum::serve(listener, router).await }))
        .map_err(|_| Failure::from(Code::Internal))?;
    Ok(bound)
}

type Look = Arc<dyn Fn() -> Status + Send + Sync>;

fn router(look: Look) -> Router {
    let (live, ready, status, metrics) =
        (Arc::clone(&look), Arc::clone(&look), Arc::clone(&look), look);
    let code = |good: bool| if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Router::new()
        .route("/live", get(async move || (code(live().live), "")))
        .route(
            "/ready",
            get(async move || {
                let status = ready();
                (code(status.ready), reasons(&status))
            }),
        )
        .route(
            "/status",
            get(async move || {
                let page = serde_json::to_string(&status()).unwrap_or_default();
                ([(CONTENT_TYPE, "application/json")], page)
            }),
        )
        .route("/metrics", get(async move || exposition(&metrics()).into_response()))
}

/// Why a process is not ready, a line a worker.
fn reasons(status: &Status) -> String {
    if status.workers.is_empty() {
        return "no worker has started\n".into();
    }
    let line = |worker: &crate::stream::WorkerStatus| {
        let fault = worker.fault.as_ref().map(|code| format!(", last failure {code}"));
        let doing = format!("{:?}", worker.doing).to_lowercase();
        let (number, seconds) = (worker.worker, worker.seconds);
        format!("worker {number}: {doing} for {seconds} s{}\n", fault.unwrap_or_default())
    };
    status.workers.iter().map(line).collect()
}

fn exposition(status: &Status) -> impl IntoResponse + use<> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Page(status.clone())));
    let mut out = String::new();
    let code = match text::encode(&mut out, &registry) {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (code, [(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], out)
}

#[derive(Debug)]
struct Page(Status);

#[derive(Clone, Debug, EncodeLabelSet)]
struct Whole {
    pipeline: String,
    instance: String,
}

#[derive(Clone, Debug, EncodeLabelSet)]
struct Outcome {
    pipeline: String,
    instance: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet)]
struct Refusal {
    pipeline: String,
    instance: String,
    code: String,
}

#[derive(Clone, Debug, EncodeLabelSet)]
struct Partition {
    pipeline: String,
    instance: String,
    topic: String,
    partition: i32,
}

#[derive(Clone, Debug, EncodeLabelSet)]
struct Place {
    pipeline: String,
    instance: String,
    field: String,
    class: String,
}

#[derive(Clone, Debug, EncodeLabelSet)]
struct Unusual {
    pipeline: String,
    instance: String,
    signal: String,
    code: String,
    field: String,
    class: String,
}

/// Every metric: docs and the test walk this table.
pub(super) const METRICS: [(&str, &str); 13] = [
    ("weir_records", "Records that were committed, by what became of them"),
    ("weir_refusals", "Refused records, by code"),
    ("weir_canaries", "Canaries that were committed, in their own topics or refused"),
    ("weir_transactions", "Committed transactions, or batches at least once"),
    ("weir_aborts", "Transactions that were aborted"),
    ("weir_rebuilds", "Producers that were replaced after a doubt"),
    ("weir_rebalances", "Times that partitions were assigned"),
    ("weir_lag_records", "Offsets between the next one to be read and the last stable one"),
    ("weir_ready", "1 when every worker works"),
    ("weir_live", "1 when no worker hangs"),
    ("weir_density", "Values for each clean record in the last window, by field and class"),
    ("weir_unusual", "Times that refusals or values became unusual"),
    ("weir_last_commit_seconds", "Seconds since any worker last committed a batch"),
];

impl Collector for Page {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let status = &self.0;
        let (pipeline, instance) = (status.pipeline.clone(), status.instance.clone());
        let whole = Whole { pipeline: pipeline.clone(), instance: instance.clone() };
        for (name, help) in METRICS {
            let (prefix, kind) = match name {
                "weir_lag_records"
                | "weir_ready"
                | "weir_live"
                | "weir_density"
                | "weir_last_commit_seconds" => (name, MetricType::Gauge),
                _ => (name, MetricType::Counter),
            };
            let mut metric = encoder.encode_descriptor(prefix, help, None, kind)?;
            let refused: u64 = status.refusals.values().sum();
            match name {
                "weir_records" => {
                    for (outcome, n) in [("clean", status.clean), ("refused", refused)] {
                        let (pipeline, instance) = (pipeline.clone(), instance.clone());
                        let labels = Outcome { pipeline, instance, outcome };
                        ConstCounter::new(n).encode(metric.encode_family(&labels)?)?;
                    }
                }
                "weir_refusals" => {
                    for (code, n) in &status.refusals {
                        let (pipeline, instance) = (pipeline.clone(), instance.clone());
                        let labels = Refusal { pipeline, instance, code: code.clone() };
                        ConstCounter::new(*n).encode(metric.encode_family(&labels)?)?;
                    }
                }
                "weir_lag_records" => {
                    for one in &status.partitions {
                        let Some(lag) = one.lag else { continue };
                        let (pipeline, instance) = (pipeline.clone(), instance.clone());
                        let (topic, partition) = (one.topic.clone(), one.partition);
                        let labels = Partition { pipeline, instance, topic, partition };
                        ConstGauge::new(lag).encode(metric.encode_family(&labels)?)?;
                    }
                }
                "weir_density" => {
                    for one in &status.density {
                        let (pipeline, instance) = (pipeline.clone(), instance.clone());
                        let (field, class) = (one.field.clone(), one.class.clone());
                        let labels = Place { pipeline, instance, field, class };
                        ConstGauge::new(one.values).encode(metric.encode_family(&labels)?)?;
                    }
                }
                "weir_unusual" => {
                    for (of, n) in &status.signals {
                        let (pipeline, instance) = (pipeline.clone(), instance.clone());
                        let of = of.clone();
                        let (signal, code) = (of.signal, of.code);
                        let (field, class) = (of.field, of.class);
                        let labels = Unusual { pipeline, instance, signal, code, field, class };
                        ConstCounter::new(*n).encode(metric.encode_family(&labels)?)?;
                    }
                }
                "weir_last_commit_seconds" => {
                    let last = status.workers.iter().filter_map(|w| w.last_commit_seconds).min();
                    if let Some(last) = last {
                        ConstGauge::new(last as i64).encode(metric.encode_family(&whole)?)?;
                    }
                }
                _ => {
                    let n = match name {
                        "weir_canaries" => status.canaries,
                        "weir_transactions" => status.transactions,
                        "weir_aborts" => status.aborts,
                        "weir_rebuilds" => status.rebuilds,
                        "weir_rebalances" => status.rebalances,
                        "weir_ready" => u64::from(status.ready),
                        _ => u64::from(status.live),
                    };
                    let family = metric.encode_family(&whole)?;
                    match kind {
                        MetricType::Gauge => ConstGauge::new(n as i64).encode(family)?,
                        _ => ConstCounter::new(n).encode(family)?,
                    }
                }
            }
        }
        Ok(())
    }
}
