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
        holes(self.rim())
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

/// The tiles of a zoom laid side by side: rims inside their own squares, in cells of the whole zoom.
#[derive(Default)]
pub struct Sheet {
    rim: HashSet<Edge>,
}

impl Sheet {
    /// - `square`: cells of a tile's side; `x`, `y`: the tile's number.
    pub fn lay(&mut self, tile: &Tile, square: i32, [x, y]: [u32; 2]) {
        let whole = |p: Cell| [p[0] + x as i32 * square, p[1] + y as i32 * square];
        for edge in tile.rim() {
            let inside = |p: &Cell| p.iter().all(|&v| (0..=square).contains(&v));
            let parts = parted(edge, square);
            self.rim.extend(parts.filter(|(a, b)| inside(a) && inside(b)).map(|(a, b)| (whole(a), whole(b))));
        }
    }

    /// Holes in the union of all areas of the tiles laid, also those that tile edges cut.
    pub fn holes(&self) -> Vec<Ring> {
        holes(self.rim.iter().copied())
    }
}

/// An edge parted where it passes the lines of a tile's square; it does so in whole cells.
fn parted((a, b): Edge, square: i32) -> impl Iterator<Item = Edge> {
    let mut stops = vec![a, b];
    for axis in [0, 1] {
        for line in [0, square] {
            if (a[axis] < line) != (b[axis] < line) && a[axis] != line && b[axis] != line {
                let run = i64::from(b[axis] - a[axis]);
                let way = i64::from(b[1 - axis] - a[1 - axis]) * i64::from(line - a[axis]);
                assert_eq!(way % run, 0, "{a:?} to {b:?} passes the line {axis} = {line} off the grid");
                let across = (i64::from(a[1 - axis]) + way / run) as i32;
                stops.push(if axis == 0 { [line, across] } else { [across, line] });
            }
        }
    }
    let along = move |p: &Cell| {
        i64::from(p[0] - a[0]) * i64::from(b[0] - a[0]) + i64::from(p[1] - a[1]) * i64::from(b[1] - a[1])
    };
    stops.sort_by_key(along);
    stops.dedup();
    (1..stops.len()).map(move |i| (stops[i - 1], stops[i]))
}

/// Rings around empty ground among edges with an area on their right only.
fn holes(rim: impl IntoIterator<Item = Edge>) -> Vec<Ring> {
    let mut onward: BTreeMap<Cell, Vec<Cell>> = BTreeMap::new();
    for (a, b) in rim {
        onward.entry(a).or_default().push(b);
    }
    let angle = |from: Cell, to: Cell| f64::from(to[1] - from[1]).atan2(f64::from(to[0] - from[0]));
    let mut holes = Vec::new();
    while let Some((&start, ends)) = onward.first_key_value() {
        let first = ends[0];
        let mut ring = Vec::new();
        let (mut at, mut to) = (start, first);
        let closes = loop {
            let ends = onward.get_mut(&at).expect("the way was found here");
            ends.retain(|&end| end != to);
            if ends.is_empty() {
                onward.remove(&at);
            }
            ring.push(at);
            // The empty ground is on the left: of several ways the one that turns left the most.
            let turn = |end: Cell| (angle(to, end) - angle(to, at)).rem_euclid(std::f64::consts::TAU);
            let mut ways: Vec<Cell> = onward.get(&to).cloned().unwrap_or_default();
            if to == start {
                ways.push(first);
            }
            let next = ways.into_iter().min_by(|&g, &h| turn(g).total_cmp(&turn(h)));
            match next {
                // What does not return has run into the square's edge.
                None => break false,
                Some(next) if (to, next) == (start, first) => break true,
                Some(next) => (at, to) = (to, next),
            }
        };
        if closes && doubled_ring(&ring) < 0 {
            holes.push(ring);
        }
    }
    holes
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

/// Rings long enough, no vertex twice, exterior clockwise as drawn, holes the other way, inside it and
/// beside each other; and where rings touch, they do not part the inside.
fn is_simple((exterior, holes): &Polygon) -> bool {
    let no_repeat = |ring: &Ring| ring.len() >= 3 && ring.iter().collect::<HashSet<_>>().len() == ring.len();
    // A ring may touch another in a vertex; any other vertex decides.
    let inside = |inner: &Ring, outer: &Ring| {
        inner.iter().find(|p| !outer.contains(p)).is_some_and(|&p| contains(outer, p))
    };
    let beside = |(i, hole): (usize, &Ring)| {
        holes[i + 1..].iter().all(|other| !inside(hole, other) && !inside(other, hole))
    };
    no_repeat(exterior)
        && doubled_ring(exterior) > 0
        && holes.iter().all(|hole| no_repeat(hole) && doubled_ring(hole) < 0 && inside(hole, exterior))
        && holes.iter().enumerate().all(beside)
        && !touches_close(std::iter::once(exterior).chain(holes))
}

/// True when rings that touch in vertices form a closed chain: ground inside it is cut off.
fn touches_close<'a>(rings: impl Iterator<Item = &'a Ring>) -> bool {
    let mut rings_at: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    let mut n_rings = 0;
    for (i, ring) in rings.enumerate() {
        n_rings = i + 1;
        for &p in ring {
            rings_at.entry(p).or_default().push(i);
        }
    }
    // Rings and the vertices where they touch, as one forest: a link within a tree closes a chain.
    let mut tree_of: Vec<usize> = (0..n_rings).collect();
    for touching in rings_at.into_values().filter(|rings| rings.len() > 1) {
        for pair in touching.windows(2) {
            let (g, h) = (tree_of[pair[0]], tree_of[pair[1]]);
            if g == h {
                return true;
            }
            tree_of.iter_mut().filter(|tree| **tree == h).for_each(|tree| *tree = g);
        }
    }
    false
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

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: i32, y: i32, size: i32) -> Ring {
        vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size]]
    }

    fn hole(x: i32, y: i32, size: i32) -> Ring {
        square(x, y, size).into_iter().rev().collect()
    }

    #[test]
    fn holes_lie_beside_each_other() {
        let simple = |holes: Vec<Ring>| is_simple(&(square(0, 0, 20), holes));
        assert!(simple(vec![hole(2, 2, 4), hole(8, 8, 4)]));
        assert!(!simple(vec![hole(2, 2, 9), hole(4, 4, 3)]), "one in the other");
        assert!(!simple(vec![hole(2, 2, 4), hole(2, 2, 4)]), "the same twice");
        assert!(simple(vec![hole(2, 2, 4), hole(6, 6, 4)]), "touching in a corner");
        assert!(!simple(vec![hole(30, 30, 4)]), "outside");
        assert!(!simple(vec![square(2, 2, 4)]), "turning the wrong way");
    }

    #[test]
    fn rings_that_touch_do_not_cut_ground_off() {
        let simple = |holes: &[Ring]| is_simple(&(square(0, 0, 20), holes.to_vec()));
        let around = [hole(4, 8, 4), hole(8, 4, 4), hole(12, 8, 4), hole(8, 12, 4)];
        assert!(simple(&around[..3]));
        assert!(!simple(&around), "four corner to corner");
        let inner: Ring = vec![[0, 5], [5, 10], [10, 5], [5, 0]];
        let mut exterior = square(0, 0, 20);
        exterior.push([0, 5]);
        assert!(is_simple(&(exterior.clone(), vec![inner.clone()])), "touching the exterior once");
        exterior.insert(1, [5, 0]);
        assert!(!is_simple(&(exterior, vec![inner])), "touching the exterior twice");
    }
}
