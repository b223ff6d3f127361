//! The cells of one row, taken one by one.

use super::Cell;
use crate::gpkg::wkb::WkbError;
use crate::model::Table;
use crate::store::schema::columns;

/// Cells in the order of the columns.
pub(super) struct Cells {
    table: Table,
    /// Of the next cell.
    idx: usize,
    left: std::vec::IntoIter<Cell>,
    spoilt: Option<String>,
}

impl Cells {
    pub fn new(table: Table, cells: Vec<Cell>) -> Self {
        Self { table, idx: 0, left: cells.into_iter(), spoilt: None }
    }

    pub fn next(&mut self) -> Cell {
        self.idx += 1;
        self.left.next().unwrap_or(Cell::Null)
    }

    pub fn skip(&mut self, n: usize) {
        for _ in 0..n {
            self.next();
        }
    }

    /// Takes the next cell if it is null.
    pub fn take_null(&mut self) -> bool {
        let is_null = matches!(self.left.as_slice().first(), None | Some(Cell::Null));
        if is_null {
            self.next();
        }
        is_null
    }

    /// Says which column holds what cannot be understood; called after the cell was taken.
    pub fn wrong<T>(&self, what: impl std::fmt::Display) -> Result<T, String> {
        let column = columns(self.table).get(self.idx - 1).map_or("", |c| c.name);
        Err(format!("`{column}`: {what}"))
    }

    /// Geometry without which the row is still of use: what cannot be read is noted and left out.
    pub fn shape<T>(&mut self, decode: fn(&[u8]) -> Result<Option<T>, WkbError>) -> Option<T> {
        match self.next() {
            Cell::Null => None,
            Cell::Shape(bytes) => decode(&bytes).unwrap_or_else(|e| {
                self.spoilt = Some(e.to_string());
                None
            }),
            other => {
                self.spoilt = Some(format!("{other:?} is no geometry"));
                None
            }
        }
    }

    /// Why the geometry is of no use.
    pub fn spoilt(self) -> Option<String> {
        self.spoilt
    }
}
