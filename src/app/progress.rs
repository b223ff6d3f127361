//! How far long work has come: a bar on a terminal, lines otherwise, on standard error.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::exports::pyramid;
use crate::{import, ingest, twin};

/// What is counted as a bar, other stages as words.
pub struct Bar {
    /// `None` where nobody looks at a terminal.
    bar: Option<ProgressBar>,
    /// The stage last told in a line.
    told: std::cell::RefCell<String>,
}

impl Bar {
    pub fn start() -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} %");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, told: std::cell::RefCell::default() }
    }

    pub fn show(&self, progress: ingest::Progress<'_>) {
        use ingest::Progress;
        match progress {
            Progress::Reading { file, read_bytes, all_bytes } => {
                self.tell(format!("reading {}", file.display()), Some((read_bytes, all_bytes)));
            }
            Progress::Checking { n_features } => self.tell(format!("checking {n_features} features"), None),
            Progress::Cleaning { n_units } => {
                self.tell(format!("settling the borders of {n_units} units"), None);
            }
            Progress::Comparing => self.tell("comparing with the other vintages".to_owned(), None),
        }
    }

    /// As [`Self::show`]; rows that are checked move the bar as bytes that are read do.
    pub fn show_import(&self, progress: import::Progress<'_>) {
        use import::Progress;
        match progress {
            Progress::Reading { file, read_bytes, all_bytes } => {
                self.tell(format!("reading {}", file.display()), Some((read_bytes, all_bytes)));
            }
            Progress::Checking { n_done, n_rows } => {
                self.tell(format!("checking {n_rows} records"), Some((n_done as u64, n_rows as u64)));
            }
            Progress::Comparing => self.tell("checking rules between records".to_owned(), None),
        }
    }

    /// As [`Self::show`], of tiles that are looked at.
    pub fn show_tiles(&self, progress: pyramid::Progress) {
        let pyramid::Progress { n_done, n_all } = progress;
        self.tell(format!("looking at {n_all} tiles"), Some((n_done, n_all)));
    }

    /// As [`Self::show`], of files and of the tiles in them.
    pub fn show_site(&self, progress: twin::Progress<'_>) {
        use twin::Progress;
        match progress {
            Progress::Tiles { tileset, n_done, n_all } => {
                self.tell(format!("looking at {n_all} tiles of {tileset}"), Some((n_done, n_all)));
            }
            Progress::Files { n_done, n_all } => {
                self.tell("writing pages and data".to_owned(), Some((n_done, n_all)));
            }
        }
    }

    fn tell(&self, words: String, share: Option<(u64, u64)>) {
        if let Some(bar) = &self.bar {
            if let Some((read, all)) = share {
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
