//! Where a request comes from and under which address people reach the service.
//!
//! A configured public address wins. Otherwise the headers of a proxy count, but only if the
//! connection comes from a proxy that is trusted, and only the family that it writes, `X-Forwarded-*`
//! or `Forwarded` (RFC 7239): anybody can send either, and a proxy passes on what it does not know.
//! Otherwise the `Host` of the request counts.
//!
//! Owns: the client's address, the base of absolute addresses. Leaves to others: using them.
//!
//! Design: lists are read from the right, because the left is what a stranger sent. The last entry
//! is the trusted proxy's own if it sets or extends the header. So a proxy must overwrite
//! `X-Forwarded-Host`, `X-Forwarded-Proto` and `X-Forwarded-Prefix`, or remove those it has no value
//! for, and extend or overwrite `X-Forwarded-For`; one that writes `Forwarded` must extend or
//! overwrite that.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::{HeaderMap, Uri, header};
use ipnet::IpNet;

use super::Settings;
use super::error::Error;

/// The other end of the connection, put into each request by the listener.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Under which address this request's sender reaches the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// `https://host[:port]`; `None` when the request names no valid host.
    origin: Option<String>,
    /// Path prefix without a slash at its end: empty, or `/hlp`.
    pub prefix: String,
    /// Who asks, behind all trusted proxies.
    pub client: Option<IpAddr>,
    /// True if the connection comes from a trusted proxy.
    pub through_proxy: bool,
}

/// Address given by the one who runs the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    pub origin: String,
    pub prefix: String,
}

/// The family of headers that trusted proxies write; the other one is a stranger's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Forwarded {
    /// `X-Forwarded-For`, `-Proto`, `-Host`, `-Prefix`.
    #[default]
    XForwarded,
    /// `Forwarded`, which has no word for a path prefix.
    Standard,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PublicUrlError {
    #[error("public address `{0}` does not start with http:// or https://")]
    Scheme(String),
    #[error("public address `{0}` has no valid host; one in other letters is written as punycode, `xn--…`")]
    Host(String),
    #[error("public address `{0}` has a query, a fragment or an unusual character in its path")]
    Path(String),
}

impl std::str::FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let (scheme, rest) = text
            .split_once("://")
            .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
            .ok_or_else(|| PublicUrlError::Scheme(text.into()))?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !is_authority(host) {
            return Err(PublicUrlError::Host(text.into()));
        }
        let prefix = path.trim_end_matches('/');
        if !is_prefix(prefix) {
            return Err(PublicUrlError::Path(text.into()));
        }
        Ok(Self { origin: format!("{scheme}://{host}"), prefix: prefix.to_owned() })
    }
}

impl Base {
    /// Scheme, host and path prefix, without a slash at the end.
    /// Errors: `InvalidHost` when neither settings nor request name one.
    pub fn absolute(&self) -> Result<String, Error> {
        let origin = self.origin.as_ref().ok_or(Error::InvalidHost)?;
        Ok(format!("{origin}{}", self.prefix))
    }

    /// Scheme and host, where settings or request name them.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Of a request, by what it says and what of that is trusted.
    pub fn of(request: &Request, settings: &Settings) -> Self {
        let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip().to_canonical());
        let trusted = |ip: IpAddr| settings.trusted_proxies.iter().any(|net: &IpNet| net.contains(&ip));
        let headers = request.headers();
        let hop = match peer {
            Some(ip) if trusted(ip) => match settings.forwarded_headers {
                Forwarded::XForwarded => Hop::of_x_forwarded(headers, &trusted),
                Forwarded::Standard => Hop::of_forwarded(headers, &trusted),
            },
            _ => Hop::default(),
        };
        let client = hop.client.or(peer);
        let through_proxy = peer.is_some_and(trusted);
        if let Some(url) = &settings.public_url {
            let (origin, prefix) = (Some(url.origin.clone()), url.prefix.clone());
            return Self { origin, prefix, client, through_proxy };
        }
        let host = hop.host.or_else(|| text(headers, header::HOST.as_str()).map(str::to_owned));
        let scheme = hop.scheme.unwrap_or("http");
        let origin = host.filter(|host| is_authority(host)).map(|host| format!("{scheme}://{host}"));
        let prefix = hop.prefix.unwrap_or_default();
        Self { origin, prefix, client, through_proxy }
    }
}

/// Takes the public path off an address, for proxies that pass it on; both kinds work.
pub fn without_prefix(uri: &Uri, prefix: &str) -> Option<Uri> {
    let rest = uri.path().strip_prefix(prefix).filter(|_| !prefix.is_empty())?;
    if !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    let path = if rest.is_empty() { "/" } else { rest };
    let path = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    path.parse().ok()
}

/// What trusted proxies say about the way of a request.
#[derive(Default)]
struct Hop {
    client: Option<IpAddr>,
    scheme: Option<&'static str>,
    host: Option<String>,
    prefix: Option<String>,
}

impl Hop {
    /// Lists of different headers need not be equally long, so only the last entry of each is sure to
    /// be the nearest proxy's; addresses alone say who wrote them.
    fn of_x_forwarded(headers: &HeaderMap, trusted: &dyn Fn(IpAddr) -> bool) -> Self {
        let clients = list(headers, "x-forwarded-for");
        let last = |name| list(headers, name).pop();
        Self {
            client: from_right(&clients, passed(&clients, trusted)).and_then(|entry| address(entry)),
            scheme: last("x-forwarded-proto").and_then(scheme),
            host: last("x-forwarded-host").filter(|host| is_authority(host)).map(str::to_owned),
            prefix: last("x-forwarded-prefix")
                .map(|prefix| prefix.trim_end_matches('/').to_owned())
                .filter(|prefix| is_prefix(prefix)),
        }
    }

    /// One entry tells all of one hop: that of the outermost trusted proxy counts.
    fn of_forwarded(headers: &HeaderMap, trusted: &dyn Fn(IpAddr) -> bool) -> Self {
        let entries = list(headers, "forwarded");
        let clients: Vec<&str> = entries.iter().map(|entry| pair(entry, "for").unwrap_or_default()).collect();
        let Some(entry) = from_right(&entries, passed(&clients, trusted)) else { return Self::default() };
        Self {
            client: pair(entry, "for").and_then(address),
            scheme: pair(entry, "proto").and_then(scheme),
            host: pair(entry, "host").filter(|host| is_authority(host)).map(str::to_owned),
            prefix: None,
        }
    }
}

/// Value of one name in an entry of `Forwarded`.
fn pair<'a>(entry: &'a str, name: &str) -> Option<&'a str> {
    entry.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

/// How many entries at the right end are trusted proxies that passed the request on.
fn passed(clients: &[&str], trusted: &dyn Fn(IpAddr) -> bool) -> usize {
    let n = clients.iter().rev().take_while(|entry| address(entry).is_some_and(trusted)).count();
    n.min(clients.len().saturating_sub(1))
}

fn from_right<T>(entries: &[T], idx: usize) -> Option<&T> {
    entries.len().checked_sub(idx + 1).map(|idx| &entries[idx])
}

/// All entries of a header that may be a list or stand several times.
fn list<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .collect()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|line| line.to_str().ok())
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_matches(|c| c == '[' || c == ']');
    bare.parse()
        .ok()
        .or_else(|| entry.parse::<SocketAddr>().ok().map(|a| a.ip()))
        .map(|ip: IpAddr| ip.to_canonical())
}

fn scheme(entry: &str) -> Option<&'static str> {
    match entry.to_ascii_lowercase().as_str() {
        "http" => Some("http"),
        "https" => Some("https"),
        _ => None,
    }
}

/// A host name or address, with a port or without.
fn is_authority(host: &str) -> bool {
    host_name(host).is_some()
}

/// Name or address in `name`, `name:port`, `[address]:port`, without brackets; `None` if it is none.
pub fn host_name(host: &str) -> Option<&str> {
    let (name, rest) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((ip, rest)) => (ip.parse::<std::net::Ipv6Addr>().ok().map(|_| ip)?, rest),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let is_name = !name.is_empty() && name.len() <= 253 && name.bytes().all(is_part);
    let is_bracketed = host.starts_with('[');
    let has_port = rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    ((is_name || is_bracketed) && (rest.is_empty() || has_port)).then_some(name)
}

/// Empty, or path segments of letters, digits and `-._~`, each with a slash before it.
fn is_prefix(prefix: &str) -> bool {
    prefix.is_empty()
        || (prefix.starts_with('/')
            && prefix[1..].split('/').all(|segment| {
                !segment.is_empty()
                    && segment != ".."
                    && segment
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
            }))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn base(peer: &str, headers: &[(&str, &str)], public_url: Option<&str>) -> Base {
        let public_url = public_url.map(|url| url.parse().expect("a public address"));
        base_with(peer, headers, Settings { public_url, ..Settings::default() })
    }

    fn base_with(peer: &str, headers: &[(&str, &str)], settings: Settings) -> Base {
        let mut request = Request::builder().uri("/").body(Body::empty()).expect("a request");
        for (name, value) in headers {
            let name: axum::http::HeaderName = name.parse().expect("a name");
            request.headers_mut().append(name, value.parse().expect("a value"));
        }
        request.extensions_mut().insert(Peer(SocketAddr::new(peer.parse().expect("an address"), 4000)));
        let settings = Settings { trusted_proxies: vec!["10.0.0.0/8".parse().expect("a block")], ..settings };
        Base::of(&request, &settings)
    }

    fn check(peer: &str, headers: &[(&str, &str)], expected: &str, client: &str) {
        let base = base(peer, headers, None);
        assert_eq!(base.absolute().expect("a host"), expected, "{headers:?}");
        assert_eq!(base.client.map(|ip| ip.to_string()).as_deref(), Some(client), "{headers:?}");
    }

    fn check_standard(peer: &str, headers: &[(&str, &str)], expected: &str, client: &str) {
        let settings = Settings { forwarded_headers: Forwarded::Standard, ..Settings::default() };
        let base = base_with(peer, headers, settings);
        assert_eq!(base.absolute().expect("a host"), expected, "{headers:?}");
        assert_eq!(base.client.map(|ip| ip.to_string()).as_deref(), Some(client), "{headers:?}");
    }

    const FORWARDED: [(&str, &str); 5] = [
        ("host", "inner:8080"),
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "map.example"),
        ("x-forwarded-prefix", "/hlp/"),
    ];

    #[test]
    fn a_trusted_proxy_is_believed() {
        check("10.1.2.3", &FORWARDED, "https://map.example/hlp", "203.0.113.9");
        check("::ffff:10.1.2.3", &FORWARDED, "https://map.example/hlp", "203.0.113.9");
        let standard = [("forwarded", "for=\"[2001:db8::1]:80\";proto=https;host=map.example")];
        check_standard("10.1.2.3", &standard, "https://map.example", "2001:db8::1");
    }

    #[test]
    fn the_family_that_the_proxy_does_not_write_is_a_strangers() {
        let evil = ("forwarded", "for=6.6.6.6;proto=http;host=evil.example");
        let both: Vec<_> = FORWARDED.into_iter().chain([evil]).collect();
        check("10.1.2.3", &both, "https://map.example/hlp", "203.0.113.9");
        let ours = ("forwarded", "for=203.0.113.9;host=map.example");
        let both = [ours, ("x-forwarded-host", "evil.example"), ("x-forwarded-prefix", "/evil")];
        check_standard("10.1.2.3", &both, "http://map.example", "203.0.113.9");
        let only = [("host", "map.example"), evil];
        check("10.1.2.3", &only, "http://map.example", "10.1.2.3");
    }

    #[test]
    fn a_forwarded_host_that_is_none_does_not_count() {
        let headers = [("host", "inner:8080"), ("x-forwarded-host", "evil/\"><img>")];
        check("10.1.2.3", &headers, "http://inner:8080", "10.1.2.3");
        let headers = [("host", "inner:8080"), ("forwarded", "for=203.0.113.9;host=\"a b\"")];
        check_standard("10.1.2.3", &headers, "http://inner:8080", "203.0.113.9");
    }

    #[test]
    fn a_stranger_is_not_believed() {
        check("192.0.2.7", &FORWARDED, "http://inner:8080", "192.0.2.7");
    }

    #[test]
    fn what_a_stranger_puts_before_a_proxys_entry_is_skipped() {
        let headers = [
            ("host", "inner"),
            ("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.9.9.9"),
            ("x-forwarded-host", "evil.example, map.example"),
            ("x-forwarded-proto", "http, https"),
        ];
        check("10.1.2.3", &headers, "https://map.example", "203.0.113.9");
        let headers = [
            ("forwarded", "for=6.6.6.6;host=evil.example, for=203.0.113.9;host=map.example"),
            ("forwarded", "for=10.9.9.9;host=mid.example"),
        ];
        check_standard("10.1.2.3", &headers, "http://map.example", "203.0.113.9");
    }

    #[test]
    fn the_configured_address_wins() {
        let found = base("10.1.2.3", &FORWARDED, Some("https://city.example/maps/hlp/"));
        assert_eq!(found.absolute().ok().as_deref(), Some("https://city.example/maps/hlp"));
    }

    #[test]
    fn a_host_that_is_none_gives_no_address() {
        for host in ["", "a b", "a/b", "a\"b", "host:port", "[::1", "user@host"] {
            assert!(base("192.0.2.7", &[("host", host)], None).absolute().is_err(), "{host}");
        }
        check("192.0.2.7", &[("host", "[::1]:8080")], "http://[::1]:8080", "192.0.2.7");
    }

    #[test]
    fn a_public_address_is_refused_unless_plain() {
        for text in ["ftp://a", "a.example", "https://", "https://a/b?c", "https://a/../b", "https://a//b"] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_public_path_is_taken_off_whole_segments_only() {
        let check = |path: &str, expected: Option<&str>| {
            let uri: Uri = path.parse().expect("an address");
            let found = without_prefix(&uri, "/hlp").map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), expected, "{path}");
        };
        check("/hlp", Some("/"));
        check("/hlp/mn/?a=b", Some("/mn/?a=b"));
        check("/hlpx/mn/", None);
        check("/mn/", None);
    }
}
