//! How far a border moved.
//!
//! Owns: the distance between an old and a new course of the same border in metres.

use rstar::primitives::Line;
use rstar::{PointDistance, RTree};

use crate::geometry::measure::metres_per_step;
use crate::model::{GridBox, GridPoint};

/// Hausdorff distance of two sets of segments in metres, measured at their vertices.
///
/// When one set is empty the border did not move but vanish; then it is half the diagonal of the
/// other's box.
pub fn shift_m(old: &[[GridPoint; 2]], new: &[[GridPoint; 2]]) -> f64 {
    let Some(frame) = GridBox::around(old.iter().chain(new).flatten().copied()) else { return 0.0 };
    let [_, south, _, north] = frame.degrees();
    let (east_m, north_m) = metres_per_step(f64::midpoint(south, north));
    let local = |p: GridPoint| {
        let (dx, dy) = (f64::from(p.x) - f64::from(frame.west), f64::from(p.y) - f64::from(frame.south));
        [dx * east_m, dy * north_m]
    };
    let plane = |list: &[[GridPoint; 2]]| list.iter().map(|s| s.map(local)).collect::<Vec<_>>();
    if old.is_empty() || new.is_empty() {
        let [width_m, height_m] = local(GridPoint::new(frame.east, frame.north));
        return width_m.hypot(height_m) / 2.0;
    }
    let (old, new) = (plane(old), plane(new));
    let tree =
        |list: &[[[f64; 2]; 2]]| RTree::bulk_load(list.iter().map(|[a, b]| Line::new(*a, *b)).collect());
    farthest2(&new, &tree(&old), farthest2(&old, &tree(&new), 0.0)).sqrt()
}

/// The largest squared distance of a vertex of `from` to the nearest segment of `to`, at least
/// `floor`; O((n + m) log m).
fn farthest2(from: &[[[f64; 2]; 2]], to: &RTree<Line<[f64; 2]>>, floor: f64) -> f64 {
    let nearest2 = |p: &[f64; 2]| to.nearest_neighbor(*p).map_or(f64::INFINITY, |line| line.distance_2(p));
    from.iter().flatten().map(nearest2).fold(floor, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_moved_across_a_strip_moved_by_its_width() {
        let p = GridPoint::new;
        let old = [[p(0, 0), p(1_000, 0)]];
        let new = [[p(0, 0), p(500, 300)], [p(500, 300), p(1_000, 0)]];
        let (_, north_m) = metres_per_step(0.0);
        assert!((shift_m(&old, &new) - 300.0 * north_m).abs() < 1e-9);
        assert!(shift_m(&old, &old).abs() < f64::MIN_POSITIVE);
    }
}
