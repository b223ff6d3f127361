//! What a day knows: nothing of later days but agreed visits.

use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{Loaded, Visit, VisitPractice, VisitStatus, VisitVisitor};
use hlp_tracker::partners::{Asked, Input, Part, PartKind, Roster, Settings, TravelTimes, WhyNot, rank_all};
use jiff::civil::{Date, date};
use serde_json::Value;

use super::{DAYS, asked, build, city, loaded};
use crate::lists::{Site, ask};

fn quality(parts: &[Part]) -> &Input {
    &parts.iter().find(|part| part.kind == PartKind::Quality).expect("six parts").input
}

#[test]
fn what_was_not_identified_on_a_day_is_not_suggested_for_it() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    let records = &snapshot.records;
    let (mut n_ranked, mut n_not_yet) = (0, 0);
    for day in [date(2019, 1, 5), date(2020, 7, 1), date(2022, 6, 30), DAYS[0]] {
        let question = Asked { as_of: day, ..asked(1, 60, None, Audience::Public) };
        let (ranked, passed) = rank_all(snapshot, &roster, &settings, &question);
        let is_identified = |practice: usize| {
            let id = &records.practices[practice].id;
            let mut changes = records.practice_status_changes.iter();
            changes.any(|row| {
                row.practice == *id && row.changed_on <= day && row.status.is_identified_by_itself()
            })
        };
        assert!(ranked.iter().all(|one| is_identified(one.practice)), "{day}");
        for one in &passed {
            assert_eq!(one.reasons[0] == WhyNot::NotYet, !is_identified(one.practice), "{day} {one:?}");
            n_not_yet += usize::from(one.reasons[0] == WhyNot::NotYet);
        }
        assert_eq!(ranked.is_empty(), day.year() == 2019, "{day}");
        n_ranked += ranked.len();
    }
    assert!(n_ranked > 20 && n_not_yet > 300, "{n_ranked} {n_not_yet}");
}

#[test]
fn awards_and_reviews_count_from_their_day_on() {
    let snapshot = city();
    let settings = Settings::default();
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    let records = &snapshot.records;
    let seen = |day: Date| {
        let question = Asked { as_of: day, ..asked(1, 60, None, Audience::Internal) };
        let question = Asked { theme: None, ..question };
        let mut ranked = Vec::new();
        for theme in 0..records.themes.len() as u32 {
            let question = Asked { theme: Some(theme), ..question.clone() };
            ranked.extend(rank_all(snapshot, &roster, &settings, &question).0);
        }
        ranked
    };
    let (mut n_awarded, mut n_rated) = ([0; 2], [0; 2]);
    for (nth, day) in [DAYS[0], DAYS[1]].into_iter().enumerate() {
        for one in seen(day) {
            let id = &records.practices[one.practice].id;
            let Input::Quality { rated: Some(rated), is_awarded, .. } = quality(&one.parts) else {
                panic!("the office is told: {one:?}")
            };
            let mut stages = records.identification_stages.iter();
            let awarded = stages.any(|row| row.practice == *id && row.awarded && row.reached_on <= day);
            assert_eq!(*is_awarded, awarded, "{day} {id}");
            let copies = records.replications.iter().filter(|copy| copy.practice == *id);
            let reviewed = copies.filter(|copy| {
                let mut reviews = records.reviews.iter();
                reviews.any(|review| review.replication == copy.id && review.reviewed_on <= day)
            });
            assert_eq!(rated.n, reviewed.count(), "{day} {id}");
            n_awarded[nth] += usize::from(awarded);
            n_rated[nth] += rated.n;
        }
    }
    assert!(n_rated[0] < n_rated[1] && n_awarded[1] > 0, "{n_awarded:?} {n_rated:?}");
}

/// The demo, in which a khoroo is to be shown, or was shown, a suggestion by one more visit.
fn with_visit(visitor: &str, suggestion: &Value, held_on: Date, status: VisitStatus) -> Loaded {
    let mut town = loaded();
    let records = &mut town.records;
    let [host, practice] = ["code", "practice"].map(|name| suggestion[name].as_str().expect("a text"));
    let [host, khoroo] = [host, visitor].map(|code| format!("2022:{code}").parse().expect("a khoroo"));
    let visit = records.visits.first().expect("visits").clone();
    records.visits.push(Visit { id: "v-more".into(), host, held_on, status, ..visit });
    let visit = || "v-more".to_owned();
    records.visit_visitors.push(VisitVisitor { visit: visit(), khoroo, people: None, illustrative: true });
    let practice = practice.to_owned();
    records.visit_practices.push(VisitPractice { visit: visit(), practice, illustrative: true });
    town.sort();
    town
}

async fn told(site: &Site, is_office: bool, path: &str) -> (u16, Value) {
    let (status, bytes) = ask(if is_office { &site.office } else { &site.public }, path).await;
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

/// The practice stays away from suggestions and plans whenever the agreed visit is to be; a visit held later is
/// none yet.
#[tokio::test]
async fn a_visit_agreed_for_a_later_day_is_not_suggested_again() {
    let partners = "/api/v1/khoroos/bzd-1/partners?limit=50&explain=true&as_of=2022-10-03";
    let (_, before) = told(&Site::of(loaded()), true, partners).await;
    let first = before["partners"][0]["practice"].as_str().expect("a suggestion").to_owned();
    let theme = before["partners"][0]["theme"].as_str().expect("a theme");
    let plan = format!("/api/v1/visit-plans?visitors=bzd-1&from=2022-10-03&to=2022-10-31&themes={theme}");
    let reasons = |answer: &Value| -> Option<Value> {
        let passed = answer["not_suggested"].as_array().expect("a list");
        let found = passed.iter().find(|one| one["practice"] == *first)?;
        Some(found["reasons"][0]["code"].clone())
    };
    let fixed = format!("{plan}&fixed=bzd-1:{first}");
    for (held_on, status, is_barred) in [
        (date(2022, 10, 20), VisitStatus::Accepted, true),
        (date(2022, 12, 5), VisitStatus::Accepted, true),
        (date(2026, 12, 5), VisitStatus::Accepted, true),
        (date(2023, 2, 6), VisitStatus::Held, false),
        (date(2023, 2, 6), VisitStatus::Proposed, false),
        (date(2022, 9, 1), VisitStatus::Held, true),
    ] {
        let town = with_visit("bzd-1", &before["partners"][0], held_on, status);
        let site = Site::of(town);
        let (_, answer) = told(&site, true, partners).await;
        let expected = is_barred.then(|| Value::from("visited_recently"));
        assert_eq!(reasons(&answer), expected, "{held_on} {status:?}");
        let (code, planned) = told(&site, true, &fixed).await;
        assert_eq!(code, if is_barred { 400 } else { 200 }, "{held_on} {status:?}: {planned}");
        if is_barred {
            assert_eq!(planned["parameter"], "fixed", "{planned}");
            let (_, plan) = told(&site, true, &plan).await;
            assert!(!plan["assignments"].to_string().contains(&format!("\"{first}\"")), "{plan}");
        }
        let (code, _) = told(&site, false, &fixed).await;
        assert_eq!(
            (reasons(&told(&site, false, partners).await.1), code),
            (None, 200),
            "visits are the office's"
        );
    }
}

#[test]
fn an_earlier_day_ends_the_walk_where_its_own_ranking_does() {
    let snapshot = build(loaded());
    let settings = Settings::default();
    let roster = Roster::of(&snapshot, &settings, &TravelTimes::default());
    for day in [date(2020, 7, 1), date(2022, 6, 30), date(2022, 9, 1), date(2023, 3, 1)] {
        for audience in super::AUDIENCES {
            for asked in super::questions(&snapshot, audience).into_iter().step_by(17) {
                super::check_walk(&snapshot, &roster, &settings, &Asked { as_of: day, ..asked });
            }
        }
    }
}
