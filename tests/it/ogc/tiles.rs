//! OGC API – Tiles Part 1: core, tilesets and their lists, of the whole and of collections, vector tiles.

use std::collections::BTreeSet;

use fast_mvt::MvtReaderRef;
use serde_json::{Value, json};

use super::judges::judged;
use super::site::{HTML, JSON, array, extent_of, is_media, link, links, site, text};

const VECTOR: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
const SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
const QUAD: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
const MVT: &str = "application/vnd.mapbox-vector-tile";

/// Lists of tilesets: of the whole, and of the collections that have one.
fn lists() -> Vec<String> {
    let of_collections = site().collections.iter().filter(|collection| !links(collection, VECTOR).is_empty());
    let all: Vec<_> = std::iter::once(&site().landing).chain(of_collections).collect();
    all.into_iter().map(|document| link(document, VECTOR, JSON)).collect()
}

/// Entries of all lists, and the tilesets that they lead to.
fn tilesets() -> Vec<[Value; 2]> {
    let mut all = Vec::new();
    for list in lists() {
        for entry in array(&site().json(&list)["tilesets"]) {
            all.push([entry.clone(), site().json(&link(entry, "self", JSON))]);
        }
    }
    assert!(!all.is_empty(), "no tileset");
    all
}

fn tile(tileset: &Value, matrix: &str, row: i64, column: i64) -> String {
    let template = link(tileset, "item", MVT);
    template
        .replace("{tileMatrix}", matrix)
        .replace("{tileRow}", &row.to_string())
        .replace("{tileCol}", &column.to_string())
}

/// Zoom, and the least and greatest row and column, of every matrix that is served.
fn limits(tileset: &Value) -> Vec<(String, [i64; 4])> {
    let of = |limits: &Value| {
        let number = |name: &str| limits[name].as_i64().unwrap_or_else(|| panic!("{name}: {limits}"));
        let matrix = text(&limits["tileMatrix"]).to_owned();
        (matrix, ["minTileRow", "maxTileRow", "minTileCol", "maxTileCol"].map(number))
    };
    array(&tileset["tileMatrixSetLimits"]).iter().map(of).collect()
}

/// Place of a point in the tiles of a zoom, with the fraction of a tile.
pub fn tile_of([lon, lat]: [f64; 2], zoom: i32) -> [f64; 2] {
    let y = lat.to_radians().tan().asinh();
    [(lon / 360.0 + 0.5) * 2f64.powi(zoom), (0.5 - y / std::f64::consts::TAU) * 2f64.powi(zoom)]
}

/// Where a place in the tiles of a zoom is.
pub fn lon_lat([x, y]: [f64; 2], zoom: i32) -> [f64; 2] {
    let n_tiles = 2f64.powi(zoom);
    let lat = ((0.5 - y / n_tiles) * std::f64::consts::TAU).sinh().atan();
    [(x / n_tiles - 0.5) * 360.0, lat.to_degrees()]
}

#[test]
pub fn conformance_success() {
    let declared = site().conforms_to();
    for class in ["core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt", "oas30"]
    {
        let uri = format!("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{class}");
        assert!(declared.contains(&uri), "{uri}");
    }
}

#[test]
pub fn tc_op() {
    for [entry, tileset] in tilesets() {
        for document in [&entry, &tileset] {
            assert_eq!(document["tileMatrixSetURI"], QUAD, "{document}");
            let template = link(document, "item", MVT);
            assert!(template.starts_with("http"), "the suite asks it as it stands: {template}");
            assert!(template.contains("/tiles/WebMercatorQuad"), "{template}");
            let item = links(document, "item")[0];
            assert_eq!(item["templated"], true, "{item}");
        }
    }
}

#[test]
pub fn tc_success() {
    for [entry, tileset] in tilesets() {
        let limits = limits(&entry);
        for (matrix, [top, bottom, left, right]) in
            [&limits[0], &limits[limits.len() / 2], &limits[limits.len() - 1]]
        {
            for (row, column) in [(bottom, left), (top, right), (top, left)] {
                let href = tile(&tileset, matrix, *row, *column);
                let answer = site().ask(&href, "*/*");
                assert_eq!(answer.status, 200, "{href}");
                assert!(is_media(answer.header("content-type").unwrap_or_default(), MVT), "{href}");
            }
        }
    }
}

#[test]
pub fn tc_error() {
    for [_, tileset] in tilesets() {
        let limits = limits(&tileset);
        let (matrix, [_, bottom, left, right]) = &limits[limits.len() - 1];
        let far = i64::from(i32::MAX);
        for (row, column) in [(bottom + 1, *left), (*bottom, right + 1), (far, far), (-1, 0)] {
            let href = tile(&tileset, matrix, row, column);
            let answer = site().ask(&href, "*/*");
            assert!(matches!(answer.status, 400 | 404), "{}: {href}", answer.status);
        }
        for matrix in ["99", "-1", "x"] {
            let answer = site().ask(&tile(&tileset, matrix, 0, 0), "*/*");
            assert!(matches!(answer.status, 400 | 404), "{}: {matrix}", answer.status);
        }
        let (matrix, [top, _, left, _]) = &limits[0];
        let unknown = format!("{}?unknownQueryParameter12345=1", tile(&tileset, matrix, *top, *left));
        assert_eq!(site().ask(&unknown, "*/*").status, 400);
    }
}

#[test]
pub fn tileset_links() {
    for list in lists() {
        assert!(list.contains("/tiles"), "{list}");
        let document = site().json(&list);
        assert_eq!(site().ask(&link(&document, "alternate", HTML), HTML).status, 200);
        judged("schemas", &json!([{ "schema": "tilesets", "document": document }]));
        for entry in array(&document["tilesets"]) {
            assert!(entry["crs"].is_string(), "{entry}");
            link(entry, SCHEME, JSON);
            let own = link(entry, "self", JSON);
            let base = list.split('?').next().expect("a path");
            assert!(own.starts_with(&format!("{base}/{}", text(&entry["tileMatrixSetId"]))), "{own}");
        }
    }
}

#[test]
pub fn tileset_description() {
    for [entry, tileset] in tilesets() {
        judged("schemas", &json!([{ "schema": "tileset", "document": tileset }]));
        for member in ["title", "dataType", "crs", "tileMatrixSetURI", "tileMatrixSetId"] {
            assert_eq!(entry[member], tileset[member], "{member}");
        }
        let layers = array(&tileset["layers"]);
        assert!(layers.iter().all(|layer| layer["id"].is_string() && layer["dataType"] == "vector"));
        let scheme = site().json(&link(&tileset, SCHEME, JSON));
        let matrices = array(&scheme["tileMatrices"]);
        let limits = limits(&tileset);
        let names: BTreeSet<_> = limits.iter().map(|(matrix, _)| matrix).collect();
        assert_eq!(names.len(), limits.len(), "each matrix once");
        for (matrix, [_, bottom, _, right]) in &limits {
            let told =
                matrices.iter().find(|told| told["id"] == **matrix).unwrap_or_else(|| panic!("{matrix}"));
            assert!(*bottom < told["matrixHeight"].as_i64().expect("a number"), "{matrix}");
            assert!(*right < told["matrixWidth"].as_i64().expect("a number"), "{matrix}");
        }
    }
}

#[test]
pub fn dataset_landing() {
    let list = site().json(&link(&site().landing, VECTOR, JSON));
    assert!(!array(&list["tilesets"]).is_empty());
}

#[test]
pub fn geodata_collections() {
    let mut n_lists = 0;
    for collection in site().spatial() {
        for tilesets in links(collection, VECTOR) {
            let href = text(&tilesets["href"]);
            assert!(href.ends_with("/tiles") || href.contains("/tiles?"), "{href}");
            n_lists += 1;
        }
    }
    assert!(n_lists > 0, "no collection leads to tiles");
    for collection in &site().collections {
        let alone = site().json(&link(collection, "self", JSON));
        assert_eq!(links(&alone, VECTOR), links(collection, VECTOR));
    }
}

/// Tiles are those of the map, byte for byte; one without anything is empty.
#[test]
pub fn mvt_content() {
    let khoroos = site().collection("khoroos");
    let [west, south, east, north] = extent_of(khoroos);
    let middle = tile_of([west.midpoint(east), south.midpoint(north)], 11).map(f64::floor);
    for [_, tileset] in tilesets() {
        let href = tile(&tileset, "11", middle[1] as i64, middle[0] as i64);
        let answer = site().ask(&href, MVT);
        assert_eq!(answer.status, 200, "{href}");
        let read = MvtReaderRef::new(&answer.body).expect("a tile").to_tile().expect("a valid tile");
        let told: Vec<&str> = array(&tileset["layers"]).iter().map(|layer| text(&layer["id"])).collect();
        for layer in &read.layers {
            assert!(told.contains(&layer.name.as_str()), "{} of {href}", layer.name);
        }
    }
    // Those of all data; those of a collection are a layer of them.
    let map = site().ask(&format!("/tiles/tracker-2022/11/{}/{}.mvt", middle[0], middle[1]), "*/*");
    let [_, tileset] = &tilesets()[0];
    let same = site().ask(&tile(tileset, "11", middle[1] as i64, middle[0] as i64), "*/*");
    assert!(same.body == map.body && !map.body.is_empty());
}

/// Widths of cells and scales by the arithmetic of the square world.
#[test]
pub fn matrix_set() {
    const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
    const EDGE_M: f64 = std::f64::consts::PI * 6_378_137.0;
    let list = site().json(&link(&site().landing, TILING_SCHEMES, JSON));
    let entry = &array(&list["tileMatrixSets"])[0];
    let told = site().json(&link(entry, "self", JSON));
    assert_eq!((&told["id"], &told["uri"]), (&"WebMercatorQuad".into(), &QUAD.into()));
    assert_eq!(told["crs"], "http://www.opengis.net/def/crs/EPSG/0/3857");
    judged("schemas", &json!([{ "schema": "tilematrixset", "document": told }]));
    for (zoom, matrix) in array(&told["tileMatrices"]).iter().enumerate() {
        let n = 1_u64 << zoom;
        assert_eq!(matrix["id"], zoom.to_string());
        for size in ["matrixWidth", "matrixHeight"] {
            assert_eq!(matrix[size], n, "{size} of {zoom}");
        }
        assert_eq!((&matrix["tileWidth"], &matrix["tileHeight"]), (&256.into(), &256.into()));
        let cell_m = 2.0 * EDGE_M / (256 * n) as f64;
        let near = |name: &str, expected: f64| {
            let found = matrix[name].as_f64().expect("a number");
            assert!((found / expected - 1.0).abs() < 1e-9, "{name} of {zoom}: {found}, not {expected}");
        };
        near("cellSize", cell_m);
        near("scaleDenominator", cell_m / 0.000_28);
        let corner = array(&matrix["pointOfOrigin"]).iter().filter_map(Value::as_f64).collect::<Vec<_>>();
        assert!((corner[0] + EDGE_M).abs() < 1e-3 && (corner[1] - EDGE_M).abs() < 1e-3, "{corner:?}");
    }
}
