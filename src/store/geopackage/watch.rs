//! Noticing that the file changed, by whatever program.
//!
//! `pragma data_version` moves on a connection when another one commits. So the watch has its own,
//! which never writes: commits of this process are then as visible as those of QGIS.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::Notify;

use super::{Access, connect};
use crate::store::Wake;

/// How often the file is looked at; our own writes are seen at once.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct Watch {
    path: Arc<Path>,
    seen: Arc<Mutex<Option<Seen>>>,
    /// What was noticed and nobody was told yet: a waiter may be dropped while the file is looked at.
    news: Arc<Mutex<Option<Wake>>>,
    nudged: Notify,
}

/// The file as it was last looked at.
#[derive(Debug)]
struct Seen {
    connection: Connection,
    data_version: i64,
    identity: Option<Identity>,
}

/// Tells a file from another one moved into its place.
type Identity = (u64, u64);

impl Watch {
    /// Begins to look: changes from now on are noticed.
    pub fn new(path: &Arc<Path>) -> Self {
        let (seen, news) = match Seen::look(path) {
            Ok(seen) => (Some(seen), None),
            Err(reason) => (None, Some(Wake::Lost { reason })),
        };
        Self {
            path: Arc::clone(path),
            seen: Arc::new(Mutex::new(seen)),
            news: Arc::new(Mutex::new(news)),
            nudged: Notify::new(),
        }
    }

    /// Makes the waiter look now.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }

    pub async fn wait(&self) -> Wake {
        loop {
            let (path, seen, news) = (Arc::clone(&self.path), Arc::clone(&self.seen), Arc::clone(&self.news));
            let looking = tokio::task::spawn_blocking(move || {
                let mut seen = lock(&seen);
                if let Some(wake) = moved(&path, &mut seen) {
                    *lock(&news) = Some(wake);
                }
            });
            if let Err(error) = looking.await {
                tracing::error!(%error, "looking for changes of the store failed");
            }
            // Taken without another pause, so that what is taken is told.
            if let Some(wake) = lock(&self.news).take() {
                return wake;
            }
            // A nudge between looking and waiting is kept by `Notify`.
            let _ = tokio::time::timeout(POLL_INTERVAL, self.nudged.notified()).await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What became of the file since the last look; `seen` is `None` while it is out of reach.
fn moved(path: &Path, seen: &mut Option<Seen>) -> Option<Wake> {
    let Some(last) = seen else {
        *seen = Seen::look(path).ok();
        return seen.is_some().then_some(Wake::Changed);
    };
    let now = if identity(path) == last.identity {
        match data_version(&last.connection) {
            Ok(version) if version == last.data_version => return None,
            Ok(version) => {
                last.data_version = version;
                return Some(Wake::Changed);
            }
            // Somebody writes just now; the next look will tell.
            Err(error) if is_busy(&error) => return None,
            Err(error) => Err(error.to_string()),
        }
    } else {
        Seen::look(path)
    };
    match now {
        Ok(found) => {
            *seen = Some(found);
            Some(Wake::Changed)
        }
        Err(reason) => {
            *seen = None;
            Some(Wake::Lost { reason })
        }
    }
}

impl Seen {
    /// - Errors: why the file is out of reach.
    fn look(path: &Path) -> Result<Self, String> {
        let identity = identity(path);
        let connection = connect(path, Access::Read).map_err(|e| e.to_string())?;
        let data_version = data_version(&connection).map_err(|e| e.to_string())?;
        Ok(Self { connection, data_version, identity })
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|m| (m.dev(), m.ino()))
}

/// Elsewhere a file in use cannot be replaced.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    std::fs::metadata(path).ok().map(|_| (0, 0))
}
