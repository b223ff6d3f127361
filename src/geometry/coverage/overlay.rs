//! What became of each unit of one coverage in another.
//!
//! Both coverages are noded together, and every face of the common arrangement belongs to at most
//! one unit of each; its area is their share. So shares of a unit add up to the part of it that the
//! other coverage covers, with nothing counted twice.
//!
//! Owns: areas of intersection. Leaves to others: what share counts as a successor.

use std::collections::BTreeMap;

use super::faces::Faces;
use super::noding::{Claims, node};
use super::{Arc, Coverage};
use crate::geometry::measure::ring_area_m2;

/// Ground that two units of different coverages have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub from: u32,
    pub to: u32,
    /// More than 0.
    pub area_m2: f64,
    /// Part of the area of `from`, 0 to 1.
    pub share_of_from: f64,
    /// Part of the area of `to`, 0 to 1.
    pub share_of_to: f64,
}

/// All pairs of units with common ground, by `from`, then `to`.
///
/// Areas are geodesic; snapping moves borders by about a centimetre where the two coverages cross.
pub fn overlay(from: &Coverage, to: &Coverage) -> Vec<Share> {
    let n_from = from.n_units() as u32;
    let mut claims = Claims::default();
    claim(from.arcs(), 0, &mut claims);
    claim(to.arcs(), n_from, &mut claims);
    let sources: Vec<u32> = (0..n_from + to.n_units() as u32).collect();
    let faces = Faces::new(&node(&claims), &sources);
    let mut total_m2 = vec![0.0; sources.len()];
    let mut common_m2: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for (face, claimants) in (0..).zip(&faces.claimants) {
        if claimants.is_empty() {
            continue;
        }
        let area_m2: f64 = faces.rings(face).map(|ring| ring_area_m2(&ring)).sum();
        for &unit in claimants {
            total_m2[unit as usize] += area_m2;
        }
        // Snapping may fold a border by a step, so a face can have two units of one side.
        let (from, to) = claimants.split_at(claimants.partition_point(|&unit| unit < n_from));
        for (&f, &t) in from.iter().flat_map(|f| to.iter().map(move |t| (f, t))) {
            *common_m2.entry((f, t)).or_default() += area_m2;
        }
    }
    let share = |((from, to), area_m2): ((u32, u32), f64)| Share {
        from,
        to: to - n_from,
        area_m2,
        share_of_from: area_m2 / total_m2[from as usize],
        share_of_to: area_m2 / total_m2[to as usize],
    };
    common_m2.into_iter().map(share).collect()
}

/// Both sides of every arc claim it.
fn claim(arcs: &[Arc], first_source: u32, claims: &mut Claims) {
    for arc in arcs {
        for unit in [arc.left, arc.right].into_iter().flatten() {
            claims.line(&arc.points, first_source + unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GridPoint, MultiPolygon, Polygon};

    fn rectangles(list: &[[i32; 4]]) -> Coverage {
        let p = |x: i32, y: i32| GridPoint::new(1_069_000_000 + 1_000 * x, 479_000_000 + 1_000 * y);
        let units: Vec<MultiPolygon> = list
            .iter()
            .map(|&[w, s, e, n]| {
                let exterior = vec![p(w, s), p(e, s), p(e, n), p(w, n)];
                MultiPolygon(vec![Polygon { exterior, interiors: vec![] }])
            })
            .collect();
        Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("matches")
    }

    #[test]
    fn a_split_and_a_moved_border_show_in_the_shares() {
        let before = rectangles(&[[0, 0, 10, 10], [10, 0, 20, 10], [30, 0, 40, 10]]);
        let after = rectangles(&[[0, 0, 5, 10], [5, 0, 11, 10], [11, 0, 20, 10]]);
        let shares = overlay(&before, &after);
        let pairs: Vec<_> = shares.iter().map(|s| (s.from, s.to)).collect();
        assert_eq!(pairs, [(0, 0), (0, 1), (1, 1), (1, 2)]);
        let expected = [(0.5, 1.0), (0.5, 5.0 / 6.0), (0.1, 1.0 / 6.0), (0.9, 1.0)];
        for (share, (of_from, of_to)) in shares.iter().zip(expected) {
            assert!((share.share_of_from - of_from).abs() < 1e-6, "{share:?}");
            assert!((share.share_of_to - of_to).abs() < 1e-6, "{share:?}");
        }
    }

    #[test]
    fn a_coverage_laid_over_itself_is_unchanged() {
        const ONE: u64 = 1.0_f64.to_bits();
        let coverage = rectangles(&[[0, 0, 10, 10], [10, 0, 20, 10]]);
        let shares = overlay(&coverage, &coverage);
        assert_eq!(shares.iter().map(|s| (s.from, s.to)).collect::<Vec<_>>(), [(0, 0), (1, 1)]);
        assert!(
            shares.iter().all(|s| s.share_of_from.to_bits() == ONE && s.share_of_to.to_bits() == ONE),
            "{shares:?}"
        );
    }
}
