//! Neighbours of every khoroo of both vintages of the demo, held against brute force and PostGIS.

mod ask;
mod postgis;

use hlp_tracker::geometry::distance::Place;
use hlp_tracker::model::{GridPoint, MultiPolygon};
use hlp_tracker::neighbours::{self, Contiguity, Neighbour, Reach};
use hlp_tracker::snapshot::{Geography, PLANE, Snapshot};

use crate::support::demo;

pub fn vintages(snapshot: &Snapshot) -> Vec<&Geography> {
    let geographies: Vec<&Geography> = snapshot.vintages.iter().map(|view| view.geography.as_ref()).collect();
    assert_eq!(geographies.iter().map(|g| g.khoroos.len()).collect::<Vec<_>>(), [171, 204]);
    assert!(geographies.iter().all(|g| g.coverage.is_some()), "both have lines");
    geographies
}

/// A khoroo's border in the plane, vertex by vertex, with the box around it.
struct Border {
    segments: Vec<[Place; 2]>,
    low: Place,
    high: Place,
}

impl Border {
    fn of(shape: &MultiPolygon) -> Self {
        let place = |at: GridPoint| {
            let (x, y) = PLANE.from_degrees(at.lon(), at.lat());
            [x, y]
        };
        let of_ring = |ring: &[GridPoint]| -> Vec<[Place; 2]> {
            (0..ring.len()).map(|i| [place(ring[i]), place(ring[(i + 1) % ring.len()])]).collect()
        };
        let segments: Vec<[Place; 2]> = shape.rings().flat_map(|ring| of_ring(ring)).collect();
        let extreme = |axis: usize, start: f64, pick: fn(f64, f64) -> f64| {
            segments.iter().map(|s| s[0][axis]).fold(start, pick)
        };
        let low = [extreme(0, f64::INFINITY, f64::min), extreme(1, f64::INFINITY, f64::min)];
        let high = [extreme(0, f64::NEG_INFINITY, f64::max), extreme(1, f64::NEG_INFINITY, f64::max)];
        Self { segments, low, high }
    }

    /// Over all vertices of one and segments of the other; vertices too far from the other's box are passed
    /// over, or all pairs of a city would take minutes.
    fn distance_m(&self, other: &Self) -> f64 {
        let mut best = f64::INFINITY;
        for (from, to) in [(self, other), (other, self)] {
            for [at, _] in &from.segments {
                let outside = |i: usize| (to.low[i] - at[i]).max(at[i] - to.high[i]).max(0.0);
                if outside(0).hypot(outside(1)) < best {
                    best = to.segments.iter().map(|segment| to_segment_m(*at, segment)).fold(best, f64::min);
                }
            }
        }
        best
    }
}

fn to_segment_m(at: Place, [a, b]: &[Place; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let t = (((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (at[0] - a[0] - t * dx).hypot(at[1] - a[1] - t * dy)
}

/// Rounding of coordinates of some million metres.
const NEAR_M: f64 = 1e-6;

/// Asserts that `found` are the nearest of `all`, which are distances by khoroo.
fn check_nearest(found: &[Neighbour], all: &[f64], own: usize, reach: Reach) {
    let mut expected: Vec<(f64, usize)> =
        all.iter().copied().zip(0..).filter(|&(_, other)| other != own).collect();
    expected.retain(|&(distance_m, _)| distance_m <= reach.within_m);
    expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    expected.truncate(reach.limit);
    assert_eq!(found.len(), expected.len(), "khoroo {own}, {reach:?}");
    for (found, &(distance_m, other)) in found.iter().zip(&expected) {
        assert!((found.distance_m - distance_m).abs() < NEAR_M, "khoroo {own}: {found:?}, {distance_m} m");
        // Two that are equally far may change places with the last bit of their distance.
        let is_same = found.khoroo == other || (all[found.khoroo] - distance_m).abs() < NEAR_M;
        assert!(is_same, "khoroo {own}: {found:?}, khoroo {other}");
        if distance_m == 0.0 {
            assert_eq!(found.khoroo, other, "those that touch stand in the city's order");
        }
    }
}

#[test]
fn the_nearest_are_those_of_brute_force_for_every_khoroo() {
    let snapshot = demo::snapshot(204);
    for geography in vintages(&snapshot) {
        let borders: Vec<Border> = geography.shapes.iter().map(Border::of).collect();
        let n = borders.len();
        let mut all = vec![vec![0.0; n]; n];
        for a in 0..n {
            for b in 0..a {
                // Both have the vertices of a common border, projected alike, so touching is 0 exactly.
                all[a][b] = borders[a].distance_m(&borders[b]);
                all[b][a] = all[a][b];
            }
        }
        for (own, all) in all.iter().enumerate() {
            for limit in [1, 8, 50] {
                let reach = Reach { limit, within_m: f64::INFINITY };
                check_nearest(&neighbours::by_distance(geography, own, reach), all, own, reach);
            }
            for within_m in [0.0, 700.0, 20_000.0] {
                let reach = Reach { limit: n, within_m };
                check_nearest(&neighbours::by_distance(geography, own, reach), all, own, reach);
            }
            let across = neighbours::across_gap(geography, own);
            let beyond = (0..n).filter(|&other| geography.piece_of[other] != geography.piece_of[own]);
            let nearest = beyond.map(|other| all[other]).fold(f64::INFINITY, f64::min);
            match across {
                Some(found) => assert!((found.distance_m - nearest).abs() < NEAR_M, "{found:?}, {nearest} m"),
                None => assert_eq!(geography.piece_of[own], 0),
            }
        }
    }
}

#[test]
fn each_exclave_has_its_nearest_across_the_gap() {
    let snapshot = demo::snapshot(204);
    for geography in vintages(&snapshot) {
        let exclaves: Vec<&str> = geography
            .khoroos
            .iter()
            .enumerate()
            .filter(|&(idx, _)| neighbours::across_gap(geography, idx).is_some())
            .map(|(_, unit)| unit.district.as_str())
            .collect();
        assert!(exclaves.contains(&"bn") && exclaves.contains(&"bkh"), "{exclaves:?}");
        assert!(exclaves.len() < geography.khoroos.len() / 10, "{exclaves:?}");
    }
}

#[test]
fn borders_are_the_same_from_both_sides_and_the_longest_come_first() {
    let snapshot = demo::snapshot(204);
    for geography in vintages(&snapshot) {
        for own in 0..geography.khoroos.len() {
            let queen = neighbours::by_border(geography, own, Contiguity::Queen);
            let rook = neighbours::by_border(geography, own, Contiguity::Rook);
            assert!(queen.is_sorted_by(|a, b| (b.border_m, a.khoroo) <= (a.border_m, b.khoroo)));
            assert_eq!(rook, queen.iter().copied().filter(|n| n.border_m > 0.0).collect::<Vec<_>>());
            for n in &queen {
                let back = neighbours::by_border(geography, n.khoroo, Contiguity::Queen);
                assert!(back.iter().any(|b| (b.khoroo, b.border_m) == (own, n.border_m)), "{own} {n:?}");
            }
        }
    }
}

#[test]
fn offices_are_near_as_brute_force_says() {
    let snapshot = demo::snapshot(204);
    for view in &snapshot.vintages {
        let (geography, offices) = (&view.geography, &view.offices);
        let places: Vec<Option<Place>> =
            (0..geography.khoroos.len()).map(|idx| offices.metres(idx)).collect();
        assert!(places.iter().flatten().count() > 100, "the demo has offices");
        for (own, place) in places.iter().enumerate() {
            let reach = Reach { limit: 8, within_m: 30_000.0 };
            let found = neighbours::between_offices(geography, offices, own, reach);
            let Some(place) = place else {
                assert_eq!(found, None);
                continue;
            };
            let distance = |at: &Option<Place>| {
                at.map_or(f64::INFINITY, |at| (at[0] - place[0]).hypot(at[1] - place[1]))
            };
            let all: Vec<f64> = places.iter().map(distance).collect();
            check_nearest(&found.expect("an office"), &all, own, reach);
        }
    }
}

#[test]
fn a_place_on_a_border_has_the_first_khoroo_of_its_sides_and_one_outside_the_nearest() {
    let snapshot = demo::snapshot(204);
    for geography in vintages(&snapshot) {
        let coverage = geography.coverage.as_ref().expect("lines");
        let borders: Vec<Border> = geography.shapes.iter().map(Border::of).collect();
        let mut n_outer = 0;
        for arc in coverage.arcs() {
            let middle = arc.points[arc.points.len() / 2];
            if arc.points.len() > 2 {
                let first = [arc.left, arc.right].into_iter().flatten().min().map(|unit| unit as usize);
                assert_eq!(geography.locate(middle), first, "{middle:?}");
            }
            // Far outside, straight out from the city's outer border.
            let far = GridPoint::new(middle.x + 20_000_000, middle.y + 9_000_000);
            if arc.left.is_some() != arc.right.is_some() && geography.locate(far).is_none() && n_outer < 60 {
                n_outer += 1;
                let (x, y) = PLANE.from_degrees(far.lon(), far.lat());
                let to = |border: &Border| {
                    border.segments.iter().map(|s| to_segment_m([x, y], s)).fold(f64::INFINITY, f64::min)
                };
                let nearest = borders.iter().map(to).fold(f64::INFINITY, f64::min);
                let (khoroo, distance_m) = neighbours::nearest_to(geography, far).expect("near enough");
                assert!(
                    (distance_m - nearest).abs() < NEAR_M && (to(&borders[khoroo]) - nearest).abs() < NEAR_M
                );
            }
        }
        assert!(n_outer > 5, "{n_outer} places outside");
        assert_eq!(neighbours::nearest_to(geography, GridPoint::new(0, 0)), None, "half the world away");
    }
}
