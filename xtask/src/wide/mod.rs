//! More training texts for the tagger, by seed, in another voice than `corpus`: other skeletons,
//! other sentences, other names, the same template language and the same classes.

mod billing;
mod clinic;
mod codes;
mod contrast;
mod desk;
mod everyday;
mod fillers;
mod finds;
mod hospital;
mod names;
mod numbers;
mod papers;
mod places;
mod plain;
mod prose;
mod says;
mod shapes;
mod signs;
mod slots;
mod talk;
mod timed;
mod ward;

use crate::corpus::expand::{Pools, Voice, Writer, read};
use crate::corpus::{fillers as common, noise, shorten};
use crate::draft::Draft;
use std::sync::OnceLock;

/// The templates: a few fillers of the other generator, and our own.
fn pools() -> &'static Pools {
    static POOLS: OnceLock<Pools> = OnceLock::new();
    POOLS.get_or_init(|| {
        let mut pools = Pools::new();
        for source in [
            common::POOLS,
            common::MORE,
            fillers::POOLS,
            says::POOLS,
            prose::POOLS,
            places::POOLS,
            numbers::POOLS,
            timed::POOLS,
            finds::POOLS,
            signs::POOLS,
            shapes::POOLS,
            codes::POOLS,
            contrast::POOLS,
            clinic::POOLS,
            hospital::POOLS,
            ward::POOLS,
            papers::POOLS,
            billing::POOLS,
            plain::POOLS,
            talk::POOLS,
            desk::POOLS,
            everyday::POOLS,
        ] {
            read(source, &mut pools);
        }
        pools
    })
}

/// Our templates, people and slots.
const VOICE: Voice = Voice { pools, person: names::person, slot: slots::slot };

/// One training text; the same seed gives the same one.
pub(crate) fn text(seed: u64) -> Draft {
    let mut dice = fastrand::Rng::with_seed(seed ^ 0x7769_6465);
    let bare = dice.u8(..100) < 30;
    let kind = match (bare, dice.u8(..100)) {
        (false, 0..52) => "{note}",
        (false, 52..70) => "{s*2-7}",
        (false, 70..74) => "{r*2-6:n}",
        (false, 74..77) => "{r*2-6:-}",
        (false, 77..93) => "{g}",
        (false, _) => "{g*2-5:nn}",
        (true, 0..36) => "{bare}",
        (true, 36..58) => "{neg*2-8}",
        (true, 58..66) => "{neg*3-9:n}",
        (true, 66..72) => "{neg*3-9:-}",
        (true, _) => "{gbare}",
    };
    let mut writer = Writer::of(VOICE, dice.u64(..), bare);
    writer.expand(kind);
    let more = match kind {
        "{note}" | "{bare}" if dice.u8(..100) < 35 => dice.u8(1..4),
        "{g}" if dice.u8(..100) < 10 => 1,
        _ => 0,
    };
    for _ in 0..more {
        writer.expand(match (bare, dice.u8(..2)) {
            (true, _) => "\\n\\n{neg*1-5}",
            (false, 0) => "\\n\\n{s} {neg*1-3} {s}",
            (false, _) => "\\n{neg*1-4:n}\\n{r}",
        });
    }
    noise::disturb(shorten(writer.draft), &mut dice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::expand;
    use std::collections::BTreeSet;

    #[test]
    fn every_template_and_every_slot_expands() {
        for (name, pool) in pools() {
            assert!(!pool.is_empty(), "{name} is empty");
            for template in pool {
                let mut slots = Vec::new();
                expand::slots(template, &mut slots);
                for slot in slots {
                    let mut writer = Writer::of(VOICE, slot.len() as u64, false);
                    writer.expand(&format!("{{{slot}}}"));
                }
                Writer::of(VOICE, template.len() as u64, false).expand(template);
            }
        }
    }

    #[test]
    fn what_is_bare_has_no_mark() {
        for name in ["neg", "bare", "gbare"] {
            for template in &pools()[name] {
                for seed in 0..4 {
                    let mut writer = Writer::of(VOICE, seed, true);
                    writer.expand(template);
                    assert!(writer.draft.marks.is_empty(), "{template}: {:?}", writer.draft);
                }
            }
        }
    }

    #[test]
    fn there_is_much_of_each() {
        let count = |name: &str| pools()[name].len();
        for (name, least) in [
            ("note", 120),
            ("r.who", 160),
            ("r.place", 100),
            ("r.num", 130),
            ("r.time", 100),
            ("neg", 500),
            ("g", 150),
            ("gbare", 100),
        ] {
            assert!(count(name) >= least, "{name}: {}", count(name));
        }
    }

    #[test]
    fn marks_are_in_order_and_known() {
        let known: BTreeSet<&str> =
            crate::train::ENGLISH.iter().flat_map(|(_, _, classes)| *classes).copied().collect();
        let others = ["age", "email", "url", "ip", "uuid", "geo_point"];
        let mut without = 0;
        for seed in 0..3000 {
            let draft = text(seed);
            assert!(!draft.text.trim().is_empty(), "seed {seed}");
            without += usize::from(draft.marks.is_empty());
            let mut last = 0;
            for mark in &draft.marks {
                assert!(mark.start >= last && mark.start < mark.end, "seed {seed}: {mark:?}");
                let value = draft.text.get(mark.start..mark.end).expect("on boundaries");
                assert_eq!(value, value.trim(), "seed {seed}");
                assert!(!value.contains(['{', '}', '[', ']']), "seed {seed}: {value:?}");
                assert!(known.contains(mark.class) || others.contains(&mark.class), "{mark:?}");
                let inside = |at: usize| {
                    let before = draft.text[..at].chars().next_back();
                    let after = draft.text[at..].chars().next();
                    before.is_some_and(char::is_alphanumeric)
                        && after.is_some_and(char::is_alphanumeric)
                };
                let whole = !inside(mark.start) && !inside(mark.end);
                assert!(whole || mark.class == "age", "seed {seed}: {value:?}");
                last = mark.end;
            }
            for left in ["{pt", "{doc", "{p.", "{w.", "{date", "{org", "{#", "{%", "{neg", "{s"] {
                assert!(!draft.text.contains(left), "seed {seed}: {left}");
            }
        }
        assert!(without >= 700, "{without} texts without a mark");
    }

    #[test]
    fn same_seed_same_text() {
        for seed in [0, 1, 77, u64::MAX] {
            assert_eq!(text(seed), text(seed));
        }
        assert_ne!(text(1), text(2));
    }
}
