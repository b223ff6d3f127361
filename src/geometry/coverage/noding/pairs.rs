//! Which segments come so close that one must be led through a hot pixel of the other.
//!
//! The first pass compares everything with everything: runs of segments that follow each other in
//! the input are the items of a tree, because neighbours in a ring are neighbours on the ground and
//! need no sorting. Later passes compare the few new segments with all.
//!
//! Owns: the search. Invariant: finds the same splits on any number of threads, in any order.

use std::ops::Range;

use super::Noded;
use crate::geometry::coverage::index::{BoxTree, FANOUT, near_order, segment_box};
use crate::geometry::coverage::predicates::{crossing, meets_pixel, orient};
use crate::model::{GridBox, GridPoint};
use crate::parallel::in_ranges;

/// What a pass found; no order, and a split may come twice.
#[derive(Debug, Default)]
pub struct Hits {
    pub splits: Vec<Split>,
    crossings: Vec<GridPoint>,
}

/// A hot pixel that a segment must be led through.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    pub segment: u32,
    pub at: GridPoint,
    pub shift_steps: f64,
}

#[derive(Debug, Clone, Copy)]
struct Segment {
    a: GridPoint,
    b: GridPoint,
    number: u32,
}

/// Runs of segments that follow each other, and a tree over their boxes.
struct Runs {
    /// In the order of the input.
    segments: Vec<Segment>,
    /// First and last place, exclusive, of each run in `segments`; near runs together.
    places: Vec<(u32, u32)>,
    frames: Vec<GridBox>,
    tree: BoxTree,
}

/// - `order`: all segments, near ones together.
pub fn among_all(noded: &Noded, order: &[u32]) -> Hits {
    let runs = Runs::new(noded, order);
    let found = in_ranges(runs.frames.len() * FANOUT, |part| {
        let mut hits = Hits::default();
        for r in part.start / FANOUT..part.end / FANOUT {
            runs.tree.search(grown(runs.frames[r]), |s| match r.cmp(&s) {
                std::cmp::Ordering::Less => runs.compare(r, s, &mut hits),
                std::cmp::Ordering::Equal => runs.compare_within(r, &mut hits),
                std::cmp::Ordering::Greater => {}
            });
        }
        hits
    });
    let mut hits = Hits::joined(found);
    for at in hits.sorted_crossings() {
        runs.tree.search(grown(segment_box(at, at)), |r| {
            runs.run(r).iter().for_each(|segment| segment.attract(at, &mut hits.splits));
        });
    }
    hits
}

/// - `is_new`: by segment; two that are old were compared before.
pub fn with_new(noded: &Noded, is_new: &[bool]) -> Hits {
    let segment = |number: usize| Segment::new(noded, number as u32);
    let mut new: Vec<Segment> =
        is_new.iter().enumerate().filter(|(_, is_new)| **is_new).map(|(s, _)| segment(s)).collect();
    if new.is_empty() {
        return Hits::default();
    }
    new.sort_by_cached_key(|s| near_order(s.frame()));
    let tree = BoxTree::new(new.iter().map(Segment::frame).collect());
    let near_new = Squares::around(new.iter().map(Segment::frame));
    let mut hits = Hits::joined(in_ranges(noded.ends.len(), |part| {
        let mut hits = Hits::default();
        for s in part.map(segment).filter(|s| near_new.meet(grown(s.frame()))) {
            tree.search(grown(s.frame()), |i| {
                let t = new[i];
                if s.number != t.number && (!is_new[s.number as usize] || s.number < t.number) {
                    s.compare(&t, &mut hits);
                }
            });
        }
        hits
    }));
    let mut crossings: Vec<GridPoint> = hits.sorted_crossings();
    if crossings.is_empty() {
        return hits;
    }
    crossings.sort_by_cached_key(|&p| near_order(segment_box(p, p)));
    let tree = BoxTree::new(crossings.iter().map(|&p| segment_box(p, p)).collect());
    let near_crossings = Squares::around(crossings.iter().map(|&p| segment_box(p, p)));
    let attracted = in_ranges(noded.ends.len(), |part| {
        let mut splits = Vec::new();
        for s in part.map(segment).filter(|s| near_crossings.meet(grown(s.frame()))) {
            tree.search(grown(s.frame()), |i| s.attract(crossings[i], &mut splits));
        }
        splits
    });
    hits.splits.extend(attracted.into_iter().flatten());
    hits
}

impl Hits {
    fn joined(parts: Vec<Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.splits.extend(part.splits);
            all.crossings.extend(part.crossings);
        }
        all
    }

    fn sorted_crossings(&mut self) -> Vec<GridPoint> {
        let mut crossings = std::mem::take(&mut self.crossings);
        crossings.sort_unstable();
        crossings.dedup();
        crossings
    }
}

impl Segment {
    fn new(noded: &Noded, number: u32) -> Self {
        let [a, b] = noded.ends[number as usize].map(|end| noded.points[end as usize]);
        Self { a, b, number }
    }

    fn frame(&self) -> GridBox {
        segment_box(self.a, self.b)
    }

    fn touches(&self, other: &Self) -> bool {
        self.a == other.a || self.a == other.b || self.b == other.a || self.b == other.b
    }

    /// Leads the segment through `at` if it must.
    fn attract(&self, at: GridPoint, splits: &mut Vec<Split>) {
        if at != self.a && at != self.b && meets_pixel(self.a, self.b, at) {
            let (a, b) = (self.a, self.b);
            let length = (f64::from(b.x) - f64::from(a.x)).hypot(f64::from(b.y) - f64::from(a.y));
            let shift_steps = orient(a, b, at).abs() as f64 / length;
            splits.push(Split { segment: self.number, at, shift_steps });
        }
    }

    fn compare(&self, other: &Self, hits: &mut Hits) {
        self.attract(other.a, &mut hits.splits);
        self.attract(other.b, &mut hits.splits);
        other.attract(self.a, &mut hits.splits);
        other.attract(self.b, &mut hits.splits);
        if !self.touches(other) {
            hits.crossings.extend(crossing(self.a, self.b, other.a, other.b));
        }
    }
}

impl Runs {
    fn new(noded: &Noded, order: &[u32]) -> Self {
        let part = |range: Range<usize>| -> Vec<Segment> {
            order[range].iter().map(|&number| Segment::new(noded, number)).collect()
        };
        let segments = in_ranges(order.len(), part).concat();
        let mut runs: Vec<(GridBox, (u32, u32))> = Vec::new();
        let mut first = 0;
        // A run ends where the line does, or its box would span two places.
        for line in segments.chunk_by(Segment::touches) {
            for run in line.chunks(FANOUT) {
                let frame = run.iter().map(Segment::frame).reduce(GridBox::union);
                let last = first + run.len() as u32;
                runs.push((frame.expect("a run has segments"), (first, last)));
                first = last;
            }
        }
        runs.sort_by_cached_key(|&(frame, _)| near_order(frame));
        let (frames, runs): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
        Self { segments, places: runs, tree: BoxTree::new(frames.clone()), frames }
    }

    fn run(&self, r: usize) -> &[Segment] {
        let (first, last) = self.places[r];
        &self.segments[first as usize..last as usize]
    }

    fn compare(&self, r: usize, s: usize, hits: &mut Hits) {
        // Only what reaches the other run's box can come near it.
        let near_r = grown(self.frames[r]);
        for t in self.run(s).iter().filter(|t| t.frame().intersects(near_r)) {
            let near_t = grown(t.frame());
            for segment in self.run(r).iter().filter(|segment| segment.frame().intersects(near_t)) {
                segment.compare(t, hits);
            }
        }
    }

    fn compare_within(&self, r: usize, hits: &mut Hits) {
        let run = self.run(r);
        for (i, s) in run.iter().enumerate() {
            let near = grown(s.frame());
            for t in run[i + 1..].iter().filter(|t| t.frame().intersects(near)) {
                s.compare(t, hits);
            }
        }
    }
}

/// Where boxes are, in squares: tells in a few steps that there is none, as nearly always when the
/// few segments of a later pass are asked for.
struct Squares {
    is_taken: Vec<bool>,
    /// A long box made looking useless.
    is_everywhere: bool,
}

/// Squares are 2^13 steps wide (some 80 m) and reused beyond 2^10 in both directions.
const SQUARE_BITS: u32 = 13;
const N_SQUARES_BITS: u32 = 10;
/// Longer boxes are not looked up.
const SPAN_MAX: i32 = 8;

impl Squares {
    fn around(boxes: impl Iterator<Item = GridBox>) -> Self {
        let mut squares = Self { is_taken: vec![false; 1 << (2 * N_SQUARES_BITS)], is_everywhere: false };
        for b in boxes {
            match Self::under(b) {
                Some(places) => places.for_each(|place| squares.is_taken[place] = true),
                None => squares.is_everywhere = true,
            }
        }
        squares
    }

    /// False only where no box is near.
    fn meet(&self, b: GridBox) -> bool {
        self.is_everywhere || Self::under(b).is_none_or(|mut places| places.any(|place| self.is_taken[place]))
    }

    /// `None` for a box over very many squares.
    fn under(b: GridBox) -> Option<impl Iterator<Item = usize>> {
        let [west, south, east, north] = [b.west, b.south, b.east, b.north].map(|v| v >> SQUARE_BITS);
        let wrapped = |v: i32| (v & ((1 << N_SQUARES_BITS) - 1)) as usize;
        (east - west < SPAN_MAX && north - south < SPAN_MAX).then(|| {
            (west..=east)
                .flat_map(move |x| (south..=north).map(move |y| (wrapped(x) << N_SQUARES_BITS) | wrapped(y)))
        })
    }
}

/// A pixel reaches half a step beyond its point.
fn grown(b: GridBox) -> GridBox {
    GridBox {
        west: b.west.saturating_sub(1),
        south: b.south.saturating_sub(1),
        east: b.east.saturating_add(1),
        north: b.north.saturating_add(1),
    }
}
