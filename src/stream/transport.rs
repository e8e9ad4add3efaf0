//! Where lineage events go beside their topic: a file, standard output, servers over HTTP. What they
//! tell of is committed by then. A file that cannot be written is a fault; a server that does not
//! answer never holds up a record: events wait for it, in memory or in a file, up to a bound.

use super::files::beside;
use super::telemetry::{Event, tell};
use super::{Fault, web};
use crate::limits;
use crate::phi::Code;
use crate::policy::{Http, Lineage};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::VecDeque;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Takes lines; standard output is one.
pub type Out = Box<dyn Write + Send>;

/// Where a pipeline's events go, beside their topic.
pub struct Transports {
    file: Option<PathBuf>,
    out: Option<Mutex<Out>>,
    senders: Vec<Sender>,
}

impl std::fmt::Debug for Transports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Transports")
    }
}

impl Transports {
    /// Finds what would fail: an address, a secret's file, a spool that another process has. `out` is
    /// standard output.
    pub fn open(
        lineage: &Lineage,
        insecure: Option<&str>,
        out: impl FnOnce() -> Out,
    ) -> Result<Transports, Fault> {
        let senders = lineage.http.iter().map(|http| Sender::start(http, insecure));
        Ok(Transports {
            file: lineage.file.clone(),
            out: lineage.stdout.then(|| Mutex::new(out())),
            senders: senders.collect::<Result<_, _>>()?,
        })
    }

    /// Hands over committed events, in order. The fault is of a file or of standard output: the
    /// servers' troubles are told of in the log.
    pub(super) fn tell(&self, events: &[String]) -> Result<(), Fault> {
        let mut told = Ok(());
        if let Some(path) = &self.file {
            let fault = || Fault::about(Code::FileOutput, &path.display().to_string());
            told = append(path, events).map_err(|_| fault());
        }
        if let Some(out) = &self.out {
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            let mut lines = events.iter().map(|event| format!("{event}\n"));
            let written = lines
                .try_for_each(|line| out.write_all(line.as_bytes()))
                .and_then(|()| out.flush());
            told = told.and(written.map_err(|_| Fault::about(Code::FileOutput, "standard output")));
        }
        for sender in &self.senders {
            sender.tell(events);
        }
        told
    }

    /// Waits a while for what is still to be sent; gives how many events were not. Those of a spool
    /// are sent by the next run.
    pub fn finish(&self) -> usize {
        let until = Instant::now() + Duration::from_millis(limits::LINEAGE_DRAIN_MILLIS_MAX);
        self.senders.iter().map(|sender| sender.finish(until)).sum()
    }
}

fn append(path: &Path, events: &[String]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    // A line in one write: other workers and processes append to the same file.
    events.iter().try_for_each(|event| file.write_all(format!("{event}\n").as_bytes()))
}

/// One server, and what waits for it.
struct Sender {
    shared: Arc<Shared>,
}

struct Shared {
    http: Http,
    agent: ureq::Agent,
    token: Option<Zeroizing<String>>,
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Waiting>,
    bytes: usize,
    spool: Option<Spool>,
    /// The run ends: what fails is not tried for long.
    ends: bool,
    over: bool,
}

struct Waiting {
    text: String,
    /// A later event of the run tells the same and more.
    is_passed_by: bool,
}

impl Sender {
    fn start(http: &Http, insecure: Option<&str>) -> Result<Sender, Fault> {
        let token = http.token_file.as_deref().map(web::token).transpose()?;
        let ca = http.ca.as_deref().map(web::file).transpose()?;
        let timeout = Duration::from_millis(http.timeout_millis);
        // Some servers take their key in the query.
        let has_secret = token.is_some() || http.url.contains('?');
        let agent = web::agent(&http.url, ca.as_deref(), insecure, has_secret, timeout)
            .map_err(|no| no.fault(Code::WrongValue))?;
        let mut queue = Queue::default();
        if let Some(path) = &http.spool {
            let (spool, left) = Spool::open(path)?;
            queue.spool = Some(spool);
            left.into_iter().for_each(|text| _ = queue.push(text, http.spool_bytes));
        }
        let (http, queue) = (http.clone(), Mutex::new(queue));
        let shared = Arc::new(Shared { http, agent, token, queue, changed: Condvar::new() });
        let sent = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("weir-lineage".into())
            .spawn(move || sent.send())
            .map_err(|_| Fault::new(Code::Internal))?;
        Ok(Sender { shared })
    }

    fn tell(&self, events: &[String]) {
        let mut queue = self.shared.lock();
        let mut lost = 0;
        for event in events {
            if let Some(spool) = &mut queue.spool
                && spool.add(event).is_err()
            {
                // It waits in memory until the file is written anew, and is lost if the process is.
                warn("a lineage event is in memory only", &self.shared.http);
            }
            lost += queue.push(event.clone(), self.shared.http.spool_bytes);
        }
        if lost > 0 {
            warn("lineage events were dropped: the server is away for too long", &self.shared.http);
        }
        self.shared.changed.notify_all();
    }

    fn finish(&self, until: Instant) -> usize {
        let mut queue = self.shared.lock();
        queue.ends = true;
        self.shared.changed.notify_all();
        while !queue.events.is_empty() && !queue.over {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let waited = self.shared.changed.wait_timeout(queue, left);
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        queue.over = true;
        queue.tidy(true);
        self.shared.changed.notify_all();
        queue.events.len()
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.shared.lock().over = true;
        self.shared.changed.notify_all();
    }
}

fn warn(what: &'static str, http: &Http) {
    tell(Event::LineageUnsent(what, Server::of(http)));
}

/// A server as the log names it.
#[derive(Clone, Copy)]
pub(super) struct Server<'a>(pub(super) &'a str);

impl Server<'_> {
    fn of(http: &Http) -> Server<'_> {
        Server(web::server(&http.url))
    }
}

/// What a server made of an event.
enum Answer {
    Taken,
    /// It does not take this one, now or ever.
    Refused(u16),
    /// It may be asked again.
    Away,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self) {
        let mut tries = 0;
        loop {
            let mut queue = self.lock();
            while queue.events.is_empty() && !queue.over {
                queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
            if queue.over {
                return;
            }
            let Some(first) = queue.events.front().map(|first| first.text.clone()) else {
                continue;
            };
            drop(queue);
            let answer = self.post(&first);
            let mut queue = self.lock();
            queue.tidy(false);
            match answer {
                Answer::Away => {
                    if tries == 0 {
                        warn("a server of lineage events does not answer; they wait", &self.http);
                    }
                    tries += 1;
                    let wait = Duration::from_millis(wait_millis(tries, queue.ends));
                    let until = Instant::now() + wait;
                    while Instant::now() < until && !queue.over {
                        let left = until.saturating_duration_since(Instant::now());
                        let (before, waited) = (queue.ends, self.changed.wait_timeout(queue, left));
                        queue = waited.unwrap_or_else(PoisonError::into_inner).0;
                        if queue.ends != before {
                            break;
                        }
                    }
                    continue;
                }
                Answer::Refused(status) => {
                    tell(Event::LineageRefused(status, Server::of(&self.http)));
                }
                Answer::Taken => {}
            }
            tries = 0;
            // It may have been dropped meanwhile.
            if queue.events.front().is_some_and(|event| event.text == first) {
                queue.pop();
                queue.tidy(false);
            }
            self.changed.notify_all();
        }
    }

    fn post(&self, event: &str) -> Answer {
        let mut request =
            self.agent.post(&self.http.url).header("content-type", "application/json");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {}", token.as_str()));
        }
        let sent = if self.http.gzip {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            let packed = packed.write_all(event.as_bytes()).and_then(|()| packed.finish());
            let Ok(packed) = packed else { return Answer::Away };
            request.header("content-encoding", "gzip").send(&packed[..])
        } else {
            request.send(event)
        };
        match sent.map(|answer| answer.status().as_u16()) {
            Ok(200..=299) => Answer::Taken,
            // What it says of the event will not change; of the way there, it may.
            Ok(status @ (400 | 413 | 415 | 422)) => Answer::Refused(status),
            Ok(_) | Err(_) => Answer::Away,
        }
    }
}

/// Half a second, then twice as long each time; a run that ends has no time for that.
fn wait_millis(tries: u32, ends: bool) -> u64 {
    let most = if ends { 500 } else { limits::LINEAGE_RETRY_MILLIS_MAX };
    (250u64 << tries.min(10)).min(most)
}

impl Queue {
    /// Adds an event; gives how many were dropped to keep the bound. Those go first that a later
    /// event of their run makes good: counts are sums since its START.
    fn push(&mut self, text: String, most: usize) -> usize {
        let is_passed_by = text.contains("\"eventType\":\"RUNNING\"");
        self.bytes += text.len();
        self.events.push_back(Waiting { text, is_passed_by });
        let mut dropped = 0;
        while self.bytes > most && self.events.len() > 1 {
            let last = self.events.len() - 1;
            let passed_by = self.events.range(..last).position(|event| event.is_passed_by);
            if let Some(event) = self.events.remove(passed_by.unwrap_or(0)) {
                self.bytes -= event.text.len();
            }
            dropped += 1;
        }
        dropped
    }

    fn pop(&mut self) {
        let Some(event) = self.events.pop_front() else { return };
        self.bytes -= event.text.len();
    }

    /// The spool has what waits, and not much else: it is written anew where more than half of it is
    /// over, so that each event is written twice at most.
    fn tidy(&mut self, at_once: bool) {
        let Some(spool) = &mut self.spool else { return };
        let waiting = self.events.len();
        let is_long = spool.lines > 2 * waiting + 64 || waiting == 0 && spool.lines > 0;
        // One that a full disk has torn has fewer than wait, or half a line.
        if is_long || spool.is_torn || at_once && spool.lines != waiting {
            // What stays behind in it is sent twice, if at all.
            let _ = spool.write(self.events.iter().map(|event| event.text.as_str()));
        }
    }
}

/// A file of events that wait, a line each. One process has it at a time: who has the lock beside it.
struct Spool {
    path: PathBuf,
    file: File,
    lines: usize,
    /// Something could not be written: it is not what waits.
    is_torn: bool,
    _lock: File,
}

impl Spool {
    /// Opens it, or makes it; with what an earlier run has left.
    fn open(path: &Path) -> Result<(Spool, Vec<String>), Fault> {
        let about = path.display().to_string();
        let fault = || Fault::about(Code::FileOutput, &about);
        let mut options = OpenOptions::new();
        options.create(true).read(true).append(true);
        let lock = options.open(beside(path, "lock")).map_err(|_| fault())?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Fault::about(Code::LineageSpool, &about)),
            Err(TryLockError::Error(_)) => return Err(fault()),
        }
        let file = options.open(path).map_err(|_| fault())?;
        let mut left = Vec::new();
        for line in BufReader::new(&file).split(b'\n') {
            let line = line.map_err(|_| fault())?;
            // The last line of a process that was killed may be half of one.
            if serde_json::from_slice::<serde_json::Value>(&line).is_ok()
                && let Ok(line) = String::from_utf8(line)
            {
                left.push(line);
            }
        }
        let (path, lines) = (path.to_path_buf(), left.len());
        let mut spool = Spool { path, file, lines, is_torn: false, _lock: lock };
        spool.write(left.iter().map(String::as_str)).map_err(|_| fault())?;
        Ok((spool, left))
    }

    fn add(&mut self, event: &str) -> std::io::Result<()> {
        // Behind half a line it would be a part of that one.
        let before = if self.is_torn { "\n" } else { "" };
        let added = self.file.write_all(format!("{before}{event}\n").as_bytes());
        let added = added.and_then(|()| self.file.sync_data());
        self.is_torn |= added.is_err();
        self.lines += usize::from(added.is_ok());
        added
    }

    /// Writes it anew, whole or not at all.
    fn write<'e>(&mut self, events: impl Iterator<Item = &'e str>) -> std::io::Result<()> {
        let part = beside(&self.path, "part");
        let mut options = OpenOptions::new();
        let _ = std::fs::remove_file(&part);
        let mut file = options.create_new(true).append(true).open(&part)?;
        let mut lines = 0;
        for event in events {
            file.write_all(format!("{event}\n").as_bytes())?;
            lines += 1;
        }
        file.sync_data()?;
        std::fs::rename(&part, &self.path)?;
        (self.file, self.lines, self.is_torn) = (file, lines, false);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(queue: &Queue) -> Vec<&str> {
        queue.events.iter().map(|event| &event.text[14..17]).collect()
    }

    #[test]
    fn what_a_later_event_makes_good_goes_first() {
        let event = |kind: &str| format!("{{\"eventType\":\"{kind}\"}}");
        let mut queue = Queue::default();
        let most = event("RUNNING").len() * 3;
        for kind in ["START", "RUNNING", "RUNNING"] {
            assert_eq!(queue.push(event(kind), most), 0);
        }
        assert_eq!(queue.push(event("COMPLETE"), most), 1);
        assert_eq!(texts(&queue), ["STA", "RUN", "COM"]);
        assert_eq!(queue.push(event("START"), most), 1);
        assert_eq!(texts(&queue), ["STA", "COM", "STA"]);
        // Where nothing can be spared the oldest goes, and the newest never does.
        assert_eq!(queue.push(event("RUNNING"), 10), 3);
        assert_eq!(texts(&queue), ["RUN"]);
        assert_eq!(queue.bytes, event("RUNNING").len());
        queue.pop();
        assert_eq!(queue.bytes, 0);
    }

    #[test]
    fn a_spool_is_of_one_process_and_keeps_what_waits() {
        let path = std::env::temp_dir().join(format!("weir-spool-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let (mut spool, left) = Spool::open(&path).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(left.is_empty());
        let second = Spool::open(&path).err().map(|fault| fault.code);
        assert_eq!(second, Some(Code::LineageSpool));
        ["{\"a\":1}", "{\"b\":2}"].iter().for_each(|event| spool.add(event).expect("adds"));
        drop(spool);
        let (mut spool, left) = Spool::open(&path).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(left, ["{\"a\":1}", "{\"b\":2}"]);
        spool.write(std::iter::once("{\"b\":2}")).expect("writes");
        spool.add("{\"c\":3}").expect("adds");
        drop(spool);
        let (_, left) = Spool::open(&path).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(left, ["{\"b\":2}", "{\"c\":3}"]);
        std::fs::write(&path, b"{\"c\":3}\n{\"d\":\"\xc3").expect("writes");
        let (_, left) = Spool::open(&path).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(left, ["{\"c\":3}"], "torn inside of a letter");
        std::fs::remove_file(&path).expect("removes");
        std::fs::remove_file(beside(&path, "lock")).expect("removes");
    }

    /// What was taken leaves the file, so that no run sends all of it again.
    #[test]
    fn a_spool_keeps_up_with_what_was_taken() {
        let path = std::env::temp_dir().join(format!("weir-kept-up-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let (spool, _) = Spool::open(&path).unwrap_or_else(|fault| panic!("{fault}"));
        let mut queue = Queue { spool: Some(spool), ..Queue::default() };
        let event = |n: usize| format!("{{\"n\":{n}}}");
        for n in 0..300 {
            if let Some(spool) = &mut queue.spool {
                spool.add(&event(n)).expect("adds");
            }
            queue.push(event(n), usize::MAX);
        }
        let lines = || std::fs::read_to_string(&path).expect("reads").lines().count();
        for _ in 0..200 {
            queue.pop();
            queue.tidy(false);
        }
        assert!((100..265).contains(&lines()), "{}", lines());
        queue.tidy(true);
        assert_eq!(lines(), 100);
        drop(queue);
        let (_, left) = Spool::open(&path).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!((left.len(), left[0].as_str()), (100, "{\"n\":200}"));
        std::fs::remove_file(&path).expect("removes");
        std::fs::remove_file(beside(&path, "lock")).expect("removes");
    }

    #[test]
    fn what_may_hold_a_key_is_not_logged() {
        let http = |url: &str| Http {
            url: url.into(),
            token_file: None,
            ca: None,
            gzip: false,
            timeout_millis: 1,
            spool: None,
            spool_bytes: 1,
        };
        assert_eq!(web::server(&http("https://h:1/l?api_key=s").url), "https://h:1");
        assert_eq!(web::server(&http("https://h?api_key=s").url), "https://h");
    }

    #[test]
    fn waits_grow_and_a_run_that_ends_does_not_wait_long() {
        let waits: Vec<_> = (1..=8).map(|tries| wait_millis(tries, false)).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(wait_millis(8, true), 500);
    }
}
