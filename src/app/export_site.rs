//! `hlp export-site`: the public map and its pages as a folder of files, which needs no service.

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, anyhow};
use tokio::signal::unix::{SignalKind, signal};

use super::new_file::{self, NewFile};
use super::progress::Bar;
use super::{Failure, orientation, say, shown, stores};
use crate::config::ExportSiteArgs;
use crate::http::proxy::PublicUrl;
use crate::model::tile::ZOOM_MAX;
use crate::snapshot::Snapshot;
use crate::store::Store as _;
use crate::twin::{Progress, Twin};

pub async fn export_site(args: ExportSiteArgs) -> Result<(), Failure> {
    let live: Option<PublicUrl> =
        args.public_url.as_deref().map(str::parse).transpose().map_err(Failure::usage)?;
    if args.max_zoom > ZOOM_MAX {
        let asked = args.max_zoom;
        return Err(Failure::usage(format!("--max-zoom {asked} is beyond the deepest zoom {ZOOM_MAX}")));
    }
    let place = &args.folder;
    new_file::must_have_room(place)?;
    let mut settings = shown::settings(&args.shown)?;
    let beside = orientation::load(&args.shown).await?;
    settings.archive = beside.archive;
    let store = stores::Wanted::of(args.store.as_deref())?.open().await?;
    let loaded = store.load(None).await?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let max_fix = args.max_fix;
    let build =
        move || Snapshot::build(loaded, None, max_fix).map(|snapshot| snapshot.among(beside.orientation));
    let snapshot = Arc::new(tokio::task::spawn_blocking(build).await??);
    if snapshot.newest().is_none() {
        return Err(anyhow!("the store holds no boundaries").into());
    }
    orientation::tell_outside(&snapshot);

    let folder = NewFile::beside(place)?;
    let made_in = folder.path();
    std::fs::create_dir(&made_in).with_context(|| format!("cannot make `{}`", place.display()))?;
    let bar = Arc::new(Mutex::new(Bar::start()));
    let is_stopped = Arc::new(AtomicBool::new(false));
    let (told, stopped) = (bar.clone(), is_stopped.clone());
    let tell = move |progress: Progress<'_>| {
        told.lock().unwrap_or_else(PoisonError::into_inner).show_site(progress);
        if stopped.load(Ordering::Relaxed) {
            return Err(io::Error::new(ErrorKind::Interrupted, "broken off; nothing is left"));
        }
        Ok(())
    };
    let twin = Twin { snapshot, settings, live, zoom_max: args.max_zoom };
    let mut work = Box::pin(twin.write(&made_in, tell));
    let result = tokio::select! {
        done = &mut work => done,
        _ = interrupt.recv() => {
            is_stopped.store(true, Ordering::Relaxed);
            work.await
        }
        _ = terminate.recv() => {
            is_stopped.store(true, Ordering::Relaxed);
            work.await
        }
    };
    bar.lock().unwrap_or_else(PoisonError::into_inner).finish();
    let made = result.map_err(|error| {
        let is_told = is_stopped.load(Ordering::Relaxed);
        let error = anyhow!(error);
        if is_told { error } else { error.context(format!("cannot write `{}`", place.display())) }
    })?;
    folder.keep()?;
    say(format_args!("{} files of {} bytes are in {}", made.n_files, made.n_bytes, place.display()));
    Ok(())
}
