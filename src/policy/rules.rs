//! A policy as written: what is done to a class, and on which legal basis.

use super::item::Item;
use super::plan::Basis;
use super::problem::nearest;
use crate::phi::{CLASSES, Class, Code, Day, Form};
use crate::transform::{KERNELS, Rule};
use std::collections::BTreeMap;

/// A policy: a rule for every class.
pub(super) struct Policy<'a> {
    pub(super) name: &'a str,
    pub(super) basis: Basis,
    pub(super) rules: BTreeMap<Class, Rule>,
    pub(super) default: Rule,
    /// False when a rule has a problem: then there is no plan, only more problems.
    pub(super) whole: bool,
}

impl Policy<'_> {
    pub(super) fn rule(&self, class: Class) -> Rule {
        self.rules.get(&class).copied().unwrap_or(self.default)
    }
}

/// Reads a policy; problems go to its report.
pub(super) fn read<'a>(root: &Item<'a>, today: Day) -> Option<Policy<'a>> {
    let table = root.table(&["policy", "basis", "classes", "default"])?;
    let name = table.need("policy").and_then(|item| item.name());
    let basis = table.need("basis").and_then(|item| basis(&item, today));
    let mut rules = BTreeMap::new();
    let mut whole = true;
    for (name, item) in table.need("classes").and_then(|item| item.entries()).unwrap_or_default() {
        let Some(class) = Class::from_name(name) else {
            let hint = match nearest(name, CLASSES.iter().map(|entry| entry.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => String::new(),
            };
            item.key_problem(Code::UnknownClass, format!("unknown class `{name}`"), hint);
            whole = false;
            continue;
        };
        let Some(rule) = rule(&item) else {
            whole = false;
            continue;
        };
        whole &= fits(&item, class, rule, basis);
        rules.insert(class, rule);
    }
    let default = match table.need("default") {
        None => None,
        Some(item) => rule(&item).filter(|&rule| {
            let safe = rule == Rule::Remove || rule == Rule::Mask;
            if !safe {
                // A class that nobody named must not get out.
                item.problem(
                    Code::WrongValue,
                    "the default has to be safe for every class",
                    "one of: remove, mask",
                );
            }
            safe
        }),
    };
    whole &= name.is_some() && default.is_some();
    let (name, default) = (name.unwrap_or_default(), default.unwrap_or(Rule::Remove));
    Some(Policy { name, basis: basis?, rules, default, whole })
}

fn basis(item: &Item<'_>, today: Day) -> Option<Basis> {
    if !item.is_mapping() {
        return item.one_of(Basis::NAMES);
    }
    let table = item.table(&["expert_determination"])?;
    let report = table.need("expert_determination")?.table(&["report", "expires", "max_risk"])?;
    report.need("report").and_then(|item| item.text());
    report.need("max_risk").and_then(|item| item.share());
    if let Some(item) = report.need("expires")
        && item.day()? < today
    {
        item.problem(Code::TermsLapsed, "the expert's report has lapsed", "");
        return None;
    }
    Some(Basis::ExpertDetermination)
}

fn rule(item: &Item<'_>) -> Option<Rule> {
    let plain = [
        ("keep", Rule::Keep),
        ("detect", Rule::Detect),
        ("fpe", Rule::Fpe),
        ("siv", Rule::Siv),
        ("hash", Rule::Hash),
        ("mask", Rule::Mask),
        ("remove", Rule::Remove),
    ];
    if !item.is_mapping() {
        let name = item.text()?;
        let found = plain.iter().find(|(known, _)| *known == name).map(|(_, rule)| *rule);
        if found.is_none() {
            let hint = match nearest(name, KERNELS.iter().map(|entry| entry.name)) {
                Some("generalize") => "write `{generalize: year}` or `{generalize: zip3}`".into(),
                Some("shift_days") => "write `{shift_days: 365, per: subject}`".into(),
                Some(near) => format!("did you mean `{near}`?"),
                None => String::new(),
            };
            item.problem(Code::UnknownKernel, format!("unknown kernel `{name}`"), hint);
        }
        return found;
    }
    let table = item.table(&["generalize", "cap_age", "shift_days", "per"])?;
    let cap_age = match table.maybe("cap_age") {
        Some(item) => Some(item.int(1..=120)? as u8),
        None => None,
    };
    if let Some(item) = table.maybe("shift_days") {
        let per = table.need("per")?;
        if per.text()? != "subject" {
            per.problem(Code::WrongValue, "dates shift per subject", "write `per: subject`");
            return None;
        }
        return Some(Rule::ShiftDays { max: item.int(1..=3650)? as u16 });
    }
    match (table.maybe("generalize"), cap_age) {
        (Some(item), _) => {
            let table = [("year", Rule::Year { cap_age }), ("zip3", Rule::Zip3)];
            item.one_of(&table)
        }
        (None, Some(cap_age)) => Some(Rule::CapAge { cap_age }),
        (None, None) => {
            item.problem(
                Code::UnknownKernel,
                "no kernel is named",
                "write `{generalize: year}`, `{cap_age: 90}` or `{shift_days: 365, per: subject}`",
            );
            None
        }
    }
}

/// Whether a rule may stand for a class, under a basis.
fn fits(item: &Item<'_>, class: Class, rule: Rule, basis: Option<Basis>) -> bool {
    let kernel = rule.kernel().name;
    if !rule.takes(class)
        || class == Class::ClinicalCode && !matches!(rule, Rule::Keep | Rule::Remove)
    {
        let hint = match class {
            Class::ClinicalCode => "clinical codes are never altered: keep or remove",
            _ => "",
        };
        item.problem(Code::KernelMisfit, format!("{kernel} cannot take {class}"), hint);
        return false;
    }
    if basis != Some(Basis::SafeHarbor) {
        return true;
    }
    let entry = rule.kernel();
    if entry.keyed || entry.reversible {
        item.problem(Code::ReversibleInSafeHarbor, format!("{kernel} is keyed"), "");
        return false;
    }
    let coarse = match rule {
        Rule::Remove | Rule::Mask | Rule::Zip3 => true,
        Rule::Year { cap_age } => class != Class::BirthDate || cap_age.is_some_and(|cap| cap <= 90),
        Rule::CapAge { cap_age } => cap_age <= 90,
        _ => !class.is_identifier(),
    };
    if !coarse {
        let letter = class.entry().letter.unwrap_or('R');
        let hint = match class.form() {
            Form::Date => "write `{generalize: year, cap_age: 90}`",
            _ if class == Class::Age => "write `{cap_age: 90}`",
            _ => "",
        };
        item.problem(Code::KeptUnderSafeHarbor, format!("{class} is identifier ({letter})"), hint);
    }
    coarse
}
