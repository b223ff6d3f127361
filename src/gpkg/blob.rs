//! Geometry blobs: a GeoPackage header in front of well-known binary, and the functions that the
//! R-tree triggers call.

use geopackage_core::geometry::{blob_is_empty, blob_xy_envelope, encode_gpb_from_wkb};
use geopackage_core::gpb;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use super::SRS_WGS84;

/// Why a blob is no GeoPackage geometry.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    #[error("the geometry blob has no valid header: {0}")]
    Header(#[from] gpb::GpbError),
    #[error("the geometry blob has no valid body: {0}")]
    Body(String),
}

/// Puts a header with envelope before ISO WKB in EPSG:4326.
pub fn wrap(wkb: &[u8]) -> Result<Vec<u8>, BlobError> {
    wrap_in(wkb, SRS_WGS84)
}

/// As [`wrap`], in the reference system that the file knows by `srs_id`.
pub fn wrap_in(wkb: &[u8], srs_id: i32) -> Result<Vec<u8>, BlobError> {
    encode_gpb_from_wkb(wkb, srs_id).map(|e| e.blob).map_err(|e| BlobError::Body(e.to_string()))
}

/// The ISO WKB behind the header.
pub fn unwrap(blob: &[u8]) -> Result<&[u8], BlobError> {
    let start = gpb::body_offset(blob)?;
    blob.get(start..).ok_or_else(|| BlobError::Body("missing".into()))
}

/// Registers `ST_IsEmpty`, `ST_MinX`, `ST_MaxX`, `ST_MinY`, `ST_MaxY`.
///
/// Every connection that writes to an indexed table needs them: SQLite has none, and the standard's
/// triggers call them. A blob that cannot be read gives NULL, so that it stays out of the index
/// instead of stopping whoever repairs it.
pub fn register_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(
        "ST_IsEmpty",
        1,
        flags,
        |call| Ok(argument(call).and_then(is_empty)),
    )?;
    for (name, side) in [("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)] {
        connection.create_scalar_function(name, 1, flags, move |call| {
            Ok(argument(call).and_then(envelope).map(|e| e[side]))
        })?;
    }
    Ok(())
}

fn argument<'c>(call: &'c Context<'_>) -> Option<&'c [u8]> {
    match call.get_raw(0) {
        ValueRef::Blob(bytes) => Some(bytes),
        _ => None,
    }
}

fn is_empty(blob: &[u8]) -> Option<bool> {
    let (header, _) = gpb::parse_header(blob).ok()?;
    if !header.empty && envelope_of(&header).is_some() {
        return Some(false);
    }
    blob_is_empty(blob).ok()
}

/// `[min x, max x, min y, max y]`: from the header where it has them, otherwise from the body.
fn envelope(blob: &[u8]) -> Option<[f64; 4]> {
    let (header, _) = gpb::parse_header(blob).ok()?;
    envelope_of(&header).or_else(|| blob_xy_envelope(blob).ok().flatten())
}

fn envelope_of(header: &gpb::GpbHeader) -> Option<[f64; 4]> {
    let (min_x, max_x, min_y, max_y) = header.envelope.xy_bounds()?;
    let envelope = [min_x, max_x, min_y, max_y];
    envelope.iter().all(|v| v.is_finite()).then_some(envelope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gpkg::wkb;
    use crate::model::GridPoint;

    fn ask(sql: &str, blob: &[u8]) -> Option<f64> {
        let connection = Connection::open_in_memory().expect("memory");
        register_functions(&connection).expect("functions");
        connection.query_row(sql, [blob], |row| row.get(0)).expect("an answer")
    }

    #[test]
    fn the_index_functions_read_the_box_of_a_line() {
        let line = [GridPoint::new(1_060_000_000, 470_000_000), GridPoint::new(1_075_000_000, 482_500_000)];
        let blob = wrap(&wkb::encode_line(&line)).expect("a blob");
        assert_eq!(ask("select ST_MinX(?1)", &blob), Some(106.0));
        assert_eq!(ask("select ST_MaxX(?1)", &blob), Some(107.5));
        assert_eq!(ask("select ST_MinY(?1)", &blob), Some(47.0));
        assert_eq!(ask("select ST_MaxY(?1)", &blob), Some(48.25));
        assert_eq!(ask("select ST_IsEmpty(?1) + 0.0", &blob), Some(0.0));
    }

    #[test]
    fn a_damaged_blob_gives_null_and_stops_nobody() {
        for blob in [&b""[..], b"GP", b"XX\0\x01\0\0\0\0", b"GP\0\x01\xe6\x10\0\0\x01\x06"] {
            assert_eq!(ask("select ST_MinX(?1)", blob), None, "{blob:?}");
            assert_eq!(ask("select ST_IsEmpty(?1)", blob), None, "{blob:?}");
        }
        assert!(matches!(unwrap(b"GP"), Err(BlobError::Header(_))));
    }
}
