//! Learning partners: one question a turn, khoroo and theme by chance.

use std::cell::RefCell;

use divan::{Bencher, black_box};
use hlp_tracker::model::audience::Audience;
use hlp_tracker::partners::{Asked, Roster, Settings, TravelTimes, rank_all, suggest};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::date;

use crate::support::{self, Noise};

const KHOROOS: usize = 204;
/// In the middle of the demo's visits.
const DAY: jiff::civil::Date = date(2022, 10, 12);

#[divan::bench(name = "partners/five_of_all_themes/204", args = [Audience::Public, Audience::Internal])]
fn of_all_themes(bencher: Bencher, audience: Audience) {
    run(bencher, audience, |_, asked| asked);
}

#[divan::bench(name = "partners/five_of_a_theme/204", args = [Audience::Public, Audience::Internal])]
fn of_a_theme(bencher: Bencher, audience: Audience) {
    run(bencher, audience, |theme, asked| Asked { theme: Some(theme), ..asked });
}

#[divan::bench(name = "partners/fifty_of_all_themes/204")]
fn fifty(bencher: Bencher) {
    run(bencher, Audience::Internal, |_, asked| Asked { limit: 50, ..asked });
}

#[divan::bench(name = "partners/full_ranking/204")]
fn full_ranking(bencher: Bencher) {
    let city = City::new();
    let next = city.questions(Audience::Internal, |_, asked| asked);
    bencher.bench_local(|| rank_all(black_box(&city.snapshot), &city.roster, &city.settings, &next()));
}

#[divan::bench(name = "partners/roster/204")]
fn roster(bencher: Bencher) {
    let city = City::new();
    bencher.bench_local(|| Roster::of(black_box(&city.snapshot), &city.settings, &TravelTimes::default()));
}

fn run(bencher: Bencher, audience: Audience, of: impl Fn(u32, Asked) -> Asked) {
    let city = City::new();
    let next = city.questions(audience, of);
    let found: usize = (0..KHOROOS)
        .map(|_| suggest(&city.snapshot, &city.roster, &city.settings, &next()).suggestions.len())
        .sum();
    assert!(found > KHOROOS, "{found} suggestions");
    bencher.bench_local(|| suggest(black_box(&city.snapshot), &city.roster, &city.settings, &next()));
}

struct City {
    snapshot: Snapshot,
    settings: Settings,
    roster: Roster,
}

impl City {
    fn new() -> Self {
        let (snapshot, settings) = (support::snapshot(KHOROOS), Settings::default());
        assert_eq!(snapshot.records.identifications.len(), ENTRIES);
        let roster = Roster::of(&snapshot, &settings, &TravelTimes::default());
        Self { snapshot, settings, roster }
    }

    fn questions<'a>(
        &'a self,
        audience: Audience,
        of: impl Fn(u32, Asked) -> Asked + 'a,
    ) -> impl Fn() -> Asked + 'a {
        let noise = RefCell::new(Noise::new(1));
        let n_themes = self.snapshot.records.themes.len();
        let vintage = self.snapshot.vintages.len() - 1;
        move || {
            let below = |n: usize| noise.borrow_mut().next() as usize % n;
            let (khoroo, theme) = (below(KHOROOS), below(n_themes) as u32);
            of(theme, Asked { vintage, khoroo, theme: None, mode: None, as_of: DAY, limit: 5, audience })
        }
    }
}

/// Practices entered in both cycles of the demo; it has some more that were never entered.
const ENTRIES: usize = 392;
