//! What other programs make of the files: GDAL of all that tell where things are, a reader of workbooks of XLSX.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::Command;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use geojson::{FeatureCollection, GeoJson, Position};
use hlp_tracker::exports::{Format, GeometryColumns, Options};
use hlp_tracker::features::{Collection, FieldKind, Value};
use hlp_tracker::geometry::projection::Crs;
use hlp_tracker::model::Lang;

use super::{city, written};
use crate::support::judge;

/// A centimetre, in degrees of latitude.
const CENTIMETRE_DEG: f64 = 9e-8;

/// A file as GDAL reads it, taken to WGS 84 by PROJ.
fn read_by_gdal(name: &str, bytes: &[u8], crs: Crs) -> FeatureCollection {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let output = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=10", "-t_srs", "EPSG:4326"])
        .args(["-s_srs", &format!("EPSG:{}", crs.epsg())])
        .args(if name.strip_suffix(".csv").is_some() { &["-oo", "GEOM_POSSIBLE_NAMES=wkt"][..] } else { &[] })
        .arg("/vsistdout/")
        .arg(&path)
        // Styles are a layer too.
        .args(name.strip_suffix(".gpkg"))
        .output()
        .expect("ogr2ogr runs");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    match String::from_utf8(output.stdout).expect("UTF-8").parse().expect("GeoJSON") {
        GeoJson::FeatureCollection(collection) => collection,
        other => panic!("{name}: {other:?}"),
    }
}

fn positions(feature: &geojson::Feature) -> Vec<Position> {
    use geojson::GeometryValue::{GeometryCollection, LineString, MultiPolygon, Point, Polygon};
    fn of(geometry: &geojson::Geometry) -> Vec<Position> {
        match &geometry.value {
            Point { coordinates } => vec![coordinates.clone()],
            LineString { coordinates } => coordinates.clone(),
            Polygon { coordinates } => coordinates.iter().flatten().cloned().collect(),
            MultiPolygon { coordinates } => coordinates.iter().flatten().flatten().cloned().collect(),
            GeometryCollection { geometries } => geometries.iter().flat_map(of).collect(),
            other => panic!("{other:?}"),
        }
    }
    feature.geometry.as_ref().map(of).unwrap_or_default()
}

/// West, south, east and north.
fn bounds(feature: &geojson::Feature) -> Option<[f64; 4]> {
    positions(feature)
        .iter()
        .map(|at| [at[0], at[1], at[0], at[1]])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

#[test]
fn gdal_finds_every_feature_where_it_is_with_its_figures() {
    for id in ["khoroos", "districts", "practices", "replications", "khoroo-versions"] {
        let table = Collection::find(city(), id).expect("there").open(city());
        let mut truth =
            read_by_gdal("a.geojson", &written(city(), id, Format::GeoJson, Options::default()), Crs::Wgs84);
        truth.features.sort_by_cached_key(key);
        assert_eq!(truth.features.len(), table.len(), "{id}");
        // GDAL's readers of workbooks know no ground, and Debian's knows no Parquet.
        let read = |format: &&Format| **format != Format::Xlsx && format.extension() != "parquet";
        for &format in Format::ALL.iter().filter(read) {
            for &crs in format.systems() {
                let name = format!("{id}.{}", format.extension());
                let bytes = written(city(), id, format, Options { crs, ..Options::default() });
                let mut found = read_by_gdal(&name, &bytes, crs);
                found.features.sort_by_cached_key(key);
                let with_place: Vec<_> = truth
                    .features
                    .iter()
                    .filter(|feature| !format.is_of_shapes() || feature.geometry.is_some())
                    .collect();
                assert_eq!(found.features.len(), with_place.len(), "{name} in {crs:?}");
                for (found, truth) in found.features.iter().zip(with_place) {
                    match (bounds(found), bounds(truth)) {
                        (Some(found), Some(truth)) => {
                            for (found, truth) in found.iter().zip(truth) {
                                assert!(
                                    (found - truth).abs() < CENTIMETRE_DEG,
                                    "{name} in {crs:?}: {found} for {truth}"
                                );
                            }
                        }
                        (found, truth) => assert_eq!(found, truth, "{name} in {crs:?}"),
                    }
                    // Names that every format can hold.
                    for field in
                        ["code", "vintage", "district", "name_mn", "title_mn", "number", "households"]
                    {
                        assert_eq!(text(found, field), text(truth, field), "{name} in {crs:?}: {field}");
                    }
                }
            }
        }
    }
}

/// By which a feature is found again where a format has an order of its own.
fn key(feature: &geojson::Feature) -> [String; 3] {
    // GDAL takes the id of a GeoJSON feature for its own and leaves the property of the same words out.
    let id = match &feature.id {
        Some(geojson::feature::Id::String(id)) => id.clone(),
        _ => text(feature, "id"),
    };
    [text(feature, "vintage"), text(feature, "code"), id]
}

/// A value as text, as formats differ in the types that they know.
fn text(feature: &geojson::Feature, field: &str) -> String {
    match feature.property(field) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

#[test]
fn geopandas_finds_everything_in_every_system_to_a_centimetre_of_proj() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut n_files = 0;
    for id in ["khoroos", "districts", "practices", "replications", "khoroo-versions"] {
        let truth = written(city(), id, Format::GeoJson, Options::default());
        std::fs::write(folder.path().join(format!("{id}.geojson")), truth).expect("written");
        for format in ["parquet", "fgb", "gpkg"].map(|ending| Format::from_extension(ending).expect("a form"))
        {
            for &crs in format.systems() {
                let name = format!("{id}.{}.{}", crs.epsg(), format.extension());
                let bytes = written(city(), id, format, Options { crs, ..Options::default() });
                std::fs::write(folder.path().join(name), bytes).expect("written");
                n_files += 1;
            }
        }
    }
    let output = judge("layers.py").arg(folder.path()).output().expect("Python runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(told.trim(), n_files.to_string());
}

/// What `ogrinfo` says of the only layer of a file.
fn told_by_gdal(name: &str, bytes: &[u8], options: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let output =
        Command::new("ogrinfo").args(["-ro", "-al"]).args(options).arg(&path).output().expect("ogrinfo runs");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn gdal_finds_every_field_of_kml_with_its_type() {
    for id in ["khoroos", "practices", "replications", "lineage"] {
        let bytes = written(city(), id, Format::Kml, Options::default());
        let told = told_by_gdal("a.kml", &bytes, &["-so"]);
        for field in &Collection::find(city(), id).expect("there").open(city()).fields {
            let kind = match field.kind {
                FieldKind::Text | FieldKind::Date => "String",
                // Of yes and no with a subtype where GDAL is newer.
                FieldKind::Integer | FieldKind::Boolean => "Integer",
                FieldKind::Number => "Real",
            };
            let line = format!("\n{}: {kind}", field.name);
            assert!(told.contains(&line), "{id}: no `{line}` in {told}");
        }
        let values = told_by_gdal("a.kml", &bytes, &[]);
        let told = values.lines().filter(|line| line.starts_with("  illustrative ("));
        assert!(told.clone().count() > 0 && told.clone().all(|line| line.ends_with(" = 1")), "{id}");
    }
}

#[test]
fn a_shapefile_says_which_name_stands_for_which_field() {
    let bytes =
        written(city(), "khoroos-2022", Format::Shapefile, Options { lang: Lang::En, ..Options::default() });
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    let mut part = |name: &str| {
        let mut file = zip.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        std::io::read_to_string(&mut file).expect("text")
    };
    assert_eq!(part("khoroos-2022.cpg"), "UTF-8");
    let about = part("about.txt");
    for line in ["Vintage of the boundaries: 2022", "Licence: not stated", "Illustrative: invented"] {
        assert!(about.contains(line), "no `{line}` in {about}");
    }
    let map: BTreeMap<String, String> = csv::Reader::from_reader(part("fields.csv").as_bytes())
        .into_records()
        .map(|row| row.expect("a row"))
        .map(|row| (row[1].to_owned(), row[0].to_owned()))
        .collect();
    let table = Collection::find(city(), "khoroos-2022").expect("there").open(city());
    assert_eq!(map.len(), table.fields.len());
    let found = read_by_gdal("khoroos-2022.shp.zip", &bytes, Crs::Wgs84);
    let mut values = Vec::new();
    for (row, feature) in found.features.iter().enumerate() {
        table.values(row, &mut values);
        for (field, value) in table.fields.iter().zip(&values) {
            let Value::Integer(number) = value else { continue };
            let told = feature.property(&map[&field.name]).and_then(serde_json::Value::as_f64);
            assert_eq!(told, Some(*number as f64), "{} of row {row}", field.name);
        }
    }
}

#[test]
fn a_workbook_has_titles_as_headings_and_says_what_it_is() {
    for lang in Lang::ALL {
        for id in ["khoroos-2022", "practices", "lineage"] {
            let options = Options { lang, crs: Crs::Utm(48), geometry: GeometryColumns::Wkt, bom: false };
            let bytes = written(city(), id, Format::Xlsx, options);
            let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            let sheets = book.worksheets();
            assert_eq!(sheets.len(), 2);
            let (name, rows) = &sheets[0];
            assert_eq!(name, id);
            let table = Collection::find(city(), id).expect("there").open(city());
            assert_eq!(rows.rows().len(), table.len() + 1);
            let head: Vec<String> =
                rows.rows().next().expect("a head").iter().map(ToString::to_string).collect();
            let titles: Vec<&str> = table.fields.iter().map(|field| field.title(lang)).collect();
            assert_eq!(&head[..titles.len()], titles);
            let mut values = Vec::new();
            for (row, cells) in rows.rows().skip(1).enumerate() {
                table.values(row, &mut values);
                for ((value, cell), field) in values.iter().zip(cells).zip(&table.fields) {
                    match value {
                        Value::Null => assert_eq!(cell, &Data::Empty, "{}", field.name),
                        Value::Text(text) => assert_eq!(cell.as_string().as_deref(), Some(&**text)),
                        Value::Integer(number) => assert_eq!(cell.as_f64(), Some(*number as f64)),
                        Value::Number(number) => assert_eq!(cell.as_f64(), Some(*number)),
                        Value::Boolean(truth) => assert_eq!(cell.get_bool(), Some(*truth)),
                        Value::Date(day) => {
                            let days =
                                jiff::civil::date(1899, 12, 30).until(*day).expect("a time").get_days();
                            let Data::DateTime(found) = cell else { panic!("{day}: {cell:?}") };
                            assert!((found.as_f64() - f64::from(days)).abs() < 1e-9, "{day}: {cell:?}");
                        }
                    }
                }
            }
            let about: Vec<String> = sheets[1].1.rows().map(|row| row[1].to_string()).collect();
            let unlicensed = if lang == Lang::Mn { "заагаагүй" } else { "not stated" };
            assert!(about.contains(&unlicensed.to_owned()), "{about:?}");
            assert!(about.contains(&"EPSG:32648".to_owned()), "{about:?}");
            for field in &table.fields {
                assert!(about.contains(&field.name), "{}", field.name);
            }
        }
    }
}
