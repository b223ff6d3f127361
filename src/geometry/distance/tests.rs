//! Towns of squares with bent borders, streets left out: every answer held against all pairs of segments.

use proptest::prelude::*;

use super::*;
use crate::model::{MultiPolygon, Polygon};

const SIDE: i32 = 5;
/// Grid steps; about 1.1 by 0.75 km here.
const CELL: i32 = 100_000;

const N_UNITS: usize = 12;

/// Cells that are built on, with bent corners and borders; a unit is up to three cells far apart.
fn town() -> impl Strategy<Value = Vec<MultiPolygon>> {
    let n_cells = (SIDE * SIDE) as usize;
    let n_corners = ((SIDE + 1) * (SIDE + 1)) as usize;
    let corners = prop::collection::vec((-30_000..30_000_i32, -30_000..30_000_i32), n_corners);
    let built = prop::collection::vec(prop::bool::weighted(0.6), n_cells);
    let bends = prop::collection::vec((-9_000..9_000_i32, -9_000..9_000_i32), 2 * n_corners);
    (corners, built, bends).prop_map(move |(corners, built, bends)| {
        let corner = |column: i32, row: i32| {
            let (dx, dy) = corners[(row * (SIDE + 1) + column) as usize];
            GridPoint::new(1_069_000_000 + column * CELL + dx, 479_000_000 + row * CELL + dy)
        };
        // A bend belongs to the border, whoever walks along it.
        let bend = |a: GridPoint, b: GridPoint, key: usize| {
            let (dx, dy) = bends[key];
            GridPoint::new(i32::midpoint(a.x, b.x) + dx, i32::midpoint(a.y, b.y) + dy)
        };
        let mut units = vec![MultiPolygon::default(); N_UNITS];
        for cell in (0..n_cells).filter(|&cell| built[cell]) {
            let (column, row) = (cell as i32 % SIDE, cell as i32 / SIDE);
            let at = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(dx, dy)| corner(column + dx, row + dy));
            // South and west borders have keys of this cell, north and east those of the next ones.
            let key =
                |column: i32, row: i32, is_west: usize| 2 * (row * (SIDE + 1) + column) as usize + is_west;
            let keys =
                [key(column, row, 0), key(column + 1, row, 1), key(column, row + 1, 0), key(column, row, 1)];
            let exterior = (0..4).flat_map(|i| [at[i], bend(at[i], at[(i + 1) % 4], keys[i])]).collect();
            units[cell % N_UNITS].0.push(Polygon { exterior, interiors: vec![] });
        }
        units
    })
}

fn segments(shape: &MultiPolygon) -> Vec<[Place; 2]> {
    let place = |at: GridPoint| project(Crs::Utm(48), at);
    let of_ring = |ring: &[GridPoint]| -> Vec<[Place; 2]> {
        (0..ring.len()).map(|i| [place(ring[i]), place(ring[(i + 1) % ring.len()])]).collect()
    };
    shape.rings().flat_map(|ring| of_ring(ring)).collect()
}

/// Over all pairs of segments; `None` where one has no place.
fn brute_m(a: &MultiPolygon, b: &MultiPolygon) -> Option<f64> {
    let (a, b) = (segments(a), segments(b));
    let pairs = a.iter().flat_map(|s| b.iter().map(move |t| (s, t)));
    let gap_2 = |(s, t): (&[Place; 2], &[Place; 2])| {
        if plane::cross(s[0], s[1], t[0], t[1]) {
            return 0.0;
        }
        let to = |at: Place, other: &[Place; 2]| plane::to_segment_2(at, other[0], other[1]);
        to(s[0], t).min(to(s[1], t)).min(to(t[0], s)).min(to(t[1], s))
    };
    pairs.map(gap_2).reduce(f64::min).map(f64::sqrt)
}

fn coverage(units: &[MultiPolygon]) -> Option<Coverage> {
    Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).ok()
}

fn touching(coverage: &Coverage, unit: u32) -> Vec<u32> {
    coverage.neighbours(unit).iter().map(|n| n.unit).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_walk_finds_what_all_pairs_of_segments_say(
        units in town(), limit in 1..14_usize, within_m in prop::option::of(0.0..3_000.0),
    ) {
        let Some(coverage) = coverage(&units) else { return Err(TestCaseError::reject("borders cross")) };
        let outlines = Outlines::new(&coverage, Crs::Utm(48));
        let reach = Reach { limit, within_m: within_m.unwrap_or(f64::INFINITY) };
        for unit in 0..units.len() as u32 {
            let mut expected: Vec<(f64, u32)> = (0..units.len() as u32)
                .filter(|&other| other != unit)
                .filter_map(|other| Some((brute_m(&units[unit as usize], &units[other as usize])?, other)))
                .filter(|&(distance_m, _)| distance_m <= reach.within_m)
                .collect();
            expected.sort_by(|a, b| a.partial_cmp(b).expect("finite"));
            expected.truncate(limit);
            let found = outlines.nearest(unit, &touching(&coverage, unit), reach, |_| true);
            prop_assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                prop_assert!((found.distance_m - expected.0).abs() < 1e-7, "{found:?} {expected:?}");
                prop_assert_eq!(found.unit, expected.1);
                let again = outlines.distance_m(unit, found.unit).expect("both have a place");
                prop_assert!((again - expected.0).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn the_unit_nearest_to_a_place_is_that_of_all_segments(units in town(), x in -2..7_i32, y in -2..7_i32) {
        let Some(coverage) = coverage(&units) else { return Err(TestCaseError::reject("borders cross")) };
        let outlines = Outlines::new(&coverage, Crs::Utm(48));
        let at = outlines.place(GridPoint::new(1_069_012_345 + x * CELL, 479_054_321 + y * CELL));
        let distance = |shape: &MultiPolygon| {
            segments(shape).iter().map(|s| plane::to_segment_2(at, s[0], s[1])).reduce(f64::min).map(f64::sqrt)
        };
        let mut expected: Vec<(f64, u32)> =
            (0..).zip(&units).filter_map(|(i, shape)| Some((distance(shape)?, i))).collect();
        expected.sort_by(|a, b| a.partial_cmp(b).expect("finite"));
        let found = outlines.nearest_to(at, Reach::nearest(3));
        expected.truncate(3);
        prop_assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            prop_assert!((found.distance_m - expected.0).abs() < 1e-7, "{found:?} {expected:?}");
        }
    }
}

#[test]
fn a_unit_without_a_place_is_near_nobody() {
    let square = |x: i32| {
        let corner = |dx: i32, dy: i32| GridPoint::new(1_069_000_000 + x + dx, 479_000_000 + dy);
        let exterior = vec![corner(0, 0), corner(CELL, 0), corner(CELL, CELL), corner(0, CELL)];
        MultiPolygon(vec![Polygon { exterior, interiors: vec![] }])
    };
    let units = [square(0), MultiPolygon::default(), square(3 * CELL)];
    let outlines = Outlines::new(&coverage(&units).expect("matches"), Crs::Utm(48));
    assert!(outlines.nearest(1, &[], Reach::nearest(9), |_| true).is_empty());
    assert_eq!((outlines.distance_m(0, 1), outlines.n_units()), (None, 3));
    let found = outlines.nearest(0, &[], Reach::nearest(9), |_| true);
    assert_eq!(found.iter().map(|f| f.unit).collect::<Vec<_>>(), [2]);
    assert!(
        outlines
            .nearest(0, &[], Reach { limit: 9, within_m: found[0].distance_m - 0.001 }, |_| true)
            .is_empty()
    );
}
