//! FlatGeobuf with a packed R-tree, so that a reader fetches the features of a box alone.
//!
//! A feature without a place has none in the index and is left out; the header's metadata say how many these are.

use std::fs::File;
use std::io::{self, BufWriter};

use ::flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType as FgbType};
use geozero::{ColumnValue, PropertyProcessor as _};

use super::Export;
use super::about::About;
use super::place::geometry;
use crate::features::{Field, FieldKind, GeometryType, Shape, Table, Value};

pub fn write(export: &Export<'_>, table: &Table, out: File) -> io::Result<File> {
    let about = About::of(export);
    let placed: Vec<usize> =
        (0..table.len()).filter(|&row| !matches!(table.shape(row), Shape::None)).collect();
    let mut metadata = about.texts();
    metadata.insert("features_without_place".into(), (table.len() - placed.len()).to_string().into());
    let metadata = serde_json::to_string(&metadata)?;
    let options = FgbWriterOptions {
        crs: FgbCrs { org: Some("EPSG"), code: export.options.crs.epsg() as i32, ..FgbCrs::default() },
        title: Some(&about.title),
        metadata: Some(&metadata),
        ..FgbWriterOptions::default()
    };
    let kind = geometry_type(export.collection.geometry());
    let mut writer =
        FgbWriter::create_with_options(&export.collection.id, kind, options).map_err(io::Error::other)?;
    for field in &table.fields {
        let title = field.title(export.options.lang);
        writer.add_column(&field.name, column_type(field.kind), |fbb, column| {
            column.title = Some(fbb.create_string(title));
        });
    }
    let mut values = Vec::new();
    for row in placed {
        table.values(row, &mut values);
        let Some(ground) = geometry(table.shape(row), export.options.crs) else { continue };
        let mut added = Ok(());
        writer
            .add_feature_geom(ground, |feature| {
                added = add_values(&table.fields, &values, |idx, name, value| {
                    feature.property(idx, name, value).map(drop)
                });
            })
            .and(added)
            .map_err(io::Error::other)?;
    }
    let mut out = BufWriter::new(out);
    writer.write(&mut out).map_err(io::Error::other)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

/// What is unknown is not written, which readers take for null.
fn add_values(
    fields: &[Field],
    values: &[Value<'_>],
    mut add: impl FnMut(usize, &str, &ColumnValue<'_>) -> geozero::error::Result<()>,
) -> geozero::error::Result<()> {
    for (idx, (field, value)) in fields.iter().zip(values).enumerate() {
        let day;
        let value = match value {
            Value::Null => continue,
            Value::Text(text) => ColumnValue::String(text),
            Value::Integer(number) => ColumnValue::Long(*number),
            Value::Number(number) => ColumnValue::Double(*number),
            Value::Boolean(truth) => ColumnValue::Bool(*truth),
            Value::Date(date) => {
                day = date.to_string();
                ColumnValue::DateTime(&day)
            }
        };
        add(idx, &field.name, &value)?;
    }
    Ok(())
}

const fn geometry_type(geometry: GeometryType) -> FgbType {
    match geometry {
        GeometryType::None => FgbType::Unknown,
        GeometryType::Point => FgbType::Point,
        GeometryType::Line => FgbType::LineString,
        GeometryType::MultiPolygon => FgbType::MultiPolygon,
    }
}

const fn column_type(kind: FieldKind) -> ColumnType {
    match kind {
        FieldKind::Text => ColumnType::String,
        FieldKind::Integer => ColumnType::Long,
        FieldKind::Number => ColumnType::Double,
        FieldKind::Boolean => ColumnType::Bool,
        FieldKind::Date => ColumnType::DateTime,
    }
}
