//! Pages, as a request without a kept body makes them.

use divan::{Bencher, black_box};
use hlp_tracker::model::Lang;
use hlp_tracker::pages::{self, Site, TrackerChoice};
use hlp_tracker::snapshot::{CycleChoice, Snapshot};
use hlp_tracker::tracker::Question;

use crate::support;

const SITE: Site<'static> = Site {
    lang: Lang::Mn,
    today: jiff::civil::date(2023, 6, 1),
    prefix: "",
    origin: Some("https://hlp.example"),
    styles: &[],
    contact: None,
    licence: None,
};

fn snapshot(khoroos: usize) -> Snapshot {
    Snapshot::build(support::loaded(khoroos), None, 10_000.0).expect("a snapshot")
}

#[divan::bench(name = "page_make/khoroo", args = [204, 10_200])]
fn khoroo(bencher: Bencher, khoroos: usize) {
    let snapshot = snapshot(khoroos);
    let view = snapshot.newest().expect("a vintage");
    let idx = view.geography.khoroos.len() / 2;
    let make = || pages::khoroo(&SITE, black_box(&snapshot), view, idx, None).expect("a page");
    assert!(make().ends_with("</html>"));
    bencher.bench(make);
}

#[divan::bench(name = "page_make/district", args = [204])]
fn district(bencher: Bencher, khoroos: usize) {
    let snapshot = snapshot(khoroos);
    let view = snapshot.newest().expect("a vintage");
    let make = || pages::district(&SITE, black_box(&snapshot), view, 3).expect("a page");
    assert!(make().ends_with("</html>"));
    bencher.bench(make);
}

#[divan::bench(name = "page_make/tracker", args = [204])]
fn tracker(bencher: Bencher, khoroos: usize) {
    let snapshot = snapshot(khoroos);
    let choice = TrackerChoice { question: Question::city(CycleChoice::All), is_report: false };
    let make = || pages::tracker(&SITE, black_box(&snapshot), &choice).expect("a page");
    assert!(make().ends_with("</html>"));
    bencher.bench(make);
}

#[divan::bench(name = "page_make/about", args = [204])]
fn about(bencher: Bencher, khoroos: usize) {
    let snapshot = snapshot(khoroos);
    bencher.bench(|| pages::about(&SITE, black_box(&snapshot)));
}
