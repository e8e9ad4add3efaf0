//! The binary: parse, run, map the kind of a failure to an exit code.

fn main() -> std::process::ExitCode {
    weir::cli::main()
}
