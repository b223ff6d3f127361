//! Rows of the model to cells of the tables, and back.
//!
//! Cells are the common ground of both homes: same order, same values, geometry as ISO WKB. How a value
//! becomes cells is said once for its type in `fields`, which fields a row has once for its kind in
//! `kinds`; writing and reading both follow from that.
//!
//! Design: a list of cells to write and another one to read, for each of thirty kinds, had to agree.

mod cells;
mod fields;
mod kinds;

use std::fmt::Write;

use super::schema::columns;
use crate::model::{Row, StoreId, Table};
use cells::Cells;

/// A value in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    /// Also dates.
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    /// ISO WKB, or what stands in its place.
    Shape(Vec<u8>),
    List(Vec<String>),
}

/// A row that was read, and what is wrong with its geometry, which is then `None`.
pub(super) type Read = (Row, Option<String>);

/// The key of any row, also of one that cannot be understood; the text of `change.key`.
pub(super) fn key_text(table: Table, cells: &[Cell]) -> String {
    let mut text = String::new();
    for (idx, cell) in cells.iter().take(table.key_separators().len() + 1).enumerate() {
        if idx > 0 {
            text.push_str(table.key_separators()[idx - 1]);
        }
        // Into a String, which cannot fail.
        let _ = match cell {
            Cell::Text(part) => write!(text, "{part}"),
            Cell::Int(n) => write!(text, "{n}"),
            other => write!(text, "{other:?}"),
        };
    }
    text
}

/// A row as cells, in the order of [`columns`].
pub(super) fn encode(row: &Row) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(columns(row.table()).len());
    kinds::put(row, &mut cells);
    cells
}

/// Cells as a row of the model.
///
/// - Errors: in words, what cannot be understood; the row is then of no use.
pub(super) fn decode(table: Table, cells: Vec<Cell>) -> Result<Read, String> {
    let mut cells = Cells::new(table, cells);
    let row = kinds::take(table, &mut cells)?;
    Ok((row, cells.spoilt()))
}

/// A store's identity from its hex digits; what is no such text is no identity.
pub(super) fn store_id(hex: Option<&str>) -> StoreId {
    StoreId(hex.and_then(|hex| u128::from_str_radix(hex, 16).ok()).unwrap_or_default())
}
