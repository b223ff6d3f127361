//! KML 2.3: a placemark a feature, with its values as untyped data.

use std::io::{self, Write};

use super::Export;
use super::about::About;
use super::chunks::in_chunks;
use super::number::push_degrees;
use crate::features::{Field, Shape, Table, Value};
use crate::model::{GridPoint, Lang, Ring};
use crate::text::xml;

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
    let heads = Heads::of(&table.fields, lang);
    in_chunks(table, out, |row, into| push_placemark(table, row, &heads, into))?;
    out.write_all(b"</Document>\n</kml>\n")
}

/// What of a placemark is the same for all.
struct Heads {
    /// Field that a feature is called by.
    name: Option<usize>,
    /// Up to the value, with the field's title.
    data: Vec<String>,
}

impl Heads {
    fn of(fields: &[Field], lang: Lang) -> Self {
        let called = [format!("name_{}", lang.tag()), format!("title_{}", lang.tag()), "title_mn".into()];
        let name = called.iter().find_map(|name| fields.iter().position(|field| field.name == *name));
        let data = |field: &Field| {
            let (name, title) = (xml(&field.name), xml(field.title(lang)));
            format!("<Data name=\"{name}\"><displayName>{title}</displayName><value>")
        };
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
    into.extend_from_slice(b"</name><styleUrl>#ground</styleUrl><ExtendedData>");
    for (head, value) in heads.data.iter().zip(&values).filter(|(_, value)| **value != Value::Null) {
        into.extend_from_slice(head.as_bytes());
        push_text(&value.to_string(), into);
        into.extend_from_slice(b"</value></Data>");
    }
    into.extend_from_slice(b"</ExtendedData>");
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
