//! Writing a change set to the schema.
//!
//! Rows come in by COPY into a temporary table and go on by one statement a table. When one breaks a
//! rule, the batch is halved until the row is found, so that a bulk write names it like a single one.

use std::ops::Range;

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use super::copy::Lines;
use super::read::{illustrative, key_condition, key_list, revision, with_keys};
use super::{LOCK_TIMEOUT, Place};
use crate::model::{ChangeSet, Revision, Table};
use crate::store::edits::{Edit, Wanted, conflict};
use crate::store::rows::Cell;
use crate::store::schema::{Column, Kind, illustrative_idx, key_columns, own_columns};
use crate::store::{StoreError, off_thread};

pub(super) async fn apply(
    pool: &PgPool,
    place: &Place,
    set: &ChangeSet,
    expected: Option<Revision>,
    actor: &str,
    reason: &str,
) -> Result<Revision, StoreError> {
    let set = set.clone();
    let wanted = off_thread(move || Ok(Wanted::new(&set))).await?;
    let failed = |e| place.failed("writing", e);
    let mut transaction = pool.begin().await.map_err(failed)?;
    let connection = &mut *transaction;
    run(connection, format!("set local lock_timeout = '{}s'", LOCK_TIMEOUT.as_secs()))
        .await
        .map_err(failed)?;
    run(connection, "select hlp.take_write_lock()".into()).await.map_err(failed)?;
    conflict(expected, revision(connection).await.map_err(failed)?)?;
    let stored = stored(connection, &wanted).await.map_err(failed)?;
    let edits = off_thread(move || Ok(wanted.edits(stored))).await?;
    if edits.is_empty() {
        let revision = revision(connection).await.map_err(failed)?;
        transaction.rollback().await.map_err(failed)?;
        return Ok(revision);
    }
    let edits = write(connection, place, edits).await?;
    check_references(connection, place).await?;
    let revision = revision(connection).await.map_err(failed)?;
    note(connection, place, edits, revision, actor, reason).await?;
    transaction.commit().await.map_err(failed)?;
    Ok(revision)
}

async fn run(connection: &mut PgConnection, sql: String) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(|_| ())
}

async fn stored(connection: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<(Table, Vec<Cell>)>> {
    let mut rows = Vec::new();
    for (&table, keys) in &wanted.keys {
        with_keys(connection, table, keys, &mut rows).await?;
    }
    if wanted.all_illustrative {
        for table in Table::ALL.into_iter().filter(|&t| illustrative_idx(t).is_some()) {
            illustrative(connection, table, &mut rows).await?;
        }
    }
    Ok(rows)
}

/// Rows go before rows come, so that a number or name may pass from one to another.
async fn write(
    connection: &mut PgConnection,
    place: &Place,
    edits: Vec<Edit>,
) -> Result<Vec<Edit>, StoreError> {
    let failed = |e| place.failed("writing", e);
    for table in Table::ALL.into_iter().rev() {
        let gone = edits.iter().filter(|edit| edit.table == table && edit.after.is_none());
        let keys: Vec<&[Cell]> = gone.filter_map(|edit| edit.before.as_deref()).collect();
        if keys.is_empty() {
            continue;
        }
        let sql = format!("delete from hlp.{} where {}", table.name(), key_condition(table));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for idx in 0..key_columns(table).len() {
            query = query.bind(keys.iter().map(|cells| text(&cells[idx])).collect::<Vec<_>>());
        }
        query.execute(&mut *connection).await.map_err(failed)?;
    }
    let edits = std::sync::Arc::new(edits);
    for table in Table::ALL {
        let of_table =
            edits.iter().enumerate().filter(|(_, edit)| edit.table == table && edit.after.is_some());
        let coming: Vec<usize> = of_table.map(|(idx, _)| idx).collect();
        if coming.is_empty() {
            continue;
        }
        let rows = std::sync::Arc::clone(&edits);
        let ids = coming.clone();
        let lines = off_thread(move || Ok(lines(&rows, &ids))).await?;
        let batch = Batch::make(connection, table, lines).await.map_err(failed)?;
        let merged = batch.merge(connection, 0..coming.len()).await.map_err(failed)?;
        if let Err(broken) = merged {
            let key = edits[coming[broken.row]].key.clone();
            return Err(StoreError::Constraint { table: table.name().into(), key, rule: broken.rule });
        }
        if table == Table::District {
            let districts: Vec<&Edit> = coming.iter().map(|&idx| &edits[idx]).collect();
            put_aliases(connection, place, &districts).await?;
        }
    }
    Ok(std::sync::Arc::into_inner(edits).expect("the encoding threads have ended"))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        other => unreachable!("keys are texts, not {other:?}"),
    }
}

fn lines(edits: &[Edit], ids: &[usize]) -> Lines {
    let mut lines = Lines::default();
    for (row, &idx) in ids.iter().enumerate() {
        let edit = &edits[idx];
        lines.plain(&row.to_string());
        for cell in edit.after.iter().flatten().take(own_columns(edit.table).count()) {
            lines.cell(cell);
        }
        lines.end_line();
    }
    lines
}

/// Rows of one table in `incoming_…`, numbered.
struct Batch {
    merge_sql: String,
}

/// A row that cannot be.
struct Broken {
    row: usize,
    rule: String,
}

impl Batch {
    async fn make(connection: &mut PgConnection, table: Table, lines: Lines) -> sqlx::Result<Self> {
        let (name, columns) = (table.name(), own_columns(table).collect::<Vec<&Column>>());
        let typed: Vec<String> =
            columns.iter().map(|c| format!("{} {}", c.name, wire_type(c.kind))).collect();
        run(
            connection,
            format!(
                "create temporary table incoming_{name} (row_no int8 primary key, {}) on commit drop",
                typed.join(", ")
            ),
        )
        .await?;
        lines.send(connection, &format!("copy pg_temp.incoming_{name} from stdin")).await?;
        let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
        let values: Vec<String> = columns
            .iter()
            .map(|c| match c.kind {
                Kind::Shape => format!("ST_GeomFromWKB({}, 4326)", c.name),
                _ => c.name.to_owned(),
            })
            .collect();
        let updates: Vec<String> =
            names.iter().skip(key_columns(table).len()).map(|n| format!("{n} = excluded.{n}")).collect();
        let merge_sql = format!(
            "insert into hlp.{name} ({}) select {} from pg_temp.incoming_{name} \
             where row_no >= $1 and row_no < $2 order by row_no on conflict ({}) do update set {}",
            names.join(", "),
            values.join(", "),
            key_list(table),
            updates.join(", "),
        );
        Ok(Self { merge_sql })
    }

    /// Merges the rows, or finds the first that breaks a rule.
    async fn merge(
        &self,
        connection: &mut PgConnection,
        rows: Range<usize>,
    ) -> sqlx::Result<Result<(), Broken>> {
        let mut pending = vec![rows];
        while let Some(rows) = pending.pop() {
            run(connection, "savepoint batch".into()).await?;
            let merged = sqlx::query(AssertSqlSafe(self.merge_sql.as_str()))
                .bind(rows.start as i64)
                .bind(rows.end as i64)
                .execute(&mut *connection)
                .await;
            let Err(error) = merged else {
                run(connection, "release savepoint batch".into()).await?;
                continue;
            };
            let Some(rule) = rule(&error) else { return Err(error) };
            run(connection, "rollback to savepoint batch".into()).await?;
            if rows.len() == 1 {
                return Ok(Err(Broken { row: rows.start, rule }));
            }
            let middle = rows.start + rows.len() / 2;
            pending.push(middle..rows.end);
            pending.push(rows.start..middle);
        }
        Ok(Ok(()))
    }
}

const fn wire_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Aliases => "text",
        Kind::Int => "int8",
        Kind::Real => "float8",
        Kind::Bool => "bool",
        Kind::Date => "date",
        Kind::Shape => "bytea",
    }
}

/// The name of the rule behind an error, if it is one.
fn rule(error: &sqlx::Error) -> Option<String> {
    let sqlx::Error::Database(error) = error else { return None };
    let error = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    match error.code() {
        // not_null_violation names a column instead of a constraint
        "23502" => Some(format!("{}_{}_not_null", error.table()?, error.column()?)),
        code if code.starts_with("23") => error.constraint().map(str::to_owned),
        _ => None,
    }
}

async fn put_aliases(
    connection: &mut PgConnection,
    place: &Place,
    districts: &[&Edit],
) -> Result<(), StoreError> {
    let failed = |e| place.failed("writing", e);
    sqlx::query("delete from hlp.district_alias where district = any($1)")
        .bind(districts.iter().map(|edit| edit.key.clone()).collect::<Vec<_>>())
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    for edit in districts {
        let Some(Cell::List(aliases)) = edit.after.iter().flatten().last() else { continue };
        let insert = sqlx::query(
            "insert into hlp.district_alias (district, position, alias) \
             select $1, n - 1, alias from unnest($2::text[]) with ordinality as u (alias, n) order by n",
        )
        .bind(&edit.key)
        .bind(aliases);
        insert.execute(&mut *connection).await.map_err(|e| match rule(&e) {
            Some(rule) => {
                StoreError::Constraint { table: edit.table.name().into(), key: edit.key.clone(), rule }
            }
            None => failed(e),
        })?;
    }
    Ok(())
}

/// Foreign keys are deferred; this asks for their verdict, and for the row behind a bad one.
async fn check_references(connection: &mut PgConnection, place: &Place) -> Result<(), StoreError> {
    let failed = |e| place.failed("writing", e);
    run(connection, "savepoint checked".into()).await.map_err(failed)?;
    let Err(error) = run(connection, "set constraints all immediate".into()).await else { return Ok(()) };
    if rule(&error).is_none() {
        return Err(failed(error));
    }
    run(connection, "rollback to savepoint checked".into()).await.map_err(failed)?;
    Err(dangling(connection).await.map_err(failed)?.unwrap_or_else(|| failed(error)))
}

/// The first row, in the order of tables and keys, whose reference leads nowhere.
async fn dangling(connection: &mut PgConnection) -> sqlx::Result<Option<StoreError>> {
    for table in Table::ALL {
        let references: Vec<(String, String, Vec<String>, Vec<String>)> = sqlx::query_as(
            "select c.conname::text, c.confrelid::regclass::text, \
                    array(select a.attname::text from unnest(c.conkey) with ordinality k (n, i) \
                          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.i), \
                    array(select a.attname::text from unnest(c.confkey) with ordinality k (n, i) \
                          join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.i) \
             from pg_constraint c where c.contype = 'f' and c.conrelid = $1::text::regclass order by c.conname",
        )
        .bind(format!("hlp.{}", table.name()))
        .fetch_all(&mut *connection)
        .await?;
        let mut broken = Vec::new();
        for (rule, parent, columns, parent_columns) in references {
            let same: Vec<String> =
                columns.iter().zip(&parent_columns).map(|(c, p)| format!("p.{p} = t.{c}")).collect();
            let sql = format!(
                "select array[{}]::text[] from hlp.{} t \
                 where not exists (select from {parent} p where {}) order by 1 limit 1",
                key_columns(table).iter().map(|c| format!("t.{}", c.name)).collect::<Vec<_>>().join(", "),
                table.name(),
                same.join(" and "),
            );
            let key: Option<Vec<String>> =
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_optional(&mut *connection).await?;
            broken.extend(key.map(|key| {
                let cells: Vec<Cell> = key.into_iter().map(Cell::Text).collect();
                (crate::store::rows::key_text(table, &cells), rule)
            }));
        }
        if let Some((key, rule)) = broken.into_iter().min() {
            return Ok(Some(StoreError::Constraint { table: table.name().into(), key, rule }));
        }
    }
    Ok(None)
}

async fn note(
    connection: &mut PgConnection,
    place: &Place,
    edits: Vec<Edit>,
    revision: Revision,
    actor: &str,
    reason: &str,
) -> Result<(), StoreError> {
    let failed = |e| place.failed("writing the audit", e);
    let audit_id: i64 =
        sqlx::query_scalar("insert into hlp.audit (actor, reason, seq) values ($1, $2, $3) returning id")
            .bind(actor)
            .bind(reason)
            .bind(revision.seq)
            .fetch_one(&mut *connection)
            .await
            .map_err(failed)?;
    let lines = off_thread(move || {
        let mut lines = Lines::default();
        for edit in &edits {
            lines.plain(&audit_id.to_string());
            lines.plain(edit.table.name());
            lines.text(&edit.key);
            lines.optional(edit.before_json().as_deref());
            lines.optional(edit.after_json().as_deref());
            lines.end_line();
        }
        Ok(lines)
    })
    .await?;
    lines
        .send(connection, "copy hlp.audit_row (audit_id, table_name, key, before, after) from stdin")
        .await
        .map_err(failed)
}
