//! The store in the schema `hlp` of a PostGIS database.
//!
//! Reads are one repeatable-read transaction; writes take the write lock of the schema first, which
//! triggers make other programs take too. A listener wakes the waiter.

mod copy;
mod few;
mod listen;
mod read;
mod schema;
mod write;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, Postgres, Transaction};

use super::{Mode, Store, StoreError, Wake};
use crate::model::{ChangeSet, Loaded, Revision};
use listen::Listener;

/// How long a write, or a schema to be made, waits for another writer; too low fails beside a long edit in QGIS.
const LOCK_TIMEOUT: Duration = Duration::from_secs(20);
/// How long to wait for a connection; too low fails while a database starts, too high hides that it is down.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Loads, writes and the revision asked for at once; one more is the listener's.
const CONNECTIONS_MAX: u32 = 5;

/// An open store.
#[derive(Debug)]
pub struct PostgisStore {
    pool: PgPool,
    place: Place,
    listener: Listener,
}

/// An empty store in the making, of which others see nothing yet; dropped, it leaves nothing.
#[derive(Debug)]
pub struct Begun {
    store: PostgisStore,
    transaction: Transaction<'static, Postgres>,
}

/// What errors say of where the store is: never a password.
#[derive(Debug, Clone)]
struct Place {
    host: String,
    port: u16,
    database: String,
}

impl PostgisStore {
    /// Connects and brings the schema up to date.
    pub async fn open(options: &PgConnectOptions, mode: Mode) -> Result<Self, StoreError> {
        let place = Place::of(options);
        let mut connection = place.connect(options).await?;
        schema::prepare(&mut connection, mode, &place).await?;
        // A connection that does not close properly is closed by being dropped.
        let _ = connection.close().await;
        Ok(Self::lazy(options, place))
    }

    /// Makes the schema in a transaction that [`Begun::finish`] commits.
    pub async fn begin(options: &PgConnectOptions) -> Result<Begun, StoreError> {
        let store = Self::lazy(options, Place::of(options));
        let failed = |e| store.place.failed("making the schema", e);
        let mut transaction = store.pool.begin().await.map_err(failed)?;
        // Whatever the server is told of idle programs: this one works on what it will write.
        sqlx::query("set local idle_in_transaction_session_timeout = 0")
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        write::limit_waiting(&mut transaction).await.map_err(failed)?;
        schema::bring_up_to_date(&mut transaction, &store.place).await?;
        Ok(Begun { store, transaction })
    }

    /// Reads the schema as it is; `None` where there is none.
    pub async fn peek(options: &PgConnectOptions) -> Result<Option<Loaded>, StoreError> {
        let place = Place::of(options);
        let mut connection = place.connect(options).await?;
        let version = schema::version(&mut connection, &place).await?;
        let _ = connection.close().await;
        if version == 0 {
            return Ok(None);
        }
        let store = Self::lazy(options, place);
        let loaded = store.load(None).await;
        store.close().await;
        loaded.map(Some)
    }

    fn lazy(options: &PgConnectOptions, place: Place) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(CONNECT_TIMEOUT)
            .connect_lazy_with(options.clone().disable_statement_logging());
        Self { pool, place, listener: Listener::default() }
    }

    pub fn location(&self) -> String {
        self.place.to_string()
    }

    /// Ends all connections; a waiter ends its own when it next looks.
    pub async fn close(&self) {
        self.listener.close();
        self.pool.close().await;
    }
}

impl Begun {
    /// The store, from now on there for everybody.
    pub async fn finish(self) -> Result<PostgisStore, StoreError> {
        let Self { store, transaction } = self;
        transaction.commit().await.map_err(|e| store.place.failed("making the schema", e))?;
        Ok(store)
    }
}

impl Store for PostgisStore {
    async fn apply(
        &self,
        set: &ChangeSet,
        expected: Option<Revision>,
        actor: &str,
        reason: &str,
    ) -> Result<Revision, StoreError> {
        write::apply(&self.pool, &self.place, set, expected, actor, reason).await
    }

    async fn load(&self, known: Option<Revision>) -> Result<Loaded, StoreError> {
        read::load(&self.pool, &self.place, known).await
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        let failed = |e| self.place.failed("reading the revision", e);
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        read::revision(&mut connection).await.map_err(failed)
    }

    async fn wait_for_change(&self) -> Wake {
        self.listener.wait(&self.pool, &self.place).await
    }
}

impl Place {
    fn of(options: &PgConnectOptions) -> Self {
        let host = match options.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => options.get_host().to_owned(),
        };
        let database = options.get_database().unwrap_or(options.get_username()).to_owned();
        Self { host, port: options.get_port(), database }
    }

    /// Not through a pool, which tries on until its time is up and then does not say why.
    async fn connect(&self, options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
        let options = options.clone().disable_statement_logging();
        match tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect_with(&options)).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(self.unreachable(error.to_string())),
            Err(_) => Err(self.unreachable(format!("no answer within {} s", CONNECT_TIMEOUT.as_secs()))),
        }
    }

    fn unreachable(&self, reason: String) -> StoreError {
        let Self { host, port, database } = self.clone();
        StoreError::Connect { host, port, database, reason }
    }

    /// The cause behind an error of the database. Codes: PostgreSQL manual, appendix A.
    fn failed(&self, doing: &'static str, source: sqlx::Error) -> StoreError {
        let location = self.to_string();
        match &source {
            sqlx::Error::PoolTimedOut => {
                self.unreachable(format!("no answer within {} s", CONNECT_TIMEOUT.as_secs()))
            }
            sqlx::Error::Io(error) => self.unreachable(error.to_string()),
            sqlx::Error::Database(error) => match error.code().as_deref() {
                // lock_not_available, deadlock_detected, serialization_failure
                Some("55P03" | "40P01" | "40001") => {
                    StoreError::Busy { location, waited_s: LOCK_TIMEOUT.as_secs() }
                }
                // insufficient_privilege, read_only_sql_transaction
                Some("42501" | "25006") => StoreError::ReadOnly { location },
                // class 57: shutting down, starting up
                Some(code) if code.starts_with("57P") => self.unreachable(error.message().to_owned()),
                _ => StoreError::Postgres { doing, location, source },
            },
            _ => StoreError::Postgres { doing, location, source },
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "postgres://{}:{}/{}", self.host, self.port, self.database)
    }
}
