//! The only wiring: settings to rooms, store to snapshot, snapshot to listeners, commands to exit codes.
//!
//! Results go to standard output, everything about the way there to standard error. Exit codes: 0 done,
//! 1 refused or faults found, 2 wrong usage.

mod account;
mod check;
mod copy;
mod demo;
mod export;
mod export_site;
mod export_tiles;
mod import;
mod ingest;
mod log;
mod new_file;
mod orientation;
mod progress;
mod reload;
mod serve;
mod shown;
mod stores;

use std::fmt::{self, Display};
use std::io::Write as _;
use std::process::ExitCode;

use crate::config::{Cli, Command};

/// How a command ended other than well.
#[derive(Debug)]
pub enum Failure {
    /// The command did not make sense: exit code 2.
    Usage(anyhow::Error),
    /// Refused, or failed: exit code 1.
    Refused(anyhow::Error),
}

impl Failure {
    fn usage(cause: impl Display) -> Self {
        Self::Usage(anyhow::anyhow!("{cause}"))
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(cause: E) -> Self {
        Self::Refused(cause.into())
    }
}

/// Runs one command.
pub fn run(cli: Cli) -> ExitCode {
    if let Err(error) = log::start(&cli.log) {
        return end(Err(Failure::usage(error)));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return end(Err(error.into())),
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::serve(*args).await,
            Command::Ingest(args) => ingest::ingest(args).await,
            Command::Import(args) => import::import(args).await,
            Command::Check(args) => check::check(args).await,
            Command::Migrate(args) => check::migrate(args).await,
            Command::Demo(args) => demo::demo(args).await,
            Command::Copy(args) => copy::copy(args).await,
            Command::Export(args) => export::export(args).await,
            Command::ExportTiles(args) => export_tiles::export_tiles(args).await,
            Command::ExportSite(args) => export_site::export_site(args).await,
        }
    });
    // Work that no longer has anybody to answer is not waited for.
    runtime.shutdown_background();
    // What was told before stands before how it ended.
    log::finish();
    end(result)
}

/// A line of results on standard output.
fn say(line: fmt::Arguments<'_>) {
    // Nobody reading (a closed pipe) is no reason to fail.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

#[expect(clippy::print_stderr, reason = "a command's last word is for people, whatever the log's form")]
fn end(result: Result<(), Failure>) -> ExitCode {
    let (error, code) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(error)) => (error, 2),
        Err(Failure::Refused(error)) => (error, 1),
    };
    eprintln!("hlp: {error:#}");
    ExitCode::from(code)
}
