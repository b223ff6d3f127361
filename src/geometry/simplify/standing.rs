//! Points that are taken away one by one, and asked for by box.
//!
//! Owns: a static k-d tree whose leaves lose their points, with the number still standing below each node, and its
//! parts, which threads may work on at the same time.
//! Design: a uniform grid was dropped because khoroos in the centre are 10 000 times smaller than
//! rural ones; a dynamic R-tree because removing costs as much as a dozen queries; a tree down to single points
//! because its nodes do not fit the cache.

use super::WorldPoint;
use crate::parallel;

/// Points of a leaf at first: a bit each.
const LEAF_POINTS: usize = u16::BITS as usize;
/// Leaves of a part that is not worth a thread of its own.
const PART_LEAVES: usize = 1 << 13;

/// Points of a k-d tree: the middle of a range of leaves splits it by x or y, by turns.
///
/// A point's id is its place in the tree, so points near each other have near ids.
pub struct Standing {
    /// Leaf after leaf, [`LEAF_POINTS`] in each but the last.
    points: Vec<WorldPoint>,
    /// Of the node whose leaves are split before this leaf.
    nodes: Vec<Node>,
    /// Which points of each leaf stand.
    leaves: Vec<u16>,
}

/// A node of the tree with all below it.
pub struct Part<'a> {
    points: &'a [WorldPoint],
    nodes: &'a mut [Node],
    leaves: &'a mut [u16],
    /// Id of its first point.
    first: u32,
    by_y: bool,
}

#[derive(Clone, Copy, Default)]
struct Node {
    /// Points before the split have a coordinate up to this, those after it from this on.
    split: i32,
    n_below: u32,
}

/// A closed box in world units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub min: WorldPoint,
    pub max: WorldPoint,
}

impl Window {
    /// Nothing, as long as it holds no point.
    pub const EMPTY: Self =
        Self { min: WorldPoint { x: i32::MAX, y: i32::MAX }, max: WorldPoint { x: i32::MIN, y: i32::MIN } };

    pub fn with(self, p: WorldPoint) -> Self {
        self.union(Self { min: p, max: p })
    }

    pub fn union(self, other: Self) -> Self {
        Self {
            min: WorldPoint { x: self.min.x.min(other.min.x), y: self.min.y.min(other.min.y) },
            max: WorldPoint { x: self.max.x.max(other.max.x), y: self.max.y.max(other.max.y) },
        }
    }

    /// From where to where it reaches along an axis.
    const fn along(self, by_y: bool) -> (i32, i32) {
        if by_y { (self.min.y, self.max.y) } else { (self.min.x, self.max.x) }
    }

    fn holds(self, p: WorldPoint) -> bool {
        self.min.x <= p.x && p.x <= self.max.x && self.min.y <= p.y && p.y <= self.max.y
    }
}

impl Standing {
    /// The tree, and the id of each of `points`.
    pub fn new(points: &[WorldPoint]) -> (Self, Vec<u32>) {
        let mut points: Vec<(WorldPoint, u32)> = points.iter().copied().zip(0..).collect();
        let mut nodes = vec![Node::default(); points.len().div_ceil(LEAF_POINTS)];
        arrange(&mut points, &mut nodes, false);
        let mut ids = vec![0; points.len()];
        for (&(_, place), id) in points.iter().zip(0..) {
            ids[place as usize] = id;
        }
        let leaves = points.chunks(LEAF_POINTS).map(|leaf| u16::MAX >> (LEAF_POINTS - leaf.len())).collect();
        let points = points.into_iter().map(|(point, _)| point).collect();
        (Self { points, nodes, leaves }, ids)
    }

    pub fn whole(&mut self) -> Part<'_> {
        let Self { points, nodes, leaves } = self;
        Part { points, nodes, leaves, first: 0, by_y: false }
    }
}

impl Part<'_> {
    pub fn n_points(&self) -> usize {
        self.points.len()
    }

    /// Id of its first point; the others follow it.
    pub fn first(&self) -> u32 {
        self.first
    }

    pub fn point(&self, id: u32) -> WorldPoint {
        self.points[(id - self.first) as usize]
    }

    /// Both halves. What goes in one of them must be told to [`Self::lower`].
    pub fn halves(&mut self) -> [Part<'_>; 2] {
        let middle = self.leaves.len() / 2;
        let n_before = middle * LEAF_POINTS;
        let (points_before, points_after) = self.points.split_at(n_before);
        let (nodes_before, nodes_after) = self.nodes.split_at_mut(middle);
        let (leaves_before, leaves_after) = self.leaves.split_at_mut(middle);
        let by_y = !self.by_y;
        let (first, first_after) = (self.first, self.first + n_before as u32);
        [
            Part { points: points_before, nodes: nodes_before, leaves: leaves_before, first, by_y },
            Part { points: points_after, nodes: nodes_after, leaves: leaves_after, first: first_after, by_y },
        ]
    }

    /// The half that alone has points in `window`; `None` where both may.
    pub fn half_of(&self, window: Window) -> Option<usize> {
        let split = self.nodes[self.leaves.len() / 2].split;
        let (least, most) = window.along(self.by_y);
        if most < split {
            Some(0)
        } else if least > split {
            Some(1)
        } else {
            None
        }
    }

    /// As many points have gone from its halves.
    pub fn lower(&mut self, n_gone: u32) {
        self.nodes[self.leaves.len() / 2].n_below -= n_gone;
    }

    pub fn remove(&mut self, id: u32) {
        let place = (id - self.first) as usize;
        let leaf = place / LEAF_POINTS;
        let (mut low, mut high) = (0, self.leaves.len());
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            self.nodes[middle].n_below -= 1;
            if leaf < middle {
                high = middle;
            } else {
                low = middle;
            }
        }
        self.leaves[leaf] &= !(1 << (place % LEAF_POINTS));
    }

    /// True when a standing point in `window` is `wanted`.
    pub fn any(&self, window: Window, wanted: &mut impl FnMut(WorldPoint) -> bool) -> bool {
        !self.leaves.is_empty() && self.any_in(0, self.leaves.len(), self.by_y, window, wanted)
    }

    /// [`Self::any`] among the leaves from `low` to before `high`.
    fn any_in(
        &self,
        low: usize,
        high: usize,
        by_y: bool,
        window: Window,
        wanted: &mut impl FnMut(WorldPoint) -> bool,
    ) -> bool {
        if high - low <= 1 {
            let mut standing = self.leaves[low];
            while standing != 0 {
                let p = self.points[low * LEAF_POINTS + standing.trailing_zeros() as usize];
                if window.holds(p) && wanted(p) {
                    return true;
                }
                standing &= standing - 1;
            }
            return false;
        }
        let middle = usize::midpoint(low, high);
        let Node { split, n_below } = self.nodes[middle];
        let (least, most) = window.along(by_y);
        n_below > 0
            && ((least <= split && self.any_in(low, middle, !by_y, window, wanted))
                || (most >= split && self.any_in(middle, high, !by_y, window, wanted)))
    }
}

/// Sorts points into their leaves, one node a leaf; the first of `nodes` is not used.
fn arrange(points: &mut [(WorldPoint, u32)], nodes: &mut [Node], by_y: bool) {
    let n_leaves = nodes.len();
    if n_leaves < 2 {
        points.sort_unstable();
        return;
    }
    let middle = n_leaves / 2;
    let key = |&(p, id): &(WorldPoint, u32)| (if by_y { p.y } else { p.x }, id);
    let (_, first_after, _) = points.select_nth_unstable_by_key(middle * LEAF_POINTS, key);
    nodes[middle] = Node { split: key(first_after).0, n_below: points.len() as u32 };
    let (points_before, points_after) = points.split_at_mut(middle * LEAF_POINTS);
    let (nodes_before, nodes_after) = nodes.split_at_mut(middle);
    let before = || arrange(points_before, nodes_before, !by_y);
    parallel::both(n_leaves >= PART_LEAVES, before, || arrange(points_after, nodes_after, !by_y));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing() -> impl FnMut() -> i32 {
        let mut state = 7_u32;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as i32
        }
    }

    fn found_in(part: &Part<'_>, window: Window) -> Vec<WorldPoint> {
        let mut found = Vec::new();
        part.any(window, &mut |p| {
            found.push(p);
            false
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn a_box_finds_what_brute_force_finds_while_points_go() {
        let mut draw = drawing();
        let points: Vec<WorldPoint> = (0..300).map(|_| WorldPoint { x: draw(), y: draw() }).collect();
        let (mut standing, ids) = Standing::new(&points);
        let mut whole = standing.whole();
        let mut gone = vec![false; points.len()];
        for round in 0..points.len() {
            let (x, y) = (draw(), draw());
            let window = Window { min: WorldPoint { x, y }, max: WorldPoint { x: x + 40, y: y + 20 } };
            let is_in = |p: &WorldPoint| (x..=x + 40).contains(&p.x) && (y..=y + 20).contains(&p.y);
            let standing = points.iter().zip(&gone).filter(|&(p, gone)| !gone && is_in(p));
            let mut expected: Vec<WorldPoint> = standing.map(|(&p, _)| p).collect();
            expected.sort_unstable();
            assert_eq!(found_in(&whole, window), expected);
            let victim = round * 7 % points.len();
            if !gone[victim] {
                gone[victim] = true;
                assert_eq!(whole.point(ids[victim]), points[victim]);
                whole.remove(ids[victim]);
            }
        }
    }

    #[test]
    fn a_half_that_alone_has_a_box_knows_all_points_in_it() {
        let mut draw = drawing();
        let points: Vec<WorldPoint> = (0..400).map(|_| WorldPoint { x: draw() / 8, y: draw() / 8 }).collect();
        let (mut standing, ids) = Standing::new(&points);
        let mut whole = standing.whole();
        for &id in ids.iter().step_by(3) {
            let n_first = whole.halves()[0].n_points() as u32;
            let [mut a, mut b] = whole.halves();
            if id < n_first {
                a.remove(id);
            } else {
                b.remove(id);
            }
            whole.lower(1);
        }
        let mut n_alone = 0;
        for _ in 0..500 {
            let (x, y) = (draw() / 8, draw() / 8);
            let window = Window { min: WorldPoint { x, y }, max: WorldPoint { x: x + 9, y: y + 9 } };
            let expected = found_in(&whole, window);
            if let Some(half) = whole.half_of(window) {
                n_alone += 1;
                assert_eq!(found_in(&whole.halves()[half], window), expected);
            }
        }
        assert!((100..500).contains(&n_alone), "{n_alone}");
    }

    #[test]
    fn no_points_are_no_fault() {
        let (mut standing, ids) = Standing::new(&[]);
        assert!(ids.is_empty());
        let window = Window::EMPTY.with(WorldPoint { x: 0, y: 0 });
        assert!(!standing.whole().any(window, &mut |_| true));
    }
}
