//! Finds lines at and below a point: a tree over short runs of every line.

use super::index::{BoxTree, FANOUT, first_below, near_order, segment_box};
use super::predicates::on_segment;
use crate::model::{GridBox, GridPoint};

/// Knows the places of lines, not the lines: every question brings them again.
#[derive(Debug, Clone)]
pub struct Locator {
    /// Line, first and last point of the run.
    runs: Vec<(u32, u32, u32)>,
    tree: BoxTree,
}

/// The line below a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Below {
    pub line: u32,
    /// Whether the side towards the point is the left one, walking along the line.
    pub is_left: bool,
}

impl Locator {
    /// - `lines`: at least two points each, none crossing another.
    pub fn new<'a>(lines: impl Iterator<Item = &'a [GridPoint]>) -> Self {
        let mut runs: Vec<(GridBox, (u32, u32, u32))> = Vec::new();
        for (i, points) in (0..).zip(lines) {
            for first in (0..points.len() - 1).step_by(FANOUT) {
                let last = (first + FANOUT).min(points.len() - 1);
                let frame = GridBox::around(points[first..=last].iter().copied());
                runs.push((frame.expect("a run has points"), (i, first as u32, last as u32)));
            }
        }
        runs.sort_by_cached_key(|&(frame, _)| near_order(frame));
        let (frames, runs) = runs.into_iter().unzip();
        Self { runs, tree: BoxTree::new(frames) }
    }

    /// Calls `found` for every line through a point.
    pub fn through<'a>(
        &self,
        line: impl Fn(u32) -> &'a [GridPoint],
        p: GridPoint,
        mut found: impl FnMut(u32),
    ) {
        self.tree.search(segment_box(p, p), |item| {
            if self.run(&line, item).windows(2).any(|pair| on_segment(pair[0], pair[1], p)) {
                found(self.runs[item].0);
            }
        });
    }

    /// The first line met when falling straight down from a point that is on none.
    pub fn below<'a>(&self, line: impl Fn(u32) -> &'a [GridPoint], p: GridPoint) -> Option<Below> {
        let (item, k) = first_below(&self.tree, |item| self.run(&line, item), p)?;
        let segment = &self.run(&line, item)[k..k + 2];
        // The upper side is on the left of an eastward segment.
        Some(Below { line: self.runs[item].0, is_left: segment[0] < segment[1] })
    }

    fn run<'a>(&self, line: &impl Fn(u32) -> &'a [GridPoint], item: usize) -> &'a [GridPoint] {
        let (i, first, last) = self.runs[item];
        &line(i)[first as usize..=last as usize]
    }
}
