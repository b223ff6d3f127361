//! Cleaning held against brute force on generated faults, and the real file's faults repaired.

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{CleanOptions, Cleaned, Gaps, Resolve, clean};
use hlp_tracker::model::grid::doubled_area;
use hlp_tracker::model::{GridPoint, MultiPolygon, Polygon, Ring};
use proptest::prelude::*;

use crate::support::{cases, published};

/// Cells of the generated town, each `CELL` grid steps wide.
const COLUMNS: i32 = 3;
const ROWS: i32 = 3;
const CELL: i32 = 40;
/// Snapping and rounding move borders by less than this many steps.
const NEAR_STEPS: f64 = 4.0;

fn everything() -> CleanOptions {
    CleanOptions { resolve: Some(Resolve::Smaller), gaps: Some(Gaps::Fill), ..CleanOptions::default() }
}

/// A town whose units draw their common borders each with a hand of its own: slivers, T-junctions,
/// double borders a step apart, spikes, a unit inside another, and an island.
fn town() -> impl Strategy<Value = Vec<MultiPolygon>> {
    let corners = proptest::collection::vec((-6..=6_i32, -6..=6_i32), ((COLUMNS + 1) * (ROWS + 1)) as usize);
    let hands = proptest::collection::vec(
        (0..4_usize, -3..=3_i32, -3..=3_i32, 0..9_u8),
        (COLUMNS * ROWS * 4) as usize,
    );
    (corners, hands).prop_map(|(corners, hands)| {
        let corner = |column: i32, row: i32| {
            let (dx, dy) = corners[(row * (COLUMNS + 1) + column) as usize];
            GridPoint::new(column * CELL + dx, row * CELL + dy)
        };
        let mut units = Vec::new();
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let square = [
                    corner(column, row),
                    corner(column + 1, row),
                    corner(column + 1, row + 1),
                    corner(column, row + 1),
                ];
                let mut ring = Vec::new();
                for side in 0..4 {
                    let (a, b) = (square[side], square[(side + 1) % 4]);
                    let (n_extra, dx, dy, fault) = hands[units.len() * 4 + side];
                    ring.push(a);
                    for k in 1..=n_extra as i32 {
                        let n = n_extra as i32 + 1;
                        ring.push(GridPoint::new(
                            a.x + (b.x - a.x) * k / n + dx,
                            a.y + (b.y - a.y) * k / n + dy,
                        ));
                    }
                    match fault {
                        // A spike out and back, a repeated point.
                        0 => ring
                            .extend([GridPoint::new(a.x + 9 * dx, a.y + 9 * dy), *ring.last().expect("a")]),
                        1 => ring.push(*ring.last().expect("a")),
                        _ => {}
                    }
                }
                units.push(MultiPolygon(vec![Polygon { exterior: ring, interiors: vec![] }]));
            }
        }
        let square = |x: i32, y: i32, size: i32| -> Ring {
            [(0, 0), (size, 0), (size, size), (0, size)]
                .iter()
                .map(|(dx, dy)| GridPoint::new(x + dx, y + dy))
                .collect()
        };
        // One inside the middle unit, drawn a step larger than its hole, and with a far part.
        let (middle, size) = (3 * CELL / 2 - 6, 12);
        units[4].0[0].interiors.push(square(middle, middle, size - 1));
        let part = |exterior| Polygon { exterior, interiors: vec![] };
        units.push(MultiPolygon(vec![part(square(middle, middle, size)), part(square(300, 300, 20))]));
        units
    })
}

/// Even–odd over the rings of one polygon.
fn is_inside(part: &Polygon, p: GridPoint) -> bool {
    let mut is_inside = false;
    for ring in part.rings() {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let x = f64::from(a.x) + f64::from(b.x - a.x) * f64::from(p.y - a.y) / f64::from(b.y - a.y);
            if (a.y > p.y) != (b.y > p.y) && f64::from(p.x) < x {
                is_inside = !is_inside;
            }
        }
    }
    is_inside
}

fn holders(units: &[MultiPolygon], p: GridPoint) -> Vec<u32> {
    (0..)
        .zip(units)
        .filter(|(_, unit)| unit.0.iter().any(|part| is_inside(part, p)))
        .map(|(i, _)| i)
        .collect()
}

fn is_near_a_border(units: &[MultiPolygon], p: GridPoint) -> bool {
    units.iter().flat_map(MultiPolygon::rings).any(|ring| {
        ring.iter().zip(ring.iter().cycle().skip(1)).any(|(a, b)| {
            let (dx, dy) = (f64::from(b.x - a.x), f64::from(b.y - a.y));
            let (ex, ey) = (f64::from(p.x - a.x), f64::from(p.y - a.y));
            let t = ((ex * dx + ey * dy) / (dx * dx + dy * dy).max(1.0)).clamp(0.0, 1.0);
            (ex - t * dx).hypot(ey - t * dy) < NEAR_STEPS
        })
    })
}

fn sum_of_areas(units: &[MultiPolygon]) -> i128 {
    units.iter().flat_map(MultiPolygon::rings).map(|ring| doubled_area(ring)).sum()
}

fn union(coverage: &Coverage) -> MultiPolygon {
    coverage.dissolve(&vec![0; coverage.n_units()]).pop().unwrap_or_default()
}

/// Twice the area of the union and the number of its holes, by a library that has none of our code.
fn united_by_others(units: &[MultiPolygon]) -> (f64, usize) {
    use geo::Area;
    // Near the origin, so that no digit is lost.
    let Some(origin) = units.iter().flat_map(MultiPolygon::rings).flatten().min() else { return (0.0, 0) };
    let line = |ring: &Ring| -> geo::LineString {
        ring.iter().map(|p| (f64::from(p.x - origin.x), f64::from(p.y - origin.y))).collect()
    };
    let polygon =
        |part: &Polygon| geo::Polygon::new(line(&part.exterior), part.interiors.iter().map(line).collect());
    let parts: Vec<geo::Polygon> = units.iter().flat_map(|unit| &unit.0).map(polygon).collect();
    let union = geo::unary_union(&parts);
    (2.0 * union.unsigned_area(), union.iter().map(|part| part.interiors().len()).sum())
}

/// What holds of every cleaned coverage.
fn check_clean(cleaned: &Cleaned, options: &CleanOptions) {
    let again = Coverage::from_polygons(&cleaned.units.iter().collect::<Vec<_>>()).expect("borders match");
    assert_eq!(again.arcs(), cleaned.coverage.arcs());
    let union = union(&again);
    let sum = sum_of_areas(&cleaned.units);
    assert_eq!(sum, sum_of_areas(std::slice::from_ref(&union)), "no ground twice");
    let (doubled_area, n_holes) = united_by_others(&cleaned.units);
    let error = doubled_area - sum as f64;
    assert!(error.abs() <= 1e-7 * sum as f64, "no ground twice: {doubled_area} of {sum}");
    assert_eq!(n_holes, union.0.iter().map(|part| part.interiors.len()).sum::<usize>());
    assert!(n_holes <= cleaned.report.kept_gaps, "{n_holes} holes");
    for ring in cleaned.units.iter().flat_map(MultiPolygon::rings) {
        let mut vertices = ring.clone();
        vertices.sort_unstable();
        vertices.dedup();
        assert_eq!(vertices.len(), ring.len(), "a ring passes no vertex twice");
    }
    assert!(cleaned.units.iter().all(|unit| !unit.is_empty()), "nobody is lost");
    let twice = clean(&cleaned.units, options).expect("clean already");
    assert_eq!(twice.units, cleaned.units, "cleaning twice changes nothing");
    assert!(twice.report.overlaps.is_empty() && twice.report.largest_shift_m == 0.0);
    assert_eq!(twice.report.gaps.len(), cleaned.report.kept_gaps, "only kept gaps are gaps again");
}

/// The same ground, written down differently: parts, rings, starting points and directions.
fn rewritten(unit: &MultiPolygon) -> MultiPolygon {
    let ring = |ring: &Ring| {
        let mut ring = ring.clone();
        ring.reverse();
        ring.rotate_left(2);
        ring.push(ring[0]);
        ring
    };
    MultiPolygon(
        unit.0
            .iter()
            .rev()
            .map(|part| Polygon {
                exterior: ring(&part.exterior),
                interiors: part.interiors.iter().rev().map(ring).collect(),
            })
            .collect(),
    )
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn cleaned_units_tile_the_ground_and_keep_what_was_undisputed(units in town()) {
        let cleaned = clean(&units, &everything()).expect("small faults");
        check_clean(&cleaned, &everything());
        for x in (-10..COLUMNS * CELL + 10).step_by(3) {
            for y in (-10..ROWS * CELL + 10).step_by(3) {
                let p = GridPoint::new(x, y);
                if is_near_a_border(&units, p) {
                    continue;
                }
                let (before, after) = (holders(&units, p), holders(&cleaned.units, p));
                prop_assert!(after.len() <= 1, "{p:?} is in {after:?}");
                prop_assert_eq!(cleaned.coverage.locate(p), after.first().copied());
                prop_assert!(before.is_empty() || before.contains(&after[0]), "{:?} {:?} {:?}", p, before, after);
            }
        }
    }

    #[test]
    fn the_way_rings_are_written_down_does_not_matter(units in town()) {
        let other: Vec<_> = units.iter().map(rewritten).collect();
        let (one, two) = (clean(&units, &everything()), clean(&other, &everything()));
        let (one, two) = (one.expect("small faults"), two.expect("small faults"));
        prop_assert_eq!(one.units, two.units);
        prop_assert_eq!(one.report, two.report);
    }

    #[test]
    fn the_order_of_units_does_not_move_the_outer_line(units in town()) {
        let backwards: Vec<_> = units.iter().rev().cloned().collect();
        let (one, two) = (clean(&units, &everything()), clean(&backwards, &everything()));
        let (one, two) = (one.expect("small faults"), two.expect("small faults"));
        prop_assert_eq!(union(&one.coverage), union(&two.coverage));
    }
}

#[test]
fn twenty_thousand_units_are_cleaned_in_one_go() {
    const SIDE: i32 = 142;
    let corner = |i: i32, j: i32| GridPoint::new(1_000_000_000 + 10_000 * i, 400_000_000 + 10_000 * j);
    let units: Vec<MultiPolygon> = (0..SIDE * SIDE)
        .map(|n| {
            let (i, j) = (n % SIDE, n / SIDE);
            let square = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
            let mut exterior = Vec::new();
            for (k, (a, b)) in square.iter().zip(square.iter().cycle().skip(1)).enumerate() {
                exterior.push(*a);
                // Every unit bends its sides its own way.
                let bend = 40 * ((n * 7 + k as i32 * 13) % 5 - 2);
                exterior.push(GridPoint::new(i32::midpoint(a.x, b.x) + bend, i32::midpoint(a.y, b.y) - bend));
            }
            MultiPolygon(vec![Polygon { exterior, interiors: vec![] }])
        })
        .collect();
    let cleaned = clean(&units, &everything()).expect("slivers");
    assert!(cleaned.report.overlaps.len() > 10_000 && cleaned.report.gaps.len() > 10_000);
    let whole = union(&cleaned.coverage);
    assert_eq!((whole.0.len(), whole.0[0].interiors.len()), (1, 0));
    check_clean(&cleaned, &everything());
}

/// The published file; tests with generated faults of the same kinds run without it.
fn real_units() -> Vec<MultiPolygon> {
    let text = std::fs::read(published::at_hand().expect("HLP_REAL_BOUNDARIES names the file"))
        .expect("a readable file");
    let features: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    let ring = |ring: &serde_json::Value| -> Ring {
        let degree = |v: &serde_json::Value| v.as_f64().expect("a number");
        let place =
            |c: &serde_json::Value| GridPoint::from_degrees(degree(&c[0]), degree(&c[1])).expect("on earth");
        ring.as_array().expect("a ring").iter().map(place).collect()
    };
    let polygon = |rings: &serde_json::Value| {
        let mut rings = rings.as_array().expect("rings").iter().map(ring);
        Polygon { exterior: rings.next().expect("an exterior"), interiors: rings.collect() }
    };
    let unit = |feature: &serde_json::Value| {
        let geometry = &feature["geometry"];
        let coordinates = geometry["coordinates"].as_array().expect("coordinates");
        match geometry["type"].as_str() {
            Some("Polygon") => MultiPolygon(vec![polygon(&geometry["coordinates"])]),
            _ => MultiPolygon(coordinates.iter().map(polygon).collect()),
        }
    };
    features.as_array().expect("an array of units").iter().map(unit).collect()
}

#[test]
#[ignore = "needs the published file: make test-published"]
fn the_published_boundaries_become_three_parts_without_gap_or_overlap() {
    let units = real_units();
    let refusal = clean(&units, &CleanOptions::default()).expect_err("237 ha are disputed");
    assert!((refusal.overlaps[0].area_m2 - 2.37e6).abs() < 1e4, "{:?}", refusal.overlaps[0]);
    assert!(refusal.lost.is_empty());

    let cleaned = clean(&units, &everything()).expect("told what to do");
    check_clean(&cleaned, &everything());
    let gaps_m2: f64 = cleaned.report.gaps.iter().map(|gap| gap.area_m2).sum();
    assert!((gaps_m2 - 1.52e6).abs() < 1e4, "{gaps_m2}");
    let whole = union(&cleaned.coverage);
    assert_eq!((cleaned.units.len(), whole.0.len()), (204, 3));
    assert!(whole.0.iter().all(|part| part.interiors.is_empty()));

    let keep = CleanOptions { gaps: Some(Gaps::Keep), ..everything() };
    let cleaned = clean(&units, &keep).expect("told what to do");
    check_clean(&cleaned, &keep);
    let holes: usize = union(&cleaned.coverage).0.iter().map(|part| part.interiors.len()).sum();
    assert_eq!((holes, cleaned.report.kept_gaps), (refusal.gaps.len(), refusal.gaps.len()));
}
