//! What a client is told when there is no answer: `application/problem+json` (RFC 9457).
//!
//! Only this module knows which fault has which status. Inner rooms return their own errors; the
//! handlers turn them into one of these. `code` is stable and meant for programs, `title` and
//! `detail` are for people. What the server got wrong is logged once, here, and not shown.
//!
//! Owns: the list of codes, the shape of the body. Leaves to others: when they apply.

use std::fmt::Display;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::guard::RETRY_AFTER_S;
use crate::snapshot::LookupError;
use crate::visits::fault::Fault;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nothing is at `{path}`")]
    NoSuchPath { path: String },
    #[error("{detail}")]
    NotFound { detail: String, allowed: Vec<String> },
    #[error("no khoroo lies at longitude {lon}, latitude {lat}{}", nearest_words(nearest.as_ref()))]
    NothingThere { lon: f64, lat: f64, nearest: Option<Nearest> },
    #[error("`{method}` is not offered here; the service is read with GET")]
    MethodNotAllowed { method: String },
    #[error("unknown parameter `{name}`")]
    UnknownParameter { name: String, allowed: Vec<String> },
    #[error("parameter `{name}` is given twice")]
    RepeatedParameter { name: String },
    #[error("parameter `{name}` is missing")]
    MissingParameter { name: &'static str },
    #[error("{detail}")]
    InvalidParameter { name: &'static str, detail: String, allowed: Vec<String> },
    /// The same of a field of a collection.
    #[error("{detail}")]
    InvalidProperty { name: String, detail: String },
    /// The same of a plan, whose page says it in words of its own.
    #[error(transparent)]
    InvalidOrder(#[from] Box<Fault>),
    #[error(
        "the list changed in revision {current}, after its first page of revision {asked}; begin it again"
    )]
    ListChanged { asked: i64, current: i64 },
    #[error("{reason}")]
    InvalidTile { reason: String },
    #[error("no coding of `Accept-Encoding: {asked}` is offered")]
    NotAcceptable { asked: String, allowed: Vec<String> },
    #[error("nothing of `Accept: {asked}` is offered")]
    NotAcceptableForm { asked: String, allowed: Vec<String> },
    #[error("the `Host` of the request is not a host name")]
    InvalidHost,
    #[error("this listener is not reached under the name `{host}`; see --internal-hosts")]
    ForeignHost { host: String },
    #[error("`{path}` is not a well-formed path")]
    InvalidPath { path: String },
    #[error("the query has {length} bytes, limit {limit}")]
    QueryTooLong { length: usize, limit: usize },
    #[error("the body has more than {limit} bytes")]
    BodyTooLarge { limit: u64 },
    #[error("a body of application/json without coding is needed, not `{found}`")]
    UnsupportedMediaType { found: String },
    #[error("the body is not what is needed: {reason}")]
    InvalidBody { reason: String },
    #[error("the file has {n_bytes} bytes, and none of them is in the range that is asked for")]
    BeyondFile { n_bytes: u64 },
    #[error("too many requests are being worked on")]
    Overloaded,
    #[error("the answer took longer than {limit_ms} ms")]
    TimedOut { limit_ms: u128 },
    #[error("the data is still being read")]
    Starting,
    #[error("the tile has {size_bytes} bytes, limit {limit_bytes}")]
    TileTooLarge { size_bytes: usize, limit_bytes: u64 },
    /// A fault of ours; the text goes to the log only.
    #[error("the server failed to answer")]
    Internal { log: String },
}

/// The khoroo nearest to a place that is outside all of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nearest {
    #[schema(example = "bzd-26")]
    pub code: String,
    /// Metres in EPSG:32648, to its border.
    pub distance_m: f64,
}

fn nearest_words(nearest: Option<&Nearest>) -> String {
    nearest.map_or_else(String::new, |Nearest { code, distance_m }| {
        format!("; the nearest is `{code}`, {distance_m:.0} m away")
    })
}

/// The error behind a response, for whoever shows it to people.
#[derive(Debug, Clone)]
pub struct Refused {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub parameter: Option<String>,
    pub allowed: Vec<String>,
}

/// Body of every error.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Stable address of the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "urn:hlp:problem:unknown_parameter")]
    kind: String,
    /// Stable word for programs.
    #[schema(example = "unknown_parameter")]
    code: &'static str,
    #[schema(example = "Bad Request")]
    title: &'static str,
    #[schema(example = 400)]
    status: u16,
    #[schema(example = "unknown parameter `colour`")]
    detail: String,
    /// What would have been allowed, where the list is short.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<String>,
    /// The parameter that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// The nearest khoroo, where none is at the place that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<Nearest>,
}

impl Error {
    pub fn internal(cause: impl Display) -> Self {
        Self::Internal { log: cause.to_string() }
    }

    pub fn not_found(kind: &'static str, name: &str) -> Self {
        Self::NotFound {
            detail: format!("there is no {kind} `{}`", super::params::shortened(name)),
            allowed: Vec::new(),
        }
    }

    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchPath { .. } | Self::NotFound { .. } | Self::NothingThere { .. } => {
                StatusCode::NOT_FOUND
            }
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnknownParameter { .. }
            | Self::RepeatedParameter { .. }
            | Self::MissingParameter { .. }
            | Self::InvalidParameter { .. }
            | Self::InvalidProperty { .. }
            | Self::InvalidOrder(_)
            | Self::InvalidTile { .. }
            | Self::InvalidPath { .. }
            | Self::InvalidBody { .. }
            | Self::InvalidHost => StatusCode::BAD_REQUEST,
            Self::ListChanged { .. } => StatusCode::GONE,
            Self::ForeignHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Self::NotAcceptable { .. } | Self::NotAcceptableForm { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::QueryTooLong { .. } => StatusCode::URI_TOO_LONG,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BeyondFile { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::Overloaded | Self::TimedOut { .. } | Self::Starting => StatusCode::SERVICE_UNAVAILABLE,
            Self::TileTooLarge { .. } | Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable word of the error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchPath { .. } => "no_such_path",
            Self::NotFound { .. } => "not_found",
            Self::NothingThere { .. } => "nothing_there",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::UnknownParameter { .. } => "unknown_parameter",
            Self::RepeatedParameter { .. } => "repeated_parameter",
            Self::MissingParameter { .. } => "missing_parameter",
            Self::InvalidParameter { .. } | Self::InvalidProperty { .. } | Self::InvalidOrder(_) => {
                "invalid_parameter"
            }
            Self::ListChanged { .. } => "list_changed",
            Self::InvalidTile { .. } => "invalid_tile",
            Self::InvalidHost => "invalid_host",
            Self::ForeignHost { .. } => "foreign_host",
            Self::InvalidPath { .. } => "invalid_path",
            Self::NotAcceptable { .. } | Self::NotAcceptableForm { .. } => "not_acceptable",
            Self::QueryTooLong { .. } => "query_too_long",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::UnsupportedMediaType { .. } => "unsupported_media_type",
            Self::InvalidBody { .. } => "invalid_body",
            Self::BeyondFile { .. } => "beyond_file",
            Self::Overloaded => "overloaded",
            Self::TimedOut { .. } => "timed_out",
            Self::Starting => "starting",
            Self::TileTooLarge { .. } => "tile_too_large",
            Self::Internal { .. } => "internal",
        }
    }

    fn allowed(&self) -> &[String] {
        match self {
            Self::NotFound { allowed, .. }
            | Self::UnknownParameter { allowed, .. }
            | Self::InvalidParameter { allowed, .. }
            | Self::NotAcceptable { allowed, .. }
            | Self::NotAcceptableForm { allowed, .. } => allowed,
            Self::InvalidOrder(fault) => fault.allowed(),
            _ => &[],
        }
    }

    fn nearest(&self) -> Option<&Nearest> {
        match self {
            Self::NothingThere { nearest, .. } => nearest.as_ref(),
            _ => None,
        }
    }

    fn parameter(&self) -> Option<&str> {
        match self {
            Self::UnknownParameter { name, .. }
            | Self::RepeatedParameter { name }
            | Self::InvalidProperty { name, .. } => Some(name),
            Self::MissingParameter { name } | Self::InvalidParameter { name, .. } => Some(name),
            Self::InvalidOrder(fault) => Some(fault.field),
            _ => None,
        }
    }
}

/// What is asked for is not there: a parameter's value, or the thing that the path names.
impl From<LookupError> for Error {
    fn from(error: LookupError) -> Self {
        let detail = error.to_string();
        match error {
            LookupError::Vintage { asked, known } => Self::InvalidParameter {
                name: "vintage",
                detail: format!("there is no vintage `{}`", super::params::shortened(&asked)),
                allowed: known.iter().map(ToString::to_string).collect(),
            },
            LookupError::NoVintage | LookupError::Khoroo { .. } => {
                Self::NotFound { detail, allowed: Vec::new() }
            }
            LookupError::District { known, .. } => {
                Self::NotFound { detail, allowed: known.iter().map(ToString::to_string).collect() }
            }
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if let Self::Internal { log } = &self {
            tracing::error!(error = %log, "a request failed");
        } else if status.is_server_error() {
            tracing::warn!(code = self.code(), "request refused: {self}");
        }
        let refused = Refused {
            status,
            code: self.code(),
            detail: self.to_string(),
            parameter: self.parameter().map(str::to_owned),
            allowed: self.allowed().to_vec(),
        };
        let problem = Problem {
            kind: format!("urn:hlp:problem:{}", self.code()),
            code: self.code(),
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.to_string(),
            allowed: self.allowed().to_vec(),
            parameter: self.parameter().map(str::to_owned),
            nearest: self.nearest().cloned(),
        };
        let body = serde_json::to_vec(&problem).expect("strings and numbers always serialise");
        let mut response = (status, body).into_response();
        response.extensions_mut().insert(refused);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER_S.into());
        }
        response
    }
}
