//! Making the schema `hlp` and bringing it up to date.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::Place;
use crate::store::schema::{POSTGIS_MIGRATIONS, SCHEMA_VERSION};
use crate::store::{Mode, StoreError};

/// Held while the schema changes, so that two programs that start at once do it one after the other.
const MIGRATION_LOCK: i64 = 4_746_083_219;

/// Checks the schema, makes it if asked, and applies its missing steps in one transaction.
pub(super) async fn prepare(
    connection: &mut PgConnection,
    mode: Mode,
    place: &Place,
) -> Result<(), StoreError> {
    match version(connection, place).await? {
        SCHEMA_VERSION => return Ok(()),
        0 if mode == Mode::MustExist => return Err(StoreError::Missing { location: place.to_string() }),
        _ => {}
    }
    let failed = |e| place.failed("bringing the schema up to date", e);
    let mut transaction = connection.begin().await.map_err(failed)?;
    bring_up_to_date(&mut transaction, place).await?;
    transaction.commit().await.map_err(failed)
}

/// The missing steps, within a transaction of the caller's.
pub(super) async fn bring_up_to_date(
    transaction: &mut PgConnection,
    place: &Place,
) -> Result<(), StoreError> {
    let failed = |e| place.failed("bringing the schema up to date", e);
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(MIGRATION_LOCK)
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
    let found = version(transaction, place).await?;
    if found == SCHEMA_VERSION {
        return Ok(());
    }
    add_postgis(transaction, place).await?;
    for (idx, (name, sql)) in POSTGIS_MIGRATIONS.iter().enumerate().skip(found as usize) {
        let step = async {
            sqlx::raw_sql(*sql).execute(&mut *transaction).await?;
            sqlx::query("insert into hlp.schema_version (version, name) values ($1, $2)")
                .bind(idx as i32 + 1)
                .bind(*name)
                .execute(&mut *transaction)
                .await
        };
        step.await.map_err(|e| match failed(e) {
            StoreError::ReadOnly { location } => StoreError::SchemaOlder {
                location,
                found,
                known: SCHEMA_VERSION,
                reason: "this role may not change the schema".into(),
            },
            other => other,
        })?;
    }
    Ok(())
}

/// The version of the schema, 0 where there is none.
///
/// - Errors: `NotOurs` for a schema `hlp` with tables of something else, `SchemaNewer`.
pub(super) async fn version(connection: &mut PgConnection, place: &Place) -> Result<i64, StoreError> {
    let failed = |e| place.failed("reading the schema's version", e);
    let (n_ours, n_tables): (i64, i64) = sqlx::query_as(
        "select count(*) filter (where c.relname in ('schema_version', 'khoroo', 'change')), count(*) \
         from pg_class c join pg_namespace n on n.oid = c.relnamespace \
         where n.nspname = 'hlp' and c.relkind in ('r', 'p', 'v')",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(failed)?;
    let location = place.to_string();
    match (n_ours, n_tables) {
        (_, 0) => return Ok(0),
        (3, _) => {}
        _ => return Err(StoreError::NotOurs { location }),
    }
    let found: i64 = sqlx::query_scalar("select coalesce(max(version), 0)::int8 from hlp.schema_version")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::SchemaNewer { location, found, known: SCHEMA_VERSION });
    }
    Ok(found)
}

async fn add_postgis(connection: &mut PgConnection, place: &Place) -> Result<(), StoreError> {
    let failed = |e| place.failed("looking for PostGIS", e);
    let is_there: bool =
        sqlx::query_scalar("select exists (select from pg_extension where extname = 'postgis')")
            .fetch_one(&mut *connection)
            .await
            .map_err(failed)?;
    if !is_there {
        sqlx::query(AssertSqlSafe("create extension postgis")).execute(&mut *connection).await.map_err(
            |e| {
                let reason = match &e {
                    sqlx::Error::Database(error) => error.message().to_owned(),
                    other => other.to_string(),
                };
                StoreError::NoPostgis { database: place.database.clone(), reason }
            },
        )?;
    }
    Ok(())
}
