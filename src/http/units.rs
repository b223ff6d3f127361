//! Districts and khoroos with their figures, and the khoroo at a place.
//!
//! Owns: the shape of a unit in JSON. An unsuffixed figure is the sum over the cycles native to the
//! vintage; one that was not reported is null, which is not 0.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, JSON};
use super::cache::Key;
use super::error::{Error, Nearest};
use super::khoroo_facts::{self, KhorooFactOut};
use super::listing::{Column, List, Listing, Of, paged};
use super::neighbours::to_mm;
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{Both, Params, Path, invalid};
use super::practices::{self, PracticeOut};
use super::select::VintageParam;
use super::{App, World, select};
use crate::model::{DistrictCode, GridBox, GridPoint, KhorooCode, KhorooId, VintageId};
use crate::neighbours::nearest_to;
use crate::snapshot::{CycleChoice, Level, Measure, Unit, VintageView};

/// A khoroo or a district in one vintage.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitOut {
    #[schema(example = "bzd-26")]
    code: String,
    #[schema(example = "2022")]
    vintage: String,
    /// `khoroo` or `district`.
    #[schema(example = "khoroo")]
    level: &'static str,
    /// Code of the district.
    #[schema(example = "bzd")]
    district: String,
    /// Number of the khoroo in its district, or of the district in the city's list.
    number: u32,
    /// Feature id in vector tiles.
    mvt_id: u64,
    name_mn: String,
    name_en: String,
    nso_code: Option<String>,
    land_code: Option<String>,
    ebarilga_code: Option<String>,
    population: Option<i64>,
    population_year: Option<i16>,
    households: Option<i64>,
    /// Geodesic.
    area_km2: Option<f64>,
    /// West, south, east, north, in degrees.
    bbox: Option<[f64; 4]>,
    /// A point inside: longitude, latitude.
    label: Option<[f64; 2]>,
    identifications: Option<u32>,
    replications: Option<u32>,
    replications_hosted: Option<u32>,
    /// The same by cycle.
    cycles: Vec<CycleFigures>,
    /// What a district is called besides: `БЗД`, `BZD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<Vec<String>>,
    /// Khoroos of a district.
    #[serde(skip_serializing_if = "Option::is_none")]
    n_khoroos: Option<usize>,
    /// Identified practices that the khoroo hosts; only where one unit is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    practices: Option<Vec<PracticeOut>>,
    /// What is known of the khoroo by year, the newest first; only where one khoroo is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Vec<KhorooFactOut>>,
    /// To the place that was asked for, in metres of EPSG:32648; only with `outside=nearest`, 0 inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    /// True where the vintage or its records are invented.
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CycleFigures {
    #[schema(example = "2022")]
    cycle: String,
    identifications: Option<u32>,
    replications: Option<u32>,
    replications_hosted: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct KhorooListParams {
    /// Only khoroos of this district.
    district: Option<String>,
    /// Columns with commas between, falling with a minus: `code` (the city's order), `name_mn`,
    /// `population`, `households`, `area_km2`.
    #[param(example = "-population")]
    sort: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Place to go on from, out of an earlier `next`.
    after: Option<String>,
    /// Items to skip, for jumping; a list that is walked follows `next`.
    offset: Option<String>,
}
paged!(KhorooListParams);

/// Figures of the process are no columns: khoroos are compared with their district, not ranked.
static KHOROOS: List<Unit> = List {
    columns: &[
        Column { name: "code", of: Of::Number(|unit| i64::try_from(unit.mvt_id).ok()) },
        Column { name: "name_mn", of: Of::Name(|unit| Some(unit.name_mn.clone())) },
        Column { name: "population", of: Of::Number(|unit| unit.population) },
        Column { name: "households", of: Of::Number(|unit| unit.households) },
        Column { name: "area_km2", of: Of::Number(|unit| unit.area_km2.map(square_metres)) },
    ],
    sort: "code",
    id: |unit| unit.code.clone(),
};

fn square_metres(km2: f64) -> i64 {
    (km2 * 1e6).round() as i64
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AtParams {
    /// Longitude in degrees, WGS 84.
    #[param(required = true, example = "106.92")]
    lon: Option<String>,
    /// Latitude in degrees, WGS 84.
    #[param(required = true, example = "47.92")]
    lat: Option<String>,
    /// Of a place in no khoroo: `refuse` (default), which names the nearest, or `nearest`, which answers with it.
    outside: Option<String>,
}

/// Districts of a vintage.
#[utoipa::path(get, path = "/api/v1/districts", tag = "places", params(VintageParam),
    responses((status = 200, body = Page<UnitOut>), Refusals))]
pub async fn list_districts(
    State(app): State<App>,
    Params(on): Params<VintageParam>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let n = view.geography.districts.len();
    let items = (0..n).map(|idx| unit(&world, view, Level::District, idx)).collect();
    app.respond(&headers, Answer::json(&Page::whole(items))?).await
}

/// One district.
#[utoipa::path(get, path = "/api/v1/districts/{code}", tag = "places",
    params(("code" = String, Path, example = "bzd"), VintageParam),
    responses((status = 200, body = UnitOut), Refusals))]
pub async fn get_district(
    State(app): State<App>,
    Path(code): Path<String>,
    Params(on): Params<VintageParam>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let code: DistrictCode = code.parse().map_err(|_| Error::not_found("district", &code))?;
    let idx = view.district(&code)?;
    app.respond(&headers, Answer::json(&unit(&world, view, Level::District, idx))?).await
}

/// Khoroos of a vintage.
#[utoipa::path(get, path = "/api/v1/khoroos", tag = "places", params(KhorooListParams, VintageParam),
    responses((status = 200, body = Page<UnitOut>), Refusals))]
pub async fn list_khoroos(
    State(app): State<App>,
    Params(Both { first: params, second: on }): Params<Both<KhorooListParams, VintageParam>>,
    uri: axum::http::Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let range = match params.district.as_deref() {
        None => 0..view.geography.khoroos.len(),
        Some(text) => {
            let code = select::district(view, text)?;
            view.geography.khoroos_of(code)
        }
    };
    let page = Listing::read(&KHOROOS, params.paged())?;
    let start = range.start;
    // Each unit with its index, which its figures are kept under.
    let khoroos = &view.geography.khoroos;
    let position = |unit: &Unit| start + khoroos[range.clone()].partition_point(|k| k.mvt_id < unit.mvt_id);
    let page = page.page(khoroos[range.clone()].iter().collect(), &uri);
    let page = page.map(|khoroo| unit(&world, view, Level::Khoroo, position(khoroo)));
    app.respond(&headers, Answer::json(&page)?).await
}

/// One khoroo.
#[utoipa::path(get, path = "/api/v1/khoroos/{code}", tag = "places",
    params(("code" = String, Path, example = "bzd-26"), VintageParam),
    responses((status = 200, body = UnitOut), Refusals))]
pub async fn get_khoroo(
    State(app): State<App>,
    Path(code): Path<String>,
    Params(on): Params<VintageParam>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let code: KhorooCode = code.parse().map_err(|_| Error::not_found("khoroo", &code))?;
    let idx = view.khoroo(&world.snapshot, &code)?;
    let vintage = view.vintage.id.clone();
    let answer = khoroo_answer(&app, world, vintage, idx).await?;
    app.respond(&headers, answer).await
}

/// The khoroo at a place; on a border always the same one of its sides. Outside the nearest one is named, or
/// with `outside=nearest` told in short, `null` where it is too far for a distance.
#[utoipa::path(get, path = "/api/v1/khoroos-at", tag = "places", params(AtParams, VintageParam),
    responses((status = 200, body = UnitOut), Refusals))]
pub async fn get_khoroo_at(
    State(app): State<App>,
    Params(Both { first: params, second: on }): Params<Both<AtParams, VintageParam>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let lon = degrees("lon", params.lon.as_deref(), 180.0)?;
    let lat = degrees("lat", params.lat.as_deref(), 90.0)?;
    let is_nearest_wanted = match params.outside.as_deref() {
        None | Some("refuse") => false,
        Some("nearest") => true,
        Some(other) => return Err(invalid("outside", other, "allowed are refuse, nearest")),
    };
    let inside = view.khoroo_at(lon, lat);
    if is_nearest_wanted {
        let nearest = || GridPoint::from_degrees(lon, lat).and_then(|at| nearest_to(&view.geography, at));
        let found = inside.map(|idx| (idx, 0.0)).or_else(nearest);
        let told = |(idx, distance_m): (usize, f64)| UnitOut {
            distance_m: Some(to_mm(distance_m)),
            ..unit(&world, view, Level::Khoroo, idx)
        };
        let answer = found.map(told);
        return app.respond(&headers, Answer::json(&answer)?).await;
    }
    let idx = inside.ok_or_else(|| nothing_there(view, lon, lat))?;
    let vintage = view.vintage.id.clone();
    let answer = khoroo_answer(&app, world, vintage, idx).await?;
    app.respond(&headers, answer).await
}

/// Names the nearest khoroo too.
fn nothing_there(view: &VintageView, lon: f64, lat: f64) -> Error {
    let nearest = GridPoint::from_degrees(lon, lat).and_then(|at| nearest_to(&view.geography, at));
    let nearest = nearest.map(|(idx, distance_m)| Nearest {
        code: view.geography.khoroos[idx].code.clone(),
        distance_m: to_mm(distance_m),
    });
    Error::NothingThere { lon, lat, nearest }
}

/// A number of degrees within ±`limit`.
fn degrees(name: &'static str, value: Option<&str>, limit: f64) -> Result<f64, Error> {
    let text = value.ok_or(Error::MissingParameter { name })?;
    text.parse::<f64>()
        .ok()
        .filter(|degrees| degrees.abs() <= limit)
        .ok_or_else(|| invalid(name, text, format!("degrees from -{limit} to {limit} are needed")))
}

/// The answer about one khoroo, made once: its practices are looked for among those of the whole city.
async fn khoroo_answer(
    app: &App,
    world: Arc<World>,
    vintage: VintageId,
    idx: usize,
) -> Result<Answer, Error> {
    let key = Key { content: world.turn.clone(), answer: format!("khoroo {vintage} {idx}") };
    let make = move || {
        let view = world.snapshot.vintage(&vintage).expect("the khoroo was found in it");
        serde_json::to_vec(&khoroo_in_full(&world, view, idx)).map_err(Error::internal)
    };
    Ok(Answer::new(app.made(key, make).await?, JSON))
}

fn khoroo_in_full(world: &World, view: &VintageView, idx: usize) -> UnitOut {
    let mut out = unit(world, view, Level::Khoroo, idx);
    let of = &view.geography.khoroos[idx];
    let is_here = |id: &KhorooId| {
        id.vintage == view.vintage.id && id.code.number == of.number && id.code.district == of.district
    };
    let snapshot = &world.snapshot;
    let hosted: Vec<_> = snapshot.public_practices().filter(|p| is_here(&p.host)).collect();
    out.practices = Some(practices::shown(snapshot, &hosted));
    out.facts = Some(khoroo_facts::newest_first(snapshot, is_here));
    out
}

fn unit(world: &World, view: &VintageView, level: Level, idx: usize) -> UnitOut {
    let Unit {
        code,
        district,
        number,
        mvt_id,
        name_mn,
        name_en,
        nso_code,
        land_code,
        ebarilga_code,
        population,
        population_year,
        households,
        area_km2,
        bounds,
        label,
        room_m: _,
    } = match level {
        Level::Khoroo => view.geography.khoroos[idx].clone(),
        Level::District => view.geography.districts[idx].clone(),
    };
    let figure = |measure, cycle: &CycleChoice| view.counts.value(measure, level, idx, cycle, None);
    let cycles = view.counts.cycles.iter().map(|cycle| {
        let choice = CycleChoice::One(cycle.clone());
        CycleFigures {
            cycle: cycle.clone(),
            identifications: figure(Measure::Identifications, &choice),
            replications: figure(Measure::Replications, &choice),
            replications_hosted: figure(Measure::ReplicationsHosted, &choice),
        }
    });
    let of_district = || world.snapshot.districts.iter().find(|row| row.code == district);
    let is_district = level == Level::District;
    let aliases = is_district.then(of_district).flatten().map(|row| row.aliases.clone());
    UnitOut {
        aliases,
        code,
        vintage: view.vintage.id.to_string(),
        level: level.word(),
        district: district.to_string(),
        number,
        mvt_id,
        name_mn,
        name_en,
        nso_code,
        land_code,
        ebarilga_code,
        population,
        population_year,
        households,
        area_km2,
        bbox: bounds.map(degrees_of),
        label: label.map(|at| [at.lon(), at.lat()]),
        identifications: figure(Measure::Identifications, &CycleChoice::All),
        replications: figure(Measure::Replications, &CycleChoice::All),
        replications_hosted: figure(Measure::ReplicationsHosted, &CycleChoice::All),
        cycles: cycles.collect(),
        n_khoroos: is_district.then(|| view.geography.khoroos_of(idx).len()),
        practices: None,
        facts: None,
        distance_m: None,
        illustrative: world.snapshot.illustrative,
    }
}

/// West, south, east, north.
pub fn degrees_of(bounds: GridBox) -> [f64; 4] {
    let corner = crate::model::GridPoint::new;
    let (low, high) = (corner(bounds.west, bounds.south), corner(bounds.east, bounds.north));
    [low.lon(), low.lat(), high.lon(), high.lat()]
}
