//! Witnesses of an audit, as people write them: a folder, or a topic of a Kafka that others look after.

use super::kafka::{Context, producer};
use super::{Fault, Settings, taken};
use crate::audit::{Folder, Witness};
use crate::limits;
use crate::phi::Code;
use rdkafka::Message;
use rdkafka::producer::{BaseRecord, Producer};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// A witness by its place: a folder, or `kafka://HOST:PORT/TOPIC?config=FILE`.
pub fn witness(place: &str) -> Result<Arc<dyn Witness>, Fault> {
    let Some(rest) = place.strip_prefix("kafka://") else {
        return Ok(Arc::new(Folder(PathBuf::from(place))));
    };
    let wrong = || Fault::about(Code::AuditWitness, "write kafka://HOST:PORT/TOPIC?config=FILE");
    let (brokers, rest) = rest.split_once('/').ok_or_else(wrong)?;
    let (topic, options) = rest.split_once('?').unwrap_or((rest, ""));
    let mut settings = Settings { brokers: brokers.to_string(), ..Settings::default() };
    for option in options.split('&').filter(|option| !option.is_empty()) {
        let Some(("config", path)) = option.split_once('=') else { return Err(wrong()) };
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|_| Fault::about(Code::FileUnreadable, path))?;
        settings.properties = Settings::properties_of(&text, path)?;
    }
    if brokers.is_empty() || topic.is_empty() {
        return Err(wrong());
    }
    Ok(Arc::new(Topic { settings, topic: topic.to_string() }))
}

/// More bytes than a checkpoint has.
const NOTE_BYTES_MAX: usize = 16 * 1024;

/// A topic: a checkpoint is a record, under its audit's name.
struct Topic {
    settings: Settings,
    topic: String,
}

impl std::fmt::Debug for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place())
    }
}

impl Witness for Topic {
    fn keep(&self, origin: &str, note: &str) -> Result<(), Code> {
        let context = Context::default();
        let seen = Arc::clone(&context.0);
        let kept = || -> Option<()> {
            let producer = producer(&self.settings, None, NOTE_BYTES_MAX, context).ok()?;
            let record = BaseRecord::with_opaque_to(&self.topic, 0).key(origin).payload(note);
            producer.send(record).ok()?;
            producer.flush(Duration::from_millis(limits::TXN_CALL_MILLIS_MAX)).ok()?;
            seen.undelivered.lock().ok().filter(|failed| failed.is_none()).map(|_| ())
        };
        kept().ok_or(Code::AuditWitness)
    }

    fn kept(&self, origin: &str) -> Result<String, Code> {
        let records = taken::read(&self.settings, &self.topic).map_err(|_| Code::AuditWitness)?;
        let notes = records.iter().filter(|record| record.key() == Some(origin.as_bytes()));
        let notes = notes.filter_map(|record| std::str::from_utf8(record.payload()?).ok());
        Ok(notes.map(|note| format!("{}\n", note.trim_end())).collect())
    }

    fn place(&self) -> String {
        format!("kafka://{}/{}", self.settings.brokers, self.topic)
    }
}
