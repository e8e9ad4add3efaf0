//! What searches find on clean notes, beside what they find on raw ones.

use super::View;
use super::bm25::Index;
use super::odds::{interval, share};
use super::query::{Kind, Query};
use std::fmt::Write;

/// How far down a person looks.
const TOP: usize = 10;
/// The share of what is found on raw notes that has to be found on clean ones.
const GOAL: f64 = 0.98;

/// The rows: which queries, and with an open chart or without.
const GROUPS: [(&str, &[Kind], bool); 9] = [
    ("clinical words", &[Kind::Clinical], false),
    ("identifiers, chart open", &[Kind::Name, Kind::Number, Kind::Date], true),
    ("  names", &[Kind::Name], true),
    ("  record numbers", &[Kind::Number], true),
    ("  dates", &[Kind::Date], true),
    ("identifiers, text alone", &[Kind::Name, Kind::Number, Kind::Date], false),
    ("  names", &[Kind::Name], false),
    ("  record numbers", &[Kind::Number], false),
    ("  dates", &[Kind::Date], false),
];

/// What became of a query.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Outcome {
    /// The share of its answers among the first ten, of ten at the most.
    recall: f64,
    /// The share of the first ten on raw notes that are among the first ten here.
    kept: f64,
}

/// Asks a query of an index; `raw` is what the raw notes' index answers.
fn ask(index: &Index, query: &str, answers: &[usize], raw: &[usize]) -> Outcome {
    let top = index.search(query, TOP);
    let among = |these: &[usize], of: usize| {
        share(these.iter().filter(|at| top.contains(at)).count() as f64, of as f64)
    };
    Outcome { recall: among(answers, answers.len().min(TOP)), kept: among(raw, raw.len()) }
}

/// The three tables: what is found, how much that is of what raw notes give, how alike the first ten are.
pub(super) fn table(queries: &[Query], views: &[View]) -> String {
    let indices: Vec<_> =
        views.iter().map(|view| Index::new(view.notes.iter().map(String::as_str))).collect();
    let reference: Vec<_> = queries.iter().map(|q| indices[0].search(&q.text, TOP)).collect();
    let ask_all = |(view, index): (&View, &Index)| -> Vec<Outcome> {
        let one = |at: usize| ask(index, &view.queries[at], &queries[at].answers, &reference[at]);
        (0..queries.len()).map(one).collect()
    };
    let outcomes: Vec<_> = views.iter().zip(&indices).map(ask_all).collect();
    let groups = GROUPS.map(|(title, kinds, open)| {
        let of = |q: &usize| kinds.contains(&queries[*q].kind) && queries[*q].open == open;
        (title, (0..queries.len()).filter(of).collect::<Vec<_>>())
    });
    let mean = |of: &[Outcome], group: &[usize], what: fn(&Outcome) -> f64| {
        let sum: f64 = group.iter().map(|&q| what(&of[q])).sum();
        format!("{:.3}", share(sum, group.len() as f64))
    };
    let mut out = String::new();
    let names = || views.iter().map(|view| view.name.to_string());
    let counted = |title: &str, group: &[usize]| format!("{title:<25}{:>4}", group.len());
    row(&mut out, "recall@10", 15, names());
    for (title, group) in &groups {
        let cells = outcomes.iter().map(|of| mean(of, group, |outcome| outcome.recall));
        row(&mut out, &counted(title, group), 15, cells);
    }
    out.push('\n');
    row(&mut out, "of raw recall@10", 22, ["goal".to_string()].into_iter().chain(names().skip(1)));
    for (title, group) in &groups {
        let cell = |of_view: &Vec<Outcome>| {
            let of_raw = |drawn: &mut dyn Iterator<Item = usize>| {
                let (clean, raw) = drawn.fold((0.0, 0.0), |(clean, raw), q| {
                    (clean + of_view[q].recall, raw + outcomes[0][q].recall)
                });
                share(clean, raw)
            };
            let all = of_raw(&mut group.iter().copied());
            let again = |drawn: &[usize]| of_raw(&mut drawn.iter().map(|&at| group[at]));
            let [low, high] = interval(group.len(), again);
            format!("{all:.3} [{low:.3}, {high:.3}]")
        };
        let goal = [format!(">= {GOAL}")].into_iter();
        row(&mut out, &counted(title, group), 22, goal.chain(outcomes.iter().skip(1).map(cell)));
    }
    out.push('\n');
    row(&mut out, "of the raw top ten", 15, names().skip(1));
    for (title, group) in &groups {
        let cells = outcomes.iter().skip(1).map(|of| mean(of, group, |outcome| outcome.kept));
        row(&mut out, &counted(title, group), 15, cells);
    }
    out
}

fn row(out: &mut String, title: &str, width: usize, cells: impl Iterator<Item = String>) {
    let _ = write!(out, "{title:<29}");
    cells.for_each(|cell| {
        let _ = write!(out, "{cell:>width$}");
    });
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recall_is_of_the_answers_that_fit_in_the_top_ten() {
        let texts: Vec<_> = (0..30).map(|n| if n < 20 { "gout" } else { "rash" }).collect();
        let index = Index::new(texts);
        let raw = [0, 1, 2, 25];
        assert_eq!(ask(&index, "gout", &[3, 4, 25, 26], &raw), Outcome { recall: 0.5, kept: 0.75 });
        let all: Vec<_> = (0..20).collect();
        assert_eq!(ask(&index, "gout", &all, &raw).recall, 1.0);
        assert_eq!(ask(&index, "knee", &all, &[]), Outcome::default());
    }
}
