//! Tile bytes, read back by decoders that are not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::Command;

use fast_mvt::{MvtFeature, MvtGeometry, MvtReaderRef, MvtTile, MvtValue};
use hlp_tracker::geometry::simplify::{WorldPoint, cell_shift};
use hlp_tracker::model::{ContextKind, ContextLine, GridPoint, Lang, Loaded, PracticeStatus, TileCoord};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::tiles::{self, Field, FieldKind, Tileset};

use super::verdict::{Faults, Polygon, Ring, Tile};
use crate::small_world;

/// The town with a practice on the map, a draft beside it, a river and a road.
fn town() -> Snapshot {
    let mut loaded = small_world::loaded();
    for practice in &mut loaded.records.practices {
        practice.location = Some(small_world::at(12, 14));
        if practice.id == "p4" {
            practice.status = PracticeStatus::Draft;
        }
    }
    loaded.records.identifications.retain(|row| row.practice != "p4");
    let line = |id: &str, kind, name_en: Option<&str>, y| ContextLine {
        id: id.into(),
        kind,
        name_mn: Some(format!("{id}-mn")),
        name_en: name_en.map(str::to_owned),
        line: vec![small_world::at(-40, y), small_world::at(12, y + 3), small_world::at(80, y)],
        illustrative: false,
    };
    loaded.context_lines = vec![
        line("river", ContextKind::River, Some("A river"), 5),
        line("road", ContextKind::Road, None, 15),
    ];
    build(loaded)
}

pub fn build(loaded: Loaded) -> Snapshot {
    Snapshot::build(loaded, None, 10_000.0).expect("a town that fits together")
}

/// The tile of a zoom that holds the town's middle.
pub fn tile_of(place: GridPoint, z: u32) -> TileCoord {
    let [x, y] = WorldPoint::of(place).from_corner().map(|v| (v >> (cell_shift(z as u8) + 12)) as u32);
    TileCoord::new(z, x, y).expect("on the grid")
}

pub fn bytes(snapshot: &Snapshot, tileset: &str, tile: TileCoord) -> Vec<u8> {
    let tileset: Tileset = tileset.parse().expect("a tileset");
    tiles::encode(snapshot, &tileset, tile).expect("encoded").expect("a known tileset")
}

pub fn decode(bytes: &[u8]) -> MvtTile {
    MvtReaderRef::new(bytes).expect("a tile").to_tile().expect("a valid tile")
}

pub fn layer<'a>(tile: &'a MvtTile, name: &str) -> &'a [MvtFeature] {
    tile.layers.iter().find(|layer| layer.name == name).map_or(&[], |layer| &layer.features)
}

fn ring(line: &fast_mvt::MvtLineString) -> Ring {
    let mut ring: Ring = line.0.iter().map(|c| [c.x, c.y]).collect();
    if ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

pub fn polygons(geometry: &MvtGeometry) -> Vec<Polygon> {
    let polygon = |p: &fast_mvt::MvtPolygon| (ring(p.exterior()), p.interiors().iter().map(ring).collect());
    match geometry {
        MvtGeometry::Polygon(p) => vec![polygon(p)],
        MvtGeometry::MultiPolygon(list) => list.iter().map(polygon).collect(),
        other => panic!("not an area: {other:?}"),
    }
}

fn dimension(geometry: &MvtGeometry) -> u8 {
    match geometry {
        MvtGeometry::Point(_) | MvtGeometry::MultiPoint(_) => 0,
        MvtGeometry::LineString(_) | MvtGeometry::MultiLineString(_) => 1,
        _ => 2,
    }
}

pub fn value(feature: &MvtFeature, name: &str) -> Option<String> {
    feature.properties.iter().find(|(key, _)| key == name).map(|(_, value)| match value {
        MvtValue::String(text) => text.clone(),
        MvtValue::UInt(number) => number.to_string(),
        MvtValue::Double(number) => format!("{number:.3}"),
        other => format!("{other:?}"),
    })
}

/// A tile as text, coordinates included.
fn text(tile: &MvtTile) -> String {
    let mut text = String::new();
    for layer in &tile.layers {
        writeln!(text, "{} (extent {})", layer.name, layer.extent).expect("written to memory");
        for feature in &layer.features {
            let names: Vec<&str> = feature.properties.iter().map(|(name, _)| name.as_str()).collect();
            let tags: Vec<String> = names
                .iter()
                .map(|name| format!("{name}={}", value(feature, name).expect("just listed")))
                .collect();
            let id = feature.id.map_or_else(|| "-".into(), |id| id.to_string());
            writeln!(text, "  {id} {}", tags.join(" ")).expect("written to memory");
            let line = |line: &fast_mvt::MvtLineString| {
                line.0.iter().map(|c| format!("{} {}", c.x, c.y)).collect::<Vec<_>>().join(", ")
            };
            match &feature.geometry {
                MvtGeometry::Point(p) => writeln!(text, "    point {} {}", p.x(), p.y()),
                MvtGeometry::LineString(l) => writeln!(text, "    line {}", line(l)),
                MvtGeometry::MultiLineString(list) => {
                    list.iter().try_for_each(|l| writeln!(text, "    line {}", line(l)))
                }
                areas => polygons(areas).iter().try_for_each(|(exterior, holes)| {
                    writeln!(text, "    area {exterior:?} holes {holes:?}")
                }),
            }
            .expect("written to memory");
        }
    }
    text
}

#[test]
fn a_tracker_tile_reads_as_drawn() {
    let snapshot = town();
    let tile = tile_of(small_world::at(12, 12), 12);
    insta::assert_snapshot!(text(&decode(&bytes(&snapshot, "tracker-2022", tile))));
}

#[test]
fn a_boundary_tile_reads_as_drawn() {
    let snapshot = town();
    let tile = tile_of(small_world::at(12, 12), 8);
    insta::assert_snapshot!(text(&decode(&bytes(&snapshot, "boundaries-2022", tile))));
}

#[test]
fn tilejson_says_what_is_there() {
    let snapshot = town();
    let tileset: Tileset = "tracker-2022".parse().expect("a tileset");
    let json = tiles::tilejson(&snapshot, &tileset, "https://example.org/hlp", Lang::En).expect("known");
    insta::assert_json_snapshot!(json);
}

#[test]
fn every_layer_and_property_in_tiles_is_declared_in_both_languages() {
    let snapshot = town();
    for tileset in tiles::tilesets(&snapshot) {
        for lang in Lang::ALL {
            let json = tiles::tilejson(&snapshot, &tileset, "http://localhost", lang).expect("listed");
            let declared: BTreeMap<&str, &BTreeMap<String, Field>> =
                json.vector_layers.iter().map(|layer| (layer.id.as_str(), &layer.fields)).collect();
            let mut seen = BTreeSet::new();
            for z in 0..=16 {
                let bytes = tiles::encode(&snapshot, &tileset, tile_of(small_world::at(12, 12), z));
                for layer in decode(&bytes.expect("encoded").expect("known")).layers {
                    let about = json.vector_layers.iter().find(|l| l.id == layer.name).expect("declared");
                    assert!(u32::from(about.minzoom) <= z, "{} at zoom {z}", layer.name);
                    for feature in &layer.features {
                        assert_eq!(about.dimension, Some(dimension(&feature.geometry)), "{}", layer.name);
                    }
                    for (name, value) in layer.features.iter().flat_map(|f| &f.properties) {
                        let kind = match value {
                            MvtValue::String(_) => FieldKind::Text,
                            MvtValue::UInt(_) => FieldKind::Count,
                            _ => FieldKind::Number,
                        };
                        let told = declared[layer.name.as_str()].get(name).map(|field| field.kind);
                        assert_eq!(told, Some(kind), "{}.{name}", layer.name);
                    }
                    seen.insert(layer.name);
                }
            }
            let unseen: Vec<&str> = declared.keys().copied().filter(|&name| !seen.contains(name)).collect();
            // Replications were not reported before 2022.
            let expected: &[&str] =
                if tileset.to_string() == "tracker-2020" { &["replications"] } else { &[] };
            assert_eq!(unseen, expected, "{tileset}");
        }
    }
}

#[test]
fn decoded_areas_are_valid_whole_and_carry_their_ids() {
    let snapshot = town();
    // Below, the town is smaller than four cells.
    for z in 4..=16 {
        let tile = tile_of(small_world::at(12, 12), z);
        let decoded = decode(&bytes(&snapshot, "boundaries-2022", tile));
        for name in ["districts", "khoroos"] {
            let mut areas = BTreeMap::new();
            for feature in layer(&decoded, name) {
                assert!(areas.insert(feature.id.expect("an id"), polygons(&feature.geometry)).is_none());
                let number: u64 = value(feature, "number").expect("numbered").parse().expect("a number");
                let id = feature.id.expect("an id");
                assert_eq!(if name == "khoroos" { id % 1_000_000 } else { id / 1_000_000 }, number);
            }
            let verdict = Tile { areas: &areas, low: -64, high: 4160 };
            assert_eq!(verdict.faults(), Faults::default(), "{name} of tile {tile}");
            assert_eq!(verdict.holes(), Vec::<Ring>::new(), "{name} of tile {tile}");
        }
        let n_khoroos = layer(&decoded, "khoroos").len();
        assert!(if z < 6 { n_khoroos == 0 } else { n_khoroos > 0 }, "zoom {z}");
        assert!(!layer(&decoded, "districts").is_empty());
    }
}

#[test]
fn each_label_and_practice_is_in_one_tile_of_a_zoom() {
    let snapshot = town();
    let z = 16;
    let corner = tile_of(small_world::at(0, 20), z);
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for x in corner.x() - 1..corner.x() + 8 {
        for y in corner.y() - 1..corner.y() + 8 {
            let tile = TileCoord::new(z, x, y).expect("on the grid");
            let tile = decode(&bytes(&snapshot, "tracker-2022", tile));
            for (name, key) in [("khoroo_labels", "code"), ("district_labels", "code"), ("practices", "id")] {
                for feature in layer(&tile, name) {
                    let MvtGeometry::Point(p) = feature.geometry else { panic!("not a point") };
                    assert!((0..4096).contains(&p.x()) && (0..4096).contains(&p.y()));
                    *found.entry((name.into(), value(feature, key).expect("named"))).or_default() += 1;
                }
            }
        }
    }
    let names: Vec<String> = found.iter().map(|((layer, name), n)| format!("{layer} {name} {n}")).collect();
    let expected = [
        "district_labels aa 1",
        "district_labels bb 1",
        "khoroo_labels aa-1 1",
        "khoroo_labels aa-2 1",
        "khoroo_labels aa-3 1",
        "khoroo_labels bb-1 1",
        "khoroo_labels bb-2 1",
        "practices p2 1",
        "practices p3 1",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_figure_not_reported_is_left_out_and_zero_is_not() {
    let snapshot = town();
    let tile = tile_of(small_world::at(12, 12), 9);
    let of = |tileset: &str, code: &str, name: &str| {
        let tile = decode(&bytes(&snapshot, tileset, tile));
        let feature = layer(&tile, "khoroos")
            .iter()
            .find(|f| value(f, "code").as_deref() == Some(code))
            .expect("the khoroo is drawn");
        value(feature, name)
    };
    assert_eq!(of("tracker-2022", "aa-1", "identifications"), Some("1".into()));
    assert_eq!(of("tracker-2022", "aa-1", "identifications_2022"), Some("1".into()));
    assert_eq!(of("tracker-2022", "aa-3", "replications"), Some("0".into()));
    assert_eq!(of("tracker-2020", "aa-1", "replications"), None);
    assert_eq!(of("tracker-2020", "aa-1", "identifications"), Some("0".into()));
    assert_eq!(of("tracker-2022", "aa-1", "households"), None);
    assert_eq!(of("boundaries-2022", "aa-1", "identifications"), None);
    assert_eq!(of("boundaries-2022", "aa-1", "population"), None);
}

#[test]
fn replications_run_from_the_practice_to_the_copier_and_only_if_they_count() {
    let snapshot = town();
    let tile = tile_of(small_world::at(12, 12), 9);
    let decoded = decode(&bytes(&snapshot, "tracker-2022", tile));
    let lines: Vec<(Option<String>, Option<String>)> =
        layer(&decoded, "replications").iter().map(|f| (value(f, "practice"), value(f, "khoroo"))).collect();
    let pair = |practice: &str, khoroo: &str| (Some(practice.to_owned()), Some(khoroo.to_owned()));
    assert_eq!(lines, [pair("p1", "bb-2"), pair("p2", "bb-1"), pair("p3", "aa-1")]);
}

#[test]
fn equal_snapshots_give_equal_bytes_and_an_unknown_tileset_gives_none() {
    let (one, other) = (town(), town());
    for tileset in tiles::tilesets(&one) {
        for z in [0, 6, 10, 13] {
            let tile = tile_of(small_world::at(12, 12), z);
            assert_eq!(
                tiles::encode(&one, &tileset, tile).expect("encoded"),
                tiles::encode(&other, &tileset, tile).expect("encoded"),
            );
        }
    }
    let far = TileCoord::new(10, 3, 3).expect("on the grid");
    assert!(bytes(&one, "boundaries-2022", far).is_empty());
    assert!(bytes(&one, "context", far).is_empty());
    let unknown: Tileset = "tracker-1999".parse().expect("well formed");
    assert_eq!(tiles::encode(&one, &unknown, far).expect("nothing to encode"), None);
    assert!(tiles::tilejson(&one, &unknown, "", Lang::Mn).is_none());
}

#[test]
fn gdal_reads_the_same_features() {
    let snapshot = town();
    let tile = tile_of(small_world::at(12, 12), 12);
    let bytes = bytes(&snapshot, "tracker-2022", tile);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("{}.mvt", tile.y()));
    std::fs::write(&path, &bytes).expect("written");
    for layer in decode(&bytes).layers {
        let count = format!("select count(*) as n, min(ST_IsValid(geometry)) as valid from {}", layer.name);
        let out = Command::new("ogrinfo")
            .args(["-q", "-ro", "-dialect", "sqlite", "-sql", &count])
            .args(["-oo", "CLIP=NO"])
            .arg(format!("MVT:{}", path.display()))
            .output()
            .expect("GDAL is installed");
        let said = String::from_utf8_lossy(&out.stdout);
        assert!(said.contains(&format!("n (Integer) = {}", layer.features.len())), "{}: {said}", layer.name);
        assert!(said.contains("valid (Integer) = 1"), "{}: {said}", layer.name);
    }
}
