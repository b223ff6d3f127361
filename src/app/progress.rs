//! How far long work has come: a bar on a terminal, lines otherwise, on standard error.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::ingest::Progress;

/// Bytes of reading as a bar, later stages as words.
pub struct Bar {
    /// `None` where nobody looks at a terminal.
    bar: Option<ProgressBar>,
    /// The stage last told in a line.
    told: std::cell::RefCell<String>,
}

impl Bar {
    pub fn start() -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes}");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, told: std::cell::RefCell::default() }
    }

    pub fn show(&self, progress: Progress<'_>) {
        let (words, bytes) = match progress {
            Progress::Reading { file, read_bytes, all_bytes } => {
                (format!("reading {}", file.display()), Some((read_bytes, all_bytes)))
            }
            Progress::Checking { n_features } => (format!("checking {n_features} features"), None),
            Progress::Cleaning { n_units } => (format!("settling the borders of {n_units} units"), None),
            Progress::Comparing => ("comparing with the other vintages".to_owned(), None),
        };
        if let Some(bar) = &self.bar {
            if let Some((read, all)) = bytes {
                bar.set_length(all);
                bar.set_position(read);
            }
            bar.set_message(words);
        } else if *self.told.borrow() != words {
            tracing::info!("{words}");
            *self.told.borrow_mut() = words;
        }
    }

    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
