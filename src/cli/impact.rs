//! `weir impact`: which clean records are of a person, under a policy or of a key version, or of a time, and
//! what is made of them. Ids of people come on standard input, one a line, since arguments are seen by every
//! process of the machine.

use super::connect::{self, Kafka, Model, Ring};
use super::fault::Failure;
use super::run::Meter;
use super::token::input;
use super::{data, say};
use crate::audit::Entry;
use crate::keys::{Keyring, Need, Pseudonym};
use crate::phi::{Code, Phi, canonical as canonical_id};
use crate::policy::{Pipeline, Sink};
use crate::stream::{Progress, Query, Seen, Touched, check, impact as look};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

/// Records that are listed; how many there are is said in any case.
const LISTED_MAX: usize = 1_000;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The pipelines whose clean records are looked for; each has a `trail`.
    #[arg(required = true, value_name = "PIPELINE")]
    pipelines: Vec<PathBuf>,
    /// Records of these people: their ids are read from standard input, one a line, as the schema's subject
    /// field has them. The audit has how many they were.
    #[arg(long)]
    subject: bool,
    /// Records under this policy: NAME, or NAME@DIGEST as in the header `weir-policy`.
    #[arg(long, value_name = "POLICY")]
    policy: Option<String>,
    /// Records with tokens of this key version.
    #[arg(long, value_name = "VERSION")]
    key_version: Option<u32>,
    /// Records that were written at this time (RFC 3339) or later.
    #[arg(long, value_name = "TIME")]
    since: Option<jiff::Timestamp>,
    /// Records that were written before this time (RFC 3339).
    #[arg(long, value_name = "TIME")]
    until: Option<jiff::Timestamp>,
    /// Every record that is found, as JSON, one a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ring: Ring,
    #[command(flatten)]
    kafka: Kafka,
    #[command(flatten)]
    model: Model,
}

/// Sums of what was found, by where it is and what it was made under.
#[derive(Default)]
struct Sum {
    records: u64,
    chunks: u64,
    shared: u64,
    first: String,
    last: String,
}

pub(super) fn impact(arguments: &Arguments) -> Result<(), Failure> {
    let pipelines = load(&arguments.pipelines, &arguments.kafka, &arguments.model)?;
    let mut query = Query {
        policy: arguments.policy.clone(),
        keys: arguments.key_version,
        since: arguments.since.map(|time| time.as_millisecond()),
        until: arguments.until.map(|time| time.as_millisecond()),
        ..of(&pipelines)
    };
    let nothing = query.policy.is_none()
        && query.keys.is_none()
        && query.since.is_none()
        && query.until.is_none();
    if nothing && !arguments.subject {
        let what = "one of --subject, --policy, --key-version, --since or --until";
        return Err(Failure::about(Code::MissingKey, what));
    }
    let mut people = 0;
    if arguments.subject {
        let keys = arguments.ring.load()?;
        let ids = input()?;
        people = distinct(&who(&mut query, &pipelines, &keys, ids.lines())?);
        if people == 0 {
            return Err(Failure::about(Code::MissingKey, "ids of people on standard input"));
        }
        // From here on it is known which records are whose.
        let entry = Entry {
            time: connect::now(),
            actor: connect::actor(),
            act: "trail.impact".into(),
            tenant: keys.tenant().into(),
            count: Some(people),
            ..Entry::default()
        };
        arguments.ring.audit.append(entry)?;
    }
    let mut sums: BTreeMap<(String, String, u32), Sum> = BTreeMap::new();
    let mut listed = 0;
    let seen = search(&arguments.kafka, &pipelines, &query, |found| {
        let head = found.head;
        let sum = sums.entry((head.topic.clone(), head.policy.clone(), head.keys)).or_default();
        sum.records += 1;
        sum.chunks += found.chunks.len() as u64;
        sum.shared += u64::from(found.shared);
        if sum.first.is_empty() || head.at < sum.first {
            sum.first.clone_from(&head.at);
        }
        if head.at > sum.last {
            sum.last.clone_from(&head.at);
        }
        if arguments.json {
            data(&json(&found).to_string());
        } else if arguments.subject && listed < LISTED_MAX {
            listed += 1;
            data(&line(&found));
        }
    })?;
    let total: u64 = sums.values().map(|sum| sum.records).sum();
    if arguments.subject && !arguments.json && total > LISTED_MAX as u64 {
        say(&format!("{} more records; --json has all", total - LISTED_MAX as u64));
    }
    for ((topic, policy, keys), sum) in &sums {
        let (records, chunks, first, last) = (sum.records, sum.chunks, &sum.first, &sum.last);
        let summary = format!(
            "{topic}: {records} records under {policy} with keys v{keys}, {chunks} names, {first} to {last}"
        );
        if arguments.json || arguments.subject {
            say(&summary)
        } else {
            data(&summary)
        }
        if sum.shared > 0 {
            say(&format!("  {} of them are of others, too", sum.shared));
        }
    }
    let of = if arguments.subject { format!(" of {people} people") } else { String::new() };
    say(&format!("{total} records{of} in {} that were looked through", seen.records));
    complete(&seen)
}

/// Fails where not everything could be looked through.
pub(super) fn complete(seen: &Seen) -> Result<(), Failure> {
    if !seen.broken.is_empty() {
        let broken: Vec<_> = seen.broken.iter().map(String::as_str).collect();
        return Err(Failure::about(Code::TrailBroken, broken.join(", ")));
    }
    if seen.gone.is_empty() {
        return Ok(());
    }
    let gone: Vec<_> = seen.gone.iter().map(|version| format!("v{version}")).collect();
    Err(Failure::about(Code::TrailKeyGone, gone.join(", ")))
}

/// Loads pipelines, each of which has a trail.
pub(super) fn load(
    paths: &[PathBuf],
    kafka: &Kafka,
    model: &Model,
) -> Result<Vec<Pipeline>, Failure> {
    let mut pipelines: Vec<Pipeline> = Vec::new();
    for path in paths {
        let pipeline = connect::pipeline(path, kafka, model)?;
        if pipeline.trail.is_none() {
            let what = format!("{}: `trail`", path.display());
            return Err(Failure::about(Code::MissingKey, what));
        }
        // A run is known by its pipeline's name: of two, one would be passed over.
        if pipelines.iter().any(|known| known.name == pipeline.name) {
            let what = format!("{}: a second pipeline `{}`", path.display(), pipeline.name);
            return Err(Failure::about(Code::WrongValue, what));
        }
        pipelines.push(pipeline);
    }
    Ok(pipelines)
}

/// Everything of these pipelines, whatever their clean topics are called by now.
pub(super) fn of(pipelines: &[Pipeline]) -> Query {
    Query {
        topics: pipelines.iter().filter_map(clean_topic).map(str::to_string).collect(),
        pipelines: pipelines.iter().map(|pipeline| pipeline.name.clone()).collect(),
        ..Query::default()
    }
}

pub(super) fn clean_topic(pipeline: &Pipeline) -> Option<&str> {
    match &pipeline.sink {
        Sink::Topic { topic, .. } => Some(topic),
        Sink::Files(_) => None,
    }
}

/// Puts people into a query: by the pseudonyms that they have in these pipelines, under every key version
/// that can still be used. Gives their canonical ids, in order.
pub(super) fn who<'t>(
    query: &mut Query,
    pipelines: &[Pipeline],
    keys: &Keyring,
    ids: impl Iterator<Item = &'t str>,
) -> Result<Vec<Vec<Phi<String>>>, Failure> {
    // Pipelines may write the same person's number at different widths.
    let mut forms = Vec::new();
    for plan in pipelines.iter().map(|pipeline| &pipeline.plan) {
        for at in plan.documents.iter().flat_map(|document| &document.subjects) {
            let field = &plan.fields[usize::from(*at)];
            let form = (field.class, field.extent.clone());
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    let mut canonical: Vec<Vec<Phi<String>>> = Vec::new();
    for (at, line) in ids.enumerate() {
        let (mut all, mut refused) = (Vec::<Phi<String>>::new(), None);
        // Where a schema names people by one of several kinds of ids, a line is of one of them.
        for (class, extent) in &forms {
            let mut id = Phi::new(String::new());
            match canonical_id(*class, extent, line, id.expose_mut()) {
                Ok(()) if all.iter().all(|known| known.expose() != id.expose()) => all.push(id),
                Ok(()) => {}
                Err(code) => refused = Some(code),
            }
        }
        if let (true, Some(code)) = (all.is_empty(), refused) {
            return Err(Failure::about(code, format!("line {}: the subject's id", at + 1)));
        }
        canonical.push(all);
    }
    let mut subjects: Vec<Vec<Pseudonym>> = vec![Vec::new(); canonical.len()];
    for version in keys.versions() {
        let snapshot = keys.snapshot_of(version, &[Need::trail()])?;
        for (subject, ids) in subjects.iter_mut().zip(&canonical) {
            subject.extend(ids.iter().filter_map(|id| snapshot.pseudonym(id.expose())));
        }
        let checks = pipelines.iter().map(|pipeline| check(&snapshot, &pipeline.plan));
        query.versions.insert(version, checks.collect());
    }
    query.subjects = Some(subjects);
    Ok(canonical)
}

/// How many people these are. Lines that have a form in common are of one, however the id is written.
pub(super) fn distinct(people: &[Vec<Phi<String>>]) -> u64 {
    fn first(of: &[usize], mut line: usize) -> usize {
        while of[line] != line {
            line = of[line];
        }
        line
    }
    let mut of: Vec<usize> = (0..people.len()).collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (line, ids) in people.iter().enumerate() {
        for id in ids {
            let other = first(&of, *known.entry(id.expose()).or_insert(line));
            let own = first(&of, line);
            (of[own.max(other)], of[line]) = (own.min(other), own.min(other));
        }
    }
    of.iter().enumerate().filter(|(line, of)| line == *of).count() as u64
}

/// Looks through the trails of these pipelines.
pub(super) fn search(
    kafka: &Kafka,
    pipelines: &[Pipeline],
    query: &Query,
    each: impl FnMut(Touched<'_>),
) -> Result<Seen, Failure> {
    let trails = pipelines.iter().filter_map(|pipeline| pipeline.trail.clone()).collect();
    let progress = Arc::new(Progress::default());
    let meter = Meter::start(&progress, |_| String::new());
    let seen = look(&kafka.settings()?, &trails, query, &progress, each);
    meter.finish();
    Ok(seen?)
}

fn json(found: &Touched<'_>) -> serde_json::Value {
    let head = found.head;
    // Numbers of lines of the input: who they are, the caller knows.
    let lines: Vec<_> = found.subjects.iter().map(|subject| subject + 1).collect();
    serde_json::json!({
        "topic": head.topic, "partition": found.partition, "offset": found.offset,
        "chunks": found.chunks, "subjects": lines, "shared": found.shared,
        "pipeline": head.pipeline, "policy": head.policy, "keys": head.keys, "run": head.run,
        "at": head.at,
    })
}

fn line(found: &Touched<'_>) -> String {
    let Touched { head, partition, offset, chunks, .. } = found;
    let (topic, keys) = (&head.topic, head.keys);
    let lines: Vec<_> = found.subjects.iter().map(|subject| (subject + 1).to_string()).collect();
    let names = if chunks.is_empty() { String::new() } else { format!("  {}", chunks.join(" ")) };
    format!("line {}: {topic}/{partition}/{offset}  v{keys}  {}{names}", lines.join(","), head.at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_have_a_form_in_common_are_of_one() {
        let count = |all: &[&[&str]]| {
            let own = |id: &&str| Phi::new((*id).to_string());
            let all: Vec<Vec<_>> = all.iter().map(|ids| ids.iter().map(own).collect()).collect();
            distinct(&all)
        };
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[&["1"], &["2"], &["1"]]), 2);
        // Pipelines that write a number at eight places and at ten.
        assert_eq!(count(&[&["01234567", "0001234567"], &["0001234567"], &["01234567"]]), 1);
        assert_eq!(count(&[&["1"], &["2"], &["3"], &["2", "3"], &["1", "2"]]), 1);
        assert_eq!(count(&[&["1", "2"], &["3", "4"], &["5"]]), 3);
    }
}
