//! Why a store could not do what was asked. No message ever holds a password.

use std::path::PathBuf;

use super::location::LocationError;

/// Each variant is a cause that a caller can tell apart and a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Location(#[from] LocationError),
    #[error("there is no store at `{location}`")]
    Missing { location: String },
    #[error("`{path}` cannot be opened for writing: {source}")]
    Unwritable { path: PathBuf, source: std::io::Error },
    #[error("`{path}` is not a GeoPackage: {reason}")]
    NotGeoPackage { path: PathBuf, reason: String },
    #[error("`{location}` belongs to something else: it holds none of the tracker's tables")]
    NotOurs { location: String },
    #[error(
        "`{location}` was written by a newer version: its schema is {found}, this version knows up to {known}"
    )]
    SchemaNewer { location: String, found: i64, known: i64 },
    #[error("`{location}` has schema {found} of {known} and cannot be brought up to date: {reason}")]
    SchemaOlder { location: String, found: i64, known: i64, reason: String },
    #[error("`{location}` can only be read")]
    ReadOnly { location: String },
    #[error("`{location}` is busy: another program holds it for longer than {waited_s} s")]
    Busy { location: String, waited_s: u64 },
    /// A constraint of the tables. `rule` names it, equal in both homes of the data: CHECKs by their
    /// name, `…_unique` and `…_exists` by table and columns, `…_not_null` by column.
    #[error("{table} `{key}` breaks the rule `{rule}`")]
    Constraint { table: String, key: String, rule: String },
    /// Numbers of changes: the one that a set was made for, and the newest.
    #[error("another program wrote to the store meanwhile: it stood at change {expected}, now at {found}")]
    Conflict { expected: i64, found: i64 },
    #[error("no connection to PostgreSQL at {host}:{port}, database `{database}`: {reason}")]
    Connect { host: String, port: u16, database: String, reason: String },
    #[error("database `{database}` has no PostGIS, and it cannot be added: {reason}")]
    NoPostgis { database: String, reason: String },
    #[error("{doing} in `{location}`: {source}")]
    Sqlite { doing: &'static str, location: String, source: rusqlite::Error },
    #[error("{doing} in `{location}`: {source}")]
    Postgres { doing: &'static str, location: String, source: sqlx::Error },
    #[error("the program is stopping")]
    Stopping,
}
