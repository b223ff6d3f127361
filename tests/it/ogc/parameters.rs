//! OGC API – Features Part 1, core: parameters as the API definition tells them.

use serde_json::Value;

use super::site::{array, site, text};

/// What a `$ref` of the definition leads to.
pub fn resolved<'a>(api: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => {
            let place = reference.strip_prefix('#').unwrap_or_else(|| panic!("elsewhere: {reference}"));
            api.pointer(place).unwrap_or_else(|| panic!("nothing at {reference}"))
        }
        None => value,
    }
}

/// Paths of the definition that give features of a collection.
fn item_paths(api: &Value) -> Vec<&str> {
    let paths = api["paths"].as_object().expect("paths").keys();
    let paths: Vec<&str> = paths
        .map(String::as_str)
        .filter(|path| path.starts_with("/collections/") && path.ends_with("/items"))
        .collect();
    assert!(!paths.is_empty(), "no items in the definition");
    paths
}

fn parameter(api: &Value, path: &str, name: &str) -> Value {
    let path = &api["paths"][path];
    let of = |value: &Value| value["parameters"].as_array().cloned().unwrap_or_default();
    let all = of(path).into_iter().chain(of(&path["get"]));
    let mut found = all.map(|one| resolved(api, &one).clone()).filter(|one| one["name"] == name);
    found.next().unwrap_or_else(|| panic!("no parameter `{name}`"))
}

/// A parameter of the first path that gives features.
pub fn of_items(name: &str) -> Value {
    let api = site().openapi();
    parameter(&api, item_paths(&api)[0], name)
}

#[track_caller]
fn check(name: &str, style: &str, schema: impl Fn(&Value)) {
    let api = site().openapi();
    for path in item_paths(&api) {
        let told = parameter(&api, path, name);
        assert_eq!(told["in"], "query", "{told}");
        assert_ne!(told["required"], true, "{told}");
        assert_eq!(told["style"], style, "{told}");
        assert_eq!(told["explode"], false, "{told}");
        schema(resolved(&api, &told["schema"]));
    }
}

#[test]
pub fn fc_bbox_definition() {
    check("bbox", "form", |schema| {
        assert_eq!(schema["type"], "array");
        assert_eq!((&schema["minItems"], &schema["maxItems"]), (&4.into(), &6.into()));
        assert_eq!(schema["items"]["type"], "number");
    });
}

#[test]
pub fn fc_limit_definition() {
    check("limit", "form", |schema| {
        assert_eq!(schema["type"], "integer");
        let bound = |name: &str| schema[name].as_u64().unwrap_or_else(|| panic!("{name}: {schema}"));
        assert!(bound("minimum") <= bound("default") && bound("default") <= bound("maximum"));
    });
}

#[test]
pub fn fc_time_definition() {
    check("datetime", "form", |schema| assert_eq!(schema["type"], "string"));
}

#[test]
pub fn crs_definitions() {
    for name in ["crs", "bbox-crs"] {
        check(name, "form", |schema| {
            assert_eq!((&schema["type"], &schema["format"]), (&"string".into(), &"uri".into()));
        });
    }
}

/// What is told of a tile's address in the path.
#[test]
pub fn tile_definitions() {
    let api = site().openapi();
    let paths = api["paths"].as_object().expect("paths").iter();
    let mut n_tiles = 0;
    for (path, item) in paths.filter(|(path, _)| path.contains("{tileMatrix}/{tileRow}/{tileCol}")) {
        n_tiles += 1;
        for name in ["tileMatrix", "tileRow", "tileCol"] {
            let told = parameter(&api, path, name);
            let kind = text(&resolved(&api, &told["schema"])["type"]).to_owned();
            assert_eq!((&told["in"], &told["required"]), (&"path".into(), &true.into()), "{path}");
            assert_eq!(kind, if name == "tileMatrix" { "string" } else { "integer" }, "{path} {name}");
        }
        assert!(text(&item["get"]["operationId"]).contains(".getTile"), "{path}");
    }
    assert!(n_tiles > 0, "no tile is described");
    assert!(!array(&api["tags"]).is_empty());
}
