//! Any document that holds features, read value by value, with an account of what is wrong with it.
//!
//! One pass: the document is never held, only the feature at hand.

use std::cell::RefCell;
use std::io::{BufReader, Read};

use geojson::{JsonObject, JsonValue};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::meter::{Meter, Metered};
use super::{Raw, Sink, feature};
use crate::ingest::cause::Cause;
use crate::ingest::read::{Context, Layer, name_of};

/// Reads a document from any stream, such as an entry of an archive.
pub fn read_from(context: Context<'_>, source: impl Read) -> Result<Layer, Cause> {
    let Context { file, budget, on_bytes, .. } = context;
    let meter = Meter::new(budget.limits.feature_bytes);
    let walk =
        RefCell::new(Walk { sink: Sink::new(file, budget), on_bytes, meter: &meter, crs: None, cause: None });
    let mut json = serde_json::Deserializer::from_reader(Metered::new(BufReader::new(source), &meter));
    let outcome = loop {
        if let Err(e) = Document(&walk).deserialize(&mut json) {
            break Err(e);
        }
        match json.end() {
            Ok(()) => break Ok(()),
            // Another document of a text sequence follows.
            Err(e) if e.is_syntax() => {}
            Err(e) => break Err(e),
        }
    };
    let Walk { sink, crs, cause, .. } = walk.into_inner();
    if let Some(cause) = cause {
        return Err(cause);
    }
    outcome.map_err(|e| explain(&name_of(file), &meter, sink.features.len(), &e))?;
    Ok(sink.into_layer(crs.as_ref()))
}

/// What is known on the way through a document.
struct Walk<'a> {
    sink: Sink<'a>,
    on_bytes: &'a mut dyn FnMut(u64),
    meter: &'a Meter,
    crs: Option<JsonValue>,
    /// Why reading was broken off; the parser's own error only says that it was.
    cause: Option<Cause>,
}

impl Walk<'_> {
    fn keep(&mut self, raw: Raw) -> Result<(), Cause> {
        self.sink.keep(raw)?;
        if self.sink.features.len().is_multiple_of(64) {
            (self.on_bytes)(self.meter.read_bytes());
        }
        self.meter.next_feature();
        Ok(())
    }
}

/// A whole document: a collection, a feature, a bare object, or an array of these.
#[derive(Clone, Copy)]
struct Document<'s, 'a>(&'s RefCell<Walk<'a>>);

impl Document<'_, '_> {
    fn keep<E: serde::de::Error>(self, raw: Raw) -> Result<(), E> {
        let mut walk = self.0.borrow_mut();
        walk.keep(raw).map_err(|cause| {
            walk.cause = Some(cause);
            E::custom("refused")
        })
    }

    /// A GeoJSON feature, or an object whose members beside `geometry` are the attributes.
    fn keep_object<E: serde::de::Error>(self, mut object: JsonObject) -> Result<(), E> {
        if object.get("type").and_then(JsonValue::as_str) == Some("Feature") {
            let feature = serde_json::from_value(JsonValue::Object(object)).map_err(E::custom)?;
            return self.keep(Raw::of(feature));
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
        self.keep(Raw { attributes: object, shape: feature::shape(geometry) })
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
            self.0.keep(Raw::of(feature))?;
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
