//! Real distances between the units of a coverage, in metres of a plane.
//!
//! [`Outlines`] keeps every arc once, projected; a unit is the runs of its arcs, some segments each, in a small
//! tree of boxes, and an R-tree stands over the units' boxes. [`Outlines::nearest`] walks that tree outward from
//! a unit and asks for a real distance only where a box is near enough to matter.
//!
//! A distance is that of borders, straight in the plane from vertex to vertex. Insides of units are disjoint,
//! so it is also that of the units; it is 0 for those that touch.
//!
//! Owns: projected arcs, distance of two units, the walk. Leaves to others: who borders whom.
//! Invariant: the answer is that of all pairs of segments; boxes only save work. Nothing is kept from
//! question to question.
//! Design: `geo`'s distance of polygons makes two R-trees for every pair, which alone takes longer than a whole
//! answer here.

mod plane;
mod walk;

use rstar::{AABB, RTree, RTreeObject};

pub use plane::{Frame, Place, between_2};
pub use walk::{Found, Reach};

use super::coverage::Coverage;
use super::coverage::near_order;
use super::projection::Crs;
use crate::model::{GridBox, GridPoint};
use crate::parallel;

/// Segments of a run: fewer make more boxes, more make more pairs of segments.
const RUN_SEGMENTS: usize = 8;
/// Runs under one box.
const GROUP_RUNS: usize = 8;

/// The projected borders of all units.
pub struct Outlines {
    crs: Crs,
    /// Vertices, arc after arc.
    places: Vec<Place>,
    /// Runs of unit u, near ones together, are `runs[runs_start[u]..runs_start[u + 1]]`.
    runs_start: Vec<u32>,
    runs: Vec<Run>,
    /// Boxes of [`GROUP_RUNS`] runs each; those of unit u begin at `groups_start[u]`.
    groups_start: Vec<u32>,
    groups: Vec<Frame>,
    /// `None` where a unit has no place.
    frames: Vec<Option<Frame>>,
    tree: RTree<Framed>,
}

/// Some neighbouring segments of an arc, with first and last vertex.
#[derive(Debug, Clone, Copy)]
struct Run {
    frame: Frame,
    first: u32,
    last: u32,
}

/// A unit's box in the R-tree.
#[derive(Debug, Clone, Copy)]
struct Framed {
    frame: Frame,
    unit: u32,
}

impl RTreeObject for Framed {
    type Envelope = AABB<Place>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_bounds(self.frame.low, self.frame.high)
    }
}

impl Outlines {
    /// Projects the arcs of `coverage` and sorts them by unit; O(n log n), about 0.1 µs a vertex.
    pub fn new(coverage: &Coverage, crs: Crs) -> Self {
        let arcs = coverage.arcs();
        let projected = parallel::map(arcs.len(), |i| {
            arcs[i].points.iter().map(|&at| project(crs, at)).collect::<Vec<Place>>()
        });
        let starts: Vec<u32> =
            projected.iter().scan(0, |at, arc| Some(std::mem::replace(at, *at + arc.len() as u32))).collect();
        let places = projected.concat();
        let mut pieces: Vec<(u32, u64, Run)> = Vec::new();
        for (arc, &start) in arcs.iter().zip(&starts) {
            let n = arc.points.len();
            for first in (0..n - 1).step_by(RUN_SEGMENTS) {
                let last = (first + RUN_SEGMENTS).min(n - 1);
                let on_grid = GridBox::around(arc.points[first..=last].iter().copied());
                let order = near_order(on_grid.expect("a run has vertices"));
                let (first, last) = (start + first as u32, start + last as u32);
                let run = Run { frame: Frame::around(&places[first as usize..=last as usize]), first, last };
                pieces.extend([arc.left, arc.right].into_iter().flatten().map(|unit| (unit, order, run)));
            }
        }
        pieces.sort_unstable_by_key(|&(unit, order, run)| (unit, order, run.first));
        let mut outlines = Self {
            crs,
            places,
            runs_start: vec![0],
            runs: Vec::with_capacity(pieces.len()),
            groups_start: vec![0],
            groups: Vec::new(),
            frames: Vec::with_capacity(coverage.n_units()),
            tree: RTree::new(),
        };
        let mut pieces = &pieces[..];
        for unit in 0..coverage.n_units() as u32 {
            let (own, others) = pieces.split_at(pieces.partition_point(|piece| piece.0 <= unit));
            pieces = others;
            outlines.push(own);
        }
        let framed =
            |(unit, frame): (usize, &Option<Frame>)| Some(Framed { frame: (*frame)?, unit: unit as u32 });
        outlines.tree = RTree::bulk_load(outlines.frames.iter().enumerate().filter_map(framed).collect());
        outlines
    }

    /// Appends a unit.
    fn push(&mut self, pieces: &[(u32, u64, Run)]) {
        self.runs.extend(pieces.iter().map(|piece| piece.2));
        let group = |runs: &[(u32, u64, Run)]| runs.iter().map(|run| run.2.frame).reduce(Frame::union);
        let n_before = self.groups.len();
        self.groups.extend(pieces.chunks(GROUP_RUNS).filter_map(group));
        self.frames.push(self.groups[n_before..].iter().copied().reduce(Frame::union));
        self.runs_start.push(self.runs.len() as u32);
        self.groups_start.push(self.groups.len() as u32);
    }

    pub fn n_units(&self) -> usize {
        self.frames.len()
    }

    /// The box of a unit; `None` where it has no place.
    pub fn frame(&self, unit: u32) -> Option<Frame> {
        self.frames[unit as usize]
    }

    /// Where a place is in the plane; not finite where it is far from the plane's zone.
    pub fn place(&self, at: GridPoint) -> Place {
        project(self.crs, at)
    }

    /// Distance of two units in metres; `None` where one has no place.
    pub fn distance_m(&self, a: u32, b: u32) -> Option<f64> {
        self.frame(a).and(self.frame(b))?;
        Some(self.gap_2(a, b, f64::INFINITY, &mut Vec::new()).sqrt())
    }

    /// Squared distance of the borders of two units; `bound_2` where it is not smaller.
    ///
    /// - `pairs`: room to work in.
    fn gap_2(&self, a: u32, b: u32, bound_2: f64, pairs: &mut Vec<(f64, u32, u32)>) -> f64 {
        let (Some(frame_a), Some(frame_b)) = (self.frame(a), self.frame(b)) else { return bound_2 };
        let mut best = bound_2;
        pairs.clear();
        for i in self.groups_of(a) {
            if self.groups[i].gap_2(&frame_b) >= best {
                continue;
            }
            for j in self.groups_of(b) {
                let gap_2 = self.groups[i].gap_2(&self.groups[j]);
                if gap_2 < best && self.groups[j].gap_2(&frame_a) < best {
                    pairs.push((gap_2, i as u32, j as u32));
                }
            }
        }
        // The nearest first, so that the others need no look.
        pairs.sort_unstable_by(|s, t| s.0.total_cmp(&t.0));
        for &(gap_2, i, j) in &*pairs {
            if gap_2 >= best {
                break;
            }
            best = self.groups_gap_2((a, i), (b, j), best);
        }
        best
    }

    /// Squared distance of two groups of runs, each with its unit; `best` where it is not smaller.
    fn groups_gap_2(&self, (a, i): (u32, u32), (b, j): (u32, u32), mut best: f64) -> f64 {
        let (runs_a, runs_b) = (self.runs_of_group(a, i), self.runs_of_group(b, j));
        let mut near = [(0.0, 0, 0); GROUP_RUNS * GROUP_RUNS];
        let mut n_near = 0;
        for (k, run_a) in runs_a.iter().enumerate() {
            for (l, run_b) in runs_b.iter().enumerate() {
                let gap_2 = run_a.frame.gap_2(&run_b.frame);
                if gap_2 < best {
                    near[n_near] = (gap_2, k, l);
                    n_near += 1;
                }
            }
        }
        let near = &mut near[..n_near];
        near.sort_unstable_by(|s, t| s.0.total_cmp(&t.0));
        for &(gap_2, k, l) in &*near {
            if gap_2 >= best {
                break;
            }
            best = self.runs_gap_2(&runs_a[k], &runs_b[l], best);
        }
        best
    }

    /// Squared distance of two runs; `best` where it is not smaller.
    ///
    /// Unless two segments cross, the nearest place of one of the runs is a vertex.
    fn runs_gap_2(&self, a: &Run, b: &Run, mut best: f64) -> f64 {
        let (line_a, line_b) = (self.line(a), self.line(b));
        if a.frame.gap_2(&b.frame) == 0.0
            && line_a.windows(2).any(|s| line_b.windows(2).any(|t| plane::cross(s[0], s[1], t[0], t[1])))
        {
            return 0.0;
        }
        for (line, other, frame) in [(line_a, line_b, &b.frame), (line_b, line_a, &a.frame)] {
            for &at in line {
                if frame.gap_2_to(at) < best {
                    best = line_gap_2(at, other, best);
                }
            }
        }
        best
    }

    /// Squared distance from a place to a unit's border; `bound_2` where it is not smaller.
    fn gap_2_to(&self, at: Place, unit: u32, bound_2: f64) -> f64 {
        let mut best = bound_2;
        for (group, i) in self.groups_of(unit).zip(0..) {
            if self.groups[group].gap_2_to(at) < best {
                for run in self.runs_of_group(unit, self.groups_start[unit as usize] + i) {
                    if run.frame.gap_2_to(at) < best {
                        best = line_gap_2(at, self.line(run), best);
                    }
                }
            }
        }
        best
    }

    fn groups_of(&self, unit: u32) -> std::ops::Range<usize> {
        self.groups_start[unit as usize] as usize..self.groups_start[unit as usize + 1] as usize
    }

    /// Runs of the group `group`, which is one of `unit`.
    fn runs_of_group(&self, unit: u32, group: u32) -> &[Run] {
        let of_unit = self.runs_start[unit as usize] as usize..self.runs_start[unit as usize + 1] as usize;
        let nth = (group - self.groups_start[unit as usize]) as usize;
        let start = of_unit.start + nth * GROUP_RUNS;
        &self.runs[start..of_unit.end.min(start + GROUP_RUNS)]
    }

    fn line(&self, run: &Run) -> &[Place] {
        &self.places[run.first as usize..=run.last as usize]
    }
}

fn line_gap_2(at: Place, line: &[Place], best: f64) -> f64 {
    line.windows(2).map(|pair| plane::to_segment_2(at, pair[0], pair[1])).fold(best, f64::min)
}

fn project(crs: Crs, at: GridPoint) -> Place {
    let (x, y) = crs.from_degrees(at.lon(), at.lat());
    [x, y]
}

#[cfg(test)]
mod tests;
