//! Neighbours of a khoroo, by border or by distance.
//!
//! Owns: the shape of a neighbour in JSON, and which parameters go together. Metres are told to the
//! millimetre; rows stand in the order of unrounded ones.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::answer::Answer;
use super::error::Error;
use super::openapi::Refusals;
use super::params::{Both, Params, Path, invalid, number_within, one_of};
use super::select::VintageParam;
use crate::model::KhorooCode;
use crate::neighbours::{self, Contiguity, Neighbour, Reach};
use crate::snapshot::VintageView;

/// Neighbours told where nothing else is asked: somewhat more than touch a khoroo in most places.
const LIMIT_DEFAULT: usize = 8;
const LIMIT_MAX: usize = 50;
/// More than the city with its exclaves is wide.
const WITHIN_MAX_M: f64 = 1_000_000.0;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NeighbourParams {
    /// `border` (the default): khoroos that touch it, the longest common border first. `distance`: the nearest.
    #[param(example = "distance")]
    by: Option<String>,
    /// Of `by=border`: `queen` (the default), a common point is enough; `rook`, a piece of border.
    contiguity: Option<String>,
    /// Of `by=distance`: from `borders` (the default) or from `offices`.
    between: Option<String>,
    /// Of `by=distance`: only those within so many metres, 0 to 1 000 000.
    #[param(example = "2500")]
    within_m: Option<String>,
    /// Rows, 1 to 50; 8 if not given, and 50 with `within_m` or `by=border`.
    limit: Option<String>,
}

/// Neighbours of one khoroo.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighboursOut<'a> {
    #[schema(example = "bzd-26")]
    khoroo: &'a str,
    #[schema(example = "2022")]
    vintage: &'a str,
    /// `border` or `distance`.
    by: &'static str,
    /// `queen` or `rook`; of `by=border`.
    #[serde(skip_serializing_if = "Option::is_none")]
    contiguity: Option<&'static str>,
    /// `borders` or `offices`; of `by=distance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<&'static str>,
    neighbours: Vec<NeighbourOut<'a>>,
    /// False where the limit left some out.
    complete: bool,
    /// Of `by=border`, where the khoroo is on an exclave: the nearest one beyond the ground that it is
    /// connected with. Not among `neighbours`.
    #[serde(skip_serializing_if = "Option::is_none")]
    across_gap: Option<NeighbourOut<'a>>,
    /// True where the vintage or its records are invented.
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourOut<'a> {
    #[schema(example = "bzd-27")]
    code: &'a str,
    #[schema(example = "bzd")]
    district: &'a str,
    name_mn: &'a str,
    name_en: &'a str,
    /// Metres in EPSG:32648, between the nearest places of both, 0 where they touch; or between offices.
    distance_m: f64,
    /// Geodesic length of the common border in metres; 0 where they touch in a point, or not at all.
    border_m: f64,
}

/// What is asked for, with the parameters that belong to it.
enum By {
    Border(Contiguity),
    Distance { between_offices: bool, within_m: f64 },
}

/// Neighbours of a khoroo.
#[utoipa::path(get, path = "/api/v1/khoroos/{code}/neighbours", tag = "places",
    params(("code" = String, Path, example = "bzd-26"), NeighbourParams, VintageParam),
    responses((status = 200, body = NeighboursOut), Refusals))]
pub async fn get_neighbours(
    State(app): State<App>,
    Path(code): Path<String>,
    Params(Both { first: params, second: on }): Params<Both<NeighbourParams, VintageParam>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let by = params.by()?;
    let limit = params.limit(&by)?;
    let code: KhorooCode = code.parse().map_err(|_| Error::not_found("khoroo", &code))?;
    let idx = view.khoroo(&world.snapshot, &code)?;
    let mut out = found(view, idx, &by, limit)?;
    out.illustrative = world.snapshot.illustrative;
    app.respond(&headers, Answer::json(&out)?).await
}

impl NeighbourParams {
    fn by(&self) -> Result<By, Error> {
        let is_border = one_of("by", self.by.as_deref(), true, &[("border", true), ("distance", false)])?;
        // A parameter of the other question would be ignored, and the answer be to something else.
        let of_distance = [("between", &self.between), ("within_m", &self.within_m)];
        let of_border = [("contiguity", &self.contiguity)];
        let strangers = if is_border { &of_distance[..] } else { &of_border[..] };
        for (name, value) in strangers {
            if let Some(value) = value {
                let by = if is_border { "distance" } else { "border" };
                return Err(invalid(name, value, format!("it goes with by={by}")));
            }
        }
        if is_border {
            let contiguity = self.contiguity.as_deref();
            return one_of("contiguity", contiguity, Contiguity::Queen, &Contiguity::WORDS).map(By::Border);
        }
        let words = [("borders", false), ("offices", true)];
        let between_offices = one_of("between", self.between.as_deref(), false, &words)?;
        Ok(By::Distance { between_offices, within_m: self.within_m()? })
    }

    fn within_m(&self) -> Result<f64, Error> {
        let Some(text) = self.within_m.as_deref() else { return Ok(f64::INFINITY) };
        let metres = text.parse::<f64>().ok().filter(|metres| (0.0..=WITHIN_MAX_M).contains(metres));
        metres.ok_or_else(|| invalid("within_m", text, format!("metres from 0 to {WITHIN_MAX_M} are needed")))
    }

    fn limit(&self, by: &By) -> Result<usize, Error> {
        let default = match by {
            By::Distance { within_m, .. } if within_m.is_infinite() => LIMIT_DEFAULT,
            By::Border(_) | By::Distance { .. } => LIMIT_MAX,
        };
        number_within("limit", self.limit.as_deref(), default, (1, LIMIT_MAX))
    }
}

/// Errors: `NotFound` where the vintage has no lines of the khoroo, or no office: its neighbours are unknown
/// then, not none.
fn found<'a>(view: &'a VintageView, idx: usize, by: &By, limit: usize) -> Result<NeighboursOut<'a>, Error> {
    let geography = &view.geography;
    let khoroo = &geography.khoroos[idx];
    let unknown = |what: &str| Error::NotFound {
        detail: format!("vintage `{}` has no {what} of khoroo `{}`", view.vintage.id, khoroo.code),
        allowed: Vec::new(),
    };
    let mut across_gap = None;
    let mut found = match *by {
        By::Border(_) | By::Distance { between_offices: false, .. } if khoroo.bounds.is_none() => {
            return Err(unknown("lines"));
        }
        By::Border(contiguity) => {
            across_gap = neighbours::across_gap(geography, idx);
            neighbours::by_border(geography, idx, contiguity)
        }
        By::Distance { between_offices, within_m } => {
            // One more tells whether the list is complete.
            let reach = Reach { limit: limit + 1, within_m };
            if between_offices {
                let found = neighbours::between_offices(geography, &view.offices, idx, reach);
                found.ok_or_else(|| unknown("office"))?
            } else {
                neighbours::by_distance(geography, idx, reach)
            }
        }
    };
    let complete = found.len() <= limit;
    found.truncate(limit);
    let (contiguity, between) = match by {
        By::Border(contiguity) => (Some(contiguity.word()), None),
        By::Distance { between_offices: true, .. } => (None, Some("offices")),
        By::Distance { .. } => (None, Some("borders")),
    };
    Ok(NeighboursOut {
        khoroo: &khoroo.code,
        vintage: view.vintage.id.as_str(),
        by: if contiguity.is_some() { "border" } else { "distance" },
        contiguity,
        between,
        neighbours: found.into_iter().map(|neighbour| out(view, neighbour)).collect(),
        complete,
        across_gap: across_gap.map(|neighbour| out(view, neighbour)),
        illustrative: view.vintage.illustrative,
    })
}

fn out(view: &VintageView, neighbour: Neighbour) -> NeighbourOut<'_> {
    let khoroo = &view.geography.khoroos[neighbour.khoroo];
    NeighbourOut {
        code: &khoroo.code,
        district: khoroo.district.as_str(),
        name_mn: &khoroo.name_mn,
        name_en: &khoroo.name_en,
        distance_m: to_mm(neighbour.distance_m),
        border_m: to_mm(neighbour.border_m),
    }
}

/// Metres to the millimetre.
pub fn to_mm(metres: f64) -> f64 {
    (metres * 1e3).round() / 1e3
}
