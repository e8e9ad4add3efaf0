//! What the fuzz targets share: a record of any bytes is cleaned or refused, never a panic; and what is clean is a record
//! of its format.

use std::path::Path;
use std::sync::Arc;
use weir::clean::{Batch, Disposition, SchemaRef, Subjects, finish, key_needs, locate};
use weir::keys::{KeySnapshot, Keyring};
use weir::phi::{Code, Day, Ymd};
use weir::policy::{BUILTIN, Language, Plan, SchemaText, Writer, bind, plan_from_text};

/// A schema that ships with weir, under the policy that ships with it; keys; and where its format has such, a writer
/// schema of the tests.
pub struct Target {
    plan: Plan,
    keys: KeySnapshot,
    writer: Option<Arc<Writer>>,
}

impl Target {
    /// Of that schema.
    pub fn new(schema: &str) -> Target {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a file of weir's");
        let today = Day(Ymd::new(2026, 11, 24).expect("a day"));
        let text = read(&format!("schemas/{schema}.yaml"));
        let plan = plan_from_text(&text, BUILTIN[2].1, today).expect("a plan");
        let keys = Keyring::for_tests("fuzz").snapshot(&key_needs(&plan)).expect("keys");
        let writer = match plan.record().layout.format().language() {
            Some(Language::Avro) => Some((Language::Avro, "note.avsc", vec![])),
            Some(Language::Protobuf) => Some((Language::Protobuf, "note.proto", vec![1])),
            _ => None,
        };
        let writer = writer.map(|(language, file, message)| {
            let text = read(&format!("tests/registry/{file}"));
            let (references, tags) = (Vec::new(), Vec::new());
            let text = SchemaText { language, text, references, tags, message };
            Arc::new(bind(&plan, &text).expect("a schema that is covered"))
        });
        Target { plan, keys, writer }
    }

    /// Cleans a record.
    pub fn run(&self, record: &[u8]) {
        let day = Day(Ymd::new(2026, 11, 24).expect("a day"));
        let mut batch = Batch::new(day);
        let schema = self.writer.clone().map(|writer| SchemaRef { writer, from: 0, ahead: 0 });
        batch.push(None, Some(record), schema);
        let cleaned = finish(&self.plan, &self.keys, &Subjects::default(), locate(&self.plan, batch));
        assert_ne!(cleaned.disposition(0), Disposition::Refused(Code::Panic));
    }
}
