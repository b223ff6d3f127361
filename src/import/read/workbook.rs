//! Excel workbooks: visible sheets, cell by cell.
//!
//! Hidden sheets are passed over and named: what nobody sees, nobody has checked.

use std::io::Cursor;

use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError,
};
use jiff::civil::Date;

use super::{Book, Budget, Cell, Epoch, Format, Line, Merged, Sheet, package, within};
use crate::import::fault::{Fault, Place, Problem, column_letters};
use crate::import::values::date;

pub fn read(
    place: &Place,
    bytes: &[u8],
    budget: &mut Budget,
    on_bytes: &mut dyn FnMut(u64),
) -> Result<Book, Fault> {
    package::weigh(place, bytes, budget.limits)?;
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|e| explain(place, &e))?;
    let epoch = if xlsx.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let listed = xlsx.sheets_metadata().to_vec();
    within(place, "number of sheets", listed.len() as u64, budget.limits.sheets as u64)?;
    let mut book = Book::default();
    let n_sheets = listed.len() as u64;
    for (done, sheet) in (1..).zip(listed) {
        if sheet.visible != SheetVisible::Visible {
            book.hidden.push(sheet.name);
            continue;
        }
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let at = place.sheet(&sheet.name);
        let (rows, n_formulas) = rows(&mut xlsx, &at, &sheet.name, epoch, budget)?;
        let merged = merged(&mut xlsx, &at, &sheet.name)?;
        let file = place.file.to_string();
        book.sheets.push(Sheet {
            file,
            name: sheet.name,
            format: Format::Xlsx,
            epoch,
            rows,
            n_formulas,
            merged,
        });
        on_bytes(bytes.len() as u64 * done / n_sheets);
    }
    Ok(book)
}

type Source<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Rows with anything in them, and how many cells are formulas.
fn rows(
    xlsx: &mut Source<'_>,
    place: &Place,
    name: &str,
    epoch: Epoch,
    budget: &mut Budget,
) -> Result<(Vec<Line>, usize), Fault> {
    let mut cells = xlsx.worksheet_cells_reader(name).map_err(|e| explain(place, &e))?;
    let mut rows: Vec<Line> = Vec::new();
    let mut n_formulas = 0;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|e| explain(place, &e))? {
        let (row, column) = (record.pos.0.saturating_add(1), record.pos.1 as usize);
        let mut cell = cell(&record.value, epoch, place, budget).map_err(|fault| match fault.problem {
            Problem::ControlCharacter { .. } => Fault { place: place.row(row).column(column, None), ..fault },
            _ => fault,
        })?;
        if record.formula.is_some() {
            n_formulas += 1;
            // An empty text is a formula's way to say that there is nothing.
            if record.value == DataRef::Empty {
                cell = Cell::Uncomputed;
            }
        }
        if cell == Cell::Empty {
            continue;
        }
        if rows.last().is_none_or(|line| line.row_no < row) {
            budget.take_row(&place.row(row))?;
            rows.push(Line { row_no: row, cells: Vec::new() });
        }
        let line = rows.last_mut().expect("a line was pushed if there was none");
        if line.row_no != row {
            let detail = format!("row {row} stands after row {}", line.row_no);
            return Err(place.fault(Problem::Damaged { detail }));
        }
        budget.take_cell(place, column)?;
        if line.cells.len() <= column {
            line.cells.resize(column + 1, Cell::Empty);
        }
        line.cells[column] = cell;
    }
    Ok((rows, n_formulas))
}

fn cell(value: &DataRef<'_>, epoch: Epoch, place: &Place, budget: &mut Budget) -> Result<Cell, Fault> {
    Ok(match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::String(text) | DataRef::DurationIso(text) => budget.text(place, text)?,
        DataRef::SharedString(text) => budget.text(place, text)?,
        DataRef::DateTime(moment) => day(*moment, epoch),
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse::<Date>().ok()) {
            Some(day) => Cell::Date(day),
            None => budget.text(place, text)?,
        },
        DataRef::Error(error) => Cell::Error(code(error)),
    })
}

/// A number that the workbook shows as a day; left a number where it is none.
fn day(moment: ExcelDateTime, epoch: Epoch) -> Cell {
    let serial = moment.as_f64();
    match date::of_serial(serial, epoch) {
        Some(day) if moment.is_datetime() => Cell::Date(day),
        _ => Cell::Number(serial),
    }
}

const fn code(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn merged(xlsx: &mut Source<'_>, place: &Place, name: &str) -> Result<Vec<Merged>, Fault> {
    let regions = xlsx.merge_cells_by_sheet_name(name).map_err(|e| explain(place, &e))?;
    let corner =
        |(row, column): (u32, u32)| format!("{}{}", column_letters(column as usize), row.saturating_add(1));
    let merged = regions.into_iter().map(|region| Merged {
        range: format!("{}:{}", corner(region.start), corner(region.end)),
        first_row: region.start.0.saturating_add(1),
        last_row: region.end.0.saturating_add(1),
        first_column: region.start.1 as usize,
    });
    Ok(merged.collect())
}

fn explain(place: &Place, error: &XlsxError) -> Fault {
    place.fault(match error {
        XlsxError::Password => Problem::Password,
        other => Problem::Damaged { detail: other.to_string() },
    })
}
