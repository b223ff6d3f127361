//! The still map of a page: drawn where the page is made, each unit a link to its own page.

use maud::{Markup, PreEscaped, html};

use super::layout::Picture;
use super::trend::Place;
use super::{Site, names};
use crate::cartography::picture::{Area, Form};
use crate::cartography::{Asked, Frame, Query, picture};
use crate::model::KhorooCode;
use crate::snapshot::Level;

/// What pages show of a place: the practices identified, over all cycles of its boundaries.
const MEASURE: &str = "identifications";

/// The map of a place with its neighbourhood; nothing where it cannot be drawn.
pub(super) fn map(site: &Site<'_>, place: Place<'_>) -> Markup {
    let words = site.words();
    let vintage = place.view.vintage.id.as_str();
    let is_newest = place.snapshot.newest().is_some_and(|view| view.vintage.id == place.view.vintage.id);
    let asked = Asked { vintage: Some(vintage), cycle: Some("all"), ..Asked::default() };
    let query = Query::read(place.snapshot, MEASURE, &asked, site.lang);
    // Links name no vintage, so only those of the newest lead to the same ground.
    let href = is_newest.then(|| site.page(""));
    let frame = Frame::bare(Form::Map, area(place), href, "map");
    let drawn = query.and_then(|query| picture(place.snapshot, &query, &frame));
    html! {
        @if let Ok(svg) = drawn {
            figure.picture {
                (PreEscaped(svg))
                figcaption { (if is_newest { words.map_caption } else { words.map_caption_old }) }
            }
        }
    }
}

fn area(place: Place<'_>) -> Area {
    let unit = &place.view.units(place.level)[place.idx];
    match place.level {
        Level::Khoroo => Area::Khoroo(KhorooCode { district: unit.district.clone(), number: unit.number }),
        Level::District => Area::District(unit.district.clone()),
    }
}

/// The picture that stands beside a shared address.
pub(super) fn preview(site: &Site<'_>, place: Place<'_>) -> Picture {
    let unit = &place.view.units(place.level)[place.idx];
    let vintage = &place.view.vintage.id;
    Picture {
        path: format!(
            "/maps/{MEASURE}.png?vintage={vintage}&cycle=all&area={}&lang={}",
            unit.code,
            site.lang.tag()
        ),
        alt: names::unit(site.lang, unit).to_owned(),
    }
}
