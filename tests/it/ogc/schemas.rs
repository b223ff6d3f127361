//! OGC API – Features Parts 3, 5 and 8 (draft): queryables, schemas and sortables as JSON Schema.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::features::{geometry, schema_of};
use super::judges::judged;
use super::query::all_of;
use super::site::{GEOJSON, HTML, SCHEMA, items_of, link, site, text, with};

pub const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
pub const SORTABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/sortables";

const GEOMETRIES: [&str; 8] = [
    "geometry-point",
    "geometry-multipoint",
    "geometry-linestring",
    "geometry-multilinestring",
    "geometry-polygon",
    "geometry-multipolygon",
    "geometry-geometrycollection",
    "geometry-any",
];

pub fn queryables(collection: &Value) -> Value {
    site().document(&link(collection, QUERYABLES, SCHEMA), SCHEMA)
}

/// Names and schemas of properties that are no geometry.
pub fn plain(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let properties = schema["properties"].as_object().expect("properties").iter();
    properties.map(|(name, one)| (name.as_str(), one)).filter(|(_, one)| one["type"].is_string())
}

/// Keywords of a property; those of other roles, units and definitions are not used.
const KEYWORDS: [&str; 7] =
    ["title", "description", "type", "format", "enum", "x-ogc-role", "x-ogc-propertySeq"];
const ROLES: [&str; 4] = ["id", "primary-geometry", "primary-interval-start", "primary-interval-end"];

/// Name of the geometry.
pub fn ground(schema: &Value) -> Option<&str> {
    let mut properties = schema["properties"].as_object().expect("properties").iter();
    let is_ground =
        |one: &Value| one["format"].as_str().is_some_and(|format| format.starts_with("geometry-"));
    properties.find(|(_, one)| is_ground(one)).map(|(name, _)| name.as_str())
}

#[track_caller]
fn check(collection: &Value, rel: &str) {
    let href = link(collection, rel, SCHEMA);
    let schema = site().document(&href, SCHEMA);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{href}");
    assert_eq!(site().url(text(&schema["$id"])), site().url(&href));
    assert!(href.starts_with("http") && !href.contains('?'), "{href}");
    assert_eq!(schema["type"], "object");
    let properties = schema["properties"].as_object().expect("properties");
    assert!(!properties.is_empty(), "{href}");
    for (name, property) in properties {
        let is_ground = property["format"].as_str().is_some_and(|format| GEOMETRIES.contains(&format));
        assert!(property["type"].is_string() != is_ground, "{name} of {href}: {property}");
        assert!(property["title"].as_str().is_some_and(|title| !title.is_empty()), "{name} of {href}");
        let mut keywords = property.as_object().expect("a schema").keys();
        assert!(keywords.all(|keyword| KEYWORDS.contains(&&**keyword)), "{name} of {href}: {property}");
        let role = &property["x-ogc-role"];
        assert!(role.is_null() || ROLES.contains(&text(role)), "{name} of {href}: {role}");
    }
    judged("schemas", &json!([{ "schema": "json-schema", "document": schema }]));
}

#[test]
pub fn get_queryables() {
    site().collections.iter().for_each(|collection| check(collection, QUERYABLES));
}

#[test]
pub fn get_queryables_uris() {
    for collection in &site().collections {
        let href = items_of(collection);
        let expected = link(collection, QUERYABLES, SCHEMA);
        for media in [GEOJSON, HTML] {
            let answer = site().ask(&href.replace("f=json", ""), media);
            let told = answer.header("link").unwrap_or_else(|| panic!("no link: {href}"));
            assert_eq!(told, format!("<{expected}>; rel=\"{QUERYABLES}\""), "{href}");
        }
        let id = text(&collection["id"]);
        assert_eq!(expected, format!("{}/collections/{id}/queryables", site().root()));
    }
}

/// Which property is the id, and which the time that `datetime` asks for.
#[test]
pub fn roles() {
    const START: &str = "primary-interval-start";
    const END: &str = "primary-interval-end";
    for collection in &site().collections {
        let schema = schema_of(collection);
        let with_role = |role: &str| {
            let of_role = plain(&schema).filter(|(_, property)| property["x-ogc-role"] == role);
            let of_role: Vec<_> = of_role.collect();
            assert!(of_role.len() <= 1, "{role} of {}", collection["id"]);
            of_role.into_iter().next()
        };
        let id_name = with_role("id").map(|(name, _)| name);
        for feature in all_of(collection) {
            if let Some(name) = id_name {
                assert_eq!(feature["properties"][name], feature["id"], "{name} of {}", collection["id"]);
            }
        }
        let ends = [START, END].map(with_role);
        for (name, property) in ends.into_iter().flatten() {
            assert_eq!(property["format"], "date", "{name} of {}", collection["id"]);
        }
        let expected: [Option<&str>; 2] = match text(&collection["id"]) {
            "khoroo-versions" => [Some("valid_from"), Some("valid_to")],
            "practices" => [Some("since"), None],
            "replications" => [Some("decided_on"), Some("completed_on")],
            "indicators" => [Some("starts_on"), Some("ends_on")],
            _ => [None, None],
        };
        assert_eq!(ends.map(|end| end.map(|(name, _)| name)), expected, "{}", collection["id"]);
    }
}

#[test]
pub fn schema() {
    for collection in &site().collections {
        check(collection, "http://www.opengis.net/def/rel/ogc/1.0/schema");
        let schema = schema_of(collection);
        let places = schema["properties"].as_object().expect("properties").values();
        let places: BTreeSet<_> =
            places.filter_map(|property| property["x-ogc-propertySeq"].as_u64()).collect();
        assert_eq!(places.len(), schema["properties"].as_object().map_or(0, serde_json::Map::len));
        let ground = ground(&schema).map(|name| &schema["properties"][name]);
        if collection["extent"]["spatial"].is_object() {
            assert_eq!(ground.map(|ground| text(&ground["x-ogc-role"])), Some("primary-geometry"));
        }
        for feature in all_of(collection) {
            let properties = feature["properties"].as_object().expect("properties");
            assert!(properties.keys().all(|name| schema["properties"][name].is_object()), "{feature}");
            let kind = ground.and_then(|ground| text(&ground["format"]).strip_prefix("geometry-"));
            if let (Some(kind), Some(_)) = (kind, geometry(&feature["geometry"])) {
                assert_eq!(text(&feature["geometry"]["type"]).to_lowercase(), kind);
            }
        }
    }
}

#[test]
pub fn features_fit_their_schema() {
    for collection in &site().collections {
        let schema = schema_of(collection);
        let rows: Vec<Value> =
            all_of(collection).into_iter().map(|feature| feature["properties"].clone()).collect();
        judged("rows", &json!({ "schema": schema, "rows": rows }));
    }
}

#[test]
pub fn get_sortables() {
    for collection in &site().collections {
        check(collection, SORTABLES);
    }
}

/// Every queryable is a parameter too.
#[test]
pub fn query_param() {
    for collection in &site().collections {
        let schema = queryables(collection);
        let features = all_of(collection);
        for (name, property) in plain(&schema) {
            let value =
                features.iter().map(|feature| &feature["properties"][name]).find(|value| !value.is_null());
            let Some(value) = value else { continue };
            let asked = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let expected = features.iter().filter(|feature| feature["properties"][name] == *value).count();
            let page = site().items(&with(&items_of(collection), &[(name, &asked), ("limit", "1")]));
            assert_eq!(page["numberMatched"], expected, "{name}={asked} of {}", collection["id"]);
            if property["type"] != "string" || property["format"] == "date" {
                site().refuses(&with(&items_of(collection), &[(name, "no such value")]));
            }
        }
    }
}

#[test]
fn a_coded_property_tells_the_words_that_it_has_and_no_others() {
    for (collection, coded, free) in [
        ("practices", &["theme", "status", "setting", "replicability", "maturity"][..], "title_en"),
        ("lineage", &["kind"], "from"),
        ("khoroos", &["district", "vintage"], "name_mn"),
        ("indicators", &["level", "cycle", "theme"], "code"),
    ] {
        let collection = site().collection(collection);
        let schema = queryables(collection);
        let features =
            site().all(&with(&items_of(collection), &[("limit", "10000"), ("skipGeometry", "true")]));
        for name in coded {
            let has = features.iter().filter_map(|feature| feature["properties"][name].as_str());
            let expected: Vec<&str> = has.collect::<BTreeSet<_>>().into_iter().collect();
            assert!(!expected.is_empty() && expected.len() < 60, "{name}: {expected:?}");
            assert_eq!(schema["properties"][name]["enum"], json!(expected), "{name}");
        }
        assert_eq!(schema["properties"][free]["enum"], Value::Null, "{free}");
    }
}
