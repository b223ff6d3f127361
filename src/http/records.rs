//! Vintages, cycles, definitions, the revision: small lists, as they are.
//!
//! Owns: their shape in JSON.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::answer::{Answer, Freshness, JSON};
use super::body::Body;
use super::error::Error;
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{NoParams, Params};
use crate::snapshot::{Snapshot, VintageView};
use crate::tracker::{Base, definitions};

/// A set of boundaries.
#[derive(Debug, Serialize, ToSchema)]
pub struct VintageOut {
    #[schema(example = "2022")]
    pub id: String,
    pub title_mn: String,
    pub title_en: String,
    #[schema(example = "2022-01-01")]
    pub valid_from: String,
    /// Last day; null while it is the latest.
    pub valid_to: Option<String>,
    /// Where the lines come from.
    pub source: String,
    /// False where only a list of khoroos is known.
    pub has_lines: bool,
    pub n_khoroos: usize,
    pub n_districts: usize,
    /// Name of the content of its tiles, for `?rev=`.
    pub rev: String,
    pub illustrative: bool,
}

/// A round of the process.
#[derive(Debug, Serialize, ToSchema)]
pub struct CycleOut {
    pub id: String,
    pub title_mn: String,
    pub title_en: String,
    pub starts_on: String,
    pub ends_on: String,
    /// The vintage whose khoroos took part.
    pub vintage: String,
    /// False where replications were not counted: unknown, not 0.
    pub replications_reported: bool,
    pub illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionOut {
    /// Grows with every change of the store.
    pub revision: i64,
    /// When it was published, UTC.
    #[schema(example = "2026-01-01T00:00:00Z")]
    pub published_at: String,
}

/// What a figure means.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefinitionOut {
    #[schema(example = "identifications")]
    id: &'static str,
    title_mn: &'static str,
    title_en: &'static str,
    text_mn: &'static str,
    text_en: &'static str,
    /// `practices`, `₮`, `percentage points` …; empty where there is none.
    unit: &'static str,
    /// What is counted; null for facts.
    #[schema(value_type = Option<String>, example = "events")]
    base: Option<Base>,
}

impl VintageOut {
    pub fn of(view: &VintageView) -> Self {
        let vintage = &view.vintage;
        Self {
            id: vintage.id.to_string(),
            title_mn: vintage.title_mn.clone(),
            title_en: vintage.title_en.clone(),
            valid_from: vintage.valid_from.to_string(),
            valid_to: vintage.valid_to.map(|day| day.to_string()),
            source: vintage.source.clone(),
            has_lines: view.geography.coverage.is_some(),
            n_khoroos: view.geography.khoroos.len(),
            n_districts: view.geography.districts.len(),
            rev: view.geography.content_hash.clone(),
            illustrative: vintage.illustrative,
        }
    }
}

impl CycleOut {
    pub fn of(cycle: &crate::model::Cycle) -> Self {
        Self {
            id: cycle.id.clone(),
            title_mn: cycle.title_mn.clone(),
            title_en: cycle.title_en.clone(),
            starts_on: cycle.starts_on.to_string(),
            ends_on: cycle.ends_on.to_string(),
            vintage: cycle.vintage.to_string(),
            replications_reported: cycle.replications_reported,
            illustrative: cycle.illustrative,
        }
    }

    /// By date, the newest last.
    pub fn all(snapshot: &Snapshot) -> Vec<Self> {
        let mut cycles: Vec<_> = snapshot.records.cycles.iter().collect();
        cycles.sort_by_key(|c| (c.starts_on, &c.id));
        cycles.into_iter().map(Self::of).collect()
    }
}

/// Sets of boundaries, by their first day.
#[utoipa::path(get, path = "/api/v1/vintages", tag = "lists",
    responses((status = 200, body = Page<VintageOut>), Refusals))]
pub async fn list_vintages(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let items = world.snapshot.vintages.iter().map(VintageOut::of).collect();
    app.respond(&headers, Answer::json(&Page::whole(items))?).await
}

/// Rounds of the process, by date.
#[utoipa::path(get, path = "/api/v1/cycles", tag = "lists",
    responses((status = 200, body = Page<CycleOut>), Refusals))]
pub async fn list_cycles(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    app.respond(&headers, Answer::json(&Page::whole(CycleOut::all(&world.snapshot)))?).await
}

/// What each figure means, in both languages.
#[utoipa::path(get, path = "/api/v1/definitions", tag = "lists",
    responses((status = 200, body = Page<DefinitionOut>), Refusals))]
pub async fn list_definitions(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let items = definitions().map(|d| DefinitionOut {
        id: d.id,
        title_mn: d.name_mn,
        title_en: d.name_en,
        text_mn: d.definition_mn,
        text_en: d.definition_en,
        unit: d.unit,
        base: d.base,
    });
    app.respond(&headers, Answer::json(&Page::whole(items.collect()))?).await
}

/// The revision that is served: tiny, for asking often.
#[utoipa::path(get, path = "/api/v1/revision", tag = "lists",
    responses((status = 200, body = RevisionOut), Refusals))]
pub async fn get_revision(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let revision = app.world()?.snapshot.revision;
    let published_at = jiff::Timestamp::from_second(revision.published_at).map_err(Error::internal)?;
    let out = RevisionOut { revision: revision.seq, published_at: published_at.to_string() };
    let body = Body::new(serde_json::to_vec(&out).map_err(Error::internal)?);
    app.respond(&headers, Answer::new(body, JSON).kept(Freshness::Brief)).await
}
