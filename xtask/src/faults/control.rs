//! The one Java process that makes topics, answers questions of the cluster and watches how far the
//! group has come: `tests/kafka/Load.java control`.

use super::process::Proc;
use crate::broker::java;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// The longest answer to wait for; the Java side gives up earlier.
const ANSWER_SECONDS_MAX: u64 = 90;

/// How far the group is: committed offset and end of each partition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    pub(crate) number: u64,
    pub(crate) at: Option<Instant>,
    pub(crate) marks: Vec<(i64, i64)>,
}

impl Sample {
    pub(crate) fn committed(&self) -> i64 {
        self.marks.iter().map(|mark| mark.0).sum()
    }

    pub(crate) fn end(&self) -> i64 {
        self.marks.iter().map(|mark| mark.1).sum()
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.marks.iter().all(|(committed, end)| committed >= end)
    }

    /// Whether each partition that had records left has moved on since `base`.
    pub(crate) fn moved_since(&self, base: &Sample) -> bool {
        self.committed() > base.committed()
            && self
                .marks
                .iter()
                .zip(&base.marks)
                .all(|((now, end), (then, _))| now > then || now >= end)
    }
}

type Latest = Arc<(Mutex<Sample>, Condvar)>;

/// The process; it ends with this value.
pub(crate) struct Control {
    inner: Mutex<(Proc, Receiver<String>)>,
    latest: Latest,
}

/// The Java source beside the checker.
pub(crate) fn load_java() -> PathBuf {
    root().join("tests/kafka/Load.java")
}

/// The checkout.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

impl Control {
    pub(crate) fn start(lib: &Path, bootstrap: &str, log: &Path) -> Result<Control, String> {
        let mut command = java(lib, &load_java().display().to_string());
        command.args(["control", "--bootstrap", bootstrap]).stdin(Stdio::piped());
        let mut process = Proc::piped(command, log)?;
        let out = process.child().stdout.take().ok_or("no output of the control process")?;
        let latest = Latest::default();
        let (give, answers) = channel();
        let seen = Arc::clone(&latest);
        let trace = super::environment("WEIR_FAULTS_TRACE").is_some();
        std::thread::spawn(move || read(BufReader::new(out), &give, &seen, trace));
        Ok(Control { inner: Mutex::new((process, answers)), latest })
    }

    /// Asks, and waits for the answer.
    pub(crate) fn ask(&self, question: &str) -> Result<String, String> {
        let mut inner = self.inner.lock().map_err(|_| "the control process is broken")?;
        let (process, answers) = &mut *inner;
        // An answer that came too late belongs to an older question.
        while answers.try_recv().is_ok() {}
        let stdin = process.child().stdin.as_mut().ok_or("no input of the control process")?;
        writeln!(stdin, "{question}").map_err(|e| format!("the control process is gone: {e}"))?;
        let answer = answers.recv_timeout(Duration::from_secs(ANSWER_SECONDS_MAX));
        let answer =
            answer.map_err(|_| format!("no answer to `{question}`: {}", process.tail()))?;
        match answer.split_once(' ').unwrap_or((&answer, "")) {
            ("=", answer) => Ok(answer.to_string()),
            (_, why) => Err(format!("`{question}`: {why}")),
        }
    }

    /// Asks until there is an answer: while a broker is away a question may fail.
    pub(crate) fn ask_again(&self, question: &str, most: Duration) -> Result<String, String> {
        let deadline = Instant::now() + most;
        loop {
            match self.ask(question) {
                Err(why) if Instant::now() > deadline => return Err(why),
                Err(_) => std::thread::sleep(Duration::from_millis(200)),
                answer => return answer,
            }
        }
    }

    /// From now on watches this group; waits for the first look.
    pub(crate) fn watch(&self, group: &str, topic: &str) -> Result<(), String> {
        self.ask("unwatch")?;
        // A look that was under way is of the group before.
        std::thread::sleep(Duration::from_millis(300));
        if let Ok(mut sample) = self.latest.0.lock() {
            sample.marks.clear();
            sample.at = None;
        }
        self.ask(&format!("watch {group} {topic}"))?;
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.latest().marks.is_empty() {
            if Instant::now() > deadline {
                return Err("the watcher does not see the group".into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The last look.
    pub(crate) fn latest(&self) -> Sample {
        self.latest.0.lock().map(|sample| sample.clone()).unwrap_or_default()
    }

    /// A look that began after now; the last one if none comes, as while the brokers are away.
    pub(crate) fn fresh(&self, most: Duration) -> Sample {
        // The next one may have begun before.
        let wanted = self.latest().number + 2;
        self.until(most, |sample| sample.number >= wanted).unwrap_or_else(|last| last)
    }

    /// The first look, from the last one on, that satisfies; else the last one as the error.
    pub(crate) fn until(
        &self,
        most: Duration,
        satisfies: impl Fn(&Sample) -> bool,
    ) -> Result<Sample, Sample> {
        let deadline = Instant::now() + most;
        let Ok(mut sample) = self.latest.0.lock() else { return Err(Sample::default()) };
        loop {
            if satisfies(&sample) {
                return Ok(sample.clone());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(sample.clone());
            }
            match self.latest.1.wait_timeout(sample, left) {
                Ok((next, _)) => sample = next,
                Err(_) => return Err(Sample::default()),
            }
        }
    }
}

fn read(out: impl BufRead, give: &Sender<String>, latest: &Latest, trace: bool) {
    let mut said = Instant::now();
    for line in out.lines().map_while(Result::ok) {
        if line.starts_with("w ") {
            if let (Some(marks), Ok(mut sample)) = (marks(&line), latest.0.lock()) {
                *sample = Sample { number: sample.number + 1, at: Some(Instant::now()), marks };
                if trace && said.elapsed() > Duration::from_secs(1) {
                    said = Instant::now();
                    let (at, end) = (sample.committed(), sample.end());
                    crate::say(&format!("  trace: {at} of {end}: {:?}", sample.marks));
                }
                latest.1.notify_all();
            }
        } else if give.send(line).is_err() {
            return;
        }
    }
}

/// `w MILLIS 12/20 0/3`.
fn marks(line: &str) -> Option<Vec<(i64, i64)>> {
    line.split(' ')
        .skip(2)
        .map(|pair| {
            let (committed, end) = pair.split_once('/')?;
            Some((committed.parse().ok()?, end.parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(line: &str) -> Sample {
        Sample { marks: marks(line).expect("marks"), ..Sample::default() }
    }

    #[test]
    fn progress_is_of_every_partition_that_has_work() {
        let base = sample("w 1 5/9 3/3 0/4");
        assert!(!sample("w 2 5/9 3/3 0/4").moved_since(&base));
        assert!(!sample("w 2 9/9 3/3 0/4").moved_since(&base), "one partition still stands");
        assert!(sample("w 2 6/9 3/3 1/4").moved_since(&base));
        assert!(!sample("w 2 6/9 3/5 1/4").moved_since(&base), "new work that nobody took");
        assert!(sample("w 2 9/9 3/3 4/4").is_at_end());
        assert_eq!(marks("w 1 5/x"), None);
    }
}
