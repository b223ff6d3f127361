//! One tile at zoom 9, filled by ten thousand finely drawn khoroos: its bytes, its vertices, its faults.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use fast_mvt::{MvtGeometry, MvtLayer, MvtReaderRef, MvtTile, MvtValue};
use geo_types::{LineString, Polygon};
use hlp_tracker::model::{GridBox, GridPoint};

use crate::cluster::{Cluster, Database};
use crate::files;
use crate::mosaic::Mosaic;
use crate::race::{Runner, medians, time, time_process};
use crate::server::{self, Process, wait_until};
use crate::table::Table;
use crate::tools::Tools;

/// The tile that holds the middle of Ulaanbaatar.
const Z: u32 = 9;
const X: u32 = 408;
const Y: u32 = 178;

const SIDE: usize = 100;
const VERTICES: usize = 300;
const ROUNDS: usize = 7;
/// Far above any tile of this section.
const BODY_LIMIT_BYTES: u64 = 256 << 20;

/// A tile as one tool made it.
struct Made {
    name: &'static str,
    plain: Vec<u8>,
    gzip_bytes: usize,
    brotli_bytes: Option<usize>,
    time: Duration,
}

pub fn run(cluster: &Cluster, tools: &Tools) {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let store = scratch.path().join("store.gpkg");
    let base = cluster.database("tile");
    fill(scratch.path(), &store);
    let (hlp, hlp_address) = serve(scratch.path(), &store);
    let ours = format!("http://{hlp_address}/tiles/boundaries-2022/{Z}/{X}/{Y}.mvt");
    base.load(tools, &store, "khoroos");
    add_names(&base, &decode(&unzip(&get(&ours, "gzip").0)));
    let martin = tools.martin.as_deref().map(|martin| start_martin(martin, &base));
    let theirs = martin.as_ref().map(|(_, address)| format!("http://{address}/khoroos/{Z}/{X}/{Y}"));

    let mut runners = vec![Runner::new("hlp", || get(&ours, "gzip").1)];
    if let Some(theirs) = &theirs {
        runners.push(Runner::new("martin", || get(theirs, "gzip").1));
    }
    runners.push(Runner::new("PostGIS", || time(|| bare_query(&base)).0));
    let (times, n_rounds) = medians(&mut runners, ROUNDS);
    drop(runners);
    let mut times = times.into_iter();
    let mut next_time = || times.next().expect("a time for each runner");

    let mut made = vec![fetched("hlp", &ours, next_time())];
    if let Some(theirs) = &theirs {
        made.push(fetched("martin", theirs, next_time()));
    }
    let plain = bare_query(&base);
    let gzip_bytes = gzip(&plain).len();
    let time = next_time();
    made.push(Made { name: "PostGIS", plain, gzip_bytes, brotli_bytes: None, time });
    drop((hlp, martin));
    tell(&made, &base, n_rounds);
}

/// A store with the mosaic that fills the tile, cleaned.
fn fill(folder: &Path, store: &Path) {
    let mosaic = Mosaic { columns: SIDE, rows: SIDE, vertices: VERTICES, frame: frame() };
    let input = folder.join("mosaic.geojson");
    files::write(&input, &mosaic.units());
    time_process(&mut files::ingest(folder, &input, store));
}

/// Gives the peers' table what our tile says of each khoroo, so that they carry the same attributes.
fn add_names(base: &Database<'_>, tile: &MvtTile) {
    let mut script = String::from(include_str!("tile_names_table.sql"));
    for khoroo in &khoroos(tile).features {
        let text = |name: &str| {
            let found = khoroo.properties.iter().find(|(key, _)| key == name);
            let Some((_, MvtValue::String(text))) = found else { panic!("a khoroo without `{name}`") };
            text.as_str()
        };
        let _ = writeln!(script, "{}\t{}\t{}", text("code"), text("name_mn"), text("name_en"));
    }
    script.push_str("\\.\n");
    script.push_str(include_str!("tile_names.sql"));
    base.psql(&script, &[]);
}

/// The tile's own bounds on the grid.
fn frame() -> GridBox {
    let n = f64::from(1 << Z);
    let lon = |x: u32| f64::from(x) / n * 360.0 - 180.0;
    let lat = |y: u32| (std::f64::consts::PI * (1.0 - 2.0 * f64::from(y) / n)).sinh().atan().to_degrees();
    let corner = |x, y| GridPoint::from_degrees(lon(x), lat(y)).expect("on the grid");
    GridBox::around([corner(X, Y), corner(X + 1, Y + 1)]).expect("two corners")
}

/// No cache: each request has its tile made.
fn serve(folder: &Path, store: &Path) -> (Process, String) {
    let mut command = server::hlp(folder);
    command.args(["serve", "--listen", "127.0.0.1:0", "--cache", "0", "--store"]).arg(store);
    let process = Process::start(&mut command);
    let address = process.field("listen.address");
    wait_until("the first load", || {
        server::try_get(&address, "/health/ready").is_ok_and(|answer| answer.status == 200)
    });
    (process, address)
}

/// Its defaults, but for the cache: each request has its tile made.
fn start_martin(martin: &Path, base: &Database<'_>) -> (Process, String) {
    let free =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let address = free.to_string();
    let mut command = Command::new(martin);
    command.env("DATABASE_URL", base.url()).args(["--cache-size", "0", "--listen-addresses", &address]);
    let process = Process::start(&mut command);
    wait_until("martin", || server::try_get(&address, "/health").is_ok_and(|answer| answer.status == 200));
    (process, address)
}

/// A tile's bytes as they came over the wire, and how long that took.
fn get(url: &str, coding: &str) -> (Vec<u8>, Duration) {
    let started = Instant::now();
    let answer = ureq::get(url).header("accept-encoding", coding).call();
    let mut answer = answer.unwrap_or_else(|e| panic!("{url}: {e}"));
    let bytes = answer.body_mut().with_config().limit(BODY_LIMIT_BYTES).read_to_vec().expect("a whole body");
    let took = started.elapsed();
    let sent_as = answer.headers().get("content-encoding").map(|value| value.to_str().expect("a coding"));
    assert_eq!(sent_as, Some(coding), "{url}");
    (bytes, took)
}

fn fetched(name: &'static str, url: &str, time: Duration) -> Made {
    let zipped = get(url, "gzip").0;
    let brotli_bytes = Some(get(url, "br").0.len());
    Made { name, plain: unzip(&zipped), gzip_bytes: zipped.len(), brotli_bytes, time }
}

/// The tile as a plain query gives it.
fn bare_query(base: &Database<'_>) -> Vec<u8> {
    let [z, x, y] = [Z, X, Y].map(|n| n.to_string());
    let hex = base.psql(include_str!("tile.sql"), &[("z", &z), ("x", &x), ("y", &y)]);
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).expect("digits");
        u8::from_str_radix(pair, 16).expect("digits")
    };
    hex.as_bytes().chunks(2).map(byte).collect()
}

fn unzip(zipped: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(zipped).read_to_end(&mut plain).expect("gzip");
    plain
}

fn decode(plain: &[u8]) -> MvtTile {
    MvtReaderRef::new(plain).and_then(|tile| tile.to_tile()).expect("a valid tile")
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut zipped = Vec::new();
    let level = flate2::Compression::default();
    flate2::bufread::GzEncoder::new(plain, level).read_to_end(&mut zipped).expect("memory");
    zipped
}

fn tell(made: &[Made], base: &Database<'_>, n_rounds: usize) {
    let mut table = Table::new(std::iter::once("").chain(made.iter().map(|made| made.name)));
    let tiles: Vec<MvtTile> = made.iter().map(|made| decode(&made.plain)).collect();
    let areas: Vec<Vec<&MvtGeometry>> = tiles.iter().map(areas_of).collect();
    let vertices: Vec<usize> = areas.iter().map(|areas| areas.iter().map(|g| n_vertices(g)).sum()).collect();
    let gzip_bytes: Vec<usize> = made.iter().map(|made| made.gzip_bytes).collect();
    table.row(
        "layers",
        tiles.iter().map(|tile| {
            tile.layers
                .iter()
                .map(|layer| format!("{} {}", layer.features.len(), layer.name))
                .collect::<Vec<_>>()
                .join(", ")
        }),
    );
    table.row("bytes, plain", made.iter().map(|made| made.plain.len().to_string()));
    table.row("bytes, gzip", gzip_bytes.iter().map(ToString::to_string));
    table.row(
        "bytes, brotli",
        made.iter().map(|made| made.brotli_bytes.map_or_else(|| "–".into(), |n| n.to_string())),
    );
    table.row("areas", areas.iter().map(|areas| areas.len().to_string()));
    table.row("their vertices", vertices.iter().map(ToString::to_string));
    let all = |tile: &MvtTile| -> usize {
        tile.layers
            .iter()
            .flat_map(|layer| &layer.features)
            .map(|feature| n_vertices(&feature.geometry))
            .sum()
    };
    table.row("vertices of all layers", tiles.iter().map(|tile| all(tile).to_string()));
    let verdicts: Vec<Vec<String>> = areas.iter().map(|areas| judge(base, areas)).collect();
    let judged = [
        "invalid areas",
        "overlapping pairs",
        "overlap, % of the tile",
        "gaps",
        "not covered, % of the tile",
    ];
    for (i, name) in judged.iter().enumerate() {
        table.row(name, verdicts.iter().map(|verdict| verdict[i].clone()));
    }
    table.row("median time, ms", made.iter().map(|made| format!("{:.0}", made.time.as_secs_f64() * 1e3)));
    println!("\n{table}\n{n_rounds} rounds");
    let layers = tell_layers(&made[0], &tiles[0]);
    for (peer, tile) in made.iter().zip(&tiles).skip(1) {
        let ratio = |ours: usize, theirs: usize| ours as f64 / theirs as f64;
        let vertices = |tile| areas_of(tile).into_iter().map(n_vertices).sum();
        println!(
            "hlp ÷ {}: khoroos alone {:.3} of the bytes (gzip) and {:.3} of the vertices; all layers {:.3} and \
             {:.3}; {:.3} of the time",
            peer.name,
            ratio(layers["khoroos"], peer.gzip_bytes),
            ratio(vertices(&tiles[0]), vertices(tile)),
            ratio(made[0].gzip_bytes, peer.gzip_bytes),
            ratio(all(&tiles[0]), all(tile)),
            made[0].time.as_secs_f64() / peer.time.as_secs_f64(),
        );
    }
}

/// Where our bytes are: each layer compressed for itself. Gives these sizes by name.
fn tell_layers(made: &Made, tile: &MvtTile) -> BTreeMap<String, usize> {
    let mut table = Table::new([made.name, "features", "vertices", "bytes, plain", "bytes, gzip"]);
    let mut sizes = BTreeMap::new();
    for (layer, bytes) in tile.layers.iter().zip(layer_bytes(&made.plain)) {
        let vertices: usize = layer.features.iter().map(|feature| n_vertices(&feature.geometry)).sum();
        let zipped = gzip(bytes).len();
        let numbers = [layer.features.len(), vertices, bytes.len(), zipped];
        table.row(&layer.name, numbers.map(|n| n.to_string()));
        sizes.insert(layer.name.clone(), zipped);
    }
    println!("{table}");
    sizes
}

/// Each layer of an encoded tile: field 3 of the message, with its length before it.
fn layer_bytes(mut tile: &[u8]) -> Vec<&[u8]> {
    const LAYER_TAG: u8 = 3 << 3 | 2;
    let mut layers = Vec::new();
    while let Some((&tag, rest)) = tile.split_first() {
        assert_eq!(tag, LAYER_TAG, "a tile has layers alone");
        let n_digits = 1 + rest.iter().take_while(|&&byte| byte >= 0x80).count();
        let length = rest[..n_digits].iter().rev().fold(0, |n, &byte| n << 7 | usize::from(byte & 0x7f));
        let (layer, after) = rest[n_digits..].split_at(length);
        layers.push(layer);
        tile = after;
    }
    layers
}

fn khoroos(tile: &MvtTile) -> &MvtLayer {
    tile.layers.iter().find(|layer| layer.name == "khoroos").expect("the layer of areas")
}

fn areas_of(tile: &MvtTile) -> Vec<&MvtGeometry> {
    khoroos(tile).features.iter().map(|feature| &feature.geometry).collect()
}

/// As written in the tile: rings without the repeated first vertex.
fn n_vertices(geometry: &MvtGeometry) -> usize {
    match geometry {
        MvtGeometry::Point(_) => 1,
        MvtGeometry::MultiPoint(points) => points.0.len(),
        MvtGeometry::LineString(line) => line.0.len(),
        MvtGeometry::MultiLineString(lines) => lines.0.iter().map(|line| line.0.len()).sum(),
        areas => polygons(areas).iter().flat_map(rings).map(|ring| ring.0.len() - 1).sum(),
    }
}

fn polygons(geometry: &MvtGeometry) -> &[Polygon<i32>] {
    match geometry {
        MvtGeometry::Polygon(polygon) => std::slice::from_ref(polygon),
        MvtGeometry::MultiPolygon(list) => &list.0,
        other => panic!("not an area: {other:?}"),
    }
}

fn rings(polygon: &Polygon<i32>) -> impl Iterator<Item = &LineString<i32>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// What `tile_judge.sql` says of areas in tile units.
fn judge(base: &Database<'_>, areas: &[&MvtGeometry]) -> Vec<String> {
    let mut script = String::from(include_str!("tile_judge_table.sql"));
    for area in areas {
        script.push_str("MULTIPOLYGON(");
        for (i, polygon) in polygons(area).iter().enumerate() {
            script.push_str(if i == 0 { "(" } else { ",(" });
            for (i, ring) in rings(polygon).enumerate() {
                script.push_str(if i == 0 { "(" } else { ",(" });
                for (i, p) in ring.0.iter().enumerate() {
                    let comma = if i == 0 { "" } else { "," };
                    let _ = write!(script, "{comma}{} {}", p.x, p.y);
                }
                script.push(')');
            }
            script.push(')');
        }
        script.push_str(")\n");
    }
    script.push_str("\\.\n");
    script.push_str(include_str!("tile_judge.sql"));
    base.psql(&script, &[]).split('|').map(str::to_owned).collect()
}
