//! Paths of JSON documents, compiled to a trie that the walk follows.

use super::graph::{Types, Variant};
use crate::phi::Code;

/// The compiled paths of a schema for JSON.
#[derive(Debug)]
pub struct Trie {
    pub(super) nodes: Vec<Node>,
    /// Of formats with types.
    pub(super) types: Option<Types>,
    /// Records are lines, each a document.
    pub(super) is_lines: bool,
    /// The paths of what is about somebody of its own, in order.
    pub(super) parts: Vec<Box<str>>,
}

#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) names: Vec<(Box<str>, u32)>,
    pub(super) any_name: Option<u32>,
    pub(super) indices: Vec<(u32, u32)>,
    pub(super) any_index: Option<u32>,
    /// The path that ends here.
    pub(super) leaf: Option<u16>,
    /// The path that gives this object's member names a class.
    pub(super) names_leaf: Option<u16>,
    /// Types: members that count under a condition, before those of this node.
    pub(super) variants: Vec<Variant>,
    /// Types: the type whose members it has, too.
    pub(super) base: Option<u32>,
    /// FHIR: a resource, of which type it says itself.
    pub(super) is_resource: bool,
    /// It is about somebody of its own.
    pub(super) is_part: bool,
}

impl Node {
    /// Where the member of that name leads.
    pub(super) fn named(&self, name: &[u8]) -> Option<u32> {
        self.names.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, child)| *child)
    }
}

#[derive(Debug, PartialEq)]
enum Step<'a> {
    Name(&'a str),
    AnyName,
    Index(u32),
    AnyIndex,
    /// A final `~`: the names that `.*` stands for.
    NamesOf,
}

impl Trie {
    /// Compiles JSON paths; leaves carry the index of their path.
    ///
    /// Errors name the path by index: [`Code::BadPath`] for one that is not of the subset or a
    /// `.*` whose names have no class, [`Code::PathConflict`] for two that claim one place.
    pub(super) fn compile(paths: &[&str]) -> Result<Trie, Vec<(usize, Code)>> {
        let (nodes, parts) = (vec![Node::default()], Vec::new());
        let mut layout = Trie { nodes, types: None, is_lines: false, parts };
        let mut problems = Vec::new();
        for (at, path) in paths.iter().enumerate() {
            let added = match parse(path) {
                Some(steps) => layout.add(&steps, at as u16),
                None => Err(Code::BadPath),
            };
            if let Err(code) = added {
                problems.push((at, code));
            }
        }
        for (at, path) in paths.iter().enumerate() {
            // Member names are data: a `.*` without a class for its names would let them out.
            if let Some(steps) = parse(path) {
                for (n, step) in steps.iter().enumerate() {
                    let unnamed = |at: u32| layout.nodes[at as usize].names_leaf.is_none();
                    let names = || layout.find(&steps[..n]).is_some_and(unnamed);
                    if *step == Step::AnyName && names() {
                        problems.push((at, Code::BadPath));
                    }
                }
            }
        }
        if problems.is_empty() { Ok(layout) } else { Err(problems) }
    }

    /// What stands at a path is about somebody of its own. False where no path leads to something in it.
    pub(super) fn part(&mut self, path: &str) -> bool {
        let Some(at) = parse(path).and_then(|steps| self.find(&steps)) else { return false };
        let node = &mut self.nodes[at as usize];
        // Members, of an array none.
        node.is_part = !node.names.is_empty() || node.any_name.is_some();
        let is_part = node.is_part;
        if is_part && let Err(at) = self.parts.binary_search_by(|known| (**known).cmp(path)) {
            self.parts.insert(at, path.into());
        }
        is_part
    }

    /// Where a member leads that stands in the object `at` (0 is the record), and whether it is listed
    /// by its own name, and not as one of any names.
    pub fn member(&self, at: u32, name: &str) -> Option<(u32, bool)> {
        let node = &self.nodes[at as usize];
        let own = node.names.iter().find(|(known, _)| **known == *name);
        own.map(|(_, child)| (*child, true)).or(node.any_name.map(|child| (child, false)))
    }

    /// Where an element of the array `at` leads, and whether it is listed by its own index.
    pub fn element(&self, at: u32, index: u32) -> Option<(u32, bool)> {
        let node = &self.nodes[at as usize];
        let own = node.indices.iter().find(|(known, _)| *known == index);
        own.map(|(_, child)| (*child, true)).or(node.any_index.map(|child| (child, false)))
    }

    /// Whether each path is one name.
    pub(super) fn is_flat(&self) -> bool {
        let root = &self.nodes[0];
        let leaves = root.names.iter().filter(|(_, at)| self.nodes[*at as usize].leaf.is_some());
        leaves.count() + 1 == self.nodes.len()
    }

    /// The path that ends at `at`.
    pub fn leaf(&self, at: u32) -> Option<u16> {
        self.nodes[at as usize].leaf
    }

    /// The path that gives the names of the members of `at` a class.
    pub fn names_leaf(&self, at: u32) -> Option<u16> {
        self.nodes[at as usize].names_leaf
    }

    /// Whether `name` can stand behind a dot in a path; another one stands in `['...']`.
    pub fn is_plain_name(name: &str) -> bool {
        let mut chars = name.chars();
        let start = |c: char| c.is_alphabetic() || c == '_';
        chars.next().is_some_and(start) && chars.all(|c| start(c) || c.is_numeric())
    }

    /// A document that has each path once, with one element in each array and one member in each
    /// object of any names. `value` writes the value of a path, and `name` the name of a member that
    /// a path stands for, both as JSON.
    pub fn sample(&self, value: &dyn Fn(u16) -> String, name: &dyn Fn(u16) -> String) -> String {
        let mut out = String::new();
        self.sample_node(0, value, name, &mut out);
        out
    }

    fn sample_node(
        &self,
        at: u32,
        value: &dyn Fn(u16) -> String,
        name: &dyn Fn(u16) -> String,
        out: &mut String,
    ) {
        let node = &self.nodes[at as usize];
        if let Some(leaf) = node.leaf {
            out.push_str(&value(leaf));
        } else if !node.names.is_empty() || node.any_name.is_some() {
            let mut members: Vec<(String, u32)> = Vec::new();
            for (known, child) in &node.names {
                let mut text = Vec::new();
                super::json::encode(known, &mut text);
                members.push((format!("\"{}\"", String::from_utf8_lossy(&text)), *child));
            }
            if let (Some(child), Some(leaf)) = (node.any_name, node.names_leaf) {
                members.push((name(leaf), child));
            }
            for (n, (member, child)) in members.iter().enumerate() {
                out.push_str(if n == 0 { "{" } else { "," });
                out.push_str(member);
                out.push(':');
                self.sample_node(*child, value, name, out);
            }
            out.push('}');
        } else {
            let last = node.indices.iter().map(|(index, _)| *index).max();
            for index in 0..=last.unwrap_or(0) {
                let named = node.indices.iter().find(|(known, _)| *known == index);
                out.push(if index == 0 { '[' } else { ',' });
                match named.map(|(_, child)| *child).or(node.any_index) {
                    Some(child) => self.sample_node(child, value, name, out),
                    None => out.push_str("null"),
                }
            }
            out.push(']');
        }
    }

    fn find(&self, steps: &[Step<'_>]) -> Option<u32> {
        let mut at = 0;
        for step in steps {
            let node = &self.nodes[at as usize];
            at = match step {
                Step::Name(name) => node.names.iter().find(|(n, _)| **n == **name).map(|(_, c)| *c),
                Step::AnyName => node.any_name,
                Step::Index(index) => {
                    node.indices.iter().find(|(i, _)| i == index).map(|(_, c)| *c)
                }
                Step::AnyIndex => node.any_index,
                Step::NamesOf => None,
            }?;
        }
        Some(at)
    }

    fn add(&mut self, steps: &[Step<'_>], leaf: u16) -> Result<(), Code> {
        let mut at = 0;
        for (n, step) in steps.iter().enumerate() {
            // A value, or a list of what has members of its own: the parts of a message.
            if self.nodes[at].leaf.is_some() && !matches!(step, Step::AnyIndex) {
                return Err(Code::PathConflict);
            }
            if matches!(steps.get(n + 1), Some(Step::NamesOf)) {
                let slot = &mut self.nodes[at].names_leaf;
                return if slot.replace(leaf).is_some() { Err(Code::PathConflict) } else { Ok(()) };
            }
            at = self.child(at, step);
        }
        let node = &mut self.nodes[at];
        let has_children = !node.names.is_empty()
            || node.any_name.is_some()
            || !node.indices.is_empty()
            || node.names_leaf.is_some();
        if has_children || node.leaf.replace(leaf).is_some() {
            return Err(Code::PathConflict);
        }
        Ok(())
    }

    fn child(&mut self, at: usize, step: &Step<'_>) -> usize {
        let new = self.nodes.len() as u32;
        let node = &mut self.nodes[at];
        let child = match step {
            Step::Name(name) => match node.names.iter().find(|(n, _)| **n == **name) {
                Some((_, child)) => *child,
                None => {
                    node.names.push(((*name).into(), new));
                    new
                }
            },
            Step::Index(index) => match node.indices.iter().find(|(i, _)| i == index) {
                Some((_, child)) => *child,
                None => {
                    node.indices.push((*index, new));
                    new
                }
            },
            Step::AnyName => *node.any_name.get_or_insert(new),
            Step::AnyIndex | Step::NamesOf => *node.any_index.get_or_insert(new),
        };
        if child == new {
            self.nodes.push(Node::default());
        }
        child as usize
    }
}

/// A name as a part of a path.
pub(super) fn step(name: &str) -> String {
    if Trie::is_plain_name(name) { format!(".{name}") } else { format!("['{name}']") }
}

/// The path of the object that a value stands in; an array is no object.
pub(super) fn parent(path: &str) -> &str {
    let path = path.strip_suffix("[*]").unwrap_or(path);
    path.rsplit_once(['.', '[']).map_or("$", |(parent, _)| parent)
}

/// `$.a['b c'][0][*].*~` into steps; `None` when it is not of the subset.
fn parse(path: &str) -> Option<Vec<Step<'_>>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if rest == "~" && steps.last() == Some(&Step::AnyName) {
            steps.push(Step::NamesOf);
            return Some(steps);
        } else if let Some(after) = rest.strip_prefix(".*") {
            steps.push(Step::AnyName);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("[*]") {
            steps.push(Step::AnyIndex);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("['") {
            let (name, after) = after.split_once("']")?;
            steps.push(Step::Name(name));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let (index, after) = after.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        } else {
            let after = rest.strip_prefix('.')?;
            let end = after.find(['.', '[', '~', '*']).unwrap_or(after.len());
            let name = &after[..end];
            if !Trie::is_plain_name(name) {
                return None;
            }
            steps.push(Step::Name(name));
            rest = &after[end..];
        }
    }
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_subset_parse() {
        for path in ["$.a", "$.a.b[*].c", "$['odd name'][0]", "$.m.*", "$[*].x", "$.birth_date2"] {
            assert!(parse(path).is_some(), "{path}");
        }
        for path in ["a", "$", "$.", "$..a", "$.a[?(@.b)]", "$.a~", "$.a[-1]", "$.a b", "$.*~.x"] {
            assert!(parse(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_sample_has_each_path_once() {
        let paths = ["$.a['b c'][*].d", "$.a.e", "$.m.*", "$.m.*~", "$.i[1]", "$.i[*]", "$.q"];
        let layout = Trie::compile(&paths).expect("paths");
        let sample = layout.sample(&|leaf| leaf.to_string(), &|leaf| format!("\"n{leaf}\""));
        assert_eq!(sample, r#"{"a":{"b c":[{"d":0}],"e":1},"m":{"n3":2},"i":[5,4],"q":6}"#);
        let array = Trie::compile(&["$[*].x"]).expect("paths");
        assert_eq!(array.sample(&|_| "0".into(), &|_| String::new()), r#"[{"x":0}]"#);
    }

    #[test]
    fn what_has_members_can_be_a_part() {
        let mut layout = Trie::compile(&["$.a[*].id", "$.m.*", "$.m.*~", "$.x"]).expect("paths");
        for path in ["$.a[*]", "$.m", "$.a[*]"] {
            assert!(layout.part(path), "{path}");
        }
        for path in ["$.a", "$.x", "$.a[*].id", "$.b", "$", "a[*]"] {
            assert!(!layout.part(path), "{path}");
        }
        assert_eq!(layout.parts.concat(), "$.a[*]$.m");
    }

    #[test]
    fn conflicts_are_found_by_index() {
        let problems = |paths: &[&str]| Trie::compile(paths).map(|_| ()).expect_err("a problem");
        assert_eq!(problems(&["$.a", "$.a"]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["$.a", "$.a.b"]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["$.a.b", "$.a"]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["$.a", "$.a[0]"]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["$.m.*"]), [(0, Code::BadPath)]);
        for paths in [["$.a", "$.a[*].b"], ["$.a[*].b", "$.a"]] {
            assert!(Trie::compile(&paths).is_ok());
        }
        assert!(Trie::compile(&["$.m.*", "$.m.*~", "$.m.a"]).is_ok());
    }
}
