//! Neighbours: the nearest by real distance, borders with their length, and whose ground a place is.
//!
//! PostGIS answers each question for every khoroo in one statement, so that neither the wire nor psql is in its
//! time; its table is in memory and analysed, with the indexes that `near_table.sql` makes. Ours is asked khoroo
//! by khoroo, in process. The answers are compared first.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use hlp_tracker::model::{GridPoint, MultiPolygon};
use hlp_tracker::neighbours::{Contiguity, Reach, by_border, by_distance};
use hlp_tracker::snapshot::Geography;

use crate::cluster::{Cluster, Database};
use crate::support;
use crate::table::Table;
use crate::tools::Tools;

const KHOROOS: usize = 204;
const NEAREST: usize = 8;
/// Of `by=distance` to PostGIS's: rounding of projected coordinates.
const NEAR_M: f64 = 1e-4;
const ROUNDS: usize = 5;

/// Khoroos that the slowest statement is asked for.
const FEW: usize = 2;

/// Name, statement, how many khoroos (or places) it asks for, and ours of the same question for as many.
type Question<'a> = (&'static str, &'static str, usize, &'a dyn Fn(usize) -> usize);

pub fn run(cluster: &Cluster, _: &Tools) {
    let base = cluster.database("near");
    let geography = support::geography(KHOROOS, true);
    let places = support::places(&geography);
    base.psql(&script(&geography, &places), &[]);
    compare(&base, &geography);

    let near = |n: usize| (0..n).map(|idx| by_distance(&geography, idx, Reach::nearest(NEAREST)).len()).sum();
    let border = |n: usize| (0..n).map(|idx| by_border(&geography, idx, Contiguity::Queen).len()).sum();
    let at = |n: usize| places[..n].iter().filter(|&&at| geography.locate(at).is_some()).count();
    let questions: [Question<'_>; 6] = [
        ("8 nearest: <->, metres", include_str!("near_knn_plane.sql"), KHOROOS, &near),
        ("8 nearest: <->, degrees", include_str!("near_knn_degrees.sql"), KHOROOS, &near),
        ("8 nearest: ST_Distance, metres", include_str!("near_distance.sql"), KHOROOS, &near),
        ("8 nearest: <->, geography", include_str!("near_knn_geography.sql"), FEW, &near),
        ("borders with length", include_str!("near_border.sql"), KHOROOS, &border),
        ("khoroo at a place", include_str!("near_at.sql"), places.len(), &at),
    ];
    let mut table = Table::new(["", "PostGIS, µs a question", "hlp, µs a question", "ratio"]);
    for (name, sql, n, ours) in questions {
        let mut rounds: Vec<(f64, f64)> = (0..ROUNDS)
            .map(|_| {
                let theirs_us = timed_there(&base, sql) / n as f64;
                let started = Instant::now();
                let found = std::hint::black_box(ours(n));
                assert!(found > 0);
                (theirs_us, started.elapsed().as_secs_f64() * 1e6 / n as f64)
            })
            .collect();
        let mut median = |of: fn(&(f64, f64)) -> f64| {
            rounds.sort_by(|a, b| of(a).total_cmp(&of(b)));
            of(&rounds[ROUNDS / 2])
        };
        let (theirs, ours) = (median(|r| r.0), median(|r| r.1));
        table.row(name, [format!("{theirs:.1}"), format!("{ours:.3}"), format!("{:.0}", theirs / ours)]);
    }
    let vertices: usize = geography.shapes.iter().map(|shape| shape.vertices().count()).sum();
    println!("\n{table}\n{KHOROOS} khoroos of {} vertices, {ROUNDS} rounds", vertices / KHOROOS);
}

/// Microseconds that a statement takes in the server, after one run that warms it.
fn timed_there(base: &Database<'_>, sql: &str) -> f64 {
    let script = format!(
        "{sql};\nselect clock_timestamp() as started \\gset\n{sql};\n\
         select extract(epoch from clock_timestamp() - :'started'::timestamptz) * 1e6;\n"
    );
    let told = base.psql(&script, &[]);
    told.lines().last().and_then(|line| line.parse().ok()).expect("microseconds")
}

/// The same khoroos at the same distances.
fn compare(base: &Database<'_>, geography: &Arc<Geography>) {
    let told = base.psql(include_str!("near_answers.sql"), &[]);
    let mut theirs = told.lines().map(|line| line.parse::<f64>().expect("metres"));
    for idx in 0..geography.khoroos.len() {
        for found in by_distance(geography, idx, Reach::nearest(NEAREST)) {
            let distance_m = theirs.next().expect("eight for each khoroo");
            assert!(
                (distance_m - found.distance_m).abs() < NEAR_M,
                "khoroo {idx}: {found:?}, {distance_m} m"
            );
        }
    }
}

fn script(geography: &Geography, places: &[GridPoint]) -> String {
    let mut script =
        String::from("create table khoroo (n integer primary key, shape geometry(multipolygon, 4326));\n");
    script.push_str("copy khoroo from stdin with (delimiter '|');\n");
    for (n, shape) in geography.shapes.iter().enumerate() {
        let _ = writeln!(script, "{n}|SRID=4326;{}", wkt(shape));
    }
    script.push_str("\\.\ncreate table place (n integer primary key, at geometry(point, 4326));\n");
    script.push_str("copy place from stdin with (delimiter '|');\n");
    for (n, at) in places.iter().enumerate() {
        let _ = writeln!(script, "{n}|SRID=4326;POINT({} {})", at.lon(), at.lat());
    }
    script.push_str("\\.\n");
    script.push_str(include_str!("near_table.sql"));
    script
}

fn wkt(shape: &MultiPolygon) -> String {
    let ring = |ring: &Vec<GridPoint>| {
        let places = ring.iter().chain(ring.first()).map(|at| format!("{} {}", at.lon(), at.lat()));
        format!("({})", places.collect::<Vec<_>>().join(","))
    };
    let polygon = |rings: Vec<String>| format!("({})", rings.join(","));
    let polygons = shape.0.iter().map(|p| polygon(p.rings().map(ring).collect()));
    format!("MULTIPOLYGON({})", polygons.collect::<Vec<_>>().join(","))
}
