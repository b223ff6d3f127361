//! Suggestions of the demo city: the walk against the full ranking, the score against a plain oracle, and what
//! everybody may know.

mod ask;
mod days;
mod oracle;
mod walk;
mod withheld;

use std::sync::OnceLock;

use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{KhorooId, Loaded, Offer, OfferStatus, Practice, TravelTime};
use hlp_tracker::partners::{
    Asked, Roster, Settings, TravelTimes, WaySource, WhyNot, explained, rank_all, suggest,
};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::support::{applied, cases};

pub const AUDIENCES: [Audience; 2] = [Audience::Public, Audience::Internal];
/// In the middle of the demo's visits, after the last, and in a winter.
pub const DAYS: [Date; 3] = [date(2022, 10, 12), date(2026, 6, 1), date(2023, 1, 20)];

pub fn loaded() -> Loaded {
    let changes = hlp_tracker::demo::generate(&hlp_tracker::demo::DemoOptions::default());
    applied(&Loaded::default(), &changes)
}

pub fn build(loaded: Loaded) -> Snapshot {
    Snapshot::build(loaded, None, 10_000.0).expect("the demo fits together")
}

/// The demo, built once.
pub fn city() -> &'static Snapshot {
    static CITY: OnceLock<Snapshot> = OnceLock::new();
    CITY.get_or_init(|| build(loaded()))
}

/// The host shows the practice once a quarter.
pub fn open_offer(practice: &Practice) -> Offer {
    Offer {
        id: format!("o-{}", practice.id),
        khoroo: practice.host.clone(),
        practice: practice.id.clone(),
        capacity_per_quarter: 1,
        mode: None,
        max_group: None,
        status: OfferStatus::Open,
        illustrative: true,
    }
}

pub fn asked(vintage: usize, khoroo: usize, theme: Option<u32>, audience: Audience) -> Asked {
    Asked { vintage, khoroo, theme, mode: None, as_of: DAYS[0], limit: 5, audience }
}

/// Every khoroo of every vintage, with every theme and none.
pub fn questions(snapshot: &Snapshot, audience: Audience) -> Vec<Asked> {
    let n_themes = snapshot.records.themes.len() as u32;
    let of_vintage = |(vintage, view): (usize, &hlp_tracker::snapshot::VintageView)| -> Vec<Asked> {
        let khoroos = 0..view.geography.khoroos.len();
        khoroos
            .flat_map(|khoroo| {
                let themes = (0..n_themes).map(Some).chain([None]);
                themes.map(move |theme| asked(vintage, khoroo, theme, audience))
            })
            .collect()
    };
    snapshot.vintages.iter().enumerate().flat_map(of_vintage).collect()
}

/// Asserts that the walk gives the head of the full ranking.
fn check_walk(snapshot: &Snapshot, roster: &Roster, settings: &Settings, asked: &Asked) {
    let found = suggest(snapshot, roster, settings, asked);
    let (mut all, _) = rank_all(snapshot, roster, settings, asked);
    all.truncate(asked.limit);
    assert_eq!(found.suggestions, all, "{asked:?}");
    assert!(found.n_hosts_visited <= roster.size(asked.vintage).1);
}

#[test]
fn the_walk_gives_the_full_ranking_for_every_khoroo_and_theme() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    let mut n_suggested = 0;
    for (audience, day) in AUDIENCES.into_iter().zip(DAYS) {
        for mut asked in questions(snapshot, audience) {
            asked.as_of = day;
            asked.limit = 1 + asked.khoroo % 9;
            check_walk(snapshot, &roster, &settings, &asked);
            n_suggested += suggest(snapshot, &roster, &settings, &asked).suggestions.len();
        }
    }
    assert!(n_suggested > 5_000, "{n_suggested} suggestions");
}

#[test]
fn an_explained_answer_begins_with_the_suggestions_and_counts_on_from_them() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    for audience in AUDIENCES {
        for asked in questions(snapshot, audience).into_iter().step_by(29) {
            let (best, others) = explained(snapshot, &roster, &settings, &asked);
            assert_eq!(best, suggest(snapshot, &roster, &settings, &asked).suggestions, "{asked:?}");
            let ranks = others.iter().filter_map(|passed| match passed.reasons[0] {
                WhyNot::Ranked { rank, .. } => Some(rank),
                _ => None,
            });
            let ranks: Vec<usize> = ranks.collect();
            assert!(ranks.iter().copied().eq((best.len() + 1..).take(ranks.len())), "{asked:?}: {ranks:?}");
        }
    }
}

#[test]
fn parts_add_up_to_the_score_and_equal_scores_stand_by_id() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    for audience in AUDIENCES {
        for asked in questions(snapshot, audience).into_iter().step_by(7) {
            let (all, _) = rank_all(snapshot, &roster, &settings, &asked);
            for one in &all {
                assert_eq!(one.parts.iter().map(|part| part.points).sum::<i64>(), one.score);
                for part in &one.parts {
                    assert!((0.0..=1.0).contains(&part.value), "{part:?}");
                    assert!((part.points as f64 / 1e6 - part.weight * part.value).abs() <= 5e-7, "{part:?}");
                }
            }
            let id = |at: usize| &snapshot.records.practices[at].id;
            assert!(all.is_sorted_by(|a, b| (b.score, id(a.practice)) < (a.score, id(b.practice))));
        }
    }
}

#[test]
fn a_twin_of_a_practice_comes_right_behind_it() {
    let mut loaded = loaded();
    let mut twins = Vec::new();
    for practice in loaded.records.practices.clone() {
        let mut twin = practice;
        twin.id.push_str("-twin");
        twins.push(twin);
    }
    loaded.records.practices.extend(twins);
    let mut offers = loaded.records.offers.clone();
    for offer in &mut offers {
        offer.id.push_str("-twin");
        offer.practice.push_str("-twin");
    }
    loaded.records.offers.extend(offers);
    loaded.sort();
    let snapshot = build(loaded);
    let settings = Settings::default();
    let roster = Roster::of(&snapshot, &settings, &TravelTimes::default());
    let mut n_twins = 0;
    for asked in questions(&snapshot, Audience::Public).into_iter().step_by(11) {
        check_walk(&snapshot, &roster, &settings, &asked);
        let found = suggest(&snapshot, &roster, &settings, &Asked { limit: 50, ..asked }).suggestions;
        for pair in found.windows(2).filter(|pair| pair[0].score == pair[1].score) {
            let id = |at: usize| snapshot.records.practices[at].id.as_str();
            assert!(id(pair[0].practice) < id(pair[1].practice));
            n_twins += usize::from(id(pair[1].practice).ends_with("-twin"));
        }
    }
    assert!(n_twins > 100, "{n_twins}");
}

#[test]
fn a_time_of_the_file_goes_before_the_stores_and_that_before_the_estimate() {
    let mut loaded = loaded();
    loaded.records.travel_times.clear();
    let own = |code: &str| -> KhorooId { format!("2022:{code}").parse().expect("a khoroo") };
    let snapshot = build(loaded.clone());
    let settings = Settings::default();
    let question = asked(1, 60, None, Audience::Public);
    let geography = &snapshot.vintages[1].geography;
    let visitor = geography.khoroos[60].code.clone();
    let (all, _) =
        rank_all(&snapshot, &Roster::of(&snapshot, &settings, &TravelTimes::default()), &settings, &question);
    let last = all.last().expect("suggestions");
    assert_eq!(last.way.source, WaySource::Estimate);
    let host = geography.khoroos[last.host].code.clone();
    let way_of = |snapshot: &Snapshot, times: &str| {
        let times = TravelTimes::parse(times).expect("a file");
        let roster = Roster::of(snapshot, &settings, &times);
        let (all, _) = rank_all(snapshot, &roster, &settings, &question);
        let found = all.iter().find(|one| one.practice == last.practice).expect("still there");
        (found.way.minutes, found.way.source)
    };
    loaded.records.travel_times.push(TravelTime {
        from: own(&visitor),
        to: own(&host),
        minutes: 7,
        source: "Driven".into(),
        illustrative: true,
    });
    loaded.sort();
    let with_row = build(loaded);
    let none = "from,to,minutes\n";
    assert_eq!(way_of(&with_row, none), (Some(7.0), WaySource::Store));
    let file = format!("from,to,minutes\n{visitor},{host},3.5\n2022:{host},zz-1,9\n");
    assert_eq!(way_of(&with_row, &file), (Some(3.5), WaySource::File));
    assert_eq!(way_of(&snapshot, &file).1, WaySource::File);
}

proptest! {
    #![proptest_config(cases(24))]
    /// Times that follow no distance must not end the walk too early.
    #[test]
    fn the_walk_gives_the_full_ranking_whatever_times_and_weights_are(
        ways in prop::collection::vec((0..204_usize, 0..204_usize, 0..300_u32), 0..4_000),
        shift in 0.0..0.35_f64, limit in 1..20_usize,
    ) {
        let snapshot = city();
        let code = |at: usize| snapshot.vintages[1].geography.khoroos[at].code.clone();
        let mut times = TravelTimes::default();
        for (from, to, minutes) in ways {
            let text = format!("from,to,minutes\n{},{},{minutes}", code(from), code(to));
            times.rows.extend(TravelTimes::parse(&text).expect("a row").rows);
        }
        let weights = format!("need={},proximity={}", 0.35 - shift, 0.2 + shift);
        let settings = Settings { weights: weights.parse().expect("1 together"), ..Settings::default() };
        let roster = Roster::of(snapshot, &settings, &times);
        for audience in AUDIENCES {
            for asked in questions(snapshot, audience).into_iter().skip(limit).step_by(97) {
                check_walk(snapshot, &roster, &settings, &Asked { limit, ..asked });
            }
        }
    }
}

#[test]
fn siblings_and_the_khoroo_itself_are_passed_over_with_the_reason() {
    let mut town = crate::small_world::loaded();
    let offer = |id: &str, practice: &str, khoroo: &str| hlp_tracker::model::Offer {
        id: id.into(),
        khoroo: khoroo.parse().expect("a khoroo"),
        practice: practice.into(),
        capacity_per_quarter: 2,
        mode: None,
        max_group: None,
        status: hlp_tracker::model::OfferStatus::Open,
        illustrative: false,
    };
    // p1 is at home in the larger piece of what was aa-2: aa-3.
    town.records.offers = vec![offer("o1", "p1", "2020:aa-2"), offer("o2", "p2", "2022:aa-1")];
    let snapshot = build(town);
    let settings = Settings::default();
    let roster = Roster::of(&snapshot, &settings, &TravelTimes::default());
    let why = |khoroo: usize, practice: &str| {
        let (all, passed) =
            rank_all(&snapshot, &roster, &settings, &asked(1, khoroo, None, Audience::Public));
        let is_it = |at: usize| snapshot.records.practices[at].id == practice;
        assert!(!all.iter().any(|one| is_it(one.practice)), "{practice} is suggested");
        passed.into_iter().find(|passed| is_it(passed.practice)).expect("passed over").reasons
    };
    assert_eq!(why(2, "p1"), [WhyNot::Own]);
    assert_eq!(why(1, "p1"), [WhyNot::SameLineage]);
    assert_eq!(why(4, "p1"), [WhyNot::Copied { on: date(2022, 6, 1) }]);
    assert_eq!(why(0, "p3"), [WhyNot::NoOpenOffer, WhyNot::Copied { on: date(2022, 6, 1) }]);
    let first = &suggest(&snapshot, &roster, &settings, &asked(1, 0, None, Audience::Public)).suggestions[0];
    assert_eq!((snapshot.records.practices[first.practice].id.as_str(), first.host), ("p1", 2));
}
