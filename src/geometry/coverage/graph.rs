//! Noded segments as a graph: who meets at each vertex, and in what order around it.
//!
//! Half-edge 2·e runs along segment e from its smaller to its larger end, 2·e + 1 back.
//!
//! Owns: numbering of vertices and half-edges, turns around faces. Knows nothing of units.

use super::predicates::by_angle;
use crate::model::GridPoint;

pub struct Graph {
    /// All different ends, sorted.
    pub points: Vec<GridPoint>,
    /// Ends of each segment as places in `points`, the smaller first.
    pub ends: Vec<[u32; 2]>,
    /// Half-edges leaving vertex v are `leaving[start[v]..start[v + 1]]`.
    start: Vec<u32>,
    leaving: Vec<u32>,
}

impl Graph {
    /// - `segments`: sorted, each `[smaller, larger]`, none twice.
    pub fn new(segments: impl Iterator<Item = [GridPoint; 2]> + Clone) -> Self {
        let points = distinct(segments.clone().flatten().collect());
        let mut smaller = 0;
        let ends: Vec<[u32; 2]> = segments
            .map(|[a, b]| {
                // The segments come by their smaller ends.
                while points[smaller] < a {
                    smaller += 1;
                }
                let above = points[smaller..].binary_search(&b).expect("collected from the same segments");
                [smaller as u32, (smaller + above) as u32]
            })
            .collect();
        let tails: Vec<(u32, u32)> = ends.iter().flatten().copied().zip(0..).collect();
        let (start, leaving) = bucket(points.len(), &tails);
        Self { points, ends, start, leaving }
    }

    pub fn leaving(&self, vertex: u32) -> &[u32] {
        &self.leaving[self.start[vertex as usize] as usize..self.start[vertex as usize + 1] as usize]
    }

    pub fn tail(&self, half_edge: u32) -> u32 {
        self.ends[(half_edge / 2) as usize][(half_edge % 2) as usize]
    }

    pub fn head(&self, half_edge: u32) -> u32 {
        self.tail(half_edge ^ 1)
    }

    /// For each half-edge the one that follows it around the face on its left.
    pub fn next_around_faces(&self) -> Vec<u32> {
        let mut next = vec![0; self.leaving.len()];
        let mut turn = Vec::new();
        for vertex in 0..self.points.len() as u32 {
            let centre = self.points[vertex as usize];
            let head = |half_edge| self.points[self.head(half_edge) as usize];
            turn.clear();
            turn.extend_from_slice(self.leaving(vertex));
            turn.sort_unstable_by(|&g, &h| by_angle(centre, head(g), head(h)));
            // Coming in against a half-edge, the left face lies clockwise of it.
            for (k, &half_edge) in turn.iter().enumerate() {
                next[(half_edge ^ 1) as usize] = turn[(k + turn.len() - 1) % turn.len()];
            }
        }
        next
    }
}

/// The different points, sorted.
fn distinct(mut points: Vec<GridPoint>) -> Vec<GridPoint> {
    points.sort_unstable();
    points.dedup();
    points
}

/// Groups values by a small key: values of key k are `items[start[k]..start[k + 1]]`, in order.
pub fn bucket(n_keys: usize, pairs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0_u32; n_keys + 1];
    for &(key, _) in pairs {
        start[key as usize + 1] += 1;
    }
    for k in 0..n_keys {
        start[k + 1] += start[k];
    }
    let mut fill = start.clone();
    let mut items = vec![0; pairs.len()];
    for &(key, value) in pairs {
        items[fill[key as usize] as usize] = value;
        fill[key as usize] += 1;
    }
    (start, items)
}
