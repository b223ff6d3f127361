//! KML 2.2: a placemark a feature, with its values as a schema of the document types them.

use std::io::{self, Write};

use super::Export;
use super::about::About;
use super::chunks::in_chunks;
use super::number::push_degrees;
use crate::features::{Field, FieldKind, Shape, Table, Value};
use crate::model::{GridPoint, Lang, Ring};
use crate::text::xml;

/// Id of the document's only schema.
const SCHEMA: &str = "fields";

pub fn write(export: &Export<'_>, table: &Table, out: &mut impl Write) -> io::Result<()> {
    let lang = export.options.lang;
    let about = About::of(export);
    let told: Vec<String> =
        about.lines(lang).iter().map(|(label, words)| format!("{label}: {words}")).collect();
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>{}</name>\n<description>{}</description>\n\
         <Style id=\"ground\"><LineStyle><width>1</width></LineStyle><PolyStyle><fill>0</fill></PolyStyle></Style>\n",
        xml(&about.title),
        xml(&told.join("\n")),
    )?;
    out.write_all(schema(export, table).as_bytes())?;
    let heads = Heads::of(&table.fields, lang);
    in_chunks(table, out, |row, into| push_placemark(table, row, &heads, into))?;
    out.write_all(b"</Document>\n</kml>\n")
}

/// Name, type and title of every field, also of one that no feature knows.
fn schema(export: &Export<'_>, table: &Table) -> String {
    let is_large = has_large(table);
    let field = |(field, is_large): (&Field, bool)| {
        let kind = match field.kind {
            // Days have no type of their own.
            FieldKind::Text | FieldKind::Date => "string",
            FieldKind::Integer if is_large => "double",
            FieldKind::Integer => "int",
            FieldKind::Number => "double",
            FieldKind::Boolean => "bool",
        };
        let (name, title) = (xml(&field.name), xml(field.title(export.options.lang)));
        format!(
            "<SimpleField type=\"{kind}\" name=\"{name}\"><displayName>{title}</displayName></SimpleField>\n"
        )
    };
    let fields: String = table.fields.iter().zip(is_large).map(field).collect();
    format!("<Schema name=\"{}\" id=\"{SCHEMA}\">\n{fields}</Schema>\n", xml(&export.collection.id))
}

/// Of each field, whether it has a whole number beyond the 32 bits of `int`.
fn has_large(table: &Table) -> Vec<bool> {
    let mut found = vec![false; table.fields.len()];
    let mut values = Vec::with_capacity(found.len());
    for row in 0..table.len() {
        table.values(row, &mut values);
        for (found, value) in found.iter_mut().zip(&values) {
            *found |= matches!(value, Value::Integer(number) if i32::try_from(*number).is_err());
        }
    }
    found
}

/// What of a placemark is the same for all.
struct Heads {
    /// Field that a feature is called by.
    name: Option<usize>,
    /// Up to the value.
    data: Vec<String>,
}

impl Heads {
    fn of(fields: &[Field], lang: Lang) -> Self {
        let called = [format!("name_{}", lang.tag()), format!("title_{}", lang.tag()), "title_mn".into()];
        let name = called.iter().find_map(|name| fields.iter().position(|field| field.name == *name));
        let data = |field: &Field| format!("<SimpleData name=\"{}\">", xml(&field.name));
        Self { name, data: fields.iter().map(data).collect() }
    }
}

fn push_placemark(table: &Table, row: usize, heads: &Heads, into: &mut Vec<u8>) {
    let mut values = Vec::with_capacity(table.fields.len());
    table.values(row, &mut values);
    let id = table.id(row);
    let name = heads.name.and_then(|at| match &values[at] {
        Value::Text(name) => Some(&**name),
        _ => None,
    });
    into.extend_from_slice(b"<Placemark><name>");
    push_text(name.unwrap_or(&id), into);
    let head =
        format!("</name><styleUrl>#ground</styleUrl><ExtendedData><SchemaData schemaUrl=\"#{SCHEMA}\">");
    into.extend_from_slice(head.as_bytes());
    for (head, value) in heads.data.iter().zip(&values).filter(|(_, value)| **value != Value::Null) {
        into.extend_from_slice(head.as_bytes());
        match value {
            // GDAL 3.6 and QGIS with it read `true` as 0.
            Value::Boolean(truth) => into.push(if *truth { b'1' } else { b'0' }),
            other => push_text(&other.to_string(), into),
        }
        into.extend_from_slice(b"</SimpleData>");
    }
    into.extend_from_slice(b"</SchemaData></ExtendedData>");
    push_shape(table.shape(row), into);
    into.extend_from_slice(b"</Placemark>\n");
}

fn push_text(text: &str, into: &mut Vec<u8>) {
    into.extend_from_slice(xml(text).as_bytes());
}

fn push_shape(shape: Shape<'_>, into: &mut Vec<u8>) {
    match shape {
        Shape::None => {}
        Shape::Point(at) => push_points("Point", &[at], false, into),
        Shape::Line(ends) => push_points("LineString", &ends, false, into),
        Shape::MultiPolygon(ground) => {
            into.extend_from_slice(b"<MultiGeometry>");
            for polygon in &ground.0 {
                into.extend_from_slice(b"<Polygon>");
                push_boundary("outerBoundaryIs", &polygon.exterior, into);
                for hole in &polygon.interiors {
                    push_boundary("innerBoundaryIs", hole, into);
                }
                into.extend_from_slice(b"</Polygon>");
            }
            into.extend_from_slice(b"</MultiGeometry>");
        }
    }
}

fn push_boundary(element: &str, ring: &Ring, into: &mut Vec<u8>) {
    into.extend_from_slice(format!("<{element}>").as_bytes());
    push_points("LinearRing", ring, true, into);
    into.extend_from_slice(format!("</{element}>").as_bytes());
}

/// - `is_closed`: the first point follows the last again.
fn push_points(element: &str, points: &[GridPoint], is_closed: bool, into: &mut Vec<u8>) {
    into.extend_from_slice(format!("<{element}><coordinates>").as_bytes());
    let again = points.first().filter(|_| is_closed);
    for (idx, at) in points.iter().chain(again).enumerate() {
        if idx > 0 {
            into.push(b' ');
        }
        push_degrees(at.x, into);
        into.push(b',');
        push_degrees(at.y, into);
    }
    into.extend_from_slice(format!("</coordinates></{element}>").as_bytes());
}
