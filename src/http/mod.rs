//! The service on the wire: router, caching, limits, errors, pages, the built viewer.
//!
//! A handler parses, takes one [`World`], calls one function of another room and shapes the answer.
//! [`around`] says what every request passes before and after.
//!
//! Owns: everything that is HTTP. Invariant: knows no store; a request reads the one snapshot it
//! took at its beginning, never two.

pub mod answer;
pub mod around;
pub mod assets;
pub mod body;
pub mod cache;
pub mod codes;
pub mod coding;
pub mod day_routes;
pub mod error;
pub mod exports;
pub mod filters;
pub mod findable;
pub mod fonts;
pub mod guard;
pub mod health;
pub mod ids;
pub mod khoroo_facts;
pub mod listing;
pub mod maps;
pub mod metrics;
pub mod neighbours;
pub mod observe;
mod ogc;
pub mod once;
pub mod openapi;
pub mod pages;
pub mod paging;
pub mod params;
pub mod partners;
pub mod pictures;
mod pieces;
pub mod practices;
pub mod proxy;
pub mod published;
pub mod records;
pub mod replications;
pub mod search;
pub mod security;
pub mod select;
pub mod server;
pub mod spread;
pub mod tiles;
pub mod tracker;
pub mod trainings;
pub mod units;
pub mod visit_plans;
mod whole;
pub mod workshops;

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::HeaderValue;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use ipnet::IpNet;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use crate::cartography::raster::Painter;
use crate::model::Lang;
use crate::model::audience::Audience;
use crate::partners::Roster;
use crate::pmtiles::Archive;
use crate::snapshot::Snapshot;
use crate::visits::calendar::Calendar;
use crate::visits::day::Window;
use assets::Assets;
use cache::BodyCache;
use error::Error;
use guard::Limits;
use health::Reason;
use metrics::Metrics;
use proxy::{Forwarded, PublicUrl};
use security::EmbedHost;

/// What handlers get.
pub type App = Arc<Service>;

/// How the service is run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub public_url: Option<PublicUrl>,
    pub trusted_proxies: Vec<IpNet>,
    /// What those proxies write.
    pub forwarded_headers: Forwarded,
    /// Where the second listener is, and the names besides `localhost` under which it is reached.
    pub internal_listen: Option<IpAddr>,
    pub internal_hosts: Vec<String>,
    pub embed_hosts: Vec<EmbedHost>,
    /// Whom to tell of an error in the data, and under which licence it is; as pages show them.
    pub contact: Option<String>,
    pub licence: Option<String>,
    /// How learning partners are suggested, and travel times out of a file.
    pub partners: crate::partners::Settings,
    pub travel_times: crate::partners::TravelTimes,
    /// When offices are shut, and when they receive on other days.
    pub calendar: Calendar,
    pub office_hours: OfficeHours,
    /// Ready tiles of the context, where the snapshot's orientation tells of some.
    pub archive: Option<Arc<Archive>>,
    pub limits: Limits,
}

/// Times of a working day, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours(pub Vec<Window>);

impl Default for OfficeHours {
    fn default() -> Self {
        Self(vec![Window { from: 9 * 60, to: 17 * 60 }])
    }
}

/// A snapshot, and a name for its turn that no other snapshot of this run has.
#[derive(Clone)]
pub struct World {
    pub snapshot: Arc<Snapshot>,
    pub turn: Arc<str>,
    /// Made when the first suggestion is asked for.
    roster: Arc<OnceLock<Roster>>,
    tables: Arc<ogc::Tables>,
}

impl World {
    /// What practices bring to suggestions.
    fn roster(&self, settings: &Settings) -> &Roster {
        self.roster.get_or_init(|| Roster::of(&self.snapshot, &settings.partners, &settings.travel_times))
    }
}

/// Files written at the same time while they leave: each holds a thread as long as its reader takes.
const EXPORTS_MAX: usize = 16;

/// All that outlives a request.
pub struct Service {
    world: ArcSwapOption<World>,
    turns: AtomicU64,
    trouble: ArcSwapOption<Reason>,
    bodies: BodyCache,
    assets: Assets,
    /// What pages link: the city's the viewer, all others a style alone.
    viewers: [assets::Entry; 2],
    /// `None` where the build made no fonts for pictures.
    painter: Option<Painter>,
    page_style: assets::Entry,
    builder: assets::Entry,
    requests: Semaphore,
    /// Files that are written while they leave.
    exports: Arc<Semaphore>,
    /// Files that are made whole first.
    files: whole::WholeFiles,
    page_policy: HeaderValue,
    pub metrics: Metrics,
    pub settings: Settings,
}

impl Service {
    /// - `n_makers`: bodies encoded or compressed at the same time.
    pub fn new(settings: Settings, n_makers: usize) -> Result<App, assets::AssetError> {
        let assets = Assets::load()?;
        let [mn, en] = pages::VIEWER_ENTRIES.map(|name| assets.entry(name));
        let viewers = [mn?, en?];
        let painter = assets::picture_fonts().map(Painter::new).transpose()?;
        let page_style = assets.entry(pages::STYLE_ENTRY)?;
        let builder = assets.entry(pages::embed::BUILDER_ENTRY)?;
        Ok(Arc::new(Self {
            painter,
            world: ArcSwapOption::empty(),
            turns: AtomicU64::new(0),
            trouble: ArcSwapOption::empty(),
            bodies: BodyCache::new(settings.limits.cache_bytes, settings.limits.tile_bytes, n_makers),
            assets,
            viewers,
            page_style,
            builder,
            requests: Semaphore::new(settings.limits.requests),
            exports: Arc::new(Semaphore::new(EXPORTS_MAX)),
            files: whole::WholeFiles::default(),
            page_policy: security::page_policy(&settings.embed_hosts),
            metrics: Metrics::default(),
            settings,
        }))
    }

    /// With the words of one language.
    const fn viewer(&self, lang: Lang) -> &assets::Entry {
        let [mn, en] = &self.viewers;
        match lang {
            Lang::Mn => mn,
            Lang::En => en,
        }
    }

    /// Answers from `snapshot` from now on; requests under way keep theirs.
    pub fn publish(&self, snapshot: Arc<Snapshot>, took: Duration) {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed).to_string().into();
        self.metrics.published(snapshot.revision.seq, took);
        let tables = Arc::new(ogc::Tables::of(&snapshot));
        self.world.store(Some(Arc::new(World { snapshot, turn, roster: Arc::default(), tables })));
        self.trouble.store(None);
    }

    /// Keeps what is served and says why it is not the newest.
    pub fn degrade(&self, reason: Reason) {
        self.metrics.reload_failed();
        self.trouble.store(Some(Arc::new(reason)));
    }

    /// What is served is the newest again.
    pub fn recovered(&self) {
        self.trouble.store(None);
    }

    /// The snapshot that is served, `None` before the first.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.world.load().as_ref().map(|world| world.snapshot.clone())
    }

    /// Who draws PNGs. Errors: a fault of the build.
    fn painter(&self) -> Result<&Painter, Error> {
        let missing = "web/dist holds no fonts for pictures: run `make web`, then build again";
        self.painter.as_ref().ok_or_else(|| Error::internal(missing))
    }

    /// The world for one request. Errors: `Starting` before the first load.
    fn world(&self) -> Result<Arc<World>, Error> {
        self.world.load_full().ok_or(Error::Starting)
    }
}

/// What everybody may ask.
pub fn router(app: App) -> Router {
    passed(public_routes(), app, Audience::Public)
}

/// What the office may ask besides: the second listener. No other site may read it.
pub fn internal_router(app: App) -> Router {
    passed(public_routes().route("/metrics", read(health::metrics)), app, Audience::Internal)
}

fn passed(routes: Router<App>, app: App, audience: Audience) -> Router {
    let around = move |State(passage), request, next| around::pass(passage, request, next);
    routes
        .fallback(no_such_path)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state((app.clone(), audience), around))
        .with_state(app)
}

fn public_routes() -> Router<App> {
    page_routes()
        .merge(ogc::routes())
        .route("/", read(pages::get_root))
        .route("/mn", read(pages::get_unslashed))
        .route("/en", read(pages::get_unslashed))
        .route("/mn/", read(pages::get_city))
        .route("/en/", read(pages::get_city))
        .route("/embed", read(pages::embed::get_embed))
        .route("/embed.js", read(pages::embed::get_script))
        .route("/favicon.ico", read(pages::get_favicon))
        .route("/icon.svg", read(pages::get_icon))
        .route("/robots.txt", read(pages::get_robots))
        .route("/sitemap.xml", read(pages::get_sitemap))
        .route("/tiles", read(tiles::list))
        .route("/tiles/{file}", read(tiles::get_tilejson))
        .route("/tiles/{tileset}/{z}/{x}/{file}", read(tiles::get_tile))
        .route("/styles/context.json", read(maps::get_context_style))
        .route("/styles/{file}", read(maps::get_style))
        .route("/legends/{file}", read(maps::get_legend))
        .route("/maps/{file}", read(pictures::get_picture))
        .route("/exports/{file}", read(exports::get_export))
        .route("/id/khoroos/{id}", read(ids::get_khoroo))
        .route("/id/districts/{id}", read(ids::get_district))
        .route("/api/v1/catalog.jsonld", read(ogc::metadata::get_catalog))
        .route("/api/v1/values/{file}", read(maps::get_values))
        .route("/api/v1/cells", read(maps::get_cells))
        .route("/api/v1/districts", read(units::list_districts))
        .route("/api/v1/districts/{code}", read(units::get_district))
        .route("/api/v1/khoroos", read(units::list_khoroos))
        .route("/api/v1/khoroos/{code}", read(units::get_khoroo))
        .route("/api/v1/khoroos/{code}/neighbours", read(neighbours::get_neighbours))
        .route("/api/v1/khoroos/{code}/partners", read(partners::get_partners))
        .route(
            visit_plans::PATH,
            get(visit_plans::get_visit_plan)
                .post(visit_plans::post_visit_plan)
                .options(guard::options_of_plans),
        )
        .route("/api/v1/day-routes", read(day_routes::get_day_route))
        .route("/api/v1/spread", read(spread::get_spread))
        .route("/api/v1/weights.gal", read(spread::files::get_gal))
        .route("/api/v1/weights.gwt", read(spread::files::get_gwt))
        .route("/api/v1/flows", read(spread::files::get_flows))
        .route("/api/v1/khoroos-at", read(units::get_khoroo_at))
        .route("/api/v1/vintages", read(records::list_vintages))
        .route("/api/v1/cycles", read(records::list_cycles))
        .route("/api/v1/themes", read(codes::list_themes))
        .route("/api/v1/steps", read(codes::list_steps))
        .route("/api/v1/settings", read(codes::list_settings))
        .route("/api/v1/funding-sources", read(codes::list_funding_sources))
        .route("/api/v1/ratings", read(codes::list_ratings))
        .route("/api/v1/replication-statuses", read(codes::list_replication_statuses))
        .route("/api/v1/practices", read(practices::list_practices))
        .route("/api/v1/practices/{id}", read(practices::full::get_practice))
        .route("/api/v1/replications", read(replications::list_replications))
        .route("/api/v1/workshops", read(workshops::list_workshops))
        .route("/api/v1/trainings", read(trainings::list_trainings))
        .route("/api/v1/khoroo-facts", read(khoroo_facts::list_khoroo_facts))
        .route("/api/v1/search", read(search::search))
        .route("/api/v1/tracker", read(tracker::get_tracker))
        .route("/api/v1/tracker/records", read(tracker::list_records))
        .route("/api/v1/definitions", read(records::list_definitions))
        .route("/api/v1/published", read(published::list_published))
        .route("/api/v1/revision", read(records::get_revision))
        .route("/api/openapi.json", read(openapi::get_document))
        .route("/assets/{*path}", read(assets::get_asset))
        .route("/health/live", read(health::live))
        .route("/health/ready", read(health::ready))
}

/// Pages besides the city's, under each language.
fn page_routes() -> Router<App> {
    Lang::ALL.iter().map(|lang| lang.tag()).fold(Router::new(), |routes, lang| {
        routes
            .route(&format!("/{lang}/khoroos/{{code}}"), read(pages::get_khoroo))
            .route(&format!("/{lang}/districts/{{code}}"), read(pages::get_district))
            .route(&format!("/{lang}/practices"), read(pages::list_practices))
            .route(&format!("/{lang}/practices/{{id}}"), read(pages::get_practice))
            .route(&format!("/{lang}/tracker"), read(pages::get_tracker))
            .route(&format!("/{lang}/tracker/records"), read(pages::get_records))
            .route(&format!("/{lang}/visits"), read(pages::get_visits))
            .route(&format!("/{lang}/visits/day"), read(pages::get_day))
            .route(&format!("/{lang}/visits/month"), read(pages::get_month))
            .route(&format!("/{lang}/about"), read(pages::get_about))
            .route(&format!("/{lang}/embed"), read(pages::embed::get_builder))
    })
}

/// A path that is only read: GET, HEAD (by axum, from GET) and OPTIONS.
fn read<H, T>(handler: H) -> MethodRouter<App>
where
    H: Handler<T, App>,
    T: 'static,
{
    get(handler).options(guard::options)
}

async fn no_such_path(request: Request) -> Error {
    Error::NoSuchPath { path: params::shortened(request.uri().path()) }
}

async fn method_not_allowed(request: Request) -> Error {
    Error::MethodNotAllowed { method: params::shortened(request.method().as_str()) }
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands over the box")]
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    Error::internal(format!("panic: {text}")).into_response()
}
