//! Who sees what: over the wire, on both listeners.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hlp_tracker::http::proxy::Peer;
use hlp_tracker::http::{Service, Settings, internal_router, router};
use hlp_tracker::model::{Loaded, Need, NeedStatus, Offer, OfferStatus};
use http_body_util::BodyExt;
use jiff::civil::date;
use serde_json::Value;
use tower::ServiceExt;

use super::town::{build, town, with_lists};
use crate::small_world;

struct Site {
    public: Router,
    office: Router,
}

impl Site {
    fn of(loaded: Loaded) -> Self {
        let app = Service::new(Settings::default(), 2).expect("a built viewer");
        app.publish(Arc::new(build(loaded)), Duration::ZERO);
        Self { public: router(app.clone()), office: internal_router(app) }
    }
}

async fn get(router: &Router, path: &str) -> (u16, Value) {
    let mut request =
        Request::builder().uri(path).header("host", "localhost:8080").body(Body::empty()).expect("a request");
    request.extensions_mut().insert(Peer("127.0.0.1:4000".parse().expect("an address")));
    let response = router.clone().oneshot(request).await.expect("never fails");
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.expect("a body in memory").to_bytes();
    (status, serde_json::from_slice(&body).expect("JSON"))
}

/// Every figure of an answer, as (card, figure).
fn figures(answer: &Value) -> Vec<(String, Value)> {
    let cards = ["steps", "more"].into_iter().flat_map(|part| answer[part].as_array().expect("cards"));
    let of = |card: &Value| -> Vec<(String, Value)> {
        let code = card["code"].as_str().expect("a code").to_owned();
        card["figures"].as_array().expect("figures").iter().map(|f| (code.clone(), f.clone())).collect()
    };
    cards.flat_map(of).collect()
}

/// All items behind an address, page by page.
async fn walk(router: &Router, url: &str) -> Vec<Value> {
    let path = url.strip_prefix("http://localhost:8080").expect("an absolute address").to_owned();
    let (base, _) = path.split_once('?').expect("a query");
    let mut next = format!("{path}&limit=3");
    let mut items = Vec::new();
    loop {
        let (status, page) = get(router, &next).await;
        assert_eq!(status, 200, "{next}: {page}");
        items.extend(page["items"].as_array().expect("items").iter().cloned());
        let Some(query) = page["next"].as_str() else {
            assert_eq!(page["total"], items.len(), "{url}");
            return items;
        };
        next = format!("{base}{query}");
    }
}

fn sum(items: &[Value], field: &str) -> f64 {
    items.iter().filter_map(|item| Some(item[field].as_f64()? * item["share"].as_f64()?)).sum()
}

#[tokio::test]
async fn every_figure_leads_to_the_records_that_make_it() {
    let site = Site::of(town(3));
    for query in [
        "cycle=2022",
        "cycle=all",
        "cycle=2022&district=bb&theme=green",
        "khoroo=bb-1",
        "vintage=2022&cycle=2020&khoroo=aa-3",
        "as_of=2022-08-01",
    ] {
        let (status, answer) = get(&site.office, &format!("/api/v1/tracker?{query}")).await;
        assert_eq!(status, 200, "{query}: {answer}");
        for (card, figure) in figures(&answer) {
            let Some(value) = figure["value"].as_f64() else {
                assert!(figure["records_url"].is_null());
                continue;
            };
            let items = walk(&site.office, figure["records_url"].as_str().expect("an address")).await;
            let told = format!("{query}: {card} {}", figure["id"]);
            let id = figure["definition"].as_str().expect("an id");
            let made = match id {
                "average_budget" => {
                    sum(&items, "amount")
                        / items.iter().map(|i| i["share"].as_f64().expect("a share")).sum::<f64>()
                }
                "participation" => 100.0 * items.len() as f64 / figure["n"].as_f64().expect("khoroos"),
                _ if id.starts_with("days_to_") => value,
                _ if items.iter().any(|item| !item["amount"].is_null()) => sum(&items, "amount"),
                _ => items.iter().map(|i| i["share"].as_f64().expect("a share")).sum(),
            };
            assert!((made - value).abs() < 1e-4, "{told}: {made} {value}");
            assert!(items.iter().all(|item| item["id"].is_string()), "{told}: {items:?}");
        }
    }
}

#[tokio::test]
async fn the_public_counts_what_it_may_not_list() {
    let site = Site::of(town(3));
    let (_, public) = get(&site.public, "/api/v1/tracker?cycle=all").await;
    let (_, office) = get(&site.office, "/api/v1/tracker?cycle=all").await;
    let known = figures(&office);
    for (card, figure) in figures(&public) {
        let (_, same) = known.iter().find(|(c, f)| *c == card && f["id"] == figure["id"]).expect("for both");
        if figure["withheld"] == true {
            assert_eq!((&figure["definition"], &figure["value"]), (&"rating".into(), &Value::Null));
            continue;
        }
        assert_eq!(figure["value"], same["value"], "{card} {}", figure["id"]);
        let is_listed = !figure["records_url"].is_null();
        let is_internal = ["learn", "prioritise", "review"].contains(&card.as_str());
        assert_eq!(is_listed, !is_internal && !figure["value"].is_null(), "{card} {}", figure["id"]);
        let path = format!(
            "/api/v1/tracker/records?cycle=all&card={card}&figure={}",
            figure["id"].as_str().expect("an id")
        );
        let (status, page) = get(&site.public, &path).await;
        assert_eq!(status, if is_internal { 404 } else { 200 }, "{path}: {page}");
    }
    assert!(known.iter().any(|(card, _)| card == "attention"));
    assert!(figures(&public).iter().all(|(card, _)| card != "attention"));
    let (status, _) = get(&site.public, "/api/v1/tracker/records?card=attention&figure=silent_khoroos").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_practice_that_is_not_yet_identified_is_counted_but_not_named() {
    let site = Site::of(with_lists());
    let path = "/api/v1/tracker/records?cycle=2022&card=identify&figure=identifications";
    let of = |page: &Value| -> Vec<(Value, Value, Value)> {
        let items = page["items"].as_array().expect("items").iter();
        items.map(|i| (i["id"].clone(), i["practice"].clone(), i["title_mn"].clone())).collect()
    };
    let (_, public) = get(&site.public, path).await;
    let (_, office) = get(&site.office, path).await;
    assert_eq!((&public["total"], &office["total"]), (&Value::from(3), &Value::from(3)));
    // `p4` is submitted only.
    let hidden = (Value::Null, Value::Null, Value::Null);
    assert_eq!(of(&public).iter().filter(|row| **row == hidden).count(), 1);
    assert!(!public.to_string().contains("p4") && office.to_string().contains("p4"));
}

#[tokio::test]
async fn so_few_ratings_that_one_could_be_told_are_withheld() {
    let mut few = with_lists();
    let mut copies = vec![small_world::replication("r5", "p3", "2022:bb-2", "completed")];
    copies.extend(
        few.records.replications.iter().filter(|copy| copy.khoroo.to_string() == "2022:bb-2").cloned(),
    );
    for copy in &mut copies {
        copy.status = "completed".into();
    }
    few.records.replications = copies;
    let review = |nth: usize, copy: &str| {
        let mut review = town(0).records.reviews.remove(0);
        (review.id, review.replication, review.rating) = (format!("v{nth}"), copy.into(), "good".into());
        review.reviewed_on = date(2022, 12, 1);
        review
    };
    few.records.reviews = [(0, "r1"), (1, "r3"), (2, "r3")].map(|(nth, copy)| review(nth, copy)).to_vec();
    few.sort();
    let good = |answer: &Value| {
        let found = figures(answer).into_iter().find(|(_, f)| f["id"] == "rating_good").expect("a rating").1;
        (found["value"].clone(), found["withheld"].clone())
    };
    let mut enough = few.clone();
    enough.records.reviews[2].replication = "r5".into();
    let path = "/api/v1/tracker?cycle=2022&khoroo=bb-2";
    let site = Site::of(few);
    assert_eq!(good(&get(&site.public, path).await.1), (Value::Null, Value::from(true)));
    assert_eq!(good(&get(&site.office, path).await.1), (Value::from(3), Value::Null));
    let site = Site::of(enough);
    assert_eq!(good(&get(&site.public, path).await.1), (Value::from(3), Value::Null));
}

#[tokio::test]
async fn needs_nobody_offers_for_and_silent_khoroos_are_for_the_office() {
    let mut town = with_lists();
    let need = |id: &str, khoroo: &str, theme: &str| Need {
        id: id.into(),
        khoroo: khoroo.parse().expect("a khoroo"),
        theme: theme.into(),
        text: None,
        urgency: None,
        since: date(2022, 5, 1),
        status: NeedStatus::Open,
        illustrative: false,
    };
    // `p3` of bb-1 is green: its own need is not met by its own offer, and nobody offers against waste.
    town.records.needs = vec![
        need("a", "2022:aa-1", "green"),
        need("b", "2022:bb-1", "green"),
        need("c", "2022:aa-1", "waste"),
    ];
    town.records.offers = vec![Offer {
        id: "o".into(),
        khoroo: "2022:bb-1".parse().expect("a khoroo"),
        practice: "p3".into(),
        capacity_per_quarter: 2,
        mode: None,
        max_group: None,
        status: OfferStatus::Open,
        illustrative: false,
    }];
    let site = Site::of(town);
    let ids = |page: Value| -> Vec<String> {
        let items = page["items"].as_array().expect("items").iter();
        items.map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
    };
    let path = |figure: &str| format!("/api/v1/tracker/records?cycle=2022&card=attention&figure={figure}");
    assert_eq!(ids(get(&site.office, &path("needs_without_offer")).await.1), ["b", "c"]);
    // aa-2 and aa-3 neither entered nor copied anything.
    assert_eq!(ids(get(&site.office, &path("silent_khoroos")).await.1), ["2022:aa-2", "2022:aa-3"]);
}

#[tokio::test]
async fn a_wrong_parameter_is_named_with_what_is_allowed() {
    let site = Site::of(with_lists());
    for (query, parameter, allowed) in [
        ("colour=red", "colour", "vintage cycle district khoroo theme as_of lang"),
        ("cycle=1999", "cycle", "2020 2022 all"),
        ("theme=noise", "theme", "green waste"),
        ("district=zz", "district", "aa bb"),
        ("khoroo=aa-9", "khoroo", ""),
        ("khoroo=9", "khoroo", ""),
        ("khoroo=aa-1&district=bb", "khoroo", ""),
        ("vintage=1999", "vintage", "2020 2022"),
        ("as_of=yesterday", "as_of", ""),
        ("as_of=2022-02-30", "as_of", ""),
        ("lang=de", "lang", "mn en"),
    ] {
        let (status, problem) = get(&site.public, &format!("/api/v1/tracker?{query}")).await;
        assert_eq!((status, problem["parameter"].as_str()), (400, Some(parameter)), "{query}: {problem}");
        let found: Vec<&str> =
            problem["allowed"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(found.join(" "), allowed, "{query}");
    }
    for (query, parameter) in [
        ("card=identify", "figure"),
        ("figure=x", "card"),
        ("card=identify&figure=x", "figure"),
        ("card=x&figure=x", "card"),
    ] {
        let (status, problem) = get(&site.public, &format!("/api/v1/tracker/records?{query}")).await;
        assert_eq!((status, problem["parameter"].as_str()), (400, Some(parameter)), "{query}: {problem}");
    }
}

#[tokio::test]
async fn names_come_in_the_language_asked_for_and_every_figure_is_defined() {
    let site = Site::of(town(1));
    let (_, list) = get(&site.public, "/api/v1/definitions").await;
    let defined: Vec<&str> =
        list["items"].as_array().expect("items").iter().filter_map(|d| d["id"].as_str()).collect();
    for (lang, title) in [("mn", "Сүлжээний семинар"), ("en", "Workshops")] {
        let (_, answer) = get(&site.office, &format!("/api/v1/tracker?lang={lang}")).await;
        let all = figures(&answer);
        assert!(all.iter().any(|(_, f)| f["id"] == "workshops" && f["name"] == title));
        for (card, figure) in all {
            let id = figure["definition"].as_str().expect("an id");
            assert!(defined.contains(&id), "{card}: {id}");
        }
    }
}

#[tokio::test]
async fn one_invented_record_of_any_kind_marks_the_answer() {
    let mark = async |loaded: Loaded| {
        get(&Site::of(loaded).public, "/api/v1/tracker").await.1["illustrative"].clone()
    };
    let mut town = town(3);
    assert_eq!(mark(town.clone()).await, Value::from(false));
    town.records.workshop_practices[0].illustrative = true;
    assert_eq!(mark(town).await, Value::from(true));
}

#[tokio::test]
async fn the_address_of_a_budget_figure_stays_good_when_its_money_goes() {
    let mut town = with_lists();
    town.records.budget_lines = vec![hlp_tracker::model::BudgetLine {
        replication: "r1".into(),
        position: 1,
        source: "own".into(),
        amount: 5000,
        fiscal_year: 2022,
        illustrative: false,
    }];
    let site = Site::of(town);
    let records = |query: &'static str, figure: &'static str| {
        let path = format!("/api/v1/tracker/records?card=budget&figure={figure}&{query}");
        let site = &site;
        async move {
            let (status, page) = get(&site.public, &path).await;
            (status, page["total"].as_u64())
        }
    };
    assert_eq!(records("", "replication_budget_own_2022").await, (200, Some(1)));
    assert_eq!(records("", "budget_by_status_completed").await, (200, Some(1)));
    // Elsewhere, by an earlier day, in another year, from another source: no money, and no wrong address.
    for (query, figure) in [
        ("district=aa", "replication_budget_own_2022"),
        ("as_of=2021-01-01", "replication_budget_own_2022"),
        ("cycle=2020", "replication_budget_own_2022"),
        ("", "replication_budget_own_2031"),
        ("", "replication_budget_donor_2022"),
        ("", "budget_by_status_stopped"),
    ] {
        assert_eq!(records(query, figure).await, (200, Some(0)), "{query} {figure}");
    }
    for figure in [
        "replication_budget_gold_2022",
        "replication_budget_own",
        "replication_budget_own_22",
        "replication_budget_own_20222",
        "replication_budget_own_two0",
        "budget_by_status_lost",
    ] {
        assert_eq!(records("", figure).await.0, 400, "{figure}");
    }
    let (_, cards) = get(&site.public, "/api/v1/tracker").await;
    let shown = figures(&cards).into_iter().filter(|(card, _)| card == "budget");
    let shown: Vec<_> = shown.map(|(_, figure)| figure["id"].clone()).collect();
    assert_eq!(shown, ["replication_budget_own_2022", "budget_by_status_completed"]);
}
