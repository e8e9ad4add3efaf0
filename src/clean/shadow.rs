//! Two plans over the same records, held beside each other: what the second would do otherwise. Counts
//! and names of fields alone; neither plan's records are kept.

use super::batch::{Cleaned, Disposition};
use crate::keys::Scope;
use crate::phi::{Class, Code};
use crate::policy::Plan;
use crate::transform::{KERNELS, Rule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a second plan would do otherwise. Adding is associative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shadow {
    /// Records that both plans have seen.
    pub records: u64,
    /// Records that would be the same, byte for byte, or refused by the same code.
    pub same: u64,
    /// Records that both let out, and not the same.
    pub changed: u64,
    /// Records that the second plan alone refuses, by its code.
    pub newly_refused: BTreeMap<String, u64>,
    /// Records that the first plan alone refuses, by its code.
    pub newly_clean: BTreeMap<String, u64>,
    /// Records that both refuse, by both codes: `W0207 -> W0213`.
    pub refused_otherwise: BTreeMap<String, u64>,
    /// Of records that both let out: values by field and class, and what each plan does to them.
    pub values: BTreeMap<String, Values>,
}

/// What two plans do to the values of one class in one field: how many by what is done, `shift_days(365)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Under the plan that runs.
    pub now: BTreeMap<String, u64>,
    /// Under the second one.
    pub then: BTreeMap<String, u64>,
}

/// Values by field, class and kernel, as in [`super::Count`].
type Sums = BTreeMap<(u16, Class, u8), u64>;

fn add(sums: &mut Sums, cleaned: &Cleaned, record: usize) {
    for count in cleaned.counts(record) {
        *sums.entry((count.field, count.class, count.kernel)).or_default() += u64::from(count.n);
    }
}

/// What a plan does with a kernel to a class: how far, and who can link it, where that is said.
fn done(plan: &Plan, class: Class, kernel: u8) -> String {
    let name = KERNELS[usize::from(kernel)].name;
    // A class has one rule, whatever its numbers look like.
    let mut slots = plan.slots.iter().filter(|slot| slot.class == class);
    let Some(slot) = slots.find(|slot| slot.rule.kernel().name == name) else {
        // Its value could not be taken, and went.
        return name.to_string();
    };
    let how = match slot.rule {
        Rule::Year { cap_age: Some(age) } | Rule::CapAge { cap_age: age } => {
            format!("{name}({age})")
        }
        Rule::ShiftDays { max } => format!("{name}({max})"),
        _ => name.to_string(),
    };
    match slot.scope {
        Scope::Join => how,
        scope => format!("{how}@{}", scope.name()),
    }
}

impl Shadow {
    /// Holds a batch under two plans beside each other. Both have the same records in the same order;
    /// records that `leaves_out` names are nobody's.
    pub fn of(
        (plan, now): (&Plan, &Cleaned),
        (second, then): (&Plan, &Cleaned),
        leaves_out: impl Fn(usize) -> bool,
    ) -> Shadow {
        let mut shadow = Shadow::default();
        let (mut sums, mut sums_then) = (Sums::new(), Sums::new());
        for record in (0..now.len().min(then.len())).filter(|record| !leaves_out(*record)) {
            shadow.records += 1;
            let refused = |cleaned: &Cleaned| match cleaned.disposition(record) {
                Disposition::Refused(code) => Some(code),
                Disposition::Clean | Disposition::Tombstone => None,
            };
            let name = |code: Code| code.id().to_string();
            match (refused(now), refused(then)) {
                (Some(one), Some(other)) if one == other => shadow.same += 1,
                (Some(one), Some(other)) => {
                    let both = format!("{} -> {}", one.id(), other.id());
                    *shadow.refused_otherwise.entry(both).or_default() += 1;
                }
                (None, Some(code)) => *shadow.newly_refused.entry(name(code)).or_default() += 1,
                (Some(code), None) => *shadow.newly_clean.entry(name(code)).or_default() += 1,
                (None, None) => {
                    let equal = now.key(record) == then.key(record)
                        && now.value(record) == then.value(record);
                    if equal {
                        shadow.same += 1
                    } else {
                        shadow.changed += 1
                    }
                    add(&mut sums, now, record);
                    add(&mut sums_then, then, record);
                }
            }
        }
        shadow.name(plan, sums, |values| &mut values.now);
        shadow.name(second, sums_then, |values| &mut values.then);
        shadow
    }

    fn name(
        &mut self,
        plan: &Plan,
        sums: Sums,
        side: impl Fn(&mut Values) -> &mut BTreeMap<String, u64>,
    ) {
        for ((field, class, kernel), n) in sums {
            let field = plan.fields.get(usize::from(field));
            let field = field.map_or("key", |field| field.path.as_str());
            let values = self.values.entry(format!("{field}|{class}")).or_default();
            *side(values).entry(done(plan, class, kernel)).or_default() += n;
        }
    }

    /// Adds another one.
    pub fn merge(&mut self, other: &Shadow) {
        fn add(all: &mut BTreeMap<String, u64>, more: &BTreeMap<String, u64>) {
            more.iter().for_each(|(key, n)| *all.entry(key.clone()).or_default() += n);
        }
        self.records += other.records;
        self.same += other.same;
        self.changed += other.changed;
        add(&mut self.newly_refused, &other.newly_refused);
        add(&mut self.newly_clean, &other.newly_clean);
        add(&mut self.refused_otherwise, &other.refused_otherwise);
        for (key, values) in &other.values {
            let own = self.values.entry(key.clone()).or_default();
            add(&mut own.now, &values.now);
            add(&mut own.then, &values.then);
        }
    }

    /// Field, class, and what is done now and would be done then, where that differs.
    pub fn differences(&self) -> impl Iterator<Item = (&str, &str, &Values)> {
        self.values.iter().filter(|(_, values)| values.now != values.then).filter_map(
            |(key, values)| {
                let (field, class) = key.rsplit_once('|')?;
                Some((field, class, values))
            },
        )
    }
}
