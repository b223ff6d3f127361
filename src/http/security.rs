//! Headers that keep a browser from doing with an answer what was not meant.
//!
//! Owns: content security policy and its kin. Invariant: no `unsafe-` word in a policy; pages carry
//! no inline script or style, only a JSON data block, which no browser runs.

use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::App;

/// Policy of whatever is no page: it loads nothing and stands in no frame.
const POLICY_OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// Policy of scripts, which a worker obeys as that of its own file: it fetches tiles and imports its parts from here.
const POLICY_OF_SCRIPTS: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";

const PERMISSIONS: &str =
    "accelerometer=(), camera=(), geolocation=(self), gyroscope=(), microphone=(), payment=(), usb=()";

/// Site that may show the viewer in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedHost(String);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not an origin such as https://ulaanbaatar.mn or https://*.ulaanbaatar.mn")]
pub struct EmbedHostError(String);

impl std::str::FromStr for EmbedHost {
    type Err = EmbedHostError;

    fn from_str(text: &str) -> Result<Self, EmbedHostError> {
        let refused = || EmbedHostError(text.into());
        // The text ends up in a header, where `;` or a space would begin another rule.
        let text = text.to_ascii_lowercase();
        let (scheme, host) = text.split_once("://").ok_or_else(refused)?;
        let (name, port) = parts(host);
        let label =
            |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let is_port = |port: &str| port == "*" || port.parse::<u16>().is_ok_and(|port| port > 0);
        let is_named = name.strip_prefix("*.").unwrap_or(name).split('.').all(label);
        if !matches!(scheme, "http" | "https") || !is_named || !port.is_none_or(is_port) {
            return Err(refused());
        }
        // Origins do not say the port that their scheme has anyway.
        let port = port.filter(|port| *port != usual_port(scheme));
        Ok(Self(format!("{scheme}://{name}{}", port.map_or_else(String::new, |port| format!(":{port}")))))
    }
}

impl EmbedHost {
    /// True if a page of `origin` may show the viewer, as browsers read the same words in a policy: `*.`
    /// stands for any name in front, `:*` for any port, and `http` also for the same host over `https`.
    pub fn allows(&self, origin: &str) -> bool {
        let origin = origin.to_ascii_lowercase();
        let (Some((scheme, host)), Some((own_scheme, own))) =
            (self.0.split_once("://"), origin.split_once("://"))
        else {
            return false;
        };
        let (name, port) = parts(host);
        let (own_name, own_port) = parts(own);
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        };
        let is_named = match name.strip_prefix('*') {
            Some(rest) => own_name.len() > rest.len() && own_name.ends_with(rest),
            None => own_name == name,
        };
        let is_secured = scheme == "http" && own_scheme == "https" && port.is_none() && own_port.is_none();
        let is_same = scheme == own_scheme && (port == Some("*") || port == own_port);
        is_name(own_name) && is_named && (is_same || is_secured)
    }
}

const fn usual_port(scheme: &str) -> &'static str {
    if scheme.len() == "https".len() { "443" } else { "80" }
}

/// Name and port of a host; the port that a scheme has anyway is not written in origins.
fn parts(host: &str) -> (&str, Option<&str>) {
    host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)))
}

impl std::fmt::Display for EmbedHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Policy of pages: everything from here, nothing from elsewhere.
///
/// Forms of pages only ask for other pages. `blob:` and `data:` are pictures that the map library makes in the browser; its worker is a file.
pub const POLICY_OF_PAGES: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    frame-src 'self'; base-uri 'none'; form-action 'self'";

/// With who may show them in a frame.
pub fn page_policy(embed_hosts: &[EmbedHost]) -> HeaderValue {
    let hosts = embed_hosts.iter().map(|host| host.0.as_str());
    let ancestors = std::iter::once("'self'").chain(hosts).collect::<Vec<_>>().join(" ");
    let policy = format!("{POLICY_OF_PAGES}; frame-ancestors {ancestors}");
    policy.parse().expect("embed hosts hold only characters of host names")
}

/// Adds the headers to an answer.
pub fn protect(app: &App, response: &mut Response) {
    // A 304 has no type to tell a policy by, and whatever it carries replaces that of the kept page.
    let is_unchanged = response.status() == StatusCode::NOT_MODIFIED;
    let kind = response.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let (is_page, is_script) = (kind.starts_with(b"text/html"), kind.starts_with(b"text/javascript"));
    let headers = response.headers_mut();
    if is_page {
        headers.insert(CONTENT_SECURITY_POLICY, app.page_policy.clone());
        if app.settings.embed_hosts.is_empty() {
            headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        }
    } else if !is_unchanged {
        let policy = if is_script { POLICY_OF_SCRIPTS } else { POLICY_OF_DATA };
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
    // Tiles, styles and pictures are for everybody's maps.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_spoken_with_where_a_browser_would_frame_it() {
        for (host, origin, expected) in [
            ("https://ub.example", "https://ub.example", true),
            ("https://UB.example", "https://ub.example", true),
            ("https://ub.example", "http://ub.example", false),
            ("https://ub.example", "https://ub.example:8443", false),
            ("https://ub.example:8443", "https://ub.example:8443", true),
            ("https://ub.example:443", "https://ub.example", true),
            ("http://ub.example:80", "http://ub.example", true),
            ("http://ub.example", "https://ub.example", true),
            ("http://ub.example:8080", "https://ub.example", false),
            ("http://127.0.0.1:*", "http://127.0.0.1:4711", true),
            ("https://*.ub.example", "https://a.b.ub.example", true),
            ("https://*.ub.example", "https://ub.example", false),
            ("https://*.ub.example", "https://evilub.example", false),
            ("https://*.ub.example", "https://evil.example/.ub.example", false),
            ("https://ub.example", "null", false),
            ("https://ub.example", "https://", false),
        ] {
            let parsed: EmbedHost = host.parse().expect("an origin");
            assert_eq!(parsed.allows(origin), expected, "{host} {origin}");
        }
    }

    #[test]
    fn an_embedding_site_cannot_smuggle_in_a_rule() {
        for text in [
            "https://a; script-src *",
            "https://a b",
            "a.example",
            "javascript://a",
            "https://",
            "https://*ub.example",
            "https://a*b",
            "https://a:x:y",
            "https://a:0",
            "https://a..b",
            "https://*",
            "https://a/",
        ] {
            assert!(text.parse::<EmbedHost>().is_err(), "{text}");
        }
        let host: EmbedHost = "https://*.ulaanbaatar.mn".parse().expect("an origin");
        let policy = page_policy(&[host]);
        let policy = policy.to_str().expect("ASCII");
        assert!(policy.ends_with("frame-ancestors 'self' https://*.ulaanbaatar.mn"), "{policy}");
        assert!(!policy.contains("unsafe-"), "{policy}");
    }
}
