//! Ground outside that rounding closes in.
//!
//! A bay, or the end of a border drawn twice, opens to the outside; where its mouth is narrower than
//! the cells, rounding shuts it, and a hole is left that nobody drew. Such a *pocket* goes to the unit
//! with the longest border on it, of equals to the first. A hole that the coverage itself has stays;
//! where rounding parts it, its largest part does. What is wide enough to be seen as ground of its own
//! ([`banks::WIDE_CELLS`](super::banks)) stays what it is.
//!
//! Owns: which pockets there are at each zoom, and whose they become. Decided once for the whole
//! coverage: faces are followed across tiles, so a pocket on a tile edge is the same from both sides.
//! Design: filling what is closed inside one tile was dropped, because a pocket that a tile edge cuts is
//! closed in neither tile; a bridge across each mouth because the lines there already fold onto each
//! other. Only tiles with a narrow place are looked into, and a walk along a face ends where it is wide.

use std::collections::{BTreeMap, HashMap};

use super::banks::Walker;
use super::index::LineIndex;
use super::links::Links;
use super::outline::{narrow_tiles, tiles_of};
use super::{Arrangement, Label, TileCutter, Window};
use crate::geometry::simplify::{TILE_CELLS, cell_shift};
use crate::model::TileCoord;
use crate::model::tile::ZOOM_MAX;
use crate::parallel;

/// A vertex on the grid of a whole zoom.
pub(super) type Vertex = [i32; 2];

#[derive(Default)]
pub struct Pockets {
    /// By zoom, x and y of the tile.
    by_tile: BTreeMap<(u8, u32, u32), Vec<Rim>>,
    /// How many there are at each zoom.
    n: BTreeMap<u8, usize>,
}

/// An edge of a pocket, which lies on the right as drawn, and the unit it goes to.
pub(super) struct Rim {
    pub from: Vertex,
    pub to: Vertex,
    pub unit: u32,
}

/// All pockets of all zooms.
pub fn find(cutter: &TileCutter, outline: &LineIndex) -> Pockets {
    let of_zoom = |z: u8| {
        let mut narrow = narrow_tiles(outline, z);
        for cell in cutter.pins.cells(z) {
            narrow.extend(tiles_beside_pin(outline, cell, z));
        }
        Walker::new(cutter, outline, z).pockets(&narrow)
    };
    // The deepest first: they take the longest.
    let zooms: Vec<u8> = (0..=ZOOM_MAX).rev().collect();
    let found = parallel::map(zooms.len(), |i| of_zoom(zooms[i]));
    let mut pockets = Pockets::default();
    for (z, faces) in zooms.into_iter().zip(found) {
        pockets.n.insert(z, faces.len());
        for rim in faces.into_iter().flatten() {
            if let Some(tile) = tile_of(z, rim.from) {
                pockets.by_tile.entry((z, tile.x(), tile.y())).or_default().push(rim);
            }
        }
    }
    pockets
}

impl Pockets {
    /// Pockets at zoom `z`.
    pub fn n(&self, z: u8) -> usize {
        self.n.get(&z).copied().unwrap_or(0)
    }

    /// Gives the pockets that a tile shows to their units.
    pub fn fill(&self, tile: TileCoord, arrangement: &mut Arrangement) {
        let rims = self.rims_in(tile, &arrangement.vertices);
        if rims.is_empty() {
            return;
        }
        let edges = &mut arrangement.edges;
        let ends: Vec<[u32; 2]> = edges.iter().map(|edge| [edge.a, edge.b]).collect();
        let links = Links::new(&arrangement.vertices, &ends);
        let mut unit_of: HashMap<u32, u32> = HashMap::new();
        for half_edge in 0..2 * edges.len() as u32 {
            let ends = [links.origin(half_edge), links.target(half_edge)];
            if let Some(&unit) = rims.get(&ends) {
                unit_of.insert(links.cycle_of[half_edge as usize], unit);
            }
        }
        for (edge, cycles) in edges.iter_mut().zip(links.cycle_of.chunks_exact(2)) {
            for (side, cycle) in edge.sides.iter_mut().zip(cycles) {
                if let Some(&unit) = unit_of.get(cycle).filter(|_| side.is_empty()) {
                    *side = Label::Unit(unit);
                }
            }
        }
        edges.retain(|edge| edge.sides[0] != edge.sides[1]);
    }

    /// Edges of pockets in and around a tile, as vertices of its arrangement, with their units.
    fn rims_in(&self, tile: TileCoord, vertices: &[[i32; 2]]) -> HashMap<[u32; 2], u32> {
        let corner = [tile.x(), tile.y()].map(|v| v as i32 * TILE_CELLS);
        let local = |at: Vertex| {
            let at = [at[0] - corner[0], at[1] - corner[1]];
            vertices.binary_search(&at).ok().map(|v| v as u32)
        };
        let around = |v: u32| v.saturating_sub(1)..=v + 1;
        let mut rims = HashMap::new();
        for x in around(tile.x()) {
            for y in around(tile.y()) {
                for rim in self.by_tile.get(&(tile.z(), x, y)).into_iter().flatten() {
                    if let (Some(from), Some(to)) = (local(rim.from), local(rim.to)) {
                        rims.insert([from, to], rim.unit);
                    }
                }
            }
        }
        rims
    }
}

/// The tiles around a pin, if the outline is near.
fn tiles_beside_pin(outline: &LineIndex, cell: [i64; 2], z: u8) -> Vec<[u32; 2]> {
    let shift = cell_shift(z);
    let units = |cells: i64| (cells << shift) - (1 << 31);
    let window = Window { min: cell.map(|v| units(v - 5)), max: cell.map(|v| units(v + 6)) };
    let is_near = outline.any(z, window, |_, _, _| true);
    if is_near { tiles_of(window, z).collect() } else { Vec::new() }
}

fn tile_of(z: u8, at: Vertex) -> Option<TileCoord> {
    let [x, y] = at.map(|v| u32::try_from(v.div_euclid(TILE_CELLS)).ok());
    TileCoord::new(u32::from(z), x?, y?).ok()
}
