//! What one call of `hlp import` asks for.

use std::path::PathBuf;

use jiff::civil::Date;

use super::kinds::Kind;
use super::read::Limits;

/// Records to take in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Workbooks and text files, all of them parts of one import.
    pub files: Vec<PathBuf>,
    /// The kind of record that files and sheets of an unknown name hold (`--as`).
    pub kind: Option<&'static Kind>,
    /// Removes invented data in the same transaction (`--replace-demo`).
    pub replace_demo: bool,
    /// The day of the import: what has happened is not after it. `None` takes any day.
    pub today: Option<Date>,
    /// How large input may be; the defaults suit a city.
    pub limits: Limits,
}

impl Request {
    /// Takes `files` in, everything else by default.
    pub fn new(files: Vec<PathBuf>) -> Self {
        Self { files, kind: None, replace_demo: false, today: None, limits: Limits::default() }
    }
}
