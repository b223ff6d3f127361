//! CQL2 JSON.

use geo::{Coord, Geometry, GeometryCollection, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde_json::{Map, Value};

use super::ast::{Kind, Node, Op, Place};
use super::literal::{self, Literals};
use super::temporal::{read_date, read_end, read_timestamp};
use super::{Fault, FilterError};

type Read<T> = Result<T, FilterError>;

/// A value and the pointer to it.
#[derive(Clone)]
struct Part<'a> {
    value: &'a Value,
    pointer: String,
    depth: usize,
}

pub fn read(text: &str, literals: &mut Literals) -> Read<Node> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        // serde_json stops at 128 levels.
        let reason = error.to_string();
        let fault =
            if reason.contains("recursion limit") { Fault::TooDeep } else { Fault::NotJson { reason } };
        fault.at(&Place::Whole)
    })?;
    node(&Part { value: &value, pointer: String::new(), depth: 0 }, literals)
}

impl<'a> Part<'a> {
    fn place(&self) -> Place {
        Place::Pointer(self.pointer.clone())
    }

    fn unexpected(&self, expected: &'static str) -> FilterError {
        let found = match self.value {
            Value::Null => "null".to_owned(),
            Value::Array(_) => "an array".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            value => format!("`{value}`"),
        };
        Fault::Unexpected { expected, found }.at(&self.place())
    }

    fn inner(&self, key: impl std::fmt::Display, value: &'a Value) -> Self {
        Self { value, pointer: format!("{}/{key}", self.pointer), depth: self.depth + 1 }
    }

    fn member(&self, object: &'a Map<String, Value>, key: &str, expected: &'static str) -> Read<Self> {
        object.get(key).map(|value| self.inner(key, value)).ok_or_else(|| self.unexpected(expected))
    }

    fn items(&self, expected: &'static str) -> Read<Vec<Self>> {
        Literals::level(self.depth, &self.place())?;
        let items = self.value.as_array().ok_or_else(|| self.unexpected(expected))?;
        Ok(items.iter().enumerate().map(|(idx, value)| self.inner(idx, value)).collect())
    }

    fn text(&self, expected: &'static str) -> Read<&'a str> {
        self.value.as_str().ok_or_else(|| self.unexpected(expected))
    }

    fn number(&self) -> Read<f64> {
        self.value.as_f64().filter(|n| n.is_finite()).ok_or_else(|| self.unexpected("a number"))
    }

    fn numbers(&self, expected: &'static str) -> Read<Vec<f64>> {
        self.items(expected)?.iter().map(Self::number).collect()
    }
}

fn node(part: &Part<'_>, literals: &mut Literals) -> Read<Node> {
    Literals::level(part.depth / 2, &part.place())?;
    let kind = match part.value {
        Value::String(text) => Kind::Text(text.clone()),
        Value::Number(_) => Kind::Number(part.number()?),
        Value::Bool(truth) => Kind::Boolean(*truth),
        Value::Object(object) => of_object(part, object, literals)?,
        Value::Null | Value::Array(_) => return Err(part.unexpected("a property, a value or a condition")),
    };
    literals.node(part.place(), 0, kind)
}

fn of_object(part: &Part<'_>, object: &Map<String, Value>, literals: &mut Literals) -> Read<Kind> {
    let place = part.place();
    if object.contains_key("op") {
        return call(part, object, literals);
    }
    if object.contains_key("property") {
        let name = part.member(object, "property", "a property")?;
        return Ok(Kind::Property(name.text("the name of a property")?.to_owned()));
    }
    if object.contains_key("date") {
        return read_date(part.member(object, "date", "a date")?.text("a date")?, &place);
    }
    if object.contains_key("timestamp") {
        return read_timestamp(part.member(object, "timestamp", "a timestamp")?.text("a timestamp")?, &place);
    }
    if object.contains_key("interval") {
        const TWO: &str = "an array of two ends";
        let ends = part.member(object, "interval", TWO)?;
        let [start, end] = &ends.items(TWO)?[..] else { return Err(ends.unexpected(TWO)) };
        return Ok(Kind::Interval(Box::new([interval_end(start, literals)?, interval_end(end, literals)?])));
    }
    if object.contains_key("bbox") && !object.contains_key("type") {
        let numbers = part.member(object, "bbox", "a box")?.numbers("4 or 6 numbers")?;
        return Ok(Kind::Geometry(literals.bbox(&numbers, &place)?));
    }
    if object.contains_key("type") {
        return Ok(Kind::Geometry(geometry(part, object, literals, true)?));
    }
    Err(part.unexpected("an object with op, property, date, timestamp, interval, bbox or type"))
}

fn call(part: &Part<'_>, object: &Map<String, Value>, literals: &mut Literals) -> Read<Kind> {
    let name = part.member(object, "op", "an operator")?;
    let text = name.text("the name of an operator")?;
    let op = Op::from_name(text)
        .ok_or_else(|| Fault::UnknownFunction { name: text.to_owned() }.at(&name.place()))?;
    let args = part.member(object, "args", "an array of arguments")?.items("an array of arguments")?;
    let mut nodes = Vec::with_capacity(args.len());
    for (idx, arg) in args.iter().enumerate() {
        nodes.push(if op == Op::In && idx == 1 {
            let items = arg.items("an array to look in")?;
            let items = items.iter().map(|item| node(item, literals)).collect::<Read<_>>()?;
            literals.node(arg.place(), 0, Kind::List(items))?
        } else {
            node(arg, literals)?
        });
    }
    Ok(Kind::Call(op, nodes))
}

fn interval_end(part: &Part<'_>, literals: &mut Literals) -> Read<Node> {
    let kind = match part.value {
        Value::String(text) => read_end(text, &part.place())?,
        Value::Object(object) if object.contains_key("property") => {
            let name = part.member(object, "property", "a property")?;
            Kind::Property(name.text("the name of a property")?.to_owned())
        }
        _ => return Err(part.unexpected("a date, a timestamp, `..` or a property")),
    };
    literals.node(part.place(), 0, kind)
}

fn geometry(
    part: &Part<'_>,
    object: &Map<String, Value>,
    literals: &mut Literals,
    may_collect: bool,
) -> Read<Geometry<f64>> {
    const ARRAY: &str = "an array of coordinates";
    let place = part.place();
    let kind = part.member(object, "type", "a type")?;
    let coordinates = || part.member(object, "coordinates", "coordinates");
    let geometry = match kind.text("the type of a geometry")? {
        "Point" => Geometry::Point(Point(position(&coordinates()?, literals)?)),
        "LineString" => Geometry::LineString(literal::line(positions(&coordinates()?, literals)?, &place)?),
        "Polygon" => Geometry::Polygon(polygon(&coordinates()?, literals)?),
        "MultiPoint" => {
            let points = positions(&coordinates()?, literals)?;
            Geometry::MultiPoint(MultiPoint(points.into_iter().map(Point).collect()))
        }
        "MultiLineString" => {
            let lines = coordinates()?.items(ARRAY)?;
            let line = |line: &Part<'_>| literal::line(positions(line, literals)?, &place);
            Geometry::MultiLineString(MultiLineString(lines.iter().map(line).collect::<Read<_>>()?))
        }
        "MultiPolygon" => {
            let polygons = coordinates()?.items(ARRAY)?;
            let polygons = polygons.iter().map(|one| polygon(one, literals)).collect::<Read<_>>()?;
            Geometry::MultiPolygon(MultiPolygon(polygons))
        }
        "GeometryCollection" if may_collect => {
            let members = part.member(object, "geometries", "geometries")?.items("an array of geometries")?;
            let member = |one: &Part<'_>| match one.value {
                Value::Object(object) => geometry(one, object, literals, false),
                _ => Err(one.unexpected("a geometry that is no collection")),
            };
            Geometry::GeometryCollection(GeometryCollection(members.iter().map(member).collect::<Read<_>>()?))
        }
        _ => return Err(kind.unexpected("the type of a geometry")),
    };
    literal::sound(geometry, &place)
}

fn polygon(part: &Part<'_>, literals: &mut Literals) -> Read<Polygon<f64>> {
    let place = part.place();
    let rings = part.items("an array of rings")?;
    let ring = |ring: &Part<'_>| literal::ring(positions(ring, literals)?, &place);
    literal::polygon(rings.iter().map(ring).collect::<Read<_>>()?, &place)
}

fn positions(part: &Part<'_>, literals: &mut Literals) -> Read<Vec<Coord<f64>>> {
    part.items("an array of positions")?.iter().map(|one| position(one, literals)).collect()
}

fn position(part: &Part<'_>, literals: &mut Literals) -> Read<Coord<f64>> {
    literals.position(&part.numbers("a position")?, &part.place())
}
