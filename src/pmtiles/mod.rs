//! `PMTiles` archives (version 3) of vector tiles: read from the file piece by piece, written in one go.
//!
//! A tile is found by its number on a Hilbert curve: the root directory names it or the leaf directory that
//! does. Directories are kept up to a number of bytes, tiles are not: those have the server's own cache.
//!
//! Owns: header, directories, decompression within limits, [`Writer`]. Must not: know what is in a tile.
//! Design: the crate `pmtiles` reads and compresses asynchronously, over object stores, and brings a TileJSON
//! of its own; what is needed here of the format, reads at an offset of one local file and a file of tiles that
//! are compressed already, is these four files.
//! Source: `PMTiles` specification 3.4.

mod directory;
mod header;
mod write;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::Deserialize;

use crate::model::TileCoord;
use crate::model::orientation::{ArchiveLayer, Attribution, TileArchive};
use directory::{Directory, Found};
use header::{HEADER_BYTES, Header};

pub use header::MAGIC;
pub use write::{About, Writer};

/// Why an archive, or a tile of it, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("it is truncated: {what} ends at byte {end}, the file at {size}")]
    Truncated { what: &'static str, end: u64, size: u64 },
    #[error("it is PMTiles version {0}; version 3 is read")]
    Version(u8),
    #[error("its tiles are {0}; vector tiles (MVT) are needed")]
    NotVector(String),
    #[error("{what} is compressed with method {method}, which is not known")]
    Compression { what: &'static str, method: u8 },
    #[error("{what} does not unpack: {source}")]
    Unpack { what: &'static str, source: std::io::Error },
    #[error("{what} is over the limit of {limit} bytes")]
    TooLarge { what: &'static str, limit: u64 },
    #[error("a directory is damaged: {0}")]
    Directory(&'static str),
    #[error("its zooms are {min} to {max}")]
    Zooms { min: u8, max: u8 },
    #[error("its metadata is no JSON as it should be: {0}")]
    Metadata(serde_json::Error),
    #[error("its metadata names no vector layers")]
    NoLayers,
}

/// Unpacked size of the metadata.
const METADATA_BYTES_MAX: u64 = 8 << 20;
/// Unpacked size of a directory; the specification's example has 64 KiB.
/// An entry of four bytes takes 24 in memory, so the largest still leaves room for others beside it.
const DIRECTORY_BYTES_MAX: u64 = 4 << 20;
/// Leaf directories that are kept, in bytes.
const KEPT_BYTES: u64 = 32 << 20;
/// Leaf directories that are expected to be kept, for sizing.
const KEPT_DIRECTORIES: usize = 256;
/// Directories from the root to a tile; the specification allows a root and up to three leaves.
const DEPTH_MAX: usize = 4;
const LAYERS_MAX: usize = 1_000;

/// An open archive.
pub struct Archive {
    file: File,
    header: Header,
    root: Directory,
    leaves: Cache<u64, Arc<Directory>, ByBytes>,
    pub about: TileArchive,
}

/// Packed bytes that unpack by one of the format's methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Brotli,
    Zstd,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<u64, Arc<Directory>> for ByBytes {
    fn weight(&self, _: &u64, directory: &Arc<Directory>) -> u64 {
        directory.size_bytes()
    }
}

#[derive(Deserialize)]
struct Metadata {
    name: Option<String>,
    description: Option<String>,
    attribution: Option<String>,
    #[serde(default)]
    vector_layers: Vec<MetadataLayer>,
}

#[derive(Deserialize)]
struct MetadataLayer {
    id: String,
    #[serde(default)]
    description: String,
    minzoom: Option<u8>,
    maxzoom: Option<u8>,
    #[serde(default)]
    fields: BTreeMap<String, serde_json::Value>,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("about", &self.about).finish_non_exhaustive()
    }
}

impl Archive {
    /// Reads header, metadata and root directory, and checks that all of the file is there.
    ///
    /// - `attribution`: reads what the archive says of its sources, often HTML.
    pub fn open(file: File, attribution: impl FnOnce(&str) -> Attribution) -> Result<Self, ArchiveError> {
        let size = file.metadata()?.len();
        if size < HEADER_BYTES as u64 {
            return Err(ArchiveError::Truncated { what: "its header", end: HEADER_BYTES as u64, size });
        }
        let mut bytes = [0; HEADER_BYTES];
        file.read_exact_at(&mut bytes, 0)?;
        let header = Header::read(&bytes, size)?;
        let packed = read_at(&file, header.metadata, "its metadata", METADATA_BYTES_MAX)?;
        let metadata = header.internal.unpack("its metadata", &packed, METADATA_BYTES_MAX)?;
        let metadata: Metadata = serde_json::from_slice(&metadata).map_err(ArchiveError::Metadata)?;
        let about = described(metadata, &header, attribution)?;
        let root = read_at(&file, header.root, "its root directory", DIRECTORY_BYTES_MAX)?;
        let root = header.internal.unpack("its root directory", &root, DIRECTORY_BYTES_MAX)?;
        let root = Directory::read(&root)?;
        let leaves = Cache::with_weighter(KEPT_DIRECTORIES, KEPT_BYTES, ByBytes);
        Ok(Self { file, header, root, leaves, about })
    }

    /// The bytes of a tile, unpacked; empty where there is none.
    ///
    /// - `limit_bytes`: a tile that unpacks to more is `TooLarge`.
    pub fn tile(&self, tile: TileCoord, limit_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        let zooms = self.header.zoom_min..=self.header.zoom_max;
        if !zooms.contains(&tile.z()) {
            return Ok(Vec::new());
        }
        let id = tile_id(tile);
        let mut leaf: Option<Arc<Directory>> = None;
        for _ in 0..DEPTH_MAX {
            match leaf.as_deref().unwrap_or(&self.root).find(id) {
                Found::Nothing => return Ok(Vec::new()),
                Found::Tile { offset, length } => {
                    let at = within(self.header.tiles, offset, length)?;
                    let packed = read_at(&self.file, at, "a tile", limit_bytes)?;
                    return self.header.of_tiles.unpack("a tile", &packed, limit_bytes);
                }
                Found::Leaf { offset, length } => leaf = Some(self.leaf(offset, length)?),
            }
        }
        Err(ArchiveError::Directory("it leads through too many others"))
    }

    fn leaf(&self, offset: u64, length: u32) -> Result<Arc<Directory>, ArchiveError> {
        if let Some(known) = self.leaves.get(&offset) {
            return Ok(known);
        }
        let what = "a leaf directory";
        let packed =
            read_at(&self.file, within(self.header.leaves, offset, length)?, what, DIRECTORY_BYTES_MAX)?;
        let bytes = self.header.internal.unpack(what, &packed, DIRECTORY_BYTES_MAX)?;
        let leaf = Arc::new(Directory::read(&bytes)?);
        self.leaves.insert(offset, leaf.clone());
        Ok(leaf)
    }
}

fn described(
    metadata: Metadata,
    header: &Header,
    attribution: impl FnOnce(&str) -> Attribution,
) -> Result<TileArchive, ArchiveError> {
    if metadata.vector_layers.is_empty() {
        return Err(ArchiveError::NoLayers);
    }
    let zooms = (header.zoom_min, header.zoom_max);
    let layer = |layer: MetadataLayer| ArchiveLayer {
        id: layer.id,
        description: layer.description,
        zoom_min: layer.minzoom.unwrap_or(zooms.0).clamp(zooms.0, zooms.1),
        zoom_max: layer.maxzoom.unwrap_or(zooms.1).clamp(zooms.0, zooms.1),
        fields: layer.fields.into_iter().map(|(name, what)| (name, words_of(&what))).collect(),
    };
    Ok(TileArchive {
        attribution: attribution(metadata.attribution.as_deref().unwrap_or_default()),
        name: metadata.name,
        description: metadata.description,
        zoom_min: zooms.0,
        zoom_max: zooms.1,
        bounds: header.bounds,
        layers: metadata.vector_layers.into_iter().take(LAYERS_MAX).map(layer).collect(),
    })
}

fn words_of(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads a range of the file; no more memory is taken than `limit`.
fn read_at(file: &File, at: header::Span, what: &'static str, limit: u64) -> Result<Vec<u8>, ArchiveError> {
    if at.length > limit {
        return Err(ArchiveError::TooLarge { what, limit });
    }
    let mut bytes = vec![0; at.length as usize];
    file.read_exact_at(&mut bytes, at.offset)?;
    Ok(bytes)
}

/// A range of a section, as a range of the file.
fn within(section: header::Span, offset: u64, length: u32) -> Result<header::Span, ArchiveError> {
    let length = u64::from(length);
    let is_inside = offset.checked_add(length).is_some_and(|end| end <= section.length);
    if !is_inside {
        return Err(ArchiveError::Directory("it leads out of its section"));
    }
    Ok(header::Span { offset: section.offset + offset, length })
}

impl Packing {
    fn of_method(method: u8, what: &'static str) -> Result<Self, ArchiveError> {
        match method {
            1 => Ok(Self::None),
            2 => Ok(Self::Gzip),
            3 => Ok(Self::Brotli),
            4 => Ok(Self::Zstd),
            method => Err(ArchiveError::Compression { what, method }),
        }
    }

    const fn method(self) -> u8 {
        match self {
            Self::None => 1,
            Self::Gzip => 2,
            Self::Brotli => 3,
            Self::Zstd => 4,
        }
    }

    fn unpack(self, what: &'static str, packed: &[u8], limit: u64) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        let mut take = |reader: &mut dyn Read| reader.take(limit + 1).read_to_end(&mut bytes);
        let taken = match self {
            Self::None => take(&mut &packed[..]),
            Self::Gzip => take(&mut flate2::read::MultiGzDecoder::new(packed)),
            Self::Brotli => take(&mut brotli::Decompressor::new(packed, 4096)),
            Self::Zstd => zstd::stream::read::Decoder::new(packed).and_then(|mut reader| take(&mut reader)),
        };
        taken.map_err(|source| ArchiveError::Unpack { what, source })?;
        if bytes.len() as u64 > limit {
            return Err(ArchiveError::TooLarge { what, limit });
        }
        Ok(bytes)
    }
}

/// The number of a tile: those of lower zooms first, then along the Hilbert curve of its zoom.
pub fn tile_id(tile: TileCoord) -> u64 {
    let lower = ((1_u64 << (2 * u32::from(tile.z()))) - 1) / 3;
    let (mut x, mut y) = (u64::from(tile.x()), u64::from(tile.y()));
    let mut along = 0;
    for level in (0..tile.z()).rev() {
        let side = 1_u64 << level;
        let (east, south) = (u64::from(x & side > 0), u64::from(y & side > 0));
        along += side * side * ((3 * east) ^ south);
        if south == 0 {
            if east == 1 {
                x = (side - 1).wrapping_sub(x) & (side - 1);
                y = (side - 1).wrapping_sub(y) & (side - 1);
            }
            std::mem::swap(&mut x, &mut y);
        }
        x &= side - 1;
        y &= side - 1;
    }
    lower + along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_numbered_along_the_curve() {
        let id = |z, x, y| tile_id(TileCoord::new(z, x, y).expect("on the grid"));
        // Of the specification's own examples.
        for (z, x, y, expected) in
            [(0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5)]
        {
            assert_eq!(id(z, x, y), expected, "{z}/{x}/{y}");
        }
        assert_eq!(id(12, 3423, 1763), 19_078_479);
        let mut all: Vec<u64> = (0..64).flat_map(|x| (0..64).map(move |y| id(6, x, y))).collect();
        all.sort_unstable();
        assert_eq!(all, (1365..1365 + 4096).collect::<Vec<_>>());
    }

    #[test]
    fn neighbours_on_the_curve_are_neighbours_on_the_grid() {
        let n = 1_u32 << 5;
        let mut along: Vec<(u64, u32, u32)> = (0..n)
            .flat_map(|x| (0..n).map(move |y| (tile_id(TileCoord::new(5, x, y).expect("on the grid")), x, y)))
            .collect();
        along.sort_unstable();
        assert!(along.windows(2).all(|w| w[0].1.abs_diff(w[1].1) + w[0].2.abs_diff(w[1].2) == 1));
    }

    #[test]
    fn what_unpacks_to_more_than_the_limit_is_refused() {
        use std::io::Write as _;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&vec![0; 1 << 20]).expect("memory");
        let packed = gzip.finish().expect("memory");
        assert_eq!(Packing::Gzip.unpack("a tile", &packed, 1 << 20).expect("fits").len(), 1 << 20);
        let refused = Packing::Gzip.unpack("a tile", &packed, (1 << 20) - 1);
        assert!(matches!(refused, Err(ArchiveError::TooLarge { .. })));
        assert!(matches!(
            Packing::Gzip.unpack("a tile", &packed[..20], 1 << 20),
            Err(ArchiveError::Unpack { .. })
        ));
    }
}
