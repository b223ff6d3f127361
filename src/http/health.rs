//! Is it alive, does it answer with the newest state, how does it fare.
//!
//! Owns: liveness, readiness, the metrics page. Invariant: what readiness says about the store is a
//! code; addresses and names of databases go to the log only.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::metrics::OPEN_METRICS;

/// Why the newest state is not served.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reason {
    /// Stable word: `store_unreachable`, `load_failed`, `build_failed`.
    #[schema(example = "build_failed")]
    pub code: &'static str,
    /// What and where, as far as it is no secret.
    pub detail: String,
    /// How many loads failed in a row.
    pub attempts: u32,
}

/// Whether requests can be sent here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// `starting` (503), `ready`, or `degraded`: answering, but not from the newest state.
    #[schema(example = "ready")]
    status: &'static str,
    /// Revision that is served.
    revision: Option<i64>,
    reasons: Vec<Reason>,
    /// Rows of the store that cannot be read or break a rule, and are left out of figures.
    faulty_rows: usize,
}

/// Alive: the process answers.
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200, body = Liveness)))]
pub async fn live() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(Liveness { status: "live" }))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Liveness {
    #[schema(example = "live")]
    status: &'static str,
}

/// Ready: there is data to answer from; `degraded` says that it is not the newest, and why.
#[utoipa::path(get, path = "/health/ready", tag = "health", responses(
    (status = 200, description = "Ready, or degraded", body = Readiness),
    (status = 503, description = "Nothing loaded yet", body = Readiness),
))]
pub async fn ready(State(app): State<App>) -> impl IntoResponse {
    let snapshot = app.snapshot();
    let reasons: Vec<Reason> = app.trouble.load().iter().map(|reason| Reason::clone(reason)).collect();
    let (code, status) = match (&snapshot, reasons.is_empty()) {
        (None, _) => (StatusCode::SERVICE_UNAVAILABLE, "starting"),
        (Some(_), true) => (StatusCode::OK, "ready"),
        (Some(_), false) => (StatusCode::OK, "degraded"),
    };
    let revision = snapshot.as_ref().map(|s| s.revision.seq);
    let faulty_rows = snapshot.as_ref().map_or(0, |s| s.unreadable.len() + s.verdict.faults.len());
    let body = Readiness { status, revision, reasons, faulty_rows };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(body))
}

/// `GET /metrics` on the internal listener.
pub async fn metrics(State(app): State<App>) -> Response {
    let now_s = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64);
    let age_s = app.snapshot().map(|s| (now_s - s.revision.published_at).max(0));
    let text = app.metrics.text(age_s, app.trouble.load().is_some(), app.bodies.usage());
    ([(header::CONTENT_TYPE, OPEN_METRICS), (header::CACHE_CONTROL, "no-store")], text).into_response()
}
