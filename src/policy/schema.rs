//! A schema as written: what the data is.

use super::item::Item;
use super::plan::{Encoding, Unfit, Unlisted};
use super::problem::nearest;
use crate::format::{FORMATS, Format, Layout, Tagged};
use crate::phi::{CLASSES, Class, Code, Epoch, Extent, Form, NamePart, Shape};
use std::borrow::Cow;
use std::sync::Arc;

/// A schema, read but not yet bound to a policy.
pub(super) struct Schema<'a> {
    pub(super) name: &'a str,
    pub(super) format: Format,
    /// `None` when a path or a field has a problem: then there is no plan, only more problems.
    pub(super) layout: Option<Layout>,
    pub(super) fields: Vec<SchemaField<'a>>,
    pub(super) subjects: Vec<u16>,
    pub(super) unlisted: Unlisted,
    pub(super) unfit: Unfit,
}

pub(super) struct SchemaField<'a> {
    pub(super) path: Cow<'a, str>,
    pub(super) item: Item<'a>,
    pub(super) class: Class,
    pub(super) extent: Extent,
    pub(super) part: NamePart,
    pub(super) retype: bool,
    pub(super) number: bool,
    pub(super) by_rules: bool,
    pub(super) instant: bool,
    /// The schema of the document that stands in its values, and how.
    pub(super) holds: Option<(Item<'a>, Encoding)>,
    /// The text whose characters its values count, by its number, and whether they are ends.
    pub(super) offset: Option<(u16, bool)>,
}

/// Gives the values that the records' writer schemas have, with their tags.
pub(super) type Tags<'a> = &'a dyn Fn(Format) -> Result<Vec<Tagged>, (Code, String)>;

/// Reads a schema; problems go to its report. `tags` is asked where the schema has its classes from there.
pub(super) fn read<'a>(root: &Item<'a>, tags: Option<Tags<'_>>) -> Option<Schema<'a>> {
    let keys = [
        "schema", "format", "subject", "subjects", "types", "tags", "untagged", "fields",
        "unlisted", "unfit", "lines",
    ];
    let table = root.table(&keys)?;
    let name = table.need("schema").and_then(|item| item.name());
    let format = table.need("format").and_then(|item| {
        let text = item.text()?;
        let format = Format::from_name(text);
        if format.is_none() {
            let known: Vec<_> = FORMATS.iter().map(|entry| format!("`{}`", entry.name)).collect();
            let hint = format!("this version reads {}", known.join(", "));
            item.problem(Code::NotBuiltYet, format!("format `{text}`"), hint);
        }
        format
    });
    let by_tags = table.maybe("tags").or_else(|| table.maybe("untagged"));
    let written = match &by_tags {
        Some(_) => table.maybe("fields"),
        None => table.need("fields"),
    };
    let written = written.and_then(|item| item.entries()).unwrap_or_default();
    let mut entries = expanded(written, types(table.maybe("types")));
    if let (Some(item), Some(format)) = (&by_tags, format) {
        let classes = table.maybe("tags").and_then(|item| item.entries()).unwrap_or_default();
        by_tag(item, format, &classes, table.maybe("untagged"), tags, &mut entries);
    }
    if let Some(item) = table.maybe("unlisted")
        && item.text() == Some("scan")
        && format.is_some_and(Format::needs_registry)
    {
        let hint = "its writer schema names every field: list those of prose as free_text";
        item.problem(Code::WrongValue, "nothing of this format is without a name", hint);
    }
    // Elements of another type have no rule of their own.
    let (links, entries): (Entries<'_>, Entries<'_>) =
        entries.into_iter().partition(|(_, item)| {
            format.is_some_and(Format::lists_types) && item.plain().is_some_and(is_type)
        });
    let typed = format.is_none_or(|format| format.entry().typed);
    let read = |(path, item): &(Cow<'a, str>, Item<'a>)| field(path, item, typed, &entries);
    let fields: Vec<_> = entries.iter().filter_map(read).collect();
    let layout = format.and_then(|format| layout(format, &entries, &links));
    let lines = table.maybe("lines");
    if let Some(item) = lines.as_ref().filter(|_| !format.is_none_or(Format::fits_a_line)) {
        let hint = "delete the line; records of json and fhir may be lines";
        item.key_problem(Code::WrongValue, "lines of another format", hint);
    }
    let is_lines = lines.as_ref().and_then(|item| item.bool()).unwrap_or(false);
    let mut layout = if is_lines { layout.map(Layout::in_lines) } else { layout };
    if let (true, Some((field, item))) =
        (is_lines, fields.iter().find(|field| field.offset.is_some()).zip(lines.as_ref()))
    {
        let message = format!("{} counts in the text of one document", field.path);
        item.key_problem(Code::WrongValue, message, "give each line a record of its own");
    }
    let subject = table.maybe("subject");
    let subjects = subject.map(|item| if item.is_list() { item.list() } else { Some(vec![item]) });
    let subjects = subjects.flatten().unwrap_or_default();
    let mut subjects: Vec<_> =
        subjects.iter().filter_map(|item| subject_field(item, &entries, &fields)).collect();
    let parts = table.maybe("subjects");
    let parts = parts.map(|item| if item.is_list() { item.list() } else { Some(vec![item]) });
    for item in parts.flatten().unwrap_or_default() {
        subjects.extend(part(&item, &entries, &fields, layout.as_mut()));
    }
    let unlisted = match table.maybe("unlisted") {
        None => Some(Unlisted::Quarantine),
        Some(item) => item.one_of(Unlisted::NAMES),
    };
    // Indices into `fields` are indices into the paths: one field that failed would move the rest.
    let unfit = match table.maybe("unfit") {
        None => Some(Unfit::Quarantine),
        Some(item) => item.one_of(Unfit::NAMES),
    };
    let read = name.is_some() && unlisted.is_some() && unfit.is_some();
    let whole = fields.len() == entries.len() && read;
    Some(Schema {
        name: name.unwrap_or_default(),
        format: format.unwrap_or(Format::Json),
        layout: layout.filter(|_| whole),
        fields,
        subjects,
        unlisted: unlisted.unwrap_or(Unlisted::Quarantine),
        unfit: unfit.unwrap_or(Unfit::Quarantine),
    })
}

/// Fields whose classes the tags of the writer schemas name; those that `fields` lists have theirs from there.
fn by_tag<'a>(
    item: &Item<'a>,
    format: Format,
    classes: &[(&str, Item<'a>)],
    untagged: Option<Item<'a>>,
    tags: Option<Tags<'_>>,
    entries: &mut Entries<'a>,
) {
    let none = || Err((Code::RegistryNeeded, "none is there".to_string()));
    let tagged = match tags.map_or_else(none, |tags| tags(format)) {
        Ok(tagged) => tagged,
        Err((code, about)) => {
            return item.key_problem(code, format!("tags are of a registry: {about}"), "");
        }
    };
    let listed = entries.len();
    for Tagged { path, tags } in tagged {
        if entries[..listed].iter().any(|(known, _)| *known == path) {
            continue;
        }
        let mut of = classes.iter().filter(|(tag, _)| tags.iter().any(|one| one == tag));
        match (of.next(), of.next(), &untagged) {
            (Some((one, _)), Some((other, two)), _) => {
                let message = format!("{path} is tagged `{one}` and `{other}`");
                two.key_problem(Code::PathConflict, message, "list the path under `fields`");
            }
            (Some((_, class)), None, _) => entries.push((path.into(), class.clone())),
            (None, ..) if !tags.is_empty() => {
                let message =
                    format!("{path} is tagged `{}`, of which nothing is said", tags.join("`, `"));
                let hint = "name a tag of it under `tags`, or list the path under `fields`";
                item.key_problem(Code::WrongValue, message, hint);
            }
            (None, _, Some(class)) => entries.push((path.into(), class.clone())),
            // Nobody said what it is: it is unlisted.
            (None, _, None) => {}
        }
    }
}

/// The field that a path of `subject` names, by what is written, so that a field with a mistake of its own is not
/// called missing.
fn subject_field(
    item: &Item<'_>,
    entries: &Entries<'_>,
    fields: &[SchemaField<'_>],
) -> Option<u16> {
    let path = item.text()?;
    names_somebody(item, path, fields);
    if !entries.iter().any(|(known, _)| known == path) {
        let hint = "name a path that `fields` lists";
        item.problem(Code::SubjectNeeded, "not one of the fields", hint);
        return None;
    }
    one_field(item, entries, "a record has one subject, and this path names many values")
}

/// Says so where a path's class is one that many people share a value of.
fn names_somebody(item: &Item<'_>, path: &str, fields: &[SchemaField<'_>]) {
    let class = fields.iter().find(|field| field.path == path).map(|field| field.class);
    if class.is_some_and(|class| !class.is_identifier() || class.form() == Form::Date) {
        item.problem(
            Code::WrongValue,
            "no identifier: many people share one",
            "name a number of theirs",
        );
    }
}

/// `{each: PATH, id: PATH}`: what stands at one path is about whom the other names, which is in it.
fn part(
    item: &Item<'_>,
    entries: &Entries<'_>,
    fields: &[SchemaField<'_>],
    layout: Option<&mut Layout>,
) -> Option<u16> {
    let table = item.table(&["each", "id"])?;
    let (each, id) = (table.need("each"), table.need("id"));
    let (each, id) = (each?, id?);
    let (path, own) = (each.text()?, id.text()?);
    names_somebody(&id, own, fields);
    let at = entries.iter().position(|(known, _)| known == own);
    if at.is_none() {
        let hint = "name a path that `fields` lists";
        id.problem(Code::SubjectNeeded, "not one of the fields", hint);
    }
    if own.strip_prefix(path).is_none_or(|rest| !rest.starts_with(['.', '[']) || rest.contains('*'))
    {
        let hint = "name one that begins as `each` does, and has no `*` behind that";
        id.problem(Code::WrongValue, "no one value in each", hint);
        return None;
    }
    // Without a layout there are problems enough.
    if layout.is_some_and(|layout| !layout.part(path)) {
        let hint = "name an object of `fields` of json, avro or protobuf, or each of a list: `$.visits[*]`";
        each.problem(Code::WrongValue, "nothing that has members", hint);
    }
    at.map(|at| at as u16)
}

/// The field whose path an item names, which stands for one value; or `many` is said.
fn one_field(item: &Item<'_>, entries: &Entries<'_>, many: &str) -> Option<u16> {
    let path = item.text()?;
    if path.contains('*') {
        item.problem(Code::WrongValue, many, "name a path without `*`");
    }
    let at = entries.iter().position(|(known, _)| known == path);
    if at.is_none() {
        item.problem(Code::WrongValue, "not one of the fields", "name a path that `fields` lists");
    }
    at.map(|at| at as u16)
}

/// Paths as written, and what stands there.
type Entries<'a> = Vec<(Cow<'a, str>, Item<'a>)>;

/// Classes begin with a small letter, types with a capital.
fn is_type(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Types by name: the parts of a value that has them, each a class or options as a field has.
type Types<'a> = Vec<(&'a str, Vec<(&'a str, Item<'a>)>)>;

fn types<'a>(item: Option<Item<'a>>) -> Types<'a> {
    let named = item.and_then(|item| item.entries()).unwrap_or_default();
    let mut types = Types::new();
    for (name, item) in named {
        if Class::from_name(name).is_some() {
            item.key_problem(Code::WrongValue, "a class has this name", "choose another");
        }
        types.push((name, item.entries().unwrap_or_default()));
    }
    types
}

/// The fields, with the parts of those that name a type in their places.
fn expanded<'a>(written: Vec<(&'a str, Item<'a>)>, types: Types<'a>) -> Entries<'a> {
    let mut out = Vec::with_capacity(written.len());
    for (path, item) in written {
        match types.iter().find(|(name, _)| item.plain() == Some(*name)) {
            None => out.push((path.into(), item)),
            Some((_, parts)) => out.extend(
                parts.iter().map(|(part, item)| (format!("{path}{part}").into(), item.clone())),
            ),
        }
    }
    out
}

fn layout(
    format: Format,
    entries: &[(Cow<'_, str>, Item<'_>)],
    links: &[(Cow<'_, str>, Item<'_>)],
) -> Option<Layout> {
    let paths: Vec<&str> = entries.iter().map(|(path, _)| path.as_ref()).collect();
    let linked: Vec<(&str, &str)> = links
        .iter()
        .map(|(path, item)| (path.as_ref(), item.plain().unwrap_or_default()))
        .collect();
    match Layout::compile(format, &paths, &linked) {
        Ok(layout) => Some(layout),
        Err(problems) => {
            for (at, code) in problems {
                let all = || entries.iter().chain(links);
                let Some((path, item)) = all().nth(at) else { continue };
                let to = linked.get(at.wrapping_sub(entries.len())).map(|(_, to)| *to);
                let known = |to: &&str| {
                    let below = |path: &str| {
                        path.strip_prefix(*to)
                            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                    };
                    all().any(|(path, _)| below(path))
                };
                let (message, hint) = match code {
                    Code::BadPath if path.contains(".*") => (
                        "`.*` lets member names through",
                        "give the names a class: the same path with `~` at its end",
                    ),
                    Code::BadPath if format == Format::Json => ("not a path of the subset", ""),
                    Code::BadPath if to.is_some_and(|to| !known(&to)) => {
                        ("no element of that type is listed", "a class begins with a small letter")
                    }
                    Code::BadPath => ("not a path of this format", format.entry().paths),
                    _ => ("another path claims this place", ""),
                };
                item.key_problem(code, message, hint);
            }
            None
        }
    }
}

/// `typed`: values of the format have types.
fn field<'a>(
    path: &Cow<'a, str>,
    item: &Item<'a>,
    typed: bool,
    entries: &Entries<'a>,
) -> Option<SchemaField<'a>> {
    let plain = SchemaField {
        path: path.clone(),
        item: item.clone(),
        class: Class::NotPhi,
        extent: Extent::Any,
        part: NamePart::Whole,
        retype: false,
        number: false,
        by_rules: false,
        instant: false,
        holds: None,
        offset: None,
    };
    if !item.is_mapping() {
        return Some(SchemaField { class: class(item)?, ..plain });
    }
    if item.has("document") {
        let table = item.table(&["document", "encoding"])?;
        let document = table.need("document")?;
        document.name()?;
        let encoding = table.maybe("encoding").map(|item| item.one_of(Encoding::NAMES));
        let holds = Some((document, encoding.unwrap_or(Some(Encoding::Text))?));
        return Some(SchemaField { class: Class::FreeText, holds, ..plain });
    }
    for (name, is_end) in [("start_in", false), ("end_in", true)] {
        if item.has(name) {
            let text = item.table(&[name])?.need(name)?;
            let at = one_field(&text, entries, "a record has one text, and this path names many")?;
            return Some(SchemaField { offset: Some((at, is_end)), ..plain });
        }
    }
    let options =
        ["class", "width", "shape", "epoch", "part", "retype", "type", "detect", "instant"];
    let table = item.table(&options)?;
    let class = table.need("class").and_then(|item| class(&item));
    let parts = [("family", NamePart::Family), ("given", NamePart::Given)];
    let part = table.maybe("part").and_then(|item| Some((item.clone(), item.one_of(&parts)?)));
    let retype = table.maybe("retype").and_then(|item| item.bool()).unwrap_or(false);
    let types = [("string", false), ("number", true)];
    for name in ["type", "retype"] {
        if let Some(item) = table.maybe(name).filter(|_| !typed) {
            item.key_problem(Code::FieldOption, "values of this format have no types", "");
        }
    }
    let number = table.maybe("type").and_then(|item| item.one_of(&types)).unwrap_or(false);
    let class = class?;
    let by_rules = table.maybe("detect").and_then(|item| {
        if class != Class::FreeText {
            let hint = "`detect` is for free_text";
            item.key_problem(Code::FieldOption, format!("{class} is no prose"), hint);
        }
        item.one_of(&[("rules", true)])
    });
    let instant = table.maybe("instant");
    if let Some(item) = instant.as_ref().filter(|_| class.form() != Form::Date) {
        let hint = "`instant` is for dates whose type takes no year alone";
        item.key_problem(Code::FieldOption, format!("{class} is no date"), hint);
    }
    let instant = instant.and_then(|item| item.bool()).unwrap_or(false);
    let extent = match table.maybe("epoch") {
        Some(item) => epoch(class, &item),
        None => extent(class, table.maybe("width"), table.maybe("shape")),
    };
    if let Some((item, _)) = &part
        && class.form() != Form::Name
    {
        item.key_problem(Code::FieldOption, format!("{class} has no parts"), "`part` is for names");
    }
    let part = part.map_or(NamePart::Whole, |(_, p)| p);
    let by_rules = by_rules.unwrap_or(false);
    Some(SchemaField { class, extent, part, retype, number, by_rules, instant, ..plain })
}

/// `epoch`: a date that is counted since 1970.
fn epoch(class: Class, item: &Item<'_>) -> Extent {
    if class.form() != Form::Date {
        item.key_problem(Code::FieldOption, format!("{class} is no date"), "`epoch` is for dates");
    }
    item.one_of(Epoch::NAMES).map_or(Extent::Any, Extent::Epoch)
}

/// `width` or `shape`, of a field or of a record key.
pub(super) fn extent(class: Class, width: Option<Item<'_>>, shape: Option<Item<'_>>) -> Extent {
    let misfit = |item: &Item<'_>, what: &str, hint: &str| {
        item.key_problem(Code::FieldOption, format!("{class} has no {what}"), hint);
    };
    if let (Some(item), Some(_)) = (&shape, &width) {
        let hint = "a shape says how long the numbers are";
        item.key_problem(Code::FieldOption, "both `shape` and `width`", hint);
    }
    if let Some(item) = &width {
        if !matches!(class.form(), Form::Record | Form::Digits) {
            misfit(item, "width", "`width` is for numbers of a fixed length");
        }
        return item.int(1..=64).map_or(Extent::Any, |width| Extent::Width(width as u8));
    }
    let Some(item) = shape else { return Extent::Any };
    if class.form() != Form::Record {
        misfit(&item, "shape of its own", "`shape` is for record numbers");
    }
    match item.text().map(Shape::parse) {
        Some(Ok(shape)) => return Extent::Shape(Arc::new(shape)),
        Some(Err(why)) => item.problem(
            Code::WrongValue,
            why,
            "`#` is a digit, `@` a letter, `*` either, `[0-9A-F]` one of these, `{7}` repeats",
        ),
        None => {}
    }
    Extent::Any
}

/// A class by its name.
pub(super) fn class(item: &Item<'_>) -> Option<Class> {
    let name = item.text()?;
    let found = Class::from_name(name);
    if found.is_none() {
        let hint = match nearest(name, CLASSES.iter().map(|entry| entry.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => String::new(),
        };
        item.problem(Code::UnknownClass, format!("unknown class `{name}`"), hint);
    }
    found
}
