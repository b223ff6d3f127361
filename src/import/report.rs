//! The account of an import: what was read, what it changes, every fault; for people and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use super::fault::{Faults, Place};
use super::read::Format;
use crate::text::counted;

/// Everything worth telling about one import, whether it was refused or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    pub sheets: Vec<SheetReport>,
    /// What was passed over, and why: hidden sheets, sheets that hold no records.
    pub passed_over: Vec<String>,
    /// What breaks no rule, but is worth knowing: hosts that moved to another vintage, reviews by hosts.
    pub notes: Vec<String>,
    /// By kind, in the store's order of tables; what does not change is counted too.
    pub changes: BTreeMap<&'static str, Counts>,
    /// Values that empty cells take away from known records.
    pub cleared: Vec<Cleared>,
    /// Invented rows that go, in words.
    pub demo_removed: Option<String>,
    pub n_faults: usize,
    /// The first faults.
    pub faults: Vec<FaultLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SheetReport {
    pub file: String,
    pub sheet: String,
    pub format: Format,
    /// How a text file was understood: `windows-1251, ;`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_as: Option<String>,
    pub kind: &'static str,
    pub records: usize,
    /// Cells whose value is the last one that a formula gave.
    pub formulas: usize,
    /// Columns that are not read.
    pub unknown_columns: Vec<String>,
}

/// Values of one column that are in the store and no longer in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Cleared {
    pub kind: &'static str,
    pub field: &'static str,
    pub values: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub added: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub removed: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FaultLine {
    #[serde(flatten)]
    pub place: Place,
    /// A stable word for the cause.
    pub code: &'static str,
    pub message: String,
}

impl Report {
    pub(super) fn refuse(&mut self, faults: &Faults) {
        self.n_faults = faults.n_faults;
        self.faults = faults
            .listed
            .iter()
            .map(|fault| FaultLine {
                place: fault.place.clone(),
                code: fault.problem.code(),
                message: fault.to_string(),
            })
            .collect();
    }

    /// True if nothing would be written.
    pub fn changes_nothing(&self) -> bool {
        self.demo_removed.is_none()
            && self.changes.values().all(|counts| counts.added + counts.updated + counts.removed == 0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The sheets of a template that nobody filled are not news.
        for sheet in self.sheets.iter().filter(|sheet| sheet.records > 0) {
            write!(f, "`{}` sheet `{}`: {} {}", sheet.file, sheet.sheet, sheet.records, sheet.kind)?;
            if let Some(text_as) = &sheet.text_as {
                write!(f, " (read as {text_as})")?;
            }
            writeln!(f)?;
            if sheet.formulas > 0 {
                writeln!(f, "  {} cells are formulas; their last values are taken", sheet.formulas)?;
            }
            if !sheet.unknown_columns.is_empty() {
                writeln!(f, "  columns not read: {}", sheet.unknown_columns.join(", "))?;
            }
        }
        for passed in &self.passed_over {
            writeln!(f, "passed over: {passed}")?;
        }
        for Cleared { kind, field, values } in &self.cleared {
            let values = counted(*values, "value", "values");
            writeln!(f, "{kind}: {values} cleared, as the cell of `{field}` is empty now")?;
        }
        if let Some(removed) = &self.demo_removed {
            writeln!(f, "invented data removed: {removed}")?;
        }
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        for fault in &self.faults {
            writeln!(f, "{}", fault.message)?;
        }
        match self.n_faults.saturating_sub(self.faults.len()) {
            0 => {}
            more => writeln!(f, "and {more} more faults")?,
        }
        for (kind, counts) in &self.changes {
            let Counts { added, updated, unchanged, removed } = counts;
            writeln!(
                f,
                "{kind}: {added} added, {updated} updated, {unchanged} unchanged, {removed} removed"
            )?;
        }
        match self.n_faults {
            0 if self.changes_nothing() => write!(f, "nothing changes"),
            0 => write!(f, "no faults"),
            1 => write!(f, "1 fault"),
            n => write!(f, "{n} faults"),
        }
    }
}
