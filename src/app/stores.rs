//! Which store a command means, and how one comes into being.
//!
//! A new file is made beside its place and moved there when it is whole, so a crash at any moment
//! leaves either nothing or a complete store.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::Failure;
use crate::config;
use crate::demo::{self, DemoOptions};
use crate::store::{self, AnyStore, Location, Mode, Store as _};

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
        return Err(anyhow!(
            "there is no store at `{}`; `hlp ingest --store` makes one from boundary files, \
             `hlp serve --demo` one with invented data",
            path.display()
        )
        .into());
    }
    tracing::info!(store = %path.display(), "making a store with invented data");
    make_demo_file(path, DemoOptions::default()).await
}

/// Puts demo data into a store that holds nothing; one that holds something is left as it is.
pub async fn fill_if_empty(store: &AnyStore) -> Result<(), Failure> {
    if is_empty(store).await? {
        fill_with_demo(store, DemoOptions::default()).await?;
    }
    Ok(())
}

pub async fn is_empty(store: &AnyStore) -> Result<bool, Failure> {
    Ok(store.load(None).await?.vintages.is_empty())
}

pub async fn fill_with_demo(store: &AnyStore, options: DemoOptions) -> Result<(), Failure> {
    let set = tokio::task::spawn_blocking(move || demo::generate(&options)).await?;
    store.apply(&set, None, ACTOR, "demo data").await?;
    Ok(())
}

/// A file in the making. Dropped before [`NewFile::keep`], it leaves nothing.
pub struct NewFile {
    place: PathBuf,
    /// Beside its place, so that the move is one step of the file system.
    made: PathBuf,
}

impl NewFile {
    /// A name for a file that is to stand at `place`; makes the folder if needed.
    pub fn beside(place: &Path) -> Result<Self, Failure> {
        let name = place.file_name().ok_or_else(|| anyhow!("`{}` names no file", place.display()))?;
        if let Some(folder) = place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        }
        let name = format!(".{}.{}.new", name.to_string_lossy(), std::process::id());
        Ok(Self { place: place.to_owned(), made: place.with_file_name(name) })
    }

    pub fn location(&self) -> Location {
        Location::GeoPackage(self.made.clone())
    }

    /// Moves the file to its place. The store must be closed. A file that appeared there meanwhile stays.
    pub fn keep(self) -> Result<(), Failure> {
        let result = std::fs::hard_link(&self.made, &self.place).or_else(|error| {
            // Some file systems know no links; there the check and the move are two steps.
            if self.place.exists() { Err(error) } else { std::fs::rename(&self.made, &self.place) }
        });
        result.with_context(|| format!("cannot put the new store at `{}`", self.place.display()))?;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut name = self.made.clone().into_os_string();
            name.push(ending);
            // Most of them are not there.
            let _ = std::fs::remove_file(name);
        }
    }
}

/// Makes the store file `place` with demo data, whole or not at all.
pub async fn make_demo_file(place: &Path, options: DemoOptions) -> Result<(), Failure> {
    let file = NewFile::beside(place)?;
    let store = store::open(&file.location(), Mode::CreateEmpty).await?;
    fill_with_demo(&store, options).await?;
    drop(store);
    file.keep()
}
