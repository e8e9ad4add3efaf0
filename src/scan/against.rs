//! A schema held against records: what it does not cover.

use super::propose::{found_inside, is_kept};
use super::tree::Tree;
use super::{Report, Row, Rows, Scan};
use crate::phi::Class;
use crate::policy::Outline;
use std::collections::BTreeSet;

/// One thing in which records and schema differ.
#[derive(Clone, Debug)]
pub enum Gap {
    /// A place that the schema does not list. Boxed: a row is large.
    Unlisted(Box<Row>),
    /// Values of a class that policies keep hold identifiers.
    Holds {
        /// The path, as the schema writes it.
        path: String,
        /// The class that the schema gives.
        listed: Class,
        /// The class that was found.
        found: Class,
        /// Values in which it was found, each different one once.
        values: u64,
    },
    /// Values do not have the form of their class: a pipeline would refuse their records.
    Misfit {
        /// The path, as the schema writes it.
        path: String,
        /// The class that the schema gives.
        listed: Class,
        /// Values that do not fit.
        values: u64,
    },
    /// Objects or arrays where the schema lists a value, or values where it lists members.
    Structure {
        /// The path.
        path: String,
        /// How many.
        values: u64,
    },
    /// A path of the schema that no record had. The records may be too few: nothing is uncovered.
    Missing {
        /// The path, as the schema writes it.
        path: String,
        /// The class that the schema gives.
        listed: Class,
    },
}

impl Gap {
    /// Whether something stands in records that the schema does not cover.
    pub fn is_open(&self) -> bool {
        !matches!(self, Gap::Missing { .. })
    }
}

/// What a scan that was made with `schema` found of it: first what is not covered, then what never came.
pub fn against(mut scan: Scan<'_>, schema: &Outline) -> (Report, Vec<Gap>) {
    scan.tree.fold_maps();
    let mut look = Against { tree: &scan.tree, schema, gaps: Vec::new(), seen: BTreeSet::new() };
    look.place(0, "$", scan.records, &[]);
    let Against { mut gaps, seen, .. } = look;
    for (at, field) in schema.fields.iter().enumerate() {
        if !seen.contains(&(at as u16)) {
            gaps.push(Gap::Missing { path: field.path.to_string(), listed: field.class });
        }
    }
    (scan.finish(), gaps)
}

struct Against<'a> {
    tree: &'a Tree<'a>,
    schema: &'a Outline,
    gaps: Vec<Gap>,
    seen: BTreeSet<u16>,
}

impl Against<'_> {
    fn place(&mut self, at: u32, path: &str, most: u64, names: &[Vec<String>]) {
        let place = &self.tree.places[at as usize];
        let records = place.records.min(most);
        let Some(node) = place.listed else {
            let mut rows = Rows { tree: self.tree, rows: Vec::new() };
            rows.place(at, path, most, names);
            self.gaps.extend(rows.rows.into_iter().map(|row| Gap::Unlisted(Box::new(row))));
            return;
        };
        let evidence = &place.evidence;
        let layout = self.schema.layout.json();
        if let Some(field) = layout.and_then(|layout| layout.leaf(node)) {
            self.seen.insert(field);
            if place.objects + place.arrays > 0 {
                let path = self.schema.fields[usize::from(field)].path.to_string();
                self.gaps.push(Gap::Structure { path, values: place.objects + place.arrays });
            }
            self.field(field, evidence);
            return;
        }
        // null says nothing where members are listed.
        let values = evidence.values() + evidence.blank;
        if values > 0 {
            self.gaps.push(Gap::Structure { path: path.to_string(), values });
        }
        let names_leaf = layout.and_then(|layout| layout.names_leaf(node));
        if let (Some(field), Some(names)) = (names_leaf, &place.names) {
            self.seen.insert(field);
            self.field(field, names);
        }
        for child in &place.children {
            let (step, more) = super::step(&self.tree.places[*child as usize].step);
            let below: Vec<_> = names.iter().cloned().chain(more).collect();
            self.place(*child, &format!("{path}{step}"), records, &below);
        }
    }

    /// Holds the values of a listed field against its class.
    fn field(&mut self, field: u16, evidence: &super::evidence::Evidence) {
        let field = &self.schema.fields[usize::from(field)];
        let (path, listed) = (field.path.to_string(), field.class);
        if evidence.misfits > 0 {
            self.gaps.push(Gap::Misfit { path: path.clone(), listed, values: evidence.misfits });
        }
        if is_kept(listed)
            && let Some((found, values)) = found_inside(evidence, listed)
        {
            let values = u64::from(values);
            self.gaps.push(Gap::Holds { path, listed, found, values });
        }
    }
}
