//! The city: figures and tables that need no script, then the live viewer in their place.
//!
//! What the page promises to the viewer's script (`web/src/config.ts`):
//!
//! - `<div id="viewer" data-state="loading" data-lang="mn|en" data-base="PREFIX">` holds everything
//!   seen. The script builds beside its content and takes its place once the map stands; `PREFIX` is
//!   the path under which the service lies, empty or `/hlp`.
//! - `<script type="application/json" id="hlp-config">` holds what the script is told before its first
//!   request: a data block that no browser runs, with every `<` escaped, so that no text of the data can
//!   end it.
//! - Script and style of the viewer's entry are linked as Vite's manifest names them.

use maud::{DOCTYPE, Markup, html};

use super::choices::{self, select};
use super::chosen::chosen;
use super::embed::EmbedChoice;
use super::entered::Entered;
use super::key::{Marks, key, notes};
use super::layout::{Head, Part, data_block, head, other_address, site_head};
use super::links;
use super::numbers::or_unknown;
use super::places::by_place;
use super::words::fill;
use super::{Site, names, pick, picture};
use crate::cartography::picture::Area;
use crate::cartography::{self, Legend, MapMeasure, Query};
use crate::snapshot::{CycleChoice, Measure, Snapshot};
use crate::tracker::Scope;

/// Windows in which the viewer first shows the real map (`web/src/drawn.ts`); narrower ones do without
/// the weight of its library.
const SHOWS_MAP_FIRST: &str = "(min-width: 480px)";

/// The built viewer, as paths below the prefix, and what it is told.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'a> {
    pub script: &'a str,
    /// Scripts that it imports at once.
    pub preloads: &'a [String],
    /// What it imports for the real map: scripts, styles, and scripts that run beside the page.
    pub map: Parts<'a>,
    /// JSON.
    pub config: &'a str,
}

#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    pub scripts: &'a [String],
    pub styles: &'a [String],
    pub workers: &'a [String],
}

/// - `site.styles`: those of the viewer.
/// - `shown`: what the address names; `None` where there is nothing to map.
pub fn city(site: &Site<'_>, snapshot: &Snapshot, viewer: Viewer<'_>, shown: Option<&EmbedChoice>) -> String {
    let words = site.words();
    let lang = site.lang.tag();
    let query = shown.map(|choice| &choice.map);
    let view = query.map_or_else(|| site.in_force(snapshot), |query| snapshot.vintage(&query.vintage));
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                (head(site, &Head {
                    title: &format!("{} · {}", words.title, words.site),
                    description: words.description,
                    path: "",
                    query: "",
                    preview: None,
                    is_indexed: true,
                }))
                @for script in viewer.preloads { link rel="modulepreload" href={ (site.prefix) "/" (script) }; }
                (ahead(site, viewer.map))
                script type="module" src={ (site.prefix) "/" (viewer.script) } {}
                (data_block("application/json", Some("hlp-config"), viewer.config))
            }
            body {
                div #viewer data-state="loading" data-lang=(lang) data-base=(site.prefix) {
                    header {
                        (site_head(site, Part::Places, "", &other_address(site, "", &shown.map_or_else(String::new, address))))
                        @if snapshot.illustrative { p.notice role="note" { (words.illustrative) } }
                    }
                    main.document {
                        (overview(site, snapshot, shown))
                        @if let Some(view) = view {
                            div #figures { (by_place(site, snapshot, view, query)) }
                            p.source { (words.source) ": " (names::source(site.lang, view)) }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

/// `?…` of the view.
fn address(choice: &EmbedChoice) -> String {
    links::query(&choice.pairs())
}

/// Where remarks on an address go: the end of the head, or the beginning of what is in a frame.
const HEAD_END: &str = "</header><main class=\"document\">";
const FRAME_BEGIN: &str = "<main class=\"document\">";

/// The page of [`city`] with what its address asks for in vain, and what is shown instead.
///
/// Any text can be asked for, so pages are kept without it, and it is put in for each answer.
///
/// - `unknown`: what the address names that there is not: parameters with their values.
pub fn remarked(
    page: &str,
    site: &Site<'_>,
    snapshot: &Snapshot,
    shown: Option<&Query>,
    unknown: &[(&str, String)],
) -> String {
    let remarks = remarks(site, snapshot, shown, unknown);
    let (head, rest) = page.split_once(HEAD_END).expect("`city` writes a head, and its document after it");
    [head, &remarks.into_string(), HEAD_END, rest].concat()
}

/// The same of a frame's content.
pub fn remarked_frame(
    page: &str,
    site: &Site<'_>,
    snapshot: &Snapshot,
    shown: &Query,
    unknown: &[(&str, String)],
) -> String {
    let remarks = remarks(site, snapshot, Some(shown), unknown);
    let (head, rest) = page.split_once(FRAME_BEGIN).expect("`embed` writes a document");
    [head, FRAME_BEGIN, &remarks.into_string(), rest].concat()
}

fn remarks(
    site: &Site<'_>,
    snapshot: &Snapshot,
    shown: Option<&Query>,
    unknown: &[(&str, String)],
) -> Markup {
    let words = site.words();
    let thing = |name: &str| match name {
        "area" => words.embed_area,
        "measure" => words.measure,
        "cycle" => words.cycle,
        "vintage" => words.boundaries,
        "theme" => words.theme,
        "rate" => words.embed_rate,
        "level" => words.embed_level,
        _ => words.embed_form,
    };
    let title = shown.map_or_else(
        || words.title.to_owned(),
        |query| cartography::title(snapshot, query).get(site.lang).to_owned(),
    );
    html! {
        @for (name, given) in unknown {
            p.notice data-misread=(name) {
                (fill(words.not_there, &[("thing", thing(name)), ("given", given), ("shown", &title)]))
            }
        }
    }
}

/// Asks for the parts of the real map before the script that needs them has run: over a slow line each
/// would otherwise wait for the one before.
fn ahead(site: &Site<'_>, map: Parts<'_>) -> Markup {
    html! {
        @for script in map.scripts {
            link rel="modulepreload" href={ (site.prefix) "/" (script) } media=(SHOWS_MAP_FIRST);
        }
        @for style in map.styles {
            // The script asks for it without cookies too; otherwise it would come twice.
            link rel="preload" as="style" crossorigin href={ (site.prefix) "/" (style) } media=(SHOWS_MAP_FIRST);
        }
        @for script in map.workers {
            link rel="modulepreload" href={ (site.prefix) "/" (script) } media=(SHOWS_MAP_FIRST);
        }
    }
}

/// Title, figures and legend beside the map, which opens as the viewer does.
fn overview(site: &Site<'_>, snapshot: &Snapshot, shown: Option<&EmbedChoice>) -> Markup {
    let words = site.words();
    let map = shown.and_then(|choice| Some((map(site, snapshot, choice)?, choice)));
    html! {
        div.overview {
            div.summary {
                h1 { (words.title) }
                (by_cycle(site, snapshot))
            }
            @if let Some(((pictures, legend), choice)) = map {
                div.map-of-city {
                    (form(site, snapshot, choice))
                    h2 { (legend.title.get(site.lang)) }
                    a.skip href="#figures" { (words.skip_map) }
                    (pictures)
                    (chosen(site, snapshot, &choice.map, &choice.marked()))
                    (notes(site, &legend))
                    @if let Some(view) = snapshot.vintage(&choice.map.vintage) {
                        p.under.screen { (picture::links(site, view, choice.map.level)) }
                    }
                }
                (key(site, &legend, Marks::default()))
            }
        }
    }
}

/// What the map may show, for whom no script offers it; the same names as in the viewer's address.
fn form(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Markup {
    let words = site.words();
    let map = &choice.map;
    let measure = choice.measure.unwrap_or(MapMeasure::Identifications).word();
    let (cycle, uncounted) = match &map.cycle {
        CycleChoice::One(id) => (Some(id.as_str()), ""),
        CycleChoice::All => (
            None,
            snapshot
                .vintage(&map.vintage)
                .map_or("", |view| pick(site.lang, &view.vintage.title_mn, &view.vintage.title_en)),
        ),
    };
    let has_rate = map.measure.has_rate();
    let is_offered = |name: &str| match name {
        "rate" => has_rate,
        _ => ["measure", "cycle", "theme", "level"].contains(&name),
    };
    let kept = choice.pairs().into_iter().filter(|(name, _)| !is_offered(name));
    let (cycles, themes) =
        (choices::cycles(site, snapshot), choices::themes_of_map(site, snapshot, map.theme.as_deref()));
    html! {
        noscript {
            form.choices method="get" action=(site.page("")) {
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
                (select("measure", words.measure, "", Some(measure), choices::measures(site)))
                (select("cycle", words.cycle, uncounted, cycle, cycles))
                (select("theme", words.theme, words.all_themes, map.theme.as_deref(), themes))
                @if has_rate {
                    (select("rate", words.embed_rate, "", Some(map.rate.word()), choices::rates(site)))
                }
                (select("level", words.embed_level, "", Some(map.level.word()), choices::levels(site)))
                div { button { (words.show) } }
            }
        }
    }
}

fn map(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Option<(Markup, Legend)> {
    let legend = cartography::legend(snapshot, &choice.map).ok()?;
    let places = (&Area::City, &choice.marked());
    Some((picture::forms(site, snapshot, &choice.map, places, None).ok()?, legend))
}

/// The headline: figures of the whole city by cycle, the newest first.
fn by_cycle(site: &Site<'_>, snapshot: &Snapshot) -> Markup {
    let words = site.words();
    let mut cycles: Vec<_> = snapshot.records.cycles.iter().collect();
    cycles.sort_by_key(|cycle| (cycle.starts_on, &cycle.id));
    let rows = cycles.into_iter().rev().filter_map(|cycle| {
        let view = snapshot.vintage(&cycle.vintage)?;
        let choice = CycleChoice::One(cycle.id.clone());
        let total = |measure| or_unknown(view.counts.total(measure, &choice, None), words, site.lang);
        Some(html! {
            tr {
                th scope="row" { (pick(site.lang, &cycle.title_mn, &cycle.title_en)) }
                td { (total(Measure::Identifications)) }
                td { (total(Measure::Replications)) }
            }
        })
    });
    let rows: Vec<Markup> = rows.collect();
    html! {
        @if !rows.is_empty() {
            table {
                caption { (words.by_cycle) }
                thead { tr {
                    @for name in [words.cycle, words.identifications, words.replications] {
                        th scope="col" { (name) }
                    }
                } }
                tbody { @for row in &rows { (row) } }
            }
            (Entered::of(snapshot, &Scope::City, None, snapshot.records.cycles.iter().map(|c| &c.id)).note(site))
        }
    }
}
