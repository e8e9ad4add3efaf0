//! What is clean is read by parsers that share no code with weir's: the golden cases of each format, by its schema.

use crate::broker::peer;
use std::path::Path;

/// Formats, and how their files end.
const FORMATS: [(&str, &str); 5] =
    [("hl7v2", "hl7"), ("x12", "x12"), ("fhir", "ndjson"), ("cda", "xml"), ("csv", "csv")];

/// Records before and after, as JSON Lines; those that were refused are not among them.
fn records(format: &str, ending: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format);
    let mut lines = Vec::new();
    let mut cases: Vec<_> = std::fs::read_dir(&root).expect("a folder").flatten().collect();
    cases.sort_by_key(std::fs::DirEntry::path);
    for file in cases.iter().flat_map(|case| std::fs::read_dir(case.path())).flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(&format!(".input.{ending}")) else { continue };
        let own = file.path().with_file_name(format!("{stem}.schema.yaml"));
        if own.exists() && format != "csv" {
            // Its schema keeps or drops other things than the one that ships.
            continue;
        }
        let expected = file.path().with_file_name(format!("{stem}.expected.{ending}"));
        let read = |path: &Path| std::fs::read_to_string(path).expect("reads");
        let (before, after) = (read(&file.path()), read(&expected));
        let whole = [(before.trim_end_matches('\n'), after.trim_end_matches('\n'))];
        let by_line: Vec<_> = before.lines().zip(after.lines()).collect();
        let pairs = if ending == "ndjson" { &by_line[..] } else { &whole };
        for (before, after) in pairs.iter().filter(|(_, after)| !after.starts_with('!')) {
            // Golden messages have line feeds, so that they can be read.
            let ends = |text: &str| {
                if format == "hl7v2" { text.replace('\n', "\r") } else { text.to_string() }
            };
            let name = format!("{format}/{stem}");
            lines.push(
                serde_json::json!({"name": name, "format": format, "before": ends(before), "after": ends(after)})
                    .to_string(),
            );
        }
    }
    lines
}

fn verdict(lines: &[String]) -> String {
    let out = peer("WEIR_TEST_PARSERS", "parsers.py", &[], lines);
    assert!(out.status.success(), "{}", out.status);
    String::from_utf8(out.stdout).expect("UTF-8")
}

#[test]
fn what_is_clean_is_read_by_other_parsers() {
    let lines: Vec<_> =
        FORMATS.iter().flat_map(|(format, ending)| records(format, ending)).collect();
    let said = verdict(&lines);
    let (findings, counts) = said.trim_end().rsplit_once('\n').unwrap_or(("", said.trim_end()));
    assert_eq!(findings, "", "{counts}");
    assert!(counts.starts_with("read: "), "{counts}");
    for (format, _) in FORMATS {
        assert!(counts.contains(&format!(" of {format}")), "{counts}");
    }
    // The script finds what is wrong: a code that is another, and what is no record at all.
    let broken = lines
        .iter()
        .filter(|line| line.contains("E11.9") || line.contains("4548-4") || line.contains("E119"));
    let broken: Vec<_> = broken
        .map(|line| {
            let mut record: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let after = record["after"].as_str().expect("text");
            let after = after
                .replace("4548-4", "9999-9")
                .replace("ABK:E119", "ABK:Z000")
                .replace("E11.9", "\"");
            record["after"] = after.into();
            record.to_string()
        })
        .collect();
    let said = verdict(&broken);
    for format in ["x12", "fhir", "cda", "csv", "hl7v2"] {
        assert!(
            said.lines().any(|line| line.starts_with(&format!("{format}/"))),
            "{format}: {said}"
        );
    }
}
