//! What is withheld cannot be worked out: other values of it leave every public answer as it is.
//!
//! A difference of two answers, by day, organisation or theme, can tell only what some answer depends on. So
//! the towns here differ in nothing but what everybody must not know, and their answers must not differ.

use hlp_tracker::model::{Loaded, PracticeStatus, Training, TrainingForm};
use hlp_tracker::tracker::SCORES_SHOWN_FROM;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value;

use super::audience::{addresses, marked};
use super::filters::full;
use super::{Site, ask};
use crate::support::cases;
use crate::tracker::town::with_lists;

#[tokio::test]
async fn a_row_of_a_practice_that_is_not_public_tells_only_where_it_counts() {
    let mut n_rows = 0;
    for seed in 0..3 {
        let (town, hidden) = marked(seed);
        let site = Site::of(town);
        for path in
            addresses(&site, &hidden).await.iter().filter(|path| path.starts_with("/api/v1/tracker/records?"))
        {
            let (status, page) = site.get(path).await;
            for row in page["items"].as_array().into_iter().flatten().filter(|row| row["id"].is_null()) {
                assert_eq!(status, 200, "{path}");
                let told = row.as_object().expect("a row").iter().filter(|(_, value)| !value.is_null());
                let told: Vec<&str> = told.map(|(field, _)| field.as_str()).collect();
                let is_known = |field: &&str| {
                    ["kind", "cycle", "khoroo", "share", "withheld", "illustrative"].contains(field)
                };
                assert!(told.iter().all(is_known) && told.contains(&"kind"), "{path}: {row}");
                n_rows += 1;
            }
        }
    }
    assert!(n_rows > 20, "{n_rows}");
}

#[tokio::test]
async fn nobody_can_tell_a_practice_that_was_returned_from_one_that_waits() {
    use PracticeStatus::{Returned, Submitted};
    for seed in 0..2 {
        let (town, hidden) = marked(seed);
        let as_status = |status| {
            let mut town = town.clone();
            for row in town.records.practices.iter_mut().filter(|row| !row.status.may_be_public()) {
                row.status = status;
            }
            Site::of(town)
        };
        let [waits, returned] = [Submitted, Returned].map(as_status);
        for path in addresses(&waits, &hidden).await {
            let known = ask(&waits.public, &path).await;
            let other = ask(&returned.public, &path).await;
            assert!(other == known, "{path}:\n{}\n{}", text(&known.1), text(&other.1));
        }
        let path = "/api/v1/tracker/records?cycle=all&card=identify&figure=practices";
        assert_ne!(ask(&waits.office, path).await, ask(&returned.office, path).await, "the office can");
    }
}

#[tokio::test]
async fn days_from_or_to_what_only_the_office_lists_are_told_as_a_median() {
    let (mut n_told, mut n_withheld) = (0, 0);
    for seed in 0..4 {
        let site = Site::of(full(seed));
        for gate in ["shared", "learned", "prioritised", "replicated", "reviewed"] {
            let path = format!("/api/v1/tracker/records?cycle=all&card=funnel&figure=days_to_{gate}");
            let read = |(status, bytes): (u16, Vec<u8>)| -> Vec<Value> {
                assert_eq!(status, 200, "{path}");
                let page: Value = serde_json::from_slice(&bytes).expect("JSON");
                page["items"].as_array().expect("items").clone()
            };
            let public = read(ask(&site.public, &path).await);
            let office = read(ask(&site.office, &path).await);
            assert_eq!(public.len(), office.len(), "{gate}: the rows that n counts");
            for (public, office) in public.iter().zip(&office) {
                assert_eq!(public["id"], office["id"]);
                assert!(office["amount"].is_number() && office["withheld"].is_null(), "{office}");
                if gate == "shared" {
                    assert_eq!(public["amount"], office["amount"]);
                    n_told += 1;
                } else {
                    assert_eq!(
                        (&public["amount"], &public["withheld"]),
                        (&Value::Null, &true.into()),
                        "{gate}"
                    );
                    n_withheld += 1;
                }
            }
            let of = |cards: Value| {
                let cards = cards["more"].as_array().expect("cards").clone();
                let figures =
                    cards.iter().flat_map(|card| card["figures"].as_array().expect("figures").clone());
                let figure = figures.into_iter().find(|f| f["id"] == format!("days_to_{gate}").as_str());
                let figure = figure.expect("a figure");
                (figure["value"].clone(), figure["n"].clone())
            };
            let (_, cards) = ask(&site.office, "/api/v1/tracker").await;
            let known = of(serde_json::from_slice(&cards).expect("JSON"));
            assert_eq!(of(site.get("/api/v1/tracker").await.1), known, "{gate}");
        }
    }
    assert!(n_told > 0 && n_withheld > 3, "{n_told} {n_withheld}");
}

fn training(id: &str, held_on: Date, people: [Option<i64>; 3], pct: [Option<f64>; 3]) -> Training {
    Training {
        id: id.into(),
        org: "HRDC".into(),
        title_mn: "Сургалт".into(),
        title_en: None,
        topic: None,
        held_on,
        form: TrainingForm::Classroom,
        target_group: None,
        participants_f: Some(20),
        participants_m: None,
        participants_unknown: None,
        pre_score_pct: pct[0],
        post_score_pct: pct[1],
        n_pre: people[0],
        n_post: people[1],
        satisfaction_pct: pct[2],
        n_survey: people[2],
        cost: None,
        illustrative: false,
    }
}

fn of_trainings(trainings: Vec<Training>) -> Loaded {
    let mut town = with_lists();
    town.records.trainings = trainings;
    town.sort();
    town
}

/// Value and n of the means of an organisation, as everybody or the office is told.
async fn means(router: &axum::Router, org: &str, query: &str) -> Vec<(Option<f64>, i64, bool)> {
    let (status, bytes) = ask(router, &format!("/api/v1/tracker?{query}")).await;
    assert_eq!(status, 200, "{query}");
    let cards: Value = serde_json::from_slice(&bytes).expect("JSON");
    let cards = cards["more"].as_array().expect("cards").iter();
    let card = cards.into_iter().find(|card| card["code"] == format!("trainings:{org}")).expect("a card");
    let figures = card["figures"].as_array().expect("figures");
    let of = |id: &str| {
        let figure = figures.iter().find(|figure| figure["id"] == id).expect("a figure");
        let is_withheld = figure["withheld"] == true;
        (figure["value"].as_f64(), figure["n"].as_i64().unwrap_or(-1), is_withheld)
    };
    ["score_before", "score_after", "score_gain", "satisfaction"].map(of).to_vec()
}

#[tokio::test]
async fn the_training_between_two_days_is_not_what_their_means_differ_by() {
    let both = |n, pct: [f64; 3]| ([Some(n); 3], pct.map(Some));
    let row = |id, day, (people, pct)| training(id, day, people, pct);
    let site = Site::of(of_trainings(vec![
        row("a", date(2022, 1, 10), both(10, [40.0, 60.0, 80.0])),
        row("b", date(2022, 2, 10), both(30, [60.0, 80.0, 90.0])),
        row("few", date(2022, 3, 21), both(3, [11.0, 97.0, 13.0])),
    ]));
    let told = [(Some(55.0), 40), (Some(75.0), 40), (Some(20.0), 2), (Some(87.5), 40)];
    let told = told.map(|(value, n)| (value, n, false)).to_vec();
    for query in ["as_of=2022-03-20", "as_of=2022-03-21", ""] {
        assert_eq!(means(&site.public, "HRDC", query).await, told, "{query}");
    }
    let office = means(&site.office, "HRDC", "as_of=2022-03-21").await;
    assert_eq!(office.iter().map(|(_, n, _)| *n).collect::<Vec<_>>(), [43, 43, 3, 43]);
    // Only the few are past on the first day of another town: known, and not told.
    let alone = Site::of(of_trainings(vec![row("few", date(2022, 3, 21), both(3, [11.0, 97.0, 13.0]))]));
    let hidden = means(&alone.public, "HRDC", "").await;
    assert!(hidden.iter().all(|(value, _, is_withheld)| value.is_none() && *is_withheld), "{hidden:?}");
}

#[tokio::test]
async fn list_card_and_drill_down_withhold_the_same() {
    let day = date(2022, 1, 10);
    let scored = |id, people| training(id, day, people, [Some(41.0), Some(72.5), Some(83.0)]);
    let site = Site::of(of_trainings(vec![
        scored("all", [Some(5); 3]),
        scored("few_after", [Some(9), Some(4), Some(9)]),
        scored("few_before", [Some(4), Some(9), Some(9)]),
        scored("nobody_counted", [Some(9), None, None]),
        training("only_before", day, [Some(9), None, None], [Some(41.0), None, None]),
        scored("survey_of_few", [Some(9), Some(9), Some(4)]),
    ]));
    let items = site.items("/api/v1/trainings").await;
    let listed = |field: &str| -> Vec<&str> {
        let told = items.iter().filter(|item| item[field].is_number());
        told.map(|item| item["id"].as_str().expect("an id")).collect()
    };
    assert_eq!(listed("pre_score_pct"), ["all", "only_before", "survey_of_few"]);
    assert_eq!(listed("post_score_pct"), ["all", "survey_of_few"]);
    assert_eq!(listed("satisfaction_pct"), ["all", "few_after", "few_before"]);
    let withheld: Vec<_> = items.iter().map(|item| item["withheld"] == true).collect();
    assert_eq!(withheld, [false, true, true, true, false, true]);
    for (figure, field) in [
        // A mean of those that know both scores.
        ("score_before", "post_score_pct"),
        ("score_after", "post_score_pct"),
        ("score_gain", "score_gain_points"),
        ("satisfaction", "satisfaction_pct"),
    ] {
        let path = format!("/api/v1/tracker/records?card=trainings:HRDC&figure={figure}");
        let rows = site.items(&path).await;
        let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().expect("an id")).collect();
        assert_eq!(ids, listed(field), "{figure}");
        assert!(rows.iter().all(|row| row["amount"].is_number() && row["withheld"].is_null()), "{rows:?}");
    }
}

/// A mean and the people behind it, known or not.
fn measured() -> impl Strategy<Value = (Option<f64>, Option<i64>)> {
    let pct = prop::option::weighted(0.9, (0..=100_i32).prop_map(f64::from));
    (pct, prop::option::weighted(0.9, 1..2 * SCORES_SHOWN_FROM))
}

fn any_training() -> impl Strategy<Value = Training> {
    let org = prop::sample::select(vec!["HRDC", "UNDP"]);
    (org, 1..=6_i8, measured(), measured(), measured()).prop_map(|(org, day, pre, post, survey)| Training {
        org: org.into(),
        ..training("", date(2022, 3, day), [pre.1, post.1, survey.1], [pre.0, post.0, survey.0])
    })
}

/// The trainings with other values of all that a mean of fewer than five people, or of uncounted ones, is.
fn with_other_secrets(trainings: &[Training]) -> Vec<Training> {
    let other = |pct: Option<f64>, n: Option<i64>| {
        let is_secret = n.is_none_or(|n| n < SCORES_SHOWN_FROM);
        pct.map(|pct| if is_secret { (pct + 37.0) % 101.0 } else { pct })
    };
    let changed = trainings.iter().map(|row| Training {
        pre_score_pct: other(row.pre_score_pct, row.n_pre),
        post_score_pct: other(row.post_score_pct, row.n_post),
        satisfaction_pct: other(row.satisfaction_pct, row.n_survey),
        ..row.clone()
    });
    changed.collect()
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn no_public_answer_depends_on_a_mean_of_few(mut trainings in prop::collection::vec(any_training(), 1..9)) {
        for (nth, row) in trainings.iter_mut().enumerate() {
            row.id = format!("t{nth}");
        }
        let secrets = with_other_secrets(&trainings);
        let (one, other) = (Site::of(of_trainings(trainings)), Site::of(of_trainings(secrets)));
        let mut paths = vec!["/api/v1/trainings".to_owned(), "/api/v1/trainings?sort=-held_on".to_owned()];
        for day in 0..=6 {
            let query = if day == 0 { String::new() } else { format!("as_of=2022-03-0{day}") };
            paths.push(format!("/api/v1/tracker?{query}"));
            paths.push(format!("/api/v1/tracker?theme=green&{query}"));
            for org in ["HRDC", "UNDP"] {
                for figure in ["score_before", "score_after", "score_gain", "satisfaction"] {
                    let card = format!("card=trainings:{org}&figure={figure}");
                    paths.push(format!("/api/v1/tracker/records?{card}&{query}"));
                }
            }
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        for path in paths {
            let [one, other] = [&one, &other].map(|site| runtime.block_on(ask(&site.public, &path)));
            prop_assert!(one == other, "{path}:\n{}\n{}", text(&one.1), text(&other.1));
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
