//! The sign of the service in tabs and bookmarks: equal cells in the map's colours.
//!
//! Browsers ask for `/favicon.ico` whatever a page says, so both addresses are short and stay.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::http::App;
use crate::http::answer::Answer;
use crate::http::body::Body;
use crate::http::error::Error;

const SVG: &[u8] = include_bytes!("icon.svg");

/// 32 × 32 pixels of the same, for clients that draw no SVG.
const ICO: &[u8] = include_bytes!("icon.ico");

/// `GET /icon.svg`.
pub async fn get_icon(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    app.respond(&headers, Answer::new(Body::new(SVG.to_vec()), "image/svg+xml")).await
}

/// `GET /favicon.ico`.
pub async fn get_favicon(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    app.respond(&headers, Answer::new(Body::new(ICO.to_vec()), "image/x-icon")).await
}
