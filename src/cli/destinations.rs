//! `weir destinations`: who receives clean records, on which terms, and which of them end soon.

use super::connect::today;
use super::fault::Failure;
use super::{data, say};
use crate::limits::TERMS_NOTICE_DAYS;
use crate::phi::{Code, Day, Kind};
use crate::policy::{Agreement, Classes, Destination, load_destinations};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Show one with all its terms.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The file.
    #[arg(long, default_value = "destinations.yaml", value_name = "FILE")]
    file: PathBuf,
    /// A JSON object a line for programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn destinations(arguments: &Arguments) -> Result<(), Failure> {
    let mut all = load_destinations(&arguments.file)?;
    if let Some(name) = &arguments.name {
        all.retain(|one| one.name == *name);
        if all.is_empty() {
            return Err(Failure::about(Code::NoSuchDocument, name));
        }
    }
    let today = today();
    match (arguments.json, &arguments.name) {
        (true, _) => all.iter().for_each(|one| data(&object(one, today).to_string())),
        (false, None) => table(&all, today),
        (false, Some(_)) => all.iter().for_each(|one| page(one, today)),
    }
    let over: Vec<_> = all.iter().filter(|one| state(one, today).0 == State::Lapsed).collect();
    for one in &over {
        say(&format!("{}: {}; no pipeline to it runs", one.name, state(one, today).1));
    }
    if over.is_empty() { Ok(()) } else { Err(Failure::Said(Kind::Terms)) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Holds,
    EndsSoon,
    Lapsed,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Holds => "holds",
            State::EndsSoon => "ends_soon",
            State::Lapsed => "lapsed",
        }
    }
}

/// How a destination's terms are, and in words.
fn state(one: &Destination, today: Day) -> (State, String) {
    match one.terms().first().map(|term| (term.what, term.days_left(today))) {
        Some((what, days)) if days < 0 => (State::Lapsed, format!("{what} lapsed {} d ago", -days)),
        Some((what, days)) if days <= TERMS_NOTICE_DAYS => {
            (State::EndsSoon, format!("{what} ends in {days} d"))
        }
        _ => (State::Holds, "holds".to_string()),
    }
}

fn recipient(one: &Destination) -> &str {
    one.vendor.as_deref().unwrap_or("self")
}

fn training(one: &Destination) -> String {
    match (&one.training_leave, one.trains_on_data) {
        (_, false) => "no".into(),
        (None, true) => "own models".into(),
        (Some(leave), true) => format!("under {leave}"),
    }
}

fn keeps(one: &Destination) -> String {
    let hours = one.retention.map(|kept| kept.as_secs() / 3600);
    match hours {
        None => "not said".into(),
        Some(hours) if hours >= 48 => format!("{} d", hours / 24),
        Some(hours) => format!("{hours} h"),
    }
}

fn table(all: &[Destination], today: Day) {
    let until = |of: &Option<Agreement>| of.as_ref().map(|one| one.expires.0.to_string());
    let none = || "-".to_string();
    let head = ["DESTINATION", "USE", "RECIPIENT", "REGION", "BAA", "DUA", "SOC 2", "TRAINS"];
    let head = head.into_iter().chain(["KEEPS", "STATE"]).map(String::from).collect();
    let row = |one: &Destination| {
        vec![
            one.name.clone(),
            one.purpose.name().to_string(),
            recipient(one).to_string(),
            one.region.clone(),
            until(&one.baa).unwrap_or_else(none),
            until(&one.dua).unwrap_or_else(none),
            one.soc2.as_ref().map_or_else(none, |one| one.report.0.to_string()),
            training(one),
            keeps(one),
            state(one, today).1,
        ]
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(all.iter().map(row)).collect();
    let widths = |n: usize| rows.iter().map(|row| row[n].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..rows[0].len()).map(widths).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        data(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn page(one: &Destination, today: Day) {
    let agreement = |of: &Option<Agreement>| match of {
        None => "none".to_string(),
        Some(one) => {
            let purposes = match one.purposes.is_empty() {
                true => String::new(),
                false => format!(", for {}", one.purposes.join(", ")),
            };
            let days = today.until(one.expires);
            format!("{}, until {} ({days} d){purposes}", one.reference, one.expires.0)
        }
    };
    let line = |key: &str, value: &str| data(&format!("{key:16}  {value}"));
    let names = |of: &std::collections::BTreeSet<crate::phi::Class>| {
        of.iter().map(|class| class.name()).collect::<Vec<_>>().join(", ")
    };
    line("destination", &one.name);
    line("use", one.purpose.name());
    line("recipient", recipient(one));
    line("region", &one.region);
    if let Some(endpoint) = &one.endpoint {
        let cidrs: Vec<_> = endpoint.cidrs.iter().map(ToString::to_string).collect();
        for (key, values) in [
            ("cluster", endpoint.cluster_id.clone().into_iter().collect()),
            ("brokers", endpoint.tls_names.clone()),
            ("networks", cidrs),
        ] {
            if !values.is_empty() {
                line(key, &values.join(", "));
            }
        }
    }
    line("baa", &agreement(&one.baa));
    line("dua", &agreement(&one.dua));
    let soc2 = one.soc2.as_ref().map(|soc2| match soc2.expires {
        None => format!("report to {}", soc2.report.0),
        Some(expires) => format!("report to {}, relied on until {}", soc2.report.0, expires.0),
    });
    line("soc 2", soc2.as_deref().unwrap_or("none"));
    line("trains on data", &training(one));
    line("keeps for", &keeps(one));
    line("accepts", &one.accepts.iter().map(|basis| basis.name()).collect::<Vec<_>>().join(", "));
    match &one.classes {
        Classes::All => line("classes", "all"),
        Classes::Only(classes) => line("classes", &format!("only {}", names(classes))),
        Classes::Not(classes) => line("classes", &format!("all but {}", names(classes))),
    }
    for view in &one.views {
        line("fields", &format!("of {}: {}", view.schema, view.paths.join(", ")));
    }
    line("state", &state(one, today).1);
}

fn object(one: &Destination, today: Day) -> serde_json::Value {
    let agreement = |of: &Option<Agreement>| {
        of.as_ref().map(|one| {
            serde_json::json!({
                "reference": one.reference, "expires": one.expires.0.to_string(),
                "days_left": today.until(one.expires), "purpose": one.purposes,
            })
        })
    };
    let names = |of: &std::collections::BTreeSet<crate::phi::Class>| -> Vec<_> {
        of.iter().map(|class| class.name()).collect()
    };
    let (state, words) = state(one, today);
    serde_json::json!({
        "destination": one.name,
        "use": one.purpose.name(),
        "vendor": one.vendor,
        "region": one.region,
        "private_endpoint": one.endpoint.as_ref().map(|endpoint| serde_json::json!({
            "cluster_id": endpoint.cluster_id, "tls_names": endpoint.tls_names,
            "cidrs": endpoint.cidrs.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })),
        "soc2": one.soc2.as_ref().map(|soc2| serde_json::json!({
            "report": soc2.report.0.to_string(),
            "expires": soc2.expires.map(|day| day.0.to_string()),
        })),
        "baa": agreement(&one.baa),
        "dua": agreement(&one.dua),
        "trains_on_data": one.trains_on_data,
        "training_leave": one.training_leave,
        "retention_seconds": one.retention.map(|kept| kept.as_secs()),
        "accepts": one.accepts.iter().map(|basis| basis.name()).collect::<Vec<_>>(),
        "classes": match &one.classes {
            Classes::All => serde_json::json!({}),
            Classes::Only(classes) => serde_json::json!({"allow": names(classes)}),
            Classes::Not(classes) => serde_json::json!({"forbid": names(classes)}),
        },
        "fields": one.views.iter().map(|view| (view.schema.clone(), view.paths.clone()))
            .collect::<std::collections::BTreeMap<_, _>>(),
        "state": state.name(),
        "words": words,
    })
}
