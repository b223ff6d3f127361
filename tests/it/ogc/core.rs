//! OGC API – Features Part 1, core: landing page, API definition, conformance declaration.

use std::io::Write;

use super::site::{CRS84, JSON, OPENAPI, array, items_of, link, links, site, text};
use crate::support::server::connect;

/// What the executable suite asks JSON with.
const ANY_JSON: &str = "application/json, application/javascript, text/javascript, text/json";

#[test]
pub fn http() {
    let mut stream = connect(site().address()).expect("connects");
    write!(stream, "GET /ogc HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", site().address())
        .expect("sends");
    let said = std::io::read_to_string(stream).expect("UTF-8");
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

#[test]
pub fn root_op() {
    for href in ["/ogc", "/ogc/"] {
        let answer = site().ask(href, ANY_JSON);
        assert_eq!(answer.status, 200, "{href}");
        assert!(!array(&answer.json()["links"]).is_empty(), "{href}");
    }
}

#[test]
pub fn root_success() {
    let landing = &site().landing;
    for rel in ["self", "service-desc", "service-doc", "conformance", "data"] {
        assert!(!links(landing, rel).is_empty(), "{rel}");
    }
    for link in array(&landing["links"]) {
        let href = text(&link["href"]);
        assert!(link["rel"].is_string() && link["type"].is_string(), "{link}");
        if !href.contains('{') {
            let answer = site().ask(href, text(&link["type"]));
            assert_eq!(answer.status, 200, "{link}");
        }
    }
}

#[test]
pub fn api_definition_op() {
    let href = link(&site().landing, "service-desc", OPENAPI);
    assert_eq!(site().ask(&href, OPENAPI).status, 200);
    assert_eq!(site().ask(&href, "*/*").status, 200);
}

#[test]
pub fn api_definition_success() {
    let api = site().openapi();
    assert!(text(&api["openapi"]).starts_with("3.0."), "{}", api["openapi"]);
    // The suite finds its way from the server's address, which `/` alone would send astray.
    let server = text(&api["servers"][0]["url"]);
    assert!(server == "/ogc" || server == site().root(), "{server}");
    for path in ["/conformance", "/collections"] {
        assert!(api["paths"][path]["get"].is_object(), "{path}");
    }
}

#[test]
pub fn conformance_op() {
    for href in [link(&site().landing, "conformance", JSON), format!("{}/conformance", site().root())] {
        assert!(!array(&site().json(&href)["conformsTo"]).is_empty(), "{href}");
        assert_eq!(site().ask(&href, ANY_JSON).status, 200, "{href}");
    }
}

#[test]
pub fn conformance_success() {
    let declared = site().conforms_to();
    for class in ["core", "geojson", "html", "oas30"] {
        let uri = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(declared.contains(&uri), "{uri}");
    }
    let mut unique = declared.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), declared.len(), "{declared:?}");
}

#[test]
pub fn crs84() {
    for collection in &site().collections {
        if collection["extent"]["spatial"].is_object() {
            assert_eq!(collection["crs"][0], CRS84, "{}", collection["id"]);
        }
        for feature in array(&site().items(&items_of(collection))["features"]) {
            for [x, y] in super::features::positions(&feature["geometry"]) {
                assert!(
                    (100.0..115.0).contains(&x) && (45.0..50.0).contains(&y),
                    "{x} {y}: {}",
                    feature["id"]
                );
            }
        }
    }
}
