//! From arcs back to polygons.
//!
//! Walks around the faces of one owner, cuts each walk into simple rings where it passes a node
//! twice, and hangs every hole into its exterior. So parts that touch in a point stay two parts, and
//! a hole that touches the exterior stays a hole, as OGC validity asks.
//!
//! Owns: the canonical form: each ring starts at its smallest vertex, parts and holes are sorted.
//! Equal ground gives equal bytes, whatever rings it came from.

use std::collections::HashMap;

use super::Arc;
use super::arcs::Network;
use super::predicates::{on_segment, orient};
use crate::model::grid::doubled_area;
use crate::model::{GridBox, GridPoint, MultiPolygon, Polygon, Ring};

/// Assembles the polygons of one owner.
///
/// - `halves`: sorted, the half-arcs with the owner on their left and another on their right.
pub fn assemble(network: &Network, halves: &[u32]) -> MultiPolygon {
    let mut is_done = vec![false; halves.len()];
    let mut found = Rings::default();
    for k in 0..halves.len() {
        if !is_done[k] {
            let walk = walk(network, halves, k, &mut is_done);
            cut(network, &walk, &mut found);
        }
    }
    found.into_polygons()
}

/// The half-arcs around the face left of `halves[first]`, passing over arcs inside the owner.
fn walk(network: &Network, halves: &[u32], first: usize, is_done: &mut [bool]) -> Vec<u32> {
    let mut walk = Vec::new();
    let mut k = first;
    while !is_done[k] {
        is_done[k] = true;
        walk.push(halves[k]);
        let mut next = network.next[halves[k] as usize];
        k = loop {
            match halves.binary_search(&next) {
                Ok(found) => break found,
                // An arc with the owner on both sides: turn on around the node.
                Err(_) => next = network.next[(next ^ 1) as usize],
            }
        };
    }
    walk
}

#[derive(Default)]
struct Rings {
    /// Exteriors with the number of their walk.
    exteriors: Vec<(Ring, usize)>,
    interiors: Vec<(Ring, usize)>,
    n_walks: usize,
}

/// Cuts a walk where it returns to a node: the loop between the two visits is a ring of its own.
fn cut(network: &Network, walk: &[u32], found: &mut Rings) {
    let mut open: Vec<u32> = Vec::new();
    let mut depth_at: HashMap<GridPoint, usize> = HashMap::new();
    for &half in walk {
        depth_at.insert(ends(&network.arcs, half).0, open.len());
        open.push(half);
        if let Some(&depth) = depth_at.get(&ends(&network.arcs, half).1) {
            let loop_halves = open.split_off(depth);
            for &half in &loop_halves {
                depth_at.remove(&ends(&network.arcs, half).0);
            }
            found.add(points(&network.arcs, &loop_halves));
        }
    }
    debug_assert!(open.is_empty(), "a face is bounded by closed walks");
    found.n_walks += 1;
}

/// First and last point of a half-arc.
fn ends(arcs: &[Arc], half: u32) -> (GridPoint, GridPoint) {
    let points = &arcs[(half / 2) as usize].points;
    let (first, last) = (points[0], points[points.len() - 1]);
    if half.is_multiple_of(2) { (first, last) } else { (last, first) }
}

/// Vertices of a closed sequence of half-arcs, from the smallest on.
fn points(arcs: &[Arc], halves: &[u32]) -> Ring {
    let mut ring = Vec::new();
    for &half in halves {
        let points = &arcs[(half / 2) as usize].points;
        let n = points.len() - 1;
        if half.is_multiple_of(2) {
            ring.extend_from_slice(&points[..n]);
        } else {
            ring.extend(points[1..].iter().rev());
        }
    }
    let smallest = (0..ring.len()).min_by_key(|&i| ring[i]).unwrap_or(0);
    ring.rotate_left(smallest);
    ring
}

impl Rings {
    fn add(&mut self, ring: Ring) {
        let list = if doubled_area(&ring) > 0 { &mut self.exteriors } else { &mut self.interiors };
        list.push((ring, self.n_walks));
    }

    fn into_polygons(mut self) -> MultiPolygon {
        self.exteriors.sort_unstable();
        self.interiors.sort_unstable();
        let walks: Vec<usize> = self.exteriors.iter().map(|(_, walk)| *walk).collect();
        let frames: Vec<_> = self
            .exteriors
            .iter()
            .map(|(ring, _)| GridBox::around(ring.iter().copied()).expect("a ring has vertices"))
            .collect();
        let mut parts: Vec<Polygon> = self
            .exteriors
            .into_iter()
            .map(|(exterior, _)| Polygon { exterior, interiors: Vec::new() })
            .collect();
        for (hole, walk) in self.interiors {
            // The walk that gave the hole gave the exterior too, if they touch; else the smallest
            // exterior around it is its own.
            let home = walks.iter().position(|&w| w == walk).or_else(|| {
                (0..parts.len())
                    .filter(|&i| frames[i].contains(hole[0]) && encloses(&parts[i].exterior, &hole))
                    .min_by_key(|&i| doubled_area(&parts[i].exterior))
            });
            let home = home.expect("a hole of bounded ground lies in an exterior");
            parts[home].interiors.push(hole);
        }
        MultiPolygon(parts)
    }
}

/// Whether `inner`, which does not cross `outer`, lies inside it.
fn encloses(outer: &[GridPoint], inner: &[GridPoint]) -> bool {
    inner.iter().find_map(|&p| side(outer, p)).unwrap_or(false)
}

/// Whether `p` is inside (`Some(true)`) or outside the ring; `None` on it.
pub fn side(ring: &[GridPoint], p: GridPoint) -> Option<bool> {
    let mut is_inside = false;
    let mut a = *ring.last()?;
    for &b in ring {
        if on_segment(a, b, p) {
            return None;
        }
        if (a.y > p.y) != (b.y > p.y) && (orient(a, b, p) > 0) == (b.y > a.y) {
            is_inside = !is_inside;
        }
        a = b;
    }
    Some(is_inside)
}
