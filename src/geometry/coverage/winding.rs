//! Ground about which a polygon's rings contradict themselves.
//!
//! Rings that do not cross go once around their ground and not at all around their holes. Where they cross
//! themselves, or an interior ring lies where there is nothing to take away, they go around ground twice, or
//! the wrong way round. By the even-odd rule such ground then appears or disappears; here it is measured.
//!
//! Owns: winding numbers. Must not: decide what becomes of the ground.
//! Design: every ring is a source of its own in the noding, for two equal sides of one source cancel.

use super::faces::{Faces, OUTSIDE};
use super::noding::{Claims, node};
use super::repair::{area_m2, inside};
use crate::geometry::ring::sides;
use crate::model::{GridPoint, Polygon};

/// A connected piece of such ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubt {
    pub at: GridPoint,
    pub area_m2: f64,
    /// True where the even-odd rule makes it the polygon's, though the rings go the wrong way round it.
    pub appears: bool,
}

/// All such pieces that hold a grid point, the largest first.
///
/// - `polygon`: exterior counter-clockwise, interiors clockwise, as far as they have a direction.
/// - Time: that of noding, and for each piece of ground one pass over all sides.
pub fn doubts(polygon: &Polygon) -> Vec<Doubt> {
    let mut claims = Claims::with_capacity(polygon.rings().map(|ring| ring.len() + 1).sum());
    for (source, ring) in (0..).zip(polygon.rings()) {
        claims.ring(ring, source);
    }
    let units: Vec<u32> = (0..=polygon.interiors.len() as u32).collect();
    let faces = Faces::new(&node(&claims), &units);
    let doubt = |face: u32| {
        let at = inside(&faces, face)?;
        let turns: i32 = polygon.rings().map(|ring| winding(ring, at)).sum();
        let appears = turns.rem_euclid(2) == 1;
        (!(0..=1).contains(&turns)).then(|| Doubt { at, area_m2: area_m2(&faces, face), appears })
    };
    let mut doubts: Vec<Doubt> = (OUTSIDE + 1..faces.n_faces() as u32).filter_map(doubt).collect();
    doubts.sort_by(|s, t| t.area_m2.total_cmp(&s.area_m2).then(s.at.cmp(&t.at)));
    doubts
}

/// How often a ring goes around a point that is not on it, counter-clockwise. Exact.
pub fn winding(ring: &[GridPoint], p: GridPoint) -> i32 {
    let wide = |v: i32| i64::from(v);
    sides(ring)
        .map(|(a, b)| {
            let rises = a.y <= p.y && b.y > p.y;
            let falls = a.y > p.y && b.y <= p.y;
            if !rises && !falls {
                return 0;
            }
            let left = i128::from(wide(b.x) - wide(a.x)) * i128::from(wide(p.y) - wide(a.y))
                - i128::from(wide(p.x) - wide(a.x)) * i128::from(wide(b.y) - wide(a.y));
            match left.signum() {
                1 if rises => 1,
                -1 if falls => -1,
                _ => 0,
            }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::measure::ring_area_m2;
    use crate::model::Ring;

    /// Thousand grid steps, about 10 m, near Ulaanbaatar.
    fn ring(points: &[(i32, i32)]) -> Ring {
        points
            .iter()
            .map(|&(x, y)| GridPoint::new(1_069_000_000 + 1_000 * x, 479_000_000 + 1_000 * y))
            .collect()
    }

    /// Areas in units of a square of side 10, and whether they appear.
    fn found(exterior: &[(i32, i32)], interiors: &[&[(i32, i32)]]) -> Vec<(f64, bool)> {
        let interiors = interiors.iter().map(|points| ring(points)).collect();
        let unit_m2 = ring_area_m2(&ring(&[(0, 0), (10, 0), (10, 10), (0, 10)]));
        let doubts = doubts(&Polygon { exterior: ring(exterior), interiors });
        doubts
            .iter()
            .map(|doubt| ((doubt.area_m2 / unit_m2 * 100.0).round() / 100.0, doubt.appears))
            .collect()
    }

    const SQUARE: [(i32, i32); 4] = [(0, 0), (40, 0), (40, 40), (0, 40)];

    #[test]
    fn rings_that_go_around_their_ground_once_leave_no_doubt() {
        assert_eq!(found(&SQUARE, &[&[(10, 10), (10, 20), (20, 20), (20, 10)]]), []);
        // A spike has no ground.
        assert_eq!(found(&[(0, 0), (40, 0), (40, 20), (80, 20), (40, 20), (40, 40), (0, 40)], &[]), []);
    }

    #[test]
    fn the_smaller_half_of_a_bow_tie_appears() {
        assert_eq!(found(&[(0, 0), (40, 0), (10, 30), (30, 30)], &[]), [(1.0, true)]);
    }

    #[test]
    fn a_loop_inside_is_gone_around_twice_and_disappears() {
        let looped = [(0, 0), (40, 0), (40, 20), (20, 30), (20, 10), (40, 20), (40, 40), (0, 40)];
        assert_eq!(found(&looped, &[]), [(2.0, false)]);
        // The other way round the loop is a hole that touches the border.
        let turned = [(0, 0), (40, 0), (40, 20), (20, 10), (20, 30), (40, 20), (40, 40), (0, 40)];
        assert_eq!(found(&turned, &[]), []);
    }

    #[test]
    fn an_interior_ring_outside_or_within_another_appears_however_often_it_is_there() {
        let outside: &[_] = &[(50, 0), (50, 10), (60, 10), (60, 0)];
        assert_eq!(found(&SQUARE, &[outside]), [(1.0, true)]);
        let hole: &[_] = &[(10, 10), (10, 30), (30, 30), (30, 10)];
        let island: &[_] = &[(15, 15), (15, 25), (25, 25), (25, 15)];
        assert_eq!(found(&SQUARE, &[hole, island]), [(1.0, true)]);
        assert_eq!(found(&SQUARE, &[hole, hole]), [(4.0, true)]);
        // A hole that reaches out.
        assert_eq!(found(&SQUARE, &[&[(30, 10), (30, 20), (50, 20), (50, 10)]]), [(1.0, true)]);
    }
}
