//! From the arcs of a coverage to rings in a picture.
//!
//! The arcs are those of the tiles, thinned for the zoom that has the picture's scale, so neighbours
//! share their vertices and no gap shows. A picture's steps are finer than its pixels.
//!
//! Owns: windows on the world, which vertices a scale needs, clipping to a rectangle.

use std::collections::{BTreeMap, HashMap};

use super::svg::STEPS;
use crate::geometry::ring::{doubled_area, sides};
use crate::geometry::simplify::{LevelArc, WorldPoint};
use crate::model::tile::ZOOM_MAX;
use crate::model::{GridBox, GridPoint};

/// Pixels of a tile's side at which its tolerance is half a pixel.
const TILE_PX: f64 = 512.0;

/// Drawn beyond the edge of a panel, so that its edge is no border.
const MARGIN_PX: f64 = 8.0;

/// A rectangle of the world: east and south from its north-western corner, in world units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub min: [f64; 2],
    pub max: [f64; 2],
}

/// A window shown on a panel of `size` pixels.
#[derive(Debug, Clone, Copy)]
pub struct Lens {
    window: Window,
    pub size: [f64; 2],
    /// Pixels in a world unit.
    scale: f64,
    /// Zooms by which lines are coarser than its pixels.
    coarser_by: u8,
}

/// Rings of one unit or group, in steps of the panel; even-odd.
pub type Rings = Vec<Vec<[i32; 2]>>;

impl Window {
    pub fn of(bounds: GridBox) -> Self {
        let corner = |x, y| WorldPoint::of(GridPoint::new(x, y)).from_corner().map(|v| v as f64);
        Self { min: corner(bounds.west, bounds.north), max: corner(bounds.east, bounds.south) }
    }

    /// As much more on every side as `part` of the longer side.
    pub fn padded(self, part: f64) -> Self {
        let by = part * (self.max[0] - self.min[0]).max(self.max[1] - self.min[1]);
        Self { min: self.min.map(|v| v - by), max: self.max.map(|v| v + by) }
    }

    /// Width by height.
    pub fn aspect(self) -> f64 {
        (self.max[0] - self.min[0]) / (self.max[1] - self.min[1]).max(1.0)
    }
}

/// The shortest stretch along each axis that holds this part of the places; `None` of fewer than `n_min`.
///
/// - `n_min`: how many it holds at least, 1 or more.
pub fn densest(places: &[GridPoint], part: f64, n_min: usize) -> Option<GridBox> {
    let n = ((places.len() as f64 * part).ceil() as usize).max(n_min);
    let stretch = |mut along: Vec<i32>| {
        along.sort_unstable();
        let ends = along.windows(n).map(|run| (run[0], run[n - 1]));
        ends.min_by_key(|(low, high)| i64::from(*high) - i64::from(*low))
    };
    let (west, east) = stretch(places.iter().map(|at| at.x).collect())?;
    let (south, north) = stretch(places.iter().map(|at| at.y).collect())?;
    Some(GridBox { west, south, east, north })
}

impl Lens {
    /// The window in the middle of the panel, with what lies around it where the shapes differ.
    pub fn new(window: Window, size: [f64; 2]) -> Self {
        let extent = [0, 1].map(|axis| (window.max[axis] - window.min[axis]).max(1.0));
        let scale = (size[0] / extent[0]).min(size[1] / extent[1]);
        let middle = [0, 1].map(|axis| f64::midpoint(window.min[axis], window.max[axis]));
        let half = size.map(|length| length / scale / 2.0);
        let window = Window {
            min: [middle[0] - half[0], middle[1] - half[1]],
            max: [middle[0] + half[0], middle[1] + half[1]],
        };
        Self { window, size, scale, coarser_by: 0 }
    }

    /// The same with lines that take half the bytes for each zoom.
    pub fn coarser_by(self, zooms: u8) -> Self {
        Self { coarser_by: zooms, ..self }
    }

    /// The zoom whose lines are as fine as this picture's pixels, or as it was made coarser.
    pub fn zoom(&self) -> u8 {
        let world_px = self.scale * 2_f64.powi(32);
        let fine = (0..=ZOOM_MAX).rev().find(|&z| TILE_PX * 2_f64.powi(i32::from(z)) <= world_px);
        fine.unwrap_or(0).saturating_sub(self.coarser_by)
    }

    /// Whether ground within these bounds may be drawn.
    pub fn touches(&self, bounds: GridBox) -> bool {
        let (ground, margin) = (Window::of(bounds), MARGIN_PX / self.scale);
        (0..2).all(|axis| {
            ground.min[axis] <= self.window.max[axis] + margin
                && ground.max[axis] >= self.window.min[axis] - margin
        })
    }

    /// Pixels from the panel's corner.
    pub fn px(&self, at: GridPoint) -> [f64; 2] {
        let at = WorldPoint::of(at).from_corner();
        [0, 1].map(|axis| (at[axis] as f64 - self.window.min[axis]) * self.scale)
    }

    /// What another lens shows, as left, top, width and height on this one.
    pub fn rectangle(&self, other: &Self) -> [f64; 4] {
        let at = |corner: f64, axis: usize| (corner - self.window.min[axis]) * self.scale;
        let [x, y] = [0, 1].map(|axis| at(other.window.min[axis], axis));
        let [right, foot] = [0, 1].map(|axis| at(other.window.max[axis], axis));
        [x, y, right - x, foot - y]
    }

    pub fn holds(&self, at: GridPoint) -> bool {
        let [x, y] = self.px(at);
        (0.0..=self.size[0]).contains(&x) && (0.0..=self.size[1]).contains(&y)
    }

    /// Steps from the panel's corner.
    pub fn steps(&self, at: WorldPoint) -> [i32; 2] {
        let at = at.from_corner();
        [0, 1].map(|axis| ((at[axis] as f64 - self.window.min[axis]) * self.scale * STEPS).round() as i32)
    }

    /// Metres in a pixel in the middle of the panel.
    pub fn metres(&self) -> f64 {
        const EQUATOR_M: f64 = 40_075_016.685_578_5;
        let world = 2_f64.powi(32);
        let south = f64::midpoint(self.window.min[1], self.window.max[1]) / world - 0.5;
        // The cosine of the latitude, from the inverse of the projection.
        let cosine = 1.0 / (south * std::f64::consts::TAU).cosh();
        EQUATOR_M * cosine / (world * self.scale)
    }

    /// Corners of what is drawn, in steps.
    fn drawn(&self) -> [[i32; 2]; 2] {
        let far = self.size.map(|length| ((length + MARGIN_PX) * STEPS) as i32);
        [[(-MARGIN_PX * STEPS) as i32; 2], far]
    }

    /// Rings of every group that reaches into the panel; `None` groups are not drawn.
    pub fn areas(&self, arcs: &[LevelArc], group: impl Fn(u32) -> Option<u32>) -> BTreeMap<u32, Rings> {
        let zoom = self.zoom();
        let mut halves: BTreeMap<u32, Vec<Vec<[i32; 2]>>> = BTreeMap::new();
        for arc in arcs {
            let [left, right] = [arc.left, arc.right].map(|side| side.and_then(&group));
            if left == right {
                continue;
            }
            let points: Vec<[i32; 2]> = arc.live(zoom).map(|at| self.steps(at)).collect();
            if let Some(right) = right {
                halves.entry(right).or_default().push(points.iter().rev().copied().collect());
            }
            if let Some(left) = left {
                halves.entry(left).or_default().push(points);
            }
        }
        let frame = self.drawn();
        let clipped = halves.into_iter().map(|(group, halves)| {
            let rings = closed(halves).into_iter().map(|ring| clip(&ring, frame));
            (group, rings.filter(|ring| ring.len() >= 3).collect::<Rings>())
        });
        clipped.filter(|(_, rings)| !rings.is_empty()).collect()
    }

    /// Lines between groups; the outside counts as one where `with_outside`.
    pub fn borders(
        &self,
        arcs: &[LevelArc],
        group: impl Fn(u32) -> Option<u32>,
        with_outside: bool,
    ) -> Vec<Vec<[i32; 2]>> {
        let zoom = self.zoom();
        let frame = self.drawn();
        let mut lines = Vec::new();
        for arc in arcs {
            let [left, right] = [arc.left, arc.right].map(|side| side.and_then(&group));
            let is_border = left != right && (left.is_none() || right.is_none()) == with_outside;
            if is_border {
                let points: Vec<[i32; 2]> = arc.live(zoom).map(|at| self.steps(at)).collect();
                lines.extend(inside(&points, frame));
            }
        }
        lines
    }

    /// Square pixels of rings on the panel itself.
    pub fn visible_px2(&self, rings: &Rings) -> f64 {
        let frame = [[0; 2], self.size.map(|length| (length * STEPS) as i32)];
        let doubled: i64 = rings.iter().map(|ring| doubled_area(&clip(ring, frame))).sum();
        doubled.abs() as f64 / 2.0 / (STEPS * STEPS)
    }
}

/// Rows in which a place for a name is looked for.
const ROWS: i32 = 9;

impl Lens {
    /// The middle of the longest level stretch inside rings on the panel, and its length, in pixels.
    pub fn widest(&self, rings: &Rings) -> Option<([f64; 2], f64)> {
        let frame = [[0; 2], self.size.map(|length| (length * STEPS) as i32)];
        let seen: Rings = rings.iter().map(|ring| clip(ring, frame)).filter(|ring| ring.len() >= 3).collect();
        let heights = || seen.iter().flatten().map(|point| point[1]);
        let (top, foot) = (heights().min()?, heights().max()?);
        // Worth, place, length.
        let mut best: Option<(f64, [f64; 2], f64)> = None;
        for row in 1..=ROWS {
            let y = f64::from(top) + f64::from(foot - top) * f64::from(row) / f64::from(ROWS + 1);
            let mut crossed: Vec<f64> = seen.iter().flat_map(|ring| crossings(ring, y)).collect();
            crossed.sort_by(f64::total_cmp);
            for pair in crossed.chunks_exact(2) {
                let length = (pair[1] - pair[0]) / STEPS;
                // Of rows as long, the one nearest to the middle.
                let off = f64::from((2 * row - ROWS - 1).abs()) / f64::from(ROWS);
                let worth = length * (1.0 - 0.4 * off);
                if best.is_none_or(|(held, ..)| worth > held) {
                    best = Some((worth, [f64::midpoint(pair[0], pair[1]) / STEPS, y / STEPS], length));
                }
            }
        }
        best.map(|(_, at, length)| (at, length))
    }
}

/// Whether rings enclose a place, in pixels of their panel.
pub fn encloses(rings: &Rings, [x, y]: [f64; 2]) -> bool {
    let [x, y] = [x, y].map(|v| v * STEPS);
    rings.iter().flat_map(|ring| crossings(ring, y)).filter(|&crossed| crossed > x).count() % 2 == 1
}

/// Where a level line crosses a ring, in no order.
fn crossings(ring: &[[i32; 2]], y: f64) -> impl Iterator<Item = f64> + '_ {
    sides(ring).filter_map(move |(a, b)| {
        let [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]].map(f64::from);
        ((ay > y) != (by > y)).then(|| ax + (y - ay) / (by - ay) * (bx - ax))
    })
}

/// Joins lines end to start into rings. Any way to join them encloses the same ground by even-odd.
fn closed(halves: Vec<Vec<[i32; 2]>>) -> Vec<Vec<[i32; 2]>> {
    let mut starting: HashMap<[i32; 2], Vec<usize>> = HashMap::new();
    for (idx, half) in halves.iter().enumerate().rev() {
        starting.entry(half[0]).or_default().push(idx);
    }
    let mut halves: Vec<Option<Vec<[i32; 2]>>> = halves.into_iter().map(Some).collect();
    let mut rings = Vec::new();
    for first in 0..halves.len() {
        let Some(mut ring) = halves[first].take() else { continue };
        let start = ring[0];
        while ring[ring.len() - 1] != start {
            let end = ring[ring.len() - 1];
            let next = starting.get_mut(&end).and_then(|at| {
                at.iter().position(|&idx| halves[idx].is_some()).map(|place| at.swap_remove(place))
            });
            let Some(half) = next.and_then(|idx| halves[idx].take()) else { break };
            ring.extend_from_slice(&half[1..]);
        }
        ring.pop();
        rings.push(ring);
    }
    rings
}

/// The part of a ring inside a rectangle; Sutherland and Hodgman 1974. Edges along the rectangle may
/// join parts that lie apart.
fn clip(ring: &[[i32; 2]], [min, max]: [[i32; 2]; 2]) -> Vec<[i32; 2]> {
    let mut ring = ring.to_vec();
    for (axis, bound, keeps_below) in
        [(0, min[0], false), (1, min[1], false), (0, max[0], true), (1, max[1], true)]
    {
        let is_in = |p: [i32; 2]| if keeps_below { p[axis] <= bound } else { p[axis] >= bound };
        if ring.iter().all(|&p| is_in(p)) {
            continue;
        }
        let mut kept = Vec::with_capacity(ring.len());
        let mut previous = ring[ring.len() - 1];
        for &point in &ring {
            if is_in(point) != is_in(previous) {
                kept.push(crossing(previous, point, axis, bound));
            }
            if is_in(point) {
                kept.push(point);
            }
            previous = point;
        }
        ring = kept;
        if ring.is_empty() {
            break;
        }
    }
    ring
}

fn crossing(a: [i32; 2], b: [i32; 2], axis: usize, bound: i32) -> [i32; 2] {
    let other = 1 - axis;
    let along = f64::from(bound - a[axis]) / f64::from(b[axis] - a[axis]);
    let mut at = [bound; 2];
    at[other] = (f64::from(a[other]) + along * f64::from(b[other] - a[other])).round() as i32;
    at
}

/// The runs of a line whose segments touch a rectangle with their boxes.
fn inside(points: &[[i32; 2]], [min, max]: [[i32; 2]; 2]) -> Vec<Vec<[i32; 2]>> {
    let mut runs: Vec<Vec<[i32; 2]>> = Vec::new();
    let mut is_open = false;
    for pair in points.windows(2) {
        let touches = (0..2).all(|axis| {
            pair[0][axis].min(pair[1][axis]) <= max[axis] && pair[0][axis].max(pair[1][axis]) >= min[axis]
        });
        if touches && !is_open {
            runs.push(vec![pair[0]]);
        }
        if touches && let Some(run) = runs.last_mut() {
            run.push(pair[1]);
        }
        is_open = touches;
    }
    runs
}
