//! The store in one GeoPackage file.
//!
//! Every call opens its own connection off the async threads: it costs less than a millisecond, and
//! a file that was replaced meanwhile is simply the file. One waiter polls `data_version`.
//!
//! Design: the rollback journal, not WAL. A file at rest is one file, which people copy and mail; a
//! copy of a WAL file without its companions silently lacks the last writes. QGIS may switch a file
//! it edits to WAL and back, which this code does not notice.

mod read;
mod schema;
mod watch;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use super::{Mode, Store, StoreError, Wake, off_thread};
use crate::gpkg::blob;
use crate::model::{ChangeSet, Loaded, Revision};
use watch::Watch;

/// How long a write waits for another program that writes; too low fails beside a saving QGIS.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// An open store; cheap, holds no lock.
#[derive(Debug)]
pub struct GeoPackageStore {
    path: Arc<Path>,
    watch: Watch,
}

impl GeoPackageStore {
    /// Opens, or makes, the file and brings its schema up to date.
    pub async fn open(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        let path: Arc<Path> = path.into();
        let file = Arc::clone(&path);
        off_thread(move || schema::prepare(&file, mode)).await?;
        Ok(Self { watch: Watch::new(&path), path })
    }

    /// Reads the file as it is; `None` where there is none.
    pub async fn peek(path: &Path) -> Result<Option<Loaded>, StoreError> {
        let path: Arc<Path> = path.into();
        off_thread(
            move || if schema::is_there(&path)? { read::load(&path, None).map(Some) } else { Ok(None) },
        )
        .await
    }

    pub fn location(&self) -> String {
        self.path.display().to_string()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Store for GeoPackageStore {
    async fn apply(
        &self,
        set: &ChangeSet,
        expected: Option<Revision>,
        actor: &str,
        reason: &str,
    ) -> Result<Revision, StoreError> {
        let (path, set) = (Arc::clone(&self.path), set.clone());
        let (actor, reason) = (actor.to_owned(), reason.to_owned());
        let revision = off_thread(move || write::apply(&path, &set, expected, &actor, &reason)).await;
        self.watch.nudge();
        revision
    }

    async fn load(&self, known: Option<Revision>) -> Result<Loaded, StoreError> {
        let path = Arc::clone(&self.path);
        off_thread(move || read::load(&path, known)).await
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        let path = Arc::clone(&self.path);
        off_thread(move || {
            let connection = connect(&path, Access::Read)?;
            read::revision(&connection).map_err(|e| sqlite(&path, "reading the revision", e))
        })
        .await
    }

    async fn wait_for_change(&self) -> Wake {
        self.watch.wait().await
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
    Create,
}

/// A connection with the functions that triggers need; the file must be there unless `Create`.
fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | match access {
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
    let connection = Connection::open_with_flags(path, flags).map_err(|e| sqlite(path, "opening", e))?;
    let prepare = || {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        blob::register_functions(&connection)
    };
    prepare().map_err(|e| sqlite(path, "opening", e))?;
    if access == Access::Read && needs_rollback(&connection) {
        // A killed writer left half a transaction, which a connection for reading may not undo.
        needs_rollback(&connect(path, Access::Write)?);
    }
    Ok(connection)
}

/// Looks at the file, which undoes half a transaction where the connection may write.
///
/// - Out: true if it may not. Whatever else is wrong, the next statement tells.
fn needs_rollback(connection: &Connection) -> bool {
    let looked = connection.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0));
    let code = looked.err().and_then(|error| error.sqlite_error().map(|e| e.extended_code));
    code == Some(ffi::SQLITE_READONLY_ROLLBACK)
}

/// The cause behind an SQLite error.
fn sqlite(path: &Path, doing: &'static str, source: rusqlite::Error) -> StoreError {
    let location = path.display().to_string();
    match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::NotGeoPackage { path: path.into(), reason: source.to_string() }
        }
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { location },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy { location, waited_s: BUSY_TIMEOUT.as_secs() }
        }
        Some(ErrorCode::CannotOpen) if !path.exists() => StoreError::Missing { location },
        _ => StoreError::Sqlite { doing, location, source },
    }
}

/// The folder that a file stands in.
fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.into(),
        _ => ".".into(),
    }
}
