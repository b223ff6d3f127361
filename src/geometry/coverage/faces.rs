//! The faces of noded segments, each with the units that claim it.
//!
//! Walks around every face, hangs islands and holes into the face around them, and passes the
//! claims on from face to face: crossing a segment turns the claim of each of its sources on or
//! off (even-odd), starting from nothing outside.
//!
//! Owns: faces, nesting, claims. Leaves to others: who gets a face.
//! Design: claims by crossing need no point-in-polygon test, so bow-ties and repeated rings cost
//! nothing special.

use super::components::Components;
use super::graph::{Graph, bucket};
use super::index::{BoxTree, first_below, near_order, segment_box};
use super::noding::Noded;
use super::predicates::on_segment;
use crate::model::{GridBox, GridPoint, Ring};

/// The unbounded face.
pub const OUTSIDE: u32 = 0;

pub struct Faces {
    /// Sorted; each smaller end first.
    pub segments: Vec<[GridPoint; 2]>,
    /// Face on the left and on the right of each segment.
    pub sides: Vec<[u32; 2]>,
    /// Units that claim each face, sorted.
    pub claimants: Vec<Vec<u32>>,
    /// Closed walks around each face, as their vertices: one counter-clockwise (none for
    /// [`OUTSIDE`]) and a clockwise one for everything that lies in the face.
    pub rings: Vec<Vec<Ring>>,
}

impl Faces {
    /// - `unit_of`: the unit of each source.
    pub fn new(noded: &Noded, unit_of: &[u32]) -> Self {
        let graph = Graph::new(noded.segments.iter().copied());
        let cycles = Cycles::new(&graph);
        let face_of_cycle = nest(&graph, &cycles, &noded.segments);
        let face = |half_edge: usize| face_of_cycle[cycles.of[half_edge] as usize];
        let sides: Vec<[u32; 2]> =
            (0..noded.segments.len()).map(|s| [face(2 * s), face(2 * s + 1)]).collect();
        let n_faces = 1 + cycles.doubled_area.iter().filter(|&&area| area > 0).count();
        let mut rings = vec![Vec::new(); n_faces];
        for (cycle, &face) in cycles.vertices.iter().zip(&face_of_cycle) {
            rings[face as usize].push(cycle.iter().map(|&v| graph.points[v as usize]).collect());
        }
        let claimants = claimants(noded, &sides, n_faces, unit_of);
        Self { segments: noded.segments.clone(), sides, claimants, rings }
    }

    pub fn n_faces(&self) -> usize {
        self.claimants.len()
    }

    /// Faces that hold each point: the one around it, or all that meet in it.
    pub fn at(&self, points: &[GridPoint]) -> Vec<Vec<u32>> {
        if points.is_empty() {
            return Vec::new();
        }
        let (order, tree) = tree(&self.segments);
        let segment = |i: usize| &self.segments[order[i] as usize];
        let faces_at = |&p: &GridPoint| {
            let mut faces = Vec::new();
            tree.search(segment_box(p, p), |i| {
                let [a, b] = *segment(i);
                if on_segment(a, b, p) {
                    faces.extend(self.sides[order[i] as usize]);
                }
            });
            if faces.is_empty() {
                let below = first_below(&tree, |i| &segment(i)[..], p);
                faces.push(below.map_or(OUTSIDE, |(i, _)| self.sides[order[i] as usize][0]));
            }
            faces.sort_unstable();
            faces.dedup();
            faces
        };
        points.iter().map(faces_at).collect()
    }
}

/// Walks with a face on their left.
struct Cycles {
    /// Cycle of each half-edge.
    of: Vec<u32>,
    /// Positive around the outer border of a face, negative around something inside a face.
    doubled_area: Vec<i128>,
    vertices: Vec<Vec<u32>>,
}

impl Cycles {
    fn new(graph: &Graph) -> Self {
        const NONE: u32 = u32::MAX;
        let next = graph.next_around_faces();
        let mut cycles = Self { of: vec![NONE; next.len()], doubled_area: Vec::new(), vertices: Vec::new() };
        for first in 0..next.len() {
            if cycles.of[first] != NONE {
                continue;
            }
            let cycle = cycles.vertices.len() as u32;
            let (mut vertices, mut area) = (Vec::new(), 0);
            let mut half_edge = first as u32;
            while cycles.of[half_edge as usize] == NONE {
                cycles.of[half_edge as usize] = cycle;
                let tail = graph.tail(half_edge);
                let (a, b) = (graph.points[tail as usize], graph.points[graph.head(half_edge) as usize]);
                area += i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y);
                vertices.push(tail);
                half_edge = next[half_edge as usize];
            }
            cycles.doubled_area.push(area);
            cycles.vertices.push(vertices);
        }
        cycles
    }
}

/// The face of each cycle: its own, or for the outer walk of a connected piece the face around it.
fn nest(graph: &Graph, cycles: &Cycles, segments: &[[GridPoint; 2]]) -> Vec<u32> {
    let mut pieces = Components::new(graph.points.len());
    for &[a, b] in &graph.ends {
        pieces.join(a as usize, b as usize);
    }
    let mut n_faces = OUTSIDE;
    let mut face_of = vec![OUTSIDE; cycles.vertices.len()];
    // Outer walks by the smallest vertex of their piece, which stands for the piece.
    let mut outer: Vec<(usize, usize)> = Vec::new();
    for (cycle, &area) in cycles.doubled_area.iter().enumerate() {
        if area > 0 {
            n_faces += 1;
            face_of[cycle] = n_faces;
        } else {
            outer.push((pieces.of(cycles.vertices[cycle][0] as usize), cycle));
        }
    }
    if outer.len() < 2 {
        return face_of;
    }
    outer.sort_unstable();
    let (order, tree) = tree(segments);
    for (smallest, cycle) in outer {
        let line = |i: usize| &segments[order[i] as usize][..];
        if let Some((i, _)) = first_below(&tree, line, graph.points[smallest]) {
            // Its upper side; if that is the outer walk of another piece, that piece starts
            // further west or south, so its own face is known by now.
            face_of[cycle] = face_of[cycles.of[2 * order[i] as usize] as usize];
        }
    }
    face_of
}

fn tree(segments: &[[GridPoint; 2]]) -> (Vec<u32>, BoxTree) {
    let frame = |&i: &u32| -> GridBox {
        let [a, b] = segments[i as usize];
        segment_box(a, b)
    };
    let mut order: Vec<u32> = (0..segments.len() as u32).collect();
    order.sort_by_cached_key(|i| near_order(frame(i)));
    let tree = BoxTree::new(order.iter().map(frame).collect());
    (order, tree)
}

fn claimants(noded: &Noded, sides: &[[u32; 2]], n_faces: usize, unit_of: &[u32]) -> Vec<Vec<u32>> {
    let by_face: Vec<(u32, u32)> =
        (0..).zip(sides).flat_map(|(s, &[left, right])| [(left, s), (right, s)]).collect();
    let (start, segments) = bucket(n_faces, &by_face);
    let mut sources: Vec<Option<Vec<u32>>> = vec![None; n_faces];
    sources[OUTSIDE as usize] = Some(Vec::new());
    let mut queue = vec![OUTSIDE];
    while let Some(face) = queue.pop() {
        for &s in &segments[start[face as usize] as usize..start[face as usize + 1] as usize] {
            let [left, right] = sides[s as usize];
            let other = if left == face { right } else { left };
            if sources[other as usize].is_none() {
                let here = sources[face as usize].as_deref().expect("a queued face has its claims");
                sources[other as usize] = Some(toggled(here, noded.sources(s as usize)));
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
