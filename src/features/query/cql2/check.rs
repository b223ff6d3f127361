//! Names and kinds: from a tree to a condition that can be evaluated.

use std::sync::Arc;

use super::ast::{Comparison, Kind, Math, Node, Op, Spatial, Temporal};
use super::like::Pattern;
use super::spatial::Literal;
use super::temporal::{Moment, Span};
use super::{Fault, FilterError, GEOMETRY, fold};
use crate::features::{Field, FieldKind, Value};
use crate::geometry::projection::Crs;

/// True, false or unknown of a row.
#[derive(Debug, Clone)]
pub enum Condition {
    Known(bool),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Comparison, Scalar, Scalar),
    Like(Scalar, Pattern),
    In(Scalar, Vec<Scalar>),
    IsNull(Operand),
    /// The row's ground, and a literal.
    Spatial(Spatial, Arc<Literal>),
    /// The row's ground with itself.
    SpatialSelf(Spatial),
    Temporal(Temporal, [Ends; 2]),
}

#[derive(Debug, Clone)]
pub enum Scalar {
    Field(usize),
    Value(Value<'static>),
    Moment(Moment),
    Folded(Box<Scalar>),
    Math(Math, Box<[Scalar; 2]>),
}

/// What may be unknown.
#[derive(Debug, Clone)]
pub enum Operand {
    Scalar(Scalar),
    Condition(Box<Condition>),
    Geometry,
    /// A literal, which is known.
    Known,
}

/// The ends of an interval, or one moment twice.
#[derive(Debug, Clone)]
pub enum Ends {
    Moment(Scalar),
    Interval(End, End),
}

#[derive(Debug, Clone)]
pub enum End {
    Open,
    At(Scalar),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Boolean,
    Time,
}

struct Checker<'a> {
    fields: &'a [Field],
    crs: Crs,
}

type Checked<T> = Result<T, FilterError>;

pub fn check(node: &Node, fields: &[Field], crs: Crs) -> Checked<Condition> {
    Checker { fields, crs }.condition(node)
}

/// `field = text`, read as the field's kind of value. Errors: what kind that is.
pub fn equals(fields: &[Field], field: usize, text: &str) -> Result<Condition, &'static str> {
    let (value, expected): (Option<Value<'static>>, _) = match fields[field].kind {
        FieldKind::Text => (Some(text.to_owned().into()), "text"),
        FieldKind::Integer => (text.parse().ok().map(Value::Integer), "a whole number"),
        FieldKind::Number => {
            (text.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Number), "a number")
        }
        FieldKind::Boolean => (text.parse().ok().map(Value::Boolean), "`true` or `false`"),
        FieldKind::Date => {
            (crate::features::query::time::read_date(text).map(Value::Date), "a date like 2022-01-31")
        }
    };
    let value = Scalar::Value(value.ok_or(expected)?);
    Ok(Condition::Compare(Comparison::Equal, Scalar::Field(field), value))
}

impl Checker<'_> {
    fn condition(&self, node: &Node) -> Checked<Condition> {
        let (op, args) = match &node.kind {
            Kind::Boolean(truth) => return Ok(Condition::Known(*truth)),
            Kind::Call(op, args) => (*op, args),
            _ => return Err(unexpected(node, "a condition")),
        };
        let counted = |wanted: &'static str, fits: bool| {
            let fault = Fault::Arguments { name: op.name().to_owned(), expected: wanted, found: args.len() };
            if fits { Ok(()) } else { Err(fault.at(&node.place)) }
        };
        let all = || args.iter().map(|arg| self.condition(arg)).collect::<Checked<Vec<_>>>();
        match op {
            Op::And | Op::Or => {
                counted("2 or more", args.len() >= 2)?;
                Ok(if op == Op::And { Condition::All(all()?) } else { Condition::Any(all()?) })
            }
            Op::Not | Op::IsNull => {
                counted("1", args.len() == 1)?;
                if op == Op::IsNull {
                    return Ok(Condition::IsNull(self.operand(&args[0])?));
                }
                Ok(Condition::Not(Box::new(self.condition(&args[0])?)))
            }
            Op::Between => {
                counted("3", args.len() == 3)?;
                let at_least = self.compared(Comparison::GreaterOrEqual, &args[0], &args[1])?;
                let at_most = self.compared(Comparison::LessOrEqual, &args[0], &args[2])?;
                Ok(Condition::All(vec![at_least, at_most]))
            }
            Op::Compare(_) | Op::Like | Op::In | Op::Spatial(_) | Op::Temporal(_) => {
                counted("2", args.len() == 2)?;
                self.of_two(op, &args[0], &args[1])
            }
            Op::Casei | Op::Math(_) => Err(unexpected(node, "a condition")),
        }
    }

    fn of_two(&self, op: Op, left: &Node, right: &Node) -> Checked<Condition> {
        match op {
            Op::Compare(comparison) => self.compared(comparison, left, right),
            Op::Like => {
                let text = self.of_type(left, "like", Type::Text, "text")?;
                Ok(Condition::Like(text, pattern(right)?))
            }
            Op::In => {
                let Kind::List(items) = &right.kind else { return Err(unexpected(right, "a list")) };
                let (sought, kind) = self.scalar(left)?;
                let item = |item: &Node| {
                    let (scalar, own) = self.scalar(item)?;
                    if own == kind { Ok(scalar) } else { Err(incomparable(left, item)) }
                };
                Ok(Condition::In(sought, items.iter().map(item).collect::<Checked<_>>()?))
            }
            Op::Spatial(spatial) => self.spatial(spatial, left, right),
            Op::Temporal(temporal) => {
                Ok(Condition::Temporal(temporal, [self.ends(temporal, left)?, self.ends(temporal, right)?]))
            }
            _ => Err(unexpected(left, "a condition")),
        }
    }

    fn compared(&self, comparison: Comparison, left: &Node, right: &Node) -> Checked<Condition> {
        let ((a, a_type), (b, b_type)) = (self.scalar(left)?, self.scalar(right)?);
        if a_type != b_type {
            return Err(incomparable(left, right));
        }
        Ok(Condition::Compare(comparison, a, b))
    }

    fn operand(&self, node: &Node) -> Checked<Operand> {
        Ok(match &node.kind {
            Kind::Property(name) if name == GEOMETRY => Operand::Geometry,
            Kind::Geometry(_) => Operand::Known,
            Kind::Interval(_) => {
                self.ends(Temporal::Intersects, node)?;
                Operand::Known
            }
            Kind::Call(op, _) if !matches!(op, Op::Casei | Op::Math(_)) => {
                Operand::Condition(Box::new(self.condition(node)?))
            }
            _ => Operand::Scalar(self.scalar(node)?.0),
        })
    }

    fn scalar(&self, node: &Node) -> Checked<(Scalar, Type)> {
        let value = |value: Value<'static>, kind| Ok((Scalar::Value(value), kind));
        match &node.kind {
            Kind::Text(text) => value(text.clone().into(), Type::Text),
            Kind::Number(number) => value((*number).into(), Type::Number),
            Kind::Boolean(truth) => value((*truth).into(), Type::Boolean),
            Kind::Date(day) => Ok((Scalar::Moment(Moment::Day(*day)), Type::Time)),
            Kind::Timestamp(at) => Ok((Scalar::Moment(Moment::At(*at)), Type::Time)),
            Kind::Property(name) => self.property(node, name),
            Kind::Call(Op::Casei, args) => {
                let [text] = &args[..] else { return Err(arguments("casei", "1", args.len(), node)) };
                let text = self.of_type(text, "casei", Type::Text, "text")?;
                Ok((Scalar::Folded(Box::new(text)), Type::Text))
            }
            Kind::Call(op @ Op::Math(math), args) => {
                let [a, b] = &args[..] else { return Err(arguments(op.name(), "2", args.len(), node)) };
                let number = |node| self.of_type(node, op.name(), Type::Number, "numbers");
                Ok((Scalar::Math(*math, Box::new([number(a)?, number(b)?])), Type::Number))
            }
            _ => Err(unexpected(node, "a value that can be compared")),
        }
    }

    fn of_type(&self, node: &Node, name: &str, wanted: Type, expected: &'static str) -> Checked<Scalar> {
        let (scalar, kind) = self.scalar(node)?;
        if kind == wanted { Ok(scalar) } else { Err(wrong_kind(name, expected, node)) }
    }

    fn property(&self, node: &Node, name: &str) -> Checked<(Scalar, Type)> {
        let Some(field) = self.fields.iter().position(|field| field.name == name) else {
            if name == GEOMETRY {
                return Err(unexpected(node, "a value that can be compared"));
            }
            let known = self.fields.iter().map(|field| field.name.clone()).chain([GEOMETRY.to_owned()]);
            return Err(
                Fault::UnknownProperty { name: name.to_owned(), known: known.collect() }.at(&node.place)
            );
        };
        let kind = match self.fields[field].kind {
            FieldKind::Text => Type::Text,
            FieldKind::Integer | FieldKind::Number => Type::Number,
            FieldKind::Boolean => Type::Boolean,
            FieldKind::Date => Type::Time,
        };
        Ok((Scalar::Field(field), kind))
    }

    fn spatial(&self, op: Spatial, left: &Node, right: &Node) -> Checked<Condition> {
        match (self.literal(op, left)?, self.literal(op, right)?) {
            (None, None) => Ok(Condition::SpatialSelf(op)),
            (None, Some(b)) => Ok(Condition::Spatial(op, Arc::new(b))),
            (Some(a), None) => Ok(Condition::Spatial(op.turned(), Arc::new(a))),
            (Some(a), Some(b)) => Ok(Condition::Known(op.holds(&a.geometry, &b.geometry))),
        }
    }

    /// `None` for the row's own ground.
    fn literal(&self, op: Spatial, node: &Node) -> Checked<Option<Literal>> {
        match &node.kind {
            Kind::Geometry(geometry) => {
                let empty = || Fault::InvalidGeometry { reason: "it is empty".to_owned() }.at(&node.place);
                Ok(Some(Literal::new(geometry.clone(), self.crs).ok_or_else(empty)?))
            }
            Kind::Property(name) if name == GEOMETRY => Ok(None),
            kind => {
                if let Kind::Property(name) = kind {
                    self.property(node, name)?;
                }
                Err(wrong_kind(Op::Spatial(op).name(), "geometries", node))
            }
        }
    }

    fn ends(&self, op: Temporal, node: &Node) -> Checked<Ends> {
        if let Kind::Interval(ends) = &node.kind {
            let [start, end] = [self.end(&ends[0])?, self.end(&ends[1])?];
            if let (End::At(Scalar::Moment(a)), End::At(Scalar::Moment(b))) = (&start, &end)
                && a.compare(*b).is_gt()
            {
                return Err(Fault::Reversed.at(&node.place));
            }
            return Ok(Ends::Interval(start, end));
        }
        let name = Op::Temporal(op).name();
        let moment = self.of_type(node, name, Type::Time, "dates, timestamps and intervals")?;
        if op.takes_moments() { Ok(Ends::Moment(moment)) } else { Err(wrong_kind(name, "intervals", node)) }
    }

    fn end(&self, node: &Node) -> Checked<End> {
        match node.kind {
            Kind::Open => Ok(End::Open),
            _ => Ok(End::At(self.of_type(node, "interval", Type::Time, "dates and timestamps")?)),
        }
    }
}

impl Moment {
    /// From a moment to itself.
    pub const fn alone(self) -> Span {
        Span { start: self, end: self }
    }
}

/// The pattern of `LIKE`, which is never a property.
fn pattern(node: &Node) -> Checked<Pattern> {
    let text = pattern_text(node)?;
    let dangling = || Fault::NotA { expected: "a pattern: it ends with `\\`", value: text.clone() };
    Pattern::read(&text).ok_or_else(|| dangling().at(&node.place))
}

fn pattern_text(node: &Node) -> Checked<String> {
    match &node.kind {
        Kind::Text(text) => Ok(text.clone()),
        Kind::Call(Op::Casei, args) if args.len() == 1 => Ok(fold::fold(&pattern_text(&args[0])?)),
        _ => Err(wrong_kind("like", "a text as pattern", node)),
    }
}

/// A value of a row as one that can be compared.
pub fn datum<'a>(value: &'a Value<'_>) -> super::eval::Datum<'a> {
    use super::eval::Datum;
    match value {
        Value::Null => Datum::Unknown,
        Value::Text(text) => Datum::Text(text.as_ref().into()),
        Value::Integer(number) => Datum::Number(*number as f64),
        Value::Number(number) => Datum::Number(*number),
        Value::Boolean(truth) => Datum::Boolean(*truth),
        Value::Date(day) => Datum::Moment(Moment::Day(*day)),
    }
}

/// A part as a message calls it.
fn told(node: &Node) -> String {
    match &node.kind {
        Kind::Text(text) => format!("the text '{text}'"),
        Kind::Number(number) => format!("the number {number}"),
        Kind::Boolean(truth) => format!("`{truth}`"),
        Kind::Date(day) => format!("the date {day}"),
        Kind::Timestamp(at) => format!("the timestamp {at}"),
        Kind::Open => "`..`".to_owned(),
        Kind::Interval(_) => "an interval".to_owned(),
        Kind::Geometry(_) => "a geometry".to_owned(),
        Kind::Property(name) => format!("the property `{name}`"),
        Kind::List(_) => "a list".to_owned(),
        Kind::Call(op, _) => format!("what `{}` gives", op.name()),
    }
}

fn unexpected(node: &Node, expected: &'static str) -> FilterError {
    Fault::Unexpected { expected, found: told(node) }.at(&node.place)
}

fn arguments(name: &str, expected: &'static str, found: usize, node: &Node) -> FilterError {
    Fault::Arguments { name: name.to_owned(), expected, found }.at(&node.place)
}

fn wrong_kind(name: &str, expected: &'static str, node: &Node) -> FilterError {
    Fault::WrongKind { name: name.to_owned(), expected, found: told(node) }.at(&node.place)
}

fn incomparable(left: &Node, right: &Node) -> FilterError {
    Fault::Incomparable { left: told(left), right: told(right) }.at(&right.place)
}
