//! Formats whose schemas list the elements of types (FHIR, CDA): the graph that the paths of such a schema make.

use super::path::{Node, Trie};
use crate::phi::Code;
use std::collections::HashMap;

/// How such a format writes its paths.
pub(super) struct Notation {
    /// Takes a path apart.
    pub(super) parse: fn(&str) -> Option<Path<'_>>,
    /// The type that stands for any other, which says itself what it is; its elements are those of all types that are
    /// no element's.
    pub(super) any: Option<&'static str>,
    /// The type whose elements all others have.
    pub(super) base: &'static str,
    /// What has elements may have a value, too.
    pub(super) is_mixed: bool,
}

/// A path, taken apart.
pub(super) struct Path<'a> {
    pub(super) root: &'a str,
    pub(super) beside: Option<Beside>,
    pub(super) names: Vec<&'a str>,
}

/// What has to stand beside a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    /// The member, and those below it.
    pub(super) names: Vec<Box<str>>,
    /// What it may be; anything where there are none.
    pub(super) values: Vec<Box<str>>,
    /// How it may begin.
    pub(super) is_prefix: bool,
}

/// What the graph of types has beside its nodes.
#[derive(Debug, Default)]
pub(super) struct Types {
    /// Types by name.
    roots: HashMap<Box<str>, u32>,
    /// The type whose elements all others have.
    pub(super) base: Option<u32>,
    /// The type of extensions (FHIR).
    pub(super) extension: Option<u32>,
}

impl Node {
    /// The variants whose condition is met, as bits.
    pub(super) fn met(&self, is: impl Fn(&Beside) -> bool) -> u64 {
        let variants = self.variants.iter().enumerate();
        variants.fold(0, |met, (bit, one)| met | u64::from(is(&one.beside)) << bit)
    }
}

impl Types {
    /// The type of that name, where the schema has elements of it.
    pub(super) fn root(&self, name: &str) -> Option<u32> {
        self.roots.get(name).copied()
    }
}

/// Elements of a type that count where something stands beside them.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) beside: Beside,
    pub(super) node: u32,
}

/// Most conditions of one type: a bit is kept for each.
const VARIANTS_MAX: usize = 64;

impl Trie {
    /// Where a member of that name leads from a node, of which the variants in `met` count, the first first; then its
    /// own, then those that all types have.
    pub(super) fn lead<'a>(&'a self, node: &'a Node, met: u64, name: &[u8]) -> Option<&'a Node> {
        self.steps(node, met).find_map(|node| node.named(name)).map(|at| &self.nodes[at as usize])
    }

    /// The path that a value at `path` has its rule from, where nothing stands beside it.
    pub(super) fn leaf_at(&self, notation: &Notation, path: &str) -> Option<u16> {
        let path = (notation.parse)(path)?;
        let root = self.types.as_ref()?.root(path.root)?;
        let start = &self.nodes[root as usize];
        let end =
            path.names.iter().try_fold(start, |node, name| self.lead(node, 0, name.as_bytes()))?;
        self.steps(end, 0).find_map(|node| node.leaf)
    }

    /// The same for an attribute, whose name has `@` in front in paths.
    pub(super) fn lead_attribute<'a>(
        &'a self,
        node: &'a Node,
        met: u64,
        name: &str,
    ) -> Option<&'a Node> {
        let named = |node: &Node| {
            let mut names = node.names.iter();
            names.find(|(known, _)| known.strip_prefix('@') == Some(name)).map(|(_, at)| *at)
        };
        self.steps(node, met).find_map(named).map(|at| &self.nodes[at as usize])
    }

    /// The nodes whose members a node has.
    pub(super) fn steps<'a>(&'a self, node: &'a Node, met: u64) -> impl Iterator<Item = &'a Node> {
        let variants = node.variants.iter().enumerate().filter(move |(bit, _)| met >> bit & 1 == 1);
        let base = node.base.map(|base| &self.nodes[base as usize]);
        let variants = variants.map(|(_, one)| &self.nodes[one.node as usize]);
        variants.chain([node]).chain(base)
    }
}

/// Compiles the elements of types. `links` are elements that are of another type: the path and its name. Errors name
/// the path by index, links behind the others.
pub(super) fn compile(
    notation: &Notation,
    paths: &[&str],
    links: &[(&str, &str)],
) -> Result<Trie, Vec<(usize, Code)>> {
    let any = Node { is_resource: true, any_index: Some(0), ..Node::default() };
    let is_mixed = notation.is_mixed;
    let mut graph = Graph { nodes: vec![any], types: Types::default(), is_mixed };
    let mut problems = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let added = (notation.parse)(path).ok_or(Code::BadPath).and_then(|path| {
            let node = graph.walk(&path)?;
            graph.leaf(node, at as u16)
        });
        problems.extend(added.err().map(|code| (at, code)));
    }
    let all = paths.iter().chain(links.iter().map(|(path, _)| path));
    for root in all.filter_map(|path| (notation.parse)(path)).map(|path| path.root) {
        graph.root(root);
    }
    for (at, (path, to)) in (paths.len()..).zip(links) {
        let target = if Some(*to) == notation.any { Some(0) } else { graph.types.root(to) };
        let added = (notation.parse)(path).zip(target).ok_or(Code::BadPath);
        let added = added.and_then(|(path, target)| graph.link(&path, target));
        problems.extend(added.err().map(|code| (at, code)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let base = graph.types.root(notation.base);
    let any = notation.any.and_then(|any| graph.types.root(any));
    graph.types.base = base;
    graph.types.extension = graph.types.root("Extension");
    let typed: Vec<u32> = links.iter().filter_map(|(_, to)| graph.types.root(to)).collect();
    let roots: Vec<u32> = graph.types.roots.values().copied().collect();
    for at in 0..graph.nodes.len() as u32 {
        let is_outermost = any.is_some() && roots.contains(&at) && !typed.contains(&at);
        let base = if is_outermost { any } else { base };
        graph.nodes[at as usize].base = base.filter(|base| *base != at);
    }
    Ok(Trie { nodes: graph.nodes, types: Some(graph.types), is_lines: false, parts: Vec::new() })
}

/// Node 0 is of any type.
struct Graph {
    nodes: Vec<Node>,
    types: Types,
    is_mixed: bool,
}

impl Graph {
    /// A node; a list of what it is is of the same type.
    fn fresh(&mut self) -> u32 {
        let at = self.nodes.len() as u32;
        self.nodes.push(Node { any_index: Some(at), ..Node::default() });
        at
    }

    fn root(&mut self, name: &str) -> u32 {
        if let Some(at) = self.types.root(name) {
            return at;
        }
        let at = self.fresh();
        self.types.roots.insert(name.into(), at);
        at
    }

    /// The node of a type, under a condition where there is one.
    fn start(&mut self, path: &Path<'_>) -> Result<u32, Code> {
        let root = self.root(path.root);
        let Some(beside) = &path.beside else { return Ok(root) };
        let variants = &self.nodes[root as usize].variants;
        if let Some(known) = variants.iter().find(|one| one.beside == *beside) {
            return Ok(known.node);
        }
        if variants.len() == VARIANTS_MAX {
            return Err(Code::BadPath);
        }
        let node = self.fresh();
        let variant = Variant { beside: beside.clone(), node };
        self.nodes[root as usize].variants.push(variant);
        Ok(node)
    }

    fn walk(&mut self, path: &Path<'_>) -> Result<u32, Code> {
        let mut at = self.start(path)?;
        for name in &path.names {
            let node = &self.nodes[at as usize];
            if node.leaf.is_some() && !self.is_mixed {
                return Err(Code::PathConflict);
            }
            at = match node.named(name.as_bytes()) {
                Some(child) => child,
                None => {
                    let child = self.fresh();
                    self.nodes[at as usize].names.push(((*name).into(), child));
                    child
                }
            };
        }
        Ok(at)
    }

    fn leaf(&mut self, at: u32, leaf: u16) -> Result<(), Code> {
        let is_mixed = self.is_mixed;
        let node = &mut self.nodes[at as usize];
        if !is_mixed && !node.names.is_empty() || node.leaf.replace(leaf).is_some() {
            return Err(Code::PathConflict);
        }
        Ok(())
    }

    fn link(&mut self, path: &Path<'_>, target: u32) -> Result<(), Code> {
        let (last, above) = path.names.split_last().ok_or(Code::BadPath)?;
        let above = Path { root: path.root, beside: path.beside.clone(), names: above.to_vec() };
        let at = self.walk(&above)?;
        let node = &mut self.nodes[at as usize];
        let is_value = node.leaf.is_some() && !self.is_mixed;
        if is_value || node.named(last.as_bytes()).is_some() {
            return Err(Code::PathConflict);
        }
        node.names.push(((*last).into(), target));
        Ok(())
    }
}
