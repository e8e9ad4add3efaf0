//! What is in records that nobody has described yet: which places hold which class, with what
//! confidence. [`Scan`] is the door: records in, a [`Report`] out. Values pass by and are not kept;
//! names of members that look like data are not kept either.

mod against;
mod alias;
mod draft;
mod evidence;
mod propose;
mod shape;
mod tree;

pub use against::{Gap, against};
pub use draft::draft;
pub use propose::{CHECK_BELOW, KEEP_MIN, Proposal, SURE_MIN, Why};

use crate::format::{Layout, tour};
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
    /// Texts that were not looked through, because the bound (`SCAN_LOOK_BYTES_MAX`) was reached.
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
            let meaning = (!is_folded).then(|| alias::meaning(&parents, &own)).flatten();
            let proposal = propose::propose(evidence, meaning);
            self.row(path, evidence, records, proposal, is_folded, is_container);
        }
        if let Some(names) = &place.names {
            let proposal = propose::of_names(names, alias::meaning(&parents, &own));
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
        Step::Name(name) => (dotted(name.expose()), Some(alias::words(name.expose()))),
        Step::AnyName => (".*".to_string(), Some(Vec::new())),
        Step::Index(index) => (format!("[{index}]"), None),
        Step::AnyIndex | Step::Root => ("[*]".to_string(), None),
    }
}

/// A name as a step of a path. Names that are kept hold neither quotes nor brackets.
fn dotted(name: &str) -> String {
    if Layout::is_plain_name(name) { format!(".{name}") } else { format!("['{name}']") }
}
