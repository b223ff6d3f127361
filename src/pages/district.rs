//! One district: figures of the six steps, its khoroos side by side in the city's order, its themes.

use maud::{Markup, html};

use super::entered::Entered;
use super::layout::{Page, Part, scroll};
use super::numbers::{AREA_DECIMALS, count, decimal, or_unknown, year};
use super::practices::newest_first;
use super::trend::{Place, trend};
use super::words::fill;
use super::{Site, cards, names, pick, picture};
use crate::model::audience::Audience;
use crate::model::{DistrictCode, Practice};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, VintageView};
use crate::tracker::{self, AskError};

/// Practices named on the page; the list has all of them.
const PRACTICES_SHOWN: usize = 12;

/// - `district_idx`: in `view`, a vintage of `snapshot`.
pub fn district(
    site: &Site<'_>,
    snapshot: &Snapshot,
    view: &VintageView,
    district_idx: usize,
) -> Result<String, AskError> {
    let (lang, words) = (site.lang, site.words());
    let unit = &view.geography.districts[district_idx];
    let place = Place { snapshot, view, level: Level::District, idx: district_idx };
    let question = place.question();
    let steps = tracker::steps(snapshot, &question, Audience::Public)?;
    let title = fill(words.district_named, &[("name", names::unit(lang, unit))]);
    let lead = lead(site, place);
    let cite_as = format!("/id/districts/{}:{}", view.vintage.id, unit.code);
    let body = html! {
        div.beside { div {
        p.lead { (lead) }
        p.under {
            (words.boundaries) ": " (pick(lang, &view.vintage.title_mn, &view.vintage.title_en)) "."
            @for other in others(snapshot, view, &unit.district) {
                " " (words.same_district_elsewhere) " "
                a href={ (site.page(&format!("districts/{}", unit.code))) "?vintage=" (other.vintage.id) } {
                    (pick(lang, &other.vintage.title_mn, &other.vintage.title_en))
                } "."
            }
        }
        dl.facts {
            div { dt { (words.khoroos) } dd { (view.geography.khoroos_of(district_idx).len()) } }
            div { dt { (words.residents) } dd {
                (or_unknown(unit.population, words, lang))
                @if let Some(counted_in) = unit.population_year.filter(|_| unit.population.is_some()) {
                    " (" (year(&counted_in.to_string(), lang)) ")"
                }
            } }
            div { dt { (words.households) } dd { (or_unknown(unit.households, words, lang)) } }
            @if let Some(area) = unit.area_km2 {
                div { dt { (words.area) } dd { (decimal(area, AREA_DECIMALS, lang)) "\u{a0}" (words.km2) } }
            }
        }
        (trend(site, place))
        } (picture::map(site, place)) }
        section {
            h2 { (words.six_steps) }
            (cards::steps(site, &question, &steps))
        }
        section {
            h2 { (words.khoroos_of_district) }
            (khoroos(site, place))
        }
        section { h2 { (words.themes) } (themes(site, place)) }
        (practices(site, place, &unit.district))
        section {
            h2 { (words.data) }
            ul.links {
                li { a href=(site.data(&format!("districts/{}?vintage={}", unit.code, view.vintage.id))) { (words.data_unit) } }
                li { a href=(site.data(&format!("tracker?district={}&vintage={}", unit.code, view.vintage.id))) { (words.data_figures) } }
                li { a href=(site.data(&format!("practices?district={}", unit.code))) { (words.data_practices) } }
                li { a href=(site.data(&format!("replications?district={}", unit.code))) { (words.data_replications) } }
            }
        }
    };
    let query = site.of_vintage(snapshot, &view.vintage.id);
    let page = Page {
        query: query.clone(),
        view: query,
        preview: Some(picture::preview(site, place)),
        cite_as: Some(cite_as),
        description: format!("{title}: {lead}"),
        crumbs: vec![(words.city.to_owned(), site.page(""))],
        ..Page::new(format!("districts/{}", unit.code), title, Part::Places, body)
    };
    Ok(page.set(site, Some(snapshot)))
}

fn lead(site: &Site<'_>, place: Place<'_>) -> String {
    let words = site.words();
    let shown = |measure| or_unknown(place.figure(measure, &CycleChoice::All), words, site.lang);
    fill(
        words.district_lead,
        &[
            ("identified", &shown(Measure::Identifications)),
            ("replicated", &shown(Measure::Replications)),
            ("hosted", &shown(Measure::ReplicationsHosted)),
        ],
    )
}

fn others<'a>(snapshot: &'a Snapshot, view: &VintageView, code: &DistrictCode) -> Vec<&'a VintageView> {
    let has = |other: &&VintageView| {
        other.vintage.id != view.vintage.id && other.geography.district_idx(code).is_some()
    };
    snapshot.vintages.iter().filter(has).collect()
}

/// The district's khoroos in the order of their numbers: a list, not a ranking.
pub(super) fn khoroos(site: &Site<'_>, place: Place<'_>) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let Place { snapshot, view, idx, .. } = place;
    let all = CycleChoice::All;
    let row = |khoroo_idx: usize| {
        let unit = &view.geography.khoroos[khoroo_idx];
        let figure = |measure| view.counts.value(measure, Level::Khoroo, khoroo_idx, &all, None);
        html! {
            tr {
                th scope="row" {
                    a href={ (site.page(&format!("khoroos/{}", unit.code))) (site.of_vintage(snapshot, &view.vintage.id)) } {
                        (names::unit(lang, unit))
                    }
                }
                td.n { (or_unknown(unit.population, words, lang)) }
                @for measure in Measure::ALL { td.n { (or_unknown(figure(measure), words, lang)) } }
            }
        }
    };
    let whole = &view.geography.districts[idx];
    scroll(
        words.khoroos_of_district,
        html! {
            table {
                thead { tr {
                    th scope="col" { (words.khoroo) }
                    th.n scope="col" { (words.residents) }
                    th.n scope="col" { (words.identifications) }
                    th.n scope="col" { (words.replications) }
                    th.n scope="col" { (words.replications_hosted) }
                } }
                tbody { @for khoroo_idx in view.geography.khoroos_of(idx) { (row(khoroo_idx)) } }
                tfoot { tr {
                    th scope="row" { (words.whole_district) }
                    td.n { (or_unknown(whole.population, words, lang)) }
                    @for measure in Measure::ALL {
                        td.n { (or_unknown(place.figure(measure, &all), words, lang)) }
                    }
                } }
            }
        },
    )
}

fn themes(site: &Site<'_>, place: Place<'_>) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let unit = &place.view.geography.districts[place.idx];
    let figure = |measure, theme: &str| {
        let counts = &place.view.counts;
        counts.value(measure, Level::District, place.idx, &CycleChoice::All, Some(theme))
    };
    scroll(
        words.themes,
        html! {
            table {
                thead { tr {
                    th scope="col" { (words.theme) }
                    @for name in [words.identifications, words.replications, words.replications_hosted] {
                        th.n scope="col" { (name) }
                    }
                } }
                tbody { @for theme in &place.view.counts.themes {
                    tr {
                        th scope="row" {
                            a href=(site.page(&format!("practices?theme={theme}&district={}", unit.code))) {
                                (names::theme(lang, place.snapshot, theme))
                            }
                        }
                        @for measure in Measure::ALL {
                            td.n { (or_unknown(figure(measure, theme), words, lang)) }
                        }
                    }
                } }
            }
        },
    )
}

fn practices(site: &Site<'_>, place: Place<'_>, code: &DistrictCode) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let Place { snapshot, view, .. } = place;
    let entered = Entered::of(snapshot, &place.scope(), None, &view.counts.cycles);
    let of_here = snapshot.public_practices().filter(|p| p.host.code.district == *code);
    let all: Vec<&Practice> = newest_first(snapshot, of_here.collect());
    let n = count(all.len() as i64, lang);
    html! {
        section {
            h2 { (words.practices_of_district) }
            (entered.note(site))
            (entered.besides(site, &all))
            @if all.is_empty() { p.quiet { (words.no_practices) } } @else {
                ul.list { @for practice in all.iter().take(PRACTICES_SHOWN) {
                    li {
                        h3 { (names::practice_link(site, practice)) }
                        ul.tags {
                            li { (names::theme(lang, snapshot, &practice.theme)) }
                            li { (names::khoroo_link(site, snapshot, &practice.host)) }
                        }
                    }
                } }
                p { a href=(site.page(&format!("practices?district={code}"))) {
                    (fill(words.all_n_practices, &[("n", &n)]))
                } }
            }
        }
    }
}
