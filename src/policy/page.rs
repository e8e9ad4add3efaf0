//! One document as text, and its YAML as a tree whose nodes know where they stand, in bytes.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// The text of a document and the name that problems show for it.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) path: PathBuf,
    pub(super) text: Arc<str>,
    /// weir carries it; the path is only what problems show.
    pub(super) is_built_in: bool,
}

/// A value of a document.
#[derive(Debug)]
pub(super) struct Node {
    /// Where it stands, in bytes; flow collections with their brackets, block ones roughly.
    pub(super) at: Range<usize>,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// A YAML tag: no document of ours has one.
    Tagged,
}

impl Node {
    /// The schemas that values hold documents of, by what stands under `document`, wherever that is.
    pub(super) fn held(&self) -> Vec<String> {
        match &self.value {
            Value::List(nodes) => nodes.iter().flat_map(Node::held).collect(),
            Value::Map(entries) => entries
                .iter()
                .flat_map(|(key, node)| match (&key.value, &node.value) {
                    (Value::Text(key), Value::Text(name)) if key == "document" => {
                        vec![name.clone()]
                    }
                    _ => node.held(),
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl Value {
    /// What it is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Tagged => "a tagged value",
        }
    }
}

/// Why a text is not one YAML document, and where, in bytes.
pub(super) struct NotYaml {
    pub(super) at: usize,
    pub(super) why: String,
}

impl Page {
    pub(super) fn new(path: &Path, text: &str) -> Page {
        Page { path: path.to_owned(), text: text.into(), is_built_in: false }
    }

    /// A document that weir carries.
    pub(super) fn built_in(name: &str, text: &str) -> Page {
        let path = PathBuf::from(format!("built-in/{name}.yaml"));
        Page { path, text: text.into(), is_built_in: true }
    }

    /// The tree of the one document in the text.
    pub(super) fn parse(&self) -> Result<Node, NotYaml> {
        let offsets = Offsets::of(&self.text);
        let documents = MarkedYaml::load_from_str(&self.text).map_err(|error| NotYaml {
            at: offsets.byte(error.marker().index()),
            why: error.info().to_owned(),
        })?;
        match documents.as_slice() {
            [] => Err(NotYaml { at: 0, why: "the file is empty".to_owned() }),
            [document] => Ok(offsets.node(&self.text, document)),
            [_, second, ..] => Err(NotYaml {
                at: offsets.byte(second.span.start.index()),
                why: "a second document in one file".to_owned(),
            }),
        }
    }
}

/// saphyr's marks count characters, everything else counts bytes.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(text: &str) -> Offsets {
        Offsets(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    fn byte(&self, character: usize) -> usize {
        self.0[character.min(self.0.len() - 1)]
    }

    fn node(&self, text: &str, marked: &MarkedYaml<'_>) -> Node {
        let start = self.byte(marked.span.start.index());
        let mut end = self.byte(marked.span.end.index()).max(start);
        let value = match &marked.data {
            YamlData::Value(Scalar::Null) => Value::Null,
            YamlData::Value(Scalar::Boolean(truth)) => Value::Bool(*truth),
            YamlData::Value(Scalar::Integer(number)) => Value::Int(*number),
            YamlData::Value(Scalar::FloatingPoint(number)) => Value::Float(number.into_inner()),
            YamlData::Value(Scalar::String(words)) => Value::Text(words.clone().into_owned()),
            YamlData::Sequence(items) => {
                Value::List(items.iter().map(|item| self.node(text, item)).collect())
            }
            YamlData::Mapping(entries) => {
                let pair = |(key, value)| (self.node(text, key), self.node(text, value));
                Value::Map(entries.iter().map(pair).collect())
            }
            // An empty file parses as one bad value.
            YamlData::BadValue => Value::Null,
            YamlData::Representation(..) | YamlData::Tagged(..) | YamlData::Alias(_) => {
                Value::Tagged
            }
        };
        // The mark of a flow collection's end stands before its bracket.
        let open = text[start..].chars().next();
        let closed = matches!(value, Value::List(_) | Value::Map(_))
            && matches!(open, Some('{' | '['))
            && text[end..].starts_with(['}', ']']);
        end += usize::from(closed);
        Node { at: start..end, value }
    }
}
