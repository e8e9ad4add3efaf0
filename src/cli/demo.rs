//! `weir demo`: the story in one command. An in-process mock of Kafka, synthetic patients, the
//! shipped pipelines through the very `run` path, and a scan of what came out.

use super::fault::Failure;
use super::paint::{self, bold};
use super::{connect, data, say};
use crate::keys::{Keyring, Opener, Sealer, SubjectStore};
use crate::phi::Code;
use crate::policy::{Doors, Pipeline, load_pipeline};
use crate::stream::{Custody, Fault, Progress, Settings, Taken, Transports, run, take_all};
use rdkafka::config::ClientConfig;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{BaseProducer, BaseRecord, DefaultProducerContext, Producer};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use weir_synth::{Generator, Record};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Records for each pipeline.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(10..=10_000))]
    records: u64,
    /// Seed of the synthetic patients.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder with the shipped pipelines/, policies/, schemas/ and destinations.yaml.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Write the synthetic records to this folder as NDJSON, and do nothing else.
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

const PATIENTS: usize = 200;
const PARTITIONS: i32 = 4;
const DEADLINE: Duration = Duration::from_secs(60);

pub(super) fn demo(arguments: &Arguments) -> Result<(), Failure> {
    let generator = Generator::new(arguments.seed, PATIENTS);
    if let Some(dir) = &arguments.write {
        return write_files(&generator, arguments.records, dir);
    }
    let load = |name: &str| {
        let path = arguments.root.join("pipelines").join(name);
        load_pipeline(&path, connect::today(), Doors::SHUT)
    };
    let notes = Arc::new(load("notes-to-rag.yaml")?);
    let visits = Arc::new(load("visits-to-finetune.yaml")?);
    let keyring = Keyring::generate("demo", &connect::today().0.to_string())?;
    let (sealer, opener) = Sealer::generate();
    let subjects = SubjectStore::forgetful()?;
    let custody = Custody { keyring: &keyring, sealer: &sealer, subjects: &subjects, signer: None };

    say("1. an in-process mock of Kafka, and synthetic patients in its raw topics");
    let cluster = MockCluster::new(1).map_err(|_| Failure::from(Code::KafkaFailed))?;
    let stage = Stage { cluster: &cluster, generator: &generator, records: arguments.records };
    stage.create(&notes)?;
    stage.create(&visits)?;
    stage.fill(&notes, Generator::note)?;
    stage.fill(&visits, Generator::visit)?;
    say(&format!(
        "   {} notes and {} visits of {PATIENTS} patients, one in each topic broken on purpose",
        arguments.records, arguments.records
    ));

    say("2. `weir run` on the shipped pipelines");
    for pipeline in [&notes, &visits] {
        stage.run(pipeline, custody)?;
    }

    say("3. what came out");
    let clean_notes = stage.take(&notes)?;
    let clean_visits = stage.take(&visits)?;
    before_and_after(&stage, &notes, &keyring)?;
    one_patient(&stage, &clean_notes, &clean_visits)?;
    quarantine(&clean_notes, &opener)?;
    lineage(&clean_notes)?;
    scan(&generator, &[&clean_notes, &clean_visits])?;
    say("");
    say(
        "The mock has limits: no real transactions (aborted records would stay visible), offsets in",
    );
    say(
        "a transaction are thrown away, no fencing, no compaction. Exactly once is tested on a real",
    );
    say("Apache Kafka: `./dev test`.");
    Ok(())
}

fn write_files(generator: &Generator, records: u64, dir: &PathBuf) -> Result<(), Failure> {
    let fault = |_| Failure::about(Code::FileOutput, dir.display());
    std::fs::create_dir_all(dir).map_err(fault)?;
    let lines = |make: fn(&Generator, u64) -> Record| -> String {
        (0..records).map(|n| make(generator, n).value + "\n").collect()
    };
    std::fs::write(dir.join("notes.ndjson"), lines(Generator::note)).map_err(fault)?;
    std::fs::write(dir.join("visits.ndjson"), lines(Generator::visit)).map_err(fault)?;
    say(&format!("{}: notes.ndjson and visits.ndjson, {records} records each", dir.display()));
    Ok(())
}

struct Stage<'a> {
    cluster: &'a MockCluster<'static, DefaultProducerContext>,
    generator: &'a Generator,
    records: u64,
}

impl Stage<'_> {
    fn settings(&self) -> Settings {
        Settings {
            brokers: self.cluster.bootstrap_servers(),
            // The mock's classic group protocol waits three seconds for nobody.
            next_generation_group: true,
            ..Settings::default()
        }
    }

    fn create(&self, pipeline: &Pipeline) -> Result<(), Failure> {
        for topic in crate::stream::topic_names(pipeline)? {
            // Both pipelines share the lineage topic: the second creation is refused, and need not be made.
            let _ = self.cluster.create_topic(&topic, PARTITIONS, 1);
        }
        Ok(())
    }

    /// The records, and one that names a field which the schema does not list.
    fn fill(
        &self,
        pipeline: &Pipeline,
        make: fn(&Generator, u64) -> Record,
    ) -> Result<(), Failure> {
        let failed = |_| Failure::from(Code::KafkaFailed);
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.cluster.bootstrap_servers());
        let producer: BaseProducer = config.create().map_err(failed)?;
        let topic = crate::stream::topic_names(pipeline)?.swap_remove(0);
        for n in 0..=self.records {
            let mut record = make(self.generator, n);
            if n == self.records {
                record.value = record.value.replacen('{', r#"{"maiden_name":"Canary","#, 1);
            }
            let partition = (n % PARTITIONS as u64) as i32;
            let mut message =
                BaseRecord::to(&topic).key(&record.key).payload(&record.value).partition(partition);
            while let Err((_, back)) = producer.send(message) {
                producer.poll(Duration::from_millis(5));
                message = back;
            }
        }
        producer.flush(DEADLINE).map_err(failed)
    }

    fn run(&self, pipeline: &Arc<Pipeline>, custody: Custody<'_>) -> Result<(), Failure> {
        let (stop, progress) = (Arc::new(AtomicBool::new(false)), Arc::new(Progress::default()));
        let wanted = self.records + 1;
        let started = Instant::now();
        let settings = self.settings();
        let transports = Transports::open(&pipeline.lineage, None, || Box::new(std::io::sink()))?;
        let outcome = std::thread::scope(|scope| {
            let worker = scope.spawn(|| {
                run(Arc::clone(pipeline), &settings, custody, None, &transports, &stop, &progress)
            });
            while progress.records.load(Ordering::Relaxed) < wanted
                && !worker.is_finished()
                && started.elapsed() < DEADLINE
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            stop.store(true, Ordering::SeqCst);
            worker.join().unwrap_or(Err(Fault::new(Code::Internal)))
        });
        outcome?;
        let count = |n: &std::sync::atomic::AtomicU64| n.load(Ordering::Relaxed);
        if count(&progress.records) < wanted {
            return Err(Failure::about(Code::KafkaFailed, "the demo's deadline passed"));
        }
        say(&format!(
            "   {}: {} records: {} clean, {} to quarantine, in {} transactions",
            pipeline.name,
            count(&progress.records),
            count(&progress.clean),
            count(&progress.refused),
            count(&progress.transactions),
        ));
        Ok(())
    }

    fn take(&self, pipeline: &Pipeline) -> Result<Taken, Failure> {
        Ok(take_all(pipeline, &self.settings())?)
    }
}

fn before_and_after(
    stage: &Stage<'_>,
    pipeline: &Pipeline,
    keyring: &Keyring,
) -> Result<(), Failure> {
    let keys = keyring.snapshot(&crate::clean::key_needs(&pipeline.plan))?;
    let records: Vec<_> = (0..3).map(|n| stage.generator.note(n).value).collect();
    let raw: Vec<_> = records.iter().map(|value| (value.as_bytes(), None)).collect();
    for shown in paint::show(&pipeline.plan, &keys, connect::today(), &raw) {
        data(&format!("\n   {} {}", bold("before"), shown.before));
        data(&format!("   {}  {}", bold("after"), shown.after));
    }
    Ok(())
}

/// One patient's tokens, read off the clean topics: record key, field, prose, and the other topic.
fn one_patient(stage: &Stage<'_>, notes: &Taken, visits: &Taken) -> Result<(), Failure> {
    let patient = &stage.generator.patient_of(0).mrn;
    let of = |taken: &Taken| -> Vec<usize> {
        (0..taken.sources.len())
            .filter(|&n| taken.sources[n].as_deref() == Some(patient.as_bytes()))
            .collect()
    };
    let (of_notes, of_visits) = (of(notes), of(visits));
    let first = of_notes.first().and_then(|&n| notes.clean_of(n));
    let Some((Some(key), value)) = first else {
        return Err(Failure::about(Code::Internal, "the patient has no clean note"));
    };
    let token = String::from_utf8_lossy(key).into_owned();
    let field = json(value, &["patient", "mrn"]);
    let name = json(value, &["patient", "name"]);
    let text = |n: &&usize| {
        notes.clean_of(**n).map(|(_, value)| json(value, &["note", "text"])).unwrap_or_default()
    };
    // The note may part the number's digits, by a dash of any kind.
    let bare = |text: String| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let in_text = of_notes.iter().filter(|n| bare(text(n)).contains(&token)).count();
    let named = of_notes.iter().filter(|n| text(n).contains(&name)).count();
    let in_visits = of_visits
        .iter()
        .filter(|&&n| {
            visits.clean_of(n).is_some_and(|(key, value)| {
                key == Some(token.as_bytes())
                    && json(value, &["mrn"]) == token
                    && json(value, &["family"]) == name
            })
        })
        .count();
    data(&format!("\n   {}", bold("one patient, one token")));
    data(&format!("   record key {token}   field $.patient.mrn {field}   name {name}"));
    data(&format!(
        "   notes: {} of this patient, number in the prose of {in_text}, name in the prose of {named}",
        of_notes.len()
    ));
    data(&format!(
        "   visits: {} of this patient, the same number and name in {in_visits}",
        of_visits.len()
    ));
    if field != token
        || in_text != of_notes.len()
        || named != of_notes.len()
        || in_visits != of_visits.len()
    {
        return Err(Failure::about(Code::Internal, "the tokens of one patient differ"));
    }
    Ok(())
}

fn json(bytes: &[u8], path: &[&str]) -> String {
    let value: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
    let found = path.iter().fold(&value, |value, name| &value[*name]);
    found.as_str().unwrap_or_default().to_string()
}

fn quarantine(taken: &Taken, opener: &Opener) -> Result<(), Failure> {
    let entry = taken
        .quarantine
        .first()
        .ok_or_else(|| Failure::about(Code::Internal, "nothing in quarantine"))?;
    data(&format!("\n   {}", bold("quarantine")));
    let code = Code::from_id(&entry.code).map(|code| code.entry().title).unwrap_or_default();
    data(&format!("   {} at {}: {code}", entry.code, entry.pointer));
    data(&format!(
        "   {} bytes, sealed to a public key: workers write it and cannot read it",
        entry.payload.len()
    ));
    let about = format!("{}|{}", entry.pointer, entry.code);
    opener.open(&entry.payload, about.as_bytes())?;
    data("   (the demo holds the secret key too: it opens)");
    Ok(())
}

fn lineage(taken: &Taken) -> Result<(), Failure> {
    // Of the worker's run: the pipeline's says nothing of what flowed.
    let complete = taken.lineage.iter().rev().find(|event| {
        event["eventType"] == "COMPLETE" && event["run"]["facets"]["weir_counts"].is_object()
    });
    let event = complete.ok_or_else(|| Failure::about(Code::Internal, "no COMPLETE event"))?;
    data(&format!(
        "\n   {}",
        bold("lineage: the last of the run's OpenLineage events, without its field lists")
    ));
    let counts = &event["run"]["facets"]["weir_counts"];
    data(&format!(
        "   {} {} run {}",
        event["eventType"].as_str().unwrap_or_default(),
        event["job"]["name"].as_str().unwrap_or_default(),
        event["run"]["runId"].as_str().unwrap_or_default()
    ));
    data(&format!(
        "   {} -> {}: {} records, {} clean, refused {}",
        event["inputs"][0]["name"],
        event["outputs"][0]["name"],
        counts["records"],
        counts["clean"],
        counts["refused"]
    ));
    data(&format!("\n   {}", bold("values by class")));
    for row in counts["values"].as_array().into_iter().flatten() {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_string();
        data(&format!(
            "   {:>8}  {:<15} {:<11} {}",
            row["count"].to_string(),
            text("class"),
            text("kernel"),
            text("layer")
        ));
    }
    Ok(())
}

/// Looks for every identifier of every patient in everything but the raw topics.
fn scan(generator: &Generator, taken: &[&Taken]) -> Result<(), Failure> {
    let identifiers: Vec<String> =
        generator.patients().iter().flat_map(|p| p.identifiers()).collect();
    let finder = aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&identifiers)
        .map_err(|_| Failure::from(Code::Internal))?;
    let mut searched = 0;
    let mut hits = 0;
    for bytes in taken.iter().flat_map(|taken| taken.exposed()) {
        searched += 1;
        let border = |at: Option<usize>| {
            !at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        // The n of a JSON \n is not part of the word behind it.
        let escape = |at: usize| at >= 2 && bytes[at - 2] == b'\\';
        hits += finder
            .find_overlapping_iter(bytes)
            .filter(|m| {
                (border(m.start().checked_sub(1)) || escape(m.start())) && border(Some(m.end()))
            })
            .count();
    }
    data(&format!("\n   {}", bold("scan")));
    data(&format!(
        "   {} identifiers looked for in {searched} keys, values and headers: {hits} found",
        identifiers.len()
    ));
    if hits == 0 {
        Ok(())
    } else {
        Err(Failure::about(Code::VerifyHit, format!("{hits} in the clean topics")))
    }
}
