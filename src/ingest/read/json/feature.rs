//! The text of one feature to attributes and polygons.
//!
//! What nearly every feature is (members of the standard, a `Polygon` or `MultiPolygon`) goes straight
//! into rings of numbers; every other one is the `geojson` crate's, which also says what a feature is.
//!
//! Design: the crate keeps each position as a list of its own and each feature as a tree of values,
//! which takes several times as long (`ingest_read` in the benchmarks has both).

use std::fmt;

use geojson::{GeometryValue, JsonObject, JsonValue};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{NoShape, Raw};
use crate::ingest::read::{RawPolygon, RawRing};

/// Brackets within brackets that a feature may have, itself included: the parser's limit is 127 for a
/// document, and a collection and its list of features take two of them.
const NESTING_MAX: usize = 125;

/// Deeper attributes are not plain.
const PLAIN_NESTING_MAX: usize = 16;

/// The feature whose text this is; `None` if it is none, or nests deeper than a collection allows.
pub fn parse(text: &[u8]) -> Option<Raw> {
    if let Ok(plain) = serde_json::from_slice::<Plain>(text) {
        return Some(plain.0);
    }
    let is_allowed = nesting_of(text) <= NESTING_MAX;
    is_allowed.then(|| serde_json::from_slice::<geojson::Feature>(text).map(Raw::of).ok())?
}

/// How many brackets are open at the deepest place of a JSON text.
fn nesting_of(text: &[u8]) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for &byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' if !is_text => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// True when at most so many lists and objects stand within each other.
fn is_flat(value: &JsonValue, nesting_max: usize) -> bool {
    let deeper = |value: &JsonValue| is_flat(value, nesting_max - 1);
    match value {
        JsonValue::Array(list) => nesting_max > 0 && list.iter().all(deeper),
        JsonValue::Object(members) => nesting_max > 0 && members.values().all(deeper),
        _ => true,
    }
}

impl Raw {
    pub fn of(feature: geojson::Feature) -> Self {
        let id = feature.id.map(|id| match id {
            geojson::feature::Id::String(text) => JsonValue::String(text),
            geojson::feature::Id::Number(number) => JsonValue::Number(number),
        });
        Self { attributes: with_id(feature.properties, id), shape: shape(feature.geometry) }
    }
}

/// A feature's own `id` is an attribute too, unless the properties have one.
fn with_id(properties: Option<JsonObject>, id: Option<JsonValue>) -> JsonObject {
    let mut attributes = properties.unwrap_or_default();
    if let Some(id) = id {
        attributes.entry("id").or_insert(id);
    }
    attributes
}

/// All polygons of a geometry and of those nested in it.
pub fn shape(geometry: Option<geojson::Geometry>) -> Result<Vec<RawPolygon>, NoShape> {
    let mut polygons = Vec::new();
    collect(geometry.ok_or(NoShape::Missing)?, &mut polygons).map_err(NoShape::NoArea)?;
    Ok(polygons)
}

fn collect(geometry: geojson::Geometry, polygons: &mut Vec<RawPolygon>) -> Result<(), String> {
    let ring = |ring: Vec<geojson::Position>| -> RawRing {
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
                collect(part, polygons)?;
            }
        }
        other => return Err(other.type_name().to_owned()),
    }
    Ok(())
}

/// A feature as nearly every one is; to be anything else is an error.
struct Plain(Raw);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PlainVisitor)
    }
}

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature with an area")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Plain, A::Error> {
        let (mut kind, mut geometry, mut properties, mut id) = (None::<String>, None::<Area>, None, None);
        let mut is_plain = true;
        let is_plain_value = |value: &JsonValue| is_flat(value, PLAIN_NESTING_MAX);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => once(&mut kind, map.next_value()?)?,
                "geometry" => once(&mut geometry, map.next_value()?)?,
                "properties" => {
                    let members = map.next_value::<Option<JsonObject>>()?;
                    is_plain &= members.iter().flat_map(JsonObject::values).all(is_plain_value);
                    once(&mut properties, members)?;
                }
                "id" => once(&mut id, map.next_value::<JsonValue>()?)?,
                "bbox" => return Err(A::Error::custom("left to the crate")),
                // Kept by no one, but it has to be JSON.
                _ => is_plain &= is_plain_value(&map.next_value()?),
            }
        }
        if !is_plain {
            return Err(A::Error::custom("left to the crate"));
        }
        let is_id = |id: &JsonValue| id.is_string() || id.is_number();
        match (kind.as_deref(), geometry) {
            (Some("Feature"), Some(Area(polygons))) if id.as_ref().is_none_or(is_id) => {
                Ok(Plain(Raw { attributes: with_id(properties.flatten(), id), shape: Ok(polygons) }))
            }
            _ => Err(A::Error::custom("left to the crate")),
        }
    }
}

/// Fills an empty place; a member that comes twice is an error.
fn once<T, E: Error>(place: &mut Option<T>, value: T) -> Result<(), E> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::custom("a member comes twice")),
    }
}

/// The polygons of a `Polygon` or `MultiPolygon` with at least one position.
struct Area(Vec<RawPolygon>);

impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AreaVisitor)
    }
}

struct AreaVisitor;

impl<'de> Visitor<'de> for AreaVisitor {
    type Value = Area;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an area")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Area, A::Error> {
        let (mut kind, mut coordinates) = (None::<String>, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => once(&mut kind, map.next_value()?)?,
                "coordinates" => once(&mut coordinates, map.next_value::<Nested>()?)?,
                _ => return Err(A::Error::custom("left to the crate")),
            }
        }
        match (kind.as_deref(), coordinates) {
            (Some("Polygon"), Some(Nested::Polygon(rings))) => Ok(Area(vec![polygon(rings)])),
            (Some("MultiPolygon"), Some(Nested::Polygons(polygons))) => {
                Ok(Area(polygons.into_iter().map(polygon).collect()))
            }
            _ => Err(A::Error::custom("left to the crate")),
        }
    }
}

fn polygon(rings: Vec<Vec<Position>>) -> RawPolygon {
    let ring = |ring: Vec<Position>| {
        let mut ring: RawRing = ring.into_iter().map(|position| position.0).collect();
        ring.shrink_to_fit();
        ring
    };
    rings.into_iter().map(ring).collect()
}

/// Coordinates as deep as they are: the type of the geometry may come after them.
enum Nested {
    Position(Position),
    Ring(Vec<Position>),
    Polygon(Vec<Vec<Position>>),
    Polygons(Vec<Vec<Vec<Position>>>),
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(NestedVisitor)
    }
}

struct NestedVisitor;

impl<'de> Visitor<'de> for NestedVisitor {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nested positions")
    }

    /// The first element tells how deep the others are.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nested, A::Error> {
        match seq.next_element::<Element>()? {
            Some(Element::Number(x)) => Ok(Nested::Position(Position::after(x, seq)?)),
            Some(Element::Nested(Nested::Position(first))) => Ok(Nested::Ring(all(first, seq)?)),
            Some(Element::Nested(Nested::Ring(first))) => Ok(Nested::Polygon(all(first, seq)?)),
            Some(Element::Nested(Nested::Polygon(first))) => Ok(Nested::Polygons(all(first, seq)?)),
            Some(Element::Nested(Nested::Polygons(_))) | None => Err(A::Error::custom("no area")),
        }
    }
}

/// `first` and the rest of the elements, which have to be like it.
fn all<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(first: T, mut seq: A) -> Result<Vec<T>, A::Error> {
    let mut all = vec![first];
    while let Some(next) = seq.next_element()? {
        all.push(next);
    }
    Ok(all)
}

enum Element {
    Number(f64),
    Nested(Nested),
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or an array")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Element, E> {
        Ok(Element::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Element, E> {
        Ok(Element::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Element, E> {
        Ok(Element::Number(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Element, A::Error> {
        NestedVisitor.visit_seq(seq).map(Element::Nested)
    }
}

/// x and y; what follows them (heights, measures) is dropped.
struct Position([f64; 2]);

impl Position {
    fn after<'de, A: SeqAccess<'de>>(x: f64, mut seq: A) -> Result<Self, A::Error> {
        let y = seq.next_element()?.ok_or_else(|| A::Error::custom("a position of one number"))?;
        while seq.next_element::<f64>()?.is_some() {}
        Ok(Self([x, y]))
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PositionVisitor)
    }
}

struct PositionVisitor;

impl<'de> Visitor<'de> for PositionVisitor {
    type Value = Position;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a position")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Position, A::Error> {
        let x = seq.next_element()?.ok_or_else(|| A::Error::custom("an empty position"))?;
        Position::after(x, seq)
    }
}
