//! The account of an ingest: what was read, mended, settled, refused; for people and as JSON.

mod refusal;

pub use refusal::Refusal;

use std::collections::BTreeMap;
use std::fmt;

use super::cause::{Cause, Spot};
use super::read::{Kind, Layer, name_of};
use super::request::{Level, Request};
use crate::geometry::declared::DeclaredCrs;
use crate::model::{LineageKind, VintageId};
use crate::text::counted;

/// Everything worth telling about one ingest, whether it was refused or not.
///
/// It adds up: `features_read` is the sum over `files`; on success it equals `units`.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Report {
    pub vintage: VintageId,
    pub level: Level,
    pub files: Vec<FileReport>,
    pub features_read: usize,
    /// Field to the column it was read from.
    pub columns: BTreeMap<String, String>,
    /// Units that go into the store, or would; 0 when it was refused before they were known.
    pub units: usize,
    pub districts: usize,
    /// Mends of single units, sorted by unit.
    pub repairs: Vec<RepairLine>,
    /// Sum of `count` over `repairs`.
    pub repairs_by_kind: BTreeMap<RepairKind, usize>,
    /// Overlaps that were settled, the largest first.
    pub overlaps: Vec<Patch>,
    /// Gaps that were filled, and those that stay holes (without a winner), the largest first.
    pub gaps: Vec<Patch>,
    /// Holes that stay: gaps, and overlaps that were decided to be nobody's. Such neighbours are one hole.
    pub kept_gaps: usize,
    /// Ground of gaps and overlaps that stays nobody's, square metres.
    pub outside_m2: f64,
    pub decisions: DecisionCount,
    /// What a unit gained and lost by settling and by making its rings valid, square metres; units that kept
    /// theirs are left out.
    pub area_moved_m2: BTreeMap<String, AreaMoved>,
    /// Ground that got another owner, or had one and has none any more, square metres, each once, however
    /// many lost it.
    pub total_moved_m2: f64,
    /// Furthest that a vertex was moved, metres.
    pub largest_shift_m: f64,
    pub added: Vec<String>,
    pub removed: Vec<String>,
    /// Units that the vintage had before with another shape.
    pub reshaped: Vec<String>,
    pub unchanged: usize,
    pub lineage: Vec<LineageCount>,
    /// What else a careful reader wants to know.
    pub notes: Vec<String>,
    /// Empty on success.
    pub refusals: Vec<Refusal>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FileReport {
    pub file: String,
    pub kind: Kind,
    pub layer: Option<String>,
    /// As the file says; `None` where it says nothing.
    pub declared_crs: Option<String>,
    pub features: usize,
}

/// What was mended in a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    Unclosed,
    Winding,
    RepeatedPoint,
    RingWithoutArea,
    /// An interior ring where there is nothing to take away; it is left out.
    StrayInterior,
    SelfIntersection,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RepairLine {
    pub unit: String,
    pub kind: RepairKind,
    pub count: usize,
    /// Of interior rings that were left out, what they are around; else ground that appeared or disappeared.
    /// Square metres.
    pub area_m2: f64,
    /// Where the first of them is.
    pub lon: f64,
    pub lat: f64,
}

/// The lines in the file of decisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct DecisionCount {
    pub stated: usize,
    /// What they say is so already: their point is in no overlap or gap.
    pub without_dispute: usize,
}

/// Ground that several units claimed, or none.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Patch {
    /// Of an overlap, who claimed it; of a gap, the nearest units.
    pub claimants: Vec<String>,
    /// `None`: it belongs to nobody now.
    pub winner: Option<String>,
    pub area_m2: f64,
    pub lon: f64,
    pub lat: f64,
    /// The line of the decision that settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_in_line: Option<usize>,
}

/// Square metres, each at least 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct AreaMoved {
    pub gained: f64,
    pub lost: f64,
}

/// How many units became how many, between two vintages.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LineageCount {
    pub from: VintageId,
    pub to: VintageId,
    pub kind: LineageKind,
    pub count: usize,
}

/// Lines of one kind printed before the rest is only counted; the JSON report has all.
const LINES_SHOWN: usize = 25;

impl Report {
    pub(super) fn new(request: &Request) -> Self {
        Self {
            vintage: request.vintage.clone(),
            level: request.level,
            files: Vec::new(),
            features_read: 0,
            columns: BTreeMap::new(),
            units: 0,
            districts: 0,
            repairs: Vec::new(),
            repairs_by_kind: BTreeMap::new(),
            overlaps: Vec::new(),
            gaps: Vec::new(),
            kept_gaps: 0,
            outside_m2: 0.0,
            decisions: DecisionCount::default(),
            area_moved_m2: BTreeMap::new(),
            total_moved_m2: 0.0,
            largest_shift_m: 0.0,
            added: Vec::new(),
            removed: Vec::new(),
            reshaped: Vec::new(),
            unchanged: 0,
            lineage: Vec::new(),
            notes: Vec::new(),
            refusals: Vec::new(),
        }
    }

    /// Books `count` repairs; further ones of the same kind and unit join the first.
    pub(super) fn repair(&mut self, kind: RepairKind, unit: &str, at: Spot, count: usize, area_m2: f64) {
        *self.repairs_by_kind.entry(kind).or_default() += count;
        // Units come one after the other, so only the last few lines can be the same unit's.
        let known =
            self.repairs.iter_mut().rev().take_while(|line| line.unit == unit).find(|line| line.kind == kind);
        match known {
            Some(line) => {
                line.count += count;
                line.area_m2 += area_m2;
            }
            None => {
                self.repairs.push(RepairLine {
                    unit: unit.to_owned(),
                    kind,
                    count,
                    area_m2,
                    lon: at.lon,
                    lat: at.lat,
                });
            }
        }
    }

    pub(super) fn refuse(&mut self, causes: &[Cause]) {
        self.refusals = causes.iter().map(Refusal::of).collect();
    }

    /// Books what a unit gained and lost, square metres.
    pub(super) fn moved(&mut self, unit: &str, gained_m2: f64, lost_m2: f64) {
        let moved = self.area_moved_m2.entry(unit.to_owned()).or_default();
        moved.gained += gained_m2;
        moved.lost += lost_m2;
    }
}

impl FileReport {
    pub(super) fn of(layer: &Layer) -> Self {
        Self {
            file: name_of(&layer.file),
            kind: layer.kind,
            layer: layer.name.clone(),
            declared_crs: match &layer.crs {
                DeclaredCrs::Unsaid => None,
                DeclaredCrs::Known(crs) => Some(format!("EPSG:{}", crs.epsg())),
                DeclaredCrs::Unknown(name) => Some(name.clone()),
            },
            features: layer.features.len(),
        }
    }
}

impl RepairKind {
    /// For people, of one and of several.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Unclosed => ["unclosed ring closed", "unclosed rings closed"],
            Self::Winding => ["ring turned to the right direction", "rings turned to the right direction"],
            Self::RepeatedPoint => ["repeated point dropped", "repeated points dropped"],
            Self::RingWithoutArea => ["ring without an area dropped", "rings without an area dropped"],
            Self::StrayInterior => {
                ["interior ring that is no hole left out", "interior rings that are no holes left out"]
            }
            Self::SelfIntersection => ["self-intersection made valid", "self-intersections made valid"],
        }
    }
}

impl Level {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Khoroo => "khoroo",
            Self::District => "district",
        }
    }

    /// So many of them, in words.
    fn counted(self, n: usize) -> String {
        match self {
            Self::Khoroo => counted(n, "khoroo", "khoroos"),
            Self::District => counted(n, "district", "districts"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            let layer = file.layer.as_ref().map(|layer| format!(" layer `{layer}`")).unwrap_or_default();
            let crs = file.declared_crs.as_deref().unwrap_or("no reference system said");
            let features = counted(file.features, "feature", "features");
            writeln!(f, "read `{}`{layer}: {features}, {crs}", file.file)?;
        }
        if !self.columns.is_empty() {
            let columns: Vec<_> =
                self.columns.iter().map(|(field, column)| format!("{field} = `{column}`")).collect();
            writeln!(f, "columns: {}", columns.join(", "))?;
        }
        self.write_repairs(f)?;
        let is_settled = |patch: &&Patch| patch.winner.is_some();
        let (settled, outside): (Vec<_>, Vec<_>) = self.overlaps.iter().partition(is_settled);
        let (filled, kept): (Vec<_>, Vec<_>) = self.gaps.iter().partition(is_settled);
        write_patches(f, ["overlap settled", "overlaps settled"], &settled)?;
        write_patches(f, ["overlap left outside", "overlaps left outside"], &outside)?;
        write_patches(f, ["gap filled", "gaps filled"], &filled)?;
        write_patches(f, ["gap kept", "gaps kept"], &kept)?;
        self.write_moved(f)?;
        if self.largest_shift_m > 0.0 {
            writeln!(f, "largest shift of a vertex: {:.3} m", self.largest_shift_m)?;
        }
        if self.refusals.is_empty() {
            self.write_outcome(f)?;
            return self.write_notes(f);
        }
        // Before the list, which may be long.
        self.write_notes(f)?;
        writeln!(f, "refused, nothing is changed:")?;
        refusal::write(f, &self.refusals)
    }
}

impl Report {
    fn write_repairs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, n) in &self.repairs_by_kind {
            let [one, many] = kind.words();
            writeln!(f, "{}:", counted(*n, one, many))?;
            let lines = || self.repairs.iter().filter(|line| line.kind == *kind);
            write_lines(
                f,
                lines().count(),
                lines().map(|line| {
                    let area = if line.area_m2 >= 0.5 {
                        format!(", {:.0} m²", line.area_m2)
                    } else {
                        String::new()
                    };
                    let spot = Spot { lon: line.lon, lat: line.lat };
                    format!("{} {} × at {spot}{area}", line.unit, line.count)
                }),
            )?;
        }
        Ok(())
    }

    fn write_moved(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.area_moved_m2.is_empty() {
            return Ok(());
        }
        let n_units = self.area_moved_m2.len();
        let units = self.level.counted(n_units);
        writeln!(f, "area moved: {:.0} m² of ground, gained or lost by {units}:", self.total_moved_m2)?;
        let mut moved: Vec<_> = self.area_moved_m2.iter().collect();
        moved.sort_by(|a, b| (b.1.gained + b.1.lost).total_cmp(&(a.1.gained + a.1.lost)));
        let line = |(unit, AreaMoved { gained, lost }): &(&String, &AreaMoved)| {
            let gained = (*gained > 0.0).then(|| format!(" gained {gained:.0} m²"));
            let lost = (*lost > 0.0).then(|| format!(" lost {lost:.0} m²"));
            format!("{unit}{}", gained.into_iter().chain(lost).collect::<Vec<_>>().join(","))
        };
        write_lines(f, n_units, moved.iter().map(line))
    }

    fn write_outcome(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vintage `{}`: {}", self.vintage, self.level.counted(self.units))?;
        if self.level == Level::Khoroo {
            write!(f, " in {}", counted(self.districts, "district", "districts"))?;
        }
        writeln!(
            f,
            " ({} new, {} with a new shape, {} unchanged, {} removed)",
            self.added.len(),
            self.reshaped.len(),
            self.unchanged,
            self.removed.len()
        )?;
        if !self.removed.is_empty() {
            writeln!(f, "removed: {}", self.removed.join(", "))?;
        }
        for count in &self.lineage {
            writeln!(f, "from `{}` to `{}`: {} {}", count.from, count.to, count.count, count.kind.word())?;
        }
        Ok(())
    }

    fn write_notes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DecisionCount { stated, without_dispute } = self.decisions;
        if stated > 0 {
            let stated = counted(stated, "decision", "decisions");
            writeln!(f, "{stated}, {without_dispute} of them about ground without an overlap or gap")?;
        }
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        Ok(())
    }
}

fn write_patches(f: &mut fmt::Formatter<'_>, [one, many]: [&str; 2], patches: &[&Patch]) -> fmt::Result {
    if patches.is_empty() {
        return Ok(());
    }
    let sum_m2: f64 = patches.iter().map(|patch| patch.area_m2).sum();
    writeln!(f, "{}, {sum_m2:.0} m² in all:", counted(patches.len(), one, many))?;
    write_lines(
        f,
        patches.len(),
        patches.iter().map(|patch| {
            let winner = patch.winner.as_deref().unwrap_or("nobody");
            let spot = Spot { lon: patch.lon, lat: patch.lat };
            let decided = patch.decided_in_line.map(|line| format!(" (decision in line {line})"));
            let claimants = patch.claimants.join(" × ");
            format!(
                "{claimants} → {winner}: {:.0} m² at {spot}{}",
                patch.area_m2,
                decided.unwrap_or_default()
            )
        }),
    )
}

fn write_lines(f: &mut fmt::Formatter<'_>, n: usize, lines: impl Iterator<Item = String>) -> fmt::Result {
    for line in lines.take(LINES_SHOWN) {
        writeln!(f, "  {line}")?;
    }
    if n > LINES_SHOWN {
        writeln!(f, "  … and {} more (all of them in the file of --report)", n - LINES_SHOWN)?;
    }
    Ok(())
}
