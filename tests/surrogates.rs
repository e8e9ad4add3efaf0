//! What holds for readable surrogates: the lists, the shipped policy on thousands of notes, scopes,
//! and how often two names share one.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use weir::clean::{Batch, Cleaned, Disposition, Subjects, finish, key_needs, locate};
use weir::detect::{is_eponym, is_ordinary};
use weir::keys::{KeySnapshot, Keyring, Need, Purpose, Scope, SubjectStore};
use weir::phi::{Class, Code, Day, Ymd, canonical};
use weir::policy::{BUILTIN, Plan, plan_from_text};
use weir::transform::{Context, PhiColumn, Rule, apply, decrypt, surrogate_lists, surrogates};
use weir_synth::Generator;

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

fn readable(schema: &str) -> Plan {
    let (name, policy) = BUILTIN[3];
    assert_eq!(name, "readable");
    plan_from_text(schema, policy, today()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn clean(plan: &Plan, records: &[&[u8]]) -> Cleaned {
    let keys = Keyring::for_tests("surrogates").snapshot(&key_needs(plan)).expect("keys");
    let mut batch = Batch::new(today());
    records.iter().for_each(|record| batch.push(None, Some(record), None));
    let located = locate(plan, batch);
    let secrets =
        SubjectStore::forgetful().expect("a store").get_or_create(&located.subjects(plan));
    finish(plan, &keys, &Subjects::of(secrets.expect("secrets"), Vec::new()), located)
}

fn json(cleaned: &Cleaned, record: usize) -> serde_json::Value {
    serde_json::from_slice(cleaned.value(record).expect("clean")).expect("JSON")
}

fn text<'v>(value: &'v serde_json::Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(serde_json::Value::as_str).expect("a text")
}

/// Words of letters, in lower case.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[test]
fn the_lists_hold_names_and_nothing_else() {
    let lists: BTreeMap<_, _> = surrogate_lists().into_iter().collect();
    let least = |name: &str| match name {
        "latin family" => 4_000,
        "latin female given" | "latin male given" => 900,
        "places city" => 600,
        "places county" | "places street" => 200,
        _ if name.starts_with("places organization") => 100,
        _ if name.contains("patronymic") => 30,
        _ => 40,
    };
    assert_eq!(lists.len(), 3 + 6 + 4 + 6 * 3 + 5);
    for (name, list) in &lists {
        assert!(list.len() >= least(name), "{name}: {}", list.len());
        let set: BTreeSet<_> = list.iter().collect();
        assert_eq!(set.len(), list.len(), "{name} has an entry twice");
        if name.starts_with("places") {
            continue;
        }
        assert!(name.contains("given") <= list.is_sorted(), "{name} is looked up by halves");
        for entry in list {
            assert!(!is_ordinary(entry) && !is_eponym(entry), "{name}: {entry} is a word, too");
            // In canonical form, alone and as one word.
            let mut canon = String::new();
            canonical(Class::PersonName, &Default::default(), entry, &mut canon).expect("a name");
            assert_eq!(canon, *entry, "{name}");
            assert!(entry.chars().all(char::is_alphanumeric) || name.starts_with("dev"), "{entry}");
        }
    }
    assert!(lists["latin family"].is_sorted());
    let scripts: BTreeSet<_> =
        lists.keys().filter_map(|name| name.strip_suffix(" family")).collect();
    assert_eq!(scripts.len(), 9);
    for script in scripts {
        let male = &lists[&format!("{script} male given")];
        for name in &lists[&format!("{script} female given")] {
            assert!(!male.contains(name), "{script}: {name} is of both sexes");
        }
    }
}

/// The original names are nowhere but where a surrogate of somebody else is by chance the same
/// word; nothing is refused; one patient has one surrogate in fields, prose and other records.
#[test]
fn five_thousand_notes_are_readable_and_none_leaks() {
    let plan = readable(include_str!("../schemas/clinical-note.yaml"));
    let generator = Generator::new(11, 500);
    let mut surrogate_of: BTreeMap<String, String> = BTreeMap::new();
    let mut in_prose = 0;
    for chunk in (0..5_000u64).collect::<Vec<_>>().chunks(1_000) {
        let records: Vec<_> = chunk.iter().map(|&n| generator.note(n).value).collect();
        let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
        let cleaned = clean(&plan, &raw);
        for (at, &n) in chunk.iter().enumerate() {
            assert_eq!(cleaned.disposition(at), Disposition::Clean, "{n}");
            let (before, after) = (&records[at], json(&cleaned, at));
            let before: serde_json::Value = serde_json::from_str(before).expect("JSON");
            let patient = generator.patient_of(n);
            let name = text(&after, "/patient/name");
            let known = surrogate_of.entry(patient.full_name()).or_insert_with(|| name.into());
            assert_eq!(known, name, "one patient, one surrogate");
            let (prose, author) = (text(&after, "/note/text"), text(&after, "/note/author"));
            let family = name.rsplit(' ').next().expect("a name");
            in_prose += usize::from(words(prose).contains(&family.to_lowercase()));
            let all = after.to_string();
            for id in patient.identifiers().iter().filter(|id| id.contains(' ')) {
                assert!(!all.contains(id.as_str()), "{id} in {all}");
            }
            // Nobody's surrogate has a word of their own name.
            let own = |text: &str| -> BTreeSet<String> {
                let names = words(text).into_iter();
                names
                    .filter(|word| word.len() > 1 && !["dr", "md"].contains(&word.as_str()))
                    .collect()
            };
            assert!(own(name).is_disjoint(&own(&patient.full_name())), "{name}");
            let doctor = text(&before, "/note/author");
            assert!(own(author).is_disjoint(&own(doctor)), "{author}");
            // Each one's surrogates may by chance be words of the other's name.
            let drawn = [
                name,
                author,
                text(&after, "/patient/address/line"),
                text(&after, "/patient/address/city"),
            ]
            .map(words);
            let original = text(&before, "/note/author");
            let originals = [patient.family.as_str(), &patient.given[0], original];
            for word in originals.into_iter().flat_map(words) {
                let title = word == "dr" || is_ordinary(&word) || is_eponym(&word);
                let by_chance = drawn.iter().any(|drawn| drawn.contains(&word));
                assert!(title || by_chance || !words(&all).contains(&word), "{word} in {all}");
            }
            let street = patient.street.split_once(' ').expect("a street").1;
            assert!(
                !all.contains(&patient.street) && !drawn[2].is_superset(&words(street)),
                "{all}"
            );
            assert_ne!(text(&after, "/patient/address/city"), patient.city);
        }
    }
    assert!(in_prose > 2_500, "{in_prose} notes name their patient");
    let names: BTreeSet<_> = surrogate_of.values().collect();
    assert!(names.len() + 2 > surrogate_of.len(), "{} of {}", names.len(), surrogate_of.len());
}

#[test]
fn visits_in_parts_have_the_surrogate_of_the_notes() {
    let (notes, visits) = (
        readable(include_str!("../schemas/clinical-note.yaml")),
        readable(include_str!("../schemas/visit.yaml")),
    );
    let generator = Generator::new(12, 50);
    for n in 0..200 {
        let (note, visit) = (generator.note(n).value, generator.visit(n).value);
        let note = json(&clean(&notes, &[note.as_bytes()]), 0);
        let visit = json(&clean(&visits, &[visit.as_bytes()]), 0);
        let given: Vec<_> = visit["given"].as_array().expect("names").iter().collect();
        let given: Vec<_> = given.iter().map(|name| name.as_str().expect("a name")).collect();
        let whole = format!("{} {}", given.join(" "), text(&visit, "/family"));
        assert_eq!(whole, text(&note, "/patient/name"));
    }
}

/// A surrogate that is by chance the patient's own name says nothing of the patient, and refuses
/// nothing.
#[test]
fn a_surrogate_that_is_somebody_elses_name_is_no_leak() {
    let plan = readable(
        "schema: x\nformat: json\nfields: {$.name: person_name, $.doctor: provider_name, $.note: free_text}\n",
    );
    let record = |name: &str, doctor: &str| {
        let note = format!("{name} was seen by Dr. {doctor}.");
        serde_json::json!({ "name": name, "doctor": doctor, "note": note }).to_string()
    };
    let drawn = clean(&plan, &[record("Ingrid Whitaker", "Chidi Okafor").as_bytes()]);
    let namesake = text(&json(&drawn, 0), "/doctor").to_string();
    let cleaned = clean(&plan, &[record(&namesake, "Chidi Okafor").as_bytes()]);
    assert_eq!(cleaned.disposition(0), Disposition::Clean);
    let value = json(&cleaned, 0);
    assert_eq!(text(&value, "/doctor"), namesake);
    let patient = text(&value, "/name");
    assert_ne!(patient, namesake);
    assert_eq!(text(&value, "/note"), format!("{patient} was seen by Dr. {namesake}."));
    // What stands beside surrogates is looked through as ever.
    let leaky = "schema: x\nformat: json\nfields: {$.name: person_name, $.id: opaque_id}\n";
    let cleaned = clean(&readable(leaky), &[br#"{"name":"Ingrid Whitaker","id":"whitaker"}"#]);
    assert_eq!(cleaned.disposition(0), Disposition::Refused(Code::VerifyHit));
}

fn drawn(keys: &KeySnapshot, scope: Scope, class: Class, values: &[String]) -> Vec<String> {
    let subjects = PhiColumn::from_values([].into_iter());
    let context = Context { keys, as_of: today(), subjects: &subjects, shape: None, scope };
    let column = PhiColumn::from_values(values.iter().map(String::as_str));
    let outcome = apply(class, Rule::Surrogate, &column, &context).expect("applies");
    let value = |row| outcome.values.value(row).expect("a surrogate").to_string();
    (0..values.len()).map(value).collect()
}

#[test]
fn another_destination_another_tenant_and_another_class_have_another_surrogate() {
    let name = ["smith,jane".to_string()];
    let need = |class, destination: Option<&str>| Need {
        purpose: Purpose::Surrogate,
        class,
        scope: if destination.is_some() { Scope::Destination } else { Scope::Join },
        destination: destination.map(str::to_string),
    };
    let one = |tenant: &str, class, destination: Option<&str>| {
        let need = need(class, destination);
        let keys = Keyring::for_tests(tenant).snapshot(std::slice::from_ref(&need)).expect("keys");
        drawn(&keys, need.scope, class, &name).remove(0)
    };
    let all = [
        one("t", Class::PersonName, None),
        one("t", Class::PersonName, Some("a")),
        one("t", Class::PersonName, Some("b")),
        one("t", Class::ProviderName, None),
        one("u", Class::PersonName, None),
    ];
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
    assert_eq!(all[1], one("t", Class::PersonName, Some("a")));
}

#[test]
fn each_subject_has_surrogates_of_their_own() {
    let policy = "policy: x\nbasis: pseudonymized\nclasses: {city: {kernel: surrogate, scope: subject}, mrn: fpe}\ndefault: remove\n";
    let schema = "schema: x\nformat: json\nsubject: $.mrn\nfields: {$.mrn: mrn, $.city: city}\n";
    let plan =
        plan_from_text(schema, policy, today()).unwrap_or_else(|problems| panic!("{problems}"));
    let record = |mrn: u32| format!(r#"{{"mrn":"{mrn}","city":"Springfield"}}"#);
    let records: Vec<_> = (0..20).map(|n| record(1_234_567 + n / 2)).collect();
    let raw: Vec<_> = records.iter().map(String::as_bytes).collect();
    let cleaned = clean(&plan, &raw);
    let cities: Vec<_> = (0..20).map(|n| text(&json(&cleaned, n), "/city").to_string()).collect();
    assert!(cities.chunks(2).all(|two| two[0] == two[1]));
    assert!(cities.iter().collect::<BTreeSet<_>>().len() > 5, "{cities:?}");
}

#[test]
fn a_surrogate_is_refused_where_it_cannot_stand() {
    let schema =
        "schema: x\nformat: json\nfields: {$.city: city, '$.x.*~': person_name, $.x.*: not_phi}\n";
    for (policy, code) in [
        (
            "policy: x\nbasis: safe_harbor\nclasses: {city: surrogate}\ndefault: remove\n",
            Code::ReversibleInSafeHarbor,
        ),
        (
            "policy: x\nbasis: pseudonymized\nclasses: {mrn: surrogate}\ndefault: remove\n",
            Code::KernelMisfit,
        ),
        // Two members of one object could have one surrogate.
        (
            "policy: x\nbasis: pseudonymized\nclasses: {person_name: surrogate}\ndefault: mask\n",
            Code::KernelMisfit,
        ),
    ] {
        let problems = plan_from_text(schema, policy, today()).expect_err("is refused");
        assert!(problems.0.iter().any(|problem| problem.code == code), "{policy}: {problems}");
    }
}

#[test]
fn no_key_takes_a_surrogate_back() {
    let keys = Keyring::for_tests("t")
        .snapshot(&[Need::join(Purpose::Surrogate, Class::City)])
        .expect("keys");
    let column = PhiColumn::from_values(["Cedar Rapids"].into_iter());
    let back = decrypt(Class::City, Rule::Surrogate, None, Scope::Join, &column, &keys);
    assert_eq!(back.err(), Some(Code::Internal));
    assert!(!Rule::Surrogate.kernel().reversible && Rule::Surrogate.kernel().keyed);
}

/// What docs/tokens.md says: `cargo test --test surrogates names_share -- --nocapture`.
#[test]
fn names_share_a_surrogate_as_often_as_chance_has_it() {
    let lists: BTreeMap<_, _> = surrogate_lists().into_iter().collect();
    let (families, given) = (&lists["latin family"], &lists["latin female given"]);
    let name = |n: usize| {
        format!("{},{}", families[n % families.len()], given[n / families.len() * 7 % given.len()])
    };
    let names: Vec<_> = (0..20_000).map(name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    let need = Need::join(Purpose::Surrogate, Class::PersonName);
    let keys = Keyring::for_tests("t").snapshot(&[need]).expect("keys");
    let drawn = drawn(&keys, Scope::Join, Class::PersonName, &names);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    drawn.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    let shared: usize = counts.values().filter(|&&n| n > 1).sum();
    let room = surrogates(Class::PersonName).expect("lists") as f64;
    let expected = 20_000.0 * (1.0 - (1.0 - 1.0 / room).powi(19_999));
    println!("20,000 names: {shared} share a surrogate with another, {expected:.0} by chance");
    assert!((shared as f64) < expected * 1.5 && shared as f64 > expected * 0.5);
    // No surrogate is much more frequent than another.
    let of = |list: &[&str], place: fn(&str) -> &str| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        drawn.iter().for_each(|name| *counts.entry(place(name)).or_default() += 1);
        let mean = drawn.len() / list.len();
        assert!(counts.values().all(|&n| n < 8 * mean + 8), "{mean}");
        assert!(counts.len() > list.len() * 9 / 10, "{} of {}", counts.len(), list.len());
    };
    of(families, |name| name.split_once(',').expect("two").0);
    of(given, |name| name.split_once(',').expect("two").1);
}

/// People are called Do, Pa and Md: such a word stays only where it is written as a degree.
#[test]
fn names_that_look_like_degrees_do_not_stay() {
    let schema = "schema: s\nformat: json\nfields:\n  $.name: person_name\n  \
        $.p.family: {class: person_name, part: family}\n  \
        $.p.given[*]: {class: person_name, part: given}\n  $.note: free_text\n";
    let cases: [(&str, &str); 9] = [
        (r#"{"name":"Kim, Do","note":"Ms. Do was seen. Kim, Do slept"}"#, "Do"),
        (r#"{"name":"Vang, Pa","note":"seen: Pa Vang"}"#, "Pa"),
        (r#"{"name":"THI HOA DO","note":"Ms. Do came. Do, Thi Hoa"}"#, "Do"),
        (r#"{"name":"Thi Hoa Do","note":"Ms. Do came. Do, Thi Hoa; THI HOA DO"}"#, "Do"),
        (r#"{"name":"MARY ANN PA","note":"Mary Ann Pa"}"#, "Pa"),
        (r#"{"name":"Ali Rahman Md","note":"Ali Rahman Md"}"#, "Md"),
        (
            r#"{"p":{"family":"Do","given":["Thi","Hoa"]},"note":"Ms. Do seen. Thi Hoa Do; DO, Thi"}"#,
            "Do",
        ),
        (r#"{"p":{"family":"Vang","given":["Pa"]},"note":"Pa Vang; Vang, Pa"}"#, "Pa"),
        (r#"{"p":{"family":"Rahman","given":["Md","Ali"]},"note":"Rahman, Md Ali"}"#, "Md"),
    ];
    for policy in [BUILTIN[0].1, BUILTIN[2].1, BUILTIN[3].1] {
        let plan = plan_from_text(schema, policy, today()).expect("a plan");
        for (record, word) in &cases {
            let cleaned = clean(&plan, &[record.as_bytes()]);
            let value = String::from_utf8_lossy(cleaned.value(0).unwrap_or_default()).into_owned();
            let mut words = value.split(|c: char| !c.is_alphanumeric());
            assert!(!value.is_empty(), "{record}: {:?}", cleaned.disposition(0));
            assert!(!words.any(|left| left.eq_ignore_ascii_case(word)), "{record}: {value}");
        }
    }
    // Degrees are none of the name.
    let plan = readable(schema);
    for name in ["Jane Smith, MD", "Smith, Jane, M.D.", "Jane Smith MD", "Jane Smith, DO"] {
        let record = format!("{{\"name\":\"{name}\",\"note\":\"Jane Smith\"}}");
        let cleaned = clean(&plan, &[record.as_bytes()]);
        let value: serde_json::Value =
            serde_json::from_slice(cleaned.value(0).expect("clean")).expect("JSON");
        let field = value["name"].as_str().expect("a name");
        assert!(field.ends_with(&name[name.rfind([' ']).expect("a degree")..]), "{name}: {field}");
    }
}

/// Family and given names: plain, short, with accents, apostrophes, hyphens and particles.
const FAMILY: &str = "([A-Z][a-z]{4,9}(-[A-Z][a-z]{4,7})?|[B-Z][aou][kntz]{1,2}|van der [A-Z][a-z]{4,6}|Garc\u{ed}a|\u{d6}zt\u{fc}rk|O'[A-Z][a-z]{4,6}|Mc[A-Z][a-z]{4,6})";
const GIVEN: &str =
    "([A-Z][a-z]{4,9}|Jos\u{e9}|Zo\u{eb}|\u{c9}mile|Jean-[A-Z][a-z]{4,6})( [A-Z][a-z]{3,6})?";

/// Words as they are compared: without accents and apostrophes.
fn compared(text: &str) -> Vec<String> {
    text.split(|c: char| !weir::phi::in_word(c))
        .map(weir::phi::plain)
        .filter(|word| word.chars().count() > 1)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// In no variant is a word of the name left, in prose or in the field; and the family's
    /// surrogate stands wherever the family name stood alone.
    #[test]
    fn no_variant_of_a_name_keeps_a_word_of_it(
        family in FAMILY, given in GIVEN,
        shape in 0usize..12, case in 0u8..3, title in "(|Dr\\. |Ms\\. )", suffix in "(|, MD|, Ph\\.D\\.| Jr)",
        before in "([a-z]{1,8} ){0,3}", after in "( [a-z]{1,8}){0,3}",
    ) {
        let first = given.split(' ').next().expect("a name");
        let initial = first.chars().next().expect("a letter");
        let written = match shape {
            0 => format!("{given} {family}"),
            1 => format!("{family}, {given}"),
            2 => format!("{family},{given}"),
            3 => format!("{initial}. {family}"),
            4 => family.clone(),
            5 => format!("{title}{family}"),
            6 => first.to_string(),
            7 => format!("{family} {initial}"),
            8 => format!("{family}'s"),
            9 => format!("{first}.{family}"),
            10 => format!("{first}{family}"),
            _ => format!("{family} {first}"),
        };
        let written = match case { 0 => written, 1 => written.to_uppercase(), _ => written.to_lowercase() };
        // By rules: what the tagger takes for another's name gets a surrogate, and that may be any name.
        let policy = BUILTIN[3].1.replace("free_text:     detect", "free_text: {detect: rules}");
        prop_assert_ne!(&policy, BUILTIN[3].1);
        let schema = "schema: x\nformat: json\nfields: {$.name: person_name, $.note: free_text}\n";
        let plan = plan_from_text(schema, &policy, today()).expect("a plan");
        let name = format!("{title}{given} {family}{suffix}");
        let note = format!("{before}\u{2014} {written} \u{2014}{after}");
        let record = serde_json::json!({ "name": name, "note": note }).to_string();
        let cleaned = clean(&plan, &[record.as_bytes()]);
        prop_assert_eq!(cleaned.disposition(0), Disposition::Clean, "{}", record);
        let value = json(&cleaned, 0);
        let (field, note) = (compared(text(&value, "/name")), compared(text(&value, "/note")));
        let around = compared(&format!("{before} {after}"));
        for word in compared(&format!("{given} {family}")) {
            let count = |words: &[String]| words.iter().filter(|known| **known == word).count();
            prop_assert!(count(&field) == 0, "{word} in {value} from {record}");
            prop_assert!(count(&note) <= count(&around), "{word} in {value} from {record}");
        }
        if shape == 4 && case == 0 && suffix.is_empty() && title.is_empty() {
            let family = field.last().expect("a family name");
            prop_assert!(note.contains(family), "{value} from {record}");
        }
    }

    /// Whatever stands in the fields and in the prose.
    #[test]
    fn any_values_are_cleaned_or_refused_and_never_panic(
        name in "\\PC{0,16}", street in "[0-9A-Za-z#., \\PC]{0,20}", city in "\\PC{0,10}",
        org in "[A-Za-z ,.&\\PC]{0,20}", note in "[\\PC\n]{0,60}", again in any::<bool>(),
    ) {
        let schema = "schema: x\nformat: json\nfields: {$.name: person_name, $.street: street, $.city: city, $.county: county, $.org: organization, $.note: free_text}\n";
        let note = if again { format!("{note} {name} {street} {org}, {city}") } else { note };
        let record = serde_json::json!({
            "name": name, "street": street, "city": city, "county": city, "org": org, "note": note,
        }).to_string();
        let cleaned = clean(&readable(schema), &[record.as_bytes()]);
        let failed = matches!(cleaned.disposition(0), Disposition::Refused(Code::Panic | Code::Internal));
        prop_assert!(!failed, "{record}");
        if let Some(value) = cleaned.value(0) {
            prop_assert!(serde_json::from_slice::<serde_json::Value>(value).is_ok());
        }
    }
}
