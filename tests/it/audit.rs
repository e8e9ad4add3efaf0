//! `weir audit` as a person uses it, with a folder and a real topic for witnesses.

use crate::broker::{Folder, address, create, weir};
use crate::kafka::words;
use crate::keys::text;
use crate::terms::{DAY, by_clock};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

struct Desk {
    folder: Folder,
    witnesses: String,
    /// Seconds that the clock of what runs here is ahead.
    clock: PathBuf,
}

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = Folder::new(name);
        std::fs::create_dir(folder.0.join("witness")).expect("a folder");
        let topic = format!("{name}-{}.witness", std::process::id());
        create(&topic, 1, &[("retention.ms", "-1")]);
        let witnesses = format!("witness,kafka://{}/{topic}", address());
        let clock = folder.0.join("clock");
        std::fs::write(&clock, "0").expect("writes");
        let desk = Desk { folder, witnesses, clock };
        text(&desk.run(&["keys", "init", "--tenant", "acme", "--dev"], ""));
        desk
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = weir();
        by_clock(&mut command, &self.clock);
        command.current_dir(&self.folder.0).args(arguments);
        command.env("WEIR_AUDIT_WITNESS", &self.witnesses);
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("starts");
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        child.wait_with_output().expect("ends")
    }

    fn encrypt(&self, reason: &str) -> Output {
        let encrypt = ["token", "encrypt", "--dev", "--class", "mrn", "--reason", reason];
        self.run(&encrypt, "0012345678\n")
    }

    fn verify(&self) -> serde_json::Value {
        let said = text(&self.run(&["audit", "verify", "--json"], ""));
        serde_json::from_str(&said).expect("JSON")
    }
}

#[test]
fn an_audit_is_seen_by_a_folder_and_by_a_topic_and_by_people() {
    let desk = Desk::new("audit-desk");
    text(&desk.encrypt("a join, by hand"));
    text(&desk.run(&["keys", "rotate", "--dev"], ""));
    text(&desk.encrypt("a|bar=and\\more"));
    let said = desk.verify();
    assert_eq!(
        (&said["lines"], &said["checkpoints"], &said["unwitnessed"]),
        (&4.into(), &8.into(), &0.into())
    );
    let tail = text(&desk.run(&["audit", "tail", "-n", "2"], ""));
    assert_eq!(tail.lines().count(), 2, "{tail}");
    assert!(tail.contains("keys.rotate") && tail.contains("a|bar=and"), "{tail}");
    let found =
        text(&desk.run(&["audit", "search", "--act", "token", "--class", "mrn", "--json"], ""));
    let found: Vec<serde_json::Value> =
        found.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        found.iter().map(|line| line["seq"].as_u64()).collect::<Vec<_>>(),
        [Some(2), Some(4)]
    );
    for nothing in [
        &["--act", "tok"][..],
        &["--until", "2020-01-01"],
        &["--actor", "uid:-1"],
        &["--tenant", "x"],
    ] {
        let none = desk.run(&[&["audit", "search"][..], nothing].concat(), "");
        assert_eq!(text(&none), "", "{nothing:?}");
    }
    let ocsf = text(&desk.run(&["audit", "export", "--format", "ocsf", "--act", "keys"], ""));
    let one: serde_json::Value =
        serde_json::from_str(ocsf.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&one["class_uid"], &one["type_uid"]), (&6003.into(), &600_301.into()));
    assert!(one["time"].as_i64().is_some_and(|at| at > 1_700_000_000_000), "{one}");
    let cef = text(&desk.run(&["audit", "export", "--format", "cef"], ""));
    let last = cef.lines().last().expect("a line");
    assert!(
        last.starts_with("CEF:0|weir|weir|") && last.contains("|token.encrypt|token.encrypt|3|"),
        "{last}"
    );
    assert!(last.contains("reason=a|bar\\=and\\\\more") && !cef.contains("0012345678"), "{last}");
    // The end is cut off, and each witness alone knows it.
    let log = desk.folder.0.join("weir-audit.jsonl");
    let whole = std::fs::read_to_string(&log).expect("reads");
    let cut: String = whole.lines().take(3).map(|line| format!("{line}\n")).collect();
    std::fs::write(&log, cut).expect("writes");
    let both = desk.witnesses.clone();
    for witness in both.split(',') {
        let out = desk.command(&["audit", "verify"]).env("WEIR_AUDIT_WITNESS", witness).output();
        let out = out.expect("runs");
        assert_eq!(out.status.code(), Some(4), "{witness}");
        assert!(
            words(&out).contains("W0316") && words(&out).contains("more lines"),
            "{}",
            words(&out)
        );
    }
    std::fs::write(&log, whole).expect("writes");
    assert_eq!(desk.verify()["lines"], 4);
}

#[test]
fn what_no_witness_takes_does_not_happen() {
    let desk = Desk::new("audit-deaf");
    let encrypt = ["token", "encrypt", "--dev", "--class", "mrn"];
    for witness in ["nowhere", "kafka://127.0.0.1:1/audits", "kafka://127.0.0.1"] {
        let mut command = desk.command(&encrypt);
        command.env("WEIR_AUDIT_WITNESS", witness).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().expect("starts");
        let _ = child.stdin.take().expect("a pipe").write_all(b"0012345678\n");
        let out = child.wait_with_output().expect("ends");
        assert_eq!(out.status.code(), Some(4), "{witness}: {}", words(&out));
        assert!(
            words(&out).contains("W0331") && out.stdout.is_empty(),
            "{witness}: {}",
            words(&out)
        );
    }
    // What was written down meanwhile is covered by the next checkpoint.
    text(&desk.encrypt("later"));
    assert_eq!(desk.verify()["unwitnessed"], 0);
}

#[test]
fn old_files_go_after_six_years_and_not_before() {
    let mut desk = Desk::new("audit-old");
    // A broker takes no record of a day to come, as this one's clock has it.
    desk.witnesses = "witness".into();
    text(&desk.run(&["audit", "verify"], ""));
    text(&desk.encrypt("one"));
    text(&desk.run(&["audit", "rotate"], ""));
    text(&desk.encrypt("two"));
    let aside = || {
        let files = std::fs::read_dir(&desk.folder.0).expect("a folder").flatten();
        files
            .filter(|one| one.file_name().to_string_lossy().starts_with("weir-audit.jsonl.0"))
            .count()
    };
    assert_eq!((aside(), &desk.verify()["files"]), (1, &2.into()));
    let retire = ["audit", "retire", "--reason", "retention"];
    for years in [5, 6] {
        std::fs::write(&desk.clock, (years * 365 * DAY).to_string()).expect("writes");
        text(&desk.run(&retire, ""));
        assert_eq!(aside(), 1, "after {years} years");
    }
    let sooner = desk.run(&[&retire[..], &["--years", "1"]].concat(), "");
    assert_eq!(sooner.status.code(), Some(2), "{}", words(&sooner));
    std::fs::write(&desk.clock, (6 * 366 * DAY + 2 * DAY).to_string()).expect("writes");
    text(&desk.run(&retire, ""));
    let said = desk.verify();
    assert_eq!((aside(), &said["retired"], &said["unwitnessed"]), (0, &2.into(), &0.into()));
    text(&desk.encrypt("three"));
    assert_eq!(desk.verify()["lines"], 6);
}
