//! Repository chores, called by `./dev`: the tests on a real broker, the broker alone,
//! and the fault bench.

mod broker;
mod cluster;
mod faults;
mod fetch;
mod keyserver;
mod postgres;
mod proxy;
mod test;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let verb = args.next().unwrap_or_default();
    let rest: Vec<_> = args.collect();
    let outcome = match verb.as_str() {
        "test" => test::run(&rest),
        "kafka" => broker::foreground(),
        "faults" => faults::run(&rest),
        _ => {
            Err("usage: xtask test [CARGO TEST ARGUMENTS] | kafka | faults [ARGUMENTS]".to_string())
        }
    };
    match outcome {
        Ok(code) => code,
        Err(why) => {
            say(&format!("xtask: {why}"));
            ExitCode::FAILURE
        }
    }
}

/// The one place that prints.
#[expect(clippy::print_stderr, reason = "a chore talks to the person who started it")]
fn say(line: &str) {
    eprintln!("{line}");
}
