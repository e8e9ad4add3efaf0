//! The layer `transformer` in a plan: asked for and not there, there and read, beyond its budget, failing. A
//! stub stands for the model, which no build of the ordinary tests has.

use std::sync::Arc;
use weir::clean::{Batch, Disposition, Subjects, finish, key_needs, locate};
use weir::detect::{Guess, Labeller, Transformer};
use weir::keys::Keyring;
use weir::phi::{Code, Day, Span, Ymd};
use weir::policy::{Plan, Problems, plan_from_text, plan_with};

const SCHEMA: &str = "schema: notes\nformat: json\nfields:\n  $.note: free_text\n";
const FIRST: &str = "the parcel was left with xorvelan behind the barn.";

fn policy(prose: &str) -> String {
    let rest = "  person_name: siv\ndefault: remove\n";
    format!("policy: p\nbasis: pseudonymized\nclasses:\n  free_text: {prose}\n{rest}")
}

fn today() -> Day {
    Day(Ymd::new(2026, 11, 24).expect("a day"))
}

/// Takes `xorvelan` for a surname; fails on a text that asks for it.
#[derive(Debug)]
struct Stub;

impl Labeller for Stub {
    fn name(&self) -> &'static str {
        "stub"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["surname"]
    }

    fn label(&self, text: &str, out: &mut Vec<Guess>) -> Result<(), Code> {
        if text.contains("breakdown") {
            return Err(Code::TransformerFailed);
        }
        out.extend(text.match_indices("xorvelan").map(|(at, word)| Guess {
            span: Span::new(at, at + word.len()),
            kind: 0,
            begins: true,
            score: 0.9,
        }));
        Ok(())
    }
}

fn plan(prose: &str) -> Result<Plan, Problems> {
    let stub = || Transformer::of(Box::new(Stub)).map(Arc::new);
    plan_with(SCHEMA, &[], &policy(prose), today(), &|| {
        stub().map_err(|code| (code, String::new()))
    })
}

/// What becomes of notes; a refusal as its code.
fn clean(prose: &str, notes: &[&str]) -> Vec<String> {
    let plan = plan(prose).unwrap_or_else(|problems| panic!("{problems}"));
    let keys = Keyring::for_tests("transformer").snapshot(&key_needs(&plan)).expect("keys");
    let mut batch = Batch::new(today());
    for note in notes {
        batch.push(None, Some(format!("{{\"note\":\"{note}\"}}").as_bytes()), None);
    }
    let cleaned = finish(&plan, &keys, &Subjects::default(), locate(&plan, batch));
    (0..cleaned.len())
        .map(|record| match cleaned.disposition(record) {
            Disposition::Refused(code) => code.id().to_string(),
            _ => String::from_utf8_lossy(cleaned.value(record).unwrap_or_default()).into_owned(),
        })
        .collect()
}

#[test]
fn a_policy_that_asks_for_one_makes_no_plan_without_it() {
    for prose in
        ["{detect: balanced, transformer: uncertain}", "{detect: recall, transformer: always}"]
    {
        let problems = plan_from_text(SCHEMA, &policy(prose), today()).expect_err("is refused");
        assert_eq!(problems.0.len(), 1, "{problems}");
        assert_eq!(problems.0[0].code, Code::TransformerMissing, "{problems}");
        assert!(problems.to_string().contains("policy.yaml:4:"), "{problems}");
    }
    let off = plan_from_text(SCHEMA, &policy("{detect: balanced, transformer: off}"), today());
    assert!(off.expect("a plan").second.is_none());
}

#[test]
fn it_is_asked_for_only_where_a_policy_wants_it() {
    let unasked = || panic!("nobody wanted it");
    plan_with(SCHEMA, &[], &policy("detect"), today(), &unasked).expect("a plan");
}

#[test]
fn what_it_finds_is_transformed() {
    let without = &clean("{detect: balanced}", &[FIRST])[0];
    assert!(
        without.contains("xorvelan"),
        "the stub's word is one that nothing else finds: {without}"
    );
    let with = &clean("{detect: balanced, transformer: always}", &[FIRST])[0];
    assert!(!with.contains("xorvelan") && with.contains("[NAME~v"), "{with}");
}

#[test]
fn a_text_that_it_cannot_read_is_refused_and_no_other() {
    let notes = [FIRST, "a breakdown of the car", FIRST];
    let out = clean("{detect: balanced, transformer: always}", &notes);
    assert_eq!(out[1], Code::TransformerFailed.id());
    assert!(out[0].contains("[NAME~v") && out[2].contains("[NAME~v"), "{out:?}");
}

#[test]
fn a_record_beyond_its_budget_is_refused_and_the_next_one_has_its_own() {
    let long = "nothing happened on that day, or on the one before. ".repeat(600);
    let half = "nothing happened on that day, or on the one before. ".repeat(300);
    let out = clean("{detect: balanced, transformer: always}", &[&long, &half, &half, FIRST]);
    assert_eq!(out[0], Code::TransformerBudget.id());
    assert!(out[1].len() > half.len() && out[2].len() > half.len(), "{} {}", out[1], out[2]);
    assert!(out[3].contains("[NAME~v"), "{}", out[3]);
    let out = clean("{detect: balanced, transformer: uncertain}", &[&long]);
    assert!(out[0].len() > long.len(), "{}", out[0]);
}

#[test]
fn a_plan_says_which_one_reads_where() {
    let digest = |prose| plan(prose).expect("a plan").digest;
    let plain = plan_from_text(SCHEMA, &policy("{detect: balanced}"), today()).expect("a plan");
    assert_eq!(digest("{detect: balanced, transformer: off}"), plain.digest);
    let always = digest("{detect: balanced, transformer: always}");
    assert_ne!(always, plain.digest);
    assert_ne!(always, digest("{detect: balanced, transformer: uncertain}"));
    let slow = plan("{detect: balanced, transformer: always}").expect("a plan");
    assert!(slow.batch_bytes_max() < plain.batch_bytes_max());
}
