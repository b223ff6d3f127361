//! XLSX: rows on one sheet, what they are and what their columns mean on another.
//!
//! Cells are written row by row and leave memory as they are ready.

use std::fs::File;
use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Export;
use super::about::About;
use super::cells::{Cell, Column, Formats, fill};
use super::place::{metres_or_degrees, point};
use crate::features::{Field, FieldKind, GeometryType, Table, Value};
use crate::model::Lang;

/// Characters that a cell can hold.
const CELL_CHARS_MAX: usize = 32_767;

pub fn write(export: &Export<'_>, table: &Table, mut out: File) -> io::Result<File> {
    let mut book = book(export, table).map_err(io::Error::other)?;
    book.save_to_writer(&mut out).map_err(io::Error::other)?;
    Ok(out)
}

fn book(export: &Export<'_>, table: &Table) -> Result<Workbook, XlsxError> {
    let lang = export.options.lang;
    let about = About::of(export);
    let mut book = Workbook::new();
    let published = ExcelDateTime::from_timestamp(export.snapshot.revision.published_at)?;
    book.set_properties(&DocProperties::new().set_title(&about.title).set_creation_datetime(&published));
    let formats = Formats::new();
    let has_place = export.collection.geometry() != GeometryType::None;
    let mut columns: Vec<Column<'_>> =
        table.fields.iter().map(|field| (field.title(lang), width(field.kind))).collect();
    if has_place {
        columns.extend([("x", 14.0), ("y", 14.0)]);
    }
    let rows = (0..table.len()).map(|row| {
        let mut values = Vec::with_capacity(columns.len());
        table.values(row, &mut values);
        let mut cells: Vec<Cell> = values.iter().map(cell).collect();
        if has_place {
            let at = point(table.shape(row)).map(|at| metres_or_degrees(at, export.options.crs));
            cells.extend(at.map_or([Cell::Empty, Cell::Empty], |at| at.map(Cell::Plain)));
        }
        cells
    });
    let sheet = book.add_worksheet_with_constant_memory()?.set_name(&export.collection.id)?;
    fill(sheet, &columns, rows, &formats)?;
    let about_columns = about_columns(lang);
    let sheet = book.add_worksheet_with_constant_memory()?.set_name(about_columns[0].0)?;
    fill(sheet, &about_columns, about_rows(export, &about, &table.fields), &formats)?;
    Ok(book)
}

const fn width(kind: FieldKind) -> f64 {
    match kind {
        FieldKind::Text => 24.0,
        FieldKind::Integer | FieldKind::Number | FieldKind::Date => 14.0,
        FieldKind::Boolean => 10.0,
    }
}

fn cell(value: &Value<'_>) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Text(text) => Cell::text(text.chars().take(CELL_CHARS_MAX).collect::<String>()),
        Value::Integer(number) => Cell::Plain(*number as f64),
        Value::Number(number) => Cell::Plain(*number),
        Value::Boolean(truth) => Cell::YesNo(*truth),
        Value::Date(day) => Cell::Day(*day),
    }
}

const fn about_columns(lang: Lang) -> [Column<'static>; 2] {
    match lang {
        Lang::Mn => [("Тухай", 34.0), ("Утга", 70.0)],
        Lang::En => [("About", 34.0), ("Meaning", 70.0)],
    }
}

fn about_rows(export: &Export<'_>, about: &About<'_>, fields: &[Field]) -> Vec<Vec<Cell>> {
    let lang = export.options.lang;
    let lines =
        about.lines(lang).into_iter().map(|(label, words)| vec![Cell::text(label), Cell::text(words)]);
    let system = format!("EPSG:{}", export.options.crs.epsg());
    let system = std::iter::once(vec![Cell::text("x, y"), Cell::text(system)]);
    // The names by which other files and the API know the columns.
    let fields =
        fields.iter().map(|field| vec![Cell::text(field.title(lang)), Cell::text(field.name.as_str())]);
    lines.chain(system).chain(fields).collect()
}
