//! A few rows as arguments of one statement: an array for each column.
//!
//! A COPY ends with a small message of its own, which the operating system keeps back until the server
//! has acknowledged the rows before it (Nagle's algorithm), and the server's waits some 40 ms for company
//! before it goes (delayed acknowledgement). That is nothing for a city, and most of the time that a
//! single record takes to write. One statement is one message, and needs no temporary table either.
//!
//! Design: the driver has no switch for Nagle's algorithm. For many rows COPY stays three times as fast.

use std::ops::Range;

use sqlx::Postgres;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;

use super::copy::fitted;
use super::read::sql_type;
use crate::model::{Row, Table};
use crate::store::rows::{Cell, encode};
use crate::store::schema::{Column, Kind, own_columns};

/// Too low: single records wait for the network; too high: the server parses what COPY would stream.
const ROWS_MAX: usize = 256;
/// Held three times over here and in the server, unlike a COPY's rows.
const BYTES_MAX: usize = 1 << 24;

/// Rows of one table as cells.
pub(super) struct Few {
    table: Table,
    pub rows: Vec<Vec<Cell>>,
}

impl Few {
    /// `None` when they are too many, or too large.
    pub fn of<'r>(table: Table, rows: impl ExactSizeIterator<Item = &'r Row>) -> Option<Self> {
        if rows.len() > ROWS_MAX {
            return None;
        }
        let mut n_bytes = 0;
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            let row = encode(row);
            n_bytes += row.iter().map(size_bytes).sum::<usize>();
            if n_bytes > BYTES_MAX {
                return None;
            }
            cells.push(row);
        }
        Some(Self { table, rows: cells })
    }

    /// `select … from`: own columns of the bound rows, and `row_no` to sort them by.
    pub fn select(&self) -> String {
        let (mut values, mut arrays, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for (n, column) in (1..).zip(own_columns(self.table)) {
            let (name, kind) = (column.name, column.kind);
            arrays.push(format!("${n}::{}[]", array_type(kind)));
            names.push(name);
            values.push(match kind {
                Kind::Shape => format!("ST_GeomFromWKB({name}, 4326)"),
                _ => format!("{name}::{}", sql_type(kind)),
            });
        }
        format!(
            "select {} from unnest({}) with ordinality as bound ({}, row_no)",
            values.join(", "),
            arrays.join(", "),
            names.join(", "),
        )
    }

    /// Binds some of the rows to a statement around [`Few::select`].
    pub fn bind<'q>(
        &'q self,
        mut query: Query<'q, Postgres, PgArguments>,
        rows: Range<usize>,
    ) -> Query<'q, Postgres, PgArguments> {
        for (idx, &Column { kind, .. }) in own_columns(self.table).enumerate() {
            let cells = self.rows[rows.clone()].iter().map(|row| &row[idx]);
            query = match kind {
                Kind::Text | Kind::Date | Kind::Aliases => query.bind(array(cells, |cell| match cell {
                    Cell::Text(text) => Some(text.as_str()),
                    _ => None,
                })),
                Kind::Small | Kind::Int | Kind::Big => query.bind(array(cells, |cell| match cell {
                    Cell::Int(n) => Some(fitted(kind, *n)),
                    _ => None,
                })),
                Kind::Real => query.bind(array(cells, |cell| match cell {
                    Cell::Real(x) => Some(*x),
                    _ => None,
                })),
                Kind::Bool => query.bind(array(cells, |cell| match cell {
                    Cell::Bool(flag) => Some(*flag),
                    _ => None,
                })),
                Kind::Shape => query.bind(array(cells, |cell| match cell {
                    Cell::Shape(wkb) => Some(wkb.as_slice()),
                    _ => None,
                })),
            };
        }
        query
    }
}

/// One column, null where a cell holds nothing.
fn array<'c, T>(
    cells: impl Iterator<Item = &'c Cell>,
    value: impl Fn(&'c Cell) -> Option<T>,
) -> Vec<Option<T>> {
    cells.map(value).collect()
}

/// Of few types, from which the server makes the columns' own.
const fn array_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Date | Kind::Aliases => "text",
        Kind::Small | Kind::Int | Kind::Big => "int8",
        Kind::Real => "float8",
        Kind::Bool => "bool",
        Kind::Shape => "bytea",
    }
}

fn size_bytes(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::Shape(wkb) => wkb.len(),
        _ => size_of::<Cell>(),
    }
}
