//! A worker that is driven by weir's own machine and writes to the model of Kafka through a model of
//! librdkafka: calls that are tried again inside the client, and flags that say so.

use crate::broker::{Answer, Broker, News, Payload, Place, Request, Serial, Topic};
use crate::{Corpus, Rng};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use weir::stream::{Cut, Exit, Failure, Found, Load, Machine, Step, Why};

/// A rule of weir's that is taken out, to see that the oracle finds what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// A doubtful instance goes on.
    KeepsInstance,
    /// A call without an answer is taken for one that failed, and its instance goes on.
    AbortsOnDoubt,
    /// The offset of the last record instead of the one after it.
    OffsetIsLast,
    /// After a failure, reading goes on where it was.
    NoRewind,
    /// What was polled stays when its partition is taken away.
    KeepsRevoked,
    /// The state is read while others' transactions hide a part of it.
    UnsettledState,
    /// A record goes out before it is cleaned, in a transaction that is aborted.
    RawFirst,
}

/// How likely the network fails a request, in thousandths.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    /// The connection breaks before the broker has the request.
    pub(crate) lost: u64,
    /// It breaks after the request was carried out.
    pub(crate) unanswered: u64,
    /// It breaks, and the request arrives some time later.
    pub(crate) late: u64,
    /// Nothing answers until the call's deadline.
    pub(crate) silent: u64,
    /// The process is killed at this moment.
    pub(crate) killed: u64,
}

/// Why a call of the model client has no good answer.
enum Trouble {
    Failure(Failure),
    /// A newer process, or a broker's time-out.
    Fenced,
    /// The process is gone.
    Killed,
}

struct Open {
    serial: Serial,
    ready: Vec<(usize, usize)>,
    extra: Vec<Payload>,
    tallies: BTreeMap<usize, (usize, usize, usize)>,
}

/// How a worker's life went on.
pub(crate) enum End {
    GoesOn,
    Killed,
    Left(Exit),
}

pub(crate) struct Worker<'a> {
    pub(crate) slot: usize,
    pub(crate) life: u64,
    machine: Machine,
    corpus: &'a Corpus,
    broken: Option<Broken>,
    pipelined: bool,
    born: u64,
    epoch: Option<u32>,
    /// The client has told of a lost connection.
    flagged: bool,
    added: BTreeSet<Place>,
    sequences: BTreeMap<Place, u32>,
    generation: Option<u32>,
    assigned: Vec<usize>,
    positions: BTreeMap<usize, usize>,
    batch: Vec<(usize, usize)>,
    ready: Vec<(usize, usize)>,
    open: Option<Open>,
    transactions: u64,
    joined: bool,
    before: Option<Option<u64>>,
    tallies: BTreeMap<usize, (usize, usize, usize)>,
    /// Until when it looks for a process that has taken over.
    asking: Option<u64>,
    /// Since when it waits for others' transactions on the state topic.
    waiting: Option<u64>,
}

impl<'a> Worker<'a> {
    pub(crate) fn new(
        slot: usize,
        life: u64,
        corpus: &'a Corpus,
        broken: Option<Broken>,
        rng: &mut Rng,
        now: u64,
    ) -> Self {
        let cut = Cut { records: 1 + rng.below(4) as usize, bytes: 1_000_000, millis: 200 };
        Worker {
            slot,
            life,
            machine: Machine::new(cut, rng.next()),
            corpus,
            broken,
            pipelined: rng.below(2) == 0,
            born: now,
            epoch: None,
            flagged: false,
            added: BTreeSet::new(),
            sequences: BTreeMap::new(),
            generation: None,
            assigned: Vec::new(),
            positions: BTreeMap::new(),
            batch: Vec::new(),
            ready: Vec::new(),
            open: None,
            transactions: 0,
            joined: false,
            before: None,
            tallies: BTreeMap::new(),
            asking: None,
            waiting: None,
        }
    }

    pub(crate) fn stop(&mut self) {
        self.machine.stop(Why::Asked);
    }

    fn without(&self, rule: Broken) -> bool {
        self.broken == Some(rule)
    }

    fn now(&self, broker: &Broker) -> u64 {
        broker.now - self.born
    }

    /// One step of the machine.
    pub(crate) fn step(&mut self, broker: &mut Broker, rng: &mut Rng, weather: Weather) -> End {
        if self.joined {
            broker.heartbeat(self.slot, self.life);
        }
        if let Some(until) = self.asking {
            return self.ask(broker, until);
        }
        let now = self.now(broker);
        let beside =
            if self.pipelined && rng.below(2) == 0 { self.machine.beside(now) } else { None };
        let step = beside.unwrap_or_else(|| self.machine.next(now));
        if let Step::Leave(exit) = step {
            if matches!(exit, Exit::Done(_)) {
                broker.leave(self.slot);
            }
            return End::Left(exit);
        }
        match self.take(step, broker, rng, weather) {
            Ok(()) => self.machine.done(step),
            Err(Trouble::Killed) => return End::Killed,
            Err(Trouble::Fenced) => self.asking = Some(broker.now + 5_000),
            Err(Trouble::Failure(failure)) => self.fails(failure, broker),
        }
        let kept = [Broken::KeepsInstance, Broken::AbortsOnDoubt]
            .contains(&self.broken.unwrap_or(Broken::NoRewind));
        if self.flagged && !kept {
            self.machine.doubted();
        }
        End::GoesOn
    }

    fn fails(&mut self, failure: Failure, broker: &Broker) {
        self.open = None;
        self.batch.clear();
        self.ready.clear();
        let failure = match failure {
            Failure::Unknown if self.without(Broken::AbortsOnDoubt) => Failure::Abortable,
            failure => failure,
        };
        self.machine.failed(failure, self.now(broker));
    }

    /// Told that it is fenced: looks for a newer run of its name before it believes it.
    fn ask(&mut self, broker: &mut Broker, until: u64) -> End {
        broker.pass(100);
        let gone =
            self.joined && broker.poll(self.slot, self.life, self.generation) == News::Fenced;
        if gone || self.is_foreign(broker) {
            self.asking = None;
            self.fails(Failure::Fenced, broker);
        } else if broker.now >= until {
            self.asking = None;
            self.fails(Failure::Unknown, broker);
        }
        End::GoesOn
    }

    fn is_foreign(&self, broker: &Broker) -> bool {
        let last = last_run(broker, self.slot).map(|(run, _)| run);
        match self.before {
            Some(before) => last.is_some() && last != Some(self.run()) && last != before,
            None => false,
        }
    }

    fn run(&self) -> u64 {
        self.life
    }

    fn take(
        &mut self,
        step: Step,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        if rng.chance(weather.killed) {
            return Err(Trouble::Killed);
        }
        broker.pass(rng.below(3));
        match step {
            Step::Wait(millis) => {
                broker.pass(millis.min(500));
                self.poll(broker, rng, weather, false)
            }
            Step::Init => self.init(broker, rng, weather),
            Step::Rewind => self.rewind(broker),
            Step::Join => {
                broker.join(self.slot, self.life);
                self.joined = true;
                Ok(())
            }
            Step::Poll(millis) => {
                broker.pass(rng.below(millis.clamp(1, 60)));
                self.poll(broker, rng, weather, true)
            }
            Step::Clean => {
                self.ready = std::mem::take(&mut self.batch);
                broker.pass(rng.below(5));
                Ok(())
            }
            Step::Begin(load) => {
                self.begin(load);
                Ok(())
            }
            Step::Produce(_) => self.produce(broker, rng, weather),
            Step::Offsets => self.offsets(broker, rng, weather),
            Step::Commit(load) => self.commit(load, broker, rng, weather),
            Step::Abort => {
                let request = Request::End { pid: self.slot, epoch: self.epoch()?, commit: false };
                if self.added.is_empty() {
                    return Ok(());
                }
                let answer = self.call(&request, broker, rng, weather)?;
                self.added.clear();
                self.understood(answer)
            }
            Step::Leave(_) => Ok(()),
        }
    }

    /// A call as librdkafka makes it: tried again inside the client while the network fails, and when
    /// the coordinator is busy.
    fn call(
        &mut self,
        request: &Request,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<Answer, Trouble> {
        let deadline = broker.now + 5_000;
        while broker.now < deadline {
            broker.pass(1 + rng.below(3));
            if rng.chance(weather.killed) {
                // It may have been sent, and may arrive after the process is gone.
                match rng.below(3) {
                    0 => {}
                    1 => _ = broker.handle(request),
                    _ => broker.send_late(broker.now + rng.below(15_000), request.clone()),
                }
                return Err(Trouble::Killed);
            }
            if rng.chance(weather.lost) {
                self.flagged = true;
            } else if rng.chance(weather.unanswered) {
                broker.handle(request);
                self.flagged = true;
            } else if rng.chance(weather.late) {
                broker.send_late(broker.now + rng.below(4_000), request.clone());
                self.flagged = true;
            } else if rng.chance(weather.silent) {
                match rng.below(3) {
                    0 => {}
                    1 => _ = broker.handle(request),
                    _ => broker.send_late(broker.now + rng.below(12_000), request.clone()),
                }
                self.flagged = true;
                broker.pass(5_000);
            } else {
                match broker.handle(request) {
                    Answer::Concurrent => broker.pass(20),
                    answer => return Ok(answer),
                }
            }
        }
        Err(Trouble::Failure(Failure::Unknown))
    }

    fn understood(&self, answer: Answer) -> Result<(), Trouble> {
        match answer {
            Answer::Done | Answer::Epoch(_) => Ok(()),
            Answer::Fenced => Err(Trouble::Fenced),
            Answer::Illegal => Err(Trouble::Failure(Failure::Abortable)),
            Answer::Concurrent | Answer::InvalidState | Answer::OutOfOrder => {
                Err(Trouble::Failure(Failure::Unknown))
            }
        }
    }

    fn epoch(&self) -> Result<u32, Trouble> {
        self.epoch.ok_or(Trouble::Failure(Failure::Unknown))
    }

    fn init(
        &mut self,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        self.epoch = None;
        self.flagged = false;
        self.added.clear();
        self.sequences.clear();
        match self.call(&Request::Init { pid: self.slot }, broker, rng, weather)? {
            Answer::Epoch(epoch) => self.epoch = Some(epoch),
            answer => self.understood(answer)?,
        }
        Ok(())
    }

    fn rewind(&mut self, broker: &mut Broker) -> Result<(), Trouble> {
        self.batch.clear();
        self.ready.clear();
        let log = &broker.logs[&(Topic::State, 0)];
        if log.lso() < log.entries.len() && !self.without(Broken::UnsettledState) {
            let since = *self.waiting.get_or_insert(broker.now);
            broker.pass(50);
            if broker.now - since > 5_000 {
                self.waiting = None;
                return Err(Trouble::Failure(Failure::Unknown));
            }
            // The step is taken again.
            return Ok(());
        }
        let Some(offsets) = broker.stable_offsets(&self.assigned) else {
            let since = *self.waiting.get_or_insert(broker.now);
            broker.pass(50);
            if broker.now - since > 5_000 {
                self.waiting = None;
                return Err(Trouble::Failure(Failure::Unknown));
            }
            return Ok(());
        };
        self.waiting = None;
        if self.is_foreign(broker) {
            return Err(Trouble::Failure(Failure::Fenced));
        }
        let last = last_run(broker, self.slot);
        self.before.get_or_insert(last.map(|(run, _)| run));
        let mine = last.filter(|(run, _)| *run == self.run());
        self.tallies = tallies(broker, self.run());
        if !self.without(Broken::NoRewind) || self.positions.is_empty() {
            self.positions = self.assigned.iter().copied().zip(offsets).collect();
        }
        let closed = mine.is_some_and(|(_, closed)| closed);
        let now = self.now(broker);
        self.machine.rewound(Found { opened: mine.is_some(), closed, stopped: false }, now);
        Ok(())
    }

    fn poll(
        &mut self,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
        reads: bool,
    ) -> Result<(), Trouble> {
        if !self.joined {
            return Ok(());
        }
        match broker.poll(self.slot, self.life, self.generation) {
            News::Fenced => return Err(Trouble::Failure(Failure::Fenced)),
            News::Rebalance | News::Unknown => {
                self.revoked(broker, rng, weather)?;
                self.assigned.clear();
                self.generation = None;
                broker.join(self.slot, self.life);
                return Ok(());
            }
            News::Assigned(generation, partitions) => {
                // Partitions that another generation had are gone without a word.
                self.revoked(broker, rng, weather)?;
                self.generation = Some(generation);
                let committed =
                    broker.stable_offsets(&partitions).unwrap_or_else(|| vec![0; partitions.len()]);
                self.positions = partitions.iter().copied().zip(committed).collect();
                self.assigned = partitions;
                if !self.without(Broken::KeepsRevoked) {
                    self.machine.assigned();
                }
                return Ok(());
            }
            News::Nothing => {}
        }
        if !reads || self.assigned.is_empty() {
            return Ok(());
        }
        let partition = self.assigned[rng.below(self.assigned.len() as u64) as usize];
        let Some(&at) = self.positions.get(&partition) else { return Ok(()) };
        if at < self.corpus.records {
            self.positions.insert(partition, at + 1);
            self.batch.push((partition, at));
            self.machine.polled(100, self.now(broker));
        }
        Ok(())
    }

    /// Partitions are taken away: an open transaction is finished inside the callback.
    fn revoked(
        &mut self,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        let open = self.machine.revoked();
        if !self.without(Broken::KeepsRevoked) {
            self.batch.clear();
            self.ready.clear();
        } else {
            // The machine was told; the worker keeps its batch and hands it in again.
            self.batch.iter().for_each(|_| self.machine.polled(100, 0));
        }
        while open && self.open.is_some() {
            let step = self.machine.next(self.now(broker));
            match self.take(step, broker, rng, weather) {
                Ok(()) => self.machine.done(step),
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(())
    }

    fn begin(&mut self, load: Load) {
        self.transactions += 1;
        let serial = Serial { slot: self.slot, life: self.life, number: self.transactions };
        let run = |closed| Payload::Run { slot: self.slot, run: self.run(), closed };
        let mut open =
            Open { serial, ready: Vec::new(), extra: Vec::new(), tallies: self.tallies.clone() };
        match load {
            Load::Opening | Load::Window => open.extra.push(run(false)),
            Load::Closing(_) => open.extra.push(run(true)),
            Load::Batch => {
                open.ready = std::mem::take(&mut self.ready);
                for (partition, offset) in &open.ready {
                    let tally = open.tallies.entry(*partition).or_insert((*offset, *offset, 0));
                    *tally = (tally.0, offset + 1, tally.2 + 1);
                }
                for (partition, (from, to, records)) in &open.tallies {
                    if open.ready.iter().any(|(touched, _)| touched == partition) {
                        let (run, partition) = (self.run(), *partition);
                        open.extra.push(Payload::Tally {
                            run,
                            partition,
                            from: *from,
                            to: *to,
                            records: *records,
                        });
                    }
                }
            }
        }
        self.added.clear();
        self.open = Some(open);
    }

    fn produce(
        &mut self,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        let Some(open) = &self.open else { return Err(Trouble::Failure(Failure::Unknown)) };
        let mut places: BTreeMap<Place, Vec<(Serial, Payload)>> = BTreeMap::new();
        let raw = self.without(Broken::RawFirst) && rng.below(50) == 0;
        for (partition, offset) in &open.ready {
            let record = &self.corpus.record(*partition, *offset);
            let topic = if record.refused { Topic::Quarantine } else { Topic::Clean };
            let bytes = Rc::clone(if raw { &record.raw } else { &record.written });
            let payload = Payload::Record { partition: *partition, offset: *offset, bytes };
            places.entry((topic, *partition)).or_default().push((open.serial, payload));
        }
        for payload in &open.extra {
            places.entry((Topic::State, 0)).or_default().push((open.serial, payload.clone()));
        }
        for (place, records) in places {
            // A batch may go out in several requests.
            let cut = 1 + rng.below(records.len() as u64) as usize;
            for part in records.chunks(cut) {
                self.send(place, part.to_vec(), broker, rng, weather)?;
            }
        }
        if raw { Err(Trouble::Failure(Failure::Abortable)) } else { Ok(()) }
    }

    fn send(
        &mut self,
        place: Place,
        records: Vec<(Serial, Payload)>,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        let (pid, epoch) = (self.slot, self.epoch()?);
        if self.added.insert(place) {
            let add = Request::AddPartitions { pid, epoch, places: vec![place] };
            let answer = self.call(&add, broker, rng, weather)?;
            self.understood(answer)?;
        }
        let sequence = *self.sequences.entry(place).or_default();
        let count = records.len() as u32;
        let produce = Request::Produce { pid, epoch, place, sequence, records };
        let answer = self.call(&produce, broker, rng, weather)?;
        self.understood(answer)?;
        self.sequences.insert(place, sequence + count);
        Ok(())
    }

    fn offsets(
        &mut self,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        let Some(open) = &self.open else { return Err(Trouble::Failure(Failure::Unknown)) };
        let last = usize::from(!self.without(Broken::OffsetIsLast));
        let mut next = BTreeMap::new();
        open.ready
            .iter()
            .for_each(|(partition, offset)| _ = next.insert(*partition, offset + last));
        let Some(generation) = self.generation else {
            return Err(Trouble::Failure(Failure::Abortable));
        };
        let request = Request::Offsets {
            pid: self.slot,
            epoch: self.epoch()?,
            member: self.slot,
            life: self.life,
            generation,
            offsets: next.into_iter().collect(),
            serial: open.serial,
        };
        let answer = self.call(&request, broker, rng, weather)?;
        self.understood(answer)
    }

    fn commit(
        &mut self,
        load: Load,
        broker: &mut Broker,
        rng: &mut Rng,
        weather: Weather,
    ) -> Result<(), Trouble> {
        let request = Request::End { pid: self.slot, epoch: self.epoch()?, commit: true };
        let answer = self.call(&request, broker, rng, weather)?;
        self.understood(answer)?;
        if let Some(open) = self.open.take()
            && load == Load::Batch
        {
            self.tallies = open.tallies;
            // Half of them are told of by the next batch, half by a transaction of their own.
            let due = self.now(broker) + rng.below(1_000);
            self.machine.untold(Some(due));
        }
        Ok(())
    }
}

/// The last run of a slot, and whether it was closed, as far as it can be seen.
fn last_run(broker: &Broker, slot: usize) -> Option<(u64, bool)> {
    let log = &broker.logs[&(Topic::State, 0)];
    let lso = log.lso();
    let mut last = None;
    for (at, (_, payload)) in positions(broker) {
        if let Payload::Run { slot: of, run, closed } = payload
            && of == slot
            && at < lso
        {
            last = Some((run, closed));
        }
    }
    last
}

fn tallies(broker: &Broker, wanted: u64) -> BTreeMap<usize, (usize, usize, usize)> {
    let lso = broker.logs[&(Topic::State, 0)].lso();
    let mut tallies = BTreeMap::new();
    for (at, (_, payload)) in positions(broker) {
        if let Payload::Tally { run, partition, from, to, records } = payload
            && run == wanted
            && at < lso
        {
            tallies.insert(partition, (from, to, records));
        }
    }
    tallies
}

/// The committed records of the state topic with their places.
fn positions(broker: &Broker) -> Vec<(usize, (Serial, Payload))> {
    use crate::broker::Entry;
    let entries = &broker.logs[&(Topic::State, 0)].entries;
    let mut fate = BTreeMap::new();
    let mut seen = Vec::new();
    for (at, entry) in entries.iter().enumerate().rev() {
        match entry {
            Entry::Marker { pid, commit } => _ = fate.insert(*pid, *commit),
            Entry::Data { pid, serial, payload } if fate.get(pid) == Some(&true) => {
                seen.push((at, (*serial, payload.clone())));
            }
            Entry::Data { .. } => {}
        }
    }
    seen.reverse();
    seen
}
