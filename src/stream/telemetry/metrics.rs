//! Every metric, in one table that `/metrics` and OTLP both read, and how long batches take.

use super::semconv;
use crate::stream::{Progress, Status};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Histogram, Meter};
use opentelemetry::trace::TraceId;
use prometheus_client::encoding::{EncodeMetric, MetricEncoder};
use prometheus_client::metrics::exemplar::HistogramWithExemplars;
use std::sync::Arc;

/// What a metric's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It is what it is by now: a whole number.
    Level,
    /// The same, and no whole number.
    Rate,
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Of a counter.
    Count(u64),
    /// Of a level.
    Level(i64),
    /// Of a rate.
    Rate(f64),
}

/// Names that a person wrote, codes, numbers: never more.
pub type Labels = Vec<(&'static str, String)>;

/// A metric, and how it is read.
#[derive(Clone, Copy)]
pub struct Metric {
    /// Its name in `/metrics`; over OTLP `weir.records` for `weir_records`.
    pub name: &'static str,
    /// What it says.
    pub help: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Gives each value, with its labels beside pipeline and instance.
    pub read: fn(&Status, &mut dyn FnMut(Value, Labels)),
}

impl std::fmt::Debug for Metric {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! metrics {
    ($($name:literal $kind:ident $help:literal $read:expr;)*) => {
        &[$(Metric { name: $name, help: $help, kind: Kind::$kind, read: $read }),*]
    };
}

/// Every metric but [`BATCH_SECONDS`].
pub const METRICS: &[Metric] = metrics! {
    "weir_records" Counter "Records that were committed, by what became of them" |status, give| {
        let refused = status.refusals.values().sum();
        for (outcome, n) in [("clean", status.clean), ("refused", refused)] {
            give(Value::Count(n), vec![("outcome", outcome.into())]);
        }
    };
    "weir_refusals" Counter "Refused records, by code" |status, give| {
        for (code, n) in &status.refusals {
            give(Value::Count(*n), vec![("code", code.clone())]);
        }
    };
    "weir_canaries" Counter "Canaries that were committed, in their own topics or refused"
        |status, give| give(Value::Count(status.canaries), vec![]);
    "weir_transactions" Counter "Committed transactions, or batches at least once"
        |status, give| give(Value::Count(status.transactions), vec![]);
    "weir_aborts" Counter "Transactions that were aborted"
        |status, give| give(Value::Count(status.aborts), vec![]);
    "weir_rebuilds" Counter "Producers that were replaced after a doubt"
        |status, give| give(Value::Count(status.rebuilds), vec![]);
    "weir_rebalances" Counter "Times that partitions were assigned"
        |status, give| give(Value::Count(status.rebalances), vec![]);
    "weir_lag_records" Level "Offsets between the next one to be read and the last stable one"
        |status, give| {
        for one in &status.partitions {
            let (topic, partition) = (one.topic.clone(), one.partition.to_string());
            if let Some(lag) = one.lag {
                give(Value::Level(lag), vec![("topic", topic), ("partition", partition)]);
            }
        }
    };
    "weir_term_days" Level "Days that are left of a term which the pipeline rests on, today not among them"
        |status, give| {
        for one in &status.terms {
            let labels = vec![("destination", one.destination.clone()), ("term", one.term.clone())];
            give(Value::Level(one.days), labels);
        }
    };
    "weir_ready" Level "1 when every worker works"
        |status, give| give(Value::Level(status.ready.into()), vec![]);
    "weir_live" Level "1 when no worker hangs"
        |status, give| give(Value::Level(status.live.into()), vec![]);
    "weir_density" Rate "Values for each clean record in the last window, by field and class"
        |status, give| {
        for one in &status.density {
            let labels = vec![("field", one.field.clone()), ("class", one.class.clone())];
            give(Value::Rate(one.values), labels);
        }
    };
    "weir_unusual" Counter "Times that refusals or values became unusual" |status, give| {
        for (of, n) in &status.signals {
            let of = of.clone();
            let first = [("signal", of.signal), ("code", of.code)];
            let all = first.into_iter().chain([("field", of.field), ("class", of.class)]);
            give(Value::Count(*n), all.collect());
        }
    };
    "weir_last_commit_seconds" Level "Seconds since any worker last committed a batch"
        |status, give| {
        let last = status.workers.iter().filter_map(|worker| worker.last_commit_seconds).min();
        if let Some(last) = last {
            give(Value::Level(last as i64), vec![]);
        }
    };
    "weir_telemetry_dropped" Counter "Spans, log lines and pages of metrics that --otlp did not take"
        |status, give| {
        for (signal, n) in &status.telemetry_dropped {
            give(Value::Count(*n), vec![("signal", signal.clone())]);
        }
    };
};

/// The histogram of how long batches take, in `/metrics`; over OTLP it is `messaging.process.duration`.
pub const BATCH_SECONDS: (&str, &str) =
    ("weir_batch_seconds", "Seconds from a batch's first record to its commit");

/// How long batches take; the last of each bucket that was traced says by which trace.
#[derive(Clone, Debug)]
pub struct BatchSeconds(HistogramWithExemplars<Vec<(&'static str, String)>>);

impl Default for BatchSeconds {
    fn default() -> Self {
        BatchSeconds(HistogramWithExemplars::new(semconv::DURATION_BOUNDS.into_iter()))
    }
}

impl BatchSeconds {
    pub(super) fn observe(&self, seconds: f64, trace: Option<TraceId>) {
        let exemplar = trace.map(|trace| vec![("trace_id", trace.to_string())]);
        self.0.observe(seconds, exemplar, None);
    }

    /// As `/metrics` has it.
    pub fn encode(&self, encoder: MetricEncoder<'_>) -> std::fmt::Result {
        self.0.encode(encoder)
    }
}

/// Has the table read each time that metrics are sent; gives the histogram.
pub(super) fn register(
    meter: &Meter,
    progress: &Arc<Progress>,
    (pipeline, instance): (&str, &str),
) -> Histogram<f64> {
    for metric in METRICS {
        let (name, read) = (semconv::metric(metric.name), metric.read);
        let (progress, pipeline, instance) =
            (Arc::clone(progress), pipeline.to_string(), instance.to_string());
        let status = move || progress.status(&pipeline, &instance);
        let named = |labels: Labels| -> Vec<KeyValue> {
            labels.into_iter().map(|(name, value)| KeyValue::new(name, value)).collect()
        };
        match metric.kind {
            Kind::Counter => drop(
                meter
                    .u64_observable_counter(name)
                    .with_description(metric.help)
                    .with_callback(move |observer| {
                        read(&status(), &mut |value, labels| {
                            if let Value::Count(n) = value {
                                observer.observe(n, &named(labels));
                            }
                        });
                    })
                    .build(),
            ),
            Kind::Level => drop(
                meter
                    .i64_observable_gauge(name)
                    .with_description(metric.help)
                    .with_callback(move |observer| {
                        read(&status(), &mut |value, labels| {
                            if let Value::Level(n) = value {
                                observer.observe(n, &named(labels));
                            }
                        });
                    })
                    .build(),
            ),
            Kind::Rate => drop(
                meter
                    .f64_observable_gauge(name)
                    .with_description(metric.help)
                    .with_callback(move |observer| {
                        read(&status(), &mut |value, labels| {
                            if let Value::Rate(n) = value {
                                observer.observe(n, &named(labels));
                            }
                        });
                    })
                    .build(),
            ),
        }
    }
    meter
        .f64_histogram(semconv::DURATION)
        .with_unit("s")
        .with_description(BATCH_SECONDS.1)
        .with_boundaries(semconv::DURATION_BOUNDS.to_vec())
        .build()
}
