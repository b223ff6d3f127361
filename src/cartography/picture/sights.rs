//! What is seen of the ground.
//!
//! A city is seen as its built-up core. What that leaves out stands in frames beside it: the whole city, each
//! district that lies apart, and those whose khoroos are too small for the whole. All of it follows from the
//! ground: small khoroos in the middle would vanish beside what lies far out. A wide district is seen likewise.
//!
//! Owns: windows, and where their panels stand.

use std::collections::BTreeMap;

use super::Panel;
use super::frame::Scope;
use super::shapes::{Lens, Window, densest};
use super::units::Painted;
use crate::geometry::simplify::LevelArc;
use crate::model::{GridBox, Lang};
use crate::snapshot::Level;

/// Part of the khoroos that the core holds along each axis, at least.
const CORE_PARTS: [f64; 5] = [0.74, 0.8, 0.87, 0.94, 1.0];

/// Most frames beside the core of a city. More, and the core has no room.
const INSETS_MAX: usize = 4;
/// A district has one, the whole.
const INSETS_OF_DISTRICT: usize = 1;

/// A khoroo of which less is seen than this needs a frame: a square of five pixels.
const SEEN_PX2: f64 = 25.0;

/// The same where that takes too many frames, squares of four and three pixels: in the whole city most khoroos of
/// the core would be smaller still.
const HARDLY_SEEN_PX2: [f64; 2] = [16.0, 9.0];

/// A district is seen as a whole if each of its khoroos has this much: a square of eleven pixels.
const LEGIBLE_PX2: f64 = 121.0;

/// Width and height of the core's panel when nothing else is asked.
const CITY_SIZE: [f64; 2] = [836.0, 472.0];
const AREA_WIDTH: f64 = 480.0;

/// A window with its place in the picture.
pub struct Sight {
    pub lens: Lens,
    pub corner: [f64; 2],
    /// `None` for the main one.
    pub name: Option<String>,
    /// In an overview, the part that the main one shows: left, top, width, height.
    pub core: Option<[f64; 4]>,
}

/// Width and height that suit what is shown.
pub fn shape(painted: &Painted) -> [f64; 2] {
    match painted.scope {
        Scope::City => CITY_SIZE,
        Scope::District(_) | Scope::Khoroo { .. } => {
            let aspect = whole(painted).map_or(1.0, Window::aspect).clamp(0.9, 1.8);
            [AREA_WIDTH, (AREA_WIDTH / aspect).round()]
        }
    }
}

/// The unit of the picture that a unit of the coverage is drawn as.
pub fn unit_of(painted: &Painted, unit: u32) -> u32 {
    match (painted.level, &painted.view.geography.coverage) {
        (Level::District, Some(_)) => painted.view.geography.district_of[unit as usize],
        _ => unit,
    }
}

fn whole(painted: &Painted) -> Option<Window> {
    let geography = &painted.view.geography;
    let bounds = match painted.scope {
        Scope::City => geography.bounds(),
        Scope::District(idx) => geography.districts[idx].bounds,
        Scope::Khoroo { khoroo, district } => {
            geography.khoroos[khoroo].bounds.or(geography.districts[district].bounds)
        }
    };
    let part = if matches!(painted.scope, Scope::Khoroo { .. }) { 0.45 } else { 0.04 };
    bounds.map(|bounds| Window::of(bounds).padded(part))
}

pub fn sights(painted: &Painted, arcs: &[LevelArc], panel: Panel) -> Vec<Sight> {
    let whole = whole(painted).unwrap_or(Window { min: [0.0; 2], max: [1.0; 2] });
    let sight = |window, panel: Panel| {
        let lens = Lens::new(window, [panel.width, panel.height]);
        Sight { lens, corner: [panel.x, panel.y], name: None, core: None }
    };
    let alone = |window| vec![sight(window, panel)];
    let is_shown = |idx: usize| painted.is_shown(idx);
    if matches!(painted.scope, Scope::Khoroo { .. }) {
        return alone(whole);
    }
    if !painted.scope.is_city() {
        let lens = Lens::new(whole, [panel.width, panel.height]);
        if left_out(painted, &lens, arcs, LEGIBLE_PX2, &is_shown).is_empty() {
            return alone(whole);
        }
    }
    let (main, strip) = split(panel);
    // The core of districts is the same for every part of them.
    let parts = if painted.level == Level::District { &CORE_PARTS[..1] } else { &CORE_PARTS[..] };
    let tries = parts.iter().map(|&part| (part, SEEN_PX2));
    let closer = parts.iter().flat_map(|&part| HARDLY_SEEN_PX2.map(|least_px2| (part, least_px2)));
    for (part, least_px2) in tries.chain(closer) {
        let Some(core) = core(painted, part) else { break };
        let main = sight(core, main);
        let left_out = left_out(painted, &main.lens, arcs, least_px2, &is_shown);
        if left_out.is_empty() {
            return alone(core);
        }
        if let Some(insets) = insets(painted, arcs, left_out, &main.lens, strip, least_px2) {
            return std::iter::once(main).chain(insets).collect();
        }
    }
    alone(whole)
}

/// A panel for the core, and one for the frames beside or below it.
fn split(panel: Panel) -> (Panel, Panel) {
    const GAP: f64 = 16.0;
    if panel.width >= panel.height * 1.15 {
        let width = (panel.width * 0.21).round();
        let main = Panel { width: panel.width - width - GAP, ..panel };
        (main, Panel { x: panel.x + panel.width - width, width, ..panel })
    } else {
        let height = (panel.height * 0.24).round();
        let main = Panel { height: panel.height - height - GAP, ..panel };
        (main, Panel { y: panel.y + panel.height - height, height, ..panel })
    }
}

/// The shortest stretch along each axis that holds this part of the khoroos' label points.
fn core(painted: &Painted, part: f64) -> Option<Window> {
    let shown = painted.units().iter().enumerate().filter(|(idx, _)| painted.is_shown(*idx));
    if painted.level == Level::District {
        // Few and large: all that lie together.
        let is_apart = |idx: usize| painted.snapshot.seats.is_apart(&painted.units()[idx].district);
        let near = shown.filter(|(idx, _)| !is_apart(*idx)).filter_map(|(_, unit)| unit.bounds);
        return near.reduce(GridBox::union).map(|bounds| Window::of(bounds).padded(0.03));
    }
    let labels: Vec<_> = shown.filter_map(|(_, unit)| unit.label).collect();
    Some(Window::of(densest(&labels, part, 2)?).padded(0.06))
}

/// The units that a lens hardly shows.
fn left_out(
    painted: &Painted,
    lens: &Lens,
    arcs: &[LevelArc],
    least_px2: f64,
    asked: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let areas = lens.areas(arcs, |unit| Some(unit_of(painted, unit)));
    let is_left_out = |&idx: &usize| {
        let seen = areas.get(&(idx as u32)).map_or(0.0, |rings| lens.visible_px2(rings));
        asked(idx) && painted.units()[idx].bounds.is_some() && seen < least_px2
    };
    (0..painted.units().len()).filter(is_left_out).collect()
}

/// A frame for what is to be seen in it.
struct Inset {
    ground: GridBox,
    name: String,
    /// Shows where the core is.
    is_overview: bool,
}

/// Frames for the units that the core leaves out; `None` where there would be too many.
fn insets(
    painted: &Painted,
    arcs: &[LevelArc],
    left_out_of_core: Vec<usize>,
    main: &Lens,
    strip: Panel,
    least_px2: f64,
) -> Option<Vec<Sight>> {
    let geography = &painted.view.geography;
    let is_apart: Vec<bool> = geography
        .districts
        .iter()
        .map(|d| painted.scope.is_city() && painted.snapshot.seats.is_apart(&d.district))
        .collect();
    let (apart, near): (Vec<usize>, Vec<usize>) =
        left_out_of_core.into_iter().partition(|&idx| is_apart[painted.district_of(idx)]);
    let mut insets = Vec::new();
    let mut small = Vec::new();
    if !near.is_empty() {
        let bounds = |(idx, unit): (usize, &crate::snapshot::Unit)| {
            unit.bounds.filter(|_| painted.is_shown(idx) && !is_apart[painted.district_of(idx)])
        };
        let ground = painted.units().iter().enumerate().filter_map(bounds).reduce(GridBox::union)?;
        let name = match (painted.lang, painted.scope.is_city()) {
            (Lang::Mn, true) => "Хот бүхэлдээ",
            (Lang::En, true) => "Whole city",
            (Lang::Mn, false) => "Дүүрэг бүхэлдээ",
            (Lang::En, false) => "Whole district",
        };
        let lens = Lens::new(Window::of(ground).padded(0.03), inset_size(strip, INSETS_MAX));
        small = left_out(painted, &lens, arcs, least_px2, &|idx| near.contains(&idx));
        insets.push(Inset { ground, name: name.to_owned(), is_overview: true });
    }
    let mut by_district: BTreeMap<usize, GridBox> = BTreeMap::new();
    for idx in small.into_iter().chain(apart) {
        let bounds = painted.units()[idx].bounds?;
        let ground = by_district.entry(painted.district_of(idx)).or_insert(bounds);
        *ground = ground.union(bounds);
    }
    insets.extend(by_district.into_iter().map(|(district, ground)| Inset {
        ground,
        is_overview: false,
        name: painted.name(&geography.districts[district]).to_owned(),
    }));
    let n_max = if painted.scope.is_city() { INSETS_MAX } else { INSETS_OF_DISTRICT };
    (insets.len() <= n_max).then(|| placed(insets, main, strip))
}

/// Room for a frame's name above it, and between frames.
const NAME: f64 = 18.0;
const GAP: f64 = 12.0;

/// Width and height of each of `n` frames. A lone one need not be as high as the core.
fn inset_size(strip: Panel, n: usize) -> [f64; 2] {
    let n = n as f64;
    if strip.height > strip.width {
        [strip.width, ((strip.height + GAP) / n - GAP - NAME).min(strip.width)]
    } else {
        [(strip.width + GAP) / n - GAP, strip.height - NAME]
    }
}

fn placed(insets: Vec<Inset>, main: &Lens, strip: Panel) -> Vec<Sight> {
    let size = inset_size(strip, insets.len());
    let place = |(idx, inset): (usize, Inset)| {
        let at = idx as f64;
        let corner = if strip.height > strip.width {
            [strip.x, strip.y + NAME + at * (size[1] + NAME + GAP)]
        } else {
            [strip.x + at * (size[0] + GAP), strip.y + NAME]
        };
        let lens = Lens::new(Window::of(inset.ground).padded(0.03), size);
        let core = inset.is_overview.then(|| lens.rectangle(main));
        Sight { lens, corner, name: Some(inset.name), core }
    };
    insets.into_iter().enumerate().map(place).collect()
}
