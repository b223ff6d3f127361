//! The lines along ground of no unit, and where they come close to each other.
//!
//! Rounding moves nothing by more than a cell, so it can join two pieces of outline only where both
//! pass one cell. Such places are rare, and what is far from them needs no arrangement.
//!
//! Owns: the search for these places, with a margin on the safe side.

use std::collections::BTreeSet;

use super::index::LineIndex;
use super::{Label, Window};
use crate::geometry::simplify::{LevelArc, TILE_CELLS, WorldPoint, cell_shift};
use crate::model::tile::ZOOM_MAX;

/// Two lines that pass one cell are no farther apart than its diagonal, 1.42 cells.
const NEAR_CELLS: f64 = 1.5;

/// The arcs with no unit on a side.
pub fn lines(arcs: &[LevelArc], sides: &[[Label; 2]]) -> LineIndex {
    let (arcs, sides) = arcs
        .iter()
        .zip(sides)
        .filter(|(_, sides)| sides.iter().any(|side| side.is_empty()))
        .map(|(arc, sides)| (arc.clone(), *sides))
        .unzip();
    LineIndex::new(arcs, sides)
}

/// Tiles of zoom `z`, as x and y, in which rounding may close ground outside in.
pub fn narrow_tiles(outline: &LineIndex, z: u8) -> BTreeSet<[u32; 2]> {
    let unit = f64::from(cell_shift(z)).exp2();
    let margin = (NEAR_CELLS * unit).ceil() as i64;
    let mut tiles = BTreeSet::new();
    for arc in outline.arcs() {
        let mut live = arc.live(z);
        let Some(mut from) = live.next() else { continue };
        for to in live {
            let ours = [from, to];
            from = to;
            if ours[0] == ours[1] {
                continue;
            }
            // At low zooms all lines are near each other, in tiles that are known to be narrow soon.
            let reach = length(ours) as i64 + 4 * margin;
            let around = Window::around(ours[0], ours[1], reach);
            if tiles_of(around, z).all(|tile| tiles.contains(&tile)) {
                continue;
            }
            outline.visit(z, Window::around(ours[0], ours[1], margin), |_, a, b| {
                // Each pair once.
                if ours < [a, b]
                    && let Some(place) = narrow(ours, [a, b], unit)
                {
                    tiles.extend(tiles_of(place, z));
                }
            });
        }
    }
    tiles
}

/// Where two segments may pass one cell other than the one they meet in: a box with some room.
fn narrow(s: [WorldPoint; 2], t: [WorldPoint; 2], unit: f64) -> Option<Window> {
    let margin = (2.0 * unit) as i64;
    let meeting = s.iter().find(|p| t.contains(p));
    let Some(&meeting) = meeting else {
        let (a, b) = (Window::around(s[0], s[1], margin), Window::around(t[0], t[1], margin));
        let both = Window {
            min: [0, 1].map(|axis| a.min[axis].max(b.min[axis])),
            max: [0, 1].map(|axis| a.max[axis].min(b.max[axis])),
        };
        return (distance(s, t) <= NEAR_CELLS * unit).then_some(both);
    };
    let away = |segment: [WorldPoint; 2]| {
        let other = if segment[0] == meeting { segment[1] } else { segment[0] };
        [f64::from(other.x) - f64::from(meeting.x), f64::from(other.y) - f64::from(meeting.y)]
    };
    let (u, v) = (away(s), away(t));
    let (length_u, length_v) = (u[0].hypot(u[1]), v[0].hypot(v[1]));
    let cosine = (u[0] * v[0] + u[1] * v[1]) / (length_u * length_v);
    // At a right angle or more two lines share no cell but those around their meeting.
    if cosine <= 0.0 {
        return None;
    }
    let half_sine = ((1.0 - cosine) / 2.0).max(0.0).sqrt();
    let reach = (NEAR_CELLS * unit / (2.0 * half_sine)).min(length_u.min(length_v)) + NEAR_CELLS * unit;
    Some(Window::around(meeting, meeting, reach as i64 + margin))
}

fn length([a, b]: [WorldPoint; 2]) -> f64 {
    (f64::from(a.x) - f64::from(b.x)).hypot(f64::from(a.y) - f64::from(b.y))
}

/// Distance of two segments; 0 where they cross.
fn distance(s: [WorldPoint; 2], t: [WorldPoint; 2]) -> f64 {
    let at = |p: WorldPoint| [f64::from(p.x), f64::from(p.y)];
    let (s, t) = (s.map(at), t.map(at));
    let turn =
        |a: [f64; 2], b: [f64; 2], p: [f64; 2]| (b[0] - a[0]) * (p[1] - a[1]) - (p[0] - a[0]) * (b[1] - a[1]);
    let parts = |[a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]| turn(a, b, c) * turn(a, b, d) < 0.0;
    if parts(s, t) && parts(t, s) {
        return 0.0;
    }
    let to_segment = |p: [f64; 2], [a, b]: [[f64; 2]; 2]| {
        let along = [b[0] - a[0], b[1] - a[1]];
        let length2 = along[0] * along[0] + along[1] * along[1];
        let t = (((p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1]) / length2).clamp(0.0, 1.0);
        (p[0] - a[0] - t * along[0]).hypot(p[1] - a[1] - t * along[1])
    };
    let ends = [to_segment(s[0], t), to_segment(s[1], t), to_segment(t[0], s), to_segment(t[1], s)];
    ends.into_iter().fold(f64::INFINITY, f64::min)
}

/// Tiles that a box of world units touches.
pub fn tiles_of(place: Window, z: u8) -> impl Iterator<Item = [u32; 2]> {
    debug_assert!(z <= ZOOM_MAX, "cells are whole world units");
    let width = i64::from(TILE_CELLS) << cell_shift(z);
    let number = |v: i64| ((v + (1 << 31)).div_euclid(width)).clamp(0, (1 << z) - 1) as u32;
    let (min, max) = (place.min.map(number), place.max.map(number));
    (min[0]..=max[0]).flat_map(move |x| (min[1]..=max[1]).map(move |y| [x, y]))
}
