//! GeoJSON by RFC 7946: outer rings counter-clockwise, seven decimals, WGS 84.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Export;
use super::about::About;
use super::chunks::in_chunks;
use super::number::push_degrees;
use crate::features::{Shape, Table, Value};
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

/// Appends one feature.
pub fn push_feature(table: &Table, row: usize, into: &mut Vec<u8>) {
    into.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    push_json(&*table.id(row), into);
    into.extend_from_slice(b",\"geometry\":");
    push_shape(table.shape(row), into);
    into.extend_from_slice(b",\"properties\":{");
    let mut values = Vec::with_capacity(table.fields.len());
    table.values(row, &mut values);
    for (idx, (field, value)) in table.fields.iter().zip(&values).enumerate() {
        if idx > 0 {
            into.push(b',');
        }
        push_json(field.name.as_str(), into);
        into.push(b':');
        push_value(value, into);
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

fn push_shape(shape: Shape<'_>, into: &mut Vec<u8>) {
    match shape {
        Shape::None => into.extend_from_slice(b"null"),
        Shape::Point(at) => {
            into.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
            push_point(at, into);
            into.push(b'}');
        }
        Shape::Line(ends) => {
            into.extend_from_slice(b"{\"type\":\"LineString\",\"coordinates\":");
            push_list(ends, into, push_point);
            into.push(b'}');
        }
        Shape::MultiPolygon(ground) => {
            into.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
            push_list(&ground.0, into, |polygon, into| push_list(polygon.rings(), into, push_ring));
            into.push(b'}');
        }
    }
}

/// Rings of the grid are open and turn as GeoJSON wants.
fn push_ring(ring: &Ring, into: &mut Vec<u8>) {
    push_list(ring.iter().chain(ring.first()).copied(), into, push_point);
}

fn push_point(at: GridPoint, into: &mut Vec<u8>) {
    into.push(b'[');
    push_degrees(at.x, into);
    into.push(b',');
    push_degrees(at.y, into);
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
