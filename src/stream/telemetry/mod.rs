//! What a process tells of itself, and the only place that it is told from: log lines here, spans in
//! `traces.rs`, metrics in `metrics.rs`. All of it is of these types, and none of them holds a free text, a
//! key or a value: codes, words of the program, numbers, names that a person wrote.

mod context;
mod metrics;
mod otlp;
mod semconv;
mod traces;

pub use metrics::{BATCH_SECONDS, BatchSeconds, Kind, Labels, METRICS, Metric, Value};

pub(in crate::stream) use context::is_of_context;
pub(in crate::stream) use otlp::Dropped;
pub(in crate::stream) use traces::Traces;

use crate::limits;
use crate::lineage::{Series, Signal};
use crate::phi::Code;
use crate::policy::{Destination, Pipeline};
use crate::stream::records::{Origin, Topics};
use crate::stream::transport::Server;
use crate::stream::{Fault, Progress, Step};
use opentelemetry::InstrumentationScope;
use opentelemetry::metrics::{Histogram, MeterProvider};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_sdk::logs::{SdkLogger, SdkLoggerProvider};
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::trace::RandomIdGenerator;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What the log tells of a process.
#[derive(Clone, Copy, Debug)]
pub enum Notice<'a> {
    /// Health and metrics are served here.
    Listening(SocketAddr),
    /// A server does not answer at the start.
    AskingAgain(Option<Code>),
    /// A pipeline's run starts.
    RunStarts(&'a Pipeline),
    /// It has ended, or could not start: by this, or in order.
    RunEnds(&'a Pipeline, Option<Code>),
}

/// Writes a notice to the log.
pub fn notice(notice: Notice<'_>) {
    match notice {
        Notice::Listening(address) => tracing::info!(%address, "health and metrics"),
        Notice::AskingAgain(code) => {
            tracing::warn!(code = code.map(Code::id), "no answer; asking again");
        }
        Notice::RunStarts(pipeline) => {
            let (name, policy) = (&pipeline.name, pipeline.plan.policy_header());
            tracing::info!(pipeline = %name, %policy, "run starts");
        }
        Notice::RunEnds(pipeline, None) => tracing::info!(pipeline = %pipeline.name, "run ends"),
        Notice::RunEnds(pipeline, Some(code)) => {
            let (pipeline, title) = (&pipeline.name, code.entry().title);
            tracing::error!(%pipeline, code = code.id(), title, "run ends");
        }
    }
}

/// What the log tells of the work.
#[derive(Clone, Copy)]
pub(in crate::stream) enum Event<'a> {
    /// A call of a worker failed.
    Failed(&'a Fault),
    /// A committed event of lineage is not in its file.
    FileLacks(Code),
    /// Something is wrong with a server of lineage events.
    LineageUnsent(&'static str, Server<'a>),
    /// It has refused an event, with this status.
    LineageRefused(u16, Server<'a>),
    /// Refusals, or values, are not as they usually are.
    Unusual(&'a Series, Signal, f64, Option<f64>),
    /// The registry does not take the schema of clean records.
    SchemaRefused(&'a Fault),
    /// A writer schema has places that the plan does not cover.
    SchemaDrift(&'a Fault),
    /// A call of the client hangs.
    CallHangs(&'static str),
    /// The process ends by this.
    EndsBy(Code),
    /// The clean topic may have keys of older versions.
    KeysToCarry(&'a str),
    /// The server of telemetry does not take these.
    TelemetryUnsent(&'static str),
    /// A worker has committed so many records, so many seconds after the first was read.
    Committed(u16, usize, f64),
    /// A record goes to quarantine.
    Refused(Code, &'a Origin, &'a Topics),
    /// A worker takes a step.
    Step(u16, Step),
    /// A term of the destination ends in so many days.
    TermEnds(&'a Destination, &'static str, i64),
}

/// Writes an event to the log. A level that is off costs a look.
pub(in crate::stream) fn tell(event: Event<'_>) {
    match event {
        Event::Failed(fault) => {
            let code = fault.code.id();
            tracing::warn!(code, error = %fault.about, "{}", fault.code.entry().title);
        }
        Event::FileLacks(code) => {
            tracing::warn!(code = code.id(), "the lineage file lacks an event");
        }
        Event::LineageUnsent(what, Server(server)) => {
            tracing::warn!(code = Code::LineageUnsent.id(), server, "{what}");
        }
        Event::LineageRefused(status, Server(server)) => {
            let code = Code::LineageUnsent.id();
            tracing::warn!(code, status, server, "a lineage event was refused");
        }
        Event::Unusual(series, signal, now, usual) => {
            let signal = signal.name();
            match series {
                Series::Refused(code) => {
                    tracing::warn!(code, signal, now, usual, "refusals are unusual");
                }
                Series::Values(field, class) => {
                    tracing::warn!(field, class, signal, now, usual, "values are unusual");
                }
            }
        }
        Event::SchemaRefused(fault) => {
            let code = fault.code.id();
            tracing::warn!(code, schema = %fault.about, "{}", fault.code.entry().title);
        }
        Event::SchemaDrift(fault) => {
            tracing::warn!(code = fault.code.id(), schema = %fault.about, "schema drift");
        }
        Event::CallHangs(call) => {
            let code = Code::Watchdog;
            tracing::error!(code = code.id(), call, "{}", code.entry().title);
        }
        Event::EndsBy(code) => tracing::error!(code = code.id(), "{}", code.entry().title),
        Event::KeysToCarry(topic) => tracing::warn!(
            topic,
            "the compacted clean topic may have keys of older versions: stop the pipeline and start \
             it with --retokenize-topic --reason WHY"
        ),
        Event::TelemetryUnsent(signal) => {
            let code = Code::TelemetryUnsent;
            tracing::warn!(code = code.id(), signal, "{}", code.entry().title);
        }
        Event::Committed(worker, records, seconds) => {
            tracing::debug!(worker, records, seconds, "a batch is committed");
        }
        Event::Refused(code, origin, topics) => {
            let topic = topics.sources.get(usize::from(origin.topic));
            let (partition, offset) = (origin.partition, origin.offset);
            tracing::trace!(code = code.id(), topic, partition, offset, "a record is refused");
        }
        Event::TermEnds(destination, term, days) => {
            let destination = &destination.name;
            tracing::warn!(%destination, term, days, "a term of the destination ends");
        }
        Event::Step(worker, step) => tracing::trace!(worker, step = ?step, "a step"),
    }
}

/// Where telemetry goes.
#[derive(Clone, Debug)]
pub struct OtlpSettings {
    /// The server's base address.
    pub url: String,
    /// A file with a bearer token.
    pub token_file: Option<PathBuf>,
    /// The certificates that vouch for the server, as PEM.
    pub ca: Option<PathBuf>,
    /// The share of batches whose trace is kept though none of their records' is: 0 to 1.
    pub share: f64,
}

/// What a process tells, if it tells anybody. Off by default.
#[derive(Clone, Default)]
pub struct Telemetry(Option<Arc<Inner>>);

struct Inner {
    way: Arc<otlp::Way>,
    queue: otlp::Queue,
    meters: SdkMeterProvider,
    logs: SdkLoggerProvider,
    duration: Histogram<f64>,
    scope: InstrumentationScope,
    ids: RandomIdGenerator,
    share: f64,
    dropped: Arc<Dropped>,
}

impl std::fmt::Debug for Telemetry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Telemetry(on)" } else { "Telemetry(off)" })
    }
}

impl Telemetry {
    /// Finds what would fail: an address, a secret's file. Whether anybody answers is seen later.
    pub fn open(
        settings: &OtlpSettings,
        insecure: Option<&str>,
        (pipeline, instance): (&str, &str),
        progress: &Arc<Progress>,
    ) -> Result<Telemetry, Fault> {
        let dropped = Arc::new(Dropped::default());
        let way = Arc::new(otlp::Way::open(settings, insecure, &dropped)?);
        progress.telemetry_is(&dropped);
        let resource = otlp::resource(pipeline, instance);
        let queue = otlp::Queue::start(&way, &resource)?;
        let every = Duration::from_millis(limits::TELEMETRY_METRICS_MILLIS);
        let reader = PeriodicReader::builder(otlp::Meters(Arc::clone(&way)));
        let meters = SdkMeterProvider::builder()
            .with_resource(resource.clone())
            .with_reader(reader.with_interval(every).build())
            .build();
        let scope = InstrumentationScope::builder(semconv::SCOPE)
            .with_version(env!("CARGO_PKG_VERSION"))
            .with_schema_url(semconv::SCHEMA_URL)
            .build();
        let meter = meters.meter_with_scope(scope.clone());
        let duration = metrics::register(&meter, progress, (pipeline, instance));
        let logs = SdkLoggerProvider::builder()
            .with_resource(resource)
            .with_log_processor(queue.clone())
            .build();
        let (ids, share) = (RandomIdGenerator::default(), settings.share);
        let inner = Inner { way, queue, meters, logs, duration, scope, ids, share, dropped };
        Ok(Telemetry(Some(Arc::new(inner))))
    }

    /// One whose spans a test looks at.
    #[cfg(test)]
    fn held() -> (Telemetry, impl Fn() -> Vec<opentelemetry_sdk::trace::SpanData>) {
        let dropped = Arc::new(Dropped::default());
        let url = "http://127.0.0.1:1".to_string();
        let settings = OtlpSettings { url, token_file: None, ca: None, share: 0.0 };
        let way = otlp::Way::open(&settings, None, &dropped).expect("a way");
        let (queue, taken) = otlp::Queue::held(&dropped);
        let meters = SdkMeterProvider::builder().build();
        let inner = Inner {
            way: Arc::new(way),
            queue,
            duration: meters.meter("t").f64_histogram("t").build(),
            meters,
            logs: SdkLoggerProvider::builder().build(),
            scope: InstrumentationScope::builder(semconv::SCOPE).build(),
            ids: RandomIdGenerator::default(),
            share: settings.share,
            dropped,
        };
        (Telemetry(Some(Arc::new(inner))), taken)
    }

    /// What takes the log's lines along.
    pub fn bridge(&self) -> Option<OpenTelemetryTracingBridge<SdkLoggerProvider, SdkLogger>> {
        self.0.as_ref().map(|on| OpenTelemetryTracingBridge::new(&on.logs))
    }

    /// Waits a while for what is still to be sent; gives how much was dropped since the start.
    pub fn finish(&self) -> u64 {
        let Some(on) = &self.0 else { return 0 };
        let until = Instant::now() + Duration::from_millis(limits::TELEMETRY_DRAIN_MILLIS_MAX);
        on.queue.finish(&on.way, until);
        // The last sums: one request, which has a deadline.
        let _ = on.meters.shutdown();
        on.dropped.sum()
    }
}
