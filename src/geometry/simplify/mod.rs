//! Simplification of a coverage for every zoom at once.
//!
//! All arcs are projected once to the world square and thinned together, smallest triangle first
//! (Visvalingam and Whyatt 1993), from the deepest zoom up to the coarsest. Each vertex keeps the first zoom
//! that needs it; one byte a vertex replaces a copy of the lines for each zoom.
//!
//! Owns: which vertices live at which zoom. Leaves to others: clipping, rounding, units' polygons.
//! Invariant: at no zoom do two arcs cross that did not cross before, and no unit keeps less than
//! half of its area.
//! Design: all arcs go from zoom to zoom together instead of arc by arc, because "no other live vertex
//! inside the removed triangle" keeps arcs apart only if all of them thin at the same pace.
//! Douglas-Peucker was dropped: it keeps spikes, and two lines near each other cross.

mod cells;
mod removal;
mod standing;
mod world;

pub use world::{TILE_CELLS, WORLD_BITS, WorldPoint, cell_shift};

use crate::geometry::coverage::{Arc, Coverage};
use crate::model::GridPoint;
use crate::model::tile::ZOOM_MAX;
use crate::parallel;

/// A triangle this small may be cut off, in square cells of 1/4096 tile.
///
/// A tile shown at 512 px has 8 cells a pixel, so 32 cells² are half a pixel: a corner that wide
/// changes no pixel by more than half its ink.
pub const TOLERANCE_CELLS2: u64 = 32;

/// First zoom of a vertex that no served zoom needs.
pub const NEVER: u8 = ZOOM_MAX + 1;

/// How far a straight line on the ground grid may bend away from its straight drawing on the world
/// square, in world units: a quarter of a cell at the deepest zoom.
const BEND_UNITS: i64 = 1 << (cell_shift(ZOOM_MAX) - 2);

/// An arc on the world square, with the first zoom of each vertex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelArc {
    /// The arc's vertices, and further ones where its straight lines bend in this projection.
    pub points: Vec<WorldPoint>,
    /// As long as `points`; 0 at both ends, [`NEVER`] where even the deepest zoom does without.
    pub first_zoom: Vec<u8>,
    /// Unit on the left when walking along `points`, north up; `None` is outside.
    pub left: Option<u32>,
    pub right: Option<u32>,
}

/// The arcs of a coverage, each vertex with the first zoom that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simplification {
    arcs: Vec<LevelArc>,
    n_units: usize,
}

impl Simplification {
    /// Thins all arcs. O(n log n) for n vertices spread evenly.
    pub fn new(coverage: &Coverage) -> Self {
        let lines = coverage.arcs();
        let mut arcs = parallel::map(lines.len(), |i| {
            let Arc { points, left, right } = &lines[i];
            LevelArc { points: project(points), first_zoom: Vec::new(), left: *left, right: *right }
        });
        let first_zooms = removal::first_zooms(&arcs, coverage.n_units());
        let mut rest = first_zooms.as_slice();
        for arc in &mut arcs {
            let (own, others) = rest.split_at(arc.points.len());
            arc.first_zoom = own.to_vec();
            rest = others;
        }
        Self { arcs, n_units: coverage.n_units() }
    }

    pub fn arcs(&self) -> &[LevelArc] {
        &self.arcs
    }

    pub fn into_arcs(self) -> Vec<LevelArc> {
        self.arcs
    }

    pub fn n_units(&self) -> usize {
        self.n_units
    }

    /// Vertices left at zoom `z`, ends included.
    pub fn n_live(&self, z: u8) -> usize {
        self.arcs.iter().flat_map(|a| &a.first_zoom).filter(|&&first| first <= z).count()
    }
}

impl LevelArc {
    /// The vertices that zoom `z` needs, in order.
    pub fn live(&self, z: u8) -> impl Iterator<Item = WorldPoint> + '_ {
        self.points.iter().zip(&self.first_zoom).filter(move |&(_, &first)| first <= z).map(|(&p, _)| p)
    }
}

/// Twice the area in square world units below which zoom `z` does without a vertex.
const fn doubled_tolerance(z: u8) -> u64 {
    (2 * TOLERANCE_CELLS2) << (2 * cell_shift(z))
}

fn project(points: &[GridPoint]) -> Vec<WorldPoint> {
    let mut projected = Vec::with_capacity(points.len());
    projected.extend(points.first().map(|&p| WorldPoint::of(p)));
    for pair in points.windows(2) {
        project_straight(pair[0], pair[1], &mut projected);
    }
    projected
}

/// Appends the way from `from` (already there) to `to`, halved until it bends no more.
fn project_straight(from: GridPoint, to: GridPoint, projected: &mut Vec<WorldPoint>) {
    let halfway = |a: i32, b: i32| i64::midpoint(i64::from(a), i64::from(b)) as i32;
    let middle = GridPoint::new(halfway(from.x, to.x), halfway(from.y, to.y));
    let (a, b, m) = (WorldPoint::of(from), WorldPoint::of(to), WorldPoint::of(middle));
    let bend = |a: i32, b: i32, m: i32| (i64::midpoint(i64::from(a), i64::from(b)) - i64::from(m)).abs();
    // A middle that rounds onto an end cannot be told from it.
    let splits = middle != from && middle != to;
    if splits && bend(a.x, b.x, m.x).max(bend(a.y, b.y, m.y)) > BEND_UNITS {
        project_straight(from, middle, projected);
        project_straight(middle, to, projected);
    } else {
        projected.push(b);
    }
}
