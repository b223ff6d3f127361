//! The lists of codes that records use, with their names: rows that people may extend, in their order.
//!
//! Owns: their shape in JSON. Codes out of use stay listed, `active` false, as older records have them.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::answer::Answer;
use super::error::Error;
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{NoParams, Params};
use crate::model::records::Theme;
use crate::snapshot::Snapshot;

/// A code and its names.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeOut {
    #[schema(example = "waste")]
    code: String,
    #[schema(example = "Хог хаягдал")]
    name_mn: String,
    #[schema(example = "Waste")]
    name_en: String,
    /// False for one that new records do not get, or a step that is not shown.
    active: bool,
}

impl CodeOut {
    /// All themes, in their order.
    pub fn themes(snapshot: &Snapshot) -> Vec<Self> {
        let mut rows: Vec<_> = snapshot.records.themes.iter().collect();
        rows.sort_by_key(|row| (row.position, &row.code));
        let out = |row: &Theme| Self {
            code: row.code.clone(),
            name_mn: row.name_mn.clone(),
            name_en: row.name_en.clone(),
            active: row.active,
        };
        rows.into_iter().map(out).collect()
    }
}

/// Who pays for a replication.
#[derive(Debug, Serialize, ToSchema)]
pub struct FundingSourceOut {
    #[schema(example = "own")]
    code: String,
    name_mn: String,
    #[schema(example = "Own budget")]
    name_en: String,
    /// True for the khoroo's own money; the others are counted together.
    direct: bool,
    active: bool,
}

/// State of a replication.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplicationStatusOut {
    #[schema(example = "completed")]
    code: String,
    name_mn: String,
    #[schema(example = "Completed")]
    name_en: String,
    /// True where the replication counts as made.
    counts: bool,
    /// True while it bars another copy of the practice in the same khoroo.
    active: bool,
}

/// The handler of a list of codes: rows by position.
macro_rules! listed {
    ($(#[$attribute:meta])+ $handler:ident: $list:ident as $Out:ident { $($field:ident),+ }) => {
        $(#[$attribute])+
        pub async fn $handler(
            State(app): State<App>,
            Params(NoParams {}): Params<NoParams>,
            headers: HeaderMap,
        ) -> Result<Response, Error> {
            let world = app.world()?;
            let mut rows: Vec<_> = world.snapshot.records.$list.iter().collect();
            rows.sort_by_key(|row| (row.position, &row.code));
            let items = rows.into_iter().map(|row| $Out { $($field: row.$field.clone()),+ });
            app.respond(&headers, Answer::json(&Page::whole(items.collect()))?).await
        }
    };
}

listed!(
    /// Subjects of practices.
    #[utoipa::path(get, path = "/api/v1/themes", tag = "lists",
        responses((status = 200, body = Page<CodeOut>), Refusals))]
    list_themes: themes as CodeOut { code, name_mn, name_en, active }
);
listed!(
    /// Steps of the process, as their cards are named.
    #[utoipa::path(get, path = "/api/v1/steps", tag = "lists",
        responses((status = 200, body = Page<CodeOut>), Refusals))]
    list_steps: steps as CodeOut { code, name_mn, name_en, active }
);
listed!(
    /// How people live where a practice works.
    #[utoipa::path(get, path = "/api/v1/settings", tag = "lists",
        responses((status = 200, body = Page<CodeOut>), Refusals))]
    list_settings: settings as CodeOut { code, name_mn, name_en, active }
);
listed!(
    /// Who pays for replications.
    #[utoipa::path(get, path = "/api/v1/funding-sources", tag = "lists",
        responses((status = 200, body = Page<FundingSourceOut>), Refusals))]
    list_funding_sources: funding_sources as FundingSourceOut { code, name_mn, name_en, direct, active }
);
listed!(
    /// Verdicts of peer reviews, the best one first.
    #[utoipa::path(get, path = "/api/v1/ratings", tag = "lists",
        responses((status = 200, body = Page<CodeOut>), Refusals))]
    list_ratings: ratings as CodeOut { code, name_mn, name_en, active }
);
listed!(
    /// States of replications.
    #[utoipa::path(get, path = "/api/v1/replication-statuses", tag = "lists",
        responses((status = 200, body = Page<ReplicationStatusOut>), Refusals))]
    list_replication_statuses:
        replication_statuses as ReplicationStatusOut { code, name_mn, name_en, counts, active }
);
