//! Coverages: cleaning, arcs, simplification for all zooms.

use divan::{Bencher, black_box};
use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{CleanOptions, Gaps, Resolve, clean};
use hlp_tracker::geometry::cut::TileCutter;
use hlp_tracker::geometry::simplify::Simplification;
use hlp_tracker::model::MultiPolygon;

use crate::support;

const SIZES: [usize; 2] = [204, 2_040];

fn coverage(khoroos: usize) -> Coverage {
    let units = support::clean_units(khoroos);
    Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("the demo is a coverage")
}

fn options() -> CleanOptions {
    CleanOptions { resolve: Some(Resolve::Smaller), gaps: Some(Gaps::Fill), ..CleanOptions::default() }
}

#[divan::bench(name = "coverage_clean/dirty", args = SIZES)]
fn coverage_clean(bencher: Bencher, khoroos: usize) {
    let units = support::dirty_units(khoroos);
    let cleaned = clean(&units, &options()).expect("every fault has a rule");
    assert!(
        cleaned.report.overlaps.len() > khoroos,
        "the noise made {} overlaps",
        cleaned.report.overlaps.len()
    );
    bencher.bench(|| clean(black_box(&units), &options()));
}

#[divan::bench(name = "coverage_arcs/exact", args = SIZES)]
fn coverage_arcs(bencher: Bencher, khoroos: usize) {
    let units = support::clean_units(khoroos);
    let units: Vec<&MultiPolygon> = units.iter().collect();
    assert_eq!(Coverage::from_polygons(&units).map(|c| c.n_units()), Ok(khoroos));
    bencher.bench(|| Coverage::from_polygons(black_box(&units)));
}

#[divan::bench(name = "simplify/all_zooms", args = SIZES)]
fn simplify(bencher: Bencher, khoroos: usize) {
    let coverage = coverage(khoroos);
    bencher.bench(|| Simplification::new(black_box(&coverage)));
}

#[divan::bench(name = "cutter/build", args = SIZES)]
fn cutter(bencher: Bencher, khoroos: usize) {
    let coverage = coverage(khoroos);
    bencher
        .with_inputs(|| Simplification::new(&coverage))
        .bench_values(|simplification| TileCutter::new(black_box(&coverage), simplification, None));
}
