//! From single edges with a unit on either side to arcs, and how arcs meet at nodes.
//!
//! A vertex where other than two edges meet is a node: there the pair of incident units may
//! change. Everything between two nodes is one arc; a closed border without a node is a ring arc.
//!
//! Owns: which edges form an arc, the direction and order of arcs (fixed by coordinates alone, so
//! that the order of units and rings does not matter), and the turn from arc to arc.

use super::Arc;
use super::graph::Graph;
use super::predicates::by_angle;
use crate::model::GridPoint;

/// A piece of border between neighbouring vertices; `a < b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub a: GridPoint,
    pub b: GridPoint,
    /// Unit on the left of a→b.
    pub left: Option<u32>,
    pub right: Option<u32>,
}

/// Arcs and their turns. Half-arc 2·i runs along arc i, half-arc 2·i + 1 against it.
#[derive(Debug, Clone, Default)]
pub struct Network {
    pub arcs: Vec<Arc>,
    /// For each half-arc the one that follows it around the face on its left.
    pub next: Vec<u32>,
    /// Half-arcs by the node they leave, counter-clockwise from east; ring arcs are not in it.
    pub leaving: Vec<Vec<u32>>,
}

impl Network {
    /// - `edges`: sorted, each segment once, noded (they meet in common ends only), and around every
    ///   vertex the sides agree.
    pub fn from_edges(edges: &[Edge]) -> Self {
        debug_assert!(edges.is_sorted_by(|s, t| (s.a, s.b) < (t.a, t.b)));
        let graph = Graph::new(edges.iter().map(|e| [e.a, e.b]));
        let mut arcs = chains(&graph, edges);
        arcs.sort_unstable_by_key(|arc| (arc.points[0], arc.points[1]));
        let (next, leaving) = turns(&arcs);
        Self { arcs, next, leaving }
    }

    /// The unit left of a half-arc.
    pub fn left_of(&self, half: u32) -> Option<u32> {
        let arc = &self.arcs[(half / 2) as usize];
        if half.is_multiple_of(2) { arc.left } else { arc.right }
    }
}

fn chains(graph: &Graph, edges: &[Edge]) -> Vec<Arc> {
    let mut is_used = vec![false; edges.len()];
    let mut arcs = Vec::new();
    // Chains between nodes first; what is left over are rings, met at their smallest vertex.
    for nodes_only in [true, false] {
        for vertex in 0..graph.points.len() as u32 {
            if nodes_only && graph.leaving(vertex).len() == 2 {
                continue;
            }
            for &half_edge in graph.leaving(vertex) {
                if !is_used[(half_edge / 2) as usize] {
                    arcs.push(chain(graph, edges, vertex, half_edge, &mut is_used));
                }
            }
        }
    }
    arcs
}

/// Follows a chain to the next node, or around a ring.
fn chain(graph: &Graph, edges: &[Edge], from: u32, first: u32, is_used: &mut [bool]) -> Arc {
    let edge = edges[(first / 2) as usize];
    let (mut left, mut right) = (edge.left, edge.right);
    if first % 2 == 1 {
        std::mem::swap(&mut left, &mut right);
    }
    let mut points = vec![graph.points[from as usize]];
    let mut half_edge = first;
    loop {
        is_used[(half_edge / 2) as usize] = true;
        let head = graph.head(half_edge);
        points.push(graph.points[head as usize]);
        let leaving = graph.leaving(head);
        if leaving.len() != 2 || head == from {
            break;
        }
        half_edge = if leaving[0] == half_edge ^ 1 { leaving[1] } else { leaving[0] };
    }
    let n = points.len();
    if (points[n - 1], points[n - 2]) < (points[0], points[1]) {
        points.reverse();
        std::mem::swap(&mut left, &mut right);
    }
    Arc { points, left, right }
}

/// Who follows whom around each face, and who leaves each node.
fn turns(arcs: &[Arc]) -> (Vec<u32>, Vec<Vec<u32>>) {
    let start_and_second = |half: u32| {
        let points = &arcs[(half / 2) as usize].points;
        if half.is_multiple_of(2) {
            (points[0], points[1])
        } else {
            (points[points.len() - 1], points[points.len() - 2])
        }
    };
    let mut halves: Vec<u32> = (0..2 * arcs.len() as u32).collect();
    halves.sort_unstable_by(|&g, &h| {
        let ((node, second), (other_node, other_second)) = (start_and_second(g), start_and_second(h));
        node.cmp(&other_node).then_with(|| by_angle(node, second, other_second))
    });
    let mut next = vec![0; halves.len()];
    let mut leaving = Vec::new();
    for group in halves.chunk_by(|&g, &h| start_and_second(g).0 == start_and_second(h).0) {
        // Coming in against `half`, the left face lies clockwise of it.
        for (k, &half) in group.iter().enumerate() {
            next[(half ^ 1) as usize] = group[(k + group.len() - 1) % group.len()];
        }
        if group.len() > 2 {
            leaving.push(group.to_vec());
        }
    }
    (next, leaving)
}
