//! Exact judgement of a cut tile: what must hold for the areas in its square, in integers.
//!
//! Nothing of the code under test is used here.

use std::collections::{BTreeMap, HashMap, HashSet};

pub type Cell = [i32; 2];
pub type Ring = Vec<Cell>;

/// A polygon as decoded: exterior, holes.
pub type Polygon = (Ring, Vec<Ring>);

/// Areas by unit, and what the tile's square (with its buffer) spans.
pub struct Tile<'a> {
    pub areas: &'a BTreeMap<u64, Vec<Polygon>>,
    pub low: i32,
    pub high: i32,
}

/// Faults found; all empty in a right tile.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Units with a ring that is too short, repeats a vertex, or turns the wrong way, or a hole
    /// outside its exterior.
    pub invalid: Vec<u64>,
    /// Edges that cross another edge, or touch it other than at its ends.
    pub crossings: Vec<[Cell; 2]>,
    /// Edges with two areas on the same side.
    pub overlaps: Vec<[Cell; 2]>,
}

type Edge = (Cell, Cell);

impl Tile<'_> {
    /// Twice the sum of all areas.
    pub fn doubled_area(&self) -> i64 {
        self.areas.values().flatten().map(doubled_polygon).sum()
    }

    pub fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        for (&unit, polygons) in self.areas {
            if polygons.iter().any(|p| !is_simple(p)) {
                faults.invalid.push(unit);
            }
        }
        let edges = self.edges();
        let mut seen = HashSet::new();
        faults.overlaps = edges.iter().filter(|&&e| !seen.insert(e)).map(|&(a, b)| [a, b]).collect();
        faults.crossings = crossings(&edges);
        faults
    }

    /// Edges that have an area on one side only and do not lie on the square: the outer border.
    pub fn rim(&self) -> Vec<Edge> {
        let edges: HashSet<Edge> = self.edges().into_iter().collect();
        let on_square =
            |(a, b): Edge| (0..2).any(|i| a[i] == b[i] && (a[i] == self.low || a[i] == self.high));
        let mut rim: Vec<Edge> =
            edges.iter().copied().filter(|&(a, b)| !edges.contains(&(b, a)) && !on_square((a, b))).collect();
        rim.sort_unstable();
        rim
    }

    /// Closed parts of the rim with areas all around them: holes in the union.
    pub fn holes(&self) -> Vec<Ring> {
        let mut onward: BTreeMap<Cell, Vec<Cell>> = BTreeMap::new();
        for (a, b) in self.rim() {
            onward.entry(a).or_default().push(b);
        }
        let mut holes = Vec::new();
        while let Some((&start, _)) = onward.first_key_value() {
            let mut ring = Vec::new();
            let mut at = start;
            while let Some(ends) = onward.get_mut(&at) {
                ring.push(at);
                let to = ends.pop().expect("emptied entries are removed");
                if ends.is_empty() {
                    onward.remove(&at);
                }
                at = to;
            }
            // What does not return has run into the square's edge.
            if at == start && doubled_ring(&ring) < 0 {
                holes.push(ring);
            }
        }
        holes
    }

    /// All ring edges in their direction, parted where another vertex lies on a level or upright one
    /// (encoders leave such vertices out).
    fn edges(&self) -> Vec<Edge> {
        let mut on_line: [BTreeMap<i32, Vec<i32>>; 2] = Default::default();
        for ring in self.rings() {
            for p in ring {
                on_line[0].entry(p[0]).or_default().push(p[1]);
                on_line[1].entry(p[1]).or_default().push(p[0]);
            }
        }
        for values in on_line.iter_mut().flat_map(BTreeMap::values_mut) {
            values.sort_unstable();
            values.dedup();
        }
        let mut edges = Vec::new();
        for ring in self.rings() {
            for (a, b) in around(ring) {
                let Some(axis) = (0..2).find(|&i| a[i] == b[i]) else {
                    edges.push((a, b));
                    continue;
                };
                let other = 1 - axis;
                let (from, to) = (a[other].min(b[other]), a[other].max(b[other]));
                let values = &on_line[axis][&a[axis]];
                let range = values.partition_point(|&v| v < from)..values.partition_point(|&v| v <= to);
                let mut stops: Vec<Cell> =
                    values[range].iter().map(|&v| if axis == 0 { [a[0], v] } else { [v, a[1]] }).collect();
                if a[other] > b[other] {
                    stops.reverse();
                }
                edges.extend(stops.windows(2).map(|w| (w[0], w[1])));
            }
        }
        edges
    }

    fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.areas.values().flatten().flat_map(|(exterior, holes)| std::iter::once(exterior).chain(holes))
    }

    /// Which unit lies along the line `axis` = `at`, on its lower or upper side: `(from, to, unit)`
    /// between `low` and `high`, sorted. Panics if an area passes the line off the grid.
    pub fn along(&self, axis: usize, at: i32, upper: bool, low: i32, high: i32) -> Vec<(i32, i32, u64)> {
        let mut spans = Vec::new();
        for (&unit, polygons) in self.areas {
            let (mut starts, mut ends) = (Vec::new(), Vec::new());
            for ring in polygons.iter().flat_map(|(exterior, holes)| std::iter::once(exterior).chain(holes)) {
                for (a, b) in around(ring) {
                    let beside = |p: Cell| if upper { p[axis] > at } else { p[axis] < at };
                    if beside(a) == beside(b) {
                        continue;
                    }
                    let (run, rise) = (
                        i64::from(b[axis]) - i64::from(a[axis]),
                        i64::from(b[1 - axis]) - i64::from(a[1 - axis]),
                    );
                    let way = rise * (i64::from(at) - i64::from(a[axis]));
                    assert_eq!(way % run, 0, "{a:?} to {b:?} passes the line {axis} = {at} off the grid");
                    let place = (i64::from(a[1 - axis]) + way / run) as i32;
                    // The area is on the side of positive cross products.
                    if (run > 0) == (axis == 0) { starts.push(place) } else { ends.push(place) }
                }
            }
            starts.sort_unstable();
            ends.sort_unstable();
            assert_eq!(starts.len(), ends.len());
            for (start, end) in starts.into_iter().zip(ends) {
                let (start, end) = (start.max(low), end.min(high));
                if start < end {
                    spans.push((start, end, unit));
                }
            }
        }
        spans.sort_unstable();
        // An area may touch the line in a point between two spans of its own.
        spans.dedup_by(|next, span| {
            let joins = span.1 == next.0 && span.2 == next.2;
            if joins {
                span.1 = next.1;
            }
            joins
        });
        spans
    }
}

pub fn around(ring: &Ring) -> impl Iterator<Item = Edge> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

fn turn(a: Cell, b: Cell, p: Cell) -> i64 {
    let d = |i: usize, q: Cell| i64::from(q[i]) - i64::from(a[i]);
    d(0, b) * d(1, p) - d(0, p) * d(1, b)
}

pub fn doubled_ring(ring: &Ring) -> i64 {
    around(ring).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(a[1]) * i64::from(b[0])).sum()
}

fn doubled_polygon((exterior, holes): &Polygon) -> i64 {
    doubled_ring(exterior) + holes.iter().map(doubled_ring).sum::<i64>()
}

/// Rings long enough, no vertex twice, exterior clockwise as drawn, holes the other way and inside.
fn is_simple((exterior, holes): &Polygon) -> bool {
    let no_repeat = |ring: &Ring| ring.len() >= 3 && ring.iter().collect::<HashSet<_>>().len() == ring.len();
    let inside = |hole: &Ring| {
        // A hole may touch its exterior in one vertex; any other vertex decides.
        let touching = hole.iter().filter(|p| exterior.contains(p)).count();
        let free = hole.iter().find(|p| !exterior.contains(p));
        touching <= 1 && free.is_some_and(|&p| contains(exterior, p))
    };
    no_repeat(exterior)
        && doubled_ring(exterior) > 0
        && holes.iter().all(|hole| no_repeat(hole) && doubled_ring(hole) < 0 && inside(hole))
}

fn contains(ring: &Ring, p: Cell) -> bool {
    let mut inside = false;
    for (a, b) in around(ring) {
        if (a[1] <= p[1]) != (b[1] <= p[1]) {
            inside ^= (turn(a, b, p) > 0) == (b[1] > a[1]);
        }
    }
    inside
}

/// Pairs of edges that share more than an end; one of each pair is given. Sweeps from west to east.
fn crossings(edges: &[Edge]) -> Vec<[Cell; 2]> {
    let mut undirected: Vec<Edge> = edges.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
    undirected.sort_unstable();
    undirected.dedup();
    let mut by_row: HashMap<i32, Vec<Edge>> = HashMap::new();
    let mut bad = Vec::new();
    for &(a, b) in &undirected {
        let (top, bottom) = (a[1].min(b[1]), a[1].max(b[1]));
        for row in top >> 6..=bottom >> 6 {
            let active = by_row.entry(row).or_default();
            active.retain(|&(_, end)| end[0] >= a[0]);
            if active.iter().any(|&(c, d)| meet(a, b, c, d)) {
                bad.push([a, b]);
            }
            active.push((a, b));
        }
    }
    bad
}

fn meet(a: Cell, b: Cell, c: Cell, d: Cell) -> bool {
    let boxes_apart = (0..2).any(|i| a[i].max(b[i]) < c[i].min(d[i]) || c[i].max(d[i]) < a[i].min(b[i]));
    if boxes_apart {
        return false;
    }
    let within = |p: Cell, a: Cell, b: Cell| {
        p != a
            && p != b
            && turn(a, b, p) == 0
            && (0..2).all(|i| a[i].min(b[i]) <= p[i] && p[i] <= a[i].max(b[i]))
    };
    let sign = |v: i64| v.signum();
    within(c, a, b)
        || within(d, a, b)
        || within(a, c, d)
        || within(b, c, d)
        || (sign(turn(a, b, c)) * sign(turn(a, b, d)) < 0 && sign(turn(c, d, a)) * sign(turn(c, d, b)) < 0)
}
