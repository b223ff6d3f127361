//! Conditions on rows.

use super::cql2::{self, Condition, FilterError, Literals, Work};
use crate::features::{Field, Table};
use crate::geometry::projection::Crs;

/// A condition on a row, checked against the fields of its table.
#[derive(Debug, Clone)]
pub struct Filter(Condition);

/// Which coordinate of a literal comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axes {
    /// Longitude or easting, as in CRS84, EPSG:3857 and EPSG:32648.
    #[default]
    EastFirst,
    /// Latitude, as in EPSG:4326.
    NorthFirst,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the filter takes more than {limit} steps on this collection")]
pub struct TooCostly {
    pub limit: u64,
}

impl Filter {
    /// CQL2 text whose geometries are in `crs`, their coordinates in the order of `axes`.
    pub fn text(cql2: &str, fields: &[Field], crs: Crs, axes: Axes) -> Result<Self, FilterError> {
        cql2::text(cql2, fields, Literals::new(crs, axes)).map(Self)
    }

    /// CQL2 JSON, likewise.
    pub fn json(cql2: &str, fields: &[Field], crs: Crs, axes: Axes) -> Result<Self, FilterError> {
        cql2::json(cql2, fields, Literals::new(crs, axes)).map(Self)
    }

    /// `?district=bzd`; `field` is a place in `fields`. Errors: the kind of value that it needs.
    pub fn equals(fields: &[Field], field: usize, text: &str) -> Result<Self, &'static str> {
        cql2::equals(fields, field, text).map(Self)
    }

    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(Condition::All(vec![self.0, other.0]))
    }

    /// Leaves the rows that it is true of; what lies apart from its geometries is not looked at closely.
    pub(super) fn keep(&self, table: &Table, rows: &mut Vec<u32>) -> Result<(), TooCostly> {
        for literal in self.0.boxes() {
            let index = table.index(literal.crs);
            if rows.len() == table.len() {
                *rows = index.rows_near(&literal.rect);
            } else {
                rows.retain(|&row| index.rect(row as usize).is_some_and(|rect| rect.meets(&literal.rect)));
            }
        }
        let mut work = Work::new(table);
        let mut kept = Vec::new();
        for &row in &*rows {
            if work.is(&self.0, row as usize)? == Some(true) {
                kept.push(row);
            }
        }
        *rows = kept;
        Ok(())
    }
}
