//! Which store a command means, and how one comes into being.
//!
//! Owns: the default store, and filling an empty one with invented data. A store is filled only if it
//! is still empty when it is written to.

use std::path::Path;

use anyhow::{Context as _, anyhow};

use super::Failure;
use super::new_file::{self, NewFile};
use crate::config;
use crate::demo::{self, DemoOptions};
use crate::model::{ChangeSet, Revision};
use crate::store::{self, AnyStore, Begun, Location, Mode, Store as _};

/// File of the default store, in the user's data folder.
const DEFAULT_FILE: &str = "demo.gpkg";

/// Who writes, as the audit table names it.
pub const ACTOR: &str = "hlp";

/// The store that a command means.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub location: Location,
    /// True where `--store` says so; only the unnamed default is made with demo data by itself.
    pub named: bool,
}

impl Wanted {
    pub fn of(store: Option<&str>) -> Result<Self, Failure> {
        if let Some(text) = store {
            return Ok(Self { location: location(text)?, named: true });
        }
        let path = config::data_folder().join(DEFAULT_FILE);
        Ok(Self { location: Location::GeoPackage(path), named: false })
    }

    /// The store, which must be there.
    pub async fn open(&self) -> Result<AnyStore, Failure> {
        if let Some(path) = self.missing_file() {
            return Err(self.missing(path));
        }
        Ok(store::open(&self.location, Mode::MustExist).await?)
    }

    fn missing(&self, path: &Path) -> Failure {
        let place = path.display();
        if self.named {
            anyhow!(
                "there is no store at `{place}`; `hlp ingest --store` makes one from boundary files, \
                 `hlp serve --demo` one with invented data"
            )
        } else {
            anyhow!(
                "there is no store at `{place}`; --store names another, \
                 `hlp serve` makes this one with invented data"
            )
        }
        .into()
    }

    /// Before a store may be made: the folder of the default is, that of a named one must be there.
    pub fn make_room(&self) -> Result<(), Failure> {
        match self.missing_file() {
            Some(path) if self.named => new_file::must_have_room(path),
            Some(path) => {
                let folder = path.parent().unwrap_or(path);
                let cannot = || format!("cannot make `{}`", folder.display());
                Ok(std::fs::create_dir_all(folder).with_context(cannot)?)
            }
            None => Ok(()),
        }
    }

    /// The file, if it is to be one and is not there.
    pub fn missing_file(&self) -> Option<&Path> {
        match &self.location {
            Location::GeoPackage(path) if !path.exists() => Some(path),
            _ => None,
        }
    }
}

pub fn location(text: &str) -> Result<Location, Failure> {
    Location::parse(text).map_err(Failure::usage)
}

/// Makes sure that a store to serve is there: creates the default one, or a named one with `demo`.
pub async fn ensure(wanted: &Wanted, demo: bool) -> Result<(), Failure> {
    let Some(path) = wanted.missing_file() else { return Ok(()) };
    if wanted.named && !demo {
        return Err(wanted.missing(path));
    }
    wanted.make_room()?;
    tracing::info!(store = %path.display(), "making a store with invented data");
    make_demo_file(path, DemoOptions::default()).await
}

/// Puts demo data into a store that holds nothing; one that holds something is left as it is.
pub async fn fill_if_empty(store: &AnyStore) -> Result<(), Failure> {
    match empty(store).await? {
        Some(revision) => fill_with_demo(store, revision, DemoOptions::default()).await,
        None => Ok(()),
    }
}

/// The revision of a store that holds no vintages, `None` if it does.
pub async fn empty(store: &AnyStore) -> Result<Option<Revision>, Failure> {
    let loaded = store.load(None).await?;
    Ok(loaded.vintages.is_empty().then_some(loaded.revision))
}

/// As [`empty`], for commands that fill a store.
pub async fn must_be_empty(store: &AnyStore) -> Result<Revision, Failure> {
    let revision = empty(store).await?;
    revision.ok_or_else(|| anyhow!("`{}` is not empty", store.location()).into())
}

/// - `empty`: the revision at which the store was found empty.
pub async fn fill_with_demo(store: &AnyStore, empty: Revision, options: DemoOptions) -> Result<(), Failure> {
    let set = tokio::task::spawn_blocking(move || demo::generate(&options)).await?;
    store.apply(&set, Some(empty), ACTOR, "demo data").await?;
    Ok(())
}

/// Makes the store file `place` with demo data, whole or not at all.
pub async fn make_demo_file(place: &Path, options: DemoOptions) -> Result<(), Failure> {
    let file = NewFile::beside(place)?;
    let store = store::open(&file.location(), Mode::CreateEmpty).await?;
    let revision = must_be_empty(&store).await?;
    fill_with_demo(&store, revision, options).await?;
    drop(store);
    file.keep()
}

/// Writes a plan, making the store if there was none.
///
/// - `planned_for`: the revision that the plan starts from; `None`: there was no store.
/// - `begun`: the store, if it was begun to be made meanwhile.
pub async fn write(
    location: &Location,
    planned_for: Option<Revision>,
    begun: Option<Begun>,
    changes: &ChangeSet,
    reason: &str,
) -> Result<Revision, Failure> {
    let new = match (location, planned_for) {
        (Location::GeoPackage(path), None) if !path.exists() => Some(NewFile::beside(path)?),
        _ => None,
    };
    let mode = if planned_for.is_some() { Mode::MustExist } else { Mode::CreateEmpty };
    let store = match begun {
        Some(begun) => begun.finish().await?,
        None => store::open(&new.as_ref().map_or_else(|| location.clone(), NewFile::location), mode).await?,
    };
    let expected = match planned_for {
        Some(revision) => revision,
        None => must_be_empty(&store).await?,
    };
    let revision = store.apply(changes, Some(expected), ACTOR, reason).await.map_err(|error| {
        let is_conflict = matches!(error, store::StoreError::Conflict { .. });
        let error = anyhow!(error);
        if is_conflict {
            error.context(
                "refused: somebody else wrote to the store while this was worked out; \
                 nothing is changed, run it again",
            )
        } else {
            error
        }
    })?;
    drop(store);
    if let Some(file) = new {
        file.keep()?;
    }
    Ok(revision)
}
