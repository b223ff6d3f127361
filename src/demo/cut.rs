//! Cutting a ring in two along a wandering line between two of its vertices.
//!
//! Because a cut starts and ends in vertices that are already there, nothing that was cut before
//! needs a new vertex, and all pieces share their borders vertex for vertex by construction.
//!
//! Owns: the search for good ends, and the proof that the line stays inside.
//! Invariant: a line keeps away from the ring by a part of its own fineness, so both pieces are
//! simple rings, on the grid too.

use std::collections::BTreeSet;

use super::border::{Manner, wander};
use super::plane::{Vertex, distance_m, segment_distance_m};
use super::random::Random;
use crate::model::GridPoint;

/// What a piece would be like.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub area_m2: f64,
    pub perimeter_m: f64,
    /// Centroid.
    pub x: f64,
    pub y: f64,
    /// True when the wish's anchor lies on this piece (or there is none).
    pub has_anchor: bool,
}

/// What kind of cut is wanted. *Forward* is the piece that runs along the ring from the start
/// vertex to the end vertex, *back* the rest.
pub struct Wish<'a> {
    /// Only this vertex may be the start; `None`: any.
    pub start: Option<usize>,
    /// A vertex whose piece matters to `badness`.
    pub anchor: Option<usize>,
    /// Parts of the area that the forward piece may have.
    pub forward: &'a [f64],
    /// How bad a cut is, from its forward and back piece and the index into `forward`.
    pub badness: &'a dyn Fn(&Part, &Part, usize) -> f64,
}

/// A ring cut in two, both counter-clockwise.
pub struct Pieces {
    pub forward: Vec<Vertex>,
    pub back: Vec<Vertex>,
    /// Which of the wished parts `forward` has.
    pub which: usize,
}

struct Candidate {
    start: usize,
    end: usize,
    which: usize,
    /// By how much the forward piece is smaller than wished with a straight line.
    missing_m2: f64,
    badness: f64,
}

impl Part {
    /// Perimeter squared over area, 1 for a circle.
    pub fn raggedness(&self) -> f64 {
        self.perimeter_m * self.perimeter_m / (12.566 * self.area_m2)
    }
}

/// Cuts a counter-clockwise ring; `ends` are vertices where cuts end already, best left alone.
///
/// `None` when no line fits, which a ring of many vertices hardly ever brings about.
pub fn cut(
    ring: &[Vertex],
    wish: &Wish,
    manner: &Manner,
    ends: &mut BTreeSet<GridPoint>,
    random: &mut Random,
) -> Option<Pieces> {
    let candidates = candidates(ring, wish, ends, random);
    for candidate in candidates.iter().take(N_TRIED) {
        let (from, to) = (ring[candidate.start], ring[candidate.end]);
        let bend_most = BEND_MAX * distance_m(from, to) * distance_m(from, to);
        for (roughness, bend) in [(1.0, 1.0), (0.7, 1.0), (0.4, 0.5), (0.1, 0.0)] {
            let manner = Manner { step_m: manner.step_m, roughness: manner.roughness * roughness };
            let left_m2 = bend * candidate.missing_m2.clamp(-bend_most, bend_most);
            let line = wander(from, to, left_m2, &manner, random);
            if fits(ring, candidate.start, candidate.end, &line) {
                ends.extend([from.grid, to.grid]);
                return Some(pieces(ring, candidate, &line));
            }
        }
    }
    None
}

/// Good ends first.
fn candidates(
    ring: &[Vertex],
    wish: &Wish,
    ends: &BTreeSet<GridPoint>,
    random: &mut Random,
) -> Vec<Candidate> {
    let n = ring.len();
    let sums = Sums::over(ring);
    let total_m2 = sums.part(ring, 0, n - 1).0.area_m2;
    let crowded: Vec<f64> = (0..n)
        .map(|i| {
            let beside = ends.contains(&ring[(i + 1) % n].grid) || ends.contains(&ring[(i + n - 1) % n].grid);
            f64::from(u8::from(ends.contains(&ring[i].grid))) * 3.0 + f64::from(u8::from(beside)) * 0.5
        })
        .collect();
    let stride = if n <= N_STARTS { 1 } else { n / N_STARTS };
    let offset = random.below(stride);
    let starts: Vec<usize> =
        wish.start.map_or_else(|| (offset..n).step_by(stride).collect(), |start| vec![start]);
    let mut found = Vec::new();
    for start in starts {
        for (which, &share) in wish.forward.iter().enumerate() {
            let wanted_m2 = share * total_m2;
            let nearest = (2..n - 1)
                .map(|ahead| (start + ahead) % n)
                .map(|end| (end, wanted_m2 - sums.area_m2(ring, start, end)))
                .min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            let Some((end, missing_m2)) = nearest else { continue };
            let (mut forward, mut back) = sums.part(ring, start, end);
            if let Some(anchor) = wish.anchor {
                let ahead = |to: usize| (to + n - start) % n;
                forward.has_anchor = ahead(anchor) <= ahead(end);
                back.has_anchor = !forward.has_anchor || anchor == start || anchor == end;
            }
            let chord = distance_m(ring[start], ring[end]);
            if forward.area_m2 <= 0.0 || back.area_m2 <= 0.0 || chord <= 0.0 {
                continue;
            }
            let off_m2 = (missing_m2.abs() - BEND_MAX * chord * chord).max(0.0);
            let badness = (wish.badness)(&forward, &back, which)
                + 6.0 * off_m2 / wanted_m2.min(total_m2 - wanted_m2)
                + missing_m2.abs() / (chord * chord)
                + crowded[start]
                + crowded[end]
                + 0.35 * random.unit();
            found.push(Candidate { start, end, which, missing_m2, badness });
        }
    }
    found.sort_by(|a, b| a.badness.total_cmp(&b.badness));
    found
}

/// Running sums along a ring: areas, perimeters and centroids of any stretch in constant time.
struct Sums {
    /// Cross product, first moments (relative to the first vertex), length; up to each vertex.
    upto: Vec<[f64; 4]>,
    all: [f64; 4],
}

impl Sums {
    fn over(ring: &[Vertex]) -> Self {
        let mut sum = [0.0; 4];
        let mut upto = Vec::with_capacity(ring.len());
        for (i, &a) in ring.iter().enumerate() {
            upto.push(sum);
            let piece = terms(ring[0], a, ring[(i + 1) % ring.len()]);
            for (s, p) in sum.iter_mut().zip(piece) {
                *s += p;
            }
        }
        Self { upto, all: sum }
    }

    fn stretch(&self, from: usize, to: usize) -> [f64; 4] {
        let wrap = if to < from { self.all } else { [0.0; 4] };
        std::array::from_fn(|k| self.upto[to][k] - self.upto[from][k] + wrap[k])
    }

    fn area_m2(&self, ring: &[Vertex], from: usize, to: usize) -> f64 {
        let wrap = if to < from { self.all[0] } else { 0.0 };
        let chord = origin_cross(ring[0], ring[to], ring[from]);
        (self.upto[to][0] - self.upto[from][0] + wrap + chord) / 2.0
    }

    /// The pieces on both sides of the chord.
    fn part(&self, ring: &[Vertex], from: usize, to: usize) -> (Part, Part) {
        let part = |from: usize, to: usize| {
            let (along, chord) = (self.stretch(from, to), terms(ring[0], ring[to], ring[from]));
            let doubled = along[0] + chord[0];
            Part {
                area_m2: doubled / 2.0,
                perimeter_m: along[3] + chord[3],
                x: ring[0].x + (along[1] + chord[1]) / (3.0 * doubled),
                y: ring[0].y + (along[2] + chord[2]) / (3.0 * doubled),
                has_anchor: true,
            }
        };
        (part(from, to), part(to, from))
    }
}

fn origin_cross(origin: Vertex, a: Vertex, b: Vertex) -> f64 {
    (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
}

fn terms(origin: Vertex, a: Vertex, b: Vertex) -> [f64; 4] {
    let c = origin_cross(origin, a, b);
    [c, (a.x + b.x - 2.0 * origin.x) * c, (a.y + b.y - 2.0 * origin.y) * c, distance_m(a, b)]
}

/// True when the line from `start` to `end` runs inside the ring and well away from it.
fn fits(ring: &[Vertex], start: usize, end: usize, line: &[Vertex]) -> bool {
    let n = ring.len();
    let (from, to) = (ring[start], ring[end]);
    let around = |i: usize| (ring[(i + n - 1) % n], ring[(i + 1) % n]);
    let (first, last) = (line.first().copied().unwrap_or(to), line.last().copied().unwrap_or(from));
    if !leaves_inward(from, around(start), first) || !leaves_inward(to, around(end), last) {
        return false;
    }
    let mut walk = Vec::with_capacity(line.len() + 2);
    walk.push(from);
    walk.extend_from_slice(line);
    walk.push(to);
    let n_pieces = walk.len() - 1;
    let touches = |i: usize, at: usize| i == at || (i + 1) % n == at;
    for (chunk_idx, chunk) in walk.chunks(CHUNK).enumerate() {
        let base = chunk_idx * CHUNK;
        let upto = (base + chunk.len()).min(n_pieces);
        let frame = Frame::around(&walk[base..=upto.max(base)]);
        for i in 0..n {
            let side = [ring[i], ring[(i + 1) % n]];
            if frame.is_beyond(side) {
                continue;
            }
            for k in base..upto {
                let piece = [walk[k], walk[k + 1]];
                let (is_first, is_last) = (k == 0, k + 1 == n_pieces);
                if (is_first && touches(i, start)) || (is_last && touches(i, end)) {
                    continue;
                }
                let length = distance_m(piece[0], piece[1]);
                let gap = if is_first || is_last { 0.12 * length } else { 0.25 * length };
                if is_beyond(piece, side, gap) {
                    continue;
                }
                if segment_distance_m(piece, side) < gap.max(GAP_MIN_M) {
                    return false;
                }
            }
        }
    }
    keeps_off_itself(&walk)
}

/// True when the pieces of the line that are not beside each other do not touch.
fn keeps_off_itself(walk: &[Vertex]) -> bool {
    let n_pieces = walk.len() - 1;
    (0..n_pieces).all(|a| {
        let piece = [walk[a], walk[a + 1]];
        // Wandering only ever turns gently: far pieces cannot come back.
        (a + 2..n_pieces.min(a + 40)).all(|b| {
            let other = [walk[b], walk[b + 1]];
            is_beyond(piece, other, GAP_MIN_M) || segment_distance_m(piece, other) >= GAP_MIN_M
        })
    })
}

/// True when `toward` leaves `at` into the ring, clear of both sides there by some 20 degrees.
fn leaves_inward(at: Vertex, (previous, next): (Vertex, Vertex), toward: Vertex) -> bool {
    let arm = |p: Vertex| [p.x - at.x, p.y - at.y];
    let (next, previous, toward) = (arm(next), arm(previous), arm(toward));
    let z = |a: [f64; 2], b: [f64; 2]| a[0] * b[1] - a[1] * b[0];
    let turn = |a: [f64; 2], sin: f64| [a[0] * COS_MARGIN - a[1] * sin, a[0] * sin + a[1] * COS_MARGIN];
    let (low, high) = (turn(next, SIN_MARGIN), turn(previous, -SIN_MARGIN));
    let between = |a: [f64; 2], b: [f64; 2]| z(a, toward) > 0.0 && z(toward, b) > 0.0;
    if z(next, previous) > 0.0 {
        between(next, previous) && between(low, high)
    } else if z(low, high) > 0.0 {
        between(low, high)
    } else {
        !between(high, low)
    }
}

fn pieces(ring: &[Vertex], candidate: &Candidate, line: &[Vertex]) -> Pieces {
    let walk = |from: usize, to: usize| {
        let ahead = (to + ring.len() - from) % ring.len();
        (0..=ahead).map(move |k| ring[(from + k) % ring.len()])
    };
    let forward = walk(candidate.start, candidate.end).chain(line.iter().rev().copied()).collect();
    let back = walk(candidate.end, candidate.start).chain(line.iter().copied()).collect();
    Pieces { forward, back, which: candidate.which }
}

/// A box in the plane with the widest gap that anything inside asks for.
struct Frame {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Frame {
    fn around(points: &[Vertex]) -> Self {
        let longest = points.windows(2).map(|p| distance_m(p[0], p[1])).fold(GAP_MIN_M, f64::max);
        let of = |value: fn(&Vertex) -> f64, pick: fn(f64, f64) -> f64, start: f64| {
            points.iter().map(value).fold(start, pick)
        };
        Self {
            west: of(|p| p.x, f64::min, f64::INFINITY) - longest,
            south: of(|p| p.y, f64::min, f64::INFINITY) - longest,
            east: of(|p| p.x, f64::max, f64::NEG_INFINITY) + longest,
            north: of(|p| p.y, f64::max, f64::NEG_INFINITY) + longest,
        }
    }

    fn is_beyond(&self, [a, b]: [Vertex; 2]) -> bool {
        a.x.max(b.x) < self.west
            || a.x.min(b.x) > self.east
            || a.y.max(b.y) < self.south
            || a.y.min(b.y) > self.north
    }
}

/// True when the boxes of two segments lie more than `gap` apart.
fn is_beyond([a, b]: [Vertex; 2], [c, d]: [Vertex; 2], gap: f64) -> bool {
    a.x.max(b.x) + gap < c.x.min(d.x)
        || c.x.max(d.x) + gap < a.x.min(b.x)
        || a.y.max(b.y) + gap < c.y.min(d.y)
        || c.y.max(d.y) + gap < a.y.min(b.y)
}

/// Starts looked at in rings that have more vertices.
const N_STARTS: usize = 72;
const N_TRIED: usize = 60;
/// The largest bend, as ground gained over the square of the chord.
const BEND_MAX: f64 = 0.1;
const CHUNK: usize = 16;
/// More than rounding to the grid and the curvature of short pieces can take away.
const GAP_MIN_M: f64 = 0.1;
/// About 20 degrees.
const SIN_MARGIN: f64 = 0.342;
const COS_MARGIN: f64 = 0.94;

#[cfg(test)]
mod tests {
    use super::super::plane::area_m2;
    use super::*;

    fn square(side_m: f64, n: usize) -> Vec<Vertex> {
        let at = |k: usize| side_m * k as f64 / n as f64;
        let mut ring: Vec<Vertex> = (0..n).map(|k| Vertex::near(at(k), 0.0)).collect();
        ring.extend((0..n).map(|k| Vertex::near(side_m, at(k))));
        ring.extend((0..n).map(|k| Vertex::near(at(n - k), side_m)));
        ring.extend((0..n).map(|k| Vertex::near(0.0, at(n - k))));
        ring
    }

    #[test]
    fn a_square_is_cut_into_the_wished_parts() {
        let ring = square(1_000.0, 12);
        for (seed, share) in [(1, 0.5), (2, 0.2), (3, 0.05)] {
            let badness = |a: &Part, b: &Part, _: usize| a.raggedness() + b.raggedness();
            let wish = Wish { start: None, anchor: None, forward: &[share], badness: &badness };
            let manner = Manner { step_m: &|_, _| 60.0, roughness: 0.12 };
            let mut random = Random::stream(seed, &[]);
            let pieces = cut(&ring, &wish, &manner, &mut BTreeSet::new(), &mut random).expect("a cut fits");
            let (forward, back) = (area_m2(&pieces.forward), area_m2(&pieces.back));
            assert!((forward + back - 1e6).abs() < 50.0, "{forward} {back}");
            assert!((forward / 1e6 - share).abs() < 0.02, "{forward} {share}");
        }
    }

    #[test]
    fn a_line_leaves_inward_only_between_the_sides() {
        let v = |x: f64, y: f64| Vertex { grid: GridPoint::new(0, 0), x, y };
        let at = v(0.0, 0.0);
        // Inside is north of a straight side walked eastwards.
        let sides = (v(-1.0, 0.0), v(1.0, 0.0));
        for (x, y, inside) in [(0.0, 1.0, true), (1.0, 0.1, false), (0.0, -1.0, false), (-1.0, 0.5, true)] {
            assert_eq!(leaves_inward(at, sides, v(x, y)), inside, "{x} {y}");
        }
        // A narrow corner leaves no room.
        assert!(!leaves_inward(at, (v(1.0, 0.4), v(1.0, 0.0)), v(1.0, 0.2)));
        // All around a spike but the spike itself.
        let spike = (v(1.0, -0.1), v(1.0, 0.1));
        assert!(leaves_inward(at, spike, v(-1.0, 0.0)));
        assert!(leaves_inward(at, spike, v(0.0, 1.0)));
        assert!(!leaves_inward(at, spike, v(1.0, 0.0)));
    }
}
