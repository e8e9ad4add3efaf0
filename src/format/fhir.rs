//! FHIR as JSON: types with elements in place of paths. What an object is, its resource type says, or the type of the
//! element that it is; some of a type's elements are told apart by what stands beside them. The walk is that of JSON.

use super::Labelled;
use super::graph::{Beside, Notation, Path};
use super::path::Trie;

/// The type that stands for a resource of any type, and for the elements that all of them have; and the one that has
/// the elements of all others.
pub(super) const NOTATION: Notation =
    Notation { parse, any: Some("Resource"), base: "Element", is_mixed: false };

/// `Identifier(type.coding.code=MR).value`, taken apart.
fn parse(path: &str) -> Option<Path<'_>> {
    let end = path.find(['.', '('])?;
    let (root, rest) = path.split_at(end);
    let (beside, rest) = match rest.strip_prefix('(') {
        None => (None, rest),
        Some(inside) => {
            let (inside, rest) = inside.split_once(')')?;
            let (member, values) = inside.split_once('=')?;
            let names: Vec<Box<str>> = member.split('.').map(Box::from).collect();
            // With a `*` at the end of each, as these begin.
            let is_prefix = values.ends_with('*');
            let value = |value| match is_prefix {
                true => str::strip_suffix(value, '*').unwrap_or_default(),
                false => value,
            };
            let values: Vec<Box<str>> = values.split('|').map(value).map(Box::from).collect();
            let full = names.iter().all(|name| Trie::is_plain_name(name))
                && values.iter().all(|value| !value.is_empty() && !value.contains('*'));
            (Some(full.then_some(Beside { names, values, is_prefix })?), rest)
        }
    };
    let names: Vec<_> = rest.strip_prefix('.')?.split('.').collect();
    let known = root.starts_with(|c: char| c.is_ascii_uppercase())
        && names.iter().chain([&root]).all(|name| Trie::is_plain_name(name));
    known.then_some(Path { root, beside, names })
}

/// The path of what a path's value is an element of.
pub(super) fn parent(path: &str) -> &str {
    let asked = path.find(')').map_or(0, |at| at + 1);
    path[asked..].rfind('.').map_or(path, |at| &path[..asked + at])
}

/// Whether what the members of that name lead to, from the object at the start of `bytes` on, is one of the values.
/// Nothing is checked: the walk does that.
pub(super) fn is_beside(bytes: &[u8], beside: &Beside) -> bool {
    let mut found = false;
    visit(bytes, &beside.names, 0, &mut |text| {
        found |= beside.values.iter().any(|value| match beside.is_prefix {
            true => text.starts_with(value.as_bytes()),
            false => value.as_bytes() == text,
        });
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
    value_of(bytes, name).is_some()
}

/// Where the value of the member of that name begins, of the object at the start of `bytes`.
pub(super) fn value_of(bytes: &[u8], name: &[u8]) -> Option<usize> {
    let mut at = 1;
    while let Some((member, value)) = next_member(bytes, &mut at) {
        if member == name {
            return Some(value);
        }
        at = value + skipped(&bytes[value..]);
    }
    None
}

/// FHIR R4, 2.26.3.3 and 6.1.1: a security label of the resource, from HL7's codes for what was done to data.
pub(super) fn label(room: Labelled, code: &str) -> String {
    const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    let label = format!("{{\"system\":\"{SYSTEM}\",\"code\":\"{code}\"}}");
    match room {
        Labelled::Labels => format!("{label},"),
        Labelled::Metadata => format!("\"security\":[{label}],"),
        Labelled::Nothing => format!("\"meta\":{{\"security\":[{label}]}},"),
    }
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
    use crate::format::graph;
    use crate::format::{Found, OnUnlisted};
    use crate::phi::Code;

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
        let trie = graph::compile(&NOTATION, PATHS, LINKS).expect("paths");
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
        let entry = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Spaceship"}},{"resource":{"resourceType":"Patient","x":1,"name":{"y":2},"id":"a"}},{"z":{}}]}"#;
        let (found, _) = walked(entry, OnUnlisted::Delete).expect("walks");
        let cut: Vec<_> = found.deletions.iter().map(|cut| &entry[cut.span.range()]).collect();
        let want = [
            r#"{"resource":{"resourceType":"Spaceship"}},"#,
            r#","x":1"#,
            r#","name":{"y":2}"#,
            r#",{"z":{}}"#,
        ];
        assert_eq!(cut, want);
        // Names that are written as no other would be, and conditions with them.
        for json in [
            r#"{"resourceType":"Patient","\u0069d":"x"}"#,
            r#"{"resourceType":"Patient","extension":[{"\u0075rl":"maiden","valueString":"x"}]}"#,
        ] {
            assert_eq!(walked(json, OnUnlisted::Delete).err(), Some(Code::WrongStructure));
        }
    }

    #[test]
    fn each_resource_begins_a_part() {
        let json = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","contained":[{"resourceType":"Patient"}]}},{"resource":{"resourceType":"Patient"}}]}"#;
        let found = walked(json, OnUnlisted::Refuse).expect("walks").0;
        let parts: Vec<_> = found.parts.iter().map(|part| part.above).collect();
        // What is contained is about whom its container is about.
        assert_eq!(parts, [None, Some(0), Some(0)]);
        let group =
            |group: &crate::format::Group| (group.part, json.as_bytes()[group.from as usize]);
        let groups: Vec<_> = found.groups.iter().map(group).collect();
        assert_eq!(groups, [(0, b'{'), (1, b'{'), (0, b'}'), (2, b'{'), (0, b'}')]);
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
        let json = r#"{"resourceType":"Patient","extension":[{"url":"u","extension":[],"valueString":"z"},{"url":"u","valueString":"z","valueInteger":"z"}]}"#;
        let found = walked(json, OnUnlisted::Delete).expect("walks").0;
        let exits: Vec<_> =
            found.leaves.iter().filter(|leaf| leaf.field == 8).map(|leaf| leaf.exit).collect();
        assert!(matches!(exits[..], [Exit::Member(_), Exit::Extension(_)]), "{exits:?}");
    }

    #[test]
    fn paths_are_read_and_conflicts_found_by_index() {
        for path in [
            "a.b",
            "Patient",
            "Patient.",
            "Patient(x).a",
            "Patient(x=).a",
            "Patient(x=*).a",
            "Patient(x=a|b*).a",
            "$.a",
            "Patient.a[*]",
            "Patient.a b",
        ] {
            assert!(parse(path).is_none(), "{path}");
        }
        assert_eq!(parent("Patient.contact.gender"), "Patient.contact");
        assert_eq!(
            parent("Identifier(type.coding.code=MR).value"),
            "Identifier(type.coding.code=MR)"
        );
        let problems = |paths: &[&str], links: &[(&str, &str)]| {
            graph::compile(&NOTATION, paths, links).map(|_| ()).expect_err("a problem")
        };
        assert_eq!(problems(&["A.b", "A.b"], &[]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["A.b", "A.b.c"], &[]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["A.b"], &[("A.b", "A")]), [(1, Code::PathConflict)]);
        assert_eq!(problems(&["A.b"], &[("A.c", "Unknown")]), [(1, Code::BadPath)]);
    }
}
