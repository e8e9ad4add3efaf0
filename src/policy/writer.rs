//! Writer schemas of a registry against the plan: what each rule leaves of its field's type.

use super::plan::{Plan, Unlisted};
use super::{Gap, SchemaText, Writer};
use crate::format::{Fate, OnUnlisted, Remains};
use crate::phi::{Class, Extent, Form};
use crate::transform::{Output, Rule};

/// Binds a writer schema to the plan. Errors are the places that the plan does not cover, all of them.
pub fn bind(plan: &Plan, schema: &SchemaText) -> Result<Writer, Vec<Gap>> {
    let unlisted = match plan.record().unlisted {
        Unlisted::Quarantine => OnUnlisted::Refuse,
        Unlisted::Scan => OnUnlisted::Note,
        Unlisted::Drop => OnUnlisted::Delete,
    };
    let decide = |field: u16| {
        let field = &plan.fields[usize::from(field)];
        let rule = plan.slots[usize::from(field.slot)].rule;
        let remains = match rule {
            Rule::Keep => Remains::Value,
            Rule::Remove => Remains::Nothing,
            Rule::Detect => Remains::Same,
            rule if rule.kernel().output == Output::Text => Remains::Text,
            _ => Remains::Same,
        };
        let width = if let Extent::Width(width) = field.extent { width } else { 0 };
        Fate {
            remains,
            is_date: field.class.form() == Form::Date && remains != Remains::Text,
            is_counted: matches!(field.extent, Extent::Epoch(_)),
            width,
            retype: field.retype,
            is_looked_at: field.class == Class::OpaqueId || field.offset.is_some(),
            kernel: (remains != Remains::Value).then(|| rule.kernel().name),
        }
    };
    crate::format::bind(&plan.record().layout, schema, unlisted, &decide)
}
