//! What people type, looked up in a country of khoroos and practices.

use divan::{Bencher, black_box};
use hlp_tracker::model::{Lang, Records};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::snapshot::search::{Kind, Scope, Typed};

use crate::support;

const KHOROOS: usize = 20_000;
const PRACTICES: usize = 10_000;
/// Shown to somebody who types.
const SHOWN: usize = 10;

/// A code, a whole district, a number that every district has, words of titles, one letter of everything,
/// a part inside of words, and what is nowhere.
const TYPED: [&str; 8] =
    ["bzd 26", "Баянзүрх", "26-р хороо", "hog hayagdal", "а", "bayanzurk", "ayagd", "quartz"];

#[divan::bench(name = "search_find/20000_khoroos_10000_practices", args = TYPED)]
fn find(bencher: Bencher, typed: &str) {
    let snapshot = country();
    let scope = Scope { kinds: Kind::ALL, vintage: None };
    let ask = |text: &str| {
        let typed = Typed::read(text).expect("a text to look for");
        let found = snapshot.find(&typed, scope, SHOWN);
        let why: Vec<String> = found.hits.iter().map(|hit| snapshot.why(&typed, *hit, Lang::Mn)).collect();
        (found, why)
    };
    assert_eq!(ask(typed).0.total > 0, typed != "quartz");
    bencher.bench(|| ask(black_box(typed)));
}

/// A new snapshot whose practices changed: what the index costs besides everything else.
#[divan::bench(name = "search_build/practices", args = [144, PRACTICES])]
fn build(bencher: Bencher, practices: usize) {
    let mut loaded = support::loaded(204);
    loaded.records = Records::starting();
    let before = Snapshot::build(loaded.clone(), None, 10_000.0).expect("a snapshot of the demo");
    loaded.records.practices = support::practices(practices);
    bencher
        .with_inputs(|| loaded.clone())
        .bench_values(|loaded| Snapshot::build(black_box(loaded), Some(&before), 10_000.0));
}

fn country() -> Snapshot {
    let mut loaded = support::loaded(KHOROOS);
    loaded.records.practices.extend(support::practices(PRACTICES));
    Snapshot::build(loaded, None, 10_000.0).expect("a snapshot of the demo")
}
