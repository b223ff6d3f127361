//! CQL2: spatial functions, with GEOS as judge.

use serde_json::{Value, json};

use super::features::positions;
use super::filter::{found, found_by_json, refuses};
use super::judges::asked;
use super::query::{all_of, middle};
use super::schemas::{ground, queryables};
use super::site::{extent_of, id, site, text};

/// Corners that an address has room for.
const CORNERS_MAX: usize = 300;

/// The feature that is told in the fewest corners.
fn plainest(features: &[Value]) -> &Value {
    let placed = features.iter().filter(|feature| !feature["geometry"].is_null());
    placed.min_by_key(|feature| positions(&feature["geometry"]).len()).expect("features on the ground")
}

/// Point, line and two areas around one corner of a feature; the last is its own ground, or that of a khoroo where it
/// has too many corners.
fn literals(collection: &Value, features: &[Value]) -> Vec<Value> {
    let feature = plainest(features);
    let corners = positions(&feature["geometry"]);
    let [x, y] = corners[0];
    let ground = if corners.len() <= CORNERS_MAX {
        feature["geometry"].clone()
    } else {
        plainest(&all_of(site().collection("khoroos")))["geometry"].clone()
    };
    let [west, south, east, north] = middle(extent_of(collection));
    let ring = json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]]);
    vec![
        json!({ "type": "Point", "coordinates": [x, y] }),
        json!({ "type": "LineString", "coordinates": [[west, south], [x, y], [east, north]] }),
        json!({ "type": "Polygon", "coordinates": ring }),
        ground,
    ]
}

fn wkt(geometry: &Value) -> String {
    fn list(value: &Value) -> String {
        let parts = super::site::array(value);
        if parts[0].is_number() {
            return parts.iter().map(Value::to_string).collect::<Vec<_>>().join(" ");
        }
        format!("({})", parts.iter().map(list).collect::<Vec<_>>().join(","))
    }
    let told = list(&geometry["coordinates"]);
    let told = if geometry["type"] == "Point" { format!("({told})") } else { told };
    format!("{}{told}", text(&geometry["type"]).to_uppercase())
}

#[track_caller]
fn check(function: &str) {
    for collection in site().spatial() {
        let schema = queryables(collection);
        let ground = ground(&schema).expect("a geometry");
        let features = all_of(collection);
        let geometries: Vec<&Value> = features.iter().map(|feature| &feature["geometry"]).collect();
        for literal in literals(collection, &features) {
            let question = json!({ "function": function, "geometries": geometries, "literal": literal });
            let holds = asked("relate", &question);
            let expected: Vec<_> =
                features.iter().enumerate().filter(|(at, _)| holds[at] == true).map(|(_, f)| id(f)).collect();
            let filter = format!("S_{}({ground},{})", function.to_uppercase(), wkt(&literal));
            assert_eq!(found(collection, &filter), expected, "{filter} in {}", collection["id"]);
            let name = format!("s_{function}");
            let by_json = json!({ "op": name, "args": [{ "property": ground }, literal] });
            assert_eq!(found_by_json(collection, &by_json), expected, "{by_json} in {}", collection["id"]);
        }
    }
}

#[test]
pub fn basic_s_intersects() {
    for collection in site().spatial() {
        let schema = queryables(collection);
        let ground = ground(&schema).expect("a geometry");
        let n_placed = all_of(collection).iter().filter(|feature| !feature["geometry"].is_null()).count();
        let world = found(collection, &format!("S_INTERSECTS({ground},BBOX(-180,-90,180,90))"));
        assert_eq!(world.len(), n_placed);
        assert!(found(collection, &format!("S_INTERSECTS({ground},POINT(7.02 49.92))")).is_empty());
        refuses(collection, &format!("S_INTERSECTS({ground},POINT(90 180))"));
        let halves = [
            format!(
                "S_INTERSECTS({ground},BBOX(-180,-90,-90,90)) AND S_INTERSECTS({ground},BBOX(90,-90,180,90))"
            ),
            format!("S_INTERSECTS({ground},BBOX(-180,-90,-90,90))"),
        ];
        for filter in halves {
            assert!(found(collection, &filter).is_empty(), "{filter}");
        }
    }
}

#[test]
pub fn s_intersects() {
    check("intersects");
}

#[test]
pub fn s_disjoint() {
    check("disjoint");
}

#[test]
pub fn s_equals() {
    check("equals");
}

#[test]
pub fn s_touches() {
    check("touches");
}

#[test]
pub fn s_crosses() {
    check("crosses");
}

#[test]
pub fn s_within() {
    check("within");
}

#[test]
pub fn s_contains() {
    check("contains");
}

#[test]
pub fn s_overlaps() {
    check("overlaps");
}

#[test]
pub fn logical() {
    let khoroos = site().collection("khoroos");
    let schema = queryables(khoroos);
    let ground = ground(&schema).expect("a geometry");
    let [west, south, east, north] = middle(extent_of(khoroos));
    let inside = format!("S_WITHIN({ground},BBOX({west},{south},{east},{north}))");
    let meets = format!("S_INTERSECTS({ground},BBOX({west},{south},{east},{north}))");
    let (inside_ids, meets_ids) = (found(khoroos, &inside), found(khoroos, &meets));
    let edge: Vec<_> = meets_ids.iter().filter(|id| !inside_ids.contains(id)).cloned().collect();
    assert!(!inside_ids.is_empty() && !edge.is_empty());
    assert_eq!(found(khoroos, &format!("{meets} AND NOT {inside}")), edge);
    let odd = format!("({meets} AND number < 5) OR (NOT ({meets}) AND number < 5)");
    assert_eq!(found(khoroos, &odd), found(khoroos, "number < 5"));
}
