//! Where the rings of one polygon cross or overlap themselves.

use std::cmp::Ordering;

use rstar::{AABB, RTree, RTreeObject};

use crate::geometry::ring;
use crate::model::{GridPoint, Polygon};

/// A side of a ring with its box, ordered from west to east.
#[derive(Clone, Copy)]
struct Side {
    west: GridPoint,
    east: GridPoint,
    south_y: i32,
    north_y: i32,
    /// Ring and position in it, to tell neighbours in the ring from strangers.
    ring: usize,
    position: usize,
}

/// Points near which two sides cross or run over each other, in order of longitude; a vertex that
/// another part of the ring touches is no crossing.
///
/// O(n log n + pairs whose boxes overlap), in rings of a few hundred sides O(n²) at worst; exact.
pub fn find(polygon: &Polygon) -> Vec<GridPoint> {
    let mut sides = Vec::new();
    for (ring_idx, ring) in polygon.rings().enumerate() {
        for (position, (a, b)) in ring::sides(ring).enumerate() {
            let (west, east) = if (a.x, a.y) <= (b.x, b.y) { (a, b) } else { (b, a) };
            let (south_y, north_y) = (a.y.min(b.y), a.y.max(b.y));
            sides.push(Side { west, east, south_y, north_y, ring: ring_idx, position });
        }
    }
    sides.sort_by_key(|side| (side.west.x, side.ring, side.position));
    let mut found = if sides.len() <= SWEEP_MAX { sweep(&sides) } else { search(&sides) };
    found.sort_unstable();
    found
}

/// Sides that are swept: a tree is slower for them, while a sweep of many level sides is quadratic.
const SWEEP_MAX: usize = 1024;

fn sweep(sides: &[Side]) -> Vec<GridPoint> {
    let mut found = Vec::new();
    let mut open: Vec<Side> = Vec::new();
    for &side in sides {
        open.retain(|other| other.east.x >= side.west.x);
        found.extend(open.iter().filter_map(|&other| meeting(side, other)));
        open.push(side);
    }
    found
}

fn search(sides: &[Side]) -> Vec<GridPoint> {
    let tree = RTree::bulk_load(sides.to_vec());
    let pairs = sides.iter().flat_map(|&side| {
        let near = tree.locate_in_envelope_intersecting(side.envelope());
        // Each pair once, and no side with itself.
        let place = |s: &Side| (s.ring, s.position);
        near.filter(move |other| place(other) < place(&side)).map(move |&other| (side, other))
    });
    pairs.filter_map(|(side, other)| meeting(side, other)).collect()
}

impl RTreeObject for Side {
    type Envelope = AABB<[i64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let [west, south, east, north] =
            [self.west.x, self.south_y, self.east.x, self.north_y].map(i64::from);
        AABB::from_corners([west, south], [east, north])
    }
}

/// The place of two sides that are in conflict.
fn meeting(side: Side, other: Side) -> Option<GridPoint> {
    let is_apart = other.north_y < side.south_y || side.north_y < other.south_y;
    (!is_apart && conflict(side, other)).then_some(if other.west.x > side.west.x {
        other.west
    } else {
        side.west
    })
}

/// True when the sides cross at a point inside both, or share more than a point.
fn conflict(a: Side, b: Side) -> bool {
    let turns = [
        turn(a.west, a.east, b.west),
        turn(a.west, a.east, b.east),
        turn(b.west, b.east, a.west),
        turn(b.west, b.east, a.east),
    ];
    if turns == [0; 4] {
        // On one line: more than a point in common?
        let order = |p: GridPoint, q: GridPoint| (p.x, p.y).cmp(&(q.x, q.y));
        let start = if order(a.west, b.west) == Ordering::Greater { a.west } else { b.west };
        let end = if order(a.east, b.east) == Ordering::Less { a.east } else { b.east };
        return order(start, end) == Ordering::Less;
    }
    turns[0] * turns[1] < 0 && turns[2] * turns[3] < 0
}

/// 1 if a → b → c turns left, -1 if right, 0 if the three lie on a line. Exact.
pub fn turn(a: GridPoint, b: GridPoint, c: GridPoint) -> i8 {
    let wide = i128::from;
    let cross =
        (wide(b.x) - wide(a.x)) * (wide(c.y) - wide(a.y)) - (wide(b.y) - wide(a.y)) * (wide(c.x) - wide(a.x));
    cross.signum() as i8
}

/// Whether a point lies on a ring. Exact.
pub fn is_on(ring: &[GridPoint], p: GridPoint) -> bool {
    let within = |a: i32, b: i32, v: i32| (a.min(b)..=a.max(b)).contains(&v);
    ring::sides(ring).any(|(a, b)| within(a.x, b.x, p.x) && within(a.y, b.y, p.y) && turn(a, b, p) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(exterior: &[(i32, i32)], n_crossings: usize) {
        let exterior = exterior.iter().map(|&(x, y)| GridPoint::new(x, y)).collect();
        assert_eq!(find(&Polygon { exterior, interiors: Vec::new() }).len(), n_crossings);
    }

    #[test]
    fn a_long_ring_is_searched_as_a_short_one_is_swept() {
        // A comb with level teeth, and one tooth bent through its neighbours.
        let teeth = (0..SWEEP_MAX as i32).flat_map(|i| [(0, 10 * i), (1_000, 10 * i + 5)]);
        let mut comb: Vec<(i32, i32)> = teeth.chain([(2_000, 10 * SWEEP_MAX as i32), (2_000, -10)]).collect();
        check(&comb, 0);
        comb[41] = (1_000, 235);
        let exterior: Vec<GridPoint> = comb.iter().map(|&(x, y)| GridPoint::new(x, y)).collect();
        let n = exterior.len();
        let side = |i: usize| [exterior[i], exterior[(i + 1) % n]];
        let cross = |[a, b]: [GridPoint; 2], [c, d]: [GridPoint; 2]| {
            turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
        };
        let expected = (0..n).map(|i| (0..i).filter(|&j| cross(side(i), side(j))).count()).sum();
        assert!(expected > 0);
        check(&comb, expected);
    }

    #[test]
    fn crossings_are_found_and_touching_is_none() {
        check(&[(0, 0), (4, 0), (4, 4), (0, 4)], 0);
        check(&[(0, 0), (4, 4), (4, 0), (0, 4)], 1);
        // A spike that runs back over itself.
        check(&[(0, 0), (4, 0), (4, 4), (4, 8), (4, 4), (0, 4)], 1);
        // A ring that touches itself in a vertex.
        check(&[(0, 0), (4, 0), (2, 2), (4, 4), (0, 4), (2, 2)], 0);
    }
}
