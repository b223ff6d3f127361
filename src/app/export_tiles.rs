//! `hlp export-tiles`: all tiles of a set as one file, the same tiles as under `/tiles`.

use std::io::{self, ErrorKind};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, anyhow};
use tokio::signal::unix::{SignalKind, signal};

use super::new_file::{self, NewFile};
use super::progress::Bar;
use super::{Failure, say, stores};
use crate::config::ExportTilesArgs;
use crate::exports::pyramid::{Container, Pyramid, PyramidError};
use crate::model::Lang;
use crate::model::tile::ZOOM_MAX;
use crate::snapshot::Snapshot;
use crate::store::Store as _;
use crate::tiles::{Tileset, tilesets};

pub async fn export_tiles(args: ExportTilesArgs) -> Result<(), Failure> {
    if args.output.as_deref().is_some_and(new_file::is_stdout) {
        return Err(Failure::usage("--output: tiles are not written to standard output; a file is needed"));
    }
    let container = container(&args)?;
    let zooms = zooms(&args)?;
    args.output.as_deref().map_or(Ok(()), new_file::must_have_room)?;
    let store = stores::Wanted::of(args.store.as_deref())?.open().await?;
    let loaded = store.load(None).await?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let is_stopped = Arc::new(AtomicBool::new(false));
    let stopped = is_stopped.clone();
    let mut work = tokio::task::spawn_blocking(move || {
        let snapshot = Snapshot::build(loaded, None, args.max_fix)?;
        let tileset = tileset(&snapshot, args.tileset.as_deref())?;
        let lang = if args.english { Lang::En } else { Lang::Mn };
        let licence = args.licence.as_deref();
        let pyramid = Pyramid { snapshot: &snapshot, tileset: &tileset, zooms, licence, lang, ready: None };
        let place = args.output.unwrap_or_else(|| default_place(&tileset, container));
        write(&pyramid, container, &place, &stopped)
    });
    tokio::select! {
        done = &mut work => return done?,
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    is_stopped.store(true, Ordering::Relaxed);
    work.await?
}

fn write(
    pyramid: &Pyramid<'_>,
    container: Container,
    place: &Path,
    is_stopped: &AtomicBool,
) -> Result<(), Failure> {
    new_file::must_have_room(place)?;
    let file = NewFile::beside(place)?;
    let bar = Bar::start();
    let written = pyramid.write(container, &file.path(), |progress| {
        bar.show_tiles(progress);
        if is_stopped.load(Ordering::Relaxed) {
            return Err(io::Error::new(ErrorKind::Interrupted, "broken off; nothing is left"));
        }
        Ok(())
    });
    bar.finish();
    let made = written.map_err(|error| match error {
        PyramidError::NoTiles(_) => Failure::usage(error),
        error => anyhow!(error).context(format!("cannot write `{}`", place.display())).into(),
    })?;
    let size = std::fs::metadata(file.path()).context("cannot read what was written")?.len();
    file.keep()?;
    let (n_tiles, n_contents, shown) = (made.n_tiles, made.n_contents, place.display());
    say(format_args!(
        "{n_tiles} tiles of {}, {n_contents} of them different, are in {shown}: {size} bytes",
        pyramid.tileset
    ));
    Ok(())
}

/// What `--format` says, or the ending of the output; they must not be two.
fn container(args: &ExportTilesArgs) -> Result<Container, Failure> {
    let ending = args.output.as_deref().and_then(|place| place.extension()?.to_str());
    let ending = ending.map(str::to_ascii_lowercase);
    let ending = ending.as_deref();
    let words = Container::ALL.map(|(word, _)| word).join(", ");
    let missing = || Failure::usage(format!("--format is missing: {words}"));
    let asked = args.format.as_deref().or(ending).ok_or_else(missing)?;
    let known = |word: &str| Container::ALL.into_iter().find(|(known, _)| *known == word);
    let unknown = || Failure::usage(format!("--format: `{asked}` is no format of tiles; there are {words}"));
    let (_, container) = known(asked).ok_or_else(unknown)?;
    match args.output.as_deref().and_then(Path::file_name) {
        Some(name) if ending.is_some_and(|ending| ending != asked && known(ending).is_some()) => {
            Err(new_file::two_formats(asked, &name.to_string_lossy()))
        }
        _ => Ok(container),
    }
}

fn zooms(args: &ExportTilesArgs) -> Result<RangeInclusive<u8>, Failure> {
    let (first, last) = (args.min_zoom, args.max_zoom);
    if last > ZOOM_MAX {
        return Err(Failure::usage(format!("--max-zoom {last} is beyond the deepest zoom {ZOOM_MAX}")));
    }
    if first > last {
        return Err(Failure::usage(format!("--min-zoom {first} is beyond --max-zoom {last}")));
    }
    Ok(first..=last)
}

fn tileset(snapshot: &Snapshot, asked: Option<&str>) -> Result<Tileset, Failure> {
    let all = tilesets(snapshot);
    let found = match asked {
        Some(name) => all.iter().find(|tileset| tileset.to_string() == name),
        None => all.iter().find(|tileset| matches!(tileset, Tileset::Tracker(_))),
    };
    let names = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let unknown = || match asked {
        Some(name) => Failure::usage(format!("--tileset: there is no `{name}`; there are {}", names())),
        None => anyhow!("the store holds no boundaries").into(),
    };
    found.cloned().ok_or_else(unknown)
}

fn default_place(tileset: &Tileset, container: Container) -> PathBuf {
    let ending =
        Container::ALL.into_iter().find(|(_, known)| *known == container).map_or("", |(word, _)| word);
    format!("{tileset}.{ending}").into()
}
