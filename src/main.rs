//! Command line of `hlp`.

use std::process::ExitCode;

use clap::Parser;
use hlp_tracker::app;
use hlp_tracker::config::Cli;

fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    app::run(Cli::parse())
}
