//! Arguments, words, exit codes. One command a file; the only room that prints.
//! Data goes to standard output, words to standard error.

mod acl;
mod audit;
mod canary;
mod check;
mod connect;
mod corpus;
mod demo;
mod destinations;
mod detect;
mod eval;
mod explain;
mod fault;
mod forget;
mod impact;
mod keys;
mod listen;
mod paint;
mod panic;
mod preview;
mod removal;
mod run;
mod scan;
mod status;
mod subject;
mod token;
mod verify;

pub use panic::panic_line;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A streaming sanitizer: reads records full of protected health information, writes records in
/// which identifiers are tokens, exactly once.
#[derive(Debug, Parser)]
#[command(name = "weir", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Clean synthetic patients' records in an in-process Kafka, and show what happened.
    Demo(demo::Arguments),
    /// Run a pipeline.
    Run(run::Arguments),
    /// Say how a running process is: what its workers do, its lag, its refusals.
    Status(status::Arguments),
    /// Check pipelines and everything they name; reports every problem at once.
    Check(check::Arguments),
    /// Show who receives clean records, on which terms, and which of these end soon.
    Destinations(destinations::Arguments),
    /// Say which rights on the brokers a pipeline needs, as the commands that grant them.
    Acl(acl::Arguments),
    /// Show records before (identifiers masked) and after a schema and a policy.
    Preview(preview::Arguments),
    /// Find out what is in records: which paths hold which class; draft a schema, or hold one against them.
    Scan(scan::Arguments),
    /// Find identifiers in prose: JSON Lines {"id","text"} or a folder of texts in, spans out.
    Detect(detect::Arguments),
    /// Judge predictions by a gold standard: what leaked, what was right, what went for nothing.
    Eval(eval::Arguments),
    /// Explain a code (W0207), a class (mrn), or list: codes, classes, kernels, policies.
    Explain(explain::Arguments),
    /// Make, show, check and change keys.
    Keys(keys::Arguments),
    /// Make tokens by hand, and take them back.
    Token(token::Arguments),
    /// Say what is known of a person's secret, and shred it.
    Subject(subject::Arguments),
    /// Hold a clean topic or file against its signed manifests: what was altered, moved, taken out or put in.
    Verify(verify::Arguments),
    /// Find people's clean records, or those under a policy or a key version, and what is made of them.
    Impact(impact::Arguments),
    /// Take people's records out again: secrets, clean topics, and a list for indexes.
    Forget(forget::Arguments),
    /// Verify, show, export and keep the audit.
    Audit(audit::Arguments),
    /// Plant synthetic patients in a pipeline's source, and look where they have come out.
    Canary(canary::Arguments),
}

/// Parses the arguments, runs the command, and gives the exit code.
pub fn main() -> ExitCode {
    panic::install();
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Demo(arguments) => demo::demo(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Status(arguments) => status::status(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Destinations(arguments) => destinations::destinations(&arguments),
        Command::Acl(arguments) => acl::acl(&arguments),
        Command::Preview(arguments) => preview::preview(&arguments),
        Command::Scan(arguments) => scan::scan(&arguments),
        Command::Detect(arguments) => detect::detect(&arguments),
        Command::Eval(arguments) => eval::eval(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Keys(arguments) => keys::keys(&arguments),
        Command::Token(arguments) => token::token(&arguments),
        Command::Subject(arguments) => subject::subject(&arguments),
        Command::Verify(arguments) => verify::verify(&arguments),
        Command::Impact(arguments) => impact::impact(&arguments),
        Command::Forget(arguments) => forget::forget(&arguments),
        Command::Audit(arguments) => audit::audit(&arguments),
        Command::Canary(arguments) => canary::canary(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => fault.report(),
    }
}

/// The help of every command, as `docs/cli.md` has it.
pub fn reference() -> String {
    use clap::CommandFactory;
    let mut root = Arguments::command().term_width(100);
    root.build();
    let mut out =
        String::from("# Command line\n\nWritten by `tests/it/docs.rs` from the program itself.\n");
    let names: Vec<_> = root.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
    for name in names.iter().filter(|name| *name != "help") {
        if let Some(sub) = root.find_subcommand_mut(name) {
            out.push_str(&format!("\n## weir {name}\n\n```text\n{}```\n", sub.render_long_help()));
        }
    }
    out
}

/// Writes a line of data. Whoever reads it may have seen enough (`weir explain codes | head`).
#[expect(clippy::exit, reason = "nobody is there to read the rest")]
fn data(line: &str) {
    use std::io::{ErrorKind, Write};
    match writeln!(std::io::stdout(), "{line}") {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(_) => {
            say("weir: standard output cannot be written");
            std::process::exit(1);
        }
    }
}

/// Writes a line of words.
#[expect(clippy::print_stderr, reason = "cli is the room that prints")]
fn say(line: &str) {
    eprintln!("{line}");
}
