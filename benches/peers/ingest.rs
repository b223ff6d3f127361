//! Taking a country's worth of khoroos into PostGIS: we clean them on the way, `ogr2ogr` copies them.

use hlp_tracker::model::GridBox;

use crate::cluster::Cluster;
use crate::mosaic::Mosaic;
use crate::race::{Runner, medians, time_process};
use crate::table::Table;
use crate::tools::Tools;
use crate::{files, server};

const ROUNDS: usize = 3;

/// 20 400 khoroos of 300 vertices on two by 0.8 degrees.
pub const COUNTRY: Mosaic = Mosaic {
    columns: 170,
    rows: 120,
    vertices: 300,
    frame: GridBox { west: 1_064_000_000, south: 474_000_000, east: 1_084_000_000, north: 482_000_000 },
};

pub fn run(cluster: &Cluster, tools: &Tools) {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let input = scratch.path().join("country.geojson");
    let units = COUNTRY.dirty_units();
    files::write(&input, &units);
    let size_bytes = input.metadata().expect("just written").len();
    println!("\n{} khoroos, {:.1} MB of GeoJSON\n", units.len(), size_bytes as f64 / 1e6);
    drop(units);
    let mut runners = [
        Runner::new("ogr2ogr, as they are", || {
            let base = cluster.database("copied");
            time_process(base.ogr2ogr(tools, &input).args(["-nln", "khoroo"]))
        }),
        Runner::new("hlp ingest, cleaned", || {
            let base = cluster.database("ingested");
            let mut command = server::hlp(scratch.path());
            command.arg("ingest").arg(&input).env("HLP_STORE", base.url());
            command.args(["--vintage", "2022", "--valid-from", "2022-01-01"]);
            command.args(["--resolve", "smaller", "--gaps", "fill"]);
            time_process(&mut command)
        }),
    ];
    let (times, n_rounds) = medians(&mut runners, ROUNDS);
    let mut table = Table::new(["whole run, fresh database", "median, s", "ogr2ogr's time ÷ this"]);
    for (runner, time) in runners.iter().zip(&times) {
        let seconds = time.as_secs_f64();
        table.row(runner.name, [format!("{seconds:.2}"), format!("{:.2}", times[0].as_secs_f64() / seconds)]);
    }
    println!("{table}\n{n_rounds} rounds");
}
