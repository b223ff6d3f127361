//! The service on the wire: every endpoint, caching, codings, errors, limits, addresses, headers.
//!
//! The router is driven in this process, over the invented city; limits and shutdown are in
//! `http/limits.rs`, and what needs the built binary is in `process.rs`.

mod limits;

use std::collections::BTreeSet;
use std::io::Read;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::http::proxy::Peer;
use hlp_tracker::http::{App, Service, Settings, internal_router, router};
use hlp_tracker::model::{Loaded, Records};
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

#[tokio::test]
async fn a_known_etag_is_answered_with_304_and_no_body() {
    let site = Site::new().await;
    for path in PATHS.iter().filter(|path| **path != "/robots.txt") {
        let first = site.get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"'), "{path} has no strong tag: {etag}");
        let again = site.get_with(path, &[("if-none-match", &format!("\"other\", {etag}"))]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        for name in ["etag", "cache-control", "vary"] {
            assert_eq!(again.header(name), first.header(name), "{path}: {name}");
        }
        let other = site.get_with(path, &[("if-none-match", "\"other\"")]).await;
        assert_eq!(other.status, 200, "{path}");
    }
}

/// Browsers take over what a 304 carries: a policy of data would take style and script from a kept page.
#[tokio::test]
async fn a_page_that_has_not_changed_keeps_its_policy() {
    let site = Site::new().await;
    for path in ["/mn/", "/en/about", "/api/v1/cycles"] {
        let first = site.get(path).await;
        assert!(first.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        let again = site.get_with(path, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!((again.status, again.header("content-security-policy")), (304, ""), "{path}");
    }
}

#[tokio::test]
async fn every_coding_decodes_to_the_same_bytes_under_a_tag_of_its_own() {
    let site = Site::new().await;
    let script = asset(".js");
    for path in PATHS.iter().copied().filter(|path| *path != "/robots.txt").chain([script.as_str()]) {
        let plain = site.get(path).await;
        let mut tags = BTreeSet::from([plain.header("etag").to_owned()]);
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for coding in ["gzip", "br", "zstd"] {
            let coded = site.get_with(path, &[("accept-encoding", coding)]).await;
            assert!(coded.header("vary").to_lowercase().contains("accept-encoding"), "{path}");
            if coded.header("content-encoding").is_empty() {
                let is_dense = plain.header("content-type") == "image/png";
                assert!(is_dense || plain.body.len() < 256, "{path} was not compressed");
                continue;
            }
            assert_eq!(coded.header("content-encoding"), coding, "{path}");
            assert_eq!(decode(coding, &coded.body), plain.body, "{path} in {coding}");
            assert!(coded.body.len() < plain.body.len(), "{path} in {coding}");
            assert!(tags.insert(coded.header("etag").to_owned()), "{path}: two codings share a tag");
            let again = site
                .get_with(path, &[("accept-encoding", coding), ("if-none-match", coded.header("etag"))])
                .await;
            assert_eq!(again.status, 304, "{path} in {coding}");
        }
    }
}

fn decode(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).map(|_| ()),
        "br" => brotli::BrotliDecompress(&mut &bytes[..], &mut out),
        _ => zstd::stream::copy_decode(bytes, &mut out),
    }
    .expect("decodes");
    out
}

/// Address of a file of the viewer.
fn asset(ending: &str) -> String {
    let assets = hlp_tracker::http::assets::Assets::load().expect("a built viewer");
    let path = assets.paths().filter(|path| path.ends_with(ending)).min().expect("such a file");
    format!("/{path}")
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let site = Site::new().await;
    for path in PATHS {
        let get = site.get(path).await;
        let head = site.send(request(Method::HEAD, path, STRANGER, &[])).await;
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
        for name in ["etag", "content-type", "cache-control", "vary", "content-security-policy"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn any_site_may_read_and_is_told_so() {
    let site = Site::new().await;
    let preflight = [("origin", "https://other.example"), ("access-control-request-method", "GET")];
    let answer = site.send(request(Method::OPTIONS, TILE, STRANGER, &preflight)).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    let answer = site.get_with(TILE, &[("origin", "https://other.example")]).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(answer.header("access-control-expose-headers").contains("ETag"));
    assert_eq!(answer.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn no_other_site_may_read_what_is_for_the_office() {
    let site =
        Site::with(Settings { internal_hosts: vec!["hlp.office".into()], ..Settings::default() }).await;
    let office = site.office();
    for path in ["/metrics", "/api/v1/khoroos", "/mn/", "/nope"] {
        for host in ["localhost:9090", "127.0.0.1:9090", "[::1]:9090", "hlp.office"] {
            let asked = [("host", host), ("origin", "https://other.example")];
            let answer = office.get_with(path, &asked).await;
            assert_eq!(answer.status, if path == "/nope" { 404 } else { 200 }, "{path} {host}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path} {host}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path} {host}");
        }
        let rebound = office.get_with(path, &[("host", "evil.example:9090")]).await;
        assert_eq!((rebound.status, rebound.json()["code"].clone()), (421, "foreign_host".into()), "{path}");
    }
    let preflight = [
        ("host", "localhost:9090"),
        ("origin", "https://other.example"),
        ("access-control-request-method", "GET"),
    ];
    let answer = office.send(request(Method::OPTIONS, "/metrics", STRANGER, &preflight)).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("access-control-allow-methods"), "");
}

#[tokio::test]
async fn text_of_the_store_is_no_markup_in_an_attribution() {
    let mut loaded = loaded().await;
    for vintage in &mut loaded.vintages {
        vintage.source = "<img src=x onerror=alert(1)> & \"co\"".into();
    }
    let site = Site::over(Settings::default(), built(loaded));
    for tileset in ["boundaries-2022", "tracker-2022"] {
        let json = site.get(&format!("/tiles/{tileset}.json?lang=en")).await.json();
        let expected = "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot; (invented data)";
        assert_eq!(json["attribution"], expected);
    }
    assert!(!site.get("/en/").await.text().contains("<img"));
}

#[tokio::test]
async fn published_figures_name_unit_base_date_and_source_and_are_no_figures_of_the_tracker() {
    let site = Site::new().await;
    let json = site.get("/api/v1/published").await.json();
    let items = json["items"].as_array().expect("a list");
    assert_eq!((json["total"].as_u64(), &json["next"]), (Some(items.len() as u64), &Value::Null));
    let find = |id: &str| items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    let gain = &find("hrdc_scores")["values"][2];
    assert_eq!((gain["value"].as_i64(), gain["unit"].as_str()), (Some(30), Some("percentage points")));
    assert_eq!(find("hrdc_form")["base"]["is_told"], false);
    assert_eq!(find("hrdc_satisfaction")["n"], 2480);
    assert_eq!(find("undp_women")["values"][0]["value"], 61.5);
    assert_eq!(find("resolution_2019")["as_of"], "2019-01-28");
    assert_eq!(find("identifications")["sources"][1]["url"], "https://montsame.mn/en/read/237290");
    let timeline = site.get("/api/v1/published?topic=timeline").await.json();
    let days: Vec<&str> =
        timeline["items"].as_array().expect("a list").iter().filter_map(|i| i["as_of"].as_str()).collect();
    assert!(days.is_sorted() && days.len() == 6, "{days:?}");
    let wrong = site.get("/api/v1/published?topic=nope").await.json();
    assert_eq!(wrong["allowed"].as_array().map(Vec::len), Some(5));
    // The demo is shaped after these figures, but computed from its records: HRDC's are nobody's card.
    let cards = site.get("/api/v1/tracker?cycle=all").await.text();
    for number in ["14451", "661", "2480"] {
        assert!(!cards.contains(&format!("\"value\":{number},")), "{number}");
    }
}

#[tokio::test]
async fn tilesets_call_the_measures_what_everything_else_calls_them() {
    let text = Site::new().await.get("/tiles/tracker-2022.json?lang=mn").await.text();
    assert!(text.contains("Тодорхойлсон сайн туршлага") && text.contains("Нутагшуулсан сайн туршлага"));
    for other in ["одруулсан", "эвтрүүлсэн", "эвтэрсэн"] {
        assert!(!text.contains(other), "{other}: {text}");
    }
}

#[tokio::test]
async fn practices_of_a_cycle_are_those_entered_in_it() {
    let (site, snapshot) = (Site::new().await, snapshot().await);
    for cycle in &snapshot.records.cycles {
        let entered = |id: &str| {
            snapshot.records.identifications.iter().any(|row| row.practice == id && row.cycle == cycle.id)
        };
        let public = snapshot.public_practices();
        let expected: Vec<&str> = public.map(|p| p.id.as_str()).filter(|id| entered(id)).collect();
        let path = format!("/api/v1/practices?limit=1000&cycle={}", cycle.id);
        let json = site.get(&path).await.json();
        let items = json["items"].as_array().expect("a list");
        let found: Vec<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
        assert!(!expected.is_empty(), "{}", cycle.id);
        assert_eq!(found, expected, "{}", cycle.id);
        assert_eq!(site.get(&path).await.json(), json);
    }
}

/// Boundaries alone, as after a first ingest: every figure is unknown, and nothing fails.
#[tokio::test]
async fn a_store_without_records_is_served_with_unknown_figures() {
    let mut loaded = loaded().await;
    loaded.records = Records::starting();
    loaded.context_lines.clear();
    let site = Site::over(Settings::default(), built(loaded));
    for path in PATHS.iter().filter(|path| !path.contains("context") && !path.contains("cycle=2022")) {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    }
    for measure in ["identifications", "replications", "replications_hosted", "participation", "bivariate"] {
        for query in ["", "?level=district", "?cycle=all"] {
            let style = site.get(&format!("/styles/{measure}.json{query}")).await;
            assert_eq!(style.status, 200, "{measure}{query}: {}", style.text());
            let values = site.get(&format!("/api/v1/values/{measure}.json{query}")).await;
            assert_eq!(values.status, 200, "{measure}{query}: {}", values.text());
            let values = values.json();
            let no_data = values["classes"].as_array().expect("classes").iter();
            let no_data =
                no_data.filter(|class| class["kind"] == "no_data").map(|class| class["units"].as_u64());
            let units = values["units"].as_array().expect("units");
            assert_eq!(no_data.collect::<Vec<_>>(), [Some(units.len() as u64)], "{measure}{query}");
            let cells = units.iter().map(|unit| &unit["cells"]["all"]["value"]);
            assert!(cells.clone().count() > 0 && cells.clone().all(Value::is_null), "{measure}{query}");
            let said = values["notes"].as_array().expect("notes").iter().map(|note| note["en"].as_str());
            assert!(said.flatten().any(|note| note.starts_with("No cycle has been recorded")), "{values}");
        }
    }
    let khoroo = site.get("/api/v1/khoroos/bzd-26").await.json();
    assert!(khoroo["identifications"].is_null() && khoroo["replications"].is_null(), "{khoroo}");
    let page = site.get("/en/").await.text();
    assert!(page.contains("not reported") && !page.contains("<caption>By cycle</caption>"), "{page}");
}

#[tokio::test]
async fn errors_are_problem_details_with_stable_codes() {
    let site = Site::new().await;
    let mut told = String::new();
    for path in [
        "/nope",
        "/api/v1/nope",
        "/assets/nope.js",
        "/tiles/nope.json",
        "/tiles/%ff.json",
        "/tiles/boundaries-2022/3/%ff/1.mvt",
        "/tiles/boundaries-2022.txt",
        "/tiles/nope/1/0/0.mvt",
        "/tiles/boundaries-2022/17/0/0.mvt",
        "/tiles/boundaries-2022/3/8/0.mvt",
        "/tiles/boundaries-2022/3/-1/0.mvt",
        "/tiles/boundaries-2022/3/1/x.mvt",
        "/tiles/boundaries-2022/3/1/1.mvt?colour=red",
        "/styles/nope.json",
        "/styles/identifications.json?method=guess",
        "/styles/identifications.json?utm_source=x",
        "/api/v1/values/identifications.json?cycle=1999",
        "/api/v1/values/identifications.json?classes=0",
        "/api/v1/values/identifications.json?lang=de",
        "/api/v1/values/identifications.json?theme=noise",
        "/styles/replications_hosted.json?theme=noise",
        "/legends/bivariate.json?theme=noise",
        "/styles/participation.json?theme=waste&rate=per10000",
        "/api/v1/districts/nope",
        "/api/v1/districts?vintage=1999",
        "/api/v1/khoroos/bzd-999",
        "/api/v1/khoroos/%D0%91%D0%97%D0%94-1",
        "/api/v1/khoroos?limit=0",
        "/api/v1/khoroos?limit=1001",
        "/api/v1/khoroos?limit=1&limit=2",
        "/api/v1/khoroos?district=nope",
        "/api/v1/khoroos-at?lon=106.9",
        "/api/v1/khoroos-at?lon=106.9&lat=91",
        "/api/v1/khoroos-at?lon=NaN&lat=47",
        "/api/v1/khoroos-at?lon=0&lat=0",
        "/api/v1/practices?theme=nope",
        "/api/v1/visit-plans?visitors=bzd-999",
        "/api/v1/visit-plans?visitors=bzd-1&visits=1000000000",
        "/api/v1/visit-plans?visitors=bzd-1&fixed=bzd-1:nobody",
        "/api/v1/day-routes?from=bzd-1&stops=bzd-1",
        "/api/v1/spread?weights=bishop",
        "/api/v1/revision?x=1",
    ] {
        let answer = site.get(path).await;
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.json()["status"], answer.status, "{path}");
        told.extend([path, "\n", &answer.text(), "\n\n"]);
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_method_that_is_not_offered_is_refused_with_those_that_are() {
    let site = Site::new().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = site.send(request(method, "/api/v1/khoroos", STRANGER, &[])).await;
        assert_eq!(answer.status, 405);
        assert_eq!(answer.json()["code"], "method_not_allowed");
        assert!(answer.header("allow").contains("GET"), "{}", answer.header("allow"));
    }
}

#[tokio::test]
async fn pages_ignore_parameters_that_other_sites_add() {
    let site = Site::new().await;
    assert_eq!(site.get("/mn/?utm_source=x&fbclid=y").await.status, 200);
    let answer = site.get_with("/?measure=replications", &[("accept-language", "en-GB,mn;q=0.5")]).await;
    assert_eq!((answer.status, answer.header("location")), (302, "/en/?measure=replications"));
    assert_eq!(answer.header("vary"), "Accept-Language");
    assert_eq!(site.get("/").await.header("location"), "/mn/");
    assert_eq!(site.get("/en").await.header("location"), "/en/");
}

#[tokio::test]
async fn the_language_of_an_answer_follows_the_request() {
    let site = Site::new().await;
    let path = "/styles/identifications.json";
    let english = site.get_with(path, &[("accept-language", "en")]).await;
    assert_eq!(english.header("content-language"), "en");
    let vary: Vec<_> = english.headers.get_all("vary").iter().collect();
    assert!(vary.iter().any(|v| *v == "Accept-Language"), "{vary:?}");
    let asked = site.get_with(&format!("{path}?lang=en"), &[("accept-language", "mn")]).await;
    assert_eq!(asked.body, english.body);
    assert_eq!(asked.headers.get_all("vary").iter().count(), 1, "the header had no say");
    assert_ne!(site.get(path).await.body, english.body);
}

#[tokio::test]
async fn a_boundary_tile_is_kept_for_ever_only_under_its_right_name() {
    let site = Site::new().await;
    let rev =
        site.get("/api/v1/vintages").await.json()["items"][1]["rev"].as_str().expect("a name").to_owned();
    let path = "/tiles/boundaries-2022/10/816/356.mvt";
    let right = site.get(&format!("{path}?rev={rev}")).await;
    let wrong = site.get(&format!("{path}?rev=0123")).await;
    let none = site.get(path).await;
    assert!(right.header("cache-control").contains("immutable"));
    assert_eq!(wrong.header("cache-control"), "no-store");
    assert_eq!(none.header("cache-control"), "public, max-age=60, stale-while-revalidate=60");
    assert_eq!((&right.body, &wrong.body), (&none.body, &none.body));
    assert_eq!(site.get(TILE).await.header("cache-control"), none.header("cache-control"));
    let tilejson = site.get("/tiles/boundaries-2022.json").await.json();
    let template = tilejson["tiles"][0].as_str().expect("an address").to_owned();
    assert!(template.ends_with(&format!("?rev={rev}")), "{template}");
}

#[tokio::test]
async fn an_empty_tile_is_204_and_may_be_kept() {
    let site = Site::new().await;
    let answer = site.get("/tiles/boundaries-2022/10/0/0.mvt").await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert!(answer.header("cache-control").contains("max-age=60"));
}

#[tokio::test]
async fn addresses_follow_the_way_of_the_request() {
    let forwarded = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "ulaanbaatar.example"),
        ("x-forwarded-prefix", "/hlp"),
    ];
    let site = Site::with(Settings {
        trusted_proxies: vec!["10.0.0.0/8".parse().expect("a block")],
        ..Settings::default()
    })
    .await;
    let address = |json: &Value| json["tiles"][0].as_str().expect("an address").to_owned();
    let path = "/tiles/tracker-2022.json";
    let direct = site.get(path).await.json();
    assert!(address(&direct).starts_with("http://map.example:8080/tiles/tracker-2022/"), "{direct}");
    let lied = site.get_with(path, &forwarded).await.json();
    assert_eq!(address(&lied), address(&direct), "a stranger was believed");
    let proxied = site.send(request(Method::GET, path, PROXY, &forwarded)).await.json();
    assert!(address(&proxied).starts_with("https://ulaanbaatar.example/hlp/tiles/"), "{proxied}");
    // nginx sets one family and passes on the other as it came.
    let evil = ("forwarded", "for=6.6.6.6;proto=http;host=evil.example");
    let both: Vec<_> = forwarded.into_iter().chain([evil]).collect();
    for path in [path, "/styles/identifications.json", "/tiles"] {
        let answer = site.send(request(Method::GET, path, PROXY, &both)).await.text();
        assert!(!answer.contains("evil.example"), "{answer}");
    }
    let page = site.send(request(Method::GET, "/mn/", PROXY, &forwarded)).await.text();
    assert!(page.contains("data-base=\"/hlp\"") && page.contains("src=\"/hlp/assets/"), "{page}");
    let home = site.send(request(Method::GET, "/", PROXY, &forwarded)).await;
    assert_eq!(home.header("location"), "/hlp/mn/");
}

#[tokio::test]
async fn every_address_lies_under_the_public_one() {
    let public = "https://ulaanbaatar.example/maps/hlp";
    let site =
        Site::with(Settings { public_url: Some(public.parse().expect("an address")), ..Settings::default() })
            .await;
    let mut found = 0;
    for path in ["/tiles", "/tiles/boundaries-2022.json", "/styles/identifications.json", "/api/openapi.json"]
    {
        let text = site.get(path).await.text();
        assert!(!text.contains("map.example"), "{path}: {text}");
        for part in text.split('"').filter(|part| part.contains("/tiles/") && part.starts_with("http")) {
            assert!(part.starts_with(public), "{path}: {part}");
            found += 1;
        }
    }
    assert!(found > 5, "{found} addresses");
    let page = site.get("/en/").await.text();
    // What follows the last attribute of an empty element begins so too.
    let links = page.split('"').filter(|part| part.starts_with('/') && !part.starts_with("/>"));
    assert!(links.clone().count() > 3);
    for link in links {
        assert!(link.starts_with("/maps/hlp"), "{link}");
    }
}

#[tokio::test]
async fn pages_carry_a_strict_policy_and_no_inline_script() {
    let site = Site::with(Settings {
        embed_hosts: vec!["https://ulaanbaatar.example".parse().expect("an origin")],
        ..Settings::default()
    })
    .await;
    let page = site.get("/mn/").await;
    let policy = page.header("content-security-policy");
    for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(policy.ends_with("frame-ancestors 'self' https://ulaanbaatar.example"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let text = page.text();
    assert!(!text.contains(" style=") && !text.contains(" onload=") && !text.contains("<style"));
    for script in text.split("<script").skip(1) {
        assert!(
            script.starts_with(" type=\"module\" src=") || script.starts_with(" type=\"application/json\""),
            "an inline script: {script}"
        );
    }
    for path in ["/mn/", TILE, "/nope", "/api/v1/cycles"] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
    }
    // A worker obeys the policy of its own file, and has to fetch tiles.
    let script = site.get(&asset(".js")).await;
    assert!(script.header("content-security-policy").contains("connect-src 'self'"));
}

#[tokio::test]
async fn a_page_tells_everything_without_its_script() {
    let site = Site::new().await;
    let page = site.get("/en/").await.text();
    assert!(page.contains("Illustrative data"), "invented data must say so");
    assert!(page.contains("<td>248</td><td>95</td>"), "headline figures of 2022");
    assert!(page.contains("<td>144</td><td>not reported</td>"), "unknown is not 0");
    assert_eq!(page.matches("<tr><th scope=\"row\"><a href=\"/en/khoroos/").count(), 204);
    let block = page.split("id=\"hlp-config\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let config: Value = serde_json::from_str(block.expect("a block")).expect("JSON");
    assert_eq!(config["lang"], "en");
    assert_eq!(config["cycles"].as_array().map(Vec::len), Some(2));
    assert_eq!(config["themes"][3]["name_en"], "Waste");
    assert_eq!(config["measures"].as_array().map(Vec::len), Some(5));
    let preload = page.split("<link").find(|link| link.contains("modulepreload")).expect("the map's script");
    assert!(
        preload.contains("/assets/map-") && preload.contains("media=\"(min-width: 480px)\""),
        "{preload}"
    );
    // Asked for in the way in which it is used, or a browser asks twice.
    let ahead = |href: &str| page.split("<link").find(|link| link.contains(href)).unwrap_or_default();
    let style = page.split("<link").find(|link| link.contains("rel=\"preload\"")).expect("the map's style");
    assert!(style.contains("as=\"style\" crossorigin") && style.contains("/assets/map-"), "{style}");
    let worker = ahead("/assets/maplibre-gl-worker");
    assert!(worker.contains("rel=\"modulepreload\"") && !worker.contains(" as="), "{worker}");
    let core: Vec<f64> = config["core"].as_array().expect("a box").iter().filter_map(Value::as_f64).collect();
    assert!(core.len() == 4 && core[0] < core[2] && core[1] < core[3], "{core:?}");
    let tiles = config["tiles"].as_str().expect("an address");
    assert_eq!(site.get(tiles).await.status, 200);
    for link in page.split('"').filter(|part| part.starts_with("/assets/")) {
        assert_eq!(site.get(link).await.status, 200, "{link}");
    }
}

#[tokio::test]
async fn figures_add_up_to_the_published_totals() {
    let site = Site::new().await;
    let sum = |json: &Value, name: &str| -> Option<u64> {
        let items = json["items"].as_array()?;
        items.iter().map(|item| item[name].as_u64()).sum()
    };
    let khoroos = site.get("/api/v1/khoroos?limit=1000").await.json();
    assert_eq!((khoroos["total"].as_u64(), khoroos["next"].is_null()), (Some(204), true));
    assert_eq!(sum(&khoroos, "identifications"), Some(248));
    assert_eq!(sum(&khoroos, "replications"), Some(95));
    let districts = site.get("/api/v1/districts?vintage=2020").await.json();
    assert_eq!(sum(&districts, "identifications"), Some(144));
    assert_eq!(sum(&districts, "replications"), None, "2020 was not reported: null, not 0");
}

#[tokio::test]
async fn only_identified_practices_are_public() {
    let site = Site::new().await;
    let drafts = site.app.snapshot().expect("published").records.practices.len();
    let mut path = "/api/v1/practices?limit=100".to_owned();
    let mut seen = BTreeSet::new();
    for _ in 0..20 {
        let page = site.get(&path).await.json();
        for item in page["items"].as_array().expect("a list") {
            assert!(["identified", "shared", "archived"].contains(&item["status"].as_str().expect("a word")));
            assert!(seen.insert(item["id"].to_string()), "twice: {item}");
        }
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["total"], seen.len());
            break;
        };
        path = format!("/api/v1/practices{next}");
    }
    assert!(seen.len() > 100 && seen.len() < drafts, "{} of {drafts}", seen.len());
}

#[tokio::test]
async fn a_khoroo_is_found_by_its_own_label_point() {
    let site = Site::new().await;
    let khoroos = site.get("/api/v1/khoroos?district=chd").await.json();
    let items = khoroos["items"].as_array().expect("a list");
    assert!(items.len() > 10);
    for item in items {
        let (lon, lat) = (&item["label"][0], &item["label"][1]);
        let found = site.get(&format!("/api/v1/khoroos-at?lon={lon}&lat={lat}")).await.json();
        assert_eq!(found["code"], item["code"]);
    }
}

#[tokio::test]
async fn a_request_id_is_taken_from_a_proxy_and_made_otherwise() {
    let site = Site::with(Settings {
        trusted_proxies: vec!["10.0.0.0/8".parse().expect("a block")],
        ..Settings::default()
    })
    .await;
    let given = [("x-request-id", "abc-123")];
    let proxied = site.send(request(Method::GET, "/health/live", PROXY, &given)).await;
    assert_eq!(proxied.header("x-request-id"), "abc-123");
    let direct = site.get_with("/health/live", &given).await;
    assert_ne!(direct.header("x-request-id"), "abc-123");
    let evil = [("x-request-id", "a b\"c")];
    let cleaned = site.send(request(Method::GET, "/health/live", PROXY, &evil)).await;
    assert_eq!(cleaned.header("x-request-id").len(), 16);
}

#[tokio::test]
async fn metrics_are_for_the_office_only() {
    let site = Site::new().await;
    assert_eq!(site.get("/metrics").await.status, 404);
    for _ in 0..2 {
        site.get_with(TILE, &[("accept-encoding", "br")]).await;
    }
    site.get("/nope/at/all").await;
    let inside = [("host", "localhost:9090")];
    let text = site.office().send(request(Method::GET, "/metrics", STRANGER, &inside)).await.text();
    for line in [
        "hlp_responses_total{route=\"/tiles/{tileset}/{z}/{x}/{file}\",method=\"GET\",status=\"200\"} 2",
        "hlp_responses_total{route=\"(none)\",method=\"GET\",status=\"404\"} 2",
        "hlp_bodies_total{kind=\"plain\",result=\"hit\"} 1",
        "hlp_bodies_total{kind=\"coded\",result=\"miss\"} 1",
        "hlp_degraded 0",
        "# EOF",
    ] {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
    assert!(text.contains("hlp_request_duration_seconds_bucket"), "{text}");
    assert!(!text.contains("/nope"), "paths must not become labels");
}

#[tokio::test]
async fn before_the_first_load_it_says_that_it_is_starting() {
    let app = Service::new(Settings::default(), 1).expect("a built viewer");
    let site = Site { router: router(app.clone()), app };
    assert_eq!(site.get("/health/live").await.status, 200);
    assert_eq!(site.get("/health/ready").await.status, 503);
    let answer = site.get("/api/v1/khoroos").await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (503, "starting".into()));
    let page = site.get("/mn/").await;
    assert_eq!((page.status, page.header("content-type")), (503, "text/html; charset=utf-8"));
    assert!(page.text().contains("http-equiv=\"refresh\""));
}

#[tokio::test]
async fn the_description_names_every_path_and_its_errors() {
    let site = Site::new().await;
    let document = site.get("/api/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().expect("paths");
    let practices = site.get("/api/v1/practices?limit=1").await.json();
    let practice = practices["items"][0]["id"].as_str().expect("a practice").to_owned();
    let mut documented = BTreeSet::new();
    for (template, item) in paths {
        let path = template
            .replace("{tileset}", "boundaries-2022")
            .replace("{measure}", "identifications")
            .replace("{z}/{x}/{y}", "10/816/356")
            .replace("{id}", &practice)
            .replace("{code}", if template.contains("khoroos") { "bzd-26" } else { "bzd" });
        let required: Vec<String> = item["get"]["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|p| p["in"] == "query" && p["required"] == true)
            .map(|p| {
                let text = |field: &str| p[field].as_str().expect("a text");
                form_urlencoded::Serializer::new(String::new())
                    .append_pair(text("name"), text("example"))
                    .finish()
            })
            .collect();
        let answer = site.get(&format!("{path}?{}", required.join("&"))).await;
        assert_eq!(answer.status, 200, "{template}: {}", String::from_utf8_lossy(&answer.body));
        if !template.starts_with("/health/") {
            for status in ["400", "404", "405", "406", "413", "414", "500", "503"] {
                let content = &item["get"]["responses"][status]["content"];
                assert!(content["application/problem+json"].is_object(), "{template} {status}");
            }
        }
        documented.insert(path);
    }
    let is_page = |path: &&&str| path.starts_with("/mn/") || path.starts_with("/en/");
    let is_of_machines = |path: &&&str| matches!(**path, "/robots.txt" | "/sitemap.xml");
    for path in PATHS.iter().filter(|path| !is_page(path) && !is_of_machines(path)) {
        let plain = path.split('?').next().expect("a path");
        let same_kind = documented.iter().any(|known| {
            known.split('/').count() == plain.split('/').count()
                && known.split('/').nth(1) == plain.split('/').nth(1)
        });
        assert!(same_kind, "{path} is not described");
    }
    insta::assert_snapshot!(paths.keys().cloned().collect::<Vec<_>>().join("\n"));
}
