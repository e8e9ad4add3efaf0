//! Queries whose answers are known.

use super::bm25::words;
use super::chart::{Note, members, plain};
use fastrand::Rng;

/// Queries of each kind with an identifier; as many with clinical words as of all of them together.
const EACH: usize = 200;

/// What a query holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Number,
    Date,
    Clinical,
}

/// A query, and the notes that it asks for.
#[derive(Clone, Debug)]
pub(super) struct Query {
    pub(super) kind: Kind,
    /// Whether the asking program says whose chart is open, in the fields of the query's record.
    pub(super) open: bool,
    pub(super) text: String,
    note: usize,
    pub(super) answers: Vec<usize>,
}

impl Query {
    /// The members of its record: a note's schema, the text in a note's place.
    pub(super) fn members(&self, notes: &[Note]) -> String {
        let text = members([("text", &*self.text)]);
        let patient = self.open.then(|| notes[self.note].patient_member());
        let patient = patient.map(|member| format!("{member},")).unwrap_or_default();
        format!("\"type\":\"query\",{patient}\"note\":{{{text}}}")
    }
}

/// The queries: each that holds an identifier comes twice, with and without an open chart.
pub(super) fn queries(notes: &[Note]) -> Vec<Query> {
    let mut rng = Rng::with_seed(0x6173_6b65_6421);
    let mut out = Vec::new();
    for kind in [Kind::Name, Kind::Number, Kind::Date, Kind::Clinical] {
        let wanted = if kind == Kind::Clinical { 3 * EACH } else { EACH };
        let mut order: Vec<usize> = (0..notes.len()).collect();
        rng.shuffle(&mut order);
        let made = order.into_iter().filter_map(|at| query(kind, notes, at, &mut rng));
        for query in made.take(wanted) {
            if kind != Kind::Clinical {
                out.push(Query { open: true, ..query.clone() });
            }
            out.push(query);
        }
    }
    out
}

/// A query about something that stands in a note.
fn query(kind: Kind, notes: &[Note], at: usize, rng: &mut Rng) -> Option<Query> {
    let note = &notes[at];
    let one = |texts: Vec<&str>, rng: &mut Rng| {
        (!texts.is_empty()).then(|| texts[rng.usize(..texts.len())].to_string())
    };
    let others = |is: &dyn Fn(&Note) -> bool| (0..notes.len()).filter(|&n| is(&notes[n])).collect();
    let (frames, what, answers): (&[&str], _, Vec<usize>) = match kind {
        Kind::Name => {
            let name = one(note.named().collect(), rng)?;
            let same = |other: &Note| {
                (&other.chart.given, &other.chart.family) == (&note.chart.given, &note.chart.family)
                    && other.named().next().is_some()
            };
            (&["{}", "Notes about {}", "What does {} take?", "Patient: {}"], name, others(&same))
        }
        Kind::Number => {
            let mrn = one(note.numbered().collect(), rng)?;
            let same = |other: &Note| {
                plain(&other.chart.mrn) == plain(&note.chart.mrn)
                    && other.numbered().next().is_some()
            };
            (
                &["MRN {}", "MRN: {}", "medical record number {}", "Chart of MRN {}"],
                mrn,
                others(&same),
            )
        }
        Kind::Date => {
            let whole = |date: &&str| date.chars().filter(char::is_ascii_digit).count() >= 5;
            let date = one(note.marked("date").map(|(_, date)| date).filter(whole).collect(), rng)?;
            let same = |other: &Note| {
                other.patient == note.patient
                    && other.marked("date").any(|(_, d)| d.eq_ignore_ascii_case(&date))
            };
            let answers = others(&same);
            (&["{}", "seen on {}", "What was done on {}?", "Results of {}"], date, answers)
        }
        Kind::Clinical => (&["{}"], stretches(note, rng)?, vec![at]),
    };
    let text = frames[rng.usize(..frames.len())].replace("{}", &what);
    Some(Query { kind, open: false, text, note: at, answers })
}

/// Two times four words that stand side by side outside of identifiers.
fn stretches(note: &Note, rng: &mut Rng) -> Option<String> {
    let mut runs: Vec<&str> = Vec::new();
    let mut at = 0;
    for mark in &note.draft.marks {
        runs.extend(note.draft.text[at..mark.start].split(['\n', '\r', '\t']));
        at = mark.end;
    }
    runs.extend(note.draft.text[at..].split(['\n', '\r', '\t']));
    // The words at the ends may be parts of one with an identifier in it.
    let inner = |run: &&str| run.split_whitespace().count() >= 6;
    let runs: Vec<_> = runs.into_iter().filter(inner).collect();
    if runs.len() < 2 {
        return None;
    }
    let first = rng.usize(..runs.len());
    let second = (first + rng.usize(1..runs.len())) % runs.len();
    let mut cut = |run: &str| {
        let all: Vec<_> = run.split_whitespace().collect();
        let from = rng.usize(1..all.len() - 4);
        all[from..from + 4].join(" ")
    };
    let text = format!("{}, {}", cut(runs[first]), cut(runs[second]));
    (words(&text).count() >= 6).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_queries_hold_an_identifier_and_the_others_none() {
        let notes = super::super::chart::notes();
        let queries = queries(&notes);
        let count = |kind| queries.iter().filter(|query| query.kind == kind).count();
        assert_eq!([Kind::Name, Kind::Number, Kind::Date].map(count), [2 * EACH; 3]);
        assert_eq!(count(Kind::Clinical), 3 * EACH);
        for query in &queries {
            assert!(!query.answers.is_empty(), "{:?}", query.kind);
            if query.kind == Kind::Clinical {
                let note = &notes[query.answers[0]];
                let there: Vec<_> = words(&note.draft.text).collect();
                assert!(words(&query.text).all(|w| there.contains(&w)), "{}", query.text);
            }
        }
    }
}
