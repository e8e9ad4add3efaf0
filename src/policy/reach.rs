//! Destinations: who receives, and on which terms; what of a plan these allow, and until when.

use super::Plan;
use super::item::{Item, Table};
use super::plan::Basis;
use crate::phi::{CLASSES, Class, Code, Day};
use crate::transform::Rule;
use ipnet::IpNet;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

/// Who receives clean records, and on which terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Its name in `destinations.yaml`.
    pub name: String,
    /// What it does with the records.
    pub purpose: Use,
    /// Another legal entity; `None`: the own workforce and systems.
    pub vendor: Option<String>,
    /// Where it runs.
    pub region: String,
    /// The only place that records for it may be written to.
    pub endpoint: Option<Endpoint>,
    /// Its report on SOC 2.
    pub soc2: Option<Soc2>,
    /// The business associate agreement (45 CFR 164.504(e)).
    pub baa: Option<Agreement>,
    /// The data use agreement (45 CFR 164.514(e)(4)).
    pub dua: Option<Agreement>,
    /// Models of others learn from what it receives.
    pub trains_on_data: bool,
    /// Under what that was allowed.
    pub training_leave: Option<String>,
    /// How long it keeps what it receives.
    pub retention: Option<Duration>,
    /// The bases that it accepts.
    pub accepts: Vec<Basis>,
    /// The classes that it may receive something of.
    pub classes: Classes,
    /// The fields that it needs, by schema; where a schema is named, no other of its fields goes.
    pub views: Vec<View>,
}

/// What a destination does with records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A retrieval index.
    RagIndex,
    /// Training of a model.
    FineTuning,
    /// Prompts.
    Prompt,
}

impl Use {
    /// Every use with its name in the documents.
    pub const NAMES: &[(&str, Use)] =
        &[("rag_index", Use::RagIndex), ("fine_tuning", Use::FineTuning), ("prompt", Use::Prompt)];

    /// Its name in the documents.
    pub fn name(self) -> &'static str {
        Use::NAMES.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
}

/// A place in a network, by what can be checked of it. What is not given is not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The id of the Kafka cluster.
    pub cluster_id: Option<String>,
    /// Names of its brokers, which TLS has to prove: `kafka-1.vector.internal`, `*.vector.internal`.
    pub tls_names: Vec<String>,
    /// Networks that every address of its brokers lies in.
    pub cidrs: Vec<IpNet>,
}

impl Endpoint {
    /// Whether a broker may have this name. `*` stands for one label, the first (RFC 6125).
    pub fn has_name(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.tls_names.iter().any(|name| match name.strip_prefix("*.") {
            Some(rest) => host
                .split_once('.')
                .is_some_and(|(first, last)| !first.is_empty() && last.eq_ignore_ascii_case(rest)),
            None => host.eq_ignore_ascii_case(name),
        })
    }

    /// Whether a broker may have this address.
    pub fn has_address(&self, address: IpAddr) -> bool {
        self.cidrs.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

/// A vendor's report on SOC 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soc2 {
    /// The last day that it covers.
    pub report: Day,
    /// From when on it is not to be relied on.
    pub expires: Option<Day>,
}

/// A contract with a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// What it is filed under.
    pub reference: String,
    /// The last day that it holds.
    pub expires: Day,
    /// What it is for, as it says itself; of a BAA, the uses that it covers, all where it names none.
    pub purposes: Vec<&'static str>,
}

/// The classes that a destination may receive something of, in whatever form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Classes {
    /// All.
    #[default]
    All,
    /// These, and none other that is an identifier or prose.
    Only(BTreeSet<Class>),
    /// All but these.
    Not(BTreeSet<Class>),
}

impl Classes {
    /// Whether something of a class may go. Codes, states and the like need no leave.
    pub fn allow(&self, class: Class) -> bool {
        match self {
            Classes::All => true,
            Classes::Only(classes) => {
                classes.contains(&class) || !class.is_identifier() && class != Class::FreeText
            }
            Classes::Not(classes) => !classes.contains(&class),
        }
    }
}

/// The fields of a schema that a destination needs (minimum necessary, 45 CFR 164.502(b)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The schema.
    pub schema: String,
    /// The fields, as the schema writes them.
    pub paths: Vec<String>,
}

/// Something that ends on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// `baa`, `dua`, `soc2` or `expert_determination`.
    pub what: &'static str,
    /// The last day that it holds.
    pub until: Day,
}

impl Term {
    /// Days that are left, today not among them; negative once it is over.
    pub fn days_left(&self, today: Day) -> i64 {
        today.until(self.until)
    }
}

/// The first of these that is over.
pub(super) fn lapsed(terms: &[Term], today: Day) -> Option<&Term> {
    terms.iter().find(|term| term.until < today)
}

impl Destination {
    /// What ends on a day, the first to end in front.
    pub fn terms(&self) -> Vec<Term> {
        let baa = self.baa.as_ref().map(|one| ("baa", one.expires));
        let dua = self.dua.as_ref().map(|one| ("dua", one.expires));
        let soc2 = self.soc2.as_ref().and_then(|one| Some(("soc2", one.expires?)));
        let all = [baa, dua, soc2].into_iter().flatten();
        let mut terms: Vec<_> = all.map(|(what, until)| Term { what, until }).collect();
        terms.sort_by_key(|term| term.until);
        terms
    }

    /// The fields that it needs of a schema, where that is said.
    pub fn view(&self, schema: &str) -> Option<&View> {
        self.views.iter().find(|view| view.schema == schema)
    }
}

/// The classes of which something leaves under a plan, and by which kernel: once each. A mask is as long as its value,
/// so it counts.
pub fn leaving(plan: &Plan) -> Vec<(Class, &'static str)> {
    let rule = |slot: u16| plan.slots[usize::from(slot)].rule;
    let listed = plan.fields.iter().filter(|field| field.holds.is_none() && field.offset.is_none());
    let mut all: Vec<_> = listed.clone().map(|field| (field.class, rule(field.slot))).collect();
    if listed.into_iter().any(|field| rule(field.slot) == Rule::Detect) {
        let texts = CLASSES.iter().zip(&plan.text_slots);
        all.extend(texts.map(|(entry, slot)| (entry.class, rule(*slot))));
    }
    if let super::KeyRule::Slot(slot, _) = plan.key {
        all.push((plan.slots[usize::from(slot)].class, rule(slot)));
    }
    let all = all.into_iter().filter(|(_, rule)| *rule != Rule::Remove);
    let mut all: Vec<_> = all.map(|(class, rule)| (class, rule.kernel().name)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

const KEYS: &[&str] = &[
    "use",
    "recipient",
    "vendor",
    "region",
    "private_endpoint",
    "soc2",
    "baa",
    "dua",
    "trains_on_data",
    "training_leave",
    "retention",
    "accepts",
    "classes",
    "fields",
];

/// Reads one destination, and holds it against the policy's basis where there is one; problems go to its report. Without a day nothing
/// lapses.
pub(super) fn read(
    name: &str,
    item: &Item<'_>,
    basis: Option<Basis>,
    today: Option<Day>,
) -> Option<Destination> {
    let table = item.table(KEYS)?;
    let purpose = table.need("use").and_then(|item| item.one_of(Use::NAMES));
    let vendor_kind =
        table.need("recipient").and_then(|item| item.one_of(&[("self", false), ("vendor", true)]));
    let vendor = table.maybe("vendor").and_then(|item| item.text());
    if vendor_kind == Some(true) && vendor.is_none() {
        table.need("vendor");
    }
    let region = table.need("region").and_then(|item| item.text());
    let endpoint = table.maybe("private_endpoint").map(|item| endpoint(&item));
    let soc2 = table.maybe("soc2").map(|item| soc2(&item, today));
    let baa = table.maybe("baa").map(|item| agreement(&item, Kind::Baa(purpose), today));
    let dua = table.maybe("dua").map(|item| agreement(&item, Kind::Dua, today));
    let trains = training(&table, purpose, vendor_kind);
    let retention = table.maybe("retention").map(|item| item.duration());
    let accepts = accepts(&table, basis);
    let classes = table.maybe("classes").map(|item| classes(&item));
    let views = table.maybe("fields").map(|item| views(&item));
    if basis == Some(Basis::LimitedDataset) && dua.is_none() {
        item.key_problem(Code::DataUseAgreement, format!("`{name}` has no agreement"), "");
    }
    if basis == Some(Basis::Pseudonymized) && vendor_kind == Some(true) && baa.is_none() {
        item.key_problem(Code::NoBaa, format!("`{name}` has no agreement"), "");
    }
    let (trains_on_data, training_leave) = trains?;
    Some(Destination {
        name: name.to_string(),
        purpose: purpose?,
        vendor: vendor.filter(|_| vendor_kind == Some(true)).map(str::to_string),
        region: region?.to_string(),
        endpoint: all_or_nothing(endpoint)?,
        soc2: all_or_nothing(soc2)?,
        baa: all_or_nothing(baa)?,
        dua: all_or_nothing(dua)?,
        trains_on_data,
        training_leave,
        retention: all_or_nothing(retention)?,
        accepts: accepts?,
        classes: all_or_nothing(classes)?.unwrap_or_default(),
        views: all_or_nothing(views)?.unwrap_or_default(),
    })
}

/// What is not there is nothing; what is there and cannot be read is not the same.
fn all_or_nothing<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn endpoint(item: &Item<'_>) -> Option<Endpoint> {
    let table = item.table(&["cluster_id", "tls_names", "cidrs"])?;
    let cluster_id = table.maybe("cluster_id").map(|item| item.text().map(str::to_string));
    let tls_names = table.maybe("tls_names").map(|item| item.texts(tls_name));
    let cidrs = table.maybe("cidrs").map(|item| {
        let all = item.list()?;
        let all: Vec<_> = all.iter().map(network).collect();
        all.into_iter().collect::<Option<Vec<IpNet>>>()
    });
    if cluster_id.is_none() && tls_names.is_none() && cidrs.is_none() {
        item.problem(Code::WrongValue, "it says nothing of the place", "give one of the keys");
        return None;
    }
    Some(Endpoint {
        cluster_id: all_or_nothing(cluster_id)?,
        tls_names: all_or_nothing(tls_names)?.unwrap_or_default(),
        cidrs: all_or_nothing(cidrs)?.unwrap_or_default(),
    })
}

fn tls_name<'a>(item: &Item<'a>) -> Option<&'a str> {
    let name = item.text()?;
    let rest = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(plain)
    };
    // `*.internal` would be every machine of the network.
    let labels = rest.split('.').count();
    if rest.split('.').all(label) && (labels > 1 || rest == name) {
        return Some(name);
    }
    let hint = "a name as kafka-1.vector.internal, or *.vector.internal for one label in front";
    item.problem(Code::WrongValue, "not the name of a host", hint);
    None
}

fn network(item: &Item<'_>) -> Option<IpNet> {
    let network = item.text()?.parse::<IpNet>().ok();
    if network.is_none_or(|network| network.addr() != network.network()) {
        item.problem(
            Code::WrongValue,
            "not a network",
            "its first address and length: 10.20.0.0/16",
        );
        return None;
    }
    network
}

fn soc2(item: &Item<'_>, today: Option<Day>) -> Option<Soc2> {
    let table = item.table(&["report", "expires"])?;
    let report = table.need("report").and_then(|item| Some((item.day()?, item)));
    let expires = table.maybe("expires").map(|item| holds(&item, today));
    let (report, item) = report?;
    if today.is_some_and(|today| report > today) {
        item.problem(
            Code::WrongValue,
            "this day is to come",
            "the last day that the report covers",
        );
        return None;
    }
    Some(Soc2 { report, expires: all_or_nothing(expires)? })
}

/// A day that is not past, where anybody asks.
fn holds(item: &Item<'_>, today: Option<Day>) -> Option<Day> {
    let day = item.day()?;
    if today.is_some_and(|today| day < today) {
        item.problem(Code::TermsLapsed, "this day is past", "");
        return None;
    }
    Some(day)
}

/// 45 CFR 164.514(e)(3)(i) names these and no others.
const DUA_PURPOSES: &[(&str, &str)] =
    &[("research", "research"), ("public_health", "public_health"), ("operations", "operations")];

/// What an agreement is; of a BAA, with what the destination does.
#[derive(Clone, Copy)]
enum Kind {
    Baa(Option<Use>),
    Dua,
}

/// An agreement that is whole, holds today, and covers the use. A data use agreement has to say what it is for, and one
/// thing; a BAA may name the uses that it covers.
fn agreement(item: &Item<'_>, kind: Kind, today: Option<Day>) -> Option<Agreement> {
    let table = item.table(&["reference", "expires", "purpose"])?;
    let reference = table.need("reference").and_then(|item| item.text());
    let expires = table.need("expires").and_then(|item| holds(&item, today));
    let purposes = match (kind, table.maybe("purpose")) {
        (Kind::Dua, None) => table.need("purpose").and(None),
        (Kind::Dua, Some(item)) => item.one_of(DUA_PURPOSES).map(|one| vec![one]),
        (Kind::Baa(_), None) => Some(Vec::new()),
        (Kind::Baa(used), Some(item)) => uses(&item, used),
    };
    let purposes = purposes?;
    Some(Agreement { reference: reference?.to_string(), expires: expires?, purposes })
}

/// The uses that a BAA names, one or several; the destination's has to be among them.
fn uses(item: &Item<'_>, used: Option<Use>) -> Option<Vec<&'static str>> {
    let one = |item: &Item<'_>| item.one_of(Use::NAMES);
    let named: Option<Vec<Use>> = match item.is_list() {
        true => item.list()?.iter().map(one).collect::<Vec<_>>().into_iter().collect(),
        false => one(item).map(|one| vec![one]),
    };
    let named = named?;
    if let Some(used) = used.filter(|used| !named.contains(used)) {
        let message = format!("the agreement does not cover `{}`", used.name());
        item.problem(Code::UseNotCovered, message, "");
        return None;
    }
    Some(named.into_iter().map(Use::name).collect())
}

/// Whether models learn from what goes there, and under what that was allowed. Where training of own models is the use,
/// the use is the leave.
fn training(
    table: &Table<'_>,
    purpose: Option<Use>,
    is_vendor: Option<bool>,
) -> Option<(bool, Option<String>)> {
    let trains = table.maybe("trains_on_data").map(|item| (item.bool(), item));
    let leave = table.maybe("training_leave").map(|item| item.text().map(str::to_string));
    let leave = all_or_nothing(leave)?;
    let tunes = purpose == Some(Use::FineTuning);
    let own = tunes && is_vendor == Some(false);
    match trains {
        // Nobody knows what a vendor does that was not asked.
        None if is_vendor == Some(true) => table.need("trains_on_data").and(None),
        None => Some((own, leave)),
        // Whoever fine-tunes for others trains on what he is given, whatever else he answers.
        Some((Some(trains), item)) if leave.is_none() && !own && (trains || tunes) => {
            item.key_problem(Code::TrainsWithoutLeave, "models of others learn from it", "");
            None
        }
        Some((trains, _)) => Some((trains? || tunes, leave)),
    }
}

fn accepts(table: &Table<'_>, basis: Option<Basis>) -> Option<Vec<Basis>> {
    let item = table.need("accepts")?;
    let list = item.list()?;
    let accepted: Vec<_> = list.iter().map(|item| item.one_of(Basis::NAMES)).collect();
    if let Some(basis) = basis.filter(|basis| !accepted.contains(&Some(*basis))) {
        let message = format!("`{}` is not among them", basis.name());
        item.key_problem(Code::BasisNotAccepted, message, "");
    }
    accepted.into_iter().collect()
}

/// `classes: {allow: [...]}`, or `{forbid: [...]}`.
fn classes(item: &Item<'_>) -> Option<Classes> {
    let table = item.table(&["allow", "forbid"])?;
    let read = |item: Item<'_>| {
        let all = item.list()?;
        let class = |item: &Item<'_>| {
            let name = item.text()?;
            let class = Class::from_name(name);
            if class.is_none() {
                let message = format!("unknown class `{name}`");
                item.problem(Code::UnknownClass, message, "");
            }
            class
        };
        let all: Vec<_> = all.iter().map(class).collect();
        all.into_iter().collect::<Option<BTreeSet<Class>>>()
    };
    match (table.maybe("allow"), table.maybe("forbid")) {
        (Some(allow), None) => read(allow).map(Classes::Only),
        (None, Some(forbid)) => read(forbid).map(Classes::Not),
        _ => {
            let hint = "`allow` names all that may go, `forbid` what may not";
            item.problem(Code::WrongValue, "one of the two keys, and not both", hint);
            None
        }
    }
}

/// `fields: {SCHEMA: [PATH, ...]}`.
fn views(item: &Item<'_>) -> Option<Vec<View>> {
    let view = |(schema, item): (&str, Item<'_>)| {
        Some(View { schema: schema.to_string(), paths: item.texts(Item::text)? })
    };
    let all: Vec<_> = item.entries()?.into_iter().map(view).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(names: &[&str], cidrs: &[&str]) -> Endpoint {
        Endpoint {
            cluster_id: None,
            tls_names: names.iter().map(|name| name.to_string()).collect(),
            cidrs: cidrs.iter().map(|cidr| cidr.parse().expect("a network")).collect(),
        }
    }

    #[test]
    fn a_star_is_one_label() {
        let endpoint = endpoint(&["*.vector.internal", "b1.example.com"], &[]);
        for name in ["k1.vector.internal", "K1.Vector.Internal.", "b1.example.com"] {
            assert!(endpoint.has_name(name), "{name}");
        }
        for name in [
            "vector.internal",
            ".vector.internal",
            "a.k1.vector.internal",
            "k1.vector.internal.example.com",
            "xvector.internal",
            "b2.example.com",
            "",
        ] {
            assert!(!endpoint.has_name(name), "{name}");
        }
    }

    #[test]
    fn a_mapped_address_is_the_one_that_it_maps() {
        let endpoint = endpoint(&[], &["10.20.0.0/16", "fd00::/8"]);
        let has = |address: &str| endpoint.has_address(address.parse().expect("an address"));
        assert!(has("10.20.255.1") && has("::ffff:10.20.0.9") && has("fd12::1"));
        assert!(!has("10.21.0.1") && !has("::ffff:10.21.0.1") && !has("fe80::1"));
    }
}
