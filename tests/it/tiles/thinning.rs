//! Simplification: what goes at which zoom, and what never may.

use hlp_tracker::geometry::simplify::{LevelArc, Simplification, WorldPoint};
use hlp_tracker::model::tile::ZOOM_MAX;

use super::ground::{CITY, Ground};

fn turn(a: WorldPoint, b: WorldPoint, p: WorldPoint) -> i128 {
    let d = |from: i32, to: i32| i128::from(to) - i128::from(from);
    d(a.x, b.x) * d(a.y, p.y) - d(a.x, p.x) * d(a.y, b.y)
}

/// Pairs of segments of a zoom that cross inside both, swept from west to east.
fn n_crossings(arcs: &[LevelArc], z: u8) -> usize {
    let mut segments: Vec<[WorldPoint; 2]> = Vec::new();
    for arc in arcs {
        let live: Vec<WorldPoint> = arc.live(z).collect();
        segments.extend(live.windows(2).map(|w| [w[0].min(w[1]), w[0].max(w[1])]));
    }
    segments.sort_unstable();
    let mut n_crossings = 0;
    let mut active: Vec<[WorldPoint; 2]> = Vec::new();
    for [a, b] in segments {
        active.retain(|[_, end]| end.x >= a.x);
        for &[c, d] in &active {
            let parts = |a, b, c, d| turn(a, b, c).signum() * turn(a, b, d).signum() < 0;
            n_crossings += usize::from(parts(a, b, c, d) && parts(c, d, a, b));
        }
        active.push([a, b]);
    }
    n_crossings
}

/// Twice the area of each unit at a zoom.
fn areas(simplification: &Simplification, z: u8) -> Vec<i128> {
    let mut areas = vec![0; simplification.n_units()];
    for arc in simplification.arcs() {
        let live: Vec<WorldPoint> = arc.live(z).collect();
        let product = |p: i32, q: i32| i128::from(p) * i128::from(q);
        let sum: i128 = live.windows(2).map(|w| product(w[0].x, w[1].y) - product(w[1].x, w[0].y)).sum();
        for (unit, sign) in [(arc.right, 1), (arc.left, -1)] {
            if let Some(unit) = unit {
                areas[unit as usize] += sign * sum;
            }
        }
    }
    areas
}

#[test]
fn lines_never_cross_at_any_zoom() {
    let few_long = Ground { n_side: 5, n_between: 120, crowding: 1.0, seed: 3 };
    let many = Ground { n_side: 30, n_between: 40, crowding: 1.5, seed: 4 };
    for ground in [CITY, few_long, many] {
        let simplification = Simplification::new(&ground.coverage());
        for z in 0..=ZOOM_MAX {
            assert_eq!(n_crossings(simplification.arcs(), z), 0, "zoom {z}");
        }
    }
}

#[test]
fn no_unit_falls_under_half_of_its_area() {
    let simplification = Simplification::new(&CITY.coverage());
    let whole = areas(&simplification, ZOOM_MAX + 1);
    for z in 0..=ZOOM_MAX {
        for (unit, (now, at_first)) in areas(&simplification, z).iter().zip(&whole).enumerate() {
            assert!(2 * now >= *at_first, "unit {unit} at zoom {z}: {now} of {at_first}");
        }
    }
}

#[test]
fn ends_stay_and_each_zoom_adds_vertices() {
    let simplification = Simplification::new(&CITY.coverage());
    for arc in simplification.arcs() {
        assert_eq!((arc.first_zoom.first(), arc.first_zoom.last()), (Some(&0), Some(&0)));
        assert_eq!(arc.first_zoom.len(), arc.points.len());
    }
    let n_live: Vec<usize> = (0..=ZOOM_MAX).map(|z| simplification.n_live(z)).collect();
    assert!(n_live.is_sorted(), "{n_live:?}");
    assert!(n_live[0] < n_live[9] && n_live[9] < n_live[16], "{n_live:?}");
}

#[test]
fn zoom_9_keeps_less_than_a_quarter_of_dense_lines() {
    let ground = Ground { n_side: 12, n_between: 200, crowding: 2.0, seed: 2 };
    let simplification = Simplification::new(&ground.coverage());
    let n_all: usize = simplification.arcs().iter().map(|arc| arc.points.len()).sum();
    let n_live = simplification.n_live(9);
    assert!(4 * n_live < n_all, "{n_live} of {n_all}");
}

#[test]
fn simplification_does_not_depend_on_the_order_of_units() {
    let ground = Ground { n_side: 4, n_between: 20, crowding: 1.5, seed: 9 };
    let units = ground.units();
    let forward: Vec<_> = units.iter().collect();
    let backward: Vec<_> = units.iter().rev().collect();
    let lines = |units: &[&hlp_tracker::model::MultiPolygon]| {
        let coverage =
            hlp_tracker::geometry::coverage::Coverage::from_polygons(units).expect("shared borders");
        let mut lines: Vec<Vec<WorldPoint>> = Simplification::new(&coverage)
            .arcs()
            .iter()
            .map(|arc| {
                let live: Vec<WorldPoint> = arc.live(10).collect();
                let reversed: Vec<WorldPoint> = live.iter().rev().copied().collect();
                live.min(reversed)
            })
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&forward), lines(&backward));
}
