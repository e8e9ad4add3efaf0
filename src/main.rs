//! The binary: parse, run, map the kind of a failure to an exit code.

/// The one of glibc keeps what rebalances and backlogs once took: ten MiB a minute, and no end seen.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    weir::cli::main()
}
