//! Whole collections as files, written row by row into whatever takes bytes.
//!
//! Owns: which formats there are and what each writes, how a file is asked for. Leaves to others: which rows there
//! are ([`crate::features`]), where the bytes go.
//! Invariant: equal snapshots give equal bytes, whoever asks; memory does not grow with the number of rows.

mod about;
mod asked;
pub mod cells;
mod chunks;
mod csv;
mod flatgeobuf;
mod format;
mod geojson;
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
mod kml;
pub mod metadata;
mod number;
mod place;
pub mod pyramid;
mod shapefile;
mod xlsx;

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};
use std::sync::Arc;

pub use asked::{Asked, Refusal, Wanted};
pub use csv::write_shown as write_csv_shown;
pub use format::{Format, GeometryColumns, Options};
pub use geojson::{Shown, System, push_feature_shown};

use crate::features::Collection;
use crate::snapshot::Snapshot;

/// Counted up when a format writes other bytes for the same rows, so that no cache keeps old ones.
pub const WRITER_VERSION: u32 = 4;

/// A collection to be written.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    pub collection: &'a Collection,
    pub snapshot: &'a Arc<Snapshot>,
    pub licence: Option<&'a str>,
    pub options: Options,
}

impl Export<'_> {
    /// Writes the whole file. Errors: those of `out`, which end the work.
    fn write(&self, format: Format, out: &mut impl Write) -> io::Result<()> {
        let table = || self.collection.open(self.snapshot);
        match format {
            Format::GeoJson => geojson::write_collection(self, &table(), out),
            Format::GeoJsonLines => geojson::write_features(&table(), false, out),
            Format::GeoJsonSequence => geojson::write_features(&table(), true, out),
            Format::Csv => csv::write(self, &table(), out),
            Format::Kml => kml::write(self, &table(), out),
            _ => io::copy(&mut self.whole(format)?, out).map(drop),
        }?;
        out.flush()
    }

    fn whole(&self, format: Format) -> io::Result<File> {
        let table = || self.collection.open(self.snapshot);
        let mut file = match format {
            Format::Xlsx => xlsx::write(self, &table(), tempfile::tempfile()?)?,
            Format::Shapefile => shapefile::write(self, &table(), tempfile::tempfile()?)?,
            Format::GeoPackage => geopackage::write(std::slice::from_ref(self))?,
            Format::FlatGeobuf => flatgeobuf::write(self, &table(), tempfile::tempfile()?)?,
            #[cfg(feature = "geoparquet")]
            Format::GeoParquet => geoparquet::write(self, &table(), tempfile::tempfile()?)?,
            Format::GeoJson | Format::GeoJsonLines | Format::GeoJsonSequence | Format::Csv | Format::Kml => {
                let mut out = BufWriter::new(tempfile::tempfile()?);
                self.write(format, &mut out)?;
                out.into_inner().map_err(io::IntoInnerError::into_error)?
            }
        };
        file.rewind()?;
        Ok(file)
    }
}

impl Wanted {
    /// Writes the whole file. Errors: those of `out`, which end the work.
    pub fn write(
        &self,
        snapshot: &Arc<Snapshot>,
        licence: Option<&str>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        if let [one] = self.exports(snapshot, licence).as_slice() {
            return one.write(self.format, out);
        }
        io::copy(&mut self.whole(snapshot, licence)?, out)?;
        out.flush()
    }

    /// The file on disk, at its beginning and without a name.
    pub fn whole(&self, snapshot: &Arc<Snapshot>, licence: Option<&str>) -> io::Result<File> {
        match self.exports(snapshot, licence).as_slice() {
            [one] => one.whole(self.format),
            all => geopackage::write(all),
        }
    }

    fn exports<'a>(&'a self, snapshot: &'a Arc<Snapshot>, licence: Option<&'a str>) -> Vec<Export<'a>> {
        let export = |collection| Export { collection, snapshot, licence, options: self.options };
        self.collections.iter().map(export).collect()
    }
}
