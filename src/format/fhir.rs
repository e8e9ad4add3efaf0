//! FHIR as JSON: types with elements in place of paths. What an object is, its resource type says, or the type of the
//! element that it is; some of a type's elements are told apart by what stands beside them. The walk is that of JSON.

use super::path::{Node, Trie};
use crate::phi::Code;
use std::collections::HashMap;

/// The type that stands for a resource of any type, and for the elements that all of them have.
const RESOURCE: &str = "Resource";
/// The type that has the elements of all others.
const ELEMENT: &str = "Element";

const EXTENSION: &str = "Extension";

/// What the graph of types has beside its nodes.
#[derive(Debug, Default)]
pub(super) struct Types {
    /// Types by name.
    roots: HashMap<Box<str>, u32>,
    /// The elements of primitive values, and of all types but resources.
    pub(super) element: Option<u32>,
    /// The type of extensions.
    pub(super) extension: Option<u32>,
}

impl Types {
    /// The type of that name, where the schema has elements of it.
    pub(super) fn root(&self, name: &str) -> Option<u32> {
        self.roots.get(name).copied()
    }
}

/// Elements of a type that count where a value beside them is one of these.
#[derive(Debug)]
pub(super) struct Variant {
    /// The member, and those below it.
    pub(super) beside: Names,
    pub(super) values: Vec<Box<str>>,
    pub(super) node: u32,
}

/// Names of members, one in the other.
type Names = Vec<Box<str>>;

/// `Identifier(type.coding.code=MR).value`, taken apart.
struct Path<'a> {
    root: &'a str,
    /// The member beside, and what it may be.
    beside: Option<(Names, Vec<Box<str>>)>,
    names: Vec<&'a str>,
}

impl<'a> Path<'a> {
    fn parse(path: &'a str) -> Option<Path<'a>> {
        let end = path.find(['.', '('])?;
        let (root, rest) = path.split_at(end);
        let (beside, rest) = match rest.strip_prefix('(') {
            None => (None, rest),
            Some(inside) => {
                let (inside, rest) = inside.split_once(')')?;
                let (member, values) = inside.split_once('=')?;
                let names: Names = member.split('.').map(Box::from).collect();
                let values: Vec<Box<str>> = values.split('|').map(Box::from).collect();
                let full = names.iter().all(|name| Trie::is_plain_name(name))
                    && values.iter().all(|value| !value.is_empty());
                (Some((names, values)).filter(|_| full)?.into(), rest)
            }
        };
        let names: Vec<_> = rest.strip_prefix('.')?.split('.').collect();
        let known = root.starts_with(|c: char| c.is_ascii_uppercase())
            && names.iter().chain([&root]).all(|name| Trie::is_plain_name(name));
        known.then_some(Path { root, beside, names })
    }
}

/// The path of what a path's value is an element of.
pub(super) fn parent(path: &str) -> &str {
    let asked = path.find(')').map_or(0, |at| at + 1);
    path[asked..].rfind('.').map_or(path, |at| &path[..asked + at])
}

/// Compiles the elements of types. `links` are elements that are of another type: the path and its name. Errors name
/// the path by index, links behind the others.
pub(super) fn compile(paths: &[&str], links: &[(&str, &str)]) -> Result<Trie, Vec<(usize, Code)>> {
    let mut graph = Graph {
        nodes: vec![Node { is_resource: true, any_index: Some(0), ..Node::default() }],
        types: Types::default(),
    };
    let mut problems = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let added = Path::parse(path).ok_or(Code::BadPath).and_then(|path| {
            let node = graph.walk(&path)?;
            graph.leaf(node, at as u16)
        });
        problems.extend(added.err().map(|code| (at, code)));
    }
    let all = paths.iter().chain(links.iter().map(|(path, _)| path));
    for root in all.filter_map(|path| Path::parse(path)).map(|path| path.root) {
        graph.root(root);
    }
    for (at, (path, to)) in (paths.len()..).zip(links) {
        let target = if *to == RESOURCE { Some(0) } else { graph.types.root(to) };
        let added = Path::parse(path).zip(target).ok_or(Code::BadPath);
        let added = added.and_then(|(path, target)| graph.link(&path, target));
        problems.extend(added.err().map(|code| (at, code)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    graph.types.element = graph.types.root(ELEMENT);
    graph.types.extension = graph.types.root(EXTENSION);
    let resource = graph.types.root(RESOURCE);
    let typed: Vec<u32> = links.iter().filter_map(|(_, to)| graph.types.root(to)).collect();
    let roots: Vec<u32> = graph.types.roots.values().copied().collect();
    for at in 0..graph.nodes.len() as u32 {
        let is_resource_type = roots.contains(&at) && !typed.contains(&at);
        let base = if is_resource_type { resource } else { graph.types.element };
        graph.nodes[at as usize].base = base.filter(|base| *base != at);
    }
    Ok(Trie { nodes: graph.nodes, types: Some(graph.types) })
}

/// Node 0 is a resource of any type.
struct Graph {
    nodes: Vec<Node>,
    types: Types,
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
    fn start(&mut self, path: &Path<'_>) -> u32 {
        let root = self.root(path.root);
        let Some((beside, values)) = &path.beside else { return root };
        let variants = &self.nodes[root as usize].variants;
        let known = variants.iter().find(|one| one.beside == *beside && one.values == *values);
        if let Some(known) = known {
            return known.node;
        }
        let node = self.fresh();
        let variant = Variant { beside: beside.clone(), values: values.clone(), node };
        self.nodes[root as usize].variants.push(variant);
        node
    }

    fn walk(&mut self, path: &Path<'_>) -> Result<u32, Code> {
        let mut at = self.start(path);
        for name in &path.names {
            let node = &self.nodes[at as usize];
            if node.leaf.is_some() {
                return Err(Code::PathConflict);
            }
            at = match node.names.iter().find(|(known, _)| **known == **name) {
                Some((_, child)) => *child,
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
        let node = &mut self.nodes[at as usize];
        if !node.names.is_empty() || node.leaf.replace(leaf).is_some() {
            return Err(Code::PathConflict);
        }
        Ok(())
    }

    fn link(&mut self, path: &Path<'_>, target: u32) -> Result<(), Code> {
        let (last, above) = path.names.split_last().ok_or(Code::BadPath)?;
        let above = Path { root: path.root, beside: path.beside.clone(), names: above.to_vec() };
        let at = self.walk(&above)?;
        let node = &mut self.nodes[at as usize];
        if node.leaf.is_some() || node.names.iter().any(|(known, _)| **known == **last) {
            return Err(Code::PathConflict);
        }
        node.names.push(((*last).into(), target));
        Ok(())
    }
}

/// Whether what the members of that name lead to, from the object at the start of `bytes` on, is one of the values.
/// Nothing is checked: the walk does that.
pub(super) fn is_beside(bytes: &[u8], names: &[Box<str>], values: &[Box<str>]) -> bool {
    let mut found = false;
    visit(bytes, names, 0, &mut |text| {
        found |= values.iter().any(|value| value.as_bytes() == text);
        found
    });
    found
}

/// The text of a member of the object at the start of `bytes`, out of its escapes.
pub(super) fn text_of(bytes: &[u8], name: &str) -> Option<String> {
    let mut out = None;
    visit(bytes, &[name.into()], 0, &mut |text| {
        out = std::str::from_utf8(text).ok().map(str::to_string);
        true
    });
    out
}

/// Whether the object at the start of `bytes` has a member of that name.
pub(super) fn has(bytes: &[u8], name: &[u8]) -> bool {
    let mut at = 1;
    while let Some((member, value)) = next_member(bytes, &mut at) {
        if member == name {
            return true;
        }
        at = value + skipped(&bytes[value..]);
    }
    false
}

/// Goes to the texts at `names` in the value at the start of `bytes`, until `see` says that it is enough.
fn visit(
    bytes: &[u8],
    names: &[Box<str>],
    depth: usize,
    see: &mut dyn FnMut(&[u8]) -> bool,
) -> bool {
    if depth > names.len() + 8 {
        return false;
    }
    match (bytes.first(), names.split_first()) {
        (Some(b'{'), Some((name, below))) => {
            let mut at = 1;
            while let Some((member, value)) = next_member(bytes, &mut at) {
                if member == name.as_bytes() {
                    return visit(&bytes[value..], below, depth + 1, see);
                }
                at = value + skipped(&bytes[value..]);
            }
            false
        }
        (Some(b'['), _) => {
            let mut at = 1;
            loop {
                at += blanks(&bytes[at..]);
                match bytes.get(at) {
                    Some(b',') => at += 1,
                    None | Some(b']') => return false,
                    Some(_) => {
                        if visit(&bytes[at..], names, depth + 1, see) {
                            return true;
                        }
                        at += skipped(&bytes[at..]).max(1);
                    }
                }
            }
        }
        (Some(b'"'), None) => {
            let raw = &bytes[1..skipped(bytes).max(2) - 1];
            if !raw.contains(&b'\\') {
                return see(raw);
            }
            let mut text = String::new();
            let read =
                std::str::from_utf8(raw).map(|raw| super::json::decode(raw, &mut text, None));
            matches!(read, Ok(Ok(()))) && see(text.as_bytes())
        }
        _ => false,
    }
}

/// The name, as it stands, and the place of the value of the member behind `at` of an object.
fn next_member<'a>(bytes: &'a [u8], at: &mut usize) -> Option<(&'a [u8], usize)> {
    loop {
        *at += blanks(bytes.get(*at..)?);
        match bytes.get(*at)? {
            b',' => *at += 1,
            b'"' => break,
            _ => return None,
        }
    }
    let start = *at;
    *at += skipped(&bytes[start..]);
    let name = bytes.get(start + 1..*at - 1)?;
    *at += blanks(bytes.get(*at..)?);
    if bytes.get(*at) != Some(&b':') {
        return None;
    }
    *at += 1;
    *at += blanks(bytes.get(*at..)?);
    (*at < bytes.len()).then_some((name, *at))
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count()
}

/// The length of the value at the start of `bytes`, which may be none.
fn skipped(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                while let Some(stop) =
                    bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
                {
                    at += stop + 1;
                    if bytes[at - 1] == b'"' {
                        break;
                    }
                    at += 1;
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at - 1,
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => return at - 1,
            _ => {}
        }
        if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
            return at.min(bytes.len());
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Found, OnUnlisted};

    const PATHS: &[&str] = &[
        "Resource.id",
        "Patient.birthDate",
        "HumanName.family",
        "HumanName.given",
        "Identifier.value",
        "Identifier(type.coding.code=MR).value",
        "Identifier(system=urn:ssn|http://ssn).value",
        "Extension.url",
        "Extension.valueString",
        "Extension(url=maiden).valueString",
        "Patient.contact.gender",
        "Coding.code",
        "CodeableConcept.text",
        "Resource.resourceType",
        "Identifier.system",
    ];
    const LINKS: &[(&str, &str)] = &[
        ("Patient.name", "HumanName"),
        ("Patient.contact.name", "HumanName"),
        ("Patient.identifier", "Identifier"),
        ("Identifier.type", "CodeableConcept"),
        ("CodeableConcept.coding", "Coding"),
        ("Resource.extension", "Extension"),
        ("Resource.contained", "Resource"),
        ("Element.extension", "Extension"),
        ("Extension.extension", "Extension"),
        ("Bundle.entry.resource", "Resource"),
    ];

    fn walked(json: &str, unlisted: OnUnlisted) -> Result<(Found, Vec<(usize, String)>), Code> {
        let trie = compile(PATHS, LINKS).expect("paths");
        let mut found = Found::default();
        trie.walk(json.as_bytes(), unlisted, &mut found)?;
        let text = |leaf: &crate::format::Leaf| {
            (usize::from(leaf.field), json[leaf.span.range()].to_string())
        };
        let leaves = found.leaves.iter().map(text).filter(|(field, _)| *field != 13).collect();
        Ok((found, leaves))
    }

    fn leaves(json: &str) -> Vec<(usize, String)> {
        walked(json, OnUnlisted::Refuse).expect("walks").1
    }

    fn own(leaves: &[(usize, &str)]) -> Vec<(usize, String)> {
        leaves.iter().map(|(field, text)| (*field, text.to_string())).collect()
    }

    #[test]
    fn elements_are_found_by_type_in_lists_and_alone() {
        let json = r#"{"resourceType":"Patient","id":"p","birthDate":"1961",
            "name":[{"family":"Whitaker","given":["Ingrid","M"]},{"family":"Lund"}],
            "contact":[{"name":{"family":"Quist"},"gender":"male"}]}"#;
        let want = [
            (0, "p"),
            (1, "1961"),
            (2, "Whitaker"),
            (3, "Ingrid"),
            (3, "M"),
            (2, "Lund"),
            (2, "Quist"),
            (10, "male"),
        ];
        assert_eq!(leaves(json), own(&want));
        let found = walked(json, OnUnlisted::Refuse).expect("walks").0;
        let objects: Vec<_> =
            found.leaves.iter().filter(|leaf| [2, 3].contains(&leaf.field)).collect();
        assert!(objects[0].object == objects[1].object && objects[1].object == objects[2].object);
        assert!(objects[2].object != objects[3].object);
    }

    #[test]
    fn resources_are_what_they_say_wherever_they_stand() {
        let json = r#"{"entry":[{"resource":{"id":"a","birthDate":"1961","contained":[{"id":"c","resourceType":"Patient","birthDate":"1962"}],
            "resourceType":"Patient"}},{"resource":{"resourceType":"Bundle","id":"b"}}],"resourceType":"Bundle"}"#;
        let want = [(0, "a"), (1, "1961"), (0, "c"), (1, "1962"), (0, "b")];
        assert_eq!(leaves(json), own(&want));
    }

    #[test]
    fn what_stands_beside_a_value_says_what_it_is() {
        let patient = |identifier: &str| {
            let json = format!("{{\"resourceType\":\"Patient\",\"identifier\":[{identifier}]}}");
            let leaves = leaves(&json);
            leaves.iter().find(|(_, text)| text == "1").expect("the value").0
        };
        assert_eq!(patient(r#"{"value":"1"}"#), 4);
        assert_eq!(patient(r#"{"system":"x","value":"1"}"#), 4);
        assert_eq!(patient(r#"{"value":"1","system":"http:\/\/ssn"}"#), 6);
        assert_eq!(
            patient(
                r#"{"type":{"coding":[{"code":"X"},{"code":"MR"}],"text":"{\"}"},"value":"1"}"#
            ),
            5
        );
        // The first of the schema counts.
        assert_eq!(
            patient(r#"{"system":"urn:ssn","type":{"coding":{"code":"MR"}},"value":"1"}"#),
            5
        );
        let extended = leaves(
            r#"{"resourceType":"Patient","extension":[{"valueString":"Lund","url":"maiden"},{"url":"x","extension":[{"url":"maiden","valueString":"Holm"},{"url":"y","valueString":"z"}]}]}"#,
        );
        let want =
            [(9, "Lund"), (7, "maiden"), (7, "x"), (7, "maiden"), (9, "Holm"), (7, "y"), (8, "z")];
        assert_eq!(extended, own(&want));
    }

    #[test]
    fn elements_of_primitives_and_what_no_type_has() {
        let json = r#"{"resourceType":"Patient","birthDate":"1961","_birthDate":{"extension":[{"url":"x","valueString":"y"}]},"_x":{"extension":[]},"x":1,"name":{"given":["A",null],"_given":[null,{"extension":[]}]}}"#;
        let (found, _) = walked(json, OnUnlisted::Delete).expect("walks");
        let cut: Vec<_> = found.deletions.iter().map(|cut| &json[cut.span.range()]).collect();
        assert_eq!(cut, [",\"_x\":{\"extension\":[]}", ",\"x\":1"]);
        assert_eq!(walked(json, OnUnlisted::Refuse).err(), Some(Code::Unlisted));
        for (json, code) in [
            (r#"{"resourceType":"Spaceship","id":"x"}"#, Code::Unlisted),
            (r#"{"id":"x"}"#, Code::Unlisted),
            (r#"[{"resourceType":"Patient"}]"#, Code::WrongStructure),
            (r#""Patient""#, Code::WrongStructure),
            (r#"{"resourceType":"Patient","birthDate":{"x":1}}"#, Code::WrongStructure),
            (r#"{"resourceType":"Patient","name":"Jane"}"#, Code::WrongStructure),
            (r#"{"resourceType":"Patient","id":"a","id":"b"}"#, Code::DuplicateMember),
            (r#"{"resourceType":"Patient","resourceType":"Bundle"}"#, Code::DuplicateMember),
            (r#"{"resourceType":"Patient""#, Code::NotJson),
            (r#"{"resourceType":"Patient","identifier":[{"type":{"coding":["#, Code::NotJson),
        ] {
            assert_eq!(walked(json, OnUnlisted::Delete).err(), Some(code), "{json}");
        }
        let entry =
            r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Spaceship"}}]}"#;
        let (found, _) = walked(entry, OnUnlisted::Delete).expect("walks");
        assert_eq!(
            &entry[found.deletions[0].span.range()],
            r#""resource":{"resourceType":"Spaceship"}"#
        );
    }

    #[test]
    fn each_resource_begins_a_part() {
        let json = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","contained":[{"resourceType":"Patient"}]}},{"resource":{"resourceType":"Patient"}}]}"#;
        let found = walked(json, OnUnlisted::Refuse).expect("walks").0;
        let parts: Vec<_> = found.parts.iter().map(|part| part.above).collect();
        assert_eq!(parts, [None, Some(0), Some(1), Some(0)]);
        let groups: Vec<_> = found
            .groups
            .iter()
            .map(|group| (group.part, json.as_bytes()[group.from as usize]))
            .collect();
        let want = [(0, b'{'), (1, b'{'), (2, b'{'), (1, b']'), (0, b'}'), (3, b'{'), (0, b'}')];
        assert_eq!(groups, want);
    }

    #[test]
    fn a_value_knows_how_it_goes() {
        use crate::format::Exit;
        let json = r#"{"resourceType":"Patient","birthDate":"1961","id":"x","_id":{"extension":[{"url":"u","valueString":"z"}]},"name":{"family":"B","_family":{"extension":[]},"given":["A"]}}"#;
        let found = walked(json, OnUnlisted::Refuse).expect("walks").0;
        let of =
            |field: u16| found.leaves.iter().find(|leaf| leaf.field == field).expect("a leaf").exit;
        let at = |name: &str| (json.find(&format!("\"{name}\"")).expect("a name") + 1) as u32;
        assert_eq!(of(1), Exit::Absent(at("birthDate")));
        assert_eq!(of(0), Exit::Member(at("id")));
        assert_eq!(of(8), Exit::Extension(at("valueString")));
        assert_eq!(of(2), Exit::Member(at("family")));
        assert_eq!(of(3), Exit::InPlace);
    }

    #[test]
    fn paths_are_read_and_conflicts_found_by_index() {
        for path in [
            "a.b",
            "Patient",
            "Patient.",
            "Patient(x).a",
            "Patient(x=).a",
            "$.a",
            "Patient.a[*]",
            "Patient.a b",
        ] {
            assert!(Path::parse(path).is_none(), "{path}");
        }
        assert_eq!(parent("Patient.contact.gender"), "Patient.contact");
        assert_eq!(
            parent("Identifier(type.coding.code=MR).value"),
            "Identifier(type.coding.code=MR)"
        );
        let problems = |paths: &[&str], links: &[(&str, &str)]| {
            compile(paths, links).map(|_| ()).expect_err("a problem")
        };
        assert_eq!(problems(&["A.b", "A.b"], &[]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["A.b", "A.b.c"], &[]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["A.b"], &[("A.b", "A")]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["A.b"], &[("A.c", "Unknown")]), [(1, Code::BadPath)]);
    }
}
