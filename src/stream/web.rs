//! How weir reaches what speaks HTTP: a schema registry, servers of lineage events and of telemetry. One set of rules: no
//! redirect, no secret in an address, and no plain text off this machine without a reason.

use super::Fault;
use super::kafka::is_loopback;
use crate::phi::Code;
use std::path::Path;
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use zeroize::Zeroizing;

/// Why there is no way to an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoWay {
    /// It is none, or the certificates are none: what about.
    Place(&'static str),
    /// Plain text would leave this machine, to this host.
    PlainText(String),
}

impl NoWay {
    /// As a fault, whose code for an address that is none is the caller's.
    pub(super) fn fault(self, place: Code) -> Fault {
        match self {
            NoWay::Place(about) => Fault::about(place, about),
            NoWay::PlainText(host) => Fault::about(Code::PlainText, &host),
        }
    }
}

/// Scheme and host of an address: what stands behind them may hold a key.
pub(super) fn server(url: &str) -> &str {
    let from = url.find("://").map_or(0, |at| at + 3);
    let end = url[from..].find(['/', '?', '#']).map_or(url.len(), |at| from + at);
    &url[..end]
}

/// A file that goes with an address.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path).map_err(|_| Fault::about(Code::FileUnreadable, &path.display().to_string()))
}

/// A bearer token out of its file.
pub(super) fn token(path: &Path) -> Result<Zeroizing<String>, Fault> {
    let bytes = Zeroizing::new(file(path)?);
    let token = bytes.trim_ascii();
    // What a header cannot carry would fail at each request, for ever.
    if token.is_empty() || !token.iter().all(u8::is_ascii_graphic) {
        return Err(Fault::about(Code::WrongValue, &path.display().to_string()));
    }
    Ok(Zeroizing::new(String::from_utf8_lossy(token).into_owned()))
}

/// A client for one server. `has_secret`: something goes along that nobody else may read, so that plain
/// text is for this machine alone.
pub(super) fn agent(
    url: &str,
    ca: Option<&[u8]>,
    insecure: Option<&str>,
    has_secret: bool,
    call: Duration,
) -> Result<ureq::Agent, NoWay> {
    let (scheme, rest) = url.split_once("://").ok_or(NoWay::Place("no http:// or https://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || rest.contains('@') {
        return Err(NoWay::Place("a user and a password stand in a file of their own"));
    }
    let mut tls = TlsConfig::builder();
    if let Some(pem) = ca {
        let items = parse_pem(pem).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate)),
            Ok(_) => None,
            Err(_) => Some(Err(NoWay::Place("the certificates"))),
        });
        let found: Vec<Certificate<'static>> = items.collect::<Result<_, _>>()?;
        tls = tls.root_certs(RootCerts::new_with_certs(&found));
    }
    let mut agent = ureq::Agent::config_builder()
        .tls_config(tls.build())
        .timeout_global(Some(call))
        .http_status_as_error(false)
        .max_redirects(0);
    match scheme {
        "https" => {}
        "http" => {
            let insecure = insecure.is_some_and(|why| !why.trim().is_empty());
            if !is_loopback(host) && (!insecure || has_secret) {
                return Err(NoWay::PlainText(host.to_string()));
            }
            // A proxy of the environment would read along.
            agent = agent.proxy(None);
        }
        _ => return Err(NoWay::Place("no http:// or https://")),
    }
    Ok(agent.build().new_agent())
}
