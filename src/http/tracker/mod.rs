//! The tracker's cards, and the records behind each of their figures.
//!
//! Every figure has the address of its records, where they may be seen: kinds of records that are
//! internal are counted for everybody and listed only by the second listener.
//!
//! Owns: parameters and JSON of the tracker. Leaves to others: every number.

use std::sync::Arc;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, JSON, language};
use super::cache::Key;
use super::error::Error;
use super::openapi::{Changed, Refusals};
use super::paging::{Page, PageParams};
use super::params::{Params, day, invalid, parsed, shortened, unless_all};
use super::proxy::Base;
use super::{App, World, select};
use crate::model::audience::Audience;
use crate::model::{DistrictCode, KhorooCode, Lang};
use crate::snapshot::{CycleChoice, LookupError, Snapshot};
use crate::tracker::{self, AskError, Base as CountBase, Question, RecordOut, Scope, Value};

/// The six step cards, and figures that go across them.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackerOut {
    /// The vintage whose khoroos it is about; null where cycles of several are counted, each on its own.
    #[schema(example = "2022")]
    vintage: Option<String>,
    /// As asked for: a cycle or `all`.
    #[schema(example = "all")]
    cycle: String,
    /// Cycles that are counted.
    #[schema(example = json!(["2020", "2022"]))]
    cycles: Vec<String>,
    scope: ScopeOut,
    #[schema(example = "waste")]
    theme: Option<String>,
    #[schema(example = "2022-12-31")]
    as_of: Option<String>,
    /// True where figures were carried from another vintage; they are never added to native ones.
    estimate: bool,
    /// True where records are invented.
    illustrative: bool,
    /// The six steps, in order.
    steps: Vec<CardOut>,
    /// Funnel, reach, budget, trainings.
    more: Vec<CardOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeOut {
    /// `city`, `district` or `khoroo`.
    #[schema(example = "district")]
    level: &'static str,
    #[schema(example = "bzd")]
    code: Option<String>,
}

/// Figures that belong together.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardOut {
    #[schema(example = "identify")]
    code: String,
    name_mn: String,
    #[schema(example = "Identifying good practices")]
    name_en: String,
    figures: Vec<FigureOut>,
}

/// A number and what it is a number of.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureOut {
    /// Unique on its card.
    #[schema(example = "identifications")]
    id: String,
    /// Id in `/api/v1/definitions`.
    #[schema(example = "identifications")]
    definition: &'static str,
    /// In the language asked for.
    #[schema(example = "Good practices identified")]
    name: String,
    /// Null where it is unknown or withheld; unknown is not 0.
    #[schema(value_type = Option<f64>, example = 248)]
    value: Option<Value>,
    #[schema(example = "practices")]
    unit: &'static str,
    /// What is counted: `events`, `participations`, `practices`, `khoroos`, `replications`, `reviews`,
    /// `needs`, `tugrik`.
    #[schema(value_type = Option<String>, example = "events")]
    base: Option<CountBase>,
    /// Over how many records or people a sum, mean or percentage is taken.
    n: Option<i64>,
    estimate: bool,
    /// True where so few records stand behind it that it would tell of one of them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    withheld: bool,
    /// Its records; null where they are not public.
    #[schema(example = "https://city.example/api/v1/tracker/records?card=identify&figure=identifications")]
    records_url: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrackerParams {
    /// Vintage to answer on: `2022`, `current`. Without it every cycle is counted on its own. With a cycle of
    /// another vintage the figures are carried over and marked as estimates.
    #[param(example = "2022")]
    vintage: Option<String>,
    /// A cycle, or `all`; with a vintage, all that are native to it.
    #[param(example = "2022")]
    cycle: Option<String>,
    /// Only this district.
    #[param(example = "bzd")]
    district: Option<String>,
    /// Only this khoroo.
    khoroo: Option<String>,
    /// Only this theme.
    theme: Option<String>,
    /// Only what had happened by the end of this day, such as `2022-09-30`.
    as_of: Option<String>,
    /// Language of names: `mn`, `en`; else by `Accept-Language`.
    lang: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordsParams {
    /// As in `/api/v1/tracker`.
    #[param(example = "2022")]
    vintage: Option<String>,
    /// As in `/api/v1/tracker`.
    #[param(example = "2022")]
    cycle: Option<String>,
    /// As in `/api/v1/tracker`.
    district: Option<String>,
    /// As in `/api/v1/tracker`.
    khoroo: Option<String>,
    /// As in `/api/v1/tracker`.
    theme: Option<String>,
    /// As in `/api/v1/tracker`.
    as_of: Option<String>,
    /// Code of a card.
    #[param(required = true, example = "identify")]
    card: Option<String>,
    /// Id of a figure on the card.
    #[param(required = true, example = "identifications")]
    figure: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Items to skip.
    offset: Option<String>,
    /// Revision of the first page, out of its `next`: refused with 410 once there is another.
    rev: Option<String>,
}

/// Figures of the city, a district or a khoroo.
#[utoipa::path(get, path = "/api/v1/tracker", tag = "tracker", params(TrackerParams),
    responses((status = 200, body = TrackerOut), Refusals))]
pub async fn get_tracker(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Extension(audience): Extension<Audience>,
    Params(params): Params<TrackerParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let (lang, negotiated) = language(&headers, params.lang.as_deref())?;
    let asked = Asked::from(&params);
    let question = asked.question(&world.snapshot)?;
    let address = base.absolute()?;
    let answer = format!("tracker {audience:?} {lang:?} {address} {question:?}");
    let key = Key { content: world.turn.clone(), answer };
    let make = move || tracker_body(&world, &question, audience, lang, &address);
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON).in_language(negotiated)).await
}

/// Records that a figure is made of, and what each of them adds to it.
#[utoipa::path(get, path = "/api/v1/tracker/records", tag = "tracker", params(RecordsParams),
    responses((status = 200, body = Page<RecordOut>), Changed, Refusals))]
pub async fn list_records(
    State(app): State<App>,
    Extension(audience): Extension<Audience>,
    Params(params): Params<RecordsParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let question = Asked::from(&params).question(&world.snapshot)?;
    let paging = PageParams::read(params.limit.as_deref(), params.offset.as_deref())?;
    let paging = paging.pinned(params.rev.as_deref(), world.snapshot.revision.seq)?;
    let card = params.card.ok_or(Error::MissingParameter { name: "card" })?;
    let figure = params.figure.ok_or(Error::MissingParameter { name: "figure" })?;
    let answer = format!("tracker records {audience:?} {question:?} {card:?} {figure:?} {paging:?} {uri}");
    let key = Key { content: world.turn.clone(), answer };
    let make = move || records_body(&world, &question, audience, [&card, &figure], paging, &uri);
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

fn tracker_body(
    world: &World,
    question: &Question,
    audience: Audience,
    lang: Lang,
    address: &str,
) -> Result<Vec<u8>, Error> {
    let answer = tracker::ask(&world.snapshot, question, audience)?;
    let card = |card: tracker::Card| {
        let figure = |figure: &tracker::Figure| FigureOut {
            id: figure.id.clone(),
            definition: figure.definition.id,
            name: figure.name(lang),
            value: figure.value,
            unit: figure.definition.unit,
            base: figure.definition.base,
            n: figure.n,
            estimate: figure.is_estimate,
            withheld: figure.is_withheld,
            records_url: (figure.value.is_some() && figure.may_be_listed(audience))
                .then(|| records_url(address, question, &card.code, &figure.id)),
        };
        let figures = card.figures.iter().map(figure).collect();
        CardOut { figures, code: card.code, name_mn: card.name_mn, name_en: card.name_en }
    };
    let out = TrackerOut {
        vintage: answer.vintage.map(|id| id.to_string()),
        cycle: question.cycle.to_string(),
        cycles: answer.cycles,
        scope: ScopeOut::of(&question.scope),
        theme: question.theme.clone(),
        as_of: question.as_of.map(|day| day.to_string()),
        estimate: answer.is_estimate,
        illustrative: world.snapshot.illustrative,
        steps: answer.steps.into_iter().map(card).collect(),
        more: answer.more.into_iter().map(card).collect(),
    };
    serde_json::to_vec(&out).map_err(Error::internal)
}

fn records_body(
    world: &Arc<World>,
    question: &Question,
    audience: Audience,
    [card, id]: [&str; 2],
    paging: PageParams,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let snapshot = &world.snapshot;
    let figure = tracker::figure(snapshot, question, audience, card, id)?;
    if !figure.may_be_listed(audience) {
        let detail = format!("the records behind figure `{}` are not public", figure.id);
        return Err(Error::NotFound { detail, allowed: Vec::new() });
    }
    let members = paging.page(0..figure.members.len(), uri, |idx| &figure.members[idx]);
    let items = tracker::describe(snapshot, &figure, &members.items, audience);
    let page = Page { items, total: members.total, next: members.next };
    serde_json::to_vec(&page).map_err(Error::internal)
}

/// Where the records of a figure are: the same question, and which figure.
fn records_url(address: &str, question: &Question, card: &str, figure: &str) -> String {
    let path = format!("{address}/api/v1/tracker/records?");
    let start = path.len();
    let mut query = form_urlencoded::Serializer::for_suffix(path, start);
    if let Some(vintage) = &question.vintage {
        query.append_pair("vintage", vintage.as_str());
    }
    query.append_pair("cycle", question.cycle.as_str());
    if let Some(code) = ScopeOut::of(&question.scope).code {
        query.append_pair(
            if matches!(question.scope, Scope::Khoroo(_)) { "khoroo" } else { "district" },
            &code,
        );
    }
    if let Some(theme) = &question.theme {
        query.append_pair("theme", theme);
    }
    if let Some(day) = question.as_of {
        query.append_pair("as_of", &day.to_string());
    }
    query.append_pair("card", card).append_pair("figure", figure).finish()
}

impl ScopeOut {
    fn of(scope: &Scope) -> Self {
        match scope {
            Scope::City => Self { level: "city", code: None },
            Scope::District(code) => Self { level: "district", code: Some(code.to_string()) },
            Scope::Khoroo(code) => Self { level: "khoroo", code: Some(code.to_string()) },
        }
    }
}

/// The parameters that make a question.
#[derive(Debug, Default)]
pub struct Asked<'a> {
    pub vintage: Option<&'a str>,
    pub cycle: Option<&'a str>,
    pub district: Option<&'a str>,
    pub khoroo: Option<&'a str>,
    pub theme: Option<&'a str>,
    pub as_of: Option<&'a str>,
}

macro_rules! asked_from {
    ($($Params:ident),+) => {$(
        impl<'a> From<&'a $Params> for Asked<'a> {
            fn from(params: &'a $Params) -> Self {
                Self {
                    vintage: params.vintage.as_deref(),
                    cycle: params.cycle.as_deref(),
                    district: params.district.as_deref(),
                    khoroo: params.khoroo.as_deref(),
                    theme: params.theme.as_deref(),
                    as_of: params.as_of.as_deref(),
                }
            }
        }
    )+};
}
asked_from!(TrackerParams, RecordsParams);

impl Asked<'_> {
    pub fn question(&self, snapshot: &Snapshot) -> Result<Question, Error> {
        let vintage = match self.vintage {
            Some(_) => Some(select::vintage(snapshot, self.vintage)?.vintage.id.clone()),
            None => None,
        };
        let cycle: CycleChoice = parsed("cycle", self.cycle)?.unwrap_or(CycleChoice::All);
        let scope = match (parsed::<DistrictCode>("district", self.district)?, self.khoroo) {
            (None, None) => Scope::City,
            (Some(district), None) => Scope::District(district),
            (district, Some(text)) => {
                let khoroo: Option<KhorooCode> = parsed("khoroo", Some(text))?;
                let khoroo = khoroo.filter(|khoroo| district.is_none_or(|d| d == khoroo.district));
                Scope::Khoroo(khoroo.ok_or_else(|| invalid("khoroo", text, "it is not in that district"))?)
            }
        };
        let as_of = day("as_of", self.as_of)?;
        let question =
            Question { scope, cycle, theme: unless_all(self.theme).map(str::to_owned), as_of, vintage };
        tracker::check(snapshot, &question)?;
        Ok(question)
    }
}

/// All of it is asked for in parameters, so it is a wrong parameter.
impl From<AskError> for Error {
    fn from(error: AskError) -> Self {
        let detail = shortened(&error.to_string());
        let (name, allowed) = match error {
            AskError::Cycle { known, .. } => ("cycle", known),
            AskError::Theme { known, .. } => ("theme", known),
            AskError::Card { known, .. } => ("card", known),
            AskError::Figure { known, .. } => ("figure", known),
            AskError::Place(LookupError::Khoroo { .. }) => ("khoroo", Vec::new()),
            AskError::Place(LookupError::District { known, .. }) => {
                ("district", known.iter().map(ToString::to_string).collect())
            }
            AskError::Place(other) => return other.into(),
        };
        Self::InvalidParameter { name, detail, allowed }
    }
}
