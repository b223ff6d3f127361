//! Cells for units that are too small or thin for the grid.
//!
//! Rounding may fold a unit of a few cells, or a strip half a cell wide, onto its own border. Such a
//! unit gets one cell of its own, a pin, laid over whatever else the lines put there.
//!
//! Owns: which units need a pin at which zoom, and where. Decided once for the whole coverage, so
//! every tile near a pin draws the same one.
//! Design: forbidding simplification near small units was not enough, because their nodes alone can
//! fall into one cell.

use std::collections::{BTreeMap, BTreeSet};

use super::snap::Segment;
use super::{Label, TileCutter, UNITS_FROM_ZOOM};
use crate::geometry::coverage::Coverage;
use crate::geometry::label::interior_point;
use crate::geometry::simplify::{LevelArc, TILE_CELLS, WorldPoint, cell_shift};
use crate::model::TileCoord;
use crate::model::tile::ZOOM_MAX;
use crate::parallel;

/// A unit whose widest place is farther than this from its border cannot fold: rounding moves no
/// point by more than 0.71 cells, and a pin beside it covers one.
const SAFE_RADIUS_CELLS: f64 = 1.5;

/// A pin may move a unit that was safe; that unit then gets one in the next round.
const MAX_ROUNDS: usize = 4;

/// How far from the middle of its unit a pin may lie, in cells.
const MAX_SHIFT: i64 = 2;

#[derive(Default)]
pub struct Pins {
    /// By zoom, x and y of the tile.
    by_tile: BTreeMap<(u8, u32, u32), Vec<Pin>>,
    absorbed: BTreeMap<u8, Vec<u32>>,
}

/// A unit, and the north-western corner of its cell on the zoom's grid.
type Pin = (u32, [i64; 2]);

impl Pins {
    pub fn absorbed(&self, z: u8) -> &[u32] {
        self.absorbed.get(&z).map_or(&[], Vec::as_slice)
    }

    /// The north-western corners of all pins' cells at zoom `z`.
    pub fn cells(&self, z: u8) -> impl Iterator<Item = [i64; 2]> + '_ {
        let tiles = self.by_tile.range((z, 0, 0)..=(z, u32::MAX, u32::MAX));
        tiles.flat_map(|(_, pins)| pins.iter().map(|&(_, cell)| cell))
    }

    /// Adds the outlines of pins in and around a tile, relative to its corner.
    pub fn outlines(&self, tile: TileCoord, shift: u32, segments: &mut Vec<Segment>) {
        let around = |v: u32| v.saturating_sub(1)..=v + 1;
        for x in around(tile.x()) {
            for y in around(tile.y()) {
                for &(unit, cell) in self.by_tile.get(&(tile.z(), x, y)).into_iter().flatten() {
                    let corner = [0, 1].map(|i| {
                        let tile_corner = i64::from([tile.x(), tile.y()][i]) * i64::from(TILE_CELLS);
                        cell[i] - tile_corner
                    });
                    outline(unit, corner, shift, segments);
                }
            }
        }
    }

    fn add(&mut self, z: u8, unit: u32, cell: [i64; 2]) {
        if let Some(tile) = tile_of_cell(z, cell) {
            self.by_tile.entry((z, tile.x(), tile.y())).or_default().push((unit, cell));
        }
    }
}

/// Four sides around a cell, with the unit on the right as drawn.
fn outline(unit: u32, [west, north]: [i64; 2], shift: u32, segments: &mut Vec<Segment>) {
    let corners = [[west, north], [west + 1, north], [west + 1, north + 1], [west, north + 1]];
    for (i, from) in corners.iter().enumerate() {
        let [from, to] = [*from, corners[(i + 1) % 4]].map(|c| c.map(|v| v << shift));
        segments.push(Segment { from, to, left: Label::Void, right: Label::Pin(unit) });
    }
}

/// Finds the units that no tile shows and gives them pins; `cutter` has none yet.
pub fn place(cutter: &TileCutter, coverage: &Coverage) -> Pins {
    let zooms: Vec<u8> = (UNITS_FROM_ZOOM..=ZOOM_MAX).collect();
    let mut all = Pins::default();
    for mut pins in parallel::map(zooms.len(), |i| of_zoom(cutter, coverage, zooms[i])) {
        all.by_tile.append(&mut pins.by_tile);
        all.absorbed.append(&mut pins.absorbed);
    }
    all
}

fn of_zoom(cutter: &TileCutter, coverage: &Coverage, z: u8) -> Pins {
    let mut pins = Pins::default();
    let mut tiles_of = in_danger(cutter.lines.arcs(), coverage.n_units(), z);
    let mut taken: BTreeSet<[i64; 2]> = BTreeSet::new();
    let mut lost = missing(cutter, &pins, &tiles_of);
    for _ in 0..MAX_ROUNDS {
        if lost.is_empty() {
            break;
        }
        for &unit in &lost {
            let Some(cell) = free_cell(coverage, unit, z, &taken) else { continue };
            taken.insert(cell);
            pins.add(z, unit, cell);
            tiles_of.entry(unit).or_default().extend(tile_of_cell(z, cell));
        }
        lost = missing(cutter, &pins, &tiles_of);
    }
    if !lost.is_empty() {
        pins.absorbed.insert(z, lost);
    }
    pins
}

/// Units that rounding may fold at zoom `z`, with the tiles in which they have a vertex.
fn in_danger(arcs: &[LevelArc], n_units: usize, z: u8) -> BTreeMap<u32, BTreeSet<TileCoord>> {
    // Twice the area, and the length around, in world units.
    let mut sizes = vec![(0_i128, 0.0); n_units];
    for arc in arcs {
        let (mut sum, mut length) = (0, 0.0);
        let live: Vec<[i128; 2]> = arc.live(z).map(|p| [i128::from(p.x), i128::from(p.y)]).collect();
        for w in live.windows(2) {
            sum += w[0][0] * w[1][1] - w[1][0] * w[0][1];
            length += ((w[1][0] - w[0][0]) as f64).hypot((w[1][1] - w[0][1]) as f64);
        }
        for (unit, sign) in [(arc.right, 1), (arc.left, -1)] {
            if let Some(unit) = unit {
                let (doubled_area, around) = &mut sizes[unit as usize];
                *doubled_area += sign * sum;
                *around += length;
            }
        }
    }
    let safe = SAFE_RADIUS_CELLS * f64::from(cell_shift(z)).exp2();
    // A shape's widest place is at least its area divided by its length around.
    let endangered = |unit: u32| {
        let (doubled_area, around) = sizes[unit as usize];
        (doubled_area as f64) < 2.0 * safe * around
    };
    let mut tiles_of: BTreeMap<u32, BTreeSet<TileCoord>> = BTreeMap::new();
    for arc in arcs {
        for unit in [arc.left, arc.right].into_iter().flatten().filter(|&unit| endangered(unit)) {
            tiles_of.entry(unit).or_default().extend(arc.live(z).filter_map(|p| tile_of(z, p)));
        }
    }
    tiles_of
}

/// The units of `tiles_of` that none of their tiles shows.
fn missing(cutter: &TileCutter, pins: &Pins, tiles_of: &BTreeMap<u32, BTreeSet<TileCoord>>) -> Vec<u32> {
    let mut units_of: BTreeMap<TileCoord, Vec<u32>> = BTreeMap::new();
    for (&unit, tiles) in tiles_of {
        for &tile in tiles {
            units_of.entry(tile).or_default().push(unit);
        }
    }
    let mut missing: BTreeSet<u32> = tiles_of.keys().copied().collect();
    for (tile, units) in units_of {
        if units.iter().any(|unit| missing.contains(unit)) {
            let shown = cutter.units_in(tile, pins);
            missing.retain(|unit| !shown.contains(unit));
        }
    }
    missing.into_iter().collect()
}

/// The cell nearest to the middle of a unit that has no pin yet.
fn free_cell(coverage: &Coverage, unit: u32, z: u8, taken: &BTreeSet<[i64; 2]>) -> Option<[i64; 2]> {
    let middle = WorldPoint::of(interior_point(&coverage.polygon(unit))?);
    let cell = middle.from_corner().map(|v| v >> cell_shift(z));
    let mut shifts: Vec<[i64; 2]> =
        (-MAX_SHIFT..=MAX_SHIFT).flat_map(|x| (-MAX_SHIFT..=MAX_SHIFT).map(move |y| [x, y])).collect();
    shifts.sort_by_key(|[x, y]| (x * x + y * y, *y, *x));
    shifts.iter().map(|shift| [cell[0] + shift[0], cell[1] + shift[1]]).find(|cell| !taken.contains(cell))
}

fn tile_of(z: u8, p: WorldPoint) -> Option<TileCoord> {
    tile_of_cell(z, p.from_corner().map(|v| v >> cell_shift(z)))
}

fn tile_of_cell(z: u8, cell: [i64; 2]) -> Option<TileCoord> {
    let [x, y] = cell.map(|v| u32::try_from(v.div_euclid(i64::from(TILE_CELLS))).ok());
    TileCoord::new(u32::from(z), x?, y?).ok()
}
