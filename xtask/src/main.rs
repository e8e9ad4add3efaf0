//! Repository chores, called by `./dev`: the tests on a real broker, the broker alone, the fault
//! bench, the tagger's training and the evaluation of detection.

mod blind;
mod broker;
mod cluster;
mod corpus;
mod draft;
mod eval;
mod failures;
mod faults;
mod fetch;
mod goals;
mod held;
mod impact;
mod keyserver;
mod known;
mod model;
mod pace;
mod peers;
mod postgres;
mod proxy;
mod registry;
mod second;
mod test;
mod third;
mod train;
mod utility;
mod wide;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let verb = args.next().unwrap_or_default();
    let rest: Vec<_> = args.collect();
    let outcome = match verb.as_str() {
        "test" => test::run(&rest),
        "kafka" => broker::foreground(),
        "pace" => pace::run(&rest),
        "impact" => impact::run(&rest),
        "train" => train::run(&rest),
        "eval" => eval::run(&rest),
        "model" => model::main(),
        "faults" => faults::run(&rest),
        _ => Err(
            "usage: xtask test [CARGO TEST ARGUMENTS] | kafka | pace | impact | faults [ARGUMENTS] | train | eval | model"
                .to_string(),
        ),
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
