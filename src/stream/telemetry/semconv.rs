//! Every name that telemetry has: OpenTelemetry's conventions for messaging, of one version, and weir's own.
//! No name here is of a key, a header or a value of a record, and none may be: `no_name_is_of_a_record`.

use opentelemetry::KeyValue;

/// The version of the conventions.
pub(super) const SCHEMA_URL: &str = "https://opentelemetry.io/schemas/1.37.0";

/// The scope of all that weir tells.
pub(super) const SCOPE: &str = "weir";

pub(super) const SERVICE_NAME: &str = "service.name";
pub(super) const SERVICE_VERSION: &str = "service.version";
pub(super) const SERVICE_INSTANCE_ID: &str = "service.instance.id";

pub(super) const SYSTEM: &str = "messaging.system";
pub(super) const DESTINATION: &str = "messaging.destination.name";
pub(super) const PARTITION: &str = "messaging.destination.partition.id";
pub(super) const OPERATION: &str = "messaging.operation.name";
pub(super) const OPERATION_TYPE: &str = "messaging.operation.type";
pub(super) const COUNT: &str = "messaging.batch.message_count";
pub(super) const GROUP: &str = "messaging.consumer.group.name";
pub(super) const CLIENT: &str = "messaging.client.id";
pub(super) const ERROR: &str = "error.type";

/// Seconds from a batch's first record to its commit.
pub(super) const DURATION: &str = "messaging.process.duration";
/// The bounds of its buckets, as the conventions advise.
pub(super) const DURATION_BOUNDS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// What is done: its name, and which of the conventions' types that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// The batch as a whole.
    Process,
    /// Its records are read.
    Poll,
    /// Locate, transform, verify: weir's own, and of no type.
    Clean,
    /// What comes of it is handed over.
    Send,
    /// Source offsets and all of it are committed.
    Commit,
}

impl Operation {
    pub(super) fn name(self) -> &'static str {
        match self {
            Operation::Process => "process",
            Operation::Poll => "poll",
            Operation::Clean => "clean",
            Operation::Send => "send",
            Operation::Commit => "commit",
        }
    }

    fn kind(self) -> Option<&'static str> {
        match self {
            Operation::Process => Some("process"),
            Operation::Poll => Some("receive"),
            Operation::Clean => None,
            Operation::Send => Some("send"),
            Operation::Commit => Some("settle"),
        }
    }

    /// `send clean.notes`: without a topic where there are several, as the conventions want it.
    pub(super) fn span_name(self, topic: Option<&str>) -> String {
        match (self, topic) {
            (Operation::Clean, _) | (_, None) => self.name().to_string(),
            (_, Some(topic)) => format!("{} {topic}", self.name()),
        }
    }

    /// What every span and measure of it says.
    pub(super) fn attributes(self, topic: Option<&str>) -> Vec<KeyValue> {
        let Some(kind) = self.kind() else { return Vec::new() };
        let mut all = vec![
            KeyValue::new(SYSTEM, "kafka"),
            KeyValue::new(OPERATION, self.name()),
            KeyValue::new(OPERATION_TYPE, kind),
        ];
        all.extend(topic.map(|topic| KeyValue::new(DESTINATION, topic.to_string())));
        all
    }
}

/// A metric of `/metrics` as OTLP has it: `weir.last_commit_seconds`.
pub(super) fn metric(name: &str) -> String {
    name.replacen('_', ".", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Kafka key is an identifier as often as not.
    #[test]
    fn no_name_is_of_a_record() {
        let text = include_str!("semconv.rs").split("mod tests").next().unwrap_or_default();
        let names = text.split('"').skip(1).step_by(2).filter(|name| name.contains('.'));
        let names: Vec<_> = names.collect();
        assert!(names.contains(&DESTINATION) && names.contains(&COUNT), "{names:?}");
        for name in names {
            for word in [".key", "message.id", "message.body", "conversation", "header", "offset"] {
                assert!(!name.contains(word), "{name}");
            }
        }
    }

    #[test]
    fn operations_are_named_as_the_conventions_say() {
        assert_eq!(Operation::Process.span_name(Some("notes")), "process notes");
        assert_eq!(Operation::Process.span_name(None), "process");
        assert_eq!(Operation::Clean.span_name(Some("notes")), "clean");
        let of = |operation: Operation| {
            let all = operation.attributes(Some("t"));
            all.iter().map(|one| format!("{}={}", one.key, one.value)).collect::<Vec<_>>()
        };
        assert_eq!(
            of(Operation::Commit),
            [
                "messaging.system=kafka",
                "messaging.operation.name=commit",
                "messaging.operation.type=settle",
                "messaging.destination.name=t"
            ]
        );
        assert_eq!(of(Operation::Poll)[2], "messaging.operation.type=receive");
        assert!(of(Operation::Clean).is_empty());
        assert_eq!(metric("weir_last_commit_seconds"), "weir.last_commit_seconds");
    }
}
