//! Noticing that the file changed, by whatever program.
//!
//! `pragma data_version` moves on a connection when another one commits. So the watch has its own,
//! which never writes: commits of this process are then as visible as those of QGIS.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::Notify;

use super::{Access, connect};
use crate::store::Wake;

/// How often the file is looked at; our own writes are seen at once.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct Watch {
    path: Arc<Path>,
    seen: Arc<Mutex<Option<Seen>>>,
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
        let seen = Seen::look(path);
        Self { path: Arc::clone(path), seen: Arc::new(Mutex::new(seen)), nudged: Notify::new() }
    }

    /// Makes the waiter look now.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }

    pub async fn wait(&self) -> Wake {
        loop {
            let (path, seen) = (Arc::clone(&self.path), Arc::clone(&self.seen));
            match tokio::task::spawn_blocking(move || moved(&path, &seen)).await {
                Ok(true) => return Wake::Changed,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "looking for changes of the store failed"),
            }
            // A nudge between looking and waiting is kept by `Notify`.
            let _ = tokio::time::timeout(POLL_INTERVAL, self.nudged.notified()).await;
        }
    }
}

/// True when the file changed since the last look. A file that cannot be looked at now has not
/// changed; when it comes back, it has.
fn moved(path: &Path, seen: &Mutex<Option<Seen>>) -> bool {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(last) = seen.as_mut() else {
        *seen = Seen::look(path);
        return seen.is_some();
    };
    let identity = identity(path);
    if identity != last.identity {
        *seen = identity.and_then(|_| Seen::look(path));
        return seen.is_some();
    }
    match data_version(&last.connection) {
        Ok(version) if version == last.data_version => false,
        Ok(version) => {
            last.data_version = version;
            true
        }
        Err(error) => {
            tracing::debug!(%error, "the store's file cannot be looked at");
            false
        }
    }
}

impl Seen {
    fn look(path: &Path) -> Option<Self> {
        let identity = identity(path);
        let connection = connect(path, Access::Read).ok()?;
        let data_version = data_version(&connection).ok()?;
        Some(Self { connection, data_version, identity })
    }
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
