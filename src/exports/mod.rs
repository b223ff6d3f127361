//! Whole collections as files, written row by row into whatever takes bytes.
//!
//! Owns: which formats there are and what each writes. Leaves to others: which rows there are
//! ([`crate::features`]), where the bytes go.
//! Invariant: equal snapshots give equal bytes, whoever asks; memory does not grow with the number of rows.

mod csv;
mod geojson;
mod number;

use std::io::{self, Write};
use std::sync::Arc;

use crate::features::{Collection, Table};
use crate::geometry::projection::Crs;
use crate::model::Lang;
use crate::snapshot::Snapshot;

/// Counted up when a format writes other bytes for the same rows, so that no cache keeps old ones.
pub const WRITER_VERSION: u32 = 1;

/// What a whole is written in at a time, in bytes: a few pages of the network.
const CHUNK_BYTES: usize = 64 << 10;

/// Says that nobody stated a licence, instead of leaving it out.
pub const NO_LICENCE: &str = "not stated";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// RFC 7946.
    GeoJson,
    /// A feature a line.
    GeoJsonLines,
    /// RFC 8142: a feature a record, each after a record separator.
    GeoJsonSequence,
    Csv,
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
pub struct Export<'a> {
    pub collection: &'a Collection,
    pub snapshot: &'a Arc<Snapshot>,
    pub licence: Option<&'a str>,
    pub options: Options,
}

/// What every file says of itself.
struct About<'a> {
    title: String,
    vintage: Option<&'a str>,
    /// Cycles that its figures are of.
    cycles: Vec<&'a str>,
    source: Option<&'a str>,
    licence: &'a str,
    published_at: String,
    revision: i64,
    illustrative: bool,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::GeoJson, Self::GeoJsonLines, Self::GeoJsonSequence, Self::Csv];

    /// As in file names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonLines => "geojsonl",
            Self::GeoJsonSequence => "geojsons",
            Self::Csv => "csv",
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
        }
    }

    /// Reference systems that the format can say, the usual one first.
    pub const fn systems(self) -> &'static [Crs] {
        match self {
            // RFC 7946 knows no other.
            Self::GeoJson | Self::GeoJsonLines | Self::GeoJsonSequence => &[Crs::Wgs84],
            Self::Csv => &[Crs::Wgs84, Crs::WebMercator, Crs::Utm(48)],
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
        let table = self.collection.open(self.snapshot);
        match format {
            Format::GeoJson => geojson::write_collection(&self.about(), self.collection, &table, out),
            Format::GeoJsonLines => geojson::write_features(&table, false, out),
            Format::GeoJsonSequence => geojson::write_features(&table, true, out),
            Format::Csv => csv::write(&table, self.collection.geometry(), &self.options, out),
        }?;
        out.flush()
    }

    /// `khoroos-2022.geojson`
    pub fn file_name(&self, format: Format) -> String {
        format!("{}.{}", self.collection.id, format.extension())
    }

    fn about(&self) -> About<'_> {
        let view = self.collection.view(self.snapshot);
        let Snapshot { revision, records, .. } = &**self.snapshot;
        let published_at = jiff::Timestamp::from_second(revision.published_at).unwrap_or_default();
        About {
            title: self.collection.title(self.snapshot, self.options.lang),
            vintage: view.map(|view| view.vintage.id.as_str()),
            cycles: match view {
                Some(view) => view.counts.cycles.iter().map(String::as_str).collect(),
                None => records.cycles.iter().map(|cycle| cycle.id.as_str()).collect(),
            },
            source: view.map(|view| view.vintage.source.as_str()),
            licence: self.licence.unwrap_or(NO_LICENCE),
            published_at: published_at.to_string(),
            revision: revision.seq,
            illustrative: self.snapshot.illustrative,
        }
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
