//! Noded segments to chains: what lies between the vertices where other than two segments meet.
//!
//! Half-edge 2·e runs along segment e from its smaller to its larger end, 2·e + 1 back.
//!
//! Owns: chains. Knows nothing of units.
//! Design: nearly all vertices join just two segments. Of these only the two vertices beside them
//! are kept, so a step along a border reads one place of memory instead of five.

use crate::model::GridPoint;

/// Segments from a vertex where not just two meet to the next such vertex, or a closed ring of
/// segments without one (first point = last point).
pub struct Chain {
    pub points: Vec<GridPoint>,
    /// The half-edge it starts with.
    pub first: u32,
}

/// All chains: those between nodes first, then rings, each from its smallest vertex.
///
/// - `points`: sorted, each once.
/// - `ends`: places in `points`, the smaller first; sorted, each once.
pub fn chains(points: &[GridPoint], ends: &[[u32; 2]]) -> Vec<Chain> {
    let mut inner = Inner::new(points.len(), ends);
    let mut leaving: Vec<(u32, u32)> = (0..)
        .zip(ends.as_flattened())
        .filter(|&(_, &vertex)| inner.n_ends[vertex as usize] != 2)
        .map(|(half_edge, &vertex)| (vertex, half_edge))
        .collect();
    leaving.sort_unstable();
    let mut chains = Vec::new();
    let mut places: Vec<u32> = Vec::new();
    let mut add = |places: &[u32], first: u32| {
        let points = places.iter().map(|&place| points[place as usize]).collect();
        chains.push(Chain { points, first });
    };
    for (node, half_edge) in leaving {
        let head = ends[(half_edge / 2) as usize][1 - (half_edge % 2) as usize];
        // A chain is walked from one end only, a single segment from its smaller one.
        if inner.is_walked(head) || (!inner.holds(head) && half_edge % 2 == 1) {
            continue;
        }
        places.clear();
        inner.walk(node, head, &mut places);
        add(&places, half_edge);
    }
    for vertex in 0..points.len() as u32 {
        if inner.holds(vertex) {
            let beside = inner.beside[vertex as usize][0];
            let segment =
                ends.binary_search(&[vertex, beside]).expect("a smallest vertex begins both its segments");
            places.clear();
            inner.walk_ring(vertex, beside, &mut places);
            add(&places, 2 * segment as u32);
        }
    }
    chains
}

/// Vertices inside chains.
struct Inner {
    /// Ends of segments at each vertex, none beyond 3 counted; [`WALKED`] once a chain has passed.
    n_ends: Vec<u8>,
    /// For a vertex with two ends the vertices at the other ends.
    beside: Vec<[u32; 2]>,
}

const WALKED: u8 = u8::MAX;

impl Inner {
    fn new(n_points: usize, ends: &[[u32; 2]]) -> Self {
        let mut inner = Self { n_ends: vec![0; n_points], beside: vec![[0; 2]; n_points] };
        for &[a, b] in ends {
            inner.join(a, b);
            inner.join(b, a);
        }
        inner
    }

    fn join(&mut self, vertex: u32, other: u32) {
        let n_ends = &mut self.n_ends[vertex as usize];
        if let Some(side) = self.beside[vertex as usize].get_mut(usize::from(*n_ends)) {
            *side = other;
        }
        *n_ends = (*n_ends + 1).min(3);
    }

    /// Whether the vertex is inside a chain that was not walked yet.
    fn holds(&self, vertex: u32) -> bool {
        self.n_ends[vertex as usize] == 2
    }

    fn is_walked(&self, vertex: u32) -> bool {
        self.n_ends[vertex as usize] == WALKED
    }

    /// From a node over the vertex beside it to the next node.
    fn walk(&mut self, node: u32, beside: u32, places: &mut Vec<u32>) {
        places.push(node);
        let (mut from, mut at) = (node, beside);
        while self.holds(at) {
            places.push(at);
            self.n_ends[at as usize] = WALKED;
            let [a, b] = self.beside[at as usize];
            (from, at) = (at, if a == from { b } else { a });
        }
        places.push(at);
    }

    /// Once around, back to where it began.
    fn walk_ring(&mut self, vertex: u32, beside: u32, places: &mut Vec<u32>) {
        self.n_ends[vertex as usize] = WALKED;
        self.walk(vertex, beside, places);
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
