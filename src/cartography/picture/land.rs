//! The form of a map that shows real shapes.
//!
//! Owns: the order of drawing, names on the map, the scale bar. Leaves to [`sights`](super::sights): which
//! ground is seen.

use std::collections::BTreeMap;

use super::frame::{Dress, Frame};
use super::shapes::{Lens, Rings};
use super::sights::{Sight, sights, unit_of};
use super::svg::{self, Num, STEPS, Svg, text_width};
use super::theme::Theme;
use super::units::Painted;
use super::{Panel, marks};
use crate::geometry::simplify::LevelArc;
use crate::model::Lang;
use crate::snapshot::Level;

/// What is drawn a second time has to be this large.
const REPEATED_PX2: f64 = 4.0;

/// A number is written into a khoroo of at least this size.
const NUMBERED_PX2: f64 = 420.0;

pub fn draw(svg: &mut Svg, panel: Panel, painted: &Painted, theme: Theme, frame: &Frame) {
    let Some(cutter) = &painted.view.geography.cutter else { return };
    let arcs = cutter.arcs();
    let sights = sights(painted, arcs, panel);
    let drawn: Vec<BTreeMap<u32, Rings>> =
        sights.iter().map(|sight| sight.lens.areas(arcs, |unit| Some(unit_of(painted, unit)))).collect();
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
    if matches!(frame.dress, Dress::Framed { .. }) {
        scale_bar(svg, &sights[0], painted.lang, theme);
    }
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
    names(svg, sight, areas, painted, theme, frame);
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
    if is_home {
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

/// Names of districts in a view of the city, numbers of khoroos in others; none lies over another.
fn names(
    svg: &mut Svg,
    sight: &Sight,
    areas: &BTreeMap<u32, Rings>,
    painted: &Painted,
    theme: Theme,
    frame: &Frame,
) {
    let lens = &sight.lens;
    let mut wanted: Vec<(f64, [f64; 2], String)> = Vec::new();
    let geography = &painted.view.geography;
    if painted.scope.is_city() && sight.name.is_none() {
        for (idx, district) in geography.districts.iter().enumerate() {
            // Where its khoroos are dense, not where its land is wide.
            let members = geography.khoroos[geography.khoroos_of(idx)].iter();
            let mut seen: Vec<_> = members.filter_map(|k| k.label).filter(|&at| lens.holds(at)).collect();
            if seen.is_empty() || painted.level == Level::District {
                seen.clear();
                seen.extend(district.label.filter(|&at| lens.holds(at)));
            }
            if !seen.is_empty() {
                let n = seen.len() as f64;
                let sum =
                    seen.iter().map(|&at| lens.px(at)).fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
                wanted.push((n, sum.map(|v| v / n), painted.name(district).to_owned()));
            }
        }
    } else if painted.level == Level::Khoroo && sight.core.is_none() {
        let is_framed = matches!(frame.dress, Dress::Framed { .. });
        for (idx, unit) in painted.units().iter().enumerate().filter(|(idx, _)| painted.is_shown(*idx)) {
            let seen = areas.get(&(idx as u32)).map_or(0.0, |rings| lens.visible_px2(rings));
            if let Some(label) = unit.label.filter(|&at| seen >= NUMBERED_PX2 && lens.holds(at)) {
                let value = painted.short_value(idx).filter(|_| is_framed && seen >= 4.0 * NUMBERED_PX2);
                let text = match value {
                    Some(value) => format!("{} · {value}", unit.number),
                    None => unit.number.to_string(),
                };
                wanted.push((seen, lens.px(label), text));
            }
        }
    }
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let size = if painted.scope.is_city() { 13.0 } else { 12.0 };
    let is_bold = painted.scope.is_city();
    // The scale bar's place.
    let bar = [0.0, lens.size[1] - 36.0, 150.0, lens.size[1]];
    let has_bar = matches!(frame.dress, Dress::Framed { .. }) && sight.name.is_none();
    let mut taken: Vec<[f64; 4]> = has_bar.then_some(bar).into_iter().collect();
    for (_, [x, y], text) in wanted {
        let half = text_width(&text, is_bold) * size / 2.0;
        let [width, height] = lens.size;
        let x = x.clamp(half.min(width / 2.0) + 3.0, (width - half).max(width / 2.0) - 3.0);
        let free = [0.0, -14.0, 14.0, -28.0, 28.0].into_iter().find_map(|by| {
            let y = (y + by).clamp(size, height - 4.0);
            let own = [x - half - 2.0, y - size, x + half + 2.0, y + 5.0];
            let meets = |other: &[f64; 4]| {
                own[0] < other[2] && own[2] > other[0] && own[1] < other[3] && own[3] > other[1]
            };
            (!taken.iter().any(meets)).then_some((y, own))
        });
        if let Some((y, own)) = free {
            taken.push(own);
            svg.put(marks::Label { x, y: y + 4.0, size, is_bold, theme, text: &text });
        }
    }
}

/// A bar of a round length at the foot of the map.
fn scale_bar(svg: &mut Svg, sight: &Sight, lang: Lang, theme: Theme) {
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
    let text =
        marks::Label { x: x + width / 2.0, y: y - 8.0, size: 12.0, is_bold: false, theme, text: &text };
    svg.put(text);
}
