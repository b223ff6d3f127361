//! Values, legends and MapLibre styles of a measure, and the cells of its second form.
//!
//! Owns: their addresses. All three read one [`cartography::Query`], so they cannot disagree.

use std::sync::Arc;

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::answer::{Answer, JSON, language, preferred_language};
use super::cache::Key;
use super::error::Error;
use super::openapi::Refusals;
use super::params::{Both, Params, Path, invalid, not_listed, shortened};
use super::proxy::Base;
use super::select::VintageParam;
use super::{App, World, fonts};
use crate::cartography::{self, Asked, Ground, MapMeasure, Query, Rate, gis};
use crate::model::Lang;
use crate::snapshot::Snapshot;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MapParams {
    /// Vintage: `2022`; that of the cycle, else of the newest cycle, if not given.
    vintage: Option<String>,
    /// A cycle, or `all`; the newest of the vintage if not given.
    cycle: Option<String>,
    /// `khoroo` (default) or `district`.
    level: Option<String>,
    /// `count` (default) or `per10000` residents, which participation has not.
    rate: Option<String>,
    /// A theme, or `all` (default). A theme has classes of its own, the same for all its cycles.
    theme: Option<String>,
    /// `ckmeans` (default), `quantile` (default of the bivariate map), `equal_interval` or `manual`.
    method: Option<String>,
    /// Number of classes above zero (5 if not given); with `method=manual` their lower bounds: `1,2,5`.
    classes: Option<String>,
    /// `mn` or `en`; by `Accept-Language` if not given.
    lang: Option<String>,
}

impl MapParams {
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            vintage: self.vintage.as_deref(),
            cycle: self.cycle.as_deref(),
            level: self.level.as_deref(),
            rate: self.rate.as_deref(),
            theme: self.theme.as_deref(),
            method: self.method.as_deref(),
            classes: self.classes.as_deref(),
            lang: self.lang.as_deref(),
        }
    }
}

/// Values of every unit and cycle, with their classes, keyed by code and tile feature id.
///
/// Also the members of the legend, see there.
#[utoipa::path(get, path = "/api/v1/values/{measure}.json", tag = "maps",
    params(("measure" = String, Path, example = "identifications"), MapParams),
    responses((status = 200, description = "Values with classes", body = serde_json::Value), Refusals))]
pub async fn get_values(
    State(app): State<App>,
    Path(file): Path<String>,
    Params(params): Params<MapParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let map = Map::of_file(&app, &file, &params, &headers)?;
    map.answer(&app, &headers, "values", |snapshot, query| json(&cartography::values(snapshot, query)?)).await
}

/// Legend of a map: classes with colours and labels.
///
/// `breaks` are the lower bounds of the classes above zero. Of `bivariate`, whose classes are pairs, `pair` is the
/// column (first figure, `breaks`) and row (second, `breaks_second`) of a class in a square, and `side_labels` says
/// what the columns and what the rows stand for, a text by language each: 0 first. There are at most three of each,
/// fewer where values do not differ enough.
#[utoipa::path(get, path = "/legends/{measure}.json", tag = "maps",
    params(("measure" = String, Path, example = "identifications"), MapParams),
    responses((status = 200, description = "Legend", body = serde_json::Value), Refusals))]
pub async fn get_legend(
    State(app): State<App>,
    Path(file): Path<String>,
    Params(params): Params<MapParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let map = Map::of_file(&app, &file, &params, &headers)?;
    map.answer(&app, &headers, "legend", |snapshot, query| json(&cartography::legend(snapshot, query)?)).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SchemeParams {
    /// `light` (default) or `dark`.
    scheme: Option<String>,
}

/// The form of a style, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StyleForm {
    MapLibre,
    Qml,
    Sld,
    Qlr,
}

impl StyleForm {
    const ENDINGS: [(&str, Self); 4] =
        [(".json", Self::MapLibre), (".qml", Self::Qml), (".sld", Self::Sld), (".qlr", Self::Qlr)];

    /// The measure that a file is named after, and the form.
    fn of_file(file: &str) -> Result<(&str, Self), Error> {
        let found = Self::ENDINGS
            .into_iter()
            .find_map(|(ending, form)| file.strip_suffix(ending).map(|measure| (measure, form)));
        found.ok_or_else(|| Error::NoSuchPath { path: shortened(file) })
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::MapLibre => JSON,
            Self::Qml | Self::Qlr => "application/xml",
            Self::Sld => "application/vnd.ogc.sld+xml",
        }
    }
}

/// A style that colours a measure on white or on dark ground: for MapLibre from the tracker tiles (`.json`), for an
/// export of the vintage and level in QGIS (`.qml`) or `GeoServer` (`.sld`), as a layer of QGIS over the service itself
/// (`.qlr`), these without themes, which no field of an export has.
#[utoipa::path(get, path = "/styles/{file}", tag = "maps",
    params(("file" = String, Path, example = "identifications.json"), MapParams, SchemeParams),
    responses((status = 200, description = "MapLibre style, QML, SLD or QLR", body = serde_json::Value), Refusals))]
pub async fn get_style(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Path(file): Path<String>,
    Params(Both { first, second }): Params<Both<MapParams, SchemeParams>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (measure, form) = StyleForm::of_file(&file)?;
    let map = Map::read(&app, measure, &first.asked(), &headers)?;
    let ground = ground(second.scheme.as_deref())?;
    let address = base.absolute()?;
    let kind = format!("style {form:?} {ground:?} of {address}");
    let fonts = fonts::faces(&app.assets, &address);
    let make = move |snapshot: &Snapshot, query: &Query| -> Result<Vec<u8>, Error> {
        match form {
            StyleForm::MapLibre => json(&cartography::style(snapshot, query, &address, &fonts, ground)?),
            StyleForm::Qml => Ok(gis::qml(snapshot, query, ground)?.into_bytes()),
            StyleForm::Sld => Ok(gis::sld(snapshot, query, ground)?.into_bytes()),
            StyleForm::Qlr => Ok(gis::qlr(snapshot, query, ground, &address)?.into_bytes()),
        }
    };
    let mut response = map.answer_as(&app, &headers, &kind, form.content_type(), make).await?;
    if form == StyleForm::Qlr {
        let name = format!("attachment; filename=\"{measure}.qlr\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, name.parse().expect("measures are plain words"));
    }
    Ok(response)
}

/// The ground that a style is for.
fn ground(scheme: Option<&str>) -> Result<Ground, Error> {
    match scheme {
        None | Some("light") => Ok(Ground::Light),
        Some("dark") => Ok(Ground::Dark),
        Some(other) => Err(invalid("scheme", other, "allowed are light, dark")),
    }
}

/// `identifications` of `identifications.json`.
fn measure_of(file: &str) -> Result<&str, Error> {
    file.strip_suffix(".json").ok_or_else(|| Error::NoSuchPath { path: shortened(file) })
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContextParams {
    /// `light` (default) or `dark`.
    scheme: Option<String>,
    /// Language of names: `mn` or `en`; by `Accept-Language` if not given.
    lang: Option<String>,
}

/// MapLibre style of the context alone: what lies under and over the colours of a map, for orientation.
///
/// Each layer says in its `metadata` where it goes: `hlp:place` is `under` the colours, `over` them, or
/// `names`. Without context it has a ground only.
#[utoipa::path(get, path = "/styles/context.json", tag = "maps", params(ContextParams),
    responses((status = 200, description = "MapLibre style", body = serde_json::Value), Refusals))]
pub async fn get_context_style(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Params(params): Params<ContextParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let (lang, negotiated) = language(&headers, params.lang.as_deref())?;
    let ground = ground(params.scheme.as_deref())?;
    let address = base.absolute()?;
    let key = Key {
        content: world.turn.clone(),
        answer: format!("context style {lang:?} {ground:?} of {address}"),
    };
    let make = move || json(&cartography::context_style(&world.snapshot, &address, lang, ground));
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON).in_language(negotiated)).await
}

/// The equal-cell form of the map: one square for each khoroo, all of one size, neighbours kept as far as
/// possible. One grid serves all vintages, so a khoroo keeps its cell.
#[utoipa::path(get, path = "/api/v1/cells", tag = "maps", params(VintageParam),
    responses((status = 200, description = "Cells and outlines of districts", body = serde_json::Value), Refusals))]
pub async fn get_cells(
    State(app): State<App>,
    Params(on): Params<VintageParam>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let vintage = on.view(&world.snapshot)?.vintage.id.clone();
    let key = Key { content: world.turn.clone(), answer: format!("cells {vintage}") };
    // The first to ask waits while the cells are arranged.
    let make = move || json(&cartography::cells(&world.snapshot, vintage.as_str())?);
    let (body, hit) = app.bodies.plain(key, make).await?;
    app.metrics.plain(hit);
    app.respond(&headers, Answer::new(body, JSON)).await
}

/// A map in full, and the world it is of.
pub struct Map {
    pub world: Arc<World>,
    pub query: Query,
    pub negotiated: Option<Lang>,
}

impl Map {
    fn of_file(app: &App, file: &str, params: &MapParams, headers: &HeaderMap) -> Result<Self, Error> {
        Self::read(app, measure_of(file)?, &params.asked(), headers)
    }

    pub fn read(app: &App, measure: &str, asked: &Asked, headers: &HeaderMap) -> Result<Self, Error> {
        let world = app.world()?;
        let preferred = preferred_language(headers);
        let query = Query::read(&world.snapshot, measure, asked, preferred)?;
        let negotiated = asked.lang.is_none().then_some(preferred);
        Ok(Self { world, query, negotiated })
    }

    async fn answer<F>(self, app: &App, headers: &HeaderMap, kind: &str, make: F) -> Result<Response, Error>
    where
        F: FnOnce(&Snapshot, &Query) -> Result<Vec<u8>, Error> + Send + 'static,
    {
        self.answer_as(app, headers, kind, JSON, make).await
    }

    async fn answer_as<F>(
        self,
        app: &App,
        headers: &HeaderMap,
        kind: &str,
        content_type: &'static str,
        make: F,
    ) -> Result<Response, Error>
    where
        F: FnOnce(&Snapshot, &Query) -> Result<Vec<u8>, Error> + Send + 'static,
    {
        let Self { world, query, negotiated } = self;
        // A query has no default left in it, so equal maps have equal texts however they were asked for.
        let key = Key { content: world.turn.clone(), answer: format!("{kind} {query:?}") };
        let body = app.made(key, move || make(&world.snapshot, &query)).await?;
        app.respond(headers, Answer::new(body, content_type).in_language(negotiated)).await
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(Error::internal)
}

impl From<cartography::Error> for Error {
    fn from(error: cartography::Error) -> Self {
        let (name, detail) = (error.parameter(), error.to_string());
        match error {
            cartography::Error::Lookup(lookup) => lookup.into(),
            // The measure is part of the path.
            cartography::Error::Value { name: "measure", value, allowed }
                if measures().contains(&value.as_str()) =>
            {
                let detail =
                    format!("`{value}` is told by no field of districts, only by one of khoroos with lines");
                Self::NotFound { detail, allowed }
            }
            cartography::Error::Value { name: "measure", value, allowed } => {
                Self::NotFound { detail: format!("there is no measure `{}`", shortened(&value)), allowed }
            }
            cartography::Error::Value { name, value, allowed } => {
                Self::InvalidParameter { name, detail: not_listed(name, &value), allowed }
            }
            cartography::Error::RateOfParticipation => {
                Self::InvalidParameter { name, detail, allowed: vec![Rate::Count.word().to_owned()] }
            }
            _ => Self::InvalidParameter { name, detail, allowed: Vec::new() },
        }
    }
}

/// Measures that can be mapped, in the order of the viewer's switch.
pub fn measures() -> Vec<&'static str> {
    MapMeasure::ALL.map(MapMeasure::word).to_vec()
}
