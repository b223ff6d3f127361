//! Content codings: which one a client takes, and the bytes in it.
//!
//! Owns: reading `Accept-Encoding` (RFC 9110 §12.5.3), compressing. Leaves to others: keeping the
//! results ([`crate::http::cache`]).
//!
//! Design: the levels are those that a server affords while a visitor waits. Files of the viewer
//! are compressed harder, once, when it is built.

use std::io::Write;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

use super::error::Error;

/// Brotli above 5 costs many times more for a few percent.
const BROTLI_QUALITY: i32 = 5;
const BROTLI_WINDOW_LOG2: i32 = 22;
const ZSTD_LEVEL: i32 = 9;

/// Bodies below this many bytes are sent as they are: headers would eat what compression saves.
pub const COMPRESS_FROM_BYTES: usize = 256;

/// In order of preference where a client likes several equally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coding {
    Brotli,
    Zstd,
    Gzip,
    Identity,
}

impl Coding {
    pub const ALL: [Self; 4] = [Self::Brotli, Self::Zstd, Self::Gzip, Self::Identity];

    /// Its name in `Content-Encoding`; `identity` is not written there.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// File ending of a body in this coding.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Zstd => ".zst",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The client's best liked coding.
    ///
    /// No header means anything goes, and gets plain bytes, which every client reads.
    /// Errors: `NotAcceptable` when the client forbids all we have, plain bytes included.
    pub fn negotiate(headers: &HeaderMap) -> Result<Self, Error> {
        let mut lines = headers.get_all(ACCEPT_ENCODING).iter().peekable();
        if lines.peek().is_none() {
            return Ok(Self::Identity);
        }
        let asked = lines.filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join(",");
        let weights = Weights::read(&asked);
        // `max_by_key` keeps the last of equals, so the list is walked from the least preferred.
        let best = Self::ALL
            .into_iter()
            .rev()
            .map(|coding| (weights.of(coding), coding))
            .filter(|&(weight, _)| weight > 0)
            .max_by_key(|&(weight, _)| weight);
        best.map(|(_, coding)| coding).ok_or_else(|| Error::NotAcceptable {
            asked: asked.chars().take(100).collect(),
            allowed: Self::ALL.map(|c| c.token().to_owned()).to_vec(),
        })
    }

    /// `plain` in this coding; equal input gives equal bytes.
    pub fn encode(self, plain: &[u8]) -> Vec<u8> {
        let out = Vec::with_capacity(plain.len() / 2);
        match self {
            Self::Identity => plain.to_vec(),
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(out, flate2::Compression::new(6));
                encoder.write_all(plain).expect("a Vec takes every byte");
                encoder.finish().expect("a Vec takes every byte")
            }
            Self::Brotli => {
                let mut out = out;
                let params = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    lgwin: BROTLI_WINDOW_LOG2,
                    size_hint: plain.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &plain[..], &mut out, &params).expect("a Vec takes every byte");
                out
            }
            Self::Zstd => zstd::bulk::compress(plain, ZSTD_LEVEL).expect("the level is one of zstd's"),
        }
    }
}

/// Weights in thousandths, as far as a header names them.
#[derive(Default)]
struct Weights {
    brotli: Option<u16>,
    zstd: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    any: Option<u16>,
}

impl Weights {
    fn read(header: &str) -> Self {
        let mut weights = Self::default();
        for item in header.split(',') {
            let mut parts = item.split(';');
            let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q=").or_else(|| p.trim().strip_prefix("Q=")))
                .map_or(Some(1000), thousandths);
            // A weight that is none is read as "not wanted": never guess a coding a client cannot read.
            let weight = weight.unwrap_or(0);
            match name.as_str() {
                "br" => weights.brotli = Some(weight),
                "zstd" => weights.zstd = Some(weight),
                "gzip" | "x-gzip" => weights.gzip = Some(weight),
                "identity" => weights.identity = Some(weight),
                "*" => weights.any = Some(weight),
                _ => {}
            }
        }
        weights
    }

    fn of(&self, coding: Coding) -> u16 {
        match coding {
            Coding::Brotli => self.brotli.or(self.any).unwrap_or(0),
            Coding::Zstd => self.zstd.or(self.any).unwrap_or(0),
            Coding::Gzip => self.gzip.or(self.any).unwrap_or(0),
            // Plain bytes are allowed unless refused, but only as a last resort unless named.
            Coding::Identity => match (self.identity, self.any) {
                (Some(weight), _) => weight,
                (None, Some(0)) => 0,
                (None, _) => 1,
            },
        }
    }
}

/// A weight from 0 to 1 with at most three digits after the point, in thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, digits) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if digits.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{digits:0<3}").parse().ok()?;
    match (whole, part) {
        ("0", part) => Some(part),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: Option<&str>, expected: Option<Coding>) {
        let mut headers = HeaderMap::new();
        if let Some(text) = header {
            headers.insert(ACCEPT_ENCODING, text.parse().expect("a header"));
        }
        assert_eq!(Coding::negotiate(&headers).ok(), expected, "{header:?}");
    }

    #[test]
    fn the_best_liked_coding_wins() {
        check(None, Some(Coding::Identity));
        check(Some(""), Some(Coding::Identity));
        check(Some("gzip, deflate, br, zstd"), Some(Coding::Brotli));
        check(Some("gzip;q=1.0, br;q=0.5"), Some(Coding::Gzip));
        check(Some("GZIP"), Some(Coding::Gzip));
        check(Some("deflate"), Some(Coding::Identity));
        check(Some("*"), Some(Coding::Brotli));
        check(Some("br;q=0, *;q=0.1"), Some(Coding::Zstd));
        check(Some("identity;q=0.9, gzip;q=0.8"), Some(Coding::Identity));
        check(Some("gzip;q=0.001"), Some(Coding::Gzip));
    }

    #[test]
    fn plain_bytes_can_be_forbidden() {
        check(Some("identity;q=0"), None);
        check(Some("*;q=0"), None);
        check(Some("deflate, *;q=0"), None);
        check(Some("identity;q=0, gzip"), Some(Coding::Gzip));
        check(Some("gzip;q=0"), Some(Coding::Identity));
    }

    #[test]
    fn a_weight_that_is_none_counts_as_unwanted() {
        check(Some("br;q=2, gzip"), Some(Coding::Gzip));
        check(Some("br;q=0.1234, gzip"), Some(Coding::Gzip));
        check(Some("br;q=, gzip;q=0.5"), Some(Coding::Gzip));
    }
}
