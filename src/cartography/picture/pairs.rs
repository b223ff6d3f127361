//! Who goes to whom, as lines over the borders of a part of the city.
//!
//! A map for a page, in its colours: no figures, so no classes and no legend.
//!
//! Owns: dots and lines. Leaves to others: the ground ([`super::backdrop`]), what a pair means, the table that says
//! the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::backdrop::{Backdrop, Ground, Part};
use super::furniture::bare;
use super::svg::{Num, Svg};
use super::theme::Theme;
use crate::model::{GridPoint, Lang};
use crate::snapshot::VintageView;

const SIZE: [f64; 2] = [836.0, 520.0];
/// A window is at least this wide, in world units: about 1.5 km.
const SIDE_MIN: f64 = 160_000.0;

/// The picture; `None` where the vintage has no lines, or no pair has its places. Beside it how many pairs are not
/// drawn.
///
/// - `pairs`: khoroos, from and to.
pub fn pairs(view: &VintageView, pairs: &[[usize; 2]], title: &str, lang: Lang) -> Option<(String, usize)> {
    let backdrop = Backdrop::of(view, lang)?;
    let place = |khoroo: usize| view.geography.khoroos[khoroo].label;
    let placed = pairs.iter().filter_map(|&[from, to]| Some([place(from)?, place(to)?]));
    let placed: Vec<[GridPoint; 2]> = placed.collect();
    let ends: Vec<GridPoint> = placed.iter().flatten().copied().collect();
    let ground = Ground::around(&ends, &ends, SIDE_MIN)?;
    let svg = bare(SIZE, title, false, |svg, panel| {
        backdrop.draw(svg, panel, &ground, 0, &|svg, part| lines(svg, part, &placed, backdrop.theme));
    });
    Some((svg, pairs.len() - placed.len()))
}

fn lines(svg: &mut Svg, part: &Part<'_>, pairs: &[[GridPoint; 2]], theme: Theme) {
    let Theme { accent, paper, .. } = theme;
    let lens = part.lens;
    let mut path = String::new();
    let mut load: BTreeMap<[i32; 2], (GridPoint, u32)> = BTreeMap::new();
    for &[from, to] in pairs {
        let [[ax, ay], [bx, by]] = [lens.px(from), lens.px(to)].map(|at| at.map(Num));
        write!(path, "M{ax} {ay}L{bx} {by}").expect("a string takes everything");
        load.entry([to.x, to.y]).or_insert((to, 0)).1 += 1;
    }
    let width = if part.is_main() { 1.5 } else { 0.8 };
    svg.put(format_args!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{accent}\" stroke-width=\"{width}\" stroke-opacity=\".75\"/>"
    ));
    if !part.is_main() {
        return;
    }
    for &(to, n) in load.values() {
        let [x, y] = lens.px(to).map(Num);
        let radius = Num(4.0 + 1.5 * f64::from(n).sqrt());
        svg.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{accent}\"/>"));
    }
    for &[from, _] in pairs {
        let [x, y] = lens.px(from).map(Num);
        svg.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"2.8\" fill=\"{paper}\" stroke=\"{accent}\" stroke-width=\"1.5\"/>"
        ));
    }
}
