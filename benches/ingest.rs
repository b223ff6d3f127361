//! Ingest: boundary files from disk to identified features, beside the `geojson` crate alone.

use std::fmt::Write as _;
use std::path::Path;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use geojson::FeatureReader;
use hlp_tracker::geometry::ring::sides;
use hlp_tracker::ingest::{Cause, Request, plan};
use hlp_tracker::model::{GridPoint, Loaded, MultiPolygon};

use crate::support;

const SIZES: [usize; 2] = [204, 2_040];

/// A collection of the clean khoroos, each border halved so often that a khoroo has some hundreds of
/// vertices.
fn collection(khoroos: usize) -> String {
    let features = support::clean_units(khoroos).into_iter().enumerate().map(|(i, unit)| {
        let (district, number) = (["bgd", "bzd", "chd", "sbd"][i % 4], i / 4 + 1);
        let coordinates = coordinates(&unit);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"district\":\"{district}\",\"number\":{number}}},\
             \"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[{coordinates}]}}}}"
        )
    });
    let features = features.collect::<Vec<_>>().join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n")
}

fn coordinates(unit: &MultiPolygon) -> String {
    const PIECES: i32 = 16;
    let between = |a: i32, b: i32, piece: i32| a + (b - a) / PIECES * piece;
    let ring = |ring: &Vec<GridPoint>| {
        let mut text = String::new();
        for (a, b) in sides(ring) {
            for piece in 0..PIECES {
                let p = GridPoint::new(between(a.x, b.x, piece), between(a.y, b.y, piece));
                write!(text, "[{:.7},{:.7}],", p.lon(), p.lat()).expect("text takes everything");
            }
        }
        write!(text, "[{:.7},{:.7}]", ring[0].lon(), ring[0].lat()).expect("text takes everything");
        format!("[{text}]")
    };
    let polygons = unit.0.iter().map(|p| format!("[{}]", p.rings().map(ring).collect::<Vec<_>>().join(",")));
    polygons.collect::<Vec<_>>().join(",")
}

/// Stops at the count, which comes after reading, placing and identifying and before any cleaning.
fn counted(file: &Path) -> usize {
    let mut request = Request::new(vec![file.to_path_buf()], "2022".parse().expect("a vintage"));
    request.expect = Some(0);
    let refused = plan(&request, &Loaded::default(), &mut |_| {}).expect_err("no file has no khoroos");
    match refused.causes.as_slice() {
        [Cause::WrongCount { found, .. }] => *found,
        other => panic!("{other:?}"),
    }
}

fn counted_by_crate(file: &Path) -> usize {
    let source = std::io::BufReader::new(std::fs::File::open(file).expect("the file"));
    let mut n_features = 0;
    for feature in FeatureReader::from_reader(source).features() {
        black_box(feature.expect("a feature"));
        n_features += 1;
    }
    n_features
}

fn compare(bencher: Bencher<'_, '_>, khoroos: usize, count: fn(&Path) -> usize) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = folder.path().join("khoroos.geojson");
    let text = collection(khoroos);
    std::fs::write(&file, &text).expect("room");
    assert_eq!(count(&file), khoroos);
    bencher.counter(BytesCount::of_str(&text)).bench(|| count(black_box(&file)));
}

#[divan::bench(name = "ingest_read/geojson", args = SIZES)]
fn read(bencher: Bencher<'_, '_>, khoroos: usize) {
    compare(bencher, khoroos, counted);
}

#[divan::bench(name = "ingest_read/geojson_crate_alone", args = SIZES)]
fn read_by_crate(bencher: Bencher<'_, '_>, khoroos: usize) {
    compare(bencher, khoroos, counted_by_crate);
}
