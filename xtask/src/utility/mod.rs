//! How useful cleaned notes still are: retrieval, a classifier and joins, each on raw records and on what the
//! binary makes of them.

mod bayes;
mod bm25;
pub(crate) mod chart;
mod joins;
mod odds;
pub(crate) mod plant;
mod query;
mod retrieval;
mod sorting;

use crate::faults::json::Json;
use chart::Note;
use fastrand::Rng;
use plant::{Cleaned, Plant};
use query::Query;
use std::fmt::Write;
use std::path::Path;

/// What the report says before the tables.
const HEAD: &str = include_str!("head.md");

/// The policies, in the order of the tables.
const POLICIES: [&str; 4] = ["pseudonymize", "readable", "safe_harbor", "remove_all"];

/// Texts and queries as one policy leaves them. A refused record leaves nothing.
struct View {
    name: &'static str,
    notes: Vec<String>,
    queries: Vec<String>,
}

/// Writes the section.
pub(crate) fn section(weir: &Path, folder: &Path) -> Result<String, String> {
    let plant = Plant::new(weir, folder)?;
    let notes = chart::notes();
    let queries = query::queries(&notes);
    let (views, cleaned) = views(&plant, &notes, &queries)?;
    let mut out = format!("# Utility\n\n{HEAD}");
    for (title, table) in [
        ("retrieval", retrieval::table(&queries, &views)),
        ("classifier", sorting::table(&notes, &views)),
        ("joins", joins::table(&plant, &notes, &cleaned)?),
    ] {
        crate::say(&format!("\n== {title}"));
        table.lines().for_each(crate::say);
        let _ = write!(out, "\n## {title}\n\n```text\n{table}```\n");
    }
    Ok(out)
}

/// All views, raw first; and the notes' records under the first policy.
fn views(plant: &Plant, notes: &[Note], queries: &[Query]) -> Result<(Vec<View>, Cleaned), String> {
    let raw = View {
        name: "raw",
        notes: notes.iter().map(|note| note.draft.text.clone()).collect(),
        queries: queries.iter().map(|query| query.text.clone()).collect(),
    };
    let half = View {
        name: "half the words",
        notes: raw.notes.iter().enumerate().map(|(at, text)| halved(text, at)).collect(),
        queries: raw.queries.clone(),
    };
    let (mut views, mut first) = (vec![raw], None);
    let records: Vec<_> = notes.iter().map(Note::members).collect();
    let asked: Vec<_> = queries.iter().map(|query| query.members(notes)).collect();
    for name in POLICIES {
        let files: [(&str, &[String]); 2] = [("notes", &records), ("queries", &asked)];
        let cleaned = plant.clean("clinical-note", name, &files)?;
        let [notes, queries] = &cleaned[..] else { return Err(format!("{name}: not two files")) };
        let refused = |of: &Cleaned| of.iter().filter(|record| record.is_none()).count();
        crate::say(&format!(
            "{name}: {} notes and {} queries refused",
            refused(notes),
            refused(queries)
        ));
        views.push(View { name, notes: texts(notes), queries: texts(queries) });
        first.get_or_insert_with(|| notes.clone());
    }
    views.push(half);
    Ok((views, first.unwrap_or_default()))
}

fn texts(cleaned: &Cleaned) -> Vec<String> {
    let text = |record: &Option<Json>| Some(record.as_ref()?.get("note")?.str("text").to_string());
    cleaned.iter().map(|record| text(record).unwrap_or_default()).collect()
}

/// A control that must do badly: each word stays or goes by the toss of a coin.
fn halved(text: &str, seed: usize) -> String {
    let mut coin = Rng::with_seed(seed as u64);
    text.split_inclusive(char::is_whitespace).filter(|_| coin.bool()).collect()
}
