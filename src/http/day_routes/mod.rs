//! The way of one day along several hosts: itinerary, line on the map, file for calendars.
//!
//! Owns: how the way is asked for and told. Leaves to others: the order of stops (`visits::day`).

mod ask;
mod told;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use ask::{Asked, Form, RouteParams};
use told::Told;

use super::App;
use super::answer::{Answer, JSON, language};
use super::cache::Key;
use super::error::Error;
use super::openapi::Refusals;
use super::params::{Both, Params};
use super::proxy::Base;
use super::select::VintageParam;

pub const GEOJSON: &str = "application/geo+json";
const CALENDAR: &str = "text/calendar; charset=utf-8";

/// The order of up to 12 stops that takes least time on the way, within opening hours and with a rest at noon;
/// where not all fit, as many as can be, and why the others are left out. On weekends and holidays none is made.
#[utoipa::path(get, path = "/api/v1/day-routes", tag = "visits", params(RouteParams, VintageParam),
    responses(
        (status = 200, content((told::RouteOut = "application/json"), (serde_json::Value = "application/geo+json"),
            (String = "text/calendar"))),
        Refusals))]
pub async fn get_day_route(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Params(Both { first: params, second: on }): Params<Both<RouteParams, VintageParam>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let form = params.form()?;
    let (lang, negotiated) = language(&headers, params.lang.as_deref())?;
    let calendar = &app.settings.calendar;
    let asked = params.asked(&world, view, calendar, &app.settings.office_hours.0)?;
    let address = base.absolute()?;
    let key = Key {
        content: world.turn.clone(),
        answer: format!("day-route {form:?} {lang:?} {address} {asked:?}"),
    };
    let date = asked.outing.date;
    let (own, shared) = (app.clone(), world.clone());
    let make = move || {
        let Asked { outing, practices } = asked;
        let (calendar, settings) = (&own.settings.calendar, &own.settings.partners);
        let roster = shared.roster(&own.settings);
        let itinerary =
            outing.itinerary(roster, settings, calendar.is_working(outing.date)).map_err(Error::internal)?;
        let view = &shared.snapshot.vintages[outing.vintage];
        let told = Told {
            snapshot: &shared.snapshot,
            view,
            calendar,
            settings,
            outing: &outing,
            practices: &practices,
            itinerary: &itinerary,
        };
        match form {
            Form::Json => serde_json::to_vec(&told.json()).map_err(Error::internal),
            Form::GeoJson => serde_json::to_vec(&told.geojson()?).map_err(Error::internal),
            Form::Ics => Ok(told.calendar(&address, lang)?.into_bytes()),
        }
    };
    let body = app.made(key, make).await?;
    let (kind, negotiated, ending) = match form {
        Form::Json => (JSON, None, None),
        Form::GeoJson => (GEOJSON, None, Some("geojson")),
        Form::Ics => (CALENDAR, negotiated, Some("ics")),
    };
    let mut response = app.respond(&headers, Answer::new(body, kind).in_language(negotiated)).await?;
    if let Some(ending) = ending {
        let name = format!("attachment; filename=\"visits-{date}.{ending}\"");
        let name = HeaderValue::try_from(name).map_err(Error::internal)?;
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
