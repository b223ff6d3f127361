//! Choices of a form that works without script: lists side by side, each with what is chosen.
//!
//! Owns: the lists of measures, cycles, themes, districts, rates and levels, in the order and words that people
//! choose from. Leaves to others: which of them a form has, and where it leads.

use maud::{Markup, Render, html};

use super::{Site, pick};
use crate::cartography::{self, MapMeasure, Rate};
use crate::model::records::Theme;
use crate::snapshot::{Level, Snapshot};

/// A code, and what it is called.
type Choice<'a, T> = (&'a str, T);

/// A list; without a text for what is not chosen, something always is.
pub(super) fn select<'a, T: Render>(
    name: &str,
    label: &str,
    none: &str,
    chosen: Option<&str>,
    options: impl IntoIterator<Item = Choice<'a, T>>,
) -> Markup {
    html! {
        div {
            label for=(name) { (label) }
            select #(name) name=(name) {
                @if !none.is_empty() { option value="" { (none) } }
                @for (code, text) in options { option value=(code) selected[chosen == Some(code)] { (text) } }
            }
        }
    }
}

pub(super) fn measures(site: &Site<'_>) -> impl Iterator<Item = Choice<'static, String>> {
    let name = |measure| cartography::measure_name(measure).get(site.lang).to_owned();
    MapMeasure::ALL.map(|measure| (measure.word(), name(measure))).into_iter()
}

/// The newest first.
pub(super) fn cycles<'a>(
    site: &Site<'_>,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = Choice<'a, &'a str>> {
    let lang = site.lang;
    let mut cycles: Vec<_> = snapshot.records.cycles.iter().collect();
    cycles.sort_by_key(|cycle| (std::cmp::Reverse(cycle.starts_on), &cycle.id));
    cycles.into_iter().map(move |cycle| (cycle.id.as_str(), pick(lang, &cycle.title_mn, &cycle.title_en)))
}

/// All that records have, also those that new ones do not get.
pub(super) fn themes<'a>(
    site: &Site<'_>,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = Choice<'a, &'a str>> {
    themes_that(site, snapshot, |_| true)
}

/// Those that the map offers: what is in use, and what is chosen all the same.
pub(super) fn themes_of_map<'a>(
    site: &Site<'_>,
    snapshot: &'a Snapshot,
    chosen: Option<&'a str>,
) -> impl Iterator<Item = Choice<'a, &'a str>> {
    themes_that(site, snapshot, move |theme| theme.active || chosen == Some(&theme.code))
}

fn themes_that<'a>(
    site: &Site<'_>,
    snapshot: &'a Snapshot,
    is_offered: impl Fn(&Theme) -> bool,
) -> impl Iterator<Item = Choice<'a, &'a str>> {
    let lang = site.lang;
    let mut themes: Vec<_> = snapshot.records.themes.iter().filter(|theme| is_offered(theme)).collect();
    themes.sort_by_key(|theme| (theme.position, &theme.code));
    themes.into_iter().map(move |theme| (theme.code.as_str(), pick(lang, &theme.name_mn, &theme.name_en)))
}

pub(super) fn districts<'a>(
    site: &Site<'_>,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = Choice<'a, &'a str>> {
    let lang = site.lang;
    let name = move |district: &'a crate::model::District| pick(lang, &district.name_mn, &district.name_en);
    snapshot.districts.iter().map(move |district| (district.code.as_str(), name(district)))
}

pub(super) fn rates(site: &Site<'_>) -> [Choice<'static, &'static str>; 2] {
    let words = site.words();
    [(Rate::Count.word(), words.embed_count), (Rate::Per10000.word(), words.embed_per10000)]
}

pub(super) fn levels(site: &Site<'_>) -> [Choice<'static, &'static str>; 2] {
    let words = site.words();
    [(Level::Khoroo.word(), words.by_khoroo), (Level::District.word(), words.by_district)]
}
