//! The service on the wire: every endpoint, caching, codings, errors, limits, addresses, headers.
//!
//! The router is driven in this process, over the invented city; what needs the built binary is in `process.rs`.

mod access;
mod addresses;
mod caching;
mod described;
mod errors;
mod figures;
mod limits;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::http::proxy::Peer;
use hlp_tracker::http::{App, Service, Settings, internal_router, router};
use hlp_tracker::model::Loaded;
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::store::{self, Location, Mode, Store};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::sync::OnceCell;
use tower::ServiceExt;

static SNAPSHOT: OnceCell<Arc<Snapshot>> = OnceCell::const_new();

const TILE: &str = "/tiles/tracker-2022/10/816/356.mvt";
const STRANGER: &str = "192.0.2.7:4000";
const PROXY: &str = "10.1.2.3:4000";

/// The invented city, as a store gives it back.
async fn loaded() -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::GeoPackage(folder.path().join("demo.gpkg"));
    let store = store::open(&location, Mode::CreateEmpty).await.expect("opens");
    store.apply(&generate(&DemoOptions::default()), None, "test", "demo").await.expect("writes");
    store.load(None).await.expect("loads")
}

fn built(loaded: Loaded) -> Arc<Snapshot> {
    Arc::new(Snapshot::build(loaded, None, 10_000.0).expect("builds"))
}

async fn snapshot() -> Arc<Snapshot> {
    SNAPSHOT.get_or_init(|| async { built(loaded().await) }).await.clone()
}

/// The service over a router of its own.
struct Site {
    router: Router,
    app: App,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Site {
    async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    async fn with(settings: Settings) -> Self {
        Self::over(settings, snapshot().await)
    }

    fn over(settings: Settings, snapshot: Arc<Snapshot>) -> Self {
        let app = Service::new(settings, 4).expect("a built viewer");
        app.publish(snapshot, Duration::ZERO);
        Self { router: router(app.clone()), app }
    }

    /// The same service, as its second listener shows it.
    fn office(&self) -> Self {
        Self { router: internal_router(self.app.clone()), app: self.app.clone() }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone().oneshot(request).await.expect("never fails")).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path, STRANGER, &[])).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(Method::GET, path, STRANGER, headers)).await
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }
}

async fn answer(response: axum::response::Response) -> Answer {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body in memory").to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

fn request(method: Method, path: &str, peer: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if headers.iter().all(|(name, _)| *name != "host") {
        request = request.header("host", "map.example:8080");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(Peer(peer.parse::<SocketAddr>().expect("an address")));
    request
}

/// Address of a file of the viewer.
fn asset(ending: &str) -> String {
    let assets = hlp_tracker::http::assets::Assets::load().expect("a built viewer");
    let path = assets.paths().filter(|path| path.ends_with(ending)).min().expect("such a file");
    format!("/{path}")
}

/// Paths with an answer, one for each endpoint.
const PATHS: &[&str] = &[
    "/mn/",
    "/en/",
    "/mn/khoroos/bzd-26",
    "/en/districts/bzd?vintage=2020",
    "/mn/practices?theme=waste",
    "/en/tracker?cycle=2022",
    "/en/tracker/records?card=identify&figure=identifications",
    "/mn/about",
    "/sitemap.xml",
    "/robots.txt",
    "/tiles",
    "/tiles/boundaries-2022.json",
    "/tiles/tracker-2020.json",
    "/tiles/context.json",
    "/styles/context.json?scheme=dark",
    TILE,
    "/styles/identifications.json",
    "/styles/bivariate.json?lang=en",
    "/legends/replications.json?cycle=2022&lang=mn",
    "/api/v1/values/identifications.json?cycle=all",
    "/api/v1/values/replications_hosted.json?level=district&rate=per10000",
    "/api/v1/cells?vintage=2020",
    "/api/v1/catalog.jsonld",
    "/maps/identifications.svg?lang=en",
    "/maps/bivariate.svg?form=cells&area=bzd&scheme=dark&width=480",
    "/maps/replications.png?width=320&area=bkh",
    "/api/v1/districts",
    "/api/v1/districts/bzd",
    "/api/v1/khoroos?vintage=2020",
    "/api/v1/khoroos/bzd-26?vintage=current",
    "/api/v1/khoroos-at?lon=106.92&lat=47.92",
    "/api/v1/khoroos/bzd-26/neighbours",
    "/api/v1/khoroos/bzd-26/partners?theme=waste&explain=true&as_of=2022-10-12",
    "/api/v1/khoroos/bzd-26/neighbours?by=distance&within_m=3000&limit=20&vintage=2020",
    "/api/v1/visit-plans?visitors=bzd-1,bzd-2&themes=waste&from=2022-10-03&to=2022-10-31",
    "/api/v1/day-routes?from=bzd-26&stops=bzd-1,bzd-12&date=2023-05-15",
    "/api/v1/day-routes?from=bzd-26&stops=bzd-1,bzd-12&date=2023-05-15&f=ics&lang=en",
    "/api/v1/spread?measure=identifications&permutations=99",
    "/api/v1/weights.gal",
    "/api/v1/weights.gwt?weights=knn",
    "/api/v1/flows?f=csv",
    "/api/v1/vintages",
    "/api/v1/cycles",
    "/api/v1/themes",
    "/api/v1/search?q=bayanzurkh",
    "/api/v1/settings",
    "/api/v1/funding-sources",
    "/api/v1/ratings",
    "/api/v1/steps",
    "/api/v1/replication-statuses",
    "/api/v1/practices?limit=10",
    "/api/v1/practices?theme=waste,green&status=shared&sort=-last_confirmed_on,id&entered_from=2020-01-01",
    "/api/v1/replications?status=completed&sort=-completed_on&limit=10",
    "/api/v1/workshops?mode=virtual,hybrid&sort=-attended&limit=10",
    "/api/v1/trainings?form=online,hybrid&sort=-held_on&limit=10",
    "/api/v1/khoroo-facts?district=bzd&sort=khoroo,-year&limit=10",
    "/api/v1/khoroos?sort=-population&limit=10",
    "/api/v1/tracker?cycle=2022&lang=en",
    "/api/v1/tracker/records?card=identify&figure=identifications&limit=10",
    "/api/v1/definitions",
    "/api/v1/published",
    "/api/v1/revision",
    "/api/openapi.json",
];

#[tokio::test]
async fn every_endpoint_answers() {
    let site = Site::new().await;
    for path in PATHS.iter().chain(&["/health/live", "/health/ready"]) {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        assert!(!answer.body.is_empty(), "{path}");
        assert!(!answer.header("content-type").is_empty(), "{path}");
    }
}
