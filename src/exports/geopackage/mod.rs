//! A GeoPackage: a layer a collection, each with its spatial index, what it is, and styles by which QGIS colours it.

mod styles;

use std::fs::File;
use std::io;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::Export;
use super::about::About;
use super::place::geometry;
use crate::features::{Field, FieldKind, GeometryType, Table, Value};
use crate::geometry::projection::Crs;
use crate::gpkg::container::{self, FeatureLayer};
use crate::gpkg::{blob, wkb};

const ID: &str = "fid";
const GEOMETRY: &str = "geom";

/// Writes a layer for each of `exports`, in their order. The file is the caller's to remove.
pub fn write(exports: &[Export<'_>]) -> io::Result<File> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("export.gpkg");
    write_to(&path, exports).map_err(io::Error::other)?;
    // Open, it stays readable when its name is gone.
    File::open(&path)
}

fn write_to(path: &Path, exports: &[Export<'_>]) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    // Nobody reads it before it is whole, and a half written one is thrown away.
    connection.pragma_update(None, "journal_mode", "off")?;
    connection.pragma_update(None, "synchronous", "off")?;
    blob::register_functions(&connection)?;
    let transaction = connection.transaction()?;
    container::initialise(&transaction)?;
    for export in exports {
        write_layer(&transaction, export)?;
    }
    styles::write(&transaction, exports)?;
    if let Some(first) = exports.first() {
        // All are of one snapshot, and equal snapshots give equal bytes.
        transaction.execute(
            "update gpkg_contents set last_change = strftime('%Y-%m-%dT%H:%M:%fZ', ?1)",
            [&About::of(first).published_at],
        )?;
    }
    transaction.commit()
}

fn write_layer(connection: &Connection, export: &Export<'_>) -> rusqlite::Result<()> {
    let (collection, crs) = (export.collection, export.options.crs);
    let table = collection.open(export.snapshot);
    let name = &collection.id;
    let geometry_type = geometry_word(collection.geometry());
    let mut columns = vec![format!("\"{ID}\" integer primary key autoincrement not null")];
    columns.extend(geometry_type.map(|word| format!("\"{GEOMETRY}\" {word}")));
    let column = |field: &Field| format!("\"{}\" {}", field.name.replace('"', "\"\""), sql_type(field.kind));
    columns.extend(table.fields.iter().map(column));
    connection.execute_batch(&format!("create table \"{name}\" ({})", columns.join(", ")))?;
    write_rows(connection, name, &table, geometry_type.map(|_| crs))?;

    let about = About::of(export);
    let told: Vec<String> =
        about.lines(export.options.lang).iter().map(|(label, words)| format!("{label}: {words}")).collect();
    let description = told.join("\n");
    if let Some(geometry_type) = geometry_type {
        container::add_reference_system(connection, crs)?;
        container::register_features(
            connection,
            &FeatureLayer {
                table: name,
                id_column: ID,
                geometry_column: GEOMETRY,
                geometry_type,
                srs_id: crs.epsg() as i32,
                description: &description,
                indexed: true,
            },
        )?;
        container::update_extent(connection, name, GEOMETRY, &[])?;
    } else {
        container::register_attributes(connection, name, &description)?;
    }
    connection
        .execute("update gpkg_contents set identifier = ?2 where table_name = ?1", (name, &about.title))?;
    Ok(())
}

fn write_rows(
    connection: &Connection,
    name: &str,
    table: &Table,
    ground_in: Option<Crs>,
) -> rusqlite::Result<()> {
    let n_values = 1 + usize::from(ground_in.is_some()) + table.fields.len();
    let marks = vec!["?"; n_values].join(", ");
    let mut insert = connection.prepare(&format!("insert into \"{name}\" values ({marks})"))?;
    let mut values = Vec::new();
    for row in 0..table.len() {
        table.values(row, &mut values);
        let mut cells = Vec::with_capacity(n_values);
        cells.push(ToSqlOutput::Owned(Sql::Integer(row as i64 + 1)));
        cells.extend(ground_in.map(|crs| {
            let ground = geometry(table.shape(row), crs).map(|ground| {
                let ground = wkb::encode(&ground);
                Sql::Blob(blob::wrap_in(&ground, crs.epsg() as i32).expect("our own WKB is well formed"))
            });
            ToSqlOutput::Owned(ground.unwrap_or(Sql::Null))
        }));
        cells.extend(values.iter().map(cell));
        insert.execute(params_from_iter(cells.iter().map(|cell| cell as &dyn ToSql)))?;
    }
    Ok(())
}

const fn geometry_word(geometry: GeometryType) -> Option<&'static str> {
    match geometry {
        GeometryType::None => None,
        GeometryType::Point => Some("POINT"),
        GeometryType::Line => Some("LINESTRING"),
        GeometryType::MultiPolygon => Some("MULTIPOLYGON"),
    }
}

const fn sql_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Integer => "integer",
        FieldKind::Number => "double",
        FieldKind::Boolean => "boolean",
        FieldKind::Date => "date",
    }
}

fn cell<'a>(value: &'a Value<'_>) -> ToSqlOutput<'a> {
    match value {
        Value::Null => ToSqlOutput::Owned(Sql::Null),
        Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Value::Integer(number) => ToSqlOutput::Owned(Sql::Integer(*number)),
        Value::Number(number) => ToSqlOutput::Owned(Sql::Real(*number)),
        Value::Boolean(truth) => ToSqlOutput::Owned(Sql::Integer((*truth).into())),
        Value::Date(day) => ToSqlOutput::Owned(Sql::Text(day.to_string())),
    }
}
