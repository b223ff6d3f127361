//! CSV by RFC 4180: a header, commas, UTF-8; ground as one column of WKT, or as `x` and `y`. Text that a spreadsheet
//! would compute has an apostrophe in front.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::place::{point, told};
use super::{Export, GeometryColumns, Shown, System};
use crate::features::{Axes, GeometryType, Shape, Table, Value};
use crate::model::{GridPoint, Ring};
use crate::text::quoted;

const BYTE_ORDER_MARK: &str = "\u{feff}";

pub fn write(export: &Export<'_>, table: &Table, out: &mut impl Write) -> io::Result<()> {
    let (options, geometry) = (&export.options, export.collection.geometry());
    if options.bom {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    let columns = if geometry == GeometryType::None { GeometryColumns::None } else { options.geometry };
    let system = System { crs: options.crs, axes: Axes::EastFirst };
    let part = Part { table, fields: (0..table.fields.len()).collect(), columns, system };
    part.write(0..table.len(), out)
}

/// Some rows as they are to be shown, ground as WKT: x before y, as readers of WKT take it whatever the system's axes
/// are.
pub fn write_shown(
    geometry: GeometryType,
    table: &Table,
    rows: &[u32],
    shown: &Shown,
    out: &mut impl Write,
) -> io::Result<()> {
    let has_ground = shown.geometry && geometry != GeometryType::None;
    let columns = if has_ground { GeometryColumns::Wkt } else { GeometryColumns::None };
    let fields = shown.fields.clone().unwrap_or_else(|| (0..table.fields.len()).collect());
    let system = System { axes: Axes::EastFirst, ..shown.system };
    let part = Part { table, fields, columns, system };
    part.write(rows.iter().map(|&row| row as usize), out)
}

/// What of each row is written.
struct Part<'a> {
    table: &'a Table,
    fields: Vec<usize>,
    columns: GeometryColumns,
    system: System,
}

impl Part<'_> {
    fn write(self, rows: impl Iterator<Item = usize>, out: &mut impl Write) -> io::Result<()> {
        let Self { table, fields, columns, system } = self;
        let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        for &at in &fields {
            writer.write_field(&table.fields[at].name)?;
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
        for row in rows {
            table.values(row, &mut values);
            for &at in &fields {
                write_value(&values[at], &mut text, &mut writer)?;
            }
            let shape = table.shape(row);
            match columns {
                GeometryColumns::Wkt => writer.write_field(wkt(shape, system))?,
                GeometryColumns::Point => {
                    let [x, y] = point(shape).map_or_else(Default::default, |at| placed(at, system));
                    writer.write_field(x)?;
                    writer.write_field(y)?;
                }
                GeometryColumns::None => {}
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.flush()
    }
}

fn write_value(
    value: &Value<'_>,
    text: &mut String,
    writer: &mut ::csv::Writer<&mut impl Write>,
) -> ::csv::Result<()> {
    if let Value::Text(words) = value {
        return writer.write_field(&*quoted(words));
    }
    text.clear();
    write!(text, "{value}").map_err(io::Error::other)?;
    writer.write_field(&*text)
}

fn wkt(shape: Shape<'_>, system: System) -> String {
    let mut text = String::new();
    match shape {
        Shape::None => {}
        Shape::Point(at) => {
            text.push_str("POINT (");
            push_point(at, system, &mut text);
            text.push(')');
        }
        Shape::Line(ends) => {
            text.push_str("LINESTRING ");
            push_list(ends, &mut text, |at, text| push_point(at, system, text));
        }
        Shape::MultiPolygon(ground) => {
            let push_ring = |ring: &Ring, text: &mut String| {
                push_list(ring.iter().chain(ring.first()), text, |&at, text| push_point(at, system, text));
            };
            text.push_str("MULTIPOLYGON ");
            push_list(&ground.0, &mut text, |polygon, text| push_list(polygon.rings(), text, push_ring));
        }
    }
    text
}

/// In the order of the axes.
fn placed(at: GridPoint, system: System) -> [String; 2] {
    let [x, y] = told(at, system.crs);
    match system.axes {
        Axes::EastFirst => [x, y],
        Axes::NorthFirst => [y, x],
    }
}

fn push_point(at: GridPoint, system: System, text: &mut String) {
    let [x, y] = placed(at, system);
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
