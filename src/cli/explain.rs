//! `weir explain`: what a code, a class or a kernel means.

use super::connect;
use super::data;
use super::fault::Failure;
use crate::keys::{Coded, Keyring, Need, PROVIDERS, Scope, SubjectStore};
use crate::phi::{CLASSES, CODES, Class, Code, grouped};
use crate::policy::{BUILTIN, plan_from_text};
use crate::transform::{
    Context, KERNELS, PhiColumn, Rule, apply, identifier, surrogate_lists, surrogates,
};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A code, a class, a kernel, a built-in policy, a key provider, with its kind in front or
    /// without (`class npi`, `npi`); or a list: codes, classes, kernels, policies, providers.
    #[arg(required = true, num_args = 1..=2, value_name = "WHAT")]
    what: Vec<String>,
}

pub(super) fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let what = match &arguments.what[..] {
        [what] => what.as_str(),
        [kind, what]
            if ["code", "class", "kernel", "policy", "provider"].contains(&kind.as_str()) =>
        {
            what.as_str()
        }
        other => return Err(unknown(&other.join(" "))),
    };
    match what {
        "codes" => CODES.iter().for_each(|entry| data(&format!("{}  {}", entry.id, entry.title))),
        "classes" => CLASSES.iter().for_each(|entry| {
            let letter = entry.letter.map_or(' ', |letter| letter);
            data(&format!("{:<15} {letter}  {}", entry.name, entry.what));
        }),
        "kernels" => {
            KERNELS.iter().for_each(|entry| data(&format!("{:<11} {}", entry.name, entry.what)))
        }
        "policies" => BUILTIN.iter().for_each(|(name, _)| data(name)),
        "providers" => PROVIDERS.iter().for_each(|entry| {
            let built = if entry.is_built() { "" } else { "  (not in this build)" };
            data(&format!("{}{built}\n  {}\n  --kek '{}'", entry.name, entry.what, entry.example));
        }),
        _ => return one(what),
    }
    Ok(())
}

fn unknown(what: &str) -> Failure {
    Failure::about(
        Code::NoSuchDocument,
        format!(
            "{what} is no code, class, kernel, policy or provider; `weir explain codes` lists the codes"
        ),
    )
}

fn one(what: &str) -> Result<(), Failure> {
    if let Some(code) = Code::from_id(what) {
        let entry = code.entry();
        data(&format!("{}: {}\n\n{}\n\nWay out: {}", entry.id, entry.title, entry.why, entry.fix));
    } else if let Some(class) = Class::from_name(what) {
        class_page(class)?;
    } else if let Some(entry) = KERNELS.iter().find(|entry| entry.name == what) {
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        data(&format!("{}: {}", entry.name, entry.what));
        data(&format!("reversible: {}; keyed: {}", yes(entry.reversible), yes(entry.keyed)));
        if entry.name == Rule::Surrogate.kernel().name {
            surrogate_page();
        }
    } else if let Some((_, text)) = BUILTIN.iter().find(|(name, _)| *name == what) {
        data(text.trim_end());
    } else if let Some(entry) = PROVIDERS.iter().find(|entry| entry.name == what) {
        data(&format!("{}: {}\n--kek '{}'", entry.name, entry.what, entry.example));
    } else {
        return Err(unknown(what));
    }
    Ok(())
}

fn class_page(class: Class) -> Result<(), Failure> {
    let entry = class.entry();
    data(&format!("{}: {}", entry.name, entry.what));
    match entry.letter {
        Some(letter) => {
            data(&format!("Safe Harbor:  identifier ({letter}) of 45 CFR 164.514(b)(2)(i)"))
        }
        None => data("Safe Harbor:  not one of the eighteen identifiers"),
    }
    data(&format!("domain:       {}", domain(class)));
    if let Some(identifier) = identifier(class) {
        data(&format!("FF1 encrypts: {}", identifier.what));
    }
    if let Some(room) = surrogates(class) {
        data(&format!("surrogates:   {}", room_of(class, room)));
    }
    let today = connect::today();
    let schema = "schema: x\nformat: json\nfields: {$.x: not_phi}\n";
    let policies = BUILTIN.iter().map(|(name, text)| {
        let plan = plan_from_text(schema, text, today)?;
        let rule = plan.slots[usize::from(plan.text_slots[class as usize])].rule;
        Ok(format!("{name}: {}", rule.kernel().name))
    });
    let policies = policies.collect::<Result<Vec<_>, Failure>>()?;
    data(&format!("policies:     {}", policies.join(", ")));
    data(&format!("\nkernel      reversible  {}  becomes, under a throw-away key", entry.example));
    let rules = [
        Rule::Fpe,
        Rule::Permute,
        Rule::Siv,
        Rule::Hash,
        Rule::Assign,
        Rule::Surrogate,
        Rule::Year { cap_age: Some(90) },
        Rule::CapAge { cap_age: 90 },
        Rule::Zip3,
        Rule::ShiftDays { max: 365 },
        Rule::Mask,
        Rule::Remove,
        Rule::Detect,
        Rule::Keep,
    ];
    for rule in rules.into_iter().filter(|rule| rule.takes(class)) {
        let kernel = rule.kernel();
        let reversible = if kernel.reversible { "yes" } else { "no" };
        data(&format!("{:<11} {reversible:<11} {}", kernel.name, example(class, rule)?));
    }
    Ok(())
}

/// The lists that surrogates are drawn from, and how often two values share one.
fn surrogate_page() {
    data("\nA surrogate is drawn by HMAC of the canonical value; no key takes it back.");
    for entry in CLASSES {
        if let Some(room) = surrogates(entry.class) {
            data(&format!("{:<14} {}", entry.name, room_of(entry.class, room)));
        }
    }
    data("\nlist                          entries");
    for (name, list) in surrogate_lists() {
        data(&format!("{name:<29} {:>7}", grouped(list.len() as u128)));
    }
}

/// How many surrogates there are, and what follows for a thousand values.
fn room_of(class: Class, room: u64) -> String {
    // The chance that none of 999 others has the surrogate of this one.
    let alone = (1.0 - 1.0 / room as f64).powi(999);
    format!(
        "{} for a value like {}; of 1,000 values about {:.1} share theirs with another",
        grouped(u128::from(room)),
        class.entry().example,
        1000.0 * (1.0 - alone)
    )
}

/// How many values there are, as far as it decides which kernel is safe.
fn domain(class: Class) -> String {
    let entry = class.entry();
    match identifier(class).and_then(|identifier| identifier.domain(entry.example)) {
        Some(u128::MAX) => format!("more than 10^38 values like {}", entry.example),
        Some(size) if size >= 10u128.pow(15) => {
            format!("about 10^{} values like {}", size.ilog10(), entry.example)
        }
        Some(size) => format!("{} values like {}", grouped(size), entry.example),
        None => entry.domain.to_string(),
    }
}

fn example(class: Class, rule: Rule) -> Result<String, Failure> {
    let value = class.entry().example;
    match rule {
        Rule::Keep => return Ok(value.to_string()),
        Rule::Detect => return Ok("what is found in it goes by its own class".to_string()),
        Rule::Assign => {
            let coded = Coded { class, destination: None, value, subject: "" };
            return Ok(SubjectStore::forgetful()?.assign(&[coded])?.remove(0)?);
        }
        _ => {}
    }
    let keyring = Keyring::generate("example", "")?;
    let needs: Vec<_> =
        rule.purpose().map(|purpose| Need::join(purpose, class)).into_iter().collect();
    let keys = keyring.snapshot(&needs)?;
    let subjects = PhiColumn::from_values(["0012345678"].into_iter());
    let context = Context {
        keys: &keys,
        as_of: connect::today(),
        subjects: &subjects,
        shape: None,
        scope: Scope::Join,
    };
    let outcome = apply(class, rule, &PhiColumn::from_values([value].into_iter()), &context)?;
    Ok(match outcome.refused.first() {
        Some(_) if rule == Rule::Permute => "(only 10,000 to 1,000,000 values)".to_string(),
        Some((_, code)) => format!("refused ({})", code.entry().id),
        None => outcome.values.value(0).unwrap_or("(nothing)").to_string(),
    })
}
