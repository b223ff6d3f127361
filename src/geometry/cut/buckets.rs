//! Which segments and cells of a frame are near each other.
//!
//! Owns: square buckets over the frame, and what lies in each. May name too many, never too few.

use super::snap::{Frame, Segment};

/// The frame in square buckets, each about as wide as a segment is long.
pub struct Buckets {
    first_cell: i32,
    last_cell: i32,
    /// A bucket is 2^bits cells wide.
    bits: u32,
    n_side: usize,
}

/// A segment in a bucket that may hold a cell it passes.
pub struct Pass {
    pub segment: u32,
    pub bucket: u32,
}

/// No more buckets than this for each segment: clearing them would cost more than they save.
const BUCKETS_PER_SEGMENT: usize = 64;

impl Buckets {
    /// Segments are short where they are many, so their mean length suits a city's crowded middle at
    /// a low zoom as well as three lines across a whole tile.
    pub fn new(segments: &[Segment], frame: &Frame) -> Self {
        let (first_cell, last_cell) = (frame.lines[0], frame.lines[frame.lines.len() - 1]);
        let width = f64::from(last_cell - first_cell + 1);
        let n_segments = segments.len().max(1);
        let extent = |s: &Segment| (s.to[0] - s.from[0]).abs().max((s.to[1] - s.from[1]).abs());
        let length = |s: &Segment| (extent(s) as f64 / f64::from(frame.shift).exp2()).min(width);
        let mean_length = segments.iter().map(length).sum::<f64>() / n_segments as f64;
        let smallest = width / ((BUCKETS_PER_SEGMENT * n_segments) as f64).sqrt();
        let bits = mean_length.max(smallest).log2().ceil().clamp(2.0, 12.0) as u32;
        let n_side = ((last_cell - first_cell) >> bits) as usize + 1;
        Self { first_cell, last_cell, bits, n_side }
    }

    pub fn n(&self) -> usize {
        self.n_side * self.n_side
    }

    pub fn of_cell(&self, [x, y]: [i32; 2]) -> usize {
        let at = |v: i32| ((v - self.first_cell) >> self.bits) as usize;
        at(y) * self.n_side + at(x)
    }

    /// Buckets of all segments, in their order.
    pub fn passes(&self, segments: &[Segment], shift: u32) -> Vec<Pass> {
        let mut passes = Vec::with_capacity(2 * segments.len());
        for (of, segment) in (0..).zip(segments) {
            self.along(segment, shift, |bucket| passes.push(Pass { segment: of, bucket: bucket as u32 }));
        }
        passes
    }

    /// Calls `visit` with each bucket that holds a cell the segment passes, and some more beside.
    fn along(&self, segment: &Segment, shift: u32, mut visit: impl FnMut(usize)) {
        let unit = f64::from(shift).exp2();
        let [from, to] = [segment.from, segment.to].map(|p| p.map(|v| v as f64 / unit));
        let (top, bottom) = if from[1] <= to[1] { (from, to) } else { (to, from) };
        // A cell reaches half a cell beyond its centre; the rest covers rounding errors.
        let margin = 0.6;
        let bucket = |v: f64| {
            let v = v.clamp(f64::from(self.first_cell), f64::from(self.last_cell));
            ((v.floor() as i32 - self.first_cell) >> self.bits) as usize
        };
        let (first, last) = (f64::from(self.first_cell), f64::from(self.last_cell));
        let (west, east) = (from[0].min(to[0]) - margin, from[0].max(to[0]) + margin);
        if bottom[1] + margin < first || top[1] - margin > last || east < first || west > last {
            return;
        }
        let slope = (bottom[0] - top[0]) / (bottom[1] - top[1]);
        for row in bucket(top[1] - margin)..=bucket(bottom[1] + margin) {
            let row_top = first + ((row << self.bits) as f64) - margin;
            let row_bottom = row_top + f64::from(1 << self.bits) + 2.0 * margin;
            let at = |y: f64| top[0] + (y.clamp(top[1], bottom[1]) - top[1]) * slope;
            // A level segment has no slope; it lies in its box.
            let (a, b) = if slope.is_finite() { (at(row_top), at(row_bottom)) } else { (west, east) };
            let (a, b) = (a.min(b) - margin, a.max(b) + margin);
            if b < first || a > last {
                continue;
            }
            for column in bucket(a)..=bucket(b) {
                visit(row * self.n_side + column);
            }
        }
    }
}

/// Item indices in groups, packed.
pub struct Grouped {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Grouped {
    pub fn new(n_groups: usize, group_of: impl Iterator<Item = usize> + Clone) -> Self {
        let mut starts = vec![0_u32; n_groups + 1];
        for group in group_of.clone() {
            starts[group + 1] += 1;
        }
        for group in 0..n_groups {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[n_groups] as usize];
        for (item, group) in group_of.enumerate() {
            items[next[group] as usize] = item as u32;
            next[group] += 1;
        }
        Self { starts, items }
    }

    pub fn of(&self, group: usize) -> &[u32] {
        &self.items[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}
