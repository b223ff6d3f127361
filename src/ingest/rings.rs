//! Rings as files have them to rings on the grid, each repair told.
//!
//! Rings are closed by being stored open; repeated vertices, rings without an area and wrong direction
//! are mended here. Where a ring crosses itself is only found and told: the noding of the whole
//! coverage makes it valid, by the even-odd rule.

mod crossings;

use super::Stage;
use super::cause::{Cause, Spot};
use super::columns::Identified;
use super::locate::Placed;
use super::read::{Kind, Layer, RawPolygon, RawRing};
use super::report::{RepairKind, Report};
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
pub(super) fn units(
    layers: &[Layer],
    placed: &[Placed],
    mut identified: Vec<Identified>,
    report: &mut Report,
) -> Stage<Vec<Unit>> {
    identified.sort_by(|a, b| a.key.cmp(&b.key));
    let mut causes = Vec::new();
    let mended = parallel::map(identified.len(), |index| {
        let Identified { layer, feature, .. } = identified[index];
        let mut mending =
            Mending { repairs: Vec::new(), is_shapefile: layers[layer].kind == Kind::Shapefile };
        let polygons = layers[layer].features[feature].polygons.iter();
        let crs = placed[layer].crs;
        let polygons: Vec<Polygon> = polygons.filter_map(|polygon| mending.polygon(polygon, crs)).collect();
        (polygons, mending.repairs)
    });
    let mut units = Vec::with_capacity(identified.len());
    for (identified, (polygons, repairs)) in identified.into_iter().zip(mended) {
        let unit = identified.key.to_string();
        for Repair { kind, at, count } in repairs {
            report.repair(kind, &unit, Spot::of(at), count);
        }
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
}

/// The rings of one unit on their way to the grid.
struct Mending {
    repairs: Vec<Repair>,
    /// Shapefiles wind the other way round by their standard: no fault there.
    is_shapefile: bool,
}

impl Mending {
    fn repair(&mut self, kind: RepairKind, at: GridPoint, count: usize) {
        if count > 0 {
            self.repairs.push(Repair { kind, at, count });
        }
    }

    /// `None` when the exterior has no area.
    fn polygon(&mut self, raw: &RawPolygon, crs: Crs) -> Option<Polygon> {
        let mut rings = raw.iter();
        let exterior = self.ring(rings.next()?, crs, true)?;
        let interiors: Vec<Ring> = rings.filter_map(|ring| self.ring(ring, crs, false)).collect();
        let polygon = Polygon { exterior, interiors };
        let crossings = crossings::find(&polygon);
        if let Some(&at) = crossings.first() {
            self.repair(RepairKind::SelfIntersection, at, crossings.len());
        }
        Some(polygon)
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
        let mut mending = Mending { repairs: Vec::new(), is_shapefile: false };
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

    #[test]
    fn a_ring_on_one_line_is_dropped_but_a_bow_tie_is_not() {
        let line = [[106.0, 47.0], [107.0, 47.0], [106.5, 47.0], [106.0, 47.0]];
        assert_eq!(mend(&line, true), (None, vec![RepairKind::RingWithoutArea]));
        let bow_tie = [[106.0, 47.0], [107.0, 48.0], [107.0, 47.0], [106.0, 48.0], [106.0, 47.0]];
        assert!(mend(&bow_tie, true).0.is_some());
    }
}
