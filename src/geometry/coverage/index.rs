//! A static tree of boxes: the one spatial index under noding, nesting and location.
//!
//! The caller brings the items in an order that keeps near ones together ([`near_order`]); the
//! tree is then nothing but the boxes of runs of sixteen, runs of runs, and so on.
//!
//! Owns: boxes and their order. Knows nothing of what the items are.
//! Design: a uniform grid is simpler but degrades where a dense city meets a huge countryside;
//! rstar keeps the items inside its nodes, while here they stay in the caller's own arrays.

use crate::geometry::coverage::predicates::orient;
use crate::model::{GridBox, GridPoint};

/// Children of a node.
pub const FANOUT: usize = 16;

/// Boxes over items 0, 1, 2, … in the caller's order.
#[derive(Debug, Clone, Default)]
pub struct BoxTree {
    /// `levels[0]` holds the items' boxes, each further level those of runs of [`FANOUT`].
    levels: Vec<Vec<GridBox>>,
}

/// What a search is asked about on its way down.
#[derive(Debug, Clone, Copy)]
pub enum Visit {
    /// A box around many items: shall the search go into it?
    Node(GridBox),
    /// An item whose box was accepted; the answer does not matter.
    Item(usize),
}

impl BoxTree {
    pub fn new(items: Vec<GridBox>) -> Self {
        let mut levels = vec![items];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above =
                below.chunks(FANOUT).filter_map(|run| run.iter().copied().reduce(GridBox::union)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// Walks the tree from the top; `visit` decides at every box, items' own boxes included.
    pub fn walk(&self, visit: &mut impl FnMut(Visit) -> bool) {
        if let Some(top) = self.levels.len().checked_sub(1) {
            (0..self.levels[top].len()).for_each(|i| self.descend(top, i, visit));
        }
    }

    /// By recursion, a few levels deep: a stack of its own would be allocated for every search.
    fn descend(&self, level: usize, i: usize, visit: &mut impl FnMut(Visit) -> bool) {
        if !visit(Visit::Node(self.levels[level][i])) {
            return;
        }
        let Some(below) = level.checked_sub(1) else {
            visit(Visit::Item(i));
            return;
        };
        let end = ((i + 1) * FANOUT).min(self.levels[below].len());
        (i * FANOUT..end).for_each(|child| self.descend(below, child, visit));
    }

    /// Calls `found` for every item whose box meets `window`.
    pub fn search(&self, window: GridBox, mut found: impl FnMut(usize)) {
        self.walk(&mut |visit| match visit {
            Visit::Node(b) => b.intersects(window),
            Visit::Item(i) => {
                found(i);
                false
            }
        });
    }
}

/// A sort key that puts near boxes near each other: their middles along the Z-shaped curve.
pub fn near_order(b: GridBox) -> u64 {
    let spread = |v: i32| {
        // Order-preserving shift to unsigned, then a zero between every two bits.
        let mut v = u64::from((v as u32) ^ 0x8000_0000);
        v = (v | (v << 16)) & 0x0000_FFFF_0000_FFFF;
        v = (v | (v << 8)) & 0x00FF_00FF_00FF_00FF;
        v = (v | (v << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        v = (v | (v << 2)) & 0x3333_3333_3333_3333;
        (v | (v << 1)) & 0x5555_5555_5555_5555
    };
    spread(i32::midpoint(b.west, b.east)) | (spread(i32::midpoint(b.south, b.north)) << 1)
}

/// Box of a segment.
pub fn segment_box(a: GridPoint, b: GridPoint) -> GridBox {
    GridBox { west: a.x.min(b.x), south: a.y.min(b.y), east: a.x.max(b.x), north: a.y.max(b.y) }
}

/// The first segment met when falling straight down from `p`: its line and place in the line.
///
/// Items of `tree` are the lines that `line` gives, at least two points each, none crossing
/// another. A segment counts for the columns from its west end, included, to its east end,
/// excluded, and only where it is strictly below `p`; of two that fork at the met point the upper
/// one is given. So the upper side of the answer is the face that `p` falls through.
pub fn first_below<'a>(
    tree: &BoxTree,
    line: impl Fn(usize) -> &'a [GridPoint],
    p: GridPoint,
) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize, GridPoint, GridPoint)> = None;
    tree.walk(&mut |visit| match visit {
        Visit::Node(b) => {
            let may_beat = best.is_none_or(|(_, _, w, e)| b.north >= w.y.min(e.y));
            b.west <= p.x && p.x < b.east && b.south < p.y && may_beat
        }
        Visit::Item(i) => {
            for (k, pair) in line(i).windows(2).enumerate() {
                let (west, east) = if pair[0] < pair[1] { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                if west.x <= p.x
                    && p.x < east.x
                    && orient(west, east, p) > 0
                    && best.is_none_or(|(_, _, w, e)| is_above((west, east), (w, e), p.x))
                {
                    best = Some((i, k, west, east));
                }
            }
            false
        }
    });
    best.map(|(i, k, _, _)| (i, k))
}

/// Whether segment `s` passes above `t` just right of the column `x`, which both span.
fn is_above(s: (GridPoint, GridPoint), t: (GridPoint, GridPoint), x: i32) -> bool {
    // Height of (a, b) at x is (a.y·dx + (x − a.x)·dy) / dx with dx > 0.
    let height = |(a, b): (GridPoint, GridPoint)| {
        let dx = i128::from(b.x) - i128::from(a.x);
        let dy = i128::from(b.y) - i128::from(a.y);
        (i128::from(a.y) * dx + (i128::from(x) - i128::from(a.x)) * dy, dx, dy)
    };
    let ((hs, dxs, dys), (ht, dxt, dyt)) = (height(s), height(t));
    (hs * dxt).cmp(&(ht * dxs)).then((dys * dxt).cmp(&(dyt * dxs))).is_gt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxes() -> impl Strategy<Value = Vec<GridBox>> {
        proptest::collection::vec((-99..99_i32, -99..99_i32, 0..20_i32, 0..20_i32), 0..300).prop_map(|list| {
            let mut boxes: Vec<_> = list
                .into_iter()
                .map(|(x, y, w, h)| GridBox { west: x, south: y, east: x + w, north: y + h })
                .collect();
            boxes.sort_by_key(|&b| near_order(b));
            boxes
        })
    }

    proptest! {
        #[test]
        fn a_search_finds_what_brute_force_finds(
            boxes in boxes(), x in -99..99_i32, y in -99..99_i32, size in 0..50_i32,
        ) {
            let window = GridBox { west: x, south: y, east: x + size, north: y + size };
            let mut found = Vec::new();
            BoxTree::new(boxes.clone()).search(window, |i| found.push(i));
            let expected: Vec<_> = (0..boxes.len()).filter(|&i| boxes[i].intersects(window)).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn falling_meets_the_upper_of_two_segments_that_fork() {
        let p = GridPoint::new;
        let lines = [[p(0, 0), p(10, 0)], [p(10, 5), p(0, 0)], [p(0, 20), p(10, 20)], [p(0, 3), p(0, 9)]];
        let tree = BoxTree::new(lines.iter().map(|l| segment_box(l[0], l[1])).collect());
        let below = |x, y| first_below(&tree, |i| &lines[i][..], p(x, y)).map(|(i, _)| i);
        assert_eq!(below(0, 10), Some(1));
        assert_eq!(below(5, 2), Some(0));
        assert_eq!(below(5, 20), Some(1), "a segment through the point is not below it");
        assert_eq!(below(10, 30), None, "the east end does not count");
    }
}
