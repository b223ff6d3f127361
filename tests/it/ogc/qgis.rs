//! The service in QGIS, opened as an analyst opens it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::query::{all_of, box_text, in_box, middle};
use super::site::{array, extent_of, id, site, text, text_of};
use crate::support::qgis;

/// The colour of every unit on the map of a measure.
fn colours(measure: &str, parameters: &str) -> BTreeMap<String, String> {
    let values = site().json(&format!("/api/v1/values/{measure}.json?{parameters}"));
    let classes = array(&values["classes"]);
    let no_data = classes.iter().find(|class| class["kind"] == "no_data").expect("a class");
    let cycle = text(&values["cycle"]);
    let colour = |unit: &Value| {
        let class = unit["cells"][cycle]["class"].as_u64().map_or(no_data, |idx| &classes[idx as usize]);
        text(&class["colour"]).to_owned()
    };
    array(&values["units"]).iter().map(|unit| (text(&unit["code"]).to_owned(), colour(unit))).collect()
}

#[test]
fn a_layer_definition_opens_the_live_service_in_the_colours_of_the_map() {
    let maps = [
        ("identifications", "level=khoroo&vintage=2022"),
        ("identifications", "level=khoroo&vintage=2020&cycle=2020&rate=per10000"),
        ("replications_hosted", "level=khoroo&cycle=all"),
        ("bivariate", "level=khoroo"),
        ("participation", "level=khoroo"),
        ("identifications", "level=district&rate=per10000"),
        ("bivariate", "level=district"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let questions = maps.iter().enumerate().map(|(idx, (measure, parameters))| {
        let answer = site().ask(&format!("/styles/{measure}.qlr?{parameters}&lang=en"), "*/*");
        assert_eq!(answer.status, 200, "{measure} {parameters}: {}", text_of(&answer.body));
        let place = folder.path().join(format!("{idx}.qlr"));
        std::fs::write(&place, &answer.body).expect("written");
        json!({ "file": place })
    });
    let seen = qgis(&questions.collect());
    assert_eq!(seen.len(), maps.len());
    for ((measure, parameters), layer) in maps.iter().zip(seen) {
        let expected = colours(measure, parameters);
        assert_eq!(layer["provider"], "OAPIF");
        assert_eq!(layer["n"], expected.len(), "{measure} {parameters}");
        let title = &site().json(&format!("/api/v1/values/{measure}.json?{parameters}"))["title"]["en"];
        assert_eq!(layer["name"], *title);
        for (code, colour) in expected {
            assert_eq!(layer["colours"][&code], json!([colour]), "{measure} {parameters}: {code}");
        }
    }
}

#[test]
fn qgis_reads_every_collection_and_asks_for_parts() {
    let source = |collection: &str| {
        format!("pagingEnabled='true' pageSize='50' url='{}' typename='{collection}'", site().root())
    };
    let khoroos = site().collection("khoroos");
    let bbox = middle(extent_of(khoroos));
    let mut questions: Vec<Value> = site()
        .collections
        .iter()
        .map(|collection| json!({ "source": source(text(&collection["id"])), "provider": "OAPIF" }))
        .collect();
    let filter = "\"district\" = 'bzd' and \"number\" > 5";
    questions
        .push(json!({ "source": source("khoroos"), "provider": "OAPIF", "box": bbox, "filter": filter }));
    let seen = qgis(&json!(questions));
    let (parts, whole) = seen.split_last().expect("layers");
    for (collection, layer) in site().collections.iter().zip(whole) {
        let features = all_of(collection);
        assert_eq!(layer["n"], features.len(), "{}", collection["id"]);
        let n_without = features.iter().filter(|feature| feature["geometry"].is_null()).count();
        assert_eq!(layer["n_without_ground"], n_without, "{}", collection["id"]);
        let fields = array(&layer["fields"]);
        for name in features[0]["properties"].as_object().expect("properties").keys() {
            assert!(fields.iter().any(|field| field == name), "{}: `{name}` of {fields:?}", collection["id"]);
        }
    }
    let features = all_of(khoroos);
    let mut expected = in_box(&features, bbox);
    expected.sort();
    assert_eq!(parts["codes_in_box"], json!(expected), "{}", box_text(bbox));
    let fits = |feature: &&Value| {
        feature["properties"]["district"] == "bzd" && feature["properties"]["number"].as_i64() > Some(5)
    };
    let mut expected: Vec<String> = features.iter().filter(fits).map(id).collect();
    expected.sort();
    assert_eq!(parts["codes_of_filter"], json!(expected));
}

#[test]
fn qgis_paints_the_tiles() {
    let khoroo = site().items("/ogc/collections/khoroos-2022/items/bgd-5?f=json");
    let corner = &khoroo["geometry"]["coordinates"][0][0][0];
    let [lon, lat] = [0, 1].map(|axis| corner[axis].as_f64().expect("degrees"));
    // Inside the city, where khoroos meet.
    let bbox = [lon - 0.002, lat - 0.002, lon + 0.002, lat + 0.002];
    let desert = [110.0, 45.0, 110.1, 45.1];
    for path in [
        "/tiles/boundaries-2022/{z}/{x}/{y}.mvt",
        "/ogc/collections/khoroos/tiles/WebMercatorQuad/{z}/{y}/{x}",
    ] {
        let tiles = format!("type=xyz&url={}&zmin=0&zmax=14", site().url(path));
        let seen = qgis(&json!([{ "tiles": tiles, "box": bbox }, { "tiles": tiles, "box": desert }]));
        assert!(seen[0]["share_painted"].as_f64() > Some(0.99), "{path}: {}", seen[0]);
        assert_eq!(seen[1]["share_painted"], 0.0, "{path}");
    }
}
