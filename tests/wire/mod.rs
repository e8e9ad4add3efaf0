//! Binary records from JSON and back, by other people's code, for what knows formats by name.

#![allow(dead_code, reason = "each of the tests uses a part of it")]

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use prost_reflect::prost::Message;
use prost_reflect::{DeserializeOptions, DynamicMessage, MessageDescriptor, SerializeOptions};
use protox::file::{ChainFileResolver, File, FileResolver, GoogleFileResolver};
use std::hint::black_box;
use weir::policy::{Language, SchemaText, Writer};

/// A writer schema without references. One of Protobuf says in its first line of which of its messages the records are,
/// where that is not the first: `// message 1 0`.
pub(crate) fn writer(format: &str, text: &str) -> SchemaText {
    let first = text.lines().next().and_then(|line| line.strip_prefix("// message "));
    let places = first.unwrap_or("0").split(' ').map(|place| place.parse().expect("a number"));
    let (language, message) = match format {
        "avro" => (Language::Avro, Vec::new()),
        "protobuf" => (Language::Protobuf, places.collect()),
        _ => panic!("{format} has no writer schemas"),
    };
    SchemaText {
        language,
        text: text.to_string(),
        references: Vec::new(),
        tags: Vec::new(),
        message,
    }
}

/// The schema of clean records, without references too.
pub(crate) fn told(bound: &Writer, writer: &SchemaText) -> SchemaText {
    SchemaText { text: bound.text.clone(), ..writer.clone() }
}

/// A record of that schema, from JSON.
pub(crate) fn encode(schema: &SchemaText, json: &str) -> Vec<u8> {
    match schema.language {
        Language::Protobuf => {
            let of = message(schema);
            let once = || {
                let mut from = serde_json::Deserializer::from_str(json);
                let (of, options) = (of.clone(), DeserializeOptions::new());
                let message = DynamicMessage::deserialize_with_options(of, &mut from, &options);
                message.unwrap_or_else(|error| panic!("{error}: {json}")).encode_to_vec()
            };
            // Entries of a map come in any order: of several, the first by its bytes, the same in each run.
            (0..60).map(|_| once()).min().expect("a record")
        }
        _ => {
            let schema = Schema::parse_str(&schema.text).expect("a schema");
            let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
            let value = Value::try_from(json).and_then(|json| json.resolve(&schema));
            let value = value.expect("a record of the schema");
            let writer = GenericDatumWriter::builder(&schema).build().expect("a writer");
            writer.write_value_to_vec(value).expect("writes")
        }
    }
}

/// A record of that schema, as JSON.
pub(crate) fn decode(schema: &SchemaText, record: &[u8]) -> String {
    let value = match schema.language {
        Language::Protobuf => {
            let message = DynamicMessage::decode(message(schema), record).expect("a record");
            assert_eq!(message.unknown_fields().count(), 0, "unknown fields are left");
            let options =
                SerializeOptions::new().use_proto_field_name(true).stringify_64_bit_integers(false);
            let mut out = serde_json::Serializer::new(Vec::new());
            message.serialize_with_options(&mut out, &options).expect("JSON");
            // Once more, with members in order.
            serde_json::from_slice(&out.into_inner()).expect("JSON")
        }
        _ => {
            let schema = Schema::parse_str(&schema.text).expect("a schema");
            let mut left = record;
            let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
            let value = reader.read_value(&mut left).expect("a record of the schema");
            assert!(left.is_empty(), "bytes are left");
            serde_json::Value::try_from(value).expect("JSON")
        }
    };
    value.to_string()
}

/// Decodes a record, and does nothing with it.
pub(crate) type Decoder = Box<dyn Fn(&[u8])>;

/// A decoder of records of that schema.
pub(crate) fn decoder(schema: &SchemaText) -> Decoder {
    match schema.language {
        Language::Protobuf => {
            let of = message(schema);
            Box::new(move |record| drop(black_box(DynamicMessage::decode(of.clone(), record))))
        }
        _ => {
            // It lives as long as the process that measures.
            let schema: &'static Schema =
                Box::leak(Box::new(Schema::parse_str(&schema.text).expect("a schema")));
            let reader = GenericDatumReader::builder(schema).build().expect("a reader");
            Box::new(move |record| drop(black_box(reader.read_value(&mut &*record))))
        }
    }
}

/// The text of a schema, so that it can be read.
pub(crate) fn shown(schema: &SchemaText) -> String {
    match schema.language {
        Language::Protobuf => schema.text.clone(),
        _ => {
            let json: serde_json::Value = serde_json::from_str(&schema.text).expect("JSON");
            serde_json::to_string_pretty(&json).expect("serialises")
        }
    }
}

/// The writer's file, and the one that holds the tags of fields.
struct Files(String);

impl FileResolver for Files {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        match name {
            "main" => File::from_source(name, &self.0),
            "confluent/meta.proto" => File::from_source(name, META),
            _ => Err(protox::Error::file_not_found(name)),
        }
    }
}

const META: &str = r#"syntax = "proto3";
package confluent;
import "google/protobuf/descriptor.proto";
message Meta {
  string doc = 1;
  map<string, string> params = 2;
  repeated string tags = 3;
}
extend google.protobuf.FieldOptions {
  Meta field_meta = 1088;
}
"#;

fn message(schema: &SchemaText) -> MessageDescriptor {
    let mut resolver = ChainFileResolver::new();
    resolver.add(Files(schema.text.clone()));
    resolver.add(GoogleFileResolver::new());
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    compiler.open_file("main").expect("a schema");
    let file = compiler.descriptor_pool().get_file_by_name("main").expect("the file");
    let mut places = schema.message.iter().map(|place| *place as usize);
    let first = file.messages().nth(places.next().unwrap_or(0)).expect("a message");
    places.fold(first, |of, place| of.child_messages().nth(place).expect("a message"))
}
