//! All tiles of a set in one file: `PMTiles` for web servers and buckets, `MBTiles` for QGIS and tile servers.
//!
//! Tiles are made on all processors and written one after the other along the curve by which `PMTiles` numbers
//! them. Each is the served one, as gzip; equal ones are stored once.
//!
//! Owns: which tiles are looked at, their compression, what the file says of itself. Leaves to others: the tiles
//! ([`crate::tiles`]), the container of `PMTiles` ([`crate::pmtiles`]).
//! Invariant: equal snapshots give equal bytes; memory grows by some bytes a tile, not with what is in them.

mod about;
mod mbtiles;
mod packed;

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::ops::RangeInclusive;
use std::path::Path;

use self::about::About;
use self::mbtiles::MbTiles;
use self::packed::{Known, Packed};
use crate::model::{Lang, TileCoord};
use crate::parallel;
use crate::pmtiles::{self, tile_id};
use crate::snapshot::Snapshot;
use crate::tiles::{self, Cover, Tileset};

/// Zooms between a tile whose descendants are listed together and these: 64 × 64 at once.
const LISTED_ZOOMS: u8 = 6;

/// A ready tile that unpacks to more is damaged.
const READY_BYTES_MAX: u64 = 64 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    PmTiles,
    MbTiles,
}

/// Tiles that are wanted as a file.
pub struct Pyramid<'a> {
    pub snapshot: &'a Snapshot,
    pub tileset: &'a Tileset,
    pub zooms: RangeInclusive<u8>,
    pub licence: Option<&'a str>,
    pub lang: Lang,
    /// Where the set's tiles are ready, as those of a context may be; what lies around the city is taken.
    pub ready: Option<&'a pmtiles::Archive>,
}

/// How far the work is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub n_done: u64,
    pub n_all: u64,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Tiles that are not empty.
    pub n_tiles: u64,
    /// Different ones among them.
    pub n_contents: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum PyramidError {
    #[error("there is no tileset `{0}`, or it has no tiles of its own")]
    NoTiles(Tileset),
    #[error(transparent)]
    Tile(#[from] tiles::Error),
    #[error("of the context: {0}")]
    Ready(#[from] pmtiles::ArchiveError),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
}

/// A file that takes tiles in the order of their numbers.
enum Archive {
    PmTiles(Box<pmtiles::Writer>),
    MbTiles(MbTiles),
}

impl Container {
    pub const ALL: [(&'static str, Self); 2] = [("pmtiles", Self::PmTiles), ("mbtiles", Self::MbTiles)];
}

impl Pyramid<'_> {
    /// Writes the file, which must not be there yet.
    ///
    /// - `tell`: is told how far the work is; its error ends the work.
    pub fn write(
        &self,
        container: Container,
        place: &Path,
        mut tell: impl FnMut(Progress) -> io::Result<()>,
    ) -> Result<Made, PyramidError> {
        let no_tiles = || PyramidError::NoTiles(self.tileset.clone());
        let cover = self.cover().ok_or_else(no_tiles)?;
        let about = About::of(self).ok_or_else(no_tiles)?;
        let mut archive = match container {
            Container::PmTiles => {
                let waiting = tempfile::tempfile_in(place.parent().unwrap_or(Path::new(".")))?;
                Archive::PmTiles(Box::new(pmtiles::Writer::new(waiting)))
            }
            Container::MbTiles => Archive::MbTiles(MbTiles::create(place)?),
        };
        let known = Known::default();
        let n_all = self.zooms.clone().map(|z| n_looked_at(&cover, z)).sum();
        let mut n_done = 0;
        let mut made = Made { n_tiles: 0, n_contents: 0 };
        tell(Progress { n_done, n_all })?;
        let make = |tile| {
            let bytes = match self.ready {
                Some(archive) => archive.tile(tile, READY_BYTES_MAX)?,
                None => tiles::encode(self.snapshot, self.tileset, tile)?.unwrap_or_default(),
            };
            Ok((tile, Packed::of(&bytes, &known)))
        };
        parallel::pipe(self.tiles(&cover), make, |made_one: Result<_, PyramidError>| {
            let (tile, packed) = made_one?;
            n_done += 1;
            if let Some(packed) = packed {
                made.n_tiles += 1;
                made.n_contents += u64::from(known.add(packed.name));
                archive.add(tile, &packed)?;
            }
            Ok::<(), PyramidError>(tell(Progress { n_done, n_all })?)
        })?;
        archive.finish(&about, place)?;
        Ok(made)
    }

    /// Where tiles are looked at.
    fn cover(&self) -> Option<Cover> {
        match self.ready {
            Some(_) => Cover::around_city(self.snapshot),
            None => Cover::of(self.snapshot, self.tileset),
        }
    }

    /// Tiles that may hold something, by their numbers.
    fn tiles<'a>(&'a self, cover: &'a Cover) -> impl Iterator<Item = TileCoord> + Send + 'a {
        self.zooms.clone().flat_map(move |z| {
            let above = z.saturating_sub(LISTED_ZOOMS);
            sorted(cover.limits(above), above).into_iter().flat_map(move |parent| {
                let [west, north, east, south] = cover.limits(z);
                let shift = z - above;
                let [left, top] = [parent.x(), parent.y()].map(|v| v << shift);
                let last = (1 << shift) - 1;
                let within = [west.max(left), north.max(top), east.min(left + last), south.min(top + last)];
                sorted(within, z)
            })
        })
    }
}

/// Tiles of a zoom within columns and rows, by their numbers.
fn sorted([west, north, east, south]: [u32; 4], z: u8) -> Vec<TileCoord> {
    let of_column = |x| (north..=south).filter_map(move |y| TileCoord::new(z.into(), x, y).ok());
    let mut tiles: Vec<TileCoord> = (west..=east).flat_map(of_column).collect();
    tiles.sort_by_cached_key(|&tile| tile_id(tile));
    tiles
}

fn n_looked_at(cover: &Cover, z: u8) -> u64 {
    let [west, north, east, south] = cover.limits(z);
    u64::from(east - west + 1) * u64::from(south - north + 1)
}

impl Archive {
    fn add(&mut self, tile: TileCoord, packed: &Packed) -> Result<(), PyramidError> {
        match self {
            Self::PmTiles(writer) => Ok(writer.add(tile, packed.name, &packed.gzip)?),
            Self::MbTiles(writer) => Ok(writer.add(tile, packed)?),
        }
    }

    fn finish(self, about: &About, place: &Path) -> Result<(), PyramidError> {
        match self {
            Self::PmTiles(writer) => {
                let mut out = BufWriter::new(File::create_new(place)?);
                writer.finish(&about.for_pmtiles(), &mut out)?;
                out.flush()?;
                Ok(out.get_ref().sync_all()?)
            }
            Self::MbTiles(writer) => {
                writer.finish(&about.for_mbtiles())?;
                // SQLite was told not to.
                Ok(File::options().write(true).open(place)?.sync_all()?)
            }
        }
    }
}
