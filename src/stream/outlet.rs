//! What a worker writes through: a producer, what its callbacks saw, and what each call's failure
//! means. Under exactly once its calls are those of a transaction; at least once there is none, and
//! offsets are committed by the consumer once the records have arrived.

use super::kafka::{Context, Seen, is_fenced, producer};
use super::machine::Failure;
use super::records::Topics;
use super::watchdog::Watchdog;
use super::{Fault, Settings};
use crate::failpoint;
use crate::limits;
use crate::phi::Code;
use crate::policy::Delivery;
use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer, ConsumerGroupMetadata};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The longest wait for one call.
pub(super) const CALL: Duration = Duration::from_millis(limits::TXN_CALL_MILLIS_MAX);

/// The longest that all calls of one transaction may take.
pub(super) const TRANSACTION: Duration = Duration::from_millis(limits::TXN_MILLIS_MAX);

/// How long a wait for delivery sleeps where nothing has come.
const NAP: Duration = Duration::from_micros(300);

/// The longest that a queue of callbacks is worked off; there are a handful at most.
const LISTEN: Duration = Duration::from_millis(100);

/// A failed call: Kafka's error, or a failure that is known already.
pub(super) enum Trouble {
    Kafka(KafkaError),
    Failure(Failure),
    /// Nothing that is tried again would mend it.
    Ends(Fault),
}

impl From<KafkaError> for Trouble {
    fn from(error: KafkaError) -> Trouble {
        Trouble::Kafka(error)
    }
}

/// A record for a producer of weir's.
pub(super) type Outgoing<'a> = BaseRecord<'a, [u8], [u8], usize>;

/// A record for a topic.
pub(super) fn to(topic: &str) -> Outgoing<'_> {
    BaseRecord::with_opaque_to(topic, 0)
}

pub(super) struct Outlet {
    producer: BaseProducer<Context>,
    seen: Arc<Seen>,
    transactional: bool,
}

impl Outlet {
    /// A producer; its init has fenced whoever had its transactional id before.
    pub(super) fn build(
        settings: &Settings,
        delivery: Delivery,
        transactional_id: &str,
        topics: &Topics,
        watchdog: &Watchdog,
    ) -> Result<Outlet, Fault> {
        let context = Context::default();
        let seen = Arc::clone(&context.0);
        let transactional = delivery == Delivery::ExactlyOnce;
        let id = transactional.then_some(transactional_id);
        let producer = producer(settings, id, topics.batch_bytes(), context)?;
        if transactional {
            let guard = watchdog.watch("init");
            let init = producer.init_transactions(Duration::from_millis(limits::INIT_MILLIS_MAX));
            drop(guard);
            if let Err(error) = init {
                let _guard = watchdog.watch("drop producer");
                drop(producer);
                use RDKafkaErrorCode as E;
                return Err(match error.rdkafka_error_code() {
                    Some(E::TransactionalIdAuthorizationFailed | E::ClusterAuthorizationFailed) => {
                        Fault::about(Code::NotAuthorised, transactional_id)
                    }
                    _ if is_fenced(&error) => Fault::about(Code::Fenced, transactional_id),
                    _ => Fault::kafka(&error),
                });
            }
        }
        failpoint::pass("init");
        Ok(Outlet { producer, seen, transactional })
    }

    pub(super) fn begin(&self) -> Result<(), Trouble> {
        if let Ok(mut undelivered) = self.seen.undelivered.lock() {
            *undelivered = None;
        }
        if let Ok(mut placed) = self.seen.placed.lock() {
            placed.clear();
        }
        if self.transactional {
            self.producer.begin_transaction()?;
        }
        Ok(())
    }

    /// Hands a record to librdkafka; a full queue is waited for.
    pub(super) fn send(&self, mut record: Outgoing<'_>, deadline: Instant) -> Result<(), Trouble> {
        loop {
            match self.producer.send(record) {
                Ok(()) => return Ok(()),
                Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), back))
                    if Instant::now() < deadline =>
                {
                    self.serve();
                    record = back;
                }
                Err((error, _)) => return Err(Trouble::Kafka(error)),
            }
        }
    }

    /// The same, of a record whose place [`Outlet::places`] is to tell, under this number.
    pub(super) fn send_numbered(
        &self,
        record: Outgoing<'_>,
        number: usize,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        self.send(Outgoing { delivery_opaque: number + 1, ..record }, deadline)
    }

    /// The offsets that numbered records have, by number, since the transaction began. To be asked once they
    /// were delivered.
    pub(super) fn places(&self) -> Result<Vec<(usize, i64)>, Trouble> {
        let placed = self.seen.placed.lock();
        let mut placed =
            std::mem::take(&mut *placed.map_err(|_| Trouble::Failure(Failure::Unknown))?);
        placed.sort_unstable();
        // A broker that has had a record already acknowledges it once more, and does not say where it is.
        if placed.iter().any(|(_, offset)| *offset < 0) {
            return Err(Trouble::Failure(Failure::Unknown));
        }
        Ok(placed)
    }

    /// Waits until every record was delivered; one that was not is a doubt.
    pub(super) fn delivered(&self, deadline: Instant) -> Result<(), Trouble> {
        // `flush` sleeps in steps of 100 ms; this does not.
        while self.producer.in_flight_count() > 0 {
            if Instant::now() > deadline {
                return Err(Trouble::Failure(Failure::Unknown));
            }
            self.serve();
        }
        match self.seen.undelivered.lock() {
            Ok(mut undelivered) => match undelivered.take() {
                None => Ok(()),
                Some(error) => Err(Trouble::Kafka(error)),
            },
            Err(_) => Err(Trouble::Failure(Failure::Unknown)),
        }
    }

    /// The source offsets, in the transaction or, without one, in the group. `group` is the group as
    /// it was when the partitions were assigned: a worker that has lost its place since is refused.
    pub(super) fn offsets(
        &self,
        consumer: &BaseConsumer<Context>,
        offsets: &TopicPartitionList,
        group: Option<&ConsumerGroupMetadata>,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        if !self.transactional {
            // Not committed is read again: at least once.
            let committed = consumer.commit(offsets, CommitMode::Sync);
            return committed.map_err(|_| Trouble::Failure(Failure::Abortable));
        }
        let group = group.ok_or(Trouble::Failure(Failure::Abortable))?;
        retried(deadline, |left| self.producer.send_offsets_to_transaction(offsets, group, left))
    }

    pub(super) fn commit(&self, deadline: Instant) -> Result<(), Trouble> {
        if !self.transactional {
            return Ok(());
        }
        let outcome = retried(deadline, |left| self.producer.commit_transaction(left));
        self.listen();
        outcome
    }

    /// Serves what has come, or lets a moment pass. The binding's own poll waits in whole milliseconds, rounded
    /// down, and spins for the rest: with one millisecond that is all of it.
    fn serve(&self) {
        let before = self.producer.in_flight_count();
        self.producer.poll(Duration::ZERO);
        if self.producer.in_flight_count() == before {
            std::thread::sleep(NAP);
        }
    }

    /// Lets the callbacks say what they have to: log lines wait in a queue until somebody polls.
    fn listen(&self) {
        let deadline = Instant::now() + LISTEN;
        while self.producer.in_flight_count() > 0 && Instant::now() < deadline {
            self.producer.poll(Duration::ZERO);
        }
    }

    pub(super) fn abort(&self) -> Result<(), Trouble> {
        if !self.transactional {
            return Ok(());
        }
        // Abort serves no delivery reports: drain first, or it uses up its time-out.
        let deadline = Instant::now() + CALL;
        while self.producer.in_flight_count() > 0 && Instant::now() < deadline {
            self.serve();
        }
        Ok(self.producer.abort_transaction(CALL)?)
    }

    /// True when a connection broke or a request ran out of time since this instance was built. The
    /// call that it belonged to was tried again inside librdkafka, and may have come to a good end;
    /// a copy of it can still be on its way (librdkafka has no client side of KIP-890).
    pub(super) fn is_doubtful(&self) -> bool {
        self.transactional
            && self.seen.broken.load(Ordering::SeqCst)
            && !failpoint::broken("keep_instance")
    }

    /// Why a transaction failed that is not tried again: `id` is this instance's.
    pub(super) fn fault(&self, trouble: Trouble, id: &str) -> Fault {
        let (_, fenced) = self.meaning(&trouble);
        match trouble {
            _ if fenced => Fault::about(Code::Fenced, id),
            Trouble::Kafka(error) => Fault::kafka(&error),
            Trouble::Failure(_) => Fault::about(Code::KafkaFailed, id),
            Trouble::Ends(fault) => fault,
        }
    }

    /// What a failed call means, whether it seems fenced, and the error to tell of.
    pub(super) fn meaning(&self, trouble: &Trouble) -> (Failure, bool) {
        let fatal = self.producer.client().fatal_error();
        let fenced = self.seen.fenced.load(Ordering::SeqCst)
            || fatal.is_some_and(|(code, _)| is_fenced(&KafkaError::Global(code)));
        match trouble {
            // A fenced producer's records come back undelivered: why, it says itself.
            Trouble::Failure(failure) => (*failure, fenced),
            Trouble::Ends(_) => (Failure::Fatal, fenced),
            Trouble::Kafka(error) => (classify(error), fenced || is_fenced(error)),
        }
    }
}

/// What Kafka's error means for the transaction. Whatever is not known to be harmless is a doubt.
fn classify(error: &KafkaError) -> Failure {
    match error {
        _ if is_fenced(error) => Failure::Unknown,
        KafkaError::Transaction(inner) if inner.txn_requires_abort() => Failure::Abortable,
        _ => Failure::Unknown,
    }
}

/// Calls again while the error is one that may be tried again, until the deadline. Each call gets the
/// time that is left: all of them together stay below the broker's limit on a transaction.
fn retried(
    deadline: Instant,
    call: impl Fn(Duration) -> Result<(), KafkaError>,
) -> Result<(), Trouble> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Trouble::Failure(Failure::Unknown));
        }
        match call(left.min(CALL)) {
            Ok(()) => return Ok(()),
            Err(KafkaError::Transaction(error))
                if error.is_retriable() && Instant::now() < deadline =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(Trouble::Kafka(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::watchdog::Verdict;
    use rdkafka::mocking::MockCluster;
    use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};

    fn transaction(outlet: &Outlet) -> Result<(), Trouble> {
        let deadline = Instant::now() + CALL;
        outlet.begin()?;
        outlet.send(to("clean").key(&b"k"[..]).payload(&b"v"[..]), deadline)?;
        outlet.delivered(deadline)?;
        outlet.commit(deadline)
    }

    /// The connection breaks while a request is on its way; librdkafka tries again and the call comes
    /// to a good end. What it says of that is a log line, and nothing else: this holds the line.
    #[test]
    fn a_call_that_lost_its_connection_makes_the_instance_doubtful() {
        let cluster = MockCluster::new(1).expect("a mock");
        cluster.create_topic("clean", 1, 1).expect("a topic");
        let settings = Settings { brokers: cluster.bootstrap_servers(), ..Settings::default() };
        let watchdog = Watchdog::start(Verdict::default());
        let build = |delivery| {
            Outlet::build(&settings, delivery, "weir.t/0/0", &Topics::for_tests(), &watchdog)
                .unwrap_or_else(|fault| panic!("{fault}"))
        };
        let requests =
            [RDKafkaApiKey::EndTxn, RDKafkaApiKey::AddPartitionsToTxn, RDKafkaApiKey::Produce];
        for request in requests {
            let outlet = build(Delivery::ExactlyOnce);
            assert!(transaction(&outlet).is_ok());
            assert!(!outlet.is_doubtful(), "no trouble, no doubt");
            cluster.request_errors(request, &[RDKafkaRespErr::RD_KAFKA_RESP_ERR__TRANSPORT]);
            assert!(transaction(&outlet).is_ok(), "librdkafka tries again");
            assert!(outlet.is_doubtful(), "{request:?}");
        }
        cluster.request_errors(
            RDKafkaApiKey::Produce,
            &[RDKafkaRespErr::RD_KAFKA_RESP_ERR__TRANSPORT],
        );
        let outlet = build(Delivery::AtLeastOnce);
        assert!(transaction(&outlet).is_ok());
        assert!(!outlet.is_doubtful(), "without transactions a copy does no harm");
    }
}
