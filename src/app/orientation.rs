//! `--context FILE --landmarks FILE`: what stands beside the store.
//!
//! Both are read before anything is served or written; a file that cannot be used ends the start. What is left out of a
//! file that can is told in the log.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::Failure;
use crate::config::ShownArgs;
use crate::model::orientation::Landmark;
use crate::orientation::{self, ContextError, FeatureFile};
use crate::pmtiles::Archive;
use crate::snapshot::{Context, Features, Orientation, Snapshot};

/// Landmarks outside of all khoroos that are told one by one.
const OUTSIDE_TOLD: usize = 20;

/// What goes into snapshots, and what tiles are read from.
pub struct Beside {
    pub orientation: Arc<Orientation>,
    pub archive: Option<Arc<Archive>>,
}

pub async fn load(args: &ShownArgs) -> Result<Beside, Failure> {
    let context = (args.context.clone(), args.context_attribution.clone());
    let landmarks = args.landmarks.clone();
    tokio::task::spawn_blocking(move || {
        let (context, archive) = match context {
            (Some(file), attribution) => {
                let (context, archive) = read_context(&file, attribution.as_deref())?;
                (Some(context), archive)
            }
            (None, _) => (None, None),
        };
        let landmarks = landmarks.as_deref().map(read_landmarks).transpose()?.unwrap_or_default();
        Ok(Beside { orientation: Arc::new(Orientation::new(context, landmarks)), archive })
    })
    .await?
}

fn read_context(file: &Path, attribution: Option<&str>) -> Result<(Context, Option<Arc<Archive>>), Failure> {
    let started = Instant::now();
    let (context, archive) = match orientation::context(file, attribution)? {
        orientation::Context::Archive(archive) => {
            let about = archive.about.clone();
            tracing::info!(
                context.layers = about.layers.len(),
                "context `{}`: tiles of zooms {} to {}",
                file.display(),
                about.zoom_min,
                about.zoom_max
            );
            (Context::Archive(about), Some(archive))
        }
        orientation::Context::Features(FeatureFile { features, attribution, left_out }) => {
            for out in &left_out {
                tracing::warn!("context `{}`: {out}", file.display());
            }
            let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
            let n_features = features.len();
            tracing::info!(
                context.features = n_features,
                context.took_ms = took_ms,
                "context `{}`: {n_features} features",
                file.display()
            );
            let features = Features::new(features, attribution);
            (Context::Features(features.ok_or(ContextError::NothingNear { file: file.into() })?), None)
        }
    };
    let is_unnamed = match &context {
        Context::Features(features) => features.attribution.is_empty(),
        Context::Archive(archive) => archive.attribution.is_empty(),
    };
    if is_unnamed {
        tracing::warn!(
            "context `{}` names no source; say whom maps have to name with --context-attribution",
            file.display()
        );
    }
    Ok((context, archive))
}

fn read_landmarks(file: &Path) -> Result<Vec<Landmark>, Failure> {
    let started = Instant::now();
    let read = orientation::landmarks(file)?;
    for far in &read.far {
        tracing::warn!("landmark left out: {far}");
    }
    if read.n_far > read.far.len() {
        tracing::warn!("{} landmarks more are far from the city and left out", read.n_far - read.far.len());
    }
    if !read.unknown_columns.is_empty() {
        tracing::info!("columns of landmarks that are not read: {}", read.unknown_columns.join(", "));
    }
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let n_rows = read.rows.len();
    tracing::info!(
        landmarks.rows = n_rows,
        landmarks.took_ms = took_ms,
        "landmarks `{}`: {n_rows} rows",
        file.display()
    );
    Ok(read.rows)
}

/// Tells which landmarks stand on no khoroo's ground; they are found all the same.
pub fn tell_outside(snapshot: &Snapshot) {
    let Some(view) = snapshot.newest() else { return };
    let landmarks = snapshot.orientation.landmarks.rows.iter();
    let outside: Vec<&Landmark> = landmarks.filter(|landmark| view.khoroo_of(landmark).is_none()).collect();
    for landmark in outside.iter().take(OUTSIDE_TOLD) {
        let (lon, lat) = (landmark.at.lon(), landmark.at.lat());
        tracing::warn!("landmark `{}` at {lon}, {lat} is in no khoroo", landmark.name_mn);
    }
    if outside.len() > OUTSIDE_TOLD {
        tracing::warn!("{} landmarks more are in no khoroo", outside.len() - OUTSIDE_TOLD);
    }
}
