//! What a supervisor and a metrics collector ask a running process: `/live`, `/ready`, `/status`,
//! `/metrics`. No path takes anything in, and nothing that is answered can hold a value.

use super::fault::Failure;
use crate::phi::Code;
use crate::stream::{BATCH_SECONDS, BatchSeconds, Kind, Labels, METRICS, Progress, Status, Value};
use axum::Router;
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, text};
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
    let seconds = progress.batch_seconds().clone();
    let status = Arc::new(move || progress.status(&pipeline, &instance));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| Failure::from(Code::Internal))?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(at)).map_err(fault)?;
    let bound = listener.local_addr().map_err(fault)?;
    let router = router(status, seconds);
    std::thread::Builder::new()
        .name("weir-listen".into())
        .spawn(move || runtime.block_on(async { axum::serve(listener, router).await }))
        .map_err(|_| Failure::from(Code::Internal))?;
    Ok(bound)
}

type Look = Arc<dyn Fn() -> Status + Send + Sync>;

fn router(look: Look, seconds: BatchSeconds) -> Router {
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
        .route("/metrics", get(async move || exposition(&metrics(), &seconds).into_response()))
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

fn exposition(status: &Status, seconds: &BatchSeconds) -> impl IntoResponse + use<> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Page(status.clone(), seconds.clone())));
    let mut out = String::new();
    let code = match text::encode(&mut out, &registry) {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (code, [(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], out)
}

#[derive(Debug)]
struct Page(Status, BatchSeconds);

impl Collector for Page {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let Page(status, seconds) = self;
        let whole: Labels =
            vec![("pipeline", status.pipeline.clone()), ("instance", status.instance.clone())];
        for one in METRICS {
            let kind = match one.kind {
                Kind::Counter => MetricType::Counter,
                Kind::Level | Kind::Rate => MetricType::Gauge,
            };
            let mut metric = encoder.encode_descriptor(one.name, one.help, None, kind)?;
            let mut encoded = Ok(());
            (one.read)(status, &mut |value, labels| {
                let labels: Labels = whole.iter().cloned().chain(labels).collect();
                let mut encode = || {
                    let family = metric.encode_family(&labels)?;
                    match value {
                        Value::Count(n) => ConstCounter::new(n).encode(family),
                        Value::Level(n) => ConstGauge::new(n).encode(family),
                        Value::Rate(n) => ConstGauge::new(n).encode(family),
                    }
                };
                if encoded.is_ok() {
                    encoded = encode();
                }
            });
            encoded?;
        }
        let (name, help) = BATCH_SECONDS;
        let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Histogram)?;
        seconds.encode(metric.encode_family(&whole)?)
    }
}
