//! A schema registry that speaks as Confluent's does: which schema a record was written with, what that is, and under
//! which number the schema of clean records stands. Each schema is asked for once and bound to the plan once.

use super::telemetry::{Event, tell};
use super::{Fault, Settings, web};
use crate::clean::SchemaRef;
use crate::limits;
use crate::phi::Code;
use crate::policy::{self, Drift, Gap, Language, Plan, SchemaText, Writer};
use rdkafka::message::{Headers, OwnedHeaders};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// The header that names the schema of a record's value, where that does not begin with it.
pub(super) const HEADER: &str = "__value_schema_id";

/// How to reach a registry.
#[derive(Clone, Debug)]
pub struct RegistrySettings {
    /// Its address, with the path of its API.
    pub url: String,
    /// `user:password`, for basic authentication.
    pub user: Option<Zeroizing<String>>,
    /// Certificates of who may vouch for it, as PEM; else the web's own authorities.
    pub ca: Option<Vec<u8>>,
}

/// Which schema a record was written with: its number or its GUID, and for Protobuf which of its messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Written {
    schema: Named,
    message: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Named {
    Number(u32),
    Guid(uuid::Uuid),
}

/// Reads which schema a value was written with, and where the record begins behind it.
pub(super) fn written(
    language: Language,
    headers: Option<&OwnedHeaders>,
    value: &[u8],
) -> Result<(Written, usize), Code> {
    let header = headers.into_iter().flat_map(|headers| headers.iter());
    let header = header.filter(|header| header.key == HEADER).last().and_then(|h| h.value);
    let name = header.unwrap_or(value);
    let (schema, mut at) = match name.first() {
        Some(0) => {
            let number = name.get(1..5).and_then(|number| number.try_into().ok());
            (Named::Number(u32::from_be_bytes(number.ok_or(Code::NoSchemaId)?)), 5)
        }
        Some(1) => {
            let guid = name.get(1..17).and_then(|guid| guid.try_into().ok());
            (Named::Guid(uuid::Uuid::from_bytes(guid.ok_or(Code::NoSchemaId)?)), 17)
        }
        _ => return Err(Code::NoSchemaId),
    };
    let mut message = Vec::new();
    if language == Language::Protobuf {
        let count = number(name, &mut at)?;
        // The first message of a file is written as nothing.
        message.extend((count == 0).then_some(0));
        if count > limits::JSON_DEPTH_MAX as u32 {
            return Err(Code::NoSchemaId);
        }
        for _ in 0..count {
            message.push(number(name, &mut at)?);
        }
    }
    if header.is_some() && at != name.len() {
        return Err(Code::NoSchemaId);
    }
    Ok((Written { schema, message }, if header.is_some() { 0 } else { at }))
}

/// A number that could be negative and is not, as Avro writes it.
fn number(bytes: &[u8], at: &mut usize) -> Result<u32, Code> {
    let (mut number, mut shift) = (0u64, 0);
    loop {
        let byte = *bytes.get(*at).filter(|_| shift < 35).ok_or(Code::NoSchemaId)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            let half = u32::try_from(number >> 1).map_err(|_| Code::NoSchemaId)?;
            return if number & 1 == 0 { Ok(half) } else { Err(Code::NoSchemaId) };
        }
    }
}

/// What a clean record begins with: the number of its schema, and for Protobuf its message.
fn prefix(number: u32, message: &[u32]) -> Arc<[u8]> {
    let mut prefix = vec![0];
    prefix.extend(number.to_be_bytes());
    let mut put = |number: usize| {
        let mut bits = (number as u64) << 1;
        while bits >= 0x80 {
            prefix.push(bits as u8 | 0x80);
            bits >>= 7;
        }
        prefix.push(bits as u8);
    };
    match message {
        [] => {}
        [0] => put(0),
        message => {
            put(message.len());
            message.iter().for_each(|at| put(*at as usize));
        }
    }
    prefix.into()
}

/// What is known of a schema that records were written with.
#[derive(Clone)]
pub(super) struct Known {
    writer: Arc<Writer>,
    /// What clean records begin with.
    pub(super) prefix: Arc<[u8]>,
}

impl Known {
    /// The schema of a record that begins `from` there.
    pub(super) fn of(&self, from: usize) -> SchemaRef {
        SchemaRef { writer: Arc::clone(&self.writer), from, ahead: self.prefix.len() }
    }
}

/// A registry, and what was asked of it.
pub(super) struct Registry {
    agent: ureq::Agent,
    url: String,
    user: Option<Zeroizing<String>>,
    known: HashMap<Written, (Result<Known, Code>, Instant)>,
    /// What it said of what never changes, until a schema is whole: one that is slow gets there.
    said: HashMap<String, Value>,
    /// Until when it may be asked for what is looked for now.
    until: Option<Instant>,
    /// Since when it does not answer, and when it last did not.
    silent: Option<(Instant, Instant)>,
}

/// How long nothing is asked again that was answered with no.
const NO_FOR: Duration = Duration::from_secs(10);
/// Most schemas that are known at once: each keeps the text of the one that clean records have.
const KNOWN_MAX: usize = 1_000;
/// After how long without another a failure is no more one of several.
const FORGOTTEN: Duration = Duration::from_secs(120);

/// Why a registry did not give what was asked.
enum Not {
    /// It has none.
    There,
    /// The run cannot go on like that, or not now.
    Now(Fault),
}

impl From<Fault> for Not {
    fn from(fault: Fault) -> Not {
        Not::Now(fault)
    }
}

impl Registry {
    /// Reaches it: an address that is none, a wrong path and a wrong password are found before a record is read.
    pub(super) fn open(settings: &Settings) -> Result<Registry, Fault> {
        let place = || Fault::about(Code::RegistryPlace, "none is given");
        let given = settings.registry.as_ref().ok_or_else(place)?;
        let url = given.url.trim_end_matches('/').to_string();
        let call = Duration::from_millis(limits::REGISTRY_CALL_MILLIS_MAX);
        let (ca, insecure) = (given.ca.as_deref(), settings.insecure.as_deref());
        let agent = web::agent(&url, ca, insecure, given.user.is_some(), call)
            .map_err(|no| no.fault(Code::RegistryPlace))?;
        let (known, said) = (HashMap::new(), HashMap::new());
        let (user, until, silent) = (given.user.clone(), None, None);
        Ok(Registry { agent, url, user, known, said, until, silent })
    }

    /// Asks it for what every registry has; one that is about to start has some time.
    pub(super) fn check(&self, patience: Duration) -> Result<(), Fault> {
        let until = Instant::now() + patience;
        loop {
            match self.ask("/subjects", None) {
                Ok(Value::Array(_)) => return Ok(()),
                Ok(_) | Err(Not::There) => return Err(self.refused("it has no /subjects there")),
                Err(Not::Now(fault)) if fault.code != Code::RegistryUnreachable => {
                    return Err(fault);
                }
                Err(Not::Now(fault)) if Instant::now() > until => return Err(fault),
                Err(Not::Now(_)) => std::thread::sleep(Duration::from_millis(250)),
            }
        }
    }

    fn refused(&self, about: &str) -> Fault {
        Fault::about(Code::RegistryRefused, about)
    }

    fn ask(&self, path: &str, body: Option<&Value>) -> Result<Value, Not> {
        const KIND: &str = "application/vnd.schemaregistry.v1+json";
        let silent = || Not::Now(Fault::about(Code::RegistryUnreachable, web::server(&self.url)));
        if self.until.is_some_and(|until| Instant::now() > until) {
            return Err(silent());
        }
        let url = format!("{}{path}", self.url);
        let user = self.user.as_ref().map(|user| {
            Zeroizing::new(format!("Basic {}", data_encoding::BASE64.encode(user.as_bytes())))
        });
        let answer = match body {
            None => {
                let mut request = self.agent.get(&url).header("Accept", KIND);
                if let Some(user) = &user {
                    request = request.header("Authorization", user.as_str());
                }
                request.call()
            }
            Some(body) => {
                let mut request =
                    self.agent.post(&url).header("Accept", KIND).header("Content-Type", KIND);
                if let Some(user) = &user {
                    request = request.header("Authorization", user.as_str());
                }
                request.send(body.to_string())
            }
        };
        let mut answer = answer.map_err(|_| silent())?;
        let status = answer.status().as_u16();
        match status {
            200..=299 => {}
            404 => {}
            429 | 500.. => return Err(silent()),
            // It is compatible with none that the subject has, or no schema in its eyes.
            409 | 422 if body.is_some() => {
                return Err(Not::Now(Fault::about(Code::SchemaRefused, place(path))));
            }
            // The answer's own words may quote what they were asked.
            _ => return Err(Not::Now(self.refused(&format!("{}: status {status}", place(path))))),
        }
        let limits = answer.body_mut().with_config().limit(limits::SCHEMA_BYTES_MAX);
        let text = limits.read_to_string().map_err(|_| silent())?;
        let said = serde_json::from_str::<Value>(&text);
        match (status, said) {
            (404, Ok(said)) if said.get("error_code").is_some() => Err(Not::There),
            // Something in front of it knows no way there.
            (404, _) => Err(silent()),
            (_, said) => said.map_err(|_| Not::Now(self.refused(place(path)))),
        }
    }

    /// The same of what never changes.
    fn ask_once(&mut self, path: &str) -> Result<Value, Not> {
        if let Some(said) = self.said.get(path) {
            return Ok(said.clone());
        }
        let said = self.ask(path, None)?;
        self.said.insert(path.to_string(), said.clone());
        Ok(said)
    }

    /// A schema as the registry has it, with those that it refers to.
    fn schema(&mut self, at: &str, message: &[u32]) -> Result<(SchemaText, Value), Not> {
        // The latest is another one tomorrow.
        let answer = if at.ends_with("latest") { self.ask(at, None) } else { self.ask_once(at) }?;
        let about = Fault::about(Code::RegistryRefused, place(at));
        let odd = || Not::Now(about.clone());
        let text =
            |answer: &Value| answer.get("schema").and_then(Value::as_str).map(str::to_string);
        let language = Language::from_name(answer.get("schemaType").and_then(Value::as_str));
        let mut schema = SchemaText {
            language: language.ok_or_else(odd)?,
            text: text(&answer).ok_or_else(odd)?,
            references: Vec::new(),
            tags: tags(&answer),
            message: message.to_vec(),
        };
        let references = answer.get("references").cloned().unwrap_or(json!([]));
        self.references(&references, &mut schema.references, 0)?;
        Ok((schema, references))
    }

    /// Those that a schema refers to, each behind those that it refers to itself.
    fn references(
        &mut self,
        named: &Value,
        known: &mut Vec<(String, String)>,
        depth: usize,
    ) -> Result<(), Not> {
        let about = Fault::about(Code::RegistryRefused, "a reference that it does not have");
        let odd = || Not::Now(about.clone());
        if depth > limits::JSON_DEPTH_MAX || known.len() > limits::SCHEMA_REFERENCES_MAX {
            return Err(odd());
        }
        for reference in named.as_array().into_iter().flatten() {
            let text = |part| reference.get(part).and_then(Value::as_str);
            let (name, subject) = text("name").zip(text("subject")).ok_or_else(odd)?;
            let version = reference.get("version").and_then(Value::as_i64).ok_or_else(odd)?;
            if known.iter().any(|(known, _)| known == name) {
                continue;
            }
            let at = format!("/subjects/{}/versions/{version}", escaped(subject));
            let answer = self.ask_once(&at).map_err(|not| match not {
                Not::There => odd(),
                not => not,
            })?;
            if let Some(more) = answer.get("references") {
                self.references(more, known, depth + 1)?;
            }
            let text = answer.get("schema").and_then(Value::as_str).ok_or_else(odd)?;
            known.push((name.to_string(), text.to_string()));
        }
        Ok(())
    }

    /// The number under which the schema of clean records stands.
    fn number_of(
        &self,
        terms: &policy::Registry,
        writer: &Writer,
        language: Language,
        references: Value,
    ) -> Result<u32, Fault> {
        let references = if writer.refers { references } else { json!([]) };
        let mut body = json!({ "schema": writer.text, "references": references });
        if language != Language::Avro {
            body["schemaType"] = language.name().into();
        }
        let subject = escaped(&terms.subject);
        let at = match terms.register {
            true => format!("/subjects/{subject}/versions"),
            false => format!("/subjects/{subject}"),
        };
        let answer = self.ask(&at, Some(&body)).map_err(|not| match not {
            Not::There => Fault::about(Code::SchemaRefused, &terms.subject),
            Not::Now(fault) => fault,
        })?;
        let number = answer.get("id").and_then(Value::as_u64);
        number.and_then(|id| u32::try_from(id).ok()).ok_or_else(|| self.refused(&at))
    }

    /// What a record was written with, bound to the plan. An error ends the run, or waits; a record that cannot be
    /// read is answered for.
    pub(super) fn resolve(
        &mut self,
        written: &Written,
        plan: &Plan,
        terms: &policy::Registry,
    ) -> Result<Result<Known, Code>, Fault> {
        if let (true, Some((known, _))) = (self.knows(written), self.known.get(written)) {
            return Ok(known.clone());
        }
        let now = Instant::now();
        self.until = Some(now + Duration::from_millis(limits::REGISTRY_FIND_MILLIS_MAX));
        let found = self.find(written, plan, terms);
        self.until = None;
        self.silent = match &found {
            Err(fault) if fault.code == Code::RegistryUnreachable => {
                // A failure of long ago is none of these.
                let recent = self.silent.filter(|(_, last)| last.elapsed() < FORGOTTEN);
                Some((recent.map_or(now, |(since, _)| since), Instant::now()))
            }
            _ => None,
        };
        let found = found?;
        self.said.clear();
        if self.known.len() >= KNOWN_MAX {
            self.known.clear();
        }
        self.known.insert(written.clone(), (found.clone(), Instant::now()));
        Ok(found)
    }

    /// Whether a schema is known, or was a moment ago known not to be there: nothing is asked then.
    pub(super) fn knows(&self, written: &Written) -> bool {
        let known = self.known.get(written);
        known.is_some_and(|(known, at)| known.is_ok() || at.elapsed() < NO_FOR)
    }

    /// Whether it has been silent for so long that nobody waits any more.
    pub(super) fn is_lost(&self) -> bool {
        let most = Duration::from_millis(limits::REGISTRY_SILENT_MILLIS_MAX);
        self.silent.is_some_and(|(since, _)| since.elapsed() > most)
    }

    fn find(
        &mut self,
        written: &Written,
        plan: &Plan,
        terms: &policy::Registry,
    ) -> Result<Result<Known, Code>, Fault> {
        let (writer, language, references) = match self.bound(written, plan, terms.drift)? {
            Ok(bound) => bound,
            Err(code) => return Ok(Err(code)),
        };
        let number = match self.number_of(terms, &writer, language, references) {
            // One record's schema ends nobody's run where drift does not.
            Err(fault) if fault.code == Code::SchemaRefused => {
                tell(Event::SchemaRefused(&fault));
                return match terms.drift {
                    Drift::Stop => Err(Fault::about(Code::RegistryRefused, &fault.about)),
                    Drift::Quarantine => Ok(Err(Code::SchemaRefused)),
                };
            }
            number => number?,
        };
        let prefix = prefix(number, &written.message);
        Ok(Ok(Known { writer: Arc::new(writer), prefix }))
    }

    /// The writer's schema, bound to the plan; its language, and what it refers to.
    fn bound(
        &mut self,
        written: &Written,
        plan: &Plan,
        drift: Drift,
    ) -> Result<Result<(Writer, Language, Value), Code>, Fault> {
        let at = match &written.schema {
            Named::Number(number) => format!("/schemas/ids/{number}"),
            Named::Guid(guid) => format!("/schemas/guids/{guid}"),
        };
        let (schema, references) = match self.schema(&at, &written.message) {
            Ok(found) => found,
            Err(Not::There) => return Ok(Err(Code::SchemaUnknown)),
            Err(Not::Now(fault)) => return Err(fault),
        };
        match policy::bind(plan, &schema) {
            Ok(writer) => Ok(Ok((writer, schema.language, references))),
            Err(gaps) => {
                let first = gaps.first().map_or(String::new(), |gap| gap.path.clone());
                let about = format!("{at}: {first} ({} places)", gaps.len());
                tell(Event::SchemaDrift(&Fault::about(Code::SchemaNotCovered, &about)));
                match drift {
                    Drift::Stop => Err(Fault::about(Code::SchemaDrift, &about)),
                    Drift::Quarantine => Ok(Err(Code::SchemaNotCovered)),
                }
            }
        }
    }

    /// A record to look at: its schema is bound to the plan, and nothing is registered.
    pub(super) fn look(
        &mut self,
        plan: &Plan,
        headers: Option<&OwnedHeaders>,
        value: &[u8],
    ) -> Result<Result<SchemaRef, Code>, Fault> {
        let language = plan.record().layout.format().language().ok_or(Code::Internal)?;
        let (written, from) = match written(language, headers, value) {
            Ok(written) => written,
            Err(code) => return Ok(Err(code)),
        };
        let bound = self.bound(&written, plan, Drift::Quarantine)?;
        Ok(bound.map(|(writer, ..)| SchemaRef { writer: Arc::new(writer), from, ahead: 0 }))
    }

    /// The schema that a subject has now.
    pub(super) fn latest(&mut self, subject: &str, message: &[u32]) -> Result<SchemaText, Fault> {
        let at = format!("/subjects/{}/versions/latest", escaped(subject));
        match self.schema(&at, message) {
            Ok((schema, _)) => Ok(schema),
            Err(Not::There) => Err(self.refused(&format!("it has no subject {subject}"))),
            Err(Not::Now(fault)) => Err(fault),
        }
    }

    /// Every version of a subject, and the places of each that the plan does not cover.
    pub(super) fn drift(&mut self, subject: &str, plan: &Plan) -> Result<Vec<Version>, Fault> {
        let at = format!("/subjects/{}/versions", escaped(subject));
        let about = Fault::about(Code::RegistryRefused, &at);
        let odd = || about.clone();
        let numbers = match self.ask(&at, None) {
            Ok(numbers) => numbers,
            Err(Not::There) => return Err(self.refused(&format!("it has no subject {subject}"))),
            Err(Not::Now(fault)) => return Err(fault),
        };
        let mut versions = Vec::new();
        for number in numbers.as_array().ok_or_else(odd)? {
            let number = number.as_u64().ok_or_else(odd)?;
            let message = if plan.record().layout.format().has_messages() { &[0][..] } else { &[] };
            let schema =
                self.schema(&format!("{at}/{number}"), message).map_err(|not| match not {
                    Not::There => odd(),
                    Not::Now(fault) => fault,
                })?;
            let gaps = policy::bind(plan, &schema.0).err().unwrap_or_default();
            versions.push(Version { number, gaps });
        }
        Ok(versions)
    }
}

/// A version of a subject.
#[derive(Debug)]
pub struct Version {
    /// Its number.
    pub number: u64,
    /// What of it the plan does not cover.
    pub gaps: Vec<Gap>,
}

/// The tags that stand beside a schema.
fn tags(answer: &Value) -> Vec<(String, Vec<String>)> {
    let beside = answer.pointer("/metadata/tags").and_then(Value::as_object);
    let texts = |tags: &Value| {
        let tags = tags.as_array().into_iter().flatten();
        tags.filter_map(|tag| tag.as_str().map(str::to_string)).collect()
    };
    beside.into_iter().flatten().map(|(pattern, of)| (pattern.clone(), texts(of))).collect()
}

/// A name as a part of an address.
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What may be told of a path: what a record says its schema is may be anything, a part of its value for one.
fn place(path: &str) -> &str {
    let named = ["/schemas/ids", "/schemas/guids"];
    named.into_iter().find(|named| path.starts_with(*named)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_word_of_a_record_is_told_of() {
        use super::place;
        let guid = "/schemas/guids/4a6f686e-2053-6d69-7468-203034383239";
        assert_eq!(place(guid), "/schemas/guids");
        assert_eq!(place("/schemas/ids/1836017711?subject=x"), "/schemas/ids");
        assert_eq!(place("/subjects/t-value/versions/latest"), "/subjects/t-value/versions/latest");
    }

    use super::*;
    use rdkafka::message::Header;

    #[test]
    fn a_record_says_which_schema_it_was_written_with() {
        let number = |number, message: &[u32]| Written {
            schema: Named::Number(number),
            message: message.to_vec(),
        };
        let of = |language, value: &[u8]| written(language, None, value);
        assert_eq!(of(Language::Avro, b"\0\0\0\x01\x02rest"), Ok((number(258, &[]), 5)));
        for (bytes, message, from) in [
            (&b"\0\0\0\0\x06\0rest"[..], &[0][..], 6),
            (b"\0\0\0\0\x06\x02\x02rest", &[1], 7),
            (b"\0\0\0\0\x06\x04\x02\0rest", &[1, 0], 8),
            (b"\0\0\0\0\x06\x02\x80\x02rest", &[128], 8),
        ] {
            assert_eq!(of(Language::Protobuf, bytes), Ok((number(6, message), from)));
            assert_eq!(*prefix(6, message), bytes[..from]);
        }
        let guid = [7; 16];
        let named = [&[1][..], &guid].concat();
        let headers =
            |value: &[u8]| OwnedHeaders::new().insert(Header { key: HEADER, value: Some(value) });
        let of_guid =
            Written { schema: Named::Guid(uuid::Uuid::from_bytes(guid)), message: vec![] };
        let read = written(Language::Json, Some(&headers(&named)), b"{}");
        assert_eq!(read, Ok((of_guid.clone(), 0)));
        let ahead = [&named[..], b"{}"].concat();
        assert_eq!(written(Language::Json, None, &ahead), Ok((of_guid, 17)));
        for value in [&b""[..], b"{}", b"\0\0\0\x01", b"\x01short", b"\x02\0\0\0\x01"] {
            assert_eq!(of(Language::Avro, value), Err(Code::NoSchemaId), "{value:?}");
        }
        // Negative, too long, cut off.
        for message in
            [&b"\x01"[..], b"\x02", b"\x02\x01", b"\xff\xff\xff\xff\xff\x7f", b"\xfe\x7f"]
        {
            let value = [&b"\0\0\0\0\x06"[..], message].concat();
            assert_eq!(of(Language::Protobuf, &value), Err(Code::NoSchemaId), "{message:?}");
        }
        // A header that says more than a schema does.
        let long = [&named[..], b"x"].concat();
        let read = written(Language::Avro, Some(&headers(&long)), b"x");
        assert_eq!(read, Err(Code::NoSchemaId));
    }

    #[test]
    fn a_password_crosses_no_network_in_plain_text() {
        let open = |url: &str, user: Option<&str>, insecure: Option<&str>| {
            let settings = Settings {
                registry: Some(RegistrySettings {
                    url: url.into(),
                    user: user.map(|user| Zeroizing::new(user.to_string())),
                    ca: None,
                }),
                insecure: insecure.map(str::to_string),
                ..Settings::default()
            };
            Registry::open(&settings).err().map(|fault| fault.code)
        };
        assert_eq!(open("http://127.0.0.1:8081", Some("a:b"), None), None);
        assert_eq!(open("https://registry:8081/apis/x/", Some("a:b"), None), None);
        assert_eq!(open("http://registry:8081", None, None), Some(Code::PlainText));
        assert_eq!(open("http://registry:8081", None, Some("compose network")), None);
        assert_eq!(open("http://registry", Some("a:b"), Some("why")), Some(Code::PlainText));
        assert_eq!(open("http://a:b@localhost", None, None), Some(Code::RegistryPlace));
        assert_eq!(open("registry:8081", None, None), Some(Code::RegistryPlace));
        assert_eq!(
            Registry::open(&Settings::default()).err().map(|f| f.code),
            Some(Code::RegistryPlace)
        );
    }
}
