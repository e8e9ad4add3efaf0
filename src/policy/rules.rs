//! A policy as written: what is done to a class, and on which legal basis.

use super::Bring;
use super::item::{Item, Table};
use super::plan::Basis;
use super::problem::nearest;
use crate::detect::{Aim, SecondReader, When};
use crate::keys::Scope;
use crate::phi::{CLASSES, Class, Code, Day, Form};
use crate::transform::{KERNELS, Rule};
use std::collections::BTreeMap;

/// A policy: a rule for every class.
pub(super) struct Policy<'a> {
    pub(super) name: &'a str,
    pub(super) basis: Basis,
    pub(super) rules: BTreeMap<Class, (Rule, Scope)>,
    pub(super) default: Rule,
    /// How far free text is looked through.
    pub(super) aim: Aim,
    /// Who looks through it, too.
    pub(super) second: Option<SecondReader>,
    /// The last day that an expert's report holds, where the basis rests on one.
    pub(super) until: Option<Day>,
    /// False when a rule has a problem: then there is no plan, only more problems.
    pub(super) whole: bool,
}

impl Policy<'_> {
    /// What is done to a class, and who can link its tokens.
    pub(super) fn rule(&self, class: Class) -> (Rule, Scope) {
        self.rules.get(&class).copied().unwrap_or((self.default, Scope::Join))
    }
}

/// Reads a policy; problems go to its report.
pub(super) fn read<'a>(root: &Item<'a>, today: Day, bring: Bring<'_>) -> Option<Policy<'a>> {
    let table = root.table(&["policy", "basis", "classes", "default"])?;
    let name = table.need("policy").and_then(|item| item.name());
    let basis = table.need("basis").and_then(|item| basis(&item, today));
    let (basis, until) = basis.map_or((None, None), |(basis, until)| (Some(basis), until));
    let mut rules = BTreeMap::new();
    let mut whole = true;
    let (mut aimed, mut second) = (Aim::Balanced, None);
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
        let Some((rule, scope)) = rule(&item) else {
            whole = false;
            continue;
        };
        whole &= fits(&item, class, rule, basis);
        rules.insert(class, (rule, scope));
        if let Some(named) = aim(&item) {
            aimed = named;
        }
        match second_reader(&item, bring) {
            Ok(named) => second = named.or(second),
            Err(()) => whole = false,
        }
    }
    let default = match table.need("default") {
        None => None,
        Some(item) => rule(&item).map(|(rule, _)| rule).filter(|&rule| {
            let coarse = basis == Some(Basis::SafeHarbor);
            let safe = rule == Rule::Remove || rule == Rule::Mask && !coarse;
            if !safe && rule == Rule::Mask {
                item.problem(
                    Code::KeptUnderSafeHarbor,
                    "a mask is as long as its value, and tells an age of a hundred",
                    "write `remove`",
                );
            } else if !safe {
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
    Some(Policy { name, basis: basis?, rules, default, aim: aimed, second, until, whole })
}

/// The basis, and until when it holds.
fn basis(item: &Item<'_>, today: Day) -> Option<(Basis, Option<Day>)> {
    if !item.is_mapping() {
        let basis: Basis = item.one_of(Basis::NAMES)?;
        if basis == Basis::ExpertDetermination {
            item.problem(
                Code::MissingKey,
                "an expert's determination rests on a report (45 CFR 164.514(b)(1))",
                "write `{expert_determination: {report: ..., expires: YYYY-MM-DD, max_risk: 0.09}}`",
            );
            return None;
        }
        return Some((basis, None));
    }
    let table = item.table(&["expert_determination"])?;
    let report = table.need("expert_determination")?.table(&["report", "expires", "max_risk"])?;
    let named = report.need("report").and_then(|item| item.text());
    let risk = report.need("max_risk").and_then(|item| item.share());
    let expires = report.need("expires")?;
    let until = expires.day()?;
    if until < today {
        expires.problem(Code::TermsLapsed, "the expert's report has lapsed", "");
        return None;
    }
    (named.is_some() && risk.is_some()).then_some((Basis::ExpertDetermination, Some(until)))
}

fn rule(item: &Item<'_>) -> Option<(Rule, Scope)> {
    if !item.is_mapping() {
        return Some((plain(item)?, Scope::Join));
    }
    let table = item.table(&[
        "kernel",
        "detect",
        "transformer",
        "generalize",
        "cap_age",
        "shift_days",
        "per",
        "scope",
    ])?;
    let rule = match table.maybe("kernel") {
        Some(kernel) => {
            let others = ["detect", "transformer", "generalize", "cap_age", "shift_days", "per"];
            if others.iter().any(|key| table.maybe(key).is_some()) {
                item.problem(Code::UnknownKernel, "these do not go together", "");
                return None;
            }
            plain(&kernel)?
        }
        None => parameters(item, &table)?,
    };
    let scope = match table.maybe("scope") {
        None => Scope::Join,
        Some(scope) => {
            let found = scope.one_of(Scope::NAMES)?;
            // A code goes with its subject anyway, and is drawn for each destination on request.
            let drawn = rule == Rule::Assign && found == Scope::Destination;
            if found != Scope::Join && !rule.kernel().keyed && !drawn {
                let message = format!("{} uses no key", rule.kernel().name);
                scope.problem(Code::ScopeMisfit, message, "");
                return None;
            }
            if found == Scope::Subject && rule == Rule::Permute {
                let message = "a permutation is drawn whole, and would be for each person";
                scope.problem(Code::ScopeMisfit, message, "write `siv` or `fpe` for this scope");
                return None;
            }
            found
        }
    };
    Some((rule, scope))
}

/// How far free text is looked through, where `{detect: AIM}` says so; its problems are reported with
/// those of its rule.
fn aim(item: &Item<'_>) -> Option<Aim> {
    let entries = if item.is_mapping() { item.entries()? } else { return None };
    let word = entries.into_iter().find(|(name, _)| *name == "detect")?.1.text()?;
    Aim::NAMES.iter().find(|(name, _)| *name == word).map(|(_, aim)| *aim)
}

/// The transformer that reads free text too, where `{detect: AIM, transformer: WHEN}` says so. A plan that
/// asks for one is not made without it. What is wrong is reported.
fn second_reader(item: &Item<'_>, bring: Bring<'_>) -> Result<Option<SecondReader>, ()> {
    let entries = if item.is_mapping() { item.entries() } else { return Ok(None) };
    let entries = entries.unwrap_or_default();
    let of = |key: &str| entries.iter().find(|(name, _)| *name == key).map(|(_, item)| item);
    let Some(word) = of("transformer") else { return Ok(None) };
    let wrong = |message: &str, hint: &str| word.problem(Code::WrongValue, message, hint);
    if of("detect").is_none() {
        wrong(
            "it reads beside `detect`",
            "delete it, or write `{detect: balanced, transformer: uncertain}`",
        );
        return Err(());
    }
    let Some(when) = word.one_of(When::NAMES).ok_or(())? else { return Ok(None) };
    if aim(item) == Some(Aim::Rules) {
        let message = "`detect: rules` leaves the context out, and the transformer goes by it";
        wrong(message, "write `detect: balanced` or `transformer: off`");
        return Err(());
    }
    let brought = bring().map_err(|(code, message)| word.problem(code, message, ""))?;
    Ok(Some(SecondReader { transformer: brought, when }))
}

/// A kernel by its name.
fn plain(item: &Item<'_>) -> Option<Rule> {
    let plain = [
        ("keep", Rule::Keep),
        ("detect", Rule::Detect),
        ("fpe", Rule::Fpe),
        ("permute", Rule::Permute),
        ("siv", Rule::Siv),
        ("hash", Rule::Hash),
        ("assign", Rule::Assign),
        ("surrogate", Rule::Surrogate),
        ("mask", Rule::Mask),
        ("remove", Rule::Remove),
    ];
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
    found
}

/// A kernel that takes parameters.
fn parameters(item: &Item<'_>, table: &Table<'_>) -> Option<Rule> {
    let cap = |item: &Item<'_>| Some(item.int(1..=120)? as u8);
    let keys: Vec<_> = ["detect", "generalize", "cap_age", "shift_days", "per"]
        .into_iter()
        .filter(|key| table.maybe(key).is_some())
        .collect();
    match (&keys[..], table.maybe("generalize"), table.maybe("cap_age"), table.maybe("shift_days"))
    {
        (["shift_days", "per"], _, _, Some(days)) => {
            let per = table.need("per")?;
            if per.text()? != "subject" {
                per.problem(Code::WrongValue, "dates shift per subject", "write `per: subject`");
                return None;
            }
            Some(Rule::ShiftDays { max: days.int(1..=3650)? as u16 })
        }
        (["shift_days"], ..) => table.need("per").and(None),
        (["generalize"], Some(item), ..) => {
            item.one_of(&[("year", Rule::Year { cap_age: None }), ("zip3", Rule::Zip3)])
        }
        (["generalize", "cap_age"], Some(item), Some(age), _) => {
            let cap_age = Some(cap(&age)?);
            item.one_of(&[("year", Rule::Year { cap_age })])
        }
        (["detect"], ..) => {
            table.need("detect")?.one_of(Aim::NAMES)?;
            Some(Rule::Detect)
        }
        (["cap_age"], _, Some(age), _) => Some(Rule::CapAge { cap_age: cap(&age)? }),
        _ => {
            item.problem(
                Code::UnknownKernel,
                if keys.is_empty() { "no kernel is named" } else { "these do not go together" },
                "write `{generalize: year}`, `{generalize: year, cap_age: 90}`, `{generalize: zip3}`, `{cap_age: 90}` or `{shift_days: 365, per: subject}`",
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
    if class == Class::FreeText && !matches!(rule, Rule::Detect | Rule::Remove) {
        let message = "prose as a whole may hold any identifier";
        item.problem(Code::KeptIdentifier, message, "write `free_text: detect` or `remove`");
        return false;
    }
    match basis {
        Some(Basis::SafeHarbor) => fits_safe_harbor(item, class, rule),
        // What the expert's report allows, weir cannot know.
        Some(Basis::ExpertDetermination) | None => true,
        Some(basis @ (Basis::LimitedDataset | Basis::Pseudonymized)) => {
            let kept = rule == Rule::Keep && class.is_direct();
            if kept {
                let message = format!("{class} identifies a person, and {} keeps it", basis.name());
                let hint =
                    "give it remove, siv, hash or fpe; city, state, ZIP, dates and ages may stay";
                item.problem(Code::KeptIdentifier, message, hint);
            }
            !kept
        }
    }
}

fn fits_safe_harbor(item: &Item<'_>, class: Class, rule: Rule) -> bool {
    let entry = rule.kernel();
    // A code that is derived from nothing may lead back, for the entity alone (164.514(c)).
    if entry.keyed || entry.reversible && rule != Rule::Assign {
        item.problem(Code::ReversibleInSafeHarbor, format!("{} is keyed", entry.name), "");
        return false;
    }
    let coarse = match rule {
        // A mask is no way out: its length is that of the value, and tells an age of a hundred.
        Rule::Remove | Rule::Zip3 | Rule::Assign => true,
        // Any date of ninety years ago tells the age (164.514(b)(2)(i)(C)).
        Rule::Year { cap_age } => cap_age.is_some_and(|cap| cap <= 90),
        Rule::CapAge { cap_age } => cap_age <= 90,
        _ => !class.is_identifier(),
    };
    if !coarse {
        let letter = class.entry().letter.unwrap_or('R');
        let hint = match class.form() {
            Form::Date => "write `{generalize: year, cap_age: 90}`",
            Form::Age => "write `{cap_age: 90}`",
            _ => "",
        };
        item.problem(Code::KeptUnderSafeHarbor, format!("{class} is identifier ({letter})"), hint);
    }
    coarse
}
