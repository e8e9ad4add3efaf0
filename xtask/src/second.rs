//! `./dev eval --transformer`: weir alone and weir with the transformer on the same texts, judged by the same
//! `weir eval`; and what each costs.

use crate::eval::{blind_gold, gold, score, target, third_gold};
use crate::fetch::run;
use crate::model;
use crate::peers::beside;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// Texts of each set: the transformer reads some ten kilobytes a second.
const TEXTS: u64 = 200;
/// How `weir detect` is asked, and what that is called.
const WAYS: [(&str, &str); 3] = [
    ("off", "weir"),
    ("uncertain", "with the transformer, uncertain"),
    ("always", "with the transformer, always"),
];

/// Prints the tables. The model's own test goes first: it holds weir's reading to another library's.
pub(crate) fn main() -> Result<ExitCode, String> {
    let model = model::folder()?;
    let cargo = || Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    run(cargo().args(["test", "-q", "-p", "weir-transformer"]).env("WEIR_TRANSFORMER", &model))?;
    run(cargo().args([
        "build",
        "-q",
        "--release",
        "-p",
        "weir",
        "--bin",
        "weir",
        "--features",
        "transformer",
    ]))?;
    let (weir, folder) = (target().join("release/weir"), target().join("eval"));
    std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    for set in ["notes", "third-notes", "blind-notes"] {
        let line = match set {
            "third-notes" => third_gold,
            "blind-notes" => blind_gold,
            _ => gold,
        };
        let lines: String = (0..TEXTS).map(|seed| line("notes", seed)).collect();
        let path = folder.join(format!("second-{set}.gold.jsonl"));
        std::fs::write(&path, &lines).map_err(|why| format!("{}: {why}", path.display()))?;
        let bytes: usize = lines.lines().map(text_bytes).sum();
        let mut tables = Vec::new();
        let mut speeds = Vec::new();
        for (way, name) in WAYS {
            let found = folder.join(format!("second-{set}.{way}.jsonl"));
            let seconds = detect(&weir, &model, way, &path, &found)?;
            tables.push((name, score(&weir, &path, &found)?));
            let speed = bytes as f64 / 1000.0 / seconds;
            speeds.push(format!("{name}: {seconds:.1} s of one processor, {speed:.1} kB/s"));
        }
        crate::say(&format!("\n== {set}, the first {TEXTS}: {bytes} bytes of text"));
        beside(&tables).lines().for_each(crate::say);
        speeds.iter().for_each(|line| crate::say(line));
    }
    Ok(ExitCode::SUCCESS)
}

/// Has weir look through a gold standard's texts on one thread; the processor's seconds, which other work on the
/// machine changes little.
fn detect(weir: &Path, model: &Path, way: &str, gold: &Path, found: &Path) -> Result<f64, String> {
    // The shell's `times` has the seconds of the program that it ran in its second line.
    let done = Command::new("sh")
        .args(["-c", "out=$1; shift; \"$@\" >\"$out\" && times", "sh"])
        .arg(found)
        .arg(weir)
        .args(["detect", "--transformer", way])
        .arg(gold)
        .env("WEIR_TRANSFORMER", model)
        .env("RTEN_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output();
    let done = done.map_err(|why| format!("sh: {why}"))?;
    if !done.status.success() {
        return Err(format!("weir detect --transformer {way} failed"));
    }
    let text = String::from_utf8_lossy(&done.stdout);
    let line = text.lines().last().unwrap_or_default();
    line.split_whitespace()
        .map(seconds)
        .sum::<Option<f64>>()
        .ok_or_else(|| format!("times: {line}"))
}

/// Bytes of the text in a line of a gold standard, escapes included.
fn text_bytes(line: &str) -> usize {
    let behind = line.split_once("\"text\":\"").map_or("", |(_, behind)| behind);
    behind.split_once("\",\"spans\":").map_or(0, |(text, _)| text.len())
}

/// `1m2.34s` in seconds.
fn seconds(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.strip_suffix('s')?.split_once('m')?;
    Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::{seconds, text_bytes};

    #[test]
    fn the_text_of_a_line_is_counted_without_what_is_said_of_it() {
        let line = "{\"id\":3,\"text\":\"seen by\\nher\",\"spans\":[{\"start\":1}],\"codes\":[]}";
        assert_eq!(text_bytes(line), "seen by\\nher".len());
        assert_eq!(text_bytes("{\"id\":3}"), 0);
    }

    #[test]
    fn the_shells_times_are_read() {
        assert_eq!(seconds("0m0.25s"), Some(0.25));
        assert_eq!(seconds("2m1.5s"), Some(121.5));
        assert_eq!(seconds("1.5"), None);
    }
}
