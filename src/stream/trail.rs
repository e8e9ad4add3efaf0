//! The trail read back: which records are whose, where they lie, and what is made of them.

use super::taken;
use super::{Fault, Progress, Settings};
use crate::keys::{KeySnapshot, Pseudonym};
use crate::limits;
use crate::lineage::{TrailHead, read_trail};
use crate::phi::Code;
use crate::policy::Plan;
use rdkafka::Message;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What tells pseudonyms of one keyring and one way to read ids from others of the same version's number.
pub fn check(keys: &KeySnapshot, plan: &Plan) -> String {
    format!("{}/{}", keys.pseudonym_check().unwrap_or_default(), plan.subject_forms())
}

/// Entries that are named, of those that cannot be read.
const BROKEN_MAX: usize = 10;

/// What is looked for: all of it has to hold.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Records of these subjects: the pseudonyms of each, a version a pseudonym. `None`: whoever they are of.
    pub subjects: Option<Vec<Vec<Pseudonym>>>,
    /// The key versions that these pseudonyms are under, and what tells each, and the forms that ids are read in,
    /// from others: [`check`].
    pub versions: BTreeMap<u32, BTreeSet<String>>,
    /// Records under this policy: `name`, or `name@digest`.
    pub policy: Option<String>,
    /// Records with tokens of this key version.
    pub keys: Option<u32>,
    /// Records that were written at this time or later, milliseconds since 1970.
    pub since: Option<i64>,
    /// Records that were written before this time.
    pub until: Option<i64>,
    /// Clean topics that are meant, and those that these pipelines have written at any time.
    pub topics: BTreeSet<String>,
    /// The pipelines, by name.
    pub pipelines: BTreeSet<String>,
}

impl Query {
    /// Whether an entry may have what is looked for.
    fn wants(&self, head: &TrailHead) -> bool {
        let under = |policy: &String| {
            let name = head.policy.split_once('@').map_or(&*head.policy, |(name, _)| name);
            *policy == head.policy || policy == name
        };
        let at = head.at.parse::<jiff::Timestamp>().map_or(0, |at| at.as_millisecond());
        self.policy.as_ref().is_none_or(under)
            && self.keys.is_none_or(|keys| keys == head.keys)
            && self.since.is_none_or(|since| at >= since)
            && self.until.is_none_or(|until| at < until)
            && (self.topics.contains(&head.topic) || self.pipelines.contains(&head.pipeline))
    }

    /// Of each pseudonym that is looked for the numbers of its subjects: whoever is asked for twice has two.
    fn wanted(&self) -> Option<Wanted> {
        let mut wanted = Wanted::new();
        for (number, all) in self.subjects.as_ref()?.iter().enumerate() {
            all.iter().for_each(|one| wanted.entry(*one).or_default().push(number));
        }
        Some(wanted)
    }

    fn can_tell(&self, head: &TrailHead) -> bool {
        self.versions.get(&head.keys).is_some_and(|checks| checks.contains(&head.check))
    }
}

/// A clean record that was found. One with so many names that they are in several entries comes several times.
#[derive(Debug)]
pub struct Touched<'a> {
    /// What its batch has in common.
    pub head: &'a TrailHead,
    /// The clean topic's partition.
    pub partition: i32,
    /// The clean topic's offset.
    pub offset: i64,
    /// What its key, as it left, hashes to.
    pub key: [u8; 8],
    /// The subjects of the query that it is of, by number.
    pub subjects: &'a [usize],
    /// It is of somebody else, too.
    pub shared: bool,
    /// What is made of it.
    pub chunks: &'a [&'a str],
}

type Wanted = HashMap<Pseudonym, Vec<usize>>;

/// What was looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Records of which the trail knows, found or not.
    pub records: u64,
    /// Key versions of entries whose pseudonyms cannot be made any more: whose they are was not looked for.
    pub gone: BTreeSet<u32>,
    /// Entries that cannot be read, by their places: whose their records are, nobody can say.
    pub broken: BTreeSet<String>,
}

/// Looks through topics of trails, and hands out what is found. What could not be looked through, it says.
pub fn impact(
    settings: &Settings,
    trails: &BTreeSet<String>,
    query: &Query,
    progress: &Progress,
    mut each: impl FnMut(Touched<'_>),
) -> Result<Seen, Fault> {
    let wanted = query.wanted();
    let mut seen = Seen::default();
    for trail in trails {
        // What is committed behind an open transaction is not seen: it is waited for.
        let patience = Duration::from_millis(limits::LINEAGE_DRAIN_MILLIS_MAX * 3);
        let partitions = 0..taken::partitions(settings, trail)?;
        if !taken::settled(settings, trail, partitions, patience, || Ok(()))? {
            return Err(Fault::about(Code::KafkaFailed, trail));
        }
        taken::scan(settings, trail, |message| {
            let entry = message.payload().unwrap_or_default();
            let looked = look(entry, query, wanted.as_ref(), &mut seen, &mut each);
            if looked.is_err() && seen.broken.len() < BROKEN_MAX {
                let place = format!("{trail}/{}/{}", message.partition(), message.offset());
                seen.broken.insert(place);
            }
            progress.records.store(seen.records, Ordering::Relaxed);
            true
        })?;
    }
    Ok(seen)
}

fn look(
    entry: &[u8],
    query: &Query,
    wanted: Option<&Wanted>,
    seen: &mut Seen,
    each: &mut impl FnMut(Touched<'_>),
) -> Result<(), Code> {
    let mut is_gone = false;
    let wants = |head: &TrailHead| {
        let wants = query.wants(head);
        is_gone = wants && wanted.is_some() && !query.can_tell(head);
        wants && !is_gone
    };
    let (mut subjects, mut records) = (Vec::new(), 0);
    let head = read_trail(entry, wants, |head, step| {
        records += 1;
        let mut shared = false;
        if let Some(wanted) = wanted {
            subjects.clear();
            for subject in step.subjects() {
                let known = Pseudonym::try_from(subject).ok();
                match known.and_then(|pseudonym| wanted.get(&pseudonym)) {
                    Some(numbers) => subjects.extend(numbers),
                    None => shared = true,
                }
            }
            subjects.sort_unstable();
            subjects.dedup();
            if subjects.is_empty() {
                return;
            }
        }
        let (partition, offset) = (step.partition, step.offset);
        let chunks: Vec<_> = step.chunks().collect();
        let (subjects, chunks, key) = (&subjects, &chunks, step.key);
        each(Touched { head, partition, offset, key, subjects, shared, chunks });
    })?;
    seen.records += records;
    if is_gone {
        seen.gone.insert(head.keys);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::TrailRows;

    fn entry(keys: u32, check: &str) -> Vec<u8> {
        let head = TrailHead {
            pipeline: "p".into(),
            topic: "clean".into(),
            policy: "x@00".into(),
            keys,
            check: check.into(),
            run: "r".into(),
            at: "2026-03-02T10:00:00Z".into(),
        };
        let mut rows = TrailRows::default();
        for (offset, subjects) in [(1, vec![[1; 16]]), (2, vec![[1; 16], [2; 16]]), (3, vec![])] {
            let names = [format!("n{offset}")];
            rows.add((0, offset, None), &subjects, &names, usize::MAX, |_| Ok(())).expect("fits");
        }
        rows.entry(&head).expect("an entry")
    }

    fn found(query: &Query, entry: &[u8]) -> (Vec<(i64, Vec<usize>, bool)>, Seen) {
        let wanted = query.wanted();
        let (mut records, mut seen) = (Vec::new(), Seen::default());
        let mut each = |found: Touched<'_>| {
            records.push((found.offset, found.subjects.to_vec(), found.shared));
        };
        look(entry, query, wanted.as_ref(), &mut seen, &mut each).expect("an entry");
        (records, seen)
    }

    #[test]
    fn a_record_of_several_people_is_shared_and_another_key_s_is_nobody_s() {
        let query = Query {
            subjects: Some(vec![vec![[9; 16]], vec![[1; 16]]]),
            versions: BTreeMap::from([(1, BTreeSet::from(["a/f".to_string()]))]),
            topics: BTreeSet::from(["clean".to_string()]),
            ..Query::default()
        };
        let (records, seen) = found(&query, &entry(1, "a/f"));
        assert_eq!(records, [(1, vec![1], false), (2, vec![1], true)]);
        assert_eq!((seen.records, seen.gone.len()), (3, 0));
        // Who is asked for twice is found by both.
        let subjects = Some(vec![vec![[1; 16]], vec![[9; 16]], vec![[1; 16]], vec![[2; 16]]]);
        let (records, _) = found(&Query { subjects, ..query.clone() }, &entry(1, "a/f"));
        assert_eq!(records, [(1, vec![0, 2], false), (2, vec![0, 2, 3], false)]);
        // Another version, another keyring's version 1, and ids that were read in another form.
        for (keys, check) in [(2, "a/f"), (1, "b/f"), (1, "a/g")] {
            let (records, seen) = found(&query, &entry(keys, check));
            assert_eq!((records, seen.gone), (vec![], BTreeSet::from([keys])), "{keys} {check}");
        }
        // Whoever asks for everybody has to tell nobody apart; and a pipeline's older topics are its own.
        let everybody = Query { pipelines: BTreeSet::from(["p".to_string()]), ..Query::default() };
        assert_eq!(found(&everybody, &entry(2, "b/f")).0.len(), 3);
        let others = Query { topics: BTreeSet::from(["other".to_string()]), ..Query::default() };
        assert_eq!(found(&others, &entry(1, "a/f")).0.len(), 0);
    }

    #[test]
    fn every_condition_has_to_hold() {
        let all = Query { topics: BTreeSet::from(["clean".to_string()]), ..Query::default() };
        let at = "2026-03-02T10:00:00Z".parse::<jiff::Timestamp>().expect("a time");
        let at = at.as_millisecond();
        let count = |query: Query| found(&query, &entry(1, "a/f")).0.len();
        assert_eq!(count(Query { policy: Some("x".into()), ..all.clone() }), 3);
        assert_eq!(count(Query { policy: Some("x@00".into()), since: Some(at), ..all.clone() }), 3);
        for none in [
            Query { policy: Some("x@01".into()), ..all.clone() },
            Query { policy: Some("y".into()), ..all.clone() },
            Query { keys: Some(2), ..all.clone() },
            Query { since: Some(at + 1), ..all.clone() },
            Query { until: Some(at), ..all.clone() },
        ] {
            assert_eq!(count(none.clone()), 0, "{none:?}");
        }
    }
}
