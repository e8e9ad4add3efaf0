//! Telemetry, as a server hears it that decodes OTLP: spans and their links, metrics, the log; trace context
//! from record to record; and that none of it has anything of anybody.

use crate::broker::{
    Feeder, PARTITIONS, Stage, config_of, console_rows, terminate, wait, wait_for,
};
use crate::kafka::words;
use crate::lineage::{files, in_folder};
use crate::proof;
use crate::status::{get, served};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::metrics::v1::{metric, number_data_point};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use weir_synth::{Generator, Patient};

const SOON: Duration = Duration::from_secs(60);

/// What a server was sent: the head of the request, and its body.
type Heard = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// A server of OTLP that takes everything.
struct Collector {
    address: String,
    heard: Heard,
}

impl Collector {
    fn start() -> Collector {
        Collector::answering(|_| "200 So")
    }

    /// One that answers so, by the head of the request.
    fn answering(answer: fn(&str) -> &'static str) -> Collector {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let heard = Heard::default();
        let seen = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || take(&stream, &seen, answer));
            }
        });
        Collector { address, heard }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn bodies<T: Message + Default>(&self, path: &str) -> Vec<T> {
        let head = format!("post {path} http/1.1");
        let heard = self.heard.lock().expect("no panic");
        let of = heard.iter().filter(|(said, _)| said.starts_with(&head));
        of.map(|(_, body)| T::decode(&body[..]).expect("OTLP")).collect()
    }

    fn spans(&self) -> Vec<Span> {
        let all = self.bodies::<ExportTraceServiceRequest>("/v1/traces");
        let scopes = all.into_iter().flat_map(|one| one.resource_spans).flat_map(|resource| {
            assert_eq!(resource.schema_url, SCHEMA);
            is_weir(&resource.resource.expect("a resource").attributes);
            resource.scope_spans
        });
        let spans = scopes.flat_map(|scope| {
            assert_eq!(scope.scope.expect("a scope").name, "weir");
            scope.spans
        });
        spans.collect()
    }

    /// The log, by the names of its scopes.
    fn lines(&self) -> Vec<(String, LogRecord)> {
        let all = self.bodies::<ExportLogsServiceRequest>("/v1/logs");
        let scopes = all.into_iter().flat_map(|one| one.resource_logs).flat_map(|resource| {
            is_weir(&resource.resource.expect("a resource").attributes);
            resource.scope_logs
        });
        let lines = scopes.flat_map(|scope| {
            let name = scope.scope.expect("a scope").name;
            scope.log_records.into_iter().map(move |line| (name.clone(), line))
        });
        lines.collect()
    }

    /// The last value of each metric, by its name and attributes; of histograms, how many.
    fn metrics(&self) -> BTreeMap<String, f64> {
        let all = self.bodies::<ExportMetricsServiceRequest>("/v1/metrics");
        let mut last = BTreeMap::new();
        let scopes = all.into_iter().flat_map(|one| one.resource_metrics).flat_map(|resource| {
            is_weir(&resource.resource.expect("a resource").attributes);
            resource.scope_metrics
        });
        for one in scopes.flat_map(|scope| scope.metrics) {
            let mut note = |attributes: &[KeyValue], value| {
                let named: Vec<_> = pairs(attributes).into_values().collect();
                last.insert(format!("{} {}", one.name, named.join(" ")).trim().to_string(), value);
            };
            match one.data.expect("data") {
                metric::Data::Sum(sum) => {
                    assert!(sum.is_monotonic && sum.aggregation_temporality == 2, "cumulative");
                    sum.data_points.iter().for_each(|at| note(&at.attributes, number(&at.value)));
                }
                metric::Data::Gauge(gauge) => {
                    gauge.data_points.iter().for_each(|at| note(&at.attributes, number(&at.value)));
                }
                metric::Data::Histogram(of) => {
                    of.data_points.iter().for_each(|at| note(&at.attributes, at.count as f64));
                }
                other => panic!("{other:?}"),
            }
        }
        last
    }
}

const SCHEMA: &str = "https://opentelemetry.io/schemas/1.37.0";

fn number(value: &Option<number_data_point::Value>) -> f64 {
    match value.as_ref().expect("a value") {
        number_data_point::Value::AsDouble(value) => *value,
        number_data_point::Value::AsInt(value) => *value as f64,
    }
}

/// Who tells, and nothing that stands in the environment.
fn is_weir(attributes: &[KeyValue]) {
    let pairs = pairs(attributes);
    let names: Vec<_> = pairs.keys().map(String::as_str).collect();
    assert_eq!(names, ["service.instance.id", "service.name", "service.version"]);
    assert_eq!(pairs["service.name"], "weir");
    assert!(pairs["service.instance.id"].ends_with("/0"), "{pairs:?}");
}

fn pairs(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |one: &KeyValue| match one.value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(any_value::Value::StringValue(text)) => text.clone(),
        Some(any_value::Value::IntValue(n)) => n.to_string(),
        other => format!("{other:?}"),
    };
    attributes.iter().map(|one| (one.key.clone(), text(one))).collect()
}

fn take(stream: &TcpStream, heard: &Heard, answer: fn(&str) -> &'static str) {
    let mut reader = BufReader::new(stream);
    let mut out = stream;
    loop {
        let (mut head, mut line) = (String::new(), String::new());
        while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
            head.push_str(&line.to_lowercase());
            line.clear();
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let Some(length) = length.and_then(|length| length.trim().parse().ok()) else { return };
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("a body");
        let status = answer(&head);
        heard.lock().expect("no panic").push((head, body));
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        if out.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Sends records with headers.
struct Sends(BaseProducer);

impl Sends {
    fn new() -> Sends {
        Sends(config_of().create().expect("a producer"))
    }

    fn send(
        &self,
        topic: &str,
        partition: i32,
        (key, value): (&str, &[u8]),
        headers: &[(&str, &str)],
    ) {
        let headers = headers.iter().fold(OwnedHeaders::new(), |all, (key, value)| {
            all.insert(Header { key, value: Some(*value) })
        });
        let record = BaseRecord::to(topic).key(key).payload(value).partition(partition);
        self.0.send(record.headers(headers)).map_err(|(error, _)| error).expect("sends");
    }

    fn done(&self) {
        self.0.flush(SOON).expect("flushes");
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// The trace and the span of record `n`, as its producer has them.
fn ids(n: u64) -> (String, String) {
    (format!("abcdef{n:026x}"), format!("fedcba{n:010x}"))
}

fn parent_of(n: u64, flags: &str) -> String {
    let (trace, span) = ids(n);
    format!("00-{trace}-{span}-{flags}")
}

/// A command in whose environment somebody has set what would switch other programs' telemetry.
fn with_variables(mut command: Command, elsewhere: &str) -> Command {
    for (name, value) in [
        ("OTEL_SDK_DISABLED", "true"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
        ("OTEL_SPAN_LINK_COUNT_LIMIT", "0"),
        ("OTEL_RESOURCE_ATTRIBUTES", "host.name=somewhere,patient=somebody"),
        ("OTEL_SERVICE_NAME", "another"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-from=environment"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", elsewhere),
        ("RUST_LOG", "trace"),
    ] {
        command.env(name, value);
    }
    command
}

const N: u64 = 400;

/// Whether a trace is kept, and of some of each that its id is random.
fn flags_of(n: u64) -> &'static str {
    match n % 8 {
        0 => "01",
        4 => "03",
        1 => "00",
        _ => "02",
    }
}

/// Of four records one has a trace that is kept, one a trace that is not, one a header that is none.
fn feed_traced(stage: &Stage, generator: &Generator) {
    let (sends, source) = (Sends::new(), stage.topic("source"));
    for n in 0..N {
        let mut note = generator.note(n);
        if n % 100 == 8 {
            note.value = note.value.replacen('{', r#"{"maiden_name":"Canaryman","#, 1);
        }
        let parent = match n % 4 {
            0 | 1 => parent_of(n, flags_of(n)),
            2 => parent_of(n, "01").to_uppercase(),
            _ => String::new(),
        };
        let mut headers = vec![("tracestate", "vendor=somebody"), ("baggage", "patient=somebody")];
        headers.extend((n % 4 < 3).then_some(("traceparent", parent.as_str())));
        let partition = ((n / 4) % PARTITIONS as u64) as i32;
        sends.send(&source, partition, (&note.key, note.value.as_bytes()), &headers);
    }
    sends.done();
}

/// The trace context that a record of the clean topic has, by the source's place.
fn context_of(stage: &Stage) -> BTreeMap<String, Option<String>> {
    let rows = console_rows(&stage.topic("clean"));
    let of = |row: &crate::broker::Row| {
        let headers: BTreeMap<_, _> =
            row.headers.split(',').filter_map(|one| one.split_once(':')).collect();
        for dropped in ["tracestate", "baggage"] {
            assert!(!headers.contains_key(dropped), "{}", row.headers);
        }
        let value = headers.get("traceparent").map(ToString::to_string);
        (headers.get("weir-source").map_or(row.value.clone(), |at| Some(at.to_string())), value)
    };
    let named = rows.iter().map(of);
    named.map(|(at, value)| (at.expect("a place"), value)).collect()
}

/// Spans of batches with their children, linked with the records' traces, which go on in the clean topic;
/// sums that are those of the topic; the log. Variables of the environment change nothing of it.
#[test]
fn a_collector_hears_of_every_batch_and_traces_go_on_behind_it() {
    let listed = "headers: [content-type, traceparent, tracestate, baggage]";
    let stage = proof::staged("telemetry", |text| text.replace("headers: [content-type]", listed));
    let generator = Generator::new(91, 30);
    feed_traced(&stage, &generator);
    let (collector, elsewhere) = (Collector::start(), Collector::start());
    let token = stage.folder.0.join("token");
    std::fs::write(&token, "a-token\n").expect("writes");
    let mut command = with_variables(proof::run(&stage), &elsewhere.url());
    command.args(["--otlp", &collector.url(), "--trace-share", "1", "--listen", "127.0.0.1:0"]);
    command.arg("--otlp-token-file").arg(&token);
    let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
    let (at, log) = served(&mut child);
    wait_for(&stage, N as i64, SOON);
    let deadline = Instant::now() + SOON;
    let metrics = loop {
        let metrics = get(&at, "/metrics").1;
        if metrics.contains("outcome=\"clean\"} 396") {
            break metrics;
        }
        assert!(Instant::now() < deadline, "{metrics}");
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(terminate(child).status.success());
    let log = log.join().expect("no panic");
    assert!(!log.contains("W0448") && !log.contains("a-token"), "{log}");
    assert!(elsewhere.heard.lock().expect("no panic").is_empty(), "nothing by the environment");
    for (head, _) in collector.heard.lock().expect("no panic").iter() {
        assert!(head.contains("content-type: application/x-protobuf"), "{head}");
        assert!(head.contains("authorization: bearer a-token"), "{head}");
        assert!(!head.contains("x-from"), "{head}");
    }

    let spans = collector.spans();
    let (source, clean) = (stage.topic("source"), stage.topic("clean"));
    let named = |name: String| spans.iter().filter(move |span| span.name == name);
    let batches: Vec<_> = named(format!("process {source}")).collect();
    let count = |span: &Span| -> u64 {
        let count = pairs(&span.attributes)["messaging.batch.message_count"].parse();
        count.expect("a count")
    };
    assert_eq!(
        batches.iter().map(|span| count(span)).sum::<u64>(),
        N,
        "every record is in a batch"
    );
    let kept: BTreeSet<_> = (0..N).filter(|n| n % 4 == 0).map(ids).collect();
    let (mut linked, mut over) = (BTreeSet::new(), 0);
    for batch in &batches {
        assert_eq!((batch.kind, batch.parent_span_id.len()), (5, 0), "a consumer's, and a root");
        let said = pairs(&batch.attributes);
        for (name, value) in [
            ("messaging.system", "kafka"),
            ("messaging.operation.name", "process"),
            ("messaging.operation.type", "process"),
            ("messaging.destination.name", &source),
            ("messaging.consumer.group.name", &format!("weir.{}", stage.name)),
            ("messaging.client.id", &format!("weir.{}/0/0", stage.name)),
        ] {
            assert_eq!(said[name], value, "{name}");
        }
        assert!(batch.links.len() <= 64);
        over += u64::from(batch.dropped_links_count);
        linked.extend(batch.links.iter().map(|link| (hex(&link.trace_id), hex(&link.span_id))));
        let children = spans.iter().filter(|span| span.parent_span_id == batch.span_id);
        let children: BTreeMap<_, _> = children
            .inspect(|span| {
                assert_eq!(span.trace_id, batch.trace_id);
                assert!(span.start_time_unix_nano >= batch.start_time_unix_nano);
                assert!(span.end_time_unix_nano <= batch.end_time_unix_nano);
            })
            .map(|span| (span.name.clone(), span.kind))
            .collect();
        let expected = [
            ("clean".to_string(), 1),
            (format!("commit {source}"), 3),
            (format!("poll {source}"), 3),
            (format!("send {clean}"), 4),
        ];
        assert_eq!(children, BTreeMap::from(expected));
    }
    assert!(linked.is_subset(&kept), "links are those of the records' own traces");
    assert_eq!(linked.len() as u64 + over, N / 4, "each once");
    assert!(spans.iter().all(|span| span.status.as_ref().is_none_or(|status| status.code == 0)));

    // What goes out is where the record's own trace goes on.
    let sent: BTreeMap<_, _> = named(format!("send {clean}"))
        .filter(|span| kept.contains(&(hex(&span.trace_id), hex(&span.parent_span_id))))
        .map(|span| {
            assert_eq!(span.kind, 4, "a producer's");
            assert!(batches.iter().any(|batch| batch.trace_id == span.links[0].trace_id));
            (hex(&span.trace_id), hex(&span.span_id))
        })
        .collect();
    let mut offsets = [0; PARTITIONS as usize];
    let (context, mut went_on) = (context_of(&stage), 0);
    assert_eq!(context.len(), 396);
    for n in 0..N {
        let partition = ((n / 4) % PARTITIONS as u64) as usize;
        let place = format!("{source}/{partition}/{}", offsets[partition]);
        offsets[partition] += 1;
        let Some(found) = context.get(&place) else {
            assert_eq!(n % 100, 8);
            assert!(!sent.contains_key(&ids(n).0), "a refused record is not sent");
            continue;
        };
        let (trace, _) = ids(n);
        let expected = match (n % 4, sent.get(&trace)) {
            (0, Some(span)) => Some(format!("00-{trace}-{span}-{}", flags_of(n))),
            // Beyond the bound, and where its trace is not kept: as it came.
            (0 | 1, None) => Some(parent_of(n, flags_of(n))),
            (_, None) => None,
            (_, Some(_)) => panic!("a span of a trace that is not kept: {n}"),
        };
        went_on += u64::from(n % 4 == 0 && sent.contains_key(&trace));
        assert_eq!(found, &expected, "{n}");
    }
    assert!(went_on > 0 && went_on == sent.len() as u64, "{went_on} of {}", sent.len());

    // It is part of what is proven.
    let proven = proof::verify(&stage, &["--json"]);
    assert_eq!(proof::report(&proven)["findings"], serde_json::json!([]));

    let sums = collector.metrics();
    assert_eq!(
        (sums["weir.records clean"], sums["weir.records refused"]),
        (396.0, 4.0),
        "{sums:?}"
    );
    assert_eq!(sums["weir.refusals W0207"], 4.0, "{sums:?}");
    assert_eq!(sums["weir.transactions"], batches.len() as f64);
    let duration = sums.iter().find(|(name, _)| name.starts_with("messaging.process.duration "));
    let (name, n) = duration.expect("a histogram");
    assert!(name.contains(&source) && *n == batches.len() as f64, "{name} {n}");
    assert_eq!(sums["weir.telemetry_dropped traces"], 0.0);
    // The same in /metrics, with a trace to look at.
    let seconds =
        format!("weir_batch_seconds_count{{pipeline=\"{}\",instance=\"0\"}} ", stage.name);
    let line = metrics.lines().find_map(|line| line.strip_prefix(&seconds)).expect("a count");
    assert_eq!(line, batches.len().to_string());
    let trace = metrics.split("# {trace_id=\"").nth(1).and_then(|rest| rest.split('"').next());
    let trace = trace.expect("an exemplar");
    assert!(batches.iter().any(|batch| hex(&batch.trace_id) == trace), "{trace}");

    let lines = collector.lines();
    assert!(lines.iter().all(|(scope, _)| scope.starts_with("weir")));
    let bodies = lines.iter().map(|(_, line)| format!("{:?}", line.body)).collect::<String>();
    assert!(bodies.contains("run starts") && bodies.contains("health and metrics"), "{bodies}");
    assert!(log.lines().count() >= lines.len() && !log.contains("TRACE"), "{log}");
}

/// With a share of none a batch is traced where a record of it is, and nowhere else.
#[test]
fn a_batch_is_traced_for_a_record_whose_trace_is_kept() {
    let stage = Stage::new("sampled");
    stage.make_topics();
    let generator = Generator::new(92, 10);
    let collector = Collector::start();
    let (sends, source) = (Sends::new(), stage.topic("source"));
    let send = |n: u64, flags: &str| {
        let note = generator.note(n);
        let parent = parent_of(n, flags);
        let headers = [("traceparent", parent.as_str())];
        sends.send(&source, 0, (&note.key, note.value.as_bytes()), &headers);
        sends.done();
    };
    let mut command = stage.run();
    command.args(["--otlp", &format!("{}/", collector.url()), "--trace-share", "0"]);
    let child = command.stderr(Stdio::piped()).spawn().expect("starts");
    (0..20).for_each(|n| send(n, "00"));
    wait_for(&stage, 20, SOON);
    send(20, "01");
    wait_for(&stage, 21, SOON);
    (21..40).for_each(|n| send(n, "00"));
    wait_for(&stage, 40, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let spans = collector.spans();
    let batches = spans.iter().filter(|span| span.name == format!("process {source}"));
    let batches: Vec<_> = batches.collect();
    assert_eq!((batches.len(), batches[0].links.len()), (1, 1), "{spans:#?}");
    assert_eq!(hex(&batches[0].links[0].trace_id), ids(20).0);
    assert_eq!(spans.len(), 6, "the batch's five, and the record's one");
    assert_eq!(collector.metrics()["weir.records clean"], 40.0);
}

/// Whoever knows a trace knows what else happened in it.
#[test]
fn safe_harbor_lets_no_trace_out() {
    let stage = Stage::harbor("traceless");
    feed_traced(&stage, &Generator::new(93, 30));
    let collector = Collector::start();
    let mut command = stage.run();
    command.args(["--otlp", &collector.url(), "--trace-share", "1"]);
    let child = command.stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, N as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let rows = console_rows(&stage.topic("clean"));
    assert_eq!(rows.len(), 396);
    for row in rows {
        assert!(!row.headers.contains("trace") && !row.headers.contains("baggage"), "{row:?}");
        assert!(row.headers.starts_with("weir-policy:"), "{row:?}");
    }
    let spans = collector.spans();
    let roots = spans.iter().filter(|span| span.parent_span_id.is_empty()).count();
    assert!(roots > 0);
    assert!(spans.iter().all(|span| span.links.is_empty()), "no link with a record's own trace");
    let own: BTreeSet<_> = spans.iter().map(|span| hex(&span.trace_id)).collect();
    assert_eq!(own.len(), roots, "no span in a record's own trace");
}

/// Without --otlp a pipeline that lists it lets out a `traceparent` of the exact form, and nothing else of
/// context; whatever the environment says, nobody is told of anything.
#[test]
fn without_a_collector_a_listed_traceparent_goes_out_as_it_came() {
    let listed = "headers: [content-type, traceparent, tracestate, baggage]";
    let stage = Stage::with("listed", |text| text.replace("headers: [content-type]", listed));
    stage.make_topics();
    feed_traced(&stage, &Generator::new(96, 30));
    let elsewhere = Collector::start();
    let mut command = with_variables(stage.run(), &elsewhere.url());
    let child = command.stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, N as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert!(elsewhere.heard.lock().expect("no panic").is_empty());
    let found: BTreeSet<_> = context_of(&stage).into_values().collect();
    let kept =
        (0..N).filter(|n| n % 4 == 0 && n % 100 != 8).map(|n| Some(parent_of(n, flags_of(n))));
    let others = (0..N).filter(|n| n % 4 == 1).map(|n| Some(parent_of(n, flags_of(n))));
    assert_eq!(found, kept.chain(others).chain([None]).collect());
}

/// A pipeline of files has no batches to trace; its counts and its log are told.
#[test]
fn a_pipeline_of_files_tells_metrics_and_its_log() {
    let collector = Collector::start();
    let folder = files("told-files", "{stdout: true}");
    let notes = folder.0.join("data/notes.ndjson");
    let mut file = std::fs::OpenOptions::new().append(true).open(notes).expect("opens");
    file.write_all(b"{\"maiden_name\":\"Canaryman\"}\n").expect("writes");
    let otlp = collector.url();
    let out = in_folder(&folder, &["run", "--dev", "--otlp", &otlp, "pipelines/p.yaml"]);
    assert!(out.status.success(), "{}", words(&out));
    let sums = collector.metrics();
    assert_eq!((sums["weir.records clean"], sums["weir.records refused"]), (50.0, 1.0), "{sums:?}");
    assert!(sums.keys().any(|name| name.starts_with("weir.refusals W02")), "{sums:?}");
    assert!(!collector.lines().is_empty() && collector.spans().is_empty());
}

/// A collector hears that a run has ended, and by which code: before it had its keys, before it read a record, as it
/// was asked to, by another process, by itself.
#[test]
fn a_collector_hears_by_what_a_run_has_ended() {
    let stage = Stage::new("ending");
    let generator = Generator::new(97, 30);
    let start = || {
        let collector = Collector::start();
        let mut command = stage.run();
        command.args(["--otlp", &collector.url()]).stderr(Stdio::piped());
        (command.spawn().expect("starts"), collector)
    };
    // The code, and how severe that is.
    let heard = |out: &Output, collector: &Collector| {
        let lines = collector.lines().into_iter().map(|(_, line)| line);
        let ends = lines.filter(|line| format!("{:?}", line.body).contains("run ends"));
        let ends: Vec<_> = ends.collect();
        assert_eq!(
            (ends.len(), words(out).matches("\"run ends\"").count()),
            (1, 1),
            "{}",
            words(out)
        );
        let said = pairs(&ends[0].attributes);
        assert_eq!(said["pipeline"], stage.name);
        for patient in generator.patients() {
            assert!(!words(out).contains(&patient.mrn));
        }
        (said.get("code").cloned(), ends[0].severity_number)
    };
    let by = |code: &str| (Some(code.to_string()), 17);

    let (keyring, away) = (stage.folder.0.join("weir.keyring"), stage.folder.0.join("away"));
    std::fs::rename(&keyring, &away).expect("renames");
    let (child, collector) = start();
    let out = wait(child, SOON);
    assert_eq!(heard(&out, &collector), by("W0301"));
    std::fs::rename(&away, &keyring).expect("renames");

    let (child, collector) = start();
    let out = wait(child, SOON);
    assert_eq!(heard(&out, &collector), by("W0402"));

    stage.make_topics();
    stage.feed(&generator, 0..40, 100);
    let (child, collector) = start();
    wait_for(&stage, 40, SOON);
    let out = terminate(child);
    assert_eq!((heard(&out, &collector), out.status.code()), ((None, 9), Some(0)));

    let (older, collector) = start();
    stage.feed(&generator, 40..80, 100);
    wait_for(&stage, 80, SOON);
    let (newer, newest) = start();
    let out = wait(older, SOON);
    assert_eq!((heard(&out, &collector), out.status.code()), (by("W0405"), Some(6)));

    // More than one in twenty of the last hundred.
    stage.feed(&generator, 80..280, 10);
    let out = wait(newer, SOON);
    assert_eq!((heard(&out, &newest), out.status.code()), (by("W0407"), Some(7)));
}

/// Nobody answers, or somebody never does: records go on, the run ends, and what was lost is said.
#[test]
fn a_collector_that_is_away_holds_up_nothing() {
    let closed =
        TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silence = silent.local_addr().expect("an address");
    let generator = Generator::new(94, 30);
    for (name, address) in [("otlp-away", closed), ("otlp-silent", silence)] {
        let stage = Stage::new(name);
        stage.make_topics();
        let (feeder, source) = (Feeder::new(), stage.topic("source"));
        (0..2_000).for_each(|n| feeder.record(&source, n, &generator.note(n)));
        feeder.done();
        let mut command = stage.run();
        command.args(["--otlp", &format!("http://{address}"), "--trace-share", "1"]);
        command.args(["--log", "trace"]);
        let child = command.stderr(Stdio::piped()).spawn().expect("starts");
        // Its log is read, or it would be what holds it up.
        let mut child = child;
        let mut log = child.stderr.take().expect("a log");
        let reader = std::thread::spawn(move || {
            let mut all = String::new();
            log.read_to_string(&mut all).map(|_| all)
        });
        wait_for(&stage, 2_000, SOON);
        let began = Instant::now();
        let out = terminate(child);
        let log = reader.join().expect("no panic").expect("reads");
        assert!(out.status.success(), "{log}");
        assert!(began.elapsed() < Duration::from_secs(15), "{name}: {:?}", began.elapsed());
        assert!(log.contains("W0448"), "{name}: {log}");
        assert!(log.contains("were not taken by the server of --otlp"), "{name}: {log}");
        assert!(log.contains("2000 records: 2000 clean"), "{name}: {log}");
    }
}

/// A collector of traces alone: that it takes no lines is said once, and not to itself, or it would be said for ever.
#[test]
fn what_a_collector_does_not_take_is_said_once() {
    let stage = Stage::new("half");
    stage.make_topics();
    feed_traced(&stage, &Generator::new(98, 30));
    let refuses = |head: &str| if head.contains("/v1/logs") { "404 No" } else { "200 So" };
    let collector = Collector::answering(refuses);
    let mut command = stage.run();
    command.args(["--otlp", &collector.url(), "--trace-share", "1", "--log", "debug"]);
    let child = command.stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, N as i64, SOON);
    // More rounds of its thread, each with a span and whatever was said of the one before.
    for n in 0..5 {
        std::thread::sleep(Duration::from_millis(1_200));
        stage.feed(&Generator::new(99, 30), n..n + 1, 100);
    }
    let out = terminate(child);
    let log = words(&out);
    assert!(out.status.success(), "{log}");
    assert_eq!(log.matches("W0448").count(), 1, "{log}");
    assert!(log.contains("were not taken by the server of --otlp"), "{log}");
    let heard = collector.heard.lock().expect("no panic");
    let asked = heard.iter().filter(|(head, _)| head.contains("/v1/logs")).count();
    assert!(asked > 2, "a line with each batch");
    drop(heard);
    assert!(!collector.spans().is_empty());
}

/// What cannot work is said before a record is read; a token leaves this machine over TLS alone.
#[test]
fn servers_of_telemetry_that_weir_must_not_talk_to_are_refused() {
    let stage = Stage::new("refusing");
    let token = stage.folder.0.join("token");
    std::fs::write(&token, "a-token\n").expect("writes");
    let token = token.display().to_string();
    for (arguments, code) in [
        (&["--otlp", "127.0.0.1:4318"][..], "W0447"),
        (&["--otlp", "http://user:word@127.0.0.1:4318"], "W0447"),
        (&["--otlp", "http://127.0.0.1:4318/?key=1"], "W0447"),
        (&["--otlp", "http://otlp.example.invalid"], "W0406"),
        (
            &[
                "--otlp",
                "http://otlp.example.invalid",
                "--insecure",
                "inside",
                "--otlp-token-file",
                &token,
            ],
            "W0406",
        ),
        (&["--otlp", "http://127.0.0.1:1", "--otlp-ca", "nothing"], "W0100"),
        (&["--otlp", "http://127.0.0.1:1", "--trace-share", "2"], "from 0 to 1"),
        (&["--trace-share", "1"], "--otlp"),
    ] {
        let out = stage.run().args(arguments).stderr(Stdio::piped()).output().expect("runs");
        assert!(!out.status.success());
        assert!(words(&out).contains(code), "{arguments:?}: {}", words(&out));
        assert!(!words(&out).contains("user:word"), "{}", words(&out));
    }
}

/// How an identifier may stand in bytes: as it is, its digits alone, in base64 wherever it begins, in hex.
fn disguises(identifier: &str) -> Vec<Vec<u8>> {
    let digits: String = identifier.chars().filter(char::is_ascii_digit).collect();
    let mut all = vec![identifier.to_string()];
    // Shorter ones are found in numbers by chance.
    all.extend((digits.len() >= 9).then_some(digits));
    let mut out = Vec::new();
    for text in all {
        for shift in 0..3 {
            let base64 =
                data_encoding::BASE64.encode(&[&b"   "[..shift], text.as_bytes()].concat());
            // What does not depend on what stands before and behind.
            let (from, to) = ([0, 2, 3][shift], (shift + text.len()) * 8 / 6);
            out.push(base64.as_bytes()[from..to].to_vec());
        }
        out.push(data_encoding::HEXLOWER.encode(text.as_bytes()).into_bytes());
        out.push(data_encoding::HEXUPPER.encode(text.as_bytes()).into_bytes());
        out.push(text.into_bytes());
    }
    out
}

/// Identifiers everywhere in records, many of them records that are refused; the log tells all that it
/// can. Nothing of anybody is in what goes to the collector, to Prometheus, to an operator or to the log.
#[test]
fn no_identifier_is_in_any_telemetry() {
    const RECORDS: u64 = 90;
    let listed = "headers: [content-type, traceparent, tracestate, baggage]";
    let stage = Stage::with("leakless", |text| text.replace("headers: [content-type]", listed));
    stage.make_topics();
    let generator = Generator::new(95, 12);
    let patients = generator.patients();
    let (sends, source) = (Sends::new(), stage.topic("source"));
    for n in 0..RECORDS {
        let patient = &patients[n as usize % patients.len()];
        let (name, mrn) = (format!("{} {}", patient.given[0], patient.family), &patient.mrn);
        let mut note = generator.note(n);
        let mut key = note.key.clone();
        match n % 9 {
            1 => note.value.truncate(note.value.len() / 2),
            2 => note.value = note.value.replacen('{', &format!("{{\"{name}\":\"{mrn}\","), 1),
            3 => note.value = format!("{name} {mrn} {}", patient.ssn_dashed()),
            4 => key = name.clone(),
            _ => {}
        }
        let mut value = note.value.into_bytes();
        if n % 9 == 5 {
            value.insert(40, 0xff);
        }
        let baggage = format!("patient={name},mrn={mrn},ssn={}", patient.ssn_dashed());
        let state = format!("ehr={mrn},name={}", patient.family);
        // What is no trace context, though it is as long: who, and which number.
        let broken = format!("00-{:0>32}-{:0>16}-01", format!("{name}{mrn}"), patient.ssn_dashed());
        let good = parent_of(n, "01");
        let parent = if n % 2 == 0 { &good } else { &broken };
        let headers = [
            ("traceparent", parent.as_str()),
            ("tracestate", &state),
            ("baggage", &baggage),
            ("x-patient", &name),
            (mrn.as_str(), "x"),
        ];
        sends.send(&source, (n % 4) as i32, (&key, &value), &headers);
    }
    sends.done();
    let collector = Collector::start();
    let mut command = with_variables(stage.run(), &collector.url());
    command.args(["--otlp", &collector.url(), "--trace-share", "1", "--log", "trace"]);
    command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let (at, log) = served(&mut child);
    wait_for(&stage, RECORDS as i64, SOON);
    let pages = ["/metrics", "/status", "/ready"].map(|path| get(&at, path).1);
    assert!(terminate(child).status.success());
    let log = log.join().expect("no panic");

    // All of it is there to be looked at.
    let sums = collector.metrics();
    assert_eq!(sums["weir.records clean"] + sums["weir.records refused"], RECORDS as f64);
    assert!(sums["weir.records refused"] >= 40.0, "{sums:?}");
    assert!(log.contains("\"TRACE\"") && log.contains("a record is refused"), "{log}");
    for line in log.lines().filter(|line| line.starts_with('{')) {
        let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let target = event["target"].as_str().expect("a target");
        assert!(target.starts_with("weir::"), "another crate's line: {line}");
    }
    let lines = collector.lines();
    assert!(lines.iter().filter(|(_, line)| line.severity_number == 1).count() > 40);
    assert!(!collector.spans().is_empty());

    let mut identifiers: Vec<_> = patients.iter().flat_map(Patient::identifiers).collect();
    identifiers.extend(patients.iter().map(|patient| patient.family.clone()));
    identifiers.retain(|identifier| identifier.len() > 6);
    let needles: Vec<_> = identifiers.iter().flat_map(|one| disguises(one)).collect();
    let finder = aho_corasick::AhoCorasick::new(&needles).expect("builds");
    let heard = collector.heard.lock().expect("no panic");
    let bodies = heard.iter().map(|(head, body)| (head.as_str(), &body[..]));
    let pages = pages.iter().map(|page| ("a page", page.as_bytes()));
    for (place, bytes) in bodies.chain(pages).chain([("the log", log.as_bytes())]) {
        if let Some(found) = finder.find(bytes) {
            let near = &bytes[found.start().saturating_sub(80)..bytes.len().min(found.end() + 80)];
            panic!("{place}: {}", String::from_utf8_lossy(near));
        }
    }
    // And no context that is not of the form is in a clean record.
    for row in console_rows(&stage.topic("clean")) {
        assert!(finder.find(&row.headers).is_none(), "{row:?}");
        assert!(!row.headers.contains("baggage") && !row.headers.contains("tracestate"), "{row:?}");
    }
}

/// A disguise is found wherever it stands, or the test above would say nothing.
#[test]
fn disguises_are_found() {
    let finder = aho_corasick::AhoCorasick::new(disguises("078-05-1120")).expect("builds");
    for said in ["ssn 078-05-1120.", "x078051120", "ab078-05-1120c", "abcd078-05-1120"] {
        for text in [said.to_string(), data_encoding::BASE64.encode(said.as_bytes())] {
            assert!(finder.find(&text).is_some(), "{text}");
        }
        let hex = data_encoding::HEXLOWER.encode(said.as_bytes());
        assert!(finder.find(&hex).is_some(), "{hex}");
    }
    assert!(finder.find("078-05-1121 and what else").is_none());
}
