//! Destinations: who receives, and on which terms.

use super::item::Item;
use super::plan::Basis;
use crate::phi::{Code, Day};

/// Who receives clean records.
#[derive(Clone, Debug)]
pub struct Destination {
    /// Its name in `destinations.yaml`.
    pub name: String,
    /// What it does with the records.
    pub purpose: Use,
    /// Another legal entity.
    pub vendor: Option<String>,
    /// Where it runs.
    pub region: String,
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

/// Reads one destination and holds it against the policy's basis; problems go to its report.
pub(super) fn read(
    name: &str,
    item: &Item<'_>,
    basis: Option<Basis>,
    today: Day,
) -> Option<Destination> {
    let keys = [
        "use",
        "recipient",
        "vendor",
        "region",
        "private_endpoint",
        "soc2",
        "baa",
        "dua",
        "trains_on_data",
        "accepts",
    ];
    let table = item.table(&keys)?;
    let uses =
        [("rag_index", Use::RagIndex), ("fine_tuning", Use::FineTuning), ("prompt", Use::Prompt)];
    let purpose = table.need("use").and_then(|item| item.one_of(&uses));
    let vendor_kind =
        table.need("recipient").and_then(|item| item.one_of(&[("self", false), ("vendor", true)]));
    let vendor = table.maybe("vendor").and_then(|item| item.text());
    if vendor_kind == Some(true) && vendor.is_none() {
        table.need("vendor");
    }
    let region = table.need("region").and_then(|item| item.text());
    if let Some(item) = table.maybe("private_endpoint")
        && let Some(table) = item.table(&["cluster_id", "tls_names", "cidrs"])
    {
        // Parsed, not yet enforced: that comes with identities.
        table.maybe("cluster_id").and_then(|item| item.text());
        table.maybe("tls_names").and_then(|item| item.texts(|name| name.text()));
        table.maybe("cidrs").and_then(|item| item.texts(|cidr| cidr.text()));
    }
    if let Some(item) = table.maybe("soc2") {
        item.table(&["report"]).and_then(|table| table.need("report")).and_then(|item| item.day());
    }
    table.maybe("trains_on_data").and_then(|item| item.bool());
    let baa = table.maybe("baa").map(|item| agreement(&item, &["reference", "expires"], today));
    let dua = table
        .maybe("dua")
        .map(|item| agreement(&item, &["reference", "expires", "purpose"], today));
    if let Some(item) = table.need("accepts")
        && let Some(accepted) = item.list()
    {
        let accepted: Vec<_> =
            accepted.iter().filter_map(|item| item.one_of(Basis::NAMES)).collect();
        if let Some(basis) = basis.filter(|basis| !accepted.contains(basis)) {
            item.key_problem(
                Code::BasisNotAccepted,
                format!("`{}` is not among them", basis.name()),
                "",
            );
        }
    }
    if basis == Some(Basis::LimitedDataset) && !matches!(dua, Some(true)) && dua.is_none() {
        item.key_problem(Code::DataUseAgreement, format!("`{name}` has no agreement"), "");
    }
    if basis == Some(Basis::Pseudonymized) && vendor_kind == Some(true) && baa.is_none() {
        item.key_problem(Code::NoBaa, format!("`{name}` has no agreement"), "");
    }
    Some(Destination {
        name: name.to_string(),
        purpose: purpose?,
        vendor: vendor.filter(|_| vendor_kind == Some(true)).map(str::to_string),
        region: region?.to_string(),
    })
}

/// True when the agreement is whole and has not lapsed.
fn agreement(item: &Item<'_>, keys: &[&str], today: Day) -> bool {
    let Some(table) = item.table(keys) else { return false };
    let mut whole = table.need("reference").and_then(|item| item.text()).is_some();
    if keys.contains(&"purpose") {
        // 45 CFR 164.514(e)(3)(i) names these and no others.
        let purposes = [("research", ()), ("public_health", ()), ("operations", ())];
        whole &= table.need("purpose").and_then(|item| item.one_of(&purposes)).is_some();
    }
    match table.need("expires").and_then(|item| Some((item.day()?, item))) {
        Some((day, item)) if day < today => {
            item.problem(Code::TermsLapsed, "this day is past", "");
            false
        }
        Some(_) => whole,
        None => false,
    }
}
