//! GeoJSON, GeoJSON text sequences, and bare arrays of objects with a `geometry` member.
//!
//! One pass: the document is never held, only the feature at hand.

mod meter;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use geojson::{Geometry, GeometryValue, JsonObject, JsonValue};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Budget, Context, Feature, Kind, Layer, RawPolygon, name_of, number_text};
use crate::ingest::cause::{Cause, FeatureRef};
use crate::ingest::projections::DeclaredCrs;
use meter::{Meter, Metered};

pub fn read(context: Context<'_>) -> Result<Layer, Cause> {
    let file = File::open(context.file)
        .map_err(|e| Cause::Unreadable { file: name_of(context.file), detail: e.to_string() })?;
    read_from(context, file)
}

/// The same from any stream, such as an entry of an archive.
pub fn read_from(context: Context<'_>, source: impl Read) -> Result<Layer, Cause> {
    let Context { file, budget, on_bytes, .. } = context;
    let meter = Meter::new(budget.limits.feature_bytes);
    let sink = RefCell::new(Sink {
        file,
        budget,
        on_bytes,
        meter: &meter,
        columns: Columns::default(),
        features: Vec::new(),
        crs: None,
        cause: None,
    });
    let mut json = serde_json::Deserializer::from_reader(Metered::new(BufReader::new(source), &meter));
    let outcome = loop {
        if let Err(e) = Document(&sink).deserialize(&mut json) {
            break Err(e);
        }
        match json.end() {
            Ok(()) => break Ok(()),
            // Another document of a text sequence follows.
            Err(e) if e.is_syntax() => {}
            Err(e) => break Err(e),
        }
    };
    let sink = sink.into_inner();
    if let Some(cause) = sink.cause {
        return Err(cause);
    }
    outcome.map_err(|e| explain(&name_of(file), &meter, sink.features.len(), &e))?;
    let crs = sink.crs.as_ref().map_or(DeclaredCrs::Unsaid, DeclaredCrs::of_geojson);
    Ok(Layer {
        file: file.to_path_buf(),
        kind: Kind::Json,
        name: None,
        crs,
        columns: sink.columns.names,
        features: sink.features,
    })
}

/// An object that became a feature: its attributes and its geometry.
struct Raw {
    attributes: JsonObject,
    geometry: Option<Geometry>,
}

/// Where features go as they are read.
struct Sink<'a> {
    file: &'a Path,
    budget: &'a mut Budget,
    on_bytes: &'a mut dyn FnMut(u64),
    meter: &'a Meter,
    columns: Columns,
    features: Vec<Feature>,
    crs: Option<JsonValue>,
    /// Why reading was broken off; the parser's own error only says that it was.
    cause: Option<Cause>,
}

impl Sink<'_> {
    fn keep(&mut self, raw: Raw) -> Result<(), Cause> {
        let position = self.features.len() + 1;
        let at = || FeatureRef { file: name_of(self.file).into(), layer: None, position };
        let feature = self.columns.feature(raw, &at)?;
        self.budget.admit_columns(self.file, self.columns.names.len())?;
        self.budget.admit(self.file, &feature)?;
        self.features.push(feature);
        if position.is_multiple_of(64) {
            (self.on_bytes)(self.meter.read_bytes());
        }
        self.meter.next_feature();
        Ok(())
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
        let mut feature = Feature::default();
        for (name, value) in raw.attributes {
            let Some(text) = scalar_text(value) else { continue };
            let column = *self.index.entry(name).or_insert_with_key(|name| {
                self.names.push(name.clone());
                self.names.len() - 1
            });
            if feature.values.len() <= column {
                feature.values.resize(column + 1, None);
            }
            feature.values[column] = Some(text);
        }
        let geometry = raw.geometry.ok_or_else(|| Cause::NoGeometry { at: at() })?;
        areas(geometry, &mut feature.polygons).map_err(|kind| Cause::NotAnArea { at: at(), kind })?;
        Ok(feature)
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

/// Collects the polygons of a geometry; Err names what is no area.
fn areas(geometry: Geometry, polygons: &mut Vec<RawPolygon>) -> Result<(), String> {
    let ring = |ring: Vec<geojson::Position>| -> super::RawRing {
        ring.iter()
            .map(|p| match p.as_slice() {
                [x, y, ..] => [*x, *y],
                _ => [f64::NAN, f64::NAN],
            })
            .collect()
    };
    let mut take = |polygon: geojson::PolygonType| polygons.push(polygon.into_iter().map(ring).collect());
    match geometry.value {
        GeometryValue::Polygon { coordinates } => take(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.into_iter().for_each(take),
        GeometryValue::GeometryCollection { geometries } => {
            for part in geometries {
                areas(part, polygons)?;
            }
        }
        other => return Err(other.type_name().to_owned()),
    }
    Ok(())
}

/// A whole document: a collection, a feature, a bare object, or an array of these.
#[derive(Clone, Copy)]
struct Document<'s, 'a>(&'s RefCell<Sink<'a>>);

impl Document<'_, '_> {
    fn keep<E: serde::de::Error>(self, raw: Raw) -> Result<(), E> {
        let mut sink = self.0.borrow_mut();
        sink.keep(raw).map_err(|cause| {
            sink.cause = Some(cause);
            E::custom("refused")
        })
    }

    /// A GeoJSON feature, or an object whose members beside `geometry` are the attributes.
    fn keep_object<E: serde::de::Error>(self, mut object: JsonObject) -> Result<(), E> {
        if object.get("type").and_then(JsonValue::as_str) == Some("Feature") {
            let feature = serde_json::from_value(JsonValue::Object(object)).map_err(E::custom)?;
            return self.keep_feature(feature);
        }
        let Some(geometry) = object.remove("geometry") else {
            let kind = object.get("type").and_then(JsonValue::as_str);
            let members = object.keys().take(8).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
            return Err(E::custom(match kind {
                Some(kind) => format!("an object of type `{kind}` is no feature"),
                None => format!("an object with the members {members} is no feature: it has no `geometry`"),
            }));
        };
        let geometry = serde_json::from_value(geometry).map_err(E::custom)?;
        self.keep(Raw { attributes: object, geometry })
    }

    fn keep_feature<E: serde::de::Error>(self, feature: geojson::Feature) -> Result<(), E> {
        let mut attributes = feature.properties.unwrap_or_default();
        if let Some(id) = feature.id {
            let id = match id {
                geojson::feature::Id::String(text) => JsonValue::String(text),
                geojson::feature::Id::Number(number) => JsonValue::Number(number),
            };
            attributes.entry("id").or_insert(id);
        }
        self.keep(Raw { attributes, geometry: feature.geometry })
    }
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a GeoJSON object or an array of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut members = JsonObject::new();
        let mut is_collection = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    is_collection = true;
                    map.next_value_seed(Features(self))?;
                }
                "bbox" => drop(map.next_value::<IgnoredAny>()?),
                _ => drop(members.insert(key, map.next_value()?)),
            }
        }
        if let Some(crs) = members.get("crs") {
            self.0.borrow_mut().crs = Some(crs.clone());
        }
        if is_collection { Ok(()) } else { self.keep_object(members) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(object) = seq.next_element::<JsonObject>()? {
            self.keep_object(object)?;
        }
        Ok(())
    }
}

/// The `features` member of a collection.
struct Features<'s, 'a>(Document<'s, 'a>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(feature) = seq.next_element::<geojson::Feature>()? {
            self.0.keep_feature(feature)?;
        }
        Ok(())
    }
}

/// Puts a parser's error into the words of whoever has to mend the file.
fn explain(file: &str, meter: &Meter, n_read: usize, error: &serde_json::Error) -> Cause {
    let file = file.to_owned();
    if let Some(limit) = meter.exceeded() {
        return Cause::TooLarge { file, what: "bytes of a single feature", found: limit + 1, limit };
    }
    if error.is_io() {
        return Cause::Unreadable { file, detail: error.to_string() };
    }
    if error.is_eof() {
        let detail = format!("{n_read} whole features until line {}", error.line());
        return Cause::Truncated { file, detail };
    }
    let hint = match meter.last_byte() {
        b'N' | b'I' if error.is_syntax() => " (NaN and Infinity are no coordinates)",
        _ => "",
    };
    Cause::Malformed { file, detail: format!("after {n_read} features: {error}{hint}") }
}
