//! The log: text on a terminal, JSON lines otherwise, always on standard error.
//!
//! Lines are written by a thread of their own, as many at once as have come: a call of the system for every line
//! took a fifth of what a small answer takes.
//!
//! Design: not `tracing-appender`, which gives up after a second at the end, losing what is left, and says so on
//! standard output, which is for results.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::{LogArgs, LogFormat};

/// Lines that may wait to be written; whoever has more to say waits. Too low: answers wait for a slow reader of the
/// log. Too high: memory, while nobody reads.
const WAITING_LINES_MAX: usize = 16_384;

/// What is written, and who writes it, until [`finish`].
static WRITING: Mutex<Option<(Lines, JoinHandle<()>)>> = Mutex::new(None);

pub fn start(args: &LogArgs) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(&args.log)?;
    let (lines, come) = sync_channel(WAITING_LINES_MAX);
    let lines = Lines(lines);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(lines.clone())
        .log_internal_errors(false);
    let is_terminal = io::stderr().is_terminal();
    let text = match args.log_format {
        LogFormat::Auto => is_terminal,
        LogFormat::Text => true,
        LogFormat::Json => false,
    };
    let started = if text {
        builder.with_ansi(is_terminal).with_target(false).try_init()
    } else {
        builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    };
    // A second start in one process (tests) keeps the first.
    if started.is_ok()
        && let Ok(writer) = thread::Builder::new().name("log".into()).spawn(move || write(&come))
    {
        *WRITING.lock().unwrap_or_else(PoisonError::into_inner) = Some((lines, writer));
    }
    Ok(())
}

/// Waits until all that was said is written; what is said later is lost.
pub fn finish() {
    let writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((lines, writer)) = writing
        && lines.0.send(Said::End).is_ok()
    {
        // A writer that panicked has nothing left to write.
        let _ = writer.join();
    }
}

enum Said {
    Line(Vec<u8>),
    End,
}

#[derive(Clone)]
struct Lines(SyncSender<Said>);

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Write for Lines {
    /// A whole line, as the subscriber hands it over.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.send(Said::Line(line.to_vec())).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes what comes until the end is said, and hands it on whenever there is nothing more to write.
fn write(come: &Receiver<Said>) {
    let mut out = BufWriter::new(io::stderr());
    while let Ok(mut said) = come.recv() {
        loop {
            match said {
                // Nobody reading (a closed pipe) is no reason to stop serving.
                Said::Line(line) => drop(out.write_all(&line)),
                Said::End => return drop(out.flush()),
            }
            match come.try_recv() {
                Ok(next) => said = next,
                Err(_) => break,
            }
        }
        let _ = out.flush();
    }
}
