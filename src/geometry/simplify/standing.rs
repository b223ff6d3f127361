//! Points that are taken away one by one, and asked for by box.
//!
//! Owns: a static k-d tree whose leaves lose their points, with the number still standing below each node.
//! Design: a uniform grid was dropped because khoroos in the centre are 10 000 times smaller than
//! rural ones; a dynamic R-tree because removing costs as much as a dozen queries; a tree down to single points
//! because its nodes do not fit the cache.

use super::WorldPoint;
use crate::parallel;

/// Points of a leaf at first.
const LEAF_POINTS: usize = 16;
/// Leaves of a part that is not worth a thread of its own.
const PART_LEAVES: usize = 1 << 13;

/// Points of a k-d tree: the middle of a range of leaves splits it by x or y, by turns.
pub struct Standing {
    /// Points with their ids, leaf after leaf, [`LEAF_POINTS`] in each but the last; in a leaf the standing ones first.
    points: Vec<(WorldPoint, u32)>,
    /// Of the node whose leaves are split before this leaf.
    nodes: Vec<Node>,
    /// Standing points of each leaf.
    n_in: Vec<u8>,
    /// Where in `points` an id is.
    place: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    /// Points before the split have a coordinate up to this, those after it from this on.
    split: i32,
    n_below: u32,
}

/// A closed box in world units.
#[derive(Clone, Copy)]
pub struct Window {
    pub min: WorldPoint,
    pub max: WorldPoint,
}

impl Standing {
    /// The id of a point is its place in `points`.
    pub fn new(points: &[WorldPoint]) -> Self {
        let mut points: Vec<(WorldPoint, u32)> = points.iter().copied().zip(0..).collect();
        let n_leaves = points.len().div_ceil(LEAF_POINTS);
        let mut nodes = vec![Node::default(); n_leaves];
        arrange(&mut points, &mut nodes, false);
        let mut place = vec![0; points.len()];
        for (&(_, id), at) in points.iter().zip(0..) {
            place[id as usize] = at;
        }
        let n_in = points.chunks(LEAF_POINTS).map(|leaf| leaf.len() as u8).collect();
        Self { points, nodes, n_in, place }
    }

    pub fn remove(&mut self, id: u32) {
        let place = self.place[id as usize] as usize;
        let leaf = place / LEAF_POINTS;
        let (mut low, mut high) = (0, self.n_in.len());
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            self.nodes[middle].n_below -= 1;
            if leaf < middle {
                high = middle;
            } else {
                low = middle;
            }
        }
        self.n_in[leaf] -= 1;
        let last = leaf * LEAF_POINTS + usize::from(self.n_in[leaf]);
        self.points.swap(place, last);
        for place in [place, last] {
            self.place[self.points[place].1 as usize] = place as u32;
        }
    }

    /// True when a standing point in `window` satisfies `wanted(id, point)`.
    pub fn any(&self, window: Window, wanted: &mut impl FnMut(u32, WorldPoint) -> bool) -> bool {
        self.any_in(0, self.n_in.len(), false, window, wanted)
    }

    /// [`Self::any`] among the leaves from `low` to before `high`.
    fn any_in(
        &self,
        low: usize,
        high: usize,
        by_y: bool,
        window: Window,
        wanted: &mut impl FnMut(u32, WorldPoint) -> bool,
    ) -> bool {
        let Window { min, max } = window;
        if high - low <= 1 {
            let n = self.n_in.get(low).copied().map_or(0, usize::from);
            let inside = |p: WorldPoint| min.x <= p.x && p.x <= max.x && min.y <= p.y && p.y <= max.y;
            let first = low * LEAF_POINTS;
            return self.points[first..first + n].iter().any(|&(p, id)| inside(p) && wanted(id, p));
        }
        let middle = usize::midpoint(low, high);
        let Node { split, n_below } = self.nodes[middle];
        let (least, most) = if by_y { (min.y, max.y) } else { (min.x, max.x) };
        n_below > 0
            && ((least <= split && self.any_in(low, middle, !by_y, window, wanted))
                || (most >= split && self.any_in(middle, high, !by_y, window, wanted)))
    }
}

/// Sorts points into their leaves, one node a leaf; the first of `nodes` is not used.
fn arrange(points: &mut [(WorldPoint, u32)], nodes: &mut [Node], by_y: bool) {
    let n_leaves = nodes.len();
    if n_leaves < 2 {
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

    #[test]
    fn a_box_finds_what_brute_force_finds_while_points_go() {
        let mut state = 7_u32;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as i32
        };
        let points: Vec<WorldPoint> = (0..300).map(|_| WorldPoint { x: draw(), y: draw() }).collect();
        let mut standing = Standing::new(&points);
        let mut gone = vec![false; points.len()];
        for round in 0..points.len() {
            let (x, y) = (draw(), draw());
            let window = Window { min: WorldPoint { x, y }, max: WorldPoint { x: x + 40, y: y + 20 } };
            let mut found = Vec::new();
            standing.any(window, &mut |id, _| {
                found.push(id as usize);
                false
            });
            found.sort_unstable();
            let expected: Vec<usize> = (0..points.len())
                .filter(|&i| !gone[i])
                .filter(|&i| (x..=x + 40).contains(&points[i].x) && (y..=y + 20).contains(&points[i].y))
                .collect();
            assert_eq!(found, expected);
            let victim = round * 7 % points.len();
            if !gone[victim] {
                gone[victim] = true;
                standing.remove(victim as u32);
            }
        }
    }
}
