//! Khoroos as GeoJSON, as every peer reads it.

use std::fmt::Write as _;
use std::fs;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use hlp_tracker::model::naming::CITY_DISTRICTS;
use hlp_tracker::model::{GridPoint, MultiPolygon, Polygon, Ring};
use serde_json::{Value, json};

use crate::server;

/// Writes units with `district` and `number`, seven decimals.
pub fn write(path: &Path, units: &[MultiPolygon]) {
    let per_district = units.len().div_ceil(CITY_DISTRICTS.len());
    let mut file = BufWriter::new(File::create(path).expect("a file to write"));
    write!(file, r#"{{"type":"FeatureCollection","features":["#).expect("disk");
    let mut text = String::new();
    for (i, unit) in units.iter().enumerate() {
        text.clear();
        let (district, number) = (CITY_DISTRICTS[i / per_district].code, i % per_district + 1);
        let _ = write!(
            text,
            r#"{}{{"type":"Feature","properties":{{"district":"{district}","number":{number}}},"geometry":{{"type":"MultiPolygon","coordinates":["#,
            if i == 0 { "" } else { ",\n" }
        );
        for (n, polygon) in unit.0.iter().enumerate() {
            text.push_str(if n == 0 { "[" } else { ",[" });
            for (n, ring) in polygon.rings().enumerate() {
                text.push_str(if n == 0 { "[" } else { ",[" });
                for (n, p) in ring.iter().chain(ring.first()).enumerate() {
                    let comma = if n == 0 { "" } else { "," };
                    let _ = write!(text, "{comma}[{},{}]", degrees(p.x), degrees(p.y));
                }
                text.push(']');
            }
            text.push(']');
        }
        text.push_str("]}}");
        file.write_all(text.as_bytes()).expect("disk");
    }
    file.write_all(b"]}\n").expect("disk");
    file.flush().expect("disk");
}

fn degrees(steps: i32) -> String {
    format!("{:.7}", f64::from(steps) / 1e7)
}

/// Writes the rows of a bare JSON array (`district`, `khoroo_number`, `geometry`) as such a file, geometries
/// untouched, and gives their shapes on the grid.
pub fn convert(array: &Path, to: &Path) -> Vec<MultiPolygon> {
    let text = fs::read_to_string(array).expect("readable");
    let rows: Vec<Value> = serde_json::from_str(&text).expect("an array");
    let code_of = |name: &Value| {
        let name = name.as_str().expect("a district's name");
        CITY_DISTRICTS.iter().find(|district| district.name_mn == name).expect("a district of the city").code
    };
    let feature = |row: &Value| {
        json!({
            "type": "Feature",
            "properties": {"district": code_of(&row["district"]), "number": row["khoroo_number"]},
            "geometry": row["geometry"],
        })
    };
    let features: Vec<Value> = rows.iter().map(feature).collect();
    fs::write(to, json!({"type": "FeatureCollection", "features": features}).to_string()).expect("disk");
    rows.iter().map(|row| shape(&row["geometry"])).collect()
}

fn shape(geometry: &Value) -> MultiPolygon {
    let list = |value: &Value| value.as_array().expect("coordinates").clone();
    let place = |p: &Value| {
        let at = |i: usize| p[i].as_f64().expect("a number");
        GridPoint::from_degrees(at(0), at(1)).expect("on the earth")
    };
    let polygon = |rings: &Value| {
        let mut rings = list(rings).into_iter().map(|ring| list(&ring).iter().map(place).collect::<Ring>());
        Polygon { exterior: rings.next().expect("an exterior"), interiors: rings.collect() }
    };
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Polygon") => MultiPolygon(vec![polygon(coordinates)]),
        Some("MultiPolygon") => MultiPolygon(list(coordinates).iter().map(polygon).collect()),
        other => panic!("unexpected geometry {other:?}"),
    }
}

/// Takes a file into a new store, cleaned.
pub fn ingest(folder: &Path, input: &Path, store: &Path) -> Command {
    let mut command = server::hlp(folder);
    command.arg("ingest").arg(input).arg("--store").arg(store);
    command.args([
        "--vintage",
        "2022",
        "--valid-from",
        "2022-01-01",
        "--resolve",
        "smaller",
        "--gaps",
        "fill",
    ]);
    command
}
