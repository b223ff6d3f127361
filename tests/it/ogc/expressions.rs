//! CQL2: comparisons of properties with each other and of values in any order, and arithmetic.

use serde_json::{Value, json};

use super::filter::{found, found_by_json, refuses};
use super::query::all_of;
use super::schemas::{ground, plain, queryables};
use super::site::{id, items_of, site, with};

const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// A value of the kind of a property, as text and as JSON.
fn sample(property: &Value) -> (&'static str, Value) {
    match (property["type"].as_str(), property["format"].as_str()) {
        (_, Some("date")) => ("DATE('2022-04-14')", json!({ "date": "2022-04-14" })),
        (Some("boolean"), _) => ("true", json!(true)),
        (Some("integer"), _) => ("1", json!(1)),
        (Some("number"), _) => ("2.75", json!(2.75)),
        _ => ("'foo'", json!("foo")),
    }
}

/// One of each kind.
fn collections() -> impl Iterator<Item = &'static Value> {
    ["districts", "khoroos", "khoroo-versions", "lineage", "practices", "replications", "indicators"]
        .map(|id| site().collection(id))
        .into_iter()
}

/// What a predicate with this comparison finds, in both encodings.
fn compared(collection: &Value, comparison: &str, [a, b]: [(&str, &Value); 2]) -> Vec<String> {
    // Little is told of each, for much is asked.
    let ask = |filter: &str, language: &str| {
        let little = [("properties", "illustrative"), ("limit", "10000")];
        let asked = [("filter", filter), ("filter-lang", language)];
        site().ids(&with(&with(&items_of(collection), &asked), &little))
    };
    let by_text = ask(&format!("{} {comparison} {}", a.0, b.0), "cql2-text");
    let by_json = ask(&json!({ "op": comparison, "args": [a.1, b.1] }).to_string(), "cql2-json");
    assert_eq!(by_text, by_json, "{} {comparison} {}", a.0, b.0);
    by_text
}

/// A value on the left says what the turned comparison says with it on the right.
#[test]
pub fn value_property() {
    for collection in collections() {
        let schema = queryables(collection);
        for (name, property) in plain(&schema) {
            let (text, value) = sample(property);
            let (value, own) = ((text, &value), json!({ "property": name }));
            for (comparison, turned) in COMPARISONS.into_iter().zip(["=", "<>", ">", ">=", "<", "<="]) {
                let left = compared(collection, comparison, [value, (name, &own)]);
                let right = compared(collection, turned, [(name, &own), value]);
                assert_eq!(left, right, "{text} {comparison} {name} in {}", collection["id"]);
            }
        }
    }
}

#[test]
pub fn property_property() {
    for collection in collections() {
        let schema = queryables(collection);
        let features = all_of(collection);
        for (name, _) in plain(&schema) {
            let known: Vec<_> =
                features.iter().filter(|feature| !feature["properties"][name].is_null()).map(id).collect();
            let own = json!({ "property": name });
            for comparison in COMPARISONS {
                let found = compared(collection, comparison, [(name, &own), (name, &own)]);
                let expected = if comparison.contains('=') { &known[..] } else { &[][..] };
                assert_eq!(found, expected, "{name} {comparison} {name} in {}", collection["id"]);
            }
        }
    }
}

#[test]
pub fn value_value() {
    let districts = site().collection("districts");
    let all: Vec<_> = all_of(districts).iter().map(id).collect();
    let at = json!({ "timestamp": "2022-04-14T14:48:46Z" });
    let values = [
        ("'foo'", json!("foo")),
        ("true", json!(true)),
        ("2.75", json!(2.75)),
        ("1", json!(1)),
        ("TIMESTAMP('2022-04-14T14:48:46Z')", at),
        ("DATE('2022-04-14')", json!({ "date": "2022-04-14" })),
    ];
    for (text, value) in &values {
        for comparison in COMPARISONS {
            let found = compared(districts, comparison, [(*text, value), (*text, value)]);
            let expected = if comparison.contains('=') { &all[..] } else { &[][..] };
            assert_eq!(found, expected, "{text} {comparison} {text}");
        }
    }
}

type Meaning = fn(&Value) -> Option<bool>;

/// What predicates of the khoroos find is what they say of each; `None` where a value is unknown.
#[track_caller]
fn check(predicates: &[(&str, Meaning)]) {
    let khoroos = site().collection("khoroos");
    let features = all_of(khoroos);
    for (text, holds) in predicates {
        let with = |truth: bool| -> Vec<_> {
            let fits = |feature: &&Value| holds(&feature["properties"]) == Some(truth);
            features.iter().filter(fits).map(id).collect()
        };
        assert_eq!(found(khoroos, text), with(true), "{text}");
        assert_eq!(found(khoroos, &format!("NOT ({text})")), with(false), "NOT ({text})");
    }
}

fn number(properties: &Value, name: &str) -> Option<f64> {
    properties[name].as_f64()
}

fn whole(properties: &Value, name: &str) -> Option<i64> {
    properties[name].as_i64()
}

#[test]
pub fn property_data() {
    check(&[
        ("name_mn = name_en", |p| Some(p["name_mn"].as_str()? == p["name_en"].as_str()?)),
        ("name_mn > name_en", |p| Some(p["name_mn"].as_str()? > p["name_en"].as_str()?)),
        ("households < population", |p| Some(number(p, "households")? < number(p, "population")?)),
        ("replications >= identifications", |p| {
            Some(number(p, "replications")? >= number(p, "identifications")?)
        }),
        ("20000 < population", |p| Some(20_000.0 < number(p, "population")?)),
        ("population BETWEEN number AND 1000 * number", |p| {
            let (population, number) = (number(p, "population")?, number(p, "number")?);
            Some((number..=1000.0 * number).contains(&population))
        }),
        ("number IN (identifications, 3)", |p| {
            let (own, other) = (whole(p, "number")?, whole(p, "identifications"));
            // A list with something unknown in it is unknown unless the value is found.
            if own == 3 || other == Some(own) { Some(true) } else { other.map(|_| false) }
        }),
        ("'Khoroo' LIKE 'Kh_r%'", |_| Some(true)),
    ]);
    let khoroos = site().collection("khoroos");
    let schema = queryables(khoroos);
    let ground = ground(&schema).expect("a geometry");
    let placed = all_of(khoroos).into_iter().filter(|feature| !feature["geometry"].is_null());
    let placed: Vec<_> = placed.map(|feature| id(&feature)).collect();
    assert_eq!(found(khoroos, &format!("S_EQUALS({ground},{ground})")), placed);
    let literal = "BBOX(106.9,47.9,107,48)";
    let [turned, plain] = [format!("{literal},{ground}"), format!("{ground},{literal}")]
        .map(|arguments| found(khoroos, &format!("S_INTERSECTS({arguments})")));
    assert_eq!(turned, plain);
    assert!(!plain.is_empty() && plain.len() < placed.len());
    let versions = site().collection("khoroo-versions");
    let before = found(versions, "T_BEFORE(DATE('2021-06-30'),valid_from)");
    assert_eq!(before, found(versions, "T_AFTER(valid_from,DATE('2021-06-30'))"));
    assert_eq!(before, found(versions, "valid_from > DATE('2021-06-30')"));
    refuses(khoroos, "name_mn = population");
}

#[test]
pub fn arithmetic() {
    check(&[
        ("number = 3 + 4", |p| Some(whole(p, "number")? == 7)),
        ("number > 10 - 2 * 2 ^ 0", |p| Some(number(p, "number")? > 8.0)),
        ("number > 30 - 20 / 10", |p| Some(number(p, "number")? > 28.0)),
        ("number > 21 div 10", |p| Some(number(p, "number")? > 2.0)),
        ("number > 10 - 5 % 2", |p| Some(number(p, "number")? > 9.0)),
        ("number <> 2 ^ 3", |p| Some(whole(p, "number")? != 8)),
        ("population / households > 3.5", |p| {
            let (residents, households) = (number(p, "population")?, number(p, "households")?);
            Some(residents / households).filter(|mean| mean.is_finite()).map(|mean| mean > 3.5)
        }),
        ("population < 100 * (number + 1) * (number + 1)", |p| {
            let number_1 = number(p, "number")? + 1.0;
            Some(number(p, "population")? < 100.0 * number_1 * number_1)
        }),
        ("number BETWEEN 20 / 4 AND (3 * (1 + 2))", |p| Some((5.0..=9.0).contains(&number(p, "number")?))),
        ("number NOT IN (1 + 1, 2 * 3)", |p| Some(![2.0, 6.0].contains(&number(p, "number")?))),
        ("-number < -7", |p| Some(-number(p, "number")? < -7.0)),
    ]);
    let khoroos = site().collection("khoroos");
    let sum = json!({ "op": "+", "args": [{ "property": "number" }, { "op": "*", "args": [2, 3] }] });
    let by_json = found_by_json(khoroos, &json!({ "op": "=", "args": [sum, 13] }));
    assert_eq!(by_json, found(khoroos, "number = 7"));
    refuses(khoroos, "name_mn + 1 = 2");
}

/// Predicates joined with AND, OR and NOT.
#[test]
pub fn logical() {
    check(&[(
        "((NOT number = 3 + 4 AND households < population) OR (number > 21 div 10 AND NOT name_mn = name_en) \
         OR NOT (number = 3 + 4 AND name_mn = name_en))",
        |p| {
            let number = whole(p, "number")?;
            let is_same = p["name_mn"].as_str()? == p["name_en"].as_str()?;
            let fewer = whole(p, "households").zip(whole(p, "population")).map(|(a, b)| a < b);
            let last = !(number == 7 && is_same);
            let middle = number > 2 && !is_same;
            let first = if number == 7 { Some(false) } else { fewer };
            if last || middle { Some(true) } else { first }
        },
    )]);
}
