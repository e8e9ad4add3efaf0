//! JSON Schema, as a registry has it for records of JSON: which of its properties the paths of a plan cover, and the
//! schema of clean records. Records are walked through as any JSON is; what no path names is found there, too.

use super::OnUnlisted;
use super::path::step;
use super::path::{Node, Trie};
use super::writer::{
    Bound, Document, Fate, Gap, Inventory, Remains, TAGGED_MAX, Tagged, Trail, outermost, tag,
    tags_beside,
};
use crate::limits::JSON_DEPTH_MAX;
use crate::phi::Code;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};

/// A place of the documents: a document, and a JSON Pointer (RFC 6901) into it.
type At = (usize, String);

/// What becomes of a schema that stands for a value.
#[derive(Clone, Debug, PartialEq)]
enum Change {
    Stays,
    /// Another value stands there: of that type, where it is another.
    Becomes {
        kernel: &'static str,
        text: bool,
        null: bool,
    },
}

/// Every value of a schema, with the tags of it and of what it is in.
pub(super) fn tagged(document: &Document) -> Result<Vec<Tagged>, Code> {
    let names: Vec<&str> = document.references.iter().map(|(name, _)| &**name).collect();
    let documents = read(document)?;
    let tour = Tour { document, documents: &documents, names };
    let mut out = Inventory::default();
    let root = (documents.len() - 1, String::new());
    tour.below(&root, &outermost(), 0, &mut out)?;
    Ok(out.values)
}

fn read(document: &Document) -> Result<Vec<Value>, Code> {
    let texts = document.references.iter().map(|(_, text)| text).chain([&document.text]);
    let read = |text: &String| serde_json::from_str(text).map_err(|_| Code::SchemaUnreadable);
    texts.map(read).collect()
}

struct Tour<'a> {
    document: &'a Document,
    documents: &'a [Value],
    names: Vec<&'a str>,
}

impl Tour<'_> {
    fn below(
        &self,
        at: &At,
        so_far: &Tagged,
        depth: usize,
        out: &mut Inventory,
    ) -> Result<(), Code> {
        out.step(depth)?;
        let Some(schema) = self.documents[at.0].pointer(&at.1).and_then(Value::as_object) else {
            return Ok(());
        };
        let mut so_far = so_far.clone();
        let own = schema.get("confluent:tags").and_then(Value::as_array).into_iter().flatten();
        so_far.tags.extend(own.filter_map(Value::as_str).map(str::to_string));
        let mut is_leaf = true;
        let mut go = |to: At, part: &str| {
            is_leaf = false;
            let mut next = so_far.clone();
            next.path.push_str(part);
            next.tags.extend(tags_beside(self.document, &next.path, &next.path));
            self.below(&to, &next, depth + 1, out)
        };
        for to in ["$ref", "$dynamicRef"].iter().filter_map(|word| schema.get(*word)?.as_str()) {
            let to = target(self.documents, &self.names, at, to).ok_or(Code::SchemaUnreadable)?;
            go(to, "")?;
        }
        for word in TOGETHER {
            for n in 0..schema.get(*word).and_then(Value::as_array).map_or(0, Vec::len) {
                go(below(at, &[word, &n.to_string()]), "")?;
            }
        }
        for word in BESIDE.iter().filter(|word| schema.contains_key(**word)) {
            go(below(at, &[word]), "")?;
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in properties.into_iter().flat_map(Map::keys) {
            go(below(at, &["properties", name]), &step(name))?;
        }
        for word in ITEMS {
            match schema.get(*word) {
                Some(Value::Array(of)) => {
                    (0..of.len())
                        .try_for_each(|n| go(below(at, &[word, &n.to_string()]), "[*]"))?;
                }
                Some(Value::Object(_)) => go(below(at, &[word]), "[*]")?,
                _ => {}
            }
        }
        if schema.get("additionalProperties").is_some_and(Value::is_object) {
            go(below(at, &["additionalProperties"]), ".*")?;
            out.add(Tagged { path: format!("{}.*~", so_far.path), tags: so_far.tags.clone() });
        }
        if is_leaf {
            out.add(so_far);
        }
        Ok(())
    }
}

const ITEMS: &[&str] = &["items", "contains", "additionalItems", "prefixItems"];

/// Where a reference leads.
fn target(documents: &[Value], names: &[&str], at: &At, to: &str) -> Option<At> {
    let (name, pointer) = to.split_once('#').unwrap_or((to, ""));
    let document = match name {
        "" => at.0,
        name => names.iter().position(|known| *known == name)?,
    };
    let pointer = pointer.replace("%25", "%").replace("%7E", "~");
    documents[document].pointer(&pointer).map(|_| (document, pointer))
}

struct Binder<'a> {
    documents: &'a [Value],
    /// Their names; the last is the writer's own and has none.
    names: Vec<&'a str>,
    trie: &'a Trie,
    unlisted: OnUnlisted,
    decide: &'a dyn Fn(u16) -> Fate,
    changes: BTreeMap<At, Change>,
    /// Properties that go: the schema that they are in, and their names.
    cuts: BTreeMap<At, Vec<String>>,
    /// What was looked at, and for which node: schemas may refer to each other in circles.
    seen: HashSet<(At, *const Node)>,
    trail: Trail,
}

/// What holds of a value as it was, and not of what stands in its place.
const OF_THE_OLD: &[&str] = &[
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "enum",
    "const",
    "minimum",
    "maximum",
    "default",
    "examples",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "contentEncoding",
];

/// Schemas of which one, or all, hold of the same value.
const TOGETHER: &[&str] = &["allOf", "anyOf", "oneOf"];
const BESIDE: &[&str] = &["if", "then", "else", "not"];

/// Binds a schema to the paths of a plan.
pub(super) fn bind(
    trie: &Trie,
    document: &Document,
    unlisted: OnUnlisted,
    decide: &dyn Fn(u16) -> Fate,
) -> Result<Bound, Vec<Gap>> {
    let mut names: Vec<&str> = document.references.iter().map(|(name, _)| &**name).collect();
    names.push("");
    let documents = read(document).map_err(Gap::of_all)?;
    let mut binder = Binder {
        documents: &documents,
        names,
        trie,
        unlisted,
        decide,
        changes: BTreeMap::new(),
        cuts: BTreeMap::new(),
        seen: HashSet::new(),
        trail: Trail::new(),
    };
    let root = (documents.len() - 1, String::new());
    binder.schema(&root, &trie.nodes[0], 0);
    let Binder { names, changes, cuts, mut trail, .. } = binder;
    let changed = |at: &At| changes.get(at).is_some_and(|change| *change != Change::Stays);
    let foreign = changes.keys().filter(|at| changed(at)).chain(cuts.keys());
    let is_foreign = foreign.clone().any(|at| at.0 != root.0);
    // A schema that refers to others says where they are from where it stands; and of a part of one, the rest would stay.
    let refers = |document: &Value| document.to_string().contains("\"$ref\"");
    let is_part = |name: &&str| {
        !name.is_empty() && documents[root.0].to_string().contains(&format!("\"{name}#"))
    };
    let is_woven = documents[..root.0].iter().any(refers) || names.iter().any(is_part);
    if is_foreign && is_woven {
        trail.gap(Code::NotBuiltYet);
    }
    trail.end()?;
    if cuts.is_empty() && !changes.keys().any(changed) {
        return Ok(Bound { program: None, text: document.text.clone(), refers: true });
    }
    let names: Vec<String> = names.into_iter().map(str::to_string).collect();
    let mut documents = documents;
    for (at, change) in &changes {
        let schema = documents[at.0].pointer_mut(&at.1).and_then(Value::as_object_mut);
        if let (Some(schema), Change::Becomes { kernel, text, null }) = (schema, change) {
            become_clean(schema, kernel, *text, *null);
        }
    }
    for (at, gone) in &cuts {
        let Some(schema) = documents[at.0].pointer_mut(&at.1).and_then(Value::as_object_mut) else {
            continue;
        };
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.retain(|name, _| !gone.contains(name));
        }
        if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| !gone.iter().any(|gone| name == gone));
        }
    }
    for at in changes.keys().filter(|at| changed(at)) {
        any_of(&mut documents[at.0], &at.1);
    }
    documents.iter_mut().for_each(rename);
    let mut main = documents.pop().unwrap_or_default();
    if is_foreign {
        inline(&mut main, &names, &documents);
    }
    Ok(Bound { program: None, text: main.to_string(), refers: !is_foreign })
}

/// What holds of what stands in the place of a value.
fn become_clean(schema: &mut Map<String, Value>, kernel: &str, text: bool, null: bool) {
    OF_THE_OLD.iter().for_each(|word| drop(schema.remove(*word)));
    schema.insert("confluent:tags".into(), json!([tag(kernel)]));
    let Some(of) = schema.get("type").cloned() else { return };
    let mut types = match of {
        Value::Array(types) => types,
        one => vec![one],
    };
    if text {
        types.retain(|one| one != "integer" && one != "number" && one != "string");
        types.push("string".into());
    }
    if null {
        types.retain(|one| one != "null");
        types.push("null".into());
    }
    let one = if types.len() == 1 { types.pop() } else { None };
    schema.insert("type".into(), one.unwrap_or(Value::Array(types)));
}

/// Lets more than one branch hold of a value that was of one branch alone: what stands in its place may be of two.
fn any_of(document: &mut Value, pointer: &str) {
    for (end, _) in pointer.match_indices("/oneOf/") {
        let Some(schema) = document.pointer_mut(&pointer[..end]).and_then(Value::as_object_mut)
        else {
            continue;
        };
        // Pointers of others lead through it: that it has another name comes last.
        if !schema.contains_key("anyOf") {
            schema.insert(OTHER_NAME.into(), true.into());
        }
    }
}

/// Stands in a schema of which more than one branch may hold, until it has that name.
const OTHER_NAME: &str = "weir:anyOf";

/// Gives schemas of which more than one branch may hold their name.
fn rename(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.remove(OTHER_NAME).is_some()
                && let Some(branches) = object.remove("oneOf")
            {
                object.insert("anyOf".into(), branches);
            }
            object.values_mut().for_each(rename);
        }
        Value::Array(values) => values.iter_mut().for_each(rename),
        _ => {}
    }
}

/// Writes schemas in the place of references to them.
fn inline(schema: &mut Value, names: &[String], documents: &[Value]) {
    match schema {
        Value::Object(object) => {
            let to = object.get("$ref").and_then(Value::as_str);
            let at = to.and_then(|to| names.iter().position(|name| name == to));
            if let Some(document) = at.and_then(|at| documents.get(at)) {
                *schema = document.clone();
                return;
            }
            object.values_mut().for_each(|value| inline(value, names, documents));
        }
        Value::Array(values) => {
            values.iter_mut().for_each(|value| inline(value, names, documents));
        }
        _ => {}
    }
}

fn below(at: &At, parts: &[&str]) -> At {
    let mut pointer = at.1.clone();
    for part in parts {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    (at.0, pointer)
}

impl Binder<'_> {
    fn gap(&mut self, code: Code) {
        self.trail.gap(code);
    }

    fn inside(&mut self, part: &str, then: impl FnOnce(&mut Self)) {
        let length = self.trail.enter(part);
        then(self);
        self.trail.leave(length);
    }

    fn schema(&mut self, at: &At, node: &Node, depth: usize) {
        if !self.seen.insert((at.clone(), node)) {
            return;
        }
        if self.seen.len() > TAGGED_MAX {
            return self.gap(Code::TooWide);
        }
        let documents = self.documents;
        let schema = documents[at.0].pointer(&at.1).and_then(Value::as_object);
        // true and false say nothing of properties.
        let Some(schema) = schema else { return };
        if depth > JSON_DEPTH_MAX {
            return self.gap(Code::TooDeep);
        }
        let text = |word: &str| schema.get(word).and_then(Value::as_str);
        for to in ["$ref", "$dynamicRef"].iter().filter_map(|word| text(word)) {
            match target(self.documents, &self.names, at, to) {
                Some(target) => self.schema(&target, node, depth + 1),
                None => self.gap(Code::SchemaUnreadable),
            }
        }
        for word in TOGETHER {
            let count = schema.get(*word).and_then(Value::as_array).map_or(0, Vec::len);
            for n in 0..count {
                self.schema(&below(at, &[word, &n.to_string()]), node, depth + 1);
            }
        }
        for word in BESIDE.iter().filter(|word| schema.contains_key(**word)) {
            self.schema(&below(at, &[word]), node, depth + 1);
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in properties.into_iter().flat_map(Map::keys) {
            self.property(at, name, node, depth);
        }
        for word in ITEMS {
            match (schema.get(*word), node.any_index) {
                (None | Some(Value::Bool(_)), _) => {}
                (Some(of), Some(child)) => {
                    let child = &self.trie.nodes[child as usize];
                    let parts = of.as_array().map(|of| 0..of.len());
                    self.inside("[*]", |own| match parts {
                        Some(parts) => parts.for_each(|n| {
                            own.schema(&below(at, &[word, &n.to_string()]), child, depth + 1);
                        }),
                        None => own.schema(&below(at, &[word]), child, depth + 1),
                    });
                }
                // Listed one by one: the walk looks at each.
                _ if !node.indices.is_empty() => {}
                _ => self.gap(Code::WrongStructure),
            }
        }
        let more = schema.get("additionalProperties").is_some_and(Value::is_object);
        if let (true, Some(child)) = (more, node.any_name) {
            let child = &self.trie.nodes[child as usize];
            self.inside(".*", |own| {
                own.schema(&below(at, &["additionalProperties"]), child, depth + 1);
            });
        }
        // What says nothing of the value itself says it by others.
        let words = || OF_THE_OLD.iter().chain(&["type", "confluent:tags"]);
        if let (Some(field), true) = (node.leaf, words().any(|word| schema.contains_key(*word))) {
            self.value(at, schema, field);
        }
    }

    fn property(&mut self, at: &At, name: &str, node: &Node, depth: usize) {
        let child = node.named(name.as_bytes()).or(node.any_name);
        self.inside(&step(name), |own| match child {
            Some(child) => {
                let trie = own.trie;
                let child = &trie.nodes[child as usize];
                own.schema(&below(at, &["properties", name]), child, depth + 1);
            }
            None if own.unlisted == OnUnlisted::Delete => {
                own.cuts.entry(at.clone()).or_default().push(name.to_string());
            }
            // What it holds is looked through, or refuses the record.
            None if own.unlisted == OnUnlisted::Note => {}
            None => own.gap(Code::Unlisted),
        });
    }

    fn value(&mut self, at: &At, schema: &Map<String, Value>, field: u16) {
        let fate = (self.decide)(field);
        let is = |name: &str| match schema.get("type") {
            Some(Value::Array(types)) => types.iter().any(|one| one == name),
            Some(one) => one == name,
            None => false,
        };
        let number = is("number") || is("integer");
        if is("object") {
            return self.gap(Code::WrongStructure);
        }
        let becomes_text = fate.remains == Remains::Text && number;
        if becomes_text && !fate.retype {
            self.gap(Code::RetypeNeeded);
        }
        let change = match fate.kernel {
            None => Change::Stays,
            Some(kernel) => Change::Becomes {
                kernel,
                text: becomes_text,
                null: fate.remains == Remains::Nothing && !is("null"),
            },
        };
        let before = self.changes.insert(at.clone(), change.clone());
        if before.is_some_and(|before| before != change) {
            self.gap(Code::PathConflict);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Format, Language, Layout};

    fn document(text: &str, references: &[(&str, &str)]) -> Document {
        let references = references.iter().map(|(name, text)| (name.to_string(), text.to_string()));
        let (tags, message, references) = (Vec::new(), Vec::new(), references.collect());
        Document { language: Language::Json, text: text.into(), references, tags, message }
    }

    /// Binds `$.a`, of which a rule remains that.
    fn bound(text: &str, references: &[(&str, &str)], remains: Remains) -> Result<Value, Vec<Gap>> {
        let layout = Layout::compile(Format::Json, &["$.a"], &[]).expect("a path");
        let trie = layout.json().expect("of JSON");
        let kernel = (remains != Remains::Value).then_some("x");
        let decide = |_| Fate {
            remains,
            is_date: false,
            is_counted: false,
            width: 0,
            retype: true,
            is_looked_at: false,
            kernel,
        };
        let bound = bind(trie, &document(text, references), OnUnlisted::Refuse, &decide)?;
        Ok(serde_json::from_str(&bound.text).expect("JSON"))
    }

    fn of(a: &str) -> String {
        format!(r#"{{"type":"object","properties":{{"a":{a}}}}}"#)
    }

    #[test]
    fn a_schema_holds_of_what_stands_in_the_place_of_a_value() {
        for (before, remains, after) in [
            (r#"{"type":"string","pattern":"^1"}"#, Remains::Same, r#"{"type":"string"}"#),
            (r#"{"pattern":"^1","confluent:tags":["PII"]}"#, Remains::Same, "{}"),
            (r#"{"enum":["x","y"]}"#, Remains::Same, "{}"),
            (
                r#"{"type":["string","integer","null"]}"#,
                Remains::Text,
                r#"{"type":["null","string"]}"#,
            ),
            (r#"{"type":"string"}"#, Remains::Nothing, r#"{"type":["string","null"]}"#),
            (r#"{"type":["null","string"]}"#, Remains::Nothing, r#"{"type":["null","string"]}"#),
        ] {
            let got = bound(&of(before), &[], remains).expect("covered");
            let mut want: Value = serde_json::from_str(after).expect("JSON");
            want["confluent:tags"] = json!(["WEIR_X"]);
            assert_eq!(got["properties"]["a"], want, "{before}");
        }
    }

    #[test]
    fn two_branches_may_hold_of_what_stands_there() {
        let one_of = r#"{"oneOf":[{"type":"null"},{"type":"string"}]}"#;
        let got = bound(&of(one_of), &[], Remains::Nothing).expect("covered");
        let a = &got["properties"]["a"];
        assert!(
            a["oneOf"].is_null() && a["anyOf"].as_array().is_some_and(|of| of.len() == 2),
            "{a}"
        );
        // Nothing changes where nothing does.
        let got = bound(&of(one_of), &[], Remains::Value).expect("covered");
        assert!(got["properties"]["a"]["anyOf"].is_null());
    }

    #[test]
    fn schemas_in_circles_come_to_an_end() {
        let text =
            r##"{"allOf":[{"$ref":"#"},{"$ref":"#"}],"properties":{"a":{"type":"string"}}}"##;
        assert!(bound(text, &[], Remains::Value).is_ok());
        let text = r##"{"properties":{"a":{"$ref":"#"},"b":{"$ref":"#"}}}"##;
        assert_eq!(tagged(&document(text, &[])), Err(Code::SchemaUnreadable));
    }

    #[test]
    fn a_schema_that_is_referred_to_is_written_in_or_the_binding_fails() {
        let s = ("s.json", r#"{"type":"string","pattern":"^1"}"#);
        let got = bound(&of(r#"{"$ref":"s.json"}"#), &[s], Remains::Same).expect("covered");
        assert_eq!(got["properties"]["a"], json!({"type":"string","confluent:tags":["WEIR_X"]}));
        let c = ("c.json", r#"{"definitions":{"S":{"type":"string"}}}"#);
        let gaps = bound(&of(r##"{"$ref":"c.json#/definitions/S"}"##), &[c], Remains::Same);
        assert_eq!(gaps.expect_err("a gap")[0].code, Code::NotBuiltYet);
    }
}
