//! R7: the simulation of weir's state machine against a model of a broker: the test `model`.

use super::Options;
use super::control::root;
use super::report::Line;
use std::process::{Command, Stdio};

const FAULT: &str = "simulated schedules against a model broker";

pub(crate) fn run(options: &Options) -> Result<Vec<Line>, String> {
    if !["tests/model.rs", "tests/model/main.rs"].iter().any(|path| root().join(path).exists()) {
        return Ok(vec![Line::not_built(FAULT, "there is no test `model`")]);
    }
    let seeds = options.size(10_000, 200_000);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let out = Command::new(cargo)
        .args(["test", "--quiet", "--features", "weir/aws-kms", "--test", "model"])
        .current_dir(root())
        // As the bench's own binaries are built: one build for both, and quick.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "2")
        .env("WEIR_MODEL_SEEDS", seeds.to_string())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    let text = String::from_utf8_lossy(&out.stdout);
    let mut line = Line::new(FAULT);
    line.times = seeds;
    if !out.status.success() || !text.contains("test result: ok") || text.contains(" 0 passed") {
        let tail: Vec<_> = text.lines().rev().take(12).collect();
        line.problems.push(tail.into_iter().rev().collect::<Vec<_>>().join(" | "));
    }
    Ok(vec![line])
}
