//! GeoParquet 1.1: a column a field, ground as WKB, and the box of each feature, by which readers skip row groups.
//!
//! Design: written through the columns of `parquet`; Arrow between would bring three times its crates for nothing.

mod projjson;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use geo::BoundingRect as _;
use geo_types::Rect;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::{Value as Json, json};

use super::Export;
use super::about::About;
use super::place::geometry;
use crate::features::{Field, FieldKind, GeometryType, Table, Value};
use crate::geometry::projection::Crs;
use crate::gpkg::wkb;

/// Rows that are in memory at a time, and that a reader can skip together.
const ROWS_OF_GROUP: usize = 4096;

const GEOMETRY: &str = "geometry";
const BOX: &str = "bbox";
const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// Level of a value that is there, and of one that is not.
const KNOWN: i16 = 1;
const UNKNOWN: i16 = 0;

type RowGroup<'a> = SerializedRowGroupWriter<'a, BufWriter<File>>;

pub fn write(export: &Export<'_>, table: &Table, out: File) -> io::Result<File> {
    let written = write_to(export, table, BufWriter::new(out)).map_err(io::Error::other)?;
    written.into_inner().map_err(io::IntoInnerError::into_error)
}

fn write_to(
    export: &Export<'_>,
    table: &Table,
    out: BufWriter<File>,
) -> Result<BufWriter<File>, ParquetError> {
    let kind = geometry_word(export.collection.geometry());
    let schema = Arc::new(schema(&table.fields, kind.is_some())?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("hlp".to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut whole = None;
    for start in (0..table.len()).step_by(ROWS_OF_GROUP) {
        let rows = start..table.len().min(start + ROWS_OF_GROUP);
        let mut group = writer.next_row_group()?;
        write_fields(table, rows.clone(), &mut group)?;
        if kind.is_some() {
            let around = write_ground(export.options.crs, table, rows, &mut group)?;
            whole = joined(whole, around);
        }
        group.close()?;
    }
    let told = |key: &str, json: &Json| KeyValue::new(key.to_owned(), json.to_string());
    writer.append_key_value_metadata(told("about", &About::of(export).json()));
    if let Some(kind) = kind {
        writer.append_key_value_metadata(told("geo", &geo(export.options.crs, kind, whole)));
    }
    let mut out = writer.into_inner()?;
    out.flush()?;
    Ok(out)
}

fn schema(fields: &[Field], has_ground: bool) -> Result<Type, ParquetError> {
    let column = |name: &str, physical, repetition, logical| {
        let column = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        column.with_logical_type(logical).build().map(Arc::new)
    };
    let of_field = |field: &Field| {
        let (physical, logical) = match field.kind {
            FieldKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            FieldKind::Integer => (Physical::INT64, None),
            FieldKind::Number => (Physical::DOUBLE, None),
            FieldKind::Boolean => (Physical::BOOLEAN, None),
            FieldKind::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        column(&field.name, physical, Repetition::OPTIONAL, logical)
    };
    let mut columns = fields.iter().map(of_field).collect::<Result<Vec<_>, _>>()?;
    if has_ground {
        columns.push(column(GEOMETRY, Physical::BYTE_ARRAY, Repetition::OPTIONAL, None)?);
        let side = |name| column(name, Physical::DOUBLE, Repetition::REQUIRED, None);
        let sides = SIDES.map(side).into_iter().collect::<Result<Vec<_>, _>>()?;
        let sides = Type::group_type_builder(BOX).with_repetition(Repetition::OPTIONAL).with_fields(sides);
        columns.push(Arc::new(sides.build()?));
    }
    Type::group_type_builder("schema").with_fields(columns).build()
}

/// A column's values that are known, and which are.
struct Cells<T> {
    known: Vec<T>,
    levels: Vec<i16>,
}

impl<T> Cells<T> {
    fn of(cells: impl Iterator<Item = Option<T>>) -> Self {
        let mut all = Self { known: Vec::new(), levels: Vec::new() };
        for cell in cells {
            all.levels.push(if cell.is_some() { KNOWN } else { UNKNOWN });
            all.known.extend(cell);
        }
        all
    }

    fn write<P>(&self, group: &mut RowGroup<'_>) -> Result<(), ParquetError>
    where
        P: parquet::data_type::DataType<T = T>,
    {
        let mut column = group.next_column()?.expect("the schema has a column for each");
        column.typed::<P>().write_batch(&self.known, Some(&self.levels), None)?;
        column.close()
    }
}

fn write_fields(
    table: &Table,
    rows: std::ops::Range<usize>,
    group: &mut RowGroup<'_>,
) -> Result<(), ParquetError> {
    let read: Vec<Vec<Value<'_>>> = rows
        .map(|row| {
            let mut values = Vec::with_capacity(table.fields.len());
            table.values(row, &mut values);
            values
        })
        .collect();
    for (idx, field) in table.fields.iter().enumerate() {
        let cells = read.iter().map(|row| &row[idx]);
        match field.kind {
            FieldKind::Text => Cells::of(cells.map(|value| match value {
                Value::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
                _ => None,
            }))
            .write::<ByteArrayType>(group),
            FieldKind::Integer => Cells::of(cells.map(|value| match value {
                Value::Integer(number) => Some(*number),
                _ => None,
            }))
            .write::<Int64Type>(group),
            FieldKind::Number => Cells::of(cells.map(|value| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            }))
            .write::<DoubleType>(group),
            FieldKind::Boolean => Cells::of(cells.map(|value| match value {
                Value::Boolean(truth) => Some(*truth),
                _ => None,
            }))
            .write::<BoolType>(group),
            FieldKind::Date => Cells::of(cells.map(|value| match value {
                Value::Date(day) => Some(days_since_1970(*day)),
                _ => None,
            }))
            .write::<Int32Type>(group),
        }?;
    }
    Ok(())
}

/// Returns the box around all of it.
fn write_ground(
    crs: Crs,
    table: &Table,
    rows: std::ops::Range<usize>,
    group: &mut RowGroup<'_>,
) -> Result<Option<Rect>, ParquetError> {
    let ground: Vec<_> = rows.map(|row| geometry(table.shape(row), crs)).collect();
    let boxes: Vec<Option<Rect>> =
        ground.iter().map(|ground| ground.as_ref().and_then(geo::BoundingRect::bounding_rect)).collect();
    let bytes = ground.iter().map(|ground| ground.as_ref().map(|ground| wkb::encode(ground).into()));
    Cells::<ByteArray>::of(bytes).write::<ByteArrayType>(group)?;
    for side in 0..SIDES.len() {
        Cells::of(boxes.iter().map(|around| around.map(|around| sides(around)[side])))
            .write::<DoubleType>(group)?;
    }
    Ok(boxes.into_iter().fold(None, joined))
}

fn sides(around: Rect) -> [f64; 4] {
    [around.min().x, around.min().y, around.max().x, around.max().y]
}

fn joined(a: Option<Rect>, b: Option<Rect>) -> Option<Rect> {
    let (Some(a), Some(b)) = (a, b) else { return a.or(b) };
    geo_types::MultiPoint::from(vec![a.min(), a.max(), b.min(), b.max()]).bounding_rect()
}

fn days_since_1970(day: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).expect("all civil days are so many apart").get_days()
}

const fn geometry_word(geometry: GeometryType) -> Option<&'static str> {
    match geometry {
        GeometryType::None => None,
        GeometryType::Point => Some("Point"),
        GeometryType::Line => Some("LineString"),
        GeometryType::MultiPolygon => Some("MultiPolygon"),
    }
}

/// What GeoParquet 1.1 says of its columns.
fn geo(crs: Crs, kind: &str, whole: Option<Rect>) -> Json {
    let covering: serde_json::Map<String, Json> =
        SIDES.iter().map(|side| ((*side).to_owned(), json!([BOX, side]))).collect();
    let mut column = json!({
        "encoding": "WKB",
        "geometry_types": [kind],
        "orientation": "counterclockwise",
        "covering": {"bbox": covering},
        "crs": projjson::of(crs),
    });
    if let Some(whole) = whole {
        column["bbox"] = json!(sides(whole));
    }
    json!({"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}})
}
