//! Cutting a coverage into tiles without a gap, an overlap or an invalid polygon.
//!
//! [`TileCutter::arrange`] takes the lines near a tile, at its zoom, and snap-rounds them together
//! with the tile's edges onto 4096 × 4096 cells ([`snap`]); labels both sides of every line
//! ([`faces`]); and [`Arrangement::cut`] walks the faces into polygons and borders ([`trace`]).
//! Whatever is decided inside a tile's square depends on lines inside it only, so any tile can be
//! made alone, in any order, and two tiles agree on their common edge, vertex for vertex.
//!
//! Owns: the cells of each tile. Leaves to others: encoding, attributes, which layers there are.
//! Design: clipping each unit's polygon by itself was dropped: rounding then opens slivers along
//! every border, and no later repair of one polygon can see its neighbour. Units too small for the
//! cells get a [`pins::Pins`] entry instead of vanishing, and ground outside that only rounding closed
//! in goes to a neighbour ([`pockets`]); both are decided once for the whole zoom.

mod banks;
mod buckets;
mod faces;
mod gaps;
mod index;
mod links;
mod outline;
mod pins;
mod pockets;
mod snap;
mod trace;

use std::collections::BTreeSet;

use crate::geometry::coverage::Coverage;
use crate::geometry::simplify::{LevelArc, Simplification, TILE_CELLS, WorldPoint, cell_shift};
use crate::model::TileCoord;
use faces::Edge;
use index::LineIndex;
use pins::Pins;
use pockets::Pockets;
use snap::{Frame, Segment};

/// Cells drawn beyond each edge of a tile, so that outlines of the cut are not seen: 8 px at 512 px.
pub const BUFFER_CELLS: i32 = 64;

/// The frame of a tile: its own square and the buffer around it.
const TILE_LINES: [i32; 4] = [-BUFFER_CELLS, 0, TILE_CELLS, TILE_CELLS + BUFFER_CELLS];

/// Lowest zoom at which every unit is kept; below it units are drawn in groups.
pub const UNITS_FROM_ZOOM: u8 = 6;

/// A coverage ready to be cut at any zoom; O(lines near the tile) for each tile.
pub struct TileCutter {
    lines: LineIndex,
    group_of: Option<Vec<u32>>,
    pins: Pins,
    pockets: Pockets,
}

/// The lines of one tile with what lies on both sides of each, in cells.
pub struct Arrangement {
    vertices: Vec<[i32; 2]>,
    edges: Vec<Edge>,
}

/// A tile's share of a coverage: x east, y south, in cells from the tile's north-western corner,
/// from `-BUFFER_CELLS` to `TILE_CELLS + BUFFER_CELLS`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cut {
    /// By unit or group, sorted.
    pub areas: Vec<(u32, Vec<CutPolygon>)>,
    /// Borders between different areas; the edges of the cut itself are not among them.
    pub lines: Vec<CutLine>,
}

/// Rings are open, exteriors have positive area (y south), holes negative; all are simple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPolygon {
    pub exterior: Vec<[i32; 2]>,
    pub holes: Vec<Vec<[i32; 2]>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutLine {
    /// Unit or group on the left when walking along `points`, as drawn; `None` is outside.
    pub left: Option<u32>,
    pub right: Option<u32>,
    /// At least two; a closed line repeats its first point.
    pub points: Vec<[i32; 2]>,
}

/// What lies on a side of a line. The order decides between claims: the smallest is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    /// The cell given to a unit that is too small for the cells; lies over the others.
    Pin(u32),
    Unit(u32),
    /// A hole among the units.
    Gap(u32),
    Outside,
    /// Not in the frame.
    Beyond,
    /// Says nothing.
    Void,
}

/// A closed box in world units.
#[derive(Debug, Clone, Copy)]
struct Window {
    min: [i64; 2],
    max: [i64; 2],
}

impl TileCutter {
    /// Packs the lines and finds, for all zooms, the units that need a pin and the pockets.
    ///
    /// - `group_of`: the group of each unit. Below [`UNITS_FROM_ZOOM`] only groups are drawn, and what
    ///   lies between units of one group leaves no trace there, not even a bend in other lines.
    pub fn new(coverage: &Coverage, simplification: Simplification, group_of: Option<&[u32]>) -> Self {
        let arcs = simplification.into_arcs();
        let sides = gaps::sides(coverage);
        let outline = outline::lines(&arcs, &sides);
        let mut cutter = Self {
            lines: LineIndex::new(arcs, sides),
            group_of: group_of.map(<[u32]>::to_vec),
            pins: Pins::default(),
            pockets: Pockets::default(),
        };
        cutter.pins = pins::place(&cutter, coverage);
        cutter.pockets = pockets::find(&cutter, &outline);
        cutter
    }

    /// The lines that are cut, each vertex with the first zoom that needs it.
    pub fn arcs(&self) -> &[LevelArc] {
        self.lines.arcs()
    }

    /// Units that no tile of zoom `z` shows, because the cells around them are taken by others that
    /// are as small; empty below [`UNITS_FROM_ZOOM`].
    pub fn absorbed(&self, z: u8) -> &[u32] {
        self.pins.absorbed(z)
    }

    /// Pieces of outside that only rounding closed in at zoom `z` and that went to a neighbour.
    pub fn n_pockets(&self, z: u8) -> usize {
        self.pockets.n(z)
    }

    /// The lines of a tile, of groups below [`UNITS_FROM_ZOOM`] if there are any; cut it once for units
    /// and once for groups.
    pub fn arrange(&self, tile: TileCoord) -> Arrangement {
        let mut arrangement = self.arrange_in(tile, &TILE_LINES, &self.pins);
        self.pockets.fill(tile, &mut arrangement);
        arrangement
    }

    /// The areas and borders of a tile, by unit or by group.
    pub fn cut(&self, tile: TileCoord, group_of: Option<&[u32]>) -> Cut {
        self.arrange(tile).cut(group_of)
    }

    /// Units with a part inside the tile's own square.
    fn units_in(&self, tile: TileCoord, pins: &Pins) -> BTreeSet<u32> {
        let arrangement = self.arrange_in(tile, &[0, TILE_CELLS], pins);
        let sides = arrangement.edges.iter().flat_map(|edge| edge.sides);
        sides.filter_map(|side| if let Label::Unit(unit) = side { Some(unit) } else { None }).collect()
    }

    /// The lines inside a frame, pockets still open.
    fn arrange_in(&self, tile: TileCoord, lines: &[i32], pins: &Pins) -> Arrangement {
        let z = tile.z();
        let group_of = self.group_of.as_deref().filter(|_| z < UNITS_FROM_ZOOM);
        let shift = cell_shift(z);
        let half_world = 1_i64 << 31;
        let origin =
            [tile.x(), tile.y()].map(|v| ((i64::from(v) * i64::from(TILE_CELLS)) << shift) - half_world);
        let shown = |label: Label| match (label, group_of) {
            (Label::Unit(unit), Some(group_of)) => Label::Unit(group_of[unit as usize]),
            _ => label,
        };

        let reach = |line: i32, cells: i64| (i64::from(line) + cells) << shift;
        let (first, last) = (lines[0], lines[lines.len() - 1]);
        // Half a cell more would do: nothing farther away is rounded into the frame.
        let window =
            Window { min: origin.map(|o| o + reach(first, -1)), max: origin.map(|o| o + reach(last, 1)) };
        let mut segments = Vec::new();
        self.lines.visit(z, window, |sides, from, to| {
            let sides = sides.map(shown);
            if sides[0] != sides[1] {
                segments.push(Segment::of_arc(from, to, sides, origin));
            }
        });
        pins.outlines(tile, shift, &mut segments);
        let snapped = snap::snap(&segments, &Frame { shift, lines });
        let edges = faces::label(&snapped, &|| {
            let cell = snap::free_cell(&segments, &snapped.vertices, &Frame { shift, lines })?;
            let world = |axis: usize| {
                let at = origin[axis] + (i64::from(cell[axis]) << shift);
                at.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
            };
            Some((cell, shown(self.lines.locate(z, WorldPoint { x: world(0), y: world(1) }))))
        });
        Arrangement { vertices: snapped.vertices, edges }
    }
}

impl Arrangement {
    /// The areas and borders by unit, or by the group of each unit.
    pub fn cut(&self, group_of: Option<&[u32]>) -> Cut {
        trace::trace(&self.vertices, &self.edges, group_of)
    }
}

impl Label {
    /// True for ground of no unit.
    const fn is_empty(self) -> bool {
        matches!(self, Self::Gap(_) | Self::Outside)
    }
}

impl Window {
    /// The box of a segment, and `margin` around it.
    fn around(from: WorldPoint, to: WorldPoint, margin: i64) -> Self {
        let (xs, ys) = ([from.x, to.x].map(i64::from), [from.y, to.y].map(i64::from));
        Self {
            min: [xs[0].min(xs[1]) - margin, ys[0].min(ys[1]) - margin],
            max: [xs[0].max(xs[1]) + margin, ys[0].max(ys[1]) + margin],
        }
    }

    /// True when the box of a segment touches the window.
    fn touches(&self, from: WorldPoint, to: WorldPoint) -> bool {
        [(from.x, to.x), (from.y, to.y)].iter().enumerate().all(|(axis, &(a, b))| {
            i64::from(a.min(b)) <= self.max[axis] && i64::from(a.max(b)) >= self.min[axis]
        })
    }
}
