//! An `MBTiles` file: an `SQLite` database of tiles, rows counted from the south.
//!
//! Design: contents stand in a table of their own, and `tiles` is a view that joins them, as in files of tippecanoe
//! and mbutil: at deep zooms most tiles lie inside one khoroo and are equal.
//! Source: `MBTiles` specification 1.3.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::Connection;

use super::packed::Packed;
use crate::model::TileCoord;

const TABLES: &str = "
create table metadata (name text, value text);
create unique index metadata_name on metadata (name);
create table images (tile_id text primary key, tile_data blob);
create table map (zoom_level integer, tile_column integer, tile_row integer, tile_id text,
    primary key (zoom_level, tile_column, tile_row)) without rowid;
create view tiles as
    select map.zoom_level as zoom_level, map.tile_column as tile_column, map.tile_row as tile_row,
        images.tile_data as tile_data
    from map join images on images.tile_id = map.tile_id;
";

/// `MPBX`, by which `file` knows it.
const APPLICATION_ID: i64 = 0x4d50_4258;

pub struct MbTiles {
    connection: Connection,
    /// Numbers of contents by their names.
    ids: HashMap<[u8; 16], usize>,
}

impl MbTiles {
    /// Begins a file that is not there yet.
    pub fn create(place: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(place)?;
        // Nobody reads it before it is whole, and a half written one is thrown away.
        connection.pragma_update(None, "journal_mode", "off")?;
        connection.pragma_update(None, "synchronous", "off")?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.execute_batch("begin")?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection, ids: HashMap::new() })
    }

    pub fn add(&mut self, tile: TileCoord, packed: &Packed) -> rusqlite::Result<()> {
        let n_known = self.ids.len();
        let id = *self.ids.entry(packed.name).or_insert(n_known);
        let id_text = id.to_string();
        if id == n_known {
            let mut insert =
                self.connection.prepare_cached("insert into images (tile_id, tile_data) values (?1, ?2)")?;
            insert.execute((&id_text, &packed.gzip))?;
        }
        let row = (1_u32 << tile.z()) - 1 - tile.y();
        let mut insert = self.connection.prepare_cached(
            "insert into map (zoom_level, tile_column, tile_row, tile_id) values (?1, ?2, ?3, ?4)",
        )?;
        insert.execute((tile.z(), tile.x(), row, &id_text))?;
        Ok(())
    }

    /// - `metadata`: names and values.
    pub fn finish(self, metadata: &[(&str, String)]) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare("insert into metadata (name, value) values (?1, ?2)")?;
        for row in metadata {
            insert.execute(row.clone())?;
        }
        drop(insert);
        self.connection.execute_batch("commit")?;
        self.connection.close().map_err(|(_, error)| error)
    }
}
