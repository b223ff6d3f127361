//! Foreign boundary files to valid model values, with a report of every repair and refusal.
//!
//! [`plan`] walks five stages: read the files (`read`), find district and number of each feature
//! (`columns`), put its rings on the grid (`locate`, `rings`), clean all units into one coverage
//! (`topology`), and compare it with what the store holds (`changes`). Each stage either passes everything on or refuses with
//! every cause it found, so that a file is corrected in one go instead of fault by fault.
//!
//! Owns: file kinds, limits on foreign input, column names, ring repairs, lineage by overlay.
//! Leaves to others: writing (the plan is one [`ChangeSet`](crate::model::ChangeSet)), the topology
//! itself (`geometry`). Nothing is written here, so a refusal leaves the store as it was.

mod cause;
mod changes;
mod columns;
mod decisions;
mod lineage;
mod locate;
mod read;
mod report;
mod request;
mod rings;
mod topology;

pub use cause::{Cause, Facts, FeatureRef, Spot};
pub use decisions::{DecisionError, DecisionErrors, StatedDecision, decisions_template, parse_decisions};
pub use read::{Kind, Limits};
pub use report::{
    AreaMoved, DecisionCount, FileReport, LineageCount, Patch, Refusal, RepairKind, RepairLine, Report,
};
pub use request::{ColumnMap, Level, OptionError, Request, parse_map};

use std::collections::BTreeSet;

use crate::model::{ChangeSet, DistrictCode, KhorooCode, Loaded};

/// What is to be written, and the account of how it came about.
#[derive(Debug, Clone)]
pub struct Plan {
    pub changes: ChangeSet,
    pub report: Report,
}

/// Why nothing is to be written; the report tells how far it went.
#[derive(Debug, Clone)]
pub struct Refused {
    pub report: Box<Report>,
    /// At least one, all of the same stage.
    pub causes: Vec<Cause>,
}

/// How far a long ingest has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// `read_bytes` of the `n_files` files' `all_bytes` are read.
    Reading { file: &'a std::path::Path, read_bytes: u64, all_bytes: u64 },
    /// Every feature is read; rings are being checked.
    Checking { n_features: usize },
    /// Overlaps and gaps are being settled.
    Cleaning { n_units: usize },
    /// The new units are being compared with those of the neighbouring vintages.
    Comparing,
}

/// Causes of one stage; a stage that returns any ends the plan.
type Stage<T> = Result<T, Vec<Cause>>;

/// Which unit of the chosen level a feature describes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum UnitKey {
    District(DistrictCode),
    Khoroo(KhorooCode),
}

impl std::fmt::Display for UnitKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::District(code) => write!(f, "{code}"),
            Self::Khoroo(code) => write!(f, "{code}"),
        }
    }
}

/// Turns files into the changes that take them into a store holding `existing`.
///
/// - `existing` must bring every vintage with its datasets.
/// - Reads the named files and nothing else; writes nothing.
/// - Memory is bounded by [`Limits`], whatever the files hold.
///
/// Errors: [`Refused`], with all causes of the stage that refused.
pub fn plan(
    request: &Request,
    existing: &Loaded,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Plan, Refused> {
    let mut report = Report::new(request);
    match stages(request, existing, progress, &mut report) {
        Ok(changes) => Ok(Plan { changes, report }),
        Err(causes) => {
            report.refuse(&causes);
            Err(Refused { report: Box::new(report), causes })
        }
    }
}

fn stages(
    request: &Request,
    existing: &Loaded,
    progress: &mut dyn FnMut(Progress<'_>),
    report: &mut Report,
) -> Stage<ChangeSet> {
    let before = changes::Before::new(request, existing)?;
    let layers = read::read_all(request, progress)?;
    report.files = layers.iter().map(FileReport::of).collect();
    report.features_read = layers.iter().map(|layer| layer.features.len()).sum();
    progress(Progress::Checking { n_features: report.features_read });

    let columns = columns::find(request, before.districts(), &layers)?;
    report.columns = columns.named();
    let placed = locate::place(request, &before, &layers)?;
    let identified = columns.identify(request, &before, &layers)?;
    let units = rings::units(request, &layers, &placed, identified, report)?;
    drop(layers);
    report.units = units.len();
    report.districts = units.iter().map(|unit| unit.identified.key.district()).collect::<BTreeSet<_>>().len();

    progress(Progress::Cleaning { n_units: units.len() });
    let cleaned = topology::clean(request, before.districts(), units, report)?;
    progress(Progress::Comparing);
    before.changes(request, cleaned, report)
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.report.fmt(f)
    }
}

impl std::error::Error for Refused {}
