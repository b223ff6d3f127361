//! Which column of a sheet is which field.
//!
//! The row of headers is the one among the first that names most fields. A header may stand in either
//! language or both (`Хороо / Khoroo`, one above the other in a cell); case, spaces and marks are ignored.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{HEADER_ROWS, Kind};
use crate::import::fault::{Fault, Faults, Place, Problem, column_letters};
use crate::import::read::{Cell, Line, Sheet};
use crate::import::values::key;

/// Where the fields of a kind stand in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Index of the row among the sheet's.
    pub row_idx: usize,
    /// By column of the kind: column of the sheet, and its header as written.
    pub columns: Vec<Option<(usize, Box<str>)>>,
    /// Cells of the row, blank ones between them counted.
    pub n_cells: usize,
    /// Headers that name no field, as written.
    pub unknown: Vec<String>,
}

/// Spellings of a kind's headers.
struct Spellings<'a> {
    kind: &'a Kind,
    by_key: BTreeMap<String, usize>,
}

impl<'a> Spellings<'a> {
    fn of(kind: &'a Kind) -> Self {
        let mut by_key = BTreeMap::new();
        for (index, column) in kind.columns.iter().enumerate() {
            for header in [column.field, column.mn, column.en].iter().chain(column.aliases) {
                by_key.insert(key(header), index);
            }
        }
        by_key.remove("");
        Self { kind, by_key }
    }

    /// The field that a header names; one whose parts name different ones names none.
    fn find(&self, header: &str) -> Option<usize> {
        if let Some(index) = self.by_key.get(&key(header)) {
            return Some(*index);
        }
        let mut parts = header.split(['\n', '/', '|']).filter_map(|part| self.by_key.get(&key(part)));
        let first = *parts.next()?;
        parts.all(|index| *index == first).then_some(first)
    }

    fn fields(&self, line: &Line) -> Vec<(usize, Option<usize>)> {
        let named = line.cells.iter().enumerate().filter_map(|(column, cell)| match cell {
            Cell::Text(text) => Some((column, self.find(text))),
            _ => None,
        });
        named.collect()
    }
}

/// Finds the headers of a sheet.
///
/// - `None`, and faults, if there are none or a required one is missing.
pub fn find(kind: &Kind, sheet: &Sheet, place: &Place, faults: &mut Faults) -> Option<Header> {
    let spellings = Spellings::of(kind);
    let candidates =
        sheet.rows.iter().take_while(|line| line.row_no as usize <= HEADER_ROWS).take(HEADER_ROWS);
    let count = |line: &Line| spellings.fields(line).iter().filter(|(_, field)| field.is_some()).count();
    let best = candidates
        .enumerate()
        .map(|(index, line)| (count(line), index))
        .max_by_key(|(n, index)| (*n, Reverse(*index)));
    let Some((_, row_idx)) = best.filter(|(n, _)| *n >= required(kind).min(2)) else {
        let expected =
            kind.columns.iter().filter(|column| column.is_required).map(|column| both(column.mn, column.en));
        let expected = expected.collect::<Vec<_>>().join(", ");
        faults.push(place.fault(Problem::NoHeader { searched: HEADER_ROWS, expected }));
        return None;
    };
    let line = &sheet.rows[row_idx];
    let mut header = Header {
        row_idx,
        columns: vec![None; kind.columns.len()],
        n_cells: line.cells.len(),
        unknown: Vec::new(),
    };
    let mut is_whole = true;
    for (column, field) in spellings.fields(line) {
        let text = line.cell(column).to_string();
        match field {
            None => header.unknown.push(format!("{} \"{text}\"", column_letters(column))),
            Some(field) => match &header.columns[field] {
                None => header.columns[field] = Some((column, text.into())),
                Some((first, _)) => {
                    let first = column_letters(*first);
                    faults.push(duplicate(&place.row(line.row_no).column(column, Some(&text)), first));
                    is_whole = false;
                }
            },
        }
    }
    let seen = || line.cells.iter().filter(|cell| **cell != Cell::Empty).map(ToString::to_string);
    for (column, found) in spellings.kind.columns.iter().zip(&header.columns) {
        if column.is_required && found.is_none() {
            let expected = both(column.mn, column.en);
            let seen = seen().collect::<Vec<_>>().join(", ").replace('\n', " / ");
            faults.push(place.row(line.row_no).fault(Problem::MissingColumn { expected, seen }));
            is_whole = false;
        }
    }
    is_whole.then_some(header)
}

/// True for a second row of headers under the first, in the other language.
pub fn repeats(kind: &Kind, header: &Header, line: &Line) -> bool {
    let spellings = Spellings::of(kind);
    let same = |(column, field): &(usize, Option<usize>)| {
        field.is_some_and(|field| header.columns[field].as_ref().is_some_and(|(at, _)| at == column))
    };
    let n_fields = header.columns.iter().flatten().count();
    spellings.fields(line).iter().filter(|named| same(named)).count() * 2 > n_fields
}

fn required(kind: &Kind) -> usize {
    kind.columns.iter().filter(|column| column.is_required).count()
}

fn both(mn: &str, en: &str) -> String {
    format!("{mn} / {en}")
}

fn duplicate(place: &Place, first: String) -> Fault {
    place.fault(Problem::DuplicateColumn { first })
}
