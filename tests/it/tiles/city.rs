//! The 204 khoroos, as invented for the demo and as published.

use std::collections::BTreeSet;
use std::path::PathBuf;

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{CleanOptions, Gaps, Resolve, clean};
use hlp_tracker::geometry::cut::{TileCutter, UNITS_FROM_ZOOM};
use hlp_tracker::geometry::simplify::Simplification;
use hlp_tracker::model::tile::ZOOM_MAX;
use hlp_tracker::model::{Change, GridPoint, MultiPolygon, Polygon, Ring, Row};

use super::cutting::{judge, lost, tiles};
use crate::support::published;

const N_KHOROOS: usize = 204;
const N_DISTRICTS: usize = 9;

/// Tiles judged at deep zooms, spread over the city; at low zooms these are all.
const TILES_JUDGED: usize = 48;

/// Shapes and districts of a bare array of objects with a `geometry` member.
fn read(path: &PathBuf) -> (Vec<MultiPolygon>, Vec<String>) {
    let text = std::fs::read_to_string(path).expect("readable");
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let ring = |ring: &serde_json::Value| {
        let mut ring: Ring = ring
            .as_array()
            .expect("a ring")
            .iter()
            .map(|p| {
                let at = |i: usize| p[i].as_f64().expect("a number");
                GridPoint::from_degrees(at(0), at(1)).expect("in range")
            })
            .collect();
        ring.pop();
        ring
    };
    let polygon = |rings: &serde_json::Value| {
        let mut rings = rings.as_array().expect("rings").iter().map(ring);
        Polygon { exterior: rings.next().expect("an exterior"), interiors: rings.collect() }
    };
    list.as_array()
        .expect("an array")
        .iter()
        .map(|row| {
            let coordinates = &row["geometry"]["coordinates"];
            let shape = match row["geometry"]["type"].as_str() {
                Some("Polygon") => MultiPolygon(vec![polygon(coordinates)]),
                Some("MultiPolygon") => {
                    MultiPolygon(coordinates.as_array().expect("parts").iter().map(polygon).collect())
                }
                other => panic!("unexpected geometry {other:?}"),
            };
            (shape, row["district"].as_str().expect("a district").to_owned())
        })
        .unzip()
}

/// `district_of`: the district of each khoroo, in any words.
fn every_zoom_shows_everyone(coverage: &Coverage, district_of: &[String]) {
    assert_eq!(coverage.n_units(), N_KHOROOS);
    let districts: BTreeSet<&String> = district_of.iter().collect();
    assert_eq!(districts.len(), N_DISTRICTS);
    let group_of: Vec<u32> = district_of
        .iter()
        .map(|district| districts.iter().take_while(|&&d| d < district).count() as u32)
        .collect();
    let cutter = TileCutter::new(coverage, Simplification::new(coverage), Some(&group_of));
    // At zoom 0 the smallest district has three cells, less than the four that are kept for sure.
    for z in 1..UNITS_FROM_ZOOM {
        let mut shown = BTreeSet::new();
        for tile in tiles(coverage, z, usize::MAX) {
            shown.extend(cutter.arrange(tile).cut(None).areas.into_iter().map(|(d, _)| d));
        }
        assert_eq!(shown.len(), N_DISTRICTS, "zoom {z}");
    }
    for z in UNITS_FROM_ZOOM..=ZOOM_MAX {
        let shown = judge(&cutter, &tiles(coverage, z, TILES_JUDGED), None);
        assert_eq!(shown.holes, Vec::<super::verdict::Ring>::new(), "zoom {z}");
        assert_eq!(cutter.absorbed(z), [0_u32; 0], "zoom {z}");
        // Where only some tiles are judged, each khoroo is looked for in the tile of its label.
        assert_eq!(lost(&cutter, coverage, z), [0_u64; 0], "zoom {z}");
    }
}

#[test]
fn the_demo_city_is_whole_at_every_zoom() {
    let changes = generate(&DemoOptions { khoroos: N_KHOROOS, seed: 1, ..DemoOptions::default() });
    let (shapes, districts): (Vec<MultiPolygon>, Vec<String>) = changes
        .changes
        .into_iter()
        .filter_map(|change| match change {
            Change::Put(Row::Khoroo(khoroo)) if khoroo.id.vintage.as_str() == "2022" => {
                Some((khoroo.shape?, khoroo.id.code.district.to_string()))
            }
            _ => None,
        })
        .unzip();
    let coverage =
        Coverage::from_polygons(&shapes.iter().collect::<Vec<_>>()).expect("the demo shares its borders");
    every_zoom_shows_everyone(&coverage, &districts);
}

#[test]
#[ignore = "needs the published file: make test-published"]
fn the_published_city_is_whole_at_every_zoom() {
    let options =
        CleanOptions { resolve: Some(Resolve::Smaller), gaps: Some(Gaps::Fill), ..CleanOptions::default() };
    let (shapes, districts) = read(&published::at_hand().expect("HLP_REAL_BOUNDARIES names the file"));
    let cleaned = clean(&shapes, &options).expect("repaired as told");
    every_zoom_shows_everyone(&cleaned.coverage, &districts);
}
