//! A coverage: units that tile the ground, their borders stored once as shared arcs.
//!
//! [`Coverage::from_polygons`] derives it from polygons that match vertex for vertex and refuses
//! all others with a list of places; [`clean::clean`] makes matching polygons of any. Adjacency,
//! district borders, dissolved districts, simplification and tiles all work on the arcs, so a
//! border can never differ between its two sides.
//!
//! Owns: arcs, their sides, who borders whom, which unit holds a point.
//! Invariant: everything is decided on grid integers; floats only measure.
//! Design: one crate-owned kernel instead of an overlay library, because those work polygon by
//! polygon and do not give the faces of the whole arrangement with their claimants.

mod adjacency;
pub mod arcs;
pub mod clean;
mod components;
mod faces;
mod graph;
mod index;
mod locator;
mod matching;
mod necks;
mod noding;
pub mod overlay;
mod predicates;
mod repair;
mod rings;
mod shift;
mod vertices;
pub mod winding;

use adjacency::Adjacency;
use arcs::{Edge, Network};
use graph::bucket;
pub(super) use index::near_order;
use locator::Locator;

use super::measure::length_m;
use crate::model::{GridPoint, MultiPolygon};

/// A piece of border between two nodes, or a closed ring without a node (first point = last point).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    /// At least two points, both ends included.
    pub points: Vec<GridPoint>,
    /// Unit on the left when walking along `points`; `None` is outside.
    pub left: Option<u32>,
    pub right: Option<u32>,
}

/// A unit across a border.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    pub unit: u32,
    /// Geodesic length of the common border in metres; 0 where the units touch in points only.
    pub border_m: f64,
}

/// Units that do not share their borders vertex for vertex.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("units do not share their borders in {} places, first units {} and {} at {}, {}",
    places.len(), places[0].0, places[0].1, places[0].2.lon(), places[0].2.lat())]
pub struct Mismatch {
    /// Never empty; sorted. Two units (the smaller first; twice the same when a unit does not fit
    /// itself) and a vertex that one of them lacks, a crossing, or the start of a doubled edge.
    pub places: Vec<(u32, u32, GridPoint)>,
}

/// Units that share borders vertex for vertex.
#[derive(Debug, Clone)]
pub struct Coverage {
    n_units: usize,
    network: Network,
    /// Half-arcs of unit u, sorted, are `halves[halves_start[u]..halves_start[u + 1]]`.
    halves_start: Vec<u32>,
    halves: Vec<u32>,
    adjacency: Adjacency,
    locator: Locator,
}

impl Coverage {
    /// Derives the arcs by exact vertex match; O(n log n).
    ///
    /// - `units`: exteriors counter-clockwise, interiors clockwise; the number of a unit is its place.
    ///   A unit without geometry is allowed and has no arcs.
    /// - Errors: [`Mismatch`] unless the insides of all units are disjoint and every vertex on a
    ///   border is a vertex of all units there.
    pub fn from_polygons(units: &[&MultiPolygon]) -> Result<Self, Mismatch> {
        matching::edges(units).map(|edges| Self::from_edges(units.len(), &edges))
    }

    /// - `edges`: as [`Network::from_edges`] wants them.
    fn from_edges(n_units: usize, edges: &[Edge]) -> Self {
        Self::from_network(n_units, Network::from_edges(edges))
    }

    /// - `lines`: as [`Network::from_lines`] wants them.
    fn from_lines(n_units: usize, lines: Vec<Arc>) -> Self {
        Self::from_network(n_units, Network::from_lines(lines))
    }

    fn from_network(n_units: usize, network: Network) -> Self {
        let (halves_start, halves) = bucket(n_units, &sided(&network.arcs, |side| side));
        let adjacency = Adjacency::new(n_units, &network);
        let locator = Locator::new(network.arcs.iter().map(|arc| &arc.points[..]));
        Self { n_units, network, halves_start, halves, adjacency, locator }
    }

    pub fn n_units(&self) -> usize {
        self.n_units
    }

    /// In an order fixed by their coordinates.
    pub fn arcs(&self) -> &[Arc] {
        &self.network.arcs
    }

    /// Units that touch `unit`, the longest common border first, equal ones by number.
    pub fn neighbours(&self, unit: u32) -> &[Neighbour] {
        self.adjacency.of(unit)
    }

    /// The unit in canonical form: each ring from its smallest vertex, parts and holes sorted.
    pub fn polygon(&self, unit: u32) -> MultiPolygon {
        let range = self.halves_start[unit as usize] as usize..self.halves_start[unit as usize + 1] as usize;
        rings::assemble(&self.network, &self.halves[range])
    }

    /// Joins units into groups.
    ///
    /// - `group_of`: the group of each unit; as long as there are units.
    /// - Out: polygons of groups 0 to the largest, without the borders inside a group.
    pub fn dissolve(&self, group_of: &[u32]) -> Vec<MultiPolygon> {
        assert_eq!(group_of.len(), self.n_units, "one group for every unit");
        let n_groups = group_of.iter().max().map_or(0, |&last| last as usize + 1);
        let group = |side: Option<u32>| side.map(|unit| group_of[unit as usize]);
        let (start, halves) = bucket(n_groups, &sided(&self.network.arcs, group));
        start
            .windows(2)
            .map(|range| rings::assemble(&self.network, &halves[range[0] as usize..range[1] as usize]))
            .collect()
    }

    /// The unit that holds a point; on a border the one with the smallest number. Exact.
    pub fn locate(&self, point: GridPoint) -> Option<u32> {
        let line = |arc: u32| &self.network.arcs[arc as usize].points[..];
        let mut on_border: Option<u32> = None;
        self.locator.through(line, point, |arc| {
            let arc = &self.network.arcs[arc as usize];
            on_border = [on_border, arc.left, arc.right].into_iter().flatten().min();
        });
        if on_border.is_some() {
            return on_border;
        }
        let below = self.locator.below(line, point)?;
        let arc = &self.network.arcs[below.line as usize];
        if below.is_left { arc.left } else { arc.right }
    }
}

/// For every half-arc with an owner on its left that is not on its right too: owner and half-arc.
fn sided(arcs: &[Arc], owner: impl Fn(Option<u32>) -> Option<u32>) -> Vec<(u32, u32)> {
    (0_u32..)
        .zip(arcs)
        .flat_map(|(i, arc)| {
            let (left, right) = (owner(arc.left), owner(arc.right));
            let is_border = left != right;
            [
                left.filter(|_| is_border).map(|o| (o, 2 * i)),
                right.filter(|_| is_border).map(|o| (o, 2 * i + 1)),
            ]
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Polygon;

    fn ring(points: &[(i32, i32)]) -> Vec<GridPoint> {
        points.iter().map(|&(x, y)| GridPoint::new(x, y)).collect()
    }

    fn polygon(exterior: &[(i32, i32)], interiors: &[&[(i32, i32)]]) -> MultiPolygon {
        MultiPolygon(vec![Polygon {
            exterior: ring(exterior),
            interiors: interiors.iter().map(|r| ring(r)).collect(),
        }])
    }

    fn square(x: i32, y: i32, size: i32) -> MultiPolygon {
        polygon(&[(x, y), (x + size, y), (x + size, y + size), (x, y + size)], &[])
    }

    fn coverage(units: &[MultiPolygon]) -> Result<Coverage, Mismatch> {
        Coverage::from_polygons(&units.iter().collect::<Vec<_>>())
    }

    fn check_mismatch(units: &[MultiPolygon], expected: (u32, u32, (i32, i32))) {
        let (u, v, (x, y)) = expected;
        let places = coverage(units).expect_err("must not match").places;
        assert!(places.contains(&(u, v, GridPoint::new(x, y))), "{places:?}");
    }

    /// A frame with an inner unit that touches the frame's inner border in every vertex, four units
    /// around one node, and a far island.
    fn town() -> Vec<MultiPolygon> {
        vec![
            polygon(&[(0, 0), (9, 0), (9, 9), (0, 9)], &[&[(3, 3), (3, 6), (6, 6), (6, 3)]]),
            square(3, 3, 3),
            polygon(&[(9, 0), (18, 0), (18, 9), (9, 9)], &[]),
            square(18, 9, 9),
            square(100, 100, 5),
        ]
    }

    #[test]
    fn polygons_come_back_as_they_went_in() {
        let units = town();
        let coverage = coverage(&units).expect("matches");
        for (i, unit) in units.iter().enumerate() {
            assert_eq!(&coverage.polygon(i as u32), unit, "unit {i}");
        }
    }

    #[test]
    fn each_border_is_one_arc_between_nodes() {
        let coverage = coverage(&town()).expect("matches");
        let mut sides: Vec<_> =
            coverage.arcs().iter().map(|arc| (arc.left, arc.right, arc.points.len())).collect();
        sides.sort_unstable();
        // The outer line of unit 2 is cut where unit 3 touches it.
        let expected = [
            (None, Some(0), 4),
            (None, Some(2), 2),
            (None, Some(2), 3),
            (None, Some(3), 5),
            (None, Some(4), 5),
            (Some(0), Some(1), 5),
            (Some(0), Some(2), 2),
        ];
        let mut by_pair: Vec<_> = sides.iter().map(|&(l, r, n)| (l.min(r), l.max(r), n)).collect();
        by_pair.sort_unstable();
        assert_eq!(by_pair, expected);
        assert!(coverage.arcs().is_sorted_by_key(|arc| (arc.points[0], arc.points[1])));
    }

    #[test]
    fn neighbours_know_their_common_border_and_a_mere_touch_is_zero() {
        let coverage = coverage(&town()).expect("matches");
        let units = |u: u32| coverage.neighbours(u).iter().map(|n| n.unit).collect::<Vec<_>>();
        assert_eq!(
            [units(0), units(1), units(2), units(3), units(4)],
            [vec![1, 2], vec![0], vec![0, 3], vec![2], vec![]]
        );
        let between = |u: u32, k: usize| coverage.neighbours(u)[k].border_m;
        assert_eq!((between(2, 1), between(3, 0)), (0.0, 0.0));
        let nine_north_m = length_m(&ring(&[(9, 0), (9, 9)]));
        assert!((between(0, 1) - nine_north_m).abs() < 1e-12 && nine_north_m > 0.09);
    }

    #[test]
    fn dissolving_removes_inner_borders_and_keeps_real_holes() {
        let coverage = coverage(&town()).expect("matches");
        let whole = coverage.dissolve(&[0, 0, 0, 1, 1]);
        assert_eq!(whole[0], polygon(&[(0, 0), (9, 0), (18, 0), (18, 9), (9, 9), (0, 9)], &[]));
        assert_eq!(whole[1].0.len(), 2);
        let pierced = coverage.dissolve(&[0, 1, 0, 0, 0]);
        assert_eq!(pierced[0].0.len(), 3, "parts that touch in a point stay apart");
        assert_eq!(pierced[0].0[0].interiors, [ring(&[(3, 3), (3, 6), (6, 6), (6, 3)])]);
    }

    #[test]
    fn a_place_has_one_unit_and_on_a_border_the_first() {
        let coverage = coverage(&town()).expect("matches");
        let at = |x, y| coverage.locate(GridPoint::new(x, y));
        assert_eq!(
            [at(1, 1), at(4, 4), at(10, 5), at(20, 15), at(102, 101)],
            [Some(0), Some(1), Some(2), Some(3), Some(4)]
        );
        assert_eq!([at(3, 4), at(9, 4), at(18, 9), at(27, 18)], [Some(0), Some(0), Some(2), Some(3)]);
        assert_eq!([at(-1, 4), at(50, 5), at(10, 12), at(4, 10), at(20, 5)], [None; 5]);
    }

    #[test]
    fn a_vertex_that_the_neighbour_lacks_is_a_mismatch() {
        let with_vertex = polygon(&[(9, 0), (18, 0), (18, 9), (9, 9), (9, 4)], &[]);
        check_mismatch(&[square(0, 0, 9), with_vertex], (0, 1, (9, 4)));
        check_mismatch(&[square(0, 0, 9), square(9, 2, 3)], (0, 1, (9, 2)));
    }

    #[test]
    fn overlaps_of_every_kind_are_mismatches() {
        check_mismatch(&[square(0, 0, 9), square(0, 0, 9)], (0, 1, (0, 0)));
        check_mismatch(&[square(0, 0, 9), square(3, 3, 3)], (0, 1, (3, 3)));
        check_mismatch(&[square(0, 0, 9), square(4, -4, 9)], (0, 1, (4, 0)));
        // Same corner, one inside the other: nothing crosses, only the turn around the corner tells.
        check_mismatch(
            &[polygon(&[(0, 0), (9, 3), (3, 9)], &[]), polygon(&[(0, 0), (4, 3), (3, 4)], &[])],
            (0, 1, (0, 0)),
        );
        check_mismatch(&[polygon(&[(0, 0), (0, 9), (9, 9), (9, 0)], &[])], (0, 0, (0, 0)));
        check_mismatch(
            &[polygon(&[(0, 0), (9, 0), (9, 9), (5, 9), (5, 12), (5, 9), (0, 9)], &[])],
            (0, 0, (5, 9)),
        );
    }

    #[test]
    fn a_gap_among_units_is_no_mismatch_and_holds_nobody() {
        let units = [
            polygon(&[(0, 0), (9, 0), (6, 3), (3, 3), (3, 6), (0, 9)], &[]),
            polygon(&[(9, 0), (9, 9), (0, 9), (3, 6), (6, 6), (6, 3)], &[]),
        ];
        let coverage = coverage(&units).expect("matches");
        assert_eq!(coverage.locate(GridPoint::new(4, 4)), None);
        assert_eq!(coverage.dissolve(&[0, 0])[0].0[0].interiors, [ring(&[(3, 3), (3, 6), (6, 6), (6, 3)])]);
    }

    #[test]
    fn a_unit_without_geometry_has_no_arcs_and_no_place() {
        let coverage = coverage(&[square(0, 0, 9), MultiPolygon::default()]).expect("matches");
        assert_eq!((coverage.n_units(), coverage.polygon(1)), (2, MultiPolygon::default()));
        assert!(coverage.neighbours(1).is_empty());
    }

    #[test]
    fn a_hole_that_touches_its_exterior_stays_a_hole() {
        let unit = polygon(&[(0, 0), (9, 0), (9, 9), (0, 9)], &[&[(0, 0), (2, 4), (4, 2)]]);
        let coverage = coverage(std::slice::from_ref(&unit)).expect("matches");
        assert_eq!(coverage.polygon(0), unit);
        assert_eq!(coverage.locate(GridPoint::new(2, 2)), None);
    }
}
