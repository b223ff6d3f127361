//! The description of the service in OpenAPI 3.1.
//!
//! Owns: the list of documented endpoints, and the errors that all share. Each endpoint's own text
//! stands at its handler.

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use utoipa::openapi::Server;
use utoipa::{IntoResponses, OpenApi};

use super::App;
use super::answer::{Answer, JSON};
use super::cache::Key;
use super::error::{Error, Problem};
use super::params::{NoParams, Params};
use super::proxy::Base;

/// Errors that every read may meet, all as `application/problem+json`.
#[derive(IntoResponses)]
pub enum Refusals {
    /// A parameter is unknown, given twice, missing or malformed, or a tile is outside the grid.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(#[to_schema] Problem),
    /// What the path names is not there.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Problem),
    /// Only GET, HEAD and OPTIONS are offered.
    #[response(status = 405, content_type = "application/problem+json")]
    MethodNotAllowed(#[to_schema] Problem),
    /// No offered coding is accepted.
    #[response(status = 406, content_type = "application/problem+json")]
    NotAcceptable(#[to_schema] Problem),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    PayloadTooLarge(#[to_schema] Problem),
    /// The query is too long.
    #[response(status = 414, content_type = "application/problem+json")]
    UriTooLong(#[to_schema] Problem),
    /// A fault of the server.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(#[to_schema] Problem),
    /// Starting, busy or too slow; `Retry-After` says when to come again.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] Problem),
}

/// Of what is asked for with a body.
#[derive(IntoResponses)]
pub enum BodyRefusals {
    /// The body is not `application/json`, or compressed.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(#[to_schema] Problem),
}

/// Of lists that belong to one revision.
#[derive(IntoResponses)]
pub enum Changed {
    /// The store changed since the first page; begin the list again.
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(#[to_schema] Problem),
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "HLP Tracker",
        description = "Boundaries of Ulaanbaatar's districts and khoroos, and good practices identified \
                       and replicated in the Horizontal Learning Process. Read only; no key needed. A POST asks \
                       with a body, and changes nothing."
    ),
    paths(
        super::tiles::list,
        super::tiles::get_tilejson,
        super::tiles::get_tile,
        super::maps::get_style,
        super::maps::get_context_style,
        super::maps::get_legend,
        super::maps::get_values,
        super::maps::get_cells,
        super::pictures::svg,
        super::pictures::png,
        super::exports::get_export,
        super::ogc::metadata::get_catalog,
        super::ids::get_khoroo,
        super::ids::get_district,
        super::units::list_districts,
        super::units::get_district,
        super::units::list_khoroos,
        super::units::get_khoroo,
        super::units::get_khoroo_at,
        super::neighbours::get_neighbours,
        super::partners::get_partners,
        super::visit_plans::get_visit_plan,
        super::visit_plans::post_visit_plan,
        super::day_routes::get_day_route,
        super::records::list_vintages,
        super::records::list_cycles,
        super::codes::list_themes,
        super::codes::list_steps,
        super::codes::list_settings,
        super::codes::list_funding_sources,
        super::codes::list_ratings,
        super::codes::list_replication_statuses,
        super::practices::list_practices,
        super::practices::full::get_practice,
        super::replications::list_replications,
        super::trainings::list_trainings,
        super::workshops::list_workshops,
        super::search::search,
        super::khoroo_facts::list_khoroo_facts,
        super::tracker::get_tracker,
        super::tracker::list_records,
        super::spread::get_spread,
        super::spread::files::get_gal,
        super::spread::files::get_gwt,
        super::spread::files::get_flows,
        super::records::list_definitions,
        super::published::list_published,
        super::records::get_revision,
        get_document,
        super::health::live,
        super::health::ready,
    ),
    tags(
        (name = "tiles", description = "Vector tiles and TileJSON"),
        (name = "maps", description = "Values, classes, legends and styles"),
        (name = "exports", description = "Whole collections as files"),
        (name = "places", description = "Districts and khoroos"),
        (name = "visits", description = "Proposed learning visits: plans of a period, ways of a day"),
        (name = "tracker", description = "Figures of the six steps, and the records behind each"),
        (name = "lists", description = "Practices, replications, workshops, trainings, facts of khoroos; search; codes, definitions, what was published"),
        (name = "health", description = "Liveness and readiness"),
    )
)]
struct Document;

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "lists",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value), Refusals))]
pub async fn get_document(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let address = base.absolute()?;
    let key = Key { content: "openapi".into(), answer: address.clone() };
    let make = move || {
        let mut document = Document::openapi();
        document.servers = Some(vec![Server::new(address)]);
        serde_json::to_vec(&document).map_err(Error::internal)
    };
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}
