//! Synthetic notes on their way into the source topic, at a steady rate while faults happen.

use super::process::Proc;
use crate::broker::java;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use weir_synth::Generator;

/// After the last record: the brokers may have to heal first.
const END_SECONDS_MAX: u64 = 180;

/// A record for the source topic.
pub(crate) struct Line {
    pub(crate) key: Vec<u8>,
    /// `None` is a tombstone.
    pub(crate) value: Option<Vec<u8>>,
    /// Whether weir has to refuse it.
    pub(crate) refused: bool,
}

/// Record `n` of a feed.
pub(crate) type Maker = Arc<dyn Fn(u64) -> Line + Send + Sync>;

/// The notes of a generator; among a thousand, one with an unlisted member, one cut off and one
/// tombstone, as in `tests/it/kill.rs`.
pub(crate) fn notes(generator: Arc<Generator>) -> Maker {
    Arc::new(move |n| {
        let mut record = generator.note(n);
        let refused = matches!(n % 1000, 500 | 700);
        match n % 1000 {
            500 => record.value = record.value.replacen('{', "{\"maiden_name\":\"Canaryman\",", 1),
            700 => record.value.truncate(200),
            _ => {}
        }
        let value = (!is_tombstone(n)).then(|| record.value.into_bytes());
        Line { key: record.key.into_bytes(), value, refused }
    })
}

/// Whether a record of the notes has no value.
pub(crate) fn is_tombstone(n: u64) -> bool {
    n % 1000 == 900
}

/// What is fed, where to and how fast.
pub(crate) struct Plan {
    pub(crate) lib: PathBuf,
    pub(crate) bootstrap: String,
    pub(crate) topic: String,
    pub(crate) partitions: u64,
    pub(crate) log: PathBuf,
    /// The number of the first record, and of how many.
    pub(crate) first: u64,
    pub(crate) count: u64,
    /// Records a second; 0 is as fast as they go.
    pub(crate) rate: u64,
}

/// What was fed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fed {
    pub(crate) records: u64,
    pub(crate) refused: u64,
}

/// Records under way; stopped with this value.
pub(crate) struct Feed {
    stop: Arc<AtomicBool>,
    sent: Arc<AtomicU64>,
    thread: Option<JoinHandle<Result<Fed, String>>>,
}

impl Feed {
    pub(crate) fn start(plan: Plan, make: Maker) -> Feed {
        let (stop, sent) = (Arc::<AtomicBool>::default(), Arc::<AtomicU64>::default());
        let (stopped, count) = (Arc::clone(&stop), Arc::clone(&sent));
        let thread = std::thread::spawn(move || feed(&plan, &make, &stopped, &count));
        Feed { stop, sent, thread: Some(thread) }
    }

    /// Records handed over so far.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Ends an endless feed, and waits until the brokers have every record.
    pub(crate) fn stop(self) -> Result<Fed, String> {
        self.stop.store(true, Ordering::Relaxed);
        self.join()
    }

    /// Waits until all of it was fed.
    pub(crate) fn join(mut self) -> Result<Fed, String> {
        let thread = self.thread.take().ok_or("the feed has ended")?;
        thread.join().map_err(|_| "the feed panicked".to_string())?
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn feed(plan: &Plan, make: &Maker, stop: &AtomicBool, sent: &AtomicU64) -> Result<Fed, String> {
    let mut command = java(&plan.lib, &super::control::load_java().display().to_string());
    command.args(["load", "--bootstrap", &plan.bootstrap, "--topic", &plan.topic]);
    command.args(["--rate", &plan.rate.to_string()]).stdin(Stdio::piped());
    let mut process = Proc::piped(command, &plan.log)?;
    let mut stdin = process.child().stdin.take().ok_or("no input of the loader")?;
    let mut fed = Fed::default();
    let mut chunk = Vec::new();
    // A slow feed goes in small pieces, so that the pipe does not run far ahead of the rate.
    let piece = if plan.rate == 0 { 500 } else { (plan.rate / 20).clamp(1, 500) };
    while fed.records < plan.count && !stop.load(Ordering::Relaxed) {
        chunk.clear();
        for _ in 0..piece.min(plan.count - fed.records) {
            let n = plan.first + fed.records;
            let line = make(n);
            write_line(&mut chunk, n % plan.partitions, &line);
            fed.records += 1;
            fed.refused += u64::from(line.refused);
        }
        stdin
            .write_all(&chunk)
            .map_err(|e| format!("the loader is gone: {e}: {}", process.tail()))?;
        sent.store(fed.records, Ordering::Relaxed);
    }
    drop(stdin);
    let out = process.child().stdout.take().ok_or("no output of the loader")?;
    let status = process.wait(Duration::from_secs(END_SECONDS_MAX))?;
    let written = BufReader::new(out).lines().map_while(Result::ok).last().unwrap_or_default();
    if !status.success() || written != fed.records.to_string() {
        let sent = fed.records;
        return Err(format!("loaded `{written}` of {sent} records: {}", process.tail()));
    }
    Ok(fed)
}

/// `partition TAB key TAB value`; bytes that a line cannot hold go as base64.
fn write_line(out: &mut Vec<u8>, partition: u64, line: &Line) {
    out.extend(partition.to_string().bytes());
    out.push(b'\t');
    write_field(out, &line.key);
    out.push(b'\t');
    match &line.value {
        None => out.extend(b"\\N"),
        Some(value) => write_field(out, value),
    }
    out.push(b'\n');
}

fn write_field(out: &mut Vec<u8>, bytes: &[u8]) {
    let plain = std::str::from_utf8(bytes).is_ok()
        && !bytes.iter().any(|b| matches!(b, b'\t' | b'\n' | b'\r' | 0))
        && bytes != b"\\N"
        && !bytes.starts_with(b"b64:");
    if plain {
        return out.extend(bytes);
    }
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.extend(b"b64:");
    for three in bytes.chunks(3) {
        let byte = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n <= three.len() { digit } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: Option<&[u8]>) -> String {
        let mut out = Vec::new();
        let line = Line { key: b"k".to_vec(), value: value.map(<[u8]>::to_vec), refused: false };
        write_line(&mut out, 3, &line);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn every_value_fits_on_a_line() {
        assert_eq!(written(Some(b"{}")), "3\tk\t{}\n");
        assert_eq!(written(None), "3\tk\t\\N\n");
        assert_eq!(written(Some(b"\\N")), "3\tk\tb64:XE4=\n");
        assert_eq!(written(Some(b"a\nb")), "3\tk\tb64:YQpi\n");
        assert_eq!(written(Some(b"\xff")), "3\tk\tb64:/w==\n");
        assert_eq!(written(Some(b"b64:")), "3\tk\tb64:YjY0Og==\n");
        assert_eq!(written(Some(b"")), "3\tk\t\n");
    }

    #[test]
    fn the_mix_holds_poison_and_tombstones() {
        let make = notes(Arc::new(Generator::new(1, 5)));
        assert!(make(1500).refused && make(700).refused && !make(1).refused);
        assert!(make(900).value.is_none());
        assert_eq!((0..2000).filter(|&n| make(n).refused).count(), 4);
    }
}
