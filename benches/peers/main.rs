//! `make bench-peers`: our work beside that of other tools, on the same files, in the same run.
//!
//! Six sections, all or those named on the command line: `clean`, `tile`, `ingest`, `near`, `serve`, `pull`. Each prints a table of
//! figures and the ratios that follow from them. Outputs are judged by PostGIS, which made none of ours, with
//! one piece of SQL for everybody.
//!
//! `HLP_STORE` names the cluster (of which only databases called `peers_…` are touched), as
//! `.ci/with-cluster` sets it. Tools that are not at hand are said to be missing, and their columns left out.
//! `benches/README.md` says what the figures mean and what they do not.

#![expect(clippy::print_stdout, reason = "tables are what this program is for")]

mod clean;
mod cluster;
mod files;
mod ingest;
mod mosaic;
mod near;
mod pull;
mod race;
mod serve;
mod service;
mod table;
mod tile;
mod tools;
mod wrk;

#[path = "../../tests/it/support/published.rs"]
mod published;
#[path = "../../tests/it/support/server.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod server;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the other benchmarks need more of it")]
mod support;

use cluster::Cluster;
use tools::Tools;

type Section = (&'static str, fn(&Cluster, &Tools));

const SECTIONS: [Section; 6] = [
    ("clean", clean::run),
    ("tile", tile::run),
    ("ingest", ingest::run),
    ("near", near::run),
    ("serve", serve::run),
    ("pull", pull::run),
];

fn main() {
    // Cargo adds `--bench` by itself.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let Some(unknown) = wanted.iter().find(|word| SECTIONS.iter().all(|(name, _)| name != word)) {
        let names = SECTIONS.map(|(name, _)| name).join(", ");
        panic!("`{unknown}` is none of the sections {names}");
    }
    let tools = Tools::find();
    let cluster = Cluster::of_environment();
    println!("{tools}- {}", cluster.version());
    for (name, run) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            println!("\n# {name}");
            run(&cluster, &tools);
        }
    }
}
