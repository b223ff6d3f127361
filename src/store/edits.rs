//! A change set against what is stored: the edits it comes to, and their audit rows.
//!
//! Both homes fold a set here, let it meet the stored rows that it touches, and write the outcome.
//! So "equal is no change", the order of changes and the audit cannot differ between them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::StoreError;
use super::rows::{Cell, encode, key_text};
use super::schema::columns;
use crate::model::{Change, ChangeSet, Key, Revision, Row, Table};

/// Refuses a set that was made for another state than the one it meets under the write lock.
pub(super) fn conflict(expected: Option<Revision>, found: Revision) -> Result<(), StoreError> {
    match expected {
        Some(expected) if !expected.is_state(&found) => {
            Err(StoreError::Conflict { expected: expected.seq, found: found.seq })
        }
        _ => Ok(()),
    }
}

/// A change set, and what becomes of the rows that it touches.
///
/// What a set makes of a row that it names does not depend on what is stored: its last word counts. So
/// the set is folded first, and stored rows are compared one by one as they are read.
pub(super) struct Wanted<'a> {
    fates: BTreeMap<At, Fate<'a>>,
    /// Keys that the set names, as texts per key column.
    pub keys: BTreeMap<Table, BTreeSet<Vec<String>>>,
    /// True when every row marked illustrative is needed too.
    pub all_illustrative: bool,
}

/// Table and key text.
type At = (Table, String);

/// What becomes of one row.
#[derive(Default)]
struct Fate<'a> {
    /// `None` while no such row was found.
    before: Option<Vec<Cell>>,
    /// `None` when it goes.
    after: Option<&'a Row>,
    /// The stored row is what it is to become.
    is_settled: bool,
}

/// What becomes of one row; before and after differ.
///
/// The new row is turned to cells where it is written: those of a whole change set would be a second
/// copy of all its geometry.
#[derive(Debug, PartialEq)]
pub(super) struct Edit<'a> {
    pub table: Table,
    pub key: String,
    /// `None` when the row is new.
    pub before: Option<Vec<Cell>>,
    /// `None` when the row goes.
    pub after: Option<&'a Row>,
}

impl<'a> Wanted<'a> {
    pub fn new(set: &'a ChangeSet) -> Self {
        let mut wanted = Self { fates: BTreeMap::new(), keys: BTreeMap::new(), all_illustrative: false };
        for change in &set.changes {
            match change {
                Change::Put(row) => wanted.name(&row.key(), Some(row)),
                Change::Delete(key) => wanted.name(key, None),
                Change::DeleteIllustrative => {
                    wanted.all_illustrative = true;
                    for fate in wanted.fates.values_mut() {
                        fate.after = fate.after.filter(|row| !row.is_illustrative());
                    }
                }
            }
        }
        wanted
    }

    fn name(&mut self, key: &Key, after: Option<&'a Row>) {
        self.keys.entry(key.table()).or_default().insert(key.texts());
        self.fates.entry((key.table(), key.to_string())).or_default().after = after;
    }

    /// Takes a stored row, one that the set names or that goes as an illustrative one. Twice is once.
    pub fn meet(&mut self, table: Table, stored: Vec<Cell>) {
        let fate = self.fates.entry((table, key_text(table, &stored))).or_default();
        fate.is_settled = fate.after.is_some_and(|row| encode(row) == stored);
        fate.before = (!fate.is_settled).then_some(stored);
    }

    /// What is to be done after all stored rows were met; in the order of table and key.
    pub fn edits(self) -> Vec<Edit<'a>> {
        let done = |fate: &Fate| fate.is_settled || (fate.before.is_none() && fate.after.is_none());
        let open = self.fates.into_iter().filter(|(_, fate)| !done(fate));
        open.map(|((table, key), Fate { before, after, .. })| Edit { table, key, before, after }).collect()
    }
}

impl Edit<'_> {
    /// JSON of the row as it was, geometry as hex of its WKB; `None` when it is new.
    pub fn before_json(&self) -> Option<String> {
        self.before.as_ref().map(|cells| json(self.table, cells, hex))
    }

    /// True when geometry comes, goes or changes.
    pub fn moves(&self) -> bool {
        let shape = |cell: &Cell| matches!(cell, Cell::Shape(_));
        let after = self.after.map(encode);
        let before = self.before.iter().flatten().find(|cell| shape(cell));
        before != after.iter().flatten().find(|cell| shape(cell))
    }
}

/// JSON of a row as it is now, geometry as its digest: the geometry itself stands in the table, and in
/// the next audit row's `before`.
pub(super) fn after_json(table: Table, cells: &[Cell]) -> String {
    json(table, cells, |wkb| format!("sha256:{}", hex(&Sha256::digest(wkb))))
}

fn json(table: Table, cells: &[Cell], shape: impl Fn(&[u8]) -> String) -> String {
    let mut text = String::from("{");
    for (column, cell) in columns(table).iter().zip(cells) {
        if text.len() > 1 {
            text.push(',');
        }
        let value = match cell {
            Cell::Null => Value::Null,
            Cell::Text(text) => text.as_str().into(),
            Cell::Int(n) => (*n).into(),
            Cell::Real(x) => (*x).into(),
            Cell::Bool(flag) => (*flag).into(),
            Cell::Shape(wkb) => shape(wkb).into(),
            Cell::List(texts) => texts.clone().into(),
        };
        let _ = write!(text, "\"{}\":{value}", column.name); // into a String, which cannot fail
    }
    text.push('}');
    text
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)].into());
        text.push(DIGITS[usize::from(byte & 15)].into());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Theme, Vintage};

    fn theme(code: &str, position: i32) -> Row {
        Row::Theme(Theme {
            code: code.into(),
            name_mn: "Ногоон".into(),
            name_en: "Green".into(),
            position,
            active: true,
        })
    }

    fn vintage(illustrative: bool) -> Row {
        Row::Vintage(Vintage {
            id: "2022".parse().expect("a vintage"),
            valid_from: jiff::civil::date(2022, 1, 1),
            valid_to: None,
            title_mn: String::new(),
            title_en: String::new(),
            source: String::new(),
            illustrative,
        })
    }

    fn folded<'a>(set: &'a ChangeSet, stored: &[Row]) -> Vec<Edit<'a>> {
        let mut wanted = Wanted::new(set);
        for row in stored {
            wanted.meet(row.table(), encode(row));
        }
        wanted.edits()
    }

    #[test]
    fn only_the_last_word_on_a_row_counts_and_an_equal_row_is_no_edit() {
        let puts = vec![
            Change::Put(theme("green", 2)),
            Change::Put(theme("green", 1)),
            Change::Put(theme("waste", 3)),
        ];
        let set = ChangeSet { changes: puts };
        let edits = folded(&set, &[theme("green", 1)]);
        assert_eq!(edits.len(), 1);
        assert_eq!((edits[0].key.as_str(), &edits[0].before), ("waste", &None));
    }

    #[test]
    fn an_invented_row_replaced_by_a_real_one_is_one_edit() {
        let set = ChangeSet { changes: vec![Change::DeleteIllustrative, Change::Put(vintage(false))] };
        // Met twice: as a row that the set names, and as an invented one.
        let edits = folded(&set, &[vintage(true), vintage(true)]);
        assert_eq!(edits.len(), 1);
        assert!(edits[0].before.is_some() && edits[0].after.is_some());
        let set = ChangeSet { changes: vec![Change::Put(vintage(true)), Change::DeleteIllustrative] };
        assert_eq!(folded(&set, &[]), []);
    }

    #[test]
    fn an_invented_row_that_is_put_again_as_it_was_is_no_edit() {
        let set = ChangeSet { changes: vec![Change::DeleteIllustrative, Change::Put(vintage(true))] };
        assert_eq!(folded(&set, &[vintage(true), vintage(true)]), []);
        let set = ChangeSet { changes: vec![Change::Put(vintage(true)), Change::DeleteIllustrative] };
        let edits = folded(&set, &[vintage(true)]);
        assert!(matches!(edits[..], [Edit { before: Some(_), after: None, .. }]), "{edits:?}");
    }

    #[test]
    fn audit_json_holds_the_geometry_before_and_its_digest_after() {
        let before = Some(vec![Cell::Shape(vec![1, 0xaf])]);
        let edit = Edit { table: Table::DistrictVersion, key: "2022:bn".into(), before, after: None };
        assert_eq!(edit.before_json().as_deref(), Some(r#"{"vintage":"01af"}"#));
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let now = after_json(Table::DistrictVersion, &[Cell::Shape(vec![]), Cell::Text("\"".into())]);
        assert_eq!(now, format!(r#"{{"vintage":"{empty}","district":"\""}}"#));
    }
}
