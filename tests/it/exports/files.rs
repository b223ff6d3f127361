//! What is in the files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use geojson::{FeatureCollection, GeoJson, GeometryValue, JsonObject};
use hlp_tracker::cartography::{Asked, Query, values};
use hlp_tracker::exports::{Format, GeometryColumns, Options};
use hlp_tracker::features::{Collection, FieldKind, Shape, Value};
use hlp_tracker::geometry::projection::Crs;
use hlp_tracker::model::{GridPoint, Lang};
use hlp_tracker::snapshot::Snapshot;

use super::{city, written};
use crate::support::is_shown_to_everybody;

fn collection(snapshot: &Arc<Snapshot>, id: &str) -> FeatureCollection {
    let bytes = written(snapshot, id, Format::GeoJson, Options::default());
    let text = String::from_utf8(bytes).expect("UTF-8");
    match text.parse::<GeoJson>().expect("GeoJSON") {
        GeoJson::FeatureCollection(collection) => collection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn indicators_tell_what_the_places_tell_and_themes_add_up() {
    let snapshot = city();
    let rows = |id: &str| -> Vec<JsonObject> {
        let features = collection(snapshot, id).features.into_iter();
        features.map(|feature| feature.properties.expect("properties")).collect()
    };
    let indicators = rows("indicators");
    let number = |row: &JsonObject, name: &str| row[name].as_i64();
    let mut n_checked = 0;
    for (id, level) in [("khoroos-2020", "khoroo"), ("khoroos-2022", "khoroo"), ("districts", "district")] {
        for place in rows(id) {
            let (vintage, code) = (&place["vintage"], &place["code"]);
            let own: Vec<_> = indicators
                .iter()
                .filter(|row| row["vintage"] == *vintage && row["code"] == *code && row["level"] == level)
                .collect();
            let (of_all, of_themes): (Vec<_>, Vec<_>) =
                own.into_iter().partition(|row| row["theme"].is_null());
            let [of_all] = of_all[..] else { panic!("{id} {code}: {} rows", of_all.len()) };
            assert_eq!(of_themes.len(), snapshot.newest().expect("a vintage").counts.themes.len());
            for measure in ["identifications", "replications", "replications_hosted"] {
                assert_eq!(of_all[measure], place[measure], "{id} {code} {measure}");
                // What was not reported is unknown of every theme too.
                let sum: Option<i64> = of_themes.iter().map(|row| number(row, measure)).sum();
                assert_eq!(sum, number(of_all, measure), "{id} {code} {measure}");
            }
            assert_eq!(of_all["population"], place["population"], "{id} {code}");
            n_checked += 1;
        }
    }
    assert_eq!(n_checked, 171 + 204 + 9);
}

#[test]
fn every_field_is_one_that_everybody_may_see() {
    let snapshot = city();
    for one in Collection::all(snapshot) {
        for field in &one.open(snapshot).fields {
            assert!(is_shown_to_everybody(snapshot, one.kind, &field.name), "{}: {}", one.id, field.name);
        }
    }
}

#[test]
fn values_have_the_kind_of_their_field_and_ids_are_unique() {
    let snapshot = city();
    for one in Collection::all(snapshot) {
        let table = one.open(snapshot);
        assert!(!table.is_empty(), "{}", one.id);
        let mut values = Vec::new();
        let mut ids = BTreeSet::new();
        for row in 0..table.len() {
            table.values(row, &mut values);
            assert_eq!(values.len(), table.fields.len(), "{}", one.id);
            assert!(ids.insert(table.id(row).into_owned()), "{}: {} twice", one.id, table.id(row));
            for (field, value) in table.fields.iter().zip(&values) {
                let kind = match value {
                    Value::Null => continue,
                    Value::Text(_) => FieldKind::Text,
                    Value::Integer(_) => FieldKind::Integer,
                    Value::Number(_) => FieldKind::Number,
                    Value::Boolean(_) => FieldKind::Boolean,
                    Value::Date(_) => FieldKind::Date,
                };
                assert_eq!(kind, field.kind, "{}: {}", one.id, field.name);
            }
        }
        let names: BTreeSet<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), table.fields.len(), "{}", one.id);
        for lang in Lang::ALL {
            assert!(table.fields.iter().all(|field| !field.title(lang).is_empty()));
            assert!(!one.title(snapshot, lang).is_empty());
        }
    }
}

#[test]
fn khoroos_are_their_ground_step_for_step_and_turn_as_geojson_wants() {
    let snapshot = city();
    let found = collection(snapshot, "khoroos-2022");
    let view = snapshot.newest().expect("a vintage");
    assert_eq!(found.features.len(), 204);
    for (feature, ground) in found.features.iter().zip(view.geography.shapes.iter()) {
        let Some(GeometryValue::MultiPolygon { coordinates }) = feature.geometry.as_ref().map(|g| &g.value)
        else {
            panic!("{feature:?}")
        };
        assert_eq!(coordinates.len(), ground.0.len());
        for (polygon, expected) in coordinates.iter().zip(&ground.0) {
            for (nth, (ring, expected)) in polygon.iter().zip(expected.rings()).enumerate() {
                let steps: Vec<GridPoint> =
                    ring.iter().map(|at| GridPoint::from_degrees(at[0], at[1]).expect("degrees")).collect();
                assert_eq!(steps.first(), steps.last(), "a ring is closed");
                assert_eq!(&steps[..steps.len() - 1], expected.as_slice());
                let doubled: f64 =
                    ring.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]).sum();
                assert_eq!(doubled > 0.0, nth == 0, "ring {nth} turns the wrong way");
            }
        }
    }
}

#[test]
fn figures_are_those_of_the_map() {
    let snapshot = city();
    let found = collection(snapshot, "khoroos-2022");
    for measure in ["identifications", "replications", "replications_hosted"] {
        let asked = Asked { cycle: Some("2022"), vintage: Some("2022"), ..Asked::default() };
        let query = Query::read(snapshot, measure, &asked, Lang::En).expect("a question");
        let told = values(snapshot, &query).expect("values");
        assert_eq!(told.units.len(), found.features.len());
        let by_code: BTreeMap<&str, _> = told.units.iter().map(|unit| (unit.code.as_str(), unit)).collect();
        let mut sum = 0.0;
        for feature in &found.features {
            let property = |name: &str| feature.property(name).cloned().unwrap_or_default();
            let unit = by_code[property("code").as_str().expect("a code")];
            let cell = &unit.cells["2022"];
            let expected = cell.value.as_ref().and_then(serde_json::Number::as_f64);
            let value = property(&format!("{measure}_2022")).as_f64();
            assert_eq!(value, expected, "{measure} of {}", unit.code);
            sum += value.unwrap_or_default();
        }
        assert!(sum > 0.0, "{measure}");
    }
}

#[test]
fn a_file_says_of_itself_what_a_reader_has_to_know() {
    let snapshot = city();
    let found = collection(snapshot, "khoroos-2020");
    let told = found.foreign_members.expect("something about itself");
    assert_eq!(told["vintage"], "2020");
    assert_eq!(told["licence"], "заагаагүй");
    assert_eq!(told["illustrative"], true);
    assert_eq!(told["revision"], snapshot.revision.seq);
    assert!(told["published_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{told:?}");
    assert!(told["source"].as_str().is_some_and(|source| !source.is_empty()), "{told:?}");
    // A list of codes has no lines.
    let table = Collection::find(snapshot, "khoroos-2020").expect("there").open(snapshot);
    assert_eq!(found.features.len(), table.len());
    for (row, feature) in found.features.iter().enumerate() {
        let has_ground = !matches!(table.shape(row), Shape::None);
        assert_eq!(feature.geometry.is_some(), has_ground);
    }
}

#[test]
fn lines_and_records_have_the_features_of_the_collection() {
    let snapshot = city();
    for id in ["khoroos", "districts", "practices", "replications", "lineage", "khoroo-versions"] {
        let expected = collection(snapshot, id).features;
        let lines = written(snapshot, id, Format::GeoJsonLines, Options::default());
        let records = written(snapshot, id, Format::GeoJsonSequence, Options::default());
        let lines = String::from_utf8(lines).expect("UTF-8");
        let records = String::from_utf8(records).expect("UTF-8");
        assert_eq!(lines, records.replace('\u{1e}', ""));
        assert_eq!(records.matches("\u{1e}{").count(), expected.len(), "{id}");
        for (line, expected) in lines.lines().zip(&expected) {
            assert_eq!(&line.parse::<geojson::Feature>().expect("a feature"), expected);
        }
    }
}

#[test]
fn csv_has_the_rows_with_ground_as_asked() {
    let snapshot = city();
    let of = |options| {
        let bytes = written(snapshot, "khoroos", Format::Csv, options);
        csv::ReaderBuilder::new()
            .has_headers(true)
            .from_reader(bytes.as_slice())
            .into_deserialize::<BTreeMap<String, String>>()
            .collect::<Result<Vec<_>, _>>()
            .expect("CSV")
    };
    let rows = of(Options::default());
    assert_eq!(rows.len(), 204);
    assert!(rows.iter().all(|row| row["wkt"].starts_with("MULTIPOLYGON (((")), "{:?}", rows[0]);
    let view = snapshot.newest().expect("a vintage");
    for crs in [Crs::Wgs84, Crs::WebMercator, Crs::Utm(48)] {
        let rows = of(Options { crs, geometry: GeometryColumns::Point, ..Options::default() });
        for (row, khoroo) in rows.iter().zip(&view.geography.khoroos) {
            assert!(!row.contains_key("wkt"));
            let [x, y] = ["x", "y"].map(|axis| row[axis].parse::<f64>().expect("a number"));
            let (lon, lat) = crs.to_degrees(x, y);
            assert_eq!(
                view.khoroo_at(lon, lat).map(|idx| &view.geography.khoroos[idx].code),
                Some(&khoroo.code)
            );
        }
    }
    let marked = written(snapshot, "lineage", Format::Csv, Options { bom: true, ..Options::default() });
    assert!(marked.starts_with("\u{feff}from,to,".as_bytes()));
}
