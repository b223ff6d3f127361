//! Rings as files have them to rings on the grid, each repair told.
//!
//! Rings are closed by being stored open; repeated vertices, rings without an area and wrong direction
//! are mended here. Where a ring crosses itself is only found and told: the noding of the whole
//! coverage makes it valid, by the even-odd rule. Ground that appears or disappears by that is measured,
//! and refused where it is more than `--max-fix`; an interior ring that is no hole is left out, or refused.

mod crossings;

use std::ops::Range;

use super::Stage;
use super::cause::{Cause, Spot};
use super::columns::Identified;
use super::locate::Placed;
use super::read::{Kind, Layer, RawPolygon, RawRing};
use super::report::{RepairKind, Report};
use super::request::Request;
use crate::geometry::coverage::winding::{doubts, winding};
use crate::geometry::label::point_in_middle_row;
use crate::geometry::measure::ring_area_m2;
use crate::geometry::projection::Crs;
use crate::model::grid::doubled_area;
use crate::model::{GridPoint, MultiPolygon, Polygon, Ring};
use crate::parallel;

/// A unit with its shape as the file means it; it may still cross itself or others.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub identified: Identified,
    pub shape: MultiPolygon,
}

/// Puts every identified feature on the grid, sorted by key, and books the repairs.
///
/// Errors: units without ground, and those with more ground in doubt than may be mended unasked.
pub(super) fn units(
    request: &Request,
    layers: &[Layer],
    placed: &[Placed],
    mut identified: Vec<Identified>,
    report: &mut Report,
) -> Stage<Vec<Unit>> {
    identified.sort_by(|a, b| a.key.cmp(&b.key));
    let mut causes = Vec::new();
    let mended = parallel::map(identified.len(), |index| {
        let Identified { layer, feature, .. } = identified[index];
        let mut mending = Mending::new(layers[layer].kind == Kind::Shapefile, request.max_fix_m2);
        let polygons = layers[layer].features[feature].polygons.iter();
        let crs = placed[layer].crs;
        let polygons: Vec<Polygon> = polygons.filter_map(|polygon| mending.polygon(polygon, crs)).collect();
        (polygons, mending)
    });
    let mut units = Vec::with_capacity(identified.len());
    for (identified, (polygons, mending)) in identified.into_iter().zip(mended) {
        let unit = identified.key.to_string();
        for Repair { kind, at, count, gained_m2, lost_m2 } in mending.repairs {
            report.repair(kind, &unit, Spot::of(at), count, gained_m2 + lost_m2);
            // A ring that is left out moves no ground.
            if kind == RepairKind::SelfIntersection && gained_m2 + lost_m2 > 0.0 {
                report.moved(&unit, gained_m2, lost_m2);
                report.total_moved_m2 += gained_m2 + lost_m2;
            }
        }
        causes.extend(mending.refused.into_iter().map(|refused| refused.cause(&unit)));
        if polygons.is_empty() {
            causes.push(Cause::NoArea { at: identified.at });
            continue;
        }
        units.push(Unit { identified, shape: MultiPolygon(polygons) });
    }
    if causes.is_empty() { Ok(units) } else { Err(causes) }
}

struct Repair {
    kind: RepairKind,
    /// Of the first of them.
    at: GridPoint,
    /// At least 1.
    count: usize,
    /// Ground that appears by it, and ground that disappears, or that a left-out ring is around.
    gained_m2: f64,
    lost_m2: f64,
}

/// Too much to mend unasked.
struct Refused {
    kind: RepairKind,
    at: GridPoint,
    area_m2: f64,
    appears: bool,
}

impl Refused {
    fn cause(self, unit: &str) -> Cause {
        let Self { kind, at, area_m2, appears } = self;
        let (unit, spot) = (unit.to_owned(), Spot::of(at));
        if kind == RepairKind::StrayInterior {
            Cause::StrayInterior { unit, area_m2, spot }
        } else {
            Cause::CrossesItself { unit, area_m2, spot, appears }
        }
    }
}

/// The rings of one unit on their way to the grid.
struct Mending {
    repairs: Vec<Repair>,
    refused: Vec<Refused>,
    max_fix_m2: f64,
    /// Shapefiles wind the other way round by their standard: no fault there.
    is_shapefile: bool,
}

impl Mending {
    fn new(is_shapefile: bool, max_fix_m2: f64) -> Self {
        Self { repairs: Vec::new(), refused: Vec::new(), max_fix_m2, is_shapefile }
    }

    fn repair(&mut self, kind: RepairKind, at: GridPoint, count: usize) {
        if count > 0 {
            self.repairs.push(Repair { kind, at, count, gained_m2: 0.0, lost_m2: 0.0 });
        }
    }

    /// `None` when the exterior has no area.
    fn polygon(&mut self, raw: &RawPolygon, crs: Crs) -> Option<Polygon> {
        let mut rings = raw.iter();
        let exterior = self.ring(rings.next()?, crs, true)?;
        let mut polygon = Polygon { exterior, interiors: Vec::new() };
        // What was mended in each interior ring, in case that it is left out.
        let mut n_repairs = Vec::new();
        for ring in rings {
            let before = self.repairs.len();
            if let Some(ring) = self.ring(ring, crs, false) {
                polygon.interiors.push(ring);
                n_repairs.push(before..self.repairs.len());
            }
        }
        let crossings = crossings::find(&polygon);
        if let Some(&at) = crossings.first() {
            self.self_intersections(&polygon, at, crossings.len());
        } else {
            self.leave_out_strays(&mut polygon, &n_repairs);
        }
        Some(polygon)
    }

    /// Books crossings with the ground that appears and disappears by the even-odd rule.
    fn self_intersections(&mut self, polygon: &Polygon, at: GridPoint, count: usize) {
        let mut repair =
            Repair { kind: RepairKind::SelfIntersection, at, count, gained_m2: 0.0, lost_m2: 0.0 };
        for doubt in doubts(polygon) {
            if doubt.area_m2 > self.max_fix_m2 {
                let (kind, at) = (RepairKind::SelfIntersection, doubt.at);
                self.refused.push(Refused { kind, at, area_m2: doubt.area_m2, appears: doubt.appears });
            } else if doubt.appears {
                repair.gained_m2 += doubt.area_m2;
            } else {
                repair.lost_m2 += doubt.area_m2;
            }
        }
        self.repairs.push(repair);
    }

    /// Leaves out interior rings that lie outside the exterior, or in another interior ring, where there is
    /// nothing to take away; no rings cross each other.
    ///
    /// - `n_repairs`: the repairs of each interior ring, which go with it.
    fn leave_out_strays(&mut self, polygon: &mut Polygon, n_repairs: &[Range<usize>]) {
        let is_stray: Vec<bool> = (0..polygon.interiors.len()).map(|hole| !is_hole(polygon, hole)).collect();
        for (hole, repairs) in n_repairs.iter().enumerate().rev().filter(|&(hole, _)| is_stray[hole]) {
            self.repairs.drain(repairs.clone());
            let ring = polygon.interiors.remove(hole);
            let (kind, area_m2) = (RepairKind::StrayInterior, ring_area_m2(&ring).abs());
            let inside = point_in_middle_row(&Polygon { exterior: reversed(&ring), interiors: Vec::new() });
            let at = inside.unwrap_or(ring[0]);
            if area_m2 > self.max_fix_m2 {
                self.refused.push(Refused { kind, at, area_m2, appears: true });
            } else {
                self.repairs.push(Repair { kind, at, count: 1, gained_m2: area_m2, lost_m2: 0.0 });
            }
        }
    }

    fn ring(&mut self, raw: &RawRing, crs: Crs, is_exterior: bool) -> Option<Ring> {
        let on_grid = |&[x, y]: &[f64; 2]| {
            let (lon, lat) = crs.to_degrees(x, y);
            GridPoint::from_degrees(lon, lat).expect("every vertex was checked to lie in the expected box")
        };
        let mut ring: Ring = raw.iter().map(on_grid).collect();
        let first = *ring.first()?;
        if ring.len() > 1 && ring.last() == Some(&first) {
            ring.pop();
        } else {
            self.repair(RepairKind::Unclosed, first, 1);
        }
        let before = ring.len();
        ring.dedup();
        while ring.len() > 1 && ring.last() == ring.first() {
            ring.pop();
        }
        self.repair(RepairKind::RepeatedPoint, first, before - ring.len());
        let area = doubled_area(&ring);
        if ring.len() < 3 || (area == 0 && is_flat(&ring)) {
            self.repair(RepairKind::RingWithoutArea, first, 1);
            return None;
        }
        if area != 0 && (area > 0) != is_exterior {
            ring.reverse();
            if !self.is_shapefile {
                self.repair(RepairKind::Winding, first, 1);
            }
        }
        Some(ring)
    }
}

/// Whether an interior ring takes ground away: one of its vertices that is on no other ring lies within the
/// exterior and in no other interior ring. One that touches others in every vertex counts as a hole.
fn is_hole(polygon: &Polygon, hole: usize) -> bool {
    let others = || {
        let interiors = polygon.interiors.iter().enumerate().filter(move |&(other, _)| other != hole);
        std::iter::once(&polygon.exterior).chain(interiors.map(|(_, ring)| ring))
    };
    let is_clear = |p: GridPoint| others().all(|ring| !crossings::is_on(ring, p));
    let free = polygon.interiors[hole].iter().copied().find(|&p| is_clear(p));
    free.is_none_or(|p| others().map(|ring| winding(ring, p)).sum::<i32>() == 1)
}

fn reversed(ring: &Ring) -> Ring {
    ring.iter().rev().copied().collect()
}

/// True when all vertices lie on one line; a bow tie of equal halves has no area either, but ground.
fn is_flat(ring: &[GridPoint]) -> bool {
    let a = ring[0];
    let Some(&b) = ring.iter().find(|p| **p != a) else { return true };
    ring.iter().all(|&c| crossings::turn(a, b, c) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mend(raw: &[[f64; 2]], is_exterior: bool) -> (Option<Ring>, Vec<RepairKind>) {
        let mut mending = Mending::new(false, 10_000.0);
        let ring = mending.ring(&raw.to_vec(), Crs::Wgs84, is_exterior);
        (ring, mending.repairs.iter().map(|repair| repair.kind).collect())
    }

    const SQUARE: [[f64; 2]; 5] = [[106.0, 47.0], [107.0, 47.0], [107.0, 48.0], [106.0, 48.0], [106.0, 47.0]];

    #[test]
    fn a_proper_ring_needs_no_repair() {
        let (ring, repairs) = mend(&SQUARE, true);
        assert_eq!(ring.map(|ring| ring.len()), Some(4));
        assert_eq!(repairs, []);
    }

    #[test]
    fn direction_is_mended_both_ways() {
        let clockwise: Vec<[f64; 2]> = SQUARE.into_iter().rev().collect();
        let (ring, repairs) = mend(&clockwise, true);
        assert!(doubled_area(&ring.expect("a ring")) > 0);
        assert_eq!(repairs, [RepairKind::Winding]);
        let (ring, repairs) = mend(&SQUARE, false);
        assert!(doubled_area(&ring.expect("a ring")) < 0);
        assert_eq!(repairs, [RepairKind::Winding]);
        assert_eq!(mend(&clockwise, false).1, []);
    }

    #[test]
    fn an_unclosed_ring_is_closed_and_repeated_points_go() {
        assert_eq!(mend(&SQUARE[..4], true).1, [RepairKind::Unclosed]);
        let mut repeated = SQUARE.to_vec();
        repeated.insert(2, [107.000_000_000_01, 47.0]);
        let (ring, repairs) = mend(&repeated, true);
        assert_eq!(ring.map(|ring| ring.len()), Some(4));
        assert_eq!(repairs, [RepairKind::RepeatedPoint]);
    }

    /// A repair with the m² that it gained and lost.
    type Booked = (RepairKind, f64, f64);

    /// Repairs with their m² and refusals of a polygon, rounded to a hundred m².
    fn told(rings: &[&[[f64; 2]]]) -> (usize, Vec<Booked>, Vec<(RepairKind, f64)>) {
        let round = |m2: f64| (m2 / 100.0).round() * 100.0;
        let mut mending = Mending::new(false, 10_000.0);
        let raw: RawPolygon = rings.iter().map(|ring| ring.to_vec()).collect();
        let polygon = mending.polygon(&raw, Crs::Wgs84).expect("an exterior");
        let repairs = mending.repairs.iter().map(|r| (r.kind, round(r.gained_m2), round(r.lost_m2)));
        let refused = mending.refused.iter().map(|refused| (refused.kind, round(refused.area_m2)));
        (polygon.interiors.len(), repairs.collect(), refused.collect())
    }

    /// Clockwise, from a corner.
    fn hole(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
        let (east, north) = (west + side, south + side);
        vec![[west, south], [west, north], [east, north], [east, south], [west, south]]
    }

    #[test]
    fn an_interior_ring_that_is_no_hole_is_left_out_and_a_large_one_is_refused() {
        let inside = hole(106.2, 47.2, 0.001);
        assert_eq!(told(&[&SQUARE, &inside]), (1, vec![], vec![]));
        let mut outside = hole(107.5, 47.2, 0.001);
        let small = (RepairKind::StrayInterior, 8_400.0, 0.0);
        assert_eq!(told(&[&SQUARE, &inside, &outside]), (1, vec![small], vec![]));
        // Not told as one of another direction either.
        outside.reverse();
        assert_eq!(told(&[&SQUARE, &outside]), (0, vec![small], vec![]));
        let (n_holes, repairs, refused) = told(&[&SQUARE, &hole(107.5, 47.2, 0.01)]);
        assert_eq!((n_holes, repairs.len()), (0, 0));
        assert!(matches!(refused[..], [(RepairKind::StrayInterior, m2)] if (m2 - 842_000.0).abs() < 2_000.0));
        // An island in a hole, drawn as another hole.
        let island = hole(106.200_1, 47.200_1, 0.000_5);
        assert_eq!(told(&[&SQUARE, &inside, &island]).1[0].0, RepairKind::StrayInterior);
    }

    #[test]
    fn what_a_crossing_ring_gains_or_loses_is_measured_and_refused_where_it_is_much() {
        let tie = |size: f64| {
            let (x, y) = (106.0, 47.0);
            vec![[x, y], [x + 0.1, y], [x + 0.05 - size, y + 0.1], [x + 0.05 + size, y + 0.1], [x, y]]
        };
        let (_, repairs, refused) = told(&[&tie(0.000_5)]);
        assert!(matches!(repairs[..], [(RepairKind::SelfIntersection, m2, 0.0)] if m2 > 0.0), "{repairs:?}");
        assert_eq!(refused, []);
        let (_, repairs, refused) = told(&[&tie(0.01)]);
        assert!(matches!(repairs[..], [(RepairKind::SelfIntersection, 0.0, 0.0)]), "{repairs:?}");
        assert!(matches!(refused[..], [(RepairKind::SelfIntersection, m2)] if m2 > 10_000.0), "{refused:?}");
        let spike =
            [[106.0, 47.0], [107.0, 47.0], [107.0, 48.0], [107.5, 48.0], [107.0, 48.0], [106.0, 48.0]];
        let (_, repairs, refused) = told(&[&spike]);
        assert!(repairs.contains(&(RepairKind::SelfIntersection, 0.0, 0.0)) && refused.is_empty());
    }

    #[test]
    fn a_ring_on_one_line_is_dropped_but_a_bow_tie_is_not() {
        let line = [[106.0, 47.0], [107.0, 47.0], [106.5, 47.0], [106.0, 47.0]];
        assert_eq!(mend(&line, true), (None, vec![RepairKind::RingWithoutArea]));
        let bow_tie = [[106.0, 47.0], [107.0, 48.0], [107.0, 47.0], [106.0, 48.0], [106.0, 47.0]];
        assert!(mend(&bow_tie, true).0.is_some());
    }
}
