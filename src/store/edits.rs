//! A change set against what is stored: the edits it comes to, and their audit rows.
//!
//! Both homes fetch the rows that a set touches, fold the set over them here, and write the outcome.
//! So "equal is no change", the order of changes and the audit cannot differ between them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::rows::{Cell, encode, key_text, key_texts};
use super::schema::{columns, illustrative_idx};
use crate::model::{Change, ChangeSet, Table};

/// A change set in cells.
pub(super) struct Wanted {
    steps: Vec<Step>,
    /// Keys that the set names, as texts per key column.
    pub keys: BTreeMap<Table, BTreeSet<Vec<String>>>,
    /// True when every row marked illustrative is needed too.
    pub all_illustrative: bool,
}

enum Step {
    Put { at: At, cells: Vec<Cell> },
    Delete { at: At },
    DeleteIllustrative,
}

/// Table and key text.
type At = (Table, String);

/// What becomes of one row; `before` and `after` differ.
#[derive(Debug, PartialEq)]
pub(super) struct Edit {
    pub table: Table,
    pub key: String,
    /// `None` when the row is new.
    pub before: Option<Vec<Cell>>,
    /// `None` when the row goes.
    pub after: Option<Vec<Cell>>,
}

impl Wanted {
    pub fn new(set: &ChangeSet) -> Self {
        let mut wanted = Self { steps: Vec::new(), keys: BTreeMap::new(), all_illustrative: false };
        for change in &set.changes {
            let step = match change {
                Change::Put(row) => {
                    let key = row.key();
                    wanted.keys.entry(key.table()).or_default().insert(key_texts(&key));
                    Step::Put { at: (key.table(), key.to_string()), cells: encode(row) }
                }
                Change::Delete(key) => {
                    wanted.keys.entry(key.table()).or_default().insert(key_texts(key));
                    Step::Delete { at: (key.table(), key.to_string()) }
                }
                Change::DeleteIllustrative => {
                    wanted.all_illustrative = true;
                    Step::DeleteIllustrative
                }
            };
            wanted.steps.push(step);
        }
        wanted
    }

    /// Folds the set over the stored rows that it touches; edits in the order of table and key.
    pub fn edits(self, stored: Vec<(Table, Vec<Cell>)>) -> Vec<Edit> {
        let mut rows: BTreeMap<At, (Option<Vec<Cell>>, Option<Vec<Cell>>)> = BTreeMap::new();
        for (table, cells) in stored {
            rows.insert((table, key_text(table, &cells)), (Some(cells.clone()), Some(cells)));
        }
        for step in self.steps {
            match step {
                Step::Put { at, cells } => rows.entry(at).or_default().1 = Some(cells),
                Step::Delete { at } => rows.entry(at).or_default().1 = None,
                Step::DeleteIllustrative => {
                    for ((table, _), (_, after)) in &mut rows {
                        let Some(idx) = illustrative_idx(*table) else { continue };
                        after.take_if(|cells| cells[idx] == Cell::Bool(true));
                    }
                }
            }
        }
        rows.into_iter()
            .filter(|(_, (before, after))| before != after)
            .map(|((table, key), (before, after))| Edit { table, key, before, after })
            .collect()
    }
}

impl Edit {
    /// JSON of the row as it was, geometry as hex of its WKB; `None` when it is new.
    pub fn before_json(&self) -> Option<String> {
        self.before.as_ref().map(|cells| json(self.table, cells, |wkb| hex(wkb)))
    }

    /// JSON of the row as it is now, geometry as its digest: the geometry itself stands in the table,
    /// and in the next audit row's `before`. `None` when the row went.
    pub fn after_json(&self) -> Option<String> {
        self.after
            .as_ref()
            .map(|cells| json(self.table, cells, |wkb| format!("sha256:{}", hex(&Sha256::digest(wkb)))))
    }
}

fn json(table: Table, cells: &[Cell], shape: impl Fn(&[u8]) -> String) -> String {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::Int(n) => (*n).into(),
        Cell::Real(x) => (*x).into(),
        Cell::Bool(flag) => (*flag).into(),
        Cell::Shape(wkb) => shape(wkb).into(),
        Cell::List(texts) => texts.clone().into(),
    };
    let members =
        columns(table).iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), value(cell)));
    Value::Object(Map::from_iter(members)).to_string()
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
    use crate::model::{Row, Theme, Vintage};

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

    fn folded(changes: Vec<Change>, stored: &[Row]) -> Vec<Edit> {
        let stored = stored.iter().map(|row| (row.table(), encode(row))).collect();
        Wanted::new(&ChangeSet { changes }).edits(stored)
    }

    #[test]
    fn only_the_last_word_on_a_row_counts_and_an_equal_row_is_no_edit() {
        let puts = vec![
            Change::Put(theme("green", 2)),
            Change::Put(theme("green", 1)),
            Change::Put(theme("waste", 3)),
        ];
        let edits = folded(puts, &[theme("green", 1)]);
        assert_eq!(edits.len(), 1);
        assert_eq!((edits[0].key.as_str(), &edits[0].before), ("waste", &None));
    }

    #[test]
    fn an_invented_row_replaced_by_a_real_one_is_one_edit() {
        let edits = folded(vec![Change::DeleteIllustrative, Change::Put(vintage(false))], &[vintage(true)]);
        assert_eq!(edits.len(), 1);
        assert!(edits[0].before.is_some() && edits[0].after.is_some());
        let edits = folded(vec![Change::Put(vintage(true)), Change::DeleteIllustrative], &[]);
        assert_eq!(edits, []);
    }

    #[test]
    fn audit_json_holds_the_geometry_before_and_its_digest_after() {
        let edit = Edit {
            table: Table::DistrictVersion,
            key: "2022:bn".into(),
            before: Some(vec![Cell::Shape(vec![1, 0xaf])]),
            after: Some(vec![Cell::Shape(vec![])]),
        };
        assert_eq!(edit.before_json().as_deref(), Some(r#"{"vintage":"01af"}"#));
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(edit.after_json(), Some(format!(r#"{{"vintage":"{empty}"}}"#)));
    }
}
