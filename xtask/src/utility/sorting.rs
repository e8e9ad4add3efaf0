//! A classifier that learns from clean notes, beside the same one that learns from raw ones.

use super::View;
use super::bayes::{Bayes, macro_f1};
use super::chart::Note;
use super::odds::interval;
use crate::held::KINDS;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Texts to learn from, for each kind of note.
const LESSONS: usize = 4;
/// The points of F1 that may go.
const GOAL: f64 = 1.0;

/// The table.
pub(super) fn table(notes: &[Note], views: &[View]) -> String {
    let (lessons, tests) = split(notes);
    let judged: Vec<Vec<(usize, usize)>> = views
        .iter()
        .map(|view| {
            let lessons = lessons.iter().map(|&at| (&*view.notes[at], notes[at].kind));
            let bayes = Bayes::train(KINDS, lessons);
            tests.iter().map(|&at| (notes[at].kind, bayes.label(&view.notes[at]))).collect()
        })
        .collect();
    let f1 = |of: &[(usize, usize)]| 100.0 * macro_f1(KINDS, of.iter().copied());
    let title = format!("{KINDS} labels, {} lessons, {} tests", lessons.len(), tests.len());
    let mut out = format!("{title:<40}{:>10}{:>28}\n", "macro F1", "points from raw");
    let _ = writeln!(out, "{:<50}{:>28}", "goal", format!(">= -{GOAL:.1}"));
    for (view, of_view) in views.iter().zip(&judged) {
        let _ = write!(out, "{:<40}{:>10.1}", view.name, f1(of_view));
        if view.name != views[0].name {
            let less = |drawn: &[usize]| {
                let of = |judged: &[(usize, usize)]| {
                    100.0 * macro_f1(KINDS, drawn.iter().map(|&at| judged[at]))
                };
                of(of_view) - of(&judged[0])
            };
            let [low, high] = interval(tests.len(), less);
            let cell = format!("{:+.1} [{low:+.1}, {high:+.1}]", f1(of_view) - f1(&judged[0]));
            let _ = write!(out, "{cell:>28}");
        }
        out.push('\n');
    }
    out
}

/// The first notes of each kind to learn from, no two of one patient; the notes of other patients to be
/// judged by.
fn split(notes: &[Note]) -> (Vec<usize>, Vec<usize>) {
    let (mut taken, mut patients) = (BTreeMap::<usize, usize>::new(), Vec::new());
    let mut lessons = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        let n = taken.entry(note.kind).or_default();
        if *n < LESSONS && !patients.contains(&note.patient) {
            *n += 1;
            lessons.push(at);
            patients.push(note.patient);
        }
    }
    let tests = (0..notes.len()).filter(|&at| !patients.contains(&notes[at].patient)).collect();
    (lessons, tests)
}

#[cfg(test)]
mod tests {
    use super::super::chart::notes;
    use super::*;

    #[test]
    fn nobody_is_learnt_from_and_judged_by() {
        let notes = notes();
        let (lessons, tests) = split(&notes);
        assert!(tests.len() > 500 && lessons.len() > 100, "{} {}", tests.len(), lessons.len());
        for at in &lessons {
            assert!(tests.iter().all(|other| notes[*other].patient != notes[*at].patient));
        }
    }
}
