//! Whether records may still go where they go: the destination's terms, by the day, and its private endpoint, by what
//! the brokers say of themselves. Asked before each transaction.

use super::clock::today;
use super::kafka::{Context, base, metadata};
use super::telemetry::{Event, tell};
use super::{Fault, Progress, Settings};
use crate::limits;
use crate::phi::{Code, Day};
use crate::policy::{Destination, Endpoint, Pipeline};
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use std::net::ToSocketAddrs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The leave of one pipeline to write.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    pipeline: &'a Pipeline,
    /// The brokers are no longer where they have to be.
    outside: Mutex<Option<Fault>>,
}

impl<'a> Permit<'a> {
    pub(super) fn of(pipeline: &'a Pipeline) -> Permit<'a> {
        Permit { pipeline, outside: Mutex::default() }
    }

    /// Refuses once a term is over, or a broker outside the private endpoint.
    pub(super) fn check(&self) -> Result<(), Fault> {
        if let Some(term) = self.pipeline.lapsed(today()) {
            let about = format!("{} of {}", term.what, self.pipeline.destination.name);
            return Err(Fault::about(Code::TermsLapsed, &about));
        }
        match self.outside.lock() {
            Ok(outside) => outside.clone().map_or(Ok(()), Err),
            Err(_) => Err(Fault::new(Code::Internal)),
        }
    }

    /// Says which terms end soon: now, then once a day; and looks at the brokers. Until `stop`.
    pub(super) fn watch(&self, settings: &Settings, stop: &AtomicBool) {
        let every = Duration::from_millis(limits::ENDPOINT_LOOK_MILLIS);
        // A run that is asked to end does not wait long for brokers that are gone.
        let brief = Settings { start_millis: limits::TXN_CALL_MILLIS_MAX, ..settings.clone() };
        let (mut told, mut looked) = (None::<Day>, Instant::now());
        while !stop.load(Ordering::SeqCst) {
            let today = today();
            if told != Some(today) {
                self.count_down(today);
                told = Some(today);
            }
            if looked.elapsed() >= every {
                // Brokers that do not answer now are not elsewhere.
                if let Err(fault) = within(&brief, &self.pipeline.destination)
                    && fault.code == Code::OutsideEndpoint
                    && let Ok(mut outside) = self.outside.lock()
                {
                    outside.get_or_insert(fault);
                }
                looked = Instant::now();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Says which terms end soon.
    pub(super) fn count_down(&self, today: Day) {
        for term in &self.pipeline.terms {
            let days = term.days_left(today);
            if days <= limits::TERMS_NOTICE_DAYS {
                tell(Event::TermEnds(&self.pipeline.destination, term.what, days));
            }
        }
    }

    /// Has what ends, and when, in status and metrics.
    pub(super) fn show(&self, progress: &Progress) {
        progress.rests_on(&self.pipeline.destination.name, &self.pipeline.terms);
    }
}

/// Refuses brokers that the destination's private endpoint does not have.
pub(super) fn within(settings: &Settings, destination: &Destination) -> Result<(), Fault> {
    let Some(endpoint) = &destination.endpoint else { return Ok(()) };
    let config = base(settings)?;
    let outside = |about: String| Err(Fault::about(Code::OutsideEndpoint, &about));
    if !endpoint.tls_names.is_empty() && !proves_names(&config) {
        return outside("no TLS that verifies the names of brokers".into());
    }
    let unreachable = || Fault::about(Code::BrokerUnreachable, &settings.brokers);
    let consumer: BaseConsumer<Context> =
        config.create_with_context(Context::default()).map_err(|error| Fault::kafka(&error))?;
    let most = Duration::from_millis(limits::START_MILLIS_MAX.min(settings.start_millis));
    let metadata = metadata(&consumer, None, most, &settings.brokers)?;
    let mut all = Vec::new();
    if let Some(wanted) = &endpoint.cluster_id {
        let is = consumer.client().fetch_cluster_id(most);
        all.push(match is {
            Some(is) if is != *wanted => outside(format!("the cluster {is}")),
            Some(_) => Ok(()),
            None => Err(unreachable()),
        });
    }
    for broker in metadata.brokers() {
        all.push(broker_within(endpoint, broker.host(), broker.port(), &settings.brokers));
    }
    worst(all)
}

/// Of one broker that is outside and another one that cannot be looked at, the first counts.
fn worst(all: Vec<Result<(), Fault>>) -> Result<(), Fault> {
    let is_outside = |one: &Fault| one.code == Code::OutsideEndpoint;
    let mut faults = all.into_iter().filter_map(Result::err).collect::<Vec<_>>();
    faults.sort_by_key(|one| !is_outside(one));
    faults.into_iter().next().map_or(Ok(()), Err)
}

/// Whether TLS proves that a broker is who it says.
fn proves_names(config: &ClientConfig) -> bool {
    let is = |key: &str, words: &[&str]| {
        config.get(key).is_some_and(|value| words.contains(&&*value.trim().to_ascii_lowercase()))
    };
    is("security.protocol", &["ssl", "sasl_ssl"])
        && !is("enable.ssl.certificate.verification", &["false", "f", "0"])
        && !is("ssl.endpoint.identification.algorithm", &["none"])
}

fn broker_within(endpoint: &Endpoint, host: &str, port: i32, all: &str) -> Result<(), Fault> {
    let outside = || Err(Fault::about(Code::OutsideEndpoint, &format!("the broker {host}:{port}")));
    if !endpoint.tls_names.is_empty() && !endpoint.has_name(host) {
        return outside();
    }
    if endpoint.cidrs.is_empty() {
        return Ok(());
    }
    let port = u16::try_from(port).map_err(|_| Fault::new(Code::OutsideEndpoint))?;
    let addresses = (host.trim_matches(['[', ']']), port).to_socket_addrs();
    let addresses = addresses.map_err(|_| Fault::about(Code::BrokerUnreachable, all))?;
    let addresses: Vec<_> = addresses.map(|address| address.ip()).collect();
    let is_in = !addresses.is_empty() && addresses.iter().all(|ip| endpoint.has_address(*ip));
    if is_in { Ok(()) } else { outside() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broker_outside_is_told_of_though_another_is_not_to_be_found() {
        let endpoint = Endpoint {
            cluster_id: None,
            tls_names: Vec::new(),
            cidrs: vec!["10.0.0.0/8".parse().expect("a network")],
        };
        let look = |hosts: &[&str]| {
            worst(hosts.iter().map(|host| broker_within(&endpoint, host, 9092, "all")).collect())
                .err()
                .map(|fault| (fault.code, fault.about))
        };
        assert_eq!(look(&["10.1.2.3", "10.2.3.4"]), None);
        let nowhere = "nowhere.invalid";
        assert_eq!(look(&["10.1.2.3", nowhere]).map(|one| one.0), Some(Code::BrokerUnreachable));
        let outside = Some((Code::OutsideEndpoint, "the broker 127.0.0.1:9092".to_string()));
        assert_eq!(look(&[nowhere, "127.0.0.1", "10.1.2.3"]), outside);
    }

    #[test]
    fn only_tls_that_verifies_names_proves_them() {
        let proves = |lines: &[(&str, &str)]| {
            let mut config = ClientConfig::new();
            lines.iter().for_each(|(key, value)| _ = config.set(*key, *value));
            proves_names(&config)
        };
        assert!(proves(&[("security.protocol", "SSL")]));
        assert!(proves(&[("security.protocol", "sasl_ssl")]));
        assert!(!proves(&[]));
        assert!(!proves(&[("security.protocol", "sasl_plaintext")]));
        let off = ("enable.ssl.certificate.verification", "false");
        assert!(!proves(&[("security.protocol", "ssl"), off]));
        let none = ("ssl.endpoint.identification.algorithm", "none");
        assert!(!proves(&[("security.protocol", "ssl"), none]));
    }
}
