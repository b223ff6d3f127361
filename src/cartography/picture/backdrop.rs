//! The ground under what a picture for a page is about: borders, names of districts, a scale.
//!
//! What lies far out would make the rest small, so ground that reaches there has the whole beside its core.
//!
//! Owns: which ground is seen, its lines and names. Leaves to others: what lies on it.

use super::Panel;
use super::advances::text_width;
use super::land::scale_bar;
use super::marks::Label;
use super::shapes::{Lens, Window, densest};
use super::sights::Sight;
use super::svg::{self, Num, STEPS, Svg};
use super::theme::Theme;
use crate::geometry::simplify::LevelArc;
use crate::model::{GridPoint, Lang};
use crate::snapshot::VintageView;

/// Width of the whole beside a core.
const WHOLE_PX: f64 = 220.0;
const GAP_PX: f64 = 12.0;
/// Part of the places that a core holds along each axis, and how much smaller it has to be to stand alone.
const CORE_PART: f64 = 0.85;
const CORE_SIDE: f64 = 0.5;

/// What is seen: all of it, and its core where that is much smaller.
pub struct Ground {
    pub whole: Window,
    pub core: Option<Window>,
}

#[derive(Clone, Copy)]
pub struct Backdrop<'a> {
    pub view: &'a VintageView,
    pub arcs: &'a [LevelArc],
    pub theme: Theme,
    pub lang: Lang,
    shows_khoroos: bool,
}

/// One of two lenses on the same ground.
pub struct Part<'a> {
    pub lens: &'a Lens,
    /// The core that it stands beside; `None` for the one with names.
    pub beside: Option<&'a Lens>,
}

impl Part<'_> {
    pub const fn is_main(&self) -> bool {
        self.beside.is_none()
    }
}

impl Ground {
    /// Ground around all corners, with a core around most of the places; `None` if there are none.
    ///
    /// - `side_min`: of each window, in world units.
    pub fn around(corners: &[GridPoint], places: &[GridPoint], side_min: f64) -> Option<Self> {
        let whole = around(corners, 1.0, side_min)?;
        let core = around(places, CORE_PART, side_min).filter(|core| is_apart(core, &whole));
        Some(Self { whole, core })
    }
}

/// The shortest stretch along each axis that holds this part of the places, with some room around it.
fn around(places: &[GridPoint], part: f64, side_min: f64) -> Option<Window> {
    let window = Window::of(densest(places, part, 1)?);
    let side = (window.max[0] - window.min[0]).max(window.max[1] - window.min[1]);
    let by = (side * 0.12).max((side_min - side) / 2.0);
    Some(Window { min: window.min.map(|v| v - by), max: window.max.map(|v| v + by) })
}

fn is_apart(core: &Window, whole: &Window) -> bool {
    let side = |window: &Window| (0..2).map(|axis| window.max[axis] - window.min[axis]).fold(0.0, f64::max);
    side(core) < side(whole) * CORE_SIDE
}

impl<'a> Backdrop<'a> {
    /// `None` where the vintage has no lines.
    pub fn of(view: &'a VintageView, lang: Lang) -> Option<Self> {
        let arcs = view.geography.cutter.as_ref()?.arcs();
        Some(Self { view, arcs, theme: Theme::page(), lang, shows_khoroos: true })
    }

    /// The same without the borders of khoroos.
    pub const fn of_districts(self) -> Self {
        Self { shows_khoroos: false, ..self }
    }

    /// The ground, with what `lay` draws between its borders and its names.
    ///
    /// - `coarser_by`: zooms by which lines are coarser than pixels.
    pub fn draw(
        &self,
        svg: &mut Svg,
        panel: Panel,
        ground: &Ground,
        coarser_by: u8,
        lay: &dyn Fn(&mut Svg, &Part<'_>),
    ) {
        let lens = |window, size| Lens::new(window, size).coarser_by(coarser_by);
        let Some(core) = ground.core else {
            let lens = lens(ground.whole, [panel.width, panel.height]);
            self.draw_part(svg, [panel.x, panel.y], &Part { lens: &lens, beside: None }, lay);
            return;
        };
        let wide = panel.width - WHOLE_PX - GAP_PX;
        let main = lens(core, [wide, panel.height]);
        self.draw_part(svg, [panel.x, panel.y], &Part { lens: &main, beside: None }, lay);
        let height = (WHOLE_PX / ground.whole.aspect()).clamp(120.0, panel.height);
        let lens = lens(ground.whole, [WHOLE_PX, height]);
        let corner = [panel.x + wide + GAP_PX, panel.y];
        self.draw_part(svg, corner, &Part { lens: &lens, beside: Some(&main) }, lay);
        let [x, y, width, height] = lens.rectangle(&main);
        svg.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\" \
             pointer-events=\"none\"/>",
            Num(corner[0] + x),
            Num(corner[1] + y),
            Num(width),
            Num(height),
            self.theme.ink
        ));
    }

    fn draw_part(&self, svg: &mut Svg, [x, y]: [f64; 2], part: &Part<'_>, lay: &dyn Fn(&mut Svg, &Part<'_>)) {
        let [width, height] = part.lens.size.map(Num);
        let (x, y) = (Num(x), Num(y));
        svg.put(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" overflow=\"hidden\">"
        ));
        self.borders(svg, part);
        lay(svg, part);
        if part.is_main() {
            self.names(svg, part.lens);
            let sight = Sight { lens: *part.lens, corner: [0.0; 2], name: None, core: None };
            scale_bar(svg, &sight, self.lang, self.theme);
        }
        svg.put("</svg>");
        svg.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"{}\" \
             pointer-events=\"none\"/>",
            self.theme.edge
        ));
    }

    fn borders(&self, svg: &mut Svg, part: &Part<'_>) {
        let (geography, lens) = (&self.view.geography, part.lens);
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
        if part.is_main() && self.shows_khoroos {
            put(lens.borders(self.arcs, Some, false), self.theme.edge, 0.6);
        }
        put(lens.borders(self.arcs, |unit| Some(district(unit)), false), self.theme.hatch, 1.2);
        put(lens.borders(self.arcs, |unit| Some(district(unit)), true), self.theme.hatch, 1.6);
    }

    /// Of districts, in the middle of their khoroos that are seen; one that would lie on another is left out. Where
    /// narrow windows enlarge letters, the page's style sheet leaves out those that then would.
    fn names(&self, svg: &mut Svg, lens: &Lens) {
        const KHOROOS_MIN: usize = 4;
        const LETTERS: f64 = 14.0;
        /// By which `web/src/css/ogc.css` enlarges them, about.
        const ENLARGED: f64 = 2.0;
        let geography = &self.view.geography;
        let (mut taken, mut taken_enlarged): (Vec<[f64; 3]>, Vec<[f64; 3]>) = (Vec::new(), Vec::new());
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
            let half = text_width(text, true) * LETTERS / 2.0;
            let width = lens.size[0];
            if 2.0 * half > width {
                continue;
            }
            let x = x.clamp(half, width - half);
            let is_on = |taken: &[[f64; 3]], by: f64| {
                let meets = |[ox, oy, other]: &[f64; 3]| {
                    (x - ox).abs() < by * (half + other) && (y - oy).abs() < by * LETTERS
                };
                taken.iter().any(meets)
            };
            if is_on(&taken, 1.0) {
                continue;
            }
            taken.push([x, y, half]);
            let label = Label { x, y, size: LETTERS, is_bold: true, on: self.theme.over(), text };
            let is_cut = x < ENLARGED * half || x > width - ENLARGED * half;
            if is_cut || is_on(&taken_enlarged, ENLARGED) {
                svg.put(format_args!("<g class=\"roomy\">{label}</g>"));
            } else {
                taken_enlarged.push([x, y, half]);
                svg.put(label);
            }
        }
    }
}
