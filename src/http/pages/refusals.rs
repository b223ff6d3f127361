//! Errors as pages, for browsers that ask for pages; programs get them as everywhere else.
//!
//! Those of the OGC API have a page of their own ([`ogc::refusal`]).

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{HTML, site};
use crate::http::answer::{Freshness, preferred_language};
use crate::http::error::{Error, Refused};
use crate::http::guard::{RETRY_AFTER_S, query_bytes_max};
use crate::http::params::shortened;
use crate::http::proxy::Base;
use crate::http::{App, ogc, select};
use crate::model::Lang;
use crate::pages::{self, Refusal};

/// Who asked for an address of pages, kept until it is known whether there is one.
pub struct Reader {
    path: String,
    query: String,
    base: Base,
    wants_page: bool,
    /// Of a request to the OGC API.
    headers: Option<HeaderMap>,
}

impl Reader {
    /// `None` for the addresses of programs.
    pub fn of(request: &Request) -> Option<Self> {
        let path = request.uri().path();
        let is_of_ogc = ogc::refusal::is_ours(path);
        let base = request.extensions().get::<Base>().filter(|_| is_of_ogc || is_of_pages(path))?;
        let (query, headers) = (request.uri().query().unwrap_or_default(), request.headers());
        Some(Self {
            path: path.to_owned(),
            query: query.to_owned(),
            base: base.clone(),
            wants_page: if is_of_ogc {
                ogc::refusal::wants_page(query, headers)
            } else {
                wants_page(headers)
            },
            headers: is_of_ogc.then(|| headers.clone()),
        })
    }
}

/// An error under an address of pages becomes a page where a browser asked.
pub async fn show(app: &App, reader: Option<Reader>, mut response: Response) -> Response {
    let Some(reader) = reader else { return response };
    let Some(refused) = response.extensions_mut().remove::<Refused>() else { return response };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    if !reader.wants_page {
        return response;
    }
    match &reader.headers {
        Some(headers) => show_of_ogc(app, &reader, headers, refused, response).await,
        None => show_of_pages(app, &reader, &refused, response),
    }
}

fn show_of_pages(app: &App, reader: &Reader, refused: &Refused, response: Response) -> Response {
    let Reader { path, query, base, .. } = reader;
    let lang = Refusal::lang_of(path);
    if refused.code == Error::Starting.code() {
        return still_starting(lang);
    }
    let mut asked = form_urlencoded::parse(query.as_bytes());
    let given =
        asked.find(|(name, value)| Some(&**name) == refused.parameter.as_deref() && !value.trim().is_empty());
    let given = given.map(|(_, value)| shortened(&value));
    let refusal = Refusal {
        status: refused.status.as_u16(),
        query_bytes_max: query_bytes_max(path),
        path,
        parameter: refused.parameter.as_deref(),
        given: given.as_deref(),
        allowed: &refused.allowed,
    };
    let page = pages::refusal(&site(app, base, lang, select::today()), app.snapshot().as_deref(), refusal);
    as_page(response, page.into(), lang)
}

/// A form knows the fields of its collection, which may have to be opened first.
async fn show_of_ogc(
    app: &App,
    reader: &Reader,
    headers: &HeaderMap,
    refused: Refused,
    response: Response,
) -> Response {
    let Reader { path, query, base, .. } = reader;
    let lang = preferred_language(headers);
    if refused.code == Error::Starting.code() {
        return still_starting(lang);
    }
    let is_readable = query.len() <= query_bytes_max(path);
    // Of what is too long to be read, the language.
    let language = || query.split('&').find(|part| part.starts_with("lang=")).unwrap_or_default();
    let read = if is_readable { query } else { language() };
    let Some(asked) = ogc::Asked::refused(app, base.clone(), headers.clone(), path, read) else {
        return response;
    };
    let came = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
    let lang = asked.lang;
    match tokio::task::spawn_blocking(move || ogc::refusal::page(&asked, &refused, &came)).await {
        Ok(page) => as_page(response, page, lang),
        Err(error) => {
            tracing::error!(%error, "an error could not be shown as a page");
            response
        }
    }
}

fn as_page(mut response: Response, page: Vec<u8>, lang: Lang) -> Response {
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    *response.body_mut() = page.into();
    response
}

/// A page that comes again by itself, for the seconds before the first load.
pub fn still_starting(lang: Lang) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(HTML)),
        (header::CACHE_CONTROL, HeaderValue::from_static(Freshness::NoStore.header())),
        (header::RETRY_AFTER, RETRY_AFTER_S.into()),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, pages::starting(lang, RETRY_AFTER_S)).into_response()
}

fn is_of_pages(path: &str) -> bool {
    Lang::ALL.iter().any(|lang| {
        let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(lang.tag()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Browsers name HTML; programs name JSON, or take whatever comes.
fn wants_page(headers: &HeaderMap) -> bool {
    let asked = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    asked.flat_map(|line| line.split(',')).any(|kind| {
        let mut parts = kind.split(';').map(str::trim);
        let is_html = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"));
        is_html && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_from_programs_by_what_they_accept() {
        for (accept, expected) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("Text/HTML; q=0.5", true),
            ("*/*", false),
            ("application/json", false),
            ("text/html;q=0, application/json", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().expect("a header"));
            assert_eq!(wants_page(&headers), expected, "{accept}");
        }
        assert!(!wants_page(&HeaderMap::new()));
    }

    #[test]
    fn addresses_of_pages_begin_with_a_language() {
        for (path, expected) in
            [("/mn", true), ("/en/x", true), ("/mnx", false), ("/", false), ("/api/v1/mn", false)]
        {
            assert_eq!(is_of_pages(path), expected, "{path}");
        }
    }
}
