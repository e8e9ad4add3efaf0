//! Binary records from JSON and back, by other people's code, for what knows formats by name.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use weir::policy::{Language, SchemaText};

/// A writer schema without references.
pub fn writer(text: &str) -> SchemaText {
    SchemaText {
        language: Language::Avro,
        text: text.to_string(),
        references: Vec::new(),
        message: Vec::new(),
    }
}

/// A record of that schema, from JSON.
pub fn encode(schema: &str, json: &str) -> Vec<u8> {
    let schema = Schema::parse_str(schema).expect("a schema");
    let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let value = Value::try_from(json).and_then(|json| json.resolve(&schema));
    let value = value.expect("a record of the schema");
    let writer = GenericDatumWriter::builder(&schema).build().expect("a writer");
    writer.write_value_to_vec(value).expect("writes")
}

/// A record of that schema, as JSON.
pub fn decode(schema: &str, record: &[u8]) -> String {
    let schema = Schema::parse_str(schema).expect("a schema");
    let mut left = record;
    let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
    let value = reader.read_value(&mut left).expect("a record of the schema");
    assert!(left.is_empty(), "bytes are left");
    serde_json::Value::try_from(value).expect("JSON").to_string()
}
