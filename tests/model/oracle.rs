//! What must be true of the model's logs when everything has ended.

use crate::broker::{Broker, Entry, Payload, Serial, Topic};
use crate::{Corpus, PARTITIONS, Sample};
use std::collections::{BTreeMap, BTreeSet};

/// True when every source record is in a committed transaction.
pub(crate) fn all_is_read(broker: &Broker, corpus: &Corpus) -> bool {
    (0..PARTITIONS).all(|n| broker.group.committed.get(&n) == Some(&corpus.records))
}

pub(crate) fn progress(broker: &Broker, corpus: &Corpus) -> String {
    format!("{:?} of {} each at {} ms", broker.group.committed, corpus.records, broker.now)
}

/// Nothing that the plan writes holds an identifier of anybody.
pub(crate) fn no_canary(samples: &[Sample], identifiers: &[String]) {
    let finder = aho_corasick::AhoCorasick::new(identifiers).expect("builds");
    assert!(samples.iter().all(|sample| finder.is_match(&*sample.raw)), "every raw record has one");
    assert!(samples.iter().any(|sample| sample.refused) && samples.iter().any(|s| !s.refused));
    for sample in samples {
        assert!(finder.find_overlapping_iter(&*sample.written).next().is_none(), "a canary");
    }
}

/// Each input once in clean or quarantine, in order; no transaction torn or left open; nothing raw in
/// any log, aborted or not; tallies that tile the input. Gives the number of transactions.
pub(crate) fn judge(broker: &Broker, corpus: &Corpus) -> Result<u64, String> {
    let mut seen: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (place, log) in &broker.logs {
        if log.lso() != log.entries.len() {
            return Err(format!("a transaction hangs on {place:?}"));
        }
        let mut last = None;
        for (_, payload) in log.committed() {
            let Payload::Record { partition, offset, bytes } = payload else { continue };
            *seen.entry((*partition, *offset)).or_default() += 1;
            if last.replace(*offset).is_some_and(|last| last >= *offset) {
                return Err(format!("out of order or twice on {place:?}: {offset}"));
            }
            let record = corpus.record(*partition, *offset);
            let topic = if record.refused { Topic::Quarantine } else { Topic::Clean };
            if *place != (topic, *partition) || *bytes != record.written {
                return Err(format!("not what the plan writes on {place:?}: {offset}"));
            }
        }
        for entry in &log.entries {
            if let Entry::Data { payload: Payload::Record { partition, offset, bytes }, .. } = entry
                && *bytes == corpus.record(*partition, *offset).raw
            {
                return Err(format!("raw on {place:?}: {offset}"));
            }
        }
    }
    for partition in 0..PARTITIONS {
        for offset in 0..corpus.records {
            match seen.get(&(partition, offset)) {
                Some(1) => {}
                None => return Err(format!("lost: {partition}/{offset}")),
                Some(n) => return Err(format!("{n} times: {partition}/{offset}")),
            }
        }
    }
    let transactions = whole(broker)?;
    tiles(broker, corpus)?;
    Ok(transactions)
}

/// Every record of a transaction has the fate of all of them, and of its offsets.
fn whole(broker: &Broker) -> Result<u64, String> {
    // A late copy of offsets that were committed may be aborted: what counts is that they were.
    let counted = |(serial, fates): (&Serial, &BTreeSet<bool>)| {
        (*serial, BTreeSet::from([fates.contains(&true)]))
    };
    let mut fates: BTreeMap<_, _> = broker.offsets_fate.iter().map(counted).collect();
    for log in broker.logs.values() {
        let mut fate = BTreeMap::new();
        for entry in log.entries.iter().rev() {
            match entry {
                Entry::Marker { pid, commit } => _ = fate.insert(*pid, *commit),
                Entry::Data { pid, serial, .. } => {
                    let committed = fate.get(pid) == Some(&true);
                    fates.entry(*serial).or_default().insert(committed);
                }
            }
        }
    }
    match fates.iter().find(|(_, fates)| fates.len() > 1) {
        Some((serial, _)) => Err(format!("torn: {serial:?}")),
        None => Ok(fates.len() as u64),
    }
}

/// The last tallies of all runs cover each source partition once.
fn tiles(broker: &Broker, corpus: &Corpus) -> Result<(), String> {
    let mut last: BTreeMap<(usize, u64), (usize, usize, usize)> = BTreeMap::new();
    for (_, payload) in broker.logs[&(Topic::State, 0)].committed() {
        if let Payload::Tally { run, partition, from, to, records } = payload {
            last.insert((*partition, *run), (*from, *to, *records));
        }
    }
    for partition in 0..PARTITIONS {
        let of: Vec<_> =
            last.iter().filter(|((p, _), _)| *p == partition).map(|(_, t)| *t).collect();
        let counted: usize = of.iter().map(|(_, _, records)| records).sum();
        if counted != corpus.records {
            return Err(format!(
                "tallies of {partition} count {counted} of {}: {of:?}",
                corpus.records
            ));
        }
    }
    Ok(())
}
