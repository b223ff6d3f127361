//! Files that help people find their way: context tiles or features, and tables of landmarks.
//!
//! [`context`] opens what `--context` names: an archive of ready vector tiles ([`crate::pmtiles`]), read piece by
//! piece while the server runs, or a GeoPackage (`features`), read once. [`landmarks`] reads what
//! `--landmarks` names, with the readers and fault reports of an import.
//!
//! Owns: kinds of such files, limits on them, which of their layers and columns mean what.
//! Leaves to others: drawing, searching, addresses.
//! Design: none of it goes into the store. It is other people's data with licences of their own, changes
//! when they publish anew, and no figure depends on it; a file beside the server is replaced by a file.

mod attribution;
mod features;
mod landmarks;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use features::LeftOut;
pub use landmarks::{Landmarks, LandmarksRefused, landmarks};

use crate::gpkg::read::ReadError;
use crate::model::orientation::{Attribution, ContextFeature};
use crate::pmtiles::{self, Archive};

/// Why a file cannot be the context; each message names file and reason.
#[derive(Debug, thiserror::Error)]
pub enum ContextError {
    #[error("context `{file}` cannot be read")]
    Unreadable { file: PathBuf, source: std::io::Error },
    #[error("context `{file}` is a folder, not a file")]
    Folder { file: PathBuf },
    #[error("context `{file}` is neither a PMTiles archive nor a GeoPackage")]
    UnknownKind { file: PathBuf },
    #[error("context `{file}`: {source}")]
    Archive { file: PathBuf, source: pmtiles::ArchiveError },
    #[error("context {0}")]
    Package(#[from] ReadError),
    #[error("context `{file}`: {what} {found} is over the limit {limit}")]
    TooLarge { file: PathBuf, what: &'static str, found: u64, limit: u64 },
    #[error(
        "context `{file}`, layer `{layer}`: the reference system {crs} is not EPSG:4326, 3857 or 32646 to 32649"
    )]
    UnknownCrs { file: PathBuf, layer: String, crs: String },
    #[error("context `{file}`, layer `{layer}`, row {row_id}: {detail}")]
    Geometry { file: PathBuf, layer: String, row_id: i64, detail: String },
    #[error("context `{file}` holds no layer that is recognised ({found}); {}", features::RECOGNISED)]
    NothingRecognised { file: PathBuf, found: String },
    #[error("context `{file}` holds nothing in or near the city")]
    NothingNear { file: PathBuf },
}

/// What `--context` names, ready to serve.
#[derive(Debug)]
pub enum Context {
    Archive(Arc<Archive>),
    Features(FeatureFile),
}

/// Features of a file, as they are drawn.
#[derive(Debug)]
pub struct FeatureFile {
    pub features: Vec<ContextFeature>,
    pub attribution: Attribution,
    /// Rows and layers that are not drawn, and why.
    pub left_out: Vec<LeftOut>,
}

/// Opens a context file. The kind is told by content, because extensions lie.
///
/// - `attribution`: replaces what the file says of its sources.
pub fn context(file: &Path, attribution: Option<&str>) -> Result<Context, ContextError> {
    let unreadable = |source| ContextError::Unreadable { file: file.into(), source };
    let mut opened = File::open(file).map_err(unreadable)?;
    if opened.metadata().map_err(unreadable)?.is_dir() {
        return Err(ContextError::Folder { file: file.into() });
    }
    let mut head = Vec::new();
    opened.by_ref().take(16).read_to_end(&mut head).map_err(unreadable)?;
    let stated = attribution.map(Attribution::plain);
    if head.starts_with(pmtiles::MAGIC) {
        let archive = Archive::open(opened, |said| stated.unwrap_or_else(|| attribution::read(said)));
        let archive = archive.map_err(|source| ContextError::Archive { file: file.into(), source })?;
        return Ok(Context::Archive(Arc::new(archive)));
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(ContextError::UnknownKind { file: file.into() });
    }
    let mut read = features::read(file)?;
    if let Some(stated) = stated {
        read.attribution = stated;
    }
    Ok(Context::Features(read))
}
