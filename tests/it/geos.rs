//! Coverages and tiles judged by GEOS: validity, coverage, sum of areas, holes.

use fast_mvt::MvtFeature;
use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{CleanOptions, Cleaned, Gaps, clean};
use hlp_tracker::geometry::cut::{TileCutter, UNITS_FROM_ZOOM};
use hlp_tracker::geometry::simplify::Simplification;
use hlp_tracker::model::tile::ZOOM_MAX;
use hlp_tracker::model::{Change, Loaded, MultiPolygon, Row, TileCoord};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::tiles::{Tileset, encode};
use serde_json::{Value, json};

use crate::support::{applied, judge};
use crate::tiles::cutting::tiles;
use crate::tiles::dirty::{Dirty, channel, everything, voronoi};
use crate::tiles::encoded::{decode, layer, polygons};
use crate::tiles::ground::CITY;
use crate::tiles::verdict::Polygon;

/// Tiles judged at each zoom.
const TILES_JUDGED: usize = 3;

/// Tiles of the demo city at each zoom whose bytes are judged.
const TILES_DECODED: usize = 8;

fn check(cases: &[Value]) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = folder.path().join("cases.json");
    std::fs::write(&file, serde_json::to_vec(cases).expect("plain values")).expect("written");
    let out = judge("judge.py").arg(&file).output().expect("Python is installed");
    let said = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert!(said.contains(&format!("{} cases, 0 faults", cases.len())), "{said}");
}

/// Units as they are stored.
fn stored(name: &str, units: &[MultiPolygon], holes: usize) -> Value {
    let rings = |part: &hlp_tracker::model::Polygon| -> Vec<Vec<[i32; 2]>> {
        part.rings().map(|ring| ring.iter().map(|p| [p.x, p.y]).collect()).collect()
    };
    let units: Vec<Vec<_>> = units.iter().map(|unit| unit.0.iter().map(rings).collect()).collect();
    json!({ "name": name, "units": units, "holes": holes, "same_vertices": true })
}

/// Some tiles of every zoom of units, buffer included.
fn drawn(name: &str, coverage: &Coverage) -> Vec<Value> {
    let cutter = TileCutter::new(coverage, Simplification::new(coverage), None);
    let mut cases = Vec::new();
    for z in UNITS_FROM_ZOOM..=ZOOM_MAX {
        for tile in tiles(coverage, z, TILES_JUDGED) {
            let units: Vec<Vec<Vec<Vec<[i32; 2]>>>> = cutter
                .cut(tile, None)
                .areas
                .into_iter()
                .map(|(_, parts)| {
                    parts.into_iter().map(|p| std::iter::once(p.exterior).chain(p.holes).collect()).collect()
                })
                .collect();
            if !units.is_empty() {
                let name = format!("{name}, tile {tile}");
                cases.push(json!({ "name": name, "units": units, "holes": 0, "same_vertices": true }));
            }
        }
    }
    cases
}

fn cleaned(units: &[MultiPolygon], options: &CleanOptions) -> Cleaned {
    clean(units, options).expect("every fault has a rule")
}

#[test]
fn geos_finds_no_fault_in_careless_boundaries_after_cleaning_nor_in_their_tiles() {
    let doubled = Dirty { n_side: 9, width: 3e6, n_between: 9, shake: 0, apart: 60.0, seed: 2 };
    let shaken = Dirty { apart: 0.0, shake: 80, ..doubled };
    let both = Dirty { n_side: 4, width: 3e5, apart: 25.0, shake: 25, ..doubled };
    let mut cases = Vec::new();
    for (name, units) in [
        ("doubled borders", doubled.units()),
        ("shaken borders", shaken.units()),
        ("doubled and shaken", both.units()),
        ("a doubled border open to the outside", channel(40, false)),
        ("cells of Voronoi", voronoi(20, 4e6, 0, 1)),
        ("shaken cells of Voronoi", voronoi(14, 4e6, 120, 1)),
    ] {
        let cleaned = cleaned(&units, &everything());
        cases.push(stored(name, &cleaned.units, 0));
        cases.extend(drawn(name, &cleaned.coverage));
    }
    // A unit left out, one in another, one apart.
    cases.push(stored("a city with a hole", &CITY.units(), 1));
    let keep = CleanOptions { gaps: Some(Gaps::Keep), ..everything() };
    let kept = cleaned(&CITY.units(), &keep);
    assert_eq!(kept.report.kept_gaps, 1);
    cases.push(stored("a city with a kept gap", &kept.units, 1));
    check(&cases);
}

/// The areas of one layer of a tile's bytes, read by a decoder that is not ours.
fn decoded(name: &str, tile: TileCoord, bytes: &[u8]) -> Option<Value> {
    let decoded = decode(bytes);
    let rings = |(exterior, holes): Polygon| -> Vec<_> { std::iter::once(exterior).chain(holes).collect() };
    let unit = |feature: &MvtFeature| -> Vec<Vec<_>> {
        polygons(&feature.geometry).into_iter().map(rings).collect()
    };
    let units: Vec<Vec<Vec<_>>> = layer(&decoded, name).iter().map(unit).collect();
    // The encoder leaves out what lies on a horizontal or vertical line between two others, in one ring
    // and not in the other: the same ground with other vertices.
    let name = format!("{name} of {tile}");
    (!units.is_empty()).then(|| json!({ "name": name, "units": units, "holes": 0, "same_vertices": false }))
}

#[test]
fn geos_finds_no_fault_in_the_bytes_of_the_demo_citys_tiles() {
    let demo = generate(&DemoOptions::default());
    let snapshot = Snapshot::build(applied(&Loaded::default(), &demo), None, 10_000.0).expect("the demo");
    let units: Vec<MultiPolygon> = demo
        .changes
        .into_iter()
        .filter_map(|change| match change {
            Change::Put(Row::Khoroo(khoroo)) if khoroo.id.vintage.as_str() == "2022" => khoroo.shape,
            _ => None,
        })
        .collect();
    let coverage = Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("shared borders");
    let tileset: Tileset = "boundaries-2022".parse().expect("a tileset");
    let mut cases = Vec::new();
    for z in 1..=ZOOM_MAX {
        for tile in tiles(&coverage, z, TILES_DECODED) {
            let bytes = encode(&snapshot, &tileset, tile).expect("encoded").expect("a known tileset");
            for name in ["khoroos", "districts"] {
                cases.extend(decoded(name, tile, &bytes));
            }
        }
    }
    let n_khoroos = cases.iter().filter(|case| case["name"].as_str().expect("a name").starts_with('k'));
    assert!(n_khoroos.count() > 60, "{} cases", cases.len());
    check(&cases);
}

#[test]
fn geos_finds_no_fault_in_twenty_thousand_cleaned_units() {
    let ground = Dirty { n_side: 142, width: 2e7, n_between: 1, shake: 30, apart: 10.0, seed: 3 };
    let cleaned = ground.cleaned();
    assert!(cleaned.units.len() > 20_000);
    check(&[stored("20 000 units", &cleaned.units, 0)]);
}
