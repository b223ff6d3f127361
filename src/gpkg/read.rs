//! GeoPackages that others made: their feature layers, attributes and geometries, as they are.
//!
//! [`open`] never writes to the file. Geometry is handed on as well-known binary in the layer's own
//! reference system; what columns mean is for the caller to find out.

use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::{blob, container};

/// Why a GeoPackage could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("`{path}` is not a GeoPackage: {reason}")]
    NotGeoPackage { path: PathBuf, reason: String },
    #[error("`{path}` cannot be read: {source}")]
    Sqlite { path: PathBuf, source: rusqlite::Error },
    #[error("layer `{layer}`, row {row_id}: {source}")]
    Geometry { layer: String, row_id: i64, source: blob::BlobError },
}

/// An open file.
#[derive(Debug)]
pub struct Package {
    path: PathBuf,
    connection: Connection,
}

/// A feature table or view of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub name: String,
    /// `identifier` of the contents table, a title for people.
    pub title: Option<String>,
    pub geometry_column: String,
    /// Declared type, upper case, such as `MULTIPOLYGON` or `GEOMETRY`.
    pub geometry_type: String,
    pub srs: Srs,
    /// All columns but the geometry, in their order.
    pub columns: Vec<String>,
}

/// A row of the file's reference systems.
#[derive(Debug, Clone, PartialEq)]
pub struct Srs {
    /// The file's own number; -1 is undefined Cartesian, 0 undefined geographic.
    pub id: i32,
    /// `EPSG`, as the file writes it.
    pub organization: String,
    /// Number within the organization.
    pub code: i32,
    /// WKT 1.
    pub definition: String,
}

/// A cell that is no geometry.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    /// Bytes without a meaning here.
    Blob,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    pub row_id: i64,
    /// Column and cell, in the order of [`Layer::columns`].
    pub attributes: Vec<(String, Value)>,
    /// ISO WKB in the layer's reference system; `None` when the cell is NULL.
    pub wkb: Option<Vec<u8>>,
}

/// Opens a file for reading only.
pub fn open(path: &Path) -> Result<Package, ReadError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |source| failure(path, source);
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    if !container::is_geopackage(&connection).map_err(failed)? {
        let reason = "it is an SQLite file without a GeoPackage's identity and tables".into();
        return Err(ReadError::NotGeoPackage { path: path.into(), reason });
    }
    Ok(Package { path: path.into(), connection })
}

impl Package {
    /// Feature layers in the order of their names.
    pub fn layers(&self) -> Result<Vec<Layer>, ReadError> {
        self.find_layers().map_err(|source| failure(&self.path, source))
    }

    /// Rows in the order of their ids, read one at a time. A bad geometry is an `Err` for its row;
    /// the rows after it still come.
    pub fn rows<'p>(
        &'p self,
        layer: &'p Layer,
    ) -> Result<impl Iterator<Item = Result<Feature, ReadError>> + 'p, ReadError> {
        let rows = Rows::new(self, layer).map_err(|source| failure(&self.path, source))?;
        Ok(rows)
    }

    /// What the file says of the sources of these layers: metadata in plain text, else what the contents'
    /// table describes each layer with; each text once, in order.
    pub fn said_of(&self, layers: &[&str]) -> Result<Vec<String>, ReadError> {
        self.find_said(layers).map_err(|source| failure(&self.path, source))
    }

    fn find_said(&self, layers: &[&str]) -> rusqlite::Result<Vec<String>> {
        let texts = |sql: &str, key: Option<&str>| -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map(rusqlite::params_from_iter(key), |row| {
                Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default().trim().to_owned())
            })?;
            rows.filter(|text| !matches!(text, Ok(text) if text.is_empty())).collect()
        };
        let has_metadata: bool = self.connection.query_row(
            "select exists (select 1 from sqlite_master where name = 'gpkg_metadata')",
            [],
            |row| row.get(0),
        )?;
        let mut said = Vec::new();
        if has_metadata {
            said =
                texts("select metadata from gpkg_metadata where mime_type = 'text/plain' order by id", None)?;
        }
        if said.is_empty() {
            for layer in layers {
                said.extend(texts(
                    "select description from gpkg_contents where table_name = ?1",
                    Some(layer),
                )?);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        said.retain(|text| seen.insert(text.clone()));
        Ok(said)
    }

    fn find_layers(&self) -> rusqlite::Result<Vec<Layer>> {
        let has_geometries: bool = self.connection.query_row(
            "select exists (select 1 from sqlite_master where name = 'gpkg_geometry_columns')",
            [],
            |row| row.get(0),
        )?;
        if !has_geometries {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare(
            "select g.table_name, c.identifier, g.column_name, upper(g.geometry_type_name), g.srs_id, \
                    coalesce(s.organization, ''), coalesce(s.organization_coordsys_id, g.srs_id), \
                    coalesce(s.definition, '') \
             from gpkg_geometry_columns g \
             join gpkg_contents c on c.table_name = g.table_name and c.data_type = 'features' \
             left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id \
             order by g.table_name",
        )?;
        let layers = statement.query_map([], |row| {
            Ok(Layer {
                name: row.get(0)?,
                title: row.get(1)?,
                geometry_column: row.get(2)?,
                geometry_type: row.get(3)?,
                srs: Srs {
                    id: row.get(4)?,
                    organization: row.get(5)?,
                    code: row.get(6)?,
                    definition: row.get(7)?,
                },
                columns: Vec::new(),
            })
        })?;
        let mut layers = layers.collect::<rusqlite::Result<Vec<_>>>()?;
        for layer in &mut layers {
            let mut statement =
                self.connection.prepare("select name from pragma_table_info(?1) order by cid")?;
            let names = statement.query_map([&layer.name], |row| row.get::<_, String>(0))?;
            let is_geometry = |name: &String| name.eq_ignore_ascii_case(&layer.geometry_column);
            layer.columns = names
                .filter(|name| !name.as_ref().is_ok_and(is_geometry))
                .collect::<rusqlite::Result<_>>()?;
        }
        Ok(layers)
    }
}

/// Ids first, then one query a row: a statement that outlives a call would need a self-reference.
struct Rows<'p> {
    package: &'p Package,
    layer: &'p Layer,
    ids: std::vec::IntoIter<i64>,
    sql: String,
}

impl<'p> Rows<'p> {
    fn new(package: &'p Package, layer: &'p Layer) -> rusqlite::Result<Self> {
        let columns: Vec<String> =
            std::iter::once(&layer.geometry_column).chain(&layer.columns).map(|name| quote(name)).collect();
        let (columns, table) = (columns.join(", "), quote(&layer.name));
        let is_view: bool = package.connection.query_row(
            "select exists (select 1 from sqlite_master where type = 'view' and name = ?1)",
            [&layer.name],
            |row| row.get(0),
        )?;
        // A view has no row ids: its rows are counted.
        let (ids, sql) = if is_view {
            let n_rows: i64 =
                package
                    .connection
                    .query_row(&format!("select count(*) from {table}"), [], |row| row.get(0))?;
            ((0..n_rows).collect(), format!("select {columns} from {table} limit 1 offset ?1"))
        } else {
            let mut statement =
                package.connection.prepare(&format!("select rowid from {table} order by rowid"))?;
            let ids = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
            (ids, format!("select {columns} from {table} where rowid = ?1"))
        };
        Ok(Self { package, layer, ids: ids.into_iter(), sql })
    }

    fn read(&self, row_id: i64) -> Result<Feature, ReadError> {
        let failed = |source| failure(&self.package.path, source);
        let mut statement = self.package.connection.prepare_cached(&self.sql).map_err(failed)?;
        statement
            .query_row([row_id], |row| {
                let wkb = match row.get_ref(0)? {
                    ValueRef::Blob(bytes) => blob::unwrap(bytes).map(|wkb| Some(wkb.to_vec())),
                    ValueRef::Null => Ok(None),
                    _ => Err(blob::BlobError::Body("the cell holds no bytes".into())),
                };
                let cells = self.layer.columns.iter().enumerate();
                let attributes = cells
                    .map(|(idx, name)| Ok((name.clone(), value(row.get_ref(idx + 1)?))))
                    .collect::<rusqlite::Result<_>>()?;
                Ok((wkb, attributes))
            })
            .map_err(failed)
            .and_then(|(wkb, attributes)| match wkb {
                Ok(wkb) => Ok(Feature { row_id, attributes, wkb }),
                Err(source) => Err(ReadError::Geometry { layer: self.layer.name.clone(), row_id, source }),
            })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Feature, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.ids.next().map(|row_id| self.read(row_id))
    }
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Integer(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(_) => Value::Blob,
    }
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn failure(path: &Path, source: rusqlite::Error) -> ReadError {
    match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
            ReadError::NotGeoPackage { path: path.into(), reason: source.to_string() }
        }
        _ => ReadError::Sqlite { path: path.into(), source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gpkg::container::FeatureLayer;
    use crate::gpkg::{SRS_WGS84, container, wkb};
    use crate::model::GridPoint;

    fn made(file: &Path) -> rusqlite::Result<()> {
        let connection = Connection::open(file)?;
        blob::register_functions(&connection)?;
        container::initialise(&connection)?;
        connection.execute_batch(
            "create table wells (fid integer primary key, \"нэр\" text, depth real, shape point, photo blob)",
        )?;
        container::register_features(
            &connection,
            &FeatureLayer {
                table: "wells",
                id_column: "fid",
                geometry_column: "shape",
                geometry_type: "POINT",
                srs_id: SRS_WGS84,
                description: "",
                indexed: true,
            },
        )?;
        let shape =
            blob::wrap(&wkb::encode_point(GridPoint::new(1_069_000_000, 479_000_000))).expect("a blob");
        connection.execute("insert into wells values (3, 'худаг', 12.5, ?1, x'00')", [shape])?;
        connection.execute("insert into wells values (4, null, 7, x'00', null)", [])?;
        connection.execute("insert into wells values (5, 'dry', null, null, null)", [])?;
        Ok(())
    }

    #[test]
    fn layers_attributes_and_geometry_come_as_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("wells.gpkg");
        made(&file).expect("a file");
        let package = open(&file).expect("opens");
        let layers = package.layers().expect("layers");
        assert_eq!(layers.len(), 1);
        assert_eq!(layers[0].columns, ["fid", "нэр", "depth", "photo"]);
        assert_eq!((layers[0].srs.organization.as_str(), layers[0].srs.code), ("EPSG", 4326));

        let rows: Vec<_> = package.rows(&layers[0]).expect("rows").collect();
        let first = rows[0].as_ref().expect("a good row");
        assert_eq!(first.attributes[1], ("нэр".to_owned(), Value::Text("худаг".into())));
        assert_eq!(first.attributes[2].1, Value::Real(12.5));
        assert_eq!(
            wkb::decode_point(first.wkb.as_deref().expect("a geometry")),
            Ok(Some(GridPoint::new(1_069_000_000, 479_000_000)))
        );
        assert!(matches!(&rows[1], Err(ReadError::Geometry { row_id: 4, .. })));
        assert_eq!(rows[2].as_ref().expect("a row without geometry").wkb, None);
    }

    #[test]
    fn what_is_no_geopackage_is_named_as_such() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = folder.path().join("notes.gpkg");
        std::fs::write(&text, "x".repeat(5000)).expect("writes");
        assert!(matches!(open(&text), Err(ReadError::NotGeoPackage { .. })));
        let plain = folder.path().join("plain.sqlite");
        Connection::open(&plain).and_then(|c| c.execute_batch("create table t (a)")).expect("a database");
        assert!(matches!(open(&plain), Err(ReadError::NotGeoPackage { .. })));
        assert!(matches!(open(&folder.path().join("none.gpkg")), Err(ReadError::Sqlite { .. })));
    }
}
