//! The first 127 bytes of an archive: where its parts are and what they hold.

use super::{ArchiveError, Packing};
use crate::model::tile::ZOOM_MAX;

pub const MAGIC: &[u8; 7] = b"PMTiles";
pub const HEADER_BYTES: usize = 127;

/// A range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub offset: u64,
    pub length: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub root: Span,
    pub metadata: Span,
    pub leaves: Span,
    pub tiles: Span,
    /// Of directories and metadata.
    pub internal: Packing,
    pub of_tiles: Packing,
    pub zoom_min: u8,
    /// At most the deepest zoom that is served here; deeper tiles are left alone.
    pub zoom_max: u8,
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
}

impl Header {
    /// - `size`: of the file; a part that ends behind it is `Truncated`.
    pub fn read(bytes: &[u8; HEADER_BYTES], size: u64) -> Result<Self, ArchiveError> {
        if bytes[7] != 3 {
            return Err(ArchiveError::Version(bytes[7]));
        }
        let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        let span = |at: usize, what| {
            let span = Span { offset: number(at), length: number(at + 8) };
            let end = span.offset.saturating_add(span.length);
            if end > size {
                return Err(ArchiveError::Truncated { what, end, size });
            }
            Ok(span)
        };
        if bytes[99] != 1 {
            let kind = match bytes[99] {
                2 => "PNG pictures".to_owned(),
                3 => "JPEG pictures".to_owned(),
                4 => "WebP pictures".to_owned(),
                5 => "AVIF pictures".to_owned(),
                other => format!("of a kind {other} that is not known"),
            };
            return Err(ArchiveError::NotVector(kind));
        }
        let (zoom_min, zoom_max) = (bytes[100], bytes[101]);
        if zoom_min > zoom_max || zoom_max > 30 {
            return Err(ArchiveError::Zooms { min: zoom_min, max: zoom_max });
        }
        let degrees = |at: usize| {
            let steps = i32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
            f64::from(steps) / 1e7
        };
        let bounds = [degrees(102), degrees(106), degrees(110), degrees(114)];
        let is_box = bounds[0] < bounds[2] && bounds[1] < bounds[3];
        Ok(Self {
            root: span(8, "its root directory")?,
            metadata: span(24, "its metadata")?,
            leaves: span(40, "its leaf directories")?,
            tiles: span(56, "its tiles")?,
            internal: Packing::of_method(bytes[97], "its directory")?,
            of_tiles: Packing::of_method(bytes[98], "its tiles")?,
            zoom_min: zoom_min.min(ZOOM_MAX),
            zoom_max: zoom_max.min(ZOOM_MAX),
            bounds: if is_box { bounds } else { [-180.0, -85.051_128_7, 180.0, 85.051_128_7] },
        })
    }
}

/// How much an archive holds.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Tiles that have an address.
    pub tiles: u64,
    pub entries: u64,
    pub contents: u64,
}

/// The bytes of a header of vector tiles that stand in the order of their numbers.
///
/// - `center`: longitude, latitude, zoom.
pub fn write(header: &Header, counts: Counts, center: [f64; 3]) -> [u8; HEADER_BYTES] {
    let mut bytes = Vec::with_capacity(HEADER_BYTES);
    bytes.extend_from_slice(MAGIC);
    bytes.push(3);
    for span in [header.root, header.metadata, header.leaves, header.tiles] {
        bytes.extend_from_slice(&span.offset.to_le_bytes());
        bytes.extend_from_slice(&span.length.to_le_bytes());
    }
    for count in [counts.tiles, counts.entries, counts.contents] {
        bytes.extend_from_slice(&count.to_le_bytes());
    }
    let degrees = |value: f64| ((value * 1e7).round() as i32).to_le_bytes();
    bytes.extend_from_slice(&[1, header.internal.method(), header.of_tiles.method(), 1]);
    bytes.extend_from_slice(&[header.zoom_min, header.zoom_max]);
    bytes.extend(header.bounds.into_iter().flat_map(degrees));
    let [lon, lat, zoom] = center;
    bytes.push(zoom as u8);
    bytes.extend([lon, lat].into_iter().flat_map(degrees));
    bytes.try_into().expect("the parts above are as long as a header")
}
