//! One corner and one figure, the same wherever they are taken from.

use std::io::Cursor;
use std::process::Command;

use calamine::{DataType as _, Reader as _, Xlsx};
use fast_mvt::MvtFeature;
use serde_json::{Value, json};

use super::features::{address_of, positions};
use super::judges::asked;
use super::query::all_of;
use super::site::{array, site, text, text_of, with};
use super::tiles::tile_of;
use crate::tiles::encoded::{decode, layer, polygons, value};

/// A centimetre, in degrees of latitude.
const CENTIMETRE_DEG: f64 = 9e-8;

/// Files that GDAL reads, with what it needs to find the ground in them.
const FILES: [(&str, &[&str]); 6] = [
    ("geojson", &[]),
    ("geojsonl", &[]),
    ("csv", &["-oo", "GEOM_POSSIBLE_NAMES=wkt", "-oo", "AUTODETECT_TYPE=YES"]),
    ("gpkg", &["khoroos"]),
    ("shp.zip", &[]),
    ("kml", &[]),
];

/// The khoroo of the most replications with figures of its own, and its corner in the north.
fn chosen() -> (Value, [f64; 2]) {
    let features = all_of(site().collection("khoroos"));
    let with_ground = features.into_iter().filter(|feature| !feature["geometry"].is_null());
    let most = with_ground.max_by_key(|feature| feature["properties"]["identifications"].as_i64());
    let most = most.expect("khoroos");
    let corner = positions(&most["geometry"]).into_iter().max_by(|a, b| a[1].total_cmp(&b[1]));
    (most, corner.expect("corners"))
}

fn has(corners: &[[f64; 2]], corner: [f64; 2], tolerance: f64) -> bool {
    corners.iter().any(|at| (at[0] - corner[0]).abs() < tolerance && (at[1] - corner[1]).abs() < tolerance)
}

#[test]
pub fn items_in_every_system() {
    let khoroos = site().collection("khoroos");
    let (khoroo, corner) = chosen();
    for crs in array(&khoroos["crs"]) {
        let moved = site().items(&with(&address_of(khoroos, &khoroo), &[("crs", text(crs))]));
        let question = json!({ "crs": crs, "positions": [corner] });
        let expected: Vec<[f64; 2]> =
            serde_json::from_value(asked("project", &question)).expect("a position");
        let tolerance = if expected[0][0].abs() > 360.0 { 0.01 } else { CENTIMETRE_DEG };
        assert!(has(&positions(&moved["geometry"]), expected[0], tolerance), "{crs}");
        assert_eq!(moved["properties"], khoroo["properties"], "{crs}");
    }
}

#[test]
pub fn files_of_every_format() {
    let (khoroo, corner) = chosen();
    let (code, count) = (&khoroo["properties"]["code"], &khoroo["properties"]["identifications"]);
    assert!(count.as_i64() > Some(0));
    for (ending, args) in FILES {
        let answer = site().ask(&format!("/exports/khoroos.{ending}"), "*/*");
        assert_eq!(answer.status, 200, "{ending}");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(format!("khoroos.{ending}"));
        std::fs::write(&path, &answer.body).expect("written");
        let mut gdal = Command::new("ogr2ogr");
        gdal.args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=10", "/vsistdout/"]).arg(&path).args(args);
        let output = gdal.output().expect("ogr2ogr runs");
        assert!(output.status.success(), "{ending}: {}", text_of(&output.stderr));
        let read: Value = serde_json::from_slice(&output.stdout).expect("GeoJSON");
        let found = array(&read["features"]).iter().find(|feature| feature["properties"]["code"] == *code);
        let found = found.unwrap_or_else(|| panic!("{code} is not in {ending}"));
        // Names in a shapefile end after ten letters.
        let name = if ending == "shp.zip" { "identifica" } else { "identifications" };
        let told = &found["properties"][name];
        let told = told.as_i64().or_else(|| told.as_str()?.parse().ok());
        assert_eq!(told, count.as_i64(), "{ending}: {}", found["properties"]);
        assert!(has(&positions(&found["geometry"]), corner, CENTIMETRE_DEG), "{ending}");
    }
}

/// At the deepest zoom the tile has the corner in its own units, half a unit off at most for being rounded.
#[test]
pub fn the_tile_of_the_map() {
    let (khoroo, corner) = chosen();
    let told = site().json("/tiles/tracker-2022.json");
    let zoom = told["maxzoom"].as_i64().expect("a zoom") as i32;
    let [x, y] = tile_of(corner, zoom);
    let href = format!("/tiles/tracker-2022/{zoom}/{}/{}.mvt", x.floor(), y.floor());
    let answer = site().ask(&href, "*/*");
    assert_eq!(answer.status, 200, "{href}");
    let tile = decode(&answer.body);
    let expected = [x.fract(), y.fract()].map(|part| part * 4096.0);
    let code = text(&khoroo["properties"]["code"]);
    let of_khoroo = |feature: &&MvtFeature| value(feature, "code").as_deref() == Some(code);
    let features: Vec<_> = layer(&tile, "khoroos").iter().filter(of_khoroo).collect();
    assert!(!features.is_empty(), "{code} is not in {href}");
    let mut corners = Vec::new();
    for feature in features {
        let exteriors = polygons(&feature.geometry).into_iter().map(|(exterior, _)| exterior);
        corners.extend(exteriors.flatten().map(|at| at.map(f64::from)));
        let count = khoroo["properties"]["identifications"].to_string();
        assert_eq!(value(feature, "identifications"), Some(count));
    }
    assert!(has(&corners, expected, 0.6), "{expected:?} is not among {corners:?}");
}

/// A workbook has its columns in the order of the other tables, under titles.
#[test]
pub fn the_workbook() {
    let (khoroo, _) = chosen();
    let table = site().ask("/exports/khoroos.csv?geometry=none", "*/*").body;
    let names = csv::Reader::from_reader(&*table).headers().expect("a head").clone();
    let column = |name: &str| names.iter().position(|other| other == name).expect("a column");
    let (code, count) = (column("code"), column("identifications"));
    let mut book =
        Xlsx::new(Cursor::new(site().ask("/exports/khoroos.xlsx", "*/*").body)).expect("a workbook");
    let (_, rows) = &book.worksheets()[0];
    let row =
        rows.rows().find(|row| row[code].as_string().as_deref() == khoroo["properties"]["code"].as_str());
    assert_eq!(row.expect("its row")[count].as_i64(), khoroo["properties"]["identifications"].as_i64());
}
