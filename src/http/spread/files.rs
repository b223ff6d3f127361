//! Neighbourhoods as files for `PySAL` and `GeoDa`, and copies from host to copier as JSON, GeoJSON and CSV.
//!
//! Owns: form and names of these files.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::{named, near, near_words, position, refused};
use crate::cartography::{self, Query};
use crate::http::answer::{Answer, JSON};
use crate::http::cache::Key;
use crate::http::day_routes::GEOJSON;
use crate::http::error::Error;
use crate::http::openapi::Refusals;
use crate::http::params::{Both, Params, one_of};
use crate::http::select::VintageParam;
use crate::http::{App, World};
use crate::model::{Lang, Vintage};
use crate::snapshot::{CycleChoice, Measure, VintageView};
use crate::spread::city;

const TEXT: &str = "text/plain; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WeightsParams {
    /// Who is near: `queen` (the default; a common point of border), `rook` (a piece of it) or `knn` (the nearest
    /// offices).
    weights: Option<String>,
    /// Of `weights=knn`: how many, 1 to 20; 6 if not given.
    k: Option<String>,
}

/// Who is near whom, as GAL, by the codes of khoroos: for `PySAL` and `GeoDa`. Of invented boundaries the file's name
/// begins with `illustrative-`.
#[utoipa::path(get, path = "/api/v1/weights.gal", tag = "tracker", params(WeightsParams, VintageParam),
    responses((status = 200, body = String, content_type = "text/plain"), Refusals))]
pub async fn get_gal(
    State(app): State<App>,
    Params(params): Params<Both<WeightsParams, VintageParam>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    weights(&app, &params, &headers, true).await
}

/// The same as GWT: with metres between offices for `knn`, and 1 for borders.
#[utoipa::path(get, path = "/api/v1/weights.gwt", tag = "tracker", params(WeightsParams, VintageParam),
    responses((status = 200, body = String, content_type = "text/plain"), Refusals))]
pub async fn get_gwt(
    State(app): State<App>,
    Params(params): Params<Both<WeightsParams, VintageParam>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    weights(&app, &params, &headers, false).await
}

async fn weights(
    app: &App,
    Both { first: params, second: on }: &Both<WeightsParams, VintageParam>,
    headers: &HeaderMap,
    is_gal: bool,
) -> Result<Response, Error> {
    let world = app.world()?;
    let near = near(params.weights.as_deref(), params.k.as_deref())?;
    let Vintage { id: vintage, illustrative, .. } = on.view(&world.snapshot)?.vintage.clone();
    let (kind, k) = near_words(near);
    let kind = k.map_or_else(|| kind.to_owned(), |k| format!("{kind}{k}"));
    // The form has no place for remarks.
    let mark = if illustrative { "illustrative-" } else { "" };
    let name = format!("{mark}khoroos-{vintage}-{kind}.{}", if is_gal { "gal" } else { "gwt" });
    let key = Key { content: world.turn.clone(), answer: format!("weights {name}") };
    let make = move || {
        let view = world.snapshot.vintage(&vintage).expect("the vintage is the snapshot's");
        let made = if is_gal { city::weights(view, near) } else { city::weights_in_metres(view, near) };
        let weights = made.map_err(|why| refused(view, &why))?;
        let ids: Vec<&str> = view.geography.khoroos.iter().map(|unit| unit.code.as_str()).collect();
        let layer = format!("khoroos-{vintage}");
        let text = if is_gal { weights.gal(&ids, &layer, "code") } else { weights.gwt(&ids, &layer, "code") };
        Ok(text.into_bytes())
    };
    let body = app.made(key, make).await?;
    named(app.respond(headers, Answer::new(body, TEXT)).await?, &name)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FlowParams {
    /// A cycle, or `all`; the newest of the vintage if not given.
    #[param(example = "2022")]
    cycle: Option<String>,
    /// A theme, or `all` (default).
    theme: Option<String>,
    /// `json` (the default), `geojson` or `csv`.
    f: Option<String>,
    /// Vintage: `2022`; that of the cycle, else of the newest cycle, if not given.
    vintage: Option<String>,
}

/// Who copied from whom, one row for each host and copier.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowsOut<'a> {
    #[schema(example = "2022")]
    vintage: &'a str,
    #[schema(example = "2022")]
    cycle: String,
    theme: Option<&'a str>,
    /// Most copies first, then in the city's order.
    flows: Vec<FlowOut<'a>>,
    /// Of identified practices, in a status that counts; null where copies were not counted, which is not 0.
    copies: Option<usize>,
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FlowOut<'a> {
    #[schema(example = "bzd-1")]
    host: &'a str,
    host_district: &'a str,
    host_name_mn: &'a str,
    host_name_en: &'a str,
    #[schema(example = "bgd-3")]
    copier: &'a str,
    copier_district: &'a str,
    copier_name_mn: &'a str,
    copier_name_en: &'a str,
    copies: usize,
    /// Between the offices, where one is unknown a point inside; null without lines.
    distance_km: Option<f64>,
    across_districts: bool,
    /// True where the vintage or its records are invented.
    illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    GeoJson,
    Csv,
}

/// Copies from host to copier: as rows, or as lines on the map.
#[utoipa::path(get, path = "/api/v1/flows", tag = "tracker", params(FlowParams),
    responses(
        (status = 200, content((FlowsOut = "application/json"), (serde_json::Value = "application/geo+json"),
            (String = "text/csv"))),
        Refusals))]
pub async fn get_flows(
    State(app): State<App>,
    Params(params): Params<FlowParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let asked = cartography::Asked {
        vintage: params.vintage.as_deref(),
        cycle: params.cycle.as_deref(),
        theme: params.theme.as_deref(),
        ..cartography::Asked::default()
    };
    let query = Query::read(&world.snapshot, "replications", &asked, Lang::Mn)?;
    let words = [("json", Form::Json), ("geojson", Form::GeoJson), ("csv", Form::Csv)];
    let form = one_of("f", params.f.as_deref(), Form::Json, &words)?;
    let vintage = position(&world, &query);
    let view = &world.snapshot.vintages[vintage];
    let is_plain = |char: &char| char.is_ascii_alphanumeric() || *char == '-';
    let cycle: String = query.cycle.as_str().chars().filter(is_plain).collect();
    let name = format!("flows-{}-{cycle}.csv", view.vintage.id);
    let key = Key {
        content: world.turn.clone(),
        answer: format!("flows {form:?} {vintage} {:?} {:?}", query.cycle, query.theme),
    };
    let make = move || {
        let found = flows(&world, vintage, &query.cycle, query.theme.as_deref());
        match form {
            Form::Json => serde_json::to_vec(&found).map_err(Error::internal),
            Form::GeoJson => geojson(&world.snapshot.vintages[vintage], &found),
            Form::Csv => csv(&found),
        }
    };
    let body = app.made(key, make).await?;
    match form {
        Form::Json => app.respond(&headers, Answer::new(body, JSON)).await,
        Form::GeoJson => app.respond(&headers, Answer::new(body, GEOJSON)).await,
        Form::Csv => named(app.respond(&headers, Answer::new(body, CSV)).await?, &name),
    }
}

fn flows<'a>(world: &'a World, vintage: usize, cycle: &CycleChoice, theme: Option<&'a str>) -> FlowsOut<'a> {
    let view = &world.snapshot.vintages[vintage];
    let found = city::flows(&world.snapshot, vintage, cycle, theme);
    let mut copies: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for flow in &found {
        *copies.entry((flow.host, flow.copier)).or_default() += 1;
    }
    let mut pairs: Vec<((usize, usize), usize)> = copies.into_iter().collect();
    // Stable: the city's order among equal ones.
    pairs.sort_by_key(|(_, copies)| std::cmp::Reverse(*copies));
    let metres = city::metres(view);
    let geography = &view.geography;
    let flow = |((host, copier), copies): ((usize, usize), usize)| {
        let [from, to] = [host, copier].map(|idx| &geography.khoroos[idx]);
        FlowOut {
            host: &from.code,
            host_district: from.district.as_str(),
            host_name_mn: &from.name_mn,
            host_name_en: &from.name_en,
            copier: &to.code,
            copier_district: to.district.as_str(),
            copier_name_mn: &to.name_mn,
            copier_name_en: &to.name_en,
            copies,
            distance_km: metres(host, copier).map(|metres| metres.round() / 1e3),
            across_districts: geography.district_of[host] != geography.district_of[copier],
            illustrative: world.snapshot.illustrative,
        }
    };
    FlowsOut {
        vintage: view.vintage.id.as_str(),
        cycle: cycle.to_string(),
        theme,
        flows: pairs.into_iter().map(flow).collect(),
        copies: view.counts.is_reported(Measure::Replications, cycle).then_some(found.len()),
        illustrative: world.snapshot.illustrative,
    }
}

/// Lines between the places that distances are measured from; rows without a place have no line.
fn geojson(view: &VintageView, found: &FlowsOut<'_>) -> Result<Vec<u8>, Error> {
    let place = |code: &str| {
        let idx = view.geography.khoroo_idx(&code.parse().ok()?)?;
        let at = view.offices.place(idx).or(view.geography.khoroos[idx].label)?;
        Some([at.lon(), at.lat()])
    };
    let features: Result<Vec<serde_json::Value>, Error> = found
        .flows
        .iter()
        .map(|flow| {
            let line = place(flow.host).zip(place(flow.copier));
            Ok(json!({
                "type": "Feature",
                "id": format!("{}:{}", flow.host, flow.copier),
                "geometry": line.map(|(from, to)| json!({"type": "LineString", "coordinates": [from, to]})),
                "properties": serde_json::to_value(flow).map_err(Error::internal)?,
            }))
        })
        .collect();
    serde_json::to_vec(&json!({
        "type": "FeatureCollection",
        "features": features?,
        "vintage": found.vintage,
        "cycle": found.cycle,
        "illustrative": found.illustrative,
    }))
    .map_err(Error::internal)
}

/// With a byte order mark, without which spreadsheets take Cyrillic for something else.
fn csv(found: &FlowsOut<'_>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    if found.flows.is_empty() {
        writer.write_record(COLUMNS).map_err(Error::internal)?;
    }
    for flow in &found.flows {
        writer.serialize(flow).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

/// As the rows have them.
const COLUMNS: [&str; 12] = [
    "host",
    "host_district",
    "host_name_mn",
    "host_name_en",
    "copier",
    "copier_district",
    "copier_name_mn",
    "copier_name_en",
    "copies",
    "distance_km",
    "across_districts",
    "illustrative",
];
