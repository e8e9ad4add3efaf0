//! R7: the simulation of weir's state machine against a model of a broker: the test `model`.

use super::Options;
use super::control::root;
use super::process::{Proc, mortal};
use super::report::Line;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

/// Its build included.
const MOST: Duration = Duration::from_secs(20 * 60);
const FAULT: &str = "simulated schedules against a model broker";

pub(crate) fn run(options: &Options) -> Result<Vec<Line>, String> {
    if !["tests/model.rs", "tests/model/main.rs"].iter().any(|path| root().join(path).exists()) {
        return Ok(vec![Line::not_built(FAULT, "there is no test `model`")]);
    }
    let seeds = options.size(10_000, 200_000);
    // Other schedules each night; by day the same.
    let first = if options.nightly { options.seed.unwrap_or(0) % 1_000_000 * 1_000 } else { 0 };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = mortal(cargo);
    command
        .args(["test", "--quiet", "--features", "weir/aws-kms", "--test", "model", "--"])
        .arg("--nocapture")
        .current_dir(root())
        .env_remove("WEIR_MODEL_SEED")
        .env("WEIR_MODEL_FIRST", first.to_string())
        .env("WEIR_MODEL_SEEDS", seeds.to_string())
        .stdin(Stdio::null());
    let log = std::env::temp_dir().join(format!("weir-model-{}.out", std::process::id()));
    let mut line = Line::new(FAULT);
    let mut test = Proc::start(command, &log)?;
    let ended = test.wait(MOST);
    let text = test.log();
    let _ = std::fs::remove_file(&log);
    line.times = seeds;
    let ran = text.contains(&format!("model: {seeds} seeds from {first}"));
    let passed = ran && text.contains("test result: ok") && !text.contains(" 0 passed");
    if !ended.as_ref().is_ok_and(ExitStatus::success) || !passed {
        // A seed that failed stands in what the test printed.
        let tail: Vec<_> = text.lines().rev().take(12).collect();
        line.problems.push(tail.into_iter().rev().collect::<Vec<_>>().join(" / "));
        line.problems.extend(ended.err().map(|_| "it did not end in time".to_string()));
    }
    Ok(vec![line])
}
