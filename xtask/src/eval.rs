//! `./dev eval`: writes texts of the held-out, the third and the fourth generator with their gold
//! standard, has `weir detect` look at them and `weir eval` judge.

use crate::blind;
use crate::draft::Draft;
use crate::failures;
use crate::faults::json::write_text;
use crate::goals;
use crate::held;
use crate::known;
use crate::peers;
use crate::second;
use crate::third;
use crate::utility;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// A set of texts: its name, and how many there are.
const SETS: &[(&str, u64)] =
    &[("notes", 1000), ("sentences", 3000), ("negatives", 10_000), ("codes", 2000)];
/// Sets of the third generator, likewise.
const THIRD: &[(&str, u64)] =
    &[("notes", 1000), ("sentences", 800), ("negatives", 3000), ("codes", 500)];
/// Sets of the fourth generator, likewise.
const BLIND: &[(&str, u64)] = &[("notes", 400), ("negatives", 1000), ("codes", 300)];
/// Base sentences of the adversarial set, and encodings of each.
const BASES: u64 = 200;
const ENCODINGS: u64 = 13;

/// What the report says before the tables.
const HEAD: &str = "# How well identifiers are found in prose

Written by `./dev eval --presidio --meddocan DIR --out docs/detection.md` (DIR: MEDDOCAN's training part): texts of a generator (`xtask/src/held`) that was written apart from
rules, lists and training texts, `weir detect`, `weir eval`. English, but for one section. Intervals: 95 %, bootstrap over texts.

- entity recall: the share of identifiers of which no letter or digit was left;
- character recall: the share of their letters and digits that were covered;
- precision: the share of predictions that touch an identifier, whatever its class;
- strict F1: exact spans of a class of the same row; relaxed F1: spans that touch, whatever the class.

The generator's failures were looked at while rules and training sentences were written: these are the figures
of a development set, and texts that nobody has looked at will give lower ones.

States, countries and organisations are left out of `all identifiers`. The generator's notes hold more
identifiers a line than most real ones, and its sentences without any are hard on purpose: eponyms,
devices, scores and codes that look like names and numbers.

At the end: Spanish, the failures one by one, Presidio beside weir, and how useful notes still are once they are clean.
";

/// What it says before the goals.
const GOALS_HEAD: &str = "What was set as a goal, on the generators in the order of this page, and in Spanish; an asterisk where it is
missed.
";

/// What it says before the third set's tables.
const THIRD_HEAD: &str = "Texts of a further generator (`xtask/src/third`), written apart from the others. Its failures were read too
while rules were written.
";

/// What it says before the fourth set's tables.
const BLIND_HEAD: &str = "Texts of a generator (`xtask/src/blind`) that was written apart from all others. Nobody has read its failures:
look at its figures only.
";

/// What it says before the Spanish table.
const SPANISH_HEAD: &str = "Of the training part of MEDDOCAN (Marimon et al., IberLEF 2019, CC BY 4.0) every fifth document, found by a model
that was made, by the same recipe, of the other four fifths. The model alone, without patterns and a record's
fields: the one that weir has is made of all of them, and could not be judged by any. Relatives,
professions and other traits, which have no class, are left out.
";

pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    let mut report = None;
    let mut args = args.iter().map(String::as_str);
    let (mut presidio, mut meddocan) = (false, None);
    let usage = || {
        "usage: ./dev eval [--presidio] [--meddocan DIR] [--out FILE] | --known | --utility | --transformer"
            .to_string()
    };
    while let Some(arg) = args.next() {
        match arg {
            "--out" => report = Some(PathBuf::from(args.next().ok_or_else(usage)?)),
            "--presidio" => presidio = true,
            "--meddocan" => meddocan = Some(PathBuf::from(args.next().ok_or_else(usage)?)),
            // One part alone, on the screen.
            "--utility" => {
                utility::section(&weir()?, &target().join("utility"))?;
                return Ok(ExitCode::SUCCESS);
            }
            "--known" => {
                let section = known::section(&weir()?, &target().join("known"))?;
                section.lines().for_each(crate::say);
                return Ok(ExitCode::SUCCESS);
            }
            // Weir with and without it, on the screen.
            "--transformer" => return second::main(),
            _ => return Err(usage()),
        }
    }
    let folder = target().join("eval");
    std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let weir = weir()?;
    let mut out = String::new();
    let mut tables = BTreeMap::new();
    for &(set, count) in SETS {
        let lines = (0..count).map(|seed| gold(set, seed)).collect::<String>();
        let table = judge(&weir, &folder, set, &lines)?;
        tables.insert(set.to_string(), table.clone());
        let _ = write!(out, "\n## {set}\n\n```text\n{table}```\n");
    }
    out.push_str("\n## encodings\n\nThe same sentences, their identifiers written in other ways; the row of all identifiers.\n\n```text\n");
    let mut by_encoding: BTreeMap<&str, String> = BTreeMap::new();
    for seed in 0..BASES * ENCODINGS {
        let (draft, encoding) = held::adversarial(seed);
        by_encoding.entry(encoding).or_default().push_str(&line(seed, &draft, &[]));
    }
    for (encoding, lines) in &by_encoding {
        let table = judge(&weir, &folder, &format!("encoding-{encoding}"), lines)?;
        let row = table.lines().find(|line| line.starts_with("all identifiers"));
        let row = row.ok_or_else(|| format!("no row of all identifiers for {encoding}"))?;
        let _ = writeln!(out, "{}", row.replace("all identifiers ", &format!("{encoding:<16}")));
        tables.insert(format!("encoding-{encoding}"), table.clone());
    }
    out.push_str("```\n\n# Third set\n\n");
    out.push_str(THIRD_HEAD);
    for &(set, count) in THIRD {
        let lines = (0..count).map(|seed| third_gold(set, seed)).collect::<String>();
        let table = judge(&weir, &folder, &format!("third-{set}"), &lines)?;
        tables.insert(format!("third-{set}"), table.clone());
        let _ = write!(out, "\n## third-{set}\n\n```text\n{table}```\n");
    }
    out.push_str("\n# Fourth set\n\n");
    out.push_str(BLIND_HEAD);
    for &(set, count) in BLIND {
        let lines = (0..count).map(|seed| blind_gold(set, seed)).collect::<String>();
        let table = judge(&weir, &folder, &format!("blind-{set}"), &lines)?;
        tables.insert(format!("blind-{set}"), table.clone());
        let _ = write!(out, "\n## blind-{set}\n\n```text\n{table}```\n");
    }
    if let Some(documents) = meddocan {
        let table = spanish(&weir, &folder, &documents)?;
        let _ = write!(out, "\n# Spanish\n\n{SPANISH_HEAD}\n```text\n{table}```\n");
        tables.insert("spanish".to_string(), table);
    }
    let own = known::section(&weir, &target().join("known"))?;
    let _ = write!(out, "\n{own}");
    tables.insert("known".to_string(), own);
    let read = SETS.iter().map(|(set, _)| set.to_string());
    let read = read.chain(THIRD.iter().map(|(set, _)| format!("third-{set}")));
    let sets: Vec<_> = read.chain(["encoding-split_lines".to_string()]).collect();
    let _ = write!(out, "\n{}", failures::section(&folder, &sets)?);
    let _ = write!(out, "\n{}", peers::section(&weir, &folder, presidio)?);
    let _ = write!(out, "\n{}", utility::section(&weir, &target().join("utility"))?);
    let goals = goals::table(&tables);
    goals.lines().for_each(crate::say);
    if let Some(file) = report {
        let out = format!("{HEAD}\n## goals\n\n{GOALS_HEAD}\n```text\n{goals}```\n{out}");
        std::fs::write(&file, out).map_err(|why| format!("{}: {why}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// Builds the binary, and says where it is.
fn weir() -> Result<PathBuf, String> {
    let built = Command::new("cargo").args(["build", "-q", "-p", "weir", "--bin", "weir"]).status();
    match built {
        Ok(status) if status.success() => Ok(target().join("debug/weir")),
        _ => Err("weir does not build".to_string()),
    }
}

pub(crate) fn gold(set: &str, seed: u64) -> String {
    match set {
        "notes" => line(seed, &held::note(seed), &[]),
        "sentences" => line(seed, &held::sentence(seed), &[]),
        "negatives" => line(seed, &held::negative(seed), &[]),
        _ => {
            let (draft, codes) = held::codes(seed);
            line(seed, &draft, &codes)
        }
    }
}

pub(crate) fn third_gold(set: &str, seed: u64) -> String {
    match set {
        "notes" => line(seed, &third::note(seed), &[]),
        "sentences" => line(seed, &third::sentence(seed), &[]),
        "negatives" => line(seed, &third::negative(seed), &[]),
        _ => {
            let (draft, codes) = third::codes(seed);
            line(seed, &draft, &codes)
        }
    }
}

pub(crate) fn blind_gold(set: &str, seed: u64) -> String {
    match set {
        "notes" => line(seed, &blind::note(seed), &[]),
        "negatives" => line(seed, &blind::negative(seed), &[]),
        _ => {
            let (draft, codes) = blind::codes(seed);
            line(seed, &draft, &codes)
        }
    }
}

/// A line of a gold standard: offsets in code points.
pub(crate) fn line(id: u64, draft: &Draft, codes: &[(usize, usize)]) -> String {
    let points = |to: usize| draft.text[..to].chars().count();
    let mut out = format!("{{\"id\":{id},\"text\":");
    write_text(&mut out, &draft.text);
    out.push_str(",\"spans\":[");
    for (n, mark) in draft.marks.iter().enumerate() {
        let comma = if n > 0 { "," } else { "" };
        let (start, end) = (points(mark.start), points(mark.end));
        let _ =
            write!(out, "{comma}{{\"start\":{start},\"end\":{end},\"class\":\"{}\"}}", mark.class);
    }
    out.push_str("],\"codes\":[");
    for (n, (start, end)) in codes.iter().enumerate() {
        let comma = if n > 0 { "," } else { "" };
        let _ = write!(out, "{comma}{{\"start\":{},\"end\":{}}}", points(*start), points(*end));
    }
    out.push_str("]}\n");
    out
}

/// The table of Spanish documents.
fn spanish(weir: &Path, folder: &Path, documents: &Path) -> Result<String, String> {
    let (gold, found) = crate::train::unseen_spanish(documents)?;
    let write = |what: &str, lines: &str| {
        let path = folder.join(format!("spanish.{what}.jsonl"));
        let why = |why| format!("{}: {why}", path.display());
        std::fs::write(&path, lines).map_err(why).map(|()| path.clone())
    };
    let table = score(weir, &write("gold", &gold)?, &write("found", &found)?)?;
    table.lines().for_each(crate::say);
    Ok(table)
}

fn judge(weir: &Path, folder: &Path, set: &str, lines: &str) -> Result<String, String> {
    let (gold, found) = detect(weir, folder, set, lines)?;
    crate::say(&format!("\n== {set}"));
    let table = score(weir, &gold, &found)?;
    table.lines().for_each(crate::say);
    Ok(table)
}

/// Writes a gold standard and what weir finds in its texts.
pub(crate) fn detect(
    weir: &Path,
    folder: &Path,
    set: &str,
    lines: &str,
) -> Result<(PathBuf, PathBuf), String> {
    let path = |what: &str| folder.join(format!("{set}.{what}.jsonl"));
    let write = |path: &Path, text: &[u8]| {
        std::fs::write(path, text).map_err(|why| format!("{}: {why}", path.display()))
    };
    let (gold, found) = (path("gold"), path("found"));
    write(&gold, lines.as_bytes())?;
    write(&found, &output(Command::new(weir).arg("detect").arg(&gold))?)?;
    Ok((gold, found))
}

/// The table of `weir eval`.
pub(crate) fn score(weir: &Path, gold: &Path, found: &Path) -> Result<String, String> {
    let table = output(Command::new(weir).arg("eval").arg(gold).arg(found))?;
    Ok(String::from_utf8_lossy(&table).into_owned())
}

/// What a program writes on standard output.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let done = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let done = done.map_err(|why| format!("{}: {why}", command.get_program().display()))?;
    if done.status.success() { Ok(done.stdout) } else { Err(format!("{command:?} failed")) }
}
