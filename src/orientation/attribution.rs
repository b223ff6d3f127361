//! Attribution as files write it, often HTML with links, to words and addresses.
//!
//! Owns: what of foreign markup is kept: text, and where `http` and `https` links lead. Nothing else of it
//! reaches a page.

use crate::model::orientation::{Attribution, AttributionPart};

/// Characters that are kept; more is no attribution.
const CHARS_MAX: usize = 500;

/// Words and links of a text that may hold HTML.
pub fn read(html: &str) -> Attribution {
    let mut parts: Vec<AttributionPart> = Vec::new();
    let mut href: Option<String> = None;
    let mut rest = html;
    let mut n_left = CHARS_MAX;
    let mut add = |text: &str, href: &Option<String>| {
        let text = unescaped(text);
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(n_left).collect();
        n_left -= text.chars().count();
        match parts.last_mut().filter(|part| part.href == *href) {
            Some(part) => part.text.push_str(&text),
            None if text.is_empty() => {}
            None => parts.push(AttributionPart { text, href: href.clone() }),
        }
    };
    while let Some(at) = rest.find('<') {
        let Some(end) = rest[at..].find('>') else { break };
        add(&rest[..at], &href);
        let tag = &rest[at + 1..at + end];
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.to_ascii_lowercase().as_str() {
            "a" => href = link(tag),
            "/a" => href = None,
            "br" | "br/" => add(" ", &href),
            _ => {}
        }
        rest = &rest[at + end + 1..];
    }
    add(rest, &href);
    if let Some(first) = parts.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = parts.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    parts.retain(|part| !part.text.is_empty());
    Attribution(parts)
}

/// The address in a tag `a`, if it is of the web.
fn link(tag: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let value = tag[lower.find("href")? + 4..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let address = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split_whitespace().next()?,
    };
    let address = unescaped(address.trim());
    let is_plain = !address.contains(|c: char| c.is_control() || c.is_whitespace());
    let is_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    (is_web && is_plain).then_some(address)
}

fn unescaped(text: &str) -> String {
    let entities = [("&copy;", "©"), ("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")];
    let replaced = entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c));
    replaced.replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(&str, Option<&str>)]) {
        let Attribution(parts) = read(html);
        let told: Vec<_> = parts.iter().map(|part| (part.text.as_str(), part.href.as_deref())).collect();
        assert_eq!(told, expected, "{html}");
    }

    #[test]
    fn words_and_links_are_kept_and_all_else_is_dropped() {
        check("© Город", &[("© Город", None)]);
        check(
            r#"<a href="https://protomaps.com">Protomaps</a> &copy; <a HREF='https://osm.org/c?a=1&amp;b=2' target=_blank>OpenStreetMap</a>"#,
            &[
                ("Protomaps", Some("https://protomaps.com")),
                (" © ", None),
                ("OpenStreetMap", Some("https://osm.org/c?a=1&b=2")),
            ],
        );
        check("<script>alert(1)</script><b>x</b>", &[("alert(1)x", None)]);
        check(r#"<a href="javascript:alert(1)">x</a>"#, &[("x", None)]);
        check("a < b", &[("a < b", None)]);
        check("", &[]);
        assert_eq!(read(&"я".repeat(2 * CHARS_MAX)).0[0].text.chars().count(), CHARS_MAX);
    }
}
