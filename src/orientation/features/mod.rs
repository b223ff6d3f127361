//! Layers of a GeoPackage as context features: roads, rivers, water, built-up areas, names of places.
//!
//! A layer is known by its name, in either language, or each of its rows by the column that says what it is,
//! as tables made from OpenStreetMap have it. What is far from the city is passed over, so that a file of
//! the whole country can be given.
//!
//! Owns: limits, placing, what is left out. Leaves to others: which names mean what ([`kinds`]).

mod kinds;

use std::collections::BTreeMap;
use std::path::Path;

use geo_types::Geometry;
use geozero::{ToGeo as _, wkb::Wkb};

use super::{ContextError, FeatureFile};
use crate::geometry::declared::DeclaredCrs;
use crate::geometry::projection::Crs;
use crate::gpkg::read::{self as package, Feature, Layer, Value};
use crate::model::naming::CITY_BOUNDS;
use crate::model::orientation::{Attribution, ContextFeature, ContextLayer, ContextShape};
use crate::model::{GridBox, GridPoint, MultiPolygon, Polygon, Ring, grid};
use kinds::{Row, Subject};

pub use kinds::RECOGNISED;

/// Size of the file, bytes. Too low: a country's extract is refused. Too high: the start takes minutes.
const FILE_BYTES_MAX: u64 = 4 << 30;
/// Rows that are drawn.
const FEATURES_MAX: usize = 1_000_000;
/// Vertices of all of them, 8 bytes each.
const VERTICES_MAX: usize = 20_000_000;

/// How far around the city features are kept, in degrees: what a map that shows the city shows too.
const AROUND_DEG: f64 = 0.5;

/// Something that is not drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A layer that is not recognised.
    Layer { layer: String },
    /// Rows of a layer, and why.
    Rows { layer: String, n_rows: usize, why: Why },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    NotRecognised,
    FarAway,
    NoGeometry,
    /// Roads as areas, places as lines.
    OtherGeometry,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Layer { layer } => write!(f, "layer `{layer}` is not recognised; {RECOGNISED}"),
            Self::Rows { layer, n_rows, why } => {
                let why = match why {
                    Why::NotRecognised => "are of no kind that is drawn",
                    Why::FarAway => "lie far from the city",
                    Why::NoGeometry => "have no geometry",
                    Why::OtherGeometry => "have a geometry that their kind is not drawn with",
                };
                write!(f, "{n_rows} rows of layer `{layer}` {why}")
            }
        }
    }
}

/// Reads all layers that are recognised.
pub fn read(file: &Path) -> Result<FeatureFile, ContextError> {
    let size = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    within(file, "size in bytes", size, FILE_BYTES_MAX)?;
    let package = package::open(file)?;
    let layers = package.layers()?;
    let (mut reading, mut read, mut left_out) = (Reading::new(file), Vec::new(), Vec::new());
    for layer in &layers {
        let subject = Subject::of_name(&layer.name);
        let by_row = kinds::Columns::of(&layer.columns);
        if subject.is_none() && !by_row.tell_subject() {
            left_out.push(LeftOut::Layer { layer: layer.name.clone() });
            continue;
        }
        read.push(layer.name.as_str());
        let crs = crs_of(file, layer)?;
        let mut counted: BTreeMap<Why, usize> = BTreeMap::new();
        for row in package.rows(layer)? {
            match reading.take(layer, subject, &by_row, crs, &row?)? {
                Ok(()) => {}
                Err(why) => *counted.entry(why).or_default() += 1,
            }
        }
        let counted = counted.into_iter();
        left_out.extend(counted.map(|(why, n_rows)| LeftOut::Rows {
            layer: layer.name.clone(),
            n_rows,
            why,
        }));
    }
    if read.is_empty() {
        let found: Vec<String> = layers.iter().map(|layer| format!("`{}`", layer.name)).collect();
        let found = if found.is_empty() { "none at all".to_owned() } else { found.join(", ") };
        return Err(ContextError::NothingRecognised { file: file.into(), found });
    }
    if reading.features.is_empty() {
        return Err(ContextError::NothingNear { file: file.into() });
    }
    let attribution = Attribution::plain(&package.said_of(&read)?.join("; "));
    Ok(FeatureFile { features: reading.features, attribution, left_out })
}

fn within(file: &Path, what: &'static str, found: u64, limit: u64) -> Result<(), ContextError> {
    if found <= limit {
        return Ok(());
    }
    Err(ContextError::TooLarge { file: file.into(), what, found, limit })
}

fn crs_of(file: &Path, layer: &Layer) -> Result<Crs, ContextError> {
    let srs = &layer.srs;
    match DeclaredCrs::of_srs(srs.id, &srs.organization, srs.code, &srs.definition) {
        DeclaredCrs::Known(crs) => Ok(crs),
        DeclaredCrs::Unsaid => Ok(Crs::Wgs84),
        DeclaredCrs::Unknown(crs) => {
            Err(ContextError::UnknownCrs { file: file.into(), layer: layer.name.clone(), crs })
        }
    }
}

/// What was read so far.
struct Reading<'f> {
    file: &'f Path,
    around: GridBox,
    features: Vec<ContextFeature>,
    n_vertices: usize,
}

impl<'f> Reading<'f> {
    fn new(file: &'f Path) -> Self {
        let [west, south, east, north] = CITY_BOUNDS;
        let corner = |lon, lat| GridPoint::from_degrees(lon, lat).expect("the city is on earth");
        let south_west = corner(west - AROUND_DEG, south - AROUND_DEG);
        let north_east = corner(east + AROUND_DEG, north + AROUND_DEG);
        let around =
            GridBox { west: south_west.x, south: south_west.y, east: north_east.x, north: north_east.y };
        Self { file, around, features: Vec::new(), n_vertices: 0 }
    }

    /// Keeps a row, or says why not.
    fn take(
        &mut self,
        layer: &Layer,
        subject: Option<Subject>,
        columns: &kinds::Columns,
        crs: Crs,
        feature: &Feature,
    ) -> Result<Result<(), Why>, ContextError> {
        let Some(wkb) = &feature.wkb else { return Ok(Err(Why::NoGeometry)) };
        let cell = |at: usize| match &feature.attributes[at].1 {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        };
        let Some(row) = Row::of(subject, columns, &cell) else { return Ok(Err(Why::NotRecognised)) };
        let faulty = |detail: String| ContextError::Geometry {
            file: self.file.into(),
            layer: layer.name.clone(),
            row_id: feature.row_id,
            detail,
        };
        let geometry = Wkb(wkb.as_slice()).to_geo().map_err(|e| faulty(e.to_string()))?;
        let mut parts = Parts { crs, points: Vec::new(), lines: Vec::new(), areas: Vec::new() };
        parts.add(&geometry).ok_or_else(|| faulty("coordinates are not on earth".into()))?;
        let Some((layer, shape)) = parts.shape(row.subject) else { return Ok(Err(Why::OtherGeometry)) };
        let bounds = GridBox::around(shape.vertices());
        let Some(bounds) = bounds else { return Ok(Err(Why::NoGeometry)) };
        if !bounds.intersects(self.around) {
            return Ok(Err(Why::FarAway));
        }
        self.n_vertices += shape.vertices().count();
        within(self.file, "number of vertices", self.n_vertices as u64, VERTICES_MAX as u64)?;
        let text = |text: Option<&str>| text.map(|text| text.replace(char::is_control, " "));
        self.features.push(ContextFeature {
            layer,
            weight: row.weight,
            name_mn: text(row.name_mn),
            name_en: text(row.name_en),
            shape,
        });
        within(self.file, "number of features", self.features.len() as u64, FEATURES_MAX as u64)?;
        Ok(Ok(()))
    }
}

/// Parts of a geometry on the grid.
struct Parts {
    crs: Crs,
    points: Vec<GridPoint>,
    lines: Vec<Vec<GridPoint>>,
    areas: Vec<Polygon>,
}

impl Parts {
    /// `None` where a coordinate is not on earth.
    fn add(&mut self, geometry: &Geometry) -> Option<()> {
        match geometry {
            Geometry::Point(point) => self.points.push(self.place(point.0)?),
            Geometry::MultiPoint(points) => {
                for point in points {
                    self.points.push(self.place(point.0)?);
                }
            }
            Geometry::LineString(line) => self.line(line)?,
            Geometry::MultiLineString(lines) => lines.iter().try_for_each(|line| self.line(line))?,
            Geometry::Polygon(area) => self.area(area)?,
            Geometry::MultiPolygon(areas) => areas.iter().try_for_each(|area| self.area(area))?,
            Geometry::GeometryCollection(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            _ => {}
        }
        Some(())
    }

    fn place(&self, at: geo_types::Coord) -> Option<GridPoint> {
        let (lon, lat) = self.crs.to_degrees(at.x, at.y);
        GridPoint::from_degrees(lon, lat)
    }

    fn places(&self, line: &geo_types::LineString) -> Option<Vec<GridPoint>> {
        let mut places: Vec<GridPoint> = Vec::with_capacity(line.0.len());
        for at in &line.0 {
            let place = self.place(*at)?;
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        Some(places)
    }

    fn line(&mut self, line: &geo_types::LineString) -> Option<()> {
        let places = self.places(line)?;
        if places.len() > 1 {
            self.lines.push(places);
        }
        Some(())
    }

    fn area(&mut self, area: &geo_types::Polygon) -> Option<()> {
        let exterior = self.ring(area.exterior(), true)?;
        if exterior.len() > 2 {
            let interiors = area.interiors().iter().map(|ring| self.ring(ring, false));
            let mut interiors = interiors.collect::<Option<Vec<Ring>>>()?;
            interiors.retain(|ring| ring.len() > 2);
            self.areas.push(Polygon { exterior, interiors });
        }
        Some(())
    }

    /// An open ring, exteriors counter-clockwise.
    fn ring(&self, line: &geo_types::LineString, is_exterior: bool) -> Option<Ring> {
        let mut ring = self.places(line)?;
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if (grid::doubled_area(&ring) > 0) != is_exterior {
            ring.reverse();
        }
        Some(ring)
    }

    /// What a subject is drawn with, out of the parts there are.
    fn shape(self, subject: Subject) -> Option<(ContextLayer, ContextShape)> {
        let lines = || (!self.lines.is_empty()).then(|| ContextShape::Lines(self.lines.clone()));
        let areas =
            || (!self.areas.is_empty()).then(|| ContextShape::Areas(MultiPolygon(self.areas.clone())));
        match subject {
            Subject::Road => Some((ContextLayer::Roads, lines()?)),
            Subject::Water => areas()
                .map(|shape| (ContextLayer::Water, shape))
                .or_else(|| lines().map(|shape| (ContextLayer::Rivers, shape))),
            Subject::BuiltUp => Some((ContextLayer::BuiltUp, areas()?)),
            Subject::Place => Some((ContextLayer::Places, ContextShape::Point(*self.points.first()?))),
        }
    }
}
