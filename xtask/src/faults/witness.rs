//! What weir itself tells of a run behind it, held against what the checker has counted: each clean record is
//! proven by a manifest, and each that has a body stands in the trail, once, where it lies.

use super::Bench;
use super::json::Json;
use super::process::Proc;
use super::stage::Stage;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

const ASK_SECONDS_MAX: u64 = 180;

/// How often a tombstone comes in the feed.
const TOMBSTONE_EVERY: u64 = 1000;
const TOMBSTONE_AT: u64 = 900;

/// The topics, which must lose nothing.
pub(super) const TOPICS: [&str; 2] = ["proof", "trail"];

impl Stage {
    /// A stage whose pipeline has proof and a trail.
    pub(super) fn witnessed(bench: &Bench, name: &str, fault: &str) -> Result<Stage, String> {
        let more = format!("proof: {{topic: {name}.proof}}\ntrail: {{topic: {name}.trail}}\n");
        let mut stage = Stage::new(bench, name, fault, |text| text + &more)?;
        let kept = "cleanup.policy=delete,retention.ms=-1,retention.bytes=-1";
        let topics = TOPICS.map(|kind| format!("{name}.{kind},1,3,{kept}"));
        stage.control.ask(&format!("topics {}", topics.join(";")))?;
        let key = stage.dir.join("weir-proof.key").display().to_string();
        stage.arguments.extend(["--proof-key".into(), key]);
        stage.is_witnessed = true;
        Ok(stage)
    }

    /// A pipeline's text without what makes it one of these: two may not write to one topic of them.
    pub(super) fn unwitnessed(text: &str) -> String {
        let is_other =
            |line: &&str| !TOPICS.iter().any(|kind| line.starts_with(&format!("{kind}:")));
        text.lines().filter(is_other).map(|line| format!("{line}\n")).collect()
    }

    /// Asks `weir verify` and `weir impact`.
    pub(super) fn question(&mut self) -> Result<(), String> {
        let clean = self.line.figure("clean").unwrap_or(0);
        let mut verify = Command::new(&self.binary);
        verify.args(["verify", &self.topic("clean"), "--proof", &self.topic("proof"), "--json"]);
        verify.args(["--kafka", &self.direct, "--public-key"]);
        verify.arg(self.dir.join("weir-proof.pub"));
        let lines = self.asked(verify, "verify")?;
        let tally = lines.first().and_then(|all| all.get("tally"));
        let proven = tally.map_or("", |tally| tally.str("proven"));
        if proven != clean.to_string() {
            self.problem(format!("{proven} clean records of {clean} are proven"));
        }
        let mut impact = Command::new(&self.binary);
        impact.arg("impact").arg(self.dir.join("pipelines/p.yaml"));
        impact.args(["--dev", "--kafka", &self.direct, "--keyring"]);
        impact.arg(self.dir.join("weir.keyring")).arg("--audit").arg(self.dir.join("audit.jsonl"));
        impact.args(["--since", "2000-01-01T00:00:00Z", "--json"]);
        let lines = self.asked(impact, "impact")?;
        let places: Vec<_> = lines.iter().filter_map(place).collect();
        let tombstones = (self.fed.records + TOMBSTONE_EVERY - 1 - TOMBSTONE_AT) / TOMBSTONE_EVERY;
        let (distinct, wanted) = (places.iter().collect::<BTreeSet<_>>(), clean - tombstones);
        if distinct.len() as u64 != wanted || distinct.len() != lines.len() {
            let (found, once) = (lines.len(), distinct.len());
            self.problem(format!("the trail has {found} records, {once} once, and not {wanted}"));
        }
        let seen = self.seen();
        let is_elsewhere = |(partition, offset): &&(u64, u64)| {
            let there = seen.get(partition);
            // Behind the last one that the reader had seen it had not come there yet.
            !there.is_some_and(|all| all.contains(offset) || all.last() < Some(offset))
        };
        let elsewhere = places.iter().filter(is_elsewhere).count();
        if elsewhere > 0 {
            self.problem(format!("of the trail's records {elsewhere} are not where it says"));
        }
        let note = format!("{proven} clean records proven, {} in the trail", distinct.len());
        self.line.notes.push(note);
        Ok(())
    }

    /// The lines of JSON that it answers with.
    fn asked(&mut self, mut command: Command, name: &str) -> Result<Vec<Json>, String> {
        let (out, log) =
            (self.dir.join(format!("{name}.out")), self.dir.join(format!("{name}.err")));
        let file = fs::File::create(&out).map_err(|e| e.to_string())?;
        let errors = fs::File::create(&log).map_err(|e| e.to_string())?;
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let mut asked = Proc::adopt(command, &log)?;
        let status = asked.wait(Duration::from_secs(ASK_SECONDS_MAX))?;
        if !status.success() {
            self.problem(format!("weir {name}: {status}: {}", asked.tail()));
        }
        let text = fs::read_to_string(&out).unwrap_or_default();
        Ok(text.lines().filter_map(Json::read).collect())
    }

    /// Where the reader during the faults has met clean records: offsets, by partition.
    fn seen(&self) -> BTreeMap<u64, BTreeSet<u64>> {
        let (topic, mut seen) = (self.topic("clean"), BTreeMap::<u64, BTreeSet<u64>>::new());
        for line in fs::read_to_string(self.dir.join("seen.txt")).unwrap_or_default().lines() {
            let mut words = line.split(' ');
            if words.next() != Some(&topic) {
                continue;
            }
            let mut number = || words.next().and_then(|word| word.parse().ok());
            if let (Some(partition), Some(offset)) = (number(), number()) {
                seen.entry(partition).or_default().insert(offset);
            }
        }
        seen
    }
}

/// Where a record lies, as a line of `weir impact` has it.
fn place(line: &Json) -> Option<(u64, u64)> {
    Some((line.str("partition").parse().ok()?, line.str("offset").parse().ok()?))
}
