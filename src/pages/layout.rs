//! What every page has around its own words: head, way back, notice of invented data, foot.

use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::numbers::{count, day};
use super::words::fill;
use super::{Site, names, words};
use crate::model::Lang;
use crate::snapshot::Snapshot;

/// Hours that Ulaanbaatar is ahead of UTC, all year.
const OFFSET_H: i8 = 8;

/// A page before it is set into the layout.
pub(super) struct Page {
    /// Below `/mn/`, without query.
    pub path: String,
    /// `?…` of the address that search engines keep: what makes it another page, not another view of it.
    pub query: String,
    /// `?…` of the view, for the same view in the other language.
    pub view: String,
    pub title: String,
    pub description: String,
    /// The way here, without the page itself: name and address.
    pub crumbs: Vec<(String, String)>,
    pub part: Part,
    /// What stands beside a shared address; the city's map unless told.
    pub preview: Option<Picture>,
    /// Address of the same in the other language, where it is not below `/mn/` and `/en/`.
    pub other_language: Option<String>,
    /// Permanent address of what the page is about, below the prefix.
    pub cite_as: Option<String>,
    /// False for views that search engines need not keep.
    pub is_indexed: bool,
    pub body: Markup,
}

/// A picture of 1200 × 630 pixels.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    /// Below the prefix, with its query.
    pub path: String,
    /// What it shows.
    pub alt: String,
}

/// Which entry of the site's menu a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Places,
    Tracker,
    Practices,
    Visits,
    About,
    /// An answer that is no page of the site.
    None,
}

impl Page {
    pub fn new(path: impl Into<String>, title: impl Into<String>, part: Part, body: Markup) -> Self {
        Self {
            path: path.into(),
            query: String::new(),
            view: String::new(),
            title: title.into(),
            description: String::new(),
            crumbs: Vec::new(),
            part,
            preview: None,
            other_language: None,
            cite_as: None,
            is_indexed: part != Part::None,
            body,
        }
    }

    fn other_language(&self, site: &Site<'_>) -> String {
        let own = || other_address(site, &self.path, &self.view);
        self.other_language.clone().unwrap_or_else(own)
    }

    /// The whole document. `snapshot` is `None` before the first load.
    pub fn set(self, site: &Site<'_>, snapshot: Option<&Snapshot>) -> String {
        let words = site.words();
        let page = html! {
            (DOCTYPE)
            html lang=(site.lang.tag()) {
                head {
                    (head(site, &Head {
                        title: &format!("{} · {}", self.title, words.site),
                        description: &self.description,
                        path: &self.path,
                        query: &self.query,
                        preview: self.preview.as_ref(),
                        is_indexed: self.is_indexed,
                    }))
                    @if let Some(path) = &self.cite_as {
                        link rel="cite-as" href=(site.absolute(&format!("{}{path}", site.prefix)));
                    }
                    (crumbs_for_machines(site, &self))
                }
                body {
                    a.skip href="#content" { (words.skip) }
                    header {
                        (site_head(site, self.part, &self.path, &self.other_language(site)))
                        @if snapshot.is_some_and(|snapshot| snapshot.illustrative) {
                            div.notice role="note" { div.inner { p { (words.illustrative) } } }
                        }
                    }
                    main.inner #content tabindex="-1" {
                        (crumbs(site, &self))
                        h1 { (self.title) }
                        (self.body)
                    }
                    (foot(site, snapshot))
                }
            }
        };
        page.into_string()
    }
}

/// What is said in the head, to browsers, search engines and those who share the address.
pub(super) struct Head<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    /// The city's map unless told.
    pub preview: Option<&'a Picture>,
    pub is_indexed: bool,
}

pub(super) fn head(site: &Site<'_>, head: &Head<'_>) -> Markup {
    let address = |lang| site.absolute(&format!("{}{}", site.page_in(lang, head.path), head.query));
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (head.title) }
        @if !head.description.is_empty() { meta name="description" content=(head.description); }
        (icon(site))
        @if head.is_indexed {
            link rel="canonical" href=(address(site.lang));
            @for lang in Lang::ALL { link rel="alternate" hreflang=(lang.tag()) href=(address(lang)); }
            link rel="alternate" hreflang="x-default" href=(address(Lang::Mn));
            meta property="og:type" content="website";
            meta property="og:site_name" content=(site.words().site);
            meta property="og:title" content=(head.title);
            @if !head.description.is_empty() { meta property="og:description" content=(head.description); }
            meta property="og:url" content=(address(site.lang));
            meta property="og:locale" content=(site.words().locale);
            (preview(site, head.preview))
        } @else { meta name="robots" content="noindex"; }
        @for style in site.styles { link rel="stylesheet" href={ (site.prefix) "/" (style) }; }
    }
}

/// The sign of the service, for browsers that draw SVG and for those that do not.
pub(super) fn icon(site: &Site<'_>) -> Markup {
    html! {
        link rel="icon" href={ (site.prefix) "/favicon.ico" } sizes="32x32";
        link rel="icon" href={ (site.prefix) "/icon.svg" } type="image/svg+xml";
    }
}

/// Those who show it know no address but a whole one.
fn preview(site: &Site<'_>, picture: Option<&Picture>) -> Markup {
    let words = site.words();
    let of_city = || Picture {
        path: format!("/maps/identifications.png?lang={}", site.lang.tag()),
        alt: words.title.to_owned(),
    };
    let Picture { path, alt } = picture.cloned().unwrap_or_else(of_city);
    html! {
        @if site.origin.is_some() {
            meta property="og:image" content=(site.absolute(&format!("{}{path}", site.prefix)));
            meta property="og:image:type" content="image/png";
            meta property="og:image:width" content="1200";
            meta property="og:image:height" content="630";
            meta property="og:image:alt" content=(alt);
            meta name="twitter:card" content="summary_large_image";
        }
    }
}

/// The way here as data, which no browser runs.
fn crumbs_for_machines(site: &Site<'_>, page: &Page) -> Markup {
    if page.crumbs.is_empty() || !page.is_indexed || site.origin.is_none() {
        return html! {};
    }
    let own = (page.title.clone(), format!("{}{}", site.page(&page.path), page.query));
    let item = |(position, (name, address)): (usize, &(String, String))| {
        serde_json::json!({
            "@type": "ListItem", "position": position, "name": name, "item": site.absolute(address),
        })
    };
    let items: Vec<_> = (1..).zip(page.crumbs.iter().chain([&own])).map(item).collect();
    let list = serde_json::json!({
        "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items,
    });
    data_block("application/ld+json", None, &list.to_string())
}

/// JSON that cannot end the element it stands in.
pub(super) fn data_block(kind: &str, id: Option<&str>, json: &str) -> Markup {
    html! { script type=(kind) id=[id] { (PreEscaped(json.replace('<', "\\u003c"))) } }
}

/// The same on every page; the viewer's script writes it again (`web/src/frame.ts`).
///
/// - `path`: of the page, as in [`Page`].
/// - `elsewhere`: address of the same in the other language.
pub(super) fn site_head(site: &Site<'_>, part: Part, path: &str, elsewhere: &str) -> Markup {
    let words = site.words();
    let other = other(site.lang);
    let entry = |of: Part, to: &str, name: &str| {
        let current = (part == of).then_some(if path == to { "page" } else { "true" });
        html! { li { a href=(site.page(to)) aria-current=[current] { (name) } } }
    };
    html! {
        div.site { div.inner {
            a.brand href=(site.page("")) { (words.site) }
            span.subtitle { (words.subtitle) }
            nav aria-label=(words.menu) { ul {
                (entry(Part::Places, "", words.map))
                (entry(Part::Tracker, "tracker", words.tracker))
                (entry(Part::Practices, "practices", words.practices))
                (entry(Part::Visits, "visits", words.visits))
                (entry(Part::About, "about", words.about))
            } }
            a.language lang=(other.tag()) hreflang=(other.tag())
                href=(elsewhere) { (words.other_language) }
        } }
    }
}

/// The same page in the other language.
pub(super) fn other_address(site: &Site<'_>, path: &str, view: &str) -> String {
    format!("{}{view}", site.page_in(other(site.lang), path))
}

pub(super) fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Mn => Lang::En,
        Lang::En => Lang::Mn,
    }
}

fn crumbs(site: &Site<'_>, page: &Page) -> Markup {
    html! {
        @if !page.crumbs.is_empty() {
            nav.crumbs aria-label=(site.words().way_here) { ol {
                @for (name, address) in &page.crumbs { li { a href=(address) { (name) } } }
            } }
        }
    }
}

fn foot(site: &Site<'_>, snapshot: Option<&Snapshot>) -> Markup {
    let words = site.words();
    html! {
        footer.foot { div.inner {
            @if let Some(snapshot) = snapshot {
                p { (as_published(site, snapshot)) }
                @if let Some(view) = site.in_force(snapshot) {
                    p { (words.source) ": " (names::source(site.lang, view)) }
                }
            }
            p { (words.disclaimer) }
            p { (words.licence) ": " (licence(site)) }
            ul {
                li { a href=(site.page("about#definitions")) { (words.definitions) } }
                li { a href=(site.page("about#data")) { (words.data) } }
                li { a href=(site.page("about#access")) { (words.accessibility) } }
                li { a href=(site.page("embed")) { (words.embed_title) } }
                li { a href=(site.page("about#error")) { (words.report_error) } }
            }
        } }
    }
}

/// Of when the data are.
pub(super) fn as_published(site: &Site<'_>, snapshot: &Snapshot) -> String {
    let when = published_on(snapshot).map(|date| day(date, site.lang)).unwrap_or_default();
    let revision = count(snapshot.revision.seq, site.lang);
    fill(site.words().as_published, &[("day", &when), ("revision", &revision)])
}

/// The civil day in Ulaanbaatar on which the revision was published.
pub fn published_on(snapshot: &Snapshot) -> Option<Date> {
    let at = jiff::Timestamp::from_second(snapshot.revision.published_at).ok()?;
    Some(jiff::tz::Offset::constant(OFFSET_H).to_datetime(at).date())
}

/// The configured licence, or that there is none: nobody may guess one.
pub(super) fn licence(site: &Site<'_>) -> Markup {
    site.licence.map_or_else(|| html! { (site.words().not_stated) }, linked)
}

/// An address or mail address as a link, other words as they are.
pub(super) fn linked(text: &str) -> Markup {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let is_mail = text.contains('@') && !text.contains(|c: char| c.is_whitespace() || c == ':');
    html! {
        @if is_address { a href=(text) { (text) } }
        @else if is_mail { a href={ "mailto:" (text) } { (text) } }
        @else { (text) }
    }
}

/// A table in a box of its own, which scrolls sideways where the page is narrow.
#[expect(clippy::needless_pass_by_value, reason = "a table is written where it is handed over")]
pub(super) fn scroll(name: &str, table: Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(name) tabindex="0" { (table) } }
}

/// A page that comes again by itself, for the seconds before the first load.
///
/// - `retry_s`: seconds until it asks again.
pub fn starting(lang: Lang, retry_s: u32) -> String {
    let words = words::of(lang);
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content=(retry_s);
                title { (words.site) }
                link rel="icon" href="data:,";
            }
            body { main { h1 { (words.site) } p { (words.starting) } } }
        }
    };
    page.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_block_cannot_be_ended_by_its_data() {
        let evil = serde_json::json!(["</script><script>alert(1)</script>"]).to_string();
        let block = data_block("application/json", Some("x"), &evil).into_string();
        assert_eq!(block.matches("</script>").count(), 1, "{block}");
        assert!(block.starts_with("<script type=\"application/json\" id=\"x\">"), "{block}");
    }

    #[test]
    fn a_contact_is_a_link_only_where_it_is_an_address() {
        let check = |text, expected: &str| assert_eq!(linked(text).into_string(), expected);
        check(
            "https://a.example/?b&c",
            "<a href=\"https://a.example/?b&amp;c\">https://a.example/?b&amp;c</a>",
        );
        check("hlp@ub.example", "<a href=\"mailto:hlp@ub.example\">hlp@ub.example</a>");
        check("javascript:alert(1)@x", "javascript:alert(1)@x");
        check("Room 5 <b>", "Room 5 &lt;b&gt;");
    }
}
