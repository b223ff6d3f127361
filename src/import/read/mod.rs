//! Workbooks and delimited text to sheets of cells, each with its place in the file.
//!
//! The kind of a file is told by content, because extensions lie. Readers take one cell after the other
//! out of one [`Budget`], so that memory is bounded by [`Limits`] and never by what a file promises.
//!
//! Owns: kinds of files, limits, encodings, what a cell is. Must not: know what a column means.
//! Design: a formula counts as its last value, because that is what its author saw and checked; the
//! report says how many there were. A formula without a value is a fault, never an empty cell.

mod delimited;
mod package;
mod workbook;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::civil::Date;

use super::fault::{Fault, Faults, Place, Problem};
use crate::text::is_binary;

/// How much foreign input is taken before it is refused.
///
/// Too low refuses an honest city's records; too high lets one file take the machine's memory. At the
/// defaults an import stays below 1.5 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of one file on disk, bytes.
    pub file_bytes: u64,
    /// Rows with anything in them, over all sheets and files.
    pub rows: usize,
    /// Cells with anything in them, over all sheets and files.
    pub cells: usize,
    /// Text of one cell, characters: what a spreadsheet holds at most.
    pub cell_chars: usize,
    /// Text of all cells, bytes.
    pub text_bytes: usize,
    pub sheets: usize,
    /// Cells of a row.
    pub columns: usize,
    /// Files within a workbook.
    pub parts: usize,
    /// One part of a workbook unpacked, bytes.
    pub part_bytes: u64,
    /// The strings that cells of a workbook share, unpacked, bytes; the only part held in memory.
    pub shared_string_bytes: u64,
    /// All parts of a workbook unpacked, bytes.
    pub unpacked_bytes: u64,
    /// Ranges of merged cells, over all parts of a workbook.
    pub merged: usize,
    /// One tag or text within a part, bytes.
    pub token_bytes: usize,
}

/// One sheet of a workbook, or one file of delimited text.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name of the file, without its folders.
    pub file: String,
    /// Name of the sheet; of a text file its name without the extension.
    pub name: String,
    pub format: Format,
    /// Day 0 of the workbook's numbers of days.
    pub epoch: Epoch,
    /// Rows with anything in them, in their order.
    pub rows: Vec<Line>,
    /// Cells whose value a formula gave.
    pub n_formulas: usize,
    /// All of them but the first are empty while looking full.
    pub merged: Vec<Merged>,
}

/// Cells that a workbook shows as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// `C3:C4`.
    pub range: String,
    /// From 1.
    pub first_row: u32,
    pub last_row: u32,
    /// From 0.
    pub first_column: usize,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// From 1, as spreadsheets show it; in a text file, the line on which the row begins.
    pub row_no: u32,
    /// From the first column on; a short row means that the rest is empty.
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    #[default]
    Empty,
    /// Without white space around it, never empty.
    Text(Box<str>),
    Number(f64),
    /// The file itself says that it is a day; a time of day is dropped.
    Date(Date),
    Bool(bool),
    /// `#DIV/0!` and the like.
    Error(&'static str),
    /// A formula that nobody has computed yet.
    Uncomputed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Xlsx,
    Csv,
}

/// Day 0 of numbers that mean days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    /// Day 1 is 1 January 1900, with the 29 February 1900 that never was.
    #[default]
    Y1900,
    /// Day 0 is 1 January 1904: workbooks made on old Macintoshes.
    Y1904,
}

/// What one file brought.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Sheets that were passed over because they are hidden.
    pub hidden: Vec<String>,
    /// How a text file was understood: `windows-1251, ;`.
    pub text_as: Option<String>,
}

/// What is left of the limits, over all files of a call.
#[derive(Debug, Clone)]
pub struct Budget {
    pub limits: Limits,
    n_rows: usize,
    n_cells: usize,
    text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            rows: 250_000,
            cells: 6_000_000,
            cell_chars: 32_767,
            text_bytes: 256 << 20,
            sheets: 100,
            columns: 256,
            parts: 4_096,
            part_bytes: 512 << 20,
            shared_string_bytes: 128 << 20,
            unpacked_bytes: 1 << 30,
            merged: 100_000,
            token_bytes: 1 << 20,
        }
    }
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self { limits, n_rows: 0, n_cells: 0, text_bytes: 0 }
    }

    fn take_row(&mut self, place: &Place) -> Result<(), Fault> {
        self.n_rows += 1;
        within(place, "number of rows of one import", self.n_rows as u64, self.limits.rows as u64)
    }

    fn take_cell(&mut self, place: &Place, column: usize) -> Result<(), Fault> {
        self.n_cells += 1;
        within(place, "number of columns", column as u64 + 1, self.limits.columns as u64)?;
        within(place, "number of cells", self.n_cells as u64, self.limits.cells as u64)
    }

    /// A cell of text, trimmed; `Empty` if nothing is left.
    fn text(&mut self, place: &Place, text: &str) -> Result<Cell, Fault> {
        let text =
            text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'));
        if text.is_empty() {
            return Ok(Cell::Empty);
        }
        if text.contains(is_binary) {
            return Err(place.fault(Problem::ControlCharacter { text: text.escape_debug().to_string() }));
        }
        self.text_bytes += text.len();
        within(place, "amount of text in bytes", self.text_bytes as u64, self.limits.text_bytes as u64)?;
        if text.len() > self.limits.cell_chars {
            let n_chars = text.chars().count();
            within(place, "number of characters in a cell", n_chars as u64, self.limits.cell_chars as u64)?;
        }
        Ok(Cell::Text(text.into()))
    }
}

fn within(place: &Place, what: &'static str, found: u64, limit: u64) -> Result<(), Fault> {
    if found <= limit {
        return Ok(());
    }
    Err(place.fault(Problem::TooMuch { what, found, limit }))
}

/// Reads one file.
///
/// - `name`: what the file is called in faults and, for text, which kind of record it holds.
/// - `on_bytes`: called with the bytes read so far.
/// - Faults of single cells go to `faults`; what makes the rest of the file unreadable is the error.
pub fn read(
    path: &Path,
    name: &str,
    budget: &mut Budget,
    faults: &mut Faults,
    on_bytes: &mut dyn FnMut(u64),
) -> Result<Book, Fault> {
    let place = Place::of_file(name);
    let unreadable = |e: std::io::Error| place.fault(Problem::Unreadable { detail: e.to_string() });
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(place.fault(Problem::Unreadable { detail: "it is a folder".into() }));
    }
    within(&place, "size in bytes", metadata.len(), budget.limits.file_bytes)?;
    let mut bytes = Vec::new();
    file.by_ref().take(budget.limits.file_bytes + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    within(&place, "size in bytes", bytes.len() as u64, budget.limits.file_bytes)?;
    let book = if bytes.is_empty() {
        return Err(place.fault(Problem::Empty));
    } else if bytes.starts_with(package::ZIP) {
        workbook::read(&place, &bytes, budget, on_bytes)?
    } else if bytes.starts_with(package::COMPOUND) {
        return Err(place.fault(package::why_compound(&bytes)));
    } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return Err(place.fault(Problem::UnknownKind { found: "no workbook, though it is named like one" }));
    } else {
        delimited::read(&place, &bytes, budget, faults, on_bytes)?
    };
    on_bytes(bytes.len() as u64);
    Ok(book)
}

impl Line {
    /// The cell in a column, counted from 0.
    pub fn cell(&self, column: usize) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.cells.get(column).unwrap_or(&EMPTY)
    }
}

/// As people would type it again.
impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Date(day) => write!(f, "{day}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Error(code) => f.write_str(code),
            Self::Uncomputed => f.write_str("=…"),
        }
    }
}
