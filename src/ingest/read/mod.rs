//! Files of every kind to layers of features with text values and rings of plain numbers.
//!
//! The kind is told by content, because extensions lie. Readers pull feature by feature through one
//! [`Budget`], so that memory is bounded by [`Limits`] and never by what a file promises.
//!
//! Owns: file kinds, limits, what a raw feature is. Must not: judge coordinates or columns.

mod gpkg;
mod json;
mod kml;
mod shapefile;
mod sniff;
mod zip;

use std::path::{Path, PathBuf};

use super::cause::{Cause, FeatureRef};
use super::request::Request;
use super::{Progress, Stage};
use crate::geometry::declared::DeclaredCrs;
pub use sniff::Kind;

/// How much foreign input is taken before it is refused.
///
/// Too low refuses honest files of a large country; too high lets one file take the machine's memory.
/// At the defaults an ingest stays below 2 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of one file on disk, bytes.
    pub file_bytes: u64,
    /// JSON text of one feature, bytes; parsed, it takes about ten times as much.
    pub feature_bytes: u64,
    pub features: usize,
    /// Vertices of all features together, 16 bytes each.
    pub vertices: usize,
    /// Text of all attribute values together, bytes.
    pub attribute_bytes: usize,
    pub columns: usize,
    pub zip_entries: usize,
    /// All entries of an archive together, unpacked, bytes.
    pub zip_unpacked_bytes: u64,
    /// Unpacked over packed size of an entry of more than a MiB.
    pub zip_ratio: u64,
}

/// One layer of one file as it was read.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub file: PathBuf,
    pub kind: Kind,
    /// `None` where the kind of file has no layers.
    pub name: Option<String>,
    pub crs: DeclaredCrs,
    pub columns: Vec<String>,
    pub features: Vec<Feature>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Feature {
    /// By column of the layer; a short list means that the rest is missing.
    pub values: Vec<Option<String>>,
    pub polygons: Vec<RawPolygon>,
}

/// Exterior first, then holes.
pub(super) type RawPolygon = Vec<RawRing>;

/// x, y in the layer's reference system, as written: closed or not, in any direction.
pub(super) type RawRing = Vec<[f64; 2]>;

/// What of the limits is used up, over all files of a call.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    pub limits: Limits,
    n_features: usize,
    n_vertices: usize,
    attribute_bytes: usize,
}

/// What a reader needs besides the file.
pub(super) struct Context<'a> {
    pub file: &'a Path,
    pub wanted_layer: Option<&'a str>,
    pub budget: &'a mut Budget,
    pub on_bytes: &'a mut dyn FnMut(u64),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            feature_bytes: 32 << 20,
            features: 500_000,
            vertices: 20_000_000,
            attribute_bytes: 256 << 20,
            columns: 512,
            zip_entries: 4096,
            zip_unpacked_bytes: 256 << 20,
            zip_ratio: 200,
        }
    }
}

/// Reads every file; stops at the first file that cannot be read as far as it goes.
pub(super) fn read_all(request: &Request, progress: &mut dyn FnMut(Progress<'_>)) -> Stage<Vec<Layer>> {
    let files = without_sidecars(&request.files);
    if files.is_empty() {
        return Err(vec![Cause::NoFile]);
    }
    let mut budget = Budget::new(request.limits);
    let mut causes = Vec::new();
    let mut layers = Vec::new();
    let sizes: Vec<u64> = files.iter().map(|file| std::fs::metadata(file).map_or(0, |m| m.len())).collect();
    let all_bytes = sizes.iter().sum();
    let mut done_bytes = 0;
    for (file, size) in files.iter().zip(sizes) {
        let mut on_bytes = |bytes: u64| {
            progress(Progress::Reading { file, read_bytes: done_bytes + bytes.min(size), all_bytes });
        };
        let wanted_layer = request.layer.as_deref();
        let context = Context { file, wanted_layer, budget: &mut budget, on_bytes: &mut on_bytes };
        match read_file(context) {
            Ok(layer) if layer.features.is_empty() => causes.push(Cause::NoFeatures { file: name_of(file) }),
            Ok(layer) => layers.push(layer),
            Err(cause) => causes.push(cause),
        }
        done_bytes += size;
        progress(Progress::Reading { file, read_bytes: done_bytes, all_bytes });
    }
    if causes.is_empty() { Ok(layers) } else { Err(causes) }
}

fn read_file(context: Context<'_>) -> Result<Layer, Cause> {
    let Context { file, .. } = context;
    match sniff::kind_of(file, context.budget.limits.file_bytes)? {
        Kind::Json => json::read(context),
        Kind::Shapefile => shapefile::read(context),
        Kind::GeoPackage => gpkg::read(context),
        Kind::Kml => kml::read(context),
        Kind::Zip => zip::read(context),
    }
}

/// Leaves out the parts of Shapefiles whose `.shp` is named too, as `boundaries.*` on a shell does.
fn without_sidecars(files: &[PathBuf]) -> Vec<&PathBuf> {
    const PARTS: [&str; 8] = ["dbf", "shx", "prj", "cpg", "qmd", "sbn", "sbx", "qpj"];
    let extension = |file: &Path| file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let is_part = |file: &Path| {
        extension(file).is_some_and(|e| PARTS.contains(&e.as_str()))
            && files.iter().any(|f| {
                extension(f).as_deref() == Some("shp") && f.with_extension("") == file.with_extension("")
            })
    };
    files.iter().filter(|file| !is_part(file)).collect()
}

/// The file as messages name it.
pub(super) fn name_of(file: &Path) -> String {
    file.display().to_string()
}

impl Layer {
    /// The feature with this index, for messages.
    pub fn at(&self, index: usize) -> FeatureRef {
        FeatureRef {
            file: name_of(&self.file).into(),
            layer: self.name.as_deref().map(Into::into),
            position: index + 1,
        }
    }

    pub fn value(&self, feature: usize, column: usize) -> Option<&str> {
        self.features[feature].values.get(column)?.as_deref()
    }
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self { limits, n_features: 0, n_vertices: 0, attribute_bytes: 0 }
    }

    /// Books a feature that is about to be kept.
    pub fn admit(&mut self, file: &Path, feature: &Feature) -> Result<(), Cause> {
        self.n_features += 1;
        self.n_vertices += feature.polygons.iter().flatten().map(Vec::len).sum::<usize>();
        self.attribute_bytes += feature.values.iter().flatten().map(String::len).sum::<usize>();
        let limits = self.limits;
        for (what, found, limit) in [
            ("number of features", self.n_features, limits.features),
            ("number of vertices", self.n_vertices, limits.vertices),
            ("bytes of attributes", self.attribute_bytes, limits.attribute_bytes),
        ] {
            if found > limit {
                let (found, limit) = (found as u64, limit as u64);
                return Err(Cause::TooLarge { file: name_of(file), what, found, limit });
            }
        }
        Ok(())
    }

    pub fn admit_columns(&self, file: &Path, n_columns: usize) -> Result<(), Cause> {
        if n_columns <= self.limits.columns {
            return Ok(());
        }
        let (found, limit) = (n_columns as u64, self.limits.columns as u64);
        Err(Cause::TooLarge { file: name_of(file), what: "number of columns", found, limit })
    }
}

/// Chooses among a file's layers: the named one, or the only one.
pub(super) fn choose_layer(file: &Path, wanted: Option<&str>, layers: &[String]) -> Result<usize, Cause> {
    let file_name = || name_of(file);
    let listed = || layers.iter().map(|l| format!("`{l}`")).collect::<Vec<_>>().join(", ");
    match (wanted, layers) {
        (_, []) => Err(Cause::NoFeatures { file: file_name() }),
        (None, [_]) => Ok(0),
        (None, _) => Err(Cause::AmbiguousLayer { file: file_name(), layers: listed() }),
        (Some(wanted), _) => layers.iter().position(|layer| layer == wanted).ok_or_else(|| Cause::NoLayer {
            file: file_name(),
            layer: wanted.to_owned(),
            layers: listed(),
        }),
    }
}

/// A number as text: whole numbers without a fraction, so that `12.0` and `12` are one value.
pub(super) fn number_text(number: f64) -> String {
    // Display of f64 writes no exponent and no needless fraction.
    number.to_string()
}
