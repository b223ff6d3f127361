//! Ground and rectangles in the plane of one reference system.
//!
//! Exact for the coordinates as they are: the side of a line that a point is on is told by Shewchuk's predicates.

use geo::kernels::RobustKernel;
use geo::{Coord, Kernel as _, Orientation};

use crate::features::Shape;
use crate::geometry::projection::Crs;
use crate::model::GridPoint;

/// A closed rectangle: west ≤ east, south ≤ north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// A grid point in a system; degrees are those that are written in files.
pub fn projected(at: GridPoint, crs: Crs) -> Coord<f64> {
    let (x, y) = crs.from_degrees(at.lon(), at.lat());
    Coord { x, y }
}

impl Rect {
    /// `None` without points.
    pub fn around(points: impl IntoIterator<Item = Coord<f64>>) -> Option<Self> {
        let mut points = points.into_iter();
        let Coord { x, y } = points.next()?;
        let start = Self { west: x, south: y, east: x, north: y };
        Some(points.fold(start, |rect, Coord { x, y }| Self {
            west: rect.west.min(x),
            south: rect.south.min(y),
            east: rect.east.max(x),
            north: rect.north.max(y),
        }))
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    pub fn holds(&self, other: &Self) -> bool {
        self.west <= other.west
            && other.east <= self.east
            && self.south <= other.south
            && other.north <= self.north
    }

    /// True if the shape has a point in it; some part of its border is enough.
    pub fn meets_shape(&self, shape: Shape<'_>, crs: Crs) -> bool {
        match shape {
            Shape::None => false,
            Shape::Point(at) => {
                let at = projected(at, crs);
                self.meets_segment(at, at)
            }
            Shape::Line([a, b]) => self.meets_segment(projected(a, crs), projected(b, crs)),
            Shape::MultiPolygon(ground) => {
                let corner = Coord { x: self.west, y: self.south };
                let mut is_inside = false;
                for ring in ground.rings() {
                    let Some(&last) = ring.last() else { continue };
                    let mut from = projected(last, crs);
                    for &to in ring {
                        let to = projected(to, crs);
                        if self.meets_segment(from, to) {
                            return true;
                        }
                        is_inside ^= passes(from, to, corner);
                        from = to;
                    }
                }
                is_inside
            }
        }
    }

    /// By the separating axes of a rectangle and a segment: x, y, and across the segment.
    fn meets_segment(&self, a: Coord<f64>, b: Coord<f64>) -> bool {
        if a.x.max(b.x) < self.west
            || a.x.min(b.x) > self.east
            || a.y.max(b.y) < self.south
            || a.y.min(b.y) > self.north
        {
            return false;
        }
        let has = |p: Coord<f64>| {
            (self.west..=self.east).contains(&p.x) && (self.south..=self.north).contains(&p.y)
        };
        if has(a) || has(b) {
            return true;
        }
        let Self { west, south, east, north } = *self;
        let side = |x, y| RobustKernel::orient2d(a, b, Coord { x, y });
        let first = side(west, south);
        first == Orientation::Collinear
            || [(east, south), (east, north), (west, north)].into_iter().any(|(x, y)| side(x, y) != first)
    }
}

/// True if the edge passes right of a point that is not on it.
fn passes(a: Coord<f64>, b: Coord<f64>, p: Coord<f64>) -> bool {
    if (a.y > p.y) == (b.y > p.y) {
        return false;
    }
    let is_left = RobustKernel::orient2d(a, b, p) == Orientation::CounterClockwise;
    is_left == (b.y > a.y)
}
