//! Cleaning: any polygons in, units that share their borders vertex for vertex out.
//!
//! All rings are noded together ([`super::noding`]), faces are built and labelled with the units
//! that claim them ([`super::faces`]), disputed and empty faces get an owner or are refused
//! ([`super::repair`]), and the borders between different owners are the coverage.
//!
//! Owns: the options, the report, the refusal. Invariant: all or nothing; the result depends on
//! the units and their order, not on the order of parts, rings or vertices, and a clean coverage
//! comes back as it is (in the canonical form of [`Coverage::polygon`]).

use super::Coverage;
use super::arcs::Edge;
use super::faces::Faces;
use super::noding::{Claim, node};
use super::repair::{self, Repairs};
use crate::geometry::measure::metres_per_step;
use crate::model::{GridPoint, MultiPolygon};

/// Ground up to this size changes hands without asking: one hectare.
pub const DEFAULT_MAX_FIX_M2: f64 = 10_000.0;

/// Who gets an overlap larger than `max_fix_m2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolve {
    /// Nobody: the cleaning is refused with a list.
    Refuse,
    /// The claimant that claims the least ground (square degrees of the grid).
    Smaller,
    Larger,
    /// The claimant that comes first in the order of units.
    First,
}

/// What becomes of an enclosed gap larger than `max_fix_m2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    /// It goes to the unit with the longest common border.
    Fill,
    /// It stays a hole in the coverage.
    Keep,
    /// The cleaning is refused with a list.
    Refuse,
}

/// Who gets the overlap or gap that holds a point, whatever its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub at: GridPoint,
    /// `None` leaves the ground outside the coverage.
    pub winner: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CleanOptions {
    /// Overlaps and gaps up to this many square metres, each for itself, go to the unit with the
    /// longest common border. Too low: every digitising slip needs a decision; too high: real
    /// disputes are settled silently.
    pub max_fix_m2: f64,
    /// `None` is [`Resolve::Refuse`].
    pub resolve: Option<Resolve>,
    /// `None` is [`Gaps::Refuse`].
    pub gaps: Option<Gaps>,
    pub decisions: Vec<Decision>,
}

/// One connected piece of ground that was claimed by several units or by none.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Units that claimed it, sorted; none for a gap.
    pub claimants: Vec<u32>,
    /// `None` when it stays outside, or is refused.
    pub winner: Option<u32>,
    pub area_m2: f64,
    /// A point inside; on the border when the piece holds no grid point.
    pub at: GridPoint,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct CleanReport {
    pub overlaps: Vec<Repair>,
    /// Filled and kept ones.
    pub gaps: Vec<Repair>,
    /// Ground each unit won (positive) or lost by repairs, in square metres.
    pub area_moved_m2: Vec<f64>,
    /// How far any border moved: the Hausdorff distance, at vertices, of its old and new course
    /// across a repair, plus what snapping moved at most.
    pub largest_shift_m: f64,
    pub kept_gaps: usize,
    /// Places in `decisions` whose point is in no overlap or gap.
    pub unused_decisions: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct Cleaned {
    /// Valid, disjoint, in canonical form, in the order of the units given.
    pub units: Vec<MultiPolygon>,
    pub coverage: Coverage,
    pub report: CleanReport,
}

/// What must be decided before the units can be a coverage.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{} overlaps and {} gaps are too large to repair unasked, and {} units would be lost",
    overlaps.len(), gaps.len(), lost.len())]
pub struct Refusal {
    /// Larger than `max_fix_m2`, the largest first.
    pub overlaps: Vec<Repair>,
    pub gaps: Vec<Repair>,
    /// Units that would be left without ground.
    pub lost: Vec<u32>,
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self { max_fix_m2: DEFAULT_MAX_FIX_M2, resolve: None, gaps: None, decisions: Vec::new() }
    }
}

/// Makes a coverage of units that may overlap, leave gaps, or cross themselves.
///
/// - `units`: rings in any direction, closed or open; ground inside an odd number of a polygon's
///   rings is the polygon's, and a unit is the union of its polygons.
/// - Errors: [`Refusal`] when something larger than `max_fix_m2` is not covered by the options,
///   or a unit would have no ground.
pub fn clean(units: &[MultiPolygon], options: &CleanOptions) -> Result<Cleaned, Refusal> {
    let (claims, unit_of) = claims(units);
    let noded = node(claims);
    let faces = Faces::new(&noded, &unit_of);
    let repairs = repair::assign(&faces, units.len(), options);
    let lost = lost(&repairs, units.len());
    if !(repairs.refused_overlaps.is_empty() && repairs.refused_gaps.is_empty() && lost.is_empty()) {
        return Err(Refusal { overlaps: repairs.refused_overlaps, gaps: repairs.refused_gaps, lost });
    }
    let edges: Vec<Edge> = faces
        .segments
        .iter()
        .zip(&faces.sides)
        .map(|(&[a, b], &[left, right])| Edge {
            a,
            b,
            left: repairs.owner[left as usize],
            right: repairs.owner[right as usize],
        })
        .filter(|edge| edge.left != edge.right)
        .collect();
    let coverage = Coverage::from_edges(units.len(), &edges);
    let cleaned = (0..units.len() as u32).map(|unit| coverage.polygon(unit)).collect();
    let mut report = repairs.report;
    report.largest_shift_m += noded.shift_steps * metres_per_step(0.0).0;
    Ok(Cleaned { units: cleaned, coverage, report })
}

/// The border of every polygon as claims of a source of its own, and the unit of each source.
fn claims(units: &[MultiPolygon]) -> (Vec<Claim>, Vec<u32>) {
    let mut claims = Vec::with_capacity(units.iter().map(MultiPolygon::n_vertices).sum());
    let mut unit_of = Vec::new();
    for (unit, shape) in (0..).zip(units) {
        for polygon in &shape.0 {
            let source = unit_of.len() as u32;
            unit_of.push(unit);
            for ring in polygon.rings() {
                let Some(&last) = ring.last() else { continue };
                let previous = std::iter::once(&last).chain(ring);
                claims.extend(previous.zip(ring).filter_map(|(&a, &b)| Claim::new(a, b, source)));
            }
        }
    }
    (claims, unit_of)
}

fn lost(repairs: &Repairs, n_units: usize) -> Vec<u32> {
    let mut is_found = vec![false; n_units];
    for unit in repairs.owner.iter().flatten() {
        is_found[*unit as usize] = true;
    }
    (0..n_units as u32).filter(|&unit| !is_found[unit as usize]).collect()
}
