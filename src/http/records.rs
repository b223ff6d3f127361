//! Vintages, cycles, themes, practices, definitions, the revision: small lists, as they are.
//!
//! Owns: their shape in JSON, and that only what is public leaves: practices from `identified` on.

use std::collections::HashSet;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, Freshness, JSON};
use super::cache::{Body, Key};
use super::error::Error;
use super::openapi::Refusals;
use super::paging::{Page, PageParams};
use super::params::{NoParams, Params, invalid};
use super::{App, World, select};
use crate::model::{Practice, Records};
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

/// A subject of practices.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThemeOut {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub active: bool,
}

/// A good practice, identified and so public.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeOut {
    pub id: String,
    pub title_mn: String,
    pub title_en: Option<String>,
    pub summary_mn: Option<String>,
    pub summary_en: Option<String>,
    pub theme: String,
    /// The khoroo at home with it, as vintage and code.
    #[schema(example = "2022:bzd-26")]
    pub host: String,
    /// `identified`, `shared` or `archived`.
    pub status: &'static str,
    /// Longitude, latitude.
    pub location: Option<[f64; 2]>,
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

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PracticeParams {
    /// Only this theme.
    theme: Option<String>,
    /// Only practices of this district.
    district: Option<String>,
    /// Only practices entered in this cycle.
    cycle: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Items to skip.
    offset: Option<String>,
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

impl PracticeOut {
    pub fn of(practice: &Practice) -> Self {
        Self {
            id: practice.id.clone(),
            title_mn: practice.title_mn.clone(),
            title_en: practice.title_en.clone(),
            summary_mn: practice.summary_mn.clone(),
            summary_en: practice.summary_en.clone(),
            theme: practice.theme.clone(),
            host: practice.host.to_string(),
            status: practice.status.word(),
            location: practice.location.map(|at| [at.lon(), at.lat()]),
            illustrative: practice.illustrative,
        }
    }
}

/// Practices that everybody may see.
pub fn public_practices(records: &Records) -> impl Iterator<Item = &Practice> {
    records.practices.iter().filter(|practice| practice.status.is_identified())
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

/// Subjects of practices, in their order.
#[utoipa::path(get, path = "/api/v1/themes", tag = "lists",
    responses((status = 200, body = Page<ThemeOut>), Refusals))]
pub async fn list_themes(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let mut themes: Vec<_> = world.snapshot.records.themes.iter().collect();
    themes.sort_by_key(|t| (t.position, &t.code));
    let items = themes.into_iter().map(|t| ThemeOut {
        code: t.code.clone(),
        name_mn: t.name_mn.clone(),
        name_en: t.name_en.clone(),
        active: t.active,
    });
    app.respond(&headers, Answer::json(&Page::whole(items.collect()))?).await
}

/// Identified practices.
#[utoipa::path(get, path = "/api/v1/practices", tag = "lists", params(PracticeParams),
    responses((status = 200, body = Page<PracticeOut>), Refusals))]
pub async fn list_practices(
    State(app): State<App>,
    Params(params): Params<PracticeParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let records = &world.snapshot.records;
    let paging = PageParams::read(params.limit.as_deref(), params.offset.as_deref())?;
    if let Some(theme) = &params.theme
        && !records.themes.iter().any(|t| &t.code == theme)
    {
        return Err(invalid("theme", theme, "there is no such theme"));
    }
    if let Some(cycle) = &params.cycle
        && world.snapshot.cycle(cycle).is_none()
    {
        return Err(invalid("cycle", cycle, "there is no such cycle"));
    }
    if let Some(district) = &params.district {
        select::district(select::vintage(&world.snapshot, None)?, district)?;
    }
    let key = Key { content: world.turn.clone(), answer: format!("practices {params:?}") };
    let (body, hit) = app.bodies.plain(key, move || practices_page(&world, &params, paging, &uri)).await?;
    app.metrics.plain(hit);
    app.respond(&headers, Answer::new(body, JSON)).await
}

/// The part of the list that is asked for; `params` name things that there are.
fn practices_page(
    world: &World,
    params: &PracticeParams,
    paging: PageParams,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let records = &world.snapshot.records;
    let entered: Option<HashSet<&str>> = params.cycle.as_ref().map(|cycle| {
        let rows = records.identifications.iter().filter(|row| &row.cycle == cycle);
        rows.map(|row| row.practice.as_str()).collect()
    });
    let found: Vec<&Practice> = public_practices(records)
        .filter(|p| params.theme.as_ref().is_none_or(|theme| &p.theme == theme))
        .filter(|p| params.district.as_ref().is_none_or(|d| p.host.code.district.as_str() == d))
        .filter(|p| entered.as_ref().is_none_or(|entered| entered.contains(p.id.as_str())))
        .collect();
    let page = paging.page(0..found.len(), uri, |idx| PracticeOut::of(found[idx]));
    serde_json::to_vec(&page).map_err(Error::internal)
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
