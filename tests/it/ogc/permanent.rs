//! Permanent addresses: they lead to the place of their vintage, and data and pages tell them.

use axum::body::Body;
use axum::http::Method;
use serde_json::Value;

use crate::lists::Site;
use crate::visits::{Answer, city, get, send};

const ADDRESS: &str = "http://localhost:8080";

async fn led(site: &Site, path: &str, headers: &[(&str, &str)]) -> String {
    let answer = send(&site.public, Method::GET, path, headers, Body::empty()).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.text());
    let vary = answer.header("vary");
    assert!(vary.contains("Accept,") && vary.contains("Accept-Language"), "{path}: {vary}");
    answer.header("location").strip_prefix(ADDRESS).expect("our own").to_owned()
}

async fn found(site: &Site, path: &str) -> Answer {
    let answer = get(&site.public, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn a_permanent_address_leads_to_the_page_or_to_the_data_of_its_vintage() {
    let site = city();
    for vintage in ["2020", "2022"] {
        for (kind, code) in [("khoroos", "bzd-5"), ("districts", "bzd")] {
            let id = format!("/id/{kind}/{vintage}:{code}");
            let place = led(&site, &id, &[]).await;
            let data = found(&site, &place).await.json();
            // Collections have the newest districts alone; those of before are records.
            let is_feature = kind == "khoroos" || vintage == "2022";
            assert_eq!(place.starts_with("/ogc/"), is_feature, "{place}");
            let told = if is_feature { &data["properties"] } else { &data };
            assert_eq!((&told["code"], &told["vintage"]), (&code.into(), &vintage.into()), "{place}");
            for (language, tag) in [("mn", "mn"), ("en-GB,en;q=0.9", "en"), ("de", "mn")] {
                let place = led(&site, &id, &[("accept", "text/html"), ("accept-language", language)]).await;
                assert_eq!(place, format!("/{tag}/{kind}/{code}?vintage={vintage}"));
                let page = found(&site, &place).await;
                let link = format!("<link rel=\"cite-as\" href=\"{ADDRESS}{id}\">");
                assert!(page.text().contains(&link), "{place}");
            }
        }
    }
}

#[tokio::test]
async fn a_feature_tells_its_permanent_address() {
    let site = city();
    for (feature, expected) in [
        ("khoroos/items/bzd-26", "/id/khoroos/2022:bzd-26"),
        ("khoroos-2020/items/bzd-5", "/id/khoroos/2020:bzd-5"),
        ("khoroo-versions/items/2020:bzd-5", "/id/khoroos/2020:bzd-5"),
        ("districts/items/bzd", "/id/districts/2022:bzd"),
    ] {
        let item = found(&site, &format!("/ogc/collections/{feature}")).await.json();
        let links = item["links"].as_array().expect("links");
        let told = links.iter().find(|link| link["rel"] == "cite-as").map(|link| &link["href"]);
        assert_eq!(told, Some(&Value::from(format!("{ADDRESS}{expected}"))), "{feature}");
    }
}

#[tokio::test]
async fn a_place_that_never_was_is_named() {
    let site = city();
    for (path, allowed) in [
        ("/id/khoroos/2022:bzd-999", &[][..]),
        ("/id/khoroos/bzd-5", &["2020:bzd-5", "2022:bzd-5"]),
        ("/id/khoroos/1999:bzd-5", &["2020:bzd-5", "2022:bzd-5"]),
        ("/id/districts/1999:bzd", &["2020:bzd", "2022:bzd"]),
        ("/id/districts/2022:BZD", &[]),
    ] {
        let answer = get(&site.public, path).await;
        let (code, _, detail) = answer.refusal(404, path);
        let id = path.rsplit('/').next().expect("an id");
        assert_eq!(code, "not_found");
        assert!(detail.contains(&format!("`{id}`")), "{detail}");
        let problem = answer.json();
        let told: Vec<&str> =
            problem["allowed"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(told, allowed, "{path}");
    }
    assert_eq!(
        get(&site.public, "/id/khoroos/2022:bzd-26?f=json").await.refusal(400, "f").0,
        "unknown_parameter"
    );
    let picture = [("accept", "image/png")];
    let answer = send(&site.public, Method::GET, "/id/khoroos/2022:bzd-26", &picture, Body::empty()).await;
    assert_eq!(answer.status, 406);
}
