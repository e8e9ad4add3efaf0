//! A KEK in the transit engine of HashiCorp Vault or OpenBao: two HTTP calls. The key has to be of
//! an AEAD type (aes256-gcm96, the engine's default), since roots are bound by associated data.

use super::{Binding, Kek, KekName, Root, check_address, root_of};
use crate::phi::Code;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use zeroize::Zeroizing;

/// One call, in seconds, connecting included.
const CALL_SECONDS_MAX: u64 = 10;

struct Vault {
    agent: ureq::Agent,
    /// `https://host:port/v1/MOUNT`.
    mount: String,
    key: String,
    token: Zeroizing<String>,
}

/// `vault-transit:https://host:port/MOUNT/KEY?token-source=FILE&ca=FILE`; without `ca`, the roots of
/// the web's own authorities. Plain HTTP goes to this machine only.
pub(super) fn open(name: &KekName) -> Result<Box<dyn Kek>, Code> {
    name.only(&["token-source", "ca"])?;
    let (scheme, rest) = name.place.split_once("://").ok_or(Code::KekUnknown)?;
    let mut parts = rest.split('/');
    let (Some(host), Some(mount), Some(key), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Code::KekUnknown);
    };
    check_address(scheme, host)?;
    let token = name.secret(name.option("token-source").ok_or(Code::KekUnknown)?)?;
    let mut tls = TlsConfig::builder();
    if let Some(path) = name.option("ca") {
        tls = tls.root_certs(RootCerts::new_with_certs(&certificates(&name.public(path)?)?));
    }
    let mut agent = ureq::Agent::config_builder()
        .tls_config(tls.build())
        .timeout_global(Some(Duration::from_secs(CALL_SECONDS_MAX)))
        .max_redirects(0);
    if scheme == "http" {
        // A proxy of the environment would get token and root in plain text.
        agent = agent.proxy(None);
    }
    let agent = agent.build().new_agent();
    let mount = format!("{scheme}://{host}/v1/{mount}");
    Ok(Box::new(Vault { agent, mount, key: key.to_string(), token }))
}

/// The certificates of a PEM file; none is as wrong as a bad one.
fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, Code> {
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| Code::KekUnknown)? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(Code::KekUnknown) } else { Ok(found) }
}

impl Vault {
    fn call(&self, verb: &str, body: &Value, wanted: &str) -> Result<Zeroizing<String>, Code> {
        let url = format!("{}/{verb}/{}", self.mount, self.key);
        let request = self.agent.post(&url).header("X-Vault-Token", self.token.as_str());
        let mut response = request.send_json(body).map_err(|error| match error {
            // Too many calls, a standby, a replica that cannot serve: no word about the key.
            ureq::Error::StatusCode(429 | 472 | 473) => Code::KekUnreachable,
            // It answered, and said no.
            ureq::Error::StatusCode(400..=499) => Code::KekRefused,
            _ => Code::KekUnreachable,
        })?;
        let text = response.body_mut().read_to_string().map_err(|_| Code::KekUnreachable)?;
        let text = Zeroizing::new(text);
        let answer: Value = serde_json::from_str(&text).map_err(|_| Code::KekUnreachable)?;
        let value = answer.pointer(&format!("/data/{wanted}")).and_then(Value::as_str);
        value.map(|value| Zeroizing::new(value.to_string())).ok_or(Code::KekRefused)
    }
}

impl Kek for Vault {
    fn wrap(&self, root: &Root, binding: &Binding<'_>) -> Result<Vec<u8>, Code> {
        let body = json!({
            "plaintext": BASE64.encode(root.as_slice()),
            "associated_data": BASE64.encode(&binding.aad()),
        });
        Ok(self.call("encrypt", &body, "ciphertext")?.as_bytes().to_vec())
    }

    fn unwrap(&self, wrapped: &[u8], binding: &Binding<'_>) -> Result<Root, Code> {
        let body = json!({
            "ciphertext": std::str::from_utf8(wrapped).map_err(|_| Code::KekRefused)?,
            "associated_data": BASE64.encode(&binding.aad()),
        });
        let root = self.call("decrypt", &body, "plaintext")?;
        let root = BASE64.decode(root.as_bytes()).map_err(|_| Code::KekRefused)?;
        root_of(&Zeroizing::new(root))
    }
}
