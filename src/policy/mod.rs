//! Documents as written -> one immutable [`Plan`]. Every problem of every document is reported at
//! once, with file, line, field and hint. Reads files; reads no clock: today is an argument.

mod item;
mod lower;
mod page;
mod pipeline;
mod plan;
mod problem;
mod reach;
mod rules;
mod schema;
mod writer;

pub use crate::format::{Bound as Writer, Document as SchemaText, Gap, Language};
pub use crate::phi::NamePart;
pub use pipeline::{
    About, Canary, Delivery, Drift, Http, Lineage, Pipeline, PolicyCode, Proof, Quarantine,
    Registry, Sink, Source, StopAbove, Timestamp,
};
pub use plan::{
    Basis, Coverage, Document, Encoding, Field, Holds, KeyRule, Offset, Plan, Slot, TrailRule,
    UNLISTED, Unfit, Unlisted,
};
pub use problem::{Problem, Problems};
pub use reach::{Agreement, Classes, Destination, Endpoint, Soc2, Term, Use, View, leaving};
pub use writer::bind;

use crate::detect::Transformer;
use crate::format::{Format, Layout, Tagged, tagged};
use crate::phi::{Class, Code, Day, Extent, FieldPath, Ymd};
use crate::transform::Rule;
use item::Item;
use page::{Node, Page};
use problem::{Report, nearest};
use std::path::Path;
use std::sync::Arc;

/// The policies that weir carries: name and text. A file of the same name in `policies/` wins.
pub const BUILTIN: &[(&str, &str)] = &[
    ("safe_harbor", include_str!("../../policies/safe_harbor.yaml")),
    ("limited_dataset", include_str!("../../policies/limited_dataset.yaml")),
    ("pseudonymize", include_str!("../../policies/pseudonymize.yaml")),
    ("readable", include_str!("../../policies/readable.yaml")),
];

/// The schemas that weir carries: of the standards, of the shapes that conversations and chunks have, and of plain
/// text. A file of the same name in `schemas/` wins.
pub const BUILTIN_SCHEMAS: &[(&str, &str)] = &[
    ("hl7v2", include_str!("../../schemas/hl7v2.yaml")),
    ("x12", include_str!("../../schemas/x12.yaml")),
    ("fhir-r4", include_str!("../../schemas/fhir-r4.yaml")),
    ("ccda", include_str!("../../schemas/ccda.yaml")),
    ("chat-jsonl", include_str!("../../schemas/chat-jsonl.yaml")),
    ("completion-jsonl", include_str!("../../schemas/completion-jsonl.yaml")),
    ("instruction-jsonl", include_str!("../../schemas/instruction-jsonl.yaml")),
    ("preference-jsonl", include_str!("../../schemas/preference-jsonl.yaml")),
    ("sharegpt-jsonl", include_str!("../../schemas/sharegpt-jsonl.yaml")),
    ("langchain-document", include_str!("../../schemas/langchain-document.yaml")),
    ("llamaindex-node", include_str!("../../schemas/llamaindex-node.yaml")),
    ("annotated-text", include_str!("../../schemas/annotated-text.yaml")),
    ("note-text", include_str!("../../schemas/note-text.yaml")),
    ("tool-arguments", include_str!("../../schemas/tool-arguments.yaml")),
];

/// Brings the transformer of this machine; or says why there is none, and what about.
pub type Bring<'a> = &'a dyn Fn() -> Result<Arc<Transformer>, (Code, String)>;

/// Brings the writer schema of a topic, whose format has several messages in one or not; or says why there is none,
/// and what about.
pub type BringSchema<'a> = &'a dyn Fn(&str, bool) -> Result<SchemaText, (Code, String)>;

/// What documents ask for that is in no document.
#[derive(Clone, Copy)]
pub struct Doors<'a> {
    /// Asked where a policy wants a transformer.
    pub transformer: Bring<'a>,
    /// Asked where a schema takes its classes from the tags of a registry.
    pub writer: BringSchema<'a>,
}

impl Doors<'_> {
    /// Nothing behind any of them.
    pub const SHUT: Doors<'static> = Doors { transformer: &no_transformer, writer: &no_writer };
}

/// No registry: a schema with `tags` is refused (W0129).
fn no_writer(_: &str, _: bool) -> Result<SchemaText, (Code, String)> {
    Err((Code::RegistryNeeded, "none is there".to_string()))
}

/// No transformer: a policy that wants one is refused (W0124).
pub fn no_transformer() -> Result<Arc<Transformer>, (Code, String)> {
    Err((Code::TransformerMissing, "none is there".to_string()))
}

/// Loads a pipeline and the documents that it names: `schemas/NAME.yaml`, `policies/NAME.yaml` (or
/// a built-in policy) and `destinations.yaml`, all beside the folder of the pipeline file.
///
/// `doors` are asked where the documents want what is behind them, and only there.
pub fn load_pipeline(path: &Path, today: Day, doors: Doors<'_>) -> Result<Pipeline, Problems> {
    let report = Report::default();
    let pipeline = Loader { report: &report, today, doors, others: &[] }.pipeline(path, None);
    report.finish(pipeline, path)
}

/// The same under another policy than the pipeline names: `policies/NAME.yaml`, or one that weir carries.
pub fn load_pipeline_under(
    path: &Path,
    policy: &str,
    today: Day,
    doors: Doors<'_>,
) -> Result<Pipeline, Problems> {
    let report = Report::default();
    let loader = Loader { report: &report, today, doors, others: &[] };
    let pipeline = loader.pipeline(path, Some(policy));
    report.finish(pipeline, path)
}

/// A plan out of a schema and a policy, without a pipeline and without a transformer: record keys are
/// dropped. What stands inside of values has a schema that weir carries.
pub fn plan_from_text(schema: &str, policy: &str, today: Day) -> Result<Plan, Problems> {
    plan_with(schema, &[], policy, today, &no_transformer)
}

/// The same with other schemas for what stands inside of values, by name, and with a transformer, where the policy
/// wants one.
pub fn plan_with(
    schema: &str,
    others: &[(&str, &str)],
    policy: &str,
    today: Day,
    bring: Bring<'_>,
) -> Result<Plan, Problems> {
    let report = Report::default();
    let loader = Loader { report: &report, today, doors: Doors::SHUT, others };
    let (schema, policy) =
        (Page::new(Path::new("schema.yaml"), schema), Page::new(Path::new("policy.yaml"), policy));
    let (schema_node, policy_node) = (loader.parse(&schema), loader.parse(&policy));
    let shelf = loader.shelf(None, schema_node.as_ref());
    let schema = schema_node
        .as_ref()
        .and_then(|node| schema::read(&Item::root(&schema, &report, node), None));
    let policy = policy_node
        .as_ref()
        .and_then(|node| rules::read(&Item::root(&policy, &report, node), today, bring));
    let find = |item: &Item<'_>| loader.inside(&shelf, None, item);
    let plan = schema
        .zip(policy)
        .and_then(|(schema, policy)| lower::lower(schema, &policy, None, ("none", None), &find));
    report.finish(plan, Path::new("schema.yaml"))
}

/// Reads every destination of a `destinations.yaml`, those among them whose terms have lapsed.
pub fn load_destinations(path: &Path) -> Result<Vec<Destination>, Problems> {
    let report = Report::default();
    let loader = Loader { report: &report, today: NO_DAY, doors: Doors::SHUT, others: &[] };
    let page = loader.page(path);
    let node = page.as_ref().and_then(|page| loader.parse(page));
    let all = page.as_ref().zip(node.as_ref()).and_then(|(page, node)| {
        let root = Item::root(page, &report, node);
        let entries = root.table(&["destinations"])?.need("destinations")?.entries()?;
        let read: Vec<_> =
            entries.iter().map(|(name, item)| reach::read(name, item, None, None)).collect();
        read.into_iter().collect()
    });
    report.finish(all, path)
}

/// What a schema says alone, before a policy says what is done.
#[derive(Debug)]
pub struct Outline {
    /// Its name.
    pub name: String,
    /// The compiled paths; leaves carry indices into `fields`.
    pub layout: Layout,
    /// The fields, in the schema's order.
    pub fields: Vec<OutlineField>,
}

/// One field of a schema.
#[derive(Clone, Debug)]
pub struct OutlineField {
    /// Its path, as the schema writes it.
    pub path: FieldPath,
    /// What it is.
    pub class: Class,
    /// What the schema says about the extent of its numbers.
    pub extent: Extent,
    /// It is declared as a number.
    pub number: bool,
}

/// The documents that weir carries, of those that stand in a folder.
fn carried(folder: &str) -> &'static [(&'static str, &'static str)] {
    if folder == "policies" { BUILTIN } else { BUILTIN_SCHEMAS }
}

/// Says that there is no such document, and which it may have been.
fn no_such(root: Option<&Path>, folder: &str, item: &Item<'_>) {
    let name = item.text().unwrap_or_default();
    let path = root.map(|root| root.join(folder));
    let files = path.iter().flat_map(std::fs::read_dir).flatten().flatten();
    let there: Vec<String> = files
        .filter_map(|entry| {
            entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned())
        })
        .collect();
    let known = carried(folder).iter().map(|(name, _)| *name);
    let hint = match (nearest(name, there.iter().map(String::as_str).chain(known)), path) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(path)) => format!("looked for {}", path.join(format!("{name}.yaml")).display()),
        (None, None) => "weir carries none of that name".to_string(),
    };
    item.problem(Code::NoSuchDocument, format!("no `{name}` in {folder}/"), hint);
}

/// Nothing in a schema lapses.
const NO_DAY: Day = Day(Ymd { year: 1970, month: 1, day: 1 });

/// Reads a schema alone.
pub fn load_schema(path: &Path) -> Result<Outline, Problems> {
    let report = Report::default();
    let loader = Loader { report: &report, today: NO_DAY, doors: Doors::SHUT, others: &[] };
    let outline = loader.page(path).and_then(|page| loader.outline(&page));
    report.finish(outline, path)
}

/// Reads a schema alone, from its text.
pub fn schema_from_text(schema: &str) -> Result<Outline, Problems> {
    let report = Report::default();
    let path = Path::new("schema.yaml");
    let loader = Loader { report: &report, today: NO_DAY, doors: Doors::SHUT, others: &[] };
    let outline = loader.outline(&Page::new(path, schema));
    report.finish(outline, path)
}

struct Loader<'a> {
    report: &'a Report,
    today: Day,
    doors: Doors<'a>,
    /// Schemas by name, and their texts, that are in no file.
    others: &'a [(&'a str, &'a str)],
}

/// The schemas of what stands inside of values, by name: read from their files before anything borrows from them.
type Shelf = Vec<(String, Page, Option<Node>)>;

impl Loader<'_> {
    fn page(&self, path: &Path) -> Option<Page> {
        match std::fs::read_to_string(path) {
            Ok(text) => Some(Page::new(path, &text)),
            Err(error) => {
                self.report.add_file(Code::FileUnreadable, path, error.kind().to_string());
                None
            }
        }
    }

    fn parse(&self, page: &Page) -> Option<Node> {
        match page.parse() {
            Ok(node) => Some(node),
            Err(not) => {
                self.report.add(Code::YamlSyntax, page, not.at..not.at, "", not.why, "");
                None
            }
        }
    }

    fn outline(&self, page: &Page) -> Option<Outline> {
        let node = self.parse(page)?;
        let schema = schema::read(&Item::root(page, self.report, &node), None)?;
        let field = |field: schema::SchemaField<'_>| OutlineField {
            path: FieldPath::from_schema(&field.path),
            class: field.class,
            extent: field.extent,
            number: field.number,
        };
        Some(Outline {
            name: schema.name.to_string(),
            layout: schema.layout?,
            fields: schema.fields.into_iter().map(field).collect(),
        })
    }

    fn pipeline(&self, path: &Path, policy: Option<&str>) -> Option<Pipeline> {
        let is_own = policy.is_none();
        let page = self.page(path)?;
        let node = self.parse(&page)?;
        let document = pipeline::read(&Item::root(&page, self.report, &node));
        // Without the document's whole the names in it are still worth following; without a name
        // there is nothing to follow.
        let document = document?;
        let root = path.parent().and_then(Path::parent).unwrap_or_else(|| Path::new(".."));
        let schema_page = self.named(root, "schemas", &document.schema);
        let policy_page = match policy {
            None => self.named(root, "policies", &document.policy),
            Some(name) => {
                let page = self.there(Some(root), "policies", name);
                if page.is_none() {
                    let path = root.join("policies").join(format!("{name}.yaml"));
                    self.report.add_file(Code::NoSuchDocument, &path, "no such policy");
                }
                page
            }
        };
        let destinations = self.page(&root.join("destinations.yaml"));
        let schema_node = schema_page.as_ref().and_then(|page| self.parse(page));
        let shelf = self.shelf(Some(root), schema_node.as_ref());
        let policy_node = policy_page.as_ref().and_then(|page| self.parse(page));
        let destinations_node = destinations.as_ref().and_then(|page| self.parse(page));
        let schema = schema_page.as_ref().zip(schema_node.as_ref()).and_then(|(page, node)| {
            let topics = document.registry.as_ref().and(match &document.source {
                Source::Topics { topics, .. } => Some(&**topics),
                Source::Files(_) => None,
            });
            let tagged = |format| match topics {
                Some(topics) => self.tagged(format, topics),
                None => Err((Code::RegistryNeeded, "the pipeline names none".to_string())),
            };
            schema::read(&Item::root(page, self.report, node), Some(&tagged))
        });
        let policy = policy_page.as_ref().zip(policy_node.as_ref()).and_then(|(page, node)| {
            rules::read(&Item::root(page, self.report, node), self.today, self.doors.transformer)
        });
        let basis = policy.as_ref().map(|policy| policy.basis);
        let destination =
            destinations.as_ref().zip(destinations_node.as_ref()).and_then(|(page, node)| {
                self.destination(&Item::root(page, self.report, node), &document.destination, basis)
            });
        let timestamps = policy.as_ref().is_some_and(|policy| self.timestamp(&document, policy));
        let find = |item: &Item<'_>| self.inside(&shelf, Some(root), item);
        let plan = schema.zip(policy.as_ref()).and_then(|(schema, policy)| {
            let name = document.destination.text().unwrap_or_default();
            let view = destination.as_ref().and_then(|one| one.view(schema.name));
            lower::lower(schema, policy, document.key.as_ref(), (name, view), &find)
        });
        let resides = self.resides(&document, destination.as_ref());
        let mut plan = plan?;
        // Nothing of what a plan beside the pipeline's own makes leaves, so that nothing is to be found again.
        let trail = document.trail.as_ref().filter(|_| is_own);
        let trail = trail.map_or(Some(None), |trail| self.trail(trail, &plan).map(Some));
        let may_go = destination.as_ref().is_some_and(|one| self.may_go(&document, one, &plan));
        if !timestamps || !self.registry(&document, &plan) || !may_go || !resides {
            return None;
        }
        let destination = destination?;
        let mut terms = destination.terms();
        let until = policy.and_then(|policy| policy.until);
        terms.extend(until.map(|until| Term { what: "expert_determination", until }));
        terms.sort_by_key(|term| term.until);
        plan.trail = trail?;
        let trail = document.trail.filter(|_| plan.trail.is_some()).map(|trail| trail.topic);
        Some(Pipeline {
            name: document.name.to_string(),
            plan,
            source: document.source,
            sink: document.sink,
            quarantine: document.quarantine,
            lineage: document.lineage,
            delivery: document.delivery,
            state_topic: document.state_topic,
            destination,
            terms,
            canary: document.canary,
            registry: document.registry.map(|(registry, _)| registry),
            proof: document.proof,
            trail,
            about: document.about,
            code: match policy_page.as_ref() {
                Some(Page { path, is_built_in: false, .. }) => {
                    PolicyCode::File(std::path::absolute(path).unwrap_or_else(|_| path.clone()))
                }
                _ => PolicyCode::BuiltIn,
            },
        })
    }

    /// The values that the writer schemas of the topics have, and their tags.
    fn tagged(&self, format: Format, topics: &[String]) -> Result<Vec<Tagged>, (Code, String)> {
        let mut all: Vec<Tagged> = Vec::new();
        for topic in topics {
            let writer = (self.doors.writer)(topic, format.has_messages())?;
            if format.language() != Some(writer.language) {
                return Err((Code::WrongLanguage, topic.clone()));
            }
            for one in tagged(&writer).map_err(|code| (code, topic.clone()))? {
                match all.iter_mut().find(|known| known.path == one.path) {
                    Some(known) => known.tags.extend(one.tags),
                    None => all.push(one),
                }
            }
        }
        Ok(all)
    }

    /// The document that the pipeline names.
    fn named(&self, root: &Path, folder: &str, item: &Item<'_>) -> Option<Page> {
        let name = item.name()?;
        let found = self.there(Some(root), folder, name);
        if found.is_none() {
            no_such(Some(root), folder, item);
        }
        found
    }

    /// A document by its name: its file; or the one that weir carries.
    fn there(&self, root: Option<&Path>, folder: &str, name: &str) -> Option<Page> {
        let path = root.map(|root| root.join(folder).join(format!("{name}.yaml")));
        if let Some((path, text)) =
            path.and_then(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text)))
        {
            return Some(Page::new(&path, &text));
        }
        let mut known = self.others.iter().chain(carried(folder));
        let (_, text) = known.find(|(known, _)| *known == name)?;
        Some(Page::built_in(name, text))
    }

    /// The schemas that a document's values hold documents of, and those that these hold.
    fn shelf(&self, root: Option<&Path>, first: Option<&Node>) -> Shelf {
        let mut shelf = Shelf::new();
        let mut names = first.map(Node::held).unwrap_or_default();
        while let Some(name) = names.pop() {
            if shelf.iter().any(|(known, ..)| *known == name) {
                continue;
            }
            // What is not there is said where its name is read.
            let Some(page) = self.there(root, "schemas", &name) else { continue };
            let node = self.parse(&page);
            names.extend(node.as_ref().map(Node::held).unwrap_or_default());
            shelf.push((name, page, node));
        }
        shelf
    }

    /// The schema of a document inside of a value.
    fn inside<'s>(
        &'s self,
        shelf: &'s Shelf,
        root: Option<&Path>,
        item: &Item<'_>,
    ) -> Option<schema::Schema<'s>> {
        let name = item.name()?;
        let Some((_, page, node)) = shelf.iter().find(|(known, ..)| known == name) else {
            no_such(root, "schemas", item);
            return None;
        };
        schema::read(&Item::root(page, self.report, node.as_ref()?), None)
    }

    fn destination(
        &self,
        root: &Item<'_>,
        named: &Item<'_>,
        basis: Option<Basis>,
    ) -> Option<Destination> {
        let name = named.name()?;
        let entries = root.table(&["destinations"])?.need("destinations")?.entries()?;
        let mut found = None;
        for (known, item) in &entries {
            if *known == name {
                found = reach::read(known, item, basis, Some(self.today));
            }
        }
        if !entries.iter().any(|(known, _)| *known == name) {
            let hint = match nearest(name, entries.iter().map(|(known, _)| *known)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add it to destinations.yaml".into(),
            };
            named.problem(Code::NoSuchDocument, format!("no destination `{name}`"), hint);
        }
        found
    }

    /// Whether the destination is where the pipeline's records may be: `eu-central-1`, or `eu-*` for what begins so.
    fn resides(
        &self,
        document: &pipeline::Document<'_>,
        destination: Option<&Destination>,
    ) -> bool {
        let Some(item) = &document.residency else { return true };
        let (Some(regions), Some(destination)) = (item.texts(Item::text), destination) else {
            return false;
        };
        let region = &destination.region;
        let is_in = |one: &String| match one.strip_suffix('*') {
            Some(begin) => region.starts_with(begin),
            None => region == one,
        };
        if regions.iter().any(is_in) {
            return true;
        }
        let message = format!("`{}` is in {region}", destination.name);
        document.destination.problem(Code::OutsideResidency, message, "");
        false
    }

    /// Whether the destination's terms allow what the plan lets go, and where to.
    fn may_go(
        &self,
        document: &pipeline::Document<'_>,
        destination: &Destination,
        plan: &Plan,
    ) -> bool {
        let (name, to) = (&destination.name, &document.destination);
        let mut good = true;
        for (class, kernel) in reach::leaving(plan) {
            if !destination.classes.allow(class) {
                let message = format!("{class} goes to `{name}` by {kernel}");
                to.problem(Code::ClassForbidden, message, "");
                good = false;
            }
        }
        if !destination.views.is_empty() && destination.view(&plan.schema).is_none() {
            // Nobody has said what it needs of this schema, so that it needs nothing.
            let message =
                format!("`{name}` says which fields it needs, and none of `{}`", plan.schema);
            to.problem(
                Code::WrongValue,
                message,
                "name the schema under `fields` in destinations.yaml",
            );
            good = false;
        }
        let bounded = destination.classes != Classes::All || !destination.views.is_empty();
        if let (true, Sink::Topic { headers, .. }) = (bounded, &document.sink) {
            let mut headers =
                headers.iter().filter(|one| !one.eq_ignore_ascii_case("content-type"));
            if let Some(header) = headers.next() {
                // Nobody looks into it.
                let message = format!("the header `{header}` goes to `{name}` as it came");
                to.problem(Code::ClassForbidden, message, "take it off the list of `sink.headers`");
                good = false;
            }
        }
        let view = destination.view(&plan.schema).map_or(&[][..], |view| &view.paths);
        for path in view {
            if !plan.fields.iter().any(|field| field.path.as_str() == path) {
                let message =
                    format!("`{name}` asks for `{path}`, and the schema has no such field");
                to.problem(
                    Code::WrongValue,
                    message,
                    "write it in destinations.yaml as the schema does",
                );
                good = false;
            }
        }
        if destination.endpoint.is_some() && matches!(document.sink, Sink::Files(_)) {
            // Where a file is brought to, weir does not see.
            let message = format!("`{name}` has a private endpoint");
            to.problem(Code::OutsideEndpoint, message, "a pipeline of topics can be held to it");
            good = false;
        }
        good
    }

    /// A registry for what may have one, and for what cannot be read without.
    fn registry(&self, document: &pipeline::Document<'_>, plan: &Plan) -> bool {
        let layout = &plan.record().layout;
        let format = layout.format();
        let name = format.entry().name;
        match &document.registry {
            Some((_, item)) if layout.is_lines() => {
                let message = "a registry for records of several lines";
                item.problem(Code::WrongValue, message, "its schemas are of one document");
                false
            }
            Some((_, item)) if format.language().is_none() => {
                let hint = "delete the line; json, avro and protobuf have schemas there";
                item.problem(Code::WrongValue, format!("a registry for {name}"), hint);
                false
            }
            None if format.needs_registry() => {
                let message = format!("records of {name} say nothing of themselves");
                document.to.key_problem(Code::RegistryNeeded, message, "");
                false
            }
            _ => true,
        }
    }

    /// What is kept so that a subject's records are found again.
    fn trail(&self, trail: &pipeline::Trail<'_>, plan: &Plan) -> Option<TrailRule> {
        let mut good = true;
        if plan.basis == Basis::SafeHarbor {
            let hint = "delete the line, or use another basis";
            trail.item.key_problem(Code::TrailUnderSafeHarbor, "a trail", hint);
            good = false;
        }
        if plan.documents.iter().all(|document| document.subjects.is_empty()) {
            let hint = "give the schema a `subject`, or `subjects`";
            let message = "a trail of a schema that names no subject";
            trail.item.key_problem(Code::WrongValue, message, hint);
            good = false;
        }
        let Some(item) = &trail.chunk else {
            return good.then_some(TrailRule { chunk: None });
        };
        let path = item.text()?;
        let mut fields = plan.record().fields.clone();
        let at = fields.find(|at| plan.fields[usize::from(*at)].path.as_str() == path);
        let Some(at) = at else {
            item.problem(
                Code::WrongValue,
                "no field of the schema has this path",
                "write it as the schema does",
            );
            return None;
        };
        let field = &plan.fields[usize::from(at)];
        let rule = plan.slots[usize::from(field.slot)].rule;
        let names = matches!(
            rule,
            Rule::Keep | Rule::Fpe | Rule::Permute | Rule::Siv | Rule::Hash | Rule::Assign
        );
        // A year, or a surrogate, is many people's.
        if !names || field.holds.is_some() {
            let message = format!("`{path}` does not leave as something that can be looked for");
            let hint = "name a field that is kept, or that becomes a token";
            item.problem(Code::WrongValue, message, hint);
            return None;
        }
        good.then_some(TrailRule { chunk: Some(at) })
    }

    /// A kept timestamp says when the admission was; the producer's own says so nearly as well,
    /// since records arrive soon after.
    fn timestamp(&self, document: &pipeline::Document<'_>, policy: &rules::Policy<'_>) -> bool {
        let Sink::Topic { timestamp, headers, .. } = &document.sink else { return true };
        let shifts = policy.rules.values().any(|(rule, _)| matches!(rule, Rule::ShiftDays { .. }));
        let coarse = policy.basis == Basis::SafeHarbor;
        let kept = *timestamp == Timestamp::Keep && shifts;
        let dates = match timestamp {
            Timestamp::Year => false,
            Timestamp::Append => !document.historical,
            Timestamp::Keep => true,
        };
        if kept || dates && coarse {
            let hint = match coarse {
                true => {
                    "write `timestamp: year`; or `append`, and `historical: true` in the source, if it is an old backlog"
                }
                false => "",
            };
            let message = format!("under `{}`", policy.name);
            match &document.timestamp {
                Some(item) => item.problem(Code::TimestampKept, message, hint),
                None => document.to.key_problem(Code::TimestampKept, message, hint),
            }
            return false;
        }
        // Nobody looks into a header: it may tell which request a record came from, or whose it is.
        let found = headers.iter().find(|name| !name.eq_ignore_ascii_case("content-type"));
        if let (Some(name), true) = (found, coarse) {
            let message = format!("the header `{name}` goes out as it came");
            document.to.key_problem(Code::KeptUnderSafeHarbor, message, "take it off the list");
            return false;
        }
        true
    }
}
