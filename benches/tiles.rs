//! From a load to bytes: snapshot, tiles, values.

use divan::{Bencher, black_box};
use hlp_tracker::cartography::{Asked, FontFaces, Ground, Query, style, values};
use hlp_tracker::model::{Lang, TileCoord};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::tiles::{Tileset, encode};

use crate::support;

/// Over the dense centre of the demo city.
const TILES: [(u32, u32, u32); 4] = [(6, 51, 22), (9, 408, 178), (12, 3_264, 1_425), (14, 13_057, 5_700)];

#[divan::bench(name = "snapshot_build/whole", args = [204, 2_040])]
fn snapshot_build(bencher: Bencher, khoroos: usize) {
    let loaded = support::loaded(khoroos);
    bencher
        .with_inputs(|| loaded.clone())
        .bench_values(|loaded| Snapshot::build(black_box(loaded), None, 10_000.0));
}

#[divan::bench(name = "tile_encode/tracker_204", args = TILES)]
fn tile_of_the_city(bencher: Bencher, at: (u32, u32, u32)) {
    tile(bencher, 204, at);
}

#[divan::bench(name = "tile_encode/tracker_10200", args = TILES)]
fn tile_of_a_country(bencher: Bencher, at: (u32, u32, u32)) {
    tile(bencher, 10_200, at);
}

fn tile(bencher: Bencher, khoroos: usize, (z, x, y): (u32, u32, u32)) {
    let snapshot = support::snapshot(khoroos);
    let tileset: Tileset = "tracker-2022".parse().expect("a tileset");
    let tile = TileCoord::new(z, x, y).expect("inside the grid");
    let bytes = encode(&snapshot, &tileset, tile).expect("a tile").expect("a known tileset");
    assert!(bytes.len() > 1_000, "{tile} holds {} bytes", bytes.len());
    bencher.bench(|| encode(black_box(&snapshot), &tileset, tile));
}

#[divan::bench(name = "cartography/values_204")]
fn values_of_the_city(bencher: Bencher) {
    let snapshot = support::snapshot(204);
    let query = query(&snapshot);
    bencher.bench(|| values(black_box(&snapshot), &query).map(|values| serde_json::to_vec(&values)));
}

fn query(snapshot: &Snapshot) -> Query {
    let asked = Asked::default();
    let query = Query::read(snapshot, "identifications", &asked, Lang::Mn).expect("defaults are allowed");
    assert!(style(snapshot, &query, "", &FontFaces::default(), Ground::Light).is_ok());
    query
}
