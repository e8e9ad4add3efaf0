//! JSON: one strict pass that follows the schema's paths, and strings in and out of their escapes.
//!
//! Strict, because a reader that is kinder than this one would see another record than the rules
//! did: duplicate members, invalid escapes, lone surrogates and trailing bytes are refusals.

use super::fhir;
use super::graph::Types;
use super::path::{Node, Trie};
use super::{
    Cut, Exit, Found, Group, Kind, Label, Labelled, Leaf, Member, OnUnlisted, Part, Stray, Unnamed,
};
use crate::limits::{JSON_DEPTH_MAX, JSON_MEMBERS_LINEAR_MAX, values_max};
use crate::phi::{Code, Span};
use std::collections::HashSet;

impl Trie {
    /// Finds the listed values of one record. The record is not changed.
    pub(super) fn walk(
        &self,
        bytes: &[u8],
        unlisted: OnUnlisted,
        found: &mut Found,
    ) -> Result<(), Code> {
        super::readable(bytes)?;
        let mut walk = Walk::new(bytes, Some(self), unlisted, found);
        walk.types = self.types.as_ref();
        walk.siblings = walk.types.is_some() && memchr::memmem::find(bytes, b"\"_").is_some();
        walk.space();
        if !self.is_lines {
            walk.document()?;
            walk.space();
            return if walk.at != bytes.len() { Err(Code::TrailingBytes) } else { Ok(()) };
        }
        while walk.at < bytes.len() {
            if walk.types.is_none() {
                walk.found.begin(walk.at, Part { above: None, unnamed: Unnamed::Below });
            }
            walk.part = 0;
            walk.document()?;
            // A line ends behind its document, and nowhere in it.
            let end = walk.at;
            walk.space();
            if walk.at < bytes.len() && !bytes[end..walk.at].contains(&b'\n') {
                return Err(Code::TrailingBytes);
            }
        }
        if found.leaves.is_empty() && bytes.trim_ascii().is_empty() {
            return Err(Code::NotJson);
        }
        Ok(())
    }

    /// Whether the bytes are one record, whatever its paths are: what [`Trie::walk`] refuses of
    /// any schema is refused.
    pub(super) fn check(bytes: &[u8]) -> Result<(), Code> {
        super::readable(bytes)?;
        let mut found = Found::default();
        let mut walk = Walk::new(bytes, None, OnUnlisted::Delete, &mut found);
        walk.space();
        walk.value(None, 0, 0)?;
        walk.space();
        if walk.at != bytes.len() { Err(Code::TrailingBytes) } else { Ok(()) }
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    trie: Option<&'a Trie>,
    nodes: &'a [Node],
    unlisted: OnUnlisted,
    found: &'a mut Found,
    /// Hashes of the names seen in the open objects that are not in the schema by name.
    hashes: Vec<u64>,
    /// The innermost member, where names are noted.
    member: Option<u32>,
    /// Of FHIR.
    types: Option<&'a Types>,
    /// Some member's name begins with `_`.
    siblings: bool,
    /// How the value that comes next goes.
    exit: Exit,
    /// The part of the record, one more than its number; 0 where it has none.
    part: u32,
    /// What it is in is a Bundle, whose entries are parts of their own.
    bundle: bool,
    /// The last object in which an extension stands for its value.
    extended: Option<u32>,
}

/// Where a member or element stands, so that it can be deleted with the right comma.
struct Place {
    start: usize,
    comma_before: Option<usize>,
    kept_before: bool,
}

impl<'a> Walk<'a> {
    fn new(
        bytes: &'a [u8],
        trie: Option<&'a Trie>,
        unlisted: OnUnlisted,
        found: &'a mut Found,
    ) -> Walk<'a> {
        let nodes = trie.map_or(&[][..], |trie| &trie.nodes);
        let (hashes, member, types, exit) = (Vec::new(), None, None, Exit::InPlace);
        let (at, siblings, part, bundle, extended) = (0, false, 0, false, None);
        Walk {
            bytes,
            at,
            trie,
            nodes,
            unlisted,
            found,
            hashes,
            member,
            types,
            siblings,
            exit,
            part,
            bundle,
            extended,
        }
    }

    /// Reads one document.
    fn document(&mut self) -> Result<(), Code> {
        let mut root = self.nodes.first();
        if self.types.is_some() {
            if self.peek() != Some(b'{') {
                return Err(Code::WrongStructure);
            }
            self.bundle = false;
            root = self.known(root);
        }
        self.value(Some(root.ok_or(Code::Unlisted)?), 0, 0)
    }

    /// The type of the resource that comes next, which begins a part; `None` where the schema has none of it. Of
    /// anything else what it is.
    fn known(&mut self, node: Option<&'a Node>) -> Option<&'a Node> {
        let types = self.types.filter(|_| node.is_some_and(|node| node.is_resource));
        let (Some(types), Some(b'{')) = (types, self.peek()) else { return node };
        let name = fhir::text_of(&self.bytes[self.at..], "resourceType")?;
        let root = types.root(&name)?;
        // What is contained in a resource is about whom that is about: its ids are of no other.
        if self.part == 0 || self.bundle {
            let above = self.part.checked_sub(1);
            self.found.begin(self.at, Part { above, unnamed: Unnamed::Below });
            self.part = self.found.parts.len() as u32;
            // What is contained has no label of its own (dom-5).
            let at = self.at as u32 + 1;
            let about = Span::new(self.at, self.bytes.len());
            self.found.labels.push(Label { at, about, room: Labelled::Nothing });
        }
        self.bundle = types.root("Bundle") == Some(root);
        Some(&self.nodes[root as usize])
    }

    /// Goes back to the part that was left when a resource began.
    fn back(&mut self, (part, bundle): (u32, bool)) {
        self.bundle = bundle;
        if self.part != part {
            self.part = part;
            if let Some(part) = part.checked_sub(1) {
                self.found.groups.push(Group { from: self.at as u32, part });
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Code> {
        if self.peek() != Some(byte) {
            return Err(Code::NotJson);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads one value. `node` is where the schema's paths stand; `None` below an unlisted member.
    fn value(&mut self, node: Option<&'a Node>, object: u32, depth: usize) -> Result<(), Code> {
        if depth > JSON_DEPTH_MAX {
            return Err(Code::TooDeep);
        }
        let start = self.at;
        let kind = match self.peek().ok_or(Code::NotJson)? {
            b'{' => {
                let node = self.container(node)?;
                let part = node.filter(|node| node.is_part).map(|_| self.found.enter(start));
                self.object(node, depth)?;
                part.into_iter().for_each(|around| self.found.leave(self.at, around));
                return Ok(());
            }
            b'[' => return self.array(self.container(node)?, object, depth),
            b'"' => Kind::Text { escaped: self.string()? },
            b't' => self.word(b"true", Kind::Bool)?,
            b'f' => self.word(b"false", Kind::Bool)?,
            b'n' => self.word(b"null", Kind::Null)?,
            b'-' | b'0'..=b'9' => {
                self.number()?;
                Kind::Number
            }
            _ => return Err(Code::NotJson),
        };
        let quotes = usize::from(matches!(kind, Kind::Text { .. }));
        let span = Span::new(start + quotes, self.at - quotes);
        let Some(node) = node else {
            if self.unlisted == OnUnlisted::Note {
                self.found.strays.push(Stray { span, kind, member: self.member });
            }
            return self.narrow();
        };
        let Some(field) = node.leaf else {
            // null where the schema lists members says nothing; a value would have no rule.
            return if kind == Kind::Null { Ok(()) } else { Err(Code::WrongStructure) };
        };
        self.found.leaves.push(Leaf { field, span, kind, object, exit: self.exit });
        self.narrow()
    }

    /// A record of a million values costs more beside its bytes than a record of as many bytes.
    fn narrow(&self) -> Result<(), Code> {
        let Found { leaves, deletions, members, strays, .. } = &*self.found;
        let values =
            leaves.len() + deletions.len() + members.len() + strays.len() + self.hashes.len();
        if values > values_max(self.bytes.len()) { Err(Code::TooWide) } else { Ok(()) }
    }

    /// An object or array where the schema lists a value has parts that no rule covers.
    fn container(&self, node: Option<&'a Node>) -> Result<Option<&'a Node>, Code> {
        match node {
            // A value may be a list of what the schema lists, too; in FHIR each may be one of its own type.
            Some(node)
                if node.leaf.is_some()
                    && (node.any_index.is_none() || self.peek() == Some(b'{')) =>
            {
                Err(Code::WrongStructure)
            }
            node => Ok(node),
        }
    }

    fn object(&mut self, node: Option<&'a Node>, depth: usize) -> Result<(), Code> {
        if node.is_some_and(|node| {
            node.names.is_empty()
                && node.base.is_none()
                && node.any_name.is_none()
                && (node.any_index.is_some() || !node.indices.is_empty())
        }) {
            return Err(Code::WrongStructure);
        }
        let object = self.at as u32;
        let last = self.found.labels.len().checked_sub(1);
        let mut label = last.filter(|last| self.found.labels[*last].at == object + 1);
        let mut names = Names { base: self.hashes.len(), listed: 0, wide: None, next: 0 };
        let mut comma_before = None;
        let mut kept_before = false;
        let above = self.member;
        let ahead = &self.bytes[self.at..];
        let met = node.map_or(0, |node| node.met(|beside| fhir::is_beside(ahead, beside)));
        self.at += 1;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            let place = Place { start: self.at, comma_before, kept_before };
            if self.peek() != Some(b'"') {
                return Err(Code::NotJson);
            }
            let escaped = self.string()?;
            let name = Span::new(place.start + 1, self.at - 1);
            let child = self.member(node, met, name, escaped, object, &mut names)?;
            if self.unlisted == OnUnlisted::Note {
                self.member = Some(self.found.members.len() as u32);
                let listed = child.is_some();
                self.found.members.push(Member { span: name, escaped, listed, above });
            }
            self.narrow()?;
            self.space();
            self.expect(b':')?;
            self.space();
            let outer = (self.part, self.bundle);
            let child = self.known(child);
            self.exit = self.exit(node, child, name, object);
            if child.is_some() || node.is_none() {
                let before = (self.found.leaves.len(), self.found.deletions.len());
                let start = self.at;
                self.value(child, object, depth + 1)?;
                let end = self.at;
                self.back(outer);
                self.space();
                if self.is_emptied(before) {
                    self.found.deletions.truncate(before.1);
                    self.cut(&place, end);
                } else {
                    kept_before = true;
                    if &self.bytes[name.range()] == b"meta" {
                        label = label.filter(|label| self.label(*label, start, before.1));
                    }
                }
            } else {
                self.unlisted_value(&place, depth)?;
            }
            match self.peek() {
                Some(b',') => {
                    comma_before = Some(self.at);
                    self.at += 1;
                    self.space();
                }
                Some(b'}') => break,
                _ => return Err(Code::NotJson),
            }
        }
        self.at += 1;
        self.member = above;
        self.hashes.truncate(names.base);
        if let Some(label) = label.and_then(|at| self.found.labels.get_mut(at)) {
            label.about.end = self.at as u32;
        }
        Ok(())
    }

    /// A resource has metadata, which stay and begin at `start`: its label goes there, to others where there are some
    /// that stay. `cut`: how many deletions there were. False where there is no room, and then no label.
    fn label(&mut self, label: usize, start: usize, cut: usize) -> bool {
        let meta = &self.bytes[start..self.at];
        let is_kept = |at: usize| {
            let cuts = &self.found.deletions[cut..];
            !cuts.iter().any(|cut| cut.span.range().contains(&at))
        };
        let list = fhir::value_of(meta, b"security").map(|at| start + at);
        let list = list.filter(|at| is_kept(*at));
        let (at, room) = match (list, meta.first()) {
            (Some(at), _) => (at, Labelled::Labels),
            (None, _) => (start, Labelled::Metadata),
        };
        // A label goes in front of others, and where there are none there is no room for a comma.
        let mark = if room == Labelled::Labels { b'[' } else { b'{' };
        let behind = self.bytes[at + 1..].iter().find(|b| !b.is_ascii_whitespace());
        if self.bytes[at] != mark || matches!(behind, Some(b']' | b'}')) {
            self.found.labels.remove(label);
            return false;
        }
        let own = &mut self.found.labels[label];
        (own.at, own.room) = (at as u32 + 1, room);
        true
    }

    /// How the value of a member goes, which is called `name` and stands in `node`.
    fn exit(&mut self, node: Option<&Node>, child: Option<&Node>, name: Span, object: u32) -> Exit {
        let (Some(types), Some(node)) = (self.types, node) else { return Exit::InPlace };
        if child.is_none_or(|child| child.leaf.is_none()) {
            return Exit::InPlace;
        }
        let text = &self.bytes[name.range()];
        let sibling = || {
            let sibling = [b"_", text].concat();
            self.siblings && fhir::has(&self.bytes[object as usize..], &sibling)
        };
        let is_extension =
            || types.extension.is_some_and(|at| std::ptr::eq(node, &self.nodes[at as usize]));
        // An id has no elements of its own, and what a sibling says stays.
        if text == b"id" || sibling() {
            Exit::Member(name.start)
        } else if !(text.starts_with(b"value") && is_extension()) {
            Exit::Absent(name.start)
        } else if self.extended.replace(object) == Some(object)
            || fhir::has(&self.bytes[object as usize..], b"extension")
        {
            Exit::Member(name.start)
        } else {
            Exit::Extension(name.start)
        }
    }

    /// Checks a member's name for duplicates and finds where its path leads.
    fn member(
        &mut self,
        node: Option<&'a Node>,
        met: u64,
        name: Span,
        escaped: bool,
        object: u32,
        names: &mut Names,
    ) -> Result<Option<&'a Node>, Code> {
        let raw = &self.bytes[name.range()];
        let mut decoded = String::new();
        if escaped && self.types.is_some() {
            // No element has a name that needs it, and what is looked for ahead is looked for as it stands.
            return Err(Code::WrongStructure);
        }
        let text: &[u8] = if escaped {
            let raw = std::str::from_utf8(raw).map_err(|_| Code::NotUtf8)?;
            decode(raw, &mut decoded, None)?;
            decoded.as_bytes()
        } else {
            raw
        };
        // Where a variant counts, the node's own members come second.
        if let Some(node) = node.filter(|_| met == 0)
            && let Some(at) = names.find(node, text)
        {
            if at < 128 {
                let bit = 1u128 << at;
                if names.listed & bit != 0 {
                    return Err(Code::DuplicateMember);
                }
                names.listed |= bit;
            } else {
                names.note(&mut self.hashes, text)?;
            }
            return Ok(Some(&self.nodes[node.names[at].1 as usize]));
        }
        names.note(&mut self.hashes, text)?;
        let Some(node) = node else { return Ok(None) };
        if let Some(types) = self.types {
            let named = |text: &[u8]| self.trie?.lead(node, met, text);
            // `_birthDate` has the elements of a primitive value.
            let child = named(text).or_else(|| {
                let of = named(text.strip_prefix(b"_")?)?;
                of.leaf.and(types.base).map(|base| &self.nodes[base as usize])
            });
            return Ok(child);
        }
        let Some(child) = node.any_name else { return Ok(None) };
        if let Some(field) = node.names_leaf {
            let kind = Kind::Name { escaped };
            self.found.leaves.push(Leaf { field, span: name, kind, object, exit: Exit::InPlace });
        }
        Ok(Some(&self.nodes[child as usize]))
    }

    fn array(&mut self, node: Option<&'a Node>, object: u32, depth: usize) -> Result<(), Code> {
        if node.is_some_and(|node| node.any_index.is_none() && node.indices.is_empty()) {
            return Err(Code::WrongStructure);
        }
        self.at += 1;
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        let mut comma_before = None;
        let mut kept_before = false;
        for index in 0u32.. {
            let place = Place { start: self.at, comma_before, kept_before };
            let child = node.and_then(|node| {
                let exact = node.indices.iter().find(|(i, _)| *i == index).map(|(_, child)| *child);
                exact.or(node.any_index).map(|child| &self.nodes[child as usize])
            });
            let outer = (self.part, self.bundle);
            let child = self.known(child);
            self.exit = Exit::InPlace;
            if child.is_some() || node.is_none() {
                let before = (self.found.leaves.len(), self.found.deletions.len());
                self.value(child, object, depth + 1)?;
                let end = self.at;
                self.back(outer);
                self.space();
                if self.is_emptied(before) {
                    self.found.deletions.truncate(before.1);
                    self.cut(&place, end);
                } else {
                    kept_before = true;
                }
            } else {
                self.unlisted_value(&place, depth)?;
            }
            match self.peek() {
                Some(b',') => {
                    comma_before = Some(self.at);
                    self.at += 1;
                    self.space();
                }
                Some(b']') => break,
                _ => return Err(Code::NotJson),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a value that no path names, and marks it for deletion with its comma, or notes it.
    fn unlisted_value(&mut self, place: &Place, depth: usize) -> Result<(), Code> {
        if self.unlisted == OnUnlisted::Refuse {
            return Err(Code::Unlisted);
        }
        self.value(None, 0, depth + 1)?;
        let end = self.at;
        self.space();
        if self.unlisted == OnUnlisted::Note {
            self.found.unlisted.push(Span::new(place.start, end));
            return Ok(());
        }
        self.cut(place, end);
        Ok(())
    }

    /// Marks a member or element that ends at `end` for deletion, with its comma. What is behind it was not read yet.
    fn cut(&mut self, place: &Place, end: usize) {
        let span = match place.comma_before {
            // The comma before goes when something stays before it, else the one behind.
            Some(comma) if place.kept_before => Span::new(comma, end),
            _ if self.peek() == Some(b',') => {
                let mut next = self.at + 1;
                while matches!(self.bytes.get(next), Some(b' ' | b'\n' | b'\r' | b'\t')) {
                    next += 1;
                }
                Span::new(place.start, next)
            }
            _ => Span::new(place.start, end),
        };
        self.found.deletions.push(Cut::of(span));
    }

    /// FHIR has no empty objects and lists: what all goes of, goes. `before`: how many leaves and deletions there were
    /// when it began.
    fn is_emptied(&self, before: (usize, usize)) -> bool {
        let Found { leaves, deletions, .. } = &*self.found;
        self.types.is_some() && leaves.len() == before.0 && deletions.len() > before.1
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Result<Kind, Code> {
        if !self.bytes[self.at..].starts_with(word) {
            return Err(Code::NotJson);
        }
        self.at += word.len();
        Ok(kind)
    }

    fn digits(&mut self) -> Result<(), Code> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(Code::NotJson) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<(), Code> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Reads a string, quotes included; true when it holds escapes.
    fn string(&mut self) -> Result<bool, Code> {
        self.at += 1;
        let mut escaped = false;
        loop {
            // Sixteen plain bytes at a step: the compiler makes one comparison of it.
            while let Some(chunk) = self.bytes.get(self.at..self.at + 16) {
                if chunk
                    .iter()
                    .fold(false, |stop, &b| stop | (b < 0x20) | (b == b'"') | (b == b'\\'))
                {
                    break;
                }
                self.at += 16;
            }
            match self.peek().ok_or(Code::NotJson)? {
                b'"' => {
                    self.at += 1;
                    return Ok(escaped);
                }
                b'\\' => {
                    escaped = true;
                    let (_, used) = escape(&self.bytes[self.at..])?;
                    self.at += used;
                }
                0..0x20 => return Err(Code::NotJson),
                _ => self.at += 1,
            }
        }
    }
}

/// The names seen in one open object.
struct Names {
    base: usize,
    listed: u128,
    wide: Option<HashSet<u64>>,
    /// Records repeat their order: the search starts behind the last hit.
    next: usize,
}

impl Names {
    fn find(&mut self, node: &Node, name: &[u8]) -> Option<usize> {
        let n = node.names.len();
        for step in 0..n {
            let at = (self.next + step) % n;
            if node.names[at].0.as_bytes() == name {
                self.next = at + 1;
                return Some(at);
            }
        }
        None
    }

    /// Notes a name; equal hashes count as equal names, which can only refuse too much.
    fn note(&mut self, hashes: &mut Vec<u64>, name: &[u8]) -> Result<(), Code> {
        let hash = name.iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if let Some(wide) = &mut self.wide {
            return if wide.insert(hash) { Ok(()) } else { Err(Code::DuplicateMember) };
        }
        if hashes[self.base..].contains(&hash) {
            return Err(Code::DuplicateMember);
        }
        hashes.push(hash);
        if hashes.len() - self.base > JSON_MEMBERS_LINEAR_MAX {
            self.wide = Some(hashes[self.base..].iter().copied().collect());
        }
        Ok(())
    }
}

/// The escape at the start of `bytes`: its character and its length in bytes.
fn escape(bytes: &[u8]) -> Result<(char, usize), Code> {
    let simple = |c: char| Ok((c, 2));
    match bytes.get(1).ok_or(Code::NotJson)? {
        b'"' => simple('"'),
        b'\\' => simple('\\'),
        b'/' => simple('/'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'u' => {
            let unit = hex4(bytes, 2)?;
            if !(0xd800..0xe000).contains(&unit) {
                return Ok((char::from_u32(unit).ok_or(Code::NotJson)?, 6));
            }
            if unit >= 0xdc00 || bytes.get(6..8) != Some(b"\\u") {
                return Err(Code::NotJson);
            }
            let low = hex4(bytes, 8)?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(Code::NotJson);
            }
            let c = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            Ok((char::from_u32(c).ok_or(Code::NotJson)?, 12))
        }
        _ => Err(Code::NotJson),
    }
}

fn hex4(bytes: &[u8], at: usize) -> Result<u32, Code> {
    let digits = bytes.get(at..at + 4).ok_or(Code::NotJson)?;
    digits.iter().try_fold(0, |value, &digit| {
        Ok(value * 16 + char::from(digit).to_digit(16).ok_or(Code::NotJson)?)
    })
}

/// Appends the decoded string to `out`. `map`, where given, gets for each decoded byte the offset
/// of its source in `raw`, and one entry more for the end.
pub(super) fn decode(raw: &str, out: &mut String, map: Option<&mut Vec<u32>>) -> Result<(), Code> {
    super::codec::unescape(raw, b'\\', |text| escape(text.as_bytes()), out, map)
}

/// Appends `value` to `out` with the escapes that a JSON string needs.
pub(super) fn encode(value: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let is_escaped = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    // Tokens need no escapes, for the most part: all bytes are looked at, many at a time.
    if !value.as_bytes().iter().fold(false, |any, byte| any | is_escaped(byte)) {
        return out.extend_from_slice(value.as_bytes());
    }
    for &byte in value.as_bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            0..0x20 => {
                let digit = |n: u8| HEX[usize::from(n)];
                out.extend([b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            }
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(paths: &[&str], json: &str, unlisted: OnUnlisted) -> Result<Found, Code> {
        let mut found = Found::default();
        Trie::compile(paths).expect("paths").walk(json.as_bytes(), unlisted, &mut found)?;
        Ok(found)
    }

    fn refused(json: &str) -> Option<Code> {
        walk(&["$.a", "$.b.c", "$.d[*]", "$.m.*", "$.m.*~"], json, OnUnlisted::Refuse).err()
    }

    #[test]
    fn leaves_are_where_the_paths_say() {
        let json = r#" {"a": "x\ny", "b":{"c":-1.5e3}, "d":[true,null], "m":{"k":"v"}} "#;
        let found = walk(&["$.a", "$.b.c", "$.d[*]", "$.m.*", "$.m.*~"], json, OnUnlisted::Refuse)
            .expect("walks");
        let seen: Vec<_> =
            found.leaves.iter().map(|leaf| (leaf.field, &json[leaf.span.range()])).collect();
        assert_eq!(
            seen,
            [(0, "x\\ny"), (1, "-1.5e3"), (2, "true"), (2, "null"), (4, "k"), (3, "v")]
        );
    }

    #[test]
    fn a_value_may_be_a_list_of_parts() {
        let paths = ["$.content", "$.content[*].text"];
        let texts = |json: &str| -> Result<Vec<(u16, String)>, Code> {
            let found = walk(&paths, json, OnUnlisted::Refuse)?;
            let text = |leaf: &Leaf| (leaf.field, json[leaf.span.range()].to_string());
            Ok(found.leaves.iter().map(text).collect())
        };
        assert_eq!(texts(r#"{"content":"a"}"#), Ok(vec![(0, "a".to_string())]));
        assert_eq!(texts(r#"{"content":[{"text":"a"}]}"#), Ok(vec![(1, "a".to_string())]));
        for json in
            [r#"{"content":{"text":"a"}}"#, r#"{"content":["a"]}"#, r#"{"content":[["a"]]}"#]
        {
            assert_eq!(texts(json), Err(Code::WrongStructure), "{json}");
        }
    }

    #[test]
    fn hostile_records_are_refused_by_code() {
        for (json, code) in [
            (r#"{"a":1,"a":2}"#, Code::DuplicateMember),
            (r#"{"a":1,"\u0061":2}"#, Code::DuplicateMember),
            (r#"{"m":{"k":1,"k":2}}"#, Code::DuplicateMember),
            (r#"{"a":1} {}"#, Code::TrailingBytes),
            (r#"{"z":1}"#, Code::Unlisted),
            (r#"{"a":{"z":1}}"#, Code::WrongStructure),
            (r#"{"b":7}"#, Code::WrongStructure),
            (r#"{"d":{"x":1}}"#, Code::WrongStructure),
            (r#"{"b":[1]}"#, Code::WrongStructure),
            (r#"[1]"#, Code::WrongStructure),
            (r#""Jane""#, Code::WrongStructure),
            (r#"{"a":"\ud800"}"#, Code::NotJson),
            (r#"{"a":"\x"}"#, Code::NotJson),
            (r#"{"a":01}"#, Code::TrailingBytes),
            (r#"{"a":1,}"#, Code::NotJson),
            (r#"{"a":"x"#, Code::NotJson),
            ("{\"a\":\"\u{1}\"}", Code::NotJson),
            ("", Code::NotJson),
        ] {
            let refused = refused(json);
            assert!(
                refused == Some(code)
                    || code == Code::TrailingBytes && refused == Some(Code::NotJson),
                "{json}: {refused:?}"
            );
        }
        assert_eq!(refused(r#"{"a":null,"b":null,"d":[],"m":{}}"#), None);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused() {
        let mut found = Found::default();
        let layout = Trie::compile(&["$.a"]).expect("paths");
        let walked = layout.walk(b"{\"a\":\"\xff\"}", OnUnlisted::Refuse, &mut found);
        assert_eq!(walked, Err(Code::NotUtf8));
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{{\"z\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(walk(&["$.a"], &deep, OnUnlisted::Delete).err(), Some(Code::TooDeep));
    }

    #[test]
    fn duplicates_in_wide_objects_are_found() {
        let members: Vec<_> = (0..5_000).map(|n| format!("\"k{n}\":1")).collect();
        let wide = format!("{{{},\"k17\":2}}", members.join(","));
        assert_eq!(walk(&["$.a"], &wide, OnUnlisted::Delete).err(), Some(Code::DuplicateMember));
    }

    #[test]
    fn unlisted_members_are_deleted_with_their_commas() {
        for (json, want) in [
            (r#"{"a":1,"x":2}"#, r#"{"a":1}"#),
            (r#"{"x":2,"a":1}"#, r#"{"a":1}"#),
            (r#"{"x":2, "y":[1,{"z":3}], "a":1}"#, r#"{"a":1}"#),
            (r#"{"a":1,"x":2,"y":3}"#, r#"{"a":1}"#),
            (r#"{ "x":2 , "y":3 }"#, r#"{ }"#),
            (r#"{"x":2,"a":1,"y":3}"#, r#"{"a":1}"#),
            (r#"{"d":[1,2,3]}"#, r#"{"d":[2]}"#),
        ] {
            let found = walk(&["$.a", "$.d[1]"], json, OnUnlisted::Delete).expect("walks");
            let mut out = String::new();
            let mut at = 0;
            for Cut { span, .. } in &found.deletions {
                out.push_str(&json[at..span.start as usize]);
                at = span.end as usize;
            }
            out.push_str(&json[at..]);
            assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "{json} -> {out}");
            let squeeze = |s: &str| s.replace(' ', "");
            assert_eq!(squeeze(&out), squeeze(want), "{json}");
        }
    }

    #[test]
    fn unlisted_members_are_noted_with_their_names() {
        let json = r#"{"a":1, "x\n" : {"y":[2,"z\"",{"w":null}],"v":true} ,"d":[7,8,9],"e":{}}"#;
        let found = walk(&["$.a", "$.d[1]"], json, OnUnlisted::Note).expect("walks");
        let text = |span: Span| &json[span.range()];
        let names: Vec<_> = found
            .members
            .iter()
            .map(|member| (text(member.span), member.escaped, member.listed, member.above))
            .collect();
        assert_eq!(
            names,
            [
                ("a", false, true, None),
                ("x\\n", true, false, None),
                ("y", false, false, Some(1)),
                ("w", false, false, Some(2)),
                ("v", false, false, Some(1)),
                ("d", false, true, None),
                ("e", false, false, None),
            ]
        );
        let strays: Vec<_> =
            found.strays.iter().map(|stray| (text(stray.span), stray.member)).collect();
        assert_eq!(
            strays,
            [
                ("2", Some(2)),
                ("z\\\"", Some(2)),
                ("null", Some(3)),
                ("true", Some(4)),
                ("7", Some(5)),
                ("9", Some(5)),
            ]
        );
        let unlisted: Vec<_> = found.unlisted.iter().map(|span| text(*span)).collect();
        assert_eq!(unlisted[1..], ["7", "9", r#""e":{}"#]);
        assert!(unlisted[0].starts_with("\"x") && unlisted[0].ends_with("true}"), "{unlisted:?}");
        assert!(found.deletions.is_empty());
        // Nothing is noted of a record that needs none of it.
        let found = walk(&["$.a", "$.d[1]"], json, OnUnlisted::Delete).expect("walks");
        assert!(found.members.is_empty() && found.strays.is_empty() && found.unlisted.is_empty());
    }

    #[test]
    fn strings_survive_decode_and_encode() {
        let raw = r#"tab\tquote\" \u00e9 \ud83d\ude00 é"#;
        let (mut text, mut map) = (String::new(), Vec::new());
        decode(raw, &mut text, Some(&mut map)).expect("decodes");
        assert_eq!(text, "tab\tquote\" é 😀 é");
        assert_eq!(map.len(), text.len() + 1);
        assert_eq!(map[3], 3);
        let mut out = Vec::new();
        encode("a\"\\\n\u{1}é", &mut out);
        assert_eq!(out, "a\\\"\\\\\\n\\u0001é".as_bytes());
    }
}
