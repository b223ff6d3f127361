//! The form of a map that shows real shapes.
//!
//! Owns: the order of drawing, the scale bar. Leaves to [`sights`](super::sights) which ground is seen, to
//! [`labels`](super::labels) names.

use std::collections::BTreeMap;

use super::frame::{Dress, Frame};
use super::shapes::{Lens, Rings};
use super::sights::{Sight, sights, unit_of};
use super::svg::{self, Num, STEPS, Svg};
use super::theme::Theme;
use super::units::Painted;
use super::{Panel, labels, marks};
use crate::geometry::simplify::LevelArc;
use crate::model::Lang;

/// What is drawn a second time has to be this large.
const REPEATED_PX2: f64 = 4.0;

pub fn draw(svg: &mut Svg, panel: Panel, painted: &Painted, theme: Theme, frame: &Frame) {
    let Some(cutter) = &painted.view.geography.cutter else { return };
    let arcs = cutter.arcs();
    let mut sights = sights(painted, arcs, panel);
    if painted.scope.is_city() && matches!(frame.dress, Dress::Bare { .. }) {
        // Part of the first bytes of a page, before the live map comes.
        for sight in &mut sights {
            sight.lens = sight.lens.coarser_by(1);
        }
    }
    let drawn: Vec<BTreeMap<u32, Rings>> = sights
        .iter()
        .map(|sight| {
            // Most units are far from a view of few.
            let near = painted.near(&sight.lens);
            sight.lens.areas(arcs, |unit| near[unit as usize].then(|| unit_of(painted, unit)))
        })
        .collect();
    // Every unit belongs to the sight that shows most of it.
    let home = |unit: u32| {
        let seen = sights
            .iter()
            .zip(&drawn)
            .map(|(sight, areas)| areas.get(&unit).map_or(0.0, |rings| sight.lens.visible_px2(rings)));
        let best = seen.enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        best.map_or(0, |(idx, _)| idx)
    };
    let homes: Vec<usize> = (0..painted.units().len() as u32).map(home).collect();
    if uses_no_data(painted) {
        svg.put(format_args!("<defs>{}</defs>", marks::Hatch { theme, id: frame.id(), scale: STEPS }));
    }
    for (idx, (sight, areas)) in sights.iter().zip(&drawn).enumerate() {
        let is_home = |unit: u32| homes[unit as usize] == idx;
        draw_sight(svg, sight, areas, arcs, painted, theme, frame, &is_home);
    }
    scale_bar(svg, &sights[0], painted.lang, theme);
}

fn uses_no_data(painted: &Painted) -> bool {
    painted.class_of.iter().any(|&class| class == painted.entries.len() - 1)
}

#[expect(clippy::too_many_arguments, reason = "one sight needs all that the picture has")]
fn draw_sight(
    svg: &mut Svg,
    sight: &Sight,
    areas: &BTreeMap<u32, Rings>,
    arcs: &[LevelArc],
    painted: &Painted,
    theme: Theme,
    frame: &Frame,
    is_home: &dyn Fn(u32) -> bool,
) {
    let [width, height] = sight.lens.size;
    let [x, y] = sight.corner;
    if let Some(name) = &sight.name {
        let name = marks::Text { x, y: y - 5.0, size: 12.0, is_bold: true, fill: theme.ink, words: name };
        svg.put(name);
    }
    svg.put(format_args!(
        "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" overflow=\"hidden\">",
        Num(x),
        Num(y),
        Num(width),
        Num(height)
    ));
    svg.put(format_args!(
        "<g transform=\"scale({})\" fill-rule=\"evenodd\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\">",
        Num(1.0 / STEPS),
        theme.hairline,
        Num(0.6 * STEPS)
    ));
    // Links keep the order of the units, for those who walk through them by keyboard.
    for (&unit, rings) in areas {
        let is_home = is_home(unit);
        if is_home || sight.lens.visible_px2(rings) >= REPEATED_PX2 {
            draw_unit(svg, unit, rings, painted, theme, frame, is_home);
        }
    }
    svg.put("</g>");
    if let Some(core) = &sight.core {
        // What the core shows is seen there.
        let [x, y, width, height] = core.map(Num);
        svg.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\" \
             fill-opacity=\".6\" stroke=\"{}\" pointer-events=\"none\"/>",
            theme.paper, theme.ink
        ));
    }
    lines(svg, &sight.lens, arcs, painted, theme);
    labels::draw(svg, sight, areas, painted, theme, frame, is_home);
    svg.put("</svg>");
    svg.put(format_args!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\"/>",
        Num(x),
        Num(y),
        Num(width),
        Num(height),
        theme.edge
    ));
}

fn is_pale(painted: &Painted, unit: u32) -> bool {
    painted.class_of[unit as usize] == 0
}

fn draw_unit(
    svg: &mut Svg,
    unit: u32,
    rings: &Rings,
    painted: &Painted,
    theme: Theme,
    frame: &Frame,
    is_home: bool,
) {
    let mut path = String::new();
    for ring in rings {
        svg::ring(&mut path, ring);
    }
    let idx = unit as usize;
    if !painted.is_shown(idx) {
        if !path.is_empty() {
            svg.put(format_args!("<path d=\"{path}\" fill=\"{}\" stroke=\"{}\"/>", theme.ground, theme.edge));
        }
        return;
    }
    if path.is_empty() {
        // Smaller than a step: a dot, so that it is there.
        let Some(&[x, y]) = rings.first().and_then(|ring| ring.first()) else { return };
        svg::line(&mut path, &[[x, y], [x + 5, y], [x + 5, y + 5], [x, y + 5]]);
        path.push('z');
    }
    let edge = if is_pale(painted, unit) { Some(theme.edge) } else { None };
    let fill = marks::Fill { painted, idx, theme, id: frame.id() };
    let shape = marks::Shape { path: &path, fill, edge };
    // A link is there once; a picture by itself says everywhere what is pointed at.
    if is_home || matches!(frame.dress, Dress::Framed { .. }) {
        svg.put(marks::Linked { painted, idx, frame, inner: shape });
    } else {
        svg.put(shape);
    }
}

/// Borders of districts and of the city, and the chosen unit.
fn lines(svg: &mut Svg, lens: &Lens, arcs: &[LevelArc], painted: &Painted, theme: Theme) {
    let geography = &painted.view.geography;
    let by_district = |unit: u32| match geography.coverage {
        Some(_) => Some(geography.district_of[unit as usize]),
        None => Some(unit),
    };
    let mut draw = |lines: &[Vec<[i32; 2]>], is_closed: bool, colour, width: f64, opacity: f64| {
        let mut path = String::new();
        for points in lines {
            if is_closed { svg::ring(&mut path, points) } else { svg::line(&mut path, points) }
        }
        if !path.is_empty() {
            svg.put(format_args!(
                "<path d=\"{path}\" transform=\"scale({})\" fill=\"none\" stroke=\"{colour}\" \
                 stroke-width=\"{}\" stroke-opacity=\"{}\" stroke-linejoin=\"round\" pointer-events=\"none\"/>",
                Num(1.0 / STEPS),
                Num(width * STEPS),
                Num(opacity)
            ));
        }
    };
    draw(&lens.borders(arcs, by_district, false), false, theme.ink, 1.2, 0.6);
    draw(&lens.borders(arcs, by_district, true), false, theme.ink, 1.6, 0.8);
    if let Some(chosen) = painted.chosen() {
        let only = |unit: u32| Some(unit_of(painted, unit)).filter(|&unit| unit as usize == chosen);
        let rings: Vec<Vec<[i32; 2]>> = lens.areas(arcs, only).into_values().flatten().collect();
        draw(&rings, true, theme.paper, 5.0, 1.0);
        draw(&rings, true, theme.accent, 3.0, 1.0);
    }
}

/// A bar of a round length at the foot of the map.
pub fn scale_bar(svg: &mut Svg, sight: &Sight, lang: Lang, theme: Theme) {
    let metres = sight.lens.metres();
    let longest_m = 120.0 * metres;
    let lengths = (0..8).flat_map(|power| [1.0, 2.0, 5.0].map(|head| head * 10_f64.powi(power)));
    let Some(length_m) = lengths.take_while(|&length| length <= longest_m).last() else { return };
    let text = match (length_m >= 1000.0, lang) {
        (true, Lang::Mn) => format!("{} км", length_m / 1000.0),
        (true, Lang::En) => format!("{} km", length_m / 1000.0),
        (false, Lang::Mn) => format!("{length_m} м"),
        (false, Lang::En) => format!("{length_m} m"),
    };
    let [x, y] = [sight.corner[0] + 12.0, sight.corner[1] + sight.lens.size[1] - 12.0];
    let width = length_m / metres;
    let path = format!("M{} {}v4h{}v-4", Num(x), Num(y - 4.0), Num(width));
    svg.put(format_args!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"4\" stroke-opacity=\".85\"/>\
         <path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\"/>",
        theme.paper, theme.ink
    ));
    let (x, y, on) = (x + width / 2.0, y - 8.0, theme.over());
    svg.put(marks::Label { x, y, size: 12.0, is_bold: false, on, text: &text });
}
