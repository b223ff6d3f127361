//! The one rule by which an address of the service becomes a file of the twin, and back into links.
//!
//! Path and query together name the file: parameters stand behind the name in the order of their own names, `rev` is
//! left out, for there is one revision only. `web/src/twin/names.ts` has the same rule; one list of cases holds both
//! to it. Every name is of letters, digits and `-._~=!`, which no address and no file system reads otherwise.

use std::fmt::Write as _;

/// Split as links are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    pub path: &'a str,
    /// Without its question mark; empty where there is none.
    pub query: &'a str,
    /// Without its hash; empty where there is none.
    pub fragment: &'a str,
}

impl<'a> Address<'a> {
    pub fn of(text: &'a str) -> Self {
        let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        Self { path, query, fragment }
    }

    /// Path of its file below the twin's folder.
    pub fn file(&self) -> String {
        let path = self.path.trim_start_matches('/');
        let (folder, last) = path.rsplit_once('/').unwrap_or(("", path));
        let is_page = matches!(path.split('/').next(), Some("mn" | "en"));
        let (stem, ending) = match last.rsplit_once('.') {
            _ if last.is_empty() => ("index", "html"),
            _ if is_page => (last, "html"),
            Some((stem, ending)) => (stem, ending),
            None => (last, "json"),
        };
        let mut out = String::with_capacity(path.len() + self.query.len() + 8);
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            push_plain(&mut out, &percent_decoded(part));
            out.push('/');
        }
        push_plain(&mut out, &percent_decoded(stem));
        let mut pairs: Vec<_> =
            form_urlencoded::parse(self.query.as_bytes()).filter(|(name, _)| name != "rev").collect();
        pairs.sort();
        for (name, value) in pairs {
            out.push('~');
            push_plain(&mut out, name.as_bytes());
            out.push('=');
            push_plain(&mut out, value.as_bytes());
        }
        out.push('.');
        push_plain(&mut out, ending.as_bytes());
        out
    }
}

/// Bytes that mean something in addresses or file names are written as `!` and two digits.
fn push_plain(out: &mut String, text: &[u8]) {
    for &byte in text {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            write!(out, "!{byte:02x}").expect("a string takes everything");
        }
    }
}

fn percent_decoded(part: &str) -> Vec<u8> {
    let bytes = part.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// The way from one file to another, both below the twin's folder.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = (from.len() - 1).min(to.len() - 1);
    let n_common = (0..folders).take_while(|&at| from[at] == to[at]).count();
    let up = "../".repeat(from.len() - 1 - n_common);
    up + &to[n_common..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_the_file_that_the_viewer_looks_for() {
        let cases = include_str!("../../web/src/twin/names.cases.json");
        let cases: Vec<[String; 2]> = serde_json::from_str(cases).expect("a list of pairs");
        assert!(cases.len() > 10);
        for [address, expected] in cases {
            assert_eq!(Address::of(&address).file(), expected, "{address}");
        }
    }

    #[test]
    fn a_way_leads_from_folder_to_folder() {
        for (from, to, expected) in [
            ("index.html", "mn/index.html", "mn/index.html"),
            ("mn/index.html", "mn/about.html", "about.html"),
            ("mn/khoroos/bzd-26.html", "mn/districts/bzd.html", "../districts/bzd.html"),
            ("mn/khoroos/bzd-26.html", "en/khoroos/bzd-26.html", "../../en/khoroos/bzd-26.html"),
            ("mn/practices.html", "mn/practices/p-1.html", "practices/p-1.html"),
        ] {
            assert_eq!(relative(from, to), expected, "{from} {to}");
        }
    }
}
