//! Records of sheets to rows of the store.
//!
//! A column that a sheet does not have leaves what the store holds; an empty cell of a column that it has
//! clears it. Lists within a cell, such as the visitors of a visit, are taken as the whole list: what is
//! no longer in it is deleted.
//!
//! Owns: which field a column fills, references, the day that decides a khoroo's vintage.

mod copies;
mod events;
mod lists;
mod local;
mod places;
mod practices;
mod reader;
mod world;

use std::collections::BTreeMap;

use self::reader::Reader;
pub use self::world::World;
use super::fault::{Faults, Place, Problem};
use super::kinds::{KINDS, Parsed};
use crate::model::{Change, Key, Row};

/// What the sheets ask for, and where each row of it stands.
#[derive(Debug, Default)]
pub struct Bound {
    /// Rows to put and keys to delete, referenced ones first.
    pub changes: Vec<Change>,
    /// Sheet (index) and row of the record that gave the row of a key.
    pub sources: BTreeMap<Key, (usize, u32)>,
    /// Values of the store that empty cells take away, by kind and field.
    pub cleared: BTreeMap<(&'static str, &'static str), usize>,
    /// What is no fault, with its place.
    pub notes: Vec<String>,
}

impl Bound {
    /// Where the row of a key stands.
    pub fn place(&self, key: &Key, sheets: &[Parsed]) -> Option<Place> {
        let (sheet, row) = self.sources.get(key)?;
        Some(sheets[*sheet].sources.place.row(*row))
    }

    /// Where the first of some fields that the sheet has stands, with its value; else the row of the key.
    pub fn cell(&self, key: &Key, fields: &[&str], sheets: &[Parsed]) -> Option<Place> {
        let (sheet, row) = self.sources.get(key)?;
        let parsed = &sheets[*sheet];
        let mut columns = fields.iter().filter_map(|field| parsed.kind.position(field));
        let cell = columns.find(|column| parsed.sources.has(*column)).and_then(|column| {
            // Rows stand in their order.
            let nth = parsed.records.binary_search_by_key(row, |record| record.row_no).ok()?;
            Some(parsed.cell(&parsed.records[nth], column))
        });
        Some(cell.unwrap_or_else(|| parsed.sources.place.row(*row)))
    }
}

/// What one record of a sheet becomes: a row, and the rows and deletions that hang on it.
#[derive(Debug, Default)]
struct Made {
    rows: Vec<Row>,
    deletes: Vec<Key>,
}

impl Made {
    fn one(row: impl Into<Row>) -> Self {
        Self { rows: vec![row.into()], deletes: Vec::new() }
    }
}

type Make = fn(&mut Reader<'_>) -> Option<Made>;

/// By name of the kind.
const MAKERS: [(&str, Make); 26] = [
    ("vintages", places::vintage),
    ("khoroos", places::khoroo),
    ("cycles", places::cycle),
    ("themes", lists::theme),
    ("replication_statuses", lists::replication_status),
    ("settings", lists::setting),
    ("funding_sources", lists::funding_source),
    ("ratings", lists::rating),
    ("steps", lists::step),
    ("trainers", lists::trainer),
    ("practices", practices::practice),
    ("practice_status_changes", practices::status_change),
    ("identifications", practices::identification),
    ("identification_stages", practices::stage),
    ("workshops", events::workshop),
    ("visits", events::visit),
    ("votes", events::vote),
    ("replications", copies::replication),
    ("replication_status_changes", copies::status_change),
    ("budget_lines", copies::budget_line),
    ("reviews", copies::review),
    ("trainings", events::training),
    ("needs", events::need),
    ("offers", events::offer),
    ("khoroo_facts", places::fact),
    ("travel_times", places::travel_time),
];

/// Turns all sheets into rows; vintages and khoroos of the sheets have to be in `world` already.
pub fn bind(
    sheets: &[Parsed],
    world: &mut World,
    faults: &mut Faults,
    on_row: &mut dyn FnMut(usize),
) -> Bound {
    let mut bound = Bound::default();
    let mut n_rows = 0;
    for kind in KINDS {
        let make =
            MAKERS.iter().find(|(name, _)| *name == kind.name).expect("a test holds both tables together").1;
        for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.kind.name == kind.name) {
            for record in &sheet.records {
                n_rows += 1;
                on_row(n_rows);
                if record.is_broken {
                    continue;
                }
                let mut reader = Reader::new(sheet, record, world, faults);
                let Some(made) = make(&mut reader).filter(|_| !reader.is_broken()) else { continue };
                let (cleared, notes) = reader.finish();
                for field in cleared {
                    *bound.cleared.entry((kind.name, field)).or_default() += 1;
                }
                bound.notes.extend(notes);
                let made = made.rows.into_iter().map(Ok).chain(made.deletes.into_iter().map(Err));
                for row in made {
                    match row {
                        Ok(row) => take(&mut bound, sheets, index, record.row_no, row, world, faults),
                        Err(key) => bound.changes.push(Change::Delete(key)),
                    }
                }
            }
        }
    }
    bound
}

fn take(
    bound: &mut Bound,
    sheets: &[Parsed],
    sheet: usize,
    row_no: u32,
    row: Row,
    world: &mut World,
    faults: &mut Faults,
) {
    let key = row.key();
    let place = || sheets[sheet].sources.place.row(row_no);
    if let Some(first) = bound.place(&key, sheets) {
        faults.push(place().fault(Problem::Duplicate { key: format!("`{key}`"), first: first.to_string() }));
        return;
    }
    bound.sources.insert(key.clone(), (sheet, row_no));
    if let Some((field, detail)) = local::broken(&row).or_else(|| local::still_to_come(&row, world.today?)) {
        let place = bound.cell(&key, &[field], sheets).unwrap_or_default();
        faults.push(place.fault(Problem::BrokenRule { detail }));
    }
    world.learn(&row);
    bound.changes.push(Change::Put(row));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_made_into_rows() {
        let made: Vec<&str> = MAKERS.iter().map(|(name, _)| *name).collect();
        let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(made, kinds);
    }
}
