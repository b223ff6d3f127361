//! The GeoPackage container: an SQLite file with feature tables, their metadata and spatial index.
//!
//! [`container`] makes and maintains such a file, [`blob`] wraps and unwraps its geometries, [`wkb`]
//! turns them into grid geometry, [`read`] opens files that others made.
//!
//! Owns: `gpkg_*` tables, geometry blobs, R-tree triggers. Knows nothing of khoroos: the store names
//! the layers, ingest maps the columns.
//! Design: table definitions, triggers and the blob header come from `geopackage-core`, which has
//! them verbatim from the standard; geometry bodies are read and written by `geozero`.

pub mod blob;
pub mod container;
pub mod read;
pub mod wkb;

/// EPSG code, and `srs_id`, of everything this program writes.
pub const SRS_WGS84: i32 = 4326;
