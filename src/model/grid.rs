//! Places on the integer grid: 1e-7 degrees of EPSG:4326.
//!
//! One grid serves the store, GeoJSON and the arcs, so a vertex shared by two khoroos is the same
//! pair of integers everywhere, and equality is exact. In Ulaanbaatar a step is 0.75 cm east and
//! 1.1 cm north.
//!
//! Rings here are *open* (the first vertex is not repeated at the end), exteriors run
//! counter-clockwise and interiors clockwise, as RFC 7946 asks.

/// Grid steps in one degree.
pub const STEPS_PER_DEGREE: i32 = 10_000_000;

/// Of a meridian, on a sphere with the earth's mean radius of 6,371,008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.08;

/// A vertex: x east, y north, in grid steps; longitude ±1.8e9, latitude ±0.9e9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GridPoint {
    pub x: i32,
    pub y: i32,
}

/// Vertices of a closed ring, the first not repeated.
pub type Ring = Vec<GridPoint>;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polygon {
    pub exterior: Ring,
    pub interiors: Vec<Ring>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MultiPolygon(pub Vec<Polygon>);

/// A closed box in grid steps: west ≤ east, south ≤ north.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridBox {
    pub west: i32,
    pub south: i32,
    pub east: i32,
    pub north: i32,
}

impl GridPoint {
    pub const fn new(x: i32, y: i32) -> Self {
        Self { x, y }
    }

    /// The nearest grid point, or `None` unless longitude is within ±180 and latitude within ±90.
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        // NaN fails both comparisons.
        if !((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)) {
            return None;
        }
        let scale = f64::from(STEPS_PER_DEGREE);
        Some(Self { x: (lon * scale).round() as i32, y: (lat * scale).round() as i32 })
    }

    pub fn lon(self) -> f64 {
        f64::from(self.x) / f64::from(STEPS_PER_DEGREE)
    }

    pub fn lat(self) -> f64 {
        f64::from(self.y) / f64::from(STEPS_PER_DEGREE)
    }
}

impl Polygon {
    /// Exterior first, then interiors.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.exterior).chain(&self.interiors)
    }
}

impl MultiPolygon {
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.0.iter().flat_map(Polygon::rings)
    }

    pub fn vertices(&self) -> impl Iterator<Item = GridPoint> + '_ {
        self.rings().flatten().copied()
    }

    pub fn n_vertices(&self) -> usize {
        self.rings().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `None` when there is no vertex.
    pub fn bounds(&self) -> Option<GridBox> {
        GridBox::around(self.vertices())
    }

    /// Pieces of border from vertex to vertex.
    fn edges(&self) -> impl Iterator<Item = [GridPoint; 2]> + '_ {
        self.rings().flat_map(|ring| {
            let before = ring.last().into_iter().chain(ring);
            before.zip(ring).map(|(&a, &b)| [a, b])
        })
    }

    /// True for a point inside or on the border, by the even-odd rule. Exact.
    pub fn holds(&self, p: GridPoint) -> bool {
        let mut is_inside = false;
        // A loop by hand: most edges lie all above or all below, and are passed within a nanosecond.
        for ring in self.rings() {
            let mut from = ring.last().copied().unwrap_or(p);
            for &b in ring {
                let a = std::mem::replace(&mut from, b);
                if a.y != p.y && b.y != p.y && (a.y > p.y) == (b.y > p.y) {
                    continue;
                }
                let [ax, ay, bx, by, px, py] = [a.x, a.y, b.x, b.y, p.x, p.y].map(i128::from);
                let turn = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
                if turn == 0 && (a.x.min(b.x)..=a.x.max(b.x)).contains(&p.x) {
                    return true;
                }
                if (a.y > p.y) != (b.y > p.y) {
                    is_inside ^= (turn > 0) == (b.y > a.y);
                }
            }
        }
        is_inside
    }

    /// Metres to the nearest ground of the shape, 0 on it; `None` for one without ground.
    ///
    /// On a sphere's tangent plane at `p`: within 1 % up to some tens of kilometres, and a plain "far" beyond.
    pub fn metres_from(&self, p: GridPoint) -> Option<f64> {
        if self.holds(p) {
            return Some(0.0);
        }
        let north = METRES_PER_DEGREE / f64::from(STEPS_PER_DEGREE);
        let east = north * p.lat().to_radians().cos();
        let metres = |q: GridPoint| {
            [(f64::from(q.x) - f64::from(p.x)) * east, (f64::from(q.y) - f64::from(p.y)) * north]
        };
        let to_edge = |[a, b]: [GridPoint; 2]| {
            let ([ax, ay], [bx, by]) = (metres(a), metres(b));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let t = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            (ax + t * dx).hypot(ay + t * dy)
        };
        self.edges().map(to_edge).min_by(f64::total_cmp)
    }

    /// Twice the area in square grid steps: comparable between shapes of the same latitude.
    pub fn doubled_area(&self) -> i128 {
        self.rings().map(|ring| doubled_area(ring)).sum()
    }
}

impl GridBox {
    pub fn around(points: impl IntoIterator<Item = GridPoint>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let start = Self { west: first.x, south: first.y, east: first.x, north: first.y };
        Some(points.fold(start, |b, p| Self {
            west: b.west.min(p.x),
            south: b.south.min(p.y),
            east: b.east.max(p.x),
            north: b.north.max(p.y),
        }))
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    pub const fn contains(self, p: GridPoint) -> bool {
        self.west <= p.x && p.x <= self.east && self.south <= p.y && p.y <= self.north
    }

    pub const fn intersects(self, other: Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// `[west, south, east, north]` in degrees.
    pub fn degrees(self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north].map(|v| f64::from(v) / f64::from(STEPS_PER_DEGREE))
    }
}

/// Twice the signed area of an open ring in square grid steps; positive when counter-clockwise.
///
/// Exact in `i128` for any ring on the grid. Source: the shoelace formula.
pub fn doubled_area(ring: &[GridPoint]) -> i128 {
    let Some(&last) = ring.last() else { return 0 };
    let mut previous = last;
    let mut sum = 0_i128;
    for &p in ring {
        sum += i128::from(previous.x) * i128::from(p.y) - i128::from(p.x) * i128::from(previous.y);
        previous = p;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_round_to_the_nearest_step_and_back() {
        let p = GridPoint::from_degrees(106.917_701_26, 47.918_729_94).expect("in range");
        assert_eq!(p, GridPoint::new(1_069_177_013, 479_187_299));
        assert!((p.lon() - 106.917_701_3).abs() < 1e-12);
    }

    #[test]
    fn a_place_off_the_world_is_no_grid_point() {
        for (lon, lat) in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (180.000_1, 0.0), (0.0, -90.000_1)] {
            assert_eq!(GridPoint::from_degrees(lon, lat), None, "{lon} {lat}");
        }
        assert!(GridPoint::from_degrees(-180.0, 90.0).is_some());
    }

    fn holed_square() -> MultiPolygon {
        let square = |low: i32, high: i32| [(low, low), (high, low), (high, high), (low, high)];
        let ring = |corners: [(i32, i32); 4]| corners.map(|(x, y)| GridPoint::new(x, y)).to_vec();
        let mut hole = ring(square(3_000, 7_000));
        hole.reverse();
        MultiPolygon(vec![Polygon { exterior: ring(square(0, 10_000)), interiors: vec![hole] }])
    }

    #[test]
    fn a_shape_holds_its_border_and_not_its_hole() {
        let shape = holed_square();
        for (x, y) in
            [(1, 1), (0, 0), (0, 5_000), (10_000, 10_000), (3_000, 5_000), (5_000, 7_000), (9_999, 3_000)]
        {
            assert!(shape.holds(GridPoint::new(x, y)), "{x} {y}");
        }
        for (x, y) in
            [(5_000, 5_000), (-1, 5_000), (5_000, 10_001), (3_001, 6_999), (20_000, 0), (-5, 10_000)]
        {
            assert!(!shape.holds(GridPoint::new(x, y)), "{x} {y}");
        }
        assert!(!MultiPolygon::default().holds(GridPoint::new(0, 0)));
    }

    #[test]
    fn the_way_to_a_shape_is_told_in_metres() {
        let shape = holed_square();
        let metres = |x, y| shape.metres_from(GridPoint::new(x, y)).expect("ground");
        let step = METRES_PER_DEGREE / f64::from(STEPS_PER_DEGREE);
        for (x, y, steps) in
            [(5_000, 2_000, 0.0), (5_000, 10_100, 100.0), (-300, -400, 500.0), (5_000, 6_000, 1_000.0)]
        {
            assert!((metres(x, y) - steps * step).abs() < 1e-6, "{x} {y}");
        }
        assert_eq!(MultiPolygon::default().metres_from(GridPoint::new(0, 0)), None);
    }

    #[test]
    fn the_area_of_a_ring_is_signed_by_its_direction() {
        let mut ring =
            vec![GridPoint::new(0, 0), GridPoint::new(3, 0), GridPoint::new(3, 2), GridPoint::new(0, 2)];
        assert_eq!(doubled_area(&ring), 12);
        ring.reverse();
        assert_eq!(doubled_area(&ring), -12);
        assert_eq!(doubled_area(&[]), 0);
    }
}
