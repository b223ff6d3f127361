//! OGC API – Tiles: the served tiles by the addresses and documents of the standard.
//!
//! - `/ogc/tiles` is the newest `tracker-…`: equal bytes, ETag and caching as under `/tiles`. A collection that
//!   tiles have a layer of has tiles of that layer alone, so earlier boundaries are reached as `khoroos-2020`.
//! - Tiles of records are of the cycles of the newest boundaries, so they can lack features of their collection. Then
//!   they say so, and neither the collection nor its metadata offers them as a form of it.
//! - Rows come before columns. Within the limits that the tileset tells an empty tile is 200 without bytes,
//!   outside of them 404.
//!
//! Source: <https://docs.ogc.org/is/20-057/20-057.html>

pub mod matrix;
mod told;

use std::collections::HashSet;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::FORM_AND_LANGUAGE;
use super::asked::{Asked, Media};
use crate::features::{Collection, Kind};
use crate::http::answer::Answer;
use crate::http::body::Body;
use crate::http::cache::Key;
use crate::http::error::Error;
use crate::http::params::{Path, one_of, shortened};
use crate::http::tiles::{MVT, current, whole};
use crate::http::{App, read};
use crate::model::{TileCoord, VintageId};
use crate::snapshot::Snapshot;
use crate::tiles::{self, Cover, Tileset};

pub const CLASSES: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixsetlimits",
    "http://www.opengis.net/spec/tms/2.0/conf/tilesetmetadata",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixsetlimits",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilesetmetadata",
];

pub fn routes() -> Router<App> {
    Router::new()
        .route("/ogc/tileMatrixSets", read(told::list_matrix_sets))
        .route("/ogc/tileMatrixSets/{matrix_set}", read(told::get_matrix_set))
        .route("/ogc/tiles", read(told::list_of_all))
        .route("/ogc/tiles/{matrix_set}", read(told::get_of_all))
        .route("/ogc/tiles/{matrix_set}/{z}/{row}/{col}", read(get_tile))
        .route("/ogc/collections/{collection}/tiles", read(told::list_of_one))
        .route("/ogc/collections/{collection}/tiles/{matrix_set}", read(told::get_of_one))
        .route("/ogc/collections/{collection}/tiles/{matrix_set}/{z}/{row}/{col}", read(get_tile_of_one))
}

/// What tiles are of.
struct Scope<'a> {
    tileset: Tileset,
    cover: Cover,
    /// `None` for all data.
    collection: Option<&'a Collection>,
}

impl<'a> Scope<'a> {
    /// `None` where there are no boundaries.
    fn of_all(asked: &'a Asked) -> Option<Self> {
        let snapshot = &asked.world.snapshot;
        Self::of(snapshot, snapshot.newest()?.vintage.id.clone(), None)
    }

    /// `None` where tiles have no layer of it.
    fn of_one(snapshot: &Snapshot, collection: &'a Collection) -> Option<Self> {
        layer(collection)?;
        let view = collection.view(snapshot).or_else(|| snapshot.newest())?;
        Self::of(snapshot, view.vintage.id.clone(), Some(collection))
    }

    fn of(snapshot: &Snapshot, vintage: VintageId, collection: Option<&'a Collection>) -> Option<Self> {
        let tileset = Tileset::Tracker(vintage);
        let cover = Cover::of(snapshot, &tileset)?;
        Some(Self { tileset, cover, collection })
    }

    /// By the id of a collection, or all data without one. Errors: `NotFound`.
    fn find(asked: &'a Asked, collection: Option<&str>) -> Result<Self, Error> {
        let Some(id) = collection else {
            return Self::of_all(asked)
                .ok_or_else(|| none("there are no boundaries, so there are no tiles".into()));
        };
        let collection = asked.world.tables.find(id)?;
        let no_tiles = || none(format!("collection `{}` has no tiles", collection.id));
        Self::of_one(&asked.world.snapshot, collection).ok_or_else(no_tiles)
    }

    /// Below `/ogc`.
    fn path(&self) -> String {
        self.collection.map_or_else(|| "/tiles".to_owned(), |one| format!("/collections/{}/tiles", one.id))
    }

    fn layer(&self) -> Option<&'static str> {
        self.collection.and_then(layer)
    }

    fn holds(&self, tile: TileCoord) -> bool {
        let [west, north, east, south] = self.cover.limits(tile.z());
        (west..=east).contains(&tile.x()) && (north..=south).contains(&tile.y())
    }
}

/// Whether tiles have every feature of a collection that has a place.
pub fn has_all(snapshot: &Snapshot, collection: &Collection) -> bool {
    let Some((newest, earlier)) = snapshot.vintages.split_last() else { return false };
    has_tiles(snapshot, collection)
        && match collection.kind {
            Kind::Practices => {
                let shown: HashSet<usize> = newest.marks.practices.iter().map(|mark| mark.practice).collect();
                let mut others = earlier.iter().flat_map(|view| &view.marks.practices);
                others.all(|mark| shown.contains(&mark.practice))
            }
            // A copy is marked on the boundaries of its cycle alone.
            Kind::Replications => earlier.iter().all(|view| view.marks.copies.is_empty()),
            _ => true,
        }
}

/// Whether tiles have a layer of a collection.
pub fn has_tiles(snapshot: &Snapshot, collection: &Collection) -> bool {
    Scope::of_one(snapshot, collection).is_some()
}

const fn layer(collection: &Collection) -> Option<&'static str> {
    match collection.kind {
        Kind::Districts => Some(tiles::DISTRICTS),
        Kind::Khoroos => Some(tiles::KHOROOS),
        Kind::Practices => Some(tiles::PRACTICES),
        Kind::Replications => Some(tiles::REPLICATIONS),
        Kind::KhorooVersions | Kind::Lineage | Kind::Indicators => None,
    }
}

fn none(detail: String) -> Error {
    Error::NotFound { detail, allowed: Vec::new() }
}

fn known_matrix_set(id: &str) -> Result<(), Error> {
    if id == matrix::ID {
        return Ok(());
    }
    let detail = format!("there is no tile matrix set `{}`", shortened(id));
    Err(Error::NotFound { detail, allowed: vec![matrix::ID.to_owned()] })
}

/// `GET /ogc/tiles/{matrix_set}/{z}/{row}/{col}`
async fn get_tile(
    State(app): State<App>,
    Path((set, z, row, col)): Path<(String, String, String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Error> {
    tile(&app, &asked, None, &set, [&z, &row, &col], &headers).await
}

/// `GET /ogc/collections/{collection}/tiles/{matrix_set}/{z}/{row}/{col}`
async fn get_tile_of_one(
    State(app): State<App>,
    Path((collection, set, z, row, col)): Path<(String, String, String, String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Error> {
    tile(&app, &asked, Some(&collection), &set, [&z, &row, &col], &headers).await
}

async fn tile(
    app: &App,
    asked: &Asked,
    collection: Option<&str>,
    set: &str,
    [z, row, col]: [&str; 3],
    headers: &HeaderMap,
) -> Result<Response, Error> {
    asked.know(["f"].into_iter())?;
    one_of("f", asked.parameter("f"), (), &[("mvt", ())])?;
    known_matrix_set(set)?;
    let scope = Scope::find(asked, collection)?;
    let tile = TileCoord::new(whole("tileMatrix", z)?, whole("tileCol", col)?, whole("tileRow", row)?);
    let tile = tile.map_err(|e| Error::InvalidTile { reason: e.to_string() })?;
    if !scope.holds(tile) {
        return Err(none("the tile lies outside the limits of the tileset".into()));
    }
    let all = current(app, &asked.world, &scope.tileset, tile).await?;
    let body = match scope.layer() {
        None => all,
        Some(layer) => alone(app, &asked.world.turn, &scope.tileset, tile, all, layer).await?,
    };
    app.respond(headers, Answer::new(body, MVT)).await
}

/// One layer of a tile.
async fn alone(
    app: &App,
    turn: &std::sync::Arc<str>,
    tileset: &Tileset,
    tile: TileCoord,
    all: Body,
    layer: &'static str,
) -> Result<Body, Error> {
    let key = Key { content: turn.clone(), answer: format!("ogc {layer} of {tileset}/{tile}") };
    app.made(key, move || Ok(tiles::layer_of(&all.bytes, layer))).await
}

/// Answers with a document of a tileset.
async fn document<F>(asked: Asked, make: F) -> Result<Response, Error>
where
    F: FnOnce(&Asked, super::asked::Form) -> Result<Vec<u8>, Error> + Send + 'static,
{
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.answer(Media::Json, make).await
}
