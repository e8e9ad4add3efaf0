//! `weir detect` as a program: the contract of its lines.

use crate::broker::weir;
use std::io::Write;
use std::process::{Output, Stdio};

fn detect(arguments: &[&str], input: &str) -> Output {
    let mut child = weir()
        .arg("detect")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("writes");
    child.wait_with_output().expect("ends")
}

fn line(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({ "id": id, "text": text }))
}

#[test]
fn a_line_out_for_each_line_in_with_offsets_in_code_points() {
    let texts = [
        "Caf\u{e9} \u{1f600} closed. Mr. Alvarez, MRN 00123456, DOB &#48;3/04/1961",
        "nothing here, E11.9, 500 mg",
        "a 94-year-old, a 57-year-old",
    ];
    let input: String = texts.iter().map(|text| line("x", text)).collect();
    let out = detect(&[], &input);
    assert_eq!(out.status.code(), Some(0));
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&out.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let found = |n: usize| -> Vec<(String, String)> {
        let text: Vec<char> = texts[n].chars().collect();
        let spans = lines[n]["spans"].as_array().expect("spans");
        let offset = |value: &serde_json::Value| value.as_u64().expect("a number") as usize;
        let one = |span: &serde_json::Value| {
            assert!(span["score"].as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)));
            assert!(span["source"].is_string());
            let value = text[offset(&span["start"])..offset(&span["end"])].iter().collect();
            (span["class"].as_str().expect("a class").to_string(), value)
        };
        spans.iter().map(one).collect()
    };
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line["id"] == "x"));
    let own = |class: &str, value: &str| (class.to_string(), value.to_string());
    assert_eq!(
        found(0),
        [
            own("person_name", "Alvarez"),
            own("mrn", "00123456"),
            own("birth_date", "&#48;3/04/1961")
        ]
    );
    assert_eq!(found(1), []);
    assert_eq!(found(2), [own("age", "94")]);
}

#[test]
fn explain_hides_values_unless_it_is_asked_to_show_them() {
    let input = line("n1", "MRN 00123456 was seen");
    let hidden = detect(&["--explain"], &input);
    let text = String::from_utf8_lossy(&hidden.stdout).into_owned();
    assert!(text.contains("MRN behind its label") && !text.contains("00123456"), "{text}");
    let shown = detect(&["--explain", "--show"], &input);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("00123456"));
}

#[test]
fn a_line_that_is_none_ends_with_its_number_and_without_its_text() {
    let input = format!("{}not json 00123456\n", line("1", "plain"));
    let out = detect(&[], &input);
    assert_eq!(out.status.code(), Some(3));
    let words = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(words.contains("W0119") && words.contains("line 2"), "{words}");
    assert!(!words.contains("00123456"));
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 1);
}

#[test]
fn a_mark_in_front_and_blank_lines_are_passed_over() {
    let input = format!("\u{feff}{}\n \r\n{}\n\n", line("1", "MRN 00123456"), line("2", "plain"));
    let out = detect(&[], &input);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 2);
}

#[test]
fn without_a_transformer_nothing_is_read_that_should_be_read_by_one() {
    for (arguments, code) in [
        (&["--transformer", "always"][..], "W0124"),
        (&["--transformer", "uncertain", "--aim", "rules"], "W0104"),
    ] {
        let mut weir = weir();
        weir.arg("detect").args(arguments).env_remove("WEIR_TRANSFORMER").stdin(Stdio::null());
        let out = weir.output().expect("runs");
        assert_eq!(out.status.code(), Some(3), "{arguments:?}");
        let words = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(words.contains(code) && out.stdout.is_empty(), "{words}");
    }
}
