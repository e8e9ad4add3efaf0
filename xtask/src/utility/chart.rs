//! The notes of the utility table: patients with three notes each, and what is known of every note.

use crate::draft::{Draft, Mark};
use crate::faults::json::write_text;
use crate::held::{self, Chart};

/// Patients; their seeds begin where the evaluation of detection does not come.
pub(super) const PATIENTS: u64 = 500;
pub(super) const NOTES_EACH: u64 = 3;
const FIRST: u64 = 5_000_000;

/// A note.
pub(super) struct Note {
    pub(super) patient: u64,
    /// Which kind of note it is.
    pub(super) kind: usize,
    pub(super) chart: Chart,
    pub(super) draft: Draft,
}

/// All notes, in the order of patients.
pub(super) fn notes() -> Vec<Note> {
    let each = |patient| (0..NOTES_EACH).map(move |n| (patient, n));
    let note = |(patient, n)| {
        let (draft, kind, chart) = held::of_patient(FIRST + patient, n);
        Note { patient, kind, chart, draft }
    };
    (0..PATIENTS).flat_map(each).map(note).collect()
}

impl Note {
    /// The members of its record; the schema is `clinical-note`.
    pub(crate) fn members(&self) -> String {
        let text = members([("text", self.draft.text.as_str())]);
        format!("\"type\":\"note\",{},\"note\":{{{text}}}", self.patient_member())
    }

    /// The member that says whom it is about.
    pub(super) fn patient_member(&self) -> String {
        let Chart { mrn, given, family, born, street, city, state, zip } = &self.chart;
        let name = format!("{given} {family}");
        let own = members([("mrn", mrn.as_str()), ("name", &name), ("birthDate", born)]);
        let address =
            members([("line", street.as_str()), ("city", city), ("state", state), ("zip", zip)]);
        format!("\"patient\":{{{own},\"address\":{{{address}}}}}")
    }

    /// Marks of a class, with their texts.
    pub(super) fn marked(&self, class: &str) -> impl Iterator<Item = (&Mark, &str)> {
        let of = move |mark: &&Mark| mark.class == class;
        self.draft.marks.iter().filter(of).map(|m| (m, &self.draft.text[m.start..m.end]))
    }

    /// The places in its text where the patient's whole name stands, in whatever order and case.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        let all = folded(&format!("{} {}", self.chart.given, self.chart.family));
        let whole = move |name: &str| {
            let name = folded(name);
            all.iter().all(|word| name.contains(word))
        };
        self.marked("person_name").map(|(_, name)| name).filter(move |name| whole(name))
    }

    /// The places in its text where the patient's record number stands.
    pub(super) fn numbered(&self) -> impl Iterator<Item = &str> {
        let own = plain(&self.chart.mrn);
        self.marked("mrn").map(|(_, mrn)| mrn).filter(move |mrn| plain(mrn) == own)
    }
}

/// Members of an object.
pub(crate) fn members<'a>(members: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in members {
        out.push_str(if out.is_empty() { "" } else { "," });
        write_text(&mut out, name);
        out.push(':');
        write_text(&mut out, value);
    }
    out
}

fn folded(text: &str) -> Vec<String> {
    super::bm25::words(text).collect()
}

/// Letters and digits, in upper case.
pub(crate) fn plain(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
