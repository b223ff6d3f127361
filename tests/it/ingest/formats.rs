//! The same khoroos in every kind of file, made by GDAL, come out as the same khoroos.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use hlp_tracker::ingest::{Cause, Request, parse_map};
use hlp_tracker::model::{Khoroo, MultiPolygon};
use serde_json::{Value, json};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::fixture;
use super::support::{accepted, cause, khoroos, plan, put, put_json, request, scratch};

/// A scratch folder with the clean cells as GeoJSON.
struct Source {
    folder: TempDir,
    geojson: PathBuf,
}

impl Source {
    fn new() -> Self {
        let folder = scratch();
        let geojson = put_json(&folder, "khoroos.geojson", &collection());
        Self { folder, geojson }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Converts the cells with GDAL; `options` stand between format and file names.
    fn ogr(&self, format: &str, name: &str, options: &[&str]) -> PathBuf {
        let out = self.path(name);
        run(Command::new("ogr2ogr").args(["-f", format]).args(options).arg(&out).arg(&self.geojson));
        out
    }
}

fn run(command: &mut Command) {
    let output = command.output().expect("GDAL's programs belong to the test environment");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn collection() -> Value {
    let features: Vec<Value> = fixture::clean()
        .as_array()
        .expect("an array")
        .iter()
        .map(|cell| {
            let properties = json!({
                "district": cell["district"], "khoroo": cell["khoroo"], "khoroo_number": cell["khoroo_number"],
            });
            json!({"type": "Feature", "properties": properties, "geometry": cell["geometry"]})
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features})
}

fn shapes(request: &Request) -> Vec<(String, MultiPolygon)> {
    let plan = accepted(plan(request));
    assert!(plan.report.repairs.is_empty(), "{}", plan.report);
    khoroos(&plan).into_iter().map(|(code, Khoroo { shape, .. })| (code, shape.expect("a shape"))).collect()
}

#[track_caller]
fn check(request: &Request) {
    let folder = scratch();
    let expected = shapes(&self::request(&put_json(&folder, "a.json", &fixture::clean())));
    let found = shapes(request);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
}

#[test]
fn geojson_collections_and_sequences() {
    let source = Source::new();
    check(&request(&source.geojson));
    check(&request(&source.ogr("GeoJSONSeq", "a.geojsonl", &[])));
    check(&request(&source.ogr("GeoJSONSeq", "b.geojsons", &["-lco", "RS=YES"])));
    check(&request(&source.ogr("GeoJSON", "utm.geojson", &["-t_srs", "EPSG:32648"])));
    check(&request(&source.ogr(
        "GeoJSON",
        "mercator.geojson",
        &["-t_srs", "EPSG:3857", "-lco", "COORDINATE_PRECISION=6"],
    )));
    // A byte order mark, a box before the features, and the reference system after them.
    let mut reordered = String::from("\u{feff}{\"bbox\":[106,47,107,48],\"features\":");
    write!(reordered, "{}", collection()["features"]).expect("a string");
    reordered += r#","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"type":"FeatureCollection"}"#;
    check(&request(&put(&source.folder, "c.geojson", reordered)));
}

#[test]
fn shapefiles_in_degrees_and_utm_in_both_encodings() {
    let source = Source::new();
    check(&request(&source.ogr("ESRI Shapefile", "a.shp", &["-lco", "ENCODING=UTF-8"])));
    // Windows-1251 has no ү: GDAL drops it, and the districts are known all the same.
    let cp1251 = source.ogr("ESRI Shapefile", "b.shp", &["-t_srs", "EPSG:32648", "-lco", "ENCODING=CP1251"]);
    check(&request(&cp1251));
    // Without a word on the encoding.
    std::fs::remove_file(cp1251.with_extension("cpg")).expect("GDAL writes a .cpg");
    check(&request(&cp1251));
    for epsg in ["EPSG:32647", "EPSG:32649", "EPSG:3857"] {
        let name = format!("{}.shp", &epsg[5..]);
        check(&request(&source.ogr("ESRI Shapefile", &name, &["-t_srs", epsg, "-lco", "ENCODING=UTF-8"])));
    }
    // All parts named, as a shell does with a star.
    let mut request = request(&source.path("a.shp"));
    request.files.extend(["dbf", "shx", "prj", "cpg"].map(|part| source.path("a.shp").with_extension(part)));
    check(&request);
}

#[test]
fn a_shapefile_misses_its_table_but_not_its_projection() {
    let source = Source::new();
    let utm = source.ogr("ESRI Shapefile", "a.shp", &["-t_srs", "EPSG:32648", "-lco", "ENCODING=UTF-8"]);
    std::fs::remove_file(utm.with_extension("prj")).expect("GDAL writes a .prj");
    let refused = plan(&request(&utm)).expect_err("metres are no degrees");
    assert!(refused.causes[0].to_string().contains("--crs EPSG:32648"), "{refused}");
    let whole = std::fs::read(&utm).expect("the file");
    std::fs::write(&utm, &whole[..whole.len() / 2]).expect("room");
    assert!(matches!(cause(plan(&request(&utm))).0, Cause::Truncated { .. }));
    std::fs::remove_file(utm.with_extension("dbf")).expect("GDAL writes a .dbf");
    assert!(matches!(cause(plan(&request(&utm))).0, Cause::MissingPart { .. }));
}

#[test]
fn zipped_shapefiles_and_kmz() {
    let source = Source::new();
    let shp = source.ogr("ESRI Shapefile", "a.shp", &["-t_srs", "EPSG:32648", "-lco", "ENCODING=UTF-8"]);
    let zipped = source.path("a.zip");
    let parts = ["shp", "dbf", "shx", "prj", "cpg"]
        .map(|part| (format!("boundaries/a.{part}"), shp.with_extension(part)));
    zip_files(&zipped, &parts);
    check(&request(&zipped));

    let kml = source.ogr("KML", "doc.kml", &[]);
    let kmz = source.path("a.kmz");
    zip_files(&kmz, &[("doc.kml".to_owned(), kml)]);
    check(&request(&kmz));

    // In front of the layers, as GDAL's LIBKML does, a document that only names them.
    let (first, layer) = (source.path("first.kml"), source.path("doc.kml"));
    let links =
        "<kml><Document><NetworkLink><Link><href>layers/a.kml</href></Link></NetworkLink></Document></kml>";
    std::fs::write(&first, links).expect("room");
    zip_files(&kmz, &[("doc.kml".to_owned(), first), ("layers/a.kml".to_owned(), layer.clone())]);
    check(&request(&kmz));
    zip_files(&kmz, &[("a.kml".to_owned(), layer.clone()), ("b.kml".to_owned(), layer)]);
    assert!(matches!(cause(plan(&request(&kmz))).0, Cause::AmbiguousLayer { .. }));

    let other = parts.clone().map(|(name, path)| (name.replace("/a.", "/b."), path));
    zip_files(&zipped, &[parts.as_slice(), &other].concat());
    let mut request = request(&zipped);
    let (cause, message) = cause(plan(&request));
    assert!(matches!(cause, Cause::AmbiguousLayer { .. }), "{message}");
    assert!(message.contains("`boundaries/a`, `boundaries/b`"), "{message}");
    request.layer = Some("boundaries/b".into());
    check(&request);
}

fn zip_files(path: &Path, files: &[(String, PathBuf)]) {
    let mut zip = ZipWriter::new(std::fs::File::create(path).expect("a file"));
    for (name, file) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&std::fs::read(file).expect("a part")).expect("room");
    }
    zip.finish().expect("an archive");
}

#[test]
fn geopackages_with_one_and_with_several_layers() {
    let source = Source::new();
    let gpkg = source.ogr("GPKG", "a.gpkg", &["-nln", "khoroos", "-t_srs", "EPSG:32648"]);
    check(&request(&gpkg));
    // A second layer of areas has to be chosen against, a layer of points has not.
    let add = |options: &[&str]| {
        run(Command::new("ogr2ogr")
            .args(["-f", "GPKG", "-update"])
            .args(options)
            .arg(&gpkg)
            .arg(&source.geojson));
    };
    add(&[
        "-nln",
        "places",
        "-nlt",
        "POINT",
        "-dialect",
        "SQLite",
        "-sql",
        "select st_centroid(geometry) from khoroos",
    ]);
    check(&request(&gpkg));
    add(&["-nln", "old", "-where", "khoroo_number < 3"]);
    let mut request = request(&gpkg);
    let (cause, message) = cause(plan(&request));
    assert!(matches!(cause, Cause::AmbiguousLayer { .. }), "{message}");
    request.layer = Some("none".into());
    let (cause, message) = super::support::cause(plan(&request));
    assert!(matches!(cause, Cause::NoLayer { .. }), "{message}");
    assert!(
        message.contains("`khoroos`, `old`, `places`") || message.contains("`khoroos`, `places`, `old`"),
        "{message}"
    );
    request.layer = Some("khoroos".into());
    check(&request);
}

#[test]
fn an_sqlite_file_that_is_no_geopackage_is_refused() {
    let folder = scratch();
    let path = folder.path().join("a.gpkg");
    let database = rusqlite::Connection::open(&path).expect("a file");
    database.execute_batch("create table t (a integer)").expect("a table");
    drop(database);
    assert!(matches!(cause(plan(&request(&path))).0, Cause::Malformed { .. }));
}

#[test]
fn kml_as_one_file_and_as_one_file_per_khoroo() {
    let source = Source::new();
    check(&request(&source.ogr("KML", "a.kml", &["-lco", "COORDINATE_PRECISION=9"])));
    let cells = fixture::clean();
    let files = cells
        .as_array()
        .expect("an array")
        .iter()
        .enumerate()
        .map(|(index, cell)| put(&source.folder, &format!("{index}.kml"), desktop_kml(cell)));
    check(&Request { files: files.collect(), ..request(&source.geojson) });
}

/// A placemark as desktop programs export it: the attributes in an HTML table, a prefix never bound.
fn desktop_kml(cell: &Value) -> String {
    let ring = cell["geometry"]["coordinates"][0][0].as_array().expect("a ring");
    let coordinates: Vec<String> = ring.iter().map(|p| format!("{},{},0", p[0], p[1])).collect();
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xsi:schemaLocation="http://www.opengis.net/kml/2.2 x.xsd">
<Document id="K"><name>K</name><Folder id="L"><name>Хороо</name><Placemark id="ID_0"><name>{khoroo}</name>
<Snippet maxLines="0"></Snippet><description><![CDATA[<html><body><table><tr><td colspan="2">{khoroo}</td></tr>
<tr><td><table><tr><td>FID</td><td>7</td></tr><tr bgcolor="#D4E4F3"><td>DUUREG_NER</td><td>{district} дүүрэг</td></tr>
<tr><td>KHOROO_NO</td><td>{number}</td></tr></table></td></tr></table></body></html>]]></description>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates> {coordinates} </coordinates></LinearRing>
</outerBoundaryIs></Polygon></MultiGeometry></Placemark></Folder></Document></kml>"##,
        khoroo = cell["khoroo"].as_str().expect("text"),
        district = cell["district"].as_str().expect("text"),
        number = cell["khoroo_number"],
        coordinates = coordinates.join(" "),
    )
}

/// The clean cells with other properties.
fn with_properties(properties: impl Fn(&str, u64) -> Value) -> Value {
    let mut collection = collection();
    for feature in collection["features"].as_array_mut().expect("an array") {
        let said = &feature["properties"];
        feature["properties"] = properties(
            said["district"].as_str().expect("text"),
            said["khoroo_number"].as_u64().expect("a number"),
        );
    }
    collection
}

/// The properties of a khoroo, from its district and number.
type Way<'a> = &'a dyn Fn(&str, u64) -> Value;

#[test]
fn columns_are_found_in_the_ways_that_files_name_them() {
    let folder = scratch();
    let short = |district: &str| match district {
        "Сүхбаатар" => ("СБД", "Sükhbaatar", "0111", "19"),
        "Баянзүрх" => ("БЗД", "Bayanzurh", "0111", "10"),
        _ => ("ЧД", "Chingeltei district", "0111", "25"),
    };
    let ways: [Way<'_>; 9] = [
        &|d, n| json!({"дүүрэг": d, "хороо": format!("{n} дугаар хороо")}),
        &|d, n| json!({"District": short(d).1, "Khoroo": n.to_string()}),
        &|d, n| json!({"DUUREG": d.to_uppercase(), "HOROO": format!("{n}-хороо"), "code": format!("011{}{:02}", short(d).3, 49 + 2 * n)}),
        &|d, n| json!({"name": format!("{}_{n:02}", short(d).0)}),
        &|d, n| json!({"label": format!("{d} {n}"), "area": 12.5}),
        &|d, n| json!({"soum_code": format!("011{}", short(d).3), "name": format!("{n}-р хороо"), "population": 100 * n}),
        &|d, n| json!({"nso_code": format!("MN11{}{:02}", short(d).3, 49 + 2 * n)}),
        &|d, n| json!({"district": d, "number": n as f64 + 0.0, "id": 99_999 - n}),
        &|d, n| json!({"au2_name": d, "au3_name": format!("{n}-р хороо"), "au3_code": format!("011{}0{:02}", short(d).3, n)}),
    ];
    for (index, way) in ways.iter().enumerate() {
        let file = put_json(&folder, &format!("{index}.geojson"), &with_properties(way));
        check(&request(&file));
    }
    // Codes keep their leading zero and numbers come along.
    let khoroos = khoroos(&accepted(plan(&request(&folder.path().join("2.geojson")))));
    assert_eq!(khoroos["bzd-3"].land_code.as_deref(), Some("0111055"));
    let khoroos = super::support::khoroos(&accepted(plan(&request(&folder.path().join("5.geojson")))));
    assert_eq!(khoroos["bzd-3"].population, Some(300));

    let unusual =
        put_json(&folder, "x.geojson", &with_properties(|d, n| json!({"a1": d, "b2": n, "number": 7})));
    let mut request = request(&unusual);
    request.map = parse_map("district=a1,number=b2").expect("a map");
    check(&request);
}

#[test]
fn a_file_per_district_may_say_the_district_in_its_name_only() {
    let folder = scratch();
    let collection = collection();
    let files = ["СБД.geojson", "bayanzurkh_khoroos.geojson", "Чингэлтэй дүүрэг.geojson"].iter().enumerate();
    let files = files.map(|(row, name)| {
        let mut features =
            collection["features"].as_array().expect("an array")[row * 4..row * 4 + 4].to_vec();
        for feature in &mut features {
            feature["properties"].as_object_mut().expect("an object").shift_remove("district");
        }
        put_json(&folder, name, &json!({"type": "FeatureCollection", "features": features}))
    });
    let files: Vec<PathBuf> = files.collect();
    check(&Request { files: files.clone(), ..request(&files[0]) });
}
