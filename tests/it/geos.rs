//! Coverages and tiles judged by GEOS: validity, coverage, sum of areas, holes.
//!
//! `HLP_TEST_PYTHON` names a Python with the packages of `tests/judge/requirements.txt`; `make test` makes
//! one. Without it `python3` is asked, and these tests fail if it has not got them.

use std::process::Command;

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{CleanOptions, Cleaned, Gaps, clean};
use hlp_tracker::geometry::cut::{TileCutter, UNITS_FROM_ZOOM};
use hlp_tracker::geometry::simplify::Simplification;
use hlp_tracker::model::MultiPolygon;
use hlp_tracker::model::tile::ZOOM_MAX;
use serde_json::{Value, json};

use crate::tiles::cutting::tiles;
use crate::tiles::dirty::{Dirty, channel, everything, voronoi};
use crate::tiles::ground::CITY;

/// Tiles judged at each zoom.
const TILES_JUDGED: usize = 3;

fn check(cases: &[Value]) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = folder.path().join("cases.json");
    std::fs::write(&file, serde_json::to_vec(cases).expect("plain values")).expect("written");
    let python = std::env::var_os("HLP_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge/judge.py");
    let out = Command::new(&python).arg(script).arg(&file).output().expect("Python is installed");
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
    json!({ "name": name, "units": units, "holes": holes })
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
                cases.push(json!({ "name": format!("{name}, tile {tile}"), "units": units, "holes": 0 }));
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

#[test]
fn geos_finds_no_fault_in_twenty_thousand_cleaned_units() {
    let ground = Dirty { n_side: 142, width: 2e7, n_between: 1, shake: 30, apart: 10.0, seed: 3 };
    let cleaned = ground.cleaned();
    assert!(cleaned.units.len() > 20_000);
    check(&[stored("20 000 units", &cleaned.units, 0)]);
}
