//! The service in the eyes of the programs that analysts use.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::query::{all_of, box_text, in_box, middle};
use super::site::{array, extent_of, site, text, text_of};
use crate::support::judge;

fn run(task: &str, question: &Value) -> Output {
    let mut command = judge("ogc.py");
    command.arg(task).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the judge starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(question.to_string().as_bytes()).expect("the judge listens");
    drop(stdin);
    child.wait_with_output().expect("the judge ends")
}

/// Fails with what the judge has to say against it.
#[track_caller]
pub fn judged(task: &str, question: &Value) {
    let output = run(task, question);
    assert!(output.status.success(), "{task}: {}{}", text_of(&output.stdout), text_of(&output.stderr));
}

/// What the judge answers.
#[track_caller]
pub fn asked(task: &str, question: &Value) -> Value {
    let output = run(task, question);
    assert!(output.status.success(), "{task}: {}", text_of(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn gdal(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().expect("GDAL runs");
    assert!(output.status.success(), "{program} {args:?}: {}", text_of(&output.stderr));
    text_of(&output.stdout)
}

fn source() -> String {
    format!("OAPIF:{}", site().root())
}

#[test]
pub fn gdal_turns_all_pages() {
    for collection in &site().collections {
        let id = text(&collection["id"]);
        let args = ["-ro", "-so", "-oo", "PAGE_SIZE=50", &source(), id];
        let said = gdal("ogrinfo", &args);
        let n_features = all_of(collection).len();
        assert!(said.contains(&format!("Feature Count: {n_features}\n")), "{id}: {said}");
        let args = ["-f", "GeoJSON", "/vsistdout/", &source(), id, "-oo", "PAGE_SIZE=50"];
        let read: Value = serde_json::from_str(&gdal("ogr2ogr", &args)).expect("GeoJSON");
        assert_eq!(array(&read["features"]).len(), n_features, "{id}");
    }
}

#[test]
pub fn gdal_filters_where_the_features_are() {
    let khoroos = site().collection("khoroos");
    let features = all_of(khoroos);
    let bbox = middle(extent_of(khoroos));
    let [west, south, east, north] = bbox.map(|number| format!("{number:.7}"));
    let args = ["-f", "GeoJSON", "/vsistdout/", &source(), "khoroos", "-spat", &west, &south, &east, &north];
    let read: Value = serde_json::from_str(&gdal("ogr2ogr", &args)).expect("GeoJSON");
    assert_eq!(array(&read["features"]).len(), in_box(&features, bbox).len(), "{}", box_text(bbox));
    let expected = features.iter().filter(|f| f["properties"]["district"] == "bzd");
    let expected = expected.filter(|f| f["properties"]["number"].as_i64() > Some(5)).count();
    let filter = "district = 'bzd' AND number > 5";
    let args = ["-f", "GeoJSON", "/vsistdout/", &source(), "khoroos", "-where", filter];
    let read: Value = serde_json::from_str(&gdal("ogr2ogr", &args)).expect("GeoJSON");
    assert_eq!(array(&read["features"]).len(), expected);
}

#[test]
pub fn owslib_finds_its_way() {
    let counts: serde_json::Map<String, Value> = site()
        .collections
        .iter()
        .map(|collection| (text(&collection["id"]).to_owned(), all_of(collection).len().into()))
        .collect();
    judged("owslib", &json!({ "root": site().root(), "counts": counts }));
}

#[test]
pub fn geopandas_reads_pages_and_files() {
    let files =
        ["geojson", "gpkg", "geojsonl"].map(|ending| site().url(&format!("/exports/khoroos.{ending}")));
    let items = format!("{}/collections/khoroos/items?limit=1000&f=json", site().root());
    let sources: Vec<Value> = files.iter().chain([&items]).map(|url| json!(url)).collect();
    judged("geopandas", &json!({ "sources": sources, "features": all_of(site().collection("khoroos")) }));
}

/// No 5xx, no status and no media type that is not described, whatever is asked.
#[test]
pub fn schemathesis_finds_nothing() {
    let mut api = site().openapi();
    api["servers"] = json!([{ "url": site().root() }]);
    judged("schemathesis", &json!({ "api": api, "root": site().root() }));
}
