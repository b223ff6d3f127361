//! Whole collections as files.
//!
//! What is small is made once and kept like every other body; what is large leaves while it is written, a few
//! chunks ahead of its reader, and ends with it.
//!
//! Owns: the addresses, the name of the file, how far a writer may be ahead. Leaves to others: what is in the
//! file ([`crate::exports`]).

use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use axum::body::{Body as HttpBody, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, ETAG};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::mpsc;
use utoipa::IntoParams;

use super::answer::{self, Answer, finish};
use super::body::{Body, Digest128};
use super::cache::Key;
use super::coding::Coding;
use super::error::Error;
use super::openapi::Refusals;
use super::params::{Params, Path, invalid, one_of, shortened};
use super::{App, World, whole};
use crate::exports::{Export, Format, GeometryColumns, Options, WRITER_VERSION};
use crate::features::Collection;
use crate::geometry::projection::Crs;

/// Features beyond which a file is written while it leaves. Lower: fewer are kept ready and compressed; higher: a
/// file of tens of megabytes stands in memory whole.
const KEPT_MAX_VERTICES: usize = 400_000;

/// Bytes of a piece on its way out, and how many pieces may wait for their reader.
const CHUNK_BYTES: usize = 256 << 10;
const CHUNKS_AHEAD: usize = 4;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportParams {
    /// Of coordinates: `4326` (the default), `3857` or `32648`, as far as the format knows it.
    #[param(example = "4326")]
    crs: Option<String>,
    /// Of titles: `mn` or `en`; by `Accept-Language` if not given.
    lang: Option<String>,
    /// Of CSV: `wkt` (the default), `point` for columns `x` and `y`, or `none`.
    geometry: Option<String>,
    /// Of CSV: `1` for a byte order mark, by which Excel knows Cyrillic.
    bom: Option<String>,
}

/// Which file is wanted.
struct Wanted {
    collection: Collection,
    format: Format,
    options: Options,
    negotiated: Option<crate::model::Lang>,
}

/// A whole collection as a file: `districts`, `khoroos`, `khoroos-2022` and so on, `khoroo-versions`, `lineage`,
/// `practices`, `replications`.
#[utoipa::path(get, path = "/exports/{file}", tag = "exports",
    params(("file" = String, Path, example = "khoroos.geojson"), ExportParams),
    responses((status = 200, description = "GeoJSON, GeoJSON by lines or as a sequence, CSV, XLSX, a zipped Shapefile, KML, a GeoPackage",
        content_type = "application/geo+json", body = String), Refusals))]
pub async fn get_export(
    State(app): State<App>,
    Path(file): Path<String>,
    Params(params): Params<ExportParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let wanted = Wanted::read(&world, &file, &params, &headers)?;
    let name = format!("{}.{}", wanted.collection.id, wanted.format.extension());
    let mut response = if wanted.format.is_made_whole() {
        whole(&app, world, wanted, &headers).await?
    } else if wanted.n_vertices(&world) > KEPT_MAX_VERTICES {
        streamed(&app, world, wanted, &headers)?
    } else {
        kept(&app, world, wanted, &headers).await?
    };
    let disposition = format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}");
    let disposition = disposition.parse().expect("ids of collections are plain");
    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}

impl Wanted {
    fn read(world: &World, file: &str, params: &ExportParams, headers: &HeaderMap) -> Result<Self, Error> {
        let no_such = || Error::NoSuchPath { path: shortened(file) };
        let (id, extension) = file.split_once('.').ok_or_else(no_such)?;
        let format = Format::from_extension(extension).ok_or_else(|| Error::NotFound {
            detail: format!("no export has the form `{}`", shortened(extension)),
            allowed: Format::ALL.map(|format| format.extension().to_owned()).into(),
        })?;
        let snapshot = &world.snapshot;
        let collection = Collection::find(snapshot, id).ok_or_else(|| Error::NotFound {
            detail: format!("no collection is called `{}`", shortened(id)),
            allowed: Collection::all(snapshot).into_iter().map(|collection| collection.id).collect(),
        })?;
        if !format.holds(&collection, snapshot) {
            return Err(Error::NotFound {
                detail: format!("`{id}` has no ground, and a Shapefile is nothing without"),
                allowed: Format::ALL
                    .into_iter()
                    .filter(|format| format.holds(&collection, snapshot))
                    .map(|format| format.extension().to_owned())
                    .collect(),
            });
        }
        let (lang, negotiated) = answer::language(headers, params.lang.as_deref())?;
        let options = Options {
            crs: crs(format, params.crs.as_deref())?,
            lang,
            geometry: of_csv(
                format,
                "geometry",
                params.geometry.as_deref(),
                GeometryColumns::Wkt,
                &GeometryColumns::WORDS,
            )?,
            bom: of_csv(format, "bom", params.bom.as_deref(), false, &[("1", true), ("0", false)])?,
        };
        Ok(Self { collection, format, options, negotiated })
    }

    /// About what the file's size goes with.
    fn n_vertices(&self, world: &World) -> usize {
        let of_view = |view: &crate::snapshot::VintageView| {
            view.geography.shapes.iter().map(crate::model::MultiPolygon::n_vertices).sum::<usize>()
        };
        match self.collection.view(&world.snapshot) {
            Some(view) => of_view(view),
            None => world.snapshot.vintages.iter().map(of_view).sum(),
        }
    }

    /// Everything that its bytes follow from, besides the snapshot.
    fn told(&self) -> String {
        format!("export {WRITER_VERSION} {} {:?} {:?}", self.collection.id, self.format, self.options)
    }

    fn export<'a>(&'a self, app: &'a App, world: &'a World) -> Export<'a> {
        Export {
            collection: &self.collection,
            snapshot: &world.snapshot,
            licence: app.settings.licence.as_deref(),
            options: self.options,
        }
    }
}

fn crs(format: Format, asked: Option<&str>) -> Result<Crs, Error> {
    let systems = format.systems();
    let Some(text) = asked else { return Ok(systems[0]) };
    let found = text.parse().ok().and_then(Crs::from_epsg).filter(|crs| systems.contains(crs));
    found.ok_or_else(|| {
        let codes: Vec<String> = systems.iter().map(|crs| crs.epsg().to_string()).collect();
        invalid("crs", text, format!("{} is written in {}", format.extension(), codes.join(", ")))
    })
}

/// A parameter that only CSV has.
fn of_csv<T: Copy>(
    format: Format,
    name: &'static str,
    asked: Option<&str>,
    default: T,
    words: &[(&'static str, T)],
) -> Result<T, Error> {
    match asked {
        Some(text) if format != Format::Csv => Err(invalid(name, text, "it goes with csv")),
        _ => one_of(name, asked, default, words),
    }
}

async fn whole(app: &App, world: Arc<World>, wanted: Wanted, headers: &HeaderMap) -> Result<Response, Error> {
    let key = Key { content: world.turn.clone(), answer: wanted.told() };
    let (format, service) = (wanted.format, app.clone());
    let make = move || wanted.export(&service, &world).whole(format);
    Ok(whole::respond(headers, app.files.get(&key, make).await?, format.content_type()))
}

async fn kept(app: &App, world: Arc<World>, wanted: Wanted, headers: &HeaderMap) -> Result<Response, Error> {
    let key = Key { content: world.turn.clone(), answer: wanted.told() };
    let (format, negotiated) = (wanted.format, wanted.negotiated);
    let service = app.clone();
    let make = move || {
        let mut bytes = Vec::new();
        wanted.export(&service, &world).write(format, &mut bytes).map_err(Error::internal)?;
        Ok(bytes)
    };
    let body = app.made(key, make).await?;
    app.respond(headers, Answer::new(body, format.content_type()).in_language(negotiated)).await
}

/// Named by what it follows from, as its bytes are not known when it begins.
fn streamed(app: &App, world: Arc<World>, wanted: Wanted, headers: &HeaderMap) -> Result<Response, Error> {
    let revision = &world.snapshot.revision;
    let licence = app.settings.licence.as_deref();
    let origin = format!("{} {} {:?} {licence:?}", wanted.told(), revision.seq, revision.store);
    let body = Body { bytes: Bytes::new(), digest: Digest128::of(origin.as_bytes()) };
    let answer = Answer::new(body.clone(), wanted.format.content_type()).in_language(wanted.negotiated);
    let mut response = finish(headers, &answer, body, Coding::Identity);
    if response.status() == axum::http::StatusCode::NOT_MODIFIED {
        return Ok(response);
    }
    debug_assert!(response.headers().contains_key(ETAG));
    let permit = app.exports.clone().try_acquire_owned().map_err(|_| Error::Overloaded)?;
    let (send, receive) = mpsc::channel(CHUNKS_AHEAD);
    let service = app.clone();
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let pieces = Pieces { send: send.clone() };
        let mut out = BufWriter::with_capacity(CHUNK_BYTES, pieces);
        // Who goes away ends the work. Everything else cuts the answer off, so that nobody takes it for whole.
        if let Err(error) = wanted.export(&service, &world).write(wanted.format, &mut out)
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            tracing::error!(%error, "an export broke off");
            let _ = send.blocking_send(Err(error));
        }
    });
    let pieces = stream::unfold(receive, async |mut receive: mpsc::Receiver<_>| {
        Some((receive.recv().await?, receive))
    });
    *response.body_mut() = HttpBody::from_stream(pieces);
    response.headers_mut().insert(axum::http::header::ACCEPT_RANGES, HeaderValue::from_static("none"));
    Ok(response)
}

/// Takes bytes to the reader of an answer, waiting where it is slow.
struct Pieces {
    send: mpsc::Sender<io::Result<Bytes>>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Ok(Bytes::copy_from_slice(bytes));
        self.send.blocking_send(piece).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
