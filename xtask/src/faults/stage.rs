//! A pipeline of a shard's own on the cluster: topics, keys, the weir processes under test, the feed,
//! and at the end the independent check.

use super::control::{Control, Sample, root};
use super::feed::{Fed, Feed, Maker, Plan, notes};
use super::process::{Proc, mortal};
use super::report::Line;
use super::{Bench, Clock, seconds};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use weir_synth::{Generator, Patient};

pub(crate) const PARTITIONS: u64 = 12;
const PATIENTS: usize = 500;
/// After the last record was fed.
const DRAIN_SECONDS_MAX: u64 = 180;
const STOP_SECONDS_MAX: u64 = 60;
const REFERENCE_SECONDS_MAX: u64 = 300;
/// Ends by itself before the bench gives up: after each the process is started again, as a supervisor
/// would.
const OWN_ENDS_MAX: u32 = 60;
/// What a supervisor starts again: docs/operations.md.
const FAILED: i32 = 5;
/// The call that hangs in librdkafka where a broker goes, as [`reason`] tells it.
const HUNG: &str = "W0409 offsets";
/// A place is lost, or records are: told before whatever came of it.
const LOST: [&str; 2] = ["W0432", "W0433"];

/// A weir process under test.
pub(crate) struct Weir {
    pub(crate) instance: String,
    pub(crate) process: Option<Proc>,
}

/// The pipeline, and what was seen of it.
pub(crate) struct Stage {
    pub(crate) name: String,
    pub(crate) dir: PathBuf,
    pub(super) lib: PathBuf,
    pub(super) direct: String,
    proxied: String,
    pub(crate) binary: PathBuf,
    pub(crate) control: Arc<Control>,
    pub(crate) weirs: Vec<Weir>,
    generator: Arc<Generator>,
    clock: Clock,
    /// Records a second of the feed.
    rate: u64,
    /// Words around `weir run`: `prlimit ...`, `faketime ...`.
    pub(crate) wrapper: Vec<String>,
    pub(crate) environment: Vec<(String, String)>,
    /// Further arguments of `weir run`.
    pub(crate) arguments: Vec<String>,
    /// The working folder of the processes, where it is not the bench's.
    pub(crate) here: Option<PathBuf>,
    /// Files and folders, beside logs and audit, that may hold no identifier.
    pub(crate) files: Vec<PathBuf>,
    /// The pipeline's document.
    pipeline: PathBuf,
    /// The pipeline has proof and a trail, and weir is asked for both at the end.
    pub(super) is_witnessed: bool,
    /// A run without faults over the same source is compared at the end.
    pub(crate) compared: bool,
    /// A broker was harmed and is not healed yet: a process may end by itself since that call hangs. For
    /// nothing else, and at no other time, has one a reason to.
    pub(crate) broker_away: bool,
    own_ends: u32,
    /// Their codes, and the call that hung.
    reasons: BTreeMap<String, u32>,
    /// Every instance was stopped in order, so that no run may be left open.
    pub(super) ended_in_order: bool,
    /// A reader at read_committed during the faults; what it saw must be what stands at the end.
    pub(super) follower: Option<Proc>,
    pub(crate) fed: Fed,
    /// What goes into the report.
    pub(crate) line: Line,
}

impl Stage {
    /// Makes documents, keys and topics. `edit` changes the pipeline's text before it is written.
    pub(crate) fn new(
        bench: &Bench,
        name: &str,
        fault: &str,
        edit: impl Fn(String) -> String,
    ) -> Result<Stage, String> {
        Stage::of(bench, name, fault, Generator::new(bench.seed, PATIENTS), edit)
    }

    /// The same with these patients.
    pub(crate) fn of(
        bench: &Bench,
        name: &str,
        fault: &str,
        generator: Generator,
        edit: impl Fn(String) -> String,
    ) -> Result<Stage, String> {
        let dir = bench.dir.join(name);
        make_documents(&dir, name, edit)?;
        let pipeline = dir.join("pipelines/p.yaml");
        let generator = Arc::new(generator);
        let mut stage = Stage {
            name: name.to_string(),
            dir,
            lib: bench.cluster.lib.clone(),
            direct: bench.cluster.direct(),
            proxied: bench.proxy.addresses(),
            binary: bench.weir.clone(),
            control: Arc::clone(&bench.control),
            weirs: Vec::new(),
            generator,
            clock: bench.clock,
            rate: bench.options.rate,
            wrapper: Vec::new(),
            environment: Vec::new(),
            arguments: Vec::new(),
            here: None,
            files: Vec::new(),
            pipeline,
            is_witnessed: false,
            compared: false,
            broker_away: false,
            own_ends: 0,
            reasons: BTreeMap::new(),
            ended_in_order: false,
            follower: None,
            fed: Fed::default(),
            line: Line::new(fault),
        };
        stage.make_keys()?;
        stage.write_canaries()?;
        stage.make_topics(name, &["source", "clean", "quarantine", "lineage"])?;
        stage.control.watch(&stage.group(), &stage.topic("source"))?;
        stage.follow()?;
        Ok(stage)
    }

    /// These topics and the state's of a pipeline.
    fn make_topics(&self, name: &str, kinds: &[&str]) -> Result<(), String> {
        // By default a broker refuses what says that it is more than an hour from the future (R9), and
        // a jump of years closes a segment, which is then compacted before the checker has seen it.
        let any_time = "message.timestamp.after.max.ms=9223372036854775807,\
                        segment.ms=9223372036854775807";
        let topic = |kind: &&str| {
            format!("{name}.{kind},{PARTITIONS},3,max.message.bytes=40000000,{any_time}")
        };
        let mut wanted: Vec<_> = kinds.iter().map(topic).collect();
        wanted.push(format!("weir.state.{name},1,3,cleanup.policy=compact,{any_time}"));
        self.control.ask(&format!("topics {}", wanted.join(";"))).map(|_| ())
    }

    /// The name of the pipeline that is compared.
    pub(super) fn reference(&self) -> String {
        format!("{}ref", self.name)
    }

    /// A pipeline of another name takes the same source with the same keys, and meets no fault.
    fn run_reference(&mut self) -> Result<(), String> {
        let (name, reference) = (self.name.clone(), self.reference());
        let text = fs::read_to_string(&self.pipeline).map_err(|e| e.to_string())?;
        let mut text = Stage::unwitnessed(&text)
            .replace(&format!("pipeline: {name}"), &format!("pipeline: {reference}"));
        for kind in ["clean", "quarantine", "lineage"] {
            text = text.replace(&format!("{name}.{kind}"), &format!("{reference}.{kind}"));
        }
        let document = self.dir.join("pipelines/reference.yaml");
        fs::write(&document, text).map_err(|e| e.to_string())?;
        self.make_topics(&reference, &["clean", "quarantine", "lineage"])?;
        self.control.watch(&format!("weir.{reference}"), &self.topic("source"))?;
        let own = std::mem::replace(&mut self.pipeline, document);
        let command = self.command("reference", &self.binary);
        self.pipeline = own;
        let mut process = Proc::start(command, &self.log_of("reference"))?;
        let all = self.fed.records as i64;
        let most = Duration::from_secs(REFERENCE_SECONDS_MAX);
        if let Err(at) = self.control.until(most, |sample| sample.committed() >= all) {
            let at = at.committed();
            return Err(format!("the run without faults is at {at} of {all}: {}", process.tail()));
        }
        process.signal("TERM")?;
        let status = process.wait(Duration::from_secs(STOP_SECONDS_MAX))?;
        if status.success() { Ok(()) } else { Err(format!("the run without faults: {status}")) }
    }

    fn make_keys(&self) -> Result<(), String> {
        let mut command = Command::new(&self.binary);
        command.args(["keys", "init", "--dev", "--tenant", "test", "--dir"]).arg(&self.dir);
        command.arg("--audit").arg(self.dir.join("audit.jsonl")).stdin(Stdio::null());
        let mut made = Proc::start(command, &self.dir.join("keys.out"))?;
        let status = made.wait(Duration::from_secs(60))?;
        if status.success() { Ok(()) } else { Err(format!("weir keys init: {}", made.tail())) }
    }

    fn write_canaries(&self) -> Result<(), String> {
        let ids = self.generator.patients().iter().flat_map(Patient::identifiers);
        let all: Vec<_> = ids.chain(["Canaryman".to_string()]).collect();
        fs::write(self.dir.join("canaries.txt"), all.join("\n")).map_err(|e| e.to_string())
    }

    pub(crate) fn topic(&self, kind: &str) -> String {
        format!("{}.{kind}", self.name)
    }

    pub(crate) fn group(&self) -> String {
        format!("weir.{}", self.name)
    }

    /// The maker of this stage's records.
    pub(crate) fn notes(&self) -> Maker {
        notes(Arc::clone(&self.generator))
    }

    pub(crate) fn generator(&self) -> Arc<Generator> {
        Arc::clone(&self.generator)
    }

    /// Begins to feed; `count` of `u64::MAX` is until stopped.
    pub(crate) fn feed(&self, count: u64) -> Feed {
        self.feed_with(count, self.rate, self.notes())
    }

    pub(crate) fn feed_with(&self, count: u64, rate: u64, make: Maker) -> Feed {
        let plan = Plan {
            lib: self.lib.clone(),
            bootstrap: self.direct.clone(),
            topic: self.topic("source"),
            partitions: PARTITIONS,
            log: self.dir.join("load.err"),
            first: self.fed.records,
            count,
            rate,
        };
        Feed::start(plan, make)
    }

    /// Adds what a feed has fed.
    pub(crate) fn was_fed(&mut self, fed: Fed) {
        self.fed.records += fed.records;
        self.fed.refused += fed.refused;
    }

    /// `weir run` of one instance, against the proxy.
    pub(crate) fn command(&self, instance: &str, binary: &Path) -> Command {
        let mut command = match self.wrapper.split_first() {
            None => mortal(binary),
            Some((first, words)) => {
                let mut command = mortal(first);
                command.args(words).arg(binary);
                command
            }
        };
        command
            .arg("run")
            .arg(&self.pipeline)
            .args(["--dev", "--kafka", &self.proxied, "--instance", instance, "--keyring"])
            .arg(self.dir.join("weir.keyring"))
            .arg("--quarantine-key")
            .arg(self.dir.join("weir-quarantine.pub"))
            .arg("--audit")
            .arg(self.dir.join("audit.jsonl"))
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        if let Some(here) = &self.here {
            command.current_dir(here);
        }
        command
    }

    fn log_of(&self, instance: &str) -> PathBuf {
        self.dir.join(format!("weir-{instance}.log"))
    }

    /// Starts an instance, again if it is there already.
    pub(crate) fn start(&mut self, instance: &str) -> Result<(), String> {
        self.start_with(instance, &self.binary.clone(), &[])
    }

    pub(crate) fn start_with(
        &mut self,
        instance: &str,
        binary: &Path,
        environment: &[(&str, &str)],
    ) -> Result<(), String> {
        let mut command = self.command(instance, binary);
        command.envs(environment.iter().copied());
        let process = Some(Proc::start(command, &self.log_of(instance))?);
        match self.weirs.iter_mut().find(|weir| weir.instance == instance) {
            Some(weir) => weir.process = process,
            None => self.weirs.push(Weir { instance: instance.to_string(), process }),
        }
        Ok(())
    }

    pub(crate) fn process(&mut self, instance: &str) -> Result<&mut Proc, String> {
        let weir = self.weirs.iter_mut().find(|weir| weir.instance == instance);
        weir.and_then(|weir| weir.process.as_mut()).ok_or_else(|| format!("{instance} is not up"))
    }

    /// kill -9.
    pub(crate) fn kill(&mut self, instance: &str) -> Result<(), String> {
        // An end of its own would pass for the bench's.
        self.tend()?;
        self.process(instance)?.kill();
        self.take(instance);
        self.note_fault(&format!("kill -9 of {instance}"));
        Ok(())
    }

    /// Takes an instance off the list of those that have to be up.
    pub(crate) fn take(&mut self, instance: &str) -> Option<Proc> {
        let weir = self.weirs.iter_mut().find(|weir| weir.instance == instance)?;
        weir.process.take()
    }

    /// Puts back what was taken.
    pub(crate) fn give_back(&mut self, instance: &str, process: Proc) {
        if let Some(weir) = self.weirs.iter_mut().find(|weir| weir.instance == instance) {
            weir.process = Some(process);
        }
    }

    /// SIGTERM; must end in order, with code 0.
    pub(crate) fn stop(&mut self, instance: &str) -> Result<(), String> {
        if self.process(instance).is_err() {
            return Ok(());
        }
        self.tend()?;
        self.begun(instance)?;
        let Some(mut process) = self.take(instance) else { return Ok(()) };
        match process.ended()? {
            None => process.signal("TERM")?,
            Some(status) => self.problem(format!("{instance} ended by itself: {status}")),
        }
        let status = process.wait(Duration::from_secs(STOP_SECONDS_MAX))?;
        if !status.success() {
            self.problem(format!("{instance} ended with {status} on SIGTERM: {}", process.tail()));
        }
        Ok(())
    }

    /// A fault happened: goes into the report with its time.
    pub(crate) fn note_fault(&mut self, what: &str) {
        let told = format!("{:.1} s: {what}", self.clock.seconds());
        crate::say(&format!("  {told}"));
        self.line.log.push(told);
    }

    pub(crate) fn problem(&mut self, what: String) {
        let dir = self.dir.display().to_string();
        let what = what.replace(&dir, "DIR");
        crate::say(&format!("  {}: problem: {what}", self.name));
        self.line.problems.push(what);
    }

    /// Waits until an instance has come as far as its run: signals are heard from then on.
    pub(crate) fn begun(&mut self, instance: &str) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.process(instance)?.log().contains("run starts") {
            self.tend()?;
            if Instant::now() > deadline {
                let tail = self.process(instance)?.tail();
                self.problem(format!("{instance} did not begin: {tail}"));
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Waits until an instance has partitions: before that nothing has moved for it.
    pub(crate) fn joined(&mut self, instance: &str) -> Result<(), String> {
        let member = format!("weir.{}/{instance}/0:", self.name);
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let members = self.control.ask(&format!("members {}", self.group()));
            let has = |one: &str| one.strip_prefix(&member).is_some_and(|n| n != "0");
            if members.is_ok_and(|members| members.split(',').any(has)) {
                return Ok(());
            }
            self.tend()?;
            if Instant::now() > deadline {
                self.problem(format!("{instance} got no partitions in a minute"));
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Starts again whoever has ended by itself.
    pub(crate) fn tend(&mut self) -> Result<(), String> {
        let mut ended = Vec::new();
        for weir in &mut self.weirs {
            if let Some(process) = &mut weir.process
                && let Some(status) = process.ended()?
            {
                ended.push((weir.instance.clone(), status, reason(&process.log()), process.tail()));
            }
        }
        for (instance, status, reason, tail) in ended {
            self.own_ends += 1;
            // No fault of the bench's kills a process that is on this list.
            if !(self.broker_away && status.code() == Some(FAILED) && reason == HUNG) {
                self.problem(format!("{instance} ended by itself: {status}: {tail}"));
            }
            self.note_fault(&format!(
                "{instance} ended by itself: {status}, {reason}; started again"
            ));
            *self.reasons.entry(reason).or_default() += 1;
            if self.own_ends > OWN_ENDS_MAX {
                return Err(format!("{instance} ends by itself over and over: {status}: {tail}"));
            }
            std::thread::sleep(Duration::from_millis(500));
            self.start(&instance)?;
        }
        self.line.own_ends = self.own_ends;
        Ok(())
    }

    /// Waits until each partition that has work has moved on since `base`; the time is counted from
    /// `since`. A pipeline that stands still is a problem of the run.
    pub(crate) fn progress(
        &mut self,
        base: &Sample,
        since: Instant,
        most: Duration,
    ) -> Result<bool, String> {
        let deadline = since + most;
        loop {
            let step =
                Duration::from_millis(500).min(deadline.saturating_duration_since(Instant::now()));
            if let Ok(sample) = self.control.until(step, |sample| sample.moved_since(base)) {
                let at = sample.at.unwrap_or_else(Instant::now);
                self.line.progress.push(at.saturating_duration_since(since).as_secs_f64());
                return Ok(true);
            }
            self.tend()?;
            if Instant::now() >= deadline {
                let marks = self.control.latest().marks;
                self.problem(format!("no progress in {}: {marks:?}", seconds(most)));
                return Ok(false);
            }
        }
    }

    /// Waits until the group has come to this many records in all.
    pub(crate) fn wait_for(&mut self, records: i64, most: Duration) -> Result<bool, String> {
        let deadline = Instant::now() + most;
        loop {
            let step = Duration::from_millis(500);
            if self.control.until(step, |sample| sample.committed() >= records).is_ok() {
                return Ok(true);
            }
            self.tend()?;
            if Instant::now() >= deadline {
                let sample = self.control.latest();
                let (at, end) = (sample.committed(), sample.end());
                self.problem(format!("the group is at {at} of {end} after {}", seconds(most)));
                return Ok(false);
            }
        }
    }

    /// After the feed: waits for the rest, ends the processes in order, has the run checked.
    pub(crate) fn finish(mut self) -> Result<Line, String> {
        let all = self.fed.records as i64;
        self.wait_for(all, Duration::from_secs(DRAIN_SECONDS_MAX))?;
        let instances: Vec<_> = self.weirs.iter().map(|weir| weir.instance.clone()).collect();
        // Whoever is away may have been killed: its run is open until it comes once more.
        for instance in &instances {
            if self.process(instance).is_err() {
                self.start(instance)?;
                self.begun(instance)?;
            }
        }
        self.ended_in_order = true;
        for instance in &instances {
            self.stop(instance)?;
        }
        if self.compared {
            self.run_reference()?;
        }
        let told: Vec<_> = self.reasons.iter().map(|(why, n)| format!("{why} {n}")).collect();
        if !told.is_empty() {
            self.line.notes.push(format!("why processes ended by themselves: {}", told.join(", ")));
        }
        self.check()?;
        if self.is_witnessed {
            self.question()?;
        }
        Ok(self.line)
    }

    /// Has the run checked as it is, with the processes killed: for harm that the bench does itself
    /// to see whether it would be seen.
    pub(crate) fn judge(mut self) -> Result<Line, String> {
        self.weirs.clear();
        self.check()?;
        Ok(self.line)
    }

    /// The same after the rest has gone through, in order or not.
    pub(crate) fn drained_and_judged(mut self) -> Result<Line, String> {
        self.wait_for(self.fed.records as i64, Duration::from_secs(60))?;
        self.judge()
    }
}

/// The last code in a log, and of a call that hung its name; anything lost before all else.
fn reason(log: &str) -> String {
    if let Some(lost) = LOST.iter().find(|code| log.contains(**code)) {
        return (*lost).to_string();
    }
    let code =
        log.rmatch_indices("W0").find_map(|(at, _)| log.get(at..at + 5)).unwrap_or("no code");
    let call = log.rsplit_once("\"call\":\"").and_then(|(_, rest)| rest.split('"').next());
    match call.filter(|_| code == "W0409") {
        Some(call) => format!("{code} {call}"),
        None => code.to_string(),
    }
}

/// The shipped notes-to-rag with its topics renamed.
fn make_documents(dir: &Path, name: &str, edit: impl Fn(String) -> String) -> Result<(), String> {
    let root = root();
    let make = || -> std::io::Result<()> {
        for folder in ["pipelines", "schemas", "policies"] {
            fs::create_dir_all(dir.join(folder))?;
        }
        for file in
            ["destinations.yaml", "schemas/clinical-note.yaml", "policies/pseudonymize.yaml"]
        {
            fs::copy(root.join(file), dir.join(file))?;
        }
        // The model of prose would leave the brokers half of the processor: delivery is what is tried here.
        let policy = dir.join("policies/pseudonymize.yaml");
        let text = fs::read_to_string(&policy)?;
        let rules = text.replace("free_text:     detect", "free_text:     {detect: rules}");
        if rules == text {
            return Err(std::io::Error::other("the policy does not say `free_text: detect`"));
        }
        fs::write(&policy, rules)?;
        let text = fs::read_to_string(root.join("pipelines/notes-to-rag.yaml"))?;
        let text = text
            .replace("notes-to-rag", name)
            .replace("clean.ehr.notes", &format!("{name}.clean"))
            .replace("quarantine.ehr.notes", &format!("{name}.quarantine"))
            .replace("ehr.notes", &format!("{name}.source"))
            .replace("lineage.events", &format!("{name}.lineage"))
            .replace("window: 30s", "window: 1s");
        fs::write(dir.join("pipelines/p.yaml"), edit(text))
    };
    make().map_err(|e| format!("cannot write the pipeline's documents: {e}"))
}

#[cfg(test)]
mod tests {
    use super::{HUNG, reason};

    #[test]
    fn the_last_code_and_a_hung_call_are_the_reason() {
        let warned = r#"{"level":"WARN","code":"W0412","error":"x"}"#;
        assert_eq!(reason(warned), "W0412");
        let hung = r#"{"level":"ERROR","code":"W0409","call":"offsets","message":"a call hung"}"#;
        assert_eq!(reason(&format!("{warned}\n{hung}\n")), HUNG);
        assert_eq!(reason(&format!("{hung}\n{warned}\nerror[W0433]: lost\n")), "W0433");
        let lost = r#"{"level":"WARN","code":"W0432","error":"x"}"#;
        assert_eq!(reason(&format!("{lost}\n{hung}\n")), "W0432");
        assert_eq!(reason(&hung.replace("offsets", "commit")), "W0409 commit");
        assert_eq!(reason("killed"), "no code");
    }
}
