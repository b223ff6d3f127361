//! The committed boundaries and how they are made: twelve khoroos in three districts, with the faults
//! that published files have.
//!
//! A grid of 4 × 3 cells over the city centre, their common borders bent but equal, vertex for vertex;
//! then the faults listed at [`FAULTS`] are put in. `HLP_WRITE_FIXTURES=1 cargo test fixture` writes the
//! file anew.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Districts from south to north, one row of cells each.
pub const DISTRICTS: [&str; 3] = ["Сүхбаатар", "Баянзүрх", "Чингэлтэй"];
pub const COLUMNS: usize = 4;

const WEST: f64 = 106.85;
const SOUTH: f64 = 47.88;
/// Side of a cell in degrees: 2.2 km × 3.3 km.
const SIDE: f64 = 0.03;
/// Pieces of a side.
const PIECES: usize = 6;

/// A vertex of a cell that is moved off the border it shares: (row, column), which vertex of the ring
/// (from the south-west corner, counter-clockwise), by how much in degrees.
type Moved = ((usize, usize), usize, [f64; 2]);

/// Into the eastern neighbour by 300 m: an overlap of 17 ha; and by 7.5 m: one of 0.4 ha.
const OVERLAPS: [Moved; 2] = [((0, 0), PIECES + 3, [0.004, 0.0]), ((1, 1), PIECES + 2, [0.000_1, 0.0])];

/// Back from the eastern neighbour, the same sizes.
const GAPS: [Moved; 2] = [((1, 2), PIECES + 3, [-0.004, 0.0]), ((2, 0), PIECES + 4, [-0.000_1, 0.0])];

const CLOCKWISE: [(usize, usize); 3] = [(0, 1), (1, 3), (2, 2)];
const REPEATED: [(usize, usize); 2] = [(0, 2), (2, 3)];
const LONG_DECIMALS: (usize, usize) = (0, 3);
const SPIKED: (usize, usize) = (2, 3);

/// What the committed file holds, for the tests that count.
pub struct Faults {
    pub clockwise: usize,
    pub repeated: usize,
    pub spikes: usize,
    pub large_overlaps: usize,
    pub large_gaps: usize,
    pub small_overlaps: usize,
    pub small_gaps: usize,
}

pub const FAULTS: Faults = Faults {
    clockwise: CLOCKWISE.len(),
    repeated: REPEATED.len(),
    spikes: 1,
    large_overlaps: 1,
    large_gaps: 1,
    small_overlaps: 1,
    small_gaps: 1,
};

pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boundaries/khoroos-faulty.json")
}

/// The cells as a bare array, with the faults.
pub fn faulty() -> Value {
    array(|row, column| {
        let mut ring = cell(row, column);
        for (place, vertex, [dx, dy]) in OVERLAPS.into_iter().chain(GAPS) {
            if place == (row, column) {
                ring[vertex][0] += dx;
                ring[vertex][1] += dy;
            }
        }
        if place_is(LONG_DECIMALS, row, column) {
            for vertex in &mut ring {
                vertex[0] += 0.000_000_001_234_567;
            }
        }
        if place_is(SPIKED, row, column) {
            // The northern side runs out and back over itself.
            let tip = ring[2 * PIECES + 3];
            ring.insert(2 * PIECES + 4, [tip[0], tip[1] + 0.002]);
            ring.insert(2 * PIECES + 5, tip);
        }
        if REPEATED.contains(&(row, column)) {
            ring.insert(2, ring[1]);
        }
        ring.push(ring[0]);
        if CLOCKWISE.contains(&(row, column)) {
            ring.reverse();
        }
        ring
    })
}

/// The same cells without a fault.
pub fn clean() -> Value {
    array(|row, column| {
        let mut ring = cell(row, column);
        ring.push(ring[0]);
        ring
    })
}

fn place_is(place: (usize, usize), row: usize, column: usize) -> bool {
    place == (row, column)
}

fn array(ring: impl Fn(usize, usize) -> Vec<[f64; 2]>) -> Value {
    let cells = (0..DISTRICTS.len()).flat_map(|row| (0..COLUMNS).map(move |column| (row, column)));
    cells
        .map(|(row, column)| {
            json!({
                "district": DISTRICTS[row],
                "khoroo": format!("{}-р хороо", column + 1),
                "khoroo_number": column + 1,
                "geometry": {"type": "MultiPolygon", "coordinates": [[ring(row, column)]]},
            })
        })
        .collect()
}

/// The open ring of a cell, counter-clockwise from its south-west corner.
fn cell(row: usize, column: usize) -> Vec<[f64; 2]> {
    let (west, south) = (column * PIECES, row * PIECES);
    let (east, north) = (west + PIECES, south + PIECES);
    let southern = (west..east).map(|i| vertex(i, south));
    let eastern = (south..north).map(|j| vertex(east, j));
    let northern = (west + 1..=east).rev().map(|i| vertex(i, north));
    let western = (south + 1..=north).rev().map(|j| vertex(west, j));
    southern.chain(eastern).chain(northern).chain(western).collect()
}

/// A place on the grid of borders, bent a little so that no border is straight; six decimals.
fn vertex(i: usize, j: usize) -> [f64; 2] {
    let step = SIDE / PIECES as f64;
    let bend = |a: usize, b: usize| ((a * 7 + b * 13) % 11) as f64 * 0.000_09 - 0.000_45;
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    [round(WEST + i as f64 * step + bend(i, j)), round(SOUTH + j as f64 * step + bend(j, i))]
}

#[test]
fn the_committed_fixture_is_what_this_file_makes() {
    let made = format!("{}\n", serde_json::to_string(&faulty()).expect("plain values"));
    if std::env::var_os("HLP_WRITE_FIXTURES").is_some() {
        std::fs::write(path(), &made).expect("the fixture can be written");
    }
    let committed = std::fs::read_to_string(path()).expect("the fixture is committed");
    assert_eq!(committed, made);
}
