//! The still map of a page: drawn where the page is made, each unit a link to its own page, the legend
//! beside or below it.

use maud::{Markup, PreEscaped, html};

use super::key::{Marks, key};
use super::layout::Picture;
use super::trend::Place;
use super::{Site, names};
use crate::cartography::picture::{Area, Form, Links};
use crate::cartography::{self, Asked, Frame, Query, picture};
use crate::model::{KhorooCode, Lang};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, VintageView};

/// What pages show of a place: the practices identified, over all cycles of its boundaries.
const MEASURE: &str = "identifications";

/// The map of a place with its neighbourhood, and its legend; nothing where it cannot be drawn.
pub(super) fn map(site: &Site<'_>, place: Place<'_>) -> Markup {
    let words = site.words();
    let vintage = place.view.vintage.id.as_str();
    let asked = Asked { vintage: Some(vintage), cycle: Some("all"), ..Asked::default() };
    let query = Query::read(place.snapshot, MEASURE, &asked, site.lang);
    let drawn = query.and_then(|query| {
        let svg =
            picture(place.snapshot, &query, &frame(site, place.snapshot, &query, Form::Map, area(place)))?;
        let legend = match area(place) {
            Area::District(code) => cartography::legend_within(place.snapshot, &query, &code)?,
            // A khoroo is one of the whole city's.
            _ => cartography::legend(place.snapshot, &query)?,
        };
        Ok((svg, legend))
    });
    html! {
        @if let Ok((svg, legend)) = drawn {
            figure.picture {
                (PreEscaped(svg))
                figcaption {
                    @let is_in_force = site.of_vintage(place.snapshot, &place.view.vintage.id).is_empty();
                    (if is_in_force { words.map_caption } else { words.map_caption_old })
                    span.screen { " " (links(site, place.view, Level::Khoroo)) }
                }
                (key(site, &legend, marks(place)))
            }
        }
    }
}

/// The map of a whole query, as real shapes and as equal cells: the style sheet shows the one that suits the
/// window, and the other is not there for anybody.
///
/// - `marked`: a place that is outlined, or the city for none.
/// - `only`: no other form is drawn.
pub(super) fn forms(
    site: &Site<'_>,
    snapshot: &Snapshot,
    query: &Query,
    (area, marked): (&Area, &Area),
    only: Option<Form>,
) -> Result<Markup, cartography::Error> {
    let draw = |form| {
        let frame = frame(site, snapshot, query, form, area.clone());
        picture(snapshot, query, &Frame { marked: marked.clone(), ..frame })
    };
    let class = |form| match (only, form) {
        (Some(_), _) => "picture",
        (None, Form::Map) => "picture wide",
        (None, Form::Cells) => "picture narrow",
    };
    let shown = Form::ALL.into_iter().filter(|form| only.is_none_or(|only| only == *form));
    let pictures: Result<Vec<Markup>, cartography::Error> =
        shown.map(|form| Ok(html! { div class=(class(form)) { (PreEscaped(draw(form)?)) } })).collect();
    Ok(html! { @for picture in pictures? { (picture) } })
}

/// Lines from khoroo to khoroo; beside it how many are not drawn. Nothing where no place is known.
pub(super) fn pairs(
    view: &VintageView,
    pairs: &[[usize; 2]],
    title: &str,
    lang: Lang,
) -> Option<(Markup, usize)> {
    let (svg, n_missing) = cartography::picture::pairs(view, pairs, title, lang)?;
    Some((PreEscaped(svg), n_missing))
}

fn frame(site: &Site<'_>, snapshot: &Snapshot, query: &Query, form: Form, area: Area) -> Frame {
    let links = Links { prefix: site.page(""), query: site.of_vintage(snapshot, &query.vintage) };
    Frame::bare(form, area, links, form.word())
}

/// What the links of a map lead to; without lines of khoroos it shows districts.
pub(super) fn links(site: &Site<'_>, view: &VintageView, level: Level) -> &'static str {
    let words = site.words();
    match level {
        Level::Khoroo if view.geography.coverage.is_some() => words.map_links,
        _ => words.map_links_districts,
    }
}

fn marks(place: Place<'_>) -> Marks {
    let figure =
        |level, idx| place.view.counts.value(Measure::Identifications, level, idx, &CycleChoice::All, None);
    if place.level == Level::District {
        return Marks::default();
    }
    let geography = &place.view.geography;
    let district = geography.district_of[place.idx] as usize;
    let n_khoroos = geography.khoroos_of(district).len();
    Marks {
        own: figure(Level::Khoroo, place.idx).map(f64::from),
        average: figure(Level::District, district).map(|sum| f64::from(sum) / n_khoroos as f64),
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
