//! How telemetry leaves: OTLP as protobuf over HTTP. Whoever has something to tell puts it into a queue with
//! a bound, and never waits; a thread takes it from there. No variable of the environment is read.

use super::semconv;
use super::{Event, OtlpSettings, tell};
use crate::limits;
use crate::phi::Code;
use crate::stream::{Fault, web};
use opentelemetry::{Context, InstrumentationScope};
use opentelemetry_proto::tonic::collector::logs::v1::{
    ExportLogsServiceRequest, ExportLogsServiceResponse,
};
use opentelemetry_proto::tonic::collector::metrics::v1::{
    ExportMetricsServiceRequest, ExportMetricsServiceResponse,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_proto::transform::logs::tonic::group_logs_by_resource_and_scope;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::logs::{LogBatch, LogProcessor, SdkLogRecord};
use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use opentelemetry_sdk::trace::SpanData;
use prost::Message;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// A kind of telemetry, and its path behind the base address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    Traces,
    Metrics,
    Logs,
}

impl Signal {
    const ALL: [Signal; 3] = [Signal::Traces, Signal::Metrics, Signal::Logs];

    pub(super) fn name(self) -> &'static str {
        match self {
            Signal::Traces => "traces",
            Signal::Metrics => "metrics",
            Signal::Logs => "logs",
        }
    }
}

/// How many spans, log lines and pages of metrics were dropped, and how many wait.
#[derive(Debug, Default)]
pub(in crate::stream) struct Dropped([AtomicU64; 3], [AtomicU64; 3]);

impl Dropped {
    fn add(&self, signal: Signal, n: usize) {
        self.0[signal as usize].fetch_add(n as u64, Ordering::Relaxed);
    }

    fn waits(&self, signal: Signal) {
        self.1[signal as usize].fetch_add(1, Ordering::SeqCst);
    }

    fn is_over(&self, signal: Signal, n: usize) {
        self.1[signal as usize].fetch_sub(n as u64, Ordering::SeqCst);
    }

    /// What waits by now is dropped.
    fn give_up(&self) {
        for signal in Signal::ALL {
            let left = self.1[signal as usize].load(Ordering::SeqCst);
            self.add(signal, left as usize);
        }
    }

    /// By the signal's name.
    pub(in crate::stream) fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        Signal::ALL.iter().map(|of| (of.name(), self.0[*of as usize].load(Ordering::Relaxed)))
    }

    pub(super) fn sum(&self) -> u64 {
        self.counts().map(|(_, n)| n).sum()
    }
}

/// The server.
pub(super) struct Way {
    agent: ureq::Agent,
    base: String,
    token: Option<Zeroizing<String>>,
    dropped: Arc<Dropped>,
    /// What was tried last of each signal was not taken: it is said once.
    is_away: [AtomicBool; 3],
    /// The run ends: nothing is tried again.
    ends: AtomicBool,
}

/// What a server made of a request.
enum Answer {
    /// But for so many.
    Taken(usize),
    Refused,
    /// It may be asked again.
    Away,
}

impl Way {
    pub(super) fn open(
        settings: &OtlpSettings,
        insecure: Option<&str>,
        dropped: &Arc<Dropped>,
    ) -> Result<Way, Fault> {
        let base = settings.url.trim_end_matches('/').to_string();
        if base.contains(['?', '#']) {
            return Err(Fault::about(Code::TelemetryPlace, "a path alone may stand behind it"));
        }
        let token = settings.token_file.as_deref().map(web::token).transpose()?;
        let ca = settings.ca.as_deref().map(web::file).transpose()?;
        let call = Duration::from_millis(limits::TELEMETRY_CALL_MILLIS_MAX);
        let agent = web::agent(&base, ca.as_deref(), insecure, token.is_some(), call)
            .map_err(|no| no.fault(Code::TelemetryPlace))?;
        let (is_away, ends) = (Default::default(), AtomicBool::new(false));
        Ok(Way { agent, base, token, dropped: Arc::clone(dropped), is_away, ends })
    }

    /// Sends `n` of a kind; what is not taken is dropped, and counted.
    fn send(&self, signal: Signal, n: usize, body: &[u8], waits: &[Duration]) -> bool {
        let mut waits = waits.iter();
        let rejected = loop {
            match (self.post(signal, body), waits.next()) {
                (Answer::Taken(rejected), _) => break rejected.min(n),
                (Answer::Away, Some(wait)) if !self.ends.load(Ordering::SeqCst) => {
                    let until = Instant::now() + *wait;
                    while Instant::now() < until && !self.ends.load(Ordering::SeqCst) {
                        std::thread::sleep(Duration::from_millis(50));
                    }
                }
                _ => break n,
            }
        };
        let is_away = rejected > 0;
        self.dropped.add(signal, rejected);
        if !self.is_away[signal as usize].swap(is_away, Ordering::SeqCst) && is_away {
            tell(Event::TelemetryUnsent(signal.name()));
        }
        !is_away
    }

    fn post(&self, signal: Signal, body: &[u8]) -> Answer {
        let url = format!("{}/v1/{}", self.base, signal.name());
        let mut request = self.agent.post(url).header("content-type", "application/x-protobuf");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {}", token.as_str()));
        }
        let Ok(mut answer) = request.send(body) else { return Answer::Away };
        match answer.status().as_u16() {
            200..=299 => {
                // Of its own words the number of what it did not take is read, and nothing else.
                let most = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX);
                Answer::Taken(most.read_to_vec().map_or(0, |body| rejected(signal, &body)))
            }
            429 | 502 | 503 | 504 => Answer::Away,
            _ => Answer::Refused,
        }
    }
}

/// Bytes of an answer that are read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// How many of a request a server says that it has not taken.
fn rejected(signal: Signal, answer: &[u8]) -> usize {
    let n = match signal {
        Signal::Traces => ExportTraceServiceResponse::decode(answer)
            .ok()
            .and_then(|said| Some(said.partial_success?.rejected_spans)),
        Signal::Metrics => ExportMetricsServiceResponse::decode(answer)
            .ok()
            .and_then(|said| Some(said.partial_success?.rejected_data_points)),
        Signal::Logs => ExportLogsServiceResponse::decode(answer)
            .ok()
            .and_then(|said| Some(said.partial_success?.rejected_log_records)),
    };
    n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

/// A span or a log line on its way.
enum Item {
    Span(Box<SpanData>),
    Log(Box<(SdkLogRecord, InstrumentationScope)>),
    /// The last one: answered once all before it is sent.
    End(SyncSender<()>),
}

/// Where spans and log lines are put.
#[derive(Clone)]
pub(super) struct Queue {
    items: SyncSender<Item>,
    dropped: Arc<Dropped>,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Queue")
    }
}

impl Queue {
    /// With the thread that empties it.
    pub(super) fn start(way: &Arc<Way>, resource: &Resource) -> Result<Queue, Fault> {
        let (items, waiting) = sync_channel(limits::TELEMETRY_QUEUE_MAX);
        let (way, resource) = (Arc::clone(way), ResourceAttributesWithSchema::from(resource));
        let dropped = Arc::clone(&way.dropped);
        std::thread::Builder::new()
            .name("weir-telemetry".into())
            .spawn(move || empty(&waiting, &way, &resource))
            .map_err(|_| Fault::new(Code::Internal))?;
        Ok(Queue { items, dropped })
    }

    /// Without a thread: what is put is looked at by a test.
    #[cfg(test)]
    pub(super) fn held(dropped: &Arc<Dropped>) -> (Queue, impl Fn() -> Vec<SpanData> + use<>) {
        let (items, waiting) = sync_channel(8);
        let taken = move || {
            let spans = waiting.try_iter().filter_map(|item| match item {
                Item::Span(span) => Some(*span),
                _ => None,
            });
            spans.collect()
        };
        (Queue { items, dropped: Arc::clone(dropped) }, taken)
    }

    pub(super) fn span(&self, span: SpanData) {
        self.dropped.waits(Signal::Traces);
        if self.items.try_send(Item::Span(Box::new(span))).is_err() {
            self.dropped.is_over(Signal::Traces, 1);
            self.dropped.add(Signal::Traces, 1);
        }
    }

    /// Waits until all is sent that is there by now, or until this moment.
    pub(super) fn finish(&self, way: &Way, until: Instant) {
        way.ends.store(true, Ordering::SeqCst);
        let (done, answer) = sync_channel(1);
        let mut end = Item::End(done);
        // A full queue is being emptied.
        while let Err(TrySendError::Full(back)) = self.items.try_send(end) {
            if Instant::now() > until {
                return self.dropped.give_up();
            }
            std::thread::sleep(Duration::from_millis(10));
            end = back;
        }
        let left = until.saturating_duration_since(Instant::now());
        if answer.recv_timeout(left).is_err() {
            self.dropped.give_up();
        }
    }
}

impl LogProcessor for Queue {
    fn emit(&self, record: &mut SdkLogRecord, scope: &InstrumentationScope) {
        let line = Box::new((record.clone(), scope.clone()));
        self.dropped.waits(Signal::Logs);
        if self.items.try_send(Item::Log(line)).is_err() {
            self.dropped.is_over(Signal::Logs, 1);
            self.dropped.add(Signal::Logs, 1);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// Waits between tries.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// Takes what waits, in requests of many.
fn empty(items: &Receiver<Item>, way: &Way, resource: &ResourceAttributesWithSchema) {
    // What this thread has to say of the server goes to standard error, and not to that server.
    let _silent = Context::enter_telemetry_suppressed_scope();
    loop {
        let Ok(first) = items.recv() else { return };
        let until = Instant::now() + Duration::from_millis(limits::TELEMETRY_GATHER_MILLIS);
        let (mut spans, mut lines, mut end) = (Vec::new(), Vec::new(), None);
        let mut next = Some(first);
        while let Some(item) = next.take() {
            match item {
                Item::Span(span) => spans.push(*span),
                Item::Log(line) => lines.push(*line),
                Item::End(done) => {
                    end = Some(done);
                    break;
                }
            }
            if spans.len() + lines.len() < limits::TELEMETRY_BATCH_MAX {
                let left = until.saturating_duration_since(Instant::now());
                next = items.recv_timeout(left).ok();
            }
        }
        if !spans.is_empty() {
            let n = spans.len();
            let resource_spans = group_spans_by_resource_and_scope(spans, resource);
            let body = ExportTraceServiceRequest { resource_spans }.encode_to_vec();
            way.send(Signal::Traces, n, &body, &WAITS);
            way.dropped.is_over(Signal::Traces, n);
        }
        if !lines.is_empty() {
            let pairs: Vec<_> = lines.iter().map(|(line, scope)| (line, scope)).collect();
            let resource_logs = group_logs_by_resource_and_scope(&LogBatch::new(&pairs), resource);
            let body = ExportLogsServiceRequest { resource_logs }.encode_to_vec();
            way.send(Signal::Logs, lines.len(), &body, &WAITS);
            way.dropped.is_over(Signal::Logs, lines.len());
        }
        if let Some(done) = end {
            let _ = done.try_send(());
        }
    }
}

/// Sends metrics, in a thread of their reader.
pub(super) struct Meters(pub(super) Arc<Way>);

impl PushMetricExporter for Meters {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let body = ExportMetricsServiceRequest::from(metrics).encode_to_vec();
        // Sums are sent again with the next ones.
        if self.0.send(Signal::Metrics, 1, &body, &[]) {
            return Ok(());
        }
        Err(OTelSdkError::InternalFailure(String::new()))
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}

/// Who tells: nothing of it comes from the environment.
pub(super) fn resource(pipeline: &str, instance: &str) -> Resource {
    let own = [
        (semconv::SERVICE_NAME, "weir".to_string()),
        (semconv::SERVICE_VERSION, env!("CARGO_PKG_VERSION").to_string()),
        (semconv::SERVICE_INSTANCE_ID, format!("{pipeline}/{instance}")),
    ];
    let own = own.map(|(name, value)| opentelemetry::KeyValue::new(name, value));
    Resource::builder_empty().with_schema_url(own, semconv::SCHEMA_URL).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use opentelemetry_proto::tonic::collector::trace::v1::ExportTracePartialSuccess;

    #[test]
    fn what_a_server_has_not_taken_is_counted() {
        let partial = ExportTracePartialSuccess { rejected_spans: 7, error_message: "x".into() };
        let said = ExportTraceServiceResponse { partial_success: Some(partial) }.encode_to_vec();
        assert_eq!(rejected(Signal::Traces, &said), 7);
        for said in [&b""[..], b"{}", b"<html>"] {
            assert_eq!(rejected(Signal::Traces, said), 0);
        }
        let dropped = Dropped::default();
        (0..5).for_each(|_| dropped.waits(Signal::Logs));
        dropped.is_over(Signal::Logs, 3);
        dropped.give_up();
        assert_eq!(dropped.sum(), 2, "what waited as the time was over");
    }
}
