//! Who goes to whom, as lines over the borders of a part of the city.
//!
//! A map for a page, in its colours: no figures, so no classes and no legend. What lies far out would make the rest
//! small, so a plan that reaches there has the whole beside its core.
//!
//! Owns: the window, rings, dots and lines. Leaves to others: what a pair means, the table that says the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::furniture::bare;
use super::land::scale_bar;
use super::marks::Label;
use super::shapes::{Lens, Window};
use super::sights::Sight;
use super::svg::{self, Num, STEPS, Svg};
use super::theme::Theme;
use crate::geometry::simplify::LevelArc;
use crate::model::{GridBox, GridPoint, Lang};
use crate::snapshot::VintageView;

const SIZE: [f64; 2] = [836.0, 520.0];
/// Width of the whole beside a core.
const WHOLE_PX: f64 = 220.0;
const GAP_PX: f64 = 12.0;
/// Part of the ends that a core holds along each axis, and how much smaller it has to be to stand alone.
const CORE_PART: f64 = 0.85;
const CORE_SIDE: f64 = 0.5;
/// A window is at least this wide, in world units: about 1.5 km.
const SIDE_MIN: f64 = 160_000.0;

/// The picture; `None` where the vintage has no lines, or no pair has its places. Beside it how many pairs are not
/// drawn.
///
/// - `pairs`: khoroos, from and to.
pub fn pairs(view: &VintageView, pairs: &[[usize; 2]], title: &str, lang: Lang) -> Option<(String, usize)> {
    let arcs = view.geography.cutter.as_ref()?.arcs();
    let place = |khoroo: usize| view.geography.khoroos[khoroo].label;
    let placed = pairs.iter().filter_map(|&[from, to]| Some([place(from)?, place(to)?]));
    let placed: Vec<[GridPoint; 2]> = placed.collect();
    let ends: Vec<GridPoint> = placed.iter().flatten().copied().collect();
    let whole = around(&ends, 1.0)?;
    let core = around(&ends, CORE_PART).filter(|core| is_apart(core, &whole));
    let drawing = Drawing { view, arcs, pairs: &placed, theme: Theme::page(), lang };
    let svg = bare(SIZE, title, false, |svg, panel| match core {
        None => {
            let lens = Lens::new(whole, [panel.width, panel.height]);
            drawing.draw(svg, [panel.x, panel.y], &lens, true);
        }
        Some(core) => {
            let wide = panel.width - WHOLE_PX - GAP_PX;
            let main = Lens::new(core, [wide, panel.height]);
            drawing.draw(svg, [panel.x, panel.y], &main, true);
            let height = (WHOLE_PX / whole.aspect()).clamp(120.0, panel.height);
            let lens = Lens::new(whole, [WHOLE_PX, height]);
            let corner = [panel.x + wide + GAP_PX, panel.y];
            drawing.draw(svg, corner, &lens, false);
            let [x, y, width, height] = lens.rectangle(&main);
            svg.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\"/>",
                Num(corner[0] + x),
                Num(corner[1] + y),
                Num(width),
                Num(height),
                drawing.theme.ink
            ));
        }
    });
    Some((svg, pairs.len() - placed.len()))
}

/// The shortest stretch along each axis that holds this part of the places, with some room around it.
fn around(places: &[GridPoint], part: f64) -> Option<Window> {
    if places.is_empty() {
        return None;
    }
    let stretch = |mut along: Vec<i32>| {
        along.sort_unstable();
        let n = ((along.len() as f64 * part).ceil() as usize).clamp(1, along.len());
        let ends = along.windows(n).map(|run| (run[0], run[n - 1]));
        ends.min_by_key(|(low, high)| i64::from(*high) - i64::from(*low)).expect("at least one run")
    };
    let (west, east) = stretch(places.iter().map(|at| at.x).collect());
    let (south, north) = stretch(places.iter().map(|at| at.y).collect());
    let window = Window::of(GridBox { west, south, east, north });
    let side = (window.max[0] - window.min[0]).max(window.max[1] - window.min[1]);
    let by = (side * 0.12).max((SIDE_MIN - side) / 2.0);
    Some(Window { min: window.min.map(|v| v - by), max: window.max.map(|v| v + by) })
}

fn is_apart(core: &Window, whole: &Window) -> bool {
    let side = |window: &Window| (0..2).map(|axis| window.max[axis] - window.min[axis]).fold(0.0, f64::max);
    side(core) < side(whole) * CORE_SIDE
}

struct Drawing<'a> {
    view: &'a VintageView,
    arcs: &'a [LevelArc],
    pairs: &'a [[GridPoint; 2]],
    theme: Theme,
    lang: Lang,
}

impl Drawing<'_> {
    fn draw(&self, svg: &mut Svg, [x, y]: [f64; 2], lens: &Lens, is_main: bool) {
        let [width, height] = lens.size.map(Num);
        let (x, y) = (Num(x), Num(y));
        svg.put(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" overflow=\"hidden\">"
        ));
        self.borders(svg, lens, is_main);
        self.lines(svg, lens, is_main);
        if is_main {
            self.names(svg, lens);
            let sight = Sight { lens: *lens, corner: [0.0; 2], name: None, core: None };
            scale_bar(svg, &sight, self.lang, self.theme);
        }
        svg.put("</svg>");
        svg.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"{}\"/>",
            self.theme.edge
        ));
    }

    fn borders(&self, svg: &mut Svg, lens: &Lens, is_main: bool) {
        let geography = &self.view.geography;
        let has_khoroos = geography.coverage.is_some();
        let district = |unit: u32| if has_khoroos { geography.district_of[unit as usize] } else { unit };
        let mut put = |lines: Vec<Vec<[i32; 2]>>, colour, width: f64| {
            let mut path = String::new();
            for points in &lines {
                svg::line(&mut path, points);
            }
            if !path.is_empty() {
                svg.put(format_args!(
                    "<path d=\"{path}\" transform=\"scale({})\" fill=\"none\" stroke=\"{colour}\" \
                     stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
                    Num(1.0 / STEPS),
                    Num(width * STEPS)
                ));
            }
        };
        if is_main {
            put(lens.borders(self.arcs, Some, false), self.theme.edge, 0.6);
        }
        put(lens.borders(self.arcs, |unit| Some(district(unit)), false), self.theme.hatch, 1.2);
        put(lens.borders(self.arcs, |unit| Some(district(unit)), true), self.theme.hatch, 1.6);
    }

    fn lines(&self, svg: &mut Svg, lens: &Lens, is_main: bool) {
        let Theme { accent, paper, .. } = self.theme;
        let mut path = String::new();
        let mut load: BTreeMap<[i32; 2], (GridPoint, u32)> = BTreeMap::new();
        for &[from, to] in self.pairs {
            let [[ax, ay], [bx, by]] = [lens.px(from), lens.px(to)].map(|at| at.map(Num));
            write!(path, "M{ax} {ay}L{bx} {by}").expect("a string takes everything");
            load.entry([to.x, to.y]).or_insert((to, 0)).1 += 1;
        }
        let width = if is_main { 1.5 } else { 0.8 };
        svg.put(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{accent}\" stroke-width=\"{width}\" stroke-opacity=\".75\"/>"
        ));
        if !is_main {
            return;
        }
        for &(to, n) in load.values() {
            let [x, y] = lens.px(to).map(Num);
            let radius = Num(4.0 + 1.5 * f64::from(n).sqrt());
            svg.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{accent}\"/>"));
        }
        for &[from, _] in self.pairs {
            let [x, y] = lens.px(from).map(Num);
            svg.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"2.8\" fill=\"{paper}\" stroke=\"{accent}\" stroke-width=\"1.5\"/>"
            ));
        }
    }

    /// Of districts, in the middle of their khoroos that are seen.
    fn names(&self, svg: &mut Svg, lens: &Lens) {
        const KHOROOS_MIN: usize = 4;
        let geography = &self.view.geography;
        for (idx, district) in geography.districts.iter().enumerate() {
            let labels = geography.khoroos_of(idx).filter_map(|khoroo| geography.khoroos[khoroo].label);
            let seen: Vec<[f64; 2]> = labels.filter(|at| lens.holds(*at)).map(|at| lens.px(at)).collect();
            if seen.len() < KHOROOS_MIN {
                continue;
            }
            let [x, y] = [0, 1].map(|axis| seen.iter().map(|at| at[axis]).sum::<f64>() / seen.len() as f64);
            let text = match self.lang {
                Lang::Mn => &district.name_mn,
                Lang::En => &district.name_en,
            };
            svg.put(Label { x, y, size: 14.0, is_bold: true, on: self.theme.over(), text });
        }
    }
}
