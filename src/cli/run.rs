//! `weir run`: a pipeline until it is asked to end.

use super::connect::{self, Audit, Kafka, Keys, Model};
use super::fault::Failure;
use super::listen::listen;
use super::say;
use crate::audit::Entry;
use crate::clean::Shadow;
use crate::keys::{Keyring, Status};
use crate::phi::Code;
use crate::policy::{Pipeline, Plan, Source};
use crate::stream::{
    Carried, Custody, Errand, Notice, OtlpSettings, Out, Progress, Settings, Telemetry, Transports,
    carry, notice, run as run_stream, run_files,
};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How often a run looks whether its key version was put aside.
const LOOK_AT_KEYRING: Duration = Duration::from_secs(1);

/// The longest waits between tries at the start.
const START_WAITS: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
];

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The pipeline file.
    pipeline: PathBuf,
    #[command(flatten)]
    model: Model,
    #[command(flatten)]
    kafka: Kafka,
    #[command(flatten)]
    keys: Keys,
    /// A stable name of this process among those that run the pipeline. A second process with the
    /// same name takes over, and the first one ends with code 6.
    #[arg(long, default_value = "0")]
    instance: String,
    /// Workers in this process.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    workers: u16,
    /// Go on although the pipeline has stopped itself (stop_above).
    #[arg(long)]
    resume: bool,
    /// Run this policy beside the pipeline's own: nothing of what it makes leaves, and what it would do
    /// otherwise is said at the end, by field and class, and in /status meanwhile.
    #[arg(long, value_name = "POLICY")]
    shadow: Option<String>,
    /// Serve health (/live, /ready), /status and /metrics at this address: 127.0.0.1:9464. Port 0
    /// takes a free one, which the log names.
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    otlp: Otlp,
    /// What the log tells, on standard error and over --otlp: from this on.
    #[arg(long, value_enum, default_value_t = Level::Info, value_name = "LEVEL")]
    log: Level,
    /// First carry the record keys of the compacted clean topic over to the primary key version:
    /// once, after a rotation, with every process of the pipeline stopped.
    #[arg(long, requires = "reason")]
    retokenize_topic: bool,
    /// Why the topic's keys are taken back; the audit keeps it.
    #[arg(long, value_name = "WHY", requires = "retokenize_topic")]
    reason: Option<String>,
    #[command(flatten)]
    audit: Audit,
}

/// Where telemetry goes, beside standard error and /metrics.
#[derive(Debug, clap::Args)]
struct Otlp {
    /// Send traces, metrics and the log by OTLP (protobuf over HTTP) to this server, as
    /// http://127.0.0.1:4318: /v1/traces, /v1/metrics and /v1/logs are added.
    #[arg(long, value_name = "URL")]
    otlp: Option<String>,
    /// A file with a bearer token for it.
    #[arg(long, requires = "otlp", value_name = "FILE")]
    otlp_token_file: Option<PathBuf>,
    /// The certificates that vouch for it, as PEM; else the web's own authorities do.
    #[arg(long, requires = "otlp", value_name = "FILE")]
    otlp_ca: Option<PathBuf>,
    /// The share of batches that are traced though none of their records' traces is kept, 0 to 1.
    #[arg(long, requires = "otlp", default_value_t = 0.01, value_parser = share, value_name = "SHARE")]
    trace_share: f64,
}

fn share(text: &str) -> Result<f64, &'static str> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or("a number from 0 to 1")
}

/// How much the log tells.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Level {
    Error,
    Warn,
    /// What a person has to know.
    Info,
    /// Each batch, too.
    Debug,
    /// Each step, and each refused record's place and code.
    Trace,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warn => "warn",
            Level::Info => "info",
            Level::Debug => "debug",
            Level::Trace => "trace",
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let pipeline =
        Arc::new(connect::pipeline(&arguments.pipeline, &arguments.kafka, &arguments.model)?);
    let second = arguments.second(&pipeline)?;
    let second = second.as_ref().map(|second| &second.plan);
    let progress = Arc::new(Progress::default());
    let telemetry = arguments.telemetry(&pipeline.name, &progress)?;
    start_logs(arguments.log, &telemetry);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        live(arguments, &pipeline, second, &telemetry, &progress)
    }));
    let code = match &outcome {
        Ok(outcome) => outcome.as_ref().err().and_then(Failure::code),
        Err(_) => Some(Code::Panic),
    };
    // Whatever it ended by: who listens to a collector alone would see nothing but that it is silent.
    notice(Notice::RunEnds(&pipeline, code));
    let dropped = telemetry.finish();
    let outcome = outcome.unwrap_or_else(|panic| resume_unwind(panic));
    if dropped > 0 {
        say(&format!(
            "{}: {dropped} spans, log lines or pages of metrics were not taken by the server of --otlp",
            pipeline.name
        ));
    }
    outcome
}

/// A run from its keys to its end.
fn live(
    arguments: &Arguments,
    pipeline: &Arc<Pipeline>,
    second: Option<&Plan>,
    telemetry: &Telemetry,
    progress: &Arc<Progress>,
) -> Result<(), Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signals(Arc::clone(&stop))?;
    let keyring = patiently(&stop, || arguments.keys.keyring())?;
    let sealer = arguments.keys.sealer()?;
    let mut subjects = patiently(&stop, || arguments.keys.subjects(&pipeline.plan, &keyring))?;
    let asks = connect::asks_for_subjects;
    if second.is_some_and(|second| asks(second) && !asks(&pipeline.plan)) {
        // Read alone: where there is none, nobody is known and nobody was shredded.
        subjects = arguments.keys.subjects_there(&keyring)?.unwrap_or(subjects);
    }
    let signer = arguments.keys.signer(pipeline)?;
    let custody = Custody {
        keyring: &keyring,
        sealer: &sealer,
        subjects: &subjects,
        signer: signer.as_ref(),
    };
    let put_aside = watch_version(&arguments.keys.keyring, keyring.version(), Arc::clone(&stop));
    if let Some(reason) = &arguments.kafka.insecure {
        // Who let plain text off this machine, and why, is known before any of it goes.
        arguments.audit.append(Entry {
            time: connect::now(),
            actor: connect::actor(),
            act: "run.insecure".into(),
            tenant: keyring.tenant().into(),
            reason: Some(format!("{}: {}", pipeline.name, reason.trim())),
            ..Entry::default()
        })?;
    }
    if arguments.retokenize_topic {
        carry_over(arguments, pipeline, &keyring, &stop)?;
    }
    let meter = Meter::start(progress, |progress| {
        format!(", {} to quarantine", progress.refused.load(Ordering::Relaxed))
    });
    if let Some(at) = arguments.listen {
        let bound = listen(at, &pipeline.name, &arguments.instance, progress)?;
        notice(Notice::Listening(bound));
    }
    let transports =
        Transports::open(&pipeline.lineage, arguments.kafka.insecure.as_deref(), standard_output)?;
    let outcome = if matches!(pipeline.source, Source::Topics { .. }) {
        let settings = Settings { telemetry: telemetry.clone(), ..arguments.settings()? };
        notice(Notice::RunStarts(pipeline));
        run_stream(Arc::clone(pipeline), &settings, custody, second, &transports, &stop, progress)
    } else {
        notice(Notice::RunStarts(pipeline));
        run_files(pipeline, custody, second, &transports, &stop, progress).map(|_| ())
    };
    let unsent = transports.finish();
    meter.finish();
    let count = |n: &std::sync::atomic::AtomicU64| n.load(Ordering::Relaxed);
    say(&format!(
        "{}: {} records: {} clean, {} to quarantine; {} transactions, {} rebuilds",
        pipeline.name,
        count(&progress.records),
        count(&progress.clean),
        count(&progress.refused),
        count(&progress.transactions),
        count(&progress.rebuilds),
    ));
    if let Some(shadow) = progress.shadow() {
        tell_shadow(arguments.shadow.as_deref().unwrap_or_default(), &shadow);
    }
    if unsent > 0 {
        say(&format!(
            "{}: {unsent} lineage events were not taken by a server of `lineage.http`",
            pipeline.name
        ));
    }
    if put_aside.load(Ordering::SeqCst) {
        let what = format!("v{} was put aside while the pipeline ran", keyring.version());
        return Err(Failure::about(Code::KeyStatus, what));
    }
    outcome.map_err(|fault| match fault.code {
        // Told of while records flow, when nobody sees which store it was.
        code @ (Code::SubjectsUnreachable | Code::SubjectsRefused | Code::SubjectsBroken) => {
            arguments.keys.subjects.failure(code)
        }
        _ => Failure::from(fault),
    })
}

pub(super) fn standard_output() -> Out {
    Box::new(std::io::stdout())
}

/// Tries again while a server does not answer, half a minute or so: a key server that restarts is no
/// reason to call a person. What it refuses, it refuses for good.
fn patiently<T>(stop: &AtomicBool, ask: impl Fn() -> Result<T, Failure>) -> Result<T, Failure> {
    for wait in START_WAITS {
        match ask() {
            Err(failure) if failure.is_passing() && !stop.load(Ordering::SeqCst) => {
                notice(Notice::AskingAgain(failure.code()));
                // Many processes that start together do not ask together.
                let jitter = uuid::Uuid::new_v4().as_u128() as u64 % (wait.as_millis() as u64 / 2);
                let until = Instant::now() + wait / 2 + Duration::from_millis(jitter);
                while Instant::now() < until && !stop.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
            outcome => return outcome,
        }
    }
    ask()
}

/// Ends the run when its key version is put aside: tokens that it made from then on could not be taken
/// back, and never again once the version is destroyed. Asks no key server; says what it saw.
fn watch_version(path: &Path, version: u32, stop: Arc<AtomicBool>) -> Arc<AtomicBool> {
    let put_aside = Arc::new(AtomicBool::new(false));
    let (path, seen) = (path.to_path_buf(), Arc::clone(&put_aside));
    std::thread::spawn(move || {
        while !stop.load(Ordering::SeqCst) {
            std::thread::sleep(LOOK_AT_KEYRING);
            // A file that cannot be read says nothing of the version.
            let Ok(page) = Keyring::page(&path) else { continue };
            let status = page.keys.iter().find(|key| key.0 == version).map(|key| key.1);
            if !matches!(status, Some(Status::Primary | Status::DecryptOnly)) {
                seen.store(true, Ordering::SeqCst);
                stop.store(true, Ordering::SeqCst);
            }
        }
    });
    put_aside
}

/// What a second policy would have done otherwise.
fn tell_shadow(policy: &str, shadow: &Shadow) {
    say(&format!(
        "under {policy}: {} records the same, {} not, {} newly refused, {} refused no more",
        shadow.same,
        shadow.changed,
        shadow.newly_refused.values().sum::<u64>(),
        shadow.newly_clean.values().sum::<u64>(),
    ));
    for (what, codes) in [
        ("newly refused", &shadow.newly_refused),
        ("refused no more", &shadow.newly_clean),
        ("refused otherwise", &shadow.refused_otherwise),
    ] {
        for (code, n) in codes {
            say(&format!("  {what} {code}  {n}"));
        }
    }
    let kernels = |kernels: &std::collections::BTreeMap<String, u64>| {
        let all: Vec<_> = kernels.iter().map(|(kernel, n)| format!("{kernel} {n}")).collect();
        if all.is_empty() { "none".to_string() } else { all.join(", ") }
    };
    if shadow.changed > 0 && shadow.differences().next().is_none() {
        say(
            "  as many values of each field and class, and the same done to them: they differ in what was found, or in what was drawn for them",
        );
    }
    for (field, class, values) in shadow.differences() {
        let (now, then) = (kernels(&values.now), kernels(&values.then));
        say(&format!("  {field}  {class}: {now} -> {then}"));
    }
}

impl Arguments {
    /// The pipeline under the policy of --shadow.
    fn second(&self, pipeline: &Pipeline) -> Result<Option<Pipeline>, Failure> {
        let Some(policy) = &self.shadow else { return Ok(None) };
        if pipeline.registry.is_some() {
            return Err(Failure::about(Code::NotBuiltYet, "--shadow of a registry's schemas"));
        }
        Ok(Some(connect::pipeline_under(&self.pipeline, policy, &self.kafka, &self.model)?))
    }

    fn telemetry(&self, pipeline: &str, progress: &Arc<Progress>) -> Result<Telemetry, Failure> {
        let Some(url) = &self.otlp.otlp else { return Ok(Telemetry::default()) };
        let settings = OtlpSettings {
            url: url.clone(),
            token_file: self.otlp.otlp_token_file.clone(),
            ca: self.otlp.otlp_ca.clone(),
            share: self.otlp.trace_share,
        };
        let insecure = self.kafka.insecure.as_deref();
        Ok(Telemetry::open(&settings, insecure, (pipeline, &self.instance), progress)?)
    }

    fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings {
            instance: self.instance.clone(),
            workers: self.workers,
            resume: self.resume,
            ..self.kafka.settings()?
        })
    }
}

/// `--retokenize-topic`: before any worker starts.
fn carry_over(
    arguments: &Arguments,
    pipeline: &Pipeline,
    keyring: &Keyring,
    stop: &AtomicBool,
) -> Result<(), Failure> {
    if !matches!(pipeline.source, Source::Topics { .. }) {
        let what = "--retokenize-topic: this pipeline writes files";
        return Err(Failure::about(Code::WrongValue, what));
    }
    if pipeline.proof.is_some() {
        // What it writes would be in no manifest.
        let what = "--retokenize-topic: this pipeline has proof";
        return Err(Failure::about(Code::NotBuiltYet, what));
    }
    if pipeline.trail.is_some() {
        // The trail would lead to where records are no more.
        let what = "--retokenize-topic: this pipeline has a trail";
        return Err(Failure::about(Code::NotBuiltYet, what));
    }
    let (log, actor) = (arguments.audit.log()?, connect::actor());
    let reason = arguments.reason.as_deref().unwrap_or_default();
    let errand = Errand { log: &log, actor: &actor, reason };
    let progress = Arc::new(Progress::default());
    let meter = Meter::start(&progress, |progress| {
        format!(", {} under their new key", progress.clean.load(Ordering::Relaxed))
    });
    let carried = carry(pipeline, &arguments.settings()?, keyring, errand, stop, &progress);
    meter.finish();
    let name = &pipeline.name;
    match carried.map_err(|fault| match fault.code {
        code @ (Code::AuditUnwritable | Code::AuditBroken) => arguments.audit.failure(code),
        _ => Failure::from(fault),
    })? {
        Carried::NoToken => {
            say(&format!("{name}: no keys to carry over: the record key is no token"))
        }
        Carried::NotCompacted => {
            say(&format!("{name}: no keys to carry over: the clean topic is not compacted"));
        }
        Carried::Done { version, records, ended } => say(&format!(
            "{name}: keys carried over to v{version}: {records} records under their new key, {ended} \
             old keys ended that had a newer record; {} transactions",
            progress.transactions.load(Ordering::Relaxed),
        )),
    }
    Ok(())
}

/// Structured log lines on standard error, and over OTLP. Only this crate's events pass: a dependency's may
/// hold anything. Ours are built from names that people wrote, codes and counts.
fn start_logs(level: Level, telemetry: &Telemetry) {
    let filter = tracing_subscriber::EnvFilter::new(format!("off,weir={}", level.name()));
    let lines = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr);
    let log = tracing_subscriber::registry().with(filter).with(lines).with(telemetry.bridge());
    let _ = log.try_init();
}

/// SIGTERM and Ctrl-C ask for an orderly end: what was read is committed, the run is closed.
fn stop_on_signals(stop: Arc<AtomicBool>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Failure::from(Code::Internal))?;
    let mut terminate = {
        let _inside = runtime.enter();
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            .map_err(|_| Failure::from(Code::Internal))?
    };
    std::thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        });
        stop.store(true, Ordering::SeqCst);
    });
    Ok(())
}

/// A line that shows rate and counts while standard error is a terminal.
pub(super) struct Meter(Option<(ProgressBar, Arc<AtomicBool>)>);

impl Meter {
    pub(super) fn start(progress: &Arc<Progress>, words: fn(&Progress) -> String) -> Meter {
        if !std::io::stderr().is_terminal() {
            return Meter(None);
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template(
            "{spinner} {elapsed_precise} {pos} records, {per_sec}{msg}",
        ) {
            bar.set_style(style);
        }
        let over = Arc::new(AtomicBool::new(false));
        let (progress, shared, flag) = (Arc::clone(progress), bar.clone(), Arc::clone(&over));
        std::thread::spawn(move || {
            while !flag.load(Ordering::Relaxed) {
                shared.set_position(progress.records.load(Ordering::Relaxed));
                shared.set_message(words(&progress));
                shared.tick();
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        Meter(Some((bar, over)))
    }

    pub(super) fn finish(self) {
        if let Some((bar, over)) = self.0 {
            over.store(true, Ordering::Relaxed);
            bar.finish_and_clear();
        }
    }
}
