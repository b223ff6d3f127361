//! Who touches a khoroo, who is near it, and whose ground a place is: one question a turn, computed anew.
//!
//! `fine` khoroos have about 300 vertices, as the published ones of the dense city do not but a surveyed
//! border would; the others are the demo's own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use divan::{Bencher, black_box};
use hlp_tracker::neighbours::{Contiguity, Reach, by_border, by_distance};
use hlp_tracker::snapshot::Geography;

use crate::support::{self, Noise};

/// Khoroos, and whether they are finely drawn.
const SIZES: [(usize, bool); 4] = [(204, true), (204, false), (20_400, false), (204_000, false)];

#[divan::bench(name = "neighbours/nearest_8", args = SIZES)]
fn nearest_8(bencher: Bencher, size: (usize, bool)) {
    let geography = geography(size);
    assert_eq!(by_distance(&geography, 0, Reach::nearest(8)).len(), 8);
    let next = questions(geography.khoroos.len());
    bencher.bench_local(|| by_distance(black_box(&geography), next(), Reach::nearest(8)));
}

#[divan::bench(name = "neighbours/nearest_1_to_50", args = SIZES)]
fn nearest_1_to_50(bencher: Bencher, size: (usize, bool)) {
    let geography = geography(size);
    let (next, limit) = (questions(geography.khoroos.len()), questions(50));
    bencher.bench_local(|| by_distance(black_box(&geography), next(), Reach::nearest(1 + limit())));
}

#[divan::bench(name = "neighbours/border", args = SIZES)]
fn border(bencher: Bencher, size: (usize, bool)) {
    let geography = geography(size);
    assert!(by_border(&geography, 0, Contiguity::Rook)[0].border_m > 1.0);
    let next = questions(geography.khoroos.len());
    bencher.bench_local(|| by_border(black_box(&geography), next(), Contiguity::Queen));
}

#[divan::bench(name = "neighbours/khoroo_at", args = SIZES)]
fn khoroo_at(bencher: Bencher, size: (usize, bool)) {
    let geography = geography(size);
    let places = support::places(&geography);
    let found = places.iter().filter(|&&at| geography.locate(at).is_some()).count();
    assert!(found * 2 > places.len(), "{found} of {} places lie in a khoroo", places.len());
    let next = questions(places.len());
    bencher.bench_local(|| geography.locate(black_box(places[next()])));
}

/// Lines of 2022, made once for all benchmarks of a size.
fn geography(size: (usize, bool)) -> Arc<Geography> {
    static MADE: Mutex<BTreeMap<(usize, bool), Arc<Geography>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(made.entry(size).or_insert_with(|| support::geography(size.0, size.1)))
}

/// Numbers below `n` by chance, so that neither cache nor predictor learns the answers.
fn questions(n: usize) -> impl Fn() -> usize {
    let noise = RefCell::new(Noise::new(n as u64));
    move || noise.borrow_mut().next() as usize % n
}
