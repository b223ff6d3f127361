//! One good place to write a name: the point of a shape that is farthest from its border.
//!
//! Owns: the pole of inaccessibility on the grid. Leaves to others: fonts, collisions, zooms.
//! Design: a centroid may lie outside a horseshoe; the pole never does, and the search is a plain
//! branch and bound over cells, so equal shapes get equal points.

use std::collections::BinaryHeap;

use super::measure::metres_per_step;
use super::ring::sides;
use crate::model::grid::doubled_area;
use crate::model::{GridBox, GridPoint, MultiPolygon, Polygon};

/// The search stops when no cell can beat the best point by more than this share of the box.
const PRECISION: f64 = 0.01;
/// Bound on the cells looked at; reached only by shapes with very long parallel borders.
const MAX_CELLS: usize = 2_000;
/// Neighbouring edges in one box: of most boxes a cell sees no more than that they are far away.
const RUN_EDGES: usize = 8;

/// [`roomy_point`] without its room.
pub fn interior_point(shape: &MultiPolygon) -> Option<GridPoint> {
    roomy_point(shape).map(|(point, _)| point)
}

/// The point farthest from the border of the largest part, as seen on the ground, and metres from there to the
/// border.
///
/// Strictly inside the part; `None` for an empty shape, one without area, or one so thin that it
/// holds no grid point.
///
/// Source: after V. Agafonkin's polylabel (quadtree cells ordered by their upper bound).
pub fn roomy_point(shape: &MultiPolygon) -> Option<(GridPoint, f64)> {
    let largest = shape.0.iter().max_by_key(|part| part.rings().map(|r| doubled_area(r)).sum::<i128>())?;
    let bounds = GridBox::around(largest.exterior.iter().copied())?;
    let plane = Plane::around(bounds, largest);
    let pole = plane.pole().map(|pole| (plane.to_grid(pole.x, pole.y), pole.distance));
    pole.filter(|&(p, _)| contains(largest, p)).or_else(|| scan(largest).map(|p| (p, 0.0)))
}

/// The part in metres around its middle, so that "farthest" means on the ground.
struct Plane {
    origin: GridPoint,
    east_m: f64,
    north_m: f64,
    width_m: f64,
    height_m: f64,
    edges: Vec<[f64; 4]>,
    /// West, south, east and north of each [`RUN_EDGES`] edges.
    runs: Vec<[f64; 4]>,
}

/// A square of the search, ordered by the best distance it may hold.
struct Cell {
    x: f64,
    y: f64,
    half: f64,
    distance: f64,
}

impl Plane {
    fn around(bounds: GridBox, part: &Polygon) -> Self {
        let origin = GridPoint::new(bounds.west, bounds.south);
        let (east_m, north_m) = metres_per_step(f64::midpoint(bounds.degrees()[1], bounds.degrees()[3]));
        let local = |p: GridPoint| {
            (
                (f64::from(p.x) - f64::from(origin.x)) * east_m,
                (f64::from(p.y) - f64::from(origin.y)) * north_m,
            )
        };
        let edges: Vec<[f64; 4]> = part
            .rings()
            .flat_map(|ring| sides(ring))
            .map(|(a, b)| {
                let ((ax, ay), (bx, by)) = (local(a), local(b));
                [ax, ay, bx, by]
            })
            .collect();
        let around = |run: &[[f64; 4]]| {
            run.iter().fold([f64::INFINITY, f64::INFINITY, -f64::INFINITY, -f64::INFINITY], |run, edge| {
                let &[ax, ay, bx, by] = edge;
                [
                    run[0].min(ax).min(bx),
                    run[1].min(ay).min(by),
                    run[2].max(ax).max(bx),
                    run[3].max(ay).max(by),
                ]
            })
        };
        let runs = edges.chunks(RUN_EDGES).map(around).collect();
        let (width_m, height_m) = local(GridPoint::new(bounds.east, bounds.north));
        Self { origin, east_m, north_m, width_m, height_m, edges, runs }
    }

    fn to_grid(&self, x: f64, y: f64) -> GridPoint {
        // Inside the part's box, so the sums fit.
        GridPoint::new(
            (f64::from(self.origin.x) + x / self.east_m).round() as i32,
            (f64::from(self.origin.y) + y / self.north_m).round() as i32,
        )
    }

    fn pole(&self) -> Option<Cell> {
        let size = self.width_m.min(self.height_m);
        if size <= 0.0 {
            return None;
        }
        let mut queue = BinaryHeap::new();
        let mut gaps = Vec::with_capacity(self.runs.len());
        let mut square = |x, y, half| Cell { x, y, half, distance: self.signed_distance(x, y, &mut gaps) };
        let (columns, rows) = (self.width_m / size, self.height_m / size);
        for column in 0..columns.ceil().min(64.0) as u32 {
            for row in 0..rows.ceil().min(64.0) as u32 {
                let half = size.max(self.width_m / 64.0).max(self.height_m / 64.0) / 2.0;
                let middle = |i: u32| (2.0 * f64::from(i) + 1.0) * half;
                queue.push(square(middle(column), middle(row), half));
            }
        }
        let mut best = square(self.width_m / 2.0, self.height_m / 2.0, 0.0);
        let mut n_cells = 0;
        while let Some(cell) = queue.pop() {
            if cell.distance > best.distance {
                best = Cell { half: 0.0, ..cell };
            }
            n_cells += 1;
            if cell.reach() - best.distance <= PRECISION * size || n_cells > MAX_CELLS {
                break;
            }
            let half = cell.half / 2.0;
            for (sx, sy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
                queue.push(square(cell.x + sx * half, cell.y + sy * half, half));
            }
        }
        (best.distance > 0.0).then_some(best)
    }

    /// Distance to the border in metres, negative outside.
    ///
    /// - `gaps`: room for the squared distance of each run's box.
    fn signed_distance(&self, x: f64, y: f64, gaps: &mut Vec<f64>) -> f64 {
        let mut inside = false;
        gaps.clear();
        let mut first = 0;
        for (idx, &[west, south, east, north]) in self.runs.iter().enumerate() {
            let (dx, dy) = ((west - x).max(x - east).max(0.0), (south - y).max(y - north).max(0.0));
            gaps.push(dx * dx + dy * dy);
            if gaps[idx] < gaps[first] {
                first = idx;
            }
            if south <= y && y < north && x < east {
                for &[ax, ay, bx, by] in self.run(idx) {
                    inside ^= (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax;
                }
            }
        }
        let mut nearest2 = f64::INFINITY;
        for idx in std::iter::once(first).chain(0..self.runs.len()) {
            if gaps[idx] < nearest2 {
                let distances2 = self.run(idx).iter().map(|edge| distance2(edge, x, y));
                nearest2 = distances2.fold(nearest2, f64::min);
            }
        }
        if inside { nearest2.sqrt() } else { -nearest2.sqrt() }
    }

    fn run(&self, idx: usize) -> &[[f64; 4]] {
        let first = idx * RUN_EDGES;
        &self.edges[first..self.edges.len().min(first + RUN_EDGES)]
    }
}

/// Square of the distance from an edge.
fn distance2(&[ax, ay, bx, by]: &[f64; 4], x: f64, y: f64) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let (ox, oy) = (x - (ax + t * dx), y - (ay + t * dy));
    ox * ox + oy * oy
}

impl Cell {
    /// The most that any point of the cell can be away from the border.
    fn reach(&self) -> f64 {
        self.distance + self.half * std::f64::consts::SQRT_2
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.reach()
            .total_cmp(&other.reach())
            .then(other.x.total_cmp(&self.x))
            .then(other.y.total_cmp(&self.y))
    }
}

/// Whether `p` is strictly inside the part; exact.
fn contains(part: &Polygon, p: GridPoint) -> bool {
    let mut inside = false;
    for ring in part.rings() {
        for (a, b) in sides(ring) {
            let side = (i128::from(b.x) - i128::from(a.x)) * (i128::from(p.y) - i128::from(a.y))
                - (i128::from(b.y) - i128::from(a.y)) * (i128::from(p.x) - i128::from(a.x));
            if side == 0
                && a.x.min(b.x) <= p.x
                && p.x <= a.x.max(b.x)
                && a.y.min(b.y) <= p.y
                && p.y <= a.y.max(b.y)
            {
                return false;
            }
            if (a.y > p.y) != (b.y > p.y) && (side > 0) == (b.y > a.y) {
                inside = !inside;
            }
        }
    }
    inside
}

/// Some grid point strictly inside a part, found in its middle row; `None` when that row holds none.
///
/// In one pass over the vertices, for the many places where any point will do.
pub fn point_in_middle_row(part: &Polygon) -> Option<GridPoint> {
    let bounds = GridBox::around(part.exterior.iter().copied())?;
    point_in_row(part, i32::midpoint(bounds.south, bounds.north))
}

/// For parts a few steps wide, where rounding the pole may leave them: the first grid point inside
/// in the rows through and beside each vertex.
fn scan(part: &Polygon) -> Option<GridPoint> {
    let beside = |p: &GridPoint| [p.y.saturating_sub(1), p.y, p.y.saturating_add(1)];
    let mut rows: Vec<i32> = part.exterior.iter().flat_map(beside).collect();
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter().find_map(|y| point_in_row(part, y))
}

/// A grid point of a row inside the part, in the middle of the widest stretch if that holds one.
fn point_in_row(part: &Polygon, y: i32) -> Option<GridPoint> {
    let mut crossings: Vec<i64> = Vec::new();
    for ring in part.rings() {
        for (a, b) in sides(ring) {
            if (a.y > y) != (b.y > y) {
                let dx = (i128::from(b.x) - i128::from(a.x)) * (i128::from(y) - i128::from(a.y));
                crossings.push(i64::from(a.x) + dx.div_euclid(i128::from(b.y) - i128::from(a.y)) as i64);
            }
        }
    }
    crossings.sort_unstable();
    let mut stretches: Vec<(i64, i64)> = crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    stretches.sort_by_key(|(west, east)| west - east);
    stretches
        .into_iter()
        .flat_map(|(west, east)| [i64::midpoint(west, east), west + 1])
        .filter_map(|x| i32::try_from(x).ok())
        .map(|x| GridPoint::new(x, y))
        .find(|&p| contains(part, p))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i32, i32)]) -> Vec<GridPoint> {
        // Near Ulaanbaatar, where a step north is longer than a step east.
        points.iter().map(|&(x, y)| GridPoint::new(1_069_000_000 + x, 479_000_000 + y)).collect()
    }

    fn check(exterior: &[(i32, i32)], interiors: &[&[(i32, i32)]]) -> (i32, i32) {
        let part =
            Polygon { exterior: ring(exterior), interiors: interiors.iter().map(|r| ring(r)).collect() };
        let p = interior_point(&MultiPolygon(vec![part.clone()])).expect("has an inside");
        assert!(contains(&part, p), "{p:?}");
        (p.x - 1_069_000_000, p.y - 479_000_000)
    }

    #[test]
    fn the_pole_of_a_square_is_near_its_middle() {
        let (x, y) = check(&[(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)], &[]);
        assert!((x - 5_000).abs() < 200 && (y - 5_000).abs() < 2_500, "{x} {y}");
    }

    #[test]
    fn the_room_of_a_point_reaches_to_the_nearest_border() {
        // 74.7 m wide and 111 m high.
        let square = ring(&[(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)]);
        let part = Polygon { exterior: square, interiors: Vec::new() };
        let (_, room_m) = roomy_point(&MultiPolygon(vec![part])).expect("has an inside");
        assert!((room_m - 37.4).abs() < 0.8, "{room_m}");
    }

    #[test]
    fn a_horseshoe_gets_a_point_in_its_thick_arm() {
        let (x, _) = check(
            &[
                (0, 0),
                (10_000, 0),
                (10_000, 9_000),
                (9_000, 9_000),
                (9_000, 1_000),
                (4_000, 1_000),
                (4_000, 9_000),
                (0, 9_000),
            ],
            &[],
        );
        assert!(x < 4_000, "{x}");
    }

    #[test]
    fn a_hole_in_the_middle_is_avoided() {
        check(
            &[(0, 0), (9_000, 0), (9_000, 9_000), (0, 9_000)],
            &[&[(3_000, 3_000), (3_000, 6_000), (6_000, 6_000), (6_000, 3_000)]],
        );
    }

    #[test]
    fn the_largest_part_is_named() {
        let square = |x, size| Polygon {
            exterior: ring(&[(x, 0), (x + size, 0), (x + size, size), (x, size)]),
            interiors: vec![],
        };
        let p = interior_point(&MultiPolygon(vec![square(0, 100), square(5_000, 900)])).expect("inside");
        assert!(p.x > 1_069_005_000);
    }

    #[test]
    fn a_shape_a_few_steps_wide_still_gets_its_only_point() {
        assert_eq!(check(&[(0, 0), (2, 0), (2, 2), (0, 2)], &[]), (1, 1));
        let thin =
            MultiPolygon(vec![Polygon { exterior: ring(&[(0, 0), (1, 0), (1, 1)]), interiors: vec![] }]);
        assert_eq!(interior_point(&thin), None);
        assert_eq!(interior_point(&MultiPolygon::default()), None);
    }
}
