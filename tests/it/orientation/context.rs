//! Context of an archive or a GeoPackage, from the file to tiles, descriptions and styles.

use fast_mvt::MvtReaderRef;
use serde_json::json;

use super::archive::Made;
use super::{Site, collection, geopackage, home, refusal};

/// A tile over the middle of the city.
const TILE: &str = "/tiles/context/12/3264/1425.mvt";

/// Layers of a tile with the number of features of each.
fn layers(bytes: &[u8]) -> Vec<(String, usize)> {
    let reader = MvtReaderRef::new(bytes).expect("a tile");
    let layer = |layer: fast_mvt::MvtLayerRef<'_>| (layer.name().to_owned(), layer.features().count());
    reader.layers().map(layer).collect()
}

#[tokio::test]
async fn an_archive_is_served_as_it_is_with_its_description_and_sources() {
    let home = home();
    let file = home.path().join("town.pmtiles");
    let n = 40;
    let tiles: Vec<_> = (0..n)
        .map(|i| (12, 3250 + i, 1425, format!("bytes of tile {i}").into_bytes()))
        .chain([(0, 0, 0, b"the world".to_vec())])
        .collect();
    for (packing, per_leaf) in [(1, None), (2, None), (2, Some(7))] {
        let made = Made { packing, per_leaf, ..Made::new(tiles.clone()) };
        std::fs::write(&file, made.bytes()).expect("writes");
        let site = Site::with(Some(&file), None);
        for i in 0..n {
            let answer = site.get(&format!("/tiles/context/12/{}/1425.mvt", 3250 + i)).await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.body, format!("bytes of tile {i}").into_bytes());
            assert_eq!(answer.headers["content-type"], "application/vnd.mapbox-vector-tile");
        }
        assert_eq!(site.get("/tiles/context/0/0/0.mvt").await.body, b"the world");
        for nothing in ["12/3249/1425", "12/3264/1426", "5/0/0", "16/0/0"] {
            assert_eq!(site.get(&format!("/tiles/context/{nothing}.mvt")).await.status, 204, "{nothing}");
        }
        assert_eq!(site.get("/tiles/context/12/9999/0.mvt").await.status, 400);

        let told = site.json("/tiles/context.json").await;
        assert_eq!(told["name"], "Context: Town");
        assert_eq!((told["minzoom"].clone(), told["maxzoom"].clone()), (json!(0), json!(12)));
        assert_eq!(told["bounds"], json!([106.5, 47.5, 107.5, 48.5]));
        let ids: Vec<_> =
            told["vector_layers"].as_array().expect("layers").iter().map(|l| &l["id"]).collect();
        assert_eq!(ids, ["roads", "water", "places"]);
        // Words and links to the web, and nothing else of the file's markup.
        assert_eq!(
            told["attribution"],
            "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap</a>x"
        );
        assert_eq!(told["illustrative"], false);
    }
}

#[tokio::test]
async fn styles_draw_what_an_archive_has_in_the_words_of_its_schema() {
    let home = home();
    let file = home.path().join("town.pmtiles");
    std::fs::write(&file, Made::new(vec![(0, 0, 0, b"x".to_vec())]).bytes()).expect("writes");
    let site = Site::with(Some(&file), None);
    for scheme in ["light", "dark"] {
        let style = site.json(&format!("/styles/context.json?scheme={scheme}&lang=mn")).await;
        let place = |id: &str| {
            let layers = style["layers"].as_array().expect("layers");
            layers.iter().find(|layer| layer["id"] == id).map(|layer| layer["metadata"]["hlp:place"].clone())
        };
        assert_eq!(place("context-water"), Some(json!("under")), "{style:#}");
        assert_eq!(place("context-water-lines"), Some(json!("over")));
        assert_eq!(place("context-roads"), Some(json!("over")));
        assert_eq!(place("context-places-towns"), Some(json!("names")));
        assert!(
            style["sources"]["context"]["url"].as_str().expect("an address").ends_with("/tiles/context.json")
        );
    }
    assert_eq!(site.get("/styles/context.json?scheme=blue").await.status, 400);

    // In a style of a measure water lies under the fill, roads over it, names under ours.
    let style = site.json("/styles/identifications.json").await;
    let ids: Vec<&str> = style["layers"]
        .as_array()
        .expect("layers")
        .iter()
        .map(|l| l["id"].as_str().expect("an id"))
        .collect();
    let at =
        |id: &str| ids.iter().position(|own| *own == id).unwrap_or_else(|| panic!("{id} not in {ids:?}"));
    let order = [
        "context-water",
        "khoroos-fill",
        "context-roads",
        "city-borders",
        "context-places-towns",
        "khoroo-labels",
    ];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{ids:?}");
}

#[test]
fn an_archive_that_cannot_be_served_is_refused_with_the_reason() {
    let home = home();
    let file = home.path().join("town.pmtiles");
    let whole = Made::new(vec![(0, 0, 0, vec![7; 500])]).bytes();
    let check = |bytes: &[u8], words: &str| {
        std::fs::write(&file, bytes).expect("writes");
        let said = refusal(&file);
        assert!(said.contains("town.pmtiles") && said.contains(words), "{said}");
    };
    check(&whole[..100], "truncated: its header");
    check(&whole[..whole.len() - 1], "truncated: its tiles");
    check(&whole[..200], "truncated");
    check(&[b"PMTiles\x02", &whole[8..]].concat(), "version 2");
    let tiles = || vec![(0, 0, 0, vec![7; 50])];
    check(
        &Made { tile_type: 2, ..Made::new(tiles()) }.bytes(),
        "PNG pictures; vector tiles (MVT) are needed",
    );
    check(&Made { packing: 9, ..Made::new(tiles()) }.bytes(), "method 9");
    check(&Made { metadata: json!({ "name": "x" }), ..Made::new(tiles()) }.bytes(), "no vector layers");
    check(&Made { metadata: json!([1]), ..Made::new(tiles()) }.bytes(), "metadata");
    let mut damaged = whole.clone();
    damaged[127..140].fill(0xff);
    check(&damaged, "root directory");
    check(b"", "neither a PMTiles archive nor a GeoPackage");
    check(b"\x89PNG\r\n\x1a\n and so on", "neither a PMTiles archive nor a GeoPackage");
    check(b"SQLite format 3\0 cut", "town.pmtiles");
    assert!(refusal(&home.path().join("none.pmtiles")).contains("none.pmtiles` cannot be read"));
    assert!(refusal(home.path()).contains("is a folder"));
}

#[tokio::test]
async fn layers_of_a_geopackage_become_tiles_in_any_of_its_systems() {
    let home = home();
    let line = |west: f64| json!({ "type": "LineString", "coordinates": [[west, 47.91], [106.95, 47.92]] });
    let area = json!({ "type": "Polygon", "coordinates": [[
        [106.90, 47.90], [106.94, 47.90], [106.94, 47.93], [106.90, 47.93], [106.90, 47.90]
    ]] });
    let point = json!({ "type": "Point", "coordinates": [106.9177, 47.9188] });
    let far = json!({ "type": "LineString", "coordinates": [[20.0, 50.0], [21.0, 50.0]] });
    let roads = collection(&[
        (
            line(106.88),
            json!({ "name": "Энхтайваны өргөн чөлөө", "name_en": "Peace Avenue", "class": "primary" }),
        ),
        (line(106.89), json!({ "name": "зам", "class": "residential" })),
        (far, json!({ "class": "primary" })),
        (point.clone(), json!({ "class": "primary" })),
    ]);
    let file = geopackage(
        home.path(),
        "city.gpkg",
        &[
            ("Авто зам", "EPSG:4326", roads),
            ("гол", "EPSG:3857", collection(&[(line(106.9), json!({ "нэр": "Туул" }))])),
            ("water_areas", "EPSG:32648", collection(&[(area.clone(), json!({}))])),
            (
                "landuse",
                "EPSG:32648",
                collection(&[
                    (area.clone(), json!({ "landuse": "residential" })),
                    (area.clone(), json!({ "landuse": "forest" })),
                ]),
            ),
            (
                "Газрын нэр",
                "EPSG:4326",
                collection(&[(point.clone(), json!({ "name": "Төв", "place": "suburb" }))]),
            ),
            ("lines", "EPSG:4326", collection(&[(line(106.9), json!({ "highway": "footway" }))])),
            ("trees", "EPSG:4326", collection(&[(point, json!({ "species": "elm" }))])),
        ],
    );
    let read = match hlp_tracker::orientation::context(&file, None).expect("a context") {
        hlp_tracker::orientation::Context::Features(read) => read,
        hlp_tracker::orientation::Context::Archive(_) => panic!("not an archive"),
    };
    let left_out: Vec<String> = read.left_out.iter().map(ToString::to_string).collect();
    let says = |words: &str| left_out.iter().any(|out| out.contains(words));
    assert!(says("layer `trees` is not recognised; recognised are"), "{left_out:?}");
    assert!(says("1 rows of layer `Авто зам` lie far from the city"), "{left_out:?}");
    assert!(says("1 rows of layer `Авто зам` have a geometry"), "{left_out:?}");
    assert!(says("1 rows of layer `landuse` are of no kind"), "{left_out:?}");

    let site = Site::with(Some(&file), None);
    let tile = site.get(TILE).await;
    assert_eq!(tile.status, 200);
    assert_eq!(
        layers(&tile.body),
        [("water", 1), ("built_up", 1), ("rivers", 1), ("roads", 3), ("places", 1)]
            .map(|(name, n)| (name.to_owned(), n))
    );
    let names = String::from_utf8_lossy(&tile.body).into_owned();
    for name in ["Peace Avenue", "Энхтайваны өргөн чөлөө", "Туул", "Төв"] {
        assert!(names.contains(name), "{name}");
    }
    // Yards and paths come with a nearer look.
    let wide = site.get("/tiles/context/9/408/178.mvt").await;
    assert!(layers(&wide.body).contains(&("roads".to_owned(), 1)), "{:?}", layers(&wide.body));

    let told = site.json("/tiles/context.json?lang=mn").await;
    assert_eq!(told["attribution"], "© Хотын зураг &lt;2026&gt;");
    let ids: Vec<_> =
        told["vector_layers"].as_array().expect("layers").iter().map(|l| l["id"].clone()).collect();
    assert_eq!(ids, ["water", "built_up", "rivers", "roads", "places"]);
    let bounds = told["bounds"].as_array().expect("a box");
    assert!((bounds[0].as_f64().expect("degrees") - 106.88).abs() < 1e-6, "{bounds:?}");
    assert!((bounds[3].as_f64().expect("degrees") - 47.93).abs() < 1e-6, "{bounds:?}");
}

#[test]
fn a_geopackage_without_anything_to_draw_is_refused() {
    let home = home();
    let point = |lon: f64| json!({ "type": "Point", "coordinates": [lon, 47.9] });
    let trees = geopackage(
        home.path(),
        "trees.gpkg",
        &[("trees", "EPSG:4326", collection(&[(point(106.9), json!({ "species": "elm" }))]))],
    );
    let said = refusal(&trees);
    assert!(said.contains("trees.gpkg") && said.contains("(`trees`)") && said.contains("зам"), "{said}");
    let far = geopackage(
        home.path(),
        "far.gpkg",
        &[("places", "EPSG:4326", collection(&[(point(20.0), json!({ "name": "x" }))]))],
    );
    assert!(refusal(&far).contains("nothing in or near the city"));
    let pulkovo = geopackage(
        home.path(),
        "pulkovo.gpkg",
        &[("places", "EPSG:28418", collection(&[(point(106.9), json!({ "name": "x" }))]))],
    );
    assert!(
        refusal(&pulkovo).contains("28418") || refusal(&pulkovo).contains("Pulkovo"),
        "{}",
        refusal(&pulkovo)
    );
}

#[tokio::test]
async fn without_a_file_the_lines_of_the_store_are_the_context() {
    let site = Site::with(None, None);
    let style = site.json("/styles/context.json").await;
    let ids: Vec<_> = style["layers"].as_array().expect("layers").iter().map(|l| l["id"].clone()).collect();
    assert_eq!(ids, ["ground", "context-rivers", "context-roads-minor", "context-roads"]);
    assert_eq!(site.json("/tiles/context.json").await["illustrative"], true);
}
