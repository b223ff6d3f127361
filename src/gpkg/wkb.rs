//! Well-known binary to grid geometry and back.
//!
//! In: what other programs wrote in EPSG:4326, any winding, byte order and dimension. Out: rings as
//! [`crate::model::grid`] wants them. The way back is exact: a grid point survives any number of turns.

use geo_types::{Coord, Geometry, LineString};
use geopackage_core::curve::{self, BodyScan};
use geozero::{CoordDimensions, ToGeo, ToWkb};

use crate::model::grid::doubled_area;
use crate::model::{GridPoint, MultiPolygon, Polygon, Ring};

/// Why bytes are not the wanted geometry.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WkbError {
    #[error("the geometry cannot be read: {0}")]
    Unreadable(String),
    #[error("the geometry is a {found}, not a {wanted}")]
    Kind { wanted: &'static str, found: &'static str },
    #[error("the vertex ({lon}, {lat}) lies off the world")]
    OffWorld { lon: f64, lat: f64 },
    #[error("the geometry has no extent left on a grid of 1e-7 degrees")]
    Collapsed,
    #[error("the geometry crosses itself and encloses as much ground one way as the other")]
    Crossed,
}

pub fn encode_multi_polygon(shape: &MultiPolygon) -> Vec<u8> {
    let polygons = shape.0.iter().map(|p| {
        geo_types::Polygon::new(
            line_string(&p.exterior),
            p.interiors.iter().map(|r| line_string(r)).collect(),
        )
    });
    encode(&Geometry::MultiPolygon(polygons.collect()))
}

pub fn encode_line(line: &[GridPoint]) -> Vec<u8> {
    encode(&Geometry::LineString(line_string(line)))
}

pub fn encode_point(point: GridPoint) -> Vec<u8> {
    encode(&Geometry::Point(geo_types::Point(coord(point))))
}

/// A polygon or multipolygon; `None` when it is empty.
///
/// Vertices go to the nearest grid point; repeated ones, parts and holes that collapse there are
/// dropped.
///
/// - Errors: `Collapsed` when nothing is left, `Crossed` when loops cancel each other out, and what else [`WkbError`] names.
pub fn decode_multi_polygon(wkb: &[u8]) -> Result<Option<MultiPolygon>, WkbError> {
    let parts = match decode(wkb)? {
        Geometry::Polygon(part) => vec![part],
        Geometry::MultiPolygon(parts) => parts.0,
        other => return Err(WkbError::Kind { wanted: "multipolygon", found: kind(&other) }),
    };
    if parts.iter().all(|part| part.exterior().0.is_empty()) {
        return Ok(None);
    }
    let mut polygons = Vec::with_capacity(parts.len());
    for part in &parts {
        let Some(exterior) = ring(part.exterior(), true)? else { continue };
        let mut interiors = Vec::with_capacity(part.interiors().len());
        for hole in part.interiors() {
            interiors.extend(ring(hole, false)?);
        }
        polygons.push(Polygon { exterior, interiors });
    }
    if polygons.is_empty() {
        let is_flat = |part: &geo_types::Polygon| vertices(part.exterior()).is_ok_and(|ring| is_flat(&ring));
        return Err(if parts.iter().all(is_flat) { WkbError::Collapsed } else { WkbError::Crossed });
    }
    Ok(Some(MultiPolygon(polygons)))
}

/// A line of at least two vertices.
pub fn decode_line(wkb: &[u8]) -> Result<Vec<GridPoint>, WkbError> {
    let line = match decode(wkb)? {
        Geometry::LineString(line) => line,
        other => return Err(WkbError::Kind { wanted: "line", found: kind(&other) }),
    };
    let points = vertices(&line)?;
    if points.len() < 2 { Err(WkbError::Collapsed) } else { Ok(points) }
}

/// A point; `None` when it is empty.
pub fn decode_point(wkb: &[u8]) -> Result<Option<GridPoint>, WkbError> {
    if walk(wkb)?.empty {
        return Ok(None); // written as a pair of NaN
    }
    match decode(wkb)? {
        Geometry::Point(p) => grid(p.0).map(Some),
        other => Err(WkbError::Kind { wanted: "point", found: kind(&other) }),
    }
}

/// ISO WKB, little-endian, 2D.
pub fn encode(geometry: &Geometry<f64>) -> Vec<u8> {
    geometry.to_wkb(CoordDimensions::xy()).expect("writing to memory cannot fail")
}

/// Walks the bytes before they are read: `geozero` reserves memory for as many members as a count
/// promises, and a damaged count promises 4 billion.
fn decode(wkb: &[u8]) -> Result<Geometry<f64>, WkbError> {
    walk(wkb)?;
    geozero::wkb::Wkb(wkb).to_geo().map_err(|e| WkbError::Unreadable(e.to_string()))
}

fn walk(wkb: &[u8]) -> Result<BodyScan, WkbError> {
    curve::scan(wkb).map_err(|e| WkbError::Unreadable(e.to_string()))
}

fn coord(p: GridPoint) -> Coord<f64> {
    Coord { x: p.lon(), y: p.lat() }
}

fn line_string(points: &[GridPoint]) -> LineString<f64> {
    points.iter().map(|&p| coord(p)).collect()
}

fn grid(c: Coord<f64>) -> Result<GridPoint, WkbError> {
    GridPoint::from_degrees(c.x, c.y).ok_or(WkbError::OffWorld { lon: c.x, lat: c.y })
}

fn vertices(line: &LineString<f64>) -> Result<Vec<GridPoint>, WkbError> {
    let mut points = line.0.iter().map(|&c| grid(c)).collect::<Result<Vec<_>, _>>()?;
    points.dedup();
    Ok(points)
}

/// All on one line.
fn is_flat(points: &[GridPoint]) -> bool {
    let d =
        |a: GridPoint, b: GridPoint| [i128::from(b.x) - i128::from(a.x), i128::from(b.y) - i128::from(a.y)];
    let Some(&first) = points.first() else { return true };
    let Some(&second) = points.iter().find(|&&p| p != first) else { return true };
    let [x, y] = d(first, second);
    points.iter().map(|&p| d(first, p)).all(|[px, py]| x * py == y * px)
}

/// Open and wound; `None` when it encloses nothing.
fn ring(closed: &LineString<f64>, counter_clockwise: bool) -> Result<Option<Ring>, WkbError> {
    let mut points = vertices(closed)?;
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let area = doubled_area(&points);
    if points.len() < 3 || area == 0 {
        return Ok(None);
    }
    if (area > 0) != counter_clockwise {
        // The first vertex stays first, so that a ring read twice is the same ring.
        points[1..].reverse();
    }
    Ok(Some(points))
}

const fn kind(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "point",
        Geometry::Line(_) | Geometry::LineString(_) => "line",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "polygon",
        Geometry::MultiPoint(_) => "multipoint",
        Geometry::MultiLineString(_) => "multiline",
        Geometry::MultiPolygon(_) => "multipolygon",
        Geometry::GeometryCollection(_) => "collection",
    }
}

#[cfg(test)]
mod tests {
    use geozero::wkt::Wkt;
    use proptest::prelude::*;

    use super::*;

    fn wkb(wkt: &str) -> Vec<u8> {
        let geometry = Wkt(wkt).to_geo().expect("the test writes proper WKT");
        geometry.to_wkb(CoordDimensions::xy()).expect("memory")
    }

    fn square(west: i32, south: i32, size: i32) -> Ring {
        [(0, 0), (size, 0), (size, size), (0, size)]
            .map(|(x, y)| GridPoint::new(west + x, south + y))
            .to_vec()
    }

    #[test]
    fn rings_come_back_open_and_wound() {
        let clockwise = wkb(
            "POLYGON((106 47, 106 48, 107 48, 107 47, 106 47), (106.2 47.2, 106.4 47.2, 106.4 47.4, 106.2 47.2))",
        );
        let shape = decode_multi_polygon(&clockwise).expect("readable").expect("not empty");
        assert_eq!(shape.0[0].exterior, square(1_060_000_000, 470_000_000, 10_000_000));
        assert!(doubled_area(&shape.0[0].interiors[0]) < 0);
        assert_eq!(shape.0[0].interiors[0].len(), 3);
    }

    #[test]
    fn what_collapses_on_the_grid_is_dropped_and_nothing_left_is_an_error() {
        let sliver = "((106 47, 106.00000001 47, 106 47.00000001, 106 47))";
        let both = format!("MULTIPOLYGON({sliver}, ((106 47, 107 47, 107 48, 106 47)))");
        assert_eq!(decode_multi_polygon(&wkb(&both)).expect("readable").expect("one part").0.len(), 1);
        let alone = format!("MULTIPOLYGON({sliver})");
        assert_eq!(decode_multi_polygon(&wkb(&alone)), Err(WkbError::Collapsed));
        let bow_tie = "MULTIPOLYGON(((106 47, 107 48, 107 47, 106 48, 106 47)))";
        assert_eq!(decode_multi_polygon(&wkb(bow_tie)), Err(WkbError::Crossed));
    }

    #[test]
    fn other_kinds_and_places_are_named() {
        assert_eq!(
            decode_multi_polygon(&wkb("LINESTRING(1 1, 2 2)")),
            Err(WkbError::Kind { wanted: "multipolygon", found: "line" })
        );
        assert_eq!(
            decode_multi_polygon(&wkb(
                "POLYGON((500000 5300000, 500001 5300000, 500001 5300001, 500000 5300000))"
            )),
            Err(WkbError::OffWorld { lon: 500_000.0, lat: 5_300_000.0 })
        );
        assert!(matches!(decode_point(&wkb("LINESTRING(1 1, 2 2)")), Err(WkbError::Kind { .. })));
    }

    #[test]
    fn an_empty_geometry_is_none() {
        assert_eq!(decode_multi_polygon(&encode_multi_polygon(&MultiPolygon::default())), Ok(None));
        assert_eq!(
            decode_point(&[1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f]),
            Ok(None)
        );
    }

    #[test]
    fn cut_off_bytes_are_an_error_at_every_length() {
        let whole = encode_multi_polygon(&MultiPolygon(vec![Polygon {
            exterior: square(0, 0, 100),
            interiors: vec![],
        }]));
        for length in 0..whole.len() {
            assert!(decode_multi_polygon(&whole[..length]).is_err(), "{length} of {}", whole.len());
        }
    }

    proptest! {
        #[test]
        fn a_grid_line_survives_the_turn(points in prop::collection::vec((-1_800_000_000..=1_800_000_000_i32, -900_000_000..=900_000_000_i32), 2..50)) {
            let mut line: Vec<GridPoint> = points.into_iter().map(|(x, y)| GridPoint::new(x, y)).collect();
            line.dedup();
            prop_assume!(line.len() > 1);
            prop_assert_eq!(decode_line(&encode_line(&line)), Ok(line));
        }

        #[test]
        fn any_bytes_are_refused_or_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode_multi_polygon(&bytes);
            let mut polygon = vec![1_u8, 6, 0, 0, 0];
            polygon.extend(bytes);
            let _ = decode_multi_polygon(&polygon);
        }
    }
}
