//! Plans of a period for the whole city, ways of a day, and statistics of a figure.

use divan::{Bencher, black_box};
use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{Loaded, Offer, OfferStatus, Practice};
use hlp_tracker::neighbours::Contiguity;
use hlp_tracker::partners::{Asked, Roster, Settings, TravelTimes, WhyNot, rank_all};
use hlp_tracker::snapshot::{CycleChoice, Measure, Snapshot};
use hlp_tracker::spread::city::{self, Near, Question};
use hlp_tracker::visits::day::{Pause, Window};
use hlp_tracker::visits::month::{Guest, Order, Quarter, Wishes, plan};
use hlp_tracker::visits::outing::{Hours, Outing};
use jiff::civil::date;

use crate::support;

const KHOROOS: usize = 204;
const OFFERS: usize = 400;
/// Khoroos, offers and visits of the dearest question.
const DEAREST: (usize, usize, u32) = (300, 500, 2);
/// In the middle of the demo's visits.
const MONTH: [jiff::civil::Date; 2] = [date(2022, 10, 3), date(2022, 10, 31)];

#[divan::bench(name = "visit_plan/one_visit/204_visitors_400_offers", sample_count = 20)]
fn one_visit(bencher: Bencher) {
    run(bencher, 1);
}

#[divan::bench(name = "visit_plan/two_visits/204_visitors_400_offers", sample_count = 20)]
fn two_visits(bencher: Bencher) {
    run(bencher, 2);
}

/// The dearest question that is taken: as many visitors, pairs and visits as a plan may have, hosts open to all.
#[divan::bench(name = "visit_plan/dearest/300_visitors_500_offers", sample_count = 5)]
fn dearest(bencher: Bencher) {
    let city = City::of(DEAREST.0, DEAREST.1);
    let order = Order { capacity: Some(100), ..city.order(DEAREST.2) };
    let found = plan(&city.snapshot, &city.roster, &city.settings, &order).expect("a plan");
    assert_eq!(found.plan.needs, DEAREST.0 as u32 * DEAREST.2);
    let more = Order { visits: DEAREST.2 + 1, ..order.clone() };
    assert!(plan(&city.snapshot, &city.roster, &city.settings, &more).is_err(), "more is refused");
    bencher.bench_local(|| plan(black_box(&city.snapshot), &city.roster, &city.settings, &order));
}

/// Scores of all pairs, the plan, both yardsticks and everything that is told of them.
fn run(bencher: Bencher, visits: u32) {
    let city = City::new();
    let order = city.order(visits);
    let found = plan(&city.snapshot, &city.roster, &city.settings, &order).expect("a plan");
    assert_eq!(found.plan.needs, KHOROOS as u32 * visits);
    assert!(found.plan.needs_served >= found.greedy.needs_served);
    assert!(found.plan.needs_served as usize > KHOROOS / 2, "{:?}", found.plan);
    bencher.bench_local(|| plan(black_box(&city.snapshot), &city.roster, &city.settings, &order));
}

#[divan::bench(name = "day_route/12_stops/204")]
fn twelve_stops(bencher: Bencher) {
    let city = City::new();
    let outing = Outing {
        vintage: city.vintage,
        from: 60,
        stops: (0..12).map(|n| 62 + n * 3).collect(),
        date: date(2023, 5, 15),
        hours: Hours {
            away: Window { from: 8 * 60, to: 18 * 60 },
            open: vec![Window { from: 9 * 60, to: 17 * 60 }],
            visit_minutes: 30,
            pause: Some(Pause { within: Window { from: 12 * 60, to: 14 * 60 }, minutes: 60 }),
        },
    };
    let found = outing.itinerary(&city.roster, &city.settings, true).expect("a day");
    assert!(found.calls.len() > 5, "{found:?}");
    bencher.bench_local(|| black_box(&outing).itinerary(&city.roster, &city.settings, true));
}

#[divan::bench(name = "spread/9999_rounds/204")]
fn spread(bencher: Bencher) {
    let city = City::new();
    let question = Question {
        vintage: city.vintage,
        measure: Measure::Identifications,
        cycle: CycleChoice::One("2022".into()),
        theme: None,
        is_rate: true,
        near: Near::Border(Contiguity::Queen),
        permutations: None,
        seed: 1,
    };
    let found = city::study(&city.snapshot, &question).expect("a study");
    assert_eq!(found.local.len(), KHOROOS);
    bencher.bench_local(|| city::study(black_box(&city.snapshot), &question));
}

struct City {
    snapshot: Snapshot,
    vintage: usize,
    settings: Settings,
    roster: Roster,
}

impl City {
    /// The demo with an open offer for each of 400 practices, as many as a city's month might have.
    fn new() -> Self {
        Self::of(KHOROOS, OFFERS)
    }

    /// The demo with an open offer for each of so many practices that can be shown in the month; some are there twice
    /// if there are too few.
    fn of(n_khoroos: usize, n_offers: usize) -> Self {
        let mut loaded = support::loaded(n_khoroos);
        loaded.records.offers = loaded.records.practices.iter().map(open_offer).collect();
        let showable = Self::with(loaded.clone()).showable();
        let again = showable.iter().take(n_offers.saturating_sub(showable.len()));
        let again: Vec<Practice> = again
            .map(|practice| Practice { id: format!("{}-again", practice.id), ..practice.clone() })
            .collect();
        loaded.records.offers = showable.iter().take(n_offers).chain(&again).map(open_offer).collect();
        loaded.records.practices.extend(again);
        loaded.sort();
        let city = Self::with(loaded);
        assert_eq!(city.showable().len(), n_offers);
        city
    }

    fn with(loaded: Loaded) -> Self {
        let snapshot = Snapshot::build(loaded, None, 10_000.0).expect("a snapshot of the demo");
        let settings = Settings::default();
        let roster = Roster::of(&snapshot, &settings, &TravelTimes::default());
        Self { vintage: snapshot.vintages.len() - 1, snapshot, settings, roster }
    }

    /// Practices that can be shown to a khoroo, or could if it was another one.
    fn showable(&self) -> Vec<Practice> {
        let asked = Asked {
            vintage: self.vintage,
            khoroo: 0,
            theme: None,
            mode: None,
            as_of: MONTH[0],
            limit: 1,
            audience: Audience::Public,
        };
        let (ranked, passed) = rank_all(&self.snapshot, &self.roster, &self.settings, &asked);
        let is_of_khoroo = |why: &WhyNot| {
            matches!(why, WhyNot::Own | WhyNot::SameLineage | WhyNot::Copied { .. } | WhyNot::TooFar { .. })
        };
        let others = passed.iter().filter(|passed| passed.reasons.iter().all(is_of_khoroo));
        let showable = ranked.iter().map(|one| one.practice).chain(others.map(|passed| passed.practice));
        showable.map(|practice| self.snapshot.records.practices[practice].clone()).collect()
    }

    fn order(&self, visits: u32) -> Order {
        Order {
            vintage: self.vintage,
            guests: (0..self.snapshot.vintages[self.vintage].geography.khoroos.len())
                .map(|khoroo| Guest { khoroo, wishes: Wishes::Any })
                .collect(),
            from: MONTH[0],
            to: MONTH[1],
            quarters: Quarter::of(MONTH[0], MONTH[1]).collect(),
            visits,
            capacity: Some(2),
            group: None,
            mode: None,
            fairness: 0.05,
            fixed: Vec::new(),
            audience: Audience::Public,
        }
    }
}

fn open_offer(practice: &Practice) -> Offer {
    Offer {
        id: format!("o-{}", practice.id),
        khoroo: practice.host.clone(),
        practice: practice.id.clone(),
        capacity_per_quarter: 2,
        mode: None,
        max_group: None,
        status: OfferStatus::Open,
        illustrative: true,
    }
}
