//! From labelled lines to polygons and borders.
//!
//! Faces are walked into cycles; a cycle that passes a vertex twice is parted there, so every ring
//! is simple; rings around a face are exteriors, rings around what lies in it are holes.

use std::collections::BTreeMap;

use super::faces::Edge;
use super::links::{Links, cross};
use super::{Cut, CutLine, CutPolygon, Label};

type Cells = Vec<[i32; 2]>;

/// Walks all faces that show a unit, or a group of `group_of` by unit.
pub fn trace(vertices: &[[i32; 2]], edges: &[Edge], group_of: Option<&[u32]>) -> Cut {
    let grouped = |label: Label| match (label, group_of) {
        (Label::Unit(unit), Some(group_of)) => Label::Unit(group_of[unit as usize]),
        _ => label,
    };
    let (ends, sides): (Vec<[u32; 2]>, Vec<[Label; 2]>) = edges
        .iter()
        .map(|edge| ([edge.a, edge.b], edge.sides.map(grouped)))
        .filter(|(_, sides)| sides[0] != sides[1])
        .unzip();
    let links = Links::new(vertices, &ends);
    let tracer = Tracer { vertices, links, sides };
    Cut { areas: tracer.areas(), lines: tracer.lines() }
}

struct Tracer<'a> {
    vertices: &'a [[i32; 2]],
    links: Links,
    /// Right and left of each edge.
    sides: Vec<[Label; 2]>,
}

impl Tracer<'_> {
    /// What lies to the right of a half-edge.
    fn label(&self, half_edge: u32) -> Label {
        self.sides[half_edge as usize / 2][half_edge as usize % 2]
    }

    fn at(&self, vertex: u32) -> [i32; 2] {
        self.vertices[vertex as usize]
    }

    /// False where a vertex only lies on a straight line that nothing else meets.
    fn bends(&self, arriving: u32, leaving: u32) -> bool {
        let middle = self.links.origin(leaving);
        let [p, q, r] = [self.links.origin(arriving), middle, self.links.target(leaving)].map(|v| self.at(v));
        self.links.degree[middle as usize] != 2
            || cross([q[0] - p[0], q[1] - p[1]], [r[0] - q[0], r[1] - q[1]]) != 0
    }

    fn areas(&self) -> Vec<(u32, Vec<CutPolygon>)> {
        let mut areas: BTreeMap<u32, Vec<CutPolygon>> = BTreeMap::new();
        let mut loose_holes: Vec<(u32, Cells)> = Vec::new();
        let mut seen = vec![false; self.links.n_cycles];
        let mut stack_place = vec![u32::MAX; self.vertices.len()];
        for start in 0..self.links.next.len() as u32 {
            let Label::Unit(unit) = self.label(start) else { continue };
            if std::mem::replace(&mut seen[self.links.cycle_of[start as usize] as usize], true) {
                continue;
            }
            let rings = self.rings(start, &mut stack_place);
            let (exteriors, mut holes): (Vec<Cells>, Vec<Cells>) =
                rings.into_iter().partition(|ring| doubled_area(ring) > 0);
            if exteriors.is_empty() {
                loose_holes.extend(holes.into_iter().map(|hole| (unit, hole)));
                continue;
            }
            let polygons = areas.entry(unit).or_default();
            for exterior in exteriors {
                polygons.push(CutPolygon { exterior, holes: std::mem::take(&mut holes) });
            }
        }
        for (unit, hole) in loose_holes {
            // What lies in a face is not linked to its exterior, so no vertex of it is on one.
            let around =
                areas.get_mut(&unit).into_iter().flatten().filter(|p| surrounds(&p.exterior, hole[0]));
            if let Some(polygon) = around.min_by_key(|p| doubled_area(&p.exterior)) {
                polygon.holes.push(hole);
            }
        }
        areas.into_iter().collect()
    }

    /// The cycle of `start` as rings that pass no vertex twice.
    fn rings(&self, start: u32, stack_place: &mut [u32]) -> Vec<Cells> {
        let mut rings = Vec::new();
        let mut stack: Vec<u32> = Vec::new();
        let mut arriving = start;
        for _ in self.links.walk(start) {
            let leaving = self.links.next[arriving as usize];
            let bends = self.bends(arriving, leaving);
            arriving = leaving;
            if !bends {
                continue;
            }
            let vertex = self.links.origin(leaving);
            let place = stack_place[vertex as usize] as usize;
            if place < stack.len() {
                rings.push(self.ring(&stack[place..]));
                for &v in &stack[place + 1..] {
                    stack_place[v as usize] = u32::MAX;
                }
                stack.truncate(place + 1);
            } else {
                stack_place[vertex as usize] = stack.len() as u32;
                stack.push(vertex);
            }
        }
        for &v in &stack {
            stack_place[v as usize] = u32::MAX;
        }
        rings.push(self.ring(&stack));
        rings
    }

    fn ring(&self, vertices: &[u32]) -> Cells {
        vertices.iter().map(|&v| self.at(v)).collect()
    }

    fn lines(&self) -> Vec<CutLine> {
        let mut lines = Vec::new();
        let mut drawn = vec![false; self.sides.len()];
        let from_nodes = |h: &u32| self.links.degree[self.links.origin(*h) as usize] != 2;
        let all = || 0..self.links.next.len() as u32;
        // What is left after the lines between nodes is closed and may begin anywhere.
        for start in all().filter(from_nodes).chain(all()) {
            let (right, left) = (self.label(start), self.label(start ^ 1));
            // Each line once, in the direction that has the smaller label on the left.
            if drawn[start as usize / 2] || left > right || right == Label::Beyond {
                continue;
            }
            let mut points = vec![self.at(self.links.origin(start))];
            let mut half_edge = start;
            loop {
                drawn[half_edge as usize / 2] = true;
                let target = self.links.target(half_edge);
                let next = self.links.next[half_edge as usize];
                let goes_on = self.links.degree[target as usize] == 2 && !drawn[next as usize / 2];
                if !goes_on || self.bends(half_edge, next) {
                    points.push(self.at(target));
                }
                if !goes_on {
                    break;
                }
                half_edge = next;
            }
            lines.push(CutLine { left: unit(left), right: unit(right), points });
        }
        lines
    }
}

fn unit(label: Label) -> Option<u32> {
    if let Label::Unit(unit) = label { Some(unit) } else { None }
}

fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let Some(&last) = ring.last() else { return 0 };
    let mut previous = last;
    ring.iter().map(|&p| cross(std::mem::replace(&mut previous, p), p)).sum()
}

/// True when `p`, which is not on the ring, lies inside.
fn surrounds(ring: &[[i32; 2]], p: [i32; 2]) -> bool {
    let Some(&last) = ring.last() else { return false };
    let mut from = last;
    let mut inside = false;
    for &to in ring {
        let (above, below) = if from[1] < to[1] { (from, to) } else { (to, from) };
        if above[1] <= p[1] && p[1] < below[1] {
            let turn = cross([below[0] - above[0], below[1] - above[1]], [p[0] - above[0], p[1] - above[1]]);
            inside ^= turn > 0;
        }
        from = to;
    }
    inside
}
