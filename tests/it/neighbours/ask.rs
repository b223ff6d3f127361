//! Neighbours over the wire: what is told, and what is refused with which words.

use serde_json::Value;

use crate::lists::Site;
use crate::small_world::{at, loaded};

fn codes(answer: &Value) -> Vec<&str> {
    let neighbours = answer["neighbours"].as_array().unwrap_or_else(|| panic!("{answer}"));
    neighbours.iter().map(|n| n["code"].as_str().expect("a code")).collect()
}

async fn refused(site: &Site, path: &str) -> (u16, String, String) {
    let (status, problem) = site.get(&format!("/api/v1/khoroos/{path}")).await;
    let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    (status, text("parameter"), text("detail"))
}

#[tokio::test]
async fn a_khoroo_names_who_touches_it_and_who_is_near() {
    let site = Site::of(loaded());
    let (status, border) = site.get("/api/v1/khoroos/aa-1/neighbours").await;
    assert_eq!(
        (status, &border["khoroo"], &border["by"]),
        (200, &"aa-1".into(), &"border".into()),
        "{border}"
    );
    assert_eq!(border["contiguity"], "queen");
    let touching = codes(&border).len();
    assert!(touching > 0);
    let (_, near) = site.get("/api/v1/khoroos/aa-1/neighbours?by=distance&limit=50").await;
    let near_codes = codes(&near);
    assert_eq!(near_codes.len(), 4, "everybody else: {near}");
    assert_eq!((&near["complete"], &near["between"]), (&true.into(), &"borders".into()));
    for neighbour in near["neighbours"].as_array().expect("a list") {
        let touches = codes(&border).contains(&neighbour["code"].as_str().expect("a code"));
        assert_eq!(neighbour["distance_m"] == 0.0, touches, "{neighbour}");
    }
    let (_, one) = site.get("/api/v1/khoroos/aa-1/neighbours?by=distance&limit=1").await;
    assert_eq!((codes(&one), &one["complete"]), (vec![near_codes[0]], &false.into()));
    let (_, none) = site.get("/api/v1/khoroos/aa-1/neighbours?by=distance&within_m=0").await;
    assert_eq!(codes(&none).len(), touching);
    let (_, rook) = site.get("/api/v1/khoroos/aa-1/neighbours?contiguity=rook").await;
    let borders = rook["neighbours"].as_array().expect("a list");
    assert!(borders.iter().all(|n| n["border_m"].as_f64().expect("metres") > 0.0), "{rook}");
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_by_name() {
    let site = Site::of(loaded());
    for (query, parameter) in [
        ("limit=0", "limit"),
        ("limit=51", "limit"),
        ("limit=1000000000", "limit"),
        ("limit=NaN", "limit"),
        ("by=road", "by"),
        ("contiguity=bishop", "contiguity"),
        ("by=distance&contiguity=rook", "contiguity"),
        ("within_m=10", "within_m"),
        ("by=distance&within_m=NaN", "within_m"),
        ("by=distance&within_m=inf", "within_m"),
        ("by=distance&within_m=-1", "within_m"),
        ("by=distance&between=roofs", "between"),
        ("vintage=1999", "vintage"),
    ] {
        let (status, told, detail) = refused(&site, &format!("aa-1/neighbours?{query}")).await;
        assert_eq!((status, told.as_str()), (400, parameter), "{query}: {detail}");
    }
    for code in ["aa-9", "zz-1", "Aa-1", "%F0%9F%97%BA"] {
        assert_eq!(refused(&site, &format!("{code}/neighbours")).await.0, 404, "{code}");
    }
    let (status, _, detail) = refused(&site, "aa-3/neighbours?vintage=2020").await;
    assert_eq!(status, 404);
    assert!(detail.contains("it is in `2022`"), "{detail}");
    let (status, _, detail) = refused(&site, "aa-1/neighbours?by=distance&between=offices").await;
    assert_eq!(status, 404);
    assert!(detail.contains("no office of khoroo `aa-1`"), "{detail}");
}

#[tokio::test]
async fn a_vintage_of_mere_codes_has_unknown_neighbours_not_none() {
    let mut town = loaded();
    for khoroo in town.datasets.values_mut().flat_map(|dataset| &mut dataset.khoroos) {
        if khoroo.id.vintage.as_str() == "2020" {
            khoroo.shape = None;
        }
    }
    let site = Site::of(town);
    for by in ["border", "distance"] {
        let (status, _, detail) = refused(&site, &format!("aa-1/neighbours?vintage=2020&by={by}")).await;
        assert_eq!(status, 404);
        assert!(detail.contains("vintage `2020` has no lines of khoroo `aa-1`"), "{detail}");
    }
}

#[tokio::test]
async fn a_place_outside_is_told_its_nearest_khoroo() {
    let site = Site::of(loaded());
    let outside = at(-20, 5);
    let path = format!("/api/v1/khoroos-at?lon={}&lat={}", outside.lon(), outside.lat());
    let (status, problem) = site.get(&path).await;
    assert_eq!((status, &problem["code"]), (404, &"nothing_there".into()));
    let nearest = &problem["nearest"];
    assert_eq!(nearest["code"], "aa-1", "{problem}");
    // Two squares of about 750 m.
    let distance_m = nearest["distance_m"].as_f64().expect("metres");
    assert!((1_400.0..1_600.0).contains(&distance_m), "{problem}");
    let (status, problem) = site.get("/api/v1/khoroos-at?lon=0&lat=0").await;
    assert_eq!((status, problem.get("nearest")), (404, None), "half the world away nothing is near");
}

#[tokio::test]
async fn whoever_wants_the_nearest_khoroo_of_a_place_is_answered_with_it() {
    let site = Site::of(loaded());
    let (outside, inside) = (at(-20, 5), at(5, 5));
    let path = |lon: f64, lat: f64| format!("/api/v1/khoroos-at?lon={lon}&lat={lat}&outside=nearest");
    let (status, khoroo) = site.get(&path(outside.lon(), outside.lat())).await;
    assert_eq!((status, &khoroo["code"]), (200, &"aa-1".into()));
    let distance_m = khoroo["distance_m"].as_f64().expect("metres");
    assert!((1_400.0..1_600.0).contains(&distance_m), "{khoroo}");
    let (_, within) = site.get(&path(inside.lon(), inside.lat())).await;
    assert_eq!((&within["code"], within["distance_m"].as_f64()), (&"aa-1".into(), Some(0.0)));
    // Half the world away nothing is near, which is no fault of who asks.
    assert_eq!(site.get(&path(0.0, 0.0)).await, (200, serde_json::Value::Null));
    let (status, problem) = site.get("/api/v1/khoroos-at?lon=0&lat=0&outside=far").await;
    assert_eq!((status, problem["parameter"].as_str()), (400, Some("outside")));
}
