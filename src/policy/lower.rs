//! Schema and policy (and the pipeline's word on record keys) become the plan.

use super::item::Item;
use super::pipeline::Key;
use super::plan::{
    Basis, Document, Field, Holds, KeyRule, Offset, Plan, Slot, UNLISTED, Unfit, Unlisted,
};
use super::reach::View;
use super::rules::Policy;
use super::schema::{Schema, SchemaField};
use crate::format::Format;
use crate::keys::Scope;
use crate::limits::{DOCUMENT_KINDS_MAX, FIELDS_MAX, FPE_DOMAIN_MIN, PERMUTE_DOMAIN_MIN};
use crate::phi::{CLASSES, Class, ClassEntry, Code, Extent, FieldPath, Form, NamePart};
use crate::transform::{Output, Rule};
use sha2::{Digest, Sha256};

/// Gives the schema of a document that stands inside of values; a problem where there is none.
pub(super) type Find<'a, 'f> = &'f dyn Fn(&Item<'a>) -> Option<Schema<'a>>;

/// Binds a schema to a policy. Problems go to the report; then there is no plan. A view is what the destination needs
/// of the schema: no other of its fields goes.
pub(super) fn lower<'a>(
    schema: Schema<'a>,
    policy: &Policy<'_>,
    key: Option<&Key<'_>>,
    (destination, view): (&str, Option<&View>),
    find: Find<'a, '_>,
) -> Option<Plan> {
    let mut slots = Slots(Vec::new());
    let mut groups: Vec<(usize, String)> = Vec::new();
    let name = schema.name.to_string();
    let mut sheets = vec![Sheet { under: String::new(), names: vec![schema.name], schema }];
    let mut good = inside(&mut sheets, find);
    let has_subject = sheets.iter().any(|sheet| !sheet.schema.subjects.is_empty());
    let (mut fields, mut documents) = (Vec::new(), Vec::new());
    // The documents that stand in values come in the order of these.
    let mut next = 1;
    for (of, Sheet { under, schema, .. }) in sheets.into_iter().enumerate() {
        let first = fields.len() as u16;
        for field in &schema.fields {
            let path = format!("{under}{}", field.path);
            let goes = view.is_none_or(|view| view.paths.contains(&path));
            let (rule, scope) = match policy.rule(field.class) {
                _ if !goes => (Rule::Remove, Scope::Join),
                // A number that follows its text is no value of anybody.
                _ if field.offset.is_some() => (Rule::Keep, Scope::Join),
                // What is done to prose is not what is done to a document, whose fields have rules of their own.
                _ if field.holds.is_some() => (Rule::Detect, Scope::Join),
                // A moment cannot be made a year.
                (Rule::Year { .. }, scope) if field.instant => (Rule::Remove, scope),
                rule => rule,
            };
            good &= field_fits(field, goes, (rule, scope), has_subject);
            // A field that is not there moved the numbers of the rest.
            let offset = field.offset.filter(|_| schema.layout.is_some() && goes);
            let text = offset.and_then(|(text, _)| schema.fields.get(usize::from(text)));
            if text.is_some_and(|text| text.class != Class::FreeText || text.holds.is_some()) {
                let message = "the characters of a value that is no free_text";
                field.item.problem(Code::FieldOption, message, "");
                good = false;
            }
            let group = match field.part {
                NamePart::Whole => 0,
                _ => {
                    let parent = (of, schema.format.parent(&field.path).to_string());
                    let at =
                        groups.iter().position(|known| *known == parent).unwrap_or_else(|| {
                            groups.push(parent);
                            groups.len() - 1
                        });
                    at as u16
                }
            };
            let holds = field.holds.as_ref().map(|(_, encoding)| {
                next += 1;
                Holds { document: next - 1, encoding: *encoding }
            });
            if holds.is_some() && view.is_some() {
                // What it would leave of a document inside of a value, and what is known from it, is not settled.
                let message = "a view of a schema whose values hold documents";
                field.item.problem(
                    Code::NotBuiltYet,
                    message,
                    "take `fields` from the destination",
                );
                good = false;
            }
            fields.push(Field {
                path: FieldPath::from_schema(&path),
                class: field.class,
                slot: slots.of(field.class, (rule, scope), &field.extent),
                extent: field.extent.clone(),
                part: field.part,
                group,
                retype: field.retype && goes,
                number: field.number,
                by_rules: field.by_rules,
                of: of as u16,
                holds,
                offset: offset.map(|(text, is_end)| Offset { text: first + text, is_end }),
            });
        }
        let unlisted_is = match schema.unlisted {
            // What no schema lists no view names.
            Unlisted::Scan if view.is_some() => Unlisted::Drop,
            unlisted => unlisted,
        };
        if unlisted_is == Unlisted::Scan {
            fields.push(unlisted(&under, of as u16, policy, &mut slots));
        }
        let Some(layout) = schema.layout else {
            good = false;
            continue;
        };
        documents.push(Document {
            layout,
            fields: first..fields.len() as u16,
            subjects: schema.subjects.iter().map(|at| first + at).collect(),
            unlisted: unlisted_is,
            unfit: schema.unfit,
        });
    }
    let extent = |class| {
        let field = fields.iter().find(|field: &&Field| field.class == class);
        match field.map(|field| &field.extent) {
            // Nobody writes a count since 1970 into prose.
            None | Some(Extent::Epoch(_)) => Extent::Any,
            Some(extent) => extent.clone(),
        }
    };
    let text_extents: Vec<_> = CLASSES.iter().map(|entry| extent(entry.class)).collect();
    let mut text_slot = |(entry, extent): (&ClassEntry, &Extent)| {
        slots.of(entry.class, text_rule(policy, entry.class), extent)
    };
    let text_slots = CLASSES.iter().zip(&text_extents).map(&mut text_slot).collect();
    let key = match key {
        None => KeyRule::Drop,
        Some(key) => {
            let lowered = key_rule(key, policy, &mut slots);
            good &= lowered.is_some();
            lowered.unwrap_or(KeyRule::Drop)
        }
    };
    if !good || !policy.whole {
        return None;
    }
    let measured = fields.iter().filter_map(|field: &Field| Some(field.offset?.text)).collect();
    let mut plan = Plan {
        schema: name,
        policy: policy.name.to_string(),
        basis: policy.basis,
        digest: [0; 32],
        documents,
        fields,
        measured,
        slots: slots.0,
        text_slots,
        text_extents,
        aim: policy.aim,
        second: policy.second.clone(),
        key,
        destination: destination.to_string(),
        trail: None,
    };
    plan.digest = digest(&plan);
    Some(plan)
}

/// A schema that the plan has a document of.
struct Sheet<'a> {
    /// What the paths of its fields begin with: the value that its document stands inside of.
    under: String,
    /// The schemas that it is inside of, and its own, as they are called.
    names: Vec<&'a str>,
    schema: Schema<'a>,
}

/// Adds the schemas of what stands inside of values, those of one document behind those of the ones before.
fn inside<'a>(sheets: &mut Vec<Sheet<'a>>, find: Find<'a, '_>) -> bool {
    let (mut good, mut at) = (true, 0);
    while at < sheets.len() {
        let Sheet { under, names, schema } = &sheets[at];
        let mut below = Vec::new();
        for field in &schema.fields {
            let Some((item, _)) = &field.holds else { continue };
            let name = item.text().unwrap_or_default();
            if names.contains(&name) || sheets.len() + below.len() == DOCUMENT_KINDS_MAX {
                let message = "a document inside of itself, or too many kinds of documents";
                let hint =
                    format!("at most {DOCUMENT_KINDS_MAX} kinds, each inside of others alone");
                item.problem(Code::WrongValue, message, hint);
                good = false;
                continue;
            }
            let Some(schema) = find(item) else {
                good = false;
                continue;
            };
            if schema.format.needs_registry() {
                let message = format!("{} inside of a value", schema.format.entry().name);
                item.problem(Code::WrongValue, message, "its records say nothing of themselves");
                good = false;
            }
            let names = names.iter().copied().chain([name]).collect();
            below.push(Sheet { under: format!("{under}{} > ", field.path), names, schema });
        }
        sheets.extend(below);
        at += 1;
    }
    let fields: usize = sheets.iter().map(|sheet| sheet.schema.fields.len() + 1).sum();
    if let (true, Some(first)) = (fields > FIELDS_MAX, sheets[0].schema.fields.first()) {
        let message = format!("{fields} fields, with those of what stands inside of values");
        first.item.problem(Code::WrongValue, message, format!("at most {FIELDS_MAX}"));
        good = false;
    }
    good
}

/// The field that stands for members that no path lists: their strings are prose.
fn unlisted(under: &str, of: u16, policy: &Policy<'_>, slots: &mut Slots) -> Field {
    Field {
        path: FieldPath::from_schema(&format!("{under}{UNLISTED}")),
        class: Class::FreeText,
        slot: slots.of(Class::FreeText, policy.rule(Class::FreeText), &Extent::Any),
        extent: Extent::Any,
        part: NamePart::Whole,
        group: 0,
        retype: false,
        number: false,
        by_rules: false,
        of,
        holds: None,
        offset: None,
    }
}

/// What is done to a class in prose. Detect is what found it, so it cannot be what is done.
fn text_rule(policy: &Policy<'_>, class: Class) -> (Rule, Scope) {
    match policy.rule(class) {
        (Rule::Detect, scope) => (Rule::Remove, scope),
        rule => rule,
    }
}

/// One slot for each (class, rule, scope, shape).
struct Slots(Vec<Slot>);

impl Slots {
    fn of(&mut self, class: Class, (rule, scope): (Rule, Scope), extent: &Extent) -> u16 {
        // No other kernels ask what a number looks like.
        let shape = extent.shape().filter(|_| matches!(rule, Rule::Fpe | Rule::Permute)).cloned();
        let slot = Slot { class, rule, scope, shape };
        let at = self.0.iter().position(|known| *known == slot).unwrap_or_else(|| {
            self.0.push(slot);
            self.0.len() - 1
        });
        at as u16
    }
}

fn field_fits(
    field: &SchemaField<'_>,
    goes: bool,
    (rule, scope): (Rule, Scope),
    has_subject: bool,
) -> bool {
    let SchemaField { item, class, .. } = field;
    let mut good = true;
    let mut wrong = |code, message: String| {
        item.problem(code, message, "");
        good = false;
    };
    if matches!(rule, Rule::ShiftDays { .. }) && !has_subject {
        wrong(Code::SubjectNeeded, format!("{class} is shifted per subject"));
    }
    if scope == Scope::Subject && !has_subject {
        wrong(Code::SubjectNeeded, format!("{class} has `scope: subject`"));
    }
    if rule == Rule::Fpe && below_floor(&field.extent) {
        wrong(Code::BelowFloorLoad, "fewer than 1,000,000 values".into());
    }
    if rule == Rule::Permute && outside_permutation(&field.extent) {
        wrong(Code::KernelMisfit, "permute takes 10,000 to 1,000,000 values".into());
    }
    if field.number && matches!(field.extent, Extent::Shape(_)) {
        wrong(Code::FieldOption, "a number has a width, not a shape".into());
    }
    let formed = matches!(rule, Rule::Fpe | Rule::Permute);
    if field.number && formed && field.extent == Extent::Any {
        wrong(Code::WidthNeeded, format!("{class} is a number here"));
    }
    if field.number && rule.kernel().output == Output::Text && !field.retype {
        wrong(Code::RetypeNeeded, format!("{} writes a string", rule.kernel().name));
    }
    if goes && field.retype && (!field.number || rule.kernel().output != Output::Text) {
        wrong(Code::FieldOption, "`retype` changes nothing here".into());
    }
    let lossy = matches!(
        rule,
        Rule::Year { .. }
            | Rule::Zip3
            | Rule::CapAge { .. }
            | Rule::Mask
            | Rule::Remove
            | Rule::Surrogate
    );
    if lossy && field.path.ends_with('~') {
        wrong(
            Code::KernelMisfit,
            format!("{} would give two members of an object one name", rule.kernel().name),
        );
    }
    let counted = matches!(field.extent, Extent::Epoch(_));
    let formless = class.form() == Form::Date && !counted || rule == Rule::Zip3;
    if field.number && formless && rule != Rule::Remove {
        let message = format!("{class} as a number would lose its form");
        wrong(Code::KernelMisfit, message);
    }
    good
}

fn key_rule(key: &Key<'_>, policy: &Policy<'_>, slots: &mut Slots) -> Option<KeyRule> {
    let Some(class) = key.class else { return Some(KeyRule::Drop) };
    let (rule, scope) = policy.rule(class);
    if scope == Scope::Subject {
        let message = format!("{class} has `scope: subject`");
        key.item.problem(Code::ScopeMisfit, message, "");
        return None;
    }
    if policy.basis == Basis::SafeHarbor && rule != Rule::Assign {
        key.item.problem(Code::KeyUnderSafeHarbor, format!("the key is {class}"), "");
        return None;
    }
    let fits = match rule {
        Rule::Fpe | Rule::Permute | Rule::Siv | Rule::Hash | Rule::Assign => true,
        Rule::Keep => !class.is_identifier() && class != Class::FreeText,
        _ => false,
    };
    if !fits {
        let message = format!("{} cannot take a record key of class {class}", rule.kernel().name);
        key.item.problem(
            Code::KernelMisfit,
            message,
            "a key needs fpe, siv, hash or assign; or write `key: drop`",
        );
        return None;
    }
    if rule == Rule::Permute && outside_permutation(&key.extent) {
        let message = "permute takes 10,000 to 1,000,000 values";
        key.item.problem(Code::KernelMisfit, message, "");
        return None;
    }
    if rule == Rule::Fpe && below_floor(&key.extent) {
        key.item.problem(Code::BelowFloorLoad, "fewer than 1,000,000 values", "");
        return None;
    }
    Some(KeyRule::Slot(slots.of(class, (rule, scope), &key.extent), key.extent.clone()))
}

/// Whether numbers of this extent are too few or too many for a permutation, whatever they are.
fn outside_permutation(extent: &Extent) -> bool {
    let size = match extent {
        Extent::Any | Extent::Epoch(_) => return false,
        // Letters are as many more.
        Extent::Width(width) => return *width > 6,
        Extent::Shape(shape) => shape.size(),
    };
    !(u128::from(PERMUTE_DOMAIN_MIN)..=u128::from(FPE_DOMAIN_MIN)).contains(&size)
}

/// Whether numbers of this extent are too few for FF1, whatever they are.
fn below_floor(extent: &Extent) -> bool {
    match extent {
        Extent::Any | Extent::Epoch(_) => false,
        Extent::Width(width) => 10u64.pow(u32::from(*width).min(18)) < FPE_DOMAIN_MIN,
        Extent::Shape(shape) => shape.size() < u128::from(FPE_DOMAIN_MIN),
    }
}

fn written(extent: &Extent) -> String {
    match extent {
        Extent::Any => String::new(),
        Extent::Epoch(unit) => format!("{unit:?}"),
        Extent::Width(width) => width.to_string(),
        Extent::Shape(shape) => shape.text().to_string(),
    }
}

/// SHA-256 over what the plan means: comments, white space and the order of rules change nothing.
fn digest(plan: &Plan) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut line = |text: String| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    line(format!(
        "weir-plan/1|{}|{}|{}|{:?}",
        plan.schema,
        plan.policy,
        plan.basis.name(),
        plan.record().unlisted
    ));
    for (at, document) in plan.documents.iter().enumerate() {
        let Document { layout, unlisted, unfit, .. } = document;
        let format = layout.format();
        let held = |field: &&Field| field.holds.is_some_and(|one| usize::from(one.document) == at);
        if let Some((field, holds)) =
            plan.fields.iter().find(held).and_then(|f| Some((f, f.holds?)))
        {
            line(format!("document|{}|{}|{unlisted:?}", field.path, holds.encoding.name()));
        }
        // Said where it is not the usual: what plans of before meant is what it was.
        if format != Format::Json {
            line(format!("format|{}", format.entry().name));
        }
        if *unfit != Unfit::Quarantine {
            line(format!("unfit|{unfit:?}"));
        }
        if layout.is_lines() {
            line("lines".to_string());
        }
        layout.parts().iter().for_each(|path| line(format!("each|{path}")));
    }
    let rule = |slot: u16| {
        let slot = &plan.slots[usize::from(slot)];
        // Another destination has other tokens.
        let scope = match slot.scope {
            Scope::Join => String::new(),
            Scope::Destination => format!("|destination|{}", plan.destination),
            Scope::Subject => "|subject".to_string(),
        };
        format!("{:?}{scope}", slot.rule)
    };
    let mut fields: Vec<_> = plan
        .fields
        .iter()
        .map(|f| {
            format!(
                "{}|{}|{}|{}|{:?}|{}|{}{}",
                f.path,
                f.class,
                rule(f.slot),
                written(&f.extent),
                f.part,
                f.retype,
                f.number,
                match f.offset {
                    Some(offset) => format!("|offset|{}|{}", offset.text, offset.is_end),
                    None if f.by_rules => "|rules".to_string(),
                    None => String::new(),
                }
            )
        })
        .collect();
    fields.sort();
    fields.into_iter().for_each(&mut line);
    line(format!("detect|{:?}", plan.aim));
    if let Some(second) = &plan.second {
        line(format!("transformer|{:?}|{}", second.when, second.transformer.name()));
    }
    for (entry, &slot) in CLASSES.iter().zip(&plan.text_slots) {
        line(format!("{}|{}", entry.name, rule(slot)));
    }
    line(match &plan.key {
        KeyRule::Drop => "key|drop".into(),
        KeyRule::Slot(slot, extent) => {
            let class = plan.slots[usize::from(*slot)].class;
            format!("key|{class}|{}|{}", rule(*slot), written(extent))
        }
    });
    let subjects = plan.documents.iter().flat_map(|document| &document.subjects);
    let subjects = subjects.map(|at| plan.fields[usize::from(*at)].path.to_string());
    line(subjects.collect::<Vec<_>>().join("|"));
    hash.finalize().into()
}
