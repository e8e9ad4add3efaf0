//! What holds for every record: nothing panics, nothing known leaves, what no rule touches stays
//! as it is, and order and batching change nothing.

use proptest::prelude::*;
use weir::clean::{Batch, Cleaned, Disposition, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Day, Ymd};
use weir::policy::{BUILTIN, Plan, plan_from_text};
use weir_synth::Generator;

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

fn plan(schema: &str) -> Plan {
    plan_from_text(schema, BUILTIN[2].1, today()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn clean(plan: &Plan, records: &[&[u8]]) -> Cleaned {
    let keys = Keyring::for_tests("properties").snapshot(&key_needs(plan)).expect("keys");
    let mut batch = Batch::new(today());
    records.iter().for_each(|record| batch.push(None, Some(record), None));
    finish(plan, &keys, &Subjects::default(), locate(plan, batch))
}

fn notes() -> Plan {
    plan(include_str!("../schemas/clinical-note.yaml"))
}

/// 2 % of the patients have a name that is an ordinary word. At most 0.01 % may be refused by
/// mistake, and no identifier of the patient may be in what is left.
#[test]
fn ten_thousand_notes_pass_and_none_leaks() {
    let plan = notes();
    let generator = Generator::new(5, 1_000);
    let (mut refused, mut leaked) = (0, Vec::new());
    for chunk in (0..10_000u64).collect::<Vec<_>>().chunks(1_000) {
        let records: Vec<_> = chunk.iter().map(|&n| generator.note(n).value).collect();
        let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
        let cleaned = clean(&plan, &raw);
        for (at, &n) in chunk.iter().enumerate() {
            let Some(value) = cleaned.value(at) else {
                refused += 1;
                continue;
            };
            let text = String::from_utf8_lossy(value);
            leaked.extend(
                generator
                    .patient_of(n)
                    .identifiers()
                    .into_iter()
                    .filter(|id| text.contains(id.as_str())),
            );
        }
    }
    assert!(refused <= 1, "{refused} of 10,000 refused");
    assert!(leaked.is_empty(), "{leaked:?}");
}

#[test]
fn every_visit_passes() {
    let plan = plan(include_str!("../schemas/visit.yaml"));
    let generator = Generator::new(6, 100);
    let records: Vec<_> = (0..500).map(|n| generator.visit(n).value).collect();
    let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
    let cleaned = clean(&plan, &raw);
    for at in 0..raw.len() {
        assert_eq!(cleaned.disposition(at), Disposition::Clean, "{at}");
    }
}

const NAME_AND_NOTE: &str = "
schema: p
format: json
fields:
  $.family: {class: person_name, part: family}
  $.given: {class: person_name, part: given}
  $.mrn: {class: mrn, width: 8}
  $.note: free_text
  $.keep.*: not_phi
  $.keep.*~: not_phi
";

fn case_of(name: &str, case: u8) -> String {
    match case {
        0 => name.to_string(),
        1 => name.to_uppercase(),
        _ => name.to_lowercase(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_known_from_fields_leave_in_no_variant(
        family in "[A-Z][a-z]{4,9}(-[A-Z][a-z]{4,7})?",
        given in "[A-Z][a-z]{4,9}",
        (before, after) in ("([a-z]{1,8} ?){0,4}[,.;:(\n\"]?", "[,.;:)\n\"]?( [a-z]{1,8}){0,4}"),
        shape in 0u8..7,
        case in 0u8..3,
    ) {
        let written = case_of(&match shape {
            0 => format!("{given} {family}"),
            1 => format!("{family}, {given}"),
            2 => format!("{family},{given}"),
            3 => format!("{}. {family}", &given[..1]),
            4 => family.clone(),
            5 => format!("{given}\n{family}"),
            _ => format!("{family} {}", &given[..1]),
        }, case);
        let record = serde_json::json!({
            "family": family, "given": given, "mrn": "12345678", "note": format!("{before} {written} {after}"),
        }).to_string();
        let cleaned = clean(&plan(NAME_AND_NOTE), &[record.as_bytes()]);
        let value = String::from_utf8_lossy(cleaned.value(0).expect("clean")).to_lowercase();
        for part in family.split('-') {
            prop_assert!(!value.contains(&part.to_lowercase()), "{part} in {value} from {record}");
        }
    }

    #[test]
    fn record_numbers_known_from_fields_leave_in_no_variant(
        mrn in "[1-9][0-9]{7}",
        separator in "[ ./-]{0,2}",
        at in 1usize..7,
        zeros in 0usize..3,
        before in "[a-z ]{0,12}[ #:(]",
    ) {
        let written = format!("{}{}{separator}{}", "0".repeat(zeros), &mrn[..at], &mrn[at..]);
        let record = serde_json::json!({ "mrn": mrn, "note": format!("{before}{written} seen") }).to_string();
        let cleaned = clean(&plan(NAME_AND_NOTE), &[record.as_bytes()]);
        let value = String::from_utf8_lossy(cleaned.value(0).expect("clean")).into_owned();
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        prop_assert!(!digits.contains(&mrn), "{value} from {record}");
    }

    #[test]
    fn bytes_that_no_rule_touches_stay(
        members in prop::collection::vec(("[a-z]{1,6}", "[ -~&&[^\"\\\\]]{0,20}", " {0,2}"), 0..6),
        note in "[a-z ,.;]{0,60}",
    ) {
        let mut seen = std::collections::BTreeSet::new();
        let members: Vec<_> = members.into_iter().filter(|m| seen.insert(m.0.clone()))
            .map(|(name, value, space)| format!("\"{name}\"{space}:{space}\"{value}\"")).collect();
        let record = format!("{{ \"keep\" : {{{}}},\t\"note\":\"{note}\" }}", members.join(", "));
        let cleaned = clean(&plan(NAME_AND_NOTE), &[record.as_bytes()]);
        prop_assert_eq!(cleaned.value(0).map(String::from_utf8_lossy), Some(record.as_str().into()));
    }

    #[test]
    fn any_bytes_are_cleaned_or_refused_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let cleaned = clean(&plan(NAME_AND_NOTE), &[&bytes]);
        prop_assert!(matches!(cleaned.disposition(0), Disposition::Refused(_)));
    }

    #[test]
    fn mutated_notes_never_panic_and_stay_json(
        n in 0u64..500,
        edits in prop::collection::vec((0usize..1200, any::<u8>()), 1..6),
    ) {
        let mut record = Generator::new(9, 50).note(n).value.into_bytes();
        for (at, byte) in edits {
            let at = at % record.len();
            record[at] = byte;
        }
        let cleaned = clean(&notes(), &[&record]);
        prop_assert!(cleaned.disposition(0) != Disposition::Refused(weir::phi::Code::Panic));
        if let Some(value) = cleaned.value(0) {
            prop_assert!(serde_json::from_slice::<serde_json::Value>(value).is_ok());
        }
    }

    #[test]
    fn batching_and_order_change_nothing(seed in any::<u64>(), split in 1usize..9) {
        let generator = Generator::new(seed, 20);
        let plan = notes();
        let records: Vec<_> = (0..10).map(|n| generator.note(n).value).collect();
        let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
        let whole = clean(&plan, &raw);
        let (a, b) = raw.split_at(split);
        let (first, second) = (clean(&plan, a), clean(&plan, b));
        let apart = (0..a.len()).map(|n| first.value(n)).chain((0..b.len()).map(|n| second.value(n)));
        for (n, value) in apart.enumerate() {
            prop_assert_eq!(whole.value(n), value);
        }
    }
}
