//! Joins: whether a value has one token in a note's field, in the prose of notes and in another topic, and
//! nobody else's.

use super::chart::{Note, members, plain};
use super::odds::share;
use super::plant::{Cleaned, Plant};
use crate::faults::json::Json;
use crate::held::of_patient;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use weir_synth::Generator;

/// Patients, notes and visits of the records that are joined.
const PATIENTS: usize = 300;
const RECORDS: u64 = 600;
/// Names that are given surrogates.
const NAMES: u64 = 5_000;
/// How long a hash is.
const HASH: usize = 24;

/// What is joined over. A note has all of them in fields and in prose, a visit some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Mrn,
    Phone,
    Ssn,
    Name,
}

const KEYS: [(Key, &str); 4] = [
    (Key::Mrn, "record numbers"),
    (Key::Phone, "telephone numbers"),
    (Key::Ssn, "social security numbers"),
    (Key::Name, "names"),
];

/// One side of a join: for each record the value or the values that it holds.
type Side = Vec<BTreeSet<String>>;

/// Notes' fields, notes' prose and visits, by what they hold for one key.
struct Sides {
    field: Side,
    prose: Side,
    visit: Side,
}

/// What joins come to: those that raw values make, those of them that tokens make, and those that tokens alone
/// make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Joins {
    raw: usize,
    found: usize,
    wrong: usize,
}

impl Joins {
    /// Pairs of records of two sides that share a value.
    fn count(&mut self, raw: (&Side, &Side), clean: (&Side, &Side)) {
        self.count_loosely(raw, raw.1, clean);
    }

    /// The same, where tokens may also make the joins that `may` makes in place of the right side.
    fn count_loosely(&mut self, raw: (&Side, &Side), may: &Side, clean: (&Side, &Side)) {
        let (raw, may, clean) = (pairs(raw.0, raw.1), pairs(raw.0, may), pairs(clean.0, clean.1));
        self.raw += raw.len();
        self.found += raw.intersection(&clean).count();
        self.wrong += clean.difference(&may).filter(|pair| !raw.contains(pair)).count();
    }
}

fn pairs(left: &Side, right: &Side) -> BTreeSet<(usize, usize)> {
    let mut by_value: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, values) in right.iter().enumerate() {
        values.iter().for_each(|value| by_value.entry(value).or_default().push(at));
    }
    let one = |(at, values): (usize, &BTreeSet<String>)| {
        let with: BTreeSet<_> =
            values.iter().filter_map(|v| by_value.get(&**v)).flatten().collect();
        with.into_iter().map(move |other| (at, *other)).collect::<Vec<_>>()
    };
    left.iter().enumerate().flat_map(one).collect()
}

/// The table. `charts` are the notes with richer prose, `cleaned` what `pseudonymize` makes of them.
pub(super) fn table(plant: &Plant, charts: &[Note], cleaned: &Cleaned) -> Result<String, String> {
    let patients = Generator::new(20_26, PATIENTS);
    let inner = |value: String| value[1..value.len() - 1].to_string();
    let notes: Vec<_> = (0..RECORDS).map(|n| inner(patients.note(n).value)).collect();
    let visits: Vec<_> = (0..RECORDS).map(|n| inner(patients.visit(n).value)).collect();
    let raw = Both::raw(&notes, &visits);
    let head = |title: String| {
        format!("{title:<50}{:>10}{:>10}{:>9}{:>9}\n", "raw joins", "found", "share", "false")
    };
    let mut out = head(format!("{RECORDS} notes, {RECORDS} visits, {PATIENTS} patients"));
    let _ = writeln!(out, "{:<70}{:>9}{:>9}", "goal", "1.0", "0");
    for (policy, number, name) in [("pseudonymize", "fpe", "siv"), ("hashed", "hash", "hash")] {
        let clean = Both::cleaned(plant, policy, &notes, &visits)?;
        for (key, what) in KEYS {
            let kernel = if key == Key::Name { name } else { number };
            let (mut from, to) = (raw.sides(key), clean.sides(key));
            if key == Key::Name {
                // Prose names people in part; whom each note is about is known.
                from.prose = from.field.clone();
            }
            let mut joins = Joins::default();
            joins.count((&from.field, &from.prose), (&to.field, &to.prose));
            joins.count((&from.field, &from.visit), (&to.field, &to.visit));
            joins.count((&from.visit, &from.prose), (&to.visit, &to.prose));
            out.push_str(&row(&format!("{what}, {kernel}"), joins));
        }
    }
    out.push('\n');
    out.push_str(&head(format!("{} notes of richer prose, field and prose", charts.len())));
    let _ = writeln!(out, "{:<70}{:>9}{:>9}", "goal", "1.0", "0");
    for (key, what) in [(Key::Mrn, "record numbers, fpe"), (Key::Name, "names, siv")] {
        out.push_str(&row(what, in_charts(key, charts, cleaned)));
    }
    out.push('\n');
    out.push_str(&collisions(plant)?);
    Ok(out)
}

/// Joins of the charts' fields with their prose.
fn in_charts(key: Key, charts: &[Note], cleaned: &Cleaned) -> Joins {
    let own = |note: &Note| match key {
        Key::Name => format!("{} {}", note.chart.given, note.chart.family),
        _ => canonical(key, &note.chart.mrn),
    };
    let field: Side = charts.iter().map(|note| [own(note)].into()).collect();
    // People are named in part too, of which no raw join is made, but a token is no wrong.
    let prose = |note: &Note| match key {
        Key::Name => note.named().map(|_| own(note)).collect(),
        _ => note.marked("mrn").map(|(_, mrn)| canonical(key, mrn)).collect(),
    };
    let prose: Side = charts.iter().map(prose).collect();
    let may = if key == Key::Name { &field } else { &prose };
    let clean = Both { notes: cleaned.clone(), visits: Vec::new() }.sides(key);
    let mut joins = Joins::default();
    joins.count_loosely((&field, &prose), may, (&clean.field, &clean.prose));
    joins
}

/// How many of some thousand different names share their surrogate.
fn collisions(plant: &Plant) -> Result<String, String> {
    let mut names = BTreeSet::new();
    for patient in 0..NAMES {
        let chart = of_patient(patient, 0).2;
        names.insert(format!("{} {}", chart.given, chart.family));
    }
    let record = |name: &String| format!("\"patient\":{{{}}}", members([("name", &**name)]));
    let records: Vec<_> = names.iter().map(record).collect();
    let cleaned = plant.clean("clinical-note", "readable", &[("names", &records)])?.remove(0);
    let name = |record: &Json| Some([record.get("patient")?.str("name").to_string()].into());
    let raw: Side = names.into_iter().map(|name| [name].into()).collect();
    let (shared, all) = collided(&raw, &side(&cleaned, name));
    let rate = share(shared as f64, all as f64);
    Ok(format!(
        "surrogates: of {all} different names, {shared} share theirs with another: {rate:.4}\n"
    ))
}

/// Records of both topics.
struct Both {
    notes: Cleaned,
    visits: Cleaned,
}

impl Both {
    /// What was written before anything cleaned it.
    fn raw(notes: &[String], visits: &[String]) -> Both {
        let read = |members: &String| Json::read(&format!("{{{members}}}"));
        Both { notes: notes.iter().map(read).collect(), visits: visits.iter().map(read).collect() }
    }

    fn cleaned(
        plant: &Plant,
        policy: &str,
        notes: &[String],
        visits: &[String],
    ) -> Result<Both, String> {
        let notes = plant.clean("clinical-note", policy, &[("joined-notes", notes)])?.remove(0);
        let visits = plant.clean("visit", policy, &[("joined-visits", visits)])?.remove(0);
        Ok(Both { notes, visits })
    }

    fn sides(&self, key: Key) -> Sides {
        Sides {
            field: side(&self.notes, |note| {
                let patient = note.get("patient")?;
                let name = ["mrn", "phone", "ssn", "name"][key as usize];
                Some([canonical(key, patient.str(name))].into())
            }),
            prose: side(&self.notes, |note| Some(spoken(key, note.get("note")?.str("text")))),
            visit: side(&self.visits, |visit| {
                let value = match key {
                    Key::Mrn => visit.str("mrn").to_string(),
                    Key::Phone => visit.str("phone").to_string(),
                    Key::Ssn => return None,
                    Key::Name => whole_name(visit),
                };
                Some([canonical(key, &value)].into())
            }),
        }
    }
}

fn side(records: &Cleaned, values: impl Fn(&Json) -> Option<BTreeSet<String>>) -> Side {
    let one = |record: &Option<Json>| record.as_ref().and_then(&values).unwrap_or_default();
    records.iter().map(one).collect()
}

/// The name of a visit, whose parts stand apart: each part is the token of the whole, or else they are put
/// together.
fn whole_name(visit: &Json) -> String {
    let family = visit.str("family");
    let given = visit.list("given").iter().map(|name| match name {
        Json::Text(name) => name.as_str(),
        _ => "",
    });
    if given.clone().all(|name| name == family) {
        return family.to_string();
    }
    given.chain([family]).collect::<Vec<_>>().join(" ")
}

/// One spelling of a value, raw or token.
fn canonical(key: Key, value: &str) -> String {
    if value.starts_with('[') || key == Key::Name {
        return value.to_string();
    }
    let plain = plain(value);
    match key {
        Key::Mrn => plain.trim_start_matches('0').to_string(),
        Key::Phone if plain.len() == 11 => plain[1..].to_string(),
        _ => plain,
    }
}

/// What a text may hold as values of a key: bracketed tokens, long words, and runs of words with digits that no
/// more than two other characters keep apart. Words end where letters turn into digits too (`x9`), and do not.
fn spoken(key: Key, text: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for (at, _) in text.match_indices('[') {
        found.extend(text[at..].find(']').map(|end| text[at..=at + end].to_string()));
    }
    let (mut whole, mut parts) = (Vec::<(usize, usize)>::new(), Vec::<(usize, usize)>::new());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            let end = at + c.len_utf8();
            let same = c.is_ascii_digit() == before.is_ascii_digit();
            for (words, goes_on) in [(&mut whole, true), (&mut parts, same)] {
                match words.last_mut() {
                    Some(last) if last.1 == at && goes_on => last.1 = end,
                    _ => words.push((at, end)),
                }
            }
        }
        before = c;
    }
    for words in [whole, parts] {
        for first in 0..words.len() {
            for last in first..words.len().min(first + 6) {
                if last > first && text[words[last - 1].1..words[last].0].chars().count() > 2 {
                    break;
                }
                let run = canonical(key, &text[words[first].0..words[last].1]);
                // A hash goes where the value was, and a label may touch it: `MRN3ixo...`.
                if first == last && run.len() > HASH {
                    found.extend(run.get(run.len() - HASH..).map(str::to_string));
                }
                if run.len() >= 6 && run.contains(|c: char| c.is_ascii_digit()) || run.len() == HASH
                {
                    found.insert(run);
                }
            }
        }
    }
    found
}

fn row(what: &str, joins: Joins) -> String {
    let share = share(joins.found as f64, joins.raw as f64);
    format!("{what:<50}{:>10}{:>10}{share:>9.4}{:>9}\n", joins.raw, joins.found, joins.wrong)
}

/// How many different names have a surrogate that another one has too.
fn collided(raw: &Side, clean: &Side) -> (usize, usize) {
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, surrogate) in raw.iter().flatten().zip(clean.iter().flatten()) {
        names.entry(surrogate).or_default().insert(name);
    }
    let all = names.values().map(BTreeSet::len).sum();
    (names.values().map(BTreeSet::len).filter(|&n| n > 1).sum(), all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&[&str]]) -> Side {
        values.iter().map(|set| set.iter().map(|v| v.to_string()).collect()).collect()
    }

    #[test]
    fn lost_and_false_joins_are_told_apart() {
        let (left, right) = (of(&[&["1"], &["2"], &["3"]]), of(&[&["1", "2"], &["2"], &[]]));
        // Raw: 0-0, 1-0, 1-1. Of the tokens, 2 has two, and 3 has that of 1.
        let (one, other) = (of(&[&["a"], &["b"], &["a"]]), of(&[&["a", "b"], &["c"], &[]]));
        let mut joins = Joins::default();
        joins.count((&left, &right), (&one, &other));
        assert_eq!(joins, Joins { raw: 3, found: 2, wrong: 1 });
    }

    #[test]
    fn values_are_found_in_prose_whatever_parts_them() {
        let text = "MRN: 0012-3456 78, call (212) 555-0142x9, MRN0012345678 or [MRN~v1:AB12]. SSN 123\u{2011}45\u{2011}6789";
        let found = spoken(Key::Mrn, text);
        for value in ["12345678", "2125550142", "2125550142X9", "[MRN~v1:AB12]", "123456789"] {
            assert!(found.contains(value), "{value}: {found:?}");
        }
        assert_eq!(canonical(Key::Phone, "+1-212-555-0142"), "2125550142");
    }

    #[test]
    fn names_that_share_a_surrogate_are_counted() {
        let raw = of(&[&["A"], &["B"], &["A"], &["C"]]);
        assert_eq!(collided(&raw, &of(&[&["X"], &["X"], &["X"], &["Y"]])), (2, 3));
        assert_eq!(collided(&raw, &of(&[&["X"], &["Z"], &["X"], &["Y"]])), (0, 3));
    }
}
