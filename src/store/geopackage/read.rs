//! Reading the tables of the file.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{Access, connect, sqlite};
use crate::gpkg::blob;
use crate::model::{Loaded, Revision, StoreId, Table};
use crate::store::StoreError;
use crate::store::assemble::{Assembly, Stale, stale};
use crate::store::rows::{self, Cell};
use crate::store::schema::{Column, Kind, Present, columns, key_columns};

/// One consistent state: all reads are one transaction.
pub(super) fn load(path: &Path, known: Option<Revision>) -> Result<Loaded, StoreError> {
    let connection = connect(path, Access::Read)?;
    let work = || {
        let transaction = connection.unchecked_transaction()?;
        let revision = revision(&transaction)?;
        let stale = stale_since(&transaction, known, revision.store)?;
        let mut assembly = Assembly::default();
        let present = present(&transaction)?;
        for table in present.tables() {
            let (condition, vintages) = match stale.filters(table) {
                Some(ids) => (
                    format!("where vintage in ({})", vec!["?"; ids.len()].join(", ")),
                    ids.iter().map(String::as_str).collect(),
                ),
                None => (String::new(), Vec::new()),
            };
            let select = select_where(table, |column| present.has(table, column));
            let sql = format!("{select} {condition} order by {}", key_list(table));
            let mut statement = transaction.prepare(&sql)?;
            let mut found = statement.query(params_from_iter(vintages))?;
            while let Some(row) = found.next()? {
                assembly.add(table, cells(table, row)?);
            }
        }
        Ok(assembly.finish(revision, &stale))
    };
    work().map_err(|e| sqlite(path, "loading", e))
}

pub(super) fn revision(connection: &Connection) -> rusqlite::Result<Revision> {
    let store = store_id(connection)?;
    let newest = connection
        .query_row("select seq, at from change order by seq desc limit 1", [], |row| {
            Ok(Revision { seq: row.get(0)?, published_at: row.get(1)?, store })
        })
        .optional()?;
    Ok(newest.unwrap_or(Revision { store, ..Revision::default() }))
}

/// A file of an older schema, which may be looked at but not changed, has none.
fn store_id(connection: &Connection) -> rusqlite::Result<StoreId> {
    let sql = "select count(*) from sqlite_master where type = 'table' and name = 'store_identity'";
    if connection.query_row(sql, [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(StoreId::default());
    }
    let id: Option<String> =
        connection.query_row("select max(id) from store_identity", [], |row| row.get(0))?;
    Ok(rows::store_id(id.as_deref()))
}

fn stale_since(connection: &Connection, known: Option<Revision>, store: StoreId) -> rusqlite::Result<Stale> {
    let Some(known) = known.filter(|known| known.store == store) else { return Ok(Stale::All) };
    // The time too: two copies of one file may have gone on, each its own way.
    let is_there: bool = connection.query_row(
        "select exists (select 1 from change where seq = ?1 and at = ?2)",
        [known.seq, known.published_at],
        |row| row.get(0),
    )?;
    let mut statement = connection
        .prepare("select distinct table_name, key from change where seq > ?1 order by table_name, key")?;
    let changes = statement
        .query_map([known.seq], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    Ok(stale(changes.iter().map(|(table, key)| (table.as_str(), key.as_str())), is_there))
}

fn present(connection: &Connection) -> rusqlite::Result<Present> {
    let mut statement = connection.prepare(
        "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table'",
    )?;
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Present::new(columns.collect::<rusqlite::Result<Vec<_>>>()?))
}

/// `select … from table`, all columns in their order.
pub(super) fn select(table: Table) -> String {
    select_where(table, |_| true)
}

/// [`select`] from a table that may be of an older schema: null in place of columns it does not have.
fn select_where(table: Table, has: impl Fn(&str) -> bool) -> String {
    let list: Vec<&str> = columns(table)
        .iter()
        .map(|column| match column.kind {
            Kind::Aliases => {
                "(select json_group_array(alias) from \
                 (select alias from district_alias where district = district.code order by position))"
            }
            _ if has(column.name) => column.name,
            _ => "null",
        })
        .collect();
    format!("select {} from {}", list.join(", "), table.name())
}

pub(super) fn key_list(table: Table) -> String {
    key_columns(table).iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
}

/// A row of [`select`]; a cell of the wrong kind stays what it is, and decoding names it.
pub(super) fn cells(table: Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Cell>> {
    columns(table).iter().enumerate().map(|(idx, column)| Ok(cell(column, row.get_ref(idx)?))).collect()
}

fn cell(column: &Column, value: ValueRef<'_>) -> Cell {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    match (column.kind, value) {
        (_, ValueRef::Null) => Cell::Null,
        (Kind::Bool, ValueRef::Integer(n @ (0 | 1))) => Cell::Bool(n == 1),
        (Kind::Real, ValueRef::Integer(n)) => Cell::Real(n as f64),
        // Desktop programs write whole numbers as reals where the column lets them.
        (Kind::Small | Kind::Int | Kind::Big, ValueRef::Real(x)) if x.fract() == 0.0 && x.abs() < 1e15 => {
            Cell::Int(x as i64)
        }
        (Kind::Aliases, ValueRef::Text(json)) => {
            serde_json::from_slice(json).map_or_else(|_| Cell::Text(text(json)), Cell::List)
        }
        (_, ValueRef::Integer(n)) => Cell::Int(n),
        (_, ValueRef::Real(x)) => Cell::Real(x),
        (_, ValueRef::Text(bytes)) => Cell::Text(text(bytes)),
        // Without its header where it has a good one; otherwise as it is, for the audit.
        (_, ValueRef::Blob(bytes)) => Cell::Shape(blob::unwrap(bytes).unwrap_or(bytes).to_vec()),
    }
}
