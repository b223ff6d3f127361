//! Kinds of sheets: how a sheet of records is laid out.

/// A row of headers stands among the first rows; above it there may be titles.
pub const HEADER_ROWS: usize = 10;
