//! CQL2: basic and advanced comparisons, without regard to case; in text and in JSON, against the same features
//! compared here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::filter::{found, found_by_json, refuses};
use super::query::all_of;
use super::schemas::{plain, queryables};
use super::site::{id, ids, site};

/// A predicate of the khoroos in both encodings, and what it says of a feature; `None` where a value is unknown.
struct Predicate {
    text: &'static str,
    json: Value,
    holds: fn(&Value) -> Option<bool>,
}

fn number(properties: &Value, name: &str) -> Option<f64> {
    properties[name].as_f64()
}

fn basic() -> Vec<Predicate> {
    let of = |op: &str, name: &str, value: Value| json!({ "op": op, "args": [{ "property": name }, value] });
    vec![
        Predicate {
            text: "number = 7",
            json: of("=", "number", json!(7)),
            holds: |p| Some(p["number"].as_i64()? == 7),
        },
        Predicate {
            text: "number <> 7",
            json: of("<>", "number", json!(7)),
            holds: |p| Some(p["number"].as_i64()? != 7),
        },
        Predicate {
            text: "number < 7",
            json: of("<", "number", json!(7)),
            holds: |p| Some(number(p, "number")? < 7.0),
        },
        Predicate {
            text: "number <= 7",
            json: of("<=", "number", json!(7)),
            holds: |p| Some(number(p, "number")? <= 7.0),
        },
        Predicate {
            text: "area_km2 > 1.5",
            json: of(">", "area_km2", json!(1.5)),
            holds: |p| Some(number(p, "area_km2")? > 1.5),
        },
        Predicate {
            text: "area_km2 >= 1.5",
            json: of(">=", "area_km2", json!(1.5)),
            holds: |p| Some(number(p, "area_km2")? >= 1.5),
        },
        Predicate {
            text: "district = 'bzd'",
            json: of("=", "district", json!("bzd")),
            holds: |p| Some(p["district"].as_str()? == "bzd"),
        },
        Predicate {
            text: "district <> 'bzd'",
            json: of("<>", "district", json!("bzd")),
            holds: |p| Some(p["district"].as_str()? != "bzd"),
        },
        Predicate {
            text: "district > 'bzd'",
            json: of(">", "district", json!("bzd")),
            holds: |p| Some(p["district"].as_str()? > "bzd"),
        },
        Predicate {
            text: "\"district\" <= 'bzd'",
            json: of("<=", "district", json!("bzd")),
            holds: |p| Some(p["district"].as_str()? <= "bzd"),
        },
        Predicate {
            text: "illustrative = true",
            json: of("=", "illustrative", json!(true)),
            holds: |p| p["illustrative"].as_bool(),
        },
        Predicate {
            text: "identifications IS NULL",
            json: json!({ "op": "isNull", "args": [{ "property": "identifications" }] }),
            holds: |p| Some(p["identifications"].is_null()),
        },
        Predicate {
            text: "identifications is not null",
            json: json!({ "op": "not", "args": [{ "op": "isNull", "args": [{ "property": "identifications" }] }] }),
            holds: |p| Some(!p["identifications"].is_null()),
        },
    ]
}

fn advanced() -> Vec<Predicate> {
    let code = || json!({ "property": "code" });
    vec![
        Predicate {
            text: "code LIKE 'bzd-1%'",
            json: json!({ "op": "like", "args": [code(), "bzd-1%"] }),
            holds: |p| Some(p["code"].as_str()?.starts_with("bzd-1")),
        },
        Predicate {
            text: "code LIKE 'bzd-_'",
            json: json!({ "op": "like", "args": [code(), "bzd-_"] }),
            holds: |p| Some(p["code"].as_str()?.strip_prefix("bzd-").is_some_and(|rest| rest.len() == 1)),
        },
        Predicate {
            text: "number BETWEEN 3 AND 5",
            json: json!({ "op": "between", "args": [{ "property": "number" }, 3, 5] }),
            holds: |p| number(p, "number").map(|n| (3.0..=5.0).contains(&n)),
        },
        Predicate {
            text: "number NOT BETWEEN 3 AND 5",
            json: json!({ "op": "not", "args": [{ "op": "between", "args": [{ "property": "number" }, 3, 5] }] }),
            holds: |p| number(p, "number").map(|n| !(3.0..=5.0).contains(&n)),
        },
        Predicate {
            text: "code in ('bzd-1','bgd-2','nowhere')",
            json: json!({ "op": "in", "args": [code(), ["bzd-1", "bgd-2", "nowhere"]] }),
            holds: |p| Some(["bzd-1", "bgd-2"].contains(&p["code"].as_str()?)),
        },
    ]
}

fn case_insensitive() -> Vec<Predicate> {
    let folded = |value: Value| json!({ "op": "casei", "args": [value] });
    let code = || json!({ "property": "code" });
    vec![
        Predicate {
            text: "CASEI(code) = casei('BZD-1')",
            json: json!({ "op": "=", "args": [folded(code()), folded(json!("BZD-1"))] }),
            holds: |p| Some(p["code"].as_str()? == "bzd-1"),
        },
        Predicate {
            text: "CASEI(code) LIKE casei('BZD-1%')",
            json: json!({ "op": "like", "args": [folded(code()), folded(json!("BZD-1%"))] }),
            holds: |p| Some(p["code"].as_str()?.starts_with("bzd-1")),
        },
    ]
}

#[track_caller]
fn check(predicates: &[Predicate], ask: impl Fn(&Value, &Predicate) -> Vec<String>) {
    let khoroos = site().collection("khoroos");
    let features = all_of(khoroos);
    for predicate in predicates {
        let holds = |feature: &&Value| (predicate.holds)(&feature["properties"]) == Some(true);
        let expected: Vec<_> = features.iter().filter(holds).map(id).collect();
        assert_eq!(ask(khoroos, predicate), expected, "{} / {}", predicate.text, predicate.json);
    }
}

fn by_text(collection: &Value, predicate: &Predicate) -> Vec<String> {
    found(collection, predicate.text)
}

#[test]
pub fn basic_test() {
    for collection in &site().collections {
        let schema = queryables(collection);
        assert!(plain(&schema).count() > 0, "{}", collection["id"]);
        for (name, property) in plain(&schema) {
            let kinds = ["string", "boolean", "number", "integer"];
            assert!(kinds.iter().any(|kind| property["type"] == *kind), "{name}: {property}");
        }
    }
}

#[test]
pub fn comparison() {
    for collection in &site().collections {
        let schema = queryables(collection);
        for (name, property) in plain(&schema) {
            let value = match (property["type"].as_str(), property["format"].as_str()) {
                (_, Some("date")) => "DATE('2022-04-14')",
                (_, Some("date-time")) => "TIMESTAMP('2022-04-14T14:48:46Z')",
                (Some("string"), _) => "'foo'",
                (Some("boolean"), _) => "true",
                (Some("number"), _) => "3.14",
                _ => "1",
            };
            let ask = |op: &str| found(collection, &format!("{name} {op} {value}"));
            for [one, other] in [["=", "<>"], [">", "<="], ["<", ">="]] {
                let (one, other) = (ask(one), BTreeSet::from_iter(ask(other)));
                assert!(one.iter().all(|id| !other.contains(id)), "{name} of {}", collection["id"]);
            }
        }
    }
}

#[test]
pub fn is_null() {
    for collection in &site().collections {
        let schema = queryables(collection);
        let n_features = all_of(collection).len();
        for (name, _) in plain(&schema) {
            let nulls = found(collection, &format!("{name} IS NULL"));
            let others = found(collection, &format!("{name} is not null"));
            assert!(nulls.iter().all(|id| !others.contains(id)));
            assert_eq!(nulls.len() + others.len(), n_features, "{name} of {}", collection["id"]);
        }
    }
}

#[test]
pub fn boolean() {
    for collection in &site().collections {
        assert_eq!(found(collection, "true"), ids(&all_of(collection)));
        assert_eq!(found(collection, "false"), Vec::<String>::new());
    }
}

#[test]
pub fn basic_data() {
    check(&basic(), by_text);
}

#[test]
pub fn logical() {
    let khoroos = site().collection("khoroos");
    let features = all_of(khoroos);
    let all: Vec<Predicate> = basic().into_iter().chain(advanced()).chain(case_insensitive()).collect();
    // Three-valued: what is unknown is neither so nor not so.
    let not = |a: Option<bool>| a.map(|a| !a);
    let and = |a: Option<bool>, b: Option<bool>| match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let or = |a: Option<bool>, b: Option<bool>| not(and(not(a), not(b)));
    for nth in 0..20 {
        let [p1, p2, p3, p4] = [nth, nth * 3 + 1, nth * 5 + 2, nth * 7 + 4].map(|at| &all[at % all.len()]);
        let [a, b, c, d] = [p1, p2, p3, p4].map(|predicate| predicate.text);
        let filter = format!("((NOT ({a}) AND {b}) OR ({c} and NOT ({d})) or not ({a} AND {d}))");
        let holds = |feature: &&Value| {
            let [a, b, c, d] = [p1, p2, p3, p4].map(|predicate| (predicate.holds)(&feature["properties"]));
            or(or(and(not(a), b), and(c, not(d))), not(and(a, d))) == Some(true)
        };
        let expected: Vec<_> = features.iter().filter(holds).map(id).collect();
        assert_eq!(found(khoroos, &filter), expected, "{filter}");
    }
}

#[test]
pub fn advanced_data() {
    check(&advanced(), by_text);
    let khoroos = site().collection("khoroos");
    let n_features = all_of(khoroos).len();
    for (filter, expected) in
        [("code LIKE '%'", n_features), ("code like '_%'", n_features), ("code like ''", 0)]
    {
        assert_eq!(found(khoroos, filter).len(), expected, "{filter}");
    }
    assert!(found(khoroos, r"code LIKE '\%\_'").is_empty());
    assert!(found(khoroos, "number BETWEEN 100.0 AND 1.0").is_empty());
}

#[test]
pub fn casei_data() {
    check(&case_insensitive(), by_text);
}

#[test]
pub fn json_validate() {
    let as_json = |collection: &Value, predicate: &Predicate| found_by_json(collection, &predicate.json);
    check(&basic(), as_json);
    check(&advanced(), as_json);
    check(&case_insensitive(), as_json);
    let both = json!({ "op": "and", "args": [basic()[2].json, { "op": "not", "args": [basic()[6].json] }] });
    let khoroos = site().collection("khoroos");
    assert_eq!(found_by_json(khoroos, &both), found(khoroos, "number < 7 AND NOT district = 'bzd'"));
}

#[test]
pub fn text_escaping() {
    let khoroos = site().collection("khoroos");
    for filter in ["code = 'it''s'", r"code = 'it\'s'", "code = 'a\tb'"] {
        assert!(found(khoroos, filter).is_empty(), "{filter}");
    }
    refuses(khoroos, "code = 'it's'");
    let feature = &all_of(khoroos)[0];
    let name = feature["properties"]["name_mn"].as_str().expect("a name");
    assert!(found(khoroos, &format!("name_mn = '{name}'")).contains(&id(feature)), "{name}");
}
