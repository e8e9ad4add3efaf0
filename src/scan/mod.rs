//! What is in records that nobody has described yet: which places hold which class, with what
//! confidence. [`Scan`] is the door: records in, a [`Report`] out. Values pass by and are not kept;
//! names of members that look like data are not kept either.

mod against;
mod draft;
mod evidence;
mod propose;
mod shape;
mod tree;

pub use against::{Gap, against};
pub use draft::draft;
pub use propose::{CHECK_BELOW, KEEP_MIN, Proposal, SURE_MIN, Why};

use crate::detect::{meaning, name_words};
use crate::format::{Trie, tour};
use crate::phi::Code;
use crate::policy::Outline;
use std::collections::BTreeMap;
use tree::{Step, Tree};
use zeroize::Zeroizing;

/// A scan of records, one after the other.
pub struct Scan<'a> {
    tree: Tree<'a>,
    buffer: Zeroizing<String>,
    records: u64,
    refused: BTreeMap<Code, u64>,
}

impl std::fmt::Debug for Scan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scan({} records)", self.records)
    }
}

/// What a scan found. No value is in it, and no name of a member that looks like data.
#[derive(Clone, Debug)]
pub struct Report {
    /// Records that were read.
    pub records: u64,
    /// Records that a pipeline would refuse as they are, by code.
    pub refused: Vec<(Code, u64)>,
    /// Values at places beyond the bound (`SCAN_PLACES_MAX`): seen by nobody.
    pub lost: u64,
    /// Texts that were not looked through, because a bound (`SCAN_TEXTS_MAX` of a place,
    /// `SCAN_LOOK_BYTES_MAX` of all) was reached.
    pub passed_over: u64,
    /// The places that hold values, in the order in which records have them.
    pub rows: Vec<Row>,
}

/// One place that holds values.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its path, as a schema writes it.
    pub path: String,
    /// Its JSON types and how many values are of each.
    pub types: Vec<(&'static str, u64)>,
    /// Records that have it.
    pub records: u64,
    /// About how many different values there are, and whether the number is exact.
    pub distinct: (u64, bool),
    /// Members of any names stand for it (`.*`).
    pub is_folded: bool,
    /// There are objects or arrays at the same place, and no schema can list both.
    pub is_mixed: bool,
    /// What it is taken for.
    pub proposal: Proposal,
}

impl<'a> Scan<'a> {
    /// A scan; with a schema, its names of members are known and stay apart.
    pub fn new(schema: Option<&'a Outline>) -> Scan<'a> {
        Scan {
            tree: Tree::new(schema),
            buffer: Zeroizing::default(),
            records: 0,
            refused: BTreeMap::new(),
        }
    }

    /// Takes note of one record. One that a pipeline would refuse is counted by its code.
    pub fn add(&mut self, record: &[u8]) {
        self.tree.begin();
        let tree = &mut self.tree;
        match tour(record, &mut self.buffer, &mut |stop| tree.see(stop)) {
            Ok(()) => self.records += 1,
            Err(code) => self.refuse(code),
        }
    }

    /// Counts a record that could not be read as a whole.
    pub fn refuse(&mut self, code: Code) {
        *self.refused.entry(code).or_default() += 1;
    }

    /// What was found.
    pub fn finish(mut self) -> Report {
        self.tree.fold_maps();
        let mut rows = Rows { tree: &self.tree, rows: Vec::new() };
        rows.place(0, "$", self.records, &[]);
        Report {
            records: self.records,
            refused: self.refused.iter().map(|(code, n)| (*code, *n)).collect(),
            lost: self.tree.lost,
            passed_over: self.tree.look.passed_over,
            rows: rows.rows,
        }
    }
}

struct Rows<'a> {
    tree: &'a Tree<'a>,
    rows: Vec<Row>,
}

impl Rows<'_> {
    /// The rows of a place and of all below it; `names` are the words of the members above.
    fn place(&mut self, at: u32, path: &str, most: u64, names: &[Vec<String>]) {
        let place = &self.tree.places[at as usize];
        // Two members of one record that are one place count the record once.
        let records = place.records.min(most);
        let evidence = &place.evidence;
        let own = names.last().cloned().unwrap_or_default();
        let above = names.len().saturating_sub(1);
        let parents: Vec<String> = names[above.saturating_sub(1)..above].concat();
        let holds = evidence.values() + evidence.blank > 0;
        let is_container = place.objects + place.arrays > 0;
        let is_folded = matches!(place.step, Step::AnyName);
        if holds || evidence.nulls > 0 && !is_container {
            // What stands under any name has no name of its own.
            let meaning = (!is_folded).then(|| meaning(&parents, &own)).flatten();
            let proposal = propose::propose(evidence, meaning);
            let proposal = match path {
                // Whatever a record may get one day would be kept.
                "$.*" => propose::not_kept(proposal),
                _ => proposal,
            };
            self.row(path, evidence, records, proposal, is_folded, is_container);
        }
        if let Some(names) = &place.names {
            let proposal = propose::of_names(names, meaning(&parents, &own));
            self.row(&format!("{path}.*~"), names, records, proposal, true, false);
        }
        if is_container && place.children.is_empty() {
            // Nothing was ever in it; a schema lists what may come.
            let nothing = evidence::Evidence::default();
            let proposal = || propose::propose(&nothing, None);
            if place.arrays > 0 {
                self.row(&format!("{path}[*]"), &nothing, records, proposal(), false, false);
            } else {
                self.row(&format!("{path}.*"), &nothing, records, proposal(), true, false);
                let names = propose::of_names(&nothing, None);
                self.row(&format!("{path}.*~"), &nothing, records, names, true, false);
            }
        }
        for child in &place.children {
            let (step, more) = step(&self.tree.places[*child as usize].step);
            let below: Vec<_> = names.iter().cloned().chain(more).collect();
            self.place(*child, &format!("{path}{step}"), records, &below);
        }
    }

    fn row(
        &mut self,
        path: &str,
        evidence: &evidence::Evidence,
        records: u64,
        proposal: Proposal,
        is_folded: bool,
        is_mixed: bool,
    ) {
        let types = [
            ("text", evidence.texts + evidence.blank),
            ("number", evidence.numbers),
            ("boolean", evidence.bools),
            ("null", evidence.nulls),
        ];
        self.rows.push(Row {
            path: path.to_string(),
            types: types.into_iter().filter(|(_, n)| *n > 0).collect(),
            records,
            distinct: evidence.distinct.count(),
            is_folded,
            is_mixed,
            proposal,
        });
    }
}

/// A step of a path as a schema writes it, and the words of its name, if it has one.
fn step(step: &Step) -> (String, Option<Vec<String>>) {
    match step {
        Step::Name(name) => (dotted(name.expose()), Some(name_words(name.expose()))),
        Step::AnyName => (".*".to_string(), Some(Vec::new())),
        Step::Index(index) => (format!("[{index}]"), None),
        Step::AnyIndex | Step::Root => ("[*]".to_string(), None),
    }
}

/// A name as a step of a path. Names that are kept hold neither quotes nor brackets.
fn dotted(name: &str) -> String {
    if Trie::is_plain_name(name) { format!(".{name}") } else { format!("['{name}']") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Class;
    use serde_json::{Value, json};

    fn scanned(records: impl IntoIterator<Item = Value>) -> Report {
        let mut scan = Scan::new(None);
        records.into_iter().for_each(|record| scan.add(record.to_string().as_bytes()));
        scan.finish()
    }

    /// Members of the root with odd names are listed as any: what comes under a new name is not kept.
    #[test]
    fn the_root_is_never_opened_to_what_is_kept() {
        let report = scanned((0..100).map(|n| json!({ "mrn": 100_000 + n, "val": n % 7 })));
        assert_eq!(proposal(&report, "$.*").class, Class::Url);
    }

    fn proposal(report: &Report, path: &str) -> Proposal {
        let row = report.rows.iter().find(|row| row.path == path);
        row.unwrap_or_else(|| panic!("no {path} in {:#?}", report.rows)).proposal.clone()
    }

    /// A class of the field `name` whose values are these, one after the other.
    fn class(name: &str, values: &[Value]) -> Class {
        let records = (0..60).map(|n| json!({ name: values[n % values.len()] }));
        proposal(&scanned(records), &format!("$.{name}")).class
    }

    #[test]
    fn what_policies_keep_is_proposed_for_clear_values_only() {
        for (name, values, kept) in [
            ("status", json!(["open", "closed"]), Class::NotPhi),
            ("flag", json!([true, false]), Class::NotPhi),
            ("sex", json!(["F", "M"]), Class::Sex),
            ("state", json!(["IL", "MA"]), Class::State),
            ("code", json!(["E11.9", "I10"]), Class::ClinicalCode),
            ("value", json!([7.2, 120]), Class::ClinicalValue),
            ("dose", json!(["500 mg", "20 mg"]), Class::ClinicalValue),
        ] {
            assert_eq!(class(name, values.as_array().expect("values")), kept, "{name}");
        }
        for (name, values) in [
            // Identifiers where the name says that there are none.
            ("status", json!(["open", "open", "(212) 555-0142"])),
            ("type", json!(["Jane Q Canary", "Chidi Okafor"])),
            ("unit", json!(["MRN 00123456"])),
            ("version", json!([1_993_999_998])),
            ("sex", json!(["Okafor", "Canary"])),
            ("code", json!(["X-88123-Q", "X-88124-Q", "X-88125-Q"])),
            ("value", json!(["call her sister, she has the keys"])),
            // Random now, but who says so.
            ("opaque", json!(["6fa459ea-ee8a-4ca4-894e-db77e160355e"])),
            // No name, no form.
            ("extra", json!(["q7zk2", "p9xw4"])),
            ("extra", json!(["Wexley", "Thornbury"])),
            ("extra", json!([4_400_123_987_i64, 4_400_123_988_i64])),
            ("extra", json!([null])),
        ] {
            let found = class(name, values.as_array().expect("values"));
            assert!(!propose::is_kept(found), "{name}: {values}: {found}");
        }
    }

    #[test]
    fn numbers_have_the_options_that_schemas_ask_for() {
        let report = scanned((0..60).map(|n| {
            json!({
                "mrn": 40_012_345 + n, "visit_id": 5_512 + n, "zip": 62_704 + n,
                "created_at": 1_700_000_000 + n * 86_400, "age": 30 + n, "npi": 1_993_999_998_i64,
            })
        }));
        let options = |path: &str| {
            let proposal = proposal(&report, path);
            (proposal.class, proposal.width, proposal.retype, proposal.epoch.is_some())
        };
        assert_eq!(options("$.mrn"), (Class::Mrn, Some(8), false, false));
        assert_eq!(options("$.visit_id"), (Class::UniqueId, None, true, false));
        assert_eq!(options("$.zip"), (Class::UniqueId, None, true, false));
        assert_eq!(options("$.created_at"), (Class::Date, None, false, true));
        assert_eq!(options("$.age"), (Class::Age, None, false, false));
        assert_eq!(options("$.npi"), (Class::Npi, Some(10), false, false));
    }

    #[test]
    fn a_place_of_two_structures_is_told_and_not_drafted() {
        let report = scanned([json!({ "a": "x", "b": 1 }), json!({ "a": { "c": 1 } }), json!(7)]);
        let mixed: Vec<_> = report.rows.iter().filter(|row| row.is_mixed).collect();
        assert_eq!(mixed.iter().map(|row| row.path.as_str()).collect::<Vec<_>>(), ["$", "$.a"]);
        let draft = draft(&report, "mixed").expect("a draft");
        assert!(draft.contains("$.a.c:") && !draft.contains("\n  $.a: "), "{draft}");
        assert!(crate::policy::schema_from_text(&draft).is_ok(), "{draft}");
        assert!(super::draft(&scanned([json!(7)]), "none").is_none());
    }

    #[test]
    fn objects_with_many_names_are_maps() {
        let word = |n: usize| ["result", "status", "code", "unit", "note"][n % 5];
        let name = |n: usize| format!("{}_{}_{}", word(n), word(n / 5), word(n / 25));
        let report = scanned((0..100).map(|n| json!({ "m": { name(n): { "bp": "120/80" } } })));
        assert_eq!(proposal(&report, "$.m.*.bp").class, Class::ClinicalValue);
        assert!(report.rows.iter().all(|row| !row.path.contains("result")), "{:#?}", report.rows);
        // A table with many columns is none.
        let wide: serde_json::Map<_, _> = (0..100).map(|n| (name(n), json!(1))).collect();
        assert_eq!(scanned((0..3).map(|_| Value::Object(wide.clone()))).rows.len(), 100);
    }
}
