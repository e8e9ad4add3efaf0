//! `weir canary`: plants synthetic patients in a pipeline's source, and looks whether they have come
//! out where they should, and nowhere else. No identifier is printed: the ledger has them.

use super::connect::{self, Kafka, Model};
use super::fault::Failure;
use super::{data, say};
use crate::canary::{Canary, Ledger, Planted, Round, Search, make};
use crate::clean::{Batch, Disposition, finish, key_needs, locate};
use crate::keys::{CanaryMarks, Keyring, SubjectStore};
use crate::phi::{Code, Phi};
use crate::policy::Pipeline;
use crate::stream::{
    Ground, Look, Part, Seedling, Settings, Written, bring, ground, plant, written,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Put marked synthetic records into the pipeline's source topics, and write into the ledger what
    /// was planted. Their clean records go to `canary.` topics and never to the clean topic.
    Plant {
        #[command(flatten)]
        about: About,
        /// Records; they go to the source's partitions in turn.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
        records: u16,
        /// Draw the records from this seed, and not at random.
        #[arg(long)]
        seed: Option<u64>,
        /// The keyring of the pipeline: it marks canaries, so that nobody else can.
        #[arg(long, env = "WEIR_KEYRING", default_value = "weir.keyring", value_name = "FILE")]
        keyring: PathBuf,
        /// Allow a keyring that a passphrase guards: for development only.
        #[arg(long)]
        dev: bool,
    },
    /// Wait until the ledger's last canaries have come out, then look for every identifier of the
    /// ledger in all that the pipeline has written since they were planted. Needs no keys.
    Check {
        #[command(flatten)]
        about: About,
        /// How long canaries may take to come out: 500ms, 60s, 5m.
        #[arg(long, default_value = "60s", value_name = "TIME", value_parser = duration)]
        wait: Duration,
        /// The outcome as JSON on standard output.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
struct About {
    /// The pipeline file.
    pipeline: PathBuf,
    #[command(flatten)]
    model: Model,
    #[command(flatten)]
    kafka: Kafka,
    /// What was planted, identifiers included, a line each; mode 0600.
    #[arg(long, env = "WEIR_CANARIES", default_value = "weir-canaries.jsonl", value_name = "FILE")]
    ledger: PathBuf,
}

pub(super) fn canary(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Plant { about, records, seed, keyring, dev } => {
            let keyring = connect::load(keyring, *dev)?;
            let seed = seed.unwrap_or_else(|| uuid::Uuid::new_v4().as_u64_pair().0);
            plant_all(about, &keyring, *records, seed)
        }
        Command::Check { about, wait, json } => check(about, *wait, *json),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => 0,
    };
    match number.parse::<u64>().ok().and_then(|n| n.checked_mul(millis)) {
        Some(millis) if millis > 0 => Ok(Duration::from_millis(millis)),
        _ => Err("a number and a unit: 500ms, 60s or 5m".into()),
    }
}

fn plant_all(about: &About, keyring: &Keyring, n: u16, seed: u64) -> Result<(), Failure> {
    let pipeline = connect::pipeline(&about.pipeline, &about.kafka, &about.model)?;
    let settings = about.kafka.settings()?;
    let Ground { places, ends } = ground(&pipeline, &settings)?;
    let marks = CanaryMarks::of(keyring)?;
    let canaries: Option<Vec<Canary>> = (0..u64::from(n))
        .map(|n| make(&pipeline.plan, seed.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
        .collect();
    let canaries = canaries.ok_or_else(|| {
        let format = pipeline.plan.record().layout.format().entry().name;
        Failure::about(Code::CanaryMisfit, format!("there are none for {format} yet"))
    })?;
    rehearse(&pipeline, keyring, &canaries)?;
    let mut round = Round {
        round: random_id(),
        pipeline: pipeline.name.clone(),
        at: connect::now(),
        ends,
        records: Vec::new(),
    };
    let mut seedlings = Vec::new();
    for (at, Canary { key, value, identifiers }) in canaries.into_iter().enumerate() {
        let (topic, partition) = &places[(seed as usize % places.len() + at) % places.len()];
        let id = random_id();
        let millis = connect::millis();
        round.records.push(Planted {
            id: id.clone(),
            topic: topic.clone(),
            partition: *partition,
            offset: None,
            millis,
            identifiers,
        });
        let (topic, partition) = (topic.clone(), *partition);
        seedlings.push(Seedling { id, topic, partition, key, value, millis });
    }
    let mut file = open_ledger(&about.ledger)?;
    append(&mut file, &about.ledger, &round.before())?;
    let offsets = plant(&settings, &marks, &seedlings)?;
    append(&mut file, &about.ledger, &round.after(&offsets))?;
    for (planted, offset) in round.records.iter().zip(offsets) {
        data(&format!("{} {}/{}/{offset}", planted.id, planted.topic, planted.partition));
    }
    let identifiers: usize = round.records.iter().map(|planted| planted.identifiers.len()).sum();
    say(&format!(
        "{}: {n} canaries planted; {} keeps {identifiers} identifiers of theirs",
        pipeline.name,
        about.ledger.display(),
    ));
    Ok(())
}

/// 128 random bits in hexadecimal.
fn random_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// Cleans the canaries here, as the pipeline would: one that is refused would tell of itself alone.
/// Nothing of what comes out is kept; subjects' secrets are thrown away.
fn rehearse(pipeline: &Pipeline, keyring: &Keyring, canaries: &[Canary]) -> Result<(), Failure> {
    let plan = &pipeline.plan;
    let mut batch = Batch::new(connect::today());
    for canary in canaries {
        if canary.identifiers.is_empty() {
            return Err(Failure::about(Code::CanaryMisfit, "no identifier to look for"));
        }
        let key = canary.key.as_ref().map(|key| key.expose().as_bytes());
        batch.push(key, Some(canary.value.expose().as_bytes()), None);
    }
    let keys = keyring.snapshot(&key_needs(plan))?;
    let store = SubjectStore::forgetful()?;
    let located = locate(plan, batch);
    let subjects = bring(plan, &store, &located)?;
    let cleaned = finish(plan, &keys, &subjects, located);
    for record in 0..cleaned.len() {
        if let Disposition::Refused(code) = cleaned.disposition(record) {
            return Err(Failure::about(Code::CanaryMisfit, code));
        }
    }
    Ok(())
}

/// A ledger that others can read, or that weir did not write, is not written to.
fn open_ledger(path: &Path) -> Result<std::fs::File, Failure> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let fault = || Failure::about(Code::FileOutput, path.display());
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).mode(0o600).open(path).map_err(|_| fault())?;
    let mode = file.metadata().map_err(|_| fault())?.permissions().mode();
    match mode & 0o077 {
        0 => Ok(file),
        _ => Err(Failure::about(
            Code::FileOutput,
            format!("{}: others can read it: chmod 600", path.display()),
        )),
    }
}

fn append(file: &mut std::fs::File, path: &Path, line: &Phi<String>) -> Result<(), Failure> {
    let written = file.write_all(line.expose().as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|_| Failure::about(Code::FileOutput, path.display()))
}

/// A canary that has come out.
#[derive(Clone)]
struct Out {
    place: String,
    millis: Option<i64>,
    /// Why it was refused.
    code: Option<Code>,
}

/// What was found of a round.
struct Outcome<'a> {
    round: &'a Round,
    out: BTreeMap<&'a str, Out>,
    /// Place, and what stands there: a class, or the record itself.
    seen: BTreeSet<(String, &'static str)>,
    looked: BTreeMap<String, u64>,
    identifiers: usize,
}

fn check(about: &About, wait: Duration, json: bool) -> Result<(), Failure> {
    let pipeline = connect::pipeline(&about.pipeline, &about.kafka, &about.model)?;
    let settings = about.kafka.settings()?;
    let rounds = read_ledger(&about.ledger, &pipeline.name)?;
    let Some(round) = rounds.last() else {
        let what = format!("{}: no canaries of {}", about.ledger.display(), pipeline.name);
        return Err(Failure::about(Code::FileUnreadable, what));
    };
    let deadline = Instant::now() + wait;
    let mut out = BTreeMap::new();
    loop {
        written(&pipeline, &settings, &round.ends, Look::Committed, |record| {
            let planted = round.records.iter().find(|one| Some(one.id.as_str()) == record.canary());
            if let Some(planted) = planted {
                let came = Out {
                    place: place(record),
                    millis: record.millis().map(|millis| millis - planted.millis),
                    code: record.code(),
                };
                out.entry(planted.id.as_str()).or_insert(came);
            }
        })?;
        if out.len() == round.records.len() || Instant::now() >= deadline {
            break;
        }
        std::thread::sleep(PAUSE.min(deadline.saturating_duration_since(Instant::now())));
    }
    let outcome = look_everywhere(&pipeline, &settings, &rounds, round, out)?;
    if json {
        data(&outcome.json(&pipeline.name).to_string());
    } else {
        outcome.print(&pipeline.name);
    }
    outcome.verdict()
}

/// Between two looks at the canary topics.
const PAUSE: Duration = Duration::from_millis(500);

fn read_ledger(path: &Path, pipeline: &str) -> Result<Vec<Round>, Failure> {
    let text = Phi::new(connect::read(path)?);
    let ledger = Ledger::read(text.expose()).map_err(|line| {
        let what = format!("{}:{line}: not a line of a ledger", path.display());
        Failure::about(Code::FileUnreadable, what)
    })?;
    Ok(ledger.of(pipeline))
}

/// Looks for the identifiers of all rounds in everything that was written since the last one began.
fn look_everywhere<'a>(
    pipeline: &Pipeline,
    settings: &Settings,
    rounds: &'a [Round],
    round: &'a Round,
    mut out: BTreeMap<&'a str, Out>,
) -> Result<Outcome<'a>, Failure> {
    let all = || rounds.iter().flat_map(|round| &round.records);
    let search = Search::of(all().flat_map(|planted| &planted.identifiers))?;
    let pointers: BTreeMap<String, &str> =
        all().filter_map(|planted| Some((planted.pointer()?, planted.id.as_str()))).collect();
    let ids: BTreeSet<&str> = all().map(|planted| planted.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    let looked = written(pipeline, settings, &round.ends, Look::Everything, |record| {
        for class in record.pieces().flat_map(|piece| search.find(piece)) {
            seen.insert((place(record), class.name()));
        }
        let from = record.source().and_then(|pointer| pointers.get(pointer).copied());
        let id = from.or_else(|| ids.get(record.canary()?).copied());
        let (Some(id), Part::Clean | Part::Quarantine) = (id, record.part) else { return };
        if record.part == Part::Quarantine && record.code() == Some(Code::CanaryUnwanted) {
            let code = Some(Code::CanaryUnwanted);
            out.entry(id).or_insert(Out { place: place(record), millis: None, code });
            return;
        }
        seen.insert((place(record), RECORD));
    })?;
    out.retain(|id, _| round.records.iter().any(|planted| planted.id == *id));
    Ok(Outcome { round, out, seen, looked, identifiers: search.len() })
}

/// In place of a class: the record of a canary itself.
const RECORD: &str = "record";

fn place(record: &Written<'_>) -> String {
    let (topic, partition, offset) = record.place();
    format!("{topic}/{partition}/{offset}")
}

impl Outcome<'_> {
    fn missing(&self) -> Vec<&Planted> {
        let missing = |planted: &&Planted| !self.out.contains_key(planted.id.as_str());
        self.round.records.iter().filter(missing).collect()
    }

    fn refused(&self) -> Vec<(&Out, Code)> {
        self.out.values().filter_map(|out| Some((out, out.code?))).collect()
    }

    fn print(&self, pipeline: &str) {
        let (n, came) = (self.round.records.len(), self.out.len());
        data(&format!("{pipeline}: {came} of {n} canaries of {} have come out", self.round.at));
        let mut millis: Vec<_> = self
            .out
            .values()
            .filter(|out| out.code.is_none())
            .filter_map(|out| out.millis)
            .collect();
        millis.sort_unstable();
        if let (Some(middle), Some(most)) = (millis.get(millis.len() / 2), millis.last()) {
            data(&format!("  after       {middle} ms (median), {most} ms (longest)"));
        }
        for (out, code) in self.refused() {
            data(&format!("  refused     {} {}", out.place, code));
        }
        for planted in self.missing() {
            let pointer = planted.pointer().unwrap_or_else(|| planted.topic.clone());
            data(&format!("  missing     {pointer}"));
        }
        let records: u64 = self.looked.values().sum();
        data(&format!(
            "  looked for  {} identifiers in {records} records of {} topics, aborted ones too",
            self.identifiers,
            self.looked.len()
        ));
        for (topic, records) in &self.looked {
            data(&format!("  {records:>10}  {topic}"));
        }
        for (place, what) in &self.seen {
            data(&format!("  SEEN        {place} {what}"));
        }
    }

    fn json(&self, pipeline: &str) -> serde_json::Value {
        let out = self.out.iter().map(|(id, out)| {
            serde_json::json!({
                "id": id, "place": out.place, "millis": out.millis,
                "refused": out.code.map(Code::id),
            })
        });
        let missing = self.missing();
        let missing = missing
            .iter()
            .map(|planted| serde_json::json!({ "id": planted.id, "place": planted.pointer() }));
        let seen = self.seen.iter();
        let seen = seen.map(|(place, what)| serde_json::json!({ "place": place, "class": what }));
        serde_json::json!({
            "pipeline": pipeline,
            "planted": self.round.records.len(),
            "at": self.round.at,
            "out": out.collect::<Vec<_>>(),
            "missing": missing.collect::<Vec<_>>(),
            "identifiers": self.identifiers,
            "looked_through": self.looked,
            "seen": seen.collect::<Vec<_>>(),
        })
    }

    /// The worst first: what was seen, what was refused, what is missing.
    fn verdict(&self) -> Result<(), Failure> {
        if let Some((place, what)) = self.seen.first() {
            let more = match self.seen.len() {
                1 => String::new(),
                n => format!(", and {} more", n - 1),
            };
            return Err(Failure::about(Code::CanarySeen, format!("{place} {what}{more}")));
        }
        if let Some((out, code)) = self.refused().first() {
            let what = format!(
                "{} of {}: {} {}",
                self.refused().len(),
                self.round.records.len(),
                out.place,
                code.id()
            );
            return Err(Failure::about(Code::CanaryRefused, what));
        }
        match self.missing().len() {
            0 => Ok(()),
            n => {
                let what = format!("{n} of {}", self.round.records.len());
                Err(Failure::about(Code::CanaryMissing, what))
            }
        }
    }
}
