//! Points that are taken away one by one, and asked for by box.
//!
//! Owns: a static k-d tree over all points with the number still standing below each node.
//! Design: a uniform grid was dropped because khoroos in the centre are 10 000 times smaller than
//! rural ones; a dynamic R-tree because removing costs as much as a dozen queries.

use super::WorldPoint;

/// Points of a k-d tree: the middle of a range splits it by x or y, by turns.
pub struct Standing {
    /// Point ids in tree order.
    ids: Vec<u32>,
    points: Vec<WorldPoint>,
    /// Standing points in the subtree whose root is this place of the tree order.
    n_below: Vec<u32>,
    /// Place of a point id in the tree order.
    place: Vec<u32>,
    gone: Vec<bool>,
}

/// A closed box in world units.
#[derive(Clone, Copy)]
pub struct Window {
    pub min: WorldPoint,
    pub max: WorldPoint,
}

impl Standing {
    pub fn new(points: &[WorldPoint]) -> Self {
        let mut ids: Vec<u32> = (0..points.len() as u32).collect();
        arrange(&mut ids, points, false);
        let mut place = vec![0; ids.len()];
        for (at, &id) in ids.iter().enumerate() {
            place[id as usize] = at as u32;
        }
        let points = ids.iter().map(|&id| points[id as usize]).collect();
        let mut n_below = vec![0; ids.len()];
        count(&mut n_below);
        Self { gone: vec![false; ids.len()], ids, points, n_below, place }
    }

    pub fn remove(&mut self, id: u32) {
        let place = self.place[id as usize] as usize;
        self.gone[place] = true;
        let (mut low, mut high) = (0, self.ids.len());
        loop {
            let root = usize::midpoint(low, high);
            self.n_below[root] -= 1;
            match place.cmp(&root) {
                std::cmp::Ordering::Less => high = root,
                std::cmp::Ordering::Greater => low = root + 1,
                std::cmp::Ordering::Equal => return,
            }
        }
    }

    /// True when a standing point in `window` satisfies `wanted(id, point)`.
    pub fn any(&self, window: Window, wanted: &mut impl FnMut(u32, WorldPoint) -> bool) -> bool {
        self.any_in(0, self.ids.len(), false, window, wanted)
    }

    fn any_in(
        &self,
        low: usize,
        high: usize,
        by_y: bool,
        window: Window,
        wanted: &mut impl FnMut(u32, WorldPoint) -> bool,
    ) -> bool {
        let root = usize::midpoint(low, high);
        if low >= high || self.n_below[root] == 0 {
            return false;
        }
        let p = self.points[root];
        let Window { min, max } = window;
        let inside = min.x <= p.x && p.x <= max.x && min.y <= p.y && p.y <= max.y;
        if inside && !self.gone[root] && wanted(self.ids[root], p) {
            return true;
        }
        let (value, least, most) = if by_y { (p.y, min.y, max.y) } else { (p.x, min.x, max.x) };
        (least <= value && self.any_in(low, root, !by_y, window, wanted))
            || (most >= value && self.any_in(root + 1, high, !by_y, window, wanted))
    }
}

fn arrange(ids: &mut [u32], points: &[WorldPoint], by_y: bool) {
    if ids.len() < 2 {
        return;
    }
    let middle = ids.len() / 2;
    ids.select_nth_unstable_by_key(middle, |&id| {
        let p = points[id as usize];
        (if by_y { p.y } else { p.x }, id)
    });
    let (before, from_middle) = ids.split_at_mut(middle);
    arrange(before, points, !by_y);
    arrange(&mut from_middle[1..], points, !by_y);
}

fn count(n_below: &mut [u32]) {
    let len = n_below.len();
    if len > 0 {
        let middle = len / 2;
        n_below[middle] = len as u32;
        count(&mut n_below[..middle]);
        count(&mut n_below[middle + 1..]);
    }
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
