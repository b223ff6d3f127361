//! Whole collections as files, written row by row into whatever takes bytes.
//!
//! Owns: which formats there are and what each writes. Leaves to others: which rows there are
//! ([`crate::features`]), where the bytes go.
//! Invariant: equal snapshots give equal bytes, whoever asks; memory does not grow with the number of rows.

mod about;
pub mod cells;
mod csv;
mod geojson;
mod geopackage;
mod kml;
mod number;
mod place;
mod shapefile;
mod xlsx;

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};
use std::sync::Arc;

use crate::features::{Collection, Table};
use crate::geometry::projection::Crs;
use crate::model::Lang;
use crate::snapshot::Snapshot;

/// Counted up when a format writes other bytes for the same rows, so that no cache keeps old ones.
pub const WRITER_VERSION: u32 = 1;

/// What a whole is written in at a time, in bytes: a few pages of the network.
const CHUNK_BYTES: usize = 64 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// RFC 7946.
    GeoJson,
    /// A feature a line.
    GeoJsonLines,
    /// RFC 8142: a feature a record, each after a record separator.
    GeoJsonSequence,
    Csv,
    /// Rows on one sheet, what they are on another.
    Xlsx,
    /// A zipped Shapefile.
    Shapefile,
    Kml,
    GeoPackage,
}

/// How a file is wanted, as far as its format lets one choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    pub crs: Crs,
    /// Of titles.
    pub lang: Lang,
    /// Of CSV.
    pub geometry: GeometryColumns,
    /// A byte order mark before CSV, by which Excel knows UTF-8.
    pub bom: bool,
}

/// How CSV tells where a feature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryColumns {
    /// One column `wkt`.
    Wkt,
    /// `x` and `y` of a point: the feature's own, the middle of a line, a place inside ground.
    Point,
    None,
}

impl GeometryColumns {
    pub const WORDS: [(&str, Self); 3] = [("wkt", Self::Wkt), ("point", Self::Point), ("none", Self::None)];
}

/// One file to be written.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    pub collection: &'a Collection,
    pub snapshot: &'a Arc<Snapshot>,
    pub licence: Option<&'a str>,
    pub options: Options,
}

impl Format {
    pub const ALL: [Self; 8] = [
        Self::GeoJson,
        Self::GeoJsonLines,
        Self::GeoJsonSequence,
        Self::Csv,
        Self::Xlsx,
        Self::Shapefile,
        Self::Kml,
        Self::GeoPackage,
    ];

    /// As in file names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonLines => "geojsonl",
            Self::GeoJsonSequence => "geojsons",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Shapefile => "shp.zip",
            Self::Kml => "kml",
            Self::GeoPackage => "gpkg",
        }
    }

    pub fn from_extension(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == text)
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::GeoJsonLines => "application/x-ndjson",
            Self::GeoJsonSequence => "application/geo+json-seq",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Shapefile => "application/zip",
            Self::Kml => "application/vnd.google-earth.kml+xml",
            Self::GeoPackage => "application/geopackage+sqlite3",
        }
    }

    /// True if its first byte is known only after its last row.
    pub const fn is_made_whole(self) -> bool {
        matches!(self, Self::Xlsx | Self::Shapefile | Self::GeoPackage)
    }

    /// Shapefiles are nothing without shapes.
    pub fn holds(self, collection: &Collection, snapshot: &Snapshot) -> bool {
        self != Self::Shapefile || collection.has_ground(snapshot)
    }

    /// Reference systems that the format can say, the usual one first.
    pub const fn systems(self) -> &'static [Crs] {
        match self {
            // RFC 7946 and KML know no other.
            Self::GeoJson | Self::GeoJsonLines | Self::GeoJsonSequence | Self::Kml => &[Crs::Wgs84],
            Self::Csv | Self::Xlsx | Self::Shapefile | Self::GeoPackage => {
                &[Crs::Wgs84, Crs::WebMercator, Crs::Utm(48)]
            }
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { crs: Crs::Wgs84, lang: Lang::Mn, geometry: GeometryColumns::Wkt, bom: false }
    }
}

impl Export<'_> {
    /// Writes the whole file. Errors: those of `out`, which end the work.
    pub fn write(&self, format: Format, out: &mut impl Write) -> io::Result<()> {
        let table = || self.collection.open(self.snapshot);
        match format {
            Format::GeoJson => geojson::write_collection(self, &table(), out),
            Format::GeoJsonLines => geojson::write_features(&table(), false, out),
            Format::GeoJsonSequence => geojson::write_features(&table(), true, out),
            Format::Csv => csv::write(self, &table(), out),
            Format::Kml => kml::write(self, &table(), out),
            Format::Xlsx | Format::Shapefile | Format::GeoPackage => {
                io::copy(&mut self.whole(format)?, out).map(drop)
            }
        }?;
        out.flush()
    }

    /// The file, on disk and without a name.
    pub fn whole(&self, format: Format) -> io::Result<File> {
        let table = || self.collection.open(self.snapshot);
        let mut file = match format {
            Format::Xlsx => xlsx::write(self, &table(), tempfile::tempfile()?)?,
            Format::Shapefile => shapefile::write(self, &table(), tempfile::tempfile()?)?,
            Format::GeoPackage => geopackage::write(std::slice::from_ref(self))?,
            Format::GeoJson | Format::GeoJsonLines | Format::GeoJsonSequence | Format::Csv | Format::Kml => {
                let mut out = BufWriter::new(tempfile::tempfile()?);
                self.write(format, &mut out)?;
                out.into_inner().map_err(io::IntoInnerError::into_error)?
            }
        };
        file.rewind()?;
        Ok(file)
    }

    /// `khoroos-2022.geojson`
    pub fn file_name(&self, format: Format) -> String {
        format!("{}.{}", self.collection.id, format.extension())
    }
}

/// Hands rows on a chunk at a time: `append` adds one to the bytes that wait.
fn in_chunks(
    table: &Table,
    out: &mut impl Write,
    append: impl Fn(usize, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    // Some rows for every processor, and no more than these in memory.
    const ROWS: usize = 64;
    for start in (0..table.len()).step_by(ROWS) {
        let n_rows = ROWS.min(table.len() - start);
        let parts = crate::parallel::map(n_rows.div_ceil(8), |part| {
            let mut bytes = Vec::with_capacity(CHUNK_BYTES);
            for row in start + part * 8..(start + part * 8 + 8).min(start + n_rows) {
                append(row, &mut bytes);
            }
            bytes
        });
        for part in parts {
            out.write_all(&part)?;
        }
    }
    Ok(())
}
