//! GeoJSON by RFC 7946: outer rings counter-clockwise, seven decimals, WGS 84.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Export;
use super::about::About;
use super::chunks::in_chunks;
use super::number::push_degrees;
use super::place::push_metres;
use crate::features::{Axes, Shape, Table, Value};
use crate::geometry::projection::Crs;
use crate::model::{GridPoint, Ring};

/// Before each record of a sequence, RFC 8142.
const RECORD_SEPARATOR: u8 = 0x1e;

/// One feature collection; what it says of itself stands before the features.
pub fn write_collection(export: &Export<'_>, table: &Table, out: &mut impl Write) -> io::Result<()> {
    let mut head = json!({"type": "FeatureCollection", "name": export.collection.id});
    if let (Json::Object(head), Json::Object(about)) = (&mut head, About::of(export).json()) {
        head.extend(about);
        head.insert("numberReturned".into(), table.len().into());
    }
    let mut head = serde_json::to_vec(&head)?;
    // The features go into the same object.
    head.pop();
    head.extend_from_slice(b",\"features\":[\n");
    out.write_all(&head)?;
    in_chunks(table, out, |row, into| {
        push_feature(table, row, into);
        into.extend_from_slice(if row + 1 < table.len() { b",\n" } else { b"\n" });
    })?;
    out.write_all(b"]}\n")
}

/// A feature a line; as a sequence with a separator before each.
pub fn write_features(table: &Table, is_sequence: bool, out: &mut impl Write) -> io::Result<()> {
    in_chunks(table, out, |row, into| {
        if is_sequence {
            into.push(RECORD_SEPARATOR);
        }
        push_feature(table, row, into);
        into.push(b'\n');
    })
}

/// Which part of a feature is written, and how its coordinates are.
#[derive(Debug, Clone)]
pub struct Shown {
    pub system: System,
    /// Places among the fields, in their order; all of them if not told.
    pub fields: Option<Vec<usize>>,
    pub geometry: bool,
}

/// A reference system and the order of its axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System {
    pub crs: Crs,
    pub axes: Axes,
}

impl System {
    const GEOJSON: Self = Self { crs: Crs::Wgs84, axes: Axes::EastFirst };

    /// By any of the names that people and programs write: `32648`, `EPSG:32648`, `[EPSG:32648]`,
    /// `urn:ogc:def:crs:EPSG::32648`, `http://www.opengis.net/def/crs/EPSG/0/32648`, and likewise `CRS84`, which is
    /// EPSG:4326 with longitude first.
    pub fn named(name: &str) -> Option<Self> {
        let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
        let name = bare.to_ascii_lowercase();
        let after = |prefixes: [&str; 4]| prefixes.iter().find_map(|prefix| name.strip_prefix(prefix));
        let ogc = ["http://www.opengis.net/def/crs/ogc/1.3/", "urn:ogc:def:crs:ogc:1.3:", "ogc:", ""];
        if after(ogc) == Some("crs84") {
            return Some(Self::GEOJSON);
        }
        let epsg = ["http://www.opengis.net/def/crs/epsg/0/", "urn:ogc:def:crs:epsg::", "epsg:", ""];
        let code = after(epsg).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))?;
        let crs = Crs::from_epsg(code.parse().ok()?)?;
        let axes = if crs == Crs::Wgs84 { Axes::NorthFirst } else { Axes::EastFirst };
        Some(Self { crs, axes })
    }
}

/// Appends one feature.
fn push_feature(table: &Table, row: usize, into: &mut Vec<u8>) {
    push_feature_shown(table, row, &Shown { system: System::GEOJSON, fields: None, geometry: true }, into);
}

/// Appends what is to be shown of one feature.
pub fn push_feature_shown(table: &Table, row: usize, shown: &Shown, into: &mut Vec<u8>) {
    into.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    push_json(&*table.id(row), into);
    into.extend_from_slice(b",\"geometry\":");
    push_shape(if shown.geometry { table.shape(row) } else { Shape::None }, shown.system, into);
    into.extend_from_slice(b",\"properties\":{");
    let mut values = Vec::with_capacity(table.fields.len());
    table.values(row, &mut values);
    let mut push = |is_first: bool, at: usize| {
        if !is_first {
            into.push(b',');
        }
        push_json(table.fields[at].name.as_str(), into);
        into.push(b':');
        push_value(&values[at], into);
    };
    match &shown.fields {
        None => (0..values.len()).for_each(|at| push(at == 0, at)),
        Some(fields) => fields.iter().enumerate().for_each(|(place, &at)| push(place == 0, at)),
    }
    into.extend_from_slice(b"}}");
}

fn push_json(value: &(impl Serialize + ?Sized), into: &mut Vec<u8>) {
    serde_json::to_writer(into, value).expect("memory takes all that is no map with odd keys");
}

fn push_value(value: &Value<'_>, into: &mut Vec<u8>) {
    match value {
        Value::Null => into.extend_from_slice(b"null"),
        Value::Text(text) => push_json(&**text, into),
        Value::Integer(number) => push_json(number, into),
        Value::Number(number) => push_json(number, into),
        Value::Boolean(truth) => push_json(truth, into),
        Value::Date(day) => push_json(day, into),
    }
}

fn push_shape(shape: Shape<'_>, system: System, into: &mut Vec<u8>) {
    let point = |at, into: &mut Vec<u8>| push_point(at, system, into);
    // Rings of the grid are open and turn as GeoJSON wants.
    let ring = |ring: &Ring, into: &mut Vec<u8>| {
        push_list(ring.iter().chain(ring.first()).copied(), into, point);
    };
    match shape {
        Shape::None => into.extend_from_slice(b"null"),
        Shape::Point(at) => {
            into.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
            point(at, into);
            into.push(b'}');
        }
        Shape::Line(ends) => {
            into.extend_from_slice(b"{\"type\":\"LineString\",\"coordinates\":");
            push_list(ends, into, point);
            into.push(b'}');
        }
        Shape::MultiPolygon(ground) => {
            into.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
            push_list(&ground.0, into, |polygon, into| push_list(polygon.rings(), into, ring));
            into.push(b'}');
        }
    }
}

fn push_point(at: GridPoint, system: System, into: &mut Vec<u8>) {
    into.push(b'[');
    if system.crs == Crs::Wgs84 {
        let (first, second) = match system.axes {
            Axes::EastFirst => (at.x, at.y),
            Axes::NorthFirst => (at.y, at.x),
        };
        push_degrees(first, into);
        into.push(b',');
        push_degrees(second, into);
    } else {
        push_metres(at, system.crs, into);
    }
    into.push(b']');
}

fn push_list<T>(items: impl IntoIterator<Item = T>, into: &mut Vec<u8>, push: impl Fn(T, &mut Vec<u8>)) {
    into.push(b'[');
    for (idx, item) in items.into_iter().enumerate() {
        if idx > 0 {
            into.push(b',');
        }
        push(item, into);
    }
    into.push(b']');
}
