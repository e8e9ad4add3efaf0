//! `weir explain`: what a code, a class or a kernel means.

use super::data;
use super::fault::Failure;
use crate::phi::{CLASSES, CODES, Class, Code};
use crate::policy::BUILTIN;
use crate::transform::{KERNELS, Rule};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A code, a class, a kernel, a built-in policy, or a list: codes, classes, kernels, policies.
    what: String,
}

pub(super) fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let what = arguments.what.as_str();
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
        _ => return one(what),
    }
    Ok(())
}

fn one(what: &str) -> Result<(), Failure> {
    if let Some(code) = Code::from_id(what) {
        let entry = code.entry();
        data(&format!("{}: {}\n\n{}\n\nWay out: {}", entry.id, entry.title, entry.why, entry.fix));
    } else if let Some(class) = Class::from_name(what) {
        class_page(class);
    } else if let Some(entry) = KERNELS.iter().find(|entry| entry.name == what) {
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        data(&format!("{}: {}", entry.name, entry.what));
        data(&format!("reversible: {}; keyed: {}", yes(entry.reversible), yes(entry.keyed)));
    } else if let Some((_, text)) = BUILTIN.iter().find(|(name, _)| *name == what) {
        data(text.trim_end());
    } else {
        return Err(Failure::about(
            Code::NoSuchDocument,
            format!(
                "{what} is no code, class, kernel or policy; `weir explain codes` lists the codes"
            ),
        ));
    }
    Ok(())
}

fn class_page(class: Class) {
    let entry = class.entry();
    data(&format!("{}: {}", entry.name, entry.what));
    match entry.letter {
        Some(letter) => {
            data(&format!("Safe Harbor: identifier ({letter}) of 45 CFR 164.514(b)(2)(i)"))
        }
        None => data("Safe Harbor: not one of the eighteen identifiers"),
    }
    let rules = [
        Rule::Fpe,
        Rule::Siv,
        Rule::Hash,
        Rule::Mask,
        Rule::Remove,
        Rule::Year { cap_age: None },
        Rule::ShiftDays { max: 1 },
        Rule::Detect,
        Rule::Keep,
    ];
    let takes = rules.into_iter().filter(|rule| rule.takes(class)).map(|rule| rule.kernel().name);
    data(&format!("kernels: {}", takes.collect::<Vec<_>>().join(", ")));
}
