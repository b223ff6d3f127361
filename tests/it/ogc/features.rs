//! OGC API – Features Part 1, core: features alone, and what the tests read of them.

use geo::BoundingRect as _;
use serde_json::Value;

use super::site::{GEOJSON, HTML, JSON, SCHEMA, array, id, items_of, link, site, text, with};

/// Every position of a geometry.
pub fn positions(geometry: &Value) -> Vec<[f64; 2]> {
    fn of(value: &Value, into: &mut Vec<[f64; 2]>) {
        let parts = array(value);
        match parts.first().and_then(Value::as_f64) {
            Some(x) => into.push([x, parts[1].as_f64().expect("a number")]),
            None => parts.iter().for_each(|part| of(part, into)),
        }
    }
    let mut found = Vec::new();
    if let Some(parts) = geometry["geometries"].as_array() {
        found.extend(parts.iter().flat_map(positions));
    } else if !geometry.is_null() {
        of(&geometry["coordinates"], &mut found);
    }
    found
}

pub fn geometry(value: &Value) -> Option<geo_types::Geometry> {
    if value.is_null() {
        return None;
    }
    let geometry: geojson::Geometry = serde_json::from_value(value.clone()).expect("a geometry");
    Some(geometry.try_into().expect("a geometry of GeoJSON"))
}

/// West, south, east and north.
pub fn bounds(value: &Value) -> Option<[f64; 4]> {
    let rect = geometry(value)?.bounding_rect()?;
    Some([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
}

pub fn schema_of(collection: &Value) -> Value {
    let href = link(collection, "http://www.opengis.net/def/rel/ogc/1.0/schema", SCHEMA);
    site().document(&href, SCHEMA)
}

/// Names of the properties of this role.
pub fn with_role<'a>(schema: &'a Value, role: &str) -> Option<&'a str> {
    let properties = schema["properties"].as_object().expect("properties");
    properties.iter().find(|(_, property)| property["x-ogc-role"] == role).map(|(name, _)| name.as_str())
}

/// First and last day of a feature by the roles in its collection's schema; an open end is the end of time.
pub fn days_of(collection: &Value, feature: &Value) -> Option<[String; 2]> {
    let schema = schema_of(collection);
    let day = |role: &str| {
        let name = with_role(&schema, role)?;
        feature["properties"][name].as_str().map(|day| day[..10].to_owned())
    };
    if let Some(day) = day("primary-instant") {
        return Some([day.clone(), day]);
    }
    let (from, to) = (day("primary-interval-start"), day("primary-interval-end"));
    if from.is_none() && to.is_none() {
        return None;
    }
    Some([from.unwrap_or_else(|| "0000".into()), to.unwrap_or_else(|| "9999".into())])
}

/// Address of a feature.
pub fn address_of(collection: &Value, feature: &Value) -> String {
    format!("{}/collections/{}/items/{}", site().root(), text(&collection["id"]), id(feature))
}

#[test]
pub fn f_op() {
    for collection in &site().collections {
        let features = site().all(&with(&items_of(collection), &[("limit", "1000")]));
        for feature in features.iter().step_by(features.len().div_ceil(20)) {
            let alone = site().items(&address_of(collection, feature));
            assert_eq!(id(&alone), id(feature));
            assert_eq!(alone["properties"], feature["properties"]);
            assert_eq!(alone["geometry"], feature["geometry"]);
        }
        let none = format!("{}/collections/{}/items/none", site().root(), text(&collection["id"]));
        assert_eq!(site().ask(&none, GEOJSON).status, 404, "{none}");
    }
}

#[test]
pub fn f_success() {
    for collection in &site().collections {
        let page = site().items(&items_of(collection));
        for feature in array(&page["features"]).iter().take(3) {
            let alone = site().items(&address_of(collection, feature));
            assert_eq!(alone["type"], "Feature");
            assert!(alone["properties"].is_object() && alone.get("geometry").is_some(), "{alone}");
        }
    }
}

#[test]
pub fn f_links() {
    for collection in &site().collections {
        let page = site().items(&with(&items_of(collection), &[("limit", "1")]));
        let alone = site().items(&address_of(collection, &page["features"][0]));
        link(&alone, "self", GEOJSON);
        let html = site().ask(&link(&alone, "alternate", HTML), HTML);
        assert_eq!(html.status, 200);
        let up = site().json(&link(&alone, "collection", JSON));
        assert_eq!(up["id"], collection["id"]);
        for link in array(&alone["links"]) {
            assert!(link["rel"].is_string() && link["type"].is_string(), "{link}");
        }
    }
}
