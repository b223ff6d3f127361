//! Figures that others have published, with their sources: for comparison, never added to computed ones.
//!
//! Owns: their shape in JSON. Leaves to others: what was published, by whom.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::answer::Answer;
use super::error::Error;
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{Params, one_of};
use crate::tracker::{Counted, Part, Published, Source, Topic, Value, published};

/// A figure as somebody published it, or an event. It is not computed from records.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedOut {
    #[schema(example = "hrdc_scores")]
    id: &'static str,
    /// `trainings`, `process`, `timeline`, `city`, or `elsewhere`: other programmes and countries.
    #[schema(example = "trainings")]
    topic: &'static str,
    name_mn: &'static str,
    #[schema(example = "Scores before and after training")]
    name_en: &'static str,
    /// Empty for an event without a number.
    values: Vec<PartOut>,
    /// What is counted; null where nothing is.
    base: Option<CountedOut>,
    /// Over how many a share or mean is taken; null where that was not published.
    #[schema(example = 2480)]
    n: Option<i64>,
    /// A day, a month or a year, as exact as it was told.
    #[schema(example = "2023-09")]
    as_of: &'static str,
    note_mn: Option<&'static str>,
    #[schema(
        example = "The source prints the gain as “30 %”; it is percentage points, not a relative gain."
    )]
    note_en: Option<&'static str>,
    sources: Vec<SourceOut>,
}

/// One number.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartOut {
    #[schema(example = "gain")]
    id: &'static str,
    name_mn: &'static str,
    #[schema(example = "Gain")]
    name_en: &'static str,
    #[schema(value_type = f64, example = 30)]
    value: Value,
    #[schema(example = "percentage points")]
    unit: &'static str,
}

/// What is counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedOut {
    mn: &'static str,
    #[schema(example = "Participants who answered the survey")]
    en: &'static str,
    /// False where the source does not say what it counts.
    is_told: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SourceOut {
    #[schema(example = "hrdc_2023")]
    id: &'static str,
    title_mn: &'static str,
    #[schema(example = "Slides on the Horizontal Learning Process")]
    title_en: &'static str,
    publisher_mn: &'static str,
    #[schema(example = "Human Resources Development Center of Ulaanbaatar (HRDC)")]
    publisher_en: &'static str,
    #[schema(example = "2023-09")]
    date: &'static str,
    /// Null for what has no public address.
    url: Option<&'static str>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PublishedParams {
    /// Only this topic: `trainings`, `process`, `timeline`, `city`, `elsewhere`.
    topic: Option<String>,
}

/// Figures and events as others have published them, each with its source; none of them enters a card.
#[utoipa::path(get, path = "/api/v1/published", tag = "lists", params(PublishedParams),
    responses((status = 200, body = Page<PublishedOut>), Refusals))]
pub async fn list_published(
    State(app): State<App>,
    Params(params): Params<PublishedParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let topics: Vec<(&str, Option<Topic>)> = Topic::ALL.iter().map(|t| (t.word(), Some(*t))).collect();
    let topic = one_of("topic", params.topic.as_deref(), None, &topics)?;
    let items = published().filter(|p| topic.is_none_or(|t| p.topic == t)).map(PublishedOut::of);
    app.respond(&headers, Answer::json(&Page::whole(items.collect()))?).await
}

impl PublishedOut {
    fn of(p: &'static Published) -> Self {
        Self {
            id: p.id,
            topic: p.topic.word(),
            name_mn: p.name_mn,
            name_en: p.name_en,
            values: p.values.iter().map(PartOut::of).collect(),
            base: p.base.map(|Counted { mn, en, is_told }| CountedOut { mn, en, is_told }),
            n: p.n,
            as_of: p.as_of,
            note_mn: p.note_mn,
            note_en: p.note_en,
            sources: p.sources.iter().map(SourceOut::of).collect(),
        }
    }
}

impl PartOut {
    fn of(part: &'static Part) -> Self {
        let &Part { id, name_mn, name_en, value, unit } = part;
        Self { id, name_mn, name_en, value: Value(value), unit }
    }
}

impl SourceOut {
    fn of(source: &'static Source) -> Self {
        let &Source { id, title_mn, title_en, publisher_mn, publisher_en, date, url } = source;
        Self { id, title_mn, title_en, publisher_mn, publisher_en, date, url }
    }
}
