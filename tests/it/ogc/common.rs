//! OGC API – Common Part 1, core: parameters of every operation that is described.

use serde_json::Value;

use super::parameters::resolved;
use super::query::all_of;
use super::site::{CRS84, array, id, items_of, site, text, with};

/// An operation's address, with what there is in place of `{…}`, and its parameters in the query.
struct Operation {
    href: String,
    parameters: Vec<Value>,
}

fn operations() -> Vec<Operation> {
    let api = site().openapi();
    let of = |(path, item): (&String, &Value)| {
        let collection = path.split('/').nth(2).unwrap_or_default();
        let mut href = format!("{}{path}", site().root());
        if path.contains("{featureId}") {
            let page = site().items(&with(&items_of(site().collection(collection)), &[("limit", "1")]));
            href = href.replace("{featureId}", &id(&page["features"][0]));
        }
        let matrix =
            [("tileMatrixSetId", "WebMercatorQuad"), ("tileMatrix", "0"), ("tileRow", "0"), ("tileCol", "0")];
        for (name, value) in matrix {
            href = href.replace(&format!("{{{name}}}"), value);
        }
        let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        let parameters = parameters.map(|one| resolved(&api, one).clone()).filter(|one| one["in"] == "query");
        Operation { href, parameters: parameters.collect() }
    };
    let operations: Vec<_> = api["paths"].as_object().expect("paths").iter().map(of).collect();
    assert!(operations.len() > 40, "{}", operations.len());
    operations
}

/// A value that the parameter's schema allows; `None` for fields, whose values the data have.
fn right(parameter: &Value) -> Option<String> {
    let schema = &parameter["schema"];
    if let Some(first) = schema["enum"][0].as_str() {
        return Some(first.to_owned());
    }
    let value = match text(&parameter["name"]) {
        "limit" => "5",
        "offset" => "0",
        "bbox" => "106,47,107,48",
        "bbox-crs" | "crs" | "filter-crs" => CRS84,
        "datetime" => "2021-06-30",
        "sortby" | "properties" => "illustrative",
        "filter" | "skipGeometry" => "true",
        _ => return None,
    };
    Some(value.to_owned())
}

/// Values that it does not allow; none where everything is.
fn wrong(parameter: &Value) -> Vec<String> {
    let schema = &parameter["schema"];
    let kind = match (schema["type"].as_str(), text(&parameter["name"])) {
        _ if schema["enum"].is_array() => "nonsense",
        (Some("integer" | "number"), _) => "x",
        (Some("boolean"), _) => "maybe",
        (Some("array"), _) => "nonsense",
        (_, "datetime") => "yesterday",
        (_, "filter") => "number >",
        _ if schema["format"] == "date" => "yesterday",
        _ => return Vec::new(),
    };
    let below = schema["minimum"].as_i64().map(|least| (least - 1).to_string());
    below.into_iter().chain([kind.to_owned()]).collect()
}

/// What is not described, and what is described in other letters.
#[test]
pub fn names_unknown() {
    for Operation { href, parameters } in operations() {
        site().refuses(&with(&href, &[("unknownQueryParameter12345", "1")]));
        for parameter in parameters {
            let name = text(&parameter["name"]);
            if let Some(value) = right(&parameter) {
                let answer = site().ask(&with(&href, &[(name, &value)]), "*/*");
                assert_eq!(answer.status, 200, "{name}={value} of {href}");
            }
            let turned: String = name
                .chars()
                .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
                .collect();
            site().refuses(&with(&href, &[(&turned, "1")]));
        }
    }
}

#[test]
pub fn values_invalid() {
    let mut n_refused = 0;
    for Operation { href, parameters } in operations() {
        for parameter in parameters {
            for value in wrong(&parameter) {
                site().refuses(&with(&href, &[(text(&parameter["name"]), &value)]));
                n_refused += 1;
            }
        }
    }
    assert!(n_refused > 200, "{n_refused}");
}

fn matched(asked: &[(&str, &str)]) -> u64 {
    let page = site().items(&with(&items_of(site().collection("khoroos")), asked));
    page["numberMatched"].as_u64().expect("a number")
}

#[test]
pub fn values_boolean() {
    let khoroos = site().collection("khoroos");
    let n_features = all_of(khoroos).len() as u64;
    assert_eq!(matched(&[("illustrative", "true")]), n_features);
    assert_eq!(matched(&[("illustrative", "false")]), 0);
    for (word, is_bare) in [("true", true), ("false", false)] {
        let page = site().items(&with(&items_of(khoroos), &[("skipGeometry", word)]));
        assert!(
            array(&page["features"]).iter().all(|feature| feature["geometry"].is_null() == is_bare),
            "{word}"
        );
    }
}

#[test]
pub fn values_integer() {
    let khoroos = site().collection("khoroos");
    let sevens = all_of(khoroos).iter().filter(|feature| feature["properties"]["number"] == 7).count() as u64;
    assert!(sevens > 0);
    assert_eq!(["7", "007", "-7"].map(|number| matched(&[("number", number)])), [sevens, sevens, 0]);
    let page = site().items(&with(&items_of(khoroos), &[("limit", "5")]));
    assert_eq!(array(&page["features"]).len(), 5);
    site().refuses(&with(&items_of(khoroos), &[("limit", "-5")]));
}

#[test]
pub fn values_decimal() {
    let khoroos = all_of(site().collection("khoroos"));
    let area = |feature: &Value| feature["properties"]["area_km2"].as_f64().filter(|area| area.fract() > 0.0);
    let one = khoroos.iter().find_map(area).expect("an area");
    let of_area = khoroos.iter().filter(|feature| area(feature) == Some(one)).count() as u64;
    assert_eq!(matched(&[("area_km2", &format!("00{one}00"))]), of_area);
    assert_eq!(matched(&[("area_km2", &format!("-{one}00"))]), 0);
    let boxes = ["106,47,107,48", "0106.00,47.000,0107,048.00", "-107.50,47.00,107,48"];
    let [plain, padded, wide] = boxes.map(|numbers| matched(&[("bbox", numbers)]));
    assert!(plain > 0 && plain < khoroos.len() as u64 && plain == padded && wide >= plain);
}

#[test]
pub fn values_double() {
    let n_features = all_of(site().collection("khoroos")).len() as u64;
    let mercator = "http://www.opengis.net/def/crs/EPSG/0/3857";
    let of = |numbers: &str| matched(&[("bbox", numbers), ("bbox-crs", mercator)]);
    assert_eq!(of("-4294967297.500,-4294967297.500,4.294967297500e9,4.294967297500E+9"), n_features);
    assert_eq!(of("4.294967297500e9,-4294967297.500,4.294967298500e9,4.294967297500e9"), 0);
    assert_eq!(of("0,0,20037508.34,20037508.34"), n_features);
}

#[test]
pub fn lists() {
    let items = items_of(site().collection("khoroos"));
    let page = site().items(&with(&items, &[("properties", "code,name_mn")]));
    for feature in array(&page["features"]) {
        let names: Vec<_> = feature["properties"].as_object().expect("properties").keys().collect();
        assert_eq!(names, ["code", "name_mn"]);
    }
    let sorted = site().all(&with(&items, &[("sortby", "district,-number")]));
    let key = |feature: &Value| {
        let properties = &feature["properties"];
        (text(&properties["district"]).to_owned(), -properties["number"].as_i64().expect("a number"))
    };
    assert!(sorted.is_sorted_by_key(key));
    for delimiter in [";", "|", " ", "%2C"] {
        for (name, parts) in [
            ("properties", &["code", "name_mn"][..]),
            ("sortby", &["district", "-number"]),
            ("bbox", &["106", "47", "107", "48"]),
        ] {
            site().refuses(&with(&items, &[(name, &parts.join(delimiter))]));
        }
    }
}

/// Boxes and orders are lists of one at least, as their standards say.
#[test]
pub fn lists_empty() {
    let items = items_of(site().collection("khoroos"));
    let bare = site().items(&with(&items, &[("properties", "")]));
    assert!(array(&bare["features"]).iter().all(|feature| feature["properties"] == serde_json::json!({})));
    for name in ["bbox", "sortby"] {
        site().refuses(&with(&items, &[(name, "")]));
    }
}
