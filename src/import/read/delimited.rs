//! Delimited text: comma, semicolon or tab, in any encoding that spreadsheets save.
//!
//! A byte that is no letter refuses the file: guessing names of people's khoroos is worse than asking.
//! An apostrophe in front of what would be a formula is taken off, see [`unquoted`].

use std::path::Path;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::{Book, Budget, Cell, Epoch, Format, Line, Sheet};
use crate::import::fault::{Fault, Faults, Place, Problem};
use crate::text::{self, Decoded, SEPARATORS, is_binary, unquoted};

/// Rows between two looks at how far the file is read.
const ROWS_PER_TELLING: usize = 1 << 12;

pub fn read(
    place: &Place,
    bytes: &[u8],
    budget: &mut Budget,
    faults: &mut Faults,
    on_bytes: &mut dyn FnMut(u64),
) -> Result<Book, Fault> {
    let decoded = text::decode(bytes);
    if decoded.is_damaged || decoded.text.contains(is_binary) {
        return Err(place.fault(not_text(&decoded)));
    }
    let (separator, text) = text::separator(&decoded.text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .from_reader(text.as_bytes());
    let (mut has_swallowed, mut with_line_ends) = (false, None);
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let mut lines = Lines::new(&decoded.text, decoded.text.len() - text.len());
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(broken(place, &error)),
        }
        let row_no = lines.at(record.position().map_or(0, csv::Position::byte) as usize);
        let at = place.row(row_no);
        let mut cells = Vec::with_capacity(record.len());
        for (column, field) in record.iter().enumerate() {
            let cell = budget.text(&at, unquoted(field))?;
            if cell != Cell::Empty {
                budget.take_cell(&at, column)?;
                with_line_ends = with_line_ends.or(field.contains('\n').then_some(row_no));
                if is_swallowed(field) {
                    has_swallowed = true;
                    let detail = "a quotation mark is opened and never closed".to_owned();
                    faults.push(at.column(column, None).fault(Problem::BrokenRow { detail }));
                }
                cells.resize(column, Cell::Empty);
                cells.push(cell);
            }
        }
        if !cells.is_empty() {
            budget.take_row(&at)?;
            rows.push(Line { row_no, cells });
        }
        if rows.len() % ROWS_PER_TELLING == 0 {
            // Of text in another encoding this is an estimate; a bar needs no more.
            on_bytes(reader.position().byte().min(bytes.len() as u64));
        }
    }
    // An even number of marks closes all that are opened.
    if let Some(row) = with_line_ends.filter(|_| !has_swallowed && text.matches('"').count() % 2 == 1) {
        let detail = "a quotation mark is opened and never closed".to_owned();
        faults.push(place.row(row).fault(Problem::BrokenRow { detail }));
    }
    let name = Path::new(&*place.file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let file = place.file.to_string();
    let sheet = Sheet {
        file,
        name,
        format: Format::Csv,
        epoch: Epoch::Y1900,
        rows,
        n_formulas: 0,
        merged: Vec::new(),
    };
    let shown = if separator == '\t' { "tab".to_owned() } else { separator.to_string() };
    Ok(Book {
        sheets: vec![sheet],
        hidden: Vec::new(),
        text_as: Some(format!("{}, {shown}", decoded.encoding)),
    })
}

/// Which line a row begins on; the reader of rows does not count the blank ones.
struct Lines<'a> {
    text: &'a str,
    /// Where the reader's text begins.
    origin: usize,
    counted_to: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    const fn new(text: &'a str, origin: usize) -> Self {
        Self { text, origin, counted_to: 0, line: 1 }
    }

    /// - `start`: byte at which the reader stopped before the row; line ends in front of it may follow.
    fn at(&mut self, start: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let start = self.origin + start;
        let row = start + bytes[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let ends_here = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let passed = (self.counted_to..row).filter(ends_here).count();
        self.line = self.line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.counted_to = row;
        self.line
    }
}

fn not_text(decoded: &Decoded<'_>) -> Problem {
    let is_bad = |c: char| is_binary(c) || c == char::REPLACEMENT_CHARACTER;
    let around = decoded.text.find(is_bad).map_or(String::new(), |at| {
        let line = decoded.text[..at].matches('\n').count() + 1;
        format!("in line {line}")
    });
    Problem::NotText { encoding: decoded.encoding, bytes: around }
}

/// A field over many lines with separators in each: a forgotten quotation mark took in other rows.
fn is_swallowed(field: &str) -> bool {
    field.lines().filter(|line| line.matches(SEPARATORS).count() >= 3).count() >= 3
}

fn broken(place: &Place, error: &csv::Error) -> Fault {
    let row = error.position().map(|at| u32::try_from(at.line()).unwrap_or(u32::MAX));
    let at = row.map_or_else(|| place.clone(), |row| place.row(row));
    let detail = match error.kind() {
        ErrorKind::Utf8 { .. } => "it holds bytes that are no text".to_owned(),
        _ => error.to_string(),
    };
    at.fault(Problem::BrokenRow { detail })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::Limits;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let (mut budget, mut faults) = (Budget::new(Limits::default()), Faults::default());
        let place = Place::of_file("practices.csv");
        let book = read(&place, text.as_bytes(), &mut budget, &mut faults, &mut |_| {}).expect("text");
        assert!(faults.is_empty(), "{faults:?}");
        let lines = book.sheets.into_iter().flat_map(|sheet| sheet.rows);
        lines.map(|line| (line.row_no, line.cells.iter().map(ToString::to_string).collect())).collect()
    }

    fn row(row_no: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (row_no, cells.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_separator_is_found_whichever_it_is() {
        for separator in [",", ";", "\t"] {
            let text = "id|title|cost\np-1|Сайн, туршлага|\"1,200; 3\"\n".replace('|', separator);
            let text = text.replace("Сайн, туршлага", "\"Сайн, туршлага\"");
            let expected = [row(1, &["id", "title", "cost"]), row(2, &["p-1", "Сайн, туршлага", "1,200; 3"])];
            assert_eq!(rows(&text), expected, "{separator:?}");
        }
        assert_eq!(rows("id\np-1\n"), [row(1, &["id"]), row(2, &["p-1"])]);
        assert_eq!(rows("sep=;\nid;a,b\n"), [row(2, &["id", "a,b"])]);
    }

    #[test]
    fn rows_keep_the_numbers_that_an_editor_shows() {
        let text = "id,title\r\n\r\np-1,\"two\nlines\"\r\n,,\r\np-2,x\r\n";
        let expected = [row(1, &["id", "title"]), row(3, &["p-1", "two\nlines"]), row(6, &["p-2", "x"])];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_a_fault() {
        let text = "id,title,host,day\np-1,\"open,bzd-1,2022-01-01\np-2,b,bzd-1,2022-01-01\np-3,c,bzd-2,2022-01-01\np-4,d,bzd-2,2022-01-01\n";
        let (mut budget, mut faults) = (Budget::new(Limits::default()), Faults::default());
        let place = Place::of_file("practices.csv");
        read(&place, text.as_bytes(), &mut budget, &mut faults, &mut |_| {}).expect("text");
        assert_eq!(faults.n_faults, 1);
        assert_eq!(faults.listed[0].problem.code(), "broken_row");
        assert_eq!(faults.listed[0].place.row, Some(2));
    }
}
