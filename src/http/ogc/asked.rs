//! A request under `/ogc`: in which form and language, with which parameters, and the way to an answer.
//!
//! Every document has a JSON form and an HTML form, lists of features have CSV too; `f` chooses, else `Accept`. What
//! none of them is gets 406.
//!
//! Owns: negotiation, addresses of links, what names an answer. Leaves to others: what stands in it.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Serialize;

use super::link::Link;
use super::{CSV, HTML, PATH, pick};
use crate::http::answer::{self, Answer};
use crate::http::cache::Key;
use crate::http::error::Error;
use crate::http::pages::{self, HTML as HTML_UTF8};
use crate::http::params::{one_of, shortened};
use crate::http::proxy::Base;
use crate::http::{App, World, select};
use crate::model::Lang;
use crate::pages::ogc::Sheet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    Html,
    /// Of lists of features alone.
    Csv,
}

/// What the JSON form of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Json,
    GeoJson,
    /// Features as GeoJSON, or as CSV.
    Features,
    Schema,
    OpenApi,
}

const CSV_UTF8: &str = "text/csv; charset=utf-8";

impl Media {
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Json => answer::JSON,
            Self::GeoJson | Self::Features => "application/geo+json",
            Self::Schema => "application/schema+json",
            Self::OpenApi => "application/vnd.oai.openapi+json;version=3.0",
        }
    }

    pub const fn kind_of(self, form: Form) -> &'static str {
        match form {
            Form::Json => self.kind(),
            Form::Html => HTML,
            Form::Csv => CSV,
        }
    }

    const fn forms(self) -> &'static [Form] {
        match self {
            Self::Features => &[Form::Json, Form::Html, Form::Csv],
            _ => &[Form::Json, Form::Html],
        }
    }
}

impl Form {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }
}

#[derive(Clone)]
pub struct Asked {
    pub app: App,
    pub world: Arc<World>,
    base: Base,
    /// Of the service, with scheme, host and prefix.
    pub address: String,
    headers: HeaderMap,
    /// Below the service, beginning with `/ogc`.
    pub path: String,
    pairs: Vec<(String, String)>,
    pub lang: Lang,
    negotiated: Option<Lang>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Extension(base): Extension<Base> =
            Extension::from_request_parts(parts, app).await.map_err(Error::internal)?;
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query).into_owned().collect();
        let mut seen = HashSet::with_capacity(pairs.len());
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !seen.insert(name.as_str())) {
            return Err(Error::RepeatedParameter { name: shortened(name) });
        }
        let lang = pairs.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.as_str());
        let (lang, negotiated) = answer::language(&parts.headers, lang)?;
        Ok(Self {
            app: app.clone(),
            world: app.world()?,
            address: base.absolute()?,
            base,
            headers: parts.headers.clone(),
            path: parts.uri.path().trim_end_matches('/').to_owned(),
            pairs,
            lang,
            negotiated,
        })
    }
}

impl Asked {
    /// A request that was refused, as far as it can be understood; `None` before the first load.
    pub fn refused(app: &App, base: Base, headers: HeaderMap, path: &str, query: &str) -> Option<Self> {
        let mut seen = HashSet::new();
        let mut pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        pairs.retain(|(name, _)| seen.insert(name.clone()));
        let lang = pairs.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.as_str());
        let told = answer::language(&headers, lang);
        let is_language = told.is_ok();
        let (lang, negotiated) = told.or_else(|_| answer::language(&headers, None)).ok()?;
        // What is no language would be refused again wherever a link leads.
        pairs.retain(|(name, _)| is_language || name != "lang");
        let (app, address) = (app.clone(), base.absolute().ok()?);
        let (world, path) = (app.world().ok()?, path.trim_end_matches('/').to_owned());
        Some(Self { app, world, base, address, headers, path, pairs, lang, negotiated })
    }

    /// Names and values, in the order of the request.
    pub fn given(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Parameters that `is_known` does not know are refused with the list of those there are.
    pub fn know<'a>(&self, names: impl Iterator<Item = &'a str> + Clone) -> Result<(), Error> {
        match self.pairs.iter().find(|(given, _)| !names.clone().any(|name| name == given)) {
            None => Ok(()),
            Some((name, _)) => Err(Error::UnknownParameter {
                name: shortened(name),
                allowed: names.map(str::to_owned).collect(),
            }),
        }
    }

    pub const fn pick<'a>(&self, mn: &'a str, en: &'a str) -> &'a str {
        pick(self.lang, mn, en)
    }

    /// `path` below `/ogc`, in whichever form and language.
    pub fn uri(&self, path: &str) -> String {
        format!("{}{PATH}{path}", self.address)
    }

    /// `path` below `/ogc` on whichever host it was asked: a page may be read at another than the service names, and
    /// browsers send forms to their own only.
    pub fn place(&self, path: &str) -> String {
        format!("{}{PATH}{path}", self.base.prefix)
    }

    /// `path` below `/ogc`, in the language that was asked for by name.
    pub fn to(&self, path: &str, form: Form) -> String {
        let lang = self.parameter("lang").map(|lang| format!("&lang={lang}")).unwrap_or_default();
        format!("{}?f={}{lang}", self.uri(path), form.word())
    }

    /// The same in the form that `Accept` asks for.
    pub fn plainly_to(&self, path: &str) -> String {
        let lang = self.parameter("lang").map(|lang| format!("?lang={lang}")).unwrap_or_default();
        format!("{}{lang}", self.uri(path))
    }

    /// This document with some parameters in place of those it has.
    pub fn here(&self, form: Form, other: &[(&str, &str)]) -> String {
        let replaced: Vec<&str> = other.iter().map(|(name, _)| *name).collect();
        format!("{}{}", self.address, self.below(form, &replaced, other))
    }

    /// This document without some parameters, on whichever host it was asked.
    pub fn here_without(&self, form: Form, names: &[&str]) -> String {
        format!("{}{}", self.base.prefix, self.below(form, names, &[]))
    }

    /// Path and query of this document below the service.
    fn below(&self, form: Form, left_out: &[&str], other: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| name != "f" && !left_out.contains(&name.as_str()));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept).extend_pairs(other).append_pair("f", form.word());
        format!("{}?{}", self.path, query.finish())
    }

    /// To this document, then to its other forms.
    pub fn forms(&self, form: Form, media: Media) -> Vec<Link> {
        let link = |of: Form| {
            let (rel, mn, en) =
                if of == form { ("self", "Энэ баримт", "This document") } else { other_form(of) };
            Link::new(self.here(of, &[]), rel, media.kind_of(of), self.pick(mn, en)).in_language(self.lang)
        };
        let others = media.forms().iter().copied().filter(|&other| other != form);
        std::iter::once(form).chain(others).map(link).collect()
    }

    /// Answers in the form that is asked for, made once for all who ask the same.
    pub async fn answer<F>(self, media: Media, make: F) -> Result<Response, Error>
    where
        F: FnOnce(&Self, Form) -> Result<Vec<u8>, Error> + Send + 'static,
    {
        let (form, is_negotiated) = self.form(media)?;
        self.answer_as(form, media, is_negotiated, make).await
    }

    pub async fn answer_as<F>(
        self,
        form: Form,
        media: Media,
        is_negotiated: bool,
        make: F,
    ) -> Result<Response, Error>
    where
        F: FnOnce(&Self, Form) -> Result<Vec<u8>, Error> + Send + 'static,
    {
        let (app, headers, negotiated) = (self.app.clone(), self.headers.clone(), self.negotiated);
        let answer = self.named(&format!("{form:?}"));
        let key = Key { content: self.world.turn.clone(), answer };
        let body = app.made(key, move || make(&self, form)).await?;
        let kind = match form {
            Form::Json => media.kind(),
            Form::Html => HTML_UTF8,
            Form::Csv => CSV_UTF8,
        };
        let mut response = app.respond(&headers, Answer::new(body, kind).in_language(negotiated)).await?;
        if is_negotiated {
            response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
        }
        Ok(response)
    }

    /// What a part of the answer to this is called; `what` tells it from the others.
    pub fn named(&self, what: &str) -> String {
        format!("ogc {what} {:?} {} {} {:?}", self.lang, self.address, self.path, self.pairs)
    }

    /// As bytes of a page.
    pub fn page(&self, sheet: Sheet) -> Vec<u8> {
        let today = select::today();
        let site = pages::site(&self.app, &self.base, self.lang, today);
        crate::pages::ogc::sheet(&site, &self.world.snapshot, sheet).into_bytes()
    }

    /// The form, and whether `Accept` had a say.
    pub fn form(&self, media: Media) -> Result<(Form, bool), Error> {
        let words: &[(&str, Form)] = match media {
            Media::GeoJson => &[("json", Form::Json), ("geojson", Form::Json), ("html", Form::Html)],
            Media::Features => {
                &[("json", Form::Json), ("geojson", Form::Json), ("csv", Form::Csv), ("html", Form::Html)]
            }
            _ => &[("json", Form::Json), ("html", Form::Html)],
        };
        if let Some(asked) = self.parameter("f") {
            return Ok((one_of("f", Some(asked), Form::Json, words)?, false));
        }
        Ok((form_of(&self.headers, media)?, true))
    }
}

/// The form that `Accept` likes best.
pub fn form_of(headers: &HeaderMap, media: Media) -> Result<Form, Error> {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let accept = lines.collect::<Vec<_>>().join(",");
    negotiated(&accept, media).ok_or_else(|| Error::NotAcceptableForm {
        asked: shortened(&accept),
        allowed: media.forms().iter().map(|&form| media.kind_of(form).to_owned()).collect(),
    })
}

pub fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(Error::internal)
}

const fn other_form(of: Form) -> (&'static str, &'static str, &'static str) {
    match of {
        Form::Json => ("alternate", "Энэ баримт JSON-оор", "This document as JSON"),
        Form::Csv => ("alternate", "Энэ баримт CSV-ээр", "This document as CSV"),
        Form::Html => ("alternate", "Энэ баримт HTML-ээр", "This document as HTML"),
    }
}

/// The best liked form; JSON where several are liked the same, HTML and CSV where they alone are named.
fn negotiated(accept: &str, media: Media) -> Option<Form> {
    if accept.trim().is_empty() {
        return Some(Form::Json);
    }
    let liked = |kinds: &[&str]| {
        let mut best = (0, 0.0);
        for item in accept.split(',') {
            let mut parts = item.split(';').map(str::trim);
            let range = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| {
                q.trim().parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q)).unwrap_or(0.0)
            });
            let fits = |kind: &&str| *kind == range;
            let of_group = |kind: &&str| range.strip_suffix('*').is_some_and(|group| kind.starts_with(group));
            let rank = if kinds.iter().any(fits) {
                3
            } else if range != "*/*" && kinds.iter().any(of_group) {
                2
            } else {
                i32::from(range == "*/*")
            };
            if rank > best.0 || (rank > 0 && rank == best.0 && weight > best.1) {
                best = (rank, weight);
            }
        }
        (best.1, best.0)
    };
    let own = media.kind().split(';').next().unwrap_or_default();
    let kinds = |form| match form {
        Form::Json => liked(&[own, answer::JSON]),
        other => liked(&[media.kind_of(other)]),
    };
    let mut best = (None, (0.0, 0));
    for &form in media.forms() {
        let liking = kinds(form);
        if liking.0 > 0.0 && liking > best.1 {
            best = (Some(form), liking);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_get_json_and_browsers_pages() {
        let check = |accept, media, expected| assert_eq!(negotiated(accept, media), expected, "{accept}");
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        check(browser, Media::GeoJson, Some(Form::Html));
        check("", Media::Json, Some(Form::Json));
        check("*/*", Media::Json, Some(Form::Json));
        check("application/geo+json, application/json;q=0.9", Media::GeoJson, Some(Form::Json));
        check("application/json", Media::GeoJson, Some(Form::Json));
        check("application/vnd.oai.openapi+json;version=3.0", Media::OpenApi, Some(Form::Json));
        check("text/html", Media::OpenApi, Some(Form::Html));
        check("application/schema+json", Media::Schema, Some(Form::Json));
        check("text/html;q=0.4, application/json;q=0.5", Media::Json, Some(Form::Json));
        check("application/*", Media::Json, Some(Form::Json));
        check("text/csv", Media::Features, Some(Form::Csv));
        check("text/csv;q=0.5, application/geo+json;q=0.4", Media::Features, Some(Form::Csv));
        check("text/*", Media::Features, Some(Form::Html));
        check("*/*", Media::Features, Some(Form::Json));
        check(browser, Media::Features, Some(Form::Html));
        check("text/csv", Media::GeoJson, None);
        check("image/png", Media::Json, None);
        check("text/html;q=0, application/json;q=0", Media::Json, None);
    }
}
