//! What people type, looked up in a country of khoroos and practices, and in a city's addresses.

use std::sync::Arc;

use divan::{Bencher, black_box};
use hlp_tracker::model::orientation::Landmark;
use hlp_tracker::model::{GridPoint, Lang, Records};
use hlp_tracker::snapshot::search::{Kind, Scope, Typed};
use hlp_tracker::snapshot::{Orientation, Snapshot};

use crate::support;

const KHOROOS: usize = 20_000;
const PRACTICES: usize = 10_000;
const LANDMARKS: usize = 100_000;
/// Shown to somebody who types.
const SHOWN: usize = 10;

/// A code, a whole district, a number that every district has, words of titles, one letter of everything,
/// a part inside of words, and what is nowhere.
const TYPED: [&str; 8] =
    ["bzd 26", "Баянзүрх", "26-р хороо", "hog hayagdal", "а", "bayanzurk", "ayagd", "quartz"];

#[divan::bench(name = "search_find/20000_khoroos_10000_practices", args = TYPED)]
fn find(bencher: Bencher, typed: &str) {
    let snapshot = country();
    let scope = Scope { kinds: Kind::ALL, vintage: snapshot.newest(), is_alone: false, district: None };
    let ask = |text: &str| {
        let typed = Typed::read(text).expect("a text to look for");
        let found = snapshot.find(&typed, scope, SHOWN);
        let why: Vec<String> = found.hits.iter().map(|hit| snapshot.why(&typed, *hit, Lang::Mn)).collect();
        (found, why)
    };
    assert_eq!(ask(typed).0.total > 0, typed != "quartz");
    bencher.bench(|| ask(black_box(typed)));
}

/// Words of names, a word of an address with its number, one letter of a third of all, what is nowhere.
const LANDMARKS_TYPED: [&str; 5] = ["bayan", "сургууль 17", "соёлын гудамж 44", "б", "quartz"];

#[divan::bench(name = "search_find/100000_landmarks", args = LANDMARKS_TYPED)]
fn find_landmarks(bencher: Bencher, typed: &str) {
    let loaded = support::loaded(204);
    let snapshot = Snapshot::build(loaded, None, 10_000.0).expect("a snapshot of the demo");
    let snapshot = snapshot.among(Arc::new(Orientation::new(None, landmarks(LANDMARKS))));
    let scope =
        Scope { kinds: &[Kind::Landmark], vintage: snapshot.newest(), is_alone: false, district: None };
    let ask = |text: &str| {
        let typed = Typed::read(text).expect("a text to look for");
        let found = snapshot.find(&typed, scope, SHOWN);
        let places: Vec<_> = found
            .hits
            .iter()
            .map(|hit| &snapshot.orientation.landmarks.rows[hit.idx as usize])
            .map(|landmark| snapshot.newest()?.khoroo_of(landmark))
            .collect();
        (found, places)
    };
    assert_eq!(ask(typed).0.total > 0, typed != "quartz");
    bencher.bench(|| ask(black_box(typed)));
}

#[divan::bench(name = "search_build/100000_landmarks")]
fn build_landmarks(bencher: Bencher) {
    let rows = landmarks(LANDMARKS);
    bencher.with_inputs(|| rows.clone()).bench_values(|rows| Orientation::new(None, black_box(rows)));
}

/// Names of two invented words, a kind and a number; addresses with street and house.
fn landmarks(n: usize) -> Vec<Landmark> {
    const PARTS: [&str; 16] = [
        "ба", "ян", "цо", "гт", "хө", "түл", "зүү", "сал", "хан", "уул", "нар", "ан", "туул", "мөр", "дэл",
        "гэр",
    ];
    const KINDS: [&str; 5] = ["эмнэлэг", "сургууль", "дэлгүүр", "цэцэрлэг", "хаяг"];
    const STREETS: [&str; 4] = ["Энхтайваны өргөн чөлөө", "Соёлын гудамж", "Нарны зам", "Их тойруу"];
    let word = |seed: usize| format!("{}{}", PARTS[seed % 16], PARTS[seed / 16 % 16]);
    let row = |i: usize| {
        // A step without a common divisor with the number of words spreads them evenly.
        let (first, second) = (word(i * 7), word(i * 11 + 3));
        let kind = KINDS[i % KINDS.len()];
        Landmark {
            name_mn: format!("{first}{second} {kind} {}", i % 500),
            name_en: (i.is_multiple_of(2)).then(|| format!("Place {}", i % 900)),
            kind: Some(kind.to_owned()),
            address: Some(format!("{} {}", STREETS[i % STREETS.len()], i % 129)),
            at: GridPoint::new(
                1_067_200_000 + (i % 1000) as i32 * 3_400,
                478_600_000 + (i / 1000) as i32 * 13_000,
            ),
        }
    };
    (0..n).map(row).collect()
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
