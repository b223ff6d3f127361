//! Vector tiles and their TileJSON.
//!
//! Owns: addresses of tiles and how long they may be kept. A boundary tile carries the hash of its
//! vintage's lines in `?rev=`: right, it may be kept for ever; stale, it gets the present lines and no
//! copy may be kept, because a cache would file them under the old name.

use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, Freshness, empty, language};
use super::body::Body;
use super::cache::Key;
use super::error::Error;
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{NoParams, Params, Path, shortened};
use super::proxy::Base;
use super::{App, World};
use crate::model::TileCoord;
use crate::tiles::{self, Tileset};

pub const MVT: &str = "application/vnd.mapbox-vector-tile";

/// A set of tiles.
#[derive(Debug, Serialize, ToSchema)]
pub struct TilesetOut {
    #[schema(example = "boundaries-2022")]
    id: String,
    /// Its TileJSON.
    url: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TileJsonParams {
    /// Any text that changes with the content, so that no old copy is used.
    #[serde(rename = "rev")]
    _rev: Option<String>,
    /// `mn` or `en`; by `Accept-Language` if not given.
    lang: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TileParams {
    /// Name of the content, from TileJSON.
    rev: Option<String>,
}

/// Sets of tiles that there are.
#[utoipa::path(get, path = "/tiles", tag = "tiles",
    responses((status = 200, body = Page<TilesetOut>), Refusals))]
pub async fn list(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let address = base.absolute()?;
    let items = tiles::tilesets(&world.snapshot).into_iter().map(|tileset| TilesetOut {
        url: format!("{address}/tiles/{tileset}.json"),
        id: tileset.to_string(),
    });
    app.respond(&headers, Answer::json(&Page::whole(items.collect()))?).await
}

/// TileJSON 3.0 of a set of tiles.
#[utoipa::path(get, path = "/tiles/{tileset}.json", tag = "tiles",
    params(("tileset" = String, Path, example = "boundaries-2022"), TileJsonParams),
    responses((status = 200, description = "TileJSON 3.0", body = serde_json::Value), Refusals))]
pub async fn get_tilejson(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Path(file): Path<String>,
    Params(params): Params<TileJsonParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let name = file.strip_suffix(".json").ok_or_else(|| Error::not_found("TileJSON", &file))?;
    let tileset = tileset(&world, name)?;
    let (lang, negotiated) = language(&headers, params.lang.as_deref())?;
    let json = tiles::tilejson(&world.snapshot, &tileset, &base.absolute()?, lang);
    let json = json.ok_or_else(|| unknown(&world, name))?;
    app.respond(&headers, Answer::json(&json)?.in_language(negotiated)).await
}

/// One vector tile (MVT 2.1); 204 where it is empty. Tiles of `context` may come out of an archive as they are.
#[utoipa::path(get, path = "/tiles/{tileset}/{z}/{x}/{y}.mvt", tag = "tiles",
    params(
        ("tileset" = String, Path, example = "boundaries-2022"),
        ("z" = u32, Path, description = "Zoom, 0 to 16", example = 10),
        ("x" = u32, Path, description = "Column from the west", example = 816),
        ("y" = u32, Path, description = "Row from the north", example = 356),
        TileParams,
    ),
    responses(
        (status = 200, description = "Vector tile", content_type = MVT),
        (status = 204, description = "Nothing is there"),
        Refusals,
    ))]
pub async fn get_tile(
    State(app): State<App>,
    Path((name, z, x, file)): Path<(String, String, String, String)>,
    Params(params): Params<TileParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    // GDAL's driver asks for `.pbf` unless told otherwise.
    let y = file
        .strip_suffix(".mvt")
        .or_else(|| file.strip_suffix(".pbf"))
        .ok_or_else(|| Error::not_found("tile", &file))?;
    let tileset = tileset(&world, &name)?;
    let tile = TileCoord::new(whole("z", &z)?, whole("x", &x)?, whole("y", y)?)
        .map_err(|e| Error::InvalidTile { reason: e.to_string() })?;
    let (content, freshness) = content(&world, &tileset, params.rev.as_deref());
    let body = made(&app, &world, content, &tileset, tile).await?;
    if body.bytes.is_empty() {
        return Ok(empty(freshness));
    }
    app.respond(&headers, Answer::new(body, MVT).kept(freshness)).await
}

/// A tile of figures as it is now; no bytes where nothing is.
pub async fn current(app: &App, world: &World, tileset: &Tileset, tile: TileCoord) -> Result<Body, Error> {
    made(app, world, world.turn.clone(), tileset, tile).await
}

async fn made(
    app: &App,
    world: &World,
    content: Arc<str>,
    tileset: &Tileset,
    tile: TileCoord,
) -> Result<Body, Error> {
    let key = Key { content, answer: format!("/tiles/{tileset}/{tile}") };
    let limit_bytes = app.settings.limits.tile_bytes;
    let (snapshot, tileset) = (world.snapshot.clone(), tileset.clone());
    let archive = app.settings.archive.clone().filter(|_| tileset == Tileset::Context);
    let make = move || {
        let bytes = match archive {
            Some(archive) => archive.tile(tile, limit_bytes).map_err(Error::internal)?,
            None => tiles::encode(&snapshot, &tileset, tile).map_err(Error::internal)?.unwrap_or_default(),
        };
        if bytes.len() as u64 > limit_bytes {
            return Err(Error::TileTooLarge { size_bytes: bytes.len(), limit_bytes });
        }
        Ok(bytes)
    };
    app.made(key, make).await
}

/// What a tile is made from, and how long it may be kept.
fn content(world: &World, tileset: &Tileset, rev: Option<&str>) -> (Arc<str>, Freshness) {
    let Tileset::Boundaries(vintage) = tileset else { return (world.turn.clone(), Freshness::Current) };
    let hash = world.snapshot.vintage(vintage).map(|view| view.geography.content_hash.as_str());
    let freshness = match rev {
        None => Freshness::Current,
        Some(rev) if Some(rev) == hash => Freshness::Immutable,
        Some(_) => Freshness::NoStore,
    };
    (hash.map_or_else(|| world.turn.clone(), Into::into), freshness)
}

fn tileset(world: &World, name: &str) -> Result<Tileset, Error> {
    let known = Tileset::from_str(name).ok().filter(|t| tiles::tilesets(&world.snapshot).contains(t));
    known.ok_or_else(|| unknown(world, name))
}

fn unknown(world: &World, name: &str) -> Error {
    let allowed = tiles::tilesets(&world.snapshot).iter().map(ToString::to_string).collect();
    Error::NotFound { detail: format!("there is no tileset `{}`", shortened(name)), allowed }
}

pub fn whole(name: &str, text: &str) -> Result<u32, Error> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| Error::InvalidTile {
        reason: format!("`{}` is not a whole number, as `{name}` must be", shortened(text)),
    })
}
