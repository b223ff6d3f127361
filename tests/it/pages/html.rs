//! HTML as the server writes it, read strictly: what a browser would mend is a fault here.

use std::collections::{BTreeMap, BTreeSet};

const VOID: [&str; 8] = ["base", "meta", "link", "br", "input", "img", "hr", "source"];

pub type Attributes = BTreeMap<String, String>;

#[derive(Debug, Default)]
pub struct Document {
    /// In the order of their beginnings.
    pub elements: Vec<(String, Attributes)>,
    /// All that is read, in one line.
    pub text: String,
    /// Text of each element, with that of what is inside.
    inner: Vec<String>,
}

impl Document {
    pub fn read(html: &str) -> Result<Self, String> {
        let mut rest = html.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
        let mut document = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut ids = BTreeSet::new();
        while !rest.is_empty() {
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let text = unescaped(&rest[..end])?;
                document.text.push_str(&text);
                for at in &open {
                    document.inner[*at].push_str(&text);
                }
                rest = &rest[end..];
                continue;
            };
            if let Some(name) = tag.strip_prefix('/') {
                let (name, after) = name.split_once('>').ok_or("an end tag without end")?;
                let opened = open.pop().map(|at| document.elements[at].0.clone());
                if opened.as_deref() != Some(name) {
                    return Err(format!("</{name}> closes {opened:?}"));
                }
                document.text.push(' ');
                rest = after;
                continue;
            }
            let (name, attributes, is_closed, after) = start_tag(tag)?;
            if let Some(id) = attributes.get("id")
                && !ids.insert(id.clone())
            {
                return Err(format!("two elements have the id `{id}`"));
            }
            let closes_itself = is_closed || VOID.contains(&name.as_str());
            document.elements.push((name.clone(), attributes));
            document.inner.push(String::new());
            rest = after;
            if name == "script" {
                let (data, after) = rest.split_once("</script>").ok_or("a script without end")?;
                document.inner.last_mut().expect("pushed").push_str(data);
                rest = after;
            } else if !closes_itself {
                open.push(document.elements.len() - 1);
            }
        }
        match open.last() {
            Some(at) => Err(format!("<{}> is not closed", document.elements[*at].0)),
            None => Ok(document),
        }
    }

    pub fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|(element, _)| element == name).count()
    }

    pub fn attribute(&self, name: &str, attribute: &str) -> Option<&str> {
        let (_, attributes) = self.elements.iter().find(|(element, _)| element == name)?;
        attributes.get(attribute).map(String::as_str)
    }

    /// Texts of the elements of a name.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let of = self.elements.iter().zip(&self.inner).filter(|((element, _), _)| element == name);
        of.map(|(_, text)| text.as_str()).collect()
    }

    /// Texts of all elements, in their order.
    pub fn texts_of_all(&self) -> impl Iterator<Item = &str> {
        self.inner.iter().map(String::as_str)
    }

    pub fn links(&self, rel: &str) -> Vec<&Attributes> {
        let of =
            self.elements.iter().filter(|(name, a)| name == "link" && a.get("rel").is_some_and(|r| r == rel));
        of.map(|(_, attributes)| attributes).collect()
    }

    pub fn meta(&self, name: &str) -> Option<&str> {
        let is_it = |a: &&(String, Attributes)| {
            a.0 == "meta"
                && (a.1.get("name").is_some_and(|n| n == name)
                    || a.1.get("property").is_some_and(|n| n == name))
        };
        self.elements.iter().find(is_it).and_then(|(_, a)| a.get("content")).map(String::as_str)
    }

    /// Addresses of links with their text.
    pub fn anchors(&self) -> Vec<(&str, &str)> {
        let of = self.elements.iter().zip(&self.inner).filter(|((name, _), _)| name == "a");
        of.filter_map(|((_, a), text)| Some((a.get("href")?.as_str(), text.as_str()))).collect()
    }

    /// Whatever the page leads to or loads, without the place in it.
    pub fn addresses(&self) -> BTreeSet<String> {
        let named = self.elements.iter().flat_map(|(_, a)| [a.get("href"), a.get("src")]).flatten();
        let named = named.filter_map(|address| address.split('#').next());
        named.filter(|address| !address.is_empty()).map(str::to_owned).collect()
    }

    /// No level of headings is left out.
    pub fn check_headings(&self) -> Result<(), String> {
        let mut last = 0;
        for (name, _) in &self.elements {
            let level = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
            let Some(level) = level else { continue };
            if level > last + 1 {
                return Err(format!("<h{level}> after <h{last}>"));
            }
            last = level;
        }
        Ok(())
    }

    /// Links into the page itself lead to an element of it.
    pub fn check_own_links(&self) -> Result<(), String> {
        let ids: BTreeSet<&str> =
            self.elements.iter().filter_map(|(_, a)| a.get("id")).map(String::as_str).collect();
        for (address, _) in self.anchors() {
            if let Some(id) = address.strip_prefix('#')
                && !ids.contains(id)
            {
                return Err(format!("nothing has the id `{id}`"));
            }
        }
        for (name, a) in &self.elements {
            if let Some(id) = a.get("for").filter(|_| name == "label")
                && !ids.contains(id.as_str())
            {
                return Err(format!("a label of nothing: `{id}`"));
            }
        }
        Ok(())
    }
}

/// Name, attributes, whether it closes itself as SVG may, and what follows.
fn start_tag(tag: &str) -> Result<(String, Attributes, bool, &str), String> {
    let end_of_name = tag.find(|c: char| !c.is_ascii_alphanumeric()).ok_or("a tag without end")?;
    let (name, mut rest) = tag.split_at(end_of_name);
    if name.is_empty() {
        return Err(format!("a bare `<` before {:?}", tag.chars().take(20).collect::<String>()));
    }
    let mut attributes = Attributes::new();
    loop {
        for (end, is_closed) in [(">", false), ("/>", true)] {
            if let Some(after) = rest.strip_prefix(end) {
                return Ok((name.to_owned(), attributes, is_closed, after));
            }
        }
        rest = rest.strip_prefix(' ').ok_or_else(|| format!("<{name}> is malformed"))?;
        let end = rest.find(['=', '>', ' ', '/']).ok_or("an attribute without end")?;
        let attribute = &rest[..end];
        let value = if rest[end..].starts_with('=') {
            let quoted =
                rest[end..].strip_prefix("=\"").ok_or_else(|| format!("{attribute} is not quoted"))?;
            let (value, after) = quoted.split_once('"').ok_or("a value without end")?;
            rest = after;
            unescaped(value)?
        } else {
            rest = &rest[end..];
            String::new()
        };
        if attributes.insert(attribute.to_owned(), value).is_some() {
            return Err(format!("<{name}> has {attribute} twice"));
        }
    }
}

/// Text without its escapes; a bare `&` or `>` is a fault.
fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';').ok_or("a bare `&`")?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return Err(format!("`&{name};` is not one of ours")),
        });
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[test]
fn faults_are_found() {
    let read = |body: &str| Document::read(&format!("<!DOCTYPE html><html>{body}</html>"));
    assert!(read("<p>a &amp; b<br>c</p>").is_ok());
    for faulty in [
        "<p>",
        "<p><b></p></b>",
        "<p>a & b</p>",
        "<p a=b></p>",
        "< p></p>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
    ] {
        assert!(read(faulty).is_err(), "{faulty}");
    }
    let page = read("<h1>x</h1><h3>y</h3><a href=\"#z\">z</a>").expect("well-formed");
    assert!(page.check_headings().is_err() && page.check_own_links().is_err());
}
