//! Where the account of an ingest or import goes: people read it on standard output, programs in a file;
//! and what is left to decide, in a file of its own.
//!
//! A file is opened before anything else is done, so that a wrong path is found out while there is
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
pub struct ReportFile {
    path: PathBuf,
    flag: &'static str,
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
        Ok(Self { file: ReportFile::open("--report", path, others)? })
    }

    /// Tells the report to whoever wants it; an error is one of the file.
    pub fn tell<R: std::fmt::Display + serde::Serialize>(mut self, report: &R) -> Result<(), Failure> {
        say(format_args!("{report}"));
        if let Some(file) = &mut self.file {
            let json = serde_json::to_vec_pretty(report)?;
            file.write(&json)?;
        }
        Ok(())
    }
}

impl ReportFile {
    /// Opens, or makes, the file that a flag names, if it names one.
    ///
    /// - `others`: files that it must not overwrite.
    pub fn open<'a>(
        flag: &'static str,
        path: Option<&Path>,
        others: impl IntoIterator<Item = &'a Path>,
    ) -> Result<Option<Self>, Failure> {
        let Some(path) = path else { return Ok(None) };
        if let Some(other) = others.into_iter().find(|other| is_same(path, other)) {
            return Err(Failure::usage(format!("{flag} would overwrite `{}`", other.display())));
        }
        let open = || match File::create_new(path) {
            Ok(file) => Ok((file, true)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Ok((File::options().write(true).open(path)?, false))
            }
            Err(error) => Err(error),
        };
        let (file, is_bare) = open().with_context(|| cannot_write(flag, path))?;
        Ok(Some(Self { path: path.to_owned(), flag, file, is_bare }))
    }

    /// Replaces what is in it.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.replace(bytes).with_context(|| cannot_write(self.flag, &self.path))?;
        Ok(())
    }

    fn replace(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.is_bare = false;
        // A pipe or a device has no length to set and no start to go to.
        if self.file.metadata()?.is_file() {
            self.file.set_len(0)?;
            self.file.rewind()?;
        }
        self.file.write_all(bytes)
    }
}

fn cannot_write(flag: &str, path: &Path) -> String {
    format!("cannot write `{}`, the file of {flag}", path.display())
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
