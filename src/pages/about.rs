//! What this is: the method, its steps and history, what every figure means, where the data come from, what
//! may be done with them, who can use the pages, whom to tell of an error.

use maud::{Markup, html};

use super::cards::base_word;
use super::layout::{Page, Part, licence, linked, scroll};
use super::numbers::{date_text, unit_word, with_unit};
use super::{Site, names, pick};
use crate::model::Step;
use crate::snapshot::Snapshot;
use crate::tracker::{Definition, Published, Topic, Value, definitions, published};

pub fn about(site: &Site<'_>, snapshot: &Snapshot) -> String {
    let words = site.words();
    let body = html! {
        p.lead { (words.about_lead) }
        nav aria-label=(words.on_this_page) { ul.links {
            @for (id, name) in [
                ("method", words.what_hlp_is),
                ("steps", words.six_steps),
                ("history", words.timeline),
                ("published", words.published_figures),
                ("definitions", words.definitions),
                ("data", words.data),
                ("boundaries", words.boundaries),
                ("access", words.accessibility),
                ("error", words.report_error),
            ] { li { a href={ "#" (id) } { (name) } } }
        } }
        section #method {
            h2 { (words.what_hlp_is) }
            p { (words.hlp_is_1) }
            p { (words.hlp_is_2) }
            h3 { (words.principles) }
            dl.facts.wide {
                @for (name, text) in [
                    (words.principle_appreciation, words.principle_appreciation_text),
                    (words.principle_connection, words.principle_connection_text),
                    (words.principle_adaptation, words.principle_adaptation_text),
                    (words.principle_replication, words.principle_replication_text),
                ] { div { dt { (name) } dd { (text) } } }
            }
        }
        (steps(site, snapshot))
        (timeline(site))
        (others(site))
        (all_definitions(site))
        (data(site, snapshot))
        section #boundaries {
            h2 { (words.boundaries) }
            p { (words.disclaimer) }
            @for view in snapshot.vintages.iter().rev() {
                p {
                    strong { (pick(site.lang, &view.vintage.title_mn, &view.vintage.title_en)) } ". "
                    (words.source) ": " (names::source(site.lang, view))
                }
            }
        }
        section #access {
            h2 { (words.accessibility) }
            @for text in [words.access_1, words.access_2, words.access_3] { p { (text) } }
        }
        section #error {
            h2 { (words.report_error) }
            p { (words.report_error_text) }
            p { @match site.contact {
                Some(contact) => (linked(contact)),
                None => (words.no_contact),
            } }
        }
    };
    let page = Page {
        description: words.about_lead.to_owned(),
        crumbs: vec![(words.city.to_owned(), site.page(""))],
        ..Page::new("about", words.about_title, Part::About, body)
    };
    page.set(site, Some(snapshot))
}

/// The steps as they are rows, with what is known of those that the method began with.
fn steps(site: &Site<'_>, snapshot: &Snapshot) -> Markup {
    let words = site.words();
    let mut steps: Vec<&Step> = snapshot.records.steps.iter().filter(|step| step.active).collect();
    steps.sort_by_key(|step| (step.position, &step.code));
    let what = |code: &str| match code {
        "identify" => Some(words.step_identify),
        "share" => Some(words.step_share),
        "learn" => Some(words.step_learn),
        "prioritise" => Some(words.step_prioritise),
        "replicate" => Some(words.step_replicate),
        "review" => Some(words.step_review),
        _ => None,
    };
    html! {
        section #steps {
            h2 { (words.six_steps) }
            ol { @for step in steps {
                li {
                    strong { (pick(site.lang, &step.name_mn, &step.name_en)) }
                    @if let Some(what) = what(&step.code) { ". " (what) }
                }
            } }
        }
    }
}

fn timeline(site: &Site<'_>) -> Markup {
    let words = site.words();
    html! {
        section #history {
            h2 { (words.timeline) }
            dl.facts.wide { @for event in published().filter(|p| p.topic == Topic::Timeline) {
                div {
                    dt { (date_text(event.as_of, site.lang)) }
                    dd {
                        (pick(site.lang, event.name_mn, event.name_en))
                        @for value in event.values { ", " (with_unit(Value(value.value), value.unit, site.lang)) }
                        (note(site, event))
                        (sources(site, event))
                    }
                }
            } }
        }
    }
}

/// Figures of others, apart from those that are computed here.
fn others(site: &Site<'_>) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let topics = [
        (Topic::Process, words.topic_process),
        (Topic::Trainings, words.topic_trainings),
        (Topic::City, words.topic_city),
        (Topic::Elsewhere, words.topic_elsewhere),
    ];
    html! {
        section #published {
            h2 { (words.published_figures) }
            p { (words.published_lead) }
            @for (topic, name) in topics {
                h3 { (name) }
                (scroll(name, html! {
                    table {
                        thead { tr {
                            th scope="col" { (words.figure) }
                            th scope="col" { (words.value) }
                            th scope="col" { (words.what_is_counted) }
                            th scope="col" { (words.date) }
                            th scope="col" { (words.sources) }
                        } }
                        tbody { @for p in published().filter(|p| p.topic == topic) {
                            tr {
                                th scope="row" { (pick(lang, p.name_mn, p.name_en)) (note(site, p)) }
                                td { (values(site, p)) }
                                td { (counted(site, p)) }
                                td { (date_text(p.as_of, lang)) }
                                td { (sources(site, p)) }
                            }
                        } }
                    }
                }))
            }
        }
    }
}

fn values(site: &Site<'_>, p: &Published) -> Markup {
    html! {
        @for (nth, value) in p.values.iter().enumerate() {
            @if nth > 0 { br; }
            @if p.values.len() > 1 { (pick(site.lang, value.name_mn, value.name_en)) ": " }
            (with_unit(Value(value.value), value.unit, site.lang))
        }
        @if let Some(n) = p.n { br; span.quiet { "n\u{a0}=\u{a0}" (super::numbers::count(n, site.lang)) } }
    }
}

fn counted(site: &Site<'_>, p: &Published) -> Markup {
    html! { @if let Some(base) = p.base {
        (pick(site.lang, base.mn, base.en))
        @if !base.is_told { br; span.quiet { (site.words().base_not_told) } }
    } }
}

fn note(site: &Site<'_>, p: &Published) -> Markup {
    let note = names::said(site.lang, p.note_mn, p.note_en);
    html! { @if let Some((text, _)) = note { br; span.quiet { (text) } } }
}

fn sources(site: &Site<'_>, p: &Published) -> Markup {
    html! { span.small.quiet { @for (nth, source) in p.sources.iter().enumerate() {
        @if nth == 0 { " " } @else { "; " }
        @let title = pick(site.lang, source.title_mn, source.title_en);
        @if let Some(url) = source.url { a href=(url) { (title) } } @else { (title) }
        ", " (pick(site.lang, source.publisher_mn, source.publisher_en))
        ", " (date_text(source.date, site.lang))
    } } }
}

fn all_definitions(site: &Site<'_>) -> Markup {
    let (lang, words) = (site.lang, site.words());
    html! {
        section #definitions {
            h2 { (words.definitions) }
            p { (words.definitions_lead) }
            @for d in definitions() {
                dl.definition id={ "def-" (d.id) } {
                    dt { (pick(lang, d.name_mn, d.name_en)) }
                    dd {
                        (pick(lang, d.definition_mn, d.definition_en))
                        span.of { (of(site, d)) }
                    }
                }
            }
        }
    }
}

/// Unit and base.
fn of(site: &Site<'_>, d: &Definition) -> Markup {
    let words = site.words();
    let base = d.base.map(|base| base_word(words, base));
    html! {
        code { (d.id) }
        @if !d.unit.is_empty() { " · " (words.unit) ": " (unit_word(d.unit, site.lang)) }
        @if let Some(base) = base { " · " (words.base) ": " (base) }
    }
}

fn data(site: &Site<'_>, snapshot: &Snapshot) -> Markup {
    let words = site.words();
    html! {
        section #data {
            h2 { (words.data) }
            p data-served { (words.data_lead) }
            ul.links {
                @for (path, name) in [
                    ("khoroos", words.data_khoroos),
                    ("districts", words.data_districts),
                    ("practices", words.data_practices),
                    ("replications", words.data_replications),
                    ("trainings", words.data_trainings),
                    ("khoroo-facts", words.data_facts),
                    ("tracker", words.data_figures),
                    ("definitions", words.data_definitions),
                    ("published", words.published_figures),
                ] { li { a href=(site.data(path)) { (name) } } }
                li { a href={ (site.prefix) "/tiles" } { (words.data_tiles) } }
                li { a href={ (site.prefix) "/api/openapi.json" } { (words.data_openapi) } }
                li { a href={ (site.prefix) "/ogc?f=html&lang=" (site.lang.tag()) } {
                    (pick(site.lang, "QGIS, ArcGIS, GDAL-д: OGC API", "For QGIS, ArcGIS and GDAL: OGC API"))
                } }
                li { a href={ (site.prefix) "/api/v1/catalog.jsonld" } type="application/ld+json" {
                    (pick(site.lang, "Мета өгөгдлийн каталог (DCAT 3)", "Catalogue of metadata (DCAT 3)"))
                } }
            }
            dl.facts.wide {
                div { dt { (words.licence) } dd { (licence(site)) } }
                div { dt { (words.last_change) } dd { (super::layout::as_published(site, snapshot)) } }
            }
        }
    }
}
