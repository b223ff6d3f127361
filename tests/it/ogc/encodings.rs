//! OGC API – Features Part 1: GeoJSON and HTML.

use serde_json::{Value, json};

use super::features::address_of;
use super::judges::judged;
use super::site::{GEOJSON, HTML, JSON, array, id, is_media, items_of, link, site, text_of, with};

/// Every resource of the core with the media type that its JSON has.
fn resources() -> Vec<(String, &'static str)> {
    let mut all = vec![
        (site().root(), JSON),
        (link(&site().landing, "conformance", JSON), JSON),
        (link(&site().landing, "data", JSON), JSON),
    ];
    for collection in &site().collections {
        let page = site().items(&with(&items_of(collection), &[("limit", "1")]));
        all.push((link(collection, "self", JSON), JSON));
        all.push((items_of(collection), GEOJSON));
        all.push((address_of(collection, &page["features"][0]), GEOJSON));
    }
    all
}

/// Without the choice of a format that a link may carry.
fn plain(href: &str) -> String {
    href.split('?').next().expect("a path").to_owned()
}

#[test]
pub fn geojson_definition() {
    for (href, media) in resources() {
        let answer = site().ask(&plain(&href), &format!("{GEOJSON}, {JSON};q=0.9"));
        let told = answer.header("content-type").unwrap_or_default();
        assert!(answer.status == 200 && is_media(told, media), "{href}: {told}");
        let anything = site().ask(&plain(&href), "*/*");
        assert!(is_media(anything.header("content-type").unwrap_or_default(), media), "{href}");
    }
}

#[test]
pub fn geojson_content() {
    let mut cases = Vec::new();
    for collection in &site().collections {
        let page = site().items(&items_of(collection));
        for feature in array(&page["features"]).iter().take(3) {
            let href = address_of(collection, feature);
            let alone = site().items(&href);
            assert!(href.ends_with(&format!("/{}", id(&alone))), "{href}");
            cases.push(json!({ "schema": "feature", "document": alone }));
        }
        let parsed: geojson::FeatureCollection = serde_json::from_value(page.clone()).expect("GeoJSON");
        assert_eq!(parsed.features.len(), array(&page["features"]).len());
        cases.push(json!({ "schema": "features", "document": page }));
        cases.push(json!({ "schema": "collection", "document": collection }));
    }
    let listed = site().json(&link(&site().landing, "data", JSON));
    let declared = site().json(&link(&site().landing, "conformance", JSON));
    cases.push(json!({ "schema": "collections", "document": listed }));
    cases.push(json!({ "schema": "conformance", "document": declared }));
    cases.push(json!({ "schema": "landing", "document": site().landing }));
    judged("schemas", &Value::Array(cases));
}

#[test]
pub fn html_definition() {
    for (href, _) in resources() {
        let answer = site().ask(&plain(&href), "text/html,application/xhtml+xml,*/*;q=0.8");
        let told = answer.header("content-type").unwrap_or_default();
        assert!(answer.status == 200 && is_media(told, HTML), "{href}: {told}");
        assert!(answer.header("vary").is_some_and(|vary| vary.to_lowercase().contains("accept")), "{href}");
    }
    let none = site().ask(&site().root(), "image/png");
    assert_eq!(none.status, 406);
}

#[test]
pub fn html_content() {
    for (href, _) in resources() {
        let page = text_of(&site().ask(&plain(&href), HTML).body);
        assert!(page.trim_start().to_lowercase().starts_with("<!doctype html>"), "{href}");
        for part in ["<html lang=", "<title>", "<h1", "</html>"] {
            assert!(page.contains(part), "{part} in {href}");
        }
    }
    for collection in site().spatial() {
        let first = &site().items(&with(&items_of(collection), &[("limit", "1")]))["features"][0];
        let page = text_of(&site().ask(&address_of(collection, first), HTML).body);
        // Numbers are written for people: groups of three digits, no more decimals than mean something.
        let plain = page.replace(['\u{a0}', ','], "");
        for (name, value) in first["properties"].as_object().expect("properties") {
            let written = value.as_i64().map(|n| n.to_string());
            let written = written.or_else(|| value.as_f64().map(|n| format!("{n:.2}")));
            if let Some(written) = written {
                assert!(plain.contains(&format!(">{written}<")), "{name} of {}: {written}", id(first));
            }
        }
    }
}
