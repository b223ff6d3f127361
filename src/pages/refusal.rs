//! What a browser is shown when there is no such page: what happened, and what to do next.

use maud::{Markup, html};

use super::layout::{Page, Part};
use super::links::query;
use super::visits::month;
use super::words::fill;
use super::{Site, names, pick};
use crate::model::{KhorooCode, Lang, naming};
use crate::snapshot::Snapshot;

/// Why there is no page.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    /// HTTP status.
    pub status: u16,
    /// Bytes of the longest query.
    pub query_bytes_max: usize,
    /// What was asked for, without prefix: `/mn/khoroos/bzd-99`.
    pub path: &'a str,
    /// The parameter at fault, what was given for it, and what it may be.
    pub parameter: Option<&'a str>,
    pub given: Option<&'a str>,
    pub allowed: &'a [String],
}

/// - `snapshot`: `None` before the first load.
pub fn refusal(site: &Site<'_>, snapshot: Option<&Snapshot>, refused: Refusal<'_>) -> String {
    let words = site.words();
    let is_plan = refused.path.ends_with("/visits/month");
    let (title, what) = match refused.status {
        414 if is_plan => month::too_long(site, refused.query_bytes_max),
        404 | 410 => (words.no_such_page, words.no_such_page_text.to_owned()),
        400 | 414 => (words.bad_question, words.bad_question_text.to_owned()),
        405 => (words.bad_question, words.only_reading.to_owned()),
        503 => (words.too_busy, words.too_busy_text.to_owned()),
        _ => (words.our_fault, words.our_fault_text.to_owned()),
    };
    let body = html! {
        p.lead { (what) }
        @if let Some(parameter) = refused.parameter {
            p { @match refused.given {
                Some(given) => (fill(words.parameter_misread, &[("name", parameter), ("given", given)])),
                None => (fill(words.parameter_at_fault, &[("name", parameter)])),
            } }
            @if !refused.allowed.is_empty() { p { (words.allowed) ": " (refused.allowed.join(", ")) } }
        }
        @if let Some(snapshot) = snapshot { (elsewhere(site, snapshot, refused.path)) }
        ul.links {
            @if refused.path.ends_with("/tracker/records") {
                li { a href=(site.page("tracker/records")) { (words.records_of_figures) } }
            }
            @if is_plan { li { a href=(site.page("visits/month")) { (month::title(site)) } } }
            li { a href=(site.page("")) { (words.map) } }
            li { a href=(site.page("practices")) { (words.practices) } }
            li { a href=(site.page("tracker")) { (words.tracker) } }
            li { a href=(site.page("about")) { (words.about) } }
        }
    };
    // Of what is not there only the start page exists in the other language too.
    Page::new("", title, Part::None, body).set(site, snapshot)
}

/// A khoroo of that code in other boundaries, or the khoroos that its district has.
fn elsewhere(site: &Site<'_>, snapshot: &Snapshot, path: &str) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let code = path.rsplit_once("/khoroos/").and_then(|(_, code)| code.parse::<KhorooCode>().ok());
    let Some(code) = code else { return html! {} };
    let views = snapshot.vintages_with(&code);
    let district = site.in_force(snapshot).and_then(|view| {
        let idx = view.geography.district_idx(&code.district)?;
        Some((view, idx))
    });
    html! {
        @if !snapshot.districts.iter().any(|known| known.code == code.district) {
            p { (fill(words.district_nowhere, &[("code", code.district.as_str())])) }
        } @else if views.is_empty() {
            p { (fill(words.khoroo_nowhere, &[("khoroo", &naming::khoroo_name(code.number, lang))])) }
        } @else {
            p { (fill(words.khoroo_elsewhere, &[("khoroo", &naming::khoroo_name(code.number, lang))])) }
            ul.links { @for id in views {
                @let title = snapshot.vintage(&id).map(|v| pick(lang, &v.vintage.title_mn, &v.vintage.title_en));
                li {
                    a href={ (site.page(&format!("khoroos/{code}"))) (query(&[("vintage", id.to_string())])) } {
                        (title.unwrap_or_default())
                    }
                }
            } }
        }
        @if let Some((view, idx)) = district {
            p { a href=(site.district(snapshot, &view.vintage.id, &code.district)) {
                (fill(words.khoroos_of, &[("district", names::unit(lang, &view.geography.districts[idx]))]))
            } }
        }
    }
}

/// The language of an address; Mongolian where it tells none.
impl Refusal<'_> {
    pub fn lang_of(path: &str) -> Lang {
        let first = path.split('/').nth(1);
        if first == Some(Lang::En.tag()) { Lang::En } else { Lang::Mn }
    }
}
