//! Sheets of a workbook, cell by cell.
//!
//! Invariant: numbers and days are numbers and days, and all text is text, whatever it begins with. A day that no
//! workbook counts, as before 1900, is text too.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Url, Worksheet, XlsxError};

pub enum Cell {
    Text(String),
    /// Unlike any other text, opened when it is clicked.
    Link(String),
    Whole(f64),
    /// With as many digits behind the point.
    Tenths(f64),
    Hundredths(f64),
    Thousandths(f64),
    /// With the digits that it has.
    Plain(f64),
    Day(Date),
    YesNo(bool),
    Empty,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn whole(number: impl Into<f64>) -> Self {
        Self::Whole(number.into())
    }

    pub fn or_empty(number: Option<f64>, cell: impl Fn(f64) -> Self) -> Self {
        number.map_or(Self::Empty, cell)
    }
}

/// A heading and the width of its column, in characters.
pub type Column<'a> = (&'a str, f64);

pub struct Formats {
    head: Format,
    text: Format,
    whole: Format,
    tenths: Format,
    hundredths: Format,
    thousandths: Format,
    plain: Format,
    day: Format,
}

impl Formats {
    pub fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let head = top.clone().set_bold().set_text_wrap().set_background_color(0x00E7_EEF5);
        Self {
            head,
            text: top.clone().set_text_wrap(),
            whole: top.clone().set_num_format("#,##0"),
            tenths: top.clone().set_num_format("0.0"),
            hundredths: top.clone().set_num_format("0.00"),
            thousandths: top.clone().set_num_format("0.000"),
            plain: top.clone(),
            day: top.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
        }
    }
}

impl Default for Formats {
    fn default() -> Self {
        Self::new()
    }
}

/// Headings in a row that stays, a filter over them, and the rows below. Errors: those of the writer, as for more
/// rows than a sheet has.
pub fn fill(
    sheet: &mut Worksheet,
    columns: &[Column<'_>],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
    for ((heading, width), at) in columns.iter().zip(0..) {
        sheet.write_string_with_format(0, at, *heading, &formats.head)?.set_column_width(at, *width)?;
    }
    let mut last = 0;
    for (cells, row) in rows.into_iter().zip(1..) {
        for (cell, at) in cells.iter().zip(0..) {
            write(sheet, row, at, cell, formats)?;
        }
        last = row;
    }
    sheet.autofilter(0, 0, last, columns.len().saturating_sub(1) as u16)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, at: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string_with_format(row, at, text, &formats.text)?,
        Cell::Link(link) => sheet.write_url(row, at, Url::new(link))?,
        Cell::Whole(number) => sheet.write_number_with_format(row, at, *number, &formats.whole)?,
        Cell::Tenths(number) => sheet.write_number_with_format(row, at, *number, &formats.tenths)?,
        Cell::Hundredths(number) => sheet.write_number_with_format(row, at, *number, &formats.hundredths)?,
        Cell::Thousandths(number) => {
            sheet.write_number_with_format(row, at, *number, &formats.thousandths)?
        }
        Cell::Plain(number) => sheet.write_number_with_format(row, at, *number, &formats.plain)?,
        Cell::YesNo(yes) => sheet.write_boolean_with_format(row, at, *yes, &formats.plain)?,
        Cell::Day(day) => {
            let written = day.to_string();
            let parts = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
            match ExcelDateTime::from_ymd(parts.0, parts.1, parts.2) {
                Ok(day) => sheet.write_datetime_with_format(row, at, &day, &formats.day)?,
                Err(_) => sheet.write_string_with_format(row, at, written, &formats.text)?,
            }
        }
        Cell::Empty => return Ok(()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};
    use rust_xlsxwriter::Workbook;

    use super::*;

    #[test]
    fn text_is_text_whatever_it_begins_with() {
        let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://a.example\")", "http://a.example"];
        let rows: Vec<Vec<Cell>> = texts.iter().map(|text| vec![Cell::text(*text)]).collect();
        let mut book = Workbook::new();
        fill(book.add_worksheet(), &[("=heading", 10.0)], rows, &Formats::new()).expect("written");
        let bytes = book.save_to_buffer().expect("a buffer");
        let mut read = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let (name, sheet) = read.worksheets().remove(0);
        let cells: Vec<&Data> = sheet.rows().map(|row| &row[0]).collect();
        let expected: Vec<Data> =
            ["=heading"].iter().chain(&texts).map(|text| Data::String((*text).into())).collect();
        assert_eq!(cells, expected.iter().collect::<Vec<_>>());
        assert!(read.worksheet_formula(&name).expect("a sheet").is_empty());
    }
}
