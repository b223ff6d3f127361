//! One request seen from outside: its id, its line in the log, its figures.
//!
//! Owns: request ids, the access log, latency. Invariant: exactly one line a request; who asked is
//! logged only at level `trace`, because addresses are personal data.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use tracing::Instrument;

use super::App;
use super::proxy::Base;

const REQUEST_ID: &str = "x-request-id";

/// Route of what matched none.
const NO_ROUTE: &str = "(none)";

/// Has a request answered, and tells of it. The request knows its [`Base`] by now.
pub async fn observe(app: &App, request: Request, answer: impl AsyncFnOnce(Request) -> Response) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let method = known_method(request.method());
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let is_own = request.extensions().get::<Own>().is_some();
    let _in_flight = app.metrics.begin(&route);
    let client = request.extensions().get::<Base>().and_then(|base| base.client);

    let span = tracing::info_span!("request", request.id = %id.to_str().unwrap_or_default());
    let mut response = answer(request).instrument(span.clone()).await;

    let took = started.elapsed();
    let status = response.status();
    app.metrics.answered(&route, method, status.as_u16(), took);
    span.in_scope(|| {
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let status = status.as_u16();
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    http.method = method,
                    http.path = path,
                    http.route = route,
                    http.status = status,
                    http.took_us = took_us,
                    "{method} {path} {status}"
                )
            };
        }
        match status {
            500.. => line!(warn),
            _ if is_own || is_frequent(&route) => line!(debug),
            _ => line!(info),
        }
        tracing::trace!(client.address = client.map(tracing::field::display), "client");
    });
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// Marks a request that no visitor made but this program: told only on request.
#[derive(Debug, Clone, Copy)]
pub struct Own;

/// Tiles, files of the viewer and supervision: asked for by the dozen, told only on request.
fn is_frequent(route: &str) -> bool {
    ["/tiles/", "/assets/", "/health/", "/metrics", "/api/v1/revision"]
        .iter()
        .any(|start| route.starts_with(start))
}

/// The id that a trusted proxy gave, or a new one.
fn request_id(request: &Request) -> HeaderValue {
    let trusted = request.extensions().get::<Base>().is_some_and(|base| base.through_proxy);
    let given = request.headers().get(REQUEST_ID).filter(|_| trusted).filter(|id| {
        let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':');
        (1..=128).contains(&id.len()) && id.as_bytes().iter().all(plain)
    });
    given.cloned().unwrap_or_else(new_id)
}

/// Unique within a run, and most likely between runs: a keyed hash of a counter.
fn new_id() -> HeaderValue {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = KEY.hash_one(NEXT.fetch_add(1, Ordering::Relaxed));
    format!("{id:016x}").parse().expect("hex digits are a header value")
}

/// Methods have no bound either; only the usual ones become labels.
fn known_method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH",
        _ => "OTHER",
    }
}
