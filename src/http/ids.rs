//! Permanent addresses of khoroos and districts, each as it is in one vintage: `/id/khoroos/2022:bzd-26`.
//!
//! They name the place, not a document: whoever asks is sent to its page, or to its record for programs. So data can
//! cite them for good, whatever becomes of the documents.
//!
//! Owns: where each leads to. Invariant: it names its vintage, so it leads to the same place after new boundaries.

use axum::extract::{Extension, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::answer::{Freshness, preferred_language};
use super::error::Error;
use super::ogc::{Form, Media, form_of, item_path};
use super::openapi::Refusals;
use super::params::{NoParams, Params, Path, shortened};
use super::proxy::Base;
use super::{App, ogc};
use crate::model::{DistrictCode, KhorooCode};
use crate::snapshot::{Level, Snapshot, VintageView};

/// A khoroo of one vintage by its permanent address: 303 to its page, or for programs to its feature.
#[utoipa::path(get, path = "/id/khoroos/{id}", tag = "places",
    params(("id" = String, Path, example = "2022:bzd-26")),
    responses((status = 303, description = "`Location` has the page or the feature, as `Accept` asks"), Refusals))]
pub async fn get_khoroo(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Path(id): Path<String>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    see_other(&app, &base, Level::Khoroo, &id, &headers)
}

/// A district of one vintage by its permanent address: 303 to its page, or for programs to its record.
#[utoipa::path(get, path = "/id/districts/{id}", tag = "places",
    params(("id" = String, Path, example = "2022:bzd")),
    responses((status = 303, description = "`Location` has the page or the record, as `Accept` asks"), Refusals))]
pub async fn get_district(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Path(id): Path<String>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    see_other(&app, &base, Level::District, &id, &headers)
}

fn see_other(app: &App, base: &Base, level: Level, id: &str, headers: &HeaderMap) -> Result<Response, Error> {
    let world = app.world()?;
    let (vintage, code) = known(&world.snapshot, level, id)?;
    let address = base.absolute()?;
    let place = match (form_of(headers, Media::GeoJson)?, level) {
        (Form::Html, _) => {
            let lang = preferred_language(headers).tag();
            format!("{address}/{lang}/{}s/{code}?vintage={vintage}", level.word())
        }
        (Form::Json | Form::Csv, Level::Khoroo) => {
            format!("{address}{}{}", ogc::PATH, item_path("khoroo-versions", id))
        }
        (Form::Json | Form::Csv, Level::District)
            if world.snapshot.newest().is_some_and(|view| view.vintage.id.as_str() == vintage) =>
        {
            format!("{address}{}{}", ogc::PATH, item_path("districts", code))
        }
        // Collections have the newest districts alone.
        (Form::Json | Form::Csv, Level::District) => {
            format!("{address}/api/v1/districts/{code}?vintage={vintage}")
        }
    };
    let place = HeaderValue::from_str(&place).map_err(Error::internal)?;
    let kept = HeaderValue::from_static(Freshness::Revalidate.header());
    let vary = HeaderValue::from_static("Accept, Accept-Language");
    Ok((StatusCode::SEE_OTHER, [(LOCATION, place), (CACHE_CONTROL, kept), (VARY, vary)]).into_response())
}

/// The vintage and code of a place that there is. Errors: `NotFound`, with the places of that code.
fn known<'a>(snapshot: &Snapshot, level: Level, id: &'a str) -> Result<(&'a str, &'a str), Error> {
    let code = id.split_once(':').map_or(id, |(_, code)| code);
    let has = |view: &&VintageView| match level {
        Level::Khoroo => {
            code.parse().is_ok_and(|code: KhorooCode| view.geography.khoroo_idx(&code).is_some())
        }
        Level::District => {
            code.parse().is_ok_and(|code: DistrictCode| view.geography.district_idx(&code).is_some())
        }
    };
    let of = |view: &VintageView| format!("{}:{code}", view.vintage.id);
    let known: Vec<String> = snapshot.vintages.iter().filter(has).map(of).collect();
    match id.split_once(':').filter(|_| known.iter().any(|one| one == id)) {
        Some(parts) => Ok(parts),
        None => Err(Error::NotFound {
            detail: format!("there is no {} `{}`", level.word(), shortened(id)),
            allowed: known,
        }),
    }
}
