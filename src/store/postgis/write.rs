//! Writing a change set to the schema.
//!
//! A few rows of a table come in as arguments of one statement, many by COPY: straight into the table
//! when they are all new, else into a temporary one from which they are merged. When one breaks a rule,
//! what is merged is halved until the row is found, so that a bulk write names it like a single one.
//!
//! Design: rows are turned to cells and bytes a chunk at a time, on the way out. Geometry is then held
//! once, in the change set, and the little work between two chunks is no reason to leave the thread.

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use super::copy::CopyIn;
use super::few::Few;
use super::read::{illustrative, key_condition, key_list, revision, sql_type, with_keys};
use super::{LOCK_TIMEOUT, Place};
use crate::model::{ChangeSet, Revision, Row, Table};
use crate::store::StoreError;
use crate::store::edits::{Edit, Wanted, after_json, conflict};
use crate::store::rows::{Cell, encode};
use crate::store::schema::{Kind, illustrative_idx, key_columns, own_columns};

pub(super) async fn apply(
    pool: &PgPool,
    place: &Place,
    set: &ChangeSet,
    expected: Option<Revision>,
    actor: &str,
    reason: &str,
) -> Result<Revision, StoreError> {
    let mut wanted = Wanted::new(set);
    let failed = |e| place.failed("writing", e);
    let mut transaction = pool.begin().await.map_err(failed)?;
    let connection = &mut *transaction;
    limit_waiting(connection).await.map_err(failed)?;
    run(connection, "select hlp.take_write_lock()".into()).await.map_err(failed)?;
    conflict(expected, revision(connection).await.map_err(failed)?)?;
    meet_stored(connection, &mut wanted).await.map_err(failed)?;
    let edits = wanted.edits();
    if edits.is_empty() {
        let revision = revision(connection).await.map_err(failed)?;
        transaction.rollback().await.map_err(failed)?;
        return Ok(revision);
    }
    let audited = write(connection, place, &edits).await?;
    check_references(connection, place).await?;
    let revision = revision(connection).await.map_err(failed)?;
    let audit_id = begin_audit(connection, revision, actor, reason).await.map_err(failed)?;
    audit_rows(connection, audit_id, edits, audited).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(revision)
}

/// From here to the end of the transaction nothing waits for a lock longer than [`LOCK_TIMEOUT`].
pub(super) async fn limit_waiting(transaction: &mut PgConnection) -> sqlx::Result<()> {
    run(transaction, format!("set local lock_timeout = '{}s'", LOCK_TIMEOUT.as_secs())).await
}

async fn run(connection: &mut PgConnection, sql: String) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(|_| ())
}

async fn meet_stored(connection: &mut PgConnection, wanted: &mut Wanted<'_>) -> sqlx::Result<()> {
    for (table, keys) in std::mem::take(&mut wanted.keys) {
        with_keys(connection, table, &keys, |row| wanted.meet(table, row)).await?;
    }
    if wanted.all_illustrative {
        for table in Table::ALL.iter().copied().filter(|&t| illustrative_idx(t).is_some()) {
            illustrative(connection, table, |row| wanted.meet(table, row)).await?;
        }
    }
    Ok(())
}

/// Rows go before rows come, so that a number or name may pass from one to another.
///
/// - Out: for each edit, JSON of the row as it is now.
async fn write(
    connection: &mut PgConnection,
    place: &Place,
    edits: &[Edit<'_>],
) -> Result<Vec<Option<String>>, StoreError> {
    let failed = |e| place.failed("writing", e);
    for table in Table::ALL.iter().copied().rev() {
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
    let mut audited = vec![None; edits.len()];
    // Edits come in the order of tables.
    let mut end = 0;
    for of_table in edits.chunk_by(|a, b| a.table == b.table) {
        let start = end;
        end += of_table.len();
        let incoming = Incoming::of(of_table);
        if incoming.rows.is_empty() {
            continue;
        }
        let written = incoming.write(connection, &mut audited[start..end]).await.map_err(failed)?;
        if let Err(broken) = written {
            let key = incoming.rows[broken.row].1.key.clone();
            return Err(StoreError::Constraint {
                table: incoming.table.name().into(),
                key,
                rule: broken.rule,
            });
        }
        if incoming.table == Table::District {
            put_aliases(connection, place, &incoming).await?;
        }
    }
    Ok(audited)
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Int(n) => n.to_string(),
        other => unreachable!("keys are texts and whole numbers, not {other:?}"),
    }
}

/// What comes into one table.
struct Incoming<'e> {
    table: Table,
    /// Position among the edits of the table, the edit and its new row.
    rows: Vec<(usize, &'e Edit<'e>, &'e Row)>,
}

/// Where rows to be merged are.
enum Source {
    TemporaryTable,
    Arguments(Few),
}

/// A row that cannot be.
struct Broken {
    row: usize,
    rule: String,
}

impl<'e> Incoming<'e> {
    /// Of edits of one table.
    fn of(edits: &'e [Edit<'e>]) -> Self {
        let rows = edits.iter().enumerate().filter_map(|(idx, edit)| Some((idx, edit, edit.after?)));
        Self { table: edits[0].table, rows: rows.collect() }
    }

    /// Writes the rows, or finds the first that breaks a rule.
    ///
    /// - `audited`: gets JSON of the rows, for each edit of the table.
    async fn write(
        &self,
        connection: &mut PgConnection,
        audited: &mut [Option<String>],
    ) -> sqlx::Result<Result<(), Broken>> {
        if let Some(few) = Few::of(self.table, self.rows.iter().map(|&(_, _, row)| row)) {
            for ((idx, ..), cells) in self.rows.iter().zip(&few.rows) {
                audited[*idx] = Some(after_json(self.table, cells));
            }
            return self.merge(connection, &Source::Arguments(few)).await;
        }
        if self.rows.iter().all(|(_, edit, _)| edit.before.is_none()) {
            run(connection, "savepoint straight".into()).await?;
            match self.copy(connection, &format!("hlp.{}", self.table.name()), false, audited).await {
                Ok(()) => {
                    run(connection, "release savepoint straight".into()).await?;
                    return Ok(Ok(()));
                }
                Err(error) if rule(&error).is_none() => return Err(error),
                Err(_) => run(connection, "rollback to savepoint straight".into()).await?,
            }
        }
        let temporary = format!("pg_temp.incoming_{}", self.table.name());
        run(connection, self.temporary_table()).await?;
        self.copy(connection, &temporary, true, audited).await?;
        self.merge(connection, &Source::TemporaryTable).await
    }

    /// Sends the rows into a table, `numbered` from 0 or as they are.
    async fn copy(
        &self,
        connection: &mut PgConnection,
        into: &str,
        numbered: bool,
        audited: &mut [Option<String>],
    ) -> sqlx::Result<()> {
        let number = numbered.then_some("row_no");
        let names: Vec<&str> = number.into_iter().chain(own_columns(self.table).map(|c| c.name)).collect();
        let mut copy = CopyIn::begin(connection, into, &names).await?;
        for (row_no, &(idx, _, row)) in self.rows.iter().enumerate() {
            let cells = encode(row);
            copy.row(names.len()).await?;
            if numbered {
                copy.int(row_no as i64);
            }
            for (column, cell) in own_columns(self.table).zip(&cells) {
                copy.cell(column.kind, cell);
            }
            audited[idx].get_or_insert_with(|| after_json(self.table, &cells));
        }
        copy.finish().await
    }

    /// Without trying to compress geometry, which is not worth it.
    fn temporary_table(&self) -> String {
        let name = self.table.name();
        let typed: Vec<String> =
            own_columns(self.table).map(|c| format!("{} {}", c.name, sql_type(c.kind))).collect();
        let plain = own_columns(self.table).filter(|c| c.kind == Kind::Shape).map(|c| {
            format!("; alter table pg_temp.incoming_{name} alter column {} set storage external", c.name)
        });
        format!(
            "create temporary table incoming_{name} (row_no int8 primary key, {}) on commit drop{}",
            typed.join(", "),
            plain.collect::<String>(),
        )
    }

    fn merge_sql(&self, source: &Source) -> String {
        let name = self.table.name();
        let names: Vec<&str> = own_columns(self.table).map(|c| c.name).collect();
        let updates: Vec<String> =
            names.iter().skip(key_columns(self.table).len()).map(|n| format!("{n} = excluded.{n}")).collect();
        let names = names.join(", ");
        let select = match source {
            Source::TemporaryTable => {
                format!("select {names} from pg_temp.incoming_{name} where row_no >= $1 and row_no < $2")
            }
            Source::Arguments(few) => few.select(),
        };
        format!(
            "insert into hlp.{name} ({names}) {select} order by row_no on conflict ({}) do update set {}",
            key_list(self.table),
            updates.join(", "),
        )
    }

    /// Merges all rows, or finds the first that breaks a rule.
    async fn merge(
        &self,
        connection: &mut PgConnection,
        source: &Source,
    ) -> sqlx::Result<Result<(), Broken>> {
        let merge_sql = self.merge_sql(source);
        let mut pending = Vec::new();
        pending.push(0..self.rows.len());
        while let Some(rows) = pending.pop() {
            run(connection, "savepoint batch".into()).await?;
            let merge = sqlx::query(AssertSqlSafe(merge_sql.as_str()));
            let merge = match source {
                Source::TemporaryTable => merge.bind(rows.start as i64).bind(rows.end as i64),
                Source::Arguments(few) => few.bind(merge, rows.clone()),
            };
            let Err(error) = merge.execute(&mut *connection).await else {
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
    incoming: &Incoming<'_>,
) -> Result<(), StoreError> {
    let failed = |e| place.failed("writing", e);
    sqlx::query("delete from hlp.district_alias where district = any($1)")
        .bind(incoming.rows.iter().map(|(_, edit, _)| edit.key.clone()).collect::<Vec<_>>())
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    for (_, edit, row) in &incoming.rows {
        let Row::District(district) = row else { continue };
        let insert = sqlx::query(
            "insert into hlp.district_alias (district, position, alias) \
             select $1, n - 1, alias from unnest($2::text[]) with ordinality as u (alias, n) order by n",
        )
        .bind(&edit.key)
        .bind(&district.aliases);
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
    for &table in Table::ALL {
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
            // A reference of which a part is null leads nowhere by intention.
            let given: Vec<String> = columns.iter().map(|c| format!("t.{c} is not null")).collect();
            let sql = format!(
                "select array[{}]::text[] from hlp.{} t \
                 where {} and not exists (select from {parent} p where {}) order by 1 limit 1",
                key_columns(table).iter().map(|c| format!("t.{}", c.name)).collect::<Vec<_>>().join(", "),
                table.name(),
                given.join(" and "),
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

async fn begin_audit(
    connection: &mut PgConnection,
    revision: Revision,
    actor: &str,
    reason: &str,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("insert into hlp.audit (actor, reason, seq) values ($1, $2, $3) returning id")
        .bind(actor)
        .bind(reason)
        .bind(revision.seq)
        .fetch_one(connection)
        .await
}

/// - `audited`: for each edit, JSON of the row as it is now.
async fn audit_rows(
    connection: &mut PgConnection,
    audit_id: i64,
    edits: Vec<Edit<'_>>,
    audited: Vec<Option<String>>,
) -> sqlx::Result<()> {
    let columns = ["audit_id", "table_name", "key", "before", "after"];
    let mut copy = CopyIn::begin(connection, "hlp.audit_row", &columns).await?;
    for (edit, after) in edits.into_iter().zip(audited) {
        copy.row(columns.len()).await?;
        copy.int(audit_id);
        copy.text(edit.table.name());
        copy.text(&edit.key);
        copy.json(edit.before_json().as_deref());
        copy.json(after.as_deref());
    }
    copy.finish().await
}
