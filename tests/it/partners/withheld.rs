//! What is the office's moves nothing in the public's answer, so nothing of it can be worked out.

use axum::Router;
use hlp_tracker::model::audience::is_public;
use hlp_tracker::model::{Loaded, NeedStatus, VisitStatus};
use serde_json::Value;

use super::loaded;
use crate::lists::{Site, ask};

/// Needs, visits, ratings and capacities turned round; persons and their numbers too.
fn stirred() -> Loaded {
    let mut town = loaded();
    let records = &mut town.records;
    for need in &mut records.needs {
        need.urgency = need.urgency.map_or(Some(3), |_| None);
        need.status = if need.status == NeedStatus::Open { NeedStatus::Withdrawn } else { NeedStatus::Open };
    }
    for visit in &mut records.visits {
        visit.status = if visit.status == VisitStatus::Held { VisitStatus::Accepted } else { visit.status };
        visit.trainer = None;
    }
    let worst = records.ratings.last().expect("ratings").code.clone();
    records.reviews.iter_mut().for_each(|review| review.rating.clone_from(&worst));
    for offer in &mut records.offers {
        (offer.capacity_per_quarter, offer.max_group) = (0, Some(1));
    }
    records.trainers.iter_mut().for_each(|trainer| trainer.active = !trainer.active);
    town
}

fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    for khoroo in ["bzd-1", "bzd-20", "skhd-3", "khud-9", "bn-2", "bkh-1", "chd-7"] {
        for query in ["limit=50", "theme=waste&explain=true&limit=1", "as_of=2022-10-12&explain=true"] {
            paths.push(format!("/api/v1/khoroos/{khoroo}/partners?{query}"));
        }
    }
    for query in ["district=all&visits=3", "district=bzd&themes=waste,green&group=12&capacity=4"] {
        paths.push(format!("/api/v1/visit-plans?from=2022-10-03&to=2022-10-31&{query}"));
    }
    paths
}

async fn told(router: &Router, path: &str) -> Value {
    let (status, bytes) = ask(router, path).await;
    assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&bytes));
    serde_json::from_slice(&bytes).expect("JSON")
}

#[tokio::test]
async fn needs_visits_ratings_and_load_move_the_offices_answer_alone() {
    let (site, other) = (Site::of(loaded()), Site::of(stirred()));
    let mut n_moved = 0;
    for path in paths() {
        assert_eq!(told(&site.public, &path).await, told(&other.public, &path).await, "{path}");
        n_moved += usize::from(told(&site.office, &path).await != told(&other.office, &path).await);
    }
    assert_eq!(n_moved, paths().len(), "the office is told");
}

/// Everybody is told the next working day; whether a host has visits left is for the office.
#[tokio::test]
async fn the_office_is_told_when_a_host_has_room_again() {
    let mut town = loaded();
    town.records.offers.iter_mut().for_each(|offer| offer.capacity_per_quarter = 1);
    let site = Site::of(town);
    let mut n_full = 0;
    // A Friday, a Saturday, a Monday.
    let days = [("14", "17"), ("15", "17"), ("17", "18")];
    for (khoroo, (on, next)) in ["bzd-1", "skhd-3", "khud-9", "chd-7"].into_iter().zip(days.iter().cycle()) {
        let path = format!("/api/v1/khoroos/{khoroo}/partners?as_of=2022-10-{on}&explain=true&limit=50");
        let (all, office) = (told(&site.public, &path).await, told(&site.office, &path).await);
        for partner in
            [&all, &office].into_iter().flat_map(|answer| answer["partners"].as_array().expect("a list"))
        {
            assert_eq!(partner["next_open_on"], format!("2022-10-{next}"), "{path}: {partner}");
        }
        assert!(!all["not_suggested"].to_string().contains("next_open_on"), "{all}");
        let passed = office["not_suggested"].as_array().expect("a list").iter();
        for reason in passed.flat_map(|passed| passed["reasons"].as_array().expect("a list")) {
            let is_full = reason["code"] == "host_full";
            let open_on = reason["next_open_on"].as_str();
            assert_eq!(open_on.is_some(), is_full, "{reason}");
            assert!(open_on.is_none_or(|day| day >= "2023-01-01"), "{reason}");
            n_full += usize::from(is_full);
        }
    }
    assert!(n_full > 0, "no host is full");
}

#[tokio::test]
async fn the_public_is_told_public_fields_alone() {
    let site = Site::of(loaded());
    let answer = told(&site.public, "/api/v1/khoroos/bzd-1/partners?limit=50&explain=true").await;
    let partners = answer["partners"].as_array().expect("a list");
    assert!(partners.len() > 10, "{}", partners.len());
    for partner in partners {
        for (field, _) in partner.as_object().expect("an object") {
            assert!(is_public(&format!("partner.{field}")), "{field}");
        }
        let input = |part: usize| &partner["reasons"][part]["input"];
        assert_eq!(input(0)["urgency"], Value::Null);
        assert_eq!((&input(2)["n_ratings"], &input(2)["mean_of_all"]), (&Value::Null, &Value::Null));
        assert_eq!((&input(5)["visits_used"], &input(5)["visits_taken"]), (&Value::Null, &Value::Null));
    }
    for passed in answer["not_suggested"].as_array().expect("a list") {
        for reason in passed["reasons"].as_array().expect("a list") {
            let code = reason["code"].as_str().expect("a word");
            assert!(!["visited_recently", "host_full"].contains(&code), "{passed}");
        }
    }
    assert_eq!(answer["withheld"].as_array().map(Vec::len), Some(4));
    let office = told(&site.office, "/api/v1/khoroos/bzd-1/partners?limit=50").await;
    assert_eq!(office["withheld"].as_array().map(Vec::len), Some(0));
    assert!(office["partners"][0]["reasons"][5]["input"]["visits_taken"].is_u64(), "{office}");
}
