//! Noticing that the database changed, by whatever program.

use std::time::Duration;

use sqlx::postgres::PgListener;
use sqlx::{Connection, Executor, PgPool};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use super::Place;
use crate::store::{StoreError, Wake};

/// Channel of the triggers' notices.
const CHANNEL: &str = "hlp_change";
/// After this silence the connection is asked whether it lives; a vanished host says nothing by itself.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// How long an answer to that may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// Pauses between attempts to connect: first and longest.
const RETRY_PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// A connection that listens, made when it is first waited for and again whenever it was lost.
#[derive(Default)]
pub(super) struct Listener {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    connection: Option<PgListener>,
    /// The last wake was `Lost`: the next one is `Changed`.
    is_lost: bool,
}

impl Listener {
    /// Every new connection wakes too: what happened before it listened was not heard.
    ///
    /// Nothing is awaited between taking in a piece of news and returning it, so that a waiter that is
    /// dropped loses none.
    pub async fn wait(&self, pool: &PgPool, place: &Place) -> Wake {
        let mut state = self.state.lock().await;
        let mut pause = RETRY_PAUSES.0;
        loop {
            let Some(listener) = state.connection.as_mut() else {
                match connect(pool, place).await {
                    Ok(listener) => {
                        *state = State { connection: Some(listener), is_lost: false };
                        return Wake::Changed;
                    }
                    Err(error) if state.is_lost => {
                        tracing::debug!(%error, retry_ms = pause.as_millis(), "the store is still out of reach");
                        sleep(pause).await;
                        pause = (pause * 2).min(RETRY_PAUSES.1);
                        continue;
                    }
                    Err(error) => {
                        state.is_lost = true;
                        return Wake::Lost { reason: error.to_string() };
                    }
                }
            };
            match timeout(SILENCE_MAX, listener.try_recv()).await {
                Ok(Ok(Some(_))) => {
                    // One wake for all that was heard by now.
                    while listener.next_buffered().is_some() {}
                    return Wake::Changed;
                }
                Err(_) if lives(listener).await => {}
                lost => {
                    tracing::debug!(?lost, "the connection that hears the store's changes was lost");
                    state.connection = None;
                }
            }
        }
    }

    /// Gives the connection back, so that the pool can close.
    pub fn close(&self) {
        if let Ok(mut state) = self.state.try_lock() {
            state.connection = None;
        }
    }
}

async fn connect(pool: &PgPool, place: &Place) -> Result<PgListener, StoreError> {
    // Says at once, and why, when there is no database; the pool would try on for long.
    let probe = place.connect(&pool.connect_options()).await?;
    let _ = probe.close().await;
    let listen = async {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        Ok(listener)
    };
    listen.await.map_err(|e| place.failed("listening for changes", e))
}

async fn lives(listener: &mut PgListener) -> bool {
    matches!(timeout(ANSWER_TIMEOUT, listener.execute("select 1")).await, Ok(Ok(_)))
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listener")
    }
}
