//! CSV by RFC 4180: a header, commas, UTF-8; ground as one column of WKT, or as `x` and `y`.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::number::push_degrees;
use super::{GeometryColumns, Options};
use crate::features::{GeometryType, Shape, Table, Value};
use crate::geometry::label::interior_point;
use crate::geometry::projection::Crs;
use crate::model::{GridPoint, Ring};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Decimals of metres: a millimetre.
const METRE_DECIMALS: usize = 3;

pub fn write(
    table: &Table,
    geometry: GeometryType,
    options: &Options,
    out: &mut impl Write,
) -> io::Result<()> {
    if options.bom {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    let columns = if geometry == GeometryType::None { GeometryColumns::None } else { options.geometry };
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    for field in &table.fields {
        writer.write_field(&field.name)?;
    }
    match columns {
        GeometryColumns::Wkt => writer.write_field("wkt")?,
        GeometryColumns::Point => {
            writer.write_field("x")?;
            writer.write_field("y")?;
        }
        GeometryColumns::None => {}
    }
    writer.write_record(None::<&[u8]>)?;
    let (mut values, mut text) = (Vec::new(), String::new());
    for row in 0..table.len() {
        table.values(row, &mut values);
        for value in &values {
            write_value(value, &mut text, &mut writer)?;
        }
        let shape = table.shape(row);
        match columns {
            GeometryColumns::Wkt => writer.write_field(wkt(shape, options.crs))?,
            GeometryColumns::Point => {
                let [x, y] = point(shape).map_or_else(Default::default, |at| coordinates(at, options.crs));
                writer.write_field(x)?;
                writer.write_field(y)?;
            }
            GeometryColumns::None => {}
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn write_value(
    value: &Value<'_>,
    text: &mut String,
    writer: &mut ::csv::Writer<&mut impl Write>,
) -> ::csv::Result<()> {
    text.clear();
    let told = match value {
        Value::Null => Ok(()),
        Value::Text(words) => return writer.write_field(&**words),
        Value::Integer(number) => write!(text, "{number}"),
        Value::Number(number) => write!(text, "{number}"),
        Value::Boolean(truth) => write!(text, "{truth}"),
        Value::Date(day) => write!(text, "{day}"),
    };
    told.map_err(io::Error::other)?;
    writer.write_field(&*text)
}

/// The feature's own place, the middle of a line, or a place inside ground.
fn point(shape: Shape<'_>) -> Option<GridPoint> {
    match shape {
        Shape::None => None,
        Shape::Point(at) => Some(at),
        Shape::Line([a, b]) => Some(GridPoint::new(i32::midpoint(a.x, b.x), i32::midpoint(a.y, b.y))),
        Shape::MultiPolygon(ground) => interior_point(ground),
    }
}

fn wkt(shape: Shape<'_>, crs: Crs) -> String {
    let mut text = String::new();
    match shape {
        Shape::None => {}
        Shape::Point(at) => {
            text.push_str("POINT (");
            push_point(at, crs, &mut text);
            text.push(')');
        }
        Shape::Line(ends) => {
            text.push_str("LINESTRING ");
            push_list(ends, &mut text, |at, text| push_point(at, crs, text));
        }
        Shape::MultiPolygon(ground) => {
            let push_ring = |ring: &Ring, text: &mut String| {
                push_list(ring.iter().chain(ring.first()), text, |&at, text| push_point(at, crs, text));
            };
            text.push_str("MULTIPOLYGON ");
            push_list(&ground.0, &mut text, |polygon, text| push_list(polygon.rings(), text, push_ring));
        }
    }
    text
}

fn push_point(at: GridPoint, crs: Crs, text: &mut String) {
    let [x, y] = coordinates(at, crs);
    text.push_str(&x);
    text.push(' ');
    text.push_str(&y);
}

fn push_list<T>(items: impl IntoIterator<Item = T>, text: &mut String, push: impl Fn(T, &mut String)) {
    text.push('(');
    for (idx, item) in items.into_iter().enumerate() {
        if idx > 0 {
            text.push_str(", ");
        }
        push(item, text);
    }
    text.push(')');
}

fn coordinates(at: GridPoint, crs: Crs) -> [String; 2] {
    if crs == Crs::Wgs84 {
        return [at.x, at.y].map(|steps| {
            let mut bytes = Vec::with_capacity(12);
            push_degrees(steps, &mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
    }
    let (x, y) = crs.from_degrees(at.lon(), at.lat());
    [x, y].map(|metres| format!("{metres:.METRE_DECIMALS$}"))
}
