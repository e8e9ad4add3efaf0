//! What a shard found: a JSON file each, and one Markdown table of all of them. A figure that is not
//! there is a dash, a shard that was not run says so; neither is ever a zero.

use super::json::Json;
use super::{SHARDS, facts};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Figures of the checker that the table shows one by one.
const SHOWN: [&str; 4] = ["lost", "duplicated", "torn", "leaked"];
/// Those that it shows as one sum; each must be zero too.
const OTHERS: &[&str] = &[
    "phantom",
    "moved",
    "disordered",
    "mismatched",
    "tombstones",
    "incomplete_parts",
    "hanging",
    "wrong_offset",
    "during_only",
    "during_missed",
    "during_changed",
    "lineage_counts",
    "lineage_policies",
    "lineage_gaps",
    "lineage_overlaps",
    "differs",
    "audit_broken",
];

/// One line of the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) fault: String,
    /// Faults that happened.
    pub(crate) times: u64,
    /// Records that were fed.
    pub(crate) records: u64,
    /// The checker's figures by name.
    pub(crate) figures: BTreeMap<String, String>,
    /// Seconds from each fault until the group had moved on.
    pub(crate) progress: Vec<f64>,
    /// Processes that ended by themselves and were started again.
    pub(crate) own_ends: u32,
    /// Why this line is not good.
    pub(crate) problems: Vec<String>,
    /// What is worth reading beside the figures.
    pub(crate) notes: Vec<String>,
    /// The faults with their times.
    pub(crate) log: Vec<String>,
    /// Why there is nothing, where nothing was run.
    pub(crate) not_built: Option<String>,
}

impl Line {
    pub(crate) fn new(fault: &str) -> Line {
        Line { fault: fault.to_string(), ..Line::default() }
    }

    pub(crate) fn not_built(fault: &str, why: &str) -> Line {
        Line { not_built: Some(why.to_string()), ..Line::new(fault) }
    }

    /// A figure's value; `None` where there is none.
    pub(crate) fn figure(&self, name: &str) -> Option<u64> {
        self.figures.get(name).and_then(|figure| figure.parse().ok())
    }

    /// Whether everything that must be zero is.
    pub(crate) fn is_good(&self) -> bool {
        let zero = |name: &&str| self.figure(name).unwrap_or(0) == 0;
        self.problems.is_empty() && SHOWN.iter().chain(OTHERS).all(zero)
    }

    fn to_json(&self) -> Json {
        let figures =
            self.figures.iter().map(|(name, n)| (name.clone(), Json::Number(n.clone()))).collect();
        let seconds = |n: &f64| Json::Number(format!("{n:.2}"));
        let mut members = vec![("fault", Json::text(&self.fault))];
        if let Some(why) = &self.not_built {
            members.push(("not_built", Json::text(why)));
        }
        members.extend([
            ("good", Json::Bool(self.not_built.is_none() && self.is_good())),
            ("times", Json::number(self.times)),
            ("records", Json::number(self.records)),
            ("own_ends", Json::number(self.own_ends)),
            ("figures", Json::Map(figures)),
            ("progress_seconds", Json::List(self.progress.iter().map(seconds).collect())),
            ("problems", Json::texts(&self.problems)),
            ("notes", Json::texts(&self.notes)),
            ("faults", Json::texts(&self.log)),
        ]);
        Json::Map(members.into_iter().map(|(name, value)| (name.to_string(), value)).collect())
    }

    fn from_json(json: &Json) -> Line {
        let texts = |name| -> Vec<String> {
            let text =
                |value: &Json| if let Json::Text(t) = value { Some(t.clone()) } else { None };
            json.list(name).iter().filter_map(text).collect()
        };
        let number = |value: &Json| if let Json::Number(n) = value { n.parse().ok() } else { None };
        let figures =
            if let Some(Json::Map(members)) = json.get("figures") { members } else { &vec![] };
        Line {
            fault: json.str("fault").to_string(),
            times: json.str("times").parse().unwrap_or(0),
            records: json.str("records").parse().unwrap_or(0),
            figures: figures.iter().map(|(name, n)| (name.clone(), number_text(n))).collect(),
            progress: json.list("progress_seconds").iter().filter_map(number).collect(),
            own_ends: json.str("own_ends").parse().unwrap_or(0),
            problems: texts("problems"),
            notes: texts("notes"),
            log: texts("faults"),
            not_built: json.get("not_built").map(|_| json.str("not_built").to_string()),
        }
    }
}

fn number_text(value: &Json) -> String {
    if let Json::Number(n) = value { n.clone() } else { String::new() }
}

/// A shard's report.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) shard: String,
    pub(crate) nightly: bool,
    pub(crate) seed: u64,
    pub(crate) when: String,
    pub(crate) seconds: u64,
    pub(crate) commit: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) lines: Vec<Line>,
}

impl Report {
    pub(crate) fn is_good(&self) -> bool {
        self.lines.iter().all(|line| line.not_built.is_some() || line.is_good())
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<(), String> {
        let facts = self.facts.iter().map(|(name, value)| (name.clone(), Json::text(value)));
        let members = vec![
            ("shard", Json::text(&self.shard)),
            ("size", Json::text(if self.nightly { "nightly" } else { "ci" })),
            ("seed", Json::number(self.seed)),
            ("when", Json::text(&self.when)),
            ("seconds", Json::number(self.seconds)),
            ("commit", Json::text(&self.commit)),
            ("facts", Json::Map(facts.collect())),
            ("lines", Json::List(self.lines.iter().map(Line::to_json).collect())),
        ];
        let json = Json::Map(members.into_iter().map(|(n, v)| (n.to_string(), v)).collect());
        fs::create_dir_all(dir).map_err(|e| format!("cannot make {}: {e}", dir.display()))?;
        let path = dir.join(format!("{}.json", self.shard));
        let text = facts::without_places(&json.write());
        fs::write(&path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))
    }

    pub(crate) fn read(path: &Path) -> Option<Report> {
        let json = Json::read(&fs::read_to_string(path).ok()?)?;
        let facts = if let Some(Json::Map(facts)) = json.get("facts") { facts } else { &vec![] };
        let text = |value: &Json| if let Json::Text(t) = value { t.clone() } else { String::new() };
        Some(Report {
            shard: json.str("shard").to_string(),
            nightly: json.str("size") == "nightly",
            seed: json.str("seed").parse().ok()?,
            when: json.str("when").to_string(),
            seconds: json.str("seconds").parse().ok()?,
            commit: json.str("commit").to_string(),
            facts: facts.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
            lines: json.list("lines").iter().map(Line::from_json).collect(),
        })
    }
}

const HEAD: &str = "\
| shard | fault | times | records | lost | duplicated | torn | leaked | other | progress, most s | median s |\n\
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

/// The table of these reports.
pub(crate) fn table(reports: &[Report]) -> String {
    let mut out = HEAD.to_string();
    reports.iter().for_each(|report| rows(&mut out, report, None));
    out
}

fn rows(out: &mut String, report: &Report, stale: Option<&str>) {
    for line in &report.lines {
        let shard = &report.shard;
        let fault = match stale {
            Some(commit) => format!("{} (stale: {commit})", line.fault),
            None => line.fault.clone(),
        };
        if let Some(why) = &line.not_built {
            let _ = writeln!(out, "| {shard} | {fault} | not built: {why} | | | | | | | | |");
            continue;
        }
        let figure = |name: &&str| line.figures.get(*name).map_or("-", String::as_str).to_string();
        let [lost, duplicated, torn, leaked] = SHOWN.map(|name| figure(&name));
        let known: Vec<_> = OTHERS.iter().filter_map(|name| line.figure(name)).collect();
        let others =
            if known.is_empty() { "-".into() } else { known.iter().sum::<u64>().to_string() };
        let (most, median) = spread(&line.progress);
        let records = if line.records == 0 { "-".into() } else { line.records.to_string() };
        let _ = writeln!(
            out,
            "| {shard} | {fault} | {} | {records} | {lost} | {duplicated} | {torn} | {leaked} | {others} | {most} | {median} |",
            line.times
        );
    }
}

/// The most and the median, or dashes.
pub(super) fn spread(seconds: &[f64]) -> (String, String) {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.last() {
        None => ("-".into(), "-".into()),
        Some(most) => (format!("{most:.1}"), format!("{:.1}", sorted[sorted.len() / 2])),
    }
}

/// Problems and notes below a table.
pub(crate) fn remarks(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        for line in &report.lines {
            let head = format!("{}, {}", report.shard, line.fault);
            for problem in &line.problems {
                let _ = writeln!(out, "- {head}: **problem**: {}", flat(problem));
            }
            for note in &line.notes {
                let _ = writeln!(out, "- {head}: {}", flat(note));
            }
            if line.own_ends > 0 {
                let n = line.own_ends;
                let _ = writeln!(
                    out,
                    "- {head}: {n} processes ended by themselves and were started again"
                );
            }
        }
    }
    out
}

fn flat(text: &str) -> String {
    text.replace('\n', " ").replace('|', "/")
}

/// `./dev faults report DIR`: every shard in one table; whether all of it is there, in full,
/// fresh and good.
pub(crate) fn merge(dir: &Path, is_fresh: impl Fn(&str, &str) -> bool) -> (String, bool) {
    let mut out = String::from(
        "# Fault bench\n\nWritten by `./dev faults report`; docs/faults.md says what the lines mean.\n\n",
    );
    let (mut table, mut reports, mut whole) = (HEAD.to_string(), Vec::new(), true);
    for shard in SHARDS {
        match Report::read(&dir.join(format!("{}.json", shard.id))) {
            None => {
                whole = false;
                let _ =
                    writeln!(table, "| {} | {} | missing | | | | | | | | |", shard.id, shard.what);
            }
            Some(report) => {
                let stale = (!is_fresh(&report.commit, shard.id)).then_some(report.commit.as_str());
                let short = stale.map(facts::short);
                whole &= stale.is_none() && report.is_good() && report.nightly;
                rows(&mut table, &report, short.as_deref());
                reports.push(report);
            }
        }
    }
    out.push_str(&table);
    let _ = writeln!(
        out,
        "\n`-`: the checker of that run did not look. `progress`: seconds from the restart or the \
         healing until every partition with work had moved on.\n"
    );
    let remarks = remarks(&reports);
    if !remarks.is_empty() {
        let _ = writeln!(out, "## Remarks\n\n{remarks}");
    }
    // What no program knows: why a line fell short, and what became of it.
    if let Ok(why) = fs::read_to_string(dir.join("why.md")) {
        let _ = writeln!(out, "## What fell short, and why\n\n{}\n", why.trim());
    }
    out.push_str("## Runs\n\n| shard | size | seed | when (UTC) | seconds | commit | |\n|---|---|---:|---|---:|---|---|\n");
    for report in &reports {
        let facts: Vec<_> = report.facts.iter().map(|(n, v)| format!("{n} {v}")).collect();
        let size = if report.nightly { "nightly" } else { "ci" };
        let Report { shard, seed, when, seconds, commit, .. } = report;
        let (commit, facts) = (facts::short(commit), facts.join(", "));
        let _ = writeln!(
            out,
            "| {shard} | {size} | {seed} | {when} | {seconds} | {commit} | {facts} |"
        );
    }
    (out, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let figures = [("lost", "0"), ("duplicated", "0"), ("leaked", "0"), ("hanging", "0")];
        let line = Line {
            times: 10,
            records: 100,
            figures: figures.map(|(n, v)| (n.to_string(), v.to_string())).into(),
            progress: vec![3.0, 1.0, 2.0],
            log: vec!["1.0 s: kill".into()],
            ..Line::new("kill -9")
        };
        Report {
            shard: "R1".into(),
            nightly: false,
            seed: 7,
            when: "2026-01-01 00:00".into(),
            seconds: 12,
            commit: "abc".into(),
            facts: vec![("java".into(), "17".into())],
            lines: vec![line, Line::not_built("key_reload", "weir has none")],
        }
    }

    #[test]
    fn a_figure_that_is_not_there_is_no_zero() {
        let table = table(&[report()]);
        assert!(
            table.contains("| R1 | kill -9 | 10 | 100 | 0 | 0 | - | 0 | 0 | 3.0 | 2.0 |"),
            "{table}"
        );
        assert!(table.contains("| R1 | key_reload | not built: weir has none |"), "{table}");
    }

    #[test]
    fn one_figure_or_problem_is_enough_to_fail() {
        assert!(report().is_good());
        for (name, n) in [("torn", "1"), ("wrong_offset", "2"), ("lost", "3")] {
            let mut bad = report();
            bad.lines[0].figures.insert(name.into(), n.into());
            assert!(!bad.is_good(), "{name}");
        }
        let mut bad = report();
        bad.lines[0].problems.push("no progress".into());
        assert!(!bad.is_good());
    }

    #[test]
    fn stale_and_missing_shards_are_told() {
        let dir = std::env::temp_dir().join(format!("weir-report-{}", std::process::id()));
        report().write(&dir).expect("writes");
        let read = Report::read(&dir.join("R1.json")).expect("reads");
        assert_eq!(format!("{read:?}"), format!("{:?}", report()));
        let (text, whole) = merge(&dir, |commit, _| commit == "abc");
        assert!(!whole && text.contains("| R2 |") && text.contains("missing"), "{text}");
        assert!(!text.contains("stale"), "{text}");
        assert!(!text.contains("fell short"), "{text}");
        fs::write(dir.join("why.md"), "- R1: the disk was slow\n").expect("writes");
        let (text, _) = merge(&dir, |commit, _| commit == "def");
        assert!(text.contains("(stale: abc)"), "{text}");
        assert!(text.contains("and why\n\n- R1: the disk was slow\n\n## Runs"), "{text}");
        let _ = fs::remove_dir_all(&dir);
    }
}
