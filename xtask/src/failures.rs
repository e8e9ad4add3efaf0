//! The failures behind the tables of `weir eval`, one by one, for the report. The texts are a generator's: nobody is in
//! them.

use crate::faults::json::Json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Failures of a set and kind that are shown: evenly drawn from all of them.
const SHOWN: usize = 30;
/// Code points around a failure.
const AROUND: usize = 24;
/// Classes that are left out of `all identifiers`.
const ASIDE: &[&str] = &["state", "country", "organization"];

/// What the report says before the lists.
const HEAD: &str = "What is behind the figures of the sets above whose failures may be read: the fourth set's are shown to nobody. Of each
kind at most 30, evenly drawn; the failure between `[` and `]`, an end of a line as `/`. Of a missed identifier at
least one letter or digit was left.
";

struct Failure {
    class: String,
    around: String,
}

/// The section of the report over these sets, whose gold standard and findings lie in `folder`.
pub(crate) fn section(folder: &Path, sets: &[String]) -> Result<String, String> {
    let mut out = format!("# Failures\n\n{HEAD}");
    for set in sets {
        let read = |what: &str| {
            let path = folder.join(format!("{set}.{what}.jsonl"));
            std::fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()))
        };
        let (gold, found) = (read("gold")?, read("found")?);
        let (mut missed, mut idle) = (Vec::new(), Vec::new());
        for (gold, found) in gold.lines().zip(found.lines()) {
            let read = |line| Json::read(line).ok_or_else(|| format!("{set}: a line is no JSON"));
            of_text(&read(gold)?, &read(found)?, &mut missed, &mut idle);
        }
        let _ = write!(out, "\n## {set}\n");
        list(&mut out, "missed", &missed);
        list(&mut out, "taken for nothing", &idle);
    }
    Ok(out)
}

fn span(of: &Json, end: usize) -> (usize, usize) {
    let at = |name: &str| of.str(name).parse::<usize>().map_or(end, |at| at.min(end));
    (at("start"), at("end"))
}

fn of_text(gold: &Json, found: &Json, missed: &mut Vec<Failure>, idle: &mut Vec<Failure>) {
    let text: Vec<char> = gold.str("text").chars().collect();
    let covered = |of: &Json| {
        let mut covered = vec![false; text.len()];
        for one in of.list("spans") {
            let (start, end) = span(one, text.len());
            covered[start..end].fill(true);
        }
        covered
    };
    let (is_gold, is_found) = (covered(gold), covered(found));
    for one in gold.list("spans").iter().filter(|one| !ASIDE.contains(&one.str("class"))) {
        let (start, end) = span(one, text.len());
        if (start..end).any(|at| text[at].is_alphanumeric() && !is_found[at]) {
            missed.push(failure(one.str("class"), &text, start, end));
        }
    }
    for one in found.list("spans") {
        let (start, end) = span(one, text.len());
        if !is_gold[start..end].contains(&true) {
            idle.push(failure(one.str("class"), &text, start, end));
        }
    }
}

fn failure(class: &str, text: &[char], start: usize, end: usize) -> Failure {
    let said = |from: usize, to: usize| -> String {
        let plain = |c: &char| if c.is_whitespace() { ' ' } else { *c };
        let marked = |c: &char| if matches!(c, '\n' | '\r') { '/' } else { plain(c) };
        text[from..to].iter().map(marked).filter(|c| !c.is_control()).collect()
    };
    let (front, behind) = (start.saturating_sub(AROUND), (end + AROUND).min(text.len()));
    let around = format!("{}[{}]{}", said(front, start), said(start, end), said(end, behind));
    Failure { class: class.to_string(), around: around.replace("```", "'''") }
}

fn list(out: &mut String, what: &str, failures: &[Failure]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    failures.iter().for_each(|one| *counts.entry(&one.class).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts: Vec<_> = counts.iter().map(|(class, count)| format!("{class} {count}")).collect();
    let _ = write!(out, "\n{} {what}: {}\n", failures.len(), counts.join(", "));
    if failures.is_empty() {
        return;
    }
    out.push_str("\n```text\n");
    let shown = failures.len().min(SHOWN);
    for at in 0..shown {
        let one = &failures[at * failures.len() / shown];
        let _ = writeln!(out, "{:<15}{}", one.class, one.around);
    }
    out.push_str("```\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_and_what_was_taken_for_nothing_is_listed() {
        let gold = r#"{"id":1,"text":"Jane Doe,\nMRN 123456, in Reno.","spans":[{"start":0,"end":8,"class":"person_name"},{"start":14,"end":20,"class":"mrn"},{"start":25,"end":29,"class":"state"}]}"#;
        let found = r#"{"id":1,"spans":[{"start":5,"end":8,"class":"person_name"},{"start":10,"end":13,"class":"city"},{"start":14,"end":20,"class":"mrn"}]}"#;
        let (mut missed, mut idle) = (Vec::new(), Vec::new());
        let read = |text| Json::read(text).expect("JSON");
        of_text(&read(gold), &read(found), &mut missed, &mut idle);
        let said = |of: &[Failure]| of.iter().map(|one| one.around.clone()).collect::<Vec<_>>();
        assert_eq!(said(&missed), ["[Jane Doe],/MRN 123456, in Reno."]);
        assert_eq!(said(&idle), ["Jane Doe,/[MRN] 123456, in Reno."]);
        let mut out = String::new();
        list(&mut out, "missed", &missed);
        assert!(
            out.contains("1 missed: person_name 1\n")
                && out.contains("\n```text\nperson_name    [Jane")
        );
    }
}
