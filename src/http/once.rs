//! What is made once and kept, however many ask for it.
//!
//! Whoever asks first makes it, off the async threads; everyone who asks meanwhile waits for that one.
//!
//! Owns: who makes. Leaves to others: where it is kept, how many make at a time.
//!
//! Design: it is made in a task of its own: who goes away while waiting for a turn costs nothing, and who goes
//! away while it is made loses nothing, for the next one finds it.

use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::oneshot;
use tracing::Instrument as _;

use super::error::Error;

/// What was found, and whether it was there.
pub type Found<V> = Result<(V, bool), Error>;

/// The value of `key` in `kept`; `make` runs at most once at a time for a key.
///
/// - `turn`: waited for by the one who makes; what it gives is held until the value is there.
pub async fn get<K, V, W, T>(
    kept: &Arc<Cache<K, V, W>>,
    key: K,
    turn: impl Future<Output = Result<T, Error>> + Send + 'static,
    make: impl FnOnce() -> Result<V, Error> + Send + 'static,
) -> Found<V>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    W: Weighter<K, V> + Clone + Send + Sync + 'static,
    T: Send + 'static,
{
    if let Some(value) = kept.get(&key) {
        return Ok((value, true));
    }
    let (asker, answer) = oneshot::channel();
    tokio::spawn(fill(kept.clone(), key, turn, make, asker).in_current_span());
    answer.await.map_err(Error::internal)?
}

/// Finds or makes the value for `asker`. Who goes away gives up the turn, but only until the work begins.
async fn fill<K, V, W, T>(
    kept: Arc<Cache<K, V, W>>,
    key: K,
    turn: impl Future<Output = Result<T, Error>> + Send + 'static,
    make: impl FnOnce() -> Result<V, Error> + Send + 'static,
    mut asker: oneshot::Sender<Found<V>>,
) where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    W: Weighter<K, V> + Clone + Send + Sync + 'static,
    T: Send + 'static,
{
    let found = tokio::select! {
        biased;
        () = asker.closed() => return,
        found = kept.get_value_or_guard_async(&key) => found,
    };
    let guard = match found {
        Ok(value) => {
            let _ = asker.send(Ok((value, true)));
            return;
        }
        Err(guard) => guard,
    };
    let turn = tokio::select! {
        biased;
        // The guard falls, and the next one waiting for this value takes over.
        () = asker.closed() => return,
        turn = turn => turn,
    };
    let made = match turn {
        Ok(turn) => tokio::task::spawn_blocking(move || {
            let _turn = turn;
            make()
        })
        .await
        .unwrap_or_else(|error| Err(Error::internal(error))),
        Err(error) => Err(error),
    };
    if let Ok(value) = &made {
        // Refused only when the entry was removed meanwhile; the value is as good.
        let _ = guard.insert(value.clone());
    }
    // Nobody may be there any more; the value is kept for the next.
    let _ = asker.send(made.map(|value| (value, false)));
}
