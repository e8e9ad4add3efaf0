//! Steps 2 and 3: the canonical values of the sites go into columns, and each kernel runs once a column, or once a subject.

use super::batch::{Located, Subjects, coded_key, coded_of};
use crate::keys::{Coded, KeySnapshot, Scope};
use crate::phi::{Code, Phi};
use crate::policy::{Plan, Slot};
use crate::transform::{Context, Lately, Outcome, PhiColumn, Rule, apply};
use std::collections::BTreeMap;
use std::ops::Range;

/// One column for each slot, and the row of each site in its slot's column.
pub(super) struct Columns {
    outcomes: Vec<Option<Result<Outcome, Code>>>,
    first_site: usize,
    rows: Vec<u32>,
}

/// What the kernels draw on.
pub(super) struct Sources<'a> {
    plan: &'a Plan,
    keys: &'a KeySnapshot,
    subjects: &'a Subjects,
    /// The subjects in the order in which their secrets come.
    order: Vec<&'a str>,
    /// The values in the order in which their codes come.
    coded: Vec<Coded<'a>>,
}

/// Gathers the canonical values of `records` and runs each kernel once, or once a subject where
/// that is the scope.
pub(super) fn transform(
    sources: &Sources<'_>,
    located: &Located,
    records: Range<usize>,
) -> Columns {
    let plan = sources.plan;
    let first_site = located.records.get(records.start).map_or(0, |record| record.sites.start);
    let sites = records.clone().flat_map(|record| located.records[record].sites.clone());
    let mut counts = vec![0; plan.slots.len()];
    sites.for_each(|at| counts[usize::from(located.sites[at].slot)] += 1);
    let mut rows = Vec::with_capacity(counts.iter().sum());
    let mut members: Vec<Vec<Member>> = counts.into_iter().map(Vec::with_capacity).collect();
    for record in records {
        for at in located.records[record].sites.clone() {
            let members = &mut members[usize::from(located.sites[at].slot)];
            rows.push(members.len() as u32);
            members.push((record, at));
        }
    }
    let outcomes = plan.slots.iter().zip(&members).map(|(slot, members)| {
        if members.is_empty() || matches!(slot.rule, Rule::Keep | Rule::Detect) {
            return None;
        }
        Some(match (slot.rule, slot.scope) {
            (Rule::Assign, _) => Ok(sources.assigned(slot, members, located)),
            (_, Scope::Subject) => sources.by_subject(slot, members, located),
            // By how much a date moves is a question of whose it is.
            (Rule::ShiftDays { .. }, _) => run(slot, sources.keys, members, located),
            _ => {
                let own = distinct(members, located, |at, row| rows[at - first_site] = row);
                run(slot, sources.keys, &own, located)
            }
        })
    });
    let outcomes = outcomes.collect();
    Columns { outcomes, first_site, rows }
}

/// Members whose values differ, for the most part; each site gets the row of its value among these.
fn distinct(
    members: &[Member],
    located: &Located,
    mut is_in: impl FnMut(usize, u32),
) -> Vec<Member> {
    let mut lately = Lately::of(members.len());
    for &(record, at) in members {
        let value = located.canonical(&located.sites[at].canon);
        is_in(at, lately.number(value, || (record, at)));
    }
    lately.all().copied().collect()
}

/// A record and a site of it.
type Member = (usize, usize);

fn subject_of(located: &Located, record: usize, site: usize) -> &str {
    located.subject(&located.records[record], &located.sites[site])
}

fn run(
    slot: &Slot,
    keys: &KeySnapshot,
    members: &[Member],
    located: &Located,
) -> Result<Outcome, Code> {
    let values = members.iter().map(|&(_, at)| located.canonical(&located.sites[at].canon));
    let column = PhiColumn::from_values(values);
    let subject = |&(record, at): &Member| subject_of(located, record, at);
    let subjects = match slot.rule {
        Rule::ShiftDays { .. } => PhiColumn::from_values(members.iter().map(subject)),
        _ => PhiColumn::from_values(std::iter::empty()),
    };
    let context = Context {
        keys,
        as_of: located.batch.as_of,
        subjects: &subjects,
        shape: slot.shape.as_deref(),
        scope: slot.scope,
    };
    apply(slot.class, slot.rule, &column, &context)
}

impl<'a> Sources<'a> {
    pub(super) fn of(
        plan: &'a Plan,
        keys: &'a KeySnapshot,
        subjects: &'a Subjects,
        located: &'a Located,
    ) -> Sources<'a> {
        let (order, coded) = (located.subjects(plan), located.coded(plan));
        Sources { plan, keys, subjects, order, coded }
    }
}

impl Sources<'_> {
    /// The code of each value, as the caller brought it.
    fn assigned(&self, slot: &Slot, members: &[Member], located: &Located) -> Outcome {
        let mut refused = Vec::new();
        let mut codes = Vec::with_capacity(members.len());
        for (row, &(record, at)) in members.iter().enumerate() {
            let value = located.canonical(&located.sites[at].canon);
            let subject = subject_of(located, record, at);
            let wanted = coded_of(self.plan, slot, value, subject);
            let found = self.coded.binary_search_by_key(&coded_key(&wanted), coded_key);
            // What no kernel can take has no code either, and its class's tag replaces it.
            let code = found.map_err(|_| Code::Internal).and_then(|at| self.subjects.code(at));
            codes.push(code.map_err(|code| refused.push((row as u32, code))).ok());
        }
        Outcome { values: PhiColumn::from_options(codes.into_iter()), refused }
    }

    /// One kernel run for each subject, under keys of their own; rows come back in their places.
    fn by_subject(
        &self,
        slot: &Slot,
        members: &[Member],
        located: &Located,
    ) -> Result<Outcome, Code> {
        let purpose = slot.rule.purpose().ok_or(Code::Internal)?;
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, &(record, at)) in members.iter().enumerate() {
            let subject = subject_of(located, record, at);
            rows.entry(subject).or_default().push(row);
        }
        let mut values: Vec<Phi<Option<String>>> = members.iter().map(|_| Phi::default()).collect();
        let mut refused = Vec::new();
        for (subject, rows) in rows {
            let secret = match self.order.binary_search(&subject) {
                Ok(at) => self.subjects.secret(at),
                Err(_) => Err(Code::NoSubject),
            };
            let secret = match secret {
                Ok(secret) => secret,
                Err(code) => {
                    refused.extend(rows.iter().map(|&row| (row as u32, code)));
                    continue;
                }
            };
            let keys = self.keys.of_subject(purpose, slot.class, secret)?;
            let own: Vec<_> = rows.iter().map(|&row| members[row]).collect();
            let outcome = run(slot, &keys, &own, located)?;
            refused
                .extend(outcome.refused.iter().map(|&(at, code)| (rows[at as usize] as u32, code)));
            for (at, &row) in rows.iter().enumerate() {
                values[row] = Phi::new(outcome.values.value(at).map(str::to_string));
            }
        }
        refused.sort_unstable();
        let values = values.iter().map(|value| value.expose().as_deref());
        Ok(Outcome { values: PhiColumn::from_options(values), refused })
    }
}

/// Whether a kernel's refusal is about the form of the value.
pub(super) fn is_unfit(code: Code) -> bool {
    use Code::{BelowFloor, NoSurrogates, NotADate, OutsideAlphabet, WidthExceeded};
    matches!(code, BelowFloor | NoSurrogates | NotADate | OutsideAlphabet | WidthExceeded)
}

impl Columns {
    /// The new value of a site: `Ok(None)` where it was removed.
    pub(super) fn token(&self, at: usize, slot: u16) -> Result<Option<&str>, Code> {
        let row = self.rows[at - self.first_site];
        match &self.outcomes[usize::from(slot)] {
            Some(Ok(outcome)) => {
                match outcome.refused.binary_search_by_key(&row, |(row, _)| *row) {
                    Ok(refused) => Err(outcome.refused[refused].1),
                    Err(_) => Ok(outcome.values.value(row as usize)),
                }
            }
            Some(Err(code)) => Err(*code),
            None => Err(Code::Internal),
        }
    }
}
