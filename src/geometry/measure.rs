//! Sizes on the ground: areas and lengths on the WGS 84 ellipsoid.
//!
//! Edges are geodesics; over the few kilometres between two vertices of a border they differ from
//! straight lines on the grid by centimetres.
//!
//! Owns: metres and square metres of grid geometry. Leaves to others: distances between units.

use geo::{Distance, Geodesic, GeodesicArea};

use super::projection::{FLATTENING, SEMI_MAJOR_M};
use crate::model::grid::STEPS_PER_DEGREE;
use crate::model::{GridPoint, MultiPolygon};

/// Longest side, in grid steps (0.05°, at most 5.6 km), that the local formula is good for.
const LOCAL_LIMIT_STEPS: i64 = 500_000;

/// Longest side, in grid steps (0.005°, at most 560 m), and highest latitude in degrees, that [`excess`] is good for.
const SHORT_LIMIT_STEPS: i64 = 50_000;
const SHORT_LIMIT_LAT: f64 = 80.0;

/// Square of the ellipsoid's eccentricity.
const E2: f64 = FLATTENING * (2.0 - FLATTENING);

/// A grid step in radians.
const STEP: f64 = (1.0 / STEPS_PER_DEGREE as f64).to_radians();

/// Geodesic area in square metres; holes are subtracted.
pub fn area_m2(shape: &MultiPolygon) -> f64 {
    shape.rings().map(|ring| ring_area_m2(ring)).sum()
}

/// Signed geodesic area of an open ring in square metres, positive when counter-clockwise.
///
/// Design: Karney's integral costs a third of a microsecond an edge. Up to 0.005° the great circle on the sphere of the
/// same area runs within a millimetre of the geodesic. A ring with a longer side is integrated.
///
/// Source: C. Karney, "Algorithms for geodesics" (2013), section 6; J. P. Snyder, "Map Projections" (1987),
/// eq. 3-11 to 3-13.
pub fn ring_area_m2(ring: &[GridPoint]) -> f64 {
    let Some(&last) = ring.last() else { return 0.0 };
    let is_short = |a: i32, b: i32| (i64::from(b) - i64::from(a)).abs() <= SHORT_LIMIT_STEPS;
    let mut previous = last;
    let mut from = Authalic::of(last);
    let mut sum = 0.0;
    for &p in ring {
        if !is_short(previous.x, p.x) || !is_short(previous.y, p.y) || p.lat().abs() > SHORT_LIMIT_LAT {
            return geodesic_area_m2(ring);
        }
        let to = Authalic::of(p);
        sum += excess(from, to, f64::from(p.x - previous.x) * STEP);
        (previous, from) = (p, to);
    }
    // Walking west with the ring's inside to the south counts its ground.
    -sum * polar_q() / 2.0 * SEMI_MAJOR_M * SEMI_MAJOR_M
}

fn geodesic_area_m2(ring: &[GridPoint]) -> f64 {
    let line: Vec<_> = ring.iter().map(|p| geo_types::Coord { x: p.lon(), y: p.lat() }).collect();
    geo_types::Polygon::new(geo_types::LineString::new(line), Vec::new()).geodesic_area_signed()
}

/// Sine and cosine of the authalic latitude: that of the same share of the earth's area.
#[derive(Clone, Copy)]
struct Authalic {
    sin: f64,
    cos: f64,
}

impl Authalic {
    fn of(p: GridPoint) -> Self {
        let sin = authalic_q(p.lat().to_radians().sin()) / polar_q();
        Self { sin, cos: (1.0 - sin * sin).sqrt() }
    }
}

/// Area between the equator and a latitude, of which this is the sine, for a radian of longitude, in units of half the
/// square of the semi-major axis.
///
/// Source: Snyder (1987), eq. 3-12, its logarithm as a series.
const fn authalic_q(sin: f64) -> f64 {
    let x = E2 * sin * sin;
    let series = 1.0
        + x * (1.0 / 3.0 + x * (1.0 / 5.0 + x * (1.0 / 7.0 + x * (1.0 / 9.0 + x * (1.0 / 11.0 + x / 13.0)))));
    sin * (1.0 - E2) * (1.0 / (1.0 - x) + series)
}

const fn polar_q() -> f64 {
    authalic_q(1.0)
}

/// Area on the unit sphere between the equator and the great circle from `a` to `b`, `dlon` radians further east; for
/// so short ways that a third power is enough.
fn excess(a: Authalic, b: Authalic, dlon: f64) -> f64 {
    let half = dlon / 2.0;
    let slope = (a.sin + b.sin) / (1.0 + a.cos * b.cos + a.sin * b.sin);
    let tan = slope * (half + half * half * half / 3.0);
    2.0 * (tan - tan * tan * tan / 3.0)
}

/// Geodesic length of a line in metres, relative error under 1e-6; 0 for fewer than two points.
pub fn length_m(line: &[GridPoint]) -> f64 {
    line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum()
}

/// Geodesic distance of two places in metres, relative error under 1e-6.
///
/// Design: Vincenty's or Karney's iteration costs a microsecond per edge, which a country of
/// millions of edges feels at every load; up to 0.05° the radii of curvature at the middle
/// latitude say the same.
pub fn distance_m(a: GridPoint, b: GridPoint) -> f64 {
    let (dx, dy) = (i64::from(b.x) - i64::from(a.x), i64::from(b.y) - i64::from(a.y));
    if dx.abs() > LOCAL_LIMIT_STEPS || dy.abs() > LOCAL_LIMIT_STEPS {
        return Geodesic
            .distance(geo_types::Point::new(a.lon(), a.lat()), geo_types::Point::new(b.lon(), b.lat()));
    }
    let (east_m, north_m) = metres_per_step(f64::midpoint(a.lat(), b.lat()));
    (dx as f64 * east_m).hypot(dy as f64 * north_m)
}

/// Length of one grid step east and north at a latitude in degrees, in metres.
///
/// Source: radii of curvature in the prime vertical (times cos φ) and in the meridian.
pub fn metres_per_step(lat_deg: f64) -> (f64, f64) {
    let (sin, cos) = lat_deg.to_radians().sin_cos();
    let w2 = 1.0 - E2 * sin * sin;
    let prime_vertical = SEMI_MAJOR_M / w2.sqrt();
    (prime_vertical * cos * STEP, prime_vertical * (1.0 - E2) / w2 * STEP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Polygon;

    fn p(lon: f64, lat: f64) -> GridPoint {
        GridPoint::from_degrees(lon, lat).expect("on the earth")
    }

    #[test]
    fn a_hole_is_subtracted() {
        let square = |w, s, size| vec![p(w, s), p(w + size, s), p(w + size, s + size), p(w, s + size)];
        let mut hole = square(106.91, 47.91, 0.01);
        hole.reverse();
        let whole = MultiPolygon(vec![Polygon { exterior: square(106.9, 47.9, 0.1), interiors: vec![] }]);
        let pierced =
            MultiPolygon(vec![Polygon { exterior: square(106.9, 47.9, 0.1), interiors: vec![hole.clone()] }]);
        let lost = area_m2(&whole) - area_m2(&pierced);
        assert!((lost + ring_area_m2(&hole)).abs() < 1e-3, "{lost}");
    }

    /// Answers of `GeographicLib` through pyproj's `Geod`.
    #[test]
    fn sizes_agree_with_geographiclib() {
        let ring = vec![p(106.9, 47.9), p(107.0, 47.9), p(107.0, 48.0), p(106.9, 48.0)];
        let area = area_m2(&MultiPolygon(vec![Polygon { exterior: ring.clone(), interiors: vec![] }]));
        assert!((area - AREA_M2).abs() < 0.01, "{area:.4}");
        let short = length_m(&[p(106.9, 47.9), p(106.94, 47.93)]);
        assert!((short - SHORT_M).abs() < SHORT_M * 1e-6, "{short:.6}");
        let long = length_m(&[p(106.9, 47.9), p(108.4, 47.7)]);
        assert!((long - LONG_M).abs() < 1e-3, "{long:.6}");
    }
    const AREA_M2: f64 = 83_055_566.208_6;
    const SHORT_M: f64 = 4_479.532_787;
    const LONG_M: f64 = 114_547.182_522;

    proptest::proptest! {
        #[test]
        fn the_sphere_of_the_same_area_agrees_with_the_geodesic(
            lat in -79.0..79.0_f64, lon in -179.0..179.0_f64, size in 10..20_000_i32,
            stretch in proptest::collection::vec((0.3..1.0_f64, 0.3..1.0_f64), 3..60),
        ) {
            let middle = p(lon, lat);
            let n = stretch.len() as f64;
            let ring: Vec<GridPoint> = stretch.iter().zip(0..).map(|((x, y), i)| {
                let angle = f64::from(i) / n * std::f64::consts::TAU;
                let away = |unit: f64, stretch: &f64| (f64::from(size) * unit * stretch) as i32;
                GridPoint::new(middle.x + away(angle.cos(), x), middle.y + away(angle.sin(), y))
            }).collect();
            let exact = geodesic_area_m2(&ring);
            let own = ring_area_m2(&ring);
            // The integral sums some thousand square kilometres down to the equator, and is right to a tenth of a
            // square metre a vertex by its author's word; more often to square centimetres.
            proptest::prop_assert!((own - exact).abs() <= exact.abs() * 1e-7 + 0.02, "{own} {exact}");
        }

        #[test]
        fn the_local_formula_agrees_with_the_geodesic(
            lat in -60.0..60.0_f64, dx in -500_000_i32..500_000, dy in -500_000_i32..500_000,
        ) {
            let a = p(106.9, lat);
            let b = GridPoint::new(a.x + dx, a.y + dy);
            let exact = Geodesic.distance(
                geo_types::Point::new(a.lon(), a.lat()), geo_types::Point::new(b.lon(), b.lat()));
            proptest::prop_assert!((distance_m(a, b) - exact).abs() <= exact * 1e-6 + 1e-6);
        }
    }
}
