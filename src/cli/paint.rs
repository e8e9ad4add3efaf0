//! Records as a person may see them: identifiers masked by class before, tokens marked after.

use crate::clean::{Batch, Cleaned, Count, Disposition, SchemaRef, finish, locate, marks};
use crate::detect::DETECTORS;
use crate::keys::{KeySnapshot, SubjectStore};
use crate::phi::{Code, Day};
use crate::policy::Plan;
use crate::stream::bring;
use std::io::IsTerminal;

/// A record before and after.
pub(super) struct Shown {
    /// The record with `‹class›` in place of each identifier.
    pub(super) before: String,
    /// The clean record, or the reason of the refusal.
    pub(super) after: String,
    /// Its counts, as `field: class through kernel (layer)`.
    pub(super) notes: Vec<String>,
}

/// A record, and the schema that it was written with, where there is one.
pub(super) type Raw<'a> = (&'a [u8], Option<Result<SchemaRef, Code>>);

/// Cleans records and shows them with their identifiers masked.
pub(super) fn show(plan: &Plan, keys: &KeySnapshot, as_of: Day, records: &[Raw<'_>]) -> Vec<Shown> {
    records
        .iter()
        .map(|(value, schema)| {
            let mut batch = Batch::new(as_of);
            batch.push(None, Some(value), None);
            let (mut from, mut binary) = (0, false);
            if let Some(schema) = schema.clone() {
                from = schema.as_ref().map_or(0, |schema| schema.from);
                binary = schema.as_ref().is_ok_and(|schema| schema.writer.program.is_some());
                batch.settle(0, schema);
            }
            let located = locate(plan, batch);
            let before = mask(&value[from..], &marks(plan, &located, 0), binary);
            // Secrets and codes that are forgotten at once: a view makes none that last.
            let store = SubjectStore::forgetful();
            let subjects = store.and_then(|store| bring(plan, &store, &located));
            let cleaned = finish(plan, keys, &subjects.unwrap_or_default(), located);
            let notes = cleaned.counts(0).iter().map(|count| note(plan, count)).collect();
            Shown { before, after: after(&cleaned, binary), notes }
        })
        .collect()
}

fn after(cleaned: &Cleaned, binary: bool) -> String {
    match cleaned.disposition(0) {
        Disposition::Refused(code) => format!("-> quarantine, {code}"),
        _ => plain(cleaned.value(0).unwrap_or_default(), binary),
    }
}

/// A refused record has no marks: nothing of it is shown.
fn mask(
    value: &[u8],
    marks: &Option<Vec<(std::ops::Range<usize>, &'static str)>>,
    binary: bool,
) -> String {
    let Some(marks) = marks else { return "(not shown: the record was refused)".into() };
    let (mut out, mut at) = (String::new(), 0);
    for (range, class) in marks {
        out.push_str(&plain(&value[at..range.start], binary));
        out.push_str(&bold(&format!("\u{2039}{class}\u{203a}")));
        at = range.end;
    }
    out.push_str(&plain(&value[at..], binary));
    out
}

/// A text without what would steer a terminal: binary records have lengths and numbers among their texts.
fn plain(bytes: &[u8], binary: bool) -> String {
    let steers =
        |c: char| c.is_control() && (binary || !matches!(c, '\n' | '\r' | '\t')) || c == '\u{fffd}';
    let text = String::from_utf8_lossy(bytes);
    text.chars().map(|c| if steers(c) { '\u{b7}' } else { c }).collect()
}

fn note(plan: &Plan, count: &Count) -> String {
    let field =
        plan.fields.get(usize::from(count.field)).map_or("key", |field| field.path.as_str());
    let kernel = crate::transform::KERNELS[usize::from(count.kernel)].name;
    let layer = DETECTORS[count.layer as usize].name;
    format!("{field}: {} x {} through {kernel} ({layer})", count.n, count.class)
}

/// Bold where standard output is a terminal.
pub(super) fn bold(text: &str) -> String {
    if std::io::stdout().is_terminal() {
        format!("\u{1b}[1;36m{text}\u{1b}[0m")
    } else {
        text.to_string()
    }
}
