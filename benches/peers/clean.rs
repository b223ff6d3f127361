//! Cleaning: what each tool makes of the same dirty borders, and in what time.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use hlp_tracker::geometry::coverage::clean::{CleanOptions, Gaps, Resolve, clean};
use hlp_tracker::model::MultiPolygon;
use serde_json::Value;

use crate::cluster::{Cluster, Database};
use crate::race::{Runner, medians, time, time_process};
use crate::table::Table;
use crate::tools::Tools;
use crate::{files, published, support};

const ROUNDS: usize = 7;
/// In reach of every gap of the files; larger ones would stay holes.
const GAP_FILL: &str = "gap-fill-area=2km2";
/// The grid of our stores, and what RFC 7946 thinks enough.
const SEVEN_DECIMALS: &str = "precision=0.0000001";

const MAPSHAPED: &str = "mapshaper.geojson";
const ROUNDED: &str = "rounded.geojson";
const STORE: &str = "ours.gpkg";
const REPORT: &str = "report.json";

const BEFORE: &str = "before";
const MAPSHAPER: &str = "mapshaper";
const POSTGIS: &str = "PostGIS";
const OURS: &str = "hlp ingest";
const DRY_RUN: &str = "hlp ingest --dry-run";
const LIBRARY: &str = "clean()";

pub fn run(cluster: &Cluster, tools: &Tools) {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let case = |title: &str, name: &str, make: &dyn Fn(&Path) -> Vec<MultiPolygon>| {
        let folder = scratch.path().join(name);
        std::fs::create_dir(&folder).expect("a folder");
        let input = folder.join("in.geojson");
        let units = make(&input);
        let case =
            Case { folder: &folder, input: &input, units: &units, tools, base: &cluster.database(name) };
        println!("\n## {title}: {} khoroos\n", units.len());
        case.run();
    };
    match published::at_hand() {
        Some(file) => case("The published khoroos", "published", &|to| files::convert(&file, to)),
        None => println!("\nThe published khoroos: left out, HLP_REAL_BOUNDARIES names no file."),
    }
    let faulty = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boundaries/khoroos-faulty.json");
    case("The faulty dozen of the tests", "faulty", &|to| files::convert(&faulty, to));
    for n in [204, 2_040] {
        case("The demo city, shaken", &format!("demo_{n}"), &|to| {
            let units = support::dirty_units(n);
            files::write(to, &units);
            units
        });
    }
}

struct Case<'a> {
    folder: &'a Path,
    input: &'a Path,
    units: &'a [MultiPolygon],
    tools: &'a Tools,
    base: &'a Database<'a>,
}

impl Case<'_> {
    fn run(&self) {
        self.base.load(self.tools, self.input, "before");
        let mut runners = self.runners();
        let (times, n_rounds) = medians(&mut runners, ROUNDS);
        let timed: Vec<(&str, Duration)> = runners.iter().map(|runner| runner.name).zip(times).collect();
        let mut judged = vec![(BEFORE, self.judge("before"))];
        if self.tools.mapshaper.is_some() {
            self.base.load(self.tools, &self.file(MAPSHAPED), "mapshaped");
            judged.push((MAPSHAPER, self.judge("mapshaped")));
            time_process(self.mapshaper(&self.file(ROUNDED)).arg(SEVEN_DECIMALS));
            self.base.load(self.tools, &self.file(ROUNDED), "rounded");
            judged.push(("the same to 7 decimals", self.judge("rounded")));
        }
        judged.push((POSTGIS, self.judge("after")));
        self.base.load(self.tools, &self.file(STORE), "ours");
        judged.push((OURS, self.judge("ours")));
        tell(&timed, &judged, n_rounds);
        own_account(&self.file(REPORT));
    }

    fn runners(&self) -> Vec<Runner<'_>> {
        let mapshaper = self
            .tools
            .mapshaper
            .as_ref()
            .map(|_| Runner::new(MAPSHAPER, || time_process(&mut self.mapshaper(&self.file(MAPSHAPED)))));
        let postgis = Runner::new(POSTGIS, || time(|| self.base.psql(include_str!("clean.sql"), &[])).0);
        let ours = Runner::new(OURS, || {
            let [store, report] = [STORE, REPORT].map(|name| self.file(name));
            for file in [&store, &report] {
                // The first round has nothing to remove.
                let _ = std::fs::remove_file(file);
            }
            time_process(self.ingest(&store).arg("--report").arg(&report))
        });
        let dry_run =
            Runner::new(DRY_RUN, || time_process(self.ingest(&self.file("never.gpkg")).arg("--dry-run")));
        let library = Runner::new(LIBRARY, || {
            let (resolve, gaps) = (Some(Resolve::Smaller), Some(Gaps::Fill));
            let options = CleanOptions { resolve, gaps, ..CleanOptions::default() };
            time(|| clean(self.units, &options).expect("cleaned as told")).0
        });
        mapshaper.into_iter().chain([postgis, ours, dry_run, library]).collect()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Panics if there is none.
    fn mapshaper(&self, to: &Path) -> Command {
        let mut command = Command::new(self.tools.mapshaper.as_ref().expect("asked before"));
        command.arg(self.input).args(["-clean", GAP_FILL, "-o", "force"]).arg(to);
        command
    }

    fn ingest(&self, store: &Path) -> Command {
        files::ingest(self.folder, self.input, store)
    }

    fn judge(&self, table: &str) -> Verdict {
        Verdict::read(&self.base.psql(include_str!("judge.sql"), &[("after", table)]))
    }
}

/// What judge.sql says of one outcome, by its order of columns.
struct Verdict(Vec<f64>);

impl Verdict {
    const COLUMNS: [(&'static str, usize); 12] = [
        ("khoroos", 0),
        ("invalid polygons", 0),
        ("overlapping pairs", 0),
        ("overlaps, m²", 3),
        ("gaps", 0),
        ("gaps, m²", 3),
        ("parts of the union", 0),
        ("union, km²", 3),
        ("vertices", 0),
        ("area moved, m²", 2),
        ("largest shift, m", 3),
        ("khoroos lost", 0),
    ];
    const MOVED: usize = 9;

    fn read(line: &str) -> Self {
        let values: Vec<f64> = line.split('|').map(|value| value.parse().unwrap_or(f64::NAN)).collect();
        assert_eq!(values.len(), Self::COLUMNS.len(), "{line}");
        Self(values)
    }
}

fn tell(timed: &[(&str, Duration)], judged: &[(&str, Verdict)], n_rounds: usize) {
    let mut outcomes = Table::new(std::iter::once("outcome").chain(judged.iter().map(|(name, _)| *name)));
    for (column, (name, decimals)) in Verdict::COLUMNS.iter().enumerate() {
        outcomes.row(name, judged.iter().map(|(_, verdict)| format!("{:.decimals$}", verdict.0[column])));
    }
    println!("{outcomes}");
    let mut speeds = Table::new(["whole run", "median, ms", "of mapshaper's", "of PostGIS'"]);
    let time_of = |wanted: &str| timed.iter().find(|(name, _)| *name == wanted).map(|(_, time)| *time);
    let ratio = |time: Duration, peer: &str| {
        time_of(peer)
            .map_or_else(|| "–".into(), |peer| format!("{:.3}", time.as_secs_f64() / peer.as_secs_f64()))
    };
    for &(name, time) in timed {
        let ms = format!("{:.1}", time.as_secs_f64() * 1e3);
        speeds.row(name, [ms, ratio(time, MAPSHAPER), ratio(time, POSTGIS)]);
    }
    println!("{speeds}\n{n_rounds} rounds");
    let moved = |wanted: &str| {
        judged.iter().find(|(name, _)| *name == wanted).map(|(_, verdict)| verdict.0[Verdict::MOVED])
    };
    if let (Some(ours), Some(theirs)) = (moved(OURS), moved(MAPSHAPER)) {
        println!("area moved: {:.6} of mapshaper's", ours / theirs);
    }
}

/// What the ingest itself reported, to be held against the verdict.
fn own_account(report: &Path) {
    let report: Value = serde_json::from_slice(&std::fs::read(report).expect("just written")).expect("JSON");
    let sum = |list: &str| -> f64 {
        let patches = report[list].as_array().into_iter().flatten();
        patches.filter(|patch| !patch["winner"].is_null()).filter_map(|patch| patch["area_m2"].as_f64()).sum()
    };
    println!(
        "hlp's own report: {} overlaps of {:.1} m² and {} gaps of {:.1} m² settled, largest shift {:.3} m",
        report["overlaps"].as_array().map_or(0, Vec::len),
        sum("overlaps"),
        report["gaps"].as_array().map_or(0, Vec::len),
        sum("gaps"),
        report["largest_shift_m"].as_f64().unwrap_or(f64::NAN),
    );
}
