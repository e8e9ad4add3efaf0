//! Gold standard and predictions brought together: the figures, the labels, and where it failed.

use super::sums::{self, ALL, COLUMNS, Judged, ROWS};
use super::{Document, Mark, Share};
use crate::phi::Class;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What an evaluation came to.
pub struct Report {
    /// Documents of the gold standard.
    pub documents: usize,
    /// Rounds of the bootstrap.
    pub rounds: u32,
    /// A row for each kind of identifier; last, the one of all.
    pub rows: Vec<Row>,
    /// Documents in which nothing of an identifier was left, of those that have one.
    pub leak_free: Share,
    /// Characters outside every mark that were covered.
    pub outside: Share,
    /// Codes that were touched.
    pub codes: Share,
    /// For each document that has an identifier: identifiers of which something was left.
    pub leaks: Vec<usize>,
    /// The labels that were seen, in order.
    pub labels: Vec<LabelCount>,
    /// Every failure, by document.
    pub failures: Vec<Failure>,
    /// Predictions for documents that the gold standard does not have.
    pub strangers: usize,
    /// Whether failures come with the text around them.
    pub shows: bool,
}

/// A line of the table.
pub struct Row {
    /// What it counts.
    pub name: &'static str,
    /// Identifiers of the gold standard.
    pub entities: u32,
    /// Predictions.
    pub predicted: u32,
    /// Entity recall, character recall, precision, strict F1, relaxed F1.
    pub shares: [Share; COLUMNS],
}

/// A label, and how often it stands in the gold standard and in the predictions.
#[derive(Debug, PartialEq, Eq)]
pub struct LabelCount {
    /// The label as it was written.
    pub label: String,
    /// What it was read as.
    pub class: Option<Class>,
    /// Marks of the gold standard.
    pub gold: usize,
    /// Predictions.
    pub found: usize,
}

impl LabelCount {
    /// False for what is left out of all identifiers.
    pub fn counts(&self) -> bool {
        sums::row(self.class).is_some()
    }
}

/// What went wrong at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters or digits of an identifier were left: all of them, those left.
    Missed(u32, u32),
    /// A prediction touches nothing that is marked.
    Idle,
    /// A code was touched.
    Code,
}

/// One failure.
pub struct Failure {
    /// What went wrong.
    pub kind: Kind,
    /// The document.
    pub id: String,
    /// The mark that it is about.
    pub mark: Mark,
    /// The text around, in runs, those of the mark `true`; empty unless it was asked for.
    pub around: Vec<(bool, String)>,
}

/// The input that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The gold standard.
    Gold,
    /// The predictions.
    Found,
}

/// Why gold standard and predictions cannot be compared; no text of theirs.
#[derive(Debug)]
pub struct Mismatch {
    /// Which of the two.
    pub side: Side,
    /// The document.
    pub id: String,
    /// What is wrong with it.
    pub what: &'static str,
}

/// Characters on each side of a failure that are shown.
const AROUND_CHARS: usize = 40;

/// Judges predictions by a gold standard; `show` keeps the text around each failure.
pub fn compare(
    gold: &[Document],
    found: &[Document],
    rounds: u32,
    show: bool,
) -> Result<Report, Mismatch> {
    let gold_by_id = by_id(gold, Side::Gold)?;
    let by_id = by_id(found, Side::Found)?;
    let (mut judged, mut failures) = (Vec::with_capacity(gold.len()), Vec::new());
    let mut labels: BTreeMap<&str, LabelCount> = BTreeMap::new();
    for one in gold {
        let misfit = |side, what| Mismatch { side, id: one.id.clone(), what };
        let text = one.text.as_deref().ok_or(misfit(Side::Gold, "there is no text for id"))?;
        let found =
            by_id.get(one.id.as_str()).ok_or(misfit(Side::Found, "there is none for id"))?;
        if found.text.as_deref().is_some_and(|other| other != text) {
            return Err(misfit(Side::Found, "the text is another than the gold standard's for id"));
        }
        let chars = text.chars().count();
        if found.marks.iter().any(|mark| mark.end() > chars) {
            return Err(misfit(Side::Found, "a span is beyond the end of the text for id"));
        }
        count(&mut labels, &one.marks, |label| &mut label.gold);
        count(&mut labels, &found.marks, |label| &mut label.found);
        let one_judged = sums::judge(text, one, &found.marks);
        note(&one_judged, one, &found.marks, show.then_some(text), &mut failures);
        judged.push(one_judged);
    }
    let shares = sums::figures(&judged, rounds);
    let total = judged.iter().fold(sums::Sums::default(), |mut total, one| {
        total.add(&one.sums);
        total
    });
    let row = |at: usize| Row {
        name: ROWS.get(at).map_or("all identifiers", |(name, _)| *name),
        entities: total.gold[at][0],
        predicted: total.predicted[at][0],
        shares: std::array::from_fn(|column| shares[COLUMNS * at + column]),
    };
    let with = judged.iter().filter(|one| one.sums.texts[0] > 0);
    Ok(Report {
        documents: gold.len(),
        rounds,
        rows: (0..=ALL).map(row).collect(),
        leak_free: shares[sums::LEAK_FREE],
        outside: shares[sums::OUTSIDE],
        codes: shares[sums::CODES],
        leaks: with.map(|one| one.missed.len()).collect(),
        labels: labels.into_values().collect(),
        failures,
        strangers: found.iter().filter(|one| !gold_by_id.contains_key(one.id.as_str())).count(),
        shows: show,
    })
}

fn by_id(documents: &[Document], side: Side) -> Result<BTreeMap<&str, &Document>, Mismatch> {
    let mut by_id = BTreeMap::new();
    for one in documents {
        if by_id.insert(one.id.as_str(), one).is_some() {
            return Err(Mismatch { side, id: one.id.clone(), what: "there are two for id" });
        }
    }
    Ok(by_id)
}

fn count<'a>(
    labels: &mut BTreeMap<&'a str, LabelCount>,
    marks: &'a [Mark],
    side: fn(&mut LabelCount) -> &mut usize,
) {
    for mark in marks {
        let label = labels.entry(&mark.label).or_insert_with(|| LabelCount {
            label: mark.label.clone(),
            class: mark.class,
            gold: 0,
            found: 0,
        });
        *side(label) += 1;
    }
}

/// Writes down where one document failed.
fn note(
    judged: &Judged,
    gold: &Document,
    found: &[Mark],
    text: Option<&str>,
    failures: &mut Vec<Failure>,
) {
    let chars: Vec<char> = text.unwrap_or_default().chars().collect();
    let missed = judged
        .missed
        .iter()
        .map(|&(n, letters, left)| (Kind::Missed(letters, left), &gold.marks[n]));
    let idle = judged.idle.iter().map(|&n| (Kind::Idle, &found[n]));
    let touched = judged.touched.iter().map(|&n| (Kind::Code, &gold.codes[n]));
    for (kind, mark) in missed.chain(idle).chain(touched) {
        let around = around(&chars, mark);
        failures.push(Failure { kind, id: gold.id.clone(), mark: mark.clone(), around });
    }
}

/// The text of a mark and some on each side, in runs; none where there is no text.
fn around(chars: &[char], mark: &Mark) -> Vec<(bool, String)> {
    let first = mark.parts.first().map_or(0, |(start, _)| *start);
    let (mut runs, mut at) = (Vec::new(), first.saturating_sub(AROUND_CHARS));
    let mut run = |inside: bool, to: usize| {
        let piece: String = chars.get(at..to.min(chars.len())).unwrap_or_default().iter().collect();
        if !piece.is_empty() {
            runs.push((inside, piece));
        }
        at = to;
    };
    for (start, end) in &mark.parts {
        run(false, *start);
        run(true, *end);
    }
    run(false, mark.end() + AROUND_CHARS);
    runs
}

impl Report {
    /// The figures as JSON.
    pub fn json(&self) -> Value {
        let one =
            |share: &Share| json!({ "value": share.value(), "low": share.low, "high": share.high });
        let row = |row: &Row| {
            json!({
                "row": row.name,
                "entities": row.entities,
                "predicted": row.predicted,
                "entity_recall": one(&row.shares[0]),
                "character_recall": one(&row.shares[1]),
                "precision": one(&row.shares[2]),
                "strict_f1": one(&row.shares[3]),
                "relaxed_f1": one(&row.shares[4]),
            })
        };
        let label = |label: &LabelCount| {
            json!({
                "label": label.label,
                "class": label.class.map(Class::name),
                "counted": label.counts(),
                "gold": label.gold,
                "predicted": label.found,
            })
        };
        json!({
            "documents": self.documents,
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
            "leak_free": one(&self.leak_free),
            "over_redaction": one(&self.outside),
            "codes_touched": one(&self.codes),
            "codes": self.codes.whole,
            "codes_touched_count": self.codes.part,
            "labels": self.labels.iter().map(label).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Labels, read_line};

    fn read(line: &str) -> Document {
        read_line(line, &Labels::default()).expect("a document")
    }

    #[test]
    fn what_does_not_fit_together_is_said_without_text() {
        let gold = r#"{"id":"a","text":"MRN 123456","spans":[{"start":4,"end":10,"class":"mrn"}]}"#;
        let against = |gold: &[&str], found: &[&str]| {
            let read = |lines: &[&str]| lines.iter().map(|line| read(line)).collect::<Vec<_>>();
            compare(&read(gold), &read(found), 10, false).err().map(|why| (why.side, why.what))
        };
        let (g, f) = (Side::Gold, Side::Found);
        let none = r#"{"id":"a","spans":[]}"#;
        assert_eq!(against(&[gold], &[none]), None);
        for (gold, found, side, what) in [
            (&[none][..], &[none][..], g, "no text"),
            (&[gold, gold], &[none], g, "two for id"),
            (&[gold], &[none, none], f, "two for id"),
            (&[gold], &[], f, "none for id"),
            (&[gold], &[r#"{"id":"a","text":"MRN 123457"}"#], f, "another"),
            (&[gold], &[r#"{"id":"a","spans":[{"start":4,"end":11}]}"#], f, "beyond the end"),
        ] {
            let (where_, words) = against(gold, found).expect("a mismatch");
            assert!(where_ == side && words.contains(what), "{words}");
        }
    }

    #[test]
    fn failures_are_listed_and_text_is_kept_when_asked_for_only() {
        let gold = read(
            r#"{"id":1,"text":"Jane Doe, MRN 123456, E11.9, WARD 7.","spans":[{"start":0,"end":8,"class":"person_name"},
                {"start":14,"end":20,"class":"mrn"},{"start":29,"end":35,"class":"WARD"}],"codes":[{"start":22,"end":27}]}"#
                .replace('\n', "")
                .as_str(),
        );
        let found = r#"{"id":"1","spans":[{"start":5,"end":8,"class":"person_name"},{"start":14,"end":20,"class":"mrn"},
            {"start":10,"end":13,"class":"city"},{"start":22,"end":27,"class":"zip"}]}"#;
        let found = [read(&found.replace('\n', "")), read(r#"{"id":"other"}"#)];
        let gold = [gold];
        let report = compare(&gold, &found, 10, false).expect("a report");
        let kinds: Vec<_> = report.failures.iter().map(|failure| failure.kind).collect();
        assert_eq!(
            kinds,
            [Kind::Missed(7, 4), Kind::Missed(5, 5), Kind::Idle, Kind::Idle, Kind::Code]
        );
        assert!(report.failures.iter().all(|failure| failure.around.is_empty()));
        assert_eq!((&report.leaks[..], report.strangers), (&[2][..], 1));
        let ward = report.labels.iter().find(|label| label.label == "WARD").expect("a label");
        assert!(ward.counts() && ward.class.is_none() && (ward.gold, ward.found) == (1, 0));
        let shown = compare(&gold, &found, 10, true).expect("a report");
        let own = |inside, text: &str| (inside, text.to_string());
        assert_eq!(
            shown.failures[0].around,
            [own(true, "Jane Doe"), own(false, ", MRN 123456, E11.9, WARD 7.")]
        );
    }
}
