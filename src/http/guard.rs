//! Limits on what one request may ask, and how many may ask at once.
//!
//! Everything has a bound, and reaching it is an answer with a code, not a crash. The bounds on
//! heads and connections are kept where connections are read: [`crate::http::server`].

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::error::Error;
use super::params::shortened;
use super::proxy::host_name;
use super::visit_plans;

/// Longest query. Too low: long lists of parameters fail. Too high: logs and cache keys swell.
pub const QUERY_BYTES_MAX: usize = 2048;

/// Longest query with a condition in CQL2, in which a border may stand. Too low: borders of khoroos are refused. Too
/// high: a head holds nothing else ([`crate::http::server`]).
pub const FILTER_QUERY_BYTES_MAX: usize = 16 << 10;

/// Largest body of a request whose body nobody reads. Too high: uploads are read for nothing.
pub const BODY_BYTES_MAX: u64 = 64 << 10;

/// Largest body that asks for a plan. Too low: a city's needs do not fit. Too high: memory, for nothing.
pub const PLAN_BODY_BYTES_MAX: u64 = 1 << 20;

/// Seconds after which a refused client may try again.
pub const RETRY_AFTER_S: u32 = 2;

/// Bounds that the one who runs the service may set; what each breaks stands in `config.rs`.
#[derive(Debug, Clone)]
pub struct Limits {
    pub requests: usize,
    pub connections: usize,
    pub request_timeout: Duration,
    pub head_timeout: Duration,
    pub write_timeout: Duration,
    pub shutdown_timeout: Duration,
    pub tile_bytes: u64,
    pub cache_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: 256,
            connections: 1024,
            request_timeout: Duration::from_secs(15),
            head_timeout: Duration::from_secs(20),
            write_timeout: Duration::from_secs(30),
            shutdown_timeout: Duration::from_secs(20),
            tile_bytes: 8 << 20,
            cache_bytes: 128 << 20,
        }
    }
}

/// Refuses what is too long, too large, too much or too slow.
pub async fn keep_limits(app: &App, request: Request, next: Next) -> Response {
    let query_bytes = request.uri().query().map_or(0, str::len);
    let limit = query_bytes_max(request.uri().path());
    if query_bytes > limit {
        return Error::QueryTooLong { length: query_bytes, limit }.into_response();
    }
    // Refused by what is announced, before anything is read; what is sent unannounced is counted while it is read.
    let limit = body_bytes_max(&request);
    if body_bytes(&request) > limit {
        return Error::BodyTooLarge { limit }.into_response();
    }
    // Liveness and metrics answer also when everything else is busy: that is when they are needed.
    if is_supervision(request.uri().path()) {
        return next.run(request).await;
    }
    let Ok(_permit) = app.requests.try_acquire() else {
        return Error::Overloaded.into_response();
    };
    let limit = app.settings.limits.request_timeout;
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::TimedOut { limit_ms: limit.as_millis() }.into_response(),
    }
}

/// Any site may read; what may be sent is told to whoever asks.
///
/// - `is_preflight`: the answer is one to `OPTIONS`.
pub fn allow_reading(response: &mut Response, is_preflight: bool) {
    let is_preflight = is_preflight && response.status() == StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // No answer depends on who asks, so all of its headers may be read; naming them would be told with each file.
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    if is_preflight {
        let methods = headers.get(header::ALLOW).cloned();
        let methods = methods.unwrap_or(HeaderValue::from_static(READ_METHODS));
        let is_sent_to = methods == PLAN_METHODS;
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static(if is_sent_to {
                "Accept, Accept-Language, Content-Type, If-None-Match, If-Range, Range, X-Request-Id"
            } else {
                "Accept, Accept-Language, If-None-Match, If-Range, Range, X-Request-Id"
            }),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
}

/// At the second listener no other site may ask by a name of its own that it lets point here (DNS rebinding),
/// which browsers take for one site. Errors: `ForeignHost`.
pub fn keep_inside(app: &App, request: &Request) -> Result<(), Error> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_inside(host, app.settings.internal_listen, &app.settings.internal_hosts) {
        Ok(())
    } else {
        Err(Error::ForeignHost { host: shortened(host) })
    }
}

/// Nor may any other site read its answers.
pub fn keep_from_others(response: &mut Response) {
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
}

/// True for `localhost`, loopback addresses, the address that is listened on and `names`.
///
/// Where every address of the machine is listened on, each of them counts: what cannot be trusted are
/// names, because whoever owns one says where it points.
fn is_inside(host: &str, listen: Option<IpAddr>, names: &[String]) -> bool {
    let Some(name) = host_name(host) else { return false };
    let name = name.trim_end_matches('.');
    let given = |known: &String| name.eq_ignore_ascii_case(known) || host.eq_ignore_ascii_case(known);
    if name.eq_ignore_ascii_case("localhost") || names.iter().any(given) {
        return true;
    }
    name.parse::<IpAddr>().is_ok_and(|ip| {
        ip.to_canonical().is_loopback() || listen.is_some_and(|own| own == ip || own.is_unspecified())
    })
}

/// What a path that is only read offers.
pub const READ_METHODS: &str = "GET, HEAD, OPTIONS";

/// What the path of plans offers besides: a body that asks, and changes nothing.
pub const PLAN_METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// Answer to `OPTIONS`.
pub async fn options() -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, READ_METHODS)]).into_response()
}

/// The same where plans are asked for.
pub async fn options_of_plans() -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, PLAN_METHODS)]).into_response()
}

/// By path and method, whether anybody reads it or not.
fn body_bytes_max(request: &Request) -> u64 {
    let is_plan = request.method() == Method::POST && request.uri().path() == visit_plans::PATH;
    if is_plan { PLAN_BODY_BYTES_MAX } else { BODY_BYTES_MAX }
}

/// Announced length of the body. One sent in pieces is not announced; unless it asks for a plan it is never
/// read, and the connection ends with the answer.
fn body_bytes(request: &Request) -> u64 {
    request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok()).unwrap_or(0)
}

/// Longest query of an address.
pub fn query_bytes_max(path: &str) -> usize {
    if path.starts_with("/ogc/") { FILTER_QUERY_BYTES_MAX } else { QUERY_BYTES_MAX }
}

fn is_supervision(path: &str) -> bool {
    path.starts_with("/health/") || path == "/metrics"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_listener_knows_its_own_names() {
        let check = |host: &str, listen: &str, expected: bool| {
            let listen = listen.parse().expect("an address");
            assert_eq!(
                is_inside(host, Some(listen), &["office.example".into()]),
                expected,
                "{host} {listen}"
            );
        };
        for host in ["localhost", "LOCALHOST:9090", "127.0.0.1:9090", "[::1]:9090", "office.example:80"] {
            check(host, "127.0.0.1", true);
        }
        for host in
            ["", "evil.example", "evil.example:9090", "localhost.evil.example", "127.0.0.1.evil.example"]
        {
            check(host, "0.0.0.0", false);
        }
        check("192.0.2.7:9090", "192.0.2.7", true);
        check("192.0.2.8:9090", "192.0.2.7", false);
        check("192.0.2.8:9090", "0.0.0.0", true);
        assert!(!is_inside("192.0.2.8", None, &[]));
    }
}
