//! Features of a collection on the ground around them: areas with their lines, dots, or lines; each a link.
//!
//! A map for a page, in its colours: no figures, so no classes and no legend. One feature alone is seen in its
//! neighbourhood.
//!
//! Owns: shapes, links, how many bytes. Leaves to others: the ground ([`super::backdrop`]), which features there are.
//! Invariant: at most [`BYTES_MAX`]; every feature that has a place is drawn, and linked once where any is. What takes
//! too much has no links, then no shapes but dots, which it shares with those beside it.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use super::backdrop::{Backdrop, Ground, Part};
use super::furniture::bare;
use super::shapes::{Lens, Rings, Window};
use super::svg::{self, Escaped, Num, STEPS, Svg};
use super::theme::Theme;
use crate::geometry::simplify::WorldPoint;
use crate::model::{GridBox, GridPoint, Lang};
use crate::snapshot::{Level, Snapshot, Unit, VintageView};

/// Of a whole picture. Larger, and the map weighs more than the rest of its page.
pub const BYTES_MAX: usize = 150_000;
/// Of more features none is a link: nobody finds one of them.
pub const LINKS_MAX: usize = 500;

const SIZE: [f64; 2] = [836.0, 520.0];
const HEIGHT_MIN: f64 = 380.0;
/// Width of one alone; its height follows from the ground.
const WIDTH_ALONE: f64 = 480.0;
/// Part of its longer side that is seen around an area alone.
const AROUND_ALONE: f64 = 0.45;
/// Least sides of ground, in world units: about 4 and 7 km.
const SIDE_MIN: f64 = 430_000.0;
const SIDE_MIN_ALONE: f64 = 750_000.0;
/// Zooms by which lines are made coarser, one after the other, until the picture is small enough.
const COARSER_MAX: u8 = 5;

/// Where a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A khoroo or district, by its place in a vintage.
    Unit {
        vintage: usize,
        level: Level,
        idx: usize,
    },
    Point(GridPoint),
    Line([GridPoint; 2]),
}

#[derive(Debug, Clone)]
pub struct Feature {
    pub place: Place,
    pub title: String,
    /// `None` where its page is the one that has the map.
    pub href: Option<String>,
}

/// How features are drawn; each takes less than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Their shapes, each a link.
    Links,
    Shapes,
    /// Dots at their places, a line's at both its ends, among borders of districts.
    Dots,
}

#[derive(Debug, Clone)]
pub struct Drawn {
    pub svg: String,
    pub look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the ground alone takes more than {BYTES_MAX} bytes")]
pub struct TooMuch;

/// The picture; `None` where there is nothing to draw, or no ground under it.
pub fn features(
    snapshot: &Snapshot,
    features: &[Feature],
    title: &str,
    lang: Lang,
) -> Result<Option<Drawn>, TooMuch> {
    let backdrop = ground_of(snapshot, features).and_then(|view| Backdrop::of(view, lang));
    let (Some(backdrop), Some(ground)) = (backdrop, seen(snapshot, features)) else { return Ok(None) };
    let size = match (features, ground.core) {
        ([_], _) => [WIDTH_ALONE, (WIDTH_ALONE / ground.whole.aspect().clamp(0.9, 1.6)).round()],
        (_, Some(_)) => SIZE,
        (_, None) => [SIZE[0], (SIZE[0] / ground.whole.aspect()).clamp(HEIGHT_MIN, SIZE[1]).round()],
    };
    let draw = |look, coarser_by| {
        let grain = if look == Look::Links { 1 } else { (STEPS as i32) << coarser_by };
        let layer = Layer { snapshot, features, theme: backdrop.theme, look, grain };
        let backdrop = if look == Look::Dots { backdrop.of_districts() } else { backdrop };
        let svg = bare(size, title, look == Look::Links, |svg, panel| {
            backdrop.draw(svg, panel, &ground, coarser_by, &|svg, part| layer.draw(svg, part));
        });
        (svg.len() <= BYTES_MAX).then_some(Drawn { svg, look })
    };
    let links = (features.len() <= LINKS_MAX).then_some(Look::Links);
    let mut looks = links.into_iter().chain([Look::Shapes, Look::Dots]);
    let drawn = looks.find_map(|look| (0..=COARSER_MAX).find_map(|coarser_by| draw(look, coarser_by)));
    drawn.map(Some).ok_or(TooMuch)
}

/// The newest boundaries that one of them is of; of places without boundaries, the newest there are.
fn ground_of<'a>(snapshot: &'a Snapshot, features: &[Feature]) -> Option<&'a VintageView> {
    let vintages = features.iter().filter_map(|feature| match feature.place {
        Place::Unit { vintage, .. } => Some(vintage),
        Place::Point(_) | Place::Line(_) => None,
    });
    match vintages.max() {
        Some(newest) => snapshot.vintages.get(newest),
        None => snapshot.vintages.iter().rev().find(|view| view.geography.cutter.is_some()),
    }
}

fn unit(snapshot: &Snapshot, vintage: usize, level: Level, idx: usize) -> Option<&Unit> {
    snapshot.vintages.get(vintage)?.units(level).get(idx)
}

fn seen(snapshot: &Snapshot, features: &[Feature]) -> Option<Ground> {
    let bounds = |place| match place {
        Place::Unit { vintage, level, idx } => unit(snapshot, vintage, level, idx)?.bounds,
        Place::Point(at) => GridBox::around([at]),
        Place::Line(ends) => GridBox::around(ends),
    };
    if let [Feature { place: place @ Place::Unit { .. }, .. }] = features {
        let whole = Window::of(bounds(*place)?).padded(AROUND_ALONE);
        return Some(Ground { whole, core: None });
    }
    let corners: Vec<GridPoint> = features
        .iter()
        .filter_map(|feature| bounds(feature.place))
        .flat_map(|held| [GridPoint::new(held.west, held.south), GridPoint::new(held.east, held.north)])
        .collect();
    let places: Vec<GridPoint> = features.iter().flat_map(|feature| ends(snapshot, feature.place)).collect();
    let side_min = if features.len() == 1 { SIDE_MIN_ALONE } else { SIDE_MIN };
    Ground::around(&corners, &places, side_min)
}

/// The points by which a feature is in a part of the picture.
fn ends(snapshot: &Snapshot, place: Place) -> Vec<GridPoint> {
    match place {
        Place::Unit { vintage, level, idx } => {
            unit(snapshot, vintage, level, idx).and_then(|unit| unit.label).into_iter().collect()
        }
        Place::Point(at) => vec![at],
        Place::Line(ends) => ends.to_vec(),
    }
}

/// What lies on the ground.
struct Layer<'a> {
    snapshot: &'a Snapshot,
    features: &'a [Feature],
    theme: Theme,
    look: Look,
    /// Steps to which dots and ends of lines are rounded.
    grain: i32,
}

/// Areas of a vintage and level, by unit.
type Areas = BTreeMap<(usize, bool), BTreeMap<u32, Rings>>;

impl Layer<'_> {
    fn draw(&self, svg: &mut Svg, part: &Part<'_>) {
        let areas = self.areas(part.lens);
        // Of two parts, the one that shows all of a feature has its link.
        let is_home = |feature: &Feature| match part.beside {
            _ if self.look != Look::Links => false,
            None => self.is_held(feature, part.lens),
            Some(main) => !self.is_held(feature, main),
        };
        let (linked, others): (Vec<&Feature>, Vec<&Feature>) =
            self.features.iter().partition(|feature| is_home(feature));
        svg.put(format_args!(
            "<g transform=\"scale({})\" stroke-linejoin=\"round\" stroke-linecap=\"round\"{}>",
            Num(1.0 / STEPS),
            self.dress(part)
        ));
        let (mut path, mut drawn) = (String::new(), HashSet::new());
        for feature in others {
            let piece = self.path(feature.place, part.lens, &areas);
            if !drawn.contains(&piece) {
                path.push_str(&piece);
                drawn.insert(piece);
            }
        }
        if !path.is_empty() {
            svg.put(format_args!("<path d=\"{path}\"/>"));
        }
        for feature in linked {
            let path = self.path(feature.place, part.lens, &areas);
            let title = Escaped(&feature.title);
            match &feature.href {
                Some(href) => svg.put(format_args!(
                    "<a href=\"{}\"><title>{title}</title><path d=\"{path}\"/></a>",
                    Escaped(href)
                )),
                None => svg.put(format_args!("<g><title>{title}</title><path d=\"{path}\"/></g>")),
            }
        }
        svg.put("</g>");
    }

    /// How all of them are drawn: features of a collection are of one kind.
    fn dress(&self, part: &Part<'_>) -> String {
        let Theme { accent, tint, .. } = self.theme;
        let thin = if part.is_main() { 1.0 } else { 0.5 };
        match self.features.first().map(|feature| feature.place) {
            Some(Place::Point(_)) => self.dress_of_dots(thin),
            Some(_) if self.look == Look::Dots => self.dress_of_dots(thin),
            Some(Place::Unit { .. }) | None => format!(
                " fill=\"{tint}\" fill-opacity=\".7\" stroke=\"{accent}\" stroke-width=\"{}\"",
                Num(thin * STEPS)
            ),
            Some(Place::Line(_)) => {
                format!(
                    " fill=\"none\" stroke=\"{accent}\" stroke-width=\"{}\" stroke-opacity=\".7\"",
                    Num(thin * 1.8 * STEPS)
                )
            }
        }
    }

    fn dress_of_dots(&self, thin: f64) -> String {
        let (accent, width) = (self.theme.accent, Num(thin * 9.0 * STEPS));
        format!(" fill=\"none\" stroke=\"{accent}\" stroke-width=\"{width}\" stroke-opacity=\".8\"")
    }

    fn is_held(&self, feature: &Feature, lens: &Lens) -> bool {
        ends(self.snapshot, feature.place).into_iter().all(|at| lens.holds(at))
    }

    fn areas(&self, lens: &Lens) -> Areas {
        let mut wanted: BTreeMap<(usize, bool), Vec<bool>> = BTreeMap::new();
        for feature in self.features {
            let Place::Unit { vintage, level, idx } = feature.place else { continue };
            let Some(view) = self.snapshot.vintages.get(vintage) else { continue };
            let of_level = wanted.entry((vintage, level == Level::District));
            let of_level = of_level.or_insert_with(|| vec![false; view.units(level).len()]);
            if let Some(one) = of_level.get_mut(idx) {
                *one = true;
            }
        }
        let drawn = wanted.into_iter().map(|((vintage, by_district), wanted)| {
            let geography = &self.snapshot.vintages[vintage].geography;
            let arcs = geography.cutter.as_ref().map_or(&[][..], |cutter| cutter.arcs());
            let group = |unit: u32| match (by_district, &geography.coverage) {
                (true, Some(_)) => geography.district_of[unit as usize],
                _ => unit,
            };
            let rings = lens.areas(arcs, |unit| Some(group(unit)).filter(|&group| wanted[group as usize]));
            ((vintage, by_district), rings)
        });
        drawn.collect()
    }

    /// What a feature looks like.
    fn path(&self, place: Place, lens: &Lens, areas: &Areas) -> String {
        let mut path = String::new();
        let steps = |at| lens.steps(WorldPoint::of(at)).map(|step| step.div_euclid(self.grain) * self.grain);
        match place {
            _ if self.look == Look::Dots => {
                for at in ends(self.snapshot, place).into_iter().filter(|&at| lens.holds(at)) {
                    dot(&mut path, steps(at));
                }
            }
            Place::Unit { vintage, level, idx } => {
                let of_level = areas.get(&(vintage, level == Level::District));
                let rings = of_level.and_then(|areas| areas.get(&(idx as u32)));
                for ring in rings.into_iter().flatten() {
                    svg::ring(&mut path, ring);
                }
                let spot = ends(self.snapshot, place).first().copied().filter(|&at| lens.holds(at));
                if path.is_empty()
                    && let Some(at) = spot
                {
                    // Smaller than a step: a square, so that it is there.
                    let [x, y] = steps(at);
                    svg::line(&mut path, &[[x, y], [x + 5, y], [x + 5, y + 5], [x, y + 5]]);
                    path.push('z');
                }
            }
            Place::Point(at) if lens.holds(at) => dot(&mut path, steps(at)),
            Place::Line(ends) if ends.into_iter().all(|at| lens.holds(at)) => {
                let [from, to] = ends.map(steps);
                if from == to { dot(&mut path, to) } else { svg::line(&mut path, &[from, to]) }
            }
            Place::Point(_) | Place::Line(_) => {}
        }
        path
    }
}

/// A line of no length, which is as wide as its stroke.
fn dot(path: &mut String, [x, y]: [i32; 2]) {
    write!(path, "M{x} {y}h0").expect("a string takes everything");
}
