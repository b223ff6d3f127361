//! Command line of `hlp`.

use std::process::ExitCode;

use clap::Parser;
use hlp_tracker::app;
use hlp_tracker::config::Cli;
use mimalloc::MiMalloc;

/// Answers are many small pieces of memory, taken and given back on every thread.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    app::run(Cli::parse())
}
