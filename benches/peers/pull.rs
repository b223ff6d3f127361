//! What an analyst pulls: a whole collection, pages of it, a pyramid of tiles; ours from a GeoPackage, the peers' from
//! PostGIS with the same polygons.

use std::io::{Read as _, sink};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cluster::{Cluster, Database};
use crate::files;
use crate::ingest::COUNTRY;
use crate::race::{Runner, medians, time_process};
use crate::server::{self, Process, wait_until};
use crate::service::Hlp;
use crate::table::Table;
use crate::tools::Tools;
use crate::wrk::Wrk;

const ROUNDS: usize = 5;
/// Features of a page at most, as pull.lua asks for them.
const LIMIT: usize = 100;
const ZOOMS: [&str; 2] = ["9", "14"];
/// Frame of the country in degrees: west, south, east, north.
const FRAME: [f64; 4] = [106.4, 47.4, 108.4, 48.2];
/// Where the demo city's khoroos lie close together, in the same order.
const CITY: [f64; 4] = [106.7, 47.84, 107.1, 48.0];
/// Frame of the demo city with its exclaves.
const CITY_WHOLE: [f64; 4] = [106.3859, 47.3081, 108.501, 48.2649];

pub fn run(cluster: &Cluster, tools: &Tools) {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let folder = scratch.path();
    let [city, country] = ["city.gpkg", "country.gpkg"].map(|name| folder.join(name));
    time_process(server::hlp(folder).args(["demo", "--out"]).arg(&city));
    fill(folder, &country);
    let [city_base, country_base] = [(&city, "city"), (&country, "country")].map(|(store, name)| {
        let base = cluster.database(name);
        base.load(tools, store, "khoroos");
        base.psql(include_str!("pull_table.sql"), &[]);
        base
    });
    let hlp = Hlp::start(folder, &country, &[]);
    whole(tools, &country_base, folder, &hlp);
    pages(
        tools,
        &Asked { of: "20 400 khoroos of 300 vertices", frame: FRAME, part: 20.0 },
        &country_base,
        &hlp,
    );
    drop(hlp);
    let hlp = Hlp::start(folder, &city, &[]);
    pages(tools, &Asked { of: "demo city of 204 khoroos", frame: CITY, part: 4.0 }, &city_base, &hlp);
    drop(hlp);
    pyramid(tools, "20 400 khoroos of 300 vertices", &country_base, folder, &country, FRAME);
    pyramid(tools, "demo city of 204 khoroos", &city_base, folder, &city, CITY_WHOLE);
}

/// A store with 20 400 khoroos of 300 vertices, cleaned.
fn fill(folder: &Path, store: &Path) {
    let input = folder.join("country.geojson");
    files::write(&input, &COUNTRY.dirty_units());
    time_process(&mut files::ingest(folder, &input, store));
}

fn is_there(address: &str, path: &str) -> bool {
    server::try_get(address, path).is_ok_and(|answer| answer.status == 200)
}

/// The whole collection as GeoJSON: over HTTP by us, over psql's and GDAL's connection by the others.
fn whole(tools: &Tools, base: &Database<'_>, folder: &Path, hlp: &Hlp) {
    let url = format!("http://{}/exports/khoroos-2022.geojson", hlp.address);
    let place = folder.join("by_ogr2ogr.geojson");
    let copied = || {
        let started = Instant::now();
        let mut command = base.command("psql");
        command.args(["-X", "-q", "-c", include_str!("pull_copy.sql")]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("psql runs");
        let n_bytes = std::io::copy(&mut child.stdout.take().expect("piped"), &mut sink()).expect("a pipe");
        assert!(child.wait().expect("ends").success());
        (started.elapsed(), n_bytes)
    };
    let before_mb = hlp.memory_mb();
    let bytes = [fetched(&url).1, copied().1];
    let mut runners = [
        Runner::new("hlp, /exports/khoroos-2022.geojson", || fetched(&url).0),
        Runner::new("psql, copy (… st_asgeojson …) to stdout", || copied().0),
        Runner::new("ogr2ogr -f GeoJSON", || {
            let _ = std::fs::remove_file(&place);
            let mut command = base.command(&tools.ogr2ogr);
            command.args(["-f", "GeoJSON"]).arg(&place).args(["PG:", "khoroos"]);
            time_process(command.args(["-lco", "COORDINATE_PRECISION=7"]))
        }),
    ];
    let (times, n_rounds) = medians(&mut runners, ROUNDS);
    let bytes = [bytes[0], bytes[1], place.metadata().expect("written").len()];
    let mut table = Table::new(["whole collection", "median, s", "MB", "psql's time ÷ this"]);
    for ((runner, time), n_bytes) in runners.iter().zip(&times).zip(bytes) {
        let ratio = times[1].as_secs_f64() / time.as_secs_f64();
        let megabytes = format!("{:.1}", n_bytes as f64 / 1e6);
        table.row(runner.name, [format!("{:.2}", time.as_secs_f64()), megabytes, format!("{ratio:.2}")]);
    }
    println!("\n{table}\n{n_rounds} rounds");
    println!("most memory of the server: {before_mb:.0} MB before, {:.0} MB after", hlp.memory_mb());
}

/// Time until the last byte is there, and how many there are.
fn fetched(url: &str) -> (Duration, u64) {
    let started = Instant::now();
    let mut answer = ureq::get(url).call().unwrap_or_else(|e| panic!("{url}: {e}"));
    let mut reader = answer.body_mut().as_reader();
    let n_bytes = std::io::copy(&mut reader.by_ref(), &mut sink()).expect("a whole body");
    (started.elapsed(), n_bytes)
}

/// Boxes by chance.
struct Asked {
    of: &'static str,
    /// Degrees: west, south, east, north.
    frame: [f64; 4],
    /// A box has this part of the frame's width and height.
    part: f64,
}

impl Asked {
    /// The box in the middle.
    fn middle(&self) -> [f64; 4] {
        let [west, south, east, north] = self.frame;
        let (width, height) = ((east - west) / self.part, (north - south) / self.part);
        let (x, y) = (f64::midpoint(west, east), f64::midpoint(south, north));
        [x, y, x + width, y + height]
    }
}

fn bbox(numbers: [f64; 4]) -> String {
    numbers.map(|v| format!("{v:.6}")).join(",")
}

/// Pages of features in boxes by chance, over connections that stay open.
fn pages(tools: &Tools, asked: &Asked, base: &Database<'_>, hlp: &Hlp) {
    let Some(wrk) = tools.wrk.as_deref().map(Wrk) else {
        println!("\nwithout wrk nobody asks for pages");
        return;
    };
    let tipg = tools.uvicorn.as_deref().map(|tipg| start_tipg(tipg, base));
    let mut runs = vec![("hlp", hlp.address.as_str(), "/ogc/collections/khoroos-2022/items")];
    if let Some(Tipg { address, .. }) = &tipg {
        runs.push(("tipg", address, "/collections/public.khoroos/items"));
    }
    let middle = format!("f=geojson&limit={LIMIT}&bbox={}", bbox(asked.middle()));
    let seen: Vec<Seen> =
        runs.iter().map(|(_, address, path)| Seen::of(address, &format!("{path}?{middle}"))).collect();
    for other in &seen {
        assert_eq!((other.features, other.vertices), (seen[0].features, seen[0].vertices), "{middle}");
    }
    let heads = [asked.of, "requests a second", "hlp's ÷ this", "features of one", "their points", "kB"];
    let mut table = Table::new(heads);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/pull.lua");
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); runs.len()];
    for _ in 0..ROUNDS {
        for ((_, address, path), rates) in runs.iter().zip(&mut rounds) {
            let variables =
                [("ITEMS", *path), ("BBOX", &bbox(asked.frame)), ("PART", &asked.part.to_string())];
            rates.push(wrk.requests_a_second(address, script, &variables));
        }
    }
    for rates in &mut rounds {
        rates.sort_by(f64::total_cmp);
    }
    for (((name, ..), rates), seen) in runs.iter().zip(&rounds).zip(&seen) {
        let (rate, first) = (rates[ROUNDS / 2], rounds[0][ROUNDS / 2]);
        let kilobytes = format!("{:.0}", seen.bytes as f64 / 1e3);
        let [features, vertices] = [seen.features, seen.vertices].map(|n| n.to_string());
        let ratio = format!("{:.1}", first / rate);
        table.row(name, [format!("{rate:.0}"), ratio, features, vertices, kilobytes]);
    }
    println!("\n{table}\n`items?f=geojson&limit={LIMIT}&bbox=…`, median of {ROUNDS} rounds");
}

/// What is in a page.
struct Seen {
    features: usize,
    vertices: usize,
    bytes: usize,
}

impl Seen {
    /// Panics where it is no page of features that all fit.
    fn of(address: &str, path: &str) -> Self {
        let page = server::get(address, path);
        assert_eq!((page.status, page.header("content-encoding")), (200, None), "{path}");
        let told = page.json();
        let features = told["features"].as_array().expect("features");
        assert!((1..LIMIT).contains(&features.len()), "{} features in {path}", features.len());
        let vertices = features.iter().map(|one| n_vertices(&one["geometry"]["coordinates"])).sum();
        Self { features: features.len(), vertices, bytes: page.body.len() }
    }
}

/// Of however many rings in however many parts.
fn n_vertices(coordinates: &Value) -> usize {
    match coordinates.as_array() {
        Some(point) if point.first().is_some_and(Value::is_number) => 1,
        Some(parts) => parts.iter().map(n_vertices).sum(),
        None => 0,
    }
}

/// Asked to end when dropped: killed, it would leave its workers behind.
struct Tipg {
    process: Process,
    address: String,
}

impl Drop for Tipg {
    fn drop(&mut self) {
        if self.process.is_running() {
            self.process.signal("TERM");
            self.process.wait();
        }
    }
}

/// As many workers as we have threads.
fn start_tipg(uvicorn: &Path, base: &Database<'_>) -> Tipg {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port");
    let mut command = Command::new(uvicorn);
    command.args(["tipg.main:app", "--host", "127.0.0.1", "--port", &free.port().to_string()]);
    command.args(["--workers", "2", "--log-level", "warning"]);
    command.env("DATABASE_URL", base.url());
    let process = Process::start(&mut command);
    let address = free.to_string();
    wait_until("tipg", || is_there(&address, "/collections/public.khoroos"));
    Tipg { process, address }
}

/// All tiles of a store in an archive.
fn pyramid(tools: &Tools, of: &str, base: &Database<'_>, folder: &Path, store: &Path, frame: [f64; 4]) {
    let [low, high] = ZOOMS;
    let place = |name: &str| {
        let place = folder.join(name);
        let _ = std::fs::remove_file(&place);
        place
    };
    let place = &place;
    let mut runners = vec![Runner::new("hlp export-tiles", || {
        let mut command = server::hlp(folder);
        command.arg("export-tiles").arg("-o").arg(place("ours.mbtiles")).arg("--store").arg(store);
        time_process(command.args(["--tileset", "boundaries-2022", "--min-zoom", low, "--max-zoom", high]))
    })];
    if let Some(martin_cp) = tools.martin_cp.as_deref() {
        runners.push(Runner::new("martin-cp", move || {
            let mut command = Command::new(martin_cp);
            command.args(["--output-file"]).arg(place("theirs.mbtiles")).args(["--source", "khoroos"]);
            command.args([
                "--bbox",
                &bbox(frame),
                "--min-zoom",
                low,
                "--max-zoom",
                high,
                "--concurrency",
                "2",
            ]);
            time_process(command.arg(base.url()))
        }));
    }
    let (times, n_rounds) = medians(&mut runners, ROUNDS);
    let mut table = Table::new([of, "median, s", "tiles", "MB", "this ÷ the first"]);
    for ((runner, time), file) in runners.iter().zip(&times).zip(["ours.mbtiles", "theirs.mbtiles"]) {
        let archive = folder.join(file);
        let n_bytes = archive.metadata().expect("written").len();
        let n_tiles: i64 = rusqlite::Connection::open(&archive)
            .and_then(|base| base.query_row("SELECT count(*) FROM tiles", [], |row| row.get(0)))
            .expect("an archive of tiles");
        let ratio = time.as_secs_f64() / times[0].as_secs_f64();
        let megabytes = format!("{:.1}", n_bytes as f64 / 1e6);
        let told =
            [format!("{:.2}", time.as_secs_f64()), n_tiles.to_string(), megabytes, format!("{ratio:.2}")];
        table.row(runner.name, told);
    }
    println!("\n{table}\npyramid, zooms {low} to {high}, {n_rounds} rounds");
}
