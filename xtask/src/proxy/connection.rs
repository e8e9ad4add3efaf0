//! One client's connection through the proxy: a thread for requests, a thread for answers.

use super::frame::{self, Request, correlation, first_error, framed, read_frame, request};
use super::{Action, Answer, Deed, Shared, Until, lock};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A stream whose two ends can be held by two threads.
pub(crate) trait Wire: Read + Write + Send {
    /// Another handle of the same stream.
    fn twin(&self) -> io::Result<Box<dyn Wire>>;
    /// Ends it both ways, for every handle.
    fn cut(&self);
}

impl Wire for TcpStream {
    fn twin(&self) -> io::Result<Box<dyn Wire>> {
        self.try_clone().map(|stream| Box::new(stream) as Box<dyn Wire>)
    }

    fn cut(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

/// Makes a connection to the broker.
pub(crate) type Connect = Arc<dyn Fn() -> io::Result<Box<dyn Wire>> + Send + Sync>;

/// A request that waits for its answer.
struct Pending {
    request: Request,
    /// The deed to write the answer to.
    deed: Option<usize>,
    /// The answer is lost: the client is cut in its place.
    lose: bool,
    /// Of a stray: the frame, to be sent again while the coordinator is too busy to look at it.
    stray: Vec<u8>,
}

/// The coordinator was writing down something else: this says nothing of the stray.
const CONCURRENT_TRANSACTIONS: i16 = 51;
/// A stray that meets this is late by so much more.
const BUSY: Duration = Duration::from_millis(2);

/// What the two threads of a connection share.
#[derive(Default)]
struct Lane {
    pending: Mutex<BTreeMap<i32, Pending>>,
    /// The client was cut, and a stray still needs the connection to the broker.
    orphan: AtomicBool,
}

/// A frame that arrives too late.
pub(crate) struct Stray {
    pub(crate) txn: String,
    until: Until,
    /// Its own transaction has ended.
    ended: bool,
    /// The next one has begun.
    begun: bool,
    frame: Vec<u8>,
    request: Request,
    deed: usize,
    way: Way,
}

/// How a stray gets to the broker.
enum Way {
    /// By the connection that it came for.
    Old(Box<dyn Wire>, Arc<Lane>),
    /// By one of its own.
    New(Connect),
}

impl Stray {
    /// Whether this answered request is what it waited for.
    pub(super) fn steps(&mut self, api: i16) -> bool {
        self.ended |= api == frame::END_TXN;
        self.begun |= self.ended && api == frame::ADD_PARTITIONS_TO_TXN;
        let wanted = match self.until {
            Until::Begun => frame::ADD_PARTITIONS_TO_TXN,
            Until::Produced => frame::PRODUCE,
            Until::Offsets => frame::TXN_OFFSET_COMMIT,
        };
        self.begun && api == wanted
    }

    /// Sends it; the answer is written down by whoever reads it.
    pub(super) fn release(self, shared: &Shared, after_begin: bool) {
        if let Some(deed) = lock(&shared.deeds).get_mut(self.deed) {
            deed.after_begin = after_begin;
        }
        match self.way {
            Way::Old(mut upstream, lane) => {
                let correlation = self.request.correlation;
                let bytes = framed(&self.frame);
                let (request, deed, stray) = (self.request, Some(self.deed), self.frame);
                let pending = Pending { request, deed, lose: false, stray };
                lock(&lane.pending).insert(correlation, pending);
                if upstream.write_all(&bytes).is_err() {
                    shared.answered(self.deed, Answer::Lost);
                    upstream.cut();
                }
            }
            Way::New(connect) => {
                let answer = alone(&connect, &self.frame, &self.request);
                shared.answered(self.deed, answer.unwrap_or(Answer::Lost));
            }
        }
    }
}

/// Sends one frame by a connection of its own, and reads the answer.
fn alone(connect: &Connect, frame: &[u8], request: &Request) -> io::Result<Answer> {
    let mut upstream = connect()?;
    upstream.write_all(&framed(frame))?;
    let answer = read_frame(&mut *upstream)?.unwrap_or_default();
    upstream.cut();
    Ok(first_error(request.api, request.version, &answer).map_or(Answer::None, Answer::Code))
}

/// Serves one client, in threads of its own.
pub(crate) fn serve(client: Box<dyn Wire>, connect: &Connect, shared: &Arc<Shared>) {
    let Ok(upstream) = connect() else { return client.cut() };
    let (Ok(client_out), Ok(upstream_in)) = (client.twin(), upstream.twin()) else {
        return client.cut();
    };
    let lane = Arc::<Lane>::default();
    let (lane_out, shared_out) = (Arc::clone(&lane), Arc::clone(shared));
    std::thread::spawn(move || answers(upstream_in, client_out, &lane_out, &shared_out));
    let (connect, shared) = (Arc::clone(connect), Arc::clone(shared));
    std::thread::spawn(move || {
        let mut ends = Ends { client, upstream, lane };
        let _ = ends.requests(&connect, &shared);
        ends.client.cut();
        if !ends.lane.orphan.load(Ordering::SeqCst) {
            ends.upstream.cut();
        }
    });
}

/// The thread of requests.
struct Ends {
    client: Box<dyn Wire>,
    upstream: Box<dyn Wire>,
    lane: Arc<Lane>,
}

impl Ends {
    fn requests(&mut self, connect: &Connect, shared: &Arc<Shared>) -> io::Result<()> {
        while let Some(frame) = read_frame(&mut *self.client)? {
            let Some(request) = request(&frame) else {
                self.upstream.write_all(&framed(&frame))?;
                continue;
            };
            let Some(action) = shared.rule_for(&request) else {
                self.forward(&frame, request, None, false)?;
                continue;
            };
            let deed = |action, answer| Deed {
                api: request.api,
                action,
                txn: request.txn.clone().unwrap_or_default(),
                after_begin: false,
                answer,
            };
            match action {
                Action::Delay(millis) => {
                    let n = shared.write_down(deed("delayed", Answer::Awaited));
                    std::thread::sleep(Duration::from_millis(millis));
                    self.forward(&frame, request, Some(n), false)?;
                }
                Action::CutBefore => {
                    shared.write_down(deed("cut before", Answer::None));
                    return Ok(());
                }
                Action::CutAfter => {
                    let n = shared.write_down(deed("cut after", Answer::Awaited));
                    self.forward(&frame, request, Some(n), true)?;
                }
                Action::Hold(until) => {
                    let n = shared.write_down(deed("held", Answer::Awaited));
                    // Before the cut: the client's retry must not be faster than this.
                    self.lane.orphan.store(true, Ordering::SeqCst);
                    let way = Way::Old(self.upstream.twin()?, Arc::clone(&self.lane));
                    keep(shared, until, frame, request, n, way);
                    return Ok(());
                }
                Action::Repeat(until) => {
                    let n = shared.write_down(deed("repeated", Answer::Awaited));
                    self.forward(&frame, request.clone(), None, false)?;
                    keep(shared, until, frame, request, n, Way::New(Arc::clone(connect)));
                }
            }
        }
        Ok(())
    }

    fn forward(
        &mut self,
        frame: &[u8],
        request: Request,
        deed: Option<usize>,
        lose: bool,
    ) -> io::Result<()> {
        // Only of these APIs anyone needs to know the answer.
        if request.txn.is_some() {
            let pending = Pending { deed, lose, request, stray: Vec::new() };
            lock(&self.lane.pending).insert(pending.request.correlation, pending);
        }
        self.upstream.write_all(&framed(frame))
    }
}

fn keep(shared: &Shared, until: Until, frame: Vec<u8>, request: Request, deed: usize, way: Way) {
    let txn = request.txn.clone().unwrap_or_default();
    let ended = request.api == frame::END_TXN;
    lock(&shared.strays).push(Stray { txn, until, ended, begun: false, frame, request, deed, way });
}

/// The thread of answers.
fn answers(mut upstream: Box<dyn Wire>, mut client: Box<dyn Wire>, lane: &Lane, shared: &Shared) {
    while let Ok(Some(frame)) = read_frame(&mut *upstream) {
        let mut pending =
            correlation(&frame).and_then(|correlation| lock(&lane.pending).remove(&correlation));
        let error = pending
            .as_ref()
            .and_then(|pending| first_error(pending.request.api, pending.request.version, &frame));
        if error == Some(CONCURRENT_TRANSACTIONS)
            && let Some(pending) = pending.take_if(|pending| !pending.stray.is_empty())
        {
            std::thread::sleep(BUSY);
            let bytes = framed(&pending.stray);
            lock(&lane.pending).insert(pending.request.correlation, pending);
            if upstream.write_all(&bytes).is_err() {
                break;
            }
            continue;
        }
        if let Some(n) = pending.as_ref().and_then(|pending| pending.deed) {
            shared.answered(n, error.map_or(Answer::None, Answer::Code));
            if lane.orphan.load(Ordering::SeqCst) {
                // The stray was the last thing that this connection was for.
                break;
            }
        }
        if pending.as_ref().is_some_and(|pending| pending.lose) {
            break;
        }
        if client.write_all(&framed(&frame)).is_err() && !lane.orphan.load(Ordering::SeqCst) {
            break;
        }
        if let Some(Pending { request, .. }) = pending
            && error == Some(0)
            && let Some(txn) = &request.txn
        {
            shared.stepped(request.api, txn);
        }
    }
    client.cut();
    upstream.cut();
    let lost: Vec<_> = std::mem::take(&mut *lock(&lane.pending)).into_values().collect();
    lost.iter().filter_map(|pending| pending.deed).for_each(|n| shared.answered(n, Answer::Lost));
}

#[cfg(test)]
mod tests {
    use super::super::frame::tests::{answer, end, plain};
    use super::super::{Rule, frame::END_TXN};
    use super::*;
    use std::os::unix::net::UnixStream;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Instant;

    impl Wire for UnixStream {
        fn twin(&self) -> io::Result<Box<dyn Wire>> {
            self.try_clone().map(|stream| Box::new(stream) as Box<dyn Wire>)
        }

        fn cut(&self) {
            let _ = self.shutdown(Shutdown::Both);
        }
    }

    /// A proxy between a test's own hands: connections that it makes to the broker come out of `at`.
    struct Bench {
        shared: Arc<Shared>,
        connect: Connect,
        at: Receiver<UnixStream>,
    }

    impl Bench {
        fn new() -> Bench {
            let (give, at) = channel();
            let give = Mutex::new(give);
            let connect: Connect = Arc::new(move || {
                let (ours, theirs) = UnixStream::pair()?;
                let _ = lock(&give).send(theirs);
                Ok(Box::new(ours) as Box<dyn Wire>)
            });
            Bench { shared: Arc::default(), connect, at }
        }

        /// A client's end and the broker's.
        fn connection(&self) -> (UnixStream, UnixStream) {
            let (client, proxied) = UnixStream::pair().expect("a pair");
            serve(Box::new(proxied), &self.connect, &self.shared);
            let broker = self.broker();
            client.set_read_timeout(Some(Duration::from_secs(5))).expect("a deadline");
            (client, broker)
        }

        fn broker(&self) -> UnixStream {
            let broker = self.at.recv_timeout(Duration::from_secs(5)).expect("connects");
            broker.set_read_timeout(Some(Duration::from_secs(5))).expect("a deadline");
            broker
        }

        fn arm(&self, api: i16, action: Action) {
            lock(&self.shared.rules).push(Rule { api, action, skip: 0 });
        }

        fn deed(&self) -> Deed {
            let deadline = Instant::now() + Duration::from_secs(5);
            loop {
                let deed = lock(&self.shared.deeds).first().cloned();
                match deed {
                    Some(deed) if deed.answer != Answer::Awaited => return deed,
                    _ => assert!(Instant::now() < deadline, "no deed"),
                }
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }

    fn send(to: &mut UnixStream, frame: &[u8]) {
        to.write_all(&framed(frame)).expect("writes");
    }

    fn receive(from: &mut UnixStream) -> Option<Vec<u8>> {
        read_frame(from).expect("reads in time")
    }

    const ID: &str = "weir.p/a/0";

    /// `AddPartitionsToTxn` 1 and its answer: topic `t`, partition 0.
    fn begin(correlation: i32) -> (Vec<u8>, Vec<u8>) {
        let mut answer = correlation.to_be_bytes().to_vec();
        answer.extend([0, 0, 0, 0, 0, 0, 0, 1, 0, 1, b't', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        (plain(frame::ADD_PARTITIONS_TO_TXN, 1, correlation, ID, &[0, 0, 0, 0]), answer)
    }

    #[test]
    fn frames_pass_both_ways_unchanged() {
        let bench = Bench::new();
        let (mut client, mut broker) = bench.connection();
        send(&mut client, &end(1, ID));
        assert_eq!(receive(&mut broker), Some(end(1, ID)));
        send(&mut broker, &answer(1, 0));
        assert_eq!(receive(&mut client), Some(answer(1, 0)));
        drop(client);
        assert_eq!(receive(&mut broker), None, "the broker sees the client go");
    }

    #[test]
    fn a_held_end_arrives_after_the_next_begin_and_its_answer_is_kept() {
        let bench = Bench::new();
        bench.arm(END_TXN, Action::Hold(Until::Begun));
        let (mut client, mut old) = bench.connection();
        send(&mut client, &end(1, ID));
        assert_eq!(receive(&mut client), None, "the client is cut");
        let (mut client, mut broker) = bench.connection();
        send(&mut client, &end(1, ID));
        assert_eq!(receive(&mut broker), Some(end(1, ID)), "the retry passes: a rule is used once");
        send(&mut broker, &answer(1, 0));
        assert!(receive(&mut client).is_some());
        old.set_read_timeout(Some(Duration::from_millis(50))).expect("sets");
        assert!(read_frame(&mut old).is_err(), "nothing has arrived yet");
        old.set_read_timeout(Some(Duration::from_secs(5))).expect("sets");
        let (add, added) = begin(2);
        send(&mut client, &add);
        receive(&mut broker);
        send(&mut broker, &added);
        assert_eq!(receive(&mut old), Some(end(1, ID)), "the stray arrives by its own connection");
        send(&mut old, &answer(1, CONCURRENT_TRANSACTIONS));
        assert_eq!(receive(&mut old), Some(end(1, ID)), "a busy coordinator is asked again");
        send(&mut old, &answer(1, 47));
        let deed = bench.deed();
        assert_eq!((deed.action, deed.answer), ("held", Answer::Code(47)));
        assert!(deed.after_begin);
    }

    #[test]
    fn another_ids_begin_lets_nothing_go() {
        let bench = Bench::new();
        bench.arm(END_TXN, Action::Hold(Until::Begun));
        let (mut client, mut old) = bench.connection();
        send(&mut client, &end(1, "weir.p/b/0"));
        assert_eq!(receive(&mut client), None);
        let (mut client, mut broker) = bench.connection();
        let (add, added) = begin(2);
        send(&mut client, &add);
        receive(&mut broker);
        send(&mut broker, &added);
        receive(&mut client);
        old.set_read_timeout(Some(Duration::from_millis(100))).expect("sets");
        assert!(read_frame(&mut old).is_err());
    }

    #[test]
    fn a_cut_before_never_arrives_and_a_cut_after_does() {
        let bench = Bench::new();
        bench.arm(END_TXN, Action::CutBefore);
        let (mut client, mut broker) = bench.connection();
        send(&mut client, &end(1, ID));
        assert_eq!((receive(&mut client), receive(&mut broker)), (None, None));
        bench.arm(END_TXN, Action::CutAfter);
        let (mut client, mut broker) = bench.connection();
        send(&mut client, &end(2, ID));
        assert_eq!(receive(&mut broker), Some(end(2, ID)));
        send(&mut broker, &answer(2, 0));
        assert_eq!(receive(&mut client), None);
        assert_eq!(lock(&bench.shared.deeds)[1].answer, Answer::Code(0));
    }

    #[test]
    fn a_delay_keeps_the_order() {
        let bench = Bench::new();
        bench.arm(END_TXN, Action::Delay(80));
        let (mut client, mut broker) = bench.connection();
        let start = Instant::now();
        send(&mut client, &end(1, ID));
        send(&mut client, &begin(2).0);
        assert_eq!(receive(&mut broker), Some(end(1, ID)));
        assert!(start.elapsed() >= Duration::from_millis(80));
        assert_eq!(receive(&mut broker), Some(begin(2).0));
    }

    #[test]
    fn a_repeated_request_arrives_twice() {
        let bench = Bench::new();
        bench.arm(END_TXN, Action::Repeat(Until::Begun));
        let (mut client, mut broker) = bench.connection();
        send(&mut client, &end(1, ID));
        assert_eq!(receive(&mut broker), Some(end(1, ID)), "the first time at once");
        send(&mut broker, &answer(1, 0));
        assert_eq!(receive(&mut client), Some(answer(1, 0)));
        let (add, added) = begin(2);
        send(&mut client, &add);
        receive(&mut broker);
        send(&mut broker, &added);
        let mut other = bench.broker();
        assert_eq!(receive(&mut other), Some(end(1, ID)));
        send(&mut other, &answer(1, 48));
        assert_eq!(bench.deed().answer, Answer::Code(48));
    }
    #[test]
    fn a_repeated_begin_waits_for_the_transaction_after_its_own() {
        let bench = Bench::new();
        bench.arm(frame::ADD_PARTITIONS_TO_TXN, Action::Repeat(Until::Begun));
        let (mut client, mut broker) = bench.connection();
        let mut pass = |request: Vec<u8>, reply: Vec<u8>| {
            send(&mut client, &request);
            receive(&mut broker);
            send(&mut broker, &reply);
            receive(&mut client);
        };
        let (first, second) = (begin(1), begin(3));
        pass(first.0.clone(), first.1);
        let early = bench.at.recv_timeout(Duration::from_millis(50));
        assert!(early.is_err(), "its own answer is no next begin");
        pass(end(2, ID), answer(2, 0));
        pass(second.0, second.1);
        assert_eq!(receive(&mut bench.broker()), Some(first.0));
    }
}
