//! A page of the service as a page of the twin: links lead to files, what needs a service is gone, a note says so.
//!
//! Read tag by tag, as our templates write: attributes in double quotes, `<` in texts escaped. A form asks for what no
//! file can answer, so it is left out, and so is what is marked `data-served`; a link to what is not held goes with its entry or
//! paragraph where it is all of that, and otherwise leaves its words.

use serde_json::Value;

use super::TwinError;
use super::asked::{Held, held};
use super::names::{Address, relative};
use crate::http::security::POLICY_OF_PAGES;

/// What a page of a twin has besides the served one.
pub struct Frame<'a> {
    /// Address of the service, without a slash at its end.
    pub live: Option<&'a str>,
    /// What the page says of itself, as HTML.
    pub note: &'a str,
}

pub struct Page {
    pub html: String,
    /// What it links of the twin, to be written too.
    pub links: Vec<String>,
}

/// - `own`: address of the page.
pub fn page(html: &str, own: &str, frame: &Frame<'_>) -> Result<Page, TwinError> {
    let file = Address::of(own).file();
    let mut writer =
        Writer { file: &file, own, frame, html: String::with_capacity(html.len()), links: Vec::new() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at(at);
        writer.html.push_str(text);
        let (tag, after) = tagged.split_at(tag_end(tagged));
        rest = writer.take(tag, after)?;
    }
    writer.html.push_str(rest);
    Ok(Page { html: writer.html, links: writer.links })
}

struct Writer<'a> {
    file: &'a str,
    own: &'a str,
    frame: &'a Frame<'a>,
    html: String,
    links: Vec<String>,
}

/// Where a link leads.
enum Way {
    /// To where it led.
    Same,
    To(String),
    Nowhere,
}

impl Writer<'_> {
    /// Writes what becomes of a tag; what is to be read on is given back.
    fn take<'t>(&mut self, tag: &str, after: &'t str) -> Result<&'t str, TwinError> {
        match name(tag) {
            name if tag.contains(" data-served") => return Ok(past(after, &format!("</{name}>"))),
            "form" => return Ok(past(after, "</form>")),
            "/header" => {
                self.html.push_str(self.frame.note);
                self.html.push_str(tag);
            }
            "script" if attribute(tag, "id") == Some("hlp-config") => {
                let (config, rest) = after.split_once("</script>").unwrap_or((after, ""));
                self.html.push_str(tag);
                self.html.push_str(&self.config(config)?);
                self.html.push_str("</script>");
                return Ok(rest);
            }
            "script" if attribute(tag, "type") == Some("application/ld+json") => {
                return Ok(past(after, "</script>"));
            }
            "link" if matches!(attribute(tag, "rel"), Some("canonical" | "cite-as")) => {
                self.live("href", tag);
            }
            "meta" if attribute(tag, "property") == Some("og:url") => self.live("content", tag),
            // Hosts of files send none.
            "meta" if attribute(tag, "charset").is_some() => {
                self.html.push_str(tag);
                self.html.push_str(&policy());
            }
            "link" if self.frame.live.is_some() && attribute(tag, "hreflang").is_some() => {
                self.live("href", tag);
            }
            "link" => match self.way(attribute(tag, "href").unwrap_or_default()) {
                Way::Nowhere => {}
                way => self.led(tag, "href", way),
            },
            "a" => {
                let Some(href) = attribute(tag, "href") else {
                    self.html.push_str(tag);
                    return Ok(after);
                };
                let way = self.way(href);
                if matches!(way, Way::Nowhere) {
                    return Ok(self.unlinked(after));
                }
                self.led(tag, "href", way);
            }
            "script" | "img" => match attribute(tag, "src") {
                Some(src) => {
                    let way = self.way(src);
                    self.led(tag, "src", way);
                }
                None => self.html.push_str(tag),
            },
            // A list whose entries are all gone, and a part of the page that was nothing but such a list.
            "/ul" if self.drops("<ul", str::is_empty) => {}
            "/section" if self.drops("<section", is_heading) => {}
            "div" if attribute(tag, "id") == Some("viewer") => {
                let base = relative(self.file, "");
                let base = base.trim_end_matches('/');
                self.html.push_str(&with(tag, "data-base", Some(base)).replacen('>', " data-twin>", 1));
            }
            _ => self.html.push_str(tag),
        }
        Ok(after)
    }

    /// What becomes of a link without a target, from behind its tag on; what is to be read on is given back.
    fn unlinked<'t>(&mut self, after: &'t str) -> &'t str {
        let (words, rest) = after.split_once("</a>").unwrap_or((after, ""));
        for (opening, end) in [("<li>", "</li>"), ("<p>", "</p>"), ("<p class=\"screen\">", "</p>")] {
            if self.html.ends_with(opening)
                && let Some(rest) = rest.strip_prefix(end)
            {
                self.html.truncate(self.html.len() - opening.len());
                return rest;
            }
        }
        self.html.push_str(words);
        rest
    }

    /// Takes the element that was opened last by such a tag out again, where what is in it is nothing.
    fn drops(&mut self, opening: &str, is_nothing: impl Fn(&str) -> bool) -> bool {
        let Some(start) = self.html.rfind(opening) else { return false };
        let element = &self.html[start..];
        let is_only = is_nothing(&element[tag_end(element)..]);
        if is_only {
            self.html.truncate(start);
        }
        is_only
    }

    /// An address that is the service's own.
    fn live(&mut self, name: &str, tag: &str) {
        if let (Some(live), Some(path)) = (self.frame.live, attribute(tag, name)) {
            self.html.push_str(&with(tag, name, Some(&format!("{live}{path}"))));
        }
    }

    fn led(&mut self, tag: &str, name: &str, way: Way) {
        match way {
            Way::Same => self.html.push_str(tag),
            Way::To(address) => self.html.push_str(&with(tag, name, Some(&address))),
            Way::Nowhere => self.html.push_str(&with(tag, name, None)),
        }
    }

    /// - `href`: as it stands in the page.
    fn way(&mut self, href: &str) -> Way {
        let href =
            href.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let own_path = Address::of(self.own).path;
        let absolute = match href.as_bytes() {
            [b'/', b'/', ..] => return Way::Same,
            [b'/', ..] => href,
            [b'?', ..] => format!("{own_path}{href}"),
            // A place in the page, or another site.
            _ => return Way::Same,
        };
        let address = Address::of(&absolute);
        let Some(held) = held(&address) else { return Way::Nowhere };
        let fragment = if address.fragment.is_empty() { "" } else { "#" };
        let target = match held {
            // One file, whose query the viewer reads.
            Held::City => Address { query: "", fragment: "", ..address }.file(),
            _ => address.file(),
        };
        let query = match (held, address.query) {
            (Held::City, query) if !query.is_empty() => format!("?{}", query.replace('&', "&amp;")),
            _ => String::new(),
        };
        let way = relative(self.file, &target);
        let way = format!("{way}{query}{fragment}{}", address.fragment);
        match held {
            Held::City => self.links.push(address.path.to_owned()),
            Held::Page | Held::Asset => {
                self.links.push(absolute.split('#').next().unwrap_or_default().to_owned());
            }
            Held::Data => {}
        }
        Way::To(way)
    }

    /// What the viewer is told, which finds its base from where the page lies.
    fn config(&self, text: &str) -> Result<String, TwinError> {
        let malformed = |error: serde_json::Error| TwinError::Malformed {
            address: self.own.to_owned(),
            reason: error.to_string(),
        };
        let mut config: Value = serde_json::from_str(text).map_err(malformed)?;
        if let Some(config) = config.as_object_mut() {
            let base = relative(self.file, "");
            config.insert("base".to_owned(), base.trim_end_matches('/').into());
            config.insert("is_twin".to_owned(), true.into());
            config.shift_remove("tiles");
        }
        Ok(config.to_string().replace('<', "\\u003c"))
    }
}

/// What browsers keep off pages, as the service tells them; of frames around a page they take no word from within it.
pub fn policy() -> String {
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY_OF_PAGES}\">")
}

/// How long the tag at the beginning of `text` is.
fn tag_end(text: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `a` of `<a href="…">`, `/a` of `</a>`.
fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    inside.split([' ', '>', '\n']).next().unwrap_or_default()
}

/// Where an attribute's value stands in its tag.
fn value(tag: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(start..start + tag[start..].find('"')?)
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    value(tag, name).map(|range| &tag[range])
}

/// The tag with another value, or without the attribute.
fn with(tag: &str, name: &str, new: Option<&str>) -> String {
    let Some(range) = value(tag, name) else { return tag.to_owned() };
    match new {
        Some(new) => [&tag[..range.start], new, &tag[range.end..]].concat(),
        None => [&tag[..range.start - name.len() - 3], &tag[range.end + 1..]].concat(),
    }
}

/// A heading alone.
fn is_heading(inside: &str) -> bool {
    inside.starts_with("<h2") && inside.find("</h2>").is_some_and(|at| at + "</h2>".len() == inside.len())
}

/// What follows the end of an element.
fn past<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &str, html: &str, expected: &str) -> Vec<String> {
        let frame = Frame { live: Some("https://a.example/hlp"), note: "<p>copy</p>" };
        let page = page(html, own, &frame).expect("well formed");
        assert_eq!(page.html, expected);
        page.links
    }

    #[test]
    fn links_lead_to_files_below_any_prefix() {
        let links = check(
            "/mn/khoroos/bzd-26",
            r##"<a href="/mn/districts/bzd?vintage=2020#x">a</a><a href="#top">b</a><a href="https://c.example/">c</a>"##,
            r##"<a href="../districts/bzd~vintage=2020.html#x">a</a><a href="#top">b</a><a href="https://c.example/">c</a>"##,
        );
        assert_eq!(links, ["/mn/districts/bzd?vintage=2020"]);
        let links = check(
            "/mn/",
            r#"<a hreflang="en" href="/en/?cycle=2020&amp;level=district">EN</a><script src="/assets/a.js"></script>"#,
            r#"<a hreflang="en" href="../en/index.html?cycle=2020&amp;level=district">EN</a><script src="../assets/a.js"></script>"#,
        );
        assert_eq!(links, ["/en/", "/assets/a.js"]);
        check("/mn/practices", r#"<a href="?page=2">2</a>"#, r#"<a href="practices~page=2.html">2</a>"#);
    }

    #[test]
    fn what_needs_a_service_is_gone() {
        let links = check(
            "/mn/about",
            r#"<ul><li><a href="/mn/visits">v</a></li><li>x <a href="/mn/visits">w</a></li></ul><form action="/mn/"><input></form>."#,
            "<ul><li>x w</li></ul>.",
        );
        assert!(links.is_empty());
        check("/mn/about", r#"<p><a href="/mn/tracker/records?card=a">all</a></p>b"#, "b");
        check("/mn/about", r#"<p><span class="screen" data-served>s </span>n</p>"#, "<p>n</p>");
        let part = r#"<section id="data"><h2>Data</h2><ul class="links"><li><a href="/ogc">o</a></li></ul></section>"#;
        check("/mn/about", &format!("a{part}b"), "ab");
        let part = "<section><h2>Data</h2><p>said</p></section>";
        check("/mn/about", part, part);
    }

    #[test]
    fn a_page_says_that_it_is_a_copy_and_of_what() {
        check("/mn/about", "<header>h</header>", "<header>h<p>copy</p></header>");
        check(
            "/mn/about",
            r#"<link rel="canonical" href="/mn/about">"#,
            r#"<link rel="canonical" href="https://a.example/hlp/mn/about">"#,
        );
        check(
            "/mn/about",
            r#"<link rel="alternate" hreflang="en" href="/en/about">"#,
            r#"<link rel="alternate" hreflang="en" href="https://a.example/hlp/en/about">"#,
        );
    }

    #[test]
    fn a_page_has_the_served_policy() {
        check("/mn/about", r#"<meta charset="utf-8">"#, &format!(r#"<meta charset="utf-8">{}"#, policy()));
        assert!(policy().contains("default-src 'none'; script-src 'self'"));
    }

    #[test]
    fn the_viewer_finds_its_base_from_where_the_page_lies() {
        check(
            "/mn/",
            r#"<script type="application/json" id="hlp-config">{"base":"","tiles":"/x"}</script><div id="viewer" data-base="">"#,
            r#"<script type="application/json" id="hlp-config">{"base":"..","is_twin":true}</script><div id="viewer" data-base=".." data-twin>"#,
        );
    }
}
