//! The fields of a plan as OpenLineage has columns: nested, and each output from its input.
//!
//! A column is called as the schema writes its path; of the formats with JSON paths, `$.` goes and
//! so do the brackets of arrays: `$.visit.icd10[*]` is `visit.icd10`. The facet `schema` has it
//! nested: `visit`, in it `icd10`, an array, in it `_element`.

use super::{Job, standard};
use crate::policy::{Document, Field, Plan};
use crate::transform::{Output, Rule};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Between the path of a value and the path in the document that stands in it.
const INSIDE: &str = " > ";

/// One step of a column's name.
struct Step {
    name: String,
    /// Each of several.
    each: usize,
}

/// A column in the tree.
#[derive(Default)]
struct Node {
    name: String,
    each: usize,
    /// The field that it is: what is in it, its class, and what is done.
    leaf: Option<(&'static str, String)>,
    below: Vec<Node>,
    /// Where each name is among them.
    names: BTreeMap<String, usize>,
}

/// The name of a field's column.
pub(super) fn column(field: &Field) -> String {
    let mut name = String::new();
    for (n, part) in field.path.as_str().split(INSIDE).enumerate() {
        if n > 0 {
            name.push_str(INSIDE);
        }
        match part.strip_prefix('$') {
            None => name.push_str(part),
            Some(part) => {
                let (part, _) = plain(part);
                name.push_str(&part.join("."));
            }
        }
    }
    name
}

/// The names of a JSON path behind its `$`, and how many arrays deep each is.
fn plain(path: &str) -> (Vec<String>, Vec<usize>) {
    let (mut names, mut each): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    if path.is_empty() {
        // The whole text.
        return (vec!["$".to_string()], vec![0]);
    }
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("['") {
            let (name, after) = after.split_once("']").unwrap_or((after, ""));
            names.push(name.to_string());
            each.push(0);
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            // The elements of an array of which one place has a rule of its own are still elements.
            if let Some(last) = each.last_mut() {
                *last += 1;
            }
            rest = after.split_once(']').map_or("", |(_, after)| after);
        } else {
            let after = rest.strip_prefix('.').unwrap_or(rest);
            let end = after.find(['.', '[']).unwrap_or(after.len());
            if end == 0 {
                break;
            }
            names.push(after[..end].to_string());
            each.push(0);
            rest = &after[end..];
        }
    }
    (names, each)
}

/// `of` says which document each path is of.
fn steps(plan: &Plan, of: &BTreeMap<&str, u16>, field: &Field) -> Vec<Step> {
    let mut steps = Vec::new();
    let (whole, mut end) = (field.path.as_str(), 0);
    for part in whole.split(INSIDE) {
        end += part.len();
        let document = of.get(&whole[..end]).copied().unwrap_or(field.of);
        let format = plan.documents[usize::from(document)].layout.format();
        end += INSIDE.len();
        if let Some(path) = part.strip_prefix('$') {
            let (names, each) = plain(path);
            steps.extend(names.into_iter().zip(each).map(|(name, each)| Step { name, each }));
            continue;
        }
        // The formats with notations of their own: each says what a path is a part of.
        let (mut path, mut names) = (part, Vec::new());
        loop {
            let parent = format.parent(path);
            let is_part = parent.len() < path.len() && !parent.is_empty();
            let name = if is_part { &path[parent.len()..] } else { path };
            names.push(name.trim_start_matches(['.', '-', '/']).to_string());
            if !is_part {
                break;
            }
            path = parent;
        }
        steps.extend(names.into_iter().rev().map(|name| Step { name, each: 0 }));
    }
    steps
}

/// The columns, nested; `after`: of the types that the rules give.
pub(super) fn schema(plan: &Plan, after: bool) -> Value {
    let mut root = Node::default();
    let of: BTreeMap<_, _> =
        plan.fields.iter().map(|field| (field.path.as_str(), field.of)).collect();
    for field in &plan.fields {
        let slot = &plan.slots[usize::from(field.slot)];
        let text = !field.number || after && slot.rule.kernel().output == Output::Text;
        let what = match after && slot.rule != Rule::Keep {
            true => format!("{}: {}", field.class.name(), slot.rule.kernel().name),
            false => field.class.name().to_string(),
        };
        let mut at = &mut root;
        for Step { name, each } in steps(plan, &of, field) {
            let n = *at.names.entry(name).or_insert_with_key(|name| {
                at.below.push(Node { name: name.clone(), ..Node::default() });
                at.below.len() - 1
            });
            at = &mut at.below[n];
            at.each = at.each.max(each);
        }
        at.leaf = Some((if text { "string" } else { "number" }, what));
    }
    let columns: Vec<_> = root.below.iter().map(Node::value).collect();
    standard("1-2-0/SchemaDatasetFacet", json!({ "fields": columns }))
}

impl Node {
    fn value(&self) -> Value {
        let below: Vec<_> = self.below.iter().map(Node::value).collect();
        let mut column = Map::new();
        column.insert("name".into(), self.name.as_str().into());
        match (&self.leaf, below.is_empty()) {
            (Some((kind, _)), true) => column.insert("type".into(), (*kind).into()),
            // A place that holds either, as the content of a message does.
            (Some((kind, _)), false) => {
                column.insert("type".into(), format!("{kind}|struct").into())
            }
            (None, _) => column.insert("type".into(), "struct".into()),
        };
        if let Some((_, what)) = &self.leaf {
            column.insert("description".into(), what.as_str().into());
        }
        if !below.is_empty() {
            column.insert("fields".into(), below.into());
        }
        for _ in 0..self.each {
            let name = column.insert("name".into(), "_element".into()).unwrap_or_default();
            let mut array = Map::new();
            array.insert("name".into(), name);
            array.insert("type".into(), "array".into());
            array.insert("fields".into(), json!([column]));
            column = array;
        }
        column.into()
    }
}

/// Each output column from its input column. What influences the others stands once, for the whole
/// data set: identifiers are looked for in the record's prose (CONDITIONAL), and refuse the record if
/// one would stay (FILTER); subjects say by how much their dates move and which secret their tokens
/// are made with (JOIN).
pub(super) fn column_lineage(job: &Job<'_>) -> Value {
    let plan = &job.pipeline.plan;
    let from = |field: &Field, transformations: &Value| {
        let inputs = job.inputs.iter().map(|input| {
            json!({
                "namespace": job.namespace, "name": input, "field": column(field),
                "transformations": transformations,
            })
        });
        inputs.collect::<Vec<_>>()
    };
    let mut fields: Map<String, Value> = Map::new();
    for field in &plan.fields {
        let slot = &plan.slots[usize::from(field.slot)];
        let kernel = slot.rule.kernel();
        let how = match slot.rule {
            // Of some thousand columns most are codes: what is not said is not carried each time.
            Rule::Keep => json!([{ "type": "DIRECT", "subtype": "IDENTITY", "masking": false }]),
            _ => json!([{
                "type": "DIRECT", "subtype": "TRANSFORMATION", "masking": kernel.masking,
                "description": format!("{} as {}", kernel.name, field.class.name()),
            }]),
        };
        let inputs = from(field, &how);
        // Two paths may be one column: a list of something, and the thing itself.
        match fields.get_mut(&column(field)).and_then(|known| known["inputFields"].as_array_mut()) {
            Some(known) => known.extend(inputs),
            None => {
                fields.insert(column(field), json!({ "inputFields": inputs }));
            }
        }
    }
    let mut whole = Vec::new();
    for (n, field) in plan.fields.iter().enumerate() {
        let document = plan.document_of(n as u16);
        let mut how = Vec::new();
        let mut indirect = |subtype: &str| {
            how.push(json!({ "type": "INDIRECT", "subtype": subtype, "masking": true }));
        };
        if field.class.is_identifier() && is_masked(plan, field) && has_prose(plan) {
            // It is looked for in prose, and what would stay of it refuses the record.
            indirect("CONDITIONAL");
            indirect("FILTER");
        }
        if document.subjects.contains(&(n as u16)) && is_by_subject(plan, document) {
            indirect("JOIN");
        }
        if !how.is_empty() {
            whole.extend(from(field, &how.into()));
        }
    }
    let mut facet = json!({ "fields": fields });
    if !whole.is_empty() {
        facet["dataset"] = whole.into();
    }
    standard("1-2-0/ColumnLineageDatasetFacet", facet)
}

fn is_masked(plan: &Plan, field: &Field) -> bool {
    plan.slots[usize::from(field.slot)].rule.kernel().masking
}

/// Something in the records is looked through.
fn has_prose(plan: &Plan) -> bool {
    plan.fields.iter().any(|field| plan.slots[usize::from(field.slot)].rule == Rule::Detect)
}

/// What is done to a document's values depends on whose they are.
fn is_by_subject(plan: &Plan, document: &Document) -> bool {
    let fields = usize::from(document.fields.start)..usize::from(document.fields.end);
    plan.fields[fields].iter().any(|field| {
        let slot = &plan.slots[usize::from(field.slot)];
        matches!(slot.rule, Rule::ShiftDays { .. }) || slot.scope.name() == "subject"
    })
}
