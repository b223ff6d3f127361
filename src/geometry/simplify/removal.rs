//! The order in which vertices go.
//!
//! Owns: the queue by triangle area, and the two reasons to refuse a removal: another vertex in the
//! triangle, and a unit that would fall under half of its area.
//! Design: lines are looked at zoom by zoom only, so from one zoom to the next coarser one each cell thins its own arcs
//! by itself, from the smallest triangle up, and a cell after those that lie in it. Threads need not wait for each
//! other, and what one works on fits its cache; one queue for all arcs took three times as long. Cells follow from the
//! lines alone: how many threads there are changes nothing.
//! A refused vertex asks again when the level has doubled. Keeping lists of who waits for whom was dropped: zooms lie
//! a factor 4 apart, so doubling costs at most half a zoom.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cells::{Cell, Cells, OUTSIDE};
use super::standing::{self, Standing, Window};
use super::{LevelArc, WorldPoint, doubled_tolerance};
use crate::model::tile::ZOOM_MAX;
use crate::parallel;

/// No neighbour: the end of an arc.
const END: u32 = u32::MAX;

/// First zoom of a vertex that still stands.
const STANDING: u8 = 0;

/// Fewer vertices are not worth a thread of their own.
const THREAD_POINTS: usize = 1 << 19;

/// Level at which a vertex asks to go (twice an area in square world units), and its id.
pub type Entry = (u64, u32);

/// First zoom of each vertex, for the vertices of all arcs one after the other: one zoom finer than the finest that
/// does without it, [`super::NEVER`] where that is the deepest one.
pub fn first_zooms(arcs: &[LevelArc], n_units: usize) -> Vec<u8> {
    let points: Vec<WorldPoint> = arcs.iter().flat_map(|arc| &arc.points).copied().collect();
    let (mut standing, ids) = Standing::new(&points);
    drop(points);
    let Cells { mut root, sides } = Cells::new(arcs, n_units, &mut standing);
    let mut vertices = vec![Vertex::ALONE; ids.len()];
    let mut starts = Vec::with_capacity(arcs.len());
    let mut rest = ids.as_slice();
    for (arc, &sides) in arcs.iter().zip(&sides) {
        let (own, others) = rest.split_at(arc.points.len());
        starts.push(own[0]);
        link(&mut vertices, own, sides);
        rest = others;
    }
    let mut areas = areas(arcs, n_units, &sides);
    for zoom in (0..=ZOOM_MAX).rev() {
        let (standing, vertices, areas) = (standing.whole(), &mut vertices[..], &mut areas[..]);
        let mut part = Part { standing, vertices, areas, first_unit: 0 };
        part.thin(&mut root, &starts, zoom);
    }
    ids.iter().map(|&id| vertices[id as usize].first_zoom).collect()
}

/// What is asked of a vertex lies together: there are too many of them for the cache.
#[derive(Clone, Copy)]
struct Vertex {
    /// Neighbours that still stand; `END` at the ends of arcs.
    previous: u32,
    next: u32,
    /// Places of the units on the right and on the left.
    sides: [u32; 2],
    /// The level of its one valid entry.
    asks_at: u64,
    /// [`STANDING`] until it goes.
    first_zoom: u8,
}

/// Twice the area of a unit, in square world units.
#[derive(Clone, Copy, Default)]
struct UnitArea {
    at_first: i128,
    now: i128,
}

/// What a cell's thread may change.
struct Part<'a> {
    standing: standing::Part<'a>,
    /// As the points of `standing`.
    vertices: &'a mut [Vertex],
    /// Of the units of the cell, the first of which has this place.
    areas: &'a mut [UnitArea],
    first_unit: u32,
}

/// Vertices that ask to go before a level, the one that asks first in front.
struct Due {
    /// Those known at first, the last to ask in front.
    sorted: Vec<Entry>,
    /// Those that came since.
    late: BinaryHeap<Reverse<Entry>>,
}

impl Part<'_> {
    /// Takes away what a zoom does without, in a cell and all cells in it; gives the number that went.
    fn thin(&mut self, cell: &mut Cell, starts: &[u32], zoom: u8) -> u32 {
        let mut n_gone = 0;
        if let Some(halves) = &mut cell.halves {
            let is_long = self.vertices.len() >= THREAD_POINTS;
            let [a, b] = &mut **halves;
            let [mut part_a, mut part_b] = self.halves(b.units.start);
            let thin_a = || part_a.thin(a, starts, zoom);
            let (of_a, of_b) = parallel::both(is_long, thin_a, || part_b.thin(b, starts, zoom));
            n_gone = of_a + of_b;
            self.standing.lower(n_gone);
        }
        for arc in std::mem::take(&mut cell.arcs) {
            self.ask_along(starts[arc as usize], &mut cell.waiting);
        }
        let limit = doubled_tolerance(zoom);
        let mut due = Due::new(cell.waiting.extract_if(.., |&mut (level, _)| level < limit).collect());
        while let Some((level, v)) = due.pop() {
            // Entries that a neighbour's removal replaced are passed over here.
            let Vertex { asks_at, first_zoom, .. } = *self.vertex(v);
            if asks_at != level || first_zoom != STANDING {
                continue;
            }
            let mut ask_again = |entry: Entry| {
                if entry.0 < limit { due.late.push(Reverse(entry)) } else { cell.waiting.push(entry) }
            };
            if self.may_go(v) {
                for neighbour in self.remove(v, zoom) {
                    if let Some(area) = self.area_at(neighbour) {
                        ask_again(self.ask_at(neighbour, area.max(level)));
                    }
                }
                n_gone += 1;
            } else {
                ask_again(self.ask_at(v, (2 * level).max(1)));
            }
        }
        n_gone
    }

    /// - `unit`: the first of the second half.
    fn halves(&mut self, unit: u32) -> [Part<'_>; 2] {
        let [standing_a, standing_b] = self.standing.halves();
        let (vertices_a, vertices_b) = self.vertices.split_at_mut(standing_a.n_points());
        let (areas_a, areas_b) = self.areas.split_at_mut((unit - self.first_unit) as usize);
        [
            Part { standing: standing_a, vertices: vertices_a, areas: areas_a, first_unit: self.first_unit },
            Part { standing: standing_b, vertices: vertices_b, areas: areas_b, first_unit: unit },
        ]
    }

    fn vertex(&mut self, v: u32) -> &mut Vertex {
        &mut self.vertices[(v - self.standing.first()) as usize]
    }

    fn area(&mut self, unit: u32) -> &mut UnitArea {
        &mut self.areas[(unit - self.first_unit) as usize]
    }

    /// Lets all vertices between the ends of an arc ask.
    fn ask_along(&mut self, start: u32, waiting: &mut Vec<Entry>) {
        let mut v = self.vertex(start).next;
        while v != END {
            if let Some(area) = self.area_at(v) {
                waiting.push(self.ask_at(v, area));
            }
            v = self.vertex(v).next;
        }
    }

    fn ask_at(&mut self, v: u32, level: u64) -> Entry {
        self.vertex(v).asks_at = level;
        (level, v)
    }

    /// A vertex between its neighbours; `None` at the ends of arcs.
    fn corner(&mut self, v: u32) -> Option<[WorldPoint; 3]> {
        let Vertex { previous, next, .. } = *self.vertex(v);
        let has_both = previous != END && next != END;
        has_both.then(|| [previous, v, next].map(|v| self.standing.point(v)))
    }

    /// Twice the area that goes with a vertex.
    fn area_at(&mut self, v: u32) -> Option<u64> {
        let [a, b, c] = self.corner(v)?;
        Some(u64::try_from(turn(a, b, c).unsigned_abs()).unwrap_or(u64::MAX))
    }

    fn may_go(&mut self, v: u32) -> bool {
        let Some([a, b, c]) = self.corner(v) else { return false };
        let [right, left] = self.vertex(v).sides;
        let lost = turn(a, b, c);
        let mut shrinks_too_far = |unit: u32, lost: i128| {
            lost > 0 && unit != OUTSIDE && {
                let UnitArea { at_first, now } = *self.area(unit);
                2 * (now - lost) < at_first
            }
        };
        if shrinks_too_far(right, lost) || shrinks_too_far(left, -lost) {
            return false;
        }
        let window = Window::EMPTY.with(a).with(b).with(c);
        // Arcs that meet at a corner of the triangle have an end there: the same place, not inside.
        !self.standing.any(window, &mut |p| {
            p != a && p != b && p != c && {
                let turns = [turn(a, b, p), turn(b, c, p), turn(c, a, p)];
                turns.iter().all(|&t| t >= 0) || turns.iter().all(|&t| t <= 0)
            }
        })
    }

    /// Takes a vertex away; gives its neighbours.
    fn remove(&mut self, v: u32, zoom: u8) -> [u32; 2] {
        let lost = self.corner(v).map_or(0, |[a, b, c]| turn(a, b, c));
        let Vertex { previous, next, sides: [right, left], .. } = *self.vertex(v);
        if right != OUTSIDE {
            self.area(right).now -= lost;
        }
        if left != OUTSIDE {
            self.area(left).now += lost;
        }
        self.standing.remove(v);
        self.vertex(v).first_zoom = zoom + 1;
        self.vertex(previous).next = next;
        self.vertex(next).previous = previous;
        [previous, next]
    }
}

impl Due {
    fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by(|a, b| b.cmp(a));
        Self { sorted: entries, late: BinaryHeap::new() }
    }

    fn pop(&mut self) -> Option<Entry> {
        match (self.sorted.last(), self.late.peek()) {
            (Some(&sorted), Some(&Reverse(late))) if late < sorted => {
                self.late.pop().map(|Reverse(late)| late)
            }
            (None, _) => self.late.pop().map(|Reverse(late)| late),
            _ => self.sorted.pop(),
        }
    }
}

impl Vertex {
    const ALONE: Self =
        Self { previous: END, next: END, sides: [OUTSIDE; 2], asks_at: u64::MAX, first_zoom: STANDING };
}

/// Links the vertices of an arc.
fn link(vertices: &mut [Vertex], ids: &[u32], sides: [u32; 2]) {
    for &id in ids {
        vertices[id as usize].sides = sides;
    }
    for pair in ids.windows(2) {
        vertices[pair[0] as usize].next = pair[1];
        vertices[pair[1] as usize].previous = pair[0];
    }
}

/// Areas of the units by their places.
fn areas(arcs: &[LevelArc], n_units: usize, sides: &[[u32; 2]]) -> Vec<UnitArea> {
    // y points south: walking with the unit on the right encloses it with a positive sum.
    let sums =
        parallel::map(arcs.len(), |i| arcs[i].points.windows(2).map(|w| cross(w[0], w[1])).sum::<i128>());
    let mut areas = vec![UnitArea::default(); n_units];
    for (sum, &[right, left]) in sums.into_iter().zip(sides) {
        for (unit, sum) in [(right, sum), (left, -sum)] {
            if unit != OUTSIDE {
                areas[unit as usize].now += sum;
            }
        }
    }
    for area in &mut areas {
        area.at_first = area.now;
    }
    areas
}

fn cross(a: WorldPoint, b: WorldPoint) -> i128 {
    i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
}

/// Twice the signed area of a triangle; positive where it turns right as drawn (y points south).
fn turn(a: WorldPoint, b: WorldPoint, c: WorldPoint) -> i128 {
    let d = |p: i32, q: i32| i128::from(q) - i128::from(p);
    d(a.x, b.x) * d(a.y, c.y) - d(a.x, c.x) * d(a.y, b.y)
}
