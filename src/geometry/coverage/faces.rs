//! The faces of noded segments, each with the units that claim it.
//!
//! Takes segments together to lines from node to node, walks around every face, hangs islands and
//! holes into the face around them, and passes the claims on from face to face: crossing a line turns
//! the claim of each of its sources on or off (even-odd), starting from nothing outside.
//!
//! Owns: lines, faces, nesting, claims. Leaves to others: who gets a face.
//! Design: claims by crossing need no point-in-polygon test, so bow-ties and repeated rings cost
//! nothing special.

use super::arcs::turns;
use super::components::Components;
use super::graph::{bucket, chains};
use super::locator::Locator;
use super::noding::Noded;
use crate::model::{GridPoint, Ring};

/// The unbounded face.
pub const OUTSIDE: u32 = 0;

pub struct Faces {
    /// Chains of segments between nodes, and rings; they meet in their ends only.
    pub lines: Vec<Vec<GridPoint>>,
    /// Face on the left and on the right of each line.
    pub sides: Vec<[u32; 2]>,
    /// Units that claim each face, sorted.
    pub claimants: Vec<Vec<u32>>,
    /// Twice the area of each face in square grid steps; the outside has minus that of all others.
    pub doubled_area: Vec<i128>,
    /// Closed walks around each face, as half-lines: one counter-clockwise (none for [`OUTSIDE`])
    /// and a clockwise one for everything that lies in the face.
    walks: Vec<Vec<Vec<u32>>>,
    locator: Locator,
}

impl Faces {
    /// - `unit_of`: the unit of each source.
    pub fn new(noded: &Noded, unit_of: &[u32]) -> Self {
        let chains = chains(&noded.points, &noded.ends);
        let segment_of: Vec<u32> = chains.iter().map(|chain| chain.first / 2).collect();
        let lines: Vec<Vec<GridPoint>> = chains.into_iter().map(|chain| chain.points).collect();
        let locator = Locator::new(lines.iter().map(|line| &line[..]));
        let walks = Walks::new(&lines);
        let face_of_walk = nest(&lines, &walks, &locator);
        let face = |half: usize| face_of_walk[walks.of[half] as usize];
        let sides: Vec<[u32; 2]> = (0..lines.len()).map(|l| [face(2 * l), face(2 * l + 1)]).collect();
        let n_faces = 1 + walks.doubled_area.iter().filter(|&&area| area > 0).count();
        let claimants = claimants(noded, &segment_of, &sides, n_faces, unit_of);
        let mut walks_of = vec![Vec::new(); n_faces];
        let mut doubled_area = vec![0; n_faces];
        for ((walk, area), face) in walks.halves.into_iter().zip(walks.doubled_area).zip(face_of_walk) {
            walks_of[face as usize].push(walk);
            doubled_area[face as usize] += area;
        }
        Self { lines, sides, claimants, doubled_area, walks: walks_of, locator }
    }

    pub fn n_faces(&self) -> usize {
        self.claimants.len()
    }

    /// The vertices of the closed walks around a face: one counter-clockwise (none for [`OUTSIDE`])
    /// and a clockwise one for everything that lies in it.
    pub fn rings(&self, face: u32) -> impl Iterator<Item = Ring> {
        self.walks[face as usize].iter().map(|walk| {
            let mut ring = Ring::new();
            for &half in walk {
                let line = &self.lines[(half / 2) as usize];
                let n = line.len() - 1;
                if half.is_multiple_of(2) {
                    ring.extend_from_slice(&line[..n]);
                } else {
                    ring.extend(line[1..].iter().rev());
                }
            }
            ring
        })
    }

    /// The same rings, each vertex with the face across the side that starts there.
    pub fn sides_around(&self, face: u32) -> impl Iterator<Item = Vec<(GridPoint, u32)>> {
        self.rings(face).zip(&self.walks[face as usize]).map(|(ring, walk)| {
            let n_sides = |half: &u32| self.lines[(half / 2) as usize].len() - 1;
            let across =
                walk.iter().flat_map(|half| std::iter::repeat_n(self.across_half(*half), n_sides(half)));
            ring.into_iter().zip(across).collect()
        })
    }

    /// Faces on the other side of the lines around a face.
    pub fn across(&self, face: u32) -> impl Iterator<Item = u32> {
        self.walks[face as usize].iter().flatten().map(|&half| self.across_half(half))
    }

    /// The face on the right of a half-line.
    fn across_half(&self, half: u32) -> u32 {
        self.sides[(half / 2) as usize][usize::from(half.is_multiple_of(2))]
    }

    /// Faces that hold each point: the one around it, or all that meet in it.
    pub fn at(&self, points: &[GridPoint]) -> Vec<Vec<u32>> {
        let line = |l: u32| &self.lines[l as usize][..];
        let faces_at = |&p: &GridPoint| {
            let mut faces = Vec::new();
            self.locator.through(line, p, |l| faces.extend(self.sides[l as usize]));
            if faces.is_empty() {
                let below = self.locator.below(line, p);
                faces.push(below.map_or(OUTSIDE, |b| self.sides[b.line as usize][usize::from(!b.is_left)]));
            }
            faces.sort_unstable();
            faces.dedup();
            faces
        };
        points.iter().map(faces_at).collect()
    }
}

/// Closed walks with a face on their left.
struct Walks {
    /// Walk of each half-line.
    of: Vec<u32>,
    /// Positive around the outer border of a face, negative around something inside a face.
    doubled_area: Vec<i128>,
    halves: Vec<Vec<u32>>,
}

impl Walks {
    fn new(lines: &[Vec<GridPoint>]) -> Self {
        const NONE: u32 = u32::MAX;
        let slices: Vec<&[GridPoint]> = lines.iter().map(|line| &line[..]).collect();
        let (next, _) = turns(&slices);
        let swept: Vec<i128> = lines.iter().map(|line| swept(line)).collect();
        let mut walks = Self { of: vec![NONE; next.len()], doubled_area: Vec::new(), halves: Vec::new() };
        for first in 0..next.len() {
            if walks.of[first] != NONE {
                continue;
            }
            let number = walks.halves.len() as u32;
            let (mut halves, mut area) = (Vec::new(), 0);
            let mut half = first as u32;
            while walks.of[half as usize] == NONE {
                walks.of[half as usize] = number;
                let swept = swept[(half / 2) as usize];
                area += if half.is_multiple_of(2) { swept } else { -swept };
                halves.push(half);
                half = next[half as usize];
            }
            walks.doubled_area.push(area);
            walks.halves.push(halves);
        }
        walks
    }
}

/// Twice the signed area that the beam from the origin to a point on the line sweeps over.
fn swept(line: &[GridPoint]) -> i128 {
    let doubled = |pair: &[GridPoint]| {
        let [a, b] = [pair[0], pair[1]];
        i128::from(i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y))
    };
    line.windows(2).map(doubled).sum()
}

/// The face of each walk: its own, or for the outer walk of a connected piece the face around it.
fn nest(lines: &[Vec<GridPoint>], walks: &Walks, locator: &Locator) -> Vec<u32> {
    let smallest = smallest_of_pieces(lines);
    let mut n_faces = OUTSIDE;
    let mut face_of = vec![OUTSIDE; walks.halves.len()];
    // Outer walks by the smallest vertex of their piece, which stands for the piece.
    let mut outer: Vec<(GridPoint, usize)> = Vec::new();
    for (walk, &area) in walks.doubled_area.iter().enumerate() {
        if area > 0 {
            n_faces += 1;
            face_of[walk] = n_faces;
        } else {
            outer.push((smallest[(walks.halves[walk][0] / 2) as usize], walk));
        }
    }
    if outer.len() < 2 {
        return face_of;
    }
    outer.sort_unstable();
    for (smallest, walk) in outer {
        if let Some(below) = locator.below(|l| &lines[l as usize][..], smallest) {
            // Its upper side; if that is the outer walk of another piece, that piece starts
            // further west or south, so its own face is known by now.
            let half = 2 * below.line as usize + usize::from(!below.is_left);
            face_of[walk] = face_of[walks.of[half] as usize];
        }
    }
    face_of
}

/// For each line the smallest vertex of all that hangs together with it.
fn smallest_of_pieces(lines: &[Vec<GridPoint>]) -> Vec<GridPoint> {
    let mut pieces = Components::new(lines.len());
    let mut ends: Vec<(GridPoint, usize)> =
        lines.iter().enumerate().flat_map(|(l, line)| [(line[0], l), (line[line.len() - 1], l)]).collect();
    ends.sort_unstable();
    for pair in ends.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        pieces.join(pair[0].1, pair[1].1);
    }
    let own = |line: &Vec<GridPoint>| line.iter().copied().min().expect("a line has points");
    let mut smallest: Vec<GridPoint> = lines.iter().map(own).collect();
    let piece_of: Vec<usize> = (0..lines.len()).map(|l| pieces.of(l)).collect();
    for (l, &piece) in piece_of.iter().enumerate() {
        smallest[piece] = smallest[piece].min(smallest[l]);
    }
    piece_of.into_iter().map(|piece| smallest[piece]).collect()
}

/// - `segment_of`: a segment of each line; all segments of a line have the same sources.
fn claimants(
    noded: &Noded,
    segment_of: &[u32],
    sides: &[[u32; 2]],
    n_faces: usize,
    unit_of: &[u32],
) -> Vec<Vec<u32>> {
    let by_face: Vec<(u32, u32)> =
        (0..).zip(sides).flat_map(|(l, &[left, right])| [(left, l), (right, l)]).collect();
    let (start, lines) = bucket(n_faces, &by_face);
    let mut sources: Vec<Option<Vec<u32>>> = vec![None; n_faces];
    sources[OUTSIDE as usize] = Some(Vec::new());
    let mut queue = vec![OUTSIDE];
    while let Some(face) = queue.pop() {
        for &line in &lines[start[face as usize] as usize..start[face as usize + 1] as usize] {
            let [left, right] = sides[line as usize];
            let other = if left == face { right } else { left };
            if sources[other as usize].is_none() {
                let here = sources[face as usize].as_deref().expect("a queued face has its claims");
                sources[other as usize] =
                    Some(toggled(here, noded.sources(segment_of[line as usize] as usize)));
                queue.push(other);
            }
        }
    }
    let units = |sources: Option<Vec<u32>>| {
        let sources = sources.expect("every face is reached from outside");
        let mut units: Vec<u32> = sources.into_iter().map(|source| unit_of[source as usize]).collect();
        units.sort_unstable();
        units.dedup();
        units
    };
    sources.into_iter().map(units).collect()
}

/// Members of exactly one of two sorted lists.
fn toggled(s: &[u32], t: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = s.iter().filter(|v| t.binary_search(v).is_err()).copied().collect();
    out.extend(t.iter().filter(|v| s.binary_search(v).is_err()));
    out.sort_unstable();
    out
}
