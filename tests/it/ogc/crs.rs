//! OGC API – Features Part 2: reference systems, with PROJ's answers for the coordinates.

use geo::Intersects as _;
use serde_json::{Value, json};

use super::features::{address_of, geometry, positions};
use super::judges::asked;
use super::query::{all_of, box_text, middle};
use super::site::{CRS84, GEOJSON, array, extent_of, id, ids, items_of, link, site, text, with};

const UNSUPPORTED: [&str; 4] = [
    "http://www.opengis.net/def/crs/0/unsupported",
    "http://www.opengis.net/def/crs/EPSG/0/2154",
    "EPSG:2154",
    "",
];

/// A centimetre, in degrees of latitude and in metres.
const CENTIMETRE: [f64; 2] = [9e-8, 0.01];

fn systems(collection: &Value) -> Vec<&str> {
    array(&collection["crs"]).iter().map(text).collect()
}

/// Positions taken from CRS84 to another system by PROJ, in the order of its axes.
fn projected(positions: &[[f64; 2]], crs: &str) -> Vec<[f64; 2]> {
    let answer = asked("project", &json!({ "crs": crs, "positions": positions }));
    serde_json::from_value(answer).expect("pairs of numbers")
}

fn content_crs(href: &str) -> String {
    let answer = site().ask(href, GEOJSON);
    assert_eq!(answer.status, 200, "{href}");
    answer.header("content-crs").unwrap_or_else(|| panic!("no Content-Crs: {href}")).to_owned()
}

/// Addresses of a collection's features and of its first.
fn two_addresses(collection: &Value) -> [String; 2] {
    let items = items_of(collection);
    let first = &site().items(&with(&items, &[("limit", "1")]))["features"][0];
    [items, address_of(collection, first)]
}

#[test]
pub fn crs_uri() {
    for listed in &site().collections {
        let alone = site().json(&link(listed, "self", super::site::JSON));
        for collection in [listed, &alone] {
            for uri in systems(collection).into_iter().chain(collection["storageCrs"].as_str()) {
                let rest = uri.strip_prefix("http://www.opengis.net/def/crs/");
                let parts = rest.unwrap_or_else(|| panic!("{uri}")).split('/');
                assert_eq!(parts.filter(|part| !part.is_empty()).count(), 3, "{uri}");
            }
        }
    }
}

#[test]
pub fn default_crs() {
    for collection in site().spatial() {
        let systems = systems(collection);
        assert_eq!(systems[0], CRS84);
        for code in ["4326", "3857", "32648"] {
            let uri = format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
            assert!(systems.contains(&uri.as_str()), "{uri} of {}", collection["id"]);
        }
    }
}

#[test]
pub fn storage_crs() {
    for collection in site().spatial() {
        assert!(systems(collection).contains(&text(&collection["storageCrs"])), "{}", collection["id"]);
    }
}

#[test]
pub fn crs_parameter() {
    for collection in site().spatial() {
        for href in two_addresses(collection) {
            for crs in systems(collection) {
                assert_eq!(content_crs(&with(&href, &[("crs", crs)])), format!("<{crs}>"), "{href}");
            }
        }
    }
}

#[test]
pub fn crs_parameter_default() {
    for collection in site().spatial() {
        for href in two_addresses(collection) {
            assert_eq!(content_crs(&href), format!("<{CRS84}>"), "{href}");
        }
    }
}

#[test]
pub fn crs_parameter_invalid() {
    for collection in site().spatial() {
        for href in two_addresses(collection) {
            for crs in UNSUPPORTED {
                site().refuses(&with(&href, &[("crs", crs)]));
            }
        }
    }
}

#[test]
pub fn crs_parameter_transform() {
    for collection in site().spatial() {
        for crs in systems(collection) {
            let asked = |crs| site().all(&with(&items_of(collection), &[("crs", crs), ("limit", "1000")]));
            let (plain, moved) = (asked(CRS84), asked(crs));
            assert_eq!(ids(&plain), ids(&moved));
            let all = |features: &[Value]| -> Vec<[f64; 2]> {
                features.iter().flat_map(|feature| positions(&feature["geometry"])).collect()
            };
            let (expected, found) = (projected(&all(&plain), crs), all(&moved));
            assert_eq!(expected.len(), found.len());
            let limit = CENTIMETRE[usize::from(crs.ends_with("3857") || crs.ends_with("32648"))];
            for (expected, found) in expected.iter().zip(&found) {
                for (expected, found) in expected.iter().zip(found) {
                    assert!((expected - found).abs() < limit, "{found} for {expected} in {crs}");
                }
            }
            let one = &moved[moved.len() / 2];
            let alone = site().items(&with(&address_of(collection, one), &[("crs", crs)]));
            assert_eq!(alone["geometry"], one["geometry"], "{} in {crs}", id(one));
        }
    }
}

#[test]
pub fn bbox_crs_parameter() {
    for collection in site().spatial() {
        for crs in systems(collection) {
            let [west, south, east, north] = middle(extent_of(collection));
            let [[x0, y0], [x1, y1]] =
                projected(&[[west, south], [east, north]], crs).try_into().expect("two corners");
            let asked = [("bbox", &*box_text([x0, y0, x1, y1])), ("bbox-crs", crs), ("limit", "1000")];
            let found = site().ids(&with(&items_of(collection), &asked));
            let moved = site().all(&with(&items_of(collection), &[("crs", crs), ("limit", "1000")]));
            let rect = geo_types::Rect::new((x0, y0), (x1, y1));
            let touches =
                |feature: &&Value| geometry(&feature["geometry"]).is_none_or(|g| g.intersects(&rect));
            let expected: Vec<_> = moved.iter().filter(touches).map(id).collect();
            assert_eq!(found, expected, "{} in {crs}", collection["id"]);
        }
    }
}

/// The executable suite converts the two corners of the extent without a look at the order of axes, asks for ten,
/// and wants them among the ten that it gets without `bbox-crs`.
#[test]
pub fn bbox_crs_parameter_as_the_suite_asks() {
    for collection in site().spatial() {
        let extent = extent_of(collection);
        let ask = |parameters: &[(&str, &str)]| {
            let page = site().items(&with(&with(&items_of(collection), parameters), &[("limit", "10")]));
            ids(array(&page["features"]))
        };
        let plain = ask(&[("bbox", &box_text(extent))]);
        for crs in systems(collection) {
            let [west, south, east, north] = extent;
            let corners = [[west, south], [east, north]];
            let corners = if crs.ends_with("/4326") { corners.to_vec() } else { projected(&corners, crs) };
            let bbox = box_text([corners[0][0], corners[0][1], corners[1][0], corners[1][1]]);
            let found = ask(&[("bbox", &bbox), ("bbox-crs", crs)]);
            assert!(found.iter().all(|id| plain.contains(id)), "{found:?} of {plain:?} in {crs}");
            assert_eq!(found.is_empty(), crs.ends_with("/4326"), "{crs} of {}", collection["id"]);
        }
    }
}

#[test]
pub fn bbox_crs_parameter_default() {
    for collection in site().spatial() {
        let bbox = box_text(middle(extent_of(collection)));
        let plain = with(&items_of(collection), &[("bbox", &bbox), ("limit", "1000")]);
        assert_eq!(site().ids(&with(&plain, &[("bbox-crs", CRS84)])), site().ids(&plain));
        assert!(site().ids(&plain).len() < all_of(collection).len(), "{}", collection["id"]);
    }
}

#[test]
pub fn bbox_crs_parameter_invalid() {
    for collection in site().spatial() {
        for crs in UNSUPPORTED {
            let asked = [("bbox", "5.0000000,49.0000000,6.0000000,50.0000000"), ("bbox-crs", crs)];
            site().refuses(&with(&items_of(collection), &asked));
        }
    }
}
