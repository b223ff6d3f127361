//! The order in which vertices go.
//!
//! Owns: the queue by triangle area, and the two reasons to refuse a removal: another vertex in the
//! triangle, and a unit that would fall under half of its area.
//! Design: a refused vertex asks again when the level has doubled. Keeping lists of who waits for
//! whom was dropped: zooms lie a factor 4 apart, so doubling costs at most half a zoom.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::standing::{Standing, Window};
use super::{LevelArc, WorldPoint};

/// Rank of a vertex that was never taken away.
const KEPT: u64 = u64::MAX;
const END: u32 = u32::MAX;

/// Level at which each vertex goes (twice an area in square world units, never falling from one
/// removal to the next), for the vertices of all arcs one after the other; `u64::MAX` for those that
/// still stand when the level reaches `limit`.
pub fn ranks(arcs: &[LevelArc], n_units: usize, limit: u64) -> Vec<u64> {
    let mut removal = Removal::new(arcs, n_units);
    let interior: Vec<u32> = (0..removal.points.len() as u32).filter(|&v| removal.is_interior(v)).collect();
    for v in interior {
        removal.enqueue(v, 0);
    }
    while let Some(Reverse((level, v))) = removal.queue.pop() {
        if level >= limit {
            break;
        }
        // Entries that a neighbour's removal replaced stay in the queue and are passed over here.
        if removal.asks_at[v as usize] != level || removal.rank[v as usize] != KEPT {
            continue;
        }
        if removal.may_go(arcs, v) {
            removal.remove(arcs, v, level);
        } else {
            removal.ask_at(v, (2 * level).max(1));
        }
    }
    removal.rank
}

struct Removal {
    points: Vec<WorldPoint>,
    arc_of: Vec<u32>,
    /// Neighbours that still stand; `END` at the ends of arcs.
    previous: Vec<u32>,
    next: Vec<u32>,
    rank: Vec<u64>,
    /// The level of the one valid queue entry of each vertex.
    asks_at: Vec<u64>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    standing: Standing,
    units: Vec<UnitArea>,
}

/// Twice the area of a unit, in square world units.
#[derive(Clone, Copy, Default)]
struct UnitArea {
    at_first: i128,
    now: i128,
}

impl Removal {
    fn new(arcs: &[LevelArc], n_units: usize) -> Self {
        let points: Vec<WorldPoint> = arcs.iter().flat_map(|a| a.points.iter().copied()).collect();
        let (mut arc_of, mut previous, mut next) = (Vec::new(), Vec::new(), Vec::new());
        let mut units = vec![UnitArea::default(); n_units];
        for (arc_idx, arc) in arcs.iter().enumerate() {
            let first = arc_of.len() as u32;
            let last = first + arc.points.len() as u32 - 1;
            arc_of.resize(arc_of.len() + arc.points.len(), arc_idx as u32);
            previous.extend((first..=last).map(|v| if v == first { END } else { v - 1 }));
            next.extend((first..=last).map(|v| if v == last { END } else { v + 1 }));
            // y points south: walking with the unit on the right encloses it with a positive sum.
            let sum: i128 = arc.points.windows(2).map(|w| cross(w[0], w[1])).sum();
            change(&mut units, arc, sum);
        }
        for unit in &mut units {
            unit.at_first = unit.now;
        }
        let n = points.len();
        let (rank, asks_at) = (vec![KEPT; n], vec![KEPT; n]);
        let standing = Standing::new(&points);
        Self { points, arc_of, previous, next, rank, asks_at, queue: BinaryHeap::new(), standing, units }
    }

    fn is_interior(&self, v: u32) -> bool {
        self.previous[v as usize] != END && self.next[v as usize] != END
    }

    fn corner(&self, v: u32) -> [WorldPoint; 3] {
        [self.previous[v as usize], v, self.next[v as usize]].map(|v| self.points[v as usize])
    }

    fn enqueue(&mut self, v: u32, level: u64) {
        let [a, b, c] = self.corner(v);
        let area = u64::try_from(turn(a, b, c).unsigned_abs()).unwrap_or(KEPT);
        self.ask_at(v, area.max(level));
    }

    fn ask_at(&mut self, v: u32, level: u64) {
        self.asks_at[v as usize] = level;
        self.queue.push(Reverse((level, v)));
    }

    fn may_go(&self, arcs: &[LevelArc], v: u32) -> bool {
        let [a, b, c] = self.corner(v);
        let arc = &arcs[self.arc_of[v as usize] as usize];
        let lost = turn(a, b, c);
        let shrinks_too_far = |unit: Option<u32>, lost: i128| {
            unit.is_some_and(|u| {
                let UnitArea { at_first, now } = self.units[u as usize];
                lost > 0 && 2 * (now - lost) < at_first
            })
        };
        if shrinks_too_far(arc.right, lost) || shrinks_too_far(arc.left, -lost) {
            return false;
        }
        let window = Window {
            min: WorldPoint { x: a.x.min(b.x).min(c.x), y: a.y.min(b.y).min(c.y) },
            max: WorldPoint { x: a.x.max(b.x).max(c.x), y: a.y.max(b.y).max(c.y) },
        };
        // Arcs that meet at a corner of the triangle have an end there: the same place, not inside.
        !self.standing.any(window, &mut |_, p| {
            p != a && p != b && p != c && {
                let turns = [turn(a, b, p), turn(b, c, p), turn(c, a, p)];
                turns.iter().all(|&t| t >= 0) || turns.iter().all(|&t| t <= 0)
            }
        })
    }

    fn remove(&mut self, arcs: &[LevelArc], v: u32, level: u64) {
        let [a, b, c] = self.corner(v);
        change(&mut self.units, &arcs[self.arc_of[v as usize] as usize], -turn(a, b, c));
        self.rank[v as usize] = level;
        self.standing.remove(v);
        let (before, after) = (self.previous[v as usize], self.next[v as usize]);
        self.next[before as usize] = after;
        self.previous[after as usize] = before;
        for neighbour in [before, after] {
            if self.is_interior(neighbour) {
                self.enqueue(neighbour, level);
            }
        }
    }
}

/// Adds `sum` to the unit on the right of `arc` and takes it from the one on its left.
fn change(units: &mut [UnitArea], arc: &LevelArc, sum: i128) {
    if let Some(unit) = arc.right {
        units[unit as usize].now += sum;
    }
    if let Some(unit) = arc.left {
        units[unit as usize].now -= sum;
    }
}

fn cross(a: WorldPoint, b: WorldPoint) -> i128 {
    i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
}

/// Twice the signed area of a triangle; positive where it turns right as drawn (y points south).
fn turn(a: WorldPoint, b: WorldPoint, c: WorldPoint) -> i128 {
    let d = |p: i32, q: i32| i128::from(q) - i128::from(p);
    d(a.x, b.x) * d(a.y, c.y) - d(a.x, c.x) * d(a.y, b.y)
}
