//! The service in the eyes of the programs that analysts use.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::features::bounds;
use super::query::{all_of, box_text, in_box, middle};
use super::site::{array, extent_of, site, text, text_of};
use super::tiles::{lon_lat, tile_of};
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

/// The driver of OGC API, by the features of a collection; it opens none without a place.
#[test]
fn gdal_lists_collections_and_opens_one() {
    let source = format!("OGCAPI:{}", site().root());
    let said = gdal("ogrinfo", &["-ro", "-so", &source]);
    for collection in &site().collections {
        let href = format!("{source}/collections/{}?f=json", text(&collection["id"]));
        assert!(said.contains(&format!("_NAME={href}\n")), "{href}: {said}");
        if collection["extent"]["spatial"].is_null() {
            continue;
        }
        let said = gdal("ogrinfo", &["-ro", "-so", "-al", "-oo", "API=ITEMS", &href]);
        let n_features = all_of(collection).len();
        assert!(said.contains(&format!("Feature Count: {n_features}\n")), "{href}: {said}");
    }
}

/// A tile of a collection holds what lies in it and little around it, with its figures.
#[test]
fn gdal_reads_a_tile() {
    const ZOOM: i32 = 12;
    const SQUARE: [f64; 2] = [106.917, 47.919];
    let features = all_of(site().collection("khoroos"));
    let [x, y] = tile_of(SQUARE, ZOOM).map(f64::floor);
    let href = format!("{}/collections/khoroos/tiles/WebMercatorQuad/{ZOOM}/{y}/{x}", site().root());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tile.mvt");
    std::fs::write(&path, site().ask(&href, "*/*").body).expect("written");
    let place = [("X", x.to_string()), ("Y", y.to_string()), ("Z", ZOOM.to_string())];
    let place = place.map(|(name, value)| format!("{name}={value}"));
    let mut args = vec!["-f", "GeoJSON", "-t_srs", "EPSG:4326", "/vsistdout/"];
    let source = format!("MVT:{}", path.display());
    args.extend([&*source, "khoroos", "-oo", "CLIP=NO"]);
    args.extend(place.iter().flat_map(|one| ["-oo", one]));
    let read: Value = serde_json::from_str(&gdal("ogr2ogr", &args)).expect("GeoJSON");
    let read = array(&read["features"]);
    let code = |feature: &Value| text(&feature["properties"]["code"]).to_owned();
    let found: Vec<String> = read.iter().map(code).collect();
    let grown = |by: f64| {
        let [[west, north], [east, south]] =
            [[x - by, y - by], [x + 1.0 + by, y + 1.0 + by]].map(|at| lon_lat(at, ZOOM));
        in_box(&features, [west, south, east, north])
    };
    // What touches the edge alone may be rounded away.
    let (inside, around) = (grown(-0.01), grown(0.1));
    assert!(
        inside.len() > 10 && inside.iter().all(|id| found.contains(id)),
        "{found:?} without some of {inside:?}"
    );
    assert!(found.iter().all(|id| around.contains(id)), "{found:?} with more than {around:?}");
    for feature in read {
        let own = features.iter().find(|own| own["id"] == feature["properties"]["code"]).expect("a khoroo");
        let ([west, south, east, north], [w, s, e, n]) =
            (bounds(&own["geometry"]).expect("ground"), bounds(&feature["geometry"]).expect("ground"));
        let near = 1e-4;
        assert!(w > west - near && s > south - near && e < east + near && n < north + near, "{}", own["id"]);
        assert_eq!(feature["properties"]["identifications"], own["properties"]["identifications"]);
    }
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
