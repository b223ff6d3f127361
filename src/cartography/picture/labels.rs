//! Names and figures on a map of real shapes: districts of a city, khoroos of a district, the neighbours of a khoroo.
//!
//! None lies over another; what has no room is said shorter, then not at all: every unit has its name as the
//! title of its shape. A picture that stands alone has figures too, so that it is read without its colours, and
//! printed without them. Pages enlarge letters where a map is drawn small, so names of bare maps keep room for it.

use std::collections::BTreeMap;

use super::advances::text_width;
use super::frame::{Dress, Frame, Scope};
use super::marks;
use super::shapes::{Rings, encloses};
use super::sights::Sight;
use super::svg::Svg;
use super::theme::{Lettering, Theme};
use super::units::Painted;
use crate::model::naming;
use crate::snapshot::Level;

/// A number is written into a khoroo of at least this size.
const NUMBERED_PX2: f64 = 420.0;

/// How much larger a page may make the letters of a bare map (`web/src/css/picture.css`).
pub const ENLARGED: f64 = 1.4;

/// Letters of a figure in a map of the whole city, pixels.
const FIGURE: f64 = 10.0;

/// Length and height of the scale bar's place, from the lower left corner.
const SCALE_BAR: [f64; 2] = [150.0, 36.0];

/// A name that a place would like to have.
struct Wanted {
    /// Larger comes first.
    weight: f64,
    at: [f64; 2],
    /// Off this unit only the last of the texts is written.
    ground: Option<u32>,
    /// From the one that says most to the one that needs least room; each one line or several.
    texts: Vec<Vec<String>>,
}

pub fn draw(
    svg: &mut Svg,
    sight: &Sight,
    areas: &BTreeMap<u32, Rings>,
    painted: &Painted,
    theme: Theme,
    frame: &Frame,
    is_home: &dyn Fn(u32) -> bool,
) {
    let is_bold = painted.scope.is_city();
    let mut wanted = match (painted.scope, painted.level) {
        (Scope::City, _) if sight.name.is_none() => districts(sight, painted, frame),
        (Scope::Khoroo { .. }, Level::Khoroo) => neighbourhood(sight, areas, painted, frame),
        (Scope::District(_), Level::Khoroo) if sight.core.is_none() => numbers(sight, areas, painted, frame),
        _ => Vec::new(),
    };
    wanted.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.texts.cmp(&b.texts)));
    let size = if is_bold { 13.0 } else { 12.0 };
    let grown = if matches!(frame.dress, Dress::Bare { .. }) { size * ENLARGED } else { size };
    let [width, height] = sight.lens.size;
    let bar = [0.0, height - SCALE_BAR[1], SCALE_BAR[0], height];
    let mut taken: Vec<[f64; 4]> = sight.name.is_none().then_some(bar).into_iter().collect();
    for Wanted { at: [x, y], texts, ground, .. } in wanted {
        let ground = ground.and_then(|unit| areas.get(&unit));
        let place = |nth: usize, lines: &Vec<String>| {
            let ground = ground.filter(|_| nth + 1 < texts.len());
            let widest = lines.iter().map(|line| text_width(line, is_bold)).fold(0.0, f64::max);
            let half = [widest * grown / 2.0 + 2.0, lines.len() as f64 * grown * 0.6 + 1.0];
            let x = x.clamp(half[0].min(width / 2.0) + 3.0, (width - half[0]).max(width / 2.0) - 3.0);
            [0.0, -14.0, 14.0, -28.0, 28.0].into_iter().find_map(|by| {
                let y = (y + by).clamp(half[1] + 2.0, (height - half[1]).max(half[1] + 2.0));
                let own = [x - half[0], y - half[1], x + half[0], y + half[1]];
                let is_off =
                    ground.is_some_and(|rings| [own[0], own[2]].iter().any(|&x| !encloses(rings, [x, y])));
                (!is_off && !taken.iter().any(|other| meets(&own, other))).then_some((x, y, own))
            })
        };
        let found = texts.iter().enumerate().find_map(|(nth, lines)| Some((lines, place(nth, lines)?)));
        let Some((lines, (x, y, own))) = found else { continue };
        taken.push(own);
        let on = lettering(own, areas, painted, theme);
        let first = y - (lines.len() - 1) as f64 * grown * 0.58 + size * 0.36;
        for (nth, text) in lines.iter().enumerate() {
            let y = first + nth as f64 * grown * 1.16;
            svg.put(marks::Label { x, y, size, is_bold, on, text });
        }
    }
    let has_figures = match painted.level {
        Level::Khoroo => painted.scope.is_city(),
        // Elsewhere they stand below the names.
        Level::District => painted.scope.is_city() && sight.name.is_some(),
    };
    if has_figures && is_framed(frame) {
        figures(svg, sight, areas, painted, theme, is_home, &mut taken);
    }
}

fn is_framed(frame: &Frame) -> bool {
    matches!(frame.dress, Dress::Framed { .. })
}

fn meets(own: &[f64; 4], other: &[f64; 4]) -> bool {
    own[0] < other[2] && own[2] > other[0] && own[1] < other[3] && own[3] > other[1]
}

/// In each unit that holds its own, clear of names.
fn figures(
    svg: &mut Svg,
    sight: &Sight,
    areas: &BTreeMap<u32, Rings>,
    painted: &Painted,
    theme: Theme,
    is_home: &dyn Fn(u32) -> bool,
    taken: &mut Vec<[f64; 4]>,
) {
    let lens = &sight.lens;
    for (&unit, rings) in areas.iter().filter(|(unit, _)| is_home(**unit)) {
        let idx = unit as usize;
        let Some(text) = painted.short_value(idx).filter(|_| painted.is_shown(idx)) else { continue };
        let half = [text_width(text, false) * FIGURE / 2.0 + 1.0, FIGURE * 0.45];
        let widest = lens.widest(rings).map(|(at, _)| at);
        let middle = painted.units()[idx].label.filter(|&at| lens.holds(at)).map(|at| lens.px(at));
        let places = middle.into_iter().chain(widest);
        let near = places.flat_map(|[x, y]| [0.0, -9.0, 9.0, -18.0, 18.0].map(|by| [x, y + by]));
        let fits = |&[x, y]: &[f64; 2]| {
            let own = [x - half[0], y - half[1], x + half[0], y + half[1]];
            let edge = [-1.0, 0.0, 1.0].map(|across| [-1.0, 1.0].map(|down| [across, down]));
            let is_inside = edge
                .as_flattened()
                .iter()
                .all(|[across, down]| encloses(rings, [x + across * half[0], y + down * half[1]]));
            let is_seen = own[0] >= 0.0 && own[1] >= 0.0 && own[2] <= lens.size[0] && own[3] <= lens.size[1];
            is_inside && is_seen && !taken.iter().any(|other| meets(&own, other))
        };
        let Some([x, y]) = near.into_iter().find(|at| fits(at)) else { continue };
        taken.push([x - half[0], y - half[1], x + half[0], y + half[1]]);
        let (y, on) = (y + FIGURE * 0.36, theme.on(painted.entry(idx).fill()));
        svg.put(marks::Label { x, y, size: FIGURE, is_bold: false, on, text });
    }
}

/// For a name whose middle and ends stand on one unit, by the fill of that unit.
fn lettering(
    [left, top, right, foot]: [f64; 4],
    areas: &BTreeMap<u32, Rings>,
    painted: &Painted,
    theme: Theme,
) -> Lettering {
    let y = f64::midpoint(top, foot);
    let under = |part: f64| {
        let x = left + part * (right - left);
        areas.iter().find(|(_, rings)| encloses(rings, [x, y])).map(|(&unit, _)| unit as usize)
    };
    match [0.5, 0.1, 0.9].map(under) {
        [Some(unit), first, last] if first == Some(unit) && last == Some(unit) && painted.is_shown(unit) => {
            theme.on(painted.entry(unit).fill())
        }
        _ => theme.over(),
    }
}

/// Where the khoroos of a district are dense, not where its land is wide.
fn districts(sight: &Sight, painted: &Painted, frame: &Frame) -> Vec<Wanted> {
    let (lens, geography) = (&sight.lens, &painted.view.geography);
    let mut wanted = Vec::new();
    for (idx, district) in geography.districts.iter().enumerate() {
        let members = geography.khoroos[geography.khoroos_of(idx)].iter();
        let mut seen: Vec<_> = members.filter_map(|k| k.label).filter(|&at| lens.holds(at)).collect();
        if seen.is_empty() || painted.level == Level::District {
            seen.clear();
            seen.extend(district.label.filter(|&at| lens.holds(at)));
        }
        if !seen.is_empty() {
            let n = seen.len() as f64;
            let sum = seen.iter().map(|&at| lens.px(at)).fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
            let name = painted.name(district).to_owned();
            let figure = painted.short_value(idx).filter(|_| painted.level == Level::District);
            let both =
                figure.filter(|_| is_framed(frame)).map(|figure| vec![name.clone(), figure.to_owned()]);
            let texts = both.into_iter().chain([vec![name]]).collect();
            wanted.push(Wanted { weight: n, at: sum.map(|v| v / n), ground: None, texts });
        }
    }
    wanted
}

fn numbers(sight: &Sight, areas: &BTreeMap<u32, Rings>, painted: &Painted, frame: &Frame) -> Vec<Wanted> {
    let lens = &sight.lens;
    let mut wanted = Vec::new();
    for (idx, unit) in painted.units().iter().enumerate().filter(|(idx, _)| painted.is_shown(*idx)) {
        let seen = areas.get(&(idx as u32)).map_or(0.0, |rings| lens.visible_px2(rings));
        if let Some(label) = unit.label.filter(|&at| seen >= NUMBERED_PX2 && lens.holds(at)) {
            let value = painted.short_value(idx).filter(|_| is_framed(frame));
            let both = value.map(|value| format!("{} · {value}", unit.number));
            let texts = both.into_iter().chain([unit.number.to_string()]).map(|text| vec![text]).collect();
            wanted.push(Wanted { weight: seen, at: lens.px(label), ground: Some(idx as u32), texts });
        }
    }
    wanted
}

/// The khoroo first, then those around it; of another district by its name too.
fn neighbourhood(
    sight: &Sight,
    areas: &BTreeMap<u32, Rings>,
    painted: &Painted,
    frame: &Frame,
) -> Vec<Wanted> {
    let lens = &sight.lens;
    let chosen = painted.chosen();
    let own_district = chosen.map(|idx| painted.district_of(idx));
    let mut wanted = Vec::new();
    for (&unit, rings) in areas {
        let idx = unit as usize;
        let seen = lens.visible_px2(rings);
        let Some((at, room)) = lens.widest(rings).filter(|_| seen >= NUMBERED_PX2) else { continue };
        let number = painted.units()[idx].number;
        let name = naming::khoroo_name(number, painted.lang);
        let district = painted.name(&painted.view.geography.districts[painted.district_of(idx)]);
        let mut whole = if own_district == Some(painted.district_of(idx)) {
            vec![name]
        } else {
            vec![district.to_owned(), name]
        };
        let value = painted.short_value(idx).filter(|_| is_framed(frame));
        if let Some(value) = value {
            whole.push(value.to_owned());
        }
        let short = value.map(|value| vec![format!("{number} · {value}")]);
        // A name that runs far into others would be read as theirs.
        let fits =
            |lines: &Vec<String>| lines.iter().all(|line| text_width(line, false) * 12.0 <= room * 1.2);
        let is_own = chosen == Some(idx);
        let all = [Some(whole), short, Some(vec![number.to_string()])];
        let texts = all.into_iter().flatten().filter(|lines| is_own || fits(lines)).collect();
        wanted.push(Wanted { weight: if is_own { f64::INFINITY } else { seen }, at, ground: None, texts });
    }
    wanted
}
