//! The record: a GeoPackage file or a PostGIS schema behind one contract.
//!
//! [`open`] finds or makes a store, [`Store`] is what both homes can do, `tests/it/store_contract.rs`
//! holds every rule as one function run on both. All our writes are one call, [`Store::apply`];
//! writes of other programs are noted by triggers in the table `change`, and both are seen by
//! [`Store::wait_for_change`].
//!
//! Owns: SQL, migrations, transactions. Leaves to others: rules between rows (`model::rules`), what
//! is shown (`snapshot`).

mod assemble;
mod edits;
mod error;
mod geopackage;
mod location;
mod postgis;
mod rows;
mod schema;

use std::future::Future;

pub use error::StoreError;
pub use geopackage::GeoPackageStore;
pub use location::{Location, LocationError};
pub use postgis::PostgisStore;
pub use schema::{GEOPACKAGE_MIGRATIONS, POSTGIS_MIGRATIONS, SCHEMA_VERSION};

use crate::model::{ChangeSet, Loaded, Revision};

/// What every home of the data can do.
pub trait Store: Send + Sync {
    /// Writes the whole change set in one transaction, with its audit rows, or nothing.
    ///
    /// References are judged when everything is written, so the order of changes is free.
    ///
    /// - `expected`: the state that the set was made for; `None` if any will do.
    /// - Out: the revision after it; the present one if nothing changed.
    /// - Errors: `Conflict` when another program wrote since `expected`; `Constraint` names table, key
    ///   and rule of the first row that breaks one.
    fn apply(
        &self,
        set: &ChangeSet,
        expected: Option<Revision>,
        actor: &str,
        reason: &str,
    ) -> impl Future<Output = Result<Revision, StoreError>> + Send;

    /// Reads one consistent state; vintages unchanged since `known` are left out of `datasets`.
    ///
    /// Everything is read when the changes since `known` are not all on record.
    fn load(&self, known: Option<Revision>) -> impl Future<Output = Result<Loaded, StoreError>> + Send;

    /// The present revision.
    fn revision(&self) -> impl Future<Output = Result<Revision, StoreError>> + Send;

    /// Returns when the store may have changed since the last return: a wake, not a promise; also
    /// after a reconnect. For one waiter a store; it may be dropped and called again at any time.
    ///
    /// - Out: `Lost` once when the store goes out of reach, then `Changed` when it is back.
    fn wait_for_change(&self) -> impl Future<Output = Wake> + Send;
}

/// What ended a wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// The store may have changed.
    Changed,
    /// The store cannot be reached; `reason` holds no password.
    Lost { reason: String },
}

/// What to do when there is no store yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Refuse with `Missing`.
    MustExist,
    CreateEmpty,
}

/// Either home.
#[derive(Debug)]
pub enum AnyStore {
    GeoPackage(GeoPackageStore),
    Postgis(PostgisStore),
}

/// Brings the schema of a store up to date, or makes an empty store; gives the schema's version.
pub async fn migrate(location: &Location) -> Result<i64, StoreError> {
    open(location, Mode::CreateEmpty).await.map(|_| SCHEMA_VERSION)
}

/// Opens a store and brings its schema up to date.
pub async fn open(location: &Location, mode: Mode) -> Result<AnyStore, StoreError> {
    match location {
        Location::GeoPackage(path) => GeoPackageStore::open(path, mode).await.map(AnyStore::GeoPackage),
        Location::Postgis(options) => PostgisStore::open(options, mode).await.map(AnyStore::Postgis),
    }
}

/// An empty store in the making, see [`begin`].
#[derive(Debug)]
pub struct Begun(postgis::Begun);

/// Makes an empty store while its first rows are still being worked out. Nobody sees anything of it
/// before [`Begun::finish`]; dropped before that, it leaves nothing.
///
/// - Out: `None` for a file, which is made in no time.
pub async fn begin(location: &Location) -> Result<Option<Begun>, StoreError> {
    match location {
        Location::GeoPackage(_) => Ok(None),
        Location::Postgis(options) => PostgisStore::begin(options).await.map(Begun).map(Some),
    }
}

impl Begun {
    pub async fn finish(self) -> Result<AnyStore, StoreError> {
        self.0.finish().await.map(AnyStore::Postgis)
    }
}

/// Reads a store without creating, migrating or changing anything.
///
/// - Out: `None` where there is no store yet: no file, or a database without our schema.
pub async fn peek(location: &Location) -> Result<Option<Loaded>, StoreError> {
    match location {
        Location::GeoPackage(path) => GeoPackageStore::peek(path).await,
        Location::Postgis(options) => PostgisStore::peek(options).await,
    }
}

impl AnyStore {
    /// Where it is, without a password.
    pub fn location(&self) -> String {
        match self {
            Self::GeoPackage(store) => store.location(),
            Self::Postgis(store) => store.location(),
        }
    }
}

impl Store for AnyStore {
    async fn apply(
        &self,
        set: &ChangeSet,
        expected: Option<Revision>,
        actor: &str,
        reason: &str,
    ) -> Result<Revision, StoreError> {
        match self {
            Self::GeoPackage(store) => store.apply(set, expected, actor, reason).await,
            Self::Postgis(store) => store.apply(set, expected, actor, reason).await,
        }
    }

    async fn load(&self, known: Option<Revision>) -> Result<Loaded, StoreError> {
        match self {
            Self::GeoPackage(store) => store.load(known).await,
            Self::Postgis(store) => store.load(known).await,
        }
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        match self {
            Self::GeoPackage(store) => store.revision().await,
            Self::Postgis(store) => store.revision().await,
        }
    }

    async fn wait_for_change(&self) -> Wake {
        match self {
            Self::GeoPackage(store) => store.wait_for_change().await,
            Self::Postgis(store) => store.wait_for_change().await,
        }
    }
}

/// Runs blocking work off the async threads; a panic in it goes on here.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(StoreError::Stopping),
    }
}
