//! OGC API – Tiles over the wire: documents that lead to every tile, and tiles that are the served ones.

use std::collections::BTreeSet;

use fast_mvt::MvtReaderRef;
use serde_json::Value;

use crate::lists::Site;
use crate::partners::loaded;
use crate::tiles::encoded::value;
use crate::visits::{city, get};

const ADDRESS: &str = "http://localhost:8080";
const TILES: &str = "/ogc/tiles/WebMercatorQuad";
const MVT: &str = "application/vnd.mapbox-vector-tile";

async fn json(site: &Site, path: &str) -> Value {
    let answer = get(&site.public, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}

fn href<'a>(document: &'a Value, rel: &str) -> &'a str {
    let links = document["links"].as_array().expect("links");
    let link = links.iter().find(|link| link["rel"] == rel).unwrap_or_else(|| panic!("{rel} in {links:?}"));
    link["href"].as_str().expect("an address").strip_prefix(ADDRESS).expect("our own")
}

fn rel(name: &str) -> String {
    format!("http://www.opengis.net/def/rel/ogc/1.0/{name}")
}

fn layers(tile: &[u8]) -> Vec<String> {
    let tile = MvtReaderRef::new(tile).expect("a tile").to_tile().expect("a valid tile");
    tile.layers.into_iter().map(|layer| layer.name).collect()
}

fn number(value: &Value) -> u32 {
    value.as_u64().expect("a number") as u32
}

/// As the official suite goes: from the landing page over the list to the tile at a corner of the limits, and
/// one row beyond.
#[tokio::test]
async fn one_comes_from_the_first_document_to_tiles() {
    let site = city();
    let landing = json(&site, "/ogc").await;
    let conformance = json(&site, href(&landing, "conformance")).await;
    let classes = conformance["conformsTo"].as_array().expect("a list");
    for class in ["core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt", "oas30"]
    {
        let class = format!("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{class}");
        assert!(classes.contains(&class.as_str().into()), "{class}");
    }
    let list = json(&site, href(&landing, &rel("tilesets-vector"))).await;
    let [listed] = list["tilesets"].as_array().expect("a list").as_slice() else { panic!("{list}") };
    let tileset = json(&site, href(listed, "self")).await;
    for field in ["title", "dataType", "crs", "tileMatrixSetURI", "tileMatrixSetLimits", "layers"] {
        assert_eq!(tileset[field], listed[field], "{field}");
    }
    let template = href(&tileset, "item").to_owned();
    let limits = tileset["tileMatrixSetLimits"].as_array().expect("limits");
    assert_eq!(limits.len(), 17);
    for limit in limits {
        let at = |row: u32, col: u32| {
            let zoom = limit["tileMatrix"].as_str().expect("an id");
            template
                .replace("{tileMatrix}", zoom)
                .replace("{tileRow}", &row.to_string())
                .replace("{tileCol}", &col.to_string())
        };
        let (row, col) = (number(&limit["maxTileRow"]), number(&limit["minTileCol"]));
        let corner = get(&site.public, &at(row, col)).await;
        assert_eq!((corner.status, corner.header("content-type")), (200, MVT), "{}", at(row, col));
        let beyond = get(&site.public, &at(row + 1, col)).await.status;
        assert!(matches!(beyond, 400 | 404), "{beyond} at {}", at(row + 1, col));
    }
    json(&site, href(&tileset, "describedby")).await;
    json(&site, href(&tileset, "stylesheet")).await;
    let set = json(&site, href(&tileset, &rel("tiling-scheme"))).await;
    assert_eq!(set["uri"], tileset["tileMatrixSetURI"]);
    let khoroos = &tileset["layers"].as_array().expect("layers").iter().find(|one| one["id"] == "khoroos");
    let khoroos = khoroos.expect("among them");
    assert_eq!((&khoroos["geometryDimension"], &khoroos["minTileMatrix"]), (&2.into(), &"6".into()));
    assert_eq!(khoroos["propertiesSchema"]["properties"]["identifications"]["type"], "integer");
    assert_eq!(khoroos["propertiesSchema"]["properties"]["area_km2"]["type"], "number");
}

#[tokio::test]
async fn a_tile_has_the_bytes_and_headers_of_the_served_one() {
    let site = city();
    for (z, x, y) in [(0, 0, 0), (6, 51, 22), (10, 816, 356), (14, 13_056, 5_703)] {
        let served = get(&site.public, &format!("/tiles/tracker-2022/{z}/{x}/{y}.mvt")).await;
        let tile = get(&site.public, &format!("{TILES}/{z}/{y}/{x}")).await;
        assert_eq!((served.status, tile.status), (200, 200), "{z}/{x}/{y}");
        assert!(served.body == tile.body && !tile.body.is_empty(), "{z}/{x}/{y}");
        for header in ["etag", "cache-control", "content-type"] {
            assert_eq!(served.header(header), tile.header(header), "{header} of {z}/{x}/{y}");
        }
    }
}

#[tokio::test]
async fn an_empty_tile_within_the_limits_is_an_answer_without_bytes() {
    let site = city();
    let tileset = json(&site, TILES).await;
    let limit = &tileset["tileMatrixSetLimits"][14];
    let mut n_empty = 0;
    for col in number(&limit["minTileCol"])..=number(&limit["maxTileCol"]) {
        let row = number(&limit["minTileRow"]);
        let tile = get(&site.public, &format!("{TILES}/14/{row}/{col}")).await;
        assert_eq!((tile.status, tile.header("content-type")), (200, MVT));
        let served = get(&site.public, &format!("/tiles/tracker-2022/14/{col}/{row}.mvt")).await;
        assert_eq!(tile.body.is_empty(), served.status == 204);
        n_empty += usize::from(tile.body.is_empty());
    }
    assert!(n_empty > 0);
}

#[tokio::test]
async fn a_collections_tiles_hold_its_layer_alone() {
    let site = city();
    let collections = json(&site, "/ogc/collections").await;
    let mut with_tiles = BTreeSet::new();
    for collection in collections["collections"].as_array().expect("a list") {
        let links = collection["links"].as_array().expect("links");
        if !links.iter().any(|link| link["rel"] == rel("tilesets-vector").as_str()) {
            continue;
        }
        let id = collection["id"].as_str().expect("an id");
        with_tiles.insert(id.to_owned());
        let list = json(&site, href(collection, &rel("tilesets-vector"))).await;
        let tileset = json(&site, href(&list["tilesets"][0], "self")).await;
        let told = tileset["layers"].as_array().expect("layers");
        let [layer] = told.as_slice() else { panic!("{id}: {told:?}") };
        let tile =
            get(&site.public, &format!("/ogc/collections/{id}/tiles/WebMercatorQuad/10/356/816")).await;
        assert_eq!(tile.status, 200, "{id}");
        assert_eq!(layers(&tile.body), [layer["id"].as_str().expect("an id")], "{id}");
    }
    for id in ["khoroos", "khoroos-2022", "districts"] {
        assert!(with_tiles.contains(id), "{id} of {with_tiles:?}");
    }
    for id in ["lineage", "khoroo-versions"] {
        assert!(!with_tiles.contains(id), "{id}");
        for rest in ["", "/WebMercatorQuad", "/WebMercatorQuad/0/0/0"] {
            let path = format!("/ogc/collections/{id}/tiles{rest}");
            let (_, _, detail) = get(&site.public, &path).await.refusal(404, &path);
            assert!(detail.contains("has no tiles"), "{detail}");
        }
    }
}

/// Ids of the tiles of the deepest zoom around everything that a collection has a place for, and ids of the latter.
async fn ids_of(site: &Site, collection: &str) -> [BTreeSet<String>; 2] {
    const ZOOM: u8 = 16;
    let page = json(site, &format!("/ogc/collections/{collection}/items?limit=10000")).await;
    let (mut placed, mut tiles) = (BTreeSet::new(), BTreeSet::new());
    for feature in page["features"].as_array().expect("features") {
        let coordinates = &feature["geometry"]["coordinates"];
        // Of a line its first end.
        let at = if coordinates[0].is_array() { &coordinates[0] } else { coordinates };
        let (Some(lon), Some(lat)) = (at[0].as_f64(), at[1].as_f64()) else { continue };
        placed.insert(feature["id"].as_str().expect("an id").to_owned());
        let n = f64::from(1_u32 << ZOOM);
        let col = (lon / 360.0 + 0.5) * n;
        let row = (0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU) * n;
        tiles.insert((row as u32, col as u32));
    }
    let mut shown = BTreeSet::new();
    for (row, col) in tiles {
        let path = format!("/ogc/collections/{collection}/tiles/WebMercatorQuad/{ZOOM}/{row}/{col}");
        let answer = get(&site.public, &path).await;
        assert_eq!(answer.status, 200, "{path}");
        let tile = MvtReaderRef::new(&answer.body).expect("a tile").to_tile().expect("a valid tile");
        for feature in tile.layers.iter().flat_map(|layer| &layer.features) {
            shown.extend(value(feature, "id"));
        }
    }
    [shown, placed]
}

/// The demo's practices of before 2022 stand on boundaries that tiles of records are not of; its copies do not.
#[tokio::test]
async fn only_tiles_with_every_feature_are_offered_as_a_form_of_the_collection() {
    let newer_alone = || {
        let mut loaded = loaded();
        loaded.records.identifications.retain(|entry| entry.khoroo.vintage.as_str() == "2022");
        loaded.records.replications.retain(|copy| copy.khoroo.vintage.as_str() == "2022");
        loaded.records.practices.retain(|practice| practice.host.vintage.as_str() == "2022");
        loaded
    };
    let (demo, newer) = (city(), Site::of(newer_alone()));
    for (site, id, is_whole) in [
        (&demo, "practices", false),
        (&newer, "practices", true),
        (&demo, "replications", true),
        (&newer, "replications", true),
    ] {
        let [shown, placed] = ids_of(site, id).await;
        assert!(!shown.is_empty() && shown.is_subset(&placed), "{id}");
        assert_eq!(shown == placed, is_whole, "{id}: {} of {}", shown.len(), placed.len());
        let collection = json(site, &format!("/ogc/collections/{id}?lang=en")).await;
        let links = collection["links"].as_array().expect("links");
        let is_linked = links.iter().any(|link| link["rel"] == rel("tilesets-vector").as_str());
        let dataset = get(&site.public, &format!("/ogc/collections/{id}/metadata.jsonld")).await;
        let record = get(&site.public, &format!("/ogc/collections/{id}/metadata.xml")).await;
        let address = format!("/ogc/collections/{id}/tiles");
        let is_told = [&dataset, &record].map(|answer| answer.text().contains(&address));
        assert_eq!((is_linked, is_told), (is_whole, [is_whole; 2]), "{id}");
        let tileset = json(site, &format!("{address}/WebMercatorQuad?lang=en")).await;
        let lacks = "Cycles on the boundaries of 2022 alone";
        let says = tileset["description"].as_str().expect("a text").starts_with(lacks);
        assert_eq!((says, tileset["title"] == collection["title"]), (!is_whole, is_whole), "{id}");
    }
}

#[tokio::test]
async fn what_is_asked_in_vain_is_refused() {
    let site = city();
    for (path, status) in [
        ("/ogc/tileMatrixSets/WorldCRS84Quad", 404),
        ("/ogc/tiles/WorldCRS84Quad", 404),
        ("/ogc/tiles/WorldCRS84Quad/0/0/0", 404),
        ("/ogc/collections/khoroos/tiles/WorldCRS84Quad", 404),
        ("/ogc/collections/khoroos-1990/tiles", 404),
        ("/ogc/tiles/WebMercatorQuad/0/0/1", 400),
        ("/ogc/tiles/WebMercatorQuad/17/0/0", 400),
        ("/ogc/tiles/WebMercatorQuad/10/0/0", 404),
        ("/ogc/tiles/WebMercatorQuad/10/2147483647/2147483647", 400),
        ("/ogc/tiles/WebMercatorQuad/a/0/0", 400),
        ("/ogc/tiles/WebMercatorQuad/0/-1/0", 400),
        ("/ogc/tiles/WebMercatorQuad/0/0/0?colour=red", 400),
        ("/ogc/tiles/WebMercatorQuad/0/0/0?f=png", 400),
        ("/ogc/tiles?limit=3", 400),
        ("/ogc/tileMatrixSets?f=xml", 400),
    ] {
        get(&site.public, path).await.refusal(status, path);
    }
    assert_eq!(get(&site.public, "/ogc/tiles/WebMercatorQuad/0/0/0?f=mvt").await.status, 200);
}

/// The numbers of the registered definition, of the first and the last matrix.
#[tokio::test]
async fn the_matrix_set_is_the_registered_one() {
    let site = city();
    let list = json(&site, "/ogc/tileMatrixSets").await;
    let set = json(&site, href(&list["tileMatrixSets"][0], "self")).await;
    assert_eq!(set["id"], "WebMercatorQuad");
    assert_eq!(set["crs"], "http://www.opengis.net/def/crs/EPSG/0/3857");
    assert_eq!(set["wellKnownScaleSet"], "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible");
    let matrices = set["tileMatrices"].as_array().expect("matrices");
    for (zoom, scale, cell) in
        [(0, 559_082_264.028_717, 156_543.033_928_041), (24, 33.323_899_747_652_9, 0.009_330_691_929_342_07)]
    {
        let matrix = &matrices[zoom];
        assert_eq!(matrix["id"], zoom.to_string());
        for (name, expected) in [("scaleDenominator", scale), ("cellSize", cell)] {
            let found = matrix[name].as_f64().expect("a number");
            assert!((found / expected - 1.0).abs() < 1e-9, "{name} of {zoom}: {found}");
        }
        assert_eq!(matrix["matrixWidth"], 1_u64 << zoom);
        assert_eq!(
            (&matrix["tileWidth"], &matrix["pointOfOrigin"][0]),
            (&256.into(), &(-20_037_508.342_789_244).into())
        );
    }
}

#[tokio::test]
async fn documents_of_tiles_are_pages_too() {
    let site = city();
    for path in [
        "/ogc/tileMatrixSets",
        "/ogc/tileMatrixSets/WebMercatorQuad",
        "/ogc/tiles",
        "/ogc/tiles/WebMercatorQuad",
        "/ogc/collections/khoroos/tiles",
        "/ogc/collections/khoroos/tiles/WebMercatorQuad",
    ] {
        for lang in ["mn", "en"] {
            let page = get(&site.public, &format!("{path}?f=html&lang={lang}")).await;
            assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
            assert!(page.text().contains("<h1"), "{path}");
        }
    }
}
