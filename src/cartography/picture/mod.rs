//! Still pictures of a map as SVG: real shapes or equal cells, framed or bare.
//!
//! A framed picture stands alone: title, legend, scale bar, date, source. A bare one stands in a page
//! that has all that: only the map, where each unit can be a link. Both show the figures and classes
//! of [`values`](super::values) for the same query.
//!
//! Owns: layout, drawing, sizes. Leaves to others: classes and words, simplification, PNG ([`super::raster`]).
//! Invariant: every unit is drawn, linked and named once; every text goes through [`svg::Escaped`].
//! Design: colours are attributes and not a style sheet, because the pages' policy allows no inline
//! style; those of a bare picture name the page's custom properties, so that it is dark where its page is. Above [`UNITS_MAX`] units a map shows districts: nobody finds one of ten thousand, and the
//! bytes stay bounded.

mod advances;
mod backdrop;
mod board;
mod features;
mod frame;
mod furniture;
mod key;
mod labels;
mod land;
mod marks;
mod pairs;
mod shapes;
mod sights;
mod svg;
mod swatch;
mod theme;
mod units;
mod way;

pub use advances::text_width;
pub use features::{Drawn, Feature, LINKS_MAX, Look, Place, TooMuch, features};
use frame::Scope;
pub use frame::{Area, AskedFrame, Dress, Form, Frame, Links, Scheme, WIDTH_PX_MAX, WIDTH_PX_MIN};

use super::figures::Classed;
use super::legend::{Key, legend, view_of};
use super::query::{Error, Query};
use super::text;
use crate::snapshot::{Level, Snapshot, VintageView};
pub use pairs::pairs;
use svg::Svg;
pub use swatch::swatch;
use theme::Theme;
pub use theme::dark_properties;
use units::Painted;
pub use way::{Way, way};

/// Most units drawn one by one; with more, a map by khoroo is drawn by district.
pub const UNITS_MAX: usize = 1_000;

/// A rectangle of a picture in its own units: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Panel {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// The picture of a map.
///
/// Errors: classes that leave a value out, or an area that the vintage does not have.
pub fn picture(snapshot: &Snapshot, query: &Query, frame: &Frame) -> Result<String, Error> {
    let view = view_of(snapshot, query)?;
    let mut query = query.clone().drawn(snapshot);
    let scope = frame.area.find(view)?;
    let n_khoroos = match scope {
        Scope::City => view.geography.khoroos.len(),
        Scope::District(idx) => view.geography.khoroos_of(idx).len(),
        // Its neighbourhood.
        Scope::Khoroo { .. } => 1,
    };
    let is_without_lines = view.geography.coverage.is_none() && frame.form == Form::Map;
    if is_without_lines || n_khoroos > UNITS_MAX {
        query.level = Level::District;
    }
    let form = match view.geography.cutter {
        // A list of codes has no shapes to show.
        None => Form::Cells,
        Some(_) => frame.form,
    };
    let key = Key::of(snapshot, &query)?;
    // A khoroo that these boundaries do not have is no reason to show nothing.
    let marked = frame.marked.find(view).unwrap_or(Scope::City);
    let painted = Painted::of(snapshot, view, &query, &key, scope).marking(marked);
    let theme = match frame.dress {
        Dress::Framed { scheme, .. } => Theme::of(scheme),
        Dress::Bare { .. } => Theme::page(),
    };
    let draw = |svg: &mut Svg, panel: Panel| match form {
        Form::Map => land::draw(svg, panel, &painted, theme, frame),
        Form::Cells => board::draw(svg, panel, &painted, theme, frame),
    };
    let shape = match form {
        Form::Map => sights::shape(&painted),
        Form::Cells => board::shape(&painted),
    };
    let legend = legend(snapshot, &query)?;
    let title = match painted.area_name() {
        Some(area) => format!("{area}: {}", legend.title.get(query.lang)),
        None => legend.title.get(query.lang).to_owned(),
    };
    Ok(match &frame.dress {
        Dress::Bare { .. } => furniture::bare(shape, &title, true, draw),
        Dress::Framed { width_px, .. } => {
            let total = total(view, &query, &key, scope).map(|total| match painted.area_name() {
                // What it stands beside counts the whole city.
                Some(area) => total.of(&area),
                None => total,
            });
            let marked = painted.marked_title().map(|title| text::marked(&title));
            let base = [Some(legend.base.clone()), total, marked].into_iter().flatten();
            let base: Vec<String> = base.map(|said| said.get(query.lang).to_owned()).collect();
            let told = furniture::Told {
                title,
                base: base.join(" · "),
                legend: &legend,
                lang: query.lang,
                date: text::published_on(snapshot),
                is_invented: view.vintage.illustrative,
                counts_units: scope.is_city(),
            };
            furniture::framed(*width_px, shape, &told, theme, draw)
        }
    })
}

/// The frame as it will be drawn: a unit to mark that these boundaries do not have, or that the picture does
/// not show, is none. Pictures that are alike have frames that are alike.
#[must_use]
pub fn settled(snapshot: &Snapshot, query: &Query, mut frame: Frame) -> Frame {
    let is_outlined = snapshot.vintage(&query.vintage).is_some_and(|view| {
        match (frame.area.find(view), frame.marked.find(view), query.level) {
            (Ok(Scope::City), Ok(Scope::Khoroo { .. }), _)
            | (Ok(Scope::City), Ok(Scope::District(_)), Level::District) => true,
            (Ok(Scope::District(shown)), Ok(Scope::Khoroo { district, .. }), _)
            | (Ok(Scope::District(shown)), Ok(Scope::District(district)), Level::District) => {
                shown == district
            }
            _ => false,
        }
    });
    if !is_outlined {
        frame.marked = Area::City;
    }
    frame
}

/// The figure of the city or of the district that is shown; nothing where it is unknown, or of a neighbourhood.
fn total(view: &VintageView, query: &Query, key: &Key, scope: Scope) -> Option<text::Text> {
    let districts = match scope {
        Scope::City => 0..view.geography.districts.len(),
        Scope::District(idx) => idx..idx + 1,
        Scope::Khoroo { .. } => return None,
    };
    let whole = |of: &Classed| {
        let figure = of.series.whole(view, districts.clone(), &query.cycle, query.theme.as_deref(), of.scale);
        figure.map(|figure| of.scale.texts(figure))
    };
    let second = match &key.second {
        Some(second) => Some(whole(second)?),
        None => None,
    };
    let khoroos = key.first.series.entering(view, districts.clone(), &query.cycle, query.theme.as_deref());
    Some(text::total(query, &whole(&key.first)?, second.as_ref(), khoroos))
}
