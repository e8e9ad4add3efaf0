//! A model of Kafka's transactions (KIP-98) and of its classic consumer group with static members,
//! as far as delivery depends on them: epochs and fencing, control records and the last stable offset,
//! offsets in transactions, time-outs, and requests that arrive late.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The broker's limit on a transaction, in milliseconds.
pub(crate) const TXN_TIMEOUT: u64 = 10_000;
/// The broker's limit on a silent group member, in milliseconds.
pub(crate) const SESSION_TIMEOUT: u64 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    Clean,
    Quarantine,
    State,
}

pub(crate) type Place = (Topic, usize);

/// Which transaction of whom, as the worker that made it counts: what the broker never sees, and the
/// oracle judges by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Serial {
    pub(crate) slot: usize,
    pub(crate) life: u64,
    pub(crate) number: u64,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// What became of a source record.
    Record { partition: usize, offset: usize, bytes: Rc<[u8]> },
    /// The run of a slot.
    Run { slot: usize, run: u64, closed: bool },
    /// What a run has done of a source partition: a half-open range, and how many records.
    Tally { run: u64, partition: usize, from: usize, to: usize, records: usize },
}

#[derive(Clone, Debug)]
pub(crate) enum Entry {
    Data { pid: usize, serial: Serial, payload: Payload },
    Marker { pid: usize, commit: bool },
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    pub(crate) entries: Vec<Entry>,
    /// The next sequence number of each producer, and its epoch.
    sequences: BTreeMap<usize, (u32, u32)>,
}

impl Log {
    /// The first entry whose transaction is open; the end of the log if there is none.
    pub(crate) fn lso(&self) -> usize {
        let mut open = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            match entry {
                Entry::Data { pid, .. } => _ = open.entry(*pid).or_insert(at),
                Entry::Marker { pid, .. } => _ = open.remove(pid),
            }
        }
        open.values().min().copied().unwrap_or(self.entries.len())
    }

    /// What is seen at read_committed, in order.
    pub(crate) fn committed(&self) -> Vec<(Serial, &Payload)> {
        let mut fate = BTreeMap::new();
        let mut seen = Vec::new();
        for entry in self.entries[..].iter().rev() {
            match entry {
                Entry::Marker { pid, commit } => _ = fate.insert(*pid, *commit),
                Entry::Data { pid, serial, payload } => {
                    if fate.get(pid) == Some(&true) {
                        seen.push((*serial, payload));
                    }
                }
            }
        }
        seen.reverse();
        seen
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Empty,
    Ongoing {
        since: u64,
    },
    /// Decided, and the markers are not all written.
    Prepared {
        commit: bool,
        due: u64,
    },
    Complete {
        commit: bool,
    },
}

#[derive(Clone, Debug)]
struct Transaction {
    epoch: u32,
    phase: Phase,
    places: BTreeSet<Place>,
    offsets: BTreeMap<usize, (usize, Serial)>,
}

/// A request; what is late is one of these.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    Init {
        pid: usize,
    },
    AddPartitions {
        pid: usize,
        epoch: u32,
        places: Vec<Place>,
    },
    Produce {
        pid: usize,
        epoch: u32,
        place: Place,
        sequence: u32,
        records: Vec<(Serial, Payload)>,
    },
    Offsets {
        pid: usize,
        epoch: u32,
        member: usize,
        life: u64,
        generation: u32,
        offsets: Vec<(usize, usize)>,
        serial: Serial,
    },
    End {
        pid: usize,
        epoch: u32,
        commit: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Done,
    Epoch(u32),
    /// Ask again: the coordinator is busy with the last transaction.
    Concurrent,
    Fenced,
    InvalidState,
    OutOfOrder,
    /// The member is not of this generation any more.
    Illegal,
}

#[derive(Clone, Debug)]
struct Member {
    life: u64,
    /// The generation that it has joined; `None` until it has been given partitions.
    generation: Option<u32>,
    joined: bool,
    heard: u64,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    generation: u32,
    preparing: bool,
    members: BTreeMap<usize, Member>,
    assignment: BTreeMap<usize, usize>,
    pub(crate) committed: BTreeMap<usize, usize>,
}

/// What a member is told when it polls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    Nothing,
    /// Give up what you have, and join again.
    Rebalance,
    /// You are not a member (any more).
    Unknown,
    /// Another process has your name.
    Fenced,
    Assigned(u32, Vec<usize>),
}

pub(crate) struct Broker {
    pub(crate) now: u64,
    pub(crate) logs: BTreeMap<Place, Log>,
    transactions: BTreeMap<usize, Transaction>,
    pub(crate) group: Group,
    partitions: usize,
    late: Vec<(u64, Request)>,
    /// What became of each transaction's offsets.
    pub(crate) offsets_fate: BTreeMap<Serial, BTreeSet<bool>>,
    /// Late requests that were carried out, for the figures.
    pub(crate) late_done: u64,
    /// How long markers may take, in milliseconds.
    pub(crate) slow_markers: u64,
}

impl Broker {
    pub(crate) fn new(partitions: usize) -> Broker {
        let mut logs = BTreeMap::new();
        for topic in [Topic::Clean, Topic::Quarantine] {
            (0..partitions).for_each(|n| _ = logs.insert((topic, n), Log::default()));
        }
        logs.insert((Topic::State, 0), Log::default());
        Broker {
            now: 0,
            logs,
            transactions: BTreeMap::new(),
            group: Group::default(),
            partitions,
            late: Vec::new(),
            offsets_fate: BTreeMap::new(),
            late_done: 0,
            slow_markers: 0,
        }
    }

    /// Lets time pass: markers are written, transactions and members time out, late requests arrive.
    pub(crate) fn pass(&mut self, millis: u64) {
        let end = self.now + millis;
        while let Some(at) =
            (0..self.late.len()).filter(|&n| self.late[n].0 <= end).min_by_key(|&n| self.late[n].0)
        {
            let (due, request) = self.late.swap_remove(at);
            self.now = self.now.max(due);
            self.settle();
            self.late_done += 1;
            self.handle(&request);
        }
        self.now = end;
        self.settle();
    }

    fn settle(&mut self) {
        let now = self.now;
        let pids: Vec<_> = self.transactions.keys().copied().collect();
        for pid in pids {
            match self.transactions[&pid].phase {
                Phase::Ongoing { since } if now >= since + TXN_TIMEOUT => {
                    // The coordinator fences whoever was at it, then aborts.
                    if let Some(txn) = self.transactions.get_mut(&pid) {
                        txn.epoch += 1;
                    }
                    self.end(pid, false, now);
                }
                Phase::Prepared { commit, due } if now >= due => self.mark(pid, commit),
                _ => {}
            }
        }
        let gone: Vec<_> = self
            .group
            .members
            .iter()
            .filter(|(_, m)| now >= m.heard + SESSION_TIMEOUT)
            .map(|(slot, _)| *slot)
            .collect();
        for slot in gone {
            self.leave(slot);
        }
        self.rebalance();
    }

    pub(crate) fn send_late(&mut self, due: u64, request: Request) {
        self.late.push((due, request));
    }

    pub(crate) fn has_late(&self) -> bool {
        !self.late.is_empty()
    }

    pub(crate) fn handle(&mut self, request: &Request) -> Answer {
        match request {
            Request::Init { pid } => self.init(*pid),
            Request::AddPartitions { pid, epoch, places } => {
                let added = places.clone();
                self.join_transaction(*pid, *epoch, |txn| txn.places.extend(added))
            }
            Request::Produce { pid, epoch, place, sequence, records } => {
                self.produce(*pid, *epoch, *place, *sequence, records)
            }
            Request::Offsets { pid, epoch, member, life, generation, offsets, serial } => {
                if !self.group.has(*member, *life, *generation) {
                    return Answer::Illegal;
                }
                self.join_transaction(*pid, *epoch, |txn| {
                    txn.offsets.extend(offsets.iter().map(|(p, n)| (*p, (*n, *serial))));
                })
            }
            Request::End { pid, epoch, commit } => self.ask_end(*pid, *epoch, *commit),
        }
    }

    fn init(&mut self, pid: usize) -> Answer {
        let now = self.now;
        let fresh = Transaction {
            epoch: 0,
            phase: Phase::Empty,
            places: BTreeSet::new(),
            offsets: BTreeMap::new(),
        };
        let txn = self.transactions.entry(pid).or_insert(fresh);
        match txn.phase {
            Phase::Ongoing { .. } => {
                txn.epoch += 1;
                self.end(pid, false, now);
                Answer::Concurrent
            }
            Phase::Prepared { .. } => Answer::Concurrent,
            Phase::Empty | Phase::Complete { .. } => {
                txn.epoch += 1;
                txn.phase = Phase::Empty;
                Answer::Epoch(txn.epoch)
            }
        }
    }

    fn join_transaction(
        &mut self,
        pid: usize,
        epoch: u32,
        join: impl FnOnce(&mut Transaction),
    ) -> Answer {
        let now = self.now;
        let Some(txn) = self.transactions.get_mut(&pid) else { return Answer::Fenced };
        if txn.epoch != epoch {
            return Answer::Fenced;
        }
        match txn.phase {
            Phase::Prepared { .. } => return Answer::Concurrent,
            Phase::Ongoing { .. } => {}
            Phase::Empty | Phase::Complete { .. } => txn.phase = Phase::Ongoing { since: now },
        }
        join(txn);
        Answer::Done
    }

    fn produce(
        &mut self,
        pid: usize,
        epoch: u32,
        place: Place,
        sequence: u32,
        records: &[(Serial, Payload)],
    ) -> Answer {
        let Some(txn) = self.transactions.get(&pid) else { return Answer::Fenced };
        if txn.epoch != epoch {
            return Answer::Fenced;
        }
        let Some(log) = self.logs.get_mut(&place) else { return Answer::InvalidState };
        let (known, next) = log.sequences.get(&pid).copied().unwrap_or((epoch, 0));
        let next = if known == epoch { next } else { 0 };
        // A copy of what has arrived already.
        if sequence < next {
            return Answer::Done;
        }
        // Partitions are verified with the coordinator since Kafka 3.6.
        if !matches!(txn.phase, Phase::Ongoing { .. }) || !txn.places.contains(&place) {
            return Answer::InvalidState;
        }
        if sequence > next {
            return Answer::OutOfOrder;
        }
        log.sequences.insert(pid, (epoch, sequence + records.len() as u32));
        log.entries.extend(records.iter().map(|(serial, payload)| Entry::Data {
            pid,
            serial: *serial,
            payload: payload.clone(),
        }));
        Answer::Done
    }

    fn ask_end(&mut self, pid: usize, epoch: u32, commit: bool) -> Answer {
        let now = self.now;
        let Some(txn) = self.transactions.get(&pid) else { return Answer::Fenced };
        if txn.epoch != epoch {
            return Answer::Fenced;
        }
        match txn.phase {
            Phase::Ongoing { .. } => {
                self.end(pid, commit, now + self.slow_markers);
                Answer::Done
            }
            Phase::Prepared { commit: decided, .. } if decided == commit => Answer::Concurrent,
            // A copy of a request that was carried out.
            Phase::Complete { commit: decided } if decided == commit => Answer::Done,
            _ => Answer::InvalidState,
        }
    }

    fn end(&mut self, pid: usize, commit: bool, due: u64) {
        if let Some(txn) = self.transactions.get_mut(&pid) {
            txn.phase = Phase::Prepared { commit, due };
        }
        if due <= self.now {
            self.mark(pid, commit);
        }
    }

    fn mark(&mut self, pid: usize, commit: bool) {
        let Some(txn) = self.transactions.get_mut(&pid) else { return };
        txn.phase = Phase::Complete { commit };
        for place in std::mem::take(&mut txn.places) {
            if let Some(log) = self.logs.get_mut(&place) {
                log.entries.push(Entry::Marker { pid, commit });
            }
        }
        for (partition, (offset, serial)) in std::mem::take(&mut txn.offsets) {
            self.offsets_fate.entry(serial).or_default().insert(commit);
            if commit {
                self.group.committed.insert(partition, offset);
            }
        }
    }

    /// The group's offsets, as far as no transaction has others under way.
    pub(crate) fn stable_offsets(&self, partitions: &[usize]) -> Option<Vec<usize>> {
        let pending =
            |partition| self.transactions.values().any(|txn| txn.offsets.contains_key(partition));
        if partitions.iter().any(pending) {
            return None;
        }
        Some(partitions.iter().map(|n| self.group.committed.get(n).copied().unwrap_or(0)).collect())
    }

    // ---- the group

    /// A static member joins; whoever had its name is fenced.
    pub(crate) fn join(&mut self, slot: usize, life: u64) {
        let now = self.now;
        let same = self.group.members.get(&slot).is_some_and(|member| member.life == life);
        let known = self
            .group
            .members
            .get(&slot)
            .filter(|_| !same && !self.group.preparing)
            .map(|m| m.generation);
        // A restarted static member takes its place again without a rebalance.
        let generation = known.flatten();
        let joined = same || generation.is_none();
        self.group.members.insert(slot, Member { life, generation, joined, heard: now });
        if generation.is_none() {
            self.group.preparing = true;
        }
        self.rebalance();
    }

    pub(crate) fn leave(&mut self, slot: usize) {
        if self.group.members.remove(&slot).is_some() {
            self.group.preparing = true;
        }
    }

    fn rebalance(&mut self) {
        let group = &mut self.group;
        if !group.preparing || group.members.is_empty() || group.members.values().any(|m| !m.joined)
        {
            return;
        }
        group.preparing = false;
        group.generation += 1;
        group.assignment.clear();
        let slots: Vec<_> = group.members.keys().copied().collect();
        for partition in 0..self.partitions {
            group.assignment.insert(partition, slots[partition % slots.len()]);
        }
        for member in group.members.values_mut() {
            member.generation = Some(group.generation);
            member.joined = false;
        }
    }

    /// What a member hears when it polls; it has not left then.
    pub(crate) fn poll(&mut self, slot: usize, life: u64, generation: Option<u32>) -> News {
        let now = self.now;
        let group = &mut self.group;
        let Some(member) = group.members.get_mut(&slot) else { return News::Unknown };
        if member.life != life {
            return News::Fenced;
        }
        member.heard = now;
        if group.preparing {
            return if member.joined { News::Nothing } else { News::Rebalance };
        }
        match member.generation {
            Some(current) if Some(current) != generation => {
                let mine = group.assignment.iter().filter(|(_, owner)| **owner == slot);
                News::Assigned(current, mine.map(|(partition, _)| *partition).collect())
            }
            _ => News::Nothing,
        }
    }

    /// A background heartbeat.
    pub(crate) fn heartbeat(&mut self, slot: usize, life: u64) {
        let now = self.now;
        if let Some(member) = self.group.members.get_mut(&slot).filter(|member| member.life == life)
        {
            member.heard = now;
        }
    }
}

impl Group {
    fn has(&self, slot: usize, life: u64, generation: u32) -> bool {
        // While the group prepares, the generation before is still the current one.
        self.members.get(&slot).is_some_and(|m| m.life == life && m.generation == Some(generation))
            && self.generation == generation
    }
}
