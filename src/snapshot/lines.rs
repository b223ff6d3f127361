//! From polygons of the record to a coverage: exact match first, mending in memory second.
//!
//! Owns: when lines are good enough to be shown, and the words about those that are not.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::build::{BuildError, Misfit};
use super::unit::Unit;
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{CleanOptions, Gaps, Repair, clean};
use crate::geometry::ring::sides;
use crate::geometry::{label, measure};
use crate::model::{GridPoint, MultiPolygon, Polygon, Ring, VintageId};
use crate::parallel;

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

/// `overlap of 12034 m² between bzd-1, bzd-2 at 106.910000,47.920000`.
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
        write!(f, "{kind} of {:.0} m²{units} at {lon:.6},{lat:.6}", self.area_m2)
    }
}

/// Ground enclosed by units that belongs to none: kept on purpose, or lost by an edit; the lines alone
/// do not tell which.
#[derive(Debug, Clone, PartialEq)]
pub struct Hole {
    /// Codes of the units around it, sorted.
    pub beside: Vec<String>,
    pub area_m2: f64,
    /// Inside it.
    pub at: GridPoint,
}

/// `hole of 160889 m² beside bgd-8, bgd-9 at 106.879120,47.913548 belongs to nobody`.
impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (beside, area_m2) = (self.beside.join(", "), self.area_m2);
        let (lon, lat) = (self.at.lon(), self.at.lat());
        write!(f, "hole of {area_m2:.0} m² beside {beside} at {lon:.6},{lat:.6} belongs to nobody")
    }
}

/// A coverage with the polygons it stands for, unit by unit.
pub(super) struct Lines {
    pub coverage: Coverage,
    pub mended: Vec<Mended>,
    /// Holes that stay, the largest first.
    pub holes: Vec<Hole>,
    /// Codes of units without a polygon, though others have one.
    pub bare: Vec<String>,
    /// Empty where the unit has no place.
    pub shapes: Vec<MultiPolygon>,
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
        let bare = |(unit, shape): (&Unit, &Option<_>)| shape.is_none().then(|| unit.code.clone());
        let bare = units.iter().zip(shapes).filter_map(bare).collect();
        let empty = MultiPolygon::default();
        let shapes: Vec<&MultiPolygon> = shapes.iter().map(|s| s.unwrap_or(&empty)).collect();
        if let Ok(coverage) = Coverage::from_polygons(&shapes) {
            let holes = holes(&coverage, units);
            // Polygons that match vertex for vertex may still leave a gap, after somebody moved a
            // border in one of them.
            if holes.iter().all(|hole| hole.area_m2 > max_fix_m2) {
                let shapes = shapes.into_iter().cloned().collect();
                return Ok(Some(Self { coverage, mended: Vec::new(), holes, bare, shapes }));
            }
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
                holes: holes(&cleaned.coverage, units),
                bare,
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

    /// Fills in area, box, label point and its room of `units`.
    pub fn describe(&self, units: &mut [Unit]) {
        let found = parallel::map(self.shapes.len(), |i| {
            let shape = &self.shapes[i];
            Some((shape.bounds()?, measure::area_m2(shape) / 1e6, label::roomy_point(shape)))
        });
        for (unit, found) in units.iter_mut().zip(found) {
            if let Some((bounds, area_km2, label)) = found {
                (unit.bounds, unit.area_km2) = (Some(bounds), Some(area_km2));
                (unit.label, unit.room_m) = label.unzip();
            }
        }
    }
}

/// Ground enclosed by units that belongs to none, the largest first.
fn holes(coverage: &Coverage, units: &[Unit]) -> Vec<Hole> {
    let whole = coverage.dissolve(&vec![0; coverage.n_units()]);
    let rings: Vec<&Ring> =
        whole.iter().flat_map(|shape| &shape.0).flat_map(|part| &part.interiors).collect();
    if rings.is_empty() {
        return Vec::new();
    }
    let mut hole_of: HashMap<[GridPoint; 2], usize> = HashMap::new();
    for (hole, ring) in rings.iter().enumerate() {
        for (from, to) in sides(ring) {
            hole_of.extend([([from, to], hole), ([to, from], hole)]);
        }
    }
    let mut beside = vec![BTreeSet::new(); rings.len()];
    for arc in coverage.arcs() {
        if let (Some(unit), None) | (None, Some(unit)) = (arc.left, arc.right)
            && let Some(&hole) = hole_of.get(&[arc.points[0], arc.points[1]])
        {
            beside[hole].insert(unit);
        }
    }
    let described = rings.into_iter().zip(beside).map(|(ring, beside)| {
        // As ground of its own: the ring of a hole is wound the other way.
        let ground = Polygon { exterior: ring.iter().rev().copied().collect(), interiors: Vec::new() };
        let at = label::interior_point(&MultiPolygon(vec![ground])).unwrap_or(ring[0]);
        let beside = beside.into_iter().map(|unit| units[unit as usize].code.clone()).collect();
        Hole { beside, area_m2: measure::ring_area_m2(ring).abs(), at }
    });
    let mut holes: Vec<Hole> = described.collect();
    holes.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then(a.at.cmp(&b.at)));
    holes
}

fn filled(gaps: Vec<Repair>) -> Vec<Repair> {
    gaps.into_iter().filter(|gap| gap.winner.is_some()).collect()
}
