//! Geometries of a filter and of rows, and how they stand to each other.

use geo::indexed::PreparedGeometry;
use geo::{BoundingRect as _, Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Relate};

use super::ast::Spatial;
use crate::features::Shape;
use crate::features::query::plane::{Rect, projected};
use crate::geometry::projection::Crs;
use crate::model;

/// A geometry of a filter.
#[derive(Debug, Clone)]
pub struct Literal {
    pub crs: Crs,
    pub rect: Rect,
    pub n_vertices: u64,
    pub geometry: Geometry<f64>,
}

impl Literal {
    /// `None` for an empty one.
    pub fn new(geometry: Geometry<f64>, crs: Crs) -> Option<Self> {
        use geo::CoordsIter as _;
        let bounds = geometry.bounding_rect()?;
        let rect = Rect::around([bounds.min(), bounds.max()])?;
        Some(Self { crs, rect, n_vertices: geometry.coords_count() as u64, geometry })
    }

    pub fn prepared(&self) -> PreparedGeometry<'static, Geometry<f64>, f64> {
        PreparedGeometry::from(self.geometry.clone())
    }
}

impl Spatial {
    /// The same relation seen from the other side.
    pub const fn turned(self) -> Self {
        match self {
            Self::Contains => Self::Within,
            Self::Within => Self::Contains,
            other => other,
        }
    }

    pub fn holds(self, a: &impl Relate<f64>, b: &impl Relate<f64>) -> bool {
        let relation = a.relate(b);
        match self {
            Self::Contains => relation.is_contains(),
            Self::Crosses => relation.is_crosses(),
            Self::Disjoint => relation.is_disjoint(),
            Self::Equals => relation.is_equal_topo(),
            Self::Intersects => relation.is_intersects(),
            Self::Overlaps => relation.is_overlaps(),
            Self::Touches => relation.is_touches(),
            Self::Within => relation.is_within(),
        }
    }
}

/// The geometry of a row in a reference system; `None` without a place.
pub fn geometry(shape: Shape<'_>, crs: Crs) -> Option<Geometry<f64>> {
    let at = |point| -> Coord<f64> { projected(point, crs) };
    match shape {
        Shape::None => None,
        Shape::Point(point) => Some(Geometry::Point(Point(at(point)))),
        // A copy in the khoroo that has the practice itself goes nowhere.
        Shape::Line([a, b]) if a == b => Some(Geometry::Point(Point(at(a)))),
        Shape::Line(ends) => Some(Geometry::LineString(LineString(ends.map(at).to_vec()))),
        Shape::MultiPolygon(ground) => {
            let ring =
                |ring: &model::Ring| LineString(ring.iter().chain(ring.first()).map(|&p| at(p)).collect());
            let polygon = |one: &model::Polygon| {
                Polygon::new(ring(&one.exterior), one.interiors.iter().map(ring).collect())
            };
            Some(Geometry::MultiPolygon(MultiPolygon(ground.0.iter().map(polygon).collect())))
        }
    }
}

pub fn n_vertices(shape: Shape<'_>) -> u64 {
    match shape {
        Shape::None => 0,
        Shape::Point(_) => 1,
        Shape::Line(_) => 2,
        Shape::MultiPolygon(ground) => ground.n_vertices() as u64,
    }
}
