//! The list of pages for search engines, in both languages, each with its twin.

use maud::{Markup, PreEscaped, html};

use super::Site;
use super::layout::published_on;
use super::links::in_path;
use crate::model::Lang;
use crate::snapshot::Snapshot;

/// Addresses in one list at most, as sitemaps.org has it.
const ADDRESSES_MAX: usize = 50_000;

pub fn sitemap(site: &Site<'_>, snapshot: &Snapshot) -> String {
    let changed = published_on(snapshot).map(|day| day.to_string()).unwrap_or_default();
    let pages = paths(site, snapshot);
    let shown = pages.iter().take(ADDRESSES_MAX / Lang::ALL.len());
    let list = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" {
            @for path in shown { @for lang in Lang::ALL { (entry(site, lang, path, &changed)) } }
        }
    };
    list.into_string()
}

fn entry(site: &Site<'_>, lang: Lang, path: &str, changed: &str) -> Markup {
    let address = |lang| site.absolute(&site.page_in(lang, path));
    let twin = |lang: Lang| {
        let (tag, address) = (lang.tag(), html! { (address(lang)) }.into_string());
        PreEscaped(format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>"))
    };
    html! {
        url {
            loc { (address(lang)) }
            lastmod { (changed) }
            @for lang in Lang::ALL { (twin(lang)) }
        }
    }
}

/// Paths below the language: the most visited first, for lists that are cut.
fn paths(site: &Site<'_>, snapshot: &Snapshot) -> Vec<String> {
    let mut paths: Vec<String> =
        ["", "tracker", "practices", "visits", "visits/day", "visits/month", "about", "embed"]
            .map(str::to_owned)
            .into();
    for view in snapshot.vintages.iter().rev() {
        let of = site.of_vintage(snapshot, &view.vintage.id);
        paths.extend(view.geography.districts.iter().map(|unit| format!("districts/{}{of}", unit.code)));
        paths.extend(view.geography.khoroos.iter().map(|unit| format!("khoroos/{}{of}", unit.code)));
    }
    paths.extend(snapshot.public_practices().map(|p| format!("practices/{}", in_path(&p.id))));
    paths
}
