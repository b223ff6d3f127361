//! The log: text on a terminal, JSON lines otherwise, always on standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use crate::config::{LogArgs, LogFormat};

pub fn start(args: &LogArgs) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(&args.log)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let is_terminal = io::stderr().is_terminal();
    let text = match args.log_format {
        LogFormat::Auto => is_terminal,
        LogFormat::Text => true,
        LogFormat::Json => false,
    };
    // A second start in one process (tests) keeps the first.
    let _ = if text {
        builder.with_ansi(is_terminal).with_target(false).try_init()
    } else {
        builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    };
    Ok(())
}
