//! GeoJSON, GeoJSON text sequences, and bare arrays of objects with a `geometry` member.
//!
//! Two readers, one result: `quick` takes collections as tools write them and parses their features on
//! all cores; whatever it does not expect (another document, any fault) is read from the start by
//! `careful`, which alone knows how to explain.
//!
//! Owns: how attributes become columns. Memory: the document is never held, only a few blocks of it.
//! Design: a second reader costs a second pass over faulty files, and so needs no messages of its own;
//! that both read the same is tested over documents cut at every byte.

mod careful;
mod feature;
mod meter;
mod quick;
mod split;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use geojson::{JsonObject, JsonValue};

use super::{Budget, Context, Feature, Kind, Layer, RawPolygon, name_of, number_text};
use crate::geometry::declared::DeclaredCrs;
use crate::ingest::cause::{Cause, FeatureRef};
pub use careful::read_from;

pub fn read(context: Context<'_>) -> Result<Layer, Cause> {
    let file = context.file;
    let open =
        || File::open(file).map_err(|e| Cause::Unreadable { file: name_of(file), detail: e.to_string() });
    let unused = context.budget.clone();
    let mut sink = Sink::new(file, context.budget);
    if let Some(crs) = quick::read(open()?, &mut sink, context.on_bytes, quick::BLOCK_BYTES) {
        return Ok(sink.into_layer(crs.as_ref()));
    }
    drop(sink);
    *context.budget = unused;
    read_from(context, open()?)
}

/// An object that became a feature: its attributes and its ground.
struct Raw {
    attributes: JsonObject,
    shape: Result<Vec<RawPolygon>, NoShape>,
}

/// Why a feature has no ground.
#[derive(Debug, PartialEq)]
enum NoShape {
    Missing,
    /// The geometry is of this type.
    NoArea(String),
}

/// Where features go as they are read, in the order of the file.
struct Sink<'a> {
    file: &'a Path,
    budget: &'a mut Budget,
    columns: Columns,
    features: Vec<Feature>,
}

impl<'a> Sink<'a> {
    fn new(file: &'a Path, budget: &'a mut Budget) -> Self {
        Self { file, budget, columns: Columns::default(), features: Vec::new() }
    }

    fn keep(&mut self, raw: Raw) -> Result<(), Cause> {
        let position = self.features.len() + 1;
        let at = || FeatureRef { file: name_of(self.file).into(), layer: None, position };
        let feature = self.columns.feature(raw, &at)?;
        self.budget.admit_columns(self.file, self.columns.names.len())?;
        self.budget.admit(self.file, &feature)?;
        self.features.push(feature);
        Ok(())
    }

    /// `crs` is the member of that name, if there was one.
    fn into_layer(self, crs: Option<&JsonValue>) -> Layer {
        Layer {
            file: self.file.to_path_buf(),
            kind: Kind::Json,
            name: None,
            crs: crs.map_or(DeclaredCrs::Unsaid, DeclaredCrs::of_geojson),
            columns: self.columns.names,
            features: self.features,
        }
    }
}

/// Names of properties in the order of their first appearance.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

impl Columns {
    fn feature(&mut self, raw: Raw, at: &dyn Fn() -> FeatureRef) -> Result<Feature, Cause> {
        let mut values = Vec::with_capacity(self.names.len());
        for (name, value) in raw.attributes {
            let Some(text) = scalar_text(value) else { continue };
            let column = *self.index.entry(name).or_insert_with_key(|name| {
                self.names.push(name.clone());
                self.names.len() - 1
            });
            if values.len() <= column {
                values.resize(column + 1, None);
            }
            values[column] = Some(text);
        }
        let polygons = raw.shape.map_err(|why| match why {
            NoShape::Missing => Cause::NoGeometry { at: at() },
            NoShape::NoArea(kind) => Cause::NotAnArea { at: at(), kind },
        })?;
        Ok(Feature { values, polygons })
    }
}

/// Text of a value; `None` for null and for nested values, which are no columns.
fn scalar_text(value: JsonValue) -> Option<String> {
    match value {
        JsonValue::String(text) => Some(text),
        JsonValue::Bool(value) => Some(value.to_string()),
        JsonValue::Number(number) => Some(
            number
                .as_i64()
                .map_or_else(|| number_text(number.as_f64().unwrap_or(f64::NAN)), |n| n.to_string()),
        ),
        JsonValue::Null | JsonValue::Array(_) | JsonValue::Object(_) => None,
    }
}
