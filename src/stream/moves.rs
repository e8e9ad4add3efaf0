//! What carrying a partition's keys over comes to: pure, no Kafka and no keys. Keys of two versions
//! share one set of values, so that the new key of one record can be the old key of another: such
//! records are one unit, and go in one transaction.

use std::collections::HashMap;

/// A key whose last record is of an older key version.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) key: Vec<u8>,
    pub(super) offset: i64,
    pub(super) version: u32,
    /// False for a tombstone.
    pub(super) live: bool,
    /// The key of the same value under the version that is carried over to.
    pub(super) target: Vec<u8>,
}

/// What happens to one live record of an older key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) offset: i64,
    /// The version of the old key.
    pub(super) version: u32,
    /// The old key, where a tombstone has to end it.
    pub(super) bury: Option<Vec<u8>>,
    /// The new key, where the record goes on; none where a newer record of the same value is there.
    pub(super) put: Option<Vec<u8>>,
}

/// Moves that go in one transaction: tombstones first, so that the new records stay the last.
pub(super) type Unit = Vec<Move>;

/// Decides what happens to each live source. `there` gives the offset of the last record of a key,
/// where that one is of the version that is carried over to.
pub(super) fn units(sources: &[Source], there: impl Fn(&[u8]) -> Option<i64>) -> Vec<Unit> {
    // Of all records of one value the newest counts, tombstones too.
    let mut newest: HashMap<&[u8], i64> = HashMap::new();
    for source in sources {
        let last = newest
            .entry(&source.target)
            .or_insert_with(|| there(&source.target).unwrap_or(i64::MIN));
        *last = source.offset.max(*last);
    }
    // A key that is the same under both versions goes on too: its record then says the new one.
    let moving: Vec<&Source> = sources.iter().filter(|source| source.live).collect();
    let place: HashMap<&[u8], usize> =
        moving.iter().enumerate().map(|(at, source)| (source.key.as_slice(), at)).collect();
    let goes_on = |source: &Source| newest.get(source.target.as_slice()) == Some(&source.offset);
    // Whose old key is the new key of another record: at most one record goes to a key.
    let next: Vec<Option<usize>> = moving
        .iter()
        .map(|source| place.get(source.target.as_slice()).copied().filter(|_| goes_on(source)))
        .collect();
    let mut entered = vec![false; moving.len()];
    next.iter().flatten().for_each(|&at| entered[at] = true);
    let mut seen = vec![false; moving.len()];
    let mut units = Vec::new();
    // Chains from their beginnings; what is left are rings.
    let heads = (0..moving.len()).filter(|&at| !entered[at]).chain(0..moving.len());
    for head in heads {
        let mut unit = Unit::new();
        let mut here = Some(head);
        while let Some(at) = here.filter(|&at| !seen[at]) {
            seen[at] = true;
            let source = moving[at];
            unit.push(Move {
                offset: source.offset,
                version: source.version,
                bury: (!entered[at]).then(|| source.key.clone()),
                put: goes_on(source).then(|| source.target.clone()),
            });
            here = next[at];
        }
        if !unit.is_empty() {
            units.push(unit);
        }
    }
    units
}

/// Collects the records of units while a partition is read through. A unit waits until it is whole;
/// what waits is bounded: a unit that does not fit any more is left for the next time through.
pub(super) struct Desk<R> {
    units: Vec<Option<Unit>>,
    /// The unit of an offset, and the place in it.
    wanted: HashMap<i64, (usize, usize)>,
    /// Units that wait: place, bytes and record of each part.
    open: HashMap<usize, Vec<(usize, usize, R)>>,
    left: Vec<Unit>,
    waiting_bytes: usize,
    waiting_bytes_max: usize,
}

impl<R> Desk<R> {
    pub(super) fn new(units: Vec<Unit>, waiting_bytes_max: usize) -> Desk<R> {
        let mut wanted = HashMap::new();
        for (unit, moves) in units.iter().enumerate() {
            for (place, one) in moves.iter().enumerate() {
                wanted.insert(one.offset, (unit, place));
            }
        }
        let units = units.into_iter().map(Some).collect();
        let (open, left) = (HashMap::new(), Vec::new());
        Desk { units, wanted, open, left, waiting_bytes: 0, waiting_bytes_max }
    }

    /// Nothing more is wanted of this time through.
    pub(super) fn is_done(&self) -> bool {
        self.wanted.is_empty()
    }

    /// An offset that is wanted.
    pub(super) fn some_wanted(&self) -> Option<i64> {
        self.wanted.keys().min().copied()
    }

    /// Units for which there was no place.
    pub(super) fn left(self) -> Vec<Unit> {
        self.left
    }

    /// Takes a record, where it is wanted; gives its unit when that is whole.
    pub(super) fn take(
        &mut self,
        offset: i64,
        bytes: usize,
        record: impl FnOnce() -> R,
    ) -> Option<Vec<(Move, R)>> {
        let (unit, place) = self.wanted.remove(&offset)?;
        let whole = self.units[unit].as_ref().map_or(0, Vec::len);
        if whole > 1
            && !self.open.contains_key(&unit)
            && self.waiting_bytes > self.waiting_bytes_max
        {
            let moves = self.units[unit].take()?;
            for one in &moves {
                self.wanted.remove(&one.offset);
            }
            self.left.push(moves);
            return None;
        }
        let parts = self.open.entry(unit).or_default();
        parts.push((place, bytes, record()));
        self.waiting_bytes += bytes;
        if parts.len() < whole {
            return None;
        }
        let mut parts = self.open.remove(&unit)?;
        parts.sort_unstable_by_key(|(place, ..)| *place);
        self.waiting_bytes -= parts.iter().map(|(_, bytes, _)| bytes).sum::<usize>();
        let moves = self.units[unit].take()?;
        Some(moves.into_iter().zip(parts.into_iter().map(|(.., record)| record)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn random(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    fn source(key: u8, offset: i64, live: bool, target: u8) -> Source {
        Source { key: vec![key], offset, version: 1, live, target: vec![target] }
    }

    /// A topic as its consumers see it: the last record of each key, by whose it is.
    type Topic = BTreeMap<u8, u8>;

    fn apply(topic: &mut Topic, unit: &Unit, whose: impl Fn(i64) -> u8) {
        for one in unit {
            one.bury.iter().for_each(|key| _ = topic.remove(&key[0]));
        }
        for one in unit {
            one.put.iter().for_each(|key| _ = topic.insert(key[0], whose(one.offset)));
        }
    }

    /// In a set of 24 values, nearly every new key is somebody's old key: chains and rings of all
    /// lengths. A stop between any two units, and another carry, end in the same topic.
    #[test]
    fn everyone_has_their_record_under_their_new_key_and_no_other() {
        let mut state = 88_172_645_463_325_252;
        for round in 0..2_000 {
            let mut new: Vec<u8> = (0..24).collect();
            (1..24).rev().for_each(|at| new.swap(at, random(&mut state) as usize % (at + 1)));
            let people: BTreeSet<u8> =
                (0..24).filter(|_| random(&mut state) % 24 < round % 25).collect();
            // Under the first version everybody's key is their own number.
            let mut topic: Topic = people.iter().map(|&who| (who, who)).collect();
            let mut moved = BTreeSet::new();
            for carry in 0..2 {
                let rest: Vec<_> = people
                    .iter()
                    .filter(|who| !moved.contains(*who))
                    .map(|&who| source(who, i64::from(who), true, new[usize::from(who)]))
                    .collect();
                let all = units(&rest, |_| None);
                let keep = match carry {
                    0 => random(&mut state) as usize % (all.len() + 1),
                    _ => all.len(),
                };
                for unit in &all[..keep] {
                    apply(&mut topic, unit, |offset| offset as u8);
                    moved.extend(unit.iter().map(|one| one.offset as u8));
                    // Whoever has not moved yet is where they were: no unit touches another's.
                    for who in people.difference(&moved) {
                        assert_eq!(topic.get(who), Some(who), "round {round}");
                    }
                }
            }
            let right: Topic = people.iter().map(|&who| (new[usize::from(who)], who)).collect();
            assert_eq!(topic, right, "round {round}");
            assert_eq!(moved, people, "whose key stays the same is written anew as well");
        }
    }

    #[test]
    fn of_all_records_of_one_value_the_newest_counts() {
        // Two older versions' keys of one value, 1 and 2, and its new key 9.
        let both = [source(1, 10, true, 9), source(2, 20, true, 9)];
        let flat = |found: Vec<Unit>| {
            let mut all: Vec<_> =
                found.concat().into_iter().map(|m| (m.offset, m.bury, m.put)).collect();
            all.sort();
            all
        };
        let (one, two, nine) = (Some(vec![1]), Some(vec![2]), Some(vec![9]));
        assert_eq!(
            flat(units(&both, |_| None)),
            [(10, one.clone(), None), (20, two.clone(), nine.clone())]
        );
        // A newer record, or a newer tombstone, is there under the new key already.
        assert_eq!(
            flat(units(&both, |_| Some(30))),
            [(10, one.clone(), None), (20, two.clone(), None)]
        );
        // An older one is not in the way.
        assert_eq!(flat(units(&both, |_| Some(15))), [(10, one.clone(), None), (20, two, nine)]);
        // The newer of the two old ones is a tombstone: the person was deleted.
        let gone = [source(1, 10, true, 9), source(2, 20, false, 9)];
        assert_eq!(flat(units(&gone, |_| None)), [(10, one, None)]);
    }

    #[test]
    fn units_wait_within_bounds_and_come_out_once() {
        for limit in [0, 3, 1_000] {
            // Forty rings of three, their parts far apart.
            let ring = |n: i64| {
                let part =
                    |at: i64| Move { offset: n + 40 * at, version: 1, bury: None, put: None };
                (0..3).map(part).collect::<Unit>()
            };
            let mut rest: Vec<Unit> = (0..40).map(ring).collect();
            let (mut out, mut times) = (Vec::new(), 0);
            while !rest.is_empty() {
                times += 1;
                assert!(times <= 40, "each time through something is done");
                let mut desk = Desk::new(rest, limit);
                for offset in 0..120 {
                    if let Some(unit) = desk.take(offset, 1, || offset) {
                        assert!(unit.iter().all(|(one, record)| one.offset == *record));
                        out.push(unit.iter().map(|(_, record)| *record).collect::<Vec<_>>());
                    }
                    assert!(desk.waiting_bytes <= 3 * (limit + 1), "{}", desk.waiting_bytes);
                }
                assert!(desk.is_done());
                rest = desk.left();
            }
            assert_eq!(times > 1, limit < 80, "limit {limit}");
            out.sort();
            let all: Vec<_> = (0..40).map(|n| vec![n, n + 40, n + 80]).collect();
            assert_eq!(out, all);
        }
    }
}
