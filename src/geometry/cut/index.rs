//! Finding the lines near a tile without walking the whole coverage.
//!
//! Arcs are cut into runs, and the runs' boxes packed into one R-tree for each band of zooms. A run
//! begins and ends at vertices that the band's lowest zoom needs, so no line segment of any zoom in
//! the band reaches from one run into another, and a run's box is exact.
//!
//! Design: one tree for all zooms was dropped because the long segments of low zooms blow up the
//! boxes that deep zooms search; a tree a zoom because sixteen of them are mostly the same boxes.

use rstar::{AABB, RTree, RTreeObject};

use super::snap::Segment;
use super::{Label, Window};
use crate::geometry::simplify::{LevelArc, WorldPoint};
use crate::model::tile::ZOOM_MAX;

/// First zooms of the bands.
const BANDS: [u8; 4] = [0, 6, 9, 12];

/// Segments in a run at its band's lowest zoom.
const RUN_SEGMENTS: usize = 8;

pub struct LineIndex {
    arcs: Vec<LevelArc>,
    /// Left and right of each arc.
    sides: Vec<[Label; 2]>,
    bands: Vec<RTree<Run>>,
}

/// Vertices `first..=last` of an arc.
struct Run {
    arc: u32,
    first: u32,
    last: u32,
    bounds: AABB<[i32; 2]>,
}

impl RTreeObject for Run {
    type Envelope = AABB<[i32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.bounds
    }
}

impl LineIndex {
    /// - `sides`: what lies left and right of each arc.
    pub fn new(arcs: Vec<LevelArc>, sides: Vec<[Label; 2]>) -> Self {
        let bands = BANDS
            .iter()
            .enumerate()
            .map(|(band, &lowest)| {
                let highest = BANDS.get(band + 1).map_or(ZOOM_MAX, |&next| next - 1);
                let mut runs = Vec::new();
                for (arc_idx, arc) in arcs.iter().enumerate() {
                    split(arc_idx as u32, arc, lowest, highest, &mut runs);
                }
                RTree::bulk_load(runs)
            })
            .collect();
        Self { arcs, sides, bands }
    }

    pub fn arcs(&self) -> &[LevelArc] {
        &self.arcs
    }

    /// Calls `visit` with every segment of zoom `z` whose box touches `window`: left and right, both ends.
    pub fn visit(&self, z: u8, window: Window, mut visit: impl FnMut([Label; 2], WorldPoint, WorldPoint)) {
        self.any(z, window, |sides, from, to| {
            visit(sides, from, to);
            false
        });
    }

    /// Whether a segment of zoom `z` whose box touches `window` is the wanted one; looks no further then.
    pub fn any(
        &self,
        z: u8,
        window: Window,
        mut is_wanted: impl FnMut([Label; 2], WorldPoint, WorldPoint) -> bool,
    ) -> bool {
        let clamp = |v: i64| v.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        let envelope = AABB::from_corners(window.min.map(clamp), window.max.map(clamp));
        let band = BANDS.partition_point(|&lowest| lowest <= z) - 1;
        for run in self.bands[band].locate_in_envelope_intersecting(envelope) {
            let arc = &self.arcs[run.arc as usize];
            let (first, last) = (run.first as usize, run.last as usize);
            let mut previous = arc.points[first];
            for (&p, &first_zoom) in
                arc.points[first + 1..=last].iter().zip(&arc.first_zoom[first + 1..=last])
            {
                if first_zoom <= z {
                    if p != previous
                        && window.touches(previous, p)
                        && is_wanted(self.sides[run.arc as usize], previous, p)
                    {
                        return true;
                    }
                    previous = p;
                }
            }
        }
        false
    }

    /// What holds the place just south of `at` on the lines of zoom `z`: the side of the nearest line
    /// to the west.
    pub fn locate(&self, z: u8, at: WorldPoint) -> Label {
        let [x, y] = [i64::from(at.x), i64::from(at.y)];
        let window = Window { min: [i64::from(i32::MIN), y], max: [x, y] };
        let mut nearest: Option<(Crossing, Label)> = None;
        self.visit(z, window, |[left, right], from, to| {
            // Half-open, so that a vertex at this height counts for what continues south of it.
            let (north, south) = if from.y < to.y { (from, to) } else { (to, from) };
            if north.y > at.y || south.y <= at.y {
                return;
            }
            let crossing = Crossing::new(north, south, at.y);
            if crossing.is_east_of_x(at.x) || nearest.as_ref().is_some_and(|(n, _)| n.is_east_of(&crossing)) {
                return;
            }
            // Eastwards of a line walked south is its left.
            nearest = Some((crossing, if from.y < to.y { left } else { right }));
        });
        nearest.map_or(Label::Outside, |(_, label)| label)
    }
}

/// Where a segment meets a horizontal line: x = `west` + `along` / `height`, leaning `slope_x` per
/// `height` southwards.
struct Crossing {
    west: i128,
    along: i128,
    slope_x: i128,
    height: i128,
}

impl Crossing {
    fn new(north: WorldPoint, south: WorldPoint, y: i32) -> Self {
        let d = |from: i32, to: i32| i128::from(to) - i128::from(from);
        let (slope_x, height) = (d(north.x, south.x), d(north.y, south.y));
        Self { west: i128::from(north.x), along: slope_x * d(north.y, y), slope_x, height }
    }

    fn is_east_of_x(&self, x: i32) -> bool {
        self.along > (i128::from(x) - self.west) * self.height
    }

    /// Compares places, then where the lines go from there.
    fn is_east_of(&self, other: &Self) -> bool {
        let ours = (self.west * self.height + self.along) * other.height;
        let theirs = (other.west * other.height + other.along) * self.height;
        (ours, self.slope_x * other.height) > (theirs, other.slope_x * self.height)
    }
}

fn split(arc_idx: u32, arc: &LevelArc, lowest: u8, highest: u8, runs: &mut Vec<Run>) {
    let last_vertex = arc.points.len() - 1;
    let (mut first, mut n_segments) = (0, 0);
    for last in 1..=last_vertex {
        n_segments += usize::from(arc.first_zoom[last] <= lowest);
        if n_segments == RUN_SEGMENTS || last == last_vertex {
            let live = (first..=last).filter(|&v| arc.first_zoom[v] <= highest).map(|v| arc.points[v]);
            let corners: Vec<[i32; 2]> = live.map(|p| [p.x, p.y]).collect();
            let bounds = AABB::from_points(&corners);
            runs.push(Run { arc: arc_idx, first: first as u32, last: last as u32, bounds });
            (first, n_segments) = (last, 0);
        }
    }
}

impl Segment {
    /// A piece of an arc, relative to a place `origin` on the world square.
    pub fn of_arc(from: WorldPoint, to: WorldPoint, [left, right]: [Label; 2], origin: [i64; 2]) -> Self {
        let relative = |p: WorldPoint| [i64::from(p.x) - origin[0], i64::from(p.y) - origin[1]];
        Self { from: relative(from), to: relative(to), left, right }
    }
}
