//! C-CDA and other XML by types: elements, their texts and attributes. Names count without their prefix, entities but
//! those of XML itself are refused, and bytes that no rule touches stay.

use super::graph::{Beside, Notation, Path};
use super::path::{Node, Trie};
use super::{Codec, Cut, Exit, Found, Group, Kind, Leaf, Member, OnUnlisted, Part, Stray, Unnamed};
use crate::limits::{XML_DEPTH_MAX, values_max};
use crate::phi::{Code, Span};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;
use std::ops::Range;

pub(super) const NOTATION: Notation = Notation { parse, any: None, base: "Base", is_mixed: true };

/// The step to all that is in an element.
const WHOLE: &str = "node()";
/// The step to its text, which may be left out behind an element.
const TEXT: &str = "text()";
/// Why there is no value (HL7 version 3, NullFlavor).
const FLAVORS: &[&str] = &[
    "NI", "INV", "DER", "OTH", "NINF", "PINF", "UNC", "MSK", "NA", "UNK", "ASKU", "NAV", "NASK",
    "NAVU", "QS", "TRC", "NP",
];
/// Who a document is about (CDA R2).
const PATIENT: &str = "recordTarget";
/// Who a section or a statement is about instead: in its `subject`.
const SUBJECT: &str = "relatedSubject";
/// Schemes in front of numbers and addresses, which stay (RFC 3966, RFC 6068).
const SCHEMES: &[&str] = &["tel:", "fax:", "mailto:", "sms:"];

/// `II[@root='2.16.840.1.113883.4.1']/@extension`, taken apart.
fn parse(path: &str) -> Option<Path<'_>> {
    let end = path.find(['/', '['])?;
    let (root, rest) = path.split_at(end);
    let (beside, rest) = match rest.strip_prefix('[') {
        None => (None, rest),
        Some(inside) => {
            let (inside, rest) = inside.split_once(']')?;
            (Some(condition(inside)?), rest)
        }
    };
    let mut names: Vec<_> = rest.strip_prefix('/')?.split('/').collect();
    if names.last() == Some(&TEXT) {
        names.pop();
        let known = names.iter().chain([&root]).all(|name| Trie::is_plain_name(name));
        return known.then_some(Path { root, beside, names });
    }
    let (last, above) = names.split_last()?;
    let bare = last.strip_prefix('@').unwrap_or(last);
    let known = root.starts_with(|c: char| c.is_ascii_uppercase())
        && (*last == WHOLE || Trie::is_plain_name(bare))
        && above.iter().chain([&root]).all(|name| Trie::is_plain_name(name));
    known.then_some(Path { root, beside, names })
}

/// `@root='x'`, `@extension`, `starts-with(@value,'tel:')`.
fn condition(text: &str) -> Option<Beside> {
    let quoted = |text: &str| -> Option<Vec<Box<str>>> {
        let value = text.trim().strip_prefix('\'')?.strip_suffix('\'')?;
        (!value.is_empty()).then(|| vec![value.into()])
    };
    let text = text.trim();
    let (name, values, is_prefix) = match text.strip_prefix("starts-with(") {
        Some(inside) => {
            let (name, value) = inside.strip_suffix(')')?.split_once(',')?;
            (name, quoted(value)?, true)
        }
        None => match text.split_once('=') {
            Some((name, value)) => (name, quoted(value)?, false),
            None => (text, Vec::new(), false),
        },
    };
    let name = name.trim().strip_prefix('@').filter(|name| Trie::is_plain_name(name))?;
    Some(Beside { names: vec![name.into()], values, is_prefix })
}

/// The path of what a path's value is a part of.
pub(super) fn parent(path: &str) -> &str {
    let asked = path.find(']').map_or(0, |at| at + 1);
    path[asked..].rfind('/').map_or(path, |at| &path[..asked + at])
}

/// Finds the listed values of one record.
pub(super) fn walk(
    types: &Trie,
    bytes: &[u8],
    unlisted: OnUnlisted,
    found: &mut Found,
) -> Result<(), Code> {
    super::readable(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| Code::NotUtf8)?;
    found.codec = Codec::Xml;
    let frames = Vec::new();
    let (reader, run, prefixes) = (Reader::from_str(text), None, vec!["xml".to_string()]);
    let (scopes, patients) = (Vec::new(), 0);
    let walk =
        Walk { types, text, reader, unlisted, found, frames, run, prefixes, scopes, patients };
    walk.document()
}

/// An open element.
struct Frame<'a> {
    /// `None`: no path names it.
    node: Option<&'a Node>,
    /// The variants of `node` that count, by what stands beside.
    met: u64,
    /// Where its start tag begins, and ends.
    tag: Range<usize>,
    /// All in it is one value.
    whole: Option<u16>,
    /// No part of it was come past yet.
    is_fresh: bool,
    /// It has a text, and nothing that stays came behind.
    has_text: bool,
    /// It goes as a whole: where it began.
    cut: bool,
    /// Its name among the members, where these are noted.
    member: Option<u32>,
    /// How many prefixes were declared before it.
    prefixes: usize,
    /// It is about somebody of its own.
    scope: Option<Scope>,
}

/// How what is about somebody stands to what it is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// It is about the same where it names nobody.
    Inherits,
    /// It is about nobody then.
    Alone,
}

struct Walk<'a> {
    types: &'a Trie,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    unlisted: OnUnlisted,
    found: &'a mut Found,
    frames: Vec<Frame<'a>>,
    /// The text that is being read, with its entities.
    run: Option<Range<usize>>,
    /// The prefixes of namespaces that are declared where the walk is.
    prefixes: Vec<String>,
    /// What is about somebody of its own, as it ended.
    scopes: Vec<(Range<usize>, Scope)>,
    /// How many patients the document has so far.
    patients: usize,
}

impl<'a> Walk<'a> {
    fn document(mut self) -> Result<(), Code> {
        let mut roots = 0;
        loop {
            let from = self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|_| Code::NotXml)?;
            let to = self.reader.buffer_position() as usize;
            if !matches!(event, Event::Text(_) | Event::GeneralRef(_)) {
                self.end_run()?;
            }
            match event {
                Event::Start(tag) => {
                    roots += usize::from(self.frames.is_empty());
                    self.start(&tag, from..to)?;
                }
                Event::Empty(tag) => {
                    roots += usize::from(self.frames.is_empty());
                    self.start(&tag, from..to)?;
                    self.end(to, to)?;
                }
                Event::End(_) => self.end(from, to)?,
                Event::Text(_) | Event::GeneralRef(_) => {
                    let text = &self.text[from..to];
                    if !is_readable(text) || text.contains("]]>") {
                        return Err(Code::NotXml);
                    }
                    match &mut self.run {
                        Some(run) => run.end = to,
                        None => self.run = Some(from..to),
                    }
                }
                // Behind `<![CDATA[` and before `]]>`.
                Event::CData(_) => {
                    let end = to.checked_sub(3).ok_or(Code::NotXml)?;
                    self.value(from + 9..end, false)?;
                }
                Event::Comment(_) => self.aside(from..to)?,
                Event::PI(instruction) => match instruction.target() {
                    // Most documents name one; it is about the document alone, and is looked at.
                    "xml-stylesheet" if self.frames.is_empty() => {
                        self.found.unlisted.push(Span::new(from, to));
                    }
                    _ => self.aside(from..to)?,
                },
                Event::Decl(_) if from > super::mark_length(self.text.as_bytes()) => {
                    return Err(Code::NotXml);
                }
                Event::Decl(declaration) => match declaration.encoding() {
                    None => {}
                    Some(Ok(encoding)) if is_utf8(&encoding) => {}
                    Some(_) => return Err(Code::NotUtf8),
                },
                Event::DocType(_) => return Err(Code::NotXml),
                Event::Eof => break,
            }
        }
        if roots != 1 || !self.frames.is_empty() {
            return Err(Code::NotXml);
        }
        self.parts();
        Ok(())
    }

    /// The parts by subject. What is in none of its own is about the first patient.
    fn parts(&mut self) {
        if self.scopes.is_empty() {
            return;
        }
        self.scopes.sort_unstable_by_key(|(place, _)| place.start);
        self.found.begin(0, Part { above: None, unnamed: Unnamed::Nobody });
        let mut open: Vec<(usize, u32)> = Vec::new();
        let last = (usize::MAX..usize::MAX, Scope::Alone);
        for (place, scope) in self.scopes.iter().chain([&last]) {
            while let Some((end, _)) = open.pop_if(|(end, _)| *end <= place.start) {
                let part = open.last().map_or(0, |(_, part)| *part);
                // Where one begins just behind, its own group says so.
                if end < place.start {
                    self.found.groups.push(Group { from: end as u32, part });
                }
            }
            if place.start == usize::MAX {
                break;
            }
            let around = open.last().map_or(0, |(_, part)| *part);
            let above = (*scope == Scope::Inherits).then_some(around);
            open.push((place.end, self.found.parts.len() as u32));
            self.found.begin(place.start, Part { above, unnamed: Unnamed::Nobody });
        }
    }

    /// Whether an open element has that name, without its prefix.
    fn is_named(&self, at: usize, name: &str) -> bool {
        let tag = &self.text[self.frames[at].tag.clone()];
        let whole = tag[1..].split(|c: char| c.is_whitespace() || c == '>').next();
        whole.is_some_and(|whole| whole.rsplit(':').next() == Some(name))
    }

    /// Notes whom an element is about that names somebody: of further patients themselves, of a subject what it is the
    /// subject of, once.
    fn scope(&mut self, name: &str) {
        let at = self.frames.len() - 1;
        match name {
            PATIENT => {
                self.patients += 1;
                if self.patients > 1 {
                    self.frames[at].scope = Some(Scope::Alone);
                }
            }
            SUBJECT if at >= 2 && self.is_named(at - 1, "subject") => {
                match &mut self.frames[at - 2].scope {
                    scope @ None => *scope = Some(Scope::Inherits),
                    Some(_) => self.frames[at].scope = Some(Scope::Alone),
                }
            }
            _ => {}
        }
    }

    /// A comment or an instruction: nobody listed it.
    fn aside(&mut self, whole: Range<usize>) -> Result<(), Code> {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_fresh = false;
            if frame.cut {
                return Ok(());
            }
        }
        match self.unlisted {
            OnUnlisted::Refuse => Err(Code::Unlisted),
            OnUnlisted::Delete | OnUnlisted::Note => self.cut(whole),
        }
    }

    fn cut(&mut self, whole: Range<usize>) -> Result<(), Code> {
        self.found.deletions.push(Cut::of(Span::new(whole.start, whole.end)));
        self.narrow()
    }

    fn start(&mut self, tag: &BytesStart<'_>, place: Range<usize>) -> Result<(), Code> {
        if self.frames.len() >= XML_DEPTH_MAX {
            return Err(Code::TooDeep);
        }
        let name = local(tag.name());
        let types = self.types.types.as_ref().ok_or(Code::Internal)?;
        let (node, above) = match self.frames.last_mut() {
            None => {
                let root = types.root(name).ok_or(Code::Unlisted)?;
                (Some(&self.types.nodes[root as usize]), None)
            }
            Some(frame) => {
                frame.is_fresh = false;
                // What is in a value, or goes, is not looked at on its own.
                let inside = frame.whole.is_some() || frame.cut;
                (None, (!inside).then_some((frame.node, frame.met)))
            }
        };
        let inside = node.is_none() && above.is_none();
        let node = node
            .or_else(|| above.and_then(|(node, met)| self.types.lead(node?, met, name.as_bytes())));
        let (whole, cut) = match self.frames.last() {
            Some(frame) if inside => (frame.whole, frame.cut),
            _ => (None, false),
        };
        let prefixes = self.prefixes.len();
        self.declare(tag)?;
        let in_member = self.frames.last().and_then(|frame| frame.member);
        let named = place.start + 1..place.start + 1 + tag.name().as_ref().len();
        let member = if inside { None } else { self.member(named, node.is_some(), in_member)? };
        let (met, tag_at, is_fresh, has_text, scope) = (0, place.clone(), true, false, None);
        let mut frame = Frame {
            node,
            met,
            tag: tag_at,
            whole,
            is_fresh,
            has_text,
            cut,
            member,
            prefixes,
            scope,
        };
        if inside {
            self.frames.push(frame);
            return self.attributes(tag, place, None, true);
        }
        let Some(node) = node else {
            match self.unlisted {
                OnUnlisted::Refuse => return Err(Code::Unlisted),
                OnUnlisted::Delete => frame.cut = true,
                OnUnlisted::Note => {}
            }
            let is_cut = frame.cut;
            self.push(frame);
            return self.attributes(tag, place, None, is_cut);
        };
        frame.met = node.met(|beside| is_beside(tag, beside));
        let whole = self.types.lead(node, frame.met, WHOLE.as_bytes());
        frame.whole = whole.and_then(|whole| whole.leaf);
        let met = frame.met;
        self.push(frame);
        self.scope(name);
        self.attributes(tag, place, Some((node, met)), false)
    }

    /// An element begins. Where it stays, it parts what stands before and behind it.
    fn push(&mut self, frame: Frame<'a>) {
        if let (Some(above), false) = (self.frames.last_mut(), frame.cut) {
            above.has_text = false;
        }
        self.frames.push(frame);
    }

    /// Notes the prefixes that a tag declares. All that its names have must be.
    fn declare(&mut self, tag: &BytesStart<'_>) -> Result<(), Code> {
        let names = || tag.attributes().flatten().map(|attribute| attribute.key.0);
        let declared = names().filter_map(|name| name.strip_prefix("xmlns:")).map(str::to_string);
        self.prefixes.extend(declared);
        let mut all = names().chain([tag.name().0]).filter_map(|name| name.split_once(':'));
        let known = |prefix: &str| prefix == "xmlns" || self.prefixes.iter().any(|p| p == prefix);
        if all.all(|(prefix, _)| known(prefix)) { Ok(()) } else { Err(Code::NotXml) }
    }

    /// The attributes of a start tag at `place`, of an element that `known` names. What is inside of a value, or goes, is
    /// not looked at on its own.
    fn attributes(
        &mut self,
        tag: &BytesStart<'_>,
        place: Range<usize>,
        known: Option<(&'a Node, u64)>,
        is_inside: bool,
    ) -> Result<(), Code> {
        // Behind `<` and the name.
        let raw = tag.attributes_raw();
        let first = place.start + 1 + tag.name().as_ref().len();
        let has_flavor = tag.attributes().flatten().any(|one| local(one.key) == "nullFlavor");
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| Code::NotXml)?;
            let value = &*attribute.value;
            if value.contains('<') || !is_readable(value) {
                return Err(Code::NotXml);
            }
            let offset = |text: &str| {
                (text.as_ptr() as usize).checked_sub(raw.as_ptr() as usize).map(|at| first + at)
            };
            let start = offset(value).ok_or(Code::Internal)?;
            let name = offset(attribute.key.as_ref()).ok_or(Code::Internal)?;
            let end = start + value.len();
            if self.text.get(start..end) != Some(value) {
                return Err(Code::Internal);
            }
            if !self.text[..name].ends_with([' ', '\t', '\r', '\n']) {
                return Err(Code::NotXml);
            }
            if is_inside || value.trim().is_empty() {
                continue;
            }
            match structure(attribute.key, value) {
                Structure::Code => continue,
                // What is about the document alone stays, and is looked at.
                Structure::Free => {
                    self.found.unlisted.push(Span::new(start, end));
                    continue;
                }
                Structure::None => {}
            }
            let child = known
                .and_then(|(node, met)| self.types.lead_attribute(node, met, local(attribute.key)));
            match child.and_then(|child| child.leaf) {
                Some(field) => {
                    let scheme = SCHEMES.iter().find(|scheme| value.starts_with(**scheme));
                    let start = start + scheme.map_or(0, |scheme| scheme.len());
                    let exit = Exit::Attribute(name as u32, !has_flavor);
                    self.leaf(field, (start..end, true), place.start, exit)?;
                }
                None => match self.unlisted {
                    OnUnlisted::Refuse => return Err(Code::Unlisted),
                    OnUnlisted::Delete => {
                        let before = self.text[..name].trim_ascii_end().len();
                        self.cut(before..end + 1)?;
                    }
                    OnUnlisted::Note => {
                        let above = self.frames.last().and_then(|frame| frame.member);
                        let named = name..name + attribute.key.as_ref().len();
                        let member = self.member(named, false, above)?;
                        self.stray((start..end, true), member)?;
                    }
                },
            }
        }
        Ok(())
    }

    fn end(&mut self, from: usize, to: usize) -> Result<(), Code> {
        let frame = self.frames.pop().ok_or(Code::NotXml)?;
        self.prefixes.truncate(frame.prefixes);
        if let Some(scope) = frame.scope {
            self.scopes.push((frame.tag.start..to, scope));
        }
        let (above_whole, above_cut) =
            self.frames.last().map_or((None, false), |above| (above.whole, above.cut));
        if let Some(field) = frame.whole.filter(|_| above_whole.is_none()) {
            let (start, exit) = (frame.tag.end, Exit::Element(frame.tag.end as u32 - 1));
            if self.text.get(start..from).is_some_and(|text| !text.trim().is_empty()) {
                self.leaf(field, (start..from, true), frame.tag.start, exit)?;
            }
        } else if frame.cut && !above_cut {
            self.cut(frame.tag.start..to)?;
        }
        Ok(())
    }

    fn end_run(&mut self) -> Result<(), Code> {
        match self.run.take() {
            Some(run) => self.value(run, true),
            None => Ok(()),
        }
    }

    /// A text in the innermost element.
    fn value(&mut self, run: Range<usize>, may_escape: bool) -> Result<(), Code> {
        let text = &self.text[run.clone()];
        let Some(frame) = self.frames.last_mut() else {
            return if text.trim_matches(['\u{feff}', ' ', '\r', '\n', '\t']).is_empty() {
                Ok(())
            } else {
                Err(Code::NotXml)
            };
        };
        if frame.whole.is_some() || frame.cut {
            return Ok(());
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        // What parts it goes, and each half would be looked at alone.
        if std::mem::replace(&mut frame.has_text, true) {
            return Err(Code::NotXml);
        }
        let start = run.start + text.len() - text.trim_start().len();
        let run = start..start + text.trim().len();
        let is_fresh = std::mem::replace(&mut frame.is_fresh, false);
        let object =
            self.frames.len().checked_sub(2).map_or(0, |above| self.frames[above].tag.start);
        let frame = &self.frames[self.frames.len() - 1];
        let leaf = frame
            .node
            .and_then(|node| self.types.steps(node, frame.met).find_map(|node| node.leaf));
        let tag_end = frame.tag.end;
        match leaf {
            Some(field) => {
                let exit = match is_fresh && may_escape {
                    true => Exit::Element(tag_end as u32 - 1),
                    false => Exit::InPlace,
                };
                self.leaf(field, (run, may_escape), object, exit)
            }
            None => match self.unlisted {
                OnUnlisted::Refuse => Err(Code::Unlisted),
                OnUnlisted::Delete => self.cut(run),
                OnUnlisted::Note => {
                    let member = frame.member;
                    self.stray((run, may_escape), member)
                }
            },
        }
    }

    fn leaf(
        &mut self,
        field: u16,
        (at, may_escape): (Range<usize>, bool),
        object: usize,
        exit: Exit,
    ) -> Result<(), Code> {
        let (span, kind) = (Span::new(at.start, at.end), self.kind(&at, may_escape));
        self.found.leaves.push(Leaf { field, span, kind, object: object as u32, exit });
        self.narrow()
    }

    fn stray(
        &mut self,
        (at, may_escape): (Range<usize>, bool),
        member: Option<u32>,
    ) -> Result<(), Code> {
        let (span, kind) = (Span::new(at.start, at.end), self.kind(&at, may_escape));
        self.found.unlisted.push(span);
        self.found.strays.push(Stray { span, kind, member });
        self.narrow()
    }

    /// The name of an element or attribute that is scanned, without its prefix: a member. `above` is what it is in.
    fn member(
        &mut self,
        name: Range<usize>,
        listed: bool,
        above: Option<u32>,
    ) -> Result<Option<u32>, Code> {
        if self.unlisted != OnUnlisted::Note {
            return Ok(None);
        }
        let prefix = self.text[name.clone()].find(':').map_or(0, |mark| mark + 1);
        let span = Span::new(name.start + prefix, name.end);
        self.found.members.push(Member { span, escaped: false, listed, above });
        self.narrow()?;
        Ok(Some(self.found.members.len() as u32 - 1))
    }

    fn kind(&self, at: &Range<usize>, may_escape: bool) -> Kind {
        Kind::Text { escaped: may_escape && self.text[at.clone()].contains('&') }
    }

    fn narrow(&self) -> Result<(), Code> {
        let Found { leaves, deletions, members, strays, unlisted, .. } = &*self.found;
        let values = leaves.len() + deletions.len() + members.len() + strays.len() + unlisted.len();
        if values > values_max(self.text.len()) { Err(Code::TooWide) } else { Ok(()) }
    }
}

fn is_utf8(encoding: &str) -> bool {
    ["utf-8", "us-ascii", "utf8"].iter().any(|known| encoding.eq_ignore_ascii_case(known))
}

/// Whether an attribute of a tag is what is asked for: what it says, whatever it is written with. A type (`xsi:type`)
/// counts without its prefix; what is asked for by name alone has to say something.
fn is_beside(tag: &BytesStart<'_>, Beside { names, values, is_prefix }: &Beside) -> bool {
    tag.attributes().flatten().filter(|one| local(one.key) == &*names[0]).any(|attribute| {
        let mut said = String::new();
        if Codec::Xml.decode(&attribute.value, &mut said, None).is_err() {
            return false;
        }
        let said = said.trim();
        let said = match attribute.key.0.contains(':') && &*names[0] == "type" {
            true => said.split_once(':').map_or(said, |(_, name)| name),
            false => said,
        };
        let is = |wanted: &str| match is_prefix {
            true => said.starts_with(wanted),
            false => said == wanted,
        };
        match values.is_empty() {
            true => !said.is_empty(),
            false => values.iter().any(|wanted| is(wanted)),
        }
    })
}

/// A name without its prefix.
fn local<'n>(name: QName<'n>) -> &'n str {
    let name: &'n str = name.0;
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// What an attribute is that says how a document is read.
enum Structure {
    /// One of a few words, or the name of a type.
    Code,
    /// Anything, about the document alone.
    Free,
    /// It is none.
    None,
}

fn structure(name: QName<'_>, value: &str) -> Structure {
    let whole: &str = name.0;
    let word = |more: &[char], length: usize| {
        let is_plain = |c: char| c.is_ascii_alphabetic() || more.contains(&c);
        value.len() <= length && value.chars().all(is_plain)
    };
    match local(name) {
        "nullFlavor" if FLAVORS.contains(&value.trim()) => Structure::Code,
        // `xsi:type` is no `type` of one's own.
        "type" if whole.contains(':') && word(&[':', '_', '.', ' ', '-', '2'], 48) => {
            Structure::Free
        }
        "schemaLocation" if whole.contains(':') => Structure::Free,
        "lang" | "space" if whole.starts_with("xml:") && word(&['-'], 20) => Structure::Code,
        _ if whole == "xmlns" || whole.starts_with("xmlns:") => Structure::Free,
        _ => Structure::None,
    }
}

/// Whether all entities of a text are XML's own.
fn is_readable(text: &str) -> bool {
    text.match_indices('&').all(|(at, _)| entity(&text[at..]).is_some())
}

/// Where a text has no escapes: in comments, instructions and sections of characters.
pub(super) fn unescaped(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(ahead) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let open = at + ahead;
        let ends = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        at = match ends.iter().find(|(mark, _)| text[open..].starts_with(mark)) {
            None => open + 1,
            Some((_, end)) => {
                let close = text[open..].find(end).map_or(text.len(), |ahead| open + ahead);
                parts.push(open..close);
                close
            }
        };
    }
    parts
}

/// The entity at the start of a text: its character and its length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    /// Longest name or number of one.
    const LENGTH_MAX: usize = 12;
    let end = text.bytes().take(LENGTH_MAX).position(|b| b == b';')?;
    let said = match text.get(1..end)? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let digits = number.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    };
    Some((said, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::graph;

    const PATHS: &[&str] = &[
        "PN/family",
        "PN/given",
        "PN/text()",
        "II/@extension",
        "II[@root='1.2']/@extension",
        "II[@extension]/@root",
        "TEL/@value",
        "TEL[starts-with(@value,'mailto:')]/@value",
        "Narrative/node()",
        "Base/@code",
        "Base/@moodCode",
    ];
    const LINKS: &[(&str, &str)] = &[
        ("Doc/name", "PN"),
        ("Base/id", "II"),
        ("Base/telecom", "TEL"),
        ("Base/text", "Narrative"),
        ("Base/act", "Base"),
        ("Doc/recordTarget", "Base"),
        ("Doc/act", "Base"),
        ("Base/subject", "Base"),
        ("Base/relatedSubject", "Base"),
    ];

    fn walked(xml: &str, unlisted: OnUnlisted) -> Result<(Found, Vec<(u16, String)>), Code> {
        let trie = graph::compile(&NOTATION, PATHS, LINKS).expect("paths");
        let mut found = Found::default();
        walk(&trie, xml.as_bytes(), unlisted, &mut found)?;
        let text = |leaf: &Leaf| (leaf.field, xml[leaf.span.range()].to_string());
        let leaves = found.leaves.iter().map(text).collect();
        Ok((found, leaves))
    }

    fn leaves(xml: &str) -> Vec<(u16, String)> {
        walked(xml, OnUnlisted::Refuse).expect("walks").1
    }

    fn cut(xml: &str) -> Vec<&str> {
        let found = walked(xml, OnUnlisted::Delete).expect("walks").0;
        found.deletions.iter().map(|cut| &xml[cut.span.range()]).collect()
    }

    fn own(leaves: &[(u16, &str)]) -> Vec<(u16, String)> {
        leaves.iter().map(|(field, text)| (*field, text.to_string())).collect()
    }

    #[test]
    fn texts_and_attributes_are_found_by_type() {
        let xml = "<?xml version=\"1.0\"?>\n<Doc xmlns:x='u'><name>Dr. <given>Jane</given> <x:family> O&apos;Neil </x:family>, MD</name>\
                   <act moodCode='EVN'><act><id root=\"1.2\" extension=\"77\"/><id extension='88' root='3'/></act></act></Doc>\n";
        let want = [
            (2, "Dr."),
            (1, "Jane"),
            (0, "O&apos;Neil"),
            (2, ", MD"),
            (10, "EVN"),
            (5, "1.2"),
            (4, "77"),
            (3, "88"),
            (5, "3"),
        ];
        assert_eq!(leaves(xml), own(&want));
        let found = walked(xml, OnUnlisted::Refuse).expect("walks").0;
        assert_eq!(found.leaves[1].object, found.leaves[2].object);
        assert_eq!(&xml[found.leaves[1].object as usize..][..6], "<name>");
        assert_eq!(found.leaves[2].kind, Kind::Text { escaped: true });
        let schemes = leaves(
            "<Doc><telecom value='tel:+1-2'/><telecom value='mailto:a@b'/><telecom value='x'/></Doc>",
        );
        assert_eq!(schemes, own(&[(6, "+1-2"), (7, "a@b"), (6, "x")]));
    }

    #[test]
    fn all_in_an_element_is_one_value() {
        let xml = "<Doc><text><p id=\"x\">Jane</p> &amp; <b/>Joe<!-- Jim -->and<text>Jo</text></text><text/><text> </text></Doc>";
        let all = "<p id=\"x\">Jane</p> &amp; <b/>Joe<!-- Jim -->and<text>Jo</text>";
        assert_eq!(walked(xml, OnUnlisted::Delete).expect("walks").1, own(&[(8, all)]));
        assert_eq!(cut(xml), ["<!-- Jim -->"]);
        assert_eq!(walked(xml, OnUnlisted::Refuse).err(), Some(Code::Unlisted));
    }

    #[test]
    fn escapes_count_outside_of_sections_alone() {
        for (text, said) in [
            ("a &amp; <![CDATA[b &amp; < c]]> &lt;", "a & <![CDATA[b &amp; < c]]> <"),
            ("<!-- R&D --><?x &?>&#65;", "<!-- R&D --><?x &?>A"),
            ("<p a='&amp;'/>&amp;<![CDATA[&", "<p a='&'/>&<![CDATA[&"),
        ] {
            let (mut out, mut map) = (String::new(), Vec::new());
            Codec::Xml.decode(text, &mut out, Some(&mut map)).expect("decodes");
            assert_eq!(out, said);
            assert_eq!(map.len(), out.len() + 1);
        }
        assert!(Codec::Xml.decode("R&D <!-- -->", &mut String::new(), None).is_err());
    }

    #[test]
    fn a_word_in_parts_is_refused_outside_of_narrative() {
        for inside in [
            "Ja<!-- -->ne",
            "Ja<?x y?>ne",
            "Ja<![CDATA[ne]]>",
            "<![CDATA[Ja]]>ne",
            "Ja<!-- --><!-- -->ne",
            "Ja<more>x</more>ne",
            "Ja<![CDATA[]]>ne",
            "617 <!-- --> 555",
        ] {
            let xml = format!("<Doc><name><given>{inside}</given></name></Doc>");
            assert_eq!(walked(&xml, OnUnlisted::Delete).err(), Some(Code::NotXml), "{inside}");
        }
        for inside in ["<!-- -->Jane<!-- -->", " <![CDATA[x]]> ", " <?x?> <!-- --> x"] {
            let xml = format!("<Doc><name><given>{inside}</given></name></Doc>");
            assert!(walked(&xml, OnUnlisted::Delete).is_ok(), "{inside}");
        }
        // What stays parts it.
        let xml = "<Doc><name>Dr<given>Jane</given>Lee</name></Doc>";
        assert!(walked(xml, OnUnlisted::Delete).is_ok());
    }

    #[test]
    fn what_no_type_has_goes_where_it_stands() {
        let xml = "<Doc v = \"1\"  ><!-- Jane --><x a='1'>Jane<name>Joe</name><!-- c --></x>Jane<id  b='2' extension='7' nullFlavor='UNK'/><?mine Jane?><?xml-stylesheet href='x'?></Doc><!-- end -->";
        let want = [
            " v = \"1\"",
            "<!-- Jane -->",
            "<x a='1'>Jane<name>Joe</name><!-- c --></x>",
            "Jane",
            "  b='2'",
            "<?mine Jane?>",
            "<?xml-stylesheet href='x'?>",
            "<!-- end -->",
        ];
        assert_eq!(cut(xml), want);
        for part in [
            "<Doc v='1'/>",
            "<Doc><x/></Doc>",
            "<Doc>Jane</Doc>",
            "<Doc><!-- --></Doc>",
            "<Doc><?mine?></Doc>",
            "<X/>",
        ] {
            assert_eq!(walked(part, OnUnlisted::Refuse).err(), Some(Code::Unlisted), "{part}");
        }
        let found = walked("<Doc><x a='1'>Jane</x></Doc>", OnUnlisted::Note).expect("walks").0;
        assert_eq!(found.strays.len(), 2);
    }

    #[test]
    fn a_value_knows_how_it_goes() {
        let xml = "<Doc><name>A<given>B</given>C</name><id extension='7'/><id extension='7' nullFlavor='UNK'/></Doc>";
        let exits: Vec<_> = walked(xml, OnUnlisted::Refuse)
            .expect("walks")
            .0
            .leaves
            .iter()
            .map(|leaf| leaf.exit)
            .collect();
        let at = |text: &str, more: usize| (xml.find(text).expect("a place") + more) as u32;
        assert_eq!(
            exits,
            [
                Exit::Element(at("<name>", 5)),
                Exit::Element(at("<given>", 6)),
                Exit::InPlace,
                Exit::Attribute(at("extension", 0), true),
                Exit::Attribute(at("<id extension='7' null", 4), false),
            ]
        );
    }

    #[test]
    fn what_is_no_document_is_refused_by_code() {
        let deep = format!("<Doc>{}{}</Doc>", "<act>".repeat(200), "</act>".repeat(200));
        for (xml, code) in [
            ("", Code::NotXml),
            ("Jane", Code::NotXml),
            ("<Doc>", Code::NotXml),
            ("<Doc></Dog>", Code::NotXml),
            ("<Doc/><Doc/>", Code::NotXml),
            ("<Doc/>Jane", Code::NotXml),
            ("<!DOCTYPE Doc [<!ENTITY x 'Jane'>]><Doc/>", Code::NotXml),
            ("<Doc>&x;</Doc>", Code::NotXml),
            ("<Doc a='&x;'/>", Code::NotXml),
            ("<Doc a='<'/>", Code::NotXml),
            ("<Doc a='1' a='2'/>", Code::NotXml),
            ("<Doc a=1/>", Code::NotXml),
            ("<Doc>&#0;</Doc>", Code::NotXml),
            ("<Doc>&#xd800;</Doc>", Code::NotXml),
            ("<Doc/><?xml version='1.0'?>", Code::NotXml),
            ("<?xml version='1.0' encoding='ISO-8859-1'?><Doc/>", Code::NotUtf8),
            (deep.as_str(), Code::TooDeep),
        ] {
            assert_eq!(walked(xml, OnUnlisted::Delete).err(), Some(code), "{xml}");
        }
        for fine in [
            "\u{feff}<Doc/>",
            "<?xml version='1.0' encoding='UTF-8'?><Doc/>",
            "<Doc><id extension=''/></Doc>",
        ] {
            assert!(walked(fine, OnUnlisted::Refuse).is_ok(), "{fine}");
        }
    }

    #[test]
    fn further_patients_and_what_has_a_subject_are_parts() {
        // Where each group begins, its part, and what that is below.
        let groups = |inside: &str| -> Vec<(String, u32, Option<u32>)> {
            let xml = format!("<Doc>{inside}</Doc>");
            let found = walked(&xml, OnUnlisted::Delete).expect("walks").0;
            let text = |from: u32| xml[from as usize..].chars().take(6).collect();
            let group = |one: &Group| (one.from, one.part, found.parts[one.part as usize].above);
            found.groups.iter().map(group).map(|(from, part, up)| (text(from), part, up)).collect()
        };
        let own = |groups: &[(&str, u32, Option<u32>)]| -> Vec<_> {
            groups.iter().map(|(text, part, up)| (text.to_string(), *part, *up)).collect()
        };
        let of =
            |inside: &str| format!("<subject><relatedSubject>{inside}</relatedSubject></subject>");
        assert!(groups("<recordTarget/><act><subject/></act>").is_empty());
        assert!(groups("<act><act><relatedSubject/></act></act>").is_empty());
        // Where the text of an act comes before its subject, and where it goes on behind.
        let act = format!("<act n=''><text>x</text>{}</act><act b=''/>", of(""));
        assert_eq!(
            groups(&act),
            own(&[("<Doc><", 0, None), ("<act n", 1, Some(0)), ("<act b", 0, None)])
        );
        // An act in an act, and one just behind another.
        let inner = format!("<act i=''>{}</act>", of(""));
        let both = format!("<act n=''>{}{inner}{inner} </act> ", of(""));
        assert_eq!(
            groups(&both),
            own(&[
                ("<Doc><", 0, None),
                ("<act n", 1, Some(0)),
                ("<act i", 2, Some(1)),
                ("<act i", 3, Some(1)),
                (" </act", 1, Some(0)),
                (" </Doc", 0, None)
            ])
        );
        // Two patients, and two subjects of one act: who says nothing of himself is not the other.
        assert_eq!(
            groups("<recordTarget/><recordTarget a=''/>"),
            own(&[("<Doc><", 0, None), ("<recor", 1, None), ("</Doc>", 0, None)])
        );
        let two = format!("<act>{}{}</act>", of("<id extension='1'/>"), of(""));
        assert_eq!(groups(&two)[2], ("<relat".to_string(), 2, None));
    }

    #[test]
    fn paths_are_read() {
        for path in [
            "PN",
            "pn/family",
            "PN/",
            "PN/@",
            "PN/a b",
            "PN/@a/b",
            "PN/node()/a",
            "II[@root=x]/@a",
            "II[root='x']/@a",
            "II[]/@a",
            "$.a",
        ] {
            assert!(parse(path).is_none(), "{path}");
        }
        assert_eq!(parent("PN/family"), "PN");
        assert_eq!(parent("II[@root='a/b']/@extension"), "II[@root='a/b']");
    }
}
