//! OGC API – Features Part 1 and Tiles Part 1: the API definition in OpenAPI 3.0, held against the service.

use std::collections::BTreeSet;

use serde_json::Value;

use super::judges::judged;
use super::parameters::resolved;
use super::site::{HTML, OPENAPI, array, id, is_media, items_of, link, site, text, with};

/// Addresses with answers, one of each kind, and what is asked for.
fn addresses() -> Vec<(String, &'static str)> {
    let root = site().root();
    let mut all =
        vec![(root.clone(), ""), (format!("{root}/conformance"), ""), (format!("{root}/collections"), "")];
    for collection in &site().collections {
        let base = format!("{root}/collections/{}", text(&collection["id"]));
        let page = site().items(&with(&items_of(collection), &[("limit", "1")]));
        all.push((format!("{base}/items/{}", id(&page["features"][0])), "crs=nonsense"));
        all.push((format!("{base}/items"), "limit=nonsense"));
        all.push((base, "unknown=1"));
    }
    all.push((format!("{root}/collections/khoroos/items/none"), ""));
    all
}

/// The operation of the definition that this address is of.
fn operation<'a>(api: &'a Value, address: &str) -> &'a Value {
    let path = address.strip_prefix(&site().root()).expect("below the root");
    let path = if path.is_empty() { "/" } else { path };
    let asked: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        template.len() == asked.len()
            && template.iter().zip(&asked).all(|(t, a)| t == a || (t.starts_with('{') && t.ends_with('}')))
    };
    let paths = api["paths"].as_object().expect("paths");
    let exact = paths.get(path);
    let found = exact.or_else(|| paths.iter().find(|(template, _)| fits(template)).map(|(_, item)| item));
    &found.unwrap_or_else(|| panic!("{path} is not described"))["get"]
}

fn check(address: &str, accept: &str) {
    let api = site().openapi();
    let answer = site().ask(address, accept);
    let path = address.split('?').next().expect("a path");
    let operation = operation(&api, path);
    let status = answer.status.to_string();
    let response = resolved(&api, &operation["responses"][&status]);
    assert!(response.is_object(), "{status} of {address} is not described");
    let media = answer.header("content-type").unwrap_or_default();
    let described = response["content"].as_object().into_iter().flat_map(|content| content.keys());
    let described: Vec<_> = described.collect();
    assert!(described.iter().any(|known| is_media(media, known)), "{media} of {address}: {described:?}");
}

#[test]
pub fn completeness() {
    for (address, wrong) in addresses() {
        check(&address, "*/*");
        check(&address, HTML);
        if !wrong.is_empty() {
            check(&format!("{address}?{wrong}"), "*/*");
        }
    }
}

#[test]
pub fn exceptions_codes() {
    let api = site().openapi();
    for (path, item) in api["paths"].as_object().expect("paths") {
        for status in ["200", "400", "406", "500"] {
            assert!(item["get"]["responses"][status].is_object(), "{status} of {path}");
        }
    }
}

#[test]
pub fn oas_definition_1() {
    link(&site().landing, "service-desc", OPENAPI);
    let html = site().ask(&link(&site().landing, "service-doc", HTML), HTML);
    assert!(is_media(html.header("content-type").unwrap_or_default(), HTML), "{html:?}");
}

#[test]
pub fn oas_definition_2() {
    judged("openapi", &site().openapi());
}

#[test]
pub fn oas_impl() {
    let api = site().openapi();
    for (path, item) in api["paths"].as_object().expect("paths") {
        if !path.contains('{') {
            let answer = site().ask(&format!("{}{}", site().root(), path), "*/*");
            assert_eq!(answer.status, 200, "{path}");
        }
        assert!(item["get"]["operationId"].is_string(), "{path}");
    }
    let operations = api["paths"].as_object().expect("paths").values();
    let ids: Vec<&str> = operations.map(|item| text(&item["get"]["operationId"])).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

#[test]
pub fn security() {
    let api = site().openapi();
    assert!(api["components"]["securitySchemes"].as_object().is_none_or(serde_json::Map::is_empty));
    assert!(api["security"].as_array().is_none_or(Vec::is_empty), "everything is open: {}", api["security"]);
    assert!(!array(&api["servers"]).is_empty());
}
