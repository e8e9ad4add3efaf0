//! What weir itself tells of a run behind it, held against what the checker has counted and what was fed: each clean
//! record is proven by a manifest, each that has a body stands in the trail, once, and of some people all records do.

use super::Bench;
use super::feed::is_tombstone;
use super::json::Json;
use super::process::Proc;
use super::stage::Stage;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::Duration;

const ASK_SECONDS_MAX: u64 = 180;

/// People whose records are looked for.
const PEOPLE: usize = 5;

/// The topics, which must lose nothing.
pub(super) const TOPICS: [&str; 2] = ["proof", "trail"];

/// Offsets, by partition.
type Offsets = BTreeMap<u64, BTreeSet<u64>>;

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
        let Some(clean) = self.line.figure("clean") else {
            self.problem("the checker has counted no clean records".into());
            return Ok(());
        };
        let mut verify = Command::new(&self.binary);
        verify.args(["verify", &self.topic("clean"), "--proof", &self.topic("proof"), "--json"]);
        verify.args(["--kafka", &self.direct, "--public-key"]);
        verify.arg(self.dir.join("weir-proof.pub")).stdin(Stdio::null());
        let lines = self.asked(verify, "verify")?;
        let tally = lines.first().and_then(|all| all.get("tally"));
        let proven = tally.map_or("", |tally| tally.str("proven"));
        if proven != clean.to_string() {
            self.problem(format!("{proven} clean records of {clean} are proven"));
        }
        let since = self.impact(&["--since", "2000-01-01T00:00:00Z"], Stdio::null());
        let places: Vec<_> = self.asked(since, "impact")?.iter().filter_map(place).collect();
        let tombstones = (0..self.fed.records).filter(|n| is_tombstone(*n)).count() as u64;
        let wanted = clean.saturating_sub(tombstones);
        let judged = judged(&places, wanted, &self.seen());
        match judged {
            Ok(met) => self.line.notes.push(format!(
                "{proven} clean records proven, {wanted} in the trail, {met} of these met there meanwhile"
            )),
            Err(why) => self.problem(why),
        }
        self.ask_for_people()
    }

    /// Each of some people has as many records in the trail as were fed of them.
    fn ask_for_people(&mut self) -> Result<(), String> {
        let make = self.notes();
        let mut people = Vec::new();
        for n in 0..self.fed.records {
            let key = make(n).key;
            if people.len() < PEOPLE && !people.contains(&key) {
                people.push(key);
            }
            if people.len() == PEOPLE {
                break;
            }
        }
        let mut fed = vec![0; people.len()];
        for n in 0..self.fed.records {
            let line = make(n);
            let is_clean = !line.refused && line.value.is_some();
            if let Some(at) = people.iter().position(|key| is_clean && *key == line.key) {
                fed[at] += 1;
            }
        }
        let ids = self.dir.join("people.txt");
        fs::write(&ids, people.join(&b'\n')).map_err(|e| e.to_string())?;
        let stdin = File::open(&ids).map_err(|e| e.to_string())?;
        let command = self.impact(&["--subject"], stdin.into());
        let lines = self.asked(command, "people")?;
        let _ = fs::remove_file(&ids);
        for (at, fed) in fed.iter().enumerate() {
            let number = Json::number(at + 1);
            let found = lines.iter().filter(|line| line.list("subjects").contains(&number)).count();
            if found as u64 != *fed || *fed == 0 {
                self.problem(format!("{found} records of a person in the trail, {fed} were fed"));
            }
        }
        Ok(())
    }

    fn impact(&self, what: &[&str], stdin: Stdio) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("impact").arg(self.dir.join("pipelines/p.yaml"));
        command.args(["--dev", "--kafka", &self.direct, "--keyring"]);
        command.arg(self.dir.join("weir.keyring")).arg("--audit").arg(self.dir.join("audit.jsonl"));
        command.args(what).arg("--json").stdin(stdin);
        command
    }

    /// The lines of JSON that it answers with.
    fn asked(&mut self, mut command: Command, name: &str) -> Result<Vec<Json>, String> {
        let path = |end: &str| self.dir.join(format!("{name}.{end}"));
        let (out, log) = (path("out"), path("err"));
        let file = File::create(&out).map_err(|e| e.to_string())?;
        let errors = File::create(&log).map_err(|e| e.to_string())?;
        command.stdout(file).stderr(errors);
        let mut asked = Proc::adopt(command, &log)?;
        let status = asked.wait(Duration::from_secs(ASK_SECONDS_MAX))?;
        if !status.success() {
            self.problem(format!("weir {name}: {status}: {}", asked.tail()));
        }
        let text = fs::read_to_string(&out).unwrap_or_default();
        Ok(text.lines().filter_map(Json::read).collect())
    }

    /// Where the reader during the faults has met clean records.
    fn seen(&self) -> Offsets {
        let (topic, mut seen) = (self.topic("clean"), Offsets::new());
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

/// Whether the trail's places are as many as are wanted, each once, and where the reader has met records. Behind its
/// last one it had not come there yet: nine of ten it has to have met. Gives how many.
fn judged(places: &[(u64, u64)], wanted: u64, seen: &Offsets) -> Result<u64, String> {
    let distinct: BTreeSet<_> = places.iter().collect();
    let (all, once) = (places.len() as u64, distinct.len() as u64);
    if once != wanted || all != wanted {
        return Err(format!("the trail has {all} records, {once} once, and {wanted} are right"));
    }
    let (mut met, mut elsewhere) = (0, 0);
    for (partition, offset) in distinct {
        let there = seen.get(partition);
        match there.is_some_and(|there| there.contains(offset)) {
            true => met += 1,
            false => elsewhere += u64::from(there.is_none_or(|all| all.last() >= Some(offset))),
        }
    }
    if elsewhere > 0 || met * 10 < wanted * 9 {
        let why = format!("of the trail's {wanted} records {met} are where it says");
        return Err(format!("{why}, and {elsewhere} are not"));
    }
    Ok(met)
}

/// Where a record lies, as a line of `weir impact` has it.
fn place(line: &Json) -> Option<(u64, u64)> {
    Some((line.str("partition").parse().ok()?, line.str("offset").parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_that_is_not_right_is_told() {
        let seen = Offsets::from([(0, (0..50).collect()), (1, (0..40).collect())]);
        let right: Vec<_> = (0..50).map(|n| (0, n)).chain((0..45).map(|n| (1, n))).collect();
        // Five lie behind what the reader had met.
        assert_eq!(judged(&right, 95, &seen), Ok(90));
        type Place = (u64, u64);
        let all = |place: fn(Place) -> Place| right.iter().copied().map(place).collect();
        for (what, places) in [
            ("one is missing", right[1..].to_vec()),
            ("one too many", [&right[..], &[(1, 45)]].concat()),
            ("one twice", all(|at| if at == (0, 3) { (0, 4) } else { at })),
            ("far behind", all(|(partition, offset)| (partition, offset + 1_000_000))),
            ("no such partition", all(|(partition, offset)| (partition + 2, offset))),
        ] {
            assert!(judged(&places, 95, &seen).is_err(), "{what}");
        }
        let holes =
            Offsets::from([(0, (0..51).filter(|n| *n != 7).collect()), (1, (0..50).collect())]);
        assert!(judged(&right, 95, &holes).is_err(), "nothing lies there");
        assert!(judged(&[], 0, &seen).is_ok() && judged(&[], 1, &seen).is_err());
    }
}
