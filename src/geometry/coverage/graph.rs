//! Noded segments as a graph: who meets at each vertex, and the chains between those where more
//! than two meet.
//!
//! Half-edge 2·e runs along segment e from its smaller to its larger end, 2·e + 1 back.
//!
//! Owns: half-edges and chains. Knows nothing of units.

use crate::model::GridPoint;

pub struct Graph<'a> {
    points: &'a [GridPoint],
    /// Ends of each segment as places in `points`, the smaller first.
    ends: &'a [[u32; 2]],
    /// Half-edges leaving vertex v are `leaving[start[v]..start[v + 1]]`.
    start: Vec<u32>,
    leaving: Vec<u32>,
}

/// Segments from a vertex where not just two meet to the next such vertex, or a closed ring of
/// segments without one (first point = last point).
pub struct Chain {
    pub points: Vec<GridPoint>,
    /// The half-edge it starts with.
    pub first: u32,
}

impl<'a> Graph<'a> {
    /// - `points`: sorted, each once.
    /// - `ends`: sorted, each once.
    pub fn new(points: &'a [GridPoint], ends: &'a [[u32; 2]]) -> Self {
        let mut start = vec![0_u32; points.len() + 1];
        for &vertex in ends.as_flattened() {
            start[vertex as usize + 1] += 1;
        }
        for v in 0..points.len() {
            start[v + 1] += start[v];
        }
        let mut fill = start.clone();
        let mut leaving = vec![0; 2 * ends.len()];
        for (half_edge, &vertex) in (0..).zip(ends.as_flattened()) {
            leaving[fill[vertex as usize] as usize] = half_edge;
            fill[vertex as usize] += 1;
        }
        Self { points, ends, start, leaving }
    }

    fn leaving(&self, vertex: u32) -> &[u32] {
        &self.leaving[self.start[vertex as usize] as usize..self.start[vertex as usize + 1] as usize]
    }

    fn head(&self, half_edge: u32) -> u32 {
        self.ends[(half_edge / 2) as usize][1 - (half_edge % 2) as usize]
    }

    /// All chains: those between nodes first, then rings, each from its smallest vertex.
    pub fn chains(&self) -> Vec<Chain> {
        let mut is_used = vec![false; self.ends.len()];
        let (mut chains, mut points) = (Vec::new(), Vec::new());
        for nodes_only in [true, false] {
            for vertex in 0..self.points.len() as u32 {
                if nodes_only && self.leaving(vertex).len() == 2 {
                    continue;
                }
                for &half_edge in self.leaving(vertex) {
                    if !is_used[(half_edge / 2) as usize] {
                        points.clear();
                        self.follow(vertex, half_edge, &mut is_used, &mut points);
                        chains.push(Chain { points: points.clone(), first: half_edge });
                    }
                }
            }
        }
        chains
    }

    fn follow(&self, from: u32, first: u32, is_used: &mut [bool], points: &mut Vec<GridPoint>) {
        points.push(self.points[from as usize]);
        let mut half_edge = first;
        loop {
            is_used[(half_edge / 2) as usize] = true;
            let head = self.head(half_edge);
            points.push(self.points[head as usize]);
            let leaving = self.leaving(head);
            if leaving.len() != 2 || head == from {
                return;
            }
            half_edge = if leaving[0] == half_edge ^ 1 { leaving[1] } else { leaving[0] };
        }
    }
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
