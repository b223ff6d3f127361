//! Layers for orientation: of a file beside the store, or else the store's `rivers` and `roads`.

use super::areas::areas;
use super::frame::Frame;
use super::writer::{Error, Properties, Shape, TileWriter, Value};
use crate::model::orientation::{ContextFeature, ContextLayer, ContextShape, Weight};
use crate::model::{ContextKind, GridBox, GridPoint};
use crate::snapshot::{Context, Features, Snapshot};

/// Layers of the store's own lines.
pub const LAYERS: [(&str, ContextKind); 2] = [("rivers", ContextKind::River), ("roads", ContextKind::Road)];

/// Name of the property that says how much of its kind a feature is.
pub const CLASS: &str = "class";

pub fn write(snapshot: &Snapshot, frame: &Frame, writer: &mut TileWriter) -> Result<(), Error> {
    match &snapshot.orientation.context {
        Some(Context::Features(features)) => write_features(features, frame, writer),
        // Ready tiles are no work of ours.
        Some(Context::Archive(_)) => Ok(()),
        None => write_lines(snapshot, frame, writer),
    }
}

fn write_lines(snapshot: &Snapshot, frame: &Frame, writer: &mut TileWriter) -> Result<(), Error> {
    for (name, kind) in LAYERS {
        let mut layer = writer.layer(name);
        for line in snapshot.context_lines.iter().filter(|line| line.kind == kind) {
            let bounds = GridBox::around(line.line.iter().copied());
            if bounds.is_none_or(|bounds| !bounds.intersects(frame.bounds)) {
                continue;
            }
            let properties = names(line.name_mn.as_ref(), line.name_en.as_ref());
            layer.add(None, &Shape::Lines(&frame.line(&line.line)), &properties)?;
        }
        layer.finish()?;
    }
    Ok(())
}

fn write_features(features: &Features, frame: &Frame, writer: &mut TileWriter) -> Result<(), Error> {
    let is_shown = |(bounds, feature): &(GridBox, &ContextFeature)| {
        frame.tile.z() >= zoom_min(feature) && is_seen(frame, feature, *bounds)
    };
    let found = features.within(frame.bounds).filter(is_shown);
    let shown: Vec<&ContextFeature> = found.map(|(_, feature)| feature).collect();
    for kind in ContextLayer::ALL {
        let mut layer = writer.layer(kind.word());
        for feature in shown.iter().filter(|feature| feature.layer == *kind) {
            let mut properties = names(feature.name_mn.as_ref(), feature.name_en.as_ref());
            properties.push((CLASS.to_owned(), Value::Text(feature.weight.word().to_owned())));
            match &feature.shape {
                ContextShape::Point(at) => {
                    if let Some(cell) = frame.cell(*at) {
                        layer.add(None, &Shape::Point(cell), &properties)?;
                    }
                }
                ContextShape::Lines(lines) => {
                    let lines: Vec<_> = lines.iter().flat_map(|line| frame.line(line)).collect();
                    layer.add(None, &Shape::Lines(&lines), &properties)?;
                }
                ContextShape::Areas(shape) => {
                    layer.add(None, &Shape::Polygons(&areas(frame, shape)), &properties)?;
                }
            }
        }
        layer.finish()?;
    }
    Ok(())
}

/// Areas smaller than this along both axes, in cells, are not drawn: two pixels where a tile has 512.
const SEEN_FROM_CELLS: i64 = 16;

/// Whether an area is large enough in this tile: of a city's houses only their weight would be noticed.
fn is_seen(frame: &Frame, feature: &ContextFeature, bounds: GridBox) -> bool {
    if !matches!(feature.shape, ContextShape::Areas(_)) {
        return true;
    }
    let low = frame.world_cell(GridPoint { x: bounds.west, y: bounds.south });
    let high = frame.world_cell(GridPoint { x: bounds.east, y: bounds.north });
    (0..2).any(|axis| (high[axis] - low[axis]).abs() >= SEEN_FROM_CELLS)
}

/// Zoom from which a feature is drawn, so that a tile of the whole city does not hold every path.
const fn zoom_min(feature: &ContextFeature) -> u8 {
    match (feature.layer, feature.weight) {
        (ContextLayer::Water | ContextLayer::BuiltUp, _) | (_, Weight::Major) => 0,
        (_, Weight::Middle) => 9,
        (_, Weight::Minor) => 12,
    }
}

fn names(name_mn: Option<&String>, name_en: Option<&String>) -> Properties {
    let names = [("name_mn", name_mn), ("name_en", name_en)];
    names.into_iter().filter_map(|(key, name)| Some((key.to_owned(), Value::Text(name?.clone())))).collect()
}
