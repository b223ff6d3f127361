//! Where the account of an ingest or import goes: people read it on standard output, programs in a file.
//!
//! The file is opened before anything else is done, so that a wrong path is found out while there is
//! still nothing to lose.

use std::fs::File;
use std::io::{ErrorKind, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Failure, say};

/// A report to come; what was in the file stays until then.
#[derive(Debug)]
pub struct Account {
    /// `None`: nobody wants it as a file.
    file: Option<ReportFile>,
}

#[derive(Debug)]
struct ReportFile {
    path: PathBuf,
    file: File,
    /// Made by us and nothing in it yet: to be removed if it comes to nothing.
    is_bare: bool,
}

impl Account {
    /// Opens, or makes, the file for the report.
    ///
    /// - `others`: files that the report must not overwrite.
    pub fn open<'a>(
        path: Option<&Path>,
        others: impl IntoIterator<Item = &'a Path>,
    ) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        if let Some(other) = others.into_iter().find(|other| is_same(path, other)) {
            return Err(Failure::usage(format!("--report would overwrite `{}`", other.display())));
        }
        let open = || match File::create_new(path) {
            Ok(file) => Ok((file, true)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Ok((File::options().write(true).open(path)?, false))
            }
            Err(error) => Err(error),
        };
        let (file, is_bare) = open().with_context(|| cannot_write(path))?;
        Ok(Self { file: Some(ReportFile { path: path.to_owned(), file, is_bare }) })
    }

    /// Tells the report to whoever wants it; an error is one of the file.
    pub fn tell<R: std::fmt::Display + serde::Serialize>(mut self, report: &R) -> Result<(), Failure> {
        say(format_args!("{report}"));
        if let Some(file) = &mut self.file {
            let json = serde_json::to_vec_pretty(report)?;
            file.write(&json).with_context(|| cannot_write(&file.path))?;
        }
        Ok(())
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write the report `{}`", path.display())
}

impl ReportFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.is_bare = false;
        // A pipe or a device has no length to set and no start to go to.
        if self.file.metadata()?.is_file() {
            self.file.set_len(0)?;
            self.file.rewind()?;
        }
        self.file.write_all(bytes)
    }
}

impl Drop for ReportFile {
    fn drop(&mut self) {
        if self.is_bare {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether two paths mean one file; either may be missing.
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    a == b || real(a).is_some_and(|a| real(b) == Some(a))
}
