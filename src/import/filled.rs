//! Rows of the store back to sheets: what the reader would take in again as the same rows.
//!
//! Owns: which cell a field fills. A khoroo is written by its code where the record's day says its vintage,
//! and as `2022:bzd-26` where nothing does. Links such as the visitors of a visit stand in one cell.
//!
//! Design: a workbook says that a cell is text; CSV cannot, and a spreadsheet computes what begins like a
//! formula. So text that does begins with an apostrophe in CSV, as [`quoted`] says and the reader undoes.

mod cells;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::kinds::{KINDS, Kind};
use crate::model::{Key, Row};
use crate::text::quoted;

/// A kind's rows.
#[derive(Debug)]
pub struct Filled {
    pub kind: &'static Kind,
    /// By row, by column of the kind.
    pub rows: Vec<Vec<Option<Shown>>>,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    Text(String),
    /// Code of a choice.
    Word(&'static str),
    Number(f64),
    Date(Date),
    YesNo(bool),
}

/// Sheets of all kinds that have rows, in the order of the kinds; rows keep their order.
pub fn sheets(rows: &[Row]) -> Vec<Filled> {
    let links = Links::of(rows);
    let mut by_kind: BTreeMap<&str, Vec<Vec<Option<Shown>>>> = BTreeMap::new();
    for row in rows {
        let Some(name) = cells::kind(row) else { continue };
        let kind = Kind::named(name).expect("a test holds kinds and rows together");
        let cells = kind.columns.iter().map(|column| cells::cell(row, column.field, &links));
        by_kind.entry(kind.name).or_default().push(cells.collect());
    }
    KINDS.iter().filter_map(|kind| Some(Filled { kind, rows: by_kind.remove(kind.name)? })).collect()
}

impl Filled {
    /// The sheet as a CSV file: headers are names of fields, values are codes; UTF-8 with a mark in front,
    /// by which spreadsheets know it.
    ///
    /// Errors: none but those of memory.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.kind.columns.iter().map(|column| column.field))?;
        for cells in &self.rows {
            writer
                .write_record(cells.iter().map(|cell| cell.as_ref().map_or_else(String::new, Shown::csv)))?;
        }
        Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?)
    }
}

impl Shown {
    /// Numbers and days stay bare: a minus in front of digits computes nothing.
    fn csv(&self) -> String {
        match self {
            Self::Text(text) => quoted(text).into_owned(),
            other => other.to_string(),
        }
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Word(word) => f.write_str(word),
            Self::Number(number) => number.fmt(f),
            Self::Date(day) => day.fmt(f),
            Self::YesNo(value) => f.write_str(if *value { "yes" } else { "no" }),
        }
    }
}

/// What hangs on records, as it stands in their cells, by the record's key and the field.
#[derive(Debug, Default)]
struct Links(BTreeMap<(Key, &'static str), Vec<String>>);

impl Links {
    fn of(rows: &[Row]) -> Self {
        let mut links = Self::default();
        for row in rows {
            match row {
                Row::WorkshopPractice(r) => {
                    links.add(Key::Workshop(r.workshop.clone()), "practices", r.practice.clone());
                }
                Row::VisitPractice(r) => {
                    links.add(Key::Visit(r.visit.clone()), "practices", r.practice.clone());
                }
                Row::VisitVisitor(r) => {
                    let people = r.people.map(|n| format!(" ({n})")).unwrap_or_default();
                    let text = format!("{}{people}", r.khoroo.code);
                    links.add(Key::Visit(r.visit.clone()), "visitors", text);
                }
                Row::ReviewReviewer(r) => {
                    links.add(Key::Review(r.review.clone()), "reviewers", r.khoroo.code.to_string());
                }
                _ => {}
            }
        }
        links
    }

    fn add(&mut self, parent: Key, field: &'static str, text: String) {
        self.0.entry((parent, field)).or_default().push(text);
    }

    fn cell(&self, parent: Key, field: &'static str) -> Option<Shown> {
        self.0.get(&(parent, field)).map(|texts| Shown::Text(texts.join("; ")))
    }
}
