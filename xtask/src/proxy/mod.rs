//! A TCP proxy that knows Kafka's frames: it delays, cuts, holds and repeats requests by their API.
//! One listening port a broker; two threads a connection. What the brokers answer to a stray frame
//! is written down: that is the evidence that it was fenced.

mod connection;
pub(crate) mod frame;

use connection::{Connect, Stray, Wire};
use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Forwarded after so many milliseconds.
    Delay(u64),
    /// The connection is cut, and the request never arrives.
    CutBefore,
    /// The request arrives, and its answer is lost with the connection.
    CutAfter,
    /// The client's connection is cut; the request arrives on the old connection to the broker once
    /// the next transaction of the same id has come as far as `Until`.
    Hold(Until),
    /// Forwarded and answered; a copy arrives by another connection as late as `Until`.
    Repeat(Until),
}

/// How far the next transaction is when a stray frame is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// Its first partitions were added.
    Begun,
    /// Its first records were written.
    Produced,
    /// Its offsets were written: all but its end.
    Offsets,
}

/// Which requests something is done to, and what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) api: i16,
    pub(crate) action: Action,
    /// Matching requests that pass first.
    pub(crate) skip: u32,
}

/// Something that was done, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deed {
    pub(crate) api: i16,
    pub(crate) action: &'static str,
    pub(crate) txn: String,
    /// For a stray: true when the next transaction had begun as it was let go.
    pub(crate) after_begin: bool,
    /// What the broker answered to it, where there is an answer.
    pub(crate) answer: Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is not known yet.
    Awaited,
    /// The broker's first error code.
    Code(i16),
    /// The broker's connection ended first.
    Lost,
    /// Nothing is to be known.
    None,
}

/// What all connections share.
#[derive(Default)]
pub(crate) struct Shared {
    rules: Mutex<Vec<Rule>>,
    strays: Mutex<Vec<Stray>>,
    deeds: Mutex<Vec<Deed>>,
    over: AtomicBool,
}

/// The proxy; it ends with this value.
pub(crate) struct Proxy {
    /// One for each broker.
    pub(crate) ports: Vec<u16>,
    listeners: Vec<TcpListener>,
    shared: Arc<Shared>,
}

impl Proxy {
    /// Takes `n` free ports, which the brokers can then be told of.
    pub(crate) fn bind(n: usize) -> Result<Proxy, String> {
        let mut proxy = Proxy { ports: Vec::new(), listeners: Vec::new(), shared: Arc::default() };
        for _ in 0..n {
            let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
            proxy.ports.push(listener.local_addr().map_err(|e| e.to_string())?.port());
            proxy.listeners.push(listener);
        }
        Ok(proxy)
    }

    /// Begins to forward, each port to the broker at the same place.
    pub(crate) fn forward(&mut self, upstream: &[u16]) {
        for (listener, &port) in self.listeners.drain(..).zip(upstream) {
            let shared = Arc::clone(&self.shared);
            let connect: Connect = Arc::new(move || {
                let stream = TcpStream::connect(("127.0.0.1", port))?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream) as Box<dyn Wire>)
            });
            std::thread::spawn(move || {
                for client in listener.incoming().flatten() {
                    if shared.over.load(Ordering::SeqCst) {
                        return;
                    }
                    let _ = client.set_nodelay(true);
                    connection::serve(Box::new(client), &connect, &shared);
                }
            });
        }
    }

    /// Bootstrap addresses of the proxy.
    pub(crate) fn addresses(&self) -> String {
        self.ports.iter().map(|port| format!("127.0.0.1:{port}")).collect::<Vec<_>>().join(",")
    }

    /// The next matching request gets this done to it, once.
    pub(crate) fn arm(&self, rule: Rule) {
        lock(&self.shared.rules).push(rule);
    }

    /// Takes back what was armed and not used; true when there was something.
    pub(crate) fn disarm(&self) -> bool {
        let mut rules = lock(&self.shared.rules);
        let some = !rules.is_empty();
        rules.clear();
        some
    }

    /// Lets the strays go whose next transaction did not come; gives their number.
    pub(crate) fn release_all(&self) -> usize {
        let strays = std::mem::take(&mut *lock(&self.shared.strays));
        let n = strays.len();
        strays.into_iter().for_each(|stray| stray.release(&self.shared, false));
        n
    }

    /// Everything that was done since the last call of `forget`.
    pub(crate) fn deeds(&self) -> Vec<Deed> {
        lock(&self.shared.deeds).clone()
    }

    /// Begins a new list of deeds.
    pub(crate) fn forget(&self) {
        self.disarm();
        self.release_all();
        lock(&self.shared.deeds).clear();
    }

    /// Waits until `n` deeds are done, and what is to be known of them is known.
    pub(crate) fn wait(&self, n: usize, most: Duration) -> bool {
        let deadline = Instant::now() + most;
        loop {
            let deeds = lock(&self.shared.deeds);
            if deeds.iter().filter(|deed| deed.answer != Answer::Awaited).count() >= n {
                return true;
            }
            drop(deeds);
            if Instant::now() > deadline {
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        for port in &self.ports {
            // Wakes the thread that accepts, so that it sees the end.
            let _ = TcpStream::connect(("127.0.0.1", *port));
        }
    }
}

impl Shared {
    /// What is to be done to this request; the rule is used up.
    fn rule_for(&self, request: &frame::Request) -> Option<Action> {
        let mut rules = lock(&self.rules);
        let at = rules.iter().position(|rule| {
            rule.api == request.api
                && request.txn.is_some()
                && (request.api != frame::END_TXN || request.commit)
        })?;
        if rules[at].skip > 0 {
            rules[at].skip -= 1;
            return None;
        }
        Some(rules.remove(at).action)
    }

    /// Writes a deed down; gives its number.
    fn write_down(&self, deed: Deed) -> usize {
        let mut deeds = lock(&self.deeds);
        deeds.push(deed);
        deeds.len() - 1
    }

    /// What the broker answered to deed `n`.
    fn answered(&self, n: usize, answer: Answer) {
        if let Some(deed) = lock(&self.deeds).get_mut(n)
            && deed.answer == Answer::Awaited
        {
            deed.answer = answer;
        }
    }

    /// A request of a transaction was answered: strays that waited for this are let go.
    fn stepped(&self, api: i16, txn: &str) {
        let mut due = Vec::new();
        {
            let mut strays = lock(&self.strays);
            let mut n = 0;
            while n < strays.len() {
                if strays[n].txn == txn && strays[n].steps(api) {
                    due.push(strays.swap_remove(n));
                } else {
                    n += 1;
                }
            }
        }
        due.into_iter().for_each(|stray| stray.release(self, true));
    }
}

/// Deeds by what was answered, for a report: `INVALID_PRODUCER_EPOCH 19, NONE 1`.
pub(crate) fn by_answer<'a>(deeds: impl Iterator<Item = &'a Deed>) -> String {
    let mut counts = BTreeMap::<String, usize>::new();
    for deed in deeds {
        let name = match deed.answer {
            Answer::Code(code) => frame::error_name(code),
            Answer::Awaited => "no answer yet".into(),
            Answer::Lost => "connection ended".into(),
            Answer::None => "nothing to answer".into(),
        };
        *counts.entry(name).or_default() += 1;
    }
    counts.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ")
}

/// A lock; a thread that panicked with it has not broken what it guards.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
