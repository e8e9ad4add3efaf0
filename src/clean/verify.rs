//! Step 4: a second look. What is about to leave is searched for the record's own identifiers,
//! whatever the earlier steps believed.

use super::batch::{KEY, Located, LocatedRecord};
use crate::detect::{Needles, is_ordinary};
use crate::phi::{Class, Form, Phi, name_parts};
use crate::policy::Plan;
use crate::transform::Rule;

/// Fewest letters and digits of an identifier that is looked for.
const LETTERS_MIN: usize = 6;
/// Fewest letters of a name that is looked for.
const NAME_LETTERS_MIN: usize = 4;

/// The identifiers of one record. Dates but those of birth and death are left out: the shifted
/// date of one visit may be the true date of another.
pub(super) fn needles(plan: &Plan, located: &Located, record: usize, needles: &mut Needles) {
    needles.clear();
    let LocatedRecord { sites, .. } = &located.records[record];
    let value = located.batch.value(record).unwrap_or_default();
    let mut buffer = Phi::default();
    for site in &located.sites[sites.clone()] {
        let rule = plan.slots[usize::from(site.slot)].rule;
        if site.in_text()
            || rule == Rule::Keep
            || !site.class.is_identifier()
            || matches!(site.class, Class::Date | Class::Age)
        {
            continue;
        }
        let bytes =
            if site.field == KEY { located.batch.key(record).unwrap_or_default() } else { value };
        let raw = std::str::from_utf8(&bytes[site.span.range()]).unwrap_or("");
        let Ok(text) = super::locate::decoded(raw, site.kind, &mut buffer) else { continue };
        if site.class.form() == Form::Name {
            let (family, given) = name_parts(text);
            for part in family.split([' ', '-']).chain(given.split([' ', '-'])) {
                if part.chars().count() >= NAME_LETTERS_MIN && !is_ordinary(part) {
                    needles.add(part, 0);
                }
            }
            continue;
        }
        if text.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS_MIN {
            continue;
        }
        needles.add(text, 0);
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= LETTERS_MIN && !text.chars().any(char::is_alphabetic) {
            needles.add(&digits, 0);
        }
    }
}

/// True when an identifier stands in `text`.
pub(super) fn hit(needles: &Needles, text: &str) -> bool {
    let mut hit = false;
    needles.find(text, |_, _, _| hit = true);
    hit
}
