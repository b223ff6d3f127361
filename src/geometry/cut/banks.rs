//! Walks along ground of no unit: which of it is closed in, and which is open.
//!
//! A walk follows the edges of the tiles, one face from tile to tile, until it comes back or to a place that is
//! wide enough to be seen as ground of its own.
//!
//! Owns: when ground is wide, what lies in a closed face, whose it becomes. Leaves to others: where to look
//! ([`outline`](super::outline)), filling ([`pockets`](super::pockets)).
//! Invariant: a wide place is joined to the edge that it was told at, as the tiles draw it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::index::LineIndex;
use super::links::{by_angle, cross};
use super::outline::tiles_of;
use super::pockets::{Rim, Vertex};
use super::{Arrangement, Label, TILE_LINES, TileCutter, Window};
use crate::geometry::simplify::{TILE_CELLS, WorldPoint, cell_shift};
use crate::model::TileCoord;

/// Ground with room for a square this wide beside one of its lines is no pocket: 16 px of a tile shown
/// at 512 px. Too low: the ends of doubled borders stay as holes; too high: bays are painted over.
const WIDE_CELLS: f64 = 128.0;

/// A line and its rounded copy are less than this apart.
const ROUNDING_CELLS: f64 = 1.0;

/// Walks along ground of no unit, from tile to tile of one zoom.
pub(super) struct Walker<'a> {
    cutter: &'a TileCutter,
    outline: &'a LineIndex,
    z: u8,
    /// Edges that begin in the tiles looked into.
    known: BTreeMap<[u32; 2], Vec<(Vertex, Vertex)>>,
    /// The edges of these tiles by their first vertex.
    leaving: HashMap<Vertex, Vec<Bank>>,
}

/// An edge with ground of no unit on its right.
#[derive(Clone, Copy)]
struct Bank {
    to: Vertex,
    /// [`Label::Outside`], or the gap.
    ground: Label,
    /// On the left.
    unit: u32,
    is_walked: bool,
}

/// A closed face of ground of no unit.
struct Face {
    ground: Label,
    ring: Vec<(Vertex, Bank)>,
    /// In square cells; positive.
    doubled_area: i64,
}

/// How a walk along a face ends.
enum End {
    Closed(Face),
    /// It came to a wide place, or goes around units.
    Open(Label),
}

impl<'a> Walker<'a> {
    pub fn new(cutter: &'a TileCutter, outline: &'a LineIndex, z: u8) -> Self {
        Self { cutter, outline, z, known: BTreeMap::new(), leaving: HashMap::new() }
    }

    /// The edges of each pocket that shows in a tile of `narrow`.
    pub fn pockets(&mut self, narrow: &BTreeSet<[u32; 2]>) -> Vec<Vec<Rim>> {
        let mut faces: BTreeMap<Label, Vec<Face>> = BTreeMap::new();
        let mut open: BTreeSet<Label> = BTreeSet::from([Label::Outside]);
        for &tile in narrow {
            self.look_into(tile);
            for (from, to) in self.known[&tile].clone() {
                match self.walk(from, to) {
                    Some(End::Closed(face)) => faces.entry(face.ground).or_default().push(face),
                    Some(End::Open(ground)) => drop(open.insert(ground)),
                    None => {}
                }
            }
        }
        let mut pockets = Vec::new();
        for (ground, mut parts) in faces {
            if !open.contains(&ground) {
                parts.sort_by_key(|face| (face.doubled_area, face.ring.iter().map(|(at, _)| *at).min()));
                parts.pop();
            }
            for face in parts {
                pockets.push(self.rims_of(face));
            }
        }
        pockets
    }

    /// Takes in the edges of a tile's own square.
    fn look_into(&mut self, tile: [u32; 2]) {
        if self.known.contains_key(&tile) {
            return;
        }
        let mut found = Vec::new();
        if let Ok(coord) = TileCoord::new(u32::from(self.z), tile[0], tile[1]) {
            let Arrangement { vertices, edges } =
                self.cutter.arrange_in(coord, &TILE_LINES, &self.cutter.pins);
            let is_own = |v: u32| vertices[v as usize].iter().all(|&c| (0..=TILE_CELLS).contains(&c));
            let whole = |v: u32| [0, 1].map(|i| vertices[v as usize][i] + tile[i] as i32 * TILE_CELLS);
            for edge in edges.iter().filter(|edge| is_own(edge.a) && is_own(edge.b)) {
                let [right, left] = edge.sides;
                for (from, to, ground, across) in
                    [(edge.a, edge.b, right, left), (edge.b, edge.a, left, right)]
                {
                    let (true, Label::Unit(unit)) = (ground.is_empty(), across) else { continue };
                    let (from, to) = (whole(from), whole(to));
                    found.push((from, to));
                    let banks = self.leaving.entry(from).or_default();
                    // An edge along a tile edge is in both tiles.
                    if banks.iter().all(|bank| bank.to != to) {
                        banks.push(Bank { to, ground, unit, is_walked: false });
                    }
                }
            }
        }
        self.known.insert(tile, found);
    }

    /// Follows a face from one of its edges on; `None` where it was followed before.
    fn walk(&mut self, from: Vertex, to: Vertex) -> Option<End> {
        let mut ring: Vec<(Vertex, Bank)> = Vec::new();
        let (mut at, mut next) = (from, to);
        let mut ground = Label::Outside;
        loop {
            let bank = self.leaving.get_mut(&at)?.iter_mut().find(|bank| bank.to == next)?;
            if std::mem::replace(&mut bank.is_walked, true) {
                let is_back = ring.first().is_some_and(|(first, bank)| (*first, bank.to) == (at, next));
                break is_back.then(|| closed(ring, ground));
            }
            ground = ground.min(bank.ground);
            ring.push((at, *bank));
            if self.is_wide(at, next) && self.is_open(at, next) {
                break Some(End::Open(ground));
            }
            self.look_around(next);
            // Arriving at a vertex, the ground on the right goes on with the line before this one.
            let arriving = [at[0] - next[0], at[1] - next[1]];
            let turns = |bank: &Bank| [bank.to[0] - next[0], bank.to[1] - next[1]];
            let leaving = self.leaving.get(&next)?;
            let before = leaving.iter().filter(|bank| by_angle(turns(bank), arriving).is_lt());
            let onward = before
                .max_by(|g, h| by_angle(turns(g), turns(h)))
                .or_else(|| leaving.iter().max_by(|g, h| by_angle(turns(g), turns(h))))?;
            (at, next) = (next, onward.to);
        }
    }

    /// Looks into all tiles that touch a vertex.
    fn look_around(&mut self, [x, y]: Vertex) {
        let beside = |v: i32| ((v - 1).max(0) / TILE_CELLS) as u32..=(v / TILE_CELLS) as u32;
        for x in beside(x) {
            for y in beside(y) {
                self.look_into([x, y]);
            }
        }
    }

    /// True when a square of [`WIDE_CELLS`] without a unit fits beside the middle of an edge, on its right.
    fn is_wide(&self, from: Vertex, to: Vertex) -> bool {
        let unit = f64::from(cell_shift(self.z)).exp2();
        let place = |at: Vertex| at.map(|v| f64::from(v) * unit - 31_f64.exp2());
        let (a, b) = (place(from), place(to));
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = dx.hypot(dy);
        let (along, across) = ([dx / length, dy / length], [-dy / length, dx / length]);
        let middle = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        let (near, half) = (ROUNDING_CELLS * unit, WIDE_CELLS / 2.0 * unit);
        let centre = [0, 1].map(|i| middle[i] + (near + half) * across[i]);
        let reach = half * (along[0].abs() + across[0].abs());
        let window = Window {
            min: centre.map(|v| (v - reach).floor() as i64),
            max: centre.map(|v| (v + reach).ceil() as i64),
        };
        let turned = |at: [f64; 2]| {
            let d = [at[0] - centre[0], at[1] - centre[1]];
            [d[0] * along[0] + d[1] * along[1], d[0] * across[0] + d[1] * across[1]]
        };
        let is_crossed = self.outline.any(self.z, window, |_, p, q| {
            let [p, q] = [p, q].map(|p| turned([f64::from(p.x), f64::from(p.y)]));
            meets_square(p, q, half)
        });
        // Pins close ground in as units do.
        let half_world = 31_f64.exp2();
        let is_in_square = |cell: [i64; 2]| {
            let at = cell.map(|v| (v as f64 + 0.5) * unit - half_world);
            turned(at).iter().all(|v| v.abs() <= half + near)
        };
        if is_crossed || self.cutter.pins.cells(self.z).any(is_in_square) {
            return false;
        }
        let clamped = |v: f64| v.clamp(f64::from(i32::MIN), f64::from(i32::MAX)) as i32;
        let middle = WorldPoint { x: clamped(centre[0]), y: clamped(centre[1]) };
        // Across a narrow channel the square lies within a unit.
        self.cutter.lines.locate(self.z, middle).is_empty()
    }

    /// True when no wall stands between the middle of an edge and the square of [`Self::is_wide`]: both lines of a
    /// thin one lie before it.
    fn is_open(&mut self, from: Vertex, to: Vertex) -> bool {
        let [dx, dy] = [0, 1].map(|i| f64::from(to[i]) - f64::from(from[i]));
        let middle = [0, 1].map(|i| f64::midpoint(f64::from(from[i]), f64::from(to[i])));
        // Rounded lines reach into the square, too.
        let reach = 2.0 * ROUNDING_CELLS / dx.hypot(dy);
        let end = [middle[0] - reach * dy, middle[1] + reach * dx];
        let tiles = |axis: usize| {
            let tile = |v: f64| v.max(0.0) as u32 / TILE_CELLS as u32;
            tile(middle[axis].min(end[axis]))..=tile(middle[axis].max(end[axis]))
        };
        tiles(0).all(|x| {
            tiles(1).all(|y| {
                self.look_into([x, y]);
                let mut walls = self.known[&[x, y]].iter().filter(|edge| **edge != (from, to));
                !walls.any(|&(p, q)| meet([middle, end], [p, q].map(|at| at.map(f64::from))))
            })
        })
    }

    /// The edges of a pocket, those of islands in it included, with the unit that it goes to.
    fn rims_of(&mut self, face: Face) -> Vec<Rim> {
        let mut banks = face.ring;
        banks.extend(self.islands_in(&banks));
        banks.sort_unstable_by_key(|(from, bank)| (*from, bank.to));
        let mut borders: BTreeMap<u32, f64> = BTreeMap::new();
        for (from, Bank { to, unit, .. }) in &banks {
            let length = f64::from(to[0] - from[0]).hypot(f64::from(to[1] - from[1]));
            *borders.entry(*unit).or_default() += length;
        }
        // Of equals the first unit: `max_by` would give the last.
        let longest = borders.iter().rev().max_by(|g, h| g.1.total_cmp(h.1));
        let &unit = longest.expect("a face has edges").0;
        banks.into_iter().map(|(from, bank)| Rim { from, to: bank.to, unit }).collect()
    }

    /// The edges around what lies in a face without touching its outer ring.
    fn islands_in(&mut self, ring: &[(Vertex, Bank)]) -> Vec<(Vertex, Bank)> {
        let on_ring: HashSet<Vertex> = ring.iter().map(|(at, _)| *at).collect();
        let corner = |pick: fn(i32, i32) -> i32, axis: usize| {
            let all = ring.iter().map(|(at, _)| at[axis]);
            all.reduce(pick).expect("a ring has vertices")
        };
        let (low, high) = ([0, 1].map(|i| corner(i32::min, i)), [0, 1].map(|i| corner(i32::max, i)));
        let units = |v: i32| (i64::from(v) << cell_shift(self.z)) - (1 << 31);
        let window = Window { min: low.map(units), max: high.map(units) };
        let mut tiles = BTreeSet::new();
        self.outline.visit(self.z, window, |_, from, to| {
            for end in [from, to] {
                tiles.extend(tiles_of(Window::around(end, end, 0), self.z));
            }
        });
        let mut found = BTreeMap::new();
        for tile in tiles {
            self.look_into(tile);
            for &(from, to) in &self.known[&tile] {
                let in_box = (0..2).all(|i| low[i] < from[i] && from[i] < high[i]);
                if in_box && !on_ring.contains(&from) && surrounds(ring, from) {
                    let bank = self.leaving[&from].iter().find(|bank| bank.to == to);
                    found.extend(bank.map(|bank| ((from, to), *bank)));
                }
            }
        }
        found.into_iter().map(|((from, _), bank)| (from, bank)).collect()
    }
}

/// A walk that came back: around a face, or around units.
fn closed(ring: Vec<(Vertex, Bank)>, ground: Label) -> End {
    let start = ring[0].0;
    let relative = |at: Vertex| [at[0] - start[0], at[1] - start[1]];
    let doubled_area = ring.iter().map(|(at, bank)| cross(relative(*at), relative(bank.to))).sum();
    if doubled_area > 0 {
        End::Closed(Face { ground, ring, doubled_area })
    } else {
        End::Open(Label::Outside)
    }
}

/// Even–odd, for a vertex that is not on the ring.
fn surrounds(ring: &[(Vertex, Bank)], p: Vertex) -> bool {
    let crosses = |(a, bank): &&(Vertex, Bank)| {
        let (above, below) = if a[1] < bank.to[1] { (*a, bank.to) } else { (bank.to, *a) };
        let turn = cross([below[0] - above[0], below[1] - above[1]], [p[0] - above[0], p[1] - above[1]]);
        above[1] <= p[1] && p[1] < below[1] && turn > 0
    };
    ring.iter().filter(crosses).count() % 2 == 1
}

/// Whether two segments have a point in common; collinear ones where their boxes meet.
fn meet([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let is_apart = |i: usize| a[i].max(b[i]) < c[i].min(d[i]) || c[i].max(d[i]) < a[i].min(b[i]);
    let side = |p: [f64; 2], q: [f64; 2], of: [f64; 2]| {
        (q[0] - p[0]) * (of[1] - p[1]) - (of[0] - p[0]) * (q[1] - p[1])
    };
    !is_apart(0)
        && !is_apart(1)
        && side(a, b, c) * side(a, b, d) <= 0.0
        && side(c, d, a) * side(c, d, b) <= 0.0
}

/// Whether a segment has a part in the square of half-width `half` around the middle.
fn meets_square(p: [f64; 2], q: [f64; 2], half: f64) -> bool {
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let run = q[axis] - p[axis];
        if run == 0.0 {
            if p[axis].abs() > half {
                return false;
            }
            continue;
        }
        let (a, b) = ((-half - p[axis]) / run, (half - p[axis]) / run);
        start = start.max(a.min(b));
        end = end.min(a.max(b));
    }
    start <= end
}
