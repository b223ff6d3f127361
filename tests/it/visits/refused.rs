//! What cannot be meant, and what is too much.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use axum::http::Method;
use hlp_tracker::http::guard::PLAN_BODY_BYTES_MAX;
use hlp_tracker::model::Practice;

use super::{PLANS, city, get, list, post, send, text};
use crate::lists::Site;
use crate::partners::{city as demo, loaded, open_offer};

#[tokio::test]
async fn a_plan_that_cannot_be_meant_is_refused_by_field_and_value() {
    let site = city();
    for (query, parameter, told) in [
        ("visitors=xyz-1", "visitors", "`xyz-1`"),
        ("visitors=nonsense", "visitors", "bzd-26"),
        ("visitors=bzd-999", "visitors", "numbers 1 to"),
        ("visitors=bzd-1,bzd-1", "visitors", "named twice"),
        ("visitors=", "visitors", "code"),
        ("district=nope", "district", "has no district"),
        ("themes=noise", "themes", "no such theme"),
        ("themes=any,waste", "themes", "`any` stands alone"),
        ("needs=bzd-1", "needs", "khoroo:theme"),
        ("needs=bzd-1:waste:9", "needs", "from 1 to 3"),
        ("needs=bzd-1:waste:NaN", "needs", "khoroo:theme"),
        ("needs=bzd-1:waste,bzd-1:waste:2", "needs", "named twice"),
        ("visits=0", "visits", "from 1 to 5"),
        ("visits=1000000000", "visits", "from 1 to 5"),
        ("visits=NaN", "visits", "whole number"),
        ("capacity=0", "capacity", "from 1 to 100"),
        ("capacity=99999999999999999999999", "capacity", "whole number"),
        ("group=-1", "group", "whole number"),
        ("group=201", "group", "from 1 to 200"),
        ("fairness=NaN", "fairness", "from 0 to 1"),
        ("fairness=inf", "fairness", "from 0 to 1"),
        ("fairness=-0.1", "fairness", "from 0 to 1"),
        ("mode=phone", "mode", "phone"),
        ("from=tomorrow", "from", "2022-05-14"),
        ("from=9999-12-31", "from", "1900 to 2200"),
        ("from=2023-05-31&to=2023-05-01", "to", "period is empty"),
        ("from=2026-07-11&to=2026-07-12", "to", "shut on all days"),
        ("from=2023-01-01&to=2024-01-02", "to", "at most 366 days"),
        ("vintage=1999", "vintage", "1999"),
        ("fixed=bzd-1", "fixed", "visitor:practice"),
        ("visitors=bzd-1&fixed=bzd-1:nobody", "fixed", "no such practice"),
    ] {
        let (code, at, detail) = get(&site.public, &format!("{PLANS}?{query}")).await.refusal(400, query);
        assert_eq!((code.as_str(), at.as_str()), ("invalid_parameter", parameter), "{query}: {detail}");
        assert!(detail.contains(told), "{query}: {detail}");
    }
    let (code, _, _) = get(&site.public, &format!("{PLANS}?visitor=bzd-1")).await.refusal(400, "visitor");
    assert_eq!(code, "unknown_parameter");
}

#[tokio::test]
async fn a_code_of_another_vintage_is_refused_with_those_that_have_it() {
    let site = city();
    let [before, after] = [0, 1].map(|vintage| &demo().vintages[vintage].geography.khoroos);
    let new =
        &after.iter().find(|unit| before.iter().all(|old| old.code != unit.code)).expect("some are new").code;
    for path in [
        format!("{PLANS}?visitors={new}&vintage=2020"),
        format!("{PLANS}?needs={new}:waste&vintage=2020"),
        format!("/api/v1/day-routes?from={new}&stops=bzd-1&vintage=2020"),
        format!("/api/v1/day-routes?from=bzd-2&stops=bzd-1,{new}&vintage=2020"),
    ] {
        let (_, _, detail) = get(&site.public, &path).await.refusal(400, &path);
        assert!(detail.contains("it is in `2022`"), "{path}: {detail}");
    }
}

#[tokio::test]
async fn a_decided_visit_that_cannot_be_is_refused_with_its_reason() {
    let site = city();
    let ask = |query: String| {
        let router = site.public.clone();
        async move { get(&router, &format!("{PLANS}?from=2022-10-03&to=2022-10-31&{query}")).await }
    };
    let plan = ask("visitors=bzd-1,bzd-2&themes=waste&visits=2".into()).await.json();
    let one = &plan["assignments"][0];
    let (host, practice) = (text(&one["host"]["code"]), text(&one["practice"]));
    for (query, told) in [
        (format!("visitors={host}&themes=waste&fixed={host}:{practice}"), "own_practice"),
        (format!("visitors=bzd-1&themes=green&fixed=bzd-1:{practice}"), "no need in the theme"),
        (format!("visitors=bzd-2&themes=waste&fixed=bzd-1:{practice}"), "none of the visitors"),
        (format!("visitors=bzd-1&visits=2&fixed=bzd-1:{practice},bzd-1:{practice}"), "decided twice"),
        (
            format!("visitors=bzd-1,bzd-2&themes=waste&capacity=1&fixed=bzd-1:{practice},bzd-2:{practice}"),
            "more visit than the host can take",
        ),
    ] {
        let (_, at, detail) = ask(query.clone()).await.refusal(400, &query);
        assert_eq!(at, "fixed", "{query}");
        assert!(detail.contains(told) && detail.contains(practice), "{query}: {detail}");
    }
    let other = list(&one["alternatives"]).first().map(|other| text(&other["practice"]).to_owned());
    let visitor = text(&one["visitor"]["code"]);
    let other = other.expect("it could go elsewhere");
    let twice =
        format!("visitors={visitor}&themes=waste&visits=2&fixed={visitor}:{practice},{visitor}:{other}");
    let (_, _, detail) = ask(twice.clone()).await.refusal(400, &twice);
    assert!(detail.contains("answered by other decided visits"), "{detail}");
    let once = format!("visitors={visitor}&visits=1&fixed={visitor}:{practice},{visitor}:{other}");
    let (_, _, detail) = ask(once.clone()).await.refusal(400, &once);
    assert!(detail.contains("answered by other") || detail.contains("one more visit"), "{detail}");
}

/// Each pair may be looked at for each visit, so one times the other is bounded.
#[tokio::test]
async fn more_visits_than_can_be_planned_at_once_are_refused() {
    let mut town = loaded();
    let again = town
        .records
        .practices
        .clone()
        .into_iter()
        .map(|one| Practice { id: format!("{}-again", one.id), ..one });
    town.records.practices.extend(again);
    town.records.offers = town.records.practices.iter().map(open_offer).collect();
    town.sort();
    let site = Site::of(town);
    let path = format!("{PLANS}?district=all&capacity=100&from=2022-10-03&to=2022-10-31");
    let (code, at, detail) = get(&site.public, &format!("{path}&visits=5")).await.refusal(400, "visits");
    assert_eq!((code.as_str(), at.as_str()), ("invalid_parameter", "visits"), "{detail}");
    assert!(detail.contains("allow fewer visits") && detail.contains("1020 visits"), "{detail}");
    let page = get(
        &site.public,
        "/en/visits/month?district=all&capacity=100&from=2022-10-03&to=2022-10-31&visits=5",
    )
    .await;
    assert_eq!(page.status, 400);
    assert!(page.text().contains("Allow fewer visits of one khoroo"));
}

#[tokio::test]
async fn a_body_that_is_none_is_refused() {
    let site = city();
    for (body, told) in [
        ("", "EOF"),
        ("{", "EOF"),
        ("[1]", "invalid"),
        ("{\"visitor\": []}", "unknown field `visitor`"),
        ("{\"visits\": \"two\"}", "invalid type"),
        ("{\"visits\": 1e9}", "invalid type"),
        ("{\"fairness\": NaN}", "line 1"),
        ("{\"fixed\": [{\"visitor\": \"bzd-1\"}]}", "missing field `practice`"),
        ("\u{feff}{}", "line 1"),
    ] {
        let (code, _, detail) = post(&site.public, body).await.refusal(400, body);
        assert_eq!(code, "invalid_body", "{body}: {detail}");
        assert!(detail.contains(told), "{body}: {detail}");
    }
    let deep = format!("{{\"visitors\": {}", "[".repeat(100_000));
    assert_eq!(post(&site.public, &deep).await.refusal(400, "deep").0, "invalid_body");
    let (code, parameter, _) = post(&site.public, "{\"visits\": 1000000000}").await.refusal(400, "visits");
    assert_eq!((code.as_str(), parameter.as_str()), ("invalid_parameter", "visits"));
    let many = format!("{{\"visitors\": [{}]}}", vec!["\"bzd-1\""; 100_000].join(","));
    assert_eq!(post(&site.public, &many).await.refusal(400, "many").1, "visitors");
    for headers in [
        &[][..],
        &[("content-type", "text/plain")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "application/json"), ("content-encoding", "gzip")],
    ] {
        let answer = send(&site.public, Method::POST, PLANS, headers, Body::from("{}")).await;
        assert_eq!(answer.refusal(415, "kind").0, "unsupported_media_type", "{headers:?}");
    }
    let json = [("content-type", "Application/JSON; charset=utf-8")];
    let body = Body::from("{\"visitors\": [\"bzd-1\"]}");
    assert_eq!(send(&site.public, Method::POST, PLANS, &json, body).await.status, 200);
}

#[tokio::test]
async fn a_body_of_100_mb_is_refused_before_it_is_read() {
    const MB: usize = 1 << 20;
    let site = city();
    for announced in [true, false] {
        let read = Arc::new(AtomicUsize::new(0));
        let counted = read.clone();
        let pieces = (0..100).map(move |_| {
            counted.fetch_add(MB, Ordering::SeqCst);
            Ok::<_, std::io::Error>(Bytes::from(vec![b' '; MB]))
        });
        let pieces = futures_util::stream::iter(pieces);
        let length = (100 * MB).to_string();
        let headers = [("content-type", "application/json"), ("content-length", length.as_str())];
        let headers = if announced { &headers[..] } else { &headers[..1] };
        let answer = send(&site.public, Method::POST, PLANS, headers, Body::from_stream(pieces)).await;
        assert_eq!(answer.refusal(413, "100 MB").0, "body_too_large");
        let read = read.load(Ordering::SeqCst);
        assert!(read <= if announced { 0 } else { 2 * MB }, "{read} bytes were read");
    }
    let padded = |n: u64| format!("{{\"visitors\": [\"bzd-1\"]{}}}", " ".repeat(n as usize - 24));
    assert_eq!(padded(100).len(), 99, "the rest of the body");
    assert_eq!(post(&site.public, &padded(PLAN_BODY_BYTES_MAX + 1)).await.status, 200, "just below");
    assert_eq!(post(&site.public, &padded(PLAN_BODY_BYTES_MAX + 2)).await.status, 413, "just above");
    // A larger body is for this path alone.
    let length = PLAN_BODY_BYTES_MAX.to_string();
    let headers = [("content-type", "application/json"), ("content-length", length.as_str())];
    for (method, path) in [(Method::POST, "/api/v1/day-routes"), (Method::GET, PLANS)] {
        let answer = send(&site.public, method, path, &headers, Body::empty()).await;
        assert_eq!(answer.status, 413, "{path}");
    }
}

#[tokio::test]
async fn only_plans_are_asked_for_with_a_body() {
    let site = city();
    for path in ["/api/v1/day-routes", "/api/v1/spread", "/api/v1/flows", "/api/v1/khoroos"] {
        let json = [("content-type", "application/json")];
        let answer = send(&site.public, Method::POST, path, &json, Body::from("{}")).await;
        assert_eq!(answer.refusal(405, path).0, "method_not_allowed");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = send(&site.public, method, PLANS, &[], Body::empty()).await;
        assert_eq!(answer.refusal(405, PLANS).0, "method_not_allowed");
        assert!(answer.header("allow").contains("POST"), "{}", answer.header("allow"));
    }
    let preflight = [("origin", "https://other.example"), ("access-control-request-method", "POST")];
    let answer = send(&site.public, Method::OPTIONS, PLANS, &preflight, Body::empty()).await;
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
    assert!(answer.header("access-control-allow-headers").contains("Content-Type"));
    let answer = send(&site.public, Method::OPTIONS, "/api/v1/flows", &preflight, Body::empty()).await;
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    let office = send(&site.office, Method::OPTIONS, PLANS, &preflight, Body::empty()).await;
    assert_eq!(office.header("access-control-allow-methods"), "", "no other site reads what is the office's");
}

#[tokio::test]
async fn a_day_that_cannot_be_meant_is_refused_by_parameter() {
    let site = city();
    let thirteen: Vec<String> = (1..=13).map(|n| format!("bzd-{n}")).collect();
    let thirteen = format!("from=bzd-20&stops={}", thirteen.join(","));
    for (query, parameter, told) in [
        ("from=bzd-1&stops=bzd-1", "stops", "does not visit itself"),
        ("from=bzd-1&stops=bzd-2,bzd-3,bzd-2", "stops", "named twice"),
        (thirteen.as_str(), "stops", "13 stops"),
        ("from=bzd-1&stops=", "stops", "code"),
        ("from=bzd-1&stops=bzd-2,,bzd-3", "stops", "code"),
        ("from=bzd-1&stops=bzd-999", "stops", "numbers 1 to"),
        ("from=nope&stops=bzd-2", "from", "code"),
        ("from=bzd-1&stops=bzd-2:nobody", "stops", "no such practice"),
        ("from=bzd-1&stops=bzd-2&date=2023-02-30", "date", "a day"),
        ("from=bzd-1&stops=bzd-2&date=-009999-01-01", "date", "2007 to 2200"),
        ("from=bzd-1&stops=bzd-2&date=2006-12-29", "date", "2007 to 2200"),
        ("from=bzd-1&stops=bzd-2&start=25:00", "start", "09:00"),
        ("from=bzd-1&stops=bzd-2&start=NaN", "start", "09:00"),
        ("from=bzd-1&stops=bzd-2&start=18:00&end=09:00", "end", "empty"),
        ("from=bzd-1&stops=bzd-2&start=09:00&end=09:00", "end", "empty"),
        ("from=bzd-1&stops=bzd-2&open=17:00-09:00", "open", "09:00-12:00"),
        ("from=bzd-1&stops=bzd-2&visit_minutes=0", "visit_minutes", "from 10 to 480"),
        ("from=bzd-1&stops=bzd-2&visit_minutes=1000000000", "visit_minutes", "from 10 to 480"),
        ("from=bzd-1&stops=bzd-2&lunch=12:00-12:30", "lunch", "does not fit"),
        ("from=bzd-1&stops=bzd-2&lunch_minutes=NaN", "lunch_minutes", "from 10 to 180"),
        ("from=bzd-1&stops=bzd-2&f=pdf", "f", "pdf"),
        ("from=bzd-1&stops=bzd-2&lang=de", "lang", "de"),
    ] {
        let answer = get(&site.public, &format!("/api/v1/day-routes?{query}")).await;
        let (code, at, detail) = answer.refusal(400, query);
        assert_eq!((code.as_str(), at.as_str()), ("invalid_parameter", parameter), "{query}: {detail}");
        assert!(detail.contains(told), "{query}: {detail}");
    }
    for (query, missing) in [("", "from"), ("from=bzd-1", "stops")] {
        let (code, at, _) =
            get(&site.public, &format!("/api/v1/day-routes?{query}")).await.refusal(400, query);
        assert_eq!((code.as_str(), at.as_str()), ("missing_parameter", missing));
    }
}

#[tokio::test]
async fn statistics_that_cannot_be_meant_are_refused_by_parameter() {
    let site = city();
    for (path, parameter) in [
        ("/api/v1/spread?measure=participation", "measure"),
        ("/api/v1/spread?cycle=1999", "cycle"),
        ("/api/v1/spread?theme=noise", "theme"),
        ("/api/v1/spread?rate=per1", "rate"),
        ("/api/v1/spread?weights=bishop", "weights"),
        ("/api/v1/spread?weights=knn&k=0", "k"),
        ("/api/v1/spread?weights=knn&k=1000000000", "k"),
        ("/api/v1/spread?k=4", "k"),
        ("/api/v1/spread?seed=-1", "seed"),
        ("/api/v1/spread?seed=NaN", "seed"),
        ("/api/v1/spread?permutations=0", "permutations"),
        ("/api/v1/spread?permutations=1000000000", "permutations"),
        ("/api/v1/weights.gal?weights=bishop", "weights"),
        ("/api/v1/weights.gwt?vintage=1999", "vintage"),
        ("/api/v1/flows?f=shp", "f"),
    ] {
        let (code, at, detail) = get(&site.public, path).await.refusal(400, path);
        assert_eq!((code.as_str(), at.as_str()), ("invalid_parameter", parameter), "{path}: {detail}");
    }
}
