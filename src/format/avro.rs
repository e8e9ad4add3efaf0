//! Avro 1.12, binary: records say nothing of their fields, their writer schema does. The schema is bound to the paths of a
//! plan once; then a record is walked through without being decoded, and keeps every byte that no rule touches.

use super::binary::{Budget, Frame, Integer, Wire, put_varint, unzigzag, varint, zigzag};
use super::path::{Node, Trie, step};
use super::writer::{
    Bound, Document, Fate, Gap, Inventory, Remains, Room, TAGGED_MAX, Tagged, Trail, outermost,
    tag, tags_beside,
};
use super::{Cut, Exit, Found, Kind, Leaf, OnUnlisted};
use crate::limits::RECORD_BYTES_MAX;
use crate::phi::{Code, Epoch, Extent, Span};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A type of a schema. Named ones may be in themselves.
#[derive(Debug)]
enum Form {
    Null,
    Boolean,
    /// int and long.
    Whole(Integer),
    /// So many bytes that are no text and no whole number: float, double, fixed.
    Bytes(usize),
    /// bytes, which say how many they are.
    Counted,
    Text,
    Enum(u64),
    Record(Vec<Member>),
    Array(u32),
    Map(u32),
    Union(Vec<u32>),
}

#[derive(Debug)]
struct Member {
    name: String,
    /// With the name of its record.
    full: String,
    tags: Vec<String>,
    aliases: Vec<String>,
    of: u32,
    default: Option<Value>,
    at: At,
}

/// A place of the documents: a document, and a JSON Pointer (RFC 6901) into it.
type At = (usize, String);

#[derive(Debug)]
struct Type {
    form: Form,
    at: At,
    /// It says more of itself than its bytes do.
    is_logical: bool,
    /// Tags of the type itself.
    tags: Vec<String>,
}

/// Reads the types of a schema and of those that it refers to.
struct Reader {
    types: Vec<Type>,
    names: HashMap<String, u32>,
}

/// The full name of a name that stands in a namespace (Avro 1.12, "Names").
fn full_name(name: &str, namespace: &str) -> String {
    match name.contains('.') || namespace.is_empty() {
        true => name.to_string(),
        false => format!("{namespace}.{name}"),
    }
}

/// The full name of a named type, and the namespace in it.
fn named(schema: &Map<String, Value>, outer: &str) -> Option<(String, String)> {
    let name = schema.get("name")?.as_str()?;
    let own = schema.get("namespace").and_then(Value::as_str).unwrap_or(outer);
    let full = full_name(name, own);
    let inner = full.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_string();
    Some((full, inner))
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let texts = value.and_then(Value::as_array).into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_string)).collect()
}

impl Reader {
    fn add(&mut self, form: Form, at: &At) -> u32 {
        let (at, tags) = (at.clone(), Vec::new());
        self.types.push(Type { form, at, is_logical: false, tags });
        self.types.len() as u32 - 1
    }

    fn read(&mut self, schema: &Value, at: &At, namespace: &str) -> Option<u32> {
        let below = |part: &str| (at.0, format!("{}/{part}", at.1));
        match schema {
            Value::String(name) => match primitive(name) {
                Some(form) => Some(self.add(form, at)),
                // A name of this namespace, or one that has none.
                None => {
                    let known = |name: &str| self.names.get(name).copied();
                    known(&full_name(name, namespace)).or_else(|| known(name))
                }
            },
            Value::Array(branches) => {
                let mut union = Vec::with_capacity(branches.len());
                for (n, branch) in branches.iter().enumerate() {
                    union.push(self.read(branch, &below(&n.to_string()), namespace)?);
                }
                Some(self.add(Form::Union(union), at))
            }
            Value::Object(object) => match object.get("type")? {
                Value::String(name) => {
                    let of = self.object(object, name, at, namespace)?;
                    self.types[of as usize].tags.extend(texts(object.get("confluent:tags")));
                    Some(of)
                }
                inner => self.read(inner, &below("type"), namespace),
            },
            _ => None,
        }
    }

    fn object(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        at: &At,
        namespace: &str,
    ) -> Option<u32> {
        let below = |part: &str| (at.0, format!("{}/{part}", at.1));
        match name {
            "record" | "error" => {
                let (full, inner) = named(object, namespace)?;
                let record = self.add(Form::Null, at);
                // Before its fields: they may be of its own type.
                self.name(full.clone(), record)?;
                let mut members = Vec::new();
                for (n, field) in object.get("fields")?.as_array()?.iter().enumerate() {
                    let field = field.as_object()?;
                    let at = below(&format!("fields/{n}"));
                    let of = (at.0, format!("{}/type", at.1));
                    let name = field.get("name")?.as_str()?;
                    members.push(Member {
                        name: name.to_string(),
                        full: format!("{full}.{name}"),
                        tags: texts(field.get("confluent:tags")),
                        aliases: texts(field.get("aliases")),
                        of: self.read(field.get("type")?, &of, &inner)?,
                        default: field.get("default").cloned(),
                        at,
                    });
                }
                self.types[record as usize].form = Form::Record(members);
                Some(record)
            }
            "enum" => {
                let symbols = object.get("symbols")?.as_array()?.len() as u64;
                let at = self.add(Form::Enum(symbols), at);
                self.name(named(object, namespace)?.0, at)
            }
            "fixed" => {
                let size = usize::try_from(object.get("size")?.as_u64()?).ok()?;
                let at = self.add(Form::Bytes(size.min(RECORD_BYTES_MAX + 1)), at);
                self.types[at as usize].is_logical = object.contains_key("logicalType");
                self.name(named(object, namespace)?.0, at)
            }
            "array" => {
                let items = self.read(object.get("items")?, &below("items"), namespace)?;
                Some(self.add(Form::Array(items), at))
            }
            "map" => {
                let values = self.read(object.get("values")?, &below("values"), namespace)?;
                Some(self.add(Form::Map(values), at))
            }
            _ => {
                let of = self.read(&Value::String(name.to_string()), at, namespace)?;
                let logical = object.get("logicalType").and_then(Value::as_str);
                let is_named = primitive(name).is_none();
                if let (Some(logical), false) = (logical, is_named) {
                    let known = &mut self.types[of as usize];
                    known.is_logical = true;
                    if let Form::Whole(integer) = &mut known.form {
                        integer.epoch = epoch(logical);
                    }
                }
                Some(of)
            }
        }
    }

    fn name(&mut self, full: String, at: u32) -> Option<u32> {
        self.names.insert(full, at).is_none().then_some(at)
    }
}

fn primitive(name: &str) -> Option<Form> {
    let whole = |bits| Integer { wire: Wire::Zigzag, bits, signed: true, epoch: None };
    Some(match name {
        "null" => Form::Null,
        "boolean" => Form::Boolean,
        "int" => Form::Whole(whole(32)),
        "long" => Form::Whole(whole(64)),
        "float" => Form::Bytes(4),
        "double" => Form::Bytes(8),
        "bytes" => Form::Counted,
        "string" => Form::Text,
        _ => return None,
    })
}

/// What a number of a logical type counts since 1970 (Avro 1.12, "Logical Types").
fn epoch(logical: &str) -> Option<&'static Extent> {
    match logical {
        "date" => Some(&Extent::Epoch(Epoch::Days)),
        "timestamp-millis" | "local-timestamp-millis" => Some(&Extent::Epoch(Epoch::Millis)),
        "timestamp-micros" | "local-timestamp-micros" => Some(&Extent::Epoch(Epoch::Micros)),
        "timestamp-nanos" | "local-timestamp-nanos" => Some(&Extent::Epoch(Epoch::Nanos)),
        _ => None,
    }
}

/// What the walk over records of one writer schema follows.
#[derive(Debug)]
pub struct Program {
    types: Vec<Type>,
    places: Vec<Place>,
    puts: Vec<Box<[u8]>>,
}

impl Program {
    pub(super) fn put(&self, number: u16) -> &[u8] {
        &self.puts[usize::from(number)]
    }
}

/// A place of a record, and what is to be done there.
#[derive(Debug)]
enum Place {
    /// It goes, whatever it is.
    Cut(u32),
    /// A value of a type, which a path names.
    Value {
        of: u32,
        field: u16,
        put: Put,
    },
    /// What is about somebody of its own.
    Part(u32),
    /// A field of a record after the other.
    Record(Vec<u32>),
    Array(u32),
    Map {
        named: Vec<(Box<str>, u32)>,
        any: Option<u32>,
        names: Option<u16>,
    },
    Union(Vec<u32>),
    Null,
}

/// What stands in the place of a value that is removed.
#[derive(Clone, Copy, Debug)]
enum Put {
    /// These bytes, in the place of the union that it is in.
    Union(u16),
    /// These, in its place.
    Value(u16),
    /// The format has nothing to put there.
    Stuck,
}

/// What is around a type.
#[derive(Clone)]
struct Around {
    /// The field of a record that it is in.
    member: Option<(At, Option<Value>)>,
    /// It is all of that field, but for a union.
    is_whole: bool,
    /// The branch of null in the union that it is in.
    null: Option<usize>,
}

struct Binder<'a> {
    trie: &'a Trie,
    types: &'a [Type],
    unlisted: OnUnlisted,
    decide: &'a dyn Fn(u16) -> Fate,
    places: Vec<Place>,
    puts: Vec<Box<[u8]>>,
    changes: Changes,
    trail: Trail,
}

/// The types of a schema and of those that it refers to, their texts as JSON, and the outermost type.
fn read(document: &Document) -> Result<(Reader, Vec<Value>, u32), Code> {
    let references = document.references.iter().map(|(_, text)| text);
    let mut reader = Reader { types: Vec::new(), names: HashMap::new() };
    let (mut documents, mut root) = (Vec::new(), 0);
    for (n, text) in references.chain([&document.text]).enumerate() {
        // A schema of one name may be written without quotes.
        let schema = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_string()));
        let read = reader.read(&schema, &(n, String::new()), "");
        root = read.ok_or(Code::SchemaUnreadable)?;
        documents.push(schema);
    }
    Ok((reader, documents, root))
}

/// Every value of a schema, with the tags of it and of what it is in.
pub(super) fn tagged(document: &Document) -> Result<Vec<Tagged>, Code> {
    let (reader, _, root) = read(document)?;
    let mut out = Inventory::default();
    tag_below(&reader.types, document, root, &outermost(), 0, &mut out)?;
    Ok(out.values)
}

fn tag_below(
    types: &[Type],
    document: &Document,
    of: u32,
    so_far: &Tagged,
    depth: usize,
    out: &mut Inventory,
) -> Result<(), Code> {
    out.step(depth)?;
    let mut so_far = so_far.clone();
    so_far.tags.extend(types[of as usize].tags.clone());
    let so_far = &so_far;
    let with = |part: &str| Tagged { path: format!("{}{part}", so_far.path), ..so_far.clone() };
    match &types[of as usize].form {
        Form::Null => Ok(()),
        Form::Record(members) => members.iter().try_for_each(|member| {
            let mut own = with(&step(&member.name));
            own.tags.extend(member.tags.clone());
            own.tags.extend(tags_beside(document, &member.full, &own.path));
            tag_below(types, document, member.of, &own, depth + 1, out)
        }),
        Form::Array(items) => tag_below(types, document, *items, &with("[*]"), depth + 1, out),
        Form::Map(values) => {
            // The names in a map are of whom its values are.
            out.add(with(".*~"));
            tag_below(types, document, *values, &with(".*"), depth + 1, out)
        }
        Form::Union(branches) => branches
            .iter()
            .try_for_each(|branch| tag_below(types, document, *branch, so_far, depth + 1, out)),
        _ => {
            out.add(so_far.clone());
            Ok(())
        }
    }
}

/// Binds a writer schema to the paths of a plan.
pub(super) fn bind(
    trie: &Trie,
    document: &Document,
    unlisted: OnUnlisted,
    decide: &dyn Fn(u16) -> Fate,
) -> Result<Bound, Vec<Gap>> {
    let (reader, documents, root) = read(document).map_err(Gap::of_all)?;
    let mut binder = Binder {
        trie,
        types: &reader.types,
        unlisted,
        decide,
        places: Vec::new(),
        puts: Vec::new(),
        changes: Changes::default(),
        trail: Trail::new(),
    };
    let around = Around { member: None, is_whole: true, null: None };
    // What a place consists of stands in front of it: the walk begins with the last.
    binder.place(root, &trie.nodes[0], &around);
    let Binder { places, puts, changes, trail, .. } = binder;
    trail.end()?;
    let (text, refers) = changes.write(documents, &document.text);
    let program = Program { types: reader.types, places, puts };
    Ok(Bound { program: Some(super::Program::Avro(program)), text, refers })
}

impl Binder<'_> {
    fn gap(&mut self, code: Code) {
        self.trail.gap(code);
    }

    fn add(&mut self, place: Place) -> u32 {
        self.places.push(place);
        self.places.len() as u32 - 1
    }

    /// The same with a part more of the path.
    fn below<T>(&mut self, part: &str, then: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.trail.enter(part);
        let out = then(self);
        self.trail.leave(length);
        out
    }

    fn place(&mut self, of: u32, node: &Node, around: &Around) -> u32 {
        let place = self.form(of, node, around);
        match &self.types[of as usize].form {
            Form::Record(_) | Form::Map(_) if node.is_part => self.add(Place::Part(place)),
            _ => place,
        }
    }

    fn form(&mut self, of: u32, node: &Node, around: &Around) -> u32 {
        if self.places.len() > TAGGED_MAX {
            // A hostile schema; whatever is behind it is of no use.
            self.gap(Code::TooWide);
            return 0;
        }
        let inside = Around { is_whole: false, null: None, ..around.clone() };
        match &self.types[of as usize].form {
            Form::Null => self.add(Place::Null),
            Form::Union(branches) => {
                let null = |of: &u32| matches!(self.types[*of as usize].form, Form::Null);
                let null = branches.iter().position(null);
                let around = Around { null: null.or(around.null), ..around.clone() };
                let places = branches.iter().map(|of| self.place(*of, node, &around)).collect();
                let is_text = |of: &&u32| {
                    let of = &self.types[**of as usize];
                    let becomes = self.changes.types.get(&of.at).map(|(becomes, _)| *becomes);
                    matches!(of.form, Form::Text) || becomes == Some(Becomes::Text)
                };
                if branches.iter().filter(is_text).count() > 1 {
                    // A union has each type once.
                    self.gap(Code::WrongType);
                }
                self.add(Place::Union(places))
            }
            Form::Record(members) => {
                if node.leaf.is_some() && node.names.is_empty() {
                    return self.misplaced();
                }
                let mut taken: Vec<u32> = Vec::new();
                for member in members {
                    let child = lead(member, node).filter(|child| Some(*child) != node.any_name);
                    if child.is_some_and(|child| taken.contains(&child)) {
                        // By another name it would have the rule of its neighbour.
                        self.below(&step(&member.name), |own| own.gap(Code::PathConflict));
                    }
                    taken.extend(child);
                }
                let places = members.iter().map(|member| self.member(member, node)).collect();
                self.add(Place::Record(places))
            }
            Form::Array(items) => match node.any_index {
                // One rule for all: an array has no places of its own here.
                Some(child) if node.indices.is_empty() => {
                    let child = &self.trie.nodes[child as usize];
                    let items = self.below("[*]", |own| own.place(*items, child, &inside));
                    self.add(Place::Array(items))
                }
                _ => self.misplaced(),
            },
            Form::Map(values) => {
                if node.names.is_empty() && node.any_name.is_none() {
                    return self.misplaced();
                }
                let of = |own: &mut Self, part: &str, child: u32| {
                    let child = &own.trie.nodes[child as usize];
                    own.below(part, |own| own.place(*values, child, &inside))
                };
                let mut named = Vec::with_capacity(node.names.len());
                for (name, child) in &node.names {
                    named.push((name.clone(), of(self, &step(name), *child)));
                }
                let any = node.any_name.map(|child| of(self, ".*", child));
                self.add(Place::Map { named, any, names: node.names_leaf })
            }
            _ => match node.leaf {
                Some(field) => self.value(of, field, around),
                None => self.misplaced(),
            },
        }
    }

    /// What the schema has in another form than the paths say.
    fn misplaced(&mut self) -> u32 {
        self.gap(Code::WrongStructure);
        self.add(Place::Null)
    }

    fn member(&mut self, member: &Member, node: &Node) -> u32 {
        let child = lead(member, node);
        self.below(&step(&member.name), |own| {
            let Some(child) = child else {
                if own.unlisted == OnUnlisted::Delete {
                    return own.cut(member);
                }
                own.gap(Code::Unlisted);
                return own.add(Place::Null);
            };
            let trie = own.trie;
            let around = Around {
                member: Some((member.at.clone(), member.default.clone())),
                is_whole: true,
                null: None,
            };
            let child = &trie.nodes[child as usize];
            let before = own.places.len();
            let place = own.place(member.of, child, &around);
            // A field that goes, and has nothing to leave in its place, goes altogether.
            let is_stuck = |place: &Place| matches!(place, Place::Value { put: Put::Stuck, .. });
            let goes =
                child.leaf.is_some_and(|leaf| (own.decide)(leaf).remains == Remains::Nothing);
            if goes && own.places[before..].iter().any(is_stuck) {
                return own.cut(member);
            }
            own.once(member, false);
            place
        })
    }

    fn cut(&mut self, member: &Member) -> u32 {
        self.once(member, true);
        self.add(Place::Cut(member.of))
    }

    /// Notes whether a field goes: its type may stand in several places, and has one form in all of them.
    fn once(&mut self, member: &Member, goes: bool) {
        if self.changes.cuts.insert(member.at.clone(), goes).is_some_and(|before| before != goes) {
            self.gap(Code::PathConflict);
        }
    }

    fn value(&mut self, of: u32, field: u16, around: &Around) -> u32 {
        let fate = (self.decide)(field);
        let known = &self.types[of as usize];
        let is_number = matches!(known.form, Form::Whole(_));
        let becomes_text = is_number && fate.remains == Remains::Text;
        let put = self.put(of, around, becomes_text);
        let gap = match &known.form {
            // Nothing is there, and as often as anybody likes.
            Form::Bytes(0) => Some(Code::WrongStructure),
            Form::Text => fate.misfit(&Room::Text, true),
            Form::Whole(integer) => fate.misfit(&Room::Whole(integer, known.is_logical), true),
            _ => fate.misfit(&Room::Opaque, true),
        };
        let stuck = fate.remains == Remains::Nothing && matches!(put, Put::Stuck);
        for code in [gap, (stuck && !around.is_whole).then_some(Code::NothingToPut)] {
            code.into_iter().for_each(|code| self.gap(code));
        }
        // A token has not the form of a UUID, and no bytes are no decimal.
        let is_other = fate.remains != Remains::Value && !matches!(put, Put::Union(_))
            || matches!(fate.remains, Remains::Same | Remains::Text);
        let becomes = match becomes_text {
            true => Becomes::Text,
            false if known.is_logical && !is_number && is_other => Becomes::Plain,
            false => Becomes::Same,
        };
        let member = around.member.as_ref().map(|(at, _)| at.clone());
        if let (Some(at), Some(kernel)) = (&member, fate.kernel) {
            self.changes.tags.entry(at.clone()).or_default().insert(tag(kernel));
        }
        let before = self.changes.types.insert(known.at.clone(), (becomes, member));
        if before.is_some_and(|(before, _)| before != becomes) {
            self.gap(Code::PathConflict);
        }
        self.add(Place::Value { of, field, put })
    }

    /// What stands in the place of a value that is removed: null, the default of its field, or the empty text.
    fn put(&mut self, of: u32, around: &Around, becomes_text: bool) -> Put {
        let mut bytes = Vec::new();
        if self.puts.len() >= usize::from(u16::MAX) {
            return Put::Stuck;
        }
        if let Some(null) = around.null {
            put_varint(zigzag(null as i64), &mut bytes);
            return Put::Union(self.bytes(bytes));
        }
        if becomes_text {
            // What the type was has no place in what it becomes.
            return Put::Value(self.bytes(vec![0]));
        }
        let default = around.member.as_ref().filter(|_| around.is_whole);
        if let Some(default) = default.and_then(|(_, default)| default.as_ref())
            && encode_default(&self.types[of as usize].form, default, &mut bytes).is_some()
        {
            return Put::Value(self.bytes(bytes));
        }
        match self.types[of as usize].form {
            Form::Text | Form::Counted => Put::Value(self.bytes(vec![0])),
            _ => Put::Stuck,
        }
    }

    fn bytes(&mut self, bytes: Vec<u8>) -> u16 {
        let bytes = bytes.into_boxed_slice();
        let known = self.puts.iter().position(|known| *known == bytes);
        let at = known.unwrap_or_else(|| {
            self.puts.push(bytes);
            self.puts.len() - 1
        });
        at as u16
    }
}

/// The default of a field without parts, which is no union, as its record has it (Avro 1.12, "Complex Types").
fn encode_default(form: &Form, default: &Value, out: &mut Vec<u8>) -> Option<()> {
    match form {
        Form::Boolean => out.push(u8::from(default.as_bool()?)),
        Form::Whole(integer) => integer.encode(&default.as_i64()?.to_string(), out).ok()?,
        Form::Bytes(4) if default.is_number() => {
            out.extend_from_slice(&(default.as_f64()? as f32).to_le_bytes());
        }
        Form::Bytes(8) if default.is_number() => {
            out.extend_from_slice(&default.as_f64()?.to_le_bytes());
        }
        Form::Text => {
            let text = default.as_str()?;
            put_varint(zigzag(text.len() as i64), out);
            out.extend_from_slice(text.as_bytes());
        }
        _ => return None,
    }
    Some(())
}

/// Where a field of a record leads: by its name, by one that it had before, or as one of any names.
fn lead(member: &Member, node: &Node) -> Option<u32> {
    let mut names = [&member.name].into_iter().chain(&member.aliases);
    names.find_map(|name| node.named(name.as_bytes())).or(node.any_name)
}

/// What becomes of a type.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Becomes {
    /// Itself.
    Same,
    /// Text.
    Text,
    /// What it is without its logical type.
    Plain,
}

/// What changes in the documents.
#[derive(Default)]
struct Changes {
    /// Fields, and whether they go.
    cuts: BTreeMap<At, bool>,
    /// Fields and their tags: of a type that stands in two places, those of both.
    tags: BTreeMap<At, BTreeSet<String>>,
    /// Types, and the field that each is in.
    types: BTreeMap<At, (Becomes, Option<At>)>,
}

impl Changes {
    /// The text of the schema that clean records have, and whether it refers to others. Where something changes in a
    /// schema that it refers to, that is written into it.
    fn write(self, mut documents: Vec<Value>, text: &str) -> (String, bool) {
        let last = documents.len() - 1;
        let (mut is_changed, mut is_inlined) = (false, false);
        let mut object = |at: &At, change: &dyn Fn(&mut Map<String, Value>)| {
            is_changed = true;
            is_inlined |= at.0 != last;
            documents[at.0].pointer_mut(&at.1).and_then(Value::as_object_mut).map(change);
        };
        for (at, tags) in &self.tags {
            object(at, &|field| {
                let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
                field.insert("confluent:tags".into(), Value::from(tags));
            });
        }
        let of_type =
            |wanted| self.types.iter().filter(move |(_, (becomes, _))| *becomes == wanted);
        for (at, _) in of_type(Becomes::Plain) {
            object(at, &|of| {
                of.remove("logicalType");
            });
        }
        // What stands there if nobody says is of the old type: of the field, and of those that it is in.
        let cut = self.cuts.iter().filter(|(_, goes)| **goes).map(|(at, _)| at);
        for (document, pointer) in of_type(Becomes::Text).map(|(at, _)| at).chain(cut.clone()) {
            for (end, _) in pointer.match_indices('/').chain([(pointer.len(), "")]) {
                let field = documents[*document].pointer_mut(&pointer[..end]);
                let field = field.and_then(Value::as_object_mut);
                let Some(field) = field.filter(|field| field.contains_key("default")) else {
                    continue;
                };
                let default = &field["default"];
                let is_own = end == pointer.len();
                if !default.is_null() && (default.is_object() || default.is_array() || !is_own) {
                    field.remove("default");
                }
            }
        }
        for (at, _) in of_type(Becomes::Text) {
            is_changed = true;
            is_inlined |= at.0 != last;
            if let Some(of) = documents[at.0].pointer_mut(&at.1) {
                *of = Value::String("string".into());
            }
        }
        let cuts = cut.filter_map(|(document, at)| {
            let (fields, number) = at.rsplit_once('/')?;
            Some((*document, fields, number.parse::<usize>().ok()?))
        });
        let mut cuts: Vec<_> = cuts.collect();
        cuts.sort_unstable();
        // Types that are defined in a field that goes, and may be named elsewhere.
        let mut known = HashMap::new();
        // The last first: a field that goes moves those behind it.
        for (document, fields, number) in cuts.into_iter().rev() {
            is_changed = true;
            is_inlined |= document != last;
            let namespace = namespace_at(&documents[document], fields);
            let fields = documents[document].pointer_mut(fields).and_then(Value::as_array_mut);
            if let Some(fields) = fields.filter(|fields| number < fields.len()) {
                gather(&fields.remove(number), &namespace, &mut known);
            }
        }
        if !is_changed {
            return (text.to_string(), true);
        }
        let mut main = documents.pop().unwrap_or_default();
        if is_inlined {
            documents.iter().for_each(|document| gather(document, "", &mut known));
        }
        if !known.is_empty() {
            let mut kept = HashMap::new();
            gather(&main, "", &mut kept);
            known.retain(|name, _| !kept.contains_key(name));
            define(&mut main, "", &known, &mut HashSet::new());
        }
        (main.to_string(), !is_inlined)
    }
}

/// The namespace at a place of a document.
fn namespace_at(document: &Value, pointer: &str) -> String {
    let mut namespace = String::new();
    for (end, _) in pointer.match_indices('/').chain([(pointer.len(), "")]) {
        let object = document.pointer(&pointer[..end]).and_then(Value::as_object);
        if let Some((_, inner)) = object.filter(|o| is_named(o)).and_then(|o| named(o, &namespace))
        {
            namespace = inner;
        }
    }
    namespace
}

/// A named type, not a field of one.
fn is_named(object: &Map<String, Value>) -> bool {
    let of = object.get("type").and_then(Value::as_str);
    matches!(of, Some("record" | "error" | "enum" | "fixed"))
}

/// The parts of a schema that are schemas.
fn parts(object: &mut Map<String, Value>) -> Vec<&mut Value> {
    let is_record = object.contains_key("fields");
    let mut parts = Vec::new();
    for (name, value) in object.iter_mut() {
        match (name.as_str(), value) {
            ("fields", Value::Array(fields)) => {
                parts.extend(fields.iter_mut().filter_map(|field| field.get_mut("type")));
            }
            ("type" | "items" | "values", value) if !is_record => parts.push(value),
            _ => {}
        }
    }
    parts
}

/// The named types of a schema, with their full names.
fn gather(schema: &Value, namespace: &str, known: &mut HashMap<String, Value>) {
    match schema {
        Value::Array(branches) => branches.iter().for_each(|one| gather(one, namespace, known)),
        Value::Object(object) => {
            let mut inner = namespace.to_string();
            if let Some((full, space)) =
                Some(object).filter(|object| is_named(object)).and_then(|o| named(o, namespace))
            {
                let mut own = object.clone();
                let last = full.rsplit_once('.').map_or(&*full, |(_, last)| last);
                own.insert("name".into(), last.into());
                own.insert("namespace".into(), space.clone().into());
                known.insert(full, Value::Object(own));
                inner = space;
            }
            // A field of a record, as what goes is, is read as its type is.
            let mut object = object.clone();
            parts(&mut object).into_iter().for_each(|part| gather(part, &inner, known));
        }
        _ => {}
    }
}

/// Writes a type in the place of its name where that comes first, and its name where it comes again.
fn define(
    schema: &mut Value,
    namespace: &str,
    known: &HashMap<String, Value>,
    defined: &mut HashSet<String>,
) {
    match schema {
        Value::String(name) => {
            let full = full_name(name, namespace);
            let full = if known.contains_key(&full) { full } else { name.clone() };
            let Some(of) = known.get(&full) else { return };
            *schema = if defined.contains(&full) { Value::String(full) } else { of.clone() };
            if schema.is_object() {
                define(schema, namespace, known, defined);
            }
        }
        Value::Array(branches) => {
            branches.iter_mut().for_each(|one| define(one, namespace, known, defined));
        }
        Value::Object(object) => {
            let mut inner = namespace.to_string();
            if let Some((full, space)) =
                Some(&*object).filter(|object| is_named(object)).and_then(|o| named(o, namespace))
            {
                if !defined.insert(full.clone()) {
                    *schema = Value::String(full);
                    return;
                }
                inner = space;
            }
            for part in parts(object) {
                define(part, &inner, known, defined);
            }
        }
        _ => {}
    }
}

/// Finds the listed values of one record.
pub(super) fn walk(program: &Program, bytes: &[u8], found: &mut Found) -> Result<(), Code> {
    if bytes.len() > RECORD_BYTES_MAX {
        return Err(Code::TooLong);
    }
    let mut walk = Walk { program, bytes, at: 0, budget: Budget::of(bytes.len()), found };
    let first = program.places.len() as u32 - 1;
    walk.place(first, None, 0, 0)?;
    if walk.at == bytes.len() { Ok(()) } else { Err(Code::TrailingBytes) }
}

struct Walk<'a> {
    program: &'a Program,
    bytes: &'a [u8],
    at: usize,
    budget: Budget,
    found: &'a mut Found,
}

impl Walk<'_> {
    fn number(&mut self) -> Result<i64, Code> {
        varint(self.bytes, &mut self.at).map(unzigzag).ok_or(Code::NotAvro)
    }

    fn skip(&mut self, bytes: usize) -> Result<(), Code> {
        let left = self.bytes.len() - self.at;
        if bytes > left {
            return Err(Code::NotAvro);
        }
        self.at += bytes;
        Ok(())
    }

    /// A length, and that many bytes.
    fn counted(&mut self) -> Result<(), Code> {
        let length = usize::try_from(self.number()?).map_err(|_| Code::NotAvro)?;
        self.skip(length)
    }

    /// A text; gives where its length stands, and where it does.
    fn text(&mut self) -> Result<(Span, Span), Code> {
        let start = self.at;
        let length = usize::try_from(self.number()?).map_err(|_| Code::NotAvro)?;
        let from = self.at;
        self.skip(length)?;
        std::str::from_utf8(&self.bytes[from..self.at]).map_err(|_| Code::NotUtf8)?;
        Ok((Span::new(start, from), Span::new(from, self.at)))
    }

    fn branch(&mut self, branches: usize) -> Result<usize, Code> {
        let branch = usize::try_from(self.number()?).map_err(|_| Code::NotAvro)?;
        if branch < branches { Ok(branch) } else { Err(Code::NotAvro) }
    }

    /// The items of an array or a map, block by block.
    fn blocks(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), Code>) -> Result<(), Code> {
        loop {
            let count = self.number()?;
            if count == 0 {
                return Ok(());
            }
            let mut ends = None;
            if count < 0 {
                let start = self.at;
                let size = usize::try_from(self.number()?).map_err(|_| Code::NotAvro)?;
                let at = Span::new(start, self.at);
                let end = self.at.checked_add(size).filter(|end| *end <= self.bytes.len());
                let end = end.ok_or(Code::NotAvro)?;
                self.found.frames.push(Frame { at, end: end as u32, zigzag: true });
                ends = Some(end);
            }
            for _ in 0..count.unsigned_abs() {
                item(self)?;
            }
            if ends.is_some_and(|end| end != self.at) {
                return Err(Code::NotAvro);
            }
        }
    }

    fn place(
        &mut self,
        number: u32,
        union: Option<u32>,
        object: u32,
        depth: usize,
    ) -> Result<(), Code> {
        self.budget.spend(depth)?;
        let start = self.at;
        match &self.program.places[number as usize] {
            Place::Null => Ok(()),
            Place::Cut(of) => {
                self.pass(*of, depth)?;
                if self.at > start {
                    self.found.deletions.push(Cut::of(Span::new(start, self.at)));
                }
                Ok(())
            }
            Place::Union(places) => {
                let branch = self.branch(places.len())?;
                self.place(places[branch], union.or(Some(start as u32)), object, depth + 1)
            }
            Place::Part(place) => {
                let around = self.found.enter(start);
                self.place(*place, union, object, depth)?;
                self.found.leave(self.at, around);
                Ok(())
            }
            Place::Record(places) => places
                .iter()
                .try_for_each(|place| self.place(*place, None, start as u32, depth + 1)),
            Place::Array(items) => self.blocks(|own| own.place(*items, None, object, depth + 1)),
            Place::Map { named, any, names } => self.blocks(|own| {
                let (at, span) = own.text()?;
                let name = &own.bytes[span.range()];
                let known = named.iter().find(|(known, _)| known.as_bytes() == name);
                let place = known.map(|(_, place)| *place).or(*any).ok_or(Code::Unlisted)?;
                if let (Some(field), None) = (names, known) {
                    own.found.frames.push(Frame { at, end: span.end, zigzag: true });
                    let kind = Kind::Name { escaped: false };
                    let (field, exit) = (*field, Exit::Stuck);
                    own.found.leaves.push(Leaf { field, span, kind, object: start as u32, exit });
                }
                own.place(place, None, object, depth + 1)
            }),
            Place::Value { of, field, put } => {
                let kind = self.value(*of)?;
                let exit = match *put {
                    Put::Union(put) => Exit::Put(union.unwrap_or(start as u32), put),
                    Put::Value(put) => Exit::Put(start as u32, put),
                    Put::Stuck => Exit::Stuck,
                };
                let (span, kind) = kind;
                self.found.leaves.push(Leaf { field: *field, span, kind, object, exit });
                Ok(())
            }
        }
    }

    /// A value without parts: where it stands, and what it is.
    fn value(&mut self, of: u32) -> Result<(Span, Kind), Code> {
        let start = self.at;
        let kind = match &self.program.types[of as usize].form {
            Form::Text => {
                let (at, span) = self.text()?;
                self.found.frames.push(Frame { at, end: span.end, zigzag: true });
                return Ok((span, Kind::Text { escaped: false }));
            }
            Form::Whole(integer) => {
                let number = self.number()?;
                if integer.bits == 32 && i32::try_from(number).is_err() {
                    return Err(Code::NotAvro);
                }
                Kind::Integer(*integer)
            }
            _ => {
                self.pass(of, 0)?;
                Kind::Opaque
            }
        };
        Ok((Span::new(start, self.at), kind))
    }

    /// Goes past a value of a type.
    fn pass(&mut self, of: u32, depth: usize) -> Result<(), Code> {
        self.budget.spend(depth)?;
        match &self.program.types[of as usize].form {
            Form::Null => Ok(()),
            Form::Boolean => {
                self.skip(1)?;
                if self.bytes[self.at - 1] <= 1 { Ok(()) } else { Err(Code::NotAvro) }
            }
            Form::Whole(_) => self.number().map(|_| ()),
            Form::Bytes(bytes) => self.skip(*bytes),
            Form::Counted => self.counted(),
            Form::Text => self.text().map(|_| ()),
            Form::Enum(symbols) => {
                let symbol = u64::try_from(self.number()?).map_err(|_| Code::NotAvro)?;
                if symbol < *symbols { Ok(()) } else { Err(Code::NotAvro) }
            }
            Form::Record(members) => {
                members.iter().try_for_each(|member| self.pass(member.of, depth + 1))
            }
            Form::Array(items) => self.blocks(|own| own.pass(*items, depth + 1)),
            Form::Map(values) => self.blocks(|own| {
                own.text()?;
                own.pass(*values, depth + 1)
            }),
            Form::Union(branches) => {
                let branch = self.branch(branches.len())?;
                self.pass(branches[branch], depth + 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Language, Layout};

    /// What rules leave of the fields, by the number of their path.
    fn fate(remains: Remains) -> Fate {
        Fate {
            remains,
            is_date: false,
            is_counted: false,
            width: 8,
            retype: true,
            is_looked_at: false,
            kernel: (remains != Remains::Value).then_some("x"),
        }
    }

    fn document(text: &str, references: &[&str]) -> Document {
        let references = references.iter().map(|text| ("r".to_string(), text.to_string()));
        let (tags, message) = (Vec::new(), Vec::new());
        let references = references.collect();
        Document { language: Language::Avro, text: text.into(), references, tags, message }
    }

    fn bound(
        paths: &[(&str, Fate)],
        document: &Document,
        unlisted: OnUnlisted,
    ) -> Result<Bound, Vec<(String, Code)>> {
        let names: Vec<&str> = paths.iter().map(|(path, _)| *path).collect();
        let Layout::Avro(trie) =
            Layout::compile(crate::format::Format::Avro, &names, &[]).expect("paths")
        else {
            panic!("no paths of Avro")
        };
        let decide = |field: u16| paths[usize::from(field)].1;
        let bound = bind(&trie, document, unlisted, &decide);
        bound.map_err(|gaps| gaps.into_iter().map(|gap| (gap.path, gap.code)).collect())
    }

    fn json(text: &str) -> Value {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn a_type_that_is_defined_in_a_field_that_goes_is_defined_where_it_comes_next() {
        let text = r#"{"type":"record","name":"R","namespace":"n","fields":[
            {"name":"home","type":{"type":"record","name":"A","fields":[{"name":"id","type":"string"}]}},
            {"name":"work","type":["null","A"]},{"name":"other","type":"n.A"}]}"#;
        let paths = [("$.work.id", fate(Remains::Same)), ("$.other.id", fate(Remains::Same))];
        let bound = bound(&paths, &document(text, &[]), OnUnlisted::Delete).expect("covered");
        let fields = &json(&bound.text)["fields"];
        assert_eq!(fields[0]["type"][1]["fields"][0]["confluent:tags"], json(r#"["WEIR_X"]"#));
        assert_eq!(
            (&fields[0]["type"][1]["namespace"], &fields[1]["type"]),
            (&json("\"n\""), &json("\"n.A\""))
        );
        assert!(bound.refers);
    }

    #[test]
    fn what_changes_in_a_schema_that_is_referred_to_is_written_into_the_one_that_refers() {
        let of = r#"{"type":"record","name":"P","namespace":"n","fields":[
            {"name":"in","type":{"type":"record","name":"Q","fields":[{"name":"id","type":"long"}]}}]}"#;
        let text = r#"{"type":"record","name":"R","fields":[
            {"name":"q","type":"n.Q"},{"name":"p","type":"n.P"}]}"#;
        let paths = [("$.q.id", fate(Remains::Text)), ("$.p.in.id", fate(Remains::Text))];
        let bound = bound(&paths, &document(text, &[of]), OnUnlisted::Refuse).expect("covered");
        let fields = &json(&bound.text)["fields"];
        assert!(!bound.refers);
        assert_eq!(fields[0]["type"]["fields"][0]["type"], "string");
        assert_eq!(fields[1]["type"]["fields"][0]["type"], "n.Q");
    }

    #[test]
    fn a_default_of_the_old_type_stands_nowhere() {
        let text = r#"{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"record","name":"A","fields":[
            {"name":"acc","type":"long","default":3}]},"default":{"acc":0}},{"name":"b","type":"string"}]}"#;
        let paths = [("$.a.acc", fate(Remains::Text)), ("$.b", fate(Remains::Value))];
        let bound = bound(&paths, &document(text, &[]), OnUnlisted::Refuse).expect("covered");
        assert!(!bound.text.contains("default"), "{}", bound.text);
        // What could not be made a token goes, and is the empty text of the new type.
        let Some(crate::format::Program::Avro(program)) = bound.program else {
            panic!("a program")
        };
        assert_eq!(program.put(0), [0]);
    }

    #[test]
    fn what_is_no_more_a_uuid_or_a_decimal_does_not_say_so() {
        let text = r#"{"type":"record","name":"R","fields":[
            {"name":"u","type":{"type":"string","logicalType":"uuid"}},
            {"name":"n","type":["null",{"type":"string","logicalType":"uuid"}]},
            {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":4}}]}"#;
        let paths = ["$.u", "$.n", "$.d"].map(|path| (path, fate(Remains::Nothing)));
        let bound = bound(&paths, &document(text, &[]), OnUnlisted::Refuse).expect("covered");
        let fields = &json(&bound.text)["fields"];
        assert!(
            fields[0]["type"]["logicalType"].is_null()
                && fields[2]["type"]["logicalType"].is_null()
        );
        // All of them are null, and null says nothing.
        assert_eq!(fields[1]["type"][1]["logicalType"], "uuid");
    }

    #[test]
    fn places_without_room_for_what_a_rule_puts_there_are_named() {
        let text = r#"{"type":"record","name":"R","fields":[
            {"name":"status","type":"string"},
            {"name":"patient","type":"string","aliases":["status"]},
            {"name":"ref","type":"bytes"},
            {"name":"time","type":{"type":"int","logicalType":"time-millis"}},
            {"name":"none","type":{"type":"array","items":{"type":"fixed","name":"F","size":0}}},
            {"name":"day","type":"long"},{"name":"second","type":"long"},
            {"name":"list","type":{"type":"array","items":"string"}}]}"#;
        let looked_at = Fate { is_looked_at: true, ..fate(Remains::Value) };
        let paths = [
            ("$.status", fate(Remains::Value)),
            ("$.ref", looked_at),
            ("$.time", fate(Remains::Same)),
            ("$.none[*]", fate(Remains::Value)),
            ("$.day", Fate { is_date: true, ..fate(Remains::Same) }),
            ("$.second", Fate { is_date: true, is_counted: true, ..fate(Remains::Same) }),
            ("$.list[*]", fate(Remains::Value)),
            ("$.list[0]", fate(Remains::Nothing)),
        ];
        let gaps = bound(&paths, &document(text, &[]), OnUnlisted::Refuse).expect_err("gaps");
        let want = [
            ("$.patient", Code::PathConflict),
            ("$.ref", Code::WrongType),
            ("$.time", Code::WrongType),
            ("$.none[*]", Code::WrongStructure),
            ("$.day", Code::WrongType),
            ("$.list", Code::WrongStructure),
        ];
        assert_eq!(gaps, want.map(|(path, code)| (path.to_string(), code)));
    }

    #[test]
    fn a_hostile_schema_is_given_up() {
        // Two fields of its own type: values without end.
        let text = r#"{"type":"record","name":"R","fields":[
            {"name":"a","type":["null","R"]},{"name":"b","type":["null","R"]},{"name":"c","type":"string"}]}"#;
        assert_eq!(tagged(&document(text, &[])), Err(Code::SchemaUnreadable));
        let tags = r#"{"type":"record","name":"R","confluent:tags":["A"],"fields":[{"name":"a","type":
            {"type":"record","name":"S","confluent:tags":["B"],"fields":[{"name":"b","type":"string","confluent:tags":["C"]}]}}]}"#;
        let of = Tagged { path: "$.a.b".into(), tags: ["A", "B", "C"].map(String::from).to_vec() };
        assert_eq!(tagged(&document(tags, &[])), Ok(vec![of]));
    }
}
