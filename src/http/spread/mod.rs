//! Spatial statistics of the tracker's figures, the neighbourhoods that they are made with, and who copied whom.
//!
//! Owns: parameters of the four addresses; names of the files. Leaves to others: every number (`spread`). All of it
//! is made of figures that everybody may see.

pub mod files;
mod told;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::answer::{Answer, JSON};
use super::cache::Key;
use super::error::Error;
use super::openapi::Refusals;
use super::params::{Params, invalid, number_within, one_of};
use super::{App, World};
use crate::cartography::{self, Query, Rate};
use crate::model::Lang;
use crate::neighbours::Contiguity;
use crate::snapshot::{Measure, VintageView};
use crate::spread::city::{self, Near, Question, StudyError};
use crate::spread::{PERMUTATIONS, PERMUTATIONS_MIN};

/// Nearest offices that are near.
const K: (usize, usize) = (1, 20);
const K_DEFAULT: usize = 6;
const SEED_DEFAULT: usize = 1;
/// What JSON numbers hold in every language.
const SEED_MAX: usize = (1 << 53) - 1;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SpreadParams {
    /// `replications` (the default), `replications_hosted` or `identifications`.
    measure: Option<String>,
    /// A cycle, or `all`; the newest of the vintage if not given.
    #[param(example = "2022")]
    cycle: Option<String>,
    /// A theme, or `all` (default).
    theme: Option<String>,
    /// `count` (default) or `per10000` residents: then rates are tested, in scores that allow for few residents.
    rate: Option<String>,
    /// Who is near: `queen` (the default; a common point of border), `rook` (a piece of it) or `knn` (the nearest
    /// offices).
    weights: Option<String>,
    /// Of `weights=knn`: how many, 1 to 20; 6 if not given.
    k: Option<String>,
    /// Chance begins here, 0 to 2^53 − 1; 1 if not given. Equal seeds give equal numbers.
    seed: Option<String>,
    /// Rounds of chance, 99 to 9999; if not given 9999, or as many as there is time for. The smallest p is
    /// 2 / (rounds + 1): of 204 khoroos fewer than 9 cannot stay significant after correction with 999 rounds.
    permutations: Option<String>,
    /// Vintage: `2022`; that of the cycle, else of the newest cycle, if not given.
    vintage: Option<String>,
}

/// Whether neighbours are alike, all together and each, how far copies went, and how sure that is. Random orders
/// come from a seed; findings are corrected for being many.
#[utoipa::path(get, path = "/api/v1/spread", tag = "tracker", params(SpreadParams),
    responses((status = 200, body = told::SpreadOut), Refusals))]
pub async fn get_spread(
    State(app): State<App>,
    Params(params): Params<SpreadParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let question = params.question(&world)?;
    let key = Key { content: world.turn.clone(), answer: format!("spread {question:?}") };
    let make = move || {
        let view = &world.snapshot.vintages[question.vintage];
        let out = match city::study(&world.snapshot, &question) {
            Ok(study) => told::out(&world.snapshot, &question, &study),
            Err(StudyError::NotCounted) => {
                let weights = city::weights(view, question.near).map_err(|why| refused(view, &why))?;
                told::not_counted(&world.snapshot, &question, &weights)
            }
            Err(why) => return Err(refused(view, &why)),
        };
        serde_json::to_vec(&out).map_err(Error::internal)
    };
    let body = app.made_slowly(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

impl SpreadParams {
    fn question(&self, world: &World) -> Result<Question, Error> {
        let asked = cartography::Asked {
            vintage: self.vintage.as_deref(),
            cycle: self.cycle.as_deref(),
            theme: self.theme.as_deref(),
            rate: self.rate.as_deref(),
            ..cartography::Asked::default()
        };
        let words = [Measure::Replications, Measure::ReplicationsHosted, Measure::Identifications]
            .map(|measure| (measure.word(), measure));
        let measure = one_of("measure", self.measure.as_deref(), Measure::Replications, &words)?;
        let query = Query::read(&world.snapshot, measure.word(), &asked, Lang::Mn)?;
        let rounds = |text| {
            let (min, max) = (PERMUTATIONS_MIN as usize, PERMUTATIONS as usize);
            number_within("permutations", Some(text), max, (min, max)).map(|rounds| rounds as u32)
        };
        let permutations = self.permutations.as_deref().map(rounds).transpose()?;
        let seed = number_within("seed", self.seed.as_deref(), SEED_DEFAULT, (0, SEED_MAX))?;
        Ok(Question {
            vintage: position(world, &query),
            measure,
            cycle: query.cycle,
            theme: query.theme,
            is_rate: query.rate == Rate::Per10000,
            near: near(self.weights.as_deref(), self.k.as_deref())?,
            permutations,
            seed: seed as u64,
        })
    }
}

/// Place of the query's vintage among the snapshot's.
fn position(world: &World, query: &Query) -> usize {
    let found = world.snapshot.vintages.iter().position(|view| view.vintage.id == query.vintage);
    found.expect("the query was read for this snapshot")
}

fn near(weights: Option<&str>, k: Option<&str>) -> Result<Near, Error> {
    let words = [("queen", Some(Contiguity::Queen)), ("rook", Some(Contiguity::Rook)), ("knn", None)];
    match (one_of("weights", weights, Some(Contiguity::Queen), &words)?, k) {
        (Some(_), Some(k)) => Err(invalid("k", k, "it goes with weights=knn")),
        (Some(contiguity), None) => Ok(Near::Border(contiguity)),
        (None, k) => number_within("k", k, K_DEFAULT, K).map(Near::Nearest),
    }
}

/// `queen`, `rook` or `knn`, and how many.
fn near_words(near: Near) -> (&'static str, Option<usize>) {
    match near {
        Near::Border(contiguity) => (contiguity.word(), None),
        Near::Nearest(k) => ("knn", Some(k)),
    }
}

fn refused(view: &VintageView, why: &StudyError) -> Error {
    let vintage = &view.vintage.id;
    match why {
        StudyError::NoLines | StudyError::NotCounted => {
            Error::NotFound { detail: format!("vintage `{vintage}`: {why}"), allowed: Vec::new() }
        }
        StudyError::Residents(_) => invalid("rate", "per10000", why),
        StudyError::TooMuch { .. } => invalid("permutations", "so many", why),
    }
}

/// A file to be kept under `name`.
fn named(mut response: Response, name: &str) -> Result<Response, Error> {
    let name = format!("attachment; filename=\"{name}\"");
    let name = HeaderValue::try_from(name).map_err(Error::internal)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}
