//! An archive in the making: tiles in the order of their numbers, then header and directories before them.
//!
//! Tiles wait in a file until their directories are known, for these stand first in an archive. Equal tiles are
//! stored once. Memory grows by some bytes for each tile and each different content, not with their size.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::directory::{self, Entry};
use super::header::{self, Counts, HEADER_BYTES, Header, Span};
use super::{Packing, tile_id};
use crate::model::TileCoord;

/// Header and root directory together, which a reader gets with its first request.
const HEAD_BYTES_MAX: usize = 16 << 10;

/// Entries of a leaf directory at first; more are taken where so many leaves do not fit into the root.
const LEAF_ENTRIES_MIN: usize = 4096;

/// What an archive says of its tiles.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub zoom_min: u8,
    pub zoom_max: u8,
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// Longitude, latitude, zoom.
    pub center: [f64; 3],
    /// A JSON object with `vector_layers`.
    pub metadata: Vec<u8>,
}

/// Takes tiles that are gzip already.
pub struct Writer {
    tiles: BufWriter<File>,
    n_bytes: u64,
    entries: Vec<Entry>,
    /// Where contents are, by their names.
    known: HashMap<[u8; 16], (u64, u32)>,
    n_tiles: u64,
}

impl Writer {
    /// - `waiting`: an empty file that nobody else writes to.
    pub fn new(waiting: File) -> Self {
        let tiles = BufWriter::with_capacity(1 << 18, waiting);
        Self { tiles, n_bytes: 0, entries: Vec::new(), known: HashMap::new(), n_tiles: 0 }
    }

    /// Adds a tile, which must come after all that were added before, by [`tile_id`].
    ///
    /// - `name`: equal for equal contents, different for others.
    pub fn add(&mut self, tile: TileCoord, name: [u8; 16], gzip: &[u8]) -> io::Result<()> {
        let id = tile_id(tile);
        debug_assert!(self.entries.last().is_none_or(|last| last.id + u64::from(last.run) <= id));
        let (offset, length) = match self.known.entry(name) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(slot) => {
                let length = u32::try_from(gzip.len()).map_err(io::Error::other)?;
                self.tiles.write_all(gzip)?;
                self.n_bytes += u64::from(length);
                *slot.insert((self.n_bytes - u64::from(length), length))
            }
        };
        self.n_tiles += 1;
        match self.entries.last_mut() {
            Some(last) if last.offset == offset && last.id + u64::from(last.run) == id => last.run += 1,
            _ => self.entries.push(Entry { id, run: 1, length, offset }),
        }
        Ok(())
    }

    /// Writes the whole archive.
    pub fn finish(self, about: &About, out: &mut impl Write) -> io::Result<()> {
        let mut tiles = self.tiles.into_inner().map_err(io::IntoInnerError::into_error)?;
        let metadata = gzip(&about.metadata)?;
        let (root, leaves) = directories(&self.entries)?;
        let mut end = HEADER_BYTES as u64;
        let mut next = |length: usize| {
            let span = Span { offset: end, length: length as u64 };
            end += span.length;
            span
        };
        let header = Header {
            root: next(root.len()),
            metadata: next(metadata.len()),
            leaves: next(leaves.len()),
            tiles: Span { offset: end, length: self.n_bytes },
            internal: Packing::Gzip,
            of_tiles: Packing::Gzip,
            zoom_min: about.zoom_min,
            zoom_max: about.zoom_max,
            bounds: about.bounds,
        };
        let counts = Counts {
            tiles: self.n_tiles,
            entries: self.entries.len() as u64,
            contents: self.known.len() as u64,
        };
        for part in [&header::write(&header, counts, about.center)[..], &root, &metadata, &leaves] {
            out.write_all(part)?;
        }
        tiles.rewind()?;
        io::copy(&mut tiles, out)?;
        out.flush()
    }
}

/// The root directory and all leaves, packed.
fn directories(entries: &[Entry]) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let root_bytes_max = HEAD_BYTES_MAX - HEADER_BYTES;
    let whole = gzip(&directory::write(entries))?;
    if whole.len() <= root_bytes_max {
        return Ok((whole, Vec::new()));
    }
    let mut n_entries = LEAF_ENTRIES_MIN;
    loop {
        let (mut root, mut leaves) = (Vec::new(), Vec::new());
        for part in entries.chunks(n_entries) {
            let leaf = gzip(&directory::write(part))?;
            let length = u32::try_from(leaf.len()).map_err(io::Error::other)?;
            root.push(Entry { id: part[0].id, run: 0, length, offset: leaves.len() as u64 });
            leaves.extend(leaf);
        }
        let root = gzip(&directory::write(&root))?;
        if root.len() <= root_bytes_max {
            return Ok((root, leaves));
        }
        n_entries *= 2;
    }
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::orientation::Attribution;
    use crate::pmtiles::Archive;

    fn about(zoom: u8) -> About {
        About {
            zoom_min: zoom,
            zoom_max: zoom,
            bounds: [106.5, 47.5, 107.5, 48.5],
            center: [107.0, 48.0, 9.0],
            metadata: br#"{"vector_layers":[{"id":"khoroos","fields":{}}]}"#.to_vec(),
        }
    }

    /// All tiles of a zoom; those of which `content` says so are left out.
    fn archive(zoom: u8, content: impl Fn(u64) -> Option<u64>) -> (File, Archive) {
        let mut writer = Writer::new(tempfile::tempfile().expect("a file"));
        let n = 1_u32 << zoom;
        let mut tiles: Vec<TileCoord> = (0..n)
            .flat_map(|x| (0..n).map(move |y| TileCoord::new(zoom.into(), x, y).expect("on the grid")))
            .collect();
        tiles.sort_by_key(|&tile| tile_id(tile));
        for tile in tiles {
            if let Some(content) = content(tile_id(tile)) {
                let bytes = gzip(&content.to_be_bytes()).expect("memory");
                writer.add(tile, u128::from(content).to_be_bytes(), &bytes).expect("added");
            }
        }
        let mut file = tempfile::tempfile().expect("a file");
        writer.finish(&about(zoom), &mut file).expect("written");
        let archive = Archive::open(file.try_clone().expect("a file"), Attribution::plain).expect("whole");
        (file, archive)
    }

    fn check(zoom: u8, content: impl Fn(u64) -> Option<u64>) -> u64 {
        let (file, archive) = archive(zoom, &content);
        for x in 0..1 << zoom {
            for y in 0..1 << zoom {
                let tile = TileCoord::new(zoom.into(), x, y).expect("on the grid");
                let expected = content(tile_id(tile)).map(|n| n.to_be_bytes().to_vec()).unwrap_or_default();
                assert_eq!(archive.tile(tile, 100).expect("whole"), expected, "{tile}");
            }
        }
        file.metadata().expect("there").len()
    }

    #[test]
    fn what_is_written_is_read_back_through_leaves_or_without() {
        // All alike; every other missing; pairs far from each other; all different, which takes leaves.
        let one = check(6, |_| Some(1));
        assert!(one < 400, "{one}");
        check(6, |id| (id % 2 == 0).then_some(id));
        check(6, |id| Some(id % 100));
        check(8, |id| Some(id.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 8));
    }
}
