//! Reading the tables of the schema.

use std::collections::BTreeSet;

use futures_util::StreamExt;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Row};

use super::Place;
use crate::model::{Loaded, Revision, StoreId, Table};
use crate::store::assemble::{Assembly, Stale, stale};
use crate::store::rows::{self, Cell};
use crate::store::schema::{Kind, Present, columns, key_columns};
use crate::store::{StoreError, off_thread};

/// One consistent state: all reads are one repeatable-read transaction.
pub(super) async fn load(
    pool: &PgPool,
    place: &Place,
    known: Option<Revision>,
) -> Result<Loaded, StoreError> {
    let failed = |e| place.failed("loading", e);
    let (revision, stale, rows) = read_all(pool, known).await.map_err(failed)?;
    off_thread(move || {
        let mut assembly = Assembly::default();
        for (table, cells) in rows {
            assembly.add(table, cells);
        }
        Ok(assembly.finish(revision, &stale))
    })
    .await
}

type Rows = Vec<(Table, Vec<Cell>)>;

async fn read_all(pool: &PgPool, known: Option<Revision>) -> sqlx::Result<(Revision, Stale, Rows)> {
    let mut transaction = pool.begin_with("begin isolation level repeatable read, read only").await?;
    let revision = revision(&mut transaction).await?;
    let stale = stale_since(&mut transaction, known, revision.store).await?;
    let mut rows = Vec::new();
    let present = present(&mut transaction).await?;
    for table in present.tables() {
        let filter = stale.filters(table);
        let condition = if filter.is_some() { "where t.vintage = any($1)" } else { "" };
        let select = select_where(table, |column| present.has(table, column));
        let sql = format!("{select} {condition} order by {}", key_list(table));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        if let Some(ids) = filter {
            query = query.bind(ids.iter().cloned().collect::<Vec<_>>());
        }
        collect(query, table, &mut transaction, |row| rows.push((table, row))).await?;
    }
    transaction.rollback().await?;
    Ok((revision, stale, rows))
}

/// The rows of a table with any of the keys, given as texts per key column.
pub(super) async fn with_keys(
    connection: &mut PgConnection,
    table: Table,
    keys: &BTreeSet<Vec<String>>,
    take: impl FnMut(Vec<Cell>),
) -> sqlx::Result<()> {
    let sql = format!("{} where {}", select(table), key_condition(table));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for idx in 0..key_columns(table).len() {
        query = query.bind(keys.iter().map(|key| key[idx].clone()).collect::<Vec<_>>());
    }
    collect(query, table, connection, take).await
}

/// The rows of a table that are marked illustrative.
pub(super) async fn illustrative(
    connection: &mut PgConnection,
    table: Table,
    take: impl FnMut(Vec<Cell>),
) -> sqlx::Result<()> {
    let sql = format!("{} where t.illustrative order by {}", select(table), key_list(table));
    collect(sqlx::query(AssertSqlSafe(sql)), table, connection, take).await
}

async fn collect(
    query: Query<'_, Postgres, PgArguments>,
    table: Table,
    connection: &mut PgConnection,
    mut take: impl FnMut(Vec<Cell>),
) -> sqlx::Result<()> {
    let mut found = query.fetch(connection);
    while let Some(row) = found.next().await {
        take(cells(table, &row?)?);
    }
    Ok(())
}

pub(super) async fn revision(connection: &mut PgConnection) -> sqlx::Result<Revision> {
    let store = store_id(connection).await?;
    let newest: Option<(i64, i64)> = sqlx::query_as(
        "select seq, floor(extract(epoch from at))::int8 from hlp.change order by seq desc limit 1",
    )
    .fetch_optional(connection)
    .await?;
    let (seq, published_at) = newest.unwrap_or_default();
    Ok(Revision { seq, published_at, store })
}

/// An older schema, which may be looked at but not changed, has none.
async fn store_id(connection: &mut PgConnection) -> sqlx::Result<StoreId> {
    let is_there: bool = sqlx::query_scalar("select to_regclass('hlp.store_identity') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !is_there {
        return Ok(StoreId::default());
    }
    let id: Option<String> =
        sqlx::query_scalar("select max(id) from hlp.store_identity").fetch_one(connection).await?;
    Ok(rows::store_id(id.as_deref()))
}

async fn stale_since(
    connection: &mut PgConnection,
    known: Option<Revision>,
    store: StoreId,
) -> sqlx::Result<Stale> {
    let Some(known) = known.filter(|known| known.store == store) else { return Ok(Stale::All) };
    // The time too: two copies of one database may have gone on, each its own way.
    let is_there: bool = sqlx::query_scalar(
        "select exists (select from hlp.change \
         where seq = $1 and floor(extract(epoch from at))::int8 = $2)",
    )
    .bind(known.seq)
    .bind(known.published_at)
    .fetch_one(&mut *connection)
    .await?;
    let changes: Vec<(String, String)> = sqlx::query_as(
        "select distinct table_name, key from hlp.change where seq > $1 order by table_name, key",
    )
    .bind(known.seq)
    .fetch_all(connection)
    .await?;
    Ok(stale(changes.iter().map(|(table, key)| (table.as_str(), key.as_str())), is_there))
}

async fn present(connection: &mut PgConnection) -> sqlx::Result<Present> {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select c.relname::text, a.attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid \
         where c.relnamespace = 'hlp'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped",
    )
    .fetch_all(connection)
    .await?;
    Ok(Present::new(columns))
}

/// `select … from hlp.table t`, all columns in their order and as few types as cells have.
fn select(table: Table) -> String {
    select_where(table, |_| true)
}

/// [`select`] from a table that may be of an older schema: null in place of columns it does not have.
fn select_where(table: Table, has: impl Fn(&str) -> bool) -> String {
    let list: Vec<String> = columns(table)
        .iter()
        .map(|column| {
            let name = column.name;
            match column.kind {
                Kind::Aliases => "array(select a.alias from hlp.district_alias a where a.district = t.code \
                                  order by a.position)"
                    .into(),
                _ if !has(name) => "null".into(),
                Kind::Text | Kind::Real | Kind::Bool => format!("t.{name}"),
                Kind::Small | Kind::Int | Kind::Big => format!("t.{name}::int8"),
                Kind::Date => format!("to_char(t.{name}, 'YYYY-MM-DD')"),
                Kind::Shape => format!("ST_AsBinary(t.{name}, 'NDR')"),
            }
        })
        .collect();
    format!("select {} from hlp.{} t", list.join(", "), table.name())
}

pub(super) fn key_list(table: Table) -> String {
    key_columns(table).iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
}

/// True for the keys bound as one array of texts per key column.
pub(super) fn key_condition(table: Table) -> String {
    let (mut names, mut typed, mut arrays) = (Vec::new(), Vec::new(), Vec::new());
    for (n, column) in (1..).zip(key_columns(table)) {
        names.push(format!("k{n}"));
        typed.push(format!("k{n}::{}", sql_type(column.kind)));
        arrays.push(format!("${n}::text[]"));
    }
    format!(
        "({}) in (select {} from unnest({}) as keys ({}))",
        key_list(table),
        typed.join(", "),
        arrays.join(", "),
        names.join(", "),
    )
}

pub(super) const fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Aliases => "text",
        Kind::Small => "int2",
        Kind::Int => "int4",
        Kind::Big => "int8",
        Kind::Real => "float8",
        Kind::Bool => "bool",
        Kind::Date => "date",
        Kind::Shape => "geometry",
    }
}

fn cells(table: Table, row: &PgRow) -> sqlx::Result<Vec<Cell>> {
    let cell = |(idx, kind): (usize, Kind)| -> sqlx::Result<Cell> {
        let cell = match kind {
            Kind::Text | Kind::Date => row.try_get::<Option<String>, _>(idx)?.map(Cell::Text),
            Kind::Small | Kind::Int | Kind::Big => row.try_get::<Option<i64>, _>(idx)?.map(Cell::Int),
            Kind::Real => row.try_get::<Option<f64>, _>(idx)?.map(Cell::Real),
            Kind::Bool => row.try_get::<Option<bool>, _>(idx)?.map(Cell::Bool),
            Kind::Shape => row.try_get::<Option<Vec<u8>>, _>(idx)?.map(Cell::Shape),
            Kind::Aliases => row.try_get::<Option<Vec<String>>, _>(idx)?.map(Cell::List),
        };
        Ok(cell.unwrap_or(Cell::Null))
    };
    columns(table).iter().map(|c| c.kind).enumerate().map(cell).collect()
}
