//! Making a GeoPackage, and telling other programs what is in it.
//!
//! Works on an open connection inside the caller's transaction, so that a file is a complete
//! GeoPackage or was never made.
//!
//! Design: version 1.3 of the standard is declared, because GDAL 3.6 (Debian 12, QGIS 3.22) knows no
//! later one; the R-tree triggers are those of 1.4, which also stand upserts.

use geopackage_core::{ddl, triggers, version};
use rusqlite::{Connection, params};

use crate::geometry::projection::Crs;

/// Declared in `user_version`: 1.3.0.
const USER_VERSION: u32 = 10_300;

/// A table with a geometry column, as QGIS lists it.
#[derive(Debug, Clone, Copy)]
pub struct FeatureLayer<'a> {
    pub table: &'a str,
    /// Its integer primary key.
    pub id_column: &'a str,
    pub geometry_column: &'a str,
    /// `MULTIPOLYGON`, `LINESTRING`, `POINT`.
    pub geometry_type: &'a str,
    /// One that the file knows.
    pub srs_id: i32,
    pub description: &'a str,
    /// False for a view, which can have no index of its own.
    pub indexed: bool,
}

/// Makes an empty database a GeoPackage: identity, metadata tables, the reference systems.
pub fn initialise(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", version::APPLICATION_ID_GPKG)?;
    connection.pragma_update(None, "user_version", USER_VERSION)?;
    for table in [
        ddl::CREATE_GPKG_SPATIAL_REF_SYS,
        ddl::CREATE_GPKG_CONTENTS,
        ddl::CREATE_GPKG_GEOMETRY_COLUMNS,
        ddl::CREATE_GPKG_EXTENSIONS,
    ] {
        connection.execute_batch(table)?;
    }
    for row in ddl::SEED_SPATIAL_REF_SYS {
        connection.execute_batch(row)?;
    }
    Ok(())
}

/// True when the file says of itself that it is a GeoPackage and has the tables every one has.
pub fn is_geopackage(connection: &Connection) -> rusqlite::Result<bool> {
    let application_id: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let user_version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version::GpkgVersion::from_pragmas(application_id, user_version).is_none() {
        return Ok(false);
    }
    let n_tables: i64 = connection.query_row(
        "select count(*) from sqlite_master \
         where type = 'table' and name in ('gpkg_spatial_ref_sys', 'gpkg_contents')",
        [],
        |row| row.get(0),
    )?;
    Ok(n_tables == 2)
}

/// Tells of a reference system, if the file does not know it yet; its `srs_id` is the code of EPSG.
pub fn add_reference_system(connection: &Connection, crs: Crs) -> rusqlite::Result<()> {
    connection.execute(
        "insert or ignore into gpkg_spatial_ref_sys \
         (srs_name, srs_id, organization, organization_coordsys_id, definition) values (?1, ?2, 'EPSG', ?2, ?3)",
        params![format!("EPSG:{}", crs.epsg()), crs.epsg(), crs.wkt()],
    )?;
    Ok(())
}

/// Lists a feature table or view with its spatial index.
pub fn register_features(connection: &Connection, layer: &FeatureLayer<'_>) -> rusqlite::Result<()> {
    connection.execute(
        "insert into gpkg_contents (table_name, data_type, identifier, description, srs_id) \
         values (?1, 'features', ?1, ?2, ?3)",
        params![layer.table, layer.description, layer.srs_id],
    )?;
    connection.execute(
        "insert into gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m) \
         values (?1, ?2, ?3, ?4, 0, 0)",
        params![layer.table, layer.geometry_column, layer.geometry_type, layer.srs_id],
    )?;
    if !layer.indexed {
        return Ok(());
    }
    let (table, column, id) = (layer.table, layer.geometry_column, layer.id_column);
    connection.execute(
        "insert into gpkg_extensions (table_name, column_name, extension_name, definition, scope) \
         values (?1, ?2, ?3, ?4, ?5)",
        params![
            table,
            column,
            triggers::EXTENSION_NAME,
            triggers::EXTENSION_DEFINITION,
            triggers::EXTENSION_SCOPE
        ],
    )?;
    let named = "a layer's own names can be quoted";
    connection.execute_batch(&triggers::create_rtree_table_sql(table, column).expect(named))?;
    connection.execute_batch(&triggers::populate_rtree_sql(table, column, id).expect(named))?;
    for trigger in triggers::create_triggers_sql(table, column, id).expect(named) {
        connection.execute_batch(&trigger)?;
    }
    Ok(())
}

/// Lists a table or view without geometry.
pub fn register_attributes(connection: &Connection, table: &str, description: &str) -> rusqlite::Result<()> {
    connection.execute(
        "insert into gpkg_contents (table_name, data_type, identifier, description, srs_id) \
         values (?1, 'attributes', ?1, ?2, 0)",
        params![table, description],
    )?;
    Ok(())
}

/// Writes the time of the last change of a listed table.
pub fn touch(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    connection.execute(
        "update gpkg_contents set last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') where table_name = ?1",
        [table],
    )?;
    Ok(())
}

/// Writes the box of all geometries of `table` for it and for every listed name in `also`.
///
/// Reads every geometry's header: the index holds 32-bit boxes, up to a metre too large here.
pub fn update_extent(
    connection: &Connection,
    table: &str,
    geometry_column: &str,
    also: &[&str],
) -> rusqlite::Result<()> {
    let named = "a layer's own names can be quoted";
    let (quoted, column) = (
        geopackage_core::ident::quote(table).expect(named),
        geopackage_core::ident::quote(geometry_column).expect(named),
    );
    let extent: [Option<f64>; 4] = connection.query_row(
        &format!(
            "select min(ST_MinX({column})), min(ST_MinY({column})), max(ST_MaxX({column})), \
             max(ST_MaxY({column})) from {quoted}"
        ),
        [],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
    )?;
    for name in std::iter::once(&table).chain(also) {
        connection.execute(
            "update gpkg_contents set min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 where table_name = ?1",
            params![name, extent[0], extent[1], extent[2], extent[3]],
        )?;
    }
    Ok(())
}
