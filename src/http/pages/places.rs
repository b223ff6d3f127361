//! Pages of a khoroo and of a district, in the newest boundaries or in those of `vintage=`.

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use super::Asked;
use crate::http::error::Error;
use crate::http::params::Path;
use crate::http::proxy::Base;
use crate::http::{App, World, select};
use crate::model::{DistrictCode, KhorooCode};
use crate::pages::{self, Site};

/// `GET /{lang}/khoroos/{code}`.
pub async fn get_khoroo(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Path(code): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Error> {
    let world = app.world()?;
    let asked = Asked::new(app, base, headers, &uri);
    let view = select::vintage(&world.snapshot, asked.parameter("vintage"))?;
    let code: KhorooCode = code.parse().map_err(|_| Error::not_found("khoroo", &code))?;
    let idx = view.khoroo(&world.snapshot, &code)?;
    let vintage = view.vintage.id.clone();
    let answer = format!("khoroo {vintage}:{code}");
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &world.snapshot;
        let view = snapshot.vintage_or_newest(Some(vintage.as_str()))?;
        Ok(pages::khoroo(site, snapshot, view, idx)?)
    };
    asked.show(world, answer, make).await
}

/// `GET /{lang}/districts/{code}`.
pub async fn get_district(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Path(code): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Error> {
    let world = app.world()?;
    let asked = Asked::new(app, base, headers, &uri);
    let view = select::vintage(&world.snapshot, asked.parameter("vintage"))?;
    let code: DistrictCode = code.parse().map_err(|_| Error::not_found("district", &code))?;
    let idx = view.district(&code)?;
    let vintage = view.vintage.id.clone();
    let answer = format!("district {vintage}:{code}");
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &world.snapshot;
        let view = snapshot.vintage_or_newest(Some(vintage.as_str()))?;
        Ok(pages::district(site, snapshot, view, idx)?)
    };
    asked.show(world, answer, make).await
}
