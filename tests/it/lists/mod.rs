//! The lists of records over the wire: filters, order, pages, who sees what.

mod audience;
mod bounds;
mod filters;
mod paging;
mod search;
mod withheld;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hlp_tracker::http::proxy::Peer;
use hlp_tracker::http::{App, Service, Settings, internal_router, router};
use hlp_tracker::model::Loaded;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::tracker::town::build;

pub struct Site {
    pub app: App,
    pub public: Router,
    pub office: Router,
}

impl Site {
    pub fn of(loaded: Loaded) -> Self {
        Self::with(Settings::default(), loaded)
    }

    pub fn with(settings: Settings, loaded: Loaded) -> Self {
        let app = Service::new(settings, 2).expect("a built viewer");
        app.publish(Arc::new(build(loaded)), Duration::ZERO);
        Self { public: router(app.clone()), office: internal_router(app.clone()), app }
    }

    /// The public answer.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        let (status, bytes) = ask(&self.public, path).await;
        (status, serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}")))
    }

    /// Items of a public list that fits on one page.
    pub async fn items(&self, path: &str) -> Vec<Value> {
        let (status, page) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {page}");
        let items = page["items"].as_array().expect("items").clone();
        assert_eq!(page["total"], items.len(), "{path}");
        items
    }
}

pub async fn ask(router: &Router, path: &str) -> (u16, Vec<u8>) {
    let mut request =
        Request::builder().uri(path).header("host", "localhost:8080").body(Body::empty()).expect("a request");
    request.extensions_mut().insert(Peer("127.0.0.1:4000".parse().expect("an address")));
    let response = router.clone().oneshot(request).await.expect("never fails");
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.expect("a body in memory").to_bytes().to_vec())
}

pub fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["id"].as_str().expect("an id")).collect()
}
