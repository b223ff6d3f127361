//! Tiles of the twin: an archive for each set of them.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::{Progress, TwinError};
use crate::exports::pyramid::{Container, Pyramid, PyramidError};
use crate::http::Settings;
use crate::model::Lang;
use crate::snapshot::Snapshot;
use crate::tiles::{Tileset, tilesets};

/// Below the twin's folder, as below the service's address.
pub const FOLDER: &str = "tiles";

/// An archive that is written.
pub struct Archive {
    pub name: String,
    pub n_bytes: u64,
}

/// Writes an archive of each set of tiles, that of a context out of its own where it has one.
pub fn write(
    snapshot: &Snapshot,
    settings: &Settings,
    zoom_max: u8,
    folder: &Path,
    tell: impl Fn(Progress<'_>) -> io::Result<()>,
) -> Result<Vec<Archive>, TwinError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| TwinError::Write { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut archives = Vec::new();
    for tileset in tilesets(snapshot) {
        let name = tileset.to_string();
        let place = folder.join(format!("{name}.pmtiles"));
        let ready = settings.archive.as_deref().filter(|_| tileset == Tileset::Context);
        let (first, last) = ready.map_or((0, zoom_max), |archive| {
            let (first, last) = (archive.about.zoom_min, archive.about.zoom_max);
            (first, last.min(zoom_max).max(first))
        });
        // The licence is that of the city's data, not of whatever lies around.
        let licence = settings.licence.as_deref().filter(|_| tileset != Tileset::Context);
        let (tileset, zooms) = (&tileset, first..=last);
        let pyramid = Pyramid { snapshot, tileset, zooms, licence, lang: Lang::Mn, ready };
        let written = pyramid.write(Container::PmTiles, &place, |progress| {
            tell(Progress::Tiles { tileset: &name, n_done: progress.n_done, n_all: progress.n_all })
        });
        match written {
            // Only a list of khoroos is known.
            Err(PyramidError::NoTiles(_)) => {}
            written => {
                written?;
                let n_bytes = std::fs::metadata(&place).map_err(failed(&place))?.len();
                archives.push(Archive { name, n_bytes });
            }
        }
    }
    Ok(archives)
}

/// The served description, of the archive beside it.
pub fn described(mut tilejson: Value, name: &str, zoom_max: u8) -> Value {
    // Ready tiles may begin at a deeper one.
    let zoom_max = zoom_max.max(tilejson["minzoom"].as_u64().and_then(|z| z.try_into().ok()).unwrap_or(0));
    let cut = |value: &mut Value| {
        if let Some(zoom) = value.get_mut("maxzoom") {
            *zoom = json!(zoom.as_u64().unwrap_or_default().min(zoom_max.into()));
        }
    };
    cut(&mut tilejson);
    for layer in tilejson.get_mut("vector_layers").and_then(Value::as_array_mut).into_iter().flatten() {
        cut(layer);
    }
    tilejson["tiles"] = json!([format!("pmtiles://{name}.pmtiles/{{z}}/{{x}}/{{y}}")]);
    tilejson
}
