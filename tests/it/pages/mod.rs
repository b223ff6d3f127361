//! The pages that the server writes, over the invented city: every one of them, in both languages.

mod addresses;
mod ahead;
mod embed;
pub mod html;
mod maps;
mod month;
mod said;
mod unscripted;
mod visits;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::http::proxy::Peer;
use hlp_tracker::http::{Service, Settings, internal_router, router};
use hlp_tracker::model::Loaded;
use hlp_tracker::snapshot::Snapshot;
use http_body_util::BodyExt;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::support::{applied, demo};
use html::Document;

const HOST: &str = "map.example:8080";
const LANGS: [&str; 2] = ["mn", "en"];
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Requests at the same time: as many as the service makes bodies.
const AT_ONCE: usize = 4;

struct Site {
    public: Router,
    office: Router,
}

struct Answer {
    status: u16,
    kind: String,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Site {
    fn of(snapshot: Arc<Snapshot>, settings: Settings) -> Self {
        let app = Service::new(settings, AT_ONCE).expect("a built viewer");
        app.publish(snapshot, Duration::ZERO);
        Self { public: router(app.clone()), office: internal_router(app) }
    }

    async fn demo() -> Self {
        Self::of(city().await, Settings::default())
    }

    /// Over the invented city as somebody has changed it.
    fn changed(change: impl FnOnce(&mut Loaded)) -> Self {
        let changes = generate(&DemoOptions { khoroos: 204, seed: 1, ..DemoOptions::default() });
        let mut loaded = applied(&Loaded::default(), &changes);
        change(&mut loaded);
        let snapshot = Snapshot::build(loaded, None, 10_000.0).expect("they fit together");
        Self::of(Arc::new(snapshot), Settings::default())
    }

    /// As a browser asks.
    async fn get(&self, path: &str) -> Answer {
        ask(&self.public, path, BROWSER).await
    }

    async fn page(&self, path: &str) -> Document {
        let answer = self.get(path).await;
        assert_eq!((answer.status, &*answer.kind), (200, "text/html; charset=utf-8"), "{path}");
        Document::read(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}"))
    }
}

async fn city() -> Arc<Snapshot> {
    static CITY: OnceCell<Arc<Snapshot>> = OnceCell::const_new();
    CITY.get_or_init(|| async { Arc::new(demo::snapshot(204)) }).await.clone()
}

async fn ask(router: &Router, path: &str, accept: &str) -> Answer {
    ask_under(HOST, router, path, accept).await
}

async fn ask_under(host: &str, router: &Router, path: &str, accept: &str) -> Answer {
    let request = Request::builder().uri(path).header("host", host).header("accept", accept);
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(Peer("192.0.2.7:4000".parse().expect("an address")));
    let response = router.clone().oneshot(request).await.expect("never fails");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body in memory").to_bytes().to_vec();
    let kind = parts.headers.get("content-type").map_or("", |kind| kind.to_str().expect("ASCII")).to_owned();
    Answer {
        status: parts.status.as_u16(),
        kind,
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// Answers to many paths, some at the same time.
async fn ask_all(site: &Site, paths: BTreeSet<String>) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    let mut waiting = paths.into_iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_ONCE
            && let Some(path) = waiting.next()
        {
            let router = site.public.clone();
            running.spawn(async move { (ask(&router, &path, BROWSER).await, path) });
        }
        let Some(done) = running.join_next().await else { return answers };
        let (answer, path) = done.expect("no panic");
        answers.insert(path, answer);
    }
}

/// Every page of the site but those of single figures' records.
fn pages(snapshot: &Snapshot) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for lang in LANGS {
        paths.extend(
            ["", "tracker", "practices", "visits", "visits/day", "visits/month", "about", "embed"]
                .map(|page| format!("/{lang}/{page}")),
        );
        for view in &snapshot.vintages {
            let vintage = &view.vintage.id;
            let khoroos = view.geography.khoroos.iter().map(|unit| format!("khoroos/{}", unit.code));
            let districts = view.geography.districts.iter().map(|unit| format!("districts/{}", unit.code));
            paths.extend(khoroos.chain(districts).map(|unit| format!("/{lang}/{unit}?vintage={vintage}")));
        }
        paths.extend(snapshot.public_practices().map(|p| format!("/{lang}/practices/{}", p.id)));
    }
    paths
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_well_formed_and_every_link_of_it_leads_somewhere() {
    let site = Site::demo().await;
    let snapshot = city().await;
    let pages = pages(&snapshot);
    assert!(pages.len() > 2 * (204 + 171 + 18 + 300), "{}", pages.len());
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    for (path, answer) in ask_all(&site, pages.clone()).await {
        assert_eq!(answer.status, 200, "{path}");
        let lang = path.get(1..3).expect("a language");
        assert_eq!(answer.headers["content-language"], lang, "{path}");
        let page = Document::read(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        check_page(&page, &path, lang);
        for link in page.addresses() {
            // Of the thousands of records behind figures and of routes those of two places stand for all.
            let is_sample =
                ["/tracker", "/visits", "/khoroos/bzd-26?"].iter().any(|part| path.contains(part));
            if is_sample || !["/tracker/records?", "/visits/day?"].iter().any(|part| link.contains(part)) {
                links.entry(link).or_insert_with(|| path.clone());
            }
        }
    }
    let inside = |link: &str| link.strip_prefix(&format!("http://{HOST}")).unwrap_or(link).to_owned();
    let own: BTreeMap<String, String> = links
        .into_iter()
        .map(|(link, from)| (inside(&link), from))
        .filter(|(link, _)| link.starts_with('/') && !pages.contains(link))
        .collect();
    assert!(own.len() > 1000, "{} links", own.len());
    for (path, answer) in ask_all(&site, own.keys().cloned().collect()).await {
        // Permanent addresses lead on to a page.
        let expected = if path.starts_with("/id/") { 303 } else { 200 };
        assert!(answer.status == expected, "{} links {path}: {}", own[&path], answer.status);
        // What stands in a frame is no page of the site.
        if answer.kind.starts_with("text/html") && !path.starts_with("/embed?") {
            let page = Document::read(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
            // Pages of the OGC API have theirs among the parameters.
            let asked = path.split_once("lang=").filter(|_| path.starts_with("/ogc"));
            let lang = asked.map_or_else(|| path.get(1..3), |(_, lang)| lang.get(..2));
            check_page(&page, &path, lang.expect("a language"));
        }
    }
}

/// What holds for every page.
fn check_page(page: &Document, path: &str, lang: &str) {
    assert_eq!(page.attribute("html", "lang"), Some(lang), "{path}");
    assert_eq!(page.count("h1"), 1, "{path}");
    assert_eq!(page.count("main"), 1, "{path}");
    assert!(page.text.contains("Жишээ өгөгдөл") || page.text.contains("Illustrative data"), "{path}");
    assert!(!page.texts("title")[0].is_empty(), "{path}");
    page.check_headings().unwrap_or_else(|fault| panic!("{path}: {fault}"));
    page.check_own_links().unwrap_or_else(|fault| panic!("{path}: {fault}"));
    for (name, attributes) in &page.elements {
        for attribute in attributes.keys() {
            assert!(attribute != "style" && !attribute.starts_with("on"), "{path}: <{name} {attribute}>");
        }
        let is_data = attributes.get("type").is_some_and(|kind| kind.starts_with("application/"));
        assert!(name != "script" || attributes.contains_key("src") || is_data, "{path}: inline script");
        assert_ne!(name, "style", "{path}");
    }
    let is_kept_by_search_engines =
        !["/tracker/records", "print=1", "/visits/month?", "/ogc?"].iter().any(|no| path.contains(no));
    if is_kept_by_search_engines {
        let alternates = page.links("alternate");
        assert_eq!(alternates.len(), 3, "{path}: mn, en and x-default");
        assert_eq!(page.links("canonical").len(), 1, "{path}");
        let description = page.meta("description").unwrap_or_default();
        assert!(description.chars().count() > 20, "{path}: {description}");
        assert!(page.meta("og:title").is_some() && page.meta("og:url").is_some(), "{path}");
        let preview = page.meta("og:image").unwrap_or_default();
        assert!(
            preview.starts_with(&format!("http://{HOST}/maps/identifications.png?")),
            "{path}: {preview}"
        );
        let is_of_place =
            path.contains("/khoroos/") || path.contains("/districts/") || path.contains("/practices/");
        assert_eq!(preview.contains("area="), is_of_place, "{path}: {preview}");
    }
}

#[tokio::test]
async fn the_sitemap_lists_every_page_in_both_languages_with_its_day() {
    let site = Site::demo().await;
    let answer = site.get("/sitemap.xml").await;
    assert_eq!((answer.status, &*answer.kind), (200, "application/xml; charset=utf-8"));
    let day = answer.text.split("<lastmod>").nth(1).and_then(|rest| rest.split('<').next()).expect("a day");
    assert!(day.parse::<jiff::civil::Date>().is_ok(), "{day}");
    let listed: BTreeSet<String> = answer
        .text
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split('<').next().expect("an end").replace(&format!("http://{HOST}"), ""))
        .collect();
    let snapshot = city().await;
    let newest = snapshot.newest().expect("a vintage").vintage.id.clone();
    let newest = format!("?vintage={newest}");
    let expected: BTreeSet<String> =
        pages(&snapshot).into_iter().map(|path| path.replace(&newest, "")).collect();
    assert_eq!(listed, expected);
    assert_eq!(answer.text.matches("hreflang=\"en\"").count(), expected.len());
    let robots = site.get("/robots.txt").await;
    assert!(robots.text.contains(&format!("Sitemap: http://{HOST}/sitemap.xml")), "{}", robots.text);
}

#[tokio::test]
async fn browsers_get_a_page_for_what_is_not_there_and_programs_get_json() {
    let site = Site::demo().await;
    for (path, status, said) in [
        ("/mn/khoroos/bzd-999", 404, "Ийм хуудас алга"),
        ("/en/khoroos/nonsense", 404, "There is no such page"),
        ("/en/districts/xyz", 404, "There is no such page"),
        ("/en/practices/p-none", 404, "There is no such page"),
        ("/en/no/such/page", 404, "There is no such page"),
        ("/mn/khoroos/bzd-26?vintage=1924", 400, "Буруу сонголт: vintage"),
        ("/en/tracker?cycle=1924", 400, "The choice at fault: cycle. It was given as “1924”."),
        ("/mn/tracker/records?card=zzz", 400, "Буруу сонголт: card. Хаягт байгаа утга: «zzz»."),
        ("/en/tracker/records?card=identify&figure=zzz", 400, "It was given as “zzz”."),
        ("/en/tracker?as_of=soon", 400, "The choice at fault: as_of"),
        ("/en/practices?theme=none", 400, "Possible values: "),
        ("/en/tracker/records?card=identify&figure=none", 400, "The choice at fault: figure"),
        ("/en/tracker/records?card=attention&figure=silent_khoroos", 400, "The choice at fault: card"),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, &*answer.kind), (status, "text/html; charset=utf-8"), "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert_eq!(answer.headers["content-language"], path.get(1..3).expect("a language"), "{path}");
        let page = Document::read(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        assert!(page.text.contains(said), "{path}: {}", page.text);
        assert_eq!(page.meta("robots"), Some("noindex"), "{path}");
        for accept in ["application/json", "*/*"] {
            let answer = ask(&site.public, path, accept).await;
            assert_eq!((answer.status, &*answer.kind), (status, "application/problem+json"), "{path}");
            assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "Accept"), "{path}");
        }
    }
    for path in ["/api/v1/khoroos/bzd-999", "/nope"] {
        assert_eq!(site.get(path).await.kind, "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn a_khoroo_of_other_boundaries_is_pointed_to() {
    let site = Site::demo().await;
    let city = city().await;
    // A number that only the newer boundaries have.
    let [older, newer] = &city.vintages[..] else { panic!("two vintages") };
    let is_new = |code: &str| older.geography.khoroos.iter().all(|unit| unit.code != code);
    let unit = newer.geography.khoroos.iter().find(|unit| is_new(&unit.code)).expect("a new khoroo");
    let answer = site.get(&format!("/en/khoroos/{}?vintage={}", unit.code, older.vintage.id)).await;
    assert_eq!(answer.status, 404);
    let page = Document::read(&answer.text).expect("well-formed");
    let there = format!("/en/khoroos/{}?vintage={}", unit.code, newer.vintage.id);
    assert!(page.addresses().contains(&there), "{:?}", page.addresses());
}

#[tokio::test]
async fn while_the_data_is_read_a_page_comes_again_by_itself() {
    let app = Service::new(Settings::default(), 1).expect("a built viewer");
    let public = router(app);
    for path in ["/mn/", "/en/khoroos/bzd-26", "/mn/tracker"] {
        let answer = ask(&public, path, BROWSER).await;
        assert_eq!((answer.status, &*answer.kind), (503, "text/html; charset=utf-8"), "{path}");
        assert!(answer.text.contains("http-equiv=\"refresh\""), "{path}");
        assert_eq!(answer.headers["retry-after"], "2", "{path}");
    }
}

/// An address with other parameters, or none that mean anything, is the same page.
#[tokio::test]
async fn parameters_of_others_and_empty_ones_are_ignored() {
    let site = Site::demo().await;
    for (path, same) in [
        ("/mn/khoroos/bzd-26?utm_source=x", "/mn/khoroos/bzd-26"),
        ("/mn/khoroos/bzd-26?vintage=2022", "/mn/khoroos/bzd-26"),
        ("/en/tracker?cycle=&district=&theme=&as_of=", "/en/tracker"),
        ("/en/practices?q=&theme=&page=x", "/en/practices"),
        ("/en/practices?page=999", "/en/practices?page=14"),
    ] {
        let [first, second] = [site.get(path).await, site.get(same).await];
        assert_eq!(first.status, 200, "{path}");
        let words = |answer: &Answer| Document::read(&answer.text).expect("well-formed").text;
        assert_eq!(words(&first), words(&second), "{path}");
    }
}
