//! Whole collections as files.
//!
//! What is small is made once and kept like every other body; what is large leaves while it is written.
//!
//! Owns: the addresses, the name of the file, which way it leaves. Leaves to others: what is in the file
//! ([`crate::exports`]), how far its reader may be behind ([`super::pieces`]).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, RANGE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::answer::{self, Answer, finish};
use super::body::{Body, Digest128};
use super::cache::Key;
use super::coding::Coding;
use super::error::{Error, Problem};
use super::ogc::{CONTENT_CRS, Reference};
use super::openapi::Refusals;
use super::params::{Params, Path, boolean, shortened};
use super::pieces::{self, Patience};
use super::{App, World, whole};
use crate::exports::{Asked, Refusal, WRITER_VERSION, Wanted};
use crate::model::Lang;

/// Points of ground beyond which a file is written while it leaves. Lower: fewer are kept ready and compressed;
/// higher: a file of tens of megabytes stands in memory whole.
const KEPT_MAX_VERTICES: usize = 400_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportParams {
    /// Of coordinates: `4326` (the default), `3857` or `32648`, as far as the format knows it; also as `EPSG:32648` or
    /// by its URI. Longitude and easting come first.
    #[param(example = "4326")]
    crs: Option<String>,
    /// Of titles: `mn` or `en`; by `Accept-Language` if not given.
    lang: Option<String>,
    /// Of CSV: `wkt` (the default), `point` for columns `x` and `y`, or `none`.
    geometry: Option<String>,
    /// Of CSV: `true` or `1` for a byte order mark, by which Excel knows Cyrillic.
    bom: Option<String>,
}

/// A whole collection as a file: `districts`, `khoroos`, `khoroos-2022` and so on, `khoroo-versions`, `lineage`,
/// `practices`, `replications`; `all` as layers of one GeoPackage.
#[utoipa::path(get, path = "/exports/{file}", tag = "exports",
    params(("file" = String, Path, example = "khoroos.geojson"), ExportParams),
    responses((status = 200, description = "GeoJSON, GeoJSON by lines or as a sequence, CSV, XLSX, a zipped Shapefile, KML, a GeoPackage",
        content_type = "application/geo+json", body = String,
        headers(("Content-Crs" = String, description = "System of the coordinates, where there are any"))),
        (status = 416, description = "Nothing of the file is in the range that is asked for", body = Problem,
        content_type = "application/problem+json"), Refusals))]
pub async fn get_export(
    State(app): State<App>,
    Path(file): Path<String>,
    Params(params): Params<ExportParams>,
    method: Method,
    mut headers: HeaderMap,
) -> Result<Response, Error> {
    // Parts are of `GET` alone (RFC 9110 §14.2).
    if method == Method::HEAD {
        headers.remove(RANGE);
    }
    let world = app.world()?;
    let (id, format) = file.split_once('.').ok_or_else(|| Error::NoSuchPath { path: shortened(&file) })?;
    let (lang, negotiated) = answer::language(&headers, params.lang.as_deref())?;
    let bom = boolean("bom", params.bom.as_deref())?;
    let (crs, geometry) = (params.crs.as_deref(), params.geometry.as_deref());
    let asked = Asked { collection: id, format, crs, geometry, bom, lang };
    let wanted = Wanted::read(&world.snapshot, &asked)?;
    let name = wanted.file_name();
    let system = wanted.system(&world.snapshot);
    let way = Way { app: &app, world, negotiated, headers: &headers };
    let mut response = if wanted.format.is_made_whole() {
        way.whole(wanted).await?
    } else if wanted.n_vertices(&way.world.snapshot) > KEPT_MAX_VERTICES {
        way.streamed(wanted)?
    } else {
        way.kept(wanted).await?
    };
    if response.status().is_client_error() {
        return Ok(response);
    }
    let disposition = format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}");
    let disposition = disposition.parse().expect("ids of collections are plain");
    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    if let Some(reference) = Reference::ALL.into_iter().find(|one| Some(one.system) == system) {
        let named = HeaderValue::try_from(format!("<{}>", reference.uri)).map_err(Error::internal)?;
        response.headers_mut().insert(CONTENT_CRS, named);
    }
    Ok(response)
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let (detail, allowed) = (refusal.to_string(), refusal.allowed());
        match refusal.parameter() {
            Some(name) => Self::InvalidParameter { name, detail, allowed },
            None => Self::NotFound { detail, allowed },
        }
    }
}

/// Everything that its bytes follow from, besides the snapshot.
fn told(wanted: &Wanted) -> String {
    format!("export {WRITER_VERSION} {} {:?}", wanted.file_name(), wanted.options)
}

/// How a file leaves.
struct Way<'a> {
    app: &'a App,
    world: Arc<World>,
    negotiated: Option<Lang>,
    headers: &'a HeaderMap,
}

impl Way<'_> {
    async fn whole(self, wanted: Wanted) -> Result<Response, Error> {
        let key = Key { content: self.world.turn.clone(), answer: told(&wanted) };
        let (content_type, app, world) = (wanted.format.content_type(), self.app.clone(), self.world);
        let make = move || wanted.whole(&world.snapshot, app.settings.licence.as_deref());
        let whole = self.app.files.get(key, make).await?;
        Ok(whole::respond(self.headers, whole, content_type, self.negotiated))
    }

    async fn kept(self, wanted: Wanted) -> Result<Response, Error> {
        let key = Key { content: self.world.turn.clone(), answer: told(&wanted) };
        let (content_type, app, world) = (wanted.format.content_type(), self.app.clone(), self.world);
        let make = move || {
            let mut bytes = Vec::new();
            let licence = app.settings.licence.as_deref();
            wanted.write(&world.snapshot, licence, &mut bytes).map_err(Error::internal)?;
            Ok(bytes)
        };
        let body = self.app.made(key, make).await?;
        self.app.respond(self.headers, Answer::new(body, content_type).in_language(self.negotiated)).await
    }

    /// Named by what it follows from, as its bytes are not known when it begins.
    fn streamed(self, wanted: Wanted) -> Result<Response, Error> {
        let Self { app, world, negotiated, headers } = self;
        let revision = &world.snapshot.revision;
        let licence = app.settings.licence.as_deref();
        let origin = format!("{} {} {:?} {licence:?}", told(&wanted), revision.seq, revision.store);
        let body = Body { bytes: Bytes::new(), digest: Digest128::of(origin.as_bytes()) };
        let answer = Answer::new(body.clone(), wanted.format.content_type()).in_language(negotiated);
        let mut response = finish(headers, &answer, body, Coding::Identity);
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        let permit = app.exports.clone().try_acquire_owned().map_err(|_| Error::Overloaded)?;
        let (app, patience) = (app.clone(), Patience::new(app.settings.limits.write_timeout));
        *response.body_mut() = pieces::body(patience, move |out| {
            let _permit = permit;
            wanted.write(&world.snapshot, app.settings.licence.as_deref(), out)
        });
        Ok(response)
    }
}
