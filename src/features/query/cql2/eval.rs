//! What a condition is of a row: true, false, or unknown.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use geo::Geometry;
use geo::indexed::PreparedGeometry;

use super::ast::{Comparison, Math, Spatial};
use super::check::{Condition, End, Ends, Operand, Scalar, datum};
use super::spatial::{Literal, geometry, n_vertices};
use super::temporal::{Moment, Span};
use super::{WORK_MAX, fold};
use crate::features::query::filter::TooCostly;
use crate::features::{Shape, Table};

/// Steps that relating two geometries takes, for each of their vertices.
const STEPS_PER_VERTEX: u64 = 100;

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum<'a> {
    Unknown,
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
    Moment(Moment),
}

/// A table in which conditions are evaluated, and how many steps are left.
pub struct Work<'a> {
    table: &'a Table,
    left: u64,
    /// Literals with their borders sorted, by where they stand in memory.
    prepared: HashMap<*const Literal, PreparedGeometry<'static, Geometry<f64>, f64>>,
}

type Evaluated<T> = Result<T, TooCostly>;

impl Condition {
    /// Boxes that all rows it is true of have a part in, where it has such.
    pub fn boxes(&self) -> Vec<&Literal> {
        match self {
            Self::All(parts) => parts.iter().flat_map(Self::boxes).collect(),
            Self::Spatial(op, literal) if *op != Spatial::Disjoint => vec![literal],
            _ => Vec::new(),
        }
    }
}

impl<'a> Work<'a> {
    pub fn new(table: &'a Table) -> Self {
        Self { table, left: WORK_MAX, prepared: HashMap::new() }
    }

    fn spend(&mut self, steps: u64) -> Evaluated<()> {
        self.left = self.left.checked_sub(steps).ok_or(TooCostly { limit: WORK_MAX })?;
        Ok(())
    }

    /// `None` where it is unknown.
    pub fn is(&mut self, condition: &Condition, row: usize) -> Evaluated<Option<bool>> {
        self.spend(1)?;
        match condition {
            Condition::Known(truth) => Ok(Some(*truth)),
            Condition::All(parts) => self.first(parts, row, false),
            Condition::Any(parts) => self.first(parts, row, true),
            Condition::Not(denied) => Ok(self.is(denied, row)?.map(|truth| !truth)),
            Condition::Compare(comparison, a, b) => {
                let (a, b) = (self.value(a, row)?, self.value(b, row)?);
                Ok(compared(&a, &b).map(|order| comparison.holds(order)))
            }
            Condition::Like(text, pattern) => {
                let Datum::Text(text) = self.value(text, row)? else { return Ok(None) };
                let (fits, steps) = pattern.fits(&text);
                self.spend(steps)?;
                Ok(Some(fits))
            }
            Condition::In(sought, items) => {
                let sought = self.value(sought, row)?;
                let mut found = Some(false);
                for item in items {
                    match compared(&sought, &self.value(item, row)?) {
                        Some(Ordering::Equal) => return Ok(Some(true)),
                        Some(_) => {}
                        None => found = None,
                    }
                }
                Ok(found)
            }
            Condition::IsNull(operand) => Ok(Some(match operand {
                Operand::Scalar(scalar) => self.value(scalar, row)? == Datum::Unknown,
                Operand::Condition(condition) => self.is(condition, row)?.is_none(),
                Operand::Geometry => matches!(self.table.shape(row), Shape::None),
                Operand::Known => false,
            })),
            Condition::Spatial(op, literal) => self.spatial(*op, literal, row),
            Condition::SpatialSelf(op) => {
                let shape = self.table.shape(row);
                self.spend(n_vertices(shape) * STEPS_PER_VERTEX)?;
                let own = geometry(shape, crate::geometry::projection::Crs::Wgs84);
                Ok(own.map(|own| op.holds(&own, &own)))
            }
            Condition::Temporal(op, [a, b]) => {
                let (a, b) = (self.span(a, row)?, self.span(b, row)?);
                Ok(a.zip(b).map(|(a, b)| op.holds(a, b)))
            }
        }
    }

    /// `decisive` if one part is, the other if all parts are that, else unknown.
    fn first(&mut self, parts: &[Condition], row: usize, decisive: bool) -> Evaluated<Option<bool>> {
        let mut answer = Some(!decisive);
        for part in parts {
            match self.is(part, row)? {
                Some(truth) if truth == decisive => return Ok(Some(decisive)),
                Some(_) => {}
                None => answer = None,
            }
        }
        Ok(answer)
    }

    fn value<'v>(&mut self, scalar: &'v Scalar, row: usize) -> Evaluated<Datum<'v>>
    where
        'a: 'v,
    {
        self.spend(1)?;
        Ok(match scalar {
            Scalar::Field(field) => datum(&self.table.column(*field)[row]),
            Scalar::Value(value) => datum(value),
            Scalar::Moment(moment) => Datum::Moment(*moment),
            Scalar::Folded(text) => match self.value(text, row)? {
                Datum::Text(text) => {
                    self.spend(text.len() as u64)?;
                    Datum::Text(fold::fold(&text).into())
                }
                _ => Datum::Unknown,
            },
            Scalar::Math(math, operands) => {
                match (self.value(&operands[0], row)?, self.value(&operands[1], row)?) {
                    (Datum::Number(a), Datum::Number(b)) => {
                        Some(math.of(a, b)).filter(|n| n.is_finite()).map_or(Datum::Unknown, Datum::Number)
                    }
                    _ => Datum::Unknown,
                }
            }
        })
    }

    fn spatial(&mut self, op: Spatial, literal: &Literal, row: usize) -> Evaluated<Option<bool>> {
        let Some(rect) = self.table.index(literal.crs).rect(row) else { return Ok(None) };
        if !rect.meets(&literal.rect) {
            return Ok(Some(op == Spatial::Disjoint));
        }
        let shape = self.table.shape(row);
        self.spend((n_vertices(shape) + literal.n_vertices) * STEPS_PER_VERTEX)?;
        let Some(own) = geometry(shape, literal.crs) else { return Ok(None) };
        let key = std::ptr::from_ref(literal);
        let prepared = self.prepared.entry(key).or_insert_with(|| literal.prepared());
        Ok(Some(op.holds(&own, prepared)))
    }

    /// Unknown if its start is, or if it ends before it starts; open at the end if that is unknown.
    fn span(&mut self, ends: &Ends, row: usize) -> Evaluated<Option<Span>> {
        let (start, end) = match ends {
            Ends::Moment(moment) => {
                return Ok(match self.value(moment, row)? {
                    Datum::Moment(moment) => Some(moment.alone()),
                    _ => None,
                });
            }
            Ends::Interval(start, end) => (start, end),
        };
        let mut at = |end: &End, open| match end {
            End::Open => Ok(Some(open)),
            End::At(scalar) => Ok(match self.value(scalar, row)? {
                Datum::Moment(moment) => Some(moment),
                _ => None,
            }),
        };
        let Some(start) = at(start, Moment::Past)? else { return Ok(None) };
        let span = Span { start, end: at(end, Moment::Future)?.unwrap_or(Moment::Future) };
        Ok(Some(span).filter(|span| span.start.compare(span.end).is_le()))
    }
}

/// `None` if one of them is unknown.
fn compared(a: &Datum<'_>, b: &Datum<'_>) -> Option<Ordering> {
    match (a, b) {
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        (Datum::Number(a), Datum::Number(b)) => a.partial_cmp(b),
        (Datum::Boolean(a), Datum::Boolean(b)) => Some(a.cmp(b)),
        (Datum::Moment(a), Datum::Moment(b)) => Some(a.compare(*b)),
        _ => None,
    }
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::Greater => order.is_gt(),
            Self::LessOrEqual => order.is_le(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

impl Math {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Remainder => a % b,
            Self::WholeDivide => (a / b).trunc(),
            Self::Power => a.powf(b),
        }
    }
}
