//! Ground outside that only rounding closes in: no tile has a hole that the coverage has not.

use std::collections::BTreeMap;

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{CleanOptions, Gaps, clean};
use hlp_tracker::geometry::cut::{TileCutter, UNITS_FROM_ZOOM};
use hlp_tracker::geometry::simplify::Simplification;
use hlp_tracker::model::tile::ZOOM_MAX;
use hlp_tracker::model::{GridPoint, MultiPolygon, Polygon, Ring as Line, TileCoord};
use proptest::prelude::*;

use super::cutting::{cutter, judge, lost, tiles, tiles_around};
use super::dirty::{Dirty, channel, everything};
use super::ground::{MIDDLE, Random};
use super::verdict::{Ring, doubled_ring};
use crate::support::cases;

/// No more tiles are judged at a zoom.
const TILES_JUDGED: usize = 80;

/// All tiles that a coverage's box touches if they are few, otherwise tiles with vertices.
fn tiles_of(coverage: &Coverage, z: u8) -> Vec<TileCoord> {
    let found = tiles(coverage, z, usize::MAX);
    let numbers = |number: fn(&TileCoord) -> u32| {
        let all = found.iter().map(number);
        all.clone().min().expect("ground")..=all.max().expect("ground")
    };
    let (xs, ys) = (numbers(|tile| tile.x()), numbers(|tile| tile.y()));
    if xs.clone().count() * ys.clone().count() > TILES_JUDGED {
        return tiles(coverage, z, TILES_JUDGED);
    }
    let tile = |x, y| TileCoord::new(u32::from(z), x, y).expect("on the grid");
    xs.flat_map(|x| ys.clone().map(move |y| tile(x, y))).collect()
}

/// Everything that holds of a cleaned coverage without gaps, at every zoom of units.
fn judge_whole(coverage: &Coverage) {
    let cutter = cutter(coverage);
    for z in UNITS_FROM_ZOOM..=ZOOM_MAX {
        let shown = judge(&cutter, &tiles_of(coverage, z), None);
        assert_eq!(shown.holes, Vec::<Ring>::new(), "zoom {z}");
        let absorbed: Vec<u64> = cutter.absorbed(z).iter().map(|&unit| u64::from(unit)).collect();
        // A pin may lie in the tile beside its unit's label.
        let lost: Vec<u64> = lost(&cutter, coverage, z);
        let gone: Vec<u64> = lost.into_iter().filter(|unit| !shown.units.contains(unit)).collect();
        assert_eq!(gone, absorbed, "zoom {z}");
    }
}

fn square(x: i32, y: i32, width: i32, height: i32) -> Line {
    let at = |dx: i32, dy: i32| GridPoint::new(MIDDLE.0 as i32 + x + dx, MIDDLE.1 as i32 + y + dy);
    vec![at(0, 0), at(width, 0), at(width, height), at(0, height)]
}

fn unit(exterior: Line) -> MultiPolygon {
    MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
}

#[test]
fn the_open_end_of_a_doubled_border_leaves_no_hole_at_any_zoom() {
    for apart in [8, 40, 200, 1_000] {
        let units = channel(apart, false);
        let cleaned = clean(&units, &CleanOptions::default()).expect("nothing to decide");
        assert!(cleaned.report.gaps.is_empty(), "it is open to the outside");
        judge_whole(&cleaned.coverage);
    }
}

#[test]
fn a_kept_gap_stays_one_hole_where_it_has_room() {
    let units = channel(20_000, true);
    let keep = CleanOptions { gaps: Some(Gaps::Keep), ..everything() };
    let cleaned = clean(&units, &keep).expect("told what to do");
    assert_eq!(cleaned.report.kept_gaps, 1);
    let cutter = cutter(&cleaned.coverage);
    let coverage = cleaned.coverage;
    let n_holes: BTreeMap<u8, usize> = (UNITS_FROM_ZOOM..=ZOOM_MAX)
        .map(|z| (z, judge(&cutter, &tiles_of(&coverage, z), None).holes.len()))
        .collect();
    assert!(n_holes.values().all(|&n| n <= 1), "{n_holes:?}");
    assert!((11..=ZOOM_MAX).all(|z| n_holes[&z] == 1), "{n_holes:?}");
}

#[test]
fn a_filled_gap_leaves_no_hole() {
    let filled = clean(&channel(2_000, true), &everything()).expect("told what to do");
    assert_eq!(filled.report.gaps.len(), 1);
    judge_whole(&filled.coverage);
}

#[test]
fn a_bay_wide_enough_to_be_seen_stays_outside_and_an_island_in_a_pocket_stays_an_island() {
    // A frame around a square bay, its mouth 20 steps (20 cm) wide; an island in the bay.
    let frame = |bay: i32| {
        let (thick, mouth) = (20_000, 10);
        let side = bay + 2 * thick;
        let at = |x: i32, y: i32| GridPoint::new(MIDDLE.0 as i32 + x, MIDDLE.1 as i32 + y);
        let half = side / 2;
        let west = vec![
            at(0, 0),
            at(half - mouth, 0),
            at(half - mouth, thick),
            at(thick, thick),
            at(thick, thick + bay),
            at(half, thick + bay),
            at(half, side),
            at(0, side),
        ];
        let east = vec![
            at(half + mouth, 0),
            at(side, 0),
            at(side, side),
            at(half, side),
            at(half, thick + bay),
            at(thick + bay, thick + bay),
            at(thick + bay, thick),
            at(half + mouth, thick),
        ];
        let island = square(half - bay / 8, thick + bay / 4, bay / 4, bay / 4);
        vec![unit(west), unit(east), unit(island)]
    };
    // Zoom 12: a cell is 215 steps wide.
    for (cells, n_holes) in [(40, 0), (100, 0), (600, 1)] {
        let units = frame(cells * 215);
        let coverage = Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("borders match");
        let cutter = cutter(&coverage);
        let shown = judge(&cutter, &tiles_of(&coverage, 12), None);
        assert_eq!(shown.holes.len(), n_holes, "a bay {cells} cells wide");
        assert_eq!(shown.units.len(), 3);
    }
}

#[test]
fn pockets_are_the_same_whatever_is_computed_first_and_by_whom() {
    let ground = Dirty { n_side: 5, width: 400_000.0, n_between: 6, shake: 60, apart: 30.0, seed: 4 };
    let coverage = ground.cleaned().coverage;
    let all: Vec<TileCoord> = [9, 12, 14].iter().flat_map(|&z| tiles_of(&coverage, z)).collect();
    let forwards = cutter(&coverage);
    let expected: Vec<_> = all.iter().map(|&tile| forwards.cut(tile, None)).collect();
    let backwards = cutter(&coverage);
    let mut found: Vec<_> = all.iter().rev().map(|&tile| backwards.cut(tile, None)).collect();
    found.reverse();
    assert!(found == expected, "the order of tiles");
    let n_threads = 4;
    let together: Vec<_> = std::thread::scope(|scope| {
        let (all, cutter) = (&all, &backwards);
        let work = |first: usize| {
            move || -> Vec<_> {
                all[first..].iter().step_by(n_threads).map(|&t| cutter.cut(t, None)).collect()
            }
        };
        let threads: Vec<_> = (0..n_threads).map(|first| scope.spawn(work(first))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    for (i, cut) in expected.iter().enumerate() {
        assert!(&together[i % n_threads][i / n_threads] == cut, "tile {}", all[i]);
    }
}

/// Areas of a tile as units of `order`, rings from their least vertex.
fn drawn(cutter: &TileCutter, tile: TileCoord, order: &[usize]) -> BTreeMap<usize, Vec<Vec<Ring>>> {
    let from_least = |mut ring: Ring| {
        let least = (0..ring.len()).min_by_key(|&i| ring[i]).expect("a ring");
        ring.rotate_left(least);
        ring
    };
    let areas = cutter.cut(tile, None).areas.into_iter().map(|(unit, parts)| {
        let mut parts: Vec<Vec<Ring>> = parts
            .into_iter()
            .map(|part| {
                let mut holes: Vec<Ring> = part.holes.into_iter().map(from_least).collect();
                holes.sort();
                std::iter::once(from_least(part.exterior)).chain(holes).collect()
            })
            .collect();
        parts.sort();
        (order[unit as usize], parts)
    });
    areas.collect()
}

#[test]
fn tiles_are_the_same_in_whatever_order_units_and_vertices_come() {
    let ground = Dirty { n_side: 5, width: 400_000.0, n_between: 6, shake: 60, apart: 30.0, seed: 4 };
    let units = ground.cleaned().units;
    let expected_from = Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("borders match");
    let tiles: Vec<TileCoord> = [6, 9, 12, 14].iter().flat_map(|&z| tiles_of(&expected_from, z)).collect();
    let in_order: Vec<usize> = (0..units.len()).collect();
    let forwards = cutter(&expected_from);
    assert!((UNITS_FROM_ZOOM..=ZOOM_MAX).any(|z| forwards.n_pockets(z) > 0), "nothing to decide");
    let mut random = Random(11);
    for _ in 0..4 {
        let mut order = in_order.clone();
        order.sort_by_cached_key(|_| random.draw().to_bits());
        let mut turned: Vec<MultiPolygon> = order.iter().map(|&unit| units[unit].clone()).collect();
        for unit in &mut turned {
            unit.0.reverse();
            for part in &mut unit.0 {
                let n = part.exterior.len();
                part.exterior.rotate_left((random.draw().abs() * n as f64) as usize % n);
                part.interiors.reverse();
            }
        }
        let coverage = Coverage::from_polygons(&turned.iter().collect::<Vec<_>>()).expect("borders match");
        let shuffled = cutter(&coverage);
        for &tile in &tiles {
            assert!(drawn(&shuffled, tile, &order) == drawn(&forwards, tile, &in_order), "tile {tile}");
        }
    }
}

#[test]
fn districts_and_borders_know_nothing_of_a_filled_pocket() {
    let units = channel(40, false);
    let coverage = clean(&units, &CleanOptions::default()).expect("nothing to decide").coverage;
    let one_district = [0, 0];
    let cutter = TileCutter::new(&coverage, Simplification::new(&coverage), Some(&one_district));
    for z in 0..=ZOOM_MAX {
        for tile in tiles_around(coverage.arcs().iter().flat_map(|arc| arc.points.iter().copied()), z) {
            let arrangement = cutter.arrange(tile);
            let khoroos = arrangement.cut(None);
            let districts =
                if z < UNITS_FROM_ZOOM { khoroos.clone() } else { arrangement.cut(Some(&one_district)) };
            let is_closed = |line: &&hlp_tracker::geometry::cut::CutLine| {
                line.points.first() == line.points.last()
                    && doubled_ring(&line.points[1..].to_vec()).abs() < 4 * 4096
            };
            if z >= 10 {
                assert_eq!(districts.lines.iter().filter(is_closed).count(), 0, "tile {tile}");
                assert_eq!(khoroos.lines.iter().filter(is_closed).count(), 0, "tile {tile}");
            }
            let holes = |areas: &[(u32, Vec<hlp_tracker::geometry::cut::CutPolygon>)]| {
                areas.iter().flat_map(|(_, parts)| parts).map(|part| part.holes.len()).sum::<usize>()
            };
            assert_eq!((holes(&khoroos.areas), holes(&districts.areas)), (0, 0), "tile {tile}");
        }
    }
}

#[test]
fn the_smallest_dirty_city_has_pockets_to_fill() {
    // Without them the tests beside this one would prove nothing.
    let coverage = clean(&channel(40, false), &CleanOptions::default()).expect("nothing to decide").coverage;
    let cutter = cutter(&coverage);
    let filled = (UNITS_FROM_ZOOM..=ZOOM_MAX).filter(|&z| cutter.n_pockets(z) > 0).count();
    assert!(filled >= 2, "pockets at {filled} zooms");
}

#[test]
fn tiles_agree_where_a_border_runs_within_half_a_cell_of_a_corner() {
    let ground = Dirty {
        n_side: 5,
        width: 2_729_345.667,
        n_between: 5,
        shake: 9_850,
        apart: 1_194.629,
        seed: 8_290_448_810_788_521_081,
    };
    let coverage = ground.cleaned().coverage;
    let tile = |x, y| TileCoord::new(14, x, y).expect("on the grid");
    let tiles: Vec<TileCoord> =
        (13_058..=13_060).flat_map(|x| (5_705..=5_709).map(move |y| tile(x, y))).collect();
    assert!(judge(&cutter(&coverage), &tiles, None).units.len() > 1);
}

#[test]
fn a_city_of_a_few_cells_full_of_pins_has_no_hole_between_them() {
    for (n_side, width_log, n_between, apart, seed) in [
        (5, 4.5, 0, 0.014_425_775_645_184_28, 155_577_833_716_514_451),
        (5, 4.5, 0, 0.018_861_129_655_590_766, 1_968_360_164_314_281),
        (5, 4.5, 7, 0.013_329_292_751_851_742, 12_731_579_691_888_256_636),
        // Between two walls that are thinner than a cell.
        (4, 4.612_011_071_237_095, 1, 0.017_546_541_389_630_726, 2_104_174_111_704_017_261),
    ] {
        let width = 10_f64.powf(width_log);
        let apart = apart * width / n_side as f64;
        let coverage = Dirty { n_side, width, n_between, shake: 0, apart, seed }.cleaned().coverage;
        judge_whole(&coverage);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn boundaries_of_careless_hands_give_whole_tiles(
        n_side in 1_usize..6,
        width_log in 4.5_f64..6.6,
        n_between in 0_usize..14,
        // Parts of a unit's width.
        shake in 0.0_f64..0.02,
        apart in 0.0_f64..0.02,
        seed in any::<u64>(),
    ) {
        let width = 10_f64.powf(width_log);
        let step = width / n_side as f64;
        // What opens between two hands stays narrower than a bay that is wide enough to be seen.
        let (shake, apart) = ((shake * step).min(300.0) as i32, (apart * step).min(600.0));
        let ground = Dirty { n_side, width, n_between, shake, apart, seed };
        judge_whole(&ground.cleaned().coverage);
    }
}
