//! Cutting coverages into tiles, judged exactly at every zoom.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::cut::{BUFFER_CELLS, Cut, TileCutter, UNITS_FROM_ZOOM};
use hlp_tracker::geometry::label::interior_point;
use hlp_tracker::geometry::simplify::{Simplification, TILE_CELLS, WorldPoint, cell_shift};
use hlp_tracker::model::tile::ZOOM_MAX;
use hlp_tracker::model::{self, GridPoint, MultiPolygon, TileCoord};
use proptest::prelude::*;

use super::ground::{CITY, Ground};
use super::verdict::{Faults, Polygon, Ring, Sheet, Tile};
use crate::support::cases;

const LOW: i32 = -BUFFER_CELLS;
const HIGH: i32 = TILE_CELLS + BUFFER_CELLS;

pub fn cutter(coverage: &Coverage) -> TileCutter {
    TileCutter::new(coverage, Simplification::new(coverage), None)
}

/// Areas of a cut in the judge's form.
fn areas(cut: &Cut) -> BTreeMap<u64, Vec<Polygon>> {
    cut.areas
        .iter()
        .map(|(unit, list)| {
            let polygons = list.iter().map(|p| (p.exterior.clone(), p.holes.clone())).collect();
            (u64::from(*unit), polygons)
        })
        .collect()
}

/// Tiles of a zoom in which a vertex lies; about `limit`, spread evenly.
pub fn tiles(coverage: &Coverage, z: u8, limit: usize) -> Vec<TileCoord> {
    let tiles = tiles_around(coverage.arcs().iter().flat_map(|arc| arc.points.iter().copied()), z);
    let step = tiles.len().div_ceil(limit).max(1);
    tiles.into_iter().step_by(step).collect()
}

/// The tiles that hold places.
pub fn tiles_around(places: impl Iterator<Item = GridPoint>, z: u8) -> BTreeSet<TileCoord> {
    places
        .map(|p| WorldPoint::of(p).from_corner().map(|v| (v >> (cell_shift(z) + 12)) as u32))
        .map(|[x, y]| TileCoord::new(u32::from(z), x, y).expect("on the grid"))
        .collect()
}

/// What a zoom's tiles show.
#[derive(Default)]
pub struct Shown {
    pub units: BTreeSet<u64>,
    /// Holes in the union of all areas of all tiles, those that tile edges cut included.
    pub holes: Vec<Ring>,
}

/// Judges tiles one by one and along the edges to their neighbours.
pub fn judge(cutter: &TileCutter, tiles: &[TileCoord], group_of: Option<&[u32]>) -> Shown {
    let mut shown = Shown::default();
    let mut sheet = Sheet::default();
    for &tile in tiles {
        let here = areas(&cutter.cut(tile, group_of));
        let verdict = Tile { areas: &here, low: LOW, high: HIGH };
        assert_eq!(verdict.faults(), Faults::default(), "tile {tile}");
        let rim = verdict.rim();
        if rim.is_empty() {
            let whole = 2 * i64::from(HIGH - LOW).pow(2);
            assert!([0, whole].contains(&verdict.doubled_area()), "tile {tile} is neither full nor empty");
        }
        sheet.lay(&verdict, TILE_CELLS, [tile.x(), tile.y()]);
        shown.units.extend(here.keys());
        for (dx, dy, axis) in [(1, 0, 0), (0, 1, 1)] {
            let next = TileCoord::new(u32::from(tile.z()), tile.x() + dx, tile.y() + dy);
            let Ok(next) = next else { continue };
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
    shown.holes = sheet.holes();
    shown
}

/// Units that no tile of a zoom shows where their label would be.
pub fn lost(cutter: &TileCutter, coverage: &Coverage, z: u8) -> Vec<u64> {
    let units = 0..coverage.n_units() as u32;
    let labels = units.clone().map(|unit| interior_point(&coverage.polygon(unit)).expect("it has an area"));
    let shown: BTreeSet<u32> = tiles_around(labels, z)
        .into_iter()
        .flat_map(|tile| cutter.cut(tile, None).areas.into_iter().map(|(unit, _)| unit))
        .collect();
    units.filter(|unit| !shown.contains(unit)).map(u64::from).collect()
}

/// Area of a unit in cells of zoom `z`.
fn cells(shape: &MultiPolygon, z: u8) -> f64 {
    let ring = |ring: &model::Ring| {
        let at: Vec<[f64; 2]> = ring
            .iter()
            .map(|&p| WorldPoint::of(p).from_corner().map(|v| v as f64 / f64::from(cell_shift(z)).exp2()))
            .collect();
        let n = at.len();
        (0..n).map(|i| at[i][0] * at[(i + 1) % n][1] - at[(i + 1) % n][0] * at[i][1]).sum::<f64>() / 2.0
    };
    shape.rings().map(ring).sum::<f64>().abs()
}

#[test]
fn every_tile_of_a_city_is_valid_and_agrees_with_its_neighbours() {
    let coverage = CITY.coverage();
    let cutter = cutter(&coverage);
    for z in 0..=ZOOM_MAX {
        let shown = judge(&cutter, &tiles(&coverage, z, 60), None);
        if z >= UNITS_FROM_ZOOM {
            assert_eq!(lost(&cutter, &coverage, z), [0_u64; 0], "zoom {z}");
        }
        // The unit left out, and nothing else.
        assert!(shown.holes.len() <= 1, "zoom {z} has {} holes", shown.holes.len());
        if z == 9 {
            assert_eq!(judge(&cutter, &tiles(&coverage, z, usize::MAX), None).holes.len(), 1);
        }
    }
}

#[test]
fn districts_have_the_borders_of_their_khoroos() {
    let coverage = CITY.coverage();
    let cutter = cutter(&coverage);
    let group_of: Vec<u32> = (0..coverage.n_units() as u32).map(|unit| unit / 40).collect();
    for z in [6, 8, 10, 13] {
        let tiles = tiles(&coverage, z, 12);
        judge(&cutter, &tiles, Some(&group_of));
        for &tile in &tiles {
            let arrangement = cutter.arrange(tile);
            let (units, groups) = (arrangement.cut(None), arrangement.cut(Some(&group_of)));
            let mut by_group: BTreeMap<u64, i64> = BTreeMap::new();
            for (&unit, polygons) in &areas(&units) {
                let alone = BTreeMap::from([(unit, polygons.clone())]);
                let area = Tile { areas: &alone, low: LOW, high: HIGH }.doubled_area();
                *by_group.entry(unit / 40).or_default() += area;
            }
            for (&group, polygons) in &areas(&groups) {
                let alone = BTreeMap::from([(group, polygons.clone())]);
                let area = Tile { areas: &alone, low: LOW, high: HIGH }.doubled_area();
                assert_eq!(by_group.remove(&group), Some(area), "district {group} in tile {tile}");
            }
            assert_eq!(by_group, BTreeMap::new(), "tile {tile}");
        }
    }
}

#[test]
fn low_zooms_show_every_district_without_a_trace_of_khoroos() {
    let coverage = CITY.coverage();
    let group_of: Vec<u32> = (0..coverage.n_units() as u32).map(|unit| unit / 40).collect();
    let cutter = TileCutter::new(&coverage, Simplification::new(&coverage), Some(&group_of));
    for z in 0..UNITS_FROM_ZOOM {
        let mut shown = BTreeSet::new();
        for tile in tiles(&coverage, z, usize::MAX) {
            let cut = cutter.arrange(tile).cut(None);
            let here = areas(&cut);
            assert_eq!(
                Tile { areas: &here, low: LOW, high: HIGH }.faults(),
                Faults::default(),
                "tile {tile}"
            );
            shown.extend(here.into_keys());
        }
        let all: BTreeSet<u64> = group_of.iter().map(|&group| u64::from(group)).collect();
        assert_eq!(shown, all, "zoom {z}");
    }
}

#[test]
fn a_unit_of_four_cells_is_kept_and_a_lost_one_is_counted() {
    // In the middle units are about a cell wide at zoom 6.
    let ground = Ground { n_side: 44, n_between: 3, crowding: 3.0, seed: 5 };
    let units = ground.units();
    let coverage = ground.coverage();
    let cutter = cutter(&coverage);
    for z in UNITS_FROM_ZOOM..=8 {
        let shown = judge(&cutter, &tiles(&coverage, z, usize::MAX), None).units;
        let absorbed: BTreeSet<u64> = cutter.absorbed(z).iter().map(|&unit| u64::from(unit)).collect();
        let lost: BTreeSet<u64> = (0..units.len() as u64).filter(|unit| !shown.contains(unit)).collect();
        assert_eq!(lost, absorbed, "zoom {z}");
        for &unit in &lost {
            let size = cells(&units[unit as usize], z);
            assert!(size < 4.0, "unit {unit} of {size} cells is lost at zoom {z}");
        }
    }
    assert!(units.iter().any(|unit| cells(unit, UNITS_FROM_ZOOM) < 4.0), "the ground is crowded enough");
}

#[test]
fn a_strip_thinner_than_a_cell_is_kept() {
    let ground = Ground { n_side: 2, n_between: 0, crowding: 1.0, seed: 1 };
    let mut units = ground.units();
    let west_of = |p: &GridPoint, steps| GridPoint::new(p.x - steps, p.y);
    // Between the first two units, 0.02° long and a tenth of a cell wide at zoom 6.
    let strip: model::Ring = {
        let shared: model::Ring =
            units[0].0[0].exterior.iter().filter(|&p| units[1].0[0].exterior.contains(p)).copied().collect();
        let widened: model::Ring = shared.iter().map(|p| west_of(p, 1_500)).collect();
        for p in &mut units[0].0[0].exterior {
            if shared.contains(p) {
                *p = west_of(p, 1_500);
            }
        }
        // The other units on this border keep their corners, so they are left out.
        units.truncate(2);
        vec![shared[0], shared[1], widened[1], widened[0]]
    };
    let area = model::grid::doubled_area(&strip);
    let exterior = if area < 0 { strip.into_iter().rev().collect() } else { strip };
    units.push(MultiPolygon(vec![model::Polygon { exterior, interiors: Vec::new() }]));
    let coverage = Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("borders are shared");
    let cutter = cutter(&coverage);
    for z in UNITS_FROM_ZOOM..=ZOOM_MAX {
        let shown = judge(&cutter, &tiles(&coverage, z, usize::MAX), None);
        assert_eq!(shown.units, BTreeSet::from([0, 1, 2]), "zoom {z}");
        assert_eq!(shown.holes, Vec::<Ring>::new(), "zoom {z}");
    }
}

#[test]
fn a_tile_inside_one_unit_is_full_and_one_beside_the_city_is_empty() {
    let coverage = CITY.coverage();
    let cutter = cutter(&coverage);
    let corner = WorldPoint::of(coverage.arcs()[0].points[0]).from_corner();
    let tile_at = |[x, y]: [i64; 2]| {
        let tile = [x, y].map(|v| (v >> 16) as u32);
        TileCoord::new(16, tile[0], tile[1]).expect("on the grid")
    };
    let away = tile_at([corner[0] - (1 << 28), corner[1]]);
    assert_eq!(cutter.cut(away, None), Cut::default());
    // A tile in the middle of a large unit holds no line at zoom 16.
    let labels: Vec<_> =
        (0..coverage.n_units() as u32).filter_map(|unit| interior_point(&coverage.polygon(unit))).collect();
    let mut n_full = 0;
    for (unit, label) in labels.iter().enumerate() {
        let cut = cutter.cut(tile_at(WorldPoint::of(*label).from_corner()), None);
        if let [(only, polygons)] = &cut.areas[..]
            && cut.lines.is_empty()
        {
            n_full += 1;
            assert_eq!(*only as usize, unit);
            assert_eq!(polygons.len(), 1);
            assert_eq!(polygons[0].exterior.len(), 4);
        }
    }
    assert!(n_full > 50, "only {n_full} units fill a tile");
}

#[test]
fn lines_part_what_they_say_they_part() {
    let coverage = CITY.coverage();
    let cutter = cutter(&coverage);
    for tile in tiles(&coverage, 10, 10) {
        let cut = cutter.cut(tile, None);
        let mut edges: BTreeMap<([i32; 2], [i32; 2]), u32> = BTreeMap::new();
        for (unit, polygons) in &cut.areas {
            for ring in polygons.iter().flat_map(|p| std::iter::once(&p.exterior).chain(&p.holes)) {
                for i in 0..ring.len() {
                    edges.insert((ring[i], ring[(i + 1) % ring.len()]), *unit);
                }
            }
        }
        for line in &cut.lines {
            assert_ne!(line.left, line.right);
            for w in line.points.windows(2) {
                // Areas run with their inside on the right as drawn.
                assert_eq!(edges.get(&(w[0], w[1])).copied(), line.right, "tile {tile}");
                assert_eq!(edges.get(&(w[1], w[0])).copied(), line.left, "tile {tile}");
            }
        }
        assert!(!cut.lines.is_empty());
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_ground_gives_valid_tiles_that_agree(
        n_side in 1_usize..9,
        n_between in 0_usize..30,
        crowding in 1.0_f64..4.0,
        seed in any::<u64>(),
    ) {
        let coverage = Ground { n_side, n_between, crowding, seed }.coverage();
        let cutter = cutter(&coverage);
        let n_left_out = usize::from(n_side > 5);
        for z in [2, 6, 7, 9, 12, 15] {
            let shown = judge(&cutter, &tiles(&coverage, z, 6), None);
            prop_assert!(shown.holes.len() <= n_left_out, "zoom {}: {:?}", z, shown.holes);
        }
        let shown = judge(&cutter, &tiles(&coverage, 7, usize::MAX), None).units;
        prop_assert_eq!(shown.len() + cutter.absorbed(7).len(), coverage.n_units());
    }
}
