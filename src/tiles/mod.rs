//! Snapshot to vector tiles (MVT 2.1) and TileJSON.
//!
//! - `boundaries-{vintage}`: lines, ids and names; changes only with the lines. The viewer joins
//!   values by feature id.
//! - `tracker-{vintage}`: the same with raw counts and facts, practices and replications; complete in
//!   itself for QGIS or anyone's map.
//! - `context`: rivers and roads for orientation, or what a file beside the store brings; of an archive of
//!   ready tiles only the description is made here.
//!
//! Owns: which layers and properties there are. Leaves to others: the cells of each area
//! ([`crate::geometry::cut`]), addresses and caching.
//! Design: tiles hold figures, never class numbers, so a changed count changes only the tiles that
//! show its unit, and a map maker may classify as he likes.

mod areas;
mod beside;
mod context;
mod cover;
mod figures;
mod frame;
mod layers;
mod records;
mod tilejson;
mod trails;
mod units;
mod writer;

use std::fmt;
use std::str::FromStr;

use crate::model::{CodeError, TileCoord, VintageId};
use crate::snapshot::{Snapshot, VintageView};
use frame::Frame;
use writer::TileWriter;

pub use cover::Cover;
pub use layers::layer_of;
pub use tilejson::{Field, FieldKind, TileJson, VectorLayer, tilejson};

/// A set of tiles with the same layers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tileset {
    Boundaries(VintageId),
    Tracker(VintageId),
    Context,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TilesetError {
    #[error("`{0}` is no tileset: it is neither `context` nor begins with `boundaries-` or `tracker-`")]
    Kind(String),
    #[error("tileset `{tileset}`: {source}")]
    Vintage { tileset: String, source: CodeError },
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("layer `{layer}` of tile {tile} of `{tileset}` cannot be encoded")]
    Encode { tileset: Tileset, tile: TileCoord, layer: &'static str, source: mvt::Error },
}

/// The tilesets there are: two for each vintage, newest first, then the context if there is any.
pub fn tilesets(snapshot: &Snapshot) -> Vec<Tileset> {
    let of_vintage = |view: &VintageView| {
        let id = &view.vintage.id;
        [Tileset::Boundaries(id.clone()), Tileset::Tracker(id.clone())]
    };
    let context = snapshot.has_context().then_some(Tileset::Context);
    snapshot.vintages.iter().rev().flat_map(of_vintage).chain(context).collect()
}

/// The layer of a kind of records or units, by the name that it has in tiles.
pub const DISTRICTS: &str = units::DISTRICTS;
pub const KHOROOS: &str = units::KHOROOS;
pub const PRACTICES: &str = records::PRACTICES;
pub const REPLICATIONS: &str = records::REPLICATIONS;

/// The bytes of a tile; `None` for an unknown tileset, no bytes where nothing is.
///
/// Equal snapshots give equal bytes.
pub fn encode(snapshot: &Snapshot, tileset: &Tileset, tile: TileCoord) -> Result<Option<Vec<u8>>, Error> {
    let mut writer = TileWriter::new();
    let frame = Frame::new(tile);
    let written = match tileset {
        Tileset::Context => context::write(snapshot, &frame, &mut writer),
        Tileset::Boundaries(id) => {
            let Some(view) = snapshot.vintage(id) else { return Ok(None) };
            units::write(view, &frame, units::Detail::Names, &mut writer)
        }
        Tileset::Tracker(id) => {
            let Some(view) = snapshot.vintage(id) else { return Ok(None) };
            units::write(view, &frame, units::Detail::Figures, &mut writer)
                .and_then(|()| records::write(snapshot, view, &frame, &mut writer))
        }
    };
    match written {
        Ok(()) => Ok(Some(writer.bytes())),
        Err(writer::Error { layer, source }) => {
            Err(Error::Encode { tileset: tileset.clone(), tile, layer, source })
        }
    }
}

impl Tileset {
    pub fn vintage(&self) -> Option<&VintageId> {
        match self {
            Self::Boundaries(id) | Self::Tracker(id) => Some(id),
            Self::Context => None,
        }
    }
}

impl fmt::Display for Tileset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boundaries(id) => write!(f, "boundaries-{id}"),
            Self::Tracker(id) => write!(f, "tracker-{id}"),
            Self::Context => f.write_str("context"),
        }
    }
}

impl FromStr for Tileset {
    type Err = TilesetError;

    fn from_str(text: &str) -> Result<Self, TilesetError> {
        if text == "context" {
            return Ok(Self::Context);
        }
        let vintage = |id: &str| {
            id.parse().map_err(|source| TilesetError::Vintage { tileset: text.to_owned(), source })
        };
        if let Some(id) = text.strip_prefix("boundaries-") {
            vintage(id).map(Self::Boundaries)
        } else if let Some(id) = text.strip_prefix("tracker-") {
            vintage(id).map(Self::Tracker)
        } else {
            Err(TilesetError::Kind(text.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tileset_is_read_back_from_its_name() {
        for name in ["boundaries-2022", "tracker-2020", "context"] {
            assert_eq!(name.parse::<Tileset>().expect("known").to_string(), name);
        }
        assert!(matches!("khoroos".parse::<Tileset>(), Err(TilesetError::Kind(_))));
        assert!(matches!("boundaries-".parse::<Tileset>(), Err(TilesetError::Vintage { .. })));
    }
}
