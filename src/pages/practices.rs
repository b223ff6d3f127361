//! The list of practices: by theme, district and words of the title, in pages.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;
use maud::{Markup, html};

use super::choices::select;
use super::entered::Entered;
use super::layout::{Page, Part};
use super::links::query;
use super::names::{self, said};
use super::numbers::count;
use super::words::fill;
use super::{Site, choices};
use crate::model::{DistrictCode, Practice};
use crate::snapshot::search::Typed;
use crate::snapshot::{Snapshot, copies, counting_statuses, entries};
use crate::tracker::Scope;

/// Practices on a page. Too low: much turning. Too high: long pages on slow phones.
const PER_PAGE: usize = 25;

/// What is asked for; nothing means all.
#[derive(Debug, Clone, Default)]
pub struct Choice<'a> {
    pub theme: Option<&'a str>,
    pub district: Option<DistrictCode>,
    /// As typed, and as understood; the latter is `None` where nothing can be looked for.
    pub text: &'a str,
    pub typed: Option<Typed>,
    /// From 1; beyond the last one is the last.
    pub page: usize,
}

pub fn practices(site: &Site<'_>, snapshot: &Snapshot, choice: &Choice<'_>) -> String {
    let (lang, words) = (site.lang, site.words());
    let found = found(snapshot, choice);
    let n_pages = found.len().div_ceil(PER_PAGE).max(1);
    let page = choice.page.clamp(1, n_pages);
    let shown: Vec<&Practice> = found.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).copied().collect();
    let n = count(found.len() as i64, lang);
    let made = made(snapshot, &shown);
    let body = html! {
        p.lead { (words.practices_lead) }
        (form(site, snapshot, choice))
        section aria-label=(words.results) {
            p role="status" { (fill(words.n_practices, &[("n", &n)])) }
            @if choice.text.trim().is_empty() { (entered(site, snapshot, choice)) }
            @if found.is_empty() { p { (words.no_practice_found) } }
            ul.list { @for (practice, n_made) in shown.iter().zip(made) {
                li { (row(site, snapshot, practice, n_made)) }
            } }
            (turning(site, choice, page, n_pages))
        }
        section {
            h2 { (words.data) }
            ul.links { li { a href=(site.data("practices")) { (words.data_practices) } } }
        }
    };
    let page = Page {
        query: if page > 1 { query(&[("page", page.to_string())]) } else { String::new() },
        view: view(choice, page),
        description: words.practices_lead.to_owned(),
        crumbs: vec![(words.city.to_owned(), site.page(""))],
        ..Page::new("practices", words.practices, Part::Practices, body)
    };
    page.set(site, Some(snapshot))
}

/// Why the list is shorter than the figures of its theme and district.
fn entered(site: &Site<'_>, snapshot: &Snapshot, choice: &Choice<'_>) -> Markup {
    let scope = choice.district.clone().map_or(Scope::City, Scope::District);
    let cycles = snapshot.records.cycles.iter().map(|cycle| &cycle.id);
    Entered::of(snapshot, &scope, choice.theme, cycles).note(site)
}

fn found<'a>(snapshot: &'a Snapshot, choice: &Choice<'_>) -> Vec<&'a Practice> {
    let is_wanted = |practice: &&Practice| {
        choice.theme.is_none_or(|theme| practice.theme == theme)
            && choice.district.as_ref().is_none_or(|district| practice.host.code.district == *district)
    };
    match &choice.typed {
        Some(typed) => {
            let hits = snapshot.search.practices(typed).into_iter();
            hits.map(|at| &snapshot.records.practices[at]).filter(is_wanted).collect()
        }
        None if choice.text.trim().is_empty() => {
            newest_first(snapshot, snapshot.public_practices().filter(is_wanted).collect())
        }
        None => Vec::new(),
    }
}

/// By the day on which they were last entered in a cycle; those that never were come last.
pub(super) fn newest_first<'a>(
    snapshot: &'a Snapshot,
    mut practices: Vec<&'a Practice>,
) -> Vec<&'a Practice> {
    let mut entered: HashMap<&str, Date> = HashMap::new();
    for entry in entries(&snapshot.records, &snapshot.verdict) {
        let day = entered.entry(&entry.practice).or_insert(entry.entered_on);
        *day = entry.entered_on.max(*day);
    }
    practices.sort_by_key(|practice| (Reverse(entered.get(practice.id.as_str()).copied()), &practice.id));
    practices
}

/// Copies that count, by practice.
fn made(snapshot: &Snapshot, practices: &[&Practice]) -> Vec<usize> {
    let counting = counting_statuses(&snapshot.records);
    let mut made = vec![0; practices.len()];
    for copy in copies(&snapshot.records, &snapshot.verdict) {
        if let Some(at) = practices.iter().position(|practice| practice.id == copy.practice)
            && counting.contains(copy.status.as_str())
        {
            made[at] += 1;
        }
    }
    made
}

fn form(site: &Site<'_>, snapshot: &Snapshot, choice: &Choice<'_>) -> Markup {
    let words = site.words();
    let district = choice.district.as_ref().map(ToString::to_string);
    let (themes, districts) = (choices::themes(site, snapshot), choices::districts(site, snapshot));
    html! {
        form.choices method="get" action=(site.page("practices")) role="search" {
            div {
                label for="q" { (words.words_of_title) }
                input #q name="q" type="search" value=(choice.text) maxlength="100";
            }
            (select("theme", words.theme, words.all_themes, choice.theme, themes))
            (select("district", words.district, words.all_districts, district.as_deref(), districts))
            div { button { (words.search) } }
        }
    }
}

fn row(site: &Site<'_>, snapshot: &Snapshot, practice: &Practice, n_made: usize) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let summary = said(lang, practice.summary_mn.as_deref(), practice.summary_en.as_deref());
    html! {
        h2 { (names::practice_link(site, practice)) }
        @if let Some(summary) = summary { p { (names::text(lang, summary)) } }
        ul.tags {
            li { (names::theme(lang, snapshot, &practice.theme)) }
            li { (names::khoroo_link(site, snapshot, &practice.host)) }
            @if n_made > 0 {
                li { (fill(words.copied_n_times, &[("n", &count(n_made as i64, lang))])) }
            }
        }
    }
}

fn turning(site: &Site<'_>, choice: &Choice<'_>, page: usize, n_pages: usize) -> Markup {
    let words = site.words();
    let to = |page| site.page(&format!("practices{}", view(choice, page)));
    turn(site, words.pages_of_list, page, n_pages, to)
}

/// Ways to the pages before and after.
pub(super) fn turn(
    site: &Site<'_>,
    name: &str,
    page: usize,
    n_pages: usize,
    to: impl Fn(usize) -> String,
) -> Markup {
    let words = site.words();
    let of = |n: usize| count(n as i64, site.lang);
    html! {
        @if n_pages > 1 {
            nav.pages aria-label=(name) {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { (words.page_before) } }
                span { (fill(words.page_of, &[("page", &of(page)), ("n", &of(n_pages))])) }
                @if page < n_pages { a rel="next" href=(to(page + 1)) { (words.page_after) } }
            }
        }
    }
}

/// The query of a view of the list.
fn view(choice: &Choice<'_>, page: usize) -> String {
    let mut pairs = Vec::new();
    if !choice.text.is_empty() {
        pairs.push(("q", choice.text.to_owned()));
    }
    if let Some(theme) = choice.theme {
        pairs.push(("theme", theme.to_owned()));
    }
    if let Some(district) = &choice.district {
        pairs.push(("district", district.to_string()));
    }
    if page > 1 {
        pairs.push(("page", page.to_string()));
    }
    query(&pairs)
}
