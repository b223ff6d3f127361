//! Practices that a khoroo could learn, ranked, with their reasons.
//!
//! Owns: parameters. Leaves to others: filters, score and words (`partners`), JSON ([`told`]). What is
//! the office's is told to the office alone, and not used for anybody else.

mod told;

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::answer::Answer;
use super::error::Error;
use super::openapi::Refusals;
use super::params::{
    Both, Params, Path, boolean, day, invalid, number_within, one_of, shortened, unless_all,
};
use super::select::VintageParam;
use super::{App, World, select};
use crate::model::audience::Audience;
use crate::model::{KhorooCode, Mode};
use crate::partners::Asked;
use told::Question;
pub use told::{MethodOut, PartnersOut, TravelOut, WITHHELD, share};

const LIMIT_DEFAULT: usize = 5;
const LIMIT_MAX: usize = 50;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartnerParams {
    /// A theme; without it all, or on the internal listener those of the khoroo's open needs.
    #[param(example = "waste")]
    theme: Option<String>,
    /// Suggestions, 1 to 50; 5 if not given.
    limit: Option<String>,
    /// `true` or `1`: also why other practices are not suggested.
    explain: Option<String>,
    /// The day of the visit; today if not given. What was identified, awarded, reviewed, copied or needed on a later
    /// day does not count, agreed visits do. Offers, statuses and facts of khoroos have no days: they are as today.
    #[param(example = "2023-05-15")]
    as_of: Option<String>,
    /// `face_to_face`, `virtual` or `hybrid`; without it whatever the offer and the way allow.
    mode: Option<String>,
}

/// Practices of others that the khoroo could learn, each with its reasons. The system proposes, people choose.
#[utoipa::path(get, path = "/api/v1/khoroos/{code}/partners", tag = "places",
    params(("code" = String, Path, example = "bzd-26"), PartnerParams, VintageParam),
    responses((status = 200, body = PartnersOut), Refusals))]
pub async fn get_partners(
    State(app): State<App>,
    Extension(audience): Extension<Audience>,
    Path(code): Path<String>,
    Params(Both { first: params, second: on }): Params<Both<PartnerParams, VintageParam>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let view = on.view(&world.snapshot)?;
    let explain = boolean("explain", params.explain.as_deref())?.unwrap_or_default();
    let roster = world.roster(&app.settings);
    let theme = unless_all(params.theme.as_deref());
    let asked = Asked {
        limit: number_within("limit", params.limit.as_deref(), LIMIT_DEFAULT, (1, LIMIT_MAX))?,
        theme: theme
            .map(|theme| roster.theme(theme).ok_or_else(|| unknown_theme(&world, theme)))
            .transpose()?,
        mode: mode(params.mode.as_deref())?,
        as_of: as_of(params.as_of.as_deref())?,
        khoroo: {
            let code: KhorooCode = code.parse().map_err(|_| Error::not_found("khoroo", &code))?;
            view.khoroo(&world.snapshot, &code)?
        },
        vintage: world
            .snapshot
            .vintages
            .iter()
            .position(|own| own.vintage.id == view.vintage.id)
            .expect("the vintage is the snapshot's"),
        audience,
    };
    let settings = &app.settings.partners;
    let calendar = &app.settings.calendar;
    let question = Question { world: &world, roster, view, settings, asked: &asked, calendar };
    let out = question.answer(theme, explain);
    app.respond(&headers, Answer::json(&out)?).await
}

fn unknown_theme(world: &World, theme: &str) -> Error {
    Error::InvalidParameter {
        name: "theme",
        detail: format!("there is no theme `{}`", shortened(theme)),
        allowed: world.snapshot.records.themes.iter().map(|theme| theme.code.clone()).collect(),
    }
}

pub fn mode(text: Option<&str>) -> Result<Option<Mode>, Error> {
    let words = [Mode::FaceToFace, Mode::Virtual, Mode::Hybrid].map(|mode| (mode.word(), Some(mode)));
    one_of("mode", text, None, &words)
}

/// Days of years that people plan for: arithmetic with others would leave the calendar.
fn as_of(text: Option<&str>) -> Result<jiff::civil::Date, Error> {
    let Some(on) = day("as_of", text)? else { return Ok(select::today()) };
    if (1900..=2200).contains(&on.year()) {
        Ok(on)
    } else {
        Err(invalid("as_of", text.unwrap_or_default(), "a day from 1900 to 2200 is needed"))
    }
}
