//! A pipeline as written: which topics or files, under which policy, to whom.

use super::item::{Item, Table};
use super::plan::Plan;
use super::reach::{Destination, Term, lapsed};
use crate::limits;
use crate::phi::{Class, Code, Day, Extent};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A pipeline with everything it names: what the stream needs.
#[derive(Debug)]
pub struct Pipeline {
    /// Its name; part of the consumer group and of transactional ids.
    pub name: String,
    /// What is done to records.
    pub plan: Plan,
    /// What is read.
    pub source: Source,
    /// Where clean records go.
    pub sink: Sink,
    /// Where refused records go.
    pub quarantine: Quarantine,
    /// Where lineage events go.
    pub lineage: Lineage,
    /// How often a record may be delivered.
    pub delivery: Delivery,
    /// The compacted topic of tallies and the stop marker.
    pub state_topic: String,
    /// Who receives the clean records.
    pub destination: Destination,
    /// What this rests on and ends on a day, the first to end in front.
    pub terms: Vec<Term>,
    /// Where canaries go; without it they are refused.
    pub canary: Option<Canary>,
    /// The values of the source's topics name a schema of a registry, and so do those of clean records.
    pub registry: Option<Registry>,
    /// Where signed manifests go, by which clean records can be proven.
    pub proof: Option<Proof>,
    /// The topic that says where each subject's records are, in the same transactions.
    pub trail: Option<String>,
    /// What people are told of it.
    pub about: About,
    /// Where its policy is written down.
    pub code: PolicyCode,
}

impl Pipeline {
    /// The first of its terms that is over: from then on nothing may leave.
    pub fn lapsed(&self, today: Day) -> Option<&Term> {
        lapsed(&self.terms, today)
    }
}

/// What people are told of a pipeline: it stands in lineage and changes nothing of what is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What it is for.
    pub description: Option<String>,
    /// Who answers for it: `team:data`, `user:jdoe`.
    pub owners: Vec<String>,
    /// Tags, name and value.
    pub tags: Vec<(String, String)>,
    /// The address of the repository that its files are kept in.
    pub repository: Option<String>,
}

/// Where a policy is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyCode {
    /// In weir itself.
    BuiltIn,
    /// In a file; its whole path.
    File(PathBuf),
}

/// What is done with the schemas of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// The subject of clean records' schemas.
    pub subject: String,
    /// Schemas that it has not are registered; else they have to be there.
    pub register: bool,
    /// What happens to records of a schema that the plan does not cover.
    pub drift: Drift,
}

/// What happens to records of a schema that the plan does not cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// They are refused.
    Quarantine,
    /// The run ends before them.
    Stop,
}

/// Where canaries go: synthetic records that a holder of the keyring has planted in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canary {
    /// In place of the sink's topic.
    pub clean: String,
    /// In place of the quarantine topic.
    pub quarantine: String,
}

/// How often a record may be delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Clean records, quarantine, tallies, lineage and source offsets in one transaction.
    #[default]
    ExactlyOnce,
    /// No transaction: source offsets are committed once the records have arrived. After a crash, a
    /// lost connection or a rebalance some records come twice, and counts in lineage count them twice.
    AtLeastOnce,
}

/// What a pipeline reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Kafka topics.
    Topics {
        /// Their names.
        topics: Vec<String>,
    },
    /// Files, relative to the folder that weir is started in: a record a line, or a file where a record has lines.
    Files(Vec<PathBuf>),
}

/// Where clean records go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sink {
    /// A Kafka topic.
    Topic {
        /// Its name.
        topic: String,
        /// Headers of the source that are carried over; all others are dropped.
        headers: Vec<String>,
        /// The timestamp of clean records.
        timestamp: Timestamp,
    },
    /// A folder; each output has its input's file name.
    Files(PathBuf),
}

/// Where signed manifests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A Kafka topic.
    Topic(String),
    /// A folder; the manifests of a clean file `NAME` are in `NAME.proof`.
    Files(PathBuf),
}

impl Proof {
    /// The topic.
    pub fn topic(&self) -> Option<&String> {
        if let Proof::Topic(topic) = self { Some(topic) } else { None }
    }

    /// The folder.
    pub fn files(&self) -> Option<&PathBuf> {
        if let Proof::Files(folder) = self { Some(folder) } else { None }
    }
}

/// The timestamp of clean records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timestamp {
    /// The producer's time.
    Append,
    /// The first moment of the source timestamp's year.
    Year,
    /// The source's.
    Keep,
}

/// Where refused records go, and when there are too many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quarantine {
    /// A Kafka topic.
    pub topic: Option<String>,
    /// A folder.
    pub files: Option<PathBuf>,
    /// When the pipeline stops itself.
    pub stop_above: Option<StopAbove>,
}

/// The share of refused records above which a pipeline stops, durably.
#[derive(Clone, Debug, PartialEq)]
pub struct StopAbove {
    /// 0 to 1.
    pub share: f64,
    /// Length of the sliding window, in milliseconds.
    pub window_millis: u64,
    /// Fewest records in the window for the share to count.
    pub min_records: u64,
}

/// Where lineage events go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The namespace of its jobs.
    pub namespace: String,
    /// A Kafka topic, in the same transactions.
    pub topic: Option<String>,
    /// An NDJSON file, after the commit.
    pub file: Option<PathBuf>,
    /// Standard output, a line an event, after the commit.
    pub stdout: bool,
    /// Servers that take events over HTTP, after the commit.
    pub http: Vec<Http>,
    /// Seconds between RUNNING events.
    pub window_seconds: u64,
}

impl Default for Lineage {
    fn default() -> Lineage {
        Lineage {
            namespace: "weir".into(),
            topic: None,
            file: None,
            stdout: false,
            http: Vec::new(),
            window_seconds: 30,
        }
    }
}

/// A server that takes events over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// The whole address, path included: `https://marquez.internal/api/v1/lineage`.
    pub url: String,
    /// The file that holds the bearer token.
    pub token_file: Option<PathBuf>,
    /// The certificates that vouch for it, as PEM; else the web's own authorities do.
    pub ca: Option<PathBuf>,
    /// Bodies are compressed.
    pub gzip: bool,
    /// The longest that one request may take, in milliseconds.
    pub timeout_millis: u64,
    /// The file that events wait in; without one they wait in memory.
    pub spool: Option<PathBuf>,
    /// The most bytes of events that wait.
    pub spool_bytes: usize,
}

/// A pipeline document, read but not yet bound to its plan.
pub(super) struct Document<'a> {
    pub(super) name: &'a str,
    pub(super) schema: Item<'a>,
    pub(super) policy: Item<'a>,
    pub(super) destination: Item<'a>,
    pub(super) key: Option<Key<'a>>,
    pub(super) source: Source,
    /// What is read happened long before it is read: its arrival dates no event.
    pub(super) historical: bool,
    pub(super) sink: Sink,
    /// Where the sink is written down, and its timestamp.
    pub(super) to: Item<'a>,
    pub(super) timestamp: Option<Item<'a>>,
    pub(super) quarantine: Quarantine,
    pub(super) lineage: Lineage,
    pub(super) delivery: Delivery,
    pub(super) state_topic: String,
    pub(super) canary: Option<Canary>,
    pub(super) registry: Option<(Registry, Item<'a>)>,
    pub(super) proof: Option<Proof>,
    pub(super) trail: Option<Trail<'a>>,
    /// The regions that clean records may go to.
    pub(super) residency: Option<Item<'a>>,
    pub(super) about: About,
}

/// `trail: {topic: NAME, chunk: PATH}`.
pub(super) struct Trail<'a> {
    pub(super) item: Item<'a>,
    pub(super) topic: String,
    pub(super) chunk: Option<Item<'a>>,
}

/// What the pipeline says of record keys.
pub(super) struct Key<'a> {
    pub(super) item: Item<'a>,
    /// `None`: the key is dropped.
    pub(super) class: Option<Class>,
    pub(super) extent: Extent,
}

/// Reads a pipeline; problems go to its report.
pub(super) fn read<'a>(root: &Item<'a>) -> Option<Document<'a>> {
    let keys = [
        "pipeline",
        "source",
        "policy",
        "destination",
        "sink",
        "quarantine",
        "lineage",
        "delivery",
        "state",
        "canary",
        "registry",
        "proof",
        "trail",
        "residency",
        "description",
        "owners",
        "tags",
        "repository",
    ];
    let table = root.table(&keys)?;
    let name = table.need("pipeline").and_then(|item| item.name());
    let (policy, destination) = (table.need("policy"), table.need("destination"));
    let from = table
        .need("source")
        .and_then(|item| item.table(&["topics", "files", "schema", "key", "historical"]));
    let schema = from.as_ref().and_then(|from| from.need("schema"));
    let source = from.as_ref().and_then(source);
    let key = from.as_ref().and_then(|from| from.maybe("key")).map(|item| key(&item));
    let historical = from.as_ref().and_then(|from| from.maybe("historical"));
    let historical = historical.and_then(|item| item.bool()).unwrap_or(false);
    let to = table
        .need("sink")
        .and_then(|item| item.table(&["topic", "files", "headers", "timestamp", "delay"]));
    let sink = to.as_ref().and_then(sink);
    let timestamp = to.as_ref().and_then(|to| to.get("timestamp"));
    let place = table.get("sink");
    let quarantine = table.need("quarantine").and_then(|item| quarantine(&item));
    let lineage = match table.maybe("lineage") {
        None => Some(Lineage::default()),
        Some(item) => lineage(&item),
    };
    let deliveries =
        [("exactly_once", Delivery::ExactlyOnce), ("at_least_once", Delivery::AtLeastOnce)];
    let delivery = table.maybe("delivery");
    let twice = delivery.as_ref().is_some_and(|item| item.text() == Some("at_least_once"));
    let delivery = delivery.map_or(Some(Delivery::default()), |item| item.one_of(&deliveries));
    let state =
        table.maybe("state").and_then(|item| item.table(&["topic"])?.need("topic")?.topic());
    let in_topics = matches!(source, Some(Source::Topics { .. }));
    if let (true, Some(Source::Files(_)), Some(item)) = (twice, &source, table.get("delivery")) {
        let hint = "delete the line: each output file appears whole, once";
        item.problem(Code::WrongValue, "`at_least_once` for files", hint);
    }
    if let (Some(source), Some(sink)) = (&source, &sink) {
        let mixed = matches!(source, Source::Topics { .. }) != matches!(sink, Sink::Topic { .. });
        if let (true, Some(to)) = (mixed, &to) {
            to.item().key_problem(
                Code::NotBuiltYet,
                "topics and files in one pipeline",
                "topics to a topic, or files to files",
            );
        }
    }
    if let (Some(quarantine), Some(item)) = (&quarantine, table.get("quarantine")) {
        let (has, wanted) = if in_topics {
            (quarantine.topic.is_some(), "topic")
        } else {
            (quarantine.files.is_some(), "files")
        };
        if !has && source.is_some() {
            item.key_problem(
                Code::MissingKey,
                format!("`{wanted}` is missing"),
                "refused records must have a place",
            );
        }
    }
    let proof = table.maybe("proof");
    let proof = proof.map_or(Some(None), |item| proof_place(&item, source.as_ref(), twice));
    let trail = table.maybe("trail").map_or(Some(None), |item| trail(item, in_topics, twice));
    let others = [
        ("lineage", lineage.as_ref().and_then(|lineage| lineage.topic.as_deref())),
        ("proof", proof.as_ref().and_then(|proof| proof.as_ref()?.topic()).map(String::as_str)),
        ("trail", trail.as_ref().and_then(|trail| Some(trail.as_ref()?.topic.as_str()))),
        ("state", state),
    ];
    if let (Some(source), Some(sink), Some(quarantine)) = (&source, &sink, &quarantine) {
        let folder = proof.as_ref().and_then(|proof| proof.as_ref()?.files());
        one_place_each(&table, source, sink, quarantine, folder, &others);
    }
    let canary = table.maybe("canary");
    let canary = canary.as_ref().map_or(Some(None), |item| {
        let others = others.iter().filter_map(|(_, topic)| *topic);
        canary_topics(item, source.as_ref()?, sink.as_ref()?, quarantine.as_ref()?, others)
    });
    let registry = table.maybe("registry");
    let registry = registry.as_ref().map_or(Some(None), |item| {
        let Some(Sink::Topic { topic, .. }) = &sink else {
            let hint = "delete the line: records of files name no schema";
            item.problem(Code::WrongValue, "a registry for files", hint);
            return None;
        };
        if canary.as_ref().is_some_and(Option::is_some) {
            item.problem(Code::NotBuiltYet, "canaries of a registry's schema", "delete `canary`");
        }
        Some(Some((registry_terms(item, topic)?, item.clone())))
    });
    let about = about(&table);
    let name = name?;
    Some(Document {
        name,
        schema: schema?,
        policy: policy?,
        destination: destination?,
        key,
        source: source?,
        historical,
        sink: sink?,
        to: place?,
        timestamp,
        quarantine: quarantine?,
        lineage: lineage?,
        delivery: delivery?,
        state_topic: state.map_or_else(|| format!("weir.state.{name}"), str::to_string),
        canary: canary?,
        registry: registry?,
        proof: proof?,
        trail: trail?,
        residency: table.maybe("residency"),
        about: about?,
    })
}

/// `proof: {topic: NAME}`, or of files `proof: {files: FOLDER}`.
fn proof_place(item: &Item<'_>, source: Option<&Source>, twice: bool) -> Option<Option<Proof>> {
    let table = item.table(&["topic", "files"])?;
    // Without a source nobody knows which of the two it should be; that it is missing is told.
    let in_topics = matches!(source?, Source::Topics { .. });
    let (wanted, other, message, hint) = match in_topics {
        true => {
            ("topic", "files", "a folder of manifests for topics", "write `proof: {topic: NAME}`")
        }
        false => {
            ("files", "topic", "a topic of manifests for files", "write `proof: {files: FOLDER}`")
        }
    };
    if table.get(other).is_some() {
        item.problem(Code::WrongValue, message, hint);
        return None;
    }
    let place = table.need(wanted);
    if in_topics && twice {
        // Records that were written and whose manifest was not would look like somebody else's.
        let hint = "use `delivery: exactly_once`, or delete the line";
        item.problem(Code::WrongValue, "proof of records that may come twice", hint);
    }
    Some(Some(match in_topics {
        true => Proof::Topic(place?.topic()?.to_string()),
        false => Proof::Files(place?.text()?.into()),
    }))
}

fn trail<'a>(item: Item<'a>, in_topics: bool, twice: bool) -> Option<Option<Trail<'a>>> {
    let table = item.table(&["topic", "chunk"])?;
    let topic = table.need("topic").and_then(|item| item.topic());
    if !in_topics {
        item.problem(Code::NotBuiltYet, "a trail of files", "delete the line");
    }
    if twice {
        // Records that were written, and whose place was not, would never be found again.
        let hint = "use `delivery: exactly_once`, or delete the line";
        item.problem(Code::WrongValue, "a trail of records that may come twice", hint);
    }
    let (topic, chunk) = (topic?.to_string(), table.maybe("chunk"));
    Some(Some(Trail { item, topic, chunk }))
}

/// `description`, `owners`, `tags` and `repository`, all of which may be left out.
fn about(table: &Table<'_>) -> Option<About> {
    let text = |key| table.maybe(key).map_or(Some(None), |item| item.text().map(Some));
    let description = text("description").map(|text| text.map(str::to_string));
    let owners = table.maybe("owners").map_or(Some(Vec::new()), |item| item.texts(Item::text));
    let tags = table.maybe("tags").map_or(Some(Vec::new()), |item| {
        let tag = |(name, item): &(&str, Item<'_>)| Some((name.to_string(), item.text()?.into()));
        item.entries()?.iter().map(tag).collect::<Option<Vec<(String, String)>>>()
    });
    let repository = table.maybe("repository").map_or(Some(None), |item| item.url().map(Some));
    let repository = repository.map(|url| url.map(str::to_string));
    Some(About { description: description?, owners: owners?, tags: tags?, repository: repository? })
}

/// `registry: {subject: NAME, register: true, drift: quarantine}`, all of which may be left out.
fn registry_terms(item: &Item<'_>, topic: &str) -> Option<Registry> {
    let table = item.table(&["subject", "register", "drift"])?;
    let subject = table.maybe("subject").and_then(|item| item.text());
    let register = table.maybe("register").and_then(|item| item.bool()).unwrap_or(true);
    let ways = [("quarantine", Drift::Quarantine), ("stop", Drift::Stop)];
    let drift = table.maybe("drift").map_or(Some(Drift::Quarantine), |item| item.one_of(&ways));
    let subject = subject.map_or_else(|| format!("{topic}-value"), str::to_string);
    Some(Registry { subject, register, drift: drift? })
}

/// `canary: true`: the topics of clean records and of quarantine, each with `canary.` in front.
fn canary_topics<'a>(
    item: &Item<'_>,
    source: &Source,
    sink: &Sink,
    quarantine: &Quarantine,
    mut others: impl Iterator<Item = &'a str>,
) -> Option<Option<Canary>> {
    if !item.bool()? {
        return Some(None);
    }
    let (Source::Topics { topics, .. }, Sink::Topic { topic, .. }, Some(quarantine)) =
        (source, sink, &quarantine.topic)
    else {
        let hint = "delete the line: files have no producer that could plant a record";
        item.problem(Code::WrongValue, "canaries among files", hint);
        return None;
    };
    let named = |topic: &str| format!("{CANARY}{topic}");
    let canary = Canary { clean: named(topic), quarantine: named(quarantine) };
    let longest = canary.clean.len().max(canary.quarantine.len());
    if longest > TOPIC_LETTERS_MAX {
        let hint = "`canary.` and the name of the topic have at most 249 characters";
        item.problem(Code::WrongValue, "the name of a canary topic is too long", hint);
        return None;
    }
    let taken = |topic: &str| canary.clean == topic || canary.quarantine == topic;
    if topics.iter().chain([topic, quarantine]).any(|topic| taken(topic)) || others.any(taken) {
        let hint = "give it another name: `canary.` in front is for canaries";
        item.problem(Code::WrongValue, "a canary topic that this pipeline uses already", hint);
        return None;
    }
    Some(Some(canary))
}

/// In front of the name of a topic, the topic of its canaries.
const CANARY: &str = "canary.";
/// The longest name that Kafka takes for a topic.
const TOPIC_LETTERS_MAX: usize = 249;

/// What weir writes in one place must not be what it reads or writes in another: a clean topic that
/// is the source would be cleaned again, and a folder that holds the sources would lose them.
fn one_place_each(
    table: &Table<'_>,
    source: &Source,
    sink: &Sink,
    quarantine: &Quarantine,
    proof: Option<&PathBuf>,
    others: &[(&str, Option<&str>)],
) {
    let wrong = |key: &str, message: &str, hint: &str| {
        if let Some(item) = table.get(key) {
            item.key_problem(Code::WrongValue, message, hint);
        }
    };
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut taken = |place: PathBuf| {
        let again = seen.contains(&place);
        seen.push(place);
        again
    };
    match source {
        Source::Topics { topics, .. } => {
            for topic in topics {
                taken(PathBuf::from(topic));
            }
            let sink =
                if let Sink::Topic { topic, .. } = sink { Some(topic.as_str()) } else { None };
            let places = [("sink", sink), ("quarantine", quarantine.topic.as_deref())];
            for (key, topic) in places.iter().chain(others) {
                if topic.is_some_and(|topic| taken(PathBuf::from(topic))) {
                    wrong(
                        key,
                        "a topic that this pipeline uses already",
                        "give each its own topic",
                    );
                }
            }
        }
        Source::Files(files) => {
            let mut names: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
            names.sort();
            if names.windows(2).any(|two| two[0] == two[1]) {
                let hint = "outputs are named like their sources: give each another file name";
                wrong("source", "two files of one name", hint);
            }
            let is_output = |name: &OsStr| {
                let ends = OUTPUTS.iter().filter(|end| proof.is_some() || **end == PART);
                ends.filter_map(|end| name.to_str()?.strip_suffix(end))
                    .any(|input| names.binary_search(&OsStr::new(input)).is_ok())
            };
            if names.iter().any(|name| is_output(name)) {
                let hint = "give it another file name";
                wrong("source", "a file whose name is that of another one's output", hint);
            }
            for file in files {
                taken(plain(file.parent().unwrap_or(Path::new(""))));
            }
            let sink = if let Sink::Files(folder) = sink { Some(folder) } else { None };
            // Manifests may lie beside the clean files that they are of.
            let beside = |folder: &&PathBuf| sink.is_none_or(|sink| plain(sink) != plain(folder));
            let proof = proof.filter(beside);
            for (key, folder) in
                [("sink", sink), ("quarantine", quarantine.files.as_ref()), ("proof", proof)]
            {
                if folder.is_some_and(|folder| taken(plain(folder))) {
                    wrong(
                        key,
                        "a folder that this pipeline uses already",
                        "give each its own folder",
                    );
                }
            }
        }
    }
}

/// What stands behind the name of an output that is not whole yet.
const PART: &str = ".part";
/// What stands behind an input's name in those of its outputs, beside the clean file's own.
const OUTPUTS: [&str; 3] = [PART, ".proof", ".proof.part"];

/// A path without `.` and, as far as can be said without looking, without `..`.
fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            part => plain.push(part),
        }
        plain
    })
}

fn source(table: &Table<'_>) -> Option<Source> {
    match (table.maybe("topics"), table.maybe("files")) {
        (Some(item), None) => Some(Source::Topics { topics: item.texts(|topic| topic.topic())? }),
        (None, Some(item)) => {
            let files = item.texts(|file| file.text())?;
            Some(Source::Files(files.into_iter().map(PathBuf::from).collect()))
        }
        _ => {
            table.item().key_problem(Code::MissingKey, "either `topics` or `files`", "");
            None
        }
    }
}

fn sink(table: &Table<'_>) -> Option<Sink> {
    if let Some(item) = table.maybe("delay") {
        item.key_problem(Code::NotBuiltYet, "`delay`", "delete the line");
    }
    let times =
        [("append", Timestamp::Append), ("year", Timestamp::Year), ("keep", Timestamp::Keep)];
    let timestamp =
        table.maybe("timestamp").map_or(Some(Timestamp::Append), |item| item.one_of(&times));
    let headers =
        table.maybe("headers").and_then(|item| item.texts(|name| name.text())).unwrap_or_default();
    let timestamp = timestamp?;
    match (table.maybe("topic"), table.maybe("files")) {
        (Some(item), None) => {
            item.topic().map(|topic| Sink::Topic { topic: topic.to_string(), headers, timestamp })
        }
        (None, Some(item)) => item.text().map(|folder| Sink::Files(folder.into())),
        _ => {
            table.item().key_problem(Code::MissingKey, "either `topic` or `files`", "");
            None
        }
    }
}

fn key<'a>(item: &Item<'a>) -> Key<'a> {
    let none = Key { item: item.clone(), class: None, extent: Extent::Any };
    if item.is_mapping() {
        let Some(table) = item.table(&["class", "width", "shape"]) else { return none };
        let class = table.need("class").and_then(|item| super::schema::class(&item));
        let Some(class) = class else { return none };
        let extent = super::schema::extent(class, table.maybe("width"), table.maybe("shape"));
        return Key { class: Some(class), extent, ..none };
    }
    if item.text() == Some("drop") {
        return none;
    }
    Key { class: super::schema::class(item), ..none }
}

fn quarantine(item: &Item<'_>) -> Option<Quarantine> {
    let table = item.table(&["topic", "files", "stop_above"])?;
    let topic = table.maybe("topic").and_then(|item| item.topic()).map(str::to_string);
    let files = table.maybe("files").and_then(|item| item.text()).map(PathBuf::from);
    let stop_above = match table.maybe("stop_above") {
        None => None,
        Some(item) => {
            let table = item.table(&["share", "window", "min_records"])?;
            let share = table.need("share").and_then(|item| item.share());
            let window = table.need("window").and_then(|item| item.duration());
            let least = table.need("min_records").and_then(|item| item.int(1..=1_000_000_000));
            Some(StopAbove {
                share: share?,
                window_millis: window?.as_millis() as u64,
                min_records: least? as u64,
            })
        }
    };
    Some(Quarantine { topic, files, stop_above })
}

fn lineage(item: &Item<'_>) -> Option<Lineage> {
    let table = item.table(&["namespace", "topic", "file", "stdout", "http", "window"])?;
    let usual = Lineage::default();
    let window = match table.maybe("window") {
        Some(item) => item.duration()?.as_secs().max(1),
        None => usual.window_seconds,
    };
    let namespace = table.maybe("namespace").map_or(Some(&*usual.namespace), |item| item.name());
    let servers = table.maybe("http");
    let servers = servers.map(|item| if item.is_list() { item.list() } else { Some(vec![item]) });
    let servers = servers.flatten().unwrap_or_default();
    let http: Vec<_> = servers.iter().map(http).collect();
    spools_of_their_own(&servers, &http);
    Some(Lineage {
        namespace: namespace?.to_string(),
        topic: table.maybe("topic").and_then(|item| item.topic()).map(str::to_string),
        file: table.maybe("file").and_then(|item| item.text()).map(PathBuf::from),
        stdout: table.maybe("stdout").map_or(Some(false), |item| item.bool())?,
        http: http.into_iter().collect::<Option<_>>()?,
        window_seconds: window,
    })
}

fn http(item: &Item<'_>) -> Option<Http> {
    let keys = ["url", "token_file", "ca", "gzip", "timeout", "spool", "spool_bytes"];
    let table = item.table(&keys)?;
    let path = |key| table.maybe(key).and_then(|item| item.text()).map(PathBuf::from);
    let url = table.need("url").and_then(|item| item.url());
    let timeout = table.maybe("timeout").map_or(Some(limits::LINEAGE_HTTP_MILLIS), |item| {
        item.duration().map(|time| time.as_millis() as u64)
    });
    let bytes = table.maybe("spool_bytes").map_or(Some(limits::LINEAGE_SPOOL_BYTES), |item| {
        item.int(1_000_000..=1 << 28).map(|bytes| bytes as usize)
    });
    Some(Http {
        url: url?.to_string(),
        token_file: path("token_file"),
        ca: path("ca"),
        gzip: table.maybe("gzip").map_or(Some(false), |item| item.bool())?,
        timeout_millis: timeout?,
        spool: path("spool"),
        spool_bytes: bytes?,
    })
}

/// Two servers that wait in one file would send each other's events.
fn spools_of_their_own(items: &[Item<'_>], servers: &[Option<Http>]) {
    let mut seen: Vec<PathBuf> = Vec::new();
    for (item, server) in items.iter().zip(servers) {
        let Some(spool) = server.as_ref().and_then(|server| server.spool.as_deref()) else {
            continue;
        };
        let spool = plain(spool);
        if seen.contains(&spool) {
            let hint = "give each server its own file";
            item.problem(Code::WrongValue, "a file that events of another server wait in", hint);
        }
        seen.push(spool);
    }
}
