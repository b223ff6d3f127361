//! From single edges with a unit on either side to arcs, and how arcs meet at nodes.
//!
//! A vertex where other than two edges meet is a node: there the pair of incident units may
//! change. Everything between two nodes is one arc; a closed border without a node is a ring arc.
//!
//! Owns: which edges form an arc, the direction and order of arcs (fixed by coordinates alone, so
//! that the order of units and rings does not matter), and the turn from arc to arc.

use super::Arc;
use super::graph::{Chain, chains};
use super::predicates::by_angle;
use super::vertices::number;
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
        let ends: Vec<GridPoint> = edges.iter().flat_map(|e| [e.a, e.b]).collect();
        let (points, numbers) = number(&ends);
        let ends: Vec<[u32; 2]> = numbers.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
        let arc = |chain: Chain| {
            let edge = edges[(chain.first / 2) as usize];
            let arc = Arc { points: chain.points, left: edge.left, right: edge.right };
            // The first half-edge runs against its edge.
            if chain.first % 2 == 1 { Arc { left: arc.right, right: arc.left, ..arc } } else { arc }
        };
        Self::from_arcs(chains(&points, &ends).into_iter().map(arc).collect())
    }

    /// - `lines`: meet in their ends only, and around every end the sides agree; where just two
    ///   ends meet, one line is made of them.
    pub fn from_lines(lines: Vec<Arc>) -> Self {
        Self::from_arcs(join(lines))
    }

    fn from_arcs(mut arcs: Vec<Arc>) -> Self {
        for arc in &mut arcs {
            arc.turn_to_smaller();
        }
        arcs.sort_unstable_by_key(|arc| (arc.points[0], arc.points[1]));
        let lines: Vec<&[GridPoint]> = arcs.iter().map(|arc| &arc.points[..]).collect();
        let (next, leaving) = turns(&lines);
        Self { arcs, next, leaving }
    }

    /// The unit left of a half-arc.
    pub fn left_of(&self, half: u32) -> Option<u32> {
        let arc = &self.arcs[(half / 2) as usize];
        if half.is_multiple_of(2) { arc.left } else { arc.right }
    }
}

impl Arc {
    fn reverse(&mut self) {
        self.points.reverse();
        std::mem::swap(&mut self.left, &mut self.right);
    }

    /// Of the two directions the one that begins with the smaller pair of points.
    fn turn_to_smaller(&mut self) {
        let points = &self.points;
        let n = points.len();
        if (points[n - 1], points[n - 2]) < (points[0], points[1]) {
            self.reverse();
        }
    }

    /// Begins a ring at its smallest vertex.
    fn rotate_to_smallest(&mut self) {
        self.points.pop();
        let smallest = (0..self.points.len()).min_by_key(|&i| self.points[i]).unwrap_or(0);
        self.points.rotate_left(smallest);
        self.points.push(self.points[0]);
    }
}

/// Joins lines where just two ends meet; what has no other end becomes a ring from its smallest
/// vertex.
fn join(mut lines: Vec<Arc>) -> Vec<Arc> {
    // Half-line 2·i leaves the first point of line i, 2·i + 1 the last.
    let mut halves: Vec<(GridPoint, u32)> = (0..)
        .step_by(2)
        .zip(&lines)
        .flat_map(|(half, line)| [(line.points[0], half), (line.points[line.points.len() - 1], half + 1)])
        .collect();
    halves.sort_unstable();
    let mut onward: Vec<Option<u32>> = vec![None; halves.len()];
    for meeting in halves.chunk_by(|s, t| s.0 == t.0) {
        if let &[(_, g), (_, h)] = meeting {
            onward[g as usize] = Some(h);
            onward[h as usize] = Some(g);
        }
    }
    let mut arcs = Vec::with_capacity(lines.len());
    for nodes_only in [true, false] {
        for first in 0..onward.len() as u32 {
            let is_gone = lines[(first / 2) as usize].points.is_empty();
            if !is_gone && (onward[first as usize].is_none() || !nodes_only) {
                let mut arc = follow(&mut lines, &onward, first);
                if !nodes_only {
                    arc.rotate_to_smallest();
                }
                arcs.push(arc);
            }
        }
    }
    arcs
}

/// Takes the lines from one that leaves a node to the next node, or once around.
fn follow(lines: &mut [Arc], onward: &[Option<u32>], first: u32) -> Arc {
    let mut take = |half: u32| {
        let empty = Arc { points: Vec::new(), left: None, right: None };
        let mut line = std::mem::replace(&mut lines[(half / 2) as usize], empty);
        if half % 2 == 1 {
            line.reverse();
        }
        line
    };
    let mut arc = take(first);
    let mut half = first;
    while let Some(next) = onward[(half ^ 1) as usize]
        && next != first
    {
        arc.points.extend_from_slice(&take(next).points[1..]);
        half = next;
    }
    arc
}

/// Who follows whom around each face, and who leaves each node.
///
/// Half-line 2·i runs along line i, half-line 2·i + 1 against it. The first list gives for each
/// half-line the next around the face on its left; the second for each node where more than two
/// ends meet the half-lines that leave it, counter-clockwise from east.
pub fn turns(lines: &[&[GridPoint]]) -> (Vec<u32>, Vec<Vec<u32>>) {
    let start_and_second = |half: u32| {
        let points = lines[(half / 2) as usize];
        if half.is_multiple_of(2) {
            (points[0], points[1])
        } else {
            (points[points.len() - 1], points[points.len() - 2])
        }
    };
    let mut halves: Vec<u32> = (0..2 * lines.len() as u32).collect();
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
