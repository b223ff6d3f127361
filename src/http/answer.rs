//! From a body to a response: coding, ETag, 304, how long it may be kept.
//!
//! Owns: the caching headers of every successful answer. Leaves to others: making the bodies.
//! Invariant: two responses with one ETag have equal bytes.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Service;
use super::body::Body;
use super::cache::Key;
use super::coding::Coding;
use super::error::Error;
use crate::model::Lang;

pub const JSON: &str = "application/json";

/// How long a copy may be used without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The address names the content.
    Immutable,
    /// Figures: a minute old at most, a little longer while a new copy is fetched.
    Current,
    /// A few seconds, so that a cache in front takes the polling of many.
    Brief,
    /// Always ask whether it is still the same.
    Revalidate,
    /// Not the content that was asked for; keep no copy.
    NoStore,
}

/// A body on its way out.
#[derive(Debug, Clone)]
pub struct Answer {
    pub body: Body,
    pub content_type: &'static str,
    pub freshness: Freshness,
    /// The language it is in, where that was chosen by `Accept-Language`.
    pub negotiated: Option<Lang>,
}

impl Freshness {
    pub const fn header(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Current => "public, max-age=60, stale-while-revalidate=60",
            Self::Brief => "public, max-age=5",
            Self::Revalidate => "public, no-cache",
            Self::NoStore => "no-store",
        }
    }
}

impl Answer {
    pub fn json(value: &impl Serialize) -> Result<Self, Error> {
        let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
        Ok(Self::new(Body::new(bytes), JSON))
    }

    pub fn new(body: Body, content_type: &'static str) -> Self {
        Self { body, content_type, freshness: Freshness::Current, negotiated: None }
    }

    #[must_use]
    pub fn kept(mut self, freshness: Freshness) -> Self {
        self.freshness = freshness;
        self
    }

    #[must_use]
    pub fn in_language(mut self, lang: Option<Lang>) -> Self {
        self.negotiated = lang;
        self
    }
}

impl Service {
    /// The body that `key` names, made now if nobody asked for it before.
    pub async fn made<F>(&self, key: Key, make: F) -> Result<Body, Error>
    where
        F: FnOnce() -> Result<Vec<u8>, Error> + Send + 'static,
    {
        let (body, hit) = self.bodies.plain(key, make).await?;
        self.metrics.plain(hit);
        Ok(body)
    }

    /// As [`Service::made`], for bodies that take long; `Overloaded` where too many are waited for.
    pub async fn made_slowly<F>(&self, key: Key, make: F) -> Result<Body, Error>
    where
        F: FnOnce() -> Result<Vec<u8>, Error> + Send + 'static,
    {
        let (body, hit) = self.bodies.plain_slow(key, make).await?;
        self.metrics.plain(hit);
        Ok(body)
    }

    /// The response to a request with `headers`: in its coding, or 304 if it has that already.
    pub async fn respond(&self, headers: &HeaderMap, answer: Answer) -> Result<Response, Error> {
        let coding = Coding::negotiate(headers)?;
        let (coded, hit) = self.bodies.coded(&answer.body, coding).await?;
        if coding != Coding::Identity {
            self.metrics.coded(hit);
        }
        let coding = if coded.is_some() { coding } else { Coding::Identity };
        let body = coded.unwrap_or_else(|| answer.body.clone());
        Ok(finish(headers, &answer, body, coding))
    }
}

/// Adds the headers that belong to `body` in `coding`, and turns it into a 304 where it is known.
pub fn finish(headers: &HeaderMap, answer: &Answer, body: Body, coding: Coding) -> Response {
    let etag = body.digest.etag(coding);
    let known = headers.get_all(IF_NONE_MATCH).iter().any(|line| names(line, &etag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = body.bytes.into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
        if coding != Coding::Identity {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding.token()));
        }
        response
    };
    let out = response.headers_mut();
    out.insert(ETAG, etag.parse().expect("a quoted hex text is a header"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(answer.freshness.header()));
    out.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(lang) = answer.negotiated {
        out.append(VARY, HeaderValue::from_static("Accept-Language"));
        out.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    }
    response
}

/// 204 for what is known to be empty, kept like a body would be.
pub fn empty(freshness: Freshness) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(freshness.header()));
    response
}

/// The language of an answer: the parameter, else the best of `Accept-Language`, else Mongolian.
///
/// The second value is set where the header had a say, so that caches keep the languages apart.
pub fn language(headers: &HeaderMap, parameter: Option<&str>) -> Result<(Lang, Option<Lang>), Error> {
    if parameter.is_some() {
        let words = Lang::ALL.map(|lang| (lang.tag(), lang));
        let lang = super::params::one_of("lang", parameter, Lang::Mn, &words)?;
        return Ok((lang, None));
    }
    let lang = preferred_language(headers);
    Ok((lang, Some(lang)))
}

/// The best liked language of `Accept-Language` that there is; Mongolian where it names none.
pub fn preferred_language(headers: &HeaderMap) -> Lang {
    let asked = headers.get("accept-language").and_then(|h| h.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Lang::Mn);
    for item in asked.split(',') {
        let mut parts = item.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts
            .find_map(|p| p.trim().strip_prefix("q=").map(|q| q.trim().parse::<f32>().unwrap_or(0.0)))
            .unwrap_or(1.0);
        let primary = tag.split('-').next().unwrap_or_default();
        let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == primary);
        if let Some(lang) = lang.filter(|_| weight > best.0 && weight <= 1.0) {
            best = (weight, lang);
        }
    }
    best.1
}

/// True if `If-None-Match` holds `etag`; weak tags count as well, as RFC 9110 §13.1.2 has it.
fn names(line: &HeaderValue, etag: &str) -> bool {
    let Ok(line) = line.to_str() else { return false };
    line.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_best_liked_one_that_there_is() {
        for (asked, expected) in [
            ("", Lang::Mn),
            ("en-GB,en;q=0.9", Lang::En),
            ("de, fr;q=0.9", Lang::Mn),
            ("de, en;q=0.5, mn;q=0.4", Lang::En),
            ("mn-Cyrl-MN, en;q=0.9", Lang::Mn),
            ("en;q=0", Lang::Mn),
            ("en;q=nan", Lang::Mn),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("accept-language", asked.parse().expect("a header"));
            assert_eq!(preferred_language(&headers), expected, "{asked}");
        }
    }

    #[test]
    fn a_known_tag_is_found_in_a_list() {
        let check = |line: &'static str, expected| {
            assert_eq!(names(&HeaderValue::from_static(line), "\"ab\""), expected, "{line}");
        };
        check("\"ab\"", true);
        check("\"x\", W/\"ab\"", true);
        check("*", true);
        check("ab", false);
        check("\"ab-gzip\"", false);
    }
}
