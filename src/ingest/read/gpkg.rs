//! Layers of a GeoPackage.

use geo_types::Geometry;
use geozero::{ToGeo, wkb::Wkb};

use super::{Context, Feature, Kind, Layer, RawPolygon, RawRing, choose_layer, name_of, number_text};
use crate::geometry::declared::DeclaredCrs;
use crate::gpkg::read::{self as package, ReadError, Value};
use crate::ingest::cause::{Cause, FeatureRef};

pub fn read(context: Context<'_>) -> Result<Layer, Cause> {
    let Context { file, wanted_layer, budget, .. } = context;
    let failed = |e: ReadError| Cause::Malformed { file: name_of(file), detail: e.to_string() };
    let package = package::open(file).map_err(failed)?;
    let all = package.layers().map_err(failed)?;
    // Lines and points are no boundaries: they need not be chosen against.
    let could_be_areas = |layer: &package::Layer| {
        let kind = layer.geometry_type.to_ascii_uppercase();
        kind.contains("POLYGON") || kind.contains("SURFACE") || kind.starts_with("GEOMETRY")
    };
    let layers: Vec<_> = match wanted_layer {
        Some(_) => all,
        None => all.into_iter().filter(could_be_areas).collect(),
    };
    let names: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
    let layer = &layers[choose_layer(file, wanted_layer, &names)?];
    budget.admit_columns(file, layer.columns.len())?;
    let mut features = Vec::new();
    for (index, row) in package.rows(layer).map_err(failed)?.enumerate() {
        let at = || FeatureRef {
            file: name_of(file).into(),
            layer: Some(layer.name.as_str().into()),
            position: index + 1,
        };
        let row = row.map_err(failed)?;
        let wkb = row.wkb.ok_or_else(|| Cause::NoGeometry { at: at() })?;
        let geometry = Wkb(wkb).to_geo().map_err(|e| Cause::Malformed {
            file: name_of(file),
            detail: format!("layer `{}`, row {}: {e}", layer.name, row.row_id),
        })?;
        let mut feature = Feature {
            values: row.attributes.into_iter().map(|(_, value)| text(value)).collect(),
            polygons: Vec::new(),
        };
        areas(geometry, &mut feature.polygons).map_err(|kind| Cause::NotAnArea { at: at(), kind })?;
        budget.admit(file, &feature)?;
        features.push(feature);
    }
    Ok(Layer {
        file: file.to_path_buf(),
        kind: Kind::GeoPackage,
        name: Some(layer.name.clone()),
        crs: DeclaredCrs::of_srs(
            layer.srs.id,
            &layer.srs.organization,
            layer.srs.code,
            &layer.srs.definition,
        ),
        columns: layer.columns.clone(),
        features,
    })
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => Some(number_text(number)),
        Value::Null | Value::Blob => None,
    }
}

/// Collects the polygons of a geometry; Err names what is no area.
fn areas(geometry: Geometry, polygons: &mut Vec<RawPolygon>) -> Result<(), String> {
    let mut take = |polygon: geo_types::Polygon| {
        let (exterior, interiors) = polygon.into_inner();
        polygons.push(std::iter::once(exterior).chain(interiors).map(ring).collect());
    };
    match geometry {
        Geometry::Polygon(polygon) => take(polygon),
        Geometry::MultiPolygon(parts) => parts.into_iter().for_each(take),
        Geometry::GeometryCollection(parts) => {
            for part in parts {
                areas(part, polygons)?;
            }
        }
        Geometry::Point(_) => return Err("Point".into()),
        Geometry::MultiPoint(_) => return Err("MultiPoint".into()),
        Geometry::LineString(_) => return Err("LineString".into()),
        Geometry::MultiLineString(_) => return Err("MultiLineString".into()),
        _ => return Err("geometry of another kind".into()),
    }
    Ok(())
}

fn ring(line: geo_types::LineString) -> RawRing {
    line.into_iter().map(|c| [c.x, c.y]).collect()
}
