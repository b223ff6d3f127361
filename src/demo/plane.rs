//! The plane in which the demo city is drawn: metres, equal area, no transcendental functions.
//!
//! A cylindrical equal-area projection about 47.8° north: x is exact, y is a polynomial in latitude.
//! Areas measured here are geodesic to one part in a million between 46.6° and 49° north, so a
//! district drawn with the area of the facts has it on the ground too.
//!
//! Design: every vertex is snapped to the grid first and measured from the grid, so what is checked
//! is what is written.

use crate::model::GridPoint;

/// Metres per degree of longitude along the standard parallel, WGS 84.
const X_M_PER_DEG: f64 = 74_913.329_567;
/// y in metres by powers of (latitude − 47.8°), from the authalic function of WGS 84.
const Y_M: [f64; 4] = [111_186.430_94, -1_057.098_30, -5.824_513_6, 0.025_045_75];
/// Grid steps of longitude and latitude at the origin.
const ORIGIN: (i32, i32) = (1_069_170_000, 478_000_000);
const STEPS_PER_DEG: f64 = 1e7;

/// A grid point with its place in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vertex {
    pub grid: GridPoint,
    /// Metres east of 106.917°.
    pub x: f64,
    /// Metres north of 47.8°, equal-area.
    pub y: f64,
}

impl Vertex {
    pub fn on_grid(grid: GridPoint) -> Self {
        let lon = f64::from(grid.x - ORIGIN.0) / STEPS_PER_DEG;
        let lat = f64::from(grid.y - ORIGIN.1) / STEPS_PER_DEG;
        Self { grid, x: lon * X_M_PER_DEG, y: y_m(lat) }
    }

    /// The vertex on the grid nearest to a place of the plane.
    pub fn near(x: f64, y: f64) -> Self {
        let lon = x / X_M_PER_DEG;
        // Newton: the curve is almost straight, three steps reach the last bit.
        let mut lat = y / Y_M[0];
        for _ in 0..4 {
            let slope = Y_M[0] + lat * (2.0 * Y_M[1] + lat * (3.0 * Y_M[2] + lat * 4.0 * Y_M[3]));
            lat -= (y_m(lat) - y) / slope;
        }
        Self::on_grid(GridPoint::new(
            ORIGIN.0 + (lon * STEPS_PER_DEG).round() as i32,
            ORIGIN.1 + (lat * STEPS_PER_DEG).round() as i32,
        ))
    }

    /// Longitude and latitude in units of 1e-4 degrees, as the hand-laid tables give them.
    pub fn table((lon_e4, lat_e4): (i32, i32)) -> Self {
        Self::on_grid(GridPoint::new(lon_e4 * 1000, lat_e4 * 1000))
    }
}

fn y_m(lat: f64) -> f64 {
    lat * (Y_M[0] + lat * (Y_M[1] + lat * (Y_M[2] + lat * Y_M[3])))
}

/// z of the cross product of `b − a` and `c − a`: twice the area of the triangle, left turns positive.
pub fn cross(a: Vertex, b: Vertex, c: Vertex) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

pub fn distance_m(a: Vertex, b: Vertex) -> f64 {
    square_m2(a, b).sqrt()
}

fn square_m2(a: Vertex, b: Vertex) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    dx * dx + dy * dy
}

/// Signed area in square metres; counter-clockwise positive.
pub fn area_m2(ring: &[Vertex]) -> f64 {
    let Some(&first) = ring.first() else { return 0.0 };
    ring.windows(2).map(|pair| cross(first, pair[0], pair[1])).sum::<f64>() / 2.0
}

/// Distance of two segments in metres; 0 where they touch or cross.
pub fn segment_distance_m(a: [Vertex; 2], b: [Vertex; 2]) -> f64 {
    let apart = |p: [Vertex; 2], q: [Vertex; 2]| cross(p[0], p[1], q[0]) * cross(p[0], p[1], q[1]) > 0.0;
    if !apart(a, b) && !apart(b, a) {
        // Collinear segments that lie apart come here too; their ends settle it.
        let collinear = cross(a[0], a[1], b[0]) == 0.0 && cross(a[0], a[1], b[1]) == 0.0;
        if !collinear {
            return 0.0;
        }
    }
    [(a[0], b), (a[1], b), (b[0], a), (b[1], a)]
        .into_iter()
        .map(|(p, segment)| point_square_m2(p, segment))
        .fold(f64::INFINITY, f64::min)
        .sqrt()
}

fn point_square_m2(p: Vertex, [a, b]: [Vertex; 2]) -> f64 {
    let length2 = square_m2(a, b);
    let along = (p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y);
    let t = if length2 > 0.0 { (along / length2).clamp(0.0, 1.0) } else { 0.0 };
    let (dx, dy) = (a.x + t * (b.x - a.x) - p.x, a.y + t * (b.y - a.y) - p.y);
    dx * dx + dy * dy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vertex_comes_back_from_the_plane() {
        for (x, y) in
            [(1_064_000_000, 473_100_000), (1_085_000_001, 482_719_999), (1_069_170_000, 478_000_000)]
        {
            let vertex = Vertex::on_grid(GridPoint::new(x, y));
            assert_eq!(Vertex::near(vertex.x, vertex.y), vertex);
        }
    }

    #[test]
    fn segments_that_cross_touch_or_lie_apart_have_their_distance() {
        let v = |x: f64, y: f64| Vertex { grid: GridPoint::new(0, 0), x, y };
        let near = |got: f64, wanted: f64| assert!((got - wanted).abs() < 1e-12, "{got} {wanted}");
        let flat = [v(0.0, 0.0), v(10.0, 0.0)];
        near(segment_distance_m(flat, [v(5.0, -1.0), v(5.0, 1.0)]), 0.0);
        near(segment_distance_m(flat, [v(5.0, 0.0), v(5.0, 1.0)]), 0.0);
        near(segment_distance_m(flat, [v(13.0, 4.0), v(13.0, 9.0)]), 5.0);
        near(segment_distance_m(flat, [v(12.0, 0.0), v(20.0, 0.0)]), 2.0);
        near(segment_distance_m(flat, [v(8.0, 0.0), v(20.0, 0.0)]), 0.0);
    }
}
