//! Tiles: no gap, no overlap, nothing invalid, nobody lost, on invented and on real ground.

mod ground;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use ground::{CITY, Ground};
use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::cut::{BUFFER_CELLS, Cut, TileCutter};
use hlp_tracker::geometry::simplify::{Simplification, TILE_CELLS, WorldPoint, cell_shift};
use hlp_tracker::model::TileCoord;
use verdict::{Faults, Polygon, Tile};

const LOW: i32 = -BUFFER_CELLS;
const HIGH: i32 = TILE_CELLS + BUFFER_CELLS;

fn cutter(coverage: &Coverage) -> TileCutter {
    TileCutter::new(coverage, Simplification::new(coverage))
}

fn areas(cut: &Cut) -> BTreeMap<u64, Vec<Polygon>> {
    let polygons = |list: &[hlp_tracker::geometry::cut::CutPolygon]| {
        list.iter().map(|p| (p.exterior.clone(), p.holes.clone())).collect()
    };
    cut.areas.iter().map(|(unit, list)| (u64::from(*unit), polygons(list))).collect()
}

/// Every tile of a zoom that a vertex lies in; at most `limit`, spread evenly.
fn tiles(coverage: &Coverage, z: u8, limit: usize) -> Vec<TileCoord> {
    let tiles: BTreeSet<TileCoord> = coverage
        .arcs()
        .iter()
        .flat_map(|arc| &arc.points)
        .map(|&p| WorldPoint::of(p).from_corner().map(|v| (v >> (cell_shift(z) + 12)) as u32))
        .map(|[x, y]| TileCoord::new(u32::from(z), x, y).expect("on the grid"))
        .collect();
    let step = tiles.len().div_ceil(limit).max(1);
    tiles.into_iter().step_by(step).collect()
}

/// Checks one zoom; gives the units shown.
fn judge(cutter: &TileCutter, tiles: &[TileCoord], group_of: Option<&[u32]>) -> BTreeSet<u64> {
    let mut shown = BTreeSet::new();
    for &tile in tiles {
        let here = areas(&cutter.cut(tile, group_of));
        let verdict = Tile { areas: &here, low: LOW, high: HIGH };
        assert_eq!(verdict.faults(), Faults::default(), "tile {tile}");
        shown.extend(here.keys());
        for (dx, dy, axis) in [(1, 0, 0), (0, 1, 1)] {
            let Ok(next) = TileCoord::new(u32::from(tile.z()), tile.x() + dx, tile.y() + dy) else {
                continue;
            };
            let there = areas(&cutter.cut(next, group_of));
            let neighbour = Tile { areas: &there, low: LOW, high: HIGH };
            for upper in [false, true] {
                assert_eq!(
                    verdict.along(axis, TILE_CELLS, upper, 0, TILE_CELLS),
                    neighbour.along(axis, 0, upper, 0, TILE_CELLS),
                    "along the edge of tiles {tile} and {next}"
                );
            }
        }
    }
    shown
}

#[test]
fn every_tile_of_a_city_is_valid_and_agrees_with_its_neighbours() {
    let coverage = CITY.coverage();
    let cutter = cutter(&coverage);
    for z in 0..=16 {
        let tiles = tiles(&coverage, z, 60);
        let shown = judge(&cutter, &tiles, None);
        if (6..=10).contains(&z) {
            let all: BTreeSet<u64> = (0..coverage.n_units() as u64).collect();
            assert_eq!(all.difference(&shown).collect::<Vec<_>>(), Vec::<&u64>::new(), "zoom {z}");
        }
    }
}
