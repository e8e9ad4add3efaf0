//! What holds for every record: nothing panics, nothing known leaves, what no rule touches stays
//! as it is, and order and batching change nothing.

mod wire;

use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use weir::clean::{Batch, Cleaned, Disposition, SchemaRef, Subjects, finish, key_needs, locate};
use weir::keys::Keyring;
use weir::phi::{Code, Day, Ymd};
use weir::policy::{BUILTIN, Doors, Plan, load_pipeline, plan_from_text, schema_from_text};
use weir::scan::{Scan, against, draft};
use weir_synth::Generator;

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

fn plan(schema: &str) -> Plan {
    plan_under(schema, BUILTIN[2].1)
}

/// Without the tagger, which would take for a name what the record's layer left.
fn plan_of_rules(schema: &str) -> Plan {
    let policy = BUILTIN[2].1.replace("free_text:     detect", "free_text: {detect: rules}");
    assert_ne!(policy, BUILTIN[2].1);
    plan_under(schema, &policy)
}

fn plan_under(schema: &str, policy: &str) -> Plan {
    plan_from_text(schema, policy, today()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn clean(plan: &Plan, records: &[&[u8]]) -> Cleaned {
    clean_with(plan, records, None)
}

/// The same, with this code for every value that gets one assigned.
fn clean_with(plan: &Plan, records: &[&[u8]], code: Option<&str>) -> Cleaned {
    let keys = Keyring::for_tests("properties").snapshot(&key_needs(plan)).expect("keys");
    let mut batch = Batch::new(today());
    records.iter().for_each(|record| batch.push(None, Some(record), None));
    let located = locate(plan, batch);
    let wanted = located.coded(plan).len();
    let codes = code.map_or(Vec::new(), |code| vec![Ok(code.to_string()); wanted]);
    let subjects = Subjects::of(Vec::new(), codes);
    finish(plan, &keys, &subjects, located)
}

fn notes() -> Plan {
    plan(include_str!("../schemas/clinical-note.yaml"))
}

/// An oracle that knows nothing of how weir looks: letters and digits alone, accents gone, and
/// no border is asked for. What it finds in `text` is there.
fn bare(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded = text.nfkd().flat_map(char::to_lowercase).nfkd();
    folded.filter(|c| c.is_alphanumeric()).collect()
}

/// The record's prose, tokens taken out: their letters are drawn by a cipher.
fn prose(value: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(value).expect("JSON");
    let note = value.get("note").expect("a note");
    let text = note.get("text").unwrap_or(note).as_str().expect("prose").to_string();
    let mut out = String::new();
    for (n, piece) in text.split('[').enumerate() {
        out.push_str(if n == 0 {
            piece
        } else {
            piece.split_once(']').map_or(piece, |(_, rest)| rest)
        });
        out.push('|');
    }
    out
}

/// 2 % of the patients have a name that is an ordinary word. None may be refused by mistake, and no
/// identifier of the patient may be in what is left, in any spelling.
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
            let patient = generator.patient_of(n);
            let text = String::from_utf8_lossy(value);
            leaked
                .extend(patient.identifiers().into_iter().filter(|id| text.contains(id.as_str())));
            let (left, raw_left) = (bare(&prose(value)), prose(raw[at]));
            let (year, month, day) = patient.birth;
            for id in [
                patient.mrn.trim_start_matches('0').to_string(),
                patient.ssn.clone(),
                patient.phone.clone(),
                patient.street.clone(),
                format!("{}{}", patient.given[0], patient.family),
                format!("{}{}", patient.family, patient.given[0]),
                format!("{month:02}{day:02}{year}"),
                format!("{year}{month:02}{day:02}"),
            ] {
                leaked.extend(left.contains(&bare(&id)).then(|| format!("{id} in {raw_left}")));
            }
            // Alone, a name that is a word is the word as often; in these, it is nobody's.
            let alone =
                ["Foley catheter", "Parkinson's disease", "Crohn's disease", "Graves disease"]
                    .iter()
                    .fold(prose(value), |text, eponym| text.replace(eponym, ""));
            for name in [&patient.family, &patient.given[0]] {
                let words = &alone;
                let mut words = words.split(|c: char| !c.is_alphanumeric());
                let ordinary = weir::detect::is_ordinary(&name.to_lowercase());
                leaked.extend(
                    (!ordinary && words.any(|word| word.eq_ignore_ascii_case(name)))
                        .then(|| format!("{name} in {raw_left}")),
                );
            }
        }
    }
    assert_eq!(refused, 0, "of 10,000 notes");
    assert!(leaked.is_empty(), "{} leaked: {:?}", leaked.len(), &leaked[..leaked.len().min(5)]);
}

/// Base64 of a text goes as a whole under every policy, whatever of it the policy would keep.
#[test]
fn base64_of_a_text_leaves_under_no_policy() {
    use data_encoding::BASE64;
    let schema =
        "schema: x\nformat: json\nsubject: $.mrn\nfields: {$.mrn: mrn, $.note: free_text}\n";
    let hidden = BASE64.encode(
        b"Reported 2024-03-14 in Boston, MA 02139. Patient Wilson Harrow, SSN 123-45-6789.",
    );
    let record = serde_json::json!({ "mrn": "0044718829", "note": format!("see {hidden} please") })
        .to_string();
    for (name, policy) in BUILTIN {
        let cleaned = clean_with(&plan_under(schema, policy), &[record.as_bytes()], Some("c1"));
        let left = cleaned.value(0).map(String::from_utf8_lossy);
        let left = left.unwrap_or_else(|| panic!("refused under {name}"));
        assert!(!left.contains(&hidden[..12]) && left.contains("please"), "{name}: {left}");
    }
}

/// The letters of a token are drawn by a cipher. Where they spell a name of the record, that says
/// nothing of it, and refuses nothing.
#[test]
fn letters_of_a_token_that_spell_a_name_are_no_leak() {
    let schema = "schema: x\nformat: json\nfields: {$.name: person_name, $.doctor: provider_name, \
                  $.id: unique_id, $.note: free_text}\n";
    let record = |name: &str, n: u8| {
        let (id, doctor) =
            (format!("V-{}", 100_000 + u32::from(n)), "okafor".repeat(1 + usize::from(n)));
        let note = format!("{name} was seen by Dr. {doctor}.");
        serde_json::json!({ "name": name, "doctor": doctor, "id": id, "note": note }).to_string()
    };
    let json = |cleaned: &Cleaned| -> serde_json::Value {
        serde_json::from_slice(cleaned.value(0).expect("clean")).expect("JSON")
    };
    // Four letters between digits, as a name of four letters stands between spaces.
    let spelt = |token: &str| {
        let letters = token.split(|c: char| !c.is_ascii_lowercase()).skip(1).find(|w| w.len() == 4);
        letters.map(str::to_string)
    };
    let mut tried = BTreeSet::new();
    for rule in ["siv", "hash", "assign"] {
        let policy = ["provider_name:", "unique_id:    "].iter().fold(
            BUILTIN[2].1.to_string(),
            |policy, class| {
                let old = format!("  {class} siv\n");
                assert!(policy.contains(&old), "{old}");
                policy.replace(&old, &format!("  {class} {rule}\n"))
            },
        );
        let plan = plan_under(schema, &policy);
        for n in 0..30 {
            let code = (rule == "assign").then_some("cz55cizy367p");
            let clean = |name: &str| clean_with(&plan, &[record(name, n).as_bytes()], code);
            let drawn = json(&clean("Ingrid Whitaker"));
            for field in ["doctor", "id"] {
                let token = drawn[field].as_str().expect("a token");
                let letters = token.rsplit([':', '~']).next().unwrap_or_default();
                let Some(name) = spelt(letters) else { continue };
                tried.insert((rule, field));
                let cleaned = clean(&format!("Ingrid {name}"));
                assert_eq!(cleaned.disposition(0), Disposition::Clean, "{name} in {token}");
                assert_eq!(json(&cleaned)[field], *token);
            }
        }
    }
    assert_eq!(tried.len(), 6, "tokens that spell four letters: {tried:?}");
}

/// The note is a member that no path lists: it is looked through as one that is listed.
#[test]
fn unlisted_prose_passes_and_none_leaks() {
    let schema = include_str!("../schemas/clinical-note.yaml")
        .replace("  $.note.text:             free_text\n", "")
        .replace("unlisted: quarantine", "unlisted: scan");
    let plan = plan(&schema);
    let generator = Generator::new(7, 300);
    let records: Vec<_> = (0..3_000).map(|n| generator.note(n).value).collect();
    let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
    let cleaned = clean(&plan, &raw);
    let (mut refused, mut leaked) = (0, Vec::new());
    for at in 0..raw.len() {
        let Some(value) = cleaned.value(at) else {
            refused += 1;
            continue;
        };
        let text = String::from_utf8_lossy(value);
        let patient = generator.patient_of(at as u64);
        leaked.extend(patient.identifiers().into_iter().filter(|id| text.contains(id.as_str())));
    }
    assert!(leaked.is_empty(), "{leaked:?}");
    assert!(refused < 300, "{refused} of 3,000 notes");
}

/// Names that are words and the way in which people write what they know of a patient.
fn known_values(patient: &weir_synth::Patient) -> Vec<(String, Vec<String>)> {
    let (year, month, day) = patient.birth;
    let (given, family) = (&patient.given[0], &patient.family);
    let digits = |text: &str| vec![bare(text.trim_start_matches('0'))];
    let born = vec![format!("{year}{month:02}{day:02}"), format!("{month:02}{day:02}{year}")];
    let name = vec![bare(family), bare(given)];
    let mut values = vec![
        (patient.mrn.clone(), digits(&patient.mrn)),
        (format!("{}-{}", &patient.mrn[..5], &patient.mrn[5..]), digits(&patient.mrn)),
        (patient.mrn.trim_start_matches('0').to_string(), digits(&patient.mrn)),
        (patient.ssn.clone(), digits(&patient.ssn)),
        (patient.ssn_dashed(), digits(&patient.ssn)),
        (patient.phone.clone(), digits(&patient.phone)),
        (patient.phone_bracketed(), digits(&patient.phone)),
        (patient.birth_iso(), born.clone()),
        (format!("{month:02}/{day:02}/{year}"), born.clone()),
        (format!("{year}{month:02}{day:02}"), born),
    ];
    // A name that is a word is the word as often; together they are nobody's but the patient's.
    let ordinary = |name: &String| weir::detect::is_ordinary(&name.to_lowercase());
    if !ordinary(family) && !ordinary(given) {
        values.push((family.clone(), name.clone()));
        values.push((given.to_uppercase(), name.clone()));
        values.push((format!("{family}, {given}"), name.clone()));
        values.push((format!("{given} {family}"), name));
    }
    values
}

/// In every shape that a member can have: its value, its name, in prose, in arrays and objects, and as a
/// number; under names that say something, that say something else, and that say nothing.
#[test]
fn no_known_value_leaves_in_an_unlisted_member_of_any_shape() {
    use serde_json::{Value, json};
    let schema = "schema: u\nformat: json\nsubject: $.p.mrn\nfields:\n  $.p.mrn: {class: mrn, width: 10}\n  \
                  $.p.name: person_name\n  $.p.birth: birth_date\n  $.p.ssn: ssn\n  $.p.phone: phone\n\
                  unlisted: scan\n";
    let names = ["status", "comment", "code", "value", "snomed", "contact", "id", "count", "state"];
    let mut clean_by_policy = Vec::new();
    for (policy, text) in BUILTIN {
        let plan = plan_under(schema, text);
        let (mut records, mut needles) = (Vec::new(), Vec::new());
        for patient in Generator::new(8, 12).patients() {
            // A limited data set keeps dates.
            let born = patient.birth.0.to_string();
            let kept = |value: &str| *policy == "limited_dataset" && value.contains(&born);
            let values = known_values(patient).into_iter();
            for (value, sought) in values.filter(|(value, _)| !kept(value)) {
                let number = value.parse::<u64>().ok().map(Value::from);
                for name in names {
                    let mut shapes = vec![
                        json!({ name: value }),
                        json!({ name: format!("  {value}\n") }),
                        json!({ name: format!("the patient reports that {value} was told to come back with pain") }),
                        json!({ name: format!("seen {value}") }),
                        json!({ name: [[value], null, { "status": [true, value] }] }),
                        json!({ value.clone(): name }),
                        json!({ name: { value.clone(): 1 } }),
                        json!({ format!("{name}_{value}"): 1 }),
                    ];
                    if let Some(number) = &number {
                        shapes.push(json!({ name: number }));
                        shapes.push(json!({ name: [1, { "value": number }] }));
                        shapes.push(json!({ name: format!("{number}.0").parse::<f64>().expect("a number") }));
                    }
                    for mut record in shapes {
                        record["p"] = json!({
                            "mrn": patient.mrn, "name": patient.full_name(), "birth": patient.birth_iso(),
                            "ssn": patient.ssn_dashed(), "phone": patient.phone_bracketed(),
                        });
                        records.push(record.to_string());
                        needles.push(sought.clone());
                    }
                }
            }
        }
        let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
        let cleaned = clean_with(&plan, &raw, Some("cz55cizy367p"));
        let mut passed = 0;
        for (at, sought) in needles.iter().enumerate() {
            let Some(value) = cleaned.value(at) else {
                assert_eq!(
                    cleaned.disposition(at),
                    Disposition::Refused(Code::Doubtful),
                    "{}",
                    records[at]
                );
                continue;
            };
            passed += 1;
            let mut left: Value = serde_json::from_slice(value).expect("JSON");
            left.as_object_mut().expect("an object").remove("p");
            // Tokens are of random letters.
            let left = left.to_string();
            let left: Vec<_> = left
                .split('[')
                .map(|piece| {
                    piece.split_once('~').map_or(piece, |(_, rest)| {
                        rest.split_once(']').map_or("", |(_, rest)| rest)
                    })
                })
                .collect();
            let left = bare(&left.join(" "));
            for needle in sought {
                assert!(
                    !left.contains(needle.as_str()),
                    "{policy}: {needle} in {left} of {}",
                    records[at]
                );
            }
        }
        clean_by_policy.push((policy, passed, records.len()));
    }
    println!("{clean_by_policy:?}");
    // Most shapes hold nothing but what is known, and that has a rule.
    for (policy, passed, of) in clean_by_policy {
        assert!(3 * passed > of, "{policy}: {passed} of {of}");
    }
}

#[test]
fn every_visit_passes_and_none_leaks() {
    let plan = plan(include_str!("../schemas/visit.yaml"));
    let generator = Generator::new(6, 100);
    let records: Vec<_> = (0..500).map(|n| generator.visit(n).value).collect();
    let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
    let cleaned = clean(&plan, &raw);
    for at in 0..raw.len() {
        assert_eq!(cleaned.disposition(at), Disposition::Clean, "{at}");
        let text = String::from_utf8_lossy(cleaned.value(at).expect("clean"));
        let patient = generator.patient_of(at as u64);
        let leaked: Vec<_> =
            patient.identifiers().into_iter().filter(|id| text.contains(id.as_str())).collect();
        assert!(leaked.is_empty(), "{leaked:?}");
        for name in [&patient.family, &patient.given[0]] {
            assert!(!text.contains(&format!("\"{name}\"")), "{name} in {text}");
        }
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

/// Family and given names: plain, short, with accents, apostrophes and hyphens, and words.
const FAMILY: &str = "([A-Z][a-z]{4,9}(-[A-Z][a-z]{4,7})?|[B-Z][aou][kntz]{1,2}|Garc\u{ed}a|\u{d6}zt\u{fc}rk|Nu\u{f1}ez|O'[A-Z][a-z]{4,6}|\u{141}ukasik)";
const GIVEN: &str = "([A-Z][a-z]{4,9}|[B-Z][aou][kntz]{1,2}|Jos\u{e9}|Zo\u{eb}|\u{c9}mile)";
/// What people and word processors put between groups of digits.
const SEPARATOR: &str =
    "(| |-|\\.|/|_| - |\u{2010}|\u{2011}|\u{2013}|\u{2014}|\u{a0}|\u{2009}|\u{200b}|\u{ad}|-\n|\t)";

fn case_of(name: &str, case: u8) -> String {
    match case {
        0 => name.to_string(),
        1 => name.to_uppercase(),
        _ => name.to_lowercase(),
    }
}

/// How often a text has a value as words of its own.
fn words(text: &str, value: &str) -> usize {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(value)
        .filter(|(at, _)| {
            edge(text[..*at].chars().next_back()) && edge(text[at + value.len()..].chars().next())
        })
        .count()
}

const MESSAGE: &str = include_str!("golden/hl7v2/result/oru.input.hl7");

/// A record with some of its bytes changed.
fn edited(record: &str, edits: &[(usize, u8)]) -> Vec<u8> {
    let mut record = record.as_bytes().to_vec();
    for (at, byte) in edits {
        let at = at % record.len();
        record[at] = *byte;
    }
    record
}

const CLAIM: &str = include_str!("golden/x12/one-patient/claim.input.x12");

const BUNDLE: &str = include_str!("golden/fhir/one-patient/patient.input.ndjson");

const DOCUMENT: &str = include_str!("golden/cda/one-patient/summary.input.xml");

/// By the schema for C-CDA that ships.
fn documents() -> &'static Plan {
    static PLAN: std::sync::LazyLock<Plan> =
        std::sync::LazyLock::new(|| plan(include_str!("../schemas/ccda.yaml")));
    &PLAN
}

/// By the schema for FHIR that ships.
fn resources() -> &'static Plan {
    static PLAN: std::sync::LazyLock<Plan> =
        std::sync::LazyLock::new(|| plan(include_str!("../schemas/fhir-r4.yaml")));
    &PLAN
}

/// By the schema for X12 that ships.
fn interchanges() -> &'static Plan {
    static PLAN: std::sync::LazyLock<Plan> =
        std::sync::LazyLock::new(|| plan(include_str!("../schemas/x12.yaml")));
    &PLAN
}

/// By the schema for HL7 that ships.
fn messages() -> &'static Plan {
    static PLAN: std::sync::LazyLock<Plan> =
        std::sync::LazyLock::new(|| plan(include_str!("../schemas/hl7v2.yaml")));
    &PLAN
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_known_from_fields_leave_in_no_variant(
        family in FAMILY,
        given in GIVEN,
        (before, after) in ("([a-z]{1,8} ?){0,4}[,.;:(\n\"\u{201c}\u{2014}\u{a0}]?", "[,.;:)\n\"\u{201d}\u{2014}]?( [a-z]{1,8}){0,4}"),
        between in "[ \n\u{a0}]{1,2}",
        shape in 0u8..8,
        case in 0u8..3,
        plain in any::<bool>(),
    ) {
        let initial = given.chars().next().expect("a letter");
        let mut written = case_of(&match shape {
            0 => format!("{given}{between}{family}"),
            1 => format!("{family}, {given}"),
            2 => format!("{family},{given}"),
            3 => format!("{initial}. {family}"),
            4 => family.clone(),
            5 => format!("Mr. {family}, {given}"),
            6 => given.clone(),
            _ => format!("{family} {initial}"),
        }, case);
        if plain {
            // As typed on a keyboard without accents.
            use unicode_normalization::UnicodeNormalization;
            written = written.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
        }
        let record = serde_json::json!({
            "family": family, "given": given, "mrn": "12345678", "note": format!("{before} {written} {after}"),
        }).to_string();
        let cleaned = clean(&plan_of_rules(NAME_AND_NOTE), &[record.as_bytes()]);
        let value = prose(cleaned.value(0).expect("clean"));
        let words = |text: &str| -> Vec<String> {
            let pieces = text.split(|c: char| c.is_whitespace() || ",.;:|()\"-\u{201c}\u{201d}\u{2014}".contains(c));
            pieces.map(bare).filter(|word| word.chars().count() > 1).collect()
        };
        let (left, around) = (words(&value), words(&format!("{before} {after}")));
        for part in words(&format!("{family} {given}")) {
            let count = |list: &[String]| list.iter().filter(|word| **word == part).count();
            prop_assert!(count(&left) <= count(&around), "{part} in {value} from {record}");
        }
    }

    /// Two parts together are a name even when both are words, in any case.
    #[test]
    fn a_name_of_two_ordinary_words_leaves_in_no_case(
        family in "(Wilson|King|May|White|Young|Long|Graves|Rose)",
        given in "(John|Mark|Grace|Will|Jack|April|Frank|Hope)",
        after in "(, 62, was seen|'s test results| came in| blood pressure 120/80|\\. Blood| 3 times)",
        (order, case) in (any::<bool>(), 0u8..3),
    ) {
        let written = if order { format!("{given} {family}") } else { format!("{family}, {given}") };
        let written = case_of(&written, case);
        let record = serde_json::json!({
            "family": family, "given": given, "mrn": "12345678", "note": format!("saw {written}{after}; pt {family}"),
        }).to_string();
        let cleaned = clean(&plan_of_rules(NAME_AND_NOTE), &[record.as_bytes()]);
        let left = prose(cleaned.value(0).expect("clean")).to_lowercase();
        prop_assert!(!left.contains(&family.to_lowercase()), "{left} from {record}");
        prop_assert!(!left.contains(&given.to_lowercase()), "{left} from {record}");
    }

    #[test]
    fn record_numbers_known_from_fields_leave_in_no_variant(
        mrn in "[1-9][0-9]{7}",
        separators in prop::collection::vec(SEPARATOR, 2),
        (first, second) in (1usize..4, 4usize..8),
        zeros in 0usize..3,
        before in "([a-z ]{0,12}[ #:(\u{201c}\u{2014}]|ID|pt)",
        after in "( seen|\u{201d}|A|, and)",
        wide in any::<bool>(),
    ) {
        let mut written = format!("{}{}{}{}{}{}", "0".repeat(zeros), &mrn[..first], separators[0],
            &mrn[first..second], separators[1], &mrn[second..]);
        if wide {
            let full = |c: char| c.to_digit(10).map_or(c, |d| char::from_u32(0xff10 + d).expect("a digit"));
            written = written.chars().map(full).collect();
        }
        let record = serde_json::json!({ "mrn": mrn, "note": format!("{before}{written}{after}") }).to_string();
        let cleaned = clean(&plan_of_rules(NAME_AND_NOTE), &[record.as_bytes()]);
        let left = bare(&prose(cleaned.value(0).expect("clean")));
        prop_assert!(!left.contains(&mrn), "{left} from {record}");
        for piece in [&mrn[..first], &mrn[first..second], &mrn[second..]].into_iter().filter(|p| p.len() > 4) {
            prop_assert!(!left.contains(piece), "{piece}: {left} from {record}");
        }
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
        let cleaned = clean(&plan_of_rules(NAME_AND_NOTE), &[record.as_bytes()]);
        prop_assert_eq!(cleaned.value(0).map(String::from_utf8_lossy), Some(record.as_str().into()));
    }

    #[test]
    fn any_bytes_are_cleaned_or_refused_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let cleaned = clean(&plan(NAME_AND_NOTE), &[&bytes]);
        let Disposition::Refused(code) = cleaned.disposition(0) else {
            return Err(TestCaseError::fail("random bytes are no record"));
        };
        prop_assert!(!matches!(code, Code::Panic | Code::Internal), "{code:?}");
    }

    /// Bytes, and records of any names and values, against a schema and without one.
    #[test]
    fn any_bytes_are_scanned(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        members in prop::collection::vec(("\\PC{0,12}", "[\\PC\n]{0,40}", any::<f64>(), any::<i64>()), 0..8),
    ) {
        let schema = schema_from_text(NAME_AND_NOTE).expect("a schema");
        let mut record = serde_json::Map::new();
        for (name, text, float, whole) in &members {
            let value = serde_json::json!([text, float, { name: whole }, { "note": text, "given": [name] }]);
            record.insert(name.clone(), value);
            record.insert(text.clone(), serde_json::json!(whole));
            record.insert("note".into(), serde_json::json!(text));
        }
        let record = serde_json::Value::Object(record).to_string();
        for schema in [None, Some(&schema)] {
            let mut scan = Scan::new(schema);
            scan.add(&bytes);
            scan.add(record.as_bytes());
            let report = match schema {
                None => scan.finish(),
                Some(schema) => against(scan, schema).0,
            };
            prop_assert!(report.records >= 1);
            // Whatever the names are, what is drafted is a schema.
            if let Some(text) = draft(&report, "any") {
                let read = schema_from_text(&text);
                prop_assert!(read.is_ok(), "{text}\n{:?}", read.err());
            }
        }
    }

    /// Whatever stands in the listed fields, and in the prose.
    #[test]
    fn any_values_are_cleaned_or_refused_and_never_panic(
        family in "\\PC{0,12}", given in "\\PC{0,12}", mrn in "[0-9\\PC]{0,10}", note in "[\\PC\n]{0,120}", again in any::<bool>(),
    ) {
        let note = if again { format!("{note} {given} {family}, {mrn}") } else { note };
        let record = serde_json::json!({ "family": family, "given": given, "mrn": mrn, "note": note }).to_string();
        let cleaned = clean(&plan_of_rules(NAME_AND_NOTE), &[record.as_bytes()]);
        let failed = matches!(cleaned.disposition(0), Disposition::Refused(Code::Panic | Code::Internal));
        prop_assert!(!failed, "{record}");
        if let Some(value) = cleaned.value(0) {
            prop_assert!(serde_json::from_slice::<serde_json::Value>(value).is_ok());
        }
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
        prop_assert!(cleaned.disposition(0) != Disposition::Refused(Code::Panic));
        if let Some(value) = cleaned.value(0) {
            prop_assert!(serde_json::from_slice::<serde_json::Value>(value).is_ok());
        }
    }

    #[test]
    fn mutated_messages_never_panic_and_keep_their_marks(
        edits in prop::collection::vec((0usize..1200, any::<u8>()), 0..6),
    ) {
        let record = edited(MESSAGE, &edits);
        let cleaned = clean(messages(), &[&record]);
        prop_assert!(cleaned.disposition(0) != Disposition::Refused(Code::Panic));
        if let Some(value) = cleaned.value(0) {
            let before = std::str::from_utf8(&record).expect("a record that was read");
            let after = std::str::from_utf8(value).expect("UTF-8");
            let field = before.as_bytes()[3] as char;
            let shape = |text: &str| -> Vec<(String, usize)> {
                let lines = text.split(['\r', '\n']);
                lines.map(|line| (line.chars().take(3).collect(), line.matches(field).count())).collect()
            };
            prop_assert_eq!(shape(before), shape(after));
            // Where the patient is still known, and still named: an edit may have made another word of a name.
            let head = |text: &str| text.split('\n').take(2).collect::<Vec<_>>().join("\n");
            for secret in ["Ingrid", "Whitaker", "12345678", "212-555-0142"] {
                let as_before = words(before, secret) == words(MESSAGE, secret);
                let known = head(before) == head(MESSAGE) && as_before;
                prop_assert!(!known || words(after, secret) == 0, "{secret} in {after}");
            }
        }
    }

    /// A document with some bytes changed is cleaned, and what comes out is read without any deletion or change; or it
    /// is refused.
    #[test]
    fn mutated_documents_never_panic_and_stay_xml(
        edits in prop::collection::vec((any::<usize>(), prop::sample::select(b"<>/\"'&;=! A1-".to_vec())), 1..5),
    ) {
        let record = edited(DOCUMENT, &edits);
        let cleaned = clean(documents(), &[&record]);
        prop_assert!(cleaned.disposition(0) != Disposition::Refused(Code::Panic));
        if let Some(value) = cleaned.value(0) {
            let before = std::str::from_utf8(&record).expect("a record that was read");
            let after = std::str::from_utf8(value).expect("UTF-8");
            let again = clean(documents(), &[value]);
            let unread = [Code::NotXml, Code::NotUtf8, Code::Unlisted, Code::Panic].map(Disposition::Refused);
            prop_assert!(!unread.contains(&again.disposition(0)), "{:?}: {after}", again.disposition(0));
            for secret in ["Ingrid", "Whitaker", "0012345678", "123-45-6789", "12 Elm Street"] {
                let as_before = words(before, secret) == words(DOCUMENT, secret);
                prop_assert!(!as_before || words(after, secret) == 0, "{secret} in {after} from {before}");
            }
        }
    }

    /// A bundle with some bytes changed is cleaned and stays JSON, or is refused; a name that is still one in its field
    /// is nowhere else.
    #[test]
    fn mutated_bundles_never_panic_and_stay_json(
        edits in prop::collection::vec((any::<usize>(), prop::sample::select(b"\"{}[]:,_\\ A1e.".to_vec())), 1..5),
    ) {
        let record = edited(BUNDLE.trim_end(), &edits);
        let cleaned = clean(resources(), &[&record]);
        prop_assert!(cleaned.disposition(0) != Disposition::Refused(Code::Panic));
        if let Some(value) = cleaned.value(0) {
            let before = std::str::from_utf8(&record).expect("a record that was read");
            let after = std::str::from_utf8(value).expect("UTF-8");
            prop_assert!(serde_json::from_str::<serde_json::Value>(after).is_ok(), "{after}");
            for secret in ["Ingrid", "Whitaker", "0012345678", "123-45-6789", "212-555-0142"] {
                let as_before = words(before, secret) == words(BUNDLE, secret);
                prop_assert!(!as_before || words(after, secret) == 0, "{secret} in {after} from {before}");
            }
        }
    }

    /// Whatever goes, and wherever it stands: what is left is JSON with the same members but those.
    #[test]
    fn members_that_go_leave_json_behind(
        members in prop::collection::vec((prop::sample::select(vec!["id", "birthDate", "_birthDate", "gender", "x", "y", "name", "meta", "meta"]), 0usize..4), 0..8),
        blank in prop::sample::select(vec!["", " ", "\n\t"]),
    ) {
        let mut seen = std::collections::BTreeSet::new();
        let mut parts = vec!["\"resourceType\":\"Patient\"".to_string()];
        for (name, place) in members {
            if seen.insert(name) {
                let value = match name {
                    "name" => "[{\"family\":\"Quist\"},{\"z\":1}]",
                    "_birthDate" => "{\"extension\":[]}",
                    "x" | "y" => "{\"deep\":[1,\"}\"]}",
                    "meta" => ["{\"tag\":[{\"z\":1},{\"code\":\"a\"}],\"versionId\":\"1\"}", "{\"versionId\":\"1\"}"][place % 2],
                    _ => "\"?!\"",
                };
                parts.insert(place.min(parts.len()), format!("\"{name}\"{blank}:{blank}{value}"));
            }
        }
        let record = format!("{{{blank}{}{blank}}}", parts.join(&format!("{blank},{blank}")));
        let cleaned = clean(resources(), &[record.as_bytes()]);
        let after = cleaned.value(0).expect("clean");
        let after: serde_json::Value = serde_json::from_slice(after).unwrap_or_else(|why| panic!("{why}: {record}"));
        // What was done is said, and not where nothing was.
        let says = after.pointer("/meta/security/0/code").is_some_and(|code| code == "PSEUDED");
        let changes = ["id", "birthDate", "x", "y", "name", "meta"];
        prop_assert_eq!(says, seen.iter().any(|name| changes.contains(name)), "{}", record);
        let kept = |name: &&str| !["id", "x", "y"].contains(name);
        let mut want: std::collections::BTreeSet<&str> = seen.into_iter().filter(kept).chain(["resourceType"]).collect();
        if want.remove("birthDate") {
            want.insert("_birthDate");
        }
        if says {
            want.insert("meta");
        }
        let names: std::collections::BTreeSet<&str> = after.as_object().expect("an object").keys().map(String::as_str).collect();
        prop_assert_eq!(names, want, "{}", record);
    }

    /// An interchange with some bytes changed is cleaned with its marks in their places, or refused.
    #[test]
    fn mutated_interchanges_never_panic_and_keep_their_marks(
        edits in prop::collection::vec((any::<usize>(), prop::sample::select(b"*^:~|\r\nA1 D.".to_vec())), 1..6),
    ) {
        let record = edited(CLAIM, &edits);
        let cleaned = clean(interchanges(), &[&record]);
        prop_assert!(cleaned.disposition(0) != Disposition::Refused(Code::Panic));
        if let Some(value) = cleaned.value(0) {
            let before = std::str::from_utf8(&record).expect("a record that was read");
            let after = std::str::from_utf8(value).expect("UTF-8");
            let (mark, end) = (record[3] as char, record[105] as char);
            let shape = |text: &str| -> Vec<(String, usize)> {
                let segments = text.split(end).map(str::trim_start);
                segments.map(|one| (one.split(mark).next().unwrap_or("").to_string(), one.matches(mark).count())).collect()
            };
            prop_assert_eq!(shape(before), shape(after));
            prop_assert_eq!(&before[..7], &after[..7]);
            // Where the subscriber is still known.
            let who = |text: &str| -> Vec<String> {
                let known = |one: &&str| ["NM1*IL", "REF*EA", "REF*SY"].iter().any(|head| one.starts_with(head));
                text.split(end).map(str::trim_start).filter(known).map(str::to_string).collect()
            };
            for secret in ["INGRID", "WHITAKER", "0012345678", "123456789"] {
                let as_before = words(before, secret) == words(CLAIM, secret) && who(before) == who(CLAIM);
                prop_assert!(!as_before || words(after, secret) == 0, "{secret} in {after}");
            }
        }
    }

    #[test]
    fn an_interchange_without_listed_values_stays_as_it_is(
        marks in prop::sample::subsequence("*|:^~>!#".chars().collect::<Vec<_>>(), 4),
        values in prop::collection::vec("[a-z ]{0,9}", 3..12),
        (length, fill) in (0usize..4, prop::sample::select(vec!["", "\r\n", "\n", " "])),
    ) {
        let (mark, sub, again, end) = (marks[0], marks[1], marks[2], marks[3]);
        let blank = |width: usize| " ".repeat(width);
        let isa = ["ISA".into(), "00".into(), blank(10), "00".into(), blank(10), "ZZ".into(), blank(15),
            "ZZ".into(), blank(15), blank(6), blank(4), again.to_string(), "00501".into(), "000000001".into(),
            "0".into(), "T".into(), sub.to_string()].join(&mark.to_string());
        let m = mark;
        let body = values.join(&m.to_string()).repeat(length);
        let segments = [isa, format!("GS{m}HC{m}{m}{m}{m}{m}7{m}X"), format!("ST{m}837{m}1"), format!("ZZZ{m}{body}"),
            format!("SE{m}3{m}1"), format!("GE{m}1{m}7"), format!("IEA{m}1{m}000000001")];
        let record: String = segments.iter().map(|one| format!("{one}{end}{fill}")).collect();
        let plan = plan("schema: z\nformat: x12\nfields: {ZZZ-*: not_phi}\n");
        let cleaned = clean(&plan, &[record.as_bytes()]);
        prop_assert_eq!(cleaned.value(0), Some(record.as_bytes()), "{:?}", cleaned.disposition(0));
    }

    #[test]
    fn a_record_of_which_everything_is_kept_stays_as_it_is(
        (text, number, fraction, truth) in (".*", any::<i64>(), -1e9f64..1e9, any::<bool>()),
        texts in prop::collection::vec("[a-z0-9 é]{0,200}", 0..4),
        map in prop::collection::btree_map(".{0,9}", any::<i32>(), 0..3),
        inner in prop::collection::vec((".{0,150}", prop::collection::vec(any::<i32>(), 0..40)), 0..3),
    ) {
        let inner: Vec<_> = inner.iter().map(|(text, numbers)| serde_json::json!({"text": text, "numbers": numbers})).collect();
        let json = serde_json::json!({
            "text": text, "number": number, "fraction": fraction, "truth": truth, "texts": texts, "map": map, "inner": inner,
        });
        for (format, writer) in [("avro", AVRO), ("protobuf", PROTO)] {
            let writer = wire::writer(format, writer);
            let plan = plan(&format!("schema: z\nformat: {format}\nfields: {KEPT}\n"));
            let bound = Arc::new(weir::policy::bind(&plan, &writer).expect("is covered"));
            prop_assert_eq!(&bound.text, &writer.text);
            let record = wire::encode(&writer, &json.to_string());
            let keys = Keyring::for_tests("properties").snapshot(&key_needs(&plan)).expect("keys");
            let mut batch = Batch::new(today());
            batch.push(None, Some(&record), Some(SchemaRef { writer: bound, from: 0, ahead: 0 }));
            let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
            prop_assert_eq!(cleaned.value(0), Some(&*record), "{}: {:?}", format, cleaned.disposition(0));
        }
    }

    #[test]
    fn a_message_without_listed_values_stays_as_it_is(
        marks in prop::sample::subsequence("^~\\&*@!$%#".chars().collect::<Vec<_>>(), 4),
        values in prop::collection::vec("[a-z ]{0,9}", 3..12),
        end in prop::sample::select(vec!["\r", "\n", "\r\n"]),
    ) {
        let marks: String = marks.into_iter().collect();
        let body = values.join("|");
        let record = format!("MSH|{marks}|x{end}ZZZ|{body}{end}");
        let plan = plan("schema: z\nformat: hl7v2\nfields: {MSH-3: not_phi, ZZZ-*: not_phi}\n");
        let cleaned = clean(&plan, &[record.as_bytes()]);
        prop_assert_eq!(cleaned.value(0), Some(record.as_bytes()));
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

/// The same record in two languages, of which everything is kept.
const KEPT: &str = "{$.text: not_phi, $.number: not_phi, $.fraction: not_phi, $.truth: not_phi, '$.texts[*]': not_phi, \
    '$.map.*~': not_phi, '$.map.*': not_phi, '$.inner[*].text': not_phi, '$.inner[*].numbers[*]': not_phi}";
const AVRO: &str = r#"{"type": "record", "name": "R", "fields": [
    {"name": "text", "type": "string"}, {"name": "number", "type": "long"}, {"name": "fraction", "type": "double"},
    {"name": "truth", "type": "boolean"}, {"name": "texts", "type": {"type": "array", "items": "string"}},
    {"name": "map", "type": {"type": "map", "values": "int"}},
    {"name": "inner", "type": {"type": "array", "items": {"type": "record", "name": "I", "fields": [
        {"name": "text", "type": "string"}, {"name": "numbers", "type": {"type": "array", "items": "int"}}]}}}]}"#;
const PROTO: &str = "syntax = 'proto3';
    message R { string text = 1; sint64 number = 2; double fraction = 3; bool truth = 4; repeated string texts = 5;
        map<string, int32> map = 6; repeated I inner = 7; }
    message I { string text = 1; repeated int32 numbers = 2; }";

/// A schema of every class, nested, in arrays and under odd names; and numbers, shapes and parts.
fn every_class(retyped: bool) -> String {
    use weir::phi::{CLASSES, Class};
    let head = "schema: all\nformat: json\nsubject: $.mrn\nfields:\n";
    let mut schema = head.to_string() + "  $.mrn: {class: mrn, width: 10}\n";
    for (n, entry) in CLASSES.iter().enumerate().filter(|(_, entry)| entry.class != Class::Mrn) {
        let path = match n % 3 {
            0 => format!("$.{}", entry.name),
            1 => format!("$.deep.list[*].{}", entry.name),
            _ => format!("$['odd names'].{}[*]", entry.name),
        };
        schema.push_str(&format!("  \"{path}\": {}\n", entry.name));
    }
    let retype = if retyped { ", retype: true" } else { "" };
    schema
        + "  $.family: {class: person_name, part: family}
  $.given[*]: {class: person_name, part: given}
  $.counted: {class: date, epoch: millis, type: number}
  $.shaped: {class: claim, shape: \"E-#{8}[0-9A-F]{4}\"}
  $.odd.*~: not_phi
  $.odd.*: clinical_value
  $.years: {class: age, type: number}
  $.flag: {class: clinical_value, type: number}
" + &format!("  $.numbered: {{class: member_id, width: 12, type: number{retype}}}\n")
}

#[test]
fn there_are_no_canaries_of_segments() {
    assert!(weir::canary::make(messages(), 1).is_none());
    assert!(weir::canary::make(interchanges(), 1).is_none());
}

/// Documents and offsets have no canaries of their own, and are in no canary's way.
#[test]
fn canaries_of_the_schemas_that_weir_carries_are_clean() {
    let mut made = 0;
    for (name, text) in weir::policy::BUILTIN_SCHEMAS {
        let Some(canary) = weir::canary::make(&plan(text), 3) else { continue };
        let cleaned = clean(&plan(text), &[canary.value.expose().as_bytes()]);
        assert_eq!(cleaned.disposition(0), Disposition::Clean, "{name}: {}", canary.value.expose());
        made += 1;
    }
    assert!(made > 6, "{made}");
}

/// What is planted in production has to be clean under the plan, and nothing that is looked for may be
/// left of it; else the alarm would be the planter's own.
#[test]
fn a_canary_of_every_class_is_clean_under_every_policy_and_nothing_of_it_is_left() {
    use weir::canary::{Search, make};
    use weir::keys::SubjectStore;
    for (name, text) in BUILTIN {
        let plan = plan_from_text(&every_class(false), text, today());
        let plan = plan.unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let keys = Keyring::for_tests("t").snapshot(&key_needs(&plan)).expect("keys");
        let store = SubjectStore::forgetful().expect("a store");
        for seed in 0..100 {
            let canary = make(&plan, seed).expect("JSON");
            let raw = canary.value.expose().as_str();
            let again = make(&plan, seed).expect("JSON");
            assert_eq!(again.value.expose(), raw, "the seed decides");
            assert!(canary.identifiers.len() > 10, "{name}: {}", canary.identifiers.len());
            let mut batch = Batch::new(today());
            batch.push(None, Some(raw.as_bytes()), None);
            let located = locate(&plan, batch);
            let subjects = weir::stream::bring(&plan, &store, &located).expect("subjects");
            let cleaned = finish(&plan, &keys, &subjects, located);
            assert_eq!(cleaned.disposition(0), Disposition::Clean, "{name}, {seed}: {raw}");
            let search = Search::of(canary.identifiers.iter()).expect("builds");
            let mut classes: Vec<_> = canary.identifiers.iter().map(|of| of.class).collect();
            classes.sort_unstable();
            classes.dedup();
            assert_eq!(search.find(raw.as_bytes()), classes, "{name}: the raw record shows each");
            let value = cleaned.value(0).expect("a value");
            let left = search.find(value);
            assert!(
                left.is_empty(),
                "{name}, {seed}: {left:?}: {}",
                String::from_utf8_lossy(value)
            );
        }
        let drawn = |seed| make(&plan, seed).expect("JSON");
        assert_ne!(drawn(1).value.expose(), drawn(2).value.expose());
    }
}

/// Members that no path lists are one field in counts, lineage and canaries; none of their names is there.
#[test]
fn unlisted_members_are_one_field() {
    use weir::clean::Counts;
    use weir::lineage::{Job, Run, State, Sums, Told, event};
    let schema =
        "schema: s\nformat: json\nfields:\n  $.mrn: {class: mrn, width: 10}\nunlisted: scan\n";
    let plan = plan(schema);
    let record = br#"{"mrn":"4471023958","zorbStatus":"active","readings":[{"npi":1234567893}]}"#;
    let named = br#"{"mrn":"4471023958","readings":[{"npi":1234567893}]}"#;
    let cleaned = clean(&plan, &[record, named]);
    assert_eq!(cleaned.disposition(0), Disposition::Refused(Code::Doubtful));
    let mut counts = Counts::default();
    (0..2).for_each(|at| counts.add(&cleaned, at));
    let tally = counts.named(&plan);
    let fields: Vec<_> = tally.values.keys().map(String::as_str).collect();
    assert_eq!(fields, ["$.mrn|mrn|fpe|declared", "unlisted|npi|fpe|pattern"]);
    let folder = std::env::temp_dir().join(format!("weir-unlisted-{}", std::process::id()));
    let pipeline = "pipeline: p\nsource: {topics: [raw], schema: s, key: drop}\npolicy: pseudonymize\n\
        destination: d\nsink: {topic: clean}\nquarantine: {topic: q}\n";
    let destinations = "destinations:\n  d: {use: rag_index, recipient: self, region: eu, accepts: [pseudonymized]}\n";
    let files = [
        ("schemas/s.yaml", schema),
        ("pipelines/p.yaml", pipeline),
        ("destinations.yaml", destinations),
    ];
    for (name, text) in files {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("writes");
    }
    let loaded = load_pipeline(&folder.join("pipelines/p.yaml"), today(), Doors::SHUT);
    let pipeline = loaded.unwrap_or_else(|problems| panic!("{problems}"));
    std::fs::remove_dir_all(&folder).expect("removes");
    let (inputs, told) = (["raw".to_string()], Told::default());
    let job = Job {
        pipeline: &pipeline,
        namespace: "kafka://h:1",
        inputs: &inputs,
        output: "clean",
        quarantine: "q",
        keys: 1,
    };
    let sums = Sums { tally: &tally, told: &told, ranges: Vec::new(), quality: None };
    let run = Run { id: "r", parent: "p", policy: &weir::lineage::policy(&plan, 1, &[]) };
    let event = event(&job, run, State::Running, "2026-11-24T00:00:00Z", &sums);
    let columns = &event["outputs"][0]["facets"]["columnLineage"]["fields"];
    let columns: Vec<_> = columns.as_object().expect("columns").keys().collect();
    assert_eq!(columns, ["mrn", "unlisted"]);
    assert!(!event.to_string().contains("readings"), "{event}");
    let canary = weir::canary::make(&plan, 1).expect("JSON");
    let cleaned = clean(&plan, &[canary.value.expose().as_bytes()]);
    assert_eq!(cleaned.disposition(0), Disposition::Clean);
}

#[test]
fn a_schema_without_identifiers_has_a_canary_without_any() {
    let schema = "schema: s\nformat: json\nfields:\n  $.a: clinical_value\n  $.b: sex\n";
    assert!(weir::canary::make(&plan(schema), 1).expect("JSON").identifiers.is_empty());
}

/// The words of a text, as what counts its characters has them: they are found where they are now.
#[test]
fn offsets_are_where_their_characters_are_now() {
    let schema = "schema: marked\nformat: json\nfields:\n  $.name: person_name\n  $.mrn: mrn\n  $.spans[*].start: {start_in: $.text}\n  $.spans[*].end: {end_in: $.text}\n  $.text: free_text\n";
    let plan = plan(schema);
    let generator = Generator::new(12, 100);
    let mut texts = Vec::new();
    let records: Vec<_> = (0..500)
        .map(|n| {
            let note: serde_json::Value = serde_json::from_str(&generator.note(n).value).expect("JSON");
            let text = note["note"]["text"].as_str().expect("a text").replace("e", "\u{e9}");
            let (mut spans, mut at) = (Vec::new(), 0);
            for word in text.split(' ') {
                let end = at + word.chars().count();
                spans.push(serde_json::json!({"start": at, "end": end}));
                at = end + 1;
            }
            let patient = generator.patient_of(n);
            let record = serde_json::json!({"name": patient.full_name(), "mrn": patient.mrn, "spans": spans, "text": text});
            texts.push(text);
            record.to_string()
        })
        .collect();
    let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
    let cleaned = clean(&plan, &raw);
    let (mut kept, mut words) = (0, 0);
    for (at, text) in texts.iter().enumerate() {
        let value = cleaned.value(at).expect("clean");
        let value: serde_json::Value = serde_json::from_slice(value).expect("JSON");
        let now: Vec<char> = value["text"].as_str().expect("a text").chars().collect();
        let number =
            |span: &serde_json::Value, name: &str| span[name].as_u64().expect("a number") as usize;
        let mut last = 0;
        for (word, span) in text.split(' ').zip(value["spans"].as_array().expect("spans")) {
            let (start, end) = (number(span, "start"), number(span, "end"));
            let piece: String = now[start..end].iter().collect();
            words += 1;
            kept += usize::from(piece == word);
            // A blank is between it and what is in front, or both are of one thing that was replaced.
            assert!(
                start < last || start == 0 || (start == last + 1 && now[last] == ' '),
                "{at}: {piece}"
            );
            assert!(
                piece == word
                    || piece.contains(['[', ']'])
                    || piece.contains(|c: char| c.is_ascii_digit()),
                "{at}: {piece}"
            );
            last = end;
        }
        assert_eq!(last, now.len(), "{at}");
    }
    assert!(kept * 10 > words * 7 && kept < words, "{kept} of {words}");
}

/// A token of six digits is somebody else's number once in a million: in a table of a thousand patients, in every other
/// one. That says nothing, and refuses nothing.
#[test]
fn tables_of_many_patients_are_not_refused_by_chance() {
    let plan = plan(
        "schema: t\nformat: csv\nsubject: $.mrn\nfields:\n  $.mrn: {class: mrn, width: 6}\n  $.name: person_name\n  $.phone: phone\n  $.note: free_text\n",
    );
    let mut draw = weir_synth::Draw::new(14);
    for table in 0..8 {
        let mut text = "mrn,name,phone,note\n".to_string();
        for _ in 0..1_000 {
            let (mrn, phone, name) = (draw.digits(6), draw.digits(5), draw.name());
            text += &format!("{mrn},{name},61755{phone},Seen for follow-up; MRN {mrn}.\n");
        }
        let cleaned = clean(&plan, &[text.as_bytes()]);
        assert_eq!(cleaned.disposition(0), Disposition::Clean, "{table}");
        let after = std::str::from_utf8(cleaned.value(0).expect("clean")).expect("UTF-8");
        for (before, after) in text.lines().zip(after.lines()).skip(1) {
            let mrn = &before[..6];
            assert!(!after.starts_with(mrn) && !after.ends_with(&format!("MRN {mrn}.")), "{after}");
            assert!(after.ends_with(&format!("MRN {}.", &after[..6])), "{after}");
        }
    }
}

/// 1/5/2026 stands in 11/5/2026, and a day that is shifted is still another.
#[test]
fn days_are_not_refused_for_what_they_shift_to() {
    let plan = plan(
        "schema: t\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: mrn\n  $.seen: date\n  $.text: free_text\n",
    );
    let records: Vec<_> = (0..2_000)
        .map(|n| {
            format!(
                r#"{{"mrn":"{}","seen":"1/5/2026","text":"seen 1/5/2026 ok"}}"#,
                40_000_000 + n * 7
            )
        })
        .collect();
    let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
    let cleaned = clean(&plan, &raw);
    let refused =
        (0..raw.len()).filter(|at| cleaned.disposition(*at) != Disposition::Clean).count();
    assert_eq!(refused, 0);
}
