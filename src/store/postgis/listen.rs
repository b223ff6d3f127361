//! Noticing that the database changed, by whatever program.

use std::time::Duration;

use sqlx::postgres::PgListener;
use sqlx::{Executor, PgPool};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use crate::store::Wake;

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
    connection: Mutex<Option<PgListener>>,
}

impl Listener {
    /// Every new connection wakes too: what happened before it listened was not heard.
    pub async fn wait(&self, pool: &PgPool) -> Wake {
        let mut connection = self.connection.lock().await;
        let mut pause = RETRY_PAUSES.0;
        loop {
            let Some(listener) = connection.as_mut() else {
                match connect(pool).await {
                    Ok(listener) => {
                        *connection = Some(listener);
                        return Wake::Changed;
                    }
                    Err(error) => {
                        tracing::warn!(%error, retry_ms = pause.as_millis(), "the store's changes cannot be heard");
                        sleep(pause).await;
                        pause = (pause * 2).min(RETRY_PAUSES.1);
                        continue;
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
                    tracing::warn!(?lost, "the connection that hears the store's changes was lost");
                    *connection = None;
                }
            }
        }
    }

    /// Gives the connection back, so that the pool can close.
    pub fn close(&self) {
        if let Ok(mut connection) = self.connection.try_lock() {
            *connection = None;
        }
    }
}

async fn connect(pool: &PgPool) -> sqlx::Result<PgListener> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

async fn lives(listener: &mut PgListener) -> bool {
    matches!(timeout(ANSWER_TIMEOUT, listener.execute("select 1")).await, Ok(Ok(_)))
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listener")
    }
}
