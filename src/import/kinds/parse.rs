//! Sheets to records of typed values.

use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;

use super::{Column, Holds, Kind, header};
use crate::import::fault::{Faults, Place, Problem};
use crate::import::read::{Cell, Epoch, Format, Sheet};
use crate::import::values::{self, choice, date, number};
use crate::model::Lang;

/// What stands in a cell, of the type that its column holds.
///
/// References and khoroos stay as written until all kinds are read.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(Box<str>),
    Int(i64),
    Real(f64),
    Date(Date),
    Bool(bool),
    /// Code of a choice.
    Word(&'static str),
    List(Vec<Box<str>>),
}

/// One row of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub row_no: u32,
    /// By column of the kind.
    pub values: Vec<Option<Value>>,
    /// A fault was found: what can be read of it serves references only.
    pub is_broken: bool,
}

/// One sheet, read.
#[derive(Debug, Clone)]
pub struct Parsed {
    pub kind: &'static Kind,
    pub sources: Sources,
    pub records: Vec<Record>,
    /// Headers that name no field.
    pub unknown: Vec<String>,
}

impl Parsed {
    /// Where a record's field stands, with what was read there.
    pub fn cell(&self, record: &Record, column: usize) -> Place {
        let place = self.sources.cell(record.row_no, column);
        match &record.values[column] {
            None => place,
            Some(value) => place.value(value),
        }
    }
}

/// As it is written in messages.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Int(number) => number.fmt(f),
            Self::Real(number) => number.fmt(f),
            Self::Date(day) => day.fmt(f),
            Self::Bool(value) => value.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::List(parts) => f.write_str(&parts.join("; ")),
        }
    }
}

/// Where the values of a sheet came from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Of the sheet.
    pub place: Place,
    /// By column of the kind: column of the sheet and its header.
    columns: Vec<Option<(usize, Box<str>)>>,
}

impl Sources {
    /// True if the sheet has the column at all.
    pub fn has(&self, column: usize) -> bool {
        self.columns[column].is_some()
    }

    pub fn cell(&self, row_no: u32, column: usize) -> Place {
        let row = self.place.row(row_no);
        self.columns[column].as_ref().map_or(row.clone(), |(at, header)| row.column(*at, Some(header)))
    }
}

/// Reads a sheet as one of a kind; `None` if its headers cannot be used.
pub fn parse(kind: &'static Kind, sheet: &Sheet, place: Place, faults: &mut Faults) -> Option<Parsed> {
    let header = header::find(kind, sheet, &place, faults)?;
    let (header_row, last_row) = (sheet.rows[header.row_idx].row_no, sheet.rows.last()?.row_no);
    // Titles above the headers may be merged, records may not.
    for merged in sheet.merged.iter().filter(|m| m.last_row >= header_row && m.first_row <= last_row) {
        let at = place.row(merged.first_row).column(merged.first_column, None);
        faults.push(at.fault(Problem::Merged { range: merged.range.clone() }));
    }
    let mut records = Vec::with_capacity(sheet.rows.len());
    let mut words = Words::default();
    let sources = Sources { place, columns: header.columns.clone() };
    let n_headers = header.n_cells;
    for (index, line) in sheet.rows[header.row_idx + 1..].iter().enumerate() {
        let cells =
            header.columns.iter().map(|at| at.as_ref().map_or(&Cell::Empty, |(at, _)| line.cell(*at)));
        let cells: Vec<&Cell> = cells.collect();
        let is_blank = cells.iter().all(|cell| **cell == Cell::Empty);
        // In text, a separator within a value makes two of it: `100,200` is no longer one amount.
        if sheet.format == Format::Csv && line.cells.len() > n_headers {
            let detail = format!(
                "{} cells under {n_headers} headers; a value with a separator in it stands in quotation marks",
                line.cells.len()
            );
            faults.push(sources.place.row(line.row_no).fault(Problem::BrokenRow { detail }));
        }
        if is_blank || (index == 0 && header::repeats(kind, &header, line)) {
            continue;
        }
        let mut record =
            Record { row_no: line.row_no, values: Vec::with_capacity(cells.len()), is_broken: false };
        for (position, (column, cell)) in kind.columns.iter().zip(cells).enumerate() {
            let value = value(column, position, cell, sheet.epoch, &mut words).unwrap_or_else(|problem| {
                let at = sources.cell(line.row_no, position);
                let at = if *cell == Cell::Empty { at } else { at.value(cell) };
                faults.push(at.fault(problem));
                record.is_broken = true;
                None
            });
            record.values.push(value);
        }
        records.push(record);
    }
    Some(Parsed { kind, sources, records, unknown: header.unknown })
}

/// Words of choices that were met already, by column.
#[derive(Default)]
struct Words(HashMap<(usize, Box<str>), &'static str>);

impl Words {
    fn read(
        &mut self,
        position: usize,
        cell: &Cell,
        choices: &'static [choice::Choice],
    ) -> Result<&'static str, Problem> {
        let Cell::Text(text) = cell else { return choice::read(cell, choices) };
        if let Some(word) = self.0.get(&(position, text.clone())) {
            return Ok(word);
        }
        let word = choice::read(cell, choices)?;
        self.0.insert((position, text.clone()), word);
        Ok(word)
    }
}

fn value(
    column: &Column,
    position: usize,
    cell: &Cell,
    epoch: Epoch,
    words: &mut Words,
) -> Result<Option<Value>, Problem> {
    match cell {
        Cell::Empty if column.is_required => {
            return Err(Problem::Required { allowed: column.allowed(Lang::En) });
        }
        Cell::Empty => return Ok(None),
        Cell::Error(_) => return Err(Problem::CellError { allowed: column.allowed(Lang::En) }),
        Cell::Uncomputed => return Err(Problem::Uncomputed),
        _ => {}
    }
    Ok(Some(match column.holds {
        Holds::Id => Value::Text(values::id(cell)?),
        Holds::Text(max) => Value::Text(values::text(cell, max)?),
        Holds::Integer(min, max) => Value::Int(number::integer(cell, min, max)?),
        Holds::Money => Value::Int(number::money(cell)?),
        Holds::Percent => Value::Real(number::percent(cell)?),
        Holds::Date => Value::Date(date::read(cell, epoch)?),
        Holds::YesNo => Value::Bool(choice::yes_or_no(cell)?),
        Holds::Choice(choices) => Value::Word(words.read(position, cell, choices)?),
        Holds::Ref(_) | Holds::District | Holds::Vintage => Value::Text(values::text(cell, 500)?),
        Holds::Khoroo => match cell {
            Cell::Text(text) => Value::Text(text.clone()),
            _ => return Err(Problem::NoKhoroo),
        },
        Holds::Refs(_) | Holds::Khoroos => {
            let text = values::text(cell, 10_000)?;
            let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
            let parts: Vec<Box<str>> = parts.map(Into::into).collect();
            if parts.is_empty() && column.is_required {
                return Err(Problem::Required { allowed: column.allowed(Lang::En) });
            }
            Value::List(parts)
        }
        Holds::Longitude => Value::Real(number::degrees(cell, 180.0)?),
        Holds::Latitude => Value::Real(number::degrees(cell, 90.0)?),
    }))
}
