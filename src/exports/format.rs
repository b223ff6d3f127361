//! Forms of files and what they let one choose.

use crate::features::Collection;
use crate::geometry::projection::Crs;
use crate::model::Lang;
use crate::snapshot::Snapshot;

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
    /// With its index.
    FlatGeobuf,
    #[cfg(feature = "geoparquet")]
    GeoParquet,
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

impl Format {
    pub const ALL: &[Self] = &[
        Self::GeoJson,
        Self::GeoJsonLines,
        Self::GeoJsonSequence,
        Self::Csv,
        Self::Xlsx,
        Self::Shapefile,
        Self::Kml,
        Self::GeoPackage,
        Self::FlatGeobuf,
        #[cfg(feature = "geoparquet")]
        Self::GeoParquet,
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
            Self::FlatGeobuf => "fgb",
            #[cfg(feature = "geoparquet")]
            Self::GeoParquet => "parquet",
        }
    }

    pub fn from_extension(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.extension() == text)
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
            Self::FlatGeobuf => "application/flatgeobuf",
            #[cfg(feature = "geoparquet")]
            Self::GeoParquet => "application/vnd.apache.parquet",
        }
    }

    /// True if its first byte is known only after its last row.
    pub const fn is_made_whole(self) -> bool {
        !matches!(self, Self::GeoJson | Self::GeoJsonLines | Self::GeoJsonSequence | Self::Csv | Self::Kml)
    }

    /// Shapefiles and FlatGeobufs are nothing without shapes.
    pub fn holds(self, collection: &Collection, snapshot: &Snapshot) -> bool {
        !self.is_of_shapes() || collection.has_ground(snapshot)
    }

    /// True if a feature without a place cannot be in it.
    pub const fn is_of_shapes(self) -> bool {
        matches!(self, Self::Shapefile | Self::FlatGeobuf)
    }

    /// Reference systems that the format can say, the usual one first.
    pub const fn systems(self) -> &'static [Crs] {
        match self {
            // RFC 7946 and KML know no other.
            Self::GeoJson | Self::GeoJsonLines | Self::GeoJsonSequence | Self::Kml => &[Crs::Wgs84],
            _ => &[Crs::Wgs84, Crs::WebMercator, Crs::Utm(48)],
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { crs: Crs::Wgs84, lang: Lang::Mn, geometry: GeometryColumns::Wkt, bom: false }
    }
}
