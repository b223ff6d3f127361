//! Geometries that stand in a filter, and how much of a filter there may be.

use geo::{BoundingRect as _, Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Validation as _};

use super::ast::{Kind, Node, Place};
use super::{DEPTH_MAX, Fault, FilterError, HEIGHT_MAX, NODES_MAX, RINGS_MAX, VERTICES_MAX};
use crate::features::query::area::Area;
use crate::features::query::filter::Axes;
use crate::features::query::plane::Rect;
use crate::geometry::projection::Crs;

/// How the coordinates of a filter are meant, and what was read of it so far.
#[derive(Debug, Clone, Copy)]
pub struct Literals {
    pub crs: Crs,
    axes: Axes,
    n_nodes: usize,
    n_vertices: usize,
}

impl Literals {
    pub const fn new(crs: Crs, axes: Axes) -> Self {
        Self { crs, axes, n_nodes: 0, n_vertices: 0 }
    }

    /// One part more, `depth` levels down.
    pub fn node(&mut self, place: Place, depth: usize, kind: Kind) -> Result<Node, FilterError> {
        self.n_nodes += 1;
        if self.n_nodes > NODES_MAX {
            return Err(Fault::TooManyParts.at(&place));
        }
        Self::level(depth, &place)?;
        let height = kind.height();
        if height > HEIGHT_MAX {
            return Err(Fault::TooDeep.at(&place));
        }
        Ok(Node { place, height, kind })
    }

    pub fn level(depth: usize, place: &Place) -> Result<(), FilterError> {
        if depth > DEPTH_MAX {
            return Err(Fault::TooDeep.at(place));
        }
        Ok(())
    }

    fn vertices(&mut self, n: usize, place: &Place) -> Result<(), FilterError> {
        self.n_vertices += n;
        if self.n_vertices > VERTICES_MAX {
            return Err(Fault::TooManyVertices.at(place));
        }
        Ok(())
    }

    /// A position of two numbers, or of three, of which the height is not looked at.
    pub fn position(&mut self, numbers: &[f64], place: &Place) -> Result<Coord<f64>, FilterError> {
        self.vertices(1, place)?;
        let told = || numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
        let not_a = |expected| Fault::NotA { expected, value: told() }.at(place);
        let &[first, second] = numbers
            .get(..2)
            .and_then(|two| two.try_into().ok())
            .filter(|_| numbers.len() <= 3)
            .ok_or_else(|| not_a("a position of 2 or 3 numbers"))?;
        let (x, y) = self.in_order(first, second);
        if !self.is_on_earth(x, y) {
            return Err(not_a("a place on the earth in the filter's reference system"));
        }
        Ok(Coord { x, y })
    }

    fn is_on_earth(&self, x: f64, y: f64) -> bool {
        let is_near = self.crs != Crs::Wgs84 || (x.abs() <= 180.0 && y.abs() <= 90.0);
        x.is_finite() && y.is_finite() && is_near
    }

    fn in_order(&self, first: f64, second: f64) -> (f64, f64) {
        match self.axes {
            Axes::EastFirst => (first, second),
            Axes::NorthFirst => (second, first),
        }
    }

    /// Four numbers, or six with heights.
    pub fn bbox(&mut self, numbers: &[f64], place: &Place) -> Result<Geometry<f64>, FilterError> {
        self.vertices(4, place)?;
        let mut numbers = numbers.to_vec();
        let half = numbers.len() / 2;
        if half >= 2 {
            for low in [0, half] {
                let (x, y) = self.in_order(numbers[low], numbers[low + 1]);
                if !self.is_on_earth(x, y) {
                    let value = format!("{} {}", numbers[low], numbers[low + 1]);
                    let expected = "a corner on the earth in the filter's reference system";
                    return Err(Fault::NotA { expected, value }.at(place));
                }
                (numbers[low], numbers[low + 1]) = (x, y);
            }
        }
        let area = Area::of_box(&numbers, self.crs)
            .map_err(|error| Fault::InvalidGeometry { reason: error.to_string() }.at(place))?;
        Ok(match area.rects() {
            [one] => rectangle(one),
            several => {
                // A strip without width holds no ground.
                let polygons = several.iter().map(rectangle).filter_map(|part| match part {
                    Geometry::Polygon(polygon) => Some(polygon),
                    _ => None,
                });
                Geometry::MultiPolygon(MultiPolygon(polygons.collect()))
            }
        })
    }
}

/// A box without width or height is a line or a point.
fn rectangle(rect: &Rect) -> Geometry<f64> {
    let Rect { west, south, east, north } = *rect;
    let at = |x, y| Coord { x, y };
    match (west < east, south < north) {
        (true, true) => {
            let ring =
                vec![at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
            Geometry::Polygon(Polygon::new(LineString(ring), Vec::new()))
        }
        (false, false) => Geometry::Point(Point(at(west, south))),
        _ => Geometry::LineString(LineString(vec![at(west, south), at(east, north)])),
    }
}

/// A ring closes and has at least three corners.
pub fn ring(positions: Vec<Coord<f64>>, place: &Place) -> Result<LineString<f64>, FilterError> {
    if positions.len() < 4 || positions.first() != positions.last() {
        let reason = "a ring has 4 positions or more, and the last is the first".to_owned();
        return Err(Fault::InvalidGeometry { reason }.at(place));
    }
    Ok(LineString(positions))
}

pub fn line(positions: Vec<Coord<f64>>, place: &Place) -> Result<LineString<f64>, FilterError> {
    if positions.len() < 2 {
        let reason = "a line has 2 positions or more".to_owned();
        return Err(Fault::InvalidGeometry { reason }.at(place));
    }
    Ok(LineString(positions))
}

pub fn polygon(mut rings: Vec<LineString<f64>>, place: &Place) -> Result<Polygon<f64>, FilterError> {
    if rings.is_empty() {
        return Err(Fault::InvalidGeometry { reason: "a polygon has a ring".to_owned() }.at(place));
    }
    let exterior = rings.remove(0);
    Ok(Polygon::new(exterior, rings))
}

/// Refuses what crosses itself or is empty, for which relations mean nothing.
///
/// Every ring is laid beside every other, so their number is limited first. Members of a collection have been here.
pub fn sound(geometry: Geometry<f64>, place: &Place) -> Result<Geometry<f64>, FilterError> {
    let invalid = |reason: String| Fault::InvalidGeometry { reason }.at(place);
    if geometry.bounding_rect().is_none() {
        return Err(invalid("it is empty".to_owned()));
    }
    if n_rings(&geometry) > RINGS_MAX {
        return Err(Fault::TooManyRings.at(place));
    }
    if !matches!(geometry, Geometry::GeometryCollection(_)) {
        geometry.check_validation().map_err(|error| invalid(error.to_string()))?;
    }
    Ok(geometry)
}

fn n_rings(geometry: &Geometry<f64>) -> usize {
    let of_polygon = |polygon: &Polygon<f64>| 1 + polygon.interiors().len();
    match geometry {
        Geometry::Polygon(polygon) => of_polygon(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().map(of_polygon).sum(),
        _ => 0,
    }
}
