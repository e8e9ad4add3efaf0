//! What a worker's batches were like, as spans: one for the batch, linked with the traces of its records, and
//! one for each thing that was done to it. Without a server of telemetry nothing here allocates.

use super::context;
use super::semconv::{self, Operation};
use super::{Event, Inner, Telemetry, tell};
use crate::limits;
use crate::phi::Code;
use crate::policy::{Basis, Pipeline, Sink};
use crate::stream::clock::system;
use crate::stream::outlet::Trouble;
use crate::stream::records::{Origin, Topics};
use crate::stream::{Failure, Load, Progress, Step};
use opentelemetry::KeyValue;
use opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry_sdk::trace::{IdGenerator, SpanData, SpanEvents, SpanLinks};
use std::cell::Cell;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

/// The traces of one worker. Batches come one by one.
pub(in crate::stream) struct Traces<'a> {
    on: Option<Arc<Inner>>,
    progress: &'a Progress,
    topics: &'a Topics,
    worker: u16,
    /// The consumer group, and what its member and its producer are called.
    names: [KeyValue; 2],
    /// A record's trace context may go along.
    carries: bool,
    /// Anything may be told of it: not under `safe_harbor`.
    may: bool,
    began: Option<Instant>,
    records: usize,
    batch: Option<Batch>,
    /// What is being done, since when.
    step: Option<(Step, SystemTime)>,
}

/// A batch, from its first record to its commit.
struct Batch {
    trace: TraceId,
    span: SpanId,
    start: SystemTime,
    /// Drawn, or because a record of it is.
    is_sampled: bool,
    links: SpanLinks,
    carried: Vec<Carried>,
    /// `None` where they are several.
    topic: Option<u16>,
    partition: Option<i32>,
    /// The records were read, which is told already.
    is_read: bool,
    /// Since when it is committed.
    settles: Option<SystemTime>,
}

/// A record whose own trace goes on behind weir.
struct Carried {
    record: usize,
    from: SpanContext,
    partition: i32,
    span: SpanId,
    /// It went out; a refused one does not.
    is_sent: Cell<bool>,
}

/// A span, without what all have in common.
struct Told {
    operation: Operation,
    kind: SpanKind,
    topic: Option<String>,
    start: SystemTime,
    more: Vec<KeyValue>,
    error: Option<Code>,
}

impl<'a> Traces<'a> {
    pub(in crate::stream) fn of(
        telemetry: &Telemetry,
        pipeline: &Pipeline,
        topics: &'a Topics,
        progress: &'a Progress,
        (worker, client): (u16, &str),
    ) -> Traces<'a> {
        let on = telemetry.0.clone();
        let listed = match &pipeline.sink {
            Sink::Topic { headers, .. } => headers.iter().any(|name| name == context::HEADER),
            _ => false,
        };
        // Whoever knows a trace knows what else happened in it, and when.
        let may = pipeline.plan.basis != Basis::SafeHarbor;
        Traces {
            carries: may && (on.is_some() || listed),
            may,
            on,
            progress,
            topics,
            worker,
            names: [
                KeyValue::new(semconv::GROUP, format!("weir.{}", pipeline.name)),
                KeyValue::new(semconv::CLIENT, client.to_string()),
            ],
            began: None,
            records: 0,
            batch: None,
            step: None,
        }
    }

    /// A record joined the batch.
    pub(in crate::stream) fn polled(&mut self, origin: &Origin) {
        let record = self.records;
        self.records += 1;
        if self.began.is_none() {
            self.began = Some(Instant::now());
        }
        let Some(on) = &self.on else { return };
        let may = self.may;
        let batch = self.batch.get_or_insert_with(|| Batch::new(on, origin));
        batch.topic = batch.topic.filter(|topic| *topic == origin.topic);
        batch.partition = batch.partition.filter(|partition| *partition == origin.partition);
        // A link would tie the record's own trace, and when that was, to where the record went.
        let from = may.then(|| context::of(origin.headers.as_ref())).flatten();
        let Some(from) = from.filter(SpanContext::is_sampled) else { return };
        batch.is_sampled = true;
        if batch.links.links.len() == limits::TRACE_LINKS_MAX {
            batch.links.dropped_count += 1;
            return;
        }
        batch.links.links.push(Link::new(from.clone(), Vec::new(), 0));
        if self.carries {
            let (span, partition) = (on.ids.new_span_id(), origin.partition);
            let is_sent = Cell::new(false);
            batch.carried.push(Carried { record, from, partition, span, is_sent });
        }
    }

    /// The header of a clean record's trace context: that of a span of its own where there is one, else the one
    /// that it came with.
    pub(in crate::stream) fn carry(
        &self,
        record: usize,
        origin: &Origin,
    ) -> Option<(&'static str, String)> {
        if !self.carries {
            return None;
        }
        let from = context::of(origin.headers.as_ref())?;
        let carried = self.batch.as_ref().and_then(|batch| {
            let at = batch.carried.binary_search_by_key(&record, |one| one.record).ok()?;
            Some(&batch.carried[at])
        });
        let context = match carried {
            Some(one) => {
                one.is_sent.set(true);
                let (trace, flags) = (from.trace_id(), from.trace_flags());
                SpanContext::new(trace, one.span, flags, false, TraceState::NONE)
            }
            None => from,
        };
        Some((context::HEADER, context::format(&context)))
    }

    /// The worker takes a step.
    pub(in crate::stream) fn at(&mut self, step: Step) {
        if matches!(step, Step::Poll(_)) {
            return;
        }
        tell(Event::Step(self.worker, step));
        if self.batch.as_ref().is_some_and(|batch| batch.is_sampled) {
            self.step = Some((step, system()));
        }
    }

    /// The step was taken.
    pub(in crate::stream) fn done(&mut self, step: Step) {
        self.tell_step(None);
        if step == Step::Commit(Load::Batch) {
            self.over(None);
        }
    }

    /// The step failed. A batch whose failure does not pass is read again, and is another one then.
    /// `last` is what failed last, where the trouble itself does not say.
    pub(in crate::stream) fn failed(&mut self, trouble: &Trouble, last: Option<Code>) {
        let (code, passes) = match trouble {
            Trouble::Kafka(_) => (Code::KafkaFailed, false),
            Trouble::Ends(fault) => (fault.code, false),
            Trouble::Failure(failure) => {
                (last.unwrap_or(Code::KafkaFailed), *failure == Failure::Passing)
            }
        };
        self.tell_step(Some(code));
        if !passes {
            self.over(Some(code));
        }
    }

    /// What was read is thrown away.
    pub(in crate::stream) fn forget(&mut self) {
        (self.began, self.records, self.batch, self.step) = (None, 0, None, None);
    }

    /// The batch is at its end.
    fn over(&mut self, error: Option<Code>) {
        let seconds = self.began.map(|began| began.elapsed().as_secs_f64());
        let (records, batch) = (self.records, self.batch.take());
        self.forget();
        let Some(seconds) = seconds else { return };
        let trace = batch.as_ref().filter(|batch| batch.is_sampled).map(|batch| batch.trace);
        if error.is_none() {
            self.progress.batch_seconds().observe(seconds, trace);
            tell(Event::Committed(self.worker, records, seconds));
        }
        let (Some(on), Some(batch)) = (&self.on, batch) else { return };
        let topic = batch.topic.map(|topic| self.topics.sources[usize::from(topic)].clone());
        let mut measured = Operation::Process.attributes(topic.as_deref());
        measured.push(self.names[0].clone());
        measured.extend(error.map(|code| KeyValue::new(semconv::ERROR, code.id())));
        on.duration.record(seconds, &measured);
        if !batch.is_sampled {
            return;
        }
        let partition = batch.partition.map(|n| KeyValue::new(semconv::PARTITION, n.to_string()));
        let count = KeyValue::new(semconv::COUNT, records as i64);
        let told = Told {
            operation: Operation::Process,
            kind: SpanKind::Consumer,
            topic,
            start: batch.start,
            more: partition.into_iter().chain([count]).collect(),
            error,
        };
        let of = sampled(batch.trace, batch.span);
        let span = self.span(on, told, of, (SpanId::INVALID, false));
        on.queue.span(SpanData { links: batch.links, ..span });
    }

    /// The step that was taken, as a span below the batch's.
    fn tell_step(&mut self, error: Option<Code>) {
        let Some((step, start)) = self.step.take() else { return };
        let (Some(on), Some(batch)) = (&self.on, &self.batch) else { return };
        let source = batch.topic.map(|topic| self.topics.sources[usize::from(topic)].clone());
        let count = || vec![KeyValue::new(semconv::COUNT, self.records as i64)];
        let child = |operation, kind, topic, start, more, error| {
            let told = Told { operation, kind, topic, start, more, error };
            let of = sampled(batch.trace, on.ids.new_span_id());
            self.span(on, told, of, (batch.span, false))
        };
        let (mut is_read, mut settles) = (batch.is_read, batch.settles);
        match step {
            Step::Clean => {
                if !is_read {
                    let read = (Operation::Poll, SpanKind::Client, source);
                    let poll = child(read.0, read.1, read.2, batch.start, count(), None);
                    // It ended where this began.
                    on.queue.span(SpanData { end_time: start, ..poll });
                    is_read = true;
                }
                let (operation, kind) = (Operation::Clean, SpanKind::Internal);
                on.queue.span(child(operation, kind, None, start, vec![], error));
            }
            Step::Produce(Load::Batch) => {
                let (operation, kind) = (Operation::Send, SpanKind::Producer);
                let clean = Some(self.topics.clean.clone());
                let send = child(operation, kind.clone(), clean.clone(), start, count(), error);
                let below = send.span_context.clone();
                on.queue.span(send);
                for one in batch.carried.iter().filter(|one| one.is_sent.get()) {
                    let n = KeyValue::new(semconv::PARTITION, one.partition.to_string());
                    let (kind, topic) = (kind.clone(), clean.clone());
                    let told = Told { operation, kind, topic, start, more: vec![n], error };
                    let of = sampled(one.from.trace_id(), one.span);
                    let span = self.span(on, told, of, (one.from.span_id(), true));
                    let mut links = SpanLinks::default();
                    links.links.push(Link::new(below.clone(), Vec::new(), 0));
                    on.queue.span(SpanData { links, ..span });
                }
            }
            Step::Offsets if error.is_none() => settles = Some(start),
            Step::Offsets | Step::Commit(Load::Batch) => {
                let (operation, kind) = (Operation::Commit, SpanKind::Client);
                let start = settles.unwrap_or(start);
                on.queue.span(child(operation, kind, source, start, count(), error));
            }
            _ => {}
        }
        if let Some(batch) = &mut self.batch {
            (batch.is_read, batch.settles) = (is_read, settles);
        }
    }

    fn span(
        &self,
        on: &Inner,
        told: Told,
        span_context: SpanContext,
        (parent_span_id, parent_span_is_remote): (SpanId, bool),
    ) -> SpanData {
        let mut attributes = told.operation.attributes(told.topic.as_deref());
        if told.operation != Operation::Clean {
            attributes.extend(
                self.names.iter().skip(usize::from(told.kind == SpanKind::Producer)).cloned(),
            );
        }
        attributes.extend(told.more);
        attributes.extend(told.error.map(|code| KeyValue::new(semconv::ERROR, code.id())));
        SpanData {
            span_context,
            parent_span_id,
            parent_span_is_remote,
            span_kind: told.kind,
            name: told.operation.span_name(told.topic.as_deref()).into(),
            start_time: told.start,
            end_time: system(),
            attributes,
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: told.error.map_or(Status::Unset, |code| Status::error(code.entry().title)),
            instrumentation_scope: on.scope.clone(),
        }
    }
}

impl Batch {
    fn new(on: &Inner, origin: &Origin) -> Batch {
        let trace = on.ids.new_trace_id();
        Batch {
            trace,
            span: on.ids.new_span_id(),
            start: system(),
            is_sampled: is_drawn(trace, on.share),
            links: SpanLinks::default(),
            carried: Vec::new(),
            topic: Some(origin.topic),
            partition: Some(origin.partition),
            is_read: false,
            settles: None,
        }
    }
}

fn sampled(trace: TraceId, span: SpanId) -> SpanContext {
    SpanContext::new(trace, span, TraceFlags::SAMPLED, false, TraceState::NONE)
}

/// Whether a trace is kept: by its id alone, as other programs draw with the same share.
fn is_drawn(trace: TraceId, share: f64) -> bool {
    let [.., a, b, c, d, e, f, g, h] = trace.to_bytes();
    let low = u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 1;
    share >= 1.0 || (low as f64) < share.max(0.0) * (1_u64 << 63) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Fault;
    use rdkafka::message::{Header, OwnedHeaders};

    fn traces<'a>(of: &Telemetry, topics: &'a Topics, progress: &'a Progress) -> Traces<'a> {
        Traces {
            on: of.0.clone(),
            progress,
            topics,
            worker: 0,
            names: [KeyValue::new(semconv::GROUP, "g"), KeyValue::new(semconv::CLIENT, "c")],
            carries: true,
            may: true,
            began: None,
            records: 0,
            batch: None,
            step: None,
        }
    }

    fn record(topic: u16, n: i64) -> Origin {
        let context = format!("00-abcdef{n:026x}-abcdef{n:010x}-01");
        let header = Header { key: context::HEADER, value: Some(&context) };
        Origin {
            topic,
            partition: 0,
            offset: n,
            timestamp: None,
            headers: Some(OwnedHeaders::new().insert(header)),
            canary: None,
            written: None,
            prefix: None,
        }
    }

    /// What spans are called, and their codes of error.
    fn said(spans: &[SpanData]) -> Vec<String> {
        let error = |span: &SpanData| {
            let found = span.attributes.iter().find(|one| one.key.as_str() == semconv::ERROR);
            let is_error = matches!(span.status, Status::Error { .. });
            assert_eq!(found.is_some(), is_error);
            found.map(|one| format!(" {}", one.value)).unwrap_or_default()
        };
        spans.iter().map(|span| format!("{}{}", span.name, error(span))).collect()
    }

    /// A step that fails says by which code, and the batch with it; one whose failure passes goes on.
    #[test]
    fn a_failure_stands_in_its_step_and_its_batch() {
        let (of, taken) = Telemetry::held();
        let (topics, progress) = (Topics::for_tests(), Progress::default());
        let mut traces = traces(&of, &topics, &progress);
        (0..2).for_each(|n| traces.polled(&record(0, n)));
        let passing = Trouble::Failure(Failure::Passing);
        traces.at(Step::Clean);
        traces.failed(&passing, Some(Code::SubjectsUnreachable));
        traces.at(Step::Clean);
        traces.done(Step::Clean);
        let first = taken();
        assert_eq!(said(&first), ["poll notes", "clean W0321", "clean"]);
        traces.at(Step::Produce(Load::Batch));
        let fault = Fault::new(Code::NotAuthorised);
        traces.failed(&Trouble::Ends(fault), None);
        let code = Code::NotAuthorised.id();
        let last = taken();
        assert_eq!(said(&last), [format!("send clean {code}"), format!("process notes {code}")]);
        assert_eq!(last[1].links.links.len(), 2);
        for span in first.iter().chain(&last[..1]) {
            assert_eq!(span.parent_span_id, last[1].span_context.span_id());
        }
        // What is read again is another batch; of two topics it names none.
        traces.polled(&record(0, 0));
        traces.polled(&record(1, 0));
        traces.forget();
        traces.polled(&record(1, 0));
        traces.polled(&record(0, 0));
        traces.at(Step::Clean);
        traces.done(Step::Clean);
        traces.at(Step::Commit(Load::Batch));
        traces.done(Step::Commit(Load::Batch));
        let next = taken();
        assert_eq!(said(&next), ["poll", "clean", "commit", "process"]);
        assert_ne!(next[3].span_context.trace_id(), last[1].span_context.trace_id());
        assert_eq!(next[3].links.links.len(), 2);
    }

    #[test]
    fn links_have_a_bound_and_a_full_queue_drops() {
        let (of, taken) = Telemetry::held();
        let (topics, progress) = (Topics::for_tests(), Progress::default());
        let mut traces = traces(&of, &topics, &progress);
        let most = limits::TRACE_LINKS_MAX as i64;
        (0..most + 3).for_each(|n| traces.polled(&record(0, n)));
        let out = |traces: &Traces<'_>, n: i64| {
            let origin = record(0, n);
            let (key, value) = traces.carry(n as usize, &origin).expect("a context");
            let headers = OwnedHeaders::new().insert(Header { key, value: Some(&value) });
            (context::of(origin.headers.as_ref()), context::of(Some(&headers)))
        };
        let (from, to) = out(&traces, most);
        assert!(from.is_some() && from == to, "beyond the bound as it came");
        let (from, to) = out(&traces, most - 1);
        let ids = |context: Option<SpanContext>| context.map(|of| (of.trace_id(), of.span_id()));
        let (from, to) = (ids(from).expect("a context"), ids(to).expect("a context"));
        assert!(from.0 == to.0 && from.1 != to.1, "its own trace, and a span of weir's");
        traces.over(None);
        let spans = taken();
        let links = &spans[0].links;
        assert_eq!((links.links.len(), links.dropped_count), (limits::TRACE_LINKS_MAX, 3));
        // The queue of this test has eight places.
        for _ in 0..10 {
            traces.polled(&record(0, 0));
            traces.over(None);
        }
        assert_eq!(taken().len(), 8);
        assert_eq!(of.0.as_ref().map(|on| on.dropped.sum()), Some(2));
    }

    #[test]
    fn without_a_server_nothing_is_kept_of_a_batch() {
        let (topics, progress) = (Topics::for_tests(), Progress::default());
        let mut traces = traces(&Telemetry::default(), &topics, &progress);
        traces.polled(&record(0, 0));
        traces.at(Step::Clean);
        assert!(traces.batch.is_none() && traces.step.is_none());
        assert!(traces.began.is_some(), "how long it takes is in /metrics all the same");
        traces.done(Step::Commit(Load::Batch));
        assert!(traces.began.is_none());
    }

    #[test]
    fn traces_are_drawn_by_their_ids() {
        let of = |low: u64| TraceId::from(u128::from(low) | 1 << 100);
        assert!(is_drawn(of(u64::MAX), 1.0) && !is_drawn(of(0), 0.0));
        assert!(is_drawn(of(u64::MAX / 100 - 1_000_000), 0.01));
        assert!(!is_drawn(of(u64::MAX / 100 + 1_000_000), 0.01));
    }
}
