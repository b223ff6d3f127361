//! Pages for people, in two languages: what is asked for is found here, what is shown is made by
//! [`crate::pages`].
//!
//! Unknown parameters are ignored, as websites add their own, and so are empty ones, which forms send for
//! what was not chosen. What a browser cannot be shown comes to it as a page too, see [`refusals`].
//!
//! Owns: addresses of pages, redirects between languages, robots and sitemap.

mod city;
pub mod embed;
mod icon;
mod learning;
mod month;
mod places;
pub mod refusals;
mod visits;

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use jiff::civil::Date;

use super::answer::{Answer, Freshness, finish, preferred_language};
use super::body::Body;
use super::cache::Key;
use super::coding::Coding;
use super::error::Error;
use super::proxy::Base;
use super::{App, World, select};
use crate::model::Lang;
use crate::pages::{self, Site};
use crate::snapshot::Snapshot;

pub use city::get_city;
pub use icon::{get_favicon, get_icon};
pub use learning::{get_about, get_practice, get_records, get_tracker, list_practices};
pub use month::get_month;
pub use places::{get_district, get_khoroo};
pub use visits::{get_day, get_visits};

/// Entries in Vite's manifest: the viewer in Mongolian and in English, and the style of all other pages.
pub const VIEWER_ENTRIES: [&str; 2] = ["src/main.mn.ts", "src/main.en.ts"];
pub const STYLE_ENTRY: &str = "src/pages.css";

pub(super) const HTML: &str = "text/html; charset=utf-8";

/// `GET /`: the page in the visitor's language.
pub async fn get_root(Extension(base): Extension<Base>, headers: HeaderMap, uri: Uri) -> Response {
    let lang = preferred_language(&headers);
    let mut response = redirect(StatusCode::FOUND, &base, lang, "", &uri);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

/// `GET /mn`: to the same with its slash, so that relative addresses mean the same in both.
pub async fn get_unslashed(Extension(base): Extension<Base>, uri: Uri) -> Response {
    redirect(StatusCode::PERMANENT_REDIRECT, &base, lang_of(&uri), "", &uri)
}

/// `GET /robots.txt`: pages may be indexed; tiles, lists of records and routes are without end.
pub async fn get_robots(Extension(base): Extension<Base>) -> Response {
    let sitemap = base.absolute().map(|address| format!("Sitemap: {address}/sitemap.xml\n"));
    let text = format!(
        "User-agent: *\nDisallow: /tiles/\nDisallow: /api/\nDisallow: /ogc/\nDisallow: /mn/tracker/records\n\
         Disallow: /en/tracker/records\nDisallow: /mn/visits/day?\nDisallow: /en/visits/day?\n\
         Disallow: /mn/visits/month?\nDisallow: /en/visits/month?\n{}",
        sitemap.unwrap_or_default()
    );
    let kept = HeaderValue::from_static(Freshness::Current.header());
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], text).into_response()
}

/// `GET /sitemap.xml`: every page that search engines keep.
pub async fn get_sitemap(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let address = base.absolute()?;
    let today = select::today();
    let key = Key { content: world.turn.clone(), answer: format!("sitemap {address} {today}") };
    let maker = app.clone();
    let make = move || {
        let list = pages::sitemap(&site(&maker, &base, Lang::Mn, today), &world.snapshot);
        Ok(list.into_bytes())
    };
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, "application/xml; charset=utf-8")).await
}

/// The routes say which languages there are.
fn lang_of(uri: &Uri) -> Lang {
    pages::Refusal::lang_of(uri.path())
}

/// To a page of the same query: `path` below `/mn/`, of characters that addresses hold.
fn redirect(status: StatusCode, base: &Base, lang: Lang, path: &str, uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let place = format!("{}/{}/{path}{query}", base.prefix, lang.tag());
    let kept = HeaderValue::from_static(Freshness::Revalidate.header());
    match HeaderValue::from_str(&place) {
        Ok(place) => (status, [(header::LOCATION, place), (header::CACHE_CONTROL, kept)]).into_response(),
        Err(error) => Error::internal(error).into_response(),
    }
}

/// Where the pages of a request stand.
pub(super) fn site<'a>(app: &'a App, base: &'a Base, lang: Lang, today: Date) -> Site<'a> {
    Site {
        lang,
        prefix: &base.prefix,
        origin: base.origin(),
        styles: &app.page_style.styles,
        contact: app.settings.contact.as_deref(),
        licence: app.settings.licence.as_deref(),
        today,
    }
}

/// A request for a page: who is asked, under which address, in which language.
#[derive(Clone)]
pub struct Asked {
    app: App,
    base: Base,
    headers: HeaderMap,
    uri: Uri,
    lang: Lang,
    /// Parameters that are not empty; of repeated ones the first counts.
    parameters: Vec<(String, String)>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Extension(base) = Extension::from_request_parts(parts, app).await.map_err(Error::internal)?;
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let given = form_urlencoded::parse(query).filter(|(_, value)| !value.trim().is_empty());
        let parameters = given.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Ok(Self {
            app: app.clone(),
            base,
            headers: parts.headers.clone(),
            uri: parts.uri.clone(),
            lang: lang_of(&parts.uri),
            parameters,
        })
    }
}

impl Asked {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of a map; `vintage=current` is the vintage valid today, as for programs.
    fn of_map<'a>(&'a self, snapshot: &'a Snapshot, name: &str) -> Option<&'a str> {
        let given = self.parameter(name)?;
        let current = || snapshot.current(select::today()).map(|view| view.vintage.id.as_str());
        let is_current = name == "vintage" && given == "current";
        Some(if is_current { current().unwrap_or(given) } else { given })
    }

    /// `lang=`, on pages that do not have it in their path.
    fn language(&self) -> Option<Lang> {
        let given = self.parameter("lang");
        Lang::ALL.into_iter().find(|lang| given == Some(lang.tag()))
    }

    /// From 1; what is no number is the first.
    fn page(&self) -> usize {
        self.parameter("page").and_then(|page| page.parse().ok()).unwrap_or(1)
    }

    /// To the one address that a page has, with the same query.
    fn moved(&self, path: &str) -> Response {
        redirect(StatusCode::PERMANENT_REDIRECT, &self.base, self.lang, path, &self.uri)
    }

    /// To another page, for this once.
    fn led(&self, path: &str) -> Response {
        redirect(StatusCode::FOUND, &self.base, self.lang, path, &Uri::default())
    }

    /// The page that `make` makes of the world, made once for `answer`.
    async fn show<F>(self, world: Arc<World>, answer: String, make: F) -> Result<Response, Error>
    where
        F: FnOnce(&Site<'_>, &World) -> Result<String, Error> + Send + 'static,
    {
        self.told(world, answer, make, false).await
    }

    /// As [`Asked::show`], for pages that take long: they wait for their turn with all other slow answers.
    async fn show_slowly<F>(self, world: Arc<World>, answer: String, make: F) -> Result<Response, Error>
    where
        F: FnOnce(&Site<'_>, &World) -> Result<String, Error> + Send + 'static,
    {
        self.told(world, answer, make, true).await
    }

    /// The same page with remarks on this one address: neither it nor its compressed form is kept, so whoever
    /// makes up addresses takes no room from pages that others read.
    async fn show_remarked<F, R>(
        self,
        world: Arc<World>,
        answer: String,
        make: F,
        remark: R,
    ) -> Result<Response, Error>
    where
        F: FnOnce(&Site<'_>, &World) -> Result<String, Error> + Send + 'static,
        R: FnOnce(&str, &Site<'_>, &Snapshot) -> String,
    {
        let body = self.made(world.clone(), answer, make, false).await?;
        let page = std::str::from_utf8(&body.bytes).map_err(Error::internal)?;
        let page = remark(page, &site(&self.app, &self.base, self.lang, select::today()), &world.snapshot);
        let body = Body::new(page.into_bytes());
        let answer = Answer::new(body.clone(), HTML).kept(Freshness::Revalidate);
        Ok(in_language(finish(&self.headers, &answer, body, Coding::Identity), self.lang))
    }

    async fn told<F>(
        self,
        world: Arc<World>,
        answer: String,
        make: F,
        is_slow: bool,
    ) -> Result<Response, Error>
    where
        F: FnOnce(&Site<'_>, &World) -> Result<String, Error> + Send + 'static,
    {
        let body = self.made(world, answer, make, is_slow).await?;
        let answer = Answer::new(body, HTML).kept(Freshness::Revalidate);
        let response = self.app.respond(&self.headers, answer).await?;
        Ok(in_language(response, self.lang))
    }

    async fn made<F>(&self, world: Arc<World>, answer: String, make: F, is_slow: bool) -> Result<Body, Error>
    where
        F: FnOnce(&Site<'_>, &World) -> Result<String, Error> + Send + 'static,
    {
        let (app, base, lang) = (self.app.clone(), self.base.clone(), self.lang);
        let address = base.absolute().unwrap_or_else(|_| base.prefix.clone());
        // Which boundaries are in force changes with the day.
        let today = select::today();
        let answer = format!("page {} {address} {today} {answer}", lang.tag());
        let key = Key { content: world.turn.clone(), answer };
        let make = move || make(&site(&app, &base, lang, today), &world).map(String::into_bytes);
        if is_slow { self.app.made_slowly(key, make).await } else { self.app.made(key, make).await }
    }
}

fn in_language(mut response: Response, lang: Lang) -> Response {
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    response
}
