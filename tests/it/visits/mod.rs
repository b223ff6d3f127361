//! Plans of visits, ways of a day and the spread of practices over the wire, in the demo city.

mod places;
mod plans;
mod refused;
mod routes;
mod spread;
mod workbook;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use hlp_tracker::http::proxy::Peer;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::lists::Site;
use crate::partners::loaded;

pub const PLANS: &str = "/api/v1/visit-plans";

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    /// Asserts that it is a refusal, and gives code, parameter and what is told.
    pub fn refusal(&self, status: u16, asked: &str) -> (String, String, String) {
        let problem = self.json();
        assert_eq!(self.status, status, "{asked}: {problem}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{asked}");
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("parameter"), text("detail"))
    }
}

pub fn city() -> Site {
    Site::of(loaded())
}

pub async fn send(
    router: &Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header("host", "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(body).expect("a request");
    request.extensions_mut().insert(Peer("127.0.0.1:4000".parse().expect("an address")));
    let (parts, body) = router.clone().oneshot(request).await.expect("never fails").into_parts();
    let body = body.collect().await.expect("a body in memory").to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

pub async fn get(router: &Router, path: &str) -> Answer {
    send(router, Method::GET, path, &[], Body::empty()).await
}

pub async fn post(router: &Router, body: &str) -> Answer {
    let json = [("content-type", "application/json")];
    send(router, Method::POST, PLANS, &json, Body::from(body.to_owned())).await
}

pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}
