//! OGC API – Features Part 3: the parameters `filter`, `filter-lang` and `filter-crs`.

use serde_json::{Value, json};

use super::query::{all_of, box_text, in_box, middle};
use super::schemas::{ground, plain, queryables};
use super::site::{array, extent_of, id, ids, items_of, site, text, with};

/// What a filter finds, in the words of CQL2 text.
pub fn found(collection: &Value, filter: &str) -> Vec<String> {
    site().ids(&with(&items_of(collection), &[("filter", filter), ("limit", "1000")]))
}

pub fn found_by_json(collection: &Value, filter: &Value) -> Vec<String> {
    let asked = [("filter", &*filter.to_string()), ("filter-lang", "cql2-json"), ("limit", "1000")];
    site().ids(&with(&items_of(collection), &asked))
}

#[track_caller]
pub fn refuses(collection: &Value, filter: &str) {
    site().refuses(&with(&items_of(collection), &[("filter", filter)]));
}

#[test]
pub fn filter_param() {
    for collection in &site().collections {
        let schema = queryables(collection);
        let (name, _) = plain(&schema).next().expect("a property");
        let features = all_of(collection);
        let expected: Vec<_> = features.iter().filter(|f| f["properties"][name].is_null()).map(id).collect();
        let asked =
            [("filter-lang", "cql2-text"), ("filter", &*format!("{name} IS NULL")), ("limit", "1000")];
        assert_eq!(site().ids(&with(&items_of(collection), &asked)), expected, "{}", collection["id"]);
        refuses(collection, "THIS IS NOT A FILTER");
        let asked = [("filter-lang", "cql-xml"), ("filter", &*format!("{name} IS NULL"))];
        site().refuses(&with(&items_of(collection), &asked));
    }
}

#[test]
pub fn filter_lang_default() {
    for collection in &site().collections {
        let schema = queryables(collection);
        let (name, _) = plain(&schema).next().expect("a property");
        let filter = format!("{name} IS NOT NULL");
        let asked = [("filter-lang", "cql2-text"), ("filter", &*filter), ("limit", "1000")];
        assert_eq!(found(collection, &filter), site().ids(&with(&items_of(collection), &asked)));
    }
}

#[test]
pub fn expression_construction() {
    for collection in &site().collections {
        assert_eq!(queryables(collection)["additionalProperties"], false, "{}", collection["id"]);
        refuses(collection, "this_is_not_a_queryable IS NULL");
        let unknown = json!({ "op": "isNull", "args": [{ "property": "this_is_not_a_queryable" }] });
        let asked = [("filter", &*unknown.to_string()), ("filter-lang", "cql2-json")];
        site().refuses(&with(&items_of(collection), &asked));
    }
}

#[test]
pub fn filter_crs_wgs84() {
    for collection in site().spatial() {
        let schema = queryables(collection);
        let ground = ground(&schema).expect("a geometry");
        let features = all_of(collection);
        let placed: Vec<Value> = features.into_iter().filter(|f| !f["geometry"].is_null()).collect();
        let filter = format!("S_INTERSECTS({ground},BBOX({}))", box_text(extent_of(collection)));
        assert_eq!(found(collection, &filter), ids(&placed), "{}", collection["id"]);
        refuses(collection, &format!("S_INTERSECTS({ground},POINT(10000000 20000000))"));
    }
}

#[test]
pub fn filter_crs_param() {
    for collection in site().spatial() {
        let schema = queryables(collection);
        let ground = ground(&schema).expect("a geometry");
        let [west, south, east, north] = middle(extent_of(collection));
        let plain = found(collection, &format!("S_INTERSECTS({ground},BBOX({west},{south},{east},{north}))"));
        let filter = format!("S_INTERSECTS({ground},BBOX({south},{west},{north},{east}))");
        let ask = |crs: &str| {
            let asked = [("filter", &*filter), ("filter-crs", crs), ("limit", "1000")];
            with(&items_of(collection), &asked)
        };
        let turned = site().ids(&ask("http://www.opengis.net/def/crs/EPSG/0/4326"));
        assert_eq!(turned, plain, "{}", collection["id"]);
        site().refuses(&ask("http://www.opengis.net/def/crs/EPSG/0/9999999"));
    }
}

#[test]
pub fn filter_on_items() {
    for collection in &site().collections {
        assert_eq!(found(collection, "true"), ids(&all_of(collection)), "{}", collection["id"]);
        assert!(found(collection, "false").is_empty(), "{}", collection["id"]);
    }
}

/// A filter, a box, a time and a parameter all have to hold.
#[test]
pub fn mixing_expression() {
    let collection = site().collection("khoroos");
    let features = all_of(collection);
    let bbox = middle(extent_of(collection));
    let inside = in_box(&features, bbox);
    let district = &features[features.len() / 2]["properties"]["district"];
    let holds = |feature: &&Value| {
        let properties = &feature["properties"];
        properties["number"].as_i64().is_some_and(|n| n > 5) && properties["district"] == *district
    };
    let expected: Vec<_> = features.iter().filter(holds).map(id).filter(|id| inside.contains(id)).collect();
    let asked = [
        ("bbox", &*box_text(bbox)),
        ("filter", "number > 5"),
        ("district", district.as_str().expect("a code")),
        ("limit", "1000"),
    ];
    let page = site().items(&with(&items_of(collection), &asked));
    assert_eq!(ids(array(&page["features"])), expected);
    assert_eq!(page["numberMatched"], expected.len());
}

/// What is wrong, too deep or too costly is refused, in words.
#[test]
pub fn refused_filters() {
    let khoroos = site().collection("khoroos");
    let deep = format!("{}true{}", "(".repeat(1000), ")".repeat(1000));
    let nots = format!("{}true", "NOT ".repeat(1000));
    let many = format!("number IN ({})", vec!["1"; 2001].join(","));
    let long = format!("code = '{}'", "x".repeat(20_000));
    for filter in
        ["", "number >", "number > 'five'", "number = 1 AND", "code LIKE 5", "S_INTERSECTS(geometry)", "'"]
    {
        refuses(khoroos, filter);
    }
    for filter in [deep, nots, many] {
        refuses(khoroos, &filter);
    }
    // Few words, much work: every border of every year is held against a line through the city.
    let costly = vec!["S_OVERLAPS(geometry,LINESTRING(106.5 47.5,108 48.2))"; 80].join(" OR ");
    let versions = items_of(site().collection("khoroo-versions"));
    let answer = site().ask(&with(&versions, &[("filter", &costly)]), "*/*");
    let problem = answer.json();
    assert_eq!((answer.status, &problem["parameter"]), (400, &"filter".into()), "{problem}");
    assert!(text(&problem["detail"]).contains("steps"), "{problem}");
    let answer = site().ask(&with(&items_of(khoroos), &[("filter", &long)]), "*/*");
    assert_eq!(answer.status, 414);
    for filter in
        ["{}", "[]", "{\"op\":\"and\"}", "{\"op\":\"=\",\"args\":[1]}", "{\"op\":\"nothing\",\"args\":[]}"]
    {
        site().refuses(&with(&items_of(khoroos), &[("filter", filter), ("filter-lang", "cql2-json")]));
    }
}
