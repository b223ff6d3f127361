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

const MONGOLIAN: &str = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя";

/// Of text, by which blanks and hyphens come first, then numbers by what they count, Mongolian letters, Latin ones and
/// all the rest; large and small letters are one.
fn key(text: &str) -> Vec<(u8, u64)> {
    let mut key: Vec<(u8, u64)> = Vec::new();
    let mut is_number = false;
    for c in text.to_lowercase().chars() {
        let digit = c.to_digit(10).map(u64::from);
        if let (true, Some(digit), Some(last)) = (is_number, digit, key.last_mut()) {
            last.1 = last.1.saturating_mul(10).saturating_add(digit);
            continue;
        }
        is_number = digit.is_some();
        let letter = MONGOLIAN.chars().position(|letter| letter == c);
        key.push(match (digit, letter) {
            (Some(digit), _) => (1, digit),
            (_, Some(place)) => (2, place as u64),
            _ if c == '-' || c.is_whitespace() => (0, 0),
            _ if c.is_ascii_alphabetic() => (3, u64::from(u32::from(c))),
            _ => (4, u64::from(u32::from(c))),
        });
    }
    key
}

fn is_before(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => key(a) < key(b),
        (Value::Bool(a), Value::Bool(b)) => !a & b,
        _ => a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| a < b),
    }
}

#[test]
fn text_is_in_the_order_of_the_alphabet() {
    let expected =
        ["2-р хороо", "10-р хороо", "Баянгол", "Налайх", "Номин", "Нөмрөг", "Нур", "Хан-Уул", "Baganuur"];
    for pair in expected.windows(2) {
        assert!(is_before(&pair[0].into(), &pair[1].into()), "{pair:?}");
    }
    let districts = site().collection("districts");
    let names = site().all(&with(&items_of(districts), &[("sortby", "name_mn")]));
    let names: Vec<&str> = names.iter().map(|district| text(&district["properties"]["name_mn"])).collect();
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| key(name));
    assert_eq!(names, sorted);
}

#[test]
pub fn sortby_param() {
    for collection in &site().collections {
        let n_features = all_of(collection).len();
        // Several pages, and little told of each feature, for much is asked.
        let limit = (n_features / 4).max(50).to_string();
        for name in sortables(collection) {
            for (sign, descending) in [("", false), ("+", false), ("-", true)] {
                let sort = format!("{sign}{name}");
                let little = [("sortby", &*sort), ("limit", &limit), ("properties", &name)];
                let asked = with(&items_of(collection), &little);
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
