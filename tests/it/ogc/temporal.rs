//! CQL2: temporal functions on days and on intervals of days, against a table of their meanings.

use serde_json::{Value, json};

use super::features::{schema_of, with_role};
use super::filter::{found, found_by_json};
use super::query::all_of;
use super::schemas::{plain, queryables};
use super::site::{id, site};

/// An interval of days, both among it; an open end is the end of time.
type Days<'a> = [&'a str; 2];
type Meaning = fn(Days, Days) -> bool;

const FUNCTIONS: [(&str, Meaning); 15] = [
    ("AFTER", |[a, _], [_, d]| a > d),
    ("BEFORE", |[_, b], [c, _]| b < c),
    ("DISJOINT", |[a, b], [c, d]| a > d || b < c),
    ("EQUALS", |ab, cd| ab == cd),
    ("INTERSECTS", |[a, b], [c, d]| a <= d && b >= c),
    ("CONTAINS", |[a, b], [c, d]| a < c && b > d),
    ("DURING", |[a, b], [c, d]| a > c && b < d),
    ("FINISHEDBY", |[a, b], [c, d]| a < c && b == d),
    ("FINISHES", |[a, b], [c, d]| a > c && b == d),
    ("MEETS", |[_, b], [c, _]| b == c),
    ("METBY", |[a, _], [_, d]| a == d),
    ("OVERLAPPEDBY", |[a, b], [c, d]| a > c && a < d && b > d),
    ("OVERLAPS", |[a, b], [c, d]| a < c && b > c && b < d),
    ("STARTEDBY", |[a, b], [c, d]| a == c && b > d),
    ("STARTS", |[a, b], [c, d]| a == c && b < d),
];

/// Names in JSON, whose case matters.
fn name_in_json(function: &str) -> String {
    let name = match function {
        "FINISHEDBY" => "finishedBy".to_owned(),
        "METBY" => "metBy".to_owned(),
        "OVERLAPPEDBY" => "overlappedBy".to_owned(),
        "STARTEDBY" => "startedBy".to_owned(),
        other => other.to_lowercase(),
    };
    format!("t_{name}")
}

/// Those that take a day too.
const OF_DAYS: usize = 5;

/// Names of days that are open to questions, with their collection.
fn days() -> Vec<(&'static Value, String)> {
    let mut all = Vec::new();
    for collection in &site().collections {
        let schema = queryables(collection);
        let dates = plain(&schema).filter(|(_, property)| property["format"] == "date");
        all.extend(dates.map(|(name, _)| (collection, name.to_owned())));
    }
    assert!(!all.is_empty(), "no collection has days");
    all
}

#[test]
pub fn temporal_functions_1() {
    for (collection, name) in days() {
        let features = all_of(collection);
        let day =
            features.iter().find_map(|feature| feature["properties"][&name].as_str()).unwrap_or("2022-04-24");
        let literals = [
            (format!("DATE('{day}')"), json!({ "date": day }), [day, day]),
            (
                "INTERVAL('2021-01-01','2021-12-31')".into(),
                json!({ "interval": ["2021-01-01", "2021-12-31"] }),
                ["2021-01-01", "2021-12-31"],
            ),
        ];
        for (function, meaning) in &FUNCTIONS[..OF_DAYS] {
            for (literal, by_json, asked) in &literals {
                let holds = |feature: &&Value| {
                    feature["properties"][&name].as_str().is_some_and(|day| meaning([day, day], *asked))
                };
                let expected: Vec<_> = features.iter().filter(holds).map(id).collect();
                let filter = format!("T_{function}({name},{literal})");
                assert_eq!(found(collection, &filter), expected, "{filter} in {}", collection["id"]);
                let op = name_in_json(function);
                let filter = json!({ "op": op, "args": [{ "property": name }, by_json] });
                assert_eq!(found_by_json(collection, &filter), expected, "{filter}");
            }
        }
    }
}

/// Khoroos of all years are in force from a day to a day.
fn of_versions(function: &str, meaning: Meaning, asked: Days) {
    let versions = site().collection("khoroo-versions");
    let schema = schema_of(versions);
    let [from, to] = ["primary-interval-start", "primary-interval-end"]
        .map(|role| with_role(&schema, role).unwrap_or_else(|| panic!("no {role}")));
    let holds = |feature: &&Value| {
        let day = |name: &str| feature["properties"][name].as_str();
        // A version that is still in force has no last day.
        day(from).is_some_and(|first| meaning([first, day(to).unwrap_or("9999")], asked))
    };
    let features = all_of(versions);
    let expected: Vec<_> = features.iter().filter(holds).map(id).collect();
    let [first, last] = asked.map(|day| if matches!(day, "0000" | "9999") { ".." } else { day });
    let filter = format!("T_{function}(INTERVAL({from},{to}),INTERVAL('{first}','{last}'))");
    assert_eq!(found(versions, &filter), expected, "{filter}");
    let own = json!({ "interval": [{ "property": from }, { "property": to }] });
    let op = name_in_json(function);
    let by_json = json!({ "op": op, "args": [own, { "interval": [first, last] }] });
    assert_eq!(found_by_json(versions, &by_json), expected, "{by_json}");
}

#[test]
pub fn temporal_functions_2() {
    for (function, meaning) in FUNCTIONS {
        of_versions(function, meaning, ["2021-01-01", "2021-12-31"]);
    }
}

/// Intervals that begin or end where those of the versions do.
#[test]
pub fn temporal_data() {
    let versions = all_of(site().collection("khoroo-versions"));
    let days = |name: &str| versions.iter().find_map(|version| version["properties"][name].as_str());
    let (first, last) = (days("valid_from").expect("a first day"), days("valid_to").expect("a last day"));
    for asked in
        [[first, last], [first, "9999"], ["0000", last], [last, "9999"], ["0000", first], [first, first]]
    {
        for (function, meaning) in FUNCTIONS {
            if asked[0] <= asked[1] {
                of_versions(function, meaning, asked);
            }
        }
    }
}

#[test]
pub fn logical() {
    for (collection, name) in days() {
        let ask = |filter: &str| found(collection, filter);
        let after = format!("T_AFTER({name},DATE('2021-06-30'))");
        let before = format!("T_BEFORE({name},DATE('2021-06-30'))");
        let on = format!("T_EQUALS({name},DATE('2021-06-30'))");
        assert_eq!(
            ask(&format!("{after} OR {before} OR {on}")),
            ask(&format!("{name} IS NOT NULL")),
            "{name}"
        );
        assert_eq!(ask(&format!("{after} AND {before}")), Vec::<String>::new(), "{name}");
        assert_eq!(ask(&format!("NOT ({after})")), ask(&format!("{before} OR {on}")), "{name}");
    }
}
