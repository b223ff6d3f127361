//! The way of a day on the ground it crosses: khoroos around it, legs in their order, numbered stops.
//!
//! A bare picture for a page. Legs run straight between the places that ways are measured from; a mark that would
//! lie on another stands beside its place, tied to it by a line.
//!
//! Owns: what is seen of the ground, where marks stand. Leaves to others: order and times of the way.

mod names;

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use super::shapes::{Lens, Rings, Window};
use super::sights::Sight;
use super::svg::{self, Num, STEPS, Svg};
use super::theme::Theme;
use super::{furniture, land};
use crate::geometry::simplify::{LevelArc, WorldPoint};
use crate::model::{GridPoint, Lang};
use crate::snapshot::VintageView;

/// A way that begins and ends at one place.
pub struct Way<'a> {
    pub view: &'a VintageView,
    /// Index of the khoroo where it begins.
    pub from: usize,
    /// Those it leads to, in order.
    pub stops: &'a [usize],
    pub lang: Lang,
    /// What the picture shows, for those who do not see it.
    pub title: &'a str,
}

/// Width of the picture; its height follows from the ground.
const WIDTH: f64 = 480.0;
/// Least side of the ground: a fifteen-thousandth of the world's width, here about 1.8 km.
const LEAST_WORLD: f64 = 4_294_967_296.0 / 15_000.0;
/// Half the width of a mark.
const MARK: f64 = 13.0;
/// Between marks.
const GAP: f64 = 3.0;
const LETTERS: f64 = 12.0;

/// A mark with its place, in pixels.
struct Mark {
    place: [f64; 2],
    at: [f64; 2],
}

/// The picture; `None` where a place on the way is unknown.
pub fn way(way: &Way<'_>) -> Option<String> {
    let places: Option<Vec<GridPoint>> =
        [way.from].iter().chain(way.stops).map(|&khoroo| place(way.view, khoroo)).collect();
    let window = around(&places?).padded(0.16);
    let height = (WIDTH / window.aspect().clamp(0.9, 1.6)).round();
    let places: Vec<GridPoint> =
        [way.from].iter().chain(way.stops).filter_map(|&khoroo| place(way.view, khoroo)).collect();
    let draw = |svg: &mut Svg, panel: super::Panel| {
        let lens = Lens::new(window, [panel.width, panel.height]);
        let sight = Sight { lens, corner: [panel.x, panel.y], name: None, core: None };
        drawn(svg, way, &sight, &places);
    };
    Some(furniture::bare([WIDTH, height], way.title, false, draw))
}

/// As ways are measured: the office, else a point inside.
fn place(view: &VintageView, khoroo: usize) -> Option<GridPoint> {
    view.offices.place(khoroo).or(view.geography.khoroos[khoroo].label)
}

fn around(places: &[GridPoint]) -> Window {
    let corners: Vec<[f64; 2]> =
        places.iter().map(|at| WorldPoint::of(*at).from_corner().map(|v| v as f64)).collect();
    let along = |axis: usize, better: fn(f64, f64) -> f64| {
        corners.iter().map(|at| at[axis]).reduce(better).unwrap_or_default()
    };
    let (mut min, mut max) =
        ([0, 1].map(|axis| along(axis, f64::min)), [0, 1].map(|axis| along(axis, f64::max)));
    for axis in 0..2 {
        let missing = (LEAST_WORLD - (max[axis] - min[axis])).max(0.0) / 2.0;
        min[axis] -= missing;
        max[axis] += missing;
    }
    Window { min, max }
}

fn drawn(svg: &mut Svg, way: &Way<'_>, sight: &Sight, places: &[GridPoint]) {
    let (lens, theme) = (&sight.lens, Theme::page());
    let arcs = way.view.geography.cutter.as_ref().map_or(&[][..], |cutter| cutter.arcs());
    let [width, height] = lens.size;
    let [x, y] = sight.corner;
    svg.put(format_args!(
        "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" overflow=\"hidden\">",
        Num(x),
        Num(y),
        Num(width),
        Num(height)
    ));
    let areas = ground(svg, way, lens, arcs, theme);
    let marks = apart(places.iter().map(|at| lens.px(*at)).collect(), lens.size);
    draw_legs(svg, &legs(&marks), theme);
    names::draw(svg, way, lens, &areas, &marks, theme);
    for (nth, mark) in marks.iter().enumerate().rev() {
        draw_mark(svg, mark, nth, theme);
    }
    svg.put("</svg>");
    land::scale_bar(svg, sight, way.lang, theme);
    svg.put(format_args!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\"/>",
        Num(x),
        Num(y),
        Num(width),
        Num(height),
        theme.edge
    ));
}

/// Units of the coverage and borders of districts.
fn ground(
    svg: &mut Svg,
    way: &Way<'_>,
    lens: &Lens,
    arcs: &[LevelArc],
    theme: Theme,
) -> BTreeMap<u32, Rings> {
    let geography = &way.view.geography;
    let is_by_khoroo = geography.coverage.is_some();
    let units = if is_by_khoroo { &geography.khoroos } else { &geography.districts };
    let is_near = |unit: u32| units[unit as usize].bounds.is_none_or(|bounds| lens.touches(bounds));
    let areas = lens.areas(arcs, |unit| is_near(unit).then_some(unit));
    let is_on_the_way =
        |unit: u32| is_by_khoroo && (way.from == unit as usize || way.stops.contains(&(unit as usize)));
    svg.put(format_args!(
        "<g transform=\"scale({})\" fill-rule=\"evenodd\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\">",
        Num(1.0 / STEPS),
        theme.edge,
        Num(0.8 * STEPS)
    ));
    for (&unit, rings) in &areas {
        let mut path = String::new();
        for ring in rings {
            svg::ring(&mut path, ring);
        }
        let fill = if is_on_the_way(unit) { theme.tint } else { theme.paper };
        svg.put(format_args!("<path d=\"{path}\" fill=\"{fill}\"/>"));
    }
    let district = |unit: u32| Some(if is_by_khoroo { geography.district_of[unit as usize] } else { unit });
    let mut path = String::new();
    for points in [false, true].into_iter().flat_map(|outside| lens.borders(arcs, district, outside)) {
        svg::line(&mut path, &points);
    }
    svg.put(format_args!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-opacity=\".45\"/></g>",
        theme.ink,
        Num(1.4 * STEPS)
    ));
    areas
}

/// Marks moved until none lies on another, in an order that is always the same.
fn apart(places: Vec<[f64; 2]>, size: [f64; 2]) -> Vec<Mark> {
    const ROUNDS: usize = 600;
    /// Part of an overlap that a push takes away. Higher: a crowd is blown apart, far from its places. Lower: more rounds.
    const GENTLE: f64 = 0.1;
    const LEAST: f64 = 2.0 * MARK + GAP;
    let mut at = places.clone();
    for _ in 0..ROUNDS {
        let mut is_free = true;
        for one in 0..at.len() {
            for other in one + 1..at.len() {
                let [dx, dy] = [0, 1].map(|axis| at[other][axis] - at[one][axis]);
                let distance = dx.hypot(dy);
                if distance >= LEAST {
                    continue;
                }
                is_free = false;
                // From one place in any direction, but not all in the same.
                let turn = TAU * (one * 7 + other * 3) as f64 / 17.0;
                let [ux, uy] =
                    if distance < 0.1 { [turn.cos(), turn.sin()] } else { [dx / distance, dy / distance] };
                let by = GENTLE * (LEAST - distance) / 2.0 + 0.05;
                at[one] = [at[one][0] - ux * by, at[one][1] - uy * by];
                at[other] = [at[other][0] + ux * by, at[other][1] + uy * by];
            }
        }
        for place in &mut at {
            *place = [0, 1].map(|axis| place[axis].clamp(MARK + 2.0, size[axis] - MARK - 2.0));
        }
        if is_free {
            break;
        }
    }
    places.into_iter().zip(at).map(|(place, at)| Mark { place, at }).collect()
}

/// From place to place and back.
fn legs(marks: &[Mark]) -> Vec<[[f64; 2]; 2]> {
    let places: Vec<[f64; 2]> = marks.iter().chain(&marks[..1]).map(|mark| mark.place).collect();
    places.windows(2).map(|leg| [leg[0], leg[1]]).collect()
}

/// The way back is dashed and lies under the others; an arrow on each leg says where it leads.
fn draw_legs(svg: &mut Svg, legs: &[[[f64; 2]; 2]], theme: Theme) {
    /// Shorter legs have no room for an arrow.
    const LEAST: f64 = 3.0 * MARK;
    for (nth, [from, to]) in legs.iter().enumerate().rev() {
        let d = format!("M{} {}L{} {}", Num(from[0]), Num(from[1]), Num(to[0]), Num(to[1]));
        let dashes = if nth + 1 == legs.len() { " stroke-dasharray=\"6 4\"" } else { "" };
        svg.put(format_args!(
            "<path d=\"{d}\" stroke=\"{}\" stroke-width=\"5\" stroke-opacity=\".8\"/>\
             <path d=\"{d}\" stroke=\"{}\" stroke-width=\"2\"{dashes}/>",
            theme.paper, theme.accent
        ));
    }
    for [from, to] in legs {
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        if dx.hypot(dy) >= LEAST {
            svg.put(format_args!(
                "<path d=\"M-5-5 6 0-5 5z\" transform=\"translate({} {})rotate({})\" fill=\"{}\" stroke=\"{}\"/>",
                Num(from[0] + 0.6 * dx),
                Num(from[1] + 0.6 * dy),
                Num(dy.atan2(dx).to_degrees()),
                theme.accent,
                theme.paper
            ));
        }
    }
}

/// The place where the way begins is a square, a stop a circle with its number.
fn draw_mark(svg: &mut Svg, mark: &Mark, order: usize, theme: Theme) {
    let ([x, y], [px, py]) = (mark.at, mark.place);
    if (x - px).hypot(y - py) > 2.0 {
        svg.put(format_args!(
            "<path d=\"M{} {}L{} {}\" stroke=\"{ink}\" stroke-width=\"1.2\"/><circle cx=\"{}\" cy=\"{}\" r=\"3\" \
             fill=\"{ink}\" stroke=\"{}\"/>",
            Num(px),
            Num(py),
            Num(x),
            Num(y),
            Num(px),
            Num(py),
            theme.paper,
            ink = theme.ink
        ));
    }
    if order == 0 {
        let half = MARK - 2.0;
        svg.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"{}\" stroke=\"{}\" \
             stroke-width=\"2\"/>",
            Num(x - half),
            Num(y - half),
            Num(2.0 * half),
            Num(2.0 * half),
            theme.ink,
            theme.paper
        ));
        return;
    }
    svg.put(format_args!(
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{}\" stroke=\"{paper}\" stroke-width=\"2\"/>\
         <text x=\"{x}\" y=\"{y}\" dy=\".36em\" font-size=\"{}\" font-weight=\"600\" text-anchor=\"middle\" \
         fill=\"{paper}\">{order}</text>",
        Num(MARK),
        theme.accent,
        Num(LETTERS + 1.0),
        x = Num(x),
        y = Num(y),
        paper = theme.paper
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_apart_inside_the_picture_and_near_their_places() {
        // Twelve places in one spot, two near each other, one in a corner.
        let mut places = vec![[240.0, 160.0]; 12];
        places.extend([[60.0, 60.0], [64.0, 61.0], [0.0, 320.0]]);
        let marks = apart(places, [480.0, 320.0]);
        for (nth, one) in marks.iter().enumerate() {
            let [x, y] = one.at;
            assert!((MARK..=480.0 - MARK).contains(&x) && (MARK..=320.0 - MARK).contains(&y), "{:?}", one.at);
            assert!((x - one.place[0]).hypot(y - one.place[1]) < 5.0 * MARK, "{:?}", one.at);
            for other in &marks[nth + 1..] {
                let distance = (x - other.at[0]).hypot(y - other.at[1]);
                assert!(distance >= 2.0 * MARK - 0.5, "{distance}");
            }
        }
        let far = apart(vec![[40.0, 40.0], [200.0, 200.0]], [480.0, 320.0]);
        let moved = |mark: &Mark| (mark.at[0] - mark.place[0]).hypot(mark.at[1] - mark.place[1]);
        assert!(far.iter().all(|mark| moved(mark) < 0.01));
    }
}
