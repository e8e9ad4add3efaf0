//! `weir scan`: what is in records that nobody has described yet: a table, a draft of a schema, or
//! how far a schema covers them. No value is printed, and no name of a member that looks like data.

use super::connect::Kafka;
use super::fault::Failure;
use super::{data, say};
use crate::limits::{RECORD_BYTES_MAX, SCAN_RECORDS_MAX};
use crate::phi::{Code, Kind, Phi};
use crate::policy::{BUILTIN, load_schema, plan_from_text};
use crate::scan::{Gap, Report, Row, Scan, against, draft};
use crate::stream::sample;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Records: an NDJSON file, or `-` for standard input.
    #[arg(required_unless_present = "topic", conflicts_with = "topic")]
    source: Option<PathBuf>,
    /// Read a Kafka topic in place of a file, from its beginning.
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Records: the first ones.
    #[arg(short, default_value_t = 1000, value_parser = records)]
    n: usize,
    /// Write the draft of a schema of this name, YAML, for a person to finish.
    #[arg(long, value_name = "NAME", value_parser = name)]
    schema: Option<String>,
    /// With --schema: write the draft into this file, which must not be there yet.
    #[arg(long, value_name = "FILE", requires = "schema")]
    out: Option<PathBuf>,
    /// Hold this schema against the records: exit code 11 when it does not cover them.
    #[arg(long, value_name = "SCHEMA.yaml", conflicts_with = "schema")]
    against: Option<PathBuf>,
    /// What was found as JSON on standard output.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    kafka: Kafka,
}

fn records(text: &str) -> Result<usize, String> {
    let n = text.parse().ok().filter(|n| (1..=SCAN_RECORDS_MAX).contains(n));
    n.ok_or_else(|| format!("1 to {SCAN_RECORDS_MAX}"))
}

/// A name as documents have it.
fn name(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let good = (1..=100).contains(&text.len())
        && text.chars().all(plain)
        && text.starts_with(|c: char| c.is_ascii_alphabetic());
    if good {
        Ok(text.to_string())
    } else {
        Err("a letter, then letters, digits, `-` and `_`".into())
    }
}

pub(super) fn scan(arguments: &Arguments) -> Result<(), Failure> {
    // A file that is in the way is told of before records are read.
    if let Some(path) = &arguments.out
        && path.exists()
    {
        return Err(Failure::about(Code::OutputExists, path.display()));
    }
    let outline = arguments.against.as_ref().map(|path| load_schema(path)).transpose()?;
    if let Some(outline) = outline.as_ref().filter(|outline| outline.layout.json().is_none()) {
        let format = outline.layout.format().entry().name;
        let what = format!("`weir scan` reads json, and {} is of {format}", outline.name);
        return Err(Failure::about(Code::NotBuiltYet, what));
    }
    let mut scan = Scan::new(outline.as_ref());
    match (&arguments.topic, &arguments.source) {
        (Some(topic), _) => {
            for value in sample(&arguments.kafka.settings()?, topic, arguments.n)? {
                scan.add(value.expose());
            }
        }
        (None, Some(path)) => lines(path, arguments.n, &mut scan)?,
        (None, None) => {}
    }
    if let Some(outline) = &outline {
        let (report, gaps) = against(scan, outline);
        return compare(arguments, &report, &outline.name, &gaps);
    }
    let report = scan.finish();
    read_something(&report)?;
    match &arguments.schema {
        Some(name) => write_draft(arguments, &report, name)?,
        None if arguments.json => data(&report_json(&report).to_string()),
        None => table(&report),
    }
    notes(&report);
    Ok(())
}

/// Without a record there is nothing to say, least of all that all is well.
fn read_something(report: &Report) -> Result<(), Failure> {
    if report.records > 0 {
        return Ok(());
    }
    notes(report);
    Err(Code::NothingScanned.into())
}

/// Feeds the first `n` lines that are not blank.
fn lines(path: &Path, n: usize, scan: &mut Scan<'_>) -> Result<(), Failure> {
    let unreadable = || Failure::about(Code::FileUnreadable, path.display());
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(|_| unreadable())?)
    };
    let mut input = BufReader::new(input);
    let mut line = Phi::new(Vec::new());
    let mut read = 0;
    while read < n {
        let line = line.expose_mut();
        line.clear();
        let most = RECORD_BYTES_MAX as u64 + 1;
        input.by_ref().take(most).read_until(b'\n', line).map_err(|_| unreadable())?;
        if line.is_empty() {
            break;
        }
        if line.len() > RECORD_BYTES_MAX && !line.ends_with(b"\n") {
            input.skip_until(b'\n').map_err(|_| unreadable())?;
            scan.refuse(Code::TooLong);
            read += 1;
        } else if !line.trim_ascii().is_empty() {
            scan.add(line.trim_ascii());
            read += 1;
        }
    }
    Ok(())
}

fn table(report: &Report) {
    let cells = |row: &Row| {
        let types: Vec<_> = row.types.iter().map(|(name, _)| *name).collect();
        let (distinct, exact) = row.distinct;
        [
            row.path.clone(),
            if types.is_empty() { "empty".to_string() } else { types.join("|") },
            format!("{:.0} %", 100.0 * row.records as f64 / report.records.max(1) as f64),
            row.proposal.class.name().to_string(),
            format!("{:.2}", row.proposal.confidence),
            format!("{}{distinct}", if exact { "" } else { "~" }),
            format!("{}{}", row.proposal.reasons(), if row.is_folded { "; any name" } else { "" }),
        ]
    };
    let head = ["PATH", "TYPE", "RECORDS", "CLASS", "CONFIDENCE", "DIFFERENT", "WHY"];
    let lines: Vec<_> =
        std::iter::once(head.map(String::from)).chain(report.rows.iter().map(cells)).collect();
    let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..head.len() - 1).map(width).collect();
    for line in &lines {
        let mut out = String::new();
        for (at, width) in widths.iter().enumerate() {
            let right = matches!(at, 2 | 4 | 5);
            let cell = &line[at];
            out.push_str(&if right {
                format!("{cell:>width$}  ")
            } else {
                format!("{cell:width$}  ")
            });
        }
        out.push_str(&line[head.len() - 1]);
        data(&out);
    }
}

/// What the numbers do not cover, in words.
fn notes(report: &Report) {
    say(&format!("{} records read; values are not shown", report.records));
    for (code, n) in &report.refused {
        say(&format!("{n} lines or records left out: {code}"));
    }
    if report.rows.iter().any(|row| row.is_folded) {
        say(
            "`.*`: names of members that look like data, or are too many, are one place and not shown",
        );
    }
    for row in report.rows.iter().filter(|row| row.is_mixed) {
        say(&format!("{}: a value in some records, an object or array in others", row.path));
    }
    if report.lost > 0 {
        say(&format!("{} values at places beyond the bound were not looked at", report.lost));
    }
    if report.passed_over > 0 {
        say(&format!(
            "{} texts were not looked through: too many, or too costly",
            report.passed_over
        ));
    }
}

fn write_draft(arguments: &Arguments, report: &Report, name: &str) -> Result<(), Failure> {
    let text = draft(report, name).ok_or(Code::NothingScanned)?;
    if let Some(path) = &arguments.out {
        let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
        let mut file = file.map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Failure::about(Code::OutputExists, path.display()),
            _ => Failure::about(Code::FileOutput, path.display()),
        })?;
        let written = file.write_all(text.as_bytes());
        written.map_err(|_| Failure::about(Code::FileOutput, path.display()))?;
        say(&format!("{}: written; read it before you use it", path.display()));
    }
    if arguments.json {
        data(&json!({ "report": report_json(report), "schema": name, "draft": text }).to_string());
    } else if arguments.out.is_none() {
        data(text.trim_end());
    }
    // A draft that the usual policy does not take has something for a person to decide first.
    let policy = BUILTIN.iter().find(|(known, _)| *known == "pseudonymize");
    if let Some((policy, rules)) = policy
        && let Err(problems) = plan_from_text(&text, rules, super::connect::today())
    {
        say(&format!("policy {policy} does not take this draft yet:\n{problems}"));
    }
    Ok(())
}

fn compare(
    arguments: &Arguments,
    report: &Report,
    schema: &str,
    gaps: &[Gap],
) -> Result<(), Failure> {
    read_something(report)?;
    if arguments.json {
        let gaps: Vec<_> = gaps.iter().map(gap_json).collect();
        data(&json!({ "schema": schema, "records": report.records, "refused": refused_json(report), "gaps": gaps }).to_string());
    } else {
        gaps.iter().for_each(|gap| data(&gap_words(gap, report.records)));
    }
    notes(report);
    let open = gaps.iter().filter(|gap| gap.is_open()).count();
    // What was not read is not covered.
    let unread = report.refused.iter().map(|(_, n)| n).sum::<u64>() + report.lost;
    if open == 0 && unread == 0 {
        say(&format!("schema {schema} covers these records"));
        return Ok(());
    }
    let failure =
        Failure::about(Code::SchemaGap, format!("{schema}, {open} places, {unread} not read"));
    match arguments.json {
        // The gaps are on standard output already.
        true => Err(Failure::Said(Kind::Uncovered)),
        false => Err(failure),
    }
}

fn gap_words(gap: &Gap, records: u64) -> String {
    match gap {
        Gap::Unlisted(row) => format!(
            "{}: not listed; in {} of {records} records; perhaps {} ({:.2}: {})",
            row.path,
            row.records,
            row.proposal.class,
            row.proposal.confidence,
            row.proposal.reasons(),
        ),
        Gap::Holds { path, listed, found, values } => {
            format!("{path}: listed as {listed}; {found} in {values} different values")
        }
        Gap::Misfit { path, listed, values } => {
            format!("{path}: listed as {listed}; {values} values do not have its form")
        }
        Gap::Structure { path, values } => {
            format!("{path}: another structure than the schema's, {values} times")
        }
        Gap::Missing { path, listed } => {
            format!("{path}: listed as {listed}; in no record")
        }
    }
}

fn gap_json(gap: &Gap) -> Value {
    match gap {
        Gap::Unlisted(row) => {
            json!({ "gap": "unlisted", "open": true, "path": row.path, "found": row_json(row) })
        }
        Gap::Holds { path, listed, found, values } => json!({
            "gap": "holds", "open": true, "path": path, "listed": listed.name(),
            "found": found.name(), "values": values,
        }),
        Gap::Misfit { path, listed, values } => json!({
            "gap": "misfit", "open": true, "path": path, "listed": listed.name(), "values": values,
        }),
        Gap::Structure { path, values } => {
            json!({ "gap": "structure", "open": true, "path": path, "values": values })
        }
        Gap::Missing { path, listed } => {
            json!({ "gap": "missing", "open": false, "path": path, "listed": listed.name() })
        }
    }
}

fn refused_json(report: &Report) -> Value {
    report.refused.iter().map(|(code, n)| (code.id().to_string(), json!(n))).collect()
}

fn report_json(report: &Report) -> Value {
    json!({
        "records": report.records,
        "refused": refused_json(report),
        "values_beyond_bound": report.lost,
        "texts_passed_over": report.passed_over,
        "paths": report.rows.iter().map(row_json).collect::<Vec<_>>(),
    })
}

fn row_json(row: &Row) -> Value {
    let types: serde_json::Map<_, _> =
        row.types.iter().map(|(name, n)| ((*name).to_string(), json!(n))).collect();
    json!({
        "path": row.path,
        "types": types,
        "records": row.records,
        "class": row.proposal.class.name(),
        "confidence": (row.proposal.confidence * 100.0).round() / 100.0,
        "why": row.proposal.reasons(),
        "different": row.distinct.0,
        "different_is_exact": row.distinct.1,
        "any_name": row.is_folded,
        "mixed": row.is_mixed,
    })
}
