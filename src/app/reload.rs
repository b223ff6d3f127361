//! Keeps the served snapshot at the store's revision.
//!
//! One task: open the store, load, build off the async threads, publish, wait for a change, again. What
//! fails leaves the old snapshot, says so in readiness and log, and is tried again with growing pauses;
//! a change in the store cuts a pause short. A store that is out of reach is waited for; one that can
//! never be served ends the task.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::stores::Wanted;
use super::{Failure, check, orientation, serve, stores};
use crate::http::App;
use crate::http::health::Reason;
use crate::model::Loaded;
use crate::partners::TravelTimesError;
use crate::snapshot::{BuildError, Orientation, Snapshot};
use crate::store::{self, AnyStore, Mode, Store as _, StoreError, Wake};

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
    #[error("--travel-times: {0}")]
    Times(#[from] TravelTimesError),
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
            Self::Store(_) | Self::Demo(_) => return unreachable(attempts),
            Self::Times(error) => ("travel_times_invalid", error.to_string()),
            Self::Broken(_) => ("build_failed", "building the snapshot broke off".to_owned()),
        };
        Reason { code, detail, attempts }
    }

    /// True where time alone can help: a database that starts, or is in use.
    const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Connect { .. } | StoreError::Busy { .. } | StoreError::Postgres { .. })
        )
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        let (Failure::Usage(error) | Failure::Refused(error)) = failure;
        error.downcast().map_or_else(|error| Self::Demo(format!("{error:#}")), Self::Store)
    }
}

/// The store is out of reach; where it is stays in the log.
fn unreachable(attempts: u32) -> Reason {
    Reason { code: "store_unreachable", detail: "the store cannot be read".to_owned(), attempts }
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
///
/// Out: why there will never be anything to see.
pub async fn keep_current(
    wanted: Wanted,
    demo: bool,
    max_fix_m2: f64,
    beside: Arc<Orientation>,
    app: App,
    address: SocketAddr,
) -> Failure {
    let mut attempts = Attempts { failed: 0 };
    let store = loop {
        match open(&wanted, demo).await {
            Ok(store) => break store,
            Err(trouble) if trouble.may_pass() => {
                tokio::time::sleep(attempts.failed(&app, &trouble)).await;
            }
            Err(trouble) => return trouble.into(),
        }
    };
    let mut announced = false;
    loop {
        match refresh(&store, max_fix_m2, &beside, &app).await {
            Ok(()) => {
                attempts.failed = 0;
                if !announced {
                    app.snapshot().iter().for_each(|snapshot| orientation::tell_outside(snapshot));
                    serve::announce(address);
                    announced = true;
                }
                while let Wake::Lost { reason } = store.wait_for_change().await {
                    tracing::warn!(%reason, "the store is out of reach; what was read before is served");
                    app.degrade(unreachable(0));
                }
            }
            Err(trouble @ Trouble::Times(_)) => return trouble.into(),
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
        stores::fill_if_empty(&store).await?;
    }
    Ok(store)
}

/// Publishes the store's present state, unless it is served already.
async fn refresh(
    store: &AnyStore,
    max_fix_m2: f64,
    orientation: &Arc<Orientation>,
    app: &App,
) -> Result<(), Trouble> {
    let previous = app.snapshot();
    let known = previous.as_ref().map(|snapshot| snapshot.revision);
    if known.is_some() && known == Some(store.revision().await?) {
        app.recovered();
        return Ok(());
    }
    let started = Instant::now();
    let snapshot = match build(store.load(known).await?, previous.clone(), max_fix_m2, orientation).await {
        // What was left out as unchanged cannot be taken over as it is.
        Err(Trouble::Build(BuildError::Renumbered { .. })) => {
            build(store.load(None).await?, previous, max_fix_m2, orientation).await?
        }
        built => built?,
    };
    let took = started.elapsed();
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    for (vintage, mended) in snapshot.mended() {
        tracing::warn!(vintage = %vintage, "lines did not meet and were mended in memory: {mended}");
    }
    for (vintage, hole) in snapshot.holes() {
        tracing::warn!(vintage = %vintage, "{hole}");
    }
    for (vintage, code) in snapshot.without_lines() {
        tracing::warn!(vintage = %vintage, "{code} has no lines, others of its vintage have");
    }
    check_times(app, &snapshot, known.is_none())?;
    for row in &snapshot.unreadable {
        tracing::warn!("left out: {}", check::unreadable(row));
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

/// Tells which travel times of the file are not used. Two for one way end a start; where new boundaries make them of
/// one way later, the first counts.
fn check_times(app: &App, snapshot: &Snapshot, is_first: bool) -> Result<(), TravelTimesError> {
    let ways = app.settings.travel_times.ways(snapshot);
    if !ways.unused.is_empty() {
        tracing::warn!("{}", ways.unused);
    }
    match ways.twice {
        Some(error) if is_first => Err(error),
        Some(error) => {
            tracing::warn!("--travel-times: {error}; the earlier line counts");
            Ok(())
        }
        None => Ok(()),
    }
}

async fn build(
    loaded: Loaded,
    previous: Option<Arc<Snapshot>>,
    max_fix_m2: f64,
    orientation: &Arc<Orientation>,
) -> Result<Arc<Snapshot>, Trouble> {
    let orientation = Arc::clone(orientation);
    let build = move || {
        Snapshot::build(loaded, previous.as_deref(), max_fix_m2).map(|snapshot| snapshot.among(orientation))
    };
    Ok(Arc::new(tokio::task::spawn_blocking(build).await??))
}

/// Waits until nothing changes for a moment, or the store is out of reach, which the next reading finds.
async fn until_quiet(store: &AnyStore) {
    let next = || tokio::time::timeout(QUIET, store.wait_for_change());
    let quiet = async { while matches!(next().await, Ok(Wake::Changed)) {} };
    let _ = tokio::time::timeout(QUIET_LONGEST, quiet).await;
}
