//! The order in which vertices go.
//!
//! Owns: the queue by triangle area, and the two reasons to refuse a removal: another vertex in the
//! triangle, and a unit that would fall under half of its area.
//! Design: a refused vertex asks again when the level has doubled. Keeping lists of who waits for
//! whom was dropped: zooms lie a factor 4 apart, so doubling costs at most half a zoom.

use super::queue::Queue;
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
    for v in 0..removal.vertices.len() as u32 {
        if removal.is_interior(v) {
            removal.enqueue(v, 0);
        }
    }
    while let Some((level, v)) = removal.queue.pop() {
        if level >= limit {
            break;
        }
        // Entries that a neighbour's removal replaced stay in the queue and are passed over here.
        let Vertex { asks_at, is_gone, .. } = removal.vertices[v as usize];
        if asks_at != level || is_gone {
            continue;
        }
        if removal.may_go(arcs, v) {
            removal.remove(arcs, v);
        } else {
            removal.ask_at(v, (2 * level).max(1));
        }
    }
    removal.vertices.iter().map(|vertex| if vertex.is_gone { vertex.asks_at } else { KEPT }).collect()
}

struct Removal {
    vertices: Vec<Vertex>,
    queue: Queue,
    standing: Standing,
    units: Vec<UnitArea>,
}

/// What is asked of a vertex lies together: there are too many of them for the cache.
#[derive(Clone, Copy)]
struct Vertex {
    at: WorldPoint,
    arc: u32,
    /// Neighbours that still stand; `END` at the ends of arcs.
    previous: u32,
    next: u32,
    is_gone: bool,
    /// The level of its one valid entry in the queue; where it is gone, that at which it went.
    asks_at: u64,
}

/// Twice the area of a unit, in square world units.
#[derive(Clone, Copy, Default)]
struct UnitArea {
    at_first: i128,
    now: i128,
}

impl Removal {
    fn new(arcs: &[LevelArc], n_units: usize) -> Self {
        let mut vertices = Vec::with_capacity(arcs.iter().map(|arc| arc.points.len()).sum());
        let mut units = vec![UnitArea::default(); n_units];
        for (arc_idx, arc) in (0..).zip(arcs) {
            let first = vertices.len() as u32;
            let last = first + arc.points.len() as u32 - 1;
            vertices.extend((first..).zip(&arc.points).map(|(v, &at)| Vertex {
                at,
                arc: arc_idx,
                previous: if v == first { END } else { v - 1 },
                next: if v == last { END } else { v + 1 },
                is_gone: false,
                asks_at: KEPT,
            }));
            // y points south: walking with the unit on the right encloses it with a positive sum.
            let sum: i128 = arc.points.windows(2).map(|w| cross(w[0], w[1])).sum();
            change(&mut units, arc, sum);
        }
        for unit in &mut units {
            unit.at_first = unit.now;
        }
        let points: Vec<WorldPoint> = vertices.iter().map(|vertex| vertex.at).collect();
        Self { vertices, queue: Queue::new(), standing: Standing::new(&points), units }
    }

    fn is_interior(&self, v: u32) -> bool {
        let Vertex { previous, next, .. } = self.vertices[v as usize];
        previous != END && next != END
    }

    fn corner(&self, v: u32) -> [WorldPoint; 3] {
        let Vertex { at, previous, next, .. } = self.vertices[v as usize];
        [self.vertices[previous as usize].at, at, self.vertices[next as usize].at]
    }

    fn enqueue(&mut self, v: u32, level: u64) {
        let [a, b, c] = self.corner(v);
        let area = u64::try_from(turn(a, b, c).unsigned_abs()).unwrap_or(KEPT);
        self.ask_at(v, area.max(level));
    }

    fn ask_at(&mut self, v: u32, level: u64) {
        self.vertices[v as usize].asks_at = level;
        self.queue.push(level, v);
    }

    fn may_go(&self, arcs: &[LevelArc], v: u32) -> bool {
        let [a, b, c] = self.corner(v);
        let arc = &arcs[self.vertices[v as usize].arc as usize];
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

    /// Takes a vertex away at the level of its entry.
    fn remove(&mut self, arcs: &[LevelArc], v: u32) {
        let [a, b, c] = self.corner(v);
        let vertex = &mut self.vertices[v as usize];
        vertex.is_gone = true;
        let Vertex { arc, previous, next, asks_at: level, .. } = *vertex;
        change(&mut self.units, &arcs[arc as usize], -turn(a, b, c));
        self.standing.remove(v);
        self.vertices[previous as usize].next = next;
        self.vertices[next as usize].previous = previous;
        for neighbour in [previous, next] {
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
