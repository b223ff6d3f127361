//! From polygons of the record to a coverage: exact match first, mending in memory second.
//!
//! Owns: when lines are good enough to be shown, and the words about those that are not.

use std::fmt;

use super::build::{BuildError, Misfit};
use super::unit::Unit;
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{CleanOptions, Gaps, Repair, clean};
use crate::geometry::{label, measure};
use crate::model::{GridPoint, MultiPolygon, VintageId};

/// A place where borders did not match vertex for vertex and were mended in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    pub kind: MendedKind,
    /// Codes of the khoroos (or districts) that claimed an overlap, or of the one that a gap went to.
    pub units: Vec<String>,
    pub area_m2: f64,
    pub at: GridPoint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MendedKind {
    Overlap,
    Gap,
}

/// `overlap of 12034 m² between bzd-1, bzd-2 at 106.91, 47.92`.
impl fmt::Display for Mended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            MendedKind::Overlap => "overlap",
            MendedKind::Gap => "gap",
        };
        let units = match (self.kind, self.units.is_empty()) {
            (_, true) => String::new(),
            (MendedKind::Overlap, false) => format!(" between {}", self.units.join(", ")),
            (MendedKind::Gap, false) => format!(" given to {}", self.units.join(", ")),
        };
        let (lon, lat) = (self.at.lon(), self.at.lat());
        write!(f, "{kind} of {:.0} m²{units} at {lon:.6}, {lat:.6}", self.area_m2)
    }
}

/// A coverage with the polygons it stands for, unit by unit.
pub(super) struct Lines {
    pub coverage: Coverage,
    pub mended: Vec<Mended>,
    /// Empty where the unit has no place.
    shapes: Vec<MultiPolygon>,
}

impl Lines {
    /// The lines of `units`, whose polygons are `shapes`; `None` where no unit has one.
    pub fn of(
        vintage: &VintageId,
        units: &[Unit],
        shapes: &[Option<&MultiPolygon>],
        max_fix_m2: f64,
    ) -> Result<Option<Self>, BuildError> {
        if shapes.iter().all(Option::is_none) {
            return Ok(None);
        }
        let empty = MultiPolygon::default();
        let shapes: Vec<&MultiPolygon> = shapes.iter().map(|s| s.unwrap_or(&empty)).collect();
        if let Ok(coverage) = Coverage::from_polygons(&shapes)
            && !has_slips(&coverage, max_fix_m2)
        {
            let shapes = shapes.into_iter().cloned().collect();
            return Ok(Some(Self { coverage, mended: Vec::new(), shapes }));
        }
        let shapes: Vec<MultiPolygon> = shapes.into_iter().cloned().collect();
        // A large gap is one that was kept on purpose, or nobody's to give away here.
        let options = CleanOptions { max_fix_m2, gaps: Some(Gaps::Keep), ..CleanOptions::default() };
        let name = |&unit: &u32| units[unit as usize].code.clone();
        let told = |kind: MendedKind, repair: &Repair| Mended {
            kind,
            units: repair
                .claimants
                .iter()
                .chain(repair.winner.iter().filter(|_| kind == MendedKind::Gap))
                .map(name)
                .collect(),
            area_m2: repair.area_m2,
            at: repair.at,
        };
        let all = |overlaps: &[Repair], gaps: &[Repair]| -> Vec<Mended> {
            let overlaps = overlaps.iter().map(|repair| told(MendedKind::Overlap, repair));
            overlaps.chain(gaps.iter().map(|repair| told(MendedKind::Gap, repair))).collect()
        };
        match clean(&shapes, &options) {
            Ok(cleaned) => Ok(Some(Self {
                mended: all(&cleaned.report.overlaps, &filled(cleaned.report.gaps)),
                coverage: cleaned.coverage,
                shapes: cleaned.units,
            })),
            Err(refusal) => Err(BuildError::Lines {
                vintage: vintage.clone(),
                max_fix_m2,
                misfit: Misfit {
                    places: all(&refusal.overlaps, &refusal.gaps),
                    lost: refusal.lost.iter().chain(&refusal.folded).map(name).collect(),
                },
            }),
        }
    }

    /// Fills in area, box and label point of `units`.
    pub fn describe(&self, units: &mut [Unit]) {
        for (unit, shape) in units.iter_mut().zip(&self.shapes) {
            if let Some(bounds) = shape.bounds() {
                unit.area_km2 = Some(measure::area_m2(shape) / 1e6);
                unit.bounds = Some(bounds);
                unit.label = label::interior_point(shape);
            }
        }
    }
}

/// Whether ground small enough to be a slip is enclosed by units and belongs to none: polygons that
/// match vertex for vertex may still leave a gap, after somebody moved a border in one of them.
fn has_slips(coverage: &Coverage, max_fix_m2: f64) -> bool {
    let whole = coverage.dissolve(&vec![0; coverage.n_units()]);
    let mut holes = whole.iter().flat_map(|shape| &shape.0).flat_map(|part| &part.interiors);
    holes.any(|hole| measure::ring_area_m2(hole).abs() <= max_fix_m2)
}

fn filled(gaps: Vec<Repair>) -> Vec<Repair> {
    gaps.into_iter().filter(|gap| gap.winner.is_some()).collect()
}
