//! Snap rounding: line segments onto the integer cells of a tile.
//!
//! A cell that holds an end or a crossing of segments is *hot*. Every segment is led through the
//! centres of all hot cells it passes (Hobby 1999; Guibas and Marimont 1998). Then segments meet in
//! cell centres only, none jumps over another, and a segment's way in a cell depends on nothing
//! outside the cell.
//!
//! Owns: hot cells, and the ways of segments through them, by exact integer predicates.
//! Design: rounding each vertex alone was dropped, it lets a line pass over a vertex of another one.
//! The frame's lines are part of the arrangement: whatever crosses one gets a hot cell on it. Lines
//! at x, y ≡ 0 mod 4096 are in the frame of every tile that touches them, which makes the trace of a
//! border on a tile edge the same from both sides.

use super::Label;
use super::buckets::{Buckets, Grouped, Pass};

/// A segment in units of 2^-shift cells, y south; never of length 0.
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    pub from: [i64; 2],
    pub to: [i64; 2],
    /// What lies to the left and right when walking, as drawn.
    pub left: Label,
    pub right: Label,
}

/// A segment's piece between two hot cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// Indices of vertices; `a` < `b`.
    pub a: u32,
    pub b: u32,
    /// When walking from `a` to `b`.
    pub left: Label,
    pub right: Label,
}

pub struct Snapped {
    /// Hot cells inside the frame, sorted.
    pub vertices: Vec<[i32; 2]>,
    /// In no order; several where segments were led the same way.
    pub pieces: Vec<Piece>,
}

/// A square of cells with the lines that cut it; the first and last line are its edges.
pub struct Frame<'a> {
    /// A cell is 2^shift units wide.
    pub shift: u32,
    /// Sorted cell numbers, the same for x and y.
    pub lines: &'a [i32],
}

/// Rounds `segments` inside the frame; what lies outside it is left out.
pub fn snap(segments: &[Segment], frame: &Frame) -> Snapped {
    let buckets = Buckets::new(segments, frame);
    let passes = buckets.passes(segments, frame.shift);
    let mut vertices = Vec::with_capacity(2 * segments.len() + 16);
    for &x in frame.lines {
        vertices.extend(frame.lines.iter().map(|&y| [x, y]));
    }
    for segment in segments {
        vertices.extend([segment.from, segment.to].map(|p| frame.cell(p)));
        frame.cross_lines(segment, &mut vertices);
    }
    cross_each_other(segments, frame, &passes, &mut vertices);
    vertices.retain(|&v| frame.holds(v));
    vertices.sort_unstable();
    vertices.dedup();

    let pieces = lead(segments, &vertices, frame, &buckets, &passes);
    Snapped { vertices, pieces }
}

/// The first cell on the frame's edge, going around from its north-western corner, that no segment
/// passes.
///
/// - `vertices`: hot cells, sorted.
pub fn free_cell(segments: &[Segment], vertices: &[[i32; 2]], frame: &Frame) -> Option<[i32; 2]> {
    let (first, last) = (frame.lines[0], frame.lines[frame.lines.len() - 1]);
    let eastwards = (first..last).flat_map(|x| [[x, first], [x, last]]);
    let southwards = (first..last).flat_map(|y| [[first, y], [last, y]]);
    eastwards
        .chain(southwards)
        .filter(|cell| vertices.binary_search(cell).is_err())
        .find(|&cell| !segments.iter().any(|segment| frame.passes(segment, cell)))
}

/// Leads every segment through the hot cells it passes.
fn lead(
    segments: &[Segment],
    vertices: &[[i32; 2]],
    frame: &Frame,
    buckets: &Buckets,
    passes: &[Pass],
) -> Vec<Piece> {
    let in_bucket = Grouped::new(buckets.n(), vertices.iter().map(|&v| buckets.of_cell(v)));
    let mut pieces = Vec::with_capacity(2 * segments.len());
    let mut way: Vec<(i32, u32)> = Vec::new();
    for passed in passes.chunk_by(|p, q| p.segment == q.segment) {
        let segment = &segments[passed[0].segment as usize];
        let [east, south] = [0, 1].map(|i| (segment.to[i] - segment.from[i]).signum() as i32);
        way.clear();
        for pass in passed {
            for &v in in_bucket.of(pass.bucket as usize) {
                let cell = vertices[v as usize];
                if frame.passes(segment, cell) {
                    // A straight line never turns back, so this orders the cells it passes.
                    way.push((east * cell[0] + south * cell[1], v));
                }
            }
        }
        way.sort_unstable();
        for step in way.windows(2) {
            let (a, b, left, right) = (step[0].1, step[1].1, segment.left, segment.right);
            pieces.push(if a < b {
                Piece { a, b, left, right }
            } else {
                Piece { a: b, b: a, left: right, right: left }
            });
        }
    }
    pieces
}

fn cross_each_other(segments: &[Segment], frame: &Frame, passes: &[Pass], hot: &mut Vec<[i32; 2]>) {
    // As one number each, because those are sorted fastest.
    let packed = |pass: &Pass| u64::from(pass.bucket) << 32 | u64::from(pass.segment);
    let mut entries: Vec<u64> = passes.iter().map(packed).collect();
    entries.sort_unstable();
    let segment = |entry: u64| &segments[entry as u32 as usize];
    for bucket in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
        for (n, &s) in bucket.iter().enumerate() {
            for &t in &bucket[n + 1..] {
                hot.extend(crossing(segment(s), segment(t), frame.shift));
            }
        }
    }
}

impl Frame<'_> {
    fn cell(&self, p: [i64; 2]) -> [i32; 2] {
        let half = 1_i64 << (self.shift - 1);
        // Far outside the frame the number is only compared with its edges.
        p.map(|v| ((v + half) >> self.shift).clamp(i64::from(i32::MIN / 4), i64::from(i32::MAX / 4)) as i32)
    }

    fn holds(&self, cell: [i32; 2]) -> bool {
        let (first, last) = (self.lines[0], self.lines[self.lines.len() - 1]);
        cell.iter().all(|&v| first <= v && v <= last)
    }

    /// Cells where a segment crosses the frame's lines.
    fn cross_lines(&self, segment: &Segment, hot: &mut Vec<[i32; 2]>) {
        for axis in [0, 1] {
            let (from, to) = (segment.from[axis], segment.to[axis]);
            let (first, last) = (from.min(to), from.max(to));
            let (across_from, across_to) = (segment.from[1 - axis], segment.to[1 - axis]);
            for &line in self.lines {
                let at = i64::from(line) << self.shift;
                if first <= at && at <= last && first != last {
                    let rise = i128::from(across_to - across_from) * i128::from(at - from);
                    let across =
                        nearest_cell(i128::from(across_from), rise, i128::from(to - from), self.shift);
                    hot.push(if axis == 0 { [line, across] } else { [across, line] });
                }
            }
        }
    }

    /// True when the segment has a point in the cell, a square closed to the north and west and open
    /// to the south and east, as rounding to the nearest centre has it.
    fn passes(&self, segment: &Segment, cell: [i32; 2]) -> bool {
        let half = 1_i64 << (self.shift - 1);
        // The part of the segment inside, as from..to of its length, each end a fraction
        // (numerator, positive denominator, 1 if the end itself is out).
        let mut start = (0_i128, 1_i128, false);
        let mut end = (1_i128, 1_i128, false);
        for axis in [0, 1] {
            let low = (i64::from(cell[axis]) << self.shift) - half;
            let high = low + 2 * half;
            let (from, to) = (segment.from[axis], segment.to[axis]);
            if from.max(to) < low || from.min(to) >= high {
                return false;
            }
            let length = i128::from((to - from).abs());
            let (enter, leave) = match to.cmp(&from) {
                std::cmp::Ordering::Equal => continue,
                std::cmp::Ordering::Greater => {
                    ((i128::from(low - from), length, false), (i128::from(high - from), length, true))
                }
                std::cmp::Ordering::Less => {
                    ((i128::from(from - high), length, true), (i128::from(from - low), length, false))
                }
            };
            let later = (enter.0 * start.1).cmp(&(start.0 * enter.1));
            if later.is_gt() || later.is_eq() && enter.2 {
                start = enter;
            }
            let sooner = (leave.0 * end.1).cmp(&(end.0 * leave.1));
            if sooner.is_lt() || sooner.is_eq() && leave.2 {
                end = leave;
            }
        }
        match (start.0 * end.1).cmp(&(end.0 * start.1)) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => !start.2 && !end.2,
            std::cmp::Ordering::Greater => false,
        }
    }
}

/// The cell of `base + rise / run`, exactly.
fn nearest_cell(base: i128, rise: i128, run: i128, shift: u32) -> i32 {
    let (rise, run) = if run < 0 { (-rise, -run) } else { (rise, run) };
    let half = 1_i128 << (shift - 1);
    let cell = ((base + half) * run + rise).div_euclid(run << shift);
    cell.clamp(i128::from(i32::MIN / 4), i128::from(i32::MAX / 4)) as i32
}

/// The cell where two segments cross inside both; `None` when they only touch or lie apart.
fn crossing(s: &Segment, t: &Segment, shift: u32) -> Option<[i32; 2]> {
    for axis in [0, 1] {
        let (s_low, s_high) = (s.from[axis].min(s.to[axis]), s.from[axis].max(s.to[axis]));
        let (t_low, t_high) = (t.from[axis].min(t.to[axis]), t.from[axis].max(t.to[axis]));
        if s_high < t_low || t_high < s_low {
            return None;
        }
    }
    let (of_from, of_to) = (turn(t.from, t.to, s.from), turn(t.from, t.to, s.to));
    if of_from.signum() * of_to.signum() >= 0
        || turn(s.from, s.to, t.from).signum() * turn(s.from, s.to, t.to).signum() >= 0
    {
        return None;
    }
    let run = of_from - of_to;
    Some([0, 1].map(|axis| {
        let rise = of_from * i128::from(s.to[axis] - s.from[axis]);
        nearest_cell(i128::from(s.from[axis]), rise, run, shift)
    }))
}

fn turn(a: [i64; 2], b: [i64; 2], p: [i64; 2]) -> i128 {
    let d = |from: i64, to: i64| i128::from(to - from);
    d(a[0], b[0]) * d(a[1], p[1]) - d(a[0], p[0]) * d(a[1], b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 16 units a cell.
    const FRAME: Frame = Frame { shift: 4, lines: &[0, 10] };

    fn segment(from: [i64; 2], to: [i64; 2]) -> Segment {
        Segment { from, to, left: Label::Unit(0), right: Label::Unit(1) }
    }

    /// The ways of segments, given in cells, as pairs of cells.
    fn ways(segments: &[([f64; 2], [f64; 2])]) -> Vec<[[i32; 2]; 2]> {
        let units = |p: [f64; 2]| p.map(|v| (v * 16.0).round() as i64);
        let segments: Vec<Segment> = segments.iter().map(|&(a, b)| segment(units(a), units(b))).collect();
        let snapped = snap(&segments, &FRAME);
        let at = |v: u32| snapped.vertices[v as usize];
        let mut ways: Vec<_> = snapped.pieces.iter().map(|piece| [at(piece.a), at(piece.b)]).collect();
        ways.sort_unstable();
        ways
    }

    #[test]
    fn a_crossing_becomes_a_vertex_of_both() {
        let found = ways(&[([1.0, 1.0], [7.0, 7.1]), ([1.0, 7.0], [7.0, 1.0])]);
        assert_eq!(found, [[[1, 1], [4, 4]], [[1, 7], [4, 4]], [[4, 4], [7, 1]], [[4, 4], [7, 7]]]);
    }

    #[test]
    fn a_line_is_led_through_the_hot_cells_it_passes() {
        // The second line ends in a cell that the first one grazes, 0.4 cells off its centre.
        let found = ways(&[([1.0, 3.0], [9.0, 3.0]), ([5.0, 3.4], [5.0, 9.0])]);
        assert_eq!(found, [[[1, 3], [5, 3]], [[5, 3], [5, 9]], [[5, 3], [9, 3]]]);
        // 0.6 cells off, it is another cell.
        let found = ways(&[([1.0, 3.0], [9.0, 3.0]), ([5.0, 3.6], [5.0, 9.0])]);
        assert_eq!(found, [[[1, 3], [9, 3]], [[5, 4], [5, 9]]]);
    }

    #[test]
    fn a_line_that_leaves_the_frame_ends_on_its_edge() {
        assert_eq!(ways(&[([5.0, 5.0], [15.0, 7.0])]), [[[5, 5], [10, 6]]]);
        assert_eq!(ways(&[([-5.0, 5.0], [15.0, 5.0])]), [[[0, 5], [10, 5]]]);
        assert_eq!(ways(&[([-5.0, 11.0], [15.0, 12.0])]), [[[0_i32; 2]; 2]; 0]);
    }

    #[test]
    fn two_lines_in_one_cell_are_led_the_same_way() {
        let found = ways(&[([2.0, 2.0], [8.0, 2.2]), ([2.1, 2.1], [8.1, 2.4])]);
        assert_eq!(found, [[[2, 2], [8, 2]], [[2, 2], [8, 2]]]);
    }

    #[test]
    fn a_cell_holds_its_north_western_edges_only() {
        let passes = |from, to| FRAME.passes(&segment(from, to), [5, 5]);
        // The cell spans 72 to 88 units.
        assert!(passes([72, 0], [72, 200]), "along its western edge");
        assert!(!passes([88, 0], [88, 200]), "along its eastern edge");
        assert!(passes([60, 84], [84, 60]), "through its north-western corner");
        assert!(!passes([76, 100], [100, 76]), "through its south-eastern corner");
        assert!(!passes([60, 76], [84, 100]), "through its south-western corner");
        assert!(passes([100, 76], [76, 99]), "just inside its south-eastern corner");
        assert!(passes([87, 87], [200, 200]), "beginning inside");
        assert!(!passes([88, 88], [200, 200]), "beginning at its south-eastern corner");
    }
}
