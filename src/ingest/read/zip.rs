//! Archives: zipped Shapefiles, KMZ, zipped GeoJSON. Nothing is unpacked to disk.

mod directory;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use self::directory::Metered;
use super::{Context, Layer, choose_layer, json, kml, name_of, shapefile};
use crate::ingest::cause::Cause;
use crate::ingest::read::Limits;

/// Entries up to this size may be packed as well as they like: it costs nothing to unpack them.
const RATIO_FREE_BYTES: u64 = 1 << 20;

/// The element that a KML document has for each feature.
const PLACEMARK: &[u8] = b"Placemark";

pub fn read(context: Context<'_>) -> Result<Layer, Cause> {
    let file = context.file;
    let mut archive = Archive::open(file, context.budget.limits)?;
    let of_kind = |extensions: &[&str]| -> Vec<String> {
        let fits = |name: &&String| {
            extension(name).is_some_and(|e| extensions.contains(&e.as_str()))
                && !name.starts_with("__MACOSX/")
        };
        archive.names.iter().filter(fits).cloned().collect()
    };
    let shapes = of_kind(&["shp"]);
    if !shapes.is_empty() {
        let stems: Vec<String> = shapes.iter().map(|name| stem(name).to_owned()).collect();
        let shp = &shapes[choose_layer(file, context.wanted_layer, &stems)?];
        return read_shapefile(context, &mut archive, shp, (stems.len() > 1).then(|| stem(shp).to_owned()));
    }
    let documents = of_kind(&["kml", "geojson", "json", "geojsonl", "geojsons", "ndjson"]);
    if documents.is_empty() {
        let listed: Vec<_> = archive.names.iter().take(8).map(|name| format!("`{name}`")).collect();
        let found = format!("an archive without .shp, .kml or .geojson in it (but {})", listed.join(", "));
        return Err(Cause::UnknownKind { file: name_of(file), found });
    }
    let (document, bytes) = archive.document(documents, context.wanted_layer)?;
    let reborrowed =
        Context { file, wanted_layer: None, budget: &mut *context.budget, on_bytes: &mut *context.on_bytes };
    let mut layer = if extension(&document).as_deref() == Some("kml") {
        kml::read_from(reborrowed, bytes.as_slice())
    } else {
        json::read_from(reborrowed, bytes.as_slice())
    }?;
    layer.name = Some(stem(&document).to_owned());
    Ok(layer)
}

fn read_shapefile(
    context: Context<'_>,
    archive: &mut Archive<'_>,
    shp: &str,
    name: Option<String>,
) -> Result<Layer, Cause> {
    let file = context.file;
    let names = archive.names.clone();
    let sibling = |wanted: &str| {
        names.iter().find(|name| stem(name) == stem(shp) && extension(name).as_deref() == Some(wanted))
    };
    let dbf = sibling("dbf")
        .ok_or_else(|| Cause::MissingPart { file: name_of(file), missing: format!("{}.dbf", stem(shp)) })?;
    let mut text = |wanted: &str| -> Result<Option<String>, Cause> {
        let Some(name) = sibling(wanted) else { return Ok(None) };
        Ok(Some(String::from_utf8_lossy(&archive.unpack(name)?).into_owned()))
    };
    let (prj, cpg) = (text("prj")?, text("cpg")?);
    let parts = shapefile::Parts {
        shp: Cursor::new(archive.unpack(shp)?),
        dbf: Cursor::new(archive.unpack(dbf)?),
        prj,
        cpg,
    };
    shapefile::read_parts(context, name, parts)
}

/// An archive whose entries come out within the limits, or not at all.
struct Archive<'a> {
    file: &'a Path,
    limits: Limits,
    zip: ZipArchive<Metered>,
    names: Vec<String>,
    unpacked_bytes: u64,
}

impl<'a> Archive<'a> {
    fn open(file: &'a Path, limits: Limits) -> Result<Self, Cause> {
        let source =
            File::open(file).map_err(|e| Cause::Unreadable { file: name_of(file), detail: e.to_string() })?;
        let zip = directory::open(file, source, limits)?;
        let mut names = zip.file_names().map(|name| name.map(Cow::into_owned)).collect::<Result<Vec<_>, _>>();
        if let Ok(names) = &mut names {
            names.sort();
        }
        let names = names.map_err(|e| explain(file, &e))?;
        Ok(Self { file, limits, zip, names, unpacked_bytes: 0 })
    }

    /// The document to read, with its bytes: the named one, or the only one that holds anything. Some programs
    /// put a document without a placemark in front, which only names the others.
    fn document(
        &mut self,
        mut documents: Vec<String>,
        wanted: Option<&str>,
    ) -> Result<(String, Vec<u8>), Cause> {
        let mut unpacked = BTreeMap::new();
        if wanted.is_none() && documents.len() > 1 {
            for document in &documents {
                unpacked.insert(document.clone(), self.unpack(document)?);
            }
            let is_filled = |name: &String| {
                extension(name).as_deref() != Some("kml")
                    || unpacked[name].windows(PLACEMARK.len()).any(|bytes| bytes == PLACEMARK)
            };
            if documents.iter().any(is_filled) {
                documents.retain(is_filled);
            }
        }
        let stems: Vec<String> = documents.iter().map(|name| stem(name).to_owned()).collect();
        let document = documents.swap_remove(choose_layer(self.file, wanted, &stems)?);
        let bytes = unpacked.remove(&document).map_or_else(|| self.unpack(&document), Ok)?;
        Ok((document, bytes))
    }

    /// The bytes of an entry; what its header promises is checked first, what comes out all the same.
    fn unpack(&mut self, name: &str) -> Result<Vec<u8>, Cause> {
        let (file, limits) = (self.file, self.limits);
        let left_bytes = limits.zip_unpacked_bytes.saturating_sub(self.unpacked_bytes);
        let entry = self.zip.by_name(name).map_err(|e| explain(file, &e))?;
        let packed_bytes = entry.compressed_size();
        let bomb = |unpacked_bytes| Cause::ZipBomb {
            file: name_of(file),
            entry: name.to_owned(),
            packed_bytes,
            unpacked_bytes,
        };
        let ceiling = RATIO_FREE_BYTES.max(packed_bytes.saturating_mul(limits.zip_ratio)).min(left_bytes);
        if entry.size() > ceiling {
            return Err(bomb(entry.size()));
        }
        let mut bytes = Vec::new();
        entry
            .take(ceiling + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| Cause::Malformed { file: name_of(file), detail: format!("entry `{name}`: {e}") })?;
        if bytes.len() as u64 > ceiling {
            return Err(bomb(bytes.len() as u64));
        }
        self.unpacked_bytes += bytes.len() as u64;
        Ok(bytes)
    }
}

fn explain(file: &Path, error: &ZipError) -> Cause {
    let file = name_of(file);
    match error {
        ZipError::InvalidArchive(_) => Cause::Truncated { file, detail: format!("as an archive: {error}") },
        e => Cause::Malformed { file, detail: format!("as an archive: {e}") },
    }
}

/// The name within the archive without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}
