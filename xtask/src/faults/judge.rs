//! The independent checker (`tests/kafka/Check.java`), run on a stage: a reader during the faults, and
//! the verdict at the end.

use super::control::root;
use super::environment;
use super::json::Json;
use super::process::Proc;
use super::stage::Stage;
use super::witness::TOPICS;
use crate::broker::java;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

const CHECK_SECONDS_MAX: u64 = 400;

/// Figures without which a run has shown nothing. `differs` (C7) needs a run without faults beside
/// it (R1 has one), and offset ranges are in no lineage event yet.
const REQUIRED: [&str; 16] = [
    "lost",
    "duplicated",
    "torn",
    "leaked",
    "phantom",
    "moved",
    "disordered",
    "mismatched",
    "tombstones",
    "hanging",
    "wrong_offset",
    "during_only",
    "during_missed",
    "lineage_counts",
    "lineage_policies",
    "audit_broken",
];

impl Stage {
    /// The independent Java check.
    pub(super) fn check(&mut self) -> Result<(), String> {
        let (source, knows) = checker();
        self.end_following()?;
        let mut command = java(&self.lib, &source.display().to_string());
        let state = format!("weir.state.{}", self.name);
        let mut others = vec![self.topic("lineage"), state.clone()];
        if self.is_witnessed {
            others.extend(TOPICS.map(|kind| self.topic(kind)));
        }
        command
            .args(["--bootstrap", &self.direct, "--source", &self.topic("source")])
            .args(["--clean", &self.topic("clean"), "--quarantine", &self.topic("quarantine")])
            .args(["--others", &others.join(",")])
            .args(["--group", &self.group(), "--deadline", &CHECK_SECONDS_MAX.to_string()])
            .arg("--canaries")
            .arg(self.dir.join("canaries.txt"));
        // What this checkout's checker can look at beside: each option makes it look harder.
        if knows.contains("\"--state\"") {
            command.args(["--state", &state]);
        }
        if knows.contains("\"--lineage\"") {
            command.args(["--lineage", &self.topic("lineage")]);
        }
        if knows.contains("\"--audit\"") {
            command.arg("--audit").arg(self.dir.join("audit.jsonl"));
        }
        if self.compared {
            let reference = self.reference();
            command.args(["--reference", &format!("{reference}.clean,{reference}.quarantine")]);
        }
        let seen = self.dir.join("seen.txt");
        if seen.exists() {
            command.arg("--during").arg(seen);
        }
        if knows.contains("\"--files\"") {
            let files = self.sinks();
            command.args(["--files", &files.join(",")]);
        }
        let (out, log) = (self.dir.join("check.out"), self.dir.join("check.err"));
        let file = fs::File::create(&out).map_err(|e| e.to_string())?;
        let errors = fs::File::create(&log).map_err(|e| e.to_string())?;
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let mut check = Proc::adopt(command, &log)?;
        let status = check.wait(Duration::from_secs(CHECK_SECONDS_MAX + 20))?;
        let text = fs::read_to_string(&out).unwrap_or_default();
        let Some(Json::Map(found)) = Json::read(text.trim()) else {
            return Err(format!("the checker gave no verdict ({status}): {}", check.tail()));
        };
        self.line.records = self.fed.records;
        self.line.figures = found
            .into_iter()
            .filter_map(|(name, value)| match value {
                Json::Number(n) => Some((name, n)),
                _ => None,
            })
            .collect();
        if !status.success() {
            self.problem(format!("the checker is not satisfied: {}", check.tail()));
        }
        let looked = ["exposed", "transactions", "lineage_events", "audit_entries", "files_read"];
        for name in looked {
            if self.line.figure(name).unwrap_or(0) == 0 {
                self.problem(format!("the checker has seen nothing: {name}"));
            }
        }
        for name in REQUIRED {
            if self.line.figure(name).is_none() {
                self.problem(format!("the checker did not look: {name}"));
            }
        }
        if self.compared && self.line.figure("differs").is_none() {
            self.problem("the checker did not compare".into());
        }
        if self.line.figure("encodings") != Some(12) {
            self.problem("the checker did not look for all encodings".into());
        }
        // A reader that was held up near the end may lack the last ones.
        let written =
            self.line.figure("clean").unwrap_or(0) + self.line.figure("quarantine").unwrap_or(0);
        if self.line.figure("during").unwrap_or(0) * 10 < written * 9 {
            self.problem("the reader during the faults has seen too little".into());
        }
        if self.line.figure("torn_unknown").unwrap_or(0) > 0 {
            self.problem("the checker cannot tell whether transactions are torn".into());
        }
        if self.line.figure("lineage_open").unwrap_or(0) > 0 && self.ended_in_order {
            self.problem("runs were left open though every process ended in order".into());
        }
        for (name, wanted) in [("source", self.fed.records), ("quarantine", self.fed.refused)] {
            let found = self.line.figure(name);
            if found != Some(wanted) {
                self.problem(format!("{name}: {found:?} records, and {wanted} are right"));
            }
        }
        Ok(())
    }

    /// Starts the reader of the run's outputs, where the checker has one.
    pub(super) fn follow(&mut self) -> Result<(), String> {
        let (source, knows) = checker();
        if !knows.contains("\"--follow\"") {
            return Ok(());
        }
        let mut command = java(&self.lib, &source.display().to_string());
        command.arg("--follow").arg(self.dir.join("seen.txt"));
        command.args(["--bootstrap", &self.direct, "--clean", &self.topic("clean")]);
        command.args(["--quarantine", &self.topic("quarantine"), "--deadline", "3000"]);
        command.stdin(Stdio::null());
        self.follower = Some(Proc::start(command, &self.dir.join("follow.out"))?);
        Ok(())
    }

    fn end_following(&mut self) -> Result<(), String> {
        let Some(mut follower) = self.follower.take() else { return Ok(()) };
        follower.signal("TERM")?;
        let status = follower.wait(Duration::from_secs(30))?;
        if !status.success() {
            self.problem(format!("the reader during the faults ended with {status}"));
        }
        Ok(())
    }

    /// Files that weir wrote, which must hold no identifier either.
    fn sinks(&self) -> Vec<String> {
        let files =
            fs::read_dir(&self.dir).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut sinks: Vec<_> = files
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with("weir-") && name.ends_with(".log") || name.ends_with(".jsonl")
            })
            .chain(self.files.iter().cloned())
            .map(|path| path.display().to_string())
            .collect();
        sinks.sort();
        sinks
    }
}

/// The independent checker and its text, which tells what it can look at.
fn checker() -> (PathBuf, String) {
    let given = environment("WEIR_FAULTS_CHECKER").map(PathBuf::from);
    let path = given.unwrap_or_else(|| root().join("tests/kafka/Check.java"));
    let text = fs::read_to_string(&path).unwrap_or_default();
    (path, text)
}
