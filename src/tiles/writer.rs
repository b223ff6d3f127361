//! Layers of features as MVT bytes, through the `mvt` crate.
//!
//! Owns: everything that keeps the encoder's output valid. `mvt` 0.15 leaves out a move to the place
//! where the pen already is, so a ring or line that begins where the one before ended would melt into
//! it: rings are turned to begin elsewhere, lines are joined, which draws the same. It also leaves out a
//! vertex of a ring between two others on a horizontal or vertical line; the ground stays the same, but
//! the ring on the other side may keep it, so vertices of neighbours are equal only before encoding.

use mvt::{GeomData, GeomEncoder, GeomType, Layer, Tile};

use crate::geometry::cut::CutPolygon;
use crate::geometry::simplify::TILE_CELLS;

/// Why a layer could not be written.
pub struct Error {
    pub layer: &'static str,
    pub source: mvt::Error,
}

pub struct TileWriter {
    tile: Tile,
    has_layers: bool,
}

/// One layer being filled.
pub struct LayerWriter<'a> {
    tile: &'a mut TileWriter,
    name: &'static str,
    layer: Layer,
}

pub enum Shape<'a> {
    Point([i32; 2]),
    Lines(&'a [Vec<[i32; 2]>]),
    Polygons(&'a [CutPolygon]),
}

pub enum Value {
    Text(String),
    Count(u64),
    Number(f64),
}

/// Names with values; what is unknown is left out.
pub type Properties = Vec<(String, Value)>;

impl TileWriter {
    pub fn new() -> Self {
        Self { tile: Tile::new(TILE_CELLS as u32), has_layers: false }
    }

    pub fn layer(&mut self, name: &'static str) -> LayerWriter<'_> {
        let layer = self.tile.create_layer(name);
        LayerWriter { tile: self, name, layer }
    }

    /// No bytes when no layer got a feature.
    pub fn bytes(&self) -> Vec<u8> {
        if self.has_layers {
            self.tile.to_bytes().expect("encoding into memory cannot fail")
        } else {
            Vec::new()
        }
    }
}

impl LayerWriter<'_> {
    /// Adds a feature; a shape without points adds nothing.
    pub fn add(&mut self, id: Option<u64>, shape: &Shape, properties: &Properties) -> Result<(), Error> {
        let geometry = encode(shape).map_err(|source| Error { layer: self.name, source })?;
        if geometry.is_empty() {
            return Ok(());
        }
        let mut feature = std::mem::take(&mut self.layer).into_feature(geometry);
        if let Some(id) = id {
            feature.set_id(id);
        }
        for (key, value) in properties {
            match value {
                Value::Text(text) => feature.add_tag_string(key, text),
                Value::Count(count) => feature.add_tag_uint(key, *count),
                Value::Number(number) => feature.add_tag_double(key, *number),
            }
        }
        self.layer = feature.into_layer();
        Ok(())
    }

    /// Puts the layer into the tile, unless it is empty.
    pub fn finish(self) -> Result<(), Error> {
        if self.layer.num_features() == 0 {
            return Ok(());
        }
        self.tile.has_layers = true;
        self.tile.tile.add_layer(self.layer).map_err(|source| Error { layer: self.name, source })
    }
}

fn encode(shape: &Shape) -> Result<GeomData, mvt::Error> {
    match shape {
        Shape::Point(p) => GeomEncoder::new(GeomType::Point).point(p[0], p[1])?.encode(),
        Shape::Lines(lines) => {
            let mut encoder = GeomEncoder::new(GeomType::Linestring);
            for (i, line) in joined(lines).iter().enumerate() {
                if i > 0 {
                    encoder.complete_geom()?;
                }
                line.iter().try_for_each(|p| encoder.add_point(p[0], p[1]))?;
            }
            encoder.encode()
        }
        Shape::Polygons(polygons) => {
            let mut encoder = GeomEncoder::new(GeomType::Polygon);
            let mut pen = None;
            for ring in polygons.iter().flat_map(|p| std::iter::once(&p.exterior).chain(&p.holes)) {
                if pen.is_some() {
                    encoder.complete_geom()?;
                }
                // A ring has three corners, so at most one is where the pen is.
                let start = usize::from(ring.first().copied() == pen);
                for p in ring[start..].iter().chain(&ring[..start]) {
                    encoder.add_point(p[0], p[1])?;
                    pen = Some(*p);
                }
            }
            encoder.encode()
        }
    }
}

/// Lines that begin where the one before ends become one line.
fn joined(lines: &[Vec<[i32; 2]>]) -> Vec<Vec<[i32; 2]>> {
    let mut joined: Vec<Vec<[i32; 2]>> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(before) if before.last() == line.first() => before.extend(&line[1..]),
            _ => joined.push(line.clone()),
        }
    }
    joined
}
