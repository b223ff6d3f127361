//! One place for each feature, and places in the systems that files are written in.

use std::io::Write as _;

use geo_types::{Coord, Geometry, LineString, Point, Polygon};

use super::number::push_degrees;
use crate::features::Shape;
use crate::geometry::label::interior_point;
use crate::geometry::projection::Crs;
use crate::model::{GridPoint, Ring};

/// Decimals of metres: a millimetre.
const METRE_DECIMALS: usize = 3;

/// The feature's own place, the middle of a line, or a place inside ground.
pub fn point(shape: Shape<'_>) -> Option<GridPoint> {
    match shape {
        Shape::None => None,
        Shape::Point(at) => Some(at),
        Shape::Line([a, b]) => Some(GridPoint::new(i32::midpoint(a.x, b.x), i32::midpoint(a.y, b.y))),
        Shape::MultiPolygon(ground) => interior_point(ground),
    }
}

/// Easting and northing, or longitude and latitude.
pub fn metres_or_degrees(at: GridPoint, crs: Crs) -> [f64; 2] {
    if crs == Crs::Wgs84 {
        return [at.lon(), at.lat()];
    }
    let (x, y) = crs.from_degrees(at.lon(), at.lat());
    [x, y]
}

/// Appends easting and northing to the millimetre, with a comma between.
pub fn push_metres(at: GridPoint, crs: Crs, into: &mut Vec<u8>) {
    let [x, y] = metres_or_degrees(at, crs);
    write!(into, "{x:.METRE_DECIMALS$},{y:.METRE_DECIMALS$}").expect("memory takes all");
}

/// As text: degrees straight from the grid, metres to the millimetre.
pub fn told(at: GridPoint, crs: Crs) -> [String; 2] {
    if crs == Crs::Wgs84 {
        return [at.x, at.y].map(|steps| {
            let mut bytes = Vec::with_capacity(12);
            push_degrees(steps, &mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
    }
    metres_or_degrees(at, crs).map(|metres| format!("{metres:.METRE_DECIMALS$}"))
}

/// The whole of a feature, outer rings counter-clockwise. `None` for one without a place.
pub fn geometry(shape: Shape<'_>, crs: Crs) -> Option<Geometry<f64>> {
    let place = |at: GridPoint| {
        let [x, y] = metres_or_degrees(at, crs);
        Coord { x, y }
    };
    let closed = |ring: &Ring| ring.iter().chain(ring.first()).map(|&at| place(at)).collect::<LineString>();
    Some(match shape {
        Shape::None => return None,
        Shape::Point(at) => Point(place(at)).into(),
        Shape::Line(ends) => ends.map(place).into_iter().collect::<LineString>().into(),
        Shape::MultiPolygon(ground) => {
            let polygons = ground.0.iter().map(|polygon| {
                let holes = polygon.interiors.iter().map(closed).collect();
                Polygon::new(closed(&polygon.exterior), holes)
            });
            Geometry::MultiPolygon(polygons.collect())
        }
    })
}
