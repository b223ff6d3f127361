//! The map on the page of another site: the viewer in a frame, or a still picture, and the page that
//! makes the code for it.
//!
//! What is in the frame is read without script: title, figures, source, and the way to the city's page.
//! The viewer's script takes their place as on the city's page (`super::city`); what it may not offer
//! and with whom it may speak stands in its configuration.

mod builder;
mod choice;

use maud::{DOCTYPE, Markup, html};

use super::chosen::{chosen, texts};
use super::key::{Marks, key, notes};
use super::layout::{data_block, icon};
use super::links::query;
use super::picture::forms;
use super::{Site, Viewer, names, pick};
use crate::cartography::{self, MapMeasure, Query, Rate, UnitValues};
use crate::snapshot::{Level, Snapshot};

pub use crate::cartography::picture::Area;
pub use builder::{Builder, builder};
pub use choice::{EmbedChoice, code_of, unknown, unknown_in_frame};

/// Widths of the still picture, and the window from which the wider one is taken.
const STILL_WIDTHS_PX: [u32; 2] = [480, 1_200];
const STILL_WIDE_FROM: &str = "(min-width: 700px)";
const DARK: &str = "(prefers-color-scheme: dark)";

/// A frame's content.
#[derive(Debug, Clone, Copy)]
pub struct Embed<'a> {
    pub choice: &'a EmbedChoice,
    /// The page around listens, so the frame becomes as high as its content; otherwise it is filled.
    pub is_heard: bool,
    /// The page around waits to be told that the frame is shown: a still picture then has a script for it.
    pub is_awaited: bool,
    /// Not looked at where the picture is still.
    pub viewer: Viewer<'a>,
}

/// - `site.styles`: those of the viewer.
pub fn embed(site: &Site<'_>, snapshot: &Snapshot, embed: Embed<'_>) -> Result<String, cartography::Error> {
    let words = site.words();
    let Embed { choice, viewer, .. } = embed;
    let lang = site.lang.tag();
    let title = title(site, snapshot, choice)?;
    let home = home(site, choice);
    let fit = if embed.is_heard && !choice.still { "fit" } else { "fill" };
    let locked = choice.locked().join(" ");
    let state = if choice.still { "ready" } else { "loading" };
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (words.site) }
                meta name="robots" content="noindex";
                link rel="canonical" href=(site.absolute(&home));
                (icon(site))
                // Every link leaves the frame.
                base target="_blank";
                @for style in site.styles { link rel="stylesheet" href={ (site.prefix) "/" (style) }; }
                @if choice.still {
                    @if embed.is_awaited { script src={ (site.prefix) "/embed.js" } async {} }
                } @else {
                    @for script in viewer.preloads { link rel="modulepreload" href={ (site.prefix) "/" (script) }; }
                    script type="module" src={ (site.prefix) "/" (viewer.script) } {}
                    (data_block("application/json", Some("hlp-config"), viewer.config))
                }
            }
            body {
                div #viewer data-state=(state) data-lang=(lang) data-base=(site.prefix) data-embed=(fit) data-locked=(locked) {
                    main.document {
                        // The still picture says both itself; those who do not see it read them here.
                        @let unseen = choice.still.then_some("visually-hidden");
                        @if snapshot.illustrative { div class=[unseen] { p.notice role="note" { (words.illustrative) } } }
                        h1 class=[unseen] { (title) }
                        @let legend = legend_of(snapshot, choice)?;
                        @if choice.still { div.visually-hidden { (notes(site, &legend)) } }
                        @if choice.still {
                            (picture(site, choice, &title))
                            (chosen(site, snapshot, &choice.map, &choice.marked()))
                            details { summary { (words.embed_figures) } (figures(site, snapshot, choice)?) }
                        } @else {
                            div.overview {
                                div.map-of-city {
                                    (forms(site, snapshot, &choice.map, (&choice.area, &choice.marked()), choice.form)?)
                                    (chosen(site, snapshot, &choice.map, &choice.marked()))
                                    (notes(site, &legend))
                                }
                                (key(site, &legend, Marks::default()))
                            }
                            (figures(site, snapshot, choice)?)
                        }
                        p.source {
                            (words.source) ": " (source(snapshot, &choice.map)) " "
                            a href=(home) target="_blank" rel="noopener" { (words.embed_open) }
                        }
                    }
                }
            }
        }
    };
    Ok(page.into_string())
}

/// Of the district that the map shows alone, as the viewer counts it.
fn legend_of(snapshot: &Snapshot, choice: &EmbedChoice) -> Result<cartography::Legend, cartography::Error> {
    match &choice.area {
        Area::City => cartography::legend(snapshot, &choice.map),
        Area::District(code) => cartography::legend_within(snapshot, &choice.map, code),
        Area::Khoroo(code) => cartography::legend_within(snapshot, &choice.map, &code.district),
    }
}

/// The city's page with the same view.
pub fn home(site: &Site<'_>, choice: &EmbedChoice) -> String {
    let mut pairs = choice.pairs();
    pairs.retain(|(name, _)| *name != "area");
    if let (Area::Khoroo(code), None) = (&choice.area, &choice.select) {
        pairs.push(("select", code.to_string()));
    }
    site.page(&query(&pairs))
}

/// What is seen, as a sentence, with the place where that is not the city.
fn title(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Result<String, cartography::Error> {
    let title = cartography::legend(snapshot, &choice.map)?.title.get(site.lang).to_owned();
    Ok(match area_name(site, snapshot, choice) {
        None => title,
        Some(name) => format!("{title}: {name}"),
    })
}

/// `None` for the whole city.
pub fn area_name(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Option<String> {
    let view = snapshot.vintage(&choice.map.vintage)?;
    match &choice.area {
        Area::City => None,
        Area::District(code) => {
            let district = &view.geography.districts[view.geography.district_idx(code)?];
            Some(names::unit(site.lang, district).to_owned())
        }
        Area::Khoroo(code) => Some(names::whole(site, view, view.geography.khoroo_idx(code)?)),
    }
}

fn source<'a>(snapshot: &'a Snapshot, map: &Query) -> &'a str {
    snapshot.vintage(&map.vintage).map_or("", |view| names::source(map.lang, view))
}

/// The still picture, as wide as fits and in the reader's colours.
fn picture(site: &Site<'_>, choice: &EmbedChoice, title: &str) -> Markup {
    let address = |scheme: &str, width: u32| still(site, choice, scheme, width);
    let [narrow, wide] = STILL_WIDTHS_PX;
    html! {
        picture.still {
            source media={ (DARK) " and " (STILL_WIDE_FROM) } srcset=(address("dark", wide));
            source media=(DARK) srcset=(address("dark", narrow));
            source media=(STILL_WIDE_FROM) srcset=(address("light", wide));
            img src=(address("light", narrow)) alt=(title);
        }
    }
}

fn still(site: &Site<'_>, choice: &EmbedChoice, scheme: &str, width: u32) -> String {
    let mut pairs = choice.pairs();
    pairs.retain(|(name, _)| *name != "measure");
    pairs.push(("lang", site.lang.tag().to_owned()));
    pairs.push(("scheme", scheme.to_owned()));
    pairs.push(("width", width.to_string()));
    // The picture finds out itself which figures are known, and says so.
    let measure = choice.measure.unwrap_or(choice.map.measure);
    format!("{}/maps/{}.svg{}", site.prefix, measure.word(), query(&pairs))
}

/// Districts of the city, khoroos of a district, or the one khoroo.
fn figures(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Result<Markup, cartography::Error> {
    let words = site.words();
    let level = match choice.area {
        Area::City => Level::District,
        Area::District(_) => choice.map.level,
        Area::Khoroo(_) => Level::Khoroo,
    };
    let values = cartography::values(snapshot, &Query { level, ..choice.map.clone() })?;
    let is_seen = |unit: &&UnitValues| match &choice.area {
        Area::City => true,
        Area::District(code) => unit.district == code.as_str(),
        Area::Khoroo(code) => unit.code == code.to_string(),
    };
    let units = values.units.iter().filter(is_seen);
    let heads = match choice.map.measure {
        MapMeasure::Bivariate => vec![words.identifications, words.replications],
        _ => vec![words.value],
    };
    let (place, caption) = match level {
        Level::District => (words.district, words.by_district),
        Level::Khoroo => (words.khoroo, words.by_khoroo),
    };
    Ok(html! {
        table {
            caption { (caption) @if choice.map.rate == Rate::Per10000 { " · " (words.embed_per10000) } }
            thead { tr { th scope="col" { (place) } @for head in heads { th scope="col" { (head) } } } }
            tbody {
                @for unit in units {
                    tr {
                        th scope="row" { (pick(site.lang, &unit.name_mn, &unit.name_en)) }
                        @for text in texts(site, &values, &choice.map.cycle, level, unit) { td { (text) } }
                    }
                }
            }
        }
    })
}
