//! Tokens, beside another team's implementation of everything that makes them.

use crate::broker::setting;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use weir::keys::{Keyring, Need, Purpose, Scope};
use weir::phi::{Class, Day, Shape, Ymd};
use weir::transform::{Context, PhiColumn, Rule, apply};

/// The root of `Keyring::for_tests`.
const ROOT: &str = "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a";
const TENANT: &str = "bouncy";

/// An auditor who has the root can make every token anew: HKDF and FF1 of Bouncy Castle give the
/// same 100,000 tokens over seven alphabets and many lengths.
#[test]
fn bouncy_castle_makes_the_same_tokens() {
    const CASES: &[(Class, &str, &str, usize)] = &[
        (Class::Mrn, "#", "0123456789", 9),
        (Class::Mrn, "#", "0123456789", 19),
        (Class::Account, "#", "0123456789", 55),
        (Class::Device, "[0-9A-F]", "0123456789ABCDEF", 12),
        (Class::MemberId, "@", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 8),
        (Class::UniqueId, "*", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 16),
        (Class::Claim, "[A-Za-z]", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 10),
        (
            Class::Claim,
            "[0-9A-Za-z]",
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            30,
        ),
        // Above 96 bits a half: the fpe crate's share.
        (Class::UniqueId, "*", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 50),
        (Class::Mrn, "#", "0123456789", 6),
    ];
    let none = PhiColumn::from_values([].into_iter());
    let mut state = 11u64;
    let mut below = |n: usize| {
        // splitmix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33) as usize % n
    };
    let (mut lines, mut ours) = (String::new(), Vec::new());
    for &(class, place, alphabet, len) in CASES {
        let shape = Shape::parse(&format!("{place}{{{len}}}")).expect("a shape");
        let keys =
            Keyring::for_tests(TENANT).snapshot(&[Need::join(Purpose::Fpe, class)]).expect("keys");
        let as_of = Day(Ymd::new(2026, 11, 24).expect("a day"));
        let context = Context {
            keys: &keys,
            as_of,
            subjects: &none,
            shape: Some(&shape),
            scope: Scope::Join,
        };
        let letters = alphabet.as_bytes();
        let values: Vec<String> = (0..10_000)
            .map(|_| {
                let one = |_| char::from(letters[below(letters.len())]);
                (0..len).map(one).collect()
            })
            .collect();
        let column = PhiColumn::from_values(values.iter().map(String::as_str));
        let outcome = apply(class, Rule::Fpe, &column, &context).expect("applies");
        assert!(outcome.refused.is_empty(), "{class}");
        for (row, value) in values.iter().enumerate() {
            lines.push_str(&format!("{}\t1\t{alphabet}\t{value}\n", class.name()));
            ours.push(outcome.values.value(row).expect("a token").to_string());
        }
    }
    let theirs = bouncy_castle(&lines);
    assert_eq!(theirs.len(), 100_000);
    let differ = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).count();
    assert_eq!(differ, 0, "tokens that differ");
}

fn bouncy_castle(lines: &str) -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/Ff1.java");
    let mut child = Command::new("java")
        .arg("-cp")
        .arg(format!("{}/*", setting("WEIR_TEST_BC_LIB")))
        .arg(source)
        .args([ROOT, TENANT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("java starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let lines = lines.to_string();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let out = child.wait_with_output().expect("java ends");
    writer.join().expect("joins").expect("writes");
    assert!(out.status.success(), "Ff1.java failed");
    String::from_utf8(out.stdout).expect("UTF-8").lines().map(str::to_string).collect()
}
