//! Protocol Buffers, binary: a record names its fields by numbers alone, its writer schema says what they are. The schema
//! is bound to the paths of a plan once; then a record is walked through without being decoded, and keeps every byte that
//! no rule touches. Fields that the schema does not have could hold anything: they go, or the record is refused.

use super::binary::{Budget, Frame, Integer, Wire, varint};
use super::path::{Node, Trie, step};
use super::writer::{
    Bound, Document, Fate, Gap, Inventory, Remains, Room, TAGGED_MAX, Tagged, Trail, outermost,
    tag, tags_beside,
};
use super::{Cut, Exit, Found, Kind, Leaf, OnUnlisted};
use crate::limits::RECORD_BYTES_MAX;
use crate::phi::{Code, Epoch, Extent, Span};
use data_encoding::BASE64;
use prost_reflect::prost::Message as _;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::{
    DynamicMessage, FieldDescriptor, FileDescriptor, Kind as Type, MessageDescriptor,
    ReflectMessage as _, Value,
};
use protox::Compiler;
use protox::file::{ChainFileResolver, File, FileResolver, GoogleFileResolver};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What the writer's own file is called: a name that no import has.
const ROOT: &str = "the writer's schema";

/// Files that Confluent's clients know without being told.
const KNOWN: &[(&str, &str)] = &[
    (
        "confluent/meta.proto",
        "syntax = 'proto3';
        package confluent;
        import 'google/protobuf/descriptor.proto';
        message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; }
        extend google.protobuf.FileOptions { Meta file_meta = 1088; }
        extend google.protobuf.MessageOptions { Meta message_meta = 1088; }
        extend google.protobuf.FieldOptions { Meta field_meta = 1088; }
        extend google.protobuf.EnumOptions { Meta enum_meta = 1088; }
        extend google.protobuf.EnumValueOptions { Meta enum_value_meta = 1088; }",
    ),
    (
        "confluent/type/decimal.proto",
        "syntax = 'proto3';
        package confluent.type;
        message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }",
    ),
];

/// The option that holds the tags of a field.
const META: &str = "confluent.field_meta";
/// The option that holds the tags of a message.
const MESSAGE_META: &str = "confluent.message_meta";
/// A message of any type, which it names itself.
const ANY: &str = "google.protobuf.Any";
const TIMESTAMP: &str = "google.protobuf.Timestamp";

/// Wire types (Protocol Buffers, "Encoding"); those of groups, 3 and 4, are read nowhere.
const VARINT: u8 = 0;
const EIGHT: u8 = 1;
const COUNTED: u8 = 2;
const FOUR: u8 = 5;

struct Files(HashMap<String, File>);

impl FileResolver for Files {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        self.0.get(name).cloned().ok_or_else(|| protox::Error::file_not_found(name))
    }
}

/// A file of a registry: text, or a descriptor in Base64, which some clients register.
fn file(name: &str, text: &str) -> Option<File> {
    let Ok(bytes) = BASE64.decode(text.trim().as_bytes()) else {
        return File::from_source(name, text).ok();
    };
    let mut descriptor = FileDescriptorProto::decode(&*bytes).ok()?;
    descriptor.name = Some(name.to_string());
    Some(File::from_file_descriptor_proto(descriptor))
}

/// The writer's file, compiled with all that it refers to.
fn compile(document: &Document) -> Option<FileDescriptor> {
    let given = document.references.iter().map(|(name, text)| (&**name, &**text));
    let mut files = HashMap::new();
    for (name, text) in KNOWN.iter().copied().chain(given).chain([(ROOT, &*document.text)]) {
        files.insert(name.to_string(), file(name, text)?);
    }
    let mut resolver = ChainFileResolver::new();
    resolver.add(Files(files));
    resolver.add(GoogleFileResolver::new());
    let mut compiler = Compiler::with_file_resolver(resolver);
    compiler.open_file(ROOT).ok()?;
    compiler.descriptor_pool().get_file_by_name(ROOT)
}

/// The message of a file that an index path leads to.
fn message_at(file: &FileDescriptor, places: &[u32]) -> Option<MessageDescriptor> {
    let (first, inner) = places.split_first().unwrap_or((&0, &[]));
    let mut message = file.messages().nth(*first as usize)?;
    for place in inner {
        message = nested(&message, *place as usize)?;
    }
    Some(message)
}

/// A message in a message. Where it has maps, clients differ in whether their entries count as messages: where that
/// makes a difference, nobody knows what the record is.
fn nested(of: &MessageDescriptor, place: usize) -> Option<MessageDescriptor> {
    let is_own = |message: &MessageDescriptor| !message.is_map_entry();
    let counted = of.child_messages().nth(place).filter(is_own);
    let skipped = of.child_messages().filter(is_own).nth(place);
    match (counted, skipped) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

/// How a value is written.
#[derive(Debug)]
enum Form {
    Whole(Integer),
    Bool,
    /// With the numbers that it has, in order.
    Enum(Box<[i32]>),
    /// float and double.
    Fraction(u8),
    Text,
    /// bytes, a message, an entry of a map.
    Counted,
}

impl Form {
    fn wire(&self) -> u8 {
        match self {
            Form::Whole(Integer { wire: Wire::Fixed, bits, .. }) | Form::Fraction(bits) => {
                if *bits == 32 { FOUR } else { EIGHT }
            }
            Form::Whole(_) | Form::Bool | Form::Enum(_) => VARINT,
            Form::Text | Form::Counted => COUNTED,
        }
    }

    fn of(kind: &Type) -> Form {
        let whole = |wire, bits, signed| Form::Whole(Integer { wire, bits, signed, epoch: None });
        match kind {
            Type::Int32 => whole(Wire::Varint, 32, true),
            Type::Int64 => whole(Wire::Varint, 64, true),
            Type::Uint32 => whole(Wire::Varint, 32, false),
            Type::Uint64 => whole(Wire::Varint, 64, false),
            Type::Sint32 => whole(Wire::Zigzag, 32, true),
            Type::Sint64 => whole(Wire::Zigzag, 64, true),
            Type::Fixed32 => whole(Wire::Fixed, 32, false),
            Type::Fixed64 => whole(Wire::Fixed, 64, false),
            Type::Sfixed32 => whole(Wire::Fixed, 32, true),
            Type::Sfixed64 => whole(Wire::Fixed, 64, true),
            Type::Bool => Form::Bool,
            Type::Enum(of) => {
                let mut numbers: Vec<i32> = of.values().map(|value| value.number()).collect();
                numbers.sort_unstable();
                Form::Enum(numbers.into())
            }
            Type::Float => Form::Fraction(32),
            Type::Double => Form::Fraction(64),
            Type::String => Form::Text,
            Type::Bytes | Type::Message(_) => Form::Counted,
        }
    }
}

/// A field of a message that a path names, and what is to be done there.
#[derive(Debug)]
struct Field {
    number: u32,
    form: Form,
    /// It may come in a row, behind one length.
    is_list: bool,
    /// A message without it is none.
    is_required: bool,
    then: Then,
}

#[derive(Debug)]
enum Then {
    /// It stays: the key of a map that a path names.
    Stays,
    /// A key of a map.
    Name(u16),
    /// A value without parts.
    Value(u16),
    /// Whatever it is, it goes as a whole.
    Whole(u16),
    /// A message, by its number.
    Message(u32),
    /// One that is about somebody of its own.
    Part(u32),
    /// An entry of a map, by the number of that.
    Entry(u32),
}

/// A map. Its entries are messages, of which the key decides.
#[derive(Debug)]
struct Map {
    named: Vec<(Box<str>, u32)>,
    any: Option<u32>,
}

/// What the walk over records of one message follows.
#[derive(Debug)]
pub struct Program {
    /// Fields by number; those of the record are the last.
    messages: Vec<Vec<Field>>,
    maps: Vec<Map>,
    /// What no path names goes; else it refuses the record.
    deletes: bool,
}

impl Program {
    /// Nothing: the field goes with its tag, and who reads the record takes its default.
    pub(super) fn put(&self, _number: u16) -> &[u8] {
        &[]
    }
}

struct Binder<'a> {
    trie: &'a Trie,
    unlisted: OnUnlisted,
    decide: &'a dyn Fn(u16) -> Fate,
    messages: Vec<Vec<Field>>,
    maps: Vec<Map>,
    /// Fields of the writer's own file, by their places in its descriptor, and their tags.
    tags: BTreeMap<Vec<i32>, String>,
    /// The innermost of those fields.
    own: Vec<i32>,
    trail: Trail,
}

/// Every value of a message, with the tags of it and of what it is in.
pub(super) fn tagged(document: &Document) -> Result<Vec<Tagged>, Code> {
    let file = compile(document).ok_or(Code::SchemaUnreadable)?;
    let message = message_at(&file, &document.message).ok_or(Code::SchemaUnreadable)?;
    let mut out = Inventory::default();
    tag_below(document, &message, &outermost(), 0, &mut out)?;
    Ok(out.values)
}

fn tag_below(
    document: &Document,
    of: &MessageDescriptor,
    so_far: &Tagged,
    depth: usize,
    out: &mut Inventory,
) -> Result<(), Code> {
    let mut so_far = so_far.clone();
    so_far.tags.extend(tags_of(&of.options(), MESSAGE_META));
    for field in of.fields() {
        out.step(depth)?;
        let mut own = so_far.clone();
        own.path.push_str(&step(field.name()));
        own.tags.extend(tags_of(&field.options(), META));
        own.tags.extend(tags_beside(document, field.full_name(), &own.path));
        if (of.full_name(), field.number()) == (TIMESTAMP, 2) {
            // What there is of a second dates nothing.
            own.tags.clear();
        }
        let mut kind = field.kind();
        if field.is_map()
            && let Type::Message(entry) = &kind
            && let Some(value) = entry.get_field(2)
        {
            // The names in a map are of whom its values are.
            out.add(Tagged { path: format!("{}.*~", own.path), tags: own.tags.clone() });
            own.path.push_str(".*");
            kind = value.kind();
        } else if field.is_list() {
            own.path.push_str("[*]");
        }
        match kind {
            Type::Message(message) if message.full_name() != ANY => {
                tag_below(document, &message, &own, depth + 1, out)?;
            }
            _ => out.add(own),
        }
    }
    Ok(())
}

/// The tags in the options of a field or of a message.
fn tags_of(options: &DynamicMessage, name: &str) -> Vec<String> {
    let pool = options.descriptor().parent_pool().clone();
    let meta =
        pool.get_extension_by_name(name).map(|meta| options.get_extension(&meta).into_owned());
    let Some(Value::Message(meta)) = meta else { return Vec::new() };
    let Some(Value::List(tags)) = meta.get_field_by_name("tags").map(Cow::into_owned) else {
        return Vec::new();
    };
    tags.iter().filter_map(|tag| tag.as_str().map(str::to_string)).collect()
}

/// Binds a message of a writer schema to the paths of a plan.
pub(super) fn bind(
    trie: &Trie,
    document: &Document,
    unlisted: OnUnlisted,
    decide: &dyn Fn(u16) -> Fate,
) -> Result<Bound, Vec<Gap>> {
    let none = || Gap::of_all(Code::SchemaUnreadable);
    let file = compile(document).ok_or_else(none)?;
    let message = message_at(&file, &document.message).ok_or_else(none)?;
    let mut binder = Binder {
        trie,
        unlisted,
        decide,
        messages: Vec::new(),
        maps: Vec::new(),
        tags: BTreeMap::new(),
        own: Vec::new(),
        trail: Trail::new(),
    };
    // What a message consists of stands in front of it: the walk begins with the last.
    binder.message(&message, &trie.nodes[0]);
    let Binder { messages, maps, tags, trail, .. } = binder;
    trail.end()?;
    let text = retagged(&document.text, file.file_descriptor_proto(), &tags);
    let program = Program { messages, maps, deletes: unlisted == OnUnlisted::Delete };
    Ok(Bound { program: Some(super::Program::Protobuf(program)), text, refers: true })
}

impl Binder<'_> {
    fn gap(&mut self, code: Code) {
        self.trail.gap(code);
    }

    /// The same with a part more of the path.
    fn below<T>(&mut self, part: &str, then: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.trail.enter(part);
        let out = then(self);
        self.trail.leave(length);
        out
    }

    /// What the schema has in another form than the paths say.
    fn misplaced(&mut self) -> Option<Then> {
        self.gap(Code::WrongStructure);
        None
    }

    fn message(&mut self, of: &MessageDescriptor, node: &Node) -> Option<Then> {
        if self.messages.len() > TAGGED_MAX {
            // A hostile schema; whatever is behind it is of no use.
            self.gap(Code::TooWide);
            return None;
        }
        if of.full_name() == ANY || node.leaf.is_some() && node.names.is_empty() {
            return self.misplaced();
        }
        let mut fields = Vec::new();
        // They come by their numbers.
        for member in of.fields() {
            let before = self.own.clone();
            if of.parent_file().name() == ROOT {
                self.own = member.path().to_vec();
            }
            let field = self.below(&step(member.name()), |own| own.member(&member, node));
            fields.extend(field);
            self.own = before;
        }
        self.messages.push(fields);
        let number = self.messages.len() as u32 - 1;
        Some(if node.is_part { Then::Part(number) } else { Then::Message(number) })
    }

    /// A field of a message; `None` where no path names it, or the plan does not cover it.
    fn member(&mut self, of: &FieldDescriptor, node: &Node) -> Option<Field> {
        if of.is_group() {
            self.gap(Code::WrongStructure);
            return None;
        }
        let Some(child) = node.named(of.name().as_bytes()).or(node.any_name) else {
            match (self.unlisted, of.is_required()) {
                (OnUnlisted::Delete, false) => {}
                (OnUnlisted::Delete, true) => self.gap(Code::NothingToPut),
                _ => self.gap(Code::Unlisted),
            }
            return None;
        };
        let node = &self.trie.nodes[child as usize];
        let mut form = Form::of(&of.kind());
        if let (TIMESTAMP, 1, Form::Whole(seconds)) =
            (of.parent_message().full_name(), of.number(), &mut form)
        {
            seconds.epoch = Some(&Extent::Epoch(Epoch::Seconds));
        }
        let then = match self.whole(of, node, node.any_index.is_none()) {
            Some(whole) => Some(whole),
            None if of.is_list() => match node.any_index {
                // One rule for all: a list has no places of its own here.
                Some(child) if node.indices.is_empty() => {
                    let child = &self.trie.nodes[child as usize];
                    self.below("[*]", |own| own.value(of, &form, child))
                }
                _ => self.misplaced(),
            },
            None => self.value(of, &form, node),
        }?;
        let (is_list, is_required) = (of.is_list(), of.is_required());
        Some(Field { number: of.number(), form, is_list, is_required, then })
    }

    /// What has parts, and goes as a whole.
    fn whole(&mut self, of: &FieldDescriptor, node: &Node, is_end: bool) -> Option<Then> {
        let has_parts = of.is_list() || matches!(of.kind(), Type::Message(_));
        let leaf = node.leaf.filter(|_| has_parts && is_end && node.names.is_empty())?;
        if (self.decide)(leaf).remains != Remains::Nothing {
            return None;
        }
        if of.is_required() {
            self.gap(Code::NothingToPut);
        }
        self.tag(leaf);
        Some(Then::Whole(leaf))
    }

    /// One value of a field: an item, where that is a list.
    fn value(&mut self, of: &FieldDescriptor, form: &Form, node: &Node) -> Option<Then> {
        if let Type::Message(message) = of.kind() {
            return match self.whole(of, node, true) {
                Some(whole) => Some(whole),
                None if of.is_map() => self.map(&message, node),
                None => self.message(&message, node),
            };
        }
        let Some(leaf) = node.leaf else { return self.misplaced() };
        let fate = (self.decide)(leaf);
        let room = match form {
            Form::Text => Room::Text,
            Form::Whole(integer) => Room::Whole(integer, false),
            _ => Room::Opaque,
        };
        let gap = match fate.remains {
            Remains::Nothing if of.is_required() => Some(Code::NothingToPut),
            // The messages of clean records are the writer's: no field of them changes its type.
            _ => fate.misfit(&room, false),
        };
        gap.into_iter().for_each(|code| self.gap(code));
        self.tag(leaf);
        Some(Then::Value(leaf))
    }

    fn map(&mut self, entry: &MessageDescriptor, node: &Node) -> Option<Then> {
        let (Some(key), Some(value)) = (entry.get_field(1), entry.get_field(2)) else {
            return self.misplaced();
        };
        // The entries of a map stand one by one, so that it is no part of its own.
        if node.names.is_empty() && node.any_name.is_none() || node.is_part {
            return self.misplaced();
        }
        if !matches!(key.kind(), Type::String) {
            self.below(".*~", |own| own.gap(Code::WrongType));
        }
        node.names_leaf.into_iter().for_each(|leaf| self.tag(leaf));
        let mut of = |part: &str, child: u32, then: Then| {
            let child = &self.trie.nodes[child as usize];
            let form = Form::of(&value.kind());
            let values = self.below(part, |own| own.value(&value, &form, child));
            let field = |number, form, then| Field {
                number,
                form,
                is_list: false,
                is_required: false,
                then,
            };
            let mut fields = vec![field(1, Form::Text, then)];
            fields.extend(values.map(|then| field(2, form, then)));
            self.messages.push(fields);
            self.messages.len() as u32 - 1
        };
        let names = node.names.iter();
        let named = names.map(|(name, child)| (name.clone(), of(&step(name), *child, Then::Stays)));
        let named = named.collect();
        let keys = || node.names_leaf.map_or(Then::Stays, Then::Name);
        let any = node.any_name.map(|child| of(".*", child, keys()));
        self.maps.push(Map { named, any });
        Some(Then::Entry(self.maps.len() as u32 - 1))
    }

    /// Notes the tag of a field whose value does not stay.
    fn tag(&mut self, leaf: u16) {
        if let Some(kernel) = (self.decide)(leaf).kernel {
            self.tags.insert(self.own.clone(), tag(kernel));
        }
    }
}

/// The text of a schema, in which the tags that fields have are those of their rules. Fields without tags get none:
/// the option would have to be imported.
fn retagged(
    text: &str,
    descriptor: &FileDescriptorProto,
    tags: &BTreeMap<Vec<i32>, String>,
) -> String {
    let lines: Vec<usize> = [0]
        .into_iter()
        .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
        .collect();
    let offset = |line: i32, column: i32| {
        let line = lines.get(usize::try_from(line).ok()?)?;
        Some(line + usize::try_from(column).ok()?)
    };
    let mut changes: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let locations = descriptor.source_code_info.iter().flat_map(|info| &info.location);
    for location in locations {
        let Some(tag) = tags.get(&location.path) else { continue };
        let (from, to) = match location.span[..] {
            [line, from, to] => (offset(line, from), offset(line, to)),
            [first, from, last, to] => (offset(first, from), offset(last, to)),
            _ => continue,
        };
        let Some((from, to)) = from.zip(to) else { continue };
        for value in tag_values(text.get(from..to).unwrap_or_default()) {
            let is_list = text[from + value.start..].starts_with('[');
            let new = if is_list { format!("[\"{tag}\"]") } else { format!("\"{tag}\"") };
            changes.insert(from + value.start, (from + value.end, new));
        }
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (from, (to, new)) in changes {
        out.push_str(&text[at..from]);
        out.push_str(&new);
        at = to;
    }
    out + &text[at..]
}

/// The words, strings and marks of a statement, each with its offset; blanks and comments are none.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            '"' | '\'' => {
                let mut chars = rest.char_indices().skip(1);
                loop {
                    match chars.next() {
                        Some((_, '\\')) => drop(chars.next()),
                        Some((end, c)) if c == first => break end + 1,
                        Some(_) => {}
                        None => break rest.len(),
                    }
                }
            }
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let is_comment =
            rest.starts_with(['#']) || rest.starts_with("//") || rest.starts_with("/*");
        if !first.is_whitespace() && !is_comment {
            tokens.push((at, &rest[..length]));
        }
        at += length;
    }
    tokens
}

/// Where the values of tags stand in the statement of a field: strings, or lists of them.
fn tag_values(statement: &str) -> Vec<Range<usize>> {
    let tokens = tokens(statement);
    let token = |at: usize| tokens.get(at).map_or("", |(_, token)| *token);
    let end =
        |at: usize| tokens.get(at).map_or(statement.len(), |(from, token)| from + token.len());
    let joined = |range: Range<usize>| range.map(token).collect::<String>();
    let find = |from: usize, mark: &str| (from..tokens.len()).find(|at| token(*at) == mark);
    let value = |at: usize| -> Option<Range<usize>> {
        let from = tokens.get(at)?.0;
        if token(at) == "[" {
            return Some(from..end(find(at, "]")?));
        }
        // Strings that stand beside each other are one.
        let strings = (at..tokens.len()).take_while(|at| token(*at).starts_with(['"', '\'']));
        strings.last().map(|last| from..end(last))
    };
    let mut found = Vec::new();
    for open in (0..tokens.len()).filter(|at| token(*at) == "(") {
        let Some(close) = find(open, ")") else { break };
        let Some(equals) = find(close, "=") else { break };
        if joined(open + 1..close).trim_start_matches('.') != META {
            continue;
        }
        match &*joined(close + 1..equals) {
            ".tags" => found.extend(value(equals + 1)),
            "" => {
                let mut depth = 0;
                for at in equals + 1..tokens.len() {
                    match token(at) {
                        "tags" => {
                            let colon = usize::from(token(at + 1) == ":");
                            found.extend(value(at + 1 + colon));
                        }
                        "{" | "[" | "<" => depth += 1,
                        "}" | "]" | ">" => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Finds the listed values of one record.
pub(super) fn walk(program: &Program, bytes: &[u8], found: &mut Found) -> Result<(), Code> {
    if bytes.len() > RECORD_BYTES_MAX {
        return Err(Code::TooLong);
    }
    let mut walk = Walk { program, bytes, at: 0, budget: Budget::of(bytes.len()), found };
    let record = program.messages.len() as u32 - 1;
    walk.message(record, bytes.len(), 0, 0)
}

struct Walk<'a> {
    program: &'a Program,
    bytes: &'a [u8],
    at: usize,
    budget: Budget,
    found: &'a mut Found,
}

impl<'a> Walk<'a> {
    fn number(&mut self, end: usize) -> Result<u64, Code> {
        varint(&self.bytes[..end], &mut self.at).ok_or(Code::NotProtobuf)
    }

    fn skip(&mut self, bytes: usize, end: usize) -> Result<(), Code> {
        if bytes > end - self.at {
            return Err(Code::NotProtobuf);
        }
        self.at += bytes;
        Ok(())
    }

    /// The number of a field, and its wire type.
    fn tag(&mut self, end: usize) -> Result<(u32, u8), Code> {
        let tag = u32::try_from(self.number(end)?).map_err(|_| Code::NotProtobuf)?;
        if tag >> 3 == 0 { Err(Code::NotProtobuf) } else { Ok((tag >> 3, (tag & 7) as u8)) }
    }

    /// A length: where it stands, and where that ends which it is of.
    fn length(&mut self, end: usize) -> Result<(Span, usize), Code> {
        let start = self.at;
        let length = usize::try_from(self.number(end)?).map_err(|_| Code::NotProtobuf)?;
        let stop = self.at.checked_add(length).filter(|stop| *stop <= end);
        Ok((Span::new(start, self.at), stop.ok_or(Code::NotProtobuf)?))
    }

    /// A length of something that may change.
    fn frame(&mut self, end: usize) -> Result<usize, Code> {
        let (at, stop) = self.length(end)?;
        self.found.frames.push(Frame { at, end: stop as u32, zigzag: false });
        Ok(stop)
    }

    /// Goes past a value, whatever it is; gives where its content begins.
    fn pass(&mut self, wire: u8, end: usize) -> Result<usize, Code> {
        let mut start = self.at;
        match wire {
            VARINT => drop(self.number(end)?),
            EIGHT => self.skip(8, end)?,
            FOUR => self.skip(4, end)?,
            COUNTED => {
                let (_, stop) = self.length(end)?;
                (start, self.at) = (self.at, stop);
            }
            _ => return Err(Code::NotProtobuf),
        }
        Ok(start)
    }

    fn message(&mut self, number: u32, end: usize, object: u32, depth: usize) -> Result<(), Code> {
        let fields: &'a [Field] = &self.program.messages[number as usize];
        // Maps, and where the first entry of each stands.
        let mut maps: Vec<(u32, u32)> = Vec::new();
        while self.at < end {
            let start = self.at;
            let (number, wire) = self.tag(end)?;
            self.budget.spend(depth)?;
            let known = fields.binary_search_by_key(&number, |field| field.number);
            let Some(field) = known.ok().map(|at| &fields[at]) else {
                self.pass(wire, end)?;
                self.unlisted(start)?;
                continue;
            };
            match field.then {
                Then::Whole(leaf)
                    if wire == field.form.wire() || field.is_list && wire == COUNTED =>
                {
                    let from = self.pass(wire, end)?;
                    self.leaf(field, leaf, Span::new(from, self.at), Kind::Opaque, object, start);
                }
                // Values without parts may come in a row.
                Then::Value(_) if wire == COUNTED && field.is_list && field.form.wire() != wire => {
                    let stop = self.frame(end)?;
                    while self.at < stop {
                        self.budget.spend(depth)?;
                        self.value(field, object, self.at, stop)?;
                    }
                }
                _ if wire != field.form.wire() => return Err(Code::NotProtobuf),
                Then::Message(number) => {
                    let stop = self.frame(end)?;
                    self.message(number, stop, self.at as u32, depth + 1)?;
                }
                Then::Part(number) => {
                    let stop = self.frame(end)?;
                    let around = self.found.enter(self.at);
                    self.message(number, stop, self.at as u32, depth + 1)?;
                    self.found.leave(self.at, around);
                }
                Then::Entry(map) => {
                    let first = maps.iter().find(|(map, _)| *map == field.number);
                    let object = first.map_or(start as u32, |(_, first)| *first);
                    if first.is_none() {
                        maps.push((field.number, object));
                    }
                    self.entry(map, object, start, end, depth)?;
                }
                _ => self.value(field, object, start, end)?,
            }
        }
        Ok(())
    }

    /// An entry of a map. Its key may stand behind its value, so it is looked for first.
    fn entry(
        &mut self,
        map: u32,
        object: u32,
        start: usize,
        end: usize,
        depth: usize,
    ) -> Result<(), Code> {
        let Map { named, any } = &self.program.maps[map as usize];
        let at = self.at;
        let (_, stop) = self.length(end)?;
        let key = self.key(stop)?;
        let named = named.iter().find(|(name, _)| name.as_bytes() == key);
        let Some(message) = named.map(|(_, message)| *message).or(*any) else {
            self.at = stop;
            return self.unlisted(start);
        };
        self.at = at;
        let stop = self.frame(end)?;
        self.message(message, stop, object, depth + 1)
    }

    /// The key of an entry: nothing, where there is none. Of two, who reads the record takes the last; the first could
    /// be anything.
    fn key(&mut self, end: usize) -> Result<&'a [u8], Code> {
        let mut key = None;
        while self.at < end {
            let (number, wire) = self.tag(end)?;
            let start = self.pass(wire, end)?;
            if number == 1 && key.replace(&self.bytes[start..self.at]).is_some() {
                return Err(Code::DuplicateMember);
            }
        }
        Ok(key.unwrap_or_default())
    }

    /// What no path names: it goes, its tag included, or the record is refused.
    fn unlisted(&mut self, start: usize) -> Result<(), Code> {
        if !self.program.deletes {
            return Err(Code::Unlisted);
        }
        self.found.deletions.push(Cut::of(Span::new(start, self.at)));
        Ok(())
    }

    /// A value without parts; `start` is where it begins, its tag included where it has one of its own.
    fn value(&mut self, field: &Field, object: u32, start: usize, end: usize) -> Result<(), Code> {
        let mut from = self.at;
        let fits = match &field.form {
            Form::Whole(Integer { wire: Wire::Fixed, .. }) | Form::Fraction(_) => {
                self.pass(field.form.wire(), end)?;
                true
            }
            Form::Whole(integer) => {
                let number = self.number(end)?;
                let is_signed = integer.signed && integer.wire == Wire::Varint;
                let negative = is_signed && number >= i64::from(i32::MIN) as u64;
                integer.bits == 64 || number <= u64::from(u32::MAX) || negative
            }
            Form::Bool => self.number(end)? <= 1,
            Form::Enum(numbers) => {
                let number = i32::try_from(self.number(end)? as i64);
                number.is_ok_and(|number| numbers.binary_search(&number).is_ok())
            }
            Form::Text => {
                let stop = self.frame(end)?;
                (from, self.at) = (self.at, stop);
                let text = &self.bytes[from..stop];
                std::str::from_utf8(text).map_err(|_| Code::NotUtf8)?;
                true
            }
            Form::Counted => {
                from = self.pass(COUNTED, end)?;
                true
            }
        };
        if !fits {
            return Err(Code::NotProtobuf);
        }
        let span = Span::new(from, self.at);
        match field.then {
            Then::Value(leaf) => {
                let kind = match &field.form {
                    Form::Whole(integer) => Kind::Integer(*integer),
                    Form::Text => Kind::Text { escaped: false },
                    _ => Kind::Opaque,
                };
                self.leaf(field, leaf, span, kind, object, start);
            }
            Then::Name(leaf) => {
                let kind = Kind::Name { escaped: false };
                let exit = Exit::Stuck;
                self.found.leaves.push(Leaf { field: leaf, span, kind, object, exit });
            }
            _ => {}
        }
        Ok(())
    }

    fn leaf(&mut self, of: &Field, field: u16, span: Span, kind: Kind, object: u32, start: usize) {
        let exit = if of.is_required { Exit::Stuck } else { Exit::Put(start as u32, 0) };
        self.found.leaves.push(Leaf { field, span, kind, object, exit });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::writer::Language;

    fn document(text: &str) -> Document {
        Document {
            language: Language::Protobuf,
            text: text.to_string(),
            references: Vec::new(),
            tags: Vec::new(),
            message: vec![0],
        }
    }

    const KEPT: Fate = Fate {
        remains: Remains::Value,
        is_date: false,
        is_counted: false,
        width: 0,
        retype: false,
        is_looked_at: false,
        kernel: None,
    };
    const GONE: Fate = Fate { remains: Remains::Nothing, kernel: Some("remove"), ..KEPT };

    fn bound(
        document: &Document,
        paths: &[&str],
        unlisted: OnUnlisted,
        fate: Fate,
    ) -> Result<Bound, Vec<Gap>> {
        bind(&Trie::compile(paths).expect("paths"), document, unlisted, &|_| fate)
    }

    fn program(text: &str, paths: &[&str], unlisted: OnUnlisted) -> Program {
        let bound = bound(&document(text), paths, unlisted, KEPT).expect("is covered");
        let Some(crate::format::Program::Protobuf(program)) = bound.program else {
            panic!("a program of Protobuf")
        };
        program
    }

    fn found(program: &Program, bytes: &[u8]) -> Result<Found, Code> {
        let mut found = Found::default();
        walk(program, bytes, &mut found).map(|()| found)
    }

    /// The leaves: path, where each stands, what it is a part of, and where it goes from.
    fn leaves(found: &Found) -> Vec<(u16, u32, u32, u32, u32)> {
        let from = |leaf: &Leaf| match leaf.exit {
            Exit::Put(from, 0) => from,
            Exit::Stuck => u32::MAX,
            exit => panic!("{exit:?}"),
        };
        let of =
            |leaf: &Leaf| (leaf.field, leaf.span.start, leaf.span.end, leaf.object, from(leaf));
        found.leaves.iter().map(of).collect()
    }

    fn frames(found: &Found) -> Vec<(u32, u32, u32)> {
        assert!(found.frames.iter().all(|frame| !frame.zigzag));
        found.frames.iter().map(|frame| (frame.at.start, frame.at.end, frame.end)).collect()
    }

    fn cuts(found: &Found) -> Vec<(u32, u32)> {
        found.deletions.iter().map(|cut| (cut.span.start, cut.span.end)).collect()
    }

    const ALL: &str = "syntax = 'proto3';
        message All { string text = 1; int32 number = 2; repeated sint64 list = 3; Inner inner = 4; bool truth = 5;
            E e = 6; map<string, string> map = 7; repeated string texts = 8; fixed32 fixed = 9; double real = 10;
            bytes raw = 11; uint32 small = 12; repeated Inner inners = 16; }
        message Inner { string a = 1; sint32 b = 2; }
        enum E { NONE = 0; SOME = 5; LESS = -1; }";
    const PATHS: &[&str] = &[
        "$.text",
        "$.number",
        "$.list[*]",
        "$.inner.a",
        "$.inner.b",
        "$.truth",
        "$.e",
        "$.map.*~",
        "$.map.*",
        "$.texts[*]",
        "$.fixed",
        "$.real",
        "$.raw",
        "$.small",
        "$.inners[*].a",
        "$.inners[*].b",
        "$.map.ward",
    ];

    #[test]
    fn values_are_found_where_they_stand() {
        let all = program(ALL, PATHS, OnUnlisted::Refuse);
        // text "ab", inner { a: "c", b: -1 }, inners [{ a: "d" }], whose tag has two bytes, fixed 7.
        let record = b"\x0a\x02ab\x22\x05\x0a\x01c\x10\x01\x82\x01\x03\x0a\x01d\x4d\x07\0\0\0";
        let read = found(&all, record).expect("a record");
        assert_eq!(
            leaves(&read),
            [
                (0, 2, 4, 0, 0),
                (3, 8, 9, 6, 6),
                (4, 10, 11, 6, 9),
                (14, 16, 17, 14, 14),
                (10, 18, 22, 0, 17)
            ]
        );
        assert_eq!(frames(&read), [(1, 2, 4), (5, 6, 11), (7, 8, 9), (13, 14, 17), (15, 16, 17)]);
        let integer =
            |wire, bits, signed| Kind::Integer(Integer { wire, bits, signed, epoch: None });
        let kinds: Vec<_> = read.leaves.iter().map(|leaf| leaf.kind).collect();
        let text = Kind::Text { escaped: false };
        let (b, fixed) = (integer(Wire::Zigzag, 32, true), integer(Wire::Fixed, 32, false));
        assert_eq!(kinds, [text, text, b, text, fixed]);
        assert!(found(&all, b"").expect("nothing is a record").leaves.is_empty());
        assert!(all.put(0).is_empty());
    }

    #[test]
    fn lists_come_in_a_row_or_one_by_one() {
        let all = program(ALL, PATHS, OnUnlisted::Refuse);
        // In a row: each goes from where it begins.
        let read = found(&all, b"\x1a\x03\x02\x80\x01\x1a\0\x18\x03").expect("a record");
        assert_eq!(leaves(&read), [(2, 2, 3, 0, 2), (2, 3, 5, 0, 3), (2, 8, 9, 0, 7)]);
        assert_eq!(frames(&read), [(1, 2, 5), (6, 7, 7)]);
        // A value that the row has only half of; a row where there is no list; a row of texts is one text.
        assert_eq!(found(&all, b"\x1a\x02\x02\x80\x01").err(), Some(Code::NotProtobuf));
        assert_eq!(found(&all, b"\x12\x01\x02").err(), Some(Code::NotProtobuf));
        assert_eq!(leaves(&found(&all, b"\x42\x02\x01a").expect("a record")), [(9, 2, 4, 0, 0)]);
    }

    #[test]
    fn what_comes_twice_is_found_twice() {
        let all = program(ALL, PATHS, OnUnlisted::Refuse);
        let read =
            found(&all, b"\x0a\x01a\x22\x03\x0a\x01b\x0a\x01c\x22\x03\x0a\x01d").expect("a record");
        assert_eq!(
            leaves(&read),
            [(0, 2, 3, 0, 0), (3, 7, 8, 5, 5), (0, 10, 11, 0, 8), (3, 15, 16, 13, 13)]
        );
    }

    #[test]
    fn what_is_no_record_of_its_message_is_refused() {
        let all = program(ALL, PATHS, OnUnlisted::Delete);
        let long = [&[0x10][..], &[0xff; 9], &[0x02]].concat();
        let numbers = |tag: &[u8], number: u64| {
            let mut bytes = tag.to_vec();
            crate::format::binary::put_varint(number, &mut bytes);
            bytes
        };
        for (bytes, code) in [
            (&b"\x0a"[..], Code::NotProtobuf),
            (b"\x0a\x03ab", Code::NotProtobuf),
            (b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", Code::NotProtobuf),
            // A length that reaches beyond the message that it is in.
            (b"\x22\x02\x0a\x01c", Code::NotProtobuf),
            (b"\x22\x01\x10\x01", Code::NotProtobuf),
            (b"\x22\x01\x4d\0\0\0\0", Code::NotProtobuf),
            (b"\x22\x01\x49\0\0\0\0\0\0\0\0", Code::NotProtobuf),
            // Other wire types than the schema's.
            (b"\x12\x00", Code::NotProtobuf),
            (b"\x08\x00", Code::NotProtobuf),
            (b"\x20\x00", Code::NotProtobuf),
            (b"\x40\x00", Code::NotProtobuf),
            (b"\x08\x01", Code::NotProtobuf),
            (b"\x15\0\0\0\0", Code::NotProtobuf),
            (b"\x20\x01", Code::NotProtobuf),
            (b"\x38\x01", Code::NotProtobuf),
            (b"\x49\0\0\0\0\0\0\0\0", Code::NotProtobuf),
            // Groups, wire types that do not exist, and numbers that no field has.
            (b"\x0b\x0c", Code::NotProtobuf),
            (b"\xfb\x07\xfc\x07", Code::NotProtobuf),
            (b"\xfe\x07\x01", Code::NotProtobuf),
            (b"\x02\x01a", Code::NotProtobuf),
            (b"\x8a\x80\x80\x80\x10\x01a", Code::NotProtobuf),
            (b"\xf8", Code::NotProtobuf),
            (b"\x0a\x02\xc3\x28", Code::NotUtf8),
            (b"\x3a\x03\x0a\x01\xff", Code::NotUtf8),
            (b"\x28\x02", Code::NotProtobuf),
            (b"\x30\x01", Code::NotProtobuf),
            (b"\x4d\0\0\0", Code::NotProtobuf),
            (b"\x51\0\0\0\0\0\0\0", Code::NotProtobuf),
            (&long, Code::NotProtobuf),
            (&numbers(b"\x10", 1 << 32), Code::NotProtobuf),
            (&numbers(b"\x10", 0xffff_ffff_7fff_ffff), Code::NotProtobuf),
            (&numbers(b"\x60", u64::MAX), Code::NotProtobuf),
            (&numbers(b"\x22\x06\x10", 1 << 32), Code::NotProtobuf),
            // Of two keys, the last would count.
            (b"\x3a\x06\x0a\x01a\x0a\x01b", Code::DuplicateMember),
        ] {
            assert_eq!(found(&all, bytes).err(), Some(code), "{}", bytes.escape_ascii());
        }
        for bytes in [
            &numbers(b"\x10", i64::from(i32::MIN) as u64)[..],
            &numbers(b"\x10", u64::from(u32::MAX)),
            &numbers(b"\x30", u64::MAX),
            b"\x28\x01\x30\x05\x51\0\0\0\0\0\0\0\0\x5a\x02\xff\xfe",
            b"\x4d\0\0\0\0",
        ] {
            assert_eq!(found(&all, bytes).err(), None, "{}", bytes.escape_ascii());
        }
        let many = [0x28, 1].repeat(crate::limits::values_max(0) * 2);
        assert_eq!(found(&all, &many).err(), Some(Code::TooWide));
        assert_eq!(found(&all, &vec![0; RECORD_BYTES_MAX + 1]).err(), Some(Code::TooLong));
    }

    #[test]
    fn fields_that_the_schema_lacks_never_pass() {
        let text = "syntax = 'proto2';
            message Old { optional string mrn = 1; optional In in = 2; map<string, string> map = 3; extensions 100; }
            message In { optional string mrn = 1; }
            extend Old { optional string name = 100; }";
        let paths = ["$.mrn", "$.in.mrn", "$.map.*~", "$.map.*"];
        // number 9 as each wire type, in the record, in a message, in an entry; and an extension.
        let records: [&[u8]; 6] = [
            b"\x48\x07\x0a\x01a",
            b"\x0a\x01a\x49\0\0\0\0\0\0\0\0",
            b"\x4a\x02ab",
            b"\x12\x08\x4d\0\0\0\0\x0a\x01a",
            b"\x1a\x08\x4a\x01x\x0a\x00\x12\x01b",
            b"\xa2\x06\x04Jane",
        ];
        let refuses = program(text, &paths, OnUnlisted::Refuse);
        let deletes = program(text, &paths[..], OnUnlisted::Delete);
        let want = [(0, 2), (3, 12), (0, 4), (2, 7), (2, 5), (0, 7)];
        for (record, cut) in records.iter().zip(want) {
            assert_eq!(found(&refuses, record).err(), Some(Code::Unlisted));
            assert_eq!(cuts(&found(&deletes, record).expect("a record")), [cut]);
        }
        // What the schema has and no path names goes as well.
        let deletes = program(text, &["$.mrn"], OnUnlisted::Delete);
        let read = found(&deletes, b"\x12\x03\x0a\x01a\x0a\x01b\x1a\x00").expect("a record");
        assert_eq!((cuts(&read), leaves(&read)), (vec![(0, 5), (8, 10)], vec![(0, 7, 8, 0, 5)]));
        assert_eq!(frames(&read), [(6, 7, 8)]);
    }

    #[test]
    fn the_key_of_an_entry_decides_wherever_it_stands() {
        let all = program(ALL, PATHS, OnUnlisted::Refuse);
        let (name, any, ward) = (7, 8, 16);
        // In front, behind, and none, which is the empty one; entries of one map are siblings.
        let record = b"\x3a\x06\x0a\x01a\x12\x01b\x3a\x06\x12\x01b\x0a\x01a\x3a\x03\x12\x01b";
        let read = found(&all, record).expect("a record");
        assert_eq!(
            leaves(&read),
            [
                (name, 4, 5, 0, u32::MAX),
                (any, 7, 8, 0, 5),
                (any, 12, 13, 0, 10),
                (name, 15, 16, 0, u32::MAX),
                (any, 20, 21, 0, 18)
            ]
        );
        assert_eq!(frames(&read)[..3], [(1, 2, 8), (3, 4, 5), (6, 7, 8)]);
        // A key that a path names stays, and its value has a rule of its own.
        for record in [&b"\x3a\x09\x0a\x04ward\x12\x01b"[..], b"\x3a\x09\x12\x01b\x0a\x04ward"] {
            let read = found(&all, record).expect("a record");
            assert_eq!(read.leaves.iter().map(|leaf| leaf.field).collect::<Vec<_>>(), [ward]);
        }
        let some = program(ALL, &["$.map.ward", "$.map['']"], OnUnlisted::Delete);
        let record = b"\x3a\x06\x0a\x01a\x12\x01b\x3a\x09\x0a\x04ward\x12\x01b\x3a\x03\x12\x01b";
        let read = found(&some, record).expect("a record");
        assert_eq!(cuts(&read), [(0, 8)]);
        assert_eq!(read.leaves.iter().map(|leaf| leaf.field).collect::<Vec<_>>(), [0, 1]);
        let some = program(
            ALL,
            &PATHS
                .iter()
                .filter(|path| !path.contains('~') && **path != "$.map.*")
                .copied()
                .collect::<Vec<_>>(),
            OnUnlisted::Refuse,
        );
        assert_eq!(found(&some, record).err(), Some(Code::Unlisted));
        // Two maps of one message are two objects.
        let text = "syntax = 'proto3'; message M { map<string, string> a = 1; map<string, string> b = 2; }";
        let two = program(text, &["$.a.*~", "$.a.*", "$.b.*~", "$.b.*"], OnUnlisted::Refuse);
        let read =
            found(&two, b"\x0a\x03\x0a\x01x\x12\x03\x0a\x01x\x0a\x03\x0a\x01y").expect("a record");
        assert_eq!(read.leaves.iter().map(|leaf| leaf.object).collect::<Vec<_>>(), [0, 5, 0]);
    }

    #[test]
    fn what_has_parts_goes_as_a_whole() {
        let text = "syntax = 'proto3'; import 'google/protobuf/any.proto';
            message M { google.protobuf.Any any = 1; I one = 2; repeated I many = 3; map<string, I> map = 4;
                repeated int32 numbers = 5; map<int32, string> by_number = 6; map<string, google.protobuf.Any> anys = 7; }
            message I { string a = 1; }";
        let paths = [
            "$.any",
            "$.one",
            "$.many[*]",
            "$.map",
            "$.numbers",
            "$.by_number",
            "$.anys.*~",
            "$.anys.*",
        ];
        let fate = |field: u16| if field == 6 { KEPT } else { GONE };
        let trie = Trie::compile(&paths).expect("paths");
        let bound = bind(&trie, &document(text), OnUnlisted::Refuse, &fate).expect("is covered");
        let Some(crate::format::Program::Protobuf(program)) = bound.program else { panic!() };
        let record = b"\x0a\x01x\x12\x03\x0a\x01a\x1a\x00\x22\x01x\x2a\x02\x01\x02\x28\x03\x32\x01x\x3a\x06\x0a\x01k\x12\x01x";
        let read = found(&program, record).expect("a record");
        assert_eq!(
            leaves(&read)[..7],
            [
                (0, 2, 3, 0, 0),
                (1, 5, 8, 0, 3),
                (2, 10, 10, 0, 8),
                (3, 12, 13, 0, 10),
                (4, 15, 17, 0, 13),
                (4, 18, 19, 0, 17),
                (5, 21, 22, 0, 19)
            ]
        );
        assert_eq!(leaves(&read)[8], (7, 29, 30, 22, 27));
        assert!(read.leaves.iter().all(|leaf| leaf.kind == Kind::Opaque || leaf.field == 6));
        let kept = bound_gaps(text, &paths);
        let codes: Vec<_> = kept.iter().map(|gap| (&*gap.path, gap.code)).collect();
        let wrong = |path| (path, Code::WrongStructure);
        assert_eq!(
            codes,
            [
                wrong("$.any"),
                wrong("$.one"),
                wrong("$.many[*]"),
                wrong("$.map"),
                wrong("$.numbers"),
                wrong("$.by_number"),
                wrong("$.anys.*"),
            ]
        );
    }

    fn bound_gaps(text: &str, paths: &[&str]) -> Vec<Gap> {
        bound(&document(text), paths, OnUnlisted::Refuse, KEPT).expect_err("gaps")
    }

    #[test]
    fn a_schema_of_messages_without_end_is_refused() {
        let fields: String = (1..120).map(|n| format!("M f{n} = {n}; ")).collect();
        let text = format!("syntax = 'proto3'; message M {{ {fields} string a = 200; }}");
        let paths = ["$.*~", "$.*.*~", "$.*.*.a"];
        let gaps = bound(&document(&text), &paths, OnUnlisted::Delete, KEPT).expect_err("too many");
        assert!(gaps.iter().any(|gap| gap.code == Code::TooWide));
    }

    #[test]
    fn seconds_of_a_timestamp_count_from_1970() {
        let text = "syntax = 'proto3'; import 'google/protobuf/timestamp.proto';
            message M { google.protobuf.Timestamp seen = 1; I fake = 2; }
            message I { int64 seconds = 1; }";
        let paths = ["$.seen.seconds", "$.seen.nanos", "$.fake.seconds"];
        let program = program(text, &paths, OnUnlisted::Refuse);
        let read = found(&program, b"\x0a\x04\x08\x01\x10\x01\x12\x02\x08\x01").expect("a record");
        let epochs: Vec<_> = read.leaves.iter().map(|leaf| leaf.kind.extent()).collect();
        assert_eq!(epochs, [Some(&Extent::Epoch(Epoch::Seconds)), None, None]);
        let date = Fate { remains: Remains::Same, is_date: true, ..KEPT };
        let gaps = bound(&document(text), &paths, OnUnlisted::Refuse, date).expect_err("gaps");
        let paths: Vec<_> = gaps.iter().map(|gap| &*gap.path).collect();
        assert_eq!(paths, ["$.seen.nanos", "$.fake.seconds"]);
    }

    #[test]
    fn a_record_is_of_the_message_that_its_index_path_names() {
        let text = "syntax = 'proto3'; message A { string a = 1; }
            message B { message C { string c = 1; } map<string, string> m = 1; message D { message E { string e = 1; } } }
            message F { map<string, string> m = 1; message G { string g = 1; } }
            message H { map<string, string> m = 1; message I { string i = 1; } message J { string j = 1; } }";
        let of = |message: &[u32]| {
            let document = Document { message: message.to_vec(), ..document(text) };
            let file = compile(&document).expect("compiles");
            message_at(&file, &document.message).map(|message| message.full_name().to_string())
        };
        for (places, name) in [
            (&[0][..], Some("A")),
            (&[], Some("A")),
            (&[1], Some("B")),
            (&[1, 0], Some("B.C")),
            // With and without the entries of maps.
            (&[1, 1], Some("B.D")),
            (&[1, 2, 0], Some("B.D.E")),
            (&[2, 0], Some("F.G")),
            (&[2, 1], Some("F.G")),
            // One client's I is the other's J.
            (&[3, 1], None),
            (&[3, 0], Some("H.I")),
            (&[3, 2], Some("H.J")),
            (&[4], None),
            (&[0, 0], None),
        ] {
            assert_eq!(of(places).as_deref(), name, "{places:?}");
        }
    }

    #[test]
    fn schemas_are_read_with_what_they_refer_to() {
        let reads = |document: &Document| bound(document, &["$.a"], OnUnlisted::Delete, KEPT).err();
        let unreadable = Some(vec![Gap { path: "$".into(), code: Code::SchemaUnreadable }]);
        let main = "syntax = 'proto3'; import 'b.proto'; message M { string a = 1; B b = 2; }";
        let other = "syntax = 'proto3'; message B { string c = 1; }";
        let mut document = document(main);
        assert_eq!(reads(&document), unreadable);
        document.references.push(("b.proto".into(), other.into()));
        assert_eq!(reads(&document), None);
        document.references[0].1 = "syntax = 'proto3'; import 'b.proto'; message B {}".into();
        assert_eq!(reads(&document), unreadable);
        // As descriptors.
        let base64 = |text: &str| {
            let proto = File::from_source("any", text).expect("a file");
            let proto = proto.file_descriptor_proto().encode_to_vec();
            BASE64.encode(&proto)
        };
        document.references[0].1 = base64(other);
        assert_eq!(reads(&document), None);
        document.text = base64(main);
        let bound = bound(&document, &["$.a"], OnUnlisted::Delete, GONE).expect("is covered");
        assert_eq!((bound.text, bound.refers), (document.text.clone(), true));
        document.references.clear();
        for text in [
            "syntax = 'proto3'; import 'confluent/meta.proto'; import 'confluent/type/decimal.proto';
                import 'google/protobuf/wrappers.proto'; message M { string a = 1;
                confluent.type.Decimal d = 2 [(confluent.field_meta).doc = 'x']; google.protobuf.Int32Value i = 3; }",
            "message M { optional string a = 1; }",
        ] {
            document.text = text.into();
            assert_eq!(reads(&document), None);
        }
        for text in [
            "",
            "AAAA",
            "{}",
            "syntax = 'proto3';",
            "edition = '2023'; message M { string a = 1; }",
        ] {
            document.text = text.into();
            assert_eq!(reads(&document), unreadable, "{text}");
        }
    }

    #[test]
    fn tags_are_those_of_the_rules() {
        let head =
            "syntax = 'proto3'; import 'confluent/meta.proto'; import 'b.proto';\nmessage M {\n";
        let other = "syntax = 'proto3'; import 'confluent/meta.proto';
            message B { string b = 1 [(confluent.field_meta).tags = 'PII']; }";
        for (before, after) in [
            (
                "string a = 1 [(confluent.field_meta).tags = 'PII'];",
                "string a = 1 [(confluent.field_meta).tags = \"WEIR_REMOVE\"];",
            ),
            (
                "/* é */ string a = 1 [\n  ( .confluent . field_meta ) . tags = /* 'x' */ 'P' // 'y'\n 'II' , deprecated = true ];",
                "/* é */ string a = 1 [\n  ( .confluent . field_meta ) . tags = /* 'x' */ \"WEIR_REMOVE\" , deprecated = true ];",
            ),
            (
                "string a = 1 [(confluent.field_meta) = { params < key: 'tags' value: ']' > tags: [ 'PII' , 'X' ], doc: 'tags: \\'a\\'' }];",
                "string a = 1 [(confluent.field_meta) = { params < key: 'tags' value: ']' > tags: [\"WEIR_REMOVE\"], doc: 'tags: \\'a\\'' }];",
            ),
            (
                "B a = 1 [(confluent.field_meta) = { tags: 'PII' }];",
                "B a = 1 [(confluent.field_meta) = { tags: \"WEIR_REMOVE\" }];",
            ),
            (
                "map<string, string> a = 1 [(confluent.field_meta).doc = 'tags', (confluent.field_meta).tags = 'PII'];",
                "map<string, string> a = 1 [(confluent.field_meta).doc = 'tags', (confluent.field_meta).tags = \"WEIR_REMOVE\"];",
            ),
            ("string a = 1;", "string a = 1;"),
            (
                "string a = 1 [(confluent.field_meta).doc = 'tags'];",
                "string a = 1 [(confluent.field_meta).doc = 'tags'];",
            ),
        ] {
            // A field that stays beside it keeps its tags.
            let tail = "\n  string kept = 9 [(confluent.field_meta).tags = 'OTHER'];\n}\n";
            let mut document = document(&format!("{head}{before}{tail}"));
            document.references.push(("b.proto".into(), other.into()));
            let trie = Trie::compile(&["$.kept", "$.a"]).expect("paths");
            let fate = |field: u16| if field == 0 { KEPT } else { GONE };
            let bound = bind(&trie, &document, OnUnlisted::Refuse, &fate).expect("is covered");
            assert_eq!(bound.text, format!("{head}{after}{tail}"));
            document.text = bound.text.clone();
            let again = bind(&trie, &document, OnUnlisted::Refuse, &fate).expect("is read again");
            assert_eq!(again.text, bound.text);
        }
        // What goes as a whole is of the map, whatever is in another entry.
        let text = "syntax = 'proto3'; import 'confluent/meta.proto';
            message M { map<string, I> m = 1 [(confluent.field_meta).tags = 'PII']; }
            message I { string x = 1 [(confluent.field_meta).tags = 'NAME']; }";
        let trie = Trie::compile(&["$.m.a.x", "$.m.b"]).expect("paths");
        let fate = |field: u16| if field == 0 { KEPT } else { GONE };
        let bound = bind(&trie, &document(text), OnUnlisted::Delete, &fate).expect("is covered");
        assert_eq!(bound.text, text.replace("'PII'", "\"WEIR_REMOVE\""));
    }

    #[test]
    fn tags_are_those_of_a_field_and_of_what_it_is_in() {
        let text = r#"syntax = "proto3"; import "confluent/meta.proto"; import "google/protobuf/timestamp.proto";
            message P { option (confluent.message_meta).tags = "ALL"; string a = 1; }
            message R {
                P p = 1 [(confluent.field_meta) = { tags: ["X", "Y"] }];
                map<string, P> m = 2 [(confluent.field_meta).tags = "M"];
                repeated string l = 3;
                google.protobuf.Timestamp t = 4 [(confluent.field_meta).tags = "T"];
            }"#;
        let document = Document {
            language: crate::format::Language::Protobuf,
            text: text.into(),
            references: Vec::new(),
            tags: vec![("**.l".into(), vec!["L".into()])],
            message: vec![1],
        };
        let tagged = tagged(&document).expect("a schema").into_iter();
        let tagged: Vec<_> =
            tagged.map(|one| format!("{} {}", one.path, one.tags.join(","))).collect();
        let want = [
            "$.p.a X,Y,ALL",
            "$.m.*~ M",
            "$.m.*.a M,ALL",
            "$.l[*] L",
            "$.t.seconds T",
            "$.t.nanos ",
        ];
        assert_eq!(tagged, want);
    }
}
