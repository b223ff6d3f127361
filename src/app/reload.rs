//! Keeps the served snapshot at the store's revision.
//!
//! One task: open the store, load, build off the async threads, publish, wait for a change, again. What
//! fails leaves the old snapshot, says so in readiness and log, and is tried again with growing pauses;
//! a change in the store cuts a pause short.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::stores::Wanted;
use super::{Failure, serve, stores};
use crate::http::App;
use crate::http::health::Reason;
use crate::snapshot::{BuildError, Snapshot};
use crate::store::{self, AnyStore, Mode, Store as _, StoreError};

const PAUSE_FIRST: Duration = Duration::from_millis(500);
const PAUSE_LONGEST: Duration = Duration::from_secs(15);

/// A change is waited out for this long, because people save several times in a row.
const QUIET: Duration = Duration::from_millis(50);
/// But no longer than this altogether.
const QUIET_LONGEST: Duration = Duration::from_secs(1);

/// Why an attempt failed.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error("demo data could not be written: {0}")]
    Demo(String),
    #[error("building the snapshot broke off: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

impl Trouble {
    /// What readiness may say: units and places, but no hosts, databases or files.
    fn reason(&self, attempts: u32) -> Reason {
        let (code, detail) = match self {
            Self::Build(error) => ("build_failed", error.to_string()),
            Self::Store(_) | Self::Demo(_) => ("store_unreachable", "the store cannot be read".to_owned()),
            Self::Broken(_) => ("build_failed", "building the snapshot broke off".to_owned()),
        };
        Reason { code, detail, attempts }
    }
}

/// Growing pauses between attempts.
struct Attempts {
    failed: u32,
}

impl Attempts {
    /// Notes a failure. Out: how long to wait.
    fn failed(&mut self, app: &App, trouble: &Trouble) -> Duration {
        self.failed += 1;
        let pause = PAUSE_FIRST.saturating_mul(1 << self.failed.min(10).saturating_sub(1)).min(PAUSE_LONGEST);
        let pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(
            error = %trouble, attempts = self.failed, retry.pause_ms = pause_ms,
            "the newest state cannot be served"
        );
        app.degrade(trouble.reason(self.failed));
        pause
    }
}

/// Runs until dropped. Announces `address` once there is something to see.
pub async fn keep_current(wanted: Wanted, demo: bool, max_fix_m2: f64, app: App, address: SocketAddr) {
    let mut attempts = Attempts { failed: 0 };
    let store = loop {
        match open(&wanted, demo).await {
            Ok(store) => break store,
            Err(trouble) => tokio::time::sleep(attempts.failed(&app, &trouble)).await,
        }
    };
    let mut announced = false;
    loop {
        match refresh(&store, max_fix_m2, &app).await {
            Ok(()) => {
                attempts.failed = 0;
                if !announced {
                    serve::announce(address);
                    announced = true;
                }
                let _ = store.wait_for_change().await;
            }
            Err(trouble) => {
                let pause = attempts.failed(&app, &trouble);
                let _ = tokio::time::timeout(pause, store.wait_for_change()).await;
                // Where waiting itself fails at once, this keeps the pace.
                tokio::time::sleep(PAUSE_FIRST.min(pause)).await;
            }
        }
        until_quiet(&store).await;
    }
}

async fn open(wanted: &Wanted, demo: bool) -> Result<AnyStore, Trouble> {
    let mode = if demo { Mode::CreateEmpty } else { Mode::MustExist };
    let store = store::open(&wanted.location, mode).await?;
    if demo {
        stores::fill_if_empty(&store).await.map_err(|failure| match failure {
            Failure::Usage(error) | Failure::Refused(error) => Trouble::Demo(format!("{error:#}")),
        })?;
    }
    Ok(store)
}

/// Publishes the store's present state, unless it is served already.
async fn refresh(store: &AnyStore, max_fix_m2: f64, app: &App) -> Result<(), Trouble> {
    let previous = app.snapshot();
    let known = previous.as_ref().map(|snapshot| snapshot.revision);
    if known.is_some() && known == Some(store.revision().await?) {
        app.recovered();
        return Ok(());
    }
    let started = Instant::now();
    let loaded = store.load(known).await?;
    let build = move || Snapshot::build(loaded, previous.as_deref(), max_fix_m2);
    let snapshot = Arc::new(tokio::task::spawn_blocking(build).await??);
    let took = started.elapsed();
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    for (vintage, mended) in snapshot.mended() {
        tracing::warn!(vintage = %vintage, "lines did not meet and were mended in memory: {mended}");
    }
    for fault in &snapshot.verdict.faults {
        tracing::warn!("left out of figures: {fault}");
    }
    tracing::info!(
        snapshot.revision = snapshot.revision.seq,
        snapshot.vintages = snapshot.vintages.len(),
        snapshot.took_ms = took_ms,
        "serving revision {}",
        snapshot.revision.seq
    );
    app.publish(snapshot, took);
    Ok(())
}

/// Waits until nothing changes for a moment.
async fn until_quiet(store: &AnyStore) {
    let quiet = async { while tokio::time::timeout(QUIET, store.wait_for_change()).await.is_ok() {} };
    let _ = tokio::time::timeout(QUIET_LONGEST, quiet).await;
}
