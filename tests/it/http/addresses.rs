//! Addresses and what follows the way of a request: proxies, prefixes, languages.

use axum::http::Method;
use hlp_tracker::http::Settings;
use serde_json::Value;

use super::{PROXY, Site, request};

#[tokio::test]
async fn addresses_follow_the_way_of_the_request() {
    let forwarded = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "ulaanbaatar.example"),
        ("x-forwarded-prefix", "/hlp"),
    ];
    let site = Site::with(Settings {
        trusted_proxies: vec!["10.0.0.0/8".parse().expect("a block")],
        ..Settings::default()
    })
    .await;
    let address = |json: &Value| json["tiles"][0].as_str().expect("an address").to_owned();
    let path = "/tiles/tracker-2022.json";
    let direct = site.get(path).await.json();
    assert!(address(&direct).starts_with("http://map.example:8080/tiles/tracker-2022/"), "{direct}");
    let lied = site.get_with(path, &forwarded).await.json();
    assert_eq!(address(&lied), address(&direct), "a stranger was believed");
    let proxied = site.send(request(Method::GET, path, PROXY, &forwarded)).await.json();
    assert!(address(&proxied).starts_with("https://ulaanbaatar.example/hlp/tiles/"), "{proxied}");
    // nginx sets one family and passes on the other as it came.
    let evil = ("forwarded", "for=6.6.6.6;proto=http;host=evil.example");
    let both: Vec<_> = forwarded.into_iter().chain([evil]).collect();
    for path in [path, "/styles/identifications.json", "/tiles"] {
        let answer = site.send(request(Method::GET, path, PROXY, &both)).await.text();
        assert!(!answer.contains("evil.example"), "{answer}");
    }
    let page = site.send(request(Method::GET, "/mn/", PROXY, &forwarded)).await.text();
    assert!(page.contains("data-base=\"/hlp\"") && page.contains("src=\"/hlp/assets/"), "{page}");
    let home = site.send(request(Method::GET, "/", PROXY, &forwarded)).await;
    assert_eq!(home.header("location"), "/hlp/mn/");
}

#[tokio::test]
async fn every_address_lies_under_the_public_one() {
    let public = "https://ulaanbaatar.example/maps/hlp";
    let site =
        Site::with(Settings { public_url: Some(public.parse().expect("an address")), ..Settings::default() })
            .await;
    let mut found = 0;
    for path in ["/tiles", "/tiles/boundaries-2022.json", "/styles/identifications.json", "/api/openapi.json"]
    {
        let text = site.get(path).await.text();
        assert!(!text.contains("map.example"), "{path}: {text}");
        for part in text.split('"').filter(|part| part.contains("/tiles/") && part.starts_with("http")) {
            assert!(part.starts_with(public), "{path}: {part}");
            found += 1;
        }
    }
    assert!(found > 5, "{found} addresses");
    let page = site.get("/en/").await.text();
    // What follows the last attribute of an empty element begins so too.
    let links = page.split('"').filter(|part| part.starts_with('/') && !part.starts_with("/>"));
    assert!(links.clone().count() > 3);
    for link in links {
        assert!(link.starts_with("/maps/hlp"), "{link}");
    }
}

#[tokio::test]
async fn a_request_id_is_taken_from_a_proxy_and_made_otherwise() {
    let site = Site::with(Settings {
        trusted_proxies: vec!["10.0.0.0/8".parse().expect("a block")],
        ..Settings::default()
    })
    .await;
    let given = [("x-request-id", "abc-123")];
    let proxied = site.send(request(Method::GET, "/health/live", PROXY, &given)).await;
    assert_eq!(proxied.header("x-request-id"), "abc-123");
    let direct = site.get_with("/health/live", &given).await;
    assert_ne!(direct.header("x-request-id"), "abc-123");
    let evil = [("x-request-id", "a b\"c")];
    let cleaned = site.send(request(Method::GET, "/health/live", PROXY, &evil)).await;
    assert_eq!(cleaned.header("x-request-id").len(), 16);
}

#[tokio::test]
async fn the_language_of_an_answer_follows_the_request() {
    let site = Site::new().await;
    let path = "/styles/identifications.json";
    let english = site.get_with(path, &[("accept-language", "en")]).await;
    assert_eq!(english.header("content-language"), "en");
    let vary: Vec<_> = english.headers.get_all("vary").iter().collect();
    assert!(vary.iter().any(|v| *v == "Accept-Language"), "{vary:?}");
    let asked = site.get_with(&format!("{path}?lang=en"), &[("accept-language", "mn")]).await;
    assert_eq!(asked.body, english.body);
    assert_eq!(asked.headers.get_all("vary").iter().count(), 1, "the header had no say");
    assert_ne!(site.get(path).await.body, english.body);
}
