//! Writing a change set to the file.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OptionalExtension, ffi, params, params_from_iter};

use super::read::{cells, key_list, revision, select};
use super::{Access, connect, sqlite};
use crate::gpkg::{blob, container};
use crate::model::{ChangeSet, Revision, Table};
use crate::store::StoreError;
use crate::store::edits::{Edit, Wanted, after_json, conflict};
use crate::store::rows::{Cell, encode, key_text};
use crate::store::schema::{Kind, columns, illustrative_idx, key_columns, own_columns, shape_column};

/// The write lock is taken before anything is read, so concurrent sets come one after the other.
/// Leaving early closes the connection, which rolls back.
pub(super) fn apply(
    path: &Path,
    set: &ChangeSet,
    expected: Option<Revision>,
    actor: &str,
    reason: &str,
) -> Result<Revision, StoreError> {
    let mut wanted = Wanted::new(set);
    let connection = connect(path, Access::Write)?;
    let failed = |e| sqlite(path, "writing", e);
    connection.execute_batch("begin immediate").map_err(failed)?;
    conflict(expected, revision(&connection).map_err(failed)?)?;
    meet_stored(&connection, &mut wanted).map_err(failed)?;
    let edits = wanted.edits();
    if edits.is_empty() {
        return revision(&connection).map_err(failed);
    }
    // Rows go before rows come, so that a number or name may pass from one to another.
    for edit in edits.iter().rev().filter(|edit| edit.after.is_none()) {
        delete(&connection, edit).map_err(|e| named(path, edit, e))?;
    }
    // Aliases too, all of them first.
    for edit in edits.iter().filter(|edit| edit.table == Table::District) {
        connection
            .prepare_cached("delete from district_alias where district = ?1")
            .and_then(|mut delete| delete.execute([&edit.key]))
            .map_err(failed)?;
    }
    let mut audited = Vec::with_capacity(edits.len());
    for edit in &edits {
        let after = edit.after.map(encode);
        if let Some(cells) = &after {
            put(&connection, edit.table, cells).map_err(|e| named(path, edit, e))?;
        }
        audited.push(after.map(|cells| after_json(edit.table, &cells)));
    }
    let finish = || {
        let revision = revision(&connection)?;
        note(&connection, &edits, &audited, revision, actor, reason)?;
        list_changes(&connection, &edits)?;
        Ok(revision)
    };
    let revision = finish().map_err(failed)?;
    match connection.execute_batch("commit") {
        Ok(()) => Ok(revision),
        Err(e) if is_constraint(&e) => {
            Err(dangling(&connection).map_err(failed)?.unwrap_or_else(|| failed(e)))
        }
        Err(e) => Err(failed(e)),
    }
}

fn meet_stored(connection: &Connection, wanted: &mut Wanted<'_>) -> rusqlite::Result<()> {
    for (table, keys) in std::mem::take(&mut wanted.keys) {
        let key = key_columns(table).iter().map(|c| format!("{} = ?", c.name)).collect::<Vec<_>>();
        let mut statement = connection.prepare(&format!("{} where {}", select(table), key.join(" and ")))?;
        for key in &keys {
            let row = statement.query_row(params_from_iter(key), |row| cells(table, row)).optional()?;
            if let Some(row) = row {
                wanted.meet(table, row);
            }
        }
    }
    if wanted.all_illustrative {
        for table in Table::ALL.iter().copied().filter(|&t| illustrative_idx(t).is_some()) {
            let sql = format!("{} where illustrative = 1 order by {}", select(table), key_list(table));
            let mut statement = connection.prepare(&sql)?;
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                wanted.meet(table, cells(table, row)?);
            }
        }
    }
    Ok(())
}

fn delete(connection: &Connection, edit: &Edit<'_>) -> rusqlite::Result<()> {
    let before = edit.before.as_ref().expect("only a stored row is deleted");
    let key = key_columns(edit.table);
    let condition = key.iter().map(|c| format!("{} = ?", c.name)).collect::<Vec<_>>().join(" and ");
    let sql = format!("delete from {} where {condition}", edit.table.name());
    connection.prepare_cached(&sql)?.execute(params_from_iter(before[..key.len()].iter().map(value)))?;
    Ok(())
}

fn put(connection: &Connection, table: Table, cells: &[Cell]) -> rusqlite::Result<()> {
    let names: Vec<&str> = own_columns(table).map(|c| c.name).collect();
    let updates: Vec<String> =
        names.iter().skip(key_columns(table).len()).map(|n| format!("{n} = excluded.{n}")).collect();
    let sql = format!(
        "insert into {} ({}) values ({}) on conflict ({}) do update set {}",
        table.name(),
        names.join(", "),
        vec!["?"; names.len()].join(", "),
        key_list(table),
        updates.join(", "),
    );
    connection.prepare_cached(&sql)?.execute(params_from_iter(cells.iter().take(names.len()).map(value)))?;
    for (column, cell) in columns(table).iter().zip(cells) {
        if let (Kind::Aliases, Cell::List(aliases)) = (column.kind, cell) {
            put_aliases(connection, &key_text(table, cells), aliases)?;
        }
    }
    Ok(())
}

fn put_aliases(connection: &Connection, district: &str, aliases: &[String]) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("insert into district_alias (district, position, alias) values (?1, ?2, ?3)")?;
    for (position, alias) in aliases.iter().enumerate() {
        insert.execute(params![district, position as i64, alias])?;
    }
    Ok(())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null | Cell::List(_) => Value::Null,
        Cell::Text(text) => Value::Text(text.clone()),
        Cell::Int(n) => Value::Integer(*n),
        Cell::Real(x) => Value::Real(*x),
        Cell::Bool(flag) => Value::Integer(i64::from(*flag)),
        Cell::Shape(wkb) => Value::Blob(blob::wrap(wkb).expect("our own WKB is well formed")),
    }
}

fn note(
    connection: &Connection,
    edits: &[Edit<'_>],
    audited: &[Option<String>],
    revision: Revision,
    actor: &str,
    reason: &str,
) -> rusqlite::Result<()> {
    connection.execute(
        "insert into audit (actor, reason, seq) values (?1, ?2, ?3)",
        params![actor, reason, revision.seq],
    )?;
    let audit_id = connection.last_insert_rowid();
    let mut insert = connection.prepare(
        "insert into audit_row (audit_id, table_name, key, before, after) values (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (edit, after) in edits.iter().zip(audited) {
        insert.execute(params![audit_id, edit.table.name(), edit.key, edit.before_json(), after])?;
    }
    Ok(())
}

/// Tells the container's list of contents when, and where, its tables changed.
fn list_changes(connection: &Connection, edits: &[Edit<'_>]) -> rusqlite::Result<()> {
    for &table in Table::ALL {
        let mut of_table = edits.iter().filter(|edit| edit.table == table).peekable();
        if of_table.peek().is_none() {
            continue;
        }
        container::touch(connection, table.name())?;
        let Some(column) = shape_column(table) else { continue };
        if of_table.any(Edit::moves) {
            let views: &[&str] = match table {
                Table::Khoroo => &["khoroo_counts"],
                Table::DistrictVersion => &["district_counts"],
                _ => &[],
            };
            container::update_extent(connection, table.name(), column, views)?;
        }
    }
    Ok(())
}

fn is_constraint(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

/// The rule that a row broke, from SQLite's message: `CHECK constraint failed: rule`,
/// `UNIQUE constraint failed: table.column, table.column`.
fn named(path: &Path, edit: &Edit<'_>, error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(
        ffi::Error { code: ErrorCode::ConstraintViolation, extended_code },
        Some(message),
    ) = &error
    else {
        return sqlite(path, "writing", error);
    };
    let what = message.split_once(": ").map_or(message.as_str(), |(_, what)| what);
    let columns =
        || what.split(", ").map(|c| c.rsplit('.').next().unwrap_or(c)).collect::<Vec<_>>().join("_");
    let table = what.split('.').next().unwrap_or(what);
    let rule = match *extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
            format!("{table}_{}_unique", columns())
        }
        ffi::SQLITE_CONSTRAINT_NOTNULL => format!("{table}_{}_not_null", columns()),
        _ => what.to_owned(),
    };
    StoreError::Constraint { table: edit.table.name().into(), key: edit.key.clone(), rule }
}

/// The first row, in the order of tables and keys, whose reference leads nowhere.
fn dangling(connection: &Connection) -> rusqlite::Result<Option<StoreError>> {
    for &table in Table::ALL {
        let mut broken = Vec::new();
        let mut check = connection.prepare("select rowid, fkid from pragma_foreign_key_check(?1)")?;
        let mut found = check.query([table.name()])?;
        while let Some(row) = found.next()? {
            let (row_id, fk_id): (i64, i64) = (row.get(0)?, row.get(1)?);
            let mut key = connection.prepare_cached(&format!("{} where fid = ?1", select(table)))?;
            let key = key.query_row([row_id], |row| Ok(key_text(table, &cells(table, row)?)))?;
            let mut list = connection.prepare_cached(
                "select group_concat(\"from\", '_') from \
                 (select \"from\" from pragma_foreign_key_list(?1) where id = ?2 order by seq)",
            )?;
            let columns: String = list.query_row(params![table.name(), fk_id], |row| row.get(0))?;
            broken.push((key, format!("{}_{columns}_exists", table.name())));
        }
        if let Some((key, rule)) = broken.into_iter().min() {
            return Ok(Some(StoreError::Constraint { table: table.name().into(), key, rule }));
        }
    }
    Ok(None)
}
