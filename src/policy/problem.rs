//! What is wrong with a document, where, and what to write instead.

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::page::Page;
use crate::phi::Code;

/// One thing that is wrong with a document.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What it is.
    pub code: Code,
    /// The document; relative as the caller's path was.
    pub file: PathBuf,
    /// The line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// The column in characters, from 1; 0 when the file as a whole is meant.
    pub column: usize,
    /// Where it stands in the document: keys joined by dots.
    pub field: String,
    /// What is wrong, in words.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    text: Arc<str>,
    at: Range<usize>,
}

/// Everything that is wrong with a set of documents, sorted by file and line.
#[derive(Clone, Debug)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// The problems as rustc would show them: code, file, line, the source underlined, a hint.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let one = |problem: &Problem| renderer.render(&[problem.group()]);
        let mut out = self.0.iter().map(one).collect::<Vec<_>>().join("\n\n");
        out.push('\n');
        out
    }

    /// The problems as a list of objects, for programs.
    pub fn to_json(&self) -> serde_json::Value {
        let one = |problem: &Problem| {
            serde_json::json!({
                "code": problem.code.id(),
                "title": problem.code.entry().title,
                "file": problem.file.display().to_string(),
                "line": problem.line,
                "column": problem.column,
                "field": problem.field,
                "message": problem.message,
                "hint": problem.hint,
            })
        };
        self.0.iter().map(one).collect()
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

impl Problem {
    fn group(&self) -> Group<'_> {
        let path = self.file.display().to_string();
        let title = Level::ERROR.primary_title(self.code.entry().title).id(self.code.id());
        let group = if self.line == 0 {
            title.element(Origin::path(path)).element(Level::NOTE.message(self.message.as_str()))
        } else {
            let label = AnnotationKind::Primary.span(self.at.clone()).label(self.message.as_str());
            title.element(Snippet::source(&*self.text).path(path).annotation(label))
        };
        group.element(Level::HELP.message(self.hint.as_str()))
    }
}

/// Collects problems while documents are read.
#[derive(Debug, Default)]
pub(super) struct Report(RefCell<Vec<Problem>>);

impl Report {
    /// Adds a problem at a place. An empty hint means the code's own way out.
    pub(super) fn add(
        &self,
        code: Code,
        page: &Page,
        at: Range<usize>,
        field: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let at = one_line(&page.text, at);
        let before = &page.text[..at.start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.push(Problem {
            code,
            file: page.path.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            field: field.to_owned(),
            message: message.into(),
            hint: hint.into(),
            text: page.text.clone(),
            at,
        });
    }

    /// Adds a problem with a file as a whole.
    pub(super) fn add_file(&self, code: Code, path: &Path, message: impl Into<String>) {
        self.push(Problem {
            code,
            file: path.to_owned(),
            line: 0,
            column: 0,
            field: String::new(),
            message: message.into(),
            hint: String::new(),
            text: "".into(),
            at: 0..0,
        });
    }

    fn push(&self, mut problem: Problem) {
        if problem.hint.is_empty() {
            problem.hint = problem.code.entry().fix.to_owned();
        }
        // A part of a type is read for each field that has the type.
        let mut problems = self.0.borrow_mut();
        let same = |known: &Problem| {
            let place = |one: &Problem| (one.code, one.at.clone());
            place(known) == place(&problem)
                && (&known.file, &known.message) == (&problem.file, &problem.message)
        };
        if !problems.iter().any(same) {
            problems.push(problem);
        }
    }

    /// The value, if nothing was wrong. No value and no problem is a bug of this room.
    pub(super) fn finish<T>(self, value: Option<T>, path: &Path) -> Result<T, Problems> {
        if let (Some(value), true) = (value, self.0.borrow().is_empty()) {
            return Ok(value);
        }
        if self.0.borrow().is_empty() {
            self.add_file(
                Code::Internal,
                path,
                "nothing was found wrong, and yet there is no plan",
            );
        }
        let mut problems = self.0.into_inner();
        let key = |p: &Problem| (p.file.clone(), p.line, p.column, p.code, p.message.clone());
        problems.sort_by_key(key);
        problems.dedup_by_key(|problem| key(problem));
        Err(Problems(problems))
    }
}

/// The part of a range that stands on its first line, without blanks at its end.
fn one_line(text: &str, at: Range<usize>) -> Range<usize> {
    let part = &text[at.clone()];
    let line = part.split(['\n', '\r']).next().unwrap_or("");
    let end = at.start + line.trim_end().len();
    if end > at.start {
        return at.start..end;
    }
    // Nothing to underline: point at one character, or at the last of the line.
    let start = at.start - text[..at.start].len().saturating_sub(text[..at.start].trim_end().len());
    match text[..start].chars().next_back() {
        Some(last) => start - last.len_utf8()..start,
        None => 0..text.chars().next().map_or(0, char::len_utf8),
    }
}

/// The known word that `word` may be a slip of the pen for.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let reach = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|other| (distance(word, other), other))
        .filter(|(steps, _)| *steps <= reach)
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, other)| other)
}

/// Edits between two words: a letter more, less, other, or two neighbours exchanged.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let other = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = other.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_slips_and_nothing_else() {
        let known = ["mrn", "person_name", "free_text"];
        assert_eq!(nearest("mnr", known), Some("mrn"));
        assert_eq!(nearest("person_nam", known), Some("person_name"));
        assert_eq!(nearest("freetext", known), Some("free_text"));
        assert_eq!(nearest("diagnosis", known), None);
    }
}
