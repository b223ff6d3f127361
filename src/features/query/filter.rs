//! Conditions on values.

use crate::features::{Field, FieldKind, Table, Value};
use crate::geometry::projection::Crs;

/// A condition on a row, checked against the fields of its table.
#[derive(Debug, Clone)]
pub struct Filter(Vec<(usize, Value<'static>)>);

/// Which coordinate of a literal comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axes {
    /// Longitude or easting, as in CRS84, EPSG:3857 and EPSG:32648.
    #[default]
    EastFirst,
    /// Latitude, as in EPSG:4326.
    NorthFirst,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FilterError {
    #[error("`{value}` is not {expected}, as `{field}` is")]
    NotA { field: String, expected: &'static str, value: String },
    #[error("{value} is no filter")]
    Unread { value: String },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the filter costs more than {limit} steps")]
pub struct TooCostly {
    pub limit: u64,
}

impl Filter {
    pub fn text(cql2: &str, _: &[Field], _: Crs, _: Axes) -> Result<Self, FilterError> {
        Err(FilterError::Unread { value: cql2.to_owned() })
    }

    pub fn json(cql2: &str, _: &[Field], _: Crs, _: Axes) -> Result<Self, FilterError> {
        Err(FilterError::Unread { value: cql2.to_owned() })
    }

    /// `?district=bzd`; `field` is a place in `fields`.
    pub fn equals(fields: &[Field], field: usize, text: &str) -> Result<Self, FilterError> {
        let (value, expected): (Option<Value<'static>>, _) = match fields[field].kind {
            FieldKind::Text => (Some(text.to_owned().into()), "text"),
            FieldKind::Integer => (text.parse().ok().map(Value::Integer), "a whole number"),
            FieldKind::Number => {
                (text.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Number), "a number")
            }
            FieldKind::Boolean => (text.parse().ok().map(Value::Boolean), "`true` or `false`"),
            FieldKind::Date => (super::time::read_date(text).map(Value::Date), "a date like 2022-01-31"),
        };
        let value = value.ok_or_else(|| FilterError::NotA {
            field: fields[field].name.clone(),
            expected,
            value: text.to_owned(),
        })?;
        Ok(Self(vec![(field, value)]))
    }

    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn keep(&self, table: &Table, rows: &mut Vec<u32>) -> Result<(), TooCostly> {
        for (field, value) in &self.0 {
            let column = table.column(*field);
            rows.retain(|&row| column[row as usize] == *value);
        }
        Ok(())
    }
}
