//! Which arcs run along a hole among the units, and which along the open outside.
//!
//! Owns: numbers of holes. A hole that a coverage keeps is a face of its own in every tile, so it can
//! be told from ground outside that only rounding closed in.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::Label;
use crate::geometry::coverage::Coverage;
use crate::geometry::ring;
use crate::model::grid::doubled_area;
use crate::model::{GridBox, GridPoint, MultiPolygon, Polygon, Ring};

/// What lies left and right of each arc.
pub fn sides(coverage: &Coverage) -> Vec<[Label; 2]> {
    let gap_of = gap_of_edges(coverage);
    let label = |unit: Option<u32>, edge: [GridPoint; 2]| match unit {
        Some(unit) => Label::Unit(unit),
        None => gap_of.get(&edge).map_or(Label::Outside, |&gap| Label::Gap(gap)),
    };
    let of_arc = |arc: &crate::geometry::coverage::Arc| {
        let edge = [arc.points[0], arc.points[1]];
        // An edge of the union has its inside on the left.
        [label(arc.left, [edge[1], edge[0]]), label(arc.right, edge)]
    };
    coverage.arcs().iter().map(of_arc).collect()
}

/// The hole to the right of each edge of the union that has one there.
fn gap_of_edges(coverage: &Coverage) -> HashMap<[GridPoint; 2], u32> {
    let union = coverage.dissolve(&vec![0; coverage.n_units()]).pop().unwrap_or_default();
    // Seen from the empty ground, which is on the right, holes turn the other way than outlines.
    let (outlines, holes): (Vec<Ring>, Vec<Ring>) =
        banks(&union).into_iter().partition(|ring| doubled_area(ring) > 0);
    let holes: Vec<Hole> = holes.iter().map(Hole::new).collect();
    let mut gap_of = HashMap::new();
    for (gap, hole) in (0..).zip(&holes) {
        gap_of.extend(edges(hole.ring).map(|edge| (edge, gap)));
    }
    // The outline of an island in a hole has the hole around it.
    for outline in &outlines {
        let around = (0..).zip(&holes).filter(|(_, hole)| hole.surrounds(outline));
        if let Some((gap, _)) = around.min_by_key(|(_, hole)| hole.doubled_area) {
            gap_of.extend(edges(outline).map(|edge| (edge, gap)));
        }
    }
    gap_of
}

/// Walks along the empty ground around and in a union, one for each closed line of touching rings.
///
/// The rings of the union will not do: ground between two parts that touch in two points is closed in,
/// and a hole of neither.
fn banks(union: &MultiPolygon) -> Vec<Ring> {
    let mut leaving: HashMap<GridPoint, Vec<GridPoint>> = HashMap::new();
    for [from, to] in union.0.iter().flat_map(Polygon::rings).flat_map(edges) {
        leaving.entry(from).or_default().push(to);
    }
    let mut seen = HashSet::new();
    let mut banks = Vec::new();
    for start in union.0.iter().flat_map(Polygon::rings).flat_map(edges) {
        let mut bank = Ring::new();
        let [mut at, mut next] = start;
        while seen.insert([at, next]) {
            bank.push(at);
            // Of several ways the one that turns right the most.
            let onward = leaving[&next].iter().copied().min_by(|&g, &h| by_turn(next, at, g, h));
            (at, next) = (next, onward.expect("a ring goes on"));
        }
        if !bank.is_empty() {
            banks.push(bank);
        }
    }
    banks
}

/// Compares two ways from `at` by how far to turn counter-clockwise from the way back to `from`.
fn by_turn(at: GridPoint, from: GridPoint, g: GridPoint, h: GridPoint) -> Ordering {
    let way = |p: GridPoint| [i128::from(p.x) - i128::from(at.x), i128::from(p.y) - i128::from(at.y)];
    let cross = |a: [i128; 2], b: [i128; 2]| a[0] * b[1] - a[1] * b[0];
    let (back, g, h) = (way(from), way(g), way(h));
    // Ahead of half a turn, or past it.
    let is_past = |way: [i128; 2]| cross(back, way) < 0;
    is_past(g).cmp(&is_past(h)).then_with(|| 0.cmp(&cross(g, h)))
}

fn edges(ring: &Ring) -> impl Iterator<Item = [GridPoint; 2]> + '_ {
    ring::sides(ring).map(|(from, to)| [from, to])
}

struct Hole<'a> {
    ring: &'a Ring,
    vertices: HashSet<GridPoint>,
    bounds: Option<GridBox>,
    doubled_area: i128,
}

impl<'a> Hole<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            vertices: ring.iter().copied().collect(),
            bounds: GridBox::around(ring.iter().copied()),
            doubled_area: doubled_area(ring).abs(),
        }
    }

    /// Whether a ring that does not cross this one lies inside. One has vertices where they touch.
    fn surrounds(&self, ring: &Ring) -> bool {
        ring.iter().all(|&p| self.bounds.is_some_and(|bounds| bounds.contains(p)))
            && ring.iter().find(|p| !self.vertices.contains(p)).is_some_and(|&p| self.contains(p))
    }

    /// Even–odd, for a point that is not on the ring.
    fn contains(&self, p: GridPoint) -> bool {
        let turn = |a: GridPoint, b: GridPoint| {
            let d = |from: i32, to: i32| i128::from(to) - i128::from(from);
            d(a.x, b.x) * d(a.y, p.y) - d(a.x, p.x) * d(a.y, b.y)
        };
        let crosses =
            |[a, b]: &[GridPoint; 2]| (a.y > p.y) != (b.y > p.y) && (turn(*a, *b) > 0) == (b.y > a.y);
        edges(self.ring).filter(crosses).count() % 2 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i32, i32)]) -> Ring {
        points.iter().map(|&(x, y)| GridPoint::new(x, y)).collect()
    }

    #[test]
    fn holes_and_islands_in_them_are_told_from_the_outside() {
        let square =
            |at: i32, size: i32| [(at, at), (at + size, at), (at + size, at + size), (at, at + size)];
        let reversed = |mut ring: Ring| {
            ring.reverse();
            ring
        };
        let frame = Polygon {
            exterior: ring(&square(0, 100)),
            interiors: vec![reversed(ring(&square(10, 20))), reversed(ring(&square(40, 40)))],
        };
        let island = Polygon { exterior: ring(&square(50, 10)), interiors: vec![] };
        let apart = Polygon { exterior: ring(&square(200, 10)), interiors: vec![] };
        let units = [vec![frame], vec![island], vec![apart]].map(MultiPolygon);
        let coverage = Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("matches");
        let mut found: Vec<(GridPoint, Vec<Label>)> = coverage
            .arcs()
            .iter()
            .zip(sides(&coverage))
            .map(|(arc, sides)| {
                assert_eq!(sides.map(Label::is_empty), [arc.left, arc.right].map(|unit| unit.is_none()));
                (arc.points[0], sides.into_iter().filter(|side| side.is_empty()).collect())
            })
            .collect();
        found.sort();
        let at = |v: i32| GridPoint::new(v, v);
        assert_eq!(
            found,
            [
                (at(0), vec![Label::Outside]),
                (at(10), vec![Label::Gap(0)]),
                (at(40), vec![Label::Gap(1)]),
                (at(50), vec![Label::Gap(1)]),
                (at(200), vec![Label::Outside]),
            ]
        );
    }

    #[test]
    fn ground_between_parts_that_touch_twice_is_a_gap() {
        let lower = [(0, 0), (9, 0), (9, 9), (6, 3), (3, 3), (0, 9)];
        let upper = [(9, 9), (9, 18), (0, 18), (0, 9), (3, 15), (6, 15)];
        let part = |points| MultiPolygon(vec![Polygon { exterior: ring(points), interiors: vec![] }]);
        let units = [part(&lower), part(&upper)];
        let coverage = Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("matches");
        let mut empty: Vec<Label> = sides(&coverage).concat();
        empty.retain(|side| side.is_empty());
        empty.sort();
        assert_eq!(empty, [Label::Gap(0), Label::Gap(0), Label::Outside, Label::Outside]);
    }
}
