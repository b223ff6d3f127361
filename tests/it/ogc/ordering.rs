//! OGC API – Features Parts 6 (property selection, draft) and 8 (sorting, draft), and pages in another order.

use serde_json::Value;

use super::features::schema_of;
use super::query::all_of;
use super::schemas::{SORTABLES, ground, plain};
use super::site::{SCHEMA, array, ids, items_of, link, site, text, with};

fn sortables(collection: &Value) -> Vec<String> {
    let schema = site().document(&link(collection, SORTABLES, SCHEMA), SCHEMA);
    plain(&schema).map(|(name, _)| name.to_owned()).collect()
}

/// Of numbers and truths; texts have an order that the server chooses.
fn is_before(a: &Value, b: &Value) -> bool {
    let truths = || a.as_bool().zip(b.as_bool()).is_some_and(|(a, b)| !a & b);
    a.as_f64().zip(b.as_f64()).map_or_else(truths, |(a, b)| a < b)
}

#[test]
pub fn sortby_param() {
    for collection in &site().collections {
        let n_features = all_of(collection).len();
        for name in sortables(collection) {
            for (sign, descending) in [("", false), ("+", false), ("-", true)] {
                let asked =
                    with(&items_of(collection), &[("sortby", &format!("{sign}{name}")), ("limit", "50")]);
                let features = site().all(&asked);
                assert_eq!(features.len(), n_features, "{asked}");
                let values: Vec<&Value> = features
                    .iter()
                    .map(|feature| &feature["properties"][&name])
                    .filter(|v| !v.is_null())
                    .collect();
                for pair in values.windows(2) {
                    let (earlier, later) = if descending { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
                    assert!(!is_before(later, earlier), "{asked}: {pair:?}");
                }
            }
        }
    }
}

#[test]
pub fn sortby_order_default() {
    for collection in &site().collections {
        let name = &sortables(collection)[0];
        let ask =
            |sort: &str| site().ids(&with(&items_of(collection), &[("sortby", sort), ("limit", "1000")]));
        assert_eq!(ask(name), ask(&format!("+{name}")));
    }
}

#[test]
pub fn unknown_sortables() {
    for collection in &site().collections {
        for sort in ["this_is_not_a_sortable", "", "-", "code,,code"] {
            site().refuses(&with(&items_of(collection), &[("sortby", sort)]));
        }
    }
}

/// Two keys, and each feature on one page.
#[test]
pub fn features_sorting() {
    let khoroos = site().collection("khoroos");
    let asked = with(&items_of(khoroos), &[("sortby", "district,-number"), ("limit", "9")]);
    let features = site().all(&asked);
    for pair in features.windows(2) {
        let [a, b] = [0, 1].map(|at| &pair[at]["properties"]);
        let key = |p: &Value| (text(&p["district"]).to_owned(), -p["number"].as_i64().expect("a number"));
        assert!(key(a) <= key(b), "{a} {b}");
    }
    let mut found = ids(&features);
    let mut all = ids(&all_of(khoroos));
    found.sort();
    all.sort();
    assert_eq!(found, all);
}

#[test]
pub fn property_selection() {
    for collection in &site().collections {
        let whole = all_of(collection);
        let schema = schema_of(collection);
        let ground = ground(&schema).map(|name| format!(",{name}")).unwrap_or_default();
        let names: Vec<&String> =
            whole[0]["properties"].as_object().expect("properties").keys().take(2).collect();
        let asked = with(
            &items_of(collection),
            &[("properties", &format!("{},{}{ground}", names[0], names[1])), ("limit", "5")],
        );
        for (some, feature) in array(&site().items(&asked)["features"]).iter().zip(&whole) {
            assert_eq!((&some["id"], &some["geometry"]), (&feature["id"], &feature["geometry"]));
            let properties = some["properties"].as_object().expect("properties");
            assert_eq!(properties.keys().collect::<Vec<_>>(), names);
            assert!(properties.iter().all(|(name, value)| feature["properties"][name] == *value));
        }
        site().refuses(&with(&items_of(collection), &[("properties", "this_is_not_a_property")]));
    }
}
