//! Workbooks and text files of records to one change set, every fault listed with its place.
//!
//! [`plan`] reads files into sheets of cells (`read`), finds out which kind of record each sheet holds and
//! where its columns stand (`kinds`), says what each cell means (`values`), turns records into rows with
//! their references and the khoroos of their day (`bind`), and asks the rules between rows of the store
//! as it would be (`rules`). Everything goes in or nothing does.
//!
//! Owns: kinds of files and sheets, limits on foreign input, spellings of values, faults and their places.
//! Leaves to others: writing. Nothing is written here, so a refusal leaves the store as it was.

mod bind;
pub mod fault;
pub mod filled;
mod hosts;
pub mod kinds;
mod plan;
pub mod read;
mod report;
mod request;
mod rules;
pub mod template;
pub mod values;

use std::path::Path;

use self::fault::Faults;
pub use self::plan::plan;
pub use self::report::{Counts, FaultLine, Report, SheetReport};
pub use self::request::Request;
use crate::model::ChangeSet;

/// What is to be written, and the account of how it came about.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Empty if the store holds everything already.
    pub changes: ChangeSet,
    pub report: Report,
}

/// Why nothing is to be written; the report tells how far it went.
#[derive(Debug, Clone)]
pub struct Refused {
    pub report: Box<Report>,
    /// At least one.
    pub faults: Faults,
}

/// How far a long import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// `read_bytes` of the files' `all_bytes` are read.
    Reading {
        file: &'a Path,
        read_bytes: u64,
        all_bytes: u64,
    },
    Checking {
        n_done: usize,
        n_rows: usize,
    },
    /// The store as it would be is being checked.
    Comparing,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.report.fmt(f)
    }
}

impl std::error::Error for Refused {}
